/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of the expression language share: tokens, tree, memory. */
#ifndef FRIA_EXPRESSION_INTERNAL_H
#define FRIA_EXPRESSION_INTERNAL_H

#include "expression.h"

/* --- memory that is freed at once --- */

typedef struct arena_block arena_block;

typedef struct {
	arena_block *blocks;
	size_t used, room, total, limit;
} arena;

/* Zeroed; NULL beyond the limit. */
void *arena_alloc(arena *a, size_t size);
void arena_dispose(arena *a);

/* --- tokens --- */

typedef enum {
	T_LITERAL,
	T_IDENTIFIER,
	T_BINARY,
	T_UNARY,
	T_DOT,
	T_OPEN_BRACKET,
	T_CLOSE_BRACKET,
	T_PIPE,
	T_OPEN_CURL,
	T_CLOSE_CURL,
	T_COLON,
	T_COMMA,
	T_OPEN_PAREN,
	T_CLOSE_PAREN,
	T_QUESTION,
	TOKEN_TYPES
} token_type;

typedef enum {
	O_ADD,
	O_SUBTRACT,
	O_MULTIPLY,
	O_DIVIDE,
	O_FLOOR,
	O_REST,
	O_POWER,
	O_EQUAL,
	O_UNEQUAL,
	O_GREATER,
	O_GREATER_EQUAL,
	O_LESS,
	O_LESS_EQUAL,
	O_AND,
	O_OR,
	O_IN,
	O_NOT
} operation;

typedef struct {
	token_type type;
	operation op;	  /* of T_BINARY and T_UNARY */
	fria_js value;	  /* of T_LITERAL */
	const char *text; /* of T_IDENTIFIER, and for messages */
	size_t at;	  /* byte in the text */
} token;

typedef struct {
	token *items;
	size_t n;
} tokens;

/* EINPUT at the first character that starts no token. */
int expression_lex(tokens *out, arena *memory, const char *text,
		   fria_error *err);
/* Sets an error with the column of a byte. */
int expression_fail(fria_error *err, int code, fria_word word, const char *text,
		    size_t at, const char *what);

/* --- the tree --- */

typedef enum {
	N_LITERAL,
	N_IDENTIFIER,
	N_BINARY,
	N_UNARY,
	N_CONDITION,
	N_FILTER,
	N_CALL,
	N_LIST,
	N_OBJECT
} node_type;

typedef struct node {
	node_type type;
	operation op;
	size_t at;
	fria_js value;	     /* literal */
	const char *name;    /* identifier, call */
	struct node *parent; /* while parsing */
	/* binary, unary: operands. condition: the two results. */
	struct node *left, *right;
	struct node
	    *from;     /* identifier, filter: of what. condition: the test */
	bool relative; /* identifier, filter */
	struct node **items; /* arguments, elements, values */
	const char **keys;   /* of an object's values */
	size_t n;
} node;

struct fria_expression {
	char *text;
	arena memory;
	node *root; /* NULL for an empty expression */
};

/* EINPUT at the token that does not fit. */
int expression_tree(node **out, arena *memory, const char *text,
		    const tokens *all, fria_error *err);

struct fria_running {
	arena memory;
	size_t steps;
	const fria_scope *scope;
	fria_js context;
	const char *text;
	size_t at; /* of the node that is evaluated */
	fria_error *err;
	int code;
};

#endif
