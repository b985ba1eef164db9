/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Which application comes first: by what its start assessment concludes from a
 * few answers, and by when that is due.
 */
#include "workspace_internal.h"

#include <stdlib.h>
#include <string.h>

#define START "start"

const char *const fria_first_tasks[] = {"1.1", "1.4", "2.1",
					"4.2", "5.2", NULL};

/* What it is used for; and since when, which need not be answered. */
static const char use_task[] = "2.1";
static const char since_task[] = "5.2";

typedef struct {
	fria_first *out;
	const fria_snapshot *s;
	const fria_evaluation *e;
	fria_lang lang;
} judging;

static json_t *answer_of(const judging *j, const char *id)
{
	const fria_instrument *in = j->s->instrument;
	size_t task = fria_instrument_find(in, id);
	return task == FRIA_NONE
		   ? NULL
		   : fria_assessment_answer(j->s->assessment, in, task, NULL);
}

static json_t *value_of(const judging *j, const char *id)
{
	return json_object_get(answer_of(j, id), "value");
}

/* It was said that nobody knows. */
static bool is_unknown(const judging *j, const char *id)
{
	return json_object_get(answer_of(j, id), "waived") != NULL;
}

static bool concludes(const judging *j, const char *id, const char *level)
{
	const fria_conclusion *one = fria_conclusion_find(j->e, id);
	return one && one->level && !strcmp(one->level, level);
}

static bool is_needed(const judging *j, const char *id)
{
	return concludes(j, id, "required") || concludes(j, id, "expected");
}

/* What it is used for, as it was chosen. */
static void take_use(const judging *j)
{
	size_t task = fria_instrument_find(j->s->instrument, use_task);
	fria_buf text = FRIA_BUF_INIT;
	fria_snapshot_say(&text, j->s, task, value_of(j, use_task), j->lang);
	free(j->out->why);
	j->out->why = fria_buf_detach(&text);
}

/* The first criterion that was met, else what is concluded. */
static void take_reason(const judging *j, const char *id)
{
	const fria_conclusion *one = fria_conclusion_find(j->e, id);
	const char *text = !one		    ? NULL
			   : one->because.n ? one->because.items[0]
					    : one->text;
	free(j->out->why);
	j->out->why = text ? fria_strdup(text) : NULL;
}

static void take_answers(const judging *j)
{
	j->out->answered = true;
	for (size_t i = 0; fria_first_tasks[i]; i++) {
		json_t *value = value_of(j, fria_first_tasks[i]);
		if (value || is_unknown(j, fria_first_tasks[i]))
			json_object_set_new(j->out->values, fria_first_tasks[i],
					    value ? json_incref(value)
						  : json_null());
		if (!value && strcmp(fria_first_tasks[i], since_task) != 0)
			j->out->answered = false;
	}
	const char *since = fria_json_text(j->out->values, since_task);
	if (since)
		fria_time_parse(&j->out->since, since);
}

/* The first that holds. */
static void take_rank(const judging *j)
{
	static const struct {
		const char *id, *level;
		fria_first_rank rank;
		bool known; /* only where all is answered */
	} order[] = {{"verbod", "required", FRIA_FIRST_STOP, false},
		     {"FRIA", "required", FRIA_FIRST_NOW, false},
		     /* It stands in an annex; the rest is still to be asked. */
		     {"FRIA", "unknown", FRIA_FIRST_NOW, true},
		     {"IAMA", "expected", FRIA_FIRST_NEXT, true},
		     {"IAMA", "required", FRIA_FIRST_NEXT, true},
		     {"FRIA", "recommended", FRIA_FIRST_LATER, true},
		     {"IAMA", "recommended", FRIA_FIRST_LATER, true}};
	fria_first *out = j->out;
	out->rank = out->answered ? FRIA_FIRST_NONE : FRIA_FIRST_NEXT;
	for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
		if ((order[i].known && !out->answered) ||
		    !concludes(j, order[i].id, order[i].level))
			continue;
		out->rank = order[i].rank;
		if (out->rank == FRIA_FIRST_NOW)
			take_use(j);
		else
			take_reason(j, order[i].id);
		return;
	}
	take_reason(j, "IAMA");
}

static void take_needs(const judging *j, const fria_strings *begun)
{
	static const char *const ids[] = {"FRIA", "IAMA", "DPIA", NULL};
	fria_first *out = j->out;
	for (size_t i = 0; ids[i]; i++) {
		bool open =
		    !strcmp(ids[i], "FRIA") && out->rank == FRIA_FIRST_NOW;
		fria_buf name = FRIA_BUF_INIT;
		fria_slug(&name, ids[i]);
		if ((open || is_needed(j, ids[i])) &&
		    !fria_strings_has(begun, name.text))
			fria_strings_add(&out->needs, ids[i]);
		fria_buf_dispose(&name);
	}
}

/* From when the law asks for what comes first; 0: it says no day. */
static fria_time law_from(const judging *j)
{
	const fria_instrument *in = j->s->instrument;
	fria_time from = 0;
	for (size_t i = 0; i < in->rules.n; i++) {
		const fria_rule *rule = &in->rules.items[i];
		if (strcmp(rule->id, "FRIA") != 0 || !rule->law.n)
			continue;
		fria_law_from(&from, fria_law_line(j->s->application,
						   rule->law.items[0]));
		return from;
	}
	return 0;
}

/* Before it is first used; of what is in use by the day of the law, or now. */
static void take_due(const judging *j)
{
	fria_first *out = j->out;
	fria_time today = j->e->as_of;
	fria_time law = out->rank == FRIA_FIRST_NOW ? law_from(j) : 0;
	if (out->rank >= FRIA_FIRST_LATER || !out->since)
		return;
	out->due = out->since > today ? out->since : law > today ? law : today;
}

static int judge(fria_first *out, const fria_workspace *ws,
		 const fria_strings *begun, fria_error *err)
{
	fria_snapshot *s = NULL;
	fria_standing standing;
	char *name = fria_format("%s/" START, out->application);
	int code = fria_standing_load(&s, &standing, ws, name, NULL, NULL, err);
	if (!code) {
		const judging j = {out, s, &standing.result, ws->session.lang};
		take_answers(&j);
		take_rank(&j);
		take_needs(&j, begun);
		take_due(&j);
		fria_standing_dispose(&standing);
		fria_snapshot_free(s);
	}
	free(name);
	return code;
}

static int by_urgency(const void *a, const void *b)
{
	const fria_first *x = a, *y = b;
	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	if (x->due != y->due)
		return !x->due ? 1 : !y->due || x->due < y->due ? -1 : 1;
	if (x->since != y->since)
		return !x->since			  ? 1
		       : !y->since || x->since < y->since ? -1
							  : 1;
	return strcmp(x->name, y->name);
}

int fria_firsts_make(fria_firsts *out, fria_findings *broken,
		     const fria_workspace *ws, fria_error *err)
{
	fria_listing all;
	*out = (fria_firsts){NULL, 0};
	int code = fria_listing_make(&all, broken, ws, err);
	for (size_t i = 0; !code && i < all.n; i++) {
		const fria_listed *one = &all.items[i];
		fria_first *first = FRIA_PUSH(out);
		*first = (fria_first){
		    .application = fria_strdup(one->id),
		    .name = fria_strdup(one->name ? one->name : one->id),
		    .rank = FRIA_FIRST_NEXT,
		    .values = json_object()};
		first->begun = fria_strings_has(&one->assessments, START);
		if (first->begun)
			code = judge(first, ws, &one->assessments, err);
	}
	if (out->n)
		qsort(out->items, out->n, sizeof *out->items, by_urgency);
	fria_listing_dispose(&all);
	if (code)
		fria_firsts_dispose(out);
	return code;
}

void fria_firsts_dispose(fria_firsts *firsts)
{
	for (size_t i = 0; i < firsts->n; i++) {
		fria_first *one = &firsts->items[i];
		free(one->application);
		free(one->name);
		free(one->why);
		fria_strings_dispose(&one->needs);
		json_decref(one->values);
	}
	free(firsts->items);
	*firsts = (fria_firsts){NULL, 0};
}
