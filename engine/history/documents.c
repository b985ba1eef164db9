/* SPDX-License-Identifier: EUPL-1.2 */
/* Documents of the past, by the ids of their bytes. */
#include "history_internal.h"

#include <stdlib.h>
#include <string.h>

json_t *history_json(const fria_workspace *ws, const char *blob)
{
	fria_buf bytes = FRIA_BUF_INIT;
	json_t *json = NULL;
	if (blob[0] && !fria_store_read_blob(&bytes, ws->store, blob, NULL))
		fria_json_parse(&json, blob, bytes.text, bytes.n, NULL);
	fria_buf_dispose(&bytes);
	return json;
}

json_t *history_document(const fria_workspace *ws, const char *blob)
{
	json_t *json = history_json(ws, blob);
	if (json && fria_assessment_check(json, blob, NULL)) {
		json_decref(json);
		json = NULL;
	}
	return json;
}

json_t *history_settled(json_t *assessment, const fria_instrument *in)
{
	if (!assessment || !in)
		return assessment;
	json_t *settled = fria_choices_settled(in, assessment, NULL);
	json_decref(assessment);
	return settled;
}

/* What was broken or taken away in between comes after it. */
json_t *history_before(const fria_workspace *ws, const past_change *changes,
		       size_t n, size_t at)
{
	json_t *json = history_json(ws, changes[at].before);
	for (at++; at < n && !json && !changes[at].put_back; at++)
		json = history_json(ws, changes[at].after);
	return json;
}

bool history_holds(const json_t *list, const json_t *one)
{
	json_t *other;
	size_t i;
	json_array_foreach(list, i, other)
		if (json_equal(other, one))
			return true;
	return false;
}
