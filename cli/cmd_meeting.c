/* SPDX-License-Identifier: EUPL-1.2 */
/* fria meeting: who sat together, and on which questions. */
#include "cli.h"

/* Prints the list, or (id) what it has of that id. */
static void put_list(cli *c, const json_t *list, const char *id)
{
	json_t *out = json_array(), *one;
	size_t i;
	json_array_foreach(list, i, one) {
		if (!id || fria_json_says(one, "id", id))
			json_array_append(out, one);
	}
	put_json(c, out);
}

static int list_meetings(cli *c, const char *id, fria_error *err)
{
	const json_t *roles = json_object_get(c->ws->config, "roles");
	fria_snapshot *s = NULL;
	int status = 0;
	if (fria_snapshot_load(&s, c->ws, c->args[0], NULL, err))
		return 2;
	if (c->json) {
		put_list(c, json_object_get(s->assessment, "meetings"), id);
	} else {
		fria_node *page = new_page(c, c->args[0], FRIA_W_page_meetings);
		fria_meetings_view(page, s->assessment, roles);
		status = show_page(c, page, err);
	}
	fria_snapshot_free(s);
	return status;
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

static int run_meeting(cli *c, fria_error *err)
{
	const fria_meeting meeting = {given(c, "date"), given(c, "chair"),
				      given(c, "roles"), given(c, "tasks")};
	if (!meeting.date && !meeting.roles)
		return list_meetings(c, NULL, err);
	return saving_begin(c, err)
		   ? 2
		   : saving_end(c, add_meeting(c, &meeting, err), err);
}

const command cmd_meeting = {
    .name = "meeting",
    .args = "APP/NAME [--date DATE --roles A,B] [--format F] [-o FILE]",
    .takes = {1, 1},
    .does = EDITS | GIVES_JSON | KEEPS_TEXT,
    .summary = FRIA_W_sum_meeting,
    .options = (const option[]){{"date", 0, "DATE", FRIA_W_opt_meeting_date},
				{"roles", 0, "A,B", FRIA_W_opt_meeting_roles},
				{"chair", 0, "NAME", FRIA_W_opt_chair},
				{"tasks", 0, "T,T", FRIA_W_opt_tasks},
				{"save", 0, NULL, FRIA_W_opt_save},
				VIEW_OPTIONS,
				NO_OPTION},
    .run = run_meeting,
};
