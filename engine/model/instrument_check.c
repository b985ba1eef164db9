/* SPDX-License-Identifier: EUPL-1.2 */
/* What is wrong in a questionnaire. It only notices; it mends nothing. */
#include "model.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

typedef struct {
	fria_findings *findings;
	const fria_instrument *in;
	const char *file;
} check;

static void note(check *c, fria_severity severity, fria_word word, size_t task,
		 const char *what)
{
	fria_buf pointer = FRIA_BUF_INIT;
	if (task != FRIA_NONE)
		fria_task_place(&pointer, c->in, task);
	fria_findings_add(c->findings, severity, word, c->file, pointer.text,
			  "task",
			  task == FRIA_NONE ? "" : c->in->tasks[task].id,
			  "what", what ? what : "", NULL);
	fria_buf_dispose(&pointer);
}

/* An id stands in messages, in edges and behind --row on one line. */
static void check_ids(check *c, size_t i)
{
	const char *id = c->in->tasks[i].id;
	fria_buf clean = FRIA_BUF_INIT;
	if (strpbrk(id, " #/") ||
	    fria_text_enter(&clean, id, strlen(id), FRIA_LINE | FRIA_NEEDED,
			    "id", NULL) ||
	    strcmp(clean.text, id) != 0)
		note(c, FRIA_SEVERE, FRIA_W_check_id, i, NULL);
	fria_buf_dispose(&clean);
	if (fria_instrument_find(c->in, c->in->tasks[i].id) != i)
		note(c, FRIA_SEVERE, FRIA_W_check_duplicate_id, i, NULL);
}

static void check_translation(check *c, size_t i, const json_t *text)
{
	if (json_is_object(text) &&
	    (!fria_json_text(text, "nl") || !fria_json_text(text, "en")))
		note(c, FRIA_WARNING, FRIA_W_check_translation, i,
		     fria_json_text(text, "nl") ? "en" : "nl");
}

static void check_texts(check *c, size_t i)
{
	const json_t *json = c->in->tasks[i].raw;
	size_t k;
	json_t *option;
	check_translation(c, i, json_object_get(json, "task"));
	check_translation(c, i, json_object_get(json, "description"));
	json_array_foreach(json_object_get(json, "options"), k, option)
		check_translation(c, i, json_object_get(option, "label"));
}

static void check_fact(check *c, size_t i, const char *pointer)
{
	if (!fria_fact_is(pointer))
		note(c, FRIA_SEVERE,
		     fria_fact_is_output(pointer) ? FRIA_W_check_fact_output
						  : FRIA_W_check_fact_unknown,
		     i, pointer);
}

static void check_options(check *c, size_t i)
{
	const fria_task *t = &c->in->tasks[i];
	const json_t *options = json_object_get(t->raw, "options");
	size_t k;
	json_t *option;
	if (t->kind != FRIA_OPTION && t->kind != FRIA_OPTIONS)
		return;
	if (!json_array_size(options) && !fria_task_draws(t))
		note(c, FRIA_SEVERE, FRIA_W_check_no_options, i, NULL);
	if (t->drawn && *t->drawn == '/')
		check_fact(c, i, t->drawn);
	json_array_foreach(options, k, option) {
		if (!json_object_get(option, "value"))
			note(c, FRIA_SEVERE, FRIA_W_check_option_value, i,
			     NULL);
	}
}

static void check_facts(check *c, size_t i)
{
	const fria_task *t = &c->in->tasks[i];
	const char *output = fria_json_text(t->raw, "register");
	for (size_t k = 0; k < t->facts.n; k++) {
		const char *p = t->facts.items[k].pointer;
		if (!fria_pointer_covers("/source", p))
			check_fact(c, i, p);
		if (output && !strncmp(p, "/register/", 10) &&
		    !strcmp(p + 10, output))
			note(c, FRIA_SEVERE, FRIA_W_check_fact_and_output, i,
			     p);
	}
}

/* The cell that says what an edge leads to: of the same row. */
static size_t check_cell(check *c, size_t i, const json_t *edge)
{
	const char *id = fria_json_text(edge, "named_by");
	size_t cell = id ? fria_instrument_find(c->in, id) : FRIA_NONE;
	size_t rows = c->in->tasks[i].rows;
	if (!id || (cell != FRIA_NONE && rows != FRIA_NONE && cell != rows &&
		    c->in->tasks[cell].rows == rows))
		return cell;
	note(c, FRIA_SEVERE, FRIA_W_check_edge_cell, i, id);
	return FRIA_NONE;
}

/* /monitoring itself, or one metric. */
static bool is_of_metrics(const char *pointer)
{
	static const char metrics[] = "/monitoring";
	const char *rest = pointer + sizeof metrics - 1;
	return fria_pointer_covers(metrics, pointer) &&
	       (!*rest || !strchr(rest + 1, '/'));
}

static void check_fact_edges(check *c, size_t i)
{
	size_t k;
	json_t *e;
	json_array_foreach(json_object_get(c->in->tasks[i].raw, "facts"), k,
			   e) {
		const char *pointer = fria_json_text(e, "pointer");
		bool from = json_object_get(e, "from") != NULL;
		bool on = json_object_get(e, "on") != NULL;
		bool some = json_object_get(e, "where") ||
			    json_object_get(e, "members");
		bool cell = json_object_get(e, "named_by") != NULL;
		if (!pointer)
			continue;
		check_cell(c, i, e);
		if ((on && !is_of_metrics(pointer)) ||
		    (cell && !json_object_get(e, "as") &&
		     strcmp(pointer, "/monitoring") != 0))
			note(c, FRIA_SEVERE, FRIA_W_check_edge_metrics, i,
			     pointer);
		if (from != (json_object_get(e, "to") != NULL) ||
		    (from && json_equal(json_object_get(e, "from"),
					json_object_get(e, "to"))))
			note(c, FRIA_SEVERE, FRIA_W_check_edge_change, i,
			     pointer);
		if ((from && (some || cell || on)) || (on && some))
			note(c, FRIA_SEVERE, FRIA_W_check_edge_mixed, i,
			     pointer);
	}
}

/* A cell that chooses out of those rows, as far as they are known here. */
static bool chooses_from(const fria_instrument *in, const fria_task *cell,
			 const char *id, size_t from)
{
	const char *drawn = cell->drawn;
	size_t prefix = strcspn(id, "#") + 1;
	if (strchr(id, '#'))
		return drawn && !strncmp(drawn, id, prefix);
	return from == FRIA_NONE ||
	       (cell->source != FRIA_NONE &&
		in->tasks[cell->source].rows == in->tasks[from].rows);
}

/* Rows of a group, out of which the cell chooses. */
static void check_row_edge(check *c, size_t i, const json_t *edge, size_t from)
{
	size_t cell = check_cell(c, i, edge);
	const char *id = fria_json_text(edge, "row_of");
	if (from != FRIA_NONE && c->in->tasks[from].rows == FRIA_NONE)
		note(c, FRIA_SEVERE, FRIA_W_check_edge_rows, i, id);
	else if (cell != FRIA_NONE &&
		 !chooses_from(c->in, &c->in->tasks[cell], id, from))
		note(c, FRIA_SEVERE, FRIA_W_check_edge_choice, i,
		     c->in->tasks[cell].id);
}

static void check_rests(check *c, size_t i)
{
	size_t k;
	json_t *one;
	json_array_foreach(json_object_get(c->in->tasks[i].raw, "rests"), k,
			   one) {
		const char *rows = fria_json_text(one, "row_of");
		const char *name = rows ? rows : json_string_value(one);
		size_t from =
		    name ? fria_instrument_find(c->in, name) : FRIA_NONE;
		if (from != FRIA_NONE && from >= i &&
		    from < c->in->tasks[i].end)
			note(c, FRIA_SEVERE, FRIA_W_check_self, i, name);
		if (!name || (!strchr(name, '#') &&
			      fria_instrument_find(c->in, name) == FRIA_NONE))
			note(c, FRIA_SEVERE, FRIA_W_check_rests_unknown, i,
			     name);
		if (rows)
			check_row_edge(c, i, one, from);
	}
	for (k = 0; k < c->in->tasks[i].upstream.n; k++) {
		const fria_edge *e = &c->in->tasks[i].upstream.items[k];
		/* A row that is named was there, wherever it stands. */
		bool named = e->named_by != FRIA_NONE;
		if (named ? e->named_by >= i
			  : e->task != FRIA_NONE && e->task >= i)
			note(c, FRIA_SEVERE, FRIA_W_check_backward, i, e->id);
	}
}

/* What an answer is proposed from stands outside the questionnaire: its own
 * questions are there to be read. */
static void check_takes(check *c, size_t i)
{
	const fria_task *t = &c->in->tasks[i];
	for (size_t k = 0; k < t->takes.n; k++) {
		const char *name = t->takes.items[k];
		if (*name == '/')
			check_fact(c, i, name);
		else if (!t->answerable || *name == '#' || !strchr(name, '#'))
			note(c, FRIA_SEVERE, FRIA_W_check_takes, i, name);
	}
	const char *narrowed;
	json_t *where;
	json_object_foreach((json_t *)(uintptr_t)t->takes_where, narrowed,
			    where)
		if (!fria_strings_has(&t->takes, narrowed))
			note(c, FRIA_SEVERE, FRIA_W_check_takes_where, i,
			     narrowed);
}

static void check_reference(check *c, size_t i, const json_t *one)
{
	const char *id = fria_json_text(one, "id");
	size_t to = id ? fria_instrument_find(c->in, id) : FRIA_NONE;
	if (json_is_object(one) && id && to == FRIA_NONE)
		note(c, FRIA_WARNING, FRIA_W_check_reference_unknown, i, id);
	if (json_is_object(one) && to == i)
		note(c, FRIA_SEVERE, FRIA_W_check_self, i, id);
}

static void check_references(check *c, size_t i)
{
	const char *name;
	json_t *value, *one;
	size_t k;
	json_object_foreach(json_object_get(c->in->tasks[i].raw, "references"),
			    name, value) {
		bool own = !strcasecmp(name, c->in->id);
		if (!own && !json_is_string(value))
			note(c, FRIA_NOTE, FRIA_W_check_reference_absent, i,
			     name);
		if (!own)
			continue;
		check_reference(c, i, value);
		json_array_foreach(value, k, one)
			check_reference(c, i, one);
	}
}

static void check_conditions(check *c, size_t i)
{
	const fria_conditions *list = &c->in->tasks[i].conditions;
	for (size_t k = 0; k < list->n; k++)
		if (list->items[k].task == FRIA_NONE &&
		    !list->items[k].concluded)
			note(c, FRIA_SEVERE, FRIA_W_check_condition_absent, i,
			     list->items[k].id);
}

static void check_rows(check *c, size_t i)
{
	const fria_task *t = &c->in->tasks[i];
	const char *key;
	json_t *child;
	bool repeats = fria_task_flag(t, "repeatable", false);
	if (repeats && t->rows == FRIA_NONE)
		note(c, FRIA_SEVERE, FRIA_W_check_rows_without_group, i, NULL);
	json_object_foreach(json_object_get(t->raw, "measure"), key, child) {
		const char *id = json_string_value(child);
		if (!id || fria_instrument_find(c->in, id) == FRIA_NONE)
			note(c, FRIA_SEVERE, FRIA_W_check_rests_unknown, i, id);
	}
}

static void check_columns(check *c, size_t i)
{
	const fria_strings *columns = &c->in->tasks[i].columns;
	for (size_t k = 0; k < columns->n; k++) {
		size_t at = fria_instrument_find(c->in, columns->items[k]);
		if (at == FRIA_NONE || !c->in->tasks[at].answerable ||
		    c->in->tasks[at].rows == FRIA_NONE)
			note(c, FRIA_SEVERE, FRIA_W_check_columns, i,
			     columns->items[k]);
	}
}

static void check_letter(check *c, size_t i)
{
	const char *letter = fria_json_text(c->in->tasks[i].raw, "article27");
	if (letter && (strlen(letter) != 1 || !strchr("abcdef", *letter)))
		note(c, FRIA_WARNING, FRIA_W_check_article27, i, letter);
}

void fria_instrument_check(fria_findings *findings, const fria_instrument *in,
			   const char *file)
{
	check c = {findings, in, file};
	fria_error err = FRIA_ERROR_INIT;
	json_t *clean = NULL;
	if (fria_json_enter(&clean, in->document, file, &err))
		fria_findings_add_error(findings, &err);
	json_decref(clean);
	for (size_t i = 0; i < in->n; i++) {
		check_ids(&c, i);
		check_texts(&c, i);
		check_options(&c, i);
		check_facts(&c, i);
		check_fact_edges(&c, i);
		check_rests(&c, i);
		check_takes(&c, i);
		check_references(&c, i);
		check_conditions(&c, i);
		check_rows(&c, i);
		check_columns(&c, i);
		check_letter(&c, i);
		if (in->tasks[i].circular)
			note(&c, FRIA_SEVERE, FRIA_W_check_cycle, i, NULL);
	}
	fria_calculations_check(findings, in, file);
}
