/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a command needs and was not given, as its usage has it: asked on a
 * terminal, and elsewhere named with what would do.
 */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What there is to choose from: what is given, and what it is called. */
typedef struct {
	fria_strings ids, titles;
} offer;

static void add(offer *o, const char *id, const char *title)
{
	fria_strings_add(&o->ids, id);
	fria_strings_add(&o->titles, title && *title ? title : id);
}

static void offer_applications(offer *o, const cli *c)
{
	fria_workspace_applications(&o->ids, c->ws, NULL, NULL);
	for (size_t i = 0; i < o->ids.n; i++)
		fria_strings_add(&o->titles, o->ids.items[i]);
}

static void offer_assessments(offer *o, const cli *c)
{
	fria_strings names = FRIA_STRINGS_INIT;
	fria_workspace_meant(&names, c->ws, "-", NULL);
	for (size_t i = 0; i < names.n; i++)
		add(o, names.items[i], NULL);
	fria_strings_dispose(&names);
}

static void offer_instruments(offer *o, const cli *c)
{
	fria_strings pinned = FRIA_STRINGS_INIT, built_in = FRIA_STRINGS_INIT;
	fria_workspace_instruments(&pinned, &built_in, c->ws, NULL);
	for (size_t i = 0; i < pinned.n; i++)
		add(o, pinned.items[i], NULL);
	for (size_t i = 0; i < built_in.n; i++)
		if (!fria_strings_has(&pinned, built_in.items[i]))
			add(o, built_in.items[i], NULL);
	fria_strings_dispose(&pinned);
	fria_strings_dispose(&built_in);
}

static json_t *roles_of(const cli *c)
{
	return json_object_get(c->ws->config, "roles");
}

static void offer_roles(offer *o, const cli *c)
{
	const char *id;
	json_t *role;
	json_object_foreach(roles_of(c), id, role)
		if (json_object_get(role, "kind"))
			add(o, id, fria_role_title(roles_of(c), id, c->lang));
}

static void offer_closed(offer *o, const cli *c, const char *set)
{
	const char *id;
	for (size_t i = 0; set && (id = fria_closed_at(set, i)); i++)
		add(o, id, fria_closed_say(set, id, c->lang));
}

static void offer_waivers(offer *o, const cli *c)
{
	offer_closed(o, c, "waiver");
}

/* What the role may say; a view is in its own words. */
static void offer_values(offer *o, const cli *c)
{
	const char *role = NULL, *kind = NULL;
	if (!fria_role_read(&role, roles_of(c), given(c, "role"), c->lang,
			    NULL))
		kind =
		    fria_json_text(json_object_get(roles_of(c), role), "kind");
	if (kind && strcmp(kind, "view") != 0)
		offer_closed(o, c, kind);
}

/* The changes that still put something in question. */
static void offer_causes(offer *o, const cli *c)
{
	fria_snapshot *s;
	fria_standing standing;
	fria_buf title = FRIA_BUF_INIT;
	if (fria_standing_load(&s, &standing, c->ws, c->args[0], NULL, NULL,
			       NULL))
		return;
	fria_causes_find(&standing.result, &standing.input);
	const fria_causes *causes = &standing.result.causes;
	for (size_t i = 0; i < causes->n; i++) {
		if (causes->items[i].under != FRIA_NONE)
			continue;
		fria_buf_clear(&title);
		fria_cause_title(&title, &causes->items[i], &standing.input,
				 c->lang);
		add(o, causes->items[i].id, title.text);
	}
	fria_standing_dispose(&standing);
	fria_snapshot_free(s);
	fria_buf_dispose(&title);
}

/* What the command writes or reads, each with the id that is typed. */
static void offer_formats(offer *o, const cli *c)
{
	const char *set = c->command->name, *id;
	for (size_t i = 0; (id = fria_closed_at(set, i)); i++) {
		char *title = fria_format(
		    "%s (%s)", fria_closed_say(set, id, c->lang), id);
		add(o, id, title);
		free(title);
	}
}

/* By the option, else by what the usage calls the value. */
static const struct kind {
	const char *name;
	fria_word question;
	void (*offer)(offer *o, const cli *c); /* NULL: in own words */
	const char *option; /* where what is chosen goes; NULL: as it stood */
} kinds[] = {{"--reason", FRIA_W_need_reason, NULL, NULL},
	     {"--format", FRIA_W_need_format, offer_formats, NULL},
	     {"--org", FRIA_W_need_organisation, NULL, NULL},
	     {"APP", FRIA_W_need_application, offer_applications, NULL},
	     {"APP/NAME", FRIA_W_need_assessment, offer_assessments, NULL},
	     {"ID", FRIA_W_need_id, NULL, NULL},
	     {"NEW", FRIA_W_need_new, NULL, NULL},
	     {"VERSION", FRIA_W_need_release, NULL, NULL},
	     {"INSTRUMENT", FRIA_W_need_instrument, offer_instruments, NULL},
	     {"URN", FRIA_W_need_instrument, offer_instruments, NULL},
	     {"ROLE", FRIA_W_need_role, offer_roles, NULL},
	     {"VALUE", FRIA_W_need_value, offer_values, NULL},
	     {"K", FRIA_W_need_waiver, offer_waivers, NULL},
	     {"TASK", FRIA_W_need_task, NULL, NULL},
	     {"TASK...", FRIA_W_need_cause, offer_causes, "cause"},
	     {"METRIC", FRIA_W_need_metric, NULL, NULL},
	     {"N", FRIA_W_need_number, NULL, NULL},
	     {"DATE", FRIA_W_need_date, NULL, NULL},
	     {"ADDRESS", FRIA_W_need_address, NULL, NULL},
	     {"FILE", FRIA_W_need_file, NULL, NULL},
	     {NULL, FRIA_W_need_file, NULL, NULL}};

/* --- what the usage says is needed --- */

enum { WORD = 64 };

typedef struct {
	char option[WORD]; /* "--role"; empty: an argument */
	char value[WORD];  /* "ROLE" */
	bool else_options; /* an option may stand in its place */
	bool given;
} need;

/* Past what stands between brackets; false at the end, and where the usage
 * begins another way to write it. */
static bool next_word(char out[WORD], const char **at)
{
	int depth = 0;
	while (**at && (**at == ' ' || **at == '.' || **at == '[' || depth)) {
		depth += (**at == '[') - (**at == ']');
		++*at;
	}
	size_t n = strcspn(*at, " ");
	snprintf(out, WORD, "%.*s", (int)n, *at);
	*at += n;
	return n && *out != '|' && out[n < WORD ? n - 1 : WORD - 1] != ',';
}

/* Of "N|--withdraw" the first; whether one of the others was given. */
static void cut_others(need *one, const cli *c)
{
	char *other = strchr(one->value, '|');
	while (other) {
		*other++ = '\0';
		char *next = strchr(other, '|');
		size_t n = next ? (size_t)(next - other) : strlen(other);
		if (n > 2 && !strncmp(other, "--", 2)) {
			char *name = fria_strndup(other + 2, n - 2);
			one->else_options = true;
			one->given = one->given || given(c, name);
			free(name);
		}
		other = next;
	}
}

/* The first that is needed and not there; false if there is none. */
static bool find_missing(need *out, const cli *c)
{
	const char *at = c->command->args ? c->command->args : "";
	size_t place = 0;
	for (char word[WORD]; next_word(word, &at);) {
		*out = (need){.given = false};
		bool named = word[0] == '-';
		if (named && (strchr(word, '|') || word[1] != '-'))
			return false;
		memcpy(named ? out->option : out->value, word, WORD);
		if (named && !next_word(out->value, &at))
			return false;
		cut_others(out, c);
		if (named)
			out->given = out->given || given(c, word + 2);
		else
			out->given = out->given || place++ < c->n ||
				     (!out->else_options &&
				      place > c->command->takes.min);
		if (!out->given)
			return true;
		if (out->else_options)
			return false;
	}
	return false;
}

/* --- asked, or named --- */

static const struct kind *kind_of(const need *one)
{
	const struct kind *k = kinds;
	while (k->name && strcmp(k->name, one->option) != 0)
		k++;
	if (k->name)
		return k;
	for (k = kinds; k->name && strcmp(k->name, one->value) != 0;)
		k++;
	return k->name ? k : NULL;
}

static int refuse(const cli *c, const need *one, const struct kind *kind,
		  const offer *o, fria_error *err)
{
	fria_buf of = FRIA_BUF_INIT;
	for (size_t i = 0; i < o->titles.n; i++)
		fria_buf_printf(&of, "%s %s", i ? ";" : "", o->titles.items[i]);
	if (of.n)
		fria_buf_putc(&of, '.');
	int code = fria_fail(
	    err, FRIA_EINPUT,
	    *one->option ? FRIA_W_need_option : FRIA_W_need_argument, "option",
	    one->option, "question", fria_word_text(kind->question, c->lang),
	    "of", of.text, "command", c->command->name, "args", usage(c), NULL);
	fria_buf_dispose(&of);
	return code;
}

/* The place of what was typed: its number, or what it is called; n: none. */
static size_t chosen(const offer *o, const char *typed)
{
	char *end = NULL;
	unsigned long number = strtoul(typed, &end, 10);
	if (number > 0 && number <= o->ids.n && !*end)
		return number - 1;
	size_t i = 0;
	while (i < o->ids.n && !fria_words_alike(o->ids.items[i], typed) &&
	       !fria_words_alike(o->titles.items[i], typed))
		i++;
	return i;
}

/* False where nothing was typed. */
static bool ask(fria_buf *typed, size_t *at, const cli *c,
		const struct kind *kind, const offer *o)
{
	say(c, kind->question, NULL);
	for (size_t i = 0; i < o->titles.n; i++)
		say(c, FRIA_W_need_choice, "number", FRIA_DIGITS(i + 1),
		    "title", o->titles.items[i], NULL);
	if (!read_line(c, typed) || fria_text_blank(typed->text))
		return false;
	*at = chosen(o, typed->text);
	return true;
}

static int supply(cli *c, const need *one, const struct kind *kind,
		  const offer *o, fria_error *err)
{
	fria_buf typed = FRIA_BUF_INIT;
	size_t at = 0;
	if (!on_terminal(c) || !ask(&typed, &at, c, kind, o)) {
		fria_buf_dispose(&typed);
		return refuse(c, one, kind, o, err);
	}
	bool of_these = at < o->ids.n;
	const char *text = of_these ? o->ids.items[at] : typed.text;
	int code = 0;
	if (of_these && kind->option)
		code = option_give(c, kind->option, text, err);
	else if (*one->option)
		code = option_give(c, one->option + 2, text, err);
	else
		c->args[c->n++] = fria_strdup(text);
	fria_buf_dispose(&typed);
	return code;
}

int ask_missing(cli *c, fria_error *err)
{
	need one;
	int code = 0;
	while (!code && find_missing(&one, c)) {
		const struct kind *kind = kind_of(&one);
		offer o = {FRIA_STRINGS_INIT, FRIA_STRINGS_INIT};
		/* Of what may be said in several ways the command speaks. */
		if (!kind || (one.else_options && !on_terminal(c)))
			break;
		if (kind->offer && c->ws)
			kind->offer(&o, c);
		code = supply(c, &one, kind, &o, err);
		fria_strings_dispose(&o.ids);
		fria_strings_dispose(&o.titles);
	}
	if (!code && c->n < c->command->takes.min)
		code =
		    fria_fail(err, FRIA_EINPUT, FRIA_W_cli_too_few, "command",
			      c->command->name, "args", usage(c), NULL);
	return code;
}
