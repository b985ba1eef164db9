/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Days on which something is due, as a calendar (RFC 5545) that anybody's
 * agenda can subscribe to or take in: reviews, measures, measurements. It
 * judges nothing; an event keeps its UID when its day moves.
 */
#include "formats.h"

#include <stdlib.h>
#include <string.h>

/* --- content lines (RFC 5545 section 3.1) --- */

#define OCTETS ((size_t)75) /* of a line, without its end */

/* Folded where it is longer, never within a character. */
static void put_line(fria_buf *out, const fria_buf *line)
{
	size_t room = OCTETS;
	for (size_t at = 0; at < line->n;) {
		uint32_t code;
		size_t n = fria_utf8_next(&code, line->text + at, line->n - at);
		if (n > room) {
			fria_buf_puts(out, "\r\n ");
			room = OCTETS - 1;
		}
		fria_buf_put(out, line->text + at, n);
		room -= n;
		at += n;
	}
	fria_buf_puts(out, "\r\n");
}

static void put_plain(fria_buf *out, const char *name, const char *value)
{
	fria_buf line = FRIA_BUF_INIT;
	fria_buf_printf(&line, "%s:%s", name, value);
	put_line(out, &line);
	fria_buf_dispose(&line);
}

/* A value of type TEXT (section 3.3.11), without control characters. */
static void put_text(fria_buf *out, const char *name, const char *text)
{
	fria_buf line = FRIA_BUF_INIT;
	fria_buf_printf(&line, "%s:", name);
	for (; *text; text++) {
		if (*text == '\n')
			fria_buf_puts(&line, "\\n");
		else if (strchr("\\;,", *text))
			fria_buf_printf(&line, "\\%c", *text);
		else if ((unsigned char)*text >= 32 || *text == '\t')
			fria_buf_putc(&line, *text);
	}
	put_line(out, &line);
	fria_buf_dispose(&line);
}

static void put_digits(fria_buf *out, const char *iso)
{
	for (; *iso; iso++)
		if (!strchr("-:", *iso))
			fria_buf_putc(out, *iso);
}

/* --- events --- */

/* The same for as long as it is the same thing, in whatever calendar. */
static void put_uid(fria_buf *out, const fria_calendar *c, const char *kind,
		    const char *of, const char *which)
{
	char digest[FRIA_DIGEST_SIZE];
	json_t *key = fria_json_pack("[s, s, s, s]", c->organisation, kind, of,
				     which ? which : "");
	fria_digest(digest, key);
	json_decref(key);
	char *uid = fria_format("%s@fria", digest);
	put_plain(out, "UID", uid);
	free(uid);
}

typedef struct {
	const char *kind, *of, *which; /* what it is: see put_uid() */
	fria_word title;
	const char *text; /* of the title; NULL: none */
	const char *owner;
	const char *command; /* what to do it with */
} event;

/* All day, and nobody is busy by it. */
static void put_event(fria_buf *out, const fria_calendar *c, const event *e,
		      fria_time due)
{
	fria_buf day = FRIA_BUF_INIT, stamp = FRIA_BUF_INIT,
		 iso = FRIA_BUF_INIT, title = FRIA_BUF_INIT,
		 more = FRIA_BUF_INIT;
	fria_day_write(&iso, due);
	put_digits(&day, iso.text);
	fria_buf_clear(&iso);
	fria_time_write(&iso, c->stamp);
	put_digits(&stamp, iso.text);
	fria_say(&title, c->lang, e->title, "name", e->of, "text", e->text,
		 NULL);
	if (e->owner)
		fria_say(&more, c->lang, FRIA_W_calendar_owner, "owner",
			 e->owner, NULL);
	fria_buf_printf(&more, "%s%s", more.n ? "\n" : "", e->command);
	put_plain(out, "BEGIN", "VEVENT");
	put_uid(out, c, e->kind, e->of, e->which);
	put_plain(out, "DTSTAMP", stamp.text);
	put_plain(out, "DTSTART;VALUE=DATE", day.text);
	put_text(out, "SUMMARY", title.text);
	put_text(out, "DESCRIPTION", more.text);
	put_plain(out, "TRANSP", "TRANSPARENT");
	put_plain(out, "END", "VEVENT");
	fria_buf_dispose(&more);
	fria_buf_dispose(&title);
	fria_buf_dispose(&iso);
	fria_buf_dispose(&stamp);
	fria_buf_dispose(&day);
}

void fria_calendar_begin(fria_buf *out, const fria_calendar *c)
{
	fria_buf name = FRIA_BUF_INIT;
	put_plain(out, "BEGIN", "VCALENDAR");
	put_plain(out, "VERSION", "2.0");
	put_plain(out, "PRODID", "-//fria//fria//EN");
	fria_say(&name, c->lang, FRIA_W_calendar_name, "organisation",
		 c->organisation, NULL);
	put_text(out, "X-WR-CALNAME", name.text);
	fria_buf_dispose(&name);
}

void fria_calendar_end(fria_buf *out)
{
	put_plain(out, "END", "VCALENDAR");
}

void fria_calendar_assessment(fria_buf *out, const fria_calendar *c,
			      const char *name, const fria_evaluation *e)
{
	char *command = fria_format("fria evaluate %s", name);
	fria_time day;
	if (!e->superseded && !e->at_rest && e->review.known && e->review.due)
		put_event(out, c,
			  &(event){"review", name, NULL, FRIA_W_calendar_review,
				   NULL, NULL, command},
			  e->review.due);
	for (size_t i = 0; i < e->measures_n && !e->superseded; i++) {
		const fria_measure *m = &e->measures[i];
		if (!m->closed && m->due && fria_time_parse(&day, m->due))
			put_event(
			    out, c,
			    &(event){"measure", name, m->row ? m->row : m->text,
				     FRIA_W_calendar_measure,
				     m->text ? m->text : "", m->owner, command},
			    day);
	}
	for (size_t i = 0; i < e->coming.n; i++)
		put_event(
		    out, c,
		    &(event){"law", name, e->coming.items[i].line,
			     FRIA_W_calendar_law,
			     fria_coming_title(&e->coming.items[i], c->lang),
			     NULL, command},
		    e->coming.items[i].from);
	free(command);
}

void fria_calendar_application(fria_buf *out, const fria_calendar *c,
			       const char *id, const json_t *application,
			       const fria_evaluation *e)
{
	for (size_t i = 0; i < e->metrics_n && !e->at_rest; i++) {
		const fria_metric *m = &e->metrics[i];
		const json_t *metric = json_object_get(
		    json_object_get(application, "monitoring"), m->name);
		char *command = fria_format("fria app metric %s %s --value ...",
					    id, m->name);
		if (m->due)
			put_event(
			    out, c,
			    &(event){"measurement", id, m->name,
				     FRIA_W_calendar_measurement, m->title,
				     fria_json_text(metric, "owner"), command},
			    m->due);
		free(command);
	}
}
