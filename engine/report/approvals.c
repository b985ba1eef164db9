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

/* A role that lost its word and must give it again is told once. */
static bool is_said(const fria_approvals *all, const fria_approval *missing)
{
	for (size_t i = 0; i < all->n; i++) {
		const fria_approval *one = &all->items[i];
		if (one->state != FRIA_APPROVAL_MISSING &&
		    !fria_approval_replaced(one) &&
		    !strcmp(one->role, missing->role))
			return true;
	}
	return false;
}

/* The last of a role that says something. */
static bool is_last(const fria_approvals *all, size_t at)
{
	for (size_t i = at + 1; i < all->n; i++)
		if (all->items[i].state != FRIA_APPROVAL_MISSING &&
		    !fria_approval_replaced(&all->items[i]) &&
		    !strcmp(all->items[i].role, all->items[at].role))
			return false;
	return true;
}

/* "10 maart 2026, het college (Z-2026-01873)" */
static void say_who(const work *w, fria_buf *out, const char *moment,
		    const char *by, const char *reference)
{
	by = w->named ? fria_shown(w->in, by) : NULL;
	part_day(out, moment, w->lang);
	if (by)
		fria_buf_printf(out, "%s%.*s", out->n ? ", " : "",
				(int)fria_person_length(by), by);
	if (reference)
		fria_buf_printf(out, " (%s)", reference);
}

/* Where a lapse is told: the cause of the fact, or of the answer. */
static size_t told_at(const fria_evaluation *e, const fria_lapse *lapse)
{
	for (size_t i = 0; i < e->causes.n; i++) {
		const fria_cause *c = &e->causes.items[i];
		bool fact =
		    lapse->kind == FRIA_LAPSE_FACT && c->kind == FRIA_BY_FACT;
		bool answer = lapse->kind == FRIA_LAPSE_ANSWER &&
			      c->kind == FRIA_BY_ANSWER;
		if ((fact || answer) && lapse->what &&
		    !strcmp(lapse->what, c->what))
			return i;
	}
	return FRIA_NONE;
}

static void say_lapse(const work *w, fria_buf *out, const fria_lapses *because)
{
	const fria_evaluation *e = w->e;
	size_t *numbers = fria_cause_numbers(e);
	bool *marked = fria_calloc(e->causes.n + 2, sizeof *marked);
	bool *told = fria_calloc(because->n + 1, sizeof *told);
	fria_buf places = FRIA_BUF_INIT, rest = FRIA_BUF_INIT;
	for (size_t i = 0; i < because->n; i++) {
		size_t cause =
		    w->told ? told_at(e, &because->items[i]) : FRIA_NONE;
		told[i] = cause != FRIA_NONE;
		if (told[i])
			marked[numbers[cause]] = true;
	}
	fria_say(out, w->lang, fria_lapsed_word(because), NULL);
	part_numbers(&places, marked, e->causes.n);
	fria_lapses_say(&rest, because, told, w->lang);
	if (places.n)
		fria_buf_printf(out, " %s", places.text);
	if (rest.n)
		fria_buf_printf(out, places.n ? "; %s" : ": %s", rest.text);
	fria_buf_dispose(&places);
	fria_buf_dispose(&rest);
	free(numbers);
	free(marked);
	free(told);
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
		fria_node_say(fria_node_paragraph(note), word, "text", text,
			      NULL);
}

static void put_conditions(fria_node *note, const fria_approval *a)
{
	if (!fria_conditions_count(a))
		return;
	fria_node_say(fria_node_paragraph(note), FRIA_W_report_conditions,
		      NULL);
	fria_node *list = fria_node_list(note, false);
	for (size_t i = 0; i < fria_conditions_count(a); i++) {
		const char *text = fria_condition_at(a, i);
		fria_node_text(fria_list_item(list), text ? text : "");
	}
}

/* "accepted: text (reason)" for each residual risk. */
static void put_risks(fria_node *note, const fria_approval *a)
{
	if (!fria_residuals_count(a))
		return;
	fria_node_say(fria_node_paragraph(note), FRIA_W_report_residual, NULL);
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

static void say_role(const work *w, fria_buf *out, const fria_approval *a)
{
	fria_say(out, w->lang, FRIA_W_approval_of, "kind",
		 fria_approval_kind_say(a, w->lang), "role",
		 fria_role_title(w->in->roles, a->role, w->lang), NULL);
}

/* "advice of lawyer: positive; 10 March 2026, M. Bakker" */
static void say_title(const work *w, fria_buf *out, const fria_approval *a)
{
	bool missing = a->state == FRIA_APPROVAL_MISSING;
	fria_buf who = FRIA_BUF_INIT;
	say_role(w, out, a);
	fria_buf_printf(out, ": %s",
			missing
			    ? fria_word_text(FRIA_W_approval_missing, w->lang)
			    : fria_approval_value_say(a, w->lang));
	if (!missing)
		say_who(w, &who, a->decided_on ? a->decided_on : a->at,
			a->on_behalf_of ? a->on_behalf_of : a->by,
			a->reference);
	if (who.n)
		fria_buf_printf(out, "; %s", who.text);
	fria_buf_dispose(&who);
}

static bool has_more(const fria_approval *a)
{
	return a->note || a->response || a->evidence ||
	       fria_conditions_count(a) || fria_residuals_count(a);
}

/* What was said with it. */
static void put_more(const work *w, fria_node *at, const fria_approval *a)
{
	fria_buf until = FRIA_BUF_INIT;
	if (a->state == FRIA_APPROVAL_VALID)
		part_day(&until, a->valid_until, w->lang);
	put_line(at, FRIA_W_report_until, until.text);
	put_line(at, FRIA_W_report_note, a->note);
	put_line(at, FRIA_W_report_response, a->response);
	if (w->named && a->evidence)
		fria_node_paragraph_text(at, a->evidence);
	put_conditions(at, a);
	put_risks(at, a);
	fria_buf_dispose(&until);
}

/* lapsed: what lapsed it; NULL: it did not, or that is said once for all. What
 * was said with one that lapsed stands with the earlier ones. */
static void put_word(const work *w, fria_node *at, const fria_approval *a,
		     const char *lapsed)
{
	fria_buf title = FRIA_BUF_INIT;
	say_title(w, &title, a);
	fria_node *note = fria_node_note(at, tone_of(a), title.text);
	if (lapsed)
		fria_node_paragraph_text(note, lapsed);
	if (a->state != FRIA_APPROVAL_LAPSED)
		put_more(w, note, a);
	if (a->state == FRIA_APPROVAL_RETURNED)
		fria_node_say(fria_node_paragraph(note), FRIA_W_approval_asks,
			      NULL);
	fria_buf_dispose(&title);
}

/* --- all --- */

/* Told among the last: not what was said again, nor what must be. */
static bool is_told(const fria_approvals *all, size_t at)
{
	const fria_approval *one = &all->items[at];
	return one->state == FRIA_APPROVAL_MISSING
		   ? !is_said(all, one)
		   : !fria_approval_replaced(one) && is_last(all, at);
}

/* What lapsed each that is told, and whether it is the same for several. New.
 */
static fria_buf *find_lapsed(const work *w, bool *alike)
{
	const fria_approvals *all = &w->e->approvals;
	fria_buf *lapsed = fria_calloc(all->n + 1, sizeof *lapsed);
	const char *first = NULL;
	size_t count = 0;
	*alike = true;
	for (size_t i = 0; i < all->n; i++) {
		if (all->items[i].state != FRIA_APPROVAL_LAPSED)
			continue;
		say_lapse(w, &lapsed[i], &all->items[i].because);
		if (!is_told(all, i))
			continue;
		first = first ? first : lapsed[i].text;
		*alike = *alike && !strcmp(first, lapsed[i].text);
		count++;
	}
	*alike = *alike && count > 1;
	return lapsed;
}

static void put_last(const work *w, fria_node *at, const fria_buf *lapsed,
		     bool alike)
{
	const fria_approvals *all = &w->e->approvals;
	bool said = !alike;
	for (size_t i = 0; i < all->n; i++)
		if (!said && lapsed[i].n && is_told(all, i)) {
			fria_node_say(fria_node_meta(at),
				      FRIA_W_approvals_lapsed, "lapsed",
				      lapsed[i].text, NULL);
			said = true;
		}
	for (int against = 1; against >= 0; against--)
		for (size_t i = 0; i < all->n; i++)
			if (is_told(all, i) &&
			    fria_approval_against(&all->items[i]) == against)
				put_word(w, at, &all->items[i],
					 lapsed[i].n && !alike ? lapsed[i].text
							       : NULL);
}

/* What a role was asked and has not given. */
static void put_requests(const work *w, fria_node *at)
{
	const fria_requests *all = &w->e->requests;
	fria_node *list = NULL;
	for (size_t i = 0; i < all->n; i++) {
		const fria_request *one = &all->items[i];
		fria_buf text = FRIA_BUF_INIT;
		if (one->state != FRIA_REQUEST_OPEN)
			continue;
		if (!list) {
			fria_node_say(fria_node_paragraph(at),
				      FRIA_W_eval_requests, NULL);
			list = fria_node_list(at, false);
		}
		fria_node *item = fria_list_item(list);
		fria_node_badge(
		    item, one->overdue ? FRIA_TONE_STOP : FRIA_TONE_OPEN,
		    fria_role_title(w->in->roles, one->role, w->lang));
		fria_request_say(&text, one, w->lang);
		fria_node_text(item, ": ");
		fria_node_text(item, text.text);
		fria_buf_clear(&text);
		say_who(w, &text, one->at, one->by, NULL);
		fria_node_text(item, text.n ? "; " : "");
		fria_node_text(item, text.text);
		fria_buf_dispose(&text);
	}
}

/* Those that were replaced, and what was said with those that lapsed. */
static void put_earlier(const work *w, fria_node *at, const fria_buf *lapsed)
{
	const fria_approvals *all = &w->e->approvals;
	fria_node *box = NULL;
	for (size_t i = 0; i < all->n; i++) {
		const fria_approval *a = &all->items[i];
		bool told = is_told(all, i);
		fria_buf title = FRIA_BUF_INIT;
		if (a->state == FRIA_APPROVAL_MISSING ||
		    (told &&
		     (a->state != FRIA_APPROVAL_LAPSED || !has_more(a))))
			continue;
		if (!box)
			box = fria_node_details(
			    at, fria_word_text(FRIA_W_report_replaced, w->lang),
			    false);
		if (told)
			say_role(w, &title, a);
		else
			say_title(w, &title, a);
		fria_node *note = fria_node_note(box, tone_of(a), title.text);
		if (!told && lapsed[i].n && !fria_approval_replaced(a))
			fria_node_paragraph_text(note, lapsed[i].text);
		put_more(w, note, a);
		fria_buf_dispose(&title);
	}
}

static void put_words(const work *w, fria_node *at, bool earlier)
{
	bool alike;
	fria_buf *lapsed = find_lapsed(w, &alike);
	put_last(w, at, lapsed, alike);
	put_requests(w, at);
	if (earlier)
		put_earlier(w, at, lapsed);
	for (size_t i = 0; i < w->e->approvals.n; i++)
		fria_buf_dispose(&lapsed[i]);
	free(lapsed);
}

void fria_words_view(fria_node *at, const fria_evaluation *e,
		     const fria_evaluation_input *in, fria_lang lang)
{
	const work w = {e, in, lang, true, true};
	if (e->approvals.n || e->requests.n)
		put_words(&w,
			  fria_node_section(
			      at, "approvals",
			      fria_word_text(FRIA_W_eval_approvals, lang)),
			  false);
}

void part_approvals(fria_parts *p, fria_node *at)
{
	const fria_report *r = p->r;
	const work w = {r->evaluation, r->input, r->lang,
			r->audience == FRIA_INTERNAL, false};
	if (!r->evaluation->approvals.n)
		fria_node_paragraph_text(
		    at, fria_word_text(FRIA_W_report_no_approvals, r->lang));
	put_words(&w, at, true);
}
