/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What an assessment says towards others: the elements a to f of article
 * 27(1) of the AI Act, and the approvals with what they are worth now.
 */
#include "living_internal.h"

#include <string.h>

/* An assessment as it is and as it was; NULL: there was none. */
typedef struct {
	fria_view *now, *last, *notified;
} views;

static bool same_answer(fria_view *now, fria_view *old, const fria_question *q)
{
	size_t row = fria_view_number(old, q->task, q->row);
	json_t *is = fria_view_form(now, q->task, q->row_number);
	json_t *was =
	    q->row && !row ? json_null() : fria_view_form(old, q->task, row);
	bool same = json_equal(is, was);
	json_decref(is);
	json_decref(was);
	return same;
}

/* The letter of a task, its own or of the group it stands in. */
static char letter_of(const fria_instrument *in, size_t task)
{
	for (; task != FRIA_NONE; task = in->tasks[task].parent) {
		const char *own =
		    fria_json_text(in->tasks[task].json, "article27");
		if (own && strlen(own) == 1)
			return own[0];
	}
	return 0;
}

static json_t *element(const fria_evaluation *out,
		       const fria_evaluation_input *in, const views *v,
		       char letter)
{
	bool open = false, moved = false, changed = false, any = false;
	bool since = false;
	json_t *tasks = json_array();
	for (size_t i = 0; i < out->n; i++) {
		const fria_judgement *j = &out->items[i];
		if (j->state == FRIA_HIDDEN ||
		    letter_of(in->instrument, j->question.task) != letter)
			continue;
		any = true;
		open = open || (j->state == FRIA_OPEN && !j->optional);
		moved = moved || j->state >= FRIA_STALE;
		changed = changed || (v->last && !same_answer(v->now, v->last,
							      &j->question));
		since =
		    since || (v->notified &&
			      !same_answer(v->now, v->notified, &j->question));
		json_array_append_new(
		    tasks,
		    json_string(in->instrument->tasks[j->question.task].id));
	}
	json_t *one = json_pack("{s:s, s:o}", "state",
				moved  ? "needs-review"
				: open ? "incomplete"
				: any  ? "current"
				       : "absent",
				"tasks", tasks);
	if (in->last && in->last_version)
		json_object_set_new(one, "changedSince",
				    changed ? json_string(in->last_version)
					    : json_null());
	if (in->notified && in->notified_version)
		json_object_set_new(one, "changedSinceNotification",
				    since ? json_string(in->notified_version)
					  : json_null());
	return one;
}

void fria_elements_evaluate(fria_evaluation *out,
			    const fria_evaluation_input *in, fria_view *now)
{
	views v = {now, NULL, NULL};
	if (in->last)
		v.last = fria_view_new(in->instrument, in->last, NULL);
	if (in->notified)
		v.notified = fria_view_new(in->instrument, in->notified, NULL);
	out->elements = json_object();
	for (const char *at = "abcdef"; *at; at++) {
		const char key[] = {*at, '\0'};
		json_object_set_new(out->elements, key,
				    element(out, in, &v, *at));
	}
	fria_view_free(v.last);
	fria_view_free(v.notified);
}

/* --- approvals --- */

typedef struct {
	const char *id;
	fria_word word;
} named;

static bool find_word(fria_word *out, const named *all, size_t n,
		      const char *id)
{
	for (size_t i = 0; id && i < n; i++)
		if (!strcmp(all[i].id, id)) {
			*out = all[i].word;
			return true;
		}
	return false;
}

bool fria_approval_kind_word(fria_word *out, const char *kind)
{
	static const named all[] = {{"advice", FRIA_W_kind_advice},
				    {"agreement", FRIA_W_kind_agreement},
				    {"view", FRIA_W_kind_view},
				    {"decision", FRIA_W_kind_decision}};
	return find_word(out, all, sizeof all / sizeof *all, kind);
}

bool fria_approval_value_word(fria_word *out, const char *value)
{
	static const named all[] = {
	    {"use", FRIA_W_value_use},
	    {"use-with-conditions", FRIA_W_value_conditions},
	    {"pilot-only", FRIA_W_value_pilot},
	    {"do-not-use", FRIA_W_value_not},
	    {"stop", FRIA_W_value_stop},
	    {"positive", FRIA_W_value_positive},
	    {"positive-with-remarks", FRIA_W_value_remarks},
	    {"negative", FRIA_W_value_negative},
	    {"agree", FRIA_W_value_agree},
	    {"disagree", FRIA_W_value_disagree}};
	return find_word(out, all, sizeof all / sizeof *all, value);
}

bool fria_approval_state_word(fria_word *out, const char *state)
{
	static const named all[] = {{"valid", FRIA_W_approval_valid},
				    {"lapsed", FRIA_W_approval_lapsed},
				    {"missing", FRIA_W_approval_missing}};
	return find_word(out, all, sizeof all / sizeof *all, state);
}

static bool given(const json_t *list, const char *role)
{
	size_t i;
	json_t *one;
	json_array_foreach(list, i, one) {
		const char *state = fria_json_text(one, "state");
		if (!strcmp(fria_json_text(one, "role"), role) && state &&
		    !strcmp(state, "valid"))
			return true;
	}
	return false;
}

static void add_given(fria_evaluation *out, const fria_evaluation_input *in)
{
	char content[FRIA_DIGEST_SIZE] = "";
	size_t i;
	json_t *one;
	json_t *all = json_object_get(in->assessment, "approvals");
	if (json_array_size(all) && in->name)
		fria_content_digest(content, in->instrument, in->assessment,
				    in->application, in->name);
	json_array_foreach(all, i, one) {
		const char *bound = fria_json_text(one, "content");
		if (!fria_json_text(one, "role") ||
		    !fria_json_text(one, "kind"))
			continue;
		json_t *copy = json_deep_copy(one);
		json_object_set_new(copy, "state",
				    json_string(bound && !strcmp(bound, content)
						    ? "valid"
						    : "lapsed"));
		json_array_append_new(out->approvals, copy);
	}
}

void fria_approvals_evaluate(fria_evaluation *out,
			     const fria_evaluation_input *in)
{
	const char *role;
	json_t *about;
	out->approvals = json_array();
	add_given(out, in);
	json_object_foreach((json_t *)(uintptr_t)in->roles, role, about) {
		const char *kind = fria_json_text(about, "kind");
		if (!json_is_true(json_object_get(about, "required")) ||
		    given(out->approvals, role))
			continue;
		json_array_append_new(out->approvals,
				      json_pack("{s:s, s:s, s:n, s:s}", "role",
						role, "kind",
						kind ? kind : "agreement",
						"value", "state", "missing"));
	}
}
