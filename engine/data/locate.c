/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Where in the text the value that a JSON Pointer names stands. It reads text
 * that has parsed already, only when a place must be named, so parsing itself
 * pays nothing for positions.
 */
#include "data.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
	const char *at, *end;
} cursor;

static void space(cursor *c)
{
	while (c->at < c->end && strchr(" \t\r\n", *c->at) && *c->at)
		c->at++;
}

static void skip_string(cursor *c)
{
	for (c->at++; c->at < c->end && *c->at != '"'; c->at++)
		if (*c->at == '\\')
			c->at++;
	if (c->at < c->end)
		c->at++;
}

/* Skips a whole value, whatever its depth, without recursion. */
static void skip_value(cursor *c)
{
	size_t depth = 0;
	do {
		space(c);
		if (c->at >= c->end)
			return;
		if (*c->at == '"') {
			skip_string(c);
		} else if (*c->at == '{' || *c->at == '[') {
			depth++;
			c->at++;
		} else if (*c->at == '}' || *c->at == ']') {
			depth--;
			c->at++;
		} else if (*c->at == ',' || *c->at == ':') {
			c->at++;
		} else {
			while (c->at < c->end && !strchr(" \t\r\n,:]}", *c->at))
				c->at++;
		}
	} while (depth && c->at < c->end);
}

static bool key_is(const char *from, const char *to, const char *name)
{
	json_t *key = json_loadb(from, (size_t)(to - from),
				 JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
	const char *text = json_string_value(key);
	fria_buf nfc = FRIA_BUF_INIT;
	if (text)
		fria_nfc(&nfc, text, strlen(text));
	bool same = text && (!strcmp(nfc.text, name) || !strcmp(text, name));
	fria_buf_dispose(&nfc);
	json_decref(key);
	return same;
}

/* Moves to the member's value; *key to where its key stands (last wins). */
static bool enter_member(cursor *c, const char *name, const char **key)
{
	cursor found = {NULL, NULL};
	c->at++;
	for (;;) {
		space(c);
		if (c->at >= c->end || *c->at != '"')
			break;
		const char *from = c->at;
		skip_string(c);
		bool same = key_is(from, c->at, name);
		space(c);
		c->at++;
		space(c);
		if (same) {
			found = *c;
			*key = from;
		}
		skip_value(c);
		space(c);
		if (c->at < c->end && *c->at == ',')
			c->at++;
	}
	if (found.at)
		*c = found;
	return found.at;
}

static bool enter_item(cursor *c, size_t index)
{
	c->at++;
	for (size_t i = 0;; i++) {
		space(c);
		if (c->at >= c->end || *c->at == ']')
			return false;
		if (i == index)
			return true;
		skip_value(c);
		space(c);
		if (c->at < c->end && *c->at == ',')
			c->at++;
	}
}

static char *unescape(const char *from, size_t n)
{
	char *text = fria_malloc(n + 1);
	size_t length = 0;
	for (size_t i = 0; i < n; i++) {
		char c = from[i];
		if (c == '~' && i + 1 < n)
			c = from[++i] == '1' ? '/' : '~';
		text[length++] = c;
	}
	text[length] = '\0';
	return text;
}

bool fria_json_locate(const char *bytes, size_t n, const char *pointer,
		      bool key, size_t *line, size_t *column)
{
	cursor c = {bytes, bytes + n};
	const char *key_at = NULL;
	space(&c);
	while (*pointer == '/') {
		size_t length = strcspn(pointer + 1, "/");
		char *name = unescape(pointer + 1, length);
		bool there = false;
		pointer += length + 1;
		key_at = NULL;
		if (c.at < c.end && *c.at == '{')
			there = enter_member(&c, name, &key_at);
		else if (c.at < c.end && *c.at == '[')
			there = enter_item(&c, strtoul(name, NULL, 10));
		free(name);
		if (!there)
			return false;
	}
	const char *at = key && key_at ? key_at : c.at, *start = bytes;
	*line = 1;
	for (const char *p = bytes; p < at; p++)
		if (*p == '\n') {
			++*line;
			start = p + 1;
		}
	*column = fria_utf8_count(start, (size_t)(at - start)) + 1;
	return true;
}
