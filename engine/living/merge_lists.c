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

static json_t *merge_comment(merging *m, const char *key, sides s)
{
	json_t *result;
	if (merge_settled(&result, s))
		return result;
	return merge_are_objects(s) ? merge_object(m, s, merge_resolved)
				    : merge_value(m, key, s);
}

json_t *merge_comments(merging *m, const char *key, sides s)
{
	static const list_kind kind = {comment_key, comment_when,
				       merge_comment};
	(void)key;
	return merge_union(m, s, &kind);
}

/* --- events and measurements: by what they say --- */

static void event_key(fria_buf *out, const json_t *event)
{
	char digest[FRIA_DIGEST_SIZE];
	fria_digest(digest, event);
	fria_buf_puts(out, digest);
}

json_t *merge_events(merging *m, const char *key, sides s)
{
	static const list_kind kind = {event_key, when_at, merge_value};
	(void)key;
	return merge_union(m, s, &kind);
}

static void measurement_key(fria_buf *out, const json_t *measurement)
{
	const json_t *value = json_object_get(measurement, "value");
	put_member(out, measurement, "date");
	fria_buf_putc(out, ' ');
	if (value)
		fria_canonical(out, value);
}

static json_t *merge_metric_member(merging *m, const char *key, sides s)
{
	static const list_kind series = {measurement_key, when_date,
					 merge_value};
	return strcmp(key, "series") != 0 ? merge_value(m, key, s)
					  : merge_union(m, s, &series);
}

static json_t *merge_metric(merging *m, const char *key, sides s)
{
	json_t *result;
	if (merge_settled(&result, s))
		return result;
	return merge_are_objects(s) ? merge_object(m, s, merge_metric_member)
				    : merge_value(m, key, s);
}

json_t *merge_monitoring(merging *m, const char *key, sides s)
{
	json_t *result;
	if (merge_settled(&result, s))
		return result;
	return merge_are_objects(s) ? merge_object(m, s, merge_metric)
				    : merge_value(m, key, s);
}

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
