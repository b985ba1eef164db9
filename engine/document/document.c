/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A document as it begins, and the texts that it keeps for its nodes.
 */
#include "tree.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

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
	fria_tree_set_mark(d->root, KIND_DOCUMENT)->document = d;
	d->head = fria_tree_add_ours(d->root, KIND_HEAD, NULL);
	d->contents = fria_tree_add_ours(d->root, KIND_CONTENTS, NULL);
	d->body = fria_tree_add_ours(d->root, KIND_BODY, NULL);
	d->foot = fria_tree_add_ours(d->root, KIND_FOOT, NULL);
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

const char *fria_tree_word(fria_node *at, fria_word word)
{
	return fria_word_text(word, fria_node_lang(at));
}

void fria_tree_say(fria_buf *out, fria_node *at, fria_word word, va_list pairs)
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
	fria_tree_say(text, at, word, pairs);
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
