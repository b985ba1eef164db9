/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Documents through the entrance for text (base/enter.c): what another program
 * or a caller of the library gives as JSON. What is in a workspace already is
 * read as it stands.
 */
#include "data.h"

#include <stdio.h>
#include <string.h>

typedef struct {
	fria_buf pointer; /* of the value that is looked at */
	bool composed;	  /* all of it is NFC */
	fria_error *err;
} entering;

/* Plain ASCII without control characters: most texts. */
static bool is_plain(const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (((unsigned char)text[i] < 0x20 && text[i] != '\n' &&
		     text[i] != '\t') ||
		    (unsigned char)text[i] >= 0x7F)
			return false;
	return true;
}

static int look_at_text(entering *e, const char *text, size_t n)
{
	fria_buf clean = FRIA_BUF_INIT;
	if ((n <= FRIA_PROSE_MAX || fria_picture_length(text) == n) &&
	    is_plain(text, n))
		return 0;
	const char *place = e->pointer.n ? e->pointer.text : "/";
	int code = fria_text_enter(&clean, text, n, FRIA_PROSE, place, e->err);
	fria_buf_clear(&clean);
	if (!code && !fria_is_plainly_nfc(text, n)) {
		fria_nfc(&clean, text, n);
		e->composed =
		    e->composed && clean.n == n && !memcmp(clean.text, text, n);
	}
	fria_buf_dispose(&clean);
	return code;
}

static int look_at(entering *e, const json_t *value, int depth)
{
	const char *key;
	json_t *one;
	size_t i, n = e->pointer.n;
	int code = 0;
	if (depth > FRIA_MAX_DEPTH) {
		return fria_fail(e->err, FRIA_ELIMIT, FRIA_W_json_depth,
				 "limit", "128", NULL);
	}
	if (json_is_string(value))
		return look_at_text(e, json_string_value(value),
				    json_string_length(value));
	json_array_foreach(value, i, one) {
		char number[24];
		snprintf(number, sizeof number, "%zu", i);
		if (code)
			break;
		fria_pointer_add(&e->pointer, number);
		code = look_at(e, one, depth + 1);
		e->pointer.text[e->pointer.n = n] = '\0';
	}
	json_object_foreach((json_t *)(uintptr_t)value, key, one) {
		if (code)
			break;
		code = look_at_text(e, key, strlen(key));
		fria_pointer_add(&e->pointer, key);
		code = code ? code : look_at(e, one, depth + 1);
		e->pointer.text[e->pointer.n = n] = '\0';
	}
	return code;
}

int fria_json_enter(json_t **out, const json_t *value, const char *name,
		    fria_error *err)
{
	entering e = {FRIA_BUF_INIT, true, err};
	fria_buf bytes = FRIA_BUF_INIT;
	int code = value ? look_at(&e, value, 1) : 0;
	*out = NULL;
	if (code)
		fria_fail_at(err, name, NULL, 0, 0);
	else if (e.composed)
		*out = json_incref((json_t *)(uintptr_t)value);
	else {
		/* Read again, as from a file: into NFC. */
		fria_json_write_line(&bytes, value);
		code = fria_json_parse(out, name ? name : "JSON", bytes.text,
				       bytes.n, err);
	}
	fria_buf_dispose(&bytes);
	fria_buf_dispose(&e.pointer);
	return code;
}
