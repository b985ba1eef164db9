/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Differences: texts block by block, rows, answers, approvals. The rules hold
 * on thousands of random texts and edits.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../engine/fria.h"

static unsigned seed;

static unsigned dice(unsigned sides)
{
	return (unsigned)rand_r(&seed) % sides;
}

/* --- texts --- */

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

enum { BLOCKS = 8 };

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
	for (unsigned i = 0; i < BLOCKS; i++) {
		fria_buf text = FRIA_BUF_INIT;
		put_block(&text, i);
		blocks[i] = fria_buf_detach(&text);
	}
}

static void free_blocks(char **blocks)
{
	for (size_t i = 0; i < BLOCKS; i++)
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

static size_t longest_rise(const size_t *values, size_t n)
{
	size_t best[BLOCKS] = {0}, longest = 0;
	for (size_t i = 0; i < n; i++) {
		best[i] = 1;
		for (size_t k = 0; k < i; k++)
			if (values[k] < values[i] && best[k] >= best[i])
				best[i] = best[k] + 1;
		longest = best[i] > longest ? best[i] : longest;
	}
	return longest;
}

static void test_moved_blocks_are_moved_and_no_more_than_needed(void **state)
{
	(void)state;
	for (unsigned n = 1; n <= 2000; n++) {
		char *blocks[BLOCKS];
		fria_buf a = FRIA_BUF_INIT, b = FRIA_BUF_INIT;
		fria_prose prose;
		size_t order[BLOCKS], moved = 0;
		seed = n;
		make_blocks(blocks);
		put_blocks(&a, blocks, BLOCKS);
		shuffle(blocks, BLOCKS);
		put_blocks(&b, blocks, BLOCKS);
		fria_prose_compare(&prose, a.text, b.text);
		assert_int_equal(prose.n, BLOCKS);
		for (size_t i = 0; i < prose.n; i++) {
			assert_true(prose.items[i].same);
			assert_int_equal(prose.items[i].to, i + 1);
			order[i] = prose.items[i].from;
			moved += prose.items[i].moved;
		}
		assert_int_equal(moved, BLOCKS - longest_rise(order, BLOCKS));
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

static void test_folding_leaves_out_no_change(void **state)
{
	(void)state;
	for (unsigned n = 1; n <= 2000; n++) {
		char *blocks[BLOCKS];
		fria_buf a = FRIA_BUF_INIT, b = FRIA_BUF_INIT;
		fria_prose prose;
		fria_passages shown;
		size_t changed[2] = {0, 0}, words[2] = {0, 0};
		seed = n;
		make_blocks(blocks);
		put_blocks(&a, blocks, BLOCKS);
		for (unsigned k = dice(4); k > 0; k--) {
			fria_buf text = FRIA_BUF_INIT;
			put_block(&text, 90 + k);
			unsigned at = dice(BLOCKS);
			free(blocks[at]);
			blocks[at] = fria_buf_detach(&text);
		}
		put_blocks(&b, blocks, BLOCKS);
		fria_prose_compare(&prose, a.text, b.text);
		fria_prose_fold(&shown, &prose);
		for (size_t i = 0; i < prose.n; i++)
			for (size_t k = 0; k < prose.items[i].words.n; k++) {
				fria_edit *e = &prose.items[i].words.items[k];
				size_t all = strlen(e->text);
				changed[0] += e->kind == FRIA_SAME ? 0 : all;
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
				changed[1] += same ? 0 : p->n;
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

/* --- documents --- */

static const char form[] =
    "{\"urn\":\"urn:nl:t\",\"version\":\"1.0\",\"name\":\"T\",\"tasks\":["
    "{\"id\":\"1\",\"task\":\"Why?\",\"type\":[\"open_text\"],"
    "\"facts\":[\"/use/area\"]},"
    "{\"id\":\"2\",\"task\":\"Which?\",\"type\":[\"select_option\"],"
    "\"options\":[{\"value\":\"a\",\"label\":\"A\"},"
    "{\"value\":\"b\",\"label\":\"B\"}],\"rests\":[\"1\"]},"
    "{\"id\":\"3\",\"task\":\"Groups\",\"type\":[\"task_group\"],"
    "\"repeatable\":true,\"tasks\":["
    "{\"id\":\"3.1\",\"task\":\"Who?\",\"type\":[\"open_text\"]},"
    "{\"id\":\"3.2\",\"task\":\"What?\",\"type\":[\"open_text\"]}]},"
    "{\"id\":\"4\",\"task\":\"Measures\",\"type\":[\"task_group\"],"
    "\"repeatable\":true,\"measure\":{\"status\":\"4.stand\"},\"tasks\":["
    "{\"id\":\"4.1\",\"task\":\"What is done?\",\"type\":[\"open_text\"]},"
    "{\"id\":\"4.stand\",\"task\":\"How far?\",\"type\":[\"open_text\"],"
    "\"extension\":true,\"required\":false}]}]}";

/* The same questions, later: 1 is 2 and 2 is 1; 3.2 is gone. */
static const char later[] =
    "{\"urn\":\"urn:nl:t\",\"version\":\"2.0\",\"name\":\"T\",\"tasks\":["
    "{\"id\":\"1\",\"task\":\"Which?\",\"type\":[\"select_option\"],"
    "\"options\":[{\"value\":\"a\",\"label\":\"A\"},"
    "{\"value\":\"b\",\"label\":\"B\"}],\"migrates\":[\"2\"]},"
    "{\"id\":\"2\",\"task\":\"Why?\",\"type\":[\"open_text\"],"
    "\"migrates\":[\"1\"]},"
    "{\"id\":\"5\",\"task\":\"Groups\",\"type\":[\"task_group\"],"
    "\"repeatable\":true,\"migrates\":[\"3\"],\"tasks\":["
    "{\"id\":\"5.1\",\"task\":\"Who?\",\"type\":[\"open_text\"],"
    "\"migrates\":[\"3.1\"]}]}]}";

static fria_instrument *questions(const char *text)
{
	fria_instrument *in = NULL;
	json_t *json = NULL;
	assert_int_equal(
	    fria_json_parse(&json, "form", text, strlen(text), NULL), 0);
	assert_int_equal(fria_instrument_parse(&in, "form", json, NULL), 0);
	json_decref(json);
	return in;
}

static json_t *read_json(const char *text)
{
	json_t *json = NULL;
	assert_int_equal(
	    fria_json_parse(&json, "test", text, strlen(text), NULL), 0);
	return json;
}

/* --- random edits --- */

typedef struct {
	json_t *assessment, *application;
} documents;

static json_t *word(void)
{
	return json_sprintf("woord %u", dice(3));
}

static json_t *answer(void)
{
	json_t *out = dice(4) ? json_pack("{s:o}", "value", word())
			      : json_pack("{s:{s:s, s:o}}", "waived", "kind",
					  "settled", "reason", word());
	if (dice(2))
		json_object_set_new(
		    out, "basis",
		    json_pack("{s:s, s:o}", "by", "A", "at", word()));
	if (!dice(3))
		json_object_set_new(out, "dissent", word());
	if (!dice(5))
		json_object_set_new(out, "unknown", word());
	return out;
}

static json_t *rows_of(documents *d, const char *group)
{
	json_t *answers = json_object_get(d->assessment, "answers");
	json_t *rows = json_object_get(answers, group);
	if (!rows) {
		rows = json_array();
		json_object_set_new(answers, group, rows);
	}
	return rows;
}

static void edit_rows(documents *d)
{
	const char *group = dice(2) ? "3" : "4";
	const char *const cells[] = {"3.1", "3.2", "4.1", "4.stand"};
	json_t *rows = rows_of(d, group);
	size_t n = json_array_size(rows);
	char id[16];
	static unsigned fresh;
	snprintf(id, sizeof id, "r%07u", ++fresh);
	json_t *row = n ? json_array_get(rows, dice((unsigned)n)) : NULL;
	unsigned what = dice(4);
	if (!row || !what) {
		json_array_insert_new(rows, dice((unsigned)n + 1),
				      json_pack("{s:s}", "id", id));
	} else if (what == 1) {
		json_incref(row);
		json_array_remove(rows, 0);
		json_decref(row);
	} else if (what == 2) {
		json_t *first = json_incref(json_array_get(rows, 0));
		json_array_remove(rows, 0);
		json_array_insert_new(rows, dice((unsigned)n), first);
	} else {
		json_object_set_new(
		    row, cells[dice(2) + (*group == '4' ? 2u : 0u)], answer());
	}
}

static void edit_list(documents *d, const char *name)
{
	json_t *list = json_object_get(d->assessment, name);
	char id[8];
	snprintf(id, sizeof id, "c%u", dice(3));
	if (!list) {
		list = json_array();
		json_object_set_new(d->assessment, name, list);
	}
	if (json_array_size(list) && !dice(3)) {
		json_array_remove(list, 0);
		return;
	}
	for (size_t i = 0; i < json_array_size(list); i++)
		if (!strcmp(fria_json_text(json_array_get(list, i), "id"), id))
			return;
	json_t *one =
	    json_pack("{s:s, s:s, s:o, s:s, s:s}", "id", id, "task", "1",
		      "text", word(), "role", id, "kind", "agreement");
	if (!dice(3))
		json_object_set_new(one, "resolved",
				    json_pack("{s:o}", "by", word()));
	json_array_append_new(list, one);
}

static void set_or_drop(json_t *object, const char *key)
{
	if (dice(3))
		json_object_set_new(object, key, word());
	else
		json_object_del(object, key);
}

static void edit_document(documents *d)
{
	static const char *const lists[] = {"comments", "meetings",
					    "approvals"};
	static const char *const members[] = {"origin", "superseded_by",
					      "other"};
	static const char *const facts[] = {"area", "purpose"};
	json_t *answers = json_object_get(d->assessment, "answers");
	switch (dice(7)) {
	case 0:
		json_object_set_new(answers, dice(2) ? "1" : "2", answer());
		break;
	case 1:
		json_object_del(answers, dice(2) ? "1" : "2");
		break;
	case 2:
		edit_list(d, lists[dice(3)]);
		break;
	case 3:
		set_or_drop(d->assessment, members[dice(3)]);
		break;
	case 4:
		set_or_drop(json_object_get(d->application, "use"),
			    facts[dice(2)]);
		break;
	case 5:
		set_or_drop(d->application, dice(2) ? "release" : "name");
		break;
	default:
		edit_rows(d);
	}
}

static documents start(void)
{
	return (documents){
	    read_json("{\"instrument\":\"urn:nl:t:1.0\",\"application\":"
		      "\"a\",\"answers\":{}}"),
	    read_json("{\"id\":\"a\",\"use\":{},\"monitoring\":{\"m\":"
		      "{\"series\":[]}}}")};
}

static documents copy(const documents *d)
{
	return (documents){json_deep_copy(d->assessment),
			   json_deep_copy(d->application)};
}

static void drop(documents *d)
{
	json_decref(d->assessment);
	json_decref(d->application);
}

/* Without what says nothing: no rows, no comments. */
static json_t *substance(const documents *d)
{
	json_t *out =
	    json_pack("{s:o, s:o}", "a", json_deep_copy(d->assessment), "b",
		      json_deep_copy(d->application));
	json_t *a = json_object_get(out, "a"), *value;
	json_t *answers = json_object_get(a, "answers");
	const char *key;
	void *next;
	json_object_foreach_safe(answers, next, key, value) {
		if (json_is_array(value) && !json_array_size(value))
			json_object_del(answers, key);
	}
	json_object_foreach_safe(a, next, key, value) {
		if (json_is_array(value) && !json_array_size(value))
			json_object_del(a, key);
	}
	return out;
}

typedef struct {
	fria_evaluation a, b;
	fria_evaluation_input input[2];
	fria_diff diff;
} compared;

static void compare(compared *out, const fria_instrument *in[2],
		    const documents *from, const documents *to, bool whole)
{
	const documents *d[] = {from, to};
	fria_side sides[2];
	for (int i = 0; i < 2; i++) {
		out->input[i] =
		    (fria_evaluation_input){.instrument = in[i],
					    .assessment = d[i]->assessment,
					    .application = d[i]->application,
					    .name = "a/t",
					    .adopted = true};
		fria_evaluate(i ? &out->b : &out->a, &out->input[i]);
		sides[i] = (fria_side){.instrument = in[i],
				       .assessment = d[i]->assessment,
				       .application = d[i]->application,
				       .name = "a/t",
				       .evaluation = !whole ? NULL
						     : i    ? &out->b
							    : &out->a};
	}
	fria_diff_make(&out->diff, &sides[0], &sides[1]);
}

static void finish(compared *c)
{
	fria_diff_dispose(&c->diff);
	fria_evaluation_dispose(&c->a);
	fria_evaluation_dispose(&c->b);
}

static void assert_ordered(const fria_diff *diff)
{
	for (size_t i = 1; i < diff->n; i++)
		assert_true(diff->items[i - 1].weight <= diff->items[i].weight);
}

/* Every change can be told, and counted. */
static void assert_told(const fria_diff *diff)
{
	fria_stats stats;
	size_t all = 0;
	fria_diff_count(&stats, diff);
	for (size_t i = 0; i < stats.n; i++)
		all += stats.items[i].count;
	assert_int_equal(all, diff->n);
	free(stats.items);
	for (size_t i = 0; i < diff->n; i++) {
		fria_buf text = FRIA_BUF_INIT;
		fria_difference_title(&text, diff, &diff->items[i], FRIA_EN);
		fria_difference_value(&text, diff, &diff->items[i], false,
				      FRIA_EN);
		fria_difference_value(&text, diff, &diff->items[i], true,
				      FRIA_EN);
		assert_true(text.n > 0 ||
			    diff->items[i].kind == FRIA_CHANGE_ORIGIN);
		fria_buf_dispose(&text);
	}
	json_t *json = fria_diff_json(diff, "a/t");
	assert_int_equal(json_array_size(json_object_get(json, "changes")),
			 diff->n);
	json_decref(json);
}

static void test_empty_exactly_if_nothing_differs(void **state)
{
	(void)state;
	fria_instrument *in = questions(form);
	const fria_instrument *both[] = {in, in};
	size_t equal = 0;
	for (unsigned n = 1; n <= 4000; n++) {
		seed = n;
		documents a = start();
		for (unsigned k = dice(12); k > 0; k--)
			edit_document(&a);
		documents b = copy(&a);
		for (unsigned k = dice(5); k > 0; k--)
			edit_document(&b);
		json_t *x = substance(&a), *y = substance(&b);
		bool same = json_equal(x, y);
		equal += same;
		for (int whole = 0; whole < 2; whole++) {
			compared c;
			compare(&c, both, &a, &b, whole);
			if (same != (c.diff.n == 0)) {
				fria_buf text = FRIA_BUF_INIT;
				fria_json_write_line(&text, x);
				fria_buf_putc(&text, '\n');
				fria_json_write_line(&text, y);
				print_error("seed %u\n%s\n", n, text.text);
				fria_buf_dispose(&text);
			}
			assert_true(same == (c.diff.n == 0));
			assert_ordered(&c.diff);
			assert_told(&c.diff);
			finish(&c);
		}
		json_decref(x);
		json_decref(y);
		drop(&a);
		drop(&b);
	}
	assert_true(equal > 400 && equal < 3600);
	fria_instrument_free(in);
}

static void test_no_more_rows_move_than_must(void **state)
{
	(void)state;
	fria_instrument *in = questions(form);
	const fria_instrument *both[] = {in, in};
	for (unsigned n = 1; n <= 2000; n++) {
		size_t order[BLOCKS], moved = 0;
		documents a = start(), b = start();
		seed = n;
		for (size_t i = 0; i < BLOCKS; i++) {
			order[i] = i;
			json_array_append_new(
			    rows_of(&a, "3"),
			    json_pack("{s:o}", "id",
				      json_sprintf("rij0000%zu", i)));
		}
		for (size_t i = BLOCKS; i > 1; i--) {
			size_t k = dice((unsigned)i), other = order[k];
			order[k] = order[i - 1];
			order[i - 1] = other;
		}
		for (size_t i = 0; i < BLOCKS; i++)
			json_array_append(
			    rows_of(&b, "3"),
			    json_array_get(rows_of(&a, "3"), order[i]));
		compared c;
		compare(&c, both, &a, &b, false);
		for (size_t i = 0; i < c.diff.n; i++)
			moved += c.diff.items[i].kind == FRIA_CHANGE_ROW_MOVED;
		assert_int_equal(moved, c.diff.n);
		assert_int_equal(moved, BLOCKS - longest_rise(order, BLOCKS));
		finish(&c);
		drop(&a);
		drop(&b);
	}
	fria_instrument_free(in);
}

/* --- approvals --- */

static const fria_difference *find_kind(const fria_diff *diff,
					fria_change_kind kind)
{
	for (size_t i = 0; i < diff->n; i++)
		if (diff->items[i].kind == kind)
			return &diff->items[i];
	return NULL;
}

static void approve(documents *d, const fria_instrument *in)
{
	char content[FRIA_DIGEST_SIZE];
	fria_content_digest(content, in, d->assessment, d->application, "a/t");
	json_object_set_new(
	    d->assessment, "approvals",
	    json_pack("[{s:s, s:s, s:s, s:s, s:s, s:s}]", "role", "accountable",
		      "kind", "decision", "value", "use", "content", content,
		      "by", "B <b@example.org>", "at", "2026-01-01T00:00:00Z"));
}

static void test_a_lapsed_decision_says_what_lapsed_it(void **state)
{
	(void)state;
	fria_instrument *in = questions(form);
	const fria_instrument *both[] = {in, in};
	documents a = start();
	compared c;
	json_t *answers = json_object_get(a.assessment, "answers");
	json_object_set_new(answers, "1", read_json("{\"value\":\"Een\"}"));
	documents b = copy(&a);
	approve(&b, in);
	compare(&c, both, &a, &b, true);
	const fria_difference *d = find_kind(&c.diff, FRIA_CHANGE_APPROVAL);
	assert_non_null(d);
	assert_null(d->before);
	finish(&c);
	documents e = copy(&b);
	json_object_set_new(json_object_get(e.assessment, "answers"), "1",
			    read_json("{\"value\":\"Twee\"}"));
	json_object_set_new(json_object_get(e.application, "use"), "area",
			    json_string("Elders"));
	compare(&c, both, &b, &e, true);
	d = find_kind(&c.diff, FRIA_CHANGE_LAPSED);
	assert_non_null(d);
	assert_int_equal(d->weight, FRIA_WEIGHT_DECISION);
	json_t *wanted = read_json("[{\"kind\":\"answer\",\"task\":\"1\"},"
				   "{\"kind\":\"fact\",\"pointer\":"
				   "\"/use/area\"}]");
	assert_true(json_equal(d->because, wanted));
	json_decref(wanted);
	finish(&c);
	compare(&c, both, &e, &b, true);
	assert_non_null(find_kind(&c.diff, FRIA_CHANGE_RESTORED));
	finish(&c);
	drop(&a);
	drop(&b);
	drop(&e);
	fria_instrument_free(in);
}

static void test_progress_of_a_measure_lapses_nothing(void **state)
{
	(void)state;
	fria_instrument *in = questions(form);
	const fria_instrument *both[] = {in, in};
	documents a = start();
	compared c;
	json_array_append_new(
	    rows_of(&a, "4"),
	    read_json("{\"id\":\"rij00001\",\"4.1\":{\"value\":\"Meten\"},"
		      "\"4.stand\":{\"value\":\"gepland\"}}"));
	approve(&a, in);
	documents b = copy(&a);
	json_object_set_new(json_array_get(rows_of(&b, "4"), 0), "4.stand",
			    read_json("{\"value\":\"uitgevoerd\"}"));
	compare(&c, both, &a, &b, true);
	assert_null(find_kind(&c.diff, FRIA_CHANGE_LAPSED));
	const fria_difference *d = find_kind(&c.diff, FRIA_CHANGE_MEASURE);
	fria_buf title = FRIA_BUF_INIT;
	assert_non_null(d);
	fria_difference_title(&title, &c.diff, d, FRIA_EN);
	assert_string_equal(title.text, "4.stand How far?, row 1: Meten");
	fria_buf_dispose(&title);
	finish(&c);
	drop(&a);
	drop(&b);
	fria_instrument_free(in);
}

/* --- another questionnaire --- */

static void test_a_moved_question_is_not_removed_and_added(void **state)
{
	(void)state;
	fria_instrument *old = questions(form), *new = questions(later);
	const fria_instrument *forth[] = {old, new}, *back[] = {new, old};
	documents a = start(), b = start();
	compared c;
	json_object_set_new(
	    a.assessment, "answers",
	    read_json("{\"1\":{\"value\":\"Tekst een.\"},"
		      "\"2\":{\"value\":\"a\"},\"3\":[{\"id\":\"rij00001\","
		      "\"3.1\":{\"value\":\"Wie\"},"
		      "\"3.2\":{\"value\":\"Weg\"}}]}"));
	json_object_set_new(
	    b.assessment, "answers",
	    read_json("{\"2\":{\"value\":\"Tekst twee.\"},"
		      "\"1\":{\"value\":\"a\"},\"5\":[{\"id\":\"rij00001\","
		      "\"5.1\":{\"value\":\"Wie\"}}]}"));
	compare(&c, forth, &a, &b, false);
	assert_int_equal(c.diff.n, 3);
	assert_int_equal(c.diff.items[0].kind, FRIA_CHANGE_INSTRUMENT);
	assert_int_equal(c.diff.items[1].kind, FRIA_CHANGE_REMOVED);
	assert_string_equal(c.diff.items[1].task, "3.2");
	assert_int_equal(c.diff.items[2].kind, FRIA_CHANGE_CHANGED);
	assert_string_equal(c.diff.items[2].task, "2");
	assert_string_equal(c.diff.items[2].was_task, "1");
	finish(&c);
	compare(&c, back, &b, &a, false);
	assert_int_equal(c.diff.n, 3);
	assert_non_null(find_kind(&c.diff, FRIA_CHANGE_ADDED));
	assert_string_equal(find_kind(&c.diff, FRIA_CHANGE_CHANGED)->was_task,
			    "2");
	finish(&c);
	drop(&a);
	drop(&b);
	fria_instrument_free(old);
	fria_instrument_free(new);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_blocks_give_both_texts_back),
	    cmocka_unit_test(
		test_moved_blocks_are_moved_and_no_more_than_needed),
	    cmocka_unit_test(test_a_changed_block_is_one_block),
	    cmocka_unit_test(test_folding_leaves_out_no_change),
	    cmocka_unit_test(test_empty_exactly_if_nothing_differs),
	    cmocka_unit_test(test_no_more_rows_move_than_must),
	    cmocka_unit_test(test_a_lapsed_decision_says_what_lapsed_it),
	    cmocka_unit_test(test_progress_of_a_measure_lapses_nothing),
	    cmocka_unit_test(test_a_moved_question_is_not_removed_and_added)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
