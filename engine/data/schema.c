/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Checking a document against a compiled schema (JSON Schema 2020-12, core
 * and validation). It reports everything that is wrong, not only the first;
 * a bound on steps keeps hostile schemas and documents from taking long.
 */
#include "schema_internal.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_STEPS = 2000000, MAX_NESTING = 1000, SHOWN = 60 };

/* The resources that evaluation has entered, innermost first. */
typedef struct scope {
	size_t resource;
	const struct scope *outer;
} scope;

struct schema_run {
	const fria_schema *schema;
	const char *file;
	fria_findings *findings;
	fria_buf pointer;
	size_t quiet; /* above 0: only whether it fits */
	size_t steps, depth;
	bool stopped;
	const scope *scope;
};

/* The members and items that some subschema has looked at. */
struct schema_seen {
	bool all_members, all_items;
	json_t *members; /* name to null */
	json_t *items;	 /* index as text to null */
};

static void seen_add(json_t **set, const char *name)
{
	if (!*set)
		*set = json_object();
	json_object_set_new(*set, name, json_null());
}

static void seen_item(schema_seen *seen, size_t i)
{
	char text[24];
	snprintf(text, sizeof text, "%zu", i);
	seen_add(&seen->items, text);
}

static void seen_merge(schema_seen *into, const schema_seen *from)
{
	const char *key;
	json_t *value;
	into->all_members |= from->all_members;
	into->all_items |= from->all_items;
	json_object_foreach(from->members, key, value)
		seen_add(&into->members, key);
	json_object_foreach(from->items, key, value)
		seen_add(&into->items, key);
}

static void seen_dispose(schema_seen *seen)
{
	json_decref(seen->members);
	json_decref(seen->items);
}

/* --- saying what is wrong --- */

/* A value as it stands, cut to what a sentence can hold. */
static char *shown(const json_t *value)
{
	fria_buf text = FRIA_BUF_INIT;
	if (json_is_object(value) && json_object_size(value))
		fria_buf_puts(&text, "{…}");
	else if (json_array_size(value))
		fria_buf_puts(&text, "[…]");
	else
		fria_json_write_line(&text, value);
	if (fria_utf8_count(text.text, text.n) > SHOWN) {
		size_t at = 0;
		uint32_t character;
		for (size_t i = 0; i < SHOWN; i++)
			at += fria_utf8_next(&character, text.text + at,
					     text.n - at);
		text.n = at;
		text.text[at] = '\0';
		fria_buf_puts(&text, "…");
	}
	return fria_buf_detach(&text);
}

static fria_args *report(schema_run *run, const char *place,
			 const char *keyword, fria_word word)
{
	if (run->quiet)
		return NULL;
	fria_finding *f = fria_findings_add(run->findings, FRIA_SEVERE, word,
					    run->file, run->pointer.text, NULL);
	fria_buf at = FRIA_BUF_INIT;
	fria_buf_puts(&at, place);
	if (keyword)
		fria_pointer_add(&at, keyword);
	free(f->schema);
	f->schema = fria_buf_detach(&at);
	return &f->args;
}

/* Always false: what a failed test returns. */
static bool fail(schema_run *run, const schema_rule *rule, fria_word word,
		 const char *name, const char *value, const char *name2,
		 const char *value2)
{
	fria_args *args =
	    report(run, rule->node->place, rule->keyword->name, word);
	if (args && name)
		fria_args_add(args, name, value);
	if (args && name2)
		fria_args_add(args, name2, value2);
	return false;
}

static bool fail_value(schema_run *run, const schema_rule *rule, fria_word word,
		       const char *name, const char *text, const json_t *value)
{
	if (run->quiet)
		return false;
	char *stands = shown(value);
	fail(run, rule, word, "value", stands, name, text);
	free(stands);
	return false;
}

static bool fail_count(schema_run *run, const schema_rule *rule, fria_word word,
		       size_t count)
{
	char text[24], limit[24];
	snprintf(text, sizeof text, "%zu", count);
	snprintf(limit, sizeof limit, "%.0f", json_number_value(rule->value));
	return fail(run, rule, word, "count", text, "limit", limit);
}

static bool stop(schema_run *run, const char *place, fria_word word)
{
	char limit[24];
	snprintf(limit, sizeof limit, "%d", MAX_NESTING);
	if (!run->stopped) {
		size_t quiet = run->quiet;
		run->quiet = 0;
		fria_args_add(report(run, place, NULL, word), "limit", limit);
		run->quiet = quiet;
	}
	run->stopped = true;
	return false;
}

static bool work(schema_run *run, const char *place, size_t steps)
{
	run->steps += steps;
	if (run->stopped || run->steps > MAX_STEPS)
		return stop(run, place, FRIA_W_schema_work);
	return true;
}

/* --- walking --- */

static bool check(schema_run *run, const schema_node *node, const json_t *value,
		  schema_seen *seen);

static bool fits(schema_run *run, const schema_node *node, const json_t *value,
		 schema_seen *seen)
{
	run->quiet++;
	bool ok = check(run, node, value, seen);
	run->quiet--;
	return ok;
}

static bool check_member(schema_run *run, const schema_node *node,
			 const char *name, const json_t *value)
{
	size_t n = run->pointer.n;
	fria_pointer_add(&run->pointer, name);
	bool ok = check(run, node, value, NULL);
	run->pointer.n = n;
	run->pointer.text[n] = '\0';
	return ok;
}

static bool check_item(schema_run *run, const schema_node *node, size_t i,
		       const json_t *value)
{
	size_t n = run->pointer.n;
	fria_buf_printf(&run->pointer, "/%zu", i);
	bool ok = check(run, node, value, NULL);
	run->pointer.n = n;
	run->pointer.text[n] = '\0';
	return ok;
}

/* --- any value --- */

static bool is_whole(const json_t *value)
{
	double number = json_number_value(value);
	return json_is_integer(value) ||
	       (json_is_real(value) && number == floor(number));
}

static bool is_of(const char *type, const json_t *value)
{
	switch (type[0]) {
	case 'o':
		return json_is_object(value);
	case 'a':
		return json_is_array(value);
	case 's':
		return json_is_string(value);
	case 'b':
		return json_is_boolean(value);
	case 'i':
		return is_whole(value);
	default:
		return type[2] == 'm' ? json_is_number(value)
				      : json_is_null(value);
	}
}

static fria_word type_word(const char *type)
{
	switch (type[0]) {
	case 'o':
		return FRIA_W_schema_type_object;
	case 'a':
		return FRIA_W_schema_type_array;
	case 's':
		return FRIA_W_schema_type_string;
	case 'b':
		return FRIA_W_schema_type_boolean;
	case 'i':
		return FRIA_W_schema_type_integer;
	default:
		return type[2] == 'm' ? FRIA_W_schema_type_number
				      : FRIA_W_schema_type_null;
	}
}

static bool test_type(schema_run *run, const schema_rule *rule,
		      const json_t *value, schema_seen *seen)
{
	(void)seen;
	const char *one = json_string_value(rule->value);
	if (one)
		return is_of(one, value) ||
		       fail_value(run, rule, type_word(one), NULL, NULL, value);
	fria_buf types = FRIA_BUF_INIT;
	const json_t *item;
	size_t i;
	bool ok = false;
	json_array_foreach(rule->value, i, item) {
		ok = ok || is_of(json_string_value(item), value);
		fria_buf_printf(&types, "%s%s", i ? ", " : "",
				json_string_value(item));
	}
	if (!ok)
		fail_value(run, rule, FRIA_W_schema_types, "types", types.text,
			   value);
	fria_buf_dispose(&types);
	return ok;
}

/* 1 and 1.0 are the same number; the order of members means nothing. */
static bool same(const json_t *a, const json_t *b)
{
	const char *key;
	json_t *value;
	size_t i;
	if (json_is_number(a) && json_is_number(b)) {
		if (json_is_integer(a) && json_is_integer(b))
			return json_integer_value(a) == json_integer_value(b);
		return json_number_value(a) >= json_number_value(b) &&
		       json_number_value(a) <= json_number_value(b);
	}
	if (json_typeof(a) != json_typeof(b))
		return false;
	if (json_is_object(a)) {
		if (json_object_size(a) != json_object_size(b))
			return false;
		json_object_foreach((json_t *)a, key, value) {
			const json_t *other = json_object_get(b, key);
			if (!other || !same(value, other))
				return false;
		}
		return true;
	}
	if (json_is_array(a)) {
		if (json_array_size(a) != json_array_size(b))
			return false;
		json_array_foreach(a, i, value)
			if (!same(value, json_array_get(b, i)))
				return false;
		return true;
	}
	return json_equal(a, b);
}

static bool test_enum(schema_run *run, const schema_rule *rule,
		      const json_t *value, schema_seen *seen)
{
	(void)seen;
	const json_t *item;
	size_t i;
	if (!work(run, rule->node->place, json_array_size(rule->value)))
		return false;
	json_array_foreach(rule->value, i, item)
		if (same(item, value))
			return true;
	if (run->quiet)
		return false;
	fria_buf values = FRIA_BUF_INIT;
	json_array_foreach(rule->value, i, item) {
		char *text = shown(item);
		fria_buf_printf(&values, "%s%s", i ? ", " : "", text);
		free(text);
	}
	fail_value(run, rule, FRIA_W_schema_enum, "values", values.text, value);
	fria_buf_dispose(&values);
	return false;
}

static bool test_const(schema_run *run, const schema_rule *rule,
		       const json_t *value, schema_seen *seen)
{
	(void)seen;
	if (same(rule->value, value))
		return true;
	char *wanted = shown(rule->value);
	fail_value(run, rule, FRIA_W_schema_const, "values", wanted, value);
	free(wanted);
	return false;
}

/* --- numbers --- */

static bool fail_number(schema_run *run, const schema_rule *rule,
			fria_word word, const json_t *value)
{
	char *limit = shown(rule->value);
	fail_value(run, rule, word, "limit", limit, value);
	free(limit);
	return false;
}

/* Allows for what a division of doubles loses in its last bits. */
static bool is_multiple(const json_t *value, const json_t *of)
{
	if (json_is_integer(value) && json_is_integer(of))
		return json_integer_value(value) % json_integer_value(of) == 0;
	double v = json_number_value(value), m = json_number_value(of);
	double times = v / m;
	if (!isfinite(times))
		return fpclassify(fmod(v, m)) == FP_ZERO;
	return fabs(times - rint(times)) <= 4 * DBL_EPSILON * fabs(times);
}

static bool test_multiple(schema_run *run, const schema_rule *rule,
			  const json_t *value, schema_seen *seen)
{
	(void)seen;
	return !json_is_number(value) || is_multiple(value, rule->value) ||
	       fail_number(run, rule, FRIA_W_schema_multiple, value);
}

static bool test_limit(schema_run *run, const schema_rule *rule,
		       const json_t *value, schema_seen *seen)
{
	(void)seen;
	if (!json_is_number(value))
		return true;
	const char *name = rule->keyword->name;
	double v = json_number_value(value);
	double limit = json_number_value(rule->value);
	if (!strcmp(name, "maximum"))
		return v <= limit ||
		       fail_number(run, rule, FRIA_W_schema_maximum, value);
	if (!strcmp(name, "minimum"))
		return v >= limit ||
		       fail_number(run, rule, FRIA_W_schema_minimum, value);
	if (!strcmp(name, "exclusiveMaximum"))
		return v < limit ||
		       fail_number(run, rule, FRIA_W_schema_below, value);
	return v > limit || fail_number(run, rule, FRIA_W_schema_above, value);
}

/* --- text --- */

static bool test_length(schema_run *run, const schema_rule *rule,
			const json_t *value, schema_seen *seen)
{
	(void)seen;
	if (!json_is_string(value))
		return true;
	size_t n = fria_utf8_count(json_string_value(value),
				   json_string_length(value));
	double limit = json_number_value(rule->value);
	if (rule->keyword->name[1] == 'a')
		return (double)n <= limit ||
		       fail_count(run, rule, FRIA_W_schema_long, n);
	if ((double)n >= limit)
		return true;
	if (!n)
		return fail(run, rule, FRIA_W_schema_empty, NULL, NULL, NULL,
			    NULL);
	return fail_count(run, rule, FRIA_W_schema_short, n);
}

/* A match that takes too long counts as none, and ends the check. */
static bool matches(schema_run *run, const schema_rule *rule, size_t i,
		    const char *text, size_t n)
{
	if (!work(run, rule->node->place, 1 + n / 16))
		return false;
	int found = schema_matches(rule->codes[i], text, n);
	if (found < 0)
		stop(run, rule->node->place, FRIA_W_schema_work);
	return found > 0;
}

static bool test_pattern(schema_run *run, const schema_rule *rule,
			 const json_t *value, schema_seen *seen)
{
	(void)seen;
	return !json_is_string(value) ||
	       matches(run, rule, 0, json_string_value(value),
		       json_string_length(value)) ||
	       run->stopped ||
	       fail_value(run, rule, FRIA_W_schema_pattern, "pattern",
			  json_string_value(rule->value), value);
}

static bool test_format(schema_run *run, const schema_rule *rule,
			const json_t *value, schema_seen *seen)
{
	(void)seen;
	fria_word word = 0;
	return !run->schema->formats || !json_is_string(value) ||
	       schema_format_ok(json_string_value(rule->value),
				json_string_value(value),
				json_string_length(value), &word) ||
	       fail_value(run, rule, word, NULL, NULL, value);
}

/* --- lists --- */

/* At a limit named max… or min…. */
static bool check_count(schema_run *run, const schema_rule *rule, size_t n,
			fria_word many, fria_word few)
{
	double limit = json_number_value(rule->value);
	if (rule->keyword->name[1] == 'a')
		return (double)n <= limit || fail_count(run, rule, many, n);
	return (double)n >= limit || fail_count(run, rule, few, n);
}

static bool test_items_count(schema_run *run, const schema_rule *rule,
			     const json_t *value, schema_seen *seen)
{
	(void)seen;
	return !json_is_array(value) ||
	       check_count(run, rule, json_array_size(value),
			   FRIA_W_schema_many_items, FRIA_W_schema_few_items);
}

static bool test_unique(schema_run *run, const schema_rule *rule,
			const json_t *value, schema_seen *seen)
{
	(void)seen;
	if (!json_is_true(rule->value) || !json_is_array(value))
		return true;
	json_t *before = json_object();
	const json_t *item;
	size_t i;
	bool ok = true;
	json_array_foreach(value, i, item) {
		fria_buf text = FRIA_BUF_INIT;
		fria_canonical(&text, item);
		const json_t *other = json_object_get(before, text.text);
		size_t n = run->pointer.n;
		if (other) {
			char place[24];
			snprintf(place, sizeof place, "%lld",
				 (long long)json_integer_value(other));
			fria_buf_printf(&run->pointer, "/%zu", i);
			ok = fail(run, rule, FRIA_W_schema_unique, "other",
				  place, NULL, NULL);
			run->pointer.n = n;
			run->pointer.text[n] = '\0';
		}
		json_object_set_new(before, text.text,
				    json_integer((json_int_t)i + 1));
		bool go = work(run, rule->node->place, 1 + text.n / 64);
		fria_buf_dispose(&text);
		if (!go)
			break;
	}
	json_decref(before);
	return ok;
}

static bool test_prefix(schema_run *run, const schema_rule *rule,
			const json_t *value, schema_seen *seen)
{
	bool ok = true;
	for (size_t i = 0; i < rule->n && i < json_array_size(value); i++) {
		ok &=
		    check_item(run, rule->many[i], i, json_array_get(value, i));
		if (seen)
			seen_item(seen, i);
		if (!ok && run->quiet)
			break;
	}
	return ok;
}

static bool test_items(schema_run *run, const schema_rule *rule,
		       const json_t *value, schema_seen *seen)
{
	const schema_rule *prefix = schema_rule_of(rule->node, "prefixItems");
	bool ok = true;
	if (!json_is_array(value))
		return true;
	for (size_t i = prefix ? prefix->n : 0; i < json_array_size(value);
	     i++) {
		ok &=
		    check_item(run, rule->many[0], i, json_array_get(value, i));
		if (!ok && run->quiet)
			break;
	}
	if (seen)
		seen->all_items = true;
	return ok;
}

static bool test_contains(schema_run *run, const schema_rule *rule,
			  const json_t *value, schema_seen *seen)
{
	const schema_rule *least = schema_rule_of(rule->node, "minContains");
	const schema_rule *most = schema_rule_of(rule->node, "maxContains");
	double min = least ? json_number_value(least->value) : 1;
	const json_t *item;
	size_t i, count = 0;
	if (!json_is_array(value))
		return true;
	json_array_foreach(value, i, item) {
		if (!fits(run, rule->many[0], item, NULL))
			continue;
		count++;
		if (seen)
			seen_item(seen, i);
	}
	char text[24], limit[24];
	snprintf(text, sizeof text, "%zu", count);
	snprintf(limit, sizeof limit, "%.0f", min);
	if ((double)count < min)
		return fail(run, least ? least : rule, FRIA_W_schema_contains,
			    "count", text, "limit", limit);
	if (most && (double)count > json_number_value(most->value))
		return fail_count(run, most, FRIA_W_schema_contains_many,
				  count);
	return true;
}

static bool test_unevaluated_items(schema_run *run, const schema_rule *rule,
				   const json_t *value, schema_seen *seen)
{
	const json_t *item;
	size_t i;
	bool ok = true;
	if (!json_is_array(value) || seen->all_items)
		return true;
	json_array_foreach(value, i, item) {
		char text[24];
		snprintf(text, sizeof text, "%zu", i);
		if (!json_object_get(seen->items, text))
			ok &= check_item(run, rule->many[0], i, item);
	}
	seen->all_items = true;
	return ok;
}

/* --- objects --- */

static bool test_members_count(schema_run *run, const schema_rule *rule,
			       const json_t *value, schema_seen *seen)
{
	(void)seen;
	return !json_is_object(value) ||
	       check_count(run, rule, json_object_size(value),
			   FRIA_W_schema_many_members,
			   FRIA_W_schema_few_members);
}

static bool test_required(schema_run *run, const schema_rule *rule,
			  const json_t *value, schema_seen *seen)
{
	(void)seen;
	const json_t *item;
	size_t i;
	bool ok = true;
	if (!json_is_object(value))
		return true;
	json_array_foreach(rule->value, i, item)
		if (!json_object_get(value, json_string_value(item)))
			ok = fail(run, rule, FRIA_W_schema_required, "key",
				  json_string_value(item), NULL, NULL);
	return ok;
}

static bool test_dependent(schema_run *run, const schema_rule *rule,
			   const json_t *value, schema_seen *seen)
{
	(void)seen;
	const char *key;
	const json_t *needed, *item;
	size_t i;
	bool ok = true;
	json_object_foreach((json_t *)rule->value, key, needed) {
		if (!json_object_get(value, key))
			continue;
		json_array_foreach(needed, i, item)
			if (!json_object_get(value, json_string_value(item)))
				ok = fail(run, rule, FRIA_W_schema_dependent,
					  "key", key, "needed",
					  json_string_value(item));
	}
	return ok;
}

static bool test_properties(schema_run *run, const schema_rule *rule,
			    const json_t *value, schema_seen *seen)
{
	bool ok = true;
	for (size_t i = 0; i < rule->n && json_is_object(value); i++) {
		const json_t *member = json_object_get(value, rule->names[i]);
		if (!member)
			continue;
		ok &= check_member(run, rule->many[i], rule->names[i], member);
		if (seen)
			seen_add(&seen->members, rule->names[i]);
		if (!ok && run->quiet)
			break;
	}
	return ok;
}

static bool test_patterns(schema_run *run, const schema_rule *rule,
			  const json_t *value, schema_seen *seen)
{
	const char *key;
	const json_t *member;
	bool ok = true;
	json_object_foreach((json_t *)value, key, member)
		for (size_t i = 0; i < rule->n && !run->stopped; i++) {
			if (!matches(run, rule, i, key, strlen(key)))
				continue;
			ok &= check_member(run, rule->many[i], key, member);
			if (seen)
				seen_add(&seen->members, key);
		}
	return ok;
}

static bool is_named(schema_run *run, const schema_node *node, const char *key)
{
	const schema_rule *patterns = schema_rule_of(node, "patternProperties");
	const json_t *named = json_object_get(node->json, "properties");
	if (json_object_get(named, key))
		return true;
	for (size_t i = 0; patterns && i < patterns->n; i++)
		if (matches(run, patterns, i, key, strlen(key)))
			return true;
	return false;
}

static void fail_unknown(schema_run *run, const schema_rule *rule,
			 const char *key)
{
	const json_t *named = json_object_get(rule->node->json, "properties");
	const char *name;
	const json_t *value;
	size_t n = run->pointer.n;
	fria_buf fields = FRIA_BUF_INIT;
	json_object_foreach((json_t *)named, name, value)
		fria_buf_printf(&fields, "%s%s", fields.n ? ", " : "", name);
	fria_pointer_add(&run->pointer, key);
	fail(run, rule,
	     fields.n && fields.n < 400 ? FRIA_W_schema_unknown_of
					: FRIA_W_schema_unknown,
	     "key", key, "fields", fields.text);
	run->pointer.n = n;
	run->pointer.text[n] = '\0';
	fria_buf_dispose(&fields);
}

static bool test_additional(schema_run *run, const schema_rule *rule,
			    const json_t *value, schema_seen *seen)
{
	const char *key;
	const json_t *member;
	bool ok = true;
	if (!json_is_object(value))
		return true;
	json_object_foreach((json_t *)value, key, member) {
		if (is_named(run, rule->node, key) || run->stopped)
			continue;
		if (!json_is_false(rule->value)) {
			ok &= check_member(run, rule->many[0], key, member);
		} else {
			fail_unknown(run, rule, key);
			ok = false;
		}
		if (seen)
			seen_add(&seen->members, key);
		if (!ok && run->quiet)
			break;
	}
	return ok;
}

static bool test_unevaluated(schema_run *run, const schema_rule *rule,
			     const json_t *value, schema_seen *seen)
{
	const char *key;
	const json_t *member;
	bool ok = true;
	if (!json_is_object(value) || seen->all_members)
		return true;
	json_object_foreach((json_t *)value, key, member) {
		if (json_object_get(seen->members, key))
			continue;
		if (!json_is_false(rule->value)) {
			ok &= check_member(run, rule->many[0], key, member);
		} else {
			fail_unknown(run, rule, key);
			ok = false;
		}
	}
	seen->all_members = true;
	return ok;
}

static bool test_names(schema_run *run, const schema_rule *rule,
		       const json_t *value, schema_seen *seen)
{
	(void)seen;
	const char *key;
	const json_t *member;
	const char *pattern = fria_json_text(rule->many[0]->json, "pattern");
	bool ok = true;
	json_object_foreach((json_t *)value, key, member) {
		json_t *name = json_string(key);
		size_t n = run->pointer.n;
		if (!fits(run, rule->many[0], name, NULL)) {
			fria_pointer_add(&run->pointer, key);
			ok = fail(run, rule,
				  pattern ? FRIA_W_schema_name_form
					  : FRIA_W_schema_name,
				  "key", key, "pattern", pattern);
			run->pointer.n = n;
			run->pointer.text[n] = '\0';
		}
		json_decref(name);
	}
	return ok;
}

static bool test_dependent_schemas(schema_run *run, const schema_rule *rule,
				   const json_t *value, schema_seen *seen)
{
	bool ok = true;
	for (size_t i = 0; i < rule->n && json_is_object(value); i++)
		if (json_object_get(value, rule->names[i]))
			ok &= check(run, rule->many[i], value, seen);
	return ok;
}

/* --- combinations --- */

static bool test_all(schema_run *run, const schema_rule *rule,
		     const json_t *value, schema_seen *seen)
{
	bool ok = true;
	for (size_t i = 0; i < rule->n; i++)
		ok &= check(run, rule->many[i], value, seen);
	return ok;
}

/* True if the schema refuses the kind of value, whatever it holds. */
static bool is_other_type(const schema_node *node, const json_t *value)
{
	const char *type = fria_json_text(node->json, "type");
	return json_is_boolean(node->json) || (type && !is_of(type, value));
}

/* Where one form alone can have been meant, its own findings say more. */
static bool fail_forms(schema_run *run, const schema_rule *rule,
		       const json_t *value)
{
	const schema_node *meant = NULL;
	size_t n = 0;
	char count[24];
	for (size_t i = 0; i < rule->n; i++)
		if (!is_other_type(rule->many[i], value)) {
			meant = rule->many[i];
			n++;
		}
	if (n == 1 && rule->n > 1 && !run->quiet)
		return check(run, meant, value, NULL);
	snprintf(count, sizeof count, "%zu", rule->n);
	return fail(run, rule, FRIA_W_schema_no_form, "count", count, NULL,
		    NULL);
}

static bool test_any(schema_run *run, const schema_rule *rule,
		     const json_t *value, schema_seen *seen)
{
	bool ok = false;
	for (size_t i = 0; i < rule->n && (seen || !ok); i++)
		ok |= fits(run, rule->many[i], value, seen);
	return ok || fail_forms(run, rule, value);
}

static bool test_one(schema_run *run, const schema_rule *rule,
		     const json_t *value, schema_seen *seen)
{
	size_t fitting = 0;
	char count[24];
	for (size_t i = 0; i < rule->n; i++)
		fitting += fits(run, rule->many[i], value, seen) ? 1 : 0;
	if (!fitting)
		return fail_forms(run, rule, value);
	snprintf(count, sizeof count, "%zu", fitting);
	return fitting == 1 || fail(run, rule, FRIA_W_schema_more_forms,
				    "count", count, NULL, NULL);
}

static bool test_not(schema_run *run, const schema_rule *rule,
		     const json_t *value, schema_seen *seen)
{
	(void)seen;
	return !fits(run, rule->many[0], value, NULL) ||
	       fail_value(run, rule, FRIA_W_schema_not, NULL, NULL, value);
}

static bool test_if(schema_run *run, const schema_rule *rule,
		    const json_t *value, schema_seen *seen)
{
	bool yes = fits(run, rule->many[0], value, seen);
	const schema_rule *branch = rule->node->then[yes ? 0 : 1];
	return !branch || check(run, branch->many[0], value, seen);
}

/* --- a node --- */

static const schema_node *dynamic_target(const schema_run *run,
					 const schema_node *node)
{
	const schema_node *target = node->dynamic;
	for (const scope *s = run->scope; s && node->anchor; s = s->outer) {
		const schema_node *outer =
		    schema_dynamic(run->schema, s->resource, node->anchor);
		if (outer)
			target = outer;
	}
	return target;
}

static bool check_rules(schema_run *run, const schema_node *node,
			const json_t *value, schema_seen *seen)
{
	bool ok = true;
	if (node->ref)
		ok &= check(run, node->ref, value, seen);
	if (node->dynamic && (ok || !run->quiet))
		ok &= check(run, dynamic_target(run, node), value, seen);
	for (size_t i = 0; i < node->n; i++) {
		const schema_rule *rule = &node->rules[i];
		if (run->stopped || (!ok && run->quiet))
			break;
		if (rule->keyword->test && work(run, node->place, 1))
			ok &= rule->keyword->test(run, rule, value, seen);
	}
	return ok && !run->stopped;
}

static bool check(schema_run *run, const schema_node *node, const json_t *value,
		  schema_seen *seen)
{
	if (json_is_true(node->json))
		return true;
	if (json_is_false(node->json)) {
		char *text = shown(value);
		fria_args *args =
		    report(run, node->place, NULL, FRIA_W_schema_nothing);
		if (args)
			fria_args_add(args, "value", text);
		free(text);
		return false;
	}
	if (!work(run, node->place, 1))
		return false;
	if (run->depth >= MAX_NESTING)
		return stop(run, node->place, FRIA_W_schema_loop);
	schema_seen own = {false, false, NULL, NULL};
	scope frame = {node->resource, run->scope};
	const scope *outer = run->scope;
	if (!outer || outer->resource != node->resource)
		run->scope = &frame;
	run->depth++;
	bool ok = check_rules(run, node, value,
			      seen || node->unevaluated ? &own : NULL);
	run->depth--;
	run->scope = outer;
	if (ok && seen)
		seen_merge(seen, &own);
	seen_dispose(&own);
	return ok;
}

const schema_keyword schema_keywords[] = {
    {"type", FORM_TYPE, test_type},
    {"enum", FORM_LIST, test_enum},
    {"const", FORM_ANY, test_const},
    {"multipleOf", FORM_POSITIVE, test_multiple},
    {"maximum", FORM_NUMBER, test_limit},
    {"exclusiveMaximum", FORM_NUMBER, test_limit},
    {"minimum", FORM_NUMBER, test_limit},
    {"exclusiveMinimum", FORM_NUMBER, test_limit},
    {"maxLength", FORM_COUNT, test_length},
    {"minLength", FORM_COUNT, test_length},
    {"pattern", FORM_PATTERN, test_pattern},
    {"format", FORM_TEXT, test_format},
    {"maxItems", FORM_COUNT, test_items_count},
    {"minItems", FORM_COUNT, test_items_count},
    {"uniqueItems", FORM_BOOLEAN, test_unique},
    {"maxContains", FORM_COUNT, NULL},
    {"minContains", FORM_COUNT, NULL},
    {"maxProperties", FORM_COUNT, test_members_count},
    {"minProperties", FORM_COUNT, test_members_count},
    {"required", FORM_TEXTS, test_required},
    {"dependentRequired", FORM_TEXTLISTS, test_dependent},
    {"prefixItems", FORM_SCHEMAS, test_prefix},
    {"items", FORM_SCHEMA, test_items},
    {"contains", FORM_SCHEMA, test_contains},
    {"properties", FORM_MEMBERS, test_properties},
    {"patternProperties", FORM_PATTERNS, test_patterns},
    {"additionalProperties", FORM_SCHEMA, test_additional},
    {"propertyNames", FORM_SCHEMA, test_names},
    {"dependentSchemas", FORM_MEMBERS, test_dependent_schemas},
    {"allOf", FORM_SCHEMAS, test_all},
    {"anyOf", FORM_SCHEMAS, test_any},
    {"oneOf", FORM_SCHEMAS, test_one},
    {"not", FORM_SCHEMA, test_not},
    {"if", FORM_SCHEMA, test_if},
    {"then", FORM_SCHEMA, NULL},
    {"else", FORM_SCHEMA, NULL},
    {"$defs", FORM_MEMBERS, NULL},
    {"definitions", FORM_MEMBERS, NULL},
    {"$id", FORM_TEXT, NULL},
    {"$schema", FORM_TEXT, NULL},
    {"$ref", FORM_TEXT, NULL},
    {"$anchor", FORM_TEXT, NULL},
    {"$dynamicRef", FORM_TEXT, NULL},
    {"$dynamicAnchor", FORM_TEXT, NULL},
    {"$comment", FORM_TEXT, NULL},
    {"title", FORM_TEXT, NULL},
    {"description", FORM_TEXT, NULL},
    {"unevaluatedItems", FORM_SCHEMA, test_unevaluated_items},
    {"unevaluatedProperties", FORM_SCHEMA, test_unevaluated},
    {NULL, FORM_ANY, NULL}};

bool fria_schema_check(const fria_schema *schema, const json_t *instance,
		       const char *file, fria_findings *findings)
{
	schema_run run = {.schema = schema,
			  .file = file,
			  .findings = findings,
			  .pointer = FRIA_BUF_INIT};
	bool ok = check(&run, schema->root, instance, NULL);
	fria_buf_dispose(&run.pointer);
	return ok;
}
