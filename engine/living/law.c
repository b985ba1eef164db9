/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the law is still to ask by what an assessment concludes or rests on, and
 * that it is not known.
 */
#include "living_internal.h"

#include <stdlib.h>
#include <string.h>

/* What comes this soon is warned of. */
static const fria_time ahead = (fria_time)180 * 86400;

static void add(fria_evaluation *out, const fria_evaluation_input *in,
		const char *id)
{
	const json_t *line = fria_law_line(in->application, id);
	fria_time from;
	for (size_t i = 0; i < out->coming.n; i++)
		if (!strcmp(out->coming.items[i].line, id))
			return;
	if (!fria_json_says(line, "status", "law") ||
	    !fria_law_from(&from, line) || from <= in->as_of)
		return;
	*FRIA_PUSH(&out->coming) =
	    (fria_coming){.line = fria_strdup(id),
			  .title = json_incref(json_object_get(line, "title")),
			  .from = from,
			  .soon = from <= in->as_of + ahead};
}

/* By its conclusions, where a questionnaire has any that name the law. */
static bool add_concluded(fria_evaluation *out, const fria_evaluation_input *in)
{
	const fria_instrument *of = in->instrument;
	bool any = false;
	for (size_t i = 0; i < of->rules.n; i++) {
		const fria_rule *r = &of->rules.items[i];
		const fria_conclusion *one =
		    r->law.n ? fria_conclusion_find(out, r->id) : NULL;
		any = any || r->law.n;
		for (size_t k = 0; one && one->rule == r && k < r->law.n; k++)
			add(out, in, r->law.items[k]);
	}
	return any;
}

/* Else by what its answers rest on. */
static void add_rested(fria_evaluation *out, const fria_evaluation_input *in)
{
	static const char place[] = "/law/";
	for (size_t i = 0; i < out->n; i++) {
		const fria_judgement *j = &out->items[i];
		const fria_task *t = &in->instrument->tasks[j->question.task];
		for (size_t k = 0; j->state != FRIA_HIDDEN && k < t->facts.n;
		     k++)
			if (fria_law_is(t->facts.items[k].pointer))
				add(out, in,
				    t->facts.items[k].pointer + sizeof place -
					1);
	}
}

void fria_law_evaluate(fria_evaluation *out, const fria_evaluation_input *in)
{
	if (!fria_instrument_on_law(in->instrument) || out->superseded)
		return;
	if (!json_object_get(in->application, "law"))
		fria_findings_add(&out->findings, FRIA_NOTE, FRIA_W_law_missing,
				  NULL, NULL, NULL);
	if (!out->at_rest && !add_concluded(out, in))
		add_rested(out, in);
}

void fria_coming_dispose(fria_comings *coming)
{
	for (size_t i = 0; i < coming->n; i++) {
		free(coming->items[i].line);
		json_decref(coming->items[i].title);
	}
	free(coming->items);
	*coming = (fria_comings){NULL, 0};
}

json_t *fria_coming_json(const fria_comings *coming)
{
	json_t *list = json_array();
	for (size_t i = 0; i < coming->n; i++) {
		const fria_coming *one = &coming->items[i];
		fria_buf day = FRIA_BUF_INIT;
		fria_day_write(&day, one->from);
		json_array_append_new(
		    list, fria_json_pack("{s:s, s:O?, s:s, s:b}", "line",
					 one->line, "title", one->title, "from",
					 day.text, "soon", (int)one->soon));
		fria_buf_dispose(&day);
	}
	return list;
}

void fria_coming_kept(fria_comings *out, const json_t *list)
{
	size_t i;
	json_t *one;
	json_array_foreach((json_t *)(uintptr_t)list, i, one) {
		const char *line = fria_json_text(one, "line");
		fria_time from;
		if (!line || !fria_law_from(&from, one))
			continue;
		*FRIA_PUSH(out) = (fria_coming){
		    .line = fria_strdup(line),
		    .title = json_incref(json_object_get(one, "title")),
		    .from = from,
		    .soon = json_is_true(json_object_get(one, "soon"))};
	}
}

const char *fria_coming_title(const fria_coming *one, fria_lang lang)
{
	const char *title = fria_text(one->title, lang);
	return title ? title : one->line;
}

void fria_coming_say(fria_buf *out, const fria_coming *one, fria_lang lang)
{
	fria_buf day = FRIA_BUF_INIT;
	fria_day_say(&day, lang, one->from);
	fria_say(out, lang, FRIA_W_law_coming, "day", day.text, "what",
		 fria_coming_title(one, lang), NULL);
	fria_buf_dispose(&day);
}
