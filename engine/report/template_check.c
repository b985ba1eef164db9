/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Holds a template against what it is to be filled with: a question, state,
 * role, score or characteristic that cannot be is refused, with its place. A
 * branch of {{if task}} or {{if instrument}} that this questionnaire does not
 * take is passed over, so one template can serve several.
 *
 * Calls up to fill.c: what can be filled in is known there alone.
 */
#include "fill.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
	const fria_report *r;
	const fria_instrument *in;
	const char *name; /* of the template */
	size_t line, column;
	fria_error *err;
} checking;

static int fail(const checking *c, fria_word word, const char *what,
		const char *choices)
{
	fria_fail(c->err, FRIA_EINPUT, word, "what", what, "choices", choices,
		  "instrument", c->in->name, NULL);
	return fria_fail_at(c->err, c->name, NULL, c->line, c->column);
}

/* --- what there is to choose from --- */

typedef void list_values(const checking *c, fria_strings *out);

/* Of a closed list of literals. */
static void add_all(fria_strings *out, const char *const values[])
{
	for (; *values; values++)
		fria_strings_add(out, *values);
}

static void list_states(const checking *c, fria_strings *out)
{
	(void)c;
	for (int state = FRIA_HIDDEN; state <= FRIA_SUSPECT; state++)
		fria_strings_add(out, fria_state_id((fria_state)state));
}

/* A filter also knows what was waived because nobody knows. */
static void list_filter_states(const checking *c, fria_strings *out)
{
	list_states(c, out);
	fria_strings_add(out, fria_waiver_id(FRIA_WAIVER_UNKNOWN));
}

static void list_counts(const checking *c, fria_strings *out)
{
	(void)c;
	for (const char *const *name = fill_counts; *name; name++)
		fria_strings_add(out, *name);
}

static void list_verdicts(const checking *c, fria_strings *out)
{
	(void)c;
	for (int v = FRIA_BLOCKED; v <= FRIA_CURRENT; v++)
		fria_strings_add(out, fria_verdict_id((fria_verdict)v));
}

static void list_audiences(const checking *c, fria_strings *out)
{
	(void)c;
	for (int a = FRIA_INTERNAL; a <= FRIA_PUBLIC; a++)
		fria_strings_add(out, fria_audience_id((fria_audience)a));
}

static void list_letters(const checking *c, fria_strings *out)
{
	static const char *const letters[] = {"a", "b", "c", "d",
					      "e", "f", NULL};
	(void)c;
	add_all(out, letters);
}

static void list_abouts(const checking *c, fria_strings *out)
{
	static const char *const abouts[] = {"system", "use", "both", NULL};
	(void)c;
	add_all(out, abouts);
}

static void list_flags(const checking *c, fria_strings *out)
{
	static const char *const flags[] = {"true", "false", NULL};
	(void)c;
	add_all(out, flags);
}

static void list_themes(const checking *c, fria_strings *out)
{
	(void)c;
	add_all(out, fria_themes);
	add_all(out, fria_themes_former);
}

static void list_kinds(const checking *c, fria_strings *out)
{
	const char *id;
	(void)c;
	for (size_t i = 0; (id = fria_closed_at("kind", i)); i++)
		fria_strings_add(out, id);
}

static void list_approval_values(const checking *c, fria_strings *out)
{
	const char *kind, *id;
	(void)c;
	for (size_t i = 0; (kind = fria_closed_at("kind", i)); i++)
		for (size_t k = 0; (id = fria_closed_at(kind, k)); k++)
			fria_strings_add_once(out, id);
}

static void list_approval_states(const checking *c, fria_strings *out)
{
	(void)c;
	for (fria_approval_state s = FRIA_APPROVAL_VALID;
	     s <= FRIA_APPROVAL_MISSING; s++)
		fria_strings_add(out, fria_approval_state_id(s));
}

/* Those of the questionnaire, of fria.json, and the usual ones. */
static void list_roles(const checking *c, fria_strings *out)
{
	const char *text = fria_embedded("assessments/roles.json", NULL), *key;
	json_t *usual = text ? json_loads(text, 0, NULL) : NULL, *one;
	json_object_foreach(usual, key, one)
		fria_strings_add_once(out, key);
	json_object_foreach((json_t *)(uintptr_t)c->r->input->roles, key, one)
		fria_strings_add_once(out, key);
	for (size_t i = 0; i < c->in->n; i++)
		for (size_t k = 0; k < c->in->tasks[i].roles.n; k++)
			fria_strings_add_once(out,
					      c->in->tasks[i].roles.items[k]);
	json_decref(usual);
	fria_strings_sort(out);
}

/* A filter also knows whose advice is asked. */
static void list_filter_roles(const checking *c, fria_strings *out)
{
	list_roles(c, out);
	fria_strings_add(out, "adviser");
}

static void list_results(const checking *c, fria_strings *out, bool in_rows)
{
	for (size_t i = 0; i < c->in->calculations.n; i++) {
		const fria_calculation *one = &c->in->calculations.items[i];
		if ((c->in->tasks[one->task].rows != FRIA_NONE) == in_rows)
			fria_strings_add_once(out, one->key);
	}
}

static void list_scores(const checking *c, fria_strings *out)
{
	list_results(c, out, false);
}

static void list_levels(const checking *c, fria_strings *out)
{
	list_results(c, out, true);
}

static void list_conclusions(const checking *c, fria_strings *out)
{
	for (size_t i = 0; i < c->in->rules.n; i++)
		fria_strings_add_once(out, c->in->rules.items[i].id);
}

/* --- one word --- */

/* The next of the values between commas, new; NULL after the last. */
static char *take_value(const char **values)
{
	if (!*values)
		return NULL;
	size_t n = strcspn(*values, ",");
	char *one = fria_strndup(*values, n);
	*values = (*values)[n] ? *values + n + 1 : NULL;
	return one;
}

/* Each of the values must be in the list. */
static int check_listed(const checking *c, list_values *list,
			const char *values, fria_word word)
{
	fria_strings known = FRIA_STRINGS_INIT;
	int code = 0;
	list(c, &known);
	for (char *one; !code && (one = take_value(&values)); free(one)) {
		if (!fria_strings_has(&known, one)) {
			fria_buf choices = FRIA_BUF_INIT;
			fria_strings_join(&choices, &known, ", ");
			code = fail(c, word, one,
				    choices.n ? choices.text : "\u2013");
			fria_buf_dispose(&choices);
		}
	}
	fria_strings_dispose(&known);
	return code;
}

static int check_tasks(const checking *c, const char *ids)
{
	int code = 0;
	for (char *id; !code && (id = take_value(&ids)); free(id))
		if (fria_instrument_find(c->in, id) == FRIA_NONE)
			code = fail(c, FRIA_W_template_no_task, id, "");
	return code;
}

static int check_group(const checking *c, const char *id)
{
	size_t group = fria_instrument_find(c->in, id);
	if (group == FRIA_NONE)
		return fail(c, FRIA_W_template_no_task, id, "");
	return c->in->tasks[group].rows == group
		   ? 0
		   : fail(c, FRIA_W_template_no_rows, id, "");
}

/* A place in the vocabularies, or another that this application has. */
static int check_pointer(const checking *c, const char *pointer)
{
	bool fine = fria_fact_field(pointer) ||
		    (fria_fact_is(pointer) &&
		     fria_fact(c->r->input->application, pointer));
	return fine ? 0 : fail(c, FRIA_W_template_fact, pointer, "");
}

/* A line of the law, where any is known. */
static int check_law(const checking *c, const char *id)
{
	const json_t *application = c->r->input->application;
	return !json_object_get(application, "law") ||
		       fria_law_line(application, id)
		   ? 0
		   : fail(c, FRIA_W_template_law, id, "");
}

/* A field of the register's entry, which answers may write. */
static int check_register(const checking *c, const char *fields)
{
	int code = 0;
	for (char *one; !code && (one = take_value(&fields)); free(one)) {
		char *pointer = fria_format("/register/%s", one);
		if (!fria_fact_field(pointer))
			code = fail(c, FRIA_W_template_fact, pointer, "");
		free(pointer);
	}
	return code;
}

typedef enum {
	A_FIELD,
	A_PART,
	A_TEST,
	A_TASK_FILTER,
	AN_APPROVAL_FILTER
} word_use;

/* What the argument of a word, or the value of a filter, must be: one of a
 * list (with the sentence that says so), or what a function finds right. */
static const struct {
	const char *name;
	int (*check)(const checking *c, const char *value);
	list_values *list;
	word_use use;
	fria_word word;
} arguments[] = {
    {"count", NULL, list_counts, A_FIELD, FRIA_W_template_value},
    {"score", NULL, list_scores, A_FIELD, FRIA_W_template_result},
    {"level", NULL, list_levels, A_FIELD, FRIA_W_template_result},
    {"conclusion", NULL, list_conclusions, A_FIELD, FRIA_W_template_result},
    {"law", check_law, NULL, A_FIELD, 0},
    {"law-title", check_law, NULL, A_FIELD, 0},
    {"law-text", check_law, NULL, A_FIELD, 0},
    {"law-from", check_law, NULL, A_FIELD, 0},
    {"law-checked", check_law, NULL, A_FIELD, 0},
    {"fact", check_pointer, NULL, A_FIELD, 0},
    {"value", check_tasks, NULL, A_FIELD, 0},
    {"question", check_tasks, NULL, A_FIELD, 0},
    {"cell", check_tasks, NULL, A_FIELD, 0},
    {"number", check_tasks, NULL, A_FIELD, 0},
    {"part", check_tasks, NULL, A_PART, 0},
    {"task", check_tasks, NULL, A_PART, 0},
    {"answer", check_tasks, NULL, A_PART, 0},
    {"rows", check_group, NULL, A_PART, 0},
    {"verdict", NULL, list_verdicts, A_TEST, FRIA_W_template_value},
    {"audience", NULL, list_audiences, A_TEST, FRIA_W_template_value},
    {"any", NULL, list_states, A_TEST, FRIA_W_template_value},
    {"state", NULL, list_states, A_TEST, FRIA_W_template_value},
    {"approval", NULL, list_roles, A_TEST, FRIA_W_template_value},
    {"fact", check_pointer, NULL, A_TEST, 0},
    {"law", check_law, NULL, A_TEST, 0},
    {"state", NULL, list_filter_states, A_TASK_FILTER, FRIA_W_template_value},
    {"roles", NULL, list_filter_roles, A_TASK_FILTER, FRIA_W_template_value},
    {"article27", NULL, list_letters, A_TASK_FILTER, FRIA_W_template_value},
    {"about", NULL, list_abouts, A_TASK_FILTER, FRIA_W_template_value},
    {"contract", NULL, list_flags, A_TASK_FILTER, FRIA_W_template_value},
    {"theme", NULL, list_themes, A_TASK_FILTER, FRIA_W_template_value},
    {"register", check_register, NULL, A_TASK_FILTER, 0},
    {"part", check_tasks, NULL, A_TASK_FILTER, 0},
    {"task", check_tasks, NULL, A_TASK_FILTER, 0},
    {"kind", NULL, list_kinds, AN_APPROVAL_FILTER, FRIA_W_template_value},
    {"value", NULL, list_approval_values, AN_APPROVAL_FILTER,
     FRIA_W_template_value},
    {"state", NULL, list_approval_states, AN_APPROVAL_FILTER,
     FRIA_W_template_value},
    {"role", NULL, list_roles, AN_APPROVAL_FILTER, FRIA_W_template_value}};

/* *known (may be NULL): there is a word by this name. */
static int check_argument(const checking *c, word_use use, const char *name,
			  const char *value, bool *known)
{
	for (size_t i = 0; i < sizeof arguments / sizeof *arguments; i++) {
		if (arguments[i].use != use ||
		    strcmp(arguments[i].name, name) != 0)
			continue;
		if (known)
			*known = true;
		return arguments[i].check
			   ? arguments[i].check(c, value)
			   : check_listed(c, arguments[i].list, value,
					  arguments[i].word);
	}
	return 0;
}

static int check_filter(const checking *c, word_use use, const char *filter)
{
	const char *value = strchr(filter, '=');
	bool known = false;
	int code = 0;
	if (use == A_TASK_FILTER && !strcmp(filter, "or"))
		return 0;
	if (value && value[1]) {
		char *key = fria_strndup(filter, (size_t)(value - filter));
		code = check_argument(c, use, key, value + 1, &known);
		free(key);
	}
	if (known)
		return code;
	return fail(c,
		    use == A_TASK_FILTER ? FRIA_W_template_filter
					 : FRIA_W_template_approvals,
		    filter, "");
}

static int check_filters(const checking *c, word_use use,
			 const fria_strings *words)
{
	int code = 0;
	for (size_t i = 1; i < words->n && !code; i++)
		code = check_filter(c, use, words->items[i]);
	return code;
}

/* --- directives --- */

/* Fields in a piece of text, or in a heading. */
static int check_text(checking *c, const template_node *node)
{
	const char *text = node->text, *at = text, *line = text;
	fria_strings words;
	size_t before;
	int code = 0;
	for (const char *from = at;
	     !code && template_field_next(&words, &at, &before); from = at) {
		const char *field = from + before;
		for (const char *end; (end = strchr(line, '\n')) && end < field;
		     line = end + 1)
			c->line++;
		c->column = fria_utf8_count(line, (size_t)(field - line)) + 1;
		if (node->kind == TEMPLATE_HEADING)
			c->column += (size_t)node->level + 1;
		if (words.n > 1)
			code = check_argument(c, A_FIELD, words.items[0],
					      words.items[1], NULL);
		fria_strings_dispose(&words);
	}
	return code;
}

static int check_part(const checking *c, const fria_strings *words)
{
	int code = 0;
	if (!strcmp(words->items[0], "picture"))
		return picture_by_name(words->items[1])
			   ? 0
			   : fail(c, FRIA_W_template_picture, words->items[1],
				  "");
	if (words->n > 1)
		code = check_argument(c, A_PART, words->items[0],
				      words->items[1], NULL);
	for (size_t i = 2; i < words->n && !code; i++)
		code = check_tasks(c, words->items[i]); /* columns */
	return code;
}

static int check_test(const checking *c, const fria_strings *words)
{
	if (!strcmp(words->items[0], "tasks"))
		return check_filters(c, A_TASK_FILTER, words);
	return words->n < 2 ? 0
			    : check_argument(c, A_TEST, words->items[0],
					     words->items[1], NULL);
}

static int check_list(const checking *c, const fria_strings *words)
{
	if (!strcmp(words->items[0], "tasks"))
		return check_filters(c, A_TASK_FILTER, words);
	if (!strcmp(words->items[0], "approvals"))
		return check_filters(c, AN_APPROVAL_FILTER, words);
	return words->n > 1 ? check_group(c, words->items[1]) : 0;
}

/* Does the questionnaire at hand settle a test? *taken: how. */
static bool is_settled(const checking *c, const template_node *node,
		       bool *taken)
{
	const char *test = node->words.items[0];
	const char *what = node->words.n > 1 ? node->words.items[1] : NULL;
	bool holds;
	if (what && !strcmp(test, "instrument"))
		holds = fill_is_instrument(c->in, what);
	else if (what && (!strcmp(test, "task") || !strcmp(test, "answered") ||
			  !strcmp(test, "rows")))
		holds = fria_instrument_find(c->in, what) != FRIA_NONE;
	else
		return false;
	*taken = holds != node->negated;
	return !holds || !strcmp(test, "task") || !strcmp(test, "instrument");
}

static int check_nodes(checking *c, const template_nodes *nodes);

static int check_branches(checking *c, const template_node *node)
{
	bool taken;
	if (is_settled(c, node, &taken))
		return check_nodes(c, taken ? &node->then : &node->otherwise);
	int code = check_test(c, &node->words);
	if (!code)
		code = check_nodes(c, &node->then);
	return code ? code : check_nodes(c, &node->otherwise);
}

static int check_nodes(checking *c, const template_nodes *nodes)
{
	int code = 0;
	for (size_t i = 0; i < nodes->n && !code; i++) {
		const template_node *node = &nodes->items[i];
		c->line = node->line;
		c->column = node->column;
		switch (node->kind) {
		case TEMPLATE_TEXT:
		case TEMPLATE_HEADING:
			code = check_text(c, node);
			break;
		case TEMPLATE_PART:
			code = check_part(c, &node->words);
			break;
		case TEMPLATE_IF:
			code = check_branches(c, node);
			break;
		case TEMPLATE_EACH:
			code = check_list(c, &node->words);
			if (!code)
				code = check_nodes(c, &node->then);
			break;
		}
	}
	return code;
}

int template_check(const template_nodes *nodes, const char *name,
		   const fria_report *report, fria_error *err)
{
	checking c = {.r = report,
		      .in = report->input->instrument,
		      .name = name,
		      .err = err};
	return check_nodes(&c, nodes);
}
