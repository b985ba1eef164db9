/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Closed sets: which ids one has, how each is printed, and which of them a
 * person means. It knows nothing of what a set is for.
 */
#include "model.h"

#include <string.h>

static const struct {
	const char *set, *id;
	fria_word word;
	bool unsaid;
} rows[] = {
#define CLOSED(set, id, word) {set, id, word, false},
#define ALSO(set, id, word) {set, id, word, true},
#include "closed.def"
};
#define ROWS (sizeof rows / sizeof *rows)

static bool same(const char *a, const char *b)
{
	return a && b && !strcmp(a, b);
}

static bool stands_in(size_t row, const char *set)
{
	return row < ROWS && same(rows[row].set, set);
}

/* Whether the row after this one names the same id. */
static bool goes_on(size_t row)
{
	return stands_in(row + 1, rows[row].set) &&
	       same(rows[row + 1].id, rows[row].id);
}

const char *fria_closed_at(const char *set, size_t at)
{
	for (size_t i = 0; i < ROWS; i++)
		if (stands_in(i, set) && !goes_on(i) && !at--)
			return rows[i].id;
	return NULL;
}

size_t fria_closed_number(const char *set, const char *id)
{
	const char *own;
	for (size_t i = 0; id && (own = fria_closed_at(set, i)); i++)
		if (same(own, id))
			return i + 1;
	return 0;
}

/* How an id is printed; false, and *out as it was, where the set has none. */
static bool fria_closed_word(fria_word *out, const char *set, const char *id)
{
	for (size_t i = 0; id && i < ROWS; i++)
		if (stands_in(i, set) && !rows[i].unsaid &&
		    same(rows[i].id, id)) {
			*out = rows[i].word;
			return true;
		}
	return false;
}

const char *fria_closed_say(const char *set, const char *id, fria_lang lang)
{
	fria_word word;
	return fria_closed_word(&word, set, id) ? fria_word_text(word, lang)
						: NULL;
}

const char *fria_closed_id(const char *set, const char *text)
{
	for (size_t i = 0; text && i < ROWS; i++) {
		if (!stands_in(i, set))
			continue;
		if (fria_words_alike(rows[i].id, text))
			return rows[i].id;
		for (fria_lang lang = FRIA_NL; lang <= FRIA_EN; lang++)
			if (fria_words_alike(fria_word_text(rows[i].word, lang),
					     text))
				return rows[i].id;
	}
	return NULL;
}

int fria_closed_read(const char **out, const char *set, const char *text,
		     fria_word refusal, fria_lang lang, fria_error *err)
{
	fria_strings offered = FRIA_STRINGS_INIT;
	const char *id = fria_closed_id(set, text);
	if (id) {
		*out = id;
		return 0;
	}
	for (size_t i = 0; i < ROWS; i++)
		if (stands_in(i, set) && !goes_on(i))
			fria_strings_add(&offered,
					 fria_word_text(rows[i].word, lang));
	int code = fria_fail_choices(err, FRIA_EINPUT, refusal, &offered, text);
	fria_strings_dispose(&offered);
	return code;
}

int fria_closed_read_titled(const char **out, const char *set, const char *text,
			    const fria_strings *more, fria_word refusal,
			    fria_lang lang, fria_error *err)
{
	fria_strings names = FRIA_STRINGS_INIT;
	fria_buf choices = FRIA_BUF_INIT;
	const char *id;
	*out = fria_closed_id(set, text);
	for (size_t i = 0; !*out && (id = fria_closed_at(set, i)); i++) {
		const char *title = fria_closed_say(set, id, lang);
		fria_buf_puts(&choices, i ? "; " : "");
		fria_buf_printf(&choices, same(title, id) ? "%s" : "%s (%s)",
				title, id);
		fria_strings_add(&names, title);
		fria_strings_add(&names, id);
	}
	for (size_t i = 0; !*out && more && i < more->n; i++) {
		fria_buf_printf(&choices, "; %s", more->items[i]);
		fria_strings_add(&names, more->items[i]);
	}
	int code = *out ? 0
			: fria_fail(err, FRIA_ENOTFOUND, refusal, "value", text,
				    "choices", choices.text, "near",
				    fria_nearest(&names, text), NULL);
	fria_buf_dispose(&choices);
	fria_strings_dispose(&names);
	return code;
}

/* --- sets that have a type --- */

static const char *id_of(const char *set, size_t number)
{
	return number ? fria_closed_at(set, number - 1) : NULL;
}

fria_verdict fria_verdict_parse(const char *id)
{
	size_t number = fria_closed_number("verdict", id);
	return number ? (fria_verdict)(number - 1) : FRIA_BLOCKED;
}

const char *fria_verdict_id(fria_verdict verdict)
{
	return fria_closed_at("verdict", verdict);
}

fria_word fria_verdict_word(fria_verdict verdict)
{
	fria_word word = FRIA_W_verdict_blocked;
	fria_closed_word(&word, "verdict", fria_verdict_id(verdict));
	return word;
}

bool fria_audience_parse(fria_audience *out, const char *text)
{
	size_t number =
	    fria_closed_number("audience", fria_closed_id("audience", text));
	if (number)
		*out = (fria_audience)(number - 1);
	return number > 0;
}

const char *fria_audience_id(fria_audience audience)
{
	return fria_closed_at("audience", audience);
}

fria_waiver fria_waiver_parse(const char *id)
{
	return (fria_waiver)fria_closed_number("waiver", id);
}

fria_waiver fria_waiver_of(const json_t *answer)
{
	return fria_waiver_parse(
	    fria_json_text(json_object_get(answer, "waived"), "kind"));
}

const char *fria_waiver_id(fria_waiver waiver)
{
	return id_of("waiver", waiver);
}

fria_ground fria_ground_parse(const char *id)
{
	return (fria_ground)fria_closed_number("ground", id);
}

fria_ground fria_ground_of(const json_t *basis)
{
	return fria_ground_parse(fria_json_text(basis, "ground"));
}

const char *fria_ground_id(fria_ground ground)
{
	return id_of("ground", ground);
}

const char *fria_ground_say(fria_ground ground, fria_lang lang)
{
	return fria_closed_say("ground", fria_ground_id(ground), lang);
}

fria_progress fria_progress_parse(const char *id)
{
	static const char *const ids[] = {
#define CLOSED_PROGRESS(name, id) id,
#include "closed.def"
	};
	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
		if (same(ids[i], id))
			return (fria_progress)(i + 1);
	return FRIA_PROGRESS_OTHER;
}

fria_role_kind fria_role_kind_parse(const char *id)
{
	return (fria_role_kind)fria_closed_number("kind", id);
}

const char *fria_role_kind_id(fria_role_kind kind)
{
	return id_of("kind", kind);
}

static const struct {
	const char *id;
	fria_word word;
} said[] = {
    {NULL, FRIA_W_kind_view},
#define CLOSED_SAID(kind, name, id, word) {id, word},
#include "closed.def"
};

fria_said fria_said_parse(const char *id)
{
	for (size_t i = 1; i < sizeof said / sizeof *said; i++)
		if (same(said[i].id, id))
			return (fria_said)i;
	return FRIA_SAID_TEXT;
}

const char *fria_said_id(fria_said value)
{
	return said[value].id;
}

const char *fria_said_say(fria_said value, fria_lang lang)
{
	return value ? fria_word_text(said[value].word, lang) : NULL;
}
