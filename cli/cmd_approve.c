/* SPDX-License-Identifier: EUPL-1.2 */
/* fria ask, approve and adopt: a role is asked, and speaks; a version is made.
 */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

/* --- conditions and residual risks: typed, from files, or asked --- */

static json_t *list_of(json_t **list)
{
	if (!*list)
		*list = json_array();
	return *list;
}

/* "7.1/2: text", or the measure alone. */
static void take_condition(json_t **list, const char *typed)
{
	const char *colon = strstr(typed, ": ");
	size_t n = colon ? (size_t)(colon - typed) : strlen(typed);
	json_t *one = json_object();
	json_object_set_new(one, "measure", fria_json_string_n(typed, n));
	if (colon)
		json_object_set_new(one, "text", fria_json_string(colon + 2));
	json_array_append_new(list_of(list), one);
}

/* "5.2/1: reason"; the risk by its row, or in words. */
static int take_risk(json_t **list, const char *typed, fria_error *err)
{
	const char *colon = strstr(typed, ": ");
	if (!colon)
		return fria_fail(err, FRIA_EINPUT, FRIA_W_approve_risk_typed,
				 "value", typed, NULL);
	size_t n = (size_t)(colon - typed);
	json_t *one = json_object();
	json_object_set_new(one, memchr(typed, ' ', n) ? "text" : "row",
			    fria_json_string_n(typed, n));
	json_object_set_new(one, "accepted", json_true());
	json_object_set_new(one, "reason", fria_json_string(colon + 2));
	json_array_append_new(list_of(list), one);
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
		take_condition(conditions, typed->items[i]);
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
		if (m->closed)
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
			take_condition(list, said);
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
	fria_snapshot *s = NULL;
	fria_standing standing;
	if (*conditions || !id || strcmp(id, "use-with-conditions") != 0 ||
	    !on_terminal(c))
		return 0;
	int code = fria_snapshot_load(&s, c->ws, c->args[0], NULL, err);
	if (!code)
		code = fria_standing_make(&standing, c->ws, s, s->day, err);
	if (!code) {
		ask_conditions(conditions, c, &standing);
		if (!*risks)
			ask_risks(risks, c);
		fria_standing_dispose(&standing);
	}
	fria_snapshot_free(s);
	return code;
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

int cmd_approve(cli *c, fria_error *err)
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
	if (!code && request.role && !withdraw)
		code = ask_lists(&conditions, &risks, c, request.value, err);
	request.conditions = conditions;
	request.risks = risks;
	if (!code && !request.role)
		code = fria_fail(err, FRIA_EINPUT, FRIA_W_cli_needs_option,
				 "option", "--role", "command", "approve",
				 "args", c->command->args, NULL);
	if (!code && withdraw)
		code = fria_approve_withdraw(&approval, c->ws, c->args[0],
					     request.role, request.note, err);
	else if (!code)
		code = fria_approve(&approval, &there, c->ws, c->args[0],
				    &request, err);
	if (!code && c->json)
		put_json(c, json_incref(approval));
	else if (!code && withdraw)
		say(c, FRIA_W_did_withdraw, "what",
		    fria_role_title(json_object_get(c->ws->config, "roles"),
				    fria_json_text(approval, "role"), c->lang),
		    NULL);
	else if (!code)
		say_approved(c, approval, there);
	json_decref(approval);
	json_decref(conditions);
	json_decref(risks);
	return code ? 2 : 0;
}

int cmd_ask(cli *c, fria_error *err)
{
	json_t *request = NULL;
	bool there;
	const fria_asking asking = {.role = given(c, "role"),
				    .to = given(c, "to"),
				    .until = given(c, "until")};
	if (!asking.role) {
		fria_fail(err, FRIA_EINPUT, FRIA_W_cli_needs_option, "option",
			  "--role", "command", "ask", "args", c->command->args,
			  NULL);
		return 2;
	}
	if (fria_ask(&request, &there, c->ws, c->args[0], &asking, err))
		return 2;
	if (c->json)
		put_json(c, json_incref(request));
	else
		say(c, there ? FRIA_W_did_ask_before : FRIA_W_did_ask, "role",
		    fria_role_title(json_object_get(c->ws->config, "roles"),
				    fria_json_text(request, "role"), c->lang),
		    NULL);
	json_decref(request);
	return 0;
}

int cmd_adopt(cli *c, fria_error *err)
{
	fria_adopted done;
	const char *note = given(c, "note");
	bool force = given(c, "force") != NULL;
	if (force && fria_text_blank(note)) {
		fria_fail(err, FRIA_EINPUT, FRIA_W_adopt_force_note, NULL);
		return 2;
	}
	if (fria_adopt(&done, c->ws, c->args[0], note, force, err))
		return 2;
	say(c, done.forced ? FRIA_W_did_adopt_forced : FRIA_W_did_adopt,
	    "assessment", c->args[0], "version", done.version, "tag", done.tag,
	    NULL);
	return 0;
}
