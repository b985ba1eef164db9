/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a person types or a pipe hands over, line by line. It understands
 * nothing of it, and never lets an interrupt in where something is written.
 */
#include "cli.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* Bytes of a line that a terminal hands over at most, less its end. */
#define TERMINAL_LINE 4094
/* Longer is no answer. */
#define LONGEST ((size_t)1 << 20)
/* Lines that are pasted follow each other faster than this. */
#define PASTE_MS 30

static const int ending[] = {SIGINT, SIGTERM, SIGHUP};
enum { ENDINGS = sizeof ending / sizeof *ending };

/* The only thing that a signal may touch. */
static volatile sig_atomic_t stopped;

static void stop(int signal)
{
	(void)signal;
	stopped = 1;
}

/* What is ignored, as under nohup, stays so. */
static void handle(void (*how)(int))
{
	struct sigaction was, action = {.sa_handler = how};
	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < ENDINGS; i++)
		if (!sigaction(ending[i], NULL, &was) &&
		    was.sa_handler != SIG_IGN)
			sigaction(ending[i], &action, NULL);
}

void lines_open(typed_lines *in, int from)
{
	*in = (typed_lines){.from = from, .terminal = isatty(from)};
	stopped = 0;
	handle(stop);
}

void lines_close(typed_lines *in)
{
	in->n = in->at = 0;
	handle(SIG_DFL);
}

void lines_forget_interrupt(void)
{
	stopped = 0;
}

/* Waits for bytes; false if somebody ends it. No signal is missed between
 * looking and waiting. */
static bool wait_for_bytes(const typed_lines *in)
{
	struct pollfd look = {.fd = in->from, .events = POLLIN};
	sigset_t held, usual;
	int ready = -1;
	sigemptyset(&held);
	for (size_t i = 0; i < ENDINGS; i++)
		sigaddset(&held, ending[i]);
	sigprocmask(SIG_BLOCK, &held, &usual);
	while (!stopped && ready < 0) {
		ready = ppoll(&look, 1, NULL, &usual);
		if (ready < 0 && errno != EINTR)
			break;
	}
	sigprocmask(SIG_SETMASK, &usual, NULL);
	return !stopped;
}

/* Takes what is there up to the end of the line; true if that was found. */
static bool take(typed_lines *in, fria_buf *out)
{
	const char *from = in->bytes + in->at;
	const char *end = memchr(from, '\n', in->n);
	size_t n = end ? (size_t)(end - from) : in->n;
	if (out->n <= LONGEST)
		fria_buf_put(out, from, n);
	in->at += n + (end != NULL);
	in->n -= n + (end != NULL);
	return end != NULL;
}

static line_kind kind_of(const typed_lines *in, const fria_buf *line)
{
	size_t most = in->terminal ? TERMINAL_LINE : LONGEST;
	return line->n >= most ? LINE_LONG : LINE;
}

line_kind lines_next(typed_lines *in, fria_buf *out)
{
	fria_buf_clear(out);
	while (!take(in, out)) {
		if (!wait_for_bytes(in))
			return LINE_STOPPED;
		ssize_t n = read(in->from, in->bytes, sizeof in->bytes);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return LINE_STOPPED;
		if (!n)
			return out->n ? kind_of(in, out) : LINE_END;
		in->at = 0;
		in->n = (size_t)n;
	}
	if (out->n && out->text[out->n - 1] == '\r')
		out->text[--out->n] = '\0';
	return kind_of(in, out);
}

bool lines_waiting(const typed_lines *in)
{
	struct pollfd look = {.fd = in->from, .events = POLLIN};
	return in->n || poll(&look, 1, PASTE_MS) > 0;
}
