/* SPDX-License-Identifier: EUPL-1.2 */
/* Questions with their answers, why to judge again, and what they rest on. */
#include "../data/markdown.h"
#include "parts.h"

#include <stdlib.h>
#include <string.h>

char *part_anchor(const fria_parts *w, const fria_question *q)
{
	const char *id = w->in->tasks[q->task].id;
	return q->row ? fria_format("%s-%s", id, q->row) : fria_strdup(id);
}

/* --- {{answers}} --- */

static const char *answer_language(const fria_parts *w)
{
	fria_lang lang = fria_assessment_language(w->r->input->assessment);
	return lang == w->r->lang ? NULL : fria_lang_code(lang);
}

static void put_basis(fria_parts *w, fria_node *at, const fria_judgement *j)
{
	const fria_task *t = &w->in->tasks[j->question.task];
	const json_t *basis = json_object_get(j->question.answer, "basis");
	fria_lang lang = w->r->lang;
	if (!basis || (!t->facts.n && !t->upstream.n))
		return;
	fria_node *box = fria_node_details(
	    at, fria_word_text(FRIA_W_report_rests, lang), false);
	fria_node *list = fria_node_list(box, false);
	for (size_t i = 0; i < t->facts.n; i++)
		fria_node_text(fria_list_item(list),
			       fria_fact_title(t->facts.items[i], lang));
	for (size_t i = 0; i < t->upstream.n; i++) {
		const fria_edge *e = &t->upstream.items[i];
		fria_node *item = fria_list_item(list);
		if (e->task == FRIA_NONE) {
			fria_node_text(item, e->name);
			continue;
		}
		fria_node_reference(item, e->name, e->name);
		fria_node_text(item, " ");
		fria_node_text(item,
			       fria_task_title(&w->in->tasks[e->task], lang));
	}
}

static void say_side(fria_buf *out, const json_t *value, fria_lang lang)
{
	const json_t *inner = json_object_get(value, "value");
	const json_t *waived = json_object_get(value, "waived");
	if (!inner && waived)
		inner = json_object_get(waived, "reason");
	if (value)
		fria_fact_say(out, inner ? inner : value, lang);
}

static void put_reasons(fria_parts *w, fria_node *at, const fria_judgement *j)
{
	fria_lang lang = w->r->lang;
	for (size_t i = 0; i < j->n; i++) {
		const fria_reason *r = &j->reasons[i];
		fria_buf before = FRIA_BUF_INIT, after = FRIA_BUF_INIT;
		fria_buf title = FRIA_BUF_INIT;
		fria_say(&title, lang, fria_reason_word(r), "what",
			 fria_reason_what(r, lang), NULL);
		say_side(&before, r->before, lang);
		say_side(&after, r->after, lang);
		fria_node_change(at, title.text, before.text, after.text);
		fria_buf_dispose(&before);
		fria_buf_dispose(&after);
		fria_buf_dispose(&title);
	}
}

static void put_meta(fria_parts *w, fria_node *at, const fria_judgement *j)
{
	const json_t *basis = json_object_get(j->question.answer, "basis");
	const char *by = fria_json_text(basis, "by");
	const char *moment = fria_json_text(basis, "at");
	fria_node *meta = fria_node_meta(at);
	fria_time time;
	fria_node_badge(meta, part_tone(j->state),
			fria_word_text(fria_state_word(j->state), w->r->lang));
	if (!by || !moment || !fria_time_parse(&time, moment))
		return;
	fria_buf day = FRIA_BUF_INIT;
	/* The name without the address: a report goes to the public. */
	char *name = fria_strndup(by, strcspn(by, "<"));
	fria_day_say(&day, w->r->lang, time);
	for (size_t n = strlen(name); n && name[n - 1] == ' '; n--)
		name[n - 1] = '\0';
	fria_node_text(meta, " ");
	fria_node_say(meta, FRIA_W_report_stood, "by", name, "date", day.text,
		      NULL);
	fria_buf_dispose(&day);
	free(name);
}

static void put_answer(fria_parts *w, fria_node *at, const fria_judgement *j)
{
	const fria_task *t = &w->in->tasks[j->question.task];
	const json_t *value = json_object_get(j->question.answer, "value");
	const json_t *waived = json_object_get(j->question.answer, "waived");
	const char *reason = fria_json_text(waived, "reason");
	fria_lang own = fria_assessment_language(w->r->input->assessment);
	fria_buf text = FRIA_BUF_INIT;
	if (value && t->kind == FRIA_TEXT && json_is_string(value)) {
		fria_node_answer(at, json_string_value(value),
				 answer_language(w));
	} else if (value) {
		fria_buf plain = FRIA_BUF_INIT;
		fria_value_say(&plain, w->in, j->question.task, value, own);
		char *save = NULL;
		for (char *line = plain.n ? strtok_r(plain.text, "\n", &save)
					  : NULL;
		     line; line = strtok_r(NULL, "\n", &save)) {
			if (json_is_array(value))
				fria_buf_puts(&text, "- ");
			fria_markdown_escape(&text, line);
			fria_buf_putc(&text, '\n');
		}
		fria_node_answer(at, text.text, answer_language(w));
		fria_buf_dispose(&plain);
	} else if (reason) {
		fria_node_answer(at, reason, answer_language(w));
	}
	fria_buf_dispose(&text);
}

static void put_question(fria_parts *w, fria_node *at, const fria_judgement *j)
{
	const fria_task *t = &w->in->tasks[j->question.task];
	char *anchor = part_anchor(w, &j->question);
	char *number =
	    j->question.row_number
		? fria_format("%s (%zu)", t->id, j->question.row_number)
		: fria_strdup(t->id);
	fria_node *q = fria_node_question(at, anchor, number,
					  fria_task_title(t, w->r->lang));
	put_meta(w, q, j);
	put_answer(w, q, j);
	put_reasons(w, q, j);
	put_basis(w, q, j);
	free(number);
	free(anchor);
}

/* Measures have their own table; what is hidden was not asked. */
static bool is_shown(const fria_parts *w, const fria_judgement *j)
{
	const fria_task *t = &w->in->tasks[j->question.task];
	return j->state != FRIA_HIDDEN && !t->measure &&
	       (j->state != FRIA_OPEN || !j->optional);
}

static bool any_shown(const fria_parts *w, size_t from, size_t to)
{
	const fria_evaluation *e = w->r->evaluation;
	for (size_t i = 0; i < e->n; i++)
		if (e->items[i].question.task >= from &&
		    e->items[i].question.task < to && is_shown(w, &e->items[i]))
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
			char *anchor = fria_format("deel-%s", t->id);
			fria_node *section = fria_node_section(
			    at, anchor, fria_task_title(t, w->r->lang));
			put_tasks(w, section, i + 1, t->end);
			free(anchor);
		}
		for (size_t k = 0; t->answerable && k < e->n; k++)
			if (e->items[k].question.task == i &&
			    is_shown(w, &e->items[k]))
				put_question(w, at, &e->items[k]);
	}
}

void part_answers(fria_parts *w, fria_node *at)
{
	put_tasks(w, at, 0, w->in->n);
}
