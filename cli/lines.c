/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a person types or a pipe hands over, line by line. It understands
 * nothing of it, and never lets an interrupt in where something is written.
 */
#include "cli.h"
#include "editing.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
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

/* The only things that a signal may touch: which one ended it; whether the
 * program was put aside meanwhile. */
static volatile sig_atomic_t stopped, resumed;

static void stop(int signal)
{
	stopped = signal;
}

static void resume(int signal)
{
	(void)signal;
	resumed = 1;
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
	action.sa_handler = how == stop ? resume : SIG_DFL;
	sigaction(SIGCONT, &action, NULL);
}

static int next_byte(void *data);

void lines_open(typed_lines *in)
{
	if (!in->opened) {
		in->opened = true;
		in->terminal = isatty(STDIN_FILENO);
		in->edit = editing_new(next_byte, in);
	}
	stopped = 0;
	handle(stop);
}

void lines_close(typed_lines *in)
{
	(void)in;
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
	struct pollfd look = {.fd = STDIN_FILENO, .events = POLLIN};
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
		if (resumed && in->edit)
			editing_resume(in->edit);
		resumed = 0;
	}
	sigprocmask(SIG_SETMASK, &usual, NULL);
	return !stopped;
}

/* Bytes that were not there yet; what else there is where none come. */
static line_kind more(typed_lines *in)
{
	for (;;) {
		if (!wait_for_bytes(in))
			return LINE_STOPPED;
		ssize_t n = read(STDIN_FILENO, in->bytes, sizeof in->bytes);
		if (n < 0 && errno == EINTR)
			continue;
		in->at = 0;
		in->n = n > 0 ? (size_t)n : 0;
		return n > 0 ? LINE : n ? LINE_STOPPED : LINE_END;
	}
}

static int next_byte(void *data)
{
	typed_lines *in = data;
	in->ended = in->n ? LINE : more(in);
	if (in->ended != LINE)
		return -1;
	in->n--;
	return (unsigned char)in->bytes[in->at++];
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

static line_kind as_it_comes(typed_lines *in, fria_buf *out)
{
	while (!take(in, out)) {
		line_kind kind = more(in);
		if (kind == LINE_END && out->n)
			return kind_of(in, out);
		if (kind != LINE)
			return kind;
	}
	if (out->n && out->text[out->n - 1] == '\r')
		out->text[--out->n] = '\0';
	return kind_of(in, out);
}

line_kind lines_next(typed_lines *in, const char *prompt, fria_buf *out)
{
	fria_buf_clear(out);
	in->ended = LINE;
	if (in->edit && editing_line(in->edit, prompt, out))
		return LINE;
	if (in->edit)
		return in->ended == LINE ? LINE_END : in->ended;
	fputs(prompt, stdout);
	fflush(stdout);
	return as_it_comes(in, out);
}

line_kind lines_one(typed_lines *in, fria_buf *out)
{
	lines_open(in);
	line_kind kind = lines_next(in, "", out);
	lines_close(in);
	if (stopped)
		raise(stopped);
	return kind;
}

bool lines_waiting(const typed_lines *in)
{
	struct pollfd look = {.fd = STDIN_FILENO, .events = POLLIN};
	return in->n || poll(&look, 1, PASTE_MS) > 0;
}
