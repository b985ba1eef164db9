/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Lines and columns for many findings in one walk over the text. It reads
 * text that has parsed already and keeps nothing.
 */
#include "places.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

void fria_place(const char *bytes, size_t offset, size_t *line, size_t *column)
{
	const char *start = bytes, *end = bytes + offset, *at;
	*line = 1;
	while ((at = memchr(start, '\n', (size_t)(end - start)))) {
		start = at + 1;
		++*line;
	}
	*column = fria_utf8_count(start, (size_t)(end - start)) + 1;
}

/* --- every value of a JSON text --- */

typedef struct {
	const char *bytes, *at, *end;
	fria_place_visit visit;
	void *data;
	fria_buf pointer;
} walk;

static void space(walk *w)
{
	while (w->at < w->end && *w->at && strchr(" \t\r\n", *w->at))
		w->at++;
}

static void skip_string(walk *w)
{
	for (w->at++; w->at < w->end && *w->at != '"'; w->at++)
		if (*w->at == '\\' && w->at + 1 < w->end)
			w->at++;
	if (w->at < w->end)
		w->at++;
}

static void skip_scalar(walk *w)
{
	if (w->at < w->end && *w->at == '"') {
		skip_string(w);
		return;
	}
	while (w->at < w->end && !strchr(" \t\r\n,:]}", *w->at))
		w->at++;
}

static void add_key(walk *w, const char *from)
{
	json_t *key = json_loadb(from, (size_t)(w->at - from),
				 JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
	fria_buf nfc = FRIA_BUF_INIT;
	fria_nfc(&nfc, json_string_value(key) ? json_string_value(key) : "",
		 json_string_length(key));
	fria_pointer_add(&w->pointer, nfc.text);
	fria_buf_dispose(&nfc);
	json_decref(key);
}

static void value(walk *w, const char *key, size_t depth);

static void shorten(walk *w, size_t n)
{
	w->pointer.n = n;
	w->pointer.text[n] = '\0';
}

/* At a comma, or at the end of the object or array. */
static bool more(walk *w)
{
	space(w);
	if (w->at < w->end && *w->at == ',') {
		w->at++;
		space(w);
		return true;
	}
	if (w->at < w->end)
		w->at++;
	return false;
}

static void object(walk *w, size_t depth)
{
	size_t length = w->pointer.n;
	w->at++;
	space(w);
	if (w->at < w->end && *w->at == '}') {
		w->at++;
		return;
	}
	do {
		const char *key = w->at;
		if (w->at >= w->end || *w->at != '"')
			return;
		skip_string(w);
		add_key(w, key);
		space(w);
		w->at += w->at < w->end;
		value(w, key, depth + 1);
		shorten(w, length);
	} while (more(w));
}

static void array(walk *w, size_t depth)
{
	size_t length = w->pointer.n, i = 0;
	w->at++;
	space(w);
	if (w->at < w->end && *w->at == ']') {
		w->at++;
		return;
	}
	do {
		fria_buf_printf(&w->pointer, "/%zu", i++);
		value(w, NULL, depth + 1);
		shorten(w, length);
	} while (more(w));
}

static void value(walk *w, const char *key, size_t depth)
{
	space(w);
	if (w->at >= w->end || depth > FRIA_MAX_DEPTH) {
		w->at = w->end;
		return;
	}
	size_t at = (size_t)(w->at - w->bytes);
	w->visit(w->data, w->pointer.text, false,
		 key ? (size_t)(key - w->bytes) : at, at);
	if (*w->at == '{')
		object(w, depth);
	else if (*w->at == '[')
		array(w, depth);
	else
		skip_scalar(w);
}

/* Both expect text that parses; what comes after an error is not visited. */
static void fria_json_places(const char *bytes, size_t n,
			     fria_place_visit visit, void *data)
{
	walk w = {bytes, bytes, bytes + n, visit, data, FRIA_BUF_INIT};
	value(&w, NULL, 1);
	fria_buf_dispose(&w.pointer);
}

/* --- one place --- */

typedef struct {
	const char *pointer;
	bool key, found;
	size_t offset;
} search;

/* The last of two equal keys: it is the one that is wrong. */
static void look(void *data, const char *pointer, bool whole, size_t key,
		 size_t value)
{
	search *s = data;
	bool here = !strcmp(pointer, s->pointer);
	if (!here && !(whole && fria_pointer_covers(pointer, s->pointer)))
		return;
	s->found = true;
	s->offset = here && s->key ? key : value;
}

static bool locate(bool yaml, const char *bytes, size_t n, const char *pointer,
		   bool key, size_t *line, size_t *column)
{
	size_t skip = n >= 3 && !memcmp(bytes, "\xEF\xBB\xBF", 3) ? 3 : 0;
	search s = {pointer, key, false, 0};
	(yaml ? fria_yaml_places : fria_json_places)(bytes + skip, n - skip,
						     look, &s);
	if (s.found)
		fria_place(bytes + skip, s.offset, line, column);
	return s.found;
}

bool fria_json_locate(const char *bytes, size_t n, const char *pointer,
		      bool key, size_t *line, size_t *column)
{
	return locate(false, bytes, n, pointer, key, line, column);
}

bool fria_yaml_locate(const char *bytes, size_t n, const char *pointer,
		      bool key, size_t *line, size_t *column)
{
	return locate(true, bytes, n, pointer, key, line, column);
}

/* --- findings --- */

/* Values are met in the order of the text, so the place moves along. */
typedef struct {
	json_t *wanted; /* pointer to [line, column] of key and of value */
	const char *bytes;
	size_t at, line, column;
} places;

static void advance(places *p, size_t to)
{
	for (; p->at < to; p->at++) {
		unsigned char c = (unsigned char)p->bytes[p->at];
		p->column += (c & 0xC0) != 0x80;
		if (c != '\n')
			continue;
		p->line++;
		p->column = 1;
	}
}

static void add_place(places *p, json_t *place, size_t at)
{
	advance(p, at);
	json_array_append_new(place, json_integer((json_int_t)p->line));
	json_array_append_new(place, json_integer((json_int_t)p->column));
}

static void remember(void *data, const char *pointer, bool whole, size_t key,
		     size_t at)
{
	(void)whole;
	places *p = data;
	json_t *place = json_object_get(p->wanted, pointer);
	if (!place || json_array_size(place))
		return;
	add_place(p, place, key);
	add_place(p, place, at);
}

/* A pointer and those above it, in case it is not in the text itself. */
static void want(places *p, const char *pointer)
{
	char *path = fria_strdup(pointer), *slash;
	while (!json_object_get(p->wanted, path)) {
		json_object_set_new(p->wanted, path, json_array());
		slash = strrchr(path, '/');
		if (!slash)
			break;
		*slash = '\0';
	}
	free(path);
}

static const json_t *place_of(const places *p, const char *pointer, bool *exact)
{
	char *path = fria_strdup(pointer);
	const json_t *place = json_object_get(p->wanted, path);
	*exact = true;
	while (place && !json_array_size(place)) {
		char *slash = strrchr(path, '/');
		*exact = false;
		if (!slash)
			break;
		*slash = '\0';
		place = json_object_get(p->wanted, path);
	}
	free(path);
	return place;
}

static bool concerns(const fria_finding *f, const char *file)
{
	return f->pointer && !f->line &&
	       (!file || (f->file && !strcmp(f->file, file)));
}

/* A field that should not be there is shown by its key. */
static bool is_about_key(const fria_finding *f)
{
	return f->word == FRIA_W_schema_unknown ||
	       f->word == FRIA_W_schema_unknown_of ||
	       f->word == FRIA_W_schema_name ||
	       f->word == FRIA_W_schema_name_form;
}

static void fill(const places *p, fria_finding *f)
{
	bool exact = true;
	const json_t *place = place_of(p, f->pointer, &exact);
	size_t at = exact && is_about_key(f) ? 0 : 2;
	if (!json_array_size(place))
		return;
	f->line = (size_t)json_integer_value(json_array_get(place, at));
	f->column = (size_t)json_integer_value(json_array_get(place, at + 1));
}

void fria_findings_locate(fria_findings *findings, const char *file,
			  const char *bytes, size_t n, bool yaml)
{
	if (n >= 3 && !memcmp(bytes, "\xEF\xBB\xBF", 3)) {
		bytes += 3;
		n -= 3;
	}
	places p = {json_object(), bytes, 0, 1, 1};
	for (size_t i = 0; i < findings->n; i++)
		if (concerns(&findings->items[i], file))
			want(&p, findings->items[i].pointer);
	if (json_object_size(p.wanted))
		(yaml ? fria_yaml_places : fria_json_places)(bytes, n, remember,
							     &p);
	for (size_t i = 0; i < findings->n; i++)
		if (concerns(&findings->items[i], file))
			fill(&p, &findings->items[i]);
	json_decref(p.wanted);
}
