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
	const json_t *json; /* of an approval, of a condition */
	const fria_report_version *version;
	char letter;
} fill_item;

typedef struct {
	fria_parts parts;
	const char *name; /* of the template */
	fill_item item;
	fria_node *sections[5]; /* [0] the body; [1] the open section ... */
	fria_buf text;		/* Markdown not yet put under its node */
	fria_error *err;
} fill;

/* Appends a field's value, plain text. */
void fill_field(const fill *f, fria_buf *out, const fria_strings *words);

#endif
