/* SPDX-License-Identifier: EUPL-1.2 */
/* Pictures of how far an assessment is, and how it developed over versions. */
#include "picture.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

size_t part_score_step(const fria_parts *w, const char *key, const char *row)
{
	long long step =
	    fria_score_step(fria_score_find(w->r->evaluation, key, row));
	return step > 0 ? (size_t)step : 0;
}

double part_root(double square)
{
	return sqrt(square);
}

fria_buf *picture_open(fria_parts *w, fria_node *at, int width, int height,
		       fria_word title, fria_word about)
{
	fria_buf *svg = fria_kept_text(at);
	svg_open(svg, fria_document_picture_count(w->doc) + 1, width, height,
		 fria_word_text(title, w->r->lang),
		 fria_word_text(about, w->r->lang));
	return svg;
}

fria_node *picture_close(fria_buf *svg, const fria_parts *w, fria_node *at,
			 fria_word title)
{
	svg_close(svg);
	return fria_node_figure_raw(at, fria_word_text(title, w->r->lang),
				    svg->text);
}

/* --- progress by part --- */

static const struct {
	fria_state state;
	const char *look;
} kinds[] = {{FRIA_ANSWERED, "done"},
	     {FRIA_WAIVED, "waived"},
	     {FRIA_STALE, "stale"},
	     {FRIA_SUSPECT, "suspect"},
	     {FRIA_OPEN, "open"}};
#define KINDS (sizeof kinds / sizeof *kinds)

typedef struct {
	size_t task;
	size_t n[KINDS];
	size_t total;
} share;

static size_t count_shares(const fria_parts *w, share *shares)
{
	const fria_evaluation *e = w->r->evaluation;
	size_t n = 0;
	for (size_t i = 0; i < e->n; i++) {
		const fria_judgement *j = &e->items[i];
		size_t part = fria_task_part(w->in, j->question.task);
		if (j->state == FRIA_HIDDEN ||
		    (j->state == FRIA_OPEN && j->optional))
			continue;
		if (!n || shares[n - 1].task != part)
			shares[n++] = (share){.task = part};
		for (size_t k = 0; k < KINDS; k++)
			shares[n - 1].n[k] += kinds[k].state == j->state;
		shares[n - 1].total++;
	}
	return n;
}

/* The beginning of a text that has room for n characters. */
static char *fit(const char *text, size_t n)
{
	size_t bytes = 0, all = strlen(text);
	uint32_t c;
	if (fria_utf8_count(text, all) <= n)
		return fria_strdup(text);
	for (size_t i = 0; i + 1 < n; i++)
		bytes += fria_utf8_next(&c, text + bytes, all - bytes);
	return fria_format("%.*s…", (int)bytes, text);
}

static void draw_share(fria_buf *out, const fria_parts *w, const share *s,
		       double y, size_t most)
{
	double x = 260, unit = 340.0 / (double)most;
	char text[24];
	char *label =
	    fit(fria_task_title(&w->in->tasks[s->task], w->r->lang), 32);
	svg_text(out, "", 'e', 250, y + 17, label);
	free(label);
	for (size_t k = 0; k < KINDS; k++) {
		double width = unit * (double)s->n[k];
		if (s->n[k])
			svg_rect(out, kinds[k].look, x, y, width, 24);
		x += width;
	}
	snprintf(text, sizeof text, "%zu / %zu", s->n[0] + s->n[1], s->total);
	svg_text(out, "small", 's', x + 8, y + 17, text);
}

/* Three beside each other. */
static void draw_share_legend(fria_buf *out, double top, fria_lang lang)
{
	for (size_t k = 0; k < KINDS; k++) {
		size_t line = k / 3, column = k % 3;
		double x = 8 + 224 * (double)column;
		double y = top + 24 * (double)line;
		svg_rect(out, kinds[k].look, x, y, 14, 14);
		svg_text(out, "small", 's', x + 20, y + 12,
			 fria_word_text(fria_state_word(kinds[k].state), lang));
	}
}

static void put_share_table(fria_parts *w, fria_node *figure,
			    const share *shares, size_t n)
{
	fria_word heads[KINDS + 1] = {FRIA_W_picture_part};
	for (size_t k = 0; k < KINDS; k++)
		heads[k + 1] = fria_state_word(kinds[k].state);
	const fria_table_options options = {.words = heads,
					    .n = KINDS + 1,
					    .align = "lrrrrr",
					    .row_heads = true};
	fria_node *table = fria_node_table(figure, &options);
	for (size_t i = 0; i < n; i++) {
		const fria_task *part = &w->in->tasks[shares[i].task];
		fria_node *row = fria_table_texts(
		    table, 1, fria_task_title(part, w->r->lang));
		for (size_t k = 0; k < KINDS; k++)
			fria_table_cell_text(row, FRIA_DIGITS(shares[i].n[k]));
	}
}

bool picture_progress(fria_parts *w, fria_node *at)
{
	share *shares = fria_calloc(w->in->n, sizeof *shares);
	size_t n = count_shares(w, shares), most = 1;
	for (size_t i = 0; i < n; i++)
		most = shares[i].total > most ? shares[i].total : most;
	if (n) {
		fria_buf *svg = picture_open(w, at, 680, (int)(34 * n + 66),
					     FRIA_W_picture_progress,
					     FRIA_W_picture_progress_about);
		for (size_t i = 0; i < n; i++)
			draw_share(svg, w, &shares[i], 6 + 34 * (double)i,
				   most);
		draw_share_legend(svg, 34 * (double)n + 16, w->r->lang);
		put_share_table(
		    w, picture_close(svg, w, at, FRIA_W_picture_progress),
		    shares, n);
	}
	free(shares);
	return n > 0;
}

/* --- development over versions --- */

#define LEVELS 4
#define SHOWN 6

/* What a version has of the width; never less than its words need. */
static double version_width(size_t n)
{
	return n > 4 ? 112 : 480.0 / (double)n;
}

static double version_x(size_t n, size_t i)
{
	return 110 + version_width(n) * ((double)i + .5);
}

static double level_y(size_t level)
{
	return 20 + 36 * (double)(LEVELS - level);
}

/* What stands under a version: its name, its day and its state. */
static void draw_version(fria_buf *out, const fria_report_version *v, double x,
			 double under, const char *day, fria_lang lang)
{
	svg_text(out, "bold", 'm', x, under + 26, v->name);
	svg_text(out, "small quiet", 'm', x, under + 44, day);
	svg_text(out, "small", 'm', x, under + 64,
		 fria_word_text(fria_verdict_word(v->verdict), lang));
}

/* A level holds until the next version. */
static void draw_levels(fria_buf *out, const fria_report_version *v, size_t n)
{
	double unit = version_width(n), last = 0;
	for (size_t i = 0; i < n; i++) {
		double x = version_x(n, i);
		size_t level = v[n - 1 - i].level;
		double y = level ? level_y(level) : 0;
		if (last > 0)
			svg_line(out, "step", x - unit, last, x, last);
		if (last > 0 && level)
			svg_line(out, "step", x, last, x, y);
		last = y;
	}
	for (size_t i = 0; i < n; i++)
		if (v[n - 1 - i].level)
			svg_circle(out, "after", version_x(n, i),
				   level_y(v[n - 1 - i].level), 6);
}

static bool has_level(const fria_report_version *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (v[i].level)
			return true;
	return false;
}

static const char *level_word(const fria_parts *w, size_t level)
{
	const char *word = fria_matrix_word(w->in, level, w->r->lang);
	return word ? word : "–";
}

static void put_version_table(fria_parts *w, fria_node *figure,
			      const fria_report_version *v, size_t n)
{
	static const fria_word heads[] = {
	    FRIA_W_head_version, FRIA_W_report_adopted_on, FRIA_W_head_verdict,
	    FRIA_W_picture_level};
	const fria_table_options options = {
	    .words = heads, .n = 4, .row_heads = true};
	fria_node *table = fria_node_table(figure, &options);
	for (size_t i = n; i-- > 0;)
		fria_table_texts(
		    table, 4, v[i].name, fria_kept_day(figure, v[i].at),
		    fria_word_text(fria_verdict_word(v[i].verdict), w->r->lang),
		    level_word(w, v[i].level));
}

bool picture_development(fria_parts *w, fria_node *at)
{
	const fria_report *r = w->r;
	const fria_report_version *v = r->develop ? r->develop(r->data) : NULL;
	size_t n = r->versions_n < SHOWN ? r->versions_n : SHOWN;
	if (!v || !has_level(v, n))
		return false;
	fria_buf *svg = picture_open(
	    w, at, (int)(140 + version_width(n) * (double)n), 240,
	    FRIA_W_picture_development, FRIA_W_picture_development_about);
	for (size_t level = 1; level <= LEVELS; level++) {
		double y = level_y(level);
		svg_line(svg, "frame", 110, y, version_x(n, n - 1) + 60, y);
		svg_text(svg, "small", 'e', 102, y + 4, level_word(w, level));
	}
	draw_levels(svg, v, n);
	for (size_t i = 0; i < n; i++)
		draw_version(svg, &v[n - 1 - i], version_x(n, i), 160,
			     fria_kept_day(at, v[n - 1 - i].at), r->lang);
	put_version_table(
	    w, picture_close(svg, w, at, FRIA_W_picture_development), v, n);
	return true;
}
