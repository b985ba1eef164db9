/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What is offered for answers and nobody stands for yet: what a question takes
 * from another assessment or from the characteristics, what came in a file, and
 * an answer of 0.1 that nobody looked at. It makes no answer.
 */
#include "living_internal.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
	fria_proposals *out;
	fria_view *view;
	const json_t *application;
	json_t *kept;	      /* what the document keeps, by task */
	json_t *seen;	      /* ids */
	fria_choices **there; /* what may be chosen, by sibling */
	fria_lang lang;
} offering;

/* --- one proposal --- */

void proposal_name(char out[FRIA_PROPOSAL_ID], const fria_instrument *in,
		   const fria_proposal *p)
{
	char digest[FRIA_DIGEST_SIZE];
	json_t *whole = fria_json_pack("{s:s, s:s?, s:O, s:s}", "task",
				       in->tasks[p->task].id, "row", p->row,
				       "value", p->value, "from", p->from);
	fria_digest(digest, whole);
	json_decref(whole);
	out[0] = 'p';
	memcpy(out + 1, digest, FRIA_PROPOSAL_ID - 2);
	out[FRIA_PROPOSAL_ID - 1] = '\0';
}

/* Takes value; each thing once. */
static void offer(offering *o, fria_offered_by by, const fria_question *q,
		  const char *row, json_t *value, const char *from,
		  const json_t *record)
{
	const char *id = fria_json_text(record, "id");
	fria_proposal p = {.by = by,
			   .task = q->task,
			   .row = fria_strdup(row),
			   .value = value,
			   .from = fria_strdup(from),
			   .at = fria_json_text(record, "at"),
			   .record = record};
	proposal_name(p.id, o->view->in, &p);
	if (id && strlen(id) < sizeof p.id)
		memcpy(p.id, id, strlen(id) + 1);
	if (!json_object_get(o->seen, p.id)) {
		json_object_set_new(o->seen, p.id, json_true());
		*FRIA_PUSH(o->out) = p;
		return;
	}
	free(p.row);
	free(p.from);
	json_decref(value);
}

/* --- a value from elsewhere as one of this question --- */

static bool is_among(const json_t *list, const json_t *value)
{
	for (size_t i = 0; i < json_array_size(list); i++)
		if (json_equal(json_array_get(list, i), value))
			return true;
	return false;
}

/* A value that the option is taken from, whatever it is an answer to, or as
 * the answer to this question alone. */
static bool is_taken(const fria_option *option, const char *edge,
		     const json_t *value)
{
	json_t *alone =
	    fria_json_pack("{s:s, s:O}", "of", edge, "value", value);
	bool taken =
	    is_among(option->takes, value) || is_among(option->takes, alone);
	json_decref(alone);
	return taken;
}

/* True if the option says that it is taken from this value; from a list, if it
 * is from each in it. */
static bool stands_for(const fria_option *option, const char *edge,
		       const json_t *value)
{
	if (!json_is_array(value))
		return is_taken(option, edge, value);
	for (size_t i = 0; i < json_array_size(value); i++)
		if (!is_taken(option, edge, json_array_get(value, i)))
			return false;
	return json_array_size(value) > 0;
}

/* Borrowed; NULL: no option says so. */
static const json_t *option_for(const fria_task *t, const char *edge,
				const json_t *value)
{
	for (size_t i = 0; i < t->options.n; i++)
		if (stands_for(&t->options.items[i], edge, value))
			return t->options.items[i].value;
	return NULL;
}

/* Each of its options is taken from a question of its own, so that they are
 * said together. */
static bool is_gathered(const fria_task *t)
{
	return t->kind == FRIA_OPTIONS && t->options.n &&
	       json_is_object(json_array_get(t->options.items[0].takes, 0));
}

/* New; NULL for what is no answer here. */
static json_t *as_choice(const fria_instrument *in, size_t task,
			 const char *edge, const json_t *value)
{
	const fria_task *t = &in->tasks[task];
	const json_t *own = option_for(t, edge, value);
	bool fits = !own && !fria_task_draws(t) &&
		    fria_value_fits(in, task, value) &&
		    (!json_is_array(value) || json_array_size(value));
	if (own && t->kind == FRIA_OPTIONS)
		return fria_json_pack("[O]", own);
	return own || fits
		   ? json_incref((json_t *)(uintptr_t)(own ? own : value))
		   : NULL;
}

/* --- from another assessment --- */

/* An answer that somebody stands for and that counts. Borrowed; NULL: none. */
static const json_t *given_there(fria_view *there, size_t task, size_t number)
{
	const json_t *answer = fria_view_answer(there, task, number);
	return json_object_get(answer, "basis") &&
		       !fria_view_unfit(there, task, number) &&
		       fria_view_shown(there, task, number)
		   ? json_object_get(answer, "value")
		   : NULL;
}

static bool is_one_of(const json_t *list, const json_t *value)
{
	if (!json_is_array(value))
		return is_among(list, value);
	for (size_t i = 0; i < json_array_size(value); i++)
		if (is_among(list, json_array_get(value, i)))
			return true;
	return false;
}

/* What it is narrowed by (takes_where) holds there, in that row. */
static bool is_meant(const fria_task *t, const char *edge, fria_view *there,
		     size_t number)
{
	const json_t *where = json_object_get(t->takes_where, edge);
	for (size_t i = 0; i < json_array_size(where); i++) {
		const json_t *one = json_array_get(where, i);
		const char *id = fria_json_text(one, "task");
		size_t at =
		    id ? fria_instrument_find(there->in, id) : FRIA_NONE;
		const json_t *value =
		    at == FRIA_NONE
			? NULL
			: given_there(there, at,
				      there->in->tasks[at].rows == FRIA_NONE
					  ? 0
					  : number);
		if (value && is_one_of(json_object_get(one, "value"), value))
			return true;
	}
	return !where;
}

static void say_there(fria_buf *out, offering *o, fria_view *there, size_t task,
		      const json_t *value)
{
	const fria_view *v = o->view;
	size_t at = 0;
	while (at + 1 < v->siblings.n && v->elsewhere[at] != there)
		at++;
	if (!o->there)
		o->there = fria_calloc(v->siblings.n, sizeof *o->there);
	if (!o->there[at])
		o->there[at] = fria_choices_new(there->in, there->assessment,
						NULL, o->application, o->lang);
	fria_choice_say(out, o->there[at], task, value);
}

/* New; NULL: nothing is there for it. */
static json_t *value_from(offering *o, size_t task, fria_view *there,
			  size_t source, size_t number)
{
	const fria_instrument *in = o->view->in;
	const json_t *value = given_there(there, source, number);
	fria_buf text = FRIA_BUF_INIT;
	json_t *out = NULL;
	if (value && in->tasks[task].kind == FRIA_TEXT) {
		say_there(&text, o, there, source, value);
		out = fria_json_string(text.text);
	} else if (value) {
		fria_buf_printf(&text, "%s#%s", there->in->id,
				there->in->tasks[source].id);
		out = as_choice(in, task, text.text, value);
	}
	fria_buf_dispose(&text);
	return out;
}

/* What the rows there say, one text, each under what its row is called. New;
 * NULL: nothing, or no text is asked. */
static json_t *text_of_rows(offering *o, size_t task, const char *edge,
			    fria_view *there, size_t source)
{
	const fria_instrument *in = there->in;
	size_t column = fria_task_column(in, in->tasks[source].rows);
	size_t n = fria_view_rows_of(there, source)->n;
	fria_buf all = FRIA_BUF_INIT;
	bool text = o->view->in->tasks[task].kind == FRIA_TEXT;
	for (size_t number = 1; text && number <= n; number++) {
		json_t *one =
		    is_meant(&o->view->in->tasks[task], edge, there, number)
			? value_from(o, task, there, source, number)
			: NULL;
		const json_t *name = given_there(there, column, number);
		if (one && all.n)
			fria_buf_puts(&all, "\n\n");
		if (one && name && column != source) {
			fria_buf_puts(&all, "**");
			say_there(&all, o, there, column, name);
			fria_buf_puts(&all, "**: ");
		}
		fria_buf_puts(&all, one ? json_string_value(one) : "");
		json_decref(one);
	}
	json_t *out = all.n ? fria_json_string(all.text) : NULL;
	fria_buf_dispose(&all);
	return out;
}

/* Of one of several questions that are taken where that is meant: a text under
 * what it is about, the title of the part there. New; NULL: it is not. */
static json_t *value_where(offering *o, size_t task, const char *edge,
			   fria_view *there, size_t source)
{
	const fria_task *t = &o->view->in->tasks[task];
	size_t part = there->in->tasks[source].parent;
	if (!is_meant(t, edge, there, 0))
		return NULL;
	json_t *value = value_from(o, task, there, source, 0);
	if (!value || t->kind != FRIA_TEXT || part == FRIA_NONE ||
	    !json_object_get(t->takes_where, edge))
		return value;
	char *under = fria_format(
	    "**%s**: %s", fria_task_title(&there->in->tasks[part], o->lang),
	    json_string_value(value));
	json_decref(value);
	value = fria_json_string(under);
	free(under);
	return value;
}

/* "iama#1.1.1": by the assessment's own name. The caller frees. */
static char *origin_of(const offering *o, const char *edge)
{
	const fria_sibling *s =
	    fria_sibling_find(o->view->in, &o->view->siblings, edge);
	return fria_format("%s%s", s->name, strchr(edge, '#'));
}

/* --- from the characteristics --- */

static json_t *value_of_fact(const offering *o, size_t task,
			     const char *pointer)
{
	const fria_instrument *in = o->view->in;
	const json_t *fact = fria_fact(o->application, pointer);
	if (!fact || in->tasks[task].kind != FRIA_TEXT)
		return fact ? as_choice(in, task, pointer, fact) : NULL;
	fria_buf text = FRIA_BUF_INIT;
	fria_fact_say_at(&text, pointer, fact, o->lang);
	json_t *out =
	    fria_text_blank(text.text) ? NULL : fria_json_string(text.text);
	fria_buf_dispose(&text);
	return out;
}

/* --- for a question --- */

/* Nobody answered it; or what was taken from there reads otherwise now. */
static bool is_wanted(const fria_question *q, const char *from,
		      const json_t *value)
{
	const char *taken = fria_json_text(q->answer, "origin");
	return !q->answer || q->unfit ||
	       (taken && json_object_get(q->answer, "basis") &&
		!strcmp(taken, from) &&
		!json_equal(json_object_get(q->answer, "value"), value));
}

/* The texts together, under all their names; of anything else the first. */
static void join(json_t **value, fria_buf *from, const fria_task *t,
		 json_t *more, const char *origin)
{
	if (*value && t->kind == FRIA_TEXT) {
		char *both = fria_format("%s\n\n%s", json_string_value(*value),
					 json_string_value(more));
		json_decref(*value);
		*value = fria_json_string(both);
		free(both);
		fria_buf_printf(from, ", %s", origin);
	} else if (*value && is_gathered(t)) {
		json_array_extend(*value, more);
		fria_buf_printf(from, ", %s", origin);
	} else if (!*value) {
		*value = json_incref(more);
		fria_buf_puts(from, origin);
	}
}

/* Whether what was answered here stands in a row there. */
static bool is_from_row(offering *o, const fria_question *q, fria_view *there,
			size_t source)
{
	const json_t *own = json_object_get(q->answer, "value");
	size_t n = own ? fria_view_rows_of(there, source)->n : 0;
	bool found = false;
	while (n && !found) {
		json_t *value = value_from(o, q->task, there, source, n--);
		found = value && json_equal(own, value);
		json_decref(value);
	}
	return found;
}

/* Each row there is a row here: under its id, unless it is answered here. Or it
 * is a text to choose from, for a cell: until one of them is chosen. */
static void offer_rows(offering *o, const fria_question *q, const char *edge,
		       fria_view *there, size_t source, const char *origin)
{
	const fria_instrument *in = o->view->in;
	size_t group = in->tasks[q->task].rows;
	const fria_view_rows *rows = fria_view_rows_of(there, source);
	bool makes = fria_task_column(in, group) == q->task &&
		     in->tasks[group].mapped == FRIA_NONE;
	if (makes ? q->row_number > 1 : is_from_row(o, q, there, source))
		return;
	for (size_t number = 1; number <= rows->n; number++) {
		const char *row = makes ? rows->items[number - 1].id : q->row;
		json_t *value = value_from(o, q->task, there, source, number);
		bool wanted =
		    value &&
		    is_meant(&in->tasks[q->task], edge, there, number) &&
		    (makes ? row && !fria_assessment_answer(o->view->assessment,
							    in, q->task, row)
			   : is_wanted(q, origin, value));
		if (wanted)
			offer(o, FRIA_OFFERED_ANSWER, q, row,
			      json_incref(value), origin, NULL);
		json_decref(value);
	}
}

static void offer_taken(offering *o, const fria_question *q)
{
	const fria_instrument *in = o->view->in;
	const fria_strings *takes = &in->tasks[q->task].takes;
	fria_buf from = FRIA_BUF_INIT;
	json_t *value = NULL;
	bool facts = true;
	for (size_t i = 0; i < takes->n; i++) {
		const char *edge = takes->items[i];
		bool fact = *edge == '/';
		size_t source;
		fria_view *there =
		    fact ? NULL : fria_view_there(o->view, edge, &source);
		if (!fact && (!there || source == FRIA_NONE))
			continue;
		char *origin = fact ? fria_strdup(edge) : origin_of(o, edge);
		bool rows = !fact && there->in->tasks[source].rows != FRIA_NONE;
		bool each = rows && in->tasks[q->task].rows != FRIA_NONE;
		json_t *one =
		    fact   ? value_of_fact(o, q->task, edge)
		    : each ? NULL
		    : rows ? text_of_rows(o, q->task, edge, there, source)
			   : value_where(o, q->task, edge, there, source);
		if (each)
			offer_rows(o, q, edge, there, source, origin);
		if (one)
			join(&value, &from, &in->tasks[q->task], one, origin);
		facts = facts && (fact || !one);
		json_decref(one);
		free(origin);
	}
	if (value && is_wanted(q, from.text, value))
		offer(o, facts ? FRIA_OFFERED_FACT : FRIA_OFFERED_ANSWER, q,
		      q->row, json_incref(value), from.text, NULL);
	json_decref(value);
	fria_buf_dispose(&from);
}

/* What was said of all rows together, in a question that is not asked any more
 * since there are rows: for the first row, in the last column that says it. */
static void offer_boxed(offering *o, const fria_question *q)
{
	const fria_instrument *in = o->view->in;
	for (size_t i = 0; q->row_number == 1 && i < in->n; i++) {
		const fria_strings *columns = &in->tasks[i].columns;
		if (!columns->n ||
		    strcmp(columns->items[columns->n - 1],
			   in->tasks[q->task].id) != 0 ||
		    in->tasks[q->task].kind != in->tasks[i].kind ||
		    fria_view_shown(o->view, i, 0))
			continue;
		json_t *value = json_object_get(
		    fria_assessment_answer(o->view->assessment, in, i, NULL),
		    "value");
		if (value && !q->answer)
			offer(o, FRIA_OFFERED_ANSWER, q, q->row,
			      json_incref(value), in->tasks[i].id, NULL);
	}
}

/* What came in a file, or stands there since 0.1. A choice of rows waits until
 * these are there. */
static void offer_kept(offering *o, const fria_question *q)
{
	const fria_task *t = &o->view->in->tasks[q->task];
	const json_t *value = json_object_get(q->answer, "value"), *one;
	const char *from = fria_json_text(q->answer, "origin");
	size_t i;
	if (value && from && !t->measure && !q->unfit &&
	    !json_object_get(q->answer, "basis"))
		offer(o, FRIA_OFFERED_FILE, q, q->row,
		      json_incref((json_t *)(uintptr_t)value), from, NULL);
	json_array_foreach(json_object_get(o->kept, t->id), i, one) {
		const char *row = fria_json_text(one, "row");
		json_t *own = json_object_get(one, "value");
		bool here = row && fria_view_number(o->view, q->task, row)
				? !strcmp(row, q->row)
				: q->row_number < 2;
		if (!here || !fria_view_fits(o->view, q->task, own))
			continue;
		from = fria_json_text(one, "from");
		offer(o, FRIA_OFFERED_FILE, q, row, json_incref(own),
		      from ? from : "", one);
	}
}

/* {task: [those that the document keeps for it]}. New. */
static json_t *kept_in(const json_t *assessment)
{
	json_t *out = json_object(), *one;
	size_t i;
	json_array_foreach(json_object_get(assessment, "proposals"), i, one) {
		const char *task = fria_json_text(one, "task");
		json_t *list = task ? json_object_get(out, task) : NULL;
		if (task && !list)
			json_object_set_new(out, task, list = json_array());
		if (list)
			json_array_append(list, one);
	}
	return out;
}

void fria_view_proposals(fria_proposals *out, fria_view *view,
			 const json_t *application, fria_lang lang)
{
	const fria_instrument *in = view->in;
	offering o = {.out = out,
		      .view = view,
		      .application = application,
		      .kept = kept_in(view->assessment),
		      .seen = json_object(),
		      .lang = lang};
	fria_questions all;
	*out = (fria_proposals){NULL, 0};
	fria_view_questions(&all, view);
	for (size_t i = 0; i < all.n; i++) {
		if (!all.items[i].visible)
			continue;
		offer_kept(&o, &all.items[i]);
		if (in->tasks[all.items[i].task].takes.n)
			offer_taken(&o, &all.items[i]);
		offer_boxed(&o, &all.items[i]);
	}
	fria_questions_dispose(&all);
	for (size_t i = 0; o.there && i < view->siblings.n; i++)
		fria_choices_free(o.there[i]);
	free(o.there);
	json_decref(o.kept);
	json_decref(o.seen);
}

void fria_proposals_find(fria_proposals *out, const fria_evaluation_input *in)
{
	fria_view *v =
	    fria_view_new(in->instrument, in->assessment, &in->siblings);
	v->choices = in->application ? fria_choices_of_input(in) : NULL;
	fria_view_proposals(out, v, in->application,
			    fria_assessment_language(in->assessment));
	fria_choices_free(v->choices);
	fria_view_free(v);
}

void fria_proposals_dispose(fria_proposals *all)
{
	for (size_t i = 0; i < all->n; i++) {
		free(all->items[i].row);
		free(all->items[i].from);
		json_decref(all->items[i].value);
	}
	free(all->items);
	*all = (fria_proposals){NULL, 0};
}

size_t fria_proposals_count(const fria_proposals *all)
{
	size_t n = 0;
	for (size_t i = 0; i < all->n; i++) {
		const fria_proposal *p = &all->items[i], *last = p - 1;
		n += !i || p->task != last->task ||
		     (p->row && last->row && strcmp(p->row, last->row) != 0);
	}
	return n;
}

bool fria_proposal_is_for(const fria_proposal *p, const fria_instrument *in,
			  const json_t *assessment, size_t task,
			  const char *row)
{
	size_t group = in->tasks[task].rows;
	if (p->task != task)
		return false;
	if (group == FRIA_NONE)
		return true;
	if (row)
		return p->row && !strcmp(p->row, row);
	return !p->row || !fria_assessment_row(assessment, in, group, p->row);
}

json_t *fria_proposals_json(const fria_proposals *all,
			    const fria_instrument *in)
{
	static const char *const by[] = {"answer", "fact", "file"};
	json_t *out = json_array();
	for (size_t i = 0; i < all->n; i++) {
		const fria_proposal *p = &all->items[i];
		json_array_append_new(
		    out,
		    fria_json_pack("{s:s, s:s, s:s?, s:O, s:s, s:s, s:s*}",
				   "id", p->id, "task", in->tasks[p->task].id,
				   "row", p->row, "value", p->value, "by",
				   by[p->by], "from", p->from, "at", p->at));
	}
	return out;
}

/* --- where one comes from, in words --- */

/* "iama#1.1.1, iama#1.1.2" as "iama 1.1.1, 1.1.2". */
static void say_tasks(fria_buf *out, const char *from)
{
	const char *last = NULL;
	size_t last_n = 0;
	while (*from) {
		size_t n = strcspn(from, "#"), rest = strcspn(from, ",");
		bool again = last && n == last_n && !strncmp(last, from, n);
		if (last)
			fria_buf_puts(out, ", ");
		if (!again)
			fria_buf_printf(out, "%.*s ", (int)n, from);
		fria_buf_put(out, from + n + 1, rest - n - 1);
		last = from;
		last_n = n;
		from += rest + strspn(from + rest, ", ");
	}
}

static void say_facts(fria_buf *out, const char *from, fria_lang lang)
{
	while (*from) {
		size_t n = strcspn(from, ",");
		char *pointer = fria_strndup(from, n);
		if (out->n)
			fria_buf_puts(out, ", ");
		fria_buf_puts(out, fria_fact_title(pointer, lang));
		free(pointer);
		from += n + strspn(from + n, ", ");
	}
}

void fria_proposal_say(fria_buf *out, const fria_proposal *p,
		       const fria_instrument *in, const fria_siblings *siblings,
		       fria_lang lang)
{
	fria_buf from = FRIA_BUF_INIT;
	fria_word word = FRIA_W_proposal_from;
	const fria_sibling *s = NULL;
	if (p->by == FRIA_OFFERED_ANSWER) {
		char *first = fria_strndup(p->from, strcspn(p->from, ","));
		s = fria_sibling_find(in, siblings, first);
		free(first);
		say_tasks(&from, p->from);
	} else if (p->by == FRIA_OFFERED_FACT) {
		word = FRIA_W_proposal_from_fact;
		say_facts(&from, p->from, lang);
	} else {
		fria_buf_puts(&from, p->from);
	}
	if (s && s->last)
		word = FRIA_W_proposal_from_version;
	fria_say(out, lang, word, "from", from.text, "version",
		 FRIA_DIGITS(s ? s->last : 0), NULL);
	fria_buf_dispose(&from);
}
