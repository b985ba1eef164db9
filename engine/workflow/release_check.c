/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The release check: questions on what no fact can tell (PRACTICE section 2).
 * What was answered is added to the application's events.
 */
#include "workflow_internal.h"

#include <string.h>

static int refuse(fria_error *err, const char *name, const char *theme,
		  const char *member, fria_word word)
{
	fria_buf pointer = FRIA_BUF_INIT, themes = FRIA_BUF_INIT;
	for (size_t i = 0; fria_themes[i]; i++)
		fria_buf_printf(&themes, i ? ", %s" : "%s", fria_themes[i]);
	if (theme)
		fria_pointer_add(&pointer, theme);
	if (member)
		fria_pointer_add(&pointer, member);
	fria_fail(err, FRIA_EINPUT, word, "theme", theme ? theme : "", "themes",
		  themes.text, NULL);
	int code = fria_fail_at(err, name, pointer.text, 0, 0);
	fria_buf_dispose(&pointer);
	fria_buf_dispose(&themes);
	return code;
}

int fria_release_check_read(const json_t *answers, const char *name,
			    fria_error *err)
{
	const char *theme;
	json_t *one;
	if (!json_is_object(answers))
		return refuse(err, name, NULL, NULL, FRIA_W_check_answers_form);
	json_object_foreach((json_t *)(uintptr_t)answers, theme, one) {
		const json_t *changed = json_object_get(one, "changed");
		const char *text = fria_json_text(one, "text");
		if (!fria_theme_is(theme))
			return refuse(err, name, theme, NULL,
				      FRIA_W_check_theme);
		if (!json_is_boolean(changed) && !json_is_null(changed))
			return refuse(err, name, theme, "changed",
				      FRIA_W_check_changed);
		if (json_is_true(changed) && fria_text_blank(text))
			return refuse(err, name, theme, "text",
				      FRIA_W_check_text);
	}
	return 0;
}

/* The last event of the release that speaks of the theme, or NULL. */
static const json_t *last_on(const json_t *events, const char *release,
			     const char *theme)
{
	for (size_t i = json_array_size(events); i-- > 0;) {
		const json_t *event = json_array_get(events, i);
		const char *of = fria_json_text(event, "release");
		const char *on = fria_json_text(event, "theme");
		if (of && on && !strcmp(of, release) &&
		    fria_themes_meet(on, theme))
			return event;
	}
	return NULL;
}

static bool same(const json_t *a, const json_t *b, const char *key)
{
	const json_t *x = json_object_get(a, key), *y = json_object_get(b, key);
	bool none = !x || json_is_null(x);
	return none ? !y || json_is_null(y) : json_equal(x, y);
}

static void record_theme(json_t *events, const char *release, const char *theme,
			 const json_t *answer, const char *by, const char *at)
{
	const json_t *last = last_on(events, release, theme);
	if (last &&
	    (!answer ||
	     (!strcmp(fria_json_text(last, "theme"), theme) &&
	      same(last, answer, "changed") && same(last, answer, "text"))))
		return;
	const json_t *changed = json_object_get(answer, "changed");
	json_array_append_new(
	    events, fria_json_pack("{s:s, s:s, s:o, s:s*, s:s, s:s}", "release",
				   release, "theme", theme, "changed",
				   json_is_boolean(changed)
				       ? json_boolean(json_is_true(changed))
				       : json_null(),
				   "text", fria_json_text(answer, "text"), "by",
				   by, "at", at));
}

void fria_release_check_record(json_t *application, const char *release,
			       const json_t *answers, bool patch,
			       const char *by, fria_time at)
{
	fria_buf moment = FRIA_BUF_INIT;
	json_t *events = json_object_get(application, "events");
	if (!json_is_array(events)) {
		events = json_array();
		json_object_set_new(application, "events", events);
	}
	fria_time_write(&moment, at);
	/* First the whole of some, so that nothing is left open of those. */
	for (size_t i = 0; !patch && fria_themes_former[i]; i++) {
		const json_t *answer =
		    json_object_get(answers, fria_themes_former[i]);
		if (answer)
			record_theme(events, release, fria_themes_former[i],
				     answer, by, moment.text);
	}
	for (size_t i = 0; !patch && fria_themes[i]; i++)
		record_theme(events, release, fria_themes[i],
			     json_object_get(answers, fria_themes[i]), by,
			     moment.text);
	if (patch)
		json_array_append_new(
		    events,
		    fria_json_pack("{s:s, s:b, s:s, s:s}", "release", release,
				   "patch", 1, "by", by, "at", moment.text));
	fria_buf_dispose(&moment);
}
