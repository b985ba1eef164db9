/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * JSON the quick way: documents as this program writes them, in one pass. It
 * says of nothing what is wrong: what it does not know it leaves to json.c.
 */
#include "json_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Digits of an integer that is surely below 2^53. */
enum { SAFE_DIGITS = 15 };

typedef struct {
	const char *at, *end;
	fria_buf text; /* of a string with escapes, or that changes under NFC */
} reading;

static void skip_space(reading *r)
{
	while (r->at < r->end && (*r->at == ' ' || *r->at == '\n' ||
				  *r->at == '\r' || *r->at == '\t'))
		r->at++;
}

/* The next character after any space, or 0. */
static char peek(reading *r)
{
	skip_space(r);
	return r->at < r->end ? *r->at : '\0';
}

static bool take(reading *r, char c)
{
	if (peek(r) != c)
		return false;
	r->at++;
	return true;
}

static json_t *read_word(reading *r, const char *word, json_t *value)
{
	size_t n = strlen(word);
	if ((size_t)(r->end - r->at) < n || memcmp(r->at, word, n) != 0)
		return NULL;
	r->at += n;
	return value;
}

/* --- strings --- */

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* \uXXXX; characters beyond it are left alone, as they come in pairs. */
static bool read_unicode(reading *r)
{
	unsigned c = 0;
	if (r->end - r->at < 4)
		return false;
	for (int i = 0; i < 4; i++) {
		int digit = hex(*r->at++);
		if (digit < 0)
			return false;
		c = c << 4 | (unsigned)digit;
	}
	if (!c || (c >= 0xD800 && c < 0xE000))
		return false;
	if (c >= 0x800) {
		fria_buf_putc(&r->text, (char)(0xE0 | c >> 12));
		fria_buf_putc(&r->text, (char)(0x80 | (c >> 6 & 0x3F)));
	} else if (c >= 0x80) {
		fria_buf_putc(&r->text, (char)(0xC0 | c >> 6));
	}
	fria_buf_putc(&r->text, (char)(c < 0x80 ? c : 0x80 | (c & 0x3F)));
	return true;
}

static bool read_escape(reading *r)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	char c = r->at < r->end ? *r->at++ : '\0';
	if (c == 'u')
		return read_unicode(r);
	const char *known = c ? strchr(from, c) : NULL;
	if (known)
		fria_buf_putc(&r->text, to[known - from]);
	return known != NULL;
}

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))
#define HIGH EACH(0x80)

/* True if one of eight bytes is below a limit of at most 0x80. */
static bool any_below(uint64_t eight, unsigned char limit)
{
	return ((eight - EACH(limit)) & ~eight & HIGH) != 0;
}

size_t fria_json_run(const char *bytes, size_t n, bool *ascii)
{
	uint64_t eight, all = 0;
	size_t i = 0;
	for (; i + sizeof eight <= n; i += sizeof eight) {
		memcpy(&eight, bytes + i, sizeof eight);
		if (any_below(eight, 0x20) || any_below(eight ^ EACH('"'), 1) ||
		    any_below(eight ^ EACH('\\'), 1))
			break;
		all |= eight;
	}
	for (; i < n; i++) {
		unsigned char c = (unsigned char)bytes[i];
		if (c < 0x20 || c == '"' || c == '\\')
			break;
		all |= c;
	}
	*ascii = *ascii && !(all & HIGH);
	return i;
}

/* The end of what stands as it is, from `at`: a quote or a backslash. */
static const char *run_of(const reading *r, bool *ascii)
{
	const char *to =
	    r->at + fria_json_run(r->at, (size_t)(r->end - r->at), ascii);
	return to < r->end && (*to == '"' || *to == '\\') ? to : NULL;
}

/*
 * A string after its first quote: *text lives until the next. *plain: it does
 * not change under NFC.
 */
static bool read_text(reading *r, const char **text, size_t *n, bool *plain)
{
	bool ascii = true;
	const char *from = r->at, *to = run_of(r, &ascii);
	if (to && *to == '"') {
		*text = from;
		*n = (size_t)(to - from);
		*plain = ascii || fria_is_plainly_nfc(*text, *n);
		r->at = to + 1;
		return true;
	}
	fria_buf_clear(&r->text);
	while (to && *to == '\\') {
		fria_buf_put(&r->text, r->at, (size_t)(to - r->at));
		r->at = to + 1;
		if (!read_escape(r))
			return false;
		to = run_of(r, &ascii);
	}
	if (!to)
		return false;
	fria_buf_put(&r->text, r->at, (size_t)(to - r->at));
	r->at = to + 1;
	*text = r->text.text;
	*n = r->text.n;
	*plain = fria_is_plainly_nfc(*text, *n);
	return true;
}

static json_t *read_string(reading *r)
{
	const char *text;
	size_t n;
	bool plain;
	if (!read_text(r, &text, &n, &plain))
		return NULL;
	if (plain)
		return json_stringn_nocheck(text, n);
	fria_buf nfc = FRIA_BUF_INIT;
	fria_nfc(&nfc, text, n);
	json_t *out = json_stringn_nocheck(nfc.text, nfc.n);
	fria_buf_dispose(&nfc);
	return out;
}

/* --- numbers --- */

static size_t digits(const char *at, const char *end)
{
	const char *from = at;
	while (at < end && *at >= '0' && *at <= '9')
		at++;
	return (size_t)(at - from);
}

/* The length of a number's fraction and exponent; 0: none, or a wrong one. */
static size_t tail_of(const char *from, const char *end)
{
	const char *at = from;
	size_t n;
	if (at < end && *at == '.') {
		n = digits(at + 1, end);
		if (!n)
			return 0;
		at += 1 + n;
	}
	if (at < end && (*at == 'e' || *at == 'E')) {
		at++;
		at += at < end && (*at == '+' || *at == '-');
		n = digits(at, end);
		if (!n)
			return 0;
		at += n;
	}
	return (size_t)(at - from);
}

static json_t *read_real(reading *r, const char *from, const char *to)
{
	char *text = fria_strndup(from, (size_t)(to - from));
	const char *end;
	double value = fria_number_read(text, &end);
	bool whole = !*end && isfinite(value);
	free(text);
	r->at = to;
	return whole ? json_real(value) : NULL;
}

static json_t *read_number(reading *r)
{
	const char *from = r->at;
	const char *first = from + (*from == '-');
	size_t n = digits(first, r->end), tail = tail_of(first + n, r->end);
	json_int_t value = 0;
	if (!n || n > SAFE_DIGITS || (n > 1 && *first == '0'))
		return NULL;
	if (tail)
		return read_real(r, from, first + n + tail);
	for (size_t i = 0; i < n; i++)
		value = value * 10 + (first[i] - '0');
	r->at = first + n;
	return json_integer(*from == '-' ? -value : value);
}

/* --- arrays, objects, values --- */

static json_t *read_value(reading *r, size_t depth);

static json_t *read_array(reading *r, size_t depth)
{
	json_t *array = json_array();
	if (take(r, ']'))
		return array;
	for (;;) {
		json_t *value = read_value(r, depth + 1);
		if (!value || json_array_append_new(array, value))
			break;
		if (take(r, ']'))
			return array;
		if (!take(r, ','))
			break;
	}
	json_decref(array);
	return NULL;
}

/* False for a key that is there, or may be another under NFC. */
static bool read_member(reading *r, json_t *object, size_t depth)
{
	const char *text;
	size_t n, before = json_object_size(object);
	bool plain;
	if (!take(r, '"') || !read_text(r, &text, &n, &plain) || !plain)
		return false;
	char *key = text == r->text.text ? fria_strndup(text, n) : NULL;
	json_t *value = take(r, ':') ? read_value(r, depth + 1) : NULL;
	bool read = value && !json_object_setn_new_nocheck(
				 object, key ? key : text, n, value);
	free(key);
	return read && json_object_size(object) > before;
}

static json_t *read_object(reading *r, size_t depth)
{
	json_t *object = json_object();
	if (take(r, '}'))
		return object;
	while (read_member(r, object, depth)) {
		if (take(r, '}'))
			return object;
		if (!take(r, ','))
			break;
	}
	json_decref(object);
	return NULL;
}

static json_t *read_value(reading *r, size_t depth)
{
	char c = peek(r);
	if (!c || depth > FRIA_MAX_DEPTH)
		return NULL;
	switch (c) {
	case '{':
		r->at++;
		return read_object(r, depth);
	case '[':
		r->at++;
		return read_array(r, depth);
	case '"':
		r->at++;
		return read_string(r);
	case 't':
		return read_word(r, "true", json_true());
	case 'f':
		return read_word(r, "false", json_false());
	case 'n':
		return read_word(r, "null", json_null());
	default:
		return read_number(r);
	}
}

json_t *fria_json_read_plain(const char *bytes, size_t n)
{
	reading r = {bytes, bytes + n, FRIA_BUF_INIT};
	json_t *root = read_value(&r, 1);
	skip_space(&r);
	if (r.at < r.end) {
		json_decref(root);
		root = NULL;
	}
	fria_buf_dispose(&r.text);
	return root;
}
