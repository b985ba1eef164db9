/* SPDX-License-Identifier: EUPL-1.2 */
/* The command table read: which command, which options, and its help. */
#include "cli.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

const command *command_find(int argc, char **argv, int *used)
{
	for (const command *k = commands; k->name; k++) {
		const char *space = strchr(k->name, ' ');
		size_t n = space ? (size_t)(space - k->name) : strlen(k->name);
		if (!k->run || strlen(argv[0]) != n ||
		    strncmp(argv[0], k->name, n) != 0)
			continue;
		if (!space) {
			*used = 1;
			return k;
		}
		if (argc > 1 && !strcmp(argv[1], space + 1)) {
			*used = 2;
			return k;
		}
	}
	return NULL;
}

const char *given(const cli *c, const char *name)
{
	const option *o = c->command->options;
	for (size_t i = 0; o && o[i].name; i++)
		if (!strcmp(o[i].name, name))
			return c->given[i];
	return NULL;
}

/* --- parsing --- */

typedef struct {
	struct option rows[MAX_OPTIONS + 4];
	char letters[3 * MAX_OPTIONS + 3];
} table;

/* What may stand before the command may stand after it too. */
enum { LANG = 200, JSON, VERBOSE };

static void make_table(table *t, const command *k)
{
	static const struct option everywhere[] = {
	    {"lang", required_argument, NULL, LANG},
	    {"json", no_argument, NULL, JSON},
	    {"verbose", no_argument, NULL, VERBOSE}};
	char *at = t->letters;
	*at++ = ':';
	size_t i = 0;
	for (; k->options && k->options[i].name && i < MAX_OPTIONS; i++) {
		const option *o = &k->options[i];
		t->rows[i] = (struct option){
		    o->name, o->value ? required_argument : no_argument, NULL,
		    256 + (int)i};
		if (!o->letter)
			continue;
		*at++ = o->letter;
		if (o->value)
			*at++ = ':';
	}
	for (size_t n = 0; n < 3; n++)
		t->rows[i++] = everywhere[n];
	t->rows[i] = (struct option){NULL, 0, NULL, 0};
	*at = '\0';
}

static int by_letter(const command *k, int letter)
{
	for (int i = 0; k->options && k->options[i].name; i++)
		if (k->options[i].letter == letter)
			return i;
	return -1;
}

static int refuse(const cli *c, fria_error *err, fria_word word,
		  const char *what)
{
	return fria_fail(err, FRIA_EINPUT, word, "command", c->command->name,
			 "args", c->command->args, "option", what, "extra",
			 what, NULL);
}

/* True if the option was one of those. */
static bool take_everywhere(cli *c, int found, fria_error *err)
{
	c->json = c->json || found == JSON;
	c->verbose = c->verbose || found == VERBOSE;
	if (found == LANG && !fria_lang_parse(&c->lang, optarg))
		fria_fail(err, FRIA_EINPUT, FRIA_W_cli_bad_lang, "value",
			  optarg, NULL);
	c->session.lang = c->lang;
	return found == LANG || found == JSON || found == VERBOSE;
}

/* "-ID" of --row and "-" are values and arguments, never options. */
static int take_options(cli *c, int argc, char **argv, fria_error *err)
{
	table t = {0};
	int found;
	make_table(&t, c->command);
	optind = 0;
	opterr = 0;
	while ((found = getopt_long(argc, argv, t.letters, t.rows, NULL)) >=
	       0) {
		if (found == ':')
			return refuse(c, err, FRIA_W_cli_option_value,
				      argv[optind - 1]);
		if (take_everywhere(c, found, err)) {
			if (err->code)
				return err->code;
			continue;
		}
		int i =
		    found >= 256 ? found - 256 : by_letter(c->command, found);
		if (found == '?' || i < 0)
			return refuse(c, err, FRIA_W_cli_unknown_option,
				      argv[optind - 1]);
		c->given[i] = optarg ? optarg : "";
	}
	return 0;
}

int options_parse(cli *c, int argc, char **argv, fria_error *err)
{
	/* getopt wants a program's name before the arguments. */
	c->args = fria_calloc((size_t)argc + 2, sizeof *c->args);
	char **all = c->args;
	all[0] = (char *)(uintptr_t)c->command->name;
	for (int i = 0; i < argc; i++)
		all[i + 1] = argv[i];
	int code = take_options(c, argc + 1, all, err);
	if (code)
		return code;
	c->n = (size_t)(argc + 1 - optind);
	memmove(all, all + optind, c->n * sizeof *all);
	if (c->n < c->command->min)
		return refuse(c, err, FRIA_W_cli_too_few, "");
	if (c->n > c->command->max)
		return refuse(c, err, FRIA_W_cli_too_many,
			      c->args[c->command->max]);
	return 0;
}

/* --- help --- */

static void help_row(fria_buf *out, const command *k, fria_lang lang)
{
	const char *text = fria_word_text(k->summary, lang);
	if (k->run)
		fria_buf_printf(out, "  %-18s %s\n", k->name, text);
	else
		fria_buf_printf(out, "\n%s\n", text);
}

void help_all(fria_buf *out, fria_lang lang)
{
	fria_say(out, lang, FRIA_W_cli_about, NULL);
	fria_buf_puts(out, "\n\n");
	fria_say(out, lang, FRIA_W_cli_usage, NULL);
	fria_buf_puts(out, ": fria [-C DIR] [--lang nl|en] [--json] "
			   "[--verbose] COMMAND ...\n");
	for (const command *k = commands; k->name; k++)
		help_row(out, k, lang);
	fria_buf_putc(out, '\n');
	fria_say(out, lang, FRIA_W_cli_help_more, NULL);
	fria_buf_putc(out, '\n');
}

void help_one(fria_buf *out, const command *k, fria_lang lang)
{
	fria_buf_printf(out, "fria %s: %s\n\n", k->name,
			fria_word_text(k->summary, lang));
	fria_say(out, lang, FRIA_W_cli_usage, NULL);
	fria_buf_printf(out, ": fria %s %s\n", k->name, k->args);
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

int cmd_help(cli *c, fria_error *err)
{
	int used;
	if (!c->n) {
		help_all(&c->out, c->lang);
		return 0;
	}
	const command *k = command_find((int)c->n, c->args, &used);
	if (!k) {
		fria_fail(err, FRIA_EINPUT, FRIA_W_cli_unknown_command, "name",
			  c->args[0], NULL);
		return 2;
	}
	help_one(&c->out, k, c->lang);
	return 0;
}

int cmd_version(cli *c, fria_error *err)
{
	(void)err;
	putf(c, PLAIN, "fria %s\n", FRIA_VERSION);
	return 0;
}
