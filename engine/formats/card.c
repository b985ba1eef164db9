/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Assessment cards of the TAD reporting standard, alone or inside a system
 * card: their answers find a place by the urn of the task, else by the
 * question's own words.
 */
#include "formats.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool is_card(const json_t *file)
{
	return json_is_array(json_object_get(file, "contents")) &&
	       fria_json_text(file, "name");
}

bool fria_assessment_card_is(const json_t *file)
{
	const json_t *list = json_object_get(file, "assessments");
	return is_card(file) ||
	       (json_is_array(list) && is_card(json_array_get(list, 0)));
}

/* "urn:nl:aivt:ir:iama:1.0" names what we call "urn:nl:iama:1.0". */
static bool is_of(const fria_instrument *in, const json_t *card)
{
	const char *urn = fria_json_text(card, "urn");
	const char *name = fria_json_text(card, "name");
	if (!urn)
		return name && !strcasecmp(name, in->id);
	char *tail = fria_format(":%s:%s", in->id, in->version);
	size_t n = strlen(urn), m = strlen(tail);
	bool same = fria_instrument_is(in, urn) ||
		    (n > m && !strcmp(urn + n - m, tail));
	free(tail);
	return same;
}

static const json_t *find_card(const fria_instrument *in, const json_t *file,
			       fria_buf *pointer)
{
	size_t i;
	json_t *one;
	if (is_card(file))
		return is_of(in, file) ? file : NULL;
	json_array_foreach(json_object_get(file, "assessments"), i, one) {
		if (!is_card(one) || !is_of(in, one))
			continue;
		fria_buf_printf(pointer, "/assessments/%zu", i);
		return one;
	}
	return NULL;
}

/* --- which question --- */

/* Letters and digits only, in lower case; the caller frees. */
static char *bare(const char *text)
{
	fria_buf out = FRIA_BUF_INIT;
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;
		if (c >= 'A' && c <= 'Z')
			fria_buf_putc(&out, (char)(c + 32));
		else if (c >= 0x80 || (c >= 'a' && c <= 'z') ||
			 (c >= '0' && c <= '9'))
			fria_buf_putc(&out, (char)c);
	}
	return fria_buf_detach(&out);
}

static size_t by_words(const fria_instrument *in, const char *question)
{
	char *wanted = bare(question);
	size_t found = FRIA_NONE;
	for (size_t i = 0; i < in->n && found == FRIA_NONE && *wanted; i++) {
		for (int lang = FRIA_NL; lang <= FRIA_EN; lang++) {
			const char *title =
			    fria_task_title(&in->tasks[i], (fria_lang)lang);
			char *own = bare(title ? title : "");
			if (in->tasks[i].answerable && !strcmp(own, wanted))
				found = i;
			free(own);
		}
	}
	free(wanted);
	return found;
}

static size_t find_task(fria_placing *p, const json_t *one, const char *pointer)
{
	const char *urn = fria_json_text(one, "urn");
	const char *question = fria_json_text(one, "question");
	const json_t *answer = json_object_get(one, "answer");
	const char *id = urn ? strrchr(urn, ':') : NULL;
	size_t task =
	    id ? fria_instrument_find(p->instrument, id + 1) : FRIA_NONE;
	if (task == FRIA_NONE && question)
		task = by_words(p->instrument, question);
	if (task != FRIA_NONE)
		return fria_placing_find(p, p->instrument->tasks[task].id,
					 answer, pointer);
	return fria_placing_find(p,
				 id	    ? id + 1
				 : question ? question
					    : "?",
				 answer, pointer);
}

/* --- answers --- */

static char *authors_of(const json_t *one)
{
	fria_buf out = FRIA_BUF_INIT;
	size_t i;
	json_t *author;
	json_array_foreach(json_object_get(one, "authors"), i, author) {
		const char *name = fria_json_text(author, "name");
		if (name)
			fria_buf_printf(&out, "%s%s", out.n ? ", " : "", name);
	}
	return fria_buf_detach(&out);
}

static char *origin_of(const fria_placing *p, const json_t *one)
{
	const char *slash = strrchr(p->file, '/');
	const char *file = slash ? slash + 1 : p->file;
	const char *at = fria_json_text(one, "timestamp");
	char *authors = authors_of(one);
	char *out = *authors || at
			? fria_format("%s (%s%s%.10s)", file, authors,
				      *authors && at ? ", " : "", at ? at : "")
			: fria_strdup(file);
	free(authors);
	return out;
}

/* What was remarked beside an answer has a place as a comment. */
static void place_remark(fria_placing *p, size_t task, const json_t *one)
{
	const char *text = fria_json_text(one, "remarks");
	const char *at = fria_json_text(one, "timestamp");
	fria_time moment;
	char id[9] = "c", value[FRIA_DIGEST_SIZE];
	if (!text || !*text ||
	    !fria_comment_value(value, p->instrument, p->assessment, task,
				NULL))
		return;
	json_t *list = json_object_get(p->assessment, "comments"), *old;
	size_t i;
	json_array_foreach(list, i, old) {
		const char *same = fria_json_text(old, "text");
		const char *where = fria_json_text(old, "task");
		if (same && where && !strcmp(same, text) &&
		    !strcmp(where, p->instrument->tasks[task].id))
			return;
	}
	if (!list) {
		list = json_array();
		json_object_set_new(p->assessment, "comments", list);
	}
	char *authors = authors_of(one);
	fria_buf when = FRIA_BUF_INIT;
	fria_random_id(id + 1, 5);
	fria_time_write(&when,
			at && fria_time_parse(&moment, at) ? moment : p->now);
	json_array_append_new(
	    list,
	    fria_json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "id", id, "task",
			   p->instrument->tasks[task].id, "value", value,
			   "text", text, "by", *authors ? authors : p->file,
			   "at", when.text));
	fria_buf_dispose(&when);
	free(authors);
}

/*
 * A card does not say of which row an answer is. Row after row, one begins
 * where a column comes that is not behind the last; column after column (what
 * no row goes back from), each answer is of the next row.
 */
typedef struct {
	size_t task; /* of the last answer; FRIA_NONE: none yet */
	size_t row;
	bool by_row;
} in_group;

typedef struct {
	size_t *tasks; /* of each content; FRIA_NONE: unknown */
	size_t *seen;  /* answers to each task */
	in_group *groups;
} contents;

static void find_order(contents *all, const fria_instrument *in, size_t n)
{
	for (size_t i = 0; i < in->n; i++)
		all->groups[i] = (in_group){.task = FRIA_NONE};
	for (size_t i = 0; i < n; i++) {
		size_t task = all->tasks[i];
		size_t group = task == FRIA_NONE ? task : in->tasks[task].rows;
		if (group == FRIA_NONE)
			continue;
		in_group *g = &all->groups[group];
		g->by_row =
		    g->by_row || (g->task != FRIA_NONE && task < g->task);
		g->task = task;
	}
	for (size_t i = 0; i < in->n; i++)
		all->groups[i].task = FRIA_NONE;
}

static size_t row_of(contents *all, size_t group, size_t task)
{
	in_group *g = &all->groups[group];
	if (!g->by_row)
		return all->seen[task]++;
	if (g->task != FRIA_NONE && task <= g->task)
		g->row++;
	g->task = task;
	return g->row;
}

static void place_content(fria_placing *p, const json_t *one, contents *all,
			  size_t task, const char *pointer)
{
	if (task == FRIA_NONE)
		return;
	size_t group = p->instrument->tasks[task].rows;
	const char *row =
	    group == FRIA_NONE
		? NULL
		: fria_placing_row(p, group, row_of(all, group, task));
	const char *at = fria_json_text(one, "timestamp");
	char *origin = origin_of(p, one);
	p->at = 0;
	if (at)
		fria_time_parse(&p->at, at);
	fria_placing_put(p, task, row, json_object_get(one, "answer"), origin,
			 pointer);
	if (!row)
		place_remark(p, task, one);
	free(origin);
}

int fria_assessment_card_place(fria_placing *p, const json_t *file,
			       fria_error *err)
{
	fria_buf pointer = FRIA_BUF_INIT;
	const json_t *card = find_card(p->instrument, file, &pointer);
	if (!card) {
		const json_t *first =
		    is_card(file)
			? file
			: json_array_get(json_object_get(file, "assessments"),
					 0);
		const char *urn = fria_json_text(first, "urn");
		fria_buf_dispose(&pointer);
		return fria_placing_refuse(
		    p, urn ? urn : fria_json_text(first, "name"), err);
	}
	const json_t *list = json_object_get(card, "contents");
	size_t n = p->instrument->n + 1, before = p->findings->n, i;
	contents all = {
	    .tasks = fria_calloc(json_array_size(list) + 1, sizeof(size_t)),
	    .seen = fria_calloc(n, sizeof(size_t)),
	    .groups = fria_calloc(n, sizeof(in_group))};
	json_t *one;
	json_array_foreach(list, i, one) {
		char *at = fria_format("%s/contents/%zu", pointer.text, i);
		all.tasks[i] = find_task(p, one, at);
		free(at);
	}
	find_order(&all, p->instrument, json_array_size(list));
	json_array_foreach(list, i, one) {
		char *at = fria_format("%s/contents/%zu", pointer.text, i);
		place_content(p, one, &all, all.tasks[i], at);
		free(at);
	}
	if (p->findings->n > before)
		fria_findings_add(p->findings, FRIA_NOTE, FRIA_W_card_words,
				  p->file, NULL, NULL);
	free(all.tasks);
	free(all.seen);
	free(all.groups);
	fria_buf_dispose(&pointer);
	return 0;
}
