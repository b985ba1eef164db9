/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What is withheld of an assessment and its application, and what that
 * touches: the one place that decides it. Who may see what of it, and what
 * stands in its place, is redact.c's.
 */
#include "living_internal.h"

#include <stdlib.h>
#include <string.h>

json_t *fria_withheld_of(const json_t *answer)
{
	json_t *list = json_object_get(answer, "withheld");
	return json_array_size(list) ? list : NULL;
}

/* --- what was withheld later --- */

/* A passage counts where it stands; a whole answer in every version. */
static bool applies(const json_t *one, const json_t *answer)
{
	const char *passage = fria_json_text(one, "passage");
	const char *text = fria_json_text(answer, "value");
	size_t i;
	json_t *own;
	json_array_foreach(fria_withheld_of(answer), i, own)
		if (json_equal(own, one))
			return false;
	return !passage || (text && *passage && strstr(text, passage));
}

/* The answer with what was withheld of it later; NULL: nothing was. New. */
static json_t *answer_since(const json_t *answer, const json_t *later)
{
	json_t *out = NULL, *one;
	size_t i;
	json_array_foreach(fria_withheld_of(later), i, one) {
		if (!applies(one, answer))
			continue;
		if (!out) {
			json_t *own = fria_withheld_of(answer);
			out = json_copy((json_t *)(uintptr_t)answer);
			json_object_set_new(out, "withheld",
					    own ? json_copy(own)
						: json_array());
		}
		json_array_append(json_object_get(out, "withheld"), one);
	}
	return out;
}

/* The document, with what has been withheld of it since. New. */
static json_t *assessment_since(const fria_instrument *in,
				const json_t *assessment, const json_t *now)
{
	json_t *out = json_incref((json_t *)(uintptr_t)assessment);
	fria_questions all;
	if (!now || now == assessment)
		return out;
	fria_questions_list(&all, in, assessment);
	for (size_t i = 0; i < all.n; i++) {
		const fria_question *q = &all.items[i];
		json_t *more = answer_since(
		    q->answer,
		    q->answer ? fria_assessment_answer(now, in, q->task, q->row)
			      : NULL);
		if (more && out == assessment) {
			json_decref(out);
			out = json_deep_copy(assessment);
		}
		if (more)
			fria_assessment_put(out, in, q->task, q->row, more);
		json_decref(more);
	}
	fria_questions_dispose(&all);
	return out;
}

/* --- answers --- */

static bool is_named(const fria_question *q, const char *choice)
{
	const char *own = fria_json_text(q->answer, "value");
	return (q->row && !strcmp(q->row, choice)) ||
	       (own && !strcmp(own, choice));
}

/* May a row, or a text, that was chosen from other answers be told? */
static bool may_tell(const fria_veil *v, size_t column, const json_t *choice)
{
	for (size_t i = 0; i < v->questions.n; i++) {
		const fria_question *q = &v->questions.items[i];
		if (q->task == column && !fria_withheld_of(q->answer) &&
		    json_is_string(choice) &&
		    is_named(q, json_string_value(choice)))
			return true;
	}
	return false;
}

bool fria_veil_hides_choice(const fria_veil *v, size_t task,
			    const json_t *choice)
{
	size_t source = v->in->tasks[task].source;
	size_t column =
	    source == FRIA_NONE ? FRIA_NONE : fria_task_column(v->in, source);
	return column != FRIA_NONE && v->tasks[column] &&
	       !may_tell(v, column, choice);
}

/* Does it hold, as its choice, the text of an answer that is withheld? */
static bool repeats(const fria_veil *v, const fria_question *q)
{
	const json_t *value = json_object_get(q->answer, "value");
	size_t i;
	json_t *one;
	if (json_is_string(value))
		return fria_veil_hides_choice(v, q->task, value);
	json_array_foreach(value, i, one)
		if (fria_veil_hides_choice(v, q->task, one))
			return true;
	return false;
}

void fria_veil_make(fria_veil *out, const fria_instrument *in,
		    const json_t *assessment, const json_t *now)
{
	*out = (fria_veil){.in = in};
	out->assessment = assessment_since(in, assessment, now);
	out->tasks = fria_calloc(in->n, sizeof *out->tasks);
	fria_questions_list(&out->questions, in, out->assessment);
	for (size_t i = 0; i < out->questions.n; i++) {
		const fria_question *q = &out->questions.items[i];
		if (fria_withheld_of(q->answer))
			out->tasks[q->task] = out->any = true;
	}
	for (size_t i = 0; out->any && i < out->questions.n; i++) {
		const fria_question *q = &out->questions.items[i];
		if (in->tasks[q->task].source != FRIA_NONE && repeats(out, q))
			out->tasks[q->task] = true;
	}
}

void fria_veil_dispose(fria_veil *v)
{
	if (v->tasks)
		fria_questions_dispose(&v->questions);
	free(v->tasks);
	json_decref(v->assessment);
	*v = (fria_veil){.in = NULL};
}

bool fria_veil_covers(const fria_veil *v, const char *id)
{
	size_t task = fria_instrument_find(v->in, id);
	for (size_t i = task; task != FRIA_NONE && i < v->in->tasks[task].end;
	     i++)
		if (v->tasks[i])
			return true;
	return false;
}

bool fria_veil_asks(const fria_veil *v, const char *id)
{
	size_t task = fria_instrument_find(v->in, id);
	size_t end = task == FRIA_NONE ? 0 : v->in->tasks[task].end;
	for (size_t i = 0; i < v->questions.n; i++) {
		const fria_question *q = &v->questions.items[i];
		if (q->task >= task && q->task < end && q->visible)
			return true;
	}
	return false;
}

bool fria_veil_cell(const fria_veil *v, size_t task, const char *row)
{
	for (size_t i = 0; v->tasks[task] && i < v->questions.n; i++) {
		const fria_question *q = &v->questions.items[i];
		bool here = !row || !q->row || !strcmp(row, q->row);
		if (q->task == task && here && fria_withheld_of(q->answer))
			return true;
	}
	return false;
}

/* --- characteristics --- */

json_t *fria_facts_withheld(const json_t *application, const json_t *now)
{
	json_t *out = json_object();
	json_object_update(out, json_object_get(now, "withheld"));
	json_object_update(out, json_object_get(application, "withheld"));
	return out;
}

bool fria_fact_withheld(const json_t *withheld, const char *pointer)
{
	const char *own;
	json_t *one;
	json_object_foreach((json_t *)(uintptr_t)withheld, own, one)
		if (fria_pointer_covers(own, pointer) ||
		    fria_pointer_covers(pointer, own))
			return true;
	return false;
}

bool fria_metric_withheld(const json_t *withheld, const char *name)
{
	fria_buf pointer = FRIA_BUF_INIT;
	fria_buf_puts(&pointer, "/monitoring");
	fria_pointer_add(&pointer, name);
	bool is = fria_fact_withheld(withheld, pointer.text);
	fria_buf_dispose(&pointer);
	return is;
}

json_t *fria_fact_shown(const json_t *withheld, const char *pointer,
			const json_t *value)
{
	const char *own;
	json_t *one, *out = value ? json_deep_copy(value) : NULL;
	json_object_foreach((json_t *)(uintptr_t)withheld, own, one) {
		if (out && fria_pointer_covers(own, pointer)) {
			json_decref(out);
			out = NULL;
		} else if (out && fria_pointer_covers(pointer, own)) {
			fria_pointer_set(out, own + strlen(pointer), NULL,
					 NULL);
		}
	}
	return out;
}

/* --- passages --- */

typedef struct {
	size_t from, to;
} span;

typedef struct {
	span *items;
	size_t n;
} spans;

static int in_order(const void *a, const void *b)
{
	const span *x = a, *y = b;
	return x->from < y->from ? -1 : x->from > y->from;
}

/* Every place of a passage, also where it overlaps itself. */
static bool find_places(spans *out, const char *text, const char *passage)
{
	size_t n = passage ? strlen(passage) : 0, before = out->n;
	const char *at = n ? strstr(text, passage) : NULL;
	for (; at; at = strstr(at + 1, passage)) {
		size_t from = (size_t)(at - text);
		*FRIA_PUSH(out) = (span){from, from + n};
	}
	return out->n > before;
}

char *fria_passages_cut(const char *text, const json_t *withheld)
{
	spans places = {NULL, 0};
	fria_buf out = FRIA_BUF_INIT;
	size_t at = 0, i;
	bool found = true;
	json_t *one;
	json_array_foreach(withheld, i, one) {
		const char *passage = fria_json_text(one, "passage");
		found = found && find_places(&places, text, passage);
	}
	if (places.n)
		qsort(places.items, places.n, sizeof *places.items, in_order);
	for (i = 0; found && i < places.n; i++) {
		const span *p = &places.items[i];
		if (p->from >= at && (p->from > at || !i)) {
			fria_buf_put(&out, text + at, p->from - at);
			fria_buf_puts(&out, FRIA_CUT);
		}
		at = p->to > at ? p->to : at;
	}
	fria_buf_puts(&out, text + at);
	free(places.items);
	if (found)
		return fria_buf_detach(&out);
	fria_buf_dispose(&out);
	return NULL;
}
