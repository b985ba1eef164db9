/* SPDX-License-Identifier: EUPL-1.2 */
/* What an instrument's edges gave, as a document. */
#include "history.h"

#include <string.h>

/* What an edge leads to, in words; one that is no more by its key. */
static void say_edge(fria_buf *out, const fria_instrument *in,
		     const fria_yield_edge *edge, fria_lang lang)
{
	size_t task = fria_instrument_find(in, edge->task);
	const fria_task *t = task == FRIA_NONE ? NULL : &in->tasks[task];
	for (size_t i = 0; t && i < t->facts.n; i++) {
		const fria_fact_edge *one = &t->facts.items[i];
		if (strcmp(one->key, edge->key) != 0)
			continue;
		fria_buf_puts(out, fria_fact_title(one->pointer, lang));
		fria_fact_edge_say(out, one, in, lang);
		return;
	}
	for (size_t i = 0; t && i < t->upstream.n; i++) {
		const fria_edge *one = &t->upstream.items[i];
		if (strcmp(one->name, edge->key) != 0)
			continue;
		fria_buf_puts(out, one->id);
		fria_edge_say(out, one, in, lang);
		return;
	}
	fria_buf_puts(out, edge->key[0] == '/'
			       ? fria_fact_title(edge->key, lang)
			       : edge->key);
}

static void put_edges(fria_node *at, const fria_yield *y, fria_lang lang)
{
	fria_node *table = fria_table_words(
	    at, "Llrr", FRIA_W_yield_question, FRIA_W_yield_edge,
	    FRIA_W_yield_rang, FRIA_W_yield_changed);
	for (size_t i = 0; i < y->edges.n; i++) {
		const fria_yield_edge *one = &y->edges.items[i];
		fria_buf *to = fria_kept_text(at);
		say_edge(to, y->instrument, one, lang);
		fria_table_texts(table, 4, one->task, to->text,
				 FRIA_DIGITS(one->rang),
				 FRIA_DIGITS(one->changed));
	}
}

static void put_missed(fria_node *at, const fria_yield *y)
{
	fria_node *list = fria_node_list(at, false);
	for (size_t i = 0; i < y->missed.n; i++) {
		const fria_yield_missed *one = &y->missed.items[i];
		fria_node_say(fria_list_item(list), FRIA_W_yield_missed,
			      "assessment", one->assessment, "task", one->task,
			      "date", fria_kept_day(at, one->at), "release",
			      one->release, NULL);
	}
}

void fria_yield_view(fria_node *at, const fria_yield *y, fria_lang lang)
{
	fria_paragraph_say(at, FRIA_W_yield_over, "count",
			   FRIA_DIGITS(y->standings), "assessments",
			   FRIA_DIGITS(y->assessments), NULL);
	if (y->edges.n)
		put_edges(fria_section_word(at, "edges", FRIA_W_yield_edges), y,
			  lang);
	if (y->missed.n)
		put_missed(fria_section_word(at, "missed", FRIA_W_yield_unrung),
			   y);
}

json_t *fria_yield_json(const fria_yield *y)
{
	json_t *edges = json_array(), *missed = json_array();
	for (size_t i = 0; i < y->edges.n; i++) {
		const fria_yield_edge *one = &y->edges.items[i];
		json_array_append_new(
		    edges, fria_json_pack("{s:s, s:s, s:I, s:I}", "task",
					  one->task, "edge", one->key, "rang",
					  (json_int_t)one->rang, "changed",
					  (json_int_t)one->changed));
	}
	for (size_t i = 0; i < y->missed.n; i++) {
		const fria_yield_missed *one = &y->missed.items[i];
		fria_buf at = FRIA_BUF_INIT;
		fria_time_write(&at, one->at);
		json_array_append_new(
		    missed,
		    fria_json_pack("{s:s, s:s, s:s, s:s}", "assessment",
				   one->assessment, "task", one->task,
				   "release", one->release, "at", at.text));
		fria_buf_dispose(&at);
	}
	return fria_json_pack(
	    "{s:s, s:I, s:I, s:o, s:o}", "instrument", y->instrument->name,
	    "assessments", (json_int_t)y->assessments, "stood",
	    (json_int_t)y->standings, "edges", edges, "missed", missed);
}
