/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Merging what is only added to: approvals, meetings, comments, events and
 * measurements are a union of both sides.
 */
#include "merge_internal.h"

#include <string.h>

static void put_member(fria_buf *out, const json_t *object, const char *key)
{
	const char *text = fria_json_text(object, key);
	fria_buf_puts(out, text ? text : "");
}

static void when_at(fria_buf *out, const json_t *element)
{
	put_member(out, element, "at");
}

static void when_date(fria_buf *out, const json_t *element)
{
	put_member(out, element, "date");
}

static json_t *merge_union(merging *m, sides s, const list_kind *kind)
{
	json_t *result;
	if (merge_settled(&result, s))
		return result;
	return merge_are_lists(s) ? merge_list(m, s, kind)
				  : merge_conflict(m, s);
}

/* --- approvals: by role, person and content --- */

static void approval_key(fria_buf *out, const json_t *approval)
{
	static const char *const keys[] = {"role", "kind", "by", "content"};
	for (size_t i = 0; i < 4; i++) {
		fria_buf_puts(out, i ? " " : "");
		put_member(out, approval, keys[i]);
	}
}

json_t *merge_approvals(merging *m, const char *key, sides s)
{
	static const list_kind kind = {approval_key, when_at, merge_value};
	(void)key;
	return merge_union(m, s, &kind);
}

/* --- comments: what is resolved stays so; meetings --- */

static void comment_key(fria_buf *out, const json_t *comment)
{
	put_member(out, comment, "id");
}

static void comment_when(fria_buf *out, const json_t *comment)
{
	put_member(out, comment, "at");
	put_member(out, comment, "date"); /* of a meeting */
}

/* Resolved twice is resolved: the first time counts. */
static json_t *merge_resolved(merging *m, const char *key, sides s)
{
	json_t *result;
	if (strcmp(key, "resolved") != 0 || !json_is_object(s.ours) ||
	    !json_is_object(s.theirs) || merge_settled(&result, s))
		return merge_value(m, key, s);
	const json_t *later = merge_preferred(s.ours, s.theirs);
	return json_deep_copy(later == s.ours ? s.theirs : s.ours);
}

/* An object with members that are merged in a way of their own. */
static json_t *merge_members(merging *m, const char *key, sides s,
			     merge_part part)
{
	json_t *result;
	if (merge_settled(&result, s))
		return result;
	return merge_are_objects(s) ? merge_object(m, s, part)
				    : merge_value(m, key, s);
}

static json_t *merge_comment(merging *m, const char *key, sides s)
{
	return merge_members(m, key, s, merge_resolved);
}

json_t *merge_comments(merging *m, const char *key, sides s)
{
	static const list_kind kind = {comment_key, comment_when,
				       merge_comment};
	(void)key;
	return merge_union(m, s, &kind);
}

/* What either side took is taken; none left is no list. */
json_t *merge_proposals(merging *m, const char *key, sides s)
{
	json_t *result = merge_comments(m, key, s);
	if (json_is_array(result) && !json_array_size(result)) {
		json_decref(result);
		return NULL;
	}
	return result;
}

/* --- events and measurements: by what they say --- */

static void event_key(fria_buf *out, const json_t *event)
{
	char digest[FRIA_DIGEST_SIZE];
	fria_digest(digest, event);
	fria_buf_puts(out, digest);
}

static void measurement_key(fria_buf *out, const json_t *measurement)
{
	const json_t *value = json_object_get(measurement, "value");
	put_member(out, measurement, "date");
	fria_buf_putc(out, ' ');
	if (value)
		fria_canonical(out, value);
}

/* --- where two lists were joined: "joined", ranges of their places --- */

static void add_ranges(json_t *out, const json_t *ranges)
{
	size_t i, k;
	json_t *one, *known;
	json_array_foreach(ranges, i, one) {
		bool have = false;
		json_array_foreach(out, k, known)
			have = have || json_equal(known, one);
		if (!have)
			json_array_append(out, one);
	}
}

/* What both know; sorted, so that it is the same whichever is ours. */
static json_t *merge_ranges(merging *m, const char *key, sides s)
{
	json_t *all = json_array();
	(void)m;
	(void)key;
	if (merge_equal(s.ours, s.theirs)) {
		json_decref(all);
		return s.ours ? json_deep_copy(s.ours) : NULL;
	}
	const json_t *first = merge_preferred(s.ours, s.theirs);
	add_ranges(all, first);
	add_ranges(all, first == s.ours ? s.theirs : s.ours);
	return all;
}

static size_t place(const json_t *range, size_t i)
{
	return (size_t)json_integer_value(json_array_get(range, i));
}

/* As far as three lists are the same. */
static size_t shared(const json_t *a, const json_t *b, const json_t *c)
{
	size_t n = 0;
	while (n < json_array_size(a) && n < json_array_size(b) &&
	       merge_equal(json_array_get(a, n), json_array_get(b, n)) &&
	       merge_equal(json_array_get(a, n), json_array_get(c, n)))
		n++;
	return n;
}

/*
 * An answer says how many events, or measurements, it has seen. Where both
 * sides added some, that number no longer says which: who was here before has
 * seen none of these for certain.
 */
static void note_joined(json_t *holder, sides s, const char *member)
{
	const json_t *ours = json_object_get(s.ours, member),
		     *theirs = json_object_get(s.theirs, member),
		     *all = json_object_get(holder, member);
	size_t n = json_array_size(all), from = shared(ours, theirs, all), i;
	json_t *kept = json_array(), *range;
	if (n > json_array_size(ours) && n > json_array_size(theirs)) {
		json_array_foreach(json_object_get(holder, "joined"), i,
				   range) {
			if (place(range, 1) <= from)
				json_array_append(kept, range);
			else if (place(range, 0) < from)
				from = place(range, 0);
		}
		json_array_append_new(
		    kept,
		    fria_json_pack("[I, I]", (json_int_t)from, (json_int_t)n));
		json_object_set(holder, "joined", kept);
	}
	json_decref(kept);
}

static void former_key(fria_buf *out, const json_t *former)
{
	put_member(out, former, "id");
}

static void when_day(fria_buf *out, const json_t *former)
{
	put_member(out, former, "day");
}

static json_t *merge_monitoring(merging *m, const char *key, sides s);

json_t *merge_application(merging *m, const char *key, sides s)
{
	static const list_kind events = {event_key, when_at, merge_value};
	static const list_kind formerly = {former_key, when_day, merge_value};
	if (!strcmp(key, "events"))
		return merge_union(m, s, &events);
	if (!strcmp(key, "formerly"))
		return merge_union(m, s, &formerly);
	if (!strcmp(key, "joined"))
		return merge_ranges(m, key, s);
	return !strcmp(key, "monitoring") ? merge_monitoring(m, key, s)
					  : merge_value(m, key, s);
}

void merge_application_end(json_t *application, sides s)
{
	note_joined(application, s, "events");
}

static json_t *merge_metric_member(merging *m, const char *key, sides s)
{
	static const list_kind series = {measurement_key, when_date,
					 merge_value};
	if (!strcmp(key, "series"))
		return merge_union(m, s, &series);
	return !strcmp(key, "joined") ? merge_ranges(m, key, s)
				      : merge_value(m, key, s);
}

static json_t *merge_metric(merging *m, const char *key, sides s)
{
	json_t *result;
	if (merge_settled(&result, s))
		return result;
	if (!merge_are_objects(s))
		return merge_value(m, key, s);
	result = merge_object(m, s, merge_metric_member);
	note_joined(result, s, "series");
	return result;
}

static json_t *merge_monitoring(merging *m, const char *key, sides s)
{
	return merge_members(m, key, s, merge_metric);
}

/* --- finding again --- */

size_t merge_list_find(const json_t *list, const char *key)
{
	static void (*const keys[])(fria_buf *, const json_t *) = {
	    comment_key, approval_key, measurement_key, event_key};
	const json_t *element;
	size_t i;
	for (size_t k = 0; k < sizeof keys / sizeof *keys; k++)
		json_array_foreach(list, i, element) {
			fria_buf own = FRIA_BUF_INIT;
			keys[k](&own, element);
			bool found = !strcmp(own.text, key);
			fria_buf_dispose(&own);
			if (found)
				return i;
		}
	return FRIA_NONE;
}
