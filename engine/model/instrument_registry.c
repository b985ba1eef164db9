/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A questionnaire as the task registry keeps it (a flat list of questions with
 * urns) in the form standard: parts and sections from ids and topics. It
 * writes no text of its own but the number of a part.
 */
#include "model.h"

#include <stdlib.h>
#include <string.h>

/* What says which questionnaire it is stands at the top, or apart. */
static const json_t *head_of(const json_t *document)
{
	const json_t *head = json_object_get(document, "instrument");
	return json_is_object(head) ? head : document;
}

bool fria_instrument_registry_is(const json_t *document)
{
	const json_t *tasks = json_object_get(document, "tasks");
	size_t i;
	json_t *task;
	if (!fria_json_text(head_of(document), "urn"))
		return false;
	json_array_foreach(tasks, i, task) {
		if (json_object_get(task, "question") &&
		    !json_object_get(task, "task"))
			return true;
	}
	return false;
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

/* A Yes without quotation marks is text to YAML 1.2. */
static bool is_optional(const json_t *task)
{
	const json_t *asked = json_object_get(task, "required_status");
	return json_is_false(asked) ||
	       fria_json_says(task, "required_status", "No") ||
	       fria_json_says(task, "status", "optional");
}

typedef struct {
	json_t *used;	/* ids of questions, and of groups so far */
	fria_lang lang; /* of the titles of parts */
} building;

/*
 * The id for a group: as wanted where no question has it. Two-level ids (1.1,
 * 1.2) leave none for the sections of a part: those are called by their topic.
 */
static char *free_id(building *b, const char *wanted, size_t n,
		     const char *otherwise)
{
	char *id = fria_strndup(wanted, n);
	for (size_t k = 1; !*id || json_object_get(b->used, id); k++) {
		free(id);
		id = k == 1 ? fria_strdup(otherwise)
			    : fria_format("%s-%zu", otherwise, k);
	}
	json_object_set_new(b->used, id, json_true());
	return id;
}

/* A new group at the end of a list, which takes the id; its tasks, borrowed. */
static json_t *add_group(json_t *list, char *id, const char *title)
{
	json_t *tasks = json_array();
	json_array_append_new(
	    list, fria_json_pack("{s:s, s:s, s:[s], s:o}", "id", id, "task",
				 title, "type", "task_group", "tasks", tasks));
	free(id);
	return tasks;
}

static json_t *add_part(building *b, json_t *list, const char *id)
{
	size_t n = strcspn(id, ".");
	char *number = fria_strndup(id, n);
	char *other = fria_format("deel-%s", number);
	fria_buf title = FRIA_BUF_INIT;
	fria_say(&title, b->lang, FRIA_W_registry_part, "part", number, NULL);
	json_t *tasks =
	    add_group(list, free_id(b, number, n, other), title.text);
	fria_buf_dispose(&title);
	free(number);
	free(other);
	return tasks;
}

/* "1.doel-van-het-systeem" where "1" is taken */
static json_t *add_section(building *b, json_t *part, const char *id,
			   const char *topic)
{
	const char *dot = strrchr(id, '.');
	fria_buf other = FRIA_BUF_INIT;
	fria_buf_printf(&other, "%.*s.", (int)strcspn(id, "."), id);
	fria_slug(&other, topic ? topic : "deel");
	if (other.n > 60)
		other.text[other.n = 60] = '\0';
	char *own = free_id(b, id, dot ? (size_t)(dot - id) : 0, other.text);
	json_t *tasks = add_group(part, own, topic ? topic : own);
	fria_buf_dispose(&other);
	return tasks;
}

static bool same_part(const char *a, const char *b)
{
	size_t n = strcspn(a, ".");
	return n == strcspn(b, ".") && !strncmp(a, b, n);
}

static void add_question(json_t *section, const char *id, const json_t *task)
{
	json_t *own = fria_json_pack("{s:s, s:O, s:[s]}", "id", id, "task",
				     json_object_get(task, "question"), "type",
				     "open_text");
	if (is_optional(task))
		json_object_set_new(own, "required", json_false());
	json_array_append_new(section, own);
}

/* A section goes on while its topic does: one id in IAMA 1.0 is misspelled. */
static json_t *tasks_of(building *b, const json_t *questions)
{
	json_t *parts = json_array(), *part = NULL, *section = NULL, *task;
	const char *topic = NULL, *last = "";
	size_t i;
	json_array_foreach(questions, i, task)
		json_object_set_new(b->used, id_of(task), json_true());
	json_array_foreach(questions, i, task) {
		const char *id = id_of(task), *own = topic_of(task);
		bool goes_on = section && own && topic && !strcmp(own, topic);
		if (!goes_on) {
			if (!part || !same_part(id, last))
				part = add_part(b, parts, id);
			section = add_section(b, part, id, own);
			last = id;
		}
		topic = own;
		add_question(section, id, task);
	}
	return parts;
}

static int check_questions(const json_t *questions, const char *name,
			   fria_error *err)
{
	size_t i;
	json_t *task;
	json_array_foreach(questions, i, task) {
		const char *urn = fria_json_text(task, "urn");
		if (urn &&
		    fria_text(json_object_get(task, "question"), FRIA_NL))
			continue;
		char *pointer = fria_format("/tasks/%zu", i);
		if (urn)
			fria_fail(err, FRIA_EINPUT, FRIA_W_registry_question,
				  "task", id_of(task), NULL);
		else
			fria_fail(err, FRIA_EINPUT, FRIA_W_registry_urn, NULL);
		fria_fail_at(err, name, pointer, 0, 0);
		free(pointer);
		return FRIA_EINPUT;
	}
	return 0;
}

int fria_instrument_from_registry(json_t **out, const char *name,
				  const json_t *document, fria_error *err)
{
	const json_t *head = head_of(document);
	const json_t *questions = json_object_get(document, "tasks");
	building b = {json_object(), FRIA_NL};
	fria_lang_parse(&b.lang, fria_json_text(head, "language"));
	int code = check_questions(questions, name, err);
	if (!code)
		*out = fria_json_pack(
		    "{s:O?, s:O, s:O*, s:O*, s:b, s:o}", "name",
		    json_object_get(head, "name"), "urn",
		    json_object_get(head, "urn"), "version",
		    json_object_get(head, "version"), "description",
		    json_object_get(head, "description"), "prefixQuestionIds",
		    1, "tasks", tasks_of(&b, questions));
	json_decref(b.used);
	return code;
}
