/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Fields of a template: short values that stand in running text. Each is
 * plain text; fill.c escapes it.
 */
#include "fill.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const template_word template_fields[] = {{"organisation", 0, 0, NULL},
					 {"application", 0, 0, NULL},
					 {"name", 0, 0, NULL},
					 {"instrument", 0, 0, NULL},
					 {"release", 0, 0, "versions"},
					 {"release", 0, 0, NULL},
					 {"version", 0, 0, NULL},
					 {"date", 0, 0, NULL},
					 {"commit", 0, 0, NULL},
					 {"content", 0, 0, NULL},
					 {"program", 0, 0, NULL},
					 {"verdict", 0, 0, NULL},
					 {"lawful", 0, 0, NULL},
					 {"review", 0, 0, NULL},
					 {"notified", 0, 0, NULL},
					 {"notification", 0, 0, NULL},
					 {"count", 1, 1, NULL},
					 {"since", 0, 0, NULL},
					 {"adviser", 0, 0, NULL},
					 {"term", 0, 0, NULL},
					 {"score", 1, 1, NULL},
					 {"conclusion", 1, 1, NULL},
					 {"fact", 1, 1, NULL},
					 {"value", 0, 0, "tasks"},
					 {"value", 0, 0, "approvals"},
					 {"value", 1, 1, NULL},
					 {"question", 1, 1, NULL},
					 {"id", 0, 0, "tasks"},
					 {"title", 0, 0, "tasks"},
					 {"state", 0, 0, "tasks"},
					 {"roles", 0, 0, "tasks"},
					 {"number", 0, 0, NULL},
					 {"number", 1, 1, "rows"},
					 {"cell", 1, 1, "rows"},
					 {"level", 1, 1, "rows"},
					 {"text", 0, 0, "measures"},
					 {"owner", 0, 0, "measures"},
					 {"due", 0, 0, "measures"},
					 {"status", 0, 0, "measures"},
					 {"role", 0, 0, "approvals"},
					 {"kind", 0, 0, "approvals"},
					 {"by", 0, 0, "approvals"},
					 {"note", 0, 0, "approvals"},
					 {"response", 0, 0, "approvals"},
					 {"until", 0, 0, "approvals"},
					 {"reference", 0, 0, "approvals"},
					 {"letter", 0, 0, "elements"},
					 {"element", 0, 0, "elements"},
					 {"changed", 0, 0, "elements"},
					 {"condition", 0, 0, "conditions"},
					 {NULL, 0, 0, NULL}};

/* --- what is the same everywhere --- */

static void put(fria_buf *out, const char *text)
{
	fria_buf_puts(out, text ? text : "");
}

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

static size_t count_of(const fria_counts *n, const char *state)
{
	const struct {
		const char *name;
		size_t n;
	} all[] = {{"visible", n->visible},  {"answered", n->answered},
		   {"open", n->open},	     {"stale", n->stale},
		   {"suspect", n->suspect},  {"waived", n->waived},
		   {"hidden", n->hidden},    {"dormant", n->dormant},
		   {"optional", n->optional}};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (!strcmp(all[i].name, state))
			return all[i].n;
	return 0;
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

static void put_conclusion(const fill *f, fria_buf *out, const char *id)
{
	const fria_conclusions *all = &f->parts.r->evaluation->conclusions;
	for (size_t i = 0; i < all->n; i++) {
		const fria_conclusion *one = &all->items[i];
		if (!strcmp(one->id, id) &&
		    !part_result_withheld(&f->parts, out, one->withheld))
			put(out, one->text);
	}
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

static const json_t *value_in(const fill *f, size_t task, const char *row)
{
	return json_object_get(
	    fria_assessment_answer(f->parts.r->input->assessment, f->parts.in,
				   task, row),
	    "value");
}

/* The number of the row, from 1, that an answer names; 0: none. */
static size_t row_named(const fill *f, size_t task, const json_t *value)
{
	const fria_instrument *in = f->parts.in;
	const char *name = json_string_value(value);
	size_t i;
	json_t *row;
	if (!name || !fria_task_names_rows(in, task))
		return 0;
	json_array_foreach(
	    fria_assessment_rows(f->parts.r->input->assessment, in,
				 in->tasks[in->tasks[task].source].rows),
	    i, row)
		if (fria_json_says(row, "id", name))
			return i + 1;
	return 0;
}

/* The number of the row that a question of this row chose from; what was
 * chosen, if there is no such row. */
static void put_number_of(const fill *f, fria_buf *out, const char *id)
{
	const fria_instrument *in = f->parts.in;
	size_t task = fria_instrument_find(in, id);
	size_t number =
	    task == FRIA_NONE
		? 0
		: row_named(f, task, value_in(f, task, f->item.row));
	if (number)
		fria_buf_printf(out, "%zu", number);
	else
		put_answer_of(f, out, id, f->item.row);
}

static void put_title(const fill *f, fria_buf *out, const char *id)
{
	size_t task = fria_instrument_find(f->parts.in, id);
	if (task != FRIA_NONE)
		put(out, fria_task_title(&f->parts.in->tasks[task],
					 f->parts.r->lang));
}

static bool put_general(const fill *f, fria_buf *out, const char *name)
{
	const fria_report *r = f->parts.r;
	const json_t *application = r->input->application;
	fria_lang lang = r->lang;
	if (!strcmp(name, "organisation"))
		put(out, r->organisation);
	else if (!strcmp(name, "application"))
		put(out, fria_json_text(application, "name")
			     ? fria_json_text(application, "name")
			     : fria_json_text(application, "id"));
	else if (!strcmp(name, "name"))
		put(out, r->name);
	else if (!strcmp(name, "instrument"))
		put(out, fria_instrument_title(f->parts.in, lang));
	else if (!strcmp(name, "release"))
		put(out, fria_json_text(application, "release"));
	else if (!strcmp(name, "version"))
		put(out, r->version);
	else if (!strcmp(name, "date"))
		fria_day_say(out, lang, r->evaluation->as_of);
	else if (!strcmp(name, "commit"))
		put(out, r->commit);
	else if (!strcmp(name, "content"))
		put(out, r->content);
	else if (!strcmp(name, "program"))
		put(out, "fria " FRIA_VERSION);
	else
		return false;
	return true;
}

static bool put_derived(const fill *f, fria_buf *out, const char *name)
{
	const fria_evaluation *e = f->parts.r->evaluation;
	fria_lang lang = f->parts.r->lang;
	if (!strcmp(name, "verdict"))
		put(out, fria_word_text(fria_verdict_word(e->verdict), lang));
	else if (!strcmp(name, "lawful"))
		fria_say(out, lang, FRIA_W_not_lawful, NULL);
	else if (!strcmp(name, "review") && e->review.known)
		fria_day_say(out, lang, e->review.due);
	else if (!strcmp(name, "since"))
		put(out, f->parts.r->changes_since);
	else if (!strcmp(name, "notified"))
		put(out, e->notification.version);
	else if (!strcmp(name, "notification"))
		fria_notification_say(out, &e->notification, lang);
	else if (!strcmp(name, "adviser"))
		put(out, part_role(f->parts.r->input->roles,
				   f->parts.r->adviser, lang));
	else if (!strcmp(name, "term"))
		part_day(out, f->parts.r->term, lang);
	else
		return !strcmp(name, "review");
	return true;
}

static void put_argument(const fill *f, fria_buf *out, const char *name,
			 const char *argument)
{
	const fria_evaluation *e = f->parts.r->evaluation;
	if (!strcmp(name, "count") && !strcmp(argument, "changes"))
		fria_buf_printf(out, "%zu", changes_of(f->parts.r));
	else if (!strcmp(name, "count"))
		fria_buf_printf(out, "%zu", count_of(&e->counts, argument));
	else if (!strcmp(name, "score"))
		put_score(f, out, argument, NULL);
	else if (!strcmp(name, "conclusion"))
		put_conclusion(f, out, argument);
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

static void put_roles(const fill *f, fria_buf *out, const fria_task *t)
{
	const json_t *titles = f->parts.r->input->roles;
	for (size_t i = 0; i < t->roles.n; i++)
		fria_buf_printf(
		    out, i ? ", %s" : "%s",
		    part_role(titles, t->roles.items[i], f->parts.r->lang));
}

static bool put_task(const fill *f, fria_buf *out, const char *name)
{
	const fria_judgement *j =
	    &f->parts.r->evaluation->items[f->item.judgement];
	const fria_task *t = &f->parts.in->tasks[j->question.task];
	fria_lang lang = f->parts.r->lang;
	if (!strcmp(name, "id"))
		put(out, t->id);
	else if (!strcmp(name, "title"))
		put(out, fria_task_title(t, lang));
	else if (!strcmp(name, "state"))
		put(out, fria_word_text(fria_state_word(j->state), lang));
	else if (!strcmp(name, "roles"))
		put_roles(f, out, t);
	else if (!strcmp(name, "value"))
		put_value(f, out, j->question.task, j->question.row);
	else
		return false;
	return true;
}

static bool put_measure(const fill *f, fria_buf *out, const char *name)
{
	const fria_measure *m = f->item.measure;
	if (!strcmp(name, "text"))
		put(out, m->text);
	else if (!strcmp(name, "owner"))
		put(out, m->owner);
	else if (!strcmp(name, "due"))
		part_day(out, m->due, f->parts.r->lang);
	else if (!strcmp(name, "status"))
		part_measure_status(&f->parts, out, m);
	else
		return false;
	return true;
}

static bool put_approval(const fill *f, fria_buf *out, const char *name)
{
	const fria_approval *a = f->item.approval;
	fria_lang lang = f->parts.r->lang;
	if (!strcmp(name, "role"))
		put(out, part_role(f->parts.r->input->roles, a->role, lang));
	else if (!strcmp(name, "kind"))
		put(out, fria_approval_kind_say(a, lang));
	else if (!strcmp(name, "value"))
		put(out, fria_approval_value_say(a, lang));
	else if (!strcmp(name, "date"))
		part_day(out, a->decided_on ? a->decided_on : a->at, lang);
	else if (!strcmp(name, "until"))
		part_day(out, a->valid_until, lang);
	else if (!strcmp(name, "by"))
		part_name(out, f->parts.r, a->by);
	else if (!strcmp(name, "note"))
		put(out, a->note);
	else if (!strcmp(name, "response"))
		put(out, a->response);
	else if (!strcmp(name, "reference"))
		put(out, a->reference);
	else
		return false;
	return true;
}

static bool put_version(const fill *f, fria_buf *out, const char *name)
{
	const fria_report_version *v = f->item.version;
	if (!strcmp(name, "version"))
		put(out, v->name);
	else if (!strcmp(name, "release"))
		put(out, v->release);
	else if (!strcmp(name, "date"))
		fria_day_say(out, f->parts.r->lang, v->at);
	else
		return false;
	return true;
}

static bool put_element(const fill *f, fria_buf *out, const char *name)
{
	const char letter[] = {f->item.letter, '\0'};
	const fria_element *one =
	    &f->parts.r->evaluation->elements[f->item.letter - 'a'];
	if (!strcmp(name, "letter"))
		put(out, letter);
	else if (!strcmp(name, "element"))
		put(out, part_element(f->item.letter, f->parts.r->lang));
	else if (!strcmp(name, "changed"))
		part_element_state(&f->parts, out, one);
	else
		return false;
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
	case ITEM_CONDITION:
		if (strcmp(name, "condition") != 0)
			return false;
		put(out, f->item.condition);
		return true;
	default:
		return false;
	}
}

void fill_field(const fill *f, fria_buf *out, const fria_strings *words)
{
	const char *name = words->items[0];
	if (words->n > 1)
		put_argument(f, out, name, words->items[1]);
	else if (!put_item(f, out, name) && !put_general(f, out, name))
		put_derived(f, out, name);
}
