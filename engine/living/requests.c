/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Requests to a role for its word on exact content, and what became of each:
 * still open, answered, returned with a question, or overtaken by a change. It
 * asks nobody anything; workflow/ask.c records a request.
 */
#include "living_internal.h"

#include <string.h>

/* The role's word on that content, the last that stands; or NULL. */
static const fria_approval *answer_to(const fria_approvals *approvals,
				      const json_t *request)
{
	const char *role = fria_json_text(request, "role");
	const char *content = fria_json_text(request, "content");
	const char *asked = fria_json_text(request, "at");
	const fria_approval *found = NULL;
	for (size_t i = 0; i < approvals->n; i++) {
		const fria_approval *one = &approvals->items[i];
		if (role && content && one->at && asked && one->content &&
		    !strcmp(one->role, role) &&
		    !strcmp(one->content, content) && !one->withdrawn &&
		    strcmp(one->at, asked) >= 0)
			found = one;
	}
	return found;
}

static bool is_present(const fria_evaluation_input *in, const json_t *request)
{
	const char *content = fria_json_text(request, "content");
	char now[FRIA_CONTENT_SIZE];
	fria_rules rules;
	if (!content || !fria_content_rules(&rules, content))
		return false;
	content_now_digest(now, in, rules);
	return !strcmp(now, content);
}

void fria_request_say(fria_buf *out, const json_t *request, fria_lang lang)
{
	static const struct {
		const char *state;
		fria_word word;
	} states[] = {{"open", FRIA_W_request_open},
		      {"answered", FRIA_W_request_answered},
		      {"returned", FRIA_W_value_returned},
		      {"lapsed", FRIA_W_request_lapsed}};
	const char *to = fria_json_text(request, "to");
	const char *until = fria_json_text(request, "until");
	bool late = json_is_true(json_object_get(request, "overdue"));
	bool open = fria_json_says(request, "state", "open");
	fria_word word = FRIA_W_request_open;
	fria_buf day = FRIA_BUF_INIT;
	fria_time at;
	for (size_t i = 0; i < sizeof states / sizeof *states; i++)
		if (fria_json_says(request, "state", states[i].state))
			word = states[i].word;
	if (open && until && fria_time_parse(&at, until)) {
		word = late ? FRIA_W_request_overdue : FRIA_W_request_until;
		fria_day_say(&day, lang, at);
	}
	fria_say(out, lang, word, "date", day.text, NULL);
	if (to)
		fria_buf_printf(out, " (%s)", to);
	fria_buf_dispose(&day);
}

void fria_requests_evaluate(fria_evaluation *out,
			    const fria_evaluation_input *in)
{
	json_t *one;
	size_t i;
	out->requests = json_array();
	json_array_foreach(json_object_get(in->assessment, "requests"), i,
			   one) {
		const fria_approval *word = answer_to(&out->approvals, one);
		const char *until = fria_json_text(one, "until");
		fria_time day;
		bool open = !word && is_present(in, one) && !out->superseded;
		bool overdue = open && until && fria_time_parse(&day, until) &&
			       in->as_of >= day + 86400;
		json_t *own = json_deep_copy(one);
		json_object_set_new(
		    own, "state",
		    fria_json_string(open    ? "open"
				     : !word ? "lapsed"
				     : word->said == FRIA_SAID_RETURNED
					 ? "returned"
					 : "answered"));
		json_object_set_new(own, "overdue", json_boolean(overdue));
		json_array_append_new(out->requests, own);
	}
}
