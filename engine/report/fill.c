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

static void run(fill *f, const template_nodes *nodes);

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
			fria_markdown_escape_linked(out, value.text, start);
		else
			fria_buf_puts(out, value.text);
		fria_buf_dispose(&value);
		fria_strings_dispose(&words);
		/* "Example B.V." ends a sentence with the stop it has. */
		if (out->n && out->text[out->n - 1] == '.' && text[0] == '.' &&
		    text[1] != '.')
			text++;
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

const template_word template_parts[] = {
    {"brief plain state facts answers", 0, 0, NULL, TAKES_ANY},
    {"part", 1, 1, NULL, TAKES_TASK},
    {"task", 0, 0, "tasks", TAKES_ANY},
    {"task", 1, 1, NULL, TAKES_TASK},
    {"answer", 0, 0, "tasks", TAKES_ANY},
    {"answer", 1, 1, NULL, TAKES_TASK},
    {"guidance", 0, 0, "tasks", TAKES_ANY},
    {"rows", 1, TEMPLATE_WORDS, NULL, TAKES_ROWS},
    {"measures conclusions elements approvals metrics versions meetings "
     "withheld changes",
     0, 0, NULL, TAKES_ANY},
    {"tasks", 0, 0, "elements", TAKES_ANY},
    {"picture", 1, 1, NULL, TAKES_PICTURE},
    {"finding", 1, 1, NULL, TAKES_FINDING},
    {NULL, 0, 0, NULL, TAKES_ANY}};

static const struct {
	const char *name;
	void (*put)(fria_parts *w, fria_node *at);
} plain_parts[] = {
    {"plain", part_plain},	 {"state", part_state},
    {"facts", part_facts},	 {"answers", part_answers},
    {"measures", part_measures}, {"conclusions", part_conclusions},
    {"elements", part_elements}, {"approvals", part_approvals},
    {"metrics", part_metrics},	 {"versions", part_versions},
    {"withheld", part_withheld}, {"changes", part_changes},
    {"meetings", part_meetings}};

/* The argument of a directive; that there is one, template_check.c says. */
static size_t argument(const fill *f, const template_node *node, size_t i)
{
	return fria_instrument_find(f->parts.in, node->words.items[i]);
}

/* One question: of the loop, or named; all its rows. */
static void put_task(fill *f, const template_node *node, bool whole)
{
	const fria_evaluation *e = f->parts.r->evaluation;
	if (node->words.n < 2) {
		part_question(&f->parts, here(f), &e->items[f->item.judgement],
			      whole);
		return;
	}
	size_t task = argument(f, node, 1);
	for (size_t i = 0; i < e->n; i++)
		if (e->items[i].question.task == task)
			part_question(&f->parts, here(f), &e->items[i], whole);
}

/* The questions that serve the element of the loop. */
static void put_element_tasks(fill *f)
{
	const fria_evaluation *e = f->parts.r->evaluation;
	const fria_element *own = &e->elements[f->item.letter - 'a'];
	for (size_t i = 0; i < e->n; i++)
		for (size_t k = 0; k < own->tasks.n; k++)
			if (own->tasks.items[k] == e->items[i].question.task)
				part_question(&f->parts, here(f), &e->items[i],
					      true);
}

static void put_rows(fill *f, const template_node *node)
{
	size_t tasks[TEMPLATE_WORDS], n = 0;
	for (size_t i = 2; i < node->words.n; i++)
		tasks[n++] = argument(f, node, i);
	part_rows(&f->parts, here(f), argument(f, node, 1), tasks, n);
}

picture_put *picture_by_name(const char *name)
{
	static const struct {
		const char *name;
		picture_put *put;
	} pictures[] = {{"matrix", picture_matrix},
			{"progress", picture_progress},
			{"development", picture_development},
			{"graph", picture_graph}};
	for (size_t i = 0; i < sizeof pictures / sizeof *pictures; i++)
		if (!strcmp(pictures[i].name, name))
			return pictures[i].put;
	return NULL;
}

/* What the template tells whoever asked for it. */
static void put_finding(const fill *f, const char *code)
{
	const fria_report *r = f->parts.r;
	for (size_t i = 0; r->findings && guard_findings[i].code; i++)
		if (!strcmp(guard_findings[i].code, code))
			fria_findings_add(r->findings, FRIA_WARNING,
					  guard_findings[i].word, NULL, NULL,
					  "name", r->name, NULL);
}

static void put_part(fill *f, const template_node *node)
{
	const char *name = node->words.items[0];
	flush(f);
	if (!strcmp(name, "task") || !strcmp(name, "answer"))
		put_task(f, node, !strcmp(name, "task"));
	else if (!strcmp(name, "rows"))
		put_rows(f, node);
	else if (!strcmp(name, "picture"))
		picture_by_name(node->words.items[1])(&f->parts, here(f));
	else if (!strcmp(name, "finding"))
		put_finding(f, node->words.items[1]);
	else if (!strcmp(name, "tasks"))
		put_element_tasks(f);
	else if (!strcmp(name, "guidance"))
		part_guidance(
		    &f->parts, here(f),
		    &f->parts.r->evaluation->items[f->item.judgement]);
	else if (!strcmp(name, "part"))
		part_tasks(&f->parts, here(f), argument(f, node, 1));
	for (size_t i = 0; i < sizeof plain_parts / sizeof *plain_parts; i++)
		if (!strcmp(plain_parts[i].name, name))
			plain_parts[i].put(&f->parts, here(f));
}

/* --- conditions --- */

const template_word template_tests[] = {
    {"answered", 0, 0, "tasks", TAKES_ANY},
    {"answered task instrument", 1, 1, NULL, TAKES_ANY},
    {"verdict", 1, 1, NULL, TAKES_VERDICT},
    {"audience", 1, 1, NULL, TAKES_AUDIENCE},
    {"any", 1, 1, NULL, TAKES_STATE},
    {"state", 1, 1, "tasks", TAKES_STATE},
    {"approval", 1, 1, NULL, TAKES_ROLE},
    {"conclusion", 2, 3, NULL, TAKES_CONCLUDED},
    {"decision measures meetings", 0, 0, NULL, TAKES_ANY},
    {"fact", 1, 1, NULL, TAKES_FACT},
    {"law", 1, 1, NULL, TAKES_LAW},
    {"version changes notified withheld", 0, 0, NULL, TAKES_ANY},
    {"rows", 1, 1, NULL, TAKES_ANY},
    {"overdue done", 0, 0, "measures", TAKES_ANY},
    {"until note response", 0, 0, "approvals", TAKES_ANY},
    {"review", 0, 0, NULL, TAKES_ANY},
    {"tasks", 0, TEMPLATE_WORDS, NULL, TAKES_TASKS},
    {"first adviser advised term buttons", 0, 0, NULL, TAKES_ANY},
    {NULL, 0, 0, NULL, TAKES_ANY}};

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

/* A valid approval of this role. */
static bool has_approval(const fill *f, const char *role)
{
	const fria_approvals *all = &f->parts.r->evaluation->approvals;
	for (size_t i = 0; i < all->n; i++)
		if (all->items[i].state == FRIA_APPROVAL_VALID &&
		    !strcmp(all->items[i].role, role))
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

bool fill_is_instrument(const fria_instrument *in, const char *name)
{
	return fria_instrument_is(in, name) || !strcmp(in->id, name);
}

/* Is there a question that a loop with these words would be over? */
static bool has_tasks(const fill *f, const fria_strings *words)
{
	const fria_evaluation *e = f->parts.r->evaluation;
	for (size_t i = 0; i < e->n; i++)
		if (filter_task(f->parts.r, &e->items[i], words))
			return true;
	return false;
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
		return fill_is_instrument(f->parts.in, argument);
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
		return has_approval(f, argument);
	if (!strcmp(name, "law"))
		return fria_law_line(r->input->application, argument) != NULL;
	if (!strcmp(name, "fact"))
		return fria_fact(r->input->application, argument) != NULL;
	return has_rows(f, argument);
}

/* The parser has let no other name through. */
static bool test_plain(const fill *f, const char *name)
{
	const fria_report *r = f->parts.r;
	const fria_evaluation *e = r->evaluation;
	const fria_measure *measure = f->item.measure;
	const fria_approval *said = f->item.approval;
	const json_t *meetings =
	    json_object_get(r->input->assessment, "meetings");
	const struct {
		const char *name;
		bool holds;
	} tests[] = {
	    {"decision", e->decision},
	    {"measures", e->measures_n > 0},
	    {"meetings", json_array_size(meetings) > 0},
	    {"changes", r->changes},
	    {"version", r->version},
	    {"review", e->review.known},
	    {"adviser", r->adviser},
	    {"advised", r->advised},
	    {"buttons", r->buttons},
	    {"term", r->term},
	    {"notified", e->notification.version},
	    {"withheld", r->withheld_n > 0},
	    {"answered", e->n && is_answered(&e->items[f->item.judgement])},
	    {"overdue", measure && measure->overdue},
	    {"done", measure && (measure->progress == FRIA_PROGRESS_DONE ||
				 measure->progress == FRIA_PROGRESS_READY)},
	    {"until", said && said->valid_until},
	    {"note", said && said->note},
	    {"response", said && said->response},
	    {"first", f->item.number == 1}};
	size_t i = 0;
	while (strcmp(tests[i].name, name) != 0)
		i++;
	return tests[i].holds;
}

static bool holds(const fill *f, const template_node *node)
{
	const char *name = node->words.items[0];
	bool found = !strcmp(name, "tasks") ? has_tasks(f, &node->words)
		     : !strcmp(name, "conclusion")
			 ? guard_holds(f->parts.r, &node->words)
		     : node->words.n > 1
			 ? test_argument(f, name, node->words.items[1])
			 : test_plain(f, name);
	return found != node->negated;
}

/* --- loops --- */

const template_word template_lists[] = {
    {"tasks", 0, TEMPLATE_WORDS, NULL, TAKES_TASKS},
    {"rows", 1, 1, NULL, TAKES_ROWS},
    {"measures", 0, 0, NULL, TAKES_ANY},
    {"approvals", 0, 2, NULL, TAKES_APPROVALS},
    {"conditions", 0, 0, "approvals", TAKES_ANY},
    {"versions elements", 0, 0, NULL, TAKES_ANY},
    {NULL, 0, 0, NULL, TAKES_ANY}};

static json_t *rows_of(const fill *f, const template_node *node)
{
	return fria_assessment_rows(f->parts.r->input->assessment, f->parts.in,
				    argument(f, node, 1));
}

/* How many there are to look at. */
static size_t count_items(const fill *f, const template_node *node,
			  item_kind kind)
{
	const fria_report *r = f->parts.r;
	switch (kind) {
	case ITEM_TASK:
		return r->evaluation->n;
	case ITEM_ROW:
		return json_array_size(rows_of(f, node));
	case ITEM_MEASURE:
		return r->evaluation->measures_n;
	case ITEM_APPROVAL:
		return 2 * r->evaluation->approvals.n;
	case ITEM_CONDITION:
		return fria_conditions_count(f->item.approval);
	case ITEM_VERSION:
		return r->versions_n;
	default:
		return 6; /* elements */
	}
}

/* Makes it the item at that place; false if the loop passes over it. */
static bool set_item(fill_item *item, const fill *f, const template_node *node,
		     size_t i)
{
	const fria_report *r = f->parts.r;
	const fria_evaluation *e = r->evaluation;
	switch (item->kind) {
	case ITEM_TASK:
		item->judgement = i;
		item->row = e->items[i].question.row;
		return filter_task(r, &e->items[i], &node->words);
	case ITEM_ROW:
		item->row =
		    fria_json_text(json_array_get(rows_of(f, node), i), "id");
		return true;
	case ITEM_MEASURE:
		item->measure = &e->measures[i];
		return true;
	case ITEM_APPROVAL: /* what speaks against it, then all else */
		item->approval = &e->approvals.items[i % e->approvals.n];
		return fria_approval_against(item->approval) ==
			   (i < e->approvals.n) &&
		       filter_approval(item->approval, &node->words);
	case ITEM_CONDITION:
		item->condition = fria_condition_at(item->approval, i);
		return true;
	case ITEM_VERSION:
		item->version = &r->versions[i];
		return true;
	default:
		item->letter = (char)('a' + i);
		return true;
	}
}

static void run_each(fill *f, const template_node *node)
{
	static const char *const lists[] = {
	    [ITEM_TASK] = "tasks",	     [ITEM_ROW] = "rows",
	    [ITEM_MEASURE] = "measures",     [ITEM_APPROVAL] = "approvals",
	    [ITEM_CONDITION] = "conditions", [ITEM_VERSION] = "versions",
	    [ITEM_ELEMENT] = "elements"};
	const fill_item around = f->item;
	item_kind kind = ITEM_TASK;
	while (strcmp(lists[kind], node->words.items[0]) != 0)
		kind++;
	size_t n = count_items(f, node, kind), number = 0;
	for (size_t i = 0; i < n; i++) {
		fill_item item = around;
		item.kind = kind;
		if (!set_item(&item, f, node, i))
			continue;
		item.number = ++number;
		f->item = item;
		run(f, &node->then);
	}
	f->item = around;
}

/* --- the whole --- */

static void run(fill *f, const template_nodes *nodes)
{
	for (size_t i = 0; i < nodes->n; i++) {
		const template_node *node = &nodes->items[i];
		switch (node->kind) {
		case TEMPLATE_TEXT:
			expand(f, &f->text, node->text, true);
			break;
		case TEMPLATE_HEADING:
			put_heading(f, node);
			break;
		case TEMPLATE_PART:
			put_part(f, node);
			break;
		case TEMPLATE_IF:
			run(f, holds(f, node) ? &node->then : &node->otherwise);
			break;
		case TEMPLATE_EACH:
			run_each(f, node);
			break;
		}
	}
}

/* A template that opens with {{brief}}. */
static bool is_brief(const template_nodes *nodes)
{
	return nodes->n && nodes->items[0].kind == TEMPLATE_PART &&
	       !strcmp(nodes->items[0].words.items[0], "brief");
}

static bool has_part(const template_nodes *nodes, const char *name)
{
	for (size_t i = 0; i < nodes->n; i++) {
		const template_node *node = &nodes->items[i];
		if (node->kind == TEMPLATE_PART &&
		    !strcmp(node->words.items[0], name))
			return true;
		if (has_part(&node->then, name) ||
		    has_part(&node->otherwise, name))
			return true;
	}
	return false;
}

int fria_report_make(fria_document **out, const fria_report *report,
		     const char *template_name, const char *template_text,
		     fria_error *err)
{
	template_nodes nodes;
	fill f = {
	    .parts = {.r = report,
		      .in = report->input->instrument,
		      .doc = fria_document_new(report->lang),
		      .choices = part_choices(report->input, report->lang)},
	    .item = {.kind = ITEM_NONE}};
	int code = template_parse(&nodes, template_name, template_text, err);
	fria_buf_init(&f.text);
	if (report->buttons)
		fria_document_buttons(f.parts.doc);
	fria_document_show(f.parts.doc, report->picture, report->data);
	f.sections[0] = fria_document_body(f.parts.doc);
	if (is_brief(&nodes)) {
		part_brief(&f.parts);
	} else {
		part_head(&f.parts);
		part_foot(&f.parts, template_name, template_text);
		fria_document_contents(f.parts.doc, 3);
	}
	if (!code)
		code = template_check(&nodes, template_name, report, err);
	f.parts.approvals = has_part(&nodes, "approvals");
	if (!code)
		run(&f, &nodes);
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
