/* SPDX-License-Identifier: EUPL-1.2 */
/* What an exchange did, sentence by sentence. */
#include "sharing_internal.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
	fria_strings *out;
	fria_lang lang;
	bool buttons;
} telling;

static void tell(const telling *t, fria_word word, ...)
{
	fria_buf text = FRIA_BUF_INIT;
	va_list list;
	va_start(list, word);
	fria_say_list(&text, t->lang, word, t->buttons, list);
	va_end(list);
	fria_strings_add(t->out, text.text);
	fria_buf_dispose(&text);
}

static void tell_count(const telling *t, fria_word word, size_t n)
{
	if (n)
		tell(t, word, "count", FRIA_DIGITS(n), NULL);
}

static void tell_versions(const telling *t, fria_word word,
			  const fria_strings *versions)
{
	for (size_t i = 0; i < versions->n; i++)
		tell(t, word, "version", versions->items[i], NULL);
}

/* "APP/NAME v3 v4" */
static void tell_renumbered(const telling *t, const char *line)
{
	char *text = fria_strdup(line), *save = NULL;
	const char *assessment = strtok_r(text, " ", &save);
	const char *from = strtok_r(NULL, " ", &save);
	const char *to = strtok_r(NULL, " ", &save);
	tell(t, FRIA_W_sync_new_number, "assessment", assessment, "from", from,
	     "to", to, NULL);
	free(text);
}

void fria_synced_say(fria_strings *out, const fria_synced *s, fria_lang lang,
		     bool buttons)
{
	const telling t = {out, lang, buttons};
	const size_t before = out->n;
	tell_count(&t, FRIA_W_sync_in, s->fetched);
	tell_versions(&t, FRIA_W_sync_in_version, &s->versions_in);
	if (s->merged)
		tell(&t, FRIA_W_sync_joined, NULL);
	for (size_t i = 0; i < s->renumbered.n; i++)
		tell_renumbered(&t, s->renumbered.items[i]);
	tell_count(&t, FRIA_W_sync_out, s->sent);
	tell_versions(&t, FRIA_W_sync_out_version, &s->versions_out);
	if (s->documents.n)
		tell_count(&t, FRIA_W_sync_in_conflict, s->conflicts);
	if (out->n == before)
		tell(&t, FRIA_W_sync_same, NULL);
}
