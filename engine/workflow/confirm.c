/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Looked again, still right: answers get a new basis, their value stays; and
 * what is proposed becomes an answer in the same way (--taken-over). What rests
 * on something that must be judged first is refused; what a judgement of the
 * whole hangs on is confirmed one at a time; and nothing is confirmed that was
 * not shown.
 */
#include "workflow_internal.h"

#include <stdlib.h>
#include <string.h>

/* What is to be confirmed, of the judgements of an evaluation. */
typedef struct {
	const fria_editing *e;
	const fria_standing *standing;
	const fria_selection *which;
	size_t cause; /* FRIA_NONE: of any */
	bool *chosen;
	bool *decisive; /* by task */
	/* The document without what is proposed in it; NULL: nothing is. */
	json_t *before;
} choice;

/* Only proposed so far. */
static bool is_proposed(const choice *c, const fria_question *q)
{
	return c->before && q->answer &&
	       !fria_assessment_answer(c->before, c->e->s->instrument, q->task,
				       q->row);
}

static const char *id_of(const choice *c, size_t position)
{
	const fria_judgement *j = &c->standing->result.items[position];
	return c->standing->input.instrument->tasks[j->question.task].id;
}

static bool is_decisive(const choice *c, size_t position)
{
	return c->decisive[c->standing->result.items[position].question.task];
}

/* What must be judged before this one and is not among them; NULL: nothing. */
static const char *blocked_by(const choice *c, size_t position)
{
	const fria_judgement *j = &c->standing->result.items[position];
	if (!c->standing->input.adopted)
		return NULL;
	for (size_t i = 0; i < j->because_n; i++)
		if (!c->chosen[j->because[i]])
			return id_of(c, j->because[i]);
	return j->elsewhere.n ? j->elsewhere.items[0] : NULL;
}

/* The same said twice is said once. */
static void renew(const fria_editing *e, const fria_judgement *j,
		  fria_ground ground, const char *note)
{
	const fria_question *q = &j->question;
	/* A measure's owner, date and state are nobody's judgement. */
	if (e->s->instrument->tasks[q->task].measure) {
		json_object_del(q->answer, "origin");
		return;
	}
	if (shown_stood(e, j))
		return;
	json_t *basis = shown_basis(e, q->task, q->row, q->answer, note, NULL);
	json_t *was = json_object_get(q->answer, "basis");
	json_t *list = was ? fria_json_pack("[O]", was) : NULL;
	json_object_set_new(basis, "ground",
			    fria_json_string(fria_ground_id(ground)));
	if (!editing_said(list, basis))
		json_object_set(q->answer, "basis", basis);
	json_decref(list);
	json_decref(basis);
}

/* True if the judgement lies in the row that is meant; NULL means any. */
static bool in_row(const fria_judgement *j, const char *row)
{
	return !row || (j->question.row && !strcmp(j->question.row, row));
}

/* What is no answer cannot be stood for: what it could be. */
static int refuse_unfit(const fria_editing *e, const fria_judgement *j,
			fria_error *err)
{
	fria_findings found = FRIA_FINDINGS_INIT;
	fria_buf what = FRIA_BUF_INIT;
	fria_question_unfit(&found, e->s->instrument, &j->question, FRIA_SEVERE,
			    NULL, e->ws->session.lang);
	fria_finding_say(&what, &found.items[0], e->ws->session.lang,
			 e->ws->session.buttons);
	fria_fail(err, FRIA_EREFUSED, FRIA_W_confirm_unfit, "what", what.text,
		  NULL);
	fria_findings_dispose(&found);
	fria_buf_dispose(&what);
	return FRIA_EREFUSED;
}

/* What decides in any assessment of the application, whether answers here rest
 * on that one or not; one that cannot be read decides nothing. */
static int find_decisive(choice *c, fria_error *err)
{
	const fria_snapshot *s = c->e->s;
	const fria_sibling own = {s->name, s->instrument, s->assessment,
				  NULL,	   s->superseded, 0};
	fria_strings names = FRIA_STRINGS_INIT;
	int code = fria_workspace_assessments(&names, c->e->ws, NULL,
					      s->application_id, err);
	fria_snapshot **others = fria_calloc(names.n + 1, sizeof(void *));
	fria_sibling *items = fria_calloc(names.n + 1, sizeof *items);
	fria_siblings all = {items, 0};
	for (size_t i = 0; i < names.n && !code; i++) {
		char *full =
		    fria_format("%s/%s", s->application_id, names.items[i]);
		fria_snapshot **other = &others[all.n];
		if (strcmp(names.items[i], s->name) != 0 &&
		    !fria_snapshot_load(other, c->e->ws, full, NULL, NULL))
			items[all.n++] = (fria_sibling){
			    (*other)->name,	  (*other)->instrument,
			    (*other)->assessment, NULL,
			    (*other)->superseded, 0};
		free(full);
	}
	c->decisive = fria_calloc(s->instrument->n + 1, sizeof *c->decisive);
	fria_decisive(c->decisive, &own, &all);
	for (size_t i = 0; i < all.n; i++)
		fria_snapshot_free(others[i]);
	free(items);
	free(others);
	fria_strings_dispose(&names);
	return code;
}

/* --- those that came from elsewhere --- */

/* What is kept for the document as it would be; *before is as it is. */
static void lay_proposed(choice *c, fria_editing *e)
{
	c->before = e->s->assessment;
	e->s->assessment = fria_proposals_draft(c->before, e->s->instrument);
}

/* From the assessment that this one started with, about the same system. */
static bool is_about_the_same(const choice *c, const fria_question *q)
{
	const char *from = fria_json_text(
	    json_object_get(c->e->s->assessment, "origin"), "from");
	const char *origin = fria_json_text(q->answer, "origin");
	size_t n = from ? strlen(from) : 0;
	return n && origin && !strncmp(origin, from, n) && origin[n] == '#';
}

/* Proposed, where questions or parts are named; else of the same system, or an
 * answer of 0.1 that came along and that nobody stands for. */
static bool came_along(const choice *c, const fria_judgement *j, bool named)
{
	bool along = false;
	if (j->question.unfit || j->state == FRIA_HIDDEN)
		return false;
	if (is_proposed(c, &j->question))
		return named || is_about_the_same(c, &j->question);
	for (size_t i = 0; i < j->n && j->state == FRIA_STALE; i++) {
		const fria_reason *r = &j->reasons[i];
		along = along || (r->kind == FRIA_BY_EDIT && r->what);
	}
	return along;
}

/* EREFUSED where all that is proposed has to be named. */
static int refuse_unnamed(const choice *c, fria_error *err)
{
	const fria_evaluation *r = &c->standing->result;
	const char *first = NULL;
	for (size_t i = 0; i < r->n; i++) {
		if (c->chosen[i])
			return 0;
		if (!first && is_proposed(c, &r->items[i].question))
			first = fria_json_text(r->items[i].question.answer,
					       "origin");
	}
	if (!first)
		return 0;
	char *name =
	    fria_format("%s/%s", c->e->s->application_id, c->e->s->name);
	fria_fail(err, FRIA_EREFUSED, FRIA_W_confirm_proposed, "assessment",
		  name, "from", first, NULL);
	free(name);
	return FRIA_EREFUSED;
}

/* A row that follows it is there. */
static bool is_followed(const choice *c, size_t group, const char *id)
{
	const fria_instrument *in = c->e->s->instrument;
	for (size_t i = 0; i < in->n; i++)
		if (in->tasks[i].rows == i && in->tasks[i].mapped == group &&
		    fria_assessment_row(c->e->s->assessment, in, i, id))
			return true;
	return false;
}

/* A row of which nothing was taken is none. */
static void drop_empty(const choice *c)
{
	const fria_instrument *in = c->e->s->instrument;
	/* Those that follow others first. */
	for (size_t i = in->n; i-- > 0;) {
		json_t *rows =
		    in->tasks[i].rows == i
			? fria_assessment_rows(c->e->s->assessment, in, i)
			: NULL;
		for (size_t k = json_array_size(rows); k-- > 0;) {
			json_t *row = json_array_get(rows, k);
			const char *id = fria_json_text(row, "id");
			if (json_object_size(row) == 1 && id &&
			    !fria_assessment_row(c->before, in, i, id) &&
			    !is_followed(c, i, id))
				fria_assessment_row_remove(c->e->s->assessment,
							   in, i, id);
		}
	}
}

/* What is proposed and not taken is no answer: it stays a proposal. */
static void take_out(const choice *c)
{
	const fria_evaluation *r = &c->standing->result;
	json_t *assessment = c->e->s->assessment;
	const fria_instrument *in = c->e->s->instrument;
	for (size_t i = 0; i < r->n; i++) {
		const fria_question *q = &r->items[i].question;
		const char *id = in->tasks[q->task].id;
		if (!is_proposed(c, q))
			continue;
		if (c->chosen[i])
			fria_proposals_settle(assessment, id, q->row, NULL);
		else if (q->row)
			json_object_del(fria_assessment_row(
					    assessment, in,
					    in->tasks[q->task].rows, q->row),
					id);
		else
			json_object_del(json_object_get(assessment, "answers"),
					id);
	}
	drop_empty(c);
}

/* --- those that are named --- */

/* Of a question its answers, of a group those of its questions. */
static int choose_named(choice *c, const char *id, const char *row,
			fria_error *err)
{
	const fria_instrument *in = c->e->s->instrument;
	const fria_evaluation *r = &c->standing->result;
	size_t named = fria_instrument_find(in, id), task, given = 0;
	if (named == FRIA_NONE || in->tasks[named].kind != FRIA_GROUP) {
		int code = editing_task(&named, in, id, err);
		if (code)
			return code;
	}
	for (size_t i = 0; i < r->n; i++) {
		const fria_question *q = &r->items[i].question;
		task = q->task;
		if (task < named || task >= in->tasks[named].end ||
		    !in_row(&r->items[i], row))
			continue;
		if (c->which->taken_over) {
			c->chosen[i] = came_along(c, &r->items[i], true);
			given += c->chosen[i];
			continue;
		}
		if (q->unfit && q->visible)
			return refuse_unfit(c->e, &r->items[i], err);
		if (r->items[i].state < FRIA_ANSWERED)
			continue;
		c->chosen[i] = true;
		given++;
	}
	return given ? 0
		     : fria_fail(err, FRIA_EREFUSED,
				 c->which->taken_over
				     ? FRIA_W_confirm_nothing_proposed
				     : FRIA_W_confirm_open,
				 "task", id, NULL);
}

/* Several things at once: answers, a row counting as one. */
static bool is_several(const choice *c)
{
	const fria_judgement *first = NULL;
	for (size_t i = 0; i < c->standing->result.n; i++) {
		const fria_judgement *j = &c->standing->result.items[i];
		if (!c->chosen[i])
			continue;
		if (first && (!j->question.row || !first->question.row ||
			      strcmp(j->question.row, first->question.row)))
			return true;
		first = j;
	}
	return false;
}

/* EREFUSED for what waits for another, or is confirmed by itself. */
static int check_named(const choice *c, fria_error *err)
{
	fria_strings alone = FRIA_STRINGS_INIT;
	fria_buf said = FRIA_BUF_INIT;
	bool several = is_several(c);
	int code = 0;
	for (size_t i = 0; i < c->standing->result.n && !code; i++) {
		const char *first = c->chosen[i] ? blocked_by(c, i) : NULL;
		if (first)
			code = fria_fail(err, FRIA_EREFUSED,
					 FRIA_W_confirm_upstream, "task",
					 id_of(c, i), "first", first, NULL);
		if (several && c->chosen[i] && is_decisive(c, i) &&
		    !fria_strings_has(&alone, id_of(c, i)))
			fria_strings_add(&alone, id_of(c, i));
	}
	fria_strings_join(&said, &alone, ", ");
	if (!code && alone.n)
		code =
		    fria_fail(err, FRIA_EREFUSED, FRIA_W_confirm_alone, "what",
			      said.text, "task", alone.items[0], NULL);
	fria_buf_dispose(&said);
	fria_strings_dispose(&alone);
	return code;
}

/* The id of the row that is meant, of the group that a task is or lies in. */
static int row_of(const char **out, const fria_editing *e, const char *id,
		  const char *row, fria_error *err)
{
	const fria_instrument *in = e->s->instrument;
	size_t task = fria_instrument_find(in, id);
	size_t group = in->tasks[task].rows;
	*out = NULL;
	if (row && group == FRIA_NONE)
		return editing_row_error(err, FRIA_W_task_has_no_rows, e, task,
					 row);
	if (row)
		*out = fria_json_text(editing_find_row(e, group, row), "id");
	return !row || *out
		   ? 0
		   : editing_row_error(err, FRIA_W_unknown_row, e, task, row);
}

/* --- those of one change --- */

/* By its id, its number, or by what it is called; EINPUT with what there is. */
static int read_cause(choice *c, const char *text, fria_error *err)
{
	const fria_causes *causes = &c->standing->result.causes;
	fria_lang lang = c->e->ws->session.lang;
	fria_strings names = FRIA_STRINGS_INIT;
	fria_buf all = FRIA_BUF_INIT, line = FRIA_BUF_INIT;
	size_t called = 0;
	c->cause = fria_cause_find(causes, text);
	if (c->cause != FRIA_NONE)
		return 0;
	size_t *numbers = fria_cause_numbers(&c->standing->result);
	for (size_t i = 0; i < causes->n; i++) {
		const fria_cause *one = &causes->items[i];
		bool meant = one->under == FRIA_NONE &&
			     !strcmp(FRIA_DIGITS(numbers[i]), text);
		for (fria_lang k = FRIA_NL; k <= FRIA_EN; k++) {
			fria_buf_clear(&line);
			fria_cause_title(&line, one, &c->standing->input, k);
			meant = meant || fria_words_alike(line.text, text);
			if (k == lang && one->under == FRIA_NONE) {
				fria_strings_add(&names, line.text);
				fria_buf_printf(&all, "%s%zu %s",
						all.n ? "; " : "", numbers[i],
						line.text);
			}
		}
		called += meant;
		c->cause = meant ? i : c->cause;
	}
	free(numbers);
	int code = 0;
	if (!causes->n)
		code = fria_fail(err, FRIA_EREFUSED, FRIA_W_confirm_no_cause,
				 NULL);
	else if (called != 1)
		code =
		    fria_fail(err, FRIA_EINPUT,
			      called ? FRIA_W_confirm_causes
				     : FRIA_W_confirm_unknown_cause,
			      "value", text, "choices", all.text, "near",
			      called ? NULL : fria_nearest(&names, text), NULL);
	fria_strings_dispose(&names);
	fria_buf_dispose(&all);
	fria_buf_dispose(&line);
	return code;
}

/* EREFUSED for one that was named and that the change does not touch. */
static int check_cause(const choice *c, fria_error *err)
{
	const fria_evaluation *r = &c->standing->result;
	fria_buf title = FRIA_BUF_INIT;
	int code = 0;
	for (size_t i = 0; i < r->n && !code; i++) {
		bool touched = fria_cause_of(&r->causes, i) == c->cause;
		for (size_t k = 0; k < r->items[i].n; k++)
			touched =
			    touched || r->items[i].reasons[k].cause == c->cause;
		if (!c->chosen[i] || touched)
			continue;
		fria_cause_title(&title, &r->causes.items[c->cause],
				 &c->standing->input, c->e->ws->session.lang);
		code = fria_fail(err, FRIA_EREFUSED, FRIA_W_confirm_not_touched,
				 "task", id_of(c, i), "what", title.text, NULL);
	}
	fria_buf_dispose(&title);
	return code;
}

/* Leaves what is confirmed by itself, and what then waits for that. */
static void leave(fria_confirming *about, choice *c)
{
	const fria_evaluation *r = &c->standing->result;
	bool more = true;
	for (size_t i = 0; i < r->n; i++)
		if (c->chosen[i] && is_decisive(c, i)) {
			c->chosen[i] = false;
			*FRIA_PUSH(&about->alone) = i;
		}
	while (more) {
		more = false;
		for (size_t i = 0; i < r->n; i++) {
			if (!c->chosen[i] || !blocked_by(c, i))
				continue;
			c->chosen[i] = false;
			*FRIA_PUSH(&about->waiting) = i;
			more = true;
		}
	}
}

static int choose(fria_confirming *about, choice *c, fria_error *err)
{
	const fria_evaluation *r = &c->standing->result;
	const fria_selection *which = c->which;
	const char *row = NULL;
	int code = 0;
	if (which->cause)
		code = read_cause(c, which->cause, err);
	if (!code && which->n &&
	    fria_instrument_find(c->e->s->instrument, which->tasks[0]) !=
		FRIA_NONE)
		code = row_of(&row, c->e, which->tasks[0], which->row, err);
	for (size_t i = 0; i < which->n && !code; i++)
		code = choose_named(c, which->tasks[i], row, err);
	if (!code && which->n && c->cause != FRIA_NONE)
		code = check_cause(c, err);
	bool several = which->taken_over && is_several(c);
	if (!code && which->n && !several)
		code = check_named(c, err);
	if (!code && !which->n && c->cause != FRIA_NONE) {
		const fria_positions *told = &r->causes.items[c->cause].tasks;
		for (size_t i = 0; i < told->n; i++)
			c->chosen[told->items[i]] = true;
	}
	for (size_t i = 0; i < r->n && !which->n && !which->cause; i++)
		c->chosen[i] = which->taken_over
				   ? came_along(c, &r->items[i], false)
				   : r->items[i].state == FRIA_STALE;
	if (!code && which->taken_over && !which->n)
		code = refuse_unnamed(c, err);
	if (!code && (!which->n || several))
		leave(about, c);
	for (size_t i = 0; i < r->n && !code; i++)
		if (c->chosen[i])
			*FRIA_PUSH(&about->those) = i;
	return code;
}

/* --- on which ground --- */

/* Without a word for it (`typed`), a note says that it was looked into. */
static int read_ground(fria_confirming *about, const char *typed,
		       fria_workspace *ws, fria_error *err)
{
	const fria_entering texts[] = {
	    {&about->note, FRIA_PROSE | FRIA_OPTIONAL, "--note"},
	    {NULL, FRIA_LINE, NULL}};
	int code = fria_enter(&ws->entered, texts, err);
	if (code)
		return code;
	const char *ground = NULL;
	if (typed)
		code = fria_closed_read(&ground, "ground", typed,
					FRIA_W_confirm_ground, ws->session.lang,
					err);
	if (code)
		return code;
	if (ground)
		about->ground = fria_ground_parse(ground);
	else if (!about->ground && about->note)
		about->ground = FRIA_GROUND_CHECKED;
	if (!about->ground)
		return fria_fail(err, FRIA_EINPUT, FRIA_W_confirm_note, NULL);
	return about->ground != FRIA_GROUND_CHECKED || about->note
		   ? 0
		   : fria_fail(err, FRIA_EINPUT, FRIA_W_confirm_how, NULL);
}

/* Shows what it is about, and asks what is still to be said. */
static int show(bool *declined, fria_confirming *about, const char *typed,
		fria_workspace *ws, const fria_selection *which,
		fria_error *err)
{
	bool told = typed || about->note || !which->asks;
	int code = told ? read_ground(about, typed, ws, err) : 0;
	if (!code && which->show)
		*declined = !which->show(which->data, about);
	return code || told || *declined || !about->those.n
		   ? code
		   : read_ground(about, NULL, ws, err);
}

int fria_confirm(fria_confirmed *out, fria_workspace *ws, const char *name,
		 const fria_selection *which, const char *ground,
		 const char *note, fria_error *err)
{
	fria_editing e;
	fria_standing standing;
	bool declined = false, stands = false;
	*out = (fria_confirmed){0, 0};
	const fria_entering texts[] = {
	    {&note, FRIA_PROSE | FRIA_OPTIONAL, "--note"},
	    {&ground, FRIA_LINE | FRIA_OPTIONAL, "--ground"},
	    {NULL, FRIA_LINE, NULL}};
	fria_confirming about = {
	    .standing = &standing, .ground = FRIA_GROUND_NONE, .note = NULL};
	choice c = {
	    .e = &e, .standing = &standing, .which = which, .cause = FRIA_NONE};
	int code = editing_begin(&e, ws, name, texts, err);
	if (code)
		goto out;
	about.note = note;
	code = which->n ? shown_begin(&e, &which->page, which->tasks[0],
				      which->row, err)
			: 0;
	if (!code && which->taken_over)
		lay_proposed(&c, &e);
	if (!code)
		code = fria_standing_make(&standing, ws, e.s, e.s->day, err);
	if (code)
		goto out;
	stands = true;
	fria_causes_find(&standing.result, &standing.input);
	c.chosen = fria_calloc(standing.result.n + 1, sizeof *c.chosen);
	code = find_decisive(&c, err);
	if (!code)
		code = choose(&about, &c, err);
	if (!code)
		code = show(&declined, &about, ground, ws, which, err);
	if (code || declined)
		goto out;
	if (c.before)
		take_out(&c);
	for (size_t i = 0; i < about.those.n; i++)
		renew(&e, &standing.result.items[about.those.items[i]],
		      about.ground, about.note);
	if (about.those.n)
		code = editing_write(&e, err);
	if (!code)
		*out = (fria_confirmed){about.those.n,
					about.alone.n + about.waiting.n};
out:
	fria_positions_dispose(&about.those);
	fria_positions_dispose(&about.alone);
	fria_positions_dispose(&about.waiting);
	free(c.chosen);
	free(c.decisive);
	if (stands)
		fria_standing_dispose(&standing);
	json_decref(c.before);
	editing_end(&e);
	return code;
}
