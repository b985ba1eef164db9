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
	size_t one = fria_instrument_find(in, "1.3");
	fria_view_chosen(&rows, view, many, 1);
	for (size_t i = 0; i < rows.n; i++)
		fria_buf_printf(&said, "%s%zu", i ? " " : "", rows.items[i]);
	fria_row_numbers_dispose(&rows);
	fria_view_chosen(&rows, view, one, 0);
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

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(names_rows_by_id),
	    cmocka_unit_test(names_the_one_row_with_a_text),
	    cmocka_unit_test(names_none_where_nothing_counts)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
