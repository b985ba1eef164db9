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

static fria_comment_state state_of(const fria_instrument *in,
				   const json_t *assessment,
				   const fria_commented *c)
{
	const char *was = fria_json_text(c->record, "value");
	size_t task = c->task ? fria_instrument_find(in, c->task) : FRIA_NONE;
	char now[FRIA_DIGEST_SIZE] = "";
	if (json_object_get(c->record, "resolved"))
		return FRIA_COMMENT_RESOLVED;
	if (task != FRIA_NONE)
		fria_comment_value(now, in, assessment, task, c->row);
	return !strcmp(was ? was : "", now) ? FRIA_COMMENT_OPEN
					    : FRIA_COMMENT_OUTDATED;
}

void fria_comments_find(fria_comments *out, const fria_instrument *in,
			const json_t *assessment)
{
	const json_t *one;
	size_t i;
	*out = (fria_comments){NULL, 0};
	json_array_foreach(json_object_get(assessment, "comments"), i, one) {
		fria_commented *c = FRIA_PUSH(out);
		*c = (fria_commented){.record = one,
				      .id = fria_json_text(one, "id"),
				      .task = fria_json_text(one, "task"),
				      .row = fria_json_text(one, "row"),
				      .reply = fria_json_text(one, "reply"),
				      .text = fria_json_text(one, "text"),
				      .by = fria_json_text(one, "by"),
				      .at = fria_json_text(one, "at")};
		c->state = state_of(in, assessment, c);
	}
}

size_t fria_comments_open(const fria_comments *comments)
{
	size_t n = 0;
	for (size_t i = 0; i < comments->n; i++)
		n += comments->items[i].state != FRIA_COMMENT_RESOLVED;
	return n;
}

json_t *fria_comments_json(const fria_comments *comments, const char *id)
{
	static const char *const states[] = {"open", "outdated", "resolved"};
	json_t *out = json_array();
	for (size_t i = 0; i < comments->n; i++) {
		const fria_commented *c = &comments->items[i];
		if (id && (!c->id || strcmp(c->id, id) != 0))
			continue;
		json_t *one = json_deep_copy(c->record);
		json_object_set_new(one, "state",
				    fria_json_string(states[c->state]));
		json_array_append_new(out, one);
	}
	return out;
}
