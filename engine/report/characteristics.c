/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The characteristics of an application, as people read them: an address is a
 * link, a date a day, a list a line each, markup the lines it makes. What is
 * shown never says more than what is recorded.
 */
#include "parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- values --- */

static bool is_address(const char *text)
{
	return (!strncmp(text, "https://", 8) ||
		!strncmp(text, "http://", 7)) &&
	       !strpbrk(text, " \t\r\n<>\"");
}

static void put_string(fria_node *at, const char *text)
{
	fria_time day;
	if (is_address(text)) {
		fria_node_link(at, text, text);
	} else if (fria_time_parse(&day, text)) {
		fria_node_text(at, fria_kept_day(at, day));
	} else {
		fria_buf *lines = fria_kept_text(at);
		fria_html_lines(lines, text, "\u2013", "\n");
		fria_node_text(at, lines->text);
	}
}

static void put_value(fria_node *at, const json_t *value, fria_lang lang);

static void put_list(fria_node *at, const json_t *list, fria_lang lang)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		fria_node_text(at, i ? "\n" : "");
		put_value(at, json_array_get(list, i), lang);
	}
}

static void put_members(fria_node *at, const json_t *object, fria_lang lang)
{
	const char *key;
	json_t *value;
	bool first = true;
	json_object_foreach((json_t *)(uintptr_t)object, key, value) {
		bool named = strcmp(key, "name") != 0 && strcmp(key, "title");
		if (json_is_null(value) || fria_fact_member_hidden(key) ||
		    !strcmp(key, "id"))
			continue;
		fria_node_text(at, first ? "" : "; ");
		fria_node_text(at, named ? fria_fact_member(key, lang) : "");
		fria_node_text(at, named ? ": " : "");
		put_value(at, value, lang);
		first = false;
	}
}

/* A title with its link is one thing. */
static void put_object(fria_node *at, const json_t *object, fria_lang lang)
{
	const char *link = fria_json_text(object, "link");
	const char *title = fria_json_text(object, "title");
	if (!title)
		title = fria_json_text(object, "name");
	if (link && is_address(link))
		fria_node_link(at, link, title ? title : link);
	else
		put_members(at, object, lang);
}

static void put_value(fria_node *at, const json_t *value, fria_lang lang)
{
	if (json_is_string(value))
		put_string(at, json_string_value(value));
	else if (json_is_array(value))
		put_list(at, value, lang);
	else if (json_is_object(value))
		put_object(at, value, lang);
	else
		fria_node_text(at, part_fact(at, value, lang));
}

static bool is_empty(const json_t *value)
{
	return !value || json_is_null(value) ||
	       (json_is_string(value) && !json_string_length(value)) ||
	       (json_is_array(value) && !json_array_size(value));
}

/* --- {{facts}} --- */

static void put_vocabulary(fria_node *fields, const char *vocabulary,
			   const json_t *members, bool pointers, fria_lang lang)
{
	const char *name;
	json_t *value;
	json_object_foreach((json_t *)(uintptr_t)members, name, value) {
		fria_buf *pointer = fria_kept_text(fields);
		fria_buf_printf(pointer, "/%s", vocabulary);
		fria_pointer_add(pointer, name);
		const char *title = fria_fact_title(pointer->text, lang);
		json_t *worded = fria_fact_worded(pointer->text, value, lang);
		if (pointers)
			title = fria_kept_format(fields, "%s (%s)", title,
						 pointer->text);
		if (!is_empty(value))
			put_value(fria_fields_add(fields, title), worded, lang);
		json_decref(worded);
	}
}

void part_characteristics(fria_node *fields, const char *vocabulary,
			  const json_t *members, fria_lang lang)
{
	put_vocabulary(fields, vocabulary, members, false, lang);
}

static void put_facts(fria_node *fields, const json_t *application,
		      bool pointers, fria_lang lang)
{
	static const char *const vocabularies[] = {"register", "card", "use",
						   "monitoring"};
	for (size_t i = 0; i < 4; i++)
		put_vocabulary(fields, vocabularies[i],
			       json_object_get(application, vocabularies[i]),
			       pointers, lang);
}

void part_facts(fria_parts *w, fria_node *at)
{
	put_facts(fria_node_fields(at), w->r->input->application, false,
		  w->r->lang);
}

void fria_application_view(fria_node *at, const char *id,
			   const json_t *application, bool pointers,
			   fria_lang lang)
{
	const char *name = fria_json_text(application, "name");
	const char *release = fria_json_text(application, "release");
	fria_node *fields =
	    fria_node_fields(fria_node_section(at, id, name ? name : id));
	if (release)
		fria_node_text(
		    fria_fields_add(fields,
				    fria_word_text(FRIA_W_show_release, lang)),
		    release);
	put_facts(fields, application, pointers, lang);
}

/* --- what changed of them --- */

static void say_fact(fria_buf *out, const json_t *application,
		     const char *pointer, fria_lang lang)
{
	const json_t *value = fria_fact(application, pointer);
	json_t *worded;
	if (!value || json_is_null(value))
		return;
	worded = fria_fact_worded(pointer, value, lang);
	fria_items_say(out, worded, lang);
	json_decref(worded);
}

static void put_changed(fria_node *at, const json_t *before,
			const json_t *after, const char *pointer,
			const char *title, fria_lang lang)
{
	fria_buf *was = fria_kept_text(at), *is = fria_kept_text(at);
	fria_node *section = fria_node_section(
	    at, fria_kept_format(at, "changed-%s", pointer + 1), title);
	say_fact(was, before, pointer, lang);
	say_fact(is, after, pointer, lang);
	part_texts(section, was->text, is->text, lang);
}

void fria_changed_view(fria_node *at, const json_t *before, const json_t *after,
		       const fria_strings *changed, const fria_strings *gone,
		       bool pointers, fria_lang lang)
{
	const fria_side was = {.application = before},
			is = {.application = after};
	bool first = !fria_json_text(before, "release");
	fria_node *list = NULL;
	if (!changed->n)
		return;
	fria_node *section = fria_node_section(
	    at, "changed", fria_word_text(FRIA_W_release_changed, lang));
	if (first)
		list = fria_node_list(section, false);
	for (size_t i = 0; i < changed->n; i++) {
		const char *pointer = changed->items[i];
		fria_buf *title = fria_kept_text(at);
		fria_place_say(title, fria_fact(after, pointer) ? &is : &was,
			       pointer, lang);
		if (pointers)
			fria_buf_printf(title, " (%s)", pointer);
		if (fria_strings_has(gone, pointer))
			fria_buf_printf(
			    title, ": %s",
			    fria_word_text(FRIA_W_release_gone, lang));
		if (first)
			fria_node_text(fria_list_item(list), title->text);
		else
			put_changed(section, before, after, pointer,
				    title->text, lang);
	}
}
