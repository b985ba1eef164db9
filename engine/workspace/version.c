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

size_t fria_snapshot_last(const fria_workspace *ws, const char *application,
			  const char *name)
{
	char *stem = fria_tag_stem(ws, application, name);
	char *prefix = fria_format("%sv", stem);
	size_t last = fria_store_version_last(ws->store, prefix);
	free(prefix);
	free(stem);
	return last;
}

int fria_snapshot_version(fria_tag *out, const fria_workspace *ws,
			  const char *application, const char *name, size_t n,
			  fria_error *err)
{
	char *stem = fria_tag_stem(ws, application, name);
	char *tag = fria_format("%sv%zu", stem, n);
	int code = fria_store_tag_read(out, ws->store, tag, err);
	free(tag);
	free(stem);
	return code;
}

int fria_snapshot_versions(fria_tags *out, const fria_workspace *ws,
			   const char *application, const char *name,
			   fria_error *err)
{
	char *stem = fria_tag_stem(ws, application, name);
	char *prefix = fria_format("%sv", stem);
	int code = fria_store_versions(out, ws->store, prefix, err);
	free(prefix);
	free(stem);
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
