/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the law says and from when (law.json): line by line, as questions and
 * conclusions rest on it. For who judges, it stands beside the characteristics
 * of an application, as /law/ID. It knows no date of its own.
 */
#include "model.h"

#include <string.h>

static const char place[] = "/law";

bool fria_law_is(const char *pointer)
{
	return fria_pointer_covers(place, pointer) &&
	       pointer[sizeof place - 1] == '/';
}

const json_t *fria_law_line(const json_t *application, const char *id)
{
	return json_object_get(json_object_get(application, place + 1), id);
}

json_t *fria_law_beside(const json_t *application, const json_t *law)
{
	json_t *out = json_copy((json_t *)(uintptr_t)application);
	json_t *lines = json_object_get(law, "lines");
	json_object_del(out, place + 1);
	if (lines)
		json_object_set(out, place + 1, lines);
	return out;
}

bool fria_instrument_on_law(const fria_instrument *in)
{
	for (size_t i = 0; i < in->n; i++)
		for (size_t k = 0; k < in->tasks[i].facts.n; k++)
			if (fria_law_is(in->tasks[i].facts.items[k].pointer))
				return true;
	for (size_t i = 0; i < in->rules.n; i++)
		if (in->rules.items[i].law.n)
			return true;
	return false;
}

static int refuse(fria_error *err, const char *file, const char *pointer,
		  fria_word word)
{
	fria_fail(err, FRIA_EINPUT, word, "field", *pointer ? pointer + 1 : "",
		  NULL);
	return fria_fail_at(err, file, pointer, 0, 0);
}

/* A day that is none is no day on which something would apply. */
static int check_line(const json_t *line, const char *pointer, const char *file,
		      fria_error *err)
{
	static const char *const days[] = {"from", "was", "changed", "checked",
					   NULL};
	if (!json_is_object(line))
		return refuse(err, file, pointer, FRIA_W_must_be_object);
	for (size_t i = 0; days[i]; i++) {
		const json_t *day = json_object_get(line, days[i]);
		fria_buf inner = FRIA_BUF_INIT;
		fria_buf_puts(&inner, pointer);
		fria_pointer_add(&inner, days[i]);
		int code =
		    day && (!json_is_string(day) ||
			    !fria_date_is(json_string_value(day)))
			? refuse(err, file, inner.text, FRIA_W_must_be_date)
			: 0;
		fria_buf_dispose(&inner);
		if (code)
			return code;
	}
	return 0;
}

int fria_law_check(const json_t *law, const char *file, fria_error *err)
{
	const json_t *lines = json_object_get(law, "lines");
	const char *id;
	json_t *line;
	int code = 0;
	if (!json_is_object(law))
		return refuse(err, file, "", FRIA_W_must_be_object);
	if (!json_is_object(lines))
		return refuse(err, file, "/lines", FRIA_W_must_be_object);
	json_object_foreach((json_t *)(uintptr_t)lines, id, line) {
		fria_buf pointer = FRIA_BUF_INIT;
		fria_buf_puts(&pointer, "/lines");
		fria_pointer_add(&pointer, id);
		code = check_line(line, pointer.text, file, err);
		fria_buf_dispose(&pointer);
		if (code)
			return code;
	}
	return 0;
}

/* --- a newer one --- */

static bool is_older(const json_t *a, const json_t *b)
{
	const char *x = fria_json_text(a, "checked");
	const char *y = fria_json_text(b, "checked");
	return !x || (y && strcmp(x, y) < 0);
}

/* Of what both have, what was checked last; at the same day that of theirs. */
static json_t *later(const json_t *ours, const json_t *theirs, bool dated)
{
	json_t *out = json_copy((json_t *)(uintptr_t)theirs), *one;
	const char *id;
	json_object_foreach((json_t *)(uintptr_t)ours, id, one) {
		json_t *other = json_object_get(theirs, id);
		if (!other || (dated && is_older(other, one)))
			json_object_set(out, id, one);
	}
	return out;
}

json_t *fria_law_renewed(const json_t *here, const json_t *newer)
{
	json_t *out = json_copy((json_t *)(uintptr_t)(here ? here : newer));
	if (!here)
		return out;
	if (is_older(here, newer))
		json_object_set(out, "checked",
				json_object_get(newer, "checked"));
	json_object_set_new(out, "acts",
			    later(json_object_get(here, "acts"),
				  json_object_get(newer, "acts"), false));
	json_object_set_new(out, "lines",
			    later(json_object_get(here, "lines"),
				  json_object_get(newer, "lines"), true));
	return out;
}

/* --- in words --- */

static void add_part(fria_buf *out, fria_word word, const char *what,
		     fria_lang lang)
{
	fria_buf_puts(out, out->n ? ", " : "");
	fria_say(out, lang, word, "what", what, NULL);
}

static void add_day(fria_buf *out, fria_word word, const char *date,
		    fria_lang lang)
{
	fria_buf text = FRIA_BUF_INIT;
	fria_time day;
	if (date && fria_time_parse(&day, date)) {
		fria_day_say(&text, lang, day);
		add_part(out, word, text.text, lang);
	}
	fria_buf_dispose(&text);
}

void fria_law_words(fria_buf *out, const json_t *line, fria_lang lang)
{
	fria_buf text = FRIA_BUF_INIT;
	const char *status = fria_json_text(line, "status");
	const char *from = fria_json_text(line, "from");
	const char *articles = fria_json_text(line, "articles");
	const char *word = fria_closed_say("law", status, lang);
	if (word && (strcmp(status, "law") != 0 || !from))
		fria_buf_puts(&text, word);
	add_day(&text, FRIA_W_law_from, from, lang);
	if (articles)
		add_part(&text, FRIA_W_law_articles, articles, lang);
	add_day(&text, FRIA_W_law_changed, fria_json_text(line, "changed"),
		lang);
	fria_buf_puts(out, text.n ? text.text : "\u2026");
	fria_buf_dispose(&text);
}

/* How far it was checked, and when: beside every date. */
static void say_checked(fria_buf *out, const json_t *line, fria_lang lang)
{
	const char *known = fria_json_text(line, "known");
	const char *checked = fria_json_text(line, "checked");
	fria_word word = FRIA_W_law_checked;
	fria_buf day = FRIA_BUF_INIT;
	fria_time at;
	if (known)
		word = strcmp(known, "secondary") != 0 ? FRIA_W_law_unverified
						       : FRIA_W_law_secondary;
	if (checked && fria_time_parse(&at, checked))
		fria_day_say(&day, lang, at);
	fria_buf_putc(out, ' ');
	fria_say(out, lang, word, "day", day.n ? day.text : "?", NULL);
	fria_buf_dispose(&day);
}

bool fria_law_from(fria_time *out, const json_t *line)
{
	const char *from = fria_json_text(line, "from");
	return from && fria_time_parse(out, from);
}

bool fria_law_say(fria_buf *out, const json_t *line, fria_time as_of,
		  fria_lang lang)
{
	const char *status = fria_json_text(line, "status");
	fria_buf day = FRIA_BUF_INIT;
	fria_word word;
	fria_time from;
	bool dated = fria_law_from(&from, line);
	if (fria_json_says(line, "status", "agreement"))
		word = FRIA_W_law_is_agreement;
	else if (fria_json_says(line, "status", "proposal"))
		word = FRIA_W_law_is_proposal;
	else if (status && !strcmp(status, "law") && dated)
		word = from > as_of ? FRIA_W_law_applies_from
				    : FRIA_W_law_applies_since;
	else
		return false;
	if (dated)
		fria_day_say(&day, lang, from);
	fria_say(out, lang, word, "day", day.n ? day.text : "", NULL);
	if (dated)
		say_checked(out, line, lang);
	fria_buf_putc(out, '.');
	fria_buf_dispose(&day);
	return true;
}

const char *fria_law_text(const json_t *line, const char *member,
			  fria_lang lang)
{
	return fria_text(json_object_get(line, member), lang);
}
