/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * An act on a bare repository rests on HEAD as it was when it began, loses
 * nothing to who pushes meanwhile, and leaves nothing behind that it did not
 * save. A rehearsal leaves no trace at all, shows what would be, and is
 * recorded as it was looked at or not at all.
 */
#include "folder.h"

#include "../../engine/fria.h"

#define NAME "a/iama"

static const fria_session session = {
    .lang = FRIA_EN, .now = 1773133200, .name = "A", .email = "a@example.org"};

static int sh(const char *command)
{
	return sh_in("", command);
}

static void must(const char *command)
{
	if (sh(command))
		fail_msg("failed: %s (see %s.log)", command, folder);
}

static fria_workspace *open_at(const char *place)
{
	fria_error err = FRIA_ERROR_INIT;
	fria_workspace *ws = NULL;
	char *path = fria_format("%s/%s", folder, place);
	if (fria_workspace_open(&ws, path, &session, &err))
		fail_msg("not opened: %s", fria_word_id(err.word));
	free(path);
	return ws;
}

static int answer(fria_workspace *ws, const char *task, const char *text,
		  fria_error *err)
{
	const fria_edit_target target = {.application_name = NAME,
					 .task = task};
	fria_edited done;
	return fria_answer(&done, ws, &target, text, err);
}

static int save(fria_workspace *ws, fria_error *err)
{
	char commit[FRIA_ID_SIZE];
	size_t n;
	return fria_save(commit, &n, ws, NAME, NULL, err);
}

static void well(int code, const fria_error *err)
{
	if (code)
		fail_msg("%d: %s", code, fria_word_id(err->word));
}

/* What the answer to a question is there now. */
static void assert_stands(const fria_workspace *ws, const char *task,
			  const char *text)
{
	fria_snapshot *s = NULL;
	fria_error err = FRIA_ERROR_INIT;
	well(fria_snapshot_load(&s, ws, NAME, NULL, &err), &err);
	assert_string_equal(
	    fria_json_text(json_object_get(
			       json_object_get(s->assessment, "answers"), task),
			   "value"),
	    text);
	fria_snapshot_free(s);
}

static int setup(void **state)
{
	(void)state;
	fria_error err = FRIA_ERROR_INIT;
	folder_make("B");
	char *path = fria_format("%s/ws", folder);
	json_t *facts = fria_json_pack("{s:{s:s}}", "use", "purpose", "Clean.");
	const fria_new_request request = {.application = "a",
					  .instrument = "iama-2.0"};
	fria_created made;
	int code = fria_workspace_init(path, "O", FRIA_EN, &session, &err);
	fria_workspace *ws = code ? NULL : open_at("ws");
	const fria_facts_file from = {.file = facts, .name = "facts.json"};
	if (!code)
		code = fria_application_add(ws, "a", &from, &err);
	if (!code)
		code = fria_assessment_create(&made, ws, &request, &err);
	if (!code)
		fria_created_dispose(&made);
	if (!code)
		code = answer(ws, "1.1.2", "old", &err);
	if (!code)
		code = answer(ws, "2.3.1", "same", &err);
	if (!code)
		code = save(ws, &err);
	fria_workspace_close(ws);
	json_decref(facts);
	free(path);
	well(code, &err);
	must("git clone -q --bare ws bare.git && git clone -q bare.git other");
	return 0;
}

/* --- a bare repository --- */

/* Somebody without our lock, as git itself has it. */
static void push(const char *task, const char *text)
{
	fria_error err = FRIA_ERROR_INIT;
	fria_workspace *ws = open_at("other");
	well(answer(ws, task, text, &err), &err);
	well(save(ws, &err), &err);
	fria_workspace_close(ws);
	must("git -C other push -q");
}

static void test_bare_meanwhile(void **state)
{
	(void)state;
	fria_error err = FRIA_ERROR_INIT;
	char before[FRIA_ID_SIZE], now[FRIA_ID_SIZE];
	fria_workspace *ws = open_at("bare.git");
	fria_store_head(before, ws->store);
	well(fria_act_begin(ws, NULL, &err), &err);
	well(answer(ws, "1.1.2", "ours", &err), &err);
	push("2.3.1", "theirs");
	/* All reads of the act are of where it began. */
	assert_true(fria_store_head(now, ws->store));
	assert_string_equal(now, before);
	well(fria_store_resolve(now, ws->store, "HEAD", &err), &err);
	assert_string_equal(now, before);
	assert_stands(ws, "2.3.1", "same");
	assert_stands(ws, "1.1.2", "ours");
	well(save(ws, &err), &err);
	assert_stands(ws, "2.3.1", "theirs");
	fria_act_end(ws);
	assert_stands(ws, "1.1.2", "ours");
	assert_stands(ws, "2.3.1", "theirs");
	fria_workspace_close(ws);
	must("cd bare.git && test $(git rev-list --count HEAD) = 5 && "
	     "test -z \"$(git rev-list --merges HEAD)\" && "
	     "git fsck --strict --no-dangling");
}

static void test_bare_same_question(void **state)
{
	(void)state;
	fria_error err = FRIA_ERROR_INIT;
	fria_workspace *ws = open_at("bare.git");
	well(fria_act_begin(ws, NULL, &err), &err);
	well(answer(ws, "1.1.2", "ours", &err), &err);
	push("1.1.2", "theirs");
	assert_int_equal(save(ws, &err), FRIA_EREFUSED);
	assert_string_equal(fria_word_id(err.word), "follow_bare");
	fria_act_end(ws);
	assert_stands(ws, "1.1.2", "theirs");
	fria_workspace_close(ws);
	must("test \"$(git -C other rev-parse HEAD)\" = "
	     "\"$(git -C bare.git rev-parse HEAD)\"");
}

/* What was read before and kept is not what an act changes. */
static void test_bare_unsaved(void **state)
{
	(void)state;
	fria_error err = FRIA_ERROR_INIT;
	fria_workspace *ws = open_at("bare.git");
	assert_stands(ws, "1.1.2", "old");
	assert_int_equal(answer(ws, "1.1.2", "gone", &err), FRIA_EREFUSED);
	assert_string_equal(fria_word_id(err.word), "bare_unsaved");
	assert_stands(ws, "1.1.2", "old");
	fria_error_clear(&err);
	well(fria_act_begin(ws, NULL, &err), &err);
	well(answer(ws, "1.1.2", "gone", &err), &err);
	fria_act_end(ws);
	assert_stands(ws, "1.1.2", "old");
	fria_workspace_close(ws);
}

/* Evidence: bytes that are no document. */
static void test_bare_evidence(void **state)
{
	(void)state;
	fria_error err = FRIA_ERROR_INIT;
	fria_evidence_added added;
	char *file = fria_format("%s/report.pdf", folder);
	const fria_evidence_request request = {.application = "a",
					       .file = file};
	must("printf 'a\\r\\n\\0b' >report.pdf");
	fria_workspace *ws = open_at("bare.git");
	well(fria_act_begin(ws, NULL, &err), &err);
	well(fria_evidence_add(&added, ws, &request, &err), &err);
	assert_false(added.there);
	fria_evidence_added_dispose(&added);
	/* It is found by who looks in the same act, also by what it holds. */
	fria_buf bytes = FRIA_BUF_INIT;
	const fria_evidence_request sent = {
	    .application = "a", .file = "sent.pdf", .bytes = &bytes};
	fria_buf_put(&bytes, "a\r\n\0b", 5);
	well(fria_evidence_add(&added, ws, &sent, &err), &err);
	fria_buf_dispose(&bytes);
	assert_true(added.there);
	fria_evidence_added_dispose(&added);
	well(fria_evidence_add(&added, ws, &request, &err), &err);
	assert_true(added.there);
	well(save(ws, &err), &err);
	fria_act_end(ws);
	fria_workspace_close(ws);
	char *line = fria_format("git -C bare.git show "
				 "HEAD:assessments/a/evidence/%s | "
				 "cmp - report.pdf",
				 added.name);
	must(line);
	free(line);
	fria_evidence_added_dispose(&added);
	free(file);
}

/* --- rehearsals --- */

/* All there is in a place, but for the lock file. */
static void look(const char *place, const char *where)
{
	char *line = fria_format("find %s -type f ! -path '*/fria/lock' -exec "
				 "sha1sum {} + | sort >%s",
				 place, where);
	must(line);
	free(line);
}

static size_t count_stale(const fria_workspace *ws)
{
	fria_snapshot *s = NULL;
	fria_standing standing;
	fria_error err = FRIA_ERROR_INIT;
	well(fria_snapshot_load(&s, ws, NAME, NULL, &err), &err);
	well(fria_standing_make(&standing, ws, s, s->day, &err), &err);
	size_t n = standing.result.counts.stale;
	fria_standing_dispose(&standing);
	fria_snapshot_free(s);
	return n;
}

static void set_purpose(fria_workspace *ws)
{
	fria_error err = FRIA_ERROR_INIT;
	fria_release_result result;
	json_t *value = json_string("Cleaner.");
	well(fria_application_set(&result, ws, "a", "/use/purpose", value, NULL,
				  NULL, &err),
	     &err);
	assert_int_equal(strlen(result.commit), FRIA_ID_SIZE - 1);
	fria_release_dispose(&result);
	json_decref(value);
}

static void rehearse(const char *place)
{
	fria_error err = FRIA_ERROR_INIT;
	char before[FRIA_ID_SIZE], now[FRIA_ID_SIZE], commit[FRIA_ID_SIZE];
	fria_workspace *ws = open_at(place);
	fria_store_head(before, ws->store);
	assert_int_equal(count_stale(ws), 0);
	look(place, "before");
	well(fria_rehearsal_begin(ws, &err), &err);
	set_purpose(ws);
	assert_true(count_stale(ws) > 0);
	fria_store_head(now, ws->store);
	assert_string_not_equal(now, before);
	well(answer(ws, "1.1.2", "new", &err), &err);
	assert_stands(ws, "1.1.2", "new");
	well(save(ws, &err), &err);
	fria_rehearsal_drop(ws);
	look(place, "after");
	must("cmp before after");
	fria_store_head(now, ws->store);
	assert_string_equal(now, before);
	assert_int_equal(count_stale(ws), 0);
	assert_stands(ws, "1.1.2", "old");

	well(fria_rehearsal_begin(ws, &err), &err);
	set_purpose(ws);
	well(answer(ws, "1.1.2", "new", &err), &err);
	well(save(ws, &err), &err);
	fria_store_head(now, ws->store);
	well(fria_rehearsal_record(commit, ws, &err), &err);
	assert_string_equal(commit, now);
	assert_stands(ws, "1.1.2", "new");
	fria_workspace_close(ws);
	char *line = fria_format(
	    "cd %s && test $(git rev-parse HEAD) = %s && "
	    "test $(git rev-list --count HEAD) = 5 && "
	    "{ git rev-parse -q --is-bare-repository | grep -q true || "
	    "test -z \"$(git status --porcelain)\"; } && "
	    "git fsck --strict --no-dangling",
	    place, commit);
	must(line);
	free(line);
}

static void test_rehearsal(void **state)
{
	(void)state;
	rehearse("ws");
}

static void test_rehearsal_bare(void **state)
{
	(void)state;
	rehearse("bare.git");
}

/* What no act committed is written when it is recorded, and stays unsaved. */
static void test_rehearsal_unsaved(void **state)
{
	(void)state;
	fria_error err = FRIA_ERROR_INIT;
	char commit[FRIA_ID_SIZE];
	fria_workspace *ws = open_at("ws");
	well(fria_rehearsal_begin(ws, &err), &err);
	well(answer(ws, "1.1.2", "new", &err), &err);
	must("test -z \"$(git -C ws status --porcelain)\"");
	well(fria_rehearsal_record(commit, ws, &err), &err);
	assert_string_equal(commit, "");
	assert_stands(ws, "1.1.2", "new");
	fria_workspace_close(ws);
	must("test \"$(git -C ws status --porcelain)\" = "
	     "\" M assessments/a/iama.json\"");
	/* A bare repository has no place for it. */
	ws = open_at("bare.git");
	well(fria_rehearsal_begin(ws, &err), &err);
	well(answer(ws, "1.1.2", "new", &err), &err);
	assert_int_equal(fria_rehearsal_record(commit, ws, &err),
			 FRIA_EREFUSED);
	assert_stands(ws, "1.1.2", "old");
	fria_workspace_close(ws);
}

/* What was looked at is no more. */
static void test_rehearsal_overtaken(void **state)
{
	(void)state;
	fria_error err = FRIA_ERROR_INIT;
	char commit[FRIA_ID_SIZE];
	fria_workspace *ws = open_at("ws"), *second = open_at("ws");
	well(fria_rehearsal_begin(ws, &err), &err);
	well(answer(ws, "1.1.2", "new", &err), &err);
	/* Nobody waits for a rehearsal. */
	well(answer(second, "2.3.1", "between", &err), &err);
	assert_int_equal(fria_rehearsal_record(commit, ws, &err), FRIA_ERACE);
	assert_stands(ws, "1.1.2", "old");
	assert_stands(ws, "2.3.1", "between");
	well(save(second, &err), &err);

	fria_error_clear(&err);
	well(fria_rehearsal_begin(ws, &err), &err);
	set_purpose(ws);
	well(answer(second, "2.3.1", "again", &err), &err);
	well(save(second, &err), &err);
	assert_int_equal(fria_rehearsal_record(commit, ws, &err), FRIA_ERACE);
	assert_stands(ws, "2.3.1", "again");
	fria_workspace_close(second);
	fria_workspace_close(ws);
	must("cd ws && git log -1 --format=%s | grep -q 2.3.1 && "
	     "test -z \"$(git status --porcelain)\"");
}

/* What is gone is gone from lists, too; and what is tried out is not made. */
static void test_rehearsal_gone(void **state)
{
	(void)state;
	fria_error err = FRIA_ERROR_INIT;
	fria_strings names = FRIA_STRINGS_INIT;
	char commit[FRIA_ID_SIZE];
	fria_adopted adopted;
	fria_workspace *ws = open_at("ws");
	well(fria_rehearsal_begin(ws, &err), &err);
	assert_int_equal(fria_adopt(&adopted, ws, NAME, "Tried.", true, &err),
			 FRIA_EREFUSED);
	assert_string_equal(fria_word_id(err.word), "store_rehearsed");
	fria_error_clear(&err);
	well(fria_remove(commit, ws, NAME, &err), &err);
	well(fria_workspace_assessments(&names, ws, NULL, "a", &err), &err);
	assert_int_equal(names.n, 0);
	well(fria_application_remove(commit, ws, "a", &err), &err);
	well(fria_workspace_applications(&names, ws, NULL, &err), &err);
	assert_int_equal(names.n, 0);
	fria_rehearsal_drop(ws);
	well(fria_workspace_assessments(&names, ws, NULL, "a", &err), &err);
	assert_int_equal(names.n, 1);
	fria_strings_dispose(&names);
	fria_workspace_close(ws);
	must("test -z \"$(git -C ws status --porcelain)\" && "
	     "test -z \"$(git -C ws tag)\"");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, folder_remove)
	const struct CMUnitTest tests[] = {
	    TEST(test_bare_meanwhile),	  TEST(test_bare_same_question),
	    TEST(test_bare_unsaved),	  TEST(test_bare_evidence),
	    TEST(test_rehearsal),	  TEST(test_rehearsal_bare),
	    TEST(test_rehearsal_unsaved), TEST(test_rehearsal_overtaken),
	    TEST(test_rehearsal_gone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
