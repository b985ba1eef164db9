/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Two states of a document made one, by meaning (DESIGN section 5): what the
 * document is decides how its parts are merged. Swapping the sides gives the
 * same document; it never sees a repository and chooses between no two texts.
 */
#include "merge_internal.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

fria_document_kind fria_document_kind_of(const json_t *document)
{
	if (fria_json_text(document, "instrument") &&
	    json_is_object(json_object_get(document, "answers")))
		return FRIA_DOCUMENT_ASSESSMENT;
	if (fria_json_text(document, "id") &&
	    !json_object_get(document, "tasks") &&
	    json_object_get(document, "release"))
		return FRIA_DOCUMENT_APPLICATION;
	return FRIA_DOCUMENT_OTHER;
}

static json_t *merge_assessment_member(merging *m, const char *key, sides s)
{
	static const struct {
		const char *key;
		merge_part part;
	} parts[] = {
	    {"answers", merge_answers},	  {"approvals", merge_approvals},
	    {"comments", merge_comments}, {"proposals", merge_proposals},
	    {"requests", merge_comments}, {"meetings", merge_comments}};
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (!strcmp(parts[i].key, key))
			return parts[i].part(m, key, s);
	return merge_value(m, key, s);
}

static merge_part part_for(sides s)
{
	fria_document_kind kind = fria_document_kind_of(s.ours);
	if (kind != fria_document_kind_of(s.theirs))
		kind = FRIA_DOCUMENT_OTHER;
	return kind == FRIA_DOCUMENT_ASSESSMENT	   ? merge_assessment_member
	       : kind == FRIA_DOCUMENT_APPLICATION ? merge_application
						   : merge_value;
}

static void dispose(merging *m)
{
	for (size_t i = 0; i < m->doubts.n; i++) {
		free(m->doubts.items[i].task);
		free(m->doubts.items[i].row);
	}
	free(m->doubts.items);
	fria_buf_dispose(&m->pointer);
}

/* A side with its choices of rows as ids. New; NULL: there is none. */
static json_t *settled(const json_t *side, const fria_instrument *in)
{
	json_t *own = json_incref((json_t *)(uintptr_t)side);
	if (!own || !in ||
	    fria_document_kind_of(own) != FRIA_DOCUMENT_ASSESSMENT)
		return own;
	json_t *out = fria_choices_settled(in, own, NULL);
	json_decref(own);
	return out;
}

void fria_merge_make(fria_merge *out, const fria_merge_input *input)
{
	merging m = {.out = out, .pointer = FRIA_BUF_INIT};
	json_t *base = settled(input->base, input->instrument);
	json_t *ours = settled(input->ours, input->instrument);
	json_t *theirs = settled(input->theirs, input->instrument);
	const sides s = {base, ours, theirs};
	*out = (fria_merge){.document = NULL};
	if (!merge_settled(&out->document, s)) {
		out->document = merge_are_objects(s)
				    ? merge_object(&m, s, part_for(s))
				    : merge_conflict(&m, s);
		merge_bases(&m, input);
		if (part_for(s) == merge_application)
			merge_application_end(out->document, s);
		if (fria_document_kind_of(out->document) ==
		    FRIA_DOCUMENT_ASSESSMENT)
			fria_assessment_order(out->document, input->instrument);
	}
	json_decref(base);
	json_decref(ours);
	json_decref(theirs);
	dispose(&m);
}

void fria_merge_dispose(fria_merge *merge)
{
	for (size_t i = 0; i < merge->n; i++)
		fria_conflict_dispose(&merge->items[i]);
	free(merge->items);
	json_decref(merge->document);
	*merge = (fria_merge){.document = NULL};
}

void fria_conflict_dispose(fria_conflict *conflict)
{
	free(conflict->pointer);
	free(conflict->task);
	free(conflict->row);
	json_decref(conflict->base);
	json_decref(conflict->ours);
	json_decref(conflict->theirs);
	free(conflict->wrote[0].by);
	free(conflict->wrote[1].by);
	*conflict = (fria_conflict){.pointer = NULL};
}

/* --- settling --- */

/* One segment of a pointer, unescaped; *at moves behind it. */
static char *segment(const char **at)
{
	fria_buf out = FRIA_BUF_INIT;
	const char *p = *at + 1;
	for (; *p && *p != '/'; p++)
		if (p[0] == '~' && (p[1] == '0' || p[1] == '1'))
			fria_buf_putc(&out, *++p == '1' ? '/' : '~');
		else
			fria_buf_putc(&out, *p);
	*at = p;
	return fria_buf_detach(&out);
}

static json_t *child(const json_t *of, const char *key, size_t *index)
{
	*index = merge_list_find(of, key);
	return json_is_array(of) ? json_array_get(of, *index)
				 : json_object_get(of, key);
}

static void put_last(json_t *of, const char *key, size_t index,
		     const json_t *value)
{
	json_t *new = value ? json_deep_copy(value) : NULL;
	if (json_is_array(of) && index != FRIA_NONE)
		new ? json_array_set_new(of, index, new)
		    : json_array_remove(of, index);
	else if (json_is_array(of) && new)
		json_array_append_new(of, new);
	else if (json_is_object(of) && new)
		json_object_set_new(of, key, new);
	else if (json_is_object(of))
		json_object_del(of, key);
}

json_t *fria_conflict_get(const json_t *document, const char *pointer)
{
	const json_t *at = document;
	while (at && *pointer) {
		size_t index;
		char *key = segment(&pointer);
		at = child(at, key, &index);
		free(key);
	}
	return (json_t *)(uintptr_t)at;
}

void fria_conflict_put(json_t *document, const char *pointer,
		       const json_t *value)
{
	json_t *at = document;
	while (at && *pointer) {
		size_t index;
		char *key = segment(&pointer);
		json_t *next = child(at, key, &index);
		if (!*pointer)
			put_last(at, key, index, value);
		else if (!next && json_is_object(at) && value)
			json_object_set_new(at, key, next = json_object());
		free(key);
		at = *pointer ? next : NULL;
	}
}
