/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Who works here, asked of the person at the terminal where nobody is
 * configured, and kept in the configuration of the workspace that comes of it.
 */
#include "cli.h"

#include <unistd.h>

/* False where nothing was typed. */
static bool ask(fria_buf *out, const cli *c, fria_word word)
{
	say(c, word, NULL);
	return read_line(c, out) && out->n;
}

void ask_author(asked_author *asked, cli *c)
{
	fria_session *s = &c->session;
	*asked = (asked_author){.name = FRIA_BUF_INIT, .email = FRIA_BUF_INIT};
	if ((s->name && s->email) || !isatty(STDIN_FILENO) || !c->progress)
		return;
	say(c, FRIA_W_author_asked, NULL);
	if (!s->name && ask(&asked->name, c, FRIA_W_author_name))
		s->name = asked->name.text;
	if (s->name && !s->email && ask(&asked->email, c, FRIA_W_author_email))
		s->email = asked->email.text;
	/* Whoever commits is who writes, unless the environment says else. */
	if (!s->committer_name)
		s->committer_name = s->name;
	if (!s->committer_email)
		s->committer_email = s->email;
}

int keep_author(const asked_author *asked, const cli *c, const char *folder,
		fria_error *err)
{
	fria_workspace *ws = NULL;
	int code = 0;
	if (!asked->name.n && !asked->email.n)
		return 0;
	code = fria_workspace_open(&ws, folder, &c->session, err);
	if (!code && asked->name.n)
		code = fria_store_config_set(ws->store, "user.name",
					     asked->name.text, err);
	if (!code && asked->email.n)
		code = fria_store_config_set(ws->store, "user.email",
					     asked->email.text, err);
	fria_workspace_close(ws);
	return code;
}

void forget_author(asked_author *asked)
{
	fria_buf_dispose(&asked->name);
	fria_buf_dispose(&asked->email);
}
