/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The form of the characteristics, filled in: which heading asks what, and
 * what stands under it. A heading that is not there changes nothing; one with
 * nothing under it empties.
 */
#include "form.h"

#include <stdlib.h>
#include <string.h>

#define NOWHERE SIZE_MAX

typedef struct {
	const char *file;
	fria_lang lang;
	const fria_time *today;
	form_schemas schemas;
	size_t line;	/* we are at, from 1 */
	size_t part;	/* of form_fields, or NOWHERE */
	size_t field;	/* or NOWHERE */
	size_t opened;	/* the line of its heading */
	size_t comment; /* the line where one began; 0: none is open */
	bool *seen;	/* by field */
	fria_buf text;	/* under the heading */
	const json_t *before;
	json_t *out;
} form_reading;

static int refuse_line(const form_reading *r, size_t line, int code,
		       fria_error *err)
{
	fria_fail_at(err, r->file, NULL, line, 1);
	return code;
}

/* --- headings --- */

/* The words of a heading, behind its signs; NULL for another line. */
static char *heading_of(const char *line, size_t *level)
{
	*level = strspn(line, "#");
	if (!*level || *level > 6 || !strchr(" \t", line[*level]))
		return NULL;
	const char *from = line + *level + strspn(line + *level, " \t");
	size_t n = strlen(from);
	while (n && strchr(" \t#", from[n - 1]))
		n--;
	return fria_strndup(from, n);
}

static bool is_title(const form_field *f, const char *text)
{
	for (fria_lang lang = FRIA_NL; lang <= FRIA_EN; lang++)
		if (fria_words_alike(f->pointer
					 ? form_title(f->pointer, lang)
					 : fria_word_text(f->title, lang),
				     text))
			return true;
	return f->pointer && !strcmp(f->pointer, text);
}

/* In the part that we are in, else wherever it stands first. */
static size_t field_named(const form_reading *r, const char *text)
{
	size_t elsewhere = NOWHERE, part = NOWHERE;
	for (size_t i = 0; i < form_fields_n; i++) {
		if (!form_fields[i].pointer)
			part = i;
		else if (!is_title(&form_fields[i], text))
			continue;
		else if (part == r->part)
			return i;
		else if (elsewhere == NOWHERE)
			elsewhere = i;
	}
	return elsewhere;
}

bool fria_form_is_list(const char *title)
{
	const form_reading anywhere = {.part = NOWHERE};
	size_t at = field_named(&anywhere, title);
	form_schemas schemas;
	if (at == NOWHERE)
		return true;
	form_schemas_open(&schemas);
	form_shape shape =
	    form_shape_of(&schemas, form_fields[at].pointer, NULL);
	form_schemas_close(&schemas);
	return shape.kind == FORM_LIST || shape.kind == FORM_METRICS;
}

static size_t part_named(const char *text)
{
	for (size_t i = 0; i < form_fields_n; i++)
		if (!form_fields[i].pointer && is_title(&form_fields[i], text))
			return i;
	return NOWHERE;
}

static int refuse_heading(const form_reading *r, const char *text,
			  fria_error *err)
{
	fria_strings titles = FRIA_STRINGS_INIT;
	for (size_t i = 0; i < form_fields_n; i++)
		if (form_fields[i].pointer)
			fria_strings_add(
			    &titles,
			    form_title(form_fields[i].pointer, r->lang));
	const char *near = fria_nearest(&titles, text);
	fria_fail(err, FRIA_EINPUT,
		  r->file ? FRIA_W_form_heading : FRIA_W_form_title, "title",
		  text, "near", near, NULL);
	fria_strings_dispose(&titles);
	return refuse_line(r, r->line, FRIA_EINPUT, err);
}

/* --- what stands under one --- */

static int close_field(form_reading *r, fria_error *err)
{
	json_t *value = NULL;
	if (r->field == NOWHERE)
		return 0;
	const char *pointer = form_fields[r->field].pointer;
	const form_typed typed = {
	    &r->schemas, pointer,	fria_pointer_get(r->before, pointer),
	    r->file,	 r->opened + 1, r->lang,
	    r->today};
	int code = form_value(&value, &typed, r->text.text, err);
	if (!code && (value || typed.before))
		code = fria_pointer_set(r->out, pointer, value, err);
	json_decref(value);
	fria_buf_clear(&r->text);
	r->field = NOWHERE;
	return code;
}

static int open_heading(form_reading *r, const char *text, size_t level,
			fria_error *err)
{
	size_t field = field_named(r, text), part = part_named(text);
	int code = close_field(r, err);
	if (code || (level == 1 && r->part == NOWHERE))
		return code;
	if (part != NOWHERE && (level < 3 || field == NOWHERE)) {
		r->part = part;
		return 0;
	}
	if (field == NOWHERE)
		return refuse_heading(r, text, err);
	if (r->seen[field])
		return refuse_line(r, r->line,
				   fria_fail(err, FRIA_EINPUT,
					     FRIA_W_form_twice, "title", text,
					     NULL),
				   err);
	r->seen[field] = true;
	r->field = field;
	r->opened = r->line;
	if (r->part == NOWHERE)
		r->part = 0;
	return 0;
}

/* The part of a line behind the comments in front of it. */
static const char *after_comment(form_reading *r, const char *line)
{
	for (;;) {
		if (!r->comment && strncmp(line, "<!--", 4) != 0)
			return line;
		const char *end = strstr(line, "-->");
		if (!r->comment)
			r->comment = r->line;
		if (!end)
			return "";
		r->comment = 0;
		line = end + 3 + strspn(end + 3, " \t");
	}
}

static int take_line(form_reading *r, const char *line, fria_error *err)
{
	size_t level;
	line = after_comment(r, line);
	char *heading = heading_of(line, &level);
	if (heading) {
		int code = open_heading(r, heading, level, err);
		free(heading);
		return code;
	}
	if (r->field == NOWHERE)
		return fria_text_blank(line)
			   ? 0
			   : refuse_line(r, r->line,
					 fria_fail(err, FRIA_EINPUT,
						   FRIA_W_form_stray, "text",
						   line, NULL),
					 err);
	const char *mark = line + strspn(line, "\\");
	if (mark > line && (*mark == '#' || !strncmp(mark, "<!--", 4)))
		line++;
	fria_buf_puts(&r->text, line);
	fria_buf_putc(&r->text, '\n');
	return 0;
}

/* --- the form --- */

/* What a form can speak of, of an application. New. */
static json_t *spoken_of(const json_t *application)
{
	static const char *const keys[] = {"name",    "in_use",	    "source",
					   "archive", "register",   "card",
					   "use",     "monitoring", NULL};
	json_t *out = json_object();
	for (size_t i = 0; keys[i]; i++) {
		json_t *value = json_object_get(application, keys[i]);
		if (value)
			json_object_set_new(out, keys[i],
					    json_deep_copy(value));
	}
	return out;
}

int fria_form_read(json_t **out, const char *text, const char *file,
		   const json_t *before, fria_lang lang, const fria_time *today,
		   fria_error *err)
{
	form_reading r = {.file = file,
			  .lang = lang,
			  .today = today,
			  .part = NOWHERE,
			  .field = NOWHERE,
			  .before = before};
	bool any = false;
	int code = 0;
	form_schemas_open(&r.schemas);
	fria_buf_init(&r.text);
	r.seen = fria_calloc(form_fields_n, sizeof *r.seen);
	r.out = spoken_of(before);
	for (const char *at = text; at && !code;) {
		size_t n = strcspn(at, "\n");
		char *line = fria_strndup(at, n);
		r.line++;
		code = take_line(&r, line, err);
		free(line);
		at = at[n] ? at + n + 1 : NULL;
	}
	if (!code && r.comment)
		code = refuse_line(
		    &r, r.comment,
		    fria_fail(err, FRIA_EINPUT, FRIA_W_form_comment, NULL),
		    err);
	if (!code)
		code = close_field(&r, err);
	for (size_t i = 0; i < form_fields_n; i++)
		any = any || r.seen[i];
	if (!code && !any)
		code = refuse_line(
		    &r, 1, fria_fail(err, FRIA_EINPUT, FRIA_W_form_none, NULL),
		    err);
	if (!code && !fria_json_text(r.out, "name") &&
	    fria_json_text(before, "name"))
		json_object_set(r.out, "name", json_object_get(before, "name"));
	if (!code)
		*out = json_incref(r.out);
	json_decref(r.out);
	free(r.seen);
	fria_buf_dispose(&r.text);
	form_schemas_close(&r.schemas);
	return code;
}
