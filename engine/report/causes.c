/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What is to be judged again, told by what changed: each change once, with the
 * words that differ, then the questions it touches. It orders nothing itself:
 * living/causes.c did.
 *
 * Calls up to question.c: what differs is shown as a question shows it.
 */
#include "parts.h"

#include <stdlib.h>
#include <string.h>

/* Characters of an example that are shown. */
#define EXAMPLE 300

typedef struct {
	const fria_evaluation *e;
	const fria_evaluation_input *in;
	fria_lang lang;
	size_t *numbers; /* by cause: of the section where it is told */
	size_t *told;	 /* by judgement: the cause under which it is */
	bool measured;	 /* a limit was crossed; that says its own day */
	const fria_cause *release; /* one that came when all did, or NULL */
	fria_strings *before;	   /* what was told already; NULL: nothing */
	fria_narrowing *narrowing;
	fria_buf narrowed; /* of the question above, which is not said again */
} telling;

/* --- numbers --- */

/* Answers that were edited, or whose question is another, one by one. */
static bool is_own(const fria_cause *c)
{
	return (c->kind == FRIA_BY_EDIT || c->kind == FRIA_BY_INSTRUMENT) &&
	       c->under == FRIA_NONE;
}

static const fria_reason *reason_of(const telling *t, size_t cause,
				    const fria_judgement **of)
{
	const fria_cause *c = &t->e->causes.items[cause];
	*of = &t->e->items[c->touched.items[0]];
	for (size_t k = 0; k < (*of)->n; k++)
		if ((*of)->reasons[k].cause == cause)
			return &(*of)->reasons[k];
	return &(*of)->reasons[0];
}

/* Those of one kind behind each other are one section. */
static bool joins(const telling *t, size_t cause)
{
	const fria_judgement *of;
	if (!cause || !is_own(&t->e->causes.items[cause]) ||
	    !is_own(&t->e->causes.items[cause - 1]))
		return false;
	return fria_reason_word(reason_of(t, cause, &of)) ==
	       fria_reason_word(reason_of(t, cause - 1, &of));
}

/* New: "17" or "17/k3f9x2ma". */
static char *place_of(const fria_evaluation *e, size_t judgement)
{
	const fria_question *q = &e->items[judgement].question;
	return fria_format(q->row ? "%zu/%s" : "%zu", q->task, q->row);
}

size_t fria_change_of(const fria_changes_told *told, const fria_evaluation *e,
		      size_t judgement)
{
	const fria_judgement *j = &e->items[judgement];
	char *place = place_of(e, judgement);
	const char *id = fria_json_text(told->places, place);
	size_t found = FRIA_NONE, first = FRIA_NONE, least = 0;
	for (size_t k = 0; k < j->n; k++) {
		size_t at = j->reasons[k].cause;
		size_t number = fria_change_number(told, &e->causes.items[at]);
		if (id && !strcmp(e->causes.items[at].id, id))
			found = at;
		if (fria_cause_tells(&e->causes, j, &j->reasons[k]) &&
		    (first == FRIA_NONE || number < least)) {
			first = at;
			least = number;
		}
	}
	free(place);
	return found == FRIA_NONE ? first : found;
}

void fria_changes_number(fria_changes_told *told, const fria_evaluation *e)
{
	size_t *now = fria_cause_numbers(e);
	size_t *kept = fria_calloc(e->causes.n + 1, sizeof *kept);
	if (!told->numbers) {
		told->numbers = json_object();
		told->places = json_object();
	}
	for (size_t i = 0; i < e->causes.n; i++) {
		size_t known = fria_change_number(told, &e->causes.items[i]);
		if (known && !kept[now[i]])
			kept[now[i]] = known;
	}
	for (size_t i = 0; i < e->causes.n; i++) {
		const fria_cause *c = &e->causes.items[i];
		for (size_t k = 0; k < c->tasks.n; k++) {
			char *place = place_of(e, c->tasks.items[k]);
			if (!json_object_get(told->places, place))
				json_object_set_new(told->places, place,
						    fria_json_string(c->id));
			free(place);
		}
		if (!kept[now[i]])
			kept[now[i]] = ++told->n;
		if (!fria_change_number(told, c))
			json_object_set_new(
			    told->numbers, c->id,
			    json_integer((json_int_t)kept[now[i]]));
	}
	free(now);
	free(kept);
}

size_t fria_change_number(const fria_changes_told *told, const fria_cause *c)
{
	return (size_t)json_integer_value(
	    json_object_get(told->numbers, c->id));
}

void fria_changes_dispose(fria_changes_told *told)
{
	json_decref(told->numbers);
	json_decref(told->places);
	fria_strings_dispose(&told->ids);
	fria_strings_dispose(&told->brief);
}

size_t *fria_cause_numbers(const fria_evaluation *e)
{
	const telling t = {.e = e};
	const fria_causes *all = &e->causes;
	size_t *out = fria_calloc(all->n + 1, sizeof *out), number = 0;
	for (size_t i = 0; i < all->n; i++)
		if (all->items[i].under == FRIA_NONE)
			out[i] = joins(&t, i) ? number : ++number;
	for (size_t i = 0; i < all->n; i++)
		if (all->items[i].under != FRIA_NONE)
			out[i] = out[all->items[i].under];
	return out;
}

/* What one release brought, with the answers given at it, is said once; it and
 * the day, or nothing. */
static void find_release(telling *t)
{
	const fria_causes *all = &t->e->causes;
	bool brought = false;
	for (size_t i = 0; i < all->n; i++) {
		const fria_cause *c = &all->items[i];
		brought = brought || c->kind == FRIA_BY_FACT ||
			  c->kind == FRIA_BY_EVENT;
		t->measured = t->measured || c->kind == FRIA_BY_MONITORING;
		if (c->kind == FRIA_BY_MONITORING || is_own(c))
			continue;
		if (!c->release || !c->at ||
		    (t->release &&
		     (strcmp(t->release->release, c->release) != 0 ||
		      fria_day_start(t->release->at) !=
			  fria_day_start(c->at)))) {
			t->release = NULL;
			return;
		}
		t->release = c;
	}
	if (!brought)
		t->release = NULL;
}

static telling begin(const fria_evaluation *e, const fria_evaluation_input *in,
		     fria_lang lang)
{
	const fria_causes *all = &e->causes;
	telling t = {.e = e,
		     .in = in,
		     .lang = lang,
		     .narrowing = fria_narrowing_new(in, lang),
		     .narrowed = FRIA_BUF_INIT,
		     .numbers = fria_cause_numbers(e),
		     .told = fria_malloc((e->n + 1) * sizeof *t.told)};
	for (size_t i = 0; i < e->n; i++)
		t.told[i] = FRIA_NONE;
	for (size_t i = 0; i < all->n; i++)
		for (size_t k = 0; k < all->items[i].tasks.n; k++)
			t.told[all->items[i].tasks.items[k]] = i;
	find_release(&t);
	return t;
}

static void end(telling *t)
{
	free(t->numbers);
	free(t->told);
	fria_narrowing_free(t->narrowing);
	fria_buf_dispose(&t->narrowed);
}

static int by_number(const void *a, const void *b)
{
	const size_t x = *(const size_t *)a, y = *(const size_t *)b;
	return (x > y) - (x < y);
}

const char *part_numbers(fria_node *at, fria_positions *numbers)
{
	fria_buf *text = fria_kept_text(at);
	const size_t *all = numbers->items;
	if (all)
		qsort(numbers->items, numbers->n, sizeof *all, by_number);
	for (size_t i = 0; i < numbers->n; i++)
		if (!i || all[i] != all[i - 1])
			fria_buf_printf(text, i ? ", %zu" : "%zu", all[i]);
	fria_positions_dispose(numbers);
	return text->text;
}

/* --- the change --- */

/* Another that is called the same, as when answers were given at different
 * times: then its id is said. */
static bool has_namesake(const telling *t, size_t cause)
{
	const fria_cause *c = &t->e->causes.items[cause];
	for (size_t i = 0; i < t->e->causes.n; i++) {
		const fria_cause *other = &t->e->causes.items[i];
		if (i != cause && other->kind == c->kind && c->what &&
		    other->what && !strcmp(other->what, c->what))
			return true;
	}
	return false;
}

/* The event that says that its release was corrected, if that brought it. */
static const json_t *correction_of(const telling *t, const fria_cause *c)
{
	const json_t *one;
	fria_time at;
	size_t i;
	json_array_foreach(json_object_get(t->in->application, "events"), i,
			   one) {
		const char *release = fria_json_text(one, "release");
		const char *text = fria_json_text(one, "at");
		if (json_object_get(one, "corrected") && release && text &&
		    c->release && !strcmp(release, c->release) &&
		    fria_time_parse(&at, text) && at == c->at)
			return one;
	}
	return NULL;
}

/* ", release 1.1, 16 november 2026" */
static const char *origin_of(fria_node *at, const telling *t, size_t cause)
{
	const fria_cause *c = &t->e->causes.items[cause];
	/* When something was measured is said with what was. */
	if (is_own(c) || t->release || c->kind == FRIA_BY_MONITORING)
		return "";
	bool corrected = correction_of(t, c) != NULL;
	return fria_kept_say(at, FRIA_W_cause_origin, "corrected",
			     corrected ? c->release : "", "release",
			     corrected ? "" : c->release, "day",
			     c->at ? fria_kept_day(at, c->at) : "", "id",
			     has_namesake(t, cause) ? c->id : "", NULL);
}

/* Where its answers are told, if none is here. */
static const char *elsewhere(fria_node *at, const telling *t,
			     const fria_cause *c)
{
	fria_positions numbers = {NULL, 0};
	for (size_t i = 0; i < c->touched.n; i++) {
		size_t told = t->told[c->touched.items[i]];
		if (told != FRIA_NONE)
			*FRIA_PUSH(&numbers) = t->numbers[told];
	}
	return fria_kept_say(at, FRIA_W_cause_told_elsewhere, "numbers",
			     part_numbers(at, &numbers), NULL);
}

/* Told before, or from here on. */
static bool was_told(const telling *t, const fria_cause *c)
{
	const char *name = c->kind == FRIA_BY_FACT ? c->what : c->id;
	if (!t->before)
		return false;
	if (fria_strings_has(t->before, name))
		return true;
	fria_strings_add(t->before, name);
	return false;
}

/* What the release check said of it. */
static void put_themes(const telling *t, fria_node *at, size_t cause)
{
	const fria_causes *all = &t->e->causes;
	fria_node *told = NULL;
	for (size_t i = 0; i < all->n; i++) {
		const fria_cause *one = &all->items[i];
		if (one->under != cause || was_told(t, one))
			continue;
		if (told)
			fria_node_text(told, " ");
		told = told ? told : fria_node_paragraph(at);
		fria_node_say(
		    told, FRIA_W_cause_told, "theme",
		    fria_word_text(fria_theme_word(one->what), t->lang), "text",
		    json_is_string(one->after) ? json_string_value(one->after)
					       : "",
		    NULL);
	}
}

/* --- the questions --- */

const char *part_mentions(fria_node *at, const fria_strings *words)
{
	fria_buf *text = fria_kept_text(at);
	for (size_t i = 0; i < words->n; i++)
		fria_buf_printf(text, i ? ", \"%s\"" : "\"%s\"",
				words->items[i]);
	return text->text;
}

/* Through which other changes; *own is false where this is none of them. */
static const char *others(fria_node *at, bool *own, const telling *t,
			  const fria_positions *those, size_t number)
{
	const fria_causes *all = &t->e->causes;
	fria_positions numbers = {NULL, 0};
	*own = false;
	for (size_t i = 0; i < those->n; i++) {
		const fria_judgement *j = &t->e->items[those->items[i]];
		for (size_t k = 0; k < j->n; k++) {
			size_t through = t->numbers[j->reasons[k].cause];
			if (through == number)
				*own = true;
			else if (fria_cause_tells(all, j, &j->reasons[k]))
				*FRIA_PUSH(&numbers) = through;
		}
	}
	return part_numbers(at, &numbers);
}

/* What narrows this change at the questions: what their rows name, where it is
 * the same; else that it is what they name. */
static void say_narrowing(fria_buf *out, const telling *t,
			  const fria_positions *those, size_t number)
{
	fria_strings named = FRIA_STRINGS_INIT, each = FRIA_STRINGS_INIT;
	for (size_t i = 0; i < those->n; i++) {
		const fria_judgement *j = &t->e->items[those->items[i]];
		for (size_t k = 0; k < j->n; k++) {
			fria_buf one = FRIA_BUF_INIT, any = FRIA_BUF_INIT;
			const fria_reason *r = &j->reasons[k];
			if (t->numbers[r->cause] != number ||
			    t->e->causes.items[r->cause].under != FRIA_NONE)
				continue;
			fria_narrowing_say(&one, t->narrowing, r, j);
			fria_narrowing_say(&any, t->narrowing, r, NULL);
			fria_strings_add_once(&named, one.n ? one.text : "");
			fria_strings_add_once(&each, any.n ? any.text : "");
			fria_buf_dispose(&one);
			fria_buf_dispose(&any);
		}
	}
	if (named.n == 1)
		fria_buf_puts(out, named.items[0]);
	else if (each.n == 1)
		fria_buf_puts(out, each.items[0]);
	fria_strings_dispose(&named);
	fria_strings_dispose(&each);
}

/* The same as at the question above is not said again. */
static void add_narrowing(fria_buf *out, telling *t,
			  const fria_positions *those, size_t number)
{
	fria_buf narrows = FRIA_BUF_INIT;
	say_narrowing(&narrows, t, those, number);
	bool same = narrows.n && narrows.n == t->narrowed.n &&
		    !memcmp(narrows.text, t->narrowed.text, narrows.n);
	if (narrows.n)
		fria_buf_printf(
		    out, "%s%s", out->n ? "; " : "",
		    same ? fria_word_text(FRIA_W_cause_likewise, t->lang)
			 : narrows.text);
	fria_buf_dispose(&t->narrowed);
	t->narrowed = narrows;
}

/* One of the remarks behind a question; nothing for "". */
static void add_remark(fria_buf *out, fria_lang lang, fria_word word,
		       const char *name, const char *value)
{
	if (!*value)
		return;
	fria_buf_puts(out, out->n ? "; " : "");
	fria_say(out, lang, word, name, value, NULL);
}

/* What answers in rows are about: their question, with the rows where they are
 * few; of more than a few questions the group, with what is meant of it. */
enum { FEW = 4 };

typedef struct {
	const fria_positions *those;
	fria_strings ids; /* of their questions */
	bool whole;	  /* all that the group holds */
} subject;

static bool is_group(const subject *s)
{
	return s->ids.n > FEW || (s->whole && s->ids.n > 1);
}

/* What it is about; how many answers it stands for, and which questions where
 * it is a group, are among the remarks. */
static const fria_task *put_subject(const telling *t, fria_node *item,
				    const subject *s, fria_buf *remarks)
{
	const fria_instrument *in = t->in->instrument;
	const fria_judgement *j = &t->e->items[s->those->items[0]];
	const fria_task *task = &in->tasks[j->question.task];
	fria_buf *rows = fria_kept_text(item), *ids = fria_kept_text(item);
	bool group = is_group(s);
	if (group)
		task = &in->tasks[task->rows];
	for (size_t i = 0; i < s->those->n && s->those->n <= FEW && !group;
	     i++) {
		const fria_judgement *one = &t->e->items[s->those->items[i]];
		if (one->question.row_number)
			fria_buf_printf(rows, rows->n ? ", %zu" : " [%zu",
					one->question.row_number);
	}
	fria_node_badge(item, fria_state_tone(j->state), task->id);
	fria_node_format(item, "%s%s %s", rows->text, rows->n ? "]" : "",
			 fria_task_title(task, t->lang));
	if (!rows->n && s->those->n > 1)
		add_remark(remarks, t->lang, FRIA_W_eval_cells, "answers",
			   FRIA_DIGITS(s->those->n));
	if (group && !s->whole)
		fria_strings_join(ids, &s->ids, ", ");
	add_remark(remarks, t->lang, FRIA_W_cause_cells, "ids", ids->text);
	return task;
}

/* "2.1.1.2 the question (still says "1.0"; also through 3 and 5)", and of one
 * that is open the beginning of what another organisation wrote there. */
static void put_question(telling *t, fria_node *list, const subject *s,
			 size_t number)
{
	fria_strings mentions = FRIA_STRINGS_INIT, behind = FRIA_STRINGS_INIT;
	fria_node *item = fria_list_item(list);
	fria_buf *remarks = fria_kept_text(item), *first = fria_kept_text(item);
	bool own;
	const fria_task *task = put_subject(t, item, s, remarks);
	for (size_t i = 0; i < s->those->n; i++) {
		size_t at = s->those->items[i];
		fria_strings_add_new(&mentions, &t->e->items[at].mentions);
		fria_strings_add_new(&behind, &t->e->items[at].elsewhere);
	}
	const char *also = others(item, &own, t, s->those, number);
	fria_strings_join(first, &behind, ", ");
	add_narrowing(remarks, t, s->those, number);
	add_remark(remarks, t->lang, FRIA_W_cause_mentions, "words",
		   part_mentions(item, &mentions));
	add_remark(remarks, t->lang,
		   own ? FRIA_W_cause_also : FRIA_W_cause_through, "numbers",
		   also);
	add_remark(remarks, t->lang, FRIA_W_cause_first, "first", first->text);
	if (remarks->n)
		fria_node_format(item, " (%s)", remarks->text);
	fria_strings_dispose(&mentions);
	fria_strings_dispose(&behind);

	const char *example = json_string_value(
	    json_array_get(fria_example(t->in->assessment, task->id), 0));
	if (example && t->e->items[s->those->items[0]].state == FRIA_OPEN) {
		fria_node_format(
		    item, "\n%s: ", fria_word_text(FRIA_W_example, t->lang));
		part_beginning(fria_node_here(item), example, EXAMPLE);
	}
}

/* All that the rows of a group hold, but for the progress of measures. */
static bool is_whole(const telling *t, const fria_positions *those)
{
	const fria_task *tasks = t->in->instrument->tasks;
	size_t n = 0,
	       rows = tasks[t->e->items[those->items[0]].question.task].rows;
	for (size_t i = 0; i < t->e->n; i++) {
		const fria_task *task = &tasks[t->e->items[i].question.task];
		n += task->rows == rows && !task->measure;
	}
	return n == those->n;
}

/* The answers of one group that are in one state: a line for each of a few
 * questions, else one. */
static void put_group(telling *t, fria_node *list, const fria_positions *those,
		      size_t number)
{
	const fria_task *tasks = t->in->instrument->tasks;
	subject all = {those, FRIA_STRINGS_INIT, false};
	for (size_t i = 0; i < those->n; i++)
		fria_strings_add_once(
		    &all.ids,
		    tasks[t->e->items[those->items[i]].question.task].id);
	all.whole = all.ids.n > 1 && is_whole(t, those);
	bool group = is_group(&all);
	if (group)
		put_question(t, list, &all, number);
	for (size_t k = 0; k < all.ids.n && !group; k++) {
		fria_positions some = {NULL, 0};
		const subject one = {&some, {&all.ids.items[k], 1}, false};
		for (size_t i = 0; i < those->n; i++) {
			size_t at = those->items[i];
			if (!strcmp(tasks[t->e->items[at].question.task].id,
				    all.ids.items[k]))
				*FRIA_PUSH(&some) = at;
		}
		put_question(t, list, &one, number);
		fria_positions_dispose(&some);
	}
	fria_strings_dispose(&all.ids);
}

/* Each question once; those in the rows of a group together. */
static void put_questions(telling *t, fria_node *list,
			  const fria_positions *tasks, size_t number)
{
	const fria_instrument *in = t->in->instrument;
	bool *told = fria_calloc(tasks->n + 1, sizeof *told);
	fria_buf_clear(&t->narrowed);
	for (size_t i = 0; i < tasks->n; i++) {
		const fria_judgement *j = &t->e->items[tasks->items[i]];
		size_t rows = in->tasks[j->question.task].rows;
		fria_positions those = {NULL, 0};
		if (told[i])
			continue;
		*FRIA_PUSH(&those) = tasks->items[i];
		for (size_t k = i + 1; k < tasks->n && j->question.row; k++) {
			const fria_judgement *o = &t->e->items[tasks->items[k]];
			if (o->question.row && o->state == j->state &&
			    in->tasks[o->question.task].rows == rows) {
				told[k] = true;
				*FRIA_PUSH(&those) = tasks->items[k];
			}
		}
		put_group(t, list, &those, number);
		fria_positions_dispose(&those);
	}
	free(told);
}

void part_questions(fria_node *at, const fria_evaluation *e,
		    const fria_evaluation_input *in,
		    const fria_positions *which)
{
	telling t = begin(e, in, fria_node_lang(at));
	put_questions(&t, fria_node_list(at, false), which, 0);
	end(&t);
}

/* Its question, or the group whose rows it is in. */
static const char *task_id(const telling *t, size_t judgement)
{
	const fria_task *tasks = t->in->instrument->tasks;
	const fria_task *task = &tasks[t->e->items[judgement].question.task];
	return task->rows == FRIA_NONE ? task->id : tasks[task->rows].id;
}

/* Possibly affected, each with its title; of rows their group. */
static void put_behind(const telling *t, fria_node *at,
		       const fria_positions *those)
{
	const fria_task *tasks = t->in->instrument->tasks;
	fria_strings ids = FRIA_STRINGS_INIT;
	if (!those->n)
		return;
	for (size_t i = 0; i < those->n; i++)
		fria_strings_add_once(&ids, task_id(t, those->items[i]));
	fria_buf *brief = fria_kept_text(at);
	fria_strings_join(brief, &ids, ", ");
	fria_node *list = fria_node_list(
	    fria_node_briefly(at, fria_word_text(FRIA_W_cause_behind, t->lang),
			      brief->text),
	    false);
	for (size_t i = 0; i < ids.n; i++) {
		fria_node *item = fria_list_item(list);
		size_t task =
		    fria_instrument_find(t->in->instrument, ids.items[i]);
		fria_node_badge(item, FRIA_TONE_DOUBT, ids.items[i]);
		fria_node_format(item, " %s",
				 fria_task_title(&tasks[task], t->lang));
	}
	fria_strings_dispose(&ids);
}

/* --- one, and all --- */

/* "Model en versie"; of own answers what is the matter with them. */
static const char *title_of(fria_node *at, const telling *t, size_t cause)
{
	const fria_cause *c = &t->e->causes.items[cause];
	const fria_judgement *of;
	const fria_reason *r = reason_of(t, cause, &of);
	fria_buf *text = fria_kept_text(at);
	if (is_own(c))
		return fria_kept_say(at, fria_reason_word(r), "what",
				     fria_reason_what(r, t->lang), NULL);
	if (c->kind == FRIA_BY_EVENT)
		fria_say(text, t->lang, FRIA_W_cause_kind_event, NULL);
	if (c->kind == FRIA_BY_ANSWER)
		fria_say(text, t->lang, FRIA_W_cause_kind_answer, NULL);
	if (c->kind == FRIA_BY_MONITORING)
		fria_say(text, t->lang, FRIA_W_cause_kind_measured, NULL);
	fria_cause_title(text, c, t->in, t->lang);
	return text->text;
}

static void put_difference(const telling *t, fria_node *section, size_t cause)
{
	const fria_judgement *of;
	const fria_reason *r = reason_of(t, cause, &of);
	part_difference(section, t->in, of, r);
}

const char *part_change_title(fria_node *at, const fria_evaluation *e,
			      const fria_evaluation_input *in, size_t cause)
{
	const telling t = {.e = e, .in = in, .lang = fria_node_lang(at)};
	return title_of(at, &t, cause);
}

fria_node *part_change(fria_node *at, const fria_evaluation *e,
		       const fria_evaluation_input *in, size_t cause,
		       fria_changes_told *told)
{
	const fria_cause *c = &e->causes.items[cause];
	telling t = begin(e, in, fria_node_lang(at));
	t.release = NULL;
	t.before = &told->ids;
	const char *title =
	    fria_kept_say(at, FRIA_W_cause_number, "number",
			  FRIA_DIGITS(fria_change_number(told, c)), "total",
			  FRIA_DIGITS(told->n), "what",
			  fria_kept_format(at, "%s%s", title_of(at, &t, cause),
					   origin_of(at, &t, cause)),
			  NULL);
	fria_node *section = fria_node_section(at, c->id, title);
	if (!is_own(c))
		put_difference(&t, section, cause);
	put_themes(&t, section, cause);
	end(&t);
	return section;
}

void fria_cause_view(fria_node *at, const fria_evaluation *e,
		     const fria_evaluation_input *in, size_t cause)
{
	telling t = begin(e, in, fria_node_lang(at));
	if (!is_own(&e->causes.items[cause]))
		put_difference(&t, at, cause);
	put_themes(&t, at, cause);
	end(&t);
}

static void put_cause(telling *t, fria_node *section, size_t cause)
{
	const fria_cause *c = &t->e->causes.items[cause];
	if (!was_told(t, c))
		put_difference(t, section, cause);
	put_themes(t, section, cause);
	if (c->tasks.n)
		put_questions(t, fria_node_list(section, false), &c->tasks,
			      t->numbers[cause]);
	put_behind(t, section, &c->suspects);
}

/* Those of one kind: each question with what was edited in it. */
static size_t put_own(telling *t, fria_node *section, size_t from)
{
	const fria_causes *all = &t->e->causes;
	fria_positions behind = {NULL, 0};
	fria_node *list = NULL;
	size_t i = from;
	do {
		const fria_cause *c = &all->items[i];
		const fria_judgement *of;
		const fria_reason *r = reason_of(t, i, &of);
		if (!list)
			list = fria_node_list(section, false);
		put_questions(t, list, c->tasks.n ? &c->tasks : &c->touched,
			      t->numbers[i]);
		for (size_t k = 0; k < c->suspects.n; k++)
			*FRIA_PUSH(&behind) = c->suspects.items[k];
		if (c->kind == FRIA_BY_EDIT && !r->what && r->before) {
			part_difference(section, t->in, of, r);
			list = NULL;
		}
	} while (++i < all->n && joins(t, i));
	put_behind(t, section, &behind);
	fria_positions_dispose(&behind);
	return i;
}

/* What waits for another assessment alone; in short by its ids. */
static void put_waiting(telling *t, fria_node *at)
{
	fria_positions list = {NULL, 0};
	fria_buf *brief = fria_kept_text(at);
	fria_strings ids = FRIA_STRINGS_INIT;
	for (size_t i = 0; i < t->e->n; i++)
		if (t->e->items[i].state == FRIA_SUSPECT &&
		    !t->e->items[i].because_n) {
			*FRIA_PUSH(&list) = i;
			fria_strings_add_once(&ids, task_id(t, i));
		}
	fria_strings_join(brief, &ids, ", ");
	if (list.n)
		put_questions(
		    t,
		    fria_node_list(
			fria_node_briefly(
			    at,
			    fria_word_text(FRIA_W_causes_behind_elsewhere,
					   t->lang),
			    brief->text),
			false),
		    &list, 0);
	fria_strings_dispose(&ids);
	fria_positions_dispose(&list);
}

/* "Wat release 1.1 veranderde (16 november 2026), en wat dat raakt" */
static fria_node *put_lead(const telling *t, fria_node *at)
{
	const fria_cause *c = t->release;
	const json_t *corrected = c ? correction_of(t, c) : NULL;
	const char *by = fria_json_text(corrected, "by");
	const char *title =
	    fria_kept_say(at,
			  corrected	? FRIA_W_causes_corrected
			  : !c		? FRIA_W_causes_title
			  : t->measured ? FRIA_W_causes_measured
					: FRIA_W_causes_release,
			  "release", c ? c->release : NULL, "date",
			  c ? fria_kept_day(at, c->at) : "", "name",
			  by ? part_person(at, by) : NULL, NULL);
	return fria_node_chapter(at, "causes", title);
}

/* "3. Model en versie" */
static fria_node *put_section(const telling *t, fria_node *at, size_t cause)
{
	const fria_cause *c = &t->e->causes.items[cause];
	bool away = !c->tasks.n && !is_own(c);
	fria_node *section = fria_node_section(
	    at, fria_kept_format(at, "cause-%s", c->id),
	    fria_kept_format(at, "%zu. %s%s%s", t->numbers[cause],
			     title_of(at, t, cause), origin_of(at, t, cause),
			     away ? elsewhere(at, t, c) : ""));
	if (away)
		fria_section_close(section);
	return section;
}

bool fria_causes_view(fria_node *at, const fria_evaluation *e,
		      const fria_evaluation_input *in, fria_strings *told)
{
	if (!e->counts.stale && !e->counts.suspect)
		return false;
	telling t = begin(e, in, fria_node_lang(at));
	t.before = told;
	if (e->causes.n)
		at = put_lead(&t, at);
	for (size_t i = 0; i < e->causes.n;) {
		if (e->causes.items[i].under != FRIA_NONE) {
			i++;
			continue;
		}
		fria_node *one = put_section(&t, at, i);
		if (is_own(&e->causes.items[i]))
			i = put_own(&t, one, i);
		else
			put_cause(&t, one, i++);
	}
	put_waiting(&t, at);
	end(&t);
	return true;
}
