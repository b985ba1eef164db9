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
static char *side_title(const showing *w, const fria_conflict *c, size_t side,
			const json_t *value)
{
	const char *release =
	    fria_json_text(json_object_get(value, "basis"), "release");
	const char *by = fria_store_shown(w->ws->store, c->wrote[side].by);
	fria_buf out = FRIA_BUF_INIT, day = FRIA_BUF_INIT;
	fria_say(&out, w->lang,
		 side ? FRIA_W_conflict_theirs : FRIA_W_conflict_ours, NULL);
	if (by) {
		char *name = fria_strndup(by, fria_person_length(by));
		fria_day_say(&day, w->lang, c->wrote[side].at);
		fria_say(&out, w->lang, FRIA_W_conflict_by, "by", name, "day",
			 day.text, NULL);
		free(name);
	}
	if (release)
		fria_say(&out, w->lang, FRIA_W_conflict_release, "release",
			 release, NULL);
	fria_buf_dispose(&day);
	return fria_buf_detach(&out);
}

static void put_value(fria_node *fields, const showing *w,
		      const fria_conflict *c, const char *title,
		      const json_t *value)
{
	fria_buf text = FRIA_BUF_INIT;
	if (!value || json_is_null(value))
		fria_say(&text, w->lang, FRIA_W_conflict_absent, NULL);
	else if (!*c->pointer)
		fria_say(&text, w->lang, FRIA_W_conflict_kept, NULL);
	else
		fria_place_value_say(&text, &w->placed.side, c->pointer, value,
				     w->lang);
	fria_node_text(fria_fields_add(fields, title), text.text);
	fria_buf_dispose(&text);
}

/* "fria resolve straatafval "Volume" --ours": as it is typed. */
static void put_settle(fria_node *at, const showing *w, const fria_conflict *c,
		       const char *place)
{
	fria_buf command = FRIA_BUF_INIT;
	fria_node *line = fria_node_paragraph(at);
	bool text = fria_conflict_is_answer(c) || fria_fact_is(c->pointer);
	fria_buf_printf(&command, "fria resolve %s", w->name);
	if (c->task)
		fria_buf_printf(&command, " %s", c->task);
	else if (*place)
		fria_buf_printf(&command, " \"%s\"", place);
	if (c->row)
		fria_buf_printf(&command, " --row %s", c->row);
	fria_node_say(line, FRIA_W_conflict_settle, NULL);
	fria_node_text(line, " ");
	fria_node_code(line, command.text);
	fria_node_text(line, " ");
	fria_node_say(line,
		      text ? FRIA_W_conflict_with_text : FRIA_W_conflict_with,
		      NULL);
	fria_buf_dispose(&command);
}

static void put_conflict(fria_node *at, const showing *w,
			 const fria_conflict *c)
{
	fria_buf place = FRIA_BUF_INIT, title = FRIA_BUF_INIT;
	fria_place_say(&place, &w->placed.side, c->pointer, w->lang);
	fria_buf_puts(&title,
		      place.n ? place.text
			      : fria_word_text(FRIA_W_conflict_whole, w->lang));
	if (w->pointers)
		fria_buf_printf(&title, " (%s)", c->pointer);
	fria_node *section = fria_node_section(at, c->pointer, title.text);
	fria_node *fields = fria_node_fields(section);
	if (c->base)
		put_value(fields, w, c,
			  fria_word_text(FRIA_W_conflict_base, w->lang),
			  c->base);
	for (size_t side = 0; side < 2; side++) {
		const json_t *value = side ? c->theirs : c->ours;
		char *name = side_title(w, c, side, value);
		put_value(fields, w, c, name, value);
		free(name);
	}
	put_settle(section, w, c, place.text);
	fria_buf_dispose(&title);
	fria_buf_dispose(&place);
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
			fria_node_say(fria_node_paragraph(chapter),
				      FRIA_W_conflict_foreign, "path",
				      one->path, NULL);
		else if (!one->n)
			fria_node_say(fria_node_paragraph(chapter),
				      FRIA_W_conflict_nothing, NULL);
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
