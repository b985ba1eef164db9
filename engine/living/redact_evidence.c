/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Texts without the names of the evidence that they point at: what it is
 * called and what it digests to stays inside. It leaves the words of a link.
 */
#include "living_internal.h"

#include <stdlib.h>
#include <string.h>

#define PLACE "evidence/"

size_t fria_evidence_mark(const char *name)
{
	size_t n = strspn(name, "0123456789abcdef");
	bool is = name[n] == '-' &&
		  (n == FRIA_SHA256_SIZE - 1 || n == FRIA_EVIDENCE_SHORT);
	return is ? n : 0;
}

/* The length of "evidence/0123456789ab-name.pdf" here, or 0. */
static size_t name_length(const char *at)
{
	const char *name = at + strlen(PLACE);
	if (!fria_evidence_mark(name))
		return 0;
	return strlen(PLACE) +
	       strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-.");
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
