/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Headers of commits and what folders hold under a name, read from the objects
 * themselves, and no more of them; and kept, so that who walks over history
 * again reads none of it again. Ids name what they are of: nothing that is kept
 * is ever out of date. What is newer takes the place of what is older.
 */
#include "store_internal.h"

#include <stdlib.h>
#include <string.h>

enum { SLOTS = 4096 };

struct store_walked {
	store_header headers[SLOTS]; /* without parents: empty */
	struct {
		git_oid folder;
		store_entry entry;
		char *name; /* NULL: empty */
	} entries[SLOTS];
};

void store_walked_free(store_walked *walked)
{
	for (size_t i = 0; walked && i < SLOTS; i++) {
		free(walked->headers[i].parents);
		free(walked->entries[i].name);
	}
	free(walked);
}

store_walked *store_walked_new(void)
{
	return fria_calloc(1, sizeof(store_walked));
}

/* NULL where what is derived is doubted. */
static store_walked *walked_of(fria_store *store)
{
	return store->doubted ? NULL : store->walked;
}

static size_t slot_of(const git_oid *id, const char *name, size_t n)
{
	size_t at;
	memcpy(&at, id->id, sizeof at);
	for (size_t i = 0; i < n; i++)
		at = at * 31 + (unsigned char)name[i];
	return at % SLOTS;
}

/* --- objects --- */

/* What is kept here is not kept by the library as well. */
static void pass_by(bool on)
{
	git_libgit2_opts(GIT_OPT_ENABLE_CACHING, !on);
}

/* Reads an object of the kind; in a partial clone git fetches what it lacks. */
static git_odb_object *read_object(fria_store *store, const git_oid *id,
				   git_object_t type)
{
	git_odb *odb = NULL;
	git_odb_object *object = NULL;
	char hex[FRIA_ID_SIZE];
	if (git_repository_odb(&odb, store->repo))
		return NULL;
	pass_by(true);
	int git = git_odb_read(&object, odb, id);
	pass_by(false);
	if (git == GIT_ENOTFOUND && type == GIT_OBJECT_TREE) {
		git_oid_tostr(hex, sizeof hex, id);
		if (store_fetch_object(store, hex))
			git = git_odb_read(&object, odb, id);
	}
	git_odb_free(odb);
	if (git || git_odb_object_type(object) == type)
		return object;
	git_odb_object_free(object);
	return NULL;
}

/* --- folders --- */

/* Finds a name in the bytes of a folder: "MODE NAME", zero, the id. */
static store_entry find_name(const char *bytes, size_t n, const char *name,
			     size_t name_n)
{
	const char *end = bytes + n;
	store_entry found = {.mode = 0};
	while (bytes < end) {
		const char *space = memchr(bytes, ' ', (size_t)(end - bytes));
		const char *stop =
		    space ? memchr(space, '\0', (size_t)(end - space)) : NULL;
		if (!stop || end - stop <= GIT_OID_RAWSZ)
			return found;
		if ((size_t)(stop - space - 1) == name_n &&
		    !memcmp(space + 1, name, name_n)) {
			git_oid_fromraw(&found.id,
					(const unsigned char *)stop + 1);
			found.mode = (unsigned)strtoul(bytes, NULL, 8);
			return found;
		}
		bytes = stop + 1 + GIT_OID_RAWSZ;
	}
	return found;
}

static bool is_kept(const store_walked *all, size_t at, const git_oid *folder,
		    const char *name, size_t n)
{
	const char *own = all->entries[at].name;
	return own && !strncmp(own, name, n) && !own[n] &&
	       git_oid_equal(&all->entries[at].folder, folder);
}

/* One step down: what a folder holds under a name. */
static store_entry step(fria_store *store, const git_oid *folder,
			const char *name, size_t n)
{
	store_walked *all = walked_of(store);
	size_t at = slot_of(folder, name, n);
	if (all && is_kept(all, at, folder, name, n))
		return all->entries[at].entry;
	git_odb_object *tree = read_object(store, folder, GIT_OBJECT_TREE);
	if (!tree)
		return (store_entry){.mode = STORE_UNREAD};
	store_entry found = find_name(git_odb_object_data(tree),
				      git_odb_object_size(tree), name, n);
	git_odb_object_free(tree);
	if (all) {
		free(all->entries[at].name);
		all->entries[at].folder = *folder;
		all->entries[at].entry = found;
		all->entries[at].name = fria_strndup(name, n);
	}
	return found;
}

store_entry store_entry_at(fria_store *store, const git_oid *tree,
			   const char *path, size_t length)
{
	const char *at = path, *end = path + length;
	store_entry here = {.id = *tree, .mode = GIT_FILEMODE_TREE};
	while (at < end && here.mode > STORE_UNREAD) {
		size_t n = strcspn(at, "/");
		here = here.mode == GIT_FILEMODE_TREE
			   ? step(store, &here.id, at, n)
			   : (store_entry){.mode = 0};
		at += n + (at[n] == '/');
	}
	return here;
}

/* --- commits --- */

/* "tree ID", "parent ID" ..., then who and when. */
static bool parse_header(store_header *h, const char *at, const char *end)
{
	static const char committer[] = "\ncommitter ";
	if (end - at < 46 || strncmp(at, "tree ", 5) != 0 ||
	    git_oid_fromstrn(&h->tree, at + 5, GIT_OID_HEXSZ))
		return false;
	for (at += 46; end - at >= 48 && !strncmp(at, "parent ", 7); at += 48) {
		h->parents =
		    fria_grow(h->parents, h->parents_n, sizeof *h->parents);
		if (git_oid_fromstrn(&h->parents[h->parents_n++], at + 7,
				     GIT_OID_HEXSZ))
			return false;
	}
	const char *line = at > end ? NULL
				    : memmem(at, (size_t)(end - at), committer,
					     sizeof committer - 1);
	const char *close =
	    line ? memchr(line + 1, '\n', (size_t)(end - line - 1)) : NULL;
	while (close && close > line && *close != '>')
		close--;
	if (!close || *close != '>')
		return false;
	h->time = strtoll(close + 1, NULL, 10);
	return true;
}

static store_header copy(const store_header *from)
{
	store_header to = *from;
	to.parents = fria_calloc(from->parents_n + 1, sizeof *to.parents);
	if (from->parents_n)
		memcpy(to.parents, from->parents,
		       from->parents_n * sizeof *to.parents);
	return to;
}

bool store_header_read(store_header *out, fria_store *store, const git_oid *id)
{
	store_walked *all = walked_of(store);
	store_header *kept = all ? &all->headers[slot_of(id, "", 0)] : NULL;
	if (kept && kept->parents && git_oid_equal(&kept->id, id)) {
		*out = copy(kept);
		return true;
	}
	git_odb_object *object = read_object(store, id, GIT_OBJECT_COMMIT);
	*out = (store_header){.id = *id};
	if (!object)
		return false;
	const char *bytes = git_odb_object_data(object);
	bool good =
	    parse_header(out, bytes, bytes + git_odb_object_size(object));
	git_odb_object_free(object);
	if (good && kept) {
		free(kept->parents);
		*kept = copy(out);
	}
	if (!good)
		free(out->parents);
	return good;
}

/* --- both --- */

bool store_entry_of(store_entry *out, fria_store *store, const char *commit,
		    const char *path)
{
	git_oid id;
	store_header header;
	if (store->doubted || store->former.n || git_oid_fromstr(&id, commit) ||
	    !store_header_read(&header, store, &id))
		return false;
	char *full =
	    *path ? store_full_path(store, path) : fria_strdup(store->prefix);
	*out = store_entry_at(store, &header.tree, full, strlen(full));
	free(full);
	free(header.parents);
	return out->mode != STORE_UNREAD;
}
