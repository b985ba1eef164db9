/* SPDX-License-Identifier: EUPL-1.2 */
/* Shapes of pictures, as SVG markup. */
#include "svg.h"

#include <math.h>
#include <stdlib.h>

void svg_put_file(fria_buf *out, const char *name)
{
	size_t n = 0;
	const char *text = fria_embedded(name, &n);
	for (size_t i = 0; i < n; i++)
		if (text[i] != '\n')
			fria_buf_putc(out, text[i]);
}

void svg_open(fria_buf *out, size_t number, int width, int height,
	      const char *title, const char *description)
{
	fria_buf_printf(out,
			"<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"f\" "
			"viewBox=\"0 0 %d %d\" role=\"img\" "
			"aria-labelledby=\"fria-p-%zu fria-d-%zu\">"
			"<title id=\"fria-p-%zu\">",
			width, height, number, number, number);
	fria_put_xml(out, title);
	fria_buf_printf(out, "</title><desc id=\"fria-d-%zu\">", number);
	fria_put_xml(out, description);
	fria_buf_puts(out, "</desc>");
	svg_put_file(out, "engine/document/picture.svg");
}

void svg_close(fria_buf *out)
{
	fria_buf_puts(out, "</svg>\n");
}

/* One decimal at most, with a point in every locale. */
static void put_number(fria_buf *out, const char *name, double value)
{
	long tenths = lround(value * 10);
	const char *sign = tenths < 0 ? "-" : "";
	tenths = labs(tenths);
	if (tenths % 10)
		fria_buf_printf(out, " %s=\"%s%ld.%ld\"", name, sign,
				tenths / 10, tenths % 10);
	else
		fria_buf_printf(out, " %s=\"%s%ld\"", name, sign, tenths / 10);
}

void svg_rect(fria_buf *out, const char *look, double x, double y, double width,
	      double height)
{
	fria_buf_printf(out, "<rect class=\"%s\"", look);
	put_number(out, "x", x);
	put_number(out, "y", y);
	put_number(out, "width", width);
	put_number(out, "height", height);
	fria_buf_puts(out, "/>");
}

void svg_circle(fria_buf *out, const char *look, double x, double y, double r)
{
	fria_buf_printf(out, "<circle class=\"%s\"", look);
	put_number(out, "cx", x);
	put_number(out, "cy", y);
	put_number(out, "r", r);
	fria_buf_puts(out, "/>");
}

static void line(fria_buf *out, const char *look, double x1, double y1,
		 double x2, double y2, const char *more)
{
	fria_buf_printf(out, "<line class=\"%s\"", look);
	put_number(out, "x1", x1);
	put_number(out, "y1", y1);
	put_number(out, "x2", x2);
	put_number(out, "y2", y2);
	fria_buf_printf(out, "%s/>", more);
}

void svg_line(fria_buf *out, const char *look, double x1, double y1, double x2,
	      double y2)
{
	line(out, look, x1, y1, x2, y2, "");
}

void svg_arrow(fria_buf *out, const char *look, double x1, double y1, double x2,
	       double y2)
{
	line(out, look, x1, y1, x2, y2, " marker-end=\"url(#fria-head)\"");
}

void svg_curve(fria_buf *out, const char *look, double x1, double y1, double x2,
	       double y2)
{
	double middle = (x1 + x2) / 2;
	fria_buf_printf(out,
			"<path class=\"%s\" d=\"M%ld %ldC%ld %ld %ld %ld "
			"%ld %ld\"/>",
			look, lround(x1), lround(y1), lround(middle),
			lround(y1), lround(middle), lround(y2), lround(x2),
			lround(y2));
}

void svg_text(fria_buf *out, const char *look, char anchor, double x, double y,
	      const char *text)
{
	fria_buf_printf(out, "<text class=\"%s\" text-anchor=\"%s\"", look,
			anchor == 'm'	? "middle"
			: anchor == 'e' ? "end"
					: "start");
	put_number(out, "x", x);
	put_number(out, "y", y);
	fria_buf_putc(out, '>');
	fria_put_xml(out, text);
	fria_buf_puts(out, "</text>");
}
