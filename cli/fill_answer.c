/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * An answer in `fria fill`: a line, several lines, the numbers of options, or a
 * text from an editor. The engine reads it; here it is only gathered.
 */
#include "fill.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* What was noted, in the words of the choice, or as a day was understood; else
 * that it was. */
static void put_noted(filling *f, const char *chosen)
{
	fria_buf list = FRIA_BUF_INIT;
	for (const char *c = chosen ? chosen : ""; *c; c++)
		if (*c != '\n')
			fria_buf_putc(&list, *c);
		else if (c[1])
			fria_buf_puts(&list, "; ");
	if (chosen)
		put_sentence(f->c, GREEN, FRIA_W_fill_noted_as, "value",
			     list.text, NULL);
	else
		put_sentence(f->c, GREEN, FRIA_W_fill_noted, NULL);
	fria_buf_dispose(&list);
}

/* What stands there is not written over by what was meant for another
 * question, or as a letter. */
static bool may_replace(filling *f, const fill_turn *t, const char *text)
{
	fria_error err = FRIA_ERROR_INIT;
	fria_buf before = FRIA_BUF_INIT;
	const json_t *value = fria_assessment_value(
	    t->at->s->assessment, t->at->s->instrument, t->q.task, t->q.row);
	if (value && !t->q.fresh)
		fria_snapshot_say(&before, t->at->s, t->q.task, value,
				  f->c->lang);
	bool asks =
	    f->c->in->terminal && before.n && strcmp(before.text, text) != 0;
	fria_buf_dispose(&before);
	if (!asks)
		return true;
	/* What cannot be the answer is said before anything is asked. */
	int code = fria_answer_try(f->c->ws, &t->target, text, &err);
	if (code)
		fill_refuse(f, &err);
	return !code && fill_ask_yes(f, FRIA_W_fill_replace, false);
}

/* What was written, and that it was; typed: "" for nothing. */
static fill_outcome settle(filling *f, const fill_turn *t,
			   const fria_edited *done, const char *typed,
			   const char *chosen)
{
	fill_written(f, t, done, typed);
	if (done->changed)
		put_noted(f, chosen		 ? chosen
			     : *done->understood ? done->understood
						 : NULL);
	else
		put_sentence(f->c, GREEN, FRIA_W_fill_same, NULL);
	char *now = fria_format("%s/%s", t->target.task, done->row);
	fria_strings_add(&f->visited, now);
	free(now);
	return MOVE;
}

/* chosen: the labels of what was chosen, or NULL for a text. */
static fill_outcome give(filling *f, const fill_turn *t, const char *text,
			 const char *chosen)
{
	fria_error err = FRIA_ERROR_INIT;
	fria_edited done;
	if (fria_answer(&done, f->c->ws, &t->target, text, &err))
		return fill_refuse(f, &err);
	return settle(f, t, &done, text, chosen);
}

/* --- what is offered --- */

/* The nth that is offered for the question, from 0; NULL: there is none. */
static const fria_proposal *offered(const fill_turn *t, size_t nth)
{
	const fria_snapshot *s = t->at->s;
	const fria_proposals *all = &t->at->standing.result.proposals;
	for (size_t i = 0; i < all->n; i++)
		if (fria_proposal_is_for(&all->items[i], s->instrument,
					 s->assessment, t->q.task,
					 t->q.fresh ? NULL : t->q.row) &&
		    !nth--)
			return &all->items[i];
	return NULL;
}

void fill_put_offered(filling *f, const fill_turn *t)
{
	if (offered(t, 0))
		put_sentence(f->c, DIM, FRIA_W_fill_offered, NULL);
}

/* Which of several; "" where there is one; NULL: none. The caller frees. */
static char *ask_which(filling *f, const fill_turn *t)
{
	if (!offered(t, 0)) {
		put_sentence(f->c, RED, FRIA_W_proposal_none, "task",
			     t->target.task, NULL);
		return NULL;
	}
	return offered(t, 1) ? fill_ask_text(f, FRIA_W_fill_which_proposal)
			     : fria_strdup("");
}

fill_outcome fill_take_proposal(filling *f, const fill_turn *t)
{
	fria_error err = FRIA_ERROR_INIT;
	fria_edited done;
	char *id = ask_which(f, t);
	if (!id)
		return STAY;
	int code = fria_proposal_take(&done, f->c->ws, &t->target,
				      *id ? id : NULL, &err);
	free(id);
	return code ? fill_refuse(f, &err) : settle(f, t, &done, "", NULL);
}

/* Lines up to one with a dot alone; false if that did not come. */
static bool collect(filling *f, fria_buf *text)
{
	while (fill_ask_line(f, FRIA_W_fill_more_prompt)) {
		if (!strcmp(f->line.text, "."))
			return true;
		if (!fill_is_text(f))
			continue;
		fria_buf_put(text, f->line.text, f->line.n);
		fria_buf_putc(text, '\n');
	}
	return false;
}

static fill_outcome give_lines(filling *f, const fill_turn *t,
			       const char *first)
{
	fria_buf text = FRIA_BUF_INIT;
	fill_outcome after = STAY;
	put_sentence(f->c, PLAIN,
		     first ? FRIA_W_fill_pasted : FRIA_W_fill_several, NULL);
	if (first)
		fria_buf_printf(&text, "%s\n", first);
	if (!collect(f, &text))
		after = LEAVE;
	else if (strspn(text.text, " \t\n") < text.n &&
		 may_replace(f, t, text.text))
		after = give(f, t, text.text, NULL);
	fria_buf_dispose(&text);
	return after;
}

/* The labels that numbers stand for, one a line; false if one is no number of
 * an option. */
static bool number_labels(fria_buf *out, const json_t *labels, const char *text)
{
	for (const char *at = text; *at;) {
		char *end;
		at += strspn(at, " ,;");
		if (!*at)
			break;
		unsigned long number = strtoul(at, &end, 10);
		if (end == at || !number || number > json_array_size(labels))
			return false;
		fria_buf_printf(
		    out, "%s\n",
		    json_string_value(json_array_get(labels, number - 1)));
		at = end;
	}
	return out->n > 0;
}

/* Lists the options that hold what was typed; false if none does. */
static bool put_matches(filling *f, const json_t *labels, const char *text)
{
	bool found = false;
	size_t i;
	json_t *one;
	json_array_foreach(labels, i, one) {
		if (!strcasestr(json_string_value(one), text))
			continue;
		if (!strcasecmp(json_string_value(one), text))
			return false;
		putf(f->c, PLAIN, "  %3zu  %s\n", i + 1,
		     json_string_value(one));
		found = true;
	}
	return found;
}

static fill_outcome choose(filling *f, const fill_turn *t, const json_t *labels)
{
	char *text = fria_strdup(f->line.text);
	fria_buf chosen = FRIA_BUF_INIT;
	fill_outcome after = STAY;
	if (strspn(text, "0123456789 ,;") < f->line.n) {
		if (!put_matches(f, labels, text) && may_replace(f, t, text))
			after = give(f, t, text, NULL);
	} else if (number_labels(&chosen, labels, text)) {
		if (may_replace(f, t, chosen.text))
			after = give(f, t, chosen.text, chosen.text);
	} else {
		put_sentence(f->c, RED, FRIA_W_fill_bad_number, "most",
			     FRIA_DIGITS(json_array_size(labels)), NULL);
	}
	fria_buf_dispose(&chosen);
	free(text);
	return after;
}

fill_outcome fill_take_answer(filling *f, const fill_turn *t)
{
	const fria_task *task = &t->at->s->instrument->tasks[t->q.task];
	json_t *labels = fria_asked_choices(&t->q, f->c->lang);
	char *text = fria_strdup(f->line.text);
	fill_outcome after;
	if (labels)
		after = choose(f, t, labels);
	else if (task->kind == FRIA_TEXT && f->c->in->terminal &&
		 lines_waiting(f->c->in))
		after = give_lines(f, t, text);
	else if (may_replace(f, t, text))
		after = give(f, t, text, NULL);
	else
		after = STAY;
	free(text);
	json_decref(labels);
	return after;
}

fill_outcome fill_several(filling *f, const fill_turn *t)
{
	return give_lines(f, t, NULL);
}

fill_outcome fill_in_editor(filling *f, const fill_turn *t)
{
	fria_error err = FRIA_ERROR_INIT;
	fria_buf before = FRIA_BUF_INIT, text = FRIA_BUF_INIT;
	const json_t *value = fria_assessment_value(
	    t->at->s->assessment, t->at->s->instrument, t->q.task, t->q.row);
	const fria_proposal *p = value ? NULL : offered(t, 0);
	fill_outcome after = STAY;
	show_now(f->c);
	fria_snapshot_say(&before, t->at->s, t->q.task, p ? p->value : value,
			  f->c->lang);
	int code = edit_text(&text, before.text, &err);
	lines_forget_interrupt();
	if (code)
		fill_refuse(f, &err);
	else if (strspn(text.text, " \t\r\n") == text.n)
		put_sentence(f->c, PLAIN, FRIA_W_fill_empty, NULL);
	else
		after = give(f, t, text.text, NULL);
	fria_buf_dispose(&before);
	fria_buf_dispose(&text);
	return after;
}
