/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * svg: shapes and text of a picture, as markup. Every text is escaped here;
 * colours come from the page's style sheet, with their own (picture.svg) for a
 * file that stands alone. Nothing is told by colour only: tints grow darker
 * with the level, so that they differ in grey, and what must be told apart has
 * a pattern or a shape of its own as well.
 */
#ifndef FRIA_DOCUMENT_SVG_H
#define FRIA_DOCUMENT_SVG_H

#include "../base/base.h"

/* Markup of the program's own, that stands in a file: its lines as one. */
void svg_put_file(fria_buf *out, const char *name);
/* Opens a picture of a size, with a title and description for those who do
 * not see it. number makes its ids unique in the page. */
void svg_open(fria_buf *out, size_t number, int width, int height,
	      const char *title, const char *description);
void svg_close(fria_buf *out);

/* How a shape looks: the name of a class in the picture's own style. */
void svg_rect(fria_buf *out, const char *look, double x, double y, double width,
	      double height);
void svg_circle(fria_buf *out, const char *look, double x, double y, double r);
void svg_line(fria_buf *out, const char *look, double x1, double y1, double x2,
	      double y2);
/* A line with a head at its end. */
void svg_arrow(fria_buf *out, const char *look, double x1, double y1, double x2,
	       double y2);
/* A curve that leaves and arrives level. */
void svg_curve(fria_buf *out, const char *look, double x1, double y1, double x2,
	       double y2);
/* anchor: 's'tart, 'm'iddle or 'e'nd at x; y is the baseline. */
void svg_text(fria_buf *out, const char *look, char anchor, double x, double y,
	      const char *text);

#endif
