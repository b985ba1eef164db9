/* SPDX-License-Identifier: EUPL-1.2 */
/* The walk over history against git's own, and what it keeps. */
#include "folder.h"

#include "../../engine/history/history_internal.h"

static int sh(const char *line)
{
	return sh_in("", line);
}

static int setup(void **state)
{
	(void)state;
	folder_make("Git");
	assert_int_equal(sh("git init -q -b main ."), 0);
	return 0;
}

/* --- a random history --- */

static unsigned seed;

static unsigned dice(unsigned n)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % n;
}

/*
 * Commits with one parent or two, on files that few values fill, so that
 * changes come back and branches agree; many are as old as each other.
 */
static void make_history(size_t commits)
{
	fria_buf in = FRIA_BUF_INIT;
	char *file = fria_format("%s/stream", folder);
	for (size_t n = 1; n <= commits; n++) {
		fria_buf_printf(&in,
				"commit refs/heads/c%zu\nmark :%zu\n"
				"committer A <a@example.org> %zu +0000\n"
				"data 1\nx\n",
				n, n, 1600000000 + n / (1 + dice(9)) * 10);
		if (n > 1)
			fria_buf_printf(&in, "from :%zu\n",
					n - 1 - dice(n > 6 ? 5 : 1));
		if (n > 8 && !dice(4))
			fria_buf_printf(&in, "merge :%zu\n", n - 2 - dice(6));
		if (dice(2))
			fria_buf_printf(
			    &in, "M 100644 inline d/a.json\ndata 1\n%u\n",
			    dice(3));
		if (!dice(3))
			fria_buf_printf(
			    &in, "M 100644 inline d/b.json\ndata 1\n%u\n",
			    dice(2));
		fria_buf_printf(&in, "M 100644 inline c\ndata 5\n%05zu\n\n", n);
	}
	assert_int_equal(fria_file_write(file, in.text, in.n, NULL), 0);
	assert_int_equal(sh("git fast-import --quiet --force <stream"), 0);
	fria_buf_dispose(&in);
	free(file);
}

static bool note(void *data, const fria_touch *touch)
{
	fria_strings_add(data, touch->commit);
	return true;
}

static void ours(fria_strings *out, fria_store *store, const char *revision)
{
	static const char *const paths[] = {"d/a.json", "d/b.json", NULL};
	fria_error err = FRIA_ERROR_INIT;
	int code = fria_store_touched(store, revision, paths, note, out, &err);
	assert_int_equal(code, 0);
}

static void theirs(fria_strings *out, const char *revision)
{
	fria_buf text = FRIA_BUF_INIT;
	char *file = fria_format("%s/list", folder), *save = NULL;
	char *line = fria_format("git log --format=%%H %s -- d/a.json "
				 "d/b.json >list",
				 revision);
	assert_int_equal(sh(line), 0);
	assert_int_equal(fria_file_read(&text, file, NULL), 0);
	for (char *at = strtok_r(text.text, "\n", &save); at;
	     at = strtok_r(NULL, "\n", &save))
		fria_strings_add(out, at);
	fria_buf_dispose(&text);
	free(line);
	free(file);
}

/* Each commit is there once; the order among branches is free. */
static void assert_same(fria_strings *a, fria_strings *b, const char *what)
{
	fria_strings_sort(a);
	fria_strings_sort(b);
	bool same = a->n == b->n;
	for (size_t i = 0; same && i < a->n; i++)
		same = !strcmp(a->items[i], b->items[i]);
	if (!same)
		fail_msg("seed %u, %s: %zu commits here, %zu in git", seed,
			 what, a->n, b->n);
}

static void walks_as_git_does(void **state)
{
	(void)state;
	enum { COMMITS = 300 };
	for (unsigned run = 1; run <= 4; run++) {
		seed = run;
		assert_int_equal(sh("rm -rf .git/fria"), 0);
		make_history(COMMITS);
		fria_store *store = NULL;
		assert_int_equal(fria_store_open(&store, folder, NULL), 0);
		/* Forward, as history grows, and back to where it was. */
		for (size_t i = 0; i < 24; i++) {
			size_t n = i < 12 ? 80 + i * 20 : 1 + dice(COMMITS);
			char revision[16];
			fria_strings a = FRIA_STRINGS_INIT;
			fria_strings b = FRIA_STRINGS_INIT;
			snprintf(revision, sizeof revision, "c%zu", n);
			ours(&a, store, revision);
			theirs(&b, revision);
			assert_same(&a, &b, revision);
			fria_strings_dispose(&a);
			fria_strings_dispose(&b);
		}
		fria_store_close(store);
		assert_int_equal(sh("ls .git/fria/touched-* >list"), 0);
	}
}

static void what_is_kept_may_be_damaged_or_gone(void **state)
{
	(void)state;
	static const char *const harm[] = {
	    "rm .git/fria/touched-*", "truncate -s -30 .git/fria/touched-*",
	    "sed -i 4s/^..../zzzz/ .git/fria/touched-*",
	    "for f in .git/fria/touched-*; do : >$f; done"};
	seed = 9;
	make_history(300);
	for (size_t i = 0; i < sizeof harm / sizeof *harm; i++) {
		fria_strings a = FRIA_STRINGS_INIT, b = FRIA_STRINGS_INIT;
		fria_store *store = NULL;
		assert_int_equal(fria_store_open(&store, folder, NULL), 0);
		ours(&a, store, "c300");
		assert_int_equal(sh(harm[i]), 0);
		fria_strings_dispose(&a);
		ours(&a, store, "c300");
		theirs(&b, "c300");
		assert_same(&a, &b, harm[i]);
		fria_strings_dispose(&a);
		fria_strings_dispose(&b);
		fria_store_close(store);
	}
}

static void a_clone_made_deeper_has_more(void **state)
{
	(void)state;
	fria_strings a = FRIA_STRINGS_INIT, b = FRIA_STRINGS_INIT;
	fria_store *store = NULL;
	char *path = fria_format("%s/shallow", folder);
	seed = 3;
	make_history(300);
	assert_int_equal(sh("git clone -q --bare --depth 12 -b c300 "
			    "file://$PWD shallow"),
			 0);
	assert_int_equal(fria_store_open(&store, path, NULL), 0);
	ours(&a, store, "HEAD");
	ours(&a, store, "HEAD");
	fria_strings_dispose(&a);
	fria_store_close(store);
	assert_int_equal(sh("git -C shallow fetch -q --unshallow origin c300"),
			 0);
	assert_int_equal(fria_store_open(&store, path, NULL), 0);
	ours(&a, store, "HEAD");
	theirs(&b, "c300");
	assert_same(&a, &b, "deeper");
	fria_strings_dispose(&a);
	fria_strings_dispose(&b);
	fria_store_close(store);
	free(path);
}

/* --- excerpts --- */

static json_t *random_answer(void)
{
	return json_pack("{s:s, s:{s:i, s:[s]}}", "value",
			 dice(2) ? "een \"tekst\"\n  }\n    \"x\": {" : "b",
			 "basis", "n", (int)dice(3), "list", "}");
}

static json_t *random_document(void)
{
	json_t *answers = json_object();
	for (unsigned i = 0; i < 6; i++) {
		char key[8];
		snprintf(key, sizeof key, "1.%u", i);
		if (dice(5) == 0)
			continue;
		json_object_set_new(answers, key,
				    dice(4) ? random_answer()
					    : json_pack("[{s:s, s:o}]", "id",
							"abcdefgh", "1.1",
							random_answer()));
	}
	return json_pack("{s:s, s:o, s:[{s:i}]}", "instrument", "urn:x:y",
			 "answers", answers, "approvals", "n", dice(6) ? 1 : 2);
}

/* What differs between two documents' answers, by key. */
static json_t *differing(const json_t *before, const json_t *after)
{
	json_t *a = json_object_get(before, "answers"), *out = json_object();
	json_t *b = json_object_get(after, "answers"), *value;
	const char *key;
	json_object_foreach(a, key, value)
		if (!json_equal(value, json_object_get(b, key)))
			json_object_set(out, key, value);
	return out;
}

static void excerpts_hold_every_difference(void **state)
{
	(void)state;
	size_t shortened = 0;
	for (seed = 1; seed < 4000; seed++) {
		unsigned was = seed;
		json_t *a = random_document(), *x = NULL, *y = NULL;
		json_t *b = dice(3) ? json_deep_copy(a) : random_document();
		if (dice(2))
			json_object_set_new(json_object_get(b, "answers"),
					    dice(2) ? "1.2" : "1.9",
					    random_answer());
		fria_buf p = FRIA_BUF_INIT, q = FRIA_BUF_INIT;
		fria_buf r = FRIA_BUF_INIT, s = FRIA_BUF_INIT;
		fria_json_write(&p, a);
		fria_json_write(&q, b);
		if (fria_excerpts(&r, &s, &p, &q)) {
			shortened += r.n < p.n;
			assert_int_equal(
			    fria_json_parse(&x, "x", r.text, r.n, NULL), 0);
			assert_int_equal(
			    fria_json_parse(&y, "y", s.text, s.n, NULL), 0);
			json_t *full = differing(a, b), *part = differing(x, y);
			json_t *full2 = differing(b, a);
			json_t *part2 = differing(y, x);
			if (!json_equal(full, part) ||
			    !json_equal(full2, part2))
				fail_msg("seed %u", was);
			json_decref(full);
			json_decref(part);
			json_decref(full2);
			json_decref(part2);
		}
		json_decref(a);
		json_decref(b);
		json_decref(x);
		json_decref(y);
		fria_buf_dispose(&p);
		fria_buf_dispose(&q);
		fria_buf_dispose(&r);
		fria_buf_dispose(&s);
		seed = was;
	}
	assert_in_range(shortened, 500, 4000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(walks_as_git_does, setup,
					    folder_remove),
	    cmocka_unit_test_setup_teardown(what_is_kept_may_be_damaged_or_gone,
					    setup, folder_remove),
	    cmocka_unit_test_setup_teardown(a_clone_made_deeper_has_more, setup,
					    folder_remove),
	    cmocka_unit_test(excerpts_hold_every_difference),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
