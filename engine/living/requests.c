/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Requests to a role for its word on exact content, and what became of each:
 * still open, answered, returned with a question, or overtaken by a change. It
 * asks nobody anything; workflow/ask.c records a request.
 */
#include "living_internal.h"

#include <stdlib.h>
#include <string.h>

void fria_requests_read(fria_requests *out, const json_t *list)
{
	size_t i;
	json_t *one;
	*out =
	    (fria_requests){.records = json_incref((json_t *)(uintptr_t)list)};
	json_array_foreach(out->records, i, one)
		*FRIA_PUSH(out) =
		    (fria_request){.record = one,
				   .role = fria_json_text(one, "role"),
				   .to = fria_json_text(one, "to"),
				   .by = fria_json_text(one, "by"),
				   .at = fria_json_text(one, "at"),
				   .content = fria_json_text(one, "content"),
				   .until = fria_json_text(one, "until")};
}

void fria_requests_dispose(fria_requests *requests)
{
	free(requests->items);
	json_decref(requests->records);
	*requests = (fria_requests){NULL, 0, NULL};
}

/* The role's word on that content, the last that stands; or NULL. */
static const fria_approval *answer_to(const fria_approvals *approvals,
				      const fria_request *asked)
{
	const fria_approval *found = NULL;
	for (size_t i = 0; i < approvals->n; i++) {
		const fria_approval *one = &approvals->items[i];
		if (asked->role && asked->content && asked->at && one->at &&
		    one->content && !strcmp(one->role, asked->role) &&
		    !strcmp(one->content, asked->content) && !one->withdrawn &&
		    strcmp(one->at, asked->at) >= 0)
			found = one;
	}
	return found;
}

static const struct {
	const char *id;
	fria_word word;
} states[] = {[FRIA_REQUEST_WRITTEN] = {NULL, FRIA_W_request_open},
	      [FRIA_REQUEST_OPEN] = {"open", FRIA_W_request_open},
	      [FRIA_REQUEST_ANSWERED] = {"answered", FRIA_W_request_answered},
	      [FRIA_REQUEST_RETURNED] = {"returned", FRIA_W_value_returned},
	      [FRIA_REQUEST_LAPSED] = {"lapsed", FRIA_W_request_lapsed}};

const char *fria_request_state_id(fria_request_state state)
{
	return states[state].id;
}

void fria_request_say(fria_buf *out, const fria_request *request,
		      fria_lang lang)
{
	fria_word word = states[request->state].word;
	fria_buf day = FRIA_BUF_INIT;
	fria_time at;
	if (request->state == FRIA_REQUEST_OPEN && request->until &&
	    fria_time_parse(&at, request->until)) {
		word = request->overdue ? FRIA_W_request_overdue
					: FRIA_W_request_until;
		fria_day_say(&day, lang, at);
	}
	fria_say(out, lang, word, "date", day.text, NULL);
	if (request->to)
		fria_buf_printf(out, " (%s)", request->to);
	fria_buf_dispose(&day);
}

void fria_requests_evaluate(fria_evaluation *out, content_present *present)
{
	const fria_evaluation_input *in = present->in;
	fria_requests_read(&out->requests,
			   json_object_get(in->assessment, "requests"));
	for (size_t i = 0; i < out->requests.n; i++) {
		fria_request *own = &out->requests.items[i];
		fria_time day;
		const fria_approval *word = answer_to(&out->approvals, own);
		bool open = !word && !out->superseded &&
			    content_is_present(present, own->content);
		own->state = open    ? FRIA_REQUEST_OPEN
			     : !word ? FRIA_REQUEST_LAPSED
			     : word->said == FRIA_SAID_RETURNED
				 ? FRIA_REQUEST_RETURNED
				 : FRIA_REQUEST_ANSWERED;
		own->overdue = open && own->until &&
			       fria_time_parse(&day, own->until) &&
			       in->as_of >= day + 86400;
	}
}
