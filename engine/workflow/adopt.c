/* SPDX-License-Identifier: EUPL-1.2 */
/* Adopts an assessment: an annotated tag that binds its content. */
#include "workflow_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int refuse_verdict(const fria_standing *standing, const char *name,
			  fria_lang lang, fria_error *err)
{
	char open[24], again[24];
	const fria_counts *c = &standing->result.counts;
	if (standing->result.verdict == FRIA_CURRENT)
		return 0;
	snprintf(open, sizeof open, "%zu", c->open);
	snprintf(again, sizeof again, "%zu", c->stale + c->suspect);
	return fria_fail(
	    err, FRIA_EREFUSED, FRIA_W_adopt_not_current, "assessment", name,
	    "verdict",
	    fria_word_text(fria_verdict_word(standing->result.verdict), lang),
	    "open", open, "again", again, NULL);
}

/* The value after "Content: " in a tag's message. */
static bool content_is(const char *message, const char *digest)
{
	const char *at = strstr(message, "\nContent: ");
	return at && !strncmp(at + 10, digest, FRIA_DIGEST_SIZE - 1);
}

static int refuse_identical(const fria_workspace *ws, const fria_snapshot *s,
			    size_t last, const char *digest, fria_error *err)
{
	fria_tag tag = {0};
	int code = last ? fria_snapshot_version(&tag, ws, s->application_id,
						s->name, last, err)
			: 0;
	if (!code && last && content_is(tag.message, digest))
		code = fria_fail(err, FRIA_EREFUSED, FRIA_W_adopt_identical,
				 "version", strrchr(tag.name, '/') + 1, NULL);
	fria_tag_dispose(&tag);
	return code;
}

/* The tag's message: a line for people, then what it binds. */
static char *say_tag(const fria_snapshot *s, const fria_adopted *a,
		     fria_lang lang)
{
	fria_buf out = FRIA_BUF_INIT;
	const char *release = fria_json_text(s->application, "release");
	char *name = fria_format("%s/%s", s->application_id, s->name);
	fria_say(&out, lang, FRIA_W_tag_adopted, "assessment", name, "version",
		 a->version, NULL);
	fria_buf_printf(&out, "\n\nContent: %s\n", a->content);
	if (release)
		fria_buf_printf(&out, "Release: %s\n", release);
	fria_buf_printf(&out, "Instrument: %s\n", s->instrument->name);
	free(name);
	return fria_buf_detach(&out);
}

static int make_tag(fria_adopted *out, fria_workspace *ws,
		    const fria_snapshot *s, fria_error *err)
{
	size_t last = fria_snapshot_last(ws, s->application_id, s->name);
	char *full = fria_format("%s/%s", s->application_id, s->name);
	char *stem = fria_tag_stem(ws, s->application_id, s->name);
	const fria_session *who = &ws->session;
	fria_content_digest(out->content, s->instrument, s->assessment,
			    s->application, full);
	int code = refuse_identical(ws, s, last, out->content, err);
	if (!code) {
		snprintf(out->version, sizeof out->version, "v%zu", last + 1);
		snprintf(out->tag, sizeof out->tag, "%s%s", stem, out->version);
		fria_store_head(out->commit, ws->store);
		char *message = say_tag(s, out, ws->lang);
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

static int refuse_unsaved(const fria_workspace *ws, const fria_snapshot *s,
			  const char *name, fria_error *err)
{
	char *application =
	    fria_workspace_path(s->application_id, "application");
	char *instrument =
	    fria_format("instruments/%s.json", s->instrument->file);
	int code = fria_refuse_unsaved(ws, s->path, name, err);
	if (!code)
		code = fria_refuse_unsaved(ws, application, s->application_id,
					   err);
	if (!code)
		code = fria_refuse_unsaved(ws, instrument, s->instrument->file,
					   err);
	free(instrument);
	free(application);
	return code;
}

int fria_adopt(fria_adopted *out, fria_workspace *ws, const char *name,
	       fria_error *err)
{
	fria_snapshot *s = NULL;
	fria_standing standing = {.lookup = NULL};
	int code = fria_act_begin(ws, err);
	if (code)
		return code;
	code = fria_snapshot_load(&s, ws, name, NULL, err);
	if (!code)
		code = refuse_unsaved(ws, s, name, err);
	if (!code)
		code =
		    fria_standing_make(&standing, ws, s, ws->session.now, err);
	if (!code) {
		code = refuse_verdict(&standing, name, ws->session.lang, err);
		if (!code)
			code = make_tag(out, ws, s, err);
		fria_standing_dispose(&standing);
	}
	fria_snapshot_free(s);
	fria_act_end(ws);
	return code;
}
