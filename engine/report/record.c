/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What is on record about an assessment: versions, elements of article 27(1),
 * what is withheld, and what changed.
 */
#include "parts.h"

#include <assert.h>
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

/* "5.1.2.d" is article 5.1, paragraph 2, under d; with what that says. */
void part_ground(fria_buf *out, const char *ground, fria_lang lang)
{
	char article[8] = "", paragraph[8] = "", letter[8] = "";
	if (!ground || !strcmp(ground, "other")) {
		fria_say(out, lang, FRIA_W_ground_other, NULL);
		return;
	}
	const char *dot = strchr(ground, '.');
	const char *second = dot ? strchr(dot + 1, '.') : NULL;
	const char *third = second ? strchr(second + 1, '.') : NULL;
	size_t n = second ? (size_t)(second - ground) : strlen(ground);
	memcpy(article, ground, n < 7 ? n : 7);
	if (second)
		memcpy(paragraph, second + 1,
		       third ? (size_t)(third - second - 1)
			     : strnlen(second + 1, 7));
	if (third)
		memcpy(letter, third + 1, strnlen(third + 1, 7));
	fria_say(out, lang,
		 third	  ? FRIA_W_ground_letter
		 : second ? FRIA_W_ground_paragraph
			  : FRIA_W_ground_article,
		 "article", article, "paragraph", paragraph, "letter", letter,
		 "words", fria_closed_say("withheld", ground, lang), NULL);
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

const char *part_fact(fria_node *at, const json_t *value, fria_lang lang)
{
	fria_buf *text = fria_kept_text(at);
	if (value)
		fria_fact_say(text, value, lang);
	return text->text;
}

/* --- {{versions}} --- */

/* That a version was forced, and inside the organisation why. */
static void put_forced(fria_node *cell, const fria_report *r,
		       const char *forced)
{
	fria_node_text(cell, " ");
	fria_node_label(cell, FRIA_TONE_AGAIN, FRIA_W_report_forced);
	if (r->audience == FRIA_INTERNAL) {
		fria_node_text(cell, " ");
		fria_node_text(cell, forced);
	}
}

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
	if (v->forced)
		put_forced(name, r, v->forced);
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

static void say_place(const fria_parts *w, fria_buf *out,
		      const fria_withheld *one)
{
	const char *task = one->task, *pointer = one->pointer;
	size_t at = task ? fria_instrument_find(w->in, task) : FRIA_NONE;
	if (pointer)
		fria_buf_puts(out, fria_fact_title(pointer, w->r->lang));
	else if (at != FRIA_NONE)
		fria_buf_printf(out, "%s %s", task,
				fria_task_title(&w->in->tasks[at], w->r->lang));
	if (one->passage) {
		fria_buf_puts(out, " ");
		fria_say(out, w->r->lang, FRIA_W_report_part_of, NULL);
	}
}

static void put_withheld(fria_parts *w, fria_node *table,
			 const fria_withheld *one)
{
	fria_buf *place = fria_kept_text(table), *who = fria_kept_text(table);
	fria_buf *ground = fria_kept_text(table);
	say_place(w, place, one);
	part_ground(ground, one->ground, w->r->lang);
	part_name(who, w->r, one->by);
	fria_node *row = fria_table_texts(table, 3, place->text, ground->text,
					  part_date(table, one->at));
	if (w->r->audience == FRIA_INTERNAL) {
		fria_table_cell_text(row, who->text);
		fria_table_cell_text(row, one->note);
	}
}

void part_withheld(fria_parts *w, fria_node *at)
{
	static const fria_word heads[] = {
	    FRIA_W_report_place, FRIA_W_report_ground, FRIA_W_report_since,
	    FRIA_W_report_by_whom, FRIA_W_report_remark};
	const fria_table_options options = {
	    .words = heads,
	    .n = w->r->audience == FRIA_INTERNAL ? 5 : 3,
	    .row_heads = true};
	if (!w->r->withheld_n) {
		fria_node_say(fria_node_paragraph(at), FRIA_W_report_all_public,
			      NULL);
		return;
	}
	fria_node *table = fria_node_table(at, &options);
	for (size_t i = 0; i < w->r->withheld_n; i++)
		put_withheld(w, table, &w->r->withheld[i]);
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
	fria_lang lang = w->r->lang;
	const char *changed = element->changed;
	const char *notified = element->changed_notified;
	fria_say(out, lang, fria_element_state_word(element->state), NULL);
	if (changed) {
		fria_buf_puts(out, "; ");
		fria_say(out, lang, FRIA_W_element_changed, "version", changed,
			 NULL);
	}
	if (notified) {
		fria_buf_puts(out, "; ");
		const char *last = w->r->evaluation->notification.version;
		bool kept = last && strcmp(last, notified) != 0;
		fria_say(out, lang,
			 kept ? FRIA_W_element_kept : FRIA_W_element_notified,
			 "version", notified, NULL);
	}
}

/* Its questions. */
static void put_places(const fria_parts *w, fria_node *cell,
		       const fria_element *element)
{
	for (size_t i = 0; i < element->tasks.n; i++) {
		fria_node_text(cell, i ? ", " : "");
		fria_node_text(cell, w->in->tasks[element->tasks.items[i]].id);
	}
}

void part_elements(fria_parts *w, fria_node *at)
{
	static const fria_word heads[] = {
	    FRIA_W_element_letter, FRIA_W_element_what, FRIA_W_element_where,
	    FRIA_W_element_state};
	const fria_table_options options = {.words = heads, .n = 4};
	fria_node *table = fria_node_table(at, &options);
	for (const char *letter = "abcdef"; *letter; letter++) {
		const char key[] = {*letter, '\0'};
		const fria_element *one =
		    &w->r->evaluation->elements[*letter - 'a'];
		fria_buf *state = fria_kept_text(at);
		fria_node *row = fria_table_texts(
		    table, 2, key, part_element(*letter, w->r->lang));
		part_element_state(w, state, one);
		put_places(w, fria_table_cell(row), one);
		fria_table_cell_text(row, state->text);
	}
}
