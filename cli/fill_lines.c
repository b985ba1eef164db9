/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The conversation of `fria fill`: prompts, lines that were typed, what was
 * wrong with them. It knows no questions.
 */
#include "fill.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What was put so far is shown; its last line is asked with. */
bool fill_take_line(filling *f)
{
	fria_buf *out = &f->c->out;
	put(f->c, PLAIN, " ");
	const char *end = strrchr(out->text, '\n');
	char *prompt = fria_strdup(end ? end + 1 : out->text);
	fwrite(out->text, 1, out->n - strlen(prompt), stdout);
	fflush(stdout);
	fria_buf_clear(out);
	line_kind kind = lines_next(f->c->in, prompt, &f->line);
	free(prompt);
	f->cut = kind == LINE_LONG;
	f->closed = kind == LINE_STOPPED || kind == LINE_END;
	if (f->closed)
		put(f->c, PLAIN, "\n");
	return !f->closed;
}

bool fill_ask_line(filling *f, fria_word prompt)
{
	put_word(f->c, BOLD, prompt, NULL);
	return fill_take_line(f);
}

bool fill_is_text(filling *f)
{
	const fria_buf *line = &f->line;
	fria_word wrong = FRIA_W_COUNT;
	for (size_t i = 0; i < line->n; i++)
		if (((unsigned char)line->text[i] < ' ' &&
		     line->text[i] != '\t') ||
		    line->text[i] == 0x7f)
			wrong = FRIA_W_fill_keys_in_line;
	if (fria_utf8_invalid(line->text, line->n) < line->n)
		wrong = FRIA_W_json_utf8;
	if (f->cut && f->c->in->terminal)
		wrong = FRIA_W_fill_line_long;
	if (wrong == FRIA_W_COUNT)
		return true;
	put_sentence(f->c, RED, wrong, NULL);
	return false;
}

bool fill_is_blank(const fria_buf *line)
{
	return !line->n || strspn(line->text, " \t") == line->n;
}

char *fill_ask_text(filling *f, fria_word prompt)
{
	do {
		if (!fill_ask_line(f, prompt) || fill_is_blank(&f->line))
			return NULL;
	} while (!fill_is_text(f));
	return fria_strdup(f->line.text);
}

bool fill_ask_yes(filling *f, fria_word prompt, bool otherwise)
{
	return fill_ask_line(f, prompt) &&
	       (f->line.n ? is_yes(f->line.text) : otherwise);
}

fill_outcome fill_refuse(filling *f, fria_error *err)
{
	show_now(f->c);
	say_error(f->c, err);
	fria_error_clear(err);
	return STAY;
}
