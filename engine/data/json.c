/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * JSON documents: strict parsing into a jansson tree in NFC, and writing in
 * the one form that every file of a workspace has. What is plain is read in
 * json_read.c; all that is refused is refused here.
 */
#include "json_internal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_INTEGER ((json_int_t)9007199254740991)

/* --- parsing: jansson's complaints in our words --------------------------- */

/* What jansson says it stumbled over: the text after its " near ". */
static const char *near(const json_error_t *from, char *to, size_t room)
{
	const char *at = strstr(from->text, " near ");
	at = at ? at + 6 : from->text;
	size_t n = strlen(at);
	if (n >= 2 && at[0] == '\'' && at[n - 1] == '\'') {
		at++;
		n -= 2;
	}
	snprintf(to, room, "%.*s", (int)n, at);
	return to;
}

static int syntax(const json_error_t *from, const char *name, fria_error *err)
{
	char text[JSON_ERROR_TEXT_LENGTH];
	int code = FRIA_EINPUT;
	near(from, text, sizeof text);
	switch (json_error_code(from)) {
	case json_error_stack_overflow:
		code = fria_fail(err, FRIA_ELIMIT, FRIA_W_json_depth, "limit",
				 "128", NULL);
		break;
	case json_error_duplicate_key:
		fria_fail(err, code, FRIA_W_json_duplicate, "key", text, NULL);
		break;
	case json_error_null_character:
	case json_error_null_byte_in_key:
		fria_fail(err, code, FRIA_W_json_nul, NULL);
		break;
	case json_error_numeric_overflow:
		if (strstr(from->text, "real"))
			fria_fail(err, code, FRIA_W_json_real, NULL);
		else
			fria_fail(err, code, FRIA_W_json_integer, "value", text,
				  NULL);
		break;
	case json_error_premature_end_of_input:
		fria_fail(err, code, FRIA_W_json_premature, NULL);
		break;
	default:
		fria_fail(err, code, FRIA_W_json_syntax, "near", text, NULL);
	}
	fria_fail_at(err, name, NULL, from->line > 0 ? (size_t)from->line : 0,
		     from->column > 0 ? (size_t)from->column : 1);
	return code;
}

/* --- parsing: what jansson lets through and a document may not hold --- */

typedef struct {
	const char *name, *bytes;
	size_t n;
	fria_error *err;
	fria_buf pointer;
} walk;

static int refuse_here(walk *w, bool key, int code, fria_word word,
		       const char *arg, const char *value)
{
	size_t line = 0, column = 0;
	fria_fail(w->err, code, word, arg, value, NULL);
	fria_json_locate(w->bytes, w->n, w->pointer.text, key, &line, &column);
	fria_fail_at(w->err, w->name, w->pointer.text, line, column);
	return code;
}

static int normal(walk *w, json_t *value, size_t depth);

static int normal_array(walk *w, json_t *array, size_t depth)
{
	size_t length = w->pointer.n;
	for (size_t i = 0; i < json_array_size(array); i++) {
		char index[24];
		snprintf(index, sizeof index, "%zu", i);
		fria_pointer_add(&w->pointer, index);
		int code = normal(w, json_array_get(array, i), depth + 1);
		w->pointer.n = length;
		w->pointer.text[length] = '\0';
		if (code)
			return code;
	}
	return 0;
}

static bool keys_plain(json_t *object)
{
	const char *key;
	json_t *value;
	json_object_foreach(object, key, value) {
		if (!fria_is_plainly_nfc(key, strlen(key)))
			return false;
	}
	return true;
}

/* Rebuilds an object whose keys may change under NFC. */
static int normal_keys(walk *w, json_t *object)
{
	const char *key;
	json_t *value, *copy = json_object();
	fria_buf nfc = FRIA_BUF_INIT;
	int code = 0;
	json_object_foreach(object, key, value) {
		fria_buf_clear(&nfc);
		fria_nfc(&nfc, key, strlen(key));
		if (json_object_get(copy, nfc.text)) {
			fria_pointer_add(&w->pointer, key);
			code =
			    refuse_here(w, true, FRIA_EINPUT,
					FRIA_W_json_duplicate, "key", nfc.text);
			break;
		}
		json_object_set(copy, nfc.text, value);
	}
	if (!code) {
		json_object_clear(object);
		json_object_update(object, copy);
	}
	json_decref(copy);
	fria_buf_dispose(&nfc);
	return code;
}

static int normal_object(walk *w, json_t *object, size_t depth)
{
	size_t length = w->pointer.n;
	const char *key;
	json_t *value;
	int code = keys_plain(object) ? 0 : normal_keys(w, object);
	if (code)
		return code;
	json_object_foreach(object, key, value) {
		fria_pointer_add(&w->pointer, key);
		code = normal(w, value, depth + 1);
		w->pointer.n = length;
		w->pointer.text[length] = '\0';
		if (code)
			return code;
	}
	return 0;
}

static int normal_text(json_t *value)
{
	const char *text = json_string_value(value);
	size_t n = json_string_length(value);
	fria_buf nfc = FRIA_BUF_INIT;
	if (fria_is_plainly_nfc(text, n))
		return 0;
	fria_nfc(&nfc, text, n);
	json_string_setn(value, nfc.text, nfc.n);
	fria_buf_dispose(&nfc);
	return 0;
}

static int check_integer(walk *w, const json_t *value)
{
	json_int_t i = json_integer_value(value);
	char text[32];
	if (i <= MAX_INTEGER && i >= -MAX_INTEGER)
		return 0;
	snprintf(text, sizeof text, "%lld", (long long)i);
	return refuse_here(w, false, FRIA_EINPUT, FRIA_W_json_integer, "value",
			   text);
}

static int normal(walk *w, json_t *value, size_t depth)
{
	if (depth > FRIA_MAX_DEPTH)
		return refuse_here(w, false, FRIA_ELIMIT, FRIA_W_json_depth,
				   "limit", "128");
	switch (json_typeof(value)) {
	case JSON_OBJECT:
		return normal_object(w, value, depth);
	case JSON_ARRAY:
		return normal_array(w, value, depth);
	case JSON_STRING:
		return normal_text(value);
	case JSON_INTEGER:
		return check_integer(w, value);
	default:
		return 0;
	}
}

static void place_of(const char *bytes, size_t offset, size_t *line,
		     size_t *column)
{
	size_t start = 0;
	*line = 1;
	for (size_t i = 0; i < offset; i++)
		if (bytes[i] == '\n') {
			++*line;
			start = i + 1;
		}
	*column = fria_utf8_count(bytes + start, offset - start) + 1;
}

static int check_bytes(const char *name, const char *bytes, size_t n,
		       fria_error *err)
{
	size_t bad, line, column;
	if (n > FRIA_MAX_BYTES)
		return fria_fail(err, FRIA_ELIMIT, FRIA_W_too_large, "path",
				 name, NULL);
	bad = fria_utf8_invalid(bytes, n);
	if (bad < n) {
		place_of(bytes, bad, &line, &column);
		fria_fail(err, FRIA_EINPUT, FRIA_W_json_utf8, NULL);
		fria_fail_at(err, name, NULL, line, column);
		return FRIA_EINPUT;
	}
	for (size_t i = 0; i < n; i++)
		if (!strchr(" \t\r\n", bytes[i]) || !bytes[i])
			return 0;
	fria_fail(err, FRIA_EINPUT, FRIA_W_json_empty, NULL);
	fria_fail_at(err, name, NULL, 1, 1);
	return FRIA_EINPUT;
}

int fria_json_parse(json_t **out, const char *name, const char *bytes, size_t n,
		    fria_error *err)
{
	json_error_t from;
	if (n >= 3 && !memcmp(bytes, "\xEF\xBB\xBF", 3)) {
		bytes += 3;
		n -= 3;
	}
	int code = check_bytes(name, bytes, n, err);
	if (code)
		return code;
	json_t *root = fria_json_read_plain(bytes, n);
	if (root) {
		*out = root;
		return 0;
	}
	root = json_loadb(bytes, n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY,
			  &from);
	if (!root)
		return syntax(&from, name, err);
	walk w = {name, bytes, n, err, FRIA_BUF_INIT};
	code = normal(&w, root, 1);
	fria_buf_dispose(&w.pointer);
	if (code)
		json_decref(root);
	else
		*out = root;
	return code;
}

/* --- writing --- */

static void put_escape(fria_buf *out, char c)
{
	static const char plain[] = "\"\\\b\f\n\r\t";
	const char *known = c ? strchr(plain, c) : NULL;
	if (known) {
		fria_buf_putc(out, '\\');
		fria_buf_putc(out, "\"\\bfnrt"[known - plain]);
	} else {
		fria_buf_printf(out, "\\u%04x", (unsigned char)c);
	}
}

void fria_json_put_text(fria_buf *out, const char *text, size_t n)
{
	bool ascii = true;
	fria_buf_putc(out, '"');
	for (size_t i = 0; i < n; i++) {
		size_t run = fria_json_run(text + i, n - i, &ascii);
		fria_buf_put(out, text + i, run);
		i += run;
		if (i < n)
			put_escape(out, text[i]);
	}
	fria_buf_putc(out, '"');
}

static void put_real(fria_buf *out, double value)
{
	size_t from = out->n;
	fria_number_put(out, value);
	if (!strpbrk(out->text + from, ".en"))
		fria_buf_puts(out, ".0");
}

static void put_break(fria_buf *out, int level)
{
	if (level < 0)
		return;
	fria_buf_putc(out, '\n');
	for (int i = 0; i < level; i++)
		fria_buf_puts(out, "  ");
}

static void put_value(fria_buf *out, const json_t *value, int level);

static void put_array(fria_buf *out, const json_t *array, int level)
{
	size_t n = json_array_size(array);
	int inner = level < 0 ? -1 : level + 1;
	fria_buf_putc(out, '[');
	for (size_t i = 0; i < n; i++) {
		if (i)
			fria_buf_putc(out, ',');
		put_break(out, inner);
		put_value(out, json_array_get(array, i), inner);
	}
	if (n)
		put_break(out, level);
	fria_buf_putc(out, ']');
}

static void put_object(fria_buf *out, const json_t *object, int level)
{
	int inner = level < 0 ? -1 : level + 1;
	bool first = true;
	const char *key;
	json_t *value;
	fria_buf_putc(out, '{');
	json_object_foreach((json_t *)(uintptr_t)object, key, value) {
		if (!first)
			fria_buf_putc(out, ',');
		first = false;
		put_break(out, inner);
		fria_json_put_text(out, key, strlen(key));
		fria_buf_puts(out, level < 0 ? ":" : ": ");
		put_value(out, value, inner);
	}
	if (!first)
		put_break(out, level);
	fria_buf_putc(out, '}');
}

static void put_value(fria_buf *out, const json_t *value, int level)
{
	switch (json_typeof(value)) {
	case JSON_OBJECT:
		put_object(out, value, level);
		break;
	case JSON_ARRAY:
		put_array(out, value, level);
		break;
	case JSON_STRING:
		fria_json_put_text(out, json_string_value(value),
				   json_string_length(value));
		break;
	case JSON_INTEGER:
		fria_buf_printf(out, "%lld",
				(long long)json_integer_value(value));
		break;
	case JSON_REAL:
		put_real(out, json_real_value(value));
		break;
	case JSON_TRUE:
		fria_buf_puts(out, "true");
		break;
	case JSON_FALSE:
		fria_buf_puts(out, "false");
		break;
	case JSON_NULL:
		fria_buf_puts(out, "null");
		break;
	}
}

void fria_json_write(fria_buf *out, const json_t *value)
{
	put_value(out, value, 0);
	fria_buf_putc(out, '\n');
}

static bool is_within(const json_t *value, size_t depth)
{
	json_t *one;
	const char *key;
	size_t i;
	if (depth > FRIA_MAX_DEPTH)
		return false;
	json_array_foreach(value, i, one)
		if (!is_within(one, depth + 1))
			return false;
	json_object_foreach((json_t *)(uintptr_t)value, key, one)
		if (!is_within(one, depth + 1))
			return false;
	return true;
}

int fria_json_write_document(fria_buf *out, const char *name,
			     const json_t *value, fria_error *err)
{
	if (!is_within(value, 1)) {
		fria_fail(err, FRIA_ELIMIT, FRIA_W_json_depth, "limit", "128",
			  NULL);
		return fria_fail_at(err, name, NULL, 0, 0);
	}
	fria_json_write(out, value);
	if (out->n > FRIA_MAX_BYTES)
		return fria_fail(err, FRIA_ELIMIT, FRIA_W_document_too_large,
				 "path", name, NULL);
	return 0;
}

void fria_json_write_line(fria_buf *out, const json_t *value)
{
	put_value(out, value, -1);
}

void fria_json_order(json_t *object, const char *const *keys)
{
	json_t *copy = json_object();
	for (size_t i = 0; keys[i]; i++) {
		json_t *value = json_object_get(object, keys[i]);
		if (value)
			json_object_set(copy, keys[i], value);
	}
	json_object_update_missing(copy, object);
	json_object_clear(object);
	json_object_update(object, copy);
	json_decref(copy);
}

const char *fria_json_text(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

json_t *fria_json_strings(const fria_strings *strings)
{
	json_t *list = json_array();
	for (size_t i = 0; i < strings->n; i++)
		json_array_append_new(list, fria_json_shown(strings->items[i]));
	return list;
}

bool fria_json_says(const json_t *object, const char *key, const char *text)
{
	const char *own = fria_json_text(object, key);
	return own && !strcmp(own, text);
}
