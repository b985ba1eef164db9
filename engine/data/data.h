/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * data: bytes in and out: JSON, YAML, JSON Schema, Markdown and digests. It
 * knows forms, not meanings: nothing here has heard of an assessment.
 *
 * A `json_t *` parameter is borrowed; what a function gives through `out` is
 * a new reference that the caller releases with json_decref().
 */
#ifndef FRIA_DATA_H
#define FRIA_DATA_H

#include <jansson.h>

#include "../base/base.h"

/* Arrays and objects inside each other, in any document that is read. */
#define FRIA_MAX_DEPTH 128

/* --- json.c, places.c: the file form (DESIGN section 2) --- */

/*
 * Parses one document, strictly (RFC 8259) and into NFC. Refuses, naming line
 * and column: duplicate keys (also after NFC), \u0000, integers beyond
 * 2^53 - 1, invalid UTF-8, more than FRIA_MAX_DEPTH levels, more than
 * FRIA_MAX_BYTES, and reals that no double holds. name is for the message.
 */
int fria_json_parse(json_t **out, const char *name, const char *bytes, size_t n,
		    fria_error *err);
/*
 * Appends the file form: indent 2, LF, a final newline, members in the order
 * they stand, reals as the shortest of 15, 16 or 17 digits that reads back.
 */
void fria_json_write(fria_buf *out, const json_t *value);
/*
 * The same for a document that will be read again: ELIMIT for what
 * fria_json_parse would refuse, larger than FRIA_MAX_BYTES or deeper than
 * FRIA_MAX_DEPTH; out is then not to be used. name is for the message.
 */
int fria_json_write_document(fria_buf *out, const char *name,
			     const json_t *value, fria_error *err);
/* The same on one line, without newline: for messages and comparison. */
void fria_json_write_line(fria_buf *out, const json_t *value);
/*
 * Line and column (1-based, in characters) of the value that a JSON Pointer
 * names in a text that fria_json_parse accepts; of the member's key when
 * `key` is true. False if it is not there.
 */
bool fria_json_locate(const char *bytes, size_t n, const char *pointer,
		      bool key, size_t *line, size_t *column);
/*
 * Puts the members named in keys (closed by NULL) first, in that order; the
 * others follow as they stood.
 */
void fria_json_order(json_t *object, const char *const *keys);

/* Text of a member, or NULL if it is absent or no string. Borrowed. */
const char *fria_json_text(const json_t *object, const char *key);
/* Whether a member is this text. */
bool fria_json_says(const json_t *object, const char *key, const char *text);
/* The strings as a list, each as fria_json_shown gives it. New. */
json_t *fria_json_strings(const fria_strings *strings);

/* --- json_make.c: JSON values that are made here --- */

/*
 * Sets what is process-wide, before anything else of the engine is called, and
 * before there is a second thread: what the program lends (NULL: nothing; it
 * is copied), and that a failed allocation inside jansson ends the process, as
 * in our own code. What is libgit2's follows where a repository is first
 * opened. May be called again.
 */
void fria_start(const fria_host *host);
/*
 * Text as a JSON value, and json_pack(): never NULL, which would mean "absent"
 * further on. The process ends for text that is not UTF-8 (it passes the
 * entrance first) or is NULL where the format does not allow it. New.
 */
json_t *fria_json_string(const char *text);
json_t *fria_json_string_n(const char *text, size_t n);
json_t *fria_json_pack(const char *format, ...);
/* A name that the system gives (of a file, a branch, a remote) as it can be
 * shown (fria_text_repaired); NULL is null. New. */
json_t *fria_json_shown(const char *name);

/* --- picture.c: pictures as text holds them --- */

/* Bytes of one that a page or a form can bear. */
#define FRIA_PICTURE_MAX ((size_t)4 << 20)

/* "image/png" or "image/jpeg", by what it starts with, whatever it is called;
 * NULL for another. */
const char *fria_picture_type(const fria_buf *bytes);
/* How much of a text says, from its start, that it is one:
 * "data:image/png;base64,...", which fria_picture_write() appends; 0: none. */
size_t fria_picture_length(const char *text);
void fria_picture_write(fria_buf *out, const char *type, const fria_buf *bytes);
/* Appends the bytes of such a text. EINPUT for what is no picture of these
 * types, ELIMIT for one larger than FRIA_PICTURE_MAX; out is then not to be
 * used. */
int fria_picture_read(fria_buf *out, const char *text, fria_error *err);

/* A picture that an answer shows. */
typedef struct {
	char *address;
	const char *type; /* fria_picture_type() */
	fria_buf bytes;
} fria_picture;

/* The picture at the address in an answer, or NULL: it is shown as its text.
 * Borrowed until the next. */
typedef const fria_picture *(*fria_find_picture)(void *data,
						 const char *address);

/* --- json_enter.c: documents that come in --- */

/*
 * The value with every text and key of it through fria_text_enter(): refused,
 * naming the place, for what that refuses, and deeper than FRIA_MAX_DEPTH; line
 * ends stay. New: the same where it is NFC, else a copy that is. NULL gives
 * NULL. name is for the message.
 */
int fria_json_enter(json_t **out, const json_t *value, const char *name,
		    fria_error *err);

/* --- pointer.c: JSON Pointer (RFC 6901) --- */

/* The value at the pointer, borrowed; NULL if absent. "" is the whole. */
json_t *fria_pointer_get(const json_t *root, const char *pointer);
/*
 * Sets a member, making objects on the way; arrays are never indexed into.
 * A NULL value removes it. EINPUT if the way leads through something else.
 */
int fria_pointer_set(json_t *root, const char *pointer, json_t *value,
		     fria_error *err);
/* Appends "/" and one segment, escaped. */
void fria_pointer_add(fria_buf *pointer, const char *segment);
/* True if a is b, or b lies inside a. */
bool fria_pointer_covers(const char *a, const char *b);

/* --- canonical.c, digest.c: RFC 8785, and the digests over it --- */

/* Appends the JSON Canonicalization Scheme form of the value. */
void fria_canonical(fria_buf *out, const json_t *value);
/* The same of one finite number, as ECMAScript writes it. */
void fria_canonical_number(fria_buf *out, double value);
/* Below, at or above 0: the order of UTF-16 code units. */
int fria_utf16_compare(const char *a, const char *b);

#define FRIA_DIGEST_SIZE 41
/*
 * The git blob id (SHA-1, 40 hex digits and a NUL) of the canonical form:
 * what `git hash-object` prints for the same bytes.
 */
void fria_digest(char out[FRIA_DIGEST_SIZE], const json_t *value);
/* The git blob id of bytes as they stand. */
void fria_digest_bytes(char out[FRIA_DIGEST_SIZE], const char *bytes, size_t n);

/* --- html_text.c: the words of text that may hold HTML --- */

/*
 * Appends text without its HTML: a tag of a known name becomes a space, what
 * an entity means stands for it, and where a link leads follows its words in
 * brackets. Anything else between < and > is text: <https://example.org>,
 * <a@example.org>, a<b and c>d. Not safe to write as HTML.
 */
void fria_html_text(fria_buf *out, const char *html, size_t n);
/* The same without where links lead. */
void fria_html_words(fria_buf *out, const char *html, size_t n);
/* Characters of that without its markup, an entity counted as one. */
size_t fria_html_count(const char *html, size_t n);
/* Appends what the entity at the beginning of text means; its length, or 0 if
 * it is none. */
size_t fria_html_entity(fria_buf *out, const char *text, size_t n);

/* --- html_lines.c: the lines that it makes --- */

/* True where a tag in it begins a line. */
bool fria_html_has_lines(const char *html);
/* Appends its text with the lines that it makes: item opens that of a list,
 * paragraph stands between those that stand apart. */
void fria_html_lines(fria_buf *out, const char *html, const char *item,
		     const char *paragraph);

/* --- sha256.c --- */

#define FRIA_SHA256_SIZE 65
/* 64 hex digits and a NUL: what sha256sum prints for the same bytes. */
void fria_sha256(char out[FRIA_SHA256_SIZE], const char *bytes, size_t n);

/* --- yaml.c, places.c: YAML 1.2 through libfyaml, into the same tree --- */

/*
 * Parses one YAML document (core schema) with the same refusals as JSON, and
 * ELIMIT at a bound on what aliases expand to. Numbers, booleans and null
 * follow the core schema; everything else is text. Keys, and the values of
 * members named in texts (closed by NULL; NULL: none), alone or in a list, are
 * text as it is written: a version 1.10 is not 1.1. Refused with their place,
 * too: keys that are null or no scalar, merge keys (<<), tags outside the core
 * schema (but !include of system cards is read as the name it holds), infinity
 * and not-a-number, an alias inside its own value, a second document, and a |
 * or > without a text of its own where more follows it beside.
 */
int fria_yaml_parse(json_t **out, const char *name, const char *bytes, size_t n,
		    const char *const *texts, fria_error *err);
/* As fria_json_locate, for YAML. */
bool fria_yaml_locate(const char *bytes, size_t n, const char *pointer,
		      bool key, size_t *line, size_t *column);

/* --- yaml_write.c --- */

/* Appends the tree as YAML, which fria_yaml_parse reads back equal. */
void fria_yaml_write(fria_buf *out, const json_t *value);

/* --- schema.c, schema_compile.c, places.c, finding_json.c: JSON Schema --- */

typedef struct fria_schema fria_schema;

/* Finds a schema by absolute URI: borrowed, or NULL where there is none. */
typedef const json_t *(*fria_schema_lookup)(void *data, const char *uri);

/*
 * Prepares a schema: resolves every reference (the 2020-12 metaschema is
 * built in; others through lookup, which may be NULL) and compiles patterns.
 * Keeps a reference to document. EINPUT, naming the place, for a schema that
 * is none, a reference that leads nowhere, or a pattern that is no regular
 * expression. formats: assert `format` instead of only noting it.
 */
int fria_schema_compile(fria_schema **out, const char *name, json_t *document,
			bool formats, fria_schema_lookup lookup, void *data,
			fria_error *err);
void fria_schema_free(fria_schema *schema);
/*
 * Validates; appends every finding (severity error, its pointer into the
 * instance, `schema` the keyword's location). No input makes it run long: at
 * a bound on work it stops with a finding that says so. True if valid.
 */
bool fria_schema_check(const fria_schema *schema, const json_t *instance,
		       const char *file, fria_findings *findings);
/*
 * Fills in line and column of the findings on a file (NULL: of all) that have
 * a pointer and no line yet, from the bytes that were checked, JSON or YAML.
 * A pointer that is not there gets the place of what would hold it.
 */
void fria_findings_locate(fria_findings *findings, const char *file,
			  const char *bytes, size_t n, bool yaml);
/* A list by schemas/finding.schema.json, its texts in lang. New. */
json_t *fria_findings_json(const fria_findings *findings, fria_lang lang);

#endif
