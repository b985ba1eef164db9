/* SPDX-License-Identifier: EUPL-1.2 */
/* fria answer: a question gets its answer, a row, or a dissent. */
#include "cli.h"

#include <stdlib.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

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
		const json_t *value = fria_assessment_value(
		    s->assessment, s->instrument, task, given(c, "row"));
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

fria_edit_target target_of(const cli *c)
{
	return (fria_edit_target){.application_name = c->args[0],
				  .task = c->args[1],
				  .row = given(c, "row"),
				  .note = given(c, "note"),
				  .meeting = given(c, "meeting"),
				  .editorial = given(c, "editorial") != NULL};
}

void say_edited(cli *c, const fria_edited *done, fria_word word)
{
	fria_buf title = FRIA_BUF_INIT, text = FRIA_BUF_INIT;
	fria_buf pointer = FRIA_BUF_INIT;
	fria_placed now;
	char *path = fria_assessment_path(c->args[0]);
	const char *row = done->row[0] ? done->row : NULL;
	fria_placed_open(&now, c->ws, NULL, path, NULL);
	const fria_instrument *in = now.instrument;
	size_t task = in ? fria_instrument_find(in, c->args[1]) : FRIA_NONE;
	json_t *answer =
	    done->waived
		? fria_json_pack("{s:{s:s, s:s}}", "waived", "kind",
				 fria_closed_id("waiver", given(c, "kind")),
				 "reason", given(c, "reason"))
	    : task == FRIA_NONE ? NULL
				: json_incref(fria_assessment_answer(
				      now.side.assessment, in, task, row));
	fria_buf_puts(&pointer, "/answers");
	if (row && task != FRIA_NONE) {
		fria_pointer_add(&pointer, in->tasks[in->tasks[task].rows].id);
		fria_pointer_add(&pointer, row);
	}
	fria_pointer_add(&pointer, c->args[1]);
	if (answer)
		fria_recorded_say(&title, &text, &now.side, pointer.text,
				  answer, c->lang);
	if (!done->changed)
		word = FRIA_W_did_nothing;
	say(c, word, "task", c->args[1], "what",
	    title.n ? title.text : c->args[1], "value", text.text, "followed",
	    FRIA_DIGITS(done->followed), "waived", FRIA_DIGITS(done->waived),
	    NULL);
	json_decref(answer);
	fria_placed_close(&now);
	fria_buf_dispose(&pointer);
	fria_buf_dispose(&title);
	fria_buf_dispose(&text);
	free(path);
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

/* What is offered, by its id where that is given for a value. */
static int take_proposal(cli *c, const fria_edit_target *target,
			 fria_error *err)
{
	fria_edited done;
	const char *id = c->n > 2 ? c->args[2] : NULL;
	if (given(c, "file") || given(c, "editorial"))
		return fria_fail(err, FRIA_EINPUT, FRIA_W_cli_two_values, NULL);
	if (saving_begin(c, err))
		return 2;
	int status = fria_proposal_take(&done, c->ws, target, id, err) ? 2 : 0;
	if (!status)
		say_edited(c, &done, FRIA_W_did_answer);
	return saving_end(c, status, err);
}

static int run_answer(cli *c, fria_error *err)
{
	fria_edit_target target = target_of(c);
	fria_buf value = FRIA_BUF_INIT;
	bool valued = c->n > 2 || given(c, "file");
	bool removes = target.row && target.row[0] == '-' && !valued;
	bool dissents = given(c, "dissent") && !valued;
	int status = 0;
	if (given(c, "proposal"))
		return take_proposal(c, &target, err);
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

const command cmd_answer = {
    .name = "answer",
    .args = "APP/NAME TASK [VALUE|-]",
    .takes = {2, 3},
    .does = EDITS | KEEPS_TEXT,
    .summary = FRIA_W_sum_answer,
    .options = (const option[]){{"file", 0, "FILE", FRIA_W_opt_file},
				{"proposal", 0, NULL, FRIA_W_opt_proposal},
				{"row", 0, "ROW", FRIA_W_opt_row},
				{"note", 0, "TEXT", FRIA_W_opt_note},
				{"meeting", 0, "ID", FRIA_W_opt_meeting},
				{"dissent", 0, "TEXT", FRIA_W_opt_dissent},
				{"editorial", 0, NULL, FRIA_W_opt_editorial},
				{"save", 0, NULL, FRIA_W_opt_save},
				NO_OPTION},
    .run = run_answer,
};
