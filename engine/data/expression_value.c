/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Values as JavaScript has them: conversions and comparisons (ECMA-262).
 *
 * Calls up to expression_lex.c: what has no value is said with its place in
 * the text.
 */
#include "expression_internal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- memory --- */

struct arena_block {
	arena_block *next;
	max_align_t bytes[];
};

enum { BLOCK = 4096 };

void *arena_alloc(arena *a, size_t size)
{
	size = (size + sizeof(max_align_t) - 1) & ~(sizeof(max_align_t) - 1);
	if (size > a->limit || a->total + size > a->limit)
		return NULL;
	a->total += size;
	if (!a->blocks || a->used + size > a->room) {
		a->room = size > BLOCK ? size : BLOCK;
		arena_block *b = fria_calloc(1, sizeof *b + a->room);
		b->next = a->blocks;
		a->blocks = b;
		a->used = 0;
	}
	char *at = (char *)a->blocks->bytes + a->used;
	a->used += size;
	return at;
}

void arena_dispose(arena *a)
{
	while (a->blocks) {
		arena_block *next = a->blocks->next;
		free(a->blocks);
		a->blocks = next;
	}
}

void fria_running_fail(fria_running *run, fria_word word, const char *what)
{
	if (!run->code)
		run->code = expression_fail(
		    run->err,
		    word == FRIA_W_expression_limit ? FRIA_ELIMIT : FRIA_EINPUT,
		    word, run->text, run->at, what);
}

/* Memory that lives as long as the evaluation; NULL at the bound. */
static void *fria_running_alloc(fria_running *run, size_t size)
{
	void *at = arena_alloc(&run->memory, size ? size : 1);
	if (!at)
		fria_running_fail(run, FRIA_W_expression_limit, NULL);
	return at;
}

const char *fria_running_copy(fria_running *run, const char *text, size_t n)
{
	char *copy = fria_running_alloc(run, n + 1);
	return copy ? memcpy(copy, text, n) : "";
}

/* --- from and to documents --- */

fria_js fria_js_list(fria_running *run, size_t n)
{
	fria_js *items = fria_running_alloc(run, (n + 1) * sizeof *items);
	return (fria_js){.kind = FRIA_JS_LIST, .items = items};
}

fria_js fria_js_object(fria_running *run, size_t n)
{
	fria_js out = fria_js_list(run, n);
	out.kind = FRIA_JS_OBJECT;
	out.keys = fria_running_alloc(run, (n + 1) * sizeof *out.keys);
	return out;
}

static fria_js text_of(const char *text)
{
	return (fria_js){.kind = FRIA_JS_TEXT, .text = text};
}

fria_js fria_js_from(fria_running *run, const json_t *json)
{
	const char *key;
	json_t *value;
	size_t i;
	fria_js out = {.kind = FRIA_JS_UNDEFINED};
	if (json_is_null(json)) {
		out.kind = FRIA_JS_NULL;
	} else if (json_is_boolean(json)) {
		out.kind = FRIA_JS_BOOLEAN;
		out.truth = json_is_true(json);
	} else if (json_is_number(json)) {
		out.kind = FRIA_JS_NUMBER;
		out.number = json_number_value(json);
	} else if (json_is_string(json)) {
		out = text_of(fria_running_copy(run, json_string_value(json),
						json_string_length(json)));
	} else if (json_is_array(json)) {
		out = fria_js_list(run, json_array_size(json));
		json_array_foreach(json, i, value) {
			if (!run->code && out.items)
				out.items[out.n++] = fria_js_from(run, value);
		}
	} else if (json_is_object(json)) {
		out = fria_js_object(run, json_object_size(json));
		json_object_foreach((json_t *)(uintptr_t)json, key, value) {
			if (run->code || !out.keys || !out.items)
				break;
			out.keys[out.n] =
			    fria_running_copy(run, key, strlen(key));
			out.items[out.n++] = fria_js_from(run, value);
		}
	}
	return out;
}

json_t *fria_js_json(const fria_js *v)
{
	json_t *out, *one;
	switch (v->kind) {
	case FRIA_JS_UNDEFINED:
		return NULL;
	case FRIA_JS_BOOLEAN:
		return json_boolean(v->truth);
	case FRIA_JS_NUMBER:
		if (!isfinite(v->number))
			return json_null();
		if (fabs(v->number) < 9007199254740992.0 &&
		    v->number == floor(v->number))
			return json_integer((json_int_t)v->number);
		return json_real(v->number);
	case FRIA_JS_TEXT:
		return fria_json_string(v->text);
	case FRIA_JS_LIST:
		out = json_array();
		for (size_t i = 0; i < v->n; i++) {
			one = fria_js_json(&v->items[i]);
			json_array_append_new(out, one ? one : json_null());
		}
		return out;
	case FRIA_JS_OBJECT:
		out = json_object();
		for (size_t i = 0; i < v->n; i++) {
			one = fria_js_json(&v->items[i]);
			if (one)
				json_object_set_new(out, v->keys[i], one);
		}
		return out;
	default:
		return json_null();
	}
}

/* --- conversions --- */

bool fria_js_truth(const fria_js *v)
{
	switch (v->kind) {
	case FRIA_JS_BOOLEAN:
		return v->truth;
	case FRIA_JS_NUMBER:
		return v->number != 0 && !isnan(v->number);
	case FRIA_JS_TEXT:
		return *v->text;
	default:
		return v->kind >= FRIA_JS_LIST;
	}
}

bool fria_json_truth(const json_t *value)
{
	if (json_is_number(value))
		return json_number_value(value) != 0;
	if (json_is_string(value))
		return json_string_length(value) > 0;
	return json_is_true(value) || json_is_array(value) ||
	       json_is_object(value);
}

static double digits_of(const char *text, int base)
{
	char *end;
	if (!*text || *text == '-' || *text == '+')
		return NAN;
	double value = (double)strtoull(text, &end, base);
	return *end ? NAN : value;
}

static double number_of_text(const char *text)
{
	size_t n = strlen(text), from = strspn(text, " \t\n\v\f\r");
	while (n > from && strchr(" \t\n\v\f\r", text[n - 1]))
		n--;
	char *own = fria_strndup(text + from, n - from);
	const char *end;
	double value = NAN;
	const char *digits = own + strspn(own, "+-");
	if (!*own)
		value = 0;
	else if (own[0] == '0' && (own[1] | 32) == 'x')
		value = digits_of(own + 2, 16);
	else if (own[0] == '0' && (own[1] | 32) == 'o')
		value = digits_of(own + 2, 8);
	else if (own[0] == '0' && (own[1] | 32) == 'b')
		value = digits_of(own + 2, 2);
	else if (!strcmp(digits, "Infinity") && digits - own <= 1)
		value = *own == '-' ? -INFINITY : INFINITY;
	else if (strspn(own, "0123456789+-.eE") == strlen(own)) {
		value = fria_number_read(own, &end);
		if (*end || end == own)
			value = NAN;
	}
	free(own);
	return value;
}

double fria_js_number(fria_running *run, const fria_js *v)
{
	switch (v->kind) {
	case FRIA_JS_UNDEFINED:
		return NAN;
	case FRIA_JS_NULL:
		return 0;
	case FRIA_JS_BOOLEAN:
		return v->truth;
	case FRIA_JS_NUMBER:
		return v->number;
	default:
		return number_of_text(fria_js_text(run, v));
	}
}

static void put_text(fria_running *run, fria_buf *out, const fria_js *v)
{
	if (out->n > FRIA_EXPRESSION_MEMORY) {
		fria_running_fail(run, FRIA_W_expression_limit, NULL);
		return;
	}
	switch (v->kind) {
	case FRIA_JS_UNDEFINED:
		fria_buf_puts(out, "undefined");
		break;
	case FRIA_JS_NULL:
		fria_buf_puts(out, "null");
		break;
	case FRIA_JS_BOOLEAN:
		fria_buf_puts(out, v->truth ? "true" : "false");
		break;
	case FRIA_JS_NUMBER:
		if (isnan(v->number))
			fria_buf_puts(out, "NaN");
		else if (isinf(v->number))
			fria_buf_puts(out,
				      v->number < 0 ? "-Infinity" : "Infinity");
		else
			fria_canonical_number(out, v->number);
		break;
	case FRIA_JS_TEXT:
		fria_buf_puts(out, v->text);
		break;
	case FRIA_JS_LIST:
		for (size_t i = 0; i < v->n && !run->code; i++) {
			fria_buf_puts(out, i ? "," : "");
			if (v->items[i].kind > FRIA_JS_NULL)
				put_text(run, out, &v->items[i]);
		}
		break;
	default:
		fria_buf_puts(out, "[object Object]");
		break;
	}
}

const char *fria_js_text(fria_running *run, const fria_js *v)
{
	fria_buf text = FRIA_BUF_INIT;
	if (v->kind == FRIA_JS_TEXT)
		return v->text;
	put_text(run, &text, v);
	const char *out = fria_running_copy(run, text.text, text.n);
	fria_buf_dispose(&text);
	return out;
}

/* Lists and objects count as their text. */
static fria_js primitive(fria_running *run, const fria_js *v)
{
	return v->kind >= FRIA_JS_LIST ? text_of(fria_js_text(run, v)) : *v;
}

/* --- comparisons --- */

bool fria_js_same(const fria_js *a, const fria_js *b)
{
	if (a->kind != b->kind)
		return false;
	switch (a->kind) {
	case FRIA_JS_BOOLEAN:
		return a->truth == b->truth;
	case FRIA_JS_NUMBER:
		return a->number == b->number;
	case FRIA_JS_TEXT:
		return !strcmp(a->text, b->text);
	default:
		return a->items == b->items;
	}
}

bool fria_js_equal(fria_running *run, const fria_js *a, const fria_js *b)
{
	bool a_none = a->kind <= FRIA_JS_NULL, b_none = b->kind <= FRIA_JS_NULL;
	if (a_none || b_none)
		return a_none && b_none;
	if (a->kind == b->kind)
		return fria_js_same(a, b);
	if (a->kind >= FRIA_JS_LIST && b->kind >= FRIA_JS_LIST)
		return false;
	fria_js x = primitive(run, a), y = primitive(run, b);
	if (x.kind == y.kind)
		return fria_js_same(&x, &y);
	return fria_js_number(run, &x) == fria_js_number(run, &y);
}

bool fria_js_less(fria_running *run, const fria_js *a, const fria_js *b,
		  bool or_equal)
{
	fria_js x = primitive(run, a), y = primitive(run, b);
	if (x.kind == FRIA_JS_TEXT && y.kind == FRIA_JS_TEXT) {
		int order = fria_utf16_compare(x.text, y.text);
		return or_equal ? order <= 0 : order < 0;
	}
	double p = fria_js_number(run, &x), q = fria_js_number(run, &y);
	return or_equal ? p <= q : p < q;
}

fria_js fria_js_add(fria_running *run, const fria_js *a, const fria_js *b)
{
	fria_js x = primitive(run, a), y = primitive(run, b);
	if (x.kind != FRIA_JS_TEXT && y.kind != FRIA_JS_TEXT)
		return (fria_js){.kind = FRIA_JS_NUMBER,
				 .number = fria_js_number(run, &x) +
					   fria_js_number(run, &y)};
	const char *p = fria_js_text(run, &x), *q = fria_js_text(run, &y);
	size_t n = strlen(p), m = strlen(q);
	char *both = fria_running_alloc(run, n + m + 1);
	if (!both)
		return text_of("");
	snprintf(both, n + m + 1, "%s%s", p, q);
	return text_of(both);
}

/* --- members --- */

/* An index as JavaScript writes it: "0", "12"; not "01" and not "-1". */
static bool index_of(size_t *out, const char *name)
{
	size_t n = strspn(name, "0123456789");
	if (!n || name[n] || n > 9 || (n > 1 && *name == '0'))
		return false;
	*out = (size_t)strtoul(name, NULL, 10);
	return true;
}

static size_t utf16_length(const char *text)
{
	size_t n = 0;
	for (const unsigned char *p = (const unsigned char *)text; *p; p++)
		n += (size_t)((*p & 0xC0) != 0x80) + (*p >= 0xF0);
	return n;
}

fria_js fria_js_member(const fria_js *v, const char *name)
{
	size_t at;
	const fria_js nothing = {.kind = FRIA_JS_UNDEFINED};
	bool length = !strcmp(name, "length");
	if (v->kind == FRIA_JS_TEXT && length)
		return (fria_js){.kind = FRIA_JS_NUMBER,
				 .number = (double)utf16_length(v->text)};
	if (v->kind == FRIA_JS_LIST && length)
		return (fria_js){.kind = FRIA_JS_NUMBER,
				 .number = (double)v->n};
	if (v->kind == FRIA_JS_LIST)
		return index_of(&at, name) && at < v->n ? v->items[at]
							: nothing;
	for (size_t i = v->n; v->kind == FRIA_JS_OBJECT && i-- > 0;)
		if (!strcmp(v->keys[i], name))
			return v->items[i];
	return nothing;
}
