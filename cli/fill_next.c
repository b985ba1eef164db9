/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Which question `fria fill` asks next: the row that is being filled in, then
 * what needs work, then what may be answered. It writes nothing.
 */
#include "fill.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- places --- */

static char *place_of(const fill_scene *at, const fria_question *q)
{
	const fria_task *t = &at->s->instrument->tasks[q->task];
	return fria_format("%s/%s", t->id,
			   q->row		  ? q->row
			   : t->rows == FRIA_NONE ? ""
						  : "new");
}

void fill_forget(char **text)
{
	free(*text);
	*text = NULL;
}

/* --- the scene --- */

static bool is_in_part(const filling *f, const fill_scene *at, size_t position)
{
	size_t task = at->standing.result.items[position].question.task;
	return f->part == FRIA_NONE ||
	       fria_task_part(at->s->instrument, task) == f->part;
}

static bool is_asked(const filling *f, const fill_scene *at, size_t position)
{
	const fria_instrument *in = at->s->instrument;
	const fria_question *q = &at->standing.result.items[position].question;
	size_t group = in->tasks[q->task].rows;
	if (!is_in_part(f, at, position))
		return false;
	/* Rows that follow another group's are there when those are. */
	if (!q->row && group != FRIA_NONE &&
	    in->tasks[group].mapped != FRIA_NONE)
		return false;
	char *place = place_of(at, q);
	bool skipped = fria_strings_has(&f->skipped, place);
	free(place);
	return !skipped;
}

/* Its turn stays what it was, so that one change is worked through before the
 * next. */
static size_t turn_of(filling *f, const char *place)
{
	const json_t *known = json_object_get(f->plan, place);
	size_t next = json_object_size(f->plan);
	if (!known)
		json_object_set_new(f->plan, place,
				    json_integer((json_int_t)next));
	return known ? (size_t)json_integer_value(known) : next;
}

typedef struct {
	size_t turn, position;
	bool waits; /* for what came up later and must be judged first */
} turn;

static int by_turn(const void *a, const void *b)
{
	const turn *x = a, *y = b;
	if (x->waits != y->waits)
		return x->waits ? 1 : -1;
	return (x->turn > y->turn) - (x->turn < y->turn);
}

/* Rests on what must be judged first and has its turn later: an answer that
 * was changed made it so. */
static bool waits_for_later(filling *f, const fill_scene *at,
			    const fria_judgement *j, size_t own)
{
	bool later = false;
	for (size_t k = 0; k < j->because_n && j->state != FRIA_OPEN; k++) {
		char *place = place_of(
		    at, &at->standing.result.items[j->because[k]].question);
		later = later || turn_of(f, place) > own;
		free(place);
	}
	return later;
}

static void list_agenda(filling *f, fill_scene *at)
{
	const fria_evaluation *e = &at->standing.result;
	fria_positions all = {NULL, 0};
	size_t n = 0;
	fria_agenda(&all, e, at->s->instrument);
	if (f->optional)
		fria_agenda_add(&all, e, FRIA_OPEN, true);
	turn *turns = fria_calloc(all.n + 1, sizeof *turns);
	if (!f->plan)
		f->plan = json_object();
	for (size_t i = 0; i < all.n; i++) {
		char *place = place_of(at, &e->items[all.items[i]].question);
		turn_of(f, place);
		free(place);
	}
	for (size_t i = 0; i < all.n; i++) {
		const fria_judgement *j = &e->items[all.items[i]];
		char *place = place_of(at, &j->question);
		size_t own = turn_of(f, place);
		if (is_asked(f, at, all.items[i]))
			turns[n++] = (turn){own, all.items[i],
					    waits_for_later(f, at, j, own)};
		if (is_in_part(f, at, all.items[i])) {
			at->left.open += j->state == FRIA_OPEN && !j->optional;
			at->left.stale += j->state == FRIA_STALE;
			at->left.suspect += j->state == FRIA_SUSPECT;
		}
		free(place);
	}
	qsort(turns, n, sizeof *turns, by_turn);
	for (size_t i = 0; i < n; i++)
		*FRIA_PUSH(&at->agenda) = turns[i].position;
	fria_positions_dispose(&all);
	free(turns);
}

int fill_look(fill_scene *out, filling *f, fria_error *err)
{
	*out = (fill_scene){.s = NULL};
	int code = fria_standing_load(&out->s, &out->standing, f->c->ws,
				      f->name, NULL, NULL, err);
	if (code)
		return code;
	fria_causes_find(&out->standing.result, &out->standing.input);
	fria_changes_number(&f->changes, &out->standing.result);
	list_agenda(f, out);
	return 0;
}

void fill_look_away(fill_scene *at)
{
	fria_positions_dispose(&at->agenda);
	fria_standing_dispose(&at->standing);
	fria_snapshot_free(at->s);
}

bool fill_turn_find(fill_turn *out, filling *f, const fill_scene *at,
		    const char *place)
{
	const char *row = strrchr(place, '/') + 1;
	char *task = fria_strndup(place, (size_t)(row - 1 - place));
	bool fresh = !strcmp(row, "new");
	const char *own = *row ? row : NULL;
	*out = (fill_turn){
	    .at = at,
	    .place = place,
	    .target = {.application_name = f->name, .task = task, .row = own},
	    .q = {.input = &at->standing.input,
		  .evaluation = &at->standing.result,
		  .changes = &f->changes,
		  .task = fria_instrument_find(at->s->instrument, task),
		  .row = fresh ? NULL : own,
		  .fresh = fresh,
		  .left = &at->left,
		  .unfold = "a"}};
	fria_asked *q = &out->q;
	if (q->task == FRIA_NONE || q->fresh)
		return q->fresh && q->task != FRIA_NONE;
	q->judgement =
	    fria_evaluation_find(&at->standing.result, q->task, q->row);
	return q->judgement ? q->judgement->state != FRIA_HIDDEN
			    : at->s->instrument->tasks[q->task].measure;
}

/* --- rows --- */

bool fill_was_open(const fria_asked *q)
{
	return !q->judgement || q->judgement->state == FRIA_OPEN;
}

void fill_written(filling *f, const fill_turn *t, const fria_edited *done,
		  const char *typed)
{
	const fria_instrument *in = t->at->s->instrument;
	size_t group = in->tasks[t->q.task].rows;
	say_personal(f->c, typed);
	f->changed = f->changed || done->changed;
	if (!done->row[0] || !fill_was_open(&t->q))
		return;
	fill_forget(&f->group);
	fill_forget(&f->row);
	f->group = fria_strdup(in->tasks[group].id);
	f->row = fria_strdup(done->row);
}

/* Fields of a measure are not judged; they are open while they are empty. */
static bool is_open(const fill_scene *at, size_t task, const char *row)
{
	const fria_instrument *in = at->s->instrument;
	const fria_judgement *j =
	    fria_evaluation_find(&at->standing.result, task, row);
	return j ? j->state == FRIA_OPEN
		 : in->tasks[task].measure &&
		       !fria_assessment_answer(at->s->assessment, in, task,
					       row);
}

/* The first question of the row that is being filled in that is still open,
 * also one that need not be answered. The caller frees. */
static char *next_in_row(const filling *f, const fill_scene *at)
{
	const fria_instrument *in = at->s->instrument;
	size_t group = f->row ? fria_instrument_find(in, f->group) : FRIA_NONE;
	char *place = NULL;
	if (group == FRIA_NONE)
		return NULL;
	for (size_t i = group; !place && i < in->tasks[group].end; i++) {
		if (!in->tasks[i].answerable || !is_open(at, i, f->row))
			continue;
		place = fria_format("%s/%s", in->tasks[i].id, f->row);
		if (fria_strings_has(&f->skipped, place))
			fill_forget(&place);
	}
	return place;
}

/* The row is filled in: one more? Its first question; NULL: no. */
static char *end_of_row(filling *f, const fill_scene *at)
{
	const fria_instrument *in = at->s->instrument;
	size_t group = f->row ? fria_instrument_find(in, f->group) : FRIA_NONE;
	char *place = NULL;
	if (group != FRIA_NONE && in->tasks[group].mapped == FRIA_NONE) {
		put(f->c, PLAIN, "\n");
		put_sentence(f->c, BOLD, FRIA_W_fill_row_done, NULL);
		putf(f->c, PLAIN, "  %s %s\n", f->group,
		     fria_task_title(&in->tasks[group], f->c->lang));
		size_t task = group;
		while (!in->tasks[task].answerable)
			task++;
		if (fill_ask_yes(f, FRIA_W_fill_another_row, false))
			place = fria_format("%s/new", in->tasks[task].id);
	}
	fill_forget(&f->group);
	fill_forget(&f->row);
	return place;
}

/* --- which is next --- */

static size_t optional_left(const filling *f, const fill_scene *at)
{
	fria_positions list = {NULL, 0};
	size_t n = 0;
	fria_agenda_add(&list, &at->standing.result, FRIA_OPEN, true);
	for (size_t i = 0; i < list.n; i++)
		n += is_asked(f, at, list.items[i]);
	fria_positions_dispose(&list);
	return n;
}

bool fill_wants_optional(filling *f, const fill_scene *at)
{
	size_t n = f->optional ? 0 : optional_left(f, at);
	if (!n)
		return false;
	put(f->c, PLAIN, "\n");
	put_sentence(f->c, PLAIN, FRIA_W_fill_may, "count", FRIA_DIGITS(n),
		     NULL);
	f->optional = fill_ask_yes(f, FRIA_W_fill_may_prompt, false);
	return f->optional;
}

char *fill_next_place(filling *f, const fill_scene *at)
{
	char *place = f->next;
	f->next = NULL;
	if (!place)
		place = next_in_row(f, at);
	if (!place)
		place = end_of_row(f, at);
	if (!place && !f->closed && at->agenda.n)
		place = place_of(
		    at,
		    &at->standing.result.items[at->agenda.items[0]].question);
	return place;
}

char *fill_place_asked_for(const filling *f, const fill_scene *at,
			   fria_error *err)
{
	const fria_instrument *in = at->s->instrument;
	const char *id = f->line.text + 2;
	if (f->line.n < 3 || strncmp(f->line.text, "g ", 2) != 0 ||
	    strchr(id, ' '))
		return NULL;
	size_t task = fria_instrument_find(in, id);
	while (task != FRIA_NONE && !in->tasks[task].answerable &&
	       task + 1 < in->n && in->tasks[task].end > task + 1)
		task++;
	if (task == FRIA_NONE || !in->tasks[task].answerable) {
		fria_instrument_no_task(in, id, err);
		return NULL;
	}
	return fria_format("%s/%s", in->tasks[task].id,
			   in->tasks[task].rows == FRIA_NONE ? "" : "new");
}
