/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Reads a template into a tree, and refuses what is wrong in it with its
 * place. What the directives mean is for fill.c.
 *
 * Calls up to fill.c: its tables say which directives there are.
 */
#include "template.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
	const char *name; /* of the template, for messages */
	const char *at;	  /* start of the next line */
	size_t line;
	char *loops[TEMPLATE_DEPTH]; /* lists of the loops around */
	size_t loops_n;
	fria_error *err;
} reading;

static int fail(reading *r, size_t column, fria_word word, const char *what,
		const char *choices)
{
	fria_fail(r->err, FRIA_EINPUT, word, "directive", what, "choices",
		  choices, NULL);
	return fria_fail_at(r->err, r->name, NULL, r->line, column);
}

/* --- words --- */

static bool has(const template_word *table, const char *name)
{
	while (table->names && !fria_is_among(table->names, name))
		table++;
	return table->names != NULL;
}

bool template_is(const template_word *row, const fria_strings *words)
{
	return fria_is_among(row->names, words->items[0]) &&
	       words->n > row->min && words->n <= row->max + 1;
}

/* Words between blanks, of the n bytes between the braces. */
static void split(fria_strings *words, const char *text, size_t n)
{
	const char *end = text + n;
	while (text < end) {
		size_t blank = strspn(text, " \t");
		text += blank;
		size_t length = strcspn(text, " \t}");
		if (text + length > end)
			length = (size_t)(end - text);
		if (!length)
			return;
		char *word = fria_strndup(text, length);
		if (words->n < TEMPLATE_WORDS)
			fria_strings_add(words, word);
		free(word);
		text += length;
	}
}

bool template_field_next(fria_strings *words, const char **at, size_t *before)
{
	const char *open = strstr(*at, "{{");
	const char *close = open ? strstr(open, "}}") : NULL;
	*words = (fria_strings)FRIA_STRINGS_INIT;
	if (!close) {
		*before = strlen(*at);
		return false;
	}
	*before = (size_t)(open - *at);
	split(words, open + 2, (size_t)(close - open) - 2);
	*at = close + 2;
	return true;
}

/* Is it a word of the table, with as many arguments as it takes? There may be
 * a row for inside a loop and one for everywhere. */
static int check(reading *r, const template_word *table,
		 const fria_strings *words, size_t column)
{
	const char *name = words->n ? words->items[0] : "";
	fria_strings all = FRIA_STRINGS_INIT;
	fria_buf choices = FRIA_BUF_INIT;
	const fria_strings loops = {r->loops, r->loops_n};
	bool known = has(table, name);
	int code = FRIA_EINPUT;
	for (; table->names; table++) {
		if (words->n && template_is(table, words) &&
		    (!table->within || fria_strings_has(&loops, table->within)))
			code = 0;
		fria_strings_split(&all, table->names);
	}
	fria_strings_join(&choices, &all, ", ");
	if (code)
		fail(r, column,
		     known ? FRIA_W_template_arguments
			   : FRIA_W_template_unknown,
		     name, choices.text);
	fria_buf_dispose(&choices);
	fria_strings_dispose(&all);
	return code;
}

static size_t column_of(const char *line, size_t bytes)
{
	return fria_utf8_count(line, bytes) + 1;
}

/* Every field in a line of text. */
static int check_fields(reading *r, const char *line)
{
	const char *at = line;
	fria_strings words;
	size_t before;
	int code = 0;
	for (;;) {
		const char *from = at;
		if (!template_field_next(&words, &at, &before)) {
			const char *open = strstr(from, "{{");
			return code || !open
				   ? code
				   : fail(
					 r,
					 column_of(line, (size_t)(open - line)),
					 FRIA_W_template_braces, open, "");
		}
		size_t column = column_of(line, (size_t)(from - line) + before);
		const char *name = words.n ? words.items[0] : "";
		bool block =
		    !strcmp(name, "if") || !strcmp(name, "each") ||
		    !strcmp(name, "else") || !strcmp(name, "end") ||
		    (has(template_parts, name) && !has(template_fields, name));
		if (block)
			code = fail(r, column, FRIA_W_template_alone, name, "");
		else
			code = check(r, template_fields, &words, column);
		fria_strings_dispose(&words);
		if (code)
			return code;
	}
}

/* --- lines --- */

/* The words of a line that is one directive and nothing else. */
static bool is_directive(fria_strings *words, const char *line)
{
	size_t n = strlen(line);
	const char *from = line + strspn(line, " \t");
	while (n && (line[n - 1] == ' ' || line[n - 1] == '\t'))
		n--;
	const char *end = line + n;
	*words = (fria_strings)FRIA_STRINGS_INIT;
	if (end - from < 4 || strncmp(from, "{{", 2) != 0 ||
	    strncmp(end - 2, "}}", 2) != 0 || strstr(from, "}}") != end - 2)
		return false;
	split(words, from + 2, (size_t)(end - from) - 4);
	return true;
}

static char *next_line(reading *r)
{
	size_t n = strcspn(r->at, "\n");
	char *line;
	if (!*r->at)
		return NULL;
	line = fria_strndup(r->at, n);
	if (n && line[n - 1] == '\r')
		line[n - 1] = '\0';
	r->at += n + (r->at[n] == '\n');
	r->line++;
	return line;
}

static template_node *add(template_nodes *out, template_kind kind,
			  const reading *r, size_t column)
{
	template_node *node = FRIA_PUSH(out);
	*node =
	    (template_node){.kind = kind, .line = r->line, .column = column};
	return node;
}

static int add_heading(template_nodes *out, reading *r, const char *line,
		       int level)
{
	template_node *node = add(out, TEMPLATE_HEADING, r, 1);
	node->level = level;
	node->text = fria_strdup(line + level + 1);
	return check_fields(r, line);
}

/* Lines of text that follow each other are one piece. */
static int add_text(template_nodes *out, reading *r, const char *line)
{
	template_node *last = out->n ? &out->items[out->n - 1] : NULL;
	if (!last || last->kind != TEMPLATE_TEXT)
		last = add(out, TEMPLATE_TEXT, r, 1);
	char *text = fria_format("%s%s\n", last->text ? last->text : "", line);
	free(last->text);
	last->text = text;
	return check_fields(r, line);
}

static int read_nodes(reading *r, template_nodes *out, int depth,
		      const char **closed);

/* "if" and "each", up to their end. */
static int add_block(template_nodes *out, reading *r, fria_strings *words,
		     size_t column, int depth)
{
	bool each = !strcmp(words->items[0], "each");
	bool negated = !each && words->n > 1 && !strcmp(words->items[1], "not");
	size_t line = r->line;
	const char *closed = NULL;
	template_node node = {.kind = each ? TEMPLATE_EACH : TEMPLATE_IF,
			      .negated = negated,
			      .line = line,
			      .column = column};
	for (size_t i = negated ? 2 : 1; i < words->n; i++)
		fria_strings_add(&node.words, words->items[i]);
	int code = check(r, each ? template_lists : template_tests, &node.words,
			 column);
	if (!code && depth >= TEMPLATE_DEPTH)
		code =
		    fail(r, column, FRIA_W_template_deep, words->items[0], "");
	bool loop = !code && each && node.words.n;
	if (loop)
		r->loops[r->loops_n++] = node.words.items[0];
	if (!code)
		code = read_nodes(r, &node.then, depth + 1, &closed);
	r->loops_n -= loop;
	if (!code && closed && !strcmp(closed, "else") && each)
		code = fail(r, 1, FRIA_W_template_else, "else", "");
	else if (!code && closed && !strcmp(closed, "else"))
		code = read_nodes(r, &node.otherwise, depth + 1, &closed);
	if (!code && (!closed || strcmp(closed, "end") != 0)) {
		r->line = line;
		code =
		    fail(r, column, FRIA_W_template_open, words->items[0], "");
	}
	*FRIA_PUSH(out) = node;
	return code;
}

static int add_directive(template_nodes *out, reading *r, fria_strings *words,
			 size_t column, int depth)
{
	const char *name = words->n ? words->items[0] : "";
	if (!strcmp(name, "if") || !strcmp(name, "each"))
		return add_block(out, r, words, column, depth);
	int code = check(r, template_parts, words, column);
	template_node *node = add(out, TEMPLATE_PART, r, column);
	node->words = *words;
	*words = (fria_strings)FRIA_STRINGS_INIT;
	return code;
}

/* "else" or "end"; NULL for another. */
static const char *closing(const fria_strings *words)
{
	const char *name = words->n == 1 ? words->items[0] : "";
	return !strcmp(name, "else")  ? "else"
	       : !strcmp(name, "end") ? "end"
				      : NULL;
}

static int read_line(reading *r, template_nodes *out, const char *line,
		     int depth, const char **closed)
{
	fria_strings words;
	size_t column = column_of(line, strspn(line, " \t"));
	size_t level = strspn(line, "#");
	int code;
	if (level >= 1 && level <= 4 && line[level] == ' ')
		return add_heading(out, r, line, (int)level);
	if (!is_directive(&words, line))
		return add_text(out, r, line);
	const char *name = words.n ? words.items[0] : "";
	*closed = closing(&words);
	if (*closed && depth == 0)
		code = fail(r, column, FRIA_W_template_end, *closed, "");
	else if (*closed)
		code = 0;
	else if (has(template_fields, name) && !has(template_parts, name))
		/* a field alone on its line: "{{title}}" */
		code = add_text(out, r, line);
	else
		code = add_directive(out, r, &words, column, depth);
	fria_strings_dispose(&words);
	return code;
}

static int read_nodes(reading *r, template_nodes *out, int depth,
		      const char **closed)
{
	char *line;
	int code = 0;
	*closed = NULL;
	while (!code && !*closed && (line = next_line(r))) {
		code = read_line(r, out, line, depth, closed);
		free(line);
	}
	return code;
}

int template_parse(template_nodes *out, const char *name, const char *text,
		   fria_error *err)
{
	fria_error own = FRIA_ERROR_INIT;
	reading r = {.name = name, .at = text, .err = err ? err : &own};
	const char *closed;
	*out = (template_nodes){NULL, 0};
	int code = read_nodes(&r, out, 0, &closed);
	if (code)
		template_dispose(out);
	return code;
}

void template_dispose(template_nodes *nodes)
{
	for (size_t i = 0; i < nodes->n; i++) {
		template_node *node = &nodes->items[i];
		free(node->text);
		fria_strings_dispose(&node->words);
		template_dispose(&node->then);
		template_dispose(&node->otherwise);
	}
	free(nodes->items);
	*nodes = (template_nodes){NULL, 0};
}
