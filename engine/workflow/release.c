/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The application: added from its entry or our own form, and its next
 * releases. The entry is kept whole beside it.
 */
#include "workflow_internal.h"

#include <stdlib.h>
#include <string.h>

void fria_release_dispose(fria_release_result *result)
{
	json_decref(result->before);
	json_decref(result->after);
	free(result->metric);
	free(result->measured);
	fria_strings_dispose(&result->changed);
	fria_strings_dispose(&result->gone);
	consequences_dispose(&result->consequences);
	*result = (fria_release_result){.before = NULL};
}

/* --- entry.json --- */

json_t *release_entry(const fria_workspace *ws, const char *path,
		      const json_t *received)
{
	static const char *const keys[] = {"$schema", "received", "written",
					   "sent",    "sent_at",  NULL};
	json_t *entry = NULL;
	if (!received)
		return NULL;
	if (fria_workspace_json(&entry, ws, NULL, path, NULL) ||
	    !json_is_object(entry)) {
		json_decref(entry);
		entry = fria_json_pack("{s:s}", "$schema",
				       "../../schemas/entry.schema.json");
	}
	json_object_set(entry, "received", (json_t *)(uintptr_t)received);
	fria_json_order(entry, keys);
	return entry;
}

/* --- a new application --- */

static int refuse_existing(const fria_workspace *ws, const char *id,
			   fria_error *err)
{
	fria_path_state state;
	char *path = fria_workspace_path(id, "application");
	int code = fria_store_state(&state, ws->store, path, err);
	free(path);
	if (!code && state != FRIA_PATH_ABSENT)
		code = fria_fail(err, FRIA_EEXISTS, FRIA_W_application_exists,
				 "application", id, NULL);
	return code ? code : rename_refuse_former(ws, id, err);
}

json_t *release_first(const char *id, const json_t *from)
{
	const char *name = fria_json_text(from, "name");
	json_t *empty =
	    fria_json_pack("{s:s, s:s, s:s, s:n}", "$schema",
			   "../../schemas/application.schema.json", "id", id,
			   "name", name ? name : id, "release");
	json_t *application = fria_application_release(
	    empty, fria_json_text(from, "release"), from, false);
	json_decref(empty);
	return application;
}

static int add(fria_workspace *ws, const char *id, const json_t *from,
	       const json_t *received, fria_error *err)
{
	char commit[FRIA_ID_SIZE];
	fria_buf message = FRIA_BUF_INIT;
	json_t *application = release_first(id, from);
	const fria_release_result first = {.after = application};
	fria_say(&message, ws->lang, FRIA_W_commit_application, "id", id,
		 "name", fria_json_text(application, "name"), NULL);
	fria_buf_putc(&message, '\n');
	int code = fria_application_check(application, id, err);
	if (!code)
		code = future_refuse(application, NULL, &ws->session, err);
	if (!code)
		code = consequences_record(commit, ws, id, &first, received,
					   message.text, err);
	fria_buf_dispose(&message);
	json_decref(application);
	return code;
}

/* Borrows what is given, through the entrance. */
int facts_enter(fria_facts_file *from, json_t **file, char **form,
		fria_error *err)
{
	fria_buf text = FRIA_BUF_INIT;
	int code = fria_json_enter(file, from->file, from->name, err);
	if (!code && from->form)
		code = fria_text_enter(&text, from->form, strlen(from->form),
				       FRIA_PROSE, from->name, err);
	*form = fria_buf_detach(&text);
	from->file = *file;
	from->form = from->form ? *form : NULL;
	return code;
}

int facts_read(json_t **out, const json_t **received,
	       const fria_facts_file *from, const json_t *before,
	       const fria_session *session, fria_error *err)
{
	const fria_time today = fria_session_day(session);
	*received = NULL;
	if (from->form)
		return fria_form_read(out, from->form, from->name, before,
				      session->lang, &today, err);
	if (from->file)
		return fria_application_read(out, received, from->file,
					     from->name, from->format,
					     from->which, err);
	*out = json_object();
	return 0;
}

int fria_application_add(fria_workspace *ws, const char *id,
			 const fria_facts_file *given, fria_error *err)
{
	json_t *from = NULL, *file = NULL;
	const json_t *received = NULL;
	char *form = NULL;
	fria_facts_file own = *given;
	const fria_entering texts[] = {{&own.name, FRIA_LINE, "FILE"},
				       {NULL, FRIA_LINE, NULL}};
	if (!fria_id_ok(id))
		return fria_fail(err, FRIA_EINPUT, FRIA_W_bad_id, "id", id,
				 NULL);
	int code = fria_act_begin(ws, texts, err);
	if (code)
		return code;
	code = facts_enter(&own, &file, &form, err);
	if (!code)
		code =
		    facts_read(&from, &received, &own, NULL, &ws->session, err);
	if (!code)
		code = refuse_existing(ws, id, err);
	if (!code)
		code = add(ws, id, from, received, err);
	fria_act_end(ws);
	json_decref(from);
	json_decref(file);
	free(form);
	return code;
}

int fria_application_form(fria_buf *out, const fria_workspace *ws,
			  const char *id, fria_error *err)
{
	json_t *application = NULL;
	fria_path_state state;
	if (!fria_id_ok(id))
		return fria_fail(err, FRIA_EINPUT, FRIA_W_bad_id, "id", id,
				 NULL);
	char *path = fria_workspace_path(id, "application");
	int code = fria_store_state(&state, ws->store, path, err);
	if (!code && state == FRIA_PATH_ABSENT)
		application = fria_json_pack("{s:s}", "id", id);
	else if (!code)
		code = fria_workspace_json(&application, ws, NULL, path, err);
	if (!code)
		code = fria_application_check(application, path, err);
	if (!code)
		fria_form_write(out, application, ws->lang,
				ws->session.buttons);
	json_decref(application);
	free(path);
	return code;
}

/* --- the next release --- */

static void find_gone(fria_release_result *out)
{
	for (size_t i = 0; i < out->changed.n; i++) {
		const char *p = out->changed.items[i];
		json_t *before = fria_fact_compared(
		    p, fria_fact(out->before, p), FRIA_RULES);
		json_t *after =
		    fria_fact_compared(p, fria_fact(out->after, p), FRIA_RULES);
		if (!json_is_null(before) && json_is_null(after))
			fria_strings_add(&out->gone, p);
		json_decref(before);
		json_decref(after);
	}
}

/* The same name for other facts would make two releases one. */
static int refuse_same_name(const fria_release_result *r,
			    const fria_release_request *q, fria_error *err)
{
	const char *was = fria_json_text(r->before, "release");
	if (q->correct || !was || strcmp(was, q->version) != 0 || !r->changed.n)
		return 0;
	return fria_fail(err, FRIA_EREFUSED, FRIA_W_release_exists, "release",
			 q->version, NULL);
}

/* A correction is of the release of now, and changes something. */
static int refuse_correction(const fria_release_result *r,
			     const fria_release_request *q, fria_error *err)
{
	const char *was = fria_json_text(r->before, "release");
	if (!was || strcmp(was, q->version) != 0)
		return fria_fail(err, FRIA_EREFUSED, FRIA_W_correct_other,
				 "release", q->version, "current",
				 was ? was : "-", NULL);
	return json_equal(r->before, r->after)
		   ? fria_fail(err, FRIA_EREFUSED, FRIA_W_correct_nothing,
			       "release", q->version, NULL)
		   : 0;
}

/* What was wrong stays told: which facts, by whom, when and why. */
static void record_correction(const fria_release_result *r,
			      const fria_release_request *q,
			      const fria_session *session)
{
	fria_buf at = FRIA_BUF_INIT;
	char *by = fria_format("%s <%s>", session->name, session->email);
	json_t *events = json_object_get(r->after, "events");
	if (!json_is_array(events)) {
		events = json_array();
		json_object_set_new(r->after, "events", events);
	}
	fria_time_write(&at, session->now);
	json_array_append_new(
	    events,
	    fria_json_pack("{s:s, s:o, s:s*, s:s, s:s}", "release", q->version,
			   "corrected", fria_json_strings(&r->changed), "text",
			   q->note, "by", by, "at", at.text));
	fria_application_order(r->after);
	fria_buf_dispose(&at);
	free(by);
}

static void say_release(fria_buf *out, const fria_release_result *r,
			const char *id, const fria_release_request *q,
			fria_lang lang)
{
	fria_say(out, lang,
		 q->correct ? FRIA_W_commit_correct : FRIA_W_commit_release,
		 "id", id, "release", q->version, NULL);
	fria_buf_putc(out, '\n');
	if (q->note)
		fria_buf_printf(out, "\n%s\n", q->note);
	for (size_t i = 0; i < r->changed.n; i++) {
		const char *p = r->changed.items[i];
		fria_buf_puts(out, i ? "" : "\n");
		fria_say(out, lang,
			 fria_strings_has(&r->gone, p) ? FRIA_W_fact_gone
						       : FRIA_W_fact_changed,
			 "fact", fria_fact_title(p, lang), NULL);
		fria_buf_putc(out, '\n');
	}
}

static int release(fria_release_result *out, fria_workspace *ws, const char *id,
		   const fria_release_request *q, const json_t *received,
		   fria_error *err)
{
	const fria_wording wording = {out->before, out->after, &out->changed,
				      q->wording};
	fria_buf message = FRIA_BUF_INIT;
	fria_facts_differ(&out->changed, out->before, out->after);
	find_gone(out);
	/* Ours; the register's and the card's own fields are for check. */
	static const char *const parts[] = {"/use", "/monitoring", "/in_use",
					    "/source", NULL};
	int code = refuse_same_name(out, q, err);
	if (!code && q->correct)
		code = refuse_correction(out, q, err);
	if (!code)
		code =
		    fria_form_refuse(out->after, parts, ws->session.lang, err);
	if (!code)
		code = fria_application_check(out->after, id, err);
	if (!code)
		code =
		    future_refuse(out->after, out->before, &ws->session, err);
	if (!code && q->wording)
		code = wording_take(&wording, out->after, ws, err);
	if (!code && q->correct)
		record_correction(out, q, &ws->session);
	if (!code)
		code =
		    consequences_judge(&out->consequences, ws, id, out->after,
				       q->wording ? &wording : NULL, NULL, err);
	if (!code) {
		say_release(&message, out, id, q, ws->lang);
		code = consequences_record(out->commit, ws, id, out, received,
					   message.text, err);
	}
	fria_buf_dispose(&message);
	return code;
}

static void set_start(json_t *from, const json_t *application,
		      const char *in_use_from)
{
	json_t *in_use = json_object_get(from, "in_use");
	if (!in_use)
		in_use = json_object_get(application, "in_use");
	in_use = in_use ? json_deep_copy(in_use) : json_object();
	json_object_set_new(in_use, "from", fria_json_string(in_use_from));
	json_object_set_new(from, "in_use", in_use);
}

static bool has_version(const fria_workspace *ws, const char *id)
{
	fria_strings names = FRIA_STRINGS_INIT;
	bool found = false;
	fria_workspace_assessments(&names, ws, NULL, id, NULL);
	for (size_t i = 0; i < names.n && !found; i++)
		found = fria_snapshot_last(ws, id, names.items[i]) > 0;
	fria_strings_dispose(&names);
	return found;
}

/* Another release than the last; the first, where something was adopted on
 * how it was before. */
static bool asks_check(const fria_workspace *ws, const char *id,
		       const json_t *application, const char *version)
{
	const char *was = fria_json_text(application, "release");
	return was ? strcmp(was, version) != 0
		   : application && has_version(ws, id);
}

bool fria_release_asks(const fria_workspace *ws, const char *id,
		       const char *version)
{
	json_t *application = NULL;
	char *path = fria_workspace_path(id, "application");
	if (fria_id_ok(id))
		fria_workspace_json(&application, ws, NULL, path, NULL);
	bool asks = asks_check(ws, id, application, version);
	json_decref(application);
	free(path);
	return asks;
}

/* What is asked, through the entrance: the documents are new. */
static int enter(fria_release_request *q, json_t **file, char **form,
		 json_t **answers, fria_workspace *ws, fria_error *err)
{
	const fria_entering texts[] = {
	    {&q->version, FRIA_LINE | FRIA_NEEDED, "VERSION"},
	    {&q->in_use_from, FRIA_DAY, "--in-use-from"},
	    {&q->from.name, FRIA_LINE, "--from"},
	    {&q->answers_name, FRIA_LINE, "--answers"},
	    {&q->note, FRIA_PROSE | FRIA_OPTIONAL, "--note"},
	    {NULL, FRIA_LINE, NULL}};
	int code = fria_act_begin(ws, texts, err);
	if (code)
		return code;
	code = facts_enter(&q->from, file, form, err);
	if (!code)
		code =
		    fria_json_enter(answers, q->answers, q->answers_name, err);
	if (!code && q->answers)
		code = fria_release_check_read(*answers, q->answers_name, err);
	q->answers = *answers;
	if (code)
		fria_act_end(ws);
	return code;
}

/* Without a file, the release must be the present one. */
static int refuse_without_file(const fria_release_result *r,
			       const fria_release_request *q, fria_error *err)
{
	const char *was = fria_json_text(r->before, "release");
	if (q->from.file || q->from.form || (was && !strcmp(was, q->version)))
		return 0;
	return fria_fail(err, FRIA_EINPUT, FRIA_W_release_needs_file, "release",
			 q->version, "current", was ? was : "-", NULL);
}

/* The moment of the last event before this release, as text; "" for none. */
static const char *last_event(const json_t *application)
{
	const json_t *events = json_object_get(application, "events");
	const char *last = "";
	size_t i;
	json_t *one;
	json_array_foreach((json_t *)(uintptr_t)events, i, one) {
		const char *at = fria_json_text(one, "at");
		if (at && strcmp(at, last) > 0)
			last = at;
	}
	return last;
}

/* An incident that is not in the facts of before, or happened since. */
static bool is_new(const json_t *incident, const json_t *before,
		   const char *since)
{
	const char *id = fria_json_text(incident, "id");
	const char *date = fria_json_text(incident, "date");
	size_t i;
	json_t *one;
	json_array_foreach((json_t *)(uintptr_t)before, i, one) {
		const char *own = fria_json_text(one, "id");
		if (id && own && !strcmp(own, id))
			return date && *since && strncmp(date, since, 10) >= 0;
	}
	return true;
}

/* What went wrong since the last release is no matter of a patch. */
static int refuse_patch(const fria_release_result *r, fria_error *err)
{
	const json_t *before = fria_fact(r->before, "/use/incidents");
	const json_t *after = fria_fact(r->after, "/use/incidents");
	const char *since = last_event(r->before);
	size_t i;
	json_t *one;
	json_array_foreach((json_t *)(uintptr_t)after, i, one) {
		const char *id = fria_json_text(one, "id");
		if (is_new(one, before, since))
			return fria_fail(err, FRIA_EREFUSED,
					 FRIA_W_release_patch_incident,
					 "incident", id ? id : "", NULL);
	}
	return 0;
}

int fria_release(fria_release_result *out, fria_workspace *ws, const char *id,
		 const fria_release_request *asked, fria_error *err)
{
	fria_release_request own = *asked;
	const fria_release_request *q = &own;
	json_t *from = NULL, *file = NULL, *answers = NULL;
	const json_t *received = NULL;
	char *form = NULL;
	*out = (fria_release_result){.before = NULL};
	int code = enter(&own, &file, &form, &answers, ws, err);
	if (code)
		goto out;
	code = fria_application_saved(&out->before, ws, id, err);
	if (!code)
		code = facts_read(&from, &received, &q->from, out->before,
				  &ws->session, err);
	if (!code)
		code = refuse_without_file(out, q, err);
	if (!code)
		code = fria_publish_drop_echoes(from, ws, id, out->before, err);
	if (!code) {
		bool asks =
		    !q->correct && asks_check(ws, id, out->before, q->version);
		char *by =
		    fria_format("%s <%s>", ws->session.name, ws->session.email);
		if (q->in_use_from)
			set_start(from, out->before, q->in_use_from);
		out->after = fria_application_release(out->before, q->version,
						      from, q->partial);
		if (asks || q->answers)
			fria_release_check_record(out->after, q->version,
						  q->answers, q->patch, by,
						  ws->session.now);
		free(by);
		if (q->patch)
			code = refuse_patch(out, err);
		if (!code)
			code = release(out, ws, id, q, received, err);
	}
	fria_act_end(ws);
out:
	json_decref(from);
	json_decref(file);
	json_decref(answers);
	free(form);
	if (code)
		fria_release_dispose(out);
	return code;
}
