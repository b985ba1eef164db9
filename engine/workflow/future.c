/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Measurements, incidents and meetings of a day that is still to come: they
 * would be recorded and then count for nothing. What stood there already is
 * named by check and refused by nobody.
 */
#include "workflow_internal.h"

#include <stdlib.h>

int future_fail(fria_error *err, const fria_session *session, fria_word word,
		const char *what, const char *date)
{
	fria_buf today = FRIA_BUF_INIT;
	fria_day_write(&today, fria_session_day(session));
	int code = fria_fail(err, FRIA_EINPUT, word, "what", what, "date", date,
			     "today", today.text, NULL);
	fria_buf_dispose(&today);
	return code;
}

/* One that is of a day after today: what it is of, and where it stands. */
typedef struct {
	fria_word word;
	const char *what, *date;
	char *pointer; /* owned */
} future_record;

typedef struct {
	future_record *items;
	size_t n;
} future_records;

static void add_future(future_records *out, const json_t *list,
		       const json_t *before, const fria_session *session,
		       const char *place, fria_word word, const char *what)
{
	size_t i, k;
	json_t *one, *other;
	json_array_foreach(list, i, one) {
		const char *date = fria_json_text(one, "date");
		const char *id = fria_json_text(one, "id");
		bool known = !date || !fria_is_future(session, date);
		json_array_foreach(before, k, other) {
			known = known || json_equal(one, other);
		}
		if (known)
			continue;
		*FRIA_PUSH(out) =
		    (future_record){word,
				    what ? what
				    : id ? id
					 : "",
				    date, fria_format("%s/%zu/date", place, i)};
	}
}

/* Every measurement, incident and meeting of a later day that is not in
 * before. */
static void list_future(future_records *out, const json_t *document,
			const json_t *before, const fria_session *session)
{
	const char *metric;
	json_t *one;
	json_object_foreach(json_object_get(document, "monitoring"), metric,
			    one) {
		fria_buf place = FRIA_BUF_INIT;
		fria_buf_puts(&place, "/monitoring");
		fria_pointer_add(&place, metric);
		fria_buf_puts(&place, "/series");
		add_future(
		    out, json_object_get(one, "series"),
		    json_object_get(
			json_object_get(json_object_get(before, "monitoring"),
					metric),
			"series"),
		    session, place.text, FRIA_W_measured_future, metric);
		fria_buf_dispose(&place);
	}
	add_future(out, fria_fact(document, "/use/incidents"),
		   before ? fria_fact(before, "/use/incidents") : NULL, session,
		   "/use/incidents", FRIA_W_incident_future, NULL);
	add_future(out, json_object_get(document, "meetings"), NULL, session,
		   "/meetings", FRIA_W_meeting_future, NULL);
}

static void dispose_future(future_records *list)
{
	for (size_t i = 0; i < list->n; i++)
		free(list->items[i].pointer);
	free(list->items);
}

int future_refuse(const json_t *application, const json_t *before,
		  const fria_session *session, fria_error *err)
{
	future_records list = {NULL, 0};
	int code = 0;
	list_future(&list, application, before, session);
	if (list.n) {
		const future_record *r = &list.items[0];
		code = future_fail(err, session, r->word, r->what, r->date);
	}
	dispose_future(&list);
	return code;
}

void future_find(fria_findings *out, const json_t *document,
		 const fria_session *session, const char *path)
{
	future_records list = {NULL, 0};
	fria_buf today = FRIA_BUF_INIT;
	fria_day_write(&today, fria_session_day(session));
	list_future(&list, document, NULL, session);
	for (size_t i = 0; i < list.n; i++) {
		const future_record *r = &list.items[i];
		fria_findings_add(out, FRIA_WARNING, r->word, path, r->pointer,
				  "what", r->what, "date", r->date, "today",
				  today.text, NULL);
	}
	fria_buf_dispose(&today);
	dispose_future(&list);
}
