/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What was said while an assessment was filled in: another opinion, comments
 * and meetings. Who reads outside the organisation does not see it: the model
 * was redacted before.
 */
#include "parts.h"

#include <stdlib.h>
#include <string.h>

void part_dissent(fria_node *at, const fria_judgement *j)
{
	const char *text = fria_json_text(j->question.answer, "dissent");
	if (text && *text)
		fria_node_answer(
		    fria_note_word(at, FRIA_TONE_DOUBT, FRIA_W_report_dissent),
		    text, NULL);
}

/* --- comments --- */

static char *about(const char *task, const char *row)
{
	return fria_format(row ? "%s %s" : "%s", task, row);
}

/* Every question's comments, by what they are about. */
static void find_comments(fria_parts *w)
{
	fria_comments_find(&w->comments, w->in, w->r->input->assessment);
	w->commented = json_object();
	for (size_t i = 0; i < w->comments.n; i++) {
		const fria_commented *c = &w->comments.items[i];
		char *key = about(c->task ? c->task : "", c->row);
		if (!json_object_get(w->commented, key))
			json_object_set_new(w->commented, key, json_array());
		json_array_append_new(json_object_get(w->commented, key),
				      json_integer((json_int_t)i));
		free(key);
	}
}

/* name: of who wrote it, as these readers may see it. */
static void put_comment(fria_node *item, const fria_commented *c,
			const char *name)
{
	static const fria_word words[] = {FRIA_W_report_unsettled,
					  FRIA_W_comment_outdated,
					  FRIA_W_comment_resolved};
	const char *day = part_date(item, c->at);
	if (c->reply)
		fria_node_text(item, "↳ ");
	fria_node_text(item, c->text);
	fria_node_format(item, " (%s%s%s; ", name, *name && *day ? ", " : "",
			 day);
	fria_node_say(item, words[c->state], NULL);
	fria_node_text(item, ")");
}

void part_comments(fria_parts *w, fria_node *at, const fria_judgement *j)
{
	char *key = about(w->in->tasks[j->question.task].id, j->question.row);
	json_t *place;
	fria_node *list = NULL;
	size_t i;
	if (!w->commented)
		find_comments(w);
	json_array_foreach(json_object_get(w->commented, key), i, place) {
		const fria_commented *c =
		    &w->comments.items[json_integer_value(place)];
		fria_buf *who = fria_kept_text(at);
		if (!list)
			list = fria_node_list(
			    fria_note_word(at, FRIA_TONE_PLAIN,
					   FRIA_W_report_comments),
			    false);
		part_name(who, w->r, c->by);
		put_comment(fria_list_item(list), c, who->text);
	}
	free(key);
}

/* "2.3.1 (row 2) k1: " and what was said. */
static void put_listed(fria_node *list, const fria_commented *c,
		       const fria_evaluation_input *input)
{
	fria_node *item = fria_list_item(list);
	fria_node_strong(item, c->task);
	fria_node_format(item, c->row ? " [%s] %s" : " %s%s",
			 c->row ? c->row : "", c->id);
	if (c->reply)
		fria_node_say(item, FRIA_W_comment_reply, "id", c->reply, NULL);
	fria_node_text(item, ": ");
	put_comment(item, c, part_person(item, fria_shown(input, c->by)));
}

size_t fria_comments_view(fria_node *at, const fria_evaluation_input *input,
			  bool all)
{
	fria_comments list;
	fria_node *items = NULL;
	size_t n = 0;
	fria_comments_find(&list, input->instrument, input->assessment);
	for (size_t i = 0; i < list.n; i++) {
		const fria_commented *c = &list.items[i];
		if (!all && c->state == FRIA_COMMENT_RESOLVED)
			continue;
		items = items ? items : fria_node_list(at, false);
		put_listed(items, c, input);
		n++;
	}
	free(list.items);
	return n;
}

/* --- {{meetings}} --- */

static void put_meeting(fria_node *table, const json_t *one,
			const json_t *roles)
{
	fria_buf *present = fria_kept_text(table);
	fria_buf *tasks = fria_kept_text(table);
	const char *id = fria_json_text(one, "id");
	const char *date = fria_json_text(one, "date");
	const char *day = part_date(table, date);
	size_t i;
	json_t *each;
	json_array_foreach(json_object_get(one, "roles"), i, each)
		fria_buf_printf(present, i ? ", %s" : "%s",
				part_role(roles, json_string_value(each),
					  fria_node_lang(table)));
	json_array_foreach(json_object_get(one, "tasks"), i, each)
		fria_buf_printf(tasks, i ? ", %s" : "%s",
				json_string_value(each));
	/* The second of a day has an id that tells it apart. */
	if (id && date && strcmp(id, date) != 0)
		day = fria_kept_format(table, "%s (%s)", day, id);
	fria_table_texts(table, 4, day, fria_json_text(one, "chair"),
			 present->text, tasks->text);
}

void fria_meetings_view(fria_node *at, const json_t *assessment,
			const json_t *roles)
{
	const json_t *all = json_object_get(assessment, "meetings");
	size_t i;
	json_t *one;
	if (!json_array_size(all)) {
		fria_paragraph_say(at, FRIA_W_report_no_meetings, NULL);
		return;
	}
	fria_node *table = fria_table_words(
	    at, "Llll", FRIA_W_report_meeting_day, FRIA_W_report_chair,
	    FRIA_W_report_present, FRIA_W_report_about);
	json_array_foreach(all, i, one)
		put_meeting(table, one, roles);
}

void part_meetings(fria_parts *w, fria_node *at)
{
	fria_meetings_view(at, w->r->input->assessment, w->r->input->roles);
}
