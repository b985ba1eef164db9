/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * git's configuration as git itself would see it here, and whose repository is
 * opened. libgit2 1.5 knows neither the configuration of one work tree nor
 * that of the environment, and of safe.directory only whole names.
 */
#include "store_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* --- what the environment adds --- */

/* Called for each, the later ones over the earlier; value NULL: "true". */
typedef void (*config_visit)(void *data, const char *key, const char *value);

/* GIT_CONFIG_COUNT, GIT_CONFIG_KEY_0, GIT_CONFIG_VALUE_0 ... */
static void visit_counted(config_visit visit, void *data)
{
	char name[48];
	const char *count = fria_variable("GIT_CONFIG_COUNT");
	unsigned long n = count ? strtoul(count, NULL, 10) : 0;
	for (unsigned long i = 0; i < n; i++) {
		snprintf(name, sizeof name, "GIT_CONFIG_KEY_%lu", i);
		const char *key = fria_variable(name);
		snprintf(name, sizeof name, "GIT_CONFIG_VALUE_%lu", i);
		const char *value = fria_variable(name);
		if (!key || !value)
			return; /* git stops there with an error */
		visit(data, key, value);
	}
}

/* One text between quotes ('it'\''s'), appended; what comes after it. */
static const char *unquote(fria_buf *out, const char *at)
{
	while (*at == '\'') {
		const char *end = strchr(at + 1, '\'');
		if (!end)
			return "";
		fria_buf_put(out, at + 1, (size_t)(end - at) - 1);
		at = end + 1;
		if (at[0] == '\\' && at[1] && at[2] == '\'') {
			fria_buf_putc(out, at[1]);
			at += 2;
		}
	}
	return at;
}

/* What `git -c KEY=VALUE` gives to the programs it starts. */
static void visit_parameters(config_visit visit, void *data)
{
	const char *at = fria_variable("GIT_CONFIG_PARAMETERS");
	while (at && *(at += strspn(at, " \n")) == '\'') {
		fria_buf key = FRIA_BUF_INIT, value = FRIA_BUF_INIT;
		bool has_value = false;
		at = unquote(&key, at);
		if (*at == '=') {
			has_value = true;
			at = unquote(&value, at + 1);
		}
		/* The older form has both between the same quotes. */
		char *is = has_value ? NULL : strchr(key.text, '=');
		if (is) {
			*is = '\0';
			visit(data, key.text, is + 1);
		} else {
			visit(data, key.text, has_value ? value.text : NULL);
		}
		fria_buf_dispose(&key);
		fria_buf_dispose(&value);
	}
}

typedef struct {
	const char *key;
	fria_buf value;
	bool found;
} config_search;

static void look_at(void *data, const char *key, const char *value)
{
	config_search *search = data;
	if (strcasecmp(key, search->key) != 0)
		return;
	fria_buf_clear(&search->value);
	fria_buf_puts(&search->value, value ? value : "true");
	search->found = true;
}

/* --- values --- */

/* What `git config --worktree` wrote; it goes before the rest. */
static void add_worktree(git_config *config, git_repository *repo)
{
	int on = 0;
	char *file =
	    fria_format("%sconfig.worktree", git_repository_path(repo));
	if (!git_config_get_bool(&on, config, "extensions.worktreeconfig") &&
	    on && fria_path_exists(file))
		git_config_add_file_ondisk(config, file, GIT_CONFIG_LEVEL_APP,
					   repo, 0);
	free(file);
}

/* The repository's levels lie above those of the user and the system. */
static int find_own(fria_buf *out, git_config *config, const char *key)
{
	git_config_iterator *all = NULL;
	git_config_entry *entry;
	int level = -1;
	if (!git_config_iterator_new(&all, config))
		while (!git_config_next(&entry, all)) {
			if (strcasecmp(entry->name, key) != 0 ||
			    (int)entry->level >= GIT_CONFIG_LEVEL_LOCAL ||
			    (int)entry->level < level)
				continue;
			level = (int)entry->level;
			fria_buf_clear(out);
			fria_buf_puts(out,
				      entry->value ? entry->value : "true");
		}
	git_config_iterator_free(all);
	return level < 0 ? GIT_ENOTFOUND : 0;
}

static int find_any(fria_buf *out, git_config *config, const char *key)
{
	git_buf value = {NULL, 0, 0};
	int code = git_config_get_string_buf(&value, config, key);
	if (!code)
		fria_buf_put(out, value.ptr, value.size);
	git_buf_dispose(&value);
	return code;
}

static bool find(fria_buf *out, fria_store *store, const char *key, bool own)
{
	config_search search = {key, FRIA_BUF_INIT, false};
	git_config *config = NULL;
	visit_counted(look_at, &search);
	visit_parameters(look_at, &search);
	store_start();
	int code = search.found ? 0
		   : store	? git_repository_config(&config, store->repo)
				: git_config_open_default(&config);
	if (search.found)
		fria_buf_put(out, search.value.text, search.value.n);
	else if (!code)
		code = own ? find_own(out, config, key)
			   : find_any(out, config, key);
	git_config_free(config);
	git_libgit2_shutdown();
	fria_buf_dispose(&search.value);
	return !code;
}

bool fria_store_config(fria_buf *out, fria_store *store, const char *key)
{
	return find(out, store, key, false);
}

bool fria_store_config_own(fria_buf *out, fria_store *store, const char *key)
{
	return find(out, store, key, true);
}

bool store_config_is(fria_store *store, const char *key)
{
	fria_buf value = FRIA_BUF_INIT;
	int on = 0;
	if (!fria_store_config(&value, store, key) ||
	    git_config_parse_bool(&on, value.n ? value.text : ""))
		on = 0;
	fria_buf_dispose(&value);
	return on != 0;
}

/* --- whose it is --- */

typedef struct {
	char *folder; /* without a final slash */
	bool trusted;
} ownership;

/* "*", the folder itself, or FOLDER/ * for all below it; "~/" is HOME's. */
static bool is_meant(const char *value, const char *folder)
{
	const char *home = fria_variable("HOME");
	char *full = home && !strncmp(value, "~/", 2)
			 ? fria_format("%s%s", home, value + 1)
			 : fria_strdup(value);
	size_t n = strlen(full);
	bool below = n > 1 && !strcmp(full + n - 2, "/*");
	bool meant = !strcmp(full, "*") || !strcmp(full, folder) ||
		     (below && !strncmp(full, folder, n - 1));
	if (!meant && n > 1 && full[n - 1] == '/') {
		full[n - 1] = '\0';
		meant = !strcmp(full, folder);
	}
	free(full);
	return meant;
}

/* The last word counts; an empty one takes back what was said before. */
static void weigh(void *data, const char *key, const char *value)
{
	ownership *o = data;
	if (strcasecmp(key, "safe.directory") != 0 || !value)
		return;
	o->trusted = *value && (o->trusted || is_meant(value, o->folder));
}

static int weigh_entry(const git_config_entry *entry, void *data)
{
	weigh(data, entry->name, entry->value);
	return 0;
}

/* Only the user's own words and the system's: never what the folder says. */
static bool is_trusted(git_repository *repo)
{
	const char *path = git_repository_is_bare(repo)
			       ? git_repository_path(repo)
			       : git_repository_workdir(repo);
	size_t n = strlen(path);
	ownership o = {fria_strndup(path, n > 1 ? n - 1 : n), false};
	git_config *config = NULL;
	if (!git_config_open_default(&config))
		git_config_get_multivar_foreach(config, "safe.directory", NULL,
						weigh_entry, &o);
	visit_counted(weigh, &o);
	visit_parameters(weigh, &o);
	git_config_free(config);
	free(o.folder);
	return o.trusted;
}

/* git opens these when they are first used, and what it cannot open then is
 * absent to whoever asked. */
static int open_contents(git_repository *repo)
{
	git_odb *objects = NULL;
	git_refdb *refs = NULL;
	int code = git_repository_odb(&objects, repo);
	if (!code)
		code = git_repository_refdb(&refs, repo);
	git_odb_free(objects);
	git_refdb_free(refs);
	return code ? GIT_ERROR : 0;
}

int store_open_repository(git_repository **out, const char *folder,
			  unsigned flags)
{
	git_config *config = NULL;
	git_repository *repo = NULL;
	int code = git_repository_open_ext(&repo, folder, flags, NULL);
	if (store_is_foreign(code)) {
		git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
		int again = git_repository_open_ext(&repo, folder, flags, NULL);
		git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 1);
		if (!again && is_trusted(repo)) {
			code = 0;
		} else {
			git_repository_free(repo);
			git_error_set_str(GIT_ERROR_CONFIG, "safe.directory");
			return GIT_EOWNER;
		}
	}
	if (!code)
		code = open_contents(repo);
	if (code) {
		git_repository_free(repo);
		return code;
	}
	if (!git_repository_config(&config, repo))
		add_worktree(config, repo);
	git_config_free(config);
	*out = repo;
	return 0;
}

int store_open_anew(fria_store *store, fria_error *err)
{
	git_repository *anew = NULL;
	const char *path = git_repository_path(store->repo);
	int code =
	    store_open_repository(&anew, path, GIT_REPOSITORY_OPEN_NO_SEARCH);
	if (!code)
		code = store_objects_add(&store->objects, anew);
	if (code) {
		git_repository_free(anew);
		return store_fail(err, code, path);
	}
	git_repository_free(store->repo);
	store->repo = anew;
	return 0;
}
