/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The formats date, date-time (RFC 3339), email (RFC 5321) and uri (RFC 3986)
 * of JSON Schema, and resolving one URI reference against another. Other
 * formats are not judged.
 */
#include "schema_internal.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- uri --- */

static bool is_scheme(const char *text, size_t n)
{
	if (!n || !isalpha((unsigned char)text[0]))
		return false;
	for (size_t i = 1; i < n; i++)
		if (!isalnum((unsigned char)text[i]) && !strchr("+-.", text[i]))
			return false;
	return true;
}

/* Characters that RFC 3986 allows somewhere, and whole percent escapes. */
static bool has_uri_characters(const char *text, const char *more)
{
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;
		if (c == '%') {
			if (!isxdigit((unsigned char)text[1]) ||
			    !isxdigit((unsigned char)text[2]))
				return false;
		} else if (c >= 0x80 ||
			   (!isalnum(c) && !strchr("-._~!$&'()*+,;=:@/?", c) &&
			    !strchr(more, c))) {
			return false;
		}
	}
	return true;
}

/* An address of version 6, or of a version to come (RFC 3986, 3.2.2). */
static bool is_ip6(const char *text, size_t n)
{
	char address[64] = "";
	unsigned char bytes[16];
	size_t digits;
	if (n >= sizeof address)
		return false;
	memcpy(address, text, n);
	if (address[0] != 'v' && address[0] != 'V')
		return inet_pton(AF_INET6, address, bytes) == 1;
	digits = strspn(address + 1, "0123456789abcdefABCDEF");
	return digits && address[1 + digits] == '.' && address[2 + digits] &&
	       !strchr(address, '%') && !strpbrk(address, "/?#[]@");
}

/* user@host:port, up to the path. */
static bool is_authority(const char *text, size_t n)
{
	char *copy = fria_strndup(text, n), *host = strrchr(copy, '@');
	host = host ? host + 1 : copy;
	bool ok = true;
	if (*host == '[') {
		size_t inner = strcspn(host + 1, "]");
		ok = host[inner + 1] == ']' && is_ip6(host + 1, inner);
		host += ok ? inner + 2 : 0;
	} else {
		host += strcspn(host, ":");
	}
	if (ok && *host)
		ok = *host == ':' &&
		     strspn(host + 1, "0123456789") == strlen(host + 1);
	ok = ok && !(strchr(copy, '@') &&
		     memchr(copy, '[', (size_t)(strrchr(copy, '@') - copy)));
	free(copy);
	return ok;
}

static bool is_uri(const char *text)
{
	size_t scheme = strcspn(text, ":/?#");
	if (text[scheme] != ':' || !is_scheme(text, scheme))
		return false;
	const char *rest = text + scheme + 1, *hash = strchr(rest, '#');
	if (hash &&
	    (strchr(hash + 1, '#') || !has_uri_characters(hash + 1, "")))
		return false;
	char *before =
	    fria_strndup(rest, hash ? (size_t)(hash - rest) : strlen(rest));
	const char *path = before;
	bool ok = true;
	if (!strncmp(before, "//", 2)) {
		size_t n = strcspn(before + 2, "/?");
		char *authority = fria_strndup(before + 2, n);
		ok = is_authority(before + 2, n) &&
		     has_uri_characters(authority, "[]");
		path = before + 2 + n;
		free(authority);
	}
	ok = ok && has_uri_characters(path, "");
	free(before);
	return ok;
}

/* --- email --- */

static bool is_domain(const char *text)
{
	size_t n = strlen(text), label = 0;
	if (n > 2 && text[0] == '[' && text[n - 1] == ']') {
		const char *inner = text + 1;
		int a, b, c, d;
		char end;
		if (!strncmp(inner, "IPv6:", 5))
			return is_ip6(inner + 5, n - 7);
		return sscanf(inner, "%3d.%3d.%3d.%3d%c", &a, &b, &c, &d,
			      &end) == 5 &&
		       end == ']' && a < 256 && b < 256 && c < 256 && d < 256;
	}
	for (size_t i = 0; i <= n; i++) {
		if (i == n || text[i] == '.') {
			if (!label || label > 63 || text[i - 1] == '-')
				return false;
			label = 0;
		} else if (isalnum((unsigned char)text[i]) ||
			   (text[i] == '-' && label)) {
			label++;
		} else {
			return false;
		}
	}
	return n > 0 && n <= 255;
}

static bool is_quoted(const char *text, size_t n)
{
	if (n < 2 || text[0] != '"' || text[n - 1] != '"')
		return false;
	for (size_t i = 1; i + 1 < n; i++) {
		unsigned char c = (unsigned char)text[i];
		if (c == '\\' && i + 2 < n)
			i++;
		else if (c < ' ' || c > '~' || c == '"' || c == '\\')
			return false;
	}
	return true;
}

static bool is_dotted(const char *text, size_t n)
{
	if (!n || text[0] == '.' || text[n - 1] == '.')
		return false;
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)text[i];
		if (c == '.' ? text[i + 1] == '.'
			     : !isalnum(c) && !strchr("!#$%&'*+/=?^_`{|}~-", c))
			return false;
	}
	return true;
}

static bool is_email(const char *text)
{
	const char *at = strrchr(text, '@');
	size_t n = at ? (size_t)(at - text) : 0;
	return at && n <= 64 && (is_dotted(text, n) || is_quoted(text, n)) &&
	       is_domain(at + 1);
}

static const struct {
	const char *name;
	bool (*test)(const char *text);
	fria_word word;
} formats[] = {{"date", fria_date_is, FRIA_W_schema_date},
	       {"date-time", fria_time_is, FRIA_W_schema_date_time},
	       {"email", is_email, FRIA_W_schema_email},
	       {"uri", is_uri, FRIA_W_schema_uri}};

bool schema_format_ok(const char *format, const char *text, size_t n,
		      fria_word *word)
{
	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
		if (!strcmp(formats[i].name, format)) {
			*word = formats[i].word;
			return strlen(text) == n && formats[i].test(text);
		}
	return true;
}

/* --- references --- */

/* Takes "." and ".." out of a path (RFC 3986, section 5.2.4). */
static void put_path(fria_buf *out, const char *path)
{
	size_t start = out->n;
	const char *at = path;
	while (*at) {
		size_t slash = *at == '/', n = strcspn(at + slash, "/");
		const char *segment = at + slash;
		bool last = !segment[n];
		if (n == 2 && !strncmp(segment, "..", 2)) {
			while (out->n > start && out->text[out->n - 1] != '/')
				out->n--;
			if (out->n > start)
				out->n--;
			out->text[out->n] = '\0';
			if (last)
				fria_buf_putc(out, '/');
		} else if (n == 1 && *segment == '.') {
			if (last)
				fria_buf_putc(out, '/');
		} else {
			fria_buf_put(out, at, slash + n);
		}
		at = segment + n;
	}
}

void schema_uri_resolve(fria_buf *out, const char *base, const char *ref)
{
	size_t plain = strcspn(base, "#"), scheme = strcspn(base, ":/?#");
	size_t own = strcspn(ref, ":/?#");
	if (ref[own] == ':' && is_scheme(ref, own)) {
		fria_buf_puts(out, ref);
		return;
	}
	if (!*ref || *ref == '#') {
		fria_buf_put(out, base, plain);
		fria_buf_puts(out, ref);
		return;
	}
	size_t path = 0;
	if (base[scheme] == ':') {
		path = scheme + 1;
		if (!strncmp(ref, "//", 2)) {
			fria_buf_put(out, base, path);
			fria_buf_puts(out, ref);
			return;
		}
		if (!strncmp(base + path, "//", 2))
			path += 2 + strcspn(base + path + 2, "/?#");
	}
	fria_buf merged = FRIA_BUF_INIT;
	size_t end = path + strcspn(base + path, "?#"),
	       cut = strcspn(ref, "?#");
	if (*ref != '/' && *ref != '?') {
		while (end > path && base[end - 1] != '/')
			end--;
		fria_buf_put(&merged, base + path, end - path);
		if (end == path && path > scheme + 1)
			fria_buf_putc(&merged, '/');
	} else if (*ref == '?') {
		fria_buf_put(&merged, base + path, end - path);
	}
	fria_buf_put(&merged, ref, cut);
	fria_buf_put(out, base, path);
	put_path(out, merged.text);
	fria_buf_puts(out, ref + cut);
	fria_buf_dispose(&merged);
}

void schema_uri_decode(fria_buf *out, const char *text)
{
	for (; *text; text++) {
		char hex[3] = {text[0] == '%' ? text[1] : '\0', 0, 0};
		hex[1] = hex[0] ? text[2] : '\0';
		if (isxdigit((unsigned char)hex[0]) &&
		    isxdigit((unsigned char)hex[1])) {
			fria_buf_putc(out, (char)strtol(hex, NULL, 16));
			text += 2;
		} else {
			fria_buf_putc(out, *text);
		}
	}
}
