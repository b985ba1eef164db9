/* SPDX-License-Identifier: EUPL-1.2 */
/* fria setup-git: plain git is told who shows and merges a document. */
#include "cli.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* True if a shell that is told "fria" runs this program. */
static bool found_as_fria(const char *self)
{
	struct stat own, found;
	char *path = find_program("fria");
	bool same = path && !stat(self, &own) && !stat(path, &found) &&
		    found.st_dev == own.st_dev && found.st_ino == own.st_ino;
	free(path);
	return same;
}

char *own_program(void)
{
	char self[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
	self[n > 0 ? n : 0] = '\0';
	return fria_strdup(n > 0 && !found_as_fria(self) ? self : "fria");
}

static int run_setup_git(cli *c, fria_error *err)
{
	bool undo = given(c, "undo"), changed = false;
	char *program = own_program();
	int code = fria_setup_git(&changed, c->ws, program, undo, err);
	free(program);
	if (code)
		return 2;
	say(c,
	    changed && undo ? FRIA_W_did_setup_git_undone
	    : undo	    ? FRIA_W_did_setup_git_not
	    : changed	    ? FRIA_W_did_setup_git
			    : FRIA_W_did_setup_git_already,
	    NULL);
	return 0;
}

const command cmd_setup_git = {
    .name = "setup-git",
    .args = "[--undo]",
    .does = READS,
    .summary = FRIA_W_sum_setup_git,
    .options =
	(const option[]){{"undo", 0, NULL, FRIA_W_opt_undo_setup}, NO_OPTION},
    .run = run_setup_git,
};
