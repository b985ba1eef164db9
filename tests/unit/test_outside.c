/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Text that leaves the house as Markdown: whatever it says, a reader with all
 * extensions sees that text, the links that were meant, and nothing alive.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../engine/data/markdown.h"
#include "../../engine/living/living.h"
#include "../../engine/document/tree.h"

/* --- as another reader has it --- */

static cmark_node *read_back(const char *markdown)
{
	static const char *const all[] = {"autolink", "table", "strikethrough",
					  "tasklist"};
	cmark_gfm_core_extensions_ensure_registered();
	cmark_parser *parser = cmark_parser_new(
	    CMARK_OPT_FOOTNOTES | CMARK_OPT_UNSAFE | CMARK_OPT_VALIDATE_UTF8);
	for (size_t i = 0; i < 4; i++)
		cmark_parser_attach_syntax_extension(
		    parser, cmark_find_syntax_extension(all[i]));
	cmark_parser_feed(parser, markdown, strlen(markdown));
	cmark_node *root = cmark_parser_finish(parser);
	cmark_parser_free(parser);
	return root;
}

/* Visible text without white space, addresses of links, and what is alive. */
typedef struct {
	fria_buf text, links;
	size_t alive;
} seen;

static void add_text(fria_buf *out, const char *text)
{
	for (; *text; text++)
		if (!strchr(" \t\r\n", *text))
			fria_buf_putc(out, *text);
}

static void add_url(fria_buf *out, const char *url)
{
	/* Percent signs are a way of writing; an address of mail any reader
	 * makes a link of. */
	if (strchr(url, '@') && !strstr(url, "//"))
		return;
	for (; *url; url++) {
		unsigned byte;
		if (*url == '%' && sscanf(url + 1, "%2x", &byte) == 1) {
			fria_buf_putc(out, (char)byte);
			url += 2;
		} else {
			fria_buf_putc(out, *url);
		}
	}
	fria_buf_putc(out, '\n');
}

static seen see(cmark_node *root)
{
	seen s = {FRIA_BUF_INIT, FRIA_BUF_INIT, 0};
	cmark_event_type event;
	cmark_iter *iter = cmark_iter_new(root);
	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iter);
		cmark_node_type type = cmark_node_get_type(node);
		if (event != CMARK_EVENT_ENTER)
			continue;
		if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE ||
		    type == CMARK_NODE_CODE_BLOCK)
			add_text(&s.text, cmark_node_get_literal(node));
		else if (type == CMARK_NODE_LINK)
			add_url(&s.links, cmark_node_get_url(node));
		s.alive += type == CMARK_NODE_HTML_BLOCK ||
			   type == CMARK_NODE_HTML_INLINE ||
			   type == CMARK_NODE_IMAGE ||
			   type == CMARK_NODE_FOOTNOTE_REFERENCE ||
			   type == CMARK_NODE_FOOTNOTE_DEFINITION;
	}
	cmark_iter_free(iter);
	return s;
}

/* Where two texts begin to differ, and a little before. */
static const char *from_difference(const char *a, const char *b)
{
	size_t n = 0;
	while (a[n] && a[n] == b[n])
		n++;
	return a + (n > 20 ? n - 20 : 0);
}

/* What the tree of the document says, against what its Markdown says. */
static void check_document(const fria_document *d, const char *input)
{
	fria_buf out = FRIA_BUF_INIT;
	fria_document_markdown(&out, d);
	cmark_node *again = read_back(out.text);
	seen meant = see(d->root), read = see(again);
	if (read.alive || strcmp(meant.text.text, read.text.text) != 0 ||
	    strcmp(meant.links.text, read.links.text) != 0)
		fail_msg("input: %s\nMarkdown: %s\nmeant: %s\n%sread: %s\n%s"
			 "alive: %zu",
			 input, out.text,
			 from_difference(meant.text.text, read.text.text),
			 meant.links.text,
			 from_difference(read.text.text, meant.text.text),
			 read.links.text, read.alive);
	fria_buf_dispose(&meant.text);
	fria_buf_dispose(&meant.links);
	fria_buf_dispose(&read.text);
	fria_buf_dispose(&read.links);
	fria_buf_dispose(&out);
	cmark_node_free(again);
}

/* --- hostile texts --- */

static const char *const pieces[] = {"http://a.nl/",
				     "https://www.a.nl",
				     "www.a.nl/",
				     "<img src=x>",
				     "<b id=x>",
				     "</blockquote>",
				     "<script>",
				     "<!--",
				     "-->",
				     "<?x?>",
				     "<![CDATA[",
				     "&lt;img&gt;",
				     "&amp;",
				     "&copy;",
				     "&#60;u>",
				     "\\",
				     "\\<",
				     "`",
				     "``",
				     "*",
				     "**",
				     "_",
				     "__",
				     "~",
				     "~~",
				     "[",
				     "](",
				     "](http://b.nl/)",
				     "![",
				     "[^1]",
				     "[^1]: note",
				     "[x]: http://c.nl/",
				     ")",
				     "(",
				     "|",
				     "| - |",
				     "\n",
				     "\n\n",
				     "\n- ",
				     "\n1. ",
				     "\n# ",
				     "\n> ",
				     "\n    ",
				     "\n```\n",
				     "\n---\n",
				     "\n===\n",
				     "\n|-|\n",
				     " ",
				     "  \n",
				     "a",
				     "tekst",
				     "?q=a_b*c",
				     "/~team",
				     "/list[0]",
				     "/x_y_z*1",
				     "?a=1&copy=2",
				     "?a=1&lt;b",
				     "javascript:x",
				     "ftp://d.nl/",
				     "://",
				     "http://",
				     "HTTP://E.NL",
				     "jan@a.nl",
				     "mailto:j@a.nl",
				     "<https://f.nl/>",
				     "<j@g.nl>",
				     ".",
				     ",",
				     "\"",
				     "'",
				     ":",
				     "{{x}}",
				     "$x$",
				     "\xC3\xA9",
				     "\xE2\x80\x8D",
				     "\xE2\x80\xAE",
				     "\t",
				     "<a href=\"http://h.nl\">"};

static unsigned dice(unsigned *seed, size_t sides)
{
	return (unsigned)rand_r(seed) % (unsigned)sides;
}

static char *hostile(unsigned *seed)
{
	fria_buf text = FRIA_BUF_INIT;
	size_t n = 1 + dice(seed, 9);
	for (size_t i = 0; i < n; i++)
		fria_buf_puts(
		    &text, pieces[dice(seed, sizeof pieces / sizeof *pieces)]);
	return fria_buf_detach(&text);
}

/* Wherever text may stand. */
static fria_document *fill_document(const char *text)
{
	static const char *const columns[] = {"A", "B"};
	const fria_table_options options = {.columns = columns, .n = 2};
	fria_document *d = fria_document_new(FRIA_NL);
	fria_node *body = fria_document_body(d);
	fria_node_text(fria_node_paragraph(body), text);
	fria_node_answer(body, text, NULL);
	fria_node_markdown(body, text);
	fria_node_text(fria_list_item(fria_node_list(body, false)), text);
	fria_node *row = fria_table_row(fria_node_table(body, &options));
	fria_table_cell_text(row, text);
	/* A mark beside a letter needs a letter or digit inside. */
	char *between = fria_format("a%sa", text);
	fria_node_strong(fria_table_cell(row), between);
	fria_node *passage = fria_node_passage(body, FRIA_PASSAGE_CHANGED);
	fria_node_text(passage, text);
	fria_node_text(passage, " ");
	fria_node_marked(passage, FRIA_INSERTED, between);
	fria_node_text(passage, " ");
	fria_node_text(passage, text);
	free(between);
	fria_node_answer(body, text, NULL);
	return d;
}

static void hostile_text_stays_text(void **state)
{
	unsigned seed = 20261130;
	(void)state;
	for (int i = 0; i < 4000; i++) {
		char *text = hostile(&seed);
		fria_document *d = fill_document(text);
		check_document(d, text);
		fria_document_free(d);
		free(text);
	}
}

/* --- tables --- */

static char *rendered(const char *answer, bool html)
{
	fria_buf out = FRIA_BUF_INIT;
	fria_document *d = fria_document_new(FRIA_NL);
	fria_node_answer(fria_document_body(d), answer, NULL);
	if (html)
		fria_document_html(&out, d);
	else
		fria_document_markdown(&out, d);
	fria_document_free(d);
	return fria_buf_detach(&out);
}

static void an_answer_keeps_what_was_written(void **state)
{
	static const struct {
		const char *answer, *page, *markdown, *never;
	} all[] = {
	    /* ends of lines */
	    {"One\nTwo\nThree", "One<br>\nTwo<br>\nThree",
	     "> One\\\n> Two\\\n> Three", NULL},
	    {"- One\n  more\n- Two", "One<br>\nmore",
	     "> - One\\\n>   more\n> - Two", NULL},
	    /* footnotes: by number, in the order in which they are named */
	    {"A[^b] b[^a].\n\n[^a]: First\n[^b]: Second",
	     "A[1] b[2].</p>\n<p>[1] Second</p>\n<p>[2] First",
	     "> A\\[1\\] b\\[2\\].", "[^"},
	    {"A[^1].\n\n[^1]: One\n[^1]: Again\n[^x]: None", "[1] One",
	     "\\[^x\\]: None", NULL},
	    {"A[^1].\n\n[^1]: One\n[^1]: Again", "[^1]: Again", "[^1\\]: Again",
	     NULL},
	    /* addresses */
	    {"See https://a.nl/~team.", "href=\"https://a.nl/~team\"",
	     "See <https://a.nl/~team>.", NULL},
	    {"See www.a.nl/x_y, now", "href=\"http://www.a.nl/x_y\"",
	     "[www&#46;a.nl/x_y](http://www.a.nl/x_y), now", NULL},
	    {"Mail jan@a.nl", "href=\"mailto:jan@a.nl\"", "Mail <jan@a.nl>",
	     NULL},
	    {"http://a.nl/<img src=x>", "&lt;img src=x&gt;",
	     "<http://a.nl/>&lt;img src=x>", "<img src=x"},
	    {"https://u:p@a.nl/", "https://u:p@a.nl/", "https&#58;//u:p@a.nl/",
	     "<a "}};
	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		char *page = rendered(all[i].answer, true);
		char *markdown = rendered(all[i].answer, false);
		const char *never = all[i].never;
		const char *body = strstr(page, "<main");
		if (!strstr(page, all[i].page) ||
		    !strstr(markdown, all[i].markdown) ||
		    (never && (strstr(body ? body : page, never) ||
			       strstr(markdown, never))))
			fail_msg("%s\n%s\n%s", all[i].answer,
				 body ? body : page, markdown);
		free(page);
		free(markdown);
	}
}

static void text_of_a_form_opens_no_block(void **state)
{
	static const struct {
		const char *plain, *stored;
	} all[] = {{"# no heading", "\\# no heading"},
		   {"#12 is a case", "#12 is a case"},
		   {"2026. A good year", "2026\\. A good year"},
		   {"1) one", "1\\) one"},
		   {"3.5 percent", "3.5 percent"},
		   {"- no list\n+ nor\n* nor", "\\- no list\n\\+ nor\n\\* nor"},
		   {"-5 degrees", "-5 degrees"},
		   {"Title\n===", "Title\n\\==="},
		   {"Title\n---", "Title\n\\---"},
		   {"> quoted", "\\> quoted"},
		   {"```", "\\```"},
		   {"[1]: http://a.nl", "\\[1]: http://a.nl"},
		   {"**bold** and _this_", "**bold** and _this_"},
		   {"\\# with a backslash", "\\\\# with a backslash"},
		   {"  - indented", "  \\- indented"},
		   {"", ""}};
	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		fria_buf stored = FRIA_BUF_INIT, plain = FRIA_BUF_INIT;
		fria_markdown_from_plain(&stored, all[i].plain);
		assert_string_equal(stored.text, all[i].stored);
		fria_markdown_to_plain(&plain, stored.text);
		assert_string_equal(plain.text, all[i].plain);
		fria_buf_dispose(&stored);
		fria_buf_dispose(&plain);
	}
}

static void a_joiner_stays_where_it_joins(void **state)
{
	static const struct {
		const char *text, *safe;
	} all[] = {
	    {"\U0001F468\u200d\U0001F469\u200d\U0001F467",
	     "\U0001F468\u200d\U0001F469\u200d\U0001F467"},
	    {"\u2764\ufe0f\u200d\U0001F525", "\u2764\ufe0f\u200d\U0001F525"},
	    {"\u0645\u06cc\u200c\u0631\u0648\u0645",
	     "\u0645\u06cc\u200c\u0631\u0648\u0645"},
	    {"\u0915\u094d\u200d\u0937", "\u0915\u094d\u200d\u0937"},
	    {"goed\u200dkeuren", "goedkeuren"},
	    {"\u0645\u200c\u200c\u0645", "\u0645\u200c\u0645"},
	    {"\u200dstart", "start"},
	    {"a\u202eb\u2066c\u200fd", "abcd"},
	    {"a\u3164b\u115fc\u2060d\ufeff", "abcd"}};
	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		fria_buf out = FRIA_BUF_INIT;
		fria_put_safe(&out, all[i].text);
		assert_string_equal(out.text, all[i].safe);
		fria_buf_dispose(&out);
	}
}

static void what_points_at_a_person_is_seen(void **state)
{
	/* Invented; NULL: nothing in it is personal. */
	static const struct {
		const char *text, *seen;
	} all[] = {/* citizen service numbers, and numbers that are none */
		   {"bsn 111222333.", "111222333"},
		   {"BSN: 123456782", "123456782"},
		   {"123.456.782", "123.456.782"},
		   {"1234.56.782", "1234.56.782"},
		   {"(123 456 782)", "123 456 782"},
		   {"123456789", NULL},
		   {"000000000", NULL},
		   {"1234567820", NULL},
		   {"12345678", NULL},
		   {"zaak Z-123456782", NULL},
		   {"Z2026123456782", NULL},
		   {"RSIN 123456782", NULL},
		   {"\u20ac 123.456.782", NULL},
		   {"123.456.782 euro", NULL},
		   {"123456782,50", NULL},
		   {"https://a.nl/123456782", NULL},
		   {"versie 123.456.782.1", NULL},
		   {"12 345 6782", NULL},
		   /* accounts */
		   {"op NL91ABNA0417164300 graag", "NL91ABNA0417164300"},
		   {"NL91 ABNA 0417 1643 00", "NL91 ABNA 0417 1643 00"},
		   {"BE68 5390 0754 7034", "BE68 5390 0754 7034"},
		   {"NL91ABNA0417164301", NULL},
		   {"NL00ABNA0417164300", NULL},
		   {"AI2026 is here and there", NULL},
		   /* mail */
		   {"jan@gmail.com", "jan@gmail.com"},
		   {"Mail j.devries@zandmeer.nl.", "j.devries@zandmeer.nl"},
		   {"jan.de.vries@zandmeer.nl", "jan.de.vries@zandmeer.nl"},
		   {"info@zandmeer.nl", NULL},
		   {"privacy@zandmeer.nl", NULL},
		   {"algoritmes@zandmeer.example", NULL},
		   {"functionaris.gegevensbescherming@zandmeer.nl", NULL},
		   {"no-reply@zandmeer.nl", NULL},
		   {"loket.oost@zandmeer.nl", NULL},
		   {"@jan.devries", NULL},
		   /* telephone */
		   {"bel 06-12345678", "06-12345678"},
		   {"06 12 34 56 78", "06 12 34 56 78"},
		   {"0612345678", "0612345678"},
		   {"+31 6 12345678", "+31 6 12345678"},
		   {"+31 (0)20 123 4567", "+31 (0)20 123 4567"},
		   {"0031612345678", "0031612345678"},
		   {"020-1234567", "020-1234567"},
		   {"(020) 123 45 67", "(020) 123 45 67"},
		   {"0412 - 123 456", NULL},
		   {"0412-123456", "0412-123456"},
		   {"14 020", NULL},
		   {"14 0999", NULL},
		   {"0800-1234567", NULL},
		   {"0900 1234567", NULL},
		   {"088 123 4567", NULL},
		   {"06-12-2026 10:00", NULL},
		   {"2026-06-12", NULL},
		   {"0123.4567", NULL},
		   {"0,0612345678", NULL},
		   {"zaak 2026-0612345678", NULL},
		   {"1.2.3", NULL},
		   {"41.000 mensen, 5.200 foto's, 2026", NULL}};
	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		fria_personal one;
		bool found = fria_personal_next(&one, all[i].text, 0);
		if (found != (all[i].seen != NULL) ||
		    (found &&
		     (strlen(all[i].seen) != one.n ||
		      strncmp(all[i].text + one.at, all[i].seen, one.n) != 0)))
			fail_msg("%s: %.*s", all[i].text,
				 found ? (int)one.n : 4,
				 found ? all[i].text + one.at : "none");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(hostile_text_stays_text),
	    cmocka_unit_test(an_answer_keeps_what_was_written),
	    cmocka_unit_test(text_of_a_form_opens_no_block),
	    cmocka_unit_test(a_joiner_stays_where_it_joins),
	    cmocka_unit_test(what_points_at_a_person_is_seen)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
