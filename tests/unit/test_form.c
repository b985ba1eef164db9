/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The form of the characteristics: what is written is read back, of both
 * examples and of whatever the schemas allow, in either language.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "../../engine/fria.h"
#include "seeds.h"

static unsigned seed;

static unsigned dice(unsigned sides)
{
	return (unsigned)rand_r(&seed) % sides;
}

static json_t *load(const char *path)
{
	fria_buf bytes = FRIA_BUF_INIT;
	json_t *json = NULL;
	assert_int_equal(fria_file_read(&bytes, path, NULL), 0);
	assert_int_equal(
	    fria_json_parse(&json, path, bytes.text, bytes.n, NULL), 0);
	fria_buf_dispose(&bytes);
	return json;
}

/* An application as it is after an entry and a release. */
static json_t *example(const char *app, const char *release)
{
	const json_t *received;
	json_t *from = NULL;
	char *path = fria_format("assessments/examples/%s/entry.json", app);
	json_t *file = load(path);
	json_t *empty = fria_json_pack("{s:s}", "id", app);
	assert_int_equal(fria_application_read(&from, &received, file, path,
					       "entry", NULL, NULL),
			 0);
	json_t *first = fria_application_release(empty, NULL, from, false);
	json_decref(file);
	json_decref(from);
	free(path);
	path = fria_format("assessments/examples/%s/release-%s.json", app,
			   release);
	file = load(path);
	json_t *out = fria_application_release(first, release, file, false);
	json_decref(file);
	json_decref(first);
	json_decref(empty);
	free(path);
	return out;
}

static void check_read_back(const json_t *application)
{
	json_t *empty =
	    fria_json_pack("{s:O}", "id", json_object_get(application, "id"));
	for (fria_lang lang = FRIA_NL; lang <= FRIA_EN; lang++) {
		json_t *again = NULL, *anew = NULL;
		fria_buf form = FRIA_BUF_INIT;
		fria_strings differ = FRIA_STRINGS_INIT;
		fria_form_write(&form, application, lang, false);
		/* Over itself: every byte, also of what no form shows. */
		assert_int_equal(fria_form_read(&again, form.text, "f.md",
						application, FRIA_EN, NULL,
						NULL),
				 0);
		json_t *same =
		    fria_application_release(application, NULL, again, false);
		assert_true(json_equal(same, application));
		/* Over nothing: all that is compared. */
		assert_int_equal(fria_form_read(&anew, form.text, "f.md", empty,
						FRIA_EN, NULL, NULL),
				 0);
		fria_facts_differ(&differ, application, anew);
		for (size_t i = 0; i < differ.n; i++)
			print_error("%s\n", differ.items[i]);
		assert_int_equal(differ.n, 0);
		assert_true(json_equal(json_object_get(anew, "in_use"),
				       json_object_get(application, "in_use")));
		fria_strings_dispose(&differ);
		fria_buf_dispose(&form);
		json_decref(same);
		json_decref(again);
		json_decref(anew);
	}
	json_decref(empty);
}

static void examples_are_read_back(void **state)
{
	static const char *const those[][2] = {{"straatafval", "1.0"},
					       {"straatafval", "1.1"},
					       {"chatbot", "1.0"},
					       {"chatbot", "2.0"}};
	(void)state;
	for (size_t i = 0; i < sizeof those / sizeof *those; i++) {
		json_t *application = example(those[i][0], those[i][1]);
		check_read_back(application);
		json_decref(application);
	}
}

/* --- whatever the schemas allow --- */

/* Words that look like what the form itself is made of. */
static json_t *some_text(bool lines)
{
	static const char *const pieces[] = {
	    "afval",   "naam: x",    "; versie: 2", "# Kop", "<!-- noot -->",
	    "\\",      "- streepje", ";",	    ":",     "a; b: c",
	    "\u00e9n", "Fase",	     "2. tweede",   "-->",   "https://a.nl"};
	fria_buf out = FRIA_BUF_INIT;
	unsigned n = 1 + dice(4);
	for (unsigned i = 0; i < n; i++) {
		if (i)
			fria_buf_puts(&out, lines && !dice(2) ? "\n" : " ");
		fria_buf_puts(&out,
			      pieces[dice(sizeof pieces / sizeof *pieces)]);
	}
	json_t *json = fria_json_string(out.text);
	fria_buf_dispose(&out);
	return json;
}

static const json_t *followed(const json_t *root, const json_t *schema)
{
	const char *ref = fria_json_text(schema, "$ref");
	return ref ? fria_pointer_get(root, strchr(ref, '#') + 1) : schema;
}

static bool allows(const json_t *schema, const char *type)
{
	const json_t *types = json_object_get(schema, "type");
	if (json_is_string(types))
		return !strcmp(json_string_value(types), type);
	for (size_t i = 0; i < json_array_size(types); i++)
		if (!strcmp(json_string_value(json_array_get(types, i)), type))
			return true;
	return false;
}

/* Some value that a schema allows. */
static json_t *some_value(const json_t *root, const json_t *schema)
{
	schema = followed(root, schema);
	json_t *choices = json_object_get(schema, "enum"), *out, *one;
	const char *key;
	if (choices)
		return json_incref(json_array_get(
		    choices, dice((unsigned)json_array_size(choices) - 1)));
	if (fria_json_text(schema, "format"))
		return fria_json_string("2026-02-03");
	if (fria_json_text(schema, "pattern"))
		return fria_json_string(dice(2) ? "P3M" : "P1Y6M");
	if (allows(schema, "number"))
		return dice(2) ? json_integer((json_int_t)dice(9999))
			       : json_real(dice(99) / 4.0);
	if (allows(schema, "array")) {
		out = json_array();
		for (unsigned i = dice(4); i > 0; i--) {
			const json_t *of = json_object_get(schema, "items");
			json_array_append_new(out, of ? some_value(root, of)
						      : some_text(true));
		}
		return out;
	}
	if (!allows(schema, "object"))
		return some_text(true);
	out = json_object();
	json_object_foreach(json_object_get(schema, "properties"), key, one)
		if (!json_object_get(followed(root, one), "items") &&
		    (dice(3) || !strcmp(key, "id") || !strcmp(key, "name")))
			json_object_set_new(
			    out, key,
			    !strcmp(key, "id")
				? fria_json_string(dice(2) ? "een" : "twee-2")
				: some_value(root, one));
	return out;
}

static json_t *some_vocabulary(const json_t *root, const json_t *schema)
{
	json_t *out = json_object(), *one;
	const char *key;
	json_object_foreach(
	    json_object_get(followed(root, schema), "properties"), key, one)
		if (dice(2))
			json_object_set_new(out, key, some_value(root, one));
	return out;
}

static json_t *some_application(const json_t *ours, const json_t *entry)
{
	json_t *known = json_object_get(ours, "properties");
	json_t *metric = fria_pointer_get(ours, "/$defs/metric");
	json_t *out = fria_json_pack(
	    "{s:s, s:s, s:o, s:o, s:o}", "id", "app", "name", "App", "register",
	    some_vocabulary(entry, fria_pointer_get(entry, "/$defs/entry")),
	    "card", some_vocabulary(ours, json_object_get(known, "card")),
	    "use", some_vocabulary(ours, json_object_get(known, "use")));
	json_t *metrics = json_object();
	for (unsigned i = dice(3); i > 0; i--)
		json_object_set_new(metrics, i > 1 ? "fout" : "x-2",
				    some_value(ours, metric));
	json_object_set_new(out, "monitoring", metrics);
	return out;
}

/* Whoever fills in the form meets all that the schema knows of the use, by a
 * title of its own. */
static void the_form_asks_all_of_the_use(void **state)
{
	json_t *ours = load("schemas/application.schema.json"), *one;
	json_t *known = fria_pointer_get(ours, "/properties/use/properties");
	json_t *empty = fria_json_pack("{s:s}", "id", "app");
	fria_buf form = FRIA_BUF_INIT;
	const char *key;
	(void)state;
	fria_form_write(&form, empty, FRIA_NL, false);
	assert_true(json_object_size(known) > 40);
	json_object_foreach(known, key, one) {
		char *pointer = fria_format("/use/%s", key);
		const char *title = fria_fact_title(pointer, FRIA_NL);
		char *heading = fria_format("### %s\n", title);
		if (!strcmp(title, key) || !strstr(form.text, heading))
			fail_msg("%s: %s", pointer, heading);
		free(heading);
		free(pointer);
	}
	fria_buf_dispose(&form);
	json_decref(empty);
	json_decref(ours);
}

/* What the form shows of an application, and what it holds, agree. */
static void whatever_may_be_is_read_back(void **state)
{
	json_t *ours = load("schemas/application.schema.json");
	json_t *entry = load("schemas/entry.schema.json");
	unsigned all = of_seeds(1000);
	(void)state;
	for (seed = 1; seed <= all; seed++) {
		unsigned own = seed;
		json_t *application = some_application(ours, entry);
		fria_lang lang = dice(2) ? FRIA_EN : FRIA_NL;
		fria_buf form = FRIA_BUF_INIT, again = FRIA_BUF_INIT;
		fria_error err = FRIA_ERROR_INIT;
		fria_strings differ = FRIA_STRINGS_INIT;
		json_t *same = NULL, *anew = NULL;
		fria_form_write(&form, application, lang, false);
		if (fria_form_read(&same, form.text, "f.md", application, lang,
				   NULL, &err)) {
			fria_buf text = FRIA_BUF_INIT;
			fria_error_text(&text, &err, FRIA_EN);
			print_error("seed %u: %s\n%s\n", own, text.text,
				    form.text);
			fail();
		}
		json_object_set(same, "id", json_object_get(application, "id"));
		fria_facts_differ(&differ, application, same);
		for (size_t i = 0; i < differ.n; i++)
			print_error("seed %u: %s\n", own, differ.items[i]);
		assert_true(json_equal(same, application));
		/* Over nothing it says what it shows, and no more. */
		json_t *empty = fria_json_pack("{s:s}", "id", "app");
		assert_int_equal(fria_form_read(&anew, form.text, "f.md", empty,
						lang, NULL, NULL),
				 0);
		fria_strings_dispose(&differ);
		fria_facts_differ(&differ, application, anew);
		for (size_t i = 0; i < differ.n; i++) {
			json_t *got = fria_pointer_get(anew, differ.items[i]);
			json_t *known =
			    fria_pointer_get(application, differ.items[i]);
			bool left = strncmp(differ.items[i], "/monitoring", 11)
					? !got
					: !json_object_get(anew, "monitoring");
			if (!left) {
				fria_buf text = FRIA_BUF_INIT;
				fria_json_write_line(&text, known);
				fria_buf_puts(&text, "\n");
				if (got)
					fria_json_write_line(&text, got);
				print_error("seed %u: %s\n%s\n%s\n", own,
					    differ.items[i], text.text,
					    form.text);
			}
			assert_true(left);
		}
		/* And what it shows it shows again. */
		fria_form_write(&again, same, lang, false);
		assert_string_equal(again.text, form.text);
		fria_strings_dispose(&differ);
		fria_buf_dispose(&form);
		fria_buf_dispose(&again);
		json_decref(same);
		json_decref(anew);
		json_decref(empty);
		json_decref(application);
		seed = own;
	}
	json_decref(ours);
	json_decref(entry);
}

/* --- what is asked, in which order --- */

static const struct {
	const char *pointer;
} fields[] = {
#define FIELD(p) {p},
#define PART(title) {NULL},
#include "../../engine/formats/form.def"
};

static size_t place_of(const char *pointer)
{
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		if (fields[i].pointer && !strcmp(fields[i].pointer, pointer))
			return i;
	return SIZE_MAX;
}

static void every_characteristic_is_asked(void **state)
{
	static const char *const known[] = {
#define FACT(pointer, binds, nl, en) pointer,
#include "../../engine/model/facts.def"
	};
	(void)state;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (fria_fact_is(known[i]) &&
		    strcmp(known[i], "/card/ai_act_profile") != 0)
			assert_int_not_equal(place_of(known[i]), SIZE_MAX);
}

/* How many edges of questions name each field. */
static void count_edges(size_t *counts, const json_t *at)
{
	const char *key;
	json_t *one, *edge;
	size_t i;
	json_array_foreach((json_t *)(uintptr_t)at, i, one)
		count_edges(counts, one);
	json_object_foreach((json_t *)(uintptr_t)at, key, one)
		if (!strcmp(key, "facts") && json_is_array(one)) {
			json_array_foreach(one, i, edge) {
				const char *p =
				    json_is_string(edge)
					? json_string_value(edge)
					: fria_json_text(edge, "pointer");
				if (place_of(p) != SIZE_MAX)
					counts[place_of(p)]++;
			}
		} else {
			count_edges(counts, one);
		}
}

static void what_questions_rest_on_comes_first(void **state)
{
	static const char *const instruments[] = {
	    "iama-2.0", "fria-1.0", "iama-1.0", "start-1.0", "start-2.0"};
	size_t counts[sizeof fields / sizeof *fields] = {0};
	bool rested = true;
	(void)state;
	for (size_t i = 0; i < sizeof instruments / sizeof *instruments; i++) {
		char *path = fria_format("assessments/instruments/%s.json",
					 instruments[i]);
		json_t *instrument = load(path);
		count_edges(counts, instrument);
		json_decref(instrument);
		free(path);
	}
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		if (!fields[i].pointer || !counts[1]) {
			rested = true;
			continue;
		}
		if (!rested && counts[i])
			print_error("%s\n", fields[i].pointer);
		assert_true(rested || !counts[i]);
		rested = counts[i] > 0;
	}
}

/* --- as people type it --- */

static json_t *read_form(const char *text, const json_t *before)
{
	json_t *out = NULL;
	fria_error err = FRIA_ERROR_INIT;
	if (fria_form_read(&out, text, "f.md", before, FRIA_NL, NULL, &err)) {
		fria_buf said = FRIA_BUF_INIT;
		fria_error_text(&said, &err, FRIA_NL);
		print_error("%s\n", said.text);
		fail();
	}
	return out;
}

static void check_value(const char *form, const char *pointer,
			const char *expected)
{
	json_t *out = read_form(form, NULL);
	fria_buf text = FRIA_BUF_INIT;
	json_t *value = fria_pointer_get(out, pointer);
	if (value)
		fria_json_write_line(&text, value);
	assert_string_equal(text.text, expected);
	fria_buf_dispose(&text);
	json_decref(out);
}

static void words_of_both_languages_are_read(void **state)
{
	(void)state;
	check_value("# x\n### fase\nIn gebruik\n", "/use/phase",
		    "\"in-gebruik\"");
	check_value("### Phase\npilot\n", "/use/phase", "\"proef\"");
	check_value("### Persons or cases a year\n18000\n", "/use/volume",
		    "18000");
	check_value("### Contract\ntot: 1-3-2027\nkenmerk: Z-1\n",
		    "/use/contract",
		    "{\"until\":\"2027-03-01\",\"reference\":\"Z-1\"}");
	check_value("### Model en versie\nDetector\n", "/use/model",
		    "{\"name\":\"Detector\"}");
	check_value("### Gebied\nCentrum\nNoord\n", "/use/area",
		    "[\"Centrum\",\"Noord\"]");
	check_value("### Geraakte groepen\n- Bewoners\n- bewoners\n",
		    "/use/groups",
		    "[{\"name\":\"Bewoners\",\"id\":\"bewoners\"},{\"name\""
		    ":\"bewoners\",\"id\":\"bewoners-2\"}]");
	check_value("### Metingen en grenzen\n- naam: Fout per wijk; grens: "
		    "2,5; richting: bovengrens; meten elke: kwartaal\n",
		    "/monitoring",
		    "{\"fout-per-wijk\":{\"name\":\"Fout per wijk\","
		    "\"threshold\":2.5,\"direction\":\"max\",\"every\":"
		    "\"P3M\"}}");
	check_value("### Doel van dit gebruik\n<!-- a\nb -->\nEen; twee: "
		    "drie\n\n- vier\n",
		    "/use/purpose", "\"Een; twee: drie\\n\\n- vier\"");
	check_value("### Doel en impact\nEen\n\nTwee\n", "/register/goal",
		    "\"<p>Een</p><p>Twee</p>\"");
}

static void a_heading_left_out_changes_nothing(void **state)
{
	json_t *before = example("straatafval", "1.0");
	json_t *out =
	    read_form("### Gebied\n\n### Hoe vaak\nwekelijks\n", before);
	(void)state;
	assert_null(fria_pointer_get(out, "/use/area"));
	assert_string_equal(
	    json_string_value(fria_pointer_get(out, "/use/frequency")),
	    "wekelijks");
	assert_true(json_equal(fria_pointer_get(out, "/use/groups"),
			       fria_pointer_get(before, "/use/groups")));
	assert_true(json_equal(json_object_get(out, "monitoring"),
			       json_object_get(before, "monitoring")));
	json_decref(out);
	json_decref(before);
}

static void check_refused(const char *form, size_t line, const char *said)
{
	json_t *out = NULL;
	fria_error err = FRIA_ERROR_INIT;
	fria_buf text = FRIA_BUF_INIT;
	assert_int_equal(
	    fria_form_read(&out, form, "f.md", NULL, FRIA_NL, NULL, &err),
	    FRIA_EINPUT);
	fria_error_text(&text, &err, FRIA_NL);
	if (!strstr(text.text, said) || err.line != line)
		print_error("%zu %s\n", err.line, text.text);
	assert_non_null(strstr(text.text, said));
	assert_int_equal(err.line, line);
	assert_null(out);
	fria_buf_dispose(&text);
}

static void what_cannot_be_read_is_named_with_its_line(void **state)
{
	(void)state;
	check_refused("# x\n\n### Gebiedt\nCentrum\n", 3, "Gebied");
	check_refused("### Fase\n\nin gebruk\n", 3, "in gebruik");
	check_refused("### Databronnen\n- naam: a\n- naam: b; versei: 2\n", 3,
		      "versie");
	check_refused("### Aantal personen of zaken per jaar\n1.500\n", 2,
		      "1500");
	check_refused("### Periode van gebruik\ntot: 1-3-2027\n", 2,
		      "tot en met");
	check_refused("### Gebied\na\n### Gebied\nb\n", 3, "twee keer");
	check_refused("## Gebruik\nlos\n### Gebied\n", 2, "los");
	check_refused("### Gebied\na\n<!-- open\n", 3, "-->");
	check_refused("zomaar\n", 1, "kenmerk");
	check_refused("", 1, "kenmerk");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(examples_are_read_back),
	    cmocka_unit_test(the_form_asks_all_of_the_use),
	    cmocka_unit_test(whatever_may_be_is_read_back),
	    cmocka_unit_test(every_characteristic_is_asked),
	    cmocka_unit_test(what_questions_rest_on_comes_first),
	    cmocka_unit_test(words_of_both_languages_are_read),
	    cmocka_unit_test(a_heading_left_out_changes_nothing),
	    cmocka_unit_test(what_cannot_be_read_is_named_with_its_line),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
