/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Puts together what a report is made of: an assessment with its evaluation
 * and versions, redacted for those who will read it. It makes no page.
 */
#include "publishing_internal.h"

#include <stdlib.h>
#include <string.h>

/* --- versions --- */

/* The rest of the line after "Key: " in a tag's message; "" if not there. */
static void add_line(fria_strings *out, const char *message, const char *key)
{
	char *start = fria_format("\n%s: ", key);
	const char *at = strstr(message, start);
	char *value = at ? fria_strndup(at + strlen(start),
					strcspn(at + strlen(start), "\n"))
			 : fria_strdup("");
	fria_strings_add(out, value);
	free(value);
	free(start);
}

static bool is_later(const fria_tag *tag, const char *name,
		     const fria_snapshot *s)
{
	if (s->version && name)
		return strtoul(name + 2, NULL, 10) >
		       strtoul(s->version + 1, NULL, 10);
	return s->commit[0] && tag->at > s->at &&
	       strcmp(tag->target, s->commit) != 0;
}

/* Newest first; of a version, what was adopted before it and itself. */
static void list_versions(fria_presented *p, const fria_snapshot *s)
{
	size_t n = 0;
	for (size_t i = 0; i < p->tags.n; i++) {
		add_line(&p->kept, p->tags.items[i].message, "Release");
		add_line(&p->kept, p->tags.items[i].message, "Content");
		add_line(&p->kept, p->tags.items[i].message, "Forced");
	}
	p->versions = fria_calloc(p->tags.n, sizeof *p->versions);
	for (size_t i = p->tags.n; i-- > 0;) {
		const fria_tag *tag = &p->tags.items[i];
		const char *name = strrchr(tag->name, '/');
		const char *content = p->kept.items[3 * i + 1];
		const char *forced = p->kept.items[3 * i + 2];
		if (is_later(tag, name, s))
			continue;
		p->versions[n++] =
		    (fria_report_version){.name = name ? name + 1 : tag->name,
					  .release = p->kept.items[3 * i],
					  .forced = *forced ? forced : NULL,
					  .content = *content ? content : NULL,
					  .at = tag->local};
	}
	p->report.versions = p->versions;
	p->report.versions_n = n;
}

/* The version it was asked for by, else the last if it has that one's content;
 * NULL: what it says was never adopted. */
static const char *version_of(const fria_presented *p, const fria_snapshot *s)
{
	const fria_report_version *last = p->report.versions;
	if (s->version || !p->report.versions_n || !last->content)
		return s->version;
	return fria_standing_holds(&p->standing, s, last->content) ? last->name
								   : NULL;
}

/* A version's digest is shown as its tag has it. */
static fria_rules rules_of(const fria_presented *p)
{
	fria_rules rules = FRIA_RULES;
	const char *own = p->report.version;
	for (size_t i = 0; own && i < p->report.versions_n; i++)
		if (!strcmp(p->versions[i].name, own) && p->versions[i].content)
			fria_content_rules(&rules, p->versions[i].content);
	return rules;
}

/* The highest level of the assessment: the score that its matrix names. */
static size_t level_of(const fria_standing *standing)
{
	const char *key = standing->input.instrument->matrix.overall;
	const fria_evaluation *e = &standing->result;
	return key ? (size_t)fria_score_step(fria_score_find(e, key, NULL)) : 0;
}

/* Evaluates each version as of its own day, for the same readers; what cannot
 * be read stays out. */
static const fria_report_version *develop(void *data)
{
	fria_presented *p = data;
	for (size_t i = 0; !p->developed && i < p->report.versions_n; i++) {
		fria_snapshot *s = NULL;
		fria_standing standing;
		if (fria_snapshot_load(&s, p->ws, p->name, p->versions[i].name,
				       NULL))
			continue;
		if (fria_snapshot_holds(s, p->versions[i].content) &&
		    !fria_standing_make(&standing, p->ws, s, s->at, NULL)) {
			fria_redaction shown;
			fria_redact(&shown, &standing.result, &standing.input,
				    p->report.audience, &p->today);
			p->versions[i].verdict = standing.result.verdict;
			p->versions[i].level = level_of(&standing);
			fria_standing_dispose(&standing);
			fria_redaction_dispose(&shown);
		}
		fria_snapshot_free(s);
	}
	p->developed = true;
	return p->versions;
}

/* --- what was withheld since --- */

int publish_today(json_t **out, const fria_workspace *ws, const char *id,
		  const char *name, fria_error *err)
{
	char head[FRIA_ID_SIZE];
	char *path = fria_workspace_path(id, name);
	fria_error inner = FRIA_ERROR_INIT;
	int code = FRIA_ENOTFOUND;
	if (!fria_store_is_bare(ws->store))
		code = fria_workspace_json(out, ws, NULL, path, &inner);
	if (code == FRIA_ENOTFOUND && fria_store_head(head, ws->store)) {
		inner = (fria_error)FRIA_ERROR_INIT;
		code = fria_workspace_json(out, ws, head, path, &inner);
	}
	free(path);
	if (code && code != FRIA_ENOTFOUND && err)
		*err = inner;
	return code == FRIA_ENOTFOUND ? 0 : code;
}

static int add_today(json_t *all, const fria_workspace *ws, const char *id,
		     const char *name, fria_error *err)
{
	json_t *one = NULL;
	int code = publish_today(&one, ws, id, name, err);
	if (!code && one)
		json_object_set(all, name, one);
	json_decref(one);
	return code;
}

/* The work tree's own documents are today's. */
static void take_today(fria_presented *p, const fria_snapshot *s)
{
	p->application_today = json_incref(s->application);
	json_object_set(p->assessments_today, s->name, s->assessment);
	for (size_t i = 0; i < s->siblings_n; i++)
		json_object_set(p->assessments_today, s->siblings[i].name,
				(json_t *)(uintptr_t)s->siblings[i].assessment);
}

/* The snapshot's documents as they stand today, for readers outside. */
static int find_today(fria_presented *p, const fria_snapshot *s,
		      fria_error *err)
{
	const char *id = s->application_id;
	json_t *all = p->assessments_today = json_object();
	int code = 0;
	if (p->report.audience == FRIA_INTERNAL)
		return 0;
	if (!s->commit[0]) {
		take_today(p, s);
	} else {
		code = publish_today(&p->application_today, p->ws, id,
				     "application", err);
		if (!code)
			code = add_today(all, p->ws, id, s->name, err);
		for (size_t i = 0; i < s->siblings_n && !code; i++)
			code =
			    add_today(all, p->ws, id, s->siblings[i].name, err);
	}
	p->today = (fria_today){p->application_today, all};
	return code;
}

/* --- since the version before --- */

/* The version before this one that holds what it binds; before the work tree:
 * the last. */
static const char *version_before(const fria_presented *p)
{
	const fria_report *r = &p->report;
	for (size_t at = r->version ? 1 : 0; at < r->versions_n; at++) {
		fria_snapshot *s = NULL;
		bool holds = !fria_snapshot_load(&s, p->ws, p->name,
						 r->versions[at].name, NULL) &&
			     fria_snapshot_holds(s, r->versions[at].content);
		fria_snapshot_free(s);
		if (holds)
			return r->versions[at].name;
	}
	return NULL;
}

static void forget_before(fria_presented *p)
{
	fria_diff_dispose(&p->changes);
	fria_standing_dispose(&p->before_standing);
	fria_redaction_dispose(&p->before_redaction);
	fria_snapshot_free(p->before);
	p->changes = (fria_diff){.items = NULL};
	p->before_standing = (fria_standing){.lookup = NULL};
	p->before = NULL;
	p->report.changes = NULL;
}

/* With a state before, which is called so. Both sides are redacted before
 * they are compared. */
static int compare(fria_presented *p, const fria_snapshot *s,
		   const char *revision, const char *called, fria_error *err)
{
	fria_report *r = &p->report;
	int code =
	    fria_snapshot_load(&p->before, p->ws, p->name, revision, err);
	if (!code)
		code =
		    fria_standing_make_in(&p->before_standing, p->ws, p->before,
					  p->before->day, r->lang, err);
	if (code)
		return code;
	fria_redact(&p->before_redaction, &p->before_standing.result,
		    &p->before_standing.input, r->audience, &p->today);
	code = fria_side_make(&p->from, p->from_date, p->ws, p->before,
			      &p->before_standing, called, err);
	if (!code)
		code = fria_side_make(&p->to, p->to_date, p->ws, s,
				      &p->standing, r->version, err);
	if (code)
		return code;
	fria_diff_make(&p->changes, &p->from, &p->to);
	fria_diff_shown(&p->changes, p->ws);
	r->changes = &p->changes;
	r->changes_since = called;
	return 0;
}

/* --- since somebody advised --- */

typedef struct {
	const fria_presented *p;
	const char *path;
	const json_t *advice;
	char commit[FRIA_ID_SIZE]; /* the first that has it; "": none */
} search;

static bool has_advice(const json_t *assessment, const json_t *advice)
{
	size_t i;
	json_t *one;
	json_array_foreach(json_object_get(assessment, "approvals"), i, one)
		if (json_equal(one, advice))
			return true;
	return false;
}

static bool look(void *data, const fria_commit *commit)
{
	search *s = data;
	json_t *document = NULL;
	bool has = !fria_workspace_json(&document, s->p->ws, commit->id,
					s->path, NULL) &&
		   has_advice(document, s->advice);
	if (has)
		memcpy(s->commit, commit->id, sizeof s->commit);
	json_decref(document);
	return has;
}

/* The role's last word, a question back being none; NULL if it has not spoken.
 */
static const json_t *last_advice(const fria_snapshot *s, const char *role)
{
	const json_t *last = NULL;
	size_t i;
	json_t *one;
	json_array_foreach(json_object_get(s->assessment, "approvals"), i,
			   one) {
		const char *value = fria_json_text(one, "value");
		if (fria_json_says(one, "role", role) && value &&
		    fria_said_parse(value) != FRIA_SAID_RETURNED)
			last = one;
	}
	return last;
}

int fria_present_to(fria_presented *p, const fria_snapshot *s, const char *role,
		    fria_error *err)
{
	const char *const paths[] = {s->path, NULL};
	search found = {p, s->path, last_advice(s, role), ""};
	const char *head = p->report.commit;
	fria_time at;
	fria_buf day = FRIA_BUF_INIT;
	int code = 0;
	p->report.adviser = role;
	if (found.advice && head)
		code = fria_store_log(p->ws->store, head, paths, look, &found,
				      err);
	if (code || !*found.commit)
		return code;
	if (fria_time_parse(&at, fria_json_text(found.advice, "at")))
		fria_day_say(&day, p->report.lang, at);
	fria_strings_add(&p->kept, day.text);
	fria_buf_dispose(&day);
	forget_before(p);
	p->report.advised = true;
	return compare(p, s, found.commit, p->kept.items[p->kept.n - 1], err);
}

/* --- what points at one person --- */

typedef struct {
	const fria_side *side;
	const char *name;
	fria_lang lang;
	fria_error *err;
	int code;
} refusing;

static void refuse_personal(void *data, const char *pointer,
			    fria_personal_kind kind, const char *text)
{
	refusing *r = data;
	fria_buf place = FRIA_BUF_INIT;
	if (r->code)
		return;
	fria_place_say(&place, r->side, pointer, r->lang);
	r->code =
	    fria_fail(r->err, FRIA_EREFUSED, FRIA_W_personal_public, "name",
		      r->name, "place", place.text, "text", text, "what",
		      fria_word_text(fria_personal_word(kind), r->lang), NULL);
	fria_buf_dispose(&place);
}

int publish_refuse_personal(const json_t *shown, const fria_instrument *in,
			    const json_t *document, const json_t *today,
			    const char *name, fria_lang lang, fria_error *err)
{
	const fria_side side = {
	    .assessment = shown, .application = shown, .instrument = in};
	refusing r = {&side, name, lang, err, 0};
	json_t *disclosed = json_array();
	json_array_extend(disclosed, json_object_get(document, "disclosed"));
	json_array_extend(disclosed, json_object_get(today, "disclosed"));
	fria_personal_find(shown, disclosed, refuse_personal, &r);
	json_decref(disclosed);
	return r.code;
}

/* An adopted version is what is made public. */
static int check_public(const fria_presented *p, const fria_snapshot *s,
			fria_error *err)
{
	const fria_report *r = &p->report;
	int code = 0;
	if (r->audience != FRIA_PUBLIC || !s->version)
		return 0;
	code = publish_refuse_personal(
	    p->redaction.assessment, s->instrument, s->assessment,
	    json_object_get(p->assessments_today, s->name), p->name, r->lang,
	    err);
	if (!code)
		code = publish_refuse_personal(
		    p->redaction.application, NULL, s->application,
		    p->application_today, s->application_id, r->lang, err);
	return code;
}

char *publish_address(const fria_workspace *ws, const char *id)
{
	const char *base = fria_json_text(ws->config, "reports");
	if (!base || !*base)
		return NULL;
	return fria_format("%s%s%s/", base,
			   base[strlen(base) - 1] == '/' ? "" : "/", id);
}

/* --- the whole --- */

int fria_present(fria_presented *out, fria_workspace *ws,
		 const fria_snapshot *s, fria_audience audience, fria_lang lang,
		 fria_error *err)
{
	*out = (fria_presented){
	    .ws = ws,
	    .snapshot = s,
	    .name = fria_format("%s/%s", s->application_id, s->name),
	    .address = publish_address(ws, s->application_id)};
	int code =
	    fria_standing_make_in(&out->standing, ws, s, s->day, lang, err);
	if (!code)
		code = fria_snapshot_versions(&out->tags, ws, s->application_id,
					      s->name, err);
	if (!code && s->version)
		code = publish_refuse_version(ws, s, &out->tags, err);
	if (code) {
		fria_presented_dispose(out);
		return code;
	}
	publish_drop_false(&out->tags);
	fria_report *r = &out->report;
	*r = (fria_report){
	    .input = &out->standing.input,
	    .evaluation = &out->standing.result,
	    .name = out->name,
	    .organisation = fria_json_text(ws->config, "organisation"),
	    .address = out->address,
	    .lang = lang,
	    .buttons = ws->session.buttons,
	    .audience = audience,
	    .develop = develop,
	    .conclude = publish_conclude,
	    .picture = audience == FRIA_INTERNAL ? publish_picture : NULL,
	    .data = out};
	if (s->commit[0])
		r->commit = s->commit;
	else if (fria_store_head(out->head, ws->store))
		r->commit = out->head;
	list_versions(out, s);
	r->version = version_of(out, s);
	fria_standing_content(r->content, &out->standing, s, rules_of(out));
	code = find_today(out, s, err);
	/* What an answer still says is for who judges it again. */
	if (!code && audience == FRIA_INTERNAL && !s->version)
		fria_causes_find(&out->standing.result, &out->standing.input);
	if (!code) {
		fria_redact(&out->redaction, &out->standing.result,
			    &out->standing.input, audience, &out->today);
		r->withheld = out->redaction.withheld;
		r->withheld_n = out->redaction.withheld_n;
		code = check_public(out, s, err);
	}
	if (!code) {
		const char *before = version_before(out);
		if (before)
			code = compare(out, s, before, before, err);
	}
	if (code)
		fria_presented_dispose(out);
	return code;
}

void fria_presented_dispose(fria_presented *p)
{
	fria_diff_dispose(&p->changes);
	fria_standing_dispose(&p->before_standing);
	fria_redaction_dispose(&p->before_redaction);
	fria_snapshot_free(p->before);
	fria_standing_dispose(&p->standing);
	fria_redaction_dispose(&p->redaction);
	fria_tags_dispose(&p->tags);
	fria_strings_dispose(&p->kept);
	publish_forget_pictures(p);
	publish_forget_beside(p);
	json_decref(p->application_today);
	json_decref(p->assessments_today);
	free(p->versions);
	free(p->address);
	free(p->name);
	*p = (fria_presented){.name = NULL};
}

/* --- templates --- */

/* The workspace's own that can be read: a link is none. */
static void list_own(fria_strings *out, const fria_workspace *ws)
{
	fria_strings files = FRIA_STRINGS_INIT;
	fria_store_list(&files, ws->store, NULL, FRIA_TEMPLATES, NULL);
	for (size_t i = 0; i < files.n; i++) {
		char *path = fria_format(FRIA_TEMPLATES "/%s", files.items[i]);
		fria_buf text = FRIA_BUF_INIT;
		if (!fria_store_read(&text, ws->store, NULL, path, NULL))
			fria_strings_add(out, files.items[i]);
		fria_buf_dispose(&text);
		free(path);
	}
	fria_strings_dispose(&files);
}

/* Names of the workspace's own in a language. */
static void list_templates(fria_strings *out, const fria_workspace *ws,
			   const char *ending)
{
	fria_strings names = FRIA_STRINGS_INIT;
	size_t n = strlen(ending);
	list_own(&names, ws);
	fria_strings_sort(&names);
	for (size_t i = 0; i < names.n; i++) {
		size_t length = strlen(names.items[i]);
		if (length <= n ||
		    strcmp(names.items[i] + length - n, ending) != 0)
			continue;
		names.items[i][length - n] = '\0';
		if (!fria_closed_number("template", names.items[i]))
			fria_strings_add(out, names.items[i]);
	}
	fria_strings_dispose(&names);
}

fria_audience fria_template_audience(const char *name)
{
	static const char *const outside[] = {"summary", "supplier-questions",
					      "council-letter",
					      "eu-registration", NULL};
	const char *known = fria_closed_id("template", name);
	name = known ? known : name;
	for (size_t i = 0; outside[i]; i++)
		if (!strcmp(name, outside[i]))
			return FRIA_PUBLIC;
	return strcmp(name, "notification") ? FRIA_INTERNAL : FRIA_AUTHORITY;
}

/* One of the workspace, else a built-in one; false if there is none. */
static bool read_template(char **path, char **text, const fria_workspace *ws,
			  const char *name, const char *ending)
{
	fria_buf own = FRIA_BUF_INIT;
	char *file = fria_format(FRIA_TEMPLATES "/%s%s", name, ending);
	char *key = fria_application_folder(file);
	const char *built_in = fria_embedded(key, NULL);
	bool safe = fria_id_ok(name);
	bool is_own =
	    safe && !fria_store_read(&own, ws->store, NULL, file, NULL);
	if (is_own || (safe && built_in)) {
		*text = is_own ? fria_buf_detach(&own) : fria_strdup(built_in);
		*path = fria_strdup(is_own ? file : key);
	}
	fria_buf_dispose(&own);
	free(key);
	free(file);
	return is_own || (safe && built_in);
}

int fria_template_read(char **path, char **text, const fria_workspace *ws,
		       const char *name, fria_lang lang, fria_error *err)
{
	fria_strings own = FRIA_STRINGS_INIT;
	char *ending = fria_format(".%s.md", fria_lang_code(lang));
	const char *id;
	int code = 0;
	if (!read_template(path, text, ws, name, ending)) {
		list_templates(&own, ws, ending);
		code =
		    fria_closed_read_titled(&id, "template", name, &own,
					    FRIA_W_unknown_template, lang, err);
		if (!code)
			read_template(path, text, ws, id, ending);
	}
	fria_strings_dispose(&own);
	free(ending);
	return code;
}
