/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * One question: why it is asked, the answer that stands, and what to do with
 * it. What was typed is on the page again whatever comes of it.
 */
#include "question.h"

#include <stdlib.h>
#include <string.h>

int question_find(question *out, page *p, fria_error *err)
{
	*out = (question){.p = p, .task = p->parts[2], .row = p->parts[3]};
	bool fresh = out->row && !strcmp(out->row, "nieuw");
	int code = look_at(&out->look, p, err);
	if (code)
		return code;
	size_t task = fria_instrument_find(out->look.in, out->task);
	if (task == FRIA_NONE) {
		code = fria_instrument_no_task(out->look.in, out->task, err);
		look_away(&out->look);
		return code;
	}
	if (fresh)
		out->row = NULL;
	out->t = &out->look.in->tasks[task];
	fresh = fresh || (out->t->rows != FRIA_NONE && !out->row);
	out->asked = (fria_asked){.input = &out->look.standing.input,
				  .evaluation = out->look.e,
				  .task = task,
				  .row = out->row,
				  .fresh = fresh,
				  .left = &out->look.e->counts,
				  .changes = &out->look.changes};
	if (!fresh) {
		out->asked.judgement =
		    fria_evaluation_find(out->look.e, task, out->row);
		out->answer = fria_assessment_answer(
		    out->look.s->assessment, out->look.in, task, out->row);
	}
	const fria_judgement *j = out->asked.judgement;
	out->judged = j && out->answer &&
		      (j->state == FRIA_STALE || j->state == FRIA_SUSPECT);
	return 0;
}

/* --- the fields --- */

static void put_text(const question *q, const question_typed *in)
{
	page *p = q->p;
	fria_kind kind = q->t->kind;
	const char *hint = page_say(p,
				    kind == FRIA_NUMBER ? FRIA_W_web_hint_number
				    : kind == FRIA_DATE ? FRIA_W_web_hint_date
							: FRIA_W_web_hint_text,
				    NULL);
	page_put_input(p, &(page_input){"antwoord", FRIA_W_web_your_answer,
					hint, in->text, in->error,
					kind == FRIA_TEXT ? 12 : 1});
}

/* True if a label is a line of what was chosen. */
static bool is_chosen(const char *lines, const char *label)
{
	size_t n = strlen(label);
	for (const char *at = lines; at && *at;) {
		size_t line = strcspn(at, "\n");
		if (line == n && !strncmp(at, label, n))
			return true;
		at += line + (at[line] == '\n');
	}
	return false;
}

static void put_options(const question *q, const question_typed *in,
			const json_t *labels)
{
	web *w = &q->p->w;
	const char *type = q->t->kind == FRIA_OPTION ? "radio" : "checkbox";
	size_t i;
	json_t *one;
	web_open(w, "fieldset", "class", "field", NULL);
	web_word(w, "legend", NULL, FRIA_W_web_your_answer);
	if (in->error)
		web_put(w, "p", "field-error", in->error);
	json_array_foreach(labels, i, one) {
		const char *label = json_string_value(one);
		web_open(w, "label", "class", "choice", NULL);
		web_void(w, "input", "type", type, "name", "antwoord", "value",
			 label, "checked",
			 is_chosen(in->text, label) ? "" : NULL, NULL);
		web_put(w, "span", NULL, label);
		web_close(w, "label");
	}
	web_close(w, "fieldset");
}

void question_put_field(const question *q, const question_typed *in)
{
	json_t *labels = fria_asked_choices(&q->asked, q->p->lang);
	if (labels)
		put_options(q, in, labels);
	else
		put_text(q, in);
	json_decref(labels);
}

/* What the change means for an answer that stands: four choices, none of which
 * is made beforehand; what belongs to one stands behind it. */
static void put_judging(const question *q, const question_typed *in)
{
	static const struct {
		const char *id;
		fria_word text, small;
	} all[] = {
	    {"untouched", FRIA_W_web_untouched, FRIA_W_web_untouched_small},
	    {"covered", FRIA_W_web_covered, FRIA_W_web_covered_small},
	    {"checked", FRIA_W_web_checked, FRIA_W_web_checked_small},
	    {"aanpassen", FRIA_W_web_adapt, FRIA_W_web_adapt_small}};
	page *p = q->p;
	web *w = &p->w;
	const char *chosen = in->ground ? in->ground
			     : in->at	? "aanpassen"
					: NULL;
	web_open(w, "fieldset", "class", "part", NULL);
	web_open(w, "legend", NULL);
	web_say(w, FRIA_W_web_what_means, "task",
		look_number(&q->look, &q->asked.judgement->question), NULL);
	web_close(w, "legend");
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		page_choice(p, "grond", all[i].id, chosen,
			    fria_word_text(all[i].text, p->lang),
			    fria_word_text(all[i].small, p->lang));
		if (i < 2)
			continue;
		web_open(w, "div", "class", "more", NULL);
		if (i == 2)
			page_put_input(
			    p, &(page_input){"hoe", FRIA_W_web_how_checked,
					     NULL, in->note, NULL, 3});
		else
			question_put_field(q, in);
		web_close(w, "div");
	}
	web_close(w, "fieldset");
}

static void put_waive(const question *q, const question_typed *in)
{
	page *p = q->p;
	web *w = &p->w;
	const char *id;
	web_open(w, "details", "class", "fold", "open", in->kind ? "" : NULL,
		 NULL);
	web_word(w, "summary", NULL, FRIA_W_web_skip_why);
	web_open(w, "fieldset", NULL);
	web_word(w, "legend", NULL, FRIA_W_web_skip_kind);
	for (size_t i = 0; (id = fria_closed_at("waiver", i)); i++)
		page_choice(p, "soort", id, in->kind,
			    fria_closed_say("waiver", id, p->lang), NULL);
	web_close(w, "fieldset");
	page_put_input(p, &(page_input){"reden", FRIA_W_web_reason, NULL,
					in->reason, NULL, 3});
	page_put_input(p, &(page_input){"verwijzing", FRIA_W_web_reference,
					NULL, in->reference, NULL, 1});
	web_open(w, "p", "class", "acts", NULL);
	page_button(p, "sla-over", false, FRIA_W_web_waive);
	web_close(w, "p");
	web_close(w, "details");
}

/* Better words for an answer that holds. */
static void put_mend(const question *q, const question_typed *in)
{
	page *p = q->p;
	const fria_judgement *j = q->asked.judgement;
	if (q->t->kind != FRIA_TEXT || !j || j->state != FRIA_ANSWERED)
		return;
	web_open(&p->w, "details", "class", "fold", "open",
		 in->mended ? "" : NULL, NULL);
	web_word(&p->w, "summary", NULL, FRIA_W_web_mend);
	page_put_input(p, &(page_input){"verbeterd", FRIA_W_web_mended,
					page_say(p, FRIA_W_web_mend_hint, NULL),
					in->mended, NULL, 2});
	web_open(&p->w, "p", "class", "acts", NULL);
	page_button(p, "redactie", false, FRIA_W_web_mend);
	web_close(&p->w, "p");
	web_close(&p->w, "details");
}

/* A file that the answer points at; a link to it comes into the text. */
static void put_evidence(const question *q)
{
	page *p = q->p;
	web *w = &p->w;
	if (q->t->kind != FRIA_TEXT)
		return;
	web_open(w, "details", "class", "fold part", "open",
		 page_field(p, "bijlage-titel") ? "" : NULL, NULL);
	web_word(w, "summary", NULL, FRIA_W_web_evidence);
	web_open(w, "div", "class", "field", NULL);
	web_open(w, "label", "for", "bijlage", NULL);
	web_say(w, FRIA_W_web_file, NULL);
	web_close(w, "label");
	web_open(w, "p", "class", "hint", "id", "h-bijlage", NULL);
	web_say(w, FRIA_W_web_file_hint, NULL);
	web_close(w, "p");
	web_void(w, "input", "type", "file", "id", "bijlage", "name", "bijlage",
		 "aria-describedby", "h-bijlage", NULL);
	web_close(w, "div");
	page_put_input(p, &(page_input){"bijlage-titel", FRIA_W_web_file_title,
					NULL, page_field(p, "bijlage-titel"),
					NULL, 1});
	web_open(w, "p", "class", "acts", NULL);
	page_button(p, "bijlage", false, FRIA_W_web_evidence);
	web_close(w, "p");
	web_close(w, "details");
}

static void put_form(const question *q, const question_typed *in)
{
	page *p = q->p;
	page_form_files(p, p->request->path);
	web_void(&p->w, "input", "type", "hidden", "name", "_stand", "value",
		 in->stand ? in->stand : page_stand(p, q->answer), NULL);
	look_put_head(&q->look, in->seen);
	if (q->judged)
		put_judging(q, in);
	else
		question_put_field(q, in);
	web_open(&p->w, "p", "class", "acts", NULL);
	page_button(p, "bewaar", true, FRIA_W_web_save_next);
	page_button(p, "concept", false, FRIA_W_web_save_draft);
	web_close(&p->w, "p");
	put_evidence(q);
	put_mend(q, in);
	if (!q->t->measure)
		put_waive(q, in);
	web_close(&p->w, "form");
}

/* --- the page --- */

static void put_part(const question *q, unsigned part, const char *class,
		     fria_word summary)
{
	page *p = q->p;
	fria_node *at = page_fragment(p);
	fria_buf out = FRIA_BUF_INIT;
	fria_asked asked = q->asked;
	if (part == FRIA_ASKED_WHY) {
		asked.changes->page = true;
		asked.unfold = ""; /* each change once */
	}
	fria_asked_view(at, &asked, part);
	fria_fragment_html(&out, at);
	if (out.n && summary != FRIA_W_COUNT) {
		web_open(&p->w, "details", "class", class, NULL);
		web_word(&p->w, "summary", NULL, summary);
		web_fragment(&p->w, at);
		web_close(&p->w, "details");
	} else if (out.n) {
		web_open(&p->w, "section", "class", class, NULL);
		web_fragment(&p->w, at);
		web_close(&p->w, "section");
	}
	fria_buf_dispose(&out);
}

static void put_alerts(const question *q, const question_typed *in)
{
	page *p = q->p;
	web *w = &p->w;
	if (in->error) {
		web_open(w, "div", "class", "alert error", "role", "alert",
			 NULL);
		web_word(w, "h2", NULL, FRIA_W_web_not_saved);
		web_put(w, "p", NULL, in->error);
		web_close(w, "div");
	}
	if (!in->at)
		return;
	web_open(w, "div", "class", "alert", NULL);
	web_put(w, "h2", NULL,
		page_say(p, FRIA_W_web_draft_kept, "at", page_when(p, in->at),
			 NULL));
	web_word(w, "p", NULL, FRIA_W_web_draft_alone);
	page_form(p, p->request->path);
	page_button(p, "weg", false, FRIA_W_web_draft_drop);
	web_close(w, "form");
	web_close(w, "div");
}

/* Why it is not asked. */
static void put_hidden(const question *q)
{
	page *p = q->p;
	const fria_judgement *j = q->asked.judgement;
	const char *by = j ? j->question.hidden_by : NULL;
	if (!j || j->state != FRIA_HIDDEN)
		return;
	web_open(&p->w, "div", "class", "alert", NULL);
	web_open(&p->w, "p", NULL);
	web_say(&p->w, FRIA_W_web_hidden_by, "task", by ? by : "", NULL);
	web_close(&p->w, "p");
	if (by && !strchr(by, '#')) {
		web_open(&p->w, "p", NULL);
		web_link(&p->w, page_at(p, "a/%s/v/%s", q->look.name, by),
			 page_say(p, FRIA_W_web_go_question, "task", by, NULL));
		web_close(&p->w, "p");
	}
	web_close(&p->w, "div");
}

/* What is offered for it, each with where it comes from. */
static void put_offered(const question *q)
{
	page *p = q->p;
	web *w = &p->w;
	const fria_proposals *all = &q->look.e->proposals;
	const fria_siblings beside = {q->look.s->siblings,
				      q->look.s->siblings_n};
	for (size_t i = 0; i < all->n; i++) {
		const fria_proposal *one = &all->items[i];
		if (!fria_proposal_is_for(one, q->look.in,
					  q->look.s->assessment, q->asked.task,
					  q->asked.fresh ? NULL : q->row))
			continue;
		fria_buf from = FRIA_BUF_INIT, text = FRIA_BUF_INIT;
		fria_node *at = page_fragment(p);
		fria_proposal_say(&from, one, q->look.in, &beside, p->lang);
		fria_snapshot_say(&text, q->look.s, q->asked.task, one->value,
				  p->lang);
		fria_node_answer(at, text.text, NULL);
		web_open(w, "section", "class", "sheet", NULL);
		web_word(w, "h2", "h3", FRIA_W_web_offered);
		web_put(w, "p", "hint", from.text);
		web_fragment(w, at);
		page_form(p, p->request->path);
		web_void(w, "input", "type", "hidden", "name", "voorstel",
			 "value", one->id, NULL);
		web_open(w, "p", "class", "acts", NULL);
		page_button(p, "overnemen", false, FRIA_W_web_take);
		if (q->t->kind == FRIA_TEXT)
			web_link(
			    w, page_format(p, "?voorstel=%s#antwoord", one->id),
			    fria_word_text(FRIA_W_web_take_edit, p->lang));
		web_close(w, "p");
		web_close(w, "form");
		web_close(w, "section");
		fria_buf_dispose(&text);
		fria_buf_dispose(&from);
	}
}

/* The rows of its table, and a new one. */
static void put_rows(const question *q)
{
	page *p = q->p;
	web *w = &p->w;
	if (q->t->rows == FRIA_NONE)
		return;
	web_open(w, "nav", "aria-label",
		 fria_task_title(&q->look.in->tasks[q->t->rows], p->lang),
		 NULL);
	web_open(w, "ul", "class", "seg", NULL);
	for (size_t i = 0; i < q->look.e->n; i++) {
		const fria_question *one = &q->look.e->items[i].question;
		if (one->task != q->asked.task || !one->row)
			continue;
		bool here = q->row && !strcmp(q->row, one->row);
		web_open(w, "li", NULL);
		web_open(w, "a", "href", look_address(&q->look, one),
			 "aria-current", here ? "page" : NULL, NULL);
		web_say(w, FRIA_W_web_row_number, "row",
			FRIA_DIGITS(one->row_number), NULL);
		web_close(w, "a");
		web_close(w, "li");
	}
	web_open(w, "li", NULL);
	web_open(w, "a", "href",
		 page_at(p, "a/%s/v/%s/nieuw", q->look.name, q->task),
		 "aria-current", q->asked.fresh ? "page" : NULL, NULL);
	web_say(w, FRIA_W_web_row_new, NULL);
	web_close(w, "a");
	web_close(w, "li");
	web_close(w, "ul");
	web_close(w, "nav");
}

static void put_remove(const question *q)
{
	page *p = q->p;
	if (q->t->rows == FRIA_NONE || !q->row)
		return;
	page_form(p, p->request->path);
	web_open(&p->w, "details", "class", "fold", NULL);
	web_word(&p->w, "summary", NULL, FRIA_W_web_row_remove);
	web_word(&p->w, "p", NULL, FRIA_W_web_row_remove_what);
	web_open(&p->w, "p", "class", "acts", NULL);
	page_button(p, "regel-weg", false, FRIA_W_web_row_remove);
	web_close(&p->w, "p");
	web_close(&p->w, "details");
	web_close(&p->w, "form");
}

/* The questions beside it, in the same part. */
static void put_beside(const question *q)
{
	page *p = q->p;
	size_t part = fria_task_part(q->look.in, q->asked.task);
	const char *title = fria_task_title(&q->look.in->tasks[part], p->lang);
	web_open(&p->w, "aside", "aria-label", title, NULL);
	web_put(&p->w, "h2", "h3", title);
	web_open(&p->w, "ul", "class", "tasks small", NULL);
	for (size_t i = 0; i < q->look.e->n; i++) {
		const fria_judgement *j = &q->look.e->items[i];
		if (j->state != FRIA_HIDDEN &&
		    fria_task_part(q->look.in, j->question.task) == part)
			look_line(&q->look, j);
	}
	web_close(&p->w, "ul");
	web_close(&p->w, "aside");
}

static void put_head(const question *q)
{
	page *p = q->p;
	web *w = &p->w;
	const fria_judgement *j = q->asked.judgement;
	const char *title = fria_task_title(q->t, p->lang);
	const char *number = j ? look_number(&q->look, &j->question) : q->task;
	fria_buf left = FRIA_BUF_INIT;
	look_open(&q->look, number,
		  page_format(p, "%s %s - %s", number, title,
			      look_application(&q->look)));
	fria_todo_say(&left, &q->look.e->counts, p->lang);
	web_open(w, "div", "class", "head", NULL);
	web_open(w, "p", "class", "line", NULL);
	if (j)
		web_badge(w, fria_state_tone(j->state),
			  fria_state_word(j->state));
	web_put(w, "span", "soft", left.text);
	web_close(w, "p");
	web_open(w, "h1", NULL);
	web_put(w, "span", "id", number);
	web_text(w, title);
	web_close(w, "h1");
	put_rows(q);
	web_close(w, "div");
	fria_buf_dispose(&left);
}

void question_show(const question *q, const question_typed *in)
{
	page *p = q->p;
	web *w = &p->w;
	const page_topic topic = {&q->look, q->task, q->row, q->answer};
	put_head(q);
	web_open(w, "div", "class", "two", NULL);
	web_open(w, "div", NULL);
	put_alerts(q, in);
	put_hidden(q);
	put_part(q, FRIA_ASKED_WHY, "sheet change", FRIA_W_COUNT);
	put_part(q, FRIA_ASKED_GUIDANCE, "fold part", FRIA_W_web_guidance);
	put_part(q, FRIA_ASKED_RESTS, "fold", FRIA_W_web_rests);
	put_offered(q);
	if (q->judged)
		put_part(q, FRIA_ASKED_ANSWER, "part", FRIA_W_COUNT);
	put_form(q, in);
	if (!q->judged && in->at)
		put_part(q, FRIA_ASKED_ANSWER, "part", FRIA_W_COUNT);
	put_remove(q);
	if (!q->asked.fresh)
		page_put_talk(&topic);
	web_close(w, "div");
	put_beside(q);
	web_close(w, "div");
	page_close(p);
}

/* What stands, as it is to be edited. */
const char *question_text(const question *q)
{
	const json_t *value = json_object_get(q->answer, "value");
	fria_buf out = FRIA_BUF_INIT;
	size_t i;
	json_t *one;
	if (json_is_string(value) && q->t->kind == FRIA_TEXT)
		return json_string_value(value);
	if (json_is_array(value)) {
		json_array_foreach(value, i, one) {
			fria_snapshot_say(&out, q->look.s, q->asked.task, one,
					  q->p->lang);
			fria_buf_putc(&out, '\n');
		}
	} else if (value) {
		fria_snapshot_say(&out, q->look.s, q->asked.task, value,
				  q->p->lang);
	}
	return page_keep(q->p, fria_buf_detach(&out));
}

/* Of the proposal that the address names; NULL: none. */
static const char *offered_text(const question *q)
{
	const char *id = serve_pairs_find(&q->p->request->query, "voorstel");
	const fria_proposals *all = &q->look.e->proposals;
	for (size_t i = 0; id && i < all->n; i++)
		if (!strcmp(all->items[i].id, id))
			return json_string_value(all->items[i].value);
	return NULL;
}

int page_question(page *p, fria_error *err)
{
	question q;
	page_draft draft;
	int code = question_find(&q, p, err);
	if (code)
		return code;
	const char *offered = offered_text(&q);
	question_typed in = {.text = offered ? offered : question_text(&q)};
	if (!offered &&
	    page_draft_read(&draft, p, q.look.name, q.task, p->parts[3])) {
		in.text = page_format(p, "%s", draft.text);
		in.at = page_format(p, "%s", draft.at ? draft.at : "");
		in.stand = draft.from ? page_format(p, "%s", draft.from) : NULL;
		in.seen = draft.page ? page_format(p, "%s", draft.page) : NULL;
		page_draft_dispose(&draft);
	}
	question_show(&q, &in);
	look_away(&q.look);
	return 0;
}
