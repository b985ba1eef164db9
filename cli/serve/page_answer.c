/* SPDX-License-Identifier: EUPL-1.2 */
/* What is sent from the page of a question. What was typed is kept as a draft
 * first, and goes when it is recorded. */
#include "question.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

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
		for (const char *at = one->value; *at; at++)
			if (*at != '\r')
				fria_buf_putc(&out, *at);
	}
	return page_keep(p, fria_buf_detach(&out));
}

static question_typed read_typed(page *p)
{
	return (question_typed){.text = sent_answer(p),
				.stand = page_field(p, "_stand"),
				.seen = page_field(p, "_gezien"),
				.ground = page_field(p, "grond"),
				.note = page_field(p, "hoe"),
				.kind = page_field(p, "soort"),
				.reason = page_field(p, "reden"),
				.reference = page_field(p, "verwijzing"),
				.mended = page_field(p, "verbeterd")};
}

static const char *filled(const char *text)
{
	return text && !fria_text_blank(text) ? text : NULL;
}

/* --- the draft --- */

static const char *name_of(page *p)
{
	return page_format(p, "%s/%s", p->parts[0], p->parts[1]);
}

/* True if a text is what the page showed. */
static bool is_as_shown(const question_typed *in)
{
	char digest[FRIA_DIGEST_SIZE];
	json_t *form = fria_json_pack("{s:s}", "value", in->text);
	fria_answer_shown(digest, form);
	json_decref(form);
	return !*in->text || (in->stand && !strcmp(digest, in->stand));
}

static bool confirms(const question_typed *in)
{
	return in->ground && strcmp(in->ground, "aanpassen") != 0;
}

static int keep_draft(page *p, const question_typed *in, fria_error *err)
{
	page_draft draft = {.text = (char *)(uintptr_t)in->text,
			    .from = (char *)(uintptr_t)in->stand,
			    .page = (char *)(uintptr_t)in->seen};
	return page_draft_write(p, name_of(p), p->parts[2], p->parts[3], &draft,
				err);
}

static void drop_draft(page *p)
{
	page_draft_drop(p, name_of(p), p->parts[2], p->parts[3]);
}

int page_question_draft(page *p, fria_error *err)
{
	const question_typed in = read_typed(p);
	int code = keep_draft(p, &in, err);
	if (!code)
		p->response->status = 204;
	return code;
}

/* --- what is done --- */

typedef struct {
	question_typed *in;
	const char *what;
	fria_conflict *both; /* where somebody else was first */
	const char *link;    /* to what was added */
} sent;

static fria_seen_page seen_of(const question *q, const sent *s)
{
	fria_seen_page seen = page_seen(q->p, s->in->stand);
	seen.conflict = s->both;
	return seen;
}

static int keep(const question *q, const sent *s, fria_error *err)
{
	fria_confirmed done;
	const char *const tasks[] = {q->task};
	const fria_selection which = {
	    .tasks = tasks, .n = 1, .row = q->row, .page = seen_of(q, s)};
	if (!strcmp(s->in->ground, "checked") && !filled(s->in->note))
		return fria_fail(err, FRIA_EINPUT, FRIA_W_web_no_how, "task",
				 q->task, NULL);
	return fria_confirm(&done, q->p->place->ws, q->look.name, &which,
			    s->in->ground, filled(s->in->note), err);
}

static int waive(const fria_edit_target *target, const question *q,
		 const question_typed *in, fria_error *err)
{
	fria_edited done;
	if (!in->kind)
		return fria_fail(err, FRIA_EINPUT, FRIA_W_web_no_kind, NULL);
	return fria_waive(&done, q->p->place->ws, target, in->kind,
			  in->reason ? in->reason : "", filled(in->reference),
			  err);
}

/* The piece first; what was typed gets a link to it, and stays a draft. */
static int attach(const question *q, sent *s, fria_error *err)
{
	page *p = q->p;
	const serve_files *files = &p->request->files;
	fria_evidence_added done;
	if (!files->n)
		return fria_fail(err, FRIA_EINPUT, FRIA_W_web_no_file, NULL);
	const fria_evidence_request request = {
	    .application = p->parts[0],
	    .file = files->items[0].name,
	    .bytes = &files->items[0].bytes,
	    .title = filled(page_field(p, "bijlage-titel"))};
	int code = fria_evidence_add(&done, p->place->ws, &request, err);
	if (code)
		return code;
	s->link = page_format(p, "%s", done.link);
	fria_evidence_added_dispose(&done);
	return 0;
}

static int answer(const question *q, fria_edit_target *target, const sent *s,
		  fria_error *err)
{
	fria_edited done;
	if (confirms(s->in))
		return keep(q, s, err);
	if (q->judged && !s->in->ground && is_as_shown(s->in))
		return fria_fail(err, FRIA_EINPUT, FRIA_W_web_no_ground, NULL);
	return fria_answer(&done, q->p->place->ws, target, s->in->text, err);
}

static int act(const question *q, sent *s, fria_error *err)
{
	page *p = q->p;
	fria_workspace *ws = p->place->ws;
	bool fresh = q->asked.fresh && q->t->rows != FRIA_NONE;
	fria_edited done;
	fria_edit_target target = {.application_name = q->look.name,
				   .task = q->task,
				   .row = fresh ? "new" : q->row,
				   .page = seen_of(q, s)};
	if (!strcmp(s->what, "bijlage"))
		return attach(q, s, err);
	if (!strcmp(s->what, "sla-over"))
		return waive(&target, q, s->in, err);
	if (!strcmp(s->what, "overnemen"))
		return fria_proposal_take(&done, ws, &target,
					  page_field(p, "voorstel"), err);
	if (!strcmp(s->what, "regel-weg")) {
		target.row = page_format(p, "-%s", q->row ? q->row : "");
		return fria_answer_remove_row(ws, &target, err);
	}
	if (!strcmp(s->what, "redactie")) {
		target.editorial = true;
		target.note = filled(s->in->mended);
		return fria_answer(&done, ws, &target, s->in->text, err);
	}
	return answer(q, &target, s, err);
}

static int do_sent(page *p, void *data, fria_error *err)
{
	sent *s = data;
	question q;
	int code = page_refuse_unsaved(p, err);
	if (!code)
		code = question_find(&q, p, err);
	if (code)
		return code;
	const page_topic topic = {&q.look, q.task, q.row, q.answer};
	if (page_is_talk(s->what))
		code = page_talk(&topic, s->what, err);
	else
		code = act(&q, s, err);
	if (!code)
		code = page_save(p, q.look.name, err);
	look_away(&q.look);
	return code;
}

/* --- what comes of it --- */

/* The question that asks for work after this one; else the questionnaire. */
static const char *next_address(page *p)
{
	page_look look;
	fria_positions all = {NULL, 0};
	const char *address = page_at(p, "a/%s", name_of(p));
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

/* The page again, with all that was typed and what is wrong; where somebody
 * else was first and something was written, with both. */
static int show_again(page *p, const sent *s, const fria_error *why,
		      fria_error *err)
{
	question q;
	int code = question_find(&q, p, err);
	if (code)
		return code;
	s->in->error = page_trouble(p, why);
	p->response->status = page_status(why->code);
	if (why->code == FRIA_ERACE) /* what stands there now is on the page */
		s->in->stand = s->in->seen = NULL;
	if (why->code == FRIA_ERACE && s->both->task && !confirms(s->in))
		question_show_both(&q, s->in, s->both);
	else
		question_show(&q, s->in);
	look_away(&q.look);
	return 0;
}

/* What was written stays a draft, with a link to the new piece. */
static void add_link(page *p, question_typed *in, const char *link)
{
	in->text =
	    page_format(p, *in->text ? "%s\n\n%s" : "%s%s", in->text, link);
	keep_draft(p, in, NULL);
}

static const char *after(page *p, const sent *s)
{
	if (page_is_talk(s->what) || s->link)
		return p->request->path;
	if (!strcmp(s->what, "regel-weg"))
		return page_at(p, "a/%s", name_of(p));
	return next_address(p);
}

/* Between two answers: mine in place of the other, which then is what is seen;
 * the other, with mine as a comment; or neither yet. */
static const char *between(page *p)
{
	const char *choice = page_field(p, "gelden");
	return !choice			   ? "concept"
	       : !strcmp(choice, "mijne")  ? "bewaar"
	       : !strcmp(choice, "andere") ? "opmerking"
					   : "concept";
}

int page_question_post(page *p, fria_error *err)
{
	const char *what = page_field(p, "doe");
	question_typed in = read_typed(p);
	fria_conflict both = {.pointer = NULL};
	sent s = {&in, what ? what : "bewaar", &both, NULL};
	fria_error why = FRIA_ERROR_INIT;
	int code = 0;
	if (!strcmp(s.what, "kies"))
		s.what = between(p);
	bool writes = page_field(p, "antwoord") != NULL;
	if (writes && (!is_as_shown(&in) || !strcmp(s.what, "concept")))
		keep_draft(p, &in, NULL);
	if (!strcmp(s.what, "weg"))
		drop_draft(p);
	if (!strcmp(s.what, "concept") || !strcmp(s.what, "weg")) {
		page_see(p, p->request->path);
		return 0;
	}
	if (page_act(p, do_sent, &s, &why)) {
		code = show_again(p, &s, &why, err);
	} else {
		if (s.link)
			add_link(p, &in, s.link);
		else if (writes && (!confirms(&in) || is_as_shown(&in)))
			drop_draft(p);
		page_see(p, after(p, &s));
	}
	fria_conflict_dispose(&both);
	return code;
}
