/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * fria help: the table of commands in words.
 *
 * Calls up to commands.c: it tells of the table in which it stands.
 */
#include "cli.h"

#include <stdlib.h>

static void help_row(fria_buf *out, const command *k, fria_lang lang)
{
	const char *text = fria_word_text(k->summary, lang);
	if (k->run)
		fria_buf_printf(out, "  %-18s %s%s\n", k->name, text,
				k->does == RECORDS ? " *" : "");
	else
		fria_buf_printf(out, "\n%s\n", text);
}

static void help_all(fria_buf *out, fria_lang lang)
{
	fria_say(out, lang, FRIA_W_cli_about, NULL);
	fria_buf_puts(out, "\n\n");
	fria_say(out, lang, FRIA_W_cli_usage, NULL);
	fria_buf_puts(out, ": fria [-C DIR] [--lang nl|en] [--json] "
			   "[--verbose] COMMAND ...\n");
	for (size_t i = 0; commands[i]; i++)
		help_row(out, commands[i], lang);
	fria_buf_putc(out, '\n');
	fria_say(out, lang, FRIA_W_help_recording, NULL);
	fria_buf_putc(out, '\n');
	fria_say(out, lang, FRIA_W_cli_help_more, NULL);
	fria_buf_putc(out, '\n');
}

static void help_one(fria_buf *out, const command *k, fria_lang lang)
{
	fria_buf_printf(out, "fria %s: %s\n\n", k->name,
			fria_word_text(k->summary, lang));
	fria_say(out, lang, FRIA_W_cli_usage, NULL);
	fria_buf_printf(out, ": fria %s %s\n", k->name, k->args);
	if (k->does != READS) {
		fria_say(out, lang,
			 k->does == EDITS ? FRIA_W_help_edits
					  : FRIA_W_help_records,
			 NULL);
		fria_buf_putc(out, '\n');
	}
	if (!k->options)
		return;
	fria_buf_putc(out, '\n');
	fria_say(out, lang, FRIA_W_cli_options, NULL);
	fria_buf_puts(out, ":\n");
	for (const option *o = k->options; o->name; o++) {
		char *left =
		    fria_format("--%s%s%s", o->name, o->value ? " " : "",
				o->value ? o->value : "");
		fria_buf_puts(out, "  ");
		if (o->letter)
			fria_buf_printf(out, "-%c, ", o->letter);
		fria_buf_printf(out, "%-20s %s\n", left,
				fria_word_text(o->help, lang));
		free(left);
	}
}

/* The commands that begin with one word; false if none does. */
static bool help_group(fria_buf *out, const char *group, fria_lang lang)
{
	bool found = false;
	for (size_t i = 0; commands[i]; i++) {
		const command *k = commands[i];
		if (!command_in_group(k, group))
			continue;
		if (!found) {
			fria_say(out, lang, FRIA_W_cli_usage, NULL);
			fria_buf_printf(out, ": fria %s COMMAND ...\n\n",
					group);
		}
		help_row(out, k, lang);
		found = true;
	}
	if (found) {
		fria_buf_putc(out, '\n');
		fria_say(out, lang, FRIA_W_cli_help_more, NULL);
		fria_buf_putc(out, '\n');
	}
	return found;
}

static int run_help(cli *c, fria_error *err)
{
	int used;
	if (!c->about && !c->n) {
		help_all(&c->out, c->lang);
		return 0;
	}
	const command *k =
	    c->about ? c->about : command_find((int)c->n, c->args, &used);
	if (!k && c->n == 1 && help_group(&c->out, c->args[0], c->lang))
		return 0;
	if (!k) {
		command_refuse((int)c->n, c->args, err);
		return 2;
	}
	help_one(&c->out, k, c->lang);
	return 0;
}

const command cmd_help = {
    .name = "help",
    .args = "[COMMAND]",
    .max = 2,
    .bare = true,
    .does = READS,
    .summary = FRIA_W_sum_help,
    .run = run_help,
};
