/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * fria fill: question after question in the terminal, those that need work
 * first. What is answered stands in the work tree at once; nothing else is
 * remembered, so that one can stop anywhere and go on later.
 */
#include "fill.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void show_question(filling *f, const fria_asked *q)
{
	fria_node *view = fria_document_body(fria_document_new(f->c->lang));
	put(f->c, PLAIN, "\n");
	fria_question_view(view, q);
	put_view(f->c, view);
}

/* --- the letters --- */

/* Of a group without rows, all its questions. */
static fill_outcome skip(filling *f, const fill_turn *t)
{
	const fria_instrument *in = t->at->s->instrument;
	size_t group = in->tasks[t->q.task].rows;
	if (!t->q.fresh)
		fria_strings_add(&f->skipped, t->place);
	for (size_t i = group; t->q.fresh && i < in->tasks[group].end; i++) {
		char *other = fria_format("%s/new", in->tasks[i].id);
		fria_strings_add(&f->skipped, other);
		free(other);
	}
	fria_strings_add(&f->visited, t->place);
	return MOVE;
}

static void drop(fria_strings *list, const char *text)
{
	size_t n = 0;
	for (size_t i = 0; i < list->n; i++)
		if (strcmp(list->items[i], text) != 0)
			list->items[n++] = list->items[i];
		else
			free(list->items[i]);
	list->n = n;
}

static fill_outcome back(filling *f, const fill_turn *t)
{
	(void)t;
	if (!f->visited.n) {
		put_sentence(f->c, RED, FRIA_W_fill_no_back, NULL);
		return STAY;
	}
	fill_forget(&f->next);
	f->next = f->visited.items[--f->visited.n];
	drop(&f->skipped, f->next);
	return MOVE;
}

static fill_outcome show_all(filling *f, const fill_turn *t)
{
	fria_asked whole = t->q;
	whole.unfold = NULL;
	show_question(f, &whole);
	return STAY;
}

static fill_outcome help(filling *f, const fill_turn *t)
{
	(void)t;
	put_wrapped(f->c, 2, fria_word_text(FRIA_W_fill_help, f->c->lang));
	return STAY;
}

static fill_outcome quit(filling *f, const fill_turn *t)
{
	(void)f, (void)t;
	return LEAVE;
}

static const struct {
	const char *letters; /* Dutch or English, in either language */
	fill_outcome (*run)(filling *f, const fill_turn *t);
} deeds[] = {{"m", fill_several}, {"e", fill_in_editor},
	     {"k", fill_keep},	  {"op", fill_take_proposal},
	     {"w", fill_waive},	  {"s", skip},
	     {"tb", back},	  {"a", show_all},
	     {"q", quit},	  {"?hg", help}};

static fill_outcome obey(filling *f, const fill_turn *t)
{
	for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++)
		if (f->line.n == 1 && strchr(deeds[i].letters, *f->line.text))
			return deeds[i].run(f, t);
	if (fill_is_blank(&f->line) || !fill_is_text(f))
		return STAY;
	fria_error err = FRIA_ERROR_INIT;
	char *other = fill_place_asked_for(f, t->at, &err);
	if (err.code)
		return fill_refuse(f, &err);
	if (!other)
		return fill_take_answer(f, t);
	fill_forget(&f->next);
	f->next = other;
	fria_strings_add(&f->visited, t->place);
	return MOVE;
}

/* --- a question --- */

static fill_outcome ask_question(filling *f, const fill_scene *at,
				 const char *place)
{
	fill_turn t;
	fill_outcome after = STAY;
	if (!fill_turn_find(&t, f, at, place)) {
		put_sentence(f->c, RED, FRIA_W_fill_hidden, "task",
			     t.target.task, NULL);
		after = MOVE;
	} else {
		show_question(f, &t.q);
	}
	while (after == STAY) {
		fill_put_offered(f, &t);
		put_sentence(f->c, DIM, FRIA_W_fill_letters, NULL);
		put_word(f->c, BOLD, FRIA_W_fill_prompt, "task",
			 at->s->instrument->tasks[t.q.task].id, NULL);
		if (fill_take_line(f))
			after = obey(f, &t);
		if (f->closed)
			after = LEAVE;
	}
	free((char *)(uintptr_t)t.target.task);
	return after;
}

/* One look at the assessment and one question. */
static fill_outcome step(filling *f, fria_error *err)
{
	fill_scene at;
	fill_outcome after = LEAVE;
	if (fill_look(&at, f, err))
		return LEAVE;
	char *place = fill_next_place(f, &at);
	if (place)
		after = ask_question(f, &at, place);
	else if (!f->closed && fill_wants_optional(f, &at))
		after = MOVE;
	free(place);
	fill_look_away(&at);
	return after;
}

/* --- the beginning and the end --- */

/* By its id, else by its number from 1; FRIA_NONE. Lists all. */
static size_t part_named(fria_buf *all, const fria_instrument *in,
			 const char *part)
{
	size_t by_number = FRIA_NONE, number = 0, by_id = FRIA_NONE;
	for (size_t i = 0; i < in->n; i = in->tasks[i].end) {
		fria_buf_printf(all, all->n ? ", %s" : "%s", in->tasks[i].id);
		number++;
		if (part && !strcmp(part, in->tasks[i].id))
			by_id = i;
		if (part && !strcmp(part, FRIA_DIGITS(number)))
			by_number = i;
	}
	return by_id == FRIA_NONE ? by_number : by_id;
}

static int find_part(filling *f, fria_error *err)
{
	const char *part = given(f->c, "part");
	fria_buf parts = FRIA_BUF_INIT;
	fill_scene at;
	f->part = FRIA_NONE;
	int code = fill_look(&at, f, err);
	if (code)
		return code;
	f->part = part_named(&parts, at.s->instrument, part);
	if (at.standing.result.superseded)
		code = fria_fail(err, FRIA_EREFUSED, FRIA_W_fill_superseded,
				 "assessment", f->name, "by",
				 at.standing.result.superseded, NULL);
	else if (part && f->part == FRIA_NONE)
		code = fria_fail(err, FRIA_EINPUT, FRIA_W_fill_no_part, "part",
				 part, "parts", parts.text, NULL);
	fria_buf_dispose(&parts);
	fill_look_away(&at);
	return code;
}

/* How it stands; true if nothing asks for work any more. */
static bool put_standing(filling *f, const fill_scene *at)
{
	const fria_evaluation *e = &at->standing.result;
	size_t n = fria_todo(&e->counts);
	fria_buf todo = FRIA_BUF_INIT;
	fria_todo_say(&todo, &e->counts, f->c->lang);
	put(f->c, PLAIN, "\n");
	putf(f->c, BOLD, "%s: ", f->name);
	put_sentence(f->c, BOLD, fria_verdict_word(e->verdict), NULL);
	if (n) {
		put_sentence(f->c, PLAIN, FRIA_W_fill_remains, "todo",
			     todo.text, "assessment", f->name, NULL);
	} else if (e->verdict == FRIA_CURRENT) {
		put_sentence(f->c, PLAIN, FRIA_W_fill_current, NULL);
	} else {
		put_sentence(f->c, PLAIN, FRIA_W_fill_elsewhere, "assessment",
			     f->name, NULL);
	}
	fria_buf_dispose(&todo);
	return !n;
}

static int end(filling *f, fria_error *err)
{
	fill_scene at;
	int status;
	if (fill_look(&at, f, err))
		return 2;
	status = put_standing(f, &at) ? 0 : 1;
	fill_look_away(&at);
	bool save = f->changed && !f->closed &&
		    fill_ask_yes(f, FRIA_W_fill_save_prompt, true);
	if (f->changed && !save)
		put_sentence(f->c, PLAIN, FRIA_W_fill_unsaved, "assessment",
			     f->name, NULL);
	show_now(f->c);
	return save && save_now(f->c, f->name, NULL, err) ? 2 : status;
}

static int run_fill(cli *c, fria_error *err)
{
	c->told = true;
	filling f = {.c = c, .name = c->args[0]};
	int status = 2;
	fria_buf_init(&f.line);
	if (!find_part(&f, err)) {
		lines_open(c->in);
		while (step(&f, err) == MOVE && !err->code)
			;
		if (!err->code)
			status = end(&f, err);
		lines_close(c->in);
	}
	fria_changes_dispose(&f.changes);
	json_decref(f.plan);
	fria_strings_dispose(&f.skipped);
	fria_strings_dispose(&f.visited);
	fria_buf_dispose(&f.line);
	fill_forget(&f.next);
	fill_forget(&f.note);
	fill_forget(&f.group);
	fill_forget(&f.row);
	return status;
}

const command cmd_fill = {
    .name = "fill",
    .args = "APP/NAME [--part N]",
    .takes = {1, 1},
    .does = EDITS,
    .summary = FRIA_W_sum_fill,
    .options = (const option[]){{"part", 0, "N", FRIA_W_opt_part}, NO_OPTION},
    .run = run_fill,
};
