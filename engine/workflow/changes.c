/* SPDX-License-Identifier: EUPL-1.2 */
/* What changed, one line a change, in the words of the questionnaire. */
#include "workflow_internal.h"

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

static void put_text(fria_buf *out, const json_t *value)
{
	if (json_is_string(value))
		fria_buf_puts(out, json_string_value(value));
	else
		fria_buf_puts(out, "–");
}

static void say_change(fria_buf *out, const fria_difference *d,
		       const fria_instrument *in, fria_lang lang)
{
	size_t task = d->task ? fria_instrument_find(in, d->task) : FRIA_NONE;
	if (d->task)
		fria_buf_printf(out, "%s ", d->task);
	if (d->kind == FRIA_CHANGE_FACT)
		fria_buf_puts(out, fria_fact_title(d->pointer, lang));
	else if (task != FRIA_NONE)
		put_short(out, fria_task_title(&in->tasks[task], lang));
	if (d->task || d->pointer)
		fria_buf_puts(out, ": ");
	fria_say(out, lang, fria_change_word(d->kind), NULL);
	if (d->kind <= FRIA_CHANGE_RELEASE || d->kind == FRIA_CHANGE_STATE) {
		fria_buf_puts(out, ": ");
		put_text(out, d->before);
		fria_buf_puts(out, " → ");
		put_text(out, d->after);
	}
	if (d->note)
		fria_buf_printf(out, " (%s)", d->note);
	fria_buf_putc(out, '\n');
}

void fria_changes_say(fria_buf *out, const fria_diff *diff,
		      const fria_instrument *in, fria_lang lang)
{
	for (size_t i = 0; i < diff->n; i++)
		say_change(out, &diff->items[i], in, lang);
}
