/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * An assessment and its application, and random edits of them, for the tests
 * of differences. It compares nothing.
 */
#ifndef FRIA_TESTS_DOCUMENTS_H
#define FRIA_TESTS_DOCUMENTS_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../engine/fria.h"
#include "chance.h"

static json_t *read_json(const char *text)
{
	json_t *json = NULL;
	assert_int_equal(
	    fria_json_parse(&json, "test", text, strlen(text), NULL), 0);
	return json;
}

typedef struct {
	json_t *assessment, *application;
} documents;

static json_t *word(void)
{
	return json_sprintf("woord %u", dice(3));
}

static json_t *answer(void)
{
	json_t *out = dice(4) ? json_pack("{s:o}", "value", word())
			      : json_pack("{s:{s:s, s:o}}", "waived", "kind",
					  "settled", "reason", word());
	if (dice(2))
		json_object_set_new(
		    out, "basis",
		    json_pack("{s:s, s:o}", "by", "A", "at", word()));
	if (!dice(3))
		json_object_set_new(out, "dissent", word());
	if (!dice(5))
		json_object_set_new(out, "unknown", word());
	return out;
}

static json_t *rows_of(documents *d, const char *group)
{
	json_t *answers = json_object_get(d->assessment, "answers");
	json_t *rows = json_object_get(answers, group);
	if (!rows) {
		rows = json_array();
		json_object_set_new(answers, group, rows);
	}
	return rows;
}

static void edit_rows(documents *d)
{
	const char *group = dice(2) ? "3" : "4";
	const char *const cells[] = {"3.1", "3.2", "4.1", "4.stand"};
	json_t *rows = rows_of(d, group);
	size_t n = json_array_size(rows);
	char id[16];
	static unsigned fresh;
	snprintf(id, sizeof id, "r%07u", ++fresh);
	json_t *row = n ? json_array_get(rows, dice((unsigned)n)) : NULL;
	unsigned what = dice(4);
	if (!row || !what) {
		json_array_insert_new(rows, dice((unsigned)n + 1),
				      json_pack("{s:s}", "id", id));
	} else if (what == 1) {
		json_incref(row);
		json_array_remove(rows, 0);
		json_decref(row);
	} else if (what == 2) {
		json_t *first = json_incref(json_array_get(rows, 0));
		json_array_remove(rows, 0);
		json_array_insert_new(rows, dice((unsigned)n), first);
	} else {
		json_object_set_new(
		    row, cells[dice(2) + (*group == '4' ? 2u : 0u)], answer());
	}
}

static void edit_list(documents *d, const char *name)
{
	json_t *list = json_object_get(d->assessment, name);
	char id[8];
	snprintf(id, sizeof id, "c%u", dice(3));
	if (!list) {
		list = json_array();
		json_object_set_new(d->assessment, name, list);
	}
	if (json_array_size(list) && !dice(3)) {
		json_array_remove(list, 0);
		return;
	}
	for (size_t i = 0; i < json_array_size(list); i++)
		if (!strcmp(fria_json_text(json_array_get(list, i), "id"), id))
			return;
	json_t *one =
	    json_pack("{s:s, s:s, s:o, s:s, s:s}", "id", id, "task", "1",
		      "text", word(), "role", id, "kind", "agreement");
	if (!dice(3))
		json_object_set_new(one, "resolved",
				    json_pack("{s:o}", "by", word()));
	json_array_append_new(list, one);
}

static void set_or_drop(json_t *object, const char *key)
{
	if (dice(3))
		json_object_set_new(object, key, word());
	else
		json_object_del(object, key);
}

static void edit_document(documents *d)
{
	static const char *const lists[] = {"comments", "meetings",
					    "approvals"};
	static const char *const members[] = {"origin", "superseded_by",
					      "other"};
	static const char *const facts[] = {"area", "purpose"};
	json_t *answers = json_object_get(d->assessment, "answers");
	switch (dice(7)) {
	case 0:
		json_object_set_new(answers, dice(2) ? "1" : "2", answer());
		break;
	case 1:
		json_object_del(answers, dice(2) ? "1" : "2");
		break;
	case 2:
		edit_list(d, lists[dice(3)]);
		break;
	case 3:
		set_or_drop(d->assessment, members[dice(3)]);
		break;
	case 4:
		set_or_drop(json_object_get(d->application, "use"),
			    facts[dice(2)]);
		break;
	case 5:
		set_or_drop(d->application, dice(2) ? "release" : "name");
		break;
	default:
		edit_rows(d);
	}
}

static documents start(void)
{
	return (documents){
	    read_json("{\"instrument\":\"urn:nl:t:1.0\",\"application\":"
		      "\"a\",\"answers\":{}}"),
	    read_json("{\"id\":\"a\",\"use\":{},\"monitoring\":{\"m\":"
		      "{\"series\":[]}}}")};
}

static documents copy(const documents *d)
{
	return (documents){json_deep_copy(d->assessment),
			   json_deep_copy(d->application)};
}

static void drop(documents *d)
{
	json_decref(d->assessment);
	json_decref(d->application);
}

/* Without what says nothing: no rows, no comments. */
static json_t *substance(const documents *d)
{
	json_t *out =
	    json_pack("{s:o, s:o}", "a", json_deep_copy(d->assessment), "b",
		      json_deep_copy(d->application));
	json_t *a = json_object_get(out, "a"), *value;
	json_t *answers = json_object_get(a, "answers");
	const char *key;
	void *next;
	json_object_foreach_safe(answers, next, key, value) {
		if (json_is_array(value) && !json_array_size(value))
			json_object_del(answers, key);
	}
	json_object_foreach_safe(a, next, key, value) {
		if (json_is_array(value) && !json_array_size(value))
			json_object_del(a, key);
	}
	return out;
}

#endif
