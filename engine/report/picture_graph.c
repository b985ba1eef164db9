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
	bool drawn;
	size_t depth; /* longest way from the first */
	double x, y;
	fria_state state; /* the most urgent of its rows */
} node;

typedef struct {
	fria_parts *w;
	node *nodes; /* per task */
	size_t columns, lines;
} drawing;

static bool is_hot(const node *one)
{
	return one->drawn && one->state >= FRIA_STALE;
}

/* With something to judge: that alone. */
static void choose(drawing *d)
{
	const fria_evaluation *e = d->w->r->evaluation;
	bool any = false;
	for (size_t i = 0; i < e->n; i++) {
		node *one = &d->nodes[e->items[i].question.task];
		if (e->items[i].state > one->state)
			one->state = e->items[i].state;
		one->drawn = one->drawn || e->items[i].state != FRIA_HIDDEN;
		any = any || is_hot(one);
	}
	for (size_t i = 0; any && i < d->w->in->n; i++)
		d->nodes[i].drawn = is_hot(&d->nodes[i]);
}

/* What an edge comes from, if that is drawn, and before the task; NULL: it is
 * not, or stands in another assessment. */
static const node *node_before(const drawing *d, size_t task,
			       const fria_edge *edge)
{
	return edge->task < task && d->nodes[edge->task].drawn
		   ? &d->nodes[edge->task]
		   : NULL;
}

/* Edges point forward in the form, so one pass finds the depths. */
static void layer(drawing *d)
{
	const fria_instrument *in = d->w->in;
	size_t *used = fria_calloc(in->n + 1, sizeof *used);
	for (size_t i = 0; i < in->n; i++) {
		const fria_edges *up = &in->tasks[i].upstream;
		node *one = &d->nodes[i];
		if (!one->drawn)
			continue;
		for (size_t k = 0; k < up->n; k++) {
			const node *from = node_before(d, i, &up->items[k]);
			if (from && from->depth + 1 > one->depth)
				one->depth = from->depth + 1;
		}
		size_t column = one->depth;
		one->x = 8 + COLUMN * (double)column;
		one->y = 8 + LINE * (double)used[column]++;
		d->columns = column + 1 > d->columns ? column + 1 : d->columns;
		d->lines = used[column] > d->lines ? used[column] : d->lines;
	}
	free(used);
}

static void draw_edges(fria_buf *out, const drawing *d)
{
	for (size_t i = 0; i < d->w->in->n; i++) {
		const fria_edges *up = &d->w->in->tasks[i].upstream;
		const node *to = &d->nodes[i];
		for (size_t k = 0; to->drawn && k < up->n; k++) {
			const node *from = node_before(d, i, &up->items[k]);
			if (from)
				svg_curve(
				    out, is_hot(from) ? "edge-hot" : "edge",
				    from->x + NODE_W, from->y + NODE_H / 2,
				    to->x, to->y + NODE_H / 2);
		}
	}
}

static void draw_nodes(fria_buf *out, const drawing *d)
{
	for (size_t i = 0; i < d->w->in->n; i++) {
		const node *one = &d->nodes[i];
		const char *id = d->w->in->tasks[i].id;
		if (!one->drawn)
			continue;
		char *label = fria_format(strlen(id) <= 9 ? "%s" : "%.8s…", id);
		svg_rect(out,
			 one->state == FRIA_STALE     ? "node-stale"
			 : one->state == FRIA_SUSPECT ? "node-suspect"
						      : "node",
			 one->x, one->y, NODE_W, NODE_H);
		svg_text(out, "small", 'm', one->x + NODE_W / 2, one->y + 16,
			 label);
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
		if (!d->nodes[i].drawn)
			continue;
		for (size_t k = 0; k < in->tasks[i].upstream.n; k++)
			fria_buf_printf(up, k ? ", %s" : "%s",
					in->tasks[i].upstream.items[k].id);
		fria_table_texts(
		    table, 3, in->tasks[i].id, up->text,
		    fria_word_text(fria_state_word(d->nodes[i].state),
				   d->w->r->lang));
	}
}

bool picture_graph(fria_parts *w, fria_node *at)
{
	drawing d = {.w = w, .nodes = fria_calloc(w->in->n, sizeof(node))};
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
	free(d.nodes);
	return d.lines > 0;
}
