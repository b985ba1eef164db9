/* SPDX-License-Identifier: EUPL-1.2 */
/* What the parts of an evaluation share with evaluate.c, which calls them. */
#ifndef FRIA_LIVING_INTERNAL_H
#define FRIA_LIVING_INTERNAL_H

#include "living.h"

/* Takes before and after. */
void fria_reason_add(fria_judgement *j, fria_cause cause, const char *what,
		     json_t *before, json_t *after);
/* Reasons from metrics and events that the basis had not seen. */
void fria_monitoring_judge(fria_judgement *j, const fria_evaluation_input *in,
			   const json_t *basis);
/* Metrics, and the themes of the release check without an answer. */
void fria_monitoring_evaluate(fria_evaluation *out,
			      const fria_evaluation_input *in);
/* Scores and conclusions; needs the judgements and the metrics. */
void fria_scores_evaluate(fria_evaluation *out,
			  const fria_evaluation_input *in);
/* The elements a to f of article 27(1). */
void fria_elements_evaluate(fria_evaluation *out,
			    const fria_evaluation_input *in);
/* Approvals: valid, lapsed, missing. */
void fria_approvals_evaluate(fria_evaluation *out,
			     const fria_evaluation_input *in);

#endif
