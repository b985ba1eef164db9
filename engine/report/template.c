/* SPDX-License-Identifier: EUPL-1.2 */
/* The report of an assessment: a template's text with what it asks for. */
#include "../data/markdown.h"
#include "report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
	const fria_report *r;
	const fria_instrument *in;
	fria_document *doc;
} work;

static fria_tone tone_of(fria_state state)
{
	static const fria_tone tones[] = {
	    [FRIA_HIDDEN] = FRIA_TONE_PLAIN,  [FRIA_OPEN] = FRIA_TONE_OPEN,
	    [FRIA_ANSWERED] = FRIA_TONE_GOOD, [FRIA_WAIVED] = FRIA_TONE_PLAIN,
	    [FRIA_STALE] = FRIA_TONE_AGAIN,   [FRIA_SUSPECT] = FRIA_TONE_DOUBT};
	return tones[state];
}

static fria_tone verdict_tone(fria_verdict verdict)
{
	static const fria_tone tones[] = {[FRIA_BLOCKED] = FRIA_TONE_STOP,
					  [FRIA_INCOMPLETE] = FRIA_TONE_OPEN,
					  [FRIA_NEEDS_REVIEW] = FRIA_TONE_AGAIN,
					  [FRIA_CURRENT] = FRIA_TONE_GOOD};
	return tones[verdict];
}

/* --- the head --- */

static void key(work *w, fria_word name, const char *value)
{
	if (!value || !*value)
		return;
	fria_node_text(
	    fria_document_key(w->doc, fria_word_text(name, w->r->lang)), value);
}

static void put_head(work *w)
{
	const fria_report *r = w->r;
	const json_t *application = r->input->application;
	const char *name = fria_json_text(application, "name");
	fria_lang lang = r->lang;
	fria_buf day = FRIA_BUF_INIT;
	const char *title =
	    fria_text(json_object_get(w->in->json, "name"), lang);
	fria_day_say(&day, lang, r->evaluation->as_of);
	fria_document_title(w->doc, name ? name : r->name,
			    title ? title : w->in->name);
	key(w, FRIA_W_head_organisation, r->organisation);
	key(w, FRIA_W_head_release, fria_json_text(application, "release"));
	key(w, FRIA_W_head_version, r->version);
	key(w, FRIA_W_head_date, day.text);
	fria_node_badge(
	    fria_document_key(w->doc,
			      fria_word_text(FRIA_W_head_verdict, lang)),
	    verdict_tone(r->evaluation->verdict),
	    fria_word_text(fria_verdict_word(r->evaluation->verdict), lang));
	key(w, FRIA_W_head_instrument, w->in->name);
	key(w, FRIA_W_head_commit, r->commit);
	key(w, FRIA_W_head_content, r->content);
	key(w, FRIA_W_head_program, "fria " FRIA_VERSION);
	fria_buf_dispose(&day);
}

/* --- {{state}} --- */

static char *anchor_of(const work *w, const fria_question *q)
{
	const char *id = w->in->tasks[q->task].id;
	return q->row ? fria_format("%s-%s", id, q->row) : fria_strdup(id);
}

static void list_state(work *w, fria_node *at, fria_state state,
		       fria_word title)
{
	const fria_evaluation *e = w->r->evaluation;
	fria_node *list = NULL;
	for (size_t i = 0; i < e->n; i++) {
		const fria_judgement *j = &e->items[i];
		if (j->state != state || (state == FRIA_OPEN && j->optional))
			continue;
		if (!list) {
			fria_node *note =
			    fria_node_note(at, tone_of(state),
					   fria_word_text(title, w->r->lang));
			list = fria_node_list(note, false);
		}
		const fria_task *t = &w->in->tasks[j->question.task];
		char *anchor = anchor_of(w, &j->question);
		fria_node *item = fria_list_item(list);
		fria_node_reference(item, anchor, t->id);
		fria_node_text(item, " ");
		fria_node_text(item, fria_task_title(t, w->r->lang));
		free(anchor);
	}
}

static void count(fria_node *fields, fria_lang lang, fria_word name, size_t n)
{
	char text[24];
	if (!n)
		return;
	snprintf(text, sizeof text, "%zu", n);
	fria_node_text(fria_fields_add(fields, fria_word_text(name, lang)),
		       text);
}

static void put_state(work *w, fria_node *at)
{
	const fria_evaluation *e = w->r->evaluation;
	const fria_counts *n = &e->counts;
	fria_lang lang = w->r->lang;
	fria_node *line = fria_node_paragraph(at);
	fria_node_badge(line, verdict_tone(e->verdict),
			fria_word_text(fria_verdict_word(e->verdict), lang));
	fria_node_text(line, " ");
	fria_node_say(line, FRIA_W_not_lawful, NULL);
	if (e->stopped_by != FRIA_NONE)
		fria_node_paragraph_text(
		    fria_node_note(
			at, FRIA_TONE_STOP,
			fria_word_text(FRIA_W_verdict_blocked, lang)),
		    fria_task_title(&w->in->tasks[e->stopped_by], lang));
	fria_node *fields = fria_node_fields(at);
	count(fields, lang, FRIA_W_state_answered, n->answered);
	count(fields, lang, FRIA_W_state_waived, n->waived);
	count(fields, lang, FRIA_W_state_open, n->open);
	count(fields, lang, FRIA_W_state_stale, n->stale);
	count(fields, lang, FRIA_W_state_suspect, n->suspect);
	count(fields, lang, FRIA_W_state_hidden, n->hidden);
	list_state(w, at, FRIA_STALE, FRIA_W_state_stale);
	list_state(w, at, FRIA_SUSPECT, FRIA_W_state_suspect);
	list_state(w, at, FRIA_OPEN, FRIA_W_state_open);
}

/* --- {{facts}} --- */

static void put_facts(work *w, fria_node *at)
{
	static const char *const vocabularies[] = {"register", "card", "use",
						   "monitoring"};
	const json_t *application = w->r->input->application;
	fria_node *fields = NULL;
	for (size_t i = 0; i < 4; i++) {
		const char *name;
		json_t *value;
		json_object_foreach(
		    json_object_get(application, vocabularies[i]), name,
		    value) {
			fria_buf p = FRIA_BUF_INIT, text = FRIA_BUF_INIT;
			fria_buf_printf(&p, "/%s", vocabularies[i]);
			fria_pointer_add(&p, name);
			fria_fact_say(&text, value, w->r->lang);
			if (text.n && !fields)
				fields = fria_node_fields(at);
			if (text.n)
				fria_node_text(
				    fria_fields_add(
					fields,
					fria_fact_title(p.text, w->r->lang)),
				    text.text);
			fria_buf_dispose(&text);
			fria_buf_dispose(&p);
		}
	}
}

/* --- {{answers}} --- */

static const char *answer_language(const work *w)
{
	fria_lang lang = fria_assessment_language(w->r->input->assessment);
	return lang == w->r->lang ? NULL : fria_lang_code(lang);
}

static void put_basis(work *w, fria_node *at, const fria_judgement *j)
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

static void put_reasons(work *w, fria_node *at, const fria_judgement *j)
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

static void put_meta(work *w, fria_node *at, const fria_judgement *j)
{
	const json_t *basis = json_object_get(j->question.answer, "basis");
	const char *by = fria_json_text(basis, "by");
	const char *moment = fria_json_text(basis, "at");
	fria_node *meta = fria_node_meta(at);
	fria_time time;
	fria_node_badge(meta, tone_of(j->state),
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

static void put_answer(work *w, fria_node *at, const fria_judgement *j)
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

static void put_question(work *w, fria_node *at, const fria_judgement *j)
{
	const fria_task *t = &w->in->tasks[j->question.task];
	char *anchor = anchor_of(w, &j->question);
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
static bool is_shown(const work *w, const fria_judgement *j)
{
	const fria_task *t = &w->in->tasks[j->question.task];
	return j->state != FRIA_HIDDEN && !t->measure &&
	       (j->state != FRIA_OPEN || !j->optional);
}

static bool any_shown(const work *w, size_t from, size_t to)
{
	const fria_evaluation *e = w->r->evaluation;
	for (size_t i = 0; i < e->n; i++)
		if (e->items[i].question.task >= from &&
		    e->items[i].question.task < to && is_shown(w, &e->items[i]))
			return true;
	return false;
}

/* Groups become sections; their questions stand in the order of the form. */
static void put_tasks(work *w, fria_node *at, size_t from, size_t to)
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

static void put_answers(work *w, fria_node *at)
{
	put_tasks(w, at, 0, w->in->n);
}

/* --- {{measures}} --- */

static void put_measures(work *w, fria_node *at)
{
	const fria_evaluation *e = w->r->evaluation;
	fria_lang lang = w->r->lang;
	const char *const columns[] = {
	    fria_word_text(FRIA_W_measure_text, lang),
	    fria_word_text(FRIA_W_measure_owner, lang),
	    fria_word_text(FRIA_W_measure_due, lang),
	    fria_word_text(FRIA_W_measure_status, lang)};
	const fria_table_options options = {
	    .caption = fria_word_text(FRIA_W_measure_caption, lang),
	    .columns = columns,
	    .n = 4};
	if (!e->measures_n) {
		fria_node_paragraph_text(
		    at, fria_word_text(FRIA_W_measure_none, lang));
		return;
	}
	fria_node *table = fria_node_table(at, &options);
	for (size_t i = 0; i < e->measures_n; i++) {
		const fria_measure *m = &e->measures[i];
		fria_node *row = fria_table_row(table);
		fria_table_cell_text(row, m->text ? m->text : "");
		fria_table_cell_text(row, m->owner ? m->owner : "");
		fria_table_cell_text(row, m->due ? m->due : "");
		fria_node *cell =
		    fria_table_cell_text(row, m->status ? m->status : "");
		if (m->overdue)
			fria_node_badge(
			    cell, FRIA_TONE_STOP,
			    fria_word_text(FRIA_W_measure_late, lang));
	}
}

/* --- the template --- */

static const struct {
	const char *name;
	void (*put)(work *w, fria_node *at);
} directives[] = {{"{{state}}", put_state},
		  {"{{facts}}", put_facts},
		  {"{{answers}}", put_answers},
		  {"{{measures}}", put_measures}};

static bool run_directive(work *w, fria_node *at, const char *line)
{
	for (size_t i = 0; i < sizeof directives / sizeof *directives; i++)
		if (!strcmp(line, directives[i].name)) {
			directives[i].put(w, at);
			return true;
		}
	return false;
}

static void flush(fria_buf *text, fria_node *at)
{
	if (text->n)
		fria_node_markdown(at, text->text);
	fria_buf_clear(text);
}

static int fill(work *w, const char *name, char *text, fria_error *err)
{
	fria_buf pending = FRIA_BUF_INIT;
	fria_node *at = fria_document_body(w->doc);
	size_t number = 0;
	int code = 0;
	for (char *line = text, *next; line && !code; line = next) {
		number++;
		next = strchr(line, '\n');
		if (next)
			*next++ = '\0';
		if (!strncmp(line, "# ", 2)) {
			flush(&pending, at);
			at = fria_node_section(fria_document_body(w->doc),
					       line + 2, line + 2);
		} else if (!strncmp(line, "{{", 2)) {
			flush(&pending, at);
			if (run_directive(w, at, line))
				continue;
			fria_fail(err, FRIA_EINPUT, FRIA_W_template_directive,
				  "directive", line, NULL);
			code = fria_fail_at(err, name, NULL, number, 1);
		} else {
			fria_buf_printf(&pending, "%s\n", line);
		}
	}
	flush(&pending, at);
	fria_buf_dispose(&pending);
	return code;
}

int fria_report_make(fria_document **out, const fria_report *report,
		     const char *template_name, const char *template_text,
		     fria_error *err)
{
	work w = {report, report->input->instrument,
		  fria_document_new(report->lang)};
	char *text = fria_strdup(template_text);
	put_head(&w);
	fria_document_contents(w.doc, 3);
	int code = fill(&w, template_name, text, err);
	free(text);
	if (code)
		fria_document_free(w.doc);
	else
		*out = w.doc;
	return code;
}
