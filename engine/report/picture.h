/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * picture: what a template can draw. Each puts a figure with a table that
 * says the same, and gives false (and puts nothing) where there is nothing to
 * draw.
 */
#ifndef FRIA_REPORT_PICTURE_H
#define FRIA_REPORT_PICTURE_H

#include "parts.h"
#include "../document/svg.h"

bool picture_matrix(fria_parts *w, fria_node *at);
/* How far each part of the form is. */
bool picture_progress(fria_parts *w, fria_node *at);
/* State and level over the adopted versions. */
bool picture_development(fria_parts *w, fria_node *at);
/* What rests on what, with what must be judged again. */
bool picture_graph(fria_parts *w, fria_node *at);

/* A score in a row (NULL: outside rows) as a whole number; 0: none. */
size_t part_score_step(const fria_parts *w, const char *key, const char *row);
double part_root(double square);
/* Begins a picture, as a text that the document keeps. */
fria_buf *picture_open(fria_parts *w, fria_node *at, int width, int height,
		       fria_word title, fria_word about);
/* Ends it and puts it there; gives the figure. */
fria_node *picture_close(fria_buf *svg, const fria_parts *w, fria_node *at,
			 fria_word title);

#endif
