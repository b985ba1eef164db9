/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * schema, inside: a compiled schema is a graph of nodes, one for each schema
 * object or boolean, each with the rules (keywords) that it applies.
 */
#ifndef FRIA_DATA_SCHEMA_INTERNAL_H
#define FRIA_DATA_SCHEMA_INTERNAL_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "data.h"

#define SCHEMA_DIALECT "https://json-schema.org/draft/2020-12/schema"

/* What the value of a keyword must look like, and what is made of it. */
typedef enum {
	FORM_ANY,	/* no demand, no subschemas */
	FORM_SCHEMA,	/* one schema: many[0] */
	FORM_SCHEMAS,	/* a list of schemas, not empty: many */
	FORM_MEMBERS,	/* name to schema: many, names */
	FORM_PATTERNS,	/* pattern to schema: many, names, codes */
	FORM_PATTERN,	/* one pattern: codes[0] */
	FORM_NUMBER,	/* any number */
	FORM_POSITIVE,	/* a number above 0 */
	FORM_COUNT,	/* a whole number, 0 or more */
	FORM_TEXT,	/* a string */
	FORM_TEXTS,	/* a list of different strings */
	FORM_TEXTLISTS, /* name to list of strings */
	FORM_TYPE,	/* the name of a type, or a list of them */
	FORM_LIST,	/* any list */
	FORM_BOOLEAN
} schema_form;

typedef struct schema_node schema_node;
typedef struct schema_rule schema_rule;
typedef struct schema_run schema_run;
typedef struct schema_seen schema_seen;

typedef bool (*schema_test)(schema_run *run, const schema_rule *rule,
			    const json_t *value, schema_seen *seen);

typedef struct {
	const char *name;
	schema_form form;
	schema_test test; /* NULL: says nothing about instances by itself */
} schema_keyword;

/* In the order in which a node applies them; closed by a NULL name. */
extern const schema_keyword schema_keywords[];

struct schema_rule {
	const schema_keyword *keyword;
	const schema_node *node; /* that it belongs to */
	const json_t *value;
	schema_node **many; /* subschemas, and their names where they have */
	const char **names;
	pcre2_code **codes;
	size_t n;
};

/* A schema with its own $id, or a whole document. */
typedef struct {
	char *uri;
	schema_node *root;
} schema_resource;

struct schema_node {
	const json_t *json; /* object, true or false */
	char *place;	    /* "file.schema.json#/pointer" */
	size_t resource;    /* index in the schema's resources */
	schema_node *ref, *dynamic;
	const char *anchor;	    /* of $dynamicRef, where it is one */
	const schema_rule *then[2]; /* then, else */
	bool unevaluated;	    /* has a rule that needs what was seen */
	schema_rule *rules;
	size_t n;
};

struct fria_schema {
	bool formats;
	json_t *documents; /* every document it speaks of, kept alive */
	schema_node *root;
	struct {
		schema_node **items;
		size_t n;
	} nodes;
	struct {
		schema_resource *items;
		size_t n;
	} resources;
	json_t *by_place;   /* place to index in nodes */
	json_t *by_anchor;  /* "uri#name" to index in nodes */
	json_t *by_dynamic; /* the same for dynamic anchors only */
};

/* The resources that evaluation has entered, innermost first. */
typedef struct schema_scope {
	size_t resource;
	const struct schema_scope *outer;
} schema_scope;

struct schema_run {
	const fria_schema *schema;
	const char *file;
	fria_findings *findings;
	fria_buf pointer;
	size_t quiet; /* above 0: only whether it fits */
	size_t steps, depth;
	bool stopped;
	const schema_scope *scope;
};

/* The members and items that some subschema has looked at. */
struct schema_seen {
	bool all_members, all_items;
	json_t *members; /* name to null */
	json_t *items;	 /* index as text to null */
};

/* The rule of a keyword, or NULL. */
const schema_rule *schema_rule_of(const schema_node *node, const char *name);
/* The node of a dynamic anchor in a resource, or NULL. */
schema_node *schema_dynamic(const fria_schema *schema, size_t resource,
			    const char *anchor);

/* --- schema.c: what the keywords share --- */

/* Remembers a member, or an item by its index. */
void schema_seen_add(json_t **set, const char *name);
void schema_seen_item(schema_seen *seen, size_t i);
/* A value as it stands, cut to what a sentence holds; caller frees. */
char *schema_shown(const json_t *value);
/* Report what is wrong, each in its way, and give false. */
bool schema_fail(schema_run *run, const schema_rule *rule, fria_word word,
		 const char *name, const char *value, const char *name2,
		 const char *value2);
bool schema_fail_value(schema_run *run, const schema_rule *rule, fria_word word,
		       const char *name, const char *text, const json_t *value);
bool schema_fail_count(schema_run *run, const schema_rule *rule, fria_word word,
		       size_t count);
/* Ends the whole check with a finding of its own; false. */
bool schema_stop(schema_run *run, const char *place, fria_word word);
/* Counts steps; false once there were too many. */
bool schema_work(schema_run *run, const char *place, size_t steps);
/* Whether it fits, without findings. */
bool schema_fits(schema_run *run, const schema_node *node, const json_t *value,
		 schema_seen *seen);
/* A member or an item of the value at hand, with findings. */
bool schema_check_member(schema_run *run, const schema_node *node,
			 const char *name, const json_t *value);
bool schema_check_item(schema_run *run, const schema_node *node, size_t i,
		       const json_t *value);
/* The value at hand, with findings; seen may be NULL. */
bool schema_check(schema_run *run, const schema_node *node, const json_t *value,
		  schema_seen *seen);

/* --- schema_values.c --- */

/* True if a value is of the named type; 1.0 is a whole number, too. */
bool schema_is_of(const char *type, const json_t *value);

bool schema_test_type(schema_run *run, const schema_rule *rule,
		      const json_t *value, schema_seen *seen);
bool schema_test_enum(schema_run *run, const schema_rule *rule,
		      const json_t *value, schema_seen *seen);
bool schema_test_const(schema_run *run, const schema_rule *rule,
		       const json_t *value, schema_seen *seen);
bool schema_test_multiple(schema_run *run, const schema_rule *rule,
			  const json_t *value, schema_seen *seen);
bool schema_test_limit(schema_run *run, const schema_rule *rule,
		       const json_t *value, schema_seen *seen);
bool schema_test_length(schema_run *run, const schema_rule *rule,
			const json_t *value, schema_seen *seen);
bool schema_test_pattern(schema_run *run, const schema_rule *rule,
			 const json_t *value, schema_seen *seen);
bool schema_test_format(schema_run *run, const schema_rule *rule,
			const json_t *value, schema_seen *seen);

/*
 * Does the rule's pattern match? One that takes too long counts as none, and
 * ends the check.
 */
bool schema_rule_matches(schema_run *run, const schema_rule *rule, size_t i,
			 const char *text, size_t n);

/* --- schema_members.c, schema_pattern.c --- */

bool schema_test_items_count(schema_run *run, const schema_rule *rule,
			     const json_t *value, schema_seen *seen);
bool schema_test_unique(schema_run *run, const schema_rule *rule,
			const json_t *value, schema_seen *seen);
bool schema_test_prefix(schema_run *run, const schema_rule *rule,
			const json_t *value, schema_seen *seen);
bool schema_test_items(schema_run *run, const schema_rule *rule,
		       const json_t *value, schema_seen *seen);
bool schema_test_contains(schema_run *run, const schema_rule *rule,
			  const json_t *value, schema_seen *seen);
bool schema_test_unevaluated_items(schema_run *run, const schema_rule *rule,
				   const json_t *value, schema_seen *seen);
bool schema_test_members_count(schema_run *run, const schema_rule *rule,
			       const json_t *value, schema_seen *seen);
bool schema_test_required(schema_run *run, const schema_rule *rule,
			  const json_t *value, schema_seen *seen);
bool schema_test_dependent(schema_run *run, const schema_rule *rule,
			   const json_t *value, schema_seen *seen);
bool schema_test_properties(schema_run *run, const schema_rule *rule,
			    const json_t *value, schema_seen *seen);
bool schema_test_patterns(schema_run *run, const schema_rule *rule,
			  const json_t *value, schema_seen *seen);
bool schema_test_additional(schema_run *run, const schema_rule *rule,
			    const json_t *value, schema_seen *seen);
bool schema_test_unevaluated(schema_run *run, const schema_rule *rule,
			     const json_t *value, schema_seen *seen);
bool schema_test_names(schema_run *run, const schema_rule *rule,
		       const json_t *value, schema_seen *seen);
bool schema_test_dependent_schemas(schema_run *run, const schema_rule *rule,
				   const json_t *value, schema_seen *seen);

/* schema_pattern.c: NULL with *at set if it is no regular expression. */
pcre2_code *schema_pattern(const char *pattern, size_t *at);
/* 1 match, 0 none, -1 it took too long. */
int schema_matches(const pcre2_code *code, const char *text, size_t n);

/* schema_format.c: formats and URI references (RFC 3986). */
/* --- schema_format.c --- */

/* n: the text's length in bytes; a NUL inside fits no format. */
bool schema_format_ok(const char *format, const char *text, size_t n,
		      fria_word *word);
/* Appends reference as seen from base (RFC 3986, section 5.2). */
void schema_uri_resolve(fria_buf *out, const char *base, const char *ref);
/* Undoes %xx. */
void schema_uri_decode(fria_buf *out, const char *text);

#endif
