/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What rests on what: questions in columns by how many steps they are away
 * from the first, with lines to those that rest on them. When something must
 * be judged again, only that and what it touches is drawn.
 */
#include "picture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NODE_W 70.0
#define NODE_H 24.0
#define COLUMN 104.0
#define LINE 30.0

typedef struct {
	fria_parts *w;
	bool *drawn;   /* per task */
	size_t *depth; /* longest way from the first */
	double *x, *y;
	fria_state *state; /* the most urgent of its rows */
	size_t columns, lines;
} drawing;

static void read_states(drawing *d)
{
	const fria_evaluation *e = d->w->r->evaluation;
	for (size_t i = 0; i < e->n; i++) {
		size_t task = e->items[i].question.task;
		if (e->items[i].state > d->state[task] ||
		    d->state[task] == FRIA_HIDDEN)
			d->state[task] = e->items[i].state;
		if (e->items[i].state != FRIA_HIDDEN)
			d->drawn[task] = true;
	}
}

static bool is_hot(const drawing *d, size_t task)
{
	return d->state[task] >= FRIA_STALE;
}

/* With something to judge: that alone. */
static void choose(drawing *d)
{
	bool any = false;
	for (size_t i = 0; i < d->w->in->n; i++)
		any = any || (d->drawn[i] && is_hot(d, i));
	for (size_t i = 0; any && i < d->w->in->n; i++)
		d->drawn[i] = d->drawn[i] && is_hot(d, i);
}

/* Edges point forward in the form, so one pass finds the depths. */
static void layer(drawing *d)
{
	const fria_instrument *in = d->w->in;
	size_t *used = fria_calloc(in->n + 1, sizeof *used);
	for (size_t i = 0; i < in->n; i++) {
		const fria_edges *up = &in->tasks[i].upstream;
		if (!d->drawn[i])
			continue;
		for (size_t k = 0; k < up->n; k++) {
			size_t from = up->items[k].task;
			if (from < i && d->drawn[from] &&
			    d->depth[from] + 1 > d->depth[i])
				d->depth[i] = d->depth[from] + 1;
		}
		size_t column = d->depth[i];
		d->x[i] = 8 + COLUMN * (double)column;
		d->y[i] = 8 + LINE * (double)used[column]++;
		d->columns = column + 1 > d->columns ? column + 1 : d->columns;
		d->lines = used[column] > d->lines ? used[column] : d->lines;
	}
	free(used);
}

static void draw_edges(fria_buf *out, const drawing *d)
{
	const fria_instrument *in = d->w->in;
	for (size_t i = 0; i < in->n; i++) {
		const fria_edges *up = &in->tasks[i].upstream;
		for (size_t k = 0; d->drawn[i] && k < up->n; k++) {
			size_t from = up->items[k].task;
			if (from >= i || !d->drawn[from])
				continue;
			svg_curve(out, is_hot(d, from) ? "edge-hot" : "edge",
				  d->x[from] + NODE_W, d->y[from] + NODE_H / 2,
				  d->x[i], d->y[i] + NODE_H / 2);
		}
	}
}

static void draw_nodes(fria_buf *out, const drawing *d)
{
	const fria_instrument *in = d->w->in;
	for (size_t i = 0; i < in->n; i++) {
		const char *look = d->state[i] == FRIA_STALE ? "node-stale"
				   : d->state[i] == FRIA_SUSPECT
				       ? "node-suspect"
				       : "node";
		const char *id = in->tasks[i].id;
		char *label = fria_format(strlen(id) <= 9 ? "%s" : "%.8s…", id);
		if (d->drawn[i]) {
			svg_rect(out, look, d->x[i], d->y[i], NODE_W, NODE_H);
			svg_text(out, "small", 'm', d->x[i] + NODE_W / 2,
				 d->y[i] + 16, label);
		}
		free(label);
	}
}

static void put_table(drawing *d, fria_node *figure)
{
	const fria_instrument *in = d->w->in;
	static const fria_word heads[] = {
	    FRIA_W_picture_question, FRIA_W_report_rests, FRIA_W_element_state};
	const fria_table_options options = {
	    .words = heads, .n = 3, .row_heads = true};
	fria_node *table = fria_node_table(figure, &options);
	for (size_t i = 0; i < in->n; i++) {
		fria_buf *up = fria_kept_text(figure);
		if (!d->drawn[i])
			continue;
		for (size_t k = 0; k < in->tasks[i].upstream.n; k++)
			fria_buf_printf(up, k ? ", %s" : "%s",
					in->tasks[i].upstream.items[k].id);
		fria_table_texts(table, 3, in->tasks[i].id, up->text,
				 fria_word_text(fria_state_word(d->state[i]),
						d->w->r->lang));
	}
}

bool picture_graph(fria_parts *w, fria_node *at)
{
	size_t n = w->in->n;
	drawing d = {.w = w,
		     .drawn = fria_calloc(n, sizeof(bool)),
		     .depth = fria_calloc(n, sizeof(size_t)),
		     .x = fria_calloc(n, sizeof(double)),
		     .y = fria_calloc(n, sizeof(double)),
		     .state = fria_calloc(n, sizeof(fria_state))};
	read_states(&d);
	choose(&d);
	layer(&d);
	if (d.lines) {
		int width = (int)(COLUMN * (double)d.columns);
		/* A small one is not blown up to the width of the page. */
		fria_buf *svg = picture_open(w, at, width < 640 ? 640 : width,
					     (int)(LINE * (double)d.lines + 12),
					     FRIA_W_picture_graph,
					     FRIA_W_picture_graph_about);
		draw_edges(svg, &d);
		draw_nodes(svg, &d);
		put_table(&d, picture_close(svg, w, at, FRIA_W_picture_graph));
	}
	free(d.drawn);
	free(d.depth);
	free(d.x);
	free(d.y);
	free(d.state);
	return d.lines > 0;
}
