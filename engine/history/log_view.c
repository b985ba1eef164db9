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

static void put_lines(fria_node *at, const char *text, fria_lang lang)
{
	size_t n = lines_of(text), i = 0;
	fria_node *list = fria_node_list(at, false);
	for (const char *line = text; *line; i++) {
		size_t length = strcspn(line, "\n");
		char *one = fria_strndup(line, length);
		if (i == LINES && n > LINES + 1) {
			char *more = fria_format("%zu", n - LINES);
			fria_buf summary = FRIA_BUF_INIT;
			fria_say(&summary, lang, FRIA_W_log_more, "count", more,
				 NULL);
			list = fria_node_list(
			    fria_node_details(at, summary.text, false), false);
			fria_buf_dispose(&summary);
			free(more);
		}
		fria_node_text(fria_list_item(list), one);
		free(one);
		line += length + (line[length] == '\n');
	}
}

void fria_event_view(fria_node *at, const fria_event *event, fria_lang lang)
{
	fria_buf day = FRIA_BUF_INIT;
	bool version = event->kind == FRIA_EVENT_VERSION;
	int by = (int)fria_person_length(event->by);
	fria_day_say(&day, lang, event->local);
	char *title =
	    version ? fria_format("%s, %s, %.*s (%.10s)", day.text,
				  event->version, by, event->by, event->commit)
		    : fria_format("%s, %.*s (%.10s)", day.text, by, event->by,
				  event->commit);
	fria_node *section = fria_node_section(
	    at, version ? event->version : event->commit, title);
	if (event->text[0])
		put_lines(section, event->text, lang);
	else if (!version)
		fria_node_say(fria_node_meta(section), FRIA_W_log_no_change,
			      NULL);
	if (event->boundary)
		fria_node_say(fria_node_meta(section), FRIA_W_log_boundary,
			      NULL);
	free(title);
	fria_buf_dispose(&day);
}
