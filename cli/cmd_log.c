/* SPDX-License-Identifier: EUPL-1.2 */
/* fria log: what happened, commit by commit and version by version. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

/* Lines of one commit; the rest is counted, unless --verbose. */
#define LINES 12

typedef struct {
	cli *c;
	json_t *list; /* for --json */
	size_t n;
} log_state;

static void put_head(cli *c, const fria_event *event)
{
	fria_buf day = FRIA_BUF_INIT;
	fria_day_write(&day, event->local);
	if (event->kind == FRIA_EVENT_VERSION)
		putf(c, GREEN, "%s  %s  %.10s  %s", day.text, event->version,
		     event->commit, event->by);
	else
		putf(c, BOLD, "%s  %.10s  %s", day.text, event->commit,
		     event->by);
	put(c, PLAIN, "\n");
	fria_buf_dispose(&day);
}

static size_t lines_of(const char *text)
{
	size_t n = 0;
	for (; *text; text++)
		n += *text == '\n';
	return n;
}

/* The beginning of a long list of changes, and how many more there are. */
static void put_lines(cli *c, const char *text)
{
	const char *end = text;
	size_t n = lines_of(text);
	if (c->verbose || n <= LINES + 1) {
		put_wrapped(c, 4, text);
		return;
	}
	for (size_t i = 0; i < LINES; i++)
		end = strchr(end, '\n') + 1;
	char *first = fria_strndup(text, (size_t)(end - text));
	char *more = fria_format("%zu", n - LINES);
	put_wrapped(c, 4, first);
	put(c, PLAIN, "    ");
	put_sentence(c, DIM, FRIA_W_log_more, "count", more, NULL);
	free(more);
	free(first);
}

static void put_note(cli *c, fria_word word)
{
	put(c, PLAIN, "    ");
	put_sentence(c, DIM, word, NULL);
}

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
	cli *c = l->c;
	l->n++;
	if (l->list) {
		json_array_append_new(l->list, event_json(event));
		return true;
	}
	if (l->n > 1)
		put(c, PLAIN, "\n");
	put_head(c, event);
	if (event->text[0])
		put_lines(c, event->text);
	else if (event->kind == FRIA_EVENT_CHANGE)
		put_note(c, FRIA_W_log_no_change);
	if (event->boundary)
		put_note(c, FRIA_W_log_boundary);
	return true;
}

int cmd_log(cli *c, fria_error *err)
{
	log_state l = {c, c->json ? json_array() : NULL, 0};
	const char *number = given(c, "number");
	char *end = NULL;
	unsigned long limit = number ? strtoul(number, &end, 10) : 0;
	if (number && (!limit || *end || number[0] == '-')) {
		fria_fail(err, FRIA_EINPUT, FRIA_W_log_number, "value", number,
			  NULL);
		return 2;
	}
	int code = fria_log(c->ws, c->args[0], limit, put_event, &l, err);
	if (!code && !l.n && !c->json)
		say(c, FRIA_W_log_none, NULL);
	if (!code && c->json)
		put_json(c, json_incref(l.list));
	json_decref(l.list);
	return code ? 2 : 0;
}
