/* SPDX-License-Identifier: EUPL-1.2 */
/* The table of the commands, and which of them the arguments name. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

#define HEADING(word) &(const command){.name = "", .summary = (word)},
#define COMMAND(name) &cmd_##name,
const command *const commands[] = {
#include "commands.def"
    NULL};
#undef HEADING
#undef COMMAND

const command *command_find(int argc, char **argv, int *used)
{
	for (size_t i = 0; commands[i]; i++) {
		const command *k = commands[i];
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

bool command_forward(int argc, char **argv)
{
	for (int at = 1, used; at < argc; at++) {
		const command *k = command_find(argc - at, argv + at, &used);
		int n = 0, one = 1;
		while (k && n < at && (one = option_length(k, argv[n])) > 0)
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

bool command_in_group(const command *k, const char *group)
{
	size_t n = strlen(group);
	return k->run && !strncmp(k->name, group, n) && k->name[n] == ' ';
}

int command_refuse(int argc, char **argv, fria_error *err)
{
	fria_strings names = FRIA_STRINGS_INIT;
	bool group = false;
	for (size_t i = 0; commands[i]; i++) {
		const command *k = commands[i];
		if (!k->run)
			continue;
		fria_strings_add(&names, k->name);
		group = group || command_in_group(k, argv[0]);
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
