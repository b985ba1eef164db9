/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Facts without the people in them: functions and organisations stay, names
 * and how to reach somebody do not. It reads by the names of members; who is
 * named in running text is for personal.c.
 */
#include "living_internal.h"

#include <string.h>

static bool is_one_of(const char *key, const char *const list[])
{
	for (size_t i = 0; list[i]; i++)
		if (!strcmp(list[i], key))
			return true;
	return false;
}

/* "A. de Vries <a@example.org>", as git has it. */
static bool is_person(const char *text)
{
	size_t n = text ? strlen(text) : 0,
	       name = text ? strcspn(text, "<") : 0;
	return name < n && text[n - 1] == '>' && strchr(text + name, '@') &&
	       !strpbrk(text, "\n") && strcspn(text + name, " \t") == n - name;
}

/* Where the people stand: who owns it, who made the file, how to reach them. */
static bool names_people(const char *key)
{
	static const char *const keys[] = {
	    "provenance", "author", "authors", "by",	    "joined", "email",
	    "e-mail",	  "mail",   "phone",   "telephone", NULL};
	return is_one_of(key, keys);
}

/* Of somebody: whose, and in which function. New. */
static json_t *function_of(const json_t *somebody)
{
	static const char *const keys[] = {
	    "organization", "organisation", "oin", "role", "function", NULL};
	json_t *out = json_object();
	for (size_t i = 0; keys[i]; i++)
		if (json_is_string(json_object_get(somebody, keys[i])))
			json_object_set(out, keys[i],
					json_object_get(somebody, keys[i]));
	return out;
}

static json_t *without(json_t *value, const char *key);

static json_t *list_without(json_t *list, const char *key)
{
	json_t *out = json_array(), *one;
	size_t i;
	json_array_foreach(list, i, one) {
		json_t *shown = without(one, key);
		if (shown && !(json_is_object(shown) && json_object_size(one) &&
			       !json_object_size(shown)))
			json_array_append(out, shown);
		json_decref(shown);
	}
	return out;
}

/* NULL: nothing of it is told. New. */
static json_t *without(json_t *value, const char *key)
{
	bool owner = !strcmp(key, "owners") || !strcmp(key, "owner");
	json_t *out, *one;
	const char *own;
	if (names_people(key) || is_person(json_string_value(value)) ||
	    (!strcmp(key, "owners") && json_is_string(value)))
		return NULL;
	if (json_is_array(value))
		return list_without(value, key);
	if (!json_is_object(value))
		return json_incref(value);
	if (owner || json_object_get(value, "email"))
		return function_of(value);
	out = json_object();
	json_object_foreach(value, own, one) {
		json_t *shown = without(one, own);
		if (shown)
			json_object_set_new(out, own, shown);
	}
	return out;
}

json_t *redact_people(json_t *value, const char *pointer)
{
	const char *last = strrchr(pointer, '/');
	return without(value, last ? last + 1 : pointer);
}

void redact_origin(char *origin)
{
	char *people = strstr(origin, " (");
	if (people)
		*people = '\0';
}
