/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * places: walking a text once, saying where each value stands. For messages
 * only: parsing itself keeps no positions.
 */
#ifndef FRIA_DATA_PLACES_H
#define FRIA_DATA_PLACES_H

#include "data.h"

/*
 * Called for each value of a text in its order; offsets count bytes. key is
 * where the member's key stands, or the value itself where it is no member.
 * whole: what lies inside the value is not walked (a YAML alias).
 */
typedef void (*fria_place_visit)(void *data, const char *pointer, bool whole,
				 size_t key, size_t value);

/* Both expect text that parses; what comes after an error is not visited. */
void fria_yaml_places(const char *bytes, size_t n, fria_place_visit visit,
		      void *data);
/* Line and column (1-based, in characters) of an offset. */
void fria_place(const char *bytes, size_t offset, size_t *line, size_t *column);

#endif
