/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * An assessment as an answer file (version 2) of the official form, as the
 * published form reads it. What the form cannot hold is named, and stays here.
 */
#include "formats.h"

#include <stdlib.h>
#include <string.h>

#define SCHEMA                                                                 \
	"https://github.com/MinBZK/par-dpia-form/blob/main/schemas/"           \
	"assessment-output.v2.schema.json"

typedef struct {
	const fria_instrument *in;
	const json_t *assessment;
	fria_choices *choices;
	const char *name;
	fria_findings *findings;
	fria_find_picture find; /* or NULL */
	void *data;
	fria_buf now;
	fria_buf narrow; /* ids that the published schema does not know */
	fria_questions questions;
	bool unfit; /* one of them has what is no answer */
} writing;

static void tell(writing *w, fria_word word, const char *task, const char *what)
{
	fria_buf pointer = FRIA_BUF_INIT;
	fria_buf_puts(&pointer, "/answers");
	fria_pointer_add(&pointer, task);
	fria_findings_add(w->findings, FRIA_NOTE, word, w->name, pointer.text,
			  "task", task, "what", what ? what : "", NULL);
	fria_buf_dispose(&pointer);
}

/* --- values --- */

static const fria_option *option_of(const fria_task *t, const json_t *value)
{
	for (size_t i = 0; i < t->options.n; i++)
		if (json_equal(t->options.items[i].value, value))
			return &t->options.items[i];
	return NULL;
}

/* The form keeps text: "true", "null", "12". New. */
static json_t *as_text(const json_t *value)
{
	if (json_is_string(value))
		return json_incref((json_t *)(uintptr_t)value);
	fria_buf text = FRIA_BUF_INIT;
	fria_json_write_line(&text, value);
	json_t *out = fria_json_string(text.text);
	fria_buf_dispose(&text);
	return out;
}

/* The official value of an option; NULL for one of ours. A row is its text. */
static json_t *official(writing *w, const fria_task *t, const json_t *value)
{
	const char *stored = json_string_value(value);
	json_t *label =
	    stored
		? json_object_get(
		      fria_choices_at(w->choices, (size_t)(t - w->in->tasks)),
		      stored)
		: NULL;
	if (label)
		return json_incref(label);
	const fria_option *option = option_of(t, value);
	const json_t *theirs = option ? option->official : NULL;
	if (option && option->extension) {
		tell(w, FRIA_W_form_option, t->id, json_string_value(value));
		return NULL;
	}
	return as_text(theirs ? theirs : value);
}

static json_t *official_list(writing *w, const fria_task *t, const json_t *list)
{
	json_t *out = json_array(), *one;
	size_t i;
	json_array_foreach(list, i, one) {
		json_t *value = official(w, t, one);
		if (value)
			json_array_append_new(out, value);
	}
	return out;
}

/* The picture that a question for one has; the text where it has none, and what
 * is not found stays here. */
static json_t *picture_of(writing *w, const fria_task *t, const json_t *value)
{
	fria_strings named = FRIA_STRINGS_INIT;
	json_t *picture = t->picture
			      ? fria_official_picture(json_string_value(value),
						      w->find, w->data)
			      : NULL;
	fria_markdown_addresses(&named, json_string_value(value),
				json_string_length(value));
	for (size_t i = picture ? 1 : 0; i < named.n; i++)
		if (!strncmp(named.items[i], FRIA_EVIDENCE "/",
			     strlen(FRIA_EVIDENCE "/")))
			tell(w, FRIA_W_form_evidence, t->id,
			     fria_evidence_own(named.items[i] +
					       strlen(FRIA_EVIDENCE "/")));
	fria_strings_dispose(&named);
	return picture;
}

static json_t *value_of(writing *w, const fria_task *t, const json_t *value)
{
	if (t->kind == FRIA_OPTION)
		return official(w, t, value);
	if (t->kind == FRIA_OPTIONS)
		return official_list(w, t, value);
	if (t->kind == FRIA_TEXT && json_is_string(value)) {
		json_t *picture = picture_of(w, t, value);
		if (picture)
			return picture;
		fria_buf text = FRIA_BUF_INIT;
		fria_markdown_to_plain(&text, json_string_value(value));
		json_t *plain = fria_json_string(text.text);
		fria_buf_dispose(&text);
		return plain;
	}
	return as_text(value);
}

/* --- answers --- */

static json_t *name_of(const char *by)
{
	return by ? fria_json_string_n(by, fria_person_length(by)) : NULL;
}

/* Ids with letters are in the instrument and not in the published schema. */
static bool is_narrow(const char *id)
{
	return id[strspn(id, "0123456789.")];
}

/* What is no answer is none in the form either. */
static bool is_unfit(const writing *w, const json_t *answer)
{
	for (size_t i = 0; w->unfit && i < w->questions.n; i++)
		if (w->questions.items[i].answer == answer)
			return w->questions.items[i].unfit != NULL;
	return false;
}

static void find_unfit(writing *w, const fria_siblings *siblings)
{
	fria_questions_beside(&w->questions, w->in, w->assessment, siblings);
	for (size_t i = 0; i < w->questions.n; i++) {
		if (!w->questions.items[i].unfit)
			continue;
		w->unfit = true;
		fria_question_unfit(w->findings, w->in, &w->questions.items[i],
				    FRIA_WARNING, w->name,
				    fria_assessment_language(w->assessment));
	}
}

static json_t *answer_of(writing *w, const fria_task *t, const json_t *answer)
{
	const json_t *basis = json_object_get(answer, "basis");
	const char *at = fria_json_text(basis, "at");
	json_t *value = json_object_get(answer, "value");
	value = value ? value_of(w, t, value) : NULL;
	if (json_object_get(answer, "waived"))
		tell(w, FRIA_W_form_waived, t->id, NULL);
	if (json_object_get(answer, "dissent"))
		tell(w, FRIA_W_form_dissent, t->id, NULL);
	if (!value || is_unfit(w, answer)) {
		json_decref(value);
		return NULL;
	}
	if (is_narrow(t->id))
		fria_buf_printf(&w->narrow, "%s%s", w->narrow.n ? ", " : "",
				t->id);
	json_t *out = fria_json_pack("{s:o, s:s}", "value", value,
				     "lastEditedAt", at ? at : w->now.text);
	json_t *by = name_of(fria_json_text(basis, "by"));
	if (by)
		json_object_set_new(out, "lastEditedBy", by);
	return out;
}

static json_t *row_of(writing *w, size_t group, const json_t *row,
		      size_t number)
{
	const fria_task *g = &w->in->tasks[group];
	json_t *out = fria_json_pack("{s:I}", "_index", (json_int_t)number);
	for (size_t i = group; i < g->end; i++) {
		const fria_task *t = &w->in->tasks[i];
		const json_t *answer = json_object_get(row, t->id);
		if (!t->answerable || !answer ||
		    i == fria_rows_belong(w->in, group))
			continue;
		if (t->extension) {
			tell(w, FRIA_W_form_ours, t->id, NULL);
			continue;
		}
		json_t *one = answer_of(w, t, answer);
		if (one)
			json_object_set_new(out, t->id, one);
	}
	return out;
}

/* One in the form for each row that it belongs to; a field that repeats stands
 * under its group there. */
static void put_within(writing *w, json_t *answers, size_t group)
{
	const fria_task *g = &w->in->tasks[group];
	size_t n = strlen(g->id);
	bool field = n > 4 && !strcmp(g->id + n - 4, ".rij");
	json_t *rows = fria_rows_within(w->assessment, w->in, group), *row;
	json_t *list = json_array();
	size_t i;
	json_array_foreach(rows, i, row)
		json_array_append_new(list, row_of(w, group, row, i));
	if (json_array_size(list))
		json_object_set(
		    answers, field ? w->in->tasks[g->parent].id : g->id, list);
	json_decref(list);
	json_decref(rows);
}

/* Its rows are told in the boxes that their columns fill. */
static bool is_told(const writing *w, size_t group)
{
	const fria_task *g = &w->in->tasks[group];
	for (size_t i = 0; i < w->in->n && g->extension; i++) {
		const fria_strings *columns = &w->in->tasks[i].columns;
		size_t at = columns->n
				? fria_instrument_find(w->in, columns->items[0])
				: FRIA_NONE;
		if (at != FRIA_NONE && w->in->tasks[at].rows == group)
			return true;
	}
	return false;
}

/* Rows that follow another group's have its numbers, as the form counts. */
static void put_rows(writing *w, json_t *answers, size_t group)
{
	const fria_task *g = &w->in->tasks[group];
	size_t root = g->mapped == FRIA_NONE ? group : g->mapped;
	const json_t *rows = fria_assessment_rows(w->assessment, w->in, root);
	json_t *list = json_array();
	for (size_t i = 0; i < json_array_size(rows); i++) {
		const char *id = fria_json_text(json_array_get(rows, i), "id");
		const json_t *row =
		    fria_assessment_row(w->assessment, w->in, group, id);
		if (row)
			json_array_append_new(list, row_of(w, group, row, i));
	}
	size_t own =
	    json_array_size(fria_assessment_rows(w->assessment, w->in, group));
	if (own > json_array_size(list))
		tell(w, FRIA_W_form_out_of_sight, g->id, NULL);
	if (json_array_size(list) && g->extension)
		tell(w, FRIA_W_form_ours, g->id, NULL);
	else if (json_array_size(list))
		json_object_set(answers, g->id, list);
	json_decref(list);
}

static void put_task(writing *w, json_t *answers, size_t task)
{
	const fria_task *t = &w->in->tasks[task];
	if (t->rows == task && is_told(w, task))
		return;
	if (t->rows == task) {
		(fria_rows_belong(w->in, task) == FRIA_NONE
		     ? put_rows
		     : put_within)(w, answers, task);
		return;
	}
	if (!t->answerable || t->rows != FRIA_NONE)
		return;
	const json_t *answer =
	    fria_assessment_answer(w->assessment, w->in, task, NULL);
	if (answer && t->extension) {
		tell(w, FRIA_W_form_ours, t->id, NULL);
		return;
	}
	json_t *told = fria_official_rows(w->in, w->assessment, &w->questions,
					  w->choices, task);
	if (told)
		answer = told;
	json_t *one = answer ? answer_of(w, t, answer) : NULL;
	if (one)
		json_object_set_new(answers, t->id, one);
	json_decref(told);
}

/* --- the whole --- */

/* What stands beside the answers and has no place in the form. */
static void tell_members(writing *w)
{
	static const char *const members[] = {"approvals", "requests",
					      "comments", "meetings", NULL};
	for (size_t i = 0; members[i]; i++)
		if (json_array_size(json_object_get(w->assessment, members[i])))
			fria_findings_add(w->findings, FRIA_NOTE,
					  FRIA_W_form_member, w->name, NULL,
					  "member", members[i], NULL);
	if (w->narrow.n)
		fria_findings_add(w->findings, FRIA_NOTE, FRIA_W_form_narrow,
				  w->name, NULL, "tasks", w->narrow.text, NULL);
}

json_t *fria_official_form(fria_findings *findings,
			   const fria_evaluation_input *input,
			   fria_find_picture find, void *data, fria_time now)
{
	writing w = {.in = input->instrument,
		     .assessment = input->assessment,
		     .choices = fria_choices_new(
			 input->instrument, input->assessment, &input->siblings,
			 input->application,
			 fria_assessment_language(input->assessment)),
		     .name = input->name,
		     .findings = findings,
		     .find = find,
		     .data = data};
	json_t *answers = json_object();
	fria_buf_init(&w.now);
	fria_buf_init(&w.narrow);
	fria_time_write(&w.now, now);
	find_unfit(&w, &input->siblings);
	for (size_t i = 0; i < w.in->n; i++)
		put_task(&w, answers, i);
	tell_members(&w);
	json_t *out = fria_json_pack(
	    "{s:s, s:{s:s, s:s}, s:o}", "$schema", SCHEMA, "metadata", "urn",
	    w.in->name, "createdAt", w.now.text, "answers", answers);
	fria_buf_dispose(&w.now);
	fria_buf_dispose(&w.narrow);
	fria_choices_free(w.choices);
	fria_questions_dispose(&w.questions);
	return out;
}
