/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A questionnaire as the task registry keeps it (a flat list of questions with
 * urns) in the form standard: parts and sections from ids and topics. It
 * writes no text of its own but the number of a part.
 */
#include "model.h"

#include <stdlib.h>
#include <string.h>

static bool is_question(const json_t *task)
{
	return fria_json_text(task, "question") && fria_json_text(task, "urn");
}

static bool is_registry(const json_t *document)
{
	const json_t *tasks = json_object_get(document, "tasks");
	size_t i;
	json_t *task;
	if (!json_array_size(tasks) || !fria_json_text(document, "urn"))
		return false;
	json_array_foreach(tasks, i, task) {
		if (!is_question(task))
			return false;
	}
	return true;
}

/* "2A.2.1" of "urn:...:1.0:2A.2.1". */
static const char *id_of(const json_t *task)
{
	const char *urn = fria_json_text(task, "urn");
	const char *colon = strrchr(urn, ':');
	return colon ? colon + 1 : urn;
}

static const char *topic_of(const json_t *task)
{
	size_t i;
	json_t *label;
	json_array_foreach(json_object_get(task, "labels"), i, label) {
		const char *key = fria_json_text(label, "key");
		if (key && !strcmp(key, "topic"))
			return fria_json_text(label, "value");
	}
	return NULL;
}

/* A new group at the end of a list; its tasks, borrowed. */
static json_t *add_group(json_t *list, const char *id, size_t n,
			 const char *title)
{
	json_t *tasks = json_array();
	json_array_append_new(
	    list, fria_json_pack("{s:s%, s:s, s:[s], s:o}", "id", id, n, "task",
				 title, "type", "task_group", "tasks", tasks));
	return tasks;
}

static json_t *add_part(json_t *list, const char *id)
{
	size_t n = strcspn(id, ".");
	char *title = fria_format("Deel %.*s", (int)n, id);
	json_t *tasks = add_group(list, id, n, title);
	free(title);
	return tasks;
}

static bool same_part(const char *a, const char *b)
{
	size_t n = strcspn(a, ".");
	return n == strcspn(b, ".") && !strncmp(a, b, n);
}

/* A section goes on while its topic does: one id in IAMA 1.0 is misspelled. */
static json_t *tasks_of(const json_t *questions)
{
	json_t *parts = json_array(), *part = NULL, *section = NULL, *task;
	const char *topic = NULL, *last = "";
	size_t i;
	json_array_foreach(questions, i, task) {
		const char *id = id_of(task), *own = topic_of(task);
		const char *dot = strrchr(id, '.');
		bool goes_on = section && own && topic && !strcmp(own, topic);
		if (!goes_on) {
			if (!part || !same_part(id, last))
				part = add_part(parts, id);
			section = add_group(
			    part, id, dot ? (size_t)(dot - id) : strlen(id),
			    own ? own : id);
			last = id;
		}
		topic = own;
		json_array_append_new(
		    section,
		    fria_json_pack("{s:s, s:O, s:[s]}", "id", id, "task",
				   json_object_get(task, "question"), "type",
				   "open_text"));
	}
	return parts;
}

json_t *fria_instrument_from_registry(const json_t *document)
{
	if (!is_registry(document))
		return NULL;
	return fria_json_pack("{s:O?, s:O, s:O*, s:b, s:o}", "name",
			      json_object_get(document, "name"), "urn",
			      json_object_get(document, "urn"), "description",
			      json_object_get(document, "description"),
			      "prefixQuestionIds", 1, "tasks",
			      tasks_of(json_object_get(document, "tasks")));
}
