/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Another line of history joined to this one: forward, by meaning, or
 * refused; all kinds of files come along, and a process killed midway leaves
 * the old state or the new one.
 */
#include "folder.h"
#include "seeds.h"

#include <signal.h>
#include <time.h>

#include "../../engine/fria.h"

#define IAMA "assessments/a/iama.json"

static const fria_session session = {
    .lang = FRIA_EN, .now = 1773133200, .name = "A", .email = "a@example.org"};

static int sh(const char *command)
{
	return sh_in("/ws", command);
}

static void must(const char *command)
{
	if (sh(command))
		fail_msg("failed: %s (see %s.log)", command, folder);
}

static fria_workspace *open_ws(void)
{
	fria_error err = FRIA_ERROR_INIT;
	fria_workspace *ws = NULL;
	char *path = fria_format("%s/ws", folder);
	if (fria_workspace_open(&ws, path, &session, &err))
		fail_msg("not opened: %s", fria_word_id(err.word));
	free(path);
	return ws;
}

/* Writes an answer into the document as another program would. */
static const char *const answer =
    "answer() { jq --indent 2 --arg q \"$1\" --arg v \"$2\" "
    "'.answers[$q] = {\"value\": $v, \"basis\": {\"facts\": {}, \"answers\": "
    "{}, \"question\": \"0000000000000000000000000000000000000000\", "
    "\"value\": \"0000000000000000000000000000000000000000\", \"at\": "
    "\"2026-01-01T00:00:00Z\"}}' " IAMA " >../new && cat ../new >" IAMA
    " && git commit -qam \"$1 $2\"; }; value() { jq -r --arg q \"$1\" "
    "'.answers[$q].value' " IAMA "; }; ";

static void play(const char *command)
{
	char *all = fria_format("%s set -e; %s", answer, command);
	must(all);
	free(all);
}

static int setup(void **state)
{
	(void)state;
	fria_error err = FRIA_ERROR_INIT;
	folder_make("B");
	char *path = fria_format("%s/ws", folder);
	int code = fria_workspace_init(path, "O", FRIA_EN, &session, &err);
	free(path);
	if (code)
		return -1;
	must(
	    "mkdir -p assessments/a && printf "
	    "'{\"id\":\"a\",\"release\":\"1\"}' >assessments/a/application.json"
	    " && printf '{\"instrument\":\"urn:nl:iama:2.0\",\"application\":"
	    "\"a\",\"answers\":{}}' >" IAMA " && git add -A && "
	    "git commit -qm begin");
	play("answer 1.1.1 old; git branch other");
	return 0;
}

static int join(fria_merged *out, const char *revision, fria_error *err)
{
	fria_workspace *ws = open_ws();
	char id[FRIA_ID_SIZE];
	int code = fria_store_resolve(id, ws->store, revision, err);
	if (!code)
		code = fria_merge_commit(out, ws, id, err);
	fria_workspace_close(ws);
	return code;
}

static void assert_joined(const char *revision, fria_merged_kind kind)
{
	fria_error err = FRIA_ERROR_INIT;
	fria_merged merged;
	if (join(&merged, revision, &err))
		fail_msg("not joined: %s %s", fria_word_id(err.word),
			 err.args + strlen(err.args) + 1);
	assert_int_equal(merged.kind, kind);
	fria_merged_dispose(&merged);
}

static void assert_refused(const char *revision, int code, fria_word word)
{
	fria_error err = FRIA_ERROR_INIT;
	fria_merged merged;
	must("git rev-parse HEAD >../head; git status --porcelain >../status; "
	     "git ls-files -s >../index; "
	     "find . -path ./.git -prune -o -type f -exec sha1sum {} + "
	     "| sort >../files; ls .git/MERGE_HEAD >../merging 2>&1 || true");
	assert_int_equal(join(&merged, revision, &err), code);
	assert_string_equal(fria_word_id(err.word), fria_word_id(word));
	must("git rev-parse HEAD | cmp - ../head; "
	     "git status --porcelain | cmp - ../status; "
	     "git ls-files -s | cmp - ../index; "
	     "find . -path ./.git -prune -o -type f -exec sha1sum {} + "
	     "| sort | cmp - ../files; (ls .git/MERGE_HEAD 2>&1 || true) "
	     "| cmp - ../merging");
}

static void assert_clean(void)
{
	must("test -z \"$(git status --porcelain)\" && git fsck --strict && "
	     "test ! -e .git/MERGE_HEAD && test ! -e .git/fria/pending");
}

/* --- what can become of it --- */

static void test_known_and_forward(void **state)
{
	(void)state;
	assert_joined("other", FRIA_MERGED_ALREADY);
	play("git checkout -q other; answer 1.1.1 new; git checkout -q -");
	assert_joined("other", FRIA_MERGED_FORWARD);
	play("test \"$(git rev-parse HEAD)\" = \"$(git rev-parse other)\"; "
	     "test \"$(value 1.1.1)\" = new");
	assert_clean();
}

static void test_both(void **state)
{
	(void)state;
	play("git checkout -q other; answer 1.1.1 new; git checkout -q -; "
	     "answer 1.1.2 two");
	assert_joined("other", FRIA_MERGED_BOTH);
	play("test \"$(value 1.1.1)\" = new; test \"$(value 1.1.2)\" = two; "
	     "test \"$(git rev-parse HEAD^2)\" = \"$(git rev-parse other)\"");
	assert_clean();
	assert_joined("other", FRIA_MERGED_ALREADY);
}

static void test_the_same_on_both(void **state)
{
	(void)state;
	play("git checkout -q other; answer 1.1.1 new; git checkout -q -; "
	     "answer 1.1.1 new; git commit -q --amend -m 'the same'");
	assert_joined("other", FRIA_MERGED_BOTH);
	play("git merge-base --is-ancestor other HEAD");
	assert_clean();
}

static void test_conflict(void **state)
{
	(void)state;
	fria_error err = FRIA_ERROR_INIT;
	fria_merged merged;
	play("git checkout -q other; answer 1.1.1 theirs; answer 1.1.3 x; "
	     "echo x >new; git add new; git commit -qm new; "
	     "git checkout -q -; answer 1.1.1 ours");
	assert_int_equal(join(&merged, "other", &err), 0);
	assert_int_equal(merged.kind, FRIA_MERGED_STOPPED);
	assert_int_equal(merged.conflicts, 1);
	assert_string_equal(merged.documents.items[0], "a/iama");
	fria_merged_dispose(&merged);
	play("test \"$(value 1.1.3)\" = x; test -e new; "
	     "git status | grep -q 'have unmerged paths'");
	assert_refused("other", FRIA_EREFUSED, FRIA_W_conflicts_left);
	/* git itself can give it up. */
	play("git merge --abort; test ! -e new; test \"$(value 1.1.1)\" = "
	     "ours");
	assert_clean();
	/* Or people decide. */
	assert_int_equal(join(&merged, "other", &err), 0);
	fria_merged_dispose(&merged);
	fria_workspace *ws = open_ws();
	const fria_resolution r = {
	    .name = "a/iama", .task = "1.1.1", .theirs = true};
	fria_resolved done;
	char commit[FRIA_ID_SIZE];
	size_t count;
	assert_int_equal(fria_resolve(&done, ws, &r, &err), 0);
	assert_int_equal(done.left, 0);
	assert_int_equal(fria_save(commit, &count, ws, NULL, NULL, &err), 0);
	fria_workspace_close(ws);
	play("test \"$(value 1.1.1)\" = theirs; test -e new; "
	     "test \"$(git rev-parse HEAD^2)\" = \"$(git rev-parse other)\"");
	assert_clean();
}

/* Each side merged the other's first change: two best ancestors. */
static void test_criss_cross(void **state)
{
	(void)state;
	play("git checkout -q other; answer 1.1.1 b; git branch b1; "
	     "git checkout -q -; answer 1.1.2 a; git branch a1");
	assert_joined("b1", FRIA_MERGED_BOTH);
	play("git checkout -q other");
	assert_joined("a1", FRIA_MERGED_BOTH);
	play("answer 1.1.1 b2; git checkout -q -; answer 1.1.2 a2; "
	     "test $(git merge-base --all HEAD other | wc -l) = 2");
	assert_joined("other", FRIA_MERGED_BOTH);
	play("test \"$(value 1.1.1)\" = b2; test \"$(value 1.1.2)\" = a2");
	assert_clean();
}

/* Links, modes, folders in the place of files, and what goes. */
static void test_all_kinds_of_files(void **state)
{
	(void)state;
	play("mkdir -p deep/er; echo 1 >deep/er/gone; echo 2 >turns; "
	     "echo 3 >run; head -c 100000 /dev/urandom >big; ln -s big link; "
	     "git add -A; git commit -qm files; git branch -f other; "
	     "git checkout -q other; git rm -q deep/er/gone turns; "
	     "mkdir turns; echo x >turns/in; chmod +x run; "
	     "head -c 100000 /dev/urandom >big; ln -sf run link; "
	     "ln -s nowhere 'new link'; git add -A; git commit -qm changed; "
	     "git checkout -q -; answer 1.1.2 ours");
	assert_joined("other", FRIA_MERGED_BOTH);
	play("test ! -e deep; test -f turns/in; test -x run; "
	     "test \"$(readlink link)\" = run; test -h 'new link'; "
	     "git diff --exit-code other HEAD -- . ':!assessments'");
	assert_clean();
	play("git branch -f other HEAD~1; git checkout -q other; "
	     "git revert --no-edit HEAD; git branch back; "
	     "git checkout -q -; git checkout -qb third back~1");
	assert_joined("back", FRIA_MERGED_FORWARD);
	assert_clean();
}

/* --- what is refused, and nothing changed --- */

static void test_refusals(void **state)
{
	(void)state;
	play("echo 1 >notes; git add notes; git commit -qm notes; "
	     "git branch -f other; git checkout -q other; echo 2 >notes; "
	     "git commit -qam theirs; answer 1.1.1 theirs; git checkout -q -; "
	     "git checkout -qb foreign; echo 3 >notes; git commit -qam ours");
	assert_refused("other", FRIA_EREFUSED, FRIA_W_merge_foreign);
	/* Unsaved here, changed there; also where it would be new. */
	play("git checkout -q -; answer 1.1.2 ours; echo ' ' >>" IAMA);
	assert_refused("other", FRIA_ERACE, FRIA_W_store_dirty);
	play("git checkout -q " IAMA "; git checkout -q other; echo x >fresh; "
	     "git add fresh; git commit -qm fresh; git checkout -q -; "
	     "echo mine >fresh");
	assert_refused("other", FRIA_ERACE, FRIA_W_store_dirty);
	play("rm fresh; git checkout -q --orphan alone; git commit -qm alone");
	assert_refused("other", FRIA_EREFUSED, FRIA_W_store_unrelated);
}

static void test_staged_is_refused_only_to_stop(void **state)
{
	(void)state;
	play("git checkout -q other; answer 1.1.1 theirs; git checkout -q -; "
	     "answer 1.1.2 ours; echo x >staged; git add staged");
	assert_joined("other", FRIA_MERGED_BOTH);
	play("test \"$(git status --porcelain)\" = 'A  staged'");
	play("git branch -f other HEAD; git checkout -q other; answer 1.1.1 t; "
	     "git checkout -q -; answer 1.1.1 o; echo x >staged; "
	     "git add staged");
	play("git rm -q --cached staged; git commit -qm x --allow-empty; "
	     "git add staged");
	assert_refused("other", FRIA_EREFUSED, FRIA_W_store_staged);
}

/* --- killed midway --- */

static void join_and_exit(void)
{
	fria_merged merged;
	_exit(join(&merged, "other", NULL) ? 1 : 0);
}

static void test_killed(void **state)
{
	(void)state;
	int kills = (int)of_seeds(150), done = 0, journals = 0;
	unsigned long seed = 20261124;
	char *journal = fria_format("%s/ws/.git/fria/pending", folder);
	/* Once forward, once both, once a conflict. */
	play("git checkout -q other; answer 1.1.1 theirs; "
	     "for i in 1 2 3 4 5 6 7 8; do echo $i >f$i; done; git add -A; "
	     "git commit -qm files; git tag forward HEAD~2; git checkout -q -; "
	     "git checkout -qb both; answer 1.1.2 ours; "
	     "git checkout -qb conflict; answer 1.1.1 ours");
	for (int i = 0; i < kills; i++) {
		static const char *const from[] = {"forward", "both",
						   "conflict"};
		seed = seed * 6364136223846793005UL + 1442695040888963407UL;
		const struct timespec wait = {
		    0, 2000000 + (long)((seed >> 33) % 70000000)};
		char *start = fria_format("git reset -q --hard; "
					  "git checkout -q --detach %s; "
					  "git clean -qfd",
					  from[i % 3]);
		must(start);
		free(start);
		pid_t pid = fork();
		int status;
		if (!pid)
			join_and_exit();
		nanosleep(&wait, NULL);
		kill(pid, SIGKILL);
		waitpid(pid, &status, 0);
		journals += fria_path_exists(journal);
		fria_workspace_close(open_ws());
		assert_false(fria_path_exists(journal));
		/* Nothing happened, all of it did, or it waits for people. */
		if (!sh("test -e .git/MERGE_HEAD")) {
			must("git diff --name-only --diff-filter=U | grep -q "
			     "iama.json; test -e f8; git merge --abort");
			done++;
		} else if (!sh("git merge-base --is-ancestor other HEAD")) {
			must("test -e f8");
			done++;
		} else {
			must("test ! -e f1");
		}
		if (sh("test -z \"$(git status --porcelain)\""))
			fail_msg("kill %d (%s): git status shows a difference",
				 i, from[i % 3]);
	}
	print_message("%d kills, %d after the merge, %d with a journal left\n",
		      kills, done, journals);
	assert_clean();
	free(journal);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, folder_remove)
	const struct CMUnitTest tests[] = {
	    TEST(test_known_and_forward),
	    TEST(test_both),
	    TEST(test_the_same_on_both),
	    TEST(test_conflict),
	    TEST(test_criss_cross),
	    TEST(test_all_kinds_of_files),
	    TEST(test_refusals),
	    TEST(test_staged_is_refused_only_to_stop),
	    TEST(test_killed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
