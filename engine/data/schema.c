/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Checking a document against a compiled schema (JSON Schema 2020-12, core
 * and validation). It reports everything that is wrong, not only the first;
 * a bound on steps keeps hostile schemas and documents from taking long.
 */
#include "schema_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_STEPS = 2000000, MAX_NESTING = 1000, SHOWN = 60 };

void schema_seen_add(json_t **set, const char *name)
{
	if (!*set)
		*set = json_object();
	json_object_set_new(*set, name, json_null());
}

void schema_seen_item(schema_seen *seen, size_t i)
{
	char text[24];
	snprintf(text, sizeof text, "%zu", i);
	schema_seen_add(&seen->items, text);
}

static void seen_merge(schema_seen *into, const schema_seen *from)
{
	const char *key;
	json_t *value;
	into->all_members |= from->all_members;
	into->all_items |= from->all_items;
	json_object_foreach(from->members, key, value)
		schema_seen_add(&into->members, key);
	json_object_foreach(from->items, key, value)
		schema_seen_add(&into->items, key);
}

static void seen_dispose(schema_seen *seen)
{
	json_decref(seen->members);
	json_decref(seen->items);
}

/* --- saying what is wrong --- */

/* A value as it stands, cut to what a sentence can hold. */
char *schema_shown(const json_t *value)
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
bool schema_fail(schema_run *run, const schema_rule *rule, fria_word word,
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

bool schema_fail_value(schema_run *run, const schema_rule *rule, fria_word word,
		       const char *name, const char *text, const json_t *value)
{
	if (run->quiet)
		return false;
	char *stands = schema_shown(value);
	schema_fail(run, rule, word, "value", stands, name, text);
	free(stands);
	return false;
}

bool schema_fail_count(schema_run *run, const schema_rule *rule, fria_word word,
		       size_t count)
{
	char text[24], limit[24];
	snprintf(text, sizeof text, "%zu", count);
	snprintf(limit, sizeof limit, "%.0f", json_number_value(rule->value));
	return schema_fail(run, rule, word, "count", text, "limit", limit);
}

bool schema_stop(schema_run *run, const char *place, fria_word word)
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

bool schema_work(schema_run *run, const char *place, size_t steps)
{
	run->steps += steps;
	if (run->stopped || run->steps > MAX_STEPS)
		return schema_stop(run, place, FRIA_W_schema_work);
	return true;
}

/* --- walking --- */

bool schema_check(schema_run *run, const schema_node *node, const json_t *value,
		  schema_seen *seen);

bool schema_fits(schema_run *run, const schema_node *node, const json_t *value,
		 schema_seen *seen)
{
	run->quiet++;
	bool ok = schema_check(run, node, value, seen);
	run->quiet--;
	return ok;
}

bool schema_check_member(schema_run *run, const schema_node *node,
			 const char *name, const json_t *value)
{
	size_t n = run->pointer.n;
	fria_pointer_add(&run->pointer, name);
	bool ok = schema_check(run, node, value, NULL);
	run->pointer.n = n;
	run->pointer.text[n] = '\0';
	return ok;
}

bool schema_check_item(schema_run *run, const schema_node *node, size_t i,
		       const json_t *value)
{
	size_t n = run->pointer.n;
	fria_buf_printf(&run->pointer, "/%zu", i);
	bool ok = schema_check(run, node, value, NULL);
	run->pointer.n = n;
	run->pointer.text[n] = '\0';
	return ok;
}

/* --- combinations --- */

static bool test_all(schema_run *run, const schema_rule *rule,
		     const json_t *value, schema_seen *seen)
{
	bool ok = true;
	for (size_t i = 0; i < rule->n; i++)
		ok &= schema_check(run, rule->many[i], value, seen);
	return ok;
}

/* True if the schema refuses the kind of value, whatever it holds. */
static bool is_other_type(const schema_node *node, const json_t *value)
{
	const char *type = fria_json_text(node->json, "type");
	return json_is_boolean(node->json) ||
	       (type && !schema_is_of(type, value));
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
		return schema_check(run, meant, value, NULL);
	snprintf(count, sizeof count, "%zu", rule->n);
	return schema_fail(run, rule, FRIA_W_schema_no_form, "count", count,
			   NULL, NULL);
}

static bool test_any(schema_run *run, const schema_rule *rule,
		     const json_t *value, schema_seen *seen)
{
	bool ok = false;
	for (size_t i = 0; i < rule->n && (seen || !ok); i++)
		ok |= schema_fits(run, rule->many[i], value, seen);
	return ok || fail_forms(run, rule, value);
}

static bool test_one(schema_run *run, const schema_rule *rule,
		     const json_t *value, schema_seen *seen)
{
	size_t fitting = 0;
	char count[24];
	for (size_t i = 0; i < rule->n; i++)
		fitting += schema_fits(run, rule->many[i], value, seen) ? 1 : 0;
	if (!fitting)
		return fail_forms(run, rule, value);
	snprintf(count, sizeof count, "%zu", fitting);
	return fitting == 1 || schema_fail(run, rule, FRIA_W_schema_more_forms,
					   "count", count, NULL, NULL);
}

static bool test_not(schema_run *run, const schema_rule *rule,
		     const json_t *value, schema_seen *seen)
{
	(void)seen;
	return !schema_fits(run, rule->many[0], value, NULL) ||
	       schema_fail_value(run, rule, FRIA_W_schema_not, NULL, NULL,
				 value);
}

static bool test_if(schema_run *run, const schema_rule *rule,
		    const json_t *value, schema_seen *seen)
{
	bool yes = schema_fits(run, rule->many[0], value, seen);
	const schema_rule *branch = rule->node->then[yes ? 0 : 1];
	return !branch || schema_check(run, branch->many[0], value, seen);
}

/* --- a node --- */

static const schema_node *dynamic_target(const schema_run *run,
					 const schema_node *node)
{
	const schema_node *target = node->dynamic;
	for (const schema_scope *s = run->scope; s && node->anchor;
	     s = s->outer) {
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
		ok &= schema_check(run, node->ref, value, seen);
	if (node->dynamic && (ok || !run->quiet))
		ok &= schema_check(run, dynamic_target(run, node), value, seen);
	for (size_t i = 0; i < node->n; i++) {
		const schema_rule *rule = &node->rules[i];
		if (run->stopped || (!ok && run->quiet))
			break;
		if (rule->keyword->test && schema_work(run, node->place, 1))
			ok &= rule->keyword->test(run, rule, value, seen);
	}
	return ok && !run->stopped;
}

bool schema_check(schema_run *run, const schema_node *node, const json_t *value,
		  schema_seen *seen)
{
	if (json_is_true(node->json))
		return true;
	if (json_is_false(node->json)) {
		char *text = schema_shown(value);
		fria_args *args =
		    report(run, node->place, NULL, FRIA_W_schema_nothing);
		if (args)
			fria_args_add(args, "value", text);
		free(text);
		return false;
	}
	if (!schema_work(run, node->place, 1))
		return false;
	if (run->depth >= MAX_NESTING)
		return schema_stop(run, node->place, FRIA_W_schema_loop);
	schema_seen own = {false, false, NULL, NULL};
	schema_scope frame = {node->resource, run->scope};
	const schema_scope *outer = run->scope;
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
    {"type", FORM_TYPE, schema_test_type},
    {"enum", FORM_LIST, schema_test_enum},
    {"const", FORM_ANY, schema_test_const},
    {"multipleOf", FORM_POSITIVE, schema_test_multiple},
    {"maximum", FORM_NUMBER, schema_test_limit},
    {"exclusiveMaximum", FORM_NUMBER, schema_test_limit},
    {"minimum", FORM_NUMBER, schema_test_limit},
    {"exclusiveMinimum", FORM_NUMBER, schema_test_limit},
    {"maxLength", FORM_COUNT, schema_test_length},
    {"minLength", FORM_COUNT, schema_test_length},
    {"pattern", FORM_PATTERN, schema_test_pattern},
    {"format", FORM_TEXT, schema_test_format},
    {"maxItems", FORM_COUNT, schema_test_items_count},
    {"minItems", FORM_COUNT, schema_test_items_count},
    {"uniqueItems", FORM_BOOLEAN, schema_test_unique},
    {"maxContains", FORM_COUNT, NULL},
    {"minContains", FORM_COUNT, NULL},
    {"maxProperties", FORM_COUNT, schema_test_members_count},
    {"minProperties", FORM_COUNT, schema_test_members_count},
    {"required", FORM_TEXTS, schema_test_required},
    {"dependentRequired", FORM_TEXTLISTS, schema_test_dependent},
    {"prefixItems", FORM_SCHEMAS, schema_test_prefix},
    {"items", FORM_SCHEMA, schema_test_items},
    {"contains", FORM_SCHEMA, schema_test_contains},
    {"properties", FORM_MEMBERS, schema_test_properties},
    {"patternProperties", FORM_PATTERNS, schema_test_patterns},
    {"additionalProperties", FORM_SCHEMA, schema_test_additional},
    {"propertyNames", FORM_SCHEMA, schema_test_names},
    {"dependentSchemas", FORM_MEMBERS, schema_test_dependent_schemas},
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
    {"unevaluatedItems", FORM_SCHEMA, schema_test_unevaluated_items},
    {"unevaluatedProperties", FORM_SCHEMA, schema_test_unevaluated},
    {NULL, FORM_ANY, NULL}};

bool fria_schema_check(const fria_schema *schema, const json_t *instance,
		       const char *file, fria_findings *findings)
{
	schema_run run = {.schema = schema,
			  .file = file,
			  .findings = findings,
			  .pointer = FRIA_BUF_INIT};
	bool ok = schema_check(&run, schema->root, instance, NULL);
	fria_buf_dispose(&run.pointer);
	return ok;
}
