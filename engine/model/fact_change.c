/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Two values of one fact, brought down to what differs between them, for
 * showing. It decides nothing: whether they differ is facts.c's to say.
 */
#include "model.h"

#include <stdlib.h>
#include <string.h>

static bool is_same(const char *pointer, const json_t *a, const json_t *b)
{
	json_t *x, *y;
	if (a && b &&
	    json_equal((json_t *)(uintptr_t)a, (json_t *)(uintptr_t)b))
		return true;
	x = fria_fact_compared(pointer, a, FRIA_RULES);
	y = fria_fact_compared(pointer, b, FRIA_RULES);
	bool same = json_equal(x, y);
	json_decref(x);
	json_decref(y);
	return same;
}

/* Stands for what is the same in both. */
#define REST "\u2026"

/* What an element is known by stays with what changed in it. */
static void keep_name(json_t *out, const json_t *from)
{
	static const char *const names[] = {"name", "title", NULL};
	for (size_t i = 0; names[i]; i++)
		if (fria_json_text(from, names[i]))
			json_object_set(out, names[i],
					json_object_get(from, names[i]));
}

/* The members of `of` that are not the same in both, narrowed themselves. */
static json_t *members(const char *pointer, const json_t *of, const json_t *a,
		       const json_t *b)
{
	json_t *out = json_object(), *value;
	const char *key;
	keep_name(out, of);
	json_object_foreach((json_t *)(uintptr_t)of, key, value) {
		json_t *x = json_object_get(a, key),
		       *y = json_object_get(b, key);
		json_t *before = NULL, *after = NULL;
		fria_buf inner = FRIA_BUF_INIT;
		fria_buf_puts(&inner, pointer);
		fria_pointer_add(&inner, key);
		if (!is_same(inner.text, x, y)) {
			fria_fact_narrow(&before, &after, inner.text, x, y);
			json_object_set(out, key, of == a ? before : after);
		}
		json_decref(before);
		json_decref(after);
		fria_buf_dispose(&inner);
	}
	if (json_object_size(out) || !json_object_size(of))
		return out;
	json_decref(out);
	return fria_json_string(REST);
}

static bool holds(const json_t *list, const char *pointer, const json_t *one)
{
	size_t i;
	json_t *other;
	json_array_foreach(list, i, other) {
		if (is_same(pointer, one, other))
			return true;
	}
	return false;
}

/* The elements of a list of objects that the other list has not. */
static json_t *elements(const char *pointer, const json_t *of,
			const json_t *other)
{
	json_t *out = json_array(), *one;
	size_t i;
	json_array_foreach(of, i, one) {
		if (!json_is_object(one) || !holds(other, pointer, one))
			json_array_append(out, one);
	}
	if (json_array_size(out) < json_array_size(of))
		json_array_append_new(out, fria_json_string(REST));
	return out;
}

void fria_fact_narrow(json_t **before, json_t **after, const char *pointer,
		      const json_t *a, const json_t *b)
{
	if (json_is_object(a) && json_is_object(b)) {
		*before = members(pointer, a, a, b);
		*after = members(pointer, b, a, b);
	} else if (json_is_array(a) && json_is_array(b)) {
		*before = elements(pointer, a, b);
		*after = elements(pointer, b, a);
	} else {
		*before = json_incref((json_t *)(uintptr_t)a);
		*after = json_incref((json_t *)(uintptr_t)b);
	}
}
