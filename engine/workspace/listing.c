/* SPDX-License-Identifier: EUPL-1.2 */
/* The applications of a workspace by name, with their assessments. */
#include "workspace.h"

#include <stdlib.h>

static char *copy(const char *text)
{
	return text ? fria_strdup(text) : NULL;
}

/* One whose characteristics cannot be read stands there by its id. */
static int add_one(fria_listing *out, fria_findings *broken,
		   const fria_workspace *ws, const char *id, fria_error *err)
{
	json_t *application = NULL;
	fria_error inner = FRIA_ERROR_INIT;
	fria_listed *one = FRIA_PUSH(out);
	char *path = fria_workspace_path(id, "application");
	int code = fria_workspace_json(&application, ws, NULL, path, &inner);
	*one = (fria_listed){.id = fria_strdup(id)};
	if (!code)
		code = fria_application_check(application, path, &inner);
	if (code)
		code = fria_findings_add_broken(broken, path, &inner, err);
	one->name = copy(fria_json_text(application, "name"));
	one->release = copy(fria_json_text(application, "release"));
	if (!code)
		code = fria_workspace_assessments(&one->assessments, ws, NULL,
						  id, err);
	json_decref(application);
	free(path);
	return code;
}

int fria_listing_make(fria_listing *out, fria_findings *broken,
		      const fria_workspace *ws, fria_error *err)
{
	fria_strings ids = FRIA_STRINGS_INIT;
	*out = (fria_listing){NULL, 0};
	int code = fria_workspace_applications(&ids, ws, NULL, err);
	for (size_t i = 0; i < ids.n && !code; i++)
		code = add_one(out, broken, ws, ids.items[i], err);
	fria_strings_dispose(&ids);
	if (code)
		fria_listing_dispose(out);
	return code;
}

void fria_listing_dispose(fria_listing *listing)
{
	for (size_t i = 0; i < listing->n; i++) {
		fria_listed *one = &listing->items[i];
		free(one->id);
		free(one->name);
		free(one->release);
		fria_strings_dispose(&one->assessments);
	}
	free(listing->items);
	*listing = (fria_listing){NULL, 0};
}

json_t *fria_listing_json(const fria_listing *listing)
{
	json_t *out = json_array();
	for (size_t i = 0; i < listing->n; i++) {
		const fria_listed *one = &listing->items[i];
		json_array_append_new(
		    out, fria_json_pack("{s:s, s:s?, s:s?, s:o}", "application",
					one->id, "name", one->name, "release",
					one->release, "assessments",
					fria_json_strings(&one->assessments)));
	}
	return out;
}

void fria_listing_view(fria_node *at, const fria_listing *listing)
{
	fria_node *list = listing->n ? fria_node_list(at, false) : NULL;
	if (!list)
		fria_paragraph_say(at, FRIA_W_show_none, NULL);
	for (size_t i = 0; i < listing->n; i++) {
		const fria_listed *one = &listing->items[i];
		fria_node *item = fria_list_item(list);
		fria_node_strong(item, one->id);
		if (one->name)
			fria_node_format(item, ": %s", one->name);
		if (one->release)
			fria_node_format(item, ", %s", one->release);
		for (size_t k = 0; k < one->assessments.n; k++)
			fria_node_format(item, "\n%s/%s", one->id,
					 one->assessments.items[k]);
	}
}
