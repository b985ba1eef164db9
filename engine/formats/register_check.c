/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * An entry held against the publication standard, and against another entry.
 * It mends nothing: what it sees are findings and differences.
 */
#include "register_standard.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

typedef struct {
	fria_findings *out;
	const json_t *entry;
	const fria_register_place *place;
	const standard_field *field;
	fria_lang lang;
	bool reading; /* what came in; else what is to go out */
} judging;

/* --- where a finding belongs --- */

/* Where the field came from last; a fact that is to be filled in. */
static char *place_of(char **pointer, const judging *j, const char *inside)
{
	const fria_register_place *p = j->place;
	const char *field = j->field->name;
	const fria_field_sources *list = fria_sources_find(p->sources, field);
	const fria_source *last =
	    list && list->n ? &list->items[list->n - 1] : NULL;
	fria_source_kind from = last ? last->from : FRIA_FROM_FACT;
	if (p->line) {
		*pointer = NULL;
		return fria_strdup(p->file);
	}
	if (!p->application) {
		*pointer = fria_format("%s/%s%s", p->base, field, inside);
		return fria_strdup(p->file);
	}
	if (last && last->task) {
		*pointer = fria_format("/answers/%s", last->task);
		return fria_assessment_path(last->assessment);
	}
	bool fact = from == FRIA_FROM_FACT || from == FRIA_FROM_STANDARD;
	*pointer = fria_format("/%s/%s%s",
			       fact			    ? "register"
			       : from == FRIA_FROM_RECEIVED ? "received"
							    : "written",
			       field, inside);
	return fria_workspace_path(p->application,
				   fact ? "application" : "entry");
}

static fria_finding *find(const judging *j, fria_severity severity,
			  fria_word word, const char *inside)
{
	char *pointer, *file = place_of(&pointer, j, inside);
	char *name = fria_format("/register/%s", j->field->name);
	fria_finding *f =
	    fria_findings_add(j->out, severity, word, file, pointer, "field",
			      fria_fact_title(name, j->lang), NULL);
	f->line = j->place->line;
	f->column = f->line ? 1 : 0;
	if (j->reading)
		f->severity = FRIA_WARNING;
	free(name);
	free(pointer);
	free(file);
	return f;
}

static void add(fria_finding *f, const char *name, const char *value)
{
	fria_args_add(&f->args, name, value);
}

static void add_number(fria_finding *f, const char *name, size_t n)
{
	char text[24];
	snprintf(text, sizeof text, "%zu", n);
	add(f, name, text);
}

/* --- text --- */

static void judge_length(const judging *j, const char *text, size_t limit,
			 const char *inside)
{
	size_t n = fria_html_count(text, strlen(text));
	if (!limit || n <= limit)
		return;
	fria_finding *f =
	    find(j, FRIA_SEVERE, FRIA_W_register_too_long, inside);
	add_number(f, "over", n - limit);
	add_number(f, "count", n);
	add_number(f, "limit", limit);
}

/* The name of the next tag that the standard has not; NULL: no more. */
static char *next_foreign(const char **at)
{
	static const char *const allowed[] = {"div", "br", "p", "ul",
					      "ol",  "li", NULL};
	const char *tag = *at;
	while ((tag = strchr(tag, '<'))) {
		const char *name = tag[1] == '/' ? tag + 2 : tag + 1;
		size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz"
					"ABCDEFGHIJKLMNOPQRSTUVWXYZ123456");
		size_t i = 0;
		tag++;
		while (allowed[i] && (strlen(allowed[i]) != n ||
				      strncasecmp(allowed[i], name, n) != 0))
			i++;
		if (!n || allowed[i])
			continue;
		*at = name + n;
		return fria_strndup(name, n);
	}
	return NULL;
}

static void judge_tags(const judging *j, const char *text)
{
	char *tag = next_foreign(&text);
	if (tag)
		add(find(j, FRIA_WARNING, FRIA_W_register_tag, ""), "tag", tag);
	free(tag);
}

static bool is_month(const char *text)
{
	char *day = fria_format("%s-01", text);
	bool is = strlen(text) == 7 && fria_date_is(day);
	free(day);
	return is;
}

/* NAME@HOST.TLD, or a web address. */
static bool is_contact(const char *text)
{
	const char *at = strchr(text, '@');
	if (standard_is_address(text))
		return true;
	return at && at > text && !strchr(at + 1, '@') && strchr(at + 1, '.') &&
	       !strpbrk(text, " \t\n<>");
}

/* --- choices --- */

static void list_choices(fria_buf *out, const char *field)
{
	size_t at = 0;
	const char *value;
	while ((value = standard_value(field, &at)))
		fria_buf_printf(out, out->n ? ", %s" : "%s", value);
}

static void judge_choice(const judging *j, const json_t *value,
			 const char *inside)
{
	const char *text = json_string_value(value);
	const char *known = text ? standard_choice(j->field->name, text) : NULL;
	if (known && (j->reading || !strcmp(known, text)))
		return;
	fria_buf choices = FRIA_BUF_INIT;
	fria_finding *f = find(j, FRIA_SEVERE, FRIA_W_register_choice, inside);
	list_choices(&choices, j->field->name);
	add(f, "value", text ? text : "…");
	add(f, "choices", choices.text);
	fria_buf_dispose(&choices);
}

static void judge_choices(const judging *j, const json_t *value)
{
	size_t i;
	json_t *one;
	if (!json_is_array(value))
		judge_choice(j, value, "");
	json_array_foreach(value, i, one) {
		char *inside = fria_format("/%zu", i);
		judge_choice(j, one, inside);
		free(inside);
	}
}

/* --- lists of links --- */

static void judge_address(const judging *j, const char *title, const char *link,
			  const char *inside)
{
	bool swapped = standard_is_address(title);
	if (standard_is_address(link))
		return;
	fria_finding *f =
	    find(j, FRIA_WARNING,
		 swapped ? FRIA_W_register_swapped : FRIA_W_register_no_address,
		 inside);
	add(f, "title", title);
	add(f, "link", link);
}

static void judge_link(const judging *j, const json_t *element, size_t i)
{
	const char *title = fria_json_text(element, "title");
	const char *link = fria_json_text(element, "link");
	char *of_title = fria_format("/%zu/title", i);
	char *of_link = fria_format("/%zu/link", i);
	if (!title || !*title)
		find(j, FRIA_SEVERE, FRIA_W_register_no_title, of_title);
	else
		judge_length(j, title, j->field->title, of_title);
	if (link && *link) {
		judge_length(j, link, j->field->limit, of_link);
		judge_address(j, title ? title : "", link, of_link);
	} else {
		add(find(j, j->field->required ? FRIA_SEVERE : FRIA_NOTE,
			 FRIA_W_register_no_link, of_link),
		    "title", title ? title : "");
	}
	free(of_link);
	free(of_title);
}

static void judge_links(const judging *j, const json_t *value)
{
	size_t i;
	json_t *element;
	if (!json_is_array(value))
		find(j, FRIA_SEVERE, FRIA_W_register_form, "");
	json_array_foreach(value, i, element)
		judge_link(j, element, i);
}

/* --- the whole --- */

static void judge_text(const judging *j, const json_t *value)
{
	const char *text = json_string_value(value);
	fria_word wrong = 0;
	if (!text) {
		find(j, FRIA_SEVERE, FRIA_W_register_form, "");
		return;
	}
	if (!j->reading)
		judge_length(j, text, j->field->limit, "");
	if (j->field->kind == STANDARD_HTML)
		judge_tags(j, text);
	else if (j->field->kind == STANDARD_MONTH && !is_month(text))
		wrong = FRIA_W_register_month;
	else if (j->field->kind == STANDARD_ADDRESS &&
		 !standard_is_address(text))
		wrong = FRIA_W_register_address;
	else if (j->field->kind == STANDARD_CONTACT && !is_contact(text))
		wrong = FRIA_W_register_contact;
	if (wrong)
		add(find(j,
			 wrong == FRIA_W_register_month ? FRIA_SEVERE
							: FRIA_WARNING,
			 wrong, ""),
		    "value", text);
}

static void judge(const judging *j)
{
	const json_t *value = json_object_get(j->entry, j->field->name);
	if (standard_empty(value)) {
		if (j->field->required && j->field->kind != STANDARD_LINKS)
			find(j, FRIA_SEVERE, FRIA_W_register_missing, "");
		return;
	}
	switch (j->field->kind) {
	case STANDARD_CHOICE:
		judge_choice(j, value, "");
		break;
	case STANDARD_CHOICES:
		judge_choices(j, value);
		break;
	case STANDARD_LINKS:
		judge_links(j, value);
		break;
	case STANDARD_SERVER:
		break;
	default:
		judge_text(j, value);
	}
}

void fria_register_judge(fria_findings *out, const json_t *entry,
			 const fria_register_place *place, fria_lang lang)
{
	judging j = {out, entry, place, NULL, lang, false};
	for (j.field = standard_fields; j.field->name; j.field++)
		judge(&j);
}

static bool is_fact(const char *field)
{
	char *pointer = fria_format("/register/%s", field);
	bool is = fria_fact_is(pointer);
	free(pointer);
	return is;
}

void fria_register_read_judge(fria_findings *out, const json_t *entry,
			      const fria_register_place *place, fria_lang lang)
{
	judging j = {out, entry, place, NULL, lang, true};
	for (j.field = standard_fields; j.field->name; j.field++) {
		standard_kind kind = j.field->kind;
		const json_t *value = json_object_get(entry, j.field->name);
		bool read = kind == STANDARD_MONTH || kind == STANDARD_CHOICE ||
			    kind == STANDARD_CHOICES;
		if (read && is_fact(j.field->name) && !standard_empty(value))
			judge(&j);
	}
}

/* --- two entries --- */

static fria_field_state compare_field(const char *field,
				      const json_t *published,
				      const json_t *now)
{
	char *pointer = fria_format("/register/%s", field);
	json_t *a = fria_fact_compared(pointer, published, FRIA_RULES);
	json_t *b = fria_fact_compared(pointer, now, FRIA_RULES);
	fria_field_state state =
	    json_equal(a, b) ? FRIA_FIELD_SAME : FRIA_FIELD_DIFFERS;
	if (json_is_null(a) && !json_is_null(b))
		state = FRIA_FIELD_MISSING;
	json_decref(a);
	json_decref(b);
	free(pointer);
	return state;
}

void fria_register_compare(fria_fields_compared *out, const json_t *published,
			   const fria_register_draft *now)
{
	*out = (fria_fields_compared){.same = true};
	for (const standard_field *f = standard_fields; f->name; f++) {
		json_t *a = json_object_get(published, f->name);
		json_t *b = json_object_get(now->entry, f->name);
		fria_field_state state = compare_field(f->name, a, b);
		if (f->kind == STANDARD_SERVER)
			continue;
		out->same = out->same && state == FRIA_FIELD_SAME;
		*FRIA_PUSH(out) = (fria_field_compared){
		    f->name, state, json_incref(a), json_incref(b)};
	}
}

void fria_fields_compared_dispose(fria_fields_compared *fields)
{
	for (size_t i = 0; i < fields->n; i++) {
		json_decref(fields->items[i].published);
		json_decref(fields->items[i].now);
	}
	free(fields->items);
	*fields = (fria_fields_compared){.items = NULL};
}

json_t *fria_fields_compared_json(const fria_fields_compared *fields,
				  const fria_register_draft *now)
{
	static const char *const states[] = {"same", "differs", "missing"};
	json_t *out = json_array();
	for (size_t i = 0; i < fields->n; i++) {
		const fria_field_compared *f = &fields->items[i];
		const fria_field_sources *of =
		    fria_sources_find(&now->sources, f->field);
		json_array_append_new(
		    out, fria_json_pack(
			     "{s:s, s:s, s:O?, s:O?, s:o?}", "field", f->field,
			     "state", states[f->state], "published",
			     f->published, "now", f->now, "sources",
			     of ? fria_field_sources_json(of) : NULL));
	}
	return out;
}

json_t *fria_register_sendable(const json_t *entry, const char *id)
{
	json_t *out = json_object();
	for (const standard_field *f = standard_fields; f->name; f++) {
		json_t *value = json_object_get(entry, f->name);
		if (f->kind != STANDARD_SERVER && !standard_empty(value))
			json_object_set(out, f->name, value);
	}
	if (!json_object_get(out, "source_id"))
		json_object_set_new(out, "source_id", fria_json_string(id));
	return out;
}
