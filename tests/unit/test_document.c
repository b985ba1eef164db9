/* SPDX-License-Identifier: EUPL-1.2 */
/* The tree as text for a terminal, and pieces of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "../../engine/fria.h"

static fria_buf shown = FRIA_BUF_INIT;

static const char *show(fria_node *node, size_t width, bool colour, bool whole)
{
	fria_buf_clear(&shown);
	fria_fragment_terminal(
	    &shown, node,
	    &(fria_terminal){.width = width, .colour = colour, .whole = whole});
	return shown.n ? shown.text : "";
}

static const char *plain(fria_node *node, size_t width)
{
	return show(node, width, false, false);
}

static fria_document *doc;
static fria_node *body;

static int setup(void **state)
{
	(void)state;
	doc = fria_document_new(FRIA_EN);
	body = fria_document_body(doc);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	fria_document_free(doc);
	fria_buf_dispose(&shown);
	return 0;
}

static void test_on_a_page_a_sentence_names_no_command(void **state)
{
	(void)state;
	fria_document *page = fria_document_new(FRIA_EN);
	fria_findings found = FRIA_FINDINGS_INIT;
	fria_document_buttons(page);
	fria_findings_add(&found, FRIA_NOTE, FRIA_W_unsaved, NULL, NULL,
			  "document", "x", NULL);
	for (int i = 0; i < 2; i++) {
		fria_node *at = i ? fria_document_body(page) : body;
		fria_paragraph_say(at, FRIA_W_unsaved, NULL);
		fria_notice_say(at, FRIA_TONE_OPEN, FRIA_W_unsaved, NULL);
		fria_node_paragraph_text(
		    at, fria_kept_say(at, FRIA_W_unsaved, NULL));
		fria_findings_view(at, &found, false, FRIA_EN);
		const char *text = plain(at, 200);
		size_t told = 0;
		while ((text = strstr(text, "\"fria"))) {
			told++;
			text++;
		}
		assert_int_equal(told, i ? 0 : 4);
	}
	fria_findings_dispose(&found);
	fria_document_free(page);
}

static size_t longest_line(const char *text)
{
	size_t longest = 0;
	while (*text) {
		size_t n = strcspn(text, "\n"),
		       width = fria_utf8_width(text, n);
		longest = width > longest ? width : longest;
		text += n + (text[n] == '\n');
	}
	return longest;
}

/* The text without our own colour. */
static char *without_colour(const char *text)
{
	fria_buf out = FRIA_BUF_INIT;
	while (*text) {
		if (*text == '\033')
			text += strcspn(text, "m") + 1;
		else
			fria_buf_putc(&out, *text++);
	}
	return fria_buf_detach(&out);
}

static void text_is_wrapped_and_indented(void **state)
{
	(void)state;
	fria_node *section = fria_node_section(body, "a", "1 Purpose");
	fria_node *question = fria_node_question(section, "q", "1.1", "Why?");
	fria_node_paragraph_text(question, "one two three four five six");
	fria_node_paragraph_text(question, "seven");
	assert_string_equal(plain(body, 20), "1 Purpose\n"
					     "\n"
					     "  1.1 Why?\n"
					     "    one two three\n"
					     "    four five six\n"
					     "\n"
					     "    seven\n");
}

static void a_text_is_appended_to_where_it_stands(void **state)
{
	(void)state;
	fria_node *item = fria_list_item(fria_node_list(body, false));
	fria_node_text(item, "a ");
	fria_buf *text = fria_node_here(item), *none = fria_node_here(item);
	fria_node_strong(item, "c");
	fria_buf *last = fria_node_here(item);
	fria_buf_puts(text, "b\nb ");
	fria_buf_puts(last, " d");
	assert_int_equal(none->n, 0);
	assert_string_equal(plain(body, 80), "- a b\n  b c d\n");
	fria_node_text(item, " e");
	assert_string_equal(plain(body, 80), "- a b\n  b c d e\n");
}

static void running_text_takes_eighty_columns_at_most(void **state)
{
	(void)state;
	fria_buf text = FRIA_BUF_INIT;
	for (int i = 0; i < 100; i++)
		fria_buf_puts(&text, "woord ");
	fria_node_paragraph_text(body, text.text);
	fria_buf_dispose(&text);
	assert_int_equal(longest_line(plain(body, 200)), 77);
	assert_int_equal(longest_line(plain(body, 50)), 47);
	assert_int_equal(longest_line(plain(body, 1)), 17);
}

static void columns_are_counted_as_a_terminal_does(void **state)
{
	(void)state;
	fria_node_paragraph_text(body, "評価評価 評価評価 評価評価");
	assert_string_equal(plain(body, 20), "評価評価 評価評価\n評価評価\n");
	assert_int_equal(fria_utf8_width("e\xcc\x81", 3), 1);
}

static void marks_are_seen_without_colour(void **state)
{
	(void)state;
	fria_node *p = fria_node_passage(body, FRIA_PASSAGE_CHANGED);
	fria_node_text(p, "kept for ");
	fria_node_marked(p, FRIA_DELETED, "30 days");
	fria_node_marked(p, FRIA_INSERTED, "90 days ");
	fria_node_text(p, "here");
	p = fria_node_passage(body, FRIA_PASSAGE_GONE);
	fria_node_marked(p, FRIA_DELETED, "All of it.");
	p = fria_node_passage(body, FRIA_PASSAGE_FOLDED);
	fria_node_marked(p, FRIA_LEFT_OUT, "4 words");
	assert_string_equal(plain(body, 80),
			    "~ kept for [-30 days-]{+90 days+} here\n"
			    "- All of it.\n"
			    "  4 words\n");
	char *bare = without_colour(show(body, 80, true, false));
	assert_non_null(strstr(bare, "kept for 30 days90 days here"));
	free(bare);
	assert_non_null(strstr(show(body, 80, true, false),
			       "\033[9;31m30 days\033[0m"
			       "\033[4;32m90 days\033[0m"));
}

static void words_of_an_answer_are_marked_in_every_rendering(void **state)
{
	(void)state;
	fria_strings words = FRIA_STRINGS_INIT;
	fria_buf out = FRIA_BUF_INIT;
	fria_strings_add(&words, "1.0");
	fria_strings_add(&words, "3 mei 2026");
	fria_node_answer_marked(
	    body,
	    "Versie *1.0* van [1.0](https://a.nl) op 3 mei 2026.\n\n"
	    "11.0, 1.0.3 en `1.0` niet.",
	    NULL, &words);
	fria_strings_dispose(&words);
	const char *said = plain(body, 80);
	assert_non_null(strstr(said, "Versie «1.0» van «1.0»"));
	assert_non_null(strstr(said, "op «3 mei 2026»."));
	assert_non_null(strstr(said, "11.0, 1.0.3 en `1.0` niet."));
	fria_fragment_html(&out, body);
	assert_non_null(strstr(out.text, "op <mark>3 mei 2026</mark>."));
	fria_buf_clear(&out);
	fria_fragment_markdown(&out, body);
	assert_non_null(strstr(out.text, "op «**3 mei 2026**»."));
	fria_buf_dispose(&out);
}

static void a_change_is_one_line_where_it_fits(void **state)
{
	(void)state;
	fria_node_change(body, "Data", "", "pictures");
	fria_node_change(body, "Use", "one", "a long text about the use of it");
	assert_string_equal(plain(body, 50),
			    "Data: nothing filled in → pictures\n"
			    "Use\n"
			    "  Was: one\n"
			    "  Now: a long text about the use of it\n");
}

static void what_is_folded_keeps_its_summary(void **state)
{
	(void)state;
	fria_node *folded = fria_node_details(body, "What it rests on", false);
	fria_node_paragraph_text(folded, "the data");
	fria_node *open = fria_node_details(body, "Reasons", true);
	fria_node_paragraph_text(open, "the law");
	assert_string_equal(plain(body, 80), "▸ What it rests on\n"
					     "▾ Reasons\n"
					     "  the law\n");
	assert_string_equal(show(body, 80, false, true), "▾ What it rests on\n"
							 "  the data\n"
							 "▾ Reasons\n"
							 "  the law\n");
}

static void what_can_be_said_briefly_is_where_programs_read_it(void **state)
{
	fria_terminal how = {.width = 80, .piped = true};
	fria_buf out = FRIA_BUF_INIT;
	(void)state;
	fria_node *all = fria_node_briefly(body, "Behind it", "1.1, 1.2");
	fria_node_paragraph_text(all, "1.1 Why?");
	assert_string_equal(plain(body, 80), "▾ Behind it\n"
					     "  1.1 Why?\n");
	fria_fragment_terminal(&out, body, &how);
	assert_string_equal(out.text, "▸ Behind it: 1.1, 1.2\n");
	fria_buf_clear(&out);
	how.whole = true;
	fria_fragment_terminal(&out, body, &how);
	assert_string_equal(out.text, "▾ Behind it\n"
				      "  1.1 Why?\n");
	fria_buf_dispose(&out);
}

static void badges_tell_by_symbol_and_word(void **state)
{
	(void)state;
	fria_node *list = fria_node_list(body, false);
	fria_node *item = fria_list_item(list);
	fria_node_badge(item, FRIA_TONE_GOOD, "valid");
	fria_node_text(item, " advice");
	fria_node_text(fria_list_item(list), "plain");
	assert_string_equal(plain(body, 80), "✓ valid advice\n- plain\n");
	assert_non_null(strstr(show(body, 80, true, false), "\033[32m✓ valid"));
}

static void notes_stand_apart(void **state)
{
	(void)state;
	fria_node_paragraph_text(body, "before");
	fria_node *note = fria_node_note(body, FRIA_TONE_AGAIN, "Review");
	fria_node_paragraph_text(note, "why");
	fria_node_note(body, FRIA_TONE_STOP, "Late");
	assert_string_equal(plain(body, 80),
			    "before\n\n↻ Review\n  why\n\n■ Late\n");
}

static void fields_stand_under_each_other(void **state)
{
	(void)state;
	fria_node *fields = fria_node_fields(body);
	fria_node_text(fria_fields_add(fields, "Release"), "1.1");
	fria_node_text(fria_fields_add(fields, "By"), "one\ntwo");
	assert_string_equal(plain(body, 80), "Release: 1.1\n"
					     "By:      one\n"
					     "         two\n");
	assert_string_equal(plain(body, 20), "Release: 1.1\n"
					     "By: one\n"
					     "  two\n");
}

static void add_row(fria_node *table, const char *a, const char *b,
		    const char *c)
{
	fria_node *row = fria_table_row(table);
	fria_table_cell_text(row, a);
	fria_table_cell_text(row, b);
	fria_table_cell_text(row, c);
}

static fria_node *add_table(void)
{
	static const char *const columns[] = {"Name", "Count", "Remark"};
	fria_table_options options = FRIA_TABLE_OPTIONS_INIT;
	options.columns = columns;
	options.n = 3;
	options.align = "lrl";
	options.row_heads = true;
	return fria_node_table(body, &options);
}

static void a_table_is_as_wide_as_it_needs(void **state)
{
	(void)state;
	fria_node *table = add_table();
	add_row(table, "waste/iama", "12", "none");
	add_row(table, "chat/iama", "3", "");
	assert_string_equal(plain(body, 80), "Name        Count  Remark\n"
					     "waste/iama     12  none\n"
					     "chat/iama       3\n");
}

static void a_wide_cell_is_wrapped_in_its_column(void **state)
{
	(void)state;
	fria_node *table = add_table();
	add_row(table, "waste/iama", "12", "judge it again before the end");
	assert_string_equal(plain(body, 36),
			    "Name        Count  Remark\n"
			    "waste/iama     12  judge it again\n"
			    "                   before the end\n");
}

static void a_row_may_lack_cells(void **state)
{
	(void)state;
	fria_node *note = fria_node_note(body, FRIA_TONE_OPEN, "Note");
	body = note;
	fria_node *table = add_table();
	fria_table_row(table);
	add_row(table, "waste/iama", "12", "judge it again before the end");
	fria_node_paragraph_text(note, "after");
	fria_buf_clear(&shown);
	fria_fragment_markdown(&shown, table);
	assert_non_null(strstr(shown.text, "|  |  |  |\n"));
	const char *text = plain(note, 20);
	assert_non_null(strstr(text, "\n  waste/iama\n"));
	assert_non_null(strstr(text, "\n  after\n"));
}

static void a_table_may_have_many_columns(void **state)
{
	(void)state;
	fria_buf text = FRIA_BUF_INIT;
	for (int row = 0; row < 3; row++) {
		for (int i = 0; i < 300; i++)
			fria_buf_puts(&text, row == 1 ? "|-" : "|x");
		fria_buf_puts(&text, "|\n");
	}
	fria_node_answer(body, text.text, NULL);
	fria_buf_dispose(&text);
	assert_non_null(strstr(plain(body, 80), "x: x; x: x"));
	assert_non_null(strstr(plain(body, 2000), "x  x  x  x"));
}

static void markdown_has_one_blank_line_between_blocks(void **state)
{
	(void)state;
	fria_node_paragraph_text(body, "before");
	fria_node_answer(body, "", NULL);
	fria_node_fields(body);
	fria_node_paragraph_text(body, "after");
	fria_buf_clear(&shown);
	fria_fragment_markdown(&shown, body);
	assert_string_equal(shown.text, "before\n\nafter\n");
}

static void a_table_that_does_not_fit_is_fields(void **state)
{
	(void)state;
	fria_node *table = add_table();
	add_row(table, "waste/iama", "12", "judge");
	add_row(table, "chat/iama", "", "again");
	assert_string_equal(plain(body, 20), "waste/iama\n"
					     "  Count: 12; Remark:\n"
					     "  judge\n"
					     "chat/iama\n"
					     "  Remark: again\n");
}

static void answers_stay_behind_their_bar(void **state)
{
	(void)state;
	fria_node_answer(body,
			 "# Heading\n\nText with [a link](https://example.org/"
			 "x) and\xe2\x80\xae turned\x1b[31m.\n\n- item\n\n"
			 "| a | b |\n|---|---|\n| 1 | 2 |\n\n    code",
			 NULL);
	fria_node_paragraph_text(body, "after");
	assert_string_equal(
	    plain(body, 60),
	    "│ Heading\n"
	    "│ Text with a link (https://example.org/x) and turned [31m.\n"
	    "│ - item\n"
	    "│\n"
	    "│ a  b\n"
	    "│ 1  2\n"
	    "│\n"
	    "│   code\n"
	    "\n"
	    "after\n");
}

static void colour_changes_no_text(void **state)
{
	(void)state;
	fria_node *section = fria_node_section(body, "a", "Part");
	fria_node *list = fria_node_list(section, true);
	fria_node_strong(fria_list_item(list), "bold");
	fria_node *item = fria_list_item(list);
	fria_node_text(item, "a word");
	fria_node_strong(item, "joined and wrapped over lines");
	fria_node_text(item, ", and so on");
	add_row(add_table(), "x", "1", "y");
	char *bare = without_colour(show(body, 24, true, false));
	assert_string_equal(bare, plain(body, 24));
	assert_non_null(strstr(bare, "2. a wordjoined and\n"
				     "     wrapped over lines,\n"
				     "     and so on\n"));
	free(bare);
}

static void a_fragment_has_no_frame(void **state)
{
	(void)state;
	fria_buf out = FRIA_BUF_INIT;
	fria_document_title(doc, "Title", NULL);
	fria_node_paragraph_text(body, "beside it");
	fria_node *p = fria_node_passage(body, FRIA_PASSAGE_CHANGED);
	fria_node_marked(p, FRIA_INSERTED, "<new>");
	fria_fragment_html(&out, p);
	assert_string_equal(out.text, "<p class=\"passage p-changed\">"
				      "<ins>&lt;new&gt;</ins></p>\n");
	fria_buf_clear(&out);
	fria_fragment_markdown(&out, p);
	assert_string_equal(out.text, "> **&lt;new>**\n");
	fria_buf_dispose(&out);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
	    TEST(test_on_a_page_a_sentence_names_no_command),
	    TEST(text_is_wrapped_and_indented),
	    TEST(a_text_is_appended_to_where_it_stands),
	    TEST(running_text_takes_eighty_columns_at_most),
	    TEST(columns_are_counted_as_a_terminal_does),
	    TEST(marks_are_seen_without_colour),
	    TEST(words_of_an_answer_are_marked_in_every_rendering),
	    TEST(a_change_is_one_line_where_it_fits),
	    TEST(what_is_folded_keeps_its_summary),
	    TEST(what_can_be_said_briefly_is_where_programs_read_it),
	    TEST(badges_tell_by_symbol_and_word),
	    TEST(notes_stand_apart),
	    TEST(fields_stand_under_each_other),
	    TEST(a_table_is_as_wide_as_it_needs),
	    TEST(a_row_may_lack_cells),
	    TEST(a_table_may_have_many_columns),
	    TEST(markdown_has_one_blank_line_between_blocks),
	    TEST(a_wide_cell_is_wrapped_in_its_column),
	    TEST(a_table_that_does_not_fit_is_fields),
	    TEST(answers_stay_behind_their_bar),
	    TEST(colour_changes_no_text),
	    TEST(a_fragment_has_no_frame),
	};
	return cmocka_run_group_tests_name("document", tests, NULL, NULL);
}
