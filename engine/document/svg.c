/* SPDX-License-Identifier: EUPL-1.2 */
/* Shapes of pictures, as SVG markup. */
#include "svg.h"

#include <math.h>
#include <stdlib.h>

/*
 * Tints grow darker with the level, so that they differ in grey; what must be
 * told apart has a pattern or a shape of its own as well.
 */
static const char style[] =
    "<style>"
    ".f text{font:14px \"Source Sans 3\",\"Segoe UI\",system-ui,sans-serif;"
    "fill:var(--ink,#1b1f24)}"
    ".f .small{font-size:12px}.f .quiet{fill:var(--quiet,#51585f)}"
    ".f .bold{font-weight:700}"
    ".f .frame{fill:none;stroke:var(--line,#b5bdc5);stroke-width:1}"
    ".f .axis{stroke:var(--quiet,#51585f);stroke-width:1}"
    ".f .edge{fill:none;stroke:var(--line,#b5bdc5);stroke-width:1}"
    ".f .edge-hot{fill:none;stroke:var(--again,#8a4b00);stroke-width:1.6}"
    ".f .move{fill:none;stroke:var(--ink,#1b1f24);stroke-width:1.5}"
    ".f .level1{fill:var(--paper,#fff);stroke:var(--line,#b5bdc5)}"
    ".f .level2{fill:rgba(138,75,0,.14);stroke:var(--line,#b5bdc5)}"
    ".f .level3{fill:rgba(138,75,0,.34);stroke:var(--line,#b5bdc5)}"
    ".f .level4{fill:rgba(161,27,27,.50);stroke:var(--line,#b5bdc5)}"
    ".f .before{fill:var(--paper,#fff);stroke:var(--ink,#1b1f24);"
    "stroke-dasharray:3 2;stroke-width:1.5}"
    ".f .after{fill:var(--paper,#fff);stroke:var(--ink,#1b1f24);"
    "stroke-width:1.5}"
    ".f .now{fill:none;stroke:var(--ink,#1b1f24);stroke-width:4}"
    ".f .done{fill:var(--good,#1c6b3a)}"
    ".f .waived{fill:url(#fria-hatch);stroke:var(--quiet,#51585f)}"
    ".f .open{fill:var(--paper,#fff);stroke:var(--quiet,#51585f)}"
    ".f .stale{fill:url(#fria-dense);stroke:var(--again,#8a4b00)}"
    ".f .suspect{fill:url(#fria-dots);stroke:var(--doubt,#5b4a8a)}"
    ".f .node{fill:var(--paper,#fff);stroke:var(--quiet,#51585f)}"
    ".f .node-stale{fill:var(--paper,#fff);stroke:var(--again,#8a4b00);"
    "stroke-width:3}"
    ".f .node-suspect{fill:var(--paper,#fff);stroke:var(--doubt,#5b4a8a);"
    "stroke-width:2;stroke-dasharray:4 2}"
    ".f .step{fill:none;stroke:var(--accent,#154273);stroke-width:3}"
    ".f .inverse{fill:var(--paper,#fff)}"
    "</style>";

/* Patterns that stay apart without colour. */
static const char patterns[] =
    "<defs>"
    "<marker id=\"fria-head\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" "
    "markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\">"
    "<path d=\"M0 0l8 4-8 4z\" fill=\"currentColor\"/></marker>"
    "<pattern id=\"fria-hatch\" width=\"6\" height=\"6\" "
    "patternUnits=\"userSpaceOnUse\"><path d=\"M0 6L6 0\" "
    "stroke=\"currentColor\" stroke-width=\".8\"/></pattern>"
    "<pattern id=\"fria-dense\" width=\"4\" height=\"4\" "
    "patternUnits=\"userSpaceOnUse\"><path d=\"M0 0L4 4M0 4L4 0\" "
    "stroke=\"currentColor\" stroke-width=\".9\"/></pattern>"
    "<pattern id=\"fria-dots\" width=\"6\" height=\"6\" "
    "patternUnits=\"userSpaceOnUse\"><circle cx=\"3\" cy=\"3\" r=\"1\" "
    "fill=\"currentColor\"/></pattern>"
    "</defs>";

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
	fria_buf_puts(out, style);
	fria_buf_puts(out, patterns);
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
