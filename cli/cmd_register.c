/* SPDX-License-Identifier: EUPL-1.2 */
/* fria register export, check and push: the entry in the algoritmeregister. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* --- where a field came from --- */

/* A value that the standard writes otherwise, or has one of only. */
static void say_rewritten(const cli *c, const char *field,
			  const fria_source *source, const json_t *now)
{
	const char *was = json_string_value(source->was);
	if (was && *was)
		say(c, FRIA_W_register_rewritten, "field",
		    fria_register_title(field, c->lang), "was", was, "now",
		    json_string_value(now), NULL);
	else if (c->verbose)
		say(c, FRIA_W_register_from_standard, "field",
		    fria_register_title(field, c->lang), NULL);
}

static void say_source(const cli *c, const char *field, const fria_source *s)
{
	static const fria_word words[] = {
	    [FRIA_FROM_FACT] = FRIA_W_register_from_fact,
	    [FRIA_FROM_ANSWER] = FRIA_W_register_from_answer,
	    [FRIA_FROM_VERSION] = FRIA_W_register_from_version,
	    [FRIA_FROM_CONCLUSION] = FRIA_W_register_from_conclusion,
	    [FRIA_FROM_RECEIVED] = FRIA_W_register_from_received};
	if (s->from != FRIA_FROM_STANDARD)
		say(c, words[s->from], "field",
		    fria_register_title(field, c->lang), "fact",
		    s->pointer ? fria_fact_title(s->pointer, c->lang) : NULL,
		    "assessment", s->assessment, "version", s->version, "task",
		    s->task, NULL);
}

/* What the standard changed always; the rest with --verbose. */
static void say_sources(const cli *c, const fria_register_draft *draft)
{
	for (size_t i = 0; i < draft->sources.n; i++) {
		const fria_field_sources *of = &draft->sources.items[i];
		for (size_t k = 0; k < of->n; k++)
			if (of->items[k].from == FRIA_FROM_STANDARD)
				say_rewritten(
				    c, of->field, &of->items[k],
				    json_object_get(draft->entry, of->field));
			else if (c->verbose)
				say_source(c, of->field, &of->items[k]);
	}
}

/* --- export --- */

static int put_export(cli *c, fria_published *p, fria_error *err)
{
	fria_buf out = FRIA_BUF_INIT;
	if (c->json) {
		put_json(c,
			 fria_json_pack(
			     "{s:s, s:O, s:o, s:o}", "application", c->args[0],
			     "entry", p->draft.entry, "sources",
			     fria_sources_json(&p->draft.sources), "findings",
			     fria_findings_json(&p->findings, c->lang)));
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

static int run_register_export(cli *c, fria_error *err)
{
	fria_published published;
	if (check_ending(given(c, "output"), ".json", err) ||
	    check_target(c, given(c, "output"), err) ||
	    fria_register_export(&published, c->ws, c->args[0], err))
		return 2;
	int status = put_export(c, &published, err);
	fria_published_dispose(&published);
	return status;
}

const command cmd_register_export = {
    .name = "register export",
    .args = "APP [-o FILE]",
    .takes = {1, 1},
    .does = READS | GIVES_JSON,
    .summary = FRIA_W_sum_register_export,
    .options =
	(const option[]){{"output", 'o', "FILE", FRIA_W_opt_output}, NO_OPTION},
    .run = run_register_export,
};

/* --- check --- */

/* With --verbose, where what differs comes from. */
static void say_where_from(const cli *c, const fria_register_checked *checked)
{
	for (size_t i = 0; c->verbose && i < checked->fields.n; i++) {
		const fria_field_compared *one = &checked->fields.items[i];
		const fria_field_sources *of = fria_sources_find(
		    &checked->published.draft.sources, one->field);
		if (one->state == FRIA_FIELD_SAME)
			continue;
		for (size_t k = 0; of && k < of->n; k++)
			say_source(c, one->field, &of->items[k]);
	}
}

static int put_check(cli *c, const fria_register_checked *checked,
		     fria_error *err)
{
	const fria_findings *findings = &checked->published.findings;
	if (c->json) {
		put_json(
		    c, fria_json_pack(
			   "{s:s, s:s?, s:o, s:o}", "application", c->args[0],
			   "against", checked->against, "fields",
			   fria_fields_compared_json(&checked->fields,
						     &checked->published.draft),
			   "findings", fria_findings_json(findings, c->lang)));
	} else {
		fria_node *page = new_page(c, c->args[0], FRIA_W_page_register);
		fria_register_view(page, checked, given(c, "entry"), c->verbose,
				   c->lang);
		if (show_page(c, page, err))
			return 2;
		say_where_from(c, checked);
	}
	return !checked->fields.same ||
	       fria_findings_worst(findings, FRIA_WARNING);
}

static int run_register_check(cli *c, fria_error *err)
{
	const char *path = given(c, "entry");
	fria_register_rows rows = {.items = NULL};
	fria_findings of_others = FRIA_FINDINGS_INIT; /* import names them */
	fria_register_checked checked;
	int status = 2;
	if (path && read_entries(&rows, &of_others, path, NULL, err))
		goto out;
	if (!fria_register_check(&checked, c->ws, c->args[0],
				 path ? &rows : NULL, path, err)) {
		if (path)
			locate_findings(&checked.published.findings, path);
		fria_findings_place(&checked.published.findings, c->ws,
				    c->lang);
		status = put_check(c, &checked, err);
		fria_register_checked_dispose(&checked);
	}
out:
	fria_findings_dispose(&of_others);
	fria_register_rows_dispose(&rows);
	return status;
}

const command cmd_register_check = {
    .name = "register check",
    .args = "APP [--entry FILE] [--format F] [-o FILE]",
    .takes = {1, 1},
    .does = READS | GIVES_JSON,
    .summary = FRIA_W_sum_register_check,
    .options = (const option[]){{"entry", 0, "FILE", FRIA_W_opt_published},
				VIEW_OPTIONS,
				NO_OPTION},
    .run = run_register_check,
};

/* --- push --- */

static void wait_for(void *data, unsigned seconds)
{
	const cli *c = data;
	const struct timespec pause = {.tv_sec = (time_t)seconds};
	if (seconds)
		say(c, FRIA_W_push_waits, "seconds", FRIA_DIGITS(seconds),
		    NULL);
	nanosleep(&pause, NULL);
}

static json_t *push_json(const cli *c, const fria_pushed *p)
{
	const fria_register_pushed *done = &p->pushed;
	json_t *findings = fria_findings_json(&p->published.findings, c->lang);
	json_t *refused = fria_findings_json(&done->refused, c->lang);
	json_array_extend(findings, refused);
	json_decref(refused);
	return fria_json_pack(
	    "{s:s, s:s?, s:O?, s:b, s:b, s:b, s:s?, s:s?, s:o}", "application",
	    c->args[0], "url", p->url, "entry", p->entry, "saved", done->saved,
	    "created", done->created, "released", done->released, "lars",
	    done->lars, "preview", done->preview, "findings", findings);
}

static void put_line(cli *c, fria_word word, const char *name,
		     const char *value)
{
	put_sentence(c, PLAIN, word, "application", c->args[0], name, value,
		     NULL);
}

static void put_pushed(cli *c, const fria_pushed *p)
{
	const fria_register_pushed *done = &p->pushed;
	if (given(c, "dry-run") && p->entry) {
		put_line(c, FRIA_W_push_would, "url", p->url ? p->url : "?");
		fria_json_write(&c->out, p->entry);
	}
	if (done->saved)
		put_line(c,
			 done->created ? FRIA_W_push_created
				       : FRIA_W_push_updated,
			 "lars", done->lars);
	if (done->released)
		put_line(c, FRIA_W_push_released, "lars", done->lars);
	if (done->preview)
		put_line(c, FRIA_W_push_preview, "url", done->preview);
	if (!p->entry)
		say(c, FRIA_W_push_not_sent, NULL);
}

static int put_push(cli *c, fria_pushed *p)
{
	bool bad = fria_findings_worst(&p->published.findings, FRIA_WARNING) ||
		   fria_findings_worst(&p->pushed.refused, FRIA_WARNING);
	if (c->json) {
		put_json(c, push_json(c, p));
		return bad;
	}
	put_pushed(c, p);
	put_findings(c, &p->published.findings);
	put_findings(c, &p->pushed.refused);
	return bad;
}

/* A secret of the environment; NULL if it is not there or empty. */
static const char *secret(const char *name)
{
	const char *value = getenv(name);
	return value && *value ? value : NULL;
}

static int run_register_push(cli *c, fria_error *err)
{
	fria_pushed pushed;
	const fria_push_request request = {
	    .dry = given(c, "dry-run") != NULL,
	    .password = secret("FRIA_REGISTER_PASSWORD"),
	    .token = secret("FRIA_REGISTER_TOKEN"),
	    .wait = wait_for,
	    .data = c};
	int code =
	    fria_register_push(&pushed, c->ws, c->args[0], &request, err);
	int status = 2;
	if (!code)
		status = put_push(c, &pushed);
	else if (pushed.pushed.saved)
		say(c,
		    pushed.pushed.created ? FRIA_W_push_created
					  : FRIA_W_push_updated,
		    "application", c->args[0], "lars", pushed.pushed.lars,
		    NULL);
	fria_pushed_dispose(&pushed);
	return status;
}

const command cmd_register_push = {
    .name = "register push",
    .args = "APP [--dry-run]",
    .takes = {1, 1},
    .does = RECORDS | GIVES_JSON,
    .summary = FRIA_W_sum_register_push,
    .options =
	(const option[]){{"dry-run", 0, NULL, FRIA_W_opt_dry_run}, NO_OPTION},
    .run = run_register_push,
};
