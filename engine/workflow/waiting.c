/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What waits for people: what is not saved, what must be judged or answered,
 * what was asked, what is late; of everybody, or of the person who asks. It
 * changes nothing and reminds nobody.
 */
#include "workflow_internal.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* So many assessments are looked into where all of them are asked for. */
enum { MOST = 20 };

static fria_wait *add(fria_waiting *out, fria_waits_kind kind, const char *name,
		      size_t count)
{
	fria_wait *one = FRIA_PUSH(out);
	*one = (fria_wait){
	    .kind = kind, .name = fria_strdup(name), .count = count};
	return one;
}

/* A day that is no day is none. */
static void set_due(fria_wait *one, const char *due, bool late)
{
	fria_time day;
	one->late = late;
	if (due && fria_time_parse(&day, due))
		one->due = day;
}

/* --- whose it is --- */

typedef struct {
	fria_waiting *out;
	const fria_workspace *ws;
	char *me;    /* NULL: whoever it waits for */
	size_t most; /* assessments to be judged */
} search;

static bool is_mine(const search *s, const char *person)
{
	return !s->me || (person && fria_is_person(s->me, person));
}

static bool is_my_answer(const search *s, const fria_judgement *j)
{
	const json_t *basis = json_object_get(j->question.answer, "basis");
	const char *by = fria_json_text(basis, "by");
	return !s->me || (by && fria_same_person(by, s->me));
}

/* Who answered something in it goes on with it. */
static bool takes_part(const search *s, const fria_evaluation *e)
{
	for (size_t i = 0; i < e->n; i++)
		if (e->items[i].question.answer &&
		    is_my_answer(s, &e->items[i]))
			return true;
	return !s->me;
}

/* Who is named; else who spoke for the role before. */
static bool is_asked(const search *s, const fria_evaluation *e,
		     const fria_request *r)
{
	if (!s->me || r->to)
		return is_mine(s, r->to);
	for (size_t i = 0; i < e->approvals.n; i++) {
		const fria_approval *a = &e->approvals.items[i];
		if (a->by && !strcmp(a->role, r->role) &&
		    fria_same_person(a->by, s->me))
			return true;
	}
	return false;
}

/* --- of one assessment --- */

static void add_counts(const search *s, const char *name,
		       const fria_evaluation *e, bool part)
{
	size_t stale = 0, suspect = 0, open = 0;
	for (size_t i = 0; i < e->n; i++) {
		const fria_judgement *j = &e->items[i];
		stale += j->state == FRIA_STALE && is_my_answer(s, j);
		suspect += j->state == FRIA_SUSPECT && is_my_answer(s, j);
		open += j->state == FRIA_OPEN && !j->optional && part;
	}
	if (stale)
		add(s->out, FRIA_WAITS_STALE, name, stale);
	if (suspect)
		add(s->out, FRIA_WAITS_SUSPECT, name, suspect);
	if (open)
		add(s->out, FRIA_WAITS_OPEN, name, open);
}

static void add_said(const search *s, const char *name,
		     const fria_evaluation *e, bool part)
{
	for (size_t i = 0; i < e->requests.n; i++) {
		const fria_request *r = &e->requests.items[i];
		if (r->state != FRIA_REQUEST_OPEN || !is_asked(s, e, r))
			continue;
		fria_wait *one = add(s->out, FRIA_WAITS_REQUEST, name, 1);
		one->what = fria_strdup(r->role);
		set_due(one, r->until, r->overdue);
	}
	for (size_t i = 0; i < e->approvals.n && part; i++)
		if (e->approvals.items[i].state == FRIA_APPROVAL_RETURNED)
			add(s->out, FRIA_WAITS_RETURNED, name, 1)->what =
			    fria_strdup(e->approvals.items[i].role);
}

static bool is_requested(const fria_evaluation *e, const char *role)
{
	for (size_t i = 0; i < e->requests.n; i++)
		if (e->requests.items[i].state == FRIA_REQUEST_OPEN &&
		    !strcmp(e->requests.items[i].role, role))
			return true;
	return false;
}

/* What adopting still needs, once every answer stands. */
static void add_words(const search *s, const char *name,
		      const fria_evaluation *e, bool part)
{
	bool stands = !e->counts.open && !e->counts.stale && !e->counts.suspect;
	for (size_t i = 0; i < e->approvals.n && stands; i++) {
		const fria_approval *a = &e->approvals.items[i];
		const fria_request asked = {.role = a->role};
		if (a->state == FRIA_APPROVAL_MISSING &&
		    !is_requested(e, a->role) &&
		    (part || is_asked(s, e, &asked)))
			add(s->out, FRIA_WAITS_WORD, name, 1)->what =
			    fria_strdup(a->role);
	}
}

/* Once all of that is there, too. */
static void add_adoptable(const search *s, const char *name,
			  const fria_evaluation *e, bool part)
{
	if (e->adoptable && part)
		add(s->out, FRIA_WAITS_ADOPT, name, 1);
}

/* Whether it was told already, of another assessment of the application. */
static bool was_told(const search *s, fria_waits_kind kind, const char *name)
{
	for (size_t i = 0; i < s->out->n; i++)
		if (s->out->items[i].kind == kind &&
		    !strcmp(s->out->items[i].name, name))
			return true;
	return false;
}

static bool is_measured(const search *s, const char *name, const char *id)
{
	for (size_t i = 0; i < s->out->n; i++)
		if (s->out->items[i].kind == FRIA_WAITS_MEASUREMENT &&
		    !strcmp(s->out->items[i].name, name) &&
		    !strcmp(s->out->items[i].id, id))
			return true;
	return false;
}

/* Whether anything changed: asked at a release, and now and then. */
static void add_asked(const search *s, const char *application,
		      const fria_evaluation *e, bool part)
{
	if (!part)
		return;
	if (e->unanswered.n)
		add(s->out, FRIA_WAITS_CHECK, application, e->unanswered.n);
	if (!e->pulse.overdue)
		return;
	fria_wait *one = add(s->out, FRIA_WAITS_PULSE, application, 1);
	one->due = e->pulse.due;
	one->late = true;
}

static void add_late(const search *s, const char *name, const fria_snapshot *of,
		     const fria_evaluation *e, bool part)
{
	const json_t *monitoring =
	    json_object_get(of->application, "monitoring");
	if (e->review.overdue && part)
		add(s->out, FRIA_WAITS_REVIEW, name, 1)->due = e->review.due;
	for (size_t i = 0; i < e->measures_n; i++) {
		const fria_measure *m = &e->measures[i];
		if (!m->overdue || !is_mine(s, m->owner))
			continue;
		fria_wait *one = add(s->out, FRIA_WAITS_MEASURE, name, 1);
		one->what = fria_strdup(m->text ? m->text : "");
		set_due(one, m->due, true);
	}
	for (size_t i = 0; i < e->metrics_n; i++) {
		const fria_metric *m = &e->metrics[i];
		const char *owner = fria_json_text(
		    json_object_get(monitoring, m->name), "owner");
		if (!m->overdue || !is_mine(s, owner))
			continue;
		fria_wait *one =
		    add(s->out, FRIA_WAITS_MEASUREMENT, of->application_id, 1);
		one->what = fria_strdup(m->title);
		one->id = fria_strdup(m->name);
		one->due = m->due;
		one->late = true;
	}
}

static int judge(const search *s, const char *name, fria_error *err)
{
	fria_snapshot *of = NULL;
	fria_standing standing;
	int code = fria_snapshot_load(&of, s->ws, name, NULL, err);
	if (!code)
		code =
		    fria_standing_make(&standing, s->ws, of,
				       fria_session_day(&s->ws->session), err);
	if (!code) {
		const fria_evaluation *e = &standing.result;
		bool part = takes_part(s, e);
		add_counts(s, name, e, part);
		add_said(s, name, e, part);
		add_words(s, name, e, part);
		add_adoptable(s, name, e, part);
		add_asked(s, of->application_id, e, part);
		add_late(s, name, of, e, part);
		fria_standing_dispose(&standing);
	}
	fria_snapshot_free(of);
	return code;
}

/* --- remembered, for who asks again --- */

static json_t *waits_kept(const fria_waiting *all)
{
	json_t *list = json_array();
	for (size_t i = 0; i < all->n; i++) {
		const fria_wait *w = &all->items[i];
		json_array_append_new(
		    list, fria_json_pack("[i, s, I, s?, s?, I, b]", w->kind,
					 w->name, (json_int_t)w->count, w->what,
					 w->id, (json_int_t)w->due, w->late));
	}
	return list;
}

static const char *kept_text(const json_t *wait, size_t at)
{
	return json_string_value(json_array_get(wait, at));
}

/* What the application owes was told perhaps of another assessment. */
static void add_kept(const search *s, const json_t *wait)
{
	fria_waits_kind kind =
	    (fria_waits_kind)json_integer_value(json_array_get(wait, 0));
	const char *name = kept_text(wait, 1), *id = kept_text(wait, 4);
	bool of_all = kind == FRIA_WAITS_CHECK || kind == FRIA_WAITS_PULSE;
	if (of_all && was_told(s, kind, name))
		return;
	if (kind == FRIA_WAITS_MEASUREMENT && is_measured(s, name, id))
		return;
	fria_wait *one =
	    add(s->out, kind, name,
		(size_t)json_integer_value(json_array_get(wait, 2)));
	one->what = fria_strdup(kept_text(wait, 3));
	one->id = fria_strdup(id);
	one->due = json_integer_value(json_array_get(wait, 5));
	one->late = json_is_true(json_array_get(wait, 6));
}

/* Of an assessment: what was found before, or (as long as there may be more)
 * now. */
static int look_into(search *s, const fria_status *status, fria_error *err)
{
	fria_waiting own = {.items = NULL};
	search alone = {&own, s->ws, s->me, 0};
	char *name = fria_format("%s %d %s", s->me ? s->me : "",
				 s->ws->session.lang, status->assessment);
	const json_t *kept = fria_recalled(s->ws, name, status->key);
	size_t i;
	json_t *one;
	int code = 0;
	if (!kept && !s->most) {
		s->out->missing++;
	} else if (!kept) {
		s->most--;
		code = judge(&alone, status->assessment, err);
		if (!code)
			fria_remember(s->ws, name, status->key,
				      waits_kept(&own));
		kept = fria_recalled(s->ws, name, status->key);
	}
	json_array_foreach((json_t *)(uintptr_t)kept, i, one)
		add_kept(s, one);
	fria_waiting_dispose(&own);
	free(name);
	return code;
}

/* --- of all --- */

static bool is_quiet(const fria_status *s)
{
	bool whole =
	    s->verdict == FRIA_CURRENT && !s->requests.n && !s->adoptable;
	for (size_t i = 0; i < s->approvals.n; i++)
		whole = whole &&
			s->approvals.items[i].state != FRIA_APPROVAL_MISSING;
	return s->superseded || whole;
}

static int look_at_lines(search *s, fria_findings *broken, fria_error *err)
{
	fria_statuses all;
	size_t looked = 0;
	int code = fria_portfolio_known(&all, &s->out->missing, broken, s->ws,
					fria_session_day(&s->ws->session),
					s->most, err);
	s->out->assessments = all.n;
	for (size_t i = 0; !code && i < all.n; i++) {
		if (is_quiet(&all.items[i]))
			continue;
		if (!s->me && looked++ >= MOST)
			s->out->more++;
		else
			code = look_into(s, &all.items[i], err);
	}
	fria_statuses_dispose(&all);
	return code;
}

/* A questionnaire by its title, anything else by its name. */
static void add_unsaved_one(search *s, const char *name)
{
	fria_path at;
	fria_instrument *in = NULL;
	fria_buf called = FRIA_BUF_INIT;
	if (fria_path_read(&at, name) == FRIA_PLACE_INSTRUMENT &&
	    !fria_workspace_instrument(&in, s->ws, NULL, at.name, NULL))
		fria_instrument_say(&called, in, s->ws->session.lang);
	add(s->out, FRIA_WAITS_UNSAVED, called.n ? called.text : name, 1);
	fria_instrument_free(in);
	fria_buf_dispose(&called);
}

static int add_unsaved(search *s, fria_error *err)
{
	fria_strings names = FRIA_STRINGS_INIT;
	fria_unsettleds unsettled = {NULL, 0};
	int code = fria_conflicts(&unsettled, s->ws, NULL, err);
	if (!code && !unsettled.n)
		fria_unsaved(&names, s->ws);
	for (size_t i = 0; i < unsettled.n; i++)
		add(s->out, FRIA_WAITS_CONFLICT, unsettled.items[i].name,
		    unsettled.items[i].n);
	for (size_t i = 0; i < names.n; i++)
		add_unsaved_one(s, names.items[i]);
	fria_unsettleds_dispose(&unsettled);
	fria_strings_dispose(&names);
	return code;
}

/* What cannot be read is not to be saved: it is mended, or comes back. */
static void add_broken(fria_waiting *out, const fria_findings *broken)
{
	for (size_t i = 0; i < broken->n; i++) {
		const char *file = broken->items[i].file;
		char *name = file ? fria_path_name(file) : NULL;
		size_t at = 0;
		if (!file)
			continue;
		if (!name)
			name = fria_strdup(file);
		while (at < out->n && strcmp(out->items[at].name, name) != 0)
			at++;
		if (at < out->n)
			out->items[at].kind = FRIA_WAITS_BROKEN;
		else
			add(out, FRIA_WAITS_BROKEN, name, 1);
		free(name);
	}
}

int fria_waiting_find(fria_waiting *out, fria_findings *broken,
		      fria_workspace *ws, bool mine, fria_error *err)
{
	return fria_waiting_known(out, broken, ws, mine, SIZE_MAX, err);
}

int fria_waiting_known(fria_waiting *out, fria_findings *broken,
		       fria_workspace *ws, bool mine, size_t most,
		       fria_error *err)
{
	const fria_session *who = &ws->session;
	fria_strings kept = FRIA_STRINGS_INIT, applications = FRIA_STRINGS_INIT;
	search s = {.out = out, .ws = ws, .most = most};
	fria_session clean = *who;
	*out = (fria_waiting){.mine = mine};
	int code = mine ? fria_session_enter(&kept, &clean, err) : 0;
	if (!code && mine)
		s.me = fria_format("%s <%s>", clean.name, clean.email);
	if (!code)
		code =
		    fria_workspace_applications(&applications, ws, NULL, err);
	out->applications = applications.n;
	if (!code && applications.n)
		out->first = fria_strdup(applications.items[0]);
	if (!code && !fria_store_is_bare(ws->store))
		code = add_unsaved(&s, err);
	if (!code)
		code = look_at_lines(&s, broken, err);
	if (!code)
		add_broken(out, broken);
	if (code)
		fria_waiting_dispose(out);
	free(s.me);
	fria_strings_dispose(&applications);
	fria_strings_dispose(&kept);
	return code;
}

void fria_waiting_dispose(fria_waiting *waiting)
{
	for (size_t i = 0; i < waiting->n; i++) {
		free(waiting->items[i].name);
		free(waiting->items[i].what);
		free(waiting->items[i].id);
	}
	free(waiting->items);
	free(waiting->first);
	*waiting = (fria_waiting){.items = NULL};
}
