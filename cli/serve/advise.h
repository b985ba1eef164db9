/* SPDX-License-Identifier: EUPL-1.2 */
/* Who speaks for a role: what all of them are asked (page_decide.c), and what
 * an adviser reads before it (page_review.c). */
#ifndef FRIA_SERVE_ADVISE_H
#define FRIA_SERVE_ADVISE_H

#include "page.h"

/* The roles of the workspace. Borrowed. */
const json_t *advise_roles(const page *p);
/* What was typed; NULL for nothing but space. Borrowed. */
const char *advise_filled(const page *p, const char *name);
/* The page of an assessment for who speaks; error: what was not recorded, with
 * what is missing for a version, each after "\n- " (or NULL). */
int advise_show(page *p, const char *error, const char *missing,
		fria_error *err);

/* What is asked, with a message about it, and a form to ask (page_ask.c). */
void ask_put(const page_look *look);

/* The role's last word as it was recorded, a question back being none; NULL: it
 * has not spoken. Borrowed from the assessment. */
const json_t *advise_last(const page_look *look, const char *role);
/* "positive, with remarks": as it is printed. */
const char *advise_value(const page *p, const json_t *word);

/*
 * In the form of the word: what changed since the role spoke, in the order in
 * which it is read, with marks for what was seen; and three of the answers that
 * were confirmed unchanged, drawn by the content.
 */
void review_put(const page_look *look, const char *content);
/* In the form of a decision: what it comes to, then and now, what others said
 * and who sees it otherwise (page_director.c). */
void director_put(const page_look *look);
/* What is missing for a version, each a link to where it is done; how many. */
size_t advise_put_missing(const page_look *look);

/* What was marked on that page is kept for who sent it, apart from the
 * documents. */
int review_keep(page *p, fria_error *err);
/* In a deed: a comment at each answer of the three that was not agreed with;
 * *n: how many. EINPUT where it is not said what is wrong. */
int review_comment(page *p, size_t *n, fria_error *err);

#endif
