/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A question with all that one needs to answer it: guidance, why it is asked
 * again, what it rests on, the answer that is there, examples, options. It
 * asks nothing itself.
 */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What is shown at once of a text, and of what a question rests on. */
#define BEGINNING 360
#define RESTS 6
#define LINE_WIDTH 78
/* More options than this stand in two columns, where they fit. */
#define TALL 10
#define COLUMN 40

static const fria_instrument *instrument_of(const shown_question *q)
{
	return q->standing->input.instrument;
}

static const fria_task *task_of(const shown_question *q)
{
	return &instrument_of(q)->tasks[q->task];
}

/* --- texts --- */

/* The place where a text of this many characters ends, between words. */
static size_t cut_at(const char *text, size_t characters)
{
	size_t n = strlen(text), at = 0, space = 0;
	while (at < n && characters--) {
		uint32_t one;
		if (text[at] == ' ' || text[at] == '\n')
			space = at;
		at += fria_utf8_next(&one, text + at, n - at);
	}
	return at < n && space ? space : at;
}

/* A text, or its beginning and how many words were left out. */
static void put_text(cli *c, const shown_question *q, style how,
		     const char *text)
{
	flow f = {.indent = 4};
	size_t n = strlen(text);
	size_t shown = q->whole ? n : cut_at(text, BEGINNING);
	fria_buf rest = FRIA_BUF_INIT;
	char words[24];
	if (n - shown < BEGINNING / 4)
		shown = n;
	put_flow(c, &f, how, text, shown);
	if (shown < n) {
		snprintf(words, sizeof words, "%zu",
			 fria_words_count(text + shown, n - shown));
		fria_buf_puts(&rest, " ");
		fria_say(&rest, c->lang, FRIA_W_fill_cut, "count", words, NULL);
		put_flow(c, &f, DIM, rest.text, rest.n);
	}
	end_flow(c, &f);
	fria_buf_dispose(&rest);
}

/* The beginning of a text as part of a line. */
static void add_short(fria_buf *out, const char *text, size_t characters)
{
	size_t n = cut_at(text, characters), from = out->n;
	fria_buf_put(out, text, n);
	for (char *at = out->text + from; out->n > from && *at; at++)
		if (*at == '\n' || *at == '\t')
			*at = ' ';
	if (text[n])
		fria_buf_puts(out, "…");
}

static void put_label(cli *c, fria_word word)
{
	put(c, PLAIN, "  ");
	put_sentence(c, BOLD, word, NULL);
}

/* --- the question itself --- */

static size_t row_number(const shown_question *q)
{
	const fria_instrument *in = instrument_of(q);
	const json_t *rows;
	size_t i;
	json_t *one;
	if (q->j || !q->row)
		return q->j ? q->j->question.row_number : 0;
	rows = fria_assessment_rows(q->standing->input.assessment, in,
				    task_of(q)->rows);
	json_array_foreach(rows, i, one) {
		if (!strcmp(fria_json_text(one, "id"), q->row))
			return i + 1;
	}
	return 0;
}

static void put_title(cli *c, const shown_question *q)
{
	const fria_task *t = task_of(q);
	const char *title = fria_task_title(t, c->lang);
	flow f = {.indent = 0};
	put(c, PLAIN, "\n");
	put_flow(c, &f, BOLD, t->id, strlen(t->id));
	put_flow(c, &f, BOLD, " ", 1);
	put_flow(c, &f, BOLD, title, strlen(title));
	end_flow(c, &f);
}

/* "Part 2 …; text; row 2; 12 to go" */
static void put_place(cli *c, const shown_question *q)
{
	const fria_instrument *in = instrument_of(q);
	const fria_task *t = task_of(q);
	const fria_task *part = &in->tasks[fria_task_part(in, q->task)];
	char left[24], row[24];
	fria_buf text = FRIA_BUF_INIT;
	flow f = {.indent = 2};
	snprintf(left, sizeof left, "%zu", q->left);
	snprintf(row, sizeof row, "%zu", row_number(q));
	add_short(&text, fria_task_title(part, c->lang), 40);
	fria_buf_printf(&text, "; %s",
			fria_word_text(fria_kind_word(t->kind), c->lang));
	if (q->fresh || row_number(q)) {
		fria_buf_puts(&text, "; ");
		fria_say(&text, c->lang,
			 q->fresh ? FRIA_W_fill_new_row : FRIA_W_fill_row,
			 "number", row, NULL);
	}
	if (q->fresh ? !t->required || !in->tasks[t->rows].required
	    : q->j   ? q->j->optional
		     : t->measure)
		fria_buf_printf(&text, "; %s",
				fria_word_text(FRIA_W_fill_optional, c->lang));
	if (q->left) {
		fria_buf_puts(&text, "; ");
		fria_say(&text, c->lang, FRIA_W_fill_left, "count", left, NULL);
	}
	put_flow(c, &f, DIM, text.text, text.n);
	end_flow(c, &f);
	fria_buf_dispose(&text);
}

/* The table that it stands in; of a new row what belongs there. */
static void put_table(cli *c, const shown_question *q)
{
	size_t group = task_of(q)->rows;
	const fria_task *t =
	    group == FRIA_NONE ? NULL : &instrument_of(q)->tasks[group];
	const char *guidance = t ? fria_task_guidance(t, c->lang) : NULL;
	if (!t)
		return;
	fria_buf text = FRIA_BUF_INIT;
	flow f = {.indent = 2};
	fria_say(&text, c->lang, FRIA_W_fill_table, "group", t->id, "title",
		 fria_task_title(t, c->lang), NULL);
	put_flow(c, &f, PLAIN, text.text, text.n);
	end_flow(c, &f);
	if (q->fresh && guidance)
		put_text(c, q, PLAIN, guidance);
	fria_buf_dispose(&text);
}

/* Of a row: what its first question was answered with. */
static void put_row(cli *c, const shown_question *q)
{
	const fria_instrument *in = instrument_of(q);
	size_t group = task_of(q)->rows, first = group;
	fria_buf text = FRIA_BUF_INIT;
	if (!q->row || group == FRIA_NONE)
		return;
	while (first < q->task && !in->tasks[first].answerable)
		first++;
	const json_t *answer = fria_assessment_answer(
	    q->standing->input.assessment, in, first, q->row);
	fria_value_say(&text, in, first, json_object_get(answer, "value"),
		       c->lang);
	if (text.n && first != q->task) {
		fria_buf line = FRIA_BUF_INIT;
		add_short(&line, text.text, LINE_WIDTH - 6);
		putf(c, PLAIN, "  » %s\n", line.text);
		fria_buf_dispose(&line);
	}
	fria_buf_dispose(&text);
}

static void put_roles(cli *c, const shown_question *q)
{
	fria_buf names = FRIA_BUF_INIT;
	size_t i;
	json_t *one;
	json_array_foreach(json_object_get(task_of(q)->json, "roles"), i, one)
		fria_buf_printf(&names, i ? ", %s" : "%s",
				fria_role_title(q->standing->input.roles,
						json_string_value(one),
						c->lang));
	if (names.n) {
		put(c, PLAIN, "  ");
		put_sentence(c, DIM, FRIA_W_fill_expected, "roles", names.text,
			     NULL);
	}
	fria_buf_dispose(&names);
}

static void put_guidance(cli *c, const shown_question *q)
{
	const char *text = fria_task_guidance(task_of(q), c->lang);
	if (text && *text)
		put_text(c, q, PLAIN, text);
}

/* --- why it is asked --- */

static void put_reasons(cli *c, const shown_question *q)
{
	const fria_judgement *j = q->j;
	if (!j)
		return;
	if (j->state == FRIA_STALE)
		put_label(c, FRIA_W_fill_again);
	for (size_t i = 0; i < j->n; i++)
		put_reason_in_words(c, q->standing, j, &j->reasons[i]);
	char *first =
	    fria_judge_first(&q->standing->result, instrument_of(q), j);
	if (first && q->standing->input.adopted && j->state >= FRIA_ANSWERED) {
		put(c, PLAIN, "  ");
		put_sentence(c, YELLOW, FRIA_W_fill_first, "first", first,
			     NULL);
	}
	free(first);
}

/* --- what it rests on --- */

/* "1.1.2 the question: the answer" in one line. */
static void put_rest(cli *c, const char *id, const char *title,
		     const char *text)
{
	fria_buf line = FRIA_BUF_INIT;
	if (id)
		fria_buf_printf(&line, "%s ", id);
	add_short(&line, title, 34);
	fria_buf_puts(&line, ": ");
	size_t used = fria_utf8_count(line.text, line.n) + 4;
	add_short(&line, text, used < LINE_WIDTH ? LINE_WIDTH - used : 8);
	putf(c, PLAIN, "    %s\n", line.text);
	fria_buf_dispose(&line);
}

static void put_fact(cli *c, const shown_question *q, const char *pointer)
{
	fria_buf text = FRIA_BUF_INIT;
	const json_t *value =
	    fria_fact(q->standing->input.application, pointer);
	if (value)
		fria_fact_say_at(&text, pointer, value, c->lang);
	put_rest(c, NULL, fria_fact_title(pointer, c->lang),
		 text.n ? text.text
			: fria_word_text(FRIA_W_eval_nothing, c->lang));
	fria_buf_dispose(&text);
}

/* What an upstream answer says; in: its questionnaire. */
static void say_form(fria_buf *out, const fria_instrument *in, size_t task,
		     const json_t *form, fria_lang lang)
{
	const json_t *value = json_object_get(form, "value");
	const json_t *rows = json_object_get(form, "rows");
	const char *state = fria_json_text(form, "state");
	const char *reason =
	    fria_json_text(json_object_get(form, "waived"), "reason");
	bool hidden = state && !strcmp(state, "hidden");
	char count[24];
	snprintf(count, sizeof count, "%zu", json_array_size(rows));
	if (value)
		fria_value_say(out, in, task, value, lang);
	else if (rows)
		fria_say(out, lang, FRIA_W_fill_rows, "count", count, NULL);
	else
		fria_buf_puts(
		    out, reason ? reason
				: fria_word_text(hidden ? FRIA_W_state_hidden
							: FRIA_W_state_open,
						 lang));
}

/* Where an edge leads: the questionnaire and the question there, or FRIA_NONE.
 */
static size_t upstream_of(const fria_instrument **in, const shown_question *q,
			  const fria_edge *edge)
{
	const fria_evaluation_input *input = &q->standing->input;
	const char *mark = strchr(edge->name, '#');
	*in = input->instrument;
	if (edge->task != FRIA_NONE)
		return edge->task;
	const fria_sibling *other =
	    fria_sibling_find(*in, &input->siblings, edge->name);
	if (!other || !mark)
		return FRIA_NONE;
	*in = other->instrument;
	return fria_instrument_find(*in, mark + 1);
}

static void put_edge(cli *c, const shown_question *q, const fria_edge *edge)
{
	const fria_evaluation_input *input = &q->standing->input;
	const fria_instrument *in;
	size_t task = upstream_of(&in, q, edge);
	fria_buf text = FRIA_BUF_INIT;
	if (task == FRIA_NONE)
		return;
	json_t *form = fria_edge_form(input->instrument, input->assessment,
				      &input->siblings, edge, q->row);
	say_form(&text, in, task, form, c->lang);
	put_rest(c, edge->name, fria_task_title(&in->tasks[task], c->lang),
		 text.text);
	json_decref(form);
	fria_buf_dispose(&text);
}

/* Among the reasons it was shown already. */
static bool is_reason(const shown_question *q, const char *name)
{
	for (size_t i = 0; q->j && i < q->j->n; i++)
		if (q->j->reasons[i].what &&
		    !strcmp(q->j->reasons[i].what, name))
			return true;
	return false;
}

static bool edge_is_told(const shown_question *q, const fria_edge *edge)
{
	return q->whole || !is_reason(q, edge->name);
}

/* What is empty says little; it is shown where all is. */
static bool fact_is_told(const shown_question *q, const char *pointer)
{
	return q->whole ||
	       (fria_fact(q->standing->input.application, pointer) &&
		!is_reason(q, pointer));
}

static size_t count_rests(const shown_question *q)
{
	const fria_task *t = task_of(q);
	size_t n = 0;
	for (size_t i = 0; i < t->upstream.n; i++)
		n += edge_is_told(q, &t->upstream.items[i]);
	for (size_t i = 0; i < t->facts.n; i++)
		n += fact_is_told(q, t->facts.items[i]);
	return n;
}

static void put_rests(cli *c, const shown_question *q)
{
	const fria_task *t = task_of(q);
	size_t n = count_rests(q), told = 0;
	size_t most = q->whole || n == RESTS + 1 ? n : RESTS;
	char count[24];
	if (n)
		put_label(c, FRIA_W_fill_rests);
	for (size_t i = 0; i < t->upstream.n && told < most; i++)
		if (edge_is_told(q, &t->upstream.items[i])) {
			put_edge(c, q, &t->upstream.items[i]);
			told++;
		}
	for (size_t i = 0; i < t->facts.n && told < most; i++)
		if (fact_is_told(q, t->facts.items[i])) {
			put_fact(c, q, t->facts.items[i]);
			told++;
		}
	if (n > most) {
		snprintf(count, sizeof count, "%zu", n - most);
		put(c, PLAIN, "    ");
		put_sentence(c, DIM, FRIA_W_fill_more, "count", count, NULL);
	}
}

/* --- the answer that is there, and what others wrote --- */

/* "Answer (R. Jansen, 3 March 2026):" */
static void put_stand(cli *c, const json_t *answer)
{
	const json_t *basis = json_object_get(answer, "basis");
	const char *by =
	    fria_store_shown(c->ws->store, fria_json_text(basis, "by"));
	fria_buf day = FRIA_BUF_INIT, name = FRIA_BUF_INIT;
	fria_time at;
	if (by)
		fria_buf_put(&name, by, strcspn(by, "<"));
	while (name.n && name.text[name.n - 1] == ' ')
		name.text[--name.n] = '\0';
	put(c, PLAIN, "  ");
	put_word(c, BOLD, FRIA_W_fill_answer, NULL);
	if (name.n && fria_time_parse(&at, fria_json_text(basis, "at"))) {
		fria_day_say(&day, c->lang, at);
		putf(c, DIM, " (%s, %s)", name.text, day.text);
	}
	put(c, PLAIN, "\n");
	fria_buf_dispose(&day);
	fria_buf_dispose(&name);
}

static void say_waived(fria_buf *out, const json_t *waived, fria_lang lang)
{
	const char *kind = fria_json_text(waived, "kind");
	const char *label = fria_closed_say("waiver", kind, lang);
	fria_say(out, lang, FRIA_W_waived_for, "kind", label ? label : kind,
		 "reason", fria_json_text(waived, "reason"), NULL);
}

static void put_answer(cli *c, const shown_question *q)
{
	const json_t *answer =
	    q->fresh
		? NULL
		: fria_assessment_answer(q->standing->input.assessment,
					 instrument_of(q), q->task, q->row);
	const json_t *value = json_object_get(answer, "value");
	const json_t *waived = json_object_get(answer, "waived");
	fria_buf text = FRIA_BUF_INIT;
	if (value)
		fria_value_say(&text, instrument_of(q), q->task, value,
			       c->lang);
	else if (waived)
		say_waived(&text, waived, c->lang);
	if (text.n) {
		put_stand(c, answer);
		put_text(c, q, PLAIN, text.text);
	}
	fria_buf_dispose(&text);
}

static void put_examples(cli *c, const shown_question *q)
{
	const json_t *assessment = q->standing->input.assessment;
	const json_t *origin = json_object_get(assessment, "origin");
	const char *from = fria_json_text(origin, "organisation");
	const json_t *texts = fria_example(assessment, task_of(q)->id);
	size_t i;
	json_t *one;
	if (!from)
		from = fria_json_text(origin, "from");
	if (!json_array_size(texts) || (q->j && q->j->state != FRIA_OPEN))
		return;
	put(c, PLAIN, "  ");
	put_sentence(c, BOLD, FRIA_W_example_of, "from", from ? from : "?",
		     NULL);
	json_array_foreach(texts, i, one) {
		if (json_is_string(one) && (q->whole || !i))
			put_text(c, q, PLAIN, json_string_value(one));
	}
}

/* --- what may be chosen --- */

json_t *choices_of(const shown_question *q, fria_lang lang)
{
	const fria_instrument *in = instrument_of(q);
	fria_kind kind = task_of(q)->kind;
	if (kind != FRIA_OPTION && kind != FRIA_OPTIONS)
		return NULL;
	json_t *own =
	    fria_task_choices(in, q->standing->input.assessment, q->task);
	json_t *labels = fria_task_labels(in, q->task, own, lang);
	json_decref(own);
	return labels;
}

static void put_choice(cli *c, size_t number, const char *text)
{
	flow f = {.indent = 7, .opened = true};
	putf(c, BOLD, "  %3zu  ", number);
	put_flow(c, &f, PLAIN, text, strlen(text));
	end_flow(c, &f);
}

/* True if many short labels fit beside each other. */
static bool is_tall(const json_t *labels)
{
	size_t i;
	json_t *one;
	json_array_foreach(labels, i, one) {
		const char *text = json_string_value(one);
		if (fria_utf8_count(text, strlen(text)) > COLUMN - 8 ||
		    strchr(text, '\n'))
			return false;
	}
	return json_array_size(labels) > TALL;
}

/* The number and label at the left or the right, filled up to its width. */
static void put_cell(cli *c, const json_t *labels, size_t i, bool last)
{
	const char *text = json_string_value(json_array_get(labels, i));
	size_t width = fria_utf8_count(text, strlen(text)) + 7;
	putf(c, BOLD, "  %3zu  ", i + 1);
	put(c, PLAIN, text);
	if (last)
		put(c, PLAIN, "\n");
	else
		putf(c, PLAIN, "%*s", (int)(COLUMN - width), "");
}

/* Down the left column, then down the right one. */
static void put_columns(cli *c, const json_t *labels)
{
	size_t n = json_array_size(labels), half = (n + 1) / 2;
	for (size_t i = 0; i < half; i++) {
		put_cell(c, labels, i, i + half >= n);
		if (i + half < n)
			put_cell(c, labels, i + half, true);
	}
}

static void put_choices(cli *c, const shown_question *q)
{
	json_t *labels = choices_of(q, c->lang);
	size_t i;
	json_t *one;
	if (is_tall(labels)) {
		put_columns(c, labels);
	} else {
		json_array_foreach(labels, i, one)
			put_choice(c, i + 1, json_string_value(one));
	}
	json_decref(labels);
}

void put_question_for(cli *c, const shown_question *q)
{
	put_title(c, q);
	put_place(c, q);
	put_table(c, q);
	put_row(c, q);
	put_guidance(c, q);
	put_roles(c, q);
	put_reasons(c, q);
	put_rests(c, q);
	put_answer(c, q);
	put_examples(c, q);
	put_choices(c, q);
}
