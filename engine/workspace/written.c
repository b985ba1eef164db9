/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the program itself writes in a workspace, for who reads it without fria
 * and for editors: a file that tells what is there, and the schemas. Each has a
 * line with the version that wrote it and the digest of all the rest, by which
 * a later program knows that nobody changed it since.
 */
#include "../data/markdown.h"
#include "workspace.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
	const char *opens, *closes;
} lines[] = {{"<!-- fria ", " -->\n"}, {"  \"$comment\": \"fria ", "\",\n"}};

static bool is_schema(const char *path)
{
	return !strncmp(path, "schemas/", 8);
}

/* In a schema the line is the first member, elsewhere the last line. */
static void add(fria_writings *list, const char *path, const char *bytes,
		size_t n)
{
	bool schema = is_schema(path);
	size_t at = schema ? strcspn(bytes, "\n") + 1 : n;
	char digest[FRIA_DIGEST_SIZE];
	fria_written one = {.path = fria_strdup(path)};
	fria_buf_init(&one.bytes);
	fria_digest_bytes(digest, bytes, n);
	fria_buf_put(&one.bytes, bytes, at);
	fria_buf_printf(&one.bytes, "%s%s %s%s", lines[schema].opens,
			FRIA_VERSION, digest, lines[schema].closes);
	fria_buf_put(&one.bytes, bytes + at, n - at);
	*FRIA_PUSH(list) = one;
}

void fria_writings_make(fria_writings *out, const char *organisation,
			fria_lang lang)
{
	fria_buf text = FRIA_BUF_INIT, title = FRIA_BUF_INIT;
	size_t at = 0, n;
	const char *key;
	*out = (fria_writings){NULL, 0};
	fria_markdown_escape(&title, organisation);
	fria_say(&text, lang, FRIA_W_workspace_readme, "organisation",
		 title.text, NULL);
	add(out, lang == FRIA_NL ? "LEESMIJ.md" : "README.md", text.text,
	    text.n);
	while (fria_embedded_next(&at, &key))
		if (is_schema(key)) {
			const char *bytes = fria_embedded(key, &n);
			add(out, key, bytes, n);
		}
	fria_buf_dispose(&title);
	fria_buf_dispose(&text);
}

void fria_writings_dispose(fria_writings *list)
{
	for (size_t i = 0; i < list->n; i++) {
		free(list->items[i].path);
		fria_buf_dispose(&list->items[i].bytes);
	}
	free(list->items);
}

/* 0.10.0 comes after 0.9.1. */
static bool is_later(const char *version, const char *than)
{
	int a[3] = {0, 0, 0}, b[3] = {0, 0, 0};
	sscanf(version, "%d.%d.%d", &a[0], &a[1], &a[2]);
	sscanf(than, "%d.%d.%d", &b[0], &b[1], &b[2]);
	for (int i = 0; i < 3; i++)
		if (a[i] != b[i])
			return a[i] > b[i];
	return false;
}

/* The digest in the line of a file; false where it has none, or was changed
 * since, or a later program wrote it. */
static bool own_digest(char out[FRIA_DIGEST_SIZE], const char *path,
		       const fria_buf *text)
{
	char version[16], digest[FRIA_DIGEST_SIZE];
	const char *opens = lines[is_schema(path)].opens;
	const char *line = text->n ? strstr(text->text, opens) : NULL;
	const char *end = line ? strchr(line, '\n') : NULL;
	if (!end ||
	    sscanf(line + strlen(opens), "%15s %40[0-9a-f]", version, out) != 2)
		return false;
	fria_buf rest = FRIA_BUF_INIT;
	fria_buf_put(&rest, text->text, (size_t)(line - text->text));
	fria_buf_put(&rest, end + 1, text->n - (size_t)(end + 1 - text->text));
	fria_digest_bytes(digest, rest.text ? rest.text : "", rest.n);
	fria_buf_dispose(&rest);
	return !strcmp(digest, out) && !is_later(version, FRIA_VERSION);
}

/* Fria 0.1 wrote no such line. */
static bool first_digest(char out[FRIA_DIGEST_SIZE], const fria_buf *text)
{
	static const char *const first[] = {
#define WRITTEN(id) id,
#include "written.def"
#undef WRITTEN
	};
	fria_digest_bytes(out, text->text ? text->text : "", text->n);
	for (size_t i = 0; i < sizeof first / sizeof *first; i++)
		if (!strcmp(out, first[i]))
			return true;
	return false;
}

bool fria_written_is_older(const fria_written *now, const fria_buf *text)
{
	char was[FRIA_DIGEST_SIZE], is[FRIA_DIGEST_SIZE];
	return (own_digest(was, now->path, text) || first_digest(was, text)) &&
	       own_digest(is, now->path, &now->bytes) && strcmp(was, is) != 0;
}
