/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What is asked, and of whom, may become stricter unseen; where it became less
 * after a version was adopted, that is told, until somebody adopts a version
 * under the new rules.
 */
#include "history_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
	verifying *v;
	const past_change *change;
	const json_t *before, *after, *now; /* now: as HEAD has it */
} rules_change;

static void tell(const rules_change *c, fria_word word, bool in_force,
		 const char *what, const char *was, const char *is)
{
	bool open = in_force && !verify_adopted_since(c->v, c->change->commit);
	fria_finding *f = verify_note_at(c->v, open ? FRIA_WARNING : FRIA_NOTE,
					 word, c->change);
	fria_args_add(&f->args, "what", what);
	fria_args_add(&f->args, "before", was);
	fria_args_add(&f->args, "after", is);
}

/* --- the workspace: roles, review, gate --- */

static bool is_equal(const json_t *a, const json_t *b)
{
	return a == b || (a && b && json_equal(a, b));
}

/* A role is asked for less: not at all, in another way, or more seldom; or it
 * may accept otherwise, or be spoken for. */
static bool asks_less(const json_t *was, const json_t *is)
{
	static const char *const lists[] = {"instruments", "phases", NULL};
	const char *kind = fria_json_text(was, "kind");
	const char *other = fria_json_text(is, "kind");
	const json_t *accepts = json_object_get(is, "accepts");
	if ((json_is_false(json_object_get(was, "recorded")) &&
	     !json_is_false(json_object_get(is, "recorded"))) ||
	    (is && !is_equal(json_object_get(was, "accepts"), accepts)))
		return true;
	if (!json_is_true(json_object_get(was, "required")))
		return false;
	if (!json_is_true(json_object_get(is, "required")) ||
	    (kind && (!other || strcmp(kind, other) != 0)))
		return true;
	for (size_t i = 0; lists[i]; i++) {
		const json_t *now = json_object_get(is, lists[i]);
		const json_t *then = json_object_get(was, lists[i]);
		json_t *one;
		size_t k;
		if (now && !then)
			return true;
		json_array_foreach(then, k, one)
			if (now && !history_holds(now, one))
				return true;
	}
	return false;
}

static void check_roles(const rules_change *c)
{
	const json_t *after = json_object_get(c->after, "roles");
	const json_t *now = json_object_get(c->now, "roles");
	const char *role;
	json_t *was;
	json_object_foreach(json_object_get(c->before, "roles"), role, was)
		if (asks_less(was, json_object_get(after, role)))
			tell(c, FRIA_W_verify_role,
			     asks_less(was, json_object_get(now, role)), role,
			     "", "");
}

/* 0 where it is none; without `otherwise`, of what nobody asks the longest. */
static fria_time term_of(const json_t *config, const char *key,
			 const char *otherwise, const char **text)
{
	fria_duration d;
	*text = fria_json_text(config, key);
	if (!*text && !otherwise) {
		*text = "–";
		return INT64_MAX;
	}
	if (!*text)
		*text = otherwise;
	return fria_duration_parse(&d, *text) ? fria_time_add(0, d) : 0;
}

static void check_term(const rules_change *c, fria_word word, const char *key,
		       const char *otherwise)
{
	const char *was, *is, *now;
	fria_time before = term_of(c->before, key, otherwise, &was);
	if (term_of(c->after, key, otherwise, &is) > before)
		tell(c, word, term_of(c->now, key, otherwise, &now) > before,
		     "", was, is);
}

static const char *tags_of(const json_t *config)
{
	const char *tags = fria_json_text(config, "tags");
	return tags ? tags : "fria";
}

static bool has_tags(const rules_change *c, const char *name)
{
	char *stem = fria_format("refs/tags/%s/", name);
	fria_refs all = {NULL, 0};
	fria_store_refs(&all, c->v->ws->store, stem, NULL);
	bool any = all.n > 0;
	fria_refs_dispose(&all);
	free(stem);
	return any;
}

/* Under another name all versions are others: none of them is behind it. */
static void check_tags(const rules_change *c)
{
	const char *was = tags_of(c->before), *is = tags_of(c->after);
	bool in_force = strcmp(tags_of(c->now), was) != 0;
	if (!c->after || !strcmp(was, is) || !has_tags(c, was))
		return;
	fria_finding *f =
	    verify_note_at(c->v, in_force ? FRIA_SEVERE : FRIA_NOTE,
			   FRIA_W_verify_tags, c->change);
	fria_args_add(&f->args, "before", was);
	fria_args_add(&f->args, "after", is);
}

static void check_config(const rules_change *c)
{
	json_t *one;
	size_t i;
	check_roles(c);
	check_term(c, FRIA_W_verify_review, "review", "P12M");
	check_term(c, FRIA_W_verify_pulse, "pulse", NULL);
	json_array_foreach(json_object_get(c->before, "gate"), i, one)
		if (!history_holds(json_object_get(c->after, "gate"), one))
			tell(c, FRIA_W_verify_gate,
			     !history_holds(json_object_get(c->now, "gate"),
					    one),
			     json_is_string(one) ? json_string_value(one) : "?",
			     "", "");
}

/* --- a questionnaire --- */

/* By what an answer is asked about again. */
static const char *const edges[] = {"facts", "rests", "theme", "references",
				    NULL};

/* Its tasks by id; of each, what decides whether and how it counts. New. */
static void gather_tasks(json_t *out, const json_t *tasks)
{
	static const char *const parts[] = {
	    "dependencies", "calculation", "stop",	"decides",
	    "assessments",  "type",	   "filled_by", NULL};
	json_t *one;
	size_t i;
	json_array_foreach(tasks, i, one) {
		const char *id = fria_json_text(one, "id");
		json_t *own = json_object();
		for (size_t k = 0; parts[k]; k++)
			if (json_object_get(one, parts[k]))
				json_object_set(own, parts[k],
						json_object_get(one, parts[k]));
		for (size_t k = 0; edges[k]; k++)
			if (json_object_get(one, edges[k]))
				json_object_set(own, edges[k],
						json_object_get(one, edges[k]));
		if (json_is_false(json_object_get(one, "required")))
			json_object_set_new(own, "optional", json_true());
		if (id)
			json_object_set(out, id, own);
		json_decref(own);
		gather_tasks(out, json_object_get(one, "tasks"));
	}
}

static bool has_all(const json_t *is, const json_t *was)
{
	json_t *one;
	size_t i;
	json_array_foreach((json_t *)(uintptr_t)was, i, one)
		if (!history_holds(is, one))
			return false;
	return !was || (json_is_array(was) && json_is_array(is));
}

/* Where it asks more than it did, it asks as it did. */
static void forgive(json_t *is, const json_t *was)
{
	if (json_object_get(was, "optional"))
		json_object_set_new(is, "optional", json_true());
	for (size_t k = 0; edges[k]; k++) {
		json_t *then = json_object_get(was, edges[k]);
		if (!has_all(json_object_get(is, edges[k]), then))
			continue;
		if (then)
			json_object_set(is, edges[k], then);
		else
			json_object_del(is, edges[k]);
	}
}

/* What counts for less, or otherwise, by its id; new questions do not. */
static void list_stripped(fria_strings *out, const json_t *before,
			  const json_t *after)
{
	static const char *const whole[] = {"assessments", "matrix", "tables",
					    NULL};
	json_t *was = json_object(), *is = json_object(), *one;
	const char *id;
	gather_tasks(was, json_object_get(before, "tasks"));
	gather_tasks(is, json_object_get(after, "tasks"));
	json_object_foreach(was, id, one) {
		json_t *now = json_object_get(is, id);
		if (now)
			forgive(now, one);
		if (!now || !json_equal(one, now))
			fria_strings_add(out, id);
	}
	for (size_t i = 0; whole[i]; i++) {
		const json_t *then = json_object_get(before, whole[i]);
		const json_t *now = json_object_get(after, whole[i]);
		if (then && (!now || !json_equal(then, now)))
			fria_strings_add(out, whole[i]);
	}
	json_decref(was);
	json_decref(is);
}

static bool is_stripped(const json_t *before, const json_t *after)
{
	fria_strings list = FRIA_STRINGS_INIT;
	list_stripped(&list, before, after);
	bool is = list.n > 0;
	fria_strings_dispose(&list);
	return is;
}

/* As the program brings it: nobody's hand is in it. */
static bool is_edition(const json_t *document)
{
	const char *urn = fria_json_text(document, "urn");
	const char *version = fria_json_text(document, "version");
	char *name =
	    fria_format("%s:%s", urn ? urn : "", version ? version : "");
	fria_instrument *ours = fria_instrument_built_in(name);
	bool is =
	    ours && json_equal(ours->document, (json_t *)(uintptr_t)document);
	fria_instrument_free(ours);
	free(name);
	return is;
}

static json_int_t edition_of(const json_t *document)
{
	return json_integer_value(json_object_get(document, "edition"));
}

/* An edition that came, which may ask less than what was there. */
static bool told_edition(const rules_change *c)
{
	char edition[24];
	if (!is_edition(c->after) ||
	    edition_of(c->after) <= edition_of(c->before))
		return false;
	snprintf(edition, sizeof edition, "%lld",
		 (long long)edition_of(c->after));
	fria_finding *f =
	    verify_note_at(c->v, FRIA_NOTE, FRIA_W_verify_edition, c->change);
	fria_args_add(&f->args, "edition", edition);
	return true;
}

static void check_instrument(const rules_change *c)
{
	fria_strings list = FRIA_STRINGS_INIT;
	fria_buf what = FRIA_BUF_INIT;
	if (told_edition(c))
		return;
	list_stripped(&list, c->before, c->after);
	for (size_t i = 0; i < list.n && i < 5; i++)
		fria_buf_printf(&what, i ? ", %s" : "%s", list.items[i]);
	if (list.n > 5)
		fria_buf_puts(&what, ", …");
	if (list.n)
		tell(c,
		     c->after ? FRIA_W_verify_instrument
			      : FRIA_W_verify_instrument_gone,
		     !is_edition(c->now) && is_stripped(c->before, c->now),
		     what.text, "", "");
	fria_buf_dispose(&what);
	fria_strings_dispose(&list);
}

/* --- all --- */

/* `always`: NULL, or what is checked also where no version is behind it. */
static void check_changes(verifying *v, const past_change *changes, size_t n,
			  void (*check)(const rules_change *),
			  void (*always)(const rules_change *))
{
	json_t *now = history_json(v->ws, changes[0].after);
	for (size_t i = 0; i < n; i++) {
		json_t *before = history_before(v->ws, changes, n, i);
		json_t *after = history_json(v->ws, changes[i].after);
		const rules_change c = {v, &changes[i], before, after, now};
		bool known = before && !changes[i].boundary;
		if (known && always)
			always(&c);
		if (known && verify_behind_version(v, changes[i].commit))
			check(&c);
		json_decref(before);
		json_decref(after);
	}
	json_decref(now);
}

void verify_rules(verifying *v)
{
	size_t n = 0, all = 0;
	const past_change *changes = past_of(&v->past, FRIA_CONFIG, &n);
	if (n)
		check_changes(v, changes, n, check_config, check_tags);
	changes = past_below(&v->past, FRIA_INSTRUMENTS, &all);
	for (size_t i = 0; i < all; i += n) {
		for (n = 1; i + n < all &&
			    !strcmp(changes[i + n].path, changes[i].path);)
			n++;
		check_changes(v, changes + i, n, check_instrument, NULL);
	}
}
