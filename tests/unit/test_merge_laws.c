/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What must hold for a merge of any two sides, on thousands of random edit
 * scripts.
 */
#include "merging.h"
#include "seeds.h"

enum { TASKS = 5, EDITS = 16 };

static unsigned cases(void)
{
	return of_seeds(4000);
}

/* --- random edit scripts --- */

typedef struct {
	unsigned seed, first; /* first: to find a failure again */
	unsigned written;     /* every text is written once */
	const char *side;
	/* 0: anything; 1, 2: only what is odd, or even. */
	int half;
	unsigned day;
} script;

static unsigned dice(script *s, unsigned sides)
{
	return (unsigned)rand_r(&s->seed) % sides;
}

/* A number below n that this side may touch. */
static unsigned pick(script *s, unsigned n)
{
	unsigned one = dice(s, n);
	return s->half ? one / 2 * 2 + (unsigned)(s->half - 1) : one;
}

static json_t *fresh(script *s)
{
	return json_sprintf("%s-%u", s->side, s->written++);
}

static json_t *now(script *s)
{
	return json_sprintf("2026-%02u-%02uT00:00:00Z", 1 + s->day % 12,
			    1 + dice(s, 28));
}

static json_t *answers_of(json_t *doc)
{
	return json_object_get(doc, "answers");
}

static json_t *basis_for(script *s, const json_t *answer)
{
	char digest[FRIA_DIGEST_SIZE];
	json_t *form = fria_answer_form(answer);
	fria_digest(digest, form);
	json_decref(form);
	return json_pack("{s:s, s:s, s:o}", "value", digest, "by", s->side,
			 "at", now(s));
}

/* Where an answer goes: a question, or a cell of a row. */
static json_t *random_holder(script *s, json_t *doc, char key[16])
{
	json_t *rows = json_object_get(answers_of(doc), "rows");
	unsigned i = pick(s, TASKS);
	snprintf(key, 16, "q%u", i);
	if (dice(s, 3) || !json_array_size(rows))
		return answers_of(doc);
	if (s->half) {
		size_t k;
		json_t *row;
		json_array_foreach(rows, k, row) {
			const char *id = fria_json_text(row, "id");
			if ((id[3] - '0') % 2 == s->half - 1)
				return row;
		}
		return answers_of(doc);
	}
	return json_array_get(rows, dice(s, (unsigned)json_array_size(rows)));
}

static void edit_answer(script *s, json_t *doc)
{
	char key[16];
	json_t *holder = random_holder(s, doc, key);
	json_t *answer = json_object_get(holder, key);
	answer = answer ? json_copy(answer) : json_object();
	json_object_del(answer, "value");
	json_object_del(answer, "waived");
	if (dice(s, 5))
		json_object_set_new(
		    answer, "value",
		    dice(s, 6) ? fresh(s) : json_sprintf("v%u", dice(s, 2)));
	else
		json_object_set_new(answer, "waived",
				    json_pack("{s:s, s:o}", "kind", "unknown",
					      "reason", fresh(s)));
	json_object_set_new(answer, "basis", basis_for(s, answer));
	json_object_set_new(holder, key, answer);
}

static void confirm_answer(script *s, json_t *doc)
{
	char key[16];
	json_t *holder = random_holder(s, doc, key);
	json_t *answer = json_object_get(holder, key);
	if (!answer)
		return;
	answer = json_copy(answer);
	json_object_set_new(answer, "basis", basis_for(s, answer));
	json_object_set_new(holder, key, answer);
}

static void remove_answer(script *s, json_t *doc)
{
	char key[16];
	json_object_del(random_holder(s, doc, key), key);
}

static void write_beside(script *s, json_t *doc)
{
	char key[16];
	json_t *holder = random_holder(s, doc, key);
	json_t *answer = json_object_get(holder, key);
	if (answer)
		json_object_set_new(answer, dice(s, 2) ? "dissent" : "own",
				    fresh(s));
}

static void change_rows(script *s, json_t *doc)
{
	json_t *rows = json_object_get(answers_of(doc), "rows");
	size_t n = json_array_size(rows), i;
	json_t *row;
	char id[16];
	snprintf(id, sizeof id, "row%u", pick(s, 10));
	json_array_foreach(rows, i, row) {
		if (strcmp(fria_json_text(row, "id"), id) != 0)
			continue;
		json_array_remove(rows, i);
		return;
	}
	if (!rows) {
		rows = json_array();
		json_object_set_new(answers_of(doc), "rows", rows);
	}
	json_array_insert_new(
	    rows, dice(s, (unsigned)n + 1),
	    json_pack("{s:s, s:{s:o}}", "id", id, "cell", "value", fresh(s)));
}

static void move_row(script *s, json_t *doc)
{
	json_t *rows = json_object_get(answers_of(doc), "rows");
	size_t n = json_array_size(rows);
	if (n < 2 || s->half)
		return;
	json_t *row = json_incref(json_array_get(rows, dice(s, (unsigned)n)));
	for (size_t i = 0; i < n; i++)
		if (json_array_get(rows, i) == row) {
			json_array_remove(rows, i);
			break;
		}
	json_array_insert_new(rows, dice(s, (unsigned)n), row);
}

static void approve(script *s, json_t *doc)
{
	json_t *list = json_object_get(doc, "approvals");
	json_array_append_new(
	    list,
	    json_pack("{s:s, s:s, s:o, s:s, s:s, s:o}", "role",
		      dice(s, 2) ? "dpo" : "lawyer", "kind", "advice", "note",
		      fresh(s), "content", "c", "by", s->side, "at", now(s)));
}

static void comment(script *s, json_t *doc)
{
	json_t *list = json_object_get(doc, "comments");
	size_t n = json_array_size(list);
	if (n && !dice(s, 2)) {
		json_t *one = json_array_get(list, dice(s, (unsigned)n));
		if (!strncmp(fria_json_text(one, "id"), s->side, 1) || !s->half)
			json_object_set_new(one, "resolved",
					    json_pack("{s:s, s:o}", "by",
						      s->side, "at", now(s)));
		return;
	}
	json_array_append_new(list, json_pack("{s:o, s:s, s:o, s:o}", "id",
					      fresh(s), "task", "q1", "text",
					      fresh(s), "at", now(s)));
}

static void change_member(script *s, json_t *doc)
{
	char key[16];
	json_t *own = json_object_get(doc, "own");
	snprintf(key, sizeof key, "k%u", pick(s, 4));
	if (!dice(s, 4))
		json_object_del(own, key);
	else
		json_object_set_new(own, key, fresh(s));
}

static void edit_at_random(script *s, json_t *doc)
{
	static void (*const edits[])(script *, json_t *) = {
	    edit_answer,   edit_answer, edit_answer, confirm_answer,
	    remove_answer, change_rows, change_rows, move_row,
	    write_beside,  approve,	comment,     change_member};
	unsigned n = dice(s, EDITS);
	for (unsigned i = 0; i < n; i++) {
		s->day++;
		edits[dice(s, sizeof edits / sizeof *edits)](s, doc);
	}
}

static json_t *edited(const json_t *from, unsigned seed, const char *side,
		      int half)
{
	script s = {seed, seed, 0, side, half, 0};
	json_t *doc = json_deep_copy(from);
	edit_at_random(&s, doc);
	return doc;
}

static json_t *random_base(unsigned seed)
{
	script s = {seed, seed, 0, "base", 0, 0};
	json_t *doc = parse("{\"instrument\": \"urn:x:1\", \"application\": "
			    "\"a\", \"answers\": {}, \"approvals\": [], "
			    "\"comments\": [], \"own\": {}}");
	for (int i = 0; i < 4; i++)
		edit_at_random(&s, doc);
	return doc;
}

typedef struct {
	unsigned seed;
	json_t *base, *ours, *theirs;
	fria_merge merge;
} example;

static void make(example *e, unsigned seed, bool disjoint)
{
	e->seed = seed;
	e->base = random_base(seed);
	e->ours = edited(e->base, seed + 1, "ours", disjoint ? 1 : 0);
	e->theirs = edited(e->base, seed + 2, "theirs", disjoint ? 2 : 0);
	merge(&e->merge, e->base, e->ours, e->theirs);
}

static void drop(example *e)
{
	fria_merge_dispose(&e->merge);
	json_decref(e->base);
	json_decref(e->ours);
	json_decref(e->theirs);
}

static void test_symmetric(void **state)
{
	(void)state;
	size_t conflicts = 0;
	for (unsigned i = 0; i < cases(); i++) {
		example e;
		fria_merge other;
		make(&e, i * 3, false);
		merge(&other, e.base, e.theirs, e.ours);
		assert_same(e.merge.document, other.document, e.seed,
			    "swapping the sides");
		assert_int_equal(e.merge.n, other.n);
		for (size_t k = 0; k < other.n; k++) {
			fria_conflict *a = &e.merge.items[k],
				      *b = &other.items[k];
			assert_string_equal(a->pointer, b->pointer);
			assert_same(a->base, b->base, e.seed, "base");
			assert_same(a->ours, b->theirs, e.seed, "ours");
			assert_same(a->theirs, b->ours, e.seed, "theirs");
		}
		conflicts += other.n;
		fria_merge_dispose(&other);
		drop(&e);
	}
	print_message("%d merges, %zu conflicts\n", cases(), conflicts);
	assert_true(conflicts > cases() / 8);
}

static void test_ancestors(void **state)
{
	(void)state;
	for (unsigned i = 0; i < cases(); i++) {
		example e;
		make(&e, i * 3, false);
		const json_t *with[][3] = {{e.base, e.ours, e.base},
					   {e.base, e.base, e.ours},
					   {e.base, e.ours, e.ours},
					   {e.theirs, e.ours, e.ours}};
		for (size_t k = 0; k < 4; k++) {
			fria_merge m;
			merge(&m, with[k][0], with[k][1], with[k][2]);
			assert_same(m.document, e.ours, e.seed, "the other");
			assert_int_equal(m.n, 0);
			fria_merge_dispose(&m);
		}
		drop(&e);
	}
}

/* What was merged in is not merged in again, nor does it bring new doubts. */
static void test_merged_before(void **state)
{
	(void)state;
	for (unsigned i = 0; i < cases(); i++) {
		example e;
		make(&e, i * 3, false);
		for (int k = 0; k < 2; k++) {
			fria_merge m;
			merge(&m, e.base, e.merge.document,
			      k ? e.ours : e.theirs);
			assert_true(m.n <= e.merge.n);
			/* Rows in their order; of members it says nothing. */
			if (!json_equal(m.document, e.merge.document))
				assert_same(m.document, e.merge.document,
					    e.seed, "again");
			fria_merge_dispose(&m);
		}
		drop(&e);
	}
}

static void test_disjoint(void **state)
{
	(void)state;
	for (unsigned i = 0; i < cases(); i++) {
		example e;
		make(&e, i * 3, true);
		if (e.merge.n)
			fail_msg("seed %u: conflict at %s", e.seed,
				 e.merge.items[0].pointer);
		drop(&e);
	}
}

static void test_edit_and_confirm(void **state)
{
	(void)state;
	for (unsigned i = 0; i < cases(); i++) {
		fria_merge m;
		json_t *base = random_base(i * 3);
		json_t *ours = edited(base, i * 3 + 1, "ours", 0);
		json_t *theirs = json_deep_copy(base), *result;
		script s = {i * 3 + 2, 0, 0, "theirs", 0, 11};
		for (int k = 0; k < 20; k++)
			confirm_answer(&s, theirs);
		merge(&m, base, ours, theirs);
		assert_int_equal(m.n, 0);
		for (int q = 0; q < TASKS; q++) {
			char key[16];
			snprintf(key, sizeof key, "q%d", q);
			json_t *mine = json_object_get(answers_of(ours), key);
			result = json_object_get(answers_of(m.document), key);
			json_t *a = fria_answer_form(mine),
			       *b = fria_answer_form(result);
			if (!json_equal(a, b))
				fail_msg("seed %u: %s lost", i * 3, key);
			json_decref(a);
			json_decref(b);
		}
		fria_merge_dispose(&m);
		json_decref(base);
		json_decref(ours);
		json_decref(theirs);
	}
}

/* Every text that a side wrote, but for who stood for what when. */
static void texts_of(fria_strings *out, const json_t *value)
{
	const char *key;
	json_t *one;
	size_t i;
	if (json_is_string(value))
		fria_strings_add(out, json_string_value(value));
	json_array_foreach(value, i, one)
		texts_of(out, one);
	json_object_foreach((json_t *)(uintptr_t)value, key, one)
		if (strcmp(key, "basis") != 0 && strcmp(key, "resolved") != 0)
			texts_of(out, one);
}

static void test_nothing_is_lost(void **state)
{
	(void)state;
	for (unsigned i = 0; i < cases(); i++) {
		example e;
		make(&e, i * 3, false);
		fria_strings was = FRIA_STRINGS_INIT, wrote = FRIA_STRINGS_INIT,
			     has = FRIA_STRINGS_INIT;
		texts_of(&was, e.base);
		texts_of(&wrote, e.ours);
		texts_of(&wrote, e.theirs);
		texts_of(&has, e.merge.document);
		for (size_t k = 0; k < e.merge.n; k++) {
			texts_of(&has, e.merge.items[k].ours);
			texts_of(&has, e.merge.items[k].theirs);
		}
		for (size_t k = 0; k < wrote.n; k++)
			if (!fria_strings_has(&was, wrote.items[k]) &&
			    !fria_strings_has(&has, wrote.items[k]))
				fail_msg("seed %u: %s is lost", e.seed,
					 wrote.items[k]);
		fria_strings_dispose(&was);
		fria_strings_dispose(&wrote);
		fria_strings_dispose(&has);
		drop(&e);
	}
}

/* Taking one side everywhere gives that side wherever they differed. */
static void test_conflicts_settle(void **state)
{
	(void)state;
	for (unsigned i = 0; i < cases(); i++) {
		example e;
		make(&e, i * 3, false);
		for (size_t k = 0; k < e.merge.n; k++) {
			const fria_conflict *c = &e.merge.items[k];
			for (int side = 0; side < 2; side++) {
				const json_t *v = side ? c->ours : c->theirs;
				fria_conflict_put(e.merge.document, c->pointer,
						  v);
				assert_same(fria_conflict_get(e.merge.document,
							      c->pointer),
					    v, e.seed, c->pointer);
			}
		}
		drop(&e);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_symmetric),
	    cmocka_unit_test(test_ancestors),
	    cmocka_unit_test(test_merged_before),
	    cmocka_unit_test(test_disjoint),
	    cmocka_unit_test(test_edit_and_confirm),
	    cmocka_unit_test(test_nothing_is_lost),
	    cmocka_unit_test(test_conflicts_settle),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
