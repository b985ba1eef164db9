/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The evidence that answers point at, by the names in their links; and texts
 * without these: what it is called and what it digests to stays inside. It
 * reads no file.
 */
#include "../data/markdown.h"
#include "living_internal.h"

#include <stdlib.h>
#include <string.h>

#define PLACE FRIA_EVIDENCE "/"

size_t fria_evidence_mark(const char *name)
{
	size_t n = strspn(name, "0123456789abcdef");
	bool is = name[n] == '-' &&
		  (n == FRIA_SHA256_SIZE - 1 || n == FRIA_EVIDENCE_SHORT);
	return is ? n : 0;
}

const char *fria_evidence_own(const char *name)
{
	size_t mark = fria_evidence_mark(name);
	return mark ? name + mark + 1 : name;
}

/* --- what points at it --- */

static void mentioned_in(fria_strings *out, const char *text)
{
	fria_strings links = FRIA_STRINGS_INIT;
	size_t n = strlen(PLACE);
	if (text && strstr(text, PLACE))
		fria_markdown_addresses(&links, text, strlen(text));
	for (size_t i = 0; i < links.n; i++) {
		char *link = links.items[i];
		link += strncmp(link, "./", 2) ? 0 : 2;
		link[strcspn(link, "#")] = '\0'; /* a page of it */
		if (!strncmp(link, PLACE, n) && link[n] &&
		    !fria_strings_has(out, link + n))
			fria_strings_add(out, link + n);
	}
	fria_strings_dispose(&links);
}

void fria_evidence_mentioned(fria_strings *out, const json_t *answer)
{
	mentioned_in(out, fria_json_text(answer, "value"));
	mentioned_in(
	    out, fria_json_text(json_object_get(answer, "waived"), "reason"));
}

void fria_evidence_mentioned_all(fria_strings *out, const json_t *answers)
{
	const char *key;
	json_t *one, *row;
	size_t i;
	json_object_foreach((json_t *)(uintptr_t)answers, key, one) {
		fria_evidence_mentioned(out, one);
		json_array_foreach(one, i, row)
			fria_evidence_mentioned_all(out, row);
	}
}

/* --- texts without it --- */

/* The length of evidence/0123456789ab-name.pdf#page=2 here, or 0. */
static size_t name_length(const char *at)
{
	const char *name = at + strlen(PLACE);
	if (!fria_evidence_mark(name))
		return 0;
	size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-.");
	if (name[n] == '#')
		n += strcspn(name + n, ") \t\n>");
	return strlen(PLACE) + n;
}

static json_t *text_without(json_t *value)
{
	const char *text = json_string_value(value), *from = text;
	const char *at = strstr(text, PLACE);
	fria_buf out = FRIA_BUF_INIT;
	if (!at)
		return json_incref(value);
	for (; at; at = strstr(at, PLACE)) {
		size_t n = name_length(at);
		if (n)
			fria_buf_put(&out, from, (size_t)(at - from));
		at += n ? n : strlen(PLACE);
		from = n ? at : from;
	}
	fria_buf_puts(&out, from);
	json_t *shown = fria_json_string(out.text);
	fria_buf_dispose(&out);
	return shown;
}

json_t *redact_evidence(json_t *value)
{
	json_t *out = NULL, *one;
	const char *key;
	size_t i;
	if (json_is_string(value))
		return text_without(value);
	if (json_is_array(value)) {
		out = json_array();
		json_array_foreach(value, i, one)
			json_array_append_new(out, redact_evidence(one));
	} else if (json_is_object(value)) {
		out = json_object();
		json_object_foreach(value, key, one)
			json_object_set_new(out, key, redact_evidence(one));
	}
	return out ? out : json_incref(value);
}
