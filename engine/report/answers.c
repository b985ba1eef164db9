/* SPDX-License-Identifier: EUPL-1.2 */
/* Questions with their answers, why to judge again, and what they rest on. */
#include "../data/markdown.h"
#include "parts.h"

#include <stdlib.h>
#include <string.h>

const char *part_anchor(fria_node *at, const fria_parts *w,
			const fria_question *q)
{
	return fria_kept_format(at, q->row ? "%s-%s" : "%s",
				w->in->tasks[q->task].id, q->row);
}

/* "5.2 (3)": its id, and the row. */
static const char *number_of(fria_node *at, const fria_parts *w,
			     const fria_question *q)
{
	return fria_kept_format(at, q->row_number ? "%s (%zu)" : "%s",
				w->in->tasks[q->task].id, q->row_number);
}

/* --- {{answers}} --- */

static const char *answer_language(const fria_parts *w)
{
	return fria_lang_code(
	    fria_assessment_language(w->r->input->assessment));
}

/* Measures have their own table; what is hidden was not asked. */
static bool is_shown(const fria_parts *w, const fria_judgement *j)
{
	const fria_task *t = &w->in->tasks[j->question.task];
	return j->state != FRIA_HIDDEN && !t->measure &&
	       (j->state != FRIA_OPEN || !j->optional);
}

/* " (row 1, row 4)": where in a table the answers stand that it rests on. */
static void put_rows(const fria_parts *w, fria_node *item, size_t task)
{
	const fria_evaluation *e = w->r->evaluation;
	const size_t column = fria_task_column(w->in, task);
	size_t n = 0, k = column == FRIA_NONE ? column : e->first[column];
	for (; k != FRIA_NONE; k = e->next[k]) {
		const fria_judgement *j = &e->items[k];
		if (!j->question.row || !is_shown(w, j))
			continue;
		fria_node_text(item, n++ ? ", " : " (");
		fria_node_reference(
		    item, part_anchor(item, w, &j->question),
		    fria_kept_say(item, FRIA_W_diff_row, "number",
				  FRIA_DIGITS(j->question.row_number), NULL));
	}
	if (!n) {
		fria_node_text(item, " (");
		fria_node_say(item, FRIA_W_fill_rows, "count", FRIA_DIGITS(0),
			      NULL);
	}
	fria_node_text(item, ")");
}

/* An answer that one rests on: in a row that in the same row, or those of all
 * rows. */
static void put_upstream(const fria_parts *w, fria_node *item,
			 const fria_edge *e, const fria_question *q)
{
	if (e->task == FRIA_NONE) {
		fria_node_text(item, e->id);
		return;
	}
	const fria_task *t = &w->in->tasks[e->task];
	const bool beside = q->row && t->rows == w->in->tasks[q->task].rows;
	const fria_question there = {.task = e->task,
				     .row = beside ? q->row : NULL,
				     .row_number = beside ? q->row_number : 0};
	fria_node_reference(item, part_anchor(item, w, &there),
			    number_of(item, w, &there));
	fria_node_format(item, " %s", fria_task_title(t, w->r->lang));
	fria_edge_say(fria_node_here(item), e, w->in, w->r->lang);
	if (t->rows != FRIA_NONE && !beside && e->named_by == FRIA_NONE)
		put_rows(w, item, e->task);
}

static void put_basis(fria_parts *w, fria_node *at, const fria_judgement *j)
{
	const fria_task *t = &w->in->tasks[j->question.task];
	const json_t *basis = json_object_get(j->question.answer, "basis");
	fria_lang lang = w->r->lang;
	if (!basis || (!t->facts.n && !t->upstream.n))
		return;
	fria_node *list = fria_node_list(
	    fria_details_word(at, FRIA_W_report_rests, false), false);
	for (size_t i = 0; i < t->facts.n; i++) {
		const fria_fact_edge *e = &t->facts.items[i];
		fria_buf *title = fria_node_here(fria_list_item(list));
		fria_buf_puts(title, fria_fact_title(e->pointer, lang));
		fria_fact_edge_say(title, e, w->in, lang);
	}
	for (size_t i = 0; i < t->upstream.n; i++)
		put_upstream(w, fria_list_item(list), &t->upstream.items[i],
			     &j->question);
}

void fria_parts_dispose(fria_parts *w)
{
	free(w->told.items);
	free(w->comments.items);
	json_decref(w->commented);
	fria_choices_free(w->choices);
}

fria_choices *part_choices(const fria_evaluation_input *input, fria_lang lang)
{
	return fria_choices_new(input->instrument, input->assessment,
				&input->siblings, input->application, lang);
}

void part_say(const fria_parts *w, fria_buf *out, size_t task,
	      const json_t *value)
{
	fria_choice_say(out, w->choices, task, value);
}

static void put_change(const fria_parts *w, fria_node *at, const char *title,
		       const fria_judgement *j, const fria_reason *r)
{
	json_t *before = NULL, *after = NULL;
	fria_reason_sides(&before, &after, r, j, w->r->input);
	fria_node_change(at, title, part_fact(at, before),
			 part_fact(at, after));
	json_decref(before);
	json_decref(after);
}

/* A change of a fact once in a document; after that where it stands. */
static void put_fact(fria_parts *w, fria_node *at, const fria_judgement *j,
		     const char *title, const fria_reason *r)
{
	size_t i = 0;
	for (; i < w->told.n; i++) {
		const fria_reason *o = w->told.items[i].reason;
		if (!strcmp(o->what, r->what) &&
		    (o->before == r->before ||
		     json_equal(o->before, r->before)))
			break;
	}
	if (i == w->told.n) {
		*FRIA_PUSH(&w->told) =
		    (fria_told){r, part_anchor(at, w, &j->question),
				number_of(at, w, &j->question)};
		put_change(w, at, title, j, r);
		return;
	}
	fria_node *line = fria_node_paragraph_text(at, title);
	fria_node_say(line, FRIA_W_report_told_at, NULL);
	fria_node_text(line, " ");
	fria_node_reference(line, w->told.items[i].anchor,
			    w->told.items[i].number);
}

static void put_reasons(fria_parts *w, fria_node *at, const fria_judgement *j)
{
	for (size_t i = 0; i < j->n; i++) {
		const fria_reason *r = &j->reasons[i];
		fria_buf *title = fria_kept_text(at);
		fria_reason_say(title, r, j, w->r->input, w->r->lang);
		if (r->kind == FRIA_BY_FACT)
			put_fact(w, at, j, title->text, r);
		else
			put_change(w, at, title->text, j, r);
	}
}

static void put_meta(fria_parts *w, fria_node *at, const fria_judgement *j)
{
	const json_t *basis = json_object_get(j->question.answer, "basis");
	const char *moment = fria_json_text(basis, "at");
	fria_node *meta = fria_node_meta(at);
	fria_buf *name = fria_kept_text(at);
	fria_time day;
	fria_node_label(meta, fria_state_tone(j->state),
			fria_state_word(j->state));
	part_name(name, w->r, fria_json_text(basis, "by"));
	if (moment && fria_time_parse(&day, moment))
		fria_node_format(meta, " %s%s%s", name->text,
				 name->n ? ", " : "", fria_kept_day(at, day));
}

void part_value(fria_buf *out, const fria_instrument *in, size_t task,
		const json_t *value, fria_choices *choices)
{
	fria_buf plain = FRIA_BUF_INIT;
	char *save = NULL;
	if (in->tasks[task].kind == FRIA_TEXT && json_is_string(value)) {
		fria_buf_puts(out, json_string_value(value));
		return;
	}
	fria_choice_say(&plain, choices, task, value);
	for (char *line = plain.n ? strtok_r(plain.text, "\n", &save) : NULL;
	     line; line = strtok_r(NULL, "\n", &save)) {
		if (json_is_array(value))
			fria_buf_puts(out, "- ");
		fria_markdown_escape_linked(out, line, true);
		fria_buf_putc(out, '\n');
	}
	fria_buf_dispose(&plain);
}

/* What stands in the place of an answer that is withheld. */
static const char *ground_of(fria_node *at, const json_t *withheld)
{
	return part_ground(
	    at, fria_json_text(json_array_get(withheld, 0), "ground"));
}

static void put_answer(fria_parts *w, fria_node *at, const fria_judgement *j)
{
	const fria_task *t = &w->in->tasks[j->question.task];
	const json_t *value = fria_question_value(&j->question);
	const json_t *waived = json_object_get(j->question.answer, "waived");
	const json_t *withheld =
	    json_object_get(j->question.answer, "withheld");
	const char *reason = fria_json_text(waived, "reason");
	if (value) {
		/* Options are the questionnaire's words, or another answer's.
		 */
		bool own = t->kind == FRIA_TEXT || fria_task_draws(t);
		fria_buf *text = fria_kept_text(at);
		part_value(text, w->in, j->question.task, value, w->choices);
		fria_node_answer_marked(at, text->text,
					own ? answer_language(w) : NULL,
					&j->mentions);
	} else if (reason) {
		fria_node_answer(at, reason, answer_language(w));
	} else if (withheld) {
		fria_paragraph_say(at, FRIA_W_report_withheld, "ground",
				   ground_of(at, withheld), NULL);
	}
}

void part_guidance(fria_parts *w, fria_node *at, const fria_judgement *j)
{
	const char *text =
	    fria_task_guidance(&w->in->tasks[j->question.task], w->r->lang);
	if (text)
		fria_node_markdown(at, text);
}

void part_question(fria_parts *w, fria_node *at, const fria_judgement *j,
		   bool whole)
{
	/* What nobody answered is said, so that an empty place is no silence.
	 */
	if (!whole && j->state == FRIA_OPEN)
		fria_paragraph_say(at, FRIA_W_report_unanswered, NULL);
	else if (!whole)
		put_answer(w, at, j);
	if (!whole)
		return;
	const fria_task *t = &w->in->tasks[j->question.task];
	fria_node *q = fria_node_question(at, part_anchor(at, w, &j->question),
					  number_of(at, w, &j->question),
					  fria_task_title(t, w->r->lang));
	put_meta(w, q, j);
	put_answer(w, q, j);
	part_dissent(q, j);
	part_proposals(q, w->r->evaluation, w->r->input, j->question.task,
		       j->question.row, w->choices, NULL);
	if (j->state == FRIA_OPEN)
		part_examples(q, w->r->input->assessment, t, NULL);
	put_reasons(w, q, j);
	part_comments(w, q, j);
	put_basis(w, q, j);
}

static bool any_shown(const fria_parts *w, size_t from, size_t to)
{
	const fria_evaluation *e = w->r->evaluation;
	for (size_t i = from; i < to; i++)
		for (size_t k = e->first[i]; k != FRIA_NONE; k = e->next[k])
			if (is_shown(w, &e->items[k]))
				return true;
	return false;
}

/* Groups become sections; their questions stand in the order of the form. */
static void put_tasks(fria_parts *w, fria_node *at, size_t from, size_t to)
{
	const fria_evaluation *e = w->r->evaluation;
	for (size_t i = from; i < to; i = w->in->tasks[i].end) {
		const fria_task *t = &w->in->tasks[i];
		if (t->kind == FRIA_GROUP && any_shown(w, i, t->end)) {
			fria_node *section = fria_node_section(
			    at, fria_kept_format(at, "deel-%s", t->id),
			    fria_task_title(t, w->r->lang));
			put_tasks(w, section, i + 1, t->end);
		}
		for (size_t k = t->answerable ? e->first[i] : FRIA_NONE;
		     k != FRIA_NONE; k = e->next[k])
			if (is_shown(w, &e->items[k]))
				part_question(w, at, &e->items[k], true);
	}
}

void part_answers(fria_parts *w, fria_node *at)
{
	put_tasks(w, at, 0, w->in->n);
}

void part_tasks(fria_parts *w, fria_node *at, size_t task)
{
	put_tasks(w, at, task, w->in->tasks[task].end);
}

/* --- {{rows}} --- */

static bool is_column(const fria_parts *w, size_t group, size_t task,
		      const size_t columns[], size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (columns[i] == task)
			return true;
	return !n && task != group && w->in->tasks[task].answerable;
}

/* A computed column has a word. */
static void put_cell(fria_parts *w, fria_node *line, size_t task,
		     const char *row)
{
	const json_t *answer =
	    fria_assessment_answer(w->r->input->assessment, w->in, task, row);
	const json_t *value =
	    fria_evaluation_value(w->r->evaluation, w->r->input, task, row);
	const char *reason =
	    fria_json_text(json_object_get(answer, "waived"), "reason");
	const json_t *withheld = json_object_get(answer, "withheld");
	const char *key = w->in->tasks[task].score;
	const fria_score *score =
	    key ? fria_score_find(w->r->evaluation, key, row) : NULL;
	fria_buf *text = fria_node_here(fria_table_cell(line));
	if (value)
		part_say(w, text, task, value);
	else if (reason)
		fria_buf_puts(text, reason);
	else if (withheld)
		fria_buf_puts(text, ground_of(line, withheld));
	else if (score && !part_result_withheld(w, text, score->withheld))
		fria_buf_puts(text, score->text ? score->text : "");
}

void part_rows(fria_parts *w, fria_node *at, size_t group,
	       const size_t columns[], size_t n)
{
	const json_t *rows =
	    fria_assessment_rows(w->r->input->assessment, w->in, group);
	const char *heads[64];
	size_t tasks[64], k = 0, i;
	json_t *row;
	for (size_t t = group; t < w->in->tasks[group].end && k < 64; t++)
		if (is_column(w, group, t, columns, n)) {
			heads[k] =
			    fria_task_title(&w->in->tasks[t], w->r->lang);
			tasks[k++] = t;
		}
	if (!json_array_size(rows) || !k) {
		fria_paragraph_say(at, FRIA_W_report_no_rows, NULL);
		return;
	}
	const fria_table_options options = {
	    .caption = fria_task_title(&w->in->tasks[group], w->r->lang),
	    .columns = heads,
	    .n = k,
	    .row_heads = true};
	fria_node *table = fria_node_table(at, &options);
	json_array_foreach(rows, i, row) {
		fria_node *line = fria_table_row(table);
		for (size_t c = 0; c < k; c++)
			put_cell(w, line, tasks[c], fria_json_text(row, "id"));
	}
}
