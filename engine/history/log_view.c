/* SPDX-License-Identifier: EUPL-1.2 */
/* What happened, as a view: a heading for each commit and version, under it
 * what changed. */
#include "history.h"

#include <stdlib.h>
#include <string.h>

/* Lines that stand open; of one more it is that line. */
#define LINES 12

static size_t lines_of(const char *text)
{
	size_t n = 0;
	for (; *text; text++)
		n += *text == '\n';
	return n;
}

static void put_lines(fria_node *at, const char *text)
{
	size_t n = lines_of(text), i = 0;
	fria_node *list = fria_node_list(at, false);
	for (const char *line = text; *line; i++) {
		size_t length = strcspn(line, "\n");
		if (i == LINES && n > LINES + 1)
			list = fria_node_list(
			    fria_node_details(
				at,
				fria_kept_say(at, FRIA_W_log_more, "count",
					      FRIA_DIGITS(n - LINES), NULL),
				false),
			    false);
		fria_node_text(fria_list_item(list),
			       fria_kept_format(at, "%.*s", (int)length, line));
		line += length + (line[length] == '\n');
	}
}

void fria_event_view(fria_node *at, const fria_event *event)
{
	bool version = event->kind == FRIA_EVENT_VERSION;
	fria_node *section = fria_node_section(
	    at, version ? event->version : event->commit,
	    fria_kept_format(
		at, "%s, %s%s%.*s (%.10s)", fria_kept_day(at, event->local),
		version ? event->version : "", version ? ", " : "",
		(int)fria_person_length(event->by), event->by, event->commit));
	if (event->text[0])
		put_lines(section, event->text);
	else if (!version)
		fria_meta_say(section, FRIA_W_log_no_change, NULL);
	if (event->boundary)
		fria_meta_say(section, FRIA_W_log_boundary, NULL);
}
