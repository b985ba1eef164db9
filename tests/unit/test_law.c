/* SPDX-License-Identifier: EUPL-1.2 */
/* The law as data: what we ship of it. */
#include "../../engine/fria.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <string.h>

static json_t *shipped(void)
{
	static const char name[] = "assessments/law.json";
	json_t *law = NULL;
	size_t n = 0;
	const char *bytes = fria_embedded(name, &n);
	assert_non_null(bytes);
	assert_int_equal(fria_json_parse(&law, name, bytes, n, NULL), 0);
	return law;
}

static void test_is_of_its_schema(void **state)
{
	(void)state;
	json_t *law = shipped();
	fria_forms forms = {.loaded = NULL};
	fria_findings findings = FRIA_FINDINGS_INIT;
	assert_true(
	    fria_form_check(&forms, FRIA_FORM_LAW, law, "law.json", &findings));
	assert_int_equal(findings.n, 0);
	fria_findings_dispose(&findings);
	fria_forms_dispose(&forms);
	json_decref(law);
}

/* What questionnaires rest on: an id that is gone breaks them. */
static const char *const ids[] = {"prohibitions",
				  "prohibition-images",
				  "literacy",
				  "annex-iii",
				  "annex-i",
				  "provider-role",
				  "registration",
				  "incidents",
				  "explanation",
				  "transparency",
				  "transparency-existing",
				  "legacy-public",
				  "fria-template",
				  "authority",
				  "gdpr-basis",
				  "gdpr-inform",
				  "gdpr-automated",
				  "gdpr-processors",
				  "gdpr-records",
				  "gdpr-dpia",
				  "gdpr-consultation",
				  "gdpr-transfer",
				  "reasoned-decisions",
				  "open-government",
				  "archives",
				  "works-council",
				  "accessibility",
				  "security",
				  "algorithm-register",
				  "iama"};

static void test_ids_stay(void **state)
{
	(void)state;
	json_t *law = shipped(), *line;
	const json_t *lines = json_object_get(law, "lines");
	const json_t *acts = json_object_get(law, "acts");
	const char *id;
	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
		assert_non_null(json_object_get(lines, ids[i]));
	json_object_foreach(json_object_get(law, "lines"), id, line)
		assert_non_null(
		    json_object_get(acts, fria_json_text(line, "act")));
	json_decref(law);
}

/* A date that was only read about says so. */
static void test_what_is_not_checked_is_marked(void **state)
{
	static const char *const marked[][2] = {
	    {"annex-iii", "secondary"},
	    {"annex-i", "secondary"},
	    {"literacy", "secondary"},
	    {"prohibition-images", "secondary"},
	    {"transparency", "secondary"},
	    {"registration", "unverified"},
	    {"legacy-public", "unverified"},
	    {"fria-template", "unverified"},
	    {"authority", "unverified"}};
	(void)state;
	json_t *law = shipped();
	const json_t *lines = json_object_get(law, "lines");
	for (size_t i = 0; i < sizeof marked / sizeof *marked; i++)
		assert_string_equal(
		    fria_json_text(json_object_get(lines, marked[i][0]),
				   "known"),
		    marked[i][1]);
	json_decref(law);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_is_of_its_schema),
	    cmocka_unit_test(test_ids_stay),
	    cmocka_unit_test(test_what_is_not_checked_is_marked),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
