/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * JEXL expressions, as the reference implementation (npm jexl 2.3) evaluates
 * them: its grammar with its precedences, and JavaScript's conversions and
 * comparisons. Inherited members of JavaScript objects do not exist here, but
 * for the length of a text or list. Parsed once, evaluated many times; text,
 * depth, steps and memory are bounded, so no expression can hang or exhaust.
 */
#ifndef FRIA_EXPRESSION_H
#define FRIA_EXPRESSION_H

#include "data.h"

/* Bytes of text, levels of nesting; per evaluation: steps and bytes. */
#define FRIA_EXPRESSION_TEXT 16384
#define FRIA_EXPRESSION_DEPTH 200
#define FRIA_EXPRESSION_STEPS 100000
#define FRIA_EXPRESSION_MEMORY ((size_t)8 << 20)

typedef enum {
	FRIA_JS_UNDEFINED,
	FRIA_JS_NULL,
	FRIA_JS_BOOLEAN,
	FRIA_JS_NUMBER,
	FRIA_JS_TEXT,
	FRIA_JS_LIST,
	FRIA_JS_OBJECT
} fria_js_kind;

/*
 * A value as JavaScript has it. Text, items and members live as long as the
 * evaluation; two lists or objects are the same one if these are.
 */
typedef struct fria_js {
	fria_js_kind kind;
	bool truth;
	double number;
	const char *text;
	struct fria_js *items; /* of a list; of an object: its values */
	const char **keys;     /* of an object */
	size_t n;
} fria_js;

/* An evaluation under way: what functions are given to make values with. */
typedef struct fria_running fria_running;

/* A value of a document; NULL is undefined. */
fria_js fria_js_from(fria_running *run, const json_t *json);
/* A new document; NULL for undefined; no number is null, as in JSON. */
json_t *fria_js_json(const fria_js *value);
bool fria_js_truth(const fria_js *value);
double fria_js_number(fria_running *run, const fria_js *value);
const char *fria_js_text(fria_running *run, const fria_js *value);
/* The three kinds of comparing: ==, === and < (or <=). */
bool fria_js_equal(fria_running *run, const fria_js *a, const fria_js *b);
bool fria_js_same(const fria_js *a, const fria_js *b);
bool fria_js_less(fria_running *run, const fria_js *a, const fria_js *b,
		  bool or_equal);
fria_js fria_js_add(fria_running *run, const fria_js *a, const fria_js *b);
/* A member by name or index; undefined if there is none. */
fria_js fria_js_member(const fria_js *object, const char *name);
/* An empty list or object to fill, with room for n. */
fria_js fria_js_list(fria_running *run, size_t n);
fria_js fria_js_object(fria_running *run, size_t n);
/* Memory that lives as long as the evaluation; NULL at the bound. */
const char *fria_running_copy(fria_running *run, const char *text, size_t n);
/* Ends the evaluation with an error; the first one counts. */
void fria_running_fail(fria_running *run, fria_word word, const char *what);

/*
 * A function or transform (the same here: `x | f(y)` is `f(x, y)`). False if
 * there is none of that name.
 */
typedef bool (*fria_function)(void *data, fria_running *run, const char *name,
			      const fria_js *args, size_t n, fria_js *out);

/* expression_functions.c: those that need nothing but their arguments. */
bool fria_function_plain(void *data, fria_running *run, const char *name,
			 const fria_js *args, size_t n, fria_js *out);

typedef struct {
	const json_t *context;	/* identifiers; NULL: none */
	const json_t *relative; /* what ".x" reads; NULL: the context */
	fria_function call;	/* NULL: none */
	void *data;
} fria_scope;

typedef struct fria_expression fria_expression;

/* EINPUT with the column (in characters) for what is no expression. */
int fria_expression_parse(fria_expression **out, const char *text,
			  fria_error *err);
void fria_expression_free(fria_expression *expression);
/*
 * The value, a new reference; NULL for undefined. EINPUT with the column for
 * what JavaScript would throw on; ELIMIT at a bound.
 */
int fria_expression_evaluate(json_t **out, const fria_expression *expression,
			     const fria_scope *scope, fria_error *err);
/* Names of the functions that an expression calls, each once. */
void fria_expression_calls(fria_strings *out,
			   const fria_expression *expression);
/* True for what JavaScript takes as true; value may be NULL. */
bool fria_json_truth(const json_t *value);

#endif
