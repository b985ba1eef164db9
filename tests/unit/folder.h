/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A folder of its own for each test, where git and the shell run as one person
 * and without anybody's configuration.
 */
#ifndef FRIA_TEST_FOLDER_H
#define FRIA_TEST_FOLDER_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../engine/base/base.h"

static char folder[64];

/* Runs shell lines in the folder, or in one below it ("/ws"); their status.
 * What they say is kept in a log beside it. */
static inline int sh_in(const char *sub, const char *lines)
{
	char *all = fria_format("cd %s%s && { %s\n} >%s.log 2>&1", folder, sub,
				lines, folder);
	int status = system(all);
	free(all);
	return WEXITSTATUS(status);
}

/* For setup: the folder, and who git takes us for. */
static inline void folder_make(const char *who)
{
	char *address = fria_format("%s@example.org", who);
	strcpy(folder, "/tmp/fria-test-XXXXXX");
	assert_non_null(mkdtemp(folder));
	setenv("HOME", folder, 1);
	setenv("GIT_CONFIG_GLOBAL", "/dev/null", 1);
	setenv("GIT_AUTHOR_NAME", who, 1);
	setenv("GIT_AUTHOR_EMAIL", address, 1);
	setenv("GIT_COMMITTER_NAME", who, 1);
	setenv("GIT_COMMITTER_EMAIL", address, 1);
	free(address);
}

/* The teardown. */
static inline int folder_remove(void **state)
{
	(void)state;
	char *line = fria_format("chmod -R u+w %s; rm -rf %s %s.log", folder,
				 folder, folder);
	int status = system(line);
	free(line);
	return status;
}

#endif
