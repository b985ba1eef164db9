/* SPDX-License-Identifier: EUPL-1.2 */
/* YAML 1.2 through libfyaml, into the tree that JSON gives. */
#include "data.h"

#include <libfyaml.h>
#include <stdlib.h>
#include <string.h>

/* What anchors may expand to: nodes in the tree that is made. */
#define MAX_NODES 2000000

typedef struct {
	struct fy_document *doc;
	const char *name;
	fria_error *err;
	size_t nodes;
} reader;

static int refuse_mark(reader *r, const struct fy_mark *mark, int code,
		       fria_word word, const char *near)
{
	char limit[16] = "128";
	fria_fail(r->err, code, word, "near", near, "key", near, "limit", limit,
		  NULL);
	return fria_fail_at(r->err, r->name, NULL,
			    mark ? (size_t)mark->line + 1 : 0,
			    mark ? (size_t)mark->column + 1 : 0);
}

static int refuse(reader *r, struct fy_node *node, int code, fria_word word,
		  const char *near)
{
	const struct fy_mark *mark = NULL;
	struct fy_token *token = NULL;
	if (node && fy_node_is_scalar(node))
		token = fy_node_get_scalar_token(node);
	if (token)
		mark = fy_token_start_mark(token);
	return refuse_mark(r, mark, code, word, near);
}

/* --- scalars: the core schema (YAML 1.2.2, section 10.3) ---------------------- */

static bool one_of(const char *text, const char *const list[])
{
	for (size_t i = 0; list[i]; i++)
		if (!strcmp(text, list[i]))
			return true;
	return false;
}

static bool is_decimal(const char *text)
{
	const char *at = text + (*text == '-' || *text == '+');
	return *at && strspn(at, "0123456789") == strlen(at);
}

static bool is_real(const char *text)
{
	const char *at = text + (*text == '-' || *text == '+');
	size_t whole = strspn(at, "0123456789"), part = 0;
	at += whole;
	if (*at == '.') {
		part = strspn(++at, "0123456789");
		at += part;
	}
	if (!whole && !part)
		return false;
	if (*at == 'e' || *at == 'E') {
		at++;
		at += *at == '-' || *at == '+';
		size_t n = strspn(at, "0123456789");
		if (!n)
			return false;
		at += n;
	}
	return !*at;
}

/* Numbers pass through the JSON reader, which knows what is too large. */
static int number(json_t **out, reader *r, struct fy_node *node,
		  const char *text)
{
	json_t *list = NULL;
	fria_error inner = FRIA_ERROR_INIT;
	const char *sign = *text == '-' ? "-" : "";
	const char *digits = text + (*text == '-' || *text == '+');
	while (digits[0] == '0' && digits[1] >= '0' && digits[1] <= '9')
		digits++;
	size_t n = strlen(digits);
	char *json = fria_format("[%s%s%s%s]", sign, *digits == '.' ? "0" : "",
				 digits, digits[n - 1] == '.' ? "0" : "");
	int code = fria_json_parse(&list, r->name, json, strlen(json), &inner);
	if (!code)
		*out = json_incref(json_array_get(list, 0));
	else
		code = refuse(r, node, code, FRIA_W_yaml_number, text);
	json_decref(list);
	free(json);
	return code;
}

static int based(json_t **out, reader *r, struct fy_node *node,
		 const char *text, int base)
{
	char *end;
	unsigned long long value = strtoull(text + 2, &end, base);
	if (*end || !text[2] || value > 9007199254740991ULL)
		return refuse(r, node, FRIA_EINPUT, FRIA_W_yaml_number, text);
	*out = json_integer((json_int_t)value);
	return 0;
}

static int plain(json_t **out, reader *r, struct fy_node *node,
		 const char *text)
{
	static const char *const nulls[] = {"", "~", "null", "Null", "NULL",
					    NULL};
	static const char *const yes[] = {"true", "True", "TRUE", NULL};
	static const char *const no[] = {"false", "False", "FALSE", NULL};
	static const char *const infinite[] = {
		".inf",	 ".Inf",  ".INF",  "+.inf", "+.Inf", "+.INF",
		"-.inf", "-.Inf", "-.INF", ".nan",  ".NaN",  ".NAN",
		NULL};
	if (one_of(text, nulls))
		*out = json_null();
	else if (one_of(text, yes))
		*out = json_true();
	else if (one_of(text, no))
		*out = json_false();
	else if (one_of(text, infinite))
		return refuse(r, node, FRIA_EINPUT, FRIA_W_yaml_number, text);
	else if (is_decimal(text) || is_real(text))
		return number(out, r, node, text);
	else if (!strncmp(text, "0x", 2) &&
		 strspn(text + 2, "0123456789abcdefABCDEF") == strlen(text) - 2)
		return based(out, r, node, text, 16);
	else if (!strncmp(text, "0o", 2) &&
		 strspn(text + 2, "01234567") == strlen(text) - 2)
		return based(out, r, node, text, 8);
	return 0;
}

static json_t *nfc_string(const char *text, size_t n)
{
	fria_buf out = FRIA_BUF_INIT;
	fria_nfc(&out, text, n);
	json_t *json = json_stringn(out.text, out.n);
	fria_buf_dispose(&out);
	return json;
}

static int scalar(json_t **out, reader *r, struct fy_node *node)
{
	size_t n = 0;
	const char *bytes = fy_node_get_scalar(node, &n);
	char *text = fria_strndup(bytes ? bytes : "", n);
	int code = 0;
	if (memchr(text, '\0', n))
		code = refuse(r, node, FRIA_EINPUT, FRIA_W_json_nul, "");
	if (!code && fy_node_get_style(node) == FYNS_PLAIN)
		code = plain(out, r, node, text);
	if (!code && !*out)
		*out = nfc_string(text, n);
	free(text);
	return code;
}

/* --- collections ------------------------------------------------------------------ */

static int convert(json_t **out, reader *r, struct fy_node *node, int depth);

static int sequence(json_t **out, reader *r, struct fy_node *node, int depth)
{
	void *at = NULL;
	struct fy_node *item;
	int code = 0;
	*out = json_array();
	while (!code && (item = fy_node_sequence_iterate(node, &at))) {
		json_t *value = NULL;
		code = convert(&value, r, item, depth + 1);
		if (!code)
			json_array_append_new(*out, value);
	}
	return code;
}

static int add_pair(json_t *object, reader *r, struct fy_node_pair *pair,
		    int depth)
{
	struct fy_node *key_node = fy_node_pair_key(pair);
	json_t *key = NULL, *value = NULL;
	size_t n = 0;
	if (!key_node || !fy_node_is_scalar(key_node))
		return refuse(r, key_node, FRIA_EINPUT, FRIA_W_yaml_key, "");
	const char *bytes = fy_node_get_scalar(key_node, &n);
	key = nfc_string(bytes ? bytes : "", n);
	const char *name = json_string_value(key);
	int code = 0;
	if (!strcmp(name, "<<"))
		code = refuse(r, key_node, FRIA_EINPUT, FRIA_W_yaml_merge, "");
	else if (json_object_get(object, name))
		code = refuse(r, key_node, FRIA_EINPUT, FRIA_W_json_duplicate,
			      name);
	if (!code)
		code = convert(&value, r, fy_node_pair_value(pair), depth + 1);
	if (!code)
		json_object_set_new(object, name, value);
	json_decref(key);
	return code;
}

static int mapping(json_t **out, reader *r, struct fy_node *node, int depth)
{
	void *at = NULL;
	struct fy_node_pair *pair;
	int code = 0;
	*out = json_object();
	while (!code && (pair = fy_node_mapping_iterate(node, &at)))
		code = add_pair(*out, r, pair, depth);
	return code;
}

static int convert(json_t **out, reader *r, struct fy_node *node, int depth)
{
	int code;
	*out = NULL;
	if (!node) {
		*out = json_null();
		return 0;
	}
	if (depth > FRIA_MAX_DEPTH)
		return refuse(r, node, FRIA_ELIMIT, FRIA_W_json_depth, "");
	if (++r->nodes > MAX_NODES)
		return refuse(r, node, FRIA_ELIMIT, FRIA_W_yaml_expansion, "");
	if (fy_node_is_alias(node)) {
		struct fy_node *to = fy_node_resolve_alias(node);
		return to ? convert(out, r, to, depth + 1)
			  : refuse(r, node, FRIA_EINPUT, FRIA_W_yaml_alias, "");
	}
	if (fy_node_is_scalar(node))
		code = scalar(out, r, node);
	else if (fy_node_is_sequence(node))
		code = sequence(out, r, node, depth);
	else
		code = mapping(out, r, node, depth);
	if (code) {
		json_decref(*out);
		*out = NULL;
	}
	return code;
}

/* --- the document ----------------------------------------------------------------------- */

/* libfyaml's own words stay unsaid; only the place is taken over. */
static int refuse_syntax(reader *r, struct fy_diag *diag)
{
	void *at = NULL;
	struct fy_diag_error *e = fy_diag_errors_iterate(diag, &at);
	fria_fail(r->err, FRIA_EINPUT, FRIA_W_yaml_syntax, NULL);
	return fria_fail_at(r->err, r->name, NULL,
			    e && e->line > 0 ? (size_t)e->line : 0,
			    e && e->column > 0 ? (size_t)e->column : 0);
}

static int build(json_t **out, reader *r, const char *bytes, size_t n)
{
	struct fy_diag_cfg diag_cfg;
	fy_diag_cfg_default(&diag_cfg);
	diag_cfg.fp = NULL;
	struct fy_diag *diag = fy_diag_create(&diag_cfg);
	fy_diag_set_collect_errors(diag, true);
	const struct fy_parse_cfg cfg = {.flags = FYPCF_QUIET, .diag = diag};
	int code;
	r->doc = fy_document_build_from_string(&cfg, bytes, n);
	if (!r->doc)
		code = refuse_syntax(r, diag);
	else
		code = convert(out, r, fy_document_root(r->doc), 1);
	fy_document_destroy(r->doc);
	fy_diag_destroy(diag);
	return code;
}

int fria_yaml_parse(json_t **out, const char *name, const char *bytes,
		    size_t n, fria_error *err)
{
	reader r = {NULL, name, err, 0};
	if (n > FRIA_MAX_BYTES) {
		fria_fail(err, FRIA_ELIMIT, FRIA_W_store_large, "path", name,
			  "limit", "32", NULL);
		return fria_fail_at(err, name, NULL, 0, 0);
	}
	if (fria_utf8_invalid(bytes, n) < n) {
		fria_fail(err, FRIA_EINPUT, FRIA_W_json_utf8, NULL);
		return fria_fail_at(err, name, NULL, 0, 0);
	}
	*out = NULL;
	return build(out, &r, bytes, n);
}
