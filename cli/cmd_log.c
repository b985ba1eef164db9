/* SPDX-License-Identifier: EUPL-1.2 */
/* fria log: what happened, commit by commit and version by version. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
	cli *c;
	json_t *list; /* for --json */
	fria_node *page;
	size_t n;
} log_state;

static json_t *event_json(const fria_event *event)
{
	fria_buf day = FRIA_BUF_INIT, at = FRIA_BUF_INIT;
	bool version = event->kind == FRIA_EVENT_VERSION;
	fria_day_write(&day, event->local);
	fria_time_write(&at, event->at);
	json_t *json = fria_json_pack(
	    "{s:s, s:s, s:s, s:s, s:s, s:s?, s:b, s:s}", "kind",
	    version ? "version" : "change", "commit", event->commit, "date",
	    day.text, "at", at.text, "author", event->by, "version",
	    event->version, "boundary", event->boundary, "text", event->text);
	fria_buf_dispose(&day);
	fria_buf_dispose(&at);
	return json;
}

static bool put_event(void *data, const fria_event *event)
{
	log_state *l = data;
	l->n++;
	if (l->list)
		json_array_append_new(l->list, event_json(event));
	else
		fria_event_view(l->page, event);
	return true;
}

static int run_log(cli *c, fria_error *err)
{
	const char *number = given(c, "number");
	char *end = NULL;
	unsigned long limit = number ? strtoul(number, &end, 10) : 0;
	if (number && (!limit || *end || number[0] == '-'))
		return fria_fail(err, FRIA_EINPUT, FRIA_W_log_number, "value",
				 number, NULL);
	log_state l = {c, c->json ? json_array() : NULL,
		       new_page(c, c->args[0], FRIA_W_page_log), 0};
	int code = fria_log(c->ws, c->args[0], limit, put_event, &l, err);
	if (!code && c->json)
		put_json(c, json_incref(l.list));
	else if (!code && !l.n)
		say(c, FRIA_W_log_none, NULL);
	json_decref(l.list);
	if (!code && !c->json)
		code = show_page(c, l.page, err);
	else
		fria_document_free(fria_node_document(l.page));
	return code ? 2 : 0;
}

const command cmd_log = {
    .name = "log",
    .args = "APP/NAME [-n N] [--format F] [-o FILE]",
    .takes = {1, 1},
    .does = READS | GIVES_JSON | PAGED,
    .summary = FRIA_W_sum_log,
    .options = (const option[]){{"number", 'n', "N", FRIA_W_opt_number},
				VIEW_OPTIONS,
				NO_OPTION},
    .run = run_log,
};
