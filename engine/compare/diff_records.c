/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What changed around the answers: the application with its release, facts,
 * measurements and events, and what people said: comments and meetings.
 *
 * Calls up to diff.c: it adds to the list that is kept there.
 */
#include "diff_internal.h"

#include <stdlib.h>
#include <string.h>

/* --- the application --- */

static bool differ(const json_t *a, const json_t *b)
{
	return (a || b) && !(a && b && json_equal(a, b));
}

/* Null says what absence says. */
static void compare_member(fria_comparing *c, fria_change_kind kind,
			   const json_t *before, const json_t *after,
			   const char *name)
{
	json_t *a = json_object_get(before, name);
	json_t *b = json_object_get(after, name);
	bool none = (!a || json_is_null(a)) && (!b || json_is_null(b));
	if (!none && differ(a, b))
		fria_diff_add(c, kind, FRIA_WEIGHT_APPLICATION, json_incref(a),
			      json_incref(b));
}

/* The event that says last that only the words of a fact changed since; NULL
 * where more did. Borrowed. */
static const json_t *worded_by(const fria_comparing *c, const char *pointer)
{
	const json_t *a = c->from->application, *b = c->to->application;
	const json_t *event = NULL;
	json_t *was = fria_wording_digest(a, pointer);
	json_t *is = fria_wording_digest(b, pointer);
	json_t *events = json_array();
	if (fria_wording_leads(events, b,
			       json_array_size(json_object_get(a, "events")),
			       pointer, was, is, FRIA_RULES))
		event = json_array_get(events, json_array_size(events) - 1);
	json_decref(events);
	json_decref(was);
	json_decref(is);
	return event;
}

static void compare_facts(fria_comparing *c)
{
	fria_strings pointers = FRIA_STRINGS_INIT;
	const json_t *a = c->from->application, *b = c->to->application;
	fria_facts_differ(&pointers, a, b);
	for (size_t i = 0; i < pointers.n; i++) {
		const char *p = pointers.items[i];
		const json_t *event = worded_by(c, p);
		fria_difference *d = fria_diff_add(
		    c, FRIA_CHANGE_FACT,
		    event ? FRIA_WEIGHT_EDITORIAL : FRIA_WEIGHT_FACT,
		    json_incref(fria_fact(a, p)), json_incref(fria_fact(b, p)));
		d->pointer = fria_strdup(p);
		d->by = fria_strdup(fria_json_text(event, "by"));
	}
	fria_strings_dispose(&pointers);
}

static json_t *last_of(const json_t *list)
{
	size_t n = json_array_size(list);
	while (n && fria_is_withdrawn(json_array_get(list, n - 1)))
		n--;
	return n ? json_array_get(list, n - 1) : NULL;
}

static void compare_series(fria_comparing *c, const char *metric,
			   const json_t *before, const json_t *after)
{
	fria_buf pointer = FRIA_BUF_INIT;
	json_t *a = json_object_get(before, "series");
	json_t *b = json_object_get(after, "series");
	if ((!json_array_size(a) && !json_array_size(b)) || !differ(a, b))
		return;
	fria_buf_puts(&pointer, "/monitoring");
	fria_pointer_add(&pointer, metric);
	fria_diff_add(c, FRIA_CHANGE_MEASUREMENT, FRIA_WEIGHT_FACT,
		      json_incref(last_of(a)), json_incref(last_of(b)))
	    ->pointer = fria_buf_detach(&pointer);
}

static void compare_monitoring(fria_comparing *c)
{
	json_t *a = json_object_get(c->from->application, "monitoring");
	json_t *b = json_object_get(c->to->application, "monitoring"), *one;
	const char *name;
	json_object_foreach(b, name, one)
		compare_series(c, name, json_object_get(a, name), one);
	json_object_foreach(a, name, one) {
		if (!json_object_get(b, name))
			compare_series(c, name, one, NULL);
	}
}

static void add_event(fria_comparing *c, json_t *before, json_t *after)
{
	fria_difference *d =
	    fria_diff_add(c, FRIA_CHANGE_EVENT, FRIA_WEIGHT_APPLICATION,
			  json_incref(before), json_incref(after));
	d->key = fria_strdup(fria_json_text(after ? after : before, "theme"));
	d->by = fria_strdup(fria_json_text(after ? after : before, "by"));
}

static bool has(const json_t *list, size_t from, const json_t *one)
{
	for (size_t i = from; i < json_array_size(list); i++)
		if (json_equal(json_array_get(list, i), one))
			return true;
	return false;
}

/* Append-only: what is new stands behind what both have. */
static void compare_events(fria_comparing *c)
{
	json_t *a = json_object_get(c->from->application, "events");
	json_t *b = json_object_get(c->to->application, "events");
	size_t n = json_array_size(a), m = json_array_size(b), both = 0;
	while (both < n && both < m &&
	       json_equal(json_array_get(a, both), json_array_get(b, both)))
		both++;
	for (size_t i = both; i < m; i++)
		if (!has(a, both, json_array_get(b, i)))
			add_event(c, NULL, json_array_get(b, i));
	for (size_t i = both; i < n; i++)
		if (!has(b, both, json_array_get(a, i)))
			add_event(c, json_array_get(a, i), NULL);
}

/* By another id on each side, which goes with it wherever it is named. */
static bool is_renamed(const fria_comparing *c)
{
	const char *was = fria_json_text(c->from->application, "id");
	const char *is = fria_json_text(c->to->application, "id");
	return was && is && strcmp(was, is) != 0;
}

/* The assessment says so of each, too. */
static bool is_about_renamed(const fria_comparing *c)
{
	const fria_side *sides[] = {c->from, c->to};
	bool about = is_renamed(c);
	for (size_t i = 0; i < 2 && about; i++) {
		const char *own =
		    fria_json_text(sides[i]->assessment, "application");
		about =
		    own &&
		    !strcmp(own, fria_json_text(sides[i]->application, "id"));
	}
	return about;
}

void fria_diff_application(fria_comparing *c)
{
	static const char *const known[] = {"$schema", "id",	     "release",
					    "in_use",  "events",     "register",
					    "card",    "monitoring", "use",
					    NULL},
				 *const renamed[] = {
				     "$schema",	 "id",	   "release",
				     "in_use",	 "events", "formerly",
				     "register", "card",   "monitoring",
				     "use",	 NULL};
	const json_t *a = c->from->application, *b = c->to->application;
	if (strcmp(c->from->instrument->name, c->to->instrument->name) != 0)
		fria_diff_add_text(
		    c, FRIA_CHANGE_INSTRUMENT, FRIA_WEIGHT_APPLICATION,
		    c->from->instrument->name, c->to->instrument->name);
	else if (c->from->instrument != c->to->instrument &&
		 strcmp(fria_logic_digest(c->from->instrument),
			fria_logic_digest(c->to->instrument)) != 0)
		fria_diff_add_text(c, FRIA_CHANGE_LOGIC,
				   FRIA_WEIGHT_APPLICATION,
				   fria_logic_digest(c->from->instrument),
				   fria_logic_digest(c->to->instrument));
	if (is_renamed(c))
		compare_member(c, FRIA_CHANGE_RENAMED, a, b, "id");
	compare_member(c, FRIA_CHANGE_RELEASE, a, b, "release");
	compare_member(c, FRIA_CHANGE_IN_USE, a, b, "in_use");
	compare_events(c);
	compare_facts(c);
	compare_monitoring(c);
	if (json_object_size(a)) /* of what begins all is new */
		fria_diff_members(c, "application", NULL, NULL, a, b,
				  is_renamed(c) ? renamed : known);
}

/* --- comments and meetings: by id --- */

static json_t *find_id(const json_t *list, const json_t *one)
{
	const char *id = fria_json_text(one, "id"), *other;
	json_t *found;
	size_t i;
	json_array_foreach(list, i, found) {
		if (json_equal(found, one))
			return found;
	}
	json_array_foreach(list, i, found) {
		other = fria_json_text(found, "id");
		if (id && other && !strcmp(id, other))
			return found;
	}
	return NULL;
}

static fria_difference *add_said(fria_comparing *c, fria_change_kind kind,
				 json_t *before, json_t *after)
{
	json_t *one = after ? after : before;
	const char *task = fria_json_text(one, "task");
	fria_difference *d = fria_diff_add(
	    c, kind, FRIA_WEIGHT_TALK, json_incref(before), json_incref(after));
	d->task = fria_strdup(task);
	d->row = fria_strdup(fria_json_text(one, "row"));
	d->key = fria_strdup(fria_json_text(one, "id"));
	d->by = fria_strdup(fria_json_text(one, "by"));
	return d;
}

static void compare_said(fria_comparing *c, fria_change_kind kind,
			 json_t *before, json_t *after)
{
	json_t *resolved = json_object_get(after, "resolved");
	if (kind == FRIA_CHANGE_COMMENT && resolved &&
	    !json_object_get(before, "resolved")) {
		fria_difference *d =
		    add_said(c, FRIA_CHANGE_RESOLVED, before, after);
		free(d->by);
		d->by = fria_strdup(fria_json_text(resolved, "by"));
	} else if (!json_equal(before, after)) {
		add_said(c, kind, before, after);
	}
}

static void compare_list(fria_comparing *c, fria_change_kind kind,
			 const char *name)
{
	json_t *a = json_object_get(c->from->assessment, name);
	json_t *b = json_object_get(c->to->assessment, name), *one, *was;
	size_t i;
	json_array_foreach(b, i, one) {
		was = find_id(a, one);
		if (was)
			compare_said(c, kind, was, one);
		else
			add_said(c, kind, NULL, one);
	}
	json_array_foreach(a, i, one) {
		if (!find_id(b, one))
			add_said(c, kind, one, NULL);
	}
}

void fria_diff_records(fria_comparing *c)
{
	static const char *const known[] = {"$schema",	"instrument",
					    "answers",	"approvals",
					    "meetings", "comments",
					    "origin",	"superseded_by",
					    "requests", "proposals",
					    NULL},
				 *const renamed[] = {
				     "$schema",	    "instrument",    "answers",
				     "approvals",   "meetings",	     "comments",
				     "origin",	    "superseded_by", "requests",
				     "application", "proposals",     NULL};
	const json_t *a = c->from->assessment, *b = c->to->assessment;
	compare_list(c, FRIA_CHANGE_COMMENT, "comments");
	compare_list(c, FRIA_CHANGE_MEETING, "meetings");
	compare_member(c, FRIA_CHANGE_ORIGIN, a, b, "origin");
	compare_member(c, FRIA_CHANGE_SUPERSEDED, a, b, "superseded_by");
	if (json_object_size(a))
		fria_diff_members(c, "assessment", NULL, NULL, a, b,
				  is_about_renamed(c) ? renamed : known);
}
