/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * An answer in better words: what rested on the old wording rests on the new,
 * without anybody judging again (DESIGN section 4).
 */
#include "living.h"

#include <string.h>

/* The row an edge looks at: the same one, inside one group. */
static const char *row_of(const fria_instrument *in, const fria_edge *edge,
			  const fria_question *q)
{
	return edge->task != FRIA_NONE &&
		       in->tasks[edge->task].rows == in->tasks[q->task].rows
		   ? q->row
		   : NULL;
}

/* Lets one digest follow; true if it did. */
static bool follow(json_t *answers, const fria_edge *edge, const json_t *before,
		   const json_t *after)
{
	char was[FRIA_DIGEST_SIZE], now[FRIA_DIGEST_SIZE];
	const char *held = fria_json_text(answers, edge->name);
	fria_digest(was, before);
	fria_digest(now, after);
	if (!held || strcmp(held, was) != 0 || !strcmp(was, now))
		return false;
	json_object_set_new(answers, edge->name, json_string(now));
	return true;
}

size_t fria_editorial_follow(json_t *assessment, const fria_instrument *in,
			     const fria_editorial *change)
{
	const json_t *own_before = change->own ? change->before : assessment;
	const fria_sibling before = {change->name, change->instrument,
				     change->before};
	const fria_sibling after = {change->name, change->instrument,
				    change->after};
	const fria_siblings were = {&before, change->own ? 0 : 1};
	const fria_siblings are = {&after, change->own ? 0 : 1};
	fria_questions all;
	size_t followed = 0;
	fria_questions_list(&all, in, assessment);
	for (size_t i = 0; i < all.n; i++) {
		const fria_question *q = &all.items[i];
		const fria_edges *up = &in->tasks[q->task].upstream;
		json_t *answers = json_object_get(
		    json_object_get(q->answer, "basis"), "answers");
		bool any = false;
		for (size_t k = 0; answers && k < up->n; k++) {
			const fria_edge *e = &up->items[k];
			const char *row = row_of(in, e, q);
			json_t *was =
			    fria_edge_form(in, own_before, &were, e, row);
			json_t *now =
			    fria_edge_form(in, assessment, &are, e, row);
			any = follow(answers, e, was, now) || any;
			json_decref(was);
			json_decref(now);
		}
		followed += any;
	}
	fria_questions_dispose(&all);
	return followed;
}

bool fria_editorial_is(const json_t *before, const json_t *after)
{
	const json_t *list =
	    json_object_get(json_object_get(after, "basis"), "editorial");
	json_t *form = fria_answer_form(before), *one;
	char digest[FRIA_DIGEST_SIZE];
	size_t i;
	bool found = false;
	fria_digest(digest, form);
	json_decref(form);
	json_array_foreach(list, i, one) {
		const char *was = fria_json_text(one, "was");
		found = found || (was && !strcmp(was, digest));
	}
	return found;
}

json_t *fria_editorial_basis(const json_t *answer, const json_t *form,
			     const fria_stand *stand)
{
	json_t *basis = json_deep_copy(json_object_get(answer, "basis"));
	json_t *list = json_object_get(basis, "editorial");
	char digest[FRIA_DIGEST_SIZE];
	fria_buf at = FRIA_BUF_INIT;
	if (!json_is_array(list)) {
		list = json_array();
		json_object_set_new(basis, "editorial", list);
	}
	fria_time_write(&at, stand->at);
	json_array_append_new(list, json_pack("{s:O, s:s, s:s, s:s}", "was",
					      json_object_get(basis, "value"),
					      "by", stand->by, "at", at.text,
					      "note", stand->note));
	fria_digest(digest, form);
	json_object_set_new(basis, "value", json_string(digest));
	fria_buf_dispose(&at);
	return basis;
}
