/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What was confirmed between two states, counted by ground, and rounds of
 * confirmations at one moment: for who reviews. It judges no answer.
 *
 * Calls up to evaluation_json.c: its values are shown as all others are.
 */
#include "living_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MINUTE = sizeof "2026-11-23T10:00" - 1, ROUND = 5 };

static bool differs(const json_t *a, const json_t *b, const char *key)
{
	const json_t *x = json_object_get(a, key), *y = json_object_get(b, key);
	return x != y && !(x && y && json_equal(x, y));
}

bool fria_stood_again(const json_t *before, const json_t *after)
{
	const json_t *a = json_object_get(before, "basis");
	const json_t *b = json_object_get(after, "basis");
	return b && (differs(a, b, "by") || differs(a, b, "at") ||
		     differs(a, b, "release") || differs(a, b, "ground") ||
		     differs(a, b, "note"));
}

/* --- counted, and by moment --- */

static bool same_text(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

/* Those of one person in one minute, in the same words, are a round. */
static void add_to_round(fria_confirmations *c, const fria_round *one)
{
	if (!one->by || !one->at || strlen(one->at) < MINUTE)
		return;
	for (size_t i = 0; i < c->rounds.n; i++) {
		fria_round *round = &c->rounds.items[i];
		if (round->ground == one->ground &&
		    !strcmp(round->by, one->by) &&
		    !strncmp(round->at, one->at, MINUTE) &&
		    same_text(round->note, one->note)) {
			round->count++;
			return;
		}
	}
	*FRIA_PUSH(&c->rounds) = *one;
}

void fria_confirmations_add(fria_confirmations *c, const json_t *answer)
{
	const json_t *basis = json_object_get(answer, "basis");
	const fria_round one = {.by = fria_json_text(basis, "by"),
				.at = fria_json_text(basis, "at"),
				.note = fria_json_text(basis, "note"),
				.ground = fria_ground_of(basis),
				.count = 1};
	if (one.ground == FRIA_GROUND_NONE)
		return;
	c->n[one.ground]++;
	c->all++;
	add_to_round(c, &one);
}

static void add_new(fria_confirmations *c, const json_t *answer,
		    const json_t *last)
{
	if (fria_stood_again(last, answer))
		fria_confirmations_add(c, answer);
}

static const json_t *row_with(const json_t *rows, const char *id)
{
	size_t i;
	const json_t *row;
	json_array_foreach(rows, i, row) {
		if (id && fria_json_says(row, "id", id))
			return row;
	}
	return NULL;
}

void fria_confirmations_find(fria_confirmations *out, const json_t *assessment,
			     const json_t *last)
{
	const char *task, *cell;
	json_t *answer, *row, *of_row;
	size_t i;
	*out = (fria_confirmations){.all = 0};
	json_object_foreach(json_object_get(assessment, "answers"), task,
			    answer) {
		const json_t *was =
		    json_object_get(json_object_get(last, "answers"), task);
		add_new(out, answer, was);
		json_array_foreach(answer, i, row) {
			const json_t *before =
			    row_with(was, fria_json_text(row, "id"));
			json_object_foreach(row, cell, of_row)
				add_new(out, of_row,
					json_object_get(before, cell));
		}
	}
}

void fria_confirmations_evaluate(fria_confirmations *out,
				 const fria_evaluation_input *in)
{
	fria_confirmations_find(out, in->assessment, in->last);
	for (size_t i = 0; i < out->rounds.n; i++)
		out->rounds.items[i].by =
		    fria_shown(in, out->rounds.items[i].by);
}

void fria_confirmations_dispose(fria_confirmations *c)
{
	free(c->rounds.items);
	c->rounds.items = NULL;
	c->rounds.n = 0;
}

/* --- for who reviews --- */

json_t *fria_confirmations_json(const fria_confirmations *c)
{
	json_t *out = json_object(), *list = json_array();
	for (fria_ground ground = FRIA_GROUND_NONE + 1;
	     ground < FRIA_GROUND_KINDS; ground++)
		json_object_set_new(out, fria_ground_id(ground),
				    json_integer((json_int_t)c->n[ground]));
	for (size_t i = 0; i < c->rounds.n; i++) {
		const fria_round *r = &c->rounds.items[i];
		if (r->count >= ROUND)
			json_array_append_new(
			    list, fria_json_pack(
				      "{s:s, s:s, s:s, s:s*, s:I}", "by", r->by,
				      "at", r->at, "ground",
				      fria_ground_id(r->ground), "note",
				      r->note, "count", (json_int_t)r->count));
	}
	json_object_set_new(out, "rounds", list);
	return out;
}

void fria_confirmations_say(fria_buf *out, const fria_confirmations *c,
			    const char *since, fria_lang lang)
{
	char n[FRIA_GROUND_KINDS][24];
	for (size_t i = 0; i < FRIA_GROUND_KINDS; i++)
		snprintf(n[i], sizeof n[i], "%zu", i ? c->n[i] : c->all);
	fria_say(out, lang,
		 since ? FRIA_W_confirmed_since : FRIA_W_confirmed_count, "all",
		 n[0], "untouched", n[FRIA_GROUND_UNTOUCHED], "covered",
		 n[FRIA_GROUND_COVERED], "checked", n[FRIA_GROUND_CHECKED],
		 "version", since, NULL);
}

void fria_rounds_name(fria_findings *out, const fria_confirmations *c,
		      const char *path, fria_lang lang)
{
	for (size_t i = 0; i < c->rounds.n; i++) {
		const fria_round *r = &c->rounds.items[i];
		fria_buf day = FRIA_BUF_INIT;
		fria_time at;
		if (r->count < ROUND)
			continue;
		if (fria_time_parse(&at, r->at))
			fria_day_say(&day, lang, at);
		char *count = fria_format("%zu", r->count);
		char *name = fria_strndup(r->by, fria_person_length(r->by));
		fria_findings_add(out, FRIA_NOTE, FRIA_W_confirm_round, path,
				  NULL, "by", name, "count", count, "date",
				  day.text, "ground",
				  fria_ground_say(r->ground, lang), NULL);
		free(count);
		free(name);
		fria_buf_dispose(&day);
	}
}
