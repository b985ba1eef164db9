/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The one entrance for text (DESIGN section 2): what people and other programs
 * give is text that every document, table and page can hold, or it is refused
 * and nothing has changed. It knows no language and no document.
 */
#include "base.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int refuse(fria_error *err, fria_word word, const char *what, size_t at,
		  uint32_t c)
{
	char byte[24], code[16];
	snprintf(byte, sizeof byte, "%zu", at + 1);
	snprintf(code, sizeof code, "U+%04X", (unsigned)c);
	return fria_fail(err, FRIA_EINPUT, word, "what", what, "byte", byte,
			 "code", code, NULL);
}

/* Line ends as LF; all that is no text is refused. */
static int copy(fria_buf *out, const char *bytes, size_t n, bool line,
		const char *what, fria_error *err)
{
	for (size_t i = 0; i < n;) {
		uint32_t c;
		size_t length = fria_utf8_next(&c, bytes + i, n - i);
		bool end = c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029;
		if (line && (end || c == '\t'))
			return refuse(err, FRIA_W_text_line, what, i, c);
		if (!c)
			return refuse(err, FRIA_W_text_nul, what, i, c);
		if (!end && c != '\t' && (c < 0x20 || (c >= 0x7F && c < 0xA0)))
			return refuse(err, FRIA_W_text_control, what, i, c);
		if (end)
			fria_buf_putc(out, '\n');
		else
			fria_buf_put(out, bytes + i, length);
		i += length;
		if (c == '\r' && i < n && bytes[i] == '\n')
			i++;
	}
	return 0;
}

int fria_text_enter(fria_buf *out, const char *bytes, size_t n, unsigned kind,
		    const char *what, fria_error *err)
{
	static const char mark[] = "\xEF\xBB\xBF";
	fria_buf plain = FRIA_BUF_INIT;
	size_t most = kind & FRIA_LINE	 ? FRIA_LINE_MAX
		      : kind & FRIA_FILE ? FRIA_MAX_BYTES
					 : FRIA_PROSE_MAX;
	char limit[24];
	while (n >= 3 && !memcmp(bytes, mark, 3)) {
		bytes += 3;
		n -= 3;
	}
	size_t bad = fria_utf8_invalid(bytes, n);
	int code = 0;
	snprintf(limit, sizeof limit, "%zu", most);
	if (n > most)
		code = fria_fail(err, FRIA_ELIMIT, FRIA_W_text_long, "what",
				 what, "limit", limit, NULL);
	else if (bad < n)
		code = refuse(err, FRIA_W_text_utf8, what, bad, 0);
	else
		code = copy(&plain, bytes, n, kind & FRIA_LINE, what, err);
	if (!code && kind & FRIA_NEEDED && fria_text_blank(plain.text))
		code = refuse(err, FRIA_W_text_needed, what, 0, 0);
	if (!code)
		fria_nfc(out, plain.text, plain.n);
	fria_buf_dispose(&plain);
	return code;
}

static int enter_day(fria_buf *text, fria_error *err)
{
	char day[FRIA_DATE_SIZE];
	if (!fria_date_typed(day, text->text, NULL))
		return fria_fail(err, FRIA_EINPUT, FRIA_W_bad_date, "value",
				 text->text, NULL);
	fria_buf_clear(text);
	fria_buf_puts(text, day);
	return 0;
}

int fria_enter(fria_strings *kept, const fria_entering *texts, fria_error *err)
{
	int code = 0;
	for (; texts && texts->text && !code; texts++) {
		const char *given = *texts->text;
		fria_buf clean = FRIA_BUF_INIT;
		if (!given && !(texts->kind & FRIA_NEEDED))
			continue;
		given = given ? given : "";
		code = fria_text_enter(&clean, given, strlen(given),
				       texts->kind, texts->what, err);
		bool none = !code && texts->kind & FRIA_OPTIONAL &&
			    fria_text_blank(clean.text);
		if (!code && !none && (texts->kind & FRIA_DAY) == FRIA_DAY)
			code = enter_day(&clean, err);
		if (none) {
			*texts->text = NULL;
		} else if (!code && strcmp(clean.text, given) != 0) {
			fria_strings_add(kept, clean.text);
			*texts->text = kept->items[kept->n - 1];
		}
		fria_buf_dispose(&clean);
	}
	return code;
}
