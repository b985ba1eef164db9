/* SPDX-License-Identifier: EUPL-1.2 */
/* The text of an expression as tokens, cut as the reference cuts it. */
#include "expression_internal.h"

#include <stdlib.h>
#include <string.h>

int expression_fail(fria_error *err, int code, fria_word word, const char *text,
		    size_t at, const char *what)
{
	char *column = fria_format("%zu", fria_utf8_count(text, at) + 1);
	fria_fail(err, code, word, "column", column, "what", what ? what : "",
		  NULL);
	free(column);
	return code;
}

typedef struct {
	tokens *out;
	arena *memory;
	const char *text;
	size_t at;
	bool negate;
} lexer;

static token *push(lexer *l, token_type type, size_t at)
{
	*FRIA_PUSH(l->out) = (token){.type = type, .at = at};
	return &l->out->items[l->out->n - 1];
}

static const char *copy(lexer *l, const char *from, size_t n)
{
	char *to = arena_alloc(l->memory, n + 1);
	return to ? memcpy(to, from, n) : "";
}

/* --- what letters are --- */

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_';
}

/* Length of a letter of an identifier at p, or 0. */
static size_t letter(const char *p, bool first)
{
	uint32_t c;
	if (!*p)
		return 0;
	size_t n = fria_utf8_next(&c, p, strlen(p));
	if (c < 128)
		return c == '$' ||
		       (is_word((char)c) && !(first && c >= '0' && c <= '9'));
	bool latin = c >= 0xC0 && c <= 0xFF && c != 0xD7 && c != 0xF7;
	return latin || (c >= 0x410 && c <= 0x44F) ? n : 0;
}

/* Length of white space as JavaScript's \s has it, or 0. */
static size_t space(const char *p)
{
	uint32_t c;
	if (!*p)
		return 0;
	size_t n = fria_utf8_next(&c, p, strlen(p));
	bool is = (c >= 9 && c <= 13) || c == ' ' || c == 0xA0 || c == 0x1680 ||
		  (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 ||
		  c == 0x202F || c == 0x205F || c == 0x3000 || c == 0xFEFF;
	return is ? n : 0;
}

/* --- text between quotes --- */

/* Length with both quotes, or 0; the last escaped quote may have to close. */
static size_t quoted(const char *p)
{
	size_t escaped = 0;
	for (size_t i = 1; p[i]; i++) {
		if (p[i] == '\\' && p[i + 1] == p[0])
			escaped = ++i;
		else if (p[i] == p[0])
			return i + 1;
	}
	return escaped ? escaped + 1 : 0;
}

/* Escaped quotes lose their backslash; of doubled ones, the first pair. */
static const char *unquote(lexer *l, const char *p, size_t n)
{
	char *out = arena_alloc(l->memory, n), *to = out;
	if (!out)
		return "";
	for (size_t i = 1; i + 1 < n; i++) {
		if (p[i] == '\\' && p[i + 1] == p[0] && i + 2 < n)
			i++;
		*to++ = p[i];
	}
	*to = '\0';
	char *pair = strstr(out, "\\\\");
	if (pair)
		memmove(pair, pair + 1, strlen(pair));
	return out;
}

/* --- the others --- */

typedef struct {
	const char *text;
	token_type type;
	operation op;
} element;

/* The longest first. */
static const element elements[] = {{"//", T_BINARY, O_FLOOR},
				   {"==", T_BINARY, O_EQUAL},
				   {"!=", T_BINARY, O_UNEQUAL},
				   {">=", T_BINARY, O_GREATER_EQUAL},
				   {"<=", T_BINARY, O_LESS_EQUAL},
				   {"&&", T_BINARY, O_AND},
				   {"||", T_BINARY, O_OR},
				   {".", T_DOT, 0},
				   {"[", T_OPEN_BRACKET, 0},
				   {"]", T_CLOSE_BRACKET, 0},
				   {"|", T_PIPE, 0},
				   {"{", T_OPEN_CURL, 0},
				   {"}", T_CLOSE_CURL, 0},
				   {":", T_COLON, 0},
				   {",", T_COMMA, 0},
				   {"(", T_OPEN_PAREN, 0},
				   {")", T_CLOSE_PAREN, 0},
				   {"?", T_QUESTION, 0},
				   {"+", T_BINARY, O_ADD},
				   {"-", T_BINARY, O_SUBTRACT},
				   {"*", T_BINARY, O_MULTIPLY},
				   {"/", T_BINARY, O_DIVIDE},
				   {"%", T_BINARY, O_REST},
				   {"^", T_BINARY, O_POWER},
				   {">", T_BINARY, O_GREATER},
				   {"<", T_BINARY, O_LESS},
				   {"!", T_UNARY, O_NOT}};

static const element *element_at(const char *p)
{
	for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
		if (!strncmp(p, elements[i].text, strlen(elements[i].text)))
			return &elements[i];
	return NULL;
}

static size_t digits(const char *p)
{
	return strspn(p, "0123456789");
}

/* Length of a number without sign, or 0. */
static size_t number(const char *p)
{
	size_t n = digits(p);
	size_t after = p[n] == '.' ? digits(p + n + 1) : 0;
	return after ? n + 1 + after : n;
}

/* A minus before the first operand, or after what asks for one. */
static bool is_sign(const lexer *l)
{
	if (!l->out->n)
		return true;
	switch (l->out->items[l->out->n - 1].type) {
	case T_BINARY:
	case T_UNARY:
	case T_OPEN_PAREN:
	case T_OPEN_BRACKET:
	case T_QUESTION:
	case T_COLON:
		return true;
	default:
		return false;
	}
}

static size_t identifier(const char *p, bool after_word)
{
	static const char *const keywords[] = {"true", "false", "in"};
	size_t n = letter(p, true);
	for (size_t i = 0; i < 3 && !after_word; i++) {
		size_t k = strlen(keywords[i]);
		if (!strncmp(p, keywords[i], k) && !is_word(p[k]))
			return k;
	}
	while (n && letter(p + n, false))
		n += letter(p + n, false);
	return n;
}

static void put_identifier(lexer *l, const char *p, size_t n)
{
	token *t;
	if (n == 2 && !memcmp(p, "in", 2)) {
		push(l, T_BINARY, l->at)->op = O_IN;
		return;
	}
	bool truth = n == 4 && !memcmp(p, "true", 4);
	bool boolean = truth || (n == 5 && !memcmp(p, "false", 5));
	t = push(l, boolean ? T_LITERAL : T_IDENTIFIER, l->at);
	t->text = copy(l, p, n);
	if (boolean)
		t->value = (fria_js){.kind = FRIA_JS_BOOLEAN, .truth = truth};
}

static size_t put_number(lexer *l, const char *p)
{
	size_t n = number(p);
	double value = n ? fria_number_read(copy(l, p, n), NULL) : 0;
	if (n)
		push(l, T_LITERAL, l->at)->value =
		    (fria_js){.kind = FRIA_JS_NUMBER,
			      .number = l->negate ? -value : value};
	l->negate = false;
	return n;
}

/* One token at p; its length, or 0 for what is none. */
static size_t one(lexer *l, const char *p)
{
	size_t n;
	const element *e = element_at(p);
	if (e && e->op == O_SUBTRACT && e->type == T_BINARY && is_sign(l)) {
		l->negate = true;
		return 1;
	}
	if (l->negate)
		return put_number(l, p);
	if (*p == '\'' || *p == '"') {
		n = quoted(p);
		if (n)
			push(l, T_LITERAL, l->at)->value = (fria_js){
			    .kind = FRIA_JS_TEXT, .text = unquote(l, p, n)};
		return n;
	}
	if (e) {
		push(l, e->type, l->at)->op = e->op;
		l->out->items[l->out->n - 1].text = e->text;
		return strlen(e->text);
	}
	n = identifier(p, l->at && is_word(p[-1]));
	if (n) {
		put_identifier(l, p, n);
		return n;
	}
	return put_number(l, p);
}

int expression_lex(tokens *out, arena *memory, const char *text,
		   fria_error *err)
{
	lexer l = {out, memory, text, 0, false};
	while (text[l.at]) {
		size_t n = space(text + l.at);
		if (!n)
			n = one(&l, text + l.at);
		if (!n)
			return expression_fail(err, FRIA_EINPUT,
					       FRIA_W_expression_token, text,
					       l.at, NULL);
		l.at += n;
	}
	if (l.negate)
		return expression_fail(err, FRIA_EINPUT, FRIA_W_expression_end,
				       text, l.at, NULL);
	return 0;
}
