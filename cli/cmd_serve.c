/* SPDX-License-Identifier: EUPL-1.2 */
/* `fria serve`: the workplace in a browser, for who starts it. */
#include "cli.h"
#include "serve/listen.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

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

static void show(const cli *c, const char *address)
{
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
	const cli *c;
} workplace;

static void ready(void *data, const char *address)
{
	const workplace *w = data;
	show(w->c, address);
}

/* Who works here, once they have said it. */
static void meet(void *data, const char *name, const char *email)
{
	workplace *w = data;
	w->person.name = fria_strdup(name ? name : "");
	w->person.email = fria_strdup(email ? email : "");
}

static bool open_place(serve_place *place, const char *folder)
{
	const fria_session session = {.lang = place->lang, .now = now()};
	return !fria_workspace_open(&place->ws, folder, &session, NULL);
}

/* Made aside, so that nobody finds half of it. It is as it was left, until the
 * workplace closes. */
static int show_example(void *data, const char **where, fria_error *err)
{
	workplace *w = data;
	char *folder = fria_format("%s/werk", w->folder);
	char *aside = fria_format("%s/nieuw", w->folder);
	int code = w->example.ws
		       ? 0
		       : serve_example(&w->example.ws, aside, &w->person, err);
	*where = w->example.name;
	if (!code && !fria_path_exists(folder)) {
		fria_workspace_close(w->example.ws);
		w->example.ws = NULL;
		if (rename(aside, folder) || !open_place(&w->example, folder))
			code = fria_fail_io(err, FRIA_EIO, FRIA_W_cannot_write,
					    folder, strerror(errno));
	}
	free(aside);
	free(folder);
	return code;
}

static char *setting(fria_workspace *ws, const char *key)
{
	fria_buf value = FRIA_BUF_INIT;
	if (fria_store_config(&value, ws->store, key))
		return fria_buf_detach(&value);
	fria_buf_dispose(&value);
	return NULL;
}

/* What another worker made. */
static void renew(void *data)
{
	workplace *w = data;
	char *example = fria_format("%s/werk", w->folder ? w->folder : "");
	if (!w->own.ws && open_place(&w->own, w->own.folder)) {
		if (!w->person.name)
			w->person.name = setting(w->own.ws, "user.name");
		if (!w->person.email)
			w->person.email = setting(w->own.ws, "user.email");
	}
	if (w->folder && !w->example.ws && fria_path_exists(example))
		open_place(&w->example, example);
	free(example);
}

/* So that pages have what they show. */
static void count(void *data)
{
	const workplace *w = data;
	size_t missing = 1;
	(void)!nice(10);
	while (missing && w->own.ws && !stopped) {
		fria_statuses some;
		fria_findings broken = FRIA_FINDINGS_INIT;
		if (fria_portfolio_known(&some, &missing, &broken, w->own.ws,
					 fria_session_day(&w->own.ws->session),
					 64, NULL))
			missing = 0;
		else
			fria_statuses_dispose(&some);
		fria_findings_dispose(&broken);
	}
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
	if (w->folder)
		fria_folder_remove(w->folder);
	free(w->folder);
}

/* --- what is asked for --- */

/* A whole number that is given; without it what stood there. */
static int read_number(int *out, const cli *c, const char *name, int most,
		       fria_word word, fria_error *err)
{
	const char *text = given(c, name);
	char *end = NULL;
	unsigned long number = text ? strtoul(text, &end, 10) : 0;
	if (!text)
		return 0;
	*out = (int)number;
	return *end || number < 1 || number > (unsigned long)most
		   ? fria_fail(err, FRIA_EINPUT, word, "value", text, NULL)
		   : 0;
}

static int read_theme(fria_buf *out, const cli *c, fria_error *err)
{
	const char *file = given(c, "theme");
	int code = file ? fria_file_read(out, file, err) : 0;
	return code || !file ? code : serve_theme_check(out->text, file, err);
}

/* Of this folder alone: another of that name has another. */
static char *control_of(const cli *c, const char *state)
{
	char digest[FRIA_DIGEST_SIZE];
	char *folder =
	    fria_made(realpath(c->ws && fria_store_folder(c->ws->store)
				   ? fria_store_folder(c->ws->store)
				   : c->folder,
			       NULL));
	const char *own = folder ? folder : "";
	fria_digest_bytes(digest, own, strlen(own));
	free(folder);
	return serve_state_make(state)
		   ? fria_format("%s/%.8s.sock", state, digest)
		   : NULL;
}

/* --- it runs --- */

/* True where it runs already: then it is that one which is shown. */
static bool show_running(const cli *c, const char *control)
{
	char *address = control ? serve_running(control) : NULL;
	if (address)
		show(c, address);
	free(address);
	return address != NULL;
}

static int serve(cli *c, workplace *w, serve_listening *how, const char *state,
		 fria_error *err)
{
	char *control = state ? control_of(c, state) : NULL;
	char *log = state ? fria_format("%s/geweigerd.jsonl", state) : NULL;
	int code = 0;
	how->control = control;
	how->log = log;
	if (!show_running(c, control)) {
		if (state) {
			serve_state_files(&w->own.state, state);
			place_example(w, state);
			fria_folder_remove(w->folder);
		}
		signal(SIGINT, stop);
		signal(SIGTERM, stop);
		code = serve_listen(how, err);
		c->ws = w->own.ws;
		drop_example(w);
	}
	free(log);
	free(control);
	return code;
}

static int run_serve(cli *c, fria_error *err)
{
	char secret[33];
	fria_buf theme = FRIA_BUF_INIT;
	int port = 0, workers = 2;
	if (read_number(&port, c, "port", 65535, FRIA_W_web_bad_port, err) ||
	    read_number(&workers, c, "workers", 32, FRIA_W_web_bad_workers,
			err) ||
	    read_theme(&theme, c, err)) {
		fria_buf_dispose(&theme);
		return 2;
	}
	fria_random_id(secret, sizeof secret - 1);
	char *name = place_name(c), *folder = state_folder(c, name);
	char *at = port ? fria_format("127.0.0.1:%d", port) : NULL;
	const fria_session *s = c->ws ? &c->ws->session : &c->session;
	workplace w = {.c = c,
		       .own = {.name = name,
			       .ws = c->ws,
			       .folder = c->folder,
			       .lang = c->lang,
			       .met = meet,
			       .secret = secret,
			       .theme = theme.n ? theme.text : NULL},
		       .person = {.subject = "zelf",
				  .name = s->name,
				  .email = s->email,
				  .rights = SERVE_ALL}};
	serve_listening how = {.place = &w.own,
			       .other = &w.example,
			       .person = &w.person,
			       .address = at ? at : given(c, "listen"),
			       .workers = workers,
			       .count = count,
			       .renew = renew,
			       .offset = c->session.offset,
			       .now = now,
			       .ready = ready,
			       .data = &w,
			       .stopped = &stopped};
	w.own.data = &w;
	int code = serve(c, &w, &how, folder, err);
	fria_buf_dispose(&theme);
	free(at);
	free(folder);
	free(name);
	return code ? 2 : 0;
}

const command cmd_serve = {
    .name = "serve",
    .args = "[--port N | --listen ADDRESS] [--workers N] [--theme FILE] "
	    "[--state DIR] [--no-browser]",
    .does = RECORDS | MAY_LACK,
    .summary = FRIA_W_sum_serve,
    .options = (const option[]){{"port", 0, "N", FRIA_W_opt_port},
				{"listen", 0, "ADDRESS", FRIA_W_opt_listen},
				{"workers", 0, "N", FRIA_W_opt_workers},
				{"theme", 0, "FILE", FRIA_W_opt_theme},
				{"state", 0, "DIR", FRIA_W_opt_state},
				{"no-browser", 0, NULL, FRIA_W_opt_no_browser},
				NO_OPTION},
    .run = run_serve,
};
