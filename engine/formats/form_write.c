/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The characteristics as a form in Markdown: a heading for each, what is meant
 * as a comment, and what is known filled in. What could not be read back as it
 * is stays out, and stands as it was once the form is read.
 */
#include "form.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* --- values --- */

static void put_text(fria_buf *out, const char *text)
{
	fria_buf lines = FRIA_BUF_INIT;
	if (fria_html_has_lines(text))
		fria_html_lines(&lines, text, "-", "\n\n");
	fria_buf_puts(out, lines.n ? lines.text : text);
	fria_buf_dispose(&lines);
}

/* A text in the words that its kind has for it; false where it has none. */
static bool put_said(fria_buf *out, const form_shape *shape, const char *text,
		     fria_lang lang)
{
	const char *word;
	switch (shape->kind) {
	case FORM_CLOSED:
		word = fria_closed_say(shape->set, text, lang);
		fria_buf_puts(out, word ? word : "");
		return word;
	case FORM_DAY:
	case FORM_MONTH:
		return fria_date_say(out, lang, text);
	case FORM_INTERVAL:
		return text && fria_duration_say(out, lang, text);
	default:
		return false;
	}
}

/* One value that is no list and has no parts. */
static void put_scalar(fria_buf *out, const form_shape *shape,
		       const json_t *value, fria_lang lang)
{
	const char *text = json_string_value(value);
	if (put_said(out, shape, text, lang))
		return;
	if (text)
		fria_buf_puts(out, text);
	else if (json_is_number(value))
		fria_number_type(out, lang, json_number_value(value));
	else if (json_is_boolean(value))
		fria_say(out, lang,
			 json_is_true(value) ? FRIA_W_yes : FRIA_W_no, NULL);
}

/* What would be read as the end of a part gets a backslash. */
static void put_escaped(fria_buf *out, const char *text)
{
	for (; *text; text++) {
		if (*text == ';' || *text == '\\')
			fria_buf_putc(out, '\\');
		fria_buf_putc(out, *text);
	}
}

static void put_part(fria_buf *out, const form_schemas *schemas,
		     const form_shape *whole, const char *key,
		     const json_t *value, fria_lang lang)
{
	fria_buf text = FRIA_BUF_INIT;
	form_shape shape = form_member_shape(schemas, whole, key);
	if (fria_fact_member_hidden(key))
		return;
	put_scalar(&text, &shape, value, lang);
	if (text.n) {
		fria_buf_puts(out, out->n ? "; " : "");
		fria_buf_printf(out, "%s: ", fria_fact_member(key, lang));
		put_escaped(out, text.text);
	}
	fria_buf_dispose(&text);
}

/* Members in the order of the schema, then the others; its key last. */
static void put_parts(fria_buf *out, const form_schemas *schemas,
		      const form_shape *whole, const json_t *value,
		      fria_lang lang)
{
	const json_t *of =
	    whole->kind == FORM_PARTS ? whole->schema : whole->items;
	json_t *known = json_object_get(of, "properties"), *one;
	const char *key;
	json_object_foreach(known, key, one)
		if (strcmp(key, "id") != 0)
			put_part(out, schemas, whole, key,
				 json_object_get(value, key), lang);
	json_object_foreach((json_t *)(uintptr_t)value, key, one)
		if (strcmp(key, "id") != 0 && !json_object_get(known, key))
			put_part(out, schemas, whole, key, one, lang);
	put_part(out, schemas, whole, "id", json_object_get(value, "id"), lang);
}

void form_item(fria_buf *out, const form_schemas *schemas,
	       const form_shape *list, const char *key, const json_t *value,
	       fria_lang lang)
{
	const form_shape plain = {FORM_TEXT, NULL, NULL, ""};
	fria_buf line = FRIA_BUF_INIT;
	if (json_is_object(value)) {
		json_t *keyed = json_copy((json_t *)(uintptr_t)value);
		if (key)
			json_object_set_new(keyed, "id", fria_json_string(key));
		put_parts(&line, schemas, list, keyed, lang);
		json_decref(keyed);
	} else {
		/* "x: y" would be read as a part, and is none. */
		put_scalar(&line, &plain, value, lang);
		if (line.n && (*line.text == '\\' || strchr(line.text, ':')))
			fria_buf_putc(out, '\\');
	}
	for (const char *at = line.text; *at; at++) {
		fria_buf_putc(out, *at);
		if (*at == '\n' && at[1] && at[1] != '\n')
			fria_buf_puts(out, "  ");
	}
	fria_buf_dispose(&line);
}

static void put_items(fria_buf *out, const form_schemas *schemas,
		      const form_shape *list, const json_t *value,
		      fria_lang lang)
{
	const char *key;
	json_t *one;
	size_t i;
	json_array_foreach((json_t *)(uintptr_t)value, i, one) {
		fria_buf_puts(out, out->n ? "\n- " : "- ");
		form_item(out, schemas, list, NULL, one, lang);
	}
	json_object_foreach((json_t *)(uintptr_t)value, key, one) {
		fria_buf_puts(out, out->n ? "\n- " : "- ");
		form_item(out, schemas, list, key, one, lang);
	}
}

static void put_value(fria_buf *out, const form_schemas *schemas,
		      const form_shape *shape, const json_t *value,
		      fria_lang lang)
{
	if (json_is_array(value) || shape->kind == FORM_METRICS)
		put_items(out, schemas, shape, value, lang);
	else if (json_is_object(value))
		put_parts(out, schemas, shape, value, lang);
	else if (shape->kind == FORM_TEXT && json_is_string(value))
		put_text(out, json_string_value(value));
	else
		put_scalar(out, shape, value, lang);
}

void form_content(fria_buf *out, const form_schemas *schemas,
		  const char *pointer, const json_t *value, fria_lang lang)
{
	form_shape shape = form_shape_of(schemas, pointer, value);
	fria_buf text = FRIA_BUF_INIT;
	json_t *read = NULL;
	const form_typed typed = {schemas, pointer, value, NULL, 0, lang, NULL};
	put_value(&text, schemas, &shape, value, lang);
	if (!text.n || form_parse(&read, &typed, text.text, NULL))
		fria_buf_clear(&text);
	json_t *a = fria_fact_substance(pointer, value, FRIA_RULES);
	json_t *b = fria_fact_substance(pointer, read, FRIA_RULES);
	if (json_equal(a, b))
		fria_buf_puts(out, text.text);
	json_decref(a);
	json_decref(b);
	json_decref(read);
	fria_buf_dispose(&text);
}

/* --- guidance --- */

static void put_choices(fria_buf *out, const char *set, fria_lang lang)
{
	const char *id;
	for (size_t i = 0; (id = fria_closed_at(set, i)); i++)
		fria_buf_printf(out, i ? ", %s" : "%s",
				fria_closed_say(set, id, lang));
}

/* "naam: …; soort: … (trainen, toetsen)" */
static void put_pattern(fria_buf *out, const form_schemas *schemas,
			const form_shape *whole, fria_lang lang)
{
	const json_t *of =
	    whole->kind == FORM_PARTS ? whole->schema : whole->items;
	const char *key;
	json_t *one;
	size_t n = 0;
	json_object_foreach(json_object_get(of, "properties"), key, one) {
		form_shape shape = form_member_shape(schemas, whole, key);
		if (shape.kind == FORM_LIST || shape.kind == FORM_PARTS ||
		    !strcmp(key, "id"))
			continue; /* a key is made where none is given */
		fria_buf_printf(out, n++ ? "; %s: \u2026" : "%s: \u2026",
				fria_fact_member(key, lang));
		if (shape.kind == FORM_CLOSED) {
			fria_buf_puts(out, " (");
			put_choices(out, shape.set, lang);
			fria_buf_putc(out, ')');
		}
	}
}

/* How the field is filled in; nothing for running text. */
static void put_how(fria_buf *out, const form_schemas *schemas,
		    const form_shape *shape, fria_lang lang)
{
	fria_buf more = FRIA_BUF_INIT;
	const json_t *of =
	    shape->kind == FORM_PARTS ? shape->schema : shape->items;
	bool parts = json_object_get(of, "properties") != NULL;
	if (parts)
		put_pattern(&more, schemas, shape, lang);
	else if (shape->kind == FORM_CLOSED)
		put_choices(&more, shape->set, lang);
	if (shape->kind == FORM_CLOSED)
		fria_say(out, lang, FRIA_W_form_choose, "choices", more.text,
			 NULL);
	else if (shape->kind == FORM_NUMBER)
		fria_say(out, lang, FRIA_W_form_number, NULL);
	else if (shape->kind == FORM_LIST || shape->kind == FORM_METRICS)
		fria_say(out, lang,
			 parts ? FRIA_W_form_lines_of : FRIA_W_form_lines,
			 "parts", more.text, NULL);
	else if (parts)
		fria_say(out, lang, FRIA_W_form_parts, "parts", more.text,
			 NULL);
	fria_buf_dispose(&more);
}

/* --- the form --- */

/* A line that would be read as a heading or a comment gets a backslash. */
static void put_lines(fria_buf *out, const char *text)
{
	while (*text) {
		size_t n = strcspn(text, "\n");
		const char *mark = text + strspn(text, "\\");
		if (*mark == '#' || !strncmp(mark, "<!--", 4))
			fria_buf_putc(out, '\\');
		fria_buf_put(out, text, n);
		if (!text[n])
			return;
		fria_buf_putc(out, '\n');
		text += n + 1;
	}
}

static void put_comment(fria_buf *out, const char *text)
{
	if (*text)
		fria_buf_printf(out, "\n<!-- %s -->\n", text);
}

static void put_field(fria_buf *out, const form_schemas *schemas,
		      const form_field *field, const json_t *application,
		      fria_lang lang, bool buttons)
{
	const json_t *value = fria_pointer_get(application, field->pointer);
	form_shape shape = form_shape_of(schemas, field->pointer, value);
	fria_buf guide = FRIA_BUF_INIT, text = FRIA_BUF_INIT;
	if (field->hinted)
		fria_say(&guide, lang, field->hint, "buttons",
			 buttons ? "1" : NULL, NULL);
	if (guide.n)
		fria_buf_putc(&guide, ' ');
	put_how(&guide, schemas, &shape, lang);
	while (guide.n && guide.text[guide.n - 1] == ' ')
		guide.text[--guide.n] = '\0';
	form_content(&text, schemas, field->pointer, value, lang);
	json_t *compared =
	    fria_fact_compared(field->pointer, value, FRIA_RULES);
	fria_buf_printf(out, "\n### %s\n", form_title(field->pointer, lang));
	put_comment(out, guide.text);
	if (text.n) {
		fria_buf_putc(out, '\n');
		put_lines(out, text.text);
		fria_buf_putc(out, '\n');
	} else if (!json_is_null(compared))
		put_comment(out, fria_word_text(FRIA_W_form_kept, lang));
	json_decref(compared);
	fria_buf_dispose(&text);
	fria_buf_dispose(&guide);
}

void fria_form_write(fria_buf *out, const json_t *application, fria_lang lang,
		     bool buttons)
{
	form_schemas schemas;
	bool card = json_object_size(json_object_get(application, "card"));
	bool shown = true;
	form_schemas_open(&schemas);
	fria_buf_puts(out, "# ");
	fria_say(out, lang, FRIA_W_form_head, "id",
		 fria_json_text(application, "id"), NULL);
	fria_buf_putc(out, '\n');
	put_comment(out, fria_word_text(FRIA_W_form_guide, lang));
	for (size_t i = 0; i < form_fields_n; i++) {
		const form_field *f = &form_fields[i];
		if (f->pointer && shown)
			put_field(out, &schemas, f, application, lang, buttons);
		if (f->pointer)
			continue;
		shown = card || f->title != FRIA_W_form_card;
		if (shown)
			fria_buf_printf(out, "\n## %s\n",
					fria_word_text(f->title, lang));
	}
	form_schemas_close(&schemas);
}
