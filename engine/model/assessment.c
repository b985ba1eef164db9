/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The assessment document: finding and placing answers and rows, and the
 * order in which everything is written. It never judges an answer.
 */
#include "model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Letters and digits in the id that a row is given. */
enum { ROW_ID = 8 };

/* --- what the engine relies on --- */

static int refuse(fria_error *err, const char *file, const fria_buf *pointer,
		  fria_word word)
{
	fria_fail(err, FRIA_EINPUT, word, "field", pointer->text, NULL);
	fria_fail_at(err, file, pointer->text, 0, 0);
	return FRIA_EINPUT;
}

static int check_answer(const json_t *answer, const char *file,
			const fria_buf *at, fria_error *err)
{
	const json_t *basis = json_object_get(answer, "basis");
	const json_t *waived = json_object_get(answer, "waived");
	if (!json_is_object(answer))
		return refuse(err, file, at, FRIA_W_must_be_object);
	if ((basis && !json_is_object(basis)) ||
	    (waived && !json_is_object(waived)))
		return refuse(err, file, at, FRIA_W_answer_malformed);
	fria_rules rules;
	if (basis && !fria_basis_rules(&rules, basis))
		return refuse(err, file, at, FRIA_W_rules_newer);
	return 0;
}

static int check_row(const json_t *row, const char *file, fria_buf *at,
		     fria_error *err)
{
	const char *key;
	json_t *answer;
	size_t n = at->n;
	if (!json_is_object(row) || !fria_json_text(row, "id"))
		return refuse(err, file, at, FRIA_W_row_without_id);
	json_object_foreach((json_t *)(uintptr_t)row, key, answer) {
		if (!strcmp(key, "id"))
			continue;
		fria_pointer_add(at, key);
		int code = check_answer(answer, file, at, err);
		at->n = n;
		at->text[n] = '\0';
		if (code)
			return code;
	}
	return 0;
}

static int check_rows(const json_t *rows, const char *file, fria_buf *at,
		      fria_error *err)
{
	size_t n = at->n;
	json_t *seen = json_object();
	int code = 0;
	for (size_t i = 0; i < json_array_size(rows) && !code; i++) {
		const json_t *row = json_array_get(rows, i);
		const char *id = fria_json_text(row, "id");
		fria_buf_printf(at, "/%zu", i);
		code = check_row(row, file, at, err);
		if (!code && json_object_get(seen, id))
			code = refuse(err, file, at, FRIA_W_row_twice);
		if (!code)
			json_object_set_new(seen, id, json_true());
		at->n = n;
		at->text[n] = '\0';
	}
	json_decref(seen);
	return code;
}

static int check_answers(const json_t *answers, const char *file, fria_buf *at,
			 fria_error *err)
{
	const char *key;
	json_t *answer;
	size_t n = at->n;
	json_object_foreach((json_t *)(uintptr_t)answers, key, answer) {
		fria_pointer_add(at, key);
		int code = json_is_array(answer)
			       ? check_rows(answer, file, at, err)
			       : check_answer(answer, file, at, err);
		at->n = n;
		at->text[n] = '\0';
		if (code)
			return code;
	}
	return 0;
}

/* What a newer program bound cannot be judged by this one. */
static int check_contents(const json_t *approvals, const char *file,
			  fria_buf *at, fria_error *err)
{
	size_t i;
	json_t *one;
	json_array_foreach((json_t *)(uintptr_t)approvals, i, one) {
		const char *content = fria_json_text(one, "content");
		fria_rules rules;
		if (!content || !strchr(content, ':') ||
		    fria_content_rules(&rules, content))
			continue;
		fria_buf_clear(at);
		fria_buf_printf(at, "/approvals/%zu/content", i);
		return refuse(err, file, at, FRIA_W_rules_newer);
	}
	return 0;
}

int fria_assessment_check(const json_t *assessment, const char *file,
			  fria_error *err)
{
	static const struct {
		const char *key;
		json_type type;
		fria_word word;
		bool needed;
	} members[] = {{"instrument", JSON_STRING, FRIA_W_must_be_text, true},
		       {"application", JSON_STRING, FRIA_W_must_be_text, true},
		       {"answers", JSON_OBJECT, FRIA_W_must_be_object, true},
		       {"language", JSON_STRING, FRIA_W_must_be_text, false},
		       {"approvals", JSON_ARRAY, FRIA_W_must_be_list, false},
		       {"requests", JSON_ARRAY, FRIA_W_must_be_list, false},
		       {"proposals", JSON_ARRAY, FRIA_W_must_be_list, false},
		       {"meetings", JSON_ARRAY, FRIA_W_must_be_list, false},
		       {"comments", JSON_ARRAY, FRIA_W_must_be_list, false}};
	fria_buf at = FRIA_BUF_INIT;
	int code = 0;
	if (!json_is_object(assessment))
		code = refuse(err, file, &at, FRIA_W_must_be_object);
	for (size_t i = 0; !code && i < sizeof members / sizeof *members; i++) {
		json_t *value = json_object_get(assessment, members[i].key);
		fria_buf_clear(&at);
		fria_pointer_add(&at, members[i].key);
		if (!value ? members[i].needed
			   : json_typeof(value) != members[i].type)
			code = refuse(err, file, &at, members[i].word);
	}
	if (!code)
		code = check_contents(json_object_get(assessment, "approvals"),
				      file, &at, err);
	fria_buf_clear(&at);
	fria_buf_puts(&at, "/answers");
	if (!code)
		code = check_answers(json_object_get(assessment, "answers"),
				     file, &at, err);
	fria_buf_dispose(&at);
	return code;
}

/* --- order of writing --- */

static void order_answer(json_t *answer)
{
	static const char *const members[] = {"value", "waived", "basis",
					      "dissent", NULL};
	static const char *const basis[] = {
	    "release", "facts",	  "source", "answers", "question",
	    "value",   "seen",	  "rules",  "ground",  "by",
	    "at",      "meeting", "note",   NULL};
	static const char *const waived[] = {"kind", "reason", "reference",
					     NULL};
	json_t *part;
	if (!json_is_object(answer))
		return;
	fria_json_order(answer, members);
	if ((part = json_object_get(answer, "basis")))
		fria_json_order(part, basis);
	if ((part = json_object_get(answer, "waived")))
		fria_json_order(part, waived);
}

static void order_row(json_t *row, const fria_instrument *in, size_t group)
{
	size_t n = 0;
	const char **keys =
	    fria_calloc(in->tasks[group].end - group + 2, sizeof *keys);
	keys[n++] = "id";
	for (size_t i = group + 1; i < in->tasks[group].end; i++)
		if (in->tasks[i].answerable)
			keys[n++] = in->tasks[i].id;
	fria_json_order(row, keys);
	free(keys);
	const char *key;
	json_t *answer;
	json_object_foreach(row, key, answer)
		order_answer(answer);
}

static void order_answers(json_t *answers, const fria_instrument *in)
{
	const char **keys = fria_calloc(in->n + 1, sizeof *keys);
	const char *key;
	json_t *answer, *row;
	size_t i;
	for (i = 0; i < in->n; i++)
		keys[i] = in->tasks[i].id;
	fria_json_order(answers, keys);
	free(keys);
	json_object_foreach(answers, key, answer) {
		size_t task = fria_instrument_find(in, key);
		order_answer(answer);
		if (task != FRIA_NONE && json_is_array(answer))
			json_array_foreach(answer, i, row)
				order_row(row, in, task);
	}
}

void fria_assessment_order(json_t *assessment, const fria_instrument *in)
{
	static const char *const members[] = {
	    "$schema",	 "instrument", "application", "language", "answers",
	    "approvals", "requests",   "proposals",   "meetings", "comments",
	    "disclosed", "origin",     "examples",    NULL};
	json_t *answers = json_object_get(assessment, "answers");
	fria_json_order(assessment, members);
	if (in && answers)
		order_answers(answers, in);
}

json_t *fria_assessment_new(const fria_instrument *in, const char *application,
			    fria_lang lang)
{
	return fria_json_pack("{s:s, s:s, s:s, s:s, s:{}}", "$schema",
			      "../../schemas/assessment.schema.json",
			      "instrument", in->name, "application",
			      application, "language", fria_lang_code(lang),
			      "answers");
}

fria_lang fria_assessment_language(const json_t *assessment)
{
	fria_lang lang = FRIA_NL;
	fria_lang_parse(&lang, fria_json_text(assessment, "language"));
	return lang;
}

/* --- answers and rows --- */

static json_t *answers_of(const json_t *assessment)
{
	return json_object_get(assessment, "answers");
}

json_t *fria_assessment_rows(const json_t *assessment,
			     const fria_instrument *in, size_t group)
{
	json_t *rows =
	    json_object_get(answers_of(assessment), in->tasks[group].id);
	return json_is_array(rows) ? rows : NULL;
}

size_t fria_assessment_row_number(const json_t *assessment,
				  const fria_instrument *in, size_t group,
				  const char *id)
{
	size_t i;
	json_t *row;
	if (!id)
		return 0;
	json_array_foreach(fria_assessment_rows(assessment, in, group), i, row)
		if (fria_json_says(row, "id", id))
			return i + 1;
	return 0;
}

json_t *fria_assessment_row(const json_t *assessment, const fria_instrument *in,
			    size_t group, const char *id)
{
	size_t n = fria_assessment_row_number(assessment, in, group, id);
	return n ? json_array_get(fria_assessment_rows(assessment, in, group),
				  n - 1)
		 : NULL;
}

static json_t *held_by(const json_t *holder, const char *task)
{
	json_t *answer = json_object_get(holder, task);
	return json_is_object(answer) ? answer : NULL;
}

json_t *fria_assessment_answer(const json_t *assessment,
			       const fria_instrument *in, size_t task,
			       const char *row)
{
	const json_t *holder = answers_of(assessment);
	if (in->tasks[task].rows != FRIA_NONE)
		holder = row ? fria_assessment_row(assessment, in,
						   in->tasks[task].rows, row)
			     : NULL;
	return held_by(holder, in->tasks[task].id);
}

json_t *fria_assessment_value(const json_t *assessment,
			      const fria_instrument *in, size_t task,
			      const char *row)
{
	return json_object_get(
	    fria_assessment_answer(assessment, in, task, row), "value");
}

json_t *fria_rows_by_id(const json_t *rows)
{
	json_t *ids = json_object(), *row;
	size_t i;
	json_array_foreach(rows, i, row) {
		const char *id = fria_json_text(row, "id");
		if (id && !json_object_get(ids, id))
			json_object_set(ids, id, row);
	}
	return ids;
}

json_t *fria_assessment_by_row(const json_t *assessment)
{
	json_t *by_row = json_object(), *rows;
	const char *group;
	json_object_foreach(answers_of(assessment), group, rows)
		json_object_set_new(by_row, group, fria_rows_by_id(rows));
	return by_row;
}

json_t *fria_assessment_answer_by(const json_t *assessment,
				  const json_t *by_row,
				  const fria_instrument *in, size_t task,
				  const char *row)
{
	const json_t *holder = answers_of(assessment);
	size_t group = in->tasks[task].rows;
	if (group != FRIA_NONE)
		holder =
		    row ? json_object_get(
			      json_object_get(by_row, in->tasks[group].id), row)
			: NULL;
	return held_by(holder, in->tasks[task].id);
}

void fria_assessment_put(json_t *assessment, const fria_instrument *in,
			 size_t task, const char *row, json_t *answer)
{
	json_t *holder = answers_of(assessment);
	if (in->tasks[task].rows != FRIA_NONE)
		holder = fria_assessment_row(assessment, in,
					     in->tasks[task].rows, row);
	if (answer)
		json_object_set(holder, in->tasks[task].id, answer);
	else
		json_object_del(holder, in->tasks[task].id);
	fria_assessment_order(assessment, in);
}

void fria_assessment_row_need(json_t *assessment, const fria_instrument *in,
			      size_t group, const char *id)
{
	json_t *rows = fria_assessment_rows(assessment, in, group);
	if (fria_assessment_row(assessment, in, group, id))
		return;
	if (!rows) {
		rows = json_array();
		json_object_set_new(answers_of(assessment), in->tasks[group].id,
				    rows);
		fria_assessment_order(assessment, in);
	}
	json_array_append_new(rows, fria_json_pack("{s:s}", "id", id));
}

bool fria_row_id_is(const char *text)
{
	static const char digits[] = "0123456789";
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
	return strlen(text) == ROW_ID && strspn(text, letters) == ROW_ID &&
	       strpbrk(text, digits);
}

const char *fria_assessment_row_add(json_t *assessment,
				    const fria_instrument *in, size_t group)
{
	char id[ROW_ID + 1];
	do
		fria_random_id(id, ROW_ID);
	while (!fria_row_id_is(id) ||
	       fria_assessment_row(assessment, in, group, id));
	fria_assessment_row_need(assessment, in, group, id);
	return fria_json_text(fria_assessment_row(assessment, in, group, id),
			      "id");
}

void fria_assessment_row_remove(json_t *assessment, const fria_instrument *in,
				size_t group, const char *id)
{
	json_t *rows = fria_assessment_rows(assessment, in, group);
	for (size_t i = 0; i < json_array_size(rows); i++) {
		const char *own = fria_json_text(json_array_get(rows, i), "id");
		if (own && !strcmp(own, id)) {
			json_array_remove(rows, i);
			break;
		}
	}
	if (rows && !json_array_size(rows))
		json_object_del(answers_of(assessment), in->tasks[group].id);
}
