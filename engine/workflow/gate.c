/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The check before use: what stands in the way of a build or of use, by the
 * phase of the application (PRACTICE section 7).
 */
#include "workflow_internal.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

typedef struct {
	fria_gate *out;
	const fria_workspace *ws;
	const char *id;
	const char *head;    /* what is judged: what is recorded, no more */
	bool strict;	     /* what is wrong stops */
	const json_t *named; /* `gate` of fria.json; NULL: it names nothing */
	fria_strings instruments;
	fria_strings concluded; /* what was concluded about, at any level */
	fria_strings due; /* conclusions of which a duty is not done yet */
	fria_strings met; /* those of which one is */
} checking;

static void add(checking *g, const char *assessment, const char *code,
		bool fatal, fria_word word, const char *what, const char *more)
{
	fria_buf text = FRIA_BUF_INIT;
	fria_say(&text, g->ws->session.lang, word, "what", what, "more", more,
		 "assessment", assessment, "buttons",
		 g->ws->session.buttons ? "1" : NULL, NULL);
	*FRIA_PUSH(g->out) =
	    (fria_gate_reason){fria_strdup(assessment), code,
			       fria_buf_detach(&text), fatal && g->strict};
}

static void check_counts(checking *g, const char *name,
			 const fria_evaluation *e)
{
	const struct {
		size_t n;
		const char *code;
		fria_word word;
	} all[] = {
	    {e->counts.open, "open", FRIA_W_gate_open},
	    {e->counts.stale, "stale", FRIA_W_gate_stale},
	    {e->counts.suspect, "suspect", FRIA_W_gate_suspect},
	    {e->unanswered.n, "release-check", FRIA_W_gate_check},
	    {e->review.overdue, "review", FRIA_W_gate_review},
	    {e->pulse.overdue, "pulse", FRIA_W_gate_pulse},
	};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		char *n = fria_format("%zu", all[i].n);
		if (all[i].n)
			add(g, name, all[i].code, true, all[i].word, n, "");
		free(n);
	}
	for (size_t i = 0; i < e->metrics_n; i++) {
		if (e->metrics[i].over)
			add(g, name, "metric", true, FRIA_W_gate_metric,
			    e->metrics[i].title, "");
		if (e->metrics[i].overdue)
			add(g, name, "measurement", true,
			    FRIA_W_gate_measurement, e->metrics[i].title, "");
	}
	for (size_t i = 0; i < e->measures_n; i++)
		if (e->measures[i].overdue)
			add(g, name, "measure", true, FRIA_W_gate_measure,
			    e->measures[i].text ? e->measures[i].text : "?",
			    e->measures[i].due);
}

static void check_approvals(checking *g, const char *name,
			    const fria_approvals *approvals)
{
	const json_t *roles = json_object_get(g->ws->config, "roles");
	fria_lang lang = g->ws->session.lang;
	for (size_t i = 0; i < approvals->n; i++) {
		const fria_approval *one = &approvals->items[i];
		const char *title = fria_role_title(roles, one->role, lang);
		fria_buf what = FRIA_BUF_INIT, typed = FRIA_BUF_INIT;
		if (one->state != FRIA_APPROVAL_MISSING)
			continue;
		fria_buf_printf(&typed, strchr(title, ' ') ? "\"%s\"" : "%s",
				title);
		fria_say(&what, lang, FRIA_W_approval_of, "kind",
			 fria_approval_kind_say(one, lang), "role", title,
			 NULL);
		fria_lapsed_say(&what, approvals, one->role, lang,
				g->ws->session.buttons);
		add(g, name, "approval", true, FRIA_W_gate_approval, what.text,
		    typed.text);
		fria_buf_dispose(&what);
		fria_buf_dispose(&typed);
	}
}

/* --- what a decision covers --- */

static bool covers_area(const json_t *allowed, const json_t *area)
{
	size_t i, k;
	json_t *one, *other;
	json_array_foreach(area, i, one) {
		bool found = !allowed;
		json_array_foreach(allowed, k, other) {
			found = found || json_equal(one, other);
		}
		if (!found)
			return false;
	}
	return !allowed || !json_is_string(area) ||
	       json_equal(json_array_get(allowed, 0), area);
}

static const char *word_of_phase(const checking *g, fria_phase phase)
{
	return fria_closed_say("/use/phase", fria_phase_id(phase),
			       g->ws->session.lang);
}

/* A pilot is no use; a decision for one place is none for another. */
static void check_scope(checking *g, const char *name, const fria_evaluation *e,
			const json_t *application)
{
	fria_phase phase = fria_phase_parse(
	    json_string_value(fria_fact(application, "/use/phase")));
	if (!e->decision)
		return;
	fria_phase only = e->decision->phase;
	if (only == FRIA_PHASE_NONE && e->decision->said == FRIA_SAID_PILOT)
		only = FRIA_PILOT;
	/* One that is none of them is told of by itself. */
	if (only > FRIA_PHASE_UNKNOWN && phase > FRIA_DEVELOPMENT &&
	    phase != only)
		add(g, name, "scope", true, FRIA_W_gate_phase,
		    word_of_phase(g, only), word_of_phase(g, phase));
	if (!covers_area(e->decision->areas,
			 fria_fact(application, "/use/area")))
		add(g, name, "scope", true, FRIA_W_gate_area, "", "");
}

/* --- what is demanded beside --- */

/* What a conclusion asks for, and the fact that says that it is there. */
typedef struct {
	const char *id, *fact;
	bool listed; /* by name, in a list */
} demand;

static const demand *demand_of(const char *id)
{
	static const demand all[] = {
	    {"iama", NULL, false},
	    {"fria", NULL, false},
	    {"dpia", "/use/dpia", false},
	    {"dtia", "/use/dtia", false},
	    {"transparantie", "/use/notice", false},
	    {"transparantie-1", "/use/notice", false},
	    {"transparantie-2", "/use/notice", false},
	    {"transparantie-3", "/use/notice", false},
	    {"transparantie-4", "/use/notice", false},
	    {"algoritmeregister", "/use/registrations", true},
	    {"eu-databank", "/use/registrations", true}};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (!strcasecmp(all[i].id, id))
			return &all[i];
	return NULL;
}

static bool is_assessed(const checking *g, const char *id)
{
	for (size_t i = 0; i < g->instruments.n; i++)
		if (!strcasecmp(g->instruments.items[i], id))
			return true;
	return false;
}

/* The entry came from the register, or was sent to it. */
static bool has_entry(const checking *g)
{
	json_t *entry = NULL;
	char *path = fria_workspace_path(g->id, "entry");
	fria_workspace_json(&entry, g->ws, g->head, path, NULL);
	bool has = json_is_object(json_object_get(entry, "received")) ||
		   json_is_object(json_object_get(entry, "sent"));
	json_decref(entry);
	free(path);
	return has;
}

static bool is_listed(const json_t *list, const char *name)
{
	size_t i;
	json_t *one;
	json_array_foreach(list, i, one) {
		const char *own = fria_json_text(one, "name");
		if (own && !strcasecmp(own, name))
			return true;
	}
	return false;
}

static bool is_there(const checking *g, const demand *d,
		     const json_t *application)
{
	const json_t *fact = d->fact ? fria_fact(application, d->fact) : NULL;
	if (is_assessed(g, d->id) ||
	    (!strcmp(d->id, "algoritmeregister") && has_entry(g)))
		return true;
	return d->listed ? is_listed(fact, d->id)
			 : json_object_size(fact) || json_string_length(fact);
}

/* How to record what is there: the value of the fact. */
static char *say_how(const checking *g, const demand *d, const char *name)
{
	if (!d->fact)
		return fria_format("fria new %s %s-%s", g->id, d->id,
				   strcmp(d->id, "iama") ? "1.0" : "2.0");
	return fria_format("fria app set %s %s '%s'", g->id, d->fact,
			   d->listed ? name
			   : strcmp(d->fact, "/use/notice")
			       ? "{\"reference\": \"...\"}"
			       : "\"...\"");
}

static void add_demanded(checking *g, const char *name, const demand *d,
			 const fria_conclusion *conclusion)
{
	const char *id = conclusion->id;
	char *listed =
	    fria_format("[{\"name\": \"%s\", \"reference\": \"...\"}]", id);
	char *how = say_how(g, d, listed);
	char *why = g->ws->session.buttons
			? fria_strdup(conclusion->text)
			: fria_format("%s %s", conclusion->text, how);
	add(g, name, "demanded", true,
	    d->fact ? FRIA_W_gate_unrecorded : FRIA_W_gate_demanded, id, why);
	free(why);
	free(how);
	free(listed);
}

/* Every duty that it brings is done, or does not hold. */
static bool is_met(const checking *g, const char *id)
{
	return fria_strings_has(&g->met, id) && !fria_strings_has(&g->due, id);
}

static bool is_named(const checking *g, const char *id)
{
	size_t i;
	json_t *one;
	json_array_foreach((json_t *)(uintptr_t)g->named, i, one) {
		const char *own = json_string_value(one);
		if (own && !strcasecmp(own, id))
			return true;
	}
	return false;
}

/* What a conclusion that fria.json names asks for; what cannot be said yet does
 * not pass. */
static void check_named(checking *g, const char *name,
			const fria_conclusion *one, const json_t *application)
{
	const demand *d = demand_of(one->id);
	const char *text = one->text ? one->text : "";
	if (!one->level || !strcmp(one->level, "unknown"))
		add(g, name, "undecided", true, FRIA_W_gate_undecided, one->id,
		    text);
	else if (strcmp(one->level, "required") != 0 || is_met(g, one->id) ||
		 (d && is_there(g, d, application)))
		return;
	else if (d)
		add_demanded(g, name, d, one);
	else
		add(g, name, "duty", true, FRIA_W_gate_duty, one->id, text);
}

/* What the answers of one assessment ask for beside it: what fria.json names,
 * or where it names nothing what there is a record for. */
static void check_demanded(checking *g, const char *name,
			   const fria_conclusions *conclusions,
			   const json_t *application)
{
	for (size_t i = 0; i < conclusions->n; i++) {
		const fria_conclusion *one = &conclusions->items[i];
		const demand *d = demand_of(one->id);
		fria_strings_add(&g->concluded, one->id);
		if (g->named && is_named(g, one->id))
			check_named(g, name, one, application);
		else if (!g->named && one->level &&
			 !strcmp(one->level, "required") && d &&
			 !is_met(g, one->id) && !is_there(g, d, application))
			add_demanded(g, name, d, one);
	}
}

/* What fria.json names and nothing here speaks of. */
static void check_absent(checking *g)
{
	size_t i;
	json_t *one;
	json_array_foreach((json_t *)(uintptr_t)g->named, i, one) {
		const char *name = json_string_value(one);
		bool known = name && is_assessed(g, name);
		for (size_t k = 0; name && k < g->concluded.n; k++)
			known =
			    known || !strcasecmp(g->concluded.items[k], name);
		if (!known)
			add(g, NULL, "named", true, FRIA_W_gate_named,
			    name ? name : "?", g->id);
	}
}

/* --- duties --- */

/* Answered, and not asked any more by when it is done. */
static bool is_done(const fria_evaluation *e, const fria_instrument *in,
		    size_t duty)
{
	for (size_t i = 0; i < e->measures_n; i++)
		if (e->measures[i].group == duty)
			return false;
	for (size_t i = duty + 1; i < in->tasks[duty].end; i++)
		if (in->tasks[i].answerable) {
			const fria_judgement *j =
			    fria_evaluation_find(e, i, NULL);
			return j && (j->state == FRIA_ANSWERED ||
				     j->state == FRIA_WAIVED);
		}
	return false;
}

/* By the conclusion that each duty depends on. */
static void note_duties(checking *g, const fria_evaluation *e,
			const fria_instrument *in)
{
	for (size_t i = 0; i < in->n; i++) {
		const fria_conditions *list = &in->tasks[i].conditions;
		for (size_t k = 0; k < list->n; k++)
			if (list->items[k].concluded)
				fria_strings_add(
				    is_done(e, in, i) ? &g->met : &g->due,
				    strchr(list->items[k].id, '#') + 1);
	}
}

static bool has_duties(const fria_instrument *in)
{
	for (size_t i = 0; i < in->n; i++)
		for (size_t k = 0; k < in->tasks[i].conditions.n; k++)
			if (in->tasks[i].conditions.items[k].concluded)
				return true;
	return false;
}

static int read_duties(checking *g, const fria_snapshot *s, fria_error *err)
{
	fria_standing standing;
	if (s->superseded || !has_duties(s->instrument))
		return 0;
	int code = fria_standing_make(&standing, g->ws, s, s->day, err);
	if (code)
		return code;
	note_duties(g, &standing.result, s->instrument);
	fria_standing_dispose(&standing);
	return 0;
}

/* What keeps one assessment from being up to date, decided and in force. */
static void check_assessment(checking *g, const char *name,
			     const fria_standing *s)
{
	const fria_evaluation *e = &s->result;
	fria_buf why = FRIA_BUF_INIT;
	fria_stopped_say(&why, e, &s->input, g->ws->session.lang);
	if (why.n)
		add(g, name, e->against ? "decision" : "blocked", true,
		    FRIA_W_gate_blocked, why.text, "");
	check_counts(g, name, e);
	check_approvals(g, name, &e->approvals);
	if (e->verdict == FRIA_INCOMPLETE && !e->counts.open)
		add(g, name, "unknown", true, FRIA_W_gate_unknown, "", "");
	fria_buf_dispose(&why);
}

static int check_one(checking *g, const fria_snapshot *s, fria_error *err)
{
	fria_standing standing;
	int code = fria_standing_make(&standing, g->ws, s, s->day, err);
	if (code)
		return code;
	char *name = fria_format("%s/%s", g->id, s->name);
	check_assessment(g, name, &standing);
	check_scope(g, name, &standing.result, s->application);
	check_demanded(g, name, &standing.result.conclusions, s->application);
	fria_standing_dispose(&standing);
	free(name);
	return 0;
}

void fria_gate_assessment(fria_gate *out, const fria_workspace *ws,
			  const char *name, const fria_standing *standing)
{
	checking g = {.out = out, .ws = ws, .strict = true};
	*out = (fria_gate){.passed = true};
	check_assessment(&g, name, standing);
}

/* What is not recorded is not judged, and said. */
static int check_saved(checking *g, const char *name, const fria_snapshot *s,
		       fria_error *err)
{
	fria_path_state state;
	int code = fria_store_state(&state, g->ws->store, s->path, err);
	if (!code && state == FRIA_PATH_CHANGED)
		add(g, name, "unsaved", false, FRIA_W_gate_unsaved, name, "");
	return code;
}

/* An assessment as it is recorded, seen from today. */
static int load_recorded(fria_snapshot **out, checking *g, const char *name,
			 fria_error *err)
{
	int code = fria_snapshot_load(out, g->ws, name, g->head, err);
	if (code)
		return code;
	(*out)->at = g->ws->session.now;
	(*out)->day = fria_session_day(&g->ws->session);
	fria_strings_add(&g->instruments, (*out)->instrument->id);
	return fria_store_is_bare(g->ws->store)
		   ? 0
		   : check_saved(g, name, *out, err);
}

/* What there is must be known before what is demanded. */
static int check_all(checking *g, fria_error *err)
{
	fria_strings names = FRIA_STRINGS_INIT;
	int code =
	    fria_workspace_assessments(&names, g->ws, g->head, g->id, err);
	fria_snapshot **all = fria_calloc(names.n, sizeof *all);
	if (!code && !names.n)
		add(g, NULL, "missing", true, FRIA_W_gate_none, g->id, "");
	for (size_t i = 0; !code && i < names.n; i++) {
		char *name = fria_format("%s/%s", g->id, names.items[i]);
		code = load_recorded(&all[i], g, name, err);
		free(name);
	}
	for (size_t i = 0; !code && i < names.n; i++)
		code = read_duties(g, all[i], err);
	for (size_t i = 0; !code && i < names.n; i++)
		if (!all[i]->superseded)
			code = check_one(g, all[i], err);
	if (!code)
		check_absent(g);
	for (size_t i = 0; i < names.n; i++)
		fria_snapshot_free(all[i]);
	free(all);
	fria_strings_dispose(&names);
	return code;
}

static void check_release(checking *g, const char *release)
{
	if (release &&
	    (!g->out->release || strcmp(g->out->release, release) != 0))
		add(g, NULL, "release", true, FRIA_W_gate_release, release,
		    g->out->release ? g->out->release : "-");
}

int fria_gate_check(fria_gate *out, const fria_workspace *ws, const char *id,
		    const char *release, fria_error *err)
{
	json_t *application = NULL;
	char head[FRIA_ID_SIZE];
	checking g = {.out = out, .ws = ws, .id = id, .strict = true};
	g.named = json_object_get(ws->config, "gate");
	if (fria_store_head(head, ws->store))
		g.head = head;
	*out = (fria_gate){.passed = true};
	int code = fria_application_recorded(&application, ws, id, err);
	if (code)
		return code;
	const json_t *said = fria_fact(application, "/use/phase");
	fria_phase phase =
	    fria_phase_at(application, fria_session_day(&ws->session));
	fria_buf value = FRIA_BUF_INIT;
	fria_fact_say(&value, said, ws->session.lang);
	out->release = fria_strdup(fria_json_text(application, "release"));
	out->phase = fria_strdup(fria_phase_id(phase));
	g.strict = phase != FRIA_DEVELOPMENT && phase != FRIA_PHASING_OUT &&
		   phase != FRIA_OUT_OF_USE;
	if (phase == FRIA_PHASE_UNKNOWN)
		add(&g, NULL, "phase", true, FRIA_W_gate_phase_unknown,
		    value.text, id);
	fria_buf_dispose(&value);
	json_decref(application);
	check_release(&g, release);
	code = check_all(&g, err);
	for (size_t i = 0; i < out->n; i++)
		out->passed = out->passed && !out->items[i].fatal;
	fria_strings_dispose(&g.instruments);
	fria_strings_dispose(&g.concluded);
	fria_strings_dispose(&g.due);
	fria_strings_dispose(&g.met);
	if (code)
		fria_gate_dispose(out);
	return code;
}

void fria_gate_dispose(fria_gate *gate)
{
	for (size_t i = 0; i < gate->n; i++) {
		free(gate->items[i].assessment);
		free(gate->items[i].text);
	}
	free(gate->items);
	free(gate->release);
	free(gate->phase);
	*gate = (fria_gate){.release = NULL};
}
