/* SPDX-License-Identifier: EUPL-1.2 */
/* fria blame: who gave each answer, and who last stood for it. */
#include "cli.h"

#include <string.h>

static void put_attribution(cli *c, fria_word what, const fria_attribution *a)
{
	fria_buf day = FRIA_BUF_INIT;
	put(c, PLAIN, "    ");
	put_word(c, DIM, what, NULL);
	if (!a->known) {
		put_word(c, YELLOW, FRIA_W_blame_unknown, NULL);
	} else if (!a->commit[0]) {
		put_word(c, YELLOW, FRIA_W_blame_unsaved, NULL);
	} else {
		fria_day_write(&day, a->local);
		putf(c, PLAIN, "%s  %s  ", day.text, a->author);
		if (a->release)
			putf(c, PLAIN, "%s  ", a->release);
		putf(c, DIM, "%.10s", a->commit);
	}
	put(c, PLAIN, "\n");
	if (a->claimed) {
		put(c, PLAIN, "        ");
		put_sentence(c, RED, FRIA_W_blame_claimed, "who", a->claimed,
			     NULL);
	}
	if (a->boundary) {
		put(c, PLAIN, "        ");
		put_sentence(c, DIM, FRIA_W_log_boundary, NULL);
	}
	fria_buf_dispose(&day);
}

/* One act: nothing more is to be said. */
static bool same(const fria_attribution *a, const fria_attribution *b)
{
	return a->known && !strcmp(a->commit, b->commit) &&
	       (a->claimed != NULL) == (b->claimed != NULL) &&
	       (!a->claimed || !strcmp(a->claimed, b->claimed));
}

static void put_line(cli *c, const fria_blamed *blamed,
		     const fria_blame_line *line)
{
	const fria_instrument *in = blamed->snapshot->instrument;
	size_t task = fria_instrument_find(in, line->task);
	putf(c, BOLD, "%s", line->task);
	if (line->row) {
		put(c, PLAIN, " [");
		put_word(c, PLAIN, FRIA_W_diff_row, "row", line->row, NULL);
		put(c, PLAIN, "]");
	}
	putf(c, PLAIN, " %s\n", fria_task_title(&in->tasks[task], c->lang));
	put_attribution(c, FRIA_W_blame_given, &line->given);
	if (line->stood.known && !same(&line->given, &line->stood))
		put_attribution(c, FRIA_W_blame_stood, &line->stood);
}

static json_t *attribution_json(const fria_attribution *a)
{
	fria_buf at = FRIA_BUF_INIT;
	if (!a->known)
		return json_null();
	if (a->commit[0])
		fria_time_write(&at, a->at);
	json_t *json =
	    fria_json_pack("{s:s?, s:s?, s:s?, s:s?, s:s?, s:b}", "commit",
			   a->commit[0] ? a->commit : NULL, "author", a->author,
			   "at", at.n ? at.text : NULL, "release", a->release,
			   "claimed", a->claimed, "boundary", a->boundary);
	fria_buf_dispose(&at);
	return json;
}

static json_t *blame_json(const fria_blamed *blamed)
{
	json_t *list = json_array();
	for (size_t i = 0; i < blamed->n; i++) {
		const fria_blame_line *line = &blamed->items[i];
		json_array_append_new(
		    list,
		    fria_json_pack("{s:s, s:s?, s:o, s:o}", "task", line->task,
				   "row", line->row, "given",
				   attribution_json(&line->given), "stood",
				   attribution_json(&line->stood)));
	}
	return list;
}

int cmd_blame(cli *c, fria_error *err)
{
	fria_blamed blamed;
	if (fria_blame(&blamed, c->ws, c->args[0], c->n > 1 ? c->args[1] : NULL,
		       err))
		return 2;
	if (c->json)
		put_json(c, blame_json(&blamed));
	for (size_t i = 0; !c->json && i < blamed.n; i++)
		put_line(c, &blamed, &blamed.items[i]);
	if (!blamed.n && !c->json)
		say(c, FRIA_W_blame_none, NULL);
	fria_blamed_dispose(&blamed);
	return 0;
}
