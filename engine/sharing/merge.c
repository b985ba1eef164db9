/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Another line of history joined to this one: documents by meaning, all other
 * files only where one side changed them. One atomic commit, or a merge that
 * waits for people; it never chooses for them (conflicts.c).
 */
#include "sharing_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How often somebody may save meanwhile. */
enum { TRIES = 5 };

void fria_merged_dispose(fria_merged *merged)
{
	fria_strings_dispose(&merged->documents);
	*merged = (fria_merged){.kind = FRIA_MERGED_ALREADY};
}

/* --- several common ancestors --- */

static int read_at(json_t **out, const fria_workspace *ws, const char *commit,
		   const char *path, fria_error *err)
{
	char id[FRIA_ID_SIZE];
	fria_store_blob_at(id, ws->store, commit, path);
	return documents_read_one(out, ws, path, id, err);
}

/* The ancestors merged: what both sides can be said to have started from. */
static int common_base(json_t **out, const fria_workspace *ws,
		       const fria_fork *fork, const char *path, fria_error *err)
{
	json_t *made = NULL;
	int code = read_at(&made, ws, fork->bases.items[0], path, err);
	for (size_t i = 1; i < fork->bases.n && !code; i++) {
		document_sides sides = {NULL, made, NULL};
		fria_strings older = FRIA_STRINGS_INIT;
		fria_merge merged;
		code =
		    read_at(&sides.theirs, ws, fork->bases.items[i], path, err);
		if (!code)
			code = fria_store_merge_bases(
			    &older, ws->store, fork->bases.items[0],
			    fork->bases.items[i], err);
		if (!code && older.n)
			code =
			    read_at(&sides.base, ws, older.items[0], path, err);
		if (!code) {
			documents_merge(&merged, ws, &sides, NULL);
			made = json_incref(merged.document);
			fria_merge_dispose(&merged);
			documents_dispose(&sides);
		}
		fria_strings_dispose(&older);
	}
	*out = made;
	return code;
}

/* --- what the merge makes of each path --- */

/* A path's result; bytes NULL: theirs is taken as it is, or it is gone. */
typedef struct {
	fria_path_sides *sides;
	fria_buf bytes;
	fria_merge merge;
	bool merged;
} joined;

typedef struct {
	fria_workspace *ws;
	fria_fork fork;
	struct {
		joined *items;
		size_t n;
	} paths;
	fria_strings foreign; /* changed on both sides, and no documents */
	json_t *applications; /* path to what became of it */
	json_t *held;	      /* path to what HEAD has there, where not ours */
} join;

static void join_dispose(join *j)
{
	for (size_t i = 0; i < j->paths.n; i++) {
		fria_buf_dispose(&j->paths.items[i].bytes);
		fria_merge_dispose(&j->paths.items[i].merge);
	}
	free(j->paths.items);
	fria_strings_dispose(&j->foreign);
	json_decref(j->applications);
	json_decref(j->held);
	fria_fork_dispose(&j->fork);
}

static bool same(const fria_path_sides *p, const char *a, unsigned mode_a,
		 const char *b, unsigned mode_b)
{
	return !p->bases && !strcmp(a, b) && mode_a == mode_b;
}

/* The application that an assessment is about, as it will be; or NULL. New. */
static json_t *application_beside(const join *j, const char *path)
{
	const char *slash = strrchr(path, '/');
	char *beside = slash ? fria_format("%.*s/" FRIA_APPLICATION_FILE,
					   (int)(slash - path), path)
			     : fria_strdup(FRIA_APPLICATION_FILE);
	json_t *application =
	    json_incref(json_object_get(j->applications, beside));
	if (!application)
		read_at(&application, j->ws, j->fork.ours, beside, NULL);
	free(beside);
	return application;
}

static bool is_application(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash && !strcmp(slash + 1, FRIA_APPLICATION_FILE);
}

static void note_application(join *j, const joined *one)
{
	if (!is_application(one->sides->path))
		return;
	json_t *document = json_incref(one->merge.document);
	if (!one->merged)
		documents_read_one(&document, j->ws, one->sides->path,
				   one->sides->theirs, NULL);
	if (document)
		json_object_set(j->applications, one->sides->path, document);
	json_decref(document);
}

/* Both changed it. */
static int join_documents(join *j, joined *one, fria_error *err)
{
	document_sides sides;
	fria_path_sides *p = one->sides;
	if (documents_read(&sides, j->ws, p, NULL)) {
		fria_strings_add(&j->foreign, p->path);
		return 0;
	}
	int code = 0;
	if (p->bases) {
		json_decref(sides.base);
		code = common_base(&sides.base, j->ws, &j->fork, p->path, err);
	}
	json_t *application = application_beside(j, p->path);
	if (!code) {
		documents_merge(&one->merge, j->ws, &sides, application);
		one->merged = true;
		if (one->merge.document)
			code = fria_json_write_document(
			    &one->bytes, p->path, one->merge.document, err);
	}
	json_decref(application);
	documents_dispose(&sides);
	return code;
}

static int join_path(join *j, fria_path_sides *p, fria_error *err)
{
	joined one = {.sides = p, .bytes = FRIA_BUF_INIT};
	int code = 0;
	if (!j->fork.forward &&
	    same(p, p->base, p->modes[0], p->theirs, p->modes[2]))
		return 0;
	if (!j->fork.forward &&
	    !same(p, p->base, p->modes[0], p->ours, p->modes[1]))
		code = join_documents(j, &one, err);
	note_application(j, &one);
	*FRIA_PUSH(&j->paths) = one;
	return code;
}

/* Applications first: what answers rest on. */
static int join_paths(join *j, fria_error *err)
{
	int code = 0;
	for (int round = 0; round < 2; round++)
		for (size_t i = 0; i < j->fork.paths.n && !code; i++) {
			fria_path_sides *p = &j->fork.paths.items[i];
			if (is_application(p->path) == !round)
				code = join_path(j, p, err);
		}
	return code;
}

static int refuse_foreign(const join *j, fria_error *err)
{
	fria_buf names = FRIA_BUF_INIT;
	if (!j->foreign.n)
		return 0;
	for (size_t i = 0; i < j->foreign.n && i < 10; i++)
		fria_buf_printf(&names, i ? ", %s" : "%s", j->foreign.items[i]);
	int code = fria_fail(err, FRIA_EREFUSED, FRIA_W_merge_foreign, "paths",
			     names.text, "theirs", j->fork.theirs, NULL);
	fria_buf_dispose(&names);
	return code;
}

/* --- recording it --- */

static void fill_change(fria_change *c, const join *j, const joined *one)
{
	const char *held = fria_json_text(j->held, one->sides->path);
	*c = (fria_change){.path = one->sides->path,
			   .base = held ? held : one->sides->ours};
	if (!one->merged) {
		c->take = one->sides;
		return;
	}
	c->bytes = one->merge.document ? one->bytes.text : NULL;
	c->n = one->bytes.n;
	if (one->merge.n)
		c->keep = one->sides;
}

static void say_message(fria_buf *out, const join *j)
{
	fria_commit theirs = {.at = 0};
	const char *who = j->fork.theirs;
	if (!fria_store_commit_read(&theirs, j->ws->store, j->fork.theirs,
				    NULL))
		who = theirs.author;
	fria_say(out, j->ws->lang, FRIA_W_commit_merge, "who", who, NULL);
	fria_buf_putc(out, '\n');
	fria_commit_dispose(&theirs);
}

static void tell(fria_merged *out, const join *j)
{
	out->kind = j->fork.forward ? FRIA_MERGED_FORWARD : FRIA_MERGED_BOTH;
	out->paths = j->paths.n;
	for (size_t i = 0; i < j->paths.n; i++) {
		const joined *one = &j->paths.items[i];
		out->conflicts += one->merge.n;
		if (!one->merge.n)
			continue;
		char *name = documents_name(j->ws, one->sides->path);
		fria_strings_add(&out->documents, name);
		free(name);
		out->kind = FRIA_MERGED_STOPPED;
	}
}

static int record(fria_merged *out, const join *j, fria_error *err)
{
	fria_change *changes = fria_calloc(j->paths.n + 1, sizeof *changes);
	fria_buf message = FRIA_BUF_INIT;
	say_message(&message, j);
	for (size_t i = 0; i < j->paths.n; i++)
		fill_change(&changes[i], j, &j->paths.items[i]);
	fria_commit_request request = {.changes = changes,
				       .n = j->paths.n,
				       .message = message.text,
				       .whole = true,
				       .from = j->fork.ours,
				       .theirs = j->fork.theirs,
				       .forward = j->fork.forward};
	fria_record_people(&request, &j->ws->session);
	int code =
	    out->kind == FRIA_MERGED_STOPPED
		? fria_store_stop(j->ws->store, &request, err)
		: fria_store_commit(out->commit, j->ws->store, &request, err);
	for (size_t i = 0; i < j->paths.n && !code; i++)
		if (j->paths.items[i].merge.n)
			code = conflicts_note(j->ws, j->paths.items[i].sides,
					      &j->paths.items[i].merge, err);
	free(changes);
	fria_buf_dispose(&message);
	return code;
}

static int try_once(fria_merged *out, fria_workspace *ws, const char *theirs,
		    fria_error *err)
{
	join j = {
	    .ws = ws, .applications = json_object(), .held = json_object()};
	int code = fria_store_fork(&j.fork, ws->store, theirs, err);
	if (!code) {
		memcpy(out->commit, j.fork.ours, FRIA_ID_SIZE);
		if (!j.fork.known)
			code = incoming_check(ws->store, "", &j.fork, err);
		if (!code && !j.fork.known && !j.fork.forward)
			code = renamed_follow(j.held, ws, &j.fork, err);
		if (!code && !j.fork.known)
			code = join_paths(&j, err);
	}
	if (!code)
		code = refuse_foreign(&j, err);
	if (!code && !j.fork.known) {
		tell(out, &j);
		code = record(out, &j, err);
	}
	join_dispose(&j);
	return code;
}

int fria_merge_commit(fria_merged *out, fria_workspace *ws, const char *theirs,
		      fria_error *err)
{
	fria_error inner = FRIA_ERROR_INIT;
	char before[FRIA_ID_SIZE], now[FRIA_ID_SIZE];
	*out = (fria_merged){.kind = FRIA_MERGED_ALREADY};
	int code = fria_act_begin(ws, NULL, err);
	if (code)
		return code;
	code = conflicts_refuse(ws, NULL, &inner);
	for (int i = 0; i < TRIES && !code; i++) {
		fria_store_head(before, ws->store);
		inner = (fria_error)FRIA_ERROR_INIT;
		code = try_once(out, ws, theirs, &inner);
		fria_store_head(now, ws->store);
		if (code != FRIA_ERACE || !strcmp(before, now))
			break;
		/* Somebody saved meanwhile: from where that is now. */
		fria_merged_dispose(out);
		code = 0;
	}
	if (code && err)
		*err = inner;
	if (code)
		fria_merged_dispose(out);
	fria_act_end(ws);
	return code;
}
