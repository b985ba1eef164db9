/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A question with all that one needs to answer it: guidance, why it is asked
 * again, what it rests on, the answer that is there, examples, options. It
 * asks nothing itself.
 *
 * Calls up to answers.c: the answer that is there is shown as a report shows
 * it.
 */
#include "parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What is shown at once of a text, of what a question rests on, and of each
 * of those. */
#define BEGINNING 360
#define RESTS 6
#define REST_WIDTH 78

typedef struct {
	const fria_asked *q;
	const fria_instrument *in;
	const fria_task *task;
	fria_lang lang;
	fria_choices *choices;
} work;

static fria_choices *choices_of(const fria_asked *q, fria_lang lang)
{
	return fria_choices_new(q->input->instrument, q->input->assessment,
				&q->input->siblings, q->input->application,
				lang);
}

/* --- texts --- */

/* A text, or its beginning with how many words were left out and how to see
 * those; NULL: all of it. New. */
static char *beginning(const char *text, const char *unfold, fria_lang lang)
{
	size_t n = strlen(text);
	size_t shown = unfold ? part_cut(text, BEGINNING) : n;
	fria_buf out = FRIA_BUF_INIT;
	if (n - shown < BEGINNING / 4)
		shown = n;
	fria_buf_put(&out, text, shown);
	if (shown < n) {
		fria_buf_putc(&out, ' ');
		fria_say(&out, lang, FRIA_W_fill_cut, "count",
			 FRIA_DIGITS(fria_words_count(text + shown, n - shown)),
			 "how", unfold, NULL);
	}
	return fria_buf_detach(&out);
}

static fria_node *put_label(const work *w, fria_node *at, fria_word word)
{
	fria_node *line = fria_node_paragraph(at);
	fria_node_strong(line, fria_word_text(word, w->lang));
	return line;
}

/* --- the question itself --- */

static size_t row_number(const work *w)
{
	const fria_asked *q = w->q;
	size_t i;
	json_t *one;
	if (q->judgement || !q->row)
		return q->judgement ? q->judgement->question.row_number : 0;
	json_array_foreach(
	    fria_assessment_rows(q->input->assessment, w->in, w->task->rows), i,
	    one) {
		if (!strcmp(fria_json_text(one, "id"), q->row))
			return i + 1;
	}
	return 0;
}

static bool is_optional(const work *w)
{
	const fria_asked *q = w->q;
	if (q->fresh)
		return !w->task->required ||
		       !w->in->tasks[w->task->rows].required;
	return q->judgement ? q->judgement->optional : w->task->measure;
}

/* "Part 2 …; text; row 2; to go: 12 open" */
static void put_place(const work *w, fria_node *at)
{
	const fria_task *part =
	    &w->in->tasks[fria_task_part(w->in, w->q->task)];
	fria_buf text = FRIA_BUF_INIT;
	part_beginning(&text, fria_task_title(part, w->lang), 40);
	fria_buf_printf(&text, "; %s",
			fria_word_text(fria_kind_word(w->task->kind), w->lang));
	if (w->q->fresh || row_number(w)) {
		fria_buf_puts(&text, "; ");
		fria_say(&text, w->lang,
			 w->q->fresh ? FRIA_W_fill_new_row : FRIA_W_fill_row,
			 "number", FRIA_DIGITS(row_number(w)), NULL);
	}
	if (is_optional(w))
		fria_buf_printf(&text, "; %s",
				fria_word_text(FRIA_W_fill_optional, w->lang));
	if (w->q->left && fria_todo(w->q->left)) {
		fria_buf_puts(&text, "; ");
		fria_say(&text, w->lang, FRIA_W_fill_left, NULL);
		fria_todo_say(&text, w->q->left, w->lang);
	}
	fria_node_text(fria_node_meta(at), text.text);
	fria_buf_dispose(&text);
}

static void put_guidance(const work *w, fria_node *at, const fria_task *task)
{
	const char *guidance = fria_task_guidance(task, w->lang);
	if (!guidance || !*guidance)
		return;
	char *text = beginning(guidance, w->q->unfold, w->lang);
	fria_node_markdown(at, text);
	free(text);
}

/* Of a row: what its first question was answered with. */
static void put_row(const work *w, fria_node *at)
{
	size_t group = w->task->rows, first = group;
	fria_buf text = FRIA_BUF_INIT, line = FRIA_BUF_INIT;
	if (!w->q->row || group == FRIA_NONE)
		return;
	while (first < w->q->task && !w->in->tasks[first].answerable)
		first++;
	const json_t *answer = fria_assessment_answer(w->q->input->assessment,
						      w->in, first, w->q->row);
	fria_choice_say(&text, w->choices, first,
			json_object_get(answer, "value"));
	if (text.n && first != w->q->task) {
		fria_buf_puts(&line, "» ");
		part_beginning(&line, text.text, REST_WIDTH - 6);
		fria_node_text(fria_node_meta(at), line.text);
	}
	fria_buf_dispose(&line);
	fria_buf_dispose(&text);
}

/* The table that it stands in; of a new row what belongs there. */
static void put_table(const work *w, fria_node *at)
{
	if (w->task->rows == FRIA_NONE)
		return;
	const fria_task *group = &w->in->tasks[w->task->rows];
	fria_node_say(fria_node_meta(at), FRIA_W_fill_table, "group", group->id,
		      "title", fria_task_title(group, w->lang), NULL);
	if (w->q->fresh)
		put_guidance(w, at, group);
	put_row(w, at);
}

static void put_roles(const work *w, fria_node *at)
{
	fria_buf names = FRIA_BUF_INIT;
	for (size_t i = 0; i < w->task->roles.n; i++)
		fria_buf_printf(&names, i ? ", %s" : "%s",
				fria_role_title(w->q->input->roles,
						w->task->roles.items[i],
						w->lang));
	if (names.n)
		fria_node_say(fria_node_meta(at), FRIA_W_fill_expected, "roles",
			      names.text, NULL);
	fria_buf_dispose(&names);
}

/* --- why it is asked --- */

/* "was 85 on 4 March; the limit is 80" */
static void put_crossing(fria_node *line, const fria_reason *r, fria_lang lang)
{
	fria_buf value = FRIA_BUF_INIT, limit = FRIA_BUF_INIT,
		 day = FRIA_BUF_INIT;
	fria_fact_say(&value, json_object_get(r->after, "value"), lang);
	fria_fact_say(&limit, json_object_get(r->before, "threshold"), lang);
	part_day(&day, fria_json_text(r->after, "date"), lang);
	fria_node_say(line, FRIA_W_eval_crossing, "value", value.text, "date",
		      day.n ? day.text : "?", "limit", limit.text, NULL);
	fria_buf_dispose(&day);
	fria_buf_dispose(&value);
	fria_buf_dispose(&limit);
}

/* An answer as a reader sees it; of a fact its items. What was told at a
 * release is shown as such. */
static void say_side(fria_buf *out, const json_t *side, const fria_reason *r,
		     fria_lang lang)
{
	const char *text = json_string_value(side);
	if (text && r->kind == FRIA_BY_EVENT)
		fria_buf_puts(out, text);
	else if (text && r->kind != FRIA_BY_FACT)
		fria_markdown_outline(out, text, strlen(text));
	else
		fria_items_say(out, side, lang);
}

/* What was and what is, as text; false where what was is not known. */
static bool say_sides(fria_buf *was, fria_buf *now,
		      const fria_evaluation_input *input,
		      const fria_judgement *j, const fria_reason *r,
		      fria_lang lang)
{
	json_t *before = NULL, *after = NULL;
	fria_reason_sides(&before, &after, r, j, input);
	if (before)
		say_side(was, before, r, lang);
	if (after)
		say_side(now, after, r, lang);
	json_decref(before);
	json_decref(after);
	return r->before || r->kind == FRIA_BY_FACT;
}

static void put_sides(fria_node *at, const fria_evaluation_input *input,
		      const fria_judgement *j, const fria_reason *r,
		      fria_lang lang)
{
	fria_buf was = FRIA_BUF_INIT, now = FRIA_BUF_INIT;
	bool known = say_sides(&was, &now, input, j, r, lang);
	if (r->kind == FRIA_BY_EVENT) {
		fria_node_answer(at, now.text, NULL);
	} else if (known) {
		part_texts(at, was.text, now.text, lang);
	} else {
		fria_node_say(fria_node_meta(at), FRIA_W_eval_unknown_before,
			      NULL);
		fria_node_paragraph_text(at, now.text);
	}
	fria_buf_dispose(&was);
	fria_buf_dispose(&now);
}

void part_difference(fria_node *at, const fria_evaluation_input *input,
		     const fria_judgement *j, const fria_reason *r,
		     fria_lang lang)
{
	bool taken_over = r->kind == FRIA_BY_EDIT && r->what;
	if (r->kind == FRIA_BY_MONITORING)
		put_crossing(fria_node_paragraph(at), r, lang);
	else if (r->kind != FRIA_BY_INSTRUMENT && !taken_over)
		put_sides(at, input, j, r, lang);
}

static void say_reason(fria_node *line, const fria_evaluation_input *input,
		       const fria_judgement *j, const fria_reason *r,
		       fria_lang lang)
{
	fria_buf sentence = FRIA_BUF_INIT;
	fria_reason_say(&sentence, r, j, input, lang);
	fria_node_text(line, sentence.text);
	fria_buf_dispose(&sentence);
}

/* Why an answer must be judged again, with what changed word by word. */
static void part_reason(fria_node *at, const fria_evaluation_input *input,
			const fria_judgement *j, const fria_reason *r,
			fria_lang lang)
{
	say_reason(fria_node_paragraph(at), input, j, r, lang);
	part_difference(at, input, j, r, lang);
}

/* Its difference stands on the same page, or right above. */
static bool stands_above(const work *w, const fria_cause *c, bool above)
{
	fria_changes_told *told = w->q->changes;
	if (!told->page || above)
		return above;
	if (fria_strings_has(&told->ids, c->id) ||
	    fria_strings_has(&told->brief, c->id))
		return true;
	fria_strings_add(&told->brief, c->id);
	return false;
}

/* "Change 5, model and version: 1.0 2.0" */
static void put_through(const work *w, fria_node *list, const fria_reason *r,
			bool above)
{
	const fria_evaluation *e = w->q->evaluation;
	const fria_cause *c = &e->causes.items[r->cause];
	above = stands_above(w, c, above);
	fria_node *item = fria_list_item(list);
	fria_buf title = FRIA_BUF_INIT, was = FRIA_BUF_INIT;
	fria_buf now = FRIA_BUF_INIT;
	part_change_title(&title, e, w->q->input, r->cause, w->lang);
	fria_node_say(item, FRIA_W_cause_one, "number",
		      FRIA_DIGITS(fria_change_number(w->q->changes, c)), "what",
		      title.text, NULL);
	if (!above)
		fria_node_text(item, ": ");
	if (!above && r->kind == FRIA_BY_MONITORING) {
		put_crossing(item, r, w->lang);
	} else if (!above) {
		say_sides(&was, &now, w->q->input, w->q->judgement, r, w->lang);
		part_words(item, was.text, now.text);
	}
	fria_buf_dispose(&title);
	fria_buf_dispose(&was);
	fria_buf_dispose(&now);
}

/* One that is told by its number, and not at its question. */
static bool has_number(const work *w, const fria_reason *r)
{
	return w->q->changes && w->q->unfold && r->cause != FRIA_NONE &&
	       r->kind != FRIA_BY_EDIT && r->kind != FRIA_BY_INSTRUMENT;
}

/* There is more to say than what stands right over it. */
static bool has_more(const work *w, size_t above)
{
	const fria_judgement *j = w->q->judgement;
	for (size_t i = 0; i < j->n; i++)
		if (j->reasons[i].cause != above &&
		    (!has_number(w, &j->reasons[i]) ||
		     fria_cause_tells(&w->q->evaluation->causes, j,
				      &j->reasons[i])))
			return true;
	return j->n && above == FRIA_NONE;
}

/* above: the change that stands right over it, or FRIA_NONE. */
static void put_reasons(const work *w, fria_node *at, size_t above)
{
	const fria_judgement *j = w->q->judgement;
	fria_node *note, *list = NULL;
	if (!has_more(w, above))
		return;
	note = fria_node_note(at, FRIA_TONE_AGAIN,
			      fria_word_text(FRIA_W_fill_again, w->lang));
	for (size_t i = 0; i < j->n; i++) {
		const fria_reason *r = &j->reasons[i];
		if (!has_number(w, r) ||
		    !fria_cause_tells(&w->q->evaluation->causes, j, r))
			continue;
		list = list ? list : fria_node_list(note, false);
		put_through(w, list, r, r->cause == above);
	}
	for (size_t i = 0; i < j->n; i++)
		if (!has_number(w, &j->reasons[i]) &&
		    (above == FRIA_NONE || j->reasons[i].cause != above))
			part_reason(note, w->q->input, j, &j->reasons[i],
				    w->lang);
}

static void put_first(const work *w, fria_node *at)
{
	const fria_judgement *j = w->q->judgement;
	char *first = fria_judge_first(w->q->evaluation, w->in, j);
	if (first && w->q->input->adopted && j->state >= FRIA_ANSWERED) {
		fria_buf text = FRIA_BUF_INIT;
		fria_say(&text, w->lang, FRIA_W_fill_first, "first", first,
			 NULL);
		fria_node_note(at, FRIA_TONE_DOUBT, text.text);
		fria_buf_dispose(&text);
	}
	free(first);
}

/* Under which of the changes it is told, or FRIA_NONE. */
static size_t cause_of(const work *w)
{
	const fria_evaluation *e = w->q->evaluation;
	const fria_judgement *j = w->q->judgement;
	return j && j->n && w->q->changes
		   ? fria_change_of(w->q->changes, e, (size_t)(j - e->items))
		   : FRIA_NONE;
}

static fria_node *tell(const work *w, fria_node *at, size_t cause)
{
	const fria_cause *c = &w->q->evaluation->causes.items[cause];
	fria_strings *told = &w->q->changes->ids;
	if (!fria_strings_has(told, c->id))
		fria_strings_add(told, c->id);
	return part_change(at, w->q->evaluation, w->q->input, cause,
			   w->q->changes, w->lang);
}

/* The changes that have no question of their own, at the first that they
 * touch. */
static void tell_others(const work *w, fria_node *at)
{
	const fria_evaluation *e = w->q->evaluation;
	const fria_judgement *j = w->q->judgement;
	for (size_t k = 0; k < j->n; k++) {
		const fria_cause *c = &e->causes.items[j->reasons[k].cause];
		if (!c->tasks.n &&
		    fria_cause_tells(&e->causes, j, &j->reasons[k]) &&
		    !fria_strings_has(&w->q->changes->ids, c->id))
			tell(w, at, j->reasons[k].cause);
	}
}

/* The change, where it was not told, or all is to be seen. Which stands right
 * above the question; FRIA_NONE: none. */
static size_t put_change(const work *w, fria_node **at)
{
	const fria_changes_told *told = w->q->changes;
	fria_node *page = *at;
	size_t cause = cause_of(w);
	if (cause == FRIA_NONE)
		return cause;
	const fria_cause *c = &w->q->evaluation->causes.items[cause];
	bool known = fria_strings_has(&told->ids, c->id) && w->q->unfold;
	if (!known)
		*at = tell(w, page, cause);
	tell_others(w, known ? page : *at);
	return known ? FRIA_NONE : cause;
}

/* --- what it rests on --- */

/* A question or fact with what is said there; cut to a line, unless
 * nothing is. */
static void put_rest(const work *w, fria_node *fields, const char *id,
		     const char *title, const char *text)
{
	fria_buf name = FRIA_BUF_INIT, value = FRIA_BUF_INIT;
	if (id)
		fria_buf_printf(&name, "%s ", id);
	part_beginning(&name, title, w->q->unfold ? 34 : strlen(title));
	size_t used = fria_utf8_count(name.text, name.n) + 6;
	if (!w->q->unfold)
		fria_buf_puts(&value, text);
	else
		part_beginning(&value, text,
			       used < REST_WIDTH ? REST_WIDTH - used : 8);
	fria_node_text(fria_fields_add(fields, name.text), value.text);
	fria_buf_dispose(&name);
	fria_buf_dispose(&value);
}

static void put_fact(const work *w, fria_node *fields,
		     const fria_fact_edge *fact)
{
	fria_buf text = FRIA_BUF_INIT, title = FRIA_BUF_INIT;
	json_t *value = fria_fact_rested(w->q->input, fact, w->q->row);
	if (value)
		fria_fact_say_at(&text, fact->pointer, value, w->lang);
	fria_buf_puts(&title, fria_fact_title(fact->pointer, w->lang));
	fria_fact_edge_say(&title, fact, w->in, NULL, w->lang);
	put_rest(w, fields, NULL, title.text,
		 text.n ? text.text
			: fria_word_text(FRIA_W_eval_nothing, w->lang));
	json_decref(value);
	fria_buf_dispose(&title);
	fria_buf_dispose(&text);
}

/* What an upstream answer says. */
static void say_form(fria_buf *out, fria_choices *choices, size_t task,
		     const json_t *form, fria_lang lang)
{
	const json_t *value = json_object_get(form, "value");
	const json_t *rows = json_object_get(form, "rows");
	const char *state = fria_json_text(form, "state");
	const char *reason =
	    fria_json_text(json_object_get(form, "waived"), "reason");
	bool hidden = state && !strcmp(state, "hidden");
	if (value)
		fria_choice_say(out, choices, task, value);
	else if (rows)
		fria_say(out, lang, FRIA_W_fill_rows, "count",
			 FRIA_DIGITS(json_array_size(rows)), NULL);
	else
		fria_buf_puts(
		    out, reason ? reason
				: fria_word_text(hidden ? FRIA_W_state_hidden
							: FRIA_W_state_open,
						 lang));
}

/* Where an edge leads: the questionnaire, what may be chosen there (new), and
 * the question; or FRIA_NONE. */
static size_t upstream_of(const fria_instrument **in, fria_choices **choices,
			  const work *w, const fria_edge *edge)
{
	const fria_evaluation_input *input = w->q->input;
	const char *mark = strchr(edge->id, '#');
	const json_t *assessment = input->assessment;
	size_t task = edge->task;
	*in = w->in;
	if (task == FRIA_NONE) {
		const fria_sibling *other =
		    fria_sibling_find(w->in, &input->siblings, edge->id);
		if (!other || !mark)
			return FRIA_NONE;
		*in = other->instrument;
		assessment = other->assessment;
		task = fria_instrument_find(*in, mark + 1);
	}
	*choices = fria_choices_new(*in, assessment, &input->siblings,
				    input->application, w->lang);
	return task;
}

static void put_edge(const work *w, fria_node *fields, const fria_edge *edge)
{
	const fria_evaluation_input *input = w->q->input;
	const fria_instrument *in;
	fria_choices *choices = NULL;
	size_t task = upstream_of(&in, &choices, w, edge);
	fria_buf text = FRIA_BUF_INIT, plain = FRIA_BUF_INIT;
	if (task == FRIA_NONE) {
		fria_choices_free(choices);
		return;
	}
	json_t *form =
	    fria_edge_form(w->in, input->assessment, &input->siblings, edge,
			   (size_t)(w->task - w->in->tasks), w->q->row);
	say_form(&text, choices, task, form, w->lang);
	fria_choices_free(choices);
	if (in->tasks[task].kind == FRIA_TEXT)
		fria_markdown_plain(&plain, text.text, text.n);
	put_rest(w, fields, edge->id,
		 fria_task_title(&in->tasks[task], w->lang),
		 plain.n ? plain.text : text.text);
	json_decref(form);
	fria_buf_dispose(&plain);
	fria_buf_dispose(&text);
}

/* What is among the reasons was shown already; of facts that are empty little
 * is to be said. */
static bool is_told(const work *w, const char *name, bool fact)
{
	const fria_judgement *j = w->q->judgement;
	if (!w->q->unfold)
		return true;
	for (size_t i = 0; j && i < j->n; i++)
		if (j->reasons[i].what && !strcmp(j->reasons[i].what, name))
			return false;
	return !fact || fria_fact(w->q->input->application, name);
}

static size_t count_rests(const work *w)
{
	size_t n = 0;
	for (size_t i = 0; i < w->task->upstream.n; i++)
		n += is_told(w, w->task->upstream.items[i].id, false);
	for (size_t i = 0; i < w->task->facts.n; i++)
		n += is_told(w, w->task->facts.items[i].pointer, true);
	return n;
}

static void put_rests(const work *w, fria_node *at)
{
	const fria_task *t = w->task;
	size_t n = count_rests(w), told = 0;
	size_t most = w->q->unfold && n != RESTS + 1 ? RESTS : n;
	if (!n)
		return;
	fria_node *box = fria_node_details(
	    at, fria_word_text(FRIA_W_fill_rests, w->lang), true);
	fria_node *fields = fria_node_fields(box);
	for (size_t i = 0; i < t->upstream.n && told < most; i++)
		if (is_told(w, t->upstream.items[i].id, false)) {
			put_edge(w, fields, &t->upstream.items[i]);
			told++;
		}
	for (size_t i = 0; i < t->facts.n && told < most; i++)
		if (is_told(w, t->facts.items[i].pointer, true)) {
			put_fact(w, fields, &t->facts.items[i]);
			told++;
		}
	if (n > most) {
		fria_node_say(fria_node_meta(box), FRIA_W_fill_more, "count",
			      FRIA_DIGITS(n - most), "how", w->q->unfold, NULL);
	}
}

/* --- the answer that is there, and what others wrote --- */

/* "Answer (R. Jansen, 3 March 2026)" */
static void put_stand(const work *w, fria_node *at, const json_t *answer)
{
	const json_t *basis = json_object_get(answer, "basis");
	const char *by = fria_shown(w->q->input, fria_json_text(basis, "by"));
	fria_buf day = FRIA_BUF_INIT;
	fria_time moment;
	fria_node *line = put_label(w, at, FRIA_W_fill_answer);
	if (by && fria_time_parse(&moment, fria_json_text(basis, "at"))) {
		fria_day_say(&day, w->lang, moment);
		char *who = fria_format(
		    " (%.*s, %s)", (int)fria_person_length(by), by, day.text);
		fria_node_text(line, who);
		free(who);
	}
	fria_buf_dispose(&day);
}

static void say_waived(fria_buf *out, const json_t *waived, fria_lang lang)
{
	const char *kind = fria_json_text(waived, "kind");
	const char *label = fria_closed_say("waiver", kind, lang);
	fria_say(out, lang, FRIA_W_waived_for, "kind", label ? label : kind,
		 "reason", fria_json_text(waived, "reason"), NULL);
}

/* What it says of what fell away is to be seen at once. */
static void put_mentions(fria_node *at, const fria_strings *words)
{
	fria_buf text = FRIA_BUF_INIT;
	part_mentions(&text, words);
	if (words->n)
		fria_node_say(fria_node_meta(at), FRIA_W_answer_mentions,
			      "words", text.text, NULL);
	fria_buf_dispose(&text);
}

static void put_answer(const work *w, fria_node *at)
{
	const json_t *answer =
	    w->q->fresh ? NULL
			: fria_assessment_answer(w->q->input->assessment, w->in,
						 w->q->task, w->q->row);
	const json_t *value = json_object_get(answer, "value");
	const json_t *waived = json_object_get(answer, "waived");
	fria_strings words = FRIA_STRINGS_INIT;
	fria_buf text = FRIA_BUF_INIT;
	if (value)
		part_value(&text, w->in, w->q->task, value, w->choices);
	else if (waived)
		say_waived(&text, waived, w->lang);
	if (w->q->judgement)
		fria_mentions_add(
		    &words, w->q->evaluation,
		    (size_t)(w->q->judgement - w->q->evaluation->items));
	if (text.n) {
		char *shown = beginning(text.text,
					words.n ? NULL : w->q->unfold, w->lang);
		put_stand(w, at, answer);
		put_mentions(at, &words);
		fria_node_answer_marked(at, shown, NULL, &words);
		free(shown);
	}
	fria_strings_dispose(&words);
	fria_buf_dispose(&text);
}

const char *part_origin(const json_t *assessment)
{
	const json_t *origin = json_object_get(assessment, "origin");
	const char *from = fria_json_text(origin, "organisation");
	if (!from)
		from = fria_json_text(origin, "from");
	return from ? from : "?";
}

void part_examples(fria_node *at, const json_t *assessment,
		   const fria_task *task, const char *unfold, fria_lang lang)
{
	const json_t *texts = fria_example(assessment, task->id);
	fria_lang own = fria_assessment_language(assessment);
	fria_buf label = FRIA_BUF_INIT;
	size_t i;
	json_t *one;
	if (!json_array_size(texts))
		return;
	fria_say(&label, lang, FRIA_W_example_of, "from",
		 part_origin(assessment), NULL);
	fria_node_strong(fria_node_paragraph(at), label.text);
	json_array_foreach(texts, i, one) {
		if (!json_is_string(one) || (i && unfold))
			continue;
		char *shown = beginning(json_string_value(one), unfold, lang);
		fria_node_answer(at, shown, fria_lang_code(own));
		free(shown);
	}
	fria_buf_dispose(&label);
}

/* --- what may be chosen --- */

json_t *fria_asked_choices(const fria_asked *q, fria_lang lang)
{
	const fria_instrument *in = q->input->instrument;
	fria_kind kind = in->tasks[q->task].kind;
	if (kind != FRIA_OPTION && kind != FRIA_OPTIONS)
		return NULL;
	fria_choices *own = choices_of(q, lang);
	json_t *labels =
	    fria_task_labels(in, q->task, fria_choices_at(own, q->task), lang);
	fria_choices_free(own);
	return labels;
}

static void put_choices(const work *w, fria_node *at)
{
	json_t *labels = fria_asked_choices(w->q, w->lang), *one;
	fria_node *list = labels ? fria_node_list(at, true) : NULL;
	size_t i;
	json_array_foreach(labels, i, one)
		fria_node_text(fria_list_item(list), json_string_value(one));
	json_decref(labels);
}

fria_node *fria_question_view(fria_node *at, const fria_asked *q,
			      fria_lang lang)
{
	const fria_instrument *in = q->input->instrument;
	const work w = {q, in, &in->tasks[q->task], lang, choices_of(q, lang)};
	fria_node *before = at;
	size_t above = put_change(&w, &before);
	fria_node *node = fria_node_question(at, w.task->id, w.task->id,
					     fria_task_title(w.task, lang));
	put_place(&w, node);
	put_table(&w, node);
	put_guidance(&w, node, w.task);
	put_roles(&w, node);
	if (q->judgement) {
		put_reasons(&w, node, above);
		put_first(&w, node);
	}
	put_rests(&w, node);
	put_answer(&w, node);
	if (!q->judgement || q->judgement->state == FRIA_OPEN)
		part_examples(node, q->input->assessment, w.task, q->unfold,
			      lang);
	put_choices(&w, node);
	fria_choices_free(w.choices);
	return node;
}

/* --- what a confirmation stands for --- */

/* "5.2.kans [2]" */
static char *number_of(const fria_judgement *j, const fria_instrument *in)
{
	const char *id = in->tasks[j->question.task].id;
	size_t row = j->question.row_number;
	return row ? fria_format("%s [%zu]", id, row) : fria_strdup(id);
}

static const char *title_of(const fria_judgement *j, const fria_instrument *in,
			    fria_lang lang)
{
	return fria_task_title(&in->tasks[j->question.task], lang);
}

/* An answer under the change that is told there, in the section of that. */
static void put_stood(fria_node **at, fria_node *page, const fria_asked *asked,
		      size_t *last, fria_lang lang)
{
	const fria_instrument *in = asked->input->instrument;
	const work w = {asked, in, &in->tasks[asked->task], lang,
			choices_of(asked, lang)};
	size_t cause = cause_of(&w);
	char *number = number_of(asked->judgement, in);
	fria_node *begun = page;
	size_t above = cause;
	if (cause == FRIA_NONE || cause != *last) {
		above = put_change(&w, &begun);
		*at = begun;
		*last = cause;
	}
	fria_node *node = fria_node_question(
	    *at, number, number, title_of(asked->judgement, in, lang));
	put_reasons(&w, node, above);
	put_answer(&w, node);
	fria_choices_free(w.choices);
	free(number);
}

static void put_left(fria_node *at, fria_word heading, const fria_evaluation *e,
		     const fria_instrument *in, const fria_positions *left,
		     fria_lang lang)
{
	if (!left->n)
		return;
	fria_node_strong(fria_node_paragraph(at),
			 fria_word_text(heading, lang));
	fria_node *list = fria_node_list(at, false);
	for (size_t i = 0; i < left->n; i++) {
		fria_node *item = fria_list_item(list);
		char *number = number_of(&e->items[left->items[i]], in);
		fria_node_badge(item, part_tone(e->items[left->items[i]].state),
				number);
		fria_node_text(item, " ");
		fria_node_text(item,
			       title_of(&e->items[left->items[i]], in, lang));
		free(number);
	}
}

void fria_confirm_view(fria_node *at, const fria_evaluation *e,
		       const fria_evaluation_input *input,
		       const fria_positions *those, const fria_positions *alone,
		       const fria_positions *waiting, const char *unfold,
		       fria_lang lang)
{
	const fria_instrument *in = input->instrument;
	fria_changes_told told = {.page = true};
	fria_node *section = at;
	size_t last = FRIA_NONE;
	fria_changes_number(&told, e);
	if (those->n)
		fria_node_strong(fria_node_paragraph(at),
				 fria_word_text(FRIA_W_confirm_those, lang));
	for (size_t i = 0; i < those->n; i++) {
		const fria_judgement *j = &e->items[those->items[i]];
		const fria_asked asked = {.input = input,
					  .evaluation = e,
					  .task = j->question.task,
					  .row = j->question.row,
					  .judgement = j,
					  .changes = &told,
					  .unfold = unfold};
		put_stood(&section, at, &asked, &last, lang);
	}
	put_left(at, FRIA_W_confirm_left_alone, e, in, alone, lang);
	put_left(at, FRIA_W_confirm_left_waiting, e, in, waiting, lang);
	fria_changes_dispose(&told);
}
