/* SPDX-License-Identifier: EUPL-1.2 */
/* fria conflicts: what two people wrote of the same thing. */
#include "cli.h"

#include <string.h>

static void say_waived(fria_buf *out, const json_t *waived, fria_lang lang)
{
	const char *kind = fria_json_text(waived, "kind");
	const char *reason = fria_json_text(waived, "reason");
	fria_say(out, lang, FRIA_W_conflict_waived, "kind", kind ? kind : "-",
		 "reason", reason ? reason : "-", NULL);
}

/* An answer as people read it; anything else as it is written. */
static void say_value(fria_buf *out, const fria_snapshot *s, const char *id,
		      const json_t *value, fria_lang lang)
{
	const json_t *answer = json_object_get(value, "value");
	const json_t *waived = json_object_get(value, "waived");
	size_t task =
	    s && id ? fria_instrument_find(s->instrument, id) : FRIA_NONE;
	if (answer && task != FRIA_NONE)
		fria_snapshot_say(out, s, task, answer, lang);
	else if (waived)
		say_waived(out, waived, lang);
	else if (json_is_string(value))
		fria_buf_puts(out, json_string_value(value));
	else if (value)
		fria_json_write_line(out, answer ? answer : value);
	else
		fria_say(out, lang, FRIA_W_conflict_absent, NULL);
}

/* A row, cell by cell. */
static void put_row(cli *c, const fria_snapshot *s, const json_t *row)
{
	const char *id;
	json_t *cell;
	json_object_foreach((json_t *)(uintptr_t)row, id, cell) {
		fria_buf text = FRIA_BUF_INIT;
		if (!strcmp(id, "id"))
			continue;
		fria_buf_printf(&text, "%s: ", id);
		say_value(&text, s, id, cell, c->lang);
		put_wrapped(c, 6, text.text);
		fria_buf_dispose(&text);
	}
}

static void put_value(cli *c, const fria_snapshot *s, const fria_conflict *k,
		      const json_t *value)
{
	fria_buf text = FRIA_BUF_INIT;
	if (k->row && fria_json_text(value, "id")) {
		put_row(c, s, value);
	} else {
		say_value(&text, s, k->task, value, c->lang);
		put_wrapped(c, 6, text.text);
	}
	fria_buf_dispose(&text);
}

/* "Ours, by A. de Vries, 3 November 2026, on release 1.2" */
static void put_side(cli *c, const fria_snapshot *s, const fria_conflict *k,
		     fria_word word, const json_t *value)
{
	const json_t *basis = json_object_get(value, "basis");
	const char *by =
	    fria_store_shown(c->ws->store, fria_json_text(basis, "by"));
	const char *release = fria_json_text(basis, "release");
	const char *at = fria_json_text(basis, "at");
	fria_buf day = FRIA_BUF_INIT;
	fria_time when;
	if (at && fria_time_parse(&when, at))
		fria_day_say(&day, c->lang, when);
	put(c, PLAIN, "    ");
	put_word(c, BOLD, word, NULL);
	if (by && day.n)
		put_word(c, DIM, FRIA_W_conflict_by, "by", by, "day", day.text,
			 NULL);
	if (release)
		put_word(c, DIM, FRIA_W_conflict_release, "release", release,
			 NULL);
	put(c, PLAIN, "\n");
	put_value(c, s, k, value);
	fria_buf_dispose(&day);
}

static void put_conflict(cli *c, const fria_snapshot *s, const fria_conflict *k)
{
	size_t task = s && k->task
			  ? fria_instrument_find(s->instrument, k->task)
			  : FRIA_NONE;
	put(c, PLAIN, "  ");
	put(c, YELLOW, k->task ? k->task : *k->pointer ? k->pointer : "/");
	if (k->row)
		put_word(c, PLAIN, FRIA_W_conflict_row, "row", k->row, NULL);
	if (task != FRIA_NONE)
		putf(c, PLAIN, "  %s",
		     fria_task_title(&s->instrument->tasks[task], c->lang));
	if (c->verbose)
		putf(c, DIM, "  (%s)", k->pointer);
	put(c, PLAIN, "\n");
	if (k->base)
		put_side(c, s, k, FRIA_W_conflict_base, k->base);
	put_side(c, s, k, FRIA_W_conflict_ours, k->ours);
	put_side(c, s, k, FRIA_W_conflict_theirs, k->theirs);
}

static void put_unsettled(cli *c, const fria_unsettled *one)
{
	fria_snapshot *s = NULL;
	put(c, BOLD, one->name);
	put(c, PLAIN, "\n");
	if (!one->document)
		put_word(c, PLAIN, FRIA_W_conflict_foreign, "path", one->path,
			 NULL);
	else if (!one->n)
		put_word(c, PLAIN, FRIA_W_conflict_nothing, NULL);
	if (!one->document || !one->n)
		put(c, PLAIN, "\n");
	if (strchr(one->name, '/'))
		fria_snapshot_load(&s, c->ws, one->name, NULL, NULL);
	for (size_t i = 0; i < one->n; i++)
		put_conflict(c, s, &one->items[i]);
	fria_snapshot_free(s);
}

static json_t *unsettled_json(const fria_unsettleds *all)
{
	json_t *list = json_array();
	for (size_t i = 0; i < all->n; i++) {
		const fria_unsettled *one = &all->items[i];
		json_t *conflicts = json_array();
		for (size_t k = 0; k < one->n; k++)
			json_array_append_new(
			    conflicts, fria_conflict_json(&one->items[k]));
		json_array_append_new(
		    list,
		    fria_json_pack("{s:o, s:o, s:b, s:o}", "name",
				   fria_json_shown(one->name), "path",
				   fria_json_shown(one->path), "document",
				   one->document, "conflicts", conflicts));
	}
	return list;
}

static int run_conflicts(cli *c, fria_error *err)
{
	fria_unsettleds all;
	if (fria_conflicts(&all, c->ws, c->n ? c->args[0] : NULL, err))
		return 2;
	for (size_t i = 0; i < all.n && !c->json; i++)
		put_unsettled(c, &all.items[i]);
	if (c->json)
		put_json(c, unsettled_json(&all));
	else if (!all.n)
		say(c, FRIA_W_did_no_conflicts, NULL);
	int status = all.n ? 1 : 0;
	fria_unsettleds_dispose(&all);
	return status;
}

const command cmd_conflicts = {
    .name = "conflicts",
    .args = "[APP/NAME]",
    .max = 1,
    .json = true,
    .does = READS,
    .summary = FRIA_W_sum_conflicts,
    .run = run_conflicts,
};
