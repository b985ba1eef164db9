/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a merge brought together: what one side added stays, what one side took
 * away goes. It tells nobody what was lost (verify does).
 */
#include "history_internal.h"

static void add_document(json_t *list, const fria_workspace *ws,
			 const char *commit, const char *path)
{
	char blob[FRIA_ID_SIZE] = "";
	fria_store_blob_id(blob, ws->store, commit, path);
	json_t *document = history_json(ws, blob);
	if (document)
		json_array_append_new(list, document);
}

/* Where one parent parted from any of the others. New. */
static json_t *read_bases(history_merged *m, const fria_workspace *ws,
			  const fria_commit *commit, size_t own,
			  const char *path)
{
	fria_strings bases = FRIA_STRINGS_INIT;
	char *const *parents = commit->parents.items;
	json_t *all = json_array();
	for (size_t i = 0; i < commit->parents.n; i++)
		if (i != own &&
		    fria_store_merge_bases(&bases, ws->store, parents[own],
					   parents[i], NULL))
			m->blind = true;
	for (size_t i = 0; i < bases.n; i++)
		add_document(all, ws, bases.items[i], path);
	fria_strings_dispose(&bases);
	return all;
}

void history_merged_read(history_merged *out, const fria_workspace *ws,
			 const fria_commit *commit, const char *path)
{
	size_t n = commit->parents.n > 1 ? commit->parents.n : 0;
	*out = (history_merged){json_array(), json_array(), false};
	for (size_t i = 0; i < n; i++) {
		size_t had = json_array_size(out->parents);
		add_document(out->parents, ws, commit->parents.items[i], path);
		if (json_array_size(out->parents) > had)
			json_array_append_new(
			    out->bases, read_bases(out, ws, commit, i, path));
	}
}

void history_merged_dispose(history_merged *m)
{
	json_decref(m->parents);
	json_decref(m->bases);
	*m = (history_merged){NULL, NULL, false};
}

static bool any_has(const json_t *documents, history_has has, const void *what)
{
	json_t *one;
	size_t i;
	json_array_foreach(documents, i, one)
		if (has(one, what))
			return true;
	return false;
}

bool history_gone_before(const history_merged *m, history_has has,
			 const void *what)
{
	json_t *one;
	size_t i;
	json_array_foreach(m->parents, i, one)
		if (!has(one, what) &&
		    (m->blind ||
		     any_has(json_array_get(m->bases, i), has, what)))
			return true;
	return false;
}
