/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The characteristics of an application, as people read them: an address is a
 * link, a date a day, a list a line each, markup the lines it makes. What is
 * shown never says more than what is recorded.
 */
#include "parts.h"

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
		fria_html_lines(fria_node_here(at), text, "\u2013", "\n");
	}
}

static void put_value(fria_node *at, const json_t *value);

static void put_members(fria_node *at, const json_t *object)
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
		if (named)
			fria_node_format(
			    at,
			    "%s: ", fria_fact_member(key, fria_node_lang(at)));
		put_value(at, value);
		first = false;
	}
}

/* A title with its link is one thing. */
static void put_value(fria_node *at, const json_t *value)
{
	const char *link = fria_json_text(value, "link");
	const char *title = fria_json_text(value, "title");
	if (!title)
		title = fria_json_text(value, "name");
	if (json_is_string(value))
		put_string(at, json_string_value(value));
	else if (link && is_address(link))
		fria_node_link(at, link, title ? title : link);
	else if (json_is_object(value))
		put_members(at, value);
	else if (!json_is_array(value))
		fria_node_text(at, part_fact(at, value));
	for (size_t i = 0; i < json_array_size(value); i++) {
		fria_node_text(at, i ? "\n" : "");
		put_value(at, json_array_get(value, i));
	}
}

static bool is_empty(const json_t *value)
{
	return !value || json_is_null(value) ||
	       (json_is_string(value) && !json_string_length(value)) ||
	       (json_is_array(value) && !json_array_size(value));
}

/* --- {{facts}} --- */

void part_characteristics(fria_node *fields, const char *vocabulary,
			  const json_t *members, bool pointers)
{
	fria_lang lang = fria_node_lang(fields);
	const char *name;
	json_t *value;
	json_object_foreach((json_t *)(uintptr_t)members, name, value) {
		fria_buf *pointer = fria_kept_text(fields);
		fria_buf_printf(pointer, "/%s", vocabulary);
		fria_pointer_add(pointer, name);
		const char *title = fria_fact_title(pointer->text, lang);
		json_t *worded = fria_fact_worded(pointer->text, value, lang);
		bool metric = !strcmp(vocabulary, "monitoring");
		const char *own = metric ? fria_json_text(value, "name") : NULL;
		if (own) { /* what it is called is its title */
			json_t *rest = json_copy(worded);
			json_object_del(rest, "name");
			json_decref(worded);
			worded = rest;
			title = own;
		}
		if (pointers)
			title = fria_kept_format(fields, "%s (%s)", title,
						 pointer->text);
		if (!is_empty(value))
			put_value(fria_fields_add(fields, title), worded);
		json_decref(worded);
	}
}

static void put_facts(fria_node *fields, const json_t *application,
		      bool pointers)
{
	static const char *const vocabularies[] = {"register", "card", "use",
						   "monitoring"};
	for (size_t i = 0; i < 4; i++)
		part_characteristics(
		    fields, vocabularies[i],
		    json_object_get(application, vocabularies[i]), pointers);
}

void part_facts(fria_parts *w, fria_node *at)
{
	put_facts(fria_node_fields(at), w->r->input->application, false);
}

void fria_application_view(fria_node *at, const char *id,
			   const json_t *application, bool pointers)
{
	const char *name = fria_json_text(application, "name");
	const char *release = fria_json_text(application, "release");
	fria_node *fields =
	    fria_node_fields(fria_node_section(at, id, name ? name : id));
	if (release)
		fria_node_text(fria_fields_word(fields, FRIA_W_show_release),
			       release);
	put_facts(fields, application, pointers);
}

/* --- what changed of them --- */

static const char *fact_at(fria_node *at, const json_t *application,
			   const char *pointer)
{
	const json_t *value = fria_fact(application, pointer);
	fria_lang lang = fria_node_lang(at);
	fria_buf *text = fria_kept_text(at);
	if (!value || json_is_null(value))
		return "";
	json_t *worded = fria_fact_worded(pointer, value, lang);
	fria_items_say(text, worded, lang);
	json_decref(worded);
	return text->text;
}

void fria_changed_view(fria_node *at, const json_t *before, const json_t *after,
		       const fria_strings *changed, const fria_strings *gone,
		       bool pointers)
{
	fria_lang lang = fria_node_lang(at);
	const fria_side was = {.application = before},
			is = {.application = after};
	bool first = !fria_json_text(before, "release");
	fria_node *list = NULL;
	if (!changed->n)
		return;
	fria_node *section =
	    fria_section_word(at, "changed", FRIA_W_release_changed);
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
			fria_texts_view(
			    fria_node_section(
				section,
				fria_kept_format(at, "changed-%s", pointer + 1),
				title->text),
			    fact_at(at, before, pointer),
			    fact_at(at, after, pointer));
	}
}
