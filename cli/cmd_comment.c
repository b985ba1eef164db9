/* SPDX-License-Identifier: EUPL-1.2 */
/* fria comment and meeting: what is said while an assessment is filled in. */
#include "cli.h"

#include <string.h>

/* Prints the list, or (id) what it has of that id. */
static void put_list(cli *c, const json_t *list, const char *id)
{
	json_t *out = json_array(), *one;
	size_t i;
	json_array_foreach(list, i, one) {
		if (!id || !strcmp(fria_json_text(one, "id"), id))
			json_array_append(out, one);
	}
	put_json(c, out);
}

/* --- comments --- */

/* All, or (id; for scripts) one. */
static int list_comments(cli *c, const char *id, fria_error *err)
{
	fria_snapshot *s = NULL;
	if (fria_snapshot_load(&s, c->ws, c->args[0], NULL, err))
		return 2;
	json_t *all = fria_comments(s->instrument, s->assessment);
	if (c->json)
		put_list(c, all, id);
	else if (!json_array_size(all))
		say(c, FRIA_W_comment_none, NULL);
	else
		put_comments(c, all, true);
	json_decref(all);
	fria_snapshot_free(s);
	return 0;
}

static int resolve(cli *c, const char *id, fria_error *err)
{
	int status = 2;
	if (saving_begin(c, err))
		return 2;
	if (!fria_comment_resolve(c->ws, c->args[0], id, err)) {
		say(c, FRIA_W_did_settle, "id", id, NULL);
		status = c->json ? list_comments(c, id, err) : 0;
	}
	return saving_end(c, status, err);
}

static int comment(cli *c, const fria_edit_target *target, fria_error *err)
{
	char id[16];
	bool there;
	if (fria_comment(id, &there, c->ws, target,
			 c->n > 2 ? c->args[2] : NULL, given(c, "reply"), err))
		return 2;
	say(c, there ? FRIA_W_did_comment_before : FRIA_W_did_comment, "id", id,
	    "task", c->args[1], NULL);
	return c->json ? list_comments(c, id, err) : 0;
}

int cmd_comment(cli *c, fria_error *err)
{
	const char *settled = given(c, "resolve");
	const fria_edit_target target = {.application_name = c->args[0],
					 .task = c->n > 1 ? c->args[1] : NULL,
					 .row = given(c, "row")};
	if (settled && c->n == 1)
		return resolve(c, settled, err);
	if (c->n == 1)
		return list_comments(c, NULL, err);
	return saving_begin(c, err)
		   ? 2
		   : saving_end(c, comment(c, &target, err), err);
}

/* --- meetings --- */

static void put_meeting(cli *c, const json_t *one)
{
	const json_t *roles = json_object_get(c->ws->config, "roles"), *role;
	const char *chair = fria_json_text(one, "chair");
	size_t i;
	putf(c, BOLD, "%s", fria_json_text(one, "id"));
	json_array_foreach(json_object_get(one, "roles"), i, role)
		putf(c, PLAIN, i ? ", %s" : "  %s",
		     fria_role_title(roles, json_string_value(role), c->lang));
	if (chair)
		putf(c, DIM, " (%s)", chair);
	put(c, PLAIN, "\n");
}

static int list_meetings(cli *c, const char *id, fria_error *err)
{
	fria_snapshot *s = NULL;
	size_t i;
	json_t *one;
	if (fria_snapshot_load(&s, c->ws, c->args[0], NULL, err))
		return 2;
	const json_t *all = json_object_get(s->assessment, "meetings");
	if (c->json)
		put_list(c, all, id);
	else if (!json_array_size(all))
		say(c, FRIA_W_meeting_none, NULL);
	else
		json_array_foreach(all, i, one)
			put_meeting(c, one);
	fria_snapshot_free(s);
	return 0;
}

static int add_meeting(cli *c, const fria_meeting *meeting, fria_error *err)
{
	char id[16];
	bool there;
	if (fria_meeting_add(id, &there, c->ws, c->args[0], meeting, err))
		return 2;
	say(c, there ? FRIA_W_did_meeting_before : FRIA_W_did_meeting, "id", id,
	    NULL);
	return c->json ? list_meetings(c, id, err) : 0;
}

int cmd_meeting(cli *c, fria_error *err)
{
	const fria_meeting meeting = {given(c, "date"), given(c, "chair"),
				      given(c, "roles"), given(c, "tasks")};
	if (!meeting.date && !meeting.roles)
		return list_meetings(c, NULL, err);
	return saving_begin(c, err)
		   ? 2
		   : saving_end(c, add_meeting(c, &meeting, err), err);
}
