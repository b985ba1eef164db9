/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What was confirmed since the last version, counted by ground, and rounds of
 * confirmations at one moment: for who reviews. It judges no answer.
 */
#include "living_internal.h"

#include <stdlib.h>
#include <string.h>

enum { MINUTE = sizeof "2026-11-23T10:00" - 1, ROUND = 5 };

typedef void (*found_basis)(void *data, const json_t *basis);

static void tell_basis(const json_t *answer, const json_t *last,
		       found_basis found, void *data)
{
	const json_t *basis = json_object_get(answer, "basis");
	if (fria_json_text(basis, "ground") &&
	    !json_equal(basis, json_object_get(last, "basis")))
		found(data, basis);
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

/* Each basis with a ground that the last version does not have. */
static void each_confirmed(const json_t *assessment, const json_t *last,
			   found_basis found, void *data)
{
	const char *task, *cell;
	json_t *answer, *row, *of_row;
	size_t i;
	json_object_foreach(json_object_get(assessment, "answers"), task,
			    answer) {
		const json_t *was =
		    json_object_get(json_object_get(last, "answers"), task);
		tell_basis(answer, was, found, data);
		json_array_foreach(answer, i, row) {
			const json_t *before =
			    row_with(was, fria_json_text(row, "id"));
			json_object_foreach(row, cell, of_row)
				tell_basis(of_row,
					   json_object_get(before, cell), found,
					   data);
		}
	}
}

static void count_basis(void *data, const json_t *basis)
{
	fria_confirmations *out = data;
	const char *ground = fria_json_text(basis, "ground");
	for (size_t i = 0; fria_held_ids[i]; i++)
		out->n[i] += !strcmp(ground, fria_held_ids[i]);
}

void fria_confirmations_count(fria_confirmations *out, const json_t *assessment,
			      const json_t *last)
{
	*out = (fria_confirmations){{0, 0, 0}};
	each_confirmed(assessment, last, count_basis, out);
}

/* --- at one moment --- */

/* Confirmations of one person in one minute, in the same words: by that key,
 * how many, and one of them. */
static void add_to_round(void *data, const json_t *basis)
{
	const char *by = fria_json_text(basis, "by");
	const char *at = fria_json_text(basis, "at");
	const char *note = fria_json_text(basis, "note");
	if (!by || !at || strlen(at) < MINUTE)
		return;
	char *key =
	    fria_format("%.*s %s %s %s", (int)MINUTE, at,
			fria_json_text(basis, "ground"), by, note ? note : "");
	json_t *round = json_object_get(data, key);
	if (!round) {
		round = fria_json_pack("{s:i, s:O}", "n", 0, "basis", basis);
		json_object_set_new(data, key, round);
	}
	json_int_t n = json_integer_value(json_object_get(round, "n"));
	json_object_set_new(round, "n", json_integer(n + 1));
	free(key);
}

void fria_rounds_find(fria_findings *out, const json_t *assessment,
		      const json_t *last, const char *path, fria_lang lang)
{
	json_t *rounds = json_object(), *round;
	const char *key;
	each_confirmed(assessment, last, add_to_round, rounds);
	json_object_foreach(rounds, key, round) {
		const json_t *basis = json_object_get(round, "basis");
		json_int_t n = json_integer_value(json_object_get(round, "n"));
		const char *by = fria_json_text(basis, "by");
		fria_buf day = FRIA_BUF_INIT;
		fria_time at;
		if (n < ROUND)
			continue;
		if (fria_time_parse(&at, fria_json_text(basis, "at")))
			fria_day_say(&day, lang, at);
		char *count = fria_format("%lld", (long long)n);
		fria_findings_add(
		    out, FRIA_NOTE, FRIA_W_confirm_round, path, NULL, "by", by,
		    "count", count, "date", day.text, "ground",
		    fria_word_text(
			fria_held_word(fria_json_text(basis, "ground")), lang),
		    NULL);
		free(count);
		fria_buf_dispose(&day);
	}
	json_decref(rounds);
}
