/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Templates under attack: thousands of random ones over answers that try to
 * break out. Nothing crashes, a mistake has a place, and what an answer holds
 * is never markup.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../engine/fria.h"

#define ROUNDS 4000

/* An answer in the first row of its rows, or outside rows. */
static void put_text(const fria_instrument *in, json_t *assessment, size_t task,
		     const char *text)
{
	size_t group = in->tasks[task].rows;
	json_t *answer = json_pack("{s:s}", "value", text);
	const char *row = NULL;
	if (group != FRIA_NONE) {
		json_t *rows = fria_assessment_rows(assessment, in, group);
		row = rows ? fria_json_text(json_array_get(rows, 0), "id")
			   : fria_assessment_row_add(assessment, in, group);
	}
	fria_assessment_put(assessment, in, task, row, answer);
	json_decref(answer);
}

static uint64_t seed;

static size_t pick(size_t n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (size_t)(seed >> 33) % n;
}

static const char *const nasty[] = {
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "![x](https://example.org/x.png)",
    "# Heading\n\n{{end}}\n{{if not verdict current}}",
    "</blockquote></section><h1>out</h1>",
    "```\n</code></pre><b>x</b>\n",
    "a | b\n- | -\n<i>c</i> | d",
    "<!-- open",
    "*a _b `c <u>d</u>",
    "> > > > deep\n> <b>x</b>",
    "\\<b>x</b>",
    "[r]: javascript:alert(1)\n[r]"};

static const char *const lines[] = {"# Part {{application}}",
				    "## {{id}} {{title}}",
				    "{{state}}",
				    "{{facts}}",
				    "{{answers}}",
				    "{{part 2}}",
				    "{{task 3.5.1}}",
				    "{{answer 1.1.1}}",
				    "{{task}}",
				    "{{answer}}",
				    "{{guidance}}",
				    "{{rows 1.actiepunten}}",
				    "{{measures}}",
				    "{{conclusions}}",
				    "{{elements}}",
				    "{{approvals}}",
				    "{{metrics}}",
				    "{{versions}}",
				    "{{withheld}}",
				    "{{changes}}",
				    "{{if verdict current}}",
				    "{{if not any stale}}",
				    "{{if decision}}",
				    "{{if answered 1.1.1}}",
				    "{{else}}",
				    "{{end}}",
				    "{{end}}",
				    "{{end}}",
				    "{{each tasks}}",
				    "{{each tasks article27=d state=answered}}",
				    "{{each measures}}",
				    "{{each rows 1.actiepunten}}",
				    "{{each approvals}}",
				    "{{each elements}}",
				    "- {{value 1.1.1}} {{fact /use/process}}",
				    "- {{cell 1.actiepunten.tekst}} {{number}}",
				    "{{text}} {{owner}}",
				    "**{{organisation}}** and {{count stale}}",
				    "plain <b>text</b>",
				    "",
				    "{{value 2.1.1.2}}",
				    "| {{fact /use/process}} | x |",
				    "> {{value 1.1.1}}",
				    "`{{value 1.1.1}}`",
				    "[{{value 1.1.1}}](https://example.org)",
				    "<{{value 1.1.1}}>",
				    "{{nonsense}}",
				    "{{ }}",
				    "{{",
				    "}}",
				    "{{task 9.9.9}}",
				    "{{each tasks x}}"};
#define LINES (sizeof lines / sizeof *lines)

static void random_template(fria_buf *out)
{
	for (size_t n = 1 + pick(12); n > 0; n--) {
		fria_buf_puts(out, lines[pick(LINES)]);
		fria_buf_putc(out, '\n');
	}
	/* Now and then a byte goes missing or is another one. */
	if (out->n && !pick(4))
		out->text[pick(out->n)] = "{} #|`\n"[pick(7)];
}

typedef struct {
	fria_instrument *in;
	json_t *assessment, *application;
} model;

static void make_model(model *m)
{
	m->in = fria_instrument_built_in("iama-2.0");
	assert_non_null(m->in);
	m->application = json_pack("{s:s, s:{s:s}}", "id", "app", "use",
				   "process", nasty[0]);
	m->assessment = fria_assessment_new(m->in, "app", FRIA_NL);
	for (size_t i = 0; i < m->in->n; i++)
		if (m->in->tasks[i].answerable &&
		    m->in->tasks[i].kind == FRIA_TEXT)
			put_text(m->in, m->assessment, i,
				 nasty[pick(sizeof nasty / sizeof *nasty)]);
}

/* No tag of an attack stands in the page as a tag. */
static void check_html(const char *html)
{
	static const char *const never[] = {"<script>alert",
					    "onerror=alert(1)>",
					    "href=\"javascript:",
					    "<h1>out",
					    "<b>",
					    "<u>d",
					    "<i>c",
					    "<!-- open",
					    "<img"};
	for (size_t i = 0; i < sizeof never / sizeof *never; i++) {
		const char *at = strstr(html, never[i]);
		if (at)
			print_error("seed %llu: %.80s\n",
				    (unsigned long long)seed, at);
		assert_null(at);
	}
}

static void one_round(const model *m, size_t *made)
{
	const fria_evaluation_input input = {.instrument = m->in,
					     .assessment = m->assessment,
					     .application = m->application,
					     .as_of = 1773133200};
	fria_evaluation e;
	fria_document *doc = NULL;
	fria_error err = FRIA_ERROR_INIT;
	fria_buf text = FRIA_BUF_INIT, html = FRIA_BUF_INIT,
		 markdown = FRIA_BUF_INIT;
	random_template(&text);
	fria_evaluate(&e, &input);
	const fria_report report = {.input = &input,
				    .evaluation = &e,
				    .name = "app/iama",
				    .organisation = nasty[1],
				    .lang = pick(2) ? FRIA_NL : FRIA_EN};
	if (!fria_report_make(&doc, &report, "t.md", text.text, &err)) {
		fria_document_html(&html, doc);
		fria_document_markdown(&markdown, doc);
		check_html(html.text);
		++*made;
		fria_document_free(doc);
	} else {
		assert_int_equal(err.code, FRIA_EINPUT);
		assert_true(err.line > 0 && err.column > 0);
	}
	fria_evaluation_dispose(&e);
	fria_buf_dispose(&text);
	fria_buf_dispose(&html);
	fria_buf_dispose(&markdown);
}

static void random_templates_never_break_out(void **state)
{
	model m;
	size_t made = 0;
	(void)state;
	seed = 20261124;
	make_model(&m);
	for (size_t i = 0; i < ROUNDS; i++)
		one_round(&m, &made);
	assert_true(made > ROUNDS / 20 && made < ROUNDS);
	fria_instrument_free(m.in);
	json_decref(m.assessment);
	json_decref(m.application);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(random_templates_never_break_out)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
