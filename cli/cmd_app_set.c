/* SPDX-License-Identifier: EUPL-1.2 */
/* fria app set: a characteristic between releases. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

/* A number as people type it, what stands there in JSON, else a text. */
static int read_fact(json_t **out, const cli *c, const char *text,
		     fria_error *err)
{
	fria_buf plain = FRIA_BUF_INIT;
	int code = fria_number_typed(&plain, text, strlen(text), err);
	if (!code && strcmp(plain.text, text) != 0)
		say(c, FRIA_W_cli_understood, "typed", text, "read", plain.text,
		    NULL);
	if (code == FRIA_ENOTFOUND)
		fria_buf_puts(&plain, text);
	if (code != FRIA_EINPUT &&
	    fria_json_parse(out, "VALUE", plain.text, plain.n, NULL))
		*out = fria_json_string(text);
	fria_buf_dispose(&plain);
	return code == FRIA_EINPUT ? code : 0;
}

/* From a form or a file, or in the editor. */
static int fill_facts(cli *c, fria_release_result *r, fria_error *err)
{
	given_facts facts;
	int code = read_facts(&facts, c, true, err);
	if (!code) {
		code = fria_application_fill(r, c->ws, c->args[0], &facts.from,
					     given(c, "note"),
					     given_each(c, "wording"), err);
		keep_form(c, &facts, code);
	}
	given_facts_dispose(&facts);
	return code;
}

/* What was typed on one line, and is more than one thing. */
static void say_items(const cli *c, const fria_release_result *r)
{
	fria_buf items = FRIA_BUF_INIT;
	const json_t *list =
	    r->changed.n == 1 ? fria_fact(r->after, r->changed.items[0]) : NULL;
	size_t n = json_array_size(list);
	fria_fact_say(&items, list, c->lang);
	if (n > 1 && c->n == 3 && strchr(c->args[2], ',') &&
	    !strpbrk(c->args[2], ";\n"))
		say(c, FRIA_W_cli_items, "count", FRIA_DIGITS(n), "items",
		    items.text, NULL);
	fria_buf_dispose(&items);
}

/* By its title: what is typed is read as the form reads it. */
static int set_titled(cli *c, fria_release_result *r, fria_error *err)
{
	if (c->n > 3 && !fria_form_is_list(c->args[1]))
		return fria_fail(err, FRIA_EINPUT, FRIA_W_cli_too_many, "extra",
				 c->args[3], "command", c->command->name,
				 "args", usage(c), NULL);
	fria_buf form = FRIA_BUF_INIT;
	fria_buf_printf(&form, "### %s\n", c->args[1]);
	for (size_t i = 2; i < c->n; i++) /* several are the items of a list */
		fria_buf_printf(&form, c->n > 3 ? "- %s\n" : "%s\n",
				c->args[i]);
	const fria_facts_file from = {.form = form.text};
	int code =
	    fria_application_fill(r, c->ws, c->args[0], &from, given(c, "note"),
				  given_each(c, "wording"), err);
	fria_buf_dispose(&form);
	if (code && !err->file[0])
		err->line = err->column = 0; /* of no file that there is */
	if (!code)
		say_items(c, r);
	return code;
}

static int set_fact(cli *c, fria_release_result *r, fria_error *err)
{
	json_t *value = NULL;
	if (c->n < 3 || given(c, "from"))
		return fria_fail(err, FRIA_EINPUT, FRIA_W_cli_too_few,
				 "command", c->command->name, "args", usage(c),
				 NULL);
	if (*c->args[1] != '/' || c->n > 3)
		return set_titled(c, r, err);
	int code = read_fact(&value, c, c->args[2], err);
	if (!code)
		code = fria_application_set(r, c->ws, c->args[0], c->args[1],
					    value, given(c, "note"),
					    given_each(c, "wording"), err);
	json_decref(value);
	return code;
}

static int run_app_set(cli *c, fria_error *err)
{
	fria_release_result r = {.before = NULL};
	if ((c->n == 1 ? fill_facts : set_fact)(c, &r, err))
		return 2;
	say(c, *r.commit ? FRIA_W_did_set : FRIA_W_set_stands, "application",
	    c->args[0], NULL);
	return put_consequences(c, &r, err);
}

const command cmd_app_set = {
    .name = "app set",
    .args = "APP TITLE|POINTER VALUE... | APP --from FILE",
    .takes = {1, SIZE_MAX},
    .does = RECORDS | GIVES_JSON | KEEPS_TEXT,
    .summary = FRIA_W_sum_app_set,
    .options = (const option[]){{"from", 0, "FILE", FRIA_W_opt_from},
				{"entry", 0, "WHICH", FRIA_W_opt_entry},
				{"format", 0, "F", FRIA_W_opt_format_from},
				{"note", 0, "TEXT", FRIA_W_opt_note},
				{"wording", 0, "POINTER", FRIA_W_opt_wording},
				NO_OPTION},
    .run = run_app_set,
};
