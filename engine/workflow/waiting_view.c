/* SPDX-License-Identifier: EUPL-1.2 */
/* What waits for people, as a document: each thing on a line, and the command
 * to go on with. */
#include "workflow_internal.h"

#include <stdlib.h>
#include <string.h>

static fria_word word_of(const fria_wait *one)
{
	static const fria_word words[] = {
	    [FRIA_WAITS_BROKEN] = FRIA_W_waits_broken,
	    [FRIA_WAITS_CONFLICT] = FRIA_W_waits_conflict,
	    [FRIA_WAITS_UNSAVED] = FRIA_W_waits_unsaved,
	    [FRIA_WAITS_REQUEST] = FRIA_W_waits_request,
	    [FRIA_WAITS_RETURNED] = FRIA_W_waits_returned,
	    [FRIA_WAITS_STALE] = FRIA_W_waits_stale,
	    [FRIA_WAITS_SUSPECT] = FRIA_W_waits_suspect,
	    [FRIA_WAITS_OPEN] = FRIA_W_waits_open,
	    [FRIA_WAITS_CHECK] = FRIA_W_waits_check,
	    [FRIA_WAITS_WORD] = FRIA_W_waits_word,
	    [FRIA_WAITS_ADOPT] = FRIA_W_waits_adopt,
	    [FRIA_WAITS_PULSE] = FRIA_W_waits_pulse,
	    [FRIA_WAITS_MEASURE] = FRIA_W_waits_measure,
	    [FRIA_WAITS_MEASUREMENT] = FRIA_W_waits_measurement,
	    [FRIA_WAITS_REVIEW] = FRIA_W_waits_review};
	if (one->kind == FRIA_WAITS_REQUEST && one->late)
		return FRIA_W_waits_request_late;
	return one->kind == FRIA_WAITS_REQUEST && one->due
		   ? FRIA_W_waits_request_until
		   : words[one->kind];
}

void fria_wait_say(fria_buf *out, const fria_wait *one, const json_t *roles,
		   fria_lang lang, bool buttons)
{
	bool role = one->kind == FRIA_WAITS_REQUEST ||
		    one->kind == FRIA_WAITS_RETURNED ||
		    one->kind == FRIA_WAITS_WORD;
	fria_buf day = FRIA_BUF_INIT;
	if (one->due)
		fria_day_say(&day, lang, one->due);
	fria_say(out, lang, word_of(one), "name", one->name, "count",
		 FRIA_DIGITS(one->count), "date", day.text, "what", one->what,
		 "role", role ? fria_role_title(roles, one->what, lang) : "",
		 "buttons", buttons ? "1" : NULL, NULL);
	fria_buf_dispose(&day);
}

static void put_wait(fria_node *list, const fria_wait *one, const json_t *roles,
		     fria_lang lang)
{
	fria_buf *text = fria_kept_text(list);
	fria_wait_say(text, one, roles, lang, fria_node_buttons(list));
	fria_node_text(fria_list_item(list), text->text);
}

/* What to do first: what keeps other things from going on, then what is late
 * or was asked, then what is left. New; NULL: nothing waits. */
static char *command_of(const fria_wait *one, const json_t *roles,
			fria_lang lang)
{
	const char *role;
	switch (one->kind) {
	case FRIA_WAITS_BROKEN:
		return fria_format("fria undo %s", one->name);
	case FRIA_WAITS_CONFLICT:
		return fria_format("fria conflicts %s", one->name);
	case FRIA_WAITS_UNSAVED:
		return fria_strdup("fria save");
	case FRIA_WAITS_REQUEST:
		return fria_format("fria report %s --template advice-request",
				   one->name);
	case FRIA_WAITS_WORD:
		role = fria_role_title(roles, one->what, lang);
		return fria_format(strchr(role, ' ')
				       ? "fria approve %s --role \"%s\""
				       : "fria approve %s --role %s",
				   one->name, role);
	case FRIA_WAITS_ADOPT:
		return fria_format("fria adopt %s", one->name);
	case FRIA_WAITS_PULSE:
		return fria_format("fria app pulse %s", one->name);
	case FRIA_WAITS_CHECK:
		return fria_format("fria release %s", one->name);
	case FRIA_WAITS_RETURNED:
	case FRIA_WAITS_MEASURE:
	case FRIA_WAITS_REVIEW:
		return fria_format("fria evaluate %s", one->name);
	case FRIA_WAITS_STALE:
	case FRIA_WAITS_SUSPECT:
	case FRIA_WAITS_OPEN:
		return fria_format("fria fill %s", one->name);
	case FRIA_WAITS_MEASUREMENT:
		return fria_format("fria app metric %s %s --value ...",
				   one->name, one->id);
	}
	return NULL;
}

static char *next_command(const fria_waiting *w, const json_t *roles,
			  fria_lang lang)
{
	const fria_wait *first = w->n ? &w->items[0] : NULL;
	for (size_t i = 1; i < w->n; i++)
		if (w->items[i].kind < first->kind)
			first = &w->items[i];
	if (first)
		return command_of(first, roles, lang);
	if (!w->applications)
		return fria_strdup("fria app add ID");
	return w->assessments ? fria_strdup("fria status")
			      : fria_format("fria new %s start-2.0", w->first);
}

void fria_waiting_view(fria_node *body, const fria_waiting *w,
		       const json_t *roles, fria_lang lang)
{
	fria_node *way = fria_node_paragraph(body);
	if (w->n) {
		fria_node_strong(way, fria_word_text(FRIA_W_waits_title, lang));
		fria_node *list = fria_node_list(body, false);
		for (size_t i = 0; i < w->n; i++)
			put_wait(list, &w->items[i], roles, lang);
	} else {
		fria_node_say(way,
			      w->assessments || w->mine ? FRIA_W_waits_nothing
			      : w->applications ? FRIA_W_waits_no_assessment
						: FRIA_W_waits_no_application,
			      NULL);
	}
	if (w->more)
		fria_paragraph_say(body, FRIA_W_waits_more, "count",
				   FRIA_DIGITS(w->more), NULL);
	if (fria_node_buttons(body))
		return;
	char *next = next_command(w, roles, lang);
	fria_node *go_on = fria_paragraph_say(body, FRIA_W_waits_next, NULL);
	fria_node_text(go_on, " ");
	fria_node_code(go_on, next);
	free(next);
}
