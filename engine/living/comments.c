/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What people remarked on questions, and whether the answer they spoke of is
 * still the one that stands there.
 */
#include "living.h"

#include <string.h>

bool fria_comment_value(char out[FRIA_DIGEST_SIZE], const fria_instrument *in,
			const json_t *assessment, size_t task, const char *row)
{
	json_t *form =
	    fria_answer_form(fria_assessment_answer(assessment, in, task, row));
	bool given = !json_is_null(form);
	out[0] = '\0';
	if (given)
		fria_digest(out, form);
	json_decref(form);
	return given;
}

static const char *state_of(const fria_instrument *in, const json_t *assessment,
			    const json_t *comment)
{
	const char *id = fria_json_text(comment, "task");
	const char *was = fria_json_text(comment, "value");
	size_t task = id ? fria_instrument_find(in, id) : FRIA_NONE;
	char now[FRIA_DIGEST_SIZE] = "";
	if (json_object_get(comment, "resolved"))
		return "resolved";
	if (task != FRIA_NONE)
		fria_comment_value(now, in, assessment, task,
				   fria_json_text(comment, "row"));
	return !strcmp(was ? was : "", now) ? "open" : "outdated";
}

json_t *fria_comments(const fria_instrument *in, const json_t *assessment)
{
	json_t *out = json_array(), *one;
	size_t i;
	json_array_foreach(json_object_get(assessment, "comments"), i, one) {
		json_t *copy = json_deep_copy(one);
		json_object_set_new(
		    copy, "state",
		    fria_json_string(state_of(in, assessment, one)));
		json_array_append_new(out, copy);
	}
	return out;
}
