/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A parent that holds the socket, and workers of one thread each that answer:
 * one that ends, however it ends, is started again. Who starts the workplace
 * once more is told a fresh address by the parent.
 */
#include "listen.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define WORKERS_MAX 32

/* --- what they share --- */

serve_shared *serve_share(void)
{
	serve_shared *shared =
	    mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE,
		 MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	return shared == MAP_FAILED ? NULL : shared;
}

void serve_unshare(serve_shared *shared)
{
	munmap(shared, sizeof *shared);
}

void serve_token_make(serve_shared *shared)
{
	fria_random_id(shared->token, sizeof shared->token - 1);
	shared->fresh = true;
}

bool serve_token_take(serve_shared *shared, const char *token)
{
	return !strcmp(shared->token, token) &&
	       atomic_exchange(&shared->fresh, false);
}

/* --- who starts it once more --- */

bool serve_socket_name(struct sockaddr_un *out, const char *path)
{
	const size_t n = path ? strlen(path) : 0;
	*out = (struct sockaddr_un){.sun_family = AF_UNIX};
	if (!n || n >= sizeof out->sun_path)
		return false;
	memcpy(out->sun_path, path, n);
	return true;
}

/* One that a killed parent left is taken away. */
static int open_control(const char *path)
{
	struct sockaddr_un name;
	if (!serve_socket_name(&name, path))
		return -1;
	unlink(path);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	mode_t before = umask(0077);
	bool bad =
	    fd >= 0 &&
	    (bind(fd, (struct sockaddr *)&name, sizeof name) || listen(fd, 4));
	umask(before);
	if (bad) {
		close(fd);
		fd = -1;
	}
	return fd;
}

char *serve_running(const char *path)
{
	struct sockaddr_un name;
	fria_buf address = FRIA_BUF_INIT;
	char room[256];
	ssize_t n;
	if (!serve_socket_name(&name, path))
		return NULL;
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool there =
	    fd >= 0 && !connect(fd, (struct sockaddr *)&name, sizeof name);
	while (there && (n = read(fd, room, sizeof room)) > 0)
		fria_buf_put(&address, room, (size_t)n);
	if (fd >= 0)
		close(fd);
	if (!address.n)
		fria_buf_dispose(&address);
	return address.n ? fria_buf_detach(&address) : NULL;
}

/* Only who may open the folder of what is being typed comes here. */
static void tell_again(int control, serve_shared *shared, const char *origin)
{
	int to = accept4(control, NULL, NULL, SOCK_CLOEXEC);
	if (to < 0)
		return;
	serve_token_make(shared);
	char *address = fria_format("%s/?token=%s", origin, shared->token);
	ssize_t sent = write(to, address, strlen(address));
	(void)sent;
	free(address);
	close(to);
}

/* --- the workers --- */

typedef struct {
	const serve_team *team;
	pid_t workers[WORKERS_MAX];
	int n;
} pool;

/* It ends when its parent does. */
static pid_t start(void (*work)(void *data), void *data)
{
	pid_t parent = getpid(), child = fork();
	if (child)
		return child;
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() == parent)
		work(data);
	_exit(0);
}

static void start_again(pool *p)
{
	pid_t ended;
	while ((ended = waitpid(-1, NULL, WNOHANG)) > 0)
		for (int i = 0; i < p->n; i++)
			if (p->workers[i] == ended)
				p->workers[i] =
				    start(p->team->work, p->team->data);
}

static void end_all(const pool *p)
{
	for (int i = 0; i < p->n; i++)
		if (p->workers[i] > 0)
			kill(p->workers[i], SIGTERM);
	while (waitpid(-1, NULL, 0) > 0 || errno == EINTR)
		;
}

static bool is_idle(const serve_team *team)
{
	const fria_time eight_hours = 28800;
	return team->idles && team->now() - team->shared->last > eight_hours;
}

int serve_team_run(const serve_team *team, fria_error *err)
{
	pool p = {.team = team,
		  .n = team->n > WORKERS_MAX ? WORKERS_MAX : team->n};
	int control = open_control(team->control);
	team->shared->last = team->now();
	for (int i = 0; i < p.n; i++)
		p.workers[i] = start(team->work, team->data);
	pid_t counter = team->count ? start(team->count, team->data) : 0;
	int code = p.workers[0] > 0
		       ? 0
		       : fria_fail_io(err, FRIA_EIO, FRIA_W_web_no_port, "fork",
				      strerror(errno));
	if (!code)
		team->ready(team->data);
	while (!code && !*team->stopped && !is_idle(team)) {
		struct pollfd at = {.fd = control, .events = POLLIN};
		if (poll(&at, 1, 200) > 0)
			tell_again(control, team->shared, team->origin);
		start_again(&p);
	}
	if (counter > 0)
		kill(counter, SIGTERM);
	end_all(&p);
	if (control >= 0) {
		close(control);
		unlink(team->control);
	}
	return code;
}
