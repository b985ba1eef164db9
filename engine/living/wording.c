/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A fact in better words: what rested on the old wording rests on the new, and
 * an event keeps which it was (DESIGN section 5). Who may say so is judged
 * elsewhere (mended.c).
 */
#include "living_internal.h"

#include <stdlib.h>
#include <string.h>

/* --- whether only words differ --- */

static bool is_one_of(const char *const *list, const char *text)
{
	while (*list && strcmp(*list, text) != 0)
		list++;
	return *list != NULL;
}

/* Texts that are choices, addresses, dates or names of versions. */
static bool is_no_text(const char *pointer)
{
	static const char *const fields[] = {"/register/category",
					     "/register/status",
					     "/register/begin_date",
					     "/register/end_date",
					     "/register/contact_email",
					     "/register/website",
					     "/register/url",
					     "/register/publication_category",
					     "/register/type",
					     "/register/process_index_url",
					     "/register/publiccode",
					     "/register/source_data_link",
					     "/card/ai_act_profile",
					     "/card/status",
					     "/card/begin_date",
					     "/card/end_date",
					     "/card/upl",
					     "/card/version_requirements",
					     "/card/models",
					     "/use/phase",
					     "/use/period",
					     "/use/frequency",
					     "/use/volume",
					     "/use/automation",
					     "/use/personal_data",
					     "/use/model",
					     "/use/contract",
					     "/use/security_test",
					     NULL};
	for (size_t i = 0; fields[i]; i++)
		if (fria_pointer_covers(fields[i], pointer))
			return true;
	return false;
}

/* The numbers in both texts are the same, in the same order. */
static bool same_numbers(const char *a, const char *b)
{
	static const char digits[] = "0123456789";
	for (;;) {
		a += strcspn(a, digits);
		b += strcspn(b, digits);
		size_t n = strspn(a, digits);
		if (n != strspn(b, digits) || memcmp(a, b, n) != 0)
			return false;
		if (!n)
			return true;
		a += n;
		b += n;
	}
}

/* key: of the member that they are; NULL at the top, and in lists there. */
static bool same_but_words(const char *key, const json_t *before,
			   const json_t *after)
{
	static const char *const texts[] = {
	    "name", "title", "description", "text", "group", "owner", NULL};
	const char *a = json_string_value(before),
		   *b = json_string_value(after);
	const char *name;
	json_t *one;
	size_t i;
	if (key && fria_fact_member_hidden(key))
		return true;
	if (a && b)
		return !strcmp(a, b) || ((!key || is_one_of(texts, key)) &&
					 *a && *b && same_numbers(a, b));
	if (json_is_array(before) && json_is_array(after)) {
		if (json_array_size(before) != json_array_size(after))
			return false;
		json_array_foreach((json_t *)(uintptr_t)before, i, one)
			if (!same_but_words(key, one, json_array_get(after, i)))
				return false;
		return true;
	}
	if (!json_is_object(before) || !json_is_object(after))
		return before && after && json_equal(before, after);
	if (json_object_size(before) != json_object_size(after))
		return false;
	json_object_foreach((json_t *)(uintptr_t)before, name, one)
		if (!same_but_words(name, one, json_object_get(after, name)))
			return false;
	return true;
}

bool fria_wording_is(const char *pointer, const json_t *before,
		     const json_t *after)
{
	return !is_no_text(pointer) &&
	       same_but_words(NULL, fria_fact(before, pointer),
			      fria_fact(after, pointer));
}

/* --- what follows --- */

/* Something of the fact changed, and all of that is wording. */
static bool is_worded(const fria_wording *w, const char *pointer)
{
	bool any = false;
	for (size_t i = 0; i < w->changed->n; i++) {
		const char *changed = w->changed->items[i];
		bool worded = false;
		if (!fria_pointer_covers(pointer, changed) &&
		    !fria_pointer_covers(changed, pointer))
			continue;
		for (size_t k = 0; k < w->pointers->n && !worded; k++)
			worded =
			    fria_pointer_covers(w->pointers->items[k], changed);
		if (!worded)
			return false;
		any = true;
	}
	return any;
}

/* What is kept of an edge follows where it is what it was; true if so. */
static bool follow_edge(const fria_wording *w, json_t *basis,
			const fria_fact_edge *e, const fria_strings *names,
			fria_rules rules)
{
	const char *key = fria_fact_edge_key(e, rules);
	json_t *facts = json_object_get(basis, "facts");
	json_t *held = json_object_get(facts, key);
	if (!held || !is_worded(w, e->pointer))
		return false;
	json_t *was = fria_fact_edge_kept(e, w->before, names, rules, held);
	json_t *is = fria_fact_edge_kept(e, w->after, names, rules, held);
	bool follows = json_equal(held, was) && !json_equal(was, is);
	if (follows) {
		json_object_set(facts, key, is);
		fria_basis_followed(basis, "facts", key);
	}
	json_decref(was);
	json_decref(is);
	return follows;
}

static bool follow(const fria_wording *w, fria_view *v, const fria_question *q)
{
	const fria_fact_edges *all = &v->in->tasks[q->task].facts;
	json_t *basis = json_object_get(q->answer, "basis");
	fria_rules rules;
	bool any = false;
	if (!json_object_get(basis, "facts") ||
	    !fria_basis_rules(&rules, basis))
		return false;
	for (size_t i = 0; i < all->n; i++) {
		fria_strings own;
		const fria_strings *names =
		    fria_view_metrics(&own, v, &all->items[i], q->row_number);
		any =
		    follow_edge(w, basis, &all->items[i], names, rules) || any;
		fria_strings_dispose(&own);
	}
	return any;
}

size_t fria_wording_follow(json_t *assessment, const fria_instrument *in,
			   const fria_wording *wording)
{
	fria_view *v = fria_view_new(in, assessment, NULL);
	fria_questions all;
	size_t followed = 0;
	fria_view_questions(&all, v);
	for (size_t i = 0; i < all.n; i++)
		followed += follow(wording, v, &all.items[i]);
	fria_questions_dispose(&all);
	fria_view_free(v);
	return followed;
}

/* --- what is kept of it --- */

json_t *fria_wording_digest(const json_t *application, const char *pointer)
{
	json_t *bound = fria_fact_bound(application, pointer, FRIA_RULES);
	return bound ? bound
		     : fria_fact_digest(application, pointer, FRIA_RULES);
}

/* By the rules of now, and for approvals by the first apart where their
 * digests, which are of all of it, are others. */
static void add_step(json_t *list, const fria_wording *w, const char *pointer)
{
	json_t *was = fria_wording_digest(w->before, pointer);
	json_t *is = fria_wording_digest(w->after, pointer);
	json_t *old = fria_fact_digest(w->before, pointer, FRIA_RULES_1);
	json_t *new = fria_fact_digest(w->after, pointer, FRIA_RULES_1);
	bool alike = json_equal(was, old) && json_equal(is, new);
	json_array_append_new(list,
			      fria_json_pack("{s:s, s:o, s:o}", "pointer",
					     pointer, "was", was, "is", is));
	if (!alike && !json_equal(old, new))
		json_array_append_new(
		    list, fria_json_pack("{s:s, s:i, s:O, s:O}", "pointer",
					 pointer, "rules", FRIA_RULES_1, "was",
					 old, "is", new));
	json_decref(old);
	json_decref(new);
}

json_t *fria_wording_steps(const fria_wording *w)
{
	json_t *list = json_array();
	fria_strings above = FRIA_STRINGS_INIT;
	for (size_t i = 0; i < w->changed->n; i++) {
		const char *pointer = w->changed->items[i];
		if (!is_worded(w, pointer))
			continue;
		add_step(list, w, pointer);
		char *parent = fria_strdup(pointer);
		*strrchr(parent, '/') = '\0';
		if (fria_fact_is(parent) && is_worded(w, parent) &&
		    !fria_strings_has(&above, parent))
			fria_strings_add(&above, parent);
		free(parent);
	}
	for (size_t i = 0; i < above.n; i++)
		add_step(list, w, above.items[i]);
	fria_strings_dispose(&above);
	return list;
}

/* The step of an event from one digest of a fact, by these rules before any. */
static const json_t *step_from(const json_t *event, const char *pointer,
			       const json_t *from, fria_rules rules)
{
	const json_t *step, *found = NULL;
	size_t i;
	json_array_foreach(json_object_get(event, "wording"), i, step) {
		const json_t *own = json_object_get(step, "rules");
		if (fria_json_says(step, "pointer", pointer) &&
		    json_equal(json_object_get(step, "was"), from) &&
		    (own ? json_integer_value(own) == (json_int_t)rules
			 : !found))
			found = step;
	}
	return found;
}

bool fria_wording_leads(json_t *events, const json_t *application, size_t from,
			const char *pointer, const json_t *was,
			const json_t *is, fria_rules rules)
{
	const json_t *all = json_object_get(application, "events"), *here = was;
	for (; from < json_array_size(all); from++) {
		json_t *event = json_array_get(all, from);
		const json_t *step = step_from(event, pointer, here, rules);
		if (!step)
			continue;
		here = json_object_get(step, "is");
		json_array_append(events, event);
	}
	return json_array_size(events) && here && json_equal(here, is);
}
