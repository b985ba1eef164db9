/* SPDX-License-Identifier: EUPL-1.2 */
/* fria approve: a role gives its word, or takes it back. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

/* --- conditions and residual risks: typed, from files, or asked --- */

static void take_typed(json_t **list, const char *typed)
{
	if (!*list)
		*list = json_array();
	json_array_append_new(*list, fria_json_string(typed));
}

/* A risk without a reason is asked again. */
static int take_risk(json_t **list, const char *typed, fria_error *err)
{
	if (!strstr(typed, ": "))
		return fria_fail(err, FRIA_EINPUT, FRIA_W_approve_risk_typed,
				 "value", typed, NULL);
	take_typed(list, typed);
	return 0;
}

static int read_lists(json_t **conditions, json_t **risks, const cli *c,
		      fria_error *err)
{
	const char *one = given(c, "conditions"), *other = given(c, "risks");
	const fria_strings *typed = given_each(c, "condition");
	int code = one ? read_document(conditions, one, err) : 0;
	if (!code && other)
		code = read_document(risks, other, err);
	for (size_t i = 0; typed && i < typed->n && !code; i++)
		take_typed(conditions, typed->items[i]);
	typed = given_each(c, "risk");
	for (size_t i = 0; typed && i < typed->n && !code; i++)
		code = take_risk(risks, typed->items[i], err);
	return code;
}

/* Which measures are conditions. */
static void ask_conditions(json_t **list, const cli *c,
			   const fria_standing *standing)
{
	const fria_evaluation *e = &standing->result;
	fria_buf typed = FRIA_BUF_INIT;
	for (size_t i = 0, row = 0; i < e->measures_n; i++) {
		const fria_measure *m = &e->measures[i];
		row = i && m[-1].group == m->group ? row + 1 : 1;
		if (m->closed || !m->row)
			continue;
		char *name = fria_format(
		    "%s/%zu", standing->input.instrument->tasks[m->group].id,
		    row);
		say(c, FRIA_W_approve_ask_condition, "row", name, "text",
		    m->text, NULL);
		free(name);
		if (!read_line(c, &typed))
			break;
		char *said = is_yes(typed.text)
				 ? fria_strdup(m->row)
				 : fria_format("%s: %s", m->row, typed.text);
		if (!fria_text_blank(typed.text))
			take_typed(list, said);
		free(said);
	}
	fria_buf_dispose(&typed);
}

static void ask_risks(json_t **list, const cli *c)
{
	fria_buf typed = FRIA_BUF_INIT;
	for (;;) {
		fria_error wrong = FRIA_ERROR_INIT;
		say(c, FRIA_W_approve_ask_risk, NULL);
		if (!read_line(c, &typed) || fria_text_blank(typed.text))
			break;
		if (take_risk(list, typed.text, &wrong))
			say_error(c, &wrong);
	}
	fria_buf_dispose(&typed);
}

/* At a terminal, of a decision to use with conditions that names none. */
static int ask_lists(json_t **conditions, json_t **risks, const cli *c,
		     const char *value, fria_error *err)
{
	const char *id = value ? fria_closed_id("decision", value) : NULL;
	fria_snapshot *s;
	fria_standing standing;
	if (*conditions || fria_said_parse(id) != FRIA_SAID_CONDITIONS ||
	    !on_terminal(c))
		return 0;
	int code = fria_standing_load(&s, &standing, c->ws, c->args[0], NULL,
				      NULL, err);
	if (code)
		return code;
	ask_conditions(conditions, c, &standing);
	if (!*risks)
		ask_risks(risks, c);
	fria_standing_dispose(&standing);
	fria_snapshot_free(s);
	return 0;
}

/* Whose word it was, what it said and when. */
static void say_withdrawn(cli *c, const json_t *record)
{
	const fria_approval approval = fria_approval_of(record);
	json_t *document = fria_json_pack("{s:[O]}", "approvals", record);
	const fria_side side = {.assessment = document,
				.roles =
				    json_object_get(c->ws->config, "roles")};
	fria_buf title = FRIA_BUF_INIT, text = FRIA_BUF_INIT;
	fria_buf day = FRIA_BUF_INIT;
	fria_time at;
	fria_recorded_say(&title, &text, &side, "/approvals/0", record,
			  c->lang);
	if (approval.at && fria_time_parse(&at, approval.at))
		fria_day_say(&day, c->lang, at);
	say(c, FRIA_W_did_withdraw, "what", title.text, "value", text.text,
	    "day", day.text, NULL);
	fria_buf_dispose(&title);
	fria_buf_dispose(&text);
	fria_buf_dispose(&day);
	json_decref(document);
}

static void say_approved(cli *c, const json_t *record, bool there)
{
	const fria_approval approval = fria_approval_of(record);
	say(c, there ? FRIA_W_did_approve_before : FRIA_W_did_approve, "kind",
	    fria_approval_kind_say(&approval, c->lang), "role",
	    fria_role_title(json_object_get(c->ws->config, "roles"),
			    approval.role, c->lang),
	    "value", fria_approval_value_say(&approval, c->lang), NULL);
}

static int run_approve(cli *c, fria_error *err)
{
	json_t *conditions = NULL, *risks = NULL, *approval = NULL;
	bool there = false;
	fria_approval_request request = {
	    .role = given(c, "role"),
	    .value = c->n > 1 ? c->args[1] : NULL,
	    .note = given(c, "note"),
	    .response = given(c, "response"),
	    .phase = given(c, "phase"),
	    .area = given(c, "area"),
	    .valid_until = given(c, "valid-until"),
	    .on_behalf_of = given(c, "on-behalf-of"),
	    .reference = given(c, "reference"),
	    .decided_on = given(c, "decided-on"),
	    .evidence = given(c, "evidence"),
	    .editorial = given(c, "editorial") != NULL};
	bool withdraw = given(c, "withdraw") != NULL;
	int code = read_lists(&conditions, &risks, c, err);
	if (!code && !withdraw)
		code = ask_lists(&conditions, &risks, c, request.value, err);
	request.conditions = conditions;
	request.risks = risks;
	if (!code && withdraw)
		code = fria_approve_withdraw(&approval, c->ws, c->args[0],
					     request.role, given(c, "date"),
					     request.note, err);
	else if (!code)
		code = fria_approve(&approval, &there, c->ws, c->args[0],
				    &request, err);
	if (!code && c->json)
		put_json(c, json_incref(approval));
	else if (!code && withdraw)
		say_withdrawn(c, approval);
	else if (!code)
		say_approved(c, approval, there);
	json_decref(approval);
	json_decref(conditions);
	json_decref(risks);
	return code ? 2 : 0;
}

const command cmd_approve = {
    .name = "approve",
    .args = "APP/NAME --role ROLE VALUE|--withdraw --note TEXT [--condition "
	    "TEXT]... [--risk TEXT]...",
    .takes = {1, 2},
    .does = RECORDS | GIVES_JSON | KEEPS_TEXT,
    .summary = FRIA_W_sum_approve,
    .options =
	(const option[]){{"role", 0, "ROLE", FRIA_W_opt_role},
			 {"note", 0, "TEXT", FRIA_W_opt_note},
			 {"response", 0, "TEXT", FRIA_W_opt_response},
			 {"phase", 0, "P", FRIA_W_opt_scope_phase},
			 {"area", 0, "A;B", FRIA_W_opt_scope_area},
			 {"valid-until", 0, "DATE", FRIA_W_opt_valid_until},
			 {"condition", 0, "TEXT", FRIA_W_opt_condition},
			 {"risk", 0, "TEXT", FRIA_W_opt_risk},
			 {"conditions", 0, "FILE", FRIA_W_opt_conditions},
			 {"risks", 0, "FILE", FRIA_W_opt_risks},
			 {"on-behalf-of", 0, "NAME", FRIA_W_opt_behalf},
			 {"reference", 0, "CASE", FRIA_W_opt_case},
			 {"decided-on", 0, "DATE", FRIA_W_opt_decided_on},
			 {"evidence", 0, "NAME", FRIA_W_opt_paper},
			 {"editorial", 0, NULL, FRIA_W_opt_only_words},
			 {"withdraw", 0, NULL, FRIA_W_opt_withdraw},
			 {"date", 0, "DATE", FRIA_W_opt_withdraw_date},
			 NO_OPTION},
    .run = run_approve,
};
