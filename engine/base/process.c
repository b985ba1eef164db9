/* SPDX-License-Identifier: EUPL-1.2 */
/* Runs a program with fixed arguments; there is no shell anywhere. */
#include "base.h"

#include <errno.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>

extern char **environ;

int fria_run(int *status, const char *const argv[], fria_error *err)
{
	pid_t pid;
	int failed = posix_spawnp(&pid, argv[0], NULL, NULL,
				  (char *const *)(uintptr_t)argv, environ);
	int raw = 0;
	if (failed)
		return fria_fail(err, FRIA_EIO, FRIA_W_cannot_run, "program",
				 argv[0], "why", strerror(failed), NULL);
	while (waitpid(pid, &raw, 0) < 0)
		if (errno != EINTR)
			return fria_fail(err, FRIA_EIO, FRIA_W_cannot_run,
					 "program", argv[0], "why",
					 strerror(errno), NULL);
	*status = WIFEXITED(raw) ? WEXITSTATUS(raw) : 128 + WTERMSIG(raw);
	return 0;
}
