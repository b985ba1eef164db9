/* SPDX-License-Identifier: EUPL-1.2 */
/* The repository: what git sees of our commits, and what survives a kill. */
#include "folder.h"
#include "seeds.h"

#include <fcntl.h>
#include <git2.h>
#include <signal.h>
#include <sys/stat.h>
#include <time.h>

#include "../../engine/store/store.h"

/* Runs a shell line in the test's folder; its status. */
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

static fria_store *open_at(const char *sub)
{
	fria_store *store = NULL;
	fria_error err = FRIA_ERROR_INIT;
	char *path = fria_format("%s%s", folder, sub);
	if (fria_store_open(&store, path, &err)) {
		fria_buf text = FRIA_BUF_INIT;
		fria_error_text(&text, &err, FRIA_EN);
		fail_msg("%s", text.text);
	}
	free(path);
	return store;
}

static int record(fria_store *store, const char *path, const char *bytes,
		  const char *base, fria_error *err)
{
	char id[FRIA_ID_SIZE];
	const fria_change change = {.path = path,
				    .bytes = bytes,
				    .n = bytes ? strlen(bytes) : 0,
				    .base = base};
	const fria_commit_request request = {.changes = &change,
					     .n = 1,
					     .message = "change\n",
					     .author_name = "A",
					     .author_email = "a@example.org",
					     .committer_name = "A",
					     .committer_email = "a@example.org",
					     .at = 1700000000};
	return fria_store_commit(id, store, &request, err);
}

/* As record, from what HEAD holds. */
static int put(fria_store *store, const char *path, const char *bytes,
	       fria_error *err)
{
	char base[FRIA_ID_SIZE] = "", head[FRIA_ID_SIZE];
	if (fria_store_head(head, store))
		fria_store_blob_id(base, store, head, path);
	return record(store, path, bytes, base, err);
}

static void assert_clean(void)
{
	assert_int_equal(sh("git fsck --strict"), 0);
	assert_int_equal(sh("test -z \"$(git status --porcelain)\""), 0);
}

static void test_commit_and_read(void **state)
{
	(void)state;
	fria_store *store = open_at("");
	fria_buf bytes = FRIA_BUF_INIT;
	fria_strings names = FRIA_STRINGS_INIT;
	assert_int_equal(put(store, "a/b/one.json", "{}\n", NULL), 0);
	assert_int_equal(put(store, "a/two.json", "[]\n", NULL), 0);
	assert_clean();
	assert_int_equal(
	    fria_store_read(&bytes, store, NULL, "a/b/one.json", NULL), 0);
	assert_string_equal(bytes.text, "{}\n");
	assert_int_equal(fria_store_list(&names, store, NULL, "a", NULL), 0);
	assert_int_equal(names.n, 2);
	assert_string_equal(names.items[0], "b/");
	assert_int_equal(put(store, "a/b/one.json", NULL, NULL), 0);
	assert_clean();
	assert_int_equal(sh("test ! -e a/b/one.json"), 0);
	assert_int_equal(sh("test $(git rev-list --count HEAD) = 3"), 0);
	fria_strings_dispose(&names);
	fria_buf_dispose(&bytes);
	fria_store_close(store);
}

static void test_nothing_to_record(void **state)
{
	(void)state;
	fria_store *store = open_at("");
	assert_int_equal(put(store, "a.json", "{}\n", NULL), 0);
	assert_int_equal(put(store, "a.json", "{}\n", NULL), 0);
	assert_int_equal(sh("test $(git rev-list --count HEAD) = 1"), 0);
	fria_store_close(store);
}

static void test_others_stay(void **state)
{
	(void)state;
	fria_store *store = open_at("");
	assert_int_equal(put(store, "a.json", "1\n", NULL), 0);
	assert_int_equal(sh("echo x >staged && git add staged && "
			    "echo y >untracked"),
			 0);
	assert_int_equal(put(store, "a.json", "2\n", NULL), 0);
	assert_int_equal(sh("test \"$(git status --porcelain)\" = "
			    "\"$(printf 'A  staged\\n?? untracked')\""),
			 0);
	assert_int_equal(sh("git commit -qm plain && "
			    "test \"$(git show HEAD:a.json)\" = 2"),
			 0);
	fria_store_close(store);
}

static void test_dirty_is_refused(void **state)
{
	(void)state;
	fria_error err = FRIA_ERROR_INIT;
	fria_store *store = open_at("");
	assert_int_equal(put(store, "a.json", "1\n", NULL), 0);
	assert_int_equal(sh("echo mine >a.json"), 0);
	assert_int_equal(put(store, "a.json", "2\n", &err), FRIA_ERACE);
	assert_int_equal(sh("test \"$(cat a.json)\" = mine && "
			    "test $(git rev-list --count HEAD) = 1"),
			 0);
	fria_store_close(store);
}

static void test_race_is_seen(void **state)
{
	(void)state;
	char base[FRIA_ID_SIZE] = "", head[FRIA_ID_SIZE];
	fria_error err = FRIA_ERROR_INIT;
	fria_store *store = open_at("");
	assert_int_equal(put(store, "a.json", "1\n", NULL), 0);
	fria_store_head(head, store);
	fria_store_blob_id(base, store, head, "a.json");
	assert_int_equal(sh("echo other >a.json && git commit -qam other"), 0);
	assert_int_equal(record(store, "a.json", "2\n", base, &err),
			 FRIA_ERACE);
	assert_int_equal(sh("test \"$(cat a.json)\" = other"), 0);
	assert_clean();
	fria_store_close(store);
}

/* As git would record it, with its line ends; a link or folder is no file. */
static void test_a_file_has_the_id_that_git_gives_it(void **state)
{
	(void)state;
	char id[FRIA_ID_SIZE], at[FRIA_ID_SIZE], head[FRIA_ID_SIZE],
	    one[FRIA_STAMP_SIZE], other[FRIA_STAMP_SIZE], command[200];
	fria_store *store = open_at("");
	assert_int_equal(
	    sh("printf '* -text\n' >.gitattributes && "
	       "printf 'a\\r\\nb\\0' >x.pdf && ln -s x.pdf l.pdf && "
	       "mkdir d.pdf && touch d.pdf/y && git config core.autocrlf true "
	       "&& git add . && git commit -qm All"),
	    0);
	assert_true(fria_store_head(head, store));
	assert_true(fria_store_file_id(id, store, NULL, "x.pdf"));
	assert_true(fria_store_file_id(at, store, head, "x.pdf"));
	assert_string_equal(id, at);
	snprintf(command, sizeof command, "test $(git hash-object x.pdf) = %s",
		 id);
	assert_int_equal(sh(command), 0);
	const char *const no[] = {"l.pdf", "d.pdf", "d.pdf/z", "../x.pdf"};
	for (size_t i = 0; i < sizeof no / sizeof *no; i++) {
		assert_false(fria_store_file_id(id, store, NULL, no[i]));
		assert_false(fria_store_file_id(id, store, head, no[i]));
	}
	fria_store_stamp(one, store, "x.pdf");
	assert_int_equal(sh("sleep 0.02; printf 'a\\r\\nc\\0' >x.pdf"), 0);
	fria_store_stamp(other, store, "x.pdf");
	assert_string_not_equal(one, other);
	assert_true(fria_store_file_id(id, store, NULL, "x.pdf"));
	assert_string_not_equal(id, at);
	assert_int_equal(sh("rm x.pdf"), 0);
	assert_false(fria_store_file_id(id, store, NULL, "x.pdf"));
	fria_store_stamp(one, store, "x.pdf");
	assert_string_equal(one, "");
	fria_store_close(store);
}

static void test_lock_is_named(void **state)
{
	(void)state;
	fria_error err = FRIA_ERROR_INIT;
	fria_buf text = FRIA_BUF_INIT;
	fria_store *store = open_at("");
	assert_int_equal(put(store, "a.json", "1\n", NULL), 0);
	assert_int_equal(sh("touch .git/index.lock"), 0);
	assert_int_equal(put(store, "a.json", "2\n", &err), FRIA_ELOCKED);
	fria_error_text(&text, &err, FRIA_EN);
	assert_non_null(strstr(text.text, "index.lock"));
	assert_int_equal(sh("test $(git rev-list --count HEAD) = 1"), 0);
	fria_buf_dispose(&text);
	fria_store_close(store);
}

/* A line of the log is written before its commit, and may be all of it. */
static void test_a_log_is_no_fact(void **state)
{
	(void)state;
	char first[FRIA_ID_SIZE], from[FRIA_ID_SIZE];
	fria_store *store = open_at("");
	assert_int_equal(put(store, "a.json", "1\n", NULL), 0);
	assert_true(fria_store_head(first, store));
	assert_int_equal(
	    sh("git branch -q other && echo 2 > a.json && "
	       "git commit -qam never && "
	       "cp .git/logs/HEAD log && git reset -q --hard HEAD~ "
	       "&& mv log .git/logs/HEAD && echo 2 > a.json"),
	    0);
	/* The commit never was: what stands here is nobody's but its writer's.
	 */
	assert_false(fria_store_moved(from, store));
	/* Moved from elsewhere since: from what was before that line. */
	assert_int_equal(sh("git worktree add -q --force ../elsewhere.$PPID "
			    "$(git symbolic-ref --short HEAD) && "
			    "git -C ../elsewhere.$PPID commit -q --allow-empty "
			    "-m elsewhere && "
			    "git worktree remove --force ../elsewhere.$PPID"),
			 0);
	assert_true(fria_store_moved(from, store));
	assert_string_equal(from, first);
	fria_store_close(store);
}

/* --- taking turns --- */

static void wake(int signal)
{
	(void)signal;
}

static void waits(bool begins)
{
	const struct sigaction action = {.sa_handler = wake};
	sigaction(SIGALRM, &action, NULL);
	alarm(begins);
}

/* Waiting ends where the program's own signal ends it. */
static void test_a_lock_is_waited_for(void **state)
{
	(void)state;
	const fria_host host = {.waits = waits}, none = {.waits = NULL};
	fria_error err = FRIA_ERROR_INIT;
	fria_store *one = open_at(""), *two = open_at("");
	assert_int_equal(fria_store_lock(one, NULL), 0);
	fria_host_set(&host);
	assert_int_equal(fria_store_lock(two, &err), FRIA_ELOCKED);
	assert_string_equal(fria_word_id(err.word), "store_busy");
	fria_store_unlock(one);
	assert_int_equal(fria_store_lock(two, NULL), 0);
	fria_host_set(&none);
	fria_store_close(two);
	fria_store_close(one);
}

enum { WRITERS = 8, TURNS = 40 };

/* Takes its turns once it is told to, and leaves its mark in each. */
static void take_turns(int who, int ready)
{
	char mark = (char)('a' + who), *path = fria_format("%s/turns", folder);
	fria_store *store = open_at("");
	int fd = open(path, O_WRONLY | O_APPEND | O_CREAT, 0666);
	if (write(ready, &mark, 1) != 1)
		_exit(1);
	for (int i = 0; i < TURNS; i++) {
		if (fria_store_lock(store, NULL) || write(fd, &mark, 1) != 1)
			_exit(1);
		usleep(500);
		fria_store_unlock(store);
		usleep(200); /* as a command that begins */
	}
	_exit(0);
}

/* Nobody waits for ever while others come back again and again. */
static void test_turns_are_in_order(void **state)
{
	(void)state;
	pid_t pids[WRITERS];
	fria_buf turns = FRIA_BUF_INIT;
	char *path = fria_format("%s/turns", folder);
	int status, ready[2];
	char mark;
	fria_store *store = open_at("");
	assert_int_equal(pipe(ready), 0);
	assert_int_equal(fria_store_lock(store, NULL), 0);
	for (int i = 0; i < WRITERS; i++) {
		pids[i] = fork();
		if (!pids[i]) {
			fria_store_close(store);
			take_turns(i, ready[1]);
		}
	}
	for (int i = 0; i < WRITERS; i++)
		assert_int_equal(read(ready[0], &mark, 1), 1);
	fria_store_close(store);
	for (int i = 0; i < WRITERS; i++) {
		waitpid(pids[i], &status, 0);
		assert_int_equal(status, 0);
	}
	assert_int_equal(fria_file_read(&turns, path, NULL), 0);
	assert_int_equal(turns.n, WRITERS * TURNS);
	/* All have had a turn before anyone has had all of theirs. */
	size_t begun = 0, end = turns.n;
	for (int i = 0; i < WRITERS; i++) {
		const char *first = strchr(turns.text, 'a' + i);
		const char *last = strrchr(turns.text, 'a' + i);
		begun = (size_t)(first - turns.text) > begun
			    ? (size_t)(first - turns.text)
			    : begun;
		end = (size_t)(last - turns.text) < end
			  ? (size_t)(last - turns.text)
			  : end;
	}
	assert_true(begun < end);
	fria_buf_dispose(&turns);
	free(path);
}

static void test_leftovers_go(void **state)
{
	(void)state;
	fria_store *store = open_at("");
	assert_int_equal(sh("mkdir -p .git/fria/old.tmp && cd .git/fria && "
			    "touch new.tmp pending.a.tmp key-b.pub kept "
			    "../c.tmp && ln -s kept link.tmp && "
			    "touch -h -d '2 hours ago' pending.a.tmp "
			    "key-b.pub kept link.tmp old.tmp ../c.tmp"),
			 0);
	assert_int_equal(fria_store_lock(store, NULL), 0);
	assert_int_equal(sh("cd .git/fria && ! test -e pending.a.tmp && ! test "
			    "-e key-b.pub"),
			 0);
	/* One that may still be written, and what is not of that kind. */
	assert_int_equal(sh("cd .git/fria && ls new.tmp kept link.tmp ../c.tmp "
			    "&& ls -d old.tmp"),
			 0);
	fria_store_unlock(store);
	fria_store_close(store);
}

static void test_links_and_paths(void **state)
{
	(void)state;
	static const char *const bad[] = {
	    "../x",  "a/../x", "/etc/passwd", ".git/config", "a//b",
	    "a/./b", ""};
	fria_buf bytes = FRIA_BUF_INIT;
	fria_store *store = open_at("");
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		fria_error err = FRIA_ERROR_INIT;
		assert_int_equal(put(store, bad[i], "x", &err), FRIA_EINPUT);
		assert_int_equal(
		    fria_store_read(&bytes, store, NULL, bad[i], NULL),
		    FRIA_EINPUT);
	}
	assert_int_equal(sh("ln -s /etc/passwd link.json; mkdir real; "
			    "ln -s real folder; echo {} >real/a.json"),
			 0);
	assert_int_equal(
	    fria_store_read(&bytes, store, NULL, "link.json", NULL),
	    FRIA_EINPUT);
	assert_int_equal(
	    fria_store_read(&bytes, store, NULL, "folder/a.json", NULL),
	    FRIA_EINPUT);
	assert_int_equal(fria_store_write(store, "folder/b.json", "x", 1, NULL),
			 FRIA_EINPUT);
	assert_int_equal(fria_store_write(store, "link.json", "x", 1, NULL),
			 FRIA_EINPUT);
	assert_int_equal(sh("test ! -e real/b.json"), 0);
	fria_buf_dispose(&bytes);
	fria_store_close(store);
}

static void test_subfolder_and_detached(void **state)
{
	(void)state;
	assert_int_equal(sh("git commit -q --allow-empty -m first && "
			    "git checkout -q --detach && mkdir -p deep/er"),
			 0);
	fria_store *store = open_at("/deep/er");
	assert_string_equal(fria_store_prefix(store), "deep/er");
	assert_int_equal(put(store, "a.json", "1\n", NULL), 0);
	assert_int_equal(sh("test \"$(git show HEAD:deep/er/a.json)\" = 1 && "
			    "test $(git rev-list --count main) = 1"),
			 0);
	assert_clean();
	fria_store_close(store);
}

static void test_work_tree_and_bare(void **state)
{
	(void)state;
	fria_buf bytes = FRIA_BUF_INIT;
	assert_int_equal(sh("echo 1 >a.json && git add . && "
			    "git commit -qm a && git worktree add -q wt && "
			    "git clone -q --bare . bare.git"),
			 0);
	fria_store *store = open_at("/wt");
	assert_int_equal(put(store, "a.json", "2\n", NULL), 0);
	assert_int_equal(sh("cd wt && test -z \"$(git status --porcelain)\""),
			 0);
	fria_store_close(store);
	store = open_at("/bare.git");
	assert_true(fria_store_is_bare(store));
	assert_int_equal(fria_store_read(&bytes, store, NULL, "a.json", NULL),
			 0);
	assert_string_equal(bytes.text, "1\n");
	assert_int_equal(fria_store_write(store, "a.json", "2\n", 2, NULL),
			 FRIA_EREFUSED);
	assert_int_equal(put(store, "a.json", "2\n", NULL), 0);
	assert_int_equal(fria_store_read(&bytes, store, NULL, "a.json", NULL),
			 0);
	assert_string_equal(bytes.text, "2\n");
	assert_int_equal(sh("cd bare.git && test ! -e index && "
			    "git fsck --strict"),
			 0);
	fria_buf_dispose(&bytes);
	fria_store_close(store);
}

static void test_line_endings_and_mode(void **state)
{
	(void)state;
	fria_buf bytes = FRIA_BUF_INIT;
	fria_path_state is;
	assert_int_equal(sh("echo '*.json text eol=lf' >.gitattributes && "
			    "printf '{\\n}\\n' >a.json && chmod +x a.json && "
			    "git add . && git commit -qm a && "
			    "printf '{\\r\\n}\\r\\n' >a.json"),
			 0);
	fria_store *store = open_at("");
	assert_int_equal(fria_store_read(&bytes, store, NULL, "a.json", NULL),
			 0);
	assert_string_equal(bytes.text, "{\n}\n");
	assert_int_equal(fria_store_state(&is, store, "a.json", NULL), 0);
	assert_int_equal(is, FRIA_PATH_SAME);
	assert_int_equal(put(store, "a.json", "{}\n", NULL), 0);
	assert_int_equal(sh("git ls-tree HEAD a.json | grep -q ^100755 && "
			    "test -x a.json"),
			 0);
	assert_clean();
	fria_buf_dispose(&bytes);
	fria_store_close(store);
}

static void set_time(const char *name, const struct timespec *time)
{
	const struct timespec times[] = {*time, *time};
	char *path = fria_format("%s/%s", folder, name);
	assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
	free(path);
}

static void write_at(const char *name, const char *text,
		     const struct timespec *time)
{
	char *path = fria_format("%s/%s", folder, name);
	FILE *file = fopen(path, "w"); /* in place: its inode stays */
	assert_non_null(file);
	assert_true(fputs(text, file) >= 0 && !fclose(file));
	if (time->tv_sec)
		set_time(name, time);
	free(path);
}

/* What the index knows is believed only where git would: a file of the same
 * size, written at once after it or with its time set back, is read. */
static void test_known_by_the_index(void **state)
{
	(void)state;
	const struct timespec now = {0, 0}, past = {1600000000, 0};
	fria_path_state is;
	for (unsigned i = 0; i < of_seeds(24); i++) {
		const struct timespec *time = i % 3 ? &now : &past;
		bool other = i % 2;
		write_at("a.json", "[1]\n", time);
		assert_int_equal(sh("git add . && git commit -q --allow-empty "
				    "-m a"),
				 0);
		if (i % 4 > 1)
			assert_int_equal(sh("git update-index "
					    "--assume-unchanged a.json"),
					 0);
		fria_store *store = open_at("");
		assert_int_equal(fria_store_state(&is, store, "a.json", NULL),
				 0);
		assert_int_equal(is, FRIA_PATH_SAME);
		write_at("a.json", other ? "[2]\n" : "[1]\n", time);
		assert_int_equal(fria_store_state(&is, store, "a.json", NULL),
				 0);
		assert_int_equal(is,
				 other ? FRIA_PATH_CHANGED : FRIA_PATH_SAME);
		fria_store_close(store);
		assert_int_equal(sh("git update-index --no-assume-unchanged "
				    "a.json"),
				 0);
	}
}

/* As if the file was written twice within one tick of the clock: its times,
 * and the index, say that it is what HEAD holds. */
static void lie(git_index *index)
{
	struct stat st;
	char *path = fria_format("%s/a.json", folder);
	git_index_entry entry = *git_index_get_bypath(index, "a.json", 0);
	assert_int_equal(stat(path, &st), 0);
	entry.mtime.seconds = (int32_t)st.st_mtim.tv_sec;
	entry.mtime.nanoseconds = (uint32_t)st.st_mtim.tv_nsec;
	entry.ctime.seconds = (int32_t)st.st_ctim.tv_sec;
	entry.ctime.nanoseconds = (uint32_t)st.st_ctim.tv_nsec;
	assert_int_equal(git_index_add(index, &entry), 0);
	assert_int_equal(git_index_write(index), 0);
	free(path);
}

static void test_racily_clean(void **state)
{
	(void)state;
	const struct timespec now = {0, 0}, then = {1600000000, 0};
	git_repository *repo = NULL;
	git_index *index = NULL;
	fria_path_state is;
	write_at("a.json", "[1]\n", &now);
	assert_int_equal(sh("git add . && git commit -qm a"), 0);
	assert_int_equal(git_repository_open(&repo, folder), 0);
	assert_int_equal(git_repository_index(&index, repo), 0);
	fria_store *store = open_at("");
	write_at("a.json", "[2]\n", &then);
	lie(index);
	assert_int_equal(fria_store_state(&is, store, "a.json", NULL), 0);
	assert_int_equal(is, FRIA_PATH_SAME);
	set_time(".git/index", &then);
	assert_int_equal(fria_store_state(&is, store, "a.json", NULL), 0);
	assert_int_equal(is, FRIA_PATH_CHANGED);
	fria_store_close(store);
	git_index_free(index);
	git_repository_free(repo);
}

static bool count(void *data, const fria_commit *commit)
{
	assert_non_null(commit->author);
	++*(size_t *)data;
	return true;
}

static void test_log_and_shallow(void **state)
{
	(void)state;
	static const char *const paths[] = {"a.json", NULL};
	size_t n = 0;
	assert_int_equal(sh("for i in 1 2 3 4 5; do echo $i >a.json; "
			    "git add .; git commit -qm $i; echo $i >b; "
			    "git add .; git commit -qm b$i; done; "
			    "git clone -q --depth 4 file://$PWD shallow"),
			 0);
	fria_store *store = open_at("");
	assert_int_equal(fria_store_log(store, "HEAD", paths, count, &n, NULL),
			 0);
	assert_int_equal(n, 5);
	fria_store_close(store);
	store = open_at("/shallow");
	n = 0;
	assert_int_equal(fria_store_log(store, "HEAD", paths, count, &n, NULL),
			 0);
	assert_in_range(n, 1, 4);
	assert_int_equal(put(store, "a.json", "9\n", NULL), 0);
	fria_store_close(store);
}

static void test_tags(void **state)
{
	(void)state;
	char head[FRIA_ID_SIZE];
	fria_tags tags = {NULL, 0};
	fria_store *store = open_at("");
	assert_int_equal(put(store, "a.json", "1\n", NULL), 0);
	fria_store_head(head, store);
	for (int i = 1; i <= 11; i++) {
		char name[32];
		snprintf(name, sizeof name, "fria/a/b/v%d", i);
		assert_int_equal(fria_store_tag_create(store, name, head, "m\n",
						       "A", "a@example.org", 1,
						       0, NULL),
				 0);
	}
	assert_int_equal(fria_store_tag_create(store, "fria/a/b/v1", head, "m",
					       "A", "a@example.org", 1, 0,
					       NULL),
			 FRIA_EEXISTS);
	assert_int_equal(fria_store_versions(&tags, store, "fria/a/b/v", NULL),
			 0);
	assert_int_equal(tags.n, 11);
	assert_string_equal(tags.items[10].name, "fria/a/b/v11");
	assert_int_equal(fria_store_version_last(store, "fria/a/b/v", 0), 11);
	assert_int_equal(fria_store_version_last(store, "fria/a/c/v", 0), 0);
	assert_int_equal(fria_store_version_last(store, "fria/a/b/v", 4), 11);
	assert_int_equal(fria_store_version_last(store, "fria/a/b/v", 11), 11);
	assert_string_equal(tags.items[0].target, head);
	assert_int_equal(sh("git fsck --strict"), 0);
	fria_tags_dispose(&tags);
	fria_store_close(store);
}

static void test_refusals(void **state)
{
	(void)state;
	fria_store *store = NULL;
	fria_error err = FRIA_ERROR_INIT;
	char *path = fria_format("%s/sha", folder);
	if (!sh("git init -q --object-format=sha256 sha")) {
		assert_int_equal(fria_store_open(&store, path, &err),
				 FRIA_EREFUSED);
		assert_int_equal(err.word, FRIA_W_store_sha256);
	}
	free(path);
	if (geteuid() == 0) {
		fria_error_clear(&err);
		path = fria_format("%s/theirs", folder);
		assert_int_equal(sh("git init -q theirs && "
				    "chown -R 12345 theirs"),
				 0);
		assert_int_equal(fria_store_open(&store, path, &err),
				 FRIA_EREFUSED);
		assert_int_equal(err.word, FRIA_W_store_owner);
		free(path);
	}
}

/* Processes that write the same document: each change is in, or refused. */
static void test_many_at_once(void **state)
{
	(void)state;
	enum { N = 8 };
	int in = 0;
	pid_t pids[N];
	assert_int_equal(sh("git commit -q --allow-empty -m first"), 0);
	for (int i = 0; i < N; i++) {
		pids[i] = fork();
		if (pids[i])
			continue;
		char path[32];
		fria_store *own = open_at("");
		snprintf(path, sizeof path, "p%d.json", i);
		int code = put(own, path, "{}\n", NULL);
		fria_store_close(own);
		_exit(code ? 1 : 0);
	}
	for (int i = 0; i < N; i++) {
		int status;
		waitpid(pids[i], &status, 0);
		in += status == 0;
	}
	assert_int_equal(in, N);
	assert_int_equal(sh("test $(git ls-tree HEAD | wc -l) = 8"), 0);
	assert_clean();
}

/* --- killed midway --- */

/* A child that inherits libgit2's dice would name its files as the last one. */
static void write_forever(unsigned from)
{
	fria_store *store = NULL;
	while (git_libgit2_shutdown() > 0)
		;
	if (fria_store_open(&store, folder, NULL))
		_exit(1);
	for (unsigned i = from;; i++) {
		char text[3][32], base[3][FRIA_ID_SIZE], head[FRIA_ID_SIZE];
		char id[FRIA_ID_SIZE];
		static const char *const paths[] = {"x/a.json", "x/b.json",
						    "c.json"};
		fria_change changes[3];
		if (fria_store_lock(store, NULL) ||
		    !fria_store_head(head, store))
			_exit(1);
		for (int k = 0; k < 3; k++) {
			snprintf(text[k], sizeof text[k], "%u\n", i);
			base[k][0] = '\0';
			fria_store_blob_id(base[k], store, head, paths[k]);
			changes[k] = (fria_change){.path = paths[k],
						   .bytes = text[k],
						   .n = strlen(text[k]),
						   .base = base[k]};
		}
		const fria_commit_request request = {
		    .changes = changes,
		    .n = 3,
		    .message = "loop\n",
		    .author_name = "A",
		    .author_email = "a@example.org",
		    .committer_name = "A",
		    .committer_email = "a@example.org",
		    .at = 1700000000};
		if (fria_store_commit(id, store, &request, NULL))
			_exit(1);
		char *tag = fria_format("t/%u", i);
		if (fria_store_tag_create(store, tag, id, "t\n", "A",
					  "a@example.org", 1700000000, 0, NULL))
			_exit(1);
		free(tag);
		fria_store_unlock(store);
	}
}

static void test_killed(void **state)
{
	(void)state;
	int kills = (int)of_seeds(500), recovered = 0;
	unsigned long seed = 20261124;
	char *journal = fria_format("%s/.git/fria/pending", folder);
	assert_int_equal(sh("git commit -q --allow-empty -m first"), 0);
	for (int i = 0; i < kills; i++) {
		int status;
		seed = seed * 6364136223846793005UL + 1442695040888963407UL;
		const struct timespec wait = {
		    0, 2000000 + (long)((seed >> 33) % 40000000)};
		pid_t pid = fork();
		if (!pid)
			write_forever((unsigned)i * 100000);
		nanosleep(&wait, NULL);
		kill(pid, SIGKILL);
		waitpid(pid, &status, 0);
		assert_true(WIFSIGNALED(status));
		recovered += fria_path_exists(journal);
		fria_store *store = open_at("");
		assert_false(fria_path_exists(journal));
		fria_store_close(store);
		assert_int_equal(sh("! find .git/refs -name '*.lock' | grep ."),
				 0);
		if (sh("test -z \"$(git status --porcelain)\""))
			fail_msg("kill %d: git status shows a difference", i);
		assert_int_equal(sh("git rev-parse -q --verify HEAD:c.json || "
				    "exit 0; test \"$(cat c.json)\" = "
				    "\"$(cat x/a.json)\" && cmp c.json "
				    "x/b.json"),
				 0);
		if (i % 100 == 99)
			assert_int_equal(sh("git fsck --strict"), 0);
	}
	assert_int_equal(sh("git commit -q --allow-empty -m plain && "
			    "test -z \"$(git diff HEAD~1 HEAD)\""),
			 0);
	assert_clean();
	print_message("%d kills, %d with a journal left\n", kills, recovered);
	free(journal);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, folder_remove)
	const struct CMUnitTest tests[] = {
	    TEST(test_commit_and_read),
	    TEST(test_nothing_to_record),
	    TEST(test_others_stay),
	    TEST(test_dirty_is_refused),
	    TEST(test_race_is_seen),
	    TEST(test_a_file_has_the_id_that_git_gives_it),
	    TEST(test_lock_is_named),
	    TEST(test_a_log_is_no_fact),
	    TEST(test_a_lock_is_waited_for),
	    TEST(test_turns_are_in_order),
	    TEST(test_leftovers_go),
	    TEST(test_links_and_paths),
	    TEST(test_subfolder_and_detached),
	    TEST(test_work_tree_and_bare),
	    TEST(test_line_endings_and_mode),
	    TEST(test_known_by_the_index),
	    TEST(test_racily_clean),
	    TEST(test_log_and_shallow),
	    TEST(test_tags),
	    TEST(test_refusals),
	    TEST(test_many_at_once),
	    TEST(test_killed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
