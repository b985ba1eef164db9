/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The functions of the form standard and of ours that need nothing but their
 * arguments: bool, count, weightedCountMap, criteriaCheck; max, min, sum,
 * lookup, cells, shared.
 */
#include "expression.h"

#include <math.h>
#include <string.h>

static fria_js number(double value)
{
	return (fria_js){.kind = FRIA_JS_NUMBER, .number = value};
}

static fria_js boolean(bool truth)
{
	return (fria_js){.kind = FRIA_JS_BOOLEAN, .truth = truth};
}

static bool is_true(const fria_js *v)
{
	return (v->kind == FRIA_JS_BOOLEAN && v->truth) ||
	       (v->kind == FRIA_JS_TEXT && !strcmp(v->text, "true"));
}

/* weightedCountMap(values, keys, weights): the weights of what was chosen. */
static fria_js weighted(fria_running *run, const fria_js *args, size_t n)
{
	double total = 0;
	if (n < 3 || args[0].kind != FRIA_JS_LIST ||
	    args[1].kind != FRIA_JS_LIST || args[2].kind != FRIA_JS_LIST)
		return number(0);
	for (size_t i = 0; i < args[0].n; i++)
		for (size_t k = 0; k < args[1].n; k++)
			if (fria_js_same(&args[0].items[i],
					 &args[1].items[k])) {
				if (k < args[2].n)
					total += fria_js_number(
					    run, &args[2].items[k]);
				break;
			}
	return number(total);
}

static bool any(const fria_js *args, size_t n)
{
	if (!n || args->kind < FRIA_JS_LIST)
		return n && fria_js_truth(args);
	for (size_t i = 0; i < args->n; i++)
		if (fria_js_truth(&args->items[i]))
			return true;
	return false;
}

typedef struct {
	double sum, least, most;
	size_t n;
} totals;

/* Numbers, also in lists; what is no number does not count. */
static void add_up(totals *t, const fria_js *v)
{
	for (size_t i = 0; v->kind == FRIA_JS_LIST && i < v->n; i++)
		add_up(t, &v->items[i]);
	if (v->kind != FRIA_JS_NUMBER || isnan(v->number))
		return;
	t->sum += v->number;
	t->least = t->n && t->least < v->number ? t->least : v->number;
	t->most = t->n && t->most > v->number ? t->most : v->number;
	t->n++;
}

/* lookup(table, step...): a list by steps from 1, an object by name. */
static fria_js lookup(fria_running *run, const fria_js *args, size_t n)
{
	fria_js at = {.kind = FRIA_JS_UNDEFINED};
	if (n)
		at = args[0];
	for (size_t i = 1; i < n; i++) {
		double step =
		    at.kind == FRIA_JS_LIST ? fria_js_number(run, &args[i]) : 0;
		if (at.kind != FRIA_JS_LIST)
			at = fria_js_member(&at, fria_js_text(run, &args[i]));
		else if (step >= 1 && step <= (double)at.n &&
			 step == floor(step))
			at = at.items[(size_t)step - 1];
		else
			return (fria_js){.kind = FRIA_JS_UNDEFINED};
	}
	return at;
}

/* cells(rows, name): that cell of each row that has it; a cell with a list
 * gives each of its items. */
static fria_js cells(fria_running *run, const fria_js *args, size_t n)
{
	size_t room = 0;
	bool given = n > 1 && args[0].kind == FRIA_JS_LIST;
	const char *name = given ? fria_js_text(run, &args[1]) : "";
	for (size_t i = 0; given && i < args[0].n; i++) {
		fria_js one = fria_js_member(&args[0].items[i], name);
		room += one.kind == FRIA_JS_LIST ? one.n : 1;
	}
	fria_js out = fria_js_list(run, room);
	size_t at = 0;
	for (size_t i = 0; given && out.items && i < args[0].n; i++) {
		fria_js one = fria_js_member(&args[0].items[i], name);
		for (size_t k = 0; one.kind == FRIA_JS_LIST && k < one.n; k++)
			out.items[at++] = one.items[k];
		if (one.kind != FRIA_JS_LIST && one.kind != FRIA_JS_UNDEFINED)
			out.items[at++] = one;
	}
	out.n = at;
	return out;
}

/* shared(list, other): what of the one is in the other, too. */
static fria_js shared(fria_running *run, const fria_js *args, size_t n)
{
	bool given = n > 1 && args[0].kind == FRIA_JS_LIST &&
		     args[1].kind == FRIA_JS_LIST;
	fria_js out = fria_js_list(run, given ? args[0].n : 0);
	size_t at = 0;
	for (size_t i = 0; given && out.items && i < args[0].n; i++) {
		size_t k = 0;
		while (k < args[1].n &&
		       !fria_js_same(&args[0].items[i], &args[1].items[k]))
			k++;
		if (k < args[1].n)
			out.items[at++] = args[0].items[i];
	}
	out.n = at;
	return out;
}

bool fria_function_plain(void *data, fria_running *run, const char *name,
			 const fria_js *args, size_t n, fria_js *out)
{
	(void)data;
	totals t = {0};
	for (size_t i = 0; i < n; i++)
		add_up(&t, &args[i]);
	if (!strcmp(name, "bool"))
		*out = boolean(n && is_true(&args[0]));
	else if (!strcmp(name, "count"))
		*out = number(
		    n && args[0].kind == FRIA_JS_LIST ? (double)args[0].n : 0);
	else if (!strcmp(name, "weightedCountMap"))
		*out = weighted(run, args, n);
	else if (!strcmp(name, "criteriaCheck"))
		*out = boolean(any(args, n));
	else if (!strcmp(name, "sum"))
		*out = number(t.sum);
	else if (!strcmp(name, "max") && t.n)
		*out = number(t.most);
	else if (!strcmp(name, "min") && t.n)
		*out = number(t.least);
	else if (!strcmp(name, "lookup"))
		*out = lookup(run, args, n);
	else if (!strcmp(name, "cells"))
		*out = cells(run, args, n);
	else if (!strcmp(name, "shared"))
		*out = shared(run, args, n);
	else
		return !strcmp(name, "max") || !strcmp(name, "min");
	return true;
}
