/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What was confirmed between two states, counted by ground, and rounds of
 * confirmations at one moment: for who reviews. It judges no answer.
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

/* Those of one person in one minute, in the same words, are a round. */
static void add_to_round(json_t *rounds, const json_t *basis)
{
	const char *by = fria_json_text(basis, "by");
	const char *at = fria_json_text(basis, "at");
	const char *note = fria_json_text(basis, "note");
	const char *ground = fria_json_text(basis, "ground");
	if (!by || !at || strlen(at) < MINUTE)
		return;
	char *key = fria_format("%.*s %s %s %s", (int)MINUTE, at, ground, by,
				note ? note : "");
	json_t *round = json_object_get(rounds, key);
	if (!round) {
		round = fria_json_pack("{s:s, s:s, s:s, s:s*, s:i}", "by", by,
				       "at", at, "ground", ground, "note", note,
				       "count", 0);
		json_object_set_new(rounds, key, round);
	}
	json_int_t n = json_integer_value(json_object_get(round, "count"));
	json_object_set_new(round, "count", json_integer(n + 1));
	free(key);
}

void fria_confirmations_add(fria_confirmations *c, const json_t *answer)
{
	const json_t *basis = json_object_get(answer, "basis");
	const char *ground = fria_json_text(basis, "ground");
	const char *id;
	for (size_t i = 0; ground && (id = fria_closed_at("ground", i)); i++)
		c->n[i] += !strcmp(ground, id);
	if (!ground)
		return;
	if (!c->rounds)
		c->rounds = json_object();
	c->all++;
	add_to_round(c->rounds, basis);
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
	*out = (fria_confirmations){.rounds = NULL};
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
	json_t *round;
	const char *key;
	fria_confirmations_find(out, in->assessment, in->last);
	json_object_foreach(out->rounds, key, round)
		json_object_set_new(round, "by",
				    fria_json_string(fria_shown(
					in, fria_json_text(round, "by"))));
}

void fria_confirmations_dispose(fria_confirmations *c)
{
	json_decref(c->rounds);
	c->rounds = NULL;
}

/* --- for who reviews --- */

static bool is_large(const json_t *round)
{
	return json_integer_value(json_object_get(round, "count")) >= ROUND;
}

json_t *fria_confirmations_json(const fria_confirmations *c)
{
	json_t *out = json_object(), *list = json_array(), *round;
	const char *key, *id;
	for (size_t i = 0; (id = fria_closed_at("ground", i)); i++)
		json_object_set_new(out, id, json_integer((json_int_t)c->n[i]));
	json_object_foreach(c->rounds, key, round)
		if (is_large(round))
			json_array_append(list, round);
	json_object_set_new(out, "rounds", list);
	return out;
}

void fria_confirmations_say(fria_buf *out, const fria_confirmations *c,
			    const char *since, fria_lang lang)
{
	char n[4][24];
	for (size_t i = 0; i < 3; i++)
		snprintf(n[i], sizeof n[i], "%zu", c->n[i]);
	snprintf(n[3], sizeof n[3], "%zu", c->all);
	fria_say(out, lang,
		 since ? FRIA_W_confirmed_since : FRIA_W_confirmed_count, "all",
		 n[3], "untouched", n[0], "covered", n[1], "checked", n[2],
		 "version", since, NULL);
}

void fria_rounds_name(fria_findings *out, const fria_confirmations *c,
		      const char *path, fria_lang lang)
{
	json_t *round;
	const char *key;
	json_object_foreach(c->rounds, key, round) {
		json_int_t n =
		    json_integer_value(json_object_get(round, "count"));
		fria_buf day = FRIA_BUF_INIT;
		fria_time at;
		if (!is_large(round))
			continue;
		if (fria_time_parse(&at, fria_json_text(round, "at")))
			fria_day_say(&day, lang, at);
		const char *by = fria_json_text(round, "by");
		char *count = fria_format("%lld", (long long)n);
		char *name = fria_strndup(by, fria_person_length(by));
		fria_findings_add(
		    out, FRIA_NOTE, FRIA_W_confirm_round, path, NULL, "by",
		    name, "count", count, "date", day.text, "ground",
		    fria_word_text(
			fria_held_word(fria_json_text(round, "ground")), lang),
		    NULL);
		free(count);
		free(name);
		fria_buf_dispose(&day);
	}
}
