/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Long results go through a pager on a terminal: GIT_PAGER, core.pager of the
 * user and not of the repository, PAGER, else less. No shell starts it.
 */
#include "cli.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MAX_WORDS = 16 };

/* Splits at white space; quotes keep it together. words point into text. */
static size_t split(const char *words[MAX_WORDS + 1], char *text)
{
	size_t n = 0;
	for (char *at = text; *at && n < MAX_WORDS;) {
		char *to, quote = '\0';
		while (*at == ' ' || *at == '\t')
			at++;
		if (!*at)
			break;
		words[n++] = to = at;
		for (; *at && (quote || (*at != ' ' && *at != '\t')); at++) {
			if (*at == quote)
				quote = '\0';
			else if (!quote && (*at == '"' || *at == '\''))
				quote = *at;
			else
				*to++ = *at;
		}
		at += *at != '\0';
		*to = '\0';
	}
	words[n] = NULL;
	return n;
}

/* The command as git chooses it; the caller frees. */
static char *choose(const cli *c)
{
	fria_buf set = FRIA_BUF_INIT;
	const char *own = getenv("GIT_PAGER");
	if (own)
		return fria_strdup(own);
	if (fria_store_config_own(&set, c->ws ? c->ws->store : NULL,
				  "core.pager"))
		return fria_buf_detach(&set);
	fria_buf_dispose(&set);
	own = getenv("PAGER");
	return fria_strdup(own ? own : "less");
}

bool page(const cli *c)
{
	const char *words[MAX_WORDS + 1], *term = getenv("TERM");
	int status = 0;
	if (!c->command || !(c->command->does & PAGED) || !c->out.n ||
	    !isatty(STDOUT_FILENO) || !term || !strcmp(term, "dumb"))
		return false;
	char *chosen = choose(c);
	size_t n = split(words, chosen);
	bool done = false;
	if (n && strcmp(words[0], "cat") != 0) {
		setenv("LESS", "FRX", 0);
		setenv("LV", "-c", 0);
		done =
		    !fria_run_fed(&status, words, c->out.text, c->out.n, NULL);
	}
	free(chosen);
	return done;
}
