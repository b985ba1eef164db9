/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a walk over history found, kept in the repository's own folder so that
 * the next one only looks at new commits. It is derived: known by commit ids
 * alone, safe to delete, and of no use to anyone but history.c.
 *
 * A file for each list of paths: a line that says what it rests on, the tip,
 * then a line for each commit: its id, c (the rest of the file is what a walk
 * that has nothing left but this commit finds) or b (its parents are not
 * here), and the blob ids at the paths, there and in its first parent.
 */
#include "store_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEX (FRIA_ID_SIZE - 1)

/* The file's name, by the paths and the kind of walk. The caller frees. */
static char *file_of(const touches_of *of)
{
	fria_buf key = FRIA_BUF_INIT;
	char hex[FRIA_ID_SIZE];
	git_oid id;
	for (size_t i = 0; i < of->n; i++) {
		fria_strings former = FRIA_STRINGS_INIT;
		fria_buf_put(&key, of->paths[i], strlen(of->paths[i]) + 1);
		store_former_paths(&former, of->store, of->paths[i]);
		for (size_t k = 0; k < former.n; k++)
			fria_buf_printf(&key, "<%s", former.items[k]);
		fria_strings_dispose(&former);
	}
	if (of->whole)
		fria_buf_puts(&key, "*");
	git_odb_hash(&id, key.text, key.n, GIT_OBJECT_BLOB);
	git_oid_tostr(hex, sizeof hex, &id);
	fria_buf_dispose(&key);
	return fria_format("%s/touched-%.16s", of->store->own, hex);
}

/*
 * A clone that is made deeper or shallower has another history under the same
 * ids: the first line changes with the list of where it ends.
 */
static void put_first(fria_buf *out, const fria_store *store)
{
	fria_buf shallow = FRIA_BUF_INIT;
	char hex[FRIA_ID_SIZE];
	git_oid id;
	char *file =
	    fria_format("%sshallow", git_repository_commondir(store->repo));
	if (fria_path_exists(file))
		fria_file_read(&shallow, file, NULL);
	git_odb_hash(&id, shallow.text, shallow.n, GIT_OBJECT_BLOB);
	git_oid_tostr(hex, sizeof hex, &id);
	fria_buf_printf(out, "fria touched 2 %s\n", hex);
	fria_buf_dispose(&shallow);
	free(file);
}

/* --- reading --- */

static bool is_id(const char *text)
{
	return strspn(text, "0123456789abcdef") >= HEX;
}

/* One line; false if it is none. */
static const char *parse_ids(char out[][FRIA_ID_SIZE], const char *line,
			     size_t n)
{
	for (size_t i = 0; i < n; i++, line += FRIA_ID_SIZE)
		if (line[1] != '-')
			memcpy(out[i], line + 1, HEX);
	return line;
}

static bool parse_line(touch *t, const char *line, size_t n, size_t paths)
{
	if (n != HEX + 2 + 2 * paths * FRIA_ID_SIZE || !is_id(line))
		return false;
	memcpy(t->public.commit, line, HEX);
	t->cut = line[HEX + 1] == 'c' || line[HEX + 1] == 'e';
	t->public.boundary = line[HEX + 1] == 'b' || line[HEX + 1] == 'e';
	line = parse_ids(t->public.entries, line + HEX + 2, paths);
	parse_ids(t->public.before, line, paths);
	return true;
}

/* All or nothing: a file that was cut short or written over is not used. */
static bool parse(touches *out, const char *at, const char *end, size_t paths)
{
	if (end - at < FRIA_ID_SIZE || !is_id(at))
		return false;
	memcpy(out->tip, at, HEX);
	at += FRIA_ID_SIZE;
	while (at < end) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));
		if (!stop)
			return false;
		if (stop - at == 3 && !strncmp(at, "end", 3))
			return stop + 1 == end;
		touch *t = FRIA_PUSH(out);
		*t = (touch){.cut = false};
		if (!parse_line(t, at, (size_t)(stop - at), paths))
			return false;
		at = stop + 1;
	}
	return false;
}

/* The slot of a commit, or the empty one where it would be. */
static size_t touches_slot(const touches *list, const char *commit)
{
	size_t at = 0;
	for (size_t i = 0; i < 12; i++)
		at = at * 31 + (unsigned char)commit[i];
	at &= list->room - 1;
	while (list->slots[at] &&
	       strcmp(list->items[list->slots[at] - 1].public.commit, commit) !=
		   0)
		at = (at + 1) & (list->room - 1);
	return at;
}

static void index_cuts(touches *list)
{
	list->room = 16;
	while (list->room < list->n * 2 + 2)
		list->room *= 2;
	list->slots = fria_calloc(list->room, sizeof *list->slots);
	for (size_t i = list->n; i-- > 0;)
		if (list->items[i].cut)
			list->slots[touches_slot(
			    list, list->items[i].public.commit)] = i + 1;
}

void touches_load(touches *out, const touches_of *of)
{
	fria_buf text = FRIA_BUF_INIT, first = FRIA_BUF_INIT;
	char *file = file_of(of);
	bool good = !of->store->doubted && fria_path_exists(file) &&
		    !fria_file_read(&text, file, NULL);
	put_first(&first, of->store);
	good = good && text.n > first.n &&
	       !memcmp(text.text, first.text, first.n) &&
	       parse(out, text.text + first.n, text.text + text.n, of->n);
	if (!good)
		touches_dispose(out);
	index_cuts(out);
	fria_buf_dispose(&text);
	fria_buf_dispose(&first);
	free(file);
}

size_t touches_find(const touches *list, const char *commit)
{
	if (list->tip[0] && !strcmp(list->tip, commit))
		return 0;
	size_t at = list->slots[touches_slot(list, commit)];
	return at ? at - 1 : FRIA_STORE_NONE;
}

void touches_dispose(touches *list)
{
	free(list->items);
	free(list->slots);
	*list = (touches){.items = NULL};
}

/* --- writing --- */

static void put_ids(fria_buf *out, char ids[][FRIA_ID_SIZE], size_t n)
{
	static const char none[] = "----------------------------------------";
	for (size_t i = 0; i < n; i++) {
		fria_buf_putc(out, ' ');
		fria_buf_put(out, ids[i][0] ? ids[i] : none, HEX);
	}
}

static void put_line(fria_buf *out, touch *t, size_t paths)
{
	fria_buf_put(out, t->public.commit, HEX);
	fria_buf_putc(out, ' ');
	if (t->public.boundary)
		fria_buf_putc(out, t->cut ? 'e' : 'b');
	else
		fria_buf_putc(out, t->cut ? 'c' : '.');
	put_ids(out, t->public.entries, paths);
	put_ids(out, t->public.before, paths);
	fria_buf_putc(out, '\n');
}

/* Another process may write it at the same moment: both write what is so. */
void touches_keep(const touches_of *of, const char *tip, const touches *found,
		  const touches *known, size_t from)
{
	fria_buf out = FRIA_BUF_INIT;
	if (store_rehearses(of->store))
		return;
	char *file = file_of(of);
	put_first(&out, of->store);
	fria_buf_printf(&out, "%s\n", tip);
	for (size_t i = 0; i < found->n; i++)
		put_line(&out, &found->items[i], of->n);
	for (size_t i = from; i < known->n; i++)
		put_line(&out, &known->items[i], of->n);
	fria_buf_puts(&out, "end\n");
	if (out.n < FRIA_MAX_BYTES && !fria_folder_make(of->store->own, NULL))
		fria_file_write(file, out.text, out.n, NULL);
	fria_buf_dispose(&out);
	free(file);
}
