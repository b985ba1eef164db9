/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Makes a report by a template: runs its tree on what is known. Every value
 * is escaped on its way into Markdown, so that none can mean anything there.
 */
#include "fill.h"
#include "picture.h"

#include <stdlib.h>
#include <string.h>

#include "../data/markdown.h"

static int run(fill *f, const template_nodes *nodes);

static int fail(fill *f, const template_node *node, fria_word word,
		const char *what)
{
	fria_fail(f->err, FRIA_EINPUT, word, "what", what, "instrument",
		  f->parts.in->name, NULL);
	return fria_fail_at(f->err, f->name, NULL, node->line, node->column);
}

/* --- text --- */

static fria_node *here(const fill *f)
{
	for (size_t i = 4; i > 0; i--)
		if (f->sections[i])
			return f->sections[i];
	return f->sections[0];
}

static void flush(fill *f)
{
	if (f->text.n)
		fria_node_markdown(here(f), f->text.text);
	fria_buf_clear(&f->text);
}

/* Text with its fields filled in: escaped, or as it is for a heading. */
static void expand(const fill *f, fria_buf *out, const char *text, bool escape)
{
	fria_strings words;
	size_t before;
	for (;;) {
		const char *from = text;
		bool more = template_field_next(&words, &text, &before);
		fria_buf_put(out, from, before);
		if (!more)
			return;
		fria_buf value = FRIA_BUF_INIT;
		bool start = !out->n || out->text[out->n - 1] == '\n';
		fill_field(f, &value, &words);
		if (escape)
			fria_markdown_escape_part(out, value.text, start);
		else
			fria_buf_puts(out, value.text);
		fria_buf_dispose(&value);
		fria_strings_dispose(&words);
	}
}

static void put_heading(fill *f, const template_node *node)
{
	fria_buf title = FRIA_BUF_INIT;
	size_t level = (size_t)node->level;
	flush(f);
	expand(f, &title, node->text, false);
	while (level > 1 && !f->sections[level - 1])
		level--;
	f->sections[level] =
	    fria_node_section(f->sections[level - 1], title.text, title.text);
	for (size_t i = level + 1; i < 5; i++)
		f->sections[i] = NULL;
	fria_buf_dispose(&title);
}

/* --- parts --- */

const template_word template_parts[] = {{"brief", 0, 0, NULL},
					{"state", 0, 0, NULL},
					{"facts", 0, 0, NULL},
					{"answers", 0, 0, NULL},
					{"part", 1, 1, NULL},
					{"task", 0, 0, "tasks"},
					{"task", 1, 1, NULL},
					{"answer", 0, 0, "tasks"},
					{"answer", 1, 1, NULL},
					{"guidance", 0, 0, "tasks"},
					{"rows", 1, TEMPLATE_WORDS, NULL},
					{"measures", 0, 0, NULL},
					{"conclusions", 0, 0, NULL},
					{"elements", 0, 0, NULL},
					{"approvals", 0, 0, NULL},
					{"metrics", 0, 0, NULL},
					{"versions", 0, 0, NULL},
					{"meetings", 0, 0, NULL},
					{"withheld", 0, 0, NULL},
					{"changes", 0, 0, NULL},
					{"tasks", 0, 0, "elements"},
					{"picture", 1, 1, NULL},
					{NULL, 0, 0, NULL}};

static const struct {
	const char *name;
	void (*put)(fria_parts *w, fria_node *at);
} plain_parts[] = {{"state", part_state},
		   {"facts", part_facts},
		   {"answers", part_answers},
		   {"measures", part_measures},
		   {"conclusions", part_conclusions},
		   {"elements", part_elements},
		   {"approvals", part_approvals},
		   {"metrics", part_metrics},
		   {"versions", part_versions},
		   {"withheld", part_withheld},
		   {"changes", part_changes},
		   {"meetings", part_meetings}};

static int find_task(fill *f, size_t *task, const template_node *node,
		     const char *id)
{
	*task = fria_instrument_find(f->parts.in, id);
	return *task == FRIA_NONE ? fail(f, node, FRIA_W_template_no_task, id)
				  : 0;
}

/* One question: of the loop, or named; all its rows. */
static int put_task(fill *f, const template_node *node, bool whole)
{
	const fria_evaluation *e = f->parts.r->evaluation;
	size_t task;
	int code;
	if (node->words.n < 2) {
		part_question(&f->parts, here(f), &e->items[f->item.judgement],
			      whole);
		return 0;
	}
	code = find_task(f, &task, node, node->words.items[1]);
	for (size_t i = 0; !code && i < e->n; i++)
		if (e->items[i].question.task == task)
			part_question(&f->parts, here(f), &e->items[i], whole);
	return code;
}

/* The questions that serve the element of the loop. */
static void put_element_tasks(fill *f)
{
	const fria_evaluation *e = f->parts.r->evaluation;
	const char letter[] = {f->item.letter, '\0'};
	const json_t *tasks =
	    json_object_get(json_object_get(e->elements, letter), "tasks");
	fria_strings ids = FRIA_STRINGS_INIT;
	size_t i;
	json_t *one;
	json_array_foreach(tasks, i, one)
		fria_strings_add(&ids, json_string_value(one));
	for (i = 0; i < e->n; i++) {
		size_t task = e->items[i].question.task;
		if (fria_strings_has(&ids, f->parts.in->tasks[task].id))
			part_question(&f->parts, here(f), &e->items[i], true);
	}
	fria_strings_dispose(&ids);
}

static int put_rows(fill *f, const template_node *node)
{
	size_t tasks[TEMPLATE_WORDS], group, n = 0;
	int code = find_task(f, &group, node, node->words.items[1]);
	if (!code && f->parts.in->tasks[group].rows != group)
		code = fail(f, node, FRIA_W_template_no_rows,
			    node->words.items[1]);
	for (size_t i = 2; i < node->words.n && !code; i++)
		code = find_task(f, &tasks[n++], node, node->words.items[i]);
	if (!code)
		part_rows(&f->parts, here(f), group, tasks, n);
	return code;
}

static int put_picture(fill *f, const template_node *node)
{
	static const struct {
		const char *name;
		bool (*put)(fria_parts *w, fria_node *at);
	} pictures[] = {{"matrix", picture_matrix},
			{"progress", picture_progress},
			{"development", picture_development},
			{"graph", picture_graph}};
	for (size_t i = 0; i < sizeof pictures / sizeof *pictures; i++)
		if (!strcmp(pictures[i].name, node->words.items[1])) {
			pictures[i].put(&f->parts, here(f));
			return 0;
		}
	return fail(f, node, FRIA_W_template_picture, node->words.items[1]);
}

static int put_part(fill *f, const template_node *node)
{
	const char *name = node->words.items[0];
	size_t task;
	flush(f);
	if (!strcmp(name, "task") || !strcmp(name, "answer"))
		return put_task(f, node, !strcmp(name, "task"));
	if (!strcmp(name, "rows"))
		return put_rows(f, node);
	if (!strcmp(name, "picture"))
		return put_picture(f, node);
	if (!strcmp(name, "tasks")) {
		put_element_tasks(f);
		return 0;
	}
	if (!strcmp(name, "guidance")) {
		part_guidance(
		    &f->parts, here(f),
		    &f->parts.r->evaluation->items[f->item.judgement]);
		return 0;
	}
	if (!strcmp(name, "part")) {
		int code = find_task(f, &task, node, node->words.items[1]);
		if (!code)
			part_tasks(&f->parts, here(f), task);
		return code;
	}
	for (size_t i = 0; i < sizeof plain_parts / sizeof *plain_parts; i++)
		if (!strcmp(plain_parts[i].name, name))
			plain_parts[i].put(&f->parts, here(f));
	return 0;
}

/* --- conditions --- */

const template_word template_tests[] = {
    {"answered", 0, 0, "tasks"},   {"answered", 1, 1, NULL},
    {"task", 1, 1, NULL},	   {"instrument", 1, 1, NULL},
    {"verdict", 1, 1, NULL},	   {"audience", 1, 1, NULL},
    {"any", 1, 1, NULL},	   {"state", 1, 1, "tasks"},
    {"approval", 1, 1, NULL},	   {"decision", 0, 0, NULL},
    {"measures", 0, 0, NULL},	   {"meetings", 0, 0, NULL},
    {"fact", 1, 1, NULL},	   {"version", 0, 0, NULL},
    {"changes", 0, 0, NULL},	   {"notified", 0, 0, NULL},
    {"withheld", 0, 0, NULL},	   {"rows", 1, 1, NULL},
    {"overdue", 0, 0, "measures"}, {"done", 0, 0, "measures"},
    {"until", 0, 0, "approvals"},  {"review", 0, 0, NULL},
    {"first", 0, 0, NULL},	   {NULL, 0, 0, NULL}};

static bool is_answered(const fria_judgement *j)
{
	return j->state >= FRIA_ANSWERED;
}

static bool any_answered(const fill *f, const char *id)
{
	const fria_evaluation *e = f->parts.r->evaluation;
	size_t task = fria_instrument_find(f->parts.in, id);
	for (size_t i = 0; task != FRIA_NONE && i < e->n; i++) {
		size_t own = e->items[i].question.task;
		if (own >= task && own < f->parts.in->tasks[task].end &&
		    is_answered(&e->items[i]))
			return true;
	}
	return false;
}

static bool any_state(const fill *f, const char *state)
{
	const fria_evaluation *e = f->parts.r->evaluation;
	for (size_t i = 0; i < e->n; i++)
		if (!strcmp(fria_state_id(e->items[i].state), state) &&
		    !(e->items[i].state == FRIA_OPEN && e->items[i].optional))
			return true;
	return false;
}

/* A valid approval of which a member says this: role dpo, kind decision. */
static bool has_approval(const fill *f, const char *key, const char *text)
{
	size_t i;
	json_t *one;
	json_array_foreach(f->parts.r->evaluation->approvals, i, one)
		if (fria_json_says(one, "state", "valid") &&
		    fria_json_says(one, key, text))
			return true;
	return false;
}

static bool has_rows(const fill *f, const char *id)
{
	const fria_report *r = f->parts.r;
	size_t group = fria_instrument_find(f->parts.in, id);
	return group != FRIA_NONE && f->parts.in->tasks[group].rows == group &&
	       json_array_size(fria_assessment_rows(r->input->assessment,
						    f->parts.in, group)) > 0;
}

static bool test_argument(const fill *f, const char *name, const char *argument)
{
	const fria_report *r = f->parts.r;
	const fria_evaluation *e = r->evaluation;
	if (!strcmp(name, "answered"))
		return any_answered(f, argument);
	if (!strcmp(name, "task"))
		return fria_instrument_find(f->parts.in, argument) != FRIA_NONE;
	if (!strcmp(name, "instrument"))
		return fria_instrument_is(f->parts.in, argument) ||
		       !strcmp(f->parts.in->id, argument);
	if (!strcmp(name, "verdict"))
		return !strcmp(fria_verdict_id(e->verdict), argument);
	if (!strcmp(name, "audience"))
		return !strcmp(fria_audience_id(r->audience), argument);
	if (!strcmp(name, "any"))
		return any_state(f, argument);
	if (!strcmp(name, "state"))
		return !strcmp(fria_state_id(e->items[f->item.judgement].state),
			       argument);
	if (!strcmp(name, "approval"))
		return has_approval(f, "role", argument);
	if (!strcmp(name, "fact"))
		return fria_fact(r->input->application, argument) != NULL;
	return has_rows(f, argument);
}

static bool has_decision(const fill *f)
{
	return has_approval(f, "kind", "decision");
}

static bool has_measures(const fill *f)
{
	return f->parts.r->evaluation->measures_n > 0;
}

static bool has_meetings(const fill *f)
{
	const json_t *assessment = f->parts.r->input->assessment;
	return json_array_size(json_object_get(assessment, "meetings")) > 0;
}

static bool has_changes(const fill *f)
{
	return f->parts.r->changes != NULL;
}

static bool has_version(const fill *f)
{
	return f->parts.r->version != NULL;
}

static bool has_review(const fill *f)
{
	return f->parts.r->evaluation->review.known;
}

static bool was_notified(const fill *f)
{
	return f->parts.r->input->notified_version != NULL;
}

static bool has_withheld(const fill *f)
{
	return json_array_size(f->parts.r->withheld) > 0;
}

static bool item_is_answered(const fill *f)
{
	return is_answered(&f->parts.r->evaluation->items[f->item.judgement]);
}

static bool item_is_overdue(const fill *f)
{
	return f->item.measure->overdue;
}

static bool item_is_done(const fill *f)
{
	const char *status = f->item.measure->status;
	return status && !strcmp(status, "uitgevoerd");
}

static bool item_has_end(const fill *f)
{
	return fria_json_text(f->item.json, "validUntil") != NULL;
}

static bool item_is_first(const fill *f)
{
	return f->item.number == 1;
}

static const struct {
	const char *name;
	bool (*holds)(const fill *f);
} plain_tests[] = {{"decision", has_decision},	   {"measures", has_measures},
		   {"meetings", has_meetings},	   {"changes", has_changes},
		   {"version", has_version},	   {"review", has_review},
		   {"notified", was_notified},	   {"withheld", has_withheld},
		   {"answered", item_is_answered}, {"overdue", item_is_overdue},
		   {"done", item_is_done},	   {"until", item_has_end},
		   {"first", item_is_first}};

static bool test_plain(const fill *f, const char *name)
{
	size_t i = 0;
	while (strcmp(plain_tests[i].name, name) != 0)
		i++; /* the parser has let no other through */
	return plain_tests[i].holds(f);
}

static bool holds(const fill *f, const template_node *node)
{
	const char *name = node->words.items[0];
	bool found = node->words.n > 1
			 ? test_argument(f, name, node->words.items[1])
			 : test_plain(f, name);
	return found != node->negated;
}

/* --- loops --- */

const template_word template_lists[] = {
    {"tasks", 0, TEMPLATE_WORDS, NULL}, {"rows", 1, 1, NULL},
    {"measures", 0, 0, NULL},		{"approvals", 0, 2, NULL},
    {"conditions", 0, 0, "approvals"},	{"versions", 0, 0, NULL},
    {"elements", 0, 0, NULL},		{NULL, 0, 0, NULL}};

/* One round with an item. */
static int round_with(fill *f, const template_node *node, fill_item item)
{
	fill_item around = f->item;
	item.number = f->item.number + 1;
	f->item = item;
	int code = run(f, &node->then);
	around.number = f->item.number;
	f->item = around;
	return code;
}

/* Is a word in a comma-separated list? */
static bool in_list(const char *list, const char *word)
{
	size_t n = strlen(word);
	for (const char *at = list; *at; at += strcspn(at, ",")) {
		at += *at == ',';
		if (!strncmp(at, word, n) && (!at[n] || at[n] == ','))
			return true;
		if (!*at)
			break;
	}
	return false;
}

/* A member of the task or of the nearest group that has it. */
static const json_t *inherited(const fria_instrument *in, size_t task,
			       const char *key)
{
	for (; task != FRIA_NONE; task = in->tasks[task].parent) {
		const json_t *own = json_object_get(in->tasks[task].json, key);
		if (own)
			return own;
	}
	return NULL;
}

static bool has_word(const json_t *value, const char *list)
{
	size_t i;
	json_t *one;
	if (json_is_string(value))
		return in_list(list, json_string_value(value));
	if (json_is_boolean(value))
		return in_list(list, json_is_true(value) ? "true" : "false");
	json_array_foreach(value, i, one)
		if (json_is_string(one) &&
		    in_list(list, json_string_value(one)))
			return true;
	return false;
}

static bool is_unknown(const fria_judgement *j)
{
	const char *kind = fria_json_text(
	    json_object_get(j->question.answer, "waived"), "kind");
	return kind && !strcmp(kind, "unknown");
}

static bool task_matches(const fill *f, const fria_judgement *j,
			 const char *filter)
{
	const fria_instrument *in = f->parts.in;
	const fria_task *t = &in->tasks[j->question.task];
	const char *value = strchr(filter, '=');
	char *key = fria_strndup(filter, (size_t)(value - filter));
	bool matches;
	value++;
	if (!strcmp(key, "state"))
		matches = in_list(value, fria_state_id(j->state)) ||
			  (is_unknown(j) && in_list(value, "unknown"));
	else if (!strcmp(key, "part"))
		matches = in_list(
		    value, in->tasks[fria_task_part(in, j->question.task)].id);
	else if (!strcmp(key, "task"))
		matches = in_list(value, t->id);
	else
		matches = has_word(inherited(in, j->question.task, key), value);
	free(key);
	return matches;
}

/* Everything that is asked between one "or" and the next. */
static bool matches(const fill *f, const fria_judgement *j,
		    const fria_strings *words)
{
	bool all = true;
	if (j->state == FRIA_HIDDEN || (j->state == FRIA_OPEN && j->optional))
		return false;
	for (size_t i = 1; i < words->n; i++)
		if (strcmp(words->items[i], "or") != 0)
			all = all && task_matches(f, j, words->items[i]);
		else if (all)
			return true;
		else
			all = true;
	return all;
}

static int check_filters(fill *f, const template_node *node)
{
	static const char *const keys[] = {
	    "article27", "register", "roles", "state",	  "part",
	    "about",	 "theme",    "task",  "contract", NULL};
	for (size_t i = 1; i < node->words.n; i++) {
		const char *word = node->words.items[i];
		size_t n = strcspn(word, "="), k = 0;
		while (keys[k] &&
		       (strncmp(keys[k], word, n) != 0 || strlen(keys[k]) != n))
			k++;
		if (strcmp(word, "or") != 0 && (!keys[k] || !word[n]))
			return fail(f, node, FRIA_W_template_filter, word);
	}
	return 0;
}

static int each_task(fill *f, const template_node *node)
{
	const fria_evaluation *e = f->parts.r->evaluation;
	int code = check_filters(f, node);
	for (size_t i = 0; i < e->n && !code; i++) {
		fill_item item = f->item;
		if (!matches(f, &e->items[i], &node->words))
			continue;
		item.kind = ITEM_TASK;
		item.judgement = i;
		item.row = e->items[i].question.row;
		code = round_with(f, node, item);
	}
	return code;
}

static int each_row(fill *f, const template_node *node)
{
	const fria_report *r = f->parts.r;
	size_t group, i;
	json_t *row;
	int code = find_task(f, &group, node, node->words.items[1]);
	if (code)
		return code;
	if (f->parts.in->tasks[group].rows != group)
		return fail(f, node, FRIA_W_template_no_rows,
			    node->words.items[1]);
	json_array_foreach(
	    fria_assessment_rows(r->input->assessment, f->parts.in, group), i,
	    row) {
		fill_item item = f->item;
		item.kind = ITEM_ROW;
		item.row = fria_json_text(row, "id");
		if (!code)
			code = round_with(f, node, item);
	}
	return code;
}

static int each_measure(fill *f, const template_node *node)
{
	const fria_evaluation *e = f->parts.r->evaluation;
	int code = 0;
	for (size_t i = 0; i < e->measures_n && !code; i++) {
		fill_item item = f->item;
		item.kind = ITEM_MEASURE;
		item.measure = &e->measures[i];
		code = round_with(f, node, item);
	}
	return code;
}

/* KEY=VALUE against members of an approval: kind=advice state=valid. */
static bool approval_matches(const json_t *approval, const fria_strings *words)
{
	for (size_t i = 1; i < words->n; i++) {
		const char *value = strchr(words->items[i], '=');
		char *key = fria_strndup(words->items[i],
					 strcspn(words->items[i], "="));
		const char *own = fria_json_text(approval, key);
		free(key);
		if (!value || !own || !in_list(value + 1, own))
			return false;
	}
	return true;
}

static int each_approval(fill *f, const template_node *node)
{
	size_t i;
	json_t *one;
	int code = 0;
	json_array_foreach(f->parts.r->evaluation->approvals, i, one) {
		fill_item item = f->item;
		if (code || !approval_matches(one, &node->words))
			continue;
		item.kind = ITEM_APPROVAL;
		item.json = one;
		code = round_with(f, node, item);
	}
	return code;
}

static int each_condition(fill *f, const template_node *node)
{
	const json_t *all = json_object_get(f->item.json, "conditions");
	size_t i;
	json_t *one;
	int code = 0;
	json_array_foreach(all, i, one) {
		fill_item item = f->item;
		item.kind = ITEM_CONDITION;
		item.json = one;
		if (!code)
			code = round_with(f, node, item);
	}
	return code;
}

static int each_version(fill *f, const template_node *node)
{
	const fria_report *r = f->parts.r;
	int code = 0;
	for (size_t i = 0; i < r->versions_n && !code; i++) {
		fill_item item = f->item;
		item.kind = ITEM_VERSION;
		item.version = &r->versions[i];
		code = round_with(f, node, item);
	}
	return code;
}

static int each_element(fill *f, const template_node *node)
{
	int code = 0;
	for (const char *at = "abcdef"; *at && !code; at++) {
		fill_item item = f->item;
		item.kind = ITEM_ELEMENT;
		item.letter = *at;
		code = round_with(f, node, item);
	}
	return code;
}

static int run_each(fill *f, const template_node *node)
{
	static const struct {
		const char *name;
		int (*each)(fill *f, const template_node *node);
	} lists[] = {
	    {"tasks", each_task},	    {"rows", each_row},
	    {"measures", each_measure},	    {"approvals", each_approval},
	    {"conditions", each_condition}, {"versions", each_version},
	    {"elements", each_element}};
	size_t around = f->item.number;
	int code = 0;
	f->item.number = 0;
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		if (!strcmp(lists[i].name, node->words.items[0]))
			code = lists[i].each(f, node);
	f->item.number = around;
	return code;
}

/* --- the whole --- */

static int run(fill *f, const template_nodes *nodes)
{
	int code = 0;
	for (size_t i = 0; i < nodes->n && !code; i++) {
		const template_node *node = &nodes->items[i];
		switch (node->kind) {
		case TEMPLATE_TEXT:
			expand(f, &f->text, node->text, true);
			break;
		case TEMPLATE_HEADING:
			put_heading(f, node);
			break;
		case TEMPLATE_PART:
			code = put_part(f, node);
			break;
		case TEMPLATE_IF:
			code = run(f, holds(f, node) ? &node->then
						     : &node->otherwise);
			break;
		case TEMPLATE_EACH:
			code = run_each(f, node);
			break;
		}
	}
	return code;
}

/* A template that opens with {{brief}}. */
static bool is_brief(const template_nodes *nodes)
{
	return nodes->n && nodes->items[0].kind == TEMPLATE_PART &&
	       !strcmp(nodes->items[0].words.items[0], "brief");
}

int fria_report_make(fria_document **out, const fria_report *report,
		     const char *template_name, const char *template_text,
		     fria_error *err)
{
	fria_error own = FRIA_ERROR_INIT;
	template_nodes nodes;
	fill f = {.parts = {report,
			    report->input->instrument,
			    fria_document_new(report->lang),
			    {NULL, 0}},
		  .name = template_name,
		  .err = err ? err : &own};
	int code = template_parse(&nodes, template_name, template_text, f.err);
	fria_buf_init(&f.text);
	f.sections[0] = fria_document_body(f.parts.doc);
	if (is_brief(&nodes)) {
		part_brief(&f.parts);
	} else {
		part_head(&f.parts);
		fria_document_contents(f.parts.doc, 3);
	}
	if (!code)
		code = run(&f, &nodes);
	flush(&f);
	fria_buf_dispose(&f.text);
	template_dispose(&nodes);
	fria_parts_dispose(&f.parts);
	if (code)
		fria_document_free(f.parts.doc);
	else
		*out = f.parts.doc;
	return code;
}
