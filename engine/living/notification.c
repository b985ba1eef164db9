/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What was notified to the market surveillance authority, and whether that
 * still says enough (AI Act, article 27(2) and (3)). It states and advises;
 * whether to notify again is for a person to say.
 *
 * Calls up to evaluate.c: what was notified is evaluated as of that day.
 */
#include "living_internal.h"

#include <string.h>

/* --- the rows --- */

/* What a row says in one of its tasks (FRIA_NONE: none), or NULL. */
static const char *cell(const fria_instrument *in, const json_t *assessment,
			const json_t *row, size_t task)
{
	return task == FRIA_NONE
		   ? NULL
		   : fria_json_text(
			 fria_assessment_answer(assessment, in, task,
						fria_json_text(row, "id")),
			 "value");
}

static void read_row(fria_notification *out, const fria_instrument *in,
		     const json_t *assessment, const json_t *row)
{
	const fria_notices *n = &in->notices;
	const char *version = cell(in, assessment, row, n->version);
	const char *reason = cell(in, assessment, row, n->reason);
	bool kept = reason && n->kept && !strcmp(reason, n->kept);
	out->exempt = reason && n->exempt && !strcmp(reason, n->exempt);
	if (out->exempt || !version)
		return;
	out->judged = version;
	out->because = kept ? cell(in, assessment, row, n->because) : NULL;
	if (kept)
		return;
	out->version = version;
	out->date = cell(in, assessment, row, n->date);
	out->reference = cell(in, assessment, row, n->reference);
}

void fria_notification_read(fria_notification *out, const fria_instrument *in,
			    const json_t *assessment)
{
	size_t group = in->notices.group, i;
	json_t *row;
	*out = (fria_notification){.group = NULL};
	if (group == FRIA_NONE)
		return;
	out->group = in->tasks[group].id;
	json_array_foreach(fria_assessment_rows(assessment, in, group), i, row)
		read_row(out, in, assessment, row);
}

/* --- how it stands --- */

/* The letters that changed since: "b, d". */
static void find_changed(fria_notification *n, const fria_evaluation *out)
{
	char *at = n->changed;
	for (size_t i = 0; i < FRIA_ELEMENTS; i++) {
		if (!out->elements[i].changed_notified)
			continue;
		if (at > n->changed) {
			*at++ = ',';
			*at++ = ' ';
		}
		*at++ = (char)('a' + i);
	}
	*at = '\0';
}

static bool same_result(const fria_score *a, const fria_score *b)
{
	bool none = !a->value || json_is_null(a->value);
	if (!b || !b->value || json_is_null(b->value))
		return none;
	return !none && json_equal(a->value, b->value);
}

/* A result that is not of one row came to something else. */
static bool level_changed(const fria_evaluation *out,
			  const fria_evaluation_input *in)
{
	fria_evaluation was;
	fria_evaluation_input then = *in;
	then.assessment = in->notified;
	then.last = then.notified = NULL;
	fria_evaluate(&was, &then);
	bool changed = false;
	for (size_t i = 0; i < out->scores.n; i++) {
		const fria_score *is = &out->scores.items[i];
		if (!is->row)
			changed =
			    changed ||
			    !same_result(
				is, fria_score_find(&was, is->of->key, NULL));
	}
	fria_evaluation_dispose(&was);
	return changed;
}

/* Yes if c, d or the overall level changed (PRACTICE section 13). */
static bool advises(const fria_evaluation *out, const fria_evaluation_input *in)
{
	const char *letters = out->notification.changed;
	return strchr(letters, 'c') || strchr(letters, 'd') ||
	       level_changed(out, in);
}

void fria_notification_evaluate(fria_evaluation *out,
				const fria_evaluation_input *in)
{
	fria_notification *n = &out->notification;
	fria_notification_read(n, in->instrument, in->assessment);
	if (n->group && in->notified && !n->exempt)
		find_changed(n, out);
	n->state = n->exempt	   ? FRIA_NOTIFY_EXEMPT
		   : n->changed[0] ? FRIA_NOTIFY_CHANGED
		   : n->version	   ? FRIA_NOTIFY_DONE
				   : FRIA_NOTIFY_NONE;
	n->again = n->changed[0] && advises(out, in);
	if (n->changed[0] && !out->superseded)
		fria_findings_add(
		    &out->findings, n->again ? FRIA_WARNING : FRIA_NOTE,
		    n->again ? FRIA_W_notify_again : FRIA_W_notify_maybe, NULL,
		    NULL, "judged", n->judged, "elements", n->changed, "group",
		    n->group, NULL);
}

const char *fria_notify_state_id(fria_notify_state state)
{
	static const char *const ids[] = {"none", "notified", "changed",
					  "exempt"};
	return ids[state];
}

void fria_notification_redact(fria_evaluation *out,
			      const fria_evaluation_input *in)
{
	fria_notification n, *own = &out->notification;
	if (!own->group)
		return;
	fria_notification_read(&n, in->instrument, in->assessment);
	own->version = n.version;
	own->date = n.date;
	own->reference = n.reference;
	own->because = n.because;
}

/* --- in words --- */

static void say_notified(fria_buf *out, const fria_notification *n,
			 fria_lang lang)
{
	fria_time at;
	fria_say(out, lang, FRIA_W_notified_version, "version", n->version,
		 NULL);
	if (n->date && fria_time_parse(&at, n->date)) {
		fria_buf_puts(out, ", ");
		fria_day_say(out, lang, at);
	}
	if (n->reference) {
		fria_buf_puts(out, ", ");
		fria_say(out, lang, FRIA_W_notified_reference, "reference",
			 n->reference, NULL);
	}
	fria_buf_putc(out, '.');
}

void fria_notification_say(fria_buf *out, const fria_notification *n,
			   fria_lang lang)
{
	if (n->state == FRIA_NOTIFY_EXEMPT)
		fria_say(out, lang, FRIA_W_notified_exempt, NULL);
	else if (!n->version)
		fria_say(out, lang, FRIA_W_notified_none, NULL);
	else
		say_notified(out, n, lang);
	if (n->judged && n->version && strcmp(n->judged, n->version) != 0) {
		fria_buf_putc(out, ' ');
		fria_say(out, lang, FRIA_W_notified_kept, "judged", n->judged,
			 NULL);
	}
	if (n->because) {
		fria_buf_putc(out, ' ');
		fria_say(out, lang, FRIA_W_notified_because, "because",
			 n->because, NULL);
	}
	if (n->changed[0]) {
		fria_buf_putc(out, ' ');
		fria_say(out, lang, FRIA_W_notified_changed, "judged",
			 n->judged, "elements", n->changed, NULL);
	}
}
