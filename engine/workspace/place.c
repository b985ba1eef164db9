/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Places in documents of the workspace, in words: what a person is told where
 * programs have a pointer. What they are called says compare/diff_place.c.
 */
#include "workspace_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The application's other assessments, as far as one may choose their rows. */
static void load_beside(fria_placed *out, const fria_workspace *ws,
			const char *commit, const fria_path *at)
{
	fria_snapshot *s = out->beside = fria_calloc(1, sizeof *s);
	snprintf(s->commit, sizeof s->commit, "%s", commit ? commit : "");
	s->application_id = fria_strdup(at->application);
	s->name = fria_strdup(at->name);
	s->instrument = fria_instrument_keep(out->instrument);
	siblings_load(s, ws, NULL);
	out->siblings = (fria_siblings){s->siblings, s->siblings_n};
	out->side.siblings = &out->siblings;
}

void fria_placed_open(fria_placed *out, const fria_workspace *ws,
		      const char *commit, const char *path,
		      const json_t *document)
{
	fria_path at;
	fria_place_kind kind =
	    path ? fria_path_read(&at, path) : FRIA_PLACE_OTHER;
	*out = (fria_placed){.instrument = NULL};
	if (!ws ||
	    (kind != FRIA_PLACE_ASSESSMENT && kind != FRIA_PLACE_APPLICATION))
		return;
	char *facts = fria_workspace_path(at.application, "application");
	bool own = kind == FRIA_PLACE_APPLICATION && document;
	if (own)
		out->documents[0] = json_incref((json_t *)(uintptr_t)document);
	else
		fria_workspace_json(&out->documents[0], ws, commit, facts,
				    NULL);
	if (kind == FRIA_PLACE_ASSESSMENT && document)
		out->documents[1] = json_incref((json_t *)(uintptr_t)document);
	else if (kind == FRIA_PLACE_ASSESSMENT)
		fria_workspace_json(&out->documents[1], ws, commit, path, NULL);
	if (fria_assessment_check(out->documents[1], path, NULL)) {
		json_decref(out->documents[1]);
		out->documents[1] = NULL;
	}
	const char *name = fria_json_text(out->documents[1], "instrument");
	if (name)
		fria_workspace_instrument(&out->instrument, ws, commit, name,
					  NULL);
	out->side = (fria_side){.instrument = out->instrument,
				.assessment = out->documents[1],
				.application = out->documents[0],
				.roles = json_object_get(ws->config, "roles")};
	if (out->instrument)
		load_beside(out, ws, commit, &at);
	free(facts);
}

void fria_placed_close(fria_placed *placed)
{
	json_decref(placed->documents[0]);
	json_decref(placed->documents[1]);
	fria_instrument_free(placed->instrument);
	fria_snapshot_free(placed->beside);
	*placed = (fria_placed){.instrument = NULL};
}

/* Characters of a value that are told. */
enum { TOLD = 70 };

/* In a line, cut between two words. */
static void put_beginning(fria_buf *out, const char *text)
{
	size_t n = strlen(text), at = 0, count = 0;
	uint32_t c;
	while (n && strchr(" \n", text[n - 1]))
		n--;
	while (at < n && count++ < TOLD)
		at += fria_utf8_next(&c, text + at, n - at);
	while (at < n && at && !strchr(" \n", text[at]))
		at--;
	for (size_t i = 0; i < (at ? at : n); i++)
		if (text[i] != '\n')
			fria_buf_putc(out, text[i]);
		else if (i && text[i - 1] != '\n')
			fria_buf_puts(
			    out, strchr(",;.:!?", text[i - 1]) ? " " : "; ");
	if (at && at < n)
		fria_buf_puts(out, " …");
}

void fria_recorded_say(fria_buf *title, fria_buf *text, const fria_side *side,
		       const char *pointer, const json_t *value, fria_lang lang)
{
	fria_buf whole = FRIA_BUF_INIT;
	fria_place_say(title, side, pointer, lang);
	fria_place_value_say(&whole, side, pointer, value, lang);
	put_beginning(text, whole.text ? whole.text : "");
	fria_buf_dispose(&whole);
}

static bool same(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

void fria_findings_place(fria_findings *findings, const fria_workspace *ws,
			 fria_lang lang)
{
	const fria_finding *last = NULL;
	fria_placed at = {.instrument = NULL};
	for (size_t i = 0; i < findings->n; i++) {
		fria_finding *f = &findings->items[i];
		fria_buf words = FRIA_BUF_INIT;
		if (!f->pointer || !*f->pointer || f->line || f->place)
			continue;
		if (!last || !same(last->file, f->file) ||
		    !same(last->revision, f->revision)) {
			fria_placed_close(&at);
			fria_placed_open(&at, ws, f->revision, f->file, NULL);
			last = f;
		}
		fria_place_say(&words, &at.side, f->pointer, lang);
		f->place = fria_buf_detach(&words);
	}
	fria_placed_close(&at);
}

/* Whether the sentence names the place itself. */
static bool is_named(const fria_error *err, const char *place, fria_lang lang)
{
	const fria_args args = {(char *)(uintptr_t)err->args, err->args_n};
	const char *name, *value;
	bool named = false;
	for (size_t at = 0;
	     !named && fria_args_next(&args, &at, &name, &value);) {
		char *hole = fria_format("{%s}", name);
		named = same(value, place) &&
			strstr(fria_word_text(err->word, lang), hole);
		free(hole);
	}
	return named;
}

void fria_error_place(fria_error *err, const fria_workspace *ws, fria_lang lang)
{
	fria_placed at;
	fria_buf words = FRIA_BUF_INIT;
	if (!err->pointer[0])
		return;
	fria_placed_open(&at, ws, NULL, err->file[0] ? err->file : NULL, NULL);
	/* Elsewhere than in an application the line says it better. */
	if (at.side.application || !err->line)
		fria_place_say(&words, &at.side, err->pointer, lang);
	err->pointer[0] = '\0';
	if (!is_named(err, words.text, lang))
		fria_fail_at(err, NULL, words.text, 0, 0);
	fria_placed_close(&at);
	fria_buf_dispose(&words);
}
