/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * fria release, app set, app metric, retire and adopt: new states of the
 * application, and a new version of an assessment.
 */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void put_changed(cli *c, const fria_release_result *r)
{
	fria_document *page = new_page(c, c->args[0], FRIA_W_release_changed);
	fria_changed_view(fria_document_body(page), r->before, r->after,
			  &r->changed, &r->gone, c->verbose, c->lang);
	if (!r->changed.n)
		put_sentence(c, PLAIN, FRIA_W_release_same, NULL);
	put_view(c, fria_document_body(page));
	fria_document_free(page);
}

/* What of it reopens which questions, and which words lapsed by it. */
static int put_reopened(cli *c, const char *name, fria_strings *told,
			fria_error *err)
{
	fria_snapshot *s = NULL;
	fria_standing standing;
	int code = fria_snapshot_load(&s, c->ws, name, NULL, err);
	if (!code)
		code = fria_standing_make(&standing, c->ws, s, s->day, err);
	if (!code) {
		fria_evaluation *e = &standing.result;
		fria_document *page = new_page(c, name, FRIA_W_release_changed);
		fria_node *body = fria_document_body(page);
		fria_causes_find(e, &standing.input);
		fria_causes_after_view(body, e, &standing.input, told, c->lang);
		if (standing.input.adopted)
			fria_words_view(body, e, &standing.input, c->lang);
		put_view(c, body);
		fria_document_free(page);
		fria_standing_dispose(&standing);
	}
	fria_snapshot_free(s);
	return code;
}

static int put_moved(cli *c, const fria_consequence *m, fria_strings *told,
		     fria_error *err)
{
	bool moved = m->stale + m->suspect > 0;
	put(c, PLAIN, moved ? "\n" : "");
	put_sentence(
	    c, PLAIN, moved ? FRIA_W_release_sets : FRIA_W_release_untouched,
	    "assessment", m->assessment, "stale", FRIA_DIGITS(m->stale),
	    "suspect", FRIA_DIGITS(m->suspect), NULL);
	return moved ? put_reopened(c, m->assessment, told, err) : 0;
}

static json_t *moved_json(const fria_release_result *r)
{
	json_t *list = json_array();
	for (size_t i = 0; i < r->consequences.n; i++) {
		const fria_consequence *m = &r->consequences.items[i];
		json_array_append_new(
		    list,
		    fria_json_pack("{s:s, s:I, s:I}", "assessment",
				   m->assessment, "stale", (json_int_t)m->stale,
				   "suspect", (json_int_t)m->suspect));
	}
	return list;
}

/* What that sets in motion: what changed is told already. */
static int put_all_moved(cli *c, const fria_release_result *r, fria_error *err)
{
	fria_findings findings = FRIA_FINDINGS_INIT;
	fria_strings told = FRIA_STRINGS_INIT;
	int code = 0;
	for (size_t i = 0; i < r->changed.n; i++)
		fria_strings_add(&told, r->changed.items[i]);
	for (size_t i = 0; i < r->consequences.n && !code; i++)
		code = put_moved(c, &r->consequences.items[i], &told, err);
	fria_release_check_findings(&findings, r->after);
	put_findings(c, &findings);
	fria_findings_dispose(&findings);
	fria_strings_dispose(&told);
	return code;
}

static void put_result_json(cli *c, const fria_release_result *r)
{
	fria_findings findings = FRIA_FINDINGS_INIT;
	fria_release_check_findings(&findings, r->after);
	put_json(c,
		 fria_json_pack(
		     "{s:s, s:s?, s:s?, s:o, s:o, s:o, s:o}", "application",
		     c->args[0], "release", fria_json_text(r->after, "release"),
		     "commit",
		     *r->commit && !given(c, "dry-run") ? r->commit : NULL,
		     "changed", fria_json_strings(&r->changed), "gone",
		     fria_json_strings(&r->gone), "assessments", moved_json(r),
		     "findings", fria_findings_json(&findings, c->lang)));
	fria_findings_dispose(&findings);
}

/* What changed, and what that sets in motion; disposes of the result. */
static int put_consequences(cli *c, fria_release_result *r, fria_error *err)
{
	int code = 0;
	if (c->json) {
		put_result_json(c, r);
	} else {
		put_changed(c, r);
		code = put_all_moved(c, r, err);
	}
	fria_release_dispose(r);
	return code ? 2 : 0;
}

/* --- the release check, asked on a terminal --- */

/* New; a question that is passed over stays unknown. */
static json_t *ask(const cli *c)
{
	json_t *answers = json_object();
	fria_buf text = FRIA_BUF_INIT;
	say(c, FRIA_W_ask_intro, NULL);
	for (size_t i = 0; fria_themes[i]; i++) {
		say(c, FRIA_W_ask_theme, "theme",
		    fria_word_text(fria_theme_word(fria_themes[i]), c->lang),
		    NULL);
		if (!read_line(c, &text))
			break;
		bool yes = is_yes(text.text);
		if (!yes && !(*text.text && strchr("nN", *text.text)))
			continue;
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
	int code = read_facts(facts, c, err);
	q->answers_name = given(c, "answers");
	if (!code && q->answers_name && (q->patch || q->correct))
		code = fria_fail(err, FRIA_EINPUT, FRIA_W_cli_answers_or_patch,
				 NULL);
	if (!code && q->answers_name)
		code = read_document(answers, q->answers_name, err);
	if (!code && !facts->from.name && !q->answers_name && on_terminal(c))
		code = edit_facts(facts, c, c->args[0], err);
	else if (!code && !facts->from.name && !q->answers_name)
		code = fria_fail(err, FRIA_EINPUT, FRIA_W_cli_needs_option,
				 "option", "--from", "command", "release",
				 "args", c->command->args, NULL);
	q->from = facts->from;
	q->answers = *answers;
	return code;
}

int cmd_release(cli *c, fria_error *err)
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

/* --- between releases --- */

/* A number as people type it, what stands there in JSON, else a text. */
static int read_fact(json_t **out, const cli *c, const char *text,
		     fria_error *err)
{
	fria_buf plain = FRIA_BUF_INIT;
	int code = fria_number_typed(&plain, text, strlen(text), err);
	if (!code && strcmp(plain.text, text) != 0)
		say(c, FRIA_W_cli_understood, "typed", text, "read", plain.text,
		    NULL);
	if (code == FRIA_ENOTFOUND)
		fria_buf_puts(&plain, text);
	if (code != FRIA_EINPUT &&
	    fria_json_parse(out, "VALUE", plain.text, plain.n, NULL))
		*out = fria_json_string(text);
	fria_buf_dispose(&plain);
	return code == FRIA_EINPUT ? code : 0;
}

/* From a form or a file, or in the editor. */
static int fill_facts(cli *c, fria_release_result *r, fria_error *err)
{
	given_facts facts;
	int code = read_facts(&facts, c, err);
	if (!code && !facts.from.name && on_terminal(c))
		code = edit_facts(&facts, c, c->args[0], err);
	else if (!code && !facts.from.name)
		code = fria_fail(err, FRIA_EINPUT, FRIA_W_cli_needs_option,
				 "option", "--from", "command", "app set",
				 "args", c->command->args, NULL);
	if (!code) {
		code = fria_application_fill(r, c->ws, c->args[0], &facts.from,
					     given(c, "note"),
					     given_each(c, "wording"), err);
		keep_form(c, &facts, code);
	}
	given_facts_dispose(&facts);
	return code;
}

/* By its title: what is typed is read as the form reads it. */
static int set_titled(cli *c, fria_release_result *r, fria_error *err)
{
	char *form = fria_format("### %s\n%s\n", c->args[1], c->args[2]);
	const fria_facts_file from = {.form = form};
	int code =
	    fria_application_fill(r, c->ws, c->args[0], &from, given(c, "note"),
				  given_each(c, "wording"), err);
	free(form);
	return code;
}

static int set_fact(cli *c, fria_release_result *r, fria_error *err)
{
	json_t *value = NULL;
	if (c->n < 3 || given(c, "from"))
		return fria_fail(err, FRIA_EINPUT, FRIA_W_cli_too_few,
				 "command", c->command->name, "args",
				 c->command->args, NULL);
	if (*c->args[1] != '/')
		return set_titled(c, r, err);
	int code = read_fact(&value, c, c->args[2], err);
	if (!code)
		code = fria_application_set(r, c->ws, c->args[0], c->args[1],
					    value, given(c, "note"),
					    given_each(c, "wording"), err);
	json_decref(value);
	return code;
}

int cmd_app_set(cli *c, fria_error *err)
{
	fria_release_result r = {.before = NULL};
	if ((c->n == 1 ? fill_facts : set_fact)(c, &r, err))
		return 2;
	say(c, FRIA_W_did_set, "application", c->args[0], NULL);
	return put_consequences(c, &r, err);
}

int cmd_app_metric(cli *c, fria_error *err)
{
	fria_release_result r;
	const char *text = given(c, "value");
	if (given(c, "withdraw") && !text) {
		if (fria_application_withdraw(&r, c->ws, c->args[0], c->args[1],
					      given(c, "date"),
					      given(c, "note"), err))
			return 2;
		say(c, FRIA_W_did_withdraw, "what", c->args[1], NULL);
		return put_consequences(c, &r, err);
	}
	fria_buf plain = FRIA_BUF_INIT;
	int code = text ? fria_number_typed(&plain, text, strlen(text), err)
			: FRIA_ENOTFOUND;
	double value = fria_number_read(plain.text, NULL);
	if (!code && strcmp(plain.text, text) != 0)
		say(c, FRIA_W_cli_understood, "typed", text, "read", plain.text,
		    NULL);
	fria_buf_dispose(&plain);
	if (code == FRIA_ENOTFOUND || !(value > -1e15 && value < 1e15))
		code = fria_fail(err, FRIA_EINPUT, FRIA_W_cli_metric_value,
				 "value", text ? text : "", NULL);
	if (code || fria_application_metric(&r, c->ws, c->args[0], c->args[1],
					    value, given(c, "date"), err))
		return 2;
	say(c, *r.commit ? FRIA_W_did_metric : FRIA_W_metric_stands,
	    "application", c->args[0], "metric", c->args[1], NULL);
	return put_consequences(c, &r, err);
}

/* All in one message; true if nothing changed. */
static bool nothing_changed(const cli *c)
{
	say(c, FRIA_W_pulse_intro, "application", c->args[0], NULL);
	for (size_t i = 0; fria_themes[i]; i++)
		say(c, FRIA_W_ask_theme, "theme",
		    fria_word_text(fria_theme_word(fria_themes[i]), c->lang),
		    NULL);
	return agrees(c, FRIA_W_ask_pulse);
}

int cmd_app_pulse(cli *c, fria_error *err)
{
	fria_release_result r = {.before = NULL};
	if (on_terminal(c) && !nothing_changed(c)) {
		say(c, FRIA_W_pulse_release, "application", c->args[0], NULL);
		return 1;
	}
	if (fria_application_pulse(&r, c->ws, c->args[0], given(c, "note"),
				   err))
		return 2;
	say(c, FRIA_W_did_pulse, "application", c->args[0], NULL);
	if (c->json)
		put_result_json(c, &r);
	fria_release_dispose(&r);
	return 0;
}

int cmd_retire(cli *c, fria_error *err)
{
	fria_release_result r;
	const char *on = given(c, "on");
	if (!on) {
		fria_fail(err, FRIA_EINPUT, FRIA_W_cli_needs_option, "option",
			  "--on", "command", "retire", "args", c->command->args,
			  NULL);
		return 2;
	}
	if (fria_application_retire(&r, c->ws, c->args[0], on, given(c, "note"),
				    err))
		return 2;
	say(c,
	    fria_phase_at(r.after, fria_session_day(&c->session)) ==
		    FRIA_OUT_OF_USE
		? FRIA_W_did_retire
		: FRIA_W_did_retire_later,
	    "application", c->args[0], "date", on, NULL);
	fria_release_dispose(&r);
	return 0;
}
