/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What changes, their weights and the two sides are called. Where a change
 * stands, what it was and is, and why are in files of their own.
 */
#include "compare.h"

#include <stdlib.h>
#include <string.h>

fria_word fria_weight_word(fria_weight weight)
{
	static const fria_word words[] = {
	    FRIA_W_diff_verdict,     FRIA_W_diff_risk,
	    FRIA_W_diff_decision,    FRIA_W_diff_measure,
	    FRIA_W_diff_application, FRIA_W_diff_fact,
	    FRIA_W_diff_judge,	     FRIA_W_diff_answer,
	    FRIA_W_diff_prose,	     FRIA_W_diff_talk,
	    FRIA_W_diff_settled,     FRIA_W_diff_editorial};
	return words[weight];
}

const char *fria_weight_id(fria_weight weight)
{
	static const char *const ids[] = {
	    "verdict",	   "risk", "decision", "measure",
	    "application", "fact", "judge",    "answer",
	    "prose",	   "talk", "settled",  "editorial"};
	return ids[weight];
}

/* The last measurement that counts, before and after. */
static fria_word measured_word(const json_t *before, const json_t *after)
{
	const char *was = fria_json_text(before, "date");
	const char *is = fria_json_text(after, "date");
	int order = was && is ? strcmp(was, is) : 0;
	if (!before || (was && is && order < 0))
		return FRIA_W_change_measurement;
	if (!after || order > 0)
		return FRIA_W_change_measurement_taken;
	return json_equal(before, after) ? FRIA_W_change_measurement_earlier
					 : FRIA_W_change_measurement_other;
}

/* What was told of a release, a correction, or between the two. */
static fria_word event_word(const fria_difference *d)
{
	const json_t *one = d->after.document;
	bool none = json_is_false(json_object_get(one, "changed"));
	if (!one)
		return FRIA_W_change_event_taken;
	if (d->before.document)
		return FRIA_W_change_event;
	if (json_object_get(one, "corrected"))
		return FRIA_W_change_event_corrected;
	if (json_object_get(one, "wording"))
		return FRIA_W_change_event_wording;
	if (json_is_true(json_object_get(one, "patch")))
		return FRIA_W_change_event_patch;
	if (d->key && !strcmp(d->key, FRIA_PULSE))
		return none ? FRIA_W_change_event_pulse : FRIA_W_change_event;
	return none && !fria_json_text(one, "text") ? FRIA_W_change_event_none
						    : FRIA_W_change_event;
}

fria_word fria_difference_word(const fria_difference *d)
{
	static const fria_word words[] = {
	    FRIA_W_change_verdict,     FRIA_W_change_approval_given,
	    FRIA_W_approval_lapsed,    FRIA_W_change_restored,
	    FRIA_W_change_request,     FRIA_W_change_conclusion,
	    FRIA_W_change_score,       FRIA_W_change_state,
	    FRIA_W_change_measure,     FRIA_W_change_instrument,
	    FRIA_W_change_logic,       FRIA_W_change_release,
	    FRIA_W_change_in_use,      FRIA_W_change_event,
	    FRIA_W_change_renamed,     FRIA_W_change_superseded,
	    FRIA_W_change_origin,      FRIA_W_change_fact,
	    FRIA_W_change_measurement, FRIA_W_change_other,
	    FRIA_W_change_waived,      FRIA_W_change_removed,
	    FRIA_W_change_row_added,   FRIA_W_change_row_removed,
	    FRIA_W_change_row_moved,   FRIA_W_change_added,
	    FRIA_W_change_changed,     FRIA_W_change_dissent,
	    FRIA_W_change_comment,     FRIA_W_change_resolved,
	    FRIA_W_change_meeting,     FRIA_W_change_confirmed,
	    FRIA_W_change_editorial};
	bool before = fria_change_has(&d->before);
	bool after = fria_change_has(&d->after);
	if (d->kind == FRIA_CHANGE_APPROVAL && before)
		return after ? FRIA_W_change_approval_other
			     : FRIA_W_change_approval_taken;
	if (d->kind == FRIA_CHANGE_LAPSED)
		return fria_lapsed_word(&d->lapsed);
	if (d->kind == FRIA_CHANGE_COMMENT && before)
		return after ? FRIA_W_change_comment_other
			     : FRIA_W_change_comment_taken;
	if (d->kind == FRIA_CHANGE_DISSENT && before)
		return after ? FRIA_W_change_dissent_other
			     : FRIA_W_change_dissent_taken;
	if (d->kind == FRIA_CHANGE_EVENT)
		return event_word(d);
	if (d->kind == FRIA_CHANGE_MEASUREMENT)
		return measured_word(d->before.document, d->after.document);
	return words[d->kind];
}

void fria_difference_say(fria_buf *out, const fria_difference *d,
			 fria_lang lang)
{
	fria_say(out, lang, fria_difference_word(d), NULL);
	if (d->kind != FRIA_CHANGE_CONFIRMED || !d->ground)
		return;
	fria_buf_printf(out, " (%s)", fria_ground_say(d->ground, lang));
}

void fria_side_say(fria_buf *out, const fria_side *side, fria_lang lang)
{
	if (side->version)
		fria_buf_puts(out, side->version);
	else if (side->revision)
		fria_buf_puts(out, side->revision);
	else if (side->commit)
		fria_buf_put(out, side->commit, strnlen(side->commit, 10));
	else
		fria_say(out, lang,
			 side->saved ? FRIA_W_diff_saved
				     : FRIA_W_diff_work_tree,
			 NULL);
}

void fria_left_out_say(fria_buf *out, size_t blocks, size_t words,
		       fria_lang lang)
{
	fria_buf text = FRIA_BUF_INIT;
	fria_say(&text, lang, FRIA_W_diff_words, "count", FRIA_DIGITS(words),
		 NULL);
	fria_say(out, lang,
		 blocks ? FRIA_W_diff_same_blocks : FRIA_W_diff_same_words,
		 "blocks", FRIA_DIGITS(blocks), "words", text.text, NULL);
	fria_buf_dispose(&text);
}
