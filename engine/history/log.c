/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What happened to an assessment: each commit in the words of the instrument,
 * each version in its place between them. What was told once is kept: a
 * commit never says anything else.
 */
#include "history_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	APPLICATION,
	ASSESSMENT,
	EVIDENCE,
	QUESTIONNAIRES,
	SETTINGS,
	LAW,
	PATHS
};

/* Documents and instruments that neighbouring commits share; two commits
 * together need half as many. The longest unused makes room. */
#define SHARED 8

typedef struct {
	char id[FRIA_ID_SIZE];
	fria_buf bytes; /* empty: cannot be read, and counts as absent */
	size_t used;
} document;

typedef struct {
	char folder[FRIA_ID_SIZE]; /* id of instruments/ at the commit */
	char *name;
	fria_instrument *instrument;
	size_t used;
} pinned;

typedef struct {
	fria_workspace *ws;
	char *paths[QUESTIONNAIRES]; /* of the three that are its own */
	char *application, *own;
	document documents[SHARED];
	pinned instruments[SHARED];
	size_t uses;
	struct {
		fria_touch *items; /* newest first */
		size_t n, limit;
	} changes;
	char *note;    /* by which what was told is kept */
	json_t *told;  /* {"key", "changes": {}, "versions": {}} */
	json_t *fresh; /* the same, of this run */
	bool more;     /* something is told for the first time */
	fria_event_visit visit;
	void *data;
	size_t visited;
} teller;

/* --- documents at a commit --- */

static const fria_buf *bytes_of(teller *t, const char *id)
{
	document *d = &t->documents[0];
	for (document *k = d; k < t->documents + SHARED; k++) {
		if (!strcmp(k->id, id)) {
			k->used = ++t->uses;
			return &k->bytes;
		}
		d = k->used < d->used ? k : d;
	}
	d->used = ++t->uses;
	memcpy(d->id, id, sizeof d->id);
	fria_buf_clear(&d->bytes);
	if (id[0])
		fria_store_read_blob(&d->bytes, t->ws->store, id, NULL);
	return &d->bytes;
}

static json_t *parse(const fria_buf *bytes)
{
	json_t *json = NULL;
	if (bytes->n)
		fria_json_parse(&json, "", bytes->text, bytes->n, NULL);
	return json;
}

/* The instrument that was pinned then; NULL if it cannot be read. */
static const fria_instrument *instrument_at(teller *t, const char *commit,
					    const json_t *assessment)
{
	const char *name = fria_json_text(assessment, "instrument");
	char folder[FRIA_ID_SIZE] = "";
	if (!name)
		return NULL;
	fria_store_blob_id(folder, t->ws->store, commit, FRIA_INSTRUMENTS);
	pinned *p = &t->instruments[0];
	for (pinned *k = p; k < t->instruments + SHARED; k++) {
		if (k->name && !strcmp(k->name, name) &&
		    !strcmp(k->folder, folder)) {
			k->used = ++t->uses;
			return k->instrument;
		}
		p = k->used < p->used ? k : p;
	}
	fria_instrument_free(p->instrument);
	free(p->name);
	*p = (pinned){.name = fria_strdup(name), .used = ++t->uses};
	memcpy(p->folder, folder, sizeof folder);
	fria_workspace_instrument(&p->instrument, t->ws, commit, name, NULL);
	return p->instrument;
}

typedef struct {
	json_t *application, *assessment; /* NULL: absent there */
	const fria_instrument *instrument;
} state;

static void drop(state *s)
{
	json_decref(s->application);
	json_decref(s->assessment);
}

/* What cannot be read there is shown as absent: history is never refused. */
static void check_state(state *s, teller *t, const char *commit)
{
	if (s->assessment && !fria_assessment_check(s->assessment, "", NULL))
		s->instrument = instrument_at(t, commit, s->assessment);
	if (s->instrument)
		return;
	json_decref(s->assessment);
	s->assessment = NULL;
}

static bool names_rows(teller *t, const char *commit, const json_t *assessment)
{
	const fria_instrument *in = instrument_at(t, commit, assessment);
	return in && fria_instrument_names_rows(in);
}

/* Both states, without the answers and facts that are the same in both. */
static void read_states(state *before, state *after, teller *t,
			const fria_touch *c, const char *parent)
{
	const fria_buf *old = bytes_of(t, c->before[ASSESSMENT]);
	const fria_buf *new = bytes_of(t, c->entries[ASSESSMENT]);
	fria_buf a = FRIA_BUF_INIT, b = FRIA_BUF_INIT;
	*before = *after = (state){NULL, NULL, NULL};
	if (fria_excerpts(&a, &b, old, new)) {
		before->assessment = parse(&a);
		after->assessment = parse(&b);
	}
	/* What names rows is read beside them. */
	if (!before->assessment || !after->assessment ||
	    names_rows(t, parent, before->assessment) ||
	    names_rows(t, c->commit, after->assessment)) {
		json_decref(before->assessment);
		json_decref(after->assessment);
		before->assessment = parse(old);
		after->assessment = parse(new);
	}
	if (strcmp(c->before[APPLICATION], c->entries[APPLICATION]) != 0) {
		before->application =
		    parse(bytes_of(t, c->before[APPLICATION]));
		after->application =
		    parse(bytes_of(t, c->entries[APPLICATION]));
	}
	check_state(before, t, parent);
	check_state(after, t, c->commit);
	before->assessment =
	    history_settled(before->assessment, before->instrument);
	after->assessment =
	    history_settled(after->assessment, after->instrument);
	fria_buf_dispose(&a);
	fria_buf_dispose(&b);
}

static fria_side side_of(const state *s, const fria_instrument *in,
			 const json_t *empty)
{
	return (fria_side){.instrument = s->instrument ? s->instrument : in,
			   .assessment = s->assessment ? s->assessment : empty,
			   .application =
			       s->application ? s->application : empty};
}

/* --- what answers point at --- */

/* Adds what the answers of an assessment point at. */
static void add_mentioned(fria_strings *out, teller *t, const char *blob)
{
	json_t *json = parse(bytes_of(t, blob));
	fria_evidence_mentioned_all(out, json_object_get(json, "answers"));
	json_decref(json);
}

static const char *id_in(const fria_entries *folder, const char *name)
{
	for (size_t i = 0; i < folder->n; i++)
		if (!strcmp(folder->items[i].name, name))
			return folder->items[i].id;
	return "";
}

/* How evidence changed at which answers point before and after; a line each,
 * appended. True if any did. */
static bool say_evidence(fria_buf *nl, fria_buf *en, teller *t,
			 const fria_touch *c)
{
	fria_strings was = FRIA_STRINGS_INIT, is = FRIA_STRINGS_INIT;
	fria_entries a = {NULL, 0}, b = {NULL, 0};
	size_t said = 0;
	if (!strcmp(c->before[EVIDENCE], c->entries[EVIDENCE]))
		return false;
	fria_store_entries(&a, t->ws->store, c->before[EVIDENCE], NULL);
	fria_store_entries(&b, t->ws->store, c->entries[EVIDENCE], NULL);
	add_mentioned(&was, t, c->before[ASSESSMENT]);
	add_mentioned(&is, t, c->entries[ASSESSMENT]);
	for (size_t i = 0; i < is.n; i++) {
		const char *name = is.items[i];
		const char *old = id_in(&a, name), *new = id_in(&b, name);
		if (!fria_strings_has(&was, name) || !strcmp(old, new))
			continue;
		fria_word word = !new[0]  ? FRIA_W_change_evidence_gone
				 : old[0] ? FRIA_W_change_evidence
					  : FRIA_W_change_evidence_added;
		const char *own = fria_evidence_own(name);
		fria_say(nl, FRIA_NL, word, "what", own, NULL);
		fria_say(en, FRIA_EN, word, "what", own, NULL);
		fria_buf_putc(nl, '\n');
		fria_buf_putc(en, '\n');
		said++;
	}
	fria_strings_dispose(&was);
	fria_strings_dispose(&is);
	fria_entries_dispose(&a);
	fria_entries_dispose(&b);
	return said > 0;
}

static const json_t *roles_of(const teller *t)
{
	return json_object_get(t->ws->config, "roles");
}

/* --- what it is judged by --- */

typedef struct {
	fria_buf *nl, *en;
	size_t said;
} lines;

static void say_line(lines *l, fria_word word, const char *nl, const char *en)
{
	fria_say(l->nl, FRIA_NL, word, "what", nl, NULL);
	fria_say(l->en, FRIA_EN, word, "what", en, NULL);
	fria_buf_putc(l->nl, '\n');
	fria_buf_putc(l->en, '\n');
	l->said++;
}

static void say_role(lines *l, fria_word word, const json_t *roles,
		     const char *role)
{
	say_line(l, word, fria_role_title(roles, role, FRIA_NL),
		 fria_role_title(roles, role, FRIA_EN));
}

/* Each role that came, went or changed; then the rest, as one. */
static void say_settings(lines *l, teller *t, const fria_touch *c)
{
	json_t *was = parse(bytes_of(t, c->before[SETTINGS]));
	json_t *is = parse(bytes_of(t, c->entries[SETTINGS]));
	json_t *before = json_object_get(was, "roles");
	json_t *after = json_object_get(is, "roles"), *value;
	const char *role;
	json_object_foreach(after, role, value) {
		const json_t *old = json_object_get(before, role);
		if (!old || !json_equal(old, value))
			say_role(l,
				 old ? FRIA_W_log_role : FRIA_W_log_role_added,
				 after, role);
	}
	json_object_foreach(before, role, value) {
		if (!json_object_get(after, role))
			say_role(l, FRIA_W_log_role_gone, before, role);
	}
	json_object_del(was, "roles");
	json_object_del(is, "roles");
	if (was && is && !json_equal(was, is))
		say_line(l, FRIA_W_log_settings, NULL, NULL);
	json_decref(was);
	json_decref(is);
}

/* The instrument that is pinned by the assessment before and after, if its
 * file is another one. */
static void say_questionnaire(lines *l, teller *t, const fria_touch *c)
{
	fria_entries a = {NULL, 0}, b = {NULL, 0};
	fria_buf nl = FRIA_BUF_INIT, en = FRIA_BUF_INIT;
	json_t *was = parse(bytes_of(t, c->before[ASSESSMENT]));
	json_t *is = parse(bytes_of(t, c->entries[ASSESSMENT]));
	const char *name = fria_json_text(is, "instrument");
	const char *old = fria_json_text(was, "instrument");
	const fria_instrument *in = instrument_at(t, c->commit, is);
	if (in && old && !strcmp(old, name)) {
		char *file = fria_format("%s.json", in->file);
		fria_store_entries(&a, t->ws->store, c->before[QUESTIONNAIRES],
				   NULL);
		fria_store_entries(&b, t->ws->store, c->entries[QUESTIONNAIRES],
				   NULL);
		fria_instrument_say(&nl, in, FRIA_NL);
		fria_instrument_say(&en, in, FRIA_EN);
		if (strcmp(id_in(&a, file), id_in(&b, file)) != 0)
			say_line(l,
				 id_in(&b, file)[0]
				     ? FRIA_W_log_questionnaire
				     : FRIA_W_log_questionnaire_gone,
				 nl.text, en.text);
		free(file);
	}
	fria_buf_dispose(&nl);
	fria_buf_dispose(&en);
	fria_entries_dispose(&a);
	fria_entries_dispose(&b);
	json_decref(was);
	json_decref(is);
}

static bool differs(const fria_touch *c, size_t path)
{
	return strcmp(c->before[path], c->entries[path]) != 0;
}

/* How the questions, the roles and the law changed since it was begun; a line
 * each, appended. True if any did. */
static bool say_ground(fria_buf *nl, fria_buf *en, teller *t,
		       const fria_touch *c)
{
	lines l = {nl, en, 0};
	if (!c->before[ASSESSMENT][0] || !c->entries[ASSESSMENT][0])
		return false;
	if (differs(c, QUESTIONNAIRES))
		say_questionnaire(&l, t, c);
	if (differs(c, SETTINGS))
		say_settings(&l, t, c);
	if (differs(c, LAW))
		say_line(&l, FRIA_W_log_law, NULL, NULL);
	return l.said > 0;
}

/* Facts alone while there is no assessment yet. */
static json_t *say_difference(teller *t, const fria_touch *c,
			      const state *before, const state *after)
{
	static const fria_instrument none = {.name = (char *)(uintptr_t) ""};
	const fria_instrument *in =
	    after->instrument ? after->instrument : before->instrument;
	fria_buf nl = FRIA_BUF_INIT, en = FRIA_BUF_INIT;
	fria_diff diff;
	json_t *empty = json_object();
	in = in ? in : &none;
	fria_side from = side_of(before, in, empty);
	fria_side to = side_of(after, in, empty);
	fria_placed placed = {.instrument = NULL};
	if (fria_instrument_draws_outside(in))
		fria_placed_open(&placed, t->ws, c->commit,
				 t->paths[ASSESSMENT], NULL);
	from.siblings = to.siblings = placed.side.siblings;
	to.roles = roles_of(t);
	fria_diff_make(&diff, &from, &to);
	fria_changes_say(&nl, &diff, in, SIZE_MAX, FRIA_NL);
	fria_changes_say(&en, &diff, in, SIZE_MAX, FRIA_EN);
	say_evidence(&nl, &en, t, c);
	say_ground(&nl, &en, t, c);
	json_t *said =
	    fria_json_pack("{s:s, s:s}", "nl", nl.text, "en", en.text);
	fria_diff_dispose(&diff);
	fria_placed_close(&placed);
	fria_buf_dispose(&nl);
	fria_buf_dispose(&en);
	json_decref(empty);
	return said;
}

/* --- what was told before --- */

/* Other words, other names of roles or another program tell it differently. */
static void key_of(char out[FRIA_DIGEST_SIZE], const teller *t)
{
	fria_buf all = FRIA_BUF_INIT;
	const json_t *roles = roles_of(t);
	fria_buf_puts(&all, FRIA_VERSION " local");
	if (roles)
		fria_canonical(&all, roles);
	for (int i = 0; i < FRIA_W_COUNT; i++) {
		fria_buf_puts(&all, fria_word_text((fria_word)i, FRIA_NL));
		fria_buf_puts(&all, fria_word_text((fria_word)i, FRIA_EN));
	}
	fria_digest_bytes(out, all.text, all.n);
	fria_buf_dispose(&all);
}

static void load_told(teller *t)
{
	char key[FRIA_DIGEST_SIZE], file[FRIA_DIGEST_SIZE];
	char *first = fria_version_tag(t->ws, t->application, t->own, 1);
	char *place = fria_format("%s %s %s", fria_store_prefix(t->ws->store),
				  first, t->paths[ASSESSMENT]);
	key_of(key, t);
	fria_digest_bytes(file, place, strlen(place));
	t->note = fria_format("told-%.16s", file);
	t->told = fria_note_read(t->ws, t->note);
	const char *was = fria_json_text(t->told, "key");
	if (!was || strcmp(was, key) != 0) {
		json_decref(t->told);
		t->told = NULL;
	}
	t->fresh = fria_json_pack("{s:s, s:{}, s:{}}", "key", key, "changes",
				  "versions");
	free(first);
	free(place);
}

/* What was told of a commit or version, borrowed; NULL: nothing yet. */
static json_t *recall(teller *t, const char *kind, const char *which)
{
	json_t *one = json_object_get(json_object_get(t->told, kind), which);
	if (json_is_object(one))
		json_object_set(json_object_get(t->fresh, kind), which, one);
	return json_is_object(one) ? one : NULL;
}

static json_t *remember(teller *t, const char *kind, const char *which,
			json_t *one)
{
	json_object_set_new(json_object_get(t->fresh, kind), which, one);
	t->more = true;
	return one;
}

/* --- a commit --- */

static json_t *tell_change(teller *t, const fria_touch *c)
{
	fria_commit commit = {0};
	state after, before;
	json_t *one = c->boundary ? NULL : recall(t, "changes", c->commit);
	if (one)
		return one;
	if (fria_store_commit_read(&commit, t->ws->store, c->commit, NULL))
		return NULL;
	read_states(&before, &after, t, c,
		    commit.parents.n ? commit.parents.items[0] : c->commit);
	one = fria_json_pack("{s:s, s:I, s:I, s:o}", "by", commit.author, "at",
			     (json_int_t)commit.at, "local",
			     (json_int_t)commit.local, "text",
			     say_difference(t, c, &before, &after));
	drop(&before);
	drop(&after);
	fria_commit_dispose(&commit);
	return remember(t, "changes", c->commit, one);
}

static bool collect(void *data, const fria_touch *touch)
{
	teller *t = data;
	fria_buf nl = FRIA_BUF_INIT, en = FRIA_BUF_INIT;
	bool own = touch->boundary;
	for (size_t i = 0; i < EVIDENCE; i++)
		own = own || differs(touch, i);
	if (own || say_evidence(&nl, &en, t, touch) ||
	    say_ground(&nl, &en, t, touch))
		*FRIA_PUSH(&t->changes) = *touch;
	fria_buf_dispose(&nl);
	fria_buf_dispose(&en);
	return !t->changes.limit || t->changes.n < t->changes.limit;
}

/* --- a version --- */

/* The tag's message without the lines that are for programs. */
static char *say_version(const char *message)
{
	fria_buf out = FRIA_BUF_INIT;
	for (const char *at = message; *at;) {
		size_t n = strcspn(at, "\n");
		if (!strncmp(at, "-----BEGIN ", 11))
			break;
		if (n && strncmp(at, "Content: ", 9) != 0 &&
		    strncmp(at, "Instrument: ", 12) != 0)
			fria_buf_put(&out, at, n + (at[n] == '\n'));
		at += n + (at[n] == '\n');
	}
	return fria_buf_detach(&out);
}

/* What the paths held at the commit that a tag names. */
static void held_at(char out[2][FRIA_ID_SIZE], teller *t, const char *commit)
{
	for (size_t i = 0; i < t->changes.n; i++)
		if (!strcmp(t->changes.items[i].commit, commit)) {
			memcpy(out, t->changes.items[i].entries,
			       2 * sizeof out[0]);
			return;
		}
	for (size_t i = 0; i < 2; i++)
		fria_store_blob_id(out[i], t->ws->store, commit, t->paths[i]);
}

static json_t *read_version(teller *t, const char *name)
{
	char held[2][FRIA_ID_SIZE] = {"", ""};
	fria_tag tag = {0};
	if (fria_store_tag_read(&tag, t->ws->store, name, NULL))
		return NULL;
	held_at(held, t, tag.target);
	char *text = say_version(tag.message);
	json_t *one = fria_json_pack(
	    "{s:s, s:s, s:s?, s:I, s:I, s:s, s:s, s:s, s:b}", "tag", tag.id,
	    "commit", tag.target, "by", tag.tagger, "at", (json_int_t)tag.at,
	    "local", (json_int_t)tag.local, "application", held[APPLICATION],
	    "assessment", held[ASSESSMENT], "text", text, "binds",
	    (int)fria_tag_binds(&tag));
	free(text);
	fria_tag_dispose(&tag);
	return one;
}

static json_t *tell_version(teller *t, size_t n)
{
	char version[32], id[FRIA_ID_SIZE];
	snprintf(version, sizeof version, "v%zu", n);
	char *name = fria_version_tag(t->ws, t->application, t->own, n);
	bool there = fria_store_tag_id(id, t->ws->store, name);
	json_t *one = there ? recall(t, "versions", version) : NULL;
	const char *was = fria_json_text(one, "tag");
	if (there && (!was || strcmp(was, id) != 0)) { /* new, or moved */
		one = read_version(t, name);
		if (one)
			remember(t, "versions", version, one);
	}
	free(name);
	return one;
}

/* --- one after the other --- */

static bool limited(const teller *t)
{
	return t->changes.limit && t->visited >= t->changes.limit;
}

static bool show_change(teller *t, const fria_touch *c)
{
	json_t *one = tell_change(t, c);
	const char *lang = fria_lang_code(t->ws->session.lang);
	fria_event event = {.kind = FRIA_EVENT_CHANGE, .boundary = c->boundary};
	memcpy(event.commit, c->commit, sizeof event.commit);
	event.by = fria_store_shown(t->ws->store, fria_json_text(one, "by"));
	event.at = json_integer_value(json_object_get(one, "at"));
	event.local = json_integer_value(json_object_get(one, "local"));
	event.text = fria_json_text(json_object_get(one, "text"), lang);
	event.by = event.by ? event.by : "";
	event.text = event.text ? event.text : "";
	t->visited++;
	return t->visit(t->data, &event) && !limited(t);
}

static bool show_version(teller *t, size_t n, const json_t *one)
{
	char version[32];
	fria_event event = {.kind = FRIA_EVENT_VERSION, .version = version};
	snprintf(version, sizeof version, "v%zu", n);
	snprintf(event.commit, sizeof event.commit, "%s",
		 fria_json_text(one, "commit"));
	event.by = fria_store_shown(t->ws->store, fria_json_text(one, "by"));
	event.by = event.by ? event.by : "";
	event.at = json_integer_value(json_object_get(one, "at"));
	event.local = json_integer_value(json_object_get(one, "local"));
	event.text =
	    json_is_true(json_object_get(one, "binds"))
		? fria_json_text(one, "text")
		: fria_word_text(FRIA_W_log_no_version, t->ws->session.lang);
	t->visited++;
	return t->visit(t->data, &event) && !limited(t);
}

/*
 * The change after which a version was adopted: the first, from `from` on,
 * that is not younger and holds what it binds; else the first not younger.
 */
static size_t place_of(teller *t, const json_t *version, size_t from)
{
	const char *held[2] = {fria_json_text(version, "application"),
			       fria_json_text(version, "assessment")};
	json_int_t at = json_integer_value(json_object_get(version, "at"));
	size_t older = FRIA_NONE;
	for (size_t i = from; i < t->changes.n; i++) {
		const fria_touch *c = &t->changes.items[i];
		json_t *one = tell_change(t, c);
		if (json_integer_value(json_object_get(one, "at")) > at)
			continue;
		if (!strcmp(c->entries[APPLICATION], held[APPLICATION]) &&
		    !strcmp(c->entries[ASSESSMENT], held[ASSESSMENT]))
			return i;
		older = older == FRIA_NONE ? i : older;
	}
	return older == FRIA_NONE ? t->changes.n : older;
}

static void show_all(teller *t, size_t last)
{
	size_t next = 0;
	bool more = true;
	for (size_t n = last; n > 0 && more; n--) {
		const json_t *version = tell_version(t, n);
		if (!version)
			continue;
		size_t place = place_of(t, version, next);
		/* Below the last change that was asked for. */
		if (t->changes.limit && place == t->changes.n)
			break;
		for (; next < place && more; next++)
			more = show_change(t, &t->changes.items[next]);
		more = more && show_version(t, n, version);
	}
	for (; next < t->changes.n && more; next++)
		more = show_change(t, &t->changes.items[next]);
}

/* ENOTFOUND for an assessment that neither history nor work tree knows. */
static int check_known(const teller *t, const char *name, fria_error *err)
{
	fria_snapshot *s = NULL;
	for (size_t i = 0; i < t->changes.n; i++)
		if (t->changes.items[i].entries[ASSESSMENT][0])
			return 0;
	int code = fria_snapshot_load(&s, t->ws, name, NULL, err);
	fria_snapshot_free(s);
	return code;
}

static int run(teller *t, const char *name, size_t last, fria_error *err)
{
	const char *const paths[] = {t->paths[APPLICATION],
				     t->paths[ASSESSMENT],
				     t->paths[EVIDENCE],
				     FRIA_INSTRUMENTS,
				     FRIA_CONFIG,
				     FRIA_LAW,
				     NULL};
	char head[FRIA_ID_SIZE];
	int code = 0;
	if (fria_store_head(head, t->ws->store))
		code = fria_store_touched(t->ws->store, head, paths, collect, t,
					  err);
	if (!code)
		code = check_known(t, name, err);
	if (code)
		return code;
	load_told(t);
	show_all(t, last);
	if (t->more && !t->changes.limit && t->changes.n > 16)
		fria_note_write(t->ws, t->note, t->fresh, NULL);
	return 0;
}

static void dispose(teller *t)
{
	for (size_t i = 0; i < SHARED; i++) {
		fria_buf_dispose(&t->documents[i].bytes);
		fria_instrument_free(t->instruments[i].instrument);
		free(t->instruments[i].name);
	}
	for (size_t i = 0; i < QUESTIONNAIRES; i++)
		free(t->paths[i]);
	free(t->changes.items);
	free(t->note);
	json_decref(t->told);
	json_decref(t->fresh);
}

int fria_log(fria_workspace *ws, const char *name, size_t limit,
	     fria_event_visit visit, void *data, fria_error *err)
{
	char *application = NULL, *own = NULL;
	teller t = {.ws = ws, .visit = visit, .data = data};
	for (size_t i = 0; i < SHARED; i++)
		fria_buf_init(&t.documents[i].bytes);
	int code = fria_workspace_name(&application, &own, name, err);
	if (!code) {
		t.changes.limit = limit;
		t.paths[APPLICATION] =
		    fria_workspace_path(application, "application");
		t.paths[ASSESSMENT] = fria_workspace_path(application, own);
		t.paths[EVIDENCE] = fria_evidence_path(application, "");
		t.application = application;
		t.own = own;
		code = run(&t, name, fria_snapshot_last(ws, application, own),
			   err);
	}
	dispose(&t);
	free(application);
	free(own);
	return code;
}
