/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The questionnaires that come with the program, as texts: each question in
 * both languages, with guidance, with who answers, and with what could make its
 * answer wrong or why nothing could; sentences that can be read at once, in the
 * words of the field.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../engine/fria.h"

#define FOLDER "assessments/instruments/"
#define LONGEST 25 /* words in a sentence */

/* Words that a Dutch reader would misread (PRACTICE section 1), which have no
 * other meaning in what we ask. */
static const char *const avoided[] = {"werkruimte",
				      "applicatie",
				      "aanvraag",
				      "feiten",
				      "vrijgave",
				      "assessment",
				      "rij-id",
				      "afzien van",
				      "ontheffen",
				      "slapend",
				      "verouderd",
				      "ongeldig",
				      "verdacht",
				      "goedkeuring",
				      "entry",
				      "verdict",
				      "geblokkeerd",
				      "in orde",
				      "compliant",
				      "poort",
				      "migreren",
				      "synchroniseren",
				      "publiceren",
				      "geheim",
				      "gepubliceerde versie",
				      "bevestigen",
				      "live",
				      "taak",
				      "grondslag",
				      "formulier",
				      "oordeel",
				      "beoordeling"};

/* Where such a word means something else than what PRACTICE avoids it for:
 * "ID" of a question, or the beginning of it. */
static const struct {
	const char *word, *in, *ids, *why;
} meant[] = {
    {"grondslag", "dpia", "12.3.2.4", "the legal basis, as the GDPR says it"},
    {"grondslag", "fria", "2.5", "the legal basis"},
    {"grondslag", "iama", "1.3", "the legal basis: the title in the official"},
    {"grondslag", "plichten", "g6", "the legal basis, as the GDPR says it"},
    {"taak", "dpia", "11.1.1", "a task of general interest (article 6 GDPR)"},
    {"taak", "iama", "1.3", "a task that a law gives"},
    {"beoordeling", "dpia", "16.1.grondrecht", "of a case, in rights.json"},
    {"beoordeling", "fria", "5.2.recht", "likewise"},
    {"beoordeling", "iama", "4.1.1.1", "likewise"},
    {"beoordeling", "iama", "4.1.2.2", "likewise"},
    {"formulier", "dpia", "1.2.1", "the official form, on paper or a screen"},
    {"formulier", "dpia", "19", "likewise"},
    {"formulier", "dpia", "20", "likewise"},
    {"live", "start", "1.4", "while it happens: the option is as it was asked"},
    {"oordeel", "fria", "5.2.berust", "what an expert finds"},
    {"oordeel", "iama", "4.4.2", "what who answers finds"},
    {"oordeel", "iama", "4.5.4", "likewise"},
    {"beoordeling", "iama", "4.2.1", "of conformity (article 43 AI Act)"},
    {"beoordeling", "plichten", "g44.bewijs", "of transfers (DTIA)"},
    {"beoordeling", "start", "2.2", "by the provider (article 6(4) AI Act)"}};
enum { MEANT = sizeof meant / sizeof *meant };
static bool used[MEANT];

/* Nobody answers these: a notice, a score, a page about what is kept beside. */
static bool is_asked(const fria_task *t)
{
	return t->answerable && !t->calculated;
}

typedef struct {
	const fria_instrument *in;
	size_t task;
	unsigned faults;
} reading;

static void fault(reading *r, const char *what, const char *more)
{
	print_error("%s %s: %s %s\n", r->in->name, r->in->tasks[r->task].id,
		    what, more);
	r->faults++;
}

/* --- one text --- */

static bool ends_sentence(const char *at)
{
	return *at == '\n' || (strchr(".?!", *at) && strchr(" \n)", at[1]));
}

static void check_sentences(reading *r, const char *text)
{
	size_t words = 0;
	const char *from = text;
	for (const char *at = text; *at; at++) {
		bool begins = isalnum((unsigned char)*at) &&
			      (at == text || isspace((unsigned char)at[-1]) ||
			       strchr("(\"'", at[-1]));
		words += begins;
		if (ends_sentence(at) || !at[1]) {
			if (words > LONGEST)
				fault(r, "too long a sentence:", from);
			words = 0;
			from = at + 1;
		}
	}
}

static bool is_meant(const reading *r, const char *word)
{
	const char *id = r->in->tasks[r->task].id;
	for (size_t i = 0; i < MEANT; i++)
		if (!strcmp(meant[i].word, word) &&
		    !strcmp(meant[i].in, r->in->id) &&
		    !strncmp(meant[i].ids, id, strlen(meant[i].ids)))
			return used[i] = true;
	return false;
}

/* As a word, in whatever case. */
static bool has_word(const char *text, const char *word)
{
	size_t n = strlen(word);
	for (const char *at = text; *at; at++)
		if (!strncasecmp(at, word, n) &&
		    !isalpha((unsigned char)at[n]) && !(at[n] & 0x80) &&
		    (at == text ||
		     !(isalpha((unsigned char)at[-1]) || (at[-1] & 0x80))))
			return true;
	return false;
}

static void check_words(reading *r, const char *dutch)
{
	for (size_t i = 0; i < sizeof avoided / sizeof *avoided; i++)
		if (has_word(dutch, avoided[i]) && !is_meant(r, avoided[i]))
			fault(r, "a word to avoid:", avoided[i]);
}

/* --- all the texts of a question --- */

/* Texts by language, wherever they stand in it; not in its children. */
static void check_texts(reading *r, const json_t *value, const char *under)
{
	const char *nl = fria_json_text(value, "nl"), *key;
	const char *en = fria_json_text(value, "en");
	size_t i;
	json_t *one;
	if (nl || en) {
		if (!nl || !*nl || !en || !*en)
			fault(r, "in one language alone:", under);
		else
			check_words(r, nl);
		if (nl && en && !strcmp(under, "description")) {
			check_sentences(r, nl);
			check_sentences(r, en);
		}
		return;
	}
	json_object_foreach((json_t *)(uintptr_t)value, key, one)
		if (strcmp(key, "tasks") != 0)
			check_texts(r, one, key);
	json_array_foreach((json_t *)(uintptr_t)value, i, one)
		check_texts(r, one, under);
}

/* Of its own, or in a row of its group. */
static bool has_guidance(const fria_instrument *in, size_t task)
{
	const fria_task *t = &in->tasks[task];
	return fria_task_guidance(t, FRIA_NL) ||
	       (t->rows != FRIA_NONE &&
		fria_task_guidance(&in->tasks[t->rows], FRIA_NL));
}

static bool has_roles(const fria_instrument *in, size_t task)
{
	for (; task != FRIA_NONE; task = in->tasks[task].parent)
		if (in->tasks[task].roles.n)
			return true;
	return false;
}

static bool rests(const fria_task *t)
{
	return t->facts.n || t->upstream.n || t->themes.n;
}

/* Its own, or of a row those of any cell: a row is looked at again as one. */
static bool has_edges(const fria_instrument *in, size_t task)
{
	size_t group = in->tasks[task].rows, at = task, end = task + 1;
	if (group != FRIA_NONE) {
		at = group;
		end = in->tasks[group].end;
	}
	for (; at < end; at++)
		if (rests(&in->tasks[at]))
			return true;
	for (; task != FRIA_NONE; task = in->tasks[task].parent)
		if (fria_task_alone(&in->tasks[task], FRIA_NL) &&
		    fria_task_alone(&in->tasks[task], FRIA_EN))
			return true;
	return false;
}

static void check_task(reading *r, const json_t *raw)
{
	const fria_task *t = &r->in->tasks[r->task];
	check_texts(r, raw, "");
	if (!is_asked(t))
		return;
	if (!json_is_object(json_object_get(raw, "task")))
		fault(r, "in one language alone", "");
	if (!has_guidance(r->in, r->task))
		fault(r, "without guidance", "");
	/* Owner, due and status of a measure are the measure's, without
	 * basis: they are kept up by whoever has it. */
	if (t->measure)
		return;
	if (!has_roles(r->in, r->task))
		fault(r, "without who answers it", "");
	if (!has_edges(r->in, r->task))
		fault(r, "rests on nothing, without a reason", "");
}

static void check_tasks(reading *r, const json_t *tasks)
{
	size_t i;
	json_t *one;
	json_array_foreach((json_t *)(uintptr_t)tasks, i, one) {
		r->task =
		    fria_instrument_find(r->in, fria_json_text(one, "id"));
		assert_int_not_equal(r->task, FRIA_NONE);
		check_task(r, one);
		check_tasks(r, json_object_get(one, "tasks"));
	}
}

static void test_every_question_can_be_read(void **state)
{
	(void)state;
	const char *file;
	unsigned faults = 0, files = 0;
	for (size_t at = 0; fria_embedded_next(&at, &file);) {
		size_t n = 0;
		if (strncmp(file, FOLDER, strlen(FOLDER)) != 0)
			continue;
		const char *bytes = fria_embedded(file, &n);
		fria_instrument *in = NULL;
		json_t *raw = NULL;
		assert_int_equal(fria_json_parse(&raw, file, bytes, n, NULL),
				 0);
		assert_int_equal(fria_instrument_parse(&in, file, raw, NULL),
				 0);
		reading r = {.in = in};
		check_tasks(&r, json_object_get(raw, "tasks"));
		for (size_t i = 0; i < in->rules.n; i++)
			for (fria_lang lang = FRIA_NL; lang <= FRIA_EN; lang++)
				if (fria_rule_title(&in->rules.items[i],
						    lang) ==
				    in->rules.items[i].id)
					fail_msg("%s: %s is called nothing",
						 file, in->rules.items[i].id);
		faults += r.faults;
		files++;
		fria_instrument_free(in);
		json_decref(raw);
	}
	assert_int_equal(faults, 0);
	assert_true(files >= 7);
	/* No exception outlives its text. */
	for (size_t i = 0; i < MEANT; i++)
		if (!used[i])
			fail_msg("%s in %s %s is not there: %s", meant[i].word,
				 meant[i].in, meant[i].ids, meant[i].why);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_every_question_can_be_read)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
