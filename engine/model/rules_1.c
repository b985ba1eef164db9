/* SPDX-License-Identifier: EUPL-1.2 */
/* What only the digests of fria 0.1 need. It is mended nowhere. */
#include "rules_1.h"

#include <string.h>

static bool starts_tag(const char *text, size_t n)
{
	if (n < 2)
		return false;
	char c = text[1];
	return c == '/' || c == '!' || c == '?' || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z');
}

void rules_1_text(fria_buf *out, const char *html, size_t n)
{
	for (size_t i = 0; i < n;) {
		size_t length = 0;
		if (html[i] == '<' && starts_tag(html + i, n - i)) {
			const char *end = memchr(html + i, '>', n - i);
			if (end) {
				fria_buf_putc(out, ' ');
				i = (size_t)(end - html) + 1;
				continue;
			}
		}
		if (html[i] == '&')
			length = fria_html_entity(out, html + i, n - i);
		if (!length) {
			fria_buf_putc(out, html[i]);
			length = 1;
		}
		i += length;
	}
}

/* An edge that narrows counts as a whole one, and once. */
void rules_1_asked(json_t *asked, const fria_task *task)
{
	fria_strings facts = FRIA_STRINGS_INIT, rests = FRIA_STRINGS_INIT;
	for (size_t i = 0; i < task->facts.n; i++)
		fria_strings_add_once(&facts, task->facts.items[i].pointer);
	for (size_t i = 0; i < task->upstream.n; i++)
		fria_strings_add_once(&rests, task->upstream.items[i].id);
	json_object_set_new(asked, "facts", fria_json_strings(&facts));
	json_object_set_new(asked, "rests", fria_json_strings(&rests));
	fria_strings_dispose(&facts);
	fria_strings_dispose(&rests);
}
