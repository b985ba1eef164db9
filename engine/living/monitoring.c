/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What is measured, and what the release check was told. Measurements and
 * events are counted, never compared: what came after an answer was given
 * must be looked at, even if the value has recovered since.
 *
 * Calls up to evaluate.c: its reasons join those of the other kinds.
 */
#include "living_internal.h"

#include <stdlib.h>
#include <string.h>

/* A day ends last twelve hours west of Greenwich: seconds after it began. */
#define LAST_END ((fria_time)(86400 + 43200))

/* True if a measurement is on the wrong side of its metric's limit. */
bool fria_metric_crossed(const json_t *metric, const json_t *measurement)
{
	const json_t *limit = json_object_get(metric, "threshold");
	const json_t *value = json_object_get(measurement, "value");
	const char *direction = fria_json_text(metric, "direction");
	if (!json_is_number(limit) || !json_is_number(value))
		return false;
	double x = json_number_value(value), at = json_number_value(limit);
	return direction && !strcmp(direction, "min") ? x < at : x > at;
}

bool fria_is_withdrawn(const json_t *one)
{
	return json_is_object(json_object_get(one, "withdrawn"));
}

/* A date that is missing or no date is of all times. */
static bool is_later(const json_t *measurement, fria_time as_of)
{
	fria_time at;
	const char *date = fria_json_text(measurement, "date");
	return date && fria_time_parse(&at, date) && at > as_of;
}

/* --- reasons --- */

/*
 * How many of a list an answer has seen for certain. Where two people's
 * additions were joined since (merge_lists.c), none of those.
 */
static size_t seen_of(const json_t *count, const json_t *holder)
{
	size_t n = (size_t)json_integer_value(count), i;
	json_t *range;
	json_array_foreach(json_object_get(holder, "joined"), i, range) {
		size_t from =
		    (size_t)json_integer_value(json_array_get(range, 0));
		if (n > from &&
		    n < (size_t)json_integer_value(json_array_get(range, 1)))
			n = from;
	}
	return n;
}

/* Where the last measurement over the limit stands; false: there is none. */
static bool last_crossed(size_t *at, const fria_evaluation_input *in,
			 const json_t *metric)
{
	const json_t *series = json_object_get(metric, "series");
	for (size_t i = json_array_size(series); i-- > 0;) {
		const json_t *one = json_array_get(series, i);
		*at = i;
		if (!fria_is_withdrawn(one) && !is_later(one, in->as_of) &&
		    fria_metric_crossed(metric, one))
			return true;
	}
	return false;
}

void fria_crossings_find(fria_crossings *out, const fria_evaluation_input *in)
{
	const char *name;
	json_t *metric;
	size_t at;
	*out = (fria_crossings){NULL, 0};
	json_object_foreach(json_object_get(in->application, "monitoring"),
			    name, metric)
		if (last_crossed(&at, in, metric))
			*FRIA_PUSH(out) = (fria_crossing){name, metric, at};
}

/* Has the answer not seen it for certain? */
static bool is_since(const fria_crossing *c, const json_t *seen)
{
	return c->at >=
	       seen_of(json_object_get(json_object_get(seen, "monitoring"),
				       c->name),
		       c->metric);
}

static void add_crossing(fria_judgement *j, const fria_crossing *c)
{
	json_t *measurement =
	    json_array_get(json_object_get(c->metric, "series"), c->at);
	const char *date = fria_json_text(measurement, "date");
	fria_reason_add(j, FRIA_BY_MONITORING, c->name,
			fria_json_pack("{s:O?}", "threshold",
				       json_object_get(c->metric, "threshold")),
			json_incref(measurement));
	fria_reason *reason = &j->reasons[j->n - 1];
	reason->title = fria_json_text(c->metric, "name");
	if (date)
		fria_time_parse(&reason->at, date);
}

/* Does a metric over its limit reopen the question? */
static bool is_reopened(const fria_judgement *j, fria_view *v, const char *name,
			fria_rules rules)
{
	const fria_task *t = &v->in->tasks[j->question.task];
	bool reopened = false;
	for (size_t i = 0; i < t->facts.n && !reopened; i++) {
		const fria_fact_edge *e = &t->facts.items[i];
		fria_strings own;
		const fria_strings *names =
		    fria_view_metrics(&own, v, e, j->question.row_number);
		reopened = fria_fact_edge_crosses(e, t, name, names, rules);
		fria_strings_dispose(&own);
	}
	return reopened;
}

/* Its own, or of a group that it lies in. */
static bool has_theme(const fria_instrument *in, size_t task, const char *theme)
{
	for (; task != FRIA_NONE; task = in->tasks[task].parent)
		for (size_t i = 0; i < in->tasks[task].themes.n; i++)
			if (fria_themes_meet(in->tasks[task].themes.items[i],
					     theme))
				return true;
	return false;
}

/* What changed in the law is told by the lines on which a question rests, where
 * the questionnaire names any. */
static void judge_events(fria_judgement *j, const fria_evaluation_input *in,
			 const json_t *seen)
{
	const json_t *events = json_object_get(in->application, "events");
	size_t from = seen_of(json_object_get(seen, "events"), in->application);
	for (size_t i = from; i < json_array_size(events); i++) {
		const json_t *event = json_array_get(events, i);
		const char *theme = fria_json_text(event, "theme");
		const char *at = fria_json_text(event, "at");
		fria_time when = 0;
		if (!theme || !json_is_true(json_object_get(event, "changed")))
			continue;
		if (at && fria_time_parse(&when, at) &&
		    when >= in->as_of + LAST_END)
			continue;
		if (!has_theme(in->instrument, j->question.task, theme) ||
		    (json_object_get(event, "law") &&
		     fria_instrument_on_law(in->instrument)))
			continue;
		fria_reason_add(j, FRIA_BY_EVENT, theme, NULL,
				json_incref(json_object_get(event, "text")));
		j->reasons[j->n - 1].release = fria_json_text(event, "release");
		j->reasons[j->n - 1].at = when;
	}
}

void fria_monitoring_judge(fria_judgement *j, const fria_evaluation_input *in,
			   const fria_crossings *crossed, fria_view *now,
			   const json_t *basis, fria_rules rules)
{
	const json_t *seen = json_object_get(basis, "seen");
	if (!seen)
		return;
	for (size_t i = 0; i < crossed->n; i++)
		if (is_since(&crossed->items[i], seen) &&
		    is_reopened(j, now, crossed->items[i].name, rules))
			add_crossing(j, &crossed->items[i]);
	judge_events(j, in, seen);
}

/* --- as it stands --- */

static const json_t *last_of(const json_t *metric, fria_time as_of)
{
	const json_t *series = json_object_get(metric, "series"), *last = NULL;
	fria_time latest = 0;
	for (size_t i = 0; i < json_array_size(series); i++) {
		const json_t *one = json_array_get(series, i);
		const char *date = fria_json_text(one, "date");
		fria_time at = 0;
		if (fria_is_withdrawn(one) || is_later(one, as_of))
			continue;
		if (date)
			fria_time_parse(&at, date);
		if (!last || at >= latest) {
			last = one;
			latest = at;
		}
	}
	return last;
}

/* From the last measurement; without one, from the start of use. */
static void find_due(fria_metric *m, const json_t *metric,
		     const fria_evaluation_input *in)
{
	fria_duration every;
	fria_time from;
	const char *date = fria_json_text(m->last, "date");
	m->every = fria_json_text(metric, "every");
	if (!date)
		date = fria_json_text(
		    json_object_get(in->application, "in_use"), "from");
	if (!m->every || !fria_duration_parse(&every, m->every) || !date ||
	    !fria_time_parse(&from, date))
		return;
	m->due = fria_time_add(from, every);
	m->overdue = in->as_of >= m->due + 86400;
}

static void evaluate_metrics(fria_evaluation *out,
			     const fria_evaluation_input *in)
{
	const char *name;
	json_t *metric;
	json_object_foreach(json_object_get(in->application, "monitoring"),
			    name, metric) {
		const char *title = fria_json_text(metric, "name");
		fria_metric m = {.name = name,
				 .title = title ? title : name,
				 .limit = json_object_get(metric, "threshold"),
				 .last = last_of(metric, in->as_of)};
		m.over = fria_metric_crossed(metric, m.last);
		find_due(&m, metric, in);
		out->metrics = fria_grow(out->metrics, out->metrics_n,
					 sizeof *out->metrics);
		out->metrics[out->metrics_n++] = m;
	}
}

/* The last event of the application's release that speaks of a theme, its place
 * in *at; NULL if there is none. */
static const json_t *last_word(size_t *at, const json_t *application,
			       const char *theme)
{
	const json_t *events = json_object_get(application, "events");
	const char *release = fria_json_text(application, "release");
	for (size_t i = json_array_size(events); release && i-- > 0;) {
		const json_t *event = json_array_get(events, i);
		const char *on = fria_json_text(event, "theme");
		const char *of = fria_json_text(event, "release");
		*at = i;
		if (on && of && fria_themes_meet(on, theme) &&
		    !strcmp(of, release))
			return event;
	}
	return NULL;
}

/* The last word on each theme for this release: yes, no, or nobody knows. */
static void find_unanswered(fria_evaluation *out, const json_t *application)
{
	size_t at;
	for (size_t t = 0; fria_themes[t]; t++) {
		const json_t *event =
		    last_word(&at, application, fria_themes[t]);
		const char *theme = fria_json_text(event, "theme");
		if (event &&
		    !json_is_boolean(json_object_get(event, "changed")) &&
		    !fria_strings_has(&out->unanswered, theme))
			fria_strings_add(&out->unanswered, theme);
	}
}

/* The themes by which who uses a system can become its provider. */
static const char *const provider_themes[] = {"purpose", "model", NULL};

/* The event by which the release check says so, its place in *at; or NULL. */
static const json_t *provider_event(size_t *at, const json_t *application,
				    size_t theme)
{
	const json_t *event =
	    last_word(at, application, provider_themes[theme]);
	return json_is_true(json_object_get(event, "changed")) ? event : NULL;
}

static void add_provider(fria_findings *out, const json_t *application,
			 size_t theme, size_t at)
{
	const char *id = fria_json_text(application, "id");
	char *file = fria_workspace_path(id ? id : "", "application");
	char *pointer = fria_format("/events/%zu", at);
	fria_findings_add(
	    out, FRIA_WARNING,
	    theme ? FRIA_W_provider_technology : FRIA_W_provider_purpose, file,
	    pointer, "release", fria_json_text(application, "release"), NULL);
	free(pointer);
	free(file);
}

void fria_release_check_findings(fria_findings *out, const json_t *application)
{
	size_t at;
	for (size_t t = 0; provider_themes[t]; t++) {
		const json_t *event = provider_event(&at, application, t);
		if (event)
			add_provider(out, application, t, at);
	}
}

/*
 * An event is judged when all answers of its theme were stood for after it;
 * where nothing asked is of that theme, when a version was adopted after it.
 */
static bool is_judged(const fria_evaluation *out,
		      const fria_evaluation_input *in, const char *theme,
		      const json_t *event, size_t at)
{
	const char *moment = fria_json_text(event, "at");
	fria_time when;
	bool asked = false;
	for (size_t i = 0; i < out->n; i++) {
		const fria_judgement *j = &out->items[i];
		const json_t *seen = json_object_get(
		    json_object_get(j->question.answer, "basis"), "seen");
		if (j->state == FRIA_HIDDEN ||
		    (j->state == FRIA_OPEN && j->optional) ||
		    !has_theme(in->instrument, j->question.task, theme))
			continue;
		asked = true;
		if (j->state == FRIA_OPEN ||
		    seen_of(json_object_get(seen, "events"), in->application) <=
			at)
			return false;
	}
	return asked ||
	       (in->adopted && moment && fria_time_parse(&when, moment) &&
		in->adopted_at > when);
}

static void find_unjudged(fria_evaluation *out, const fria_evaluation_input *in)
{
	size_t at;
	for (size_t t = 0; provider_themes[t]; t++) {
		const json_t *event = provider_event(&at, in->application, t);
		if (event && !is_judged(out, in, provider_themes[t], event, at))
			add_provider(&out->findings, in->application, t, at);
	}
}

/* --- an assessment of article 27 comes before the first use --- */

bool fria_precedes_use(const fria_instrument *in)
{
	return !strcmp(in->id, "fria");
}

/* The FRIA, unless its own answers say that none is required. */
static bool is_due_before_use(const fria_evaluation *out,
			      const fria_evaluation_input *in)
{
	if (!fria_precedes_use(in->instrument) || out->superseded)
		return false;
	for (size_t i = 0; i < out->conclusions.n; i++) {
		const fria_conclusion *one = &out->conclusions.items[i];
		if (!strcmp(one->id, "FRIA"))
			return !one->level ||
			       (strcmp(one->level, "exempt") != 0 &&
				strcmp(one->level, "voluntary") != 0);
	}
	return true;
}

/* While nothing was adopted it weighs; afterwards it is told. */
void fria_first_use_evaluate(fria_evaluation *out,
			     const fria_evaluation_input *in)
{
	const char *from =
	    fria_json_text(json_object_get(in->application, "in_use"), "from");
	fria_time first, day = in->adopted ? in->first_adopted_at : in->as_of;
	bool known = from && fria_time_parse(&first, from);
	bool used =
	    known ? day && first + 86400 <= day
		  : !in->adopted && fria_phase_at(in->application, in->as_of) ==
					FRIA_IN_USE;
	fria_buf on = FRIA_BUF_INIT;
	if (!used || !is_due_before_use(out, in))
		return;
	if (in->adopted) {
		fria_day_write(&on, day);
		fria_findings_add(&out->findings, FRIA_NOTE,
				  FRIA_W_late_adopted, NULL, NULL, "date",
				  on.text, "from", from, NULL);
	} else {
		fria_findings_add(&out->findings, FRIA_WARNING,
				  FRIA_W_late_assessment, NULL, NULL, NULL);
	}
	fria_buf_dispose(&on);
}

/* An answer to the release check, that none is needed, or a pulse. */
static bool says_whether_changed(const json_t *event)
{
	const char *theme = fria_json_text(event, "theme");
	return json_is_true(json_object_get(event, "patch")) ||
	       (theme && (fria_theme_is(theme) || !strcmp(theme, FRIA_PULSE)));
}

/* Counted from the last of these, else from the start of use. */
static void find_pulse(fria_evaluation *out, const fria_evaluation_input *in)
{
	const json_t *events = json_object_get(in->application, "events");
	const char *since =
	    fria_json_text(json_object_get(in->application, "in_use"), "from");
	fria_pulse *p = &out->pulse;
	if (!in->pulse.months && !in->pulse.days)
		return;
	p->known = since && fria_time_parse(&p->last, since);
	for (size_t i = 0; i < json_array_size(events); i++) {
		const json_t *event = json_array_get(events, i);
		const char *at = fria_json_text(event, "at");
		fria_time when;
		if (!at || !fria_time_parse(&when, at) ||
		    !says_whether_changed(event) ||
		    when >= in->as_of + LAST_END ||
		    (p->known && when < p->last))
			continue;
		p->known = true;
		p->last = fria_day_start(when);
	}
	p->due = fria_time_add(p->last, in->pulse);
	p->overdue = p->known && in->as_of >= p->due + 86400;
}

void fria_monitoring_evaluate(fria_evaluation *out,
			      const fria_evaluation_input *in)
{
	out->at_rest =
	    fria_phase_rests(fria_phase_at(in->application, in->as_of));
	evaluate_metrics(out, in);
	find_unanswered(out, in->application);
	find_pulse(out, in);
	if (!out->superseded)
		find_unjudged(out, in);
}
