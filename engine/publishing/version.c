/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What may go out as a version: a tag that somebody adopted, that holds what
 * it binds, and that stands in the row. Anybody can make a tag; here is where
 * one that is no version stops.
 */
#include "publishing_internal.h"

#include <stdlib.h>
#include <string.h>

/* Why it is no version; FRIA_W_COUNT if it is one. */
static fria_word why_not(const fria_tag *tag, const fria_snapshot *s)
{
	char bound[FRIA_CONTENT_SIZE];
	if (!tag)
		return FRIA_W_version_gap;
	if (!tag->tagger)
		return FRIA_W_version_plain;
	if (!fria_tag_content(bound, tag) || !fria_tag_binds(tag))
		return FRIA_W_version_bare;
	return fria_snapshot_holds(s, bound) ? FRIA_W_COUNT
					     : FRIA_W_version_other;
}

int publish_refuse_version(const fria_workspace *ws, const fria_snapshot *s,
			   const fria_tags *row, fria_error *err)
{
	size_t n = strtoul(s->version + 1, NULL, 10);
	const fria_tag *tag = n && n <= row->n ? &row->items[n - 1] : NULL;
	fria_word why = why_not(tag, s);
	if (why == FRIA_W_COUNT)
		return 0;
	char *name = fria_format("%s/%s", s->application_id, s->name);
	char *stem = fria_tag_stem(ws, s->application_id, s->name);
	char *place = fria_format("refs/tags/%s%s", stem, s->version);
	char *missing = fria_format("v%zu", row->n + 1);
	fria_fail(err, FRIA_EINPUT, why, "assessment", name, "version",
		  s->version, "missing", missing, "who",
		  tag && tag->tagger ? tag->tagger : "?", NULL);
	int code = fria_fail_at(err, place, NULL, 0, 0);
	free(missing);
	free(place);
	free(stem);
	free(name);
	return code;
}

void publish_drop_false(fria_tags *row)
{
	size_t n = 0;
	for (size_t i = 0; i < row->n; i++) {
		if (fria_tag_binds(&row->items[i]))
			row->items[n++] = row->items[i];
		else
			fria_tag_dispose(&row->items[i]);
	}
	row->n = n;
}

int publish_name_strays(fria_findings *out, const fria_workspace *ws,
			const char *id, const char *own, size_t last,
			fria_error *err)
{
	fria_strings strays = FRIA_STRINGS_INIT;
	char *name = fria_format("%s/%s", id, own);
	char *stem = fria_tag_stem(ws, id, own);
	char *missing = fria_format("v%zu", last + 1);
	int code = fria_versions_beyond(&strays, ws, id, own, last, err);
	for (size_t i = 0; i < strays.n; i++) {
		char *place =
		    fria_format("refs/tags/%s%s", stem, strays.items[i]);
		fria_findings_add(out, FRIA_SEVERE, FRIA_W_version_gap, place,
				  NULL, "assessment", name, "version",
				  strays.items[i], "missing", missing, NULL);
		free(place);
	}
	fria_strings_dispose(&strays);
	free(missing);
	free(stem);
	free(name);
	return code;
}

/* "fria/APP/NAME/v3" behind the stem is a version of what is not there. */
static bool is_lost(const fria_workspace *ws, const char *id, const char *own)
{
	char blob[FRIA_ID_SIZE];
	char *path = fria_workspace_path(id, own);
	bool lost = fria_id_ok(id) && fria_id_ok(own) &&
		    !fria_store_blob_id(blob, ws->store, NULL, path) &&
		    !fria_workspace_renamed(ws, NULL, id, own);
	free(path);
	return lost;
}

int publish_name_lost(fria_findings *out, const fria_workspace *ws,
		      fria_error *err)
{
	const char *tags = fria_json_text(ws->config, "tags");
	char *stem = fria_format("refs/tags/%s/", tags ? tags : "fria");
	fria_strings told = FRIA_STRINGS_INIT;
	fria_refs all = {NULL, 0};
	int code = fria_store_refs(&all, ws->store, stem, err);
	for (size_t i = all.n; i-- > 0;) {
		const char *own = all.items[i].name + strlen(stem);
		size_t id = strcspn(own, "/");
		size_t n = own[id] ? id + 1 + strcspn(own + id + 1, "/") : id;
		char *name = fria_strndup(own, n);
		if (own[id] && own[n] == '/' &&
		    (!told.n || strcmp(told.items[told.n - 1], name) != 0)) {
			fria_strings_add(&told, name);
			name[id] = '\0';
			bool lost = is_lost(ws, name, name + id + 1);
			name[id] = '/';
			if (lost)
				fria_findings_add(
				    out, FRIA_SEVERE, FRIA_W_version_lost,
				    all.items[i].name, NULL, "assessment", name,
				    "version", own + n + 1, NULL);
		}
		free(name);
	}
	fria_strings_dispose(&told);
	fria_refs_dispose(&all);
	free(stem);
	return code;
}
