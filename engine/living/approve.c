/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The rules by which a role gives advice, agreement, a view or a decision
 * (PRACTICE section 6). It makes the record and refuses what may not be said;
 * what a record is worth later stands in approvals.c.
 */
#include "living_internal.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

typedef struct {
	const fria_evaluation *e;
	const fria_evaluation_input *in;
	const fria_approval_request *r;
	const char *role; /* its id, once it is found */
	fria_role_kind kind;
	const char *phase; /* the id; NULL: of no one phase */
	const char *value; /* the slug; of a view the text */
	fria_said said;
	bool decides;
	json_t *out;
} work;

/* The day of a moment, where who speaks is. */
static fria_time own_day(const fria_approval_request *r, fria_time at)
{
	return fria_day_start(at + (fria_time)r->offset * 60);
}

static int refuse(const work *w, fria_error *err, int code, fria_word word,
		  const char *what)
{
	return fria_fail(err, code, word, "role",
			 fria_role_title(w->in->roles, w->role, w->r->lang),
			 "what", what ? what : "", NULL);
}

/* --- which role, which kind --- */

static int find_role(work *w, fria_error *err)
{
	int code =
	    fria_role_read(&w->role, w->in->roles, w->r->role, w->r->lang, err);
	if (code)
		return code;
	w->kind = fria_role_kind_parse(
	    fria_json_text(json_object_get(w->in->roles, w->role), "kind"));
	w->decides = w->kind == FRIA_ROLE_DECISION;
	return w->kind != FRIA_ROLE_OTHER
		   ? 0
		   : refuse(w, err, FRIA_EREFUSED, FRIA_W_approve_author, NULL);
}

/* --- what is said --- */

static int read_value(work *w, fria_error *err)
{
	const char *text = w->r->value ? w->r->value : "";
	const char *set = fria_role_kind_id(w->kind);
	w->said = fria_said_parse(fria_closed_id(set, text));
	if (w->said == FRIA_SAID_RETURNED) {
		w->value = fria_said_id(FRIA_SAID_RETURNED);
		w->decides = false;
		return fria_text_blank(w->r->note)
			   ? refuse(w, err, FRIA_EINPUT,
				    FRIA_W_approve_returned, NULL)
			   : 0;
	}
	if (w->kind == FRIA_ROLE_VIEW) {
		w->value = text;
		return fria_text_blank(text) ? refuse(w, err, FRIA_EINPUT,
						      FRIA_W_approve_view, NULL)
					     : 0;
	}
	return fria_closed_read(&w->value, set, text,
				fria_text_blank(text)
				    ? FRIA_W_approve_no_value
				    : FRIA_W_approve_bad_value,
				w->r->lang, err);
}

/* True if it means that the application is put to use. */
static bool allows_use(const work *w)
{
	return w->decides && w->said != FRIA_SAID_NOT_USE &&
	       w->said != FRIA_SAID_STOP;
}

/* --- options --- */

static int refuse_foreign(const work *w, fria_error *err)
{
	const fria_approval_request *r = w->r;
	const char *what = r->response	    ? "--response"
			   : r->conditions  ? "--conditions"
			   : r->risks	    ? "--risks"
			   : r->phase	    ? "--phase"
			   : r->area	    ? "--area"
			   : r->valid_until ? "--valid-until"
					    : NULL;
	return what && !w->decides ? refuse(w, err, FRIA_EINPUT,
					    FRIA_W_approve_only_decision, what)
				   : 0;
}

static int check_until(const work *w, fria_error *err)
{
	const char *until = w->r->valid_until;
	fria_time day;
	if (!until)
		return w->said != FRIA_SAID_PILOT
			   ? 0
			   : refuse(w, err, FRIA_EINPUT, FRIA_W_approve_pilot,
				    NULL);
	if (!fria_date_is(until) || !fria_time_parse(&day, until))
		return refuse(w, err, FRIA_EINPUT, FRIA_W_approve_date, until);
	return day >= own_day(w->r, w->r->at)
		   ? 0
		   : refuse(w, err, FRIA_EINPUT, FRIA_W_approve_past, until);
}

static int check_scope(work *w, fria_error *err)
{
	return w->r->phase
		   ? fria_closed_read(&w->phase, "/use/phase", w->r->phase,
				      FRIA_W_unknown_phase, w->r->lang, err)
		   : 0;
}

/* --- on somebody's behalf --- */

/* Decided on paper; recorded by who is allowed to, with where the paper is. */
static int check_behalf(const work *w, fria_error *err)
{
	const fria_approval_request *r = w->r;
	const json_t *role = json_object_get(w->in->roles, w->role);
	fria_time day;
	if (!r->on_behalf_of && !r->reference && !r->decided_on && !r->evidence)
		return 0;
	if (fria_text_blank(r->on_behalf_of) || fria_text_blank(r->reference) ||
	    fria_text_blank(r->decided_on))
		return refuse(w, err, FRIA_EINPUT, FRIA_W_approve_behalf, NULL);
	if (fria_is_person(r->by, r->on_behalf_of))
		return refuse(w, err, FRIA_EREFUSED, FRIA_W_approve_oneself,
			      NULL);
	const json_t *recorded = json_object_get(role, "recorded");
	bool paper = w->decides || w->kind == FRIA_ROLE_ADVICE;
	if (paper ? json_is_false(recorded) : !json_is_true(recorded))
		return refuse(w, err, FRIA_EREFUSED,
			      FRIA_W_approve_not_recorded, w->role);
	if (!fria_date_is(r->decided_on) ||
	    !fria_time_parse(&day, r->decided_on))
		return refuse(w, err, FRIA_EINPUT, FRIA_W_approve_date,
			      r->decided_on);
	return day <= own_day(r, r->at)
		   ? 0
		   : refuse(w, err, FRIA_EINPUT, FRIA_W_approve_future,
			    r->decided_on);
}

/* --- four eyes --- */

static bool is_advice(const fria_approval *approval, fria_approval_state state)
{
	return approval->kind == FRIA_ROLE_ADVICE && approval->state == state;
}

/* Who has advised does not decide on the advice. */
static const char *advised_as(const work *w)
{
	for (size_t i = 0; i < w->e->approvals.n; i++) {
		const fria_approval *one = &w->e->approvals.items[i];
		if (is_advice(one, FRIA_APPROVAL_VALID) &&
		    !fria_is_recorded(one) &&
		    fria_same_person(one->by, w->r->by))
			return one->role;
	}
	return NULL;
}

static int check_eyes(const work *w, fria_error *err)
{
	const fria_instrument *in = w->in->instrument;
	if (w->r->on_behalf_of || w->said == FRIA_SAID_RETURNED ||
	    (!w->decides && w->kind != FRIA_ROLE_AGREEMENT))
		return 0;
	for (size_t i = 0; i < w->e->n; i++)
		if (fria_eyes_wrote(w->in, &w->e->items[i], w->r->by,
				    fria_same_person))
			return refuse(
			    w, err, FRIA_EREFUSED, FRIA_W_approve_eyes,
			    in->tasks[w->e->items[i].question.task].id);
	const char *advised = w->decides ? advised_as(w) : NULL;
	return advised
		   ? refuse(w, err, FRIA_EREFUSED, FRIA_W_approve_advised,
			    fria_role_title(w->in->roles, advised, w->r->lang))
		   : 0;
}

/* --- advice before decision --- */

/* The day on which it was said, for what was recorded later. */
static fria_time day_of(const fria_approval_request *r,
			const fria_approval *approval)
{
	fria_time at = 0;
	if (approval->decided_on && fria_time_parse(&at, approval->decided_on))
		return at;
	if (approval->at)
		fria_time_parse(&at, approval->at);
	return own_day(r, at);
}

static int check_order(const work *w, const fria_approval *advice,
		       fria_error *err)
{
	const char *role =
	    fria_role_title(w->in->roles, advice->role, w->r->lang);
	fria_time decided;
	if (w->r->decided_on && fria_time_parse(&decided, w->r->decided_on) &&
	    day_of(w->r, advice) > decided)
		return refuse(w, err, FRIA_EREFUSED, FRIA_W_approve_order,
			      role);
	return advice->said == FRIA_SAID_NEGATIVE && allows_use(w) &&
		       fria_text_blank(w->r->response)
		   ? refuse(w, err, FRIA_EREFUSED, FRIA_W_approve_response,
			    role)
		   : 0;
}

static int check_advices(work *w, fria_error *err)
{
	json_t *bound = json_array();
	fria_buf missing = FRIA_BUF_INIT;
	int code = 0;
	for (size_t i = 0; i < w->e->approvals.n; i++) {
		const fria_approval *one = &w->e->approvals.items[i];
		char digest[FRIA_DIGEST_SIZE];
		if (is_advice(one, FRIA_APPROVAL_MISSING))
			fria_buf_printf(&missing, missing.n ? ", %s" : "%s",
					fria_role_title(w->in->roles, one->role,
							w->r->lang));
		if (!is_advice(one, FRIA_APPROVAL_VALID))
			continue;
		code = code ? code : check_order(w, one, err);
		fria_approval_digest(digest, one);
		json_array_append_new(bound, fria_json_string(digest));
	}
	if (!code && missing.n)
		code = refuse(w, err, FRIA_EREFUSED, FRIA_W_approve_advice,
			      missing.text);
	json_object_set_new(w->out, "advices", bound);
	fria_buf_dispose(&missing);
	return code;
}

/* --- conditions and risks --- */

/* True for "5.2/1", whether or not there is such a row. */
static bool names_row(const char *text)
{
	const char *slash = strchr(text, '/');
	return slash && slash[1] && !strchr(text, ' ') &&
	       !slash[1 + strspn(slash + 1, "0123456789")];
}

/* The id of a row: as such, or as "7.1/2", the second row of 7.1. */
static const char *find_row(const work *w, const char *text, bool measures)
{
	const fria_instrument *in = w->in->instrument;
	const char *slash = strchr(text, '/');
	size_t number =
		   slash && names_row(text) ? strtoul(slash + 1, NULL, 10) : 0,
	       i;
	json_t *row;
	for (size_t g = 0; g < in->n; g++) {
		const char *id = in->tasks[g].id;
		if (in->tasks[g].rows != g || measures != in->tasks[g].measures)
			continue;
		bool here = slash && strlen(id) == (size_t)(slash - text) &&
			    !strncmp(id, text, strlen(id));
		json_array_foreach(
		    fria_assessment_rows(w->in->assessment, in, g), i, row) {
			const char *own = fria_json_text(row, "id");
			if (!strcmp(own, text) || (here && i + 1 == number))
				return own;
		}
	}
	return NULL;
}

/* By its row, or by what it says; NULL: there is none. */
static const fria_measure *find_measure(const work *w, const char *text)
{
	const char *row = find_row(w, text, true);
	for (size_t i = 0; i < w->e->measures_n; i++) {
		const fria_measure *m = &w->e->measures[i];
		if (row ? m->row && !strcmp(m->row, row)
			: m->text && fria_words_alike(m->text, text))
			return m;
	}
	return NULL;
}

/* "7.1/2: text", or the measure alone, whose text may hold a colon. */
static json_t *read_condition(const work *w, const char *typed)
{
	const char *colon = find_measure(w, typed) ? NULL : strstr(typed, ": ");
	size_t n = colon ? (size_t)(colon - typed) : strlen(typed);
	json_t *one = json_object();
	json_object_set_new(one, "measure", fria_json_string_n(typed, n));
	if (colon)
		json_object_set_new(one, "text", fria_json_string(colon + 2));
	return one;
}

/* Without a text of its own it is what the measure says. */
static int fit_condition(const work *w, json_t *one, fria_error *err)
{
	const char *text = fria_json_text(one, "text");
	const char *measure = fria_json_text(one, "measure");
	if (fria_text_blank(measure))
		return refuse(w, err, FRIA_EINPUT, FRIA_W_approve_condition,
			      NULL);
	const fria_measure *m = find_measure(w, measure);
	if (!m)
		return refuse(w, err, FRIA_EINPUT, FRIA_W_approve_measure,
			      measure);
	if (fria_text_blank(text) && fria_text_blank(m->text))
		return refuse(w, err, FRIA_EINPUT, FRIA_W_approve_condition,
			      NULL);
	if (fria_text_blank(text))
		json_object_set_new(one, "text", fria_json_string(m->text));
	json_object_set_new(one, "measure", fria_json_string(m->row));
	return 0;
}

/* "5.2/1: reason"; the risk by its row, or in words. */
static json_t *read_risk(const work *w, const char *typed)
{
	const char *colon = strstr(typed, ": ");
	char *risk = fria_strndup(typed, colon ? (size_t)(colon - typed)
					       : strlen(typed));
	bool row = find_row(w, risk, false) || names_row(risk);
	json_t *one = json_object();
	json_object_set_new(one, row ? "row" : "text", fria_json_string(risk));
	json_object_set_new(one, "accepted", json_true());
	if (colon)
		json_object_set_new(one, "reason", fria_json_string(colon + 2));
	free(risk);
	return one;
}

static int fit_risk(const work *w, json_t *one, fria_error *err)
{
	const char *named = fria_json_text(one, "row");
	const json_t *accepted = json_object_get(one, "accepted");
	const char *row = named ? find_row(w, named, false) : NULL;
	if (!json_is_boolean(accepted) ||
	    fria_text_blank(fria_json_text(one, "reason")) ||
	    (!named && fria_text_blank(fria_json_text(one, "text"))))
		return refuse(w, err, FRIA_EINPUT, FRIA_W_approve_risk, NULL);
	if (named && !row)
		return refuse(w, err, FRIA_EINPUT, FRIA_W_approve_risk_row,
			      named);
	if (!json_is_true(accepted) && w->said == FRIA_SAID_USE)
		return refuse(w, err, FRIA_EREFUSED, FRIA_W_approve_refused,
			      NULL);
	if (row)
		json_object_set_new(one, "row", fria_json_string(row));
	return 0;
}

/* How a list is read: what is typed, and whether it fits the assessment. */
typedef struct {
	const char *key;
	json_t *(*read)(const work *w, const char *typed);
	int (*fit)(const work *w, json_t *one, fria_error *err);
} list_kind;

static int add_list(work *w, const list_kind *kind, const json_t *given,
		    fria_error *err)
{
	json_t *list = json_array(), *one;
	size_t i;
	int code = 0;
	if (given && !json_is_array(given))
		code =
		    refuse(w, err, FRIA_EINPUT, FRIA_W_approve_list, kind->key);
	json_array_foreach(given, i, one) {
		const char *typed = json_string_value(one);
		json_t *own =
		    typed ? kind->read(w, typed) : json_deep_copy(one);
		json_array_append_new(list, own);
		if (!code)
			code = kind->fit(w, own, err);
	}
	if (json_array_size(list))
		json_object_set(w->out, kind->key, list);
	json_decref(list);
	return code;
}

static int add_conditions(work *w, fria_error *err)
{
	bool needed = w->said == FRIA_SAID_CONDITIONS;
	bool allowed = needed || w->said == FRIA_SAID_PILOT;
	bool any = w->r->conditions && (!json_is_array(w->r->conditions) ||
					json_array_size(w->r->conditions));
	if (needed && !any)
		return refuse(w, err, FRIA_EINPUT, FRIA_W_approve_conditions,
			      NULL);
	if (w->r->conditions && !allowed)
		return refuse(w, err, FRIA_EINPUT, FRIA_W_approve_unconditional,
			      NULL);
	static const list_kind kind = {"conditions", read_condition,
				       fit_condition};
	return add_list(w, &kind, w->r->conditions, err);
}

static int add_risks(work *w, fria_error *err)
{
	static const list_kind kind = {"risks", read_risk, fit_risk};
	return add_list(w, &kind, w->r->risks, err);
}

/* --- a decision --- */

/* Nobody puts to use what is not yet answered or judged. */
static int check_state(const work *w, fria_error *err)
{
	const fria_counts *c = &w->e->counts;
	if (!allows_use(w))
		return 0;
	if (w->e->verdict == FRIA_INCOMPLETE || c->stale || c->suspect)
		return refuse(w, err, FRIA_EREFUSED, FRIA_W_approve_unfinished,
			      NULL);
	return 0;
}

static void add_scope(work *w)
{
	json_t *scope = json_object(), *area = json_array();
	const char *at = w->r->area ? w->r->area : "";
	while (*(at += strspn(at, "; "))) {
		size_t n = strcspn(at, ";"), end = n;
		while (end && at[end - 1] == ' ')
			end--;
		json_array_append_new(area, fria_json_string_n(at, end));
		at += n;
	}
	if (w->phase)
		json_object_set_new(scope, "phase", fria_json_string(w->phase));
	if (json_array_size(area))
		json_object_set(scope, "area", area);
	if (json_object_size(scope))
		json_object_set(w->out, "scope", scope);
	json_decref(area);
	json_decref(scope);
}

static int decide(work *w, fria_error *err)
{
	int code = check_state(w, err);
	if (!code)
		code = check_until(w, err);
	if (!code)
		code = check_scope(w, err);
	if (!code)
		code = check_advices(w, err);
	if (!code)
		code = add_conditions(w, err);
	if (!code)
		code = add_risks(w, err);
	if (!code)
		add_scope(w);
	return code;
}

/* --- only words were mended --- */

static json_t *content_of(const work *w, const fria_approval *approval)
{
	fria_time at = 0;
	if (approval->at)
		fria_time_parse(&at, approval->at);
	return w->in->content_was && approval->content
		   ? w->in->content_was(w->in->data, approval->content, at)
		   : NULL;
}

static int settle_mended(work *w, const fria_approval *approval,
			 const json_t *was, fria_error *err)
{
	char *more = NULL, *own = NULL;
	fria_rules rules = FRIA_RULES;
	int code = 0;
	fria_content_rules(&rules, approval->content);
	if (!fria_content_mended(w->in, was, rules, w->r->by, &more, &own))
		code = refuse(w, err, FRIA_EREFUSED,
			      FRIA_W_approve_editorial_more, more);
	else if (own)
		code = refuse(w, err, FRIA_EREFUSED,
			      FRIA_W_approve_editorial_eyes, own);
	else
		json_object_set_new(w->out, "editorial",
				    fria_json_string(approval->content));
	free(more);
	free(own);
	return code;
}

/* The last approval that lapsed by content: does it say the same as now? */
static int agree_editorial(work *w, fria_error *err)
{
	if (w->kind != FRIA_ROLE_AGREEMENT && !w->decides)
		return refuse(w, err, FRIA_EREFUSED,
			      FRIA_W_approve_editorial_kind, NULL);
	for (size_t i = w->e->approvals.n; i-- > 0;) {
		const fria_approval *one = &w->e->approvals.items[i];
		if (one->state != FRIA_APPROVAL_LAPSED)
			continue;
		json_t *was = content_of(w, one);
		if (!was)
			continue;
		int code = settle_mended(w, one, was, err);
		json_decref(was);
		return code;
	}
	return refuse(w, err, FRIA_EREFUSED, FRIA_W_approve_editorial_none,
		      NULL);
}

/* --- the record --- */

static void add_text(json_t *out, const char *key, const char *text)
{
	fria_buf nfc = FRIA_BUF_INIT;
	if (!text)
		return;
	fria_nfc(&nfc, text, strlen(text));
	json_object_set_new(out, key, fria_json_string_n(nfc.text, nfc.n));
	fria_buf_dispose(&nfc);
}

static void fill(work *w)
{
	const fria_approval_request *r = w->r;
	char content[FRIA_CONTENT_SIZE];
	fria_buf at = FRIA_BUF_INIT;
	content_now_digest(content, w->in, FRIA_RULES);
	fria_time_write(&at, r->at);
	json_object_set_new(w->out, "role", fria_json_string(w->role));
	/* Whoever decides agrees here, too: that nothing but words changed. */
	if (r->editorial) {
		w->kind = FRIA_ROLE_AGREEMENT;
		w->value = fria_said_id(FRIA_SAID_AGREE);
	}
	json_object_set_new(w->out, "kind",
			    fria_json_string(fria_role_kind_id(w->kind)));
	add_text(w->out, "value", w->value);
	json_object_set_new(w->out, "content", fria_json_string(content));
	add_text(w->out, "by", r->by);
	json_object_set_new(w->out, "at", fria_json_string(at.text));
	add_text(w->out, "note", r->note);
	add_text(w->out, "response", r->response);
	if (r->valid_until)
		add_text(w->out, "validUntil", r->valid_until);
	add_text(w->out, "onBehalfOf", r->on_behalf_of);
	add_text(w->out, "reference", r->reference);
	add_text(w->out, "decidedOn", r->decided_on);
	add_text(w->out, "evidence", r->evidence);
	fria_buf_dispose(&at);
}

static int check(work *w, fria_error *err)
{
	int code = find_role(w, err);
	if (!code && w->r->editorial)
		return agree_editorial(w, err);
	if (!code)
		code = read_value(w, err);
	if (!code)
		code = refuse_foreign(w, err);
	if (!code)
		code = check_behalf(w, err);
	if (!code)
		code = check_eyes(w, err);
	return code;
}

int fria_approval_make(json_t **out, const fria_evaluation *evaluation,
		       const fria_evaluation_input *input,
		       const fria_approval_request *request, fria_error *err)
{
	work w = {
	    .e = evaluation, .in = input, .r = request, .out = json_object()};
	int code = check(&w, err);
	if (!code)
		fill(&w);
	if (!code && w.decides && !request->editorial)
		code = decide(&w, err);
	if (code)
		json_decref(w.out);
	else
		*out = w.out;
	return code;
}
