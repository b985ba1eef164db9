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
} rows[] = {
#define CLOSED(set, id, word) {set, id, word},
#include "closed.def"
#undef CLOSED
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

bool fria_closed_word(fria_word *out, const char *set, const char *id)
{
	for (size_t i = 0; id && i < ROWS; i++)
		if (stands_in(i, set) && same(rows[i].id, id)) {
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
