/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Were approvals committed by whom they name, on what stood there, and left
 * as they were?
 */
#include "history_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool approved_in(const history_states *states, const json_t *approval)
{
	for (size_t i = 0; i < states->n; i++)
		if (history_holds(
			json_object_get(states->items[i].document, "approvals"),
			approval))
			return true;
	return false;
}

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
		if (!history_holds(after, old) && same_text(old, one, "role") &&
		    same_text(old, one, "at"))
			return old;
	return NULL;
}

static void about(fria_finding *f, const checker *k, const json_t *approval,
		  const fria_commit *commit)
{
	static const char *const keys[] = {"by", "onBehalfOf", "reference",
					   NULL};
	const char *role = fria_json_text(approval, "role");
	fria_args_add(
	    &f->args, "role",
	    role ? fria_role_title(json_object_get(k->ws->config, "roles"),
				   role, k->ws->session.lang)
		 : "–");
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
	json_t *now =
	    k->changes_n ? history_document(k->ws, k->changes[0].after) : NULL;
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
	const fria_approval own = fria_approval_of(approval);
	fria_strings tasks = FRIA_STRINGS_INIT;
	fria_buf list = FRIA_BUF_INIT;
	if ((own.kind != FRIA_ROLE_DECISION &&
	     own.kind != FRIA_ROLE_AGREEMENT) ||
	    own.editorial || fria_is_recorded(&own))
		return;
	fria_wrote(&tasks, k->ws, k->name, commit->id,
		   version_behind(k, commit->id), commit->author, NULL);
	for (size_t i = 0; i < tasks.n && i < 5; i++)
		fria_buf_printf(&list, i ? ", %s" : "%s", tasks.items[i]);
	if (tasks.n > 5)
		fria_buf_puts(&list, ", …");
	if (tasks.n) {
		fria_finding *f = verify_note(
		    k, is_past(k, approval) ? FRIA_NOTE : FRIA_WARNING,
		    FRIA_W_verify_eyes, commit->id, pointer);
		fria_args_add(&f->args, "tasks", list.text);
		about(f, k, approval, commit);
	}
	fria_buf_dispose(&list);
	fria_strings_dispose(&tasks);
}

/* Does it say that only words were mended, and is that so? */
static void check_claim(checker *k, const fria_commit *commit,
			const json_t *approval, const char *pointer)
{
	const fria_approval own = fria_approval_of(approval);
	fria_snapshot *s = NULL;
	fria_standing standing = {.lookup = NULL};
	if (!own.editorial ||
	    fria_snapshot_load(&s, k->ws, k->name, commit->id, NULL))
		return;
	if (!fria_standing_make(&standing, k->ws, s, s->day, NULL)) {
		if (fria_editorial_claim(&standing.input, &own) ==
		    FRIA_CLAIM_FALSE)
			about(verify_note(k, FRIA_SEVERE, FRIA_W_verify_claim,
					  commit->id, pointer),
			      k, approval, commit);
		fria_standing_dispose(&standing);
	}
	fria_snapshot_free(s);
}

/* --- older rules --- */

static fria_rules newest_of(const json_t *json)
{
	const json_t *basis = json_object_get(json, "basis"), *one;
	fria_rules newest = FRIA_RULES_1, rules;
	const char *key;
	size_t i;
	if (basis && fria_basis_rules(&rules, basis))
		newest = rules;
	json_object_foreach((json_t *)(uintptr_t)json, key, one) {
		rules = newest_of(one);
		newest = rules > newest ? rules : newest;
	}
	json_array_foreach(json, i, one) {
		rules = newest_of(one);
		newest = rules > newest ? rules : newest;
	}
	return newest;
}

/* The newest rules by which this assessment was worked on: its answers, and
 * what was said of it before. */
static fria_rules newest_rules(const json_t *document, const json_t *before)
{
	fria_rules newest = newest_of(json_object_get(document, "answers"));
	json_t *one;
	size_t i;
	json_array_foreach((json_t *)(uintptr_t)before, i, one) {
		const char *content = fria_json_text(one, "content");
		fria_rules rules;
		if (content && fria_content_rules(&rules, content) &&
		    rules > newest)
			newest = rules;
	}
	return newest;
}

/* Older rules bind less. */
static void check_older(checker *k, const fria_commit *commit,
			const json_t *approval, fria_rules newest,
			const char *pointer)
{
	const char *content = fria_json_text(approval, "content");
	fria_rules rules;
	if (content && fria_content_rules(&rules, content) && rules < newest)
		about(verify_note(k, FRIA_WARNING, FRIA_W_verify_older,
				  commit->id, pointer),
		      k, approval, commit);
}

/* How a commit by somebody else tells whose this approval is. */
static verify_told tells(checker *k, const fria_commit *commit,
			 const json_t *approval, const char *by)
{
	verify_told told = verify_tells(k, commit, by);
	/* An adopted version whose commits were squashed has it as well. */
	return approved_in(&k->aside, approval) ||
		       approved_in(&k->told.states, approval)
		   ? TOLD_SHOWN
		   : told;
}

/* Given at this commit: by its author, on what stood there? */
static void check_given(checker *k, const fria_commit *commit,
			const json_t *approval, const char *pointer)
{
	const fria_approval own = fria_approval_of(approval);
	const char *by = own.by, *content = own.content;
	bool same = true;
	verify_told told = by ? tells(k, commit, approval, by) : TOLD_NOT;
	if (!by || strcmp(by, commit->author) != 0)
		about(verify_note(k, told ? FRIA_WARNING : FRIA_SEVERE,
				  told == TOLD_SHOWN ? FRIA_W_verify_squash
				  : told	     ? FRIA_W_verify_named
					 : FRIA_W_verify_approval_other,
				  commit->id, pointer),
		      k, approval, commit);
	else if (content && verify_holds(&same, k, commit->id, content) &&
		 !same)
		about(verify_note(k, FRIA_SEVERE,
				  FRIA_W_verify_approval_content, commit->id,
				  pointer),
		      k, approval, commit);
	else
		check_eyes(k, commit, approval, pointer);
	if (by && !strcmp(by, commit->author) &&
	    verify_apart(own.at, commit->at)) {
		fria_finding *f = verify_note(k, FRIA_WARNING, FRIA_W_verify_at,
					      commit->id, pointer);
		fria_args_add(&f->args, "at", own.at);
		about(f, k, approval, commit);
	}
	check_claim(k, commit, approval, pointer);
	if (own.on_behalf_of)
		about(fria_is_recorded(&own)
			  ? verify_note(k, FRIA_NOTE, FRIA_W_verify_behalf,
					commit->id, pointer)
			  : verify_note(k, FRIA_WARNING, FRIA_W_verify_oneself,
					commit->id, pointer),
		      k, approval, commit);
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
			const json_t *before, const json_t *document)
{
	const json_t *after = json_object_get(document, "approvals");
	fria_rules newest = newest_rules(document, before);
	json_t *one;
	size_t i;
	json_array_foreach((json_t *)(uintptr_t)after, i, one) {
		char pointer[40];
		snprintf(pointer, sizeof pointer, "/approvals/%zu", i);
		if (history_holds(before, one))
			continue;
		const json_t *was = edited_from(before, after, one);
		if (was && is_withdrawal(was, one, commit))
			continue;
		if (was)
			about(verify_note(k, FRIA_SEVERE,
					  FRIA_W_verify_approval_edited,
					  commit->id, pointer),
			      k, one, commit);
		else
			check_given(k, commit, one, pointer);
		check_older(k, commit, one, newest, pointer);
	}
	json_array_foreach((json_t *)(uintptr_t)before, i, one)
		if (!history_holds(after, one) &&
		    !edited_from(after, before, one))
			about(verify_note(k, FRIA_SEVERE,
					  FRIA_W_verify_approval_removed,
					  commit->id, "/approvals"),
			      k, one, commit);
}

static bool has_approval(const json_t *document, const void *what)
{
	return history_holds(json_object_get(document, "approvals"), what);
}

/* Of a merge: what any parent had, came from there; unless another took it
 * away. */
static json_t *approvals_of_parents(const checker *k, const fria_commit *commit)
{
	json_t *all = json_array();
	history_merged m;
	history_merged_read(&m, k->ws, commit, k->path);
	for (size_t i = 0; i < commit->parents.n; i++) {
		char blob[FRIA_ID_SIZE] = "";
		json_t *one;
		size_t n;
		fria_store_blob_id(blob, k->ws->store, commit->parents.items[i],
				   k->path);
		json_t *document = history_document(k->ws, blob);
		json_array_foreach(json_object_get(document, "approvals"), n,
				   one)
			if (!history_holds(all, one) &&
			    !history_gone_before(&m, has_approval, one))
				json_array_append(all, one);
		json_decref(document);
	}
	history_merged_dispose(&m);
	return all;
}

/* True where nothing but answers changed, by a look at the bytes. */
static bool answers_alone(const checker *k, const past_change *t)
{
	fria_buf a = FRIA_BUF_INIT, b = FRIA_BUF_INIT;
	fria_buf x = FRIA_BUF_INIT, y = FRIA_BUF_INIT;
	bool alone = t->before[0] && t->after[0] &&
		     !fria_store_read_blob(&a, k->ws->store, t->before, NULL) &&
		     !fria_store_read_blob(&b, k->ws->store, t->after, NULL) &&
		     fria_excerpts(&x, &y, &a, &b);
	fria_buf_dispose(&a);
	fria_buf_dispose(&b);
	fria_buf_dispose(&x);
	fria_buf_dispose(&y);
	return alone;
}

/* Where the parents have none that can be read, what was there last counts: it
 * was taken away in between. */
static void add_earlier(json_t *before, const checker *k, size_t at)
{
	json_t *document = NULL;
	for (at++; at < k->changes_n && !document && !k->changes[at].put_back;
	     at++)
		document = history_document(k->ws, k->changes[at].after);
	json_array_extend(before, json_object_get(document, "approvals"));
	json_decref(document);
}

/* Another questionnaire is another assessment: migrate makes one. */
static void check_questionnaire(checker *k, const char *commit,
				const char *author, const json_t *was,
				const json_t *is)
{
	const char *before = fria_json_text(was, "instrument");
	const char *after = fria_json_text(is, "instrument");
	if (!before || !after || !strcmp(before, after) ||
	    !verify_behind_version(k->all, commit))
		return;
	fria_finding *f =
	    verify_note(k, FRIA_WARNING, FRIA_W_verify_other_questionnaire,
			commit, "/instrument");
	fria_args_add(&f->args, "before", before);
	fria_args_add(&f->args, "after", after);
	fria_args_add(&f->args, "who", author);
}

static void check_change(checker *k, size_t at)
{
	const past_change *t = &k->changes[at];
	fria_commit commit = {0};
	if (past_repeats(k->changes, at) || answers_alone(k, t) ||
	    fria_store_commit_read(&commit, k->ws->store, t->commit, NULL))
		return;
	json_t *document = history_document(k->ws, t->after);
	json_t *before = approvals_of_parents(k, &commit);
	json_t *was = history_document(k->ws, t->before);
	if (!was)
		add_earlier(before, k, at);
	if (document && t->boundary)
		verify_note(k, FRIA_NOTE, FRIA_W_verify_boundary, t->commit,
			    NULL);
	else if (document)
		check_lists(k, &commit, before, document);
	if (!t->boundary)
		check_questionnaire(k, commit.id, commit.author, was, document);
	json_decref(was);
	json_decref(before);
	json_decref(document);
	fria_commit_dispose(&commit);
}

void verify_approvals(checker *k)
{
	for (size_t i = 0; i < k->changes_n; i++)
		check_change(k, i);
}
