/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * template: a report template as a tree: text, headings, parts, conditions
 * and loops. Inside engine/report only; template.c reads it, fill.c runs it.
 *
 *   # Heading            opens a section (levels 1 to 4)
 *   {{field ARG}}        inside text: a value, escaped
 *   {{part ARG ...}}     alone on a line: a block
 *   {{if [not] TEST ARG}} ... {{else}} ... {{end}}     alone on their lines
 *   {{each LIST KEY=VALUE ...}} ... {{end}}            likewise
 *
 * An argument of a task or row is left out inside a loop over these.
 */
#ifndef FRIA_REPORT_TEMPLATE_H
#define FRIA_REPORT_TEMPLATE_H

#include "../base/base.h"

/* Conditions and loops inside each other; words in a directive. */
#define TEMPLATE_DEPTH 16
#define TEMPLATE_WORDS 16

typedef enum {
	TEMPLATE_TEXT,	  /* Markdown with fields in it */
	TEMPLATE_HEADING, /* its text, with fields in it */
	TEMPLATE_PART,
	TEMPLATE_IF,
	TEMPLATE_EACH
} template_kind;

typedef struct template_node template_node;

typedef struct {
	template_node *items;
	size_t n;
} template_nodes;

struct template_node {
	template_kind kind;
	char *text; /* of text and heading */
	int level;  /* of a heading */
	/* The words of a directive: "task", "3.5.1"; without if, each, not. */
	fria_strings words;
	bool negated; /* if not */
	size_t line, column;
	template_nodes then, otherwise;
};

/* What the arguments of a word must be; template_check.c knows what that is. */
typedef enum {
	TAKES_ANY,
	TAKES_TASK,
	TAKES_ROWS, /* a group; behind it, tasks */
	TAKES_PICTURE,
	TAKES_FACT,
	TAKES_LAW,
	TAKES_COUNT,
	TAKES_SCORE,
	TAKES_LEVEL,
	TAKES_CONCLUSION, /* its id; behind it "of=ASSESSMENT" */
	TAKES_CONCLUDED,  /* likewise, and "level=required,expected" */
	TAKES_FINDING,
	TAKES_VERDICT,
	TAKES_AUDIENCE,
	TAKES_STATE,
	TAKES_ROLE,
	TAKES_TASKS, /* filters: "state=open,stale"; and what these take */
	TAKES_APPROVALS,
	TAKES_STATES,
	TAKES_ROLES,
	TAKES_REGISTER,
	TAKES_ELEMENT,
	TAKES_ABOUT,
	TAKES_FLAG,
	TAKES_THEME,
	TAKES_KIND,
	TAKES_APPROVAL_VALUE,
	TAKES_APPROVAL_STATE
} template_takes;

/* What may be named in a template ("role kind by"), with how many arguments,
 * and inside which loop alone (NULL: anywhere). */
typedef struct {
	const char *names;
	size_t min, max;
	const char *within;
	template_takes takes;
} template_word;

extern const template_word template_parts[], template_fields[],
    template_tests[], template_lists[]; /* closed by NULL names */
/* Do the words name this, with as many arguments as it takes? */
bool template_is(const template_word *row, const fria_strings *words);

/*
 * Reads a template. EINPUT, with line and column, for a directive that does
 * not exist, has too few or too many arguments, is not closed, or stands
 * inside running text where it must be alone.
 */
int template_parse(template_nodes *out, const char *name, const char *text,
		   fria_error *err);
void template_dispose(template_nodes *nodes);

/* The next {{...}} in a text: its words; *at is moved behind it. False at the
 * end of the text; *before is the length of what stands before it. */
bool template_field_next(fria_strings *words, const char **at, size_t *before);

#endif
