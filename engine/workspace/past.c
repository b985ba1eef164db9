/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * How things were: facts, answers and contents, found by their digests in any
 * commit and in any assessment of the application, whatever it was called. One
 * past serves all evaluations of a snapshot: history is walked once, and not
 * before something is asked; what was read is not read again. It explains, and
 * decides nothing.
 */
#include "workspace_internal.h"

#include <stdlib.h>
#include <string.h>

/* Commits that are looked at, the newest ones, and contents that are made. */
enum { MAX_COMMITS = 2048, MAX_CONTENTS = 1024 };

/* An assessment as a commit holds it, with what it was read beside. */
typedef struct {
	char commit[FRIA_ID_SIZE];
	char *name; /* that it had then */
	char blob[FRIA_ID_SIZE];
	char application[FRIA_ID_SIZE]; /* blob; "": absent */
	char instruments[FRIA_ID_SIZE]; /* folder; "": absent */
	char evidence[FRIA_ID_SIZE];	/* the same */
	char law[FRIA_ID_SIZE];		/* blob; "": absent */
	fria_time at;			/* of the commit; 0 until it is asked */
	/* Names of its content, by rules: "" until made, "-": there is none. */
	char contents[FRIA_RULES][FRIA_CONTENT_SIZE];
} state;

/* The application as a commit holds it. */
typedef struct {
	char commit[FRIA_ID_SIZE], blob[FRIA_ID_SIZE];
	char before[FRIA_ID_SIZE]; /* what the next of them holds, if single */
	bool single;
} held;

/* The questionnaire that a content was made by. */
typedef struct {
	char content[FRIA_CONTENT_SIZE];
	fria_instrument *in;
} asked;

struct past {
	const fria_workspace *ws;
	const fria_snapshot *snapshot;
	char *folder; /* of the application */
	struct {
		state *items;
		size_t n;
	} states;	/* newest first */
	json_t *told;	/* what the states are, each but once */
	size_t commits; /* that they were read from */
	bool walked;	/* all that history leads to are there */
	bool complete;	/* and those of versions that it does not lead to */
	size_t next[2]; /* states whose answers are not in forms yet */
	size_t made;	/* contents */
	json_t *facts;	/* blob id to application.json, or null */
	struct {
		held *items;
		size_t n;
	} applications;	 /* on the line of history that is ours, newest first */
	size_t limit;	 /* how many of them were looked for; 0: not yet */
	json_t *present; /* digest to an answer's form; NULL: not begun */
	kept_forms forms; /* the same of the states that were read */
	json_t *content;  /* digest to content, or null */
	struct {
		asked *items;
		size_t n;
	} asked;	  /* by the contents that were found */
	json_t *approved; /* blob id to the contents that it has approvals of */
};

past *past_new(const fria_workspace *ws, const fria_snapshot *s)
{
	past *p = fria_calloc(1, sizeof *p);
	*p = (past){.ws = ws,
		    .snapshot = s,
		    .folder = fria_application_folder(s->application_id),
		    .told = json_object(),
		    .facts = json_object(),
		    .content = json_object(),
		    .approved = json_object()};
	return p;
}

void past_free(past *p)
{
	if (!p)
		return;
	for (size_t i = 0; i < p->states.n; i++)
		free(p->states.items[i].name);
	free(p->states.items);
	free(p->applications.items);
	for (size_t i = 0; i < p->asked.n; i++)
		fria_instrument_free(p->asked.items[i].in);
	free(p->asked.items);
	free(p->folder);
	json_decref(p->told);
	json_decref(p->facts);
	json_decref(p->present);
	json_decref(p->forms.of);
	json_decref(p->forms.read);
	json_decref(p->content);
	json_decref(p->approved);
	free(p);
}

/* --- what history holds --- */

/* True, and remembered, if this is told for the first time. Takes the key. */
static bool is_news(json_t *told, char *key)
{
	bool news = !json_object_get(told, key);
	if (news)
		json_object_set_new(told, key, json_true());
	free(key);
	return news;
}

static void add_states(past *p, const char *commit)
{
	static const char ending[] = ".json";
	fria_refs files = {NULL, 0};
	state found = {.name = NULL};
	fria_store_files(&files, p->ws->store, commit, p->folder, NULL);
	const fria_ref *application =
	    fria_refs_find(&files, FRIA_APPLICATION_FILE);
	if (application)
		memcpy(found.application, application->id, FRIA_ID_SIZE);
	memcpy(found.commit, commit, FRIA_ID_SIZE);
	char *evidence = fria_evidence_path(p->snapshot->application_id, "");
	fria_store_blob_id(found.instruments, p->ws->store, commit,
			   FRIA_INSTRUMENTS);
	fria_store_blob_id(found.evidence, p->ws->store, commit, evidence);
	free(evidence);
	fria_store_blob_id(found.law, p->ws->store, commit, FRIA_LAW);
	for (size_t i = 0; i < files.n; i++) {
		const fria_ref *file = &files.items[i];
		size_t n = strlen(file->name), end = sizeof ending - 1;
		if (n <= end || strcmp(file->name + n - end, ending) != 0)
			continue;
		char *name = fria_strndup(file->name, n - end);
		if (fria_id_ok(name) &&
		    is_news(p->told,
			    fria_format("%s %s %s %s %s %s", name, file->id,
					found.application, found.instruments,
					found.evidence, found.law))) {
			state *s = FRIA_PUSH(&p->states);
			*s = found;
			s->name = fria_strdup(name);
			memcpy(s->blob, file->id, FRIA_ID_SIZE);
		}
		free(name);
	}
	fria_refs_dispose(&files);
}

static bool add_touch(void *data, const fria_touch *touch)
{
	past *p = data;
	add_states(p, touch->commit);
	return ++p->commits < MAX_COMMITS;
}

/* What was adopted stays, also where history was squashed or rebased since. */
static void add_versions(past *p, const char *id)
{
	char *stem = fria_tag_stem(p->ws, id, "");
	/* "fria/APP//" */
	char *prefix =
	    fria_format("refs/tags/%.*s", (int)(strlen(stem) - 1), stem);
	fria_refs tags = {NULL, 0};
	fria_store_refs(&tags, p->ws->store, prefix, NULL);
	for (size_t i = tags.n; i-- > 0 && p->commits < MAX_COMMITS;) {
		fria_tag tag = {0};
		if (!fria_store_tag_read(
			&tag, p->ws->store,
			tags.items[i].name + strlen("refs/tags/"), NULL)) {
			add_states(p, tag.target);
			p->commits++;
		}
		fria_tag_dispose(&tag);
	}
	fria_refs_dispose(&tags);
	free(prefix);
	free(stem);
}

/* Are there more states than these? Then they are there now. */
static bool has_more(past *p, size_t than)
{
	const char *const paths[] = {p->folder, NULL};
	const char *commit = snapshot_commit(p->snapshot);
	if (!p->walked)
		fria_store_touched_ever(p->ws->store, commit ? commit : "HEAD",
					paths, add_touch, p, NULL);
	p->walked = true;
	if (p->states.n <= than && !p->complete) {
		for (size_t i = 0; i < p->snapshot->ids.n; i++)
			add_versions(p, p->snapshot->ids.items[i]);
		p->complete = true;
	}
	return p->states.n > than;
}

/* A document by its id; NULL if it cannot be read. New. */
static json_t *read_document(const past *p, const char *blob)
{
	fria_buf bytes = FRIA_BUF_INIT;
	json_t *json = kept_document(p->ws->kept, blob);
	if (!json && !fria_store_read_blob(&bytes, p->ws->store, blob, NULL) &&
	    !fria_json_parse(&json, blob, bytes.text, bytes.n, NULL))
		keep_document(p->ws->kept, blob, json);
	fria_buf_dispose(&bytes);
	return json;
}

/* The assessment of a state, with its questions as they were pinned then;
 * false if either cannot be read. */
static bool read_state(json_t **assessment, fria_instrument **in, const past *p,
		       const state *s)
{
	*assessment = read_document(p, s->blob);
	if (*assessment && !fria_assessment_check(*assessment, s->name, NULL) &&
	    !fria_workspace_instrument(
		in, p->ws, s->commit, fria_json_text(*assessment, "instrument"),
		NULL))
		return true;
	json_decref(*assessment);
	*assessment = NULL;
	return false;
}

/* --- facts --- */

static const json_t *facts_at(void *data, const char *blob)
{
	past *p = data;
	json_t *known = json_object_get(p->facts, blob);
	if (!known) {
		known = read_document(p, blob);
		json_object_set_new(p->facts, blob,
				    known ? known : json_null());
	}
	return json_is_null(known) ? NULL : known;
}

static bool add_application(void *data, const fria_touch *touch)
{
	past *p = data;
	held *one = FRIA_PUSH(&p->applications);
	memcpy(one->commit, touch->commit, FRIA_ID_SIZE);
	memcpy(one->blob, touch->entries[0], FRIA_ID_SIZE);
	memcpy(one->before, touch->before[0], FRIA_ID_SIZE);
	one->single = touch->single;
	return p->applications.n < p->limit;
}

/* Looks further back; false if there are no more. A change is mostly recent:
 * few are looked for at first. */
static bool follow_application(past *p)
{
	size_t n = p->applications.n;
	const char *commit = snapshot_commit(p->snapshot);
	if (n < p->limit || p->limit == MAX_COMMITS)
		return false;
	char *path =
	    fria_workspace_path(p->snapshot->application_id, "application");
	const char *const paths[] = {path, NULL};
	p->limit = p->limit ? p->limit * 8 : 1;
	p->limit = p->limit < MAX_COMMITS ? p->limit : MAX_COMMITS;
	p->applications.n = 0;
	fria_store_touched(p->ws->store, commit ? commit : "HEAD", paths,
			   add_application, p, NULL);
	free(path);
	return p->applications.n > n;
}

/* The application of a blob, if the fact is in it what it is today: by what is
 * compared, unless it stands there as it does here. */
static const json_t *same_fact(past *p, const char *blob, const char *pointer)
{
	const json_t *now = p->snapshot->application;
	const json_t *then = blob[0] ? facts_at(p, blob) : NULL;
	const json_t *own = fria_fact(now, pointer);
	const json_t *other = then ? fria_fact(then, pointer) : NULL;
	if (!then || (own && other && json_equal(own, other)))
		return then;
	json_t *one = fria_fact_digest(now, pointer, FRIA_RULES);
	json_t *two = fria_fact_digest(then, pointer, FRIA_RULES);
	bool same = json_equal(one, two);
	json_decref(one);
	json_decref(two);
	return same ? then : NULL;
}

/* Back from today to the commit before which it was something else. */
static bool fact_since(void *data, const char *pointer, const char **release,
		       fria_time *at)
{
	past *p = data;
	fria_commit commit = {0};
	char first[FRIA_ID_SIZE] = "";
	const json_t *of = NULL;
	for (size_t i = 0; i < p->applications.n || follow_application(p);
	     i++) {
		const held *one = &p->applications.items[i];
		const json_t *then = same_fact(p, one->blob, pointer);
		if (!then)
			break;
		memcpy(first, one->commit, FRIA_ID_SIZE);
		of = then;
		if (one->single && !same_fact(p, one->before, pointer))
			break;
	}
	if (!first[0] ||
	    fria_store_commit_read(&commit, p->ws->store, first, NULL))
		return false;
	*release = fria_json_text(of, "release");
	*at = commit.local;
	fria_commit_dispose(&commit);
	return true;
}

/* --- answers --- */

static void keep_form(void *forms, json_t *form)
{
	char digest[FRIA_DIGEST_SIZE];
	fria_digest(digest, form);
	if (!json_object_get(forms, digest))
		json_object_set(forms, digest, form);
}

/* What stands there now, and what an earlier look found in history. */
static void begin_forms(past *p)
{
	const fria_snapshot *s = p->snapshot;
	char *name = fria_format("%s/%s", s->application_id, s->name);
	p->forms = kept_forms_of(p->ws->kept, name, s->instrument);
	p->present = json_object();
	fria_upstream_forms(s->instrument, s->assessment, s->instrument,
			    keep_form, p->present);
	for (size_t i = 0; i < s->siblings_n; i++)
		fria_upstream_forms(s->sibling_instruments[i],
				    s->sibling_documents[i], s->instrument,
				    keep_form, p->present);
	free(name);
}

static void add_forms(past *p, const state *s)
{
	json_t *assessment = NULL;
	fria_instrument *in = NULL;
	if (is_news(p->forms.read,
		    fria_format("%s %s", s->blob, s->instruments)) &&
	    read_state(&assessment, &in, p, s)) {
		/* Bases know them as they are read, or as 0.1 stored them. */
		fria_upstream_forms(in, assessment, p->snapshot->instrument,
				    keep_form, p->forms.of);
		snapshot_settle(&assessment, in);
		fria_upstream_forms(in, assessment, p->snapshot->instrument,
				    keep_form, p->forms.of);
	}
	fria_instrument_free(in);
	json_decref(assessment);
}

/* Of an assessment that is judged, or that one rests on. */
static bool is_near(const past *p, const state *s)
{
	bool near = !strcmp(s->name, p->snapshot->name);
	for (size_t i = 0; i < p->snapshot->siblings_n; i++)
		near = near || !strcmp(s->name, p->snapshot->sibling_names[i]);
	return near;
}

/* The next to be read: others wait until what is near is done. */
static const state *next_state(past *p)
{
	for (int far = 0; far < 2; far++)
		while (has_more(p, p->next[far])) {
			const state *s = &p->states.items[p->next[far]++];
			if (is_near(p, s) != far)
				return s;
		}
	return NULL;
}

static json_t *answer_was(void *data, const char *digest)
{
	past *p = data;
	const state *s;
	if (!p->present)
		begin_forms(p);
	json_t *form = json_object_get(p->present, digest);
	while (!form && !(form = json_object_get(p->forms.of, digest)) &&
	       (s = next_state(p)))
		add_forms(p, s);
	return json_incref(form);
}

/* --- contents --- */

/* The content of a state by rules, and the questionnaire that asked for it;
 * NULL if it cannot be read. New. */
static json_t *content_of(fria_instrument **asked_by, past *p, const state *s,
			  fria_rules rules)
{
	json_t *assessment = NULL, *application = NULL, *content = NULL;
	json_t *evidence = NULL, *law = NULL, *judged = NULL;
	fria_instrument *in = NULL;
	char *name = NULL;
	p->made++;
	if (read_state(&assessment, &in, p, s) && s->application[0])
		application = read_document(p, s->application);
	if (application &&
	    !fria_application_check(application, s->name, NULL)) {
		name = fria_format("%s/%s",
				   snapshot_id_then(p->snapshot, application),
				   s->name);
		evidence = fria_evidence_ids(
		    p->ws, s->commit, p->snapshot->application_id, assessment);
		law = s->law[0] ? read_document(p, s->law) : NULL;
		judged = fria_law_beside(application, law);
		content =
		    fria_content(in, assessment, judged, evidence, name, rules);
	}
	if (content)
		*asked_by = in;
	else
		fria_instrument_free(in);
	json_decref(assessment);
	json_decref(application);
	json_decref(evidence);
	json_decref(law);
	json_decref(judged);
	free(name);
	return content;
}

/* The content of a state, if it is the one with this name. New. */
static json_t *content_named(past *p, state *s, const char *digest,
			     fria_rules rules)
{
	char *own = s->contents[rules - 1];
	json_t *content = NULL;
	fria_instrument *in = NULL;
	if (!own[0] ? p->made < MAX_CONTENTS : !strcmp(own, digest))
		content = content_of(&in, p, s, rules);
	if (content)
		fria_content_name(own, content, rules);
	else if (!own[0])
		memcpy(own, "-", 2);
	if (content && !strcmp(own, digest)) {
		asked *one = FRIA_PUSH(&p->asked);
		memcpy(one->content, digest, strlen(digest) + 1);
		one->in = in;
		return content;
	}
	fria_instrument_free(in);
	json_decref(content);
	return NULL;
}

/* What somebody approved by then, each as a member. */
static json_t *approved_in(const past *p, const char *blob)
{
	json_t *document = read_document(p, blob), *approval;
	json_t *out = json_object();
	size_t i;
	json_array_foreach(json_object_get(document, "approvals"), i,
			   approval) {
		const char *content = fria_json_text(approval, "content");
		if (content)
			json_object_set_new(out, content, json_true());
	}
	json_decref(document);
	return out;
}

static bool is_approved(past *p, const state *s, const char *digest)
{
	json_t *contents = json_object_get(p->approved, s->blob);
	if (!contents) {
		contents = approved_in(p, s->blob);
		json_object_set_new(p->approved, s->blob, contents);
	}
	return json_object_get(contents, digest) != NULL;
}

static fria_time moment_of(const past *p, state *s)
{
	fria_commit commit = {0};
	if (!s->at &&
	    !fria_store_commit_read(&commit, p->ws->store, s->commit, NULL))
		s->at = commit.at;
	fria_commit_dispose(&commit);
	return s->at;
}

/* Where the commits end that came after a moment. */
static size_t at_moment(const past *p, size_t from, fria_time at)
{
	size_t i = from;
	while (at && i < p->states.n && moment_of(p, &p->states.items[i]) > at)
		i++;
	return i;
}

/*
 * An approval is committed with the content that it is about, and mostly at
 * its own moment: what is nearest to that is looked at first, and before all
 * others what holds the approval.
 */
static json_t *find_content(past *p, size_t from, const char *digest,
			    fria_rules rules, fria_time at)
{
	size_t start = at_moment(p, from, at), n = p->states.n;
	for (int approved = 1; approved >= 0; approved--) {
		size_t older = start, newer = start;
		for (size_t i = from; i < n; i++) {
			/* One older, one newer, until either ends. */
			bool back =
			    newer == from ||
			    (older < n && older - start <= start - newer);
			state *s = &p->states.items[back ? older++ : --newer];
			json_t *found = !approved || is_approved(p, s, digest)
					    ? content_named(p, s, digest, rules)
					    : NULL;
			if (found)
				return found;
		}
	}
	return NULL;
}

static json_t *content_was(void *data, const char *digest, fria_time at)
{
	past *p = data;
	json_t *content = json_object_get(p->content, digest);
	fria_rules rules;
	if (!content && fria_content_rules(&rules, digest)) {
		for (size_t from = 0; !content && has_more(p, from);
		     from = p->states.n)
			content = find_content(p, from, digest, rules, at);
		if (!content)
			content = json_null();
		json_object_set_new(p->content, digest, content);
	}
	return json_is_null(content) ? NULL : json_incref(content);
}

static const fria_instrument *asked_then(void *data, const char *digest,
					 fria_time at)
{
	past *p = data;
	json_decref(content_was(p, digest, at));
	for (size_t i = 0; i < p->asked.n; i++)
		if (!strcmp(p->asked.items[i].content, digest))
			return p->asked.items[i].in;
	return NULL;
}

/* --- who asks --- */

static const char *shown(void *data, const char *by)
{
	const past *p = data;
	return fria_store_shown(p->ws->store, by);
}

void past_serve(fria_evaluation_input *input, past *p)
{
	input->facts_at = facts_at;
	input->answer_was = answer_was;
	input->content_was = content_was;
	input->asked_then = asked_then;
	input->fact_since = fact_since;
	input->shown = shown;
	input->data = p;
}
