/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a questionnaire says of itself and of its tasks for others to act on,
 * read once. What tasks rest on and when they are asked is instrument.c's.
 *
 * Calls up to instrument.c: its texts are read as all of an instrument are.
 */
#include "model.h"

#include <stdlib.h>
#include <string.h>

static void read_words(fria_strings *out, const json_t *list)
{
	size_t i;
	json_t *one;
	json_array_foreach((json_t *)(uintptr_t)list, i, one) {
		if (json_is_string(one))
			fria_strings_add(out, json_string_value(one));
	}
}

/* The ids that edges lead to, rows among them. */
static void read_rests(fria_strings *out, const json_t *list)
{
	size_t i;
	json_t *one;
	json_array_foreach((json_t *)(uintptr_t)list, i, one) {
		const char *rows = fria_json_text(one, "row_of");
		const char *id =
		    json_is_string(one) ? json_string_value(one) : rows;
		if (id)
			fria_strings_add(out, id);
	}
}

static size_t find(const fria_instrument *in, const json_t *json,
		   const char *key)
{
	const char *id = fria_json_text(json, key);
	return id ? fria_instrument_find(in, id) : FRIA_NONE;
}

static void read_options(fria_task *t)
{
	const json_t *list = json_object_get(t->raw, "options"), *one;
	size_t i;
	json_array_foreach((json_t *)(uintptr_t)list, i, one)
		*FRIA_PUSH(&t->options) = (fria_option){
		    json_object_get(one, "value"),
		    json_object_get(one, "official"),
		    json_object_get(one, "migrates"),
		    json_object_get(one, "plain"),
		    json_object_get(one, "takes"),
		    json_is_true(json_object_get(one, "extension")),
		    json_is_true(json_object_get(one, "exclusive"))};
}

static void read_task(fria_instrument *in, fria_task *t)
{
	const json_t *measure = json_object_get(t->raw, "measure");
	const json_t *calculation = json_object_get(t->raw, "calculation");
	t->extension = fria_task_flag(t, "extension", false);
	t->calculated = calculation != NULL;
	t->score = fria_json_text(calculation, "scoreKey");
	t->measures = measure != NULL;
	t->owner = find(in, measure, "owner");
	t->due = find(in, measure, "due");
	t->status = find(in, measure, "status");
	t->article27 = fria_json_text(t->raw, "article27");
	t->about = fria_json_text(t->raw, "about");
	t->fills = fria_json_text(t->raw, "register");
	t->moved = json_object_get(t->raw, "migrates") != NULL;
	read_words(&t->roles, json_object_get(t->raw, "roles"));
	read_words(&t->themes, json_object_get(t->raw, "theme"));
	read_words(&t->present, json_object_get(t->raw, "present"));
	read_rests(&t->rests, json_object_get(t->raw, "rests"));
	read_words(&t->migrates, json_object_get(t->raw, "migrates"));
	read_words(&t->takes, json_object_get(t->raw, "takes"));
	t->takes_where = json_object_get(t->raw, "takes_where");
	read_words(&t->columns, json_object_get(t->raw, "filled_by"));
	read_options(t);
}

static fria_matrix_side side_of(const json_t *matrix, const char *name)
{
	const json_t *side = json_object_get(matrix, name);
	return (fria_matrix_side){fria_json_text(side, "severity"),
				  fria_json_text(side, "likelihood"),
				  fria_json_text(side, "level")};
}

static void read_matrix(fria_instrument *in)
{
	const json_t *matrix = json_object_get(in->document, "matrix");
	in->matrix = (fria_matrix){.group = fria_json_text(matrix, "group"),
				   .table = fria_json_text(matrix, "table"),
				   .now = fria_json_text(matrix, "now"),
				   .label = fria_json_text(matrix, "label"),
				   .overall = fria_json_text(matrix, "overall"),
				   .before = side_of(matrix, "before"),
				   .after = side_of(matrix, "after")};
}

/* Of the first group that says that its rows are notifications. */
static void read_notices(fria_instrument *in)
{
	in->notices.group = FRIA_NONE;
	for (size_t i = 0; i < in->n && in->notices.group == FRIA_NONE; i++) {
		const json_t *keys =
		    json_object_get(in->tasks[i].raw, "notification");
		if (json_is_object(keys))
			in->notices = (fria_notices){
			    .group = i,
			    .version = find(in, keys, "version"),
			    .date = find(in, keys, "date"),
			    .reference = find(in, keys, "reference"),
			    .reason = find(in, keys, "reason"),
			    .because = find(in, keys, "because"),
			    .exempt = fria_json_text(keys, "exempt"),
			    .kept = fria_json_text(keys, "kept")};
	}
}

void fria_members_read(fria_instrument *in)
{
	for (size_t i = 0; i < in->n; i++)
		read_task(in, &in->tasks[i]);
	read_words(&in->present, json_object_get(in->document, "present"));
	in->previous = fria_json_text(in->document, "migrates");
	in->edition =
	    json_integer_value(json_object_get(in->document, "edition"));
	if (in->edition < 1)
		in->edition = 1;
	in->tables = json_object_get(in->document, "tables");
	read_matrix(in);
	read_notices(in);
}

void fria_members_free(fria_instrument *in)
{
	for (size_t i = 0; i < in->n; i++) {
		fria_task *t = &in->tasks[i];
		fria_strings_dispose(&t->roles);
		fria_strings_dispose(&t->themes);
		fria_strings_dispose(&t->present);
		fria_strings_dispose(&t->rests);
		fria_strings_dispose(&t->migrates);
		fria_strings_dispose(&t->takes);
		fria_strings_dispose(&t->columns);
		free(t->options.items);
	}
	fria_strings_dispose(&in->present);
}

const char *fria_instrument_title(const fria_instrument *in, fria_lang lang)
{
	return fria_text(json_object_get(in->document, "name"), lang);
}

void fria_instrument_say(fria_buf *out, const fria_instrument *in,
			 fria_lang lang)
{
	const char *title = fria_instrument_title(in, lang);
	const char *version = strrchr(in->name, ':');
	if (!title || !*title || !version)
		fria_buf_puts(out, title && *title ? title : in->name);
	else
		fria_say(out, lang, FRIA_W_instrument_called, "title", title,
			 "version", version + 1, NULL);
}

const char *fria_instrument_upstream(const fria_instrument *in,
				     const char *name)
{
	return fria_json_text(json_object_get(in->document, "upstream"), name);
}

size_t fria_table_number(const fria_instrument *in, const char *table,
			 size_t row, size_t column)
{
	const json_t *numbers = json_object_get(in->tables, table);
	json_int_t number = json_integer_value(
	    json_array_get(json_array_get(numbers, row - 1), column - 1));
	return number > 0 ? (size_t)number : 0;
}

const char *fria_matrix_word(const fria_instrument *in, size_t level,
			     fria_lang lang)
{
	const json_t *words =
	    json_object_get(json_object_get(in->document, "matrix"), "words");
	return level ? fria_text(json_array_get(words, level - 1), lang) : NULL;
}

void fria_task_words(fria_strings *out, const fria_instrument *in, size_t task,
		     const char *member)
{
	const json_t *own = NULL;
	for (; task != FRIA_NONE && !own; task = in->tasks[task].parent)
		own = json_object_get(in->tasks[task].raw, member);
	if (json_is_string(own))
		fria_strings_add(out, json_string_value(own));
	if (json_is_boolean(own))
		fria_strings_add(out, json_is_true(own) ? "true" : "false");
	read_words(out, own);
}
