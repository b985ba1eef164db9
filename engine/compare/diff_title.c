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
	put_short(out, text.text, strcspn(text.text, "\n"));
	fria_buf_dispose(&text);
}

static void say_row(fria_buf *out, const fria_place *p, const char *id,
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
		fria_buf_puts(out, d->key);
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

void fria_difference_group(fria_buf *out, const fria_diff *diff,
			   const fria_difference *d, size_t n, fria_lang lang)
{
	const fria_task *t =
	    &diff->to.instrument->tasks[fria_diff_group(diff, d)];
	char *answers = fria_format("%zu", n);
	fria_buf_printf(out, "%s %s (", t->id, fria_task_title(t, lang));
	fria_say(out, lang, FRIA_W_eval_cells, "answers", answers, NULL);
	fria_buf_putc(out, ')');
	free(answers);
}
