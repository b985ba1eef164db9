/* SPDX-License-Identifier: EUPL-1.2 */
/* A fact with some of its members: "name version". */
#include "model.h"

#include <string.h>

bool fria_fact_member_in(const char *members, const char *key, size_t n)
{
	for (members += strspn(members, " "); *members;
	     members += strspn(members, " ")) {
		size_t length = strcspn(members, " ");
		if (length == n && !memcmp(members, key, n))
			return true;
		members += length;
	}
	return false;
}

static json_t *picked(const json_t *value, const char *members, bool keep)
{
	json_t *out, *one;
	const char *key;
	size_t i;
	if (json_is_array(value)) {
		out = json_array();
		json_array_foreach((json_t *)(uintptr_t)value, i, one)
			json_array_append_new(out, picked(one, members, keep));
		return out;
	}
	if (!json_is_object(value))
		return json_incref((json_t *)(uintptr_t)value);
	out = json_object();
	json_object_foreach((json_t *)(uintptr_t)value, key, one)
		if (fria_fact_member_in(members, key, strlen(key)) == keep)
			json_object_set(out, key, one);
	return out;
}

json_t *fria_fact_members(const char *pointer, const json_t *value,
			  const char *members, bool keep)
{
	const char *name;
	json_t *metric;
	if (strcmp(pointer, "/monitoring") != 0 || !json_is_object(value))
		return picked(value, members, keep);
	json_t *out = json_object();
	json_object_foreach((json_t *)(uintptr_t)value, name, metric)
		json_object_set_new(out, name, picked(metric, members, keep));
	return out;
}
