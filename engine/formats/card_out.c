/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * An assessment as an assessment card of the TAD reporting standard: question
 * and answer, by whom and when. It shows what it is given: redact.c comes
 * before.
 */
#include "formats.h"

#include <stdlib.h>
#include <string.h>

static json_t *author_of(const char *by)
{
	return by ? fria_json_pack("[{s:s%}]", "name", by,
				   fria_person_length(by))
		  : NULL;
}

static char *answer_text(fria_choices *choices, const fria_question *q,
			 fria_lang lang)
{
	const json_t *value = fria_question_value(q);
	const json_t *waived = json_object_get(q->answer, "waived");
	const char *reason = fria_json_text(waived, "reason");
	fria_buf out = FRIA_BUF_INIT;
	if (value)
		fria_choice_say(&out, choices, q->task, value);
	else if (reason)
		fria_say(&out, lang, FRIA_W_card_waived, "reason", reason,
			 NULL);
	return fria_buf_detach(&out);
}

static json_t *content_of(const fria_instrument *in, fria_choices *choices,
			  const fria_question *q, fria_lang lang)
{
	const fria_task *t = &in->tasks[q->task];
	const json_t *basis = json_object_get(q->answer, "basis");
	char *answer = answer_text(choices, q, lang);
	char *urn = fria_format("%s:%s", in->name, t->id);
	const char *title = fria_task_title(t, lang);
	json_t *out =
	    fria_json_pack("{s:s, s:s, s:s, s:s*, s:o*, s:s*}", "question",
			   title ? title : "", "urn", urn, "answer", answer,
			   "remarks", fria_json_text(q->answer, "dissent"),
			   "authors", author_of(fria_json_text(basis, "by")),
			   "timestamp", fria_json_text(basis, "at"));
	free(answer);
	free(urn);
	return out;
}

json_t *fria_assessment_card(const fria_evaluation_input *input, fria_time date,
			     fria_lang lang)
{
	const fria_instrument *in = input->instrument;
	fria_questions all;
	fria_buf day = FRIA_BUF_INIT;
	json_t *contents = json_array();
	fria_choices *choices = fria_choices_new(
	    in, input->assessment, &input->siblings, input->application, lang);
	fria_questions_beside(&all, in, input->assessment, &input->siblings);
	for (size_t i = 0; i < all.n; i++)
		if (all.items[i].visible && all.items[i].answer)
			json_array_append_new(
			    contents,
			    content_of(in, choices, &all.items[i], lang));
	fria_choices_free(choices);
	fria_questions_dispose(&all);
	fria_day_write(&day, date);
	const char *name = fria_instrument_title(in, lang);
	json_t *out = fria_json_pack("{s:s, s:s, s:s, s:o}", "name",
				     name ? name : in->id, "urn", in->name,
				     "date", day.text, "contents", contents);
	fria_buf_dispose(&day);
	return out;
}
