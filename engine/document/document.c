/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Builds a report's tree, node by node. It writes no markup: that is what the
 * renderings do, each in its own way.
 */
#include "tree.h"

#include <assert.h>
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <ctype.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "../data/markdown.h"

/* --- nodes --- */

/* A cleaned copy; never NULL. */
static char *safe(const char *text)
{
	fria_buf buf = FRIA_BUF_INIT;
	fria_put_safe(&buf, text ? text : "");
	return fria_buf_detach(&buf);
}

static void mark_free(cmark_mem *mem, void *data)
{
	struct mark *mark = data;
	(void)mem;
	free(mark->anchor);
	free(mark->title);
	free(mark->before);
	free(mark->after);
	free(mark->lang);
	free(mark);
}

static struct mark *set_mark(cmark_node *node, enum kind kind)
{
	struct mark *mark = fria_calloc(1, sizeof *mark);
	mark->kind = kind;
	cmark_node_set_user_data(node, mark);
	cmark_node_set_user_data_free_func(node, mark_free);
	return mark;
}

static cmark_node *append(cmark_node *parent, cmark_node *node)
{
	int fits = cmark_node_append_child(parent, node);
	assert(fits);
	(void)fits;
	return node;
}

static cmark_node *add(cmark_node *parent, cmark_node_type type)
{
	return append(parent, cmark_node_new(type));
}

static struct mark *mark_of(cmark_node *node)
{
	return cmark_node_get_user_data(node);
}

/* A block of ours; with its title, where it has one. */
static cmark_node *add_ours(cmark_node *parent, enum kind kind,
			    const char *title)
{
	cmark_node *node = add(parent, CMARK_NODE_CUSTOM_BLOCK);
	set_mark(node, kind)->title = title ? safe(title) : NULL;
	return node;
}

static void put_literal(cmark_node *parent, cmark_node_type type,
			const char *text)
{
	cmark_node *node = add(parent, type);
	cmark_node_set_literal(node, text);
}

/* Level of the heading that stands over what is added to this node. */
static int level_of(cmark_node *node)
{
	int level = 1;
	for (; node; node = cmark_node_parent(node)) {
		const struct mark *mark = fria_tree_mark(node);
		level += mark && mark->anchor;
	}
	return level > 6 ? 6 : level;
}

/* --- the document --- */

/* cmark gives table types a number when it registers them: look them up. */
static void learn_types(struct types *types)
{
	static const char sample[] = "|~a~|\n|-|\n";
	cmark_gfm_core_extensions_ensure_registered();
	types->tables = cmark_find_syntax_extension("table");
	cmark_parser *parser = cmark_parser_new(CMARK_OPT_DEFAULT);
	cmark_parser_attach_syntax_extension(parser, types->tables);
	cmark_parser_attach_syntax_extension(
	    parser, cmark_find_syntax_extension("strikethrough"));
	cmark_parser_feed(parser, sample, sizeof sample - 1);
	cmark_node *root = cmark_parser_finish(parser);
	cmark_node *at = cmark_node_first_child(root);
	types->table = cmark_node_get_type(at);
	types->row = cmark_node_get_type(at = cmark_node_first_child(at));
	types->cell = cmark_node_get_type(at = cmark_node_first_child(at));
	types->strike = cmark_node_get_type(cmark_node_first_child(at));
	cmark_node_free(root);
	cmark_parser_free(parser);
}

fria_document *fria_document_new(fria_lang lang)
{
	fria_document *d = fria_calloc(1, sizeof *d);
	d->lang = lang;
	d->anchors = json_object();
	learn_types(&d->types);
	d->root = cmark_node_new(CMARK_NODE_DOCUMENT);
	set_mark(d->root, KIND_DOCUMENT)->document = d;
	d->head = add_ours(d->root, KIND_HEAD, NULL);
	d->contents = add_ours(d->root, KIND_CONTENTS, NULL);
	d->body = add_ours(d->root, KIND_BODY, NULL);
	d->foot = add_ours(d->root, KIND_FOOT, NULL);
	return d;
}

void fria_document_free(fria_document *d)
{
	if (!d)
		return;
	cmark_node_free(d->root);
	json_decref(d->anchors);
	for (size_t i = 0; i < d->kept.n; i++) {
		fria_buf_dispose(d->kept.items[i]);
		free(d->kept.items[i]);
	}
	free(d->kept.items);
	free(d->places.items);
	free(d->pictures.items);
	free(d->stem);
	free(d->title);
	free(d->subtitle);
	free(d);
}

void fria_document_title(fria_document *d, const char *title,
			 const char *subtitle)
{
	cmark_node *heading = add(d->head, CMARK_NODE_HEADING);
	assert(!d->title);
	cmark_node_set_heading_level(heading, 1);
	fria_node_text(heading, title);
	d->title = safe(title);
	if (!subtitle)
		return;
	d->subtitle = safe(subtitle);
	fria_node_text(add_ours(d->head, KIND_SUBTITLE, NULL), subtitle);
}

fria_node *fria_document_key(fria_document *d, fria_word name)
{
	if (!d->keys)
		d->keys = add_ours(d->head, KIND_KEYS, NULL);
	return fria_fields_word(d->keys, name);
}

fria_node *fria_document_head(fria_document *d)
{
	return d->head;
}

fria_node *fria_document_links(fria_document *d, const char *label)
{
	return add_ours(d->head, KIND_LINKS, label);
}

fria_node *fria_document_way(fria_document *d, const char *label)
{
	cmark_node *way = fria_document_links(d, label);
	if (cmark_node_previous(way))
		cmark_node_insert_before(cmark_node_first_child(d->head), way);
	return way;
}

fria_node *fria_document_body(fria_document *d)
{
	return d->body;
}

fria_node *fria_document_foot(fria_document *d)
{
	return d->foot;
}

void fria_document_brief(fria_document *d)
{
	d->brief = true;
}

fria_lang fria_node_lang(fria_node *at)
{
	return fria_node_document(at)->lang;
}

void fria_document_buttons(fria_document *d)
{
	d->buttons = true;
}

bool fria_node_buttons(fria_node *at)
{
	return fria_node_document(at)->buttons;
}

void fria_document_contents(fria_document *d, int depth)
{
	d->depth = depth;
}

/* --- texts on their way into it --- */

static const char *word_at(fria_node *at, fria_word word)
{
	return fria_word_text(word, fria_node_lang(at));
}

static void say_at(fria_buf *out, fria_node *at, fria_word word, va_list pairs)
{
	fria_say_list(out, fria_node_lang(at), word, fria_node_buttons(at),
		      pairs);
}

fria_buf *fria_kept_text(fria_node *at)
{
	fria_buf *text = fria_malloc(sizeof *text);
	fria_buf_init(text);
	*FRIA_PUSH(&fria_node_document(at)->kept) = text;
	return text;
}

const char *fria_kept_say(fria_node *at, fria_word word, ...)
{
	fria_buf *text = fria_kept_text(at);
	va_list pairs;
	va_start(pairs, word);
	say_at(text, at, word, pairs);
	va_end(pairs);
	return text->text;
}

const char *fria_kept_day(fria_node *at, fria_time day)
{
	fria_buf *text = fria_kept_text(at);
	fria_day_say(text, fria_node_lang(at), day);
	return text->text;
}

const char *fria_kept_format(fria_node *at, const char *format, ...)
{
	fria_buf *text = fria_kept_text(at);
	va_list list;
	va_start(list, format);
	fria_buf_vprintf(text, format, list);
	va_end(list);
	return text->text;
}

fria_buf *fria_node_here(fria_node *node)
{
	struct place place = {fria_kept_text(node), add(node, CMARK_NODE_TEXT)};
	*FRIA_PUSH(&fria_node_document(node)->places) = place;
	return place.text;
}

/* What stood behind it is moved behind it again. */
static void settle(const struct place *place)
{
	cmark_node *node = cmark_node_parent(place->at);
	cmark_node *last = cmark_node_last_child(node);
	fria_node_text(node, place->text->text);
	for (bool more = last != place->at; more;) {
		cmark_node *behind = cmark_node_next(place->at);
		more = behind != last;
		append(node, behind);
	}
	cmark_node_free(place->at);
}

fria_document *fria_tree_settled(cmark_node *node)
{
	fria_document *d = fria_node_document(node);
	for (size_t i = 0; i < d->places.n; i++)
		settle(&d->places.items[i]);
	d->places.n = 0;
	return d;
}

/* --- sections --- */

static char *clean_anchor(const char *anchor)
{
	fria_buf buf = FRIA_BUF_INIT;
	for (; *anchor; anchor++) {
		bool keep = (*anchor >= 'a' && *anchor <= 'z') ||
			    (*anchor >= 'A' && *anchor <= 'Z') ||
			    (*anchor >= '0' && *anchor <= '9') ||
			    *anchor == '.' || *anchor == '_';
		fria_buf_putc(&buf, keep ? *anchor : '-');
	}
	if (!buf.n)
		fria_buf_putc(&buf, '-');
	return fria_buf_detach(&buf);
}

/* Names that begin with "fria-" are the page's own. */
static char *unique_anchor(fria_document *d, const char *anchor)
{
	char *clean = clean_anchor(anchor);
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
	cmark_node *node = add_ours(parent, kind, number);
	cmark_node *heading = add(node, CMARK_NODE_HEADING);
	mark_of(node)->anchor =
	    unique_anchor(fria_node_document(parent), anchor);
	cmark_node_set_heading_level(heading, level_of(node));
	fria_node_text(heading, title);
	return node;
}

fria_node *fria_node_section(fria_node *parent, const char *anchor,
			     const char *title)
{
	return add_section(parent, KIND_SECTION, anchor, NULL, title);
}

fria_node *fria_section_word(fria_node *parent, const char *anchor,
			     fria_word title)
{
	return fria_node_section(parent, anchor, word_at(parent, title));
}

fria_node *fria_node_chapter(fria_node *parent, const char *anchor,
			     const char *title)
{
	fria_node *chapter = fria_node_section(parent, anchor, title);
	mark_of(chapter)->flag = true;
	return chapter;
}

fria_node *fria_node_question(fria_node *parent, const char *anchor,
			      const char *number, const char *title)
{
	return add_section(parent, KIND_QUESTION, anchor, number, title);
}

/* --- blocks --- */

fria_node *fria_node_paragraph(fria_node *parent)
{
	return add(parent, CMARK_NODE_PARAGRAPH);
}

fria_node *fria_node_paragraph_text(fria_node *parent, const char *text)
{
	cmark_node *paragraph = fria_node_paragraph(parent);
	fria_node_text(paragraph, text);
	return paragraph;
}

static void say_pairs(fria_node *node, fria_word word, va_list pairs)
{
	fria_buf text = FRIA_BUF_INIT;
	say_at(&text, node, word, pairs);
	fria_node_text(node, text.text);
	fria_buf_dispose(&text);
}

fria_node *fria_paragraph_say(fria_node *parent, fria_word word, ...)
{
	fria_node *paragraph = fria_node_paragraph(parent);
	va_list pairs;
	va_start(pairs, word);
	say_pairs(paragraph, word, pairs);
	va_end(pairs);
	return paragraph;
}

fria_node *fria_node_meta(fria_node *parent)
{
	return add_ours(parent, KIND_META, NULL);
}

fria_node *fria_meta_say(fria_node *parent, fria_word word, ...)
{
	fria_node *meta = fria_node_meta(parent);
	va_list pairs;
	va_start(pairs, word);
	say_pairs(meta, word, pairs);
	va_end(pairs);
	return meta;
}

fria_node *fria_node_list(fria_node *parent, bool numbered)
{
	cmark_node *list = add(parent, CMARK_NODE_LIST);
	cmark_node_set_list_type(list, numbered ? CMARK_ORDERED_LIST
						: CMARK_BULLET_LIST);
	if (numbered)
		cmark_node_set_list_start(list, 1);
	cmark_node_set_list_tight(list, 1);
	return list;
}

fria_node *fria_list_item(fria_node *list)
{
	return fria_node_paragraph(add(list, CMARK_NODE_ITEM));
}

fria_node *fria_node_fields(fria_node *parent)
{
	return add_ours(parent, KIND_FIELDS, NULL);
}

fria_node *fria_fields_add(fria_node *fields, const char *name)
{
	return add_ours(fields, KIND_FIELD, name);
}

fria_node *fria_fields_word(fria_node *fields, fria_word name)
{
	return fria_fields_add(fields, word_at(fields, name));
}

fria_node *fria_node_note(fria_node *parent, fria_tone tone, const char *title)
{
	cmark_node *note = add_ours(parent, KIND_NOTE, title);
	mark_of(note)->tone = tone;
	return note;
}

fria_node *fria_note_word(fria_node *parent, fria_tone tone, fria_word title)
{
	return fria_node_note(parent, tone, word_at(parent, title));
}

void fria_node_notice(fria_node *parent, fria_tone tone, const char *text)
{
	mark_of(fria_node_note(parent, tone, text))->flag = true;
}

void fria_notice_say(fria_node *parent, fria_tone tone, fria_word word, ...)
{
	fria_buf text = FRIA_BUF_INIT;
	va_list pairs;
	va_start(pairs, word);
	say_at(&text, parent, word, pairs);
	va_end(pairs);
	fria_node_notice(parent, tone, text.text);
	fria_buf_dispose(&text);
}

void fria_node_change(fria_node *parent, const char *name, const char *before,
		      const char *after)
{
	struct mark *mark = mark_of(add_ours(parent, KIND_CHANGE, name));
	mark->before = safe(before);
	mark->after = safe(after);
}

fria_node *fria_node_passage(fria_node *parent, fria_passage_kind kind)
{
	cmark_node *passage = add_ours(parent, KIND_PASSAGE, NULL);
	mark_of(passage)->passage = kind;
	return passage;
}

fria_node *fria_node_details(fria_node *parent, const char *summary, bool open)
{
	cmark_node *details = add_ours(parent, KIND_DETAILS, summary);
	mark_of(details)->flag = open;
	return details;
}

fria_node *fria_node_briefly(fria_node *parent, const char *summary,
			     const char *brief)
{
	fria_node *details = fria_node_details(parent, summary, true);
	mark_of(details)->before = safe(brief);
	return details;
}

fria_node *fria_details_word(fria_node *parent, fria_word summary, bool open)
{
	return fria_node_details(parent, word_at(parent, summary), open);
}

void fria_document_show(fria_document *d, fria_find_picture find, void *data)
{
	d->find = find;
	d->find_data = data;
}

static bool is_shown(void *data, const char *address)
{
	fria_document *d = data;
	bool found = d->find(d->find_data, address) != NULL;
	d->shows = d->shows || found;
	return found;
}

/* A word is not part of a longer one, nor a number of another. */
static bool stands_alone(const char *text, const char *at, size_t n)
{
	const unsigned char *from = (const unsigned char *)at, *to = from + n;
	bool first = at == text;
	if (!first && (isalnum(from[-1]) || from[-1] >= 0x80))
		return false;
	if (isalnum(*to) || *to >= 0x80)
		return false;
	return !(from - (const unsigned char *)text > 1 && isdigit(*from) &&
		 ispunct(from[-1]) && isdigit(from[-2])) &&
	       !(isdigit(to[-1]) && (*to == '.' || *to == ',') &&
		 isdigit(to[1]));
}

/* The first of these words in a text, the longest where several begin; NULL.
 */
static const char *first_of(const char *text, const fria_strings *words,
			    size_t *n)
{
	const char *first = NULL;
	for (size_t i = 0; i < words->n; i++) {
		size_t length = strlen(words->items[i]);
		const char *at = strstr(text, words->items[i]);
		while (at && !stands_alone(text, at, length))
			at = strstr(at + 1, words->items[i]);
		if (at &&
		    (!first || at < first || (at == first && length > *n))) {
			first = at;
			*n = length;
		}
	}
	return first;
}

/* What stands before it stays, itself is marked, what follows is a text of its
 * own, to be looked at next. */
static cmark_node *mark_word(cmark_node *text, const char *at, size_t n)
{
	const char *all = cmark_node_get_literal(text);
	char *before = fria_strndup(all, (size_t)(at - all));
	char *word = fria_strndup(at, n), *after = fria_strdup(at + n);
	cmark_node *marked = cmark_node_new(CMARK_NODE_EMPH);
	cmark_node *rest = cmark_node_new(CMARK_NODE_TEXT);
	put_literal(marked, CMARK_NODE_TEXT, word);
	set_mark(marked, KIND_MENTIONED);
	cmark_node_set_literal(rest, after);
	cmark_node_set_literal(text, before);
	cmark_node_insert_after(text, marked);
	cmark_node_insert_after(marked, rest);
	free(before);
	free(word);
	free(after);
	return rest;
}

static void mark_words(cmark_node *node, const fria_strings *words)
{
	for (; node; node = cmark_node_next(node)) {
		if (cmark_node_get_type(node) != CMARK_NODE_TEXT) {
			mark_words(cmark_node_first_child(node), words);
			continue;
		}
		size_t n = 0;
		const char *at =
		    first_of(cmark_node_get_literal(node), words, &n);
		if (at)
			node = cmark_node_previous(mark_word(node, at, n));
	}
}

unsigned fria_node_answer_marked(fria_node *parent, const char *markdown,
				 const char *lang, const fria_strings *words)
{
	cmark_node *answer = add_ours(parent, KIND_ANSWER, NULL);
	fria_document *d = fria_node_document(parent);
	if (lang && strcmp(lang, fria_lang_code(d->lang)))
		mark_of(answer)->lang = safe(lang);
	unsigned done = fria_markdown_clean_answer(
	    answer, markdown, strlen(markdown), level_of(parent),
	    d->find ? is_shown : NULL, d);
	if (words && words->n)
		mark_words(cmark_node_first_child(answer), words);
	return done;
}

unsigned fria_node_answer(fria_node *parent, const char *markdown,
			  const char *lang)
{
	return fria_node_answer_marked(parent, markdown, lang, NULL);
}

unsigned fria_node_markdown(fria_node *parent, const char *markdown)
{
	return fria_markdown_clean(parent, markdown, strlen(markdown),
				   level_of(parent));
}

fria_node *fria_node_figure_raw(fria_node *parent, const char *caption,
				const char *svg)
{
	cmark_node *figure = add_ours(parent, KIND_FIGURE, caption);
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

/* --- tables --- */

static cmark_node *add_table_part(cmark_node *parent, cmark_node_type type,
				  cmark_syntax_extension *tables)
{
	return append(parent, cmark_node_new_with_ext(type, tables));
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
	struct mark *mark = set_mark(table, KIND_TABLE);
	assert(opts->n >= 1 && opts->n <= FRIA_COLUMNS_MAX);
	mark->title = opts->caption ? safe(opts->caption) : NULL;
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
		cmark_node_set_syntax_extension(add(row, types->cell),
						types->tables);
	set_mark(row, KIND_ROW)->next = cmark_node_first_child(row);
	return row;
}

fria_node *fria_table_cell(fria_node *row)
{
	cmark_node *cell = mark_of(row)->next;
	assert(cell);
	mark_of(row)->next = cmark_node_next(cell);
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

/* --- running text --- */

/* Headings and cells are one line in Markdown. */
static bool holds_lines(cmark_node *node)
{
	const struct mark *mark = fria_tree_mark(node);
	return mark ? mark->kind == KIND_FIELD || mark->kind == KIND_META ||
			  mark->kind == KIND_LINKS || mark->kind == KIND_PASSAGE
		    : cmark_node_get_type(node) == CMARK_NODE_PARAGRAPH;
}

/* Not where the words are a link, a name or a mark. */
static bool holds_links(cmark_node *node)
{
	const struct mark *mark = fria_tree_mark(node);
	return (holds_lines(node) && (!mark || mark->kind != KIND_LINKS)) ||
	       !strcmp(cmark_node_get_type_string(node), "table_cell");
}

/* A passage is made of pieces: is all of the address in this one? */
static bool is_whole(cmark_node *node, const char *line, size_t at, size_t n)
{
	const struct mark *mark = fria_tree_mark(node);
	return !mark || mark->kind != KIND_PASSAGE ||
	       ((at || !cmark_node_first_child(node)) &&
		strpbrk(line + at + n, " \t"));
}

/* A line of text; its bare addresses are links where links may be. */
static void put_line(cmark_node *node, char *line, bool links)
{
	size_t at, n;
	while (links && fria_markdown_address(line, &at, &n) &&
	       is_whole(node, line, at, n)) {
		char *shown = fria_strndup(line + at, n);
		char *url = fria_markdown_address_url(shown);
		line[at] = '\0';
		if (*line)
			put_literal(node, CMARK_NODE_TEXT, line);
		cmark_node *link = add(node, CMARK_NODE_LINK);
		cmark_node_set_url(link, url);
		put_literal(link, CMARK_NODE_TEXT, shown);
		line += at + n;
		free(shown);
		free(url);
	}
	if (*line)
		put_literal(node, CMARK_NODE_TEXT, line);
}

void fria_node_text(fria_node *node, const char *text)
{
	bool lines = holds_lines(node), links = holds_links(node);
	char *clean = safe(text), *next = NULL;
	for (char *line = clean; line; line = next) {
		if ((next = strchr(line, '\n')))
			*next++ = '\0';
		put_line(node, line, links);
		if (next && lines)
			add(node, CMARK_NODE_LINEBREAK);
		else if (next)
			put_literal(node, CMARK_NODE_TEXT, " ");
	}
	free(clean);
}

/*
 * Labels and markings stand on nodes that a cell may hold too: a custom
 * inline has no place in cmark's tables.
 */
static cmark_node *add_inline(cmark_node *parent, cmark_node_type type,
			      const char *text)
{
	cmark_node *node = add(parent, type);
	char *clean = safe(text);
	put_literal(node, CMARK_NODE_TEXT, clean);
	free(clean);
	return node;
}

void fria_node_strong(fria_node *node, const char *text)
{
	if (*text)
		add_inline(node, CMARK_NODE_STRONG, text);
}

void fria_node_code(fria_node *node, const char *text)
{
	char *clean = safe(text);
	if (*clean)
		put_literal(node, CMARK_NODE_CODE, clean);
	free(clean);
}

void fria_node_say(fria_node *node, fria_word word, ...)
{
	va_list pairs;
	va_start(pairs, word);
	say_pairs(node, word, pairs);
	va_end(pairs);
}

void fria_node_format(fria_node *node, const char *format, ...)
{
	fria_buf text = FRIA_BUF_INIT;
	va_list list;
	va_start(list, format);
	fria_buf_vprintf(&text, format, list);
	va_end(list);
	fria_node_text(node, text.text);
	fria_buf_dispose(&text);
}

static void add_link(cmark_node *node, const char *url, const char *text)
{
	cmark_node_set_url(add_inline(node, CMARK_NODE_LINK, text), url);
}

void fria_node_link(fria_node *node, const char *url, const char *text)
{
	if (!*text)
		text = url;
	if (fria_markdown_url_ok(url))
		add_link(node, url, text);
	else
		fria_node_text(node, text);
}

void fria_node_reference(fria_node *node, const char *anchor, const char *text)
{
	char *clean = clean_anchor(anchor);
	char *url = fria_format("#%s", clean);
	add_link(node, url, text);
	free(url);
	free(clean);
}

void fria_node_page(fria_node *node, const char *path, const char *text)
{
	size_t n = strspn(path, "abcdefghijklmnopqrstuvwxyz"
				"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789./-_");
	if (n && !path[n] && path[0] != '/')
		add_link(node, path, text);
	else
		fria_node_text(node, text);
}

void fria_node_badge(fria_node *node, fria_tone tone, const char *text)
{
	cmark_node *badge = add_inline(node, CMARK_NODE_STRONG, text);
	set_mark(badge, KIND_BADGE)->tone = tone;
}

void fria_node_label(fria_node *node, fria_tone tone, fria_word word)
{
	fria_node_badge(node, tone, word_at(node, word));
}

void fria_node_marked(fria_node *node, fria_marking marking, const char *text)
{
	static const enum kind kinds[] = {KIND_INSERTED, KIND_DELETED,
					  KIND_LEFT_OUT, KIND_MENTIONED};
	cmark_node *marked = add_inline(node, CMARK_NODE_EMPH, text);
	set_mark(marked, kinds[marking]);
}

const char *fria_tone_symbol(fria_tone tone)
{
	static const char *const symbols[] = {"–", "○", "✓", "↻", "?", "■"};
	return symbols[tone];
}
