/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A standing approval under a newer edition of the questionnaire: it is judged
 * by the one that was pinned when it was given, until a question, an option or
 * a rule differs (DESIGN section 3). Edges alone move none.
 */
#include "living_internal.h"

#include <string.h>

static bool is_same(const json_t *a, const json_t *b, const char *part)
{
	return json_equal(json_object_get(a, part), json_object_get(b, part));
}

static json_t *made_by(const content_present *present,
		       const fria_instrument *in, fria_rules rules)
{
	const fria_evaluation_input *of = present->in;
	return fria_content(in, of->assessment, of->application, of->evidence,
			    of->name, rules);
}

/* What it asks here and now, and by which rules, it asked by then. */
static bool asks_the_same(content_present *present, const fria_instrument *then)
{
	const json_t *now = content_present_by(present, FRIA_RULES);
	json_t *was = made_by(present, then, FRIA_RULES);
	bool same = is_same(was, now, "instrument") &&
		    is_same(was, now, "questions") &&
		    !fria_logic_moved(was, now);
	json_decref(was);
	return same;
}

const json_t *content_present_for(content_present *present,
				  const fria_approval *approval)
{
	const fria_evaluation_input *in = present->in;
	fria_time at = 0;
	fria_rules rules;
	if (!fria_content_rules(&rules, approval->content))
		return NULL;
	json_t *known = json_object_get(present->by_content, approval->content);
	if (known)
		return known;
	if (approval->at)
		fria_time_parse(&at, approval->at);
	const fria_instrument *then =
	    in->asked_then ? in->asked_then(in->data, approval->content, at)
			   : NULL;
	bool newer =
	    then && !json_equal(then->document, in->instrument->document);
	json_t *own = newer && asks_the_same(present, then)
			  ? made_by(present, then, rules)
			  : json_incref((json_t *)(uintptr_t)content_present_by(
				present, rules));
	if (!present->by_content)
		present->by_content = json_object();
	json_object_set_new(present->by_content, approval->content, own);
	return own;
}

/* --- what answers rest on --- */

bool fria_question_kept(const fria_instrument *was, const fria_instrument *is,
			size_t task, fria_lang lang)
{
	char before[FRIA_DIGEST_SIZE], after[FRIA_DIGEST_SIZE];
	size_t now = fria_instrument_find(is, was->tasks[task].id);
	if (now == FRIA_NONE)
		return false;
	fria_question_digest(before, was, task, lang, FRIA_RULES);
	fria_question_digest(after, is, now, lang, FRIA_RULES);
	return !strcmp(before, after);
}

/*
 * Members that a part of the basis lacks, or that the edition digests
 * otherwise, of what was so by the one before; which, in a list. New; NULL:
 * none.
 */
static json_t *add_lacking(json_t *basis, const json_t *before,
			   const json_t *after, const char *part)
{
	json_t *own = json_object_get(basis, part), *added = json_array();
	json_t *were = json_object_get(before, part), *one;
	const char *key;
	json_object_foreach(json_object_get(after, part), key, one) {
		json_t *known = json_object_get(own, key);
		if (known && (json_equal(known, one) ||
			      !json_equal(known, json_object_get(were, key))))
			continue;
		json_object_set(own, key, one);
		json_array_append_new(added, fria_json_string(key));
	}
	if (json_array_size(added))
		return added;
	json_decref(added);
	return NULL;
}

/* What was completed before stays named. */
static void name_added(json_t *completed, const char *part, json_t *added)
{
	json_t *known = json_object_get(completed, part);
	if (known && added)
		json_array_extend(known, added);
	else if (added)
		json_object_set(completed, part, added);
}

void fria_basis_followed(json_t *basis, const char *part, const char *key)
{
	json_t *completed = json_object_get(basis, "completed");
	json_t *keys = json_object_get(completed, part);
	for (size_t i = json_array_size(keys); i-- > 0;) {
		const char *one = json_string_value(json_array_get(keys, i));
		if (one && !strcmp(one, key))
			json_array_remove(keys, i);
	}
	if (!json_array_size(keys))
		json_object_del(completed, part);
}

bool fria_basis_complete(json_t *basis, const json_t *before,
			 const json_t *after, json_int_t edition, fria_time at)
{
	json_t *completed = json_object_get(basis, "completed");
	json_t *facts = add_lacking(basis, before, after, "facts");
	json_t *answers = add_lacking(basis, before, after, "answers");
	json_t *question = json_object_get(after, "question");
	bool more = facts || answers ||
		    !json_equal(json_object_get(basis, "question"), question);
	if (more && !completed) {
		completed = json_object();
		json_object_set_new(basis, "completed", completed);
	}
	if (more) {
		fria_buf moment = FRIA_BUF_INIT;
		fria_time_write(&moment, at);
		json_object_set_new(completed, "edition",
				    json_integer(edition));
		name_added(completed, "facts", facts);
		name_added(completed, "answers", answers);
		json_object_set_new(completed, "at",
				    fria_json_string(moment.text));
		/* By rules 1 a question is with what it rests on. */
		json_object_set(basis, "question", question);
		fria_buf_dispose(&moment);
	}
	json_decref(facts);
	json_decref(answers);
	return more;
}
