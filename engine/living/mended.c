/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Whether an earlier content and the present one differ in words alone, and
 * who mended these. It compares contents; it never looks for them.
 */
#include "living_internal.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
	const fria_evaluation_input *in;
	const char *by;	   /* whose words are asked for */
	const char *until; /* and only until then; NULL: all */
	fria_rules rules;  /* of the contents */
	char *own; /* the first question or fact that this person mended */
} mended;

/* Written as RFC 3339 in UTC, moments compare as text. */
static bool is_after(const char *at, const char *until)
{
	return at && until && strcmp(at, until) > 0;
}

static void note_editors(mended *m, const json_t *list, size_t from,
			 const char *task)
{
	for (size_t i = from; i < json_array_size(list); i++) {
		const json_t *one = json_array_get(list, i);
		if (!m->own && !is_after(fria_json_text(one, "at"), m->until) &&
		    fria_same_person(fria_json_text(one, "by"), m->by))
			m->own = fria_strdup(task);
	}
}

/* True if the answer had this value before its words were mended. */
static bool was_mended(mended *m, const json_t *answer, const json_t *value,
		       const char *task)
{
	const json_t *list =
	    json_object_get(json_object_get(answer, "basis"), "editorial");
	char digest[FRIA_DIGEST_SIZE];
	json_t *form = fria_json_pack("{s:O}", "value", value), *one;
	size_t i;
	fria_digest(digest, form);
	json_decref(form);
	json_array_foreach(list, i, one) {
		const char *was = fria_json_text(one, "was");
		if (!was || strcmp(was, digest) != 0)
			continue;
		note_editors(m, list, i, task);
		return true;
	}
	return false;
}

static bool same_row(mended *m, size_t group, const char *row,
		     const json_t *was, const json_t *now)
{
	const fria_instrument *in = m->in->instrument;
	size_t column = 0;
	bool same = json_array_size(was) == json_array_size(now);
	for (size_t i = group + 1; same && i < in->tasks[group].end; i++) {
		if (!in->tasks[i].answerable || in->tasks[i].measure)
			continue;
		json_t *old = json_array_get(was, column);
		json_t *new = json_array_get(now, column++);
		same = json_equal(old, new) ||
		       (json_is_string(old) &&
			was_mended(m,
				   fria_assessment_answer(m->in->assessment, in,
							  i, row),
				   old, in->tasks[i].id));
	}
	return same;
}

static bool same_rows(mended *m, size_t group, const json_t *was,
		      const json_t *now)
{
	const json_t *rows =
	    fria_assessment_rows(m->in->assessment, m->in->instrument, group);
	bool same = json_array_size(was) == json_array_size(now);
	for (size_t i = 0; same && i < json_array_size(now); i++) {
		const char *row = fria_json_text(json_array_get(rows, i), "id");
		same = row && same_row(m, group, row, json_array_get(was, i),
				       json_array_get(now, i));
	}
	return same;
}

static bool same_answer(mended *m, const char *id, const json_t *was,
			const json_t *now)
{
	const fria_instrument *in = m->in->instrument;
	size_t task = fria_instrument_find(in, id);
	const json_t *rows = json_object_get(was, "rows");
	const json_t *value = json_object_get(was, "value");
	if (json_equal(was, now))
		return true;
	if (task == FRIA_NONE)
		return false;
	if (rows)
		return same_rows(m, task, rows, json_object_get(now, "rows"));
	return value &&
	       was_mended(
		   m, fria_assessment_answer(m->in->assessment, in, task, NULL),
		   value, id);
}

/* True if somebody recorded that only the words of the fact changed. */
static bool same_fact(mended *m, const char *pointer, const json_t *was,
		      const json_t *now)
{
	fria_lang lang = fria_assessment_language(m->in->assessment);
	json_t *events = json_array();
	bool same = json_equal(was, now) ||
		    fria_wording_leads(events, m->in->application, 0, pointer,
				       was, now, m->rules);
	if (same)
		note_editors(m, events, 0, fria_fact_title(pointer, lang));
	json_decref(events);
	return same;
}

/* The first question, fact or piece of evidence that differs in more than
 * words; or NULL. */
static const char *differs(mended *m, const json_t *was, const json_t *now)
{
	static const char *const parts[] = {"facts", "questions", "answers",
					    "evidence"};
	for (size_t p = 0; p < 4; p++) {
		json_t *old = json_object_get(was, parts[p]), *value;
		json_t *new = json_object_get(now, parts[p]);
		const char *id;
		json_object_foreach(new, id, value) {
			const json_t *before = json_object_get(old, id);
			if (!before ||
			    !(p == 2   ? same_answer(m, id, before, value)
			      : p == 0 ? same_fact(m, id, before, value)
				       : json_equal(before, value)))
				return id;
		}
		json_object_foreach(old, id, value) {
			if (!json_object_get(new, id))
				return id;
		}
	}
	return NULL;
}

static bool is_mended(mended *m, const json_t *was, fria_rules rules,
		      char **more)
{
	const fria_evaluation_input *in = m->in;
	fria_lang lang = fria_assessment_language(in->assessment);
	json_t *now = content_now(in, rules);
	m->rules = rules;
	const char *what = differs(m, was, now);
	if (!what && fria_logic_moved(was, now))
		what = fria_word_text(FRIA_W_change_logic, lang);
	else if (what)
		what = what[0] == '/' ? fria_fact_title(what, lang)
				      : fria_evidence_own(what);
	*more = fria_strdup(what);
	json_decref(now);
	return !*more;
}

bool fria_content_mended(const fria_evaluation_input *in, const json_t *was,
			 fria_rules rules, const char *by, char **more,
			 char **own)
{
	mended m = {.in = in, .by = by};
	bool mended_only = is_mended(&m, was, rules, more);
	*own = m.own;
	return mended_only;
}

/* --- an approval that claims it --- */

/* The moment of the first approval that is about a content. */
static fria_time moment_of(const json_t *given, const char *content)
{
	fria_time at = 0;
	json_t *one;
	size_t i;
	json_array_foreach((json_t *)(uintptr_t)given, i, one) {
		const char *own = fria_json_text(one, "content");
		const char *moment = fria_json_text(one, "at");
		if (own && moment && !strcmp(own, content) &&
		    fria_time_parse(&at, moment))
			return at;
	}
	return at;
}

fria_claim fria_editorial_claim(const fria_evaluation_input *in,
				const fria_approval *approval)
{
	const char *content = approval->editorial;
	mended m = {.in = in, .by = approval->by, .until = approval->at};
	fria_rules rules;
	char *more = NULL;
	if (!content || approval->kind != FRIA_ROLE_AGREEMENT || !m.by ||
	    !fria_content_rules(&rules, content))
		return FRIA_CLAIM_FALSE;
	json_t *was =
	    in->content_was
		? in->content_was(
		      in->data, content,
		      moment_of(json_object_get(in->assessment, "approvals"),
				content))
		: NULL;
	if (!was)
		return FRIA_CLAIM_UNKNOWN;
	bool holds = is_mended(&m, was, rules, &more) && !m.own;
	json_decref(was);
	free(m.own);
	free(more);
	return holds ? FRIA_CLAIM_HOLDS : FRIA_CLAIM_FALSE;
}
