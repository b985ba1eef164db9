/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Four eyes: who decides or agrees did not write what it is about (PRACTICE
 * section 6). It reads what the document says of itself; history/verify.c asks
 * the commits.
 *
 * Calls up to approvals.c: who recorded an approval is told from who gave it.
 */
#include "living_internal.h"

#include <string.h>

bool fria_eyes_wrote(const fria_evaluation_input *in, const fria_judgement *j,
		     const char *by, fria_eyes like)
{
	const json_t *answer = j->question.answer;
	const json_t *basis = json_object_get(answer, "basis");
	const json_t *last =
	    in->last ? fria_assessment_answer(in->last, in->instrument,
					      j->question.task, j->question.row)
		     : NULL;
	return j->state != FRIA_HIDDEN && basis &&
	       fria_stood_again(last, answer) &&
	       like(fria_json_text(basis, "by"), by);
}

/* The first answer that a person wrote since the last version; or NULL. */
static const fria_judgement *written_by(const fria_evaluation *out,
					const fria_evaluation_input *in,
					const char *by, fria_eyes like)
{
	for (size_t i = 0; i < out->n; i++)
		if (fria_eyes_wrote(in, &out->items[i], by, like))
			return &out->items[i];
	return NULL;
}

static void add_finding(fria_evaluation *out, const fria_evaluation_input *in,
			const fria_approval *approval, const fria_judgement *j,
			fria_word word)
{
	const json_t *basis = json_object_get(j->question.answer, "basis");
	fria_findings_add(
	    &out->findings, FRIA_WARNING, word, NULL, NULL, "role",
	    fria_role_title(in->roles, approval->role,
			    fria_assessment_language(in->assessment)),
	    "by", approval->by, "who", fria_json_text(basis, "by"), "what",
	    in->instrument->tasks[j->question.task].id, NULL);
}

void fria_eyes_evaluate(fria_evaluation *out, const fria_evaluation_input *in)
{
	for (size_t i = 0; i < out->approvals.n; i++) {
		const fria_approval *one = &out->approvals.items[i];
		const char *by = one->by;
		if (!by || one->state != FRIA_APPROVAL_VALID ||
		    one->kind == FRIA_ROLE_VIEW || fria_is_recorded(one) ||
		    one->editorial)
			continue;
		const fria_judgement *own =
		    written_by(out, in, by, fria_same_person);
		const fria_judgement *alike =
		    own ? NULL : written_by(out, in, by, fria_alike_person);
		if (own)
			add_finding(out, in, one, own,
				    one->kind == FRIA_ROLE_ADVICE
					? FRIA_W_eyes_advice
					: FRIA_W_eyes_own);
		else if (alike)
			add_finding(out, in, one, alike, FRIA_W_eyes_alike);
	}
}
