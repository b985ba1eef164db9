/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * One question: why it is asked, the answer that stands, and what to do with
 * it. What was typed is on the page again whatever comes of it.
 */
#include "page.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* What is in the fields, and what is wrong with it. */
typedef struct {
	const char *text, *ground, *note, *kind, *reason, *reference;
	/* What the page showed on which it was typed; NULL: this page. */
	const char *stand, *seen;
	const char *error; /* a sentence; NULL: nothing is */
	bool race;	   /* somebody else was first */
	const char *at;	   /* when a draft was kept; NULL: none is */
} typed;

typedef struct {
	page *p;
	page_look look;
	const char *task, *row; /* row NULL: outside rows, or a new one */
	fria_asked asked;
	const fria_task *t;
	json_t *answer; /* borrowed; NULL: there is none */
} question;

static int find(question *out, page *p, fria_error *err)
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
	return 0;
}

/* The row as an act takes it. */
static const char *row_of(const question *q)
{
	return q->asked.fresh && q->t->rows != FRIA_NONE ? "new" : q->row;
}

/* --- the fields --- */

static void put_text(const question *q, const typed *in)
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

static void put_options(const question *q, const typed *in,
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

/* Why it is still right, for what has an answer that asks for it. */
static void put_keep(const question *q, const typed *in)
{
	static const struct {
		fria_ground ground;
		fria_word text, small;
	} grounds[] = {
	    {FRIA_GROUND_UNTOUCHED, FRIA_W_web_untouched,
	     FRIA_W_web_untouched_small},
	    {FRIA_GROUND_COVERED, FRIA_W_web_covered, FRIA_W_web_covered_small},
	    {FRIA_GROUND_CHECKED, FRIA_W_web_checked,
	     FRIA_W_web_checked_small}};
	page *p = q->p;
	web *w = &p->w;
	web_open(w, "details", "class", "fold part", "open",
		 in->ground ? "" : NULL, NULL);
	web_word(w, "summary", NULL, FRIA_W_web_still_right);
	web_open(w, "fieldset", NULL);
	web_word(w, "legend", NULL, FRIA_W_web_why_right);
	for (size_t i = 0; i < sizeof grounds / sizeof *grounds; i++)
		page_choice(p, "grond", fria_ground_id(grounds[i].ground),
			    in->ground,
			    fria_word_text(grounds[i].text, p->lang),
			    fria_word_text(grounds[i].small, p->lang));
	web_open(w, "div", "class", "more", NULL);
	page_put_input(p, &(page_input){"hoe", FRIA_W_web_how_checked, NULL,
					in->note, NULL, 3});
	web_close(w, "div");
	web_close(w, "fieldset");
	web_open(w, "p", "class", "acts", NULL);
	page_button(p, "houd", false, FRIA_W_web_keep);
	web_close(w, "p");
	web_close(w, "details");
}

static void put_waive(const question *q, const typed *in)
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

static void put_form(const question *q, const typed *in)
{
	page *p = q->p;
	json_t *labels = fria_asked_choices(&q->asked, p->lang);
	const fria_judgement *j = q->asked.judgement;
	page_form(p, p->request->path);
	web_void(&p->w, "input", "type", "hidden", "name", "_stand", "value",
		 in->stand ? in->stand : page_stand(p, q->answer), NULL);
	look_put_head(&q->look, in->seen);
	if (labels)
		put_options(q, in, labels);
	else
		put_text(q, in);
	web_open(&p->w, "p", "class", "acts", NULL);
	page_button(p, "bewaar", true, FRIA_W_web_save_next);
	if (!labels)
		page_button(p, "concept", false, FRIA_W_web_save_draft);
	web_close(&p->w, "p");
	if (j && (j->state == FRIA_STALE || j->state == FRIA_SUSPECT))
		put_keep(q, in);
	if (!q->t->measure)
		put_waive(q, in);
	web_close(&p->w, "form");
	json_decref(labels);
}

/* --- the page --- */

static void put_part(const question *q, unsigned part, const char *class,
		     fria_word summary)
{
	page *p = q->p;
	fria_node *at = page_fragment(p);
	fria_buf out = FRIA_BUF_INIT;
	fria_asked_view(at, &q->asked, part);
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

static void put_alerts(const question *q, const typed *in)
{
	web *w = &q->p->w;
	if (in->race) {
		web_open(w, "div", "class", "alert error", "role", "alert",
			 NULL);
		web_word(w, "h2", NULL, FRIA_W_web_race_title);
		web_word(w, "p", NULL, FRIA_W_web_race);
		web_close(w, "div");
	} else if (in->error) {
		web_open(w, "div", "class", "alert error", "role", "alert",
			 NULL);
		web_word(w, "h2", NULL, FRIA_W_web_not_saved);
		web_put(w, "p", NULL, in->error);
		web_close(w, "div");
	}
	if (in->at) {
		web_open(w, "div", "class", "alert", NULL);
		web_put(
		    w, "p", NULL,
		    page_say(q->p, FRIA_W_web_draft_kept, "at", in->at, NULL));
		web_close(w, "div");
	}
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

static void put_comments(const question *q)
{
	page *p = q->p;
	web *w = &p->w;
	fria_comments all;
	fria_comments_find(&all, q->look.in, q->look.s->assessment);
	web_open(w, "section", "class", "part", NULL);
	web_word(w, "h2", NULL, FRIA_W_web_comments);
	for (size_t i = 0; i < all.n; i++) {
		const fria_commented *c = &all.items[i];
		bool here = c->task && !strcmp(c->task, q->task) &&
			    !strcmp(c->row ? c->row : "", q->row ? q->row : "");
		fria_buf day = FRIA_BUF_INIT;
		if (!here || c->state == FRIA_COMMENT_RESOLVED)
			continue;
		fria_date_say(&day, p->lang, c->at);
		fria_node *text = page_fragment(p);
		fria_node_answer(text, c->text, NULL);
		web_open(w, "div", "class", "advice", NULL);
		web_open(w, "p", NULL, NULL);
		web_put(w, "b", NULL, c->by);
		web_text(w, ", ");
		web_text(w, day.text);
		web_close(w, "p");
		web_fragment(w, text);
		web_close(w, "div");
		fria_buf_dispose(&day);
	}
	page_form(p, p->request->path);
	page_put_input(p, &(page_input){"opmerking", FRIA_W_web_your_comment,
					NULL, NULL, NULL, 3});
	web_open(w, "p", "class", "acts", NULL);
	page_button(p, "opmerking", false, FRIA_W_web_put_comment);
	web_close(w, "p");
	web_close(w, "form");
	web_close(w, "section");
	free(all.items);
}

static void show(const question *q, const typed *in)
{
	page *p = q->p;
	web *w = &p->w;
	const fria_judgement *j = q->asked.judgement;
	const char *title = fria_task_title(q->t, p->lang);
	look_open(&q->look, q->task,
		  page_format(p, "%s %s - %s", q->task, title,
			      look_application(&q->look)));
	web_open(w, "div", "class", "head", NULL);
	web_open(w, "p", "class", "line", NULL);
	if (j)
		web_badge(w, fria_state_tone(j->state),
			  fria_state_word(j->state));
	web_close(w, "p");
	web_open(w, "h1", NULL);
	web_put(w, "span", "id", q->task);
	web_text(w, title);
	web_close(w, "h1");
	web_close(w, "div");
	web_open(w, "div", "class", "two", NULL);
	web_open(w, "div", NULL);
	put_alerts(q, in);
	put_part(q, FRIA_ASKED_WHY, "sheet change", FRIA_W_COUNT);
	put_part(q, FRIA_ASKED_RESTS, "fold part", FRIA_W_web_rests);
	put_part(q, FRIA_ASKED_GUIDANCE, "fold", FRIA_W_web_guidance);
	put_form(q, in);
	put_part(q, FRIA_ASKED_ANSWER, "part", FRIA_W_COUNT);
	put_comments(q);
	web_close(w, "div");
	put_beside(q);
	web_close(w, "div");
	page_close(p);
}

/* What stands, as it is to be edited. */
static const char *standing_text(question *q)
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

int page_question(page *p, fria_error *err)
{
	question q;
	page_draft draft;
	int code = find(&q, p, err);
	if (code)
		return code;
	typed in = {.text = standing_text(&q)};
	if (page_draft_read(&draft, p, q.look.name, q.task, p->parts[3])) {
		in.text = page_format(p, "%s", draft.text);
		in.at = page_format(p, "%s", draft.at ? draft.at : "");
		in.stand = draft.from ? page_format(p, "%s", draft.from) : NULL;
		in.seen = draft.page ? page_format(p, "%s", draft.page) : NULL;
	}
	page_draft_dispose(&draft);
	show(&q, &in);
	look_away(&q.look);
	return 0;
}

/* --- what is sent --- */

/* All that was chosen, a line each. */
static const char *sent_answer(page *p)
{
	fria_buf out = FRIA_BUF_INIT;
	for (size_t i = 0; i < p->request->form.n; i++) {
		const serve_pair *one = &p->request->form.items[i];
		if (strcmp(one->name, "antwoord") != 0)
			continue;
		if (out.n)
			fria_buf_putc(&out, '\n');
		fria_buf_puts(&out, one->value);
	}
	return page_keep(p, fria_buf_detach(&out));
}

static typed read_typed(page *p)
{
	return (typed){.text = sent_answer(p),
		       .stand = page_field(p, "_stand"),
		       .seen = page_field(p, "_gezien"),
		       .ground = page_field(p, "grond"),
		       .note = page_field(p, "hoe"),
		       .kind = page_field(p, "soort"),
		       .reason = page_field(p, "reden"),
		       .reference = page_field(p, "verwijzing")};
}

static const char *filled(const char *text)
{
	return text && text[strspn(text, " \t\r\n")] ? text : NULL;
}

/* Whatever comes of it, what was typed is there. */
static int keep_draft(page *p, const typed *in, fria_error *err)
{
	page_draft draft = {.text = (char *)(uintptr_t)in->text,
			    .from = (char *)(uintptr_t)in->stand,
			    .page = (char *)(uintptr_t)in->seen};
	return page_draft_write(
	    p, page_format(p, "%s/%s", p->parts[0], p->parts[1]), p->parts[2],
	    p->parts[3], &draft, err);
}

static int keep(const question *q, const typed *in, fria_error *err)
{
	fria_confirmed done;
	const char *const tasks[] = {q->task};
	const fria_selection which = {.tasks = tasks,
				      .n = 1,
				      .row = q->row,
				      .page = page_seen(q->p, in->stand)};
	if (!in->ground)
		return fria_fail(err, FRIA_EINPUT, FRIA_W_web_no_ground, NULL);
	return fria_confirm(&done, q->p->place->ws, q->look.name, &which,
			    in->ground, filled(in->note), err);
}

static int remark(const question *q, fria_error *err)
{
	char id[16];
	bool there;
	const char *text = page_field(q->p, "opmerking");
	const fria_edit_target target = {
	    .application_name = q->look.name, .task = q->task, .row = q->row};
	int code = fria_comment(id, &there, q->p->place->ws, &target,
				text ? text : "", NULL, err);
	return code ? code : page_save(q->p, q->look.name, err);
}

static int act(const question *q, const typed *in, const char *what,
	       fria_error *err)
{
	fria_workspace *ws = q->p->place->ws;
	fria_edited done;
	const fria_edit_target target = {.application_name = q->look.name,
					 .task = q->task,
					 .row = row_of(q),
					 .page = page_seen(q->p, in->stand)};
	int code;
	if (!strcmp(what, "opmerking"))
		return remark(q, err);
	if (!strcmp(what, "houd"))
		code = keep(q, in, err);
	else if (!strcmp(what, "sla-over") && !in->kind)
		code = fria_fail(err, FRIA_EINPUT, FRIA_W_web_no_kind, NULL);
	else if (!strcmp(what, "sla-over"))
		code = fria_waive(&done, ws, &target, in->kind,
				  in->reason ? in->reason : "",
				  filled(in->reference), err);
	else
		code = fria_answer(&done, ws, &target, in->text, err);
	return code ? code : page_save(q->p, q->look.name, err);
}

/* The question that asks for work after this one; else the questionnaire. */
static const char *next_address(page *p)
{
	page_look look;
	fria_positions all = {NULL, 0};
	const char *address = page_at(p, "a/%s/%s", p->parts[0], p->parts[1]);
	if (look_at(&look, p, NULL))
		return address;
	fria_agenda(&all, look.e, look.in);
	if (all.n)
		address =
		    look_address(&look, &look.e->items[all.items[0]].question);
	fria_positions_dispose(&all);
	look_away(&look);
	return address;
}

typedef struct {
	const typed *in;
	const char *what;
} sent;

static int do_sent(page *p, void *data, fria_error *err)
{
	const sent *s = data;
	question q;
	int code = page_refuse_unsaved(p, err);
	if (!code)
		code = find(&q, p, err);
	if (code)
		return code;
	code = act(&q, s->in, s->what, err);
	look_away(&q.look);
	return code;
}

/* The page again, with all that was typed and what is wrong. */
static int show_again(page *p, typed *in, const fria_error *why,
		      fria_error *err)
{
	question q;
	int code = find(&q, p, err);
	if (code)
		return code;
	in->error = page_trouble(p, why);
	in->race = why->code == FRIA_ERACE;
	if (in->race) /* what stands there now is on this page */
		in->stand = in->seen = NULL;
	p->response->status = why->code == FRIA_EINPUT	  ? 422
			      : why->code == FRIA_ELOCKED ? 503
							  : 409;
	show(&q, in);
	look_away(&q.look);
	return 0;
}

int page_question_post(page *p, fria_error *err)
{
	const char *what = page_field(p, "doe");
	typed in = read_typed(p);
	sent sending = {&in, what ? what : "bewaar"};
	bool remarks = what && !strcmp(what, "opmerking");
	fria_error why = FRIA_ERROR_INIT;
	if (!remarks)
		keep_draft(p, &in, NULL);
	if (what && !strcmp(what, "concept")) {
		page_see(p, p->request->path);
		return 0;
	}
	if (page_act(p, do_sent, &sending, &why))
		return show_again(p, &in, &why, err);
	if (!remarks)
		page_draft_drop(
		    p, page_format(p, "%s/%s", p->parts[0], p->parts[1]),
		    p->parts[2], p->parts[3]);
	page_see(p, remarks ? p->request->path : next_address(p));
	return 0;
}

int page_question_draft(page *p, fria_error *err)
{
	const typed in = read_typed(p);
	int code = keep_draft(p, &in, err);
	if (!code)
		p->response->status = 204;
	return code;
}
