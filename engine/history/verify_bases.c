/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Were answers judged by whom they name, and is the answer the one that was
 * judged?
 */
#include "history_internal.h"

#include <stdlib.h>
#include <string.h>

static bool stands_in(const history_states *states, const fria_instrument *in,
		      const fria_blame_line *line)
{
	size_t task = fria_instrument_find(in, line->task);
	for (size_t i = 0; i < states->n; i++) {
		const json_t *other = json_object_get(
		    history_answer(&states->items[i], in, task, line->row),
		    "basis");
		if (other && line->basis && json_equal(other, line->basis))
			return true;
	}
	return false;
}

/* How a commit by somebody else tells whose judgement this is. */
static verify_told tells(checker *k, const fria_instrument *in,
			 const fria_blame_line *line, const fria_commit *commit,
			 const char *who)
{
	verify_told told = verify_tells(k, commit, who);
	return stands_in(&k->aside, in, line) ||
		       stands_in(&k->told.states, in, line)
		   ? TOLD_SHOWN
		   : told;
}

static char *pointer_of(const fria_blamed *b, const fria_blame_line *line)
{
	const fria_instrument *in = b->snapshot->instrument;
	fria_buf out = FRIA_BUF_INIT;
	size_t task = fria_instrument_find(in, line->task);
	size_t holder =
	    in->tasks[task].rows == FRIA_NONE ? task : in->tasks[task].rows;
	fria_buf_puts(&out, "/answers");
	fria_pointer_add(&out, in->tasks[holder].id);
	if (line->row_number) {
		fria_buf_printf(&out, "/%zu", line->row_number - 1);
		fria_pointer_add(&out, line->task);
	}
	fria_buf_puts(&out, "/basis");
	return fria_buf_detach(&out);
}

static void check_basis(checker *k, const fria_blamed *b,
			const fria_blame_line *line)
{
	const fria_attribution *s = &line->stood;
	fria_commit commit = {0};
	fria_finding *f = NULL;
	if (!s->known || !s->commit[0] || s->boundary)
		return;
	char *pointer = pointer_of(b, line);
	if (s->claimed &&
	    !fria_store_commit_read(&commit, k->ws->store, s->commit, NULL)) {
		verify_told told = tells(k, b->snapshot->instrument, line,
					 &commit, s->claimed);
		f = verify_note(k, told ? FRIA_WARNING : FRIA_SEVERE,
				told == TOLD_SHOWN ? FRIA_W_verify_squash
				: told		   ? FRIA_W_verify_named
						   : FRIA_W_verify_basis_other,
				s->commit, pointer);
		fria_args_add(&f->args, "by", s->claimed);
	} else if (!s->claimed && !s->bound) {
		f = verify_note(k, FRIA_SEVERE, FRIA_W_verify_basis_value,
				s->commit, pointer);
	}
	if (f) {
		fria_args_add(&f->args, "task", line->task);
		fria_args_add(&f->args, "who", s->author);
	}
	fria_commit_dispose(&commit);
	free(pointer);
}

/* --- what an edition completed --- */

typedef struct {
	checker *k;
	const fria_blamed *blamed;
} completed_check;

/* The commit since which the basis is as it is; "": none yet. */
static const char *made_by(const checker *k, const fria_instrument *in,
			   const fria_blame_line *line)
{
	size_t task = fria_instrument_find(in, line->task);
	const char *made = "";
	bool stands = true;
	for (size_t i = 0; i < k->changes_n && stands; i++) {
		history_state then = history_state_of(history_settled(
		    history_document(k->ws, k->changes[i].after), in));
		const json_t *basis = json_object_get(
		    history_answer(&then, in, task, line->row), "basis");
		stands = basis && json_equal(basis, line->basis);
		if (stands)
			made = k->changes[i].commit;
		history_state_dispose(&then);
	}
	return made;
}

static void note_otherwise(void *data, const fria_blame_line *line,
			   const char *what)
{
	const completed_check *c = data;
	const char *commit =
	    made_by(c->k, c->blamed->snapshot->instrument, line);
	char *pointer = pointer_of(c->blamed, line);
	fria_commit made = {0};
	fria_finding *f = verify_note(c->k, FRIA_SEVERE,
				      FRIA_W_verify_completed, commit, pointer);
	if (*commit)
		fria_store_commit_read(&made, c->k->ws->store, commit, NULL);
	fria_args_add(&f->args, "task", line->task);
	fria_args_add(&f->args, "what", what);
	fria_args_add(&f->args, "who", made.author ? made.author : "?");
	fria_commit_dispose(&made);
	free(pointer);
}

int verify_bases(checker *k, fria_error *err)
{
	fria_blamed blamed;
	int code = fria_blame(&blamed, (fria_workspace *)(uintptr_t)k->ws,
			      k->name, NULL, err);
	if (code)
		return code;
	for (size_t i = 0; i < blamed.n; i++)
		check_basis(k, &blamed, &blamed.items[i]);
	completed_check c = {k, &blamed};
	history_completed_again(&blamed, k->ws, k->name, note_otherwise, &c);
	fria_blamed_dispose(&blamed);
	return 0;
}
