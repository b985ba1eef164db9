/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * An assessment moves to a newer version of its questionnaire: the new one,
 * the old one that points to it, and the questions, as one commit.
 */
#include "workflow_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- what must be so --- */

static int check_old(const fria_workspace *ws, const fria_snapshot *s,
		     const char *name, fria_error *err)
{
	int code = fria_refuse_unsaved(ws, s->path, name, err);
	if (!code && s->superseded)
		code = fria_fail(err, FRIA_EREFUSED, FRIA_W_migrate_again,
				 "assessment", name, "by", s->superseded, NULL);
	return code;
}

static int check_pair(const fria_instrument *from, const fria_instrument *to,
		      fria_error *err)
{
	if (!strcmp(from->name, to->name))
		return fria_fail(err, FRIA_EINPUT, FRIA_W_migrate_same,
				 "instrument", to->name, NULL);
	if (!fria_migrates(from, to))
		return fria_fail(err, FRIA_EINPUT, FRIA_W_migrate_no_map,
				 "from", from->name, "to", to->name, NULL);
	return 0;
}

/* --- the new name --- */

static bool is_free(const fria_workspace *ws, const char *application,
		    const char *name)
{
	fria_path_state state = FRIA_PATH_SAME;
	char *path = fria_workspace_path(application, name);
	int code = fria_store_state(&state, ws->store, path, NULL);
	free(path);
	return !code && state == FRIA_PATH_ABSENT;
}

/* "iama-2" for 2.0, "iama-2-1" for 2.1. */
static char *with_version(const fria_instrument *in)
{
	char *name = fria_format("%s-%s", in->id, in->version);
	size_t n = strlen(name);
	if (n > 2 && !strcmp(name + n - 2, ".0"))
		name[n - 2] = '\0';
	for (char *at = name; *at; at++)
		if (*at == '.')
			*at = '-';
	return name;
}

static int choose_name(char **out, const fria_workspace *ws,
		       const fria_snapshot *s, const fria_instrument *to,
		       const char *as, fria_error *err)
{
	char *name = as ? fria_strdup(as) : fria_strdup(to->id);
	int code = 0;
	if (!as && !is_free(ws, s->application_id, name)) {
		free(name);
		name = with_version(to);
	}
	if (!fria_id_ok(name)) {
		code = fria_fail(err, FRIA_EINPUT, FRIA_W_bad_id, "id", name,
				 NULL);
	} else if (!is_free(ws, s->application_id, name)) {
		char *full = fria_format("%s/%s", s->application_id, name);
		code = fria_fail(err, FRIA_EEXISTS, FRIA_W_assessment_exists,
				 "assessment", full, NULL);
		free(full);
	}
	if (code)
		free(name);
	else
		*out = name;
	return code;
}

/* --- the documents --- */

/* Where the answers came from: the state that was saved last. */
static json_t *origin_of(const fria_workspace *ws, const fria_snapshot *s,
			 const char *name)
{
	char head[FRIA_ID_SIZE], content[FRIA_CONTENT_SIZE];
	fria_snapshot_content(content, s, FRIA_RULES);
	return fria_json_pack("{s:s, s:s*, s:s}", "from", name, "commit",
			      fria_store_head(head, ws->store) ? head : NULL,
			      "content", content);
}

static void say_message(fria_buf *out, const fria_migrated *m, fria_lang lang)
{
	char count[24], without[24];
	fria_buf questions = FRIA_BUF_INIT;
	fria_instrument_say(&questions, m->to, lang);
	snprintf(count, sizeof count, "%zu", m->migration.mapped.n);
	snprintf(without, sizeof without, "%zu", m->migration.kept.n);
	fria_say(out, lang, FRIA_W_commit_migrate, "from", m->from, "to",
		 m->name, "instrument", questions.text, NULL);
	fria_buf_dispose(&questions);
	fria_buf_puts(out, "\n\n");
	fria_say(out, lang, FRIA_W_commit_migrate_counts, "count", count,
		 "kept", without, NULL);
	fria_buf_putc(out, '\n');
}

/* The questions are part of the act where history does not hold them yet. */
static int record(fria_migrated *out, fria_workspace *ws,
		  const fria_snapshot *s, const char *own, fria_error *err)
{
	fria_path_state state;
	fria_buf message = FRIA_BUF_INIT;
	json_t *old = json_deep_copy(s->assessment);
	char *path = fria_workspace_path(s->application_id, own);
	char *pinned = fria_instrument_path(out->to->file);
	json_object_set_new(old, "superseded_by", fria_json_string(own));
	fria_assessment_order(old, s->instrument);
	const fria_recorded documents[] = {
	    {path, out->migration.assessment, NULL},
	    {s->path, old, NULL},
	    {pinned, out->to->document, NULL}};
	int code = fria_store_state(&state, ws->store, pinned, err);
	if (!code && state == FRIA_PATH_CHANGED)
		code = fria_refuse_unsaved(ws, pinned, pinned, err);
	say_message(&message, out, ws->lang);
	if (!code)
		code = fria_record(out->commit, ws, documents,
				   state == FRIA_PATH_SAME ? 2 : 3,
				   message.text, err);
	fria_buf_dispose(&message);
	free(pinned);
	free(path);
	json_decref(old);
	return code;
}

static int migrate(fria_migrated *out, fria_workspace *ws,
		   const fria_snapshot *s, const char *own, fria_error *err)
{
	const fria_migration_input input = {s->instrument, out->to,
					    s->assessment, out->from};
	fria_migration_make(&out->migration, &input);
	fria_migration_offer(&out->migration, &input, ws->session.now);
	json_object_set_new(out->migration.assessment, "origin",
			    origin_of(ws, s, out->from));
	fria_assessment_order(out->migration.assessment, out->to);
	return record(out, ws, s, own, err);
}

int fria_migrate(fria_migrated *out, fria_workspace *ws, const char *name,
		 const char *instrument, const char *as, fria_error *err)
{
	fria_snapshot *s = NULL;
	char *own = NULL;
	*out = (fria_migrated){.from = fria_strdup(name)};
	int code = fria_act_begin(ws, NULL, err);
	if (code)
		goto out;
	code = fria_snapshot_load(&s, ws, name, NULL, err);
	if (!code)
		code = check_old(ws, s, name, err);
	if (!code)
		code = fria_workspace_instrument(&out->to, ws, NULL, instrument,
						 err);
	if (!code)
		code = check_pair(s->instrument, out->to, err);
	if (!code)
		code = choose_name(&own, ws, s, out->to, as, err);
	if (!code) {
		out->name = fria_format("%s/%s", s->application_id, own);
		out->was = fria_instrument_keep(s->instrument);
		code = migrate(out, ws, s, own, err);
	}
	if (!code)
		out->old = json_incref(s->assessment);
	fria_act_end(ws);
out:
	free(own);
	fria_snapshot_free(s);
	if (code)
		fria_migrated_dispose(out);
	return code;
}

json_t *fria_migrated_json(const fria_migrated *m)
{
	return fria_json_pack("{s:s, s:s, s:s, s:{s:s, s:s}, s:o, s:o}",
			      "assessment", m->name, "from", m->from, "commit",
			      m->commit, "instrument", "before", m->was->name,
			      "after", m->to->name, "mapped",
			      fria_mapped_json(&m->migration), "kept",
			      fria_left_json(&m->migration));
}

void fria_migrated_dispose(fria_migrated *m)
{
	fria_migration_dispose(&m->migration);
	fria_instrument_free(m->was);
	fria_instrument_free(m->to);
	json_decref(m->old);
	free(m->from);
	free(m->name);
	*m = (fria_migrated){.from = NULL};
}
