/* SPDX-License-Identifier: EUPL-1.2 */
/* fria setup-git and textconv: what plain git shows of a document. */
#include "cli.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- setup-git --- */

static bool same_file(const char *path, const struct stat *own)
{
	struct stat other;
	return !stat(path, &other) && other.st_dev == own->st_dev &&
	       other.st_ino == own->st_ino;
}

/* True if a shell that is told "fria" runs this program. */
static bool found_as_fria(const char *self)
{
	const char *at = getenv("PATH");
	struct stat own;
	if (!at || stat(self, &own))
		return false;
	while (*at) {
		size_t n = strcspn(at, ":");
		char *path = fria_format("%.*s/fria", (int)n, at);
		bool there = !access(path, X_OK);
		bool same = there && same_file(path, &own);
		free(path);
		if (there)
			return same;
		at += n + (at[n] == ':');
	}
	return false;
}

char *own_program(void)
{
	char self[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
	self[n > 0 ? n : 0] = '\0';
	return fria_strdup(n > 0 && !found_as_fria(self) ? self : "fria");
}

int cmd_setup_git(cli *c, fria_error *err)
{
	bool undo = given(c, "undo"), changed = false;
	char *program = own_program();
	int code = fria_setup_git(&changed, c->ws, program, undo, err);
	free(program);
	if (code)
		return 2;
	if (undo)
		say(c,
		    changed ? FRIA_W_did_setup_git_undone
			    : FRIA_W_did_setup_git_not,
		    NULL);
	else
		say(c,
		    changed ? FRIA_W_did_setup_git
			    : FRIA_W_did_setup_git_already,
		    NULL);
	return 0;
}

/* --- textconv --- */

/* The workspace's own questionnaire, else the built-in one; NULL for none. */
static fria_instrument *instrument_of(cli *c, const json_t *document)
{
	const char *name = fria_json_text(document, "instrument");
	fria_instrument *in = NULL;
	if (!name)
		return NULL;
	if (fria_workspace_open(&c->ws, c->folder, &c->session, NULL) ||
	    fria_workspace_instrument(&in, c->ws, NULL, name, NULL))
		in = fria_instrument_built_in(name);
	return in;
}

/* What is no JSON is shown as it is: git must always get something. */
int cmd_textconv(cli *c, fria_error *err)
{
	fria_buf bytes = FRIA_BUF_INIT, text = FRIA_BUF_INIT;
	json_t *document = NULL;
	if (fria_file_read(&bytes, c->args[0], err))
		return 2;
	if (fria_json_parse(&document, c->args[0], bytes.text, bytes.n, NULL)) {
		fria_put_safe(&c->out, bytes.text);
	} else {
		fria_instrument *in = instrument_of(c, document);
		fria_plain(&text, document, in, c->lang);
		fria_put_safe(&c->out, text.text);
		fria_instrument_free(in);
	}
	json_decref(document);
	fria_buf_dispose(&bytes);
	fria_buf_dispose(&text);
	return 0;
}
