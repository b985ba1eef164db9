/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * store: a git repository, seen as documents at revisions. It reads paths at a
 * revision or in the work tree, records sets of paths as one atomic commit,
 * and keeps tags. It knows nothing of assessments, and never touches a path
 * that it was not given. git itself it runs where that is asked (git.c), and in
 * a partial clone for what is lacking there (lacking.c); to sign, the program
 * of the user's own configuration (sign.c).
 *
 * Paths are relative to the workspace folder (which may be a subfolder of the
 * repository), use '/', and may not leave it. Only SHA-1 repositories that
 * belong to the user are opened.
 *
 * What libgit2 keeps for the whole process is switched while one call lasts:
 * its cache, and how strictly it takes objects and their names. So one thread
 * at a time works with stores.
 */
#ifndef FRIA_STORE_H
#define FRIA_STORE_H

#include "../base/base.h"

typedef struct fria_store fria_store;

#define FRIA_ID_SIZE 41 /* 40 hex digits and a NUL */

/* --- store.c, shared.c, config.c: open and close --- */

/*
 * Opens the repository that holds the folder (found upward, as git does, also
 * through linked work trees and bare repositories) and finishes or drops what
 * an interrupted command left behind (journal.c). ENOTFOUND: no repository.
 */
int fria_store_open(fria_store **out, const char *folder, fria_error *err);
/* Makes a repository in the folder (branch name from git's configuration). */
int fria_store_create(fria_store **out, const char *folder, fria_error *err);
/*
 * Makes a bare repository in a folder that is empty or not there (whose parent
 * is), for everybody who may write beside it; one that has no branch yet, made
 * here or not, will show `branch`, and holds a text for who opens the folder,
 * under that name. What is no repository and holds something is left alone,
 * without an error.
 */
int fria_store_share(bool *made, const char *folder, const char *branch,
		     const char *name, const char *text, fria_error *err);
void fria_store_close(fria_store *store);
/*
 * From here on every object that is read is hashed again and must be what its
 * id says. Until then objects are taken at their word, as git takes them: what
 * came over a wire was hashed on arrival, and zlib's own sum guards the disk.
 * What was read before is forgotten, and what an earlier walk left in the own
 * folder is not believed.
 */
int fria_store_doubt(fria_store *store, fria_error *err);

/* The workspace's absolute folder with no final slash; NULL when bare. */
const char *fria_store_folder(const fria_store *store);
/* The folder for what is derived and may be deleted: .git/fria. */
const char *fria_store_own_folder(const fria_store *store);
/* Its folder inside the repository: "" or "name/name" without slashes around.
 */
const char *fria_store_prefix(const fria_store *store);
/* True when there is no work tree. */
bool fria_store_is_bare(const fria_store *store);
/*
 * A value of git's configuration as git itself would see it here; false when
 * unset. Without a store (NULL): the user's and the system's. The caller
 * disposes out.
 */
bool fria_store_config(fria_buf *out, fria_store *store, const char *key);

/*
 * The same, of the user's and the system's configuration and what was given to
 * this command, never of the repository's: for every key that names a program
 * or the folder of hooks, which a repository may not choose for who opens it.
 */
bool fria_store_config_own(fria_buf *out, fria_store *store, const char *key);

/*
 * Sets a key in the repository's own configuration, which its linked work
 * trees share; NULL removes it. ELOCKED or EIO.
 */
int fria_store_config_set(fria_store *store, const char *key, const char *value,
			  fria_error *err);
/* Path of a file of that name in the repository's folder `info`, which its
 * linked work trees share; the caller frees. */
char *fria_store_info_path(const fria_store *store, const char *name);

/* True if the repository itself has this hook. */
bool fria_store_has_hook(const fria_store *store, const char *name);

/* --- lock.c: one at a time --- */

/*
 * Waits for this work tree's exclusive lock, in the order of who came; every
 * command that changes documents holds it from reading to writing. ELOCKED
 * where a signal ends the waiting (fria_host). Released by the system when the
 * process ends, however it ends. Old leavings of killed commands in the own
 * folder go.
 */
int fria_store_lock(fria_store *store, fria_error *err);
void fria_store_unlock(fria_store *store);

/* --- stage.c: what is to be, before it is --- */

/*
 * From here on documents are written to memory, and every read finds them
 * there before it looks in the work tree (in a bare repository: in HEAD); HEAD
 * stays where it is for all reads, whatever others do meanwhile. A commit
 * moves it on. In a rehearsal commits are made in memory, too: not a byte is
 * written, no reference moves, nothing is signed; merges and tags are refused.
 * Without one a commit is recorded as ever, which only a bare repository asks
 * for, under the lock.
 */
int fria_store_stage(fria_store *store, bool rehearse, fria_error *err);
/* Drops it all; nothing is no trouble. */
int fria_store_unstage(fria_store *store, fria_error *err);
bool fria_store_stages(const fria_store *store);
/*
 * Ends a rehearsal by recording what was rehearsed (rehearse.c): its commits,
 * then what was written besides. commit is the last one; "": none. ERACE, and
 * nothing was written, where HEAD or a document is not what the rehearsal began
 * with. Needs the lock.
 */
int fria_store_record_staged(char commit[FRIA_ID_SIZE], fria_store *store,
			     fria_error *err);

/* --- git.c: the program itself --- */

typedef struct {
	const char *folder;	 /* where it runs; NULL: with .git alone */
	const char *const *args; /* "-c", "key=value" may go first; then NULL */
	const char *protocols;	 /* that it may use, with colons; NULL: none */
	const char *input;	 /* or NULL */
	int seconds;
	size_t limit; /* as in fria_program */
} fria_git;

/*
 * Runs git, the only door to it for what has to do with a repository: no hooks
 * (unless args name a folder of the user's), no monitor, signatures by the
 * programs of the user's own configuration, objects as they are and not as
 * refs/replace has them, and what comes in is checked as by fsck. Its status
 * is the caller's to judge. Before it fetches or sends, see below.
 */
int fria_store_git(fria_ran *out, fria_store *store, const fria_git *git,
		   fria_error *err);
/*
 * EREFUSED if the repository's own configuration names a program that git
 * would start to fetch or send; the sentence names the key.
 */
int fria_store_refuse_programs(fria_store *store, const char *folder,
			       fria_error *err);

/* --- mailmap.c: under which name somebody is shown --- */

/*
 * The "Name <address>" that the repository's .mailmap has for this one; itself
 * where it has none (NULL for NULL). For what people read, never for who is
 * compared. Lives as long as the store, and as what was given.
 */
const char *fria_store_shown(fria_store *store, const char *who);

/* --- leftovers.c: what does not outlive its command --- */

/*
 * Makes a folder in the own folder for as long as this process uses it; gives
 * a descriptor that holds it, or -1. Should the process be killed, the next
 * command that takes the lock removes the folder.
 */
int fria_store_folder_begin(char **path, fria_store *store);
/* Removes it; frees the path. */
void fria_store_folder_end(char *path, int held);

/* --- revision.c: commits, and what stands in one --- */

/* A commit. All text is owned, and as it can be shown: what is no UTF-8 in
 * history is read as Latin-1 (fria_text_repaired); so it is in a tag. */
typedef struct {
	char id[FRIA_ID_SIZE];
	char *author; /* "Name <address>"; so for committer */
	char *committer;
	char *message;
	fria_time at;	 /* author's time */
	fria_time local; /* the same on the author's own clock: for its day */
	fria_strings parents;
} fria_commit;

void fria_commit_dispose(fria_commit *commit);

/*
 * Finds a commit by what people type: branch, tag, id or its beginning, HEAD~2,
 * or a date (the last commit at or before the end of that day, each by the
 * clock of its author). ENOTFOUND.
 */
int fria_store_resolve(char out[FRIA_ID_SIZE], fria_store *store,
		       const char *revision, fria_error *err);
int fria_store_commit_read(fria_commit *out, fria_store *store, const char *id,
			   fria_error *err);
/* The commit HEAD is at; false on an unborn branch. */
bool fria_store_head(char out[FRIA_ID_SIZE], fria_store *store);

/* --- read.c, paths.c, revision.c: at a revision or in the work tree --- */

/*
 * Reads a document: from a commit, or from the work tree when commit is NULL
 * (in a bare repository: from HEAD). ENOTFOUND if absent; EINPUT for a
 * symbolic link or a folder in its place; ELIMIT over FRIA_MAX_BYTES. From the
 * work tree CR LF is read as LF (autocrlf). What a sparse checkout leaves out
 * of the work tree is there as it is in HEAD, here and in all that follows.
 */
int fria_store_read(fria_buf *out, fria_store *store, const char *commit,
		    const char *path, fria_error *err);
/* The same for a file of the work tree that is no document: byte for byte. */
int fria_store_read_bytes(fria_buf *out, fria_store *store, const char *path,
			  fria_error *err);
/* Blob id of a document, as git would store it (of a commit also a folder's
 * id); false if absent. */
bool fria_store_blob_id(char out[FRIA_ID_SIZE], fria_store *store,
			const char *commit, const char *path);
/* Blob id of a file that may be no document, as git would store it; false for a
 * link, a folder, and what is absent. */
bool fria_store_file_id(char out[FRIA_ID_SIZE], fria_store *store,
			const char *commit, const char *path);
enum { FRIA_STAMP_SIZE = 128 };
/* What changes when a file of the work tree does, without reading it; "" where
 * there is none. For what is kept to be shown, never for what is decided. */
void fria_store_stamp(char out[FRIA_STAMP_SIZE], fria_store *store,
		      const char *path);
/* False for one that could lead out of the workspace, or into .git. */
bool fria_store_is_path(const char *path);
/* The path inside the repository; the caller frees. */
char *fria_store_whole_path(const fria_store *store, const char *path);
/* The path in the workspace, inside the other, or NULL if it lies outside. */
const char *fria_store_own_path(const fria_store *store, const char *whole);
/* A blob by its id. ENOTFOUND also in a partial clone that lacks it. */
int fria_store_read_blob(fria_buf *out, fria_store *store, const char *id,
			 fria_error *err);
/* Names in a folder, sorted; folders end with '/'. Absent: none. */
int fria_store_list(fria_strings *out, fria_store *store, const char *commit,
		    const char *folder, fria_error *err);

typedef struct {
	char *name; /* of a folder with '/' after it */
	char id[FRIA_ID_SIZE];
} fria_entry;

typedef struct {
	fria_entry *items; /* by name, as bytes */
	size_t n;
} fria_entries;

/* Appends what a folder in history holds, by the folder's id ("": nothing). */
int fria_store_entries(fria_entries *out, fria_store *store, const char *folder,
		       fria_error *err);
void fria_entries_dispose(fria_entries *entries);

typedef enum {
	FRIA_PATH_ABSENT,  /* neither in HEAD nor in the work tree */
	FRIA_PATH_SAME,	   /* as in HEAD */
	FRIA_PATH_CHANGED, /* differs from HEAD */
	FRIA_PATH_NEW,	   /* not in HEAD */
	FRIA_PATH_REMOVED  /* in HEAD only */
} fria_path_state;

/* Compares bytes as git would store them; a file that by git's index nobody
 * touched since it was recorded is not read. */
int fria_store_state(fria_path_state *out, fria_store *store, const char *path,
		     fria_error *err);
/* True if there is a file at the path, or one that is left out. */
bool fria_store_has(fria_store *store, const char *path);
/*
 * Appends the paths below a folder ("" for all) that HEAD and the index hold
 * and the work tree does not, without leaving them out: they got lost. What the
 * index does not hold either, somebody told git to remove.
 */
int fria_store_lost(fria_strings *out, fria_store *store, const char *folder,
		    fria_error *err);

/* --- write.c: the work tree --- */

/* Writes one document (atomically, synced), making folders. No commit. */
int fria_store_write(fria_store *store, const char *path, const char *bytes,
		     size_t n, fria_error *err);
/* True if documents were written, by this handle, that it has not recorded
 * since. */
bool fria_store_unsaved(const fria_store *store);
/*
 * From here on n documents are written, and where those are many they are not
 * synced one by one; fria_store_apart(), which belongs to it also on failure,
 * syncs them all before anything rests on them. Needs the lock.
 */
void fria_store_together(fria_store *store, size_t n);
int fria_store_apart(fria_store *store, fria_error *err);

/* --- commit.c, write_all.c, merge.c: one atomic commit --- */

/* A path and what stands there in three states: blob ids, "" where absent. */
typedef struct {
	char *path; /* in the repository, not the workspace; owned */
	char base[FRIA_ID_SIZE], ours[FRIA_ID_SIZE], theirs[FRIA_ID_SIZE];
	unsigned modes[3]; /* git's, in the same order; 0 where absent */
	bool bases;	   /* there are several, and they differ here */
} fria_path_sides;

typedef struct {
	fria_path_sides *items;
	size_t n;
} fria_sides;

void fria_sides_dispose(fria_sides *sides);

typedef struct {
	const char *path;
	const char *bytes; /* NULL removes the document */
	size_t n;
	/*
	 * Blob id that the new content was made from ("" : the document did not
	 * exist). If the branch holds anything else meanwhile: ERACE.
	 */
	const char *base;
	/* Takes what they have instead of bytes: any kind of file. */
	const fria_path_sides *take;
	/* In fria_store_stop: all three sides stay in the index. */
	const fria_path_sides *keep;
} fria_change;

typedef struct {
	const fria_change *changes;
	size_t n;
	const char *message;
	const char *author_name, *author_email;
	const char *committer_name, *committer_email;
	fria_time at;
	int offset; /* minutes east of UTC */
	/* --- all of these may be left out --- */
	bool whole;	    /* paths are the repository's */
	const char *from;   /* the commit that HEAD must be at, else ERACE */
	const char *theirs; /* a second parent */
	bool forward;	    /* no commit is made: theirs becomes the branch's */
	bool conclude;	    /* the merge that stopped: with all of the index */
} fria_commit_request;

/*
 * Writes several documents of the work tree: all, or none where it fails (but
 * for FRIA_W_store_unfinished: they stand, and the next command writes what is
 * lacking). Of each change only path, bytes and n count. Needs the lock.
 */
int fria_store_write_all(fria_store *store, const fria_change *changes,
			 size_t n, fria_error *err);
/*
 * Records the changes as one commit on the current branch (or detached HEAD,
 * or unborn branch), then brings index and work tree of exactly these paths
 * to it. DESIGN section 2 "A commit is atomic": journal, compare-and-swap
 * with bounded retry, index, work tree. A work tree file is only replaced when
 * it holds the base or the new content; otherwise it stays and ERACE is given
 * before anything is recorded. Other paths, staged or not, are never touched.
 * ELOCKED names a lock file that is in the way. With no difference to HEAD no
 * commit is made and out is HEAD's id.
 */
int fria_store_commit(char out[FRIA_ID_SIZE], fria_store *store,
		      const fria_commit_request *request, fria_error *err);

/* --- merge.c: two lines of history --- */

/* How another commit lies to HEAD. */
typedef struct {
	char ours[FRIA_ID_SIZE], theirs[FRIA_ID_SIZE];
	fria_strings bases; /* the best common ancestors, sorted */
	bool known;	    /* HEAD holds theirs already */
	bool forward;	    /* theirs holds HEAD: nothing to merge */
	fria_sides paths;   /* what they changed since */
} fria_fork;

/* EREFUSED if the two share no commit, or none that is here. Before the first
 * commit all of theirs lies ahead: the one base is "". */
int fria_store_fork(fria_fork *out, fria_store *store, const char *theirs,
		    fria_error *err);
void fria_fork_dispose(fria_fork *fork);
/* The best common ancestors of two commits, sorted; none is no error. */
int fria_store_merge_bases(fria_strings *out, fria_store *store, const char *a,
			   const char *b, fria_error *err);
/* A blob's id at a path of the repository; false if it is absent. */
bool fria_store_blob_at(char out[FRIA_ID_SIZE], fria_store *store,
			const char *commit, const char *path);

/* --- stop.c, merging.c, follow.c, merge.c: a merge that waits --- */

/* What git, or fria_store_stop, has left unfinished here (merging.c). */
typedef enum {
	FRIA_BUSY_NOT,
	FRIA_BUSY_MERGE, /* a merge that `save` concludes */
	FRIA_BUSY_REBASE,
	FRIA_BUSY_PICK, /* cherry-pick or revert */
	FRIA_BUSY_OTHER
} fria_busy;

fria_busy fria_store_busy(const fria_store *store);
/* The commit that is being merged; false if there is none. */
bool fria_store_merging(char out[FRIA_ID_SIZE], const fria_store *store);
/*
 * Leaves a merge with request->theirs as git does when it stops: results in
 * the work tree, the sides of what conflicts in the index, MERGE_HEAD. Refuses
 * as fria_store_commit does, and also where something else is staged. A
 * process killed here leaves things as they were.
 */
int fria_store_stop(fria_store *store, const fria_commit_request *request,
		    fria_error *err);
/* Every path that the index holds in more than one state. */
int fria_store_unmerged(fria_sides *out, fria_store *store, fria_error *err);
/*
 * Where this work tree was when its branch was moved from elsewhere (another
 * work tree, a push): what its files were made from. False if it was not.
 */
bool fria_store_moved(char from[FRIA_ID_SIZE], fria_store *store);
/* What changed from one commit to another; base and ours are the first. */
int fria_store_between(fria_sides *out, fria_store *store, const char *from,
		       const char *to, fria_error *err);
/*
 * Brings index and work tree to that commit, for the changes given: those
 * to take where nobody touched them, the others with bytes on top of it
 * (and three sides where they conflict). May be done twice.
 */
int fria_store_follow(fria_store *store, const char *to,
		      const fria_change *changes, size_t n, fria_error *err);
/* Stores bytes as a blob that nothing refers to yet. */
int fria_store_keep_blob(char out[FRIA_ID_SIZE], fria_store *store,
			 const char *bytes, size_t n, fria_error *err);
/* The index takes the work tree's file at a path of the repository: settled. */
int fria_store_settle(fria_store *store, const char *path, fria_error *err);

/* --- former.c: folders that had another name --- */

/*
 * From here on what is asked of a folder at a commit that has none by this name
 * is what that commit has by the former one, also in walks over history. Of
 * several the one that was said first goes first. was NULL: it had none.
 */
void fria_store_formerly(fria_store *store, const char *folder,
			 const char *was);

/* --- history.c: which commits touched a path --- */

/* Paths of one walk. */
#define FRIA_TOUCH_PATHS 6

/* A commit that changed one of the paths. */
typedef struct {
	char commit[FRIA_ID_SIZE];
	/* Ids of what it holds, and of what its first parent does; "": absent.
	 */
	char entries[FRIA_TOUCH_PATHS][FRIA_ID_SIZE];
	char before[FRIA_TOUCH_PATHS][FRIA_ID_SIZE];
	bool boundary; /* its parents are not here (shallow clone) */
	bool single;   /* all that comes after it is before its one parent: the
			  next to touch them holds what that does */
} fria_touch;

/* Called newest first; returning false stops. */
typedef bool (*fria_touch_visit)(void *data, const fria_touch *touch);

/*
 * Commits reachable from a revision that changed one of the paths (at most
 * FRIA_TOUCH_PATHS, closed by NULL; a path may be a folder), newest first by
 * time, as git simplifies history. Parents absent from a shallow clone end the
 * walk quietly. What a long walk found is kept, so that the next one looks at
 * new commits alone.
 */
int fria_store_touched(fria_store *store, const char *revision,
		       const char *const paths[], fria_touch_visit visit,
		       void *data, fria_error *err);
/* The same on every line of history: also what a merge did not take. */
int fria_store_touched_ever(fria_store *store, const char *revision,
			    const char *const paths[], fria_touch_visit visit,
			    void *data, fria_error *err);

/* Called newest first; returning false stops. */
typedef bool (*fria_log_visit)(void *data, const fria_commit *commit);

/* The same, with the commits read. */
int fria_store_log(fria_store *store, const char *revision,
		   const char *const paths[], fria_log_visit visit, void *data,
		   fria_error *err);

/* A commit and what it holds at some paths: ids, "" where absent. */
typedef struct {
	char commit[FRIA_ID_SIZE];
	char (*entries)[FRIA_ID_SIZE];
} fria_stood;

/* Called newest first, with the parents that are here; false stops. */
typedef bool (*fria_each_visit)(void *data, const fria_stood *commit,
				const fria_stood *parents, size_t n);

/*
 * Every commit reachable from a revision, also those by which nothing changed
 * and those on lines of history that a merge took nothing from.
 */
int fria_store_each(fria_store *store, const char *revision,
		    const char *const paths[], fria_each_visit visit,
		    void *data, fria_error *err);

/* --- tags.c: versions --- */

typedef struct {
	char *name;		   /* without refs/tags/ */
	char *own;		   /* what the tag calls itself; or NULL */
	char id[FRIA_ID_SIZE];	   /* what its ref holds */
	char target[FRIA_ID_SIZE]; /* the commit */
	char *message;
	char *tagger; /* "Name <address>"; NULL for a lightweight tag */
	fria_time at;
	fria_time local; /* on the tagger's own clock */
} fria_tag;

typedef struct {
	fria_tag *items;
	size_t n;
} fria_tags;

void fria_tag_dispose(fria_tag *tag);
void fria_tags_dispose(fria_tags *tags);
/* What the ref of a tag holds; false if there is no such tag. */
bool fria_store_tag_id(char out[FRIA_ID_SIZE], fria_store *store,
		       const char *name);
/* ENOTFOUND if there is no such tag. One by name costs no listing. */
int fria_store_tag_read(fria_tag *out, fria_store *store, const char *name,
			fria_error *err);
/*
 * N of the last of the tags PREFIX1, PREFIX2 ..., where a row of so many goes
 * on (0: from the first); as many if there is none. Found by doubling and
 * halving, so its cost hardly grows with their number.
 */
size_t fria_store_version_last(fria_store *store, const char *prefix,
			       size_t after);
/* Appends tags PREFIX1, PREFIX2 ... from where the row in *out ends, to the
 * first that is missing: each is read. */
int fria_store_versions(fria_tags *out, fria_store *store, const char *prefix,
			fria_error *err);
/*
 * 1 if a commit is another one or came after it, 0 if not, below 0 if history
 * here does not reach far enough to tell.
 */
int fria_store_descends(fria_store *store, const char *commit,
			const char *from);
/* Makes an annotated tag, signed if git is configured so; EEXISTS if the name
 * is taken. */
int fria_store_tag_create(fria_store *store, const char *name,
			  const char *commit, const char *message,
			  const char *tagger_name, const char *tagger_email,
			  fria_time at, int offset, fria_error *err);

/* --- refs.c, revision.c: names --- */

typedef struct {
	char *name; /* "refs/tags/v1" */
	char id[FRIA_ID_SIZE];
} fria_ref;

typedef struct {
	fria_ref *items;
	size_t n;
} fria_refs;

void fria_refs_dispose(fria_refs *refs);
void fria_refs_sort(fria_refs *refs); /* by name */
/* Among sorted ones; NULL if it is not there. */
const fria_ref *fria_refs_find(const fria_refs *refs, const char *name);
/* Names and blob ids (read.c) of the files that a commit holds in a folder,
 * sorted; folders and links are left out. Absent: none. */
int fria_store_files(fria_refs *out, fria_store *store, const char *commit,
		     const char *folder, fria_error *err);
/* The branch that is worked on, also unborn; EREFUSED on a detached HEAD. */
int fria_store_branch(fria_buf *out, fria_store *store, fria_error *err);
/* Before the first commit: the one that is to be ("refs/heads/main"). */
int fria_store_set_branch(fria_store *store, const char *ref, fria_error *err);
/* What a reference holds; false if it does not exist. */
bool fria_store_ref(char out[FRIA_ID_SIZE], fria_store *store,
		    const char *name);
/* Those whose name starts so, sorted ("refs/tags/fria/"). */
int fria_store_refs(fria_refs *out, fria_store *store, const char *prefix,
		    fria_error *err);
/* Removes it if it holds this; none is no trouble. */
int fria_store_ref_delete(fria_store *store, const fria_ref *ref,
			  fria_error *err);
/* Names of the repositories that are configured here. */
int fria_store_remotes(fria_strings *out, fria_store *store, fria_error *err);

/* --- seen.c: what a shared repository was last seen to hold --- */

int fria_store_seen_write(fria_store *store, const char *remote,
			  const fria_refs *refs, fria_error *err);
/* Gives the remote, or NULL if none was looked at; the caller frees. Appends
 * its references, sorted. */
char *fria_store_seen(fria_refs *out, fria_store *store);

#endif
