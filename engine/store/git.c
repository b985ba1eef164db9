/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * git, run for what libgit2 does not do. A repository may come from anybody,
 * and its configuration with it: what that names as a program is not started,
 * its hooks do not run, and its replaced objects are not followed.
 */
#include "store_internal.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
	const char **items;
	size_t n;
} words;

/* What holds over all configuration, whoever it is by. */
static const char *const fixed[] = {"core.hooksPath=/dev/null",
				    "core.fsmonitor=false",
				    "core.pager=cat",
				    "core.alternateRefsCommand=true",
				    "gc.auto=0",
				    "maintenance.auto=false",
				    "submodule.recurse=false",
				    "log.showSignature=false",
				    "transfer.fsckObjects=true",
				    "fetch.fsckObjects=true",
				    "advice.pushUpdateRejected=false"};

/* The same words for everybody; and nothing that moves the repository. */
static const char *const environment[] = {"LC_ALL=C.UTF-8",
					  "GIT_NO_REPLACE_OBJECTS=1",
					  "GIT_DIR",
					  "GIT_WORK_TREE",
					  "GIT_INDEX_FILE",
					  "GIT_PREFIX",
					  "GIT_COMMON_DIR",
					  "GIT_NAMESPACE",
					  "GIT_OBJECT_DIRECTORY",
					  "GIT_ALTERNATE_OBJECT_DIRECTORIES"};

/* KEY=VALUE for what only the user may choose; the caller frees. */
static void add_owns(fria_strings *out, fria_store *store)
{
	static const char *const formats[] = {"openpgp", "x509", "ssh"};
	static const char *const keys[] = {"gpg.program", "gpg.x509.program",
					   "gpg.ssh.program"};
	static const char *const kept[] = {"push.gpgSign", "gpg.minTrustLevel",
					   "gpg.ssh.revocationFile"};
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		char *program = store_signer(store, formats[i]);
		char *setting = fria_format("%s=%s", keys[i], program);
		fria_strings_add(out, setting);
		free(setting);
		free(program);
	}
	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
		fria_buf value = FRIA_BUF_INIT;
		bool set = fria_store_config_own(&value, store, kept[i]);
		char *setting =
		    fria_format("%s=%s", kept[i], set ? value.text : "false");
		if (set || i == 0)
			fria_strings_add(out, setting);
		free(setting);
		fria_buf_dispose(&value);
	}
}

int fria_store_git(fria_ran *out, fria_store *store, const fria_git *git,
		   fria_error *err)
{
	words argv = {NULL, 0}, env = {NULL, 0};
	fria_strings owns = FRIA_STRINGS_INIT;
	char *allow = fria_format("GIT_ALLOW_PROTOCOL=%s",
				  git->protocols ? git->protocols : "none");
	*FRIA_PUSH(&argv) = "git";
	add_owns(&owns, store);
	for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++) {
		*FRIA_PUSH(&argv) = "-c";
		*FRIA_PUSH(&argv) = fixed[i];
	}
	for (size_t i = 0; i < owns.n; i++) {
		*FRIA_PUSH(&argv) = "-c";
		*FRIA_PUSH(&argv) = owns.items[i];
	}
	*FRIA_PUSH(&argv) = git->folder ? "-C" : "--git-dir";
	*FRIA_PUSH(&argv) =
	    git->folder ? git->folder : git_repository_path(store->repo);
	for (size_t i = 0; git->args[i]; i++)
		*FRIA_PUSH(&argv) = git->args[i];
	*FRIA_PUSH(&argv) = NULL;
	for (size_t i = 0; i < sizeof environment / sizeof *environment; i++)
		*FRIA_PUSH(&env) = environment[i];
	*FRIA_PUSH(&env) = allow;
	*FRIA_PUSH(&env) = NULL;
	const fria_program program = {.argv = argv.items,
				      .env = env.items,
				      .input = git->input,
				      .input_n =
					  git->input ? strlen(git->input) : 0,
				      .seconds = git->seconds,
				      .limit = git->limit};
	int code = fria_run_caught(out, &program, err);
	fria_strings_dispose(&owns);
	free(argv.items);
	free(env.items);
	free(allow);
	return code;
}

/* --- what would be run all the same --- */

/*
 * Settings by which git starts a program when it fetches or sends, and which
 * nothing said over them takes away.
 */
static const char *const runs = "^(core\\.(sshcommand|gitproxy|askpass)|"
				"remote\\..*\\.(uploadpack|receivepack|vcs)|"
				"credential\\.(.*\\.)?helper)$";

/* "scope NUL name LF value NUL": one that is not the user's own, or NULL. */
static const char *find_foreign(const fria_buf *list)
{
	const char *at = list->text, *end = at + list->n;
	while (at < end) {
		const char *name = at + strlen(at) + 1;
		if (name >= end)
			return NULL;
		const char *value = strchr(name, '\n');
		bool own = strcmp(at, "local") && strcmp(at, "worktree");
		bool helper = !strncmp(name, "credential.", 11);
		/* git's own helpers are named by a word. */
		if (!own && !(helper && value && !strpbrk(value + 1, "!/ ")))
			return name;
		at = name + strlen(name) + 1;
	}
	return NULL;
}

int fria_store_refuse_programs(fria_store *store, const char *folder,
			       fria_error *err)
{
	const char *const args[] = {"config",	    "-z", "--show-scope",
				    "--get-regexp", runs, NULL};
	const fria_git git = {.folder = folder, .args = args, .seconds = 60};
	fria_ran ran;
	int code = fria_store_git(&ran, store, &git, err);
	if (code)
		return code;
	const char *name = ran.status ? NULL : find_foreign(&ran.out);
	if (name) {
		char *key = fria_strndup(name, strcspn(name, "\n"));
		code = fria_fail(err, FRIA_EREFUSED, FRIA_W_sync_program, "key",
				 key, NULL);
		free(key);
	}
	fria_ran_dispose(&ran);
	return code;
}
