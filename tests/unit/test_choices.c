/* SPDX-License-Identifier: EUPL-1.2 */
/* Answers that are chosen out of the rows of another group. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "../../engine/living/living_internal.h"

/* JSON with ' for ". */
static json_t *document(const char *text)
{
	char *quoted = fria_strdup(text);
	json_t *json = NULL;
	for (char *c = quoted; *c; c++)
		if (*c == '\'')
			*c = '"';
	assert_int_equal(
	    fria_json_parse(&json, "test", quoted, strlen(quoted), NULL), 0);
	free(quoted);
	return json;
}

static const char questionnaire[] =
    "{'urn': 'urn:example:choices', 'version': '1', 'tasks': [{'id': '1',"
    " 'task': 'Part', 'type': ['task_group'], 'tasks': [{'id': '1.1', 'task':"
    " 'Groups', 'type': ['task_group'], 'repeatable': true, 'tasks': [{'id':"
    " '1.1.1', 'task': 'Who', 'type': ['text_input']}]}, {'id': '1.2', 'task':"
    " 'Harm', 'type': ['task_group'], 'repeatable': true, 'tasks': [{'id':"
    " '1.2.1', 'task': 'To whom', 'type': ['checkbox_option'], 'dependencies':"
    " [{'type': 'source_options', 'source': {'id': '1.1.1'}, 'action':"
    " 'options'}]}]}, {'id': '1.3', 'task': 'Most of all', 'type':"
    " ['select_option'], 'dependencies': [{'type': 'source_options', 'source':"
    " {'id': '1.1.1'}, 'action': 'options'}, {'type': 'conditional',"
    " 'condition': {'id': '1.4', 'operator': 'equals', 'value': 'none'},"
    " 'action': 'hide'}]}, {'id': '1.4', 'task': 'Is there one', 'type':"
    " ['text_input']}]}]}";

static const char groups[] =
    "'1.1': [{'id': 'aa', '1.1.1': {'value': 'residents'}}, {'id': 'bb',"
    " '1.1.1': {'value': 'cleaners'}}, {'id': 'cc', '1.1.1': {'value':"
    " 'cleaners'}}, {'id': 'dd'}, {'id': 'ee', '1.1.1': {'value': 'aa'}}]";

/* The numbers of the rows that 1.2.1 and 1.3 name: "1 3;2". */
static void assert_chosen(const char *answers, const char *wanted)
{
	fria_buf text = FRIA_BUF_INIT, said = FRIA_BUF_INIT;
	fria_instrument *in;
	fria_row_numbers rows;
	fria_buf_printf(&text, "{'answers': {%s, %s}}", groups, answers);
	json_t *doc = document(text.text);
	json_t *asks = document(questionnaire);
	assert_int_equal(fria_instrument_parse(&in, "x", asks, NULL), 0);
	json_decref(asks);
	fria_view *view = fria_view_new(in, doc, NULL);
	size_t many = fria_instrument_find(in, "1.2.1");
	size_t one = fria_instrument_find(in, "1.3"), source;
	fria_view_chosen(&rows, view, many, 1, &source);
	for (size_t i = 0; i < rows.n; i++)
		fria_buf_printf(&said, "%s%zu", i ? " " : "", rows.items[i]);
	fria_row_numbers_dispose(&rows);
	fria_view_chosen(&rows, view, one, 0, &source);
	fria_buf_puts(&said, ";");
	for (size_t i = 0; i < rows.n; i++)
		fria_buf_printf(&said, "%s%zu", i ? " " : "", rows.items[i]);
	fria_row_numbers_dispose(&rows);
	assert_string_equal(said.text, wanted);
	fria_view_free(view);
	fria_instrument_free(in);
	json_decref(doc);
	fria_buf_dispose(&text);
	fria_buf_dispose(&said);
}

static void names_rows_by_id(void **state)
{
	(void)state;
	assert_chosen("'1.3': {'value': 'bb'}", ";2");
	assert_chosen("'1.2': [{'id': 'x', '1.2.1': {'value': ['dd', 'bb',"
		      " 'dd']}}]",
		      "2 4;");
}

static void names_the_one_row_with_a_text(void **state)
{
	(void)state;
	assert_chosen("'1.3': {'value': 'residents'}", ";1");
	/* Two have it: neither. An id comes before a text. */
	assert_chosen("'1.3': {'value': 'cleaners'}", ";");
	assert_chosen("'1.3': {'value': 'aa'}", ";1");
}

static void names_none_where_nothing_counts(void **state)
{
	(void)state;
	assert_chosen("'1.3': {'value': 'gone'}", ";");
	assert_chosen("'1.3': {'value': 'aa'}, '1.4': {'value': 'none'}", ";");
	assert_chosen("'1.3': {'waived': {'kind': 'not-applicable'}}", ";");
	/* What does not fit is no answer, whole. */
	assert_chosen("'1.2': [{'id': 'x', '1.2.1': {'value': ['aa',"
		      " 'gone']}}]",
		      ";");
	assert_chosen("'1.4': {'value': 'aa'}", ";");
}

/* --- what may be chosen --- */

static fria_instrument *instrument(const char *text)
{
	fria_instrument *in;
	json_t *json = document(text);
	assert_int_equal(fria_instrument_parse(&in, "x", json, NULL), 0);
	json_decref(json);
	return in;
}

/* "id=label;id=label" */
static void assert_offered(fria_choices *choices, size_t task,
			   const char *wanted)
{
	const json_t *offered = fria_choices_at(choices, task);
	fria_buf said = FRIA_BUF_INIT;
	const char *stored;
	json_t *label;
	fria_buf_init(&said);
	json_object_foreach((json_t *)(uintptr_t)offered, stored, label)
		fria_buf_printf(&said, "%s%s=%s", said.n ? ";" : "", stored,
				json_string_value(label));
	assert_string_equal(said.text, wanted);
	fria_buf_dispose(&said);
}

static const char drawing[] =
    "{'urn': 'urn:example:%s', 'version': '1', 'tasks': [{'id': '1', 'task':"
    " 'Part', 'type': ['task_group'], 'tasks': [{'id': '1.1', 'task': 'Groups',"
    " 'type': ['task_group'], 'repeatable': true, 'instance_label_template':"
    " {'nl': 'De groep {1.1.2}', 'en': 'Group {1.1.2}'}, 'tasks': [{'id':"
    " '1.1.1', 'task': 'Who', 'type': ['text_input']}, {'id': '1.1.2', 'task':"
    " 'How', 'type': ['select_option'], 'options': [{'value': 'a', 'label':"
    " {'nl': 'alle', 'en': 'all'}}]}]}, {'id': '1.2', 'task': 'Rows', 'type':"
    " ['select_option'], 'dependencies': [{'type': 'source_options', 'action':"
    " 'options', 'source': {'id': '%s'}}]}, {'id': '1.3', 'task': 'Metric',"
    " 'type': ['checkbox_option'], 'dependencies': [{'action': 'options',"
    " 'source': {'fact': '/monitoring'}}]}]}]}";

static fria_instrument *drawn(const char *id, const char *source)
{
	char *text = fria_format(drawing, id, source);
	fria_instrument *in = instrument(text);
	free(text);
	return in;
}

static const char rows[] =
    "{'answers': {'1.1': [{'id': 'aa', '1.1.1': {'value': 'x'}, '1.1.2':"
    " {'value': 'a'}}, {'id': 'bb', '1.1.1': {'value': 'x'}}, {'id': 'cc',"
    " '1.1.1': {'value': 'x'}, '1.1.2': {'value': 'a'}}, {'id': 'dd'}]}}";

static void rows_are_called_by_template_first_cell_or_number(void **state)
{
	(void)state;
	fria_instrument *in = drawn("own", "1.1");
	json_t *doc = document(rows);
	size_t task = fria_instrument_find(in, "1.2");
	fria_choices *c = fria_choices_new(in, doc, NULL, NULL, FRIA_EN);
	assert_offered(c, task, "aa=Group all;bb=x;cc=Group all (2);dd=row 4");
	fria_choices_free(c);
	fria_instrument_free(in);

	in = drawn("own", "1.1.1"); /* a column of it */
	c = fria_choices_new(in, doc, NULL, NULL, FRIA_NL);
	assert_offered(c, task, "aa=x;bb=x (2);cc=x (3);dd=regel 4");
	fria_choices_free(c);
	fria_instrument_free(in);
	json_decref(doc);
}

static void metrics_and_rows_elsewhere_may_be_chosen(void **state)
{
	(void)state;
	fria_instrument *own = drawn("own", "fria#1.1.1");
	fria_instrument *other = drawn("fria", "1.1");
	json_t *doc = document("{'answers': {}}"), *there = document(rows);
	json_t *application = document(
	    "{'monitoring': {'fouten': {'name': 'Fouten'}, 'klacht': {}}}");
	const fria_sibling sibling = {"fria", other, there, NULL, NULL, 0};
	const fria_siblings siblings = {&sibling, 1};
	fria_choices *c =
	    fria_choices_new(own, doc, &siblings, application, FRIA_NL);
	json_t *value = NULL;
	size_t task = fria_instrument_find(own, "1.3");
	assert_offered(c, task, "fouten=Fouten;klacht=klacht");
	assert_int_equal(fria_value_parse(&value, own, task, "klacht, Fouten",
					  fria_choices_at(c, task), FRIA_NL,
					  NULL, NULL),
			 0);
	assert_string_equal(json_string_value(json_array_get(value, 1)),
			    "fouten");
	assert_offered(c, fria_instrument_find(own, "1.2"),
		       "fria#aa=x;fria#bb=x (2);fria#cc=x (3);fria#dd=regel 4");
	fria_choices_free(c);
	json_decref(value);
	json_decref(application);
	json_decref(doc);
	json_decref(there);
	fria_instrument_free(own);
	fria_instrument_free(other);
}

/* --- texts of 0.1 --- */

static void texts_become_ids_and_what_held_holds(void **state)
{
	(void)state;
	fria_instrument *in = instrument(questionnaire);
	fria_buf text = FRIA_BUF_INIT;
	size_t n, task = fria_instrument_find(in, "1.3");
	fria_buf_printf(
	    &text,
	    "{'answers': {%s, '1.2': [{'id': 'x', '1.2.1': {'value':"
	    " ['residents', 'cleaners', 'gone', 'dd']}}], '1.3':"
	    " {'value': 'residents', 'basis': {}}}}",
	    groups);
	json_t *old = document(text.text);
	json_t *answer = fria_assessment_answer(old, in, task, NULL);
	char digest[FRIA_DIGEST_SIZE];
	json_t *form = fria_answer_form(answer);
	fria_digest(digest, form);
	json_decref(form);
	json_object_set_new(json_object_get(answer, "basis"), "value",
			    fria_json_string(digest));

	json_t *new = fria_choices_settled(in, old, &n);
	assert_int_equal(n, 2);
	answer = fria_assessment_answer(new, in, task, NULL);
	assert_string_equal(fria_json_text(answer, "value"), "aa");
	form = fria_answer_form(answer);
	fria_digest(digest, form);
	json_decref(form);
	assert_string_equal(
	    fria_json_text(json_object_get(answer, "basis"), "value"), digest);
	json_t *many = json_object_get(
	    fria_assessment_answer(new, in, fria_instrument_find(in, "1.2.1"),
				   "x"),
	    "value");
	json_t *wanted = document("['aa', 'cleaners', 'gone', 'dd']");
	assert_true(json_equal(many, wanted));

	/* Once more changes nothing, and back gives the texts. */
	json_t *again = fria_choices_settled(in, new, &n);
	assert_true(again == new &&n == 0);
	json_t *back = fria_choices_worded(in, new);
	answer = fria_assessment_answer(back, in, task, NULL);
	assert_string_equal(fria_json_text(answer, "value"), "residents");
	json_decref(again);
	json_decref(back);
	json_decref(wanted);
	json_decref(new);
	json_decref(old);
	fria_buf_dispose(&text);
	fria_instrument_free(in);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(names_rows_by_id),
	    cmocka_unit_test(names_the_one_row_with_a_text),
	    cmocka_unit_test(names_none_where_nothing_counts),
	    cmocka_unit_test(rows_are_called_by_template_first_cell_or_number),
	    cmocka_unit_test(metrics_and_rows_elsewhere_may_be_chosen),
	    cmocka_unit_test(texts_become_ids_and_what_held_holds)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
