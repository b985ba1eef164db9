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

static void list_states(const checking *c, fria_strings *out)
{
	(void)c;
	for (int state = FRIA_HIDDEN; state <= FRIA_SUSPECT; state++)
		fria_strings_add(out, fria_state_id((fria_state)state));
}

static void list_themes(const checking *c, fria_strings *out)
{
	const char *const *all[] = {fria_themes, fria_themes_former};
	(void)c;
	for (size_t k = 0; k < 2; k++)
		for (size_t i = 0; all[k][i]; i++)
			fria_strings_add(out, all[k][i]);
}

static void add_set(fria_strings *out, const char *set)
{
	const char *id;
	for (size_t i = 0; set && (id = fria_closed_at(set, i)); i++)
		fria_strings_add_once(out, id);
}

static void list_approval_values(const checking *c, fria_strings *out)
{
	const char *kind;
	(void)c;
	for (size_t i = 0; (kind = fria_closed_at("kind", i)); i++)
		add_set(out, kind);
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

static void list_findings(const checking *c, fria_strings *out)
{
	(void)c;
	for (size_t i = 0; guard_findings[i].code; i++)
		fria_strings_add(out, guard_findings[i].code);
}

/* --- one argument --- */

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

static int check_task(const checking *c, const char *id)
{
	return fria_instrument_find(c->in, id) == FRIA_NONE
		   ? fail(c, FRIA_W_template_no_task, id, "")
		   : 0;
}

static int check_group(const checking *c, const char *id)
{
	size_t group = fria_instrument_find(c->in, id);
	return group == FRIA_NONE || c->in->tasks[group].rows == group
		   ? check_task(c, id)
		   : fail(c, FRIA_W_template_no_rows, id, "");
}

/* A place in the vocabularies, or another that this application has. */
static int check_fact(const checking *c, const char *pointer)
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
static int check_register(const checking *c, const char *field)
{
	char *pointer = fria_format("/register/%s", field);
	int code = fria_fact_field(pointer)
		       ? 0
		       : fail(c, FRIA_W_template_fact, pointer, "");
	free(pointer);
	return code;
}

static int check_picture(const checking *c, const char *name)
{
	return picture_by_name(name)
		   ? 0
		   : fail(c, FRIA_W_template_picture, name, "");
}

/* What each kind of argument must be: what a function finds right; else one of
 * a closed set, of what a function lists, or of these. */
static const struct {
	int (*check)(const checking *c, const char *value);
	const char *set;
	list_values *list;
	const char *const *ids;
	fria_word word; /* says so; 0: template_value */
	bool whole;	/* a comma in it is its own */
} kinds[] = {
    [TAKES_TASK] = {.check = check_task},
    [TAKES_ROWS] = {.check = check_group, .whole = true},
    [TAKES_PICTURE] = {.check = check_picture, .whole = true},
    [TAKES_FACT] = {.check = check_fact, .whole = true},
    [TAKES_LAW] = {.check = check_law, .whole = true},
    [TAKES_REGISTER] = {.check = check_register},
    [TAKES_COUNT] = {.ids = fill_counts},
    [TAKES_SCORE] = {.list = list_scores, .word = FRIA_W_template_result},
    [TAKES_LEVEL] = {.list = list_levels, .word = FRIA_W_template_result},
    [TAKES_FINDING] = {.list = list_findings},
    [TAKES_VERDICT] = {.set = "verdict"},
    [TAKES_AUDIENCE] = {.set = "audience"},
    [TAKES_STATE] = {.list = list_states},
    [TAKES_STATES] = {.list = list_states,
		      .ids = (const char *const[]){"unknown", NULL}},
    [TAKES_ROLE] = {.list = list_roles},
    [TAKES_ROLES] = {.list = list_roles,
		     .ids = (const char *const[]){"adviser", NULL}},
    [TAKES_ELEMENT] = {.ids = (const char *const[]){"a", "b", "c", "d", "e",
						    "f", NULL}},
    [TAKES_ABOUT] = {.ids =
			 (const char *const[]){"system", "use", "both", NULL}},
    [TAKES_FLAG] = {.ids = (const char *const[]){"true", "false", NULL}},
    [TAKES_THEME] = {.list = list_themes},
    [TAKES_KIND] = {.set = "kind"},
    [TAKES_APPROVAL_VALUE] = {.list = list_approval_values},
    [TAKES_APPROVAL_STATE] = {.list = list_approval_states}};

static int check_one(const checking *c, template_takes takes, const char *value)
{
	fria_strings known = FRIA_STRINGS_INIT;
	fria_buf choices = FRIA_BUF_INIT;
	fria_word word = kinds[takes].word;
	int code = 0;
	if (kinds[takes].check)
		return kinds[takes].check(c, value);
	add_set(&known, kinds[takes].set);
	if (kinds[takes].list)
		kinds[takes].list(c, &known);
	for (const char *const *id = kinds[takes].ids; id && *id; id++)
		fria_strings_add(&known, *id);
	fria_strings_join(&choices, &known, ", ");
	if (!fria_strings_has(&known, value))
		code = fail(c, word ? word : FRIA_W_template_value, value,
			    choices.n ? choices.text : "\u2013");
	fria_buf_dispose(&choices);
	fria_strings_dispose(&known);
	return code;
}

/* One, or a list of them. */
static int check_values(const checking *c, template_takes takes,
			const char *values)
{
	int code = 0;
	if (takes == TAKES_ANY || kinds[takes].whole)
		return takes == TAKES_ANY ? 0 : check_one(c, takes, values);
	for (char *one; !code && (one = take_value(&values)); free(one))
		code = check_one(c, takes, one);
	return code;
}

/* "state=open,stale" of a loop over questions or approvals. */
static int check_filter(const checking *c, template_takes takes,
			const char *filter)
{
	static const struct {
		const char *key;
		template_takes of, takes;
	} filters[] = {{"state", TAKES_TASKS, TAKES_STATES},
		       {"roles", TAKES_TASKS, TAKES_ROLES},
		       {"article27", TAKES_TASKS, TAKES_ELEMENT},
		       {"about", TAKES_TASKS, TAKES_ABOUT},
		       {"contract", TAKES_TASKS, TAKES_FLAG},
		       {"theme", TAKES_TASKS, TAKES_THEME},
		       {"register", TAKES_TASKS, TAKES_REGISTER},
		       {"part", TAKES_TASKS, TAKES_TASK},
		       {"task", TAKES_TASKS, TAKES_TASK},
		       {"kind", TAKES_APPROVALS, TAKES_KIND},
		       {"value", TAKES_APPROVALS, TAKES_APPROVAL_VALUE},
		       {"state", TAKES_APPROVALS, TAKES_APPROVAL_STATE},
		       {"role", TAKES_APPROVALS, TAKES_ROLE}};
	size_t n = strcspn(filter, "=");
	if (takes == TAKES_TASKS && !strcmp(filter, "or"))
		return 0;
	for (size_t i = 0; i < sizeof filters / sizeof *filters; i++)
		if (filters[i].of == takes && filter[n] && filter[n + 1] &&
		    strlen(filters[i].key) == n &&
		    !strncmp(filters[i].key, filter, n))
			return check_values(c, filters[i].takes,
					    filter + n + 1);
	return fail(c,
		    takes == TAKES_TASKS ? FRIA_W_template_filter
					 : FRIA_W_template_approvals,
		    filter, "");
}

/* A conclusion that nothing draws, neither here nor in a questionnaire that is
 * built in. */
static int no_conclusion(const checking *c, const char *of, const char *id)
{
	fria_strings known = FRIA_STRINGS_INIT;
	fria_buf choices = FRIA_BUF_INIT;
	guard_built_in(&known, of, NULL);
	fria_strings_sort(&known);
	fria_strings_join(&choices, &known, ", ");
	int code = fail(c, FRIA_W_template_concludes, id,
			choices.n ? choices.text : "\u2013");
	fria_buf_dispose(&choices);
	fria_strings_dispose(&known);
	return code;
}

static bool lists_all(const fria_strings *known, const char *values)
{
	bool all = true;
	for (char *one; (one = take_value(&values)); free(one))
		all = all && fria_strings_has(known, one);
	return all;
}

/* Its levels are those that something here, or built in, can come to. */
static int check_levels(const checking *c, const fria_strings *words,
			const char *levels)
{
	const char *of = guard_option(words, "of"), *id = words->items[1];
	fria_strings known = FRIA_STRINGS_INIT;
	fria_buf choices = FRIA_BUF_INIT;
	int code = 0;
	guard_levels(&known, c->r, words);
	if (!known.n || !lists_all(&known, levels))
		guard_built_in(&known, of, id);
	if (!known.n)
		code = no_conclusion(c, of, id);
	fria_strings_add_once(&known, "unknown");
	fria_strings_join(&choices, &known, ", ");
	for (char *one; !code && (one = take_value(&levels)); free(one))
		if (!fria_strings_has(&known, one))
			code =
			    fail(c, FRIA_W_template_value, one, choices.text);
	fria_buf_dispose(&choices);
	fria_strings_dispose(&known);
	return code;
}

/* "conclusion ID [of=ASSESSMENT]", and of a test its levels. */
static int check_conclusion(const checking *c, const fria_strings *words,
			    bool test)
{
	const char *levels = test ? guard_option(words, "level") : "unknown";
	for (size_t i = 2; i < words->n; i++)
		if (strncmp(words->items[i], "of=", 3) != 0 &&
		    !(test && !strncmp(words->items[i], "level=", 6)))
			return fail(c, FRIA_W_template_conclusion,
				    words->items[i], "");
	return levels && *levels
		   ? check_levels(c, words, levels)
		   : fail(c, FRIA_W_template_conclusion, words->items[1], "");
}

/* A word of the table with its arguments; after a group come its columns. */
static int check_words(const checking *c, const template_word *table,
		       const fria_strings *words)
{
	int code = 0;
	while (!template_is(table, words))
		table++;
	if (table->takes == TAKES_CONCLUSION || table->takes == TAKES_CONCLUDED)
		return check_conclusion(c, words,
					table->takes == TAKES_CONCLUDED);
	for (size_t i = 1; i < words->n && !code; i++)
		code = table->takes == TAKES_TASKS ||
			       table->takes == TAKES_APPROVALS
			   ? check_filter(c, table->takes, words->items[i])
			   : check_values(c, i > 1 ? TAKES_TASK : table->takes,
					  words->items[i]);
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
		code = check_words(c, template_fields, &words);
		fria_strings_dispose(&words);
	}
	return code;
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
	int code = check_words(c, template_tests, &node->words);
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
			code = check_words(c, template_parts, &node->words);
			break;
		case TEMPLATE_IF:
			code = check_branches(c, node);
			break;
		case TEMPLATE_EACH:
			code = check_words(c, template_lists, &node->words);
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
