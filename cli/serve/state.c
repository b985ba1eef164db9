/* SPDX-License-Identifier: EUPL-1.2 */
/* What is being typed, in files of who types it: 0600, each by a rename. */
#include "listen.h"

#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A name is made of ids, and leads nowhere else. */
static bool is_name(const char *name)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789-_.~/";
	return *name && *name != '/' && !strstr(name, "..") &&
	       !strstr(name, "//") && !name[strspn(name, letters)];
}

static char *path_of(const char *folder, const char *name)
{
	return is_name(name) ? fria_format("%s/%s", folder, name) : NULL;
}

static void make_folders(char *path)
{
	for (char *at = strchr(path + 1, '/'); at; at = strchr(at + 1, '/')) {
		*at = '\0';
		mkdir(path, 0700);
		*at = '/';
	}
}

static bool read_state(void *data, const char *name, fria_buf *out)
{
	char *path = path_of(data, name);
	bool there = path && !fria_file_read(out, path, NULL);
	free(path);
	return there;
}

static int write_state(void *data, const char *name, const fria_buf *bytes)
{
	char *path = path_of(data, name);
	if (!path)
		return FRIA_EINPUT;
	make_folders(path);
	char *aside = fria_format("%s.tmp", path);
	FILE *file = fopen(aside, "w");
	bool bad = !file || fchmod(fileno(file), 0600) ||
		   fwrite(bytes->text, 1, bytes->n, file) != bytes->n ||
		   fflush(file) || fsync(fileno(file));
	if (file && fclose(file))
		bad = true;
	if (!bad && rename(aside, path))
		bad = true;
	if (bad)
		unlink(aside);
	free(aside);
	free(path);
	return bad ? FRIA_EIO : 0;
}

static int drop_state(void *data, const char *name)
{
	char *path = path_of(data, name);
	int code = path && unlink(path) ? FRIA_ENOTFOUND : 0;
	free(path);
	return code;
}

static void list_folder(const char *folder, const char *name, fria_strings *out)
{
	char *path = fria_format("%s/%s", folder, name);
	DIR *dir = opendir(path);
	struct dirent *one;
	while (dir && (one = readdir(dir))) {
		if (*one->d_name == '.')
			continue;
		char *inside = fria_format("%s/%s", name, one->d_name);
		size_t n = strlen(inside);
		if (n > 5 && !strcmp(inside + n - 5, ".json"))
			fria_strings_add(out, inside);
		else if (strcmp(inside + n - 4, ".tmp") != 0)
			list_folder(folder, inside, out);
		free(inside);
	}
	if (dir)
		closedir(dir);
	free(path);
}

static void list_state(void *data, const char *prefix, fria_strings *out)
{
	char *name = fria_strdup(prefix);
	size_t n = strlen(name);
	if (n && name[n - 1] == '/')
		name[n - 1] = '\0';
	if (is_name(name))
		list_folder(data, name, out);
	fria_strings_sort(out);
	free(name);
}

void serve_state_files(serve_state *out, const char *folder)
{
	*out = (serve_state){.data = (void *)(uintptr_t)folder,
			     .read = read_state,
			     .write = write_state,
			     .drop = drop_state,
			     .list = list_state};
}

bool serve_state_make(const char *folder)
{
	char *inside = fria_format("%s/", folder);
	make_folders(inside);
	free(inside);
	return fria_path_exists(folder);
}
