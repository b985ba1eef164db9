/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What is on record about an assessment: versions, elements of article 27(1),
 * what is withheld, and what changed.
 */
#include "parts.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- words --- */

const char *part_role(const json_t *roles, const char *role, fria_lang lang)
{
	return role ? fria_role_title(roles, role, lang) : "";
}

void part_name(fria_buf *out, const fria_report *r, const char *by)
{
	by = fria_shown(r->input, by);
	size_t n = by ? strcspn(by, "<") : 0;
	while (n && by[n - 1] == ' ')
		n--;
	if (r->audience == FRIA_INTERNAL)
		fria_buf_put(out, by ? by : "", n);
}

const char *part_person(fria_node *at, const char *by)
{
	return by ? fria_kept_format(at, "%.*s", (int)fria_person_length(by),
				     by)
		  : "";
}

/* "5.1.2.d" is article 5.1, paragraph 2, under d; with what that says. */
const char *part_ground(fria_node *at, const char *ground)
{
	char act[4] = "", article[4] = "", paragraph[8] = "", letter[8] = "";
	if (!ground || !strcmp(ground, "other"))
		return fria_kept_say(at, FRIA_W_ground_other, NULL);
	sscanf(ground, "%3[^.].%3[^.].%7[^.].%7s", act, article, paragraph,
	       letter);
	return fria_kept_say(
	    at, FRIA_W_ground_article, "article",
	    fria_kept_format(at, *article ? "%s.%s" : "%s", act, article),
	    "paragraph", paragraph, "letter", letter, "words",
	    fria_closed_say("withheld", ground, fria_node_lang(at)), NULL);
}

void part_day(fria_buf *out, const char *moment, fria_lang lang)
{
	fria_time at;
	if (moment && fria_time_parse(&at, moment))
		fria_day_say(out, lang, at);
	else
		fria_buf_puts(out, moment ? moment : "");
}

const char *part_date(fria_node *at, const char *moment)
{
	fria_time day;
	if (moment && fria_time_parse(&day, moment))
		return fria_kept_day(at, day);
	return moment ? moment : "";
}

const char *part_fact(fria_node *at, const json_t *value)
{
	fria_buf *text = fria_kept_text(at);
	if (value)
		fria_fact_say(text, value, fria_node_lang(at));
	return text->text;
}

/* --- {{versions}} --- */

fria_node *part_version_table(fria_node *at, const fria_word more[], size_t n)
{
	fria_word heads[6] = {FRIA_W_head_version, FRIA_W_report_adopted_on,
			      FRIA_W_head_release};
	const fria_table_options options = {
	    .words = heads, .n = 3 + n, .row_heads = true};
	assert(n <= 3);
	memcpy(heads + 3, more, n * sizeof *more);
	return fria_node_table(at, &options);
}

fria_node *part_version_row(const fria_report *r, fria_node *table, size_t i,
			    const char *page)
{
	const fria_report_version *v = &r->versions[i];
	fria_node *row = fria_table_row(table);
	fria_node *name = fria_table_cell(row);
	if (page)
		fria_node_page(name, page, v->name);
	else
		fria_node_text(name, v->name);
	if (v->forced) {
		fria_node_text(name, " ");
		fria_node_label(name, FRIA_TONE_AGAIN, FRIA_W_report_forced);
		if (r->audience == FRIA_INTERNAL)
			fria_node_format(name, " %s", v->forced);
	}
	fria_table_cell_text(row, fria_kept_day(table, v->at));
	fria_table_cell_text(row, v->release);
	return row;
}

void part_versions(fria_parts *w, fria_node *at)
{
	static const fria_word more[] = {FRIA_W_head_content};
	const fria_report *r = w->r;
	if (!r->versions_n)
		return;
	fria_node *table = part_version_table(at, more, 1);
	for (size_t i = 0; i < r->versions_n; i++) {
		const char *content = r->versions[i].content;
		fria_node *row = part_version_row(r, table, i, NULL);
		fria_node_code(fria_table_cell(row), content ? content : "");
	}
}

/* --- {{withheld}} --- */

static const char *place_of(const fria_parts *w, fria_node *at,
			    const fria_withheld *one)
{
	size_t task =
	    one->task ? fria_instrument_find(w->in, one->task) : FRIA_NONE;
	fria_buf *place = fria_kept_text(at);
	if (one->pointer)
		fria_buf_puts(place, fria_fact_title(one->pointer, w->r->lang));
	else if (task != FRIA_NONE)
		fria_buf_printf(
		    place, "%s %s", one->task,
		    fria_task_title(&w->in->tasks[task], w->r->lang));
	if (one->passage) {
		fria_buf_puts(place, " ");
		fria_say(place, w->r->lang, FRIA_W_report_part_of, NULL);
	}
	return place->text;
}

void part_withheld(fria_parts *w, fria_node *at)
{
	bool all = w->r->audience == FRIA_INTERNAL;
	if (!w->r->withheld_n) {
		fria_paragraph_say(at, FRIA_W_report_all_public, NULL);
		return;
	}
	fria_node *table =
	    fria_table_words(at, all ? "Lllll" : "Lll", FRIA_W_report_place,
			     FRIA_W_report_ground, FRIA_W_report_since,
			     FRIA_W_report_by_whom, FRIA_W_report_remark);
	for (size_t i = 0; i < w->r->withheld_n; i++) {
		const fria_withheld *one = &w->r->withheld[i];
		fria_buf *who = fria_kept_text(table);
		part_name(who, w->r, one->by);
		fria_table_texts(table, all ? 5 : 3, place_of(w, table, one),
				 part_ground(table, one->ground),
				 part_date(table, one->at), who->text,
				 one->note);
	}
}

/* --- {{elements}} --- */

const char *part_element(char letter, fria_lang lang)
{
	static const fria_word words[] = {FRIA_W_element_a, FRIA_W_element_b,
					  FRIA_W_element_c, FRIA_W_element_d,
					  FRIA_W_element_e, FRIA_W_element_f};
	return fria_word_text(words[letter - 'a'], lang);
}

void part_element_state(const fria_parts *w, fria_buf *out,
			const fria_element *element)
{
	const char *last = w->r->evaluation->notification.version;
	const char *notified = element->changed_notified;
	bool kept = notified && last && strcmp(last, notified) != 0;
	fria_say(
	    out, w->r->lang, FRIA_W_element_stands, "state",
	    fria_word_text(fria_element_state_word(element->state), w->r->lang),
	    "changed", element->changed, "kept", kept ? notified : NULL,
	    "notified", kept ? NULL : notified, NULL);
}

void part_elements(fria_parts *w, fria_node *at)
{
	fria_node *table = fria_table_words(
	    at, "llll", FRIA_W_element_letter, FRIA_W_element_what,
	    FRIA_W_element_where, FRIA_W_element_state);
	for (const char *letter = "abcdef"; *letter; letter++) {
		const char key[] = {*letter, '\0'};
		const fria_element *one =
		    &w->r->evaluation->elements[*letter - 'a'];
		fria_node *row = fria_table_texts(
		    table, 2, key, part_element(*letter, w->r->lang));
		fria_node *where = fria_table_cell(row);
		for (size_t i = 0; i < one->tasks.n; i++)
			fria_node_format(where, i ? ", %s" : "%s",
					 w->in->tasks[one->tasks.items[i]].id);
		part_element_state(w, fria_node_here(fria_table_cell(row)),
				   one);
	}
}
