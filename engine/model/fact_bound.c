/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What an approval binds of a fact, by facts.def. It says nothing of what
 * makes an answer stale: that is all that is compared.
 */
#include "model.h"

#include <string.h>

static const struct {
	const char *pointer;
	const char *free; /* members that are not bound; NULL: nothing is */
} bound[] = {
#define FACT(pointer, binds, nl, en) {pointer, binds},
#include "facts.def"
};

static bool has_word(const char *list, const char *word, size_t n)
{
	for (list += strspn(list, " "); *list; list += strspn(list, " ")) {
		size_t length = strcspn(list, " ");
		if (length == n && !memcmp(list, word, n))
			return true;
		list += length;
	}
	return false;
}

/* The members that are free in what a pointer points at; NULL where nothing of
 * that is bound. */
static const char *free_members(const char *pointer)
{
	static const char metrics[] = "/monitoring";
	const char *members = "", *rest = "";
	size_t longest = 0;
	for (size_t i = 0; i < sizeof bound / sizeof *bound; i++) {
		size_t n = strlen(bound[i].pointer);
		if (n <= longest ||
		    !fria_pointer_covers(bound[i].pointer, pointer))
			continue;
		longest = n;
		members = bound[i].free;
		rest = pointer + n;
	}
	if (!members)
		return NULL;
	/* The name of a metric is no member. */
	if (*rest && fria_pointer_covers(metrics, pointer))
		rest += 1 + strcspn(rest + 1, "/");
	while (*rest) {
		size_t n = strcspn(rest + 1, "/");
		if (has_word(members, rest + 1, n))
			return NULL;
		rest += 1 + n;
	}
	return members;
}

/* Without these members: of an object, and of the objects in a list. New. */
static json_t *without(const json_t *value, const char *members)
{
	json_t *out, *one;
	const char *key;
	size_t i;
	if (json_is_array(value)) {
		out = json_array();
		json_array_foreach((json_t *)(uintptr_t)value, i, one)
			json_array_append_new(out, without(one, members));
		return out;
	}
	if (!json_is_object(value))
		return json_incref((json_t *)(uintptr_t)value);
	out = json_object();
	json_object_foreach((json_t *)(uintptr_t)value, key, one)
		if (!has_word(members, key, strlen(key)))
			json_object_set(out, key, one);
	return out;
}

json_t *fria_fact_bound(const json_t *application, const char *pointer,
			fria_rules rules)
{
	const json_t *value = fria_fact(application, pointer);
	const char *members = free_members(pointer), *name;
	json_t *kept, *metric;
	if (!members)
		return NULL;
	if (!strcmp(pointer, "/monitoring") && json_is_object(value)) {
		kept = json_object();
		json_object_foreach((json_t *)(uintptr_t)value, name, metric)
			json_object_set_new(kept, name,
					    without(metric, members));
	} else {
		kept = without(value, members);
	}
	json_t *digest = fria_fact_value_digest(pointer, kept, rules);
	json_decref(kept);
	return digest;
}
