/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a shared repository was last seen to hold: git keeps that of branches,
 * not of tags. Beside history, and safe to delete; it asks no network.
 */
#include "../data/data.h"
#include "store_internal.h"

#include <stdlib.h>
#include <string.h>

static char *place(const fria_store *store)
{
	return fria_format("%s/seen.json", store->own);
}

int fria_store_seen_write(fria_store *store, const char *remote,
			  const fria_refs *refs, fria_error *err)
{
	char *path = place(store);
	fria_buf text = FRIA_BUF_INIT, was = FRIA_BUF_INIT;
	json_t *all = json_object();
	for (size_t i = 0; i < refs->n; i++)
		json_object_set_new(all, refs->items[i].name,
				    fria_json_string(refs->items[i].id));
	json_t *json = fria_json_pack("{s:o, s:o}", "remote",
				      fria_json_shown(remote), "refs", all);
	fria_json_write(&text, json);
	int code = fria_folder_make(store->own, err);
	bool same = !code && !fria_file_read(&was, path, NULL) &&
		    was.n == text.n && !memcmp(was.text, text.text, text.n);
	if (!code && !same)
		code = fria_file_write(path, text.text, text.n, err);
	json_decref(json);
	fria_buf_dispose(&was);
	fria_buf_dispose(&text);
	free(path);
	return code;
}

char *fria_store_seen(fria_refs *out, fria_store *store)
{
	char *path = place(store), *remote = NULL;
	fria_buf text = FRIA_BUF_INIT;
	json_t *json = NULL, *id;
	const char *name;
	if (!fria_file_read(&text, path, NULL))
		fria_json_parse(&json, path, text.text, text.n, NULL);
	remote = fria_strdup(fria_json_text(json, "remote"));
	json_object_foreach(json_object_get(json, "refs"), name, id) {
		if (json_string_length(id) != FRIA_ID_SIZE - 1)
			continue;
		fria_ref *ref = FRIA_PUSH(out);
		*ref = (fria_ref){.name = fria_strdup(name)};
		memcpy(ref->id, json_string_value(id), FRIA_ID_SIZE);
	}
	fria_refs_sort(out);
	json_decref(json);
	fria_buf_dispose(&text);
	free(path);
	return remote;
}
