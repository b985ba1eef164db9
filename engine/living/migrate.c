/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The answers of an assessment under a newer version of its questions: each
 * one goes where the new questions say that it belongs (`migrates`), or is
 * named as without a place. It judges nothing: every answer must be looked at
 * again, and what nobody stood for is offered.
 */
#include "migrate_internal.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
	const fria_migration_input *in;
	fria_migration *out;
	fria_choices *choices; /* what could be chosen in the old one */
	fria_lang lang;
	struct {
		fria_piece *items;
		size_t n;
	} pieces;    /* every old answer, in form order */
	json_t *old; /* what they are borrowed from */
} migration;

bool fria_migrates(const fria_instrument *from, const fria_instrument *to)
{
	if (!strcmp(from->name, to->name) || strcmp(from->id, to->id) != 0 ||
	    (to->previous && !fria_instrument_is(from, to->previous)))
		return false;
	for (size_t i = 0; i < to->n; i++) {
		const fria_strings *ids = &to->tasks[i].migrates;
		for (size_t k = 0; k < ids->n; k++)
			if (fria_instrument_find(from, ids->items[k]) !=
			    FRIA_NONE)
				return true;
	}
	return false;
}

/* --- the old answers --- */

static void add_piece(migration *m, const char *id, const char *row,
		      const json_t *answer)
{
	if (json_object_get(answer, "value") ||
	    json_object_get(answer, "waived"))
		*FRIA_PUSH(&m->pieces) =
		    (fria_piece){.id = id,
				 .task = fria_instrument_find(m->in->from, id),
				 .row = row,
				 .answer = answer};
}

static void add_rows(migration *m, const json_t *rows)
{
	size_t i;
	json_t *row, *answer;
	const char *key;
	json_array_foreach(rows, i, row) {
		const char *id = fria_json_text(row, "id");
		json_object_foreach(row, key, answer)
			add_piece(m, key, id, answer);
	}
}

/* Every answer in the document, whether its question is known or not. */
static void collect(migration *m)
{
	const char *key;
	json_t *answer, *ordered = json_deep_copy(m->in->assessment);
	m->old = ordered;
	fria_assessment_order(ordered, m->in->from);
	json_object_foreach(json_object_get(ordered, "answers"), key, answer) {
		if (json_is_array(answer))
			add_rows(m, answer);
		else
			add_piece(m, key, NULL, answer);
	}
}

/* --- where they go --- */

/* The row of the new group that a piece belongs in. What had no row gets the
 * same one throughout the group. */
static void row_for(char out[9], const migration *m, size_t task,
		    const fria_piece *p)
{
	char digest[FRIA_DIGEST_SIZE];
	const char *group = m->in->to->tasks[m->in->to->tasks[task].rows].id;
	fria_digest_bytes(digest, group, strlen(group));
	const char *row = p->row && strlen(p->row) == 8 ? p->row : digest;
	memcpy(out, row, 8);
	out[8] = '\0';
}

/* "app/iama#1.5.1, #1.5.2" */
static json_t *origin_of(const migration *m, const fria_pieces *pieces)
{
	fria_buf text = FRIA_BUF_INIT;
	fria_buf_puts(&text, m->in->name);
	for (size_t i = 0; i < pieces->n; i++)
		if (!i ||
		    strcmp(pieces->items[i]->id, pieces->items[i - 1]->id) != 0)
			fria_buf_printf(&text, i ? ", #%s" : "#%s",
					pieces->items[i]->id);
	json_t *origin = fria_json_string(text.text);
	fria_buf_dispose(&text);
	return origin;
}

static void carry_dissent(json_t *answer, const fria_pieces *pieces)
{
	fria_buf text = FRIA_BUF_INIT;
	for (size_t i = 0; i < pieces->n; i++) {
		const char *own =
		    fria_json_text(pieces->items[i]->answer, "dissent");
		if (own)
			fria_buf_printf(&text, text.n ? "\n\n%s" : "%s", own);
	}
	if (text.n)
		json_object_set_new(answer, "dissent",
				    fria_json_string(text.text));
	fria_buf_dispose(&text);
}

static fria_migration_place place_at(const char *task, const char *row)
{
	return (fria_migration_place){fria_strdup(task), fria_strdup(row)};
}

static void note_mapped(const migration *m, size_t task, const char *row,
			const fria_pieces *pieces)
{
	fria_mapped *one = FRIA_PUSH(&m->out->mapped);
	*one = (fria_mapped){.to = place_at(m->in->to->tasks[task].id, row)};
	for (size_t i = 0; i < pieces->n; i++) {
		fria_piece *p = pieces->items[i];
		p->uses++;
		p->whole = p->whole || !p->part;
		*FRIA_PUSH(&one->from) = place_at(p->id, p->row);
	}
}

static void place(migration *m, size_t task, const char *row,
		  fria_pieces *pieces)
{
	const fria_landing to = {m->in, m->choices, m->lang, task};
	json_t *answer = fria_migrated_form(&to, pieces);
	if (!answer)
		return;
	json_t *form = fria_answer_form(answer);
	json_object_set_new(answer, "origin", origin_of(m, pieces));
	carry_dissent(answer, pieces);
	if (!m->in->to->tasks[task].measure) {
		json_t *basis = fria_migrated_basis(&to, pieces, form);
		if (basis)
			json_object_set_new(answer, "basis", basis);
	}
	if (row)
		fria_assessment_row_need(m->out->assessment, m->in->to,
					 m->in->to->tasks[task].rows, row);
	fria_assessment_put(m->out->assessment, m->in->to, task, row, answer);
	note_mapped(m, task, row, pieces);
	json_decref(form);
	json_decref(answer);
}

/* The pieces of one row together; in the order in which rows come up. */
static void place_rows(migration *m, size_t task, const fria_pieces *all)
{
	fria_strings done = FRIA_STRINGS_INIT;
	for (size_t i = 0; i < all->n; i++) {
		fria_pieces own = {NULL, 0};
		char row[9], other[9];
		row_for(row, m, task, all->items[i]);
		if (fria_strings_has(&done, row))
			continue;
		fria_strings_add(&done, row);
		for (size_t k = i; k < all->n; k++) {
			row_for(other, m, task, all->items[k]);
			if (!strcmp(row, other))
				*FRIA_PUSH(&own) = all->items[k];
		}
		place(m, task, row, &own);
		free(own.items);
	}
	fria_strings_dispose(&done);
}

static void fill(migration *m, size_t task)
{
	const fria_task *t = &m->in->to->tasks[task];
	fria_pieces pieces = {NULL, 0};
	for (size_t i = 0; i < m->pieces.n; i++)
		if (m->pieces.items[i].task != FRIA_NONE &&
		    fria_strings_has(&t->migrates, m->pieces.items[i].id))
			*FRIA_PUSH(&pieces) = &m->pieces.items[i];
	if (t->rows != FRIA_NONE)
		place_rows(m, task, &pieces);
	else if (pieces.n)
		place(m, task, NULL, &pieces);
	free(pieces.items);
}

/* --- what came of it --- */

static size_t uses_of(const migration *m, const fria_migration_place *from)
{
	for (size_t i = 0; i < m->pieces.n; i++) {
		const fria_piece *p = &m->pieces.items[i];
		if (!strcmp(p->id, from->task) &&
		    (from->row ? p->row && !strcmp(p->row, from->row)
			       : !p->row))
			return p->uses;
	}
	return 0;
}

static void note_kinds(const migration *m)
{
	for (size_t i = 0; i < m->out->mapped.n; i++) {
		fria_mapped *one = &m->out->mapped.items[i];
		one->kind = one->from.n > 1 ? FRIA_MIGRATED_MERGED
			    : uses_of(m, &one->from.items[0]) > 1
				? FRIA_MIGRATED_SPLIT
				: FRIA_MIGRATED_ONE;
	}
}

static bool has_place(const migration *m, const char *id)
{
	for (size_t i = 0; i < m->in->to->n; i++)
		if (m->in->to->tasks[i].answerable &&
		    fria_strings_has(&m->in->to->tasks[i].migrates, id))
			return true;
	return false;
}

static void note_kept(const migration *m)
{
	for (size_t i = 0; i < m->pieces.n; i++) {
		const fria_piece *p = &m->pieces.items[i];
		if (p->whole)
			continue;
		*FRIA_PUSH(&m->out->kept) =
		    (fria_left){place_at(p->id, p->row),
				p->task == FRIA_NONE  ? FRIA_LEFT_UNKNOWN
				: p->uses	      ? FRIA_LEFT_PART
				: has_place(m, p->id) ? FRIA_LEFT_UNFIT
						      : FRIA_LEFT_NO_QUESTION};
	}
}

void fria_migration_make(fria_migration *out, const fria_migration_input *input)
{
	migration m = {.in = input,
		       .out = out,
		       .lang = fria_assessment_language(input->assessment)};
	m.choices = fria_choices_new(input->from, input->assessment, NULL, NULL,
				     m.lang);
	*out = (fria_migration){
	    .assessment = fria_assessment_new(
		input->to, fria_json_text(input->assessment, "application"),
		m.lang)};
	collect(&m);
	for (size_t i = 0; i < input->to->n; i++)
		if (input->to->tasks[i].answerable)
			fill(&m, i);
	note_kinds(&m);
	note_kept(&m);
	fria_assessment_order(out->assessment, input->to);
	free(m.pieces.items);
	fria_choices_free(m.choices);
	json_decref(m.old);
}

static void drop_place(fria_migration_place *place)
{
	free(place->task);
	free(place->row);
}

static bool is_unstood(const fria_instrument *in, const fria_question *q)
{
	return q->answer && !in->tasks[q->task].measure &&
	       !json_object_get(q->answer, "basis");
}

/* A row in which somebody stands for something. */
static bool is_row(const fria_questions *all, const fria_instrument *in,
		   const fria_question *of)
{
	size_t group = in->tasks[of->task].rows;
	for (size_t i = 0; i < all->n; i++) {
		const fria_question *q = &all->items[i];
		if (q->answer && q->row && in->tasks[q->task].rows == group &&
		    !strcmp(q->row, of->row) && !in->tasks[q->task].measure &&
		    json_object_get(q->answer, "basis"))
			return true;
	}
	return false;
}

static bool is_at(const fria_migration_place *at, const char *task,
		  const char *row)
{
	return !strcmp(at->task, task) &&
	       (row ? at->row && !strcmp(at->row, row) : !at->row);
}

/* What went into an answer that is none stays behind. */
static void leave(fria_migration *m, const char *task, const char *row)
{
	for (size_t i = 0; i < m->mapped.n; i++) {
		fria_mapped *one = &m->mapped.items[i];
		if (!is_at(&one->to, task, row))
			continue;
		for (size_t k = 0; k < one->from.n; k++)
			*FRIA_PUSH(&m->kept) =
			    (fria_left){one->from.items[k], FRIA_LEFT_UNSTOOD};
		free(one->from.items);
		drop_place(&one->to);
		memmove(one, one + 1, (--m->mapped.n - i) * sizeof *one);
		return;
	}
}

static void take_out(json_t *assessment, const fria_instrument *in, size_t task,
		     const char *row)
{
	size_t group = in->tasks[task].rows;
	json_t *answers = json_object_get(assessment, "answers");
	json_t *in_row = group == FRIA_NONE
			     ? NULL
			     : fria_assessment_row(assessment, in, group, row);
	json_object_del(in_row ? in_row : answers, in->tasks[task].id);
	if (in_row && json_object_size(in_row) == 1)
		fria_assessment_row_remove(assessment, in, group, row);
}

void fria_migration_offer(fria_migration *m, const fria_migration_input *input,
			  fria_time at)
{
	const fria_instrument *in = input->to;
	json_t *was = json_deep_copy(m->assessment);
	fria_questions all;
	fria_questions_list(&all, in, was);
	for (size_t i = 0; i < all.n; i++) {
		const fria_question *q = &all.items[i];
		const char *id = in->tasks[q->task].id;
		bool bare = q->answer && q->row && in->tasks[q->task].measure &&
			    !is_row(&all, in, q);
		if (!bare && !is_unstood(in, q))
			continue;
		if (json_object_get(q->answer, "value"))
			fria_proposals_add(m->assessment, in, q->task, q->row,
					   q->answer, input->name, at);
		else
			leave(m, id, q->row);
		take_out(m->assessment, in, q->task, q->row);
	}
	fria_questions_dispose(&all);
	json_decref(was);
	fria_assessment_order(m->assessment, in);
}

void fria_migration_dispose(fria_migration *done)
{
	for (size_t i = 0; i < done->mapped.n; i++) {
		fria_mapped *one = &done->mapped.items[i];
		for (size_t k = 0; k < one->from.n; k++)
			drop_place(&one->from.items[k]);
		free(one->from.items);
		drop_place(&one->to);
	}
	for (size_t i = 0; i < done->kept.n; i++)
		drop_place(&done->kept.items[i].at);
	free(done->mapped.items);
	free(done->kept.items);
	json_decref(done->assessment);
	*done = (fria_migration){.assessment = NULL};
}

/* --- as JSON --- */

static json_t *place_json(const fria_migration_place *place)
{
	return fria_json_pack("{s:s, s:s?}", "task", place->task, "row",
			      place->row);
}

json_t *fria_mapped_json(const fria_migration *done)
{
	static const char *const kinds[] = {"one-to-one", "merged", "split"};
	json_t *out = json_array();
	for (size_t i = 0; i < done->mapped.n; i++) {
		const fria_mapped *m = &done->mapped.items[i];
		json_t *one = place_json(&m->to), *from = json_array();
		for (size_t k = 0; k < m->from.n; k++)
			json_array_append_new(from,
					      place_json(&m->from.items[k]));
		json_object_set_new(one, "from", from);
		json_object_set_new(one, "kind",
				    fria_json_string(kinds[m->kind]));
		json_array_append_new(out, one);
	}
	return out;
}

json_t *fria_left_json(const fria_migration *done)
{
	static const char *const because[] = {"unknown", "no-question",
					      "does-not-fit", "fits-in-part",
					      "nobody-stands-for-it"};
	json_t *out = json_array();
	for (size_t i = 0; i < done->kept.n; i++) {
		const fria_left *left = &done->kept.items[i];
		json_t *one = place_json(&left->at);
		json_object_set_new(one, "because",
				    fria_json_string(because[left->because]));
		json_array_append_new(out, one);
	}
	return out;
}
