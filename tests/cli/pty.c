/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Runs a program in a terminal of 80 by 24 and talks with it as a script on
 * standard input says; what the terminal shows goes to standard output. Exits
 * as the program does, with 98 for a script that cannot be read, and with 99
 * if the program does not say what it should.
 *
 *   ? TEXT   wait until it says this, after what was waited for before
 *   > TEXT   type a line
 *   < TEXT   type without Enter; \n is Enter
 *   ^C  ^D   press these keys
 *   !        the terminal goes away
 */
#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#define WAIT_MS 60000
#define EDIT_MS 3000
#define MOST ((size_t)1 << 20)

static char said[MOST + 1];
static size_t said_n, heard;

/* Takes what the program says; false at its end. */
static int listen_to(int terminal)
{
	struct pollfd look = {.fd = terminal, .events = POLLIN};
	if (poll(&look, 1, WAIT_MS) <= 0 || said_n == MOST)
		return 0;
	ssize_t n = read(terminal, said + said_n, MOST - said_n);
	if (n <= 0)
		return 0;
	fwrite(said + said_n, 1, (size_t)n, stdout);
	said_n += (size_t)n;
	said[said_n] = '\0';
	return 1;
}

static int wait_for(int terminal, const char *text)
{
	const char *found;
	while (!(found = strstr(said + heard, text)))
		if (!listen_to(terminal)) {
			fprintf(stderr, "pty: it did not say: %s\n", text);
			return 99;
		}
	heard = (size_t)(found - said) + strlen(text);
	return 0;
}

/*
 * Until the line is being edited: what is typed between a question and that is
 * shown twice, and nobody types so soon. A program that edits no lines is
 * waited for in vain, once.
 */
static void await_editing(int terminal)
{
	static int plain;
	struct termios now;
	for (int ms = 0; !plain && ms < EDIT_MS; ms += 5) {
		if (tcgetattr(terminal, &now) || !(now.c_lflag & ICANON))
			return;
		poll(NULL, 0, 5);
	}
	plain = 1;
}

static int type(int terminal, const char *text, int enter)
{
	await_editing(terminal);
	for (; *text; text++) {
		int newline = text[0] == '\\' && text[1] == 'n';
		if (write(terminal, newline ? "\n" : text, 1) != 1)
			return 98;
		text += newline;
	}
	return enter && write(terminal, "\n", 1) != 1 ? 98 : 0;
}

static int obey(int *terminal, const char *line)
{
	const char *text = line[0] && line[1] == ' ' ? line + 2 : line + 1;
	if (line[0] == '?')
		return wait_for(*terminal, text);
	if (line[0] == '>' || line[0] == '<')
		return type(*terminal, text, line[0] == '>');
	if (line[0] == '^' && (line[1] == 'C' || line[1] == 'D'))
		return write(*terminal, line[1] == 'C' ? "\003" : "\004", 1) !=
		       1;
	if (line[0] == '!') {
		close(*terminal);
		*terminal = -1;
		return 0;
	}
	fprintf(stderr, "pty: what is: %s\n", line);
	return 98;
}

static int status_of(pid_t program)
{
	int raw = 0;
	while (waitpid(program, &raw, 0) < 0)
		if (errno != EINTR)
			return 98;
	return WIFEXITED(raw) ? WEXITSTATUS(raw) : 128 + WTERMSIG(raw);
}

int main(int argc, char **argv)
{
	struct winsize size = {.ws_row = 24, .ws_col = 80};
	char line[65536];
	int terminal, failed = 0;
	if (argc < 2)
		return 98;
	pid_t program = forkpty(&terminal, NULL, NULL, &size);
	if (program < 0)
		return 98;
	if (!program) {
		signal(SIGINT, SIG_DFL); /* what runs aside may ignore it */
		execvp(argv[1], argv + 1);
		_exit(98);
	}
	while (!failed && fgets(line, sizeof line, stdin)) {
		line[strcspn(line, "\n")] = '\0';
		failed = line[0] ? obey(&terminal, line) : 0;
	}
	if (failed)
		kill(program, SIGKILL);
	while (terminal >= 0 && listen_to(terminal))
		;
	if (terminal >= 0)
		close(terminal); /* whoever still waits is left alone */
	int status = status_of(program);
	return failed ? failed : status;
}
