/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The risk matrix: each risk before and after its measures, with an arrow
 * between, and where it stands today. What the rows and columns are stands in
 * the instrument (`matrix`); nothing is computed here.
 */
#include "picture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STEPS 4
#define CELL_W 128.0
#define CELL_H 88.0
#define LEFT 92.0
#define TOP 16.0

typedef struct {
	fria_parts *w;
	const fria_matrix *matrix; /* of the instrument */
	size_t group;
	const json_t *rows;
	fria_buf *out;
	size_t used[STEPS][STEPS]; /* marks in a cell */
} drawing;

/* --- what stands where --- */

/* A step from 1, of a score or an answer; unknown is the worst; 0: none. */
static size_t step_of(const drawing *d, const char *name, const char *row)
{
	size_t task = fria_instrument_find(d->w->in, name);
	if (task == FRIA_NONE)
		return part_score_step(d->w, name, row);
	const char *text = json_string_value(fria_assessment_value(
	    d->w->r->input->assessment, d->w->in, task, row));
	if (!text)
		return 0;
	return text[0] >= '1' && text[0] <= '4' && !text[1]
		   ? (size_t)(text[0] - '0')
		   : STEPS;
}

/* The place of a mark; false if it has none. Marks in a cell stand apart. */
static bool place(drawing *d, const fria_matrix_side *side, const char *row,
		  double *x, double *y)
{
	size_t severity = step_of(d, side->severity, row);
	size_t likelihood = step_of(d, side->likelihood, row);
	if (!severity || !likelihood || severity > STEPS)
		return false;
	size_t *used = &d->used[severity - 1][likelihood - 1];
	size_t slot = (*used)++ % 6, line = slot / 3, column = slot % 3;
	*x =
	    LEFT + CELL_W * (double)(likelihood - 1) + 24 + 38 * (double)column;
	*y = TOP + CELL_H * (double)(STEPS - severity) + 38 + 32 * (double)line;
	return true;
}

/* --- the grid --- */

static size_t level_at(const drawing *d, size_t severity, size_t likelihood)
{
	return fria_table_number(d->w->in, d->matrix->table, severity,
				 likelihood);
}

static const char *word_at(const drawing *d, size_t level)
{
	const char *word = fria_matrix_word(d->w->in, level, d->w->r->lang);
	return word ? word : "";
}

static void draw_grid(const drawing *d)
{
	for (size_t s = 1; s <= STEPS; s++)
		for (size_t l = 1; l <= STEPS; l++) {
			char look[16];
			double x = LEFT + CELL_W * (double)(l - 1);
			double y = TOP + CELL_H * (double)(STEPS - s);
			size_t level = level_at(d, s, l);
			snprintf(look, sizeof look, "level%zu", level);
			svg_rect(d->out, look, x, y, CELL_W, CELL_H);
			svg_text(d->out, "small quiet", 's', x + 6, y + 15,
				 word_at(d, level));
		}
	for (size_t i = 1; i <= STEPS; i++) {
		svg_text(d->out, "bold", 'e', LEFT - 10,
			 TOP + CELL_H * ((double)(STEPS - i) + .5) + 5,
			 FRIA_DIGITS(i));
		svg_text(d->out, "bold", 'm', LEFT + CELL_W * ((double)i - .5),
			 TOP + CELL_H * STEPS + 20, FRIA_DIGITS(i));
	}
	svg_text(d->out, "quiet", 's', 4, TOP + 14,
		 fria_word_text(FRIA_W_picture_severity, d->w->r->lang));
	svg_text(d->out, "quiet", 'e', LEFT + CELL_W * STEPS,
		 TOP + CELL_H * STEPS + 42,
		 fria_word_text(FRIA_W_picture_likelihood, d->w->r->lang));
}

/* --- the risks --- */

static void draw_mark(const drawing *d, bool after, bool now, double x,
		      double y, size_t number)
{
	if (now)
		svg_circle(d->out, "now", x, y, 15);
	svg_circle(d->out, after ? "after" : "before", x, y, 12);
	svg_text(d->out, "small bold", 'm', x, y + 4, FRIA_DIGITS(number));
}

/* A risk in the grid: where it was, where it goes, where it is today. */
typedef struct {
	double x1, y1, x2, y2;
	size_t number; /* 0: it has no place */
	bool moved, after_today;
} risk;

static risk place_row(drawing *d, const char *row, size_t number)
{
	risk r = {.number = number};
	if (!place(d, &d->matrix->before, row, &r.x1, &r.y1))
		return (risk){.number = 0};
	r.moved = place(d, &d->matrix->after, row, &r.x2, &r.y2);
	/* Today is where the level of today is the one after, else before. */
	size_t now = step_of(d, d->matrix->now, row);
	r.after_today = r.moved &&
			now == step_of(d, d->matrix->after.level, row) &&
			now != step_of(d, d->matrix->before.level, row);
	return r;
}

/* From the edge of one mark to the edge of the other. */
static void draw_move(const drawing *d, const risk *r)
{
	double dx = r->x2 - r->x1, dy = r->y2 - r->y1;
	double length = dx * dx + dy * dy > 1 ? dx * dx + dy * dy : 1;
	double part = 16 / part_root(length);
	svg_arrow(d->out, "move", r->x1 + dx * part, r->y1 + dy * part,
		  r->x2 - dx * part, r->y2 - dy * part);
}

/* The marks over all the arrows: none is crossed out. */
static void draw_risks(drawing *d)
{
	size_t n = json_array_size(d->rows);
	risk *risks = fria_calloc(n, sizeof *risks);
	for (size_t i = 0; i < n; i++)
		risks[i] = place_row(
		    d, fria_json_text(json_array_get(d->rows, i), "id"), i + 1);
	for (size_t i = 0; i < n; i++)
		if (risks[i].number && risks[i].moved)
			draw_move(d, &risks[i]);
	for (size_t i = 0; i < n; i++) {
		const risk *r = &risks[i];
		if (!r->number)
			continue;
		draw_mark(d, false, !r->after_today, r->x1, r->y1, r->number);
		if (r->moved)
			draw_mark(d, true, r->after_today, r->x2, r->y2,
				  r->number);
	}
	free(risks);
}

static void draw_legend(const drawing *d)
{
	static const struct {
		const char *look;
		double x, text_x;
		fria_word word;
	} marks[] = {{"before", 8, 24, FRIA_W_picture_before},
		     {"after", 208, 224, FRIA_W_picture_after},
		     {"now", 396, 414, FRIA_W_picture_now}};
	double y = TOP + CELL_H * STEPS + 66;
	for (size_t i = 0; i < 3; i++) {
		svg_circle(d->out, marks[i].look, LEFT + marks[i].x, y, 9);
		svg_text(d->out, "small", 's', LEFT + marks[i].text_x, y + 4,
			 fria_word_text(marks[i].word, d->w->r->lang));
	}
}

/* --- the same as a table --- */

static const char *level_of(const drawing *d, const char *name, const char *row)
{
	size_t level = name ? step_of(d, name, row) : 0;
	return level ? word_at(d, level) : "–";
}

static void put_table(drawing *d, fria_node *figure)
{
	static const fria_word heads[] = {
	    FRIA_W_picture_risk, FRIA_W_picture_before, FRIA_W_picture_now,
	    FRIA_W_picture_after};
	const fria_table_options options = {
	    .words = heads, .n = 4, .row_heads = true};
	fria_node *table = fria_node_table(figure, &options);
	size_t i, task = fria_instrument_find(d->w->in, d->matrix->label);
	json_t *one;
	json_array_foreach(d->rows, i, one) {
		const char *row = fria_json_text(one, "id");
		const json_t *value = fria_assessment_value(
		    d->w->r->input->assessment, d->w->in, task, row);
		fria_buf *text = fria_kept_text(figure);
		fria_buf_printf(text, "%zu. ", i + 1);
		if (value)
			part_say(d->w, text, task, value);
		fria_table_texts(table, 4, text->text,
				 level_of(d, d->matrix->before.level, row),
				 level_of(d, d->matrix->now, row),
				 level_of(d, d->matrix->after.level, row));
	}
}

/* All that the picture needs stands in the instrument and is well formed. */
static bool is_complete(const drawing *d)
{
	const fria_matrix_side *sides[] = {&d->matrix->before,
					   &d->matrix->after};
	for (size_t s = 0; s < 2; s++)
		if (!sides[s]->severity || !sides[s]->likelihood ||
		    !sides[s]->level)
			return false;
	for (size_t s = 1; s <= STEPS; s++)
		for (size_t l = 1; l <= STEPS; l++)
			if (level_at(d, s, l) < 1 || level_at(d, s, l) > STEPS)
				return false;
	return d->matrix->now && d->matrix->label;
}

bool picture_matrix(fria_parts *w, fria_node *at)
{
	drawing d = {.w = w, .matrix = &w->in->matrix, .group = FRIA_NONE};
	if (d.matrix->group && d.matrix->table)
		d.group = fria_instrument_find(w->in, d.matrix->group);
	if (d.group == FRIA_NONE || !is_complete(&d))
		return false;
	d.rows = fria_assessment_rows(w->r->input->assessment, w->in, d.group);
	if (!json_array_size(d.rows))
		return false;
	d.out = picture_open(w, at, 620, 460, FRIA_W_picture_matrix,
			     FRIA_W_picture_matrix_about);
	draw_grid(&d);
	draw_risks(&d);
	draw_legend(&d);
	put_table(&d, picture_close(d.out, w, at, FRIA_W_picture_matrix));
	return true;
}
