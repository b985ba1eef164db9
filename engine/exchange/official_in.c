/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The answer files of the official form: version 2, with rows as lists, and
 * the older flat one, with the row's number in the key. Read leniently: the
 * published schema is narrower than the published instruments.
 */
#include "exchange.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool fria_official_is(const json_t *file)
{
	return json_is_object(json_object_get(file, "answers")) &&
	       (json_is_object(json_object_get(file, "metadata")) ||
		fria_json_text(file, "urn")) &&
	       !fria_json_text(file, "application");
}

/* --- keys --- */

/*
 * "2.1.3", "2.1.3[0]", "iama.2.1.3" or "urn:nl:iama:2.0?=task_id=2.1.3": the
 * question's id, which the caller frees, and the row (-1: none).
 */
static char *read_key(const fria_placing *p, const char *key, long *row)
{
	const char *id = strstr(key, "?=task_id=");
	size_t prefix = strlen(p->instrument->id);
	*row = -1;
	if (!strncmp(key, "urn:", 4) && id)
		key = id + strlen("?=task_id=");
	else if (!strncmp(key, p->instrument->id, prefix) && key[prefix] == '.')
		key += prefix + 1;
	const char *index = strstr(key, "&task_index=");
	size_t n = index ? (size_t)(index - key) : strlen(key);
	const char *open = n && key[n - 1] == ']' ? strrchr(key, '[') : NULL;
	char *end = (char *)(uintptr_t) "";
	if (index)
		*row = strtol(index + strlen("&task_index="), &end, 10);
	else if (open)
		*row = strtol(open + 1, &end, 10);
	if (open && (*end != ']' || *row < 0))
		open = NULL;
	return fria_strndup(key, open ? (size_t)(open - key) : n);
}

/* --- answers --- */

/* {"value": ..., "lastEditedAt": ...}, or the value alone. */
static const json_t *value_of(const json_t *answer)
{
	return json_object_get(answer, "value") ||
		       json_object_get(answer, "lastEditedAt")
		   ? json_object_get(answer, "value")
		   : answer;
}

/* "FILE (who, day)"; the caller frees. */
static char *origin_of(const fria_placing *p, const json_t *answer)
{
	const char *by = fria_json_text(answer, "lastEditedBy");
	const char *at = fria_json_text(answer, "lastEditedAt");
	const char *slash = strrchr(p->file, '/');
	const char *file = slash ? slash + 1 : p->file;
	if (!at && !by)
		return fria_strdup(file);
	return fria_format("%s (%s%s%.10s)", file, by ? by : "",
			   by && at ? ", " : "", at ? at : "");
}

static void place_one(fria_placing *p, size_t task, const char *row,
		      const json_t *answer, const char *pointer)
{
	char *origin = origin_of(p, answer);
	fria_placing_put(p, task, row, value_of(answer), origin, pointer);
	free(origin);
}

/* --- rows --- */

static bool is_empty_row(const json_t *element)
{
	const char *key;
	json_t *answer;
	json_object_foreach((json_t *)(uintptr_t)element, key, answer) {
		const json_t *value = value_of(answer);
		if (strcmp(key, "_index") != 0 && value &&
		    !json_is_null(value) &&
		    !(json_is_string(value) && !json_string_length(value)))
			return false;
	}
	return true;
}

static void place_row(fria_placing *p, const json_t *element, size_t number,
		      const char *pointer)
{
	const char *key, *row = NULL;
	json_t *answer;
	size_t group = FRIA_NONE;
	json_object_foreach((json_t *)(uintptr_t)element, key, answer) {
		long index;
		if (!strcmp(key, "_index"))
			continue;
		fria_buf at = FRIA_BUF_INIT;
		char *id = read_key(p, key, &index);
		fria_buf_puts(&at, pointer);
		fria_pointer_add(&at, key);
		size_t task =
		    fria_placing_find(p, id, value_of(answer), at.text);
		size_t own = task == FRIA_NONE
				 ? FRIA_NONE
				 : p->instrument->tasks[task].rows;
		if (own != FRIA_NONE && own != group) {
			group = own;
			row = fria_placing_row(p, group, number);
		}
		if (task != FRIA_NONE)
			place_one(p, task, own == FRIA_NONE ? NULL : row,
				  answer, at.text);
		free(id);
		fria_buf_dispose(&at);
	}
}

static int by_index(const void *a, const void *b)
{
	const json_t *x = *(json_t *const *)a, *y = *(json_t *const *)b;
	json_int_t i = json_integer_value(json_object_get(x, "_index"));
	json_int_t k = json_integer_value(json_object_get(y, "_index"));
	return i != k ? (i > k) - (i < k) : (a > b) - (a < b);
}

/* In the order of their numbers; a row in which nothing stands is none. */
static void place_rows(fria_placing *p, const json_t *list, const char *pointer)
{
	size_t n = json_array_size(list), number = 0;
	const json_t **sorted = fria_calloc(n + 1, sizeof *sorted);
	for (size_t i = 0; i < n; i++)
		sorted[i] = json_array_get(list, i);
	qsort(sorted, n, sizeof *sorted, by_index);
	for (size_t i = 0; i < n; i++) {
		if (!json_is_object(sorted[i]) || is_empty_row(sorted[i]))
			continue;
		size_t at = 0;
		while (json_array_get(list, at) != sorted[i])
			at++;
		char *place = fria_format("%s/%zu", pointer, at);
		place_row(p, sorted[i], number++, place);
		free(place);
	}
	free(sorted);
}

/* A list of rows, or of what was chosen. */
static bool holds_rows(const json_t *list)
{
	return json_is_array(list) && json_is_object(json_array_get(list, 0)) &&
	       !json_object_get(json_array_get(list, 0), "value");
}

/* A key with the row's number, or a row's question without: the first. */
static const char *flat_row(fria_placing *p, size_t task, long row)
{
	size_t group = p->instrument->tasks[task].rows;
	if (group == FRIA_NONE)
		return NULL;
	return fria_placing_row(p, group, row < 0 ? 0 : (size_t)row);
}

static void place_key(fria_placing *p, const char *key, const json_t *answer,
		      const char *pointer)
{
	long row;
	if (holds_rows(answer)) {
		place_rows(p, answer, pointer);
		return;
	}
	const json_t *value = value_of(answer);
	char *id = read_key(p, key, &row);
	size_t task = fria_placing_find(p, id, value, pointer);
	bool empty = !value || json_is_null(value) ||
		     (json_is_string(value) && !json_string_length(value));
	if (task != FRIA_NONE && !empty)
		place_one(p, task, flat_row(p, task, row), answer, pointer);
	free(id);
}

/* --- the whole --- */

static const char *urn_of(const json_t *file)
{
	const json_t *metadata = json_object_get(file, "metadata");
	const char *urn = fria_json_text(metadata, "urn");
	return urn ? urn : fria_json_text(file, "urn");
}

/* The form ticks parts off; here they are done when their questions are. */
static void tell_completed(fria_placing *p, const json_t *metadata)
{
	fria_buf list = FRIA_BUF_INIT;
	const json_t *done = json_object_get(metadata, "completedTasks");
	for (size_t i = 0; i < json_array_size(done); i++) {
		const char *id = json_string_value(json_array_get(done, i));
		fria_buf_printf(&list, "%s%s", list.n ? ", " : "",
				id ? id : "?");
	}
	if (list.n)
		fria_findings_add(
		    p->findings, FRIA_NOTE, FRIA_W_place_completed, p->file,
		    "/metadata/completedTasks", "parts", list.text, NULL);
	fria_buf_dispose(&list);
}

static void tell_others(fria_placing *p, const json_t *file)
{
	const char *key;
	json_t *value;
	json_object_foreach((json_t *)(uintptr_t)file, key, value) {
		if (!strcmp(key, "$schema") || !strcmp(key, "metadata") ||
		    !strcmp(key, "answers") || !strcmp(key, "urn"))
			continue;
		fria_buf pointer = FRIA_BUF_INIT;
		fria_pointer_add(&pointer, key);
		fria_findings_add(p->findings, FRIA_NOTE, FRIA_W_place_member,
				  p->file, pointer.text, "member", key, NULL);
		fria_buf_dispose(&pointer);
	}
}

/* Rows that came in before the number that a flat key names are in order. */
static int compare_keys(const void *a, const void *b)
{
	const char *x = *(const char *const *)a, *y = *(const char *const *)b;
	size_t n = strcspn(x, "["), m = strcspn(y, "[");
	if (n == m && !strncmp(x, y, n) && x[n] && y[n]) {
		long i = strtol(x + n + 1, NULL, 10);
		long k = strtol(y + n + 1, NULL, 10);
		return (i > k) - (i < k);
	}
	return strcmp(x, y);
}

int fria_official_place(fria_placing *p, const json_t *file, fria_error *err)
{
	const char *urn = urn_of(file), *key;
	json_t *answers = json_object_get(file, "answers"), *answer;
	if (urn && !fria_instrument_is(p->instrument, urn))
		return fria_placing_refuse(p, urn, err);
	size_t n = 0;
	const char **keys =
	    fria_calloc(json_object_size(answers) + 1, sizeof *keys);
	json_object_foreach(answers, key, answer)
		keys[n++] = key;
	qsort(keys, n, sizeof *keys, compare_keys);
	for (size_t i = 0; i < n; i++) {
		fria_buf pointer = FRIA_BUF_INIT;
		fria_buf_puts(&pointer, "/answers");
		fria_pointer_add(&pointer, keys[i]);
		place_key(p, keys[i], json_object_get(answers, keys[i]),
			  pointer.text);
		fria_buf_dispose(&pointer);
	}
	free(keys);
	tell_completed(p, json_object_get(file, "metadata"));
	tell_others(p, file);
	return 0;
}
