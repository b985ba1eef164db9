/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Three-way merging of values that have no meaning here: objects member by
 * member, lists element by element where the elements have keys. What both
 * changed is noted as a conflict; nothing is ever put together from two texts.
 */
#include "merge_internal.h"

#include <stdlib.h>
#include <string.h>

/* The member of each side. */
static sides merge_member(sides s, const char *key)
{
	return (sides){json_object_get(s.base, key),
		       json_object_get(s.ours, key),
		       json_object_get(s.theirs, key)};
}

bool merge_equal(const json_t *a, const json_t *b)
{
	return a == b || (a && b && json_equal(a, b));
}

static bool identical(const json_t *a, const json_t *b)
{
	fria_buf x = FRIA_BUF_INIT, y = FRIA_BUF_INIT;
	fria_json_write_line(&x, a);
	fria_json_write_line(&y, b);
	bool same = x.n == y.n && !memcmp(x.text, y.text, x.n);
	fria_buf_dispose(&x);
	fria_buf_dispose(&y);
	return same;
}

/* --- which side stands in for both --- */

static fria_time stood_at(const json_t *value)
{
	fria_time at;
	const char *text =
	    fria_json_text(json_object_get(value, "basis"), "at");
	if (!text)
		text = fria_json_text(value, "at");
	return text && fria_time_parse(&at, text) ? at : INT64_MIN;
}

static int compare_bytes(const json_t *a, const json_t *b)
{
	fria_buf x = FRIA_BUF_INIT, y = FRIA_BUF_INIT;
	fria_canonical(&x, a);
	fria_canonical(&y, b);
	int order = strcmp(x.text, y.text);
	if (!order) { /* the same but for the order of members */
		fria_buf_clear(&x);
		fria_buf_clear(&y);
		fria_json_write_line(&x, a);
		fria_json_write_line(&y, b);
		order = strcmp(x.text, y.text);
	}
	fria_buf_dispose(&x);
	fria_buf_dispose(&y);
	return order;
}

const json_t *merge_preferred(const json_t *ours, const json_t *theirs)
{
	if (!ours || !theirs)
		return ours ? ours : theirs;
	fria_time a = stood_at(ours), b = stood_at(theirs);
	if (a != b)
		return a > b ? ours : theirs;
	return compare_bytes(ours, theirs) >= 0 ? ours : theirs;
}

static json_t *copy(const json_t *value)
{
	return value ? json_deep_copy(value) : NULL;
}

/* Equal sides may still differ in the order of members. */
static json_t *settle_equal(sides s)
{
	if (!s.ours || identical(s.ours, s.theirs))
		return copy(s.ours);
	if (s.base && identical(s.base, s.ours))
		return copy(s.theirs);
	if (s.base && identical(s.base, s.theirs))
		return copy(s.ours);
	return copy(merge_preferred(s.ours, s.theirs));
}

bool merge_settled(json_t **out, sides s)
{
	if (merge_equal(s.ours, s.theirs))
		*out = settle_equal(s);
	else if (merge_equal(s.base, s.theirs))
		*out = copy(s.ours);
	else if (merge_equal(s.base, s.ours))
		*out = copy(s.theirs);
	else
		return false;
	return true;
}

json_t *merge_conflict(merging *m, sides s)
{
	fria_conflict *c = FRIA_PUSH(m->out);
	*c = (fria_conflict){.pointer = fria_strdup(m->pointer.text),
			     .task = fria_strdup(m->task),
			     .row = fria_strdup(m->row),
			     .base = copy(s.base),
			     .ours = copy(s.ours),
			     .theirs = copy(s.theirs)};
	return copy(merge_preferred(s.ours, s.theirs));
}

/* --- objects --- */

bool merge_are_objects(sides s)
{
	return json_is_object(s.ours) && json_is_object(s.theirs) &&
	       (!s.base || json_is_object(s.base));
}

bool merge_are_lists(sides s)
{
	return (!s.ours || json_is_array(s.ours)) &&
	       (!s.theirs || json_is_array(s.theirs)) &&
	       (!s.base || json_is_array(s.base));
}

/* The keys that the set has, in the order of an object. */
static void keys_in(fria_strings *out, const json_t *object, const json_t *set)
{
	const char *key;
	json_t *value;
	json_object_foreach((json_t *)(uintptr_t)object, key, value)
		if (!set || json_object_get(set, key))
			fria_strings_add(out, key);
}

/* Those of the set (NULL: all of them) in the order that both sides make. */
static void order_of(fria_strings *out, sides all, const json_t *set,
		     const json_t *when)
{
	fria_strings base = FRIA_STRINGS_INIT, ours = FRIA_STRINGS_INIT,
		     theirs = FRIA_STRINGS_INIT;
	keys_in(&base, all.base, set);
	keys_in(&ours, all.ours, set);
	keys_in(&theirs, all.theirs, set);
	merge_order(out, &base, &ours, &theirs, when);
	fria_strings_dispose(&base);
	fria_strings_dispose(&ours);
	fria_strings_dispose(&theirs);
}

/* One part, with the pointer that names it. */
static json_t *at_key(merging *m, const char *key, sides s, merge_part part)
{
	size_t n = m->pointer.n;
	fria_pointer_add(&m->pointer, key);
	json_t *result = part(m, key, s);
	m->pointer.n = n;
	m->pointer.text[n] = '\0';
	return result;
}

json_t *merge_object(merging *m, sides s, merge_part part)
{
	fria_strings all = FRIA_STRINGS_INIT;
	json_t *result = json_object();
	order_of(&all, s, NULL, NULL);
	for (size_t i = 0; i < all.n; i++) {
		const char *key = all.items[i];
		json_t *value = at_key(m, key, merge_member(s, key), part);
		if (value)
			json_object_set_new(result, key, value);
	}
	fria_strings_dispose(&all);
	return result;
}

/* --- lists --- */

/* The elements by their keys, in the order they stand. New. */
static json_t *by_key(const json_t *list, const list_kind *kind)
{
	json_t *all = json_object(), *element;
	size_t i;
	json_array_foreach(list, i, element) {
		fria_buf key = FRIA_BUF_INIT;
		kind->key(&key, element);
		size_t n = key.n;
		for (int copy = 2; json_object_get(all, key.text); copy++) {
			key.n = n;
			fria_buf_printf(&key, "#%d", copy);
		}
		json_object_set(all, key.text, element);
		fria_buf_dispose(&key);
	}
	return all;
}

static void note_times(json_t *when, const json_t *all, const list_kind *kind)
{
	const char *key;
	json_t *element;
	json_object_foreach((json_t *)(uintptr_t)all, key, element) {
		fria_buf text = FRIA_BUF_INIT;
		kind->when(&text, element);
		fria_buf_printf(&text, "\t%s", key);
		json_object_set_new(when, key, fria_json_string(text.text));
		fria_buf_dispose(&text);
	}
}

/* What goes has no say in the order of what stays. */
static json_t *merge_elements(merging *m, sides all, const list_kind *kind)
{
	fria_strings first = FRIA_STRINGS_INIT, order = FRIA_STRINGS_INIT;
	json_t *result = json_array(), *when = NULL, *stay = json_object();
	if (kind->when) {
		when = json_object();
		note_times(when, all.ours, kind);
		note_times(when, all.theirs, kind);
	}
	order_of(&first, all, NULL, when);
	for (size_t i = 0; i < first.n; i++) {
		const char *key = first.items[i];
		json_t *element =
		    at_key(m, key, merge_member(all, key), kind->element);
		if (element)
			json_object_set_new(stay, key, element);
	}
	order_of(&order, all, stay, when);
	for (size_t i = 0; i < order.n; i++)
		json_array_append(result,
				  json_object_get(stay, order.items[i]));
	json_decref(stay);
	json_decref(when);
	fria_strings_dispose(&first);
	fria_strings_dispose(&order);
	return result;
}

json_t *merge_list(merging *m, sides s, const list_kind *kind)
{
	json_t *base = by_key(s.base, kind), *ours = by_key(s.ours, kind),
	       *theirs = by_key(s.theirs, kind);
	json_t *result = merge_elements(m, (sides){base, ours, theirs}, kind);
	json_decref(base);
	json_decref(ours);
	json_decref(theirs);
	/* A list that one side never had and that is empty again goes. */
	if (!json_array_size(result) && (!s.ours || !s.theirs)) {
		json_decref(result);
		return NULL;
	}
	return result;
}

void merge_key_id(fria_buf *out, const json_t *element)
{
	fria_buf_puts(out, fria_json_text(element, "id"));
}

static bool have_ids(const json_t *list)
{
	size_t i;
	json_t *element, *seen = json_object();
	bool all = true;
	json_array_foreach(list, i, element) {
		const char *id = fria_json_text(element, "id");
		all = all && id && !json_object_get(seen, id);
		if (all)
			json_object_set_new(seen, id, json_true());
	}
	json_decref(seen);
	return all;
}

json_t *merge_value(merging *m, const char *key, sides s)
{
	static const list_kind by_id = {merge_key_id, NULL, merge_value};
	json_t *result;
	(void)key;
	if (merge_settled(&result, s))
		return result;
	if (merge_are_objects(s))
		return merge_object(m, s, merge_value);
	if (s.ours && s.theirs && merge_are_lists(s) && have_ids(s.base) &&
	    have_ids(s.ours) && have_ids(s.theirs))
		return merge_list(m, s, &by_id);
	return merge_conflict(m, s);
}
