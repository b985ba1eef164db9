/* SPDX-License-Identifier: EUPL-1.2 */
/* What migrate.c, which decides where answers go, shares with
 * migrate_value.c, which makes them fit there. */
#ifndef FRIA_MIGRATE_INTERNAL_H
#define FRIA_MIGRATE_INTERNAL_H

#include "living.h"

/* An old answer on its way. */
typedef struct {
	const char *id;	      /* of its question, also one that is unknown */
	size_t task;	      /* in the old instrument, or FRIA_NONE */
	const char *row;      /* NULL outside rows */
	const json_t *answer; /* borrowed from the old assessment */
	size_t uses;	      /* new answers that it went into */
	bool part;	      /* of its options, only some fit this time */
	bool whole;	      /* somewhere all of it found a place */
} fria_piece;

/* The pieces for one new answer. */
typedef struct {
	fria_piece **items;
	size_t n;
} fria_pieces;

/* Where they go. */
typedef struct {
	const fria_migration_input *in;
	fria_choices *choices; /* what could be chosen in the old one */
	fria_lang lang;
	size_t task; /* in the new instrument */
} fria_landing;

/*
 * {"value"} or {"waived"} of the new answer, from the pieces that fit it,
 * which are kept in the list; NULL, and an empty list, if none fits. New.
 */
json_t *fria_migrated_form(const fria_landing *to, fria_pieces *pieces);
/*
 * The basis of the new answer: as the oldest of the pieces was stood for, but
 * for another question. NULL if nobody stood for one of them. New.
 */
json_t *fria_migrated_basis(const fria_landing *to, const fria_pieces *pieces,
			    const json_t *form);

#endif
