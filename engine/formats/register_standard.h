/* SPDX-License-Identifier: EUPL-1.2 */
/* The publication standard as data: what the files on the register share. */
#ifndef FRIA_EXCHANGE_REGISTER_STANDARD_H
#define FRIA_EXCHANGE_REGISTER_STANDARD_H

#include "formats.h"

typedef enum {
	STANDARD_TEXT,
	STANDARD_HTML,	  /* text with a few tags */
	STANDARD_MONTH,	  /* 2026-03 */
	STANDARD_CONTACT, /* mail or web address */
	STANDARD_ADDRESS, /* web address */
	STANDARD_CHOICE,
	STANDARD_CHOICES, /* a list of them */
	STANDARD_LINKS,	  /* a list of {title, link} */
	STANDARD_SERVER	  /* the register fills it in */
} standard_kind;

typedef struct {
	const char *name;
	standard_kind kind;
	size_t limit;  /* characters, without markup; of a link; 0: none */
	size_t title;  /* LINKS: characters of a title; 0: no limit */
	bool required; /* of LINKS: the link of each */
} standard_field;

/* In the standard's order; closed by a NULL name. */
extern const standard_field standard_fields[];
/* What a field takes, one after the other: *at starts at 0; NULL at the end. */
const char *standard_value(const char *field, size_t *at);
/* The value that a text means but for its case and its white space; NULL if it
 * is none. */
const char *standard_choice(const char *field, const char *text);
/* What the register calls an assessment with this instrument. */
const char *standard_test(const fria_instrument *instrument);
/* True if a value says nothing: null, "", markup alone, []. */
bool standard_empty(const json_t *value);
/* http or https with a host. */
bool standard_is_address(const char *text);

#endif
