/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of store/ share; git's own types stay behind this. */
#ifndef FRIA_STORE_INTERNAL_H
#define FRIA_STORE_INTERNAL_H

#include <git2.h>
#include <sys/stat.h>

#include "store.h"

typedef enum {
	FRIA_STORE_UNKNOWN,
	FRIA_STORE_NOTHING,
	FRIA_STORE_SOME
} store_sparse;

typedef struct store_names store_names;	    /* mailmap.c */
typedef struct store_stage store_stage;	    /* stage.c */
typedef struct store_walked store_walked;   /* walked.c */
typedef struct store_objects store_objects; /* objects.c */

/* A folder that had another name; both in the repository. */
typedef struct {
	char *folder, *was;
} store_former;

struct fria_store {
	git_repository *repo;
	store_objects *objects; /* its own */
	char *folder;		/* absolute, of the workspace; NULL when bare */
	char *prefix;		/* "" or "a/b" */
	char *own;		/* GITDIR/fria: journal and lock */
	int lock;		/* file descriptor, or -1 */
	store_names *names;	/* NULL: not read yet */
	store_stage *stage; /* NULL: what is written goes to the work tree */
	bool unsaved;	    /* documents were written, and not recorded */
	bool doubted;	    /* what is derived is not believed */
	bool together; /* files are not synced one by one: all are, after */
	store_sparse leaves_out; /* of the work tree; SOME: perhaps */
	store_sparse programs;	 /* that fetching would start, not the user's */
	struct {
		store_former *items;
		size_t n;
	} former;
	store_walked *walked; /* also of its copies with another prefix */
};

/* --- former.c --- */

void store_former_free(fria_store *store);
/* Appends the names that a path of the repository had; gives how much of it is
 * the folder that was renamed, 0 for none. */
size_t store_former_paths(fria_strings *out, const fria_store *store,
			  const char *full);
/* git_tree_entry_bypath(), by a former name where that holds. */
int store_tree_entry(git_tree_entry **out, const fria_store *store,
		     const git_tree *tree, const char *full);

/* --- trouble.c, start.c, paths.c, write.c, read.c, config.c --- */

/* A sentence about a path; {limit} is in MiB. */
int store_refuse(fria_error *err, int code, fria_word word, const char *path);
/* Turns git's last error into ours; the sentence names the place. */
int store_fail(fria_error *err, int git_code, const char *path);
/* Is this git's refusal of what belongs to someone else? */
bool store_is_foreign(int git_code);
/* Starts libgit2; each start has its git_libgit2_shutdown(). */
void store_start(void);
/* Does the reference hold this? What git last said went wrong stays said. */
bool store_holds(fria_store *store, const char *ref, const git_oid *id);
/* What was asked stands, but this kept index or work tree from following. */
int store_unfinished(fria_error *err, const fria_error *why);
/* EINPUT for a path that could lead out of the workspace, or into .git. */
int store_check_path(const char *path, fria_error *err);
/* The path inside the repository; the caller frees. */
char *store_full_path(const fria_store *store, const char *path);
/* The path on disk; the caller frees. */
char *store_disk_path(const fria_store *store, const char *path);
/* Replaces or (bytes NULL) removes a work tree file, synced. */
int store_write_disk(const fria_store *store, const char *path,
		     const char *bytes, size_t n, fria_error *err);

/*
 * The same store for paths of the whole repository. The caller frees its
 * folder, and keeps the store as long.
 */
fria_store store_whole(const fria_store *store);
/* Id of a work tree file or link as git stores it; "" if there is neither. */
void store_disk_id(char out[FRIA_ID_SIZE], fria_store *store, const char *path);
/* Makes a symbolic link in the place of a file or link; synced. */
int store_link_disk(const fria_store *store, const char *path,
		    const char *target, fria_error *err);
/* Removes the folders above a path that are empty now. */
void store_prune_disk(const fria_store *store, const char *path);

/* The repository opened once more: nothing that was read is remembered. */
int store_open_anew(fria_store *store, fria_error *err);

/* --- revision.c --- */

/* "Name <address>" as it can be shown; the caller frees. */
char *store_person(const git_signature *who);
/* The tree of a commit (hex id), the caller frees. */
int store_tree(git_tree **out, fria_store *store, const char *commit,
	       fria_error *err);
/* What stands at a path of the workspace in it. ENOTFOUND. The caller frees. */
int store_find_entry(git_tree_entry **out, fria_store *store,
		     const char *commit, const char *path, fria_error *err);
int store_read_commit(fria_buf *out, fria_store *store, const char *commit,
		      const char *path, fria_error *err);
/* Appends names in a folder; folders end with '/'. */
int store_list_commit(fria_strings *out, fria_store *store, const char *commit,
		      const char *folder, fria_error *err);

/* --- stage.c, commit.c --- */

typedef enum { STAGED_NOT, STAGED_GONE, STAGED_HERE } store_staged;

/* Are commits made in memory alone? */
bool store_rehearses(const fria_store *store);
/* EREFUSED: that can be done, but not rehearsed. */
int store_refuse_rehearsed(fria_error *err);
/* All of these need a stage, but for reading, which finds nothing without. */
bool store_stage_head(char out[FRIA_ID_SIZE], const fria_store *store);
void store_stage_move(fria_store *store, const char *to);
/* Is the branch elsewhere by now than where the stage has it? */
bool store_stage_left(char from[FRIA_ID_SIZE], fria_store *store);
/* bytes NULL: it is gone. was: the blob that stood there before; "": none. */
void store_stage_put(fria_store *store, const char *path, const char *was,
		     const char *bytes, size_t n);
/* Each path that is staged, from *at 0 on. */
bool store_stage_next(size_t *at, const char **path, bool *gone,
		      const fria_store *store);
/* out may be NULL. */
store_staged store_stage_read(fria_buf *out, const fria_store *store,
			      const char *path);
store_staged store_stage_id(char out[FRIA_ID_SIZE], const fria_store *store,
			    const char *path);
/* A copy of what was committed in memory, to be recorded. */
void store_stage_keep(fria_store *store, const fria_commit_request *request);

/* --- objects.c --- */

/* Each object that is written through the repository is synced as it is made.
 * What is given is the repository's. */
int store_objects_add(store_objects **out, git_repository *repo);
/* So long as they are written together they are not: store_objects_sync() syncs
 * them all, before anything rests on them. */
void store_objects_together(fria_store *store, bool together);
int store_objects_sync(fria_store *store, fria_error *err);

/* --- config.c --- */

/*
 * As git_repository_open_ext, with the configuration of this work tree alone
 * as git has it, and safe.directory as git reads it: also "*", and from the
 * environment. GIT_EOWNER otherwise.
 */
int store_open_repository(git_repository **out, const char *folder,
			  unsigned flags);
/* True for a key that is set and means yes. */
bool store_config_is(fria_store *store, const char *key);

/* --- left_out.c: the index, and what a sparse checkout leaves out --- */

/*
 * The index as it is on disk; with force also where it seems unchanged. One
 * that is split or sparse is first written whole, by git; EREFUSED with the
 * command that does so where that fails. The caller frees *out.
 */
int store_read_index(git_index **out, fria_store *store, bool force,
		     fria_error *err);
/* True for an entry whose file git leaves out of the work tree. */
bool store_is_skipped(const git_index_entry *entry);
/* Is a path, which is not in the work tree, left out of it? */
int store_leaves_out(bool *out, fria_store *store, const char *path,
		     fria_error *err);
/* Appends the names in a folder that are left out; folders end with '/'. One
 * may be there already, or twice. */
int store_add_left_out(fria_strings *names, fria_store *store,
		       const char *folder, fria_error *err);
/* --- walked.c --- */

/* What a folder holds under a name; mode 0: nothing, UNREAD: it is not here. */
enum { STORE_UNREAD = 1 };
typedef struct {
	git_oid id;
	unsigned mode;
} store_entry;

/* The header of a commit, as a walk needs it; the caller frees the parents. */
typedef struct {
	git_oid id, tree;
	git_oid *parents;
	size_t parents_n;
	git_time_t time;
} store_header;

/* False for a commit that is not here or cannot be read. */
bool store_header_read(store_header *out, fria_store *store, const git_oid *id);
/* What stands at the first so many bytes of a path. */
store_entry store_entry_at(fria_store *store, const git_oid *tree,
			   const char *path, size_t length);
/* What a commit holds at a path of the workspace (""); false where folders were
 * renamed, something on the way is not here, or what is derived is doubted. */
bool store_entry_of(store_entry *out, fria_store *store, const char *commit,
		    const char *path);
store_walked *store_walked_new(void);
void store_walked_free(store_walked *walked);

/* --- known.c --- */

/*
 * True if, by git's index, a file of the work tree holds the blob of that id:
 * by its size, times and inode, with git's rule for what is racily clean.
 * False says nothing.
 */
bool store_index_knows(fria_store *store, const char *path,
		       const struct stat *file, const char *id);

/* --- allocator.c --- */

/* Once, before git is started. */
void store_use_our_memory(void);

/* --- journal.c --- */

typedef struct {
	const char *path;	/* in the repository */
	char was[FRIA_ID_SIZE]; /* blob ids; "" for absent */
	char now[FRIA_ID_SIZE];
	unsigned mode; /* of now; 0: a plain file, executable if it was */
} journal_path;

/* In the place of a ref: a merge that stops; undone, not finished. */
#define JOURNAL_STOP "MERGE_HEAD"
/* Documents of the work tree that are written together. */
#define JOURNAL_WRITE "WORKTREE"
/* A key of the configuration that is set. */
#define JOURNAL_CONFIG "config"
/* The index alone. */
#define JOURNAL_INDEX "index"
/* A tag that is made: of no path, and nothing follows it. */
#define JOURNAL_TAGS "refs/tags/"

/*
 * Writes what is about to happen to paths of the repository; synced before it
 * returns.
 */
int journal_write(const fria_store *store, const char *ref, const char *commit,
		  const journal_path *paths, size_t n, fria_error *err);
void journal_drop(const fria_store *store);
/* Finishes or drops what an interrupted process left. Needs the lock. */
int journal_recover(fria_store *store, fria_error *err);

/* A moment on the clock of who made something. */
static inline fria_time store_local(const git_time *when)
{
	return when->time + (fria_time)when->offset * 60;
}

/* --- settle.c --- */

/*
 * Brings index and work tree of one path to a blob ("" removes it), where the
 * work tree holds the old or the new bytes. Used by commit and recovery. The
 * store is one of store_whole(); so for all below.
 */
int store_settle_path(fria_store *store, git_index *index,
		      const journal_path *path, fria_error *err);
/* A path that is left out of the work tree comes in, as it was. */
int store_bring_in(fria_store *store, git_index *index,
		   const journal_path *path, fria_error *err);
/* Makes the blobs of a request; fills paths, whose text is owned. */
int store_make_paths(journal_path *paths, const fria_store *own,
		     fria_store *store, const fria_commit_request *request,
		     fria_error *err);
void store_free_paths(journal_path *paths, size_t n);
/* ERACE unless the work tree holds the base or the new content of each. */
int store_check_disk(fria_store *store, const journal_path *paths, size_t n,
		     fria_error *err);
/* The index, read; ELOCKED if somebody holds it. */
int store_open_index(git_index **out, fria_store *store, fria_error *err);

/* What a journal of that kind still lacks. */
int store_write_all_finish(fria_store *store, const journal_path *paths,
			   size_t n, fria_error *err);
/* All of them, and the index written; synced. */
int store_settle_all(fria_store *store, git_index *index,
		     const journal_path *paths, size_t n, fria_error *err);
int store_write_index(git_index *index, fria_error *err);
/* True if the index has the path at this blob (or not, for ""). */
bool store_index_has(git_index *index, const char *path, const char *blob);
/* Not in the work tree, and not to be. */
bool store_is_left_out(const fria_store *store, const git_index_entry *entry,
		       const char *path);

/* --- merging.c --- */

/* Path of a file of git's own, of this work tree; the caller frees. */
char *store_git_file(const fria_store *store, const char *name);

/* Removes what says that a merge is under way, once the commit holds it. */
int store_end_merge(fria_store *store, const git_oid *commit, fria_error *err);
/* Puts things back as they were before a stop. */
int store_undo_stop(fria_store *store, const journal_path *paths, size_t n,
		    fria_error *err);

/* --- stop.c --- */

/* Three sides in the place of one entry; git's code. */
int store_keep_sides(git_index *index, const fria_path_sides *path);

/* --- lacking.c: shallow and partial clones --- */

/*
 * git's exit status for a command (arguments closed by NULL), with
 * nothing run that the repository's configuration names; -1 if it could not be
 * run.
 */
int store_ask_git(fria_store *store, const char *const args[]);
/*
 * In a partial clone git itself fetches what it lacks when it is asked for:
 * libgit2 does not. True if the object is there now.
 */
bool store_fetch_object(fria_store *store, const char *object);
/* There: the folders in which two commits differ are here after this. */
void store_fetch_folders(fria_store *store, const char *from, const char *to);
/* There: what is recorded may name files that are not here yet. */
void store_expect_lacking(fria_store *store);
/* The common ancestors that are here, in a shallow clone; may be none. */
int store_shallow_bases(fria_strings *out, fria_store *store, const char *a,
			const char *b, fria_error *err);
/* Is the commit the tip, or behind it as far as history is here? */
bool store_is_behind(fria_store *store, const git_oid *tip,
		     const git_oid *commit);

/* --- sign.c --- */

/*
 * Appends a signature over bytes, made with the program and key that git would
 * use; who ("Name <address>") picks the key where none is configured. EREFUSED
 * with what the program said.
 */
int store_sign(fria_buf *out, fria_store *store, const char *bytes, size_t n,
	       const char *who, fria_error *err);

/* The program that signs and checks "openpgp", "x509" or "ssh": the user's
 * choice, else as git calls it. The caller frees. */
char *store_signer(fria_store *store, const char *format);

/* --- touched.c: what a walk found, kept for the next one --- */

#define FRIA_STORE_NONE ((size_t)-1)

typedef struct {
	fria_touch public;
	bool cut;    /* when it was looked at, nothing else was waiting */
	size_t seen; /* while walking: commits that were seen by then */
} touch;

typedef struct {
	touch *items; /* newest first */
	size_t n;
	char tip[FRIA_ID_SIZE]; /* the commit that the walk started from */
	size_t *slots;		/* cuts by id: position + 1; 0: empty */
	size_t room;
} touches;

/* What a walk is about. */
typedef struct {
	fria_store *store;
	char **paths; /* in the repository */
	size_t n;
	bool whole; /* on every line of history */
} touches_of;

/* Empty if nothing was kept, or not for this history. */
void touches_load(touches *out, const touches_of *of);
/* Where a walk that has only this commit left goes on; or FRIA_STORE_NONE. */
size_t touches_find(const touches *list, const char *commit);
/* Keeps what was found, followed by what was known from a position on. */
void touches_keep(const touches_of *of, const char *tip, const touches *found,
		  const touches *known, size_t from);
void touches_dispose(touches *list);

/* --- mailmap.c --- */

void store_names_free(store_names *names);

/* --- leftovers.c --- */

/* Under the lock: what killed commands left behind goes. */
void store_remove_leftovers(const fria_store *store);

#endif
