/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What roles said, as it stands: the last word of each, what is still missing,
 * and of a word that lapsed through what, by the number under which that is
 * told. Every earlier word is in the history.
 */
#include "parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
static void say_who(fria_buf *out, const fria_approval *a,
		    const fria_evaluation_input *in, fria_lang lang)
{
	const char *by =
	    a->on_behalf_of ? a->on_behalf_of : fria_shown(in, a->by);
	part_day(out, a->decided_on ? a->decided_on : a->at, lang);
	if (by)
		fria_buf_printf(out, "%s%.*s", out->n ? ", " : "",
				(int)fria_person_length(by), by);
	if (a->reference)
		fria_buf_printf(out, " (%s)", a->reference);
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

static void say_lapse(fria_buf *out, const fria_evaluation *e,
		      const fria_lapses *because, fria_lang lang)
{
	size_t *numbers = part_cause_numbers(e);
	bool *marked = fria_calloc(e->causes.n + 2, sizeof *marked);
	fria_buf told = FRIA_BUF_INIT;
	fria_say(out, lang, fria_lapsed_word(because), NULL);
	size_t plain = out->n;
	for (size_t i = 0; i < because->n; i++) {
		size_t cause = told_at(e, &because->items[i]);
		if (cause != FRIA_NONE) {
			marked[numbers[cause]] = true;
			continue;
		}
		fria_buf_puts(out, out->n == plain ? ": " : "; ");
		fria_lapse_say(out, &because->items[i], lang);
	}
	part_numbers(&told, marked, e->causes.n);
	if (told.n)
		fria_buf_printf(out, out->n == plain ? " %s" : "; %s",
				told.text);
	fria_buf_dispose(&told);
	free(numbers);
	free(marked);
}

/* lapsed: what lapsed it; NULL: it did not, or that is said once for all. */
static void put_word(fria_node *list, const fria_evaluation_input *in,
		     const fria_approval *a, const char *lapsed, fria_lang lang)
{
	static const fria_tone tones[] = {
	    [FRIA_APPROVAL_VALID] = FRIA_TONE_GOOD,
	    [FRIA_APPROVAL_LAPSED] = FRIA_TONE_AGAIN,
	    [FRIA_APPROVAL_RETURNED] = FRIA_TONE_DOUBT,
	    [FRIA_APPROVAL_MISSING] = FRIA_TONE_OPEN};
	fria_buf text = FRIA_BUF_INIT;
	fria_node *item = fria_list_item(list);
	fria_say(&text, lang, FRIA_W_approval_of, "kind",
		 fria_approval_kind_say(a, lang), "role",
		 fria_role_title(in->roles, a->role, lang), NULL);
	fria_node_badge(item, tones[a->state], text.text);
	fria_node_text(item, ": ");
	if (a->state == FRIA_APPROVAL_MISSING) {
		fria_node_say(item, FRIA_W_approval_missing, NULL);
		fria_buf_dispose(&text);
		return;
	}
	fria_node_text(item, fria_approval_value_say(a, lang));
	fria_buf_clear(&text);
	fria_buf_puts(&text, "; ");
	say_who(&text, a, in, lang);
	fria_node_text(item, text.text);
	if (lapsed) {
		fria_node_text(item, "; ");
		fria_node_text(item, lapsed);
	} else if (a->state != FRIA_APPROVAL_LAPSED && a->note) {
		fria_node_text(item, "\n");
		fria_node_text(item, a->note);
	}
	if (a->state == FRIA_APPROVAL_RETURNED) {
		fria_node_text(item, " ");
		fria_node_say(item, FRIA_W_approval_asks, NULL);
	}
	if (a->state == FRIA_APPROVAL_VALID && a->response) {
		fria_node_text(item, "\n");
		fria_node_text(item, a->response);
	}
	if (a->state == FRIA_APPROVAL_VALID && a->evidence) {
		fria_node_text(item, "\n");
		fria_node_text(item, a->evidence);
	}
	fria_buf_dispose(&text);
}

/* Told here: not what was said again, nor what must be said again. */
static bool is_told(const fria_approvals *all, size_t at)
{
	const fria_approval *one = &all->items[at];
	return one->state == FRIA_APPROVAL_MISSING
		   ? !is_said(all, one)
		   : !fria_approval_replaced(one) && is_last(all, at);
}

bool fria_words_view(fria_node *at, const fria_evaluation *e,
		     const fria_evaluation_input *in, fria_lang lang)
{
	const fria_approvals *all = &e->approvals;
	fria_node *section = NULL, *list = NULL;
	fria_buf *lapsed = fria_calloc(all->n + 1, sizeof *lapsed);
	size_t last = FRIA_NONE, count = 0;
	bool whole = true, alike = true;
	for (size_t i = 0; i < all->n; i++) {
		whole = whole && all->items[i].state != FRIA_APPROVAL_MISSING;
		if (!is_told(all, i) ||
		    all->items[i].state != FRIA_APPROVAL_LAPSED)
			continue;
		say_lapse(&lapsed[i], e, &all->items[i].because, lang);
		alike = alike && (last == FRIA_NONE ||
				  !strcmp(lapsed[last].text, lapsed[i].text));
		last = i;
		count++;
	}
	alike = alike && count > 1;
	for (size_t i = 0; i < all->n; i++) {
		if (!is_told(all, i))
			continue;
		if (!section)
			section = fria_node_section(
			    at, "approvals",
			    fria_word_text(FRIA_W_eval_approvals, lang));
		if (!list && alike)
			fria_node_say(fria_node_meta(section),
				      FRIA_W_approvals_lapsed, "lapsed",
				      lapsed[last].text, NULL);
		if (!list)
			list = fria_node_list(section, false);
		put_word(list, in, &all->items[i],
			 lapsed[i].n && !alike ? lapsed[i].text : NULL, lang);
	}
	for (size_t i = 0; i < all->n; i++)
		fria_buf_dispose(&lapsed[i]);
	free(lapsed);
	return whole;
}
