/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What does not outlive its command: files half written, folders for the time
 * being. What a killed command left goes with the next one; what one that runs
 * still uses stays.
 */
#include "store_internal.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* No command takes so long to write one file. */
#define LEFT_SECONDS 3600
#define FOLDER "elsewhere-"

static bool ends_with(const char *name, const char *ending)
{
	size_t n = strlen(name), k = strlen(ending);
	return n > k && !strcmp(name + n - k, ending);
}

/* The names of files that are not there for longer than a command takes. */
static bool is_passing(const char *name)
{
	return ends_with(name, ".tmp") ||
	       (!strncmp(name, "key-", 4) && ends_with(name, ".pub"));
}

/* --- folders: whoever uses one holds it --- */

static int hold(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB)) {
		close(fd);
		return -1;
	}
	return fd;
}

/* Made, and held before anybody could take it for left behind. */
static int make_held(char *path)
{
	int fd = mkdtemp(path) ? hold(path) : -1;
	if (fd >= 0 && !fria_path_exists(path)) {
		close(fd);
		return -1;
	}
	return fd;
}

int fria_store_folder_begin(char **path, fria_store *store)
{
	int fd = -1;
	*path = NULL;
	for (int i = 0; i < 3 && fd < 0; i++) {
		free(*path);
		*path = fria_format("%s/" FOLDER "XXXXXX", store->own);
		fd = make_held(*path);
	}
	if (fd < 0) {
		free(*path);
		*path = NULL;
	}
	return fd;
}

void fria_store_folder_end(char *path, int fd)
{
	if (path)
		fria_folder_remove(path);
	if (fd >= 0)
		close(fd);
	free(path);
}

static void remove_folder(const fria_store *store, const char *name)
{
	char *path = fria_format("%s/%s", store->own, name);
	int fd = hold(path);
	if (fd >= 0) {
		fria_folder_remove(path);
		close(fd);
	}
	free(path);
}

/* --- with the next command --- */

/* Some files are written without the lock, so age tells. */
static void remove_file(int folder, const char *name, time_t now)
{
	struct stat st;
	if (!fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) &&
	    S_ISREG(st.st_mode) && now - st.st_mtime > LEFT_SECONDS)
		unlinkat(folder, name, 0);
}

/* The lock file is touched to know the time where the files are. */
void store_remove_leftovers(const fria_store *store)
{
	struct stat now;
	DIR *folder = fria_made(opendir(store->own));
	if (folder && !futimens(store->lock, NULL) && !fstat(store->lock, &now))
		for (struct dirent *one; (one = readdir(folder));) {
			if (!strncmp(one->d_name, FOLDER, strlen(FOLDER)))
				remove_folder(store, one->d_name);
			else if (is_passing(one->d_name))
				remove_file(dirfd(folder), one->d_name,
					    now.st_mtime);
		}
	if (folder)
		closedir(folder);
}
