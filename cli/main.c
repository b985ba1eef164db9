/* SPDX-License-Identifier: EUPL-1.2 */
/* fria: finds the command, sets up who acts and when, and runs it. */
#include "cli.h"

#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* --- who, when, in which language --- */

static void set_language(cli *c)
{
	const char *locale = getenv("LC_ALL");
	if (!locale || !*locale)
		locale = getenv("LC_MESSAGES");
	if (!locale || !*locale)
		locale = getenv("LANG");
	c->lang = locale && !strncmp(locale, "en", 2) ? FRIA_EN : FRIA_NL;
}

static void set_time(cli *c)
{
	const char *given = getenv("SOURCE_DATE_EPOCH");
	char *end = NULL;
	long long at = given ? strtoll(given, &end, 10) : 0;
	bool fixed = given && *given && !*end && at >= 0;
	time_t now = fixed ? (time_t)at : time(NULL);
	struct tm local;

	/* A fixed moment is on a day that no machine's settings decide. */
	if ((!fixed || getenv("TZ")) && localtime_r(&now, &local))
		c->session.offset = (int)(local.tm_gmtoff / 60);
	c->session.now = now;
}

/* Lasts as long as the program; NULL where nobody says it. */
static const char *from_git(const char *variable, fria_store *store,
			    const char *key)
{
	fria_buf kept = FRIA_BUF_INIT;
	const char *value = getenv(variable);
	if (value && *value)
		return value;
	fria_store_config(&kept, store, key);
	return kept.n ? fria_buf_detach(&kept) : NULL;
}

/* As git: the environment first, then its configuration. */
static void set_people(fria_session *s, fria_store *store)
{
	s->name = from_git("GIT_AUTHOR_NAME", store, "user.name");
	s->email = from_git("GIT_AUTHOR_EMAIL", store, "user.email");
	s->committer_name = from_git("GIT_COMMITTER_NAME", store, "user.name");
	s->committer_email =
	    from_git("GIT_COMMITTER_EMAIL", store, "user.email");
}

/* --- the arguments before the command --- */

static int global(cli *c, int argc, char **argv, int *at, fria_error *err)
{
	for (; *at < argc && argv[*at][0] == '-'; ++*at) {
		const char *a = argv[*at];
		if (!strcmp(a, "--")) {
			++*at;
			return 0;
		}
		bool value = !strcmp(a, "-C") || !strcmp(a, "--lang");
		if (value && *at + 1 >= argc)
			return fria_fail(err, FRIA_EINPUT,
					 FRIA_W_cli_option_value, "option", a,
					 "command", "", NULL);
		if (!strcmp(a, "-C")) {
			c->folder = argv[++*at];
		} else if (!strcmp(a, "--lang")) {
			if (!fria_lang_parse(&c->lang, argv[++*at]))
				return fria_fail(err, FRIA_EINPUT,
						 FRIA_W_cli_bad_lang, "value",
						 argv[*at], NULL);
		} else if (!strcmp(a, "--json")) {
			c->json = true;
		} else if (!strcmp(a, "--verbose")) {
			c->verbose = true;
		} else if (!strcmp(a, "--help") || !strcmp(a, "-h")) {
			argv[*at] = (char *)(uintptr_t) "help";
			return 0;
		} else if (!strcmp(a, "--version")) {
			argv[*at] = (char *)(uintptr_t) "version";
			return 0;
		} else if (!command_forward(argc - *at, argv + *at)) {
			return options_refuse(c, err, a);
		} else {
			return 0;
		}
	}
	return 0;
}

static int find(cli *c, int argc, char **argv, int *at, fria_error *err)
{
	static char name[] = "help", *help[] = {name};
	int used = 0, one;
	if (*at >= argc) {
		c->command = &cmd_waiting;
		return c->json ? fria_fail(err, FRIA_EINPUT, FRIA_W_cli_no_json,
					   "command", "", NULL)
			       : 0;
	}
	c->command = command_find(argc - *at, argv + *at, &used);
	/* "fria app --help" is "fria help app". */
	if (!c->command && argc - *at > 1 &&
	    (!strcmp(argv[*at + 1], "--help") ||
	     !strcmp(argv[*at + 1], "-h"))) {
		c->command = command_find(1, help, &one);
		argc = *at + 1;
	}
	if (!c->command)
		return command_refuse(argc - *at, argv + *at, err);
	*at += used;
	int code = options_parse(c, argc - *at, argv + *at, err);
	if (c->about)
		c->command = command_find(1, help, &one);
	if (!code && c->json && !(c->command->does & GIVES_JSON))
		code = fria_fail(err, FRIA_EINPUT, FRIA_W_cli_no_json,
				 "command", c->command->name, NULL);
	return code;
}

static int prepare(cli *c, fria_error *err)
{
	if (c->command->does & BARE) {
		set_people(&c->session, NULL);
		return 0;
	}
	fria_error lacks = FRIA_ERROR_INIT;
	int code = fria_workspace_open(&c->ws, c->folder, &c->session, &lacks);
	bool none = code == FRIA_ENOTFOUND && c->command->does & MAY_LACK;
	if (code && !none)
		*err = lacks;
	else
		set_people(c->ws ? &c->ws->session : &c->session,
			   c->ws ? c->ws->store : NULL);
	return none ? 0 : code;
}

/* What the line lacks is said before that there is no workspace here. */
static int make_ready(cli *c, fria_error *err)
{
	fria_error closed = FRIA_ERROR_INIT;
	int code = prepare(c, &closed);
	int lacks = code && on_terminal(c) ? 0 : ask_missing(c, err);
	if (code && !lacks)
		*err = closed;
	return lacks ? lacks : code;
}

static bool wants_colour(void)
{
	const char *term = getenv("TERM"), *no = getenv("NO_COLOR");
	return isatty(STDOUT_FILENO) && !(no && *no) && term &&
	       strcmp(term, "dumb") != 0;
}

/* What is no terminal takes wide tables. */
static size_t width_of_output(void)
{
	struct winsize size;
	return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) || !size.ws_col
		   ? 132
		   : size.ws_col;
}

/* --- what the engine is lent --- */

/* How long a command waits for another one. */
enum { WAIT_SECONDS = 10 };

static void wake(int signal)
{
	(void)signal;
}

/* The signal does nothing but end what waits. */
static void waits(bool begins)
{
	const struct sigaction action = {.sa_handler = wake};
	if (begins)
		sigaction(SIGALRM, &action, NULL);
	alarm(begins ? WAIT_SECONDS : 0);
}

static const char *variable(const char *name)
{
	return getenv(name);
}

static const fria_host host = {.variable = variable, .waits = waits};

int main(int argc, char **argv)
{
	fria_error err = FRIA_ERROR_INIT;
	static typed_lines typed;
	cli c = {.folder = ".", .in = &typed};
	int at = 1, status = 2;
	setlocale(LC_CTYPE, "C");
	fria_start(&host);
	fria_buf_init(&c.out);
	set_language(&c);
	set_time(&c);
	c.progress = isatty(STDERR_FILENO);
	c.colour = wants_colour();
	c.width = width_of_output();
	int code = global(&c, argc, argv, &at, &err);
	c.session.lang = c.lang;
	if (!code)
		code = find(&c, argc, argv, &at, &err);
	if (!code)
		code = make_ready(&c, &err);
	if (!code) {
		say_typed(&c);
		status = c.command->run(&c, &err);
	}
	if (!err.code && !c.json && c.ws && fria_workspace_settled(c.ws))
		say(&c, FRIA_W_commit_choices, "count",
		    FRIA_DIGITS(fria_workspace_settled(c.ws)), NULL);
	if (!err.code && !c.told && !c.json && c.ws &&
	    fria_store_unsaved(c.ws->store))
		say(&c, FRIA_W_not_saved_yet, NULL);
	if (err.code) {
		status = 2;
		say_error(&c, &err);
	} else {
		int written = flush_out(&c);
		status = written ? written : status;
	}
	/* The system takes back at once what would be freed piece by piece. */
	exit(status);
}
