/* SPDX-License-Identifier: EUPL-1.2 */
/* Facts between releases: one fact, a measurement, the end of use. */
#include "workflow_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static int begin(fria_release_result *out, fria_workspace *ws, const char *id,
		 const fria_entering *texts, fria_error *err)
{
	*out = (fria_release_result){.before = NULL};
	int code = fria_act_begin(ws, texts, err);
	if (code)
		return code;
	code = fria_application_saved(&out->before, ws, id, err);
	if (!code) {
		out->after = json_deep_copy(out->before);
		return 0;
	}
	fria_act_end(ws);
	fria_release_dispose(out);
	return code;
}

/* Commits what differs; disposes of everything on an error. */
static int end(fria_release_result *out, fria_workspace *ws, const char *id,
	       const json_t *received, const char *message,
	       const fria_strings *worded, int code, fria_error *err)
{
	char *path = fria_workspace_path(id, "application");
	const fria_wording wording = {out->before, out->after, &out->changed,
				      worded};
	if (!code)
		code = fria_application_check(out->after, path, err);
	if (!code)
		code =
		    future_refuse(out->after, out->before, &ws->session, err);
	if (!code) {
		fria_application_order(out->after);
		fria_facts_differ(&out->changed, out->before, out->after);
		if (worded)
			code = wording_take(&wording, out->after, ws, err);
		if (!code)
			code = consequences_judge(
			    &out->consequences, ws, id, out->after,
			    worded ? &wording : NULL, NULL, err);
		if (!code && !json_equal(out->before, out->after))
			code = consequences_record(out->commit, ws, id, out,
						   received, message, err);
	}
	fria_act_end(ws);
	free(path);
	if (code)
		fria_release_dispose(out);
	return code;
}

/* "straatafval: Gebied", the note below it, and a newline. */
static char *message_of(const fria_workspace *ws, fria_word word,
			const char *id, const char *what, const char *note)
{
	fria_buf out = FRIA_BUF_INIT;
	fria_say(&out, ws->lang, word, "id", id, "what", what ? what : "",
		 NULL);
	fria_buf_putc(&out, '\n');
	if (note)
		fria_buf_printf(&out, "\n%s\n", note);
	return fria_buf_detach(&out);
}

/* What has a form of its own may have been typed as the form takes it. */
static int check_form(json_t *application, const char *pointer,
		      const json_t *value, const fria_workspace *ws,
		      fria_error *err)
{
	const char *const parts[] = {pointer, NULL};
	const char *text = json_string_value(value);
	const fria_time today = fria_session_day(&ws->session);
	const fria_lang lang = ws->session.lang;
	json_t *meant = NULL;
	int code = text && *text ? fria_form_value(&meant, pointer, text, lang,
						   &today, err)
				 : 0;
	if (code && code != FRIA_ENOTFOUND)
		return fria_fail_at(err, NULL, pointer, 0, 0);
	if (meant)
		fria_pointer_set(application, pointer, meant, NULL);
	json_decref(meant);
	return fria_form_refuse(application, parts, lang, err);
}

int fria_application_set(fria_release_result *out, fria_workspace *ws,
			 const char *id, const char *pointer, json_t *value,
			 const char *note, const fria_strings *wording,
			 fria_error *err)
{
	json_t *own = NULL;
	const fria_entering texts[] = {
	    {&note, FRIA_PROSE | FRIA_OPTIONAL, "--note"},
	    {NULL, FRIA_LINE, NULL}};
	*out = (fria_release_result){.before = NULL};
	if (!fria_fact_is(pointer) || !fria_fact_known(pointer))
		return fria_fail(err, FRIA_EINPUT,
				 fria_fact_is_output(pointer)
				     ? FRIA_W_set_output
				     : FRIA_W_unknown_fact,
				 "pointer", pointer, NULL);
	int code = begin(out, ws, id, texts, err);
	if (code)
		return code;
	code = fria_json_enter(&own, value, "VALUE", err);
	if (!code)
		code = fria_pointer_set(out->after, pointer,
					json_is_null(own) ? NULL : own, err);
	if (!code)
		code = check_form(out->after, pointer, own, ws, err);
	json_decref(own);
	char *message = message_of(ws, FRIA_W_commit_set, id,
				   fria_fact_title(pointer, ws->lang), note);
	code = end(out, ws, id, NULL, message, wording, code, err);
	free(message);
	return code;
}

int fria_application_fill(fria_release_result *out, fria_workspace *ws,
			  const char *id, const fria_facts_file *given,
			  const char *note, const fria_strings *wording,
			  fria_error *err)
{
	static const char *const parts[] = {"/use", "/monitoring", "/in_use",
					    "/source", NULL};
	fria_facts_file own = *given;
	json_t *from = NULL, *file = NULL;
	const json_t *received = NULL;
	char *form = NULL;
	const fria_entering texts[] = {
	    {&note, FRIA_PROSE | FRIA_OPTIONAL, "--note"},
	    {&own.name, FRIA_LINE, "--from"},
	    {NULL, FRIA_LINE, NULL}};
	int code = begin(out, ws, id, texts, err);
	if (code)
		return code;
	code = facts_enter(&own, &file, &form, err);
	if (!code)
		code = facts_read(&from, &received, &own, out->before,
				  &ws->session, err);
	if (!code)
		code = fria_publish_drop_echoes(from, ws, id, out->before, err);
	if (!code) {
		json_decref(out->after);
		out->after =
		    fria_application_release(out->before, NULL, from, false);
		code =
		    fria_form_refuse(out->after, parts, ws->session.lang, err);
	}
	char *message = message_of(ws, FRIA_W_commit_fill, id, NULL, note);
	code = end(out, ws, id, received, message, wording, code, err);
	free(message);
	json_decref(from);
	json_decref(file);
	free(form);
	return code;
}

/* The same said twice is said once. */
static bool is_measured(const json_t *series, const json_t *measurement)
{
	size_t i;
	json_t *one;
	json_array_foreach(series, i, one)
		if (json_equal(one, measurement))
			return true;
	return false;
}

/* By its key, or by its name as that is printed; *name becomes the key. Both
 * borrowed; ENOTFOUND says which there are. */
static int find_metric(json_t **out, const json_t *application,
		       const char **name, fria_error *err)
{
	json_t *all = json_object_get(application, "monitoring"), *one;
	const char *key;
	fria_buf known = FRIA_BUF_INIT;
	fria_strings names = FRIA_STRINGS_INIT;
	*out = json_object_get(all, *name);
	json_object_foreach(all, key, one) {
		const char *title = fria_json_text(one, "name");
		if (!*out && title && fria_words_alike(title, *name)) {
			*out = one;
			*name = key;
		}
		fria_buf_printf(&known, known.n ? "; %s" : "%s",
				title ? title : key);
		fria_strings_add(&names, title ? title : key);
	}
	int code = *out ? 0
			: fria_fail(err, FRIA_ENOTFOUND, FRIA_W_unknown_metric,
				    "metric", *name, "known",
				    known.n ? known.text : "-", "near",
				    fria_nearest(&names, *name), NULL);
	fria_strings_dispose(&names);
	fria_buf_dispose(&known);
	return code;
}

static void add_measurement(const json_t *application, json_t *metric,
			    double value, const char *date)
{
	json_t *series = json_object_get(metric, "series");
	if (!json_is_array(series)) {
		series = json_array();
		json_object_set_new(metric, "series", series);
	}
	bool whole = fabs(value) < 9007199254740992.0 && /* 2^53 */
		     value == (double)(json_int_t)value;
	json_t *measurement = fria_json_pack(
	    "{s:o, s:s, s:s*}", "value",
	    whole ? json_integer((json_int_t)value) : json_real(value), "date",
	    date, "release", fria_json_text(application, "release"));
	if (!is_measured(series, measurement))
		json_array_append(series, measurement);
	json_decref(measurement);
}

/* Whether it is what the metric is measured in: its unit in words, or a sign
 * for percent. */
static bool is_unit(const json_t *metric, const char *typed)
{
	static const char *const percent[] = {"procent", "percent", "per cent"};
	const char *unit = fria_json_text(metric, "unit");
	bool same = unit && fria_words_alike(unit, typed);
	for (size_t i = 0; unit && !strcmp(typed, "%") && i < 3; i++)
		same =
		    same || !strncasecmp(unit, percent[i], strlen(percent[i]));
	return same || !*typed;
}

/* "84", "84 %", "12,5 uur". */
static int read_measured(double *out, const json_t *metric, const char *typed,
			 fria_error *err)
{
	fria_buf plain = FRIA_BUF_INIT;
	size_t n = strlen(typed);
	const char *unit = typed + strcspn(typed, "%abcdefghijklmnopqrstuvwxyz"
						  "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
	const char *of = fria_json_text(metric, "unit");
	int code = fria_number_typed(&plain, typed, n, err);
	if (code == FRIA_ENOTFOUND && *unit && is_unit(metric, unit))
		code = fria_number_typed(&plain, typed, (size_t)(unit - typed),
					 err);
	*out = fria_number_read(plain.text, NULL);
	if (code == FRIA_ENOTFOUND || !(*out > -1e15 && *out < 1e15) ||
	    (!code && strchr(typed, '%') && !is_unit(metric, "%")))
		code = fria_fail(err, FRIA_EINPUT, FRIA_W_bad_measurement,
				 "value", typed, "unit", of ? of : "", NULL);
	fria_buf_dispose(&plain);
	return code;
}

/* What was measured, in words, for who recorded it or took it back. */
static void say_measured(fria_release_result *out, const json_t *metric,
			 const char *key, double value, const char *date,
			 fria_lang lang)
{
	const char *unit = fria_json_text(metric, "unit");
	const char *name = fria_json_text(metric, "name");
	fria_buf number = FRIA_BUF_INIT, day = FRIA_BUF_INIT,
		 text = FRIA_BUF_INIT;
	fria_number_say(&number, lang, value);
	fria_date_say(&day, lang, date);
	fria_say(&text, lang, FRIA_W_measured, "value", number.text, "space",
		 unit ? " " : "", "unit", unit ? unit : "", "date", day.text,
		 NULL);
	out->metric = fria_strdup(name ? name : key);
	out->measured = fria_buf_detach(&text);
	fria_buf_dispose(&day);
	fria_buf_dispose(&number);
}

int fria_application_metric(fria_release_result *out, fria_workspace *ws,
			    const char *id, const char *metric,
			    const char *value, const char *date,
			    fria_error *err)
{
	fria_buf today = FRIA_BUF_INIT;
	const fria_entering texts[] = {{&value, FRIA_LINE, "--value"},
				       {&date, FRIA_DAY, "--date"},
				       {NULL, FRIA_LINE, NULL}};
	json_t *found;
	double number = 0;
	fria_day_write(&today, fria_session_day(&ws->session));
	int code = begin(out, ws, id, texts, err);
	if (!code) {
		const char *on = date ? date : today.text;
		code = find_metric(&found, out->after, &metric, err);
		if (!code)
			code = read_measured(&number, found, value, err);
		if (!code) {
			say_measured(out, found, metric, number, on,
				     ws->session.lang);
			add_measurement(out->after, found, number, on);
		}
		char *message =
		    message_of(ws, FRIA_W_commit_metric, id, metric, NULL);
		code = end(out, ws, id, NULL, message, NULL, code, err);
		free(message);
	}
	fria_buf_dispose(&today);
	return code;
}

static int withdraw_measurement(fria_release_result *out, const json_t *metric,
				const fria_workspace *ws, const char *id,
				const char *name, const char *date,
				const char *note, fria_error *err)
{
	json_t *last = NULL, *one;
	size_t i;
	json_array_foreach(json_object_get(metric, "series"), i, one) {
		if (withdraw_may(one, "date", date))
			last = one;
	}
	if (!last || fria_is_withdrawn(last))
		return withdraw_none(last, "date", name, err);
	char *who = withdraw_recorder(ws, id, name, last);
	int code = withdraw_refuse(ws, who, err);
	free(who);
	if (code)
		return code;
	say_measured(out, metric, name,
		     json_number_value(json_object_get(last, "value")),
		     fria_json_text(last, "date"), ws->session.lang);
	return withdraw_mark(last, ws, note, err);
}

int fria_application_withdraw(fria_release_result *out, fria_workspace *ws,
			      const char *id, const char *metric,
			      const char *date, const char *note,
			      fria_error *err)
{
	const fria_entering texts[] = {
	    {&date, FRIA_DAY, "--date"},
	    {&note, FRIA_PROSE | FRIA_OPTIONAL, "--note"},
	    {NULL, FRIA_LINE, NULL}};
	*out = (fria_release_result){.before = NULL};
	json_t *found;
	int code = begin(out, ws, id, texts, err);
	if (code)
		return code;
	code = find_metric(&found, out->after, &metric, err);
	char *message =
	    message_of(ws, FRIA_W_commit_withdraw_metric, id, metric, note);
	if (!code)
		code = withdraw_measurement(out, found, ws, id, metric, date,
					    note, err);
	code = end(out, ws, id, NULL, message, NULL, code, err);
	free(message);
	return code;
}

int fria_application_pulse(fria_release_result *out, fria_workspace *ws,
			   const char *id, const char *note, fria_error *err)
{
	const fria_entering texts[] = {
	    {&note, FRIA_PROSE | FRIA_OPTIONAL, "--note"},
	    {NULL, FRIA_LINE, NULL}};
	int code = begin(out, ws, id, texts, err);
	if (code)
		return code;
	const char *release = fria_json_text(out->after, "release");
	char *by = fria_format("%s <%s>", ws->session.name, ws->session.email);
	char *message = message_of(ws, FRIA_W_commit_pulse, id, NULL, note);
	fria_buf at = FRIA_BUF_INIT;
	json_t *events = json_object_get(out->after, "events");
	if (!json_is_array(events)) {
		events = json_array();
		json_object_set_new(out->after, "events", events);
	}
	fria_time_write(&at, ws->session.now);
	if (release)
		json_array_append_new(
		    events,
		    fria_json_pack("{s:s, s:s, s:b, s:s*, s:s, s:s}", "release",
				   release, "theme", FRIA_PULSE, "changed", 0,
				   "text", note, "by", by, "at", at.text));
	else
		code = fria_fail(err, FRIA_EREFUSED, FRIA_W_pulse_no_release,
				 "application", id, NULL);
	code = end(out, ws, id, NULL, message, NULL, code, err);
	fria_buf_dispose(&at);
	free(message);
	free(by);
	return code;
}

static void set_end(json_t *application, const char *member, const char *on)
{
	json_t *period = json_object_get(application, member);
	if (!json_is_object(period)) {
		period = json_object();
		json_object_set_new(application, member, period);
	}
	json_object_set_new(period, "to", fria_json_string(on));
}

int fria_application_retire(fria_release_result *out, fria_workspace *ws,
			    const char *id, const char *on, const char *note,
			    fria_error *err)
{
	const fria_entering texts[] = {
	    {&on, FRIA_DAY, "--on"},
	    {&note, FRIA_PROSE | FRIA_OPTIONAL, "--note"},
	    {NULL, FRIA_LINE, NULL}};
	*out = (fria_release_result){.before = NULL};
	int code = begin(out, ws, id, texts, err);
	if (code)
		return code;
	if (!on) {
		fria_fail(err, FRIA_EINPUT, FRIA_W_bad_date, "value", "", NULL);
		return end(out, ws, id, NULL, "", NULL, FRIA_EINPUT, err);
	}
	json_t *entry = json_object_get(out->after, "register");
	bool over;
	set_end(out->after, "in_use", on);
	if (entry)
		json_object_set_new(entry, "end_date",
				    fria_json_string_n(on, 7)); /* yyyy-mm */
	/* Until that day everything that is asked of it stays. */
	over = fria_phase_at(out->after, fria_session_day(&ws->session)) ==
	       FRIA_OUT_OF_USE;
	if (over) {
		json_t *phase =
		    fria_json_string(fria_phase_id(FRIA_OUT_OF_USE));
		code = fria_pointer_set(out->after, "/use/phase", phase, err);
		json_decref(phase);
	}
	if (over && entry)
		json_object_set_new(entry, "status",
				    fria_json_string("Buiten gebruik"));
	fria_buf day = FRIA_BUF_INIT;
	fria_date_say(&day, ws->lang, on);
	char *message =
	    message_of(ws, over ? FRIA_W_commit_retire : FRIA_W_commit_retires,
		       id, day.text, note);
	code = end(out, ws, id, NULL, message, NULL, code, err);
	fria_buf_dispose(&day);
	free(message);
	return code;
}
