/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Plain git shows and merges documents by their meaning: a driver in the
 * repository's configuration, and in info/attributes which files it is for.
 * It touches nothing that git tracks, and only its own lines.
 */
#include "sharing_internal.h"

#include <stdlib.h>
#include <string.h>

#define BEGIN "# fria: begin %s\n"
#define END "# fria: end %s\n"

/* A workspace in a folder has a driver of its own, which knows the folder. */
static char *driver_name(const char *prefix)
{
	fria_buf out = FRIA_BUF_INIT;
	fria_buf_puts(&out, *prefix ? "fria-" : "fria");
	for (; *prefix; prefix++) {
		bool plain = (*prefix >= 'a' && *prefix <= 'z') ||
			     (*prefix >= 'A' && *prefix <= 'Z') ||
			     (*prefix >= '0' && *prefix <= '9');
		if (plain)
			fria_buf_putc(&out, *prefix);
		else
			fria_buf_printf(&out, "-%02x", (unsigned char)*prefix);
	}
	return fria_buf_detach(&out);
}

/* --- attributes --- */

/* A path as a pattern that means itself. */
static void put_pattern(fria_buf *out, const char *prefix, const char *rest)
{
	bool quoted = strpbrk(prefix, " \t\"") != NULL;
	fria_buf_puts(out, quoted ? "\"" : "");
	for (; *prefix; prefix++) {
		if (strchr("*?[\\", *prefix))
			fria_buf_puts(out, quoted ? "\\\\" : "\\");
		if (*prefix == '"' || (quoted && *prefix == '\\'))
			fria_buf_putc(out, '\\');
		fria_buf_putc(out, *prefix);
	}
	fria_buf_puts(out, rest);
	fria_buf_puts(out, quoted ? "\"" : "");
}

static void put_line(fria_buf *out, const char *prefix, const char *files,
		     const char *driver)
{
	char *rest = fria_format("%s%s", *prefix ? "/" : "", files);
	put_pattern(out, prefix, rest);
	fria_buf_puts(out, " merge=fria");
	if (driver)
		fria_buf_printf(out, " diff=%s", driver);
	fria_buf_putc(out, '\n');
	free(rest);
}

static void put_block(fria_buf *out, const char *prefix, const char *driver)
{
	fria_buf_printf(out, BEGIN, driver);
	put_line(out, prefix, FRIA_ASSESSMENTS "/*/*.json", driver);
	put_line(out, prefix, FRIA_INSTRUMENTS "/*.json", NULL);
	put_line(out, prefix, FRIA_CONFIG, NULL);
	fria_buf_printf(out, END, driver);
}

/* All of a file but our own block. */
static void put_others(fria_buf *out, const char *text, const char *driver)
{
	char *begin = fria_format(BEGIN, driver),
	     *end = fria_format(END, driver);
	const char *from = strstr(text, begin);
	const char *to = from ? strstr(from, end) : NULL;
	if (to) {
		fria_buf_put(out, text, (size_t)(from - text));
		fria_buf_puts(out, to + strlen(end));
	} else {
		fria_buf_puts(out, text);
	}
	free(begin);
	free(end);
}

static int set_attributes(bool *changed, bool *others, fria_store *store,
			  const char *prefix, const char *driver, bool undo,
			  fria_error *err)
{
	char *path = fria_store_info_path(store, "attributes");
	fria_buf old = FRIA_BUF_INIT, new = FRIA_BUF_INIT;
	int code = fria_path_exists(path) ? fria_file_read(&old, path, err) : 0;
	put_others(&new, old.text, driver);
	*others = strstr(new.text, " merge=fria") != NULL;
	if (!undo && new.n &&new.text[new.n - 1] != '\n')
		fria_buf_putc(&new, '\n');
	if (!undo)
		put_block(&new, prefix, driver);
	*changed = strcmp(old.text, new.text) != 0;
	if (!code && *changed) {
		char *slash = strrchr(path, '/');
		*slash = '\0';
		code = fria_folder_make(path, err);
		*slash = '/';
		if (!code)
			code = fria_file_write(path, new.text, new.n, err);
	}
	fria_buf_dispose(&old);
	fria_buf_dispose(&new);
	free(path);
	return code;
}

/* --- configuration --- */

static int set_key(bool *changed, fria_store *store, const char *key,
		   const char *value, fria_error *err)
{
	fria_buf now = FRIA_BUF_INIT;
	bool set = fria_store_config(&now, store, key);
	bool same = value ? set && !strcmp(now.text, value) : !set;
	fria_buf_dispose(&now);
	if (same)
		return 0;
	*changed = true;
	return fria_store_config_set(store, key, value, err);
}

char *sharing_shell_word(const char *text)
{
	fria_buf out = FRIA_BUF_INIT;
	if (!strpbrk(text, " \t\n\"'\\$`&|;<>()*?[]{}~#!%"))
		return fria_strdup(text);
	fria_buf_putc(&out, '\'');
	for (; *text; text++)
		if (*text == '\'')
			fria_buf_puts(&out, "'\\''");
		else
			fria_buf_putc(&out, *text);
	fria_buf_putc(&out, '\'');
	return fria_buf_detach(&out);
}

/* Git runs it in the top folder, with the file at the end. */
static int set_diff(bool *changed, fria_store *store, const char *prefix,
		    const char *driver, const char *program, fria_error *err)
{
	char *key = fria_format("diff.%s.textconv", driver);
	char *folder = sharing_shell_word(prefix);
	char *command = NULL;
	if (program)
		command =
		    *folder ? fria_format("%s -C %s textconv", program, folder)
			    : fria_format("%s textconv", program);
	int code = set_key(changed, store, key, command, err);
	free(command);
	free(folder);
	free(key);
	return code;
}

static int set_merge(bool *changed, fria_store *store, const char *program,
		     fria_error *err)
{
	char *command =
	    program ? fria_format("%s merge-file %%O %%A %%B %%P", program)
		    : NULL;
	int code = set_key(changed, store, "merge.fria.driver", command, err);
	if (!code)
		code = set_key(changed, store, "merge.fria.name",
			       program ? "assessments by their meaning" : NULL,
			       err);
	free(command);
	return code;
}

/* The merge driver goes with the last workspace of the repository. */
int sharing_setup_git(bool *changed, fria_store *store, const char *prefix,
		      const char *program, bool undo, fria_error *err)
{
	char *driver = driver_name(prefix), *word = sharing_shell_word(program);
	bool others = false, first = false;
	int code = 0;
	*changed = false;
	if (!undo)
		code = set_diff(changed, store, prefix, driver, word, err);
	if (!code && !undo)
		code = set_merge(changed, store, word, err);
	if (!code)
		code = set_attributes(&first, &others, store, prefix, driver,
				      undo, err);
	if (!code && undo)
		code = set_diff(changed, store, prefix, driver, NULL, err);
	if (!code && undo && !others)
		code = set_merge(changed, store, NULL, err);
	*changed = *changed || first;
	free(word);
	free(driver);
	return code;
}

int fria_setup_git(bool *changed, fria_workspace *ws, const char *program,
		   bool undo, fria_error *err)
{
	return sharing_setup_git(changed, ws->store,
				 fria_store_prefix(ws->store), program, undo,
				 err);
}
