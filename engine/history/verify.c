/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Is the past what the documents say it was? Approvals and bases were
 * committed by whom they name, versions hold what their tags bind, and
 * nothing was put in their place. It judges nobody: each finding says what is
 * seen, and what to do.
 */
#include "history_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { APPLICATION, ASSESSMENT };

/* The versions that a shared repository had at the last exchange. */
typedef struct {
	char *remote; /* NULL: there was none */
	fria_refs refs;
} seen;

typedef struct {
	fria_findings *out;
	const fria_workspace *ws;
	const seen *seen;
	const char *name; /* "APP/NAME" */
	char *application, *own, *stem;
	char *paths[2];
	char head[FRIA_ID_SIZE];
	struct {
		fria_touch *items; /* newest first */
		size_t n;
	} changes;
	json_t
	    *aside; /* documents of versions that history took up in others */
	struct {
		char (*items)[FRIA_ID_SIZE]; /* of each version, its commit */
		size_t n;		     /* those that may lie behind */
	} versions;
} checker;

/* A finding about the assessment's document at a commit. */
static fria_finding *note(checker *k, fria_severity severity, fria_word word,
			  const char *commit, const char *pointer)
{
	fria_finding *f =
	    fria_findings_add(k->out, severity, word, k->paths[ASSESSMENT],
			      pointer, "assessment", k->name, NULL);
	f->revision = fria_strdup(commit);
	return f;
}

json_t *history_document(const fria_workspace *ws, const char *blob)
{
	fria_buf bytes = FRIA_BUF_INIT;
	json_t *json = NULL;
	if (blob[0] && !fria_store_read_blob(&bytes, ws->store, blob, NULL))
		fria_json_parse(&json, blob, bytes.text, bytes.n, NULL);
	fria_buf_dispose(&bytes);
	if (json && fria_assessment_check(json, blob, NULL)) {
		json_decref(json);
		json = NULL;
	}
	return json;
}

/* A commit that says whose work it brings together: squashed, not forged. */
static bool names(const fria_commit *commit, const char *who)
{
	return strstr(commit->message, who) != NULL;
}

static bool holds(const json_t *list, const json_t *one)
{
	json_t *other;
	size_t i;
	json_array_foreach(list, i, other)
		if (json_equal(other, one))
			return true;
	return false;
}

/* An adopted version whose commits were squashed has it as well. */
static bool approved_aside(const checker *k, const json_t *approval)
{
	json_t *document;
	size_t i;
	json_array_foreach(k->aside, i, document)
		if (holds(json_object_get(document, "approvals"), approval))
			return true;
	return false;
}

static bool stood_aside(const checker *k, const fria_instrument *in,
			const fria_blame_line *line, const json_t *basis)
{
	json_t *document;
	size_t i, task = fria_instrument_find(in, line->task);
	json_array_foreach(k->aside, i, document) {
		const json_t *other = json_object_get(
		    fria_assessment_answer(document, in, task, line->row),
		    "basis");
		if (other && basis && json_equal(other, basis))
			return true;
	}
	return false;
}

/* --- versions --- */

/* Of what the repository cannot give, its own words are a finding too. */
static bool holds_content(bool *out, const checker *k, const char *revision,
			  const char *bound)
{
	fria_snapshot *s = NULL;
	fria_error err = FRIA_ERROR_INIT;
	int code = fria_snapshot_load(&s, k->ws, k->name, revision, &err);
	if (code == FRIA_EIO)
		fria_findings_add_error(k->out, &err);
	if (code)
		return false;
	*out = fria_snapshot_holds(s, bound);
	fria_snapshot_free(s);
	return true;
}

static void check_content(checker *k, const fria_tag *tag, const char *version)
{
	char bound[FRIA_CONTENT_SIZE];
	bool same = false;
	fria_finding *f = NULL;
	if (!fria_tag_content(bound, tag))
		f = note(k, FRIA_WARNING, FRIA_W_verify_tag_bare, tag->target,
			 NULL);
	else if (!holds_content(&same, k, version, bound))
		f = note(k, FRIA_SEVERE, FRIA_W_verify_tag_empty, tag->target,
			 NULL);
	else if (!same)
		f = note(k, FRIA_SEVERE, FRIA_W_verify_tag_content, tag->target,
			 NULL);
	if (f) {
		fria_args_add(&f->args, "version", version);
		fria_args_add(&f->args, "who", tag->tagger ? tag->tagger : "?");
	}
}

static void check_tag(checker *k, const fria_tag *tag, const char *version)
{
	fria_commit commit = {0};
	fria_finding *f = NULL;
	if (!tag->tagger) {
		f = note(k, FRIA_SEVERE, FRIA_W_verify_tag_light, tag->target,
			 NULL);
		fria_args_add(&f->args, "version", version);
		return;
	}
	if (tag->own && strcmp(tag->own, tag->name) != 0) {
		f = note(k, FRIA_SEVERE, FRIA_W_verify_tag_name, tag->target,
			 NULL);
		fria_args_add(&f->args, "version", version);
		fria_args_add(&f->args, "tag", tag->own);
	}
	if (!fria_store_commit_read(&commit, k->ws->store, tag->target, NULL) &&
	    tag->at < commit.at) {
		f = note(k, FRIA_WARNING, FRIA_W_verify_tag_early, tag->target,
			 NULL);
		fria_args_add(&f->args, "version", version);
	}
	fria_commit_dispose(&commit);
	check_content(k, tag, version);
}

/* What the version holds is in history, though its commit is not. */
static bool content_lives_on(const checker *k, const fria_tag *tag)
{
	char held[FRIA_ID_SIZE];
	if (!fria_store_blob_id(held, k->ws->store, tag->target,
				k->paths[ASSESSMENT]))
		return false;
	for (size_t i = 0; i < k->changes.n; i++)
		if (!strcmp(k->changes.items[i].entries[ASSESSMENT], held))
			return true;
	return false;
}

/* `newer` is what the version must be a part of; gives what goes on. */
static void check_place(checker *k, const fria_tag *tag, const char *version,
			char newer[FRIA_ID_SIZE])
{
	int is = fria_store_descends(k->ws->store, newer, tag->target);
	if (!is && strcmp(newer, k->head) != 0)
		is = fria_store_descends(k->ws->store, k->head, tag->target);
	if (is == 1) {
		memcpy(newer, tag->target, FRIA_ID_SIZE);
		return;
	}
	char held[FRIA_ID_SIZE] = "";
	bool lives = content_lives_on(k, tag);
	if (!is && lives &&
	    fria_store_blob_id(held, k->ws->store, tag->target,
			       k->paths[ASSESSMENT]))
		json_array_append_new(k->aside, history_document(k->ws, held));
	fria_finding *f = note(k,
			       is < 0  ? FRIA_NOTE
			       : lives ? FRIA_WARNING
				       : FRIA_SEVERE,
			       is < 0  ? FRIA_W_verify_shallow
			       : lives ? FRIA_W_verify_squashed_version
				       : FRIA_W_verify_rewritten,
			       tag->target, NULL);
	fria_args_add(&f->args, "version", version);
	fria_args_add(&f->args, "tag", tag->name);
}

/* Is it the one that others have? */
static void check_shared(checker *k, const fria_tag *tag, const char *version)
{
	char *name = fria_format("refs/tags/%s", tag->name);
	const fria_ref *there = fria_refs_find(&k->seen->refs, name);
	if (there && strcmp(there->id, tag->id) != 0) {
		fria_finding *f = note(k, FRIA_SEVERE, FRIA_W_verify_tag_moved,
				       tag->target, NULL);
		fria_args_add(&f->args, "version", version);
		fria_args_add(&f->args, "remote", k->seen->remote);
		fria_args_add(&f->args, "tag", name);
	}
	free(name);
}

/* Versions that others have and that are not here. */
static void check_gone(checker *k)
{
	char *stem = fria_format("refs/tags/%s", k->stem);
	char id[FRIA_ID_SIZE];
	size_t n = strlen(stem);
	for (size_t i = 0; i < k->seen->refs.n; i++) {
		const char *name = k->seen->refs.items[i].name;
		if (strncmp(name, stem, n) != 0 ||
		    fria_store_ref(id, k->ws->store, name))
			continue;
		fria_finding *f =
		    note(k, FRIA_WARNING, FRIA_W_verify_tag_gone, NULL, NULL);
		fria_args_add(&f->args, "version", name + n);
		fria_args_add(&f->args, "remote", k->seen->remote);
		fria_args_add(&f->args, "tag", name);
	}
	free(stem);
}

static int check_versions(checker *k, fria_error *err)
{
	char newer[FRIA_ID_SIZE];
	size_t last = fria_snapshot_last(k->ws, k->application, k->own);
	int code = 0;
	memcpy(newer, k->head, sizeof newer);
	k->versions.items = fria_calloc(last + 1, sizeof *k->versions.items);
	k->versions.n = last;
	for (size_t n = last; n > 0 && !code; n--) {
		fria_tag tag = {0};
		char *version = fria_format("v%zu", n);
		code = fria_snapshot_version(&tag, k->ws, k->application,
					     k->own, n, err);
		if (!code) {
			memcpy(k->versions.items[n - 1], tag.target,
			       FRIA_ID_SIZE);
			check_tag(k, &tag, version);
			check_place(k, &tag, version, newer);
			check_shared(k, &tag, version);
			verify_tag_signature(k->out, k->ws, &tag);
		}
		fria_tag_dispose(&tag);
		free(version);
	}
	return code;
}

/* --- approvals --- */

static bool same_text(const json_t *a, const json_t *b, const char *key)
{
	const char *x = fria_json_text(a, key), *y = fria_json_text(b, key);
	return x && y && !strcmp(x, y);
}

/* The one that stood in its place: the same act, with other words. */
static const json_t *edited_from(const json_t *before, const json_t *after,
				 const json_t *one)
{
	json_t *old;
	size_t i;
	json_array_foreach(before, i, old)
		if (!holds(after, old) && same_text(old, one, "role") &&
		    same_text(old, one, "at"))
			return old;
	return NULL;
}

static void about(fria_finding *f, const json_t *approval,
		  const fria_commit *commit)
{
	static const char *const keys[] = {"role", "by", "onBehalfOf",
					   "reference", NULL};
	for (size_t i = 0; keys[i]; i++) {
		const char *text = fria_json_text(approval, keys[i]);
		fria_args_add(&f->args, keys[i], text ? text : "–");
	}
	fria_args_add(&f->args, "who", commit->author);
}

/* --- four eyes --- */

/* The last version behind a commit, by its commit, or NULL. Commits come newest
 * first, so what does not lie behind one does not lie behind the next. */
static const char *version_behind(checker *k, const char *commit)
{
	for (; k->versions.n; k->versions.n--) {
		const char *at = k->versions.items[k->versions.n - 1];
		if (strcmp(at, commit) != 0 &&
		    fria_store_descends(k->ws->store, commit, at) == 1)
			return at;
	}
	return NULL;
}

/* The role spoke again since: what it said before is past. */
static bool is_past(const checker *k, const json_t *approval)
{
	json_t *now = k->changes.n
			  ? history_document(
				k->ws, k->changes.items[0].entries[ASSESSMENT])
			  : NULL;
	bool found = false, past = false;
	json_t *one;
	size_t i;
	json_array_foreach(json_object_get(now, "approvals"), i, one) {
		past = past || (found && same_text(one, approval, "role"));
		found = found || json_equal(one, approval);
	}
	json_decref(now);
	return past || !found;
}

/* Who decides or agrees did not write what it is about. */
static void check_eyes(checker *k, const fria_commit *commit,
		       const json_t *approval, const char *pointer)
{
	const char *kind = fria_json_text(approval, "kind");
	fria_strings tasks = FRIA_STRINGS_INIT;
	fria_buf list = FRIA_BUF_INIT;
	if (!kind ||
	    (strcmp(kind, "decision") != 0 && strcmp(kind, "agreement") != 0) ||
	    json_object_get(approval, "editorial") ||
	    fria_json_text(approval, "onBehalfOf"))
		return;
	fria_wrote(&tasks, k->ws, k->name, commit->id,
		   version_behind(k, commit->id), commit->author, NULL);
	for (size_t i = 0; i < tasks.n && i < 5; i++)
		fria_buf_printf(&list, i ? ", %s" : "%s", tasks.items[i]);
	if (tasks.n > 5)
		fria_buf_puts(&list, ", …");
	if (tasks.n) {
		fria_finding *f =
		    note(k, is_past(k, approval) ? FRIA_NOTE : FRIA_WARNING,
			 FRIA_W_verify_eyes, commit->id, pointer);
		fria_args_add(&f->args, "tasks", list.text);
		about(f, approval, commit);
	}
	fria_buf_dispose(&list);
	fria_strings_dispose(&tasks);
}

/* Does it say that only words were mended, and is that so? */
static void check_claim(checker *k, const fria_commit *commit,
			const json_t *approval, const char *pointer)
{
	fria_snapshot *s = NULL;
	fria_standing standing = {.lookup = NULL};
	if (!json_object_get(approval, "editorial") ||
	    fria_snapshot_load(&s, k->ws, k->name, commit->id, NULL))
		return;
	if (!fria_standing_make(&standing, k->ws, s, s->day, NULL)) {
		if (fria_editorial_claim(&standing.input, approval) ==
		    FRIA_CLAIM_FALSE)
			about(note(k, FRIA_SEVERE, FRIA_W_verify_claim,
				   commit->id, pointer),
			      approval, commit);
		fria_standing_dispose(&standing);
	}
	fria_snapshot_free(s);
}

/* Given at this commit: by its author, on what stood there? */
static void check_given(checker *k, const fria_commit *commit,
			const json_t *approval, const char *pointer)
{
	const char *by = fria_json_text(approval, "by");
	const char *content = fria_json_text(approval, "content");
	bool same = true;
	bool squashed =
	    by && (names(commit, by) || approved_aside(k, approval));
	if (!by || strcmp(by, commit->author) != 0)
		about(note(k, squashed ? FRIA_WARNING : FRIA_SEVERE,
			   squashed ? FRIA_W_verify_squash
				    : FRIA_W_verify_approval_other,
			   commit->id, pointer),
		      approval, commit);
	else if (content && holds_content(&same, k, commit->id, content) &&
		 !same)
		about(note(k, FRIA_SEVERE, FRIA_W_verify_approval_content,
			   commit->id, pointer),
		      approval, commit);
	else
		check_eyes(k, commit, approval, pointer);
	check_claim(k, commit, approval, pointer);
	if (fria_json_text(approval, "onBehalfOf"))
		about(note(k, FRIA_NOTE, FRIA_W_verify_behalf, commit->id,
			   pointer),
		      approval, commit);
}

/* The same words, taken back by who gave them and committed that. */
static bool is_withdrawal(const json_t *was, const json_t *now,
			  const fria_commit *commit)
{
	const char *by =
	    fria_json_text(json_object_get(now, "withdrawn"), "by");
	json_t *rest = json_copy((json_t *)(uintptr_t)now);
	json_object_del(rest, "withdrawn");
	bool same = by && json_equal(rest, was) &&
		    !strcmp(by, commit->author) &&
		    fria_same_person(by, fria_json_text(was, "by"));
	json_decref(rest);
	return same;
}

static void check_lists(checker *k, const fria_commit *commit,
			const json_t *before, const json_t *after)
{
	json_t *one;
	size_t i;
	json_array_foreach((json_t *)(uintptr_t)after, i, one) {
		char pointer[40];
		snprintf(pointer, sizeof pointer, "/approvals/%zu", i);
		if (holds(before, one))
			continue;
		const json_t *was = edited_from(before, after, one);
		if (was && is_withdrawal(was, one, commit))
			continue;
		if (was)
			about(note(k, FRIA_SEVERE,
				   FRIA_W_verify_approval_edited, commit->id,
				   pointer),
			      one, commit);
		else
			check_given(k, commit, one, pointer);
	}
	json_array_foreach((json_t *)(uintptr_t)before, i, one)
		if (!holds(after, one) && !edited_from(after, before, one))
			about(note(k, FRIA_SEVERE,
				   FRIA_W_verify_approval_removed, commit->id,
				   "/approvals"),
			      one, commit);
}

/* Of a merge: what any parent had, came from there. */
static json_t *approvals_of_parents(const checker *k, const fria_commit *commit)
{
	json_t *all = json_array();
	for (size_t i = 0; i < commit->parents.n; i++) {
		char blob[FRIA_ID_SIZE] = "";
		json_t *one;
		size_t n;
		fria_store_blob_id(blob, k->ws->store, commit->parents.items[i],
				   k->paths[ASSESSMENT]);
		json_t *document = history_document(k->ws, blob);
		json_array_foreach(json_object_get(document, "approvals"), n,
				   one)
			if (!holds(all, one))
				json_array_append(all, one);
		json_decref(document);
	}
	return all;
}

/* True where nothing but answers changed, by a look at the bytes. */
static bool answers_alone(const checker *k, const fria_touch *t)
{
	fria_buf a = FRIA_BUF_INIT, b = FRIA_BUF_INIT;
	fria_buf x = FRIA_BUF_INIT, y = FRIA_BUF_INIT;
	bool alone = t->before[ASSESSMENT][0] && t->entries[ASSESSMENT][0] &&
		     !fria_store_read_blob(&a, k->ws->store,
					   t->before[ASSESSMENT], NULL) &&
		     !fria_store_read_blob(&b, k->ws->store,
					   t->entries[ASSESSMENT], NULL) &&
		     fria_excerpts(&x, &y, &a, &b);
	fria_buf_dispose(&a);
	fria_buf_dispose(&b);
	fria_buf_dispose(&x);
	fria_buf_dispose(&y);
	return alone;
}

static void check_approvals(checker *k, const fria_touch *t)
{
	fria_commit commit = {0};
	if (!strcmp(t->entries[ASSESSMENT], t->before[ASSESSMENT]) ||
	    answers_alone(k, t) ||
	    fria_store_commit_read(&commit, k->ws->store, t->commit, NULL))
		return;
	json_t *document = history_document(k->ws, t->entries[ASSESSMENT]);
	json_t *before = approvals_of_parents(k, &commit);
	if (document && t->boundary)
		note(k, FRIA_NOTE, FRIA_W_verify_boundary, t->commit, NULL);
	else if (document)
		check_lists(k, &commit, before,
			    json_object_get(document, "approvals"));
	json_decref(before);
	json_decref(document);
	fria_commit_dispose(&commit);
}

/* --- bases --- */

static char *pointer_of(const fria_blamed *b, const fria_blame_line *line)
{
	const fria_instrument *in = b->snapshot->instrument;
	fria_buf out = FRIA_BUF_INIT;
	size_t task = fria_instrument_find(in, line->task);
	size_t holder =
	    in->tasks[task].rows == FRIA_NONE ? task : in->tasks[task].rows;
	fria_buf_puts(&out, "/answers");
	fria_pointer_add(&out, in->tasks[holder].id);
	if (!line->row) {
		fria_buf_puts(&out, "/basis");
		return fria_buf_detach(&out);
	}
	json_t *row;
	size_t i;
	json_array_foreach(
	    fria_assessment_rows(b->snapshot->assessment, in, holder), i, row) {
		const char *id = fria_json_text(row, "id");
		if (id && !strcmp(id, line->row))
			fria_buf_printf(&out, "/%zu", i);
	}
	fria_pointer_add(&out, line->task);
	fria_buf_puts(&out, "/basis");
	return fria_buf_detach(&out);
}

/* Does the basis bind what stood there when it was committed? */
static bool binds(const checker *k, const fria_blamed *b,
		  const fria_blame_line *line)
{
	char blob[FRIA_ID_SIZE] = "", digest[FRIA_DIGEST_SIZE];
	const fria_instrument *in = b->snapshot->instrument;
	fria_store_blob_id(blob, k->ws->store, line->stood.commit,
			   k->paths[ASSESSMENT]);
	json_t *document = history_document(k->ws, blob);
	json_t *answer =
	    document
		? fria_assessment_answer(document, in,
					 fria_instrument_find(in, line->task),
					 line->row)
		: NULL;
	const char *value =
	    fria_json_text(json_object_get(answer, "basis"), "value");
	json_t *form = fria_answer_form(answer);
	fria_digest(digest, form);
	bool good = !value || !strcmp(value, digest);
	json_decref(form);
	json_decref(document);
	return good;
}

static void check_basis(checker *k, const fria_blamed *b,
			const fria_blame_line *line)
{
	const fria_attribution *s = &line->stood;
	fria_commit commit = {0};
	fria_finding *f = NULL;
	if (!s->known || !s->commit[0] || s->boundary)
		return;
	char *pointer = pointer_of(b, line);
	if (s->claimed &&
	    !fria_store_commit_read(&commit, k->ws->store, s->commit, NULL)) {
		const fria_instrument *in = b->snapshot->instrument;
		const json_t *answer = fria_assessment_answer(
		    b->snapshot->assessment, in,
		    fria_instrument_find(in, line->task), line->row);
		bool squashed =
		    names(&commit, s->claimed) ||
		    stood_aside(k, in, line, json_object_get(answer, "basis"));
		f = note(k, squashed ? FRIA_WARNING : FRIA_SEVERE,
			 squashed ? FRIA_W_verify_squash
				  : FRIA_W_verify_basis_other,
			 s->commit, pointer);
		fria_args_add(&f->args, "by", s->claimed);
	} else if (!s->claimed && !binds(k, b, line)) {
		f = note(k, FRIA_SEVERE, FRIA_W_verify_basis_value, s->commit,
			 pointer);
	}
	if (f) {
		fria_args_add(&f->args, "task", line->task);
		fria_args_add(&f->args, "who", s->author);
	}
	fria_commit_dispose(&commit);
	free(pointer);
}

static int check_bases(checker *k, fria_error *err)
{
	fria_blamed blamed;
	int code = fria_blame(&blamed, (fria_workspace *)(uintptr_t)k->ws,
			      k->name, NULL, err);
	if (code)
		return code;
	for (size_t i = 0; i < blamed.n; i++)
		check_basis(k, &blamed, &blamed.items[i]);
	fria_blamed_dispose(&blamed);
	return 0;
}

/* --- one assessment, or all --- */

static bool collect(void *data, const fria_touch *touch)
{
	checker *k = data;
	*FRIA_PUSH(&k->changes) = *touch;
	return true;
}

static int verify_one(fria_findings *out, const fria_workspace *ws,
		      const seen *last, const char *name, fria_error *err)
{
	checker k = {.out = out, .ws = ws, .seen = last, .name = name};
	int code = fria_workspace_name(&k.application, &k.own, name, err);
	if (code)
		return code;
	k.stem = fria_tag_stem(ws, k.application, k.own);
	k.paths[APPLICATION] =
	    fria_workspace_path(k.application, "application");
	k.paths[ASSESSMENT] = fria_workspace_path(k.application, k.own);
	const char *const paths[] = {k.paths[0], k.paths[1], NULL};
	if (fria_store_head(k.head, ws->store))
		code = fria_store_touched(ws->store, k.head, paths, collect, &k,
					  err);
	k.aside = json_array();
	if (!code)
		code = check_versions(&k, err);
	if (!code)
		check_gone(&k);
	if (!code)
		code = check_bases(&k, err);
	for (size_t i = 0; i < k.changes.n && !code; i++)
		check_approvals(&k, &k.changes.items[i]);
	if (!code)
		code = verify_signatures(out, ws, paths, err);
	json_decref(k.aside);
	free(k.changes.items);
	free(k.versions.items);
	free(k.stem);
	free(k.paths[0]);
	free(k.paths[1]);
	free(k.application);
	free(k.own);
	return code;
}

/* Persons in what was found, from a place on, by the name they are shown by. */
static void show_names(fria_findings *out, size_t from,
		       const fria_workspace *ws)
{
	for (; from < out->n; from++) {
		fria_args *args = &out->items[from].args, shown = {NULL, 0};
		const char *name, *value;
		for (size_t at = 0; fria_args_next(args, &at, &name, &value);)
			fria_args_add(&shown, name,
				      fria_store_shown(ws->store, value));
		fria_args_dispose(args);
		*args = shown;
	}
}

int fria_verify(fria_findings *out, size_t *count, const fria_workspace *ws,
		const char *name, fria_error *err)
{
	fria_strings all = FRIA_STRINGS_INIT;
	const char *const paths[] = {
	    "fria.json", fria_json_text(ws->config, "signers"), NULL};
	seen last = {.remote = NULL};
	size_t from = out->n;
	last.remote = fria_store_seen(&last.refs, ws->store);
	int code = fria_store_doubt(ws->store, err);
	if (!code)
		code = verify_signatures(out, ws, paths, err);
	if (name)
		fria_strings_add(&all, name);
	else if (!code)
		code = fria_workspace_recorded(&all, ws, err);
	*count = all.n;
	for (size_t i = 0; i < all.n && !code; i++) {
		fria_error broken = FRIA_ERROR_INIT;
		char *path = fria_format("assessments/%s.json", all.items[i]);
		code = verify_one(out, ws, &last, all.items[i], &broken);
		if (code && !name)
			code =
			    fria_findings_add_broken(out, path, &broken, err);
		else if (code && err)
			*err = broken;
		free(path);
	}
	show_names(out, from, ws);
	fria_refs_dispose(&last.refs);
	free(last.remote);
	fria_strings_dispose(&all);
	return code;
}
