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

#include <stdlib.h>
#include <string.h>

/* What is shown at once of a text, of what a question rests on, and of each
 * of those. */
#define BEGINNING 360
#define RESTS 6
#define REST_WIDTH 78

typedef struct {
	const fria_asked *q;
	const fria_evaluation_input *input;
	const fria_judgement *j; /* NULL of a fresh one */
	const fria_instrument *in;
	const fria_task *task;
	fria_lang lang;
	fria_choices *choices; /* its own */
} work;

static work begin(fria_node *at, const fria_asked *q)
{
	fria_lang lang = fria_node_lang(at);
	const fria_instrument *in = q->input->instrument;
	return (work){.q = q,
		      .input = q->input,
		      .j = q->judgement,
		      .in = in,
		      .task = &in->tasks[q->task],
		      .lang = lang,
		      .choices = part_choices(q->input, lang)};
}

/* A text, or its beginning with how many words were left out and how to see
 * those; unfold is NULL: all of it. */
static const char *beginning(fria_node *at, const char *text,
			     const char *unfold)
{
	size_t n = strlen(text);
	size_t shown = unfold ? part_cut(text, BEGINNING) : n;
	size_t left = fria_words_count(text + shown, n - shown);
	if (n - shown < BEGINNING / 4)
		return text;
	return fria_kept_format(at, "%.*s %s", (int)shown, text,
				fria_kept_say(at, FRIA_W_fill_cut, "count",
					      FRIA_DIGITS(left), "how", unfold,
					      NULL));
}

/* --- the question itself --- */

/* "Part 2 …; text; row 2; to go: 12 open" */
static void put_place(const work *w, fria_node *at)
{
	const fria_asked *q = w->q;
	fria_buf *part = fria_kept_text(at), *left = fria_kept_text(at);
	size_t row =
	    w->j ? w->j->question.row_number
		 : fria_assessment_row_number(w->input->assessment, w->in,
					      w->task->rows, q->row);
	bool optional = w->j ? w->j->optional : w->task->measure;
	if (q->fresh)
		optional =
		    !w->task->required || !w->in->tasks[w->task->rows].required;
	part_beginning(
	    part,
	    fria_task_title(&w->in->tasks[fria_task_part(w->in, q->task)],
			    w->lang),
	    40);
	if (q->left)
		fria_todo_say(left, q->left, w->lang);
	fria_meta_say(at, FRIA_W_fill_place, "part", part->text, "kind",
		      fria_word_text(fria_kind_word(w->task->kind), w->lang),
		      "fresh", q->fresh ? "yes" : "", "row",
		      row && !q->fresh ? FRIA_DIGITS(row) : "", "optional",
		      optional ? "yes" : "", "left", left->text, NULL);
}

static void put_guidance(const work *w, fria_node *at, const fria_task *task)
{
	const char *guidance = fria_task_guidance(task, w->lang);
	if (guidance && *guidance)
		fria_node_markdown(at, beginning(at, guidance, w->q->unfold));
}

/* The table that it stands in; of a new row what belongs there, of another
 * what its first question was answered with. */
static void put_table(const work *w, fria_node *at)
{
	size_t first = w->task->rows;
	if (first == FRIA_NONE)
		return;
	const fria_task *group = &w->in->tasks[first];
	fria_meta_say(at, FRIA_W_fill_table, "group", group->id, "title",
		      fria_task_title(group, w->lang), NULL);
	if (w->q->fresh)
		put_guidance(w, at, group);

	while (first < w->q->task && !w->in->tasks[first].answerable)
		first++;
	if (!w->q->row || first == w->q->task)
		return;
	fria_buf *text = fria_kept_text(at);
	fria_choice_say(text, w->choices, first,
			fria_assessment_value(w->input->assessment, w->in,
					      first, w->q->row));
	if (text->n) {
		fria_buf *line = fria_node_here(fria_node_meta(at));
		fria_buf_puts(line, "» ");
		part_beginning(line, text->text, REST_WIDTH - 6);
	}
}

static void put_roles(const work *w, fria_node *at)
{
	const fria_strings *roles = &w->task->roles;
	fria_buf *names = fria_kept_text(at);
	for (size_t i = 0; i < roles->n; i++)
		fria_buf_printf(
		    names, i ? ", %s" : "%s",
		    fria_role_title(w->input->roles, roles->items[i], w->lang));
	if (names->n)
		fria_meta_say(at, FRIA_W_fill_expected, "roles", names->text,
			      NULL);
}

/* --- why it is asked --- */

/* "was 85 on 4 March; the limit is 80" */
static void put_crossing(fria_node *line, const fria_reason *r)
{
	const char *day = part_date(line, fria_json_text(r->after, "date"));
	fria_node_say(line, FRIA_W_eval_crossing, "value",
		      part_fact(line, json_object_get(r->after, "value")),
		      "date", *day ? day : "?", "limit",
		      part_fact(line, json_object_get(r->before, "threshold")),
		      NULL);
}

/* What was, or is: an answer as a reader sees it; of a fact its items. What was
 * told at a release is shown as such. Takes the value. */
static const char *side_new(fria_node *at, json_t *side, const fria_reason *r)
{
	const char *own = json_string_value(side);
	fria_buf *text = fria_kept_text(at);
	if (own && r->kind == FRIA_BY_EVENT)
		fria_buf_puts(text, own);
	else if (own && r->kind != FRIA_BY_FACT)
		fria_markdown_outline(text, own, strlen(own));
	else if (side)
		fria_items_say(text, side, fria_node_lang(at));
	json_decref(side);
	return text->text;
}

void part_difference(fria_node *at, const fria_evaluation_input *input,
		     const fria_judgement *j, const fria_reason *r)
{
	json_t *before = NULL, *after = NULL;
	bool taken_over = r->kind == FRIA_BY_EDIT && r->what;
	if (r->kind == FRIA_BY_MONITORING)
		put_crossing(fria_node_paragraph(at), r);
	if (r->kind == FRIA_BY_MONITORING || r->kind == FRIA_BY_INSTRUMENT ||
	    taken_over)
		return;
	fria_reason_sides(&before, &after, r, j, input);
	const char *was = side_new(at, before, r);
	const char *now = side_new(at, after, r);
	if (r->kind == FRIA_BY_EVENT) {
		fria_node_answer(at, now, NULL);
	} else if (r->before || r->kind == FRIA_BY_FACT) {
		fria_texts_view(at, was, now);
	} else {
		fria_meta_say(at, FRIA_W_eval_unknown_before, NULL);
		fria_node_paragraph_text(at, now);
	}
}

/* " (group "residents", named in this row)" */
static void say_narrowing(fria_buf *out, const work *w, const fria_reason *r)
{
	fria_narrowing *n = fria_narrowing_new(w->input, w->lang);
	fria_buf narrows = FRIA_BUF_INIT;
	fria_narrowing_say(&narrows, n, r, w->j);
	if (narrows.n)
		fria_buf_printf(out, " (%s)", narrows.text);
	fria_buf_dispose(&narrows);
	fria_narrowing_free(n);
}

/* "Change 5, model and version: 1.0 2.0", with what differs unless that stands
 * on the same page, or right above. */
static void put_through(const work *w, fria_node *item, const fria_reason *r,
			bool above)
{
	const fria_evaluation *e = w->q->evaluation;
	const fria_cause *c = &e->causes.items[r->cause];
	fria_changes_told *told = w->q->changes;
	json_t *before = NULL, *after = NULL;
	fria_node_say(item, FRIA_W_cause_one, "number",
		      FRIA_DIGITS(fria_change_number(told, c)), "what",
		      part_change_title(item, e, w->input, r->cause), NULL);
	say_narrowing(fria_node_here(item), w, r);
	if (above || (told->page && (fria_strings_has(&told->ids, c->id) ||
				     fria_strings_has(&told->brief, c->id))))
		return;
	if (told->page)
		fria_strings_add(&told->brief, c->id);
	fria_node_text(item, ": ");
	if (r->kind == FRIA_BY_MONITORING) {
		put_crossing(item, r);
		return;
	}
	fria_reason_sides(&before, &after, r, w->j, w->input);
	part_words(item, side_new(item, before, r), side_new(item, after, r));
}

/* A change that is told once, and not at its question. */
static bool is_change(const fria_reason *r)
{
	return r->cause != FRIA_NONE && r->kind != FRIA_BY_EDIT &&
	       r->kind != FRIA_BY_INSTRUMENT;
}

/* One that is told by its number. */
static bool has_number(const work *w, const fria_reason *r)
{
	return w->q->changes && w->q->unfold && is_change(r);
}

static bool tells(const work *w, const fria_reason *r)
{
	return fria_cause_tells(&w->q->evaluation->causes, w->j, r);
}

/* above: the change that stands right over it, or FRIA_NONE. Nothing where
 * there is no more to say than that. */
static void put_reasons(const work *w, fria_node *at, size_t above)
{
	const fria_judgement *j = w->j;
	bool more = j->n && above == FRIA_NONE;
	fria_node *list = NULL;
	for (size_t i = 0; i < j->n; i++)
		more = more || ((j->reasons[i].cause != above ||
				 j->reasons[i].fact || j->reasons[i].rows) &&
				(!has_number(w, &j->reasons[i]) ||
				 tells(w, &j->reasons[i])));
	if (!more)
		return;
	fria_node *note =
	    fria_note_word(at, FRIA_TONE_AGAIN, FRIA_W_fill_again);
	for (size_t i = 0; i < j->n; i++) {
		const fria_reason *r = &j->reasons[i];
		if (!has_number(w, r) || !tells(w, r))
			continue;
		list = list ? list : fria_node_list(note, false);
		put_through(w, fria_list_item(list), r, r->cause == above);
	}
	for (size_t i = 0; i < j->n; i++) {
		const fria_reason *r = &j->reasons[i];
		if (has_number(w, r) ||
		    (above != FRIA_NONE && r->cause == above))
			continue;
		fria_reason_say(fria_node_here(fria_node_paragraph(note)), r, j,
				w->input, w->lang);
		part_difference(note, w->input, j, r);
	}
}

static void put_first(const work *w, fria_node *at)
{
	char *first = fria_judge_first(w->q->evaluation, w->in, w->j);
	if (first && w->input->adopted && w->j->state >= FRIA_ANSWERED)
		fria_node_note(
		    at, FRIA_TONE_DOUBT,
		    fria_kept_say(at, FRIA_W_fill_first, "first", first, NULL));
	free(first);
}

/* Under which of the changes it is told, or FRIA_NONE. */
static size_t cause_of(const work *w)
{
	const fria_evaluation *e = w->q->evaluation;
	return w->j && w->j->n && w->q->changes
		   ? fria_change_of(w->q->changes, e, (size_t)(w->j - e->items))
		   : FRIA_NONE;
}

/* One that stands where the question is told: under that number. */
static bool stands_there(const work *w, const fria_reason *r, size_t cause)
{
	const fria_cause *all = w->q->evaluation->causes.items;
	return cause != FRIA_NONE && r->cause != FRIA_NONE &&
	       fria_change_number(w->q->changes, &all[r->cause]) ==
		   fria_change_number(w->q->changes, &all[cause]);
}

/* What else changed, besides the change under which it is told. */
static void put_others(const work *w, fria_node *at)
{
	const fria_judgement *j = w->j;
	const fria_evaluation *e = w->q->evaluation;
	size_t cause = fria_cause_of(&e->causes, (size_t)(j - e->items));
	fria_node *list = NULL;
	for (size_t i = 0; i < j->n; i++) {
		const fria_reason *r = &j->reasons[i];
		if (!tells(w, r) || stands_there(w, r, cause))
			continue;
		list = list ? list
			    : fria_node_list(fria_note_word(at, FRIA_TONE_AGAIN,
							    FRIA_W_fill_others),
					     false);
		fria_node *item = fria_list_item(list);
		if (is_change(r)) {
			put_through(w, item, r, false);
			continue;
		}
		fria_reason_say(fria_node_here(item), r, j, w->input, w->lang);
		part_difference(item, w->input, j, r);
	}
	put_first(w, at);
}

static fria_node *tell(const work *w, fria_node *at, size_t cause)
{
	const fria_evaluation *e = w->q->evaluation;
	fria_strings_add_once(&w->q->changes->ids, e->causes.items[cause].id);
	return part_change(at, e, w->input, cause, w->q->changes);
}

/* The change, where it was not told, or all is to be seen; and those that have
 * no question of their own, at the first that they touch. Which stands right
 * above the question; FRIA_NONE: none. */
static size_t put_change(const work *w, fria_node **at)
{
	const fria_causes *causes = &w->q->evaluation->causes;
	size_t cause = cause_of(w);
	if (cause == FRIA_NONE)
		return cause;
	const fria_strings *told = &w->q->changes->ids;
	bool known =
	    fria_strings_has(told, causes->items[cause].id) && w->q->unfold;
	if (!known)
		*at = tell(w, *at, cause);
	for (size_t k = 0; k < w->j->n; k++) {
		const fria_reason *r = &w->j->reasons[k];
		const fria_cause *c = &causes->items[r->cause];
		if (!c->tasks.n && tells(w, r) &&
		    !fria_strings_has(told, c->id))
			tell(w, *at, r->cause);
	}
	return known ? FRIA_NONE : cause;
}

/* --- what it rests on --- */

/* A question or fact (with an id or "") and what is said there; cut to a line,
 * unless nothing is. */
static void put_rest(const work *w, fria_node *fields, const char *id,
		     const char *title, const char *text)
{
	fria_buf *name = fria_kept_text(fields);
	fria_buf_printf(name, *id ? "%s " : "%s", id);
	part_beginning(name, title, w->q->unfold ? 34 : strlen(title));
	size_t used = fria_utf8_count(name->text, name->n) + 6;
	size_t room = used < REST_WIDTH ? REST_WIDTH - used : 8;
	fria_node *field = fria_fields_add(fields, name->text);
	if (w->q->unfold)
		part_beginning(fria_node_here(field), text, room);
	else
		fria_node_text(field, text);
}

static void put_fact(const work *w, fria_node *fields,
		     const fria_fact_edge *fact)
{
	fria_buf *text = fria_kept_text(fields),
		 *title = fria_kept_text(fields);
	json_t *value = fria_fact_rested(w->input, fact, w->q->row);
	if (value)
		fria_fact_say_at(text, fact->pointer, value, w->lang);
	if (!text->n)
		fria_say(text, w->lang, FRIA_W_eval_nothing, NULL);
	fria_buf_puts(title, fria_fact_title(fact->pointer, w->lang));
	fria_fact_edge_say(title, fact, w->in, w->lang);
	put_rest(w, fields, "", title->text, text->text);
	json_decref(value);
}

/* What an upstream answer says. */
static void say_form(fria_buf *out, fria_choices *choices, size_t task,
		     const json_t *form, fria_lang lang)
{
	const json_t *value = json_object_get(form, "value");
	const json_t *rows = json_object_get(form, "rows");
	const char *reason =
	    fria_json_text(json_object_get(form, "waived"), "reason");
	bool hidden = fria_json_says(form, "state", "hidden");
	if (value)
		fria_choice_say(out, choices, task, value);
	else if (rows)
		fria_say(out, lang, FRIA_W_fill_rows, "count",
			 FRIA_DIGITS(json_array_size(rows)), NULL);
	else if (reason)
		fria_buf_puts(out, reason);
	else
		fria_say(out, lang,
			 hidden ? FRIA_W_state_hidden : FRIA_W_state_open,
			 NULL);
}

/* An edge into this questionnaire, or into that of another assessment. */
static void put_edge(const work *w, fria_node *fields, const fria_edge *edge)
{
	const fria_evaluation_input *input = w->input;
	const fria_instrument *in = w->in;
	const json_t *assessment = input->assessment;
	size_t task = edge->task;
	if (task == FRIA_NONE) {
		const char *mark = strchr(edge->id, '#');
		const fria_sibling *other =
		    fria_sibling_find(w->in, &input->siblings, edge->id);
		if (!other || !mark)
			return;
		in = other->instrument;
		assessment = other->assessment;
		task = fria_instrument_find(in, mark + 1);
	}
	if (task == FRIA_NONE)
		return;
	fria_buf *text = fria_kept_text(fields),
		 *plain = fria_kept_text(fields);
	fria_choices *choices = fria_choices_new(
	    in, assessment, &input->siblings, input->application, w->lang);
	json_t *form =
	    fria_edge_form(w->in, input->assessment, &input->siblings, edge,
			   (size_t)(w->task - w->in->tasks), w->q->row);
	say_form(text, choices, task, form, w->lang);
	if (in->tasks[task].kind == FRIA_TEXT)
		fria_markdown_plain(plain, text->text, text->n);
	put_rest(w, fields, edge->id,
		 fria_task_title(&in->tasks[task], w->lang),
		 plain->n ? plain->text : text->text);
	fria_choices_free(choices);
	json_decref(form);
}

/* What is among the reasons was shown already; of facts that are empty little
 * is to be said. */
static bool is_told(const work *w, const char *name, bool fact)
{
	if (!w->q->unfold)
		return true;
	for (size_t i = 0; w->j && i < w->j->n; i++)
		if (w->j->reasons[i].what &&
		    !strcmp(w->j->reasons[i].what, name))
			return false;
	return !fact || fria_fact(w->input->application, name);
}

/* fold: under a line of its own, that opens it. */
static void put_rests(const work *w, fria_node *at, bool fold)
{
	const fria_edges *answers = &w->task->upstream;
	const fria_fact_edges *facts = &w->task->facts;
	size_t n = 0, told = 0;
	for (size_t i = 0; i < answers->n; i++)
		n += is_told(w, answers->items[i].id, false);
	for (size_t i = 0; i < facts->n; i++)
		n += is_told(w, facts->items[i].pointer, true);
	size_t most = w->q->unfold && n != RESTS + 1 ? RESTS : n;
	if (!n)
		return;
	fria_node *box =
	    fold ? fria_details_word(at, FRIA_W_fill_rests, true) : at;
	fria_node *fields = fria_node_fields(box);
	for (size_t i = 0; i < answers->n && told < most; i++)
		if (is_told(w, answers->items[i].id, false)) {
			put_edge(w, fields, &answers->items[i]);
			told++;
		}
	for (size_t i = 0; i < facts->n && told < most; i++)
		if (is_told(w, facts->items[i].pointer, true)) {
			put_fact(w, fields, &facts->items[i]);
			told++;
		}
	if (n > most)
		fria_meta_say(box, FRIA_W_fill_more, "count",
			      FRIA_DIGITS(n - most), "how", w->q->unfold, NULL);
}

/* --- the answer that is there, and what others wrote --- */

/* "Answer (R. Jansen, 3 March 2026)" */
static void put_stand(const work *w, fria_node *at, const json_t *answer)
{
	const json_t *basis = json_object_get(answer, "basis");
	const char *by = fria_shown(w->input, fria_json_text(basis, "by"));
	fria_node *line = fria_node_paragraph(at);
	fria_time moment;
	fria_node_strong(line, fria_word_text(FRIA_W_fill_answer, w->lang));
	if (by && fria_time_parse(&moment, fria_json_text(basis, "at")))
		fria_node_format(line, " (%.*s, %s)",
				 (int)fria_person_length(by), by,
				 fria_kept_day(line, moment));
}

/* With what it says of what fell away, to be seen at once. */
static void put_answer(const work *w, fria_node *at)
{
	const json_t *answer =
	    w->q->fresh ? NULL
			: fria_assessment_answer(w->input->assessment, w->in,
						 w->q->task, w->q->row);
	const json_t *value = json_object_get(answer, "value");
	const json_t *waived = json_object_get(answer, "waived");
	static const fria_strings none = FRIA_STRINGS_INIT;
	const fria_strings *words = w->j ? &w->j->mentions : &none;
	fria_buf *text = fria_kept_text(at);
	if (value) {
		part_value(text, w->in, w->q->task, value, w->choices);
	} else if (waived) {
		const char *kind = fria_json_text(waived, "kind");
		const char *label = fria_closed_say("waiver", kind, w->lang);
		fria_say(text, w->lang, FRIA_W_waived_for, "kind",
			 label ? label : kind, "reason",
			 fria_json_text(waived, "reason"), NULL);
	}
	if (!text->n)
		return;
	put_stand(w, at, answer);
	if (words->n)
		fria_meta_say(at, FRIA_W_answer_mentions, "words",
			      part_mentions(at, words), NULL);
	fria_node_answer_marked(
	    at, beginning(at, text->text, words->n ? NULL : w->q->unfold), NULL,
	    words);
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
		   const fria_task *task, const char *unfold)
{
	const json_t *texts = fria_example(assessment, task->id);
	const char *own = fria_lang_code(fria_assessment_language(assessment));
	size_t i;
	json_t *one;
	if (!json_array_size(texts))
		return;
	fria_node_strong(fria_node_paragraph(at),
			 fria_kept_say(at, FRIA_W_example_of, "from",
				       part_origin(assessment), NULL));
	json_array_foreach(texts, i, one)
		if (json_is_string(one) && !(i && unfold))
			fria_node_answer(
			    at, beginning(at, json_string_value(one), unfold),
			    own);
}

/* --- what is offered --- */

void part_proposals(fria_node *at, const fria_evaluation *evaluation,
		    const fria_evaluation_input *input, size_t task,
		    const char *row, fria_choices *choices, const char *unfold)
{
	const fria_proposals *all = &evaluation->proposals;
	const fria_instrument *in = input->instrument;
	for (size_t i = 0; i < all->n; i++) {
		const fria_proposal *p = &all->items[i];
		fria_buf *from, *text;
		if (!fria_proposal_is_for(p, in, input->assessment, task, row))
			continue;
		from = fria_kept_text(at);
		text = fria_kept_text(at);
		fria_proposal_say(from, p, in, &input->siblings,
				  fria_node_lang(at));
		part_value(text, in, task, p->value, choices);
		fria_node_strong(fria_node_paragraph(at),
				 fria_kept_say(at, FRIA_W_proposal_offered,
					       "id", p->id, "from", from->text,
					       NULL));
		fria_node_answer(at, beginning(at, text->text, unfold), NULL);
	}
}

static void put_proposals(const work *w, fria_node *at)
{
	part_proposals(at, w->q->evaluation, w->input, w->q->task,
		       w->q->fresh ? NULL : w->q->row, w->choices,
		       w->q->unfold);
}

/* --- what may be chosen --- */

json_t *fria_asked_choices(const fria_asked *q, fria_lang lang)
{
	const fria_instrument *in = q->input->instrument;
	fria_kind kind = in->tasks[q->task].kind;
	if (kind != FRIA_OPTION && kind != FRIA_OPTIONS)
		return NULL;
	fria_choices *own = part_choices(q->input, lang);
	json_t *labels =
	    fria_task_labels(in, q->task, fria_choices_at(own, q->task), lang);
	fria_choices_free(own);
	return labels;
}

void fria_asked_view(fria_node *at, const fria_asked *q, unsigned parts)
{
	const work w = begin(at, q);
	if (parts & FRIA_ASKED_WHY && w.j) {
		fria_node *begun = at;
		size_t above = put_change(&w, &begun);
		put_reasons(&w, begun, above);
		put_first(&w, begun);
	}
	if (parts & FRIA_ASKED_OTHERS && w.j)
		put_others(&w, at);
	if (parts & FRIA_ASKED_GUIDANCE) {
		put_table(&w, at);
		put_guidance(&w, at, w.task);
		put_roles(&w, at);
	}
	if (parts & FRIA_ASKED_RESTS)
		put_rests(&w, at, false);
	if (parts & FRIA_ASKED_ANSWER)
		put_answer(&w, at);
	fria_choices_free(w.choices);
}

fria_node *fria_question_view(fria_node *at, const fria_asked *q)
{
	const work w = begin(at, q);
	fria_node *before = at;
	size_t above = put_change(&w, &before), i;
	fria_node *node = fria_node_question(at, w.task->id, w.task->id,
					     fria_task_title(w.task, w.lang));
	put_place(&w, node);
	put_table(&w, node);
	put_guidance(&w, node, w.task);
	put_roles(&w, node);
	if (w.j) {
		put_reasons(&w, node, above);
		put_first(&w, node);
	}
	put_rests(&w, node, true);
	put_answer(&w, node);
	put_proposals(&w, node);
	if (!w.j || w.j->state == FRIA_OPEN)
		part_examples(node, w.input->assessment, w.task, q->unfold);

	json_t *labels = fria_asked_choices(q, w.lang), *one;
	fria_node *list = labels ? fria_node_list(node, true) : NULL;
	json_array_foreach(labels, i, one)
		fria_node_text(fria_list_item(list), json_string_value(one));
	json_decref(labels);
	fria_choices_free(w.choices);
	return node;
}

/* --- what a confirmation stands for --- */

/* "5.2.kans [2]" */
static const char *number_of(fria_node *at, const fria_judgement *j,
			     const fria_task *task)
{
	return fria_kept_format(at, j->question.row_number ? "%s [%zu]" : "%s",
				task->id, j->question.row_number);
}

/* An answer under the change that is told there, in the section of that. */
static void put_stood(fria_node **at, fria_node *page, const fria_asked *asked,
		      size_t *last)
{
	const work w = begin(page, asked);
	const char *number = number_of(page, w.j, w.task);
	size_t cause = cause_of(&w), above = cause;
	if (cause == FRIA_NONE || cause != *last) {
		*at = page;
		above = put_change(&w, at);
		*last = cause;
	}
	fria_node *node = fria_node_question(*at, number, number,
					     fria_task_title(w.task, w.lang));
	put_reasons(&w, node, above);
	put_answer(&w, node);
	fria_choices_free(w.choices);
}

static void put_left(fria_node *at, fria_word heading, const fria_evaluation *e,
		     const fria_instrument *in, const fria_positions *left)
{
	if (!left->n)
		return;
	fria_lang lang = fria_node_lang(at);
	fria_node_strong(fria_node_paragraph(at),
			 fria_word_text(heading, lang));
	fria_node *list = fria_node_list(at, false);
	for (size_t i = 0; i < left->n; i++) {
		const fria_judgement *j = &e->items[left->items[i]];
		const fria_task *task = &in->tasks[j->question.task];
		fria_node *item = fria_list_item(list);
		fria_node_badge(item, fria_state_tone(j->state),
				number_of(item, j, task));
		fria_node_format(item, " %s", fria_task_title(task, lang));
	}
}

void fria_confirm_view(fria_node *at, const fria_evaluation *e,
		       const fria_evaluation_input *input,
		       const fria_positions *those, const fria_positions *alone,
		       const fria_positions *waiting, const char *unfold)
{
	const fria_instrument *in = input->instrument;
	fria_changes_told told = {.page = true};
	fria_node *section = at;
	size_t last = FRIA_NONE;
	fria_changes_number(&told, e);
	if (those->n)
		fria_node_strong(
		    fria_node_paragraph(at),
		    fria_word_text(FRIA_W_confirm_those, fria_node_lang(at)));
	for (size_t i = 0; i < those->n; i++) {
		const fria_judgement *j = &e->items[those->items[i]];
		const fria_asked asked = {.input = input,
					  .evaluation = e,
					  .task = j->question.task,
					  .row = j->question.row,
					  .judgement = j,
					  .changes = &told,
					  .unfold = unfold};
		put_stood(&section, at, &asked, &last);
	}
	put_left(at, FRIA_W_confirm_left_alone, e, in, alone);
	put_left(at, FRIA_W_confirm_left_waiting, e, in, waiting);
	fria_changes_dispose(&told);
}
