/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Why an answer must be judged again or an approval lapsed, a line for each
 * cause. It finds no causes: the evaluation gives them.
 */
#include "diff_internal.h"

#include <string.h>

bool fria_diff_cause_is(const json_t *cause, const char *kind)
{
	const char *own = fria_json_text(cause, "kind");
	return own && !strcmp(own, kind);
}

static const struct {
	const char *kind;
	fria_word word;
} causes[] = {{"fact", FRIA_W_diff_because_fact},
	      {"answer", FRIA_W_diff_because_answer},
	      {"edited", FRIA_W_diff_because_edited},
	      {"instrument", FRIA_W_diff_because_question},
	      {"monitoring", FRIA_W_diff_because_monitoring},
	      {"event", FRIA_W_diff_because_event}};

static void say_what(fria_buf *out, const fria_diff *diff, const json_t *cause,
		     fria_lang lang)
{
	const char *pointer = fria_json_text(cause, "pointer");
	const char *theme = fria_json_text(cause, "theme");
	const char *task = fria_json_text(cause, "task");
	const char *metric = fria_json_text(cause, "metric");
	const char *name = fria_json_text(
	    json_object_get(json_object_get(diff->to.application, "monitoring"),
			    metric ? metric : ""),
	    "name");
	if (pointer)
		fria_buf_puts(out, fria_fact_title(pointer, lang));
	else if (theme && fria_theme_is(theme))
		fria_say(out, lang, fria_theme_word(theme), NULL);
	else if (task)
		fria_buf_puts(out, task);
	else if (metric)
		fria_buf_puts(out, name ? name : metric);
}

static void say_cause(fria_buf *out, const fria_diff *diff, const json_t *cause,
		      fria_lang lang)
{
	const char *kind = fria_json_text(cause, "kind");
	fria_buf what = FRIA_BUF_INIT;
	say_what(&what, diff, cause, lang);
	for (size_t i = 0; kind && i < sizeof causes / sizeof *causes; i++) {
		fria_word word = causes[i].word;
		if (strcmp(causes[i].kind, kind) != 0)
			continue;
		if (word == FRIA_W_diff_because_question && !what.n)
			word = FRIA_W_diff_because_instrument;
		fria_say(out, lang, word, "what", what.text, NULL);
		fria_buf_putc(out, '\n');
	}
	fria_buf_dispose(&what);
}

/* What to judge first, in one line; of a group's rows the group. */
static void say_upstream(fria_buf *out, const fria_diff *diff,
			 const json_t *because, fria_lang lang)
{
	const fria_instrument *in = diff->to.instrument;
	fria_strings names = FRIA_STRINGS_INIT;
	fria_buf list = FRIA_BUF_INIT;
	size_t i;
	json_t *one;
	json_array_foreach(because, i, one) {
		const char *id = fria_json_text(one, "task");
		if (!fria_diff_cause_is(one, "upstream") || !id)
			continue;
		size_t task = fria_instrument_find(in, id);
		if (task != FRIA_NONE && in->tasks[task].rows != FRIA_NONE)
			id = in->tasks[in->tasks[task].rows].id;
		if (!fria_strings_has(&names, id))
			fria_strings_add(&names, id);
	}
	for (i = 0; i < names.n; i++)
		fria_buf_printf(&list, i ? ", %s" : "%s", names.items[i]);
	if (names.n) {
		fria_say(out, lang, FRIA_W_diff_because_upstream, "what",
			 list.text, NULL);
		fria_buf_putc(out, '\n');
	}
	fria_strings_dispose(&names);
	fria_buf_dispose(&list);
}

void fria_difference_because(fria_buf *out, const fria_diff *diff,
			     const fria_difference *d, fria_lang lang)
{
	size_t i;
	json_t *one;
	say_upstream(out, diff, d->because, lang);
	json_array_foreach(d->because, i, one)
		say_cause(out, diff, one, lang);
	for (i = 0; i < d->lapsed.n; i++) {
		fria_lapse_say(out, &d->lapsed.items[i], lang);
		fria_buf_putc(out, '\n');
	}
}
