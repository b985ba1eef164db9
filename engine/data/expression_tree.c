/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Tokens as a tree. What may follow what is a table of states, the same as
 * the reference's, so that both accept the same expressions.
 */
#include "expression_internal.h"

#include <string.h>

typedef enum {
	NONE, /* not allowed; no stop */
	EXPECT_OPERAND,
	EXPECT_OPERATOR,
	EXPECT_TRANSFORM,
	EXPECT_KEY,
	EXPECT_COLON,
	AFTER_TRANSFORM,
	AFTER_ARGUMENTS,
	AFTER_NAME,
	TRAVERSE,
	IN_FILTER, /* from here on: an expression inside */
	IN_PARENS,
	IN_ARGUMENT,
	IN_VALUE,
	IN_ELEMENT,
	IN_THEN,
	IN_ELSE,
	STATES
} state;

/* What each token leads to. */
static const unsigned char follows[STATES][TOKEN_TYPES] = {
    [EXPECT_OPERAND] = {[T_LITERAL] = EXPECT_OPERATOR,
			[T_IDENTIFIER] = AFTER_NAME,
			[T_UNARY] = EXPECT_OPERAND,
			[T_OPEN_PAREN] = IN_PARENS,
			[T_OPEN_CURL] = EXPECT_KEY,
			[T_DOT] = TRAVERSE,
			[T_OPEN_BRACKET] = IN_ELEMENT},
    [EXPECT_OPERATOR] = {[T_BINARY] = EXPECT_OPERAND,
			 [T_PIPE] = EXPECT_TRANSFORM,
			 [T_DOT] = TRAVERSE,
			 [T_QUESTION] = IN_THEN},
    [EXPECT_TRANSFORM] = {[T_IDENTIFIER] = AFTER_TRANSFORM},
    [EXPECT_KEY] =
	{[T_IDENTIFIER] = EXPECT_COLON, [T_CLOSE_CURL] = EXPECT_OPERATOR},
    [EXPECT_COLON] = {[T_COLON] = IN_VALUE},
    [AFTER_TRANSFORM] = {[T_OPEN_PAREN] = IN_ARGUMENT,
			 [T_BINARY] = EXPECT_OPERAND,
			 [T_DOT] = TRAVERSE,
			 [T_OPEN_BRACKET] = IN_FILTER,
			 [T_PIPE] = EXPECT_TRANSFORM},
    [AFTER_ARGUMENTS] = {[T_BINARY] = EXPECT_OPERAND,
			 [T_DOT] = TRAVERSE,
			 [T_OPEN_BRACKET] = IN_FILTER,
			 [T_PIPE] = EXPECT_TRANSFORM},
    [AFTER_NAME] = {[T_BINARY] = EXPECT_OPERAND,
		    [T_DOT] = TRAVERSE,
		    [T_OPEN_BRACKET] = IN_FILTER,
		    [T_OPEN_PAREN] = IN_ARGUMENT,
		    [T_PIPE] = EXPECT_TRANSFORM,
		    [T_QUESTION] = IN_THEN},
    [TRAVERSE] = {[T_IDENTIFIER] = AFTER_NAME}};

/* What ends the expression inside, and leads to what. */
static const unsigned char ends[STATES][TOKEN_TYPES] = {
    [IN_FILTER] = {[T_CLOSE_BRACKET] = AFTER_NAME},
    [IN_PARENS] = {[T_CLOSE_PAREN] = EXPECT_OPERATOR},
    [IN_ARGUMENT] =
	{[T_COMMA] = IN_ARGUMENT, [T_CLOSE_PAREN] = AFTER_ARGUMENTS},
    [IN_VALUE] = {[T_COMMA] = EXPECT_KEY, [T_CLOSE_CURL] = EXPECT_OPERATOR},
    [IN_ELEMENT] =
	{[T_COMMA] = IN_ELEMENT, [T_CLOSE_BRACKET] = EXPECT_OPERATOR},
    [IN_THEN] = {[T_COLON] = IN_ELSE}};

static bool may_end(state s)
{
	return s == EXPECT_OPERATOR || s == AFTER_TRANSFORM ||
	       s == AFTER_ARGUMENTS || s == AFTER_NAME || s == IN_ELSE;
}

typedef struct {
	arena *memory;
	const char *text;
	const tokens *all;
	size_t at, depth;
	fria_error *err;
	int code;
} parser;

/* One expression: the whole, or one inside brackets. */
typedef struct {
	parser *p;
	state state;
	node *tree, *cursor;
	const char *key;
	bool of_cursor; /* the next name is a member of what stands here */
	bool dotted;	/* the next name is relative */
	bool relative;	/* some name was */
} level;

static void fail(parser *p, fria_word word, size_t at, const char *what)
{
	if (!p->code)
		p->code = expression_fail(p->err, FRIA_EINPUT, word, p->text,
					  at, what);
}

static node *make(level *l, node_type type, size_t at)
{
	node *n = arena_alloc(l->p->memory, sizeof *n);
	if (!n) {
		fail(l->p, FRIA_W_expression_long, at, NULL);
		return NULL;
	}
	n->type = type;
	n->at = at;
	return n;
}

static void place_at(level *l, node *n)
{
	if (!n)
		return;
	if (l->cursor) {
		l->cursor->right = n;
		n->parent = l->cursor;
	} else {
		l->tree = n;
	}
	l->cursor = n;
}

/* The new node takes the place of the one at the cursor. */
static void place_before(level *l, node *n)
{
	l->cursor = l->cursor ? l->cursor->parent : NULL;
	place_at(l, n);
}

static void append(level *l, node *to, node *item, const char *key)
{
	if (!to)
		return;
	if ((to->n & (to->n - 1)) == 0) {
		size_t room = to->n ? 2 * to->n : 1;
		node **items = arena_alloc(l->p->memory, room * sizeof *items);
		const char **keys =
		    arena_alloc(l->p->memory, room * sizeof *keys);
		if (!items || !keys) {
			fail(l->p, FRIA_W_expression_long, to->at, NULL);
			return;
		}
		if (to->n) {
			memcpy(items, to->items, to->n * sizeof *items);
			memcpy(keys, to->keys, to->n * sizeof *keys);
		}
		to->items = items;
		to->keys = keys;
	}
	to->items[to->n] = item;
	to->keys[to->n++] = key;
}

/* --- what a token does --- */

static int precedence(operation op)
{
	switch (op) {
	case O_AND:
	case O_OR:
		return 10;
	case O_ADD:
	case O_SUBTRACT:
		return 30;
	case O_MULTIPLY:
	case O_DIVIDE:
	case O_FLOOR:
		return 40;
	case O_REST:
	case O_POWER:
		return 50;
	case O_NOT:
		return 1000;
	default:
		return 20;
	}
}

static void put_operator(level *l, const token *t)
{
	node *up = l->cursor ? l->cursor->parent : NULL;
	while (up && (up->type == N_BINARY || up->type == N_UNARY) &&
	       precedence(up->op) >= precedence(t->op)) {
		l->cursor = up;
		up = up->parent;
	}
	node *n = make(l, N_BINARY, t->at);
	if (!n)
		return;
	n->op = t->op;
	n->left = l->cursor;
	if (l->cursor)
		l->cursor->parent = n;
	l->cursor = up;
	place_at(l, n);
}

static void put_dot(level *l)
{
	const node *c = l->cursor;
	l->of_cursor = c && c->type != N_UNARY &&
		       (c->type != N_BINARY || c->right != NULL);
	l->dotted = !l->of_cursor;
	l->relative = l->relative || l->dotted;
}

static void put_name(level *l, const token *t)
{
	node *n = make(l, N_IDENTIFIER, t->at);
	if (!n)
		return;
	n->name = t->text;
	if (l->of_cursor) {
		n->from = l->cursor;
		place_before(l, n);
		l->of_cursor = false;
	} else {
		n->relative = l->dotted;
		l->dotted = false;
		place_at(l, n);
	}
}

static void put_condition(level *l, const token *t)
{
	node *n = make(l, N_CONDITION, t->at);
	if (!n)
		return;
	n->from = l->tree;
	l->tree = l->cursor = n;
}

static void put_call(level *l, const char *name, size_t at, node *first)
{
	node *n = make(l, N_CALL, at);
	if (!n)
		return;
	n->name = name ? name : "undefined";
	if (first)
		append(l, n, first, NULL);
	place_before(l, n);
}

static void put_operand(level *l, const token *t)
{
	static const node_type types[TOKEN_TYPES] = {[T_LITERAL] = N_LITERAL,
						     [T_UNARY] = N_UNARY,
						     [T_OPEN_CURL] = N_OBJECT,
						     [T_OPEN_BRACKET] = N_LIST};
	node *n = make(l, types[t->type], t->at);
	if (!n)
		return;
	n->value = t->value;
	n->op = t->op;
	place_at(l, n);
}

static void take(level *l, const token *t)
{
	state to = follows[l->state][t->type];
	if (l->state == EXPECT_KEY && t->type == T_IDENTIFIER)
		l->key = t->text;
	else if (to == AFTER_TRANSFORM)
		put_call(l, t->text, t->at, l->cursor);
	else if (l->state == AFTER_NAME && to == IN_ARGUMENT && l->cursor)
		put_call(l, l->cursor->name, l->cursor->at, NULL);
	else if (to == IN_THEN)
		put_condition(l, t);
	else if (t->type == T_BINARY)
		put_operator(l, t);
	else if (t->type == T_DOT)
		put_dot(l);
	else if (t->type == T_IDENTIFIER)
		put_name(l, t);
	else if (l->state == EXPECT_OPERAND && t->type != T_OPEN_PAREN)
		put_operand(l, t);
	l->state = to;
}

/* --- an expression inside another --- */

static void put_filter(level *l, node *inside, bool relative, size_t at)
{
	node *n = make(l, N_FILTER, at);
	if (!n)
		return;
	n->relative = relative;
	n->from = l->cursor;
	n->left = inside;
	place_before(l, n);
}

static void put_inside(level *l, node *inside, bool relative, size_t at)
{
	if (!l->cursor && l->state != IN_PARENS)
		return;
	switch (l->state) {
	case IN_FILTER:
		put_filter(l, inside, relative, at);
		break;
	case IN_PARENS:
		if (!inside)
			fail(l->p, FRIA_W_expression_empty, at, NULL);
		place_at(l, inside);
		break;
	case IN_VALUE:
		append(l, l->cursor, inside, l->key);
		break;
	case IN_THEN:
		l->cursor->left = inside;
		break;
	case IN_ELSE:
		l->cursor->right = inside;
		break;
	default:
		if (inside)
			append(l, l->cursor, inside, NULL);
		break;
	}
}

static node *parse(parser *p, const unsigned char *stops, state *stopped,
		   bool *relative);

static state inside(level *l, const unsigned char *stops)
{
	parser *p = l->p;
	state next = NONE;
	bool relative = false;
	size_t at = p->all->items[p->at].at;
	if (++p->depth > FRIA_EXPRESSION_DEPTH)
		fail(p, FRIA_W_expression_deep, at, NULL);
	node *tree =
	    p->code ? NULL
		    : parse(p, l->state == IN_ELSE ? stops : ends[l->state],
			    &next, &relative);
	p->depth--;
	if (!p->code && next == NONE && l->cursor && !may_end(l->state))
		fail(p, FRIA_W_expression_end, strlen(p->text), NULL);
	if (!p->code)
		put_inside(l, tree, relative, at);
	if (next == NONE)
		l->state = IN_ELSE; /* nothing follows: it may end here */
	return next;
}

static node *parse(parser *p, const unsigned char *stops, state *stopped,
		   bool *relative)
{
	level l = {.p = p, .state = EXPECT_OPERAND};
	while (!p->code && p->at < p->all->n && *stopped == NONE) {
		const token *t = &p->all->items[p->at];
		if (l.state >= IN_FILTER) {
			state next = inside(&l, stops);
			if (l.state == IN_ELSE)
				*stopped = next;
			else
				l.state = next;
			continue;
		}
		if (!follows[l.state][t->type] && !stops[t->type]) {
			fail(p, FRIA_W_expression_unexpected, t->at, t->text);
			break;
		}
		p->at++;
		if (follows[l.state][t->type])
			take(&l, t);
		else
			*stopped = stops[t->type];
	}
	if (!p->code && l.cursor && !may_end(l.state))
		fail(p, FRIA_W_expression_end,
		     p->at < p->all->n ? p->all->items[p->at].at
				       : strlen(p->text),
		     NULL);
	*relative = l.relative;
	return l.tree;
}

/* --- the depth of the tree, for what walks it --- */

static bool too_deep(const node *n, size_t depth)
{
	if (!n)
		return false;
	if (depth > (size_t)2 * FRIA_EXPRESSION_DEPTH)
		return true;
	for (size_t i = 0; i < n->n; i++)
		if (too_deep(n->items[i], depth + 1))
			return true;
	return too_deep(n->left, depth + 1) || too_deep(n->right, depth + 1) ||
	       too_deep(n->from, depth + 1);
}

int expression_tree(node **out, arena *memory, const char *text,
		    const tokens *all, fria_error *err)
{
	static const unsigned char nothing[TOKEN_TYPES] = {0};
	parser p = {memory, text, all, 0, 0, err, 0};
	state stopped = NONE;
	bool relative;
	*out = parse(&p, nothing, &stopped, &relative);
	if (!p.code && too_deep(*out, 0))
		fail(&p, FRIA_W_expression_deep, 0, NULL);
	return p.code;
}
