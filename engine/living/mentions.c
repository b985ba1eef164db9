/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Words, numbers, names and dates that a change took away and that an answer it
 * touches still says, letter for letter but for case. It says where to look
 * first and judges nothing: an answer may well speak of what was.
 *
 * Calls up to evaluate.c: both sides of a reason are found there.
 */
#include "living_internal.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* --- what says nothing by itself --- */

/* Sorted; of both languages. */
static const char *const small_words[] = {
    "aan",     "about",	  "after",    "alle",	 "alleen",   "allemaal",
    "als",     "also",	  "altijd",   "always",	 "and",	     "andere",
    "anders",  "are",	  "because",  "been",	 "before",   "being",
    "between", "bij",	  "binnen",   "blijft",	 "blijven",  "but",
    "can",     "could",	  "daar",     "daarbij", "daarna",   "daarom",
    "daarvan", "dan",	  "dat",      "deze",	 "dezelfde", "die",
    "dit",     "doen",	  "does",     "doet",	 "done",     "door",
    "drie",    "during",  "dus",      "each",	 "een",	     "eens",
    "eerder",  "eerst",	  "eigen",    "elk",	 "elke",     "enkele",
    "erbij",   "ervan",	  "every",    "for",	 "from",     "gaan",
    "gaat",    "geeft",	  "geen",     "gemaakt", "geven",    "goed",
    "goede",   "haar",	  "had",      "has",	 "have",     "hebben",
    "heeft",   "heel",	  "hem",      "her",	 "het",	     "hetzelfde",
    "hier",    "hierbij", "hierdoor", "his",	 "hoe",	     "hun",
    "ieder",   "iedere",  "into",     "its",	 "kan",	     "komen",
    "komt",    "konden",  "krijgen",  "krijgt",	 "kunnen",   "later",
    "maar",    "mag",	  "make",     "maken",	 "makes",    "mee",
    "meer",    "meest",	  "men",      "met",	 "minder",   "moest",
    "moet",    "moeten",  "mogen",    "more",	 "most",     "naar",
    "naast",   "never",	  "niet",     "nieuw",	 "nieuwe",   "nodig",
    "nog",     "nooit",	  "not",      "off",	 "omdat",    "onder",
    "one",     "only",	  "ons",      "onze",	 "ook",	     "opnieuw",
    "other",   "our",	  "over",     "per",	 "same",     "should",
    "sinds",   "some",	  "soms",     "staan",	 "staat",    "steeds",
    "such",    "than",	  "that",     "the",	 "their",    "them",
    "then",    "there",	  "these",    "they",	 "this",     "those",
    "through", "tijdens", "tot",      "tussen",	 "twee",     "uit",
    "under",   "vaak",	  "van",      "vanaf",	 "vanuit",   "veel",
    "verder",  "via",	  "vier",     "vijf",	 "volgens",  "voor",
    "vooraf",  "vooral",  "waar",     "waarbij", "waardoor", "waarin",
    "waarom",  "waarvan", "wanneer",  "want",	 "waren",    "was",
    "wat",     "weer",	  "welk",     "welke",	 "werd",     "werden",
    "were",    "when",	  "where",    "which",	 "while",    "who",
    "wie",     "wil",	  "will",     "willen",	 "with",     "without",
    "word",    "worden",  "wordt",    "would",	 "zal",	     "zegt",
    "zeker",   "zelf",	  "zelfde",   "zich",	 "zien",     "ziet",
    "zij",     "zijn",	  "zoals",    "zodat",	 "zonder",   "zoveel",
    "zowel",   "zullen",  NULL};

static bool is_small(const char *word)
{
	for (size_t i = 0; small_words[i]; i++)
		if (!strcmp(small_words[i], word))
			return true;
	return fria_utf8_count(word, strlen(word)) < 3;
}

/* --- terms --- */

typedef struct {
	char *key; /* the same for what is written the same */
	const char *at;
	size_t n;
} term;

/* "10 maart 2026", "10-3-2026": its length, and how it is kept; 0: no date. */
static size_t date_at(char out[FRIA_DATE_SIZE], const char *at)
{
	fria_token_kind kind;
	size_t n = fria_token_next(&kind, at);
	size_t first = n;
	bool whole = kind == FRIA_TOKEN_WORD;
	for (int i = 0; !whole && i < 4; i++) {
		static const fria_token_kind then[] = {
		    FRIA_TOKEN_SPACE, FRIA_TOKEN_WORD, FRIA_TOKEN_SPACE,
		    FRIA_TOKEN_NUMBER};
		if ((first > 2 && i == 0) || !at[n])
			return 0;
		n += fria_token_next(&kind, at + n);
		if (kind != then[i])
			return 0;
	}
	char *text = fria_strndup(at, n);
	bool date = isdigit((unsigned char)*at) && fria_date_typed(out, text);
	free(text);
	return date ? n : 0;
}

/* Without points between thousands, with a point before what is broken. */
static char *number_key(const char *at, size_t n)
{
	fria_buf out = FRIA_BUF_INIT;
	size_t point = n;
	bool thousands = n > 4;
	for (size_t i = 0; i < n; i++)
		if (at[i] == ',')
			point = i;
	for (size_t i = 0; i < point; i++) {
		bool mark = (point - i) % 4 == 0;
		thousands = thousands && (at[i] == '.') == (mark && i > 0);
	}
	for (size_t i = 0; i < n; i++)
		if (at[i] == ',')
			fria_buf_putc(&out, '.');
		else if (!thousands || at[i] != '.')
			fria_buf_putc(&out, at[i]);
	return fria_buf_detach(&out);
}

/* "1." and "2)" at the beginning of a line count the items of a list. */
static bool counts_items(const char *text, const char *at, size_t n)
{
	const char *before = at;
	while (before > text && (before[-1] == ' ' || before[-1] == '\t'))
		before--;
	return (before == text || before[-1] == '\n') &&
	       (at[n] == '.' || at[n] == ')') &&
	       isspace((unsigned char)at[n + 1]);
}

/* The next term at or after *at, which ends behind it; false: no more. */
static bool next_term(term *out, const char *text, const char **at)
{
	while (**at) {
		fria_token_kind kind;
		char date[FRIA_DATE_SIZE];
		const char *begin = *at;
		size_t n = fria_token_next(&kind, begin);
		size_t dated =
		    kind == FRIA_TOKEN_NUMBER || kind == FRIA_TOKEN_WORD
			? date_at(date, begin)
			: 0;
		*at = begin + (dated ? dated : n);
		if (dated)
			*out = (term){fria_strdup(date), begin, dated};
		else if (kind == FRIA_TOKEN_NUMBER &&
			 !counts_items(text, begin, n))
			*out = (term){number_key(begin, n), begin, n};
		else if (kind == FRIA_TOKEN_WORD)
			*out = (term){fria_text_folded(begin, n), begin, n};
		else
			continue;
		if (dated || kind == FRIA_TOKEN_NUMBER || !is_small(out->key))
			return true;
		free(out->key);
	}
	return false;
}

/* The terms of a text as members of a set. */
static void add_terms(json_t *set, const char *text)
{
	const char *at = text;
	term t;
	while (next_term(&t, text, &at)) {
		json_object_set_new(set, t.key, json_true());
		free(t.key);
	}
}

/* All that is said in a value; names of members are not. */
static void add_said(json_t *set, const json_t *value)
{
	fria_buf number = FRIA_BUF_INIT;
	const char *key;
	json_t *one;
	size_t i;
	if (json_is_string(value))
		add_terms(set, json_string_value(value));
	if (json_is_number(value)) {
		fria_fact_say(&number, value, FRIA_NL);
		add_terms(set, number.text);
	}
	json_array_foreach((json_t *)(uintptr_t)value, i, one)
		add_said(set, one);
	json_object_foreach((json_t *)(uintptr_t)value, key, one)
		add_said(set, one);
	fria_buf_dispose(&number);
}

/* --- what a change took away --- */

/* As a set; NULL where nothing can be taken away. New. */
static json_t *taken_away(const fria_cause *c, const fria_evaluation *e,
			  const fria_evaluation_input *in)
{
	json_t *was = NULL, *is = NULL, *left;
	const char *key;
	void *next;
	if (!c->before ||
	    (c->kind != FRIA_BY_FACT && c->kind != FRIA_BY_ANSWER))
		return NULL;
	if (c->kind == FRIA_BY_FACT) {
		was = fria_fact_worded(c->what, c->was, in->lang);
		is = fria_fact_worded(c->what, c->after, in->lang);
	} else {
		const fria_judgement *j = &e->items[c->touched.items[0]];
		for (size_t k = 0; k < j->n && !was; k++)
			if (j->reasons[k].kind == c->kind &&
			    !strcmp(j->reasons[k].what, c->what))
				fria_reason_sides(&was, &is, &j->reasons[k], j,
						  in);
	}
	json_t *out = json_object(), *there = json_object();
	add_said(out, was);
	add_said(there, is);
	json_object_foreach_safe(out, next, key, left) {
		if (json_object_get(there, key))
			json_object_del(out, key);
	}
	json_decref(there);
	json_decref(was);
	json_decref(is);
	if (json_object_size(out))
		return out;
	json_decref(out);
	return NULL;
}

/* --- what an answer says of it --- */

static void add_words(fria_strings *out, const json_t *taken, const char *text)
{
	const char *at = text;
	term t;
	while (next_term(&t, text, &at)) {
		char *word = fria_strndup(t.at, t.n);
		if (json_object_get(taken, t.key) &&
		    !fria_strings_has(out, word))
			fria_strings_add(out, word);
		free(word);
		free(t.key);
	}
}

/* The terms of each text are looked up once; what an answer is, is its text. */
static void find_in_answer(fria_cause *c, const json_t *taken,
			   const fria_evaluation *e,
			   const fria_evaluation_input *in, size_t judgement)
{
	const fria_question *q = &e->items[judgement].question;
	const json_t *value = json_object_get(q->answer, "value");
	const json_t *waived = json_object_get(q->answer, "waived");
	fria_strings words = FRIA_STRINGS_INIT;
	fria_buf said = FRIA_BUF_INIT;
	if (value)
		fria_value_say(&said, in->instrument, q->task, value, in->lang);
	else if (fria_json_text(waived, "reason"))
		fria_buf_puts(&said, fria_json_text(waived, "reason"));
	if (said.n)
		add_words(&words, taken, said.text);
	fria_buf_dispose(&said);
	if (!words.n) {
		fria_strings_dispose(&words);
		return;
	}
	c->mentions =
	    fria_grow(c->mentions, c->mentions_n, sizeof *c->mentions);
	c->mentions[c->mentions_n++] = (fria_mention){judgement, words};
}

void fria_mentions_find(fria_evaluation *out, const fria_evaluation_input *in)
{
	for (size_t i = 0; i < out->causes.n; i++) {
		fria_cause *c = &out->causes.items[i];
		json_t *taken = taken_away(c, out, in);
		for (size_t k = 0; taken && k < c->touched.n; k++)
			find_in_answer(c, taken, out, in, c->touched.items[k]);
		json_decref(taken);
	}
}
