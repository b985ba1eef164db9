/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Why an answer must be judged again or an approval lapsed: each cause by the
 * number of the change where it is told. It finds no causes: the evaluation
 * gives them.
 */
#include "diff_internal.h"

#include <stdlib.h>
#include <string.h>

bool fria_because_is(const fria_because *because, fria_reason_kind kind)
{
	return !because->upstream && because->kind == kind;
}

bool fria_because_same(const fria_because *a, const fria_because *b)
{
	return a->upstream == b->upstream && a->kind == b->kind &&
	       (a->what && b->what ? !strcmp(a->what, b->what)
				   : a->what == b->what);
}

static void say_what(fria_buf *out, const fria_diff *diff,
		     const fria_because *cause, fria_lang lang)
{
	const char *what = cause->what ? cause->what : "";
	const char *name = fria_json_text(
	    json_object_get(json_object_get(diff->to.application, "monitoring"),
			    what),
	    "name");
	if (cause->kind == FRIA_BY_FACT && cause->what)
		fria_buf_puts(out, fria_fact_title(what, lang));
	else if (cause->kind == FRIA_BY_EVENT && fria_theme_is(what))
		fria_say(out, lang, fria_theme_word(what), NULL);
	else if (cause->kind == FRIA_BY_MONITORING)
		fria_buf_puts(out, name ? name : what);
	else if (cause->kind != FRIA_BY_EVENT)
		fria_buf_puts(out, what);
}

/* --- by reference: what is told at its own place --- */

/* The first of several. */
static void add_place(json_t *places, const char *name, size_t at)
{
	if (!json_object_get(places, name))
		json_object_set_new(places, name, json_integer((json_int_t)at));
}

static size_t find_place(const json_t *places, const char *name)
{
	const json_t *at = name ? json_object_get(places, name) : NULL;
	return at ? (size_t)json_integer_value(at) : FRIA_NONE;
}

/* Of a metric its last measurement. */
static void add_change(fria_diff_places *places, const fria_difference *d,
		       size_t at)
{
	static const char under[] = "/monitoring/";
	size_t n = sizeof under - 1;
	if (d->kind == FRIA_CHANGE_FACT && d->pointer)
		add_place(places->facts, d->pointer, at);
	else if (d->kind == FRIA_CHANGE_MEASUREMENT && d->pointer &&
		 !strncmp(d->pointer, under, n))
		add_place(places->metrics, d->pointer + n, at);
	else if (d->kind == FRIA_CHANGE_EVENT && d->key &&
		 json_is_true(json_object_get(d->after.document, "changed")))
		add_place(places->themes, d->key, at);
}

/* The change that a reason is about, or FRIA_NONE. */
static size_t find_cause(const fria_diff_places *places,
			 const fria_because *cause)
{
	if (fria_because_is(cause, FRIA_BY_FACT))
		return find_place(places->facts, cause->what);
	if (fria_because_is(cause, FRIA_BY_MONITORING))
		return find_place(places->metrics, cause->what);
	if (fria_because_is(cause, FRIA_BY_EVENT))
		return find_place(places->themes, cause->what);
	return FRIA_NONE;
}

static size_t find_lapse(const fria_diff_places *places,
			 const fria_lapse *lapse)
{
	return lapse->kind == FRIA_LAPSE_FACT
		   ? find_place(places->facts, lapse->what)
		   : FRIA_NONE;
}

static void mark(fria_diff_places *places, size_t at)
{
	if (at != FRIA_NONE)
		places->numbers[at] = 1;
}

void fria_diff_places_find(fria_diff_places *out, const fria_diff *diff)
{
	size_t number = 0, k;
	*out = (fria_diff_places){
	    .numbers = fria_calloc(diff->n + 1, sizeof *out->numbers),
	    .facts = json_object(),
	    .metrics = json_object(),
	    .themes = json_object()};
	for (size_t i = 0; i < diff->n; i++)
		add_change(out, &diff->items[i], i);
	for (size_t i = 0; i < diff->n; i++) {
		const fria_difference *d = &diff->items[i];
		for (k = 0; k < d->because.n; k++)
			mark(out, find_cause(out, &d->because.items[k]));
		for (k = 0; k < d->lapsed.n; k++)
			mark(out, find_lapse(out, &d->lapsed.items[k]));
	}
	for (size_t i = 0; i < diff->n; i++)
		out->numbers[i] = out->numbers[i] ? ++number : 0;
}

void fria_diff_places_dispose(fria_diff_places *places)
{
	free(places->numbers);
	json_decref(places->facts);
	json_decref(places->metrics);
	json_decref(places->themes);
}

/* --- in words --- */

typedef struct {
	fria_buf *out;
	size_t start; /* of what is said here */
	const fria_diff *diff;
	const fria_diff_places *places;
	fria_lang lang;
	bool buttons;
} saying;

static void begin_part(const saying *s)
{
	if (s->out->n > s->start)
		fria_buf_puts(s->out, "; ");
}

static void say_part(const saying *s, fria_word word, const char *name,
		     const char *value)
{
	begin_part(s);
	fria_say(s->out, s->lang, word, name, value, NULL);
}

/* The numbers of what is marked, in the word. Takes the marks. */
static void say_told(const saying *s, fria_word word, bool *told)
{
	fria_buf list = FRIA_BUF_INIT;
	for (size_t i = 0; i < s->diff->n; i++)
		if (told[i])
			fria_buf_printf(&list, list.n ? ", %zu" : "%zu",
					s->places->numbers[i]);
	if (list.n)
		say_part(s, word, "numbers", list.text);
	fria_buf_dispose(&list);
	free(told);
}

static void say_ids(const saying *s, fria_word word, const fria_strings *ids)
{
	fria_buf list = FRIA_BUF_INIT;
	fria_strings_join(&list, ids, ", ");
	if (ids->n)
		say_part(s, word, "what", list.text);
	fria_buf_dispose(&list);
}

static void say_cause(const saying *s, const fria_because *cause)
{
	static const fria_word words[] = {
	    [FRIA_BY_FACT] = FRIA_W_diff_because_fact,
	    [FRIA_BY_ANSWER] = FRIA_W_diff_because_answer,
	    [FRIA_BY_EDIT] = FRIA_W_diff_because_edited,
	    [FRIA_BY_INSTRUMENT] = FRIA_W_diff_because_question,
	    [FRIA_BY_MONITORING] = FRIA_W_diff_because_monitoring,
	    [FRIA_BY_EVENT] = FRIA_W_diff_because_event};
	fria_buf what = FRIA_BUF_INIT;
	say_what(&what, s->diff, cause, s->lang);
	say_part(s,
		 cause->kind == FRIA_BY_INSTRUMENT && !what.n
		     ? FRIA_W_diff_because_instrument
		     : words[cause->kind],
		 "what", what.text);
	fria_buf_dispose(&what);
}

/* Of rows the group. */
static void add_upstream(fria_strings *ids, const fria_diff *diff,
			 const char *id)
{
	const fria_instrument *in = diff->to.instrument;
	size_t task = id ? fria_instrument_find(in, id) : FRIA_NONE;
	if (task != FRIA_NONE && in->tasks[task].rows != FRIA_NONE)
		id = in->tasks[in->tasks[task].rows].id;
	if (id && !fria_strings_has(ids, id))
		fria_strings_add(ids, id);
}

static void say_reasons(const saying *s, const fria_difference *d)
{
	fria_strings first = FRIA_STRINGS_INIT, answers = FRIA_STRINGS_INIT;
	bool *told = fria_calloc(s->diff->n + 1, sizeof *told);
	size_t at;
	for (size_t i = 0; i < d->because.n; i++) {
		const fria_because *one = &d->because.items[i];
		if ((at = find_cause(s->places, one)) != FRIA_NONE)
			told[at] = true;
		else if (one->upstream)
			add_upstream(&first, s->diff, one->what);
		else if (one->kind == FRIA_BY_ANSWER)
			fria_strings_add(&answers, one->what);
	}
	say_told(s, FRIA_W_diff_because_told, told);
	say_ids(s, FRIA_W_diff_because_answer, &answers);
	for (size_t i = 0; i < d->because.n; i++) {
		const fria_because *one = &d->because.items[i];
		if (find_cause(s->places, one) == FRIA_NONE && !one->upstream &&
		    one->kind != FRIA_BY_ANSWER)
			say_cause(s, one);
	}
	say_ids(s, FRIA_W_diff_because_upstream, &first);
	fria_strings_dispose(&first);
	fria_strings_dispose(&answers);
}

static void say_lapses(const saying *s, const fria_lapses *lapsed)
{
	bool *places = fria_calloc(s->diff->n + 1, sizeof *places);
	bool *told = fria_calloc(lapsed->n + 1, sizeof *told);
	fria_buf rest = FRIA_BUF_INIT;
	for (size_t i = 0; i < lapsed->n; i++) {
		size_t at = find_lapse(s->places, &lapsed->items[i]);
		/* That it was replaced is the word for it. */
		told[i] = at != FRIA_NONE ||
			  lapsed->items[i].kind == FRIA_LAPSE_REPLACED;
		if (at != FRIA_NONE)
			places[at] = true;
	}
	say_told(s, FRIA_W_diff_lapsed_told, places);
	fria_lapses_say(&rest, lapsed, told, s->lang, s->buttons);
	if (rest.n) {
		begin_part(s);
		fria_buf_puts(s->out, rest.text);
	}
	fria_buf_dispose(&rest);
	free(told);
}

void fria_difference_because(fria_buf *out, const fria_diff *diff,
			     const fria_difference *d,
			     const fria_diff_places *places, fria_lang lang,
			     bool buttons)
{
	const saying s = {out, out->n, diff, places, lang, buttons};
	say_reasons(&s, d);
	say_lapses(&s, &d->lapsed);
}
