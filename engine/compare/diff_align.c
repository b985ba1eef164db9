/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Questions of two versions of a questionnaire lined up by `migrates`, so that
 * an answer that moved from 3.3.2 to 3.5.2 is not one removed and one added.
 * It changes no document: it gives the answers before in the places of after,
 * as migrate.c would put them there, or, where after is the older one, as they
 * would have come from there.
 */
#include "diff_internal.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
	fria_comparing *c;
	const fria_instrument *from, *to;
	json_t *before;	 /* {id after: [ids before]} */
	json_t *claimed; /* ids before that have a place after */
} lining;

static void claim(lining *l, const char *after, const char *before)
{
	json_t *list = json_object_get(l->before, after);
	if (!list) {
		list = json_array();
		json_object_set_new(l->before, after, list);
	}
	json_array_append_new(list, fria_json_string(before));
	json_object_set_new(l->claimed, before, json_true());
}

/* What the newer questionnaire says about where its tasks were. */
static void claim_named(lining *l, bool back)
{
	const fria_instrument *newer = back ? l->from : l->to;
	const fria_instrument *older = back ? l->to : l->from;
	for (size_t i = 0; i < newer->n; i++) {
		const fria_task *t = &newer->tasks[i];
		for (size_t k = 0; k < t->migrates.n; k++) {
			const char *old = t->migrates.items[k];
			if (fria_instrument_find(older, old) == FRIA_NONE)
				continue;
			if (back)
				claim(l, old, t->id);
			else
				claim(l, t->id, old);
		}
	}
}

/* The others keep their id, where that is free on both sides. */
static void claim_same(lining *l)
{
	for (size_t i = 0; i < l->to->n; i++) {
		const char *id = l->to->tasks[i].id;
		if (!json_object_get(l->before, id) &&
		    !json_object_get(l->claimed, id) &&
		    !l->to->tasks[i].moved &&
		    fria_instrument_find(l->from, id) != FRIA_NONE)
			claim(l, id, id);
	}
}

/* The first of them that has an answer. Borrowed. */
static json_t *first_of(const json_t *answers, const json_t *ids,
			const char **first)
{
	size_t i;
	json_t *id;
	json_array_foreach(ids, i, id) {
		json_t *one = json_object_get(answers, json_string_value(id));
		*first = json_string_value(id);
		if (one)
			return one;
	}
	return NULL;
}

static json_t *lined_up(lining *l, const json_t *answers);

static json_t *rows_lined_up(lining *l, const json_t *rows)
{
	json_t *out = json_array(), *row;
	size_t i;
	json_array_foreach(rows, i, row) {
		json_t *one = lined_up(l, row);
		json_object_set(one, "id", json_object_get(row, "id"));
		json_array_append_new(out, one);
	}
	return out;
}

/* An object of answers, or a row, under the ids of after. New. */
static json_t *lined_up(lining *l, const json_t *answers)
{
	json_t *out = json_object(), *ids;
	const char *id;
	json_object_foreach(l->before, id, ids) {
		const char *first = NULL;
		json_t *answer = first_of(answers, ids, &first);
		if (!answer)
			continue;
		if (strcmp(first, id) != 0)
			json_object_set_new(l->c->was, id,
					    fria_json_string(first));
		if (json_is_array(answer))
			json_object_set_new(out, id, rows_lined_up(l, answer));
		else
			json_object_set(out, id, answer);
	}
	return out;
}

/* "" for a question whose id was another's before. */
static void name_before(lining *l)
{
	for (size_t i = 0; i < l->to->n; i++) {
		const char *id = l->to->tasks[i].id;
		const char *first = json_string_value(
		    json_array_get(json_object_get(l->before, id), 0));
		if (!first)
			first = "";
		if (strcmp(first, id) != 0)
			json_object_set_new(l->c->was, id,
					    fria_json_string(first));
	}
}

static void add_gone(lining *l, const char *id, const char *row)
{
	*FRIA_PUSH(&l->c->gone) = (fria_gone){id, row};
}

static void find_gone_cells(lining *l, const json_t *row)
{
	const char *id;
	json_t *cell;
	json_object_foreach((json_t *)(uintptr_t)row, id, cell) {
		if (strcmp(id, "id") != 0 && !json_object_get(l->claimed, id))
			add_gone(l, id, fria_json_text(row, "id"));
	}
}

static void find_gone(lining *l, const json_t *answers)
{
	const char *id;
	json_t *answer, *row;
	size_t i;
	json_object_foreach((json_t *)(uintptr_t)answers, id, answer) {
		if (!json_is_array(answer) && !json_object_get(l->claimed, id))
			add_gone(l, id, NULL);
		json_array_foreach(answer, i, row)
			find_gone_cells(l, row);
	}
}

static void need_row(json_t *assessment, const fria_instrument *in, size_t task,
		     const char *row)
{
	size_t group = in->tasks[task].rows;
	json_t *rows = fria_assessment_rows(assessment, in, group);
	if (!rows) {
		rows = json_array();
		json_object_set_new(json_object_get(assessment, "answers"),
				    in->tasks[group].id, rows);
	}
	if (!fria_assessment_row(assessment, in, group, row))
		json_array_append_new(rows, fria_json_pack("{s:s}", "id", row));
}

/* One answer as migrating would have it. */
static void put_migrated(lining *l, json_t *assessment,
			 const fria_migration *found,
			 const fria_migration_place *to)
{
	const char *row = to->row;
	size_t task = fria_instrument_find(l->to, to->task);
	if (task == FRIA_NONE)
		return;
	json_t *answer =
	    fria_assessment_answer(found->assessment, l->to, task, row);
	if (row)
		need_row(assessment, l->to, task, row);
	if (answer)
		fria_assessment_put(assessment, l->to, task, row, answer);
}

/* Texts that became one, options by what they are called: as migrate.c has
 * it, over what is only under another id. */
static void migrate(lining *l)
{
	const fria_migration_input input = {.from = l->from,
					    .to = l->to,
					    .assessment =
						l->c->from->assessment,
					    .name = ""};
	json_t *assessment = fria_json_pack("{s:O}", "answers", l->c->answers);
	fria_migration found;
	fria_migration_make(&found, &input);
	for (size_t i = 0; i < found.mapped.n; i++)
		put_migrated(l, assessment, &found, &found.mapped.items[i].to);
	fria_migration_dispose(&found);
	json_decref(assessment);
}

void fria_diff_align(fria_comparing *c)
{
	lining l = {c, c->from->instrument, c->to->instrument, NULL, NULL};
	json_t *answers = json_object_get(c->from->assessment, "answers");
	c->was = json_object();
	c->other =
	    strcmp(l.from->name, l.to->name) != 0 && l.from->n && l.to->n;
	if (!c->other) {
		c->answers = json_incref(answers);
		return;
	}
	bool forth = fria_migrates(l.from, l.to);
	l.before = json_object();
	l.claimed = json_object();
	claim_named(&l, !forth && fria_migrates(l.to, l.from));
	claim_same(&l);
	name_before(&l);
	c->answers = lined_up(&l, answers);
	find_gone(&l, answers);
	if (forth)
		migrate(&l);
	json_decref(l.before);
	json_decref(l.claimed);
}

size_t fria_diff_was_task(const fria_comparing *c, const char *task)
{
	const char *was = fria_json_text(c->was, task);
	return fria_instrument_find(c->from->instrument, was ? was : task);
}
