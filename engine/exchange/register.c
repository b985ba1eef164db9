/* SPDX-License-Identifier: EUPL-1.2 */
/* The entry in the algoritmeregister, written from facts and versions. */
#include "exchange.h"

#include <stdlib.h>
#include <string.h>

/* In the received entry's order where there is one; new fields follow. */
static json_t *merge(const json_t *received, const json_t *facts)
{
	json_t *out = json_object(), *value;
	const char *key;
	json_object_foreach((json_t *)(uintptr_t)received, key, value) {
		char *pointer = fria_format("/register/%s", key);
		json_t *fact = json_object_get(facts, key);
		if (fact)
			json_object_set(out, key, fact);
		else if (!fria_fact_is(pointer))
			json_object_set(out, key, value);
		free(pointer);
	}
	json_object_foreach((json_t *)(uintptr_t)facts, key, value) {
		if (!json_object_get(out, key))
			json_object_set(out, key, value);
	}
	return out;
}

static bool has_title(const json_t *list, const char *title)
{
	size_t i;
	json_t *element;
	json_array_foreach(list, i, element) {
		const char *own = fria_json_text(element, "title");
		if (own && !strcmp(own, title))
			return true;
	}
	return false;
}

/* Assessments that others made stay; ours are added by their title. */
static json_t *grouping(const json_t *received,
			const fria_register_report *reports, size_t n)
{
	json_t *was = json_object_get(received, "impacttoetsen_grouping");
	json_t *out = json_is_array(was) ? json_deep_copy(was) : json_array();
	for (size_t i = 0; i < n; i++)
		if (!has_title(out, reports[i].title))
			json_array_append_new(
			    out,
			    json_pack("{s:s, s:s*}", "title", reports[i].title,
				      "link", reports[i].link));
	return out;
}

json_t *fria_register_entry(const json_t *application, const json_t *received,
			    const fria_register_report *reports, size_t n)
{
	const char *name = fria_json_text(application, "name");
	json_t *out = merge(received, json_object_get(application, "register"));
	json_t *list = grouping(received, reports, n);
	if (!json_object_get(out, "name") && name)
		json_object_set_new(out, "name", json_string(name));
	if (!json_object_get(out, "standard_version"))
		json_object_set_new(out, "standard_version",
				    json_string("1.0"));
	if (json_array_size(list))
		json_object_set(out, "impacttoetsen_grouping", list);
	json_decref(list);
	return out;
}
