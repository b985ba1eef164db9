/* SPDX-License-Identifier: EUPL-1.2 */
/* What is measured: a line with its limit, every value in a table, and a form
 * for the next. */
#include "page.h"

#include <stdlib.h>
#include <string.h>

/* Of the picture, and the last measurements that it shows. */
#define WIDE 300.0
#define HIGH 130.0
#define LEFT 20.0
#define RIGHT 250.0
#define TOP 24.0
#define BOTTOM 100.0
#define POINTS 8

typedef struct {
	page *p;
	const char *id;
	const json_t *metric;
	const json_t *shown[POINTS];
	size_t n;
	double low, high;
} card;

static const char *number_of(page *p, const json_t *value)
{
	fria_buf out = FRIA_BUF_INIT;
	fria_number_say(&out, p->lang, json_number_value(value));
	return page_keep(p, fria_buf_detach(&out));
}

static const char *day_of(page *p, const json_t *one)
{
	fria_buf out = FRIA_BUF_INIT;
	fria_date_say(&out, p->lang, fria_json_text(one, "date"));
	return page_keep(p, fria_buf_detach(&out));
}

/* The last that count. */
static void take_points(card *c)
{
	const json_t *series = json_object_get(c->metric, "series");
	const json_t *limit = json_object_get(c->metric, "threshold");
	for (size_t i = json_array_size(series); i && c->n < POINTS; i--) {
		const json_t *one = json_array_get(series, i - 1);
		if (!fria_is_withdrawn(one) &&
		    json_is_number(json_object_get(one, "value")))
			c->shown[POINTS - ++c->n] = one;
	}
	c->low = c->high = json_number_value(limit);
	for (size_t i = POINTS - c->n; i < POINTS; i++) {
		double value =
		    json_number_value(json_object_get(c->shown[i], "value"));
		bool first = !limit && i == POINTS - c->n;
		c->low = first || value < c->low ? value : c->low;
		c->high = first || value > c->high ? value : c->high;
	}
}

/* --- the picture --- */

static double height_of(const card *c, const json_t *value)
{
	double span = c->high - c->low;
	double part =
	    span > 0 ? (json_number_value(value) - c->low) / span : 0.5;
	return BOTTOM - part * (BOTTOM - TOP);
}

static double place_of(const card *c, size_t i)
{
	size_t at = i - (POINTS - c->n);
	return c->n > 1
		   ? LEFT + (RIGHT - LEFT) * (double)at / (double)(c->n - 1)
		   : (LEFT + RIGHT) / 2;
}

static void put_text(const card *c, double x, double y, const char *class,
		     const char *text)
{
	page *p = c->p;
	web_open(&p->w, "text", "x", page_format(p, "%.0f", x), "y",
		 page_format(p, "%.0f", y), "text-anchor", "middle", "class",
		 class, NULL);
	web_text(&p->w, text);
	web_close(&p->w, "text");
}

static void put_across(const card *c, double y, const char *class, double to)
{
	page *p = c->p;
	web_open(&p->w, "path", "class", class, "d",
		 page_format(p, "M%.0f %.1fH%.0f", LEFT - 10, y, to), NULL);
	web_close(&p->w, "path");
}

static void put_points(const card *c)
{
	page *p = c->p;
	for (size_t i = POINTS - c->n; i < POINTS; i++) {
		const json_t *value = json_object_get(c->shown[i], "value");
		bool over = fria_metric_crossed(c->metric, c->shown[i]);
		double x = place_of(c, i), y = height_of(c, value);
		web_open(&p->w, "circle", "class", over ? "dot over" : "dot",
			 "cx", page_format(p, "%.1f", x), "cy",
			 page_format(p, "%.1f", y), "r", "5", NULL);
		web_close(&p->w, "circle");
		put_text(c, x, y - 10, over ? "t-over" : NULL,
			 number_of(p, value));
	}
}

static void put_picture(const card *c)
{
	page *p = c->p;
	const json_t *limit = json_object_get(c->metric, "threshold");
	fria_buf path = FRIA_BUF_INIT;
	if (!c->n)
		return;
	web_open(&p->w, "svg", "viewBox",
		 page_format(p, "0 0 %.0f %.0f", WIDE, HIGH), "role", "img",
		 "aria-label",
		 page_say(p, FRIA_W_web_metric_line, "metric",
			  fria_json_text(c->metric, "name"), NULL),
		 NULL);
	put_across(c, BOTTOM + 12, "axis", RIGHT + 10);
	if (limit) {
		put_across(c, height_of(c, limit), "limit", RIGHT + 10);
		put_text(c, RIGHT + 30, height_of(c, limit) + 4, "t-limit",
			 fria_word_text(FRIA_W_web_metric_limit, p->lang));
	}
	for (size_t i = POINTS - c->n; i < POINTS; i++)
		fria_buf_printf(
		    &path, "%s%.1f %.1f", path.n ? "L" : "M", place_of(c, i),
		    height_of(c, json_object_get(c->shown[i], "value")));
	web_open(&p->w, "path", "class", "series", "d", path.text, NULL);
	web_close(&p->w, "path");
	put_points(c);
	web_close(&p->w, "svg");
	fria_buf_dispose(&path);
}

/* --- the values --- */

static void put_row(page *p, const json_t *metric, const json_t *one)
{
	bool withdrawn = fria_is_withdrawn(one);
	web_open(&p->w, "tr", NULL);
	web_put(&p->w, "td", NULL, day_of(p, one));
	web_put(&p->w, "td", "n", number_of(p, json_object_get(one, "value")));
	web_put(&p->w, "td", NULL,
		withdrawn ? fria_word_text(FRIA_W_web_metric_withdrawn, p->lang)
		: fria_metric_crossed(metric, one)
		    ? fria_word_text(FRIA_W_web_metric_over, p->lang)
		    : "");
	web_close(&p->w, "tr");
}

static void put_table(const card *c)
{
	static const fria_word heads[] = {FRIA_W_web_metric_day,
					  FRIA_W_web_metric_value,
					  FRIA_W_web_metric_what};
	page *p = c->p;
	size_t i;
	json_t *one, *series = json_object_get(c->metric, "series");
	if (!json_array_size(series))
		return;
	web_open(&p->w, "details", "class", "fold", NULL);
	web_word(&p->w, "summary", NULL, FRIA_W_web_metric_table);
	web_open(&p->w, "table", "class", "list wide", NULL);
	web_open(&p->w, "thead", NULL);
	web_open(&p->w, "tr", NULL);
	for (i = 0; i < sizeof heads / sizeof *heads; i++) {
		web_open(&p->w, "th", "scope", "col", NULL);
		web_say(&p->w, heads[i], NULL);
		web_close(&p->w, "th");
	}
	web_close(&p->w, "tr");
	web_close(&p->w, "thead");
	web_open(&p->w, "tbody", NULL);
	json_array_foreach(series, i, one)
		put_row(p, c->metric, one);
	web_close(&p->w, "tbody");
	web_close(&p->w, "table");
	web_close(&p->w, "details");
}

static const char *sent(const card *c, const char *name)
{
	const char *metric = page_field(c->p, "meting");
	return metric && !strcmp(metric, c->id) ? page_field(c->p, name) : NULL;
}

static void put_form(const card *c)
{
	page *p = c->p;
	web_open(&p->w, "details", "class", "fold", "open",
		 sent(c, "meting") ? "" : NULL, NULL);
	web_word(&p->w, "summary", NULL, FRIA_W_web_metric_fill);
	page_form(p, page_at(p, "a/%s", p->parts[0]));
	web_void(&p->w, "input", "type", "hidden", "name", "meting", "value",
		 c->id, NULL);
	for (size_t i = 0; i < 2; i++) {
		const char *name = i ? "datum" : "waarde";
		const char *id = page_format(p, "%s-%s", name, c->id);
		web_open(&p->w, "div", "class", "field", NULL);
		web_open(&p->w, "label", "for", id, NULL);
		web_say(&p->w,
			i ? FRIA_W_web_metric_when : FRIA_W_web_metric_measured,
			"unit", fria_json_text(c->metric, "unit"), NULL);
		web_close(&p->w, "label");
		web_void(&p->w, "input", "type", "text", "id", id, "name", name,
			 "value", sent(c, name), NULL);
		web_close(&p->w, "div");
	}
	page_button(p, "meting", false, FRIA_W_web_record_word);
	web_close(&p->w, "form");
	web_close(&p->w, "details");
}

/* What it came to, what was agreed, and when it is to be measured next. */
static void put_words(const card *c)
{
	page *p = c->p;
	const json_t *limit = json_object_get(c->metric, "threshold");
	const json_t *last = c->n ? c->shown[POINTS - 1] : NULL;
	const char *unit = fria_json_text(c->metric, "unit");
	const char *side = fria_json_text(c->metric, "direction");
	const char *every = fria_json_text(c->metric, "every");
	fria_duration step;
	fria_time due = 0;
	web_open(&p->w, "p", "class", "small soft", NULL);
	if (last)
		web_say(&p->w, FRIA_W_web_metric_last, "value",
			number_of(p, json_object_get(last, "value")), "unit",
			unit ? unit : "", "day", day_of(p, last), NULL);
	else
		web_say(&p->w, FRIA_W_web_metric_never, NULL);
	web_text(&p->w, " ");
	if (limit)
		web_say(&p->w,
			side && !strcmp(side, "min") ? FRIA_W_web_metric_min
						     : FRIA_W_web_metric_max,
			"limit", number_of(p, limit), NULL);
	if (last && every && fria_duration_parse(&step, every) &&
	    fria_time_parse(&due, fria_json_text(last, "date"))) {
		fria_buf day = FRIA_BUF_INIT;
		due = fria_time_add(due, step);
		fria_day_say(&day, p->lang, due);
		web_text(&p->w, " ");
		web_say(&p->w, FRIA_W_web_metric_next, "day", day.text, NULL);
		fria_buf_dispose(&day);
	}
	web_close(&p->w, "p");
	if (due && due < fria_session_day(&p->session))
		web_badge(&p->w, FRIA_TONE_STOP, FRIA_W_web_metric_late);
}

static void put_card(page *p, const char *id, const json_t *metric)
{
	card c = {.p = p, .id = id, .metric = metric};
	const char *name = fria_json_text(metric, "name");
	take_points(&c);
	web_open(&p->w, "div", "class", "sheet", NULL);
	web_put(&p->w, "h3", NULL, name ? name : id);
	if (c.n && fria_metric_crossed(metric, c.shown[POINTS - 1]))
		web_badge(&p->w, FRIA_TONE_AGAIN, FRIA_W_web_metric_over);
	put_words(&c);
	put_picture(&c);
	put_table(&c);
	if (p->who->rights & SERVE_WRITE)
		put_form(&c);
	web_close(&p->w, "div");
}

void page_put_metrics(page *p, const json_t *application)
{
	json_t *all = json_object_get(application, "monitoring"), *one;
	const char *id;
	if (!json_object_size(all))
		return;
	web_open(&p->w, "section", "class", "part", "id", "metingen", NULL);
	web_word(&p->w, "h2", NULL, FRIA_W_web_metrics);
	web_word(&p->w, "p", NULL, FRIA_W_web_metrics_lead);
	web_open(&p->w, "div", "class", "metrics", NULL);
	json_object_foreach(all, id, one)
		put_card(p, id, one);
	web_close(&p->w, "div");
	web_close(&p->w, "section");
}
