/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The keywords of JSON Schema about what a list or an object holds.
 *
 * Calls up to schema.c: what a list or an object holds is held against a
 * schema in turn.
 */
#include "schema_internal.h"

#include <stdio.h>
#include <string.h>

/* --- lists --- */

/* At a limit named max… or min…. */
static bool check_count(schema_run *run, const schema_rule *rule, size_t n,
			fria_word many, fria_word few)
{
	double limit = json_number_value(rule->value);
	if (rule->keyword->name[1] == 'a')
		return (double)n <= limit ||
		       schema_fail_count(run, rule, many, n);
	return (double)n >= limit || schema_fail_count(run, rule, few, n);
}

bool schema_test_items_count(schema_run *run, const schema_rule *rule,
			     const json_t *value, schema_seen *seen)
{
	(void)seen;
	return !json_is_array(value) ||
	       check_count(run, rule, json_array_size(value),
			   FRIA_W_schema_many_items, FRIA_W_schema_few_items);
}

bool schema_test_unique(schema_run *run, const schema_rule *rule,
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
			ok = schema_fail(run, rule, FRIA_W_schema_unique,
					 "other", place, NULL, NULL);
			run->pointer.n = n;
			run->pointer.text[n] = '\0';
		}
		json_object_set_new(before, text.text,
				    json_integer((json_int_t)i + 1));
		bool go = schema_work(run, rule->node->place, 1 + text.n / 64);
		fria_buf_dispose(&text);
		if (!go)
			break;
	}
	json_decref(before);
	return ok;
}

bool schema_test_prefix(schema_run *run, const schema_rule *rule,
			const json_t *value, schema_seen *seen)
{
	bool ok = true;
	for (size_t i = 0; i < rule->n && i < json_array_size(value); i++) {
		ok &= schema_check_item(run, rule->many[i], i,
					json_array_get(value, i));
		if (seen)
			schema_seen_item(seen, i);
		if (!ok && run->quiet)
			break;
	}
	return ok;
}

bool schema_test_items(schema_run *run, const schema_rule *rule,
		       const json_t *value, schema_seen *seen)
{
	const schema_rule *prefix = schema_rule_of(rule->node, "prefixItems");
	bool ok = true;
	if (!json_is_array(value))
		return true;
	for (size_t i = prefix ? prefix->n : 0; i < json_array_size(value);
	     i++) {
		ok &= schema_check_item(run, rule->many[0], i,
					json_array_get(value, i));
		if (!ok && run->quiet)
			break;
	}
	if (seen)
		seen->all_items = true;
	return ok;
}

bool schema_test_contains(schema_run *run, const schema_rule *rule,
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
		if (!schema_fits(run, rule->many[0], item, NULL))
			continue;
		count++;
		if (seen)
			schema_seen_item(seen, i);
	}
	char text[24], limit[24];
	snprintf(text, sizeof text, "%zu", count);
	snprintf(limit, sizeof limit, "%.0f", min);
	if ((double)count < min)
		return schema_fail(run, least ? least : rule,
				   FRIA_W_schema_contains, "count", text,
				   "limit", limit);
	if (most && (double)count > json_number_value(most->value))
		return schema_fail_count(run, most, FRIA_W_schema_contains_many,
					 count);
	return true;
}

bool schema_test_unevaluated_items(schema_run *run, const schema_rule *rule,
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
			ok &= schema_check_item(run, rule->many[0], i, item);
	}
	seen->all_items = true;
	return ok;
}

/* --- objects --- */

bool schema_test_members_count(schema_run *run, const schema_rule *rule,
			       const json_t *value, schema_seen *seen)
{
	(void)seen;
	return !json_is_object(value) ||
	       check_count(run, rule, json_object_size(value),
			   FRIA_W_schema_many_members,
			   FRIA_W_schema_few_members);
}

bool schema_test_required(schema_run *run, const schema_rule *rule,
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
			ok = schema_fail(run, rule, FRIA_W_schema_required,
					 "key", json_string_value(item), NULL,
					 NULL);
	return ok;
}

bool schema_test_dependent(schema_run *run, const schema_rule *rule,
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
				ok = schema_fail(
				    run, rule, FRIA_W_schema_dependent, "key",
				    key, "needed", json_string_value(item));
	}
	return ok;
}

bool schema_test_properties(schema_run *run, const schema_rule *rule,
			    const json_t *value, schema_seen *seen)
{
	bool ok = true;
	for (size_t i = 0; i < rule->n && json_is_object(value); i++) {
		const json_t *member = json_object_get(value, rule->names[i]);
		if (!member)
			continue;
		ok &= schema_check_member(run, rule->many[i], rule->names[i],
					  member);
		if (seen)
			schema_seen_add(&seen->members, rule->names[i]);
		if (!ok && run->quiet)
			break;
	}
	return ok;
}

bool schema_test_patterns(schema_run *run, const schema_rule *rule,
			  const json_t *value, schema_seen *seen)
{
	const char *key;
	const json_t *member;
	bool ok = true;
	json_object_foreach((json_t *)value, key, member)
		for (size_t i = 0; i < rule->n && !run->stopped; i++) {
			if (!schema_rule_matches(run, rule, i, key,
						 strlen(key)))
				continue;
			ok &= schema_check_member(run, rule->many[i], key,
						  member);
			if (seen)
				schema_seen_add(&seen->members, key);
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
		if (schema_rule_matches(run, patterns, i, key, strlen(key)))
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
	schema_fail(run, rule,
		    fields.n && fields.n < 400 ? FRIA_W_schema_unknown_of
					       : FRIA_W_schema_unknown,
		    "key", key, "fields", fields.text);
	run->pointer.n = n;
	run->pointer.text[n] = '\0';
	fria_buf_dispose(&fields);
}

bool schema_test_additional(schema_run *run, const schema_rule *rule,
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
			ok &= schema_check_member(run, rule->many[0], key,
						  member);
		} else {
			fail_unknown(run, rule, key);
			ok = false;
		}
		if (seen)
			schema_seen_add(&seen->members, key);
		if (!ok && run->quiet)
			break;
	}
	return ok;
}

bool schema_test_unevaluated(schema_run *run, const schema_rule *rule,
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
			ok &= schema_check_member(run, rule->many[0], key,
						  member);
		} else {
			fail_unknown(run, rule, key);
			ok = false;
		}
	}
	seen->all_members = true;
	return ok;
}

bool schema_test_names(schema_run *run, const schema_rule *rule,
		       const json_t *value, schema_seen *seen)
{
	(void)seen;
	const char *key;
	const json_t *member;
	const char *pattern = fria_json_text(rule->many[0]->json, "pattern");
	bool ok = true;
	json_object_foreach((json_t *)value, key, member) {
		json_t *name = fria_json_string(key);
		size_t n = run->pointer.n;
		if (!schema_fits(run, rule->many[0], name, NULL)) {
			fria_pointer_add(&run->pointer, key);
			ok = schema_fail(run, rule,
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

bool schema_test_dependent_schemas(schema_run *run, const schema_rule *rule,
				   const json_t *value, schema_seen *seen)
{
	bool ok = true;
	for (size_t i = 0; i < rule->n && json_is_object(value); i++)
		if (json_object_get(value, rule->names[i]))
			ok &= schema_check(run, rule->many[i], value, seen);
	return ok;
}
