/* SPDX-License-Identifier: EUPL-1.2 */
/* What another questionnaire in the place of the pinned one does, told. */
#include "workflow_internal.h"

static void put_list(fria_node *at, const char *anchor, fria_word title,
		     const fria_strings *lines)
{
	if (!lines->n)
		return;
	fria_node *list =
	    fria_node_list(fria_section_word(at, anchor, title), false);
	for (size_t i = 0; i < lines->n; i++)
		fria_node_text(fria_list_item(list), lines->items[i]);
}

static void put_count(fria_node *list, fria_word word, size_t count)
{
	if (count)
		fria_node_say(fria_list_item(list), word, "count",
			      FRIA_DIGITS(count), NULL);
}

static void put_assessment(fria_node *at, const fria_replaced *one)
{
	fria_node *section = fria_node_section(at, one->name, one->name);
	fria_node *list = fria_node_list(section, false);
	put_count(list, FRIA_W_replaced_completed, one->completed);
	put_count(list, FRIA_W_replaced_unfound, one->unfound);
	put_count(list, FRIA_W_replaced_lost, one->lost);
	put_count(list, FRIA_W_replaced_lapsed, one->lapsed);
	if (!one->count)
		fria_node_say(fria_list_item(list), FRIA_W_replaced_none, NULL);
	put_count(list, FRIA_W_replaced_reopened, one->count);
	list = one->reopened.n ? fria_node_list(section, false) : NULL;
	for (size_t i = 0; i < one->reopened.n; i++)
		fria_node_text(fria_list_item(list), one->reopened.items[i]);
}

void fria_replacement_view(fria_node *at, const fria_replacement *r)
{
	put_list(at, "added", FRIA_W_replaced_added, &r->added);
	put_list(at, "changed", FRIA_W_replaced_changed, &r->changed);
	put_list(at, "gone", FRIA_W_replaced_gone, &r->gone);
	put_list(at, "rules", FRIA_W_replaced_rules, &r->rules);
	put_list(at, "edges", FRIA_W_replaced_edges, &r->edges);
	for (size_t i = 0; i < r->assessments.n; i++)
		put_assessment(at, &r->assessments.items[i]);
}

json_t *fria_replacement_json(const fria_replacement *r)
{
	json_t *list = json_array();
	for (size_t i = 0; i < r->assessments.n; i++) {
		const fria_replaced *one = &r->assessments.items[i];
		json_array_append_new(
		    list, fria_json_pack("{s:s, s:I, s:I, s:I, s:I, s:I}",
					 "assessment", one->name, "completed",
					 (json_int_t)one->completed, "reopened",
					 (json_int_t)one->count, "unfound",
					 (json_int_t)one->unfound, "lost",
					 (json_int_t)one->lost, "lapsed",
					 (json_int_t)one->lapsed));
	}
	return fria_json_pack(
	    "{s:s, s:{s:I, s:I}, s:o, s:o, s:o, s:o, s:o, s:o, s:s?}",
	    "instrument", r->is->name, "edition", "before",
	    r->was ? r->was->edition : 0, "after", r->is->edition, "added",
	    fria_json_strings(&r->added), "changed",
	    fria_json_strings(&r->changed), "gone", fria_json_strings(&r->gone),
	    "rules", fria_json_strings(&r->rules), "edges",
	    fria_json_strings(&r->edges), "assessments", list, "commit",
	    *r->commit ? r->commit : NULL);
}
