/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * YAML 1.2 through libfyaml's events, into the tree that JSON gives. It reads
 * one document, follows no merge keys and knows no tags but those of JSON.
 *
 * Calls up to places.c: every value that it meets is noted in the list of
 * places.
 */
#include "yaml_internal.h"

#include <errno.h>
#include <libfyaml.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "places.h"

/* What aliases may add: values, and every 16 bytes of their texts. */
#define MAX_EXPANSION ((size_t)1000000)

typedef struct {
	const char *name, *bytes;
	size_t n;
	fria_error *err;
	struct fy_parser *parser;
	struct fy_event *event; /* the one being read */
	/* Name to [value], with the text of a scalar; [] while it is open. */
	json_t *anchors;
	size_t expansion;
	size_t within; /* 1 + the column of the collection at hand, or 0 */
	const char *const *texts; /* names of members that are text, or NULL */
	bool as_text;		  /* the value at hand is that of such a one */
	fria_place_visit visit;	  /* NULL: nobody wants to know */
	void *data;
	fria_buf pointer;
} reader;

/* --- events and places --- */

static enum fy_scalar_style style_of(reader *r)
{
	struct fy_token *token = fy_event_get_token(r->event);
	return token ? fy_scalar_token_get_style(token) : FYSS_PLAIN;
}

static bool is_plain(reader *r)
{
	return style_of(r) == FYSS_PLAIN;
}

static bool is_block(reader *r)
{
	enum fy_scalar_style style = style_of(r);
	return style == FYSS_LITERAL || style == FYSS_FOLDED;
}

/* libfyaml's mark of a quoted text stands after the quotation mark. */
static size_t offset_of(reader *r)
{
	const struct fy_mark *mark = fy_event_start_mark(r->event);
	size_t at = mark && mark->input_pos <= r->n ? mark->input_pos : r->n;
	if (r->event->type == FYET_SCALAR && !is_plain(r) && at &&
	    (r->bytes[at - 1] == '"' || r->bytes[at - 1] == '\''))
		at--;
	return at;
}

static int refuse(reader *r, int code, fria_word word, const char *near)
{
	size_t line, column;
	char limit[16];
	snprintf(limit, sizeof limit, "%d", FRIA_MAX_DEPTH);
	fria_fail(r->err, code, word, "near", near, "key", near, "value", near,
		  "limit", limit, NULL);
	fria_place(r->bytes, r->event ? offset_of(r) : r->n, &line, &column);
	fria_fail_at(r->err, r->name, NULL, line, column);
	return code;
}

/* libfyaml's own words stay unsaid; only its place is taken over. */
static int refuse_syntax(reader *r)
{
	void *at = NULL;
	struct fy_diag *diag = fy_parser_get_diag(r->parser);
	struct fy_diag_error *e = fy_diag_errors_iterate(diag, &at);
	bool known = e && e->line > 0 && e->column > 0;
	fria_fail(r->err, FRIA_EINPUT, FRIA_W_yaml_syntax, NULL);
	fria_fail_at(r->err, r->name, NULL, known ? (size_t)e->line : 1,
		     known ? (size_t)e->column : 1);
	fy_diag_unref(diag);
	return FRIA_EINPUT;
}

static int next(reader *r)
{
	if (r->event)
		fy_parser_event_free(r->parser, r->event);
	errno = 0;
	r->event = fy_parser_parse(r->parser);
	fria_made(NULL);
	return r->event ? 0 : refuse_syntax(r);
}

static void visit(reader *r, bool whole, size_t key)
{
	size_t at = offset_of(r);
	if (r->visit)
		r->visit(r->data, r->pointer.text, whole,
			 key == SIZE_MAX ? at : key, at);
}

static char *text_of(struct fy_token *token, size_t *n)
{
	errno = 0;
	const char *text = token ? fy_token_get_text(token, n) : NULL;
	fria_made(NULL); /* it gives "" then */
	if (!text)
		*n = 0;
	return fria_strndup(text ? text : "", *n);
}

/* --- anchors and aliases --- */

static char *open_anchor(reader *r)
{
	size_t n;
	struct fy_token *token = fy_event_get_anchor_token(r->event);
	if (!token)
		return NULL;
	char *name = text_of(token, &n);
	json_object_set_new(r->anchors, name, json_array());
	return name;
}

/* written: the text of a scalar, or NULL. */
static void close_anchor(reader *r, char *name, json_t *value, json_t *written)
{
	json_t *holder = name ? json_object_get(r->anchors, name) : NULL;
	if (holder && value)
		json_array_append(holder, value);
	if (holder && value && written)
		json_array_append(holder, written);
	free(name);
}

/* Counts what a copy costs, up to the bound; *deepest is its depth. */
static void measure(const json_t *value, size_t depth, size_t *cost,
		    size_t *deepest)
{
	size_t i;
	const char *key;
	json_t *part;
	if (++*cost > MAX_EXPANSION)
		return;
	*deepest = depth > *deepest ? depth : *deepest;
	*cost += json_string_length(value) / 16;
	json_array_foreach(value, i, part)
		measure(part, depth + 1, cost, deepest);
	json_object_foreach((json_t *)(uintptr_t)value, key, part) {
		*cost += strlen(key) / 16;
		measure(part, depth + 1, cost, deepest);
	}
}

static int alias(json_t **out, reader *r, size_t depth)
{
	size_t n, cost = 0, deepest = depth;
	char *name = text_of(fy_event_get_token(r->event), &n);
	const json_t *holder = json_object_get(r->anchors, name);
	const json_t *value = json_array_get(holder, 0);
	const json_t *written = json_array_get(holder, 1);
	int code = 0;
	if (!holder)
		code = refuse(r, FRIA_EINPUT, FRIA_W_yaml_alias, name);
	else if (!value)
		code = refuse(r, FRIA_EINPUT, FRIA_W_yaml_cycle, name);
	free(name);
	if (code)
		return code;
	measure(value, depth, &cost, &deepest);
	r->expansion += cost;
	if (r->expansion > MAX_EXPANSION)
		return refuse(r, FRIA_ELIMIT, FRIA_W_yaml_expansion, "");
	if (deepest > FRIA_MAX_DEPTH)
		return refuse(r, FRIA_ELIMIT, FRIA_W_json_depth, "");
	bool as_text = r->as_text && written && !json_is_null(value);
	*out = json_deep_copy(as_text ? written : value);
	return 0;
}

/* --- scalars --- */

static json_t *nfc_string(const char *text, size_t n)
{
	fria_buf out = FRIA_BUF_INIT;
	fria_nfc(&out, text, n);
	json_t *json = fria_json_string_n(out.text, out.n);
	fria_buf_dispose(&out);
	return json;
}

#define CORE "tag:yaml.org,2002:"

/*
 * The short name of a core tag, "" for none, NULL for one unknown. System
 * cards name their parts with !include: kept as the name, never followed.
 */
static const char *tag_of(reader *r)
{
	static const char *const known[] = {"str",  "int", "float", "bool",
					    "null", "map", "seq",   NULL};
	size_t n, prefix = strlen(CORE);
	struct fy_token *token = fy_event_get_tag_token(r->event);
	const char *found = NULL;
	if (!token)
		return "";
	char *text = text_of(token, &n);
	if (!strcmp(text, "!include"))
		found = "str";
	if (!strcmp(text, "!"))
		found = r->event->type == FYET_SCALAR ? "str" : "";
	for (size_t i = 0; known[i] && !strncmp(text, CORE, prefix); i++)
		if (!strcmp(text + prefix, known[i]))
			found = known[i];
	free(text);
	return found;
}

static bool tag_fits(const char *tag, const json_t *value)
{
	switch (value ? json_typeof(value) : JSON_STRING) {
	case JSON_INTEGER:
		return !strcmp(tag, "int") || !strcmp(tag, "float");
	case JSON_REAL:
		return !strcmp(tag, "float");
	case JSON_TRUE:
	case JSON_FALSE:
		return !strcmp(tag, "bool");
	case JSON_NULL:
		return !strcmp(tag, "null");
	default:
		return !strcmp(tag, "str");
	}
}

/*
 * Where | or > has no text, libfyaml takes the lines after it that stand no
 * deeper than what it belongs to, and counts bytes that nothing was written to.
 */
static bool takes_what_follows(reader *r)
{
	if (!is_block(r))
		return false;
	size_t at = fy_event_start_mark(r->event)->input_pos, line = at;
	size_t end = fy_event_end_mark(r->event)->input_pos;
	for (; at < end && strchr(" \r\n", r->bytes[at]); at++)
		if (r->bytes[at] != ' ')
			line = at + 1;
	return at < end && at - line < r->within;
}

static int typed(json_t **out, reader *r, const char *text, size_t n)
{
	const char *tag = tag_of(r);
	bool want_text = tag && !strcmp(tag, "str");
	fria_word word = FRIA_W_COUNT;
	if (!tag)
		return refuse(r, FRIA_EINPUT, FRIA_W_yaml_tag, "");
	if (memchr(text, '\0', n))
		return refuse(r, FRIA_EINPUT, FRIA_W_json_nul, "");
	if (!want_text && (*tag || is_plain(r)))
		word = fria_yaml_scalar(out, text);
	/* What was not meant as a number keeps its digits: 1.10, 007. */
	if (r->as_text && !*tag && !json_is_null(*out)) {
		json_decref(*out);
		*out = NULL;
		word = FRIA_W_COUNT;
	}
	if (word != FRIA_W_COUNT)
		return refuse(r, FRIA_EINPUT, word, text);
	if (*tag && !tag_fits(tag, *out)) {
		json_decref(*out);
		*out = NULL;
		return refuse(r, FRIA_EINPUT, FRIA_W_yaml_tag, text);
	}
	if (!*out)
		*out = nfc_string(text, n);
	return 0;
}

static int scalar(json_t **out, reader *r)
{
	size_t n;
	if (takes_what_follows(r))
		return refuse(r, FRIA_EINPUT, FRIA_W_yaml_block, "");
	char *text = text_of(fy_event_get_token(r->event), &n);
	char *anchor = open_anchor(r);
	if (is_block(r))
		n = strlen(text); /* it counts a byte of an empty one */
	int code = typed(out, r, text, n);
	json_t *written = anchor && !code ? nfc_string(text, n) : NULL;
	close_anchor(r, anchor, code ? NULL : *out, written);
	json_decref(written);
	free(text);
	return code;
}

/* --- collections --- */

static int node(json_t **out, reader *r, size_t depth, size_t key);

static void shorten(reader *r, size_t n)
{
	if (!r->visit)
		return;
	r->pointer.n = n;
	r->pointer.text[n] = '\0';
}

static int sequence(json_t **out, reader *r, size_t depth)
{
	char *anchor = open_anchor(r);
	size_t length = r->pointer.n;
	int code;
	*out = json_array();
	while (!(code = next(r)) && r->event->type != FYET_SEQUENCE_END) {
		json_t *value = NULL;
		if (r->visit)
			fria_buf_printf(&r->pointer, "/%zu",
					json_array_size(*out));
		code = node(&value, r, depth + 1, SIZE_MAX);
		shorten(r, length);
		if (code)
			break;
		json_array_append_new(*out, value);
	}
	close_anchor(r, anchor, code ? NULL : *out, NULL);
	return code;
}

static int read_key(json_t **out, reader *r, const json_t *object)
{
	json_t *key = NULL;
	int code = 0;
	r->as_text = true; /* 1.10 names a question */
	if (r->event->type == FYET_SCALAR)
		code = scalar(&key, r);
	else if (r->event->type == FYET_ALIAS)
		code = alias(&key, r, 1);
	r->as_text = false;
	if (code)
		return code;
	const char *text = json_string_value(key);
	if (!text)
		code = refuse(r, FRIA_EINPUT, FRIA_W_yaml_key, "");
	else if (!strcmp(text, "<<") && is_plain(r))
		code = refuse(r, FRIA_EINPUT, FRIA_W_yaml_merge, "");
	else if (json_object_get(object, text))
		code = refuse(r, FRIA_EINPUT, FRIA_W_json_duplicate, text);
	if (code)
		json_decref(key);
	else
		*out = key;
	return code;
}

static bool is_text(const reader *r, const char *name)
{
	for (size_t i = 0; r->texts && r->texts[i]; i++)
		if (!strcmp(r->texts[i], name))
			return true;
	return false;
}

/* A list under the name of a text is one of texts; an object in it is not. */
static int member(json_t *object, reader *r, size_t depth)
{
	json_t *key = NULL, *value = NULL;
	size_t length = r->pointer.n;
	int code = read_key(&key, r, object);
	if (code)
		return code;
	size_t at = offset_of(r);
	if (r->visit)
		fria_pointer_add(&r->pointer, json_string_value(key));
	code = next(r);
	r->as_text = is_text(r, json_string_value(key));
	if (!code)
		code = node(&value, r, depth + 1, at);
	r->as_text = false;
	shorten(r, length);
	if (!code)
		json_object_set_new(object, json_string_value(key), value);
	json_decref(key);
	return code;
}

static int mapping(json_t **out, reader *r, size_t depth)
{
	char *anchor = open_anchor(r);
	bool as_text = r->as_text; /* for what follows in the list it is in */
	int code;
	*out = json_object();
	while (!(code = next(r)) && r->event->type != FYET_MAPPING_END) {
		code = member(*out, r, depth);
		if (code)
			break;
	}
	r->as_text = as_text;
	close_anchor(r, anchor, code ? NULL : *out, NULL);
	return code;
}

static int collection(json_t **out, reader *r, size_t depth)
{
	bool map = r->event->type == FYET_MAPPING_START;
	const char *tag = tag_of(r);
	size_t within = r->within;
	if (depth > FRIA_MAX_DEPTH)
		return refuse(r, FRIA_ELIMIT, FRIA_W_json_depth, "");
	if (!tag || (*tag && strcmp(tag, map ? "map" : "seq") != 0))
		return refuse(r, FRIA_EINPUT, FRIA_W_yaml_tag, "");
	const struct fy_mark *mark = fy_event_start_mark(r->event);
	r->within = mark ? (size_t)mark->column + 1 : within;
	int code = map ? mapping(out, r, depth) : sequence(out, r, depth);
	r->within = within;
	return code;
}

/* The value at the current event. key: where its key stands, if it has one. */
static int node(json_t **out, reader *r, size_t depth, size_t key)
{
	int code;
	*out = NULL;
	visit(r, r->event->type == FYET_ALIAS, key);
	switch (r->event->type) {
	case FYET_SCALAR:
		code = scalar(out, r);
		break;
	case FYET_ALIAS:
		code = alias(out, r, depth);
		break;
	case FYET_MAPPING_START:
	case FYET_SEQUENCE_START:
		code = collection(out, r, depth);
		break;
	default:
		code = refuse(r, FRIA_EINPUT, FRIA_W_yaml_syntax, "");
	}
	if (code) {
		json_decref(*out);
		*out = NULL;
	}
	return code;
}

/* --- the document --- */

static int document(json_t **out, reader *r)
{
	int code = next(r);
	if (!code && r->event->type == FYET_STREAM_START)
		code = next(r);
	if (!code && r->event->type != FYET_DOCUMENT_START)
		return refuse(r, FRIA_EINPUT, FRIA_W_yaml_empty, "");
	if (!code)
		code = next(r);
	if (!code)
		code = node(out, r, 1, SIZE_MAX);
	while (!code && r->event->type != FYET_STREAM_END) {
		code = next(r);
		if (!code && r->event->type == FYET_DOCUMENT_START)
			code =
			    refuse(r, FRIA_EINPUT, FRIA_W_yaml_documents, "");
	}
	if (code) {
		json_decref(*out);
		*out = NULL;
	}
	return code;
}

static int read_all(json_t **out, reader *r)
{
	struct fy_diag_cfg quiet;
	fy_diag_cfg_default(&quiet);
	quiet.fp = NULL;
	struct fy_diag *diag = fria_made(fy_diag_create(&quiet));
	fy_diag_set_collect_errors(diag, true);
	const struct fy_parse_cfg cfg = {
	    .flags = FYPCF_QUIET | FYPCF_DISABLE_DEPTH_LIMIT |
		     FYPCF_DEFAULT_VERSION_1_2 | FYPCF_JSON_NONE,
	    .diag = diag};
	r->parser = fria_made(fy_parser_create(&cfg));
	r->anchors = json_object();
	*out = NULL;
	errno = 0;
	int code = fy_parser_set_string(r->parser, r->bytes, r->n);
	fria_made(NULL);
	code = code ? refuse_syntax(r) : document(out, r);
	if (r->event)
		fy_parser_event_free(r->parser, r->event);
	fy_parser_destroy(r->parser);
	fy_diag_destroy(diag);
	json_decref(r->anchors);
	fria_buf_dispose(&r->pointer);
	return code;
}

/* A byte order mark is no part of the text. */
static size_t mark_size(const char *bytes, size_t n)
{
	return n >= 3 && !memcmp(bytes, "\xEF\xBB\xBF", 3) ? 3 : 0;
}

static int check_bytes(const reader *r)
{
	size_t line, column, bad = fria_utf8_invalid(r->bytes, r->n);
	const char *nul = memchr(r->bytes, '\0', r->n);
	if (r->n > FRIA_MAX_BYTES)
		return fria_fail(r->err, FRIA_ELIMIT, FRIA_W_too_large, "path",
				 r->name, NULL);
	if (bad == r->n && !nul)
		return 0;
	if (bad < r->n)
		fria_fail(r->err, FRIA_EINPUT, FRIA_W_json_utf8, NULL);
	else
		fria_fail(r->err, FRIA_EINPUT, FRIA_W_json_nul, NULL);
	fria_place(r->bytes, bad < r->n ? bad : (size_t)(nul - r->bytes), &line,
		   &column);
	fria_fail_at(r->err, r->name, NULL, line, column);
	return FRIA_EINPUT;
}

int fria_yaml_parse(json_t **out, const char *name, const char *bytes, size_t n,
		    const char *const *texts, fria_error *err)
{
	size_t skip = mark_size(bytes, n);
	json_t *value = NULL;
	reader r = {.name = name,
		    .bytes = bytes + skip,
		    .n = n - skip,
		    .err = err,
		    .texts = texts,
		    .pointer = FRIA_BUF_INIT};
	int code = check_bytes(&r);
	if (!code)
		code = read_all(&value, &r);
	if (!code)
		*out = value;
	return code;
}

void fria_yaml_places(const char *bytes, size_t n, fria_place_visit to,
		      void *data)
{
	json_t *value = NULL;
	reader r = {.name = "",
		    .bytes = bytes,
		    .n = n,
		    .visit = to,
		    .data = data,
		    .pointer = FRIA_BUF_INIT};
	if (!check_bytes(&r) && !read_all(&value, &r))
		json_decref(value);
}
