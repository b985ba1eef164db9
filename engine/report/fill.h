/* SPDX-License-Identifier: EUPL-1.2 */
/* fill: a template under way, and the item of the loop it is in. */
#ifndef FRIA_REPORT_FILL_H
#define FRIA_REPORT_FILL_H

#include "parts.h"
#include "template.h"

typedef enum {
	ITEM_NONE,
	ITEM_TASK,
	ITEM_ROW,
	ITEM_MEASURE,
	ITEM_APPROVAL,
	ITEM_CONDITION,
	ITEM_VERSION,
	ITEM_ELEMENT
} item_kind;

/* The innermost loop's; `row` and `judgement` stay those of loops around. */
typedef struct {
	item_kind kind;
	size_t number; /* from 1 */
	size_t judgement;
	const char *row;
	const fria_measure *measure;
	const fria_approval *approval;
	const char *condition; /* of a decision */
	const fria_report_version *version;
	char letter;
} fill_item;

typedef struct {
	fria_parts parts;
	fill_item item;
	fria_node *sections[5]; /* [0] the body; [1] the open section ... */
	fria_buf text;		/* Markdown not yet put under its node */
} fill;

/* Appends a field's value, plain text. */
void fill_field(const fill *f, fria_buf *out, const fria_strings *words);
/* What {{count}} can count; closed by NULL. */
extern const char *const fill_counts[];
/* Its id, its urn or its file means this questionnaire. */
bool fill_is_instrument(const fria_instrument *instrument, const char *name);
/* The picture by a name; NULL for none. */
typedef bool picture_put(fria_parts *w, fria_node *at);
picture_put *picture_by_name(const char *name);

/* --- filters.c --- */

/* A question that is shown, and that the words after the first choose: all of
 * them, or all up to an "or". */
bool filter_task(const fria_report *report, const fria_judgement *judgement,
		 const fria_strings *words);
bool filter_approval(const fria_approval *approval, const fria_strings *words);

/* --- guard.c: what is concluded about an application --- */

/* The value of "KEY=" among the words from the second; NULL: not given. */
const char *guard_option(const fria_strings *words, const char *key);
/* "ID [of=ASSESSMENT]" after the first word: of the named assessment, else of
 * this one, else of the first that draws it. False: none does. */
bool guard_find(const fria_report *report, const fria_strings *words,
		fria_concluded *out);
/* "ID [of=ASSESSMENT] level=L,...": is it at one of these levels? What nothing
 * concludes, or may not be seen, is unknown. */
bool guard_holds(const fria_report *report, const fria_strings *words);
/* Adds the levels to which it can come here; none: nothing draws it. */
void guard_levels(fria_strings *out, const fria_report *report,
		  const fria_strings *words);
/* The same of the questionnaires that are built in, by the short name of one
 * (NULL: all); id NULL: the ids of their conclusions. */
void guard_built_in(fria_strings *out, const char *of, const char *id);
/* What {{finding}} can tell; closed by one without a code. */
extern const struct guard_finding {
	const char *code;
	fria_word word;
} guard_findings[];

/* --- template_check.c --- */

/* EINPUT, with line and column, for an argument or a filter that cannot be,
 * for the questionnaire of this report. */
int template_check(const template_nodes *nodes, const char *name,
		   const fria_report *report, fria_error *err);

#endif
