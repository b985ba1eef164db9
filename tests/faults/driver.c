/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Tries every writing command with every call gone wrong: driver FRIA INJECTOR
 * ROOMS [-s SEED -n SAMPLE] [-a ALLOCATIONS] [-l] [-j JOBS] [-v] [ROOM...]; -l:
 * nothing but what libraries allocate by themselves. After
 * each fault what is in the room must be what was before or what comes after,
 * what the command said must fit that, and the same command again must give
 * the whole of it. ROOMS is what rooms.sh made. Exit status 1 if one is wrong.
 */
#include "faults.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <git2.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ARGS = 24, SECONDS = 60, MANY_CALLS = 40, EPOCH = 1773133200 };

static const char *const kind_names[FAULT_KINDS] = {
    "none", "fails", "eio",  "eacces",	 "short",
    "full", "kill",  "torn", "no block", "no memory"};

typedef struct {
	char *text;
	size_t n, room;
} text;

typedef struct {
	char name[64];
	char *args[ARGS];
	bool parts, output, reads, many;
	text before, after, out;
	int status;
	fault_count count;
} room;

typedef struct {
	size_t room;
	enum fault_kind kind;
	uint64_t at;
} job;

/* Of one room; all workers add to it. */
typedef struct {
	uint64_t by_kind[FAULT_KINDS], before, after, between, wrong;
} totals;

static const char *fria, *injector, *rooms_folder;
static room *rooms;
static size_t rooms_n;
static job *jobs;
static size_t jobs_n;
static totals *sums;
static bool verbose;

static void *need(void *p)
{
	if (!p) {
		perror("driver");
		exit(2);
	}
	return p;
}

static void put(text *t, const char *bytes, size_t n)
{
	if (t->n + n + 1 > t->room) {
		t->room = (t->n + n + 1) * 2;
		t->text = need(realloc(t->text, t->room));
	}
	memcpy(t->text + t->n, bytes, n);
	t->n += n;
	t->text[t->n] = '\0';
}

__attribute__((format(printf, 2, 3))) static void say(text *t, const char *form,
						      ...)
{
	char line[5000];
	va_list list;
	va_start(list, form);
	int n = vsnprintf(line, sizeof line, form, list);
	va_end(list);
	put(t, line, (size_t)n < sizeof line ? (size_t)n : sizeof line - 1);
}

static bool read_file(text *out, const char *path)
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

/* --- folders --- */

static void remove_all(const char *path)
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

/* Git's objects never change, so a second name does. */
static void copy_all(const char *from, const char *to)
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

/* --- programs --- */

/* Runs in a folder, with what is typed; what it and its children said; the wait
 * status. */
static int run_with(const char *folder, char *const argv[], const char *in,
		    const char *out, const char *err)
{
	int status = 0;
	pid_t pid = fork();
	if (!pid) {
		int null = open(in, O_RDONLY);
		int a = open(out, O_WRONLY | O_CREAT | O_TRUNC, 0666);
		int b = open(err, O_WRONLY | O_CREAT | O_TRUNC, 0666);
		dup2(null, 0);
		dup2(a, 1);
		dup2(b, 2);
		alarm(SECONDS);
		if (!chdir(folder))
			execvp(argv[0], argv);
		_exit(127);
	}
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	while (wait(NULL) > 0) /* what it left behind ends as well */
		;
	return status;
}

static int run(const char *folder, char *const argv[], const char *out,
	       const char *err)
{
	return run_with(folder, argv, "/dev/null", out, err);
}

typedef struct {
	char folder[400], out[400], err[400], count[400];
	fault_count *counted;
} place;

static int run_fria(const place *p, const room *r, enum fault_kind kind,
		    uint64_t at, bool counted, long later)
{
	char kind_text[24], at_text[24], time_text[24],
	    control[24] = "FAULT_FILE";
	char *argv[ARGS + 4] = {(char *)(uintptr_t)fria,
				(char *)(uintptr_t) "--lang",
				(char *)(uintptr_t) "en"};
	static char status_arg[] = "status", c_arg[] = "-C", ws_arg[] = "ws";
	if (r)
		memcpy(argv + 3, r->args, sizeof r->args);
	else
		memcpy(argv + 3, ((char *[]){c_arg, ws_arg, status_arg, NULL}),
		       4 * sizeof *argv);
	snprintf(kind_text, sizeof kind_text, "%d", (int)kind);
	snprintf(at_text, sizeof at_text, "%llu", (unsigned long long)at);
	snprintf(time_text, sizeof time_text, "%ld", EPOCH + later);
	p->counted->calls = p->counted->allocations = p->counted->struck = 0;
	p->counted->leader = 0;
	setenv("FAULT_KIND", kind_text, 1);
	setenv("FAULT_AT", at_text, 1);
	setenv("FAULT_SEED", later ? "2" : "1", 1);
	setenv("SOURCE_DATE_EPOCH", time_text, 1);
	setenv("LD_PRELOAD", injector, 1);
	(void)counted;
	setenv(control, p->count, 1);
	char in[500];
	snprintf(in, sizeof in, "%s/%s.in", rooms_folder, r ? r->name : "");
	int status =
	    run_with(p->folder, argv, access(in, R_OK) ? "/dev/null" : in,
		     p->out, p->err);
	unsetenv("LD_PRELOAD");
	unsetenv(control);
	return status;
}

/* --- what is in a room --- */

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

static void see(text *out, const place *p, bool killed)
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

static bool is_sound(const place *p, text *why)
{
	char path[500];
	char *argv[] = {(char *)(uintptr_t) "git",
			(char *)(uintptr_t) "-C",
			(char *)(uintptr_t) "ws",
			(char *)(uintptr_t) "fsck",
			(char *)(uintptr_t) "--strict",
			(char *)(uintptr_t) "--no-progress",
			(char *)(uintptr_t) "--no-dangling",
			NULL};
	snprintf(path, sizeof path, "%s/ws/.git/refs/heads/main", p->folder);
	if (access(path, R_OK))
		return true;
	int status = run(p->folder, argv, p->out, p->err);
	read_file(why, p->err);
	return status == 0;
}

/* --- one fault --- */

static bool is(const text *a, const text *b)
{
	return a->n == b->n && !memcmp(a->text, b->text, a->n);
}

/* Of several things each is done or not: no file holds something else. */
static bool has_parts(const text *now, const text *before, const text *after,
		      text *other)
{
	other->n = 0;
	put(other, "", 0);
	for (char *at = now->text; at && *at;) {
		char *end = strchr(at, '\n');
		size_t n = end ? (size_t)(end - at) + 1 : strlen(at);
		char line[5000];
		snprintf(line, sizeof line, "%.*s", (int)n, at);
		bool file = line[0] == '/' &&
			    memchr(line + 1, '/', strcspn(line + 1, " "));
		if (file && !strstr(before->text, line) &&
		    !strstr(after->text, line))
			put(other, line, strlen(line));
		at = end ? end + 1 : NULL;
	}
	return !other->n;
}

/* The first lines of one that the other lacks. */
static void show_lacking(const text *a, const text *b, char sign)
{
	int shown = 0;
	for (char *at = a->text; at && *at && shown < 4;) {
		char *end = strchr(at, '\n');
		char line[600];
		size_t n = end ? (size_t)(end - at) : strlen(at);
		snprintf(line, sizeof line, "%.*s\n", (int)(n < 590 ? n : 590),
			 at);
		if (!strstr(b->text, line)) {
			fprintf(stderr, "    %c %s", sign, line);
			shown++;
		}
		at = end ? end + 1 : NULL;
	}
}

typedef struct {
	const room *room;
	const job *job;
	char call;
	text said;
	int status;
} tried;

static void count_one(uint64_t *n)
{
	__atomic_add_fetch(n, 1, __ATOMIC_SEQ_CST);
}

static void wrong(const tried *t, const char *what, const text *is_now,
		  const text *should)
{
	count_one(&sums[t->job->room].wrong);
	char line[400];
	snprintf(line, sizeof line, "%s", t->said.n ? t->said.text : "");
	for (char *at = line; *at; at++)
		*at = *at == '\n' ? '|' : *at;
	fprintf(stderr, "%s: %s at %llu (%c), status %x: %s (%s)\n",
		t->room->name, kind_names[t->job->kind],
		(unsigned long long)t->job->at, t->call, (unsigned)t->status,
		what, line);
	if (is_now && should) {
		show_lacking(is_now, should, '+');
		show_lacking(should, is_now, '-');
	}
}

static bool ended_well(const room *r, int status)
{
	return WIFEXITED(status) && WEXITSTATUS(status) == r->status;
}

/* What it said must fit what is there. */
static void judge_words(const tried *t, bool before, bool after)
{
	const char *said = t->said.text;
	bool refused = WIFEXITED(t->status) && WEXITSTATUS(t->status) == 2;
	int signal = WIFSIGNALED(t->status) ? WTERMSIG(t->status) : SIGKILL;
	bool memory = t->job->kind >= FAULT_MEMORY;
	/* No memory ends the program; some libraries fall over it. */
	bool crashed = signal != SIGKILL && !(memory && signal == SIGABRT) &&
		       !(t->call == 'l' && signal == SIGSEGV);
	if (crashed || (WIFEXITED(t->status) && WEXITSTATUS(t->status) > 2))
		wrong(t, "it crashed", NULL, NULL);
	if (!refused)
		return;
	if (!t->said.n)
		wrong(t, "it failed without a word", NULL, NULL);
	if (strstr(said, ": ?") || strstr(said, "left a lock"))
		wrong(t, "it does not say what is the matter", NULL, NULL);
	if (t->job->kind == FAULT_FULL && !strstr(said, "is full"))
		wrong(t, "a full disk by another name", NULL, NULL);
	bool stands = strstr(said, "is recorded") || strstr(said, "stands");
	if (after && !before && !stands && !t->room->parts)
		wrong(t, "it happened and does not say so", NULL, NULL);
}

static void judge_again(const tried *t, const place *p, bool before, bool after)
{
	const room *r = t->room;
	text now = {NULL, 0, 0}, said = {NULL, 0, 0};
	int status =
	    run_fria(p, r, FAULT_NONE, 0, false,
		     after && !before && !r->parts && !r->output ? 60 : 0);
	read_file(&said, p->err);
	see(&now, p, true);
	if (r->parts ? !is(&now, &r->after) : before && !is(&now, &r->after))
		wrong(t, "again, it does not give the whole", &now, &r->after);
	else if (!r->parts && before && !ended_well(r, status))
		wrong(t, "again, it fails", &said, &r->out);
	else if (!is(&now, &r->after))
		wrong(t, "again, it does the same twice", &now, &r->after);
	free(now.text);
	free(said.text);
}

static void try_one(const place *p, const job *j)
{
	const room *r = &rooms[j->room];
	tried t = {.room = r, .job = j};
	text now = {NULL, 0, 0}, out = {NULL, 0, 0}, why = {NULL, 0, 0},
	     other = {NULL, 0, 0};
	char from[500];
	t.call = (j->kind < FAULT_MEMORY ? r->count.kinds
					 : r->count.sources)[j->at - 1];
	remove_all(p->folder);
	snprintf(from, sizeof from, "%s/%s", rooms_folder, r->name);
	copy_all(from, p->folder);
	t.status = run_fria(p, r, j->kind, j->at, true, 0);
	bool struck = p->counted->struck != 0;
	bool killed = WIFSIGNALED(t.status) || j->kind == FAULT_FULL ||
		      j->kind == FAULT_KILL || j->kind == FAULT_TORN;
	read_file(&t.said, p->err);
	read_file(&out, p->out);
	if (killed) /* what comes next finishes it or clears it away */
		run_fria(p, NULL, FAULT_NONE, 0, false, 0);
	see(&now, p, killed);
	bool before = is(&now, &r->before), after = is(&now, &r->after);
	if (!before && !after && !r->parts)
		wrong(&t, "neither before nor after", &now, &r->before);
	if (r->parts && !has_parts(&now, &r->before, &r->after, &other))
		wrong(&t, "something that is neither", &other, &r->before);
	if (ended_well(r, t.status) && !after)
		wrong(&t, "it says that it is done", &now, &r->after);
	if (ended_well(r, t.status) && r->reads && !is(&out, &r->out))
		wrong(&t, "it prints something else", &out, &r->out);
	if (!is_sound(p, &why))
		wrong(&t, "the repository is damaged", &why, &r->before);
	judge_words(&t, before, after);
	if (!r->reads)
		judge_again(&t, p, before, after);
	if (!struck)
		wrong(&t, "nothing struck", NULL, NULL);
	totals *sum = &sums[j->room];
	count_one(&sum->by_kind[j->kind]);
	count_one(before ? &sum->before : after ? &sum->after : &sum->between);
	if (verbose)
		fprintf(stderr, "%s %s %llu: status %x %s\n", r->name,
			kind_names[j->kind], (unsigned long long)j->at,
			(unsigned)t.status,
			before	? "before"
			: after ? "after"
				: "between");
	free(now.text);
	free(out.text);
	free(why.text);
	free(other.text);
	free(t.said.text);
}

/* --- all of them --- */

/* Of this process alone. */
static void make_place(place *p)
{
	int own = getpid();
	snprintf(p->folder, sizeof p->folder, "%s/try-%d", rooms_folder, own);
	snprintf(p->out, sizeof p->out, "%s/%d.out", rooms_folder, own);
	snprintf(p->err, sizeof p->err, "%s/%d.err", rooms_folder, own);
	snprintf(p->count, sizeof p->count, "%s/%d.count", rooms_folder, own);
	int fd = open(p->count, O_RDWR | O_CREAT | O_TRUNC, 0666);
	if (fd < 0 || ftruncate(fd, sizeof *p->counted))
		need(NULL);
	p->counted = mmap(NULL, sizeof *p->counted, PROT_READ | PROT_WRITE,
			  MAP_SHARED, fd, 0);
	close(fd);
	if (p->counted == MAP_FAILED)
		need(NULL);
}

static void remove_place(const place *p)
{
	remove_all(p->folder);
	unlink(p->out);
	unlink(p->err);
	unlink(p->count);
}

static bool read_room(room *r, const char *name)
{
	char path[500], *save = NULL;
	text run_text = {NULL, 0, 0};
	snprintf(r->name, sizeof r->name, "%s", name);
	snprintf(path, sizeof path, "%s/%s.run", rooms_folder, name);
	if (!read_file(&run_text, path))
		return false;
	char *flags = run_text.text, *line = strchr(flags, '\n');
	*line++ = '\0';
	r->parts = strstr(flags, "parts");
	r->output = strstr(flags, "output");
	r->reads = strstr(flags, "reads");
	r->many = strstr(flags, "many");
	size_t n = 0;
	for (char *one = strtok_r(line, "\n", &save); one && n + 1 < ARGS;
	     one = strtok_r(NULL, "\n", &save))
		r->args[n++] = one;
	return true;
}

/* What was before, and what comes after when nothing goes wrong. */
static void measure(room *r, const place *p)
{
	char from[500];
	text again = {NULL, 0, 0};
	for (int i = 0; i < 2; i++) {
		remove_all(p->folder);
		snprintf(from, sizeof from, "%s/%s", rooms_folder, r->name);
		copy_all(from, p->folder);
		see(&r->before, p, false);
		int status = run_fria(p, r, FAULT_NONE, 0, true, 0);
		r->status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
		memcpy(&r->count, p->counted, sizeof r->count);
		read_file(i ? &r->out : &again, p->out);
		if (r->status < 0 || r->status > 1) {
			read_file(&again, p->err);
			fprintf(stderr, "driver: %s does not work: %s\n",
				r->name, again.text);
			exit(2);
		}
		see(i ? &r->after : &again, p, false);
	}
	if (!is(&again, &r->after)) {
		fprintf(stderr, "driver: %s differs from run to run\n",
			r->name);
		show_lacking(&again, &r->after, '+');
		exit(2);
	}
	free(again.text);
}

static void add_job(size_t r, enum fault_kind kind, uint64_t at)
{
	if (!(jobs_n & (jobs_n - 1)))
		jobs = need(
		    realloc(jobs, (jobs_n ? jobs_n * 2 : 1) * sizeof *jobs));
	jobs[jobs_n++] = (job){r, kind, at};
}

/* Up to so many of the allocations from one source, spread; others in each
 * room. */
static void add_memory(size_t at, char source, uint64_t most)
{
	const fault_count *c = &rooms[at].count;
	uint64_t kept =
	    c->allocations < FAULT_CALLS ? c->allocations : FAULT_CALLS;
	uint64_t n = 0, nth = 0, added = 0;
	for (uint64_t i = 0; i < kept; i++)
		n += c->sources[i] == source;
	uint64_t step = n > most && most ? (n + most - 1) / most : 1;
	for (uint64_t i = 0; i < kept && most; i++)
		if (c->sources[i] == source && nth++ % step == at % step)
			add_job(at,
				source == 'p' && added++ % 8 == 0
				    ? FAULT_NO_MEMORY
				    : FAULT_MEMORY,
				i + 1);
}

static void add_calls(size_t at)
{
	const room *r = &rooms[at];
	uint64_t calls =
	    r->count.calls < FAULT_CALLS ? r->count.calls : FAULT_CALLS;
	uint64_t step = r->many && calls > MANY_CALLS ? calls / MANY_CALLS : 1;
	for (uint64_t i = 1; i <= calls; i += step) {
		char call = r->count.kinds[i - 1];
		add_job(at, FAULT_USUAL, i);
		add_job(at, FAULT_KILL, i);
		if (!strchr("sc", call))
			add_job(at, FAULT_IO, i);
		if (!strchr("wsru", call))
			add_job(at, FAULT_DENIED, i);
		if (strchr("wolmt", call))
			add_job(at, FAULT_FULL, i);
		if (call == 'w') {
			add_job(at, FAULT_SHORT, i);
			add_job(at, FAULT_TORN, i);
		}
	}
}

/* The first `sample` of them in an order that the seed gives. */
static void shuffle(uint64_t seed, size_t sample)
{
	uint64_t x = seed * 2654435761U + 88172645463325252U;
	for (size_t i = 0; i < sample && i < jobs_n; i++) {
		x ^= x << 13;
		x ^= x >> 7;
		x ^= x << 17;
		size_t k = i + x % (jobs_n - i);
		job swap = jobs[i];
		jobs[i] = jobs[k];
		jobs[k] = swap;
	}
	if (sample < jobs_n)
		jobs_n = sample;
}

static void work(int number, int workers)
{
	place p;
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	make_place(&p);
	for (size_t i = (size_t)number; i < jobs_n; i += (size_t)workers)
		try_one(&p, &jobs[i]);
	remove_place(&p);
	_exit(0);
}

static void find_rooms(char **names, int n)
{
	DIR *folder = need(opendir(rooms_folder));
	for (struct dirent *e; (e = readdir(folder));) {
		size_t length = strlen(e->d_name);
		bool wanted = !n;
		if (length < 5 || strcmp(e->d_name + length - 4, ".run") != 0)
			continue;
		e->d_name[length - 4] = '\0';
		for (int i = 0; i < n; i++)
			wanted = wanted || !strcmp(names[i], e->d_name);
		if (!wanted)
			continue;
		rooms = need(realloc(rooms, (rooms_n + 1) * sizeof *rooms));
		memset(&rooms[rooms_n], 0, sizeof *rooms);
		if (read_room(&rooms[rooms_n], e->d_name))
			rooms_n++;
	}
	closedir(folder);
}

static void set_environment(void)
{
	char path[500];
	setenv("HOME", rooms_folder, 1);
	snprintf(path, sizeof path, "%s/.gitconfig", rooms_folder);
	setenv("GIT_CONFIG_GLOBAL", path, 1);
	setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	setenv("GIT_AUTHOR_NAME", "R. Jansen", 1);
	setenv("GIT_AUTHOR_EMAIL", "r@example.org", 1);
	setenv("GIT_COMMITTER_NAME", "R. Jansen", 1);
	setenv("GIT_COMMITTER_EMAIL", "r@example.org", 1);
	setenv("LC_ALL", "C", 1);
	setenv("NO_COLOR", "1", 1);
	unsetenv("EDITOR");
	unsetenv("VISUAL");
}

static void put_row(const char *name, const totals *t)
{
	uint64_t memory =
	    t->by_kind[FAULT_MEMORY] + t->by_kind[FAULT_NO_MEMORY];
	uint64_t kills = t->by_kind[FAULT_KILL] + t->by_kind[FAULT_TORN];
	uint64_t n = t->before + t->after + t->between;
	printf("%-18s %7llu %7llu %7llu %7llu %7llu %7llu %7llu %7llu\n", name,
	       (unsigned long long)n, (unsigned long long)(n - memory - kills),
	       (unsigned long long)kills, (unsigned long long)memory,
	       (unsigned long long)t->before, (unsigned long long)t->after,
	       (unsigned long long)t->between, (unsigned long long)t->wrong);
}

/* A row for each room, and the sum; how many went wrong. */
static uint64_t tell(void)
{
	totals sum = {.wrong = 0};
	printf("%-18s %7s %7s %7s %7s %7s %7s %7s %7s\n", "", "faults", "fails",
	       "kills", "memory", "before", "after", "parts", "wrong");
	for (size_t i = 0; i < rooms_n; i++) {
		put_row(rooms[i].name, &sums[i]);
		for (int k = 0; k < FAULT_KINDS; k++)
			sum.by_kind[k] += sums[i].by_kind[k];
		sum.before += sums[i].before;
		sum.after += sums[i].after;
		sum.between += sums[i].between;
		sum.wrong += sums[i].wrong;
	}
	put_row("all", &sum);
	return sum.wrong;
}

int main(int argc, char **argv)
{
	uint64_t allocations = 32, seed = 1;
	size_t sample = SIZE_MAX;
	int option, workers = 2;
	bool libraries = false;
	while ((option = getopt(argc, argv, "s:n:a:lj:v")) != -1) {
		switch (option) {
		case 's':
			seed = strtoull(optarg, NULL, 10);
			break;
		case 'n':
			sample = strtoull(optarg, NULL, 10);
			break;
		case 'a':
			allocations = strtoull(optarg, NULL, 10);
			break;
		case 'l':
			libraries = true;
			break;
		case 'j':
			workers = atoi(optarg);
			break;
		case 'v':
			verbose = true;
			break;
		default:
			return 2;
		}
	}
	if (argc - optind < 3)
		return 2;
	fria = need(realpath(argv[optind], NULL));
	injector = need(realpath(argv[optind + 1], NULL));
	rooms_folder = need(realpath(argv[optind + 2], NULL));
	git_libgit2_init();
	set_environment();
	find_rooms(argv + optind + 3, argc - optind - 3);
	sums = mmap(NULL, (rooms_n + 1) * sizeof *sums, PROT_READ | PROT_WRITE,
		    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	place p;
	make_place(&p);
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	for (size_t i = 0; i < rooms_n; i++) {
		measure(&rooms[i], &p);
		add_memory(i, 'l', allocations * 2);
		if (libraries)
			continue;
		add_calls(i);
		add_memory(i, 'p', allocations);
		add_memory(i, 's', allocations / 8);
	}
	remove_place(&p);
	if (sample != SIZE_MAX)
		shuffle(seed, sample);
	for (int i = 0; i < workers; i++)
		if (!fork())
			work(i, workers);
	while (wait(NULL) > 0)
		;
	return tell() ? 1 : 0;
}
