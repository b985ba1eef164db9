/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a person typed under one heading of the form, as a value. What is as it
 * would be written stays the value that it was, with all that no form shows.
 *
 * Calls up to form_write.c: what was typed is held against what would be
 * written.
 */
#include "form.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static int refuse_at(fria_error *err, const form_typed *t, int code)
{
	fria_fail_at(err, t->file, NULL, t->line, 1);
	return code;
}

/* Without white space at both ends; the caller frees. */
static char *trimmed(const char *text, size_t n)
{
	while (n && isspace((unsigned char)*text)) {
		text++;
		n--;
	}
	while (n && isspace((unsigned char)text[n - 1]))
		n--;
	return fria_strndup(text, n);
}

/* --- one value --- */

static int parse_number(json_t **out, const form_typed *t, const char *text,
			fria_error *err)
{
	fria_buf plain = FRIA_BUF_INIT;
	int code = fria_number_typed(&plain, text, strlen(text), err);
	if (code == FRIA_ENOTFOUND ||
	    (!code && fria_json_parse(out, "", plain.text, plain.n, NULL)))
		code = fria_fail(err, FRIA_EINPUT, FRIA_W_form_no_number,
				 "value", text, "fact",
				 form_title(t->pointer, t->lang), NULL);
	fria_buf_dispose(&plain);
	return code;
}

/* As documents have it; NULL for what is none. */
static const char *parse_date(char out[FRIA_DATE_SIZE], const form_typed *t,
			      bool month, const char *text)
{
	if (month && fria_month_typed(out, text))
		return out;
	if (!fria_date_typed(out, text, t->today))
		return NULL;
	if (month)
		out[sizeof "2026-03" - 1] = '\0';
	return out;
}

static int parse_scalar(json_t **out, const form_typed *t,
			const form_shape *shape, const char *text,
			fria_error *err)
{
	char day[FRIA_DATE_SIZE];
	const char *meant = text;
	fria_buf every = FRIA_BUF_INIT;
	int code = 0;
	*out = NULL;
	switch (shape->kind) {
	case FORM_NUMBER:
		return parse_number(out, t, text, err)
			   ? refuse_at(err, t, FRIA_EINPUT)
			   : 0;
	case FORM_CLOSED:
		code = fria_closed_read(&meant, shape->set, text,
					FRIA_W_unknown_value, t->lang, err);
		break;
	case FORM_DAY:
	case FORM_MONTH:
		meant = parse_date(day, t, shape->kind == FORM_MONTH, text);
		if (!meant)
			code = fria_fail(err, FRIA_EINPUT,
					 shape->kind == FORM_MONTH
					     ? FRIA_W_bad_month
					     : FRIA_W_bad_date,
					 "value", text, NULL);
		break;
	case FORM_INTERVAL:
		if (!fria_duration_typed(&every, text))
			code =
			    fria_fail(err, FRIA_EINPUT, FRIA_W_form_no_interval,
				      "value", text, NULL);
		meant = every.text;
		break;
	default:
		break;
	}
	if (!code)
		*out = fria_json_string(meant);
	else
		refuse_at(err, t, code);
	fria_buf_dispose(&every);
	return code;
}

/* --- parts: "name: …; version: …" --- */

/* The keys that parts of this may have. */
static void list_keys(fria_strings *out, const form_typed *t,
		      const form_shape *whole)
{
	const json_t *of =
	    whole->kind == FORM_PARTS ? whole->schema : whole->items;
	json_t *known = json_object_get(of, "properties"), *one, *inner;
	json_t *before = (json_t *)(uintptr_t)t->before;
	const char *key, *own;
	size_t i;
	if (whole->kind == FORM_METRICS)
		fria_strings_add(out, "id");
	json_object_foreach(known, key, one)
		fria_strings_add(out, key);
	for (i = 0; !known && (key = fria_fact_member_at(i)); i++)
		fria_strings_add(out, key);
	if (known)
		fria_strings_add(out, "link");
	if (whole->kind == FORM_PARTS)
		json_object_foreach(before, key, one)
			fria_strings_add(out, key);
	json_array_foreach(before, i, one)
		json_object_foreach(one, own, inner)
			fria_strings_add(out, own);
	if (whole->kind == FORM_METRICS)
		json_object_foreach(before, key, one)
			json_object_foreach(one, own, inner)
				fria_strings_add(out, own);
}

/* Borrowed from the keys; NULL for none. */
static const char *key_of(const fria_strings *keys, const char *typed)
{
	for (size_t i = 0; i < keys->n; i++)
		if (fria_fact_member_is(keys->items[i], typed))
			return keys->items[i];
	return NULL;
}

/* "versie" of "versie: 2"; its bytes with the colon, or 0. Only a few words
 * before a colon and a space are meant so. */
static size_t key_at(char **typed, const char *segment)
{
	size_t n = strcspn(segment, ":\n"), words = 1;
	*typed = NULL;
	if (segment[n] != ':' || !n || n > 30 ||
	    (segment[n + 1] && !isspace((unsigned char)segment[n + 1])))
		return 0;
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)segment[i];
		words += c == ' ';
		if (!isalpha(c) && !strchr(" _-", c) && c < 0x80)
			return 0;
	}
	if (words > 4)
		return 0;
	*typed = trimmed(segment, n);
	return n + 1;
}

static int refuse_key(const form_typed *t, const fria_strings *keys,
		      const char *typed, fria_error *err)
{
	fria_strings titles = FRIA_STRINGS_INIT;
	for (size_t i = 0; i < keys->n; i++) {
		const char *title = fria_fact_member(keys->items[i], t->lang);
		if (!fria_fact_member_hidden(keys->items[i]))
			fria_strings_add_once(&titles, title);
	}
	fria_fail_choices(err, FRIA_EINPUT, FRIA_W_form_no_part, &titles,
			  typed);
	fria_strings_dispose(&titles);
	return refuse_at(err, t, FRIA_EINPUT);
}

/* The next segment, up to a semicolon, unescaped; NULL at the end. The caller
 * frees. */
static char *next_segment(const char **text)
{
	fria_buf out = FRIA_BUF_INIT;
	const char *at = *text;
	if (!at)
		return NULL;
	for (; *at && *at != ';'; at++) {
		if (*at == '\\' && (at[1] == ';' || at[1] == '\\'))
			at++;
		fria_buf_putc(&out, *at);
	}
	*text = *at ? at + 1 : NULL;
	char *segment = trimmed(out.text, out.n);
	fria_buf_dispose(&out);
	return segment;
}

/* Texts by key, in the order typed; what has no key goes with the one before,
 * or is the primary member. */
static int take_parts(json_t *texts, const form_typed *t,
		      const fria_strings *keys, const char *primary,
		      const char *text, fria_error *err)
{
	const char *last = NULL;
	char *segment;
	int code = 0;
	while (!code && (segment = next_segment(&text))) {
		char *typed = NULL;
		size_t n = key_at(&typed, segment);
		const char *key = typed ? key_of(keys, typed) : NULL;
		if (key) {
			char *value = trimmed(segment + n, strlen(segment + n));
			json_object_set_new(texts, key,
					    fria_json_string(value));
			free(value);
			last = key;
		} else if (typed || (!last && !primary)) {
			code =
			    refuse_key(t, keys, typed ? typed : segment, err);
		} else if (*segment) {
			const char *was =
			    fria_json_text(texts, last ? last : primary);
			char *whole = was ? fria_format("%s; %s", was, segment)
					  : fria_strdup(segment);
			last = last ? last : primary;
			json_object_set_new(texts, last,
					    fria_json_string(whole));
			free(whole);
		}
		free(typed);
		free(segment);
	}
	return code;
}

/* The member that an element is known by; NULL for none. */
static const char *primary_of(const form_shape *whole)
{
	const json_t *of =
	    whole->kind == FORM_PARTS ? whole->schema : whole->items;
	const json_t *known = json_object_get(of, "properties");
	const char *needed = json_string_value(
	    json_array_get(json_object_get(of, "required"), 0));
	if (json_object_get(known, "name"))
		return "name";
	return needed && strcmp(needed, "id") != 0 ? needed : NULL;
}

/* A line break between two parts ends the first. */
static char *with_semicolons(const fria_strings *keys, const char *text)
{
	fria_buf out = FRIA_BUF_INIT;
	for (const char *line = text; line;) {
		size_t n = strcspn(line, "\n");
		const char *from = line + strspn(line, " \t-*");
		char *typed;
		size_t key = key_at(&typed, from);
		if (line != text) {
			bool begins = key && key_of(keys, typed);
			size_t end = out.n;
			while (end && isspace((unsigned char)out.text[end - 1]))
				end--;
			bool ended = end && out.text[end - 1] == ';';
			fria_buf_puts(&out, begins && !ended ? "; " : "\n");
		}
		if (key)
			line = from > line + n ? line : from;
		free(typed);
		n = strcspn(line, "\n");
		fria_buf_put(&out, line, n);
		line = line[n] ? line + n + 1 : NULL;
	}
	return fria_buf_detach(&out);
}

static int parse_parts(json_t **out, const form_typed *t,
		       const form_shape *whole, const char *text,
		       fria_error *err)
{
	fria_strings keys = FRIA_STRINGS_INIT;
	json_t *texts = json_object(), *object = json_object(), *one;
	const char *key;
	list_keys(&keys, t, whole);
	char *line = with_semicolons(&keys, text);
	int code = take_parts(texts, t, &keys, primary_of(whole), line, err);
	json_object_foreach(texts, key, one) {
		form_shape shape = form_member_shape(t->schemas, whole, key);
		json_t *value = NULL;
		if (!code && *json_string_value(one))
			code = parse_scalar(&value, t, &shape,
					    json_string_value(one), err);
		if (value)
			json_object_set_new(object, key, value);
	}
	if (code || !json_object_size(object)) {
		json_decref(object);
		object = NULL;
	}
	*out = object;
	free(line);
	json_decref(texts);
	fria_strings_dispose(&keys);
	return code;
}

/* --- lists: a line each --- */

typedef struct {
	char *text;
	size_t line;
} typed_item;

typedef struct {
	typed_item *items;
	size_t n;
} typed_items;

static void dispose_items(typed_items *items)
{
	for (size_t i = 0; i < items->n; i++)
		free(items->items[i].text);
	free(items->items);
	*items = (typed_items){NULL, 0};
}

/* Behind the dash or number of an item; NULL for another line. */
static const char *after_mark(const char *line)
{
	const char *at = line + strspn(line, "0123456789");
	if (at > line && (*at == '.' || *at == ')') && at[1] == ' ')
		return at + 2;
	if ((*line == '-' || *line == '*') && line[1] == ' ')
		return line + 2;
	return (*line == '-' || *line == '*') && !line[1] ? line + 1 : NULL;
}

/* An item goes on in the lines that stand in; without a dash a line is one. */
static void split_items(typed_items *out, const form_typed *t, const char *text)
{
	size_t number = t->line, blank = 0;
	for (const char *at = text; at; number++) {
		size_t n = strcspn(at, "\n");
		char *line = fria_strndup(at, n);
		const char *item = after_mark(line);
		bool more = out->n && !item && !strncmp(line, "  ", 2) &&
			    !fria_text_blank(line);
		if (fria_text_blank(line)) {
			blank++;
		} else if (more) {
			typed_item *last = &out->items[out->n - 1];
			fria_buf whole = FRIA_BUF_INIT;
			fria_buf_puts(&whole, last->text);
			for (size_t i = 0; i <= blank; i++)
				fria_buf_putc(&whole, '\n');
			fria_buf_puts(&whole, line + 2);
			free(last->text);
			last->text = fria_buf_detach(&whole);
			blank = 0;
		} else {
			const char *own = item ? item : line;
			*FRIA_PUSH(out) =
			    (typed_item){trimmed(own, strlen(own)), number};
			blank = 0;
		}
		free(line);
		at = at[n] ? at + n + 1 : NULL;
	}
}

/* Several on one line without a mark, as people write a list: between
 * semicolons, else between commas. */
static void split_line(typed_items *out, const form_typed *t, const char *text)
{
	const char *mark = strchr(text, ';') ? ";" : ",";
	for (const char *at = text; *at;) {
		size_t n = strcspn(at, mark);
		char *item = trimmed(at, n);
		if (*item)
			*FRIA_PUSH(out) = (typed_item){item, t->line};
		else
			free(item);
		at += n + (at[n] != '\0');
	}
}

/* An element that was, as it would be written; borrowed, or NULL. */
static json_t *as_it_was(const form_typed *t, const form_shape *list,
			 const char *text, const json_t *taken)
{
	json_t *one, *before = (json_t *)(uintptr_t)t->before;
	size_t i;
	json_array_foreach(before, i, one)
		for (fria_lang lang = FRIA_NL; lang <= FRIA_EN; lang++) {
			fria_buf line = FRIA_BUF_INIT;
			form_item(&line, t->schemas, list, NULL, one, lang);
			bool same = !strcmp(line.text, text);
			fria_buf_dispose(&line);
			for (size_t k = 0; same && k < json_array_size(taken);
			     k++)
				same = json_array_get(taken, k) != one;
			if (same)
				return one;
		}
	return NULL;
}

static bool is_taken(const json_t *list, const char *id)
{
	json_t *one;
	size_t i;
	json_array_foreach((json_t *)(uintptr_t)list, i, one) {
		const char *own = fria_json_text(one, "id");
		if (own && !strcmp(own, id))
			return true;
	}
	return false;
}

/* A key for what has none: that of the same name, else made of its name. */
static void need_id(json_t *element, const form_typed *t, const json_t *list)
{
	const char *name = fria_json_text(element, "name");
	const char *id = NULL;
	if (!name)
		name = fria_json_text(element, "reference");
	if (!name)
		name = fria_json_text(element, "kind");
	fria_buf made = FRIA_BUF_INIT;
	json_t *one;
	size_t i;
	json_array_foreach((json_t *)(uintptr_t)t->before, i, one) {
		const char *own = fria_json_text(one, "name");
		if (!id && own && name && !strcmp(own, name) &&
		    !is_taken(list, fria_json_text(one, "id")))
			id = fria_json_text(one, "id");
	}
	if (!id) {
		fria_slug(&made, name ? name : "");
		size_t n = made.n;
		for (size_t k = 2; n && (is_taken(list, made.text) ||
					 is_taken(t->before, made.text));
		     k++) {
			made.n = n;
			fria_buf_printf(&made, "-%zu", k);
		}
	}
	if (id || made.n)
		json_object_set_new(element, "id",
				    fria_json_string(id ? id : made.text));
	fria_buf_dispose(&made);
}

/* One that has no members of its own: a text, unless its first words are those
 * of a part. */
static bool is_plain(const form_typed *t, const form_shape *list,
		     const char *text)
{
	fria_strings keys = FRIA_STRINGS_INIT;
	char *typed;
	if (json_object_get(list->items, "properties"))
		return false;
	if (list->items || !key_at(&typed, text))
		return true;
	list_keys(&keys, t, list);
	bool plain = !key_of(&keys, typed);
	fria_strings_dispose(&keys);
	free(typed);
	return plain;
}

static int parse_item(json_t **out, const form_typed *t, const form_shape *list,
		      const char *text, fria_error *err)
{
	if (is_plain(t, list, text)) {
		*out = *text ? fria_json_string(text + (*text == '\\')) : NULL;
		return 0;
	}
	return parse_parts(out, t, list, text, err);
}

static int parse_list(json_t **out, const form_typed *t, const form_shape *list,
		      const char *text, bool anew, fria_error *err)
{
	typed_items items = {NULL, 0};
	json_t *made = json_array(), *one = NULL;
	bool keyed =
	    json_object_get(json_object_get(list->items, "properties"), "id");
	int code = 0;
	if (!strchr(text, '\n') && !after_mark(text) &&
	    is_plain(t, list, text) && !as_it_was(t, list, text, made))
		split_line(&items, t, text);
	else
		split_items(&items, t, text);
	for (size_t i = 0; i < items.n && !code; i++) {
		form_typed own = *t;
		own.line = items.items[i].line;
		one =
		    anew ? NULL : as_it_was(t, list, items.items[i].text, made);
		if (one) {
			json_array_append(made, one);
			continue;
		}
		code = parse_item(&one, &own, list, items.items[i].text, err);
		if (!code && json_is_object(one) && keyed &&
		    !fria_json_text(one, "id"))
			need_id(one, t, made);
		if (one)
			json_array_append_new(made, one);
	}
	dispose_items(&items);
	if (code || !json_array_size(made)) {
		json_decref(made);
		made = NULL;
	}
	*out = made;
	return code;
}

/* --- metrics: an element each, by its key --- */

/* What no form shows of a metric stays with its key. */
static void keep_hidden(json_t *metric, const form_typed *t,
			const form_shape *list, const char *key)
{
	json_t *was = json_object_get(t->before, key), *one;
	const char *member;
	json_object_foreach(was, member, one) {
		form_shape shape = form_member_shape(t->schemas, list, member);
		if (shape.kind == FORM_LIST || json_is_object(one) ||
		    json_is_array(one))
			json_object_set(metric, member, one);
	}
}

static int put_metric(json_t *made, const form_typed *t, const form_shape *list,
		      const char *text, fria_error *err)
{
	json_t *metric = NULL;
	fria_buf key = FRIA_BUF_INIT;
	int code = parse_parts(&metric, t, list, text, err);
	const char *typed = fria_json_text(metric, "id");
	const char *name = fria_json_text(metric, "name");
	if (typed)
		fria_buf_puts(&key, typed);
	else
		fria_slug(&key, name ? name : "");
	if (!code && metric && !key.n)
		code = fria_fail(err, FRIA_EINPUT, FRIA_W_form_no_name, NULL);
	if (!code && metric && json_object_get(made, key.text))
		code = fria_fail(err, FRIA_EINPUT, FRIA_W_form_twice, "title",
				 key.text, NULL);
	if (!code && metric) {
		json_object_del(metric, "id");
		keep_hidden(metric, t, list, key.text);
		json_object_set(made, key.text, metric);
	} else if (code) {
		refuse_at(err, t, code);
	}
	json_decref(metric);
	fria_buf_dispose(&key);
	return code;
}

static int parse_metrics(json_t **out, const form_typed *t,
			 const form_shape *list, const char *text,
			 fria_error *err)
{
	typed_items items = {NULL, 0};
	json_t *made = json_object();
	int code = 0;
	split_items(&items, t, text);
	for (size_t i = 0; i < items.n && !code; i++) {
		form_typed own = *t;
		own.line = items.items[i].line;
		code = put_metric(made, &own, list, items.items[i].text, err);
	}
	dispose_items(&items);
	if (code || !json_object_size(made)) {
		json_decref(made);
		made = NULL;
	}
	*out = made;
	return code;
}

/* --- what stands under a heading --- */

/* In the register a text of more than one paragraph has its markup. */
static json_t *text_value(const form_typed *t, const char *text)
{
	fria_buf html = FRIA_BUF_INIT;
	bool plain = strncmp(t->pointer, "/register/", 10) != 0 ||
		     !(strchr(text, '\n') || !strncmp(text, "- ", 2));
	if (!plain)
		fria_markdown_few_tags(&html, text, strlen(text));
	json_t *out = fria_json_string(plain ? text : html.text);
	fria_buf_dispose(&html);
	return out;
}

static int parse(json_t **out, const form_typed *t, const char *content,
		 bool anew, fria_error *err)
{
	form_shape shape = form_shape_of(t->schemas, t->pointer, t->before);
	form_typed own = *t;
	for (const char *at = content; isspace((unsigned char)*at); at++)
		own.line += *at == '\n';
	char *text = trimmed(content, strlen(content));
	int code = 0;
	*out = NULL;
	if (!*text)
		code = 0;
	else if (shape.kind == FORM_LIST)
		code = parse_list(out, &own, &shape, text, anew, err);
	else if (shape.kind == FORM_METRICS)
		code = parse_metrics(out, &own, &shape, text, err);
	else if (shape.kind == FORM_PARTS)
		code = parse_parts(out, &own, &shape, text, err);
	else if (!strcmp(t->pointer, "/name") && strchr(text, '\n'))
		code = refuse_at(
		    err, &own,
		    fria_fail(err, FRIA_EINPUT, FRIA_W_form_one_line, NULL));
	else if (shape.kind == FORM_TEXT)
		*out = text_value(&own, text);
	else
		code = parse_scalar(out, &own, &shape, text, err);
	free(text);
	return code;
}

int form_parse(json_t **out, const form_typed *typed, const char *content,
	       fria_error *err)
{
	return parse(out, typed, content, true, err);
}

int form_value(json_t **out, const form_typed *typed, const char *content,
	       fria_error *err)
{
	char *text = trimmed(content, strlen(content));
	bool same = false;
	for (fria_lang lang = FRIA_NL; lang <= FRIA_EN && typed->before;
	     lang++) {
		fria_buf was = FRIA_BUF_INIT;
		form_content(&was, typed->schemas, typed->pointer,
			     typed->before, lang);
		char *shown = trimmed(was.text, was.n);
		same = same || !strcmp(shown, text);
		free(shown);
		fria_buf_dispose(&was);
	}
	free(text);
	if (!same)
		return parse(out, typed, content, false, err);
	*out = json_incref((json_t *)(uintptr_t)typed->before);
	return 0;
}

int fria_form_value(json_t **out, const char *pointer, const char *text,
		    fria_lang lang, const fria_time *today, fria_error *err)
{
	form_schemas schemas;
	form_schemas_open(&schemas);
	const form_typed typed = {&schemas, pointer, NULL, NULL,
				  0,	    lang,    today};
	form_shape shape = form_shape_of(&schemas, pointer, NULL);
	int code = FRIA_ENOTFOUND;
	if (shape.kind >= FORM_NUMBER && shape.kind <= FORM_CLOSED)
		code = parse_scalar(out, &typed, &shape, text, err);
	form_schemas_close(&schemas);
	return code;
}
