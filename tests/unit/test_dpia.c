/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The official DPIA, and ours: generated answers, with rows within rows, go out
 * as an answer file, come into an empty assessment, and go out the same.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "../../engine/fria.h"
#include "seeds.h"

enum { SETS = 200 };

static unsigned seed;

static unsigned dice(unsigned sides)
{
	return (unsigned)rand_r(&seed) % sides;
}

static fria_instrument *read_dpia(void)
{
	const char *base = getenv("REFERENCE_DIR");
	char *path = fria_format("%s/par-dpia-form/dpia.yaml",
				 base ? base : "../shared/reference");
	fria_buf bytes = FRIA_BUF_INIT;
	fria_instrument *in = NULL;
	json_t *json = NULL;
	if (!fria_file_read(&bytes, path, NULL)) {
		assert_int_equal(fria_yaml_parse(&json, path, bytes.text,
						 bytes.n, fria_text_members(),
						 NULL),
				 0);
		assert_int_equal(fria_instrument_parse(&in, path, json, NULL),
				 0);
		json_decref(json);
	}
	fria_buf_dispose(&bytes);
	free(path);
	return in;
}

/* The ids of some of the rows that may be chosen; one for a single choice. */
static json_t *some_rows(const fria_instrument *in, const json_t *doc,
			 size_t task)
{
	const fria_task *t = &in->tasks[task];
	const json_t *rows =
	    fria_assessment_rows(doc, in, in->tasks[t->source].rows);
	json_t *list = json_array();
	for (size_t i = 0; i < json_array_size(rows); i++)
		if (dice(2))
			json_array_append(
			    list,
			    json_object_get(json_array_get(rows, i), "id"));
	if (t->kind == FRIA_OPTIONS && json_array_size(list))
		return list;
	json_t *one = json_incref(json_array_get(list, 0));
	json_decref(list);
	return t->kind == FRIA_OPTION ? one : (json_decref(one), NULL);
}

static json_t *some_value(const fria_instrument *in, const json_t *doc,
			  size_t task, unsigned *texts)
{
	const fria_task *t = &in->tasks[task];
	if (t->kind == FRIA_TEXT)
		return json_sprintf("Tekst %u", ++*texts);
	if (t->kind == FRIA_DATE)
		return json_string("2026-01-01");
	if (t->kind == FRIA_NUMBER)
		return json_integer(3);
	if (fria_task_names_rows(in, task))
		return some_rows(in, doc, task);
	if (!t->options.n)
		return NULL;
	json_t *option =
	    (json_t *)(uintptr_t)t->options.items[dice((unsigned)t->options.n)]
		.value;
	return t->kind == FRIA_OPTIONS ? json_pack("[O]", option)
				       : json_incref(option);
}

static void answer(const fria_instrument *in, json_t *doc, size_t task,
		   const char *row, json_t *value)
{
	json_t *one = value ? json_pack("{s:o}", "value", value) : NULL;
	if (one)
		fria_assessment_put(doc, in, task, row, one);
	json_decref(one);
}

/* Rows within rows: some, each named with the row outside that it is in. */
static void fill_group(const fria_instrument *in, json_t *doc, size_t group,
		       unsigned *texts)
{
	size_t column = fria_rows_belong(in, group);
	const json_t *outer =
	    column == FRIA_NONE
		? NULL
		: fria_assessment_rows(
		      doc, in, in->tasks[in->tasks[column].source].rows);
	size_t n = dice(4), of = json_array_size(outer);
	if (in->tasks[group].mapped != FRIA_NONE)
		return;
	for (size_t i = 0; i < n; i++) {
		char *row =
		    fria_strdup(fria_assessment_row_add(doc, in, group));
		for (size_t t = group + 1; t < in->tasks[group].end; t++)
			if (in->tasks[t].answerable && t != column)
				answer(in, doc, t, row,
				       some_value(in, doc, t, texts));
		if (of)
			answer(in, doc, column, row,
			       json_pack("[O]",
					 json_object_get(
					     json_array_get(outer, i * of / n),
					     "id")));
		free(row);
	}
}

static json_t *some_answers(const fria_instrument *in)
{
	json_t *doc = fria_assessment_new(in, "app", FRIA_NL);
	unsigned texts = 0;
	for (size_t i = 0; i < in->n; i++)
		if (in->tasks[i].rows == i)
			fill_group(in, doc, i, &texts);
		else if (in->tasks[i].answerable &&
			 in->tasks[i].rows == FRIA_NONE && dice(4))
			answer(in, doc, i, NULL,
			       some_value(in, doc, i, &texts));
	return doc;
}

static json_t *sent(const fria_instrument *in, const json_t *doc)
{
	fria_findings notes = {NULL, 0};
	fria_time now = 1796000000;
	const fria_evaluation_input input = {
	    .instrument = in, .assessment = doc, .name = "app/dpia"};
	json_t *file = fria_official_form(&notes, &input, NULL, NULL, now);
	fria_findings_dispose(&notes);
	return file;
}

/* Versions, file and signatures: ours keeps these itself, and asks none. */
static void drop_kept(json_t *answers, const fria_instrument *to)
{
	const char *key;
	json_t *value;
	void *next;
	json_object_foreach_safe(answers, next, key, value) {
		bool kept = !strncmp(key, "19.", 3) || !strncmp(key, "20.", 3);
		if (kept && fria_instrument_find(to, key) == FRIA_NONE)
			json_object_del(answers, key);
	}
}

/* What goes out of one questionnaire comes into another, and out the same. */
static void go_round(const fria_instrument *from, const fria_instrument *to)
{
	size_t within = 0;
	for (unsigned i = 0; i < of_seeds(SETS); i++) {
		seed = i + 1;
		json_t *doc = some_answers(from), *first = sent(from, doc);
		json_t *again = fria_assessment_new(to, "app", FRIA_NL);
		fria_findings said = {NULL, 0};
		fria_placing p = {.instrument = to,
				  .assessment = again,
				  .file = "dpia.json",
				  .findings = &said};
		assert_int_equal(fria_official_place(&p, first, NULL), 0);
		fria_placing_end(&p);
		fria_unlinked_dispose(&p.unlinked);
		json_t *second = sent(to, again);
		json_t *a = json_object_get(first, "answers");
		json_t *b = json_object_get(second, "answers");
		drop_kept(a, to);
		if (!json_equal(a, b))
			print_error("%u\n%s\n%s\n", i, json_dumps(a, 0),
				    json_dumps(b, 0));
		assert_true(json_equal(a, b));
		within += json_array_size(json_object_get(a, "6.1.1")) +
			  json_array_size(json_object_get(a, "5.1"));
		fria_findings_dispose(&said);
		json_decref(first);
		json_decref(second);
		json_decref(again);
		json_decref(doc);
	}
	assert_true(within > 0);
}

static void goes_out_and_comes_back(void **state)
{
	(void)state;
	fria_instrument *in = read_dpia();
	if (!in)
		skip();
	go_round(in, in);
	fria_instrument_free(in);
}

/* Ours has their numbers: an answer file serves both. */
static void ours_goes_out_and_comes_back(void **state)
{
	(void)state;
	fria_instrument *ours = fria_instrument_built_in("dpia-3.0");
	fria_instrument *theirs = read_dpia();
	go_round(ours, ours);
	if (theirs)
		go_round(ours, theirs);
	if (theirs)
		go_round(theirs, ours);
	fria_instrument_free(theirs);
	fria_instrument_free(ours);
}

/* --- what it concludes --- */

/* Answers, "GROUP/TASK=VALUE" in row 0 of a group, "TASK=VALUE" outside one,
 * and what the two conclusions say then: a level, and the one thing that asks
 * attention, in some of its words. */
static const struct {
	const char *name, *answers, *level, *attention;
} cases[] = {
    {"nothing", "", "unknown", ""},
    {"a risk, no measure", "16.1/16.1.7=midden", "unknown", ""},
    {"a high risk, no measure", "16.1/16.1.7=hoog", "unknown",
     "geen maatregel"},
    {"what is left is low", "16.1/16.1.7=hoog 17.1/17.1.4=laag", "not-needed",
     ""},
    {"what is left is medium", "16.1/16.1.7=hoog 17.1/17.1.4=midden",
     "not-needed", ""},
    {"what is left is high", "16.1/16.1.7=hoog 17.1/17.1.4=hoog", "required",
     ""},
    {"the authority advised",
     "16.1/16.1.7=hoog 17.1/17.1.4=hoog 17.1/17.1.5=Akkoord", "consulted", ""},
    {"low by low is low", "16.1/16.1.3=laag 16.1/16.1.5=laag 16.1/16.1.7=laag",
     "unknown", ""},
    {"low by medium is low",
     "16.1/16.1.3=laag 16.1/16.1.5=midden 16.1/16.1.7=laag", "unknown", ""},
    {"high by medium is high",
     "16.1/16.1.3=hoog 16.1/16.1.5=midden 16.1/16.1.7=hoog "
     "17.1/17.1.4=laag",
     "not-needed", ""},
    {"high by medium called medium",
     "16.1/16.1.3=hoog 16.1/16.1.5=midden 16.1/16.1.7=midden", "unknown",
     "een ander niveau"},
    {"and why",
     "16.1/16.1.3=hoog 16.1/16.1.5=midden 16.1/16.1.7=midden "
     "16.1/16.1.8=Zeldzaam",
     "unknown", ""},
    {"low by high is medium",
     "16.1/16.1.3=laag 16.1/16.1.5=hoog 16.1/16.1.7=hoog 17.1/17.1.4=laag",
     "not-needed", "een ander niveau"},
    {"legitimate interest", "11.1.1/11.1.1.1=gerechtvaardigd-belang", "unknown",
     "gerechtvaardigd belang"},
    {"a task", "11.1.1/11.1.1.1=algemeen-belang", "unknown", ""},
    {"consent", "11.1.1/11.1.1.1=toestemming", "unknown",
     "toestemming moet vrij"},
    {"a processor", "6.1.1/6.1.1.2=verwerker", "unknown",
     "overeenkomst of regeling"},
    {"joint controllers", "6.1.1/6.1.1.2=gezamenlijk", "unknown",
     "overeenkomst of regeling"},
    {"a processor by agreement",
     "6.1.1/6.1.1.2=verwerker 6.1.1/6.1.1.overeenkomst=V-12", "unknown", ""},
    {"a recipient", "6.1.1/6.1.1.2=ontvanger", "unknown", ""},
    {"within the EEA", "8.1.1/8.1.1.2=geen-nodig-eer", "unknown", ""},
    {"an adequacy decision", "8.1.1/8.1.1.2=adequaatheid", "unknown", ""},
    {"standard clauses", "8.1.1/8.1.1.2=scc", "unknown", "niet beoordeeld"},
    {"standard clauses, assessed", "8.1.1/8.1.1.2=scc 8.dtia=D-3", "unknown",
     ""},
    {"erasure without a way", "15.3.1=true", "unknown", "hoe het werkt"},
    {"erasure with one", "15.3.1=true 15.3.2=Opnieuw", "unknown", ""},
    {"no erasure", "15.3.1=false", "unknown", ""},
};

static const char *row_of(const fria_instrument *in, json_t *doc,
			  const char *group)
{
	size_t task = fria_instrument_find(in, group);
	json_t *rows = fria_assessment_rows(doc, in, task);
	return rows ? fria_json_text(json_array_get(rows, 0), "id")
		    : fria_assessment_row_add(doc, in, task);
}

/* "GROUP/TASK=VALUE" */
static void answer_said(const fria_instrument *in, json_t *doc, char *said)
{
	char *value = strchr(said, '='), *id = strchr(said, '/');
	*value++ = '\0';
	const char *row = NULL;
	if (id) {
		*id++ = '\0';
		row = row_of(in, doc, said);
	}
	size_t task = fria_instrument_find(in, id ? id : said);
	assert_true(task != FRIA_NONE);
	bool yes = !strcmp(value, "true"), no = !strcmp(value, "false");
	answer(in, doc, task, row,
	       yes || no			      ? json_boolean(yes)
	       : !strcmp(value, "null")		      ? json_null()
	       : in->tasks[task].kind == FRIA_OPTIONS ? json_pack("[s]", value)
						      : json_string(value));
}

static json_t *answers_said(const fria_instrument *in, const char *text)
{
	json_t *doc = fria_assessment_new(in, "app", FRIA_NL);
	char *all = fria_strdup(text), *rest = all, *one;
	while ((one = strtok_r(rest, " ", &rest)))
		answer_said(in, doc, one);
	free(all);
	return doc;
}

static const fria_conclusion *conclusion(const fria_evaluation *e,
					 const char *id)
{
	for (size_t i = 0; i < e->conclusions.n; i++)
		if (!strcmp(e->conclusions.items[i].id, id))
			return &e->conclusions.items[i];
	return NULL;
}

/* What the characteristics say beside answers, and what asks attention then. */
static const struct {
	const char *name, *answers, *automation, *personal_data, *attention;
} beside[] = {
    {"consent where it advises", "11.1.1/11.1.1.1=toestemming", "adviseert",
     NULL, "toestemming moet vrij"},
    {"consent where it informs", "11.1.1/11.1.1.1=toestemming", "informeert",
     NULL, ""},
    {"special data, called ordinary", "2.1/2.1.4=bijzonder", NULL, "gewoon",
     "een andere soort"},
    {"special data by both", "2.1/2.1.4=bijzonder", NULL, "bijzonder", ""},
    {"sensitive data are ordinary by law", "2.1/2.1.4=gevoelig", NULL, "gewoon",
     ""},
    {"a number is ordinary by law", "2.1/2.1.4=identificatienummer", NULL,
     "gewoon", ""},
    {"criminal data, called special", "2.1/2.1.4=strafrechtelijk", NULL,
     "bijzonder", "een andere soort"},
    {"criminal data by both", "2.1/2.1.4=strafrechtelijk", NULL,
     "strafrechtelijk", ""},
    {"ordinary data, called special", "2.1/2.1.4=gewoon", NULL, "bijzonder",
     "een andere soort"},
    {"data, where there would be none", "2.1/2.1.4=gewoon", NULL, "geen",
     "een andere soort"},
    {"no data named yet", "", NULL, "bijzonder", ""},
    {"it decides, and 15.6 does not apply", "15.6.1=null", "besluit-zelf", NULL,
     "besluit zelf"},
    {"it decides, and there is no procedure", "15.6.1=false", "besluit-zelf",
     NULL, "besluit zelf"},
    {"it decides, with a procedure", "15.6.1=true", "besluit-zelf", NULL, ""},
    {"somebody decides after a check", "15.6.1=null", "besluit-na-controle",
     NULL, ""},
};

static void what_contradicts_the_characteristics(void **state)
{
	(void)state;
	fria_instrument *in = fria_instrument_built_in("dpia-3.0");
	for (size_t i = 0; i < sizeof beside / sizeof *beside; i++) {
		json_t *doc = answers_said(in, beside[i].answers);
		json_t *application =
		    json_pack("{s:s, s:{s:s*, s:s*}}", "id", "app", "use",
			      "automation", beside[i].automation,
			      "personal_data", beside[i].personal_data);
		const fria_evaluation_input input = {.instrument = in,
						     .assessment = doc,
						     .application = application,
						     .as_of = 1780000000};
		fria_evaluation e;
		fria_evaluate(&e, &input);
		const fria_strings *because =
		    &conclusion(&e, "aandacht")->because;
		if (because->n != (*beside[i].attention != '\0') ||
		    (because->n &&
		     !strstr(because->items[0], beside[i].attention)))
			fail_msg("%s: %s", beside[i].name,
				 because->n ? because->items[0] : "-");
		fria_evaluation_dispose(&e);
		json_decref(application);
		json_decref(doc);
	}
	fria_instrument_free(in);
}

static void what_it_concludes(void **state)
{
	(void)state;
	fria_instrument *in = fria_instrument_built_in("dpia-3.0");
	json_t *application = json_pack("{s:s}", "id", "app");
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		json_t *doc = answers_said(in, cases[i].answers);
		const fria_evaluation_input input = {.instrument = in,
						     .assessment = doc,
						     .application = application,
						     .as_of = 1780000000};
		fria_evaluation e;
		fria_evaluate(&e, &input);
		const fria_conclusion *ap = conclusion(&e, "AP");
		const fria_strings *because =
		    &conclusion(&e, "aandacht")->because;
		if (strcmp(ap->level, cases[i].level) != 0 ||
		    because->n != (*cases[i].attention != '\0') ||
		    (because->n &&
		     !strstr(because->items[0], cases[i].attention)))
			fail_msg("%s: %s, %s", cases[i].name, ap->level,
				 because->n ? because->items[0] : "-");
		assert_int_equal(e.stopped, !strcmp(ap->level, "required"));
		fria_evaluation_dispose(&e);
		json_decref(doc);
	}
	json_decref(application);
	fria_instrument_free(in);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(goes_out_and_comes_back),
	    cmocka_unit_test(ours_goes_out_and_comes_back),
	    cmocka_unit_test(what_contradicts_the_characteristics),
	    cmocka_unit_test(what_it_concludes)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
