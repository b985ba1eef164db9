/* SPDX-License-Identifier: EUPL-1.2 */
/* By whom each answer is, as a view: a question an item. */
#include "history.h"

#include <string.h>

static void put_attribution(fria_node *at, fria_word what,
			    const fria_attribution *a, fria_lang lang)
{
	fria_node_format(at, "\n%s: ", fria_word_text(what, lang));
	if (!a->known)
		fria_node_say(at, FRIA_W_blame_unknown, NULL);
	else if (!a->commit[0])
		fria_node_say(at, FRIA_W_blame_unsaved, NULL);
	else
		fria_node_format(at, "%s, %.*s%s%s (%.10s)",
				 fria_kept_day(at, a->local),
				 (int)fria_person_length(a->author), a->author,
				 a->release ? ", release " : "",
				 a->release ? a->release : "", a->commit);
	if (a->claimed) {
		fria_node_text(at, "\n");
		fria_node_badge(at, FRIA_TONE_STOP,
				fria_kept_say(at, FRIA_W_blame_claimed, "who",
					      a->claimed, NULL));
	}
	if (a->boundary) {
		fria_node_text(at, "\n");
		fria_node_say(at, FRIA_W_log_boundary, NULL);
	}
}

/* One act: nothing more is to be said. */
static bool same(const fria_attribution *a, const fria_attribution *b)
{
	return a->known && !strcmp(a->commit, b->commit) &&
	       (a->claimed != NULL) == (b->claimed != NULL) &&
	       (!a->claimed || !strcmp(a->claimed, b->claimed));
}

fria_node *fria_blame_view(fria_node *at, const fria_blamed *blamed,
			   fria_lang lang)
{
	const fria_instrument *in = blamed->snapshot->instrument;
	fria_node *list = fria_node_list(at, false);
	for (size_t i = 0; i < blamed->n; i++) {
		const fria_blame_line *line = &blamed->items[i];
		size_t task = fria_instrument_find(in, line->task);
		fria_node *item = fria_list_item(list);
		fria_node_strong(item, line->task);
		fria_node_text(item, " ");
		if (line->row_number) {
			fria_node_text(item, "(");
			fria_node_say(item, FRIA_W_diff_row, "number",
				      FRIA_DIGITS(line->row_number), NULL);
			fria_node_text(item, ") ");
		}
		fria_node_text(item, fria_task_title(&in->tasks[task], lang));
		put_attribution(item, FRIA_W_blame_given, &line->given, lang);
		if (line->stood.known && !same(&line->given, &line->stood))
			put_attribution(item, FRIA_W_blame_stood, &line->stood,
					lang);
	}
	return list;
}
