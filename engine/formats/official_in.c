/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The answer files of the official form: version 2, with rows as lists; the
 * older flat one, with the row's number in the key; and that of 2025, under
 * the name of the questionnaire. Read leniently: the published schema is
 * narrower than the published instruments.
 */
#include "formats.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool fria_official_is(const json_t *file)
{
	return json_is_object(json_object_get(file, "answers")) &&
	       (json_is_object(json_object_get(file, "metadata")) ||
		fria_json_text(file, "urn")) &&
	       !fria_json_text(file, "application");
}

/* --- keys --- */

/*
 * "2.1.3", "2.1.3[0]", "iama.2.1.3" or "urn:nl:iama:2.0?=task_id=2.1.3": the
 * question's id, which the caller frees, and the row (-1: none).
 */
static char *read_key(const fria_placing *p, const char *key, long *row)
{
	const char *id = strstr(key, "?=task_id=");
	size_t prefix = strlen(p->instrument->id);
	*row = -1;
	if (!strncmp(key, "urn:", 4) && id)
		key = id + strlen("?=task_id=");
	else if (!strncmp(key, p->instrument->id, prefix) && key[prefix] == '.')
		key += prefix + 1;
	const char *index = strstr(key, "&task_index=");
	size_t n = index ? (size_t)(index - key) : strlen(key);
	const char *open = n && key[n - 1] == ']' ? strrchr(key, '[') : NULL;
	char *end = (char *)(uintptr_t) "";
	if (index)
		*row = strtol(index + strlen("&task_index="), &end, 10);
	else if (open)
		*row = strtol(open + 1, &end, 10);
	if (open && (*end != ']' || *row < 0))
		open = NULL;
	return fria_strndup(key, open ? (size_t)(open - key) : n);
}

/* --- answers --- */

/* {"value": ..., "lastEditedAt": ...}, or the value alone. */
static const json_t *value_of(const json_t *answer)
{
	return json_object_get(answer, "value") ||
		       json_object_get(answer, "lastEditedAt")
		   ? json_object_get(answer, "value")
		   : answer;
}

/* "FILE (who, day)"; the caller frees. */
static char *origin_of(const fria_placing *p, const json_t *answer)
{
	const char *by = fria_json_text(answer, "lastEditedBy");
	const char *at = fria_json_text(answer, "lastEditedAt");
	const char *slash = strrchr(p->file, '/');
	const char *file = slash ? slash + 1 : p->file;
	if (!at && !by)
		return fria_strdup(file);
	return fria_format("%s (%s%s%.10s)", file, by ? by : "",
			   by && at ? ", " : "", at ? at : "");
}

/* --- what is in the file --- */

/* An answer with where it stands: its question, and its row (-1: none). */
typedef struct {
	char *id, *pointer;
	size_t task; /* FRIA_NONE: no question of ours */
	long row;
	const json_t *answer; /* borrowed */
	json_t *value;	      /* what it says; NULL: nothing */
	bool shown;	      /* a picture, which became evidence or was told */
	json_t *read;	      /* the same as it would be stored, or NULL */
} cell;

typedef struct {
	fria_placing *p;
	struct {
		cell *items;
		size_t n;
	} cells;
	/* By the group that has the rows: by the number that the file gives a
	 * row, its id here. */
	json_t *rows;
	json_t *told; /* by task, what the form would hold of rows of ours */
	fria_time at; /* of the file; 0: not known */
} reading;

static bool is_text(const json_t *value, const char *text)
{
	const char *own = json_string_value(value);
	return own && !strcmp(own, text);
}

static bool has_null_option(const fria_task *t)
{
	for (size_t i = 0; i < t->options.n; i++)
		if (json_is_null(t->options.items[i].value))
			return true;
	return false;
}

/*
 * What an answer says, new, or NULL for nothing. The form writes "null" (and
 * its schema null) for what was cleared, and for the option whose value is
 * null, which is an answer.
 */
static json_t *said_by(const json_t *answer, const fria_task *t)
{
	json_t *value = (json_t *)(uintptr_t)value_of(answer);
	bool null = value != answer && json_is_null(value);
	if (null || is_text(value, "null"))
		return t && has_null_option(t) ? fria_json_string("null")
					       : NULL;
	if (!value || json_is_null(value) || is_text(value, ""))
		return NULL;
	return json_incref(value);
}

/* A picture is the answer that shows it as evidence; told, where it is none
 * that can be kept. */
static void show_picture(reading *r, cell *c)
{
	fria_error err = FRIA_ERROR_INIT;
	if (c->task == FRIA_NONE || !c->value ||
	    r->p->instrument->tasks[c->task].kind != FRIA_TEXT ||
	    !fria_official_shows(c->value))
		return;
	json_t *caption = fria_json_string(fria_official_caption(c->value));
	json_t *shown = fria_official_shown(r->p, c->value, &err);
	if (!shown)
		fria_placing_unfit(r->p, c->task, caption, &err, c->pointer);
	json_decref(caption);
	json_decref(c->value);
	c->value = shown;
	c->shown = true;
}

static void add_cell(reading *r, const char *key, long row,
		     const json_t *answer, const char *pointer)
{
	const fria_instrument *in = r->p->instrument;
	long own;
	cell *c = FRIA_PUSH(&r->cells);
	c->shown = false;
	c->id = read_key(r->p, key, &own);
	c->pointer = fria_strdup(pointer);
	c->task = fria_instrument_find(in, c->id);
	c->row = own < 0 ? row : own;
	c->answer = answer;
	c->value =
	    said_by(answer, c->task == FRIA_NONE ? NULL : &in->tasks[c->task]);
	show_picture(r, c);
	c->read = c->value && c->task != FRIA_NONE
		      ? fria_placing_read(r->p, c->task, c->value)
		      : NULL;
}

/* A list of rows, or of what was chosen. */
static bool holds_rows(const json_t *list)
{
	return json_is_array(list) && json_is_object(json_array_get(list, 0)) &&
	       !json_object_get(json_array_get(list, 0), "value");
}

static void add_rows(reading *r, const json_t *list, const char *pointer)
{
	size_t i;
	const char *key;
	json_t *row, *answer;
	json_array_foreach((json_t *)(uintptr_t)list, i, row) {
		json_t *index = json_object_get(row, "_index");
		long number = json_is_integer(index)
				  ? (long)json_integer_value(index)
				  : (long)i;
		json_object_foreach(row, key, answer) {
			fria_buf at = FRIA_BUF_INIT;
			if (!strcmp(key, "_index"))
				continue;
			fria_buf_printf(&at, "%s/%zu", pointer, i);
			fria_pointer_add(&at, key);
			add_cell(r, key, number, answer, at.text);
			fria_buf_dispose(&at);
		}
	}
}

static void add_key(reading *r, const char *base, const char *key,
		    const char *as, const json_t *answer)
{
	fria_buf pointer = FRIA_BUF_INIT;
	fria_buf_puts(&pointer, base);
	fria_pointer_add(&pointer, key);
	if (holds_rows(answer))
		add_rows(r, answer, pointer.text);
	else
		add_cell(r, as, -1, answer, pointer.text);
	fria_buf_dispose(&pointer);
}

/* --- files of 2025: under the name of the questionnaire, by instance --- */

/* "dpia" or "prescan", under which the answers stand. */
static bool is_namespace(const char *key, const json_t *value)
{
	return json_is_object(value) && !(*key >= '0' && *key <= '9') &&
	       strncmp(key, "urn:", 4) != 0 && !strchr(key, '.') &&
	       !json_object_get(value, "value") &&
	       !json_object_get(value, "lastEditedAt");
}

/*
 * By instance of a question, the key that a later file would have: the id, with
 * a number where there are more. New.
 */
static json_t *instance_keys(const json_t *state)
{
	json_t *keys = json_object(), *counts = json_object(), *one;
	const char *name;
	json_t *instances = json_object_get(state, "taskInstances");
	json_object_foreach(instances, name, one) {
		const char *id = fria_json_text(one, "taskId");
		if (!id)
			continue;
		json_int_t n = json_integer_value(json_object_get(counts, id));
		char *key = fria_format("%s[%lld]", id, (long long)n);
		json_object_set_new(counts, id, json_integer(n + 1));
		json_object_set_new(keys, name, fria_json_string(key));
		free(key);
	}
	json_object_foreach(instances, name, one) {
		const char *id = fria_json_text(one, "taskId");
		if (id && json_integer_value(json_object_get(counts, id)) == 1)
			json_object_set_new(keys, name, fria_json_string(id));
	}
	json_decref(counts);
	return keys;
}

static void add_namespace(reading *r, const json_t *file, const char *name)
{
	const json_t *state =
	    json_object_get(json_object_get(file, "taskState"), name);
	json_t *keys = instance_keys(state), *answer;
	fria_buf base = FRIA_BUF_INIT;
	const char *key;
	fria_buf_puts(&base, "/answers");
	fria_pointer_add(&base, name);
	json_object_foreach(
	    json_object_get(json_object_get(file, "answers"), name), key,
	    answer) {
		const char *as = fria_json_text(keys, key);
		add_key(r, base.text, key, as ? as : key, answer);
	}
	fria_buf_dispose(&base);
	json_decref(keys);
}

/* Answers to another questionnaire in the same file. */
static void tell_namespace(reading *r, const char *name, const json_t *answers)
{
	char count[24];
	fria_buf pointer = FRIA_BUF_INIT;
	fria_buf_puts(&pointer, "/answers");
	fria_pointer_add(&pointer, name);
	snprintf(count, sizeof count, "%zu", json_object_size(answers));
	fria_findings_add(r->p->findings, FRIA_WARNING, FRIA_W_place_elsewhere,
			  r->p->file, pointer.text, "count", count,
			  "instrument", name, NULL);
	fria_buf_dispose(&pointer);
}

static int add_all(reading *r, const json_t *file, fria_error *err)
{
	const char *id = r->p->instrument->id, *key, *other = NULL;
	json_t *answers = json_object_get(file, "answers"), *answer;
	bool found = false;
	json_object_foreach(answers, key, answer) {
		if (!is_namespace(key, answer)) {
			add_key(r, "/answers", key, key, answer);
			found = true;
		} else if (!strcmp(key, id)) {
			add_namespace(r, file, key);
			found = true;
		} else if (json_object_size(answer)) {
			tell_namespace(r, key, answer);
			other = key;
		}
	}
	return other && !found ? fria_placing_refuse(r->p, other, err) : 0;
}

/* --- which row of ours --- */

/* The group whose rows a question's rows are, or FRIA_NONE. */
static size_t root_of(const fria_instrument *in, size_t task)
{
	size_t group = task == FRIA_NONE ? FRIA_NONE : in->tasks[task].rows;
	if (group != FRIA_NONE && in->tasks[group].mapped != FRIA_NONE)
		return in->tasks[group].mapped;
	return group;
}

/* A row of the file in which something stands. */
typedef struct {
	long number;
	const char *row;    /* id; NULL: not known yet */
	const cell **cells; /* with something in the group itself */
	size_t n;
} place;

/* How many answers of the file's row the row here has already. */
static size_t likeness(const fria_placing *p, const place *at, const char *row)
{
	size_t count = 0;
	for (size_t i = 0; i < at->n; i++) {
		const cell *c = at->cells[i];
		const json_t *own = json_object_get(
		    fria_assessment_answer(p->assessment, p->instrument,
					   c->task, row),
		    "value");
		count += own && (json_equal(own, c->read) ||
				 json_equal(own, c->value));
	}
	return count;
}

static const char *id_at(const json_t *rows, size_t number)
{
	return fria_json_text(json_array_get(rows, number), "id");
}

static void take(place *at, const char *row, json_t *taken)
{
	at->row = row;
	json_object_set_new(taken, row, json_true());
}

/*
 * A row of the file is the row here that is most like it, its own number
 * first; else the one with its number, where that is nobody's; else a new one.
 */
static void pair_rows(fria_placing *p, size_t group, place *places, size_t n)
{
	const fria_instrument *in = p->instrument;
	const json_t *rows = fria_assessment_rows(p->assessment, in, group);
	size_t known = json_array_size(rows), i;
	json_t *taken = json_object();
	for (i = 0; i < n; i++) {
		const char *own = id_at(rows, (size_t)places[i].number);
		if (own && places[i].n &&
		    likeness(p, &places[i], own) == places[i].n)
			take(&places[i], own, taken);
	}
	for (i = 0; i < n; i++) {
		const char *best = NULL;
		size_t most = 0;
		for (size_t k = 0; k < known && !places[i].row; k++) {
			const char *id = id_at(rows, k);
			size_t like = json_object_get(taken, id)
					  ? 0
					  : likeness(p, &places[i], id);
			if (like > most) {
				most = like;
				best = id;
			}
		}
		if (best)
			take(&places[i], best, taken);
	}
	for (i = 0; i < n; i++) {
		const char *own = id_at(rows, (size_t)places[i].number);
		if (!places[i].row && own && !json_object_get(taken, own))
			take(&places[i], own, taken);
	}
	for (i = 0; i < n; i++)
		if (!places[i].row)
			places[i].row =
			    fria_assessment_row_add(p->assessment, in, group);
	json_decref(taken);
}

/* The place of a row's number, the last one or a new one; cells come sorted
 * by number. */
static place *place_at(place *places, size_t *n, const cell *c)
{
	long number = c->row < 0 ? 0 : c->row;
	if (!*n || places[*n - 1].number != number)
		places[(*n)++] = (place){.number = number};
	return &places[*n - 1];
}

static int by_row(const void *a, const void *b)
{
	const cell *x = *(const cell *const *)a, *y = *(const cell *const *)b;
	long i = x->row < 0 ? 0 : x->row, k = y->row < 0 ? 0 : y->row;
	return i != k ? (i > k) - (i < k) : (x > y) - (x < y);
}

/* As many as the form would hold of ours: those, in its order. */
static bool pair_within(fria_placing *p, size_t group, place *places, size_t n)
{
	if (fria_rows_belong(p->instrument, group) == FRIA_NONE)
		return false;
	json_t *rows = fria_rows_within(p->assessment, p->instrument, group);
	bool same = n && json_array_size(rows) == n;
	for (size_t i = 0; same && i < n; i++)
		places[i].row = id_at(rows, i);
	json_decref(rows);
	return same;
}

/* Notes for the rows of a group, and of those that follow them, which row of
 * ours each number is. */
static void find_rows(reading *r, size_t group)
{
	const fria_instrument *in = r->p->instrument;
	const cell **cells = fria_calloc(r->cells.n + 1, sizeof *cells);
	const cell **own = fria_calloc(r->cells.n + 1, sizeof *own);
	place *places = fria_calloc(r->cells.n + 1, sizeof *places);
	json_t *numbers = json_object();
	size_t count = 0, owned = 0, n = 0;
	for (size_t i = 0; i < r->cells.n; i++)
		if (r->cells.items[i].value &&
		    root_of(in, r->cells.items[i].task) == group)
			cells[count++] = &r->cells.items[i];
	qsort(cells, count, sizeof *cells, by_row);
	for (size_t i = 0; i < count; i++) {
		place *at = place_at(places, &n, cells[i]);
		if (in->tasks[cells[i]->task].rows != group)
			continue;
		own[owned] = cells[i];
		at->cells = at->n ? at->cells : &own[owned];
		at->n++;
		owned++;
	}
	if (!pair_within(r->p, group, places, n))
		pair_rows(r->p, group, places, n);
	for (size_t i = 0; i < n; i++) {
		char *key = fria_format("%ld", places[i].number);
		json_object_set_new(numbers, key,
				    fria_json_string(places[i].row));
		free(key);
	}
	json_object_set_new(r->rows, in->tasks[group].id, numbers);
	free(places);
	free(cells);
	free(own);
}

/* --- into their places --- */

static fria_time moment_of(const reading *r, const json_t *answer)
{
	const char *text = fria_json_text(answer, "lastEditedAt");
	fria_time at = r->at;
	if (text)
		fria_time_parse(&at, text);
	return at;
}

static const char *row_of(const reading *r, size_t task, long number)
{
	const fria_instrument *in = r->p->instrument;
	size_t root = root_of(in, task), group = in->tasks[task].rows;
	if (root == FRIA_NONE)
		return NULL;
	char *key = fria_format("%ld", number < 0 ? 0 : number);
	const char *row =
	    fria_json_text(json_object_get(r->rows, in->tasks[root].id), key);
	free(key);
	if (row && root != group)
		fria_assessment_row_need(r->p->assessment, in, group, row);
	return row;
}

/* The form knows no Markdown: its text as an answer is stored, or the answer
 * that is there if the form would hold just this of it. New; NULL for what is
 * no text. */
static json_t *stored_text(const fria_placing *p, size_t task, const char *row,
			   const cell *c)
{
	if (p->instrument->tasks[task].kind != FRIA_TEXT ||
	    !json_is_string(c->value))
		return NULL;
	const char *text = json_string_value(c->value);
	const json_t *was =
	    fria_assessment_answer(p->assessment, p->instrument, task, row);
	const char *own = fria_json_text(was, "value");
	if (c->shown)
		return own && fria_official_shows_same(own, text)
			   ? fria_json_string(own)
			   : NULL;
	fria_buf out = FRIA_BUF_INIT;
	fria_markdown_to_plain(&out, own ? own : "");
	bool same = own && !strcmp(out.text, text);
	fria_buf_clear(&out);
	fria_markdown_from_plain(&out, text);
	json_t *stored = fria_json_string(same ? own : out.text);
	fria_buf_dispose(&out);
	return stored;
}

/* It went out from here, and not as it is now. */
static bool is_filled(const fria_placing *p, const cell *c)
{
	char mark[FRIA_DIGEST_SIZE];
	return p->held && !(fria_official_mark(mark, c->id, c->answer) &&
			    json_object_get(p->held, mark));
}

static void place_cell(reading *r, const cell *c)
{
	fria_placing *p = r->p;
	const fria_instrument *in = p->instrument;
	size_t task = fria_placing_find(p, c->id, c->value, c->pointer);
	if (task == FRIA_NONE)
		return;
	p->at = moment_of(r, c->answer);
	p->filled = is_filled(p, c);
	if (in->tasks[task].rows == FRIA_NONE && c->row > 0) {
		fria_placing_no_row(p, task, c->value, c->pointer);
	} else if (c->value &&
		   json_equal(c->value, json_object_get(r->told, c->id))) {
		return; /* it is here already, row by row */
	} else if (c->value) {
		const char *row = row_of(r, task, c->row);
		char *origin = origin_of(p, c->answer);
		json_t *stored = stored_text(p, task, row, c);
		fria_placing_put(p, task, row, stored ? stored : c->value,
				 origin, c->pointer);
		json_decref(stored);
		free(origin);
	} else if (json_object_get(c->answer, "value") && !c->shown) {
		fria_placing_cleared(p, task, row_of(r, task, c->row),
				     c->pointer);
	}
}

/* --- rows within rows --- */

static int refuse_links(const fria_placing *p, fria_word word,
			const char *group, const char *number,
			const char *pointer, fria_error *err)
{
	fria_buf groups = FRIA_BUF_INIT;
	const fria_instrument *in = p->instrument;
	for (size_t i = 0; i < in->n; i++)
		if (in->tasks[i].rows == i &&
		    fria_rows_belong(in, i) != FRIA_NONE)
			fria_buf_printf(&groups, "%s%s", groups.n ? ", " : "",
					in->tasks[i].id);
	fria_fail(err, FRIA_EINPUT, word, "group", group, "number", number,
		  "groups", groups.text, "example",
		  "{\"6.1.1\": [[1], [1, 2]]}", NULL);
	fria_buf_dispose(&groups);
	return fria_fail_at(err, p->links_file, pointer, 0, 0);
}

/* The rows outside a group in which its rows lie. */
static const json_t *outside(const fria_placing *p, size_t group)
{
	const fria_instrument *in = p->instrument;
	size_t column = fria_rows_belong(in, group);
	return fria_assessment_rows(p->assessment, in,
				    root_of(in, in->tasks[column].source));
}

/* Of one row of the file, which is the row `inner` here (NULL: there is none;
 * only a form that is wrong is told then): {inner: {outer: true}} in links. */
static int read_link(json_t *links, const fria_placing *p, size_t group,
		     const char *inner, const json_t *numbers,
		     const char *pointer, fria_error *err)
{
	const json_t *outer = outside(p, group);
	const char *id = p->instrument->tasks[group].id;
	json_t *set = json_object(), *one;
	size_t i;
	int code = 0;
	if (!json_is_array(numbers))
		code = refuse_links(p, FRIA_W_links_form, id, "", pointer, err);
	json_array_foreach((json_t *)(uintptr_t)numbers, i, one) {
		json_int_t n = json_integer_value(one);
		const char *row = n > 0 ? id_at(outer, (size_t)n - 1) : NULL;
		if (!code && !row) {
			char *said = fria_format("%lld", (long long)n);
			code = refuse_links(p,
					    json_is_integer(one)
						? FRIA_W_links_row
						: FRIA_W_links_form,
					    id, said, pointer, err);
			free(said);
		}
		if (!code)
			json_object_set_new(set, row, json_true());
	}
	if (!code && json_object_size(set)) {
		json_t *before = json_object_get(links, inner);
		if (before)
			json_object_update(before, set);
		else
			json_object_set(links, inner, set);
	}
	json_decref(set);
	return code;
}

/* What is said of a group, by row; its rows in the file come in order. */
static int read_links(json_t *links, const reading *r, const char *key,
		      const json_t *list, fria_error *err)
{
	const fria_instrument *in = r->p->instrument;
	size_t group = fria_instrument_find(in, key), i;
	json_t *numbers = json_object_get(r->rows, key), *one;
	void *at = json_object_iter(numbers);
	fria_buf pointer = FRIA_BUF_INIT;
	int code = 0;
	fria_pointer_add(&pointer, key);
	if (group == FRIA_NONE || in->tasks[group].rows != group ||
	    fria_rows_belong(in, group) == FRIA_NONE)
		code = refuse_links(r->p, FRIA_W_links_group, key, "",
				    pointer.text, err);
	else if (!json_is_array(list))
		code = refuse_links(r->p, FRIA_W_links_form, key, "",
				    pointer.text, err);
	json_array_foreach((json_t *)(uintptr_t)list, i, one) {
		if (code)
			break;
		fria_buf_clear(&pointer);
		fria_pointer_add(&pointer, key);
		fria_buf_printf(&pointer, "/%zu", i);
		const char *inner =
		    at ? json_string_value(json_object_iter_value(at)) : NULL;
		code = !inner && json_is_array(one)
			   ? refuse_links(r->p, FRIA_W_links_many, key,
					  FRIA_DIGITS(i + 1), pointer.text, err)
			   : read_link(links, r->p, group, inner, one,
				       pointer.text, err);
		at = at ? json_object_iter_next(numbers, at) : NULL;
	}
	fria_buf_dispose(&pointer);
	return code;
}

/* By row within rows, which rows it is said to belong to. */
static int read_all_links(json_t *links, const reading *r, fria_error *err)
{
	const char *key;
	json_t *list;
	int code = 0;
	if (r->p->links && !json_is_object(r->p->links))
		return refuse_links(r->p, FRIA_W_links_form, "", "", NULL, err);
	json_object_foreach((json_t *)(uintptr_t)r->p->links, key, list)
		if (!code)
			code = read_links(links, r, key, list, err);
	return code;
}

/* In the order of the rows outside. New. */
static json_t *linked(const json_t *outer, const json_t *set)
{
	json_t *out = json_array(), *row;
	size_t i;
	json_array_foreach((json_t *)(uintptr_t)outer, i, row)
		if (json_object_get(set, fria_json_text(row, "id")))
			json_array_append(out, json_object_get(row, "id"));
	return out;
}

/* Labels of the rows that a question draws on. */
static void list_outer(fria_strings *out, fria_choices *c, size_t column)
{
	const char *id;
	json_t *label;
	json_object_foreach((json_t *)(uintptr_t)fria_choices_at(c, column), id,
			    label)
		fria_strings_add(out, json_string_value(label));
}

/* For who is asked: the rows as the file has them. */
static void list_unlinked(reading *r, size_t group, const json_t *open)
{
	fria_placing *p = r->p;
	const fria_instrument *in = p->instrument;
	fria_unlinked *one = FRIA_PUSH(&p->unlinked);
	fria_choices *c = fria_choices_new(in, p->assessment, p->siblings,
					   p->application, p->lang);
	size_t first = fria_task_column(in, group);
	const char *number;
	json_t *row;
	*one = (fria_unlinked){.group = fria_strdup(in->tasks[group].id)};
	json_object_foreach(json_object_get(r->rows, one->group), number, row) {
		const char *id = json_string_value(row);
		fria_buf label = FRIA_BUF_INIT;
		if (json_object_get(open, id)) {
			fria_choice_say(
			    &label, c, first,
			    json_object_get(fria_assessment_answer(
						p->assessment, in, first, id),
					    "value"));
			if (fria_text_blank(label.text))
				fria_buf_puts(&label, "?");
		}
		fria_strings_add(&one->inner, label.text);
		fria_buf_dispose(&label);
	}
	list_outer(&one->outer, c, fria_rows_belong(in, group));
	fria_choices_free(c);
}

/* Says which rows belong nowhere yet. */
static void tell_unlinked(reading *r, size_t group, const json_t *open)
{
	fria_placing *p = r->p;
	const fria_instrument *in = p->instrument;
	const char *id = in->tasks[group].id;
	fria_buf rows = FRIA_BUF_INIT;
	char count[24];
	char *example = fria_format("{\"%s\": [[1], [1, 2]]}", id);
	json_t *row;
	size_t i;
	json_array_foreach(fria_assessment_rows(p->assessment, in, group), i,
			   row)
		if (json_object_get(open, fria_json_text(row, "id")))
			fria_buf_printf(&rows, "%s%zu", rows.n ? ", " : "",
					i + 1);
	snprintf(count, sizeof count, "%zu", json_object_size(open));
	fria_findings_add(p->findings, FRIA_WARNING, FRIA_W_place_belongs,
			  p->file, NULL, "count", count, "rows", rows.text,
			  "task", in->tasks[fria_rows_belong(in, group)].id,
			  "group", id, "example", example, NULL);
	fria_buf_dispose(&rows);
	free(example);
}

/* A row belongs to what is said; else to the only one there is, or each to one
 * in order; else a person says so. */
static void link_rows(reading *r, size_t group, const json_t *links)
{
	fria_placing *p = r->p;
	const fria_instrument *in = p->instrument;
	size_t column = fria_rows_belong(in, group), i, bare = 0;
	if (column == FRIA_NONE)
		return;
	const json_t *outer = outside(p, group);
	const json_t *rows = fria_assessment_rows(p->assessment, in, group);
	size_t n = json_array_size(rows), of = json_array_size(outer);
	json_t *row, *open = json_object();
	json_array_foreach((json_t *)(uintptr_t)rows, i, row)
		bare += !json_object_get(row, in->tasks[column].id);
	bool in_order = of == n && bare == n &&
			!json_object_get(p->links, in->tasks[group].id);
	p->at = 0;
	p->filled = false;
	json_array_foreach((json_t *)(uintptr_t)rows, i, row) {
		const char *id = fria_json_text(row, "id");
		const json_t *set = json_object_get(links, id);
		const char *one = of == 1    ? id_at(outer, 0)
				  : in_order ? id_at(outer, i)
					     : NULL;
		json_t *value =
		    set ? linked(outer, set) : fria_json_pack("[s*]", one);
		if (set || !json_object_get(row, in->tasks[column].id)) {
			if (json_array_size(value))
				fria_placing_put(p, column, id, value, p->file,
						 NULL);
			else
				json_object_set_new(open, id, json_true());
		}
		json_decref(value);
	}
	if (json_object_size(open)) {
		tell_unlinked(r, group, open);
		list_unlinked(r, group, open);
	}
	json_decref(open);
}

/* How often each text stands in the document. */
static void count_texts(json_t *counts, const json_t *value)
{
	const char *text = json_string_value(value), *key;
	json_t *one;
	size_t i;
	if (text)
		json_object_set_new(
		    counts, text,
		    json_integer(
			json_integer_value(json_object_get(counts, text)) + 1));
	json_object_foreach((json_t *)(uintptr_t)value, key, one)
		count_texts(counts, one);
	json_array_foreach((json_t *)(uintptr_t)value, i, one)
		count_texts(counts, one);
}

/* What a row says, but for what it belongs to; NULL where it has to stay as it
 * is. The caller frees. */
static char *said_in(const json_t *row, const char *column,
		     const json_t *counts)
{
	json_t *rest = json_copy((json_t *)(uintptr_t)row), *one;
	const char *id = fria_json_text(row, "id"), *key;
	fria_buf text = FRIA_BUF_INIT;
	bool free_to_go = json_object_get(row, column) && id &&
			  json_integer_value(json_object_get(counts, id)) == 1;
	json_object_foreach(rest, key, one)
		free_to_go = free_to_go && !json_object_get(one, "basis");
	json_object_del(rest, "id");
	json_object_del(rest, column);
	if (free_to_go)
		fria_json_write_line(&text, rest);
	char *out = free_to_go ? fria_strdup(text.text) : NULL;
	fria_buf_dispose(&text);
	json_decref(rest);
	return out;
}

static void unite(fria_placing *p, size_t group, const json_t *counts)
{
	const fria_instrument *in = p->instrument;
	const char *column = in->tasks[fria_rows_belong(in, group)].id;
	json_t *rows = fria_assessment_rows(p->assessment, in, group), *id;
	json_t *seen = json_object();
	for (size_t i = 0, k; i < json_array_size(rows); i++) {
		json_t *row = json_array_get(rows, i);
		char *said = said_in(row, column, counts);
		json_t *first = said ? json_object_get(seen, said) : NULL;
		if (first) {
			json_t *set = json_object();
			json_t *both[] = {first, row};
			for (int n = 0; n < 2; n++)
				json_array_foreach(
				    json_object_get(
					json_object_get(both[n], column),
					"value"),
				    k, id)
					json_object_set_new(
					    set, json_string_value(id),
					    json_true());
			json_object_set_new(json_object_get(first, column),
					    "value",
					    linked(outside(p, group), set));
			json_array_remove(rows, i--);
			json_decref(set);
		} else if (said) {
			json_object_set(seen, said, row);
		}
		free(said);
	}
	json_decref(seen);
}

void fria_official_unite(fria_placing *p)
{
	const fria_instrument *in = p->instrument;
	json_t *counts = json_object();
	count_texts(counts, p->assessment);
	for (size_t i = 0; i < in->n; i++)
		if (in->tasks[i].rows == i &&
		    fria_rows_belong(in, i) != FRIA_NONE)
			unite(p, i, counts);
	json_decref(counts);
}

void fria_unlinked_dispose(fria_unlinked_list *list)
{
	for (size_t i = 0; i < list->n; i++) {
		free(list->items[i].group);
		fria_strings_dispose(&list->items[i].inner);
		fria_strings_dispose(&list->items[i].outer);
	}
	free(list->items);
	*list = (fria_unlinked_list){NULL, 0};
}

static int link_all(reading *r, fria_error *err)
{
	const fria_instrument *in = r->p->instrument;
	json_t *links = json_object();
	int code = read_all_links(links, r, err);
	for (size_t i = 0; i < in->n && !code; i++)
		if (in->tasks[i].rows == i)
			link_rows(r, i, links);
	json_decref(links);
	return code;
}

/* --- the whole --- */

static const char *urn_of(const json_t *file)
{
	const json_t *metadata = json_object_get(file, "metadata");
	const char *urn = fria_json_text(metadata, "urn");
	return urn ? urn : fria_json_text(file, "urn");
}

/* The form ticks parts off; here they are done when their questions are. */
static void tell_completed(fria_placing *p, const json_t *done,
			   const char *pointer)
{
	fria_buf list = FRIA_BUF_INIT;
	for (size_t i = 0; i < json_array_size(done); i++) {
		const char *id = json_string_value(json_array_get(done, i));
		fria_buf_printf(&list, "%s%s", list.n ? ", " : "",
				id ? id : "?");
	}
	if (list.n)
		fria_findings_add(p->findings, FRIA_NOTE,
				  FRIA_W_place_completed, p->file, pointer,
				  "parts", list.text, NULL);
	fria_buf_dispose(&list);
}

static void tell_others(fria_placing *p, const json_t *file)
{
	const char *key;
	json_t *value;
	json_object_foreach((json_t *)(uintptr_t)file, key, value) {
		if (!strcmp(key, "$schema") || !strcmp(key, "metadata") ||
		    !strcmp(key, "answers") || !strcmp(key, "urn") ||
		    !strcmp(key, "taskState"))
			continue;
		fria_buf pointer = FRIA_BUF_INIT;
		fria_pointer_add(&pointer, key);
		fria_findings_add(p->findings, FRIA_NOTE, FRIA_W_place_member,
				  p->file, pointer.text, "member", key, NULL);
		fria_buf_dispose(&pointer);
	}
}

/* By question, and its rows by their number. */
static int compare_cells(const void *a, const void *b)
{
	const cell *x = a, *y = b;
	int order = strcmp(x->id, y->id);
	if (!order)
		order = (x->row > y->row) - (x->row < y->row);
	return order ? order : strcmp(x->pointer, y->pointer);
}

/* By question that rows of ours fill, the text that the form has of it now: a
 * file that was made here says nothing new with that. New. */
static json_t *told_by_rows(const fria_placing *p)
{
	const fria_instrument *in = p->instrument;
	json_t *out = json_object();
	fria_questions questions;
	fria_choices *choices =
	    fria_choices_new(in, p->assessment, p->siblings, p->application,
			     fria_assessment_language(p->assessment));
	fria_questions_list(&questions, in, p->assessment);
	for (size_t i = 0; i < in->n; i++) {
		json_t *one = fria_official_rows(in, p->assessment, &questions,
						 choices, i);
		fria_buf text = FRIA_BUF_INIT;
		if (one) {
			fria_markdown_to_plain(&text,
					       fria_json_text(one, "value"));
			json_object_set_new(out, in->tasks[i].id,
					    fria_json_string(text.text));
		}
		fria_buf_dispose(&text);
		json_decref(one);
	}
	fria_questions_dispose(&questions);
	fria_choices_free(choices);
	return out;
}

static void dispose(reading *r)
{
	for (size_t i = 0; i < r->cells.n; i++) {
		cell *c = &r->cells.items[i];
		free(c->id);
		free(c->pointer);
		json_decref(c->value);
		json_decref(c->read);
	}
	free(r->cells.items);
	json_decref(r->rows);
	json_decref(r->told);
}

int fria_official_place(fria_placing *p, const json_t *file, fria_error *err)
{
	const fria_instrument *in = p->instrument;
	const json_t *metadata = json_object_get(file, "metadata");
	const char *urn = urn_of(file);
	const char *made = fria_json_text(metadata, "createdAt");
	reading r = {.p = p};
	p->theirs = true;
	if (urn && !fria_instrument_is(in, urn))
		return fria_placing_refuse(p, urn, err);
	if (!made)
		made = fria_json_text(metadata, "savedAt");
	if (made)
		fria_time_parse(&r.at, made);
	r.rows = json_object();
	r.told = told_by_rows(p);
	int code = add_all(&r, file, err);
	if (code)
		goto out;
	if (r.cells.n)
		qsort(r.cells.items, r.cells.n, sizeof *r.cells.items,
		      compare_cells);
	for (size_t i = 0; i < in->n; i++)
		if (in->tasks[i].rows == i && in->tasks[i].mapped == FRIA_NONE)
			find_rows(&r, i);
	for (size_t i = 0; i < r.cells.n; i++)
		place_cell(&r, &r.cells.items[i]);
	code = link_all(&r, err);
	if (code)
		goto out;
	tell_completed(p, json_object_get(metadata, "completedTasks"),
		       "/metadata/completedTasks");
	tell_completed(
	    p,
	    json_object_get(
		json_object_get(json_object_get(file, "taskState"), in->id),
		"completedRootTaskIds"),
	    "/taskState");
	tell_others(p, file);
out:
	dispose(&r);
	return code;
}
