/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Words, numbers, names and dates that a change took away and that an answer it
 * touches still says, letter for letter but for case. It says where to look
 * first and judges nothing: an answer may well speak of what was. A word that
 * says nothing by itself, or that many answers say, points nowhere.
 *
 * Calls up to evaluate.c: both sides of a reason are found there.
 */
#include "living_internal.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* A word that more of the answers say points nowhere: one in so many, and more
 * than so few. Names, numbers and dates always do. */
#define SPREAD 10
#define FEW 3

/* --- what says nothing by itself --- */

/* Sorted; of both languages. */
static const char *const small_words[] = {
    "aan",	     "about",	     "after",	     "alle",	   "alleen",
    "allemaal",	     "almost",	     "als",	     "also",	   "although",
    "altijd",	     "always",	     "and",	     "andere",	   "anders",
    "approximately", "are",	     "because",	     "been",	   "before",
    "behalve",	     "being",	     "beter",	     "between",	   "bij",
    "bijna",	     "bijvoorbeeld", "binnen",	     "blijft",	   "blijven",
    "but",	     "can",	     "circa",	     "completely", "could",
    "daar",	     "daarbij",	     "daarna",	     "daarom",	   "daarvan",
    "dan",	     "dat",	     "deze",	     "dezelfde",   "dichtbij",
    "die",	     "dit",	     "doen",	     "does",	   "doet",
    "done",	     "door",	     "drie",	     "during",	   "dus",
    "each",	     "echt",	     "een",	     "eens",	   "eerder",
    "eerst",	     "eerste",	     "eigen",	     "elk",	   "elke",
    "enige",	     "enkele",	     "entirely",     "erbij",	   "erg",
    "ervan",	     "even",	     "evenals",	     "every",	   "extra",
    "for",	     "from",	     "fully",	     "gaan",	   "gaat",
    "geeft",	     "geen",	     "gemaakt",	     "geven",	   "goed",
    "goede",	     "graag",	     "groot",	     "grote",	   "haar",
    "had",	     "hardly",	     "has",	     "have",	   "hebben",
    "heeft",	     "heel",	     "hele",	     "helemaal",   "hem",
    "her",	     "het",	     "hetzelfde",    "hier",	   "hierbij",
    "hierdoor",	     "his",	     "hoe",	     "however",	   "hun",
    "ieder",	     "iedere",	     "inmiddels",    "into",	   "its",
    "juist",	     "kan",	     "klein",	     "kleine",	   "komen",
    "komt",	     "konden",	     "kort",	     "krijgen",	   "krijgt",
    "kunnen",	     "laat",	     "largely",	     "laten",	   "later",
    "maar",	     "mag",	     "make",	     "maken",	   "makes",
    "mee",	     "meer",	     "meest",	     "meestal",	   "men",
    "met",	     "meteen",	     "minder",	     "moest",	   "moet",
    "moeten",	     "mogen",	     "more",	     "most",	   "mostly",
    "naar",	     "naast",	     "nagenoeg",     "namelijk",   "nearly",
    "never",	     "niet",	     "nieuw",	     "nieuwe",	   "nodig",
    "nog",	     "nooit",	     "not",	     "now",	   "off",
    "often",	     "omdat",	     "onder",	     "one",	   "ongeveer",
    "only",	     "ons",	     "onze",	     "ook",	   "opnieuw",
    "other",	     "our",	     "over",	     "overal",	   "overigens",
    "pas",	     "per",	     "quite",	     "rather",	   "reeds",
    "rond",	     "roughly",	     "ruim",	     "same",	   "should",
    "sinds",	     "slechts",	     "snel",	     "some",	   "sometimes",
    "soms",	     "soon",	     "staan",	     "staat",	   "steeds",
    "still",	     "such",	     "tegenwoordig", "terwijl",	   "than",
    "that",	     "the",	     "their",	     "them",	   "then",
    "there",	     "these",	     "they",	     "this",	   "those",
    "though",	     "through",	     "tijdens",	     "toch",	   "toen",
    "tot",	     "totaal",	     "tussen",	     "twee",	   "uit",
    "uitsluitend",   "under",	     "usually",	     "vaak",	   "van",
    "vanaf",	     "vanuit",	     "veel",	     "verder",	   "very",
    "via",	     "vier",	     "vijf",	     "volgens",	   "volledig",
    "voor",	     "vooraf",	     "vooral",	     "waar",	   "waarbij",
    "waardoor",	     "waarin",	     "waarom",	     "waarvan",	   "wanneer",
    "want",	     "waren",	     "was",	     "wat",	   "weer",
    "weinig",	     "wel",	     "welk",	     "welke",	   "werd",
    "werden",	     "were",	     "when",	     "where",	   "which",
    "while",	     "who",	     "wie",	     "wil",	   "will",
    "willen",	     "with",	     "without",	     "word",	   "worden",
    "wordt",	     "would",	     "yet",	     "zal",	   "zeer",
    "zegt",	     "zeker",	     "zelf",	     "zelfde",	   "zich",
    "zien",	     "ziet",	     "zij",	     "zijn",	   "zoals",
    "zodat",	     "zolang",	     "zonder",	     "zoveel",	   "zowel",
    "zullen"};

static int by_text(const void *a, const void *b)
{
	return strcmp(a, *(const char *const *)b);
}

static bool is_small(const char *word)
{
	return fria_utf8_count(word, strlen(word)) < 3 ||
	       bsearch(word, small_words,
		       sizeof small_words / sizeof *small_words,
		       sizeof *small_words, by_text);
}

/* --- terms --- */

typedef struct {
	char *key; /* the same for what is written the same */
	const char *at;
	size_t n;
	bool word; /* and neither a number nor a date */
	bool name; /* a word written as one */
} term;

/* "10 maart 2026", "10-3-2026": its length, and how it is kept; 0: no date. */
static size_t date_at(char out[FRIA_DATE_SIZE], const char *at,
		      fria_token_kind kind, size_t n)
{
	size_t first = n;
	bool whole = kind == FRIA_TOKEN_WORD;
	if (!isdigit((unsigned char)*at))
		return 0;
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
	bool date = fria_date_typed(out, text, NULL);
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

/* With a capital, and not because it begins a sentence, an item or a quote. */
static bool is_name(const char *text, const char *at)
{
	const char *before = at;
	if (!isupper((unsigned char)*at))
		return false;
	while (before > text && before[-1] == ' ')
		before--;
	return before < at && before > text &&
	       (isalnum((unsigned char)before[-1]) || before[-1] == ',');
}

/* The next term at or after *at, which ends behind it; false: no more. */
static bool next_term(term *out, const char *text, const char **at)
{
	while (**at) {
		fria_token_kind kind;
		char date[FRIA_DATE_SIZE];
		const char *begin = *at;
		size_t n = fria_token_next(&kind, begin);
		size_t dated = date_at(date, begin, kind, n);
		*at = begin + (dated ? dated : n);
		if (dated)
			*out = (term){fria_strdup(date), begin, dated, false,
				      false};
		else if (kind == FRIA_TOKEN_NUMBER &&
			 !counts_items(text, begin, n))
			*out = (term){number_key(begin, n), begin, n, false,
				      false};
		else if (kind == FRIA_TOKEN_WORD)
			*out = (term){fria_text_folded(begin, n), begin, n,
				      true, is_name(text, begin)};
		else
			continue;
		return true;
	}
	return false;
}

/* The terms of a text as members of a set. */
static void add_terms(json_t *set, const char *text)
{
	const char *at = text;
	term t;
	while (next_term(&t, text, &at)) {
		if (!t.word || !is_small(t.key))
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

/* As a set; NULL where nothing can be taken away. Anew: more of it was than
 * stayed, so that its plain words tell nothing. New. */
static json_t *taken_away(bool *anew, const fria_cause *c,
			  const fria_evaluation *e,
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
	size_t all = json_object_size(out);
	json_object_foreach_safe(out, next, key, left) {
		if (json_object_get(there, key))
			json_object_del(out, key);
	}
	*anew = c->kind == FRIA_BY_ANSWER && json_object_size(out) * 2 > all;
	json_decref(there);
	json_decref(was);
	json_decref(is);
	if (json_object_size(out))
		return out;
	json_decref(out);
	return NULL;
}

/* --- what an answer says of it --- */

static void mention(fria_cause *c, size_t judgement, const term *t)
{
	fria_mention *own =
	    c->mentions_n ? &c->mentions[c->mentions_n - 1] : NULL;
	char *word = fria_strndup(t->at, t->n);
	if (!own || own->judgement != judgement) {
		c->mentions =
		    fria_grow(c->mentions, c->mentions_n, sizeof *c->mentions);
		own = &c->mentions[c->mentions_n++];
		*own = (fria_mention){judgement, FRIA_STRINGS_INIT};
	}
	fria_strings_add_once(&own->words, word);
	free(word);
}

/* What an answer is, is its text. */
static void say_answer(fria_buf *out, const fria_question *q,
		       fria_choices *choices)
{
	const json_t *value = json_object_get(q->answer, "value");
	const char *reason =
	    fria_json_text(json_object_get(q->answer, "waived"), "reason");
	if (value)
		fria_choice_say(out, choices, q->task, value);
	else if (reason)
		fria_buf_puts(out, reason);
}

typedef struct {
	fria_evaluation *e;
	fria_choices *choices;
	json_t **taken; /* by cause: what it took away; NULL: nothing */
	bool *anew;	/* by cause: names, numbers and dates alone tell */
	json_t *spread; /* by word: how many answers say it; NULL until asked */
	size_t answers;
} finding;

static void count_words(finding *f)
{
	f->spread = json_object();
	for (size_t i = 0; i < f->e->n; i++) {
		fria_buf said = FRIA_BUF_INIT;
		json_t *own = json_object(), *one;
		const char *key;
		say_answer(&said, &f->e->items[i].question, f->choices);
		if (said.n)
			add_terms(own, said.text);
		f->answers += said.n > 0;
		json_object_foreach(own, key, one)
			json_object_set_new(
			    f->spread, key,
			    json_integer(1 + json_integer_value(json_object_get(
						 f->spread, key))));
		json_decref(own);
		fria_buf_dispose(&said);
	}
}

static bool is_spread(finding *f, const term *t)
{
	if (!t->word || t->name)
		return false;
	if (!f->spread)
		count_words(f);
	size_t n =
	    (size_t)json_integer_value(json_object_get(f->spread, t->key));
	return n > FEW && n * SPREAD > f->answers;
}

/* Its terms are looked for once, for all causes that it has. */
static void find_in_answer(finding *f, size_t judgement)
{
	const fria_judgement *j = &f->e->items[judgement];
	fria_buf said = FRIA_BUF_INIT;
	size_t k = 0;
	term t;
	while (k < j->n && !f->taken[j->reasons[k].cause])
		k++;
	if (k < j->n)
		say_answer(&said, &j->question, f->choices);
	for (const char *at = said.n ? said.text : "";
	     next_term(&t, said.text, &at); free(t.key))
		for (k = 0; k < j->n; k++) {
			size_t cause = j->reasons[k].cause;
			if ((!f->anew[cause] || !t.word || t.name) &&
			    json_object_get(f->taken[cause], t.key) &&
			    !is_spread(f, &t))
				mention(&f->e->causes.items[cause], judgement,
					&t);
		}
	fria_buf_dispose(&said);
}

/* Once: it is asked for each answer that is shown. */
static void gather_by_answer(fria_evaluation *e)
{
	for (size_t i = 0; i < e->n; i++)
		fria_strings_dispose(&e->items[i].mentions);
	for (size_t i = 0; i < e->causes.n; i++) {
		const fria_cause *c = &e->causes.items[i];
		for (size_t k = 0; k < c->mentions_n; k++)
			fria_strings_add_new(
			    &e->items[c->mentions[k].judgement].mentions,
			    &c->mentions[k].words);
	}
}

void fria_mentions_find(fria_evaluation *out, const fria_evaluation_input *in)
{
	finding f = {.e = out, .choices = fria_choices_of_input(in)};
	f.taken = fria_calloc(out->causes.n + 1, sizeof *f.taken);
	f.anew = fria_calloc(out->causes.n + 1, sizeof *f.anew);
	for (size_t i = 0; i < out->causes.n; i++)
		f.taken[i] =
		    taken_away(&f.anew[i], &out->causes.items[i], out, in);
	for (size_t i = 0; i < out->todo_n; i++)
		find_in_answer(&f, out->todo[i]);
	gather_by_answer(out);
	for (size_t i = 0; i < out->causes.n; i++)
		json_decref(f.taken[i]);
	json_decref(f.spread);
	free(f.taken);
	free(f.anew);
	fria_choices_free(f.choices);
}
