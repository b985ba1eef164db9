/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A change in words, the same for every view: what it is about, what it was
 * and what it is. It arranges nothing and marks nothing up.
 */
#include "compare.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

fria_word fria_weight_word(fria_weight weight)
{
	static const fria_word words[] = {
	    FRIA_W_diff_verdict, FRIA_W_diff_decision, FRIA_W_diff_risk,
	    FRIA_W_diff_judge,	 FRIA_W_diff_measure,  FRIA_W_diff_application,
	    FRIA_W_diff_fact,	 FRIA_W_diff_answer,   FRIA_W_diff_talk,
	    FRIA_W_diff_settled, FRIA_W_diff_prose,    FRIA_W_diff_editorial};
	return words[weight];
}

const char *fria_weight_id(fria_weight weight)
{
	static const char *const ids[] = {
	    "verdict", "decision", "risk", "judge",   "measure", "application",
	    "fact",    "answer",   "talk", "settled", "prose",	 "editorial"};
	return ids[weight];
}

fria_word fria_difference_word(const fria_difference *d)
{
	static const fria_word words[] = {
	    FRIA_W_change_verdict,     FRIA_W_change_approval_given,
	    FRIA_W_approval_lapsed,    FRIA_W_change_restored,
	    FRIA_W_change_conclusion,  FRIA_W_change_score,
	    FRIA_W_change_state,       FRIA_W_change_measure,
	    FRIA_W_change_instrument,  FRIA_W_change_release,
	    FRIA_W_change_in_use,      FRIA_W_change_event,
	    FRIA_W_change_superseded,  FRIA_W_change_origin,
	    FRIA_W_change_fact,	       FRIA_W_change_measurement,
	    FRIA_W_change_other,       FRIA_W_change_waived,
	    FRIA_W_change_removed,     FRIA_W_change_row_added,
	    FRIA_W_change_row_removed, FRIA_W_change_row_moved,
	    FRIA_W_change_added,       FRIA_W_change_changed,
	    FRIA_W_change_dissent,     FRIA_W_change_comment,
	    FRIA_W_change_resolved,    FRIA_W_change_meeting,
	    FRIA_W_change_confirmed,   FRIA_W_change_editorial};
	if (d->kind == FRIA_CHANGE_APPROVAL && d->before)
		return d->after ? FRIA_W_change_approval_other
				: FRIA_W_change_approval_taken;
	if (d->kind == FRIA_CHANGE_LAPSED)
		return fria_lapsed_word(d->because);
	if (d->kind == FRIA_CHANGE_COMMENT && !d->after)
		return FRIA_W_change_comment_taken;
	return words[d->kind];
}

/* --- alike, and how many --- */

static bool same_text(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

static bool same_values(const fria_difference *a, const fria_difference *b)
{
	return same_text(json_string_value(a->before),
			 json_string_value(b->before)) &&
	       same_text(json_string_value(a->after),
			 json_string_value(b->after));
}

/* The repeating group on the side after, or FRIA_NONE. */
static size_t group_of(const fria_diff *diff, const fria_difference *d)
{
	const fria_instrument *in = diff->to.instrument;
	size_t task =
	    d->row && d->task ? fria_instrument_find(in, d->task) : FRIA_NONE;
	return task == FRIA_NONE ? FRIA_NONE : in->tasks[task].rows;
}

static bool is_kind(const json_t *cause, const char *kind)
{
	return same_text(fria_json_text(cause, "kind"), kind);
}

/* A value that nobody stood for is named one by one. */
static bool is_edited(const json_t *because)
{
	size_t i;
	json_t *one;
	json_array_foreach(because, i, one) {
		if (is_kind(one, fria_cause_id(FRIA_BY_EDIT)))
			return true;
	}
	return false;
}

/* In rows of one group, in the same state and for the same reasons; what is
 * still to be answered is named one by one. */
static bool alike_in_rows(const fria_diff *diff, const fria_difference *a,
			  const fria_difference *b)
{
	return a->kind == FRIA_CHANGE_STATE && a->row && b->row && a->because &&
	       b->because && same_values(a, b) &&
	       group_of(diff, a) != FRIA_NONE &&
	       group_of(diff, a) == group_of(diff, b) &&
	       json_equal(a->because, b->because) && !is_edited(a->because);
}

static bool alike(const fria_diff *diff, const fria_difference *a,
		  const fria_difference *b)
{
	if (a->kind != b->kind || a->weight != b->weight)
		return false;
	if (a->weight == FRIA_WEIGHT_JUDGE)
		return alike_in_rows(diff, a, b);
	if (a->weight != FRIA_WEIGHT_SETTLED)
		return false;
	if (a->kind == FRIA_CHANGE_CONFIRMED)
		return same_text(a->by, b->by) && same_text(a->note, b->note);
	return same_values(a, b);
}

size_t fria_diff_together(fria_strings *ids, const fria_diff *diff, size_t i)
{
	const fria_difference *first = &diff->items[i];
	size_t n = 0;
	for (size_t k = 0; k < i; k++)
		if (alike(diff, &diff->items[k], first))
			return 0;
	for (size_t k = i; k < diff->n; k++) {
		const fria_difference *d = &diff->items[k];
		if (k > i && !alike(diff, first, d))
			continue;
		n++;
		if (ids && d->task && !fria_strings_has(ids, d->task))
			fria_strings_add(ids, d->task);
	}
	return n;
}

static fria_word counted_word(const fria_difference *d)
{
	const char *after = json_string_value(d->after);
	for (int i = 0; d->kind == FRIA_CHANGE_STATE && i <= FRIA_SUSPECT; i++)
		if (same_text(after, fria_state_id((fria_state)i)))
			return fria_state_word((fria_state)i);
	return fria_difference_word(d);
}

void fria_diff_count(fria_stats *out, const fria_diff *diff)
{
	*out = (fria_stats){NULL, 0};
	for (size_t i = 0; i < diff->n; i++) {
		const fria_difference *d = &diff->items[i];
		fria_word word = counted_word(d);
		size_t k = 0;
		while (k < out->n && (out->items[k].weight != d->weight ||
				      out->items[k].word != word))
			k++;
		if (k == out->n)
			*FRIA_PUSH(out) = (fria_stat){d->weight, word, 0};
		out->items[k].count++;
	}
}

bool fria_difference_is_prose(const fria_difference *d)
{
	bool answer =
	    d->kind == FRIA_CHANGE_CHANGED || d->kind == FRIA_CHANGE_EDITORIAL;
	return answer &&
	       (d->weight == FRIA_WEIGHT_PROSE ||
		d->weight == FRIA_WEIGHT_MEASURE ||
		d->weight == FRIA_WEIGHT_EDITORIAL) &&
	       fria_json_text(d->before, "value") &&
	       fria_json_text(d->after, "value");
}

void fria_side_say(fria_buf *out, const fria_side *side, fria_lang lang)
{
	if (side->version)
		fria_buf_puts(out, side->version);
	else if (side->revision)
		fria_buf_puts(out, side->revision);
	else if (side->commit)
		fria_buf_put(out, side->commit, strnlen(side->commit, 10));
	else
		fria_say(out, lang, FRIA_W_diff_work_tree, NULL);
}

void fria_difference_by(fria_buf *out, const fria_difference *d)
{
	if (d->by)
		fria_buf_put(out, d->by, fria_person_length(d->by));
}

/* "1 word", "12 words". */
static void say_words(fria_buf *out, size_t words, fria_lang lang)
{
	char *number = fria_format("%zu", words);
	fria_say(out, lang,
		 words == 1 ? FRIA_W_diff_one_word : FRIA_W_diff_words, "count",
		 number, NULL);
	free(number);
}

void fria_left_out_say(fria_buf *out, size_t blocks, size_t words,
		       fria_lang lang)
{
	fria_buf text = FRIA_BUF_INIT;
	char *number = fria_format("%zu", blocks);
	say_words(&text, words, lang);
	fria_say(out, lang,
		 !blocks       ? FRIA_W_diff_same_words
		 : blocks == 1 ? FRIA_W_diff_same_block
			       : FRIA_W_diff_same_blocks,
		 "blocks", number, "words", text.text, NULL);
	free(number);
	fria_buf_dispose(&text);
}

/* --- where it stands --- */

typedef struct {
	const fria_side *side;
	size_t task; /* in its instrument, or FRIA_NONE */
} place;

/* The question on one side; for what came or went only one side knows it. */
static place place_on(const fria_diff *diff, const fria_difference *d,
		      bool after)
{
	const fria_side *side = after ? &diff->to : &diff->from;
	const char *id = !after && d->was_task ? d->was_task : d->task;
	place p = {side,
		   id ? fria_instrument_find(side->instrument, id) : FRIA_NONE};
	return p;
}

static place place_of(const fria_diff *diff, const fria_difference *d)
{
	bool after = d->after || !d->before;
	place p = place_on(diff, d, after);
	return p.task == FRIA_NONE ? place_on(diff, d, !after) : p;
}

/* At most this much of a row's text is its label, cut after a word. */
static void put_short(fria_buf *out, const char *text, size_t n)
{
	size_t at = 0;
	uint32_t c;
	for (size_t count = 0; at < n && count < 60; count++)
		at += fria_utf8_next(&c, text + at, n - at);
	while (at < n && at > 0 && text[at] != ' ')
		at--;
	fria_buf_put(out, text, at ? at : n);
	if (at && at < n)
		fria_buf_puts(out, " …");
}

/* The first cell of a row that says something, in its first line. */
static void say_label(fria_buf *out, const place *p, const json_t *row,
		      fria_lang lang)
{
	const fria_instrument *in = p->side->instrument;
	size_t group = in->tasks[p->task].rows;
	fria_buf text = FRIA_BUF_INIT;
	for (size_t i = group; i < in->tasks[group].end && !text.n; i++) {
		const json_t *value = json_object_get(
		    json_object_get(row, in->tasks[i].id), "value");
		if (value && in->tasks[i].answerable)
			fria_value_say(&text, in, i, value, lang);
	}
	put_short(out, text.text, strcspn(text.text, "\n"));
	fria_buf_dispose(&text);
}

static void say_row(fria_buf *out, const place *p, const char *id,
		    fria_lang lang)
{
	const fria_instrument *in = p->side->instrument;
	size_t group = in->tasks[p->task].rows, i;
	char number[24];
	json_t *row, *rows;
	if (group == FRIA_NONE)
		return;
	rows = fria_assessment_rows(p->side->assessment, in, group);
	json_array_foreach(rows, i, row) {
		const char *own = fria_json_text(row, "id");
		fria_buf label = FRIA_BUF_INIT;
		if (!own || strcmp(own, id) != 0)
			continue;
		snprintf(number, sizeof number, "%zu", i + 1);
		say_label(&label, p, row, lang);
		fria_buf_puts(out, ", ");
		fria_say(out, lang,
			 label.n ? FRIA_W_diff_row_label : FRIA_W_diff_row,
			 "number", number, "label", label.text, NULL);
		fria_buf_dispose(&label);
		return;
	}
}

static void say_member(fria_buf *out, const fria_difference *d, fria_lang lang)
{
	static const struct {
		const char *pointer;
		fria_word word;
	} members[] = {{"/name", FRIA_W_diff_member_name},
		       {"/source", FRIA_W_diff_member_source},
		       {"/language", FRIA_W_diff_member_language},
		       {"/basis", FRIA_W_diff_member_basis},
		       {"/withheld", FRIA_W_diff_member_withheld},
		       {"/origin", FRIA_W_change_origin}};
	for (size_t i = 0; i < sizeof members / sizeof *members; i++)
		if (!strcmp(members[i].pointer, d->pointer)) {
			fria_say(out, lang, members[i].word, NULL);
			return;
		}
	fria_buf_puts(out, d->pointer + 1);
}

static void say_task(fria_buf *out, const fria_diff *diff,
		     const fria_difference *d, fria_lang lang)
{
	place p = place_of(diff, d);
	fria_buf_puts(out, d->task);
	if (p.task == FRIA_NONE)
		return;
	fria_buf_printf(
	    out, " %s",
	    fria_task_title(&p.side->instrument->tasks[p.task], lang));
	if (d->was_task) {
		fria_buf_puts(out, " (");
		fria_say(out, lang, FRIA_W_diff_was_task, "task", d->was_task,
			 NULL);
		fria_buf_putc(out, ')');
	}
	if (d->row)
		say_row(out, &p, d->row, lang);
	if (d->kind == FRIA_CHANGE_OTHER) {
		fria_buf_puts(out, ", ");
		say_member(out, d, lang);
	}
}

static void say_role(fria_buf *out, const fria_diff *diff,
		     const fria_difference *d, fria_lang lang)
{
	const json_t *one = d->after ? d->after : d->before;
	fria_word kind;
	if (fria_approval_kind_word(&kind, fria_json_text(one, "kind"))) {
		fria_say(out, lang, kind, NULL);
		fria_buf_puts(out, ", ");
	}
	fria_buf_puts(out, fria_role_title(diff->to.roles, d->key, lang));
}

/* A metric by its own title. */
static void say_fact(fria_buf *out, const fria_diff *diff,
		     const fria_difference *d, fria_lang lang)
{
	const fria_side *side = d->after ? &diff->to : &diff->from;
	const json_t *metric = !strncmp(d->pointer, "/monitoring/", 12)
				   ? fria_fact(side->application, d->pointer)
				   : NULL;
	const char *name = fria_json_text(metric, "name");
	fria_buf_puts(out, name ? name : fria_fact_title(d->pointer, lang));
}

void fria_difference_title(fria_buf *out, const fria_diff *diff,
			   const fria_difference *d, fria_lang lang)
{
	if (d->weight == FRIA_WEIGHT_DECISION && d->key)
		say_role(out, diff, d, lang);
	else if (d->kind == FRIA_CHANGE_CONCLUSION && d->key)
		fria_buf_puts(out, d->key);
	else if (d->task)
		say_task(out, diff, d, lang);
	else if (d->kind == FRIA_CHANGE_EVENT && fria_theme_is(d->key))
		fria_say(out, lang, fria_theme_word(d->key), NULL);
	else if (d->kind == FRIA_CHANGE_OTHER)
		say_member(out, d, lang);
	else if (d->pointer)
		say_fact(out, diff, d, lang);
}

void fria_difference_group(fria_buf *out, const fria_diff *diff,
			   const fria_difference *d, size_t n, fria_lang lang)
{
	const fria_task *t = &diff->to.instrument->tasks[group_of(diff, d)];
	char *answers = fria_format("%zu", n);
	fria_buf_printf(out, "%s %s (", t->id, fria_task_title(t, lang));
	fria_say(out, lang, FRIA_W_eval_cells, "answers", answers, NULL);
	fria_buf_putc(out, ')');
	free(answers);
}

/* --- what it was, what it is --- */

static void say_slug(fria_buf *out, const json_t *value, fria_lang lang,
		     fria_change_kind kind)
{
	const char *text = json_string_value(value);
	if (!text)
		return;
	for (int i = 0; kind == FRIA_CHANGE_VERDICT && i <= FRIA_CURRENT; i++)
		if (!strcmp(text, fria_verdict_id((fria_verdict)i)))
			text = fria_word_text(
			    fria_verdict_word((fria_verdict)i), lang);
	for (int i = 0; kind == FRIA_CHANGE_STATE && i <= FRIA_SUSPECT; i++)
		if (!strcmp(text, fria_state_id((fria_state)i)))
			text = fria_word_text(fria_state_word((fria_state)i),
					      lang);
	fria_buf_puts(out, text);
}

static void say_answer(fria_buf *out, const place *p, const json_t *form,
		       fria_lang lang)
{
	const json_t *value = json_object_get(form, "value");
	const json_t *waived = json_object_get(form, "waived");
	const char *reason = fria_json_text(waived, "reason");
	const char *reference = fria_json_text(waived, "reference");
	if (reason)
		fria_buf_puts(out, reason);
	if (reference)
		fria_buf_printf(out, reason ? " (%s)" : "%s", reference);
	if (value && p->task != FRIA_NONE)
		fria_value_say(out, p->side->instrument, p->task, value, lang);
	else if (value)
		fria_fact_say(out, value, lang);
}

/* "Title: value" for each cell that says something. */
static void say_cells(fria_buf *out, const place *p, const json_t *row,
		      fria_lang lang)
{
	const fria_instrument *in = p->side->instrument;
	if (p->task == FRIA_NONE || in->tasks[p->task].rows == FRIA_NONE)
		return;
	size_t group = in->tasks[p->task].rows;
	for (size_t i = group; i < in->tasks[group].end; i++) {
		const place cell = {p->side, i};
		json_t *form =
		    fria_answer_form(json_object_get(row, in->tasks[i].id));
		fria_buf value = FRIA_BUF_INIT;
		if (in->tasks[i].answerable)
			say_answer(&value, &cell, form, lang);
		if (value.n)
			fria_buf_printf(out, "%s%s: %s", out->n ? "\n\n" : "",
					fria_task_title(&in->tasks[i], lang),
					value.text);
		fria_buf_dispose(&value);
		json_decref(form);
	}
}

static void add_part(fria_buf *out, const char *between, const char *text)
{
	if (text && *text)
		fria_buf_printf(out, "%s%s", out->n ? between : "", text);
}

static void say_approval(fria_buf *out, const json_t *a, fria_lang lang)
{
	const char *text;
	size_t i;
	json_t *one;
	add_part(out, "", fria_approval_value_say(a, lang));
	add_part(out, ". ", fria_json_text(a, "note"));
	add_part(out, ". ", fria_json_text(a, "response"));
	json_array_foreach(json_object_get(a, "conditions"), i, one) {
		text = json_is_string(one) ? json_string_value(one)
					   : fria_json_text(one, "text");
		add_part(out, "\n- ", text);
	}
}

static void say_measurement(fria_buf *out, const json_t *one, fria_lang lang)
{
	fria_buf value = FRIA_BUF_INIT;
	const char *date = fria_json_text(one, "date");
	if (!one)
		return;
	fria_fact_say(&value, json_object_get(one, "value"), lang);
	if (date)
		fria_say(out, lang, FRIA_W_diff_on, "value", value.text, "date",
			 date, NULL);
	else
		fria_buf_puts(out, value.text);
	fria_buf_dispose(&value);
}

static void say_event(fria_buf *out, const json_t *one, fria_lang lang)
{
	const json_t *changed = json_object_get(one, "changed");
	if (changed)
		fria_say(out, lang,
			 json_is_true(changed) ? FRIA_W_yes : FRIA_W_no, NULL);
	add_part(out, ": ", fria_json_text(one, "text"));
}

static void say_in_use(fria_buf *out, const json_t *one, fria_lang lang)
{
	const char *from = fria_json_text(one, "from");
	const char *to = fria_json_text(one, "to");
	if (from && to)
		fria_say(out, lang, FRIA_W_diff_until, "from", from, "to", to,
			 NULL);
	else if (from)
		fria_say(out, lang, FRIA_W_diff_since, "from", from, NULL);
}

static void say_meeting(fria_buf *out, const json_t *one)
{
	size_t i;
	json_t *role;
	add_part(out, "", fria_json_text(one, "date"));
	json_array_foreach(json_object_get(one, "roles"), i, role)
		add_part(out, ", ", json_string_value(role));
}

/* {"value", "text"}: the word for it, else the value. */
static void say_result(fria_buf *out, const json_t *one, fria_lang lang)
{
	const char *text = fria_json_text(one, "text");
	const char *level = fria_json_text(one, "level");
	if (text || level)
		fria_buf_puts(out, text ? text : level);
	else if (one)
		fria_fact_say(out, json_object_get(one, "value"), lang);
}

static void say_number(fria_buf *out, const json_t *value, fria_lang lang)
{
	char *number =
	    fria_format("%lld", (long long)json_integer_value(value));
	fria_say(out, lang, FRIA_W_diff_place, "number", number, NULL);
	free(number);
}

/* An item a line, in the same order on both sides: that of a fact's items says
 * nothing. */
static void say_list(fria_buf *out, const json_t *value, fria_lang lang)
{
	fria_strings items = FRIA_STRINGS_INIT;
	size_t i;
	json_t *one;
	if (!json_is_array(value) || json_array_size(value) < 2) {
		fria_fact_say(out, value, lang);
		return;
	}
	json_array_foreach(value, i, one) {
		fria_buf text = FRIA_BUF_INIT;
		fria_fact_say(&text, one, lang);
		fria_strings_add(&items, text.text);
		fria_buf_dispose(&text);
	}
	fria_strings_sort(&items);
	for (i = 0; i < items.n; i++)
		fria_buf_printf(out, i ? "\n- %s" : "- %s", items.items[i]);
	fria_strings_dispose(&items);
}

void fria_difference_value(fria_buf *out, const fria_diff *diff,
			   const fria_difference *d, bool after, fria_lang lang)
{
	const json_t *value = after ? d->after : d->before;
	place p = place_on(diff, d, after);
	if (!value)
		return;
	switch (d->kind) {
	case FRIA_CHANGE_VERDICT:
	case FRIA_CHANGE_STATE:
		say_slug(out, value, lang, d->kind);
		break;
	case FRIA_CHANGE_APPROVAL:
	case FRIA_CHANGE_LAPSED:
	case FRIA_CHANGE_RESTORED:
		say_approval(out, value, lang);
		break;
	case FRIA_CHANGE_CONCLUSION:
	case FRIA_CHANGE_SCORE:
		say_result(out, value, lang);
		break;
	case FRIA_CHANGE_IN_USE:
		say_in_use(out, value, lang);
		break;
	case FRIA_CHANGE_EVENT:
		say_event(out, value, lang);
		break;
	case FRIA_CHANGE_COMMENT:
	case FRIA_CHANGE_RESOLVED:
		add_part(out, "", fria_json_text(value, "text"));
		break;
	case FRIA_CHANGE_ORIGIN:
		add_part(out, "", fria_json_text(value, "from"));
		add_part(out, " ", fria_json_text(value, "version"));
		break;
	case FRIA_CHANGE_MEETING:
		say_meeting(out, value);
		break;
	case FRIA_CHANGE_MEASUREMENT:
		say_measurement(out, value, lang);
		break;
	case FRIA_CHANGE_ROW_MOVED:
		say_number(out, value, lang);
		break;
	case FRIA_CHANGE_ROW_ADDED:
	case FRIA_CHANGE_ROW_REMOVED:
		say_cells(out, &p, value, lang);
		break;
	case FRIA_CHANGE_INSTRUMENT:
	case FRIA_CHANGE_RELEASE:
	case FRIA_CHANGE_SUPERSEDED:
	case FRIA_CHANGE_DISSENT:
		add_part(out, "", json_string_value(value));
		break;
	case FRIA_CHANGE_FACT:
	case FRIA_CHANGE_OTHER:
		say_list(out, value, lang);
		break;
	default:
		say_answer(out, &p, value, lang);
	}
}

/* --- why --- */

static const struct {
	const char *kind;
	fria_word word;
} causes[] = {{"fact", FRIA_W_diff_because_fact},
	      {"answer", FRIA_W_diff_because_answer},
	      {"edited", FRIA_W_diff_because_edited},
	      {"instrument", FRIA_W_diff_because_question},
	      {"monitoring", FRIA_W_diff_because_monitoring},
	      {"event", FRIA_W_diff_because_event}};

static void say_what(fria_buf *out, const fria_diff *diff, const json_t *cause,
		     fria_lang lang)
{
	const char *pointer = fria_json_text(cause, "pointer");
	const char *theme = fria_json_text(cause, "theme");
	const char *task = fria_json_text(cause, "task");
	const char *metric = fria_json_text(cause, "metric");
	const char *name = fria_json_text(
	    json_object_get(json_object_get(diff->to.application, "monitoring"),
			    metric ? metric : ""),
	    "name");
	if (pointer)
		fria_buf_puts(out, fria_fact_title(pointer, lang));
	else if (theme && fria_theme_is(theme))
		fria_say(out, lang, fria_theme_word(theme), NULL);
	else if (task)
		fria_buf_puts(out, task);
	else if (metric)
		fria_buf_puts(out, name ? name : metric);
}

static void say_cause(fria_buf *out, const fria_diff *diff, const json_t *cause,
		      fria_lang lang)
{
	const char *kind = fria_json_text(cause, "kind");
	fria_buf what = FRIA_BUF_INIT;
	say_what(&what, diff, cause, lang);
	for (size_t i = 0; kind && i < sizeof causes / sizeof *causes; i++) {
		fria_word word = causes[i].word;
		if (strcmp(causes[i].kind, kind) != 0)
			continue;
		if (word == FRIA_W_diff_because_question && !what.n)
			word = FRIA_W_diff_because_instrument;
		fria_say(out, lang, word, "what", what.text, NULL);
		fria_buf_putc(out, '\n');
	}
	fria_buf_dispose(&what);
}

/* What to judge first, in one line; of a group's rows the group. */
static void say_upstream(fria_buf *out, const fria_diff *diff,
			 const json_t *because, fria_lang lang)
{
	const fria_instrument *in = diff->to.instrument;
	fria_strings names = FRIA_STRINGS_INIT;
	fria_buf list = FRIA_BUF_INIT;
	size_t i;
	json_t *one;
	json_array_foreach(because, i, one) {
		const char *id = fria_json_text(one, "task");
		if (!is_kind(one, "upstream") || !id)
			continue;
		size_t task = fria_instrument_find(in, id);
		if (task != FRIA_NONE && in->tasks[task].rows != FRIA_NONE)
			id = in->tasks[in->tasks[task].rows].id;
		if (!fria_strings_has(&names, id))
			fria_strings_add(&names, id);
	}
	for (i = 0; i < names.n; i++)
		fria_buf_printf(&list, i ? ", %s" : "%s", names.items[i]);
	if (names.n) {
		fria_say(out, lang, FRIA_W_diff_because_upstream, "what",
			 list.text, NULL);
		fria_buf_putc(out, '\n');
	}
	fria_strings_dispose(&names);
	fria_buf_dispose(&list);
}

void fria_difference_because(fria_buf *out, const fria_diff *diff,
			     const fria_difference *d, fria_lang lang)
{
	size_t i;
	json_t *one;
	say_upstream(out, diff, d->because, lang);
	json_array_foreach(d->because, i, one) {
		if (d->kind != FRIA_CHANGE_LAPSED ||
		    json_object_size(one) < 2) {
			say_cause(out, diff, one, lang);
			continue;
		}
		fria_lapse_say(out, one, lang);
		fria_buf_putc(out, '\n');
	}
}
