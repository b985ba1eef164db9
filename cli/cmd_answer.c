/* SPDX-License-Identifier: EUPL-1.2 */
/* fria new, answer, waive, undo and save: the work of filling in. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What came along from elsewhere, and what to do with it. */
static void say_reused(const cli *c, const fria_created *done)
{
	fria_buf differ = FRIA_BUF_INIT;
	const fria_strings *pointers = &done->reuse.differ;
	for (size_t i = 0; i < pointers->n; i++)
		fria_buf_printf(&differ, i ? ", %s" : "%s",
				fria_fact_title(pointers->items[i], c->lang));
	if (done->organisation)
		say(c, FRIA_W_did_new_from_other, "from", done->from,
		    "organisation", done->organisation, NULL);
	else
		say(c, FRIA_W_did_new_from, "from", done->from, NULL);
	if (fria_reuse_is_same(&done->reuse))
		say(c, FRIA_W_did_new_system, "count",
		    FRIA_DIGITS(done->reuse.taken), "assessment", done->name,
		    NULL);
	else
		say(c,
		    differ.n ? FRIA_W_did_new_differs : FRIA_W_did_new_unknown,
		    "facts", differ.text, NULL);
	if (done->reuse.examples)
		say(c, FRIA_W_did_new_examples, "count",
		    FRIA_DIGITS(done->reuse.examples), NULL);
	fria_buf_dispose(&differ);
}

static int new_for_all(cli *c, const fria_new_request *request, fria_error *err)
{
	fria_created_all done;
	int code = fria_assessment_create_all(&done, c->ws, request, err);
	bool broken = say_findings(c, &done.broken);
	fria_findings_dispose(&done.broken);
	if (code)
		return 2;
	say(c, FRIA_W_did_new_all, "made", FRIA_DIGITS(done.made), "there",
	    FRIA_DIGITS(done.there), NULL);
	if (done.taken)
		say(c, FRIA_W_did_new_taken, "count", FRIA_DIGITS(done.taken),
		    NULL);
	return broken ? 2 : 0;
}

int cmd_new(cli *c, fria_error *err)
{
	fria_created done;
	const fria_new_request request = {.application = c->args[0],
					  .instrument = c->args[1],
					  .as = given(c, "name"),
					  .from = given(c, "from"),
					  .workspace = given(c, "workspace")};
	if (!strcmp(request.application, "-"))
		return new_for_all(c, &request, err);
	if (fria_assessment_create(&done, c->ws, &request, err))
		return 2;
	say(c, FRIA_W_did_new, "assessment", done.name, NULL);
	if (done.taken)
		say(c, FRIA_W_did_new_taken, "count", FRIA_DIGITS(done.taken),
		    NULL);
	if (done.reused)
		say_reused(c, &done);
	fria_created_dispose(&done);
	return 0;
}

/* --- answer --- */

/* The question, its guidance and the answer as it is, to start from. */
static int from_editor(fria_buf *out, cli *c, fria_error *err)
{
	fria_snapshot *s = NULL;
	fria_buf text = FRIA_BUF_INIT;
	int code = fria_snapshot_load(&s, c->ws, c->args[0], NULL, err);
	if (code)
		return code;
	size_t task = fria_instrument_find(s->instrument, c->args[1]);
	if (task != FRIA_NONE) {
		const fria_task *t = &s->instrument->tasks[task];
		const json_t *value = json_object_get(
		    fria_assessment_answer(s->assessment, s->instrument, task,
					   given(c, "row")),
		    "value");
		say(c, FRIA_W_cli_question, "task", t->id, "title",
		    fria_task_title(t, c->lang), NULL);
		if (value)
			fria_snapshot_say(&text, s, task, value, c->lang);
	}
	fria_snapshot_free(s);
	code = edit_text(out, text.text, err);
	fria_buf_dispose(&text);
	return code;
}

/* One source for the value: argument, file, standard input, or the editor. */
static int read_value(fria_buf *out, cli *c, fria_error *err)
{
	const char *file = given(c, "file");
	const char *value = c->n > 2 ? c->args[2] : NULL;
	if (file && value)
		return fria_fail(err, FRIA_EINPUT, FRIA_W_cli_two_values, NULL);
	if (file || (value && !strcmp(value, "-"))) {
		int code = read_text(out, file ? file : "-", err);
		if (!code && !file)
			say_personal(c, out->text);
		return code;
	}
	if (value) {
		fria_buf_puts(out, value);
		return 0;
	}
	if (isatty(STDIN_FILENO) && isatty(STDOUT_FILENO))
		return from_editor(out, c, err);
	return fria_fail(err, FRIA_EINPUT, FRIA_W_cli_no_value, NULL);
}

/* What was left alone, beside what was saved. */
static int say_copies(const cli *c, const char *name, fria_error *err)
{
	fria_findings findings = FRIA_FINDINGS_INIT;
	fria_strings copies = FRIA_STRINGS_INIT;
	char *id = name ? fria_strndup(name, strcspn(name, "/")) : NULL;
	int code = fria_workspace_copies(&copies, c->ws, id, err);
	for (size_t i = 0; i < copies.n; i++)
		fria_findings_add(&findings, FRIA_WARNING, FRIA_W_second_copy,
				  copies.items[i], NULL, "path",
				  copies.items[i], NULL);
	say_findings(c, &findings);
	fria_findings_dispose(&findings);
	fria_strings_dispose(&copies);
	free(id);
	return code ? 2 : 0;
}

int save_now(cli *c, const char *name, const char *message, fria_error *err)
{
	char commit[FRIA_ID_SIZE];
	size_t n;
	if (fria_save(commit, &n, c->ws, name, message, err))
		return 2;
	commit[commit[0] ? 10 : 0] = '\0';
	fria_busy busy = fria_store_busy(c->ws->store);
	say(c,
	    busy == FRIA_BUSY_REBASE ? FRIA_W_busy_rebase
	    : busy == FRIA_BUSY_PICK ? FRIA_W_busy_pick
	    : !n		     ? FRIA_W_did_save_nothing
	    : n == 1		     ? FRIA_W_did_save_one
				     : FRIA_W_did_save,
	    "count", FRIA_DIGITS(n), "commit", commit, NULL);
	if (commit[0] && fria_renew(&n, c->ws, err))
		return 2;
	if (commit[0] && n)
		say(c, FRIA_W_did_renew, "count", FRIA_DIGITS(n), NULL);
	return say_copies(c, name, err);
}

int saving_begin(cli *c, fria_error *err)
{
	return given(c, "save") && fria_act_begin(c->ws, NULL, err) ? 2 : 0;
}

int saving_end(cli *c, int status, fria_error *err)
{
	if (!given(c, "save"))
		return status;
	if (status != 2 && save_now(c, c->args[0], NULL, err))
		status = 2;
	fria_act_end(c->ws);
	return status;
}

int cmd_remove(cli *c, fria_error *err)
{
	char commit[FRIA_ID_SIZE];
	if (fria_remove(commit, c->ws, c->args[0], err))
		return 2;
	commit[10] = '\0';
	say(c, FRIA_W_did_remove, "name", c->args[0], "commit", commit, NULL);
	return 0;
}

static fria_edit_target target_of(const cli *c)
{
	return (fria_edit_target){.application_name = c->args[0],
				  .task = c->args[1],
				  .row = given(c, "row"),
				  .note = given(c, "note"),
				  .meeting = given(c, "meeting"),
				  .editorial = given(c, "editorial") != NULL};
}

static void say_edited(cli *c, const fria_edited *done, fria_word word)
{
	if (!done->changed)
		word = FRIA_W_did_nothing;
	else if (done->row[0] && word == FRIA_W_did_answer)
		word = FRIA_W_did_answer_row;
	say(c, word, "task", c->args[1], "row", done->row, "number",
	    FRIA_DIGITS(done->row_number), "followed",
	    FRIA_DIGITS(done->followed), "waived", FRIA_DIGITS(done->waived),
	    NULL);
}

static int remove_row(cli *c, const fria_edit_target *target, fria_error *err)
{
	if (fria_answer_remove_row(c->ws, target, err))
		return 2;
	say(c, FRIA_W_did_remove_row, "row", target->row + 1, "task",
	    c->args[1], NULL);
	return 0;
}

/* Beside the answer that is there, or that was just given. */
static int dissent(cli *c, const fria_edit_target *target, fria_error *err)
{
	if (fria_dissent(c->ws, target, given(c, "dissent"), err))
		return 2;
	say(c, FRIA_W_did_dissent, "task", c->args[1], NULL);
	return 0;
}

/* The value, and what was said beside it. */
static int answer(cli *c, const fria_edit_target *target, const char *value,
		  fria_error *err)
{
	fria_edit_target beside = *target;
	fria_edited done;
	if (fria_answer(&done, c->ws, target, value, err))
		return 2;
	if (done.understood[0])
		say(c, FRIA_W_cli_understood, "typed", value, "read",
		    done.understood, NULL);
	say_edited(c, &done,
		   target->editorial ? FRIA_W_did_editorial
				     : FRIA_W_did_answer);
	if (done.row[0])
		beside.row = done.row;
	return given(c, "dissent") ? dissent(c, &beside, err) : 0;
}

int cmd_answer(cli *c, fria_error *err)
{
	fria_edit_target target = target_of(c);
	fria_buf value = FRIA_BUF_INIT;
	bool valued = c->n > 2 || given(c, "file");
	bool removes = target.row && target.row[0] == '-' && !valued;
	bool dissents = given(c, "dissent") && !valued;
	int status = 0;
	if (!removes && !dissents && read_value(&value, c, err))
		status = 2;
	if (!status && !saving_begin(c, err)) {
		status = removes    ? remove_row(c, &target, err)
			 : dissents ? dissent(c, &target, err)
				    : answer(c, &target, value.text, err);
		status = saving_end(c, status, err);
	}
	fria_buf_dispose(&value);
	return err->code ? 2 : status;
}

int cmd_waive(cli *c, fria_error *err)
{
	fria_edit_target target = target_of(c);
	fria_edited done;
	const char *kind = given(c, "kind");
	if (saving_begin(c, err))
		return 2;
	int code = fria_waive(&done, c->ws, &target, kind ? kind : "",
			      given(c, "reason"), given(c, "reference"), err);
	if (!code)
		say_edited(c, &done,
			   done.waived ? FRIA_W_did_waive_group
				       : FRIA_W_did_waive);
	return saving_end(c, code ? 2 : 0, err);
}

static int undo_back(cli *c, fria_error *err)
{
	fria_strings paths = FRIA_STRINGS_INIT;
	int code = fria_undo_back(&paths, c->ws, err);
	for (size_t i = 0; i < paths.n && !code; i++)
		say(c, FRIA_W_did_undo_back, "path", paths.items[i], NULL);
	fria_strings_dispose(&paths);
	return code ? 2 : 0;
}

/* What goes; on a terminal it is asked for. True: it may. */
static bool may_go(cli *c, const char *task, bool *some)
{
	fria_strings goes = FRIA_STRINGS_INIT;
	fria_undo_list(&goes, c->ws, c->args[0], task);
	if (goes.n)
		say(c, FRIA_W_undo_goes, NULL);
	for (size_t i = 0; i < goes.n; i++)
		say(c, FRIA_W_undo_line, "text", goes.items[i], NULL);
	*some = goes.n > 0;
	bool may = !goes.n || !on_terminal(c) || agrees(c, FRIA_W_ask_undo);
	fria_strings_dispose(&goes);
	return may;
}

int cmd_undo(cli *c, fria_error *err)
{
	c->told = true; /* nothing is left to save */
	bool changed = false, some;
	const char *task = c->n > 1 ? c->args[1] : NULL;
	if (given(c, "back"))
		return undo_back(c, err);
	if (!c->n) {
		fria_fail(err, FRIA_EINPUT, FRIA_W_cli_too_few, "command",
			  c->command->name, "args", c->command->args, NULL);
		return 2;
	}
	if (!may_go(c, task, &some))
		return 0;
	if (fria_undo(&changed, c->ws, c->args[0], task, err))
		return 2;
	say(c,
	    !changed ? FRIA_W_did_nothing
	    : task   ? FRIA_W_did_undo_task
		     : FRIA_W_did_undo,
	    "assessment", c->args[0], "task", task, NULL);
	if (changed && some)
		say(c, FRIA_W_undo_kept, NULL);
	return 0;
}

int cmd_save(cli *c, fria_error *err)
{
	return save_now(c, c->n ? c->args[0] : NULL, given(c, "message"), err);
}
