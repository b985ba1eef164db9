/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Compiling a schema (JSON Schema 2020-12): a walk over its subschemas makes
 * nodes and rules, then every reference is followed until none is left.
 *
 * Calls up to schema.c: its table says which keywords there are.
 */
#include "schema_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Subschemas that one schema may hold, with all that it refers to. */
enum { MAX_NODES = 100000 };

typedef struct {
	fria_schema *schema;
	fria_schema_lookup lookup;
	void *data;
	fria_error *err;
	size_t depth;
	int code;
} compiler;

static void node_free(schema_node *node)
{
	for (size_t i = 0; i < node->n; i++) {
		schema_rule *rule = &node->rules[i];
		for (size_t j = 0; rule->codes && j < rule->n; j++)
			pcre2_code_free(rule->codes[j]);
		free(rule->codes);
		free(rule->names);
		free(rule->many);
	}
	free(node->rules);
	free(node->place);
	free(node);
}

void fria_schema_free(fria_schema *schema)
{
	if (!schema)
		return;
	for (size_t i = 0; i < schema->nodes.n; i++)
		node_free(schema->nodes.items[i]);
	for (size_t i = 0; i < schema->resources.n; i++)
		free(schema->resources.items[i].uri);
	free(schema->nodes.items);
	free(schema->resources.items);
	json_decref(schema->by_place);
	json_decref(schema->by_anchor);
	json_decref(schema->by_dynamic);
	json_decref(schema->documents);
	free(schema);
}

const schema_rule *schema_rule_of(const schema_node *node, const char *name)
{
	for (size_t i = 0; i < node->n; i++)
		if (!strcmp(node->rules[i].keyword->name, name))
			return &node->rules[i];
	return NULL;
}

static schema_node *found(const fria_schema *s, const json_t *map,
			  const char *key)
{
	const json_t *at = json_object_get(map, key);
	return at ? s->nodes.items[json_integer_value(at)] : NULL;
}

schema_node *schema_dynamic(const fria_schema *schema, size_t resource,
			    const char *anchor)
{
	char *key =
	    fria_format("%s#%s", schema->resources.items[resource].uri, anchor);
	schema_node *node = found(schema, schema->by_dynamic, key);
	free(key);
	return node;
}

/* --- the form of keywords --- */

/* In a notation that needs no translation. */
static const char *const form_shown[] = {
    [FORM_SCHEMA] = "{…} | true | false",
    [FORM_SCHEMAS] = "[{…}, …]",
    [FORM_MEMBERS] = "{\"…\": {…}}",
    [FORM_PATTERNS] = "{\"…\": {…}}",
    [FORM_PATTERN] = "\"…\"",
    [FORM_NUMBER] = "1.5",
    [FORM_POSITIVE] = "1.5 (> 0)",
    [FORM_COUNT] = "0, 1, 2, …",
    [FORM_TEXT] = "\"…\"",
    [FORM_TEXTS] = "[\"…\", …]",
    [FORM_TEXTLISTS] = "{\"…\": [\"…\", …]}",
    [FORM_TYPE] = "\"object\" | \"array\" | \"string\" | \"number\" | "
		  "\"integer\" | \"boolean\" | \"null\" | […]",
    [FORM_LIST] = "[…]",
    [FORM_BOOLEAN] = "true | false"};

static bool is_texts(const json_t *value)
{
	json_t *seen = json_object();
	const json_t *item;
	size_t i;
	bool ok = json_is_array(value);
	json_array_foreach(value, i, item) {
		const char *text = json_string_value(item);
		ok = ok && text && !json_object_get(seen, text);
		if (text)
			json_object_set_new(seen, text, json_null());
	}
	json_decref(seen);
	return ok;
}

static bool is_type_name(const json_t *value)
{
	static const char *const names[] = {"object", "array",	 "string",
					    "number", "integer", "boolean",
					    "null"};
	const char *text = json_string_value(value);
	for (size_t i = 0; text && i < sizeof names / sizeof *names; i++)
		if (!strcmp(names[i], text))
			return true;
	return false;
}

static bool is_type(const json_t *value)
{
	const json_t *item;
	size_t i;
	if (!json_is_array(value))
		return is_type_name(value);
	json_array_foreach(value, i, item)
		if (!is_type_name(item))
			return false;
	return json_array_size(value) && is_texts(value);
}

static bool is_count(const json_t *value)
{
	double number = json_number_value(value);
	return json_is_number(value) && number >= 0 &&
	       number == (double)(json_int_t)number;
}

static bool is_textlists(const json_t *value)
{
	const char *key;
	const json_t *item;
	json_object_foreach((json_t *)value, key, item)
		if (!is_texts(item))
			return false;
	return json_is_object(value);
}

static bool has_form(schema_form form, const json_t *value)
{
	switch (form) {
	case FORM_ANY:
		return true;
	case FORM_SCHEMA:
		return json_is_object(value) || json_is_boolean(value);
	case FORM_SCHEMAS:
		return json_array_size(value) > 0;
	case FORM_MEMBERS:
	case FORM_PATTERNS:
		return json_is_object(value);
	case FORM_PATTERN:
	case FORM_TEXT:
		return json_is_string(value);
	case FORM_NUMBER:
		return json_is_number(value);
	case FORM_POSITIVE:
		return json_number_value(value) > 0;
	case FORM_COUNT:
		return is_count(value);
	case FORM_TEXTS:
		return is_texts(value);
	case FORM_TEXTLISTS:
		return is_textlists(value);
	case FORM_TYPE:
		return is_type(value);
	case FORM_LIST:
		return json_is_array(value);
	case FORM_BOOLEAN:
		return json_is_boolean(value);
	}
	return false;
}

/* --- nodes and rules --- */

static void trouble(compiler *c, const char *place, const char *keyword,
		    fria_word word, const char *name, const char *value,
		    const char *name2, const char *value2)
{
	const char *hash = strchr(place, '#');
	char *file =
	    fria_strndup(place, hash ? (size_t)(hash - place) : strlen(place));
	fria_buf pointer = FRIA_BUF_INIT;
	fria_buf_puts(&pointer, hash ? hash + 1 : "");
	if (keyword)
		fria_pointer_add(&pointer, keyword);
	if (!c->code)
		fria_fail(c->err, FRIA_EINPUT, word, name, value, name2, value2,
			  NULL);
	if (!c->code)
		fria_fail_at(c->err, file, pointer.text, 0, 0);
	c->code = FRIA_EINPUT;
	fria_buf_dispose(&pointer);
	free(file);
}

static schema_node *compile(compiler *c, const json_t *json, const char *place,
			    size_t resource);

static void set_index(json_t *map, const char *key, size_t index)
{
	json_object_set_new(map, key, json_integer((json_int_t)index));
}

static size_t add_resource(compiler *c, const char *uri)
{
	schema_resource *r = FRIA_PUSH(&c->schema->resources);
	r->uri = fria_strndup(uri, strcspn(uri, "#"));
	r->root = NULL;
	return c->schema->resources.n - 1;
}

static void add_sub(compiler *c, schema_rule *rule, const json_t *json,
		    const char *name, const char *place)
{
	size_t i = rule->n++;
	rule->many[i] = compile(c, json, place, rule->node->resource);
	if (rule->names)
		rule->names[i] = name;
	if (rule->keyword->form != FORM_PATTERNS || c->code)
		return;
	size_t at = 0;
	char text[24];
	rule->codes[i] = schema_pattern(name, &at);
	snprintf(text, sizeof text, "%zu", at);
	if (!rule->codes[i])
		trouble(c, place, NULL, FRIA_W_schema_regex, "pattern", name,
			"at", text);
}

static void add_subs(compiler *c, schema_rule *rule, const char *place)
{
	schema_form form = rule->keyword->form;
	size_t n = form == FORM_SCHEMA	  ? 1
		   : form == FORM_SCHEMAS ? json_array_size(rule->value)
					  : json_object_size(rule->value);
	rule->many = fria_calloc(n + 1, sizeof *rule->many);
	if (form == FORM_MEMBERS || form == FORM_PATTERNS)
		rule->names = fria_calloc(n + 1, sizeof *rule->names);
	if (form == FORM_PATTERNS)
		rule->codes = fria_calloc(n + 1, sizeof *rule->codes);
	fria_buf at = FRIA_BUF_INIT;
	const json_t *item;
	const char *key;
	size_t i;
	if (form == FORM_SCHEMA) {
		add_sub(c, rule, rule->value, NULL, place);
	} else if (form == FORM_SCHEMAS) {
		json_array_foreach(rule->value, i, item) {
			fria_buf_clear(&at);
			fria_buf_printf(&at, "%s/%zu", place, i);
			add_sub(c, rule, item, NULL, at.text);
		}
	} else {
		json_object_foreach((json_t *)rule->value, key, item) {
			fria_buf_clear(&at);
			fria_buf_puts(&at, place);
			fria_pointer_add(&at, key);
			add_sub(c, rule, item, key, at.text);
		}
	}
	fria_buf_dispose(&at);
}

static void add_pattern(compiler *c, schema_rule *rule, const char *place)
{
	size_t at = 0;
	char text[24];
	rule->codes = fria_calloc(1, sizeof *rule->codes);
	rule->n = 1;
	rule->codes[0] = schema_pattern(json_string_value(rule->value), &at);
	snprintf(text, sizeof text, "%zu", at);
	if (!rule->codes[0])
		trouble(c, place, NULL, FRIA_W_schema_regex, "pattern",
			json_string_value(rule->value), "at", text);
}

static void add_rule(compiler *c, schema_node *node,
		     const schema_keyword *keyword, const json_t *value)
{
	if (!has_form(keyword->form, value)) {
		trouble(c, node->place, keyword->name, FRIA_W_schema_malformed,
			"keyword", keyword->name, "form",
			form_shown[keyword->form]);
		return;
	}
	fria_buf place = FRIA_BUF_INIT;
	fria_buf_puts(&place, node->place);
	fria_pointer_add(&place, keyword->name);
	schema_rule *rule = &node->rules[node->n++];
	memset(rule, 0, sizeof *rule);
	rule->keyword = keyword;
	rule->node = node;
	rule->value = value;
	if (keyword->form >= FORM_SCHEMA && keyword->form <= FORM_PATTERNS)
		add_subs(c, rule, place.text);
	else if (keyword->form == FORM_PATTERN)
		add_pattern(c, rule, place.text);
	node->unevaluated |= !strncmp(keyword->name, "unevaluated", 11);
	fria_buf_dispose(&place);
}

static void add_anchor(compiler *c, const schema_node *node, const char *name,
		       size_t index, bool dynamic)
{
	fria_schema *s = c->schema;
	if (!name)
		return;
	char *key =
	    fria_format("%s#%s", s->resources.items[node->resource].uri, name);
	const json_t *old = json_object_get(s->by_anchor, key);
	if (old && (size_t)json_integer_value(old) != index)
		trouble(c, node->place, NULL, FRIA_W_schema_twice, "name", name,
			NULL, NULL);
	set_index(s->by_anchor, key, index);
	if (dynamic)
		set_index(s->by_dynamic, key, index);
	free(key);
}

static void enter_resource(compiler *c, schema_node *node)
{
	const char *id = fria_json_text(node->json, "$id");
	const char *dialect = fria_json_text(node->json, "$schema");
	if (dialect && strcmp(dialect, SCHEMA_DIALECT) &&
	    strcmp(dialect, SCHEMA_DIALECT "#"))
		trouble(c, node->place, "$schema", FRIA_W_schema_dialect,
			"dialect", dialect, NULL, NULL);
	schema_resource *own = &c->schema->resources.items[node->resource];
	if (!own->root)
		own->root = node;
	if (!id)
		return;
	fria_buf uri = FRIA_BUF_INIT;
	schema_uri_resolve(&uri, own->uri, id);
	uri.text[strcspn(uri.text, "#")] = '\0';
	if (strcmp(uri.text, own->uri) || own->root != node) {
		node->resource = add_resource(c, uri.text);
		c->schema->resources.items[node->resource].root = node;
	}
	fria_buf_dispose(&uri);
}

static void fill_node(compiler *c, schema_node *node, size_t index)
{
	size_t count = 0;
	enter_resource(c, node);
	add_anchor(c, node, fria_json_text(node->json, "$anchor"), index,
		   false);
	add_anchor(c, node, fria_json_text(node->json, "$dynamicAnchor"), index,
		   true);
	for (const schema_keyword *k = schema_keywords; k->name; k++)
		count += json_object_get(node->json, k->name) ? 1 : 0;
	node->rules = fria_calloc(count + 1, sizeof *node->rules);
	for (const schema_keyword *k = schema_keywords; k->name; k++) {
		const json_t *value = json_object_get(node->json, k->name);
		if (value && !c->code)
			add_rule(c, node, k, value);
	}
	node->then[0] = schema_rule_of(node, "then");
	node->then[1] = schema_rule_of(node, "else");
}

static schema_node *compile(compiler *c, const json_t *json, const char *place,
			    size_t resource)
{
	fria_schema *s = c->schema;
	schema_node *node = found(s, s->by_place, place);
	if (node || c->code)
		return node;
	if (!json_is_object(json) && !json_is_boolean(json)) {
		trouble(c, place, NULL, FRIA_W_schema_is_none, NULL, NULL, NULL,
			NULL);
		return NULL;
	}
	if (s->nodes.n >= MAX_NODES || c->depth > FRIA_MAX_DEPTH) {
		trouble(c, place, NULL, FRIA_W_schema_work, NULL, NULL, NULL,
			NULL);
		return NULL;
	}
	node = fria_calloc(1, sizeof *node);
	size_t index = s->nodes.n;
	*FRIA_PUSH(&s->nodes) = node;
	node->json = json;
	node->place = fria_strdup(place);
	node->resource = resource;
	set_index(s->by_place, place, index);
	c->depth++;
	if (json_is_object(json))
		fill_node(c, node, index);
	c->depth--;
	return node;
}

/* --- references --- */

static const json_t *builtin(const char *uri)
{
	if (strcmp(uri, SCHEMA_DIALECT) != 0)
		return NULL;
	static const char name[] = "engine/data/metaschema.json";
	size_t n = 0;
	const char *bytes = fria_embedded(name, &n);
	json_t *json = NULL;
	if (bytes)
		fria_json_parse(&json, name, bytes, n, NULL);
	return json;
}

/* The resource of a URI, fetched where it is another document. */
static schema_node *resource_root(compiler *c, const char *uri)
{
	fria_schema *s = c->schema;
	for (size_t i = 0; i < s->resources.n; i++)
		if (!strcmp(s->resources.items[i].uri, uri))
			return s->resources.items[i].root;
	const json_t *document = builtin(uri);
	if (document)
		json_array_append_new(s->documents, (json_t *)document);
	else if (c->lookup && (document = c->lookup(c->data, uri)))
		json_array_append(s->documents, (json_t *)document);
	if (!document)
		return NULL;
	const char *slash = strrchr(uri, '/');
	char *place = fria_format("%s#", slash && slash[1] ? slash + 1 : uri);
	size_t resource = add_resource(c, uri);
	schema_node *root = compile(c, document, place, resource);
	free(place);
	return root;
}

/* What a pointer names, seen from a resource; compiled if nothing was yet. */
static schema_node *at_pointer(compiler *c, schema_node *root,
			       const char *pointer)
{
	fria_buf place = FRIA_BUF_INIT;
	fria_buf_puts(&place, root->place);
	size_t skip = place.n;
	fria_buf_puts(&place, pointer);
	schema_node *node = found(c->schema, c->schema->by_place, place.text);
	const json_t *json = fria_pointer_get(root->json, pointer);
	size_t resource = root->resource;
	/* the deepest schema on the way says which resource it lies in */
	for (size_t i = skip; !node && json && i < place.n; i++) {
		char c0 = place.text[i];
		place.text[i] = '\0';
		schema_node *above =
		    c0 == '/'
			? found(c->schema, c->schema->by_place, place.text)
			: NULL;
		place.text[i] = c0;
		if (above)
			resource = above->resource;
	}
	if (!node && json)
		node = compile(c, json, place.text, resource);
	fria_buf_dispose(&place);
	return node;
}

static schema_node *resolve(compiler *c, const schema_node *node,
			    const char *keyword, const char *ref)
{
	fria_schema *s = c->schema;
	fria_buf uri = FRIA_BUF_INIT, fragment = FRIA_BUF_INIT;
	schema_uri_resolve(&uri, s->resources.items[node->resource].uri, ref);
	char *hash = strchr(uri.text, '#');
	if (hash) {
		*hash = '\0';
		schema_uri_decode(&fragment, hash + 1);
	}
	schema_node *root = resource_root(c, uri.text), *target = NULL;
	if (root && !fragment.n) {
		target = root;
	} else if (root && fragment.text[0] == '/') {
		target = at_pointer(c, root, fragment.text);
	} else if (root) {
		char *key = fria_format("%s#%s", uri.text, fragment.text);
		target = found(s, s->by_anchor, key);
		free(key);
	}
	if (!target)
		trouble(c, node->place, keyword, FRIA_W_schema_nowhere, "ref",
			ref, NULL, NULL);
	fria_buf_dispose(&uri);
	fria_buf_dispose(&fragment);
	return target;
}

/* Nodes are added while their references are followed, hence the index. */
static void follow(compiler *c)
{
	for (size_t i = 0; i < c->schema->nodes.n && !c->code; i++) {
		schema_node *node = c->schema->nodes.items[i];
		const char *ref = fria_json_text(node->json, "$ref");
		const char *dynamic = fria_json_text(node->json, "$dynamicRef");
		if (ref)
			node->ref = resolve(c, node, "$ref", ref);
		if (!dynamic || c->code)
			continue;
		node->dynamic = resolve(c, node, "$dynamicRef", dynamic);
		const char *name = strchr(dynamic, '#');
		const char *anchor =
		    node->dynamic
			? fria_json_text(node->dynamic->json, "$dynamicAnchor")
			: NULL;
		if (name && anchor && !strcmp(name + 1, anchor))
			node->anchor = anchor;
	}
}

int fria_schema_compile(fria_schema **out, const char *name, json_t *document,
			bool formats, fria_schema_lookup lookup, void *data,
			fria_error *err)
{
	fria_schema *s = fria_calloc(1, sizeof *s);
	s->formats = formats;
	s->documents = json_array();
	s->by_place = json_object();
	s->by_anchor = json_object();
	s->by_dynamic = json_object();
	json_array_append(s->documents, document);
	compiler c = {s, lookup, data, err, 0, 0};
	char *place = fria_format("%s#", name);
	s->root = compile(&c, document, place, add_resource(&c, ""));
	free(place);
	follow(&c);
	if (c.code) {
		fria_schema_free(s);
		return c.code;
	}
	*out = s;
	return FRIA_OK;
}
