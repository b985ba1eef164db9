/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Texts beside each other, block by block, and what is folded away of them.
 * The rules hold on thousands of random texts.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "../../engine/fria.h"
#include "chance.h"

static void put_words(fria_buf *out)
{
	static const char *const words[] = {
	    "camera", "gemeente", "wijk",  "**foto**", "1.2,5", "é–ë",
	    "het",    "een",	  "data,", "(maar)",   "niet.", "#ja"};
	for (unsigned n = 1 + dice(9); n > 0; n--)
		fria_buf_printf(out, n > 1 ? "%s " : "%s", words[dice(12)]);
}

/* A block of some form, with a number so that no two are the same. */
static void put_block(fria_buf *out, unsigned number)
{
	static const char *const opens[] = {"",	  "- ", "3. ",	"## ",
					    "| ", "> ", "```\n"};
	unsigned form = dice(7);
	fria_buf_printf(out, "%sb%u ", opens[form], number);
	put_words(out);
	if (form == 6)
		fria_buf_puts(out, "\n\n- geen item\n```");
	else if (form < 3 && !dice(3))
		fria_buf_puts(out, "\nen verder");
}

static void put_blocks(fria_buf *out, char *const *blocks, size_t n)
{
	for (size_t i = 0; i < n; i++)
		fria_buf_printf(out, i ? "\n\n%s" : "%s", blocks[i]);
}

static void shuffle(char **blocks, size_t n)
{
	for (size_t i = n; i > 1; i--) {
		size_t k = dice((unsigned)i);
		char *other = blocks[k];
		blocks[k] = blocks[i - 1];
		blocks[i - 1] = other;
	}
}

static void make_blocks(char **blocks)
{
	for (unsigned i = 0; i < PIECES; i++) {
		fria_buf text = FRIA_BUF_INIT;
		put_block(&text, i);
		blocks[i] = fria_buf_detach(&text);
	}
}

static void free_blocks(char **blocks)
{
	for (size_t i = 0; i < PIECES; i++)
		free(blocks[i]);
}

static void assert_gives_back(const char *before, const char *after)
{
	fria_prose prose;
	fria_buf a = FRIA_BUF_INIT, b = FRIA_BUF_INIT;
	fria_prose_compare(&prose, before, after);
	fria_prose_text(&a, &prose, false);
	fria_prose_text(&b, &prose, true);
	assert_string_equal(a.text, before);
	assert_string_equal(b.text, after);
	fria_buf_dispose(&a);
	fria_buf_dispose(&b);
	fria_prose_dispose(&prose);
}

/* Any text: lines and marks in any order. */
static void put_noise(fria_buf *out)
{
	static const char *const bits[] = {
	    "\n", "\n\n", "# ", "- ", "12) ", "| a |", "```", "~~~~",  "> ",
	    " ",  "\t",	  "x",	"y ", "z,",   "\r\n",  "é",   "woord", "  "};
	for (unsigned n = dice(40); n > 0; n--)
		fria_buf_puts(out, bits[dice(18)]);
}

static void test_blocks_give_both_texts_back(void **state)
{
	(void)state;
	for (unsigned n = 1; n <= 4000; n++) {
		fria_buf a = FRIA_BUF_INIT, b = FRIA_BUF_INIT;
		seed = n;
		put_noise(&a);
		if (dice(2))
			fria_buf_puts(&b, a.text);
		put_noise(&b);
		assert_gives_back(a.text, b.text);
		assert_gives_back(b.text, a.text);
		fria_buf_dispose(&a);
		fria_buf_dispose(&b);
	}
}

static void test_moved_blocks_are_moved_and_no_more_than_needed(void **state)
{
	(void)state;
	for (unsigned n = 1; n <= 2000; n++) {
		char *blocks[PIECES];
		fria_buf a = FRIA_BUF_INIT, b = FRIA_BUF_INIT;
		fria_prose prose;
		size_t order[PIECES], moved = 0;
		seed = n;
		make_blocks(blocks);
		put_blocks(&a, blocks, PIECES);
		shuffle(blocks, PIECES);
		put_blocks(&b, blocks, PIECES);
		fria_prose_compare(&prose, a.text, b.text);
		assert_int_equal(prose.n, PIECES);
		for (size_t i = 0; i < prose.n; i++) {
			assert_true(prose.items[i].same);
			assert_int_equal(prose.items[i].to, i + 1);
			order[i] = prose.items[i].from;
			moved += prose.items[i].moved;
		}
		assert_int_equal(moved, PIECES - longest_rise(order, PIECES));
		fria_prose_dispose(&prose);
		free_blocks(blocks);
		fria_buf_dispose(&a);
		fria_buf_dispose(&b);
	}
}

static void test_a_changed_block_is_one_block(void **state)
{
	(void)state;
	fria_prose prose;
	fria_prose_compare(
	    &prose,
	    "# Kop\n\nDe camera telt zakken.\n\n- een item met tekst\n- twee",
	    "- twee\n\n# Kop\n\nDe camera telt dozen.\n\n"
	    "- een item met meer tekst");
	assert_int_equal(prose.n, 4);
	assert_true(prose.items[0].same && prose.items[0].moved);
	assert_true(prose.items[1].same && !prose.items[1].moved);
	assert_false(prose.items[2].same);
	assert_int_equal(prose.items[2].words.n, 4);
	assert_string_equal(prose.items[2].words.items[1].text, "zakken");
	assert_string_equal(prose.items[2].words.items[2].text, "dozen");
	assert_string_equal(prose.items[3].words.items[1].text, "meer ");
	fria_prose_dispose(&prose);
}

/* As a reader is shown it: [-gone-], {+added+}, and a bar between passages. */
static void shown_as(fria_buf *out, const char *before, const char *after)
{
	fria_prose prose;
	fria_passages shown;
	static const char *const open[] = {"", "[-", "{+", "<"};
	static const char *const close[] = {"", "-]", "+}", ">"};
	fria_prose_compare(&prose, before, after);
	fria_prose_fold(&shown, &prose);
	for (size_t i = 0; i < shown.n; i++) {
		fria_buf_puts(out, i ? "|" : "");
		for (size_t k = 0; k < shown.items[i].n; k++) {
			const fria_span *p = &shown.items[i].items[k];
			fria_buf_puts(out, open[p->kind]);
			fria_buf_put(out, p->text, p->n);
			fria_buf_puts(out, close[p->kind]);
		}
	}
	fria_passages_dispose(&shown);
	fria_prose_dispose(&prose);
}

static void test_marked_as_a_person_would(void **state)
{
	(void)state;
	static const struct {
		const char *before, *after, *shown;
	} cases[] = {
	    /* A mark is no part of the word before it. */
	    {"De camera telt zakken, en dozen.",
	     "De camera telt zakken en dozen.",
	     "De camera telt zakken[-,-] en dozen."},
	    {"Versie 1.0.", "Versie 2.0.", "Versie [-1.0-] {+2.0+}."},
	    /* Space stands outside. */
	    {"Elke dag wordt er gemeten door de wagens.",
	     "Elke dag wordt er twee keer gemeten door de wagens.",
	     "Elke dag wordt er {+twee keer+} gemeten door de wagens."},
	    {"Een foto, en dan nog een foto in de wagen.",
	     "Een foto in de wagen.",
	     "Een foto[-, en dan nog een foto-] in "
	     "de wagen."},
	    /* Less than half of the words: one text, and then another. */
	    {"Bij de keuring was het verschil zeven procentpunt in Noord.",
	     "Dat is geen theorie gebleken: het was in Noord dertien.",
	     "[-Bij de keuring was het verschil zeven procentpunt in "
	     "Noord.-]|{+Dat is geen theorie gebleken: het was in Noord "
	     "dertien.+}"},
	    /* What is only longer stays one text. */
	    {"De wagen rijdt elke dag door de stad.",
	     "De wagen rijdt elke dag van de week door de stad, ook in de "
	     "zomer en bij regen.",
	     "De wagen rijdt elke dag {+van de week+} door de stad{+, ook in "
	     "de zomer en bij regen+}."}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		fria_buf out = FRIA_BUF_INIT;
		shown_as(&out, cases[i].before, cases[i].after);
		assert_string_equal(out.text, cases[i].shown);
		assert_gives_back(cases[i].before, cases[i].after);
		fria_buf_dispose(&out);
	}
}

/* Bytes that are no space. */
static size_t visible(const char *text, size_t n)
{
	size_t count = 0;
	for (size_t i = 0; i < n; i++)
		count += !strchr(" \t\n", text[i]);
	return count;
}

static void test_folding_leaves_out_no_change(void **state)
{
	(void)state;
	for (unsigned n = 1; n <= 2000; n++) {
		char *blocks[PIECES];
		fria_buf a = FRIA_BUF_INIT, b = FRIA_BUF_INIT;
		fria_prose prose;
		fria_passages shown;
		size_t changed[2] = {0, 0}, words[2] = {0, 0};
		seed = n;
		make_blocks(blocks);
		put_blocks(&a, blocks, PIECES);
		for (unsigned k = dice(4); k > 0; k--) {
			fria_buf text = FRIA_BUF_INIT;
			put_block(&text, 90 + k);
			unsigned at = dice(PIECES);
			free(blocks[at]);
			blocks[at] = fria_buf_detach(&text);
		}
		put_blocks(&b, blocks, PIECES);
		fria_prose_compare(&prose, a.text, b.text);
		fria_prose_fold(&shown, &prose);
		for (size_t i = 0; i < prose.n; i++)
			for (size_t k = 0; k < prose.items[i].words.n; k++) {
				fria_edit *e = &prose.items[i].words.items[k];
				size_t all = strlen(e->text);
				changed[0] += e->kind == FRIA_SAME
						  ? 0
						  : visible(e->text, all);
				words[0] += e->kind == FRIA_SAME
						? fria_words_count(e->text, all)
						: 0;
			}
		for (size_t i = 0; i < shown.n; i++) {
			words[1] += shown.items[i].words;
			for (size_t k = 0; k < shown.items[i].n; k++) {
				fria_span *p = &shown.items[i].items[k];
				bool same = p->kind == FRIA_SPAN_SAME ||
					    p->kind == FRIA_SPAN_FOLDED;
				changed[1] += same ? 0 : visible(p->text, p->n);
				bool marked = p->kind == FRIA_SPAN_GONE ||
					      p->kind == FRIA_SPAN_ADDED;
				if (marked && shown.items[i].kind ==
						  FRIA_PASSAGE_CHANGED) {
					assert_null(
					    strchr(" \n\t", p->text[0]));
					assert_null(
					    strchr(" \n\t", p->text[p->n - 1]));
				}
				words[1] += same ? p->words : 0;
			}
		}
		assert_int_equal(changed[0], changed[1]);
		assert_int_equal(words[0], words[1]);
		fria_passages_dispose(&shown);
		fria_prose_dispose(&prose);
		free_blocks(blocks);
		fria_buf_dispose(&a);
		fria_buf_dispose(&b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_blocks_give_both_texts_back),
	    cmocka_unit_test(
		test_moved_blocks_are_moved_and_no_more_than_needed),
	    cmocka_unit_test(test_a_changed_block_is_one_block),
	    cmocka_unit_test(test_marked_as_a_person_would),
	    cmocka_unit_test(test_folding_leaves_out_no_change)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
