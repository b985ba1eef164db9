/* SPDX-License-Identifier: EUPL-1.2 */
/* fria ask, approve and adopt: a role is asked, and speaks; a version is made.
 */
#include "cli.h"

#include <string.h>

/* Lists of a decision, from files. */
static int read_lists(json_t **conditions, json_t **risks, const cli *c,
		      fria_error *err)
{
	const char *one = given(c, "conditions"), *other = given(c, "risks");
	int code = one ? read_document(conditions, one, err) : 0;
	if (!code && other)
		code = read_document(risks, other, err);
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
