/* SPDX-License-Identifier: EUPL-1.2 */
/* What somebody says of a change of facts: that only the words are other. */
#include "workflow_internal.h"

#include <stdlib.h>
#include <string.h>

/* EINPUT for no fact, or one that did not change; EREFUSED for more. */
static int refuse_pointer(const fria_wording *w, const char *pointer,
			  fria_lang lang, fria_error *err)
{
	bool any = false;
	if (!fria_fact_is(pointer) || !fria_fact_known(pointer))
		return fria_fail(err, FRIA_EINPUT, FRIA_W_unknown_fact,
				 "pointer", pointer, NULL);
	for (size_t i = 0; i < w->changed->n; i++) {
		const char *changed = w->changed->items[i];
		if (!fria_pointer_covers(pointer, changed))
			continue;
		any = true;
		if (!fria_wording_is(changed, w->before, w->after))
			return fria_fail(err, FRIA_EREFUSED,
					 FRIA_W_wording_more, "fact",
					 fria_fact_title(changed, lang),
					 "pointer", pointer, NULL);
	}
	if (any)
		return 0;
	return fria_fail(err, FRIA_EREFUSED, FRIA_W_wording_same, "fact",
			 fria_fact_title(pointer, lang), "pointer", pointer,
			 NULL);
}

int wording_take(const fria_wording *w, json_t *after, const fria_workspace *ws,
		 fria_error *err)
{
	int code = 0;
	for (size_t i = 0; i < w->pointers->n && !code; i++)
		code = refuse_pointer(w, w->pointers->items[i],
				      ws->session.lang, err);
	if (code || !w->pointers->n)
		return code;
	fria_buf at = FRIA_BUF_INIT;
	char *by = fria_format("%s <%s>", ws->session.name, ws->session.email);
	json_t *events = json_object_get(after, "events");
	if (!json_is_array(events)) {
		events = json_array();
		json_object_set_new(after, "events", events);
	}
	fria_time_write(&at, ws->session.now);
	json_array_append_new(events,
			      fria_json_pack("{s:s*, s:o, s:s, s:s}", "release",
					     fria_json_text(after, "release"),
					     "wording", fria_wording_steps(w),
					     "by", by, "at", at.text));
	fria_buf_dispose(&at);
	free(by);
	return 0;
}
