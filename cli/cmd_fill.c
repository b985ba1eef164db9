/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * fria fill: question after question in the terminal, those that need work
 * first. What is answered stands in the work tree at once; nothing else is
 * remembered, so that one can stop anywhere and go on later.
 */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

/* A question's place: "2.3.1/", "5.2.recht/k3f9x2ma", or "5.2.recht/new". */
typedef struct {
	cli *c;
	const char *name; /* "APP/NAME" */
	typed_lines in;
	fria_buf line;
	fria_strings skipped; /* places that are left for a next time */
	fria_strings visited; /* places, for going back */
	char *next;	      /* the place that was asked for; or NULL */
	char *group, *row;    /* the row that is being filled in; or NULL */
	size_t part;	      /* its position; FRIA_NONE: all */
	char *note;	      /* the last one; or NULL */
	bool optional;	      /* what need not be answered, too */
	bool changed;	      /* something was written */
	bool closed;	      /* nobody is there to answer anything more */
} filling;

/* What is true until something is written. */
typedef struct {
	fria_snapshot *s;
	fria_standing standing;
	fria_positions agenda; /* without what was skipped */
} scene;

typedef enum { STAY, MOVE, LEAVE } outcome;

/* --- places --- */

static char *place_of(const scene *at, const fria_question *q)
{
	const fria_task *t = &at->s->instrument->tasks[q->task];
	return fria_format("%s/%s", t->id,
			   q->row		  ? q->row
			   : t->rows == FRIA_NONE ? ""
						  : "new");
}

static const char *row_in(const char *place)
{
	return strrchr(place, '/') + 1;
}

/* The caller frees. */
static char *task_in(const char *place)
{
	return fria_strndup(place, (size_t)(row_in(place) - 1 - place));
}

static bool is_fresh(const char *place)
{
	return !strcmp(row_in(place), "new");
}

static void forget(char **text)
{
	free(*text);
	*text = NULL;
}

static void drop(fria_strings *list, const char *text)
{
	size_t n = 0;
	for (size_t i = 0; i < list->n; i++)
		if (strcmp(list->items[i], text) != 0)
			list->items[n++] = list->items[i];
		else
			free(list->items[i]);
	list->n = n;
}

/* --- the scene --- */

static bool is_asked(const filling *f, const scene *at, size_t position)
{
	const fria_instrument *in = at->s->instrument;
	const fria_question *q = &at->standing.result.items[position].question;
	size_t group = in->tasks[q->task].rows;
	if (f->part != FRIA_NONE && fria_task_part(in, q->task) != f->part)
		return false;
	/* Rows that follow another group's are there when those are. */
	if (!q->row && group != FRIA_NONE &&
	    in->tasks[group].mapped != FRIA_NONE)
		return false;
	char *place = place_of(at, q);
	bool skipped = fria_strings_has(&f->skipped, place);
	free(place);
	return !skipped;
}

static void list_agenda(const filling *f, scene *at)
{
	fria_positions all = {NULL, 0};
	fria_agenda(&all, &at->standing.result, at->s->instrument);
	if (f->optional)
		fria_agenda_add(&all, &at->standing.result, FRIA_OPEN, true);
	for (size_t i = 0; i < all.n; i++)
		if (is_asked(f, at, all.items[i]))
			*FRIA_PUSH(&at->agenda) = all.items[i];
	fria_positions_dispose(&all);
}

static int look(scene *out, const filling *f, fria_error *err)
{
	fria_workspace *ws = f->c->ws;
	*out = (scene){.s = NULL};
	int code = fria_snapshot_load(&out->s, ws, f->name, NULL, err);
	if (!code)
		code = fria_standing_make(&out->standing, ws, out->s,
					  ws->session.now, err);
	if (!code)
		list_agenda(f, out);
	else
		fria_snapshot_free(out->s);
	return code;
}

static void look_away(scene *at)
{
	fria_positions_dispose(&at->agenda);
	fria_standing_dispose(&at->standing);
	fria_snapshot_free(at->s);
}

/* --- asking --- */

static void show(filling *f)
{
	fwrite(f->c->out.text, 1, f->c->out.n, stdout);
	fflush(stdout);
	fria_buf_clear(&f->c->out);
}

/* Shows what stands there and takes a line; false if there is none. */
static bool take_line(filling *f)
{
	put(f->c, PLAIN, " ");
	show(f);
	line_kind kind = lines_next(&f->in, &f->line);
	f->closed = kind == LINE_STOPPED || kind == LINE_END;
	if (f->closed)
		put(f->c, PLAIN, "\n");
	return !f->closed;
}

static bool ask_line(filling *f, fria_word prompt)
{
	put_word(f->c, BOLD, prompt, NULL);
	return take_line(f);
}

/* A line as it may be kept: whole, and text. */
static bool is_text(filling *f)
{
	const fria_buf *line = &f->line;
	fria_word wrong = FRIA_W_COUNT;
	size_t most = sizeof f->in.bytes - 2;
	for (size_t i = 0; i < line->n; i++)
		if (((unsigned char)line->text[i] < ' ' &&
		     line->text[i] != '\t') ||
		    line->text[i] == 0x7f)
			wrong = FRIA_W_fill_keys_in_line;
	if (fria_utf8_invalid(line->text, line->n) < line->n)
		wrong = FRIA_W_json_utf8;
	if (line->n >= most && f->in.terminal)
		wrong = FRIA_W_fill_line_long;
	if (wrong == FRIA_W_COUNT)
		return true;
	put_word(f->c, RED, wrong, NULL);
	put(f->c, PLAIN, "\n");
	return false;
}

static bool is_blank(const fria_buf *line)
{
	return !line->n || strspn(line->text, " \t") == line->n;
}

/* A line of text to a prompt; the caller frees. NULL: none was given. */
static char *ask_text(filling *f, fria_word prompt)
{
	do {
		if (!ask_line(f, prompt) || is_blank(&f->line))
			return NULL;
	} while (!is_text(f));
	return fria_strdup(f->line.text);
}

/* Yes or no; otherwise: what an empty line means. */
static bool ask_yes(filling *f, fria_word prompt, bool otherwise)
{
	if (!ask_line(f, prompt))
		return false;
	char first = f->line.n ? f->line.text[0] : '\0';
	return first ? strchr("jJyY", first) != NULL : otherwise;
}

static void put_sentence(cli *c, style how, fria_word word)
{
	put_word(c, how, word, NULL);
	put(c, PLAIN, "\n");
}

/* Says what was wrong; the question stays. */
static outcome refuse(filling *f, fria_error *err)
{
	show(f);
	say_error(f->c, err);
	fria_error_clear(err);
	return STAY;
}

/* --- answering --- */

/* In the row that was just filled in, its other questions come next. */
static void follow_row(filling *f, const scene *at, const char *task,
		       const char *row)
{
	const fria_instrument *in = at->s->instrument;
	size_t group = in->tasks[fria_instrument_find(in, task)].rows;
	forget(&f->group);
	forget(&f->row);
	f->group = fria_strdup(in->tasks[group].id);
	f->row = fria_strdup(row);
}

static bool was_open(const shown_question *q)
{
	return !q->j || q->j->state == FRIA_OPEN;
}

static outcome give(filling *f, const scene *at, const shown_question *q,
		    const char *place, const char *text)
{
	fria_error err = FRIA_ERROR_INIT;
	fria_edited done;
	char *task = task_in(place);
	const char *row = row_in(place);
	const fria_edit_target target = {.application_name = f->name,
					 .task = task,
					 .row = *row ? row : NULL};
	int code = fria_answer(&done, f->c->ws, &target, text, &err);
	if (!code) {
		f->changed = f->changed || done.changed;
		if (done.row[0] && was_open(q))
			follow_row(f, at, task, done.row);
		put_sentence(f->c, GREEN,
			     done.changed ? FRIA_W_fill_noted
					  : FRIA_W_fill_same);
		char *now = fria_format("%s/%s", task, done.row);
		fria_strings_add(&f->visited, now);
		free(now);
	}
	free(task);
	return code ? refuse(f, &err) : MOVE;
}

/* Lines up to one with a dot alone; false if that did not come. */
static bool collect(filling *f, fria_buf *text)
{
	while (ask_line(f, FRIA_W_fill_more_prompt)) {
		if (!strcmp(f->line.text, "."))
			return true;
		if (!is_text(f))
			continue;
		fria_buf_put(text, f->line.text, f->line.n);
		fria_buf_putc(text, '\n');
	}
	return false;
}

static outcome give_lines(filling *f, const scene *at, const shown_question *q,
			  const char *place, const char *first)
{
	fria_buf text = FRIA_BUF_INIT;
	outcome after = STAY;
	put_sentence(f->c, PLAIN,
		     first ? FRIA_W_fill_pasted : FRIA_W_fill_several);
	if (first)
		fria_buf_printf(&text, "%s\n", first);
	if (!collect(f, &text))
		after = LEAVE;
	else if (strspn(text.text, " \t\n") < text.n)
		after = give(f, at, q, place, text.text);
	fria_buf_dispose(&text);
	return after;
}

/* The labels that numbers stand for, one a line; false if one is no number of
 * an option. */
static bool number_labels(fria_buf *out, const json_t *labels, const char *text)
{
	for (const char *at = text; *at;) {
		char *end;
		at += strspn(at, " ,;");
		if (!*at)
			break;
		unsigned long number = strtoul(at, &end, 10);
		if (end == at || !number || number > json_array_size(labels))
			return false;
		fria_buf_printf(
		    out, "%s\n",
		    json_string_value(json_array_get(labels, number - 1)));
		at = end;
	}
	return out->n > 0;
}

/* Lists the options that hold what was typed; false if none does. */
static bool put_matches(filling *f, const json_t *labels, const char *text)
{
	bool found = false;
	size_t i;
	json_t *one;
	json_array_foreach(labels, i, one) {
		if (!strcasestr(json_string_value(one), text))
			continue;
		if (!strcasecmp(json_string_value(one), text))
			return false;
		putf(f->c, PLAIN, "  %3zu  %s\n", i + 1,
		     json_string_value(one));
		found = true;
	}
	return found;
}

static outcome choose(filling *f, const scene *at, const shown_question *q,
		      const char *place, const json_t *labels)
{
	char *text = fria_strdup(f->line.text);
	fria_buf chosen = FRIA_BUF_INIT;
	char most[24];
	outcome after = STAY;
	snprintf(most, sizeof most, "%zu", json_array_size(labels));
	if (strspn(text, "0123456789 ,;") < f->line.n) {
		if (!put_matches(f, labels, text))
			after = give(f, at, q, place, text);
	} else if (number_labels(&chosen, labels, text)) {
		after = give(f, at, q, place, chosen.text);
	} else {
		put_word(f->c, RED, FRIA_W_fill_bad_number, "most", most, NULL);
		put(f->c, PLAIN, "\n");
	}
	fria_buf_dispose(&chosen);
	free(text);
	return after;
}

/* What was typed is the answer itself. */
static outcome take_answer(filling *f, const scene *at, const shown_question *q,
			   const char *place)
{
	const fria_task *t = &at->s->instrument->tasks[q->task];
	json_t *labels = choices_of(q, f->c->lang);
	char *text = fria_strdup(f->line.text);
	outcome after;
	if (labels)
		after = choose(f, at, q, place, labels);
	else if (t->kind == FRIA_TEXT && f->in.terminal &&
		 lines_waiting(&f->in))
		after = give_lines(f, at, q, place, text);
	else
		after = give(f, at, q, place, text);
	free(text);
	json_decref(labels);
	return after;
}

/* --- the letters --- */

static outcome several(filling *f, const scene *at, const shown_question *q,
		       const char *place)
{
	return give_lines(f, at, q, place, NULL);
}

static outcome in_editor(filling *f, const scene *at, const shown_question *q,
			 const char *place)
{
	fria_error err = FRIA_ERROR_INIT;
	fria_buf before = FRIA_BUF_INIT, text = FRIA_BUF_INIT;
	const json_t *answer = fria_assessment_answer(
	    at->s->assessment, at->s->instrument, q->task, q->row);
	outcome after = STAY;
	show(f);
	fria_value_say(&before, at->s->instrument, q->task,
		       json_object_get(answer, "value"), f->c->lang);
	int code = edit_text(&text, before.text, &err);
	lines_forget_interrupt();
	if (code)
		refuse(f, &err);
	else if (strspn(text.text, " \t\r\n") == text.n)
		put_sentence(f->c, PLAIN, FRIA_W_fill_empty);
	else
		after = give(f, at, q, place, text.text);
	fria_buf_dispose(&before);
	fria_buf_dispose(&text);
	return after;
}

/* Something stands before it that must be judged first; says so. */
static bool waits(filling *f, const scene *at, const shown_question *q)
{
	char *first =
	    fria_judge_first(&at->standing.result, at->s->instrument, q->j);
	bool held = first && at->standing.input.adopted;
	if (held) {
		put_word(f->c, RED, FRIA_W_fill_first, "first", first, NULL);
		put(f->c, PLAIN, "\n");
	}
	free(first);
	return held;
}

/* Why it still holds; "=" is as it was said before. The caller frees. */
static char *ask_note(filling *f)
{
	char *note = ask_text(f, f->note ? FRIA_W_fill_keep_again
					 : FRIA_W_fill_keep_prompt);
	if (note && f->note && !strcmp(note, "=")) {
		free(note);
		note = fria_strdup(f->note);
	}
	if (note) {
		forget(&f->note);
		f->note = fria_strdup(note);
	}
	return note;
}

/* The same question in other rows that is in the same state for the same
 * reasons. */
static bool is_twin(const scene *at, const shown_question *q,
		    const fria_judgement *other)
{
	return other != q->j && other->question.task == q->task &&
	       q->j->n > 0 &&
	       fria_judgement_alike(at->s->instrument, q->j, other);
}

static bool wants_twins(filling *f, const scene *at, const shown_question *q)
{
	size_t n = 0;
	char count[24];
	for (size_t i = 0; i < at->standing.result.n; i++)
		n += is_twin(at, q, &at->standing.result.items[i]);
	if (!n)
		return false;
	snprintf(count, sizeof count, "%zu", n);
	put_word(f->c, PLAIN, FRIA_W_fill_twins, "count", count, NULL);
	put(f->c, PLAIN, "\n");
	return ask_yes(f, FRIA_W_fill_twins_prompt, false);
}

static int confirm_one(filling *f, const char *task, const char *row,
		       const char *note, fria_error *err)
{
	size_t count;
	const char *const tasks[] = {task};
	const fria_selection which = {.tasks = tasks, .n = 1, .row = row};
	int code = fria_confirm(&count, f->c->ws, f->name, &which, note, err);
	f->changed = f->changed || !code;
	return code;
}

static int confirm(filling *f, const scene *at, const shown_question *q,
		   const char *note, bool twins, fria_error *err)
{
	const fria_evaluation *e = &at->standing.result;
	const char *task = at->s->instrument->tasks[q->task].id;
	int code = confirm_one(f, task, q->row, note, err);
	for (size_t i = 0; twins && !code && i < e->n; i++)
		if (is_twin(at, q, &e->items[i]))
			code = confirm_one(f, task, e->items[i].question.row,
					   note, err);
	return code;
}

static outcome keep(filling *f, const scene *at, const shown_question *q,
		    const char *place)
{
	fria_error err = FRIA_ERROR_INIT;
	if (was_open(q)) {
		put_sentence(f->c, RED, FRIA_W_fill_nothing_kept);
		return STAY;
	}
	char *note = waits(f, at, q) ? NULL : ask_note(f);
	bool twins = note && wants_twins(f, at, q);
	if (!note || f->closed) {
		free(note);
		return STAY;
	}
	int code = confirm(f, at, q, note, twins, &err);
	free(note);
	if (code)
		return refuse(f, &err);
	put_sentence(f->c, GREEN, FRIA_W_fill_confirmed);
	fria_strings_add(&f->visited, place);
	return MOVE;
}

/* The kind of reason that was chosen by its number; NULL: none. */
static const char *ask_kind(filling *f)
{
	for (size_t i = 0; waiver_kinds[i].id; i++) {
		putf(f->c, BOLD, "  %3zu  ", i + 1);
		put_sentence(f->c, PLAIN, waiver_kinds[i].word);
	}
	if (!ask_line(f, FRIA_W_fill_kind_prompt))
		return NULL;
	for (size_t i = 0; waiver_kinds[i].id; i++)
		if (f->line.n == 1 && f->line.text[0] == (char)('1' + i))
			return waiver_kinds[i].id;
	if (!is_blank(&f->line))
		put_sentence(f->c, RED, FRIA_W_fill_no_kind);
	return NULL;
}

static outcome waive(filling *f, const scene *at, const shown_question *q,
		     const char *place)
{
	fria_error err = FRIA_ERROR_INIT;
	fria_edited done;
	if (at->s->instrument->tasks[q->task].measure) {
		put_sentence(f->c, RED, FRIA_W_fill_no_waiver);
		return STAY;
	}
	const char *kind = ask_kind(f);
	char *reason = kind ? ask_text(f, FRIA_W_fill_reason_prompt) : NULL;
	bool refers = reason && !strcmp(kind, "refers");
	char *reference =
	    refers ? ask_text(f, FRIA_W_fill_reference_prompt) : NULL;
	if (!reason || (refers && !reference)) {
		free(reason);
		return STAY;
	}
	char *task = task_in(place);
	const char *row = row_in(place);
	const fria_edit_target target = {.application_name = f->name,
					 .task = task,
					 .row = *row ? row : NULL};
	int code =
	    fria_waive(&done, f->c->ws, &target, kind, reason, reference, &err);
	if (!code) {
		f->changed = true;
		if (done.row[0] && was_open(q))
			follow_row(f, at, task, done.row);
		put_sentence(f->c, GREEN, FRIA_W_fill_noted);
		fria_strings_add(&f->visited, place);
	}
	free(task);
	free(reason);
	free(reference);
	return code ? refuse(f, &err) : MOVE;
}

/* Of a group without rows, all its questions. */
static outcome skip(filling *f, const scene *at, const shown_question *q,
		    const char *place)
{
	const fria_instrument *in = at->s->instrument;
	size_t group = in->tasks[q->task].rows;
	if (!q->fresh)
		fria_strings_add(&f->skipped, place);
	for (size_t i = group; q->fresh && i < in->tasks[group].end; i++) {
		char *other = fria_format("%s/new", in->tasks[i].id);
		fria_strings_add(&f->skipped, other);
		free(other);
	}
	fria_strings_add(&f->visited, place);
	return MOVE;
}

static outcome back(filling *f, const scene *at, const shown_question *q,
		    const char *place)
{
	(void)at, (void)q, (void)place;
	if (!f->visited.n) {
		put_sentence(f->c, RED, FRIA_W_fill_no_back);
		return STAY;
	}
	forget(&f->next);
	f->next = f->visited.items[--f->visited.n];
	drop(&f->skipped, f->next);
	return MOVE;
}

static outcome show_all(filling *f, const scene *at, const shown_question *q,
			const char *place)
{
	shown_question whole = *q;
	(void)at, (void)place;
	whole.whole = true;
	put_question_for(f->c, &whole);
	return STAY;
}

static outcome help(filling *f, const scene *at, const shown_question *q,
		    const char *place)
{
	(void)at, (void)q, (void)place;
	put_wrapped(f->c, 2, fria_word_text(FRIA_W_fill_help, f->c->lang));
	return STAY;
}

static outcome quit(filling *f, const scene *at, const shown_question *q,
		    const char *place)
{
	(void)f, (void)at, (void)q, (void)place;
	return LEAVE;
}

typedef outcome (*deed)(filling *f, const scene *at, const shown_question *q,
			const char *place);

static const struct {
	const char *letters; /* Dutch or English, in either language */
	deed run;
} deeds[] = {{"m", several},  {"e", in_editor}, {"k", keep},
	     {"w", waive},    {"s", skip},	{"tb", back},
	     {"a", show_all}, {"q", quit},	{"?h", help}};

static deed deed_of(const fria_buf *line)
{
	for (size_t i = 0; line->n == 1 && i < sizeof deeds / sizeof *deeds;
	     i++)
		if (strchr(deeds[i].letters, line->text[0]))
			return deeds[i].run;
	return NULL;
}

/* "g 2.3.1": that question, or a new row in that group; NULL: not that. */
static char *place_asked_for(const filling *f, const scene *at)
{
	const fria_instrument *in = at->s->instrument;
	const char *id = f->line.text + 2;
	if (f->line.n < 3 || strncmp(f->line.text, "g ", 2) != 0)
		return NULL;
	size_t task = fria_instrument_find(in, id);
	while (task != FRIA_NONE && !in->tasks[task].answerable &&
	       task + 1 < in->n && in->tasks[task].end > task + 1)
		task++;
	if (task == FRIA_NONE || !in->tasks[task].answerable)
		return NULL;
	return fria_format("%s/%s", in->tasks[task].id,
			   in->tasks[task].rows == FRIA_NONE ? "" : "new");
}

static outcome obey(filling *f, const scene *at, const shown_question *q,
		    const char *place)
{
	deed run = deed_of(&f->line);
	if (run)
		return run(f, at, q, place);
	if (is_blank(&f->line) || !is_text(f))
		return STAY;
	char *other = place_asked_for(f, at);
	if (!other)
		return take_answer(f, at, q, place);
	forget(&f->next);
	f->next = other;
	fria_strings_add(&f->visited, place);
	return MOVE;
}

/* --- a question --- */

static bool find_question(shown_question *out, const scene *at,
			  const char *place)
{
	char *task = task_in(place);
	const char *row = row_in(place);
	*out = (shown_question){
	    .standing = &at->standing,
	    .task = fria_instrument_find(at->s->instrument, task),
	    .row = *row ? row : NULL,
	    .fresh = is_fresh(place),
	    .left = at->agenda.n};
	free(task);
	if (out->task == FRIA_NONE)
		return false;
	if (out->fresh)
		out->row = NULL;
	else
		out->j = fria_evaluation_find(&at->standing.result, out->task,
					      out->row);
	return out->fresh ||
	       (out->j ? out->j->state != FRIA_HIDDEN
		       : at->s->instrument->tasks[out->task].measure);
}

static outcome ask_question(filling *f, const scene *at, const char *place)
{
	shown_question q;
	outcome after = STAY;
	if (!find_question(&q, at, place)) {
		char *task = task_in(place);
		put_word(f->c, RED, FRIA_W_fill_hidden, "task", task, NULL);
		put(f->c, PLAIN, "\n");
		free(task);
		return MOVE;
	}
	put_question_for(f->c, &q);
	while (after == STAY) {
		put_sentence(f->c, DIM, FRIA_W_fill_letters);
		put_word(f->c, BOLD, FRIA_W_fill_prompt, "task",
			 at->s->instrument->tasks[q.task].id, NULL);
		if (take_line(f))
			after = obey(f, at, &q, place);
		else
			after = LEAVE;
		if (f->closed)
			after = LEAVE;
	}
	return after;
}

/* --- which is next --- */

/* Fields of a measure are not judged; they are open while they are empty. */
static bool is_open(const scene *at, size_t task, const char *row)
{
	const fria_instrument *in = at->s->instrument;
	const fria_judgement *j =
	    fria_evaluation_find(&at->standing.result, task, row);
	return j ? j->state == FRIA_OPEN
		 : in->tasks[task].measure &&
		       !fria_assessment_answer(at->s->assessment, in, task,
					       row);
}

/* The first question of the row that is being filled in that is still open,
 * also one that need not be answered. The caller frees. */
static char *next_in_row(const filling *f, const scene *at)
{
	const fria_instrument *in = at->s->instrument;
	size_t group = f->row ? fria_instrument_find(in, f->group) : FRIA_NONE;
	char *place = NULL;
	if (group == FRIA_NONE)
		return NULL;
	for (size_t i = group; !place && i < in->tasks[group].end; i++) {
		if (!in->tasks[i].answerable || !is_open(at, i, f->row))
			continue;
		place = fria_format("%s/%s", in->tasks[i].id, f->row);
		if (fria_strings_has(&f->skipped, place))
			forget(&place);
	}
	return place;
}

/* The first question of a new row in the group. The caller frees. */
static char *new_row(const scene *at, const char *group)
{
	const fria_instrument *in = at->s->instrument;
	size_t task = fria_instrument_find(in, group);
	while (!in->tasks[task].answerable)
		task++;
	return fria_format("%s/new", in->tasks[task].id);
}

static bool may_grow(const scene *at, const char *group)
{
	const fria_instrument *in = at->s->instrument;
	return in->tasks[fria_instrument_find(in, group)].mapped == FRIA_NONE;
}

/* The row is filled in: one more? NULL: no. */
static char *end_of_row(filling *f, const scene *at)
{
	char *place = NULL;
	if (f->row && may_grow(at, f->group)) {
		const fria_instrument *in = at->s->instrument;
		size_t group = fria_instrument_find(in, f->group);
		put(f->c, PLAIN, "\n");
		put_sentence(f->c, BOLD, FRIA_W_fill_row_done);
		putf(f->c, PLAIN, "  %s %s\n", f->group,
		     fria_task_title(&in->tasks[group], f->c->lang));
		if (ask_yes(f, FRIA_W_fill_another_row, false))
			place = new_row(at, f->group);
	}
	forget(&f->group);
	forget(&f->row);
	return place;
}

static size_t optional_left(const filling *f, const scene *at)
{
	fria_positions list = {NULL, 0};
	size_t n = 0;
	fria_agenda_add(&list, &at->standing.result, FRIA_OPEN, true);
	for (size_t i = 0; i < list.n; i++)
		n += is_asked(f, at, list.items[i]);
	fria_positions_dispose(&list);
	return n;
}

/* Where nothing must be done any more: what may be. */
static bool wants_optional(filling *f, const scene *at)
{
	size_t n = f->optional ? 0 : optional_left(f, at);
	char count[24];
	if (!n)
		return false;
	snprintf(count, sizeof count, "%zu", n);
	put(f->c, PLAIN, "\n");
	put_word(f->c, PLAIN, FRIA_W_fill_may, "count", count, NULL);
	put(f->c, PLAIN, "\n");
	f->optional = ask_yes(f, FRIA_W_fill_may_prompt, false);
	return f->optional;
}

/* The caller frees; NULL: nothing is left, or (optional was just asked for)
 * it must be looked at again. */
static char *next_place(filling *f, const scene *at)
{
	char *place = f->next;
	f->next = NULL;
	if (!place)
		place = next_in_row(f, at);
	if (!place)
		place = end_of_row(f, at);
	if (!place && !f->closed && at->agenda.n)
		place = place_of(
		    at,
		    &at->standing.result.items[at->agenda.items[0]].question);
	return place;
}

/* One look at the assessment and one question. */
static outcome step(filling *f, fria_error *err)
{
	scene at;
	outcome after = LEAVE;
	if (look(&at, f, err))
		return LEAVE;
	char *place = next_place(f, &at);
	if (place)
		after = ask_question(f, &at, place);
	else if (!f->closed && wants_optional(f, &at))
		after = MOVE;
	free(place);
	look_away(&at);
	return after;
}

/* --- the beginning and the end --- */

/* By its id, else by its number from 1; FRIA_NONE. Lists all. */
static size_t part_named(fria_buf *all, const fria_instrument *in,
			 const char *part)
{
	size_t by_number = FRIA_NONE, number = 0, by_id = FRIA_NONE;
	char text[24];
	for (size_t i = 0; i < in->n; i = in->tasks[i].end) {
		snprintf(text, sizeof text, "%zu", ++number);
		fria_buf_printf(all, all->n ? ", %s" : "%s", in->tasks[i].id);
		if (part && !strcmp(part, in->tasks[i].id))
			by_id = i;
		if (part && !strcmp(part, text))
			by_number = i;
	}
	return by_id == FRIA_NONE ? by_number : by_id;
}

static int find_part(filling *f, fria_error *err)
{
	const char *part = given(f->c, "part");
	fria_buf parts = FRIA_BUF_INIT;
	scene at;
	f->part = FRIA_NONE;
	int code = look(&at, f, err);
	if (code)
		return code;
	f->part = part_named(&parts, at.s->instrument, part);
	if (at.standing.result.superseded)
		code = fria_fail(err, FRIA_EREFUSED, FRIA_W_fill_superseded,
				 "assessment", f->name, "by",
				 at.standing.result.superseded, NULL);
	else if (part && f->part == FRIA_NONE)
		code = fria_fail(err, FRIA_EINPUT, FRIA_W_fill_no_part, "part",
				 part, "parts", parts.text, NULL);
	fria_buf_dispose(&parts);
	look_away(&at);
	return code;
}

/* How it stands; true if nothing asks for work any more. */
static bool put_standing(filling *f, const scene *at)
{
	const fria_evaluation *e = &at->standing.result;
	size_t n = e->counts.stale + e->counts.open + e->counts.suspect;
	char left[24];
	snprintf(left, sizeof left, "%zu", n);
	put(f->c, PLAIN, "\n");
	putf(f->c, BOLD, "%s: ", f->name);
	put_sentence(f->c, BOLD, fria_verdict_word(e->verdict));
	if (n) {
		put_word(f->c, PLAIN, FRIA_W_fill_remains, "count", left,
			 "assessment", f->name, NULL);
		put(f->c, PLAIN, "\n");
	} else if (e->verdict == FRIA_CURRENT) {
		put_sentence(f->c, PLAIN, FRIA_W_fill_current);
	} else {
		put_word(f->c, PLAIN, FRIA_W_fill_elsewhere, "assessment",
			 f->name, NULL);
		put(f->c, PLAIN, "\n");
	}
	return !n;
}

static int end(filling *f, fria_error *err)
{
	scene at;
	int status;
	if (look(&at, f, err))
		return 2;
	status = put_standing(f, &at) ? 0 : 1;
	look_away(&at);
	bool save = f->changed && !f->closed &&
		    ask_yes(f, FRIA_W_fill_save_prompt, true);
	if (f->changed && !save) {
		put_word(f->c, PLAIN, FRIA_W_fill_unsaved, "assessment",
			 f->name, NULL);
		put(f->c, PLAIN, "\n");
	}
	show(f);
	return save && save_now(f->c, f->name, NULL, err) ? 2 : status;
}

int cmd_fill(cli *c, fria_error *err)
{
	filling f = {.c = c, .name = c->args[0]};
	int status = 2;
	if (find_part(&f, err))
		return 2;
	fria_buf_init(&f.line);
	lines_open(&f.in, STDIN_FILENO);
	while (step(&f, err) == MOVE && !err->code)
		;
	if (!err->code)
		status = end(&f, err);
	lines_close(&f.in);
	fria_strings_dispose(&f.skipped);
	fria_strings_dispose(&f.visited);
	fria_buf_dispose(&f.line);
	forget(&f.next);
	forget(&f.note);
	forget(&f.group);
	forget(&f.row);
	return status;
}
