/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Rows within rows, as the official DPIA has them, as rows of their own: a
 * repeatable group inside a repeatable group stands beside it, a repeatable
 * field inside one becomes a group, and each gets one more column, that names
 * the rows it belongs to. It reads no answer.
 *
 * Calls up to instrument.c: its texts are read as all of an instrument are.
 */
#include "model.h"

#include <stdlib.h>
#include <string.h>

static bool is_group(const json_t *task)
{
	const json_t *type = json_object_get(task, "type");
	return json_object_get(task, "tasks") ||
	       fria_json_says(task, "type", "task_group") ||
	       (json_is_string(json_array_get(type, 0)) &&
		!strcmp(json_string_value(json_array_get(type, 0)),
			"task_group"));
}

static bool repeats(const json_t *task)
{
	return json_is_true(json_object_get(task, "repeatable"));
}

/* Something in it repeats inside something that does. */
static bool is_nested(const json_t *list, bool inside)
{
	size_t i;
	json_t *one;
	json_array_foreach((json_t *)(uintptr_t)list, i, one) {
		bool own = repeats(one);
		if ((own && inside) ||
		    is_nested(json_object_get(one, "tasks"),
			      inside || (own && is_group(one))))
			return true;
	}
	return false;
}

/* The rows that a group's rows are: those it follows, else its own. */
static const char *rows_of(const json_t *group)
{
	size_t i;
	json_t *one;
	json_array_foreach(json_object_get(group, "dependencies"), i, one) {
		const json_t *source = json_object_get(one, "source");
		if (!fria_json_says(one, "type", "instance_mapping"))
			continue;
		return fria_json_text(
		    source ? source : json_object_get(one, "condition"), "id");
	}
	return fria_json_text(group, "id");
}

/* The column that names the rows of the group it lies in. New. */
static json_t *belonging(const char *id, const json_t *outer)
{
	json_t *title = json_object();
	char *own = fria_format("%s.bij", id);
	for (int i = 0; i < 2; i++) {
		fria_lang lang = i ? FRIA_EN : FRIA_NL;
		const char *what =
		    fria_text(json_object_get(outer, "item_name"), lang);
		fria_buf text = FRIA_BUF_INIT;
		if (!what)
			what = fria_text(json_object_get(outer, "task"), lang);
		fria_say(&text, lang, FRIA_W_rows_belong, "what",
			 what ? what : "", NULL);
		json_object_set_new(title, fria_lang_code(lang),
				    fria_json_string(text.text));
		fria_buf_dispose(&text);
	}
	json_t *task = fria_json_pack(
	    "{s:s, s:o, s:[s], s:b, s:b, s:[{s:s, s:{s:s?}, s:s}]}", "id", own,
	    "task", title, "type", "checkbox_option", "extension", 1, "belongs",
	    1, "dependencies", "type", "source_options", "source", "id",
	    rows_of(outer), "action", "options");
	free(own);
	return task;
}

static json_t *flat_list(const json_t *list, const json_t *outer,
			 json_t *moved);

/* A group or field that repeats within `outer`, as a group of its own. New. */
static json_t *own_group(const json_t *task, const json_t *outer, json_t *after)
{
	const char *id = fria_json_text(task, "id");
	json_t *group = json_copy((json_t *)(uintptr_t)task), *tasks;
	if (is_group(task)) {
		tasks = flat_list(json_object_get(task, "tasks"), task, after);
	} else {
		json_t *field = json_copy(group);
		char *name = fria_format("%s.rij", id ? id : "");
		json_object_del(field, "repeatable");
		json_object_clear(group);
		json_object_set_new(group, "id", fria_json_string(name));
		json_object_set(group, "task", json_object_get(task, "task"));
		json_object_set_new(group, "type",
				    fria_json_pack("[s]", "task_group"));
		json_object_set_new(group, "repeatable", json_true());
		tasks = fria_json_pack("[o]", field);
		free(name);
	}
	json_array_append_new(tasks, belonging(id ? id : "", outer));
	json_object_set_new(group, "tasks", tasks);
	return group;
}

/* Where nothing of its own is left, it holds its rows and repeats no more. */
static json_t *as_holder(json_t *group, json_t *moved)
{
	json_object_set(group, "tasks", moved);
	json_object_set_new(group, "repeatable", json_false());
	json_t *dependencies = json_array(), *one;
	size_t i;
	json_array_foreach(json_object_get(group, "dependencies"), i, one)
		if (!fria_json_says(one, "type", "instance_mapping"))
			json_array_append(dependencies, one);
	json_object_set_new(group, "dependencies", dependencies);
	return group;
}

static void add_flat(json_t *out, const json_t *task, const json_t *outer,
		     json_t *moved)
{
	json_t *copy = json_copy((json_t *)(uintptr_t)task);
	const json_t *tasks = json_object_get(task, "tasks");
	if (outer && repeats(task)) {
		json_t *after = json_array();
		json_array_append_new(moved, own_group(task, outer, after));
		json_array_extend(moved, after);
		json_decref(after);
		json_decref(copy);
		return;
	}
	if (!json_is_array(tasks)) {
		json_array_append_new(out, copy);
		return;
	}
	bool outermost = !outer && repeats(task);
	json_t *own = json_array();
	json_t *kept =
	    flat_list(tasks, outermost ? task : outer, outermost ? own : moved);
	json_object_set(copy, "tasks", kept);
	if (outermost && !json_array_size(kept))
		json_array_append_new(out, as_holder(copy, own));
	else
		json_array_append_new(out, copy);
	if (json_array_size(kept))
		json_array_extend(out, own);
	json_decref(kept);
	json_decref(own);
}

static json_t *flat_list(const json_t *list, const json_t *outer, json_t *moved)
{
	json_t *out = json_array(), *one;
	size_t i;
	json_array_foreach((json_t *)(uintptr_t)list, i, one)
		add_flat(out, one, outer, moved);
	return out;
}

json_t *fria_tasks_flat(json_t *tasks)
{
	if (!json_is_array(tasks) || !is_nested(tasks, false))
		return json_incref(tasks);
	json_t *moved = json_array();
	json_t *out = flat_list(tasks, NULL, moved);
	json_decref(moved);
	return out;
}
