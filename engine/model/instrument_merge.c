/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The official questionnaire with our additions: its structure and texts, our
 * translations, edges and extensions, joined by id. Our guidance stands only
 * where the official file has none.
 */
#include "model.h"

#include <stdlib.h>
#include <string.h>

static const char *const additions[] = {
    "facts",	"rests",	"article27",   "register", "about",	"roles",
    "theme",	"required",	"measure",     "migrates", "extension", "stop",
    "crossing", "notification", "present",     "decides",  "alone",	"takes",
    "contract", "filled_by",	"takes_where", NULL};

static const char *const of_option[] = {"takes", "exclusive", NULL};

/* Of the questionnaire as a whole. */
static const char *const whole[] = {"migrates", "upstream", "present",
				    "edition",	"tables",   "assessments",
				    NULL};

/* {"nl": the official text, "en": ours}, where ours has an English one. */
static json_t *both(json_t *official, const json_t *ours)
{
	const char *en = fria_json_text(ours, "en");
	if (!json_is_string(official) || !en)
		return json_incref(official);
	return fria_json_pack("{s:O, s:s}", "nl", official, "en", en);
}

static void translate(json_t *task, const json_t *ours, const char *key)
{
	json_t *text = json_object_get(task, key);
	if (text)
		json_object_set_new(task, key,
				    both(text, json_object_get(ours, key)));
}

static bool is_extension(const json_t *thing)
{
	return json_is_true(json_object_get(thing, "extension"));
}

/* Where a thing stands in a list; its length: nowhere. */
static size_t place_of(const json_t *list, const json_t *thing, const char *key)
{
	size_t i = 0;
	while (i < json_array_size(list) &&
	       !json_equal(json_object_get(json_array_get(list, i), key),
			   json_object_get(thing, key)))
		i++;
	return i;
}

/* Our extensions, each after what it comes after here, but for those it has: a
 * file of ours may come in again. */
static void extend(json_t *list, const json_t *ours, const char *key)
{
	size_t i;
	json_t *one;
	json_array_foreach(ours, i, one) {
		size_t n = json_array_size(list), at = n;
		if (!list || !is_extension(one) || place_of(list, one, key) < n)
			continue;
		if (i)
			at = place_of(list, json_array_get(ours, i - 1), key);
		json_array_insert_new(list, at < n ? at + 1 : n,
				      json_deep_copy(one));
	}
}

/* --- options --- */

static const json_t *our_option(const json_t *ours, const json_t *value)
{
	size_t i;
	json_t *option;
	json_array_foreach(json_object_get(ours, "options"), i, option) {
		if (json_equal(json_object_get(option, "official"), value) ||
		    json_equal(json_object_get(option, "value"), value))
			return option;
	}
	return NULL;
}

static void merge_option(json_t *option, const json_t *ours)
{
	json_t *value = json_incref(json_object_get(option, "value"));
	json_t *label = json_object_get(option, "label");
	json_t *slug = json_object_get(ours, "value");
	if (!label && json_is_string(value))
		label = value;
	if (label)
		json_object_set_new(
		    option, "label",
		    both(label, json_object_get(ours, "label")));
	if (!json_equal(slug, value)) {
		json_object_set(option, "value", slug);
		json_object_set(option, "official", value);
	}
	for (size_t i = 0; of_option[i]; i++)
		if (json_object_get(ours, of_option[i]))
			json_object_set(option, of_option[i],
					json_object_get(ours, of_option[i]));
	json_decref(value);
}

static void merge_options(json_t *task, const json_t *ours)
{
	json_t *options = json_object_get(task, "options"), *option;
	size_t i;
	json_array_foreach(options, i, option) {
		const json_t *own =
		    our_option(ours, json_object_get(option, "value"));
		if (own)
			merge_option(option, own);
	}
	extend(options, json_object_get(ours, "options"), "value");
}

/* --- tasks --- */

static void index_tasks(json_t *index, json_t *tasks)
{
	size_t i;
	json_t *task;
	json_array_foreach(tasks, i, task) {
		const char *id = fria_json_text(task, "id");
		const char *official = fria_json_text(task, "official");
		if (id)
			json_object_set(index, id, task);
		if (official)
			json_object_set(index, official, task);
		index_tasks(index, json_object_get(task, "tasks"));
	}
}

static void merge_tasks(json_t *tasks, json_t *index);

/* An id that the official file spells otherwise becomes ours. */
static void merge_name(json_t *thing, const json_t *ours, const char *key)
{
	const json_t *official = json_object_get(ours, "official");
	if (!official)
		return;
	json_object_set(thing, key, json_object_get(ours, key));
	json_object_set(thing, "official", (json_t *)(uintptr_t)official);
}

static void merge_task(json_t *task, json_t *index)
{
	const json_t *ours = json_object_get(
	    index,
	    fria_json_text(task, "id") ? fria_json_text(task, "id") : "");
	json_t *children = json_object_get(task, "tasks");
	merge_tasks(children, index);
	if (!ours)
		return;
	merge_name(task, ours, "id");
	translate(task, ours, "task");
	translate(task, ours, "description");
	if (!json_object_get(task, "description") &&
	    json_object_get(ours, "description"))
		json_object_set(task, "description",
				json_object_get(ours, "description"));
	merge_options(task, ours);
	for (size_t i = 0; additions[i]; i++) {
		json_t *value = json_object_get(ours, additions[i]);
		if (value && !json_object_get(task, additions[i]))
			json_object_set_new(task, additions[i],
					    json_deep_copy(value));
	}
	extend(children, json_object_get(ours, "tasks"), "id");
}

static void merge_tasks(json_t *tasks, json_t *index)
{
	size_t i;
	json_t *task;
	json_array_foreach(tasks, i, task)
		merge_task(task, index);
}

json_t *fria_instrument_merge(const json_t *official, const json_t *ours)
{
	json_t *out = json_deep_copy(official), *index = json_object();
	json_t *ours_tasks = json_object_get(ours, "tasks");
	index_tasks(index, ours_tasks);
	merge_name(out, ours, "urn");
	merge_name(out, ours, "version");
	translate(out, ours, "name");
	translate(out, ours, "description");
	for (size_t i = 0; whole[i]; i++) {
		json_t *value = json_object_get(ours, whole[i]);
		if (value && !json_object_get(out, whole[i]))
			json_object_set(out, whole[i], value);
	}
	merge_tasks(json_object_get(out, "tasks"), index);
	json_decref(index);
	return out;
}
