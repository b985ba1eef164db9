/* SPDX-License-Identifier: EUPL-1.2 */
/* Questionnaires in the form of the task registry, with ids of any depth. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../engine/fria.h"

static unsigned seed = 7;

static unsigned dice(unsigned sides)
{
	return (unsigned)rand_r(&seed) % sides;
}

static json_t *question(const char *id, unsigned topic)
{
	char *urn = fria_format("urn:example:tr:x:1.0:%s", id);
	json_t *out =
	    json_pack("{s:s, s:s, s:[s], s:[{s:s, s:o}]}", "question", "Why?",
		      "urn", urn, "type", "open_question", "labels", "key",
		      "topic", "value", json_sprintf("Onderwerp %u", topic));
	free(urn);
	return out;
}

/* "2", "1.3", "2.1.4", "1.a.2": none twice; topics come back. */
static json_t *registry(size_t *n)
{
	static const char *const middle[] = {"", ".1", ".2", ".a", ".1.1"};
	json_t *tasks = json_array();
	unsigned topic = 0;
	for (unsigned part = 1; part <= 3; part++)
		for (size_t m = 0; m < 5; m++)
			for (unsigned last = 0; last < 4; last++) {
				if (dice(2) || (m && !last))
					continue;
				char *id =
				    last ? fria_format("%u%s.%u", part,
						       middle[m], last + 4)
					 : fria_format("%u", part);
				topic = dice(3) ? topic : dice(3);
				json_array_append_new(tasks,
						      question(id, topic));
				free(id);
			}
	if (!json_array_size(tasks))
		json_array_append_new(tasks, question("1.1", 0));
	*n = json_array_size(tasks);
	return json_pack("{s:s, s:s, s:o}", "name", "X", "urn",
			 "urn:example:tr:x:1.0", "tasks", tasks);
}

static void ids_of_any_depth_are_read(void **state)
{
	(void)state;
	for (int round = 0; round < 300; round++) {
		size_t n, found = 0, i;
		json_t *given = registry(&n), *read = NULL, *one;
		fria_instrument *in = NULL;
		fria_findings findings = FRIA_FINDINGS_INIT;
		assert_true(fria_instrument_registry_is(given));
		assert_int_equal(
		    fria_instrument_from_registry(&read, "x", given, NULL), 0);
		assert_int_equal(fria_instrument_parse(&in, "x", read, NULL),
				 0);
		fria_instrument_check(&findings, in, "x");
		if (fria_findings_worst(&findings, FRIA_SEVERE)) {
			char *shown = json_dumps(read, JSON_INDENT(1));
			fail_msg("%s", shown);
		}
		for (i = 0; i < in->n; i++)
			found += in->tasks[i].answerable;
		assert_int_equal(found, n);
		json_array_foreach(json_object_get(given, "tasks"), i, one) {
			const char *urn = fria_json_text(one, "urn");
			size_t at =
			    fria_instrument_find(in, strrchr(urn, ':') + 1);
			assert_true(at != FRIA_NONE &&
				    in->tasks[at].answerable);
		}
		fria_findings_dispose(&findings);
		fria_instrument_free(in);
		json_decref(read);
		json_decref(given);
	}
}

static void a_section_is_called_by_its_topic(void **state)
{
	(void)state;
	json_t *given =
	    json_pack("{s:{s:s, s:s}, s:[o,o,o,o]}", "instrument", "urn",
		      "urn:example:tr:x:1.0", "language", "en", "tasks",
		      question("1.1", 1), question("1.2", 2),
		      question("1.3", 1), question("2", 3));
	json_t *read = NULL;
	fria_instrument *in = NULL;
	static const char *const want[] = {"1",
					   "1.onderwerp-1",
					   "1.1",
					   "1.onderwerp-2",
					   "1.2",
					   "1.onderwerp-1-2",
					   "1.3",
					   "deel-2",
					   "2.onderwerp-3",
					   "2"};
	assert_int_equal(fria_instrument_from_registry(&read, "x", given, NULL),
			 0);
	assert_int_equal(fria_instrument_parse(&in, "x", read, NULL), 0);
	assert_int_equal(in->n, 10);
	for (size_t i = 0; i < in->n; i++)
		assert_string_equal(in->tasks[i].id, want[i]);
	assert_string_equal(fria_task_title(&in->tasks[0], FRIA_EN), "Part 1");
	fria_instrument_free(in);
	json_decref(read);
	json_decref(given);
}

static void a_question_without_text_is_named(void **state)
{
	(void)state;
	json_t *given =
	    json_pack("{s:s, s:[o, {s:s}]}", "urn", "urn:example:tr:x:1.0",
		      "tasks", question("1.1", 1), "urn", "urn:x:1.2");
	json_t *read = NULL;
	fria_error err = FRIA_ERROR_INIT;
	assert_int_equal(fria_instrument_from_registry(&read, "x", given, &err),
			 FRIA_EINPUT);
	assert_string_equal(err.pointer, "/tasks/1");
	json_decref(given);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(ids_of_any_depth_are_read),
	    cmocka_unit_test(a_section_is_called_by_its_topic),
	    cmocka_unit_test(a_question_without_text_is_named),
	};
	fria_start(NULL);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
