/* SPDX-License-Identifier: EUPL-1.2 */
/* fria release: a new state of the application, shown before it is kept. */
#include "cli.h"

#include <stdio.h>
#include <string.h>

/* --- the release check, asked on a terminal --- */

/* Asks until it is understood: "yes", "no", or NULL for who does not know;
 * false where nobody is there any more. */
static bool ask_changed(const char **out, const cli *c, const char *theme)
{
	fria_buf text = FRIA_BUF_INIT;
	bool clear = false, there = true;
	while (there && !clear) {
		say(c, FRIA_W_ask_theme, "theme",
		    fria_word_text(fria_theme_word(theme), c->lang), NULL);
		there = read_line(c, &text);
		clear = there && read_yes_no(out, text.text);
		if (there && !clear)
			say(c, FRIA_W_ask_unclear, "typed", text.text, NULL);
	}
	fria_buf_dispose(&text);
	return there;
}

/* New; a question that is passed over stays unknown. */
static json_t *ask(const cli *c)
{
	json_t *answers = json_object();
	fria_buf text = FRIA_BUF_INIT;
	const char *said;
	say(c, FRIA_W_ask_intro, NULL);
	for (size_t i = 0;
	     fria_themes[i] && ask_changed(&said, c, fria_themes[i]); i++) {
		if (!said)
			continue;
		bool yes = is_yes(said);
		if (yes) {
			say(c, FRIA_W_ask_text, NULL);
			read_line(c, &text);
		}
		json_object_set_new(answers, fria_themes[i],
				    fria_json_pack("{s:b, s:s*}", "changed",
						   (int)yes, "text",
						   yes ? text.text : NULL));
	}
	fria_buf_dispose(&text);
	return answers;
}

/* As it would be; what is shown of it is for the caller. */
static int rehearse(cli *c, fria_release_result *r,
		    const fria_release_request *q, fria_error *err)
{
	int code = fria_rehearsal_begin(c->ws, err);
	if (code)
		return code;
	code = fria_release(r, c->ws, c->args[0], q, err);
	if (code)
		fria_rehearsal_drop(c->ws);
	return code;
}

/* What changes first; then the questions. */
static int walk(cli *c, fria_release_request *q, json_t **answers,
		fria_error *err)
{
	fria_release_result r;
	int code = rehearse(c, &r, q, err);
	if (code)
		return code;
	fria_rehearsal_drop(c->ws);
	put_changed(c, &r);
	show_now(c);
	fria_release_dispose(&r);
	if (!q->patch && !q->correct && !q->answers &&
	    fria_release_asks(c->ws, c->args[0], q->version))
		*answers = ask(c);
	if (*answers)
		q->answers = *answers;
	return 0;
}

/* The consequence, and whether it is to be recorded. */
static int conclude(cli *c, const fria_release_request *q, bool walked,
		    bool *recorded, fria_error *err)
{
	fria_release_result r;
	char commit[FRIA_ID_SIZE];
	int code = rehearse(c, &r, q, err);
	if (code)
		return code;
	if (!walked) {
		code = put_consequences(c, &r, err);
	} else {
		code = put_all_moved(c, &r, err);
		fria_release_dispose(&r);
	}
	if (walked && !given(c, "dry-run"))
		show_now(c);
	*recorded =
	    !code && !given(c, "dry-run") && agrees(c, FRIA_W_ask_record);
	if (*recorded)
		code = fria_rehearsal_record(commit, c->ws, err);
	else
		fria_rehearsal_drop(c->ws);
	return code;
}

static int read_request(cli *c, fria_release_request *q, given_facts *facts,
			json_t **answers, fria_error *err)
{
	q->answers_name = given(c, "answers");
	int code = read_facts(facts, c, !q->answers_name, err);
	if (!code && q->answers_name && (q->patch || q->correct))
		code = fria_fail(err, FRIA_EINPUT, FRIA_W_cli_answers_or_patch,
				 NULL);
	if (!code && q->answers_name)
		code = read_document(answers, q->answers_name, err);
	q->from = facts->from;
	q->answers = *answers;
	return code;
}

/* What was typed is not lost with what was not recorded. */
static void keep_answers(const cli *c, const json_t *answers)
{
	fria_buf text = FRIA_BUF_INIT;
	if (json_object_size(answers) &&
	    !fria_json_write_document(&text, "", answers, NULL))
		keep_text(c, &text, "json", FRIA_W_cli_answers_kept);
	fria_buf_dispose(&text);
}

static int run_release(cli *c, fria_error *err)
{
	given_facts facts;
	json_t *answers = NULL;
	fria_release_result r = {.before = NULL};
	fria_release_request q = {.version = c->args[1],
				  .partial = given(c, "partial") != NULL,
				  .in_use_from = given(c, "in-use-from"),
				  .patch = given(c, "patch") != NULL,
				  .correct = given(c, "correct") != NULL,
				  .note = given(c, "note"),
				  .wording = given_each(c, "wording")};
	bool walks = on_terminal(c) && !given(c, "answers");
	bool recorded = true;
	int code = read_request(c, &q, &facts, &answers, err);
	if (!code && walks)
		code = walk(c, &q, &answers, err);
	if (!code && (walks || given(c, "dry-run")))
		code = conclude(c, &q, walks, &recorded, err);
	else if (!code)
		code = fria_release(&r, c->ws, c->args[0], &q, err);
	keep_form(c, &facts, code || !recorded);
	if (walks && (code || !recorded))
		keep_answers(c, answers);
	given_facts_dispose(&facts);
	json_decref(answers);
	if (code)
		return 2;
	say(c,
	    !recorded	? FRIA_W_did_rehearse
	    : q.correct ? FRIA_W_did_correct
			: FRIA_W_did_release,
	    "application", c->args[0], "release", c->args[1], NULL);
	return walks || given(c, "dry-run") ? 0 : put_consequences(c, &r, err);
}

const command cmd_release = {
    .name = "release",
    .args = "APP VERSION [--from FILE] [--answers FILE|--patch|--correct] "
	    "[--dry-run]",
    .takes = {2, 2},
    .does = RECORDS | GIVES_JSON | KEEPS_TEXT,
    .summary = FRIA_W_sum_release,
    .options =
	(const option[]){{"wording", 0, "POINTER", FRIA_W_opt_wording},
			 {"from", 0, "FILE", FRIA_W_opt_from},
			 {"entry", 0, "WHICH", FRIA_W_opt_entry},
			 {"format", 0, "F", FRIA_W_opt_format_from},
			 {"partial", 0, NULL, FRIA_W_opt_partial},
			 {"answers", 0, "FILE", FRIA_W_opt_answers},
			 {"patch", 0, NULL, FRIA_W_opt_patch},
			 {"correct", 0, NULL, FRIA_W_opt_correct},
			 {"note", 0, "TEXT", FRIA_W_opt_note},
			 {"dry-run", 0, NULL, FRIA_W_opt_release_dry},
			 {"in-use-from", 0, "DATE", FRIA_W_opt_in_use_from},
			 NO_OPTION},
    .run = run_release,
};
