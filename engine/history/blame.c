/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Who gave each answer and who last stood for it: by the authors of commits,
 * whatever the document claims. It follows each answer through the versions
 * of this one document, and no further than it has to.
 */
#include "history_internal.h"

#include <stdlib.h>
#include <string.h>

enum { APPLICATION, ASSESSMENT };
enum { GIVEN, STOOD };

/* An answer on its way back: where it still is as it is now. */
typedef struct {
	size_t task;
	const char *row;
	const json_t *answer;	    /* as it is now */
	json_t *form;		    /* value or waiver */
	char at[2][FRIA_ID_SIZE];   /* the blob */
	char from[2][FRIA_ID_SIZE]; /* a commit that has it there */
	bool found[2];
} trace;

typedef struct {
	char id[FRIA_ID_SIZE];
	fria_buf bytes;
} blob;

typedef struct {
	fria_workspace *ws;
	const fria_snapshot *now;
	fria_questions questions;
	trace *traces;
	fria_blamed *out;
	size_t n, open; /* places not found yet */
	char *paths[2];
	blob blobs[2];
	size_t next;
	bool moved;  /* in this round */
	bool forked; /* the way back has more than one line */
	struct {
		char commit[FRIA_ID_SIZE], from[FRIA_ID_SIZE];
		bool is;
	} behind; /* what was asked last */
	struct {
		bool asked;
		char commit[FRIA_ID_SIZE];
		char *text; /* NULL: none */
	} release;	    /* the same */
} tracer;

/* --- two states of the document beside each other --- */

typedef struct {
	history_state before, after;
	bool partly; /* what is in neither is the same in both */
} pair;

static const fria_buf *bytes_of(tracer *t, const char *id)
{
	for (size_t i = 0; i < 2; i++)
		if (!strcmp(t->blobs[i].id, id)) {
			t->next = i + 1; /* the other makes room */
			return &t->blobs[i].bytes;
		}
	blob *b = &t->blobs[t->next++ % 2];
	memcpy(b->id, id, sizeof b->id);
	fria_buf_clear(&b->bytes);
	if (id[0])
		fria_store_read_blob(&b->bytes, t->ws->store, id, NULL);
	return &b->bytes;
}

static history_state parse(const tracer *t, const fria_buf *bytes)
{
	json_t *json = NULL;
	if (bytes->n && fria_json_parse(&json, "", bytes->text, bytes->n, NULL))
		json = NULL;
	if (json && fria_assessment_check(json, "", NULL)) {
		json_decref(json);
		json = NULL;
	}
	return history_state_of(history_settled(json, t->now->instrument));
}

static void read_pair(pair *out, tracer *t, const char *before,
		      const char *after)
{
	const fria_buf *new = bytes_of(t, after), *old = bytes_of(t, before);
	fria_buf a = FRIA_BUF_INIT, b = FRIA_BUF_INIT;
	*out = (pair){.partly = false};
	/* What names rows is read beside them. */
	if (!fria_instrument_names_rows(t->now->instrument) &&
	    fria_excerpts(&a, &b, old, new)) {
		out->before = parse(t, &a);
		out->after = parse(t, &b);
		out->partly = out->before.document && out->after.document;
	}
	if (!out->partly) {
		history_state_dispose(&out->before);
		history_state_dispose(&out->after);
		out->before = parse(t, old);
		out->after = parse(t, new);
	}
	fria_buf_dispose(&a);
	fria_buf_dispose(&b);
}

static void drop(pair *p)
{
	history_state_dispose(&p->before);
	history_state_dispose(&p->after);
}

static json_t *answer_in(const tracer *t, const history_state *state,
			 const trace *k)
{
	return history_answer(state, t->now->instrument, k->task, k->row);
}

static bool same_member(const json_t *a, const json_t *b, const char *key)
{
	const json_t *x = json_object_get(a, key), *y = json_object_get(b, key);
	return x == y || (x && y && json_equal(x, y));
}

/* Of the same value; better words are not judged again. */
static bool same_value(const json_t *a, const json_t *b)
{
	return json_object_get(a, "editorial") ||
	       json_object_get(b, "editorial") || same_member(a, b, "value");
}

/* Does an answer say what it says now, or does the same stand? */
static bool same(const trace *k, int what, const json_t *answer)
{
	if (what == STOOD) {
		const json_t *a = json_object_get(answer, "basis");
		const json_t *b = json_object_get(k->answer, "basis");
		return a && same_member(a, b, "by") &&
		       same_member(a, b, "at") &&
		       same_member(a, b, "release") &&
		       same_member(a, b, "seen") &&
		       same_member(a, b, "ground") &&
		       same_member(a, b, "note") && same_value(a, b);
	}
	json_t *form = fria_answer_form(answer);
	bool equal = json_equal(form, k->form);
	json_decref(form);
	return equal;
}

/* --- found --- */

/* What the answer says itself; else what its commit has. */
static char *release_at(tracer *t, const json_t *answer, const char *commit)
{
	const char *release =
	    fria_json_text(json_object_get(answer, "basis"), "release");
	json_t *application = NULL;
	if (release)
		return fria_strdup(release);
	if (!t->release.asked || strcmp(t->release.commit, commit) != 0) {
		free(t->release.text);
		t->release.text = NULL;
		t->release.asked = true;
		memcpy(t->release.commit, commit, FRIA_ID_SIZE);
		if (!fria_workspace_json(&application, t->ws,
					 commit[0] ? commit : NULL,
					 t->paths[APPLICATION], NULL))
			t->release.text =
			    fria_strdup(fria_json_text(application, "release"));
		json_decref(application);
	}
	return fria_strdup(t->release.text);
}

/* Is the answer the one that its basis says was judged? */
static bool bound(const json_t *answer)
{
	const char *value =
	    fria_json_text(json_object_get(answer, "basis"), "value");
	char digest[FRIA_DIGEST_SIZE];
	json_t *form = fria_answer_form(answer);
	fria_digest(digest, form);
	json_decref(form);
	return !value || !strcmp(value, digest);
}

/* Whom the answer names, if that is not who committed it. */
static char *claimed(const json_t *answer, int what, const char *author)
{
	const json_t *basis = json_object_get(answer, "basis");
	const char *by = fria_json_text(basis, "by");
	if (!by || !strcmp(by, author))
		return NULL;
	if (what == GIVEN && !bound(answer))
		return NULL; /* nobody stood for it yet: it names another */
	return fria_strdup(by);
}

static void show_name(char **who, const fria_workspace *ws)
{
	char *shown = fria_strdup(fria_store_shown(ws->store, *who));
	free(*who);
	*who = shown;
}

/* commit NULL: in the work tree alone. */
static void found(tracer *t, size_t i, int what, const fria_commit *commit,
		  const json_t *answer, bool boundary)
{
	fria_attribution *a =
	    what == GIVEN ? &t->out->items[i].given : &t->out->items[i].stood;
	t->traces[i].found[what] = true;
	t->open--;
	a->known = true;
	a->boundary = boundary;
	a->bound = bound(answer);
	if (commit) {
		memcpy(a->commit, commit->id, sizeof a->commit);
		a->author = fria_strdup(commit->author);
		a->at = commit->at;
		a->local = commit->local;
		a->claimed = claimed(answer, what, a->author);
		show_name(&a->author, t->ws);
		show_name(&a->claimed, t->ws);
	}
	a->release = release_at(t, answer, a->commit);
}

/* --- the way back --- */

/*
 * Does a commit lie behind another? With one line of history all do. What
 * cannot be told (shallow clone) is taken to be so.
 */
static bool lies_behind(tracer *t, const char *commit, const char *from)
{
	if (!t->forked || !strcmp(commit, from))
		return true;
	if (strcmp(t->behind.commit, commit) != 0 ||
	    strcmp(t->behind.from, from) != 0) {
		memcpy(t->behind.commit, commit, FRIA_ID_SIZE);
		memcpy(t->behind.from, from, FRIA_ID_SIZE);
		t->behind.is =
		    fria_store_descends(t->ws->store, from, commit) != 0;
	}
	return t->behind.is;
}

/*
 * Is the answer to be looked for here? The same document on another line of
 * history may have been made otherwise.
 */
static bool waits(tracer *t, const trace *k, int what, const fria_touch *here)
{
	return !k->found[what] &&
	       !strcmp(k->at[what], here->entries[ASSESSMENT]) &&
	       lies_behind(t, here->commit, k->from[what]);
}

static void move(trace *k, int what, const char *id, const char *parent)
{
	memcpy(k->at[what], id, FRIA_ID_SIZE);
	memcpy(k->from[what], parent, FRIA_ID_SIZE);
}

/* Moves what a parent holds as it is now over to that parent. */
static void move_over(tracer *t, const fria_touch *here, const char *parent,
		      const char *before)
{
	pair p;
	read_pair(&p, t, before, here->entries[ASSESSMENT]);
	for (size_t i = 0; i < 2 * t->n; i++) {
		trace *k = &t->traces[i / 2];
		int what = (int)(i % 2);
		if (!waits(t, k, what, here))
			continue;
		bool untouched = p.partly && !answer_in(t, &p.after, k);
		if (untouched || same(k, what, answer_in(t, &p.before, k))) {
			move(k, what, before, parent);
			t->moved = true;
		}
	}
	drop(&p);
}

/* The same where the parent has the whole document. */
static void move_all(tracer *t, const fria_touch *here, const char *parent)
{
	for (size_t i = 0; i < 2 * t->n; i++) {
		trace *k = &t->traces[i / 2];
		int what = (int)(i % 2);
		if (waits(t, k, what, here))
			move(k, what, here->entries[ASSESSMENT], parent);
	}
}

static bool any_waits(tracer *t, const fria_touch *here)
{
	for (size_t i = 0; i < t->n; i++)
		if (waits(t, &t->traces[i], GIVEN, here) ||
		    waits(t, &t->traces[i], STOOD, here))
			return true;
	return false;
}

/* What is still here after all parents were asked came with this commit. */
static void settle(tracer *t, const fria_touch *here, const fria_commit *commit)
{
	const char *id = here->entries[ASSESSMENT];
	history_state state = {NULL, NULL};
	if (any_waits(t, here))
		state = parse(t, bytes_of(t, id));
	for (size_t i = 0; state.document && i < 2 * t->n; i++) {
		trace *k = &t->traces[i / 2];
		int what = (int)(i % 2);
		if (!waits(t, k, what, here))
			continue;
		found(t, i / 2, what, commit, answer_in(t, &state, k),
		      here->boundary);
		t->moved = true;
	}
	history_state_dispose(&state);
}

/* The document in each parent; "" where it is not. */
static void documents_before(fria_strings *out, const tracer *t,
			     const fria_commit *commit, const fria_touch *here)
{
	for (size_t i = 0; i < commit->parents.n && !here->boundary; i++) {
		char id[FRIA_ID_SIZE] = "";
		if (i)
			fria_store_blob_id(id, t->ws->store,
					   commit->parents.items[i],
					   t->paths[ASSESSMENT]);
		else
			memcpy(id, here->before[ASSESSMENT], sizeof id);
		fria_strings_add(out, id);
	}
}

/*
 * What a parent holds goes on there. A merge that took the document whole from
 * any of its parents gave no answer, whatever else it changed.
 */
static void ask_parents(tracer *t, const fria_touch *here,
			const fria_commit *commit)
{
	fria_strings before = FRIA_STRINGS_INIT;
	char *const *parents = commit->parents.items;
	const char *id = here->entries[ASSESSMENT];
	size_t whole = 0;
	documents_before(&before, t, commit, here);
	while (whole < before.n && strcmp(before.items[whole], id) != 0)
		whole++;
	if (whole < before.n)
		move_all(t, here, parents[whole]);
	for (size_t i = 0; i < before.n && whole == before.n; i++)
		if (before.items[i][0])
			move_over(t, here, parents[i], before.items[i]);
	if (whole == before.n)
		settle(t, here, commit);
	t->forked = t->forked || commit->parents.n > 1;
	fria_strings_dispose(&before);
}

static bool look(void *data, const fria_touch *here)
{
	tracer *t = data;
	fria_commit commit = {0};
	if (!here->entries[ASSESSMENT][0] || !any_waits(t, here))
		return t->open > 0;
	if (fria_store_commit_read(&commit, t->ws->store, here->commit, NULL))
		return false;
	ask_parents(t, here, &commit);
	fria_commit_dispose(&commit);
	return t->open > 0;
}

/* What differs from HEAD was not committed yet. */
static int start(tracer *t, const char *head, fria_error *err)
{
	char was[FRIA_ID_SIZE] = "";
	fria_buf bytes = FRIA_BUF_INIT;
	history_state state = {NULL, NULL};
	if (head)
		fria_store_blob_id(was, t->ws->store, head,
				   t->paths[ASSESSMENT]);
	int code =
	    was[0] ? fria_store_read_blob(&bytes, t->ws->store, was, err) : 0;
	if (!code)
		state = parse(t, &bytes);
	for (size_t i = 0; !code && i < 2 * t->n; i++) {
		trace *k = &t->traces[i / 2];
		int what = (int)(i % 2);
		if (head)
			move(k, what, was, head);
		if (k->found[what])
			continue;
		const json_t *answer = answer_in(t, &state, k);
		if (!answer || !same(k, what, answer))
			found(t, i / 2, what, NULL, k->answer, false);
	}
	history_state_dispose(&state);
	fria_buf_dispose(&bytes);
	return code;
}

static int walk(tracer *t, fria_error *err)
{
	const char *const paths[] = {t->paths[APPLICATION],
				     t->paths[ASSESSMENT], NULL};
	char head[FRIA_ID_SIZE];
	bool born = fria_store_head(head, t->ws->store);
	int code = start(t, born ? head : NULL, err);
	/* Once more where clocks that disagree put a child after its parent. */
	t->moved = true;
	while (!code && born && t->open && t->moved) {
		t->moved = false;
		code =
		    fria_store_touched(t->ws->store, head, paths, look, t, err);
	}
	return code;
}

/* --- what is asked --- */

static bool wanted(const fria_instrument *in, const fria_question *q,
		   size_t asked)
{
	json_t *form = fria_answer_form(q->answer);
	bool says = !json_is_null(form);
	json_decref(form);
	return says && (asked == FRIA_NONE ||
			(q->task >= asked && q->task < in->tasks[asked].end));
}

static void collect(tracer *t, size_t asked)
{
	const fria_instrument *in = t->now->instrument;
	fria_questions_list(&t->questions, in, t->now->assessment);
	t->traces = fria_calloc(t->questions.n + 1, sizeof *t->traces);
	t->out->items = fria_calloc(t->questions.n + 1, sizeof *t->out->items);
	for (size_t i = 0; i < t->questions.n; i++) {
		const fria_question *q = &t->questions.items[i];
		if (!wanted(in, q, asked))
			continue;
		trace *k = &t->traces[t->n];
		*k = (trace){.task = q->task,
			     .row = q->row,
			     .answer = q->answer,
			     .form = fria_answer_form(q->answer)};
		k->found[STOOD] = !json_object_get(q->answer, "basis");
		t->open += k->found[STOOD] ? 1 : 2;
		t->out->items[t->n++] = (fria_blame_line){
		    .task = fria_strdup(in->tasks[q->task].id),
		    .row = fria_strdup(q->row),
		    .row_number = q->row_number,
		    .basis = json_object_get(q->answer, "basis")};
	}
	t->out->n = t->n;
}

static int find_asked(size_t *out, const fria_snapshot *s, const char *task,
		      fria_error *err)
{
	*out = task ? fria_instrument_find(s->instrument, task) : FRIA_NONE;
	if (task && *out == FRIA_NONE)
		return fria_instrument_no_task(s->instrument, task, err);
	return 0;
}

static void dispose(tracer *t)
{
	for (size_t i = 0; i < t->n; i++)
		json_decref(t->traces[i].form);
	for (size_t i = 0; i < 2; i++) {
		fria_buf_dispose(&t->blobs[i].bytes);
		free(t->paths[i]);
	}
	free(t->release.text);
	free(t->traces);
	fria_questions_dispose(&t->questions);
}

int fria_blame(fria_blamed *out, fria_workspace *ws, const char *name,
	       const char *task, fria_error *err)
{
	fria_snapshot *now = NULL;
	size_t asked = FRIA_NONE;
	int code = fria_snapshot_load(&now, ws, name, NULL, err);
	*out = (fria_blamed){NULL, 0, NULL};
	if (!code)
		code = find_asked(&asked, now, task, err);
	if (!code) {
		tracer t = {.ws = ws, .now = now, .out = out};
		fria_buf_init(&t.blobs[0].bytes);
		fria_buf_init(&t.blobs[1].bytes);
		t.paths[APPLICATION] =
		    fria_workspace_path(now->application_id, "application");
		t.paths[ASSESSMENT] = fria_strdup(now->path);
		collect(&t, asked);
		code = walk(&t, err);
		dispose(&t);
	}
	out->snapshot = now;
	if (code)
		fria_blamed_dispose(out);
	return code;
}

static void dispose_attribution(fria_attribution *a)
{
	free(a->author);
	free(a->release);
	free(a->claimed);
}

void fria_blamed_dispose(fria_blamed *blamed)
{
	for (size_t i = 0; i < blamed->n; i++) {
		free(blamed->items[i].task);
		free(blamed->items[i].row);
		dispose_attribution(&blamed->items[i].given);
		dispose_attribution(&blamed->items[i].stood);
	}
	free(blamed->items);
	fria_snapshot_free(blamed->snapshot);
	*blamed = (fria_blamed){NULL, 0, NULL};
}
