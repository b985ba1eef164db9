/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The content that an approval or a version binds: what was asked and by what
 * rules, what was answered and the facts beneath, without anything that may
 * move freely (release name, progress of measures, dormant answers, comments).
 */
#include "living_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* By rules 1 all that is compared; since rules 2 what an approval binds. */
static void add_facts(json_t *facts, const fria_task *t,
		      const json_t *application, fria_rules rules)
{
	for (size_t i = 0; i < t->facts.n; i++) {
		const char *pointer = t->facts.items[i].pointer;
		if (json_object_get(facts, pointer))
			continue;
		json_t *digest =
		    rules == FRIA_RULES_1
			? fria_fact_digest(application, pointer, rules)
			: fria_fact_bound(application, pointer, rules);
		if (digest)
			json_object_set_new(facts, pointer, digest);
	}
}

/* What the answer points at, by what it is; what is not there is null. */
static void add_evidence(json_t *out, const json_t *answer,
			 const json_t *evidence)
{
	fria_strings names = FRIA_STRINGS_INIT;
	fria_evidence_mentioned(&names, answer);
	for (size_t i = 0; i < names.n; i++) {
		json_t *id = json_object_get(evidence, names.items[i]);
		json_object_set_new(out, names.items[i],
				    id ? json_incref(id) : json_null());
	}
	fria_strings_dispose(&names);
}

/* By rules 1 a choice counts as its row's text, since rules 2 as its id. New.
 */
static json_t *choices_by(const fria_instrument *in, const json_t *assessment,
			  fria_rules rules)
{
	json_t *document = (json_t *)(uintptr_t)assessment;
	return rules == FRIA_RULES_1 ? fria_choices_worded(in, document)
				     : fria_choices_settled(in, document, NULL);
}

json_t *fria_content(const fria_instrument *in, const json_t *assessment,
		     const json_t *application, const json_t *evidence,
		     const char *name, fria_rules rules)
{
	json_t *questions = json_object(), *facts = json_object(),
	       *answers = json_object(), *named = json_object();
	fria_lang lang = fria_assessment_language(assessment);
	fria_questions all;
	json_t *bound = choices_by(in, assessment, rules);
	fria_view *v = fria_view_new(in, bound, NULL);
	fria_view_questions(&all, v);
	for (size_t i = 0; i < all.n; i++) {
		const fria_question *q = &all.items[i];
		const fria_task *t = &in->tasks[q->task];
		char digest[FRIA_DIGEST_SIZE];
		size_t holder = t->rows == FRIA_NONE ? q->task : t->rows;
		const char *key = in->tasks[holder].id;
		if (!q->visible || t->measure)
			continue;
		fria_question_digest(digest, in, q->task, lang, rules);
		json_object_set_new(questions, t->id, fria_json_string(digest));
		add_facts(facts, t, application, rules);
		add_evidence(named, q->answer, evidence);
		if (!json_object_get(answers, key))
			json_object_set_new(answers, key,
					    fria_view_form(v, holder, 0));
	}
	fria_questions_dispose(&all);
	fria_view_free(v);
	json_t *content = fria_json_pack(
	    "{s:s?, s:s, s:s, s:o, s:o, s:o}", "application",
	    fria_json_text(assessment, "application"), "assessment", name,
	    "instrument", in->name, "questions", questions, "facts", facts,
	    "answers", answers);
	if (rules != FRIA_RULES_1) {
		json_object_set_new(content, "logic",
				    fria_json_string(fria_logic_digest(in)));
		json_object_set(content, "evidence", named);
	}
	json_decref(named);
	json_decref(bound);
	return content;
}

bool fria_logic_moved(const json_t *before, const json_t *after)
{
	const char *was = fria_json_text(before, "logic");
	const char *is = fria_json_text(after, "logic");
	return was && is && strcmp(was, is) != 0;
}

void fria_content_name(char out[FRIA_CONTENT_SIZE], const json_t *content,
		       fria_rules rules)
{
	char digest[FRIA_DIGEST_SIZE];
	fria_digest(digest, content);
	if (rules == FRIA_RULES_1)
		memcpy(out, digest, sizeof digest);
	else
		snprintf(out, FRIA_CONTENT_SIZE, "%d:%s", (int)rules, digest);
}

/* "APP/…" for the id APP. */
static bool is_called(const char *name, const char *id)
{
	size_t n = strlen(id);
	return !strncmp(name, id, n) && name[n] == '/';
}

/* Its digests under each of these ids, appended. */
static void fria_content_names(fria_strings *out, const json_t *content,
			       fria_rules rules, const fria_strings *ids)
{
	char digest[FRIA_CONTENT_SIZE];
	const char *name = fria_json_text(content, "assessment");
	const char *application = fria_json_text(content, "application");
	const char *own = name ? strchr(name, '/') : NULL;
	fria_content_name(digest, content, rules);
	fria_strings_add(out, digest);
	/* One that says it is about another is no content of this one. */
	if (application && ids && !fria_strings_has(ids, application))
		return;
	for (size_t i = 0; own && ids && i < ids->n; i++) {
		if (application && !strcmp(ids->items[i], application) &&
		    is_called(name, application))
			continue;
		json_t *other = json_copy((json_t *)(uintptr_t)content);
		char *full = fria_format("%s%s", ids->items[i], own);
		json_object_set_new(other, "assessment",
				    fria_json_string(full));
		if (application)
			json_object_set_new(other, "application",
					    fria_json_string(ids->items[i]));
		fria_content_name(digest, other, rules);
		fria_strings_add(out, digest);
		free(full);
		json_decref(other);
	}
}

bool fria_content_is(const json_t *content, const char *digest,
		     fria_rules rules, const fria_strings *ids)
{
	fria_strings names = FRIA_STRINGS_INIT;
	fria_content_names(&names, content, rules, ids);
	bool is = fria_strings_has(&names, digest);
	fria_strings_dispose(&names);
	return is;
}

void fria_content_digest(char out[FRIA_CONTENT_SIZE], const fria_instrument *in,
			 const json_t *assessment, const json_t *application,
			 const json_t *evidence, const char *name,
			 fria_rules rules)
{
	json_t *content =
	    fria_content(in, assessment, application, evidence, name, rules);
	fria_content_name(out, content, rules);
	json_decref(content);
}

json_t *content_now(const fria_evaluation_input *in, fria_rules rules)
{
	return fria_content(in->instrument, in->assessment, in->application,
			    in->evidence, in->name, rules);
}

void content_now_digest(char out[FRIA_CONTENT_SIZE],
			const fria_evaluation_input *in, fria_rules rules)
{
	fria_content_digest(out, in->instrument, in->assessment,
			    in->application, in->evidence, in->name, rules);
}

const json_t *content_present_by(content_present *present, fria_rules rules)
{
	json_t **own = &present->by_rules[rules - 1];
	if (!*own) {
		*own = content_now(present->in, rules);
		fria_content_names(&present->names[rules - 1], *own, rules,
				   present->in->ids);
	}
	return *own;
}

bool content_is_present(content_present *present, const char *digest)
{
	fria_rules rules;
	if (!present->in->name || !digest ||
	    !fria_content_rules(&rules, digest))
		return false;
	content_present_by(present, rules);
	return fria_strings_has(&present->names[rules - 1], digest);
}

void content_present_dispose(content_present *present)
{
	for (size_t i = 0; i < FRIA_RULES; i++)
		json_decref(present->by_rules[i]);
	json_decref(present->by_content);
	*present = (content_present){.in = NULL};
}
