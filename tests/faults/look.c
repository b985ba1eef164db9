/* SPDX-License-Identifier: EUPL-1.2 */
/* What is in a room, as a text in which every difference shows. */
#include "driver.h"

#include <dirent.h>
#include <git2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static uint64_t hash(const char *bytes, size_t n)
{
	uint64_t h = 14695981039346656037U;
	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)bytes[i]) * 1099511628211U;
	return h;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void see_file(text *out, const char *path, const char *shown)
{
	struct stat st;
	text bytes = {NULL, 0, 0};
	if (lstat(path, &st))
		return;
	if (S_ISREG(st.st_mode) && read_file(&bytes, path))
		say(out, "%s %c %016llx\n", shown,
		    st.st_mode & 0100 ? 'x' : '-',
		    (unsigned long long)hash(bytes.text, bytes.n));
	else if (!S_ISDIR(st.st_mode))
		say(out, "%s link\n", shown);
	free(bytes.text);
}

/* A file or folder half made, when the process was killed. */
static bool is_left(const char *name)
{
	size_t n = strlen(name);
	return n > 4 && !strcmp(name + n - 4, ".tmp");
}

static void see_files(text *out, const char *folder, const char *shown,
		      bool killed)
{
	DIR *d = opendir(folder);
	char *names[4096];
	size_t n = 0;
	for (struct dirent *e; d && (e = readdir(d)) && n < 4096;)
		if (strcmp(e->d_name, ".") != 0 &&
		    strcmp(e->d_name, "..") != 0 &&
		    strcmp(e->d_name, ".git") != 0 &&
		    strcmp(e->d_name, "hub.git") != 0)
			names[n++] = strdup(e->d_name);
	if (d)
		closedir(d);
	qsort(names, n, sizeof *names, by_name);
	for (size_t i = 0; i < n; i++) {
		char a[4096], b[4096];
		struct stat st;
		snprintf(a, sizeof a, "%s/%s", folder, names[i]);
		snprintf(b, sizeof b, "%s/%s", shown, names[i]);
		if (killed && is_left(names[i]))
			;
		else if (!lstat(a, &st) && S_ISDIR(st.st_mode))
			see_files(out, a, b, killed);
		else
			see_file(out, a, b);
		free(names[i]);
	}
}

static int see_ref(git_reference *ref, void *data)
{
	char id[GIT_OID_HEXSZ + 1] = "";
	if (git_reference_target(ref))
		git_oid_tostr(id, sizeof id, git_reference_target(ref));
	say(data, "%s %s\n", git_reference_name(ref), id);
	git_reference_free(ref);
	return 0;
}

/* Branches, versions, and what else in its folder people's work rests on. */
static void see_repository(text *out, const char *path)
{
	static const char *const files[] = {"config", "info/attributes",
					    "MERGE_HEAD", NULL};
	git_repository *repo = NULL;
	git_oid id;
	char hex[GIT_OID_HEXSZ + 1] = "none", at[4096], name[200];
	if (git_repository_open_ext(&repo, path, GIT_REPOSITORY_OPEN_NO_SEARCH,
				    NULL))
		return;
	if (git_reference_name_to_id(&id, repo, "HEAD")) {
		git_repository_free(repo); /* nothing was recorded in it yet */
		return;
	}
	git_oid_tostr(hex, sizeof hex, &id);
	say(out, "%s HEAD %s\n", strrchr(path, '/'), hex);
	git_reference_foreach(repo, see_ref, out);
	for (size_t i = 0; files[i]; i++) {
		snprintf(at, sizeof at, "%s%s", git_repository_path(repo),
			 files[i]);
		snprintf(name, sizeof name, "%s %s", strrchr(path, '/'),
			 files[i]);
		see_file(out, at, name);
	}
	git_repository_free(repo);
}

void see(text *out, const place *p, bool killed)
{
	static const char *const names[] = {"ws", "hub.git", NULL};
	char path[500];
	out->n = 0;
	put(out, "", 0);
	see_files(out, p->folder, "", killed);
	for (size_t i = 0; names[i]; i++) {
		snprintf(path, sizeof path, "%s/%s", p->folder, names[i]);
		see_repository(out, path);
	}
	text said = {NULL, 0, 0};
	char *argv[] = {(char *)(uintptr_t) "git",
			(char *)(uintptr_t) "--no-optional-locks",
			(char *)(uintptr_t) "-C",
			(char *)(uintptr_t) "ws",
			(char *)(uintptr_t) "status",
			(char *)(uintptr_t) "--porcelain",
			(char *)(uintptr_t) "-uall",
			NULL};
	snprintf(path, sizeof path, "%s/ws/.git/HEAD", p->folder);
	if (!access(path, R_OK)) {
		run(p->folder, argv, p->out, p->err);
		read_file(&said, p->out);
		put(out, said.text, said.n);
	}
	free(said.text);
}

static bool is_sound_at(const place *p, const char *name, const char *gitdir,
			text *why)
{
	char path[500];
	char *argv[] = {(char *)(uintptr_t) "git",
			(char *)(uintptr_t) "-C",
			(char *)(uintptr_t)name,
			(char *)(uintptr_t) "fsck",
			(char *)(uintptr_t) "--strict",
			(char *)(uintptr_t) "--no-progress",
			(char *)(uintptr_t) "--no-dangling",
			NULL};
	snprintf(path, sizeof path, "%s/%s/refs/heads/main", p->folder, gitdir);
	if (access(path, R_OK))
		return true;
	int status = run(p->folder, argv, p->out, p->err);
	read_file(why, p->err);
	return status == 0;
}

bool is_sound(const place *p, text *why)
{
	return is_sound_at(p, "ws", "ws/.git", why) &&
	       is_sound_at(p, "hub.git", "hub.git", why);
}
