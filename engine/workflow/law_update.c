/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What this program knows of the law comes into the workspace: law.json, and an
 * event in each application that rests on what changed, as one commit.
 */
#include "workflow_internal.h"

#include <stdlib.h>
#include <string.h>

void fria_law_renewal_dispose(fria_law_renewal *r)
{
	for (size_t i = 0; i < r->touched.n; i++) {
		fria_law_touched *one = &r->touched.items[i];
		free(one->application);
		json_decref(one->document);
		fria_strings_dispose(&one->lines);
		consequences_dispose(&one->consequences);
	}
	free(r->touched.items);
	fria_strings_dispose(&r->changed);
	fria_strings_dispose(&r->checked);
	json_decref(r->was);
	json_decref(r->is);
	*r = (fria_law_renewal){.was = NULL};
}

static int read(fria_law_renewal *out, const fria_workspace *ws,
		fria_error *err)
{
	json_t *ours = fria_law_built_in();
	*out = (fria_law_renewal){.was = NULL};
	int code = fria_workspace_law(&out->was, ws, NULL, err);
	if (!code)
		out->is = fria_law_renewed(out->was, ours);
	json_decref(ours);
	return code;
}

int fria_law_behind(bool *out, const fria_workspace *ws, fria_error *err)
{
	fria_law_renewal r;
	int code = read(&r, ws, err);
	*out = !code && !json_equal(r.was, r.is);
	fria_law_renewal_dispose(&r);
	return code;
}

/* --- which lines --- */

static bool same_line(const char *id, const json_t *a, const json_t *b)
{
	char *pointer = fria_format("/law/%s", id);
	json_t *x = fria_fact_compared(pointer, a, FRIA_RULES);
	json_t *y = fria_fact_compared(pointer, b, FRIA_RULES);
	bool same = json_equal(x, y);
	json_decref(x);
	json_decref(y);
	free(pointer);
	return same;
}

/* A line of one's own stays: none goes. */
static void compare(fria_law_renewal *r)
{
	const json_t *were = json_object_get(r->was, "lines");
	const char *id;
	json_t *line;
	json_object_foreach(json_object_get(r->is, "lines"), id, line) {
		const json_t *was = json_object_get(were, id);
		if (!same_line(id, was, line))
			fria_strings_add(&r->changed, id);
		else if (!json_equal(was, line))
			fria_strings_add(&r->checked, id);
	}
}

/* --- whom it touches --- */

static void add_once(fria_strings *out, const char *id)
{
	if (!fria_strings_has(out, id))
		fria_strings_add(out, id);
}

/* A questionnaire that names no line is touched by each, where it asks about
 * the law. */
static bool asks_about_law(const fria_instrument *in)
{
	bool asks = false;
	for (size_t i = 0; i < in->n && !asks; i++)
		asks = fria_strings_has(&in->tasks[i].themes, "law");
	return asks && !fria_instrument_on_law(in);
}

/* The changed lines on which its answers and conclusions rest. */
static void add_lines(fria_strings *out, const fria_law_renewal *r,
		      const fria_instrument *in)
{
	bool all = asks_about_law(in);
	for (size_t i = 0; i < r->changed.n; i++) {
		const char *id = r->changed.items[i];
		char *pointer = fria_format("/law/%s", id);
		bool rests = all;
		for (size_t k = 0; k < in->n && !rests; k++)
			rests = fria_task_on_fact(&in->tasks[k], pointer);
		for (size_t k = 0; k < in->rules.n && !rests; k++)
			rests = fria_strings_has(&in->rules.items[k].law, id);
		if (rests)
			add_once(out, id);
		free(pointer);
	}
}

static int lines_of(fria_strings *out, const fria_law_renewal *r,
		    const fria_workspace *ws, const char *id, fria_error *err)
{
	fria_strings names = FRIA_STRINGS_INIT;
	int code = fria_workspace_assessments(&names, ws, NULL, id, err);
	for (size_t i = 0; i < names.n && !code; i++) {
		char *name = fria_format("%s/%s", id, names.items[i]);
		fria_snapshot *s = NULL;
		code = fria_snapshot_load(&s, ws, name, NULL, err);
		if (!code && !s->superseded)
			add_lines(out, r, s->instrument);
		fria_snapshot_free(s);
		free(name);
	}
	fria_strings_dispose(&names);
	return code;
}

void law_line_say(fria_buf *out, const fria_law_renewal *r, const char *id,
		  fria_lang lang)
{
	const json_t *was =
	    json_object_get(json_object_get(r->was, "lines"), id);
	const json_t *is = json_object_get(json_object_get(r->is, "lines"), id);
	const char *title = fria_law_text(is, "title", lang);
	json_t *before = NULL, *after = NULL;
	fria_buf then = FRIA_BUF_INIT, now = FRIA_BUF_INIT;
	if (was) {
		fria_fact_narrow(&before, &after, "/law", was, is);
		fria_law_words(&then, before, lang);
	}
	fria_law_words(&now, was ? after : is, lang);
	fria_say(out, lang, was ? FRIA_W_law_moved : FRIA_W_law_new, "title",
		 title ? title : id, "is", now.text, "was",
		 was ? then.text : "", NULL);
	json_decref(before);
	json_decref(after);
	fria_buf_dispose(&then);
	fria_buf_dispose(&now);
}

/* Who changed what of the law, in the words of the workspace. */
static json_t *event_of(const fria_law_renewal *r, const fria_strings *lines,
			const fria_workspace *ws)
{
	char *by = fria_format("%s <%s>", ws->session.name, ws->session.email);
	fria_buf at = FRIA_BUF_INIT, text = FRIA_BUF_INIT;
	fria_time_write(&at, ws->session.now);
	for (size_t i = 0; i < lines->n; i++) {
		fria_buf_puts(&text, i ? "\n" : "");
		law_line_say(&text, r, lines->items[i], ws->lang);
	}
	json_t *event =
	    fria_json_pack("{s:s, s:b, s:s, s:o, s:s, s:s}", "theme", "law",
			   "changed", 1, "text", text.text, "law",
			   fria_json_strings(lines), "by", by, "at", at.text);
	fria_buf_dispose(&at);
	fria_buf_dispose(&text);
	free(by);
	return event;
}

static int touch(fria_law_renewal *r, const fria_workspace *ws, const char *id,
		 fria_error *err)
{
	fria_strings lines = FRIA_STRINGS_INIT;
	json_t *before = NULL;
	char *path = fria_workspace_path(id, "application");
	int code = lines_of(&lines, r, ws, id, err);
	if (!code && lines.n)
		code = fria_workspace_json(&before, ws, NULL, path, err);
	if (!code && lines.n) {
		fria_law_touched *one = FRIA_PUSH(&r->touched);
		*one = (fria_law_touched){.application = fria_strdup(id),
					  .document = json_deep_copy(before),
					  .lines = lines};
		json_t *after = one->document;
		json_t *events = json_object_get(after, "events");
		if (!json_is_array(events)) {
			events = json_array();
			json_object_set_new(after, "events", events);
		}
		json_array_append_new(events, event_of(r, &lines, ws));
		fria_application_order(after);
		code = consequences_judge(&one->consequences, ws, id, after,
					  NULL, r->is, err);
	} else {
		fria_strings_dispose(&lines);
	}
	json_decref(before);
	free(path);
	return code;
}

static int touch_all(fria_law_renewal *r, const fria_workspace *ws,
		     fria_error *err)
{
	fria_strings ids = FRIA_STRINGS_INIT;
	int code =
	    r->changed.n ? fria_workspace_applications(&ids, ws, NULL, err) : 0;
	for (size_t i = 0; i < ids.n && !code; i++)
		code = touch(r, ws, ids.items[i], err);
	fria_strings_dispose(&ids);
	return code;
}

/* --- the act --- */

/* What is recorded is made of what is saved. */
static int refuse_unsaved(const fria_workspace *ws, const fria_law_renewal *r,
			  fria_error *err)
{
	int code =
	    r->was ? fria_refuse_unsaved(ws, FRIA_LAW, FRIA_LAW, err) : 0;
	for (size_t i = 0; i < r->touched.n && !code; i++) {
		const char *id = r->touched.items[i].application;
		char *path = fria_workspace_path(id, "application");
		code = fria_refuse_unsaved(ws, path, id, err);
		free(path);
	}
	return code;
}

static void say_commit(fria_buf *out, const fria_law_renewal *r, fria_lang lang)
{
	fria_buf day = FRIA_BUF_INIT;
	const char *checked = fria_json_text(r->is, "checked");
	fria_time at;
	if (checked && fria_time_parse(&at, checked))
		fria_day_say(&day, lang, at);
	fria_say(out, lang, FRIA_W_commit_law, "day", day.n ? day.text : "?",
		 NULL);
	fria_buf_puts(out, "\n\n");
	for (size_t i = 0; i < r->changed.n; i++) {
		fria_buf_puts(out, "- ");
		law_line_say(out, r, r->changed.items[i], lang);
		fria_buf_putc(out, '\n');
	}
	fria_buf_dispose(&day);
}

static int record(fria_law_renewal *r, fria_workspace *ws, fria_error *err)
{
	size_t n = r->touched.n;
	fria_recorded *documents = fria_calloc(n + 1, sizeof *documents);
	char **paths = fria_calloc(n + 1, sizeof *paths);
	fria_buf message = FRIA_BUF_INIT;
	documents[0] = (fria_recorded){FRIA_LAW, r->is, NULL};
	for (size_t i = 0; i < n; i++) {
		const fria_law_touched *one = &r->touched.items[i];
		paths[i] = fria_workspace_path(one->application, "application");
		documents[i + 1] =
		    (fria_recorded){paths[i], one->document, NULL};
	}
	say_commit(&message, r, ws->lang);
	int code =
	    fria_record(r->commit, ws, documents, n + 1, message.text, err);
	for (size_t i = 0; i < n; i++)
		free(paths[i]);
	fria_buf_dispose(&message);
	free(paths);
	free(documents);
	return code;
}

int fria_law_update(fria_law_renewal *out, fria_workspace *ws, bool dry,
		    fria_error *err)
{
	*out = (fria_law_renewal){.was = NULL};
	int code = fria_act_begin(ws, NULL, err);
	if (code)
		return code;
	code = read(out, ws, err);
	if (!code && json_equal(out->was, out->is))
		code = fria_fail(err, FRIA_EREFUSED, FRIA_W_law_newest, NULL);
	if (!code) {
		compare(out);
		code = touch_all(out, ws, err);
	}
	if (!code && !dry) {
		code = refuse_unsaved(ws, out, err);
		if (!code)
			code = record(out, ws, err);
	}
	if (code)
		fria_law_renewal_dispose(out);
	fria_act_end(ws);
	return code;
}
