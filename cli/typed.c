/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What is typed, or handed over in a file, looked at for what points at one
 * person, before it is kept. It says so and refuses nothing.
 */
#include "cli.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

void say_personal(const cli *c, const char *text)
{
	fria_personal one = {.at = 0, .n = 0};
	while (fria_personal_next(&one, text, one.at + one.n)) {
		char *part = fria_strndup(text + one.at, one.n);
		say(c, FRIA_W_personal_typed, "text", part, "what",
		    fria_word_text(fria_personal_word(one.kind), c->lang),
		    NULL);
		free(part);
	}
}

/* A file that is handed over; one that cannot be read, the command refuses. A
 * pipe is read once, and that is for the command. */
static void look_in_file(const cli *c, const char *path)
{
	fria_buf bytes = FRIA_BUF_INIT;
	struct stat st;
	if (path && !stat(path, &st) && S_ISREG(st.st_mode) &&
	    !fria_file_read(&bytes, path, NULL))
		say_personal(c, bytes.text);
	fria_buf_dispose(&bytes);
}

void say_typed(const cli *c)
{
	const option *o = c->command->options;
	if (!(c->command->does & KEEPS_TEXT))
		return;
	for (size_t i = 0; i < c->n; i++)
		say_personal(c, c->args[i]);
	if (!strcmp(c->command->name, "import") && c->n)
		look_in_file(c, c->args[c->n - 1]);
	for (size_t i = 0; o && o[i].name; i++)
		if (o[i].value && !strcmp(o[i].value, "FILE"))
			look_in_file(c, c->given[i]);
		else
			for (size_t k = 0; o[i].value && k < c->many[i].n; k++)
				say_personal(c, c->many[i].items[k]);
}
