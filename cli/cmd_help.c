/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * fria help: the table of commands in words.
 *
 * Calls up to commands.c: it tells of the table in which it stands.
 */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

static void help_row(cli *c, const command *k)
{
	const char *text = fria_word_text(k->summary, c->lang);
	char *left = fria_format("  %s", k->name);
	char *right = fria_format("%s%s", text,
				  (k->does & EFFECT) == RECORDS ? " *" : "");
	if (k->run)
		put_beside(c, 21, left, right);
	else
		fria_buf_printf(&c->out, "\n%s\n", text);
	free(left);
	free(right);
}

static void help_usage(cli *c, const char *name, const char *args)
{
	char *left =
	    fria_format("%s:", fria_word_text(FRIA_W_cli_usage, c->lang));
	fria_buf typed = FRIA_BUF_INIT;
	fria_buf_printf(&typed, "fria %s%s", name, *name ? " " : "");
	put_usage(&typed, args, c->lang);
	put_beside(c, strlen(left) + 1, left, typed.text);
	fria_buf_dispose(&typed);
	free(left);
}

static void help_say(cli *c, fria_word word)
{
	put_wrapped(c, 0, fria_word_text(word, c->lang));
}

static void help_all(cli *c)
{
	help_say(c, FRIA_W_cli_about);
	fria_buf_putc(&c->out, '\n');
	help_usage(c, "",
		   "[-C DIR] [--lang nl|en] [--json] [--verbose] COMMAND ...");
	for (size_t i = 0; commands[i]; i++)
		help_row(c, commands[i]);
	fria_buf_putc(&c->out, '\n');
	help_say(c, FRIA_W_help_recording);
	help_say(c, FRIA_W_cli_help_more);
}

static void help_option(cli *c, const option *o)
{
	char letter[] = {'-', o->letter, ',', ' ', '\0'};
	fria_buf left = FRIA_BUF_INIT;
	fria_buf_printf(&left, "  %s--%s%s", o->letter ? letter : "", o->name,
			o->value ? " " : "");
	put_usage(&left, o->value ? o->value : "", c->lang);
	put_beside(c, 23, left.text, fria_word_text(o->help, c->lang));
	fria_buf_dispose(&left);
}

static void help_one(cli *c, const command *k)
{
	char *title = fria_format("fria %s: %s", k->name,
				  fria_word_text(k->summary, c->lang));
	put_wrapped(c, 0, title);
	fria_buf_putc(&c->out, '\n');
	help_usage(c, k->name, k->args);
	free(title);
	if (k->does & EFFECT)
		help_say(c, (k->does & EFFECT) == EDITS ? FRIA_W_help_edits
							: FRIA_W_help_records);
	if (!k->options)
		return;
	fria_buf_printf(&c->out, "\n%s:\n",
			fria_word_text(FRIA_W_cli_options, c->lang));
	for (const option *o = k->options; o->name; o++)
		help_option(c, o);
}

/* The commands that begin with one word; false if none does. */
static bool help_group(cli *c, const char *group)
{
	bool found = false;
	for (size_t i = 0; commands[i]; i++) {
		if (!command_in_group(commands[i], group))
			continue;
		if (!found) {
			help_usage(c, group, "COMMAND ...");
			fria_buf_putc(&c->out, '\n');
		}
		help_row(c, commands[i]);
		found = true;
	}
	if (found) {
		fria_buf_putc(&c->out, '\n');
		help_say(c, FRIA_W_cli_help_more);
	}
	return found;
}

static int run_help(cli *c, fria_error *err)
{
	int used;
	if (!c->about && !c->n) {
		help_all(c);
		return 0;
	}
	const command *k =
	    c->about ? c->about : command_find((int)c->n, c->args, &used);
	if (!k && c->n == 1 && help_group(c, c->args[0]))
		return 0;
	if (!k)
		return command_refuse((int)c->n, c->args, err);
	help_one(c, k);
	return 0;
}

const command cmd_help = {
    .name = "help",
    .args = "[COMMAND]",
    .takes = {0, 2},
    .does = READS | BARE,
    .summary = FRIA_W_sum_help,
    .run = run_help,
};
