/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Blocks: sections, paragraphs, lists, notes, figures and tables.
 */
#include "tree.h"

#include <assert.h>
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <ctype.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* Names that begin with "fria-" are the page's own. */
static char *unique_anchor(fria_document *d, const char *anchor)
{
	char *clean = fria_tree_clean_anchor(anchor);
	bool own = !strncmp(clean, "fria-", 5);
	char *unique = fria_format("%s%s", own ? "x-" : "", clean);
	for (int i = 2; json_object_get(d->anchors, unique); i++) {
		free(unique);
		unique = fria_format("%s%s-%d", own ? "x-" : "", clean, i);
	}
	free(clean);
	json_object_set_new(d->anchors, unique, json_true());
	return unique;
}

static cmark_node *add_section(cmark_node *parent, enum kind kind,
			       const char *anchor, const char *number,
			       const char *title)
{
	cmark_node *node = fria_tree_add_ours(parent, kind, number);
	cmark_node *heading = fria_tree_add(node, CMARK_NODE_HEADING);
	fria_tree_own(node)->anchor =
	    unique_anchor(fria_node_document(parent), anchor);
	cmark_node_set_heading_level(heading, fria_tree_level(node));
	fria_node_text(heading, title);
	return node;
}

fria_node *fria_node_section(fria_node *parent, const char *anchor,
			     const char *title)
{
	return add_section(parent, KIND_SECTION, anchor, NULL, title);
}

void fria_section_close(fria_node *section)
{
	fria_tree_own(section)->close = true;
}

fria_node *fria_section_word(fria_node *parent, const char *anchor,
			     fria_word title)
{
	return fria_node_section(parent, anchor, fria_tree_word(parent, title));
}

fria_node *fria_node_chapter(fria_node *parent, const char *anchor,
			     const char *title)
{
	fria_node *chapter = fria_node_section(parent, anchor, title);
	fria_tree_own(chapter)->flag = true;
	return chapter;
}

fria_node *fria_node_question(fria_node *parent, const char *anchor,
			      const char *number, const char *title)
{
	return add_section(parent, KIND_QUESTION, anchor, number, title);
}

fria_node *fria_node_paragraph(fria_node *parent)
{
	return fria_tree_add(parent, CMARK_NODE_PARAGRAPH);
}

fria_node *fria_node_paragraph_text(fria_node *parent, const char *text)
{
	cmark_node *paragraph = fria_node_paragraph(parent);
	fria_node_text(paragraph, text);
	return paragraph;
}

fria_node *fria_paragraph_say(fria_node *parent, fria_word word, ...)
{
	fria_node *paragraph = fria_node_paragraph(parent);
	va_list pairs;
	va_start(pairs, word);
	fria_tree_say_pairs(paragraph, word, pairs);
	va_end(pairs);
	return paragraph;
}

fria_node *fria_node_meta(fria_node *parent)
{
	return fria_tree_add_ours(parent, KIND_META, NULL);
}

fria_node *fria_meta_say(fria_node *parent, fria_word word, ...)
{
	fria_node *meta = fria_node_meta(parent);
	va_list pairs;
	va_start(pairs, word);
	fria_tree_say_pairs(meta, word, pairs);
	va_end(pairs);
	return meta;
}

fria_node *fria_node_list(fria_node *parent, bool numbered)
{
	cmark_node *list = fria_tree_add(parent, CMARK_NODE_LIST);
	cmark_node_set_list_type(list, numbered ? CMARK_ORDERED_LIST
						: CMARK_BULLET_LIST);
	if (numbered)
		cmark_node_set_list_start(list, 1);
	cmark_node_set_list_tight(list, 1);
	return list;
}

fria_node *fria_list_item(fria_node *list)
{
	return fria_node_paragraph(fria_tree_add(list, CMARK_NODE_ITEM));
}

fria_node *fria_node_fields(fria_node *parent)
{
	return fria_tree_add_ours(parent, KIND_FIELDS, NULL);
}

fria_node *fria_fields_add(fria_node *fields, const char *name)
{
	return fria_tree_add_ours(fields, KIND_FIELD, name);
}

fria_node *fria_fields_word(fria_node *fields, fria_word name)
{
	return fria_fields_add(fields, fria_tree_word(fields, name));
}

fria_node *fria_node_note(fria_node *parent, fria_tone tone, const char *title)
{
	cmark_node *note = fria_tree_add_ours(parent, KIND_NOTE, title);
	fria_tree_own(note)->tone = tone;
	return note;
}

fria_node *fria_note_word(fria_node *parent, fria_tone tone, fria_word title)
{
	return fria_node_note(parent, tone, fria_tree_word(parent, title));
}

void fria_node_notice(fria_node *parent, fria_tone tone, const char *text)
{
	fria_tree_own(fria_node_note(parent, tone, text))->flag = true;
}

void fria_notice_say(fria_node *parent, fria_tone tone, fria_word word, ...)
{
	fria_buf text = FRIA_BUF_INIT;
	va_list pairs;
	va_start(pairs, word);
	fria_tree_say(&text, parent, word, pairs);
	va_end(pairs);
	fria_node_notice(parent, tone, text.text);
	fria_buf_dispose(&text);
}

void fria_node_change(fria_node *parent, const char *name, const char *before,
		      const char *after)
{
	struct mark *mark =
	    fria_tree_own(fria_tree_add_ours(parent, KIND_CHANGE, name));
	mark->before = fria_tree_safe(before);
	mark->after = fria_tree_safe(after);
}

fria_node *fria_node_passage(fria_node *parent, fria_passage_kind kind)
{
	cmark_node *passage = fria_tree_add_ours(parent, KIND_PASSAGE, NULL);
	fria_tree_own(passage)->passage = kind;
	return passage;
}

fria_node *fria_node_details(fria_node *parent, const char *summary, bool open)
{
	cmark_node *details = fria_tree_add_ours(parent, KIND_DETAILS, summary);
	fria_tree_own(details)->flag = open;
	return details;
}

fria_node *fria_node_briefly(fria_node *parent, const char *summary,
			     const char *brief)
{
	fria_node *details = fria_node_details(parent, summary, true);
	fria_tree_own(details)->before = fria_tree_safe(brief);
	return details;
}

fria_node *fria_details_word(fria_node *parent, fria_word summary, bool open)
{
	return fria_node_details(parent, fria_tree_word(parent, summary), open);
}

void fria_details_aside(fria_node *details)
{
	fria_tree_own(details)->aside = true;
}

fria_node *fria_node_figure_raw(fria_node *parent, const char *caption,
				const char *svg)
{
	cmark_node *figure = fria_tree_add_ours(parent, KIND_FIGURE, caption);
	cmark_node_set_on_enter(figure, svg);
	*FRIA_PUSH(&fria_node_document(parent)->pictures) = figure;
	return figure;
}

void fria_document_pictures(fria_document *d, const char *stem)
{
	free(d->stem);
	d->stem = fria_strdup(stem);
}

size_t fria_document_picture_count(const fria_document *d)
{
	return d->pictures.n;
}

const char *fria_document_picture(const fria_document *d, size_t number)
{
	return number >= 1 && number <= d->pictures.n
		   ? cmark_node_get_on_enter(d->pictures.items[number - 1])
		   : NULL;
}

static cmark_node *add_table_part(cmark_node *parent, cmark_node_type type,
				  cmark_syntax_extension *tables)
{
	return fria_tree_append(parent, cmark_node_new_with_ext(type, tables));
}

static void set_align(cmark_node *table, const fria_table_options *opts)
{
	uint8_t align[FRIA_COLUMNS_MAX] = {0};
	for (size_t i = 0; opts->align && opts->align[i] && i < opts->n; i++)
		if (tolower(opts->align[i]) != 'l')
			align[i] = (uint8_t)tolower(opts->align[i]);
	cmark_gfm_extensions_set_table_columns(table, (uint16_t)opts->n);
	cmark_gfm_extensions_set_table_alignments(table, (uint16_t)opts->n,
						  align);
}

fria_node *fria_node_table(fria_node *parent, const fria_table_options *opts)
{
	const struct types *types = &fria_node_document(parent)->types;
	cmark_node *table = add_table_part(parent, types->table, types->tables);
	struct mark *mark = fria_tree_set_mark(table, KIND_TABLE);
	assert(opts->n >= 1 && opts->n <= FRIA_COLUMNS_MAX);
	mark->title = opts->caption ? fria_tree_safe(opts->caption) : NULL;
	mark->flag = opts->row_heads;
	set_align(table, opts);
	cmark_node *head = fria_table_row(table);
	cmark_gfm_extensions_set_table_row_is_header(head, 1);
	for (size_t i = 0; i < opts->n; i++)
		if (opts->words)
			fria_node_say(fria_table_cell(head), opts->words[i],
				      NULL);
		else
			fria_table_cell_text(head, opts->columns[i]);
	return table;
}

fria_node *fria_table_words(fria_node *parent, const char *align, ...)
{
	fria_word words[FRIA_COLUMNS_MAX];
	const fria_table_options options = {.words = words,
					    .n = strlen(align),
					    .align = align,
					    .row_heads = isupper(*align)};
	va_list heads;
	va_start(heads, align);
	for (size_t i = 0; i < options.n; i++)
		words[i] = (fria_word)va_arg(heads, int);
	va_end(heads);
	return fria_node_table(parent, &options);
}

/* Whole, like those from Markdown. What cmark allocates for a cell made with
 * its extension it never frees. */
fria_node *fria_table_row(fria_node *table)
{
	const struct types *types = &fria_node_document(table)->types;
	cmark_node *row = add_table_part(table, types->row, types->tables);
	size_t n = cmark_gfm_extensions_get_table_columns(table);
	for (size_t i = 0; i < n; i++)
		cmark_node_set_syntax_extension(fria_tree_add(row, types->cell),
						types->tables);
	fria_tree_set_mark(row, KIND_ROW)->next = cmark_node_first_child(row);
	return row;
}

fria_node *fria_table_cell(fria_node *row)
{
	cmark_node *cell = fria_tree_own(row)->next;
	assert(cell);
	fria_tree_own(row)->next = cmark_node_next(cell);
	return cell;
}

fria_node *fria_table_texts(fria_node *table, size_t n, ...)
{
	fria_node *row = fria_table_row(table);
	va_list texts;
	va_start(texts, n);
	while (n--)
		fria_table_cell_text(row, va_arg(texts, const char *));
	va_end(texts);
	return row;
}

fria_node *fria_table_cell_text(fria_node *row, const char *text)
{
	cmark_node *cell = fria_table_cell(row);
	fria_node_text(cell, text);
	return cell;
}
