/* SPDX-License-Identifier: EUPL-1.2 */
/* fria register export and check: the entry in the algoritmeregister. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the register calls a field; borrowed. */
static const char *title_of(const cli *c, const char *field)
{
	char *pointer = fria_format("/register/%s", field);
	const char *title = fria_fact_title(pointer, c->lang);
	const char *last = strrchr(pointer, '/') + 1;
	/* A field without a title is called as it is written. */
	if (!strcmp(title, last))
		title = field;
	free(pointer);
	return title;
}

/* --- where a field came from --- */

/* A value that the standard writes otherwise, or has one of only. */
static void say_rewritten(const cli *c, const char *field, const json_t *source,
			  const json_t *now)
{
	const char *was = fria_json_text(source, "was");
	if (was && *was)
		say(c, FRIA_W_register_rewritten, "field", title_of(c, field),
		    "was", was, "now", json_string_value(now), NULL);
	else if (c->verbose)
		say(c, FRIA_W_register_from_standard, "field",
		    title_of(c, field), NULL);
}

static void say_source(const cli *c, const char *field, const json_t *source)
{
	static const struct {
		const char *from;
		fria_word word;
	} words[] = {{"fact", FRIA_W_register_from_fact},
		     {"answer", FRIA_W_register_from_answer},
		     {"version", FRIA_W_register_from_version},
		     {"conclusion", FRIA_W_register_from_conclusion},
		     {"received", FRIA_W_register_from_received}};
	const char *from = fria_json_text(source, "from");
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (!strcmp(words[i].from, from))
			say(c, words[i].word, "field", title_of(c, field),
			    "pointer", fria_json_text(source, "pointer"),
			    "assessment", fria_json_text(source, "assessment"),
			    "version", fria_json_text(source, "version"),
			    "task", fria_json_text(source, "task"), NULL);
}

/* What the standard changed always; the rest with --verbose. */
static void say_sources(const cli *c, const fria_register_draft *draft)
{
	const char *field;
	json_t *list, *source;
	size_t i;
	json_object_foreach(draft->sources, field, list) {
		json_array_foreach(list, i, source) {
			const char *from = fria_json_text(source, "from");
			if (!strcmp(from, "standard"))
				say_rewritten(
				    c, field, source,
				    json_object_get(draft->entry, field));
			else if (c->verbose)
				say_source(c, field, source);
		}
	}
}

/* --- export --- */

static int put_export(cli *c, const fria_published *p, fria_error *err)
{
	fria_buf out = FRIA_BUF_INIT;
	if (c->json) {
		put_json(c, json_pack("{s:s, s:O, s:O, s:o}", "application",
				      c->args[0], "entry", p->draft.entry,
				      "sources", p->draft.sources, "findings",
				      findings_json(c, &p->findings)));
		return fria_findings_worst(&p->findings, FRIA_WARNING);
	}
	fria_json_write(&out, p->draft.entry);
	int status = put_document(c, given(c, "output"), &out, err);
	fria_buf_dispose(&out);
	if (status)
		return status;
	say_sources(c, &p->draft);
	return say_findings(c, &p->findings);
}

int cmd_register_export(cli *c, fria_error *err)
{
	fria_published published;
	if (fria_register_export(&published, c->ws, c->args[0], err))
		return 2;
	int status = put_export(c, &published, err);
	fria_published_dispose(&published);
	return status;
}

/* --- check --- */

static void put_value(cli *c, fria_word word, const json_t *value)
{
	fria_buf text = FRIA_BUF_INIT;
	put(c, PLAIN, "  ");
	put_word(c, DIM, word, NULL);
	put(c, PLAIN, "\n");
	fria_fact_say(&text, value, c->lang);
	if (!text.n)
		fria_say(&text, c->lang, FRIA_W_register_nothing, NULL);
	put_wrapped(c, 4, text.text);
	fria_buf_dispose(&text);
}

/* True if it is the same. */
static bool put_field(cli *c, const json_t *one)
{
	const char *field = fria_json_text(one, "field");
	const char *state = fria_json_text(one, "state");
	bool missing = !strcmp(state, "missing");
	json_t *source;
	size_t i;
	if (!strcmp(state, "same"))
		return true;
	put(c, BOLD, title_of(c, field));
	put(c, PLAIN, ": ");
	put_word(c, YELLOW,
		 missing ? FRIA_W_register_lacks : FRIA_W_register_differs,
		 NULL);
	put(c, PLAIN, "\n");
	if (!missing)
		put_value(c, FRIA_W_register_published,
			  json_object_get(one, "published"));
	put_value(c, FRIA_W_register_now, json_object_get(one, "now"));
	json_array_foreach(json_object_get(one, "sources"), i, source) {
		if (c->verbose)
			say_source(c, field, source);
	}
	return false;
}

static void put_against(cli *c, const char *against)
{
	fria_word word = FRIA_W_register_against_nothing;
	if (against && !strcmp(against, "file"))
		word = FRIA_W_register_against_file;
	else if (against)
		word = !strcmp(against, "sent")
			   ? FRIA_W_register_against_sent
			   : FRIA_W_register_against_received;
	put_word(c, PLAIN, word, "file", given(c, "entry"), NULL);
	put(c, PLAIN, "\n");
}

static int put_check(cli *c, const fria_register_checked *checked)
{
	const fria_findings *findings = &checked->published.findings;
	size_t i, same = 0;
	char count[24];
	json_t *one;
	if (c->json) {
		put_json(c, json_pack("{s:s, s:s?, s:O, s:o}", "application",
				      c->args[0], "against", checked->against,
				      "fields", checked->fields, "findings",
				      findings_json(c, findings)));
		return !checked->same ||
		       fria_findings_worst(findings, FRIA_WARNING);
	}
	put_against(c, checked->against);
	json_array_foreach(checked->fields, i, one)
		same += checked->against && put_field(c, one);
	if (checked->against) {
		snprintf(count, sizeof count, "%zu", same);
		put_word(c, PLAIN, FRIA_W_register_same, "count", count, NULL);
		put(c, PLAIN, "\n");
	}
	return put_findings(c, findings) || !checked->same;
}

int cmd_register_check(cli *c, fria_error *err)
{
	const char *path = given(c, "entry");
	json_t *file = NULL;
	fria_register_checked checked;
	int status = 2;
	if (path && read_document(&file, path, err))
		return 2;
	if (!fria_register_check(&checked, c->ws, c->args[0], file, path,
				 err)) {
		if (path)
			locate_findings(&checked.published.findings, path);
		status = put_check(c, &checked);
		fria_register_checked_dispose(&checked);
	}
	json_decref(file);
	return status;
}
