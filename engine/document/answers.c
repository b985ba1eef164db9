/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What people wrote, cleaned, with the words marked that a change took away.
 */
#include "tree.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "../data/markdown.h"

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
	fria_tree_put_literal(marked, CMARK_NODE_TEXT, word);
	fria_tree_set_mark(marked, KIND_MENTIONED);
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
	cmark_node *answer = fria_tree_add_ours(parent, KIND_ANSWER, NULL);
	fria_document *d = fria_node_document(parent);
	if (lang && strcmp(lang, fria_lang_code(d->lang)))
		fria_tree_own(answer)->lang = fria_tree_safe(lang);
	unsigned done = fria_markdown_clean_answer(
	    answer, markdown, strlen(markdown), fria_tree_level(parent),
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
				   fria_tree_level(parent));
}
