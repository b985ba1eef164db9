/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Adopts an assessment: an annotated tag that binds its content. It changes no
 * document, and moves no tag.
 */
#include "workflow_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- what is missing --- */

/* Adopting is the review, and a decision not to use is an end, too. */
void fria_adopt_missing(fria_gate *out, const fria_workspace *ws,
			const char *name, const fria_standing *standing)
{
	fria_gate all;
	fria_gate_assessment(&all, ws, name, standing);
	*out = all;
	out->items = NULL;
	out->n = 0;
	for (size_t i = 0; i < all.n; i++) {
		fria_gate_reason *r = &all.items[i];
		if (!strcmp(r->code, "review") ||
		    (standing->result.against &&
		     strcmp(r->code, "approval") != 0)) {
			free(r->assessment);
			free(r->text);
		} else {
			*FRIA_PUSH(out) = *r;
		}
	}
	free(all.items);
}

static int refuse_missing(const fria_standing *standing,
			  const fria_workspace *ws, const char *name,
			  fria_buf *missing, const char *force, fria_error *err)
{
	fria_gate gate;
	int code = 0;
	fria_adopt_missing(&gate, ws, name, standing);
	for (size_t i = 0; i < gate.n; i++)
		fria_buf_printf(missing, "\n- %s", gate.items[i].text);
	if (missing->n && !force)
		code = fria_fail(err, FRIA_EREFUSED, FRIA_W_adopt_not_current,
				 "assessment", name, NULL);
	fria_gate_dispose(&gate);
	return code;
}

/* --- what weighs --- */

/* One line, whatever the questionnaire says. */
static void add_point(fria_buf *out, const char *text)
{
	size_t at;
	fria_buf_puts(out, "\n- ");
	at = out->n;
	fria_buf_puts(out, text);
	for (; at < out->n; at++)
		if (out->text[at] == '\n' || out->text[at] == '\r')
			out->text[at] = ' ';
}

/* What the questionnaire itself says to look out for. */
static void list_attention(fria_buf *out, const fria_conclusion *one)
{
	if (!one->level || (strcmp(one->level, "attention") != 0 &&
			    strcmp(one->level, "warning") != 0))
		return;
	for (size_t i = 0; i < one->because.n; i++)
		add_point(out, one->because.items[i]);
	if (!one->because.n && one->text)
		add_point(out, one->text);
}

/* What may have made the organisation a provider, and no answer has judged. */
static bool is_of_provider(const fria_finding *f)
{
	return f->word == FRIA_W_provider_purpose ||
	       f->word == FRIA_W_provider_technology;
}

static bool weighs(const fria_finding *f)
{
	return f->word == FRIA_W_eyes_own || f->word == FRIA_W_eyes_advice ||
	       f->word == FRIA_W_eyes_alike ||
	       f->word == FRIA_W_late_assessment || is_of_provider(f);
}

/* Who adopts has seen this, and says why it may be so; a decision not to use
 * ends it. */
static void list_weighty(fria_buf *out, const fria_evaluation *e,
			 fria_lang lang)
{
	if (e->against)
		return;
	for (size_t i = 0; i < e->conclusions.n; i++)
		list_attention(out, &e->conclusions.items[i]);
	for (size_t i = 0; i < e->findings.n; i++) {
		const fria_finding *f = &e->findings.items[i];
		fria_buf text = FRIA_BUF_INIT;
		if (!weighs(f))
			continue;
		fria_finding_text(&text, f, lang);
		add_point(out, text.text);
		fria_buf_dispose(&text);
	}
}

/* --- the tag --- */

/* Why a version was adopted though something was missing, from the message of
 * its tag; NULL if nothing was. The caller frees. */
static char *fria_adopted_forced(const char *message)
{
	const char *at = strstr(message, "\nForced: ");
	return at ? fria_strndup(at + 9, strcspn(at + 9, "\n")) : NULL;
}

/* A version alone can judge what the release check told. */
static bool judges(const fria_evaluation *e)
{
	bool any = false;
	for (size_t i = 0; i < e->findings.n; i++)
		any = any || is_of_provider(&e->findings.items[i]);
	return any;
}

/* The same again is a version only where it is a review, judges what was told
 * since, or mends one that was forced. */
static int refuse_identical(const fria_workspace *ws, const fria_snapshot *s,
			    size_t last, const fria_standing *standing,
			    bool whole, fria_error *err)
{
	fria_tag tag = {0};
	char bound[FRIA_CONTENT_SIZE];
	if (!last || standing->result.review.overdue ||
	    judges(&standing->result))
		return 0;
	int code = fria_snapshot_version(&tag, ws, s->application_id, s->name,
					 last, err);
	char *forced = code ? NULL : fria_adopted_forced(tag.message);
	bool mends = forced && whole;
	if (!code && !mends && fria_tag_content(bound, &tag) &&
	    fria_snapshot_holds(s, bound))
		code = fria_fail(err, FRIA_EREFUSED, FRIA_W_adopt_identical,
				 "version", strrchr(tag.name, '/') + 1, NULL);
	free(forced);
	fria_tag_dispose(&tag);
	return code;
}

/* A next version would make one beyond a gap the newest. */
static int refuse_gap(const fria_workspace *ws, const fria_snapshot *s,
		      size_t last, const char *full, fria_error *err)
{
	fria_strings beyond = FRIA_STRINGS_INIT;
	char *missing = fria_format("v%zu", last + 1);
	int code = fria_versions_beyond(&beyond, ws, s->application_id, s->name,
					last, err);
	if (!code && beyond.n)
		code = fria_fail(err, FRIA_EREFUSED, FRIA_W_version_gap,
				 "assessment", full, "version", beyond.items[0],
				 "missing", missing, NULL);
	fria_strings_dispose(&beyond);
	free(missing);
	return code;
}

/* What is in the way, what weighs, and why it is adopted all the same. */
typedef struct {
	fria_buf missing, weighty; /* a line each */
	const char *note;	   /* NULL: none */
	bool force;
} adopting;

/* The tag's message: a line for people, then what it binds. */
static char *say_tag(const fria_snapshot *s, const fria_adopted *a,
		     const adopting *w, fria_lang lang)
{
	const char *missing = w->missing.n ? w->missing.text : "";
	const char *weighty = w->weighty.n ? w->weighty.text : "";
	fria_buf out = FRIA_BUF_INIT;
	const char *release = fria_json_text(s->application, "release");
	char *name = fria_format("%s/%s", s->application_id, s->name);
	fria_say(&out, lang, FRIA_W_tag_adopted, "assessment", name, "version",
		 a->version, NULL);
	if (*missing) {
		fria_buf_puts(&out, "\n\n");
		fria_say(&out, lang, FRIA_W_tag_forced, "missing", missing,
			 NULL);
	}
	if (*weighty) {
		fria_buf_puts(&out, "\n\n");
		fria_say(&out, lang, FRIA_W_tag_weighty, "points", weighty,
			 NULL);
	}
	fria_buf_printf(&out, "\n\nContent: %s\n", a->content);
	if (*missing || *weighty) {
		size_t at = out.n;
		fria_buf_printf(&out, *missing ? "Forced: %s" : "Reason: %s",
				w->note);
		for (; at < out.n; at++)
			if (out.text[at] == '\n')
				out.text[at] = ' ';
		fria_buf_putc(&out, '\n');
	}
	if (release)
		fria_buf_printf(&out, "Release: %s\n", release);
	fria_buf_printf(&out, "Instrument: %s\n", s->instrument->name);
	free(name);
	return fria_buf_detach(&out);
}

static int make_tag(fria_adopted *out, fria_workspace *ws,
		    const fria_snapshot *s, const fria_standing *standing,
		    const adopting *w, fria_error *err)
{
	size_t last = fria_snapshot_last(ws, s->application_id, s->name);
	char *full = fria_format("%s/%s", s->application_id, s->name);
	char *stem = fria_tag_stem(ws, s->application_id, s->name);
	const fria_session *who = &ws->session;
	fria_snapshot_content(out->content, s, FRIA_RULES);
	int code = refuse_gap(ws, s, last, full, err);
	if (!code)
		code =
		    refuse_identical(ws, s, last, standing, !w->missing.n, err);
	if (!code) {
		snprintf(out->version, sizeof out->version, "v%zu", last + 1);
		snprintf(out->tag, sizeof out->tag, "%s%s", stem, out->version);
		fria_store_head(out->commit, ws->store);
		char *message = say_tag(s, out, w, ws->lang);
		code = fria_store_tag_create(
		    ws->store, out->tag, out->commit, message,
		    who->committer_name ? who->committer_name : who->name,
		    who->committer_email ? who->committer_email : who->email,
		    who->now, who->offset, err);
		free(message);
	}
	free(stem);
	free(full);
	return code;
}

static int refuse_weighty(const adopting *w, const char *name, fria_error *err)
{
	if (!w->weighty.n || w->note)
		return 0;
	return fria_fail(err, FRIA_EREFUSED, FRIA_W_adopt_weighty, "assessment",
			 name, "points", w->weighty.text, NULL);
}

int fria_adopt(fria_adopted *out, fria_workspace *ws, const char *name,
	       const char *note, bool force, fria_error *err)
{
	fria_snapshot *s;
	fria_standing standing = {.lookup = NULL};
	adopting w = {FRIA_BUF_INIT, FRIA_BUF_INIT, note, force};
	out->missing = NULL;
	const fria_entering texts[] = {
	    {note ? &w.note : NULL, FRIA_PROSE | FRIA_NEEDED, "--note"},
	    {NULL, FRIA_LINE, NULL}};
	int code = saved_begin(&s, ws, name, texts, err);
	if (code)
		return code;
	code = fria_standing_make_in(&standing, ws, s, s->day, ws->session.lang,
				     err);
	if (!code) {
		list_weighty(&w.weighty, &standing.result, ws->session.lang);
		code = refuse_missing(&standing, ws, name, &w.missing,
				      w.force ? w.note : NULL, err);
		if (!code)
			code = refuse_weighty(&w, name, err);
		if (!code)
			code = make_tag(out, ws, s, &standing, &w, err);
		out->forced = !code && w.missing.n > 0;
		if (code && w.missing.n && !w.force)
			out->missing = fria_strdup(w.missing.text);
		fria_standing_dispose(&standing);
	}
	fria_buf_dispose(&w.missing);
	fria_buf_dispose(&w.weighty);
	saved_end(s, ws);
	return code;
}
