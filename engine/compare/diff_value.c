/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a change was and is, in words for each kind of value. It compares
 * nothing: prose is compared word by word in prose.c.
 */
#include "diff_internal.h"

#include <stdlib.h>
#include <string.h>

/* Items up to this many characters stand in one line. */
#define SHORT 30

bool fria_difference_is_prose(const fria_difference *d)
{
	bool answer =
	    d->kind == FRIA_CHANGE_CHANGED || d->kind == FRIA_CHANGE_EDITORIAL;
	return answer &&
	       (d->weight == FRIA_WEIGHT_PROSE ||
		d->weight == FRIA_WEIGHT_MEASURE ||
		d->weight == FRIA_WEIGHT_EDITORIAL) &&
	       fria_json_text(d->before.document, "value") &&
	       fria_json_text(d->after.document, "value");
}

/* As a reader sees it, block by block. */
static void put_read(fria_buf *out, const char *markdown)
{
	if (markdown)
		fria_markdown_outline(out, markdown, strlen(markdown));
}

static void say_answer(fria_buf *out, const fria_place *p, const json_t *form,
		       fria_lang lang)
{
	const json_t *value = json_object_get(form, "value");
	const json_t *waived = json_object_get(form, "waived");
	const char *reason = fria_json_text(waived, "reason");
	const char *reference = fria_json_text(waived, "reference");
	fria_buf said = FRIA_BUF_INIT;
	put_read(out, reason);
	if (reference)
		fria_buf_printf(out, reason ? " (%s)" : "%s", reference);
	if (value && p->task != FRIA_NONE)
		fria_choice_say(&said, p->choices[lang], p->task, value);
	else if (value)
		fria_fact_say(&said, value, lang);
	put_read(out, said.text);
	fria_buf_dispose(&said);
}

/* "Title: value" for each cell that says something. */
static void say_cells(fria_buf *out, const fria_place *p, const json_t *row,
		      fria_lang lang)
{
	const fria_instrument *in = p->side->instrument;
	if (p->task == FRIA_NONE || in->tasks[p->task].rows == FRIA_NONE)
		return;
	size_t group = in->tasks[p->task].rows;
	for (size_t i = group; i < in->tasks[group].end; i++) {
		const fria_place cell = {p->side, p->choices, i};
		json_t *form =
		    fria_answer_form(json_object_get(row, in->tasks[i].id));
		fria_buf value = FRIA_BUF_INIT;
		if (in->tasks[i].answerable)
			say_answer(&value, &cell, form, lang);
		if (value.n)
			fria_buf_printf(out, "%s%s: %s", out->n ? "\n\n" : "",
					fria_task_title(&in->tasks[i], lang),
					value.text);
		fria_buf_dispose(&value);
		json_decref(form);
	}
}

static void add_part(fria_buf *out, const char *between, const char *text)
{
	if (text && *text)
		fria_buf_printf(out, "%s%s", out->n ? between : "", text);
}

/* One more sentence; what stands before it may have its full stop. */
static void add_sentence(fria_buf *out, const char *text)
{
	bool closed = out->n && strchr(".!?", out->text[out->n - 1]);
	add_part(out, closed ? " " : ". ", text);
}

static void say_approval(fria_buf *out, const fria_approval *a, fria_lang lang)
{
	add_part(out, "", fria_approval_value_say(a, lang));
	add_sentence(out, a->note);
	if (a->said == FRIA_SAID_RETURNED)
		add_sentence(out, fria_word_text(FRIA_W_approval_asks, lang));
	add_sentence(out, a->response);
	for (size_t i = 0; i < fria_conditions_count(a); i++)
		add_part(out, "\n- ", fria_condition_at(a, i));
}

/* "4 maart 2026"; as it is written, if it is no day. */
static void say_day(fria_buf *out, const char *date, fria_lang lang)
{
	fria_time at;
	if (fria_time_parse(&at, date))
		fria_day_say(out, lang, at);
	else
		fria_buf_puts(out, date);
}

static void say_measurement(fria_buf *out, const json_t *one, fria_lang lang)
{
	fria_buf value = FRIA_BUF_INIT, day = FRIA_BUF_INIT;
	const char *date = fria_json_text(one, "date");
	if (!one)
		return;
	fria_fact_say(&value, json_object_get(one, "value"), lang);
	if (date) {
		say_day(&day, date, lang);
		fria_say(out, lang, FRIA_W_diff_on, "value", value.text, "date",
			 day.text, NULL);
	} else {
		fria_buf_puts(out, value.text);
	}
	fria_buf_dispose(&value);
	fria_buf_dispose(&day);
}

static void say_event(fria_buf *out, const json_t *one, fria_lang lang)
{
	const json_t *changed = json_object_get(one, "changed");
	const char *theme = fria_json_text(one, "theme");
	if (changed && theme && fria_theme_is(theme))
		fria_say(out, lang,
			 json_is_true(changed) ? FRIA_W_yes : FRIA_W_no, NULL);
	add_part(out, ": ", fria_json_text(one, "text"));
}

/* What is withheld, each as a sentence. New; NULL: nothing. */
static json_t *withheld_worded(const json_t *list, fria_lang lang)
{
	json_t *out = list ? json_array() : NULL, *one;
	size_t i;
	json_array_foreach((json_t *)(uintptr_t)list, i, one) {
		const char *ground = fria_json_text(one, "ground");
		const char *by = fria_json_text(one, "by");
		const char *at = fria_json_text(one, "at");
		const char *passage = fria_json_text(one, "passage");
		const char *words =
		    ground ? fria_closed_say("withheld", ground, lang) : NULL;
		char *name =
		    by ? fria_strndup(by, fria_person_length(by)) : NULL;
		fria_buf day = FRIA_BUF_INIT, text = FRIA_BUF_INIT;
		if (at)
			say_day(&day, at, lang);
		bool numbered = ground && strcmp(ground, "other") != 0;
		fria_say(&text, lang, FRIA_W_diff_withheld, "passage", passage,
			 "whole", passage ? NULL : "x", "words",
			 words ? words : "", "article",
			 numbered ? ground : NULL, "name", name ? name : "",
			 "date", day.text, "note", fria_json_text(one, "note"),
			 NULL);
		json_array_append_new(out, fria_json_string(text.text));
		fria_buf_dispose(&day);
		fria_buf_dispose(&text);
		free(name);
	}
	return out;
}

static bool is_withheld(const char *pointer)
{
	const char *last = pointer ? strrchr(pointer, '/') : NULL;
	return last && !strcmp(last, "/withheld");
}

static void say_in_use(fria_buf *out, const json_t *one, fria_lang lang)
{
	const char *from = fria_json_text(one, "from");
	const char *to = fria_json_text(one, "to");
	fria_buf first = FRIA_BUF_INIT, last = FRIA_BUF_INIT;
	if (from)
		say_day(&first, from, lang);
	if (to)
		say_day(&last, to, lang);
	if (from && to)
		fria_say(out, lang, FRIA_W_diff_until, "from", first.text, "to",
			 last.text, NULL);
	else if (from)
		fria_say(out, lang, FRIA_W_diff_since, "from", first.text,
			 NULL);
	fria_buf_dispose(&first);
	fria_buf_dispose(&last);
}

static void say_meeting(fria_buf *out, const fria_diff *diff, const json_t *one,
			fria_lang lang)
{
	size_t i;
	json_t *role;
	const char *date = fria_json_text(one, "date");
	if (date)
		say_day(out, date, lang);
	json_array_foreach(json_object_get(one, "roles"), i, role)
		add_part(out, ", ",
			 fria_role_title(diff->to.roles,
					 json_string_value(role), lang));
}

/* The word for it, else the value. */
static void say_score(fria_buf *out, const fria_score *one, fria_lang lang)
{
	if (one->text)
		fria_buf_puts(out, one->text);
	else
		fria_fact_say(out, one->value, lang);
}

static void say_place(fria_buf *out, size_t place, fria_lang lang)
{
	char *number = fria_format("%zu", place);
	fria_say(out, lang, FRIA_W_diff_place, "number", number, NULL);
	free(number);
}

/* Names and the like, that can stand behind each other. */
static bool is_short(const fria_strings *items)
{
	for (size_t i = 0; i < items->n; i++)
		if (fria_utf8_count(items->items[i], strlen(items->items[i])) >
			SHORT ||
		    strpbrk(items->items[i], ":;\n"))
			return false;
	return true;
}

void fria_items_say(fria_buf *out, const json_t *value, fria_lang lang)
{
	fria_strings items = FRIA_STRINGS_INIT;
	size_t i;
	json_t *one;
	if (!json_is_array(value)) {
		fria_fact_say(out, value, lang);
		return;
	}
	json_array_foreach(value, i, one) {
		fria_buf text = FRIA_BUF_INIT;
		fria_fact_say(&text, one, lang);
		/* What stands for elements that are the same says nothing. */
		if (text.n && strcmp(text.text, "…") != 0)
			fria_strings_add(&items, text.text);
		fria_buf_dispose(&text);
	}
	fria_strings_sort(&items);
	bool line = is_short(&items);
	for (i = 0; i < items.n; i++)
		fria_buf_printf(out, "%s%s%s",
				!i     ? ""
				: line ? "; "
				       : "\n",
				line || items.n == 1 ? "" : "- ",
				items.items[i]);
	fria_strings_dispose(&items);
}

/* Which rules differ, once. */
static void say_logic(fria_buf *out, const fria_diff *diff, bool after,
		      fria_lang lang)
{
	fria_strings lines = FRIA_STRINGS_INIT;
	if (after)
		fria_logic_differ(&lines, diff->from.instrument,
				  diff->to.instrument, lang);
	for (size_t i = 0; i < lines.n; i++)
		fria_buf_printf(out, i ? "\n- %s" : "- %s", lines.items[i]);
	fria_strings_dispose(&lines);
}

void fria_difference_value(fria_buf *out, const fria_diff *diff,
			   const fria_difference *d, bool after, fria_lang lang)
{
	const fria_change_side *side = after ? &d->after : &d->before;
	const json_t *value = side->document;
	fria_place p = fria_diff_place_on(diff, d, after);
	if (!fria_change_has(side))
		return;
	switch (d->kind) {
	case FRIA_CHANGE_VERDICT:
		fria_say(out, lang,
			 fria_verdict_word(after ? diff->after : diff->before),
			 NULL);
		break;
	case FRIA_CHANGE_STATE:
		fria_say(
		    out, lang,
		    fria_state_word(after ? d->state_after : d->state_before),
		    NULL);
		break;
	case FRIA_CHANGE_APPROVAL:
	case FRIA_CHANGE_LAPSED:
	case FRIA_CHANGE_RESTORED:
		say_approval(out, side->approval, lang);
		break;
	case FRIA_CHANGE_REQUEST:
		fria_request_say(out, side->request, lang);
		break;
	case FRIA_CHANGE_CONCLUSION:
		fria_buf_puts(out, side->conclusion->text
				       ? side->conclusion->text
				       : side->conclusion->level);
		break;
	case FRIA_CHANGE_SCORE:
		say_score(out, side->score, lang);
		break;
	case FRIA_CHANGE_IN_USE:
		say_in_use(out, value, lang);
		break;
	case FRIA_CHANGE_LOGIC:
		say_logic(out, diff, after, lang);
		break;
	case FRIA_CHANGE_EVENT:
		say_event(out, value, lang);
		break;
	case FRIA_CHANGE_COMMENT:
	case FRIA_CHANGE_RESOLVED:
		put_read(out, fria_json_text(value, "text"));
		break;
	case FRIA_CHANGE_ORIGIN:
		add_part(out, "", fria_json_text(value, "from"));
		add_part(out, " ", fria_json_text(value, "version"));
		break;
	case FRIA_CHANGE_MEETING:
		say_meeting(out, diff, value, lang);
		break;
	case FRIA_CHANGE_MEASUREMENT:
		say_measurement(out, value, lang);
		break;
	case FRIA_CHANGE_ROW_MOVED:
		say_place(out, side->place, lang);
		break;
	case FRIA_CHANGE_ROW_ADDED:
	case FRIA_CHANGE_ROW_REMOVED:
		say_cells(out, &p, value, lang);
		break;
	case FRIA_CHANGE_INSTRUMENT:
		fria_instrument_say(out, p.side->instrument, lang);
		break;
	case FRIA_CHANGE_RELEASE:
	case FRIA_CHANGE_RENAMED:
	case FRIA_CHANGE_SUPERSEDED:
		add_part(out, "", json_string_value(value));
		break;
	case FRIA_CHANGE_DISSENT:
		put_read(out, json_string_value(value));
		break;
	case FRIA_CHANGE_FACT:
	case FRIA_CHANGE_OTHER: {
		json_t *worded =
		    d->kind == FRIA_CHANGE_OTHER && is_withheld(d->pointer)
			? withheld_worded(value, lang)
			: fria_fact_worded(d->pointer, value, lang);
		fria_items_say(out, worded, lang);
		json_decref(worded);
		break;
	}
	default:
		say_answer(out, &p, value, lang);
	}
}
