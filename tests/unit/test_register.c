/* SPDX-License-Identifier: EUPL-1.2 */
/* The entry in the register: its few tags, how it counts, what fills it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../engine/fria.h"

static void shows(const char *markdown, const char *html)
{
	fria_buf out = FRIA_BUF_INIT;
	fria_markdown_few_tags(&out, markdown, strlen(markdown));
	assert_string_equal(out.text, html);
	fria_buf_dispose(&out);
}

static void markdown_becomes_few_tags(void **state)
{
	(void)state;
	shows("One *two* **three** `four`\nfive",
	      "<p>One two three four five</p>");
	shows("# Head\n\nText  \nmore", "<p>Head</p><p>Text<br>more</p>");
	shows("- a\n- b\n  1. c\n",
	      "<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul>");
	shows("- a\n\n- b\n", "<ul><li><p>a</p></li><li><p>b</p></li></ul>");
	shows("- [x] done\n- [ ] not\n",
	      "<ul><li>[x] done</li><li>[ ] not</li></ul>");
	shows("[law](https://law.example/a?b&c) and <https://x.example>",
	      "<p>law (https://law.example/a?b&amp;c) and "
	      "https://x.example</p>");
	shows("| a | b |\n|---|---|\n| c | d |\n", "<p>a | b</p><p>c | d</p>");
	shows("> quoted\n", "<div><p>quoted</p></div>");
	shows("```\na < b\nc\n```\n", "<p>a &lt; b<br>c</p>");
}

static void no_other_tag_comes_through(void **state)
{
	(void)state;
	shows("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>");
	shows("a <b onclick=x>b</b> & c",
	      "<p>a &lt;b onclick=x&gt;b&lt;/b&gt; &amp; c</p>");
	shows("[x](javascript:alert(1))", "<p>x</p>");
}

static size_t count(const char *html)
{
	return fria_html_count(html, strlen(html));
}

static void characters_are_counted_without_markup(void **state)
{
	(void)state;
	assert_int_equal(count(""), 0);
	assert_int_equal(count("<p>ab</p><p>c</p>"), 3);
	assert_int_equal(count("&eacute;&amp;&#233;"), 3);
	assert_int_equal(count("\u00e9\u00e9 1 < 2"), 8);
	assert_int_equal(count("a&b &nope; <br/>"), 11);
}

static json_t *draft_of(const char *application, const char *received)
{
	json_t *a = json_loads(application, 0, NULL);
	json_t *r = received ? json_loads(received, 0, NULL) : NULL;
	const fria_register_input in = {.application = a, .received = r};
	fria_register_draft draft;
	assert_non_null(a);
	fria_register_draft_make(&draft, &in);
	json_t *out = json_pack("{s:O, s:o}", "entry", draft.entry, "sources",
				fria_sources_json(&draft.sources));
	fria_register_draft_dispose(&draft);
	json_decref(a);
	json_decref(r);
	return out;
}

static void has(const json_t *root, const char *pointer, const char *value)
{
	const json_t *found = fria_pointer_get(root, pointer);
	if (!value)
		assert_null(found);
	else
		assert_string_equal(json_string_value(found), value);
}

static void facts_win_and_output_stays_as_received(void **state)
{
	(void)state;
	json_t *made =
	    draft_of("{\"id\": \"a\", \"name\": \"A\", \"register\": "
		     "{\"goal\": \"Now\", \"lang\": \"NLD\", \"begin_date\": "
		     "\"2026-03-10\", \"status\": \"IN GEBRUIK\"}}",
		     "{\"goal\": \"Then\", \"provider\": \"Gone\", \"risks\": "
		     "\"Kept\", \"tags\": \"x\"}");
	has(made, "/entry/goal", "Now");
	has(made, "/entry/provider", NULL);
	has(made, "/entry/risks", "Kept");
	has(made, "/entry/tags", "x");
	has(made, "/entry/name", "A");
	has(made, "/entry/lang", "nld");
	has(made, "/entry/status", "In gebruik");
	has(made, "/entry/begin_date", "2026-03");
	has(made, "/entry/standard_version", "1.0");
	has(json_array_get(fria_pointer_get(made, "/sources/lang"), 0), "/was",
	    "NLD");
	has(json_array_get(fria_pointer_get(made, "/sources/risks"), 0),
	    "/from", "received");
	has(json_array_get(fria_pointer_get(made, "/sources/name"), 0),
	    "/pointer", "/name");
	json_decref(made);
}

static void what_is_sent_is_the_standards_and_not_empty(void **state)
{
	(void)state;
	json_t *entry =
	    json_pack("{s:s, s:s, s:s, s:n, s:s, s:[]}", "name", "A", "uuid",
		      "u", "lars", "1", "goal", "url", "", "category");
	json_t *sent = fria_register_sendable(entry, "app");
	assert_int_equal(json_object_size(sent), 2);
	has(sent, "/name", "A");
	has(sent, "/source_id", "app");
	json_decref(sent);
	json_decref(entry);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(markdown_becomes_few_tags),
	    cmocka_unit_test(no_other_tag_comes_through),
	    cmocka_unit_test(characters_are_counted_without_markup),
	    cmocka_unit_test(facts_win_and_output_stays_as_received),
	    cmocka_unit_test(what_is_sent_is_the_standards_and_not_empty),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
