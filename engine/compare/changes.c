/* SPDX-License-Identifier: EUPL-1.2 */
/* What changed, one line a change, in the words of the questionnaire. */
#include "compare.h"

#include <stdio.h>
#include <string.h>

/* At most this many characters of a question's text stand in a line. */
#define TITLE 60

static void put_short(fria_buf *out, const char *text)
{
	size_t n = strlen(text), at = 0, count = 0;
	uint32_t c;
	while (at < n && count < TITLE) {
		at += fria_utf8_next(&c, text + at, n - at);
		count++;
	}
	while (at < n && at > 0 && text[at] != ' ')
		at--;
	if (!at || at >= n) {
		fria_buf_puts(out, text);
		return;
	}
	fria_buf_put(out, text, at);
	fria_buf_puts(out, " …");
}

/* What it is about; a question's text is cut, a row's label left out. */
static void say_subject(fria_buf *out, const fria_diff *diff,
			const fria_difference *d, const fria_instrument *in,
			fria_lang lang)
{
	size_t task = d->task ? fria_instrument_find(in, d->task) : FRIA_NONE;
	if (!d->task || d->weight == FRIA_WEIGHT_DECISION) {
		fria_difference_title(out, diff, d, lang);
		return;
	}
	fria_buf_puts(out, d->task);
	if (task == FRIA_NONE)
		return;
	fria_buf_putc(out, ' ');
	put_short(out, fria_task_title(&in->tasks[task], lang));
}

/* Kinds whose values fit in a line. */
static bool is_short(const fria_difference *d)
{
	switch (d->kind) {
	case FRIA_CHANGE_VERDICT:
	case FRIA_CHANGE_STATE:
	case FRIA_CHANGE_INSTRUMENT:
	case FRIA_CHANGE_RELEASE:
	case FRIA_CHANGE_IN_USE:
	case FRIA_CHANGE_RENAMED:
	case FRIA_CHANGE_SUPERSEDED:
	case FRIA_CHANGE_MEASUREMENT:
		return true;
	default:
		return d->kind == FRIA_CHANGE_MEASURE;
	}
}

static void say_values(fria_buf *out, const fria_diff *diff,
		       const fria_difference *d, fria_lang lang)
{
	fria_buf before = FRIA_BUF_INIT, after = FRIA_BUF_INIT;
	fria_difference_value(&before, diff, d, false, lang);
	fria_difference_value(&after, diff, d, true, lang);
	fria_buf_printf(out, ": %s → %s", before.n ? before.text : "–",
			after.n ? after.text : "–");
	fria_buf_dispose(&before);
	fria_buf_dispose(&after);
}

/* What was reported, said at a comment, or who met when: its first line. */
static void say_text(fria_buf *out, const fria_diff *diff,
		     const fria_difference *d, fria_lang lang)
{
	bool after = fria_change_has(&d->after);
	const json_t *one = after ? d->after.document : d->before.document;
	const char *said = fria_json_text(one, "text");
	fria_buf text = FRIA_BUF_INIT;
	if (d->kind == FRIA_CHANGE_MEETING)
		fria_difference_value(&text, diff, d, after, lang);
	else if (said && (d->kind == FRIA_CHANGE_EVENT ||
			  d->kind == FRIA_CHANGE_COMMENT))
		fria_buf_puts(&text, said);
	if (text.n)
		fria_buf_printf(out, ": %.*s", (int)strcspn(text.text, "\n"),
				text.text);
	fria_buf_dispose(&text);
}

void fria_change_say(fria_buf *out, const fria_diff *diff,
		     const fria_difference *d, const fria_instrument *in,
		     fria_lang lang)
{
	size_t n = out->n;
	say_subject(out, diff, d, in, lang);
	if (out->n > n)
		fria_buf_puts(out, ": ");
	fria_say(out, lang, fria_difference_word(d), NULL);
	if (is_short(d))
		say_values(out, diff, d, lang);
	if (d->kind == FRIA_CHANGE_APPROVAL && d->after.approval)
		fria_buf_printf(
		    out, ": %s",
		    fria_approval_value_say(d->after.approval, lang));
	say_text(out, diff, d, lang);
	if (d->note && d->weight != FRIA_WEIGHT_DECISION)
		fria_buf_printf(out, " (%s)", d->note);
}

void fria_changes_say(fria_buf *out, const fria_diff *diff,
		      const fria_instrument *in, size_t most, fria_lang lang)
{
	char more[24];
	for (size_t i = 0; i < diff->n && i < most; i++) {
		fria_change_say(out, diff, &diff->items[i], in, lang);
		fria_buf_putc(out, '\n');
	}
	if (diff->n <= most)
		return;
	snprintf(more, sizeof more, "%zu", diff->n - most);
	fria_say(out, lang, FRIA_W_changes_more, "count", more, NULL);
	fria_buf_putc(out, '\n');
}
