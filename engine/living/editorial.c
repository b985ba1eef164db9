/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * An answer in better words: what rested on the old wording rests on the new,
 * without anybody judging again (DESIGN section 4).
 */
#include "living_internal.h"

#include <string.h>

/* Lets the digests of one question's edges follow; true if any did. */
static bool follow(json_t *basis, const fria_question *q, fria_view *before,
		   fria_view *after)
{
	json_t *answers = json_object_get(basis, "answers");
	const fria_instrument *in = before->in;
	const fria_edges *up = &in->tasks[q->task].upstream;
	size_t row = q->row_number;
	fria_rules rules;
	bool any = false;
	if (!answers || !fria_basis_rules(&rules, basis))
		return false;
	for (size_t i = 0; i < up->n; i++) {
		const fria_edge *e = &up->items[i];
		char one[FRIA_DIGEST_SIZE], two[FRIA_DIGEST_SIZE];
		const char *key = fria_edge_key(e, rules);
		const char *held = fria_json_text(answers, key);
		const char *was =
		    fria_view_edge_digest(before, e, q->task, row, rules, one);
		const char *now =
		    fria_view_edge_digest(after, e, q->task, row, rules, two);
		if (!held || strcmp(held, was) != 0 || !strcmp(was, now))
			continue;
		json_object_set_new(answers, key, fria_json_string(now));
		fria_basis_followed(basis, "answers", key);
		any = true;
	}
	return any;
}

size_t fria_editorial_follow(json_t *assessment, const fria_instrument *in,
			     const fria_editorial *change)
{
	const fria_sibling were = {
	    change->name, change->instrument, change->before, NULL, NULL, 0};
	const fria_sibling are = {
	    change->name, change->instrument, change->after, NULL, NULL, 0};
	const fria_siblings earlier = {&were, change->own ? 0 : 1};
	const fria_siblings later = {&are, change->own ? 0 : 1};
	fria_view *before = fria_view_new(
	    in, change->own ? change->before : assessment, &earlier);
	fria_view *after = fria_view_new(in, assessment, &later);
	fria_questions all;
	size_t followed = 0;
	fria_view_questions(&all, after);
	for (size_t i = 0; i < all.n; i++) {
		json_t *basis = json_object_get(all.items[i].answer, "basis");
		followed += follow(basis, &all.items[i], before, after);
	}
	fria_questions_dispose(&all);
	fria_view_free(before);
	fria_view_free(after);
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
	json_array_append_new(list,
			      fria_json_pack("{s:O*, s:s, s:s, s:s}", "was",
					     json_object_get(basis, "value"),
					     "by", stand->by, "at", at.text,
					     "note", stand->note));
	fria_digest(digest, form);
	json_object_set_new(basis, "value", fria_json_string(digest));
	fria_buf_dispose(&at);
	return basis;
}
