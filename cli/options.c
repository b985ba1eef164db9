/* SPDX-License-Identifier: EUPL-1.2 */
/* The options of a command, as they were typed. */
#include "cli.h"

#include <assert.h>
#include <ctype.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

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
	for (; k->options && k->options[i].name; i++) {
		const option *o = &k->options[i];
		assert(i < MAX_OPTIONS);
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

int option_length(const command *k, const char *text)
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

static int refuse(const cli *c, fria_error *err, fria_word word,
		  const char *what)
{
	return fria_fail(err, FRIA_EINPUT, word, "command", c->command->name,
			 "args", usage(c), "option", what, "extra", what, NULL);
}

static void add_option(fria_strings *names, const char *name)
{
	char *written = fria_format("--%s", name);
	fria_strings_add(names, written);
	free(written);
}

/* what: as it was typed, "--form=md" too. */
int options_refuse(const cli *c, fria_error *err, const char *what)
{
	fria_strings names = FRIA_STRINGS_INIT;
	const option *o = c->command ? c->command->options : NULL;
	char *typed = fria_strndup(what, strcspn(what, "="));
	for (size_t i = 0; i < EVERYWHERE; i++)
		add_option(&names, everywhere[i].name);
	for (; o && o->name; o++)
		add_option(&names, o->name);
	int code = fria_fail(
	    err, FRIA_EINPUT,
	    c->command ? FRIA_W_cli_unknown_option : FRIA_W_cli_no_option,
	    "option", what, "command", c->command ? c->command->name : "",
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
	if (dashes > 2 || !isalpha((unsigned char)first))
		return true;
	/* "-mTEXT" is an option with its value. */
	if (dashes == 1 && by_letter(k, first) >= 0)
		return false;
	return text[n] && text[n] != '=';
}

/* What is said goes past getopt_long() behind a mark that no text has. */
#define SAID '\1'

static char *unmarked(char *text)
{
	return text[0] == SAID ? text + 1 : text;
}

/* Every argument is text; git's own names of files are taken as they are. */
static int enter_arguments(const cli *c, int argc, char **argv, fria_error *err)
{
	fria_buf clean = FRIA_BUF_INIT;
	int code = 0;
	for (int i = 0; i < argc && !code && !(c->command->does & NAMES); i++) {
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
	const fria_time today = fria_session_day(&c->session);
	if (!fria_date_typed(day, *text, &today) ||
	    !fria_time_parse(&at, day)) {
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

int check_format(const cli *c, const char *choices, const char *endings,
		 fria_error *err)
{
	const char *format = given(c, "format");
	return format && !fria_is_among(choices, format)
		   ? fria_fail(err, FRIA_EINPUT, FRIA_W_cli_bad_format, "value",
			       format, "choices", choices, NULL)
		   : check_ending(given(c, "output"), endings, err);
}

/* What was given to options whose values are all of a kind. */
static int read_values(cli *c, const option *o, fria_error *err)
{
	int code = 0;
	for (size_t i = 0; o && o[i].name && !code; i++)
		if (c->given[i] && o[i].value && !strcmp(o[i].value, "DATE"))
			code = read_day(c, &c->given[i], err);
		else if (o[i].help == FRIA_W_opt_view_format)
			code = check_format(c, "text, md, html",
					    ".md, .html, .htm, .txt", err);
	return code;
}

int option_give(cli *c, const char *name, const char *text, fria_error *err)
{
	size_t i = place_of(c, name);
	const char *value = text;
	const char *kind = c->command->options[i].value;
	int code = kind && !strcmp(kind, "DATE") ? read_day(c, &value, err) : 0;
	/* A day is kept as it was read; for other text, as arguments are. */
	c->given[i] = value == text ? fria_strdup(text) : value;
	fria_strings_add(&c->many[i], c->given[i]);
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
			return options_refuse(c, err, what);
		c->given[i] = optarg ? unmarked(optarg) : "";
		fria_strings_add(&c->many[i], c->given[i]);
	}
	return 0;
}

int options_parse(cli *c, int argc, char **argv, fria_error *err)
{
	const command *own = c->command;
	/* getopt wants a program's name before the arguments; what is missing
	 * comes behind them. */
	c->args =
	    fria_calloc((size_t)argc + 2 + own->takes.min + 1, sizeof *c->args);
	char **all = c->args;
	all[0] = (char *)(uintptr_t)own->name;
	int code = enter_arguments(c, argc, argv, err);
	for (int i = 0; i < argc; i++)
		all[i + 1] = is_said(own, argv[i])
				 ? fria_format("%c%s", SAID, argv[i])
				 : argv[i];
	bool help = false;
	if (!code)
		code = take_options(&help, c, argc + 1, all, err);
	if (help) {
		c->about = own;
		return code;
	}
	if (!code)
		code = read_values(c, own->options, err);
	if (code)
		return code;
	c->n = (size_t)(argc + 1 - optind);
	for (size_t i = 0; i < c->n; i++)
		all[i] = unmarked(all[(size_t)optind + i]);
	if (c->n > own->takes.max)
		return refuse(c, err, FRIA_W_cli_too_many,
			      c->args[own->takes.max]);
	return 0;
}
