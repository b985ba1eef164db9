/* SPDX-License-Identifier: EUPL-1.2 */
/* A comparison as the JSON structure that scripts rely on. */
#include "compare.h"

#include <string.h>

static json_t *side_json(const fria_side *side)
{
	return fria_json_pack("{s:s?, s:s?, s:s?, s:s?, s:s?}", "revision",
			      side->revision, "commit", side->commit, "version",
			      side->version, "release", side->release, "date",
			      side->date);
}

/* --- texts, block by block --- */

static json_t *words_json(const fria_edits *edits)
{
	static const char *const kinds[] = {"same", "gone", "added"};
	json_t *list = json_array();
	for (size_t i = 0; i < edits->n; i++)
		json_array_append_new(
		    list, fria_json_pack("{s:s}", kinds[edits->items[i].kind],
					 edits->items[i].text));
	return list;
}

static json_t *place_json(size_t place)
{
	return place ? json_integer((json_int_t)place) : json_null();
}

static json_t *prose_json(const char *before, const char *after)
{
	static const char *const forms[] = {"paragraph", "item", "heading",
					    "table-row", "code", "quote"};
	fria_prose prose;
	json_t *list = json_array();
	fria_prose_compare(&prose, before, after);
	for (size_t i = 0; i < prose.n; i++) {
		const fria_block *b = &prose.items[i];
		json_array_append_new(
		    list, fria_json_pack(
			      "{s:s, s:o, s:o, s:b, s:o}", "form",
			      forms[b->form], "from", place_json(b->from), "to",
			      place_json(b->to), "moved", (int)b->moved,
			      "words", words_json(&b->words)));
	}
	fria_prose_dispose(&prose);
	return list;
}

static void add_prose(json_t *out, const fria_difference *d)
{
	if (fria_difference_is_prose(d))
		json_object_set_new(
		    out, "prose",
		    prose_json(fria_json_text(d->before.document, "value"),
			       fria_json_text(d->after.document, "value")));
}

/* --- changes --- */

/* NULL where it came or went. New. */
static json_t *change_side_json(const fria_change_side *side)
{
	const fria_conclusion *c = side->conclusion;
	const fria_score *s = side->score;
	if (side->text)
		return fria_json_string(side->text);
	if (side->place)
		return json_integer((json_int_t)side->place);
	if (side->request)
		return fria_request_json(side->request, NULL);
	if (c)
		return fria_json_pack("{s:s, s:s?}", "level", c->level, "text",
				      c->text);
	if (s)
		return fria_json_pack("{s:O, s:s?}", "value", s->value, "text",
				      s->text);
	return json_incref(side->approval
			       ? (json_t *)(uintptr_t)side->approval->record
			       : side->document);
}

static json_t *because_json(const fria_difference *d)
{
	json_t *list = json_array();
	for (size_t i = 0; i < d->because.n; i++) {
		const fria_because *b = &d->because.items[i];
		json_array_append_new(
		    list,
		    fria_json_pack(
			"{s:s, s:s*}", "kind",
			b->upstream ? "upstream" : fria_reason_id(b->kind),
			b->upstream ? "task" : fria_reason_key(b->kind),
			b->what));
	}
	return list;
}

static json_t *difference_json(const fria_difference *d)
{
	json_t *out = fria_json_pack(
	    "{s:s, s:s, s:s?, s:s?, s:s?, s:o?, s:o?}", "kind",
	    fria_change_id(d->kind), "weight", fria_weight_id(d->weight),
	    "task", d->task, "row", d->row, "pointer", d->pointer, "before",
	    change_side_json(&d->before), "after", change_side_json(&d->after));
	const char *const names[] = {"wasTask", "key", "by", "note", "ground"};
	const char *const values[] = {d->was_task, d->key, d->by, d->note,
				      fria_ground_id(d->ground)};
	for (size_t i = 0; i < 5; i++)
		if (values[i])
			json_object_set_new(out, names[i],
					    fria_json_string(values[i]));
	if (d->state_after >= FRIA_STALE)
		json_object_set_new(out, "because", because_json(d));
	if (d->kind == FRIA_CHANGE_LAPSED)
		json_object_set_new(out, "because",
				    fria_lapses_json(&d->lapsed));
	add_prose(out, d);
	return out;
}

json_t *fria_diff_json(const fria_diff *diff, const char *assessment)
{
	json_t *changes = json_array();
	for (size_t i = 0; i < diff->n; i++)
		json_array_append_new(changes,
				      difference_json(&diff->items[i]));
	return fria_json_pack(
	    "{s:s, s:o, s:o, s:{s:s, s:s}, s:o, s:o*}", "assessment",
	    assessment, "from", side_json(&diff->from), "to",
	    side_json(&diff->to), "verdict", "before",
	    fria_verdict_id(diff->before), "after",
	    fria_verdict_id(diff->after), "changes", changes, "confirmed",
	    diff->confirmed.all ? fria_confirmations_json(&diff->confirmed)
				: NULL);
}
