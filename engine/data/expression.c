/* SPDX-License-Identifier: EUPL-1.2 */
/* Parses and evaluates an expression. */
#include "expression_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static fria_js eval(fria_running *run, const node *n, const fria_js *relative);

static const fria_js undefined = {.kind = FRIA_JS_UNDEFINED};

static fria_js number(double value)
{
	return (fria_js){.kind = FRIA_JS_NUMBER, .number = value};
}

static fria_js boolean(bool truth)
{
	return (fria_js){.kind = FRIA_JS_BOOLEAN, .truth = truth};
}

/* One character of a text, by its place in UTF-16; undefined beyond. */
static fria_js character(fria_running *run, const char *text, const char *index)
{
	size_t n = strlen(text), units = 0, wanted = strtoul(index, NULL, 10);
	if (!*index || strspn(index, "0123456789") != strlen(index) ||
	    strlen(index) > 9 || (*index == '0' && index[1]))
		return undefined;
	for (size_t i = 0; i < n;) {
		uint32_t c;
		size_t length = fria_utf8_next(&c, text + i, n - i);
		if (units == wanted)
			return (fria_js){
			    .kind = FRIA_JS_TEXT,
			    .text = fria_running_copy(run, text + i, length)};
		units += c > 0xFFFF ? 2 : 1;
		i += length;
	}
	return undefined;
}

static fria_js member(fria_running *run, const fria_js *of, const char *name)
{
	if (of->kind == FRIA_JS_TEXT && strcmp(name, "length") != 0)
		return character(run, of->text, name);
	return fria_js_member(of, name);
}

/* --- operators --- */

static double power(double base, double exponent)
{
	if (isnan(exponent) || (fabs(base) == 1 && isinf(exponent)))
		return NAN;
	return pow(base, exponent);
}

static bool is_in(fria_running *run, const fria_js *what, const fria_js *where)
{
	if (where->kind == FRIA_JS_TEXT)
		return strstr(where->text, fria_js_text(run, what)) != NULL;
	for (size_t i = 0; where->kind == FRIA_JS_LIST && i < where->n; i++)
		if (fria_js_same(what, &where->items[i]))
			return true;
	return false;
}

static fria_js arithmetic(fria_running *run, operation op, const fria_js *a,
			  const fria_js *b)
{
	double x = fria_js_number(run, a), y = fria_js_number(run, b);
	switch (op) {
	case O_SUBTRACT:
		return number(x - y);
	case O_MULTIPLY:
		return number(x * y);
	case O_DIVIDE:
		return number(x / y);
	case O_FLOOR:
		return number(floor(x / y));
	case O_REST:
		return number(fmod(x, y));
	default:
		return number(power(x, y));
	}
}

static fria_js binary(fria_running *run, const node *n, const fria_js *relative)
{
	fria_js a = eval(run, n->left, relative);
	if (n->op == O_AND || n->op == O_OR)
		return fria_js_truth(&a) == (n->op == O_OR)
			   ? a
			   : eval(run, n->right, relative);
	fria_js b = eval(run, n->right, relative);
	if (run->code)
		return undefined;
	run->at = n->at;
	switch (n->op) {
	case O_ADD:
		return fria_js_add(run, &a, &b);
	case O_EQUAL:
		return boolean(fria_js_equal(run, &a, &b));
	case O_UNEQUAL:
		return boolean(!fria_js_equal(run, &a, &b));
	case O_GREATER:
		return boolean(fria_js_less(run, &b, &a, false));
	case O_GREATER_EQUAL:
		return boolean(fria_js_less(run, &b, &a, true));
	case O_LESS:
		return boolean(fria_js_less(run, &a, &b, false));
	case O_LESS_EQUAL:
		return boolean(fria_js_less(run, &a, &b, true));
	case O_IN:
		return boolean(is_in(run, &a, &b));
	default:
		return arithmetic(run, n->op, &a, &b);
	}
}

/* --- names, filters, calls --- */

static fria_js name(fria_running *run, const node *n, const fria_js *relative)
{
	if (!n->from)
		return member(run, n->relative ? relative : &run->context,
			      n->name);
	fria_js of = eval(run, n->from, relative);
	if (of.kind == FRIA_JS_LIST) {
		of = of.n ? of.items[0] : undefined;
		/* A list's first element may be missing: that throws. */
		if (of.kind <= FRIA_JS_NULL && !run->code) {
			run->at = n->at;
			fria_running_fail(run, FRIA_W_expression_nothing,
					  n->name);
		}
	}
	return of.kind <= FRIA_JS_NULL ? undefined : member(run, &of, n->name);
}

static fria_js filter_each(fria_running *run, const node *n, const fria_js *of)
{
	fria_js one = *of;
	const fria_js *items = of->kind == FRIA_JS_LIST ? of->items : &one;
	size_t count = of->kind == FRIA_JS_LIST	       ? of->n
		       : of->kind == FRIA_JS_UNDEFINED ? 0
						       : 1;
	fria_js out = fria_js_list(run, count);
	for (size_t i = 0; i < count && !run->code; i++) {
		const fria_js *relative =
		    fria_js_truth(&items[i]) ? &items[i] : &run->context;
		fria_js kept = eval(run, n->left, relative);
		if (fria_js_truth(&kept) && !run->code)
			out.items[out.n++] = items[i];
	}
	return out;
}

static fria_js filter(fria_running *run, const node *n, const fria_js *relative)
{
	fria_js of = eval(run, n->from, relative);
	if (run->code)
		return undefined;
	if (n->relative)
		return filter_each(run, n, &of);
	fria_js by = eval(run, n->left, relative);
	if (run->code)
		return undefined;
	if (by.kind == FRIA_JS_BOOLEAN)
		return by.truth ? of : undefined;
	if (of.kind <= FRIA_JS_NULL) {
		run->at = n->at;
		fria_running_fail(run, FRIA_W_expression_nothing,
				  fria_js_text(run, &by));
		return undefined;
	}
	return member(run, &of, fria_js_text(run, &by));
}

static fria_js list(fria_running *run, const node *n, const fria_js *relative)
{
	fria_js out = fria_js_list(run, n->n);
	for (size_t i = 0; i < n->n && !run->code; i++)
		out.items[out.n++] = eval(run, n->items[i], relative);
	return out;
}

static fria_js object(fria_running *run, const node *n, const fria_js *relative)
{
	fria_js out = fria_js_object(run, n->n);
	for (size_t i = 0; i < n->n && !run->code; i++) {
		size_t at = 0;
		while (at < out.n && strcmp(out.keys[at], n->keys[i]) != 0)
			at++;
		out.keys[at] = n->keys[i];
		out.items[at] = eval(run, n->items[i], relative);
		out.n += at == out.n;
	}
	return out;
}

static fria_js call(fria_running *run, const node *n, const fria_js *relative)
{
	const fria_scope *s = run->scope;
	fria_js out = undefined;
	fria_js args = list(run, n, relative);
	run->at = n->at;
	if (!run->code && (!s->call || !s->call(s->data, run, n->name,
						args.items, args.n, &out)))
		fria_running_fail(run, FRIA_W_expression_function, n->name);
	return out;
}

static fria_js condition(fria_running *run, const node *n,
			 const fria_js *relative)
{
	fria_js test = eval(run, n->from, relative);
	if (run->code)
		return undefined;
	if (!fria_js_truth(&test))
		return eval(run, n->right, relative);
	return n->left ? eval(run, n->left, relative) : test;
}

static fria_js eval(fria_running *run, const node *n, const fria_js *relative)
{
	if (!n) {
		fria_running_fail(run, FRIA_W_expression_empty, NULL);
		return undefined;
	}
	if (!run->code && ++run->steps > FRIA_EXPRESSION_STEPS)
		fria_running_fail(run, FRIA_W_expression_limit, NULL);
	if (run->code)
		return undefined;
	switch (n->type) {
	case N_LITERAL:
		return n->value;
	case N_IDENTIFIER:
		return name(run, n, relative);
	case N_BINARY:
		return binary(run, n, relative);
	case N_UNARY: {
		fria_js right = eval(run, n->right, relative);
		return boolean(!fria_js_truth(&right));
	}
	case N_CONDITION:
		return condition(run, n, relative);
	case N_FILTER:
		return filter(run, n, relative);
	case N_CALL:
		return call(run, n, relative);
	case N_LIST:
		return list(run, n, relative);
	default:
		return object(run, n, relative);
	}
}

/* --- the whole --- */

int fria_expression_parse(fria_expression **out, const char *text,
			  fria_error *err)
{
	tokens all = {NULL, 0};
	if (strlen(text) > FRIA_EXPRESSION_TEXT)
		return expression_fail(err, FRIA_ELIMIT, FRIA_W_expression_long,
				       text, 0, NULL);
	fria_expression *e = fria_calloc(1, sizeof *e);
	e->text = fria_strdup(text);
	e->memory.limit = FRIA_EXPRESSION_MEMORY;
	int code = expression_lex(&all, &e->memory, e->text, err);
	if (!code)
		code =
		    expression_tree(&e->root, &e->memory, e->text, &all, err);
	free(all.items);
	if (code)
		fria_expression_free(e);
	else
		*out = e;
	return code;
}

void fria_expression_free(fria_expression *e)
{
	if (!e)
		return;
	arena_dispose(&e->memory);
	free(e->text);
	free(e);
}

int fria_expression_evaluate(json_t **out, const fria_expression *e,
			     const fria_scope *scope, fria_error *err)
{
	fria_running run = {.memory.limit = FRIA_EXPRESSION_MEMORY,
			    .scope = scope,
			    .text = e->text,
			    .err = err};
	run.context = fria_js_from(&run, scope->context);
	if (!scope->context)
		run.context = fria_js_object(&run, 0);
	fria_js relative =
	    scope->relative ? fria_js_from(&run, scope->relative) : run.context;
	fria_js value = eval(&run, e->root, &relative);
	*out = run.code ? NULL : fria_js_json(&value);
	arena_dispose(&run.memory);
	return run.code;
}

static void calls(fria_strings *out, const node *n)
{
	if (!n)
		return;
	if (n->type == N_CALL && !fria_strings_has(out, n->name))
		fria_strings_add(out, n->name);
	for (size_t i = 0; i < n->n; i++)
		calls(out, n->items[i]);
	calls(out, n->left);
	calls(out, n->right);
	calls(out, n->from);
}

void fria_expression_calls(fria_strings *out, const fria_expression *e)
{
	calls(out, e->root);
}
