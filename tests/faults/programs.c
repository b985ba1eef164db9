/* SPDX-License-Identifier: EUPL-1.2 */
/* Programs are run: git, and fria with the injector in it. */
#include "driver.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SECONDS = 60, EPOCH = 1773133200 };

/* Runs in a folder, with what is typed; what it and its children said; the wait
 * status. */
static int run_with(const char *folder, char *const argv[], const char *in,
		    const char *out, const char *err)
{
	int status = 0;
	pid_t pid = fork();
	if (!pid) {
		int null = open(in, O_RDONLY);
		int a = open(out, O_WRONLY | O_CREAT | O_TRUNC, 0666);
		int b = open(err, O_WRONLY | O_CREAT | O_TRUNC, 0666);
		dup2(null, 0);
		dup2(a, 1);
		dup2(b, 2);
		alarm(SECONDS);
		if (!chdir(folder))
			execvp(argv[0], argv);
		_exit(127);
	}
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	while (wait(NULL) > 0) /* what it left behind ends as well */
		;
	return status;
}

int run(const char *folder, char *const argv[], const char *out,
	const char *err)
{
	return run_with(folder, argv, "/dev/null", out, err);
}

int run_fria(const place *p, const room *r, enum fault_kind kind, uint64_t at,
	     long later)
{
	char kind_text[24], at_text[24], time_text[24],
	    control[24] = "FAULT_FILE";
	char *argv[ARGS + 4] = {(char *)(uintptr_t)fria,
				(char *)(uintptr_t) "--lang",
				(char *)(uintptr_t) "en"};
	static char status_arg[] = "status", c_arg[] = "-C", ws_arg[] = "ws";
	if (r)
		memcpy(argv + 3, r->args, sizeof r->args);
	else
		memcpy(argv + 3, ((char *[]){c_arg, ws_arg, status_arg, NULL}),
		       4 * sizeof *argv);
	snprintf(kind_text, sizeof kind_text, "%d", (int)kind);
	snprintf(at_text, sizeof at_text, "%llu", (unsigned long long)at);
	snprintf(time_text, sizeof time_text, "%ld", EPOCH + later);
	p->counted->calls = p->counted->allocations = p->counted->struck = 0;
	p->counted->leader = 0;
	setenv("FAULT_KIND", kind_text, 1);
	setenv("FAULT_AT", at_text, 1);
	setenv("FAULT_SEED", later ? "2" : "1", 1);
	setenv("SOURCE_DATE_EPOCH", time_text, 1);
	setenv("LD_PRELOAD", injector, 1);
	setenv(control, p->count, 1);
	char in[500];
	snprintf(in, sizeof in, "%s/%s.in", rooms_folder, r ? r->name : "");
	int status =
	    run_with(p->folder, argv, access(in, R_OK) ? "/dev/null" : in,
		     p->out, p->err);
	unsetenv("LD_PRELOAD");
	unsetenv(control);
	return status;
}
