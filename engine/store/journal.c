/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The journal: what a commit or a tag is about to do, so that the next command
 * can finish it, or clear away what it left. It is text, one thing a line: ref,
 * commit, then a path with its blob ids before and after and its mode.
 */
#include "store_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *journal_path_of(const fria_store *store)
{
	return fria_format("%s/pending", store->own);
}

int journal_write(const fria_store *store, const char *ref, const char *commit,
		  const journal_path *paths, size_t n, fria_error *err)
{
	fria_buf out = FRIA_BUF_INIT;
	char *file = journal_path_of(store);
	fria_buf_printf(&out, "%s\n%s\n", ref, commit);
	for (size_t i = 0; i < n; i++)
		fria_buf_printf(&out, "%s %s %o %s\n",
				paths[i].was[0] ? paths[i].was : "-",
				paths[i].now[0] ? paths[i].now : "-",
				paths[i].mode, paths[i].path);
	fria_buf_puts(&out, "end\n");
	/* In a bare repository nothing follows: of a killed process there is a
	 * lock to clear away, of a machine that stopped there is not. */
	int code = (store->folder ? fria_file_write : fria_file_renew)(
	    file, out.text, out.n, err);
	fria_buf_dispose(&out);
	free(file);
	return code;
}

void journal_drop(const fria_store *store)
{
	char *file = journal_path_of(store);
	if (unlink(file) && errno != ENOENT)
		(void)!truncate(file, 0); /* which says that nothing happened */
	free(file);
}

/* --- recovery --- */

typedef struct {
	char *ref, *commit;
	struct {
		journal_path *items;
		size_t n;
	} paths;
} journal;

static bool parse_path(journal *j, char *line)
{
	char *now = strchr(line, ' '),
	     *mode = now ? strchr(now + 1, ' ') : NULL,
	     *path = mode ? strchr(mode + 1, ' ') : NULL;
	if (!path)
		return false;
	*now++ = *mode++ = *path++ = '\0';
	if (store_check_path(path, NULL))
		return false;
	journal_path *p = FRIA_PUSH(&j->paths);
	*p = (journal_path){path, "", "", (unsigned)strtoul(mode, NULL, 8)};
	if (strcmp(line, "-") != 0)
		snprintf(p->was, sizeof p->was, "%s", line);
	if (strcmp(now, "-") != 0)
		snprintf(p->now, sizeof p->now, "%s", now);
	return true;
}

/* False for a journal that was not written to its end: nothing happened. */
static bool parse(journal *j, char *text)
{
	char *save = NULL, *line;
	j->ref = strtok_r(text, "\n", &save);
	j->commit = strtok_r(NULL, "\n", &save);
	while ((line = strtok_r(NULL, "\n", &save))) {
		if (!strcmp(line, "end"))
			return j->ref && j->commit;
		if (!parse_path(j, line))
			return false;
	}
	return false;
}

/* Did the commit happen: is it what the ref holds, or behind it? */
static bool happened(fria_store *store, const journal *j)
{
	git_oid tip, commit;
	if (git_oid_fromstr(&commit, j->commit) ||
	    git_reference_name_to_id(&tip, store->repo, j->ref))
		return false;
	return store_is_behind(store, &tip, &commit);
}

/*
 * A lock that our own killed process left is younger than the journal, and
 * this process holds the lock under which that one worked. git's own would
 * have to be as young and still be there: then a retry finds it again.
 */
static void drop_lock(const char *lock, const struct timespec *since)
{
	struct stat st;
	if (lstat(lock, &st) || !S_ISREG(st.st_mode))
		return;
	if (st.st_mtim.tv_sec > since->tv_sec ||
	    (st.st_mtim.tv_sec == since->tv_sec &&
	     st.st_mtim.tv_nsec >= since->tv_nsec))
		unlink(lock);
}

/* Of no path: nothing follows. */
static bool is_single(const journal *j)
{
	return !strncmp(j->ref, JOURNAL_TAGS, strlen(JOURNAL_TAGS)) ||
	       !strcmp(j->ref, JOURNAL_CONFIG);
}

static void drop_locks(const fria_store *store, const journal *j,
		       const char *file)
{
	struct stat st;
	if (stat(file, &st))
		return;
	const char *gitdir = git_repository_path(store->repo);
	const char *common = git_repository_commondir(store->repo);
	/* Of a reference, or of the configuration. */
	char *locks[] = {fria_format("%s%s.lock", common, j->ref),
			 fria_format("%sindex.lock", gitdir),
			 fria_format("%sHEAD.lock", gitdir)};
	for (size_t i = 0; i < 3; i++) {
		if (!i || !is_single(j))
			drop_lock(locks[i], &st.st_mtim);
		free(locks[i]);
	}
}

static int finish(fria_store *store, const journal *j, fria_error *err)
{
	git_index *index = NULL;
	int code = store_read_index(&index, store, true, err);
	for (size_t i = 0; i < j->paths.n && !code; i++)
		code = store_settle_path(store, index, &j->paths.items[i], err);
	if (!code && git_index_write(index))
		code = store_fail(err, GIT_ERROR, "index");
	git_index_free(index);
	git_oid tip;
	if (!code && !git_reference_name_to_id(&tip, store->repo, "HEAD"))
		code = store_end_merge(store, &tip, err);
	return code;
}

static int recover(fria_store *store, const journal *j, const char *file,
		   fria_error *err)
{
	fria_store whole = store_whole(store);
	int code = 0;
	drop_locks(store, j, file);
	if (!strcmp(j->ref, JOURNAL_STOP))
		code = store_undo_stop(&whole, j->paths.items, j->paths.n, err);
	else if (!strcmp(j->ref, JOURNAL_WRITE))
		code = store_write_all_finish(&whole, j->paths.items,
					      j->paths.n, err);
	else if (!is_single(j) && store->folder && happened(store, j))
		code = finish(&whole, j, err);
	free(whole.folder);
	return code;
}

int journal_recover(fria_store *store, fria_error *err)
{
	char *file = journal_path_of(store);
	fria_buf text = FRIA_BUF_INIT;
	journal j = {NULL, NULL, {NULL, 0}};
	int code = 0;
	if (fria_path_exists(file))
		code = fria_file_read(&text, file, err);
	if (!code && text.n && parse(&j, text.text))
		code = recover(store, &j, file, err);
	if (!code)
		journal_drop(store);
	free(j.paths.items);
	fria_buf_dispose(&text);
	free(file);
	return code;
}
