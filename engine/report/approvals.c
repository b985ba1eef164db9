/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What roles said, as it stands: the last word of each, what speaks against it
 * first, and what is missing; of a word that lapsed through what, by the number
 * under which that is told. Then what roles were asked; in a report, every
 * earlier word.
 */
#include "parts.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
	const fria_evaluation *e;
	const fria_evaluation_input *in;
	fria_lang lang;
	bool named; /* these readers see who it was */
	bool told;  /* so are the causes */
} work;

/* A role says something here, or further on. */
static bool speaks(const fria_approvals *all, size_t from, const char *role)
{
	for (size_t i = from; i < all->n; i++)
		if (all->items[i].state != FRIA_APPROVAL_MISSING &&
		    !fria_approval_replaced(&all->items[i]) &&
		    !strcmp(all->items[i].role, role))
			return true;
	return false;
}

/* Told among the last: not what was said again, nor what must be. */
static bool is_told(const fria_approvals *all, size_t at)
{
	const fria_approval *one = &all->items[at];
	return one->state == FRIA_APPROVAL_MISSING
		   ? !speaks(all, 0, one->role)
		   : !fria_approval_replaced(one) &&
			 !speaks(all, at + 1, one->role);
}

/* "10 maart 2026, het college (Z-2026-01873)" */
static const char *who(const work *w, fria_node *at, const char *moment,
		       const char *by, const char *reference)
{
	const char *day = part_date(at, moment);
	by = part_person(at, w->named ? fria_shown(w->in, by) : NULL);
	return fria_kept_format(
	    at, "%s%s%s%s%s%s", day, *day && *by ? ", " : "", by,
	    reference ? " (" : "", reference ? reference : "",
	    reference ? ")" : "");
}

/* Where a lapse is told: the cause of the fact, or of the answer. */
static size_t told_at(const fria_evaluation *e, const fria_lapse *lapse)
{
	fria_reason_kind kind =
	    lapse->kind == FRIA_LAPSE_FACT ? FRIA_BY_FACT : FRIA_BY_ANSWER;
	if (!lapse->what || (lapse->kind != FRIA_LAPSE_FACT &&
			     lapse->kind != FRIA_LAPSE_ANSWER))
		return FRIA_NONE;
	for (size_t i = 0; i < e->causes.n; i++)
		if (e->causes.items[i].kind == kind &&
		    !strcmp(lapse->what, e->causes.items[i].what))
			return i;
	return FRIA_NONE;
}

/* What lapsed it, what is told by its number. */
static const char *lapse_of(const work *w, fria_node *at,
			    const fria_lapses *because)
{
	const fria_evaluation *e = w->e;
	size_t *numbers = fria_cause_numbers(e);
	fria_positions places = {NULL, 0};
	bool *told = fria_calloc(because->n + 1, sizeof *told);
	fria_buf *rest = fria_kept_text(at);
	for (size_t i = 0; i < because->n && w->told; i++) {
		size_t cause = told_at(e, &because->items[i]);
		told[i] = cause != FRIA_NONE;
		if (told[i])
			*FRIA_PUSH(&places) = numbers[cause];
	}
	fria_lapses_say(rest, because, told, w->lang, fria_node_buttons(at));
	const char *these = part_numbers(at, &places);
	free(numbers);
	free(told);
	return fria_kept_format(
	    at, "%s%s%s%s%s",
	    fria_word_text(fria_lapsed_word(because), w->lang),
	    *these ? " " : "", these,
	    !rest->n ? ""
	    : *these ? "; "
		     : ": ",
	    rest->text);
}

/* --- one word --- */

/* That a "no" holds is nothing to tick off. */
static fria_tone tone_of(const fria_approval *a)
{
	static const fria_tone tones[] = {
	    [FRIA_APPROVAL_VALID] = FRIA_TONE_GOOD,
	    [FRIA_APPROVAL_LAPSED] = FRIA_TONE_AGAIN,
	    [FRIA_APPROVAL_RETURNED] = FRIA_TONE_DOUBT,
	    [FRIA_APPROVAL_MISSING] = FRIA_TONE_OPEN};
	return a->state == FRIA_APPROVAL_VALID &&
		       (fria_approval_against(a) || fria_approval_forbids(a))
		   ? FRIA_TONE_STOP
		   : tones[a->state];
}

static void put_line(fria_node *note, fria_word word, const char *text)
{
	if (text && *text)
		fria_paragraph_say(note, word, "text", text, NULL);
}

static void put_conditions(fria_node *note, const fria_approval *a)
{
	size_t n = fria_conditions_count(a);
	if (!n)
		return;
	fria_paragraph_say(note, FRIA_W_report_conditions, NULL);
	fria_node *list = fria_node_list(note, false);
	for (size_t i = 0; i < n; i++)
		fria_node_text(fria_list_item(list), fria_condition_at(a, i));
}

/* "accepted: text (reason)" for each residual risk. */
static void put_risks(fria_node *note, const fria_approval *a)
{
	if (!fria_residuals_count(a))
		return;
	fria_paragraph_say(note, FRIA_W_report_residual, NULL);
	fria_node *list = fria_node_list(note, false);
	for (size_t i = 0; i < fria_residuals_count(a); i++) {
		const fria_residual one = fria_residual_at(a, i);
		fria_node_say(fria_list_item(list),
			      one.accepted ? FRIA_W_report_accepted
					   : FRIA_W_report_refused,
			      "text", one.text ? one.text : one.row, "reason",
			      one.reason ? one.reason : "", NULL);
	}
}

static const char *role_of(const work *w, fria_node *at, const fria_approval *a)
{
	return fria_kept_say(
	    at, FRIA_W_approval_of, "kind", fria_approval_kind_say(a, w->lang),
	    "role", fria_role_title(w->in->roles, a->role, w->lang), NULL);
}

/* "advice of lawyer: positive; 10 March 2026, M. Bakker" */
static const char *title_of(const work *w, fria_node *at,
			    const fria_approval *a)
{
	const char *role = role_of(w, at, a);
	if (a->state == FRIA_APPROVAL_MISSING)
		return fria_kept_format(
		    at, "%s: %s", role,
		    fria_word_text(FRIA_W_approval_missing, w->lang));
	const char *by =
	    who(w, at, a->decided_on ? a->decided_on : a->at,
		a->on_behalf_of ? a->on_behalf_of : a->by, a->reference);
	return fria_kept_format(at, "%s: %s%s%s", role,
				fria_approval_value_say(a, w->lang),
				*by ? "; " : "", by);
}

/* What was said with it. */
static void put_more(const work *w, fria_node *at, const fria_approval *a)
{
	if (a->state == FRIA_APPROVAL_VALID)
		put_line(at, FRIA_W_report_until,
			 part_date(at, a->valid_until));
	put_line(at, FRIA_W_report_note, a->note);
	put_line(at, FRIA_W_report_response, a->response);
	if (w->named && a->evidence)
		fria_node_paragraph_text(at, a->evidence);
	put_conditions(at, a);
	put_risks(at, a);
}

/* lapse: says what lapsed it, as is not said once for all. What was said with
 * one that lapsed stands with the earlier ones. */
static void put_word(const work *w, fria_node *at, const fria_approval *a,
		     bool lapse)
{
	fria_node *note = fria_node_note(at, tone_of(a), title_of(w, at, a));
	if (a->state == FRIA_APPROVAL_LAPSED && lapse)
		fria_node_paragraph_text(note, lapse_of(w, at, &a->because));
	if (a->state != FRIA_APPROVAL_LAPSED)
		put_more(w, note, a);
	if (a->state == FRIA_APPROVAL_RETURNED)
		fria_paragraph_say(note, FRIA_W_approval_asks, NULL);
}

/* --- all --- */

/* What lapsed all that are told, if they are several and alike; else NULL. */
static const char *lapse_of_all(const work *w, fria_node *at)
{
	const fria_approvals *all = &w->e->approvals;
	const char *first = NULL;
	size_t n = 0;
	for (size_t i = 0; i < all->n; i++) {
		if (all->items[i].state != FRIA_APPROVAL_LAPSED ||
		    !is_told(all, i))
			continue;
		const char *one = lapse_of(w, at, &all->items[i].because);
		if (n++ && strcmp(first, one) != 0)
			return NULL;
		first = one;
	}
	return n > 1 ? first : NULL;
}

static void put_last(const work *w, fria_node *at)
{
	const fria_approvals *all = &w->e->approvals;
	const char *lapse = lapse_of_all(w, at);
	if (lapse)
		fria_meta_say(at, FRIA_W_approvals_lapsed, "lapsed", lapse,
			      NULL);
	for (int against = 1; against >= 0; against--)
		for (size_t i = 0; i < all->n; i++)
			if (is_told(all, i) &&
			    fria_approval_against(&all->items[i]) == against)
				put_word(w, at, &all->items[i], !lapse);
}

/* What a role was asked and has not given. */
static void put_requests(const work *w, fria_node *at)
{
	const fria_requests *all = &w->e->requests;
	fria_node *list = NULL;
	for (size_t i = 0; i < all->n; i++) {
		const fria_request *one = &all->items[i];
		if (one->state != FRIA_REQUEST_OPEN)
			continue;
		if (!list)
			fria_paragraph_say(at, FRIA_W_eval_requests, NULL);
		list = list ? list : fria_node_list(at, false);
		fria_node *item = fria_list_item(list);
		const char *by = who(w, item, one->at, one->by, NULL);
		fria_node_badge(
		    item, one->overdue ? FRIA_TONE_STOP : FRIA_TONE_OPEN,
		    fria_role_title(w->in->roles, one->role, w->lang));
		fria_node_text(item, ": ");
		fria_request_say(fria_node_here(item), one, w->lang);
		fria_node_format(item, *by ? "; %s" : "%s", by);
	}
}

/* Those that were replaced, and what was said with those that lapsed. */
static void put_earlier(const work *w, fria_node *at)
{
	const fria_approvals *all = &w->e->approvals;
	fria_node *box = NULL;
	for (size_t i = 0; i < all->n; i++) {
		const fria_approval *a = &all->items[i];
		bool lapsed = a->state == FRIA_APPROVAL_LAPSED;
		bool told = is_told(all, i);
		bool more = a->note || a->response || a->evidence ||
			    fria_conditions_count(a) || fria_residuals_count(a);
		if (a->state == FRIA_APPROVAL_MISSING ||
		    (told && !(lapsed && more)))
			continue;
		if (!box)
			box = fria_details_word(at, FRIA_W_report_replaced,
						false);
		fria_node *note = fria_node_note(box, tone_of(a),
						 told ? role_of(w, at, a)
						      : title_of(w, at, a));
		if (!told && lapsed && !fria_approval_replaced(a))
			fria_node_paragraph_text(note,
						 lapse_of(w, at, &a->because));
		put_more(w, note, a);
	}
}

void fria_words_view(fria_node *at, const fria_evaluation *e,
		     const fria_evaluation_input *in)
{
	const work w = {e, in, fria_node_lang(at), true, true};
	if (!e->approvals.n && !e->requests.n)
		return;
	at = fria_section_word(at, "approvals", FRIA_W_eval_approvals);
	put_last(&w, at);
	put_requests(&w, at);
}

void part_approvals(fria_parts *p, fria_node *at)
{
	const fria_report *r = p->r;
	const work w = {r->evaluation, r->input, r->lang,
			r->audience == FRIA_INTERNAL, false};
	if (!r->evaluation->approvals.n)
		fria_paragraph_say(at, FRIA_W_report_no_approvals, NULL);
	put_last(&w, at);
	put_requests(&w, at);
	put_earlier(&w, at);
}
