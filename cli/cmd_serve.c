/* SPDX-License-Identifier: EUPL-1.2 */
/* `fria serve`: the workplace in a browser, for who starts it. */
#include "cli.h"
#include "serve/listen.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static volatile bool stopped;

static void stop(int signal)
{
	(void)signal;
	stopped = true;
}

static fria_time now(void)
{
	const char *given = fria_variable("SOURCE_DATE_EPOCH");
	return given ? strtoll(given, NULL, 10) : (fria_time)time(NULL);
}

/* In a browser, where there is one to open. */
static void open_browser(const cli *c, const char *address)
{
	const char *const argv[] = {"xdg-open", address, NULL};
	fria_ran ran;
	fria_program program = {.argv = argv, .seconds = 10};
	if (given(c, "no-browser") || !on_terminal(c))
		return;
	if (!fria_run_caught(&ran, &program, NULL))
		fria_ran_dispose(&ran);
}

static void ready(void *data, const char *address)
{
	const cli *c = data;
	say(c, FRIA_W_web_ready, "address", address, NULL);
	open_browser(c, address);
}

/* "$XDG_STATE_HOME/fria/NAME". New; NULL: there is nowhere. */
static char *state_folder(const cli *c, const char *name)
{
	const char *given_folder = given(c, "state");
	const char *state = fria_variable("XDG_STATE_HOME");
	const char *home = fria_variable("HOME");
	if (given_folder)
		return fria_format("%s/%s", given_folder, name);
	if (state && *state)
		return fria_format("%s/fria/%s", state, name);
	return home ? fria_format("%s/.local/state/fria/%s", home, name) : NULL;
}

/* Of the workspace in addresses: that of its folder. New. */
static char *place_name(const cli *c)
{
	char *here = c->ws ? NULL : fria_made(realpath(c->folder, NULL));
	const char *folder = here    ? here
			     : c->ws ? fria_store_folder(c->ws->store)
				     : NULL;
	const char *own = folder ? strrchr(folder, '/') : NULL;
	fria_buf name = FRIA_BUF_INIT;
	fria_slug(&name, own ? own + 1 : "");
	if (!name.n)
		fria_buf_puts(&name, "werk");
	free(here);
	return fria_buf_detach(&name);
}

/* What is served: one's own place and, where it is asked for, the example. */
typedef struct {
	serve_place own, example;
	serve_person person;
	char *folder; /* of the example; NULL: nowhere */
} workplace;

/* Who works here, once they have said it. */
static void meet(void *data, const char *name, const char *email)
{
	workplace *w = data;
	w->person.name = fria_strdup(name ? name : "");
	w->person.email = fria_strdup(email ? email : "");
}

/* It is as it was left, until the workplace closes. */
static int show_example(void *data, const char **where, fria_error *err)
{
	workplace *w = data;
	char *folder = fria_format("%s/werk", w->folder);
	int code = w->example.ws
		       ? 0
		       : serve_example(&w->example.ws, folder, &w->person, err);
	*where = w->example.name;
	free(folder);
	return code;
}

/* Beside what is kept for one's own. */
static void place_example(workplace *w, const char *state)
{
	w->folder = fria_format("%s/voorbeeld", state);
	w->example = (serve_place){
	    .name = "voorbeeld", .own = w->own.name, .secret = w->own.secret};
	serve_state_files(&w->example.state, w->folder);
	w->own.show = show_example;
}

static void drop_example(workplace *w)
{
	fria_workspace_close(w->example.ws);
	if (w->example.ws)
		fria_folder_remove(w->folder);
	free(w->folder);
}

static int read_port(int *port, const cli *c, fria_error *err)
{
	const char *text = given(c, "port");
	char *end = NULL;
	unsigned long number = text ? strtoul(text, &end, 10) : 0;
	*port = (int)number;
	if (text && (*end || number < 1 || number > 65535))
		return fria_fail(err, FRIA_EINPUT, FRIA_W_web_bad_port, "value",
				 text, NULL);
	return 0;
}

static int run_serve(cli *c, fria_error *err)
{
	char secret[33];
	int port;
	if (read_port(&port, c, err))
		return 2;
	fria_random_id(secret, sizeof secret - 1);
	char *name = place_name(c), *folder = state_folder(c, name);
	const fria_session *s = c->ws ? &c->ws->session : &c->session;
	workplace w = {.own = {.name = name,
			       .ws = c->ws,
			       .folder = c->folder,
			       .lang = c->lang,
			       .met = meet,
			       .secret = secret},
		       .person = {.subject = "zelf",
				  .name = s->name,
				  .email = s->email,
				  .rights = SERVE_ALL}};
	serve_listening how = {.place = &w.own,
			       .other = &w.example,
			       .person = &w.person,
			       .port = port,
			       .offset = c->session.offset,
			       .now = now,
			       .ready = ready,
			       .data = c,
			       .stopped = &stopped};
	w.own.data = &w;
	if (folder) {
		serve_state_files(&w.own.state, folder);
		place_example(&w, folder);
	}
	signal(SIGINT, stop);
	signal(SIGTERM, stop);
	int code = serve_listen(&how, err);
	c->ws = w.own.ws;
	drop_example(&w);
	free(folder);
	free(name);
	return code ? 2 : 0;
}

const command cmd_serve = {
    .name = "serve",
    .args = "[--port N] [--state DIR] [--no-browser]",
    .does = RECORDS | MAY_LACK,
    .summary = FRIA_W_sum_serve,
    .options = (const option[]){{"port", 0, "N", FRIA_W_opt_port},
				{"state", 0, "DIR", FRIA_W_opt_state},
				{"no-browser", 0, NULL, FRIA_W_opt_no_browser},
				NO_OPTION},
    .run = run_serve,
};
