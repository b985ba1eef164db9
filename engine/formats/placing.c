/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * An answer from elsewhere finds its place in the draft of an assessment: as a
 * value of its question, without basis, with its origin. What has no place is
 * told, never dropped in silence. It knows no file format.
 */
#include "formats.h"

#include <stdlib.h>
#include <string.h>

/* How much of what was not taken in a finding shows. */
#define SHOWN 200

/* --- values --- */

/* What stands in a file as a person would type it; the caller frees. NULL for
 * what no one types. */
static char *typed(const json_t *value)
{
	fria_buf out = FRIA_BUF_INIT;
	if (json_is_string(value))
		return fria_strdup(json_string_value(value));
	if (!json_is_number(value) && !json_is_boolean(value))
		return NULL;
	fria_json_write_line(&out, value);
	return fria_buf_detach(&out);
}

static void shorten(fria_buf *text)
{
	if (text->n <= SHOWN)
		return;
	size_t n = SHOWN;
	while (n && ((unsigned char)text->text[n] & 0xC0) == 0x80)
		n--;
	text->n = n;
	text->text[n] = '\0';
	fria_buf_puts(text, "\u2026");
}

static fria_finding *tell(fria_placing *p, fria_word word, const char *key,
			  const json_t *value, const char *why,
			  const char *pointer)
{
	fria_buf shown = FRIA_BUF_INIT;
	char *text = typed(value);
	if (text)
		fria_buf_puts(&shown, text);
	else
		fria_json_write_line(&shown, value);
	shorten(&shown);
	fria_finding *f = fria_findings_add(
	    p->findings, FRIA_WARNING, word, p->file, pointer, "task", key,
	    "value", shown.text, "why", why ? why : "", "instrument",
	    p->instrument->name, NULL);
	free(text);
	fria_buf_dispose(&shown);
	return f;
}

void fria_placing_unfit(fria_placing *p, size_t task, const json_t *value,
			const fria_error *err, const char *pointer)
{
	fria_buf why = FRIA_BUF_INIT;
	fria_error_say(&why, err, p->lang, p->buttons);
	tell(p, FRIA_W_place_unfit, p->instrument->tasks[task].id, value,
	     why.text, pointer);
	fria_buf_dispose(&why);
}

/* Some forms write a moment where a day is asked. */
static void cut_moment(char *text)
{
	if (strlen(text) > 10 && text[10] == 'T')
		text[10] = '\0';
}

/* What may be chosen as things stand now. */
static const json_t *choices_at(fria_placing *p, size_t task)
{
	if (!p->choices)
		p->choices =
		    fria_choices_new(p->instrument, p->assessment, p->siblings,
				     p->application, p->lang);
	return fria_choices_at(p->choices, task);
}

/* New; NULL, with why, for what does not fit. */
static json_t *parse(fria_placing *p, size_t task, const json_t *value,
		     fria_error *err)
{
	const fria_task *t = &p->instrument->tasks[task];
	json_t *out = NULL;
	char *text = typed(value);
	if (text && t->kind == FRIA_DATE)
		cut_moment(text);
	if (!text)
		fria_fail(err, FRIA_EINPUT, FRIA_W_place_form, NULL);
	else
		fria_value_parse(&out, p->instrument, task, text,
				 choices_at(p, task), p->lang, NULL, err);
	free(text);
	return out;
}

static json_t *one_value(fria_placing *p, size_t task, const json_t *value,
			 const char *pointer)
{
	fria_error err = FRIA_ERROR_INIT;
	json_t *out = parse(p, task, value, &err);
	if (!out)
		fria_placing_unfit(p, task, value, &err, pointer);
	return out;
}

static bool has(const json_t *list, const json_t *value)
{
	size_t i;
	json_t *one;
	json_array_foreach((json_t *)(uintptr_t)list, i, one)
		if (json_equal(one, value))
			return true;
	return false;
}

/* What was chosen here and the file cannot say, beside what it says; takes
 * that. */
static json_t *with_ours(const fria_placing *p, size_t task, const char *row,
			 json_t *said)
{
	const fria_task *t = &p->instrument->tasks[task];
	const json_t *was = json_object_get(
	    fria_assessment_answer(p->assessment, p->instrument, task, row),
	    "value");
	json_t *out = json_array();
	for (size_t i = 0; i < t->options.n; i++) {
		const fria_option *o = &t->options.items[i];
		if (has(said, o->value) || (o->extension && has(was, o->value)))
			json_array_append(out, (json_t *)(uintptr_t)o->value);
	}
	json_decref(said);
	return out;
}

/* Each that is an option comes in; the others are told. */
static json_t *option_list(fria_placing *p, size_t task, const json_t *list,
			   const char *pointer)
{
	const fria_task *t = &p->instrument->tasks[task];
	json_t *chosen = json_array(), *out = json_array(), *one;
	size_t i;
	json_array_foreach(list, i, one) {
		json_t *value = one_value(p, task, one, pointer);
		if (json_is_array(value))
			json_array_extend(chosen, value);
		else if (value)
			json_array_append(chosen, value);
		json_decref(value);
	}
	/* In the order of the options, as everything that is stored. */
	for (i = 0; i < t->options.n; i++)
		if (has(chosen, t->options.items[i].value))
			json_array_append(
			    out,
			    (json_t *)(uintptr_t)t->options.items[i].value);
	if (fria_task_draws(t))
		json_array_extend(out, chosen);
	json_decref(chosen);
	if (json_array_size(out))
		return out;
	json_decref(out);
	return NULL;
}

static bool is_nothing(const json_t *value)
{
	return !value || json_is_null(value) ||
	       (json_is_string(value) &&
		!json_string_value(
		    value)[strspn(json_string_value(value), " \t\r\n")]) ||
	       (json_is_array(value) && !json_array_size(value));
}

static json_t *convert(fria_placing *p, size_t task, const json_t *value,
		       const char *pointer)
{
	const fria_task *t = &p->instrument->tasks[task];
	if (t->kind == FRIA_OPTIONS && json_is_array(value))
		return option_list(p, task, value, pointer);
	if (json_is_array(value) && json_array_size(value) == 1)
		value = json_array_get(value, 0);
	return one_value(p, task, value, pointer);
}

/* --- where it goes --- */

/* When the answer was given: by its basis, else by the day in its origin ("FILE
 * (who, day)"); 0: not known. */
static fria_time given_at(const json_t *answer)
{
	const char *at = fria_json_text(json_object_get(answer, "basis"), "at");
	const char *origin = fria_json_text(answer, "origin");
	size_t n = origin ? strlen(origin) : 0;
	fria_time out = 0;
	char day[11] = "";
	if (at) {
		fria_time_parse(&out, at);
	} else if (n > 12 && origin[n - 1] == ')') {
		memcpy(day, origin + n - 11, 10);
		fria_time_parse(&out, day);
	}
	return out;
}

json_t *fria_placing_read(fria_placing *p, size_t task, const json_t *value)
{
	return p->instrument->tasks[task].answerable
		   ? parse(p, task, value, NULL)
		   : NULL;
}

void fria_placing_cleared(fria_placing *p, size_t task, const char *row,
			  const char *pointer)
{
	const json_t *was =
	    fria_assessment_answer(p->assessment, p->instrument, task, row);
	fria_time at = given_at(was);
	if (was && at && p->at > at)
		tell(p, FRIA_W_place_cleared, p->instrument->tasks[task].id,
		     json_object_get(was, "value"), NULL, pointer)
		    ->severity = FRIA_NOTE;
}

/* True if the file had another value for it before this. */
static bool is_twice(fria_placing *p, size_t task, const char *row)
{
	char *key =
	    fria_format("%s/%s", p->instrument->tasks[task].id, row ? row : "");
	if (!p->seen)
		p->seen = json_object();
	bool twice = json_object_get(p->seen, key) != NULL;
	json_object_set_new(p->seen, key, json_true());
	free(key);
	return twice;
}

/* As it stands in the file, and as it is stored. */
static void put(fria_placing *p, size_t task, const char *row,
		const json_t *said, json_t *value, const char *origin,
		const char *pointer)
{
	json_t *was =
	    fria_assessment_answer(p->assessment, p->instrument, task, row);
	if (was && json_equal(json_object_get(was, "value"), value)) {
		p->same++;
		return;
	}
	if (was && p->at && p->at < given_at(was) && !p->older) {
		tell(p, FRIA_W_place_older, p->instrument->tasks[task].id, said,
		     NULL, pointer);
		return;
	}
	bool twice = is_twice(p, task, row);
	bool filled =
	    p->filled && !twice && p->at && (!was || p->at > given_at(was));
	/* Somebody stands for what is here. */
	if (twice || json_object_get(was, "basis"))
		tell(p,
		     twice    ? FRIA_W_place_twice
		     : filled ? FRIA_W_place_filled
			      : FRIA_W_place_beside,
		     p->instrument->tasks[task].id,
		     twice ? json_object_get(was, "value") : said, NULL,
		     pointer)
		    ->severity = FRIA_NOTE;
	json_t *answer =
	    fria_json_pack("{s:O, s:s}", "value", value, "origin", origin);
	if (filled)
		json_object_set_new(answer, FRIA_RETURNED, json_true());
	fria_assessment_put(p->assessment, p->instrument, task, row, answer);
	json_decref(answer);
	p->placed++;
}

static void place(fria_placing *p, size_t task, const char *row,
		  const json_t *value, const char *origin, const char *pointer)
{
	const fria_task *t = &p->instrument->tasks[task];
	json_t *converted = convert(p, task, value, pointer);
	if (converted && p->theirs && t->kind == FRIA_OPTIONS &&
	    !fria_task_draws(t))
		converted = with_ours(p, task, row, converted);
	if (converted)
		put(p, task, row, value, converted, origin, pointer);
	json_decref(converted);
}

/* An answer that names rows. */
typedef struct fria_placed {
	size_t task;
	char *row, *origin, *pointer;
	json_t *value;
	fria_time at;
	bool filled;
} placed;

void fria_placing_put(fria_placing *p, size_t task, const char *row,
		      const json_t *value, const char *origin,
		      const char *pointer)
{
	if (is_nothing(value))
		return;
	if (fria_task_draws(&p->instrument->tasks[task]))
		*FRIA_PUSH(&p->later) =
		    (placed){task,
			     fria_strdup(row),
			     fria_strdup(origin),
			     fria_strdup(pointer),
			     json_incref((json_t *)(uintptr_t)value),
			     p->at,
			     p->filled};
	else
		place(p, task, row, value, origin, pointer);
}

void fria_placing_end(fria_placing *p)
{
	fria_choices_free(p->choices);
	p->choices = NULL;
	for (size_t i = 0; i < p->later.n; i++) {
		placed *one = &p->later.items[i];
		p->at = one->at;
		p->filled = one->filled;
		place(p, one->task, one->row, one->value, one->origin,
		      one->pointer);
		free(one->row);
		free(one->origin);
		free(one->pointer);
		json_decref(one->value);
	}
	free(p->later.items);
	p->later.items = NULL;
	p->later.n = 0;
	fria_choices_free(p->choices);
	p->choices = NULL;
	json_decref(p->seen);
	p->seen = NULL;
}

size_t fria_placing_find(fria_placing *p, const char *key, const json_t *value,
			 const char *pointer)
{
	size_t task = fria_instrument_find(p->instrument, key);
	if (task != FRIA_NONE && p->instrument->tasks[task].answerable)
		return task;
	if (!is_nothing(value))
		tell(p,
		     task == FRIA_NONE ? FRIA_W_place_unknown
				       : FRIA_W_place_group,
		     key, value, NULL, pointer);
	return FRIA_NONE;
}

/*
 * Earlier versions of this program gave rows that follow others ids of their
 * own, so that nobody saw them: where all are so, they are the others' in
 * order.
 */
static void mend_mapped(json_t *assessment, const fria_instrument *in,
			size_t group)
{
	size_t from = in->tasks[group].mapped, i;
	json_t *row, *rows = fria_assessment_rows(assessment, in, group);
	const json_t *theirs = fria_assessment_rows(assessment, in, from);
	if (json_array_size(rows) > json_array_size(theirs))
		return;
	json_array_foreach(rows, i, row) {
		if (fria_assessment_row(assessment, in, from,
					fria_json_text(row, "id")))
			return;
	}
	json_array_foreach(rows, i, row)
		json_object_set(
		    row, "id",
		    json_object_get(json_array_get(theirs, i), "id"));
}

void fria_placing_mend(json_t *assessment, const fria_instrument *in)
{
	for (size_t i = 0; i < in->n; i++)
		if (in->tasks[i].rows == i && in->tasks[i].mapped != FRIA_NONE)
			mend_mapped(assessment, in, i);
}

/* The group whose rows a group's rows are. */
static size_t rows_of(const fria_placing *p, size_t group)
{
	size_t mapped = p->instrument->tasks[group].mapped;
	return mapped == FRIA_NONE ? group : mapped;
}

const char *fria_placing_row(fria_placing *p, size_t group, size_t number)
{
	const fria_instrument *in = p->instrument;
	size_t root = rows_of(p, group);
	const json_t *rows = fria_assessment_rows(p->assessment, in, root);
	const char *id =
	    number < json_array_size(rows)
		? fria_json_text(json_array_get(rows, number), "id")
		: fria_assessment_row_add(p->assessment, in, root);
	if (root != group)
		fria_assessment_row_need(p->assessment, in, group, id);
	return id;
}

void fria_placing_no_row(fria_placing *p, size_t task, const json_t *value,
			 const char *pointer)
{
	if (!is_nothing(value))
		tell(p, FRIA_W_place_row, p->instrument->tasks[task].id, value,
		     NULL, pointer);
}

const char *fria_placing_nth_row(fria_placing *p, size_t task, size_t nth,
				 size_t of, const json_t *value)
{
	size_t group = p->instrument->tasks[task].rows;
	size_t rows = json_array_size(fria_assessment_rows(
	    p->assessment, p->instrument, rows_of(p, group)));
	if (rows == of || (rows < 2 && of == 1))
		return fria_placing_row(p, group, nth);
	fria_placing_no_row(p, task, value, NULL);
	return NULL;
}

int fria_placing_refuse(const fria_placing *p, const char *theirs,
			fria_error *err)
{
	fria_fail(err, FRIA_EINPUT, FRIA_W_place_instrument, "theirs",
		  theirs ? theirs : "?", "ours", p->instrument->name, NULL);
	return fria_fail_at(err, p->file, NULL, 0, 0);
}
