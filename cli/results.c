/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What an assessment comes to, for a person: the scores row by row, the rule
 * they follow, the conclusions with their reasons. It computes nothing.
 */
#include "cli.h"

#include <string.h>

static const json_t *row_text(const fria_standing *s, size_t group,
			      const char *row)
{
	const fria_instrument *in = s->input.instrument;
	for (size_t i = group + 1; i < in->tasks[group].end; i++)
		if (in->tasks[i].kind == FRIA_TEXT && !in->tasks[i].measure)
			return json_object_get(
			    fria_assessment_answer(s->input.assessment, in, i,
						   row),
			    "value");
	return NULL;
}

/* "Niveau vandaag: hoog"; keys of a table are read as words. */
static void say_score(fria_buf *out, const cli *c, const fria_standing *s,
		      const fria_score *score)
{
	const fria_instrument *in = s->input.instrument;
	const json_t *value = score->value;
	fria_buf_printf(
	    out, "%s: ", fria_task_title(&in->tasks[score->of->task], c->lang));
	size_t from = out->n;
	if (score->text)
		fria_buf_puts(out, score->text);
	else if (!value || json_is_null(value) ||
		 (json_is_number(value) && json_number_value(value) == 0))
		fria_buf_puts(out,
			      fria_word_text(FRIA_W_eval_no_score, c->lang));
	else
		fria_fact_say(out, value, c->lang);
	for (; json_is_object(value) && from < out->n; from++)
		if (out->text[from] == '_')
			out->text[from] = ' ';
}

static void put_stale(cli *c, bool stale)
{
	if (stale)
		put_word(c, YELLOW, FRIA_W_eval_on_stale, NULL);
	put(c, PLAIN, "\n");
}

static size_t group_of(const fria_standing *s, const fria_score *score)
{
	return score->row ? s->input.instrument->tasks[score->of->task].rows
			  : FRIA_NONE;
}

/* The scores of one row that have a word; with --verbose all. */
static void put_row(cli *c, const fria_standing *s, size_t group, size_t number,
		    const char *row, bool marks)
{
	fria_buf line = FRIA_BUF_INIT, label = FRIA_BUF_INIT;
	bool stale = false;
	const char *text = json_string_value(row_text(s, group, row));
	fria_buf_printf(&label, "[%zu] %s", number, text ? text : "");
	put_wrapped(c, 2, label.text);
	for (size_t i = 0; i < s->result.scores.n; i++) {
		const fria_score *one = &s->result.scores.items[i];
		if (group_of(s, one) != group || strcmp(one->row, row) != 0)
			continue;
		stale = stale || one->stale;
		if (!one->text && !c->verbose)
			continue;
		if (line.n)
			fria_buf_puts(&line, "; ");
		say_score(&line, c, s, one);
	}
	if (stale && marks)
		fria_buf_puts(&line,
			      fria_word_text(FRIA_W_eval_on_stale, c->lang));
	put_wrapped(c, 6, line.text);
	fria_buf_dispose(&line);
	fria_buf_dispose(&label);
}

/* Each score of the group rests on something stale: that is said once. */
static bool all_stale(const fria_standing *s, size_t group)
{
	for (size_t i = 0; i < s->result.scores.n; i++)
		if (group_of(s, &s->result.scores.items[i]) == group &&
		    s->result.scores.items[i].text &&
		    !s->result.scores.items[i].stale)
			return false;
	return true;
}

static void put_rows(cli *c, const fria_standing *s, size_t group)
{
	const fria_instrument *in = s->input.instrument;
	size_t i;
	json_t *row;
	bool all = all_stale(s, group);
	putf(c, BOLD, "\n%s %s", in->tasks[group].id,
	     fria_task_title(&in->tasks[group], c->lang));
	put_stale(c, all);
	json_array_foreach(fria_assessment_rows(s->input.assessment, in, group),
			   i, row)
		put_row(c, s, group, i + 1, fria_json_text(row, "id"), !all);
}

/* How it is computed, where the questionnaire says so beside a score. */
static void put_rule(cli *c, const fria_standing *s, size_t parent)
{
	const fria_instrument *in = s->input.instrument;
	for (size_t i = parent + 1; i < in->tasks[parent].end; i++) {
		const fria_task *t = &in->tasks[i];
		const char *text = fria_task_guidance(t, c->lang);
		if (t->kind != FRIA_NOTICE || t->parent != parent || t->stop ||
		    t->calculated || !text)
			continue;
		putf(c, DIM, "\n%s\n", fria_task_title(t, c->lang));
		put_wrapped(c, 2, text);
	}
}

static void put_scores(cli *c, const fria_standing *s)
{
	const fria_instrument *in = s->input.instrument;
	size_t said = FRIA_NONE, parent = FRIA_NONE;
	for (size_t i = 0; i < s->result.scores.n; i++) {
		const fria_score *one = &s->result.scores.items[i];
		size_t group = group_of(s, one);
		if (group != FRIA_NONE) {
			if (group != said)
				put_rows(c, s, group);
			said = group;
			continue;
		}
		fria_buf line = FRIA_BUF_INIT;
		say_score(&line, c, s, one);
		put(c, PLAIN, line.text);
		put_stale(c, one->stale);
		fria_buf_dispose(&line);
		parent = in->tasks[one->of->task].parent;
	}
	if (c->verbose && said != FRIA_NONE && parent != FRIA_NONE)
		put_rule(c, s, parent);
	if (s->result.scores.n)
		put(c, PLAIN, "\n");
}

static void put_conclusions(cli *c, const fria_standing *s)
{
	for (size_t i = 0; i < s->result.conclusions.n; i++) {
		const fria_conclusion *one = &s->result.conclusions.items[i];
		if (!one->text)
			continue;
		put(c, BOLD, one->text);
		put_stale(c, one->stale);
		for (size_t k = 0; k < one->because.n; k++)
			putf(c, DIM, "  %s\n", one->because.items[k]);
	}
}

void put_results(cli *c, const fria_standing *s)
{
	put_scores(c, s);
	put_conclusions(c, s);
	for (size_t i = 0; i < s->result.findings.n; i++) {
		fria_buf text = FRIA_BUF_INIT;
		fria_finding_text(&text, &s->result.findings.items[i], c->lang);
		putf(c, YELLOW, "%s\n", text.text);
		fria_buf_dispose(&text);
	}
}
