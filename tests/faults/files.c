/* SPDX-License-Identifier: EUPL-1.2 */
/* Texts that grow, and folders: copied and removed. */
#include "driver.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void *need(void *p)
{
	if (!p) {
		perror("driver");
		exit(2);
	}
	return p;
}

void put(text *t, const char *bytes, size_t n)
{
	if (t->n + n + 1 > t->room) {
		t->room = (t->n + n + 1) * 2;
		t->text = need(realloc(t->text, t->room));
	}
	memcpy(t->text + t->n, bytes, n);
	t->n += n;
	t->text[t->n] = '\0';
}

void say(text *t, const char *form, ...)
{
	char line[5000];
	va_list list;
	va_start(list, form);
	int n = vsnprintf(line, sizeof line, form, list);
	va_end(list);
	put(t, line, (size_t)n < sizeof line ? (size_t)n : sizeof line - 1);
}

bool read_file(text *out, const char *path)
{
	char chunk[16384];
	int fd = open(path, O_RDONLY);
	ssize_t n;
	out->n = 0;
	put(out, "", 0);
	if (fd < 0)
		return false;
	while ((n = read(fd, chunk, sizeof chunk)) > 0)
		put(out, chunk, (size_t)n);
	close(fd);
	return true;
}

void remove_all(const char *path)
{
	DIR *folder = opendir(path);
	for (struct dirent *e; folder && (e = readdir(folder));) {
		char at[4096];
		if (!strcmp(e->d_name, ".") || !strcmp(e->d_name, ".."))
			continue;
		snprintf(at, sizeof at, "%s/%s", path, e->d_name);
		if (unlink(at) && errno == EISDIR)
			remove_all(at);
	}
	if (folder)
		closedir(folder);
	rmdir(path);
}

static void copy_file(const char *from, const char *to, mode_t mode)
{
	text bytes = {NULL, 0, 0};
	int fd = open(to, O_WRONLY | O_CREAT | O_EXCL, mode & 0777);
	if (!read_file(&bytes, from) || fd < 0 ||
	    write(fd, bytes.text, bytes.n) != (ssize_t)bytes.n)
		need(NULL);
	close(fd);
	free(bytes.text);
}

void copy_all(const char *from, const char *to)
{
	DIR *folder = need(opendir(from));
	mkdir(to, 0777);
	for (struct dirent *e; (e = readdir(folder));) {
		char a[4096], b[4096], target[4096];
		struct stat st;
		if (!strcmp(e->d_name, ".") || !strcmp(e->d_name, ".."))
			continue;
		snprintf(a, sizeof a, "%s/%s", from, e->d_name);
		snprintf(b, sizeof b, "%s/%s", to, e->d_name);
		if (lstat(a, &st))
			need(NULL);
		if (S_ISDIR(st.st_mode)) {
			copy_all(a, b);
		} else if (S_ISLNK(st.st_mode)) {
			ssize_t n = readlink(a, target, sizeof target - 1);
			target[n > 0 ? n : 0] = '\0';
			(void)!symlink(target, b);
		} else if (!strstr(a, "/objects/") || link(a, b)) {
			copy_file(a, b, st.st_mode);
		}
	}
	closedir(folder);
}
