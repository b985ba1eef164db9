/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a change is about, in words: the question and its row, the fact, the
 * role. What it was and is stands in diff_value.c.
 */
#include "diff_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

fria_place fria_diff_place_on(const fria_diff *diff, const fria_difference *d,
			      bool after)
{
	const fria_side *side = after ? &diff->to : &diff->from;
	const char *id = !after && d->was_task ? d->was_task : d->task;
	return (fria_place){side, diff->choices[after],
			    id ? fria_instrument_find(side->instrument, id)
			       : FRIA_NONE};
}

size_t fria_diff_group(const fria_diff *diff, const fria_difference *d)
{
	const fria_instrument *in = diff->to.instrument;
	size_t task =
	    d->row && d->task ? fria_instrument_find(in, d->task) : FRIA_NONE;
	return task == FRIA_NONE ? FRIA_NONE : in->tasks[task].rows;
}

static fria_place place_of(const fria_diff *diff, const fria_difference *d)
{
	bool after = fria_change_has(&d->after) || !fria_change_has(&d->before);
	fria_place p = fria_diff_place_on(diff, d, after);
	return p.task == FRIA_NONE ? fria_diff_place_on(diff, d, !after) : p;
}

/* The first cell of a row that says something, in its first line: a sentence
 * there is a name here, and goes without its full stop. */
static void say_label(fria_buf *out, const fria_place *p, const json_t *row,
		      fria_lang lang)
{
	const fria_instrument *in = p->side->instrument;
	size_t group = in->tasks[p->task].rows;
	fria_buf text = FRIA_BUF_INIT;
	for (size_t i = group; i < in->tasks[group].end && !text.n; i++) {
		const json_t *value = json_object_get(
		    json_object_get(row, in->tasks[i].id), "value");
		if (value && in->tasks[i].answerable)
			fria_choice_say(&text, p->choices[lang], i, value);
	}
	size_t n = strcspn(text.text, "\n");
	fria_buf_put(out, text.text, n - (n && text.text[n - 1] == '.'));
	fria_buf_dispose(&text);
}

static json_t *rows_at(const fria_place *p)
{
	const fria_instrument *in = p->side->instrument;
	size_t group = in->tasks[p->task].rows;
	return group == FRIA_NONE
		   ? NULL
		   : fria_assessment_rows(p->side->assessment, in, group);
}

/* "row 2: label"; nothing for a row that is not there. */
static void say_row(fria_buf *out, const fria_place *p, const char *id,
		    bool labelled, fria_lang lang)
{
	size_t i;
	json_t *row;
	json_array_foreach(rows_at(p), i, row) {
		const char *own = fria_json_text(row, "id");
		fria_buf label = FRIA_BUF_INIT;
		if (!own || strcmp(own, id) != 0)
			continue;
		if (labelled)
			say_label(&label, p, row, lang);
		fria_say(out, lang,
			 label.n ? FRIA_W_diff_row_label : FRIA_W_diff_row,
			 "number", FRIA_DIGITS(i + 1), "label", label.text,
			 NULL);
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
		       {"/origin", FRIA_W_change_origin},
		       {"/release", FRIA_W_change_release},
		       {"/in_use", FRIA_W_change_in_use},
		       {"/superseded_by", FRIA_W_change_superseded},
		       {"/instrument", FRIA_W_change_instrument},
		       {"/answers", FRIA_W_diff_answers},
		       {"/application", FRIA_W_diff_member_application},
		       {"/id", FRIA_W_diff_member_id},
		       {"/formerly", FRIA_W_diff_member_formerly}};
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
	fria_place p = place_of(diff, d);
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
	if (d->row) {
		fria_buf row = FRIA_BUF_INIT;
		say_row(&row, &p, d->row, true, lang);
		fria_buf_printf(out, row.n ? ", %s" : "", row.text);
		fria_buf_dispose(&row);
	}
	if (d->kind == FRIA_CHANGE_OTHER) {
		fria_buf_puts(out, ", ");
		say_member(out, d, lang);
	}
}

static void say_role(fria_buf *out, const fria_diff *diff,
		     const fria_difference *d, fria_lang lang)
{
	const fria_approval *one =
	    d->after.approval ? d->after.approval : d->before.approval;
	const char *kind = one ? fria_approval_kind_say(one, lang) : "";
	fria_buf_printf(out, *kind ? "%s, " : "%s", kind);
	fria_buf_puts(out, fria_role_title(diff->to.roles, d->key, lang));
}

/* A metric by its own title. */
static void say_fact(fria_buf *out, const fria_diff *diff,
		     const fria_difference *d, fria_lang lang)
{
	const fria_side *side = d->after.document ? &diff->to : &diff->from;
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
		fria_buf_puts(out, (d->after.conclusion ? d->after.conclusion
							: d->before.conclusion)
				       ->title);
	else if (d->task)
		say_task(out, diff, d, lang);
	else if (d->kind == FRIA_CHANGE_EVENT && d->key &&
		 fria_theme_is(d->key))
		fria_say(out, lang, fria_theme_word(d->key), NULL);
	else if (d->kind == FRIA_CHANGE_OTHER)
		say_member(out, d, lang);
	else if (d->pointer)
		say_fact(out, diff, d, lang);
}

/* --- several in the rows of one group --- */

/* "all 6 rows", "row 1: label; row 3: label": those of one question. */
static void say_rows(fria_buf *out, const fria_diff *diff,
		     const fria_positions *those, const char *task,
		     bool labelled, fria_lang lang)
{
	fria_buf rows = FRIA_BUF_INIT;
	size_t n = 0, all = 0;
	for (size_t i = 0; i < those->n; i++) {
		const fria_difference *d = &diff->items[those->items[i]];
		fria_place p = place_of(diff, d);
		if (!d->task || strcmp(d->task, task) != 0)
			continue;
		all = json_array_size(rows_at(&p));
		fria_buf_puts(&rows, n++ ? "; " : "");
		say_row(&rows, &p, d->row, labelled, lang);
	}
	if (n > 1 && n == all)
		fria_say(out, lang, FRIA_W_diff_rows_all, "count",
			 FRIA_DIGITS(n), NULL);
	else
		fria_buf_puts(out, rows.text);
	fria_buf_dispose(&rows);
}

static bool same_rows(const fria_diff *diff, const fria_positions *those,
		      const char *a, const char *b)
{
	fria_buf left = FRIA_BUF_INIT, right = FRIA_BUF_INIT;
	say_rows(&left, diff, those, a, false, FRIA_EN);
	say_rows(&right, diff, those, b, false, FRIA_EN);
	bool same = !strcmp(left.text, right.text);
	fria_buf_dispose(&left);
	fria_buf_dispose(&right);
	return same;
}

void fria_difference_group(fria_buf *out, const fria_diff *diff,
			   const fria_positions *those, fria_lang lang)
{
	const fria_difference *all = diff->items;
	const fria_instrument *in = diff->to.instrument;
	size_t group = fria_diff_group(diff, &all[those->items[0]]);
	fria_strings tasks = FRIA_STRINGS_INIT;
	for (size_t i = 0; i < those->n; i++)
		fria_strings_add_once(&tasks, all[those->items[i]].task);
	if (!tasks.n)
		return;
	if (tasks.n > 1)
		fria_buf_printf(out, "%s %s: ", in->tasks[group].id,
				fria_task_title(&in->tasks[group], lang));
	else
		fria_buf_printf(out, "%s ", tasks.items[0]);
	for (size_t i = 0; i < tasks.n; i++) {
		const char *task = tasks.items[i],
			   *next = i + 1 < tasks.n ? tasks.items[i + 1] : NULL;
		size_t at = fria_instrument_find(in, task);
		fria_buf_puts(out, fria_task_title(&in->tasks[at], lang));
		if (!next || !same_rows(diff, those, task, next)) {
			fria_buf_puts(out, " (");
			say_rows(out, diff, those, task, true, lang);
			fria_buf_putc(out, ')');
		}
		fria_buf_puts(out, next ? ", " : "");
	}
	fria_strings_dispose(&tasks);
}
