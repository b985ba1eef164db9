/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What was said about an assessment, by whom and when: approvals, versions,
 * elements of article 27(1), and what is withheld.
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

/* "5.1.2.d" is article 5.1, paragraph 2, under d. */
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
		 NULL);
}

void part_day(fria_buf *out, const char *moment, fria_lang lang)
{
	fria_time at;
	if (moment && fria_time_parse(&at, moment))
		fria_day_say(out, lang, at);
	else
		fria_buf_puts(out, moment ? moment : "");
}

/* --- {{approvals}} --- */

/* That a "no" holds is nothing to tick off. */
static fria_tone approval_tone(const fria_approval *a)
{
	if (a->state == FRIA_APPROVAL_VALID)
		return fria_approval_against(a) || fria_approval_forbids(a)
			   ? FRIA_TONE_STOP
			   : FRIA_TONE_GOOD;
	return a->state == FRIA_APPROVAL_LAPSED ? FRIA_TONE_AGAIN
						: FRIA_TONE_OPEN;
}

static void put_paragraph(fria_parts *w, fria_node *at, fria_word word,
			  const char *text)
{
	if (text && *text)
		fria_node_say(fria_node_paragraph(at), word, "text", text,
			      NULL);
	(void)w;
}

static void put_conditions(fria_parts *w, fria_node *at, const json_t *all)
{
	size_t i;
	json_t *one;
	if (!json_array_size(all))
		return;
	fria_node_paragraph_text(
	    at, fria_word_text(FRIA_W_report_conditions, w->r->lang));
	fria_node *list = fria_node_list(at, false);
	json_array_foreach(all, i, one) {
		const char *text = fria_json_text(one, "text");
		fria_node_text(fria_list_item(list), text ? text : "");
	}
}

/* "accepted: text (reason)" for each residual risk. */
static void put_risks(fria_parts *w, fria_node *at, const json_t *all)
{
	size_t i;
	json_t *one;
	if (!json_array_size(all))
		return;
	fria_node_paragraph_text(
	    at, fria_word_text(FRIA_W_report_residual, w->r->lang));
	fria_node *list = fria_node_list(at, false);
	json_array_foreach(all, i, one) {
		bool yes = json_is_true(json_object_get(one, "accepted"));
		const char *text = fria_json_text(one, "text");
		const char *reason = fria_json_text(one, "reason");
		fria_node_say(fria_list_item(list),
			      yes ? FRIA_W_report_accepted
				  : FRIA_W_report_refused,
			      "text", text ? text : fria_json_text(one, "row"),
			      "reason", reason ? reason : "", NULL);
	}
}

/* What lapsed it, in a line. */
static void put_lapse(fria_parts *w, fria_node *at, const fria_lapses *because)
{
	fria_buf text = FRIA_BUF_INIT;
	for (size_t i = 0; i < because->n && i < 10; i++) {
		fria_buf_puts(&text, i ? "; " : "");
		fria_lapse_say(&text, &because->items[i], w->r->lang);
	}
	if (because->n > 10)
		fria_buf_puts(&text, "; …");
	if (text.n)
		fria_node_paragraph_text(at, text.text);
	fria_buf_dispose(&text);
}

static void put_approval(fria_parts *w, fria_node *at, const fria_approval *one)
{
	fria_lang lang = w->r->lang;
	fria_buf day = FRIA_BUF_INIT, by = FRIA_BUF_INIT, until = FRIA_BUF_INIT;
	fria_word word;
	fria_node *note =
	    fria_node_note(at, approval_tone(one),
			   part_role(w->r->input->roles, one->role, lang));
	fria_node *line = fria_node_paragraph(note);
	part_day(&day, one->decided_on ? one->decided_on : one->at, lang);
	part_name(&by, w->r, one->on_behalf_of ? one->on_behalf_of : one->by);
	fria_node_text(line, fria_approval_kind_say(one, lang));
	if (one->value) {
		fria_node_text(line, ": ");
		fria_node_strong(line, fria_approval_value_say(one, lang));
	}
	fria_node_text(line, day.n ? ", " : "");
	fria_node_text(line, day.text);
	fria_node_text(line, by.n ? ", " : "");
	fria_node_text(line, by.text);
	fria_node_text(line, " ");
	if (fria_approval_state_word(&word, one))
		fria_node_badge(line, approval_tone(one),
				fria_word_text(word, lang));
	put_lapse(w, note, &one->because);
	put_paragraph(w, note, FRIA_W_report_reference, one->reference);
	part_day(&until, one->valid_until, lang);
	put_paragraph(w, note, FRIA_W_report_until, until.text);
	put_paragraph(w, note, FRIA_W_report_note, one->note);
	if (one->state == FRIA_APPROVAL_RETURNED)
		fria_node_paragraph_text(
		    note, fria_word_text(FRIA_W_approval_asks, lang));
	put_paragraph(w, note, FRIA_W_report_response, one->response);
	put_conditions(w, note, json_object_get(one->record, "conditions"));
	put_risks(w, note, json_object_get(one->record, "risks"));
	fria_buf_dispose(&day);
	fria_buf_dispose(&by);
	fria_buf_dispose(&until);
}

/* What a role was asked and has not given. */
static void put_requests(fria_parts *w, fria_node *at)
{
	fria_lang lang = w->r->lang;
	fria_node *list = NULL;
	const fria_requests *all = &w->r->evaluation->requests;
	for (size_t i = 0; i < all->n; i++) {
		const fria_request *one = &all->items[i];
		fria_buf text = FRIA_BUF_INIT;
		if (one->state != FRIA_REQUEST_OPEN)
			continue;
		if (!list) {
			fria_node_paragraph_text(
			    at, fria_word_text(FRIA_W_eval_requests, lang));
			list = fria_node_list(at, false);
		}
		fria_node *item = fria_list_item(list);
		fria_request_say(&text, one, lang);
		fria_node_strong(
		    item, part_role(w->r->input->roles, one->role, lang));
		fria_node_text(item, ": ");
		fria_node_text(item, text.text);
		fria_buf_dispose(&text);
	}
}

/* What speaks against it comes first; those that were replaced stand behind
 * the others, folded. */
void part_approvals(fria_parts *w, fria_node *at)
{
	const fria_approvals *all = &w->r->evaluation->approvals;
	fria_node *earlier = NULL;
	if (!all->n)
		fria_node_paragraph_text(
		    at, fria_word_text(FRIA_W_report_no_approvals, w->r->lang));
	for (size_t i = 0; i < 2 * all->n; i++) {
		const fria_approval *one = &all->items[i % all->n];
		if (!fria_approval_replaced(one) &&
		    fria_approval_against(one) == (i < all->n))
			put_approval(w, at, one);
	}
	put_requests(w, at);
	for (size_t i = 0; i < all->n; i++) {
		const fria_approval *one = &all->items[i];
		if (!fria_approval_replaced(one))
			continue;
		if (!earlier)
			earlier = fria_node_details(
			    at,
			    fria_word_text(FRIA_W_report_replaced, w->r->lang),
			    false);
		put_approval(w, earlier, one);
	}
}

/* --- {{versions}} --- */

/* That a version was forced, and inside the organisation why. */
static void put_forced(fria_node *cell, const fria_report *r,
		       const char *forced)
{
	fria_node_text(cell, " ");
	fria_node_badge(cell, FRIA_TONE_AGAIN,
			fria_word_text(FRIA_W_report_forced, r->lang));
	if (r->audience == FRIA_INTERNAL) {
		fria_node_text(cell, " ");
		fria_node_text(cell, forced);
	}
}

fria_node *part_version_table(fria_node *at, fria_lang lang,
			      const fria_word more[], size_t n)
{
	const char *columns[6] = {
	    fria_word_text(FRIA_W_head_version, lang),
	    fria_word_text(FRIA_W_report_adopted_on, lang),
	    fria_word_text(FRIA_W_head_release, lang)};
	assert(n <= 3);
	for (size_t i = 0; i < n; i++)
		columns[3 + i] = fria_word_text(more[i], lang);
	const fria_table_options options = {
	    .columns = columns, .n = 3 + n, .row_heads = true};
	return fria_node_table(at, &options);
}

fria_node *part_version_row(const fria_report *r, fria_node *table, size_t i,
			    const char *page)
{
	const fria_report_version *v = &r->versions[i];
	fria_node *row = fria_table_row(table);
	fria_node *name = fria_table_cell(row);
	fria_buf day = FRIA_BUF_INIT;
	if (page)
		fria_node_page(name, page, v->name);
	else
		fria_node_text(name, v->name);
	if (v->forced)
		put_forced(name, r, v->forced);
	fria_day_say(&day, r->lang, v->at);
	fria_table_cell_text(row, day.text);
	fria_table_cell_text(row, v->release ? v->release : "");
	fria_buf_dispose(&day);
	return row;
}

void part_versions(fria_parts *w, fria_node *at)
{
	static const fria_word more[] = {FRIA_W_head_content};
	const fria_report *r = w->r;
	if (!r->versions_n)
		return;
	fria_node *table = part_version_table(at, r->lang, more, 1);
	for (size_t i = 0; i < r->versions_n; i++) {
		const char *content = r->versions[i].content;
		fria_node *row = part_version_row(r, table, i, NULL);
		fria_node_code(fria_table_cell(row), content ? content : "");
	}
}

/* --- {{withheld}} --- */

static void say_place(const fria_parts *w, fria_buf *out, const json_t *one)
{
	const char *task = fria_json_text(one, "task");
	const char *pointer = fria_json_text(one, "pointer");
	size_t at = task ? fria_instrument_find(w->in, task) : FRIA_NONE;
	if (pointer)
		fria_buf_puts(out, fria_fact_title(pointer, w->r->lang));
	else if (at != FRIA_NONE)
		fria_buf_printf(out, "%s %s", task,
				fria_task_title(&w->in->tasks[at], w->r->lang));
	if (json_object_get(one, "passage")) {
		fria_buf_puts(out, " ");
		fria_say(out, w->r->lang, FRIA_W_report_part_of, NULL);
	}
}

static void put_withheld(fria_parts *w, fria_node *table, const json_t *one)
{
	fria_buf place = FRIA_BUF_INIT, ground = FRIA_BUF_INIT,
		 who = FRIA_BUF_INIT, day = FRIA_BUF_INIT;
	fria_node *row = fria_table_row(table);
	say_place(w, &place, one);
	part_ground(&ground, fria_json_text(one, "ground"), w->r->lang);
	part_name(&who, w->r, fria_json_text(one, "by"));
	part_day(&day, fria_json_text(one, "at"), w->r->lang);
	fria_table_cell_text(row, place.text);
	fria_table_cell_text(row, ground.text);
	fria_table_cell_text(row, day.text);
	if (w->r->audience == FRIA_INTERNAL) {
		const char *note = fria_json_text(one, "note");
		fria_table_cell_text(row, who.text);
		fria_table_cell_text(row, note ? note : "");
	}
	fria_buf_dispose(&place);
	fria_buf_dispose(&ground);
	fria_buf_dispose(&who);
	fria_buf_dispose(&day);
}

void part_withheld(fria_parts *w, fria_node *at)
{
	fria_lang lang = w->r->lang;
	const char *const columns[] = {
	    fria_word_text(FRIA_W_report_place, lang),
	    fria_word_text(FRIA_W_report_ground, lang),
	    fria_word_text(FRIA_W_report_since, lang),
	    fria_word_text(FRIA_W_report_by_whom, lang),
	    fria_word_text(FRIA_W_report_remark, lang)};
	const fria_table_options options = {
	    .columns = columns,
	    .n = w->r->audience == FRIA_INTERNAL ? 5 : 3,
	    .row_heads = true};
	size_t i;
	json_t *one;
	if (!json_array_size(w->r->withheld)) {
		fria_node_paragraph_text(
		    at, fria_word_text(FRIA_W_report_all_public, lang));
		return;
	}
	fria_node *table = fria_node_table(at, &options);
	json_array_foreach(w->r->withheld, i, one)
		put_withheld(w, table, one);
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
	fria_lang lang = w->r->lang;
	const char *const columns[] = {
	    fria_word_text(FRIA_W_element_letter, lang),
	    fria_word_text(FRIA_W_element_what, lang),
	    fria_word_text(FRIA_W_element_where, lang),
	    fria_word_text(FRIA_W_element_state, lang)};
	const fria_table_options options = {.columns = columns, .n = 4};
	fria_node *table = fria_node_table(at, &options);
	for (const char *letter = "abcdef"; *letter; letter++) {
		const char key[] = {*letter, '\0'};
		const fria_element *one =
		    &w->r->evaluation->elements[*letter - 'a'];
		fria_buf state = FRIA_BUF_INIT;
		fria_node *row = fria_table_row(table);
		part_element_state(w, &state, one);
		fria_table_cell_text(row, key);
		fria_table_cell_text(row, part_element(*letter, lang));
		put_places(w, fria_table_cell(row), one);
		fria_table_cell_text(row, state.text);
		fria_buf_dispose(&state);
	}
}

/* --- {{changes}} --- */

void part_changes(fria_parts *w, fria_node *at)
{
	const fria_report *r = w->r;
	if (!r->changes) {
		fria_node_paragraph_text(
		    at, fria_word_text(FRIA_W_report_first_version, r->lang));
		return;
	}
	fria_difference_view(at, r->changes, r->lang);
}
