/* SPDX-License-Identifier: EUPL-1.2 */
/* The adopted versions of an assessment: their tags, and what those bind. */
#include "workspace_internal.h"

#include <stdlib.h>
#include <string.h>

char *fria_tag_stem(const fria_workspace *ws, const char *application,
		    const char *name)
{
	const char *tags = fria_json_text(ws->config, "tags");
	return fria_format("%s/%s/%s/", tags ? tags : "fria", application,
			   name);
}

/* What the tags of versions start with, by the id it had first, then by those
 * that followed. */
static void find_stems(fria_strings *out, const fria_workspace *ws,
		       const char *application, const char *name)
{
	fria_strings ids = FRIA_STRINGS_INIT;
	fria_application_ids(&ids, ws, application);
	for (size_t i = ids.n; i-- > 0;) {
		char *stem = fria_tag_stem(ws, ids.items[i], name);
		fria_strings_add(out, stem);
		free(stem);
	}
	fria_strings_dispose(&ids);
}

size_t fria_snapshot_last(const fria_workspace *ws, const char *application,
			  const char *name)
{
	fria_strings stems = FRIA_STRINGS_INIT;
	size_t last = 0;
	find_stems(&stems, ws, application, name);
	for (size_t i = 0; i < stems.n; i++) {
		char *prefix = fria_format("%sv", stems.items[i]);
		last = fria_store_version_last(ws->store, prefix, last);
		free(prefix);
	}
	fria_strings_dispose(&stems);
	return last;
}

char *fria_version_tag(const fria_workspace *ws, const char *application,
		       const char *name, size_t n)
{
	fria_strings stems = FRIA_STRINGS_INIT;
	char id[FRIA_ID_SIZE], *tag = NULL;
	bool found = false;
	find_stems(&stems, ws, application, name);
	for (size_t i = stems.n; i-- > 0 && !found;) {
		char *own = fria_format("%sv%zu", stems.items[i], n);
		found = fria_store_tag_id(id, ws->store, own);
		if (tag && !found) {
			free(own);
			continue;
		}
		free(tag);
		tag = own;
	}
	fria_strings_dispose(&stems);
	return tag;
}

int fria_snapshot_version(fria_tag *out, const fria_workspace *ws,
			  const char *application, const char *name, size_t n,
			  fria_error *err)
{
	char *tag = fria_version_tag(ws, application, name, n);
	int code = fria_store_tag_read(out, ws->store, tag, err);
	free(tag);
	return code;
}

int fria_snapshot_versions(fria_tags *out, const fria_workspace *ws,
			   const char *application, const char *name,
			   fria_error *err)
{
	fria_strings stems = FRIA_STRINGS_INIT;
	int code = 0;
	find_stems(&stems, ws, application, name);
	for (size_t i = 0; i < stems.n && !code; i++) {
		char *prefix = fria_format("%sv", stems.items[i]);
		code = fria_store_versions(out, ws->store, prefix, err);
		free(prefix);
	}
	fria_strings_dispose(&stems);
	return code;
}

bool fria_tag_content(char out[FRIA_CONTENT_SIZE], const fria_tag *tag)
{
	const char *at = strstr(tag->message, "\nContent: ");
	size_t n = at ? strcspn(at + 10, "\n") : 0;
	if (!n || n >= FRIA_CONTENT_SIZE)
		return false;
	memcpy(out, at + 10, n);
	out[n] = '\0';
	return true;
}

bool fria_tag_binds(const fria_tag *tag)
{
	char bound[FRIA_CONTENT_SIZE];
	fria_rules rules;
	return tag->tagger && (!tag->own || !strcmp(tag->own, tag->name)) &&
	       fria_tag_content(bound, tag) &&
	       fria_content_rules(&rules, bound);
}

bool version_is(const char *text)
{
	return text[0] == 'v' && text[1] >= '1' && text[1] <= '9' &&
	       strspn(text + 1, "0123456789") == strlen(text + 1);
}

static int add_beyond(fria_strings *out, const fria_workspace *ws,
		      const char *stem, size_t last, fria_error *err)
{
	char *prefix = fria_format("refs/tags/%s", stem);
	fria_refs all = {NULL, 0};
	int code = fria_store_refs(&all, ws->store, prefix, err);
	for (size_t i = 0; i < all.n; i++) {
		const char *own = all.items[i].name + strlen(prefix);
		if (version_is(own) && strtoul(own + 1, NULL, 10) > last)
			fria_strings_add(out, own);
	}
	fria_refs_dispose(&all);
	free(prefix);
	return code;
}

int fria_versions_beyond(fria_strings *out, const fria_workspace *ws,
			 const char *application, const char *name, size_t last,
			 fria_error *err)
{
	fria_strings stems = FRIA_STRINGS_INIT;
	int code = 0;
	find_stems(&stems, ws, application, name);
	for (size_t i = 0; i < stems.n && !code; i++)
		code = add_beyond(out, ws, stems.items[i], last, err);
	fria_strings_dispose(&stems);
	return code;
}
