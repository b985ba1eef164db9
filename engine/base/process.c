/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Runs a program with fixed arguments, with our terminal or with its words
 * caught. There is no shell anywhere, and nothing waits for ever.
 */
#include "base.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

/* How often a silent program is looked at, and its time to end when told to. */
#define TICK_MS 20
#define GRACE_MS 3000

extern char **environ;

static int cannot(fria_error *err, const char *program, int why)
{
	if (why == ENOSPC || why == EDQUOT) /* for what it is to read */
		return fria_fail_io(err, FRIA_EIO, FRIA_W_cannot_write,
				    P_tmpdir, strerror(why));
	return fria_fail(err, FRIA_EIO, FRIA_W_cannot_run, "program", program,
			 "why", strerror(why), NULL);
}

static int exit_status(int raw)
{
	return WIFEXITED(raw) ? WEXITSTATUS(raw) : 128 + WTERMSIG(raw);
}

int fria_run(int *status, const char *const argv[], fria_error *err)
{
	pid_t pid;
	int failed = posix_spawnp(&pid, argv[0], NULL, NULL,
				  (char *const *)(uintptr_t)argv, environ);
	int raw = 0;
	if (failed)
		return cannot(err, argv[0], failed);
	while (waitpid(pid, &raw, 0) < 0)
		if (errno != EINTR)
			return cannot(err, argv[0], errno);
	*status = exit_status(raw);
	return 0;
}

/* --- fed: a pager --- */

static const int ours[] = {SIGINT, SIGQUIT, SIGPIPE};

/* Ignores what is meant for the program; what was done before, into old. */
static void step_aside(struct sigaction old[3])
{
	struct sigaction ignore = {.sa_handler = SIG_IGN};
	sigemptyset(&ignore.sa_mask);
	for (size_t i = 0; i < 3; i++)
		sigaction(ours[i], &ignore, &old[i]);
}

static void step_back(const struct sigaction old[3])
{
	for (size_t i = 0; i < 3; i++)
		sigaction(ours[i], &old[i], NULL);
}

/* Starts it with the pipe as its standard input and signals as usual. */
static int start_fed(pid_t *pid, const char *const argv[],
		     const int pipe_ends[2])
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t usual;
	sigemptyset(&usual);
	for (size_t i = 0; i < 3; i++)
		sigaddset(&usual, ours[i]);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, pipe_ends[0], STDIN_FILENO);
	posix_spawn_file_actions_addclose(&actions, pipe_ends[0]);
	posix_spawn_file_actions_addclose(&actions, pipe_ends[1]);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setsigdefault(&attributes, &usual);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
	int failed = posix_spawnp(pid, argv[0], &actions, &attributes,
				  (char *const *)(uintptr_t)argv, environ);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	return failed;
}

int fria_run_fed(int *status, const char *const argv[], const char *bytes,
		 size_t n, fria_error *err)
{
	struct sigaction old[3];
	int ends[2], raw = 0;
	pid_t pid;
	if (pipe2(ends, O_CLOEXEC))
		return cannot(err, argv[0], errno);
	step_aside(old);
	int failed = start_fed(&pid, argv, ends);
	close(ends[0]);
	if (!failed)
		fria_write_all(ends[1], bytes, n);
	close(ends[1]);
	while (!failed && waitpid(pid, &raw, 0) < 0)
		if (errno != EINTR)
			failed = errno;
	step_back(old);
	if (failed)
		return cannot(err, argv[0], failed);
	*status = exit_status(raw);
	return 0;
}

/* --- what the program is given --- */

static bool same_name(const char *a, const char *b)
{
	size_t n = strcspn(a, "=");
	return n == strcspn(b, "=") && !strncmp(a, b, n);
}

static bool is_overridden(const char *entry, const char *const env[])
{
	for (size_t i = 0; env && env[i]; i++)
		if (same_name(entry, env[i]))
			return true;
	return false;
}

/* Our environment with the changes; the array alone is the caller's. */
static const char **make_environment(const char *const env[])
{
	struct {
		const char **items;
		size_t n;
	} all = {NULL, 0};
	for (char **e = environ; e && *e; e++)
		if (!is_overridden(*e, env))
			*FRIA_PUSH(&all) = *e;
	for (size_t i = 0; env && env[i]; i++)
		if (strchr(env[i], '='))
			*FRIA_PUSH(&all) = env[i];
	*FRIA_PUSH(&all) = NULL;
	return all.items;
}

/* A file without a name that holds the input, read from its start; or -1. */
static int input_file(const fria_program *p)
{
	FILE *file = p->input ? tmpfile() : NULL;
	if (!p->input)
		return open("/dev/null", O_RDONLY | O_CLOEXEC);
	if (!file)
		return -1;
	int fd = fcntl(fileno(file), F_DUPFD_CLOEXEC, 0);
	fclose(file);
	if (fd >= 0 && (fria_write_all(fd, p->input, p->input_n) ||
			lseek(fd, 0, SEEK_SET))) {
		close(fd);
		fd = -1;
	}
	return fd;
}

/* --- starting it --- */

typedef struct {
	pid_t pid;
	int out, err; /* our ends; -1 once closed */
} running;

/* The new process: it ends when we do, and says in `failed` why it cannot. */
static _Noreturn void become(const fria_program *p, const char *const env[],
			     const int fds[3], int failed, pid_t parent)
{
	int why;
#ifdef __linux__
	prctl(PR_SET_PDEATHSIG, SIGTERM);
#endif
	if (getppid() == parent && dup2(fds[0], 0) == 0 &&
	    dup2(fds[1], 1) == 1 && dup2(fds[2], 2) == 2)
		execvpe(p->argv[0], (char *const *)(uintptr_t)p->argv,
			(char *const *)(uintptr_t)env);
	why = errno;
	(void)!write(failed, &why, sizeof why);
	_exit(127);
}

/* Why the program could not be started; 0 if it runs. */
static int wait_for_start(int failed)
{
	int why = 0;
	ssize_t n;
	do
		n = read(failed, &why, sizeof why);
	while (n < 0 && errno == EINTR);
	return n == (ssize_t)sizeof why ? why : 0;
}

static void close_both(int fds[2])
{
	for (int i = 0; i < 2; i++)
		if (fds[i] >= 0)
			close(fds[i]);
}

static int start(running *r, const fria_program *p)
{
	int out[2] = {-1, -1}, err[2] = {-1, -1}, failed[2] = {-1, -1};
	int in = input_file(p), why = 0;
	const char **env = make_environment(p->env);
	pid_t parent = getpid();
	if (in < 0 || pipe2(out, O_CLOEXEC) || pipe2(err, O_CLOEXEC) ||
	    pipe2(failed, O_CLOEXEC) || (r->pid = fork()) < 0) {
		why = errno;
		r->pid = -1;
	}
	if (r->pid == 0)
		become(p, env, (const int[3]){in, out[1], err[1]}, failed[1],
		       parent);
	if (r->pid > 0) {
		close(failed[1]);
		failed[1] = -1;
		why = wait_for_start(failed[0]);
		if (why)
			waitpid(r->pid, NULL, 0);
	}
	if (!why) {
		r->out = out[0];
		r->err = err[0];
		out[0] = err[0] = -1;
		fcntl(r->out, F_SETFL, O_NONBLOCK);
		fcntl(r->err, F_SETFL, O_NONBLOCK);
	}
	if (in >= 0)
		close(in);
	close_both(out);
	close_both(err);
	close_both(failed);
	free(env);
	return why;
}

/* --- listening to it --- */

/* Takes what is there; closes at the end. More than the limit is dropped. */
static void drain(int *fd, fria_buf *to, size_t limit, bool *cut)
{
	char chunk[1 << 14];
	while (*fd >= 0) {
		ssize_t n = read(*fd, chunk, sizeof chunk);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN)
			return;
		if (n <= 0) {
			close(*fd);
			*fd = -1;
			return;
		}
		size_t room = limit > to->n ? limit - to->n : 0;
		size_t take = (size_t)n < room ? (size_t)n : room;
		fria_buf_put(to, chunk, take);
		*cut = *cut || take < (size_t)n;
	}
}

static void listen_to(running *r, fria_ran *out, size_t limit)
{
	struct pollfd fds[2] = {{r->out, POLLIN, 0}, {r->err, POLLIN, 0}};
	/* Without pipes it is about to end: this only waits. */
	poll(fds, 2, r->out < 0 && r->err < 0 ? 1 : TICK_MS);
	drain(&r->out, &out->out, limit, &out->cut);
	drain(&r->err, &out->err, limit, &out->cut);
}

static int64_t now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/*
 * Until it has ended. What it started may live on and hold the pipes (a shared
 * ssh connection does): those are not waited for.
 */
static int follow(running *r, fria_ran *out, const fria_program *p)
{
	size_t limit = p->limit ? p->limit : (size_t)1 << 20;
	int64_t end = p->seconds ? now_ms() + p->seconds * 1000LL : INT64_MAX;
	int raw = 0;
	for (;;) {
		pid_t ended = waitpid(r->pid, &raw, WNOHANG);
		if (ended < 0 && errno != EINTR)
			return errno;
		if (ended > 0)
			break;
		if (now_ms() > end) {
			kill(r->pid, out->late ? SIGKILL : SIGTERM);
			out->late = true;
			end = now_ms() + GRACE_MS;
		}
		listen_to(r, out, limit);
	}
	drain(&r->out, &out->out, limit, &out->cut);
	drain(&r->err, &out->err, limit, &out->cut);
	out->status = exit_status(raw);
	return 0;
}

int fria_run_caught(fria_ran *out, const fria_program *program, fria_error *err)
{
	running r = {-1, -1, -1};
	*out = (fria_ran){.status = -1};
	fria_buf_init(&out->out);
	fria_buf_init(&out->err);
	int why = start(&r, program);
	if (!why)
		why = follow(&r, out, program);
	close_both((int[2]){r.out, r.err});
	if (why)
		fria_ran_dispose(out);
	return why ? cannot(err, program->argv[0], why) : 0;
}

void fria_ran_dispose(fria_ran *ran)
{
	fria_buf_dispose(&ran->out);
	fria_buf_dispose(&ran->err);
}
