/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What stands in a usage line for what somebody fills in, in their language.
 * The tables of commands have it in English.
 */
#include "cli.h"

#include <ctype.h>
#include <string.h>

static const struct {
	const char *word;
	fria_word said;
} words[] = {{"APP/NAME", FRIA_W_arg_assessment},
	     {"APP", FRIA_W_arg_app},
	     {"NAME", FRIA_W_arg_name},
	     {"FILE", FRIA_W_arg_file},
	     {"TEXT", FRIA_W_arg_text},
	     {"DATE", FRIA_W_arg_date},
	     {"TASK", FRIA_W_arg_task},
	     {"VALUE", FRIA_W_arg_value},
	     {"INSTRUMENT", FRIA_W_arg_instrument},
	     {"PATH", FRIA_W_arg_path},
	     {"DIR", FRIA_W_arg_dir},
	     {"ROLE", FRIA_W_arg_role},
	     {"ROW", FRIA_W_arg_row},
	     {"POINTER", FRIA_W_arg_pointer},
	     {"TITLE", FRIA_W_arg_title},
	     {"WHO", FRIA_W_arg_who},
	     {"WHICH", FRIA_W_arg_which},
	     {"WHERE", FRIA_W_arg_where},
	     {"VERSION", FRIA_W_arg_version},
	     {"THEIRS", FRIA_W_arg_theirs},
	     {"OURS", FRIA_W_arg_ours},
	     {"BASE", FRIA_W_arg_base},
	     {"REV", FRIA_W_arg_rev},
	     {"REMOTE", FRIA_W_arg_remote},
	     {"NEW", FRIA_W_arg_new},
	     {"METRIC", FRIA_W_arg_metric},
	     {"LINE", FRIA_W_arg_line},
	     {"COLUMN", FRIA_W_arg_column},
	     {"COMMAND", FRIA_W_arg_command},
	     {"CASE", FRIA_W_arg_case},
	     {"ADDRESS", FRIA_W_arg_address},
	     {"F", FRIA_W_arg_format},
	     {"R", FRIA_W_arg_role},
	     {"K", FRIA_W_arg_kind},
	     {"G", FRIA_W_arg_ground},
	     {"T", FRIA_W_arg_template},
	     {"P", FRIA_W_arg_phase},
	     {"C", FRIA_W_arg_sign}};

/* The word itself where it is the same in every language. */
static const char *said(const char *word, size_t n, fria_lang lang)
{
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strlen(words[i].word) == n &&
		    !memcmp(words[i].word, word, n))
			return fria_word_text(words[i].said, lang);
	return NULL;
}

void put_usage(fria_buf *out, const char *args, fria_lang lang)
{
	for (bool letter = false; args && *args;) {
		size_t n = 0;
		while (isupper((unsigned char)args[n]) || (n && args[n] == '/'))
			n++;
		/* "-C" is typed as it is. */
		const char *word = n && !letter ? said(args, n, lang) : NULL;
		letter = *args == '-' && !n;
		size_t all = n ? n : 1;
		if (word)
			fria_buf_puts(out, word);
		else
			fria_buf_put(out, args, all);
		args += all;
	}
}

const char *usage(const cli *c)
{
	static fria_buf out;
	fria_buf_clear(&out);
	put_usage(&out, c->command->args, c->lang);
	return out.n ? out.text : "";
}
