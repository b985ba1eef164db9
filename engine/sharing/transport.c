/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Transport: git, run to list, fetch and send, with fixed arguments and only
 * over protocols that are allowed. Credentials, ssh and proxies are as people
 * have them. Nothing that stands in a repository is ever run.
 */
#include "transport.h"

#include "sharing_internal.h"

#include <stdlib.h>
#include <string.h>

/* What a network may take before it counts as gone (fria.timeout, seconds). */
#define SECONDS 600
/* A list of references of 300,000 versions still fits. */
#define LIST_BYTES ((size_t)64 << 20)

/* --- which protocol --- */

/* "https", "ssh", "file" ...; for TRANSPORT::ADDRESS its first word. Owned. */
static char *protocol_of(const char *url)
{
	size_t n = strcspn(url, ":/");
	if (url[n] != ':')
		return fria_strdup("file");
	if (!strncmp(url + n, "://", 3) || !strncmp(url + n, "::", 2)) {
		char *name = fria_strndup(url, n);
		for (char *c = name; *c; c++)
			*c = *c >= 'A' && *c <= 'Z' ? (char)(*c + 32) : *c;
		if (strcmp(name, "git+ssh") != 0 &&
		    strcmp(name, "ssh+git") != 0)
			return name;
		free(name);
	}
	return fria_strdup("ssh"); /* HOST:PATH */
}

/* The user's own configuration allows it, not that of the repository. */
static bool is_configured(const char *protocol)
{
	fria_buf value = FRIA_BUF_INIT;
	char *key = fria_format("protocol.%s.allow", protocol);
	bool is = fria_store_config_own(&value, NULL, key) &&
		  !strcmp(value.text, "always");
	fria_buf_dispose(&value);
	free(key);
	return is;
}

/* 0, or the sentence that says why it is not used. */
static fria_word why_not(const char *protocol, const char *url)
{
	bool plain = !strcmp(protocol, "http") || !strcmp(protocol, "git");
	if (!strcmp(protocol, "file"))
		return 0;
	if (!strncmp(url + strcspn(url, ":/"), "::", 2))
		return FRIA_W_sync_protocol; /* git would start a helper */
	if (!strcmp(protocol, "https") || !strcmp(protocol, "ssh"))
		return 0;
	if (!plain)
		return FRIA_W_sync_protocol;
	return fria_url_is_loopback(url) || is_configured(protocol)
		   ? 0
		   : FRIA_W_sync_not_encrypted;
}

/* A password in a URL ends up in logs and configuration. */
static bool has_password(const char *url)
{
	char *authority = fria_url_authority(url);
	char *at = strrchr(authority, '@');
	bool has = at && memchr(authority, ':', (size_t)(at - authority));
	free(authority);
	return has;
}

int fria_transport_allow(fria_strings *allowed, const char *url,
			 fria_error *err)
{
	char *protocol = protocol_of(url);
	fria_word why = why_not(protocol, url);
	int code = 0;
	if (*url == '-' || !*url)
		code = fria_fail(err, FRIA_EINPUT, FRIA_W_sync_bad_url, "url",
				 url, NULL);
	else if (has_password(url))
		code =
		    fria_fail(err, FRIA_EREFUSED, FRIA_W_sync_password, NULL);
	else if (why)
		code = fria_fail(err, FRIA_EREFUSED, why, "protocol", protocol,
				 "url", url, NULL);
	else
		fria_strings_add_once(allowed, protocol);
	free(protocol);
	return code;
}

/* --- running git --- */

/* The user's own list of protocols (GIT_ALLOW_PROTOCOL) can only be narrower.
 */
static char *allow_list(const fria_strings *allowed)
{
	fria_buf out = FRIA_BUF_INIT;
	const char *own = fria_variable("GIT_ALLOW_PROTOCOL");
	for (size_t i = 0; i < allowed->n; i++) {
		char *within = fria_format(":%s:", own ? own : "");
		char *word = fria_format(":%s:", allowed->items[i]);
		if (!own || strstr(within, word))
			fria_buf_printf(&out, "%s%s", out.n ? ":" : "",
					allowed->items[i]);
		free(word);
		free(within);
	}
	if (!out.n)
		fria_buf_puts(&out, "none");
	return fria_buf_detach(&out);
}

static int seconds(fria_store *store)
{
	fria_buf value = FRIA_BUF_INIT;
	int n = 0;
	if (fria_store_config(&value, store, "fria.timeout"))
		n = atoi(value.text);
	fria_buf_dispose(&value);
	return n > 0 ? n : SECONDS;
}

int fria_transport_git(fria_ran *out, const fria_transport *t,
		       const char *const args[], const char *input,
		       fria_error *err)
{
	char *allow = allow_list(&t->allowed);
	const fria_git git = {.folder = fria_store_folder(t->store),
			      .args = args,
			      .protocols = allow,
			      .input = input,
			      .seconds = t->seconds,
			      .limit = LIST_BYTES};
	int code = fria_store_git(out, t->store, &git, err);
	free(allow);
	return code;
}

/* The lines of git's that say why, without its advice; at most a screen. */
static void put_reason(fria_buf *out, const char *text)
{
	while (*text && out->n < 1200) {
		size_t n = strcspn(text, "\n");
		if (n && strncmp(text, "hint:", 5) != 0)
			fria_buf_printf(out, "%s%.*s", out->n ? "\n" : "",
					(int)n, text);
		text += n + (text[n] == '\n');
	}
}

int fria_transport_ask(fria_buf *out, const fria_transport *t,
		       const char *const args[], fria_error *err)
{
	fria_ran ran;
	int code = fria_transport_git(&ran, t, args, NULL, err);
	if (code)
		return code;
	if (ran.status)
		code = fria_fail(err, FRIA_EIO, FRIA_W_sync_git, "command",
				 args[0], "git", ran.err.text, NULL);
	else if (out)
		fria_buf_put(out, ran.out.text, ran.out.n);
	fria_ran_dispose(&ran);
	return code;
}

int fria_transport_fail(const fria_transport *t, const fria_ran *ran,
			fria_word word, fria_error *err)
{
	fria_buf reason = FRIA_BUF_INIT;
	put_reason(&reason, ran->err.text);
	for (const char *at = ran->out.text; *at; at++) {
		size_t n = strcspn(at, "\n");
		if (*at == '!') /* a reference that was not taken */
			fria_buf_printf(&reason, "%s%.*s", reason.n ? "\n" : "",
					(int)n, at);
		at += n;
		if (!*at)
			break;
	}
	/* git does not always say what kept it from writing. */
	if (fria_says_full(reason.text) ||
	    fria_disk_is_full(fria_store_folder(t->store)) ||
	    (t->beside && fria_disk_is_full(t->beside)))
		word = FRIA_W_sync_full;
	int code = ran->late ? fria_fail(err, FRIA_EIO, FRIA_W_sync_late,
					 "remote", t->remote, NULL)
			     : fria_fail(err, FRIA_EIO, word, "remote",
					 t->remote, "git", reason.text, NULL);
	fria_buf_dispose(&reason);
	return code;
}

/* --- with whom --- */

/* The last address that is a folder of this computer: where things are sent. */
static void note_beside(fria_transport *t, const char *url)
{
	static const char scheme[] = "file://";
	bool named = !strncmp(url, scheme, sizeof scheme - 1);
	const char *path = named ? url + sizeof scheme - 1 : url;
	char *whole =
	    *path == '/'
		? fria_strdup(path)
		: fria_format("%s/%s", fria_store_folder(t->store), path);
	free(t->beside);
	t->beside = fria_path_real(whole);
	free(whole);
}

/* Allows the protocols of the addresses that git makes of the remote's name. */
static int allow_addresses(fria_strings *allowed, fria_transport *t,
			   const char *const args[], fria_error *err)
{
	fria_ran ran;
	int code = fria_transport_git(&ran, t, args, NULL, err);
	char *save = NULL;
	if (code)
		return code;
	if (ran.status)
		code = fria_transport_fail(t, &ran, FRIA_W_sync_no_list, err);
	for (char *url = strtok_r(ran.out.text, "\n", &save);
	     ran.out.n && url && !code; url = strtok_r(NULL, "\n", &save)) {
		code = fria_transport_allow(allowed, url, err);
		note_beside(t, url);
	}
	fria_ran_dispose(&ran);
	return code;
}

int fria_transport_open(fria_transport *t, fria_store *store,
			const char *remote, bool named, fria_error *err)
{
	const char *const from[] = {"ls-remote", "--get-url", "--", remote,
				    NULL};
	const char *const to[] = {"remote", "get-url", "--push", "--all",
				  "--",	    remote,    NULL};
	*t = (fria_transport){
	    .remote = remote, .store = store, .seconds = seconds(store)};
	int code = *remote == '-' || !*remote
		       ? fria_transport_allow(&t->allowed, remote, err)
		       : fria_store_refuse_programs(
			     store, fria_store_folder(store), err);
	if (!code)
		code = allow_addresses(&t->allowed, t, from, err);
	if (!code)
		code = allow_addresses(&t->sending, t, named ? to : from, err);
	return code;
}

void fria_transport_close(fria_transport *t)
{
	fria_strings_dispose(&t->allowed);
	free(t->beside);
	t->beside = NULL;
	fria_strings_dispose(&t->sending);
}

/* --- listing, fetching, sending --- */

/* "ID<TAB>NAME" lines. */
static int parse_list(fria_refs *out, char *text)
{
	char *save = NULL;
	for (char *line = strtok_r(text, "\n", &save); line;
	     line = strtok_r(NULL, "\n", &save)) {
		char *tab = strchr(line, '\t');
		if (!tab || tab - line != FRIA_ID_SIZE - 1)
			return FRIA_EINPUT;
		*tab = '\0';
		fria_ref *ref = FRIA_PUSH(out);
		*ref = (fria_ref){.name = fria_strdup(tab + 1)};
		memcpy(ref->id, line, FRIA_ID_SIZE);
	}
	return 0;
}

int fria_transport_list(fria_refs *out, const fria_transport *t,
			const char *const patterns[2], fria_error *err)
{
	const char *const args[] = {"ls-remote", "--quiet", "--refs",
				    "--",	 t->remote, patterns[0],
				    patterns[1], NULL};
	fria_ran ran;
	int code = fria_transport_git(&ran, t, args, NULL, err);
	if (code)
		return code;
	if (ran.status || ran.late || ran.cut ||
	    (ran.out.n && parse_list(out, ran.out.text)))
		code = fria_transport_fail(t, &ran, FRIA_W_sync_no_list, err);
	fria_refs_sort(out);
	fria_ran_dispose(&ran);
	return code;
}

/* "ref: refs/heads/main<TAB>HEAD" goes before the id. */
int fria_transport_head(fria_buf *out, const fria_transport *t, fria_error *err)
{
	static const char start[] = "ref: ";
	const char *const args[] = {"ls-remote", "--quiet", "--symref", "--",
				    t->remote,	 "HEAD",    NULL};
	fria_ran ran;
	int code = fria_transport_git(&ran, t, args, NULL, err);
	if (code)
		return code;
	if (ran.status || ran.late)
		code = fria_transport_fail(t, &ran, FRIA_W_sync_no_list, err);
	else if (ran.out.n && !strncmp(ran.out.text, start, sizeof start - 1))
		fria_buf_put(out, ran.out.text + sizeof start - 1,
			     strcspn(ran.out.text + sizeof start - 1, "\t\n"));
	fria_ran_dispose(&ran);
	return code;
}

/* The lock file that was in the way, from git's message; false for another. */
static bool find_lock(fria_buf *lock, const char *said)
{
	static const char before[] = "Unable to create '";
	const char *at = strstr(said, before);
	size_t n = at ? strcspn(at += sizeof before - 1, "'\n") : 0;
	if (n < 5 || strncmp(at + n - 5, ".lock", 5) != 0)
		return false;
	fria_buf_clear(lock);
	fria_buf_put(lock, at, n);
	return true;
}

int fria_transport_fetch(fria_buf *lock, const fria_transport *t,
			 const fria_strings *specs, fria_error *err)
{
	const char *const args[] = {"fetch",
				    "--atomic",
				    "--no-tags",
				    "--no-prune",
				    "--no-recurse-submodules",
				    "--no-auto-maintenance",
				    "--no-write-fetch-head",
				    "--stdin",
				    "--",
				    t->remote,
				    NULL};
	fria_buf input = FRIA_BUF_INIT;
	fria_ran ran;
	for (size_t i = 0; i < specs->n; i++)
		fria_buf_printf(&input, "%s\n", specs->items[i]);
	int code = fria_transport_git(&ran, t, args, input.text, err);
	fria_buf_dispose(&input);
	if (code)
		return code;
	if (ran.status || ran.late)
		code = fria_transport_fail(
		    t, &ran,
		    strstr(ran.err.text, "(non-fast-forward)")
			? FRIA_W_sync_rewritten
		    : strstr(ran.err.text, "fsck error") ? FRIA_W_sync_unsound
							 : FRIA_W_sync_no_fetch,
		    err);
	if (code && find_lock(lock, ran.err.text))
		code = FRIA_ELOCKED;
	fria_ran_dispose(&ran);
	return code;
}

/* More than fit on a command line go in parts; the first holds the branch. */
#define PART 500

/* The folder of the user's own hooks; false for one inside a repository. */
static bool own_hooks(fria_buf *out)
{
	return fria_store_config_own(out, NULL, "core.hooksPath") && out->n &&
	       strchr("/~", out->text[0]);
}

bool fria_transport_skips(fria_store *store, const char *hook)
{
	fria_buf own = FRIA_BUF_INIT;
	bool skips = !own_hooks(&own) && fria_store_has_hook(store, hook);
	fria_buf_dispose(&own);
	return skips;
}

/*
 * In a folder of this computer it is our own process that receives, with the
 * folder's configuration: that starts nothing either.
 */
static char *receiver(const char *hooks)
{
	char *word = sharing_shell_word(hooks);
	char *command = fria_format(
	    "--receive-pack=GIT_NO_LAZY_FETCH=1 git -c %s"
	    " -c core.fsmonitor=false -c core.alternateRefsCommand=true"
	    " -c receive.autogc=false -c receive.denyCurrentBranch=refuse"
	    " receive-pack",
	    word);
	free(word);
	return command;
}

/* To folders, or over a network: never both, for one receiver serves all. */
static fria_strings one_kind(const fria_strings *all, bool *local)
{
	fria_strings some = FRIA_STRINGS_INIT;
	*local = all->n == 1 && !strcmp(all->items[0], "file");
	for (size_t i = 0; i < all->n; i++)
		if (*local || strcmp(all->items[i], "file") != 0)
			fria_strings_add(&some, all->items[i]);
	return some;
}

static int push_part(fria_buf *lock, const fria_transport *t,
		     char *const *specs, size_t n, fria_error *err)
{
	static const char *const fixed[] = {
	    "-c",	 NULL,
	    "push",	 NULL,
	    "--quiet",	 "--porcelain",
	    "--atomic",	 "--no-follow-tags",
	    "--no-thin", "--no-recurse-submodules",
	    "--"};
	enum { FIXED = sizeof fixed / sizeof *fixed };
	const char *args[FIXED + PART + 2];
	fria_buf own = FRIA_BUF_INIT;
	fria_error why = FRIA_ERROR_INIT;
	fria_transport to = *t;
	fria_ran ran;
	bool local;
	char *hooks = fria_format("core.hooksPath=%s",
				  own_hooks(&own) ? own.text : "/dev/null");
	char *receive = receiver(hooks);
	to.allowed = one_kind(&t->sending, &local);
	memcpy(args, fixed, sizeof fixed);
	args[1] = hooks;
	args[3] = local ? receive : "--receive-pack=git-receive-pack";
	args[FIXED] = t->remote;
	for (size_t i = 0; i < n; i++)
		args[FIXED + 1 + i] = specs[i];
	args[FIXED + 1 + n] = NULL;
	int code = fria_transport_git(&ran, &to, args, NULL, err);
	fria_strings_dispose(&to.allowed);
	fria_buf_dispose(&own);
	free(receive);
	free(hooks);
	if (code)
		return code;
	if (ran.status || ran.late)
		code = fria_transport_fail(t, &ran, FRIA_W_sync_no_push, &why);
	bool full = why.word == FRIA_W_sync_full;
	if (code && find_lock(lock, ran.err.text))
		code = FRIA_ELOCKED;
	else if (code && !full && !ran.late && strchr(ran.out.text, '!'))
		code = FRIA_ERACE;
	if (code && err)
		*err = why;
	fria_ran_dispose(&ran);
	return code;
}

int fria_transport_push(fria_buf *lock, const fria_transport *t,
			const fria_strings *specs, fria_error *err)
{
	int code = 0;
	for (size_t i = 0; i < specs->n && !code; i += PART) {
		size_t n = specs->n - i < PART ? specs->n - i : PART;
		code = push_part(lock, t, specs->items + i, n, err);
	}
	return code;
}
