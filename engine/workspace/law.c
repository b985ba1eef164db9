/* SPDX-License-Identifier: EUPL-1.2 */
/* What the law says, as the workspace has it, and as this program brings it. */
#include "workspace_internal.h"

int fria_workspace_law(json_t **out, const fria_workspace *ws,
		       const char *commit, fria_error *err)
{
	fria_error inner = FRIA_ERROR_INIT;
	*out = NULL;
	int code = fria_workspace_json(out, ws, commit, FRIA_LAW, &inner);
	if (code == FRIA_ENOTFOUND)
		return 0;
	if (code && err)
		*err = inner;
	if (!code)
		code = fria_law_check(*out, FRIA_LAW, err);
	if (code) {
		json_decref(*out);
		*out = NULL;
	}
	return code;
}

json_t *fria_law_built_in(void)
{
	static const char name[] = "assessments/law.json";
	json_t *law = NULL;
	size_t n = 0;
	const char *bytes = fria_embedded(name, &n);
	fria_json_parse(&law, name, bytes, n, NULL);
	json_object_set_new(law, "$schema",
			    fria_json_string("schemas/law.schema.json"));
	return law;
}

/* What cannot be read stops those that rest on it, and no other. */
static bool rests_on_law(const fria_snapshot *s)
{
	bool rests = fria_instrument_on_law(s->instrument);
	for (size_t i = 0; i < s->siblings_n && !rests; i++)
		rests = fria_instrument_on_law(s->sibling_instruments[i]);
	return rests;
}

int snapshot_law(fria_snapshot *s, const fria_workspace *ws, fria_error *err)
{
	fria_error inner = FRIA_ERROR_INIT;
	json_t *law;
	int code = fria_workspace_law(&law, ws, snapshot_commit(s), &inner);
	if (code && rests_on_law(s)) {
		if (err)
			*err = inner;
		return code;
	}
	fria_snapshot_take(s, s->application, law);
	json_decref(law);
	return 0;
}

void fria_snapshot_take(fria_snapshot *s, const json_t *application,
			const json_t *law)
{
	json_t *judged = fria_law_beside(application, law);
	json_decref(s->application);
	s->application = judged;
}
