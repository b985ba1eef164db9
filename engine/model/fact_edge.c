/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * As much of a fact as an answer rests on (DESIGN section 3): some elements of
 * a list, some members, the metrics that a cell names, one way of changing.
 * It knows no answer: what a cell names is given to it.
 */
#include "model.h"

#include <stdlib.h>
#include <string.h>

#define METRICS "/monitoring"

static bool is_whole(const fria_fact_edge *e, fria_rules rules)
{
	return rules == FRIA_RULES_1 || e->key == e->pointer;
}

const char *fria_fact_edge_key(const fria_fact_edge *e, fria_rules rules)
{
	return rules == FRIA_RULES_1 ? e->pointer : e->key;
}

static bool is_change(const fria_fact_edge *e)
{
	return e->from && e->to;
}

bool fria_fact_edge_directed(const fria_fact_edge *e, fria_rules rules)
{
	return rules != FRIA_RULES_1 &&
	       (fria_law_is(e->pointer) || e->on || is_change(e));
}

/* --- narrowing --- */

static bool same(const json_t *a, const json_t *b, fria_rules rules)
{
	json_t *x = fria_fact_compared("", a, rules);
	json_t *y = fria_fact_compared("", b, rules);
	bool equal = json_equal(x, y);
	json_decref(x);
	json_decref(y);
	return equal;
}

/* One of these values; a list where any of it is. */
static bool is_among(const json_t *value, const json_t *wanted,
		     fria_rules rules)
{
	size_t i;
	json_t *one;
	if (json_is_array(value)) {
		json_array_foreach((json_t *)(uintptr_t)value, i, one)
			if (is_among(one, wanted, rules))
				return true;
		return false;
	}
	json_array_foreach((json_t *)(uintptr_t)wanted, i, one)
		if (same(value, one, rules))
			return true;
	return !json_is_array(wanted) && same(value, wanted, rules);
}

/* What does not say what is asked of it may be one of them. */
static bool is_meant(const json_t *element, const json_t *where,
		     fria_rules rules)
{
	const char *key;
	json_t *wanted;
	json_object_foreach((json_t *)(uintptr_t)where, key, wanted) {
		const json_t *value = json_object_get(element, key);
		if (value && !same(value, NULL, rules) &&
		    !is_among(value, wanted, rules))
			return false;
	}
	return true;
}

static json_t *elements(const json_t *list, const json_t *where,
			fria_rules rules)
{
	json_t *out = json_array(), *one;
	size_t i;
	json_array_foreach((json_t *)(uintptr_t)list, i, one)
		if (is_meant(one, where, rules))
			json_array_append(out, one);
	return out;
}

static json_t *metrics_named(const json_t *metrics, const fria_strings *names)
{
	json_t *out = json_object();
	for (size_t i = 0; i < names->n; i++) {
		json_t *metric = json_object_get(metrics, names->items[i]);
		if (metric)
			json_object_set(out, names->items[i], metric);
	}
	return out;
}

static json_t *members_of(const json_t *value, const json_t *members)
{
	json_t *out = json_object(), *key, *one;
	size_t i;
	if (!json_is_object(value)) {
		json_decref(out);
		return json_incref((json_t *)(uintptr_t)value);
	}
	json_array_foreach((json_t *)(uintptr_t)members, i, key) {
		const char *name = json_string_value(key);
		if ((one = json_object_get(value, name)))
			json_object_set(out, name, one);
	}
	return out;
}

/* Of each element of a list, of each metric, or of the one object. */
static json_t *with_members(const json_t *value, const fria_fact_edge *e)
{
	json_t *out, *one;
	const char *name;
	size_t i;
	if (json_is_array(value)) {
		out = json_array();
		json_array_foreach((json_t *)(uintptr_t)value, i, one)
			json_array_append_new(out, members_of(one, e->members));
		return out;
	}
	if (strcmp(e->pointer, METRICS) != 0 || !json_is_object(value))
		return members_of(value, e->members);
	out = json_object();
	json_object_foreach((json_t *)(uintptr_t)value, name, one)
		json_object_set_new(out, name, members_of(one, e->members));
	return out;
}

/* Does the cell name the fact, as it calls it? */
static bool is_named(const fria_fact_edge *e, const fria_strings *names)
{
	size_t i;
	json_t *one;
	json_array_foreach((json_t *)(uintptr_t)e->as, i, one)
		if (fria_strings_has(names, json_string_value(one)))
			return true;
	return false;
}

static json_t *named_of(const fria_fact_edge *e, const json_t *value,
			const fria_strings *names)
{
	if (!e->as)
		return metrics_named(value, names);
	return is_named(e, names) ? json_incref((json_t *)(uintptr_t)value)
				  : NULL;
}

json_t *fria_fact_edge_value(const fria_fact_edge *e, const json_t *application,
			     const fria_strings *names, fria_rules rules)
{
	const json_t *value = fria_fact(application, e->pointer);
	json_t *out = json_incref((json_t *)(uintptr_t)value), *all;
	if (names || (e->where && json_is_array(value))) {
		json_decref(out);
		out = names ? named_of(e, value, names)
			    : elements(value, e->where, rules);
	}
	if (e->members && (all = out)) {
		out = with_members(all, e);
		json_decref(all);
	}
	return out;
}

/* Members that are named are compared as they are named. */
static json_t *compared(const fria_fact_edge *e, const json_t *application,
			const fria_strings *names, fria_rules rules)
{
	json_t *value = fria_fact_edge_value(e, application, names, rules);
	json_t *form =
	    fria_fact_compared(e->members ? "" : e->pointer, value, rules);
	json_decref(value);
	if (!json_is_null(form) || (!names && !e->where))
		return form;
	return names ? json_object() : json_array();
}

json_t *fria_fact_edge_digest(const fria_fact_edge *e,
			      const json_t *application,
			      const fria_strings *names, fria_rules rules)
{
	char digest[FRIA_DIGEST_SIZE];
	if (is_whole(e, rules))
		return fria_fact_digest(application, e->pointer, rules);
	json_t *form = compared(e, application, names, rules);
	if (json_is_null(form))
		return form;
	fria_digest(digest, form);
	json_decref(form);
	return fria_json_string(digest);
}

/* --- from one value to another --- */

/* A value, or a list of such. */
static size_t count_of(const json_t *wanted)
{
	return json_is_array(wanted) ? json_array_size(wanted) : 1;
}

static const json_t *value_at(const json_t *wanted, size_t i)
{
	return json_is_array(wanted) ? json_array_get(wanted, i) : wanted;
}

/* The value, or one of a list of them. */
static bool is_value(const fria_fact_edge *e, const json_t *form,
		     const json_t *wanted, fria_rules rules)
{
	bool is = false;
	for (size_t i = 0; i < count_of(wanted) && !is; i++) {
		json_t *other =
		    fria_fact_compared(e->pointer, value_at(wanted, i), rules);
		is = json_equal((json_t *)(uintptr_t)form, other);
		json_decref(other);
	}
	return is;
}

static json_t *keep_value(const fria_fact_edge *e, const json_t *application,
			  fria_rules rules, const json_t *was)
{
	json_t *before = json_object_get(was, "value");
	json_t *now = fria_fact_compared(
	    e->pointer, fria_fact(application, e->pointer), rules);
	if (before && is_change(e) && !is_value(e, now, e->from, rules) &&
	    !is_value(e, now, e->to, rules)) {
		json_decref(now);
		now = json_incref(before);
	}
	return fria_json_pack("{s:o}", "value", now);
}

static bool value_holds(const fria_fact_edge *e, const json_t *kept,
			const json_t *application, fria_rules rules)
{
	json_t *before = json_object_get(kept, "value");
	json_t *now = fria_fact_compared(
	    e->pointer, fria_fact(application, e->pointer), rules);
	bool holds = before && json_equal(before, now);
	if (before && is_change(e))
		holds = holds || !is_value(e, before, e->from, rules) ||
			!is_value(e, now, e->to, rules);
	json_decref(now);
	return holds;
}

/* --- limits --- */

static json_t *limit_of(const json_t *metric)
{
	return fria_json_pack("{s:O*, s:O*}", "threshold",
			      json_object_get(metric, "threshold"), "direction",
			      json_object_get(metric, "direction"));
}

/* Of the metrics that the edge leads to. */
static json_t *limits_of(const fria_fact_edge *e, const json_t *application,
			 const fria_strings *names)
{
	const json_t *value = fria_fact(application, e->pointer);
	json_t *out = json_object(), *metric;
	const char *name;
	if (strcmp(e->pointer, METRICS) != 0) {
		if (value)
			json_object_set_new(out, strrchr(e->pointer, '/') + 1,
					    limit_of(value));
		return out;
	}
	json_object_foreach((json_t *)(uintptr_t)value, name, metric)
		if (!names || fria_strings_has(names, name))
			json_object_set_new(out, name, limit_of(metric));
	return out;
}

static bool is_minimum(const json_t *limit)
{
	return fria_json_says(limit, "direction", "min");
}

/* What happened to one limit. A direction that turned may be either. */
static unsigned moved(const json_t *was, const json_t *is)
{
	const json_t *before = json_object_get(was, "threshold");
	const json_t *after = json_object_get(is, "threshold");
	if (!was || (is && !before && after))
		return was ? FRIA_ON_ADDED | FRIA_ON_TIGHTENED : FRIA_ON_ADDED;
	if (!is || (before && !after))
		return is ? FRIA_ON_REMOVED | FRIA_ON_LOOSENED
			  : FRIA_ON_REMOVED;
	if (!before)
		return 0;
	if (!json_is_number(before) || !json_is_number(after))
		return json_equal((json_t *)(uintptr_t)was,
				  (json_t *)(uintptr_t)is)
			   ? 0
			   : FRIA_ON_LOOSENED | FRIA_ON_TIGHTENED;
	if (is_minimum(was) != is_minimum(is))
		return FRIA_ON_LOOSENED | FRIA_ON_TIGHTENED;
	double x = json_number_value(before), y = json_number_value(after);
	bool looser = is_minimum(is) ? y < x : y > x;
	return looser ? FRIA_ON_LOOSENED : x != y ? FRIA_ON_TIGHTENED : 0;
}

static bool limits_hold(const fria_fact_edge *e, const json_t *kept,
			const json_t *application, const fria_strings *names)
{
	json_t *were = json_object_get(kept, "limits"), *limit;
	json_t *are = limits_of(e, application, names);
	unsigned all = 0;
	const char *name;
	json_object_foreach(were, name, limit)
		all |= moved(limit, json_object_get(are, name));
	json_object_foreach(are, name, limit)
		all |= moved(json_object_get(were, name), limit);
	json_decref(are);
	return json_is_object(were) && !(all & e->on);
}

/* --- what a basis keeps --- */

json_t *fria_fact_edge_kept(const fria_fact_edge *e, const json_t *application,
			    const fria_strings *names, fria_rules rules,
			    const json_t *was)
{
	if (!fria_fact_edge_directed(e, rules))
		return fria_fact_edge_digest(e, application, names, rules);
	if (!e->on)
		return keep_value(e, application, rules, was);
	return fria_json_pack("{s:o}", "limits",
			      limits_of(e, application, names));
}

bool fria_fact_edge_holds(const fria_fact_edge *e, const json_t *kept,
			  const json_t *application, const fria_strings *names,
			  fria_rules rules)
{
	if (fria_fact_edge_directed(e, rules))
		return e->on ? limits_hold(e, kept, application, names)
			     : value_holds(e, kept, application, rules);
	json_t *now = fria_fact_edge_digest(e, application, names, rules);
	bool holds = json_equal((json_t *)(uintptr_t)kept, now);
	json_decref(now);
	return holds;
}

bool fria_fact_edge_crosses(const fria_fact_edge *e, const fria_task *task,
			    const char *metric, const fria_strings *names,
			    fria_rules rules)
{
	bool all = !strcmp(e->pointer, METRICS), own = all;
	if (strncmp(e->pointer, METRICS, sizeof METRICS - 1) != 0)
		return false;
	if (!all) {
		fria_buf one = FRIA_BUF_INIT;
		fria_buf_puts(&one, METRICS);
		fria_pointer_add(&one, metric);
		own = !strcmp(one.text, e->pointer);
		fria_buf_dispose(&one);
	}
	if (!own || is_whole(e, rules))
		return own && task->crossing;
	if (e->members || (names && !fria_strings_has(names, metric)))
		return false;
	return e->on ? (e->on & FRIA_ON_CROSSING) != 0 : task->crossing;
}

/* --- for people --- */

static void say_part(fria_buf *out, fria_word word, const char *what,
		     fria_lang lang)
{
	if (out->n)
		fria_buf_puts(out, ", ");
	fria_say(out, lang, word, "what", what, NULL);
}

static void say_where(fria_buf *out, const fria_fact_edge *e, fria_lang lang)
{
	const char *key;
	json_t *wanted;
	json_object_foreach((json_t *)(uintptr_t)e->where, key, wanted) {
		char *pointer = fria_format("%s/%s", e->pointer, key);
		fria_buf text = FRIA_BUF_INIT;
		fria_buf_printf(&text, "%s: ", fria_fact_member(key, lang));
		fria_fact_say_at(&text, pointer, wanted, lang);
		say_part(out, FRIA_W_edge_only, text.text, lang);
		fria_buf_dispose(&text);
		free(pointer);
	}
}

static void say_members(fria_buf *out, const fria_fact_edge *e, fria_lang lang)
{
	fria_buf text = FRIA_BUF_INIT;
	size_t i;
	json_t *one;
	json_array_foreach((json_t *)(uintptr_t)e->members, i, one)
		fria_buf_printf(&text, "%s%s", i ? ", " : "",
				fria_fact_member(json_string_value(one), lang));
	say_part(out, FRIA_W_edge_only, text.text, lang);
	fria_buf_dispose(&text);
}

/* "pilot or in use" */
static void say_one_of(fria_buf *out, const fria_fact_edge *e,
		       const json_t *values, fria_lang lang)
{
	size_t n = count_of(values);
	for (size_t i = 0; i < n; i++) {
		if (i)
			fria_buf_puts(
			    out, i + 1 < n
				     ? ", "
				     : fria_word_text(FRIA_W_edge_or, lang));
		fria_fact_say_at(out, e->pointer, value_at(values, i), lang);
	}
}

static void say_change(fria_buf *out, const fria_fact_edge *e, fria_lang lang)
{
	fria_buf from = FRIA_BUF_INIT, to = FRIA_BUF_INIT;
	say_one_of(&from, e, e->from, lang);
	say_one_of(&to, e, e->to, lang);
	if (out->n)
		fria_buf_puts(out, ", ");
	fria_say(out, lang, FRIA_W_edge_change, "from", from.text, "to",
		 to.text, NULL);
	fria_buf_dispose(&from);
	fria_buf_dispose(&to);
}

static void say_on(fria_buf *out, const fria_fact_edge *e, fria_lang lang)
{
	fria_buf text = FRIA_BUF_INIT;
	for (size_t i = 1; i < FRIA_ON_KINDS; i++)
		if (e->on & 1U << i)
			fria_buf_printf(
			    &text, "%s%s", text.n ? ", " : "",
			    fria_closed_say("on", fria_closed_at("on", i - 1),
					    lang));
	say_part(out, FRIA_W_edge_only, text.text, lang);
	fria_buf_dispose(&text);
}

static void say_as(fria_buf *out, const fria_fact_edge *e,
		   const fria_instrument *in, fria_lang lang)
{
	fria_buf text = FRIA_BUF_INIT;
	size_t i;
	json_t *one;
	json_array_foreach((json_t *)(uintptr_t)e->as, i, one) {
		fria_buf_puts(&text, i ? ", " : "");
		fria_value_say(&text, in, e->named_by, one, NULL, lang);
	}
	if (out->n)
		fria_buf_puts(out, ", ");
	fria_say(out, lang, FRIA_W_edge_as, "task", in->tasks[e->named_by].id,
		 "what", text.text, NULL);
	fria_buf_dispose(&text);
}

void fria_fact_edge_narrow(fria_buf *out, const fria_fact_edge *e,
			   const fria_instrument *in, const char *named,
			   fria_lang lang)
{
	if (e->where)
		say_where(out, e, lang);
	if (e->as && !named && e->named_by != FRIA_NONE)
		say_as(out, e, in, lang);
	else if (e->named_by != FRIA_NONE)
		say_part(out, named ? FRIA_W_edge_named : FRIA_W_edge_names,
			 named ? named : in->tasks[e->named_by].id, lang);
	if (e->members)
		say_members(out, e, lang);
	if (is_change(e))
		say_change(out, e, lang);
	if (e->on)
		say_on(out, e, lang);
}

void fria_edge_narrow(fria_buf *out, const fria_edge *e,
		      const fria_instrument *in, const char *named,
		      fria_lang lang)
{
	if (e->named_by != FRIA_NONE)
		say_part(out, named ? FRIA_W_edge_named : FRIA_W_edge_names,
			 named ? named : in->tasks[e->named_by].id, lang);
}

static void in_parentheses(fria_buf *out, fria_buf *text)
{
	if (text->n)
		fria_buf_printf(out, " (%s)", text->text);
	fria_buf_dispose(text);
}

void fria_fact_edge_say(fria_buf *out, const fria_fact_edge *e,
			const fria_instrument *in, fria_lang lang)
{
	fria_buf text = FRIA_BUF_INIT;
	fria_fact_edge_narrow(&text, e, in, NULL, lang);
	in_parentheses(out, &text);
}

void fria_edge_say(fria_buf *out, const fria_edge *e, const fria_instrument *in,
		   fria_lang lang)
{
	fria_buf text = FRIA_BUF_INIT;
	fria_edge_narrow(&text, e, in, NULL, lang);
	in_parentheses(out, &text);
}
