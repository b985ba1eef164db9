/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * fria completion: completion for bash, made from the command table, so that
 * it never knows less than the program. Names of applications and assessments
 * it finds as files, without running anything.
 *
 * Calls up to commands.c: it writes down the table in which it stands.
 */
#include "cli.h"

#include <string.h>

static const char names[] =
    "# Applications and assessments of the workspace at or above this folder.\n"
    "_fria_names() {\n"
    "\tlocal at=$PWD file\n"
    "\twhile [ -n \"$at\" ] && [ ! -e \"$at/fria.json\" ]; do "
    "at=${at%/*}; done\n"
    "\tfor file in \"$at\"/assessments/*/*.json; do\n"
    "\t\tfile=${file#\"$at\"/assessments/}\n"
    "\t\tcase $file in\n"
    "\t\t*/application.json) echo \"${file%/*}\" ;;\n"
    "\t\t*/entry.json | */conflicts.json | '*'/*) ;;\n"
    "\t\t*) echo \"${file%.json}\" ;;\n"
    "\t\tesac\n"
    "\tdone\n"
    "}\n\n";

static const char body[] =
    "_fria() {\n"
    "\tlocal word=${COMP_WORDS[COMP_CWORD]} first=${COMP_WORDS[1]} "
    "key list values\n"
    "\tkey=$first\n"
    "\tcase $first in\n"
    "%s"
    "\tesac\n"
    "\tif [ \"$COMP_CWORD\" = 1 ]; then\n"
    "\t\tlist=\"%s\"\n"
    "\telif values=$(_fria_values \"$key ${COMP_WORDS[COMP_CWORD - 1]}\"); "
    "[ -n \"$values\" ]; then\n"
    "\t\tlist=$values\n"
    "\telif [[ $word == -* ]]; then\n"
    "\t\tcase $key in\n"
    "%s"
    "\t\tesac\n"
    "\telse\n"
    "\t\tlist=${list-$(_fria_names)}\n"
    "\tfi\n"
    "\tmapfile -t COMPREPLY < <(compgen -W \"$list\" -- \"$word\")\n"
    "}\n"
    "complete -o default -F _fria fria\n";

/* The first word of a command's name, once. */
static bool is_first(const command *k, size_t *n)
{
	*n = strcspn(k->name, " ");
	for (size_t i = 0; commands[i] != k; i++)
		if (strcspn(commands[i]->name, " ") == *n &&
		    !strncmp(commands[i]->name, k->name, *n))
			return false;
	return true;
}

/* "app) " with what may follow, for commands of two words. */
static void put_second(fria_buf *out, const command *k, size_t n)
{
	fria_buf words = FRIA_BUF_INIT;
	for (size_t i = 0; commands[i]; i++) {
		const char *name = commands[i]->name;
		if (!strncmp(name, k->name, n) && name[n] == ' ')
			fria_buf_printf(&words, words.n ? " %s" : "%s",
					name + n + 1);
	}
	if (words.n)
		fria_buf_printf(out,
				"\t%.*s)\n"
				"\t\tkey=\"$first ${COMP_WORDS[2]}\"\n"
				"\t\tif [ \"$COMP_CWORD\" = 2 ]; then "
				"list=\"%s\"; fi ;;\n",
				(int)n, k->name, words.text);
	fria_buf_dispose(&words);
}

/* "report --template": the ids of a set, and their titles in the language. */
static void put_values(fria_buf *out, const char *after, const char *set,
		       fria_lang lang)
{
	const char *id;
	fria_buf_printf(out, "\t\"%s\") echo \"", after);
	for (size_t i = 0; (id = fria_closed_at(set, i)); i++) {
		const char *title = fria_closed_say(set, id, lang);
		fria_buf_printf(out, i ? " %s" : "%s", id);
		if (!fria_words_alike(id, title))
			fria_buf_putc(out, ' ');
		for (; !fria_words_alike(id, title) && *title; title++)
			fria_buf_putc(out, *title == ' ' ? '-' : *title);
	}
	fria_buf_puts(out, "\" ;;\n");
}

static int run_completion(cli *c, fria_error *err)
{
	fria_buf first = FRIA_BUF_INIT, second = FRIA_BUF_INIT,
		 options = FRIA_BUF_INIT;
	size_t n;
	(void)err;
	for (size_t i = 0; commands[i]; i++) {
		const command *k = commands[i];
		if (!k->run)
			continue;
		if (is_first(k, &n)) {
			fria_buf_printf(&first, first.n ? " %.*s" : "%.*s",
					(int)n, k->name);
			put_second(&second, k, n);
		}
		fria_buf_printf(&options, "\t\t\"%s\") list=\"", k->name);
		for (const option *o = k->options; o && o->name; o++)
			fria_buf_printf(&options, "--%s ", o->name);
		fria_buf_puts(&options,
			      "--lang --json --verbose --help\" ;;\n");
	}
	fria_buf_printf(&second,
			"\thelp) if [ \"$COMP_CWORD\" = 2 ]; then list=\"%s\"; "
			"fi ;;\n",
			first.text);
	c->quiet = true;
	fria_buf_puts(&c->out, "# Completion of fria for bash.\n");
	fria_buf_puts(&c->out, names);
	fria_buf_puts(&c->out, "_fria_values() {\n\tcase $1 in\n");
	put_values(&c->out, "report --template", "template", c->lang);
	put_values(&c->out, "export --format", "export", c->lang);
	fria_buf_puts(&c->out, "\tesac\n}\n\n");
	fria_buf_printf(&c->out, body, second.text, first.text, options.text);
	fria_buf_dispose(&first);
	fria_buf_dispose(&second);
	fria_buf_dispose(&options);
	return 0;
}

const command cmd_completion = {
    .name = "completion",
    .does = READS | BARE,
    .summary = FRIA_W_sum_completion,
    .run = run_completion,
};
