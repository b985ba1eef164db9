/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * One at a time: a work tree's, or a bare repository's, exclusive lock.
 */
#include "store_internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int fria_store_lock(fria_store *store, fria_error *err)
{
	char *path = fria_format("%s/lock", store->own);
	int code = fria_folder_make(store->own, err);
	if (!code && store->lock < 0) {
		store->lock = fria_file_lock(path);
		if (store->lock >= 0)
			store_remove_leftovers(store);
		else if (errno == EINTR)
			code = fria_fail(err, FRIA_ELOCKED, FRIA_W_store_busy,
					 "lock", path, NULL);
		else
			code = fria_fail_io(err, FRIA_EIO, FRIA_W_store_trouble,
					    path, strerror(errno));
	}
	if (!code)
		store_expect_lacking(store);
	store->leaves_out = FRIA_STORE_UNKNOWN;
	free(path);
	return code;
}

void fria_store_unlock(fria_store *store)
{
	if (store->lock >= 0)
		close(store->lock);
	store->lock = -1;
}
