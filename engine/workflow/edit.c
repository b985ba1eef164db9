/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Answers in the work tree: each edit reads the document, changes one thing
 * with its basis, and writes it whole, under the work tree's lock. It records
 * nothing in history (record.c).
 */
#include "workflow_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- the frame of every edit --- */

typedef struct {
	fria_workspace *ws;
	fria_snapshot *s;
	bool locked;
} edit;

static int begin(edit *e, fria_workspace *ws, const char *name, fria_error *err)
{
	*e = (edit){ws, NULL, false};
	int code = fria_act_begin(ws, err);
	if (code)
		return code;
	e->locked = true;
	return fria_snapshot_load(&e->s, ws, name, NULL, err);
}

static int write_back(edit *e, fria_error *err)
{
	fria_buf bytes = FRIA_BUF_INIT;
	fria_assessment_order(e->s->assessment, e->s->instrument);
	fria_json_write(&bytes, e->s->assessment);
	int code = fria_store_write(e->ws->store, e->s->path, bytes.text,
				    bytes.n, err);
	fria_buf_dispose(&bytes);
	return code;
}

static void end(edit *e)
{
	fria_snapshot_free(e->s);
	if (e->locked)
		fria_act_end(e->ws);
}

/* --- which question --- */

static int find_task(size_t *task, const fria_instrument *in, const char *id,
		     fria_error *err)
{
	*task = fria_instrument_find(in, id);
	if (*task == FRIA_NONE)
		return fria_fail(err, FRIA_ENOTFOUND, FRIA_W_unknown_task,
				 "task", id, "instrument", in->name, NULL);
	if (!in->tasks[*task].answerable)
		return fria_fail(
		    err, FRIA_EINPUT, FRIA_W_task_not_answerable, "task", id,
		    "title", fria_task_title(&in->tasks[*task], FRIA_NL), NULL);
	return 0;
}

static int refuse_hidden(const edit *e, size_t task, const char *row,
			 fria_error *err)
{
	const fria_instrument *in = e->s->instrument;
	fria_questions all;
	int code = 0;
	fria_questions_list(&all, in, e->s->assessment);
	for (size_t i = 0; i < all.n && !code; i++) {
		const fria_question *q = &all.items[i];
		if (q->task != task || q->visible ||
		    (row && q->row && strcmp(row, q->row) != 0))
			continue;
		size_t by = q->hidden_by;
		code =
		    fria_fail(err, FRIA_EREFUSED, FRIA_W_task_hidden, "task",
			      in->tasks[task].id, "by",
			      by == FRIA_NONE ? "?" : in->tasks[by].id, NULL);
	}
	fria_questions_dispose(&all);
	return code;
}

/* --- which row --- */

/* {rows} says which rows there are: their numbers, or "new" when none. */
static int row_error(fria_error *err, fria_word word, const edit *e,
		     size_t task, const char *row)
{
	const fria_instrument *in = e->s->instrument;
	size_t group = in->tasks[task].rows;
	if (group != FRIA_NONE && in->tasks[group].mapped != FRIA_NONE)
		group = in->tasks[group].mapped;
	size_t n = group == FRIA_NONE ? 0
				      : json_array_size(fria_assessment_rows(
					    e->s->assessment, in, group));
	fria_buf rows = FRIA_BUF_INIT;
	for (size_t i = 1; i <= n && i <= 50; i++)
		fria_buf_printf(&rows, i > 1 ? ", %zu" : "%zu", i);
	int code =
	    fria_fail(err, FRIA_EINPUT, word, "task", in->tasks[task].id, "row",
		      row ? row : "", "rows", n ? rows.text : "new", NULL);
	fria_buf_dispose(&rows);
	return code;
}

/* An id, or a number from 1; position in the group's rows. */
static json_t *find_row(const edit *e, size_t group, const char *text)
{
	const fria_instrument *in = e->s->instrument;
	json_t *row = fria_assessment_row(e->s->assessment, in, group, text);
	char *stop;
	unsigned long number = strtoul(text, &stop, 10);
	if (row || *stop || !number || strlen(text) > 6)
		return row;
	return json_array_get(fria_assessment_rows(e->s->assessment, in, group),
			      number - 1);
}

static void note_row(fria_edited *out, const edit *e, size_t group,
		     const char *row)
{
	size_t i;
	json_t *one;
	snprintf(out->row, sizeof out->row, "%s", row);
	json_array_foreach(
	    fria_assessment_rows(e->s->assessment, e->s->instrument, group), i,
	    one) {
		if (!strcmp(fria_json_text(one, "id"), row))
			out->row_number = i + 1;
	}
}

/* Rows that follow another group's are made when first answered. */
static int mapped_row(fria_edited *out, const edit *e, size_t task,
		      const char *text, fria_error *err)
{
	const fria_instrument *in = e->s->instrument;
	size_t group = in->tasks[task].rows, from = in->tasks[group].mapped;
	json_t *source = text ? find_row(e, from, text) : NULL;
	const char *id = fria_json_text(source, "id");
	if (!id)
		return row_error(err, FRIA_W_row_is_mapped, e, task, text);
	if (!fria_assessment_row(e->s->assessment, in, group, id)) {
		fria_assessment_row_add(e->s->assessment, in, group);
		json_t *rows =
		    fria_assessment_rows(e->s->assessment, in, group);
		json_t *last = json_array_get(rows, json_array_size(rows) - 1);
		json_object_set_new(last, "id", json_string(id));
	}
	note_row(out, e, group, id);
	return 0;
}

static int choose_row(fria_edited *out, const edit *e, size_t task,
		      const char *text, fria_error *err)
{
	const fria_instrument *in = e->s->instrument;
	size_t group = in->tasks[task].rows;
	*out = (fria_edited){.changed = false};
	if (group == FRIA_NONE)
		return text ? row_error(err, FRIA_W_task_has_no_rows, e, task,
					text)
			    : 0;
	if (in->tasks[group].mapped != FRIA_NONE)
		return mapped_row(out, e, task, text, err);
	if (!text)
		return row_error(err, FRIA_W_row_needed, e, task, text);
	if (!strcmp(text, "new")) {
		note_row(out, e, group,
			 fria_assessment_row_add(e->s->assessment, in, group));
		return 0;
	}
	json_t *row = find_row(e, group, text);
	if (!row)
		return row_error(err, FRIA_W_unknown_row, e, task, text);
	note_row(out, e, group, fria_json_text(row, "id"));
	return 0;
}

static const char *row_of(const fria_edited *out)
{
	return out->row[0] ? out->row : NULL;
}

/* --- setting an answer --- */

static bool basis_holds(const edit *e, size_t task, const char *row,
			fria_error *err)
{
	fria_standing standing;
	if (fria_standing_make(&standing, e->ws, e->s, e->ws->session.now, err))
		return false;
	const fria_judgement *j =
	    fria_evaluation_find(&standing.result, task, row);
	bool holds = !j || (j->state != FRIA_STALE);
	fria_standing_dispose(&standing);
	return holds;
}

static json_t *new_basis(const edit *e, size_t task, const char *row,
			 const json_t *answer, const char *note,
			 const char *meeting)
{
	const fria_session *s = &e->ws->session;
	char *by = fria_format("%s <%s>", s->name, s->email);
	const fria_siblings siblings = {e->s->siblings, e->s->siblings_n};
	const fria_stand stand = {e->s->source, by, s->now, note, meeting};
	json_t *basis =
	    fria_basis(e->s->instrument, e->s->assessment, e->s->application,
		       &siblings, task, row, answer, &stand);
	free(by);
	return basis;
}

/* Puts the form ({"value"} or {"waived"}), keeping unknown members. */
static int put(fria_edited *out, edit *e, size_t task, const json_t *form,
	       const fria_edit_target *target, fria_error *err)
{
	const fria_instrument *in = e->s->instrument;
	const char *row = row_of(out);
	json_t *was = fria_assessment_answer(e->s->assessment, in, task, row);
	json_t *was_form = fria_answer_form(was);
	bool equal = json_equal(was_form, form);
	json_decref(was_form);
	if (equal &&
	    (in->tasks[task].measure || basis_holds(e, task, row, err)))
		return err ? err->code : 0;
	json_t *answer = was ? json_deep_copy(was) : json_object();
	json_object_del(answer, "value");
	json_object_del(answer, "waived");
	if (!equal)
		json_object_del(answer, "origin");
	json_object_update(answer, (json_t *)(uintptr_t)form);
	if (!in->tasks[task].measure)
		json_object_set_new(answer, "basis",
				    new_basis(e, task, row, answer,
					      target->note, target->meeting));
	fria_assessment_put(e->s->assessment, in, task, row, answer);
	json_decref(answer);
	out->changed = true;
	return write_back(e, err);
}

/* --- better words --- */

static int check_editorial(const edit *e, size_t task, const char *row,
			   const char *note, fria_error *err)
{
	const fria_instrument *in = e->s->instrument;
	const json_t *was =
	    fria_assessment_answer(e->s->assessment, in, task, row);
	if (!note || strspn(note, " \t\r\n") == strlen(note))
		return fria_fail(err, FRIA_EINPUT, FRIA_W_editorial_note, NULL);
	if (in->tasks[task].kind != FRIA_TEXT)
		return fria_fail(err, FRIA_EREFUSED, FRIA_W_editorial_text,
				 "task", in->tasks[task].id, NULL);
	if (!json_object_get(was, "value") || !basis_holds(e, task, row, err))
		return err && err->code
			   ? err->code
			   : fria_fail(err, FRIA_EREFUSED,
				       FRIA_W_editorial_holds, "task",
				       in->tasks[task].id, NULL);
	return 0;
}

/* Dependents in one other assessment of the application. */
static int follow_in(fria_edited *out, edit *e, const fria_editorial *change,
		     const char *name, fria_error *err)
{
	char *full = fria_format("%s/%s", e->s->application_id, name);
	edit other = {e->ws, NULL, false};
	fria_editorial elsewhere = *change;
	elsewhere.own = false;
	int code = fria_snapshot_load(&other.s, e->ws, full, NULL, err);
	if (!code) {
		size_t n = fria_editorial_follow(
		    other.s->assessment, other.s->instrument, &elsewhere);
		out->followed += n;
		if (n)
			code = write_back(&other, err);
	}
	fria_snapshot_free(other.s);
	free(full);
	return code;
}

static int follow(fria_edited *out, edit *e, const json_t *before,
		  fria_error *err)
{
	const fria_editorial change = {e->s->name, e->s->instrument, before,
				       e->s->assessment, true};
	fria_strings names = FRIA_STRINGS_INIT;
	out->followed =
	    fria_editorial_follow(e->s->assessment, e->s->instrument, &change);
	int code = write_back(e, err);
	if (!code)
		code = fria_workspace_assessments(&names, e->ws, NULL,
						  e->s->application_id, err);
	for (size_t i = 0; i < names.n && !code; i++)
		if (strcmp(names.items[i], e->s->name) != 0)
			code = follow_in(out, e, &change, names.items[i], err);
	fria_strings_dispose(&names);
	return code;
}

static int mend(fria_edited *out, edit *e, size_t task, const json_t *form,
		const fria_edit_target *target, fria_error *err)
{
	const fria_instrument *in = e->s->instrument;
	const fria_session *s = &e->ws->session;
	const char *row = row_of(out);
	int code = check_editorial(e, task, row, target->note, err);
	if (code)
		return code;
	json_t *was = fria_assessment_answer(e->s->assessment, in, task, row);
	if (json_equal(json_object_get(was, "value"),
		       json_object_get(form, "value")))
		return 0;
	char *by = fria_format("%s <%s>", s->name, s->email);
	const fria_stand stand = {NULL, by, s->now, target->note, NULL};
	json_t *before = json_deep_copy(e->s->assessment);
	json_t *answer = json_deep_copy(was);
	json_object_set_new(answer, "basis",
			    fria_editorial_basis(was, form, &stand));
	json_object_update(answer, (json_t *)(uintptr_t)form);
	fria_assessment_put(e->s->assessment, in, task, row, answer);
	json_decref(answer);
	out->changed = true;
	code = follow(out, e, before, err);
	json_decref(before);
	free(by);
	return code;
}

int fria_answer(fria_edited *out, fria_workspace *ws,
		const fria_edit_target *target, const char *text,
		fria_error *err)
{
	edit e;
	size_t task;
	json_t *value = NULL, *choices = NULL, *form = NULL;
	int code = begin(&e, ws, target->application_name, err);
	if (!code)
		code = find_task(&task, e.s->instrument, target->task, err);
	if (!code) {
		choices =
		    fria_task_choices(e.s->instrument, e.s->assessment, task);
		code = fria_value_parse(&value, e.s->instrument, task, text,
					choices, ws->session.lang, err);
	}
	if (!code)
		code = choose_row(out, &e, task, target->row, err);
	if (!code)
		code = refuse_hidden(&e, task, row_of(out), err);
	if (!code) {
		form = json_pack("{s:O}", "value", value);
		code = (target->editorial ? mend : put)(out, &e, task, form,
							target, err);
	}
	json_decref(form);
	json_decref(value);
	json_decref(choices);
	end(&e);
	return code;
}

int fria_answer_remove_row(fria_workspace *ws, const fria_edit_target *target,
			   fria_error *err)
{
	edit e;
	size_t task;
	int code = begin(&e, ws, target->application_name, err);
	if (!code)
		code = find_task(&task, e.s->instrument, target->task, err);
	if (!code && e.s->instrument->tasks[task].rows == FRIA_NONE)
		code = row_error(err, FRIA_W_task_has_no_rows, &e, task,
				 target->row);
	if (!code) {
		size_t group = e.s->instrument->tasks[task].rows;
		json_t *row = find_row(&e, group, target->row + 1);
		if (!row)
			code = row_error(err, FRIA_W_unknown_row, &e, task,
					 target->row + 1);
		else
			fria_assessment_row_remove(e.s->assessment,
						   e.s->instrument, group,
						   fria_json_text(row, "id"));
	}
	if (!code)
		code = write_back(&e, err);
	end(&e);
	return code;
}

static int check_kind(const char *kind, const char *reason,
		      const char *reference, fria_error *err)
{
	static const char *const kinds[] = {"not-applicable", "settled",
					    "refers", "unknown"};
	bool known = false;
	for (size_t i = 0; i < 4; i++)
		known = known || !strcmp(kind, kinds[i]);
	if (!known)
		return fria_fail(err, FRIA_EINPUT, FRIA_W_unknown_waiver,
				 "kind", kind, NULL);
	if (!reason || strspn(reason, " \t\r\n") == strlen(reason))
		return fria_fail(err, FRIA_EINPUT, FRIA_W_waiver_reason, NULL);
	if (!strcmp(kind, "refers") && !reference)
		return fria_fail(err, FRIA_EINPUT, FRIA_W_waiver_reference,
				 NULL);
	return 0;
}

int fria_waive(fria_edited *out, fria_workspace *ws,
	       const fria_edit_target *target, const char *kind,
	       const char *reason, const char *reference, fria_error *err)
{
	edit e;
	size_t task;
	int code = check_kind(kind, reason, reference, err);
	if (code)
		return code;
	code = begin(&e, ws, target->application_name, err);
	if (!code)
		code = find_task(&task, e.s->instrument, target->task, err);
	if (!code && e.s->instrument->tasks[task].measure)
		code = fria_fail(err, FRIA_EINPUT, FRIA_W_task_not_answerable,
				 "task", target->task, "title", "", NULL);
	if (!code)
		code = choose_row(out, &e, task, target->row, err);
	if (!code)
		code = refuse_hidden(&e, task, row_of(out), err);
	if (!code) {
		fria_buf nfc = FRIA_BUF_INIT;
		fria_nfc(&nfc, reason, strlen(reason));
		json_t *form =
		    json_pack("{s:{s:s, s:s, s:s*}}", "waived", "kind", kind,
			      "reason", nfc.text, "reference", reference);
		code = put(out, &e, task, form, target, err);
		json_decref(form);
		fria_buf_dispose(&nfc);
	}
	end(&e);
	return code;
}

/* --- confirming --- */

static bool named(const char *const tasks[], size_t n, const char *id)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(tasks[i], id))
			return true;
	return false;
}

/* What must be judged before this one; NULL if nothing. */
static const char *blocked_by(const fria_standing *standing,
			      const fria_judgement *j,
			      const char *const tasks[], size_t n)
{
	const fria_evaluation *r = &standing->result;
	for (size_t i = 0; i < j->because_n; i++) {
		const char *id =
		    standing->input.instrument
			->tasks[r->items[j->because[i]].question.task]
			.id;
		if (!named(tasks, n, id))
			return id;
	}
	return NULL;
}

static int renew(edit *e, const fria_question *q, const char *note)
{
	json_t *answer = json_deep_copy(q->answer);
	json_object_set_new(answer, "basis",
			    new_basis(e, q->task, q->row, answer, note, NULL));
	fria_assessment_put(e->s->assessment, e->s->instrument, q->task, q->row,
			    answer);
	json_decref(answer);
	return 0;
}

/* Checks one task; FRIA_EREFUSED says what to judge first. */
static int check_one(const edit *e, const fria_standing *standing, size_t task,
		     const char *const tasks[], size_t n, fria_error *err)
{
	const char *id = e->s->instrument->tasks[task].id;
	size_t given = 0;
	for (size_t i = 0; i < standing->result.n; i++) {
		const fria_judgement *j = &standing->result.items[i];
		if (j->question.task != task)
			continue;
		given += j->state >= FRIA_ANSWERED;
		const char *first = blocked_by(standing, j, tasks, n);
		if (first && standing->input.adopted)
			return fria_fail(err, FRIA_EREFUSED,
					 FRIA_W_confirm_upstream, "task", id,
					 "first", first, NULL);
	}
	if (!given)
		return fria_fail(err, FRIA_EREFUSED, FRIA_W_confirm_open,
				 "task", id, NULL);
	return 0;
}

/* Stale, and through the fact alone where one is given. */
static bool is_selected(const fria_judgement *j, const char *because)
{
	if (j->state != FRIA_STALE)
		return false;
	for (size_t i = 0; i < j->n && because; i++)
		if (j->reasons[i].cause != FRIA_BY_FACT ||
		    strcmp(j->reasons[i].what, because) != 0)
			return false;
	return true;
}

static int confirm_tasks(size_t *confirmed, edit *e,
			 const fria_standing *standing,
			 const char *const tasks[], size_t n, const char *note,
			 fria_error *err)
{
	const fria_instrument *in = e->s->instrument;
	int code = 0;
	for (size_t i = 0; i < n && !code; i++)
		code =
		    check_one(e, standing, fria_instrument_find(in, tasks[i]),
			      tasks, n, err);
	for (size_t i = 0; i < standing->result.n && !code; i++) {
		const fria_judgement *j = &standing->result.items[i];
		if (j->state < FRIA_ANSWERED ||
		    !named(tasks, n, in->tasks[j->question.task].id))
			continue;
		renew(e, &j->question, note);
		++*confirmed;
	}
	return code;
}

static int confirm_named(size_t *confirmed, edit *e,
			 const fria_standing *standing,
			 const fria_selection *which, const char *note,
			 fria_error *err)
{
	int code = 0;
	for (size_t i = 0; i < which->n && !code; i++) {
		size_t task;
		code = find_task(&task, e->s->instrument, which->tasks[i], err);
	}
	return code ? code
		    : confirm_tasks(confirmed, e, standing, which->tasks,
				    which->n, note, err);
}

static int confirm_stale(size_t *confirmed, edit *e,
			 const fria_standing *standing, const char *because,
			 const char *note, fria_error *err)
{
	const fria_evaluation *r = &standing->result;
	fria_strings tasks = FRIA_STRINGS_INIT;
	int code = 0;
	if (because && !fria_fact_is(because))
		code = fria_fail(err, FRIA_EINPUT, FRIA_W_unknown_fact,
				 "pointer", because, NULL);
	for (size_t i = 0; i < r->n && !code; i++) {
		const char *id =
		    e->s->instrument->tasks[r->items[i].question.task].id;
		if (is_selected(&r->items[i], because) &&
		    !fria_strings_has(&tasks, id))
			fria_strings_add(&tasks, id);
	}
	if (!code && tasks.n)
		code = confirm_tasks(confirmed, e, standing,
				     (const char *const *)tasks.items, tasks.n,
				     note, err);
	fria_strings_dispose(&tasks);
	return code;
}

int fria_confirm(size_t *confirmed, fria_workspace *ws, const char *name,
		 const fria_selection *which, const char *note, fria_error *err)
{
	edit e;
	fria_standing standing;
	*confirmed = 0;
	if (!note || !*note)
		return fria_fail(err, FRIA_EINPUT, FRIA_W_confirm_note, NULL);
	int code = begin(&e, ws, name, err);
	if (!code)
		code = fria_standing_make(&standing, ws, e.s, ws->session.now,
					  err);
	if (!code) {
		code = which->n ? confirm_named(confirmed, &e, &standing, which,
						note, err)
				: confirm_stale(confirmed, &e, &standing,
						which->because, note, err);
		fria_standing_dispose(&standing);
	}
	if (!code && *confirmed)
		code = write_back(&e, err);
	end(&e);
	return code;
}
