/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The form of the characteristics: which fields it has, in which order, and
 * what may stand in each. What may stand there the schemas say; this knows how
 * a person is asked for it, and neither writes nor reads.
 */
#include "form.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const form_field form_fields[] = {
#define PART(title) {NULL, title, false, (fria_word)0},
#define FIELD(pointer) {pointer, (fria_word)0, false, (fria_word)0},
#define HINTED(pointer, hint) {pointer, (fria_word)0, true, hint},
#include "form.def"
};
const size_t form_fields_n = sizeof form_fields / sizeof *form_fields;

/* --- the schemas --- */

static json_t *embedded_schema(const char *name)
{
	json_t *json = NULL;
	size_t n = 0;
	const char *bytes = fria_embedded(name, &n);
	if (bytes)
		fria_json_parse(&json, name, bytes, n, NULL);
	return json;
}

void form_schemas_open(form_schemas *schemas)
{
	schemas->application =
	    embedded_schema("schemas/application.schema.json");
	schemas->entry = embedded_schema("schemas/entry.schema.json");
}

void form_schemas_close(form_schemas *schemas)
{
	json_decref(schemas->application);
	json_decref(schemas->entry);
	*schemas = (form_schemas){NULL, NULL};
}

/* What a schema is, behind its reference. */
static const json_t *followed(const form_schemas *schemas, const json_t *schema)
{
	const char *ref = fria_json_text(schema, "$ref");
	if (!ref)
		return schema;
	const char *place = strchr(ref, '#');
	const json_t *root = *ref == '#' ? schemas->application
			     : !strncmp(ref, "entry.schema.json#", 18)
				 ? schemas->entry
				 : NULL;
	return root && place ? fria_pointer_get(root, place + 1) : NULL;
}

static const json_t *property(const form_schemas *schemas, const json_t *schema,
			      const char *key)
{
	return followed(
	    schemas,
	    json_object_get(json_object_get(schema, "properties"), key));
}

static const json_t *schema_at(const form_schemas *schemas, const char *pointer)
{
	const json_t *at = schemas->application;
	while (at && *pointer == '/') {
		size_t n = strcspn(pointer + 1, "/");
		char *key = fria_strndup(pointer + 1, n);
		at = property(schemas, at, key);
		free(key);
		pointer += n + 1;
	}
	return at;
}

static bool may_be(const json_t *schema, const char *type)
{
	const json_t *types = json_object_get(schema, "type"), *one;
	size_t i;
	if (json_is_string(types))
		return !strcmp(json_string_value(types), type);
	json_array_foreach((json_t *)(uintptr_t)types, i, one)
		if (json_is_string(one) &&
		    !strcmp(json_string_value(one), type))
			return true;
	return false;
}

/* --- shapes --- */

static form_kind kind_of(const json_t *schema)
{
	const char *format = fria_json_text(schema, "format");
	const char *pattern = fria_json_text(schema, "pattern");
	if (json_object_get(schema, "enum"))
		return FORM_CLOSED;
	if (may_be(schema, "array"))
		return FORM_LIST;
	if (json_object_get(schema, "additionalProperties") &&
	    !json_object_get(schema, "properties"))
		return FORM_METRICS;
	if (may_be(schema, "object"))
		return FORM_PARTS;
	if (may_be(schema, "number") || may_be(schema, "integer"))
		return FORM_NUMBER;
	if (format && !strcmp(format, "date"))
		return FORM_DAY;
	if (pattern && !strncmp(pattern, "^P(", 3))
		return FORM_INTERVAL;
	return FORM_TEXT;
}

static form_shape shape(const form_schemas *schemas, const json_t *schema,
			const char *set)
{
	form_shape out = {kind_of(schema), schema, NULL, ""};
	snprintf(out.set, sizeof out.set, "%s", set);
	if (out.kind == FORM_LIST)
		out.items = followed(schemas, json_object_get(schema, "items"));
	else if (out.kind == FORM_METRICS)
		out.items = followed(
		    schemas, json_object_get(schema, "additionalProperties"));
	return out;
}

form_shape form_shape_of(const form_schemas *schemas, const char *pointer,
			 const json_t *value)
{
	const json_t *schema = schema_at(schemas, pointer);
	if (schema && fria_fact_is_month(pointer))
		return (form_shape){FORM_MONTH, schema, NULL, ""};
	if (schema)
		return shape(schemas, schema, pointer);
	return (form_shape){json_is_array(value)    ? FORM_LIST
			    : json_is_object(value) ? FORM_PARTS
						    : FORM_TEXT,
			    NULL, NULL, ""};
}

form_shape form_member_shape(const form_schemas *schemas,
			     const form_shape *whole, const char *key)
{
	const json_t *of =
	    whole->kind == FORM_PARTS ? whole->schema : whole->items;
	char set[sizeof whole->set];
	snprintf(set, sizeof set, "%.*s/%s",
		 (int)(sizeof set - strlen(key) - 2), whole->set, key);
	const json_t *schema = property(schemas, of, key);
	return schema ? shape(schemas, schema, set)
		      : (form_shape){FORM_TEXT, NULL, NULL, ""};
}

/* --- titles --- */

const char *form_title(const char *pointer, fria_lang lang)
{
	static const struct {
		const char *pointer;
		fria_word title;
	} ours[] = {{"/name", FRIA_W_form_name},
		    {"/in_use", FRIA_W_form_in_use},
		    {"/source", FRIA_W_form_source},
		    {"/archive", FRIA_W_form_archive}};
	for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
		if (!strcmp(ours[i].pointer, pointer))
			return fria_word_text(ours[i].title, lang);
	return fria_fact_title(pointer, lang);
}
