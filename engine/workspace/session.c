/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Who acts: a name and an address that git and every document can hold. It
 * asks nobody and knows no configuration.
 */
#include "workspace_internal.h"

#include <stdlib.h>
#include <string.h>

/* What git takes off both ends of a name, so that it is one everywhere. */
static bool is_crud(char c)
{
	return (unsigned char)c <= 32 || strchr(".,:;<>\"\\'", c);
}

static int enter_name(fria_strings *kept, const char **text, const char *key,
		      fria_error *err)
{
	const fria_entering one[] = {{text, FRIA_LINE, key},
				     {NULL, FRIA_LINE, NULL}};
	int code = fria_enter(kept, one, err);
	if (code || !*text)
		return code;
	const char *from = *text;
	size_t n = strlen(from);
	while (n && is_crud(from[n - 1]))
		n--;
	while (n && is_crud(*from)) {
		from++;
		n--;
	}
	char *own = fria_strndup(from, n);
	if (strpbrk(own, "<>"))
		code = fria_fail(err, FRIA_EINPUT, FRIA_W_name_brackets, "what",
				 key, "value", *text, NULL);
	else if (strcmp(own, *text) != 0) {
		fria_strings_add(kept, own);
		*text = kept->items[kept->n - 1];
	}
	free(own);
	return code;
}

int fria_session_enter(fria_strings *kept, fria_session *s, fria_error *err)
{
	int code = enter_name(kept, &s->name, "user.name", err);
	if (!code)
		code = enter_name(kept, &s->email, "user.email", err);
	if (!code)
		code = enter_name(kept, &s->committer_name,
				  "GIT_COMMITTER_NAME", err);
	if (!code)
		code = enter_name(kept, &s->committer_email,
				  "GIT_COMMITTER_EMAIL", err);
	if (!code && (fria_text_blank(s->name) || fria_text_blank(s->email)))
		code = fria_fail(err, FRIA_EREFUSED, FRIA_W_no_author, NULL);
	return code;
}
