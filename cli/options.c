/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The command table read: which command, which options, and its help.
 *
 * Calls up to main.c: the table names every command, and every command asks
 * for its options.
 * Calls up to cmd_merge.c: what git gives merge-file are names of its own.
 * Calls up to cmd_setup_git.c: what git gives textconv is one, too.
 */
#include "cli.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

const command *command_find(int argc, char **argv, int *used)
{
	for (const command *k = commands; k->name; k++) {
		const char *space = strchr(k->name, ' ');
		size_t n = space ? (size_t)(space - k->name) : 0;
		if (k->run && !strcmp(argv[0], k->name)) {
			*used = 1;
			return k;
		}
		if (k->run && space && argc > 1 && strlen(argv[0]) == n &&
		    !strncmp(argv[0], k->name, n) &&
		    !strcmp(argv[1], space + 1)) {
			*used = 2;
			return k;
		}
	}
	return NULL;
}

/* Where an option stands among those of the command; MAX_OPTIONS: nowhere. */
static size_t place_of(const cli *c, const char *name)
{
	const option *o = c->command->options;
	for (size_t i = 0; o && o[i].name; i++)
		if (!strcmp(o[i].name, name))
			return i;
	return MAX_OPTIONS;
}

const char *given(const cli *c, const char *name)
{
	size_t i = place_of(c, name);
	return i < MAX_OPTIONS ? c->given[i] : NULL;
}

const fria_strings *given_each(const cli *c, const char *name)
{
	size_t i = place_of(c, name);
	return i < MAX_OPTIONS && c->many[i].n ? &c->many[i] : NULL;
}

/* --- parsing --- */

typedef struct {
	struct option rows[MAX_OPTIONS + 5];
	char letters[3 * MAX_OPTIONS + 3];
} table;

/* What may stand before the command may stand after it too. */
enum { LANG = 200, JSON, VERBOSE, HELP, EVERYWHERE = 4 };

static const struct option everywhere[EVERYWHERE] = {
    {"lang", required_argument, NULL, LANG},
    {"json", no_argument, NULL, JSON},
    {"verbose", no_argument, NULL, VERBOSE},
    {"help", no_argument, NULL, HELP}};

static void make_table(table *t, const command *k)
{
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
	for (size_t n = 0; n < EVERYWHERE; n++)
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

/* How many arguments an option takes up, itself included; 0: it is none. */
static int length_of(const command *k, const char *text)
{
	for (size_t i = 0; i < EVERYWHERE; i++)
		if (!strncmp(text, "--", 2) &&
		    !strcmp(text + 2, everywhere[i].name))
			return everywhere[i].has_arg ? 2 : 1;
	for (const option *o = k->options; o && o->name; o++) {
		size_t n = strlen(o->name);
		bool by_name =
		    !strncmp(text, "--", 2) && !strncmp(text + 2, o->name, n);
		if (by_name && o->value && text[2 + n] == '=')
			return 1;
		if ((by_name && !text[2 + n]) ||
		    (o->letter && text[0] == '-' && text[1] == o->letter &&
		     !text[2]))
			return o->value ? 2 : 1;
	}
	return 0;
}

bool command_forward(int argc, char **argv)
{
	for (int at = 1, used; at < argc; at++) {
		const command *k = command_find(argc - at, argv + at, &used);
		int n = 0, one = 1;
		while (k && n < at && (one = length_of(k, argv[n])) > 0)
			n += one;
		if (!k || n != at)
			continue;
		char *words[2] = {argv[at], used > 1 ? argv[at + 1] : NULL};
		memmove(argv + used, argv, (size_t)at * sizeof *argv);
		memcpy(argv, words, (size_t)used * sizeof *argv);
		return true;
	}
	return false;
}

static int refuse(const cli *c, fria_error *err, fria_word word,
		  const char *what)
{
	return fria_fail(err, FRIA_EINPUT, word, "command", c->command->name,
			 "args", c->command->args, "option", what, "extra",
			 what, NULL);
}

/* True of "app add" for "app". */
static bool is_in_group(const command *k, const char *group)
{
	size_t n = strlen(group);
	return k->run && !strncmp(k->name, group, n) && k->name[n] == ' ';
}

int command_refuse(int argc, char **argv, fria_error *err)
{
	fria_strings names = FRIA_STRINGS_INIT;
	bool group = false;
	for (const command *k = commands; k->name; k++) {
		if (!k->run)
			continue;
		fria_strings_add(&names, k->name);
		group = group || is_in_group(k, argv[0]);
	}
	char *name = group && argc > 1 ? fria_format("%s %s", argv[0], argv[1])
				       : fria_strdup(argv[0]);
	int code = fria_fail(
	    err, FRIA_EINPUT,
	    group && argc < 2 ? FRIA_W_cli_only_group
			      : FRIA_W_cli_unknown_command,
	    "name", name, "near",
	    group && argc < 2 ? NULL : fria_nearest(&names, name), NULL);
	free(name);
	fria_strings_dispose(&names);
	return code;
}

static void add_option(fria_strings *names, const char *name)
{
	char *written = fria_format("--%s", name);
	fria_strings_add(names, written);
	free(written);
}

/* what: as it was typed, "--form=md" too. */
static int refuse_option(const cli *c, fria_error *err, const char *what)
{
	fria_strings names = FRIA_STRINGS_INIT;
	const option *o = c->command->options;
	char *typed = fria_strndup(what, strcspn(what, "="));
	for (size_t i = 0; i < EVERYWHERE; i++)
		add_option(&names, everywhere[i].name);
	for (; o && o->name; o++)
		add_option(&names, o->name);
	int code = fria_fail(err, FRIA_EINPUT, FRIA_W_cli_unknown_option,
			     "command", c->command->name, "option", what,
			     "near", fria_nearest(&names, typed), NULL);
	free(typed);
	fria_strings_dispose(&names);
	return code;
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

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/*
 * Whether an argument that begins with a dash is what a person says, as the
 * first line of a list is: "- first point", "-5", "-ID" of --row.
 */
static bool is_said(const command *k, const char *text)
{
	size_t dashes = strspn(text, "-"), n = strcspn(text, " \t\r\n=");
	char first = text[dashes];
	if (!dashes || !text[1] || (dashes == 2 && !first))
		return false;
	if (dashes > 2 || !is_letter(first))
		return true;
	/* "-mTEXT" is an option with its value. */
	if (dashes == 1 && by_letter(k, first) >= 0)
		return false;
	return text[n] && text[n] != '=';
}

/* What is said goes past getopt_long() behind a mark that no text has. */
#define SAID '\1'

static char *marked(const command *k, char *text)
{
	return is_said(k, text) ? fria_format("%c%s", SAID, text) : text;
}

static char *unmarked(char *text)
{
	return text[0] == SAID ? text + 1 : text;
}

/* Every argument is text; git's own names of files are taken as they are. */
static int enter_arguments(const cli *c, int argc, char **argv, fria_error *err)
{
	fria_buf clean = FRIA_BUF_INIT;
	bool names = c->command->run == cmd_merge_file ||
		     c->command->run == cmd_textconv;
	int code = 0;
	for (int i = 0; i < argc && !code && !names; i++) {
		const char *before = i ? argv[i - 1] : "";
		char *place = !strncmp(before, "--", 2) && before[2]
				  ? fria_strdup(before)
				  : fria_format("argument %d", i + 1);
		code = fria_text_enter(&clean, argv[i], strlen(argv[i]),
				       FRIA_PROSE, place, err);
		free(place);
	}
	fria_buf_dispose(&clean);
	return code;
}

/* A day may be typed as people write it; what was understood is said. */
static int read_day(cli *c, const char **text, fria_error *err)
{
	char *day = fria_malloc(FRIA_DATE_SIZE);
	fria_buf said = FRIA_BUF_INIT;
	fria_time at;
	if (!fria_date_typed(day, *text) || !fria_time_parse(&at, day)) {
		free(day);
		return fria_fail(err, FRIA_EINPUT, FRIA_W_bad_date, "value",
				 *text, NULL);
	}
	fria_day_say(&said, c->lang, at);
	if (strcmp(day, *text) != 0 && strcmp(said.text, *text) != 0)
		say(c, FRIA_W_cli_understood, "typed", *text, "read", said.text,
		    NULL);
	fria_buf_dispose(&said);
	*text = day; /* for as long as the program runs, as arguments are */
	return 0;
}

static int read_days(cli *c, const option *o, fria_error *err)
{
	int code = 0;
	for (size_t i = 0; o && o[i].name && !code; i++)
		if (c->given[i] && o[i].value && !strcmp(o[i].value, "DATE"))
			code = read_day(c, &c->given[i], err);
	return code;
}

/* *help: it is asked what the command is for. */
static int take_options(bool *help, cli *c, int argc, char **argv,
			fria_error *err)
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
		if (found == HELP || (found == '?' && optopt == 'h' &&
				      !strcmp(argv[optind - 1], "-h"))) {
			*help = true;
			return 0;
		}
		if (take_everywhere(c, found, err)) {
			if (err->code)
				return err->code;
			continue;
		}
		int i =
		    found >= 256 ? found - 256 : by_letter(c->command, found);
		char letter[] = {'-', (char)optopt, '\0'};
		const char *what =
		    optopt > 0 && optopt < 128 ? letter : argv[optind - 1];
		if (found == '?' || i < 0)
			return refuse_option(c, err, what);
		c->given[i] = optarg ? unmarked(optarg) : "";
		fria_strings_add(&c->many[i], c->given[i]);
	}
	return 0;
}

int options_parse(cli *c, int argc, char **argv, fria_error *err)
{
	/* getopt wants a program's name before the arguments. */
	c->args = fria_calloc((size_t)argc + 2, sizeof *c->args);
	char **all = c->args;
	const command *own = c->command;
	all[0] = (char *)(uintptr_t)own->name;
	int code = enter_arguments(c, argc, argv, err);
	for (int i = 0; i < argc; i++)
		all[i + 1] = marked(own, argv[i]);
	bool help = false;
	if (!code)
		code = take_options(&help, c, argc + 1, all, err);
	if (help) {
		c->about = own;
		return code;
	}
	if (!code)
		code = read_days(c, own->options, err);
	if (code)
		return code;
	c->n = (size_t)(argc + 1 - optind);
	for (size_t i = 0; i < c->n; i++)
		all[i] = unmarked(all[(size_t)optind + i]);
	if (c->n < own->min)
		return refuse(c, err, FRIA_W_cli_too_few, "");
	if (c->n > own->max)
		return refuse(c, err, FRIA_W_cli_too_many, c->args[own->max]);
	return 0;
}

/* --- help --- */

static void help_row(fria_buf *out, const command *k, fria_lang lang)
{
	const char *text = fria_word_text(k->summary, lang);
	if (k->run)
		fria_buf_printf(out, "  %-18s %s%s\n", k->name, text,
				k->does == RECORDS ? " *" : "");
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
	fria_say(out, lang, FRIA_W_help_recording, NULL);
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
	for (const command *k = commands; k->name; k++) {
		if (!is_in_group(k, group))
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

int cmd_help(cli *c, fria_error *err)
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

int cmd_version(cli *c, fria_error *err)
{
	(void)err;
	putf(c, PLAIN, "fria %s\n", FRIA_VERSION);
	return 0;
}
