/* SPDX-License-Identifier: EUPL-1.2 */
/* Why an answer must be judged again, with before and after. */
#include "cli.h"

void put_beginning(cli *c, fria_word word, const json_t *value, bool found)
{
	fria_buf text = FRIA_BUF_INIT;
	put(c, PLAIN, "       ");
	put_word(c, DIM, word, NULL);
	put(c, DIM, ": ");
	if (value)
		fria_fact_say(&text, value, c->lang);
	for (char *at = text.text; text.n && *at; at++)
		if (*at == '\n')
			*at = ' ';
	if (text.n > 300) { /* between two words, and it is seen */
		text.n = 300;
		while (text.n && text.text[text.n] != ' ')
			text.n--;
		text.text[text.n] = '\0';
		fria_buf_puts(&text, " …");
	}
	if (text.n)
		put(c, PLAIN, text.text);
	else
		put_word(c, DIM,
			 found ? FRIA_W_eval_nothing
			       : FRIA_W_eval_unknown_before,
			 NULL);
	put(c, PLAIN, "\n");
	fria_buf_dispose(&text);
}

/* "was 85 on 4 March; the limit is 80" */
static void put_crossing(cli *c, const fria_reason *r)
{
	fria_buf value = FRIA_BUF_INIT, limit = FRIA_BUF_INIT;
	fria_fact_say(&value, json_object_get(r->after, "value"), c->lang);
	fria_fact_say(&limit, json_object_get(r->before, "threshold"), c->lang);
	const char *date = fria_json_text(r->after, "date");
	fria_buf day = FRIA_BUF_INIT;
	fria_time at;
	if (date && fria_time_parse(&at, date))
		fria_day_say(&day, c->lang, at);
	put(c, PLAIN, "       ");
	put_sentence(c, PLAIN, FRIA_W_eval_crossing, "value", value.text,
		     "date", day.n ? day.text : "?", "limit", limit.text, NULL);
	fria_buf_dispose(&day);
	fria_buf_dispose(&value);
	fria_buf_dispose(&limit);
}

/* The sentence; of a fact its pointer, if that is asked for. */
static void put_cause(cli *c, const fria_reason *r)
{
	put(c, PLAIN, "     ");
	put_word(c, PLAIN, fria_reason_word(r), "what",
		 fria_reason_what(r, c->lang), NULL);
	if (r->kind == FRIA_BY_FACT && c->verbose)
		putf(c, DIM, " (%s)", r->what);
	put(c, PLAIN, "\n");
}

/* What is no change from one text to another; true if that was all. */
static bool put_event(cli *c, const fria_reason *r)
{
	bool taken_over = r->kind == FRIA_BY_EDIT && r->what;
	if (r->kind == FRIA_BY_MONITORING)
		put_crossing(c, r);
	if (r->kind == FRIA_BY_EVENT)
		put_beginning(c, FRIA_W_eval_said, r->after, true);
	return r->kind == FRIA_BY_INSTRUMENT || taken_over ||
	       r->kind == FRIA_BY_MONITORING || r->kind == FRIA_BY_EVENT;
}

void put_reason(cli *c, const fria_standing *s, const fria_judgement *j,
		const fria_reason *r)
{
	json_t *before = NULL, *after = NULL;
	bool known = r->before || r->kind == FRIA_BY_FACT;
	put_cause(c, r);
	if (put_event(c, r))
		return;
	fria_reason_sides(&before, &after, r, j, &s->input);
	put_beginning(c, FRIA_W_eval_was, before, known);
	put_beginning(c, FRIA_W_eval_now, after, true);
	json_decref(before);
	json_decref(after);
}
