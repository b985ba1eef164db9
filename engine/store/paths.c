/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Paths of the workspace, of the repository and on disk; none leads out of it.
 */
#include "store_internal.h"

#include <string.h>
#include <strings.h>

static bool part_ok(const char *part, size_t n)
{
	if (!n || (n == 1 && part[0] == '.') ||
	    (n == 2 && part[0] == '.' && part[1] == '.'))
		return false;
	return !(n == 4 && !strncasecmp(part, ".git", 4));
}

int store_check_path(const char *path, fria_error *err)
{
	const char *at = path;
	for (bool more = true; more; at++) {
		size_t n = strcspn(at, "/");
		if (!part_ok(at, n) || memchr(at, '\\', n))
			return fria_fail(err, FRIA_EINPUT, FRIA_W_store_path,
					 "path", path, NULL);
		at += n;
		more = *at == '/';
	}
	return 0;
}

bool fria_store_is_path(const char *path)
{
	return !store_check_path(path, NULL);
}

char *store_full_path(const fria_store *store, const char *path)
{
	return *store->prefix ? fria_format("%s/%s", store->prefix, path)
			      : fria_strdup(path);
}

char *store_disk_path(const fria_store *store, const char *path)
{
	return fria_format("%s/%s", store->folder, path);
}

char *fria_store_whole_path(const fria_store *store, const char *path)
{
	return store_full_path(store, path);
}

const char *fria_store_own_path(const fria_store *store, const char *whole)
{
	size_t n = strlen(store->prefix);
	if (!n)
		return whole;
	return !strncmp(whole, store->prefix, n) && whole[n] == '/'
		   ? whole + n + 1
		   : NULL;
}

fria_store store_whole(const fria_store *store)
{
	fria_store whole = *store;
	size_t n = strlen(store->prefix);
	whole.prefix = (char *)(uintptr_t) "";
	if (store->folder)
		whole.folder = fria_strndup(
		    store->folder, strlen(store->folder) - (n ? n + 1 : 0));
	return whole;
}
