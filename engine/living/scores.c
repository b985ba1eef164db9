/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Scores and conclusions: the expressions of the instrument over the answers
 * that are shown, each with what it read, and marked when some of that must
 * be judged again.
 *
 * Calls up to evaluate.c: an expression reads answers as the evaluation shows
 * them.
 * Calls up to approvals.c: a risk that somebody accepted counts otherwise.
 */
#include "living_internal.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* The rows of a group as expressions see them, made when first asked for. */
typedef struct {
	json_t *list; /* of each an object: its cells, and what is computed */
	bool *stale;  /* by row: something in it must be judged again */
	bool any;     /* so anywhere in the group */
} rows_seen;

typedef struct {
	fria_evaluation *out;
	const fria_evaluation_input *in;
	fria_lang lang;
	json_t *context; /* scores, criteria, tables, and the score itself */
	json_t *scores;	 /* in it: {key: value, or a list of them by row} */
	size_t group;	 /* the rows in which is computed, or FRIA_NONE */
	const char *row;
	fria_reads read; /* by the present expression */
	bool stale;
	fria_strings moved; /* scores that rest on what must be judged again */
	fria_view *view;
	rows_seen *rows; /* by group */
} sums;

/* --- what an expression reads --- */

static void note_read(sums *s, fria_read_kind kind, const char *what,
		      bool stale)
{
	s->stale = s->stale || stale;
	for (size_t i = 0; i < s->read.n; i++)
		if (s->read.items[i].kind == kind &&
		    !strcmp(s->read.items[i].what, what))
			return;
	*FRIA_PUSH(&s->read) = (fria_read){kind, fria_strdup(what), stale};
}

/* What was read since the last time. */
static fria_reads take_reads(sums *s)
{
	fria_reads out = s->read;
	s->read = (fria_reads){NULL, 0};
	return out;
}

static void dispose_reads(fria_reads *read)
{
	for (size_t i = 0; i < read->n; i++)
		free(read->items[i].what);
	free(read->items);
}

/* The value of a question that is shown, in this row or the first. */
static const json_t *value_of(sums *s, size_t task)
{
	const fria_task *t = &s->in->instrument->tasks[task];
	for (size_t i = s->out->first[task]; i != FRIA_NONE;
	     i = s->out->next[i]) {
		const fria_judgement *j = &s->out->items[i];
		if (s->row && t->rows == s->group && j->question.row &&
		    strcmp(j->question.row, s->row) != 0)
			continue;
		note_read(s, FRIA_READ_TASK, t->id, j->state >= FRIA_STALE);
		return j->state == FRIA_HIDDEN
			   ? NULL
			   : fria_question_value(&j->question);
	}
	return NULL;
}

/* What an expression sees of an answer: of rows chosen by a column of theirs,
 * as in official forms, that text; else their ids. New; NULL for NULL. */
static json_t *seen(sums *s, size_t task, const json_t *value)
{
	const fria_instrument *in = s->in->instrument;
	size_t source = in->tasks[task].source;
	if (value && fria_task_names_rows(in, task) &&
	    in->tasks[source].answerable)
		return fria_choice_text(s->view, task, value);
	return json_incref((json_t *)(uintptr_t)value);
}

static fria_js answer(sums *s, fria_running *run, const char *id)
{
	size_t task = fria_instrument_find(s->in->instrument, id);
	json_t *value =
	    task == FRIA_NONE ? NULL : seen(s, task, value_of(s, task));
	fria_js out = fria_js_from(run, value);
	json_decref(value);
	return out;
}

/* The name of a cell in expressions; a number is written into `hold`. */
static const char *cell_name(fria_buf *hold, const fria_instrument *in,
			     size_t group, size_t task)
{
	const char *id = in->tasks[task].id, *stem = in->tasks[group].id;
	size_t n = strlen(stem);
	if (!strncmp(id, stem, n) && id[n] == '.')
		id += n + 1;
	if (!isdigit((unsigned char)*id))
		return id;
	fria_buf_clear(hold);
	fria_buf_printf(hold, "_%s", id);
	for (char *at = hold->text; *at; at++)
		if (*at == '.')
			*at = '_';
	return hold->text;
}

/* An expression names a cell of these rows. */
bool fria_expression_cell(const char *expression, const fria_instrument *in,
			  size_t group, size_t task)
{
	fria_buf hold = FRIA_BUF_INIT;
	bool named = fria_expression_names(expression,
					   cell_name(&hold, in, group, task));
	fria_buf_dispose(&hold);
	return named;
}

/* {id: place} of the rows, each begun with its id. New. */
static json_t *begin_rows(rows_seen *out, const sums *s, size_t group)
{
	json_t *row, *places = json_object(),
		     *rows = fria_assessment_rows(s->in->assessment,
						  s->in->instrument, group);
	size_t i;
	out->list = json_array();
	out->stale = fria_calloc(json_array_size(rows), sizeof *out->stale);
	json_array_foreach(rows, i, row) {
		const char *id = fria_json_text(row, "id");
		json_array_append_new(out->list,
				      fria_json_pack("{s:s}", "id", id));
		json_object_set_new(places, id, json_integer((json_int_t)i));
	}
	return places;
}

static void add_cell(sums *s, fria_buf *hold, size_t group, json_t *row,
		     const fria_judgement *j)
{
	const json_t *value = fria_question_value(&j->question);
	size_t task = j->question.task;
	if (row && value && j->state != FRIA_HIDDEN)
		json_object_set_new(
		    row, cell_name(hold, s->in->instrument, group, task),
		    seen(s, task, value));
}

/* The progress of a measure is no judgement, but can be computed on. */
static void add_progress(const sums *s, fria_buf *hold, size_t group,
			 json_t *row)
{
	const fria_instrument *in = s->in->instrument;
	for (size_t i = group; i < in->tasks[group].end; i++) {
		const json_t *value =
		    in->tasks[i].measure
			? fria_evaluation_value(s->out, s->in, i,
						fria_json_text(row, "id"))
			: NULL;
		if (value)
			json_object_set(row, cell_name(hold, in, group, i),
					(json_t *)(uintptr_t)value);
	}
}

static const rows_seen *rows_of(sums *s, size_t group)
{
	rows_seen *out = &s->rows[group];
	fria_buf hold = FRIA_BUF_INIT;
	bool all = false;
	size_t at;
	json_t *row;
	if (out->list)
		return out;
	json_t *places = begin_rows(out, s, group);
	for (size_t i = 0; i < s->out->n; i++) {
		const fria_judgement *j = &s->out->items[i];
		const char *id = j->question.row;
		if (s->in->instrument->tasks[j->question.task].rows != group)
			continue;
		json_t *place = id ? json_object_get(places, id) : NULL;
		bool stale = j->state >= FRIA_STALE;
		out->any = out->any || stale;
		all = all || (stale && !id);
		at = (size_t)json_integer_value(place);
		if (place && stale)
			out->stale[at] = true;
		add_cell(s, &hold, group,
			 place ? json_array_get(out->list, at) : NULL, j);
	}
	json_array_foreach(out->list, at, row) {
		out->stale[at] = out->stale[at] || all;
		add_progress(s, &hold, group, row);
	}
	json_decref(places);
	fria_buf_dispose(&hold);
	return out;
}

static bool is_of_name(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

bool fria_expression_names(const char *expression, const char *name)
{
	size_t n = strlen(name);
	const char *at = expression ? strstr(expression, name) : NULL;
	while (at &&
	       (is_of_name(at[n]) || (at > expression && is_of_name(at[-1]))))
		at = strstr(at + 1, name);
	return at != NULL;
}

static void note_scores(sums *s, const char *expression)
{
	for (size_t i = 0; i < s->moved.n; i++) {
		char *name = fria_format("scores.%s", s->moved.items[i]);
		if (fria_expression_names(expression, name))
			s->stale = true;
		free(name);
	}
}

static fria_js all_rows(sums *s, fria_running *run, const char *id)
{
	const fria_instrument *in = s->in->instrument;
	size_t group = fria_instrument_find(in, id);
	if (group == FRIA_NONE || in->tasks[group].rows != group)
		return fria_js_list(run, 0);
	const rows_seen *rows = rows_of(s, group);
	note_read(s, FRIA_READ_TASK, id, rows->any);
	return fria_js_from(run, rows->list);
}

static fria_js metric(sums *s, fria_running *run, const char *name)
{
	for (size_t i = 0; i < s->out->metrics_n; i++) {
		const fria_metric *m = &s->out->metrics[i];
		if (strcmp(m->name, name) != 0)
			continue;
		note_read(s, FRIA_READ_METRIC, name, m->overdue);
		json_t *json = fria_json_pack(
		    "{s:O?, s:O?, s:O?, s:b, s:b}", "value",
		    json_object_get(m->last, "value"), "date",
		    json_object_get(m->last, "date"), "threshold", m->limit,
		    "over", (int)m->over, "overdue", (int)m->overdue);
		fria_js out = fria_js_from(run, json);
		json_decref(json);
		return out;
	}
	return (fria_js){.kind = FRIA_JS_UNDEFINED};
}

/* The level of a conclusion that was drawn before, and with it all that it was
 * read from. */
static fria_js concluded(sums *s, fria_running *run, const char *id)
{
	const fria_conclusion *one = fria_conclusion_find(s->out, id);
	if (!one)
		return (fria_js){.kind = FRIA_JS_UNDEFINED};
	for (size_t i = 0; i < one->read.n; i++)
		note_read(s, one->read.items[i].kind, one->read.items[i].what,
			  one->read.items[i].stale);
	s->stale = s->stale || one->stale;
	json_t *level = one->level ? fria_json_string(one->level) : NULL;
	fria_js out = fria_js_from(run, level);
	json_decref(level);
	return out;
}

/* What was decided last, also where it lapsed since: until another is taken
 * people act on it. Undefined where nothing was. */
static fria_js decided(const sums *s, fria_running *run)
{
	const char *last = NULL;
	json_t *value = NULL, *one;
	size_t i;
	json_array_foreach(json_object_get(s->in->assessment, "approvals"), i,
			   one) {
		const char *at = fria_json_text(one, "at");
		if (!fria_json_says(one, "kind", "decision") ||
		    fria_json_says(one, "value", "returned") ||
		    (last && at && strcmp(at, last) < 0))
			continue;
		value = json_object_get(one, "value");
		last = at;
	}
	return value ? fria_js_from(run, value)
		     : (fria_js){.kind = FRIA_JS_UNDEFINED};
}

/* A day as text, so that days compare; undefined where there is none. */
static fria_js day_of(fria_running *run, fria_time at)
{
	fria_buf day = FRIA_BUF_INIT;
	if (!at)
		return (fria_js){.kind = FRIA_JS_UNDEFINED};
	fria_day_write(&day, at);
	json_t *json = fria_json_string(day.text);
	fria_js out = fria_js_from(run, json);
	json_decref(json);
	fria_buf_dispose(&day);
	return out;
}

static bool call(void *data, fria_running *run, const char *name,
		 const fria_js *args, size_t n, fria_js *out)
{
	sums *s = data;
	const char *first = n ? fria_js_text(run, &args[0]) : "";
	if (!strcmp(name, "answers")) {
		*out = answer(s, run, first);
	} else if (!strcmp(name, "countSelectedOptions")) {
		fria_js value = answer(s, run, first);
		*out = (fria_js){
		    .kind = FRIA_JS_NUMBER,
		    .number = value.kind == FRIA_JS_LIST ? (double)value.n : 0};
	} else if (!strcmp(name, "rows")) {
		*out = all_rows(s, run, first);
	} else if (!strcmp(name, "conclusion")) {
		*out = concluded(s, run, first);
	} else if (!strcmp(name, "fact")) {
		note_read(s, FRIA_READ_FACT, first, false);
		*out = fria_js_from(run, fria_fact(s->in->application, first));
	} else if (!strcmp(name, "metric")) {
		*out = metric(s, run, first);
	} else if (!strcmp(name, "adopted")) {
		*out = day_of(run, s->in->first_adopted_at);
	} else if (!strcmp(name, "decision")) {
		*out = decided(s, run);
	} else if (!strcmp(name, "inUse")) {
		*out = fria_js_from(
		    run,
		    json_object_get(
			json_object_get(s->in->application, "in_use"), "from"));
	} else {
		return fria_function_plain(NULL, run, name, args, n, out);
	}
	return true;
}

/* The value, new; NULL for undefined, and with a finding when it fails. */
static json_t *compute(sums *s, const fria_expression *e, const char *where,
		       const json_t *relative)
{
	json_t *out = NULL;
	fria_error err = FRIA_ERROR_INIT;
	const fria_scope scope = {s->context, relative, call, s};
	if (e && !fria_expression_evaluate(&out, e, &scope, &err))
		return out;
	fria_buf said = FRIA_BUF_INIT;
	if (e)
		fria_error_text(&said, &err, s->lang);
	fria_findings_add(&s->out->findings, FRIA_WARNING, FRIA_W_eval_formula,
			  NULL, NULL, "what", where, "why", said.text, NULL);
	fria_buf_dispose(&said);
	return NULL;
}

/* --- scores --- */

/* The first step of riskScore that holds. New; NULL if none does. */
static json_t *step_of(sums *s, const fria_calculation *c)
{
	for (size_t i = 0; i < c->n; i++) {
		json_t *holds = compute(s, c->steps[i].when, c->key, NULL);
		bool truth = fria_json_truth(holds);
		json_decref(holds);
		if (truth)
			return json_incref(c->steps[i].value);
	}
	return NULL;
}

/* "low: 2, very high: 0"; NULL where a name has no word. The caller frees. */
static char *words_of_names(const fria_instrument *in, const json_t *value,
			    fria_lang lang)
{
	fria_buf out = FRIA_BUF_INIT;
	const char *name;
	json_t *one;
	json_object_foreach((json_t *)(uintptr_t)value, name, one) {
		const char *word = fria_calculation_named(in, name, lang);
		if (!word || !json_is_number(one)) {
			fria_buf_dispose(&out);
			return NULL;
		}
		fria_buf_printf(&out, out.n ? ", %s: " : "%s: ", word);
		fria_fact_say(&out, one, lang);
	}
	return fria_buf_detach(&out);
}

/* "bij {/use/volume} zaken is dat {value} op de 1.000". The caller frees. */
static char *sentence_of(const fria_evaluation_input *in, const char *says,
			 const json_t *value, fria_lang lang)
{
	fria_buf out = FRIA_BUF_INIT;
	for (const char *at = says; *at; at++) {
		const char *end = *at == '{' ? strchr(at, '}') : NULL;
		if (!end) {
			fria_buf_putc(&out, *at);
			continue;
		}
		char *name = fria_strndup(at + 1, (size_t)(end - at - 1));
		const json_t *said =
		    *name == '/' ? fria_fact(in->application, name) : value;
		if (json_is_number(said))
			fria_number_say(&out, lang, json_number_value(said));
		else
			fria_fact_say(&out, said, lang);
		free(name);
		at = end;
	}
	return fria_buf_detach(&out);
}

/* `words` gives a word for each step from 1: ours; `says` a sentence. The
 * caller frees. */
static char *word_of(const fria_evaluation_input *input,
		     const fria_calculation *c, const json_t *value,
		     fria_lang lang)
{
	const fria_instrument *in = input->instrument;
	const char *says = fria_calculation_says(c, lang);
	if (says && json_is_number(value))
		return sentence_of(input, says, value, lang);
	if (json_object_size(value))
		return words_of_names(in, value, lang);
	json_int_t step = json_integer_value(value);
	return step < 1
		   ? NULL
		   : fria_strdup(fria_calculation_word(c, (size_t)step, lang));
}

/* One score, in one row or outside rows. New; NULL if there is none. */
static json_t *score(sums *s, const fria_calculation *c, const char *row,
		     size_t at)
{
	const rows_seen *rows = row ? rows_of(s, s->group) : NULL;
	json_t *relative = row ? json_array_get(rows->list, at) : NULL;
	s->stale = false;
	s->row = row;
	if (row) {
		json_object_set(s->context, "row", relative);
		note_read(s, FRIA_READ_TASK,
			  s->in->instrument->tasks[s->group].id,
			  rows->stale[at]);
	}
	note_scores(s, c->text);
	json_t *value = compute(s, c->expression, c->key, relative);
	if (c->n) {
		json_object_set_new(s->context, c->key,
				    value ? value : json_null());
		value = step_of(s, c);
		json_object_del(s->context, c->key);
	}
	*FRIA_PUSH(&s->out->scores) =
	    (fria_score){.of = c,
			 .row = row,
			 .value = json_incref(value),
			 .text = word_of(s->in, c, value, s->lang),
			 .stale = s->stale,
			 .read = take_reads(s)};
	if (s->stale && !fria_strings_has(&s->moved, c->key))
		fria_strings_add(&s->moved, c->key);
	json_object_del(s->context, "row");
	return value;
}

/* What comes after sees it beside the cells of each row. */
static void put_score(sums *s, const fria_calculation *c)
{
	const fria_instrument *in = s->in->instrument;
	size_t group = in->tasks[c->task].rows, i;
	json_t *row, *value;
	s->group = group;
	s->row = NULL;
	if (group == FRIA_NONE || group == c->task) {
		value = score(s, c, NULL, 0);
		if (value)
			json_object_set_new(s->scores, c->key, value);
		return;
	}
	json_t *list = json_array();
	json_array_foreach(fria_assessment_rows(s->in->assessment, in, group),
			   i, row) {
		value = score(s, c, fria_json_text(row, "id"), i);
		json_array_append_new(list, value ? value : json_null());
	}
	json_array_foreach(rows_of(s, group)->list, i, row)
		json_object_set(row, c->key, json_array_get(list, i));
	json_object_set_new(s->scores, c->key, list);
}

/* --- conclusions --- */

/* *others: whether one holds besides the one named so. */
static json_t *criteria_of(sums *s, const fria_rule *r, fria_strings *met,
			   const char *name, bool *others)
{
	json_t *values = json_object();
	for (size_t i = 0; i < r->n; i++) {
		const fria_criterion *c = &r->criteria[i];
		note_scores(s, c->text);
		json_t *value = compute(s, c->expression, c->id, NULL);
		const char *text = fria_criterion_explanation(c, s->lang);
		if (fria_json_truth(value) && text)
			fria_strings_add(met, text);
		*others = *others || (fria_json_truth(value) &&
				      (!name || strcmp(name, c->id) != 0));
		json_object_set_new(values, c->id, value ? value : json_null());
	}
	return values;
}

/* `review` of a conclusion: within which time it must be looked at again. */
static void note_review(sums *s, const fria_rule *r)
{
	fria_duration within = r->review, *now = &s->out->within;
	if (!within.months && !within.days)
		return;
	if ((!now->months && !now->days) ||
	    fria_time_add(0, within) < fria_time_add(0, *now))
		*now = within;
}

/* From when a level that names the law is so, in a sentence; NULL. New. */
static char *law_of(const fria_rule *r, const fria_evaluation_input *in)
{
	fria_buf out = FRIA_BUF_INIT;
	for (size_t i = 0; i < r->law.n; i++) {
		fria_buf one = FRIA_BUF_INIT;
		if (fria_law_say(
			&one, fria_law_line(in->application, r->law.items[i]),
			in->as_of, in->lang))
			fria_buf_printf(&out, "%s%s", out.n ? " " : "",
					one.text);
		fria_buf_dispose(&one);
	}
	return out.n ? fria_buf_detach(&out) : NULL;
}

/* True if this level is the conclusion. */
static bool conclude(sums *s, const fria_rule *r)
{
	fria_strings met = FRIA_STRINGS_INIT;
	bool others = false;
	json_object_set_new(
	    s->context, "criteria",
	    criteria_of(s, r, &met, r->acceptable.criterion, &others));
	note_scores(s, r->text);
	json_t *value = compute(s, r->expression, r->id, NULL);
	bool holds = fria_json_truth(value);
	json_decref(value);
	json_object_del(s->context, "criteria");
	bool stops =
	    r->stops && (others || !r->acceptable.given ||
			 !fria_risks_accepted(s->out, s->in, &r->acceptable));
	if (!holds) {
		fria_strings_dispose(&met);
		return false;
	}
	*FRIA_PUSH(&s->out->conclusions) =
	    (fria_conclusion){.id = r->id,
			      .title = fria_rule_title(r, s->lang),
			      .holds = true,
			      .level = r->level,
			      .text = fria_rule_result(r, s->lang),
			      .law = law_of(r, s->in),
			      .rule = r,
			      .because = met,
			      .stale = s->stale,
			      .stops = stops,
			      .read = take_reads(s)};
	s->out->stopped = s->out->stopped || stops;
	note_review(s, r);
	return true;
}

static void put_conclusions(sums *s)
{
	const fria_instrument *in = s->in->instrument;
	for (size_t i = 0; i < in->rules.n;) {
		const fria_rule *first = &in->rules.items[i];
		const char *id = first->id;
		bool found = false;
		s->stale = false;
		for (; i < in->rules.n && !strcmp(in->rules.items[i].id, id);
		     i++)
			found = found || conclude(s, &in->rules.items[i]);
		if (!found)
			*FRIA_PUSH(&s->out->conclusions) = (fria_conclusion){
			    .id = id,
			    .title = fria_rule_title(first, s->lang),
			    .stale = s->stale,
			    .read = take_reads(s)};
	}
}

void fria_scores_evaluate(fria_evaluation *out, const fria_evaluation_input *in)
{
	sums s = {.out = out, .in = in, .lang = in->lang, .group = FRIA_NONE};
	s.scores = json_object();
	s.rows = fria_calloc(in->instrument->n, sizeof *s.rows);
	s.view = fria_view_new(in->instrument, in->assessment, NULL);
	s.context = fria_json_pack("{s:o, s:O?}", "scores", s.scores, "tables",
				   in->instrument->tables);
	for (size_t i = 0; i < in->instrument->calculations.n; i++)
		put_score(&s, &in->instrument->calculations.items[i]);
	s.row = NULL;
	s.group = FRIA_NONE;
	put_conclusions(&s);
	for (size_t i = 0; i < in->instrument->n; i++) {
		json_decref(s.rows[i].list);
		free(s.rows[i].stale);
	}
	free(s.rows);
	fria_strings_dispose(&s.moved);
	fria_view_free(s.view);
	json_decref(s.context);
}

void fria_results_dispose(fria_evaluation *e)
{
	for (size_t i = 0; i < e->scores.n; i++) {
		json_decref(e->scores.items[i].value);
		free(e->scores.items[i].text);
		dispose_reads(&e->scores.items[i].read);
	}
	for (size_t i = 0; i < e->conclusions.n; i++) {
		fria_strings_dispose(&e->conclusions.items[i].because);
		free(e->conclusions.items[i].law);
		dispose_reads(&e->conclusions.items[i].read);
	}
	free(e->scores.items);
	free(e->conclusions.items);
}

const fria_score *fria_score_find(const fria_evaluation *e, const char *key,
				  const char *row)
{
	for (size_t i = e->scores.n; i-- > 0;) {
		const fria_score *one = &e->scores.items[i];
		bool here =
		    row && one->row ? !strcmp(one->row, row) : row == one->row;
		if (here && !strcmp(one->of->key, key))
			return one;
	}
	return NULL;
}

const fria_conclusion *fria_conclusion_find(const fria_evaluation *e,
					    const char *id)
{
	for (size_t i = 0; i < e->conclusions.n; i++)
		if (!strcmp(e->conclusions.items[i].id, id))
			return &e->conclusions.items[i];
	return NULL;
}

long long fria_score_step(const fria_score *score)
{
	return score ? (long long)json_integer_value(score->value) : 0;
}
