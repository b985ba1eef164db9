/* SPDX-License-Identifier: EUPL-1.2 */
/* What people must decide, as a view: each place once, with both sides of it
 * and the command that settles it. It decides nothing. */
#include "sharing_internal.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
	const fria_workspace *ws;
	fria_lang lang;
	bool pointers;
	const char *name;
	fria_placed placed;
} showing;

/* "This side (--ours), by A. de Vries on 3 November 2026, on release 1.2" */
static const char *side_title(fria_node *at, const showing *w,
			      const fria_conflict *c, size_t side,
			      const json_t *value)
{
	const char *release =
	    fria_json_text(json_object_get(value, "basis"), "release");
	const char *by = fria_store_shown(w->ws->store, c->wrote[side].by);
	fria_buf *text = fria_kept_text(at);
	fria_buf_puts(text, fria_kept_say(at,
					  side ? FRIA_W_conflict_theirs
					       : FRIA_W_conflict_ours,
					  NULL));
	if (by)
		fria_say(text, w->lang, FRIA_W_conflict_by, "by",
			 fria_kept_format(at, "%.*s",
					  (int)fria_person_length(by), by),
			 "day", fria_kept_day(at, c->wrote[side].at), NULL);
	if (release)
		fria_say(text, w->lang, FRIA_W_conflict_release, "release",
			 release, NULL);
	return text->text;
}

static void put_value(fria_node *field, const showing *w,
		      const fria_conflict *c, const json_t *value)
{
	if (!value || json_is_null(value))
		fria_node_say(field, FRIA_W_conflict_absent, NULL);
	else if (!*c->pointer)
		fria_node_say(field, FRIA_W_conflict_kept, NULL);
	else
		fria_place_value_say(fria_node_here(field), &w->placed.side,
				     c->pointer, value, w->lang);
}

/* "fria resolve straatafval "Volume" --ours": as it is typed. */
static void put_settle(fria_node *at, const showing *w, const fria_conflict *c,
		       const char *place)
{
	fria_buf *command = fria_kept_text(at);
	fria_node *line = fria_node_paragraph(at);
	bool text = fria_conflict_is_answer(c) || fria_fact_is(c->pointer);
	fria_buf_printf(command, "fria resolve %s", w->name);
	if (c->task)
		fria_buf_printf(command, " %s", c->task);
	else if (*place)
		fria_buf_printf(command, " \"%s\"", place);
	if (c->row)
		fria_buf_printf(command, " --row %s", c->row);
	fria_node_say(line, FRIA_W_conflict_settle, NULL);
	fria_node_text(line, " ");
	fria_node_code(line, command->text);
	fria_node_text(line, " ");
	fria_node_say(line,
		      text ? FRIA_W_conflict_with_text : FRIA_W_conflict_with,
		      NULL);
}

static void put_conflict(fria_node *at, const showing *w,
			 const fria_conflict *c)
{
	fria_buf *place = fria_kept_text(at);
	fria_place_say(place, &w->placed.side, c->pointer, w->lang);
	const char *title =
	    place->n ? place->text
		     : fria_word_text(FRIA_W_conflict_whole, w->lang);
	if (w->pointers)
		title = fria_kept_format(at, "%s (%s)", title, c->pointer);
	fria_node *section = fria_node_section(at, c->pointer, title);
	fria_node *fields = fria_node_fields(section);
	if (c->base)
		put_value(fria_fields_word(fields, FRIA_W_conflict_base), w, c,
			  c->base);
	for (size_t side = 0; side < 2; side++) {
		const json_t *value = side ? c->theirs : c->ours;
		put_value(
		    fria_fields_add(fields, side_title(at, w, c, side, value)),
		    w, c, value);
	}
	if (!fria_node_buttons(at))
		put_settle(section, w, c, place->text);
}

void fria_conflicts_view(fria_node *at, const fria_unsettleds *list,
			 const fria_workspace *ws, bool pointers,
			 fria_lang lang)
{
	for (size_t i = 0; i < list->n; i++) {
		const fria_unsettled *one = &list->items[i];
		showing w = {
		    ws, lang, pointers, one->name, {.instrument = NULL}};
		fria_node *chapter =
		    fria_node_chapter(at, one->name, one->name);
		if (!one->document)
			fria_paragraph_say(chapter, FRIA_W_conflict_foreign,
					   "path", one->path, NULL);
		else if (!one->n)
			fria_paragraph_say(chapter, FRIA_W_conflict_nothing,
					   NULL);
		else
			fria_placed_open(
			    &w.placed, ws, NULL,
			    fria_store_own_path(ws->store, one->path),
			    one->now);
		for (size_t k = 0; k < one->n; k++)
			put_conflict(chapter, &w, &one->items[k]);
		fria_placed_close(&w.placed);
	}
}
