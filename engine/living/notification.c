/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What was notified to the market surveillance authority, and whether that
 * still says enough (AI Act, article 27(2) and (3)). It states and advises;
 * whether to notify again is for a person to say.
 */
#include "living_internal.h"

#include <stdlib.h>
#include <string.h>

/* --- the rows --- */

/* A group of rows, and which of its tasks hold what. */
typedef struct {
	const fria_instrument *in;
	const json_t *assessment, *keys;
	size_t group;
} rows;

static bool find_rows(rows *out, const fria_instrument *in,
		      const json_t *assessment)
{
	for (size_t i = 0; i < in->n; i++) {
		const json_t *keys =
		    json_object_get(in->tasks[i].json, "notification");
		if (!json_is_object(keys))
			continue;
		*out = (rows){in, assessment, keys, i};
		return true;
	}
	return false;
}

/* What a row says under a key, or NULL. */
static const char *cell(const rows *r, const json_t *row, const char *key)
{
	const char *id = fria_json_text(r->keys, key);
	size_t task = id ? fria_instrument_find(r->in, id) : FRIA_NONE;
	if (task == FRIA_NONE)
		return NULL;
	return fria_json_text(fria_assessment_answer(r->assessment, r->in, task,
						     fria_json_text(row, "id")),
			      "value");
}

static bool says(const rows *r, const json_t *row, const char *which)
{
	const char *value = cell(r, row, "reason");
	const char *option = fria_json_text(r->keys, which);
	return value && option && !strcmp(value, option);
}

static void read_row(fria_notification *out, const rows *r, const json_t *row)
{
	const char *version = cell(r, row, "version");
	out->exempt = says(r, row, "exempt");
	if (out->exempt || !version)
		return;
	out->judged = version;
	out->because = says(r, row, "kept") ? cell(r, row, "because") : NULL;
	if (says(r, row, "kept"))
		return;
	out->version = version;
	out->date = cell(r, row, "date");
	out->reference = cell(r, row, "reference");
}

void fria_notification_read(fria_notification *out, const fria_instrument *in,
			    const json_t *assessment)
{
	rows r;
	size_t i;
	json_t *row;
	*out = (fria_notification){.group = NULL};
	if (!find_rows(&r, in, assessment))
		return;
	out->group = in->tasks[r.group].id;
	json_array_foreach(fria_assessment_rows(assessment, in, r.group), i,
			   row)
		read_row(out, &r, row);
}

/* --- how it stands --- */

/* The letters that changed since, "b, d"; NULL if none did. New. */
static char *changed_letters(const json_t *elements)
{
	fria_buf out = FRIA_BUF_INIT;
	const char *letter;
	json_t *one;
	json_object_foreach((json_t *)(uintptr_t)elements, letter, one) {
		if (fria_json_text(one, "changedSinceNotification"))
			fria_buf_printf(&out, out.n ? ", %s" : "%s", letter);
	}
	return out.n ? fria_buf_detach(&out) : NULL;
}

/* The results that are not of one row, by key. New. */
static json_t *overall(const json_t *calculations)
{
	json_t *out = json_object(), *one;
	size_t i;
	json_array_foreach(calculations, i, one) {
		const char *key = fria_json_text(one, "key");
		json_t *value = json_object_get(one, "value");
		if (key && value && !fria_json_text(one, "row"))
			json_object_set(out, key, value);
	}
	return out;
}

static bool level_changed(const fria_evaluation *out,
			  const fria_evaluation_input *in)
{
	fria_evaluation was;
	fria_evaluation_input then = *in;
	then.assessment = in->notified;
	then.last = then.notified = NULL;
	fria_evaluate(&was, &then);
	json_t *a = overall(was.calculations), *b = overall(out->calculations);
	bool changed = !json_equal(a, b);
	json_decref(a);
	json_decref(b);
	fria_evaluation_dispose(&was);
	return changed;
}

/* Yes if c, d or the overall level changed (PRACTICE section 13). */
static bool advises(const fria_evaluation *out, const fria_evaluation_input *in,
		    const char *letters)
{
	return strchr(letters, 'c') || strchr(letters, 'd') ||
	       level_changed(out, in);
}

void fria_notification_evaluate(fria_evaluation *out,
				const fria_evaluation_input *in)
{
	fria_notification n;
	fria_notification_read(&n, in->instrument, in->assessment);
	if (!n.group)
		return;
	char *letters =
	    in->notified && !n.exempt ? changed_letters(out->elements) : NULL;
	bool again = letters && advises(out, in, letters);
	const char *state = n.exempt	? "exempt"
			    : letters	? "changed"
			    : n.version ? "notified"
					: "none";
	out->notification =
	    fria_json_pack("{s:s, s:s?, s:s?, s:s?, s:s?, s:s?, s:s?, s:s?}",
			   "state", state, "version", n.version, "date", n.date,
			   "reference", n.reference, "judged", n.judged,
			   "because", n.because, "elements", letters, "advice",
			   !letters ? NULL
			   : again  ? "again"
				    : "not-needed");
	if (letters && !out->superseded)
		fria_findings_add(
		    &out->findings, again ? FRIA_WARNING : FRIA_NOTE,
		    again ? FRIA_W_notify_again : FRIA_W_notify_maybe, NULL,
		    NULL, "judged", n.judged, "elements", letters, "group",
		    n.group, NULL);
	free(letters);
}

static void set_text(json_t *out, const char *key, const char *text)
{
	json_object_set_new(out, key,
			    text ? fria_json_string(text) : json_null());
}

void fria_notification_redact(fria_evaluation *out,
			      const fria_evaluation_input *in)
{
	fria_notification n;
	if (!out->notification)
		return;
	fria_notification_read(&n, in->instrument, in->assessment);
	set_text(out->notification, "version", n.version);
	set_text(out->notification, "date", n.date);
	set_text(out->notification, "reference", n.reference);
	set_text(out->notification, "because", n.because);
}

/* --- in words --- */

static void say_notified(fria_buf *out, const json_t *n, fria_lang lang)
{
	const char *date = fria_json_text(n, "date");
	const char *reference = fria_json_text(n, "reference");
	fria_time at;
	fria_say(out, lang, FRIA_W_notified_version, "version",
		 fria_json_text(n, "version"), NULL);
	if (date && fria_time_parse(&at, date)) {
		fria_buf_puts(out, ", ");
		fria_day_say(out, lang, at);
	}
	if (reference) {
		fria_buf_puts(out, ", ");
		fria_say(out, lang, FRIA_W_notified_reference, "reference",
			 reference, NULL);
	}
	fria_buf_putc(out, '.');
}

void fria_notification_say(fria_buf *out, const json_t *n, fria_lang lang)
{
	const char *state = fria_json_text(n, "state");
	const char *version = fria_json_text(n, "version");
	const char *judged = fria_json_text(n, "judged");
	const char *because = fria_json_text(n, "because");
	const char *elements = fria_json_text(n, "elements");
	if (state && !strcmp(state, "exempt"))
		fria_say(out, lang, FRIA_W_notified_exempt, NULL);
	else if (!version)
		fria_say(out, lang, FRIA_W_notified_none, NULL);
	else
		say_notified(out, n, lang);
	if (judged && version && strcmp(judged, version) != 0) {
		fria_buf_putc(out, ' ');
		fria_say(out, lang, FRIA_W_notified_kept, "judged", judged,
			 NULL);
	}
	if (because) {
		fria_buf_putc(out, ' ');
		fria_say(out, lang, FRIA_W_notified_because, "because", because,
			 NULL);
	}
	if (elements) {
		fria_buf_putc(out, ' ');
		fria_say(out, lang, FRIA_W_notified_changed, "judged", judged,
			 "elements", elements, NULL);
	}
}
