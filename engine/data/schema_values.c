/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The keywords of JSON Schema about one value: its type, number or text.
 *
 * Calls up to schema.c: what a value breaks is said there, and the work is
 * counted.
 */
#include "schema_internal.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- any value --- */

static bool is_whole(const json_t *value)
{
	double number = json_number_value(value);
	return json_is_integer(value) ||
	       (json_is_real(value) && number == floor(number));
}

bool schema_is_of(const char *type, const json_t *value)
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

bool schema_test_type(schema_run *run, const schema_rule *rule,
		      const json_t *value, schema_seen *seen)
{
	(void)seen;
	const char *one = json_string_value(rule->value);
	if (one)
		return schema_is_of(one, value) ||
		       schema_fail_value(run, rule, type_word(one), NULL, NULL,
					 value);
	fria_buf types = FRIA_BUF_INIT;
	const json_t *item;
	size_t i;
	bool ok = false;
	json_array_foreach(rule->value, i, item) {
		ok = ok || schema_is_of(json_string_value(item), value);
		fria_buf_printf(&types, "%s%s", i ? ", " : "",
				json_string_value(item));
	}
	if (!ok)
		schema_fail_value(run, rule, FRIA_W_schema_types, "types",
				  types.text, value);
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

bool schema_test_enum(schema_run *run, const schema_rule *rule,
		      const json_t *value, schema_seen *seen)
{
	(void)seen;
	const json_t *item;
	size_t i;
	if (!schema_work(run, rule->node->place, json_array_size(rule->value)))
		return false;
	json_array_foreach(rule->value, i, item)
		if (same(item, value))
			return true;
	if (run->quiet)
		return false;
	fria_buf values = FRIA_BUF_INIT;
	json_array_foreach(rule->value, i, item) {
		char *text = schema_shown(item);
		fria_buf_printf(&values, "%s%s", i ? ", " : "", text);
		free(text);
	}
	schema_fail_value(run, rule, FRIA_W_schema_enum, "values", values.text,
			  value);
	fria_buf_dispose(&values);
	return false;
}

bool schema_test_const(schema_run *run, const schema_rule *rule,
		       const json_t *value, schema_seen *seen)
{
	(void)seen;
	if (same(rule->value, value))
		return true;
	char *wanted = schema_shown(rule->value);
	schema_fail_value(run, rule, FRIA_W_schema_const, "values", wanted,
			  value);
	free(wanted);
	return false;
}

/* --- numbers --- */

static bool fail_number(schema_run *run, const schema_rule *rule,
			fria_word word, const json_t *value)
{
	char *limit = schema_shown(rule->value);
	schema_fail_value(run, rule, word, "limit", limit, value);
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

bool schema_test_multiple(schema_run *run, const schema_rule *rule,
			  const json_t *value, schema_seen *seen)
{
	(void)seen;
	return !json_is_number(value) || is_multiple(value, rule->value) ||
	       fail_number(run, rule, FRIA_W_schema_multiple, value);
}

bool schema_test_limit(schema_run *run, const schema_rule *rule,
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

bool schema_test_length(schema_run *run, const schema_rule *rule,
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
		       schema_fail_count(run, rule, FRIA_W_schema_long, n);
	if ((double)n >= limit)
		return true;
	if (!n)
		return schema_fail(run, rule, FRIA_W_schema_empty, NULL, NULL,
				   NULL, NULL);
	return schema_fail_count(run, rule, FRIA_W_schema_short, n);
}

/* A match that takes too long counts as none, and ends the check. */
bool schema_rule_matches(schema_run *run, const schema_rule *rule, size_t i,
			 const char *text, size_t n)
{
	if (!schema_work(run, rule->node->place, 1 + n / 16))
		return false;
	int found = schema_matches(rule->codes[i], text, n);
	if (found < 0)
		schema_stop(run, rule->node->place, FRIA_W_schema_work);
	return found > 0;
}

bool schema_test_pattern(schema_run *run, const schema_rule *rule,
			 const json_t *value, schema_seen *seen)
{
	(void)seen;
	return !json_is_string(value) ||
	       schema_rule_matches(run, rule, 0, json_string_value(value),
				   json_string_length(value)) ||
	       run->stopped ||
	       schema_fail_value(run, rule, FRIA_W_schema_pattern, "pattern",
				 json_string_value(rule->value), value);
}

bool schema_test_format(schema_run *run, const schema_rule *rule,
			const json_t *value, schema_seen *seen)
{
	(void)seen;
	fria_word word = 0;
	return !run->schema->formats || !json_is_string(value) ||
	       schema_format_ok(json_string_value(rule->value),
				json_string_value(value),
				json_string_length(value), &word) ||
	       schema_fail_value(run, rule, word, NULL, NULL, value);
}
