/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Fields of a template: short values that stand in running text. Each is
 * plain text; fill.c escapes it.
 */
#include "fill.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const template_word template_fields[] = {
    {"organisation application name instrument", 0, 0, NULL, TAKES_ANY},
    {"release", 0, 0, "versions", TAKES_ANY},
    {"release version date commit content program verdict lawful review "
     "notified notification",
     0, 0, NULL, TAKES_ANY},
    {"count", 1, 1, NULL, TAKES_COUNT},
    {"since adviser term", 0, 0, NULL, TAKES_ANY},
    {"score", 1, 1, NULL, TAKES_SCORE},
    {"conclusion", 1, 2, NULL, TAKES_CONCLUSION},
    {"fact", 1, 1, NULL, TAKES_FACT},
    {"law law-from law-title law-text law-checked", 1, 1, NULL, TAKES_LAW},
    {"value", 0, 0, "tasks", TAKES_ANY},
    {"value", 0, 0, "approvals", TAKES_ANY},
    {"value question", 1, 1, NULL, TAKES_TASK},
    {"id title state roles", 0, 0, "tasks", TAKES_ANY},
    {"number", 0, 0, NULL, TAKES_ANY},
    {"number cell", 1, 1, "rows", TAKES_TASK},
    {"level", 1, 1, "rows", TAKES_LEVEL},
    {"text owner due status", 0, 0, "measures", TAKES_ANY},
    {"role kind by note response until reference", 0, 0, "approvals",
     TAKES_ANY},
    {"letter element changed", 0, 0, "elements", TAKES_ANY},
    {"condition", 0, 0, "conditions", TAKES_ANY},
    {NULL, 0, 0, NULL, TAKES_ANY}};

/* --- what is the same everywhere --- */

static void put(fria_buf *out, const char *text)
{
	fria_buf_puts(out, text ? text : "");
}

typedef struct {
	const char *name, *text;
	bool day; /* it is a date or a moment */
} field;

/* Puts the field by this name; false if it is none of these n. */
static bool put_one(const fill *f, fria_buf *out, const char *name,
		    const field fields[], size_t n)
{
	size_t i = 0;
	while (i < n && strcmp(fields[i].name, name) != 0)
		i++;
	if (i < n && fields[i].day)
		part_day(out, fields[i].text, f->parts.r->lang);
	else if (i < n)
		put(out, fields[i].text);
	return i < n;
}
#define PUT_ONE(f, out, name, fields)                                          \
	put_one(f, out, name, fields, sizeof(fields) / sizeof *(fields))

static void put_fact(const fill *f, fria_buf *out, const char *pointer)
{
	const json_t *value =
	    fria_fact(f->parts.r->input->application, pointer);
	fria_time day;
	if (json_is_string(value) &&
	    fria_time_parse(&day, json_string_value(value)))
		part_day(out, json_string_value(value), f->parts.r->lang);
	else if (value)
		fria_fact_say_at(out, pointer, value, f->parts.r->lang);
}

/* Answers given, changed or taken away since the version before. */
static size_t changes_of(const fria_report *r)
{
	size_t n = 0;
	for (size_t i = 0; r->changes && i < r->changes->n; i++) {
		fria_change_kind kind = r->changes->items[i].kind;
		n += kind == FRIA_CHANGE_ADDED || kind == FRIA_CHANGE_CHANGED ||
		     kind == FRIA_CHANGE_REMOVED || kind == FRIA_CHANGE_WAIVED;
	}
	return n;
}

const char *const fill_counts[] = {"visible",  "answered", "open",   "stale",
				   "suspect",  "waived",   "hidden", "dormant",
				   "optional", "changes",  NULL};

static void put_count(const fill *f, fria_buf *out, const char *name)
{
	const fria_counts *n = &f->parts.r->evaluation->counts;
	const size_t counts[] = {n->visible,  n->answered,
				 n->open,     n->stale,
				 n->suspect,  n->waived,
				 n->hidden,   n->dormant,
				 n->optional, changes_of(f->parts.r)};
	size_t i = 0;
	while (strcmp(fill_counts[i], name) != 0)
		i++;
	fria_buf_printf(out, "%zu", counts[i]);
}

/* The word of a score outside rows ("hoog"), else its value. */
static void put_score(const fill *f, fria_buf *out, const char *key,
		      const char *row)
{
	const fria_score *one =
	    fria_score_find(f->parts.r->evaluation, key, row);
	if (!one || part_result_withheld(&f->parts, out, one->withheld))
		return;
	if (one->text)
		put(out, one->text);
	else if (one->value && !json_is_null(one->value))
		fria_fact_say(out, one->value, f->parts.r->lang);
}

static void put_conclusion(const fill *f, fria_buf *out,
			   const fria_strings *words)
{
	fria_concluded found;
	if (!guard_find(f->parts.r, words, &found) ||
	    part_result_withheld(&f->parts, out, found.conclusion->withheld))
		return;
	put(out, found.conclusion->text);
	put(out, found.conclusion->law ? " " : "");
	put(out, found.conclusion->law);
}

/* "law ID": the sentence; "law-from", "law-title", "law-text", "law-checked":
 * a part of the line, of which no date goes without its mark. */
static void put_law(const fill *f, fria_buf *out, const char *part,
		    const char *id)
{
	const fria_report *r = f->parts.r;
	const json_t *line = fria_law_line(r->input->application, id);
	if (!strcmp(part, ""))
		fria_law_say(out, line, r->evaluation->as_of, r->lang);
	else if (!strcmp(part, "-title") || !strcmp(part, "-text"))
		put(out, fria_law_text(line, part + 1, r->lang));
	else if (fria_json_text(line, part + 1))
		part_day(out, fria_json_text(line, part + 1), r->lang);
}

static void put_value(const fill *f, fria_buf *out, size_t task,
		      const char *row)
{
	const json_t *value = fria_evaluation_value(
	    f->parts.r->evaluation, f->parts.r->input, task, row);
	if (value)
		part_say(&f->parts, out, task, value);
}

static void put_answer_of(const fill *f, fria_buf *out, const char *id,
			  const char *row)
{
	const fria_instrument *in = f->parts.in;
	size_t task = fria_instrument_find(in, id);
	if (task != FRIA_NONE && (row || in->tasks[task].rows == FRIA_NONE))
		put_value(f, out, task, row);
}

/* The number of the row that a question of this row chose from; what was
 * chosen, if there is no such row. */
static void put_number_of(const fill *f, fria_buf *out, const char *id)
{
	const fria_instrument *in = f->parts.in;
	const json_t *assessment = f->parts.r->input->assessment;
	size_t task = fria_instrument_find(in, id), i;
	json_t *rows = NULL, *row;
	const char *name = task == FRIA_NONE
			       ? NULL
			       : json_string_value(fria_assessment_value(
				     assessment, in, task, f->item.row));
	if (name && fria_task_names_rows(in, task))
		rows = fria_assessment_rows(
		    assessment, in, in->tasks[in->tasks[task].source].rows);
	json_array_foreach(rows, i, row)
		if (fria_json_says(row, "id", name)) {
			fria_buf_printf(out, "%zu", i + 1);
			return;
		}
	put_answer_of(f, out, id, f->item.row);
}

static void put_title(const fill *f, fria_buf *out, const char *id)
{
	size_t task = fria_instrument_find(f->parts.in, id);
	if (task != FRIA_NONE)
		put(out, fria_task_title(&f->parts.in->tasks[task],
					 f->parts.r->lang));
}

static void put_general(const fill *f, fria_buf *out, const char *name)
{
	const fria_report *r = f->parts.r;
	const fria_evaluation *e = r->evaluation;
	const json_t *application = r->input->application;
	const char *called = fria_json_text(application, "name");
	fria_lang lang = r->lang;
	const field fields[] = {
	    {"organisation", r->organisation, false},
	    {"application", called ? called : fria_json_text(application, "id"),
	     false},
	    {"name", r->name, false},
	    {"instrument", fria_instrument_title(f->parts.in, lang), false},
	    {"release", fria_json_text(application, "release"), false},
	    {"version", r->version, false},
	    {"commit", r->commit, false},
	    {"content", r->content, false},
	    {"program", "fria " FRIA_VERSION, false},
	    {"verdict", fria_word_text(fria_verdict_word(e->verdict), lang),
	     false},
	    {"lawful", fria_word_text(FRIA_W_not_lawful, lang), false},
	    {"since", r->changes_since, false},
	    {"notified", e->notification.version, false},
	    {"adviser", part_role(r->input->roles, r->adviser, lang), false},
	    {"term", r->term, true}};
	if (PUT_ONE(f, out, name, fields))
		return;
	if (!strcmp(name, "date"))
		fria_day_say(out, lang, e->as_of);
	else if (!strcmp(name, "review") && e->review.known)
		fria_day_say(out, lang, e->review.due);
	else if (!strcmp(name, "notification"))
		fria_notification_say(out, &e->notification, lang);
}

static void put_argument(const fill *f, fria_buf *out, const char *name,
			 const char *argument)
{
	if (!strcmp(name, "count"))
		put_count(f, out, argument);
	else if (!strcmp(name, "score"))
		put_score(f, out, argument, NULL);
	else if (!strncmp(name, "law", 3))
		put_law(f, out, name + 3, argument);
	else if (!strcmp(name, "fact"))
		put_fact(f, out, argument);
	else if (!strcmp(name, "question"))
		put_title(f, out, argument);
	else if (!strcmp(name, "value"))
		put_answer_of(f, out, argument, NULL);
	else if (!strcmp(name, "cell"))
		put_answer_of(f, out, argument, f->item.row);
	else if (!strcmp(name, "number"))
		put_number_of(f, out, argument);
	else if (!strcmp(name, "level"))
		put_score(f, out, argument, f->item.row);
}

/* --- inside a loop --- */

static bool put_task(const fill *f, fria_buf *out, const char *name)
{
	const fria_report *r = f->parts.r;
	const fria_judgement *j = &r->evaluation->items[f->item.judgement];
	const fria_task *t = &f->parts.in->tasks[j->question.task];
	const field fields[] = {
	    {"id", t->id, false},
	    {"title", fria_task_title(t, r->lang), false},
	    {"state", fria_word_text(fria_state_word(j->state), r->lang),
	     false}};
	if (!strcmp(name, "value"))
		put_value(f, out, j->question.task, j->question.row);
	else if (strcmp(name, "roles") != 0)
		return PUT_ONE(f, out, name, fields);
	else
		for (size_t i = 0; i < t->roles.n; i++)
			fria_buf_printf(out, i ? ", %s" : "%s",
					part_role(r->input->roles,
						  t->roles.items[i], r->lang));
	return true;
}

static bool put_measure(const fill *f, fria_buf *out, const char *name)
{
	const fria_measure *m = f->item.measure;
	const field fields[] = {{"text", m->text, false},
				{"owner", m->owner, false},
				{"due", m->due, true}};
	if (strcmp(name, "status") != 0)
		return PUT_ONE(f, out, name, fields);
	part_measure_status(&f->parts, out, m);
	return true;
}

static bool put_approval(const fill *f, fria_buf *out, const char *name)
{
	const fria_approval *a = f->item.approval;
	fria_lang lang = f->parts.r->lang;
	const field fields[] = {
	    {"role", part_role(f->parts.r->input->roles, a->role, lang), false},
	    {"kind", fria_approval_kind_say(a, lang), false},
	    {"value", fria_approval_value_say(a, lang), false},
	    {"note", a->note, false},
	    {"response", a->response, false},
	    {"reference", a->reference, false},
	    {"date", a->decided_on ? a->decided_on : a->at, true},
	    {"until", a->valid_until, true}};
	if (strcmp(name, "by") != 0)
		return PUT_ONE(f, out, name, fields);
	part_name(out, f->parts.r, a->by);
	return true;
}

static bool put_version(const fill *f, fria_buf *out, const char *name)
{
	const fria_report_version *v = f->item.version;
	const field fields[] = {{"version", v->name, false},
				{"release", v->release, false}};
	if (strcmp(name, "date") != 0)
		return PUT_ONE(f, out, name, fields);
	fria_day_say(out, f->parts.r->lang, v->at);
	return true;
}

static bool put_element(const fill *f, fria_buf *out, const char *name)
{
	const char letter[] = {f->item.letter, '\0'};
	const field fields[] = {
	    {"letter", letter, false},
	    {"element", part_element(f->item.letter, f->parts.r->lang), false}};
	if (strcmp(name, "changed") != 0)
		return PUT_ONE(f, out, name, fields);
	part_element_state(
	    &f->parts, out,
	    &f->parts.r->evaluation->elements[f->item.letter - 'a']);
	return true;
}

static bool put_item(const fill *f, fria_buf *out, const char *name)
{
	if (!strcmp(name, "number") && f->item.kind != ITEM_NONE) {
		fria_buf_printf(out, "%zu", f->item.number);
		return true;
	}
	switch (f->item.kind) {
	case ITEM_TASK:
		return put_task(f, out, name);
	case ITEM_MEASURE:
		return put_measure(f, out, name);
	case ITEM_APPROVAL:
		return put_approval(f, out, name);
	case ITEM_VERSION:
		return put_version(f, out, name);
	case ITEM_ELEMENT:
		return put_element(f, out, name);
	case ITEM_CONDITION: {
		const field own[] = {{"condition", f->item.condition, false}};
		return PUT_ONE(f, out, name, own);
	}
	default:
		return false;
	}
}

void fill_field(const fill *f, fria_buf *out, const fria_strings *words)
{
	const char *name = words->items[0];
	if (!strcmp(name, "conclusion"))
		put_conclusion(f, out, words);
	else if (words->n > 1)
		put_argument(f, out, name, words->items[1]);
	else if (!put_item(f, out, name))
		put_general(f, out, name);
}
