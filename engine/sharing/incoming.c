/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What comes from another line of history, looked at before any of it is
 * taken: names that lead elsewhere, documents that are no plain files, and two
 * names that some computers take for one.
 */
#include "sharing_internal.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Is a part of a path one that git, or a file system, has for itself? */
static bool is_own_name(const char *part, size_t n)
{
	while (n > 1 && (part[n - 1] == '.' || part[n - 1] == ' '))
		n--;
	return !n || (n == 1 && *part == '.') ||
	       (n == 4 && !strncasecmp(part, ".git", 4)) ||
	       (n == 5 && !strncasecmp(part, "git~1", 5)) ||
	       memchr(part, '\\', n) || memchr(part, ':', n);
}

static bool leads_elsewhere(const char *path)
{
	for (bool more = true; more; path++) {
		size_t n = strcspn(path, "/");
		if (is_own_name(path, n))
			return true;
		path += n;
		more = *path == '/';
	}
	return false;
}

static bool is_document_place(const char *own)
{
	static const char *const places[] = {
	    FRIA_ASSESSMENTS "/", FRIA_INSTRUMENTS "/", FRIA_TEMPLATES "/",
	    FRIA_SCHEMAS "/"};
	for (size_t i = 0; i < sizeof places / sizeof *places; i++)
		if (!strncmp(own, places[i], strlen(places[i])))
			return true;
	return !strcmp(own, FRIA_CONFIG) || !strcmp(own, FRIA_LAW);
}

static int by_letters(const void *a, const void *b)
{
	return strcasecmp(*(char *const *)a, *(char *const *)b);
}

/* Two names in a folder of the workspace that differ in capitals alone. */
static int check_folder(fria_store *store, const char *commit,
			const char *folder, fria_error *err)
{
	fria_strings names = FRIA_STRINGS_INIT;
	int code = fria_store_list(&names, store, commit, folder, err);
	if (names.n)
		qsort(names.items, names.n, sizeof *names.items, by_letters);
	for (size_t i = 1; i < names.n && !code; i++)
		if (!strcasecmp(names.items[i - 1], names.items[i]))
			code =
			    fria_fail(err, FRIA_EREFUSED, FRIA_W_incoming_case,
				      "folder", folder, "a", names.items[i - 1],
				      "b", names.items[i], NULL);
	fria_strings_dispose(&names);
	return code;
}

/* The folders of a new path, but for those of the one before it. */
static int check_folders(fria_store *store, const char *commit, const char *own,
			 const char *last, fria_error *err)
{
	int code = 0;
	for (const char *at = strchr(own, '/'); at && !code;
	     at = strchr(at + 1, '/')) {
		size_t n = (size_t)(at - own);
		if (last && !strncmp(own, last, n + 1))
			continue;
		char *folder = fria_strndup(own, n);
		code = check_folder(store, commit, folder, err);
		free(folder);
	}
	return code;
}

/* The rest of a path below the workspace; NULL for what lies elsewhere. */
static const char *below(const char *own, const char *workspace)
{
	size_t n = strlen(workspace);
	if (!own || !n)
		return own;
	return !strncmp(own, workspace, n) && own[n] == '/' ? own + n + 1
							    : NULL;
}

int incoming_check(fria_store *store, const char *workspace,
		   const fria_fork *fork, fria_error *err)
{
	const char *last = NULL;
	int code = 0;
	for (size_t i = 0; i < fork->paths.n && !code; i++) {
		const fria_path_sides *p = &fork->paths.items[i];
		const char *own = fria_store_own_path(store, p->path);
		const char *rest = below(own, workspace);
		if (!p->theirs[0] ||
		    (!strcmp(p->theirs, p->ours) && p->modes[2] == p->modes[1]))
			continue;
		bool place = rest && is_document_place(rest);
		if (leads_elsewhere(p->path))
			code =
			    fria_fail(err, FRIA_EREFUSED, FRIA_W_incoming_name,
				      "path", p->path, NULL);
		else if (place && p->modes[2] != 0100644 &&
			 p->modes[2] != 0100755)
			code =
			    fria_fail(err, FRIA_EREFUSED, FRIA_W_incoming_kind,
				      "path", p->path, NULL);
		else if (place && !p->ours[0]) {
			code =
			    check_folders(store, fork->theirs, own, last, err);
			last = own;
		}
	}
	return code;
}
