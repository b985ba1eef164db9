/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Were answers judged by whom they name, and is the answer the one that was
 * judged?
 */
#include "history_internal.h"

#include <stdlib.h>
#include <string.h>

static bool stands_in(const json_t *documents, const fria_instrument *in,
		      const fria_blame_line *line, const json_t *basis)
{
	json_t *document;
	size_t i, task = fria_instrument_find(in, line->task);
	json_array_foreach(documents, i, document) {
		const json_t *other = json_object_get(
		    fria_assessment_answer(document, in, task, line->row),
		    "basis");
		if (other && basis && json_equal(other, basis))
			return true;
	}
	return false;
}

/* How a commit by somebody else tells whose judgement this is. */
static verify_told tells(const checker *k, const fria_instrument *in,
			 const fria_blame_line *line, const json_t *basis,
			 const fria_commit *commit, const char *who)
{
	json_t *documents = NULL;
	verify_told told = verify_tells(&documents, k, commit, who);
	if (stands_in(k->aside, in, line, basis) ||
	    stands_in(documents, in, line, basis))
		told = TOLD_SHOWN;
	json_decref(documents);
	return told;
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
	if (!line->row) {
		fria_buf_puts(&out, "/basis");
		return fria_buf_detach(&out);
	}
	json_t *row;
	size_t i;
	json_array_foreach(
	    fria_assessment_rows(b->snapshot->assessment, in, holder), i, row) {
		const char *id = fria_json_text(row, "id");
		if (id && !strcmp(id, line->row))
			fria_buf_printf(&out, "/%zu", i);
	}
	fria_pointer_add(&out, line->task);
	fria_buf_puts(&out, "/basis");
	return fria_buf_detach(&out);
}

/* Does the basis bind what stood there when it was committed? */
static bool binds(const checker *k, const fria_blamed *b,
		  const fria_blame_line *line)
{
	char blob[FRIA_ID_SIZE] = "", digest[FRIA_DIGEST_SIZE];
	const fria_instrument *in = b->snapshot->instrument;
	fria_store_blob_id(blob, k->ws->store, line->stood.commit, k->path);
	json_t *document = history_document(k->ws, blob);
	json_t *answer =
	    document
		? fria_assessment_answer(document, in,
					 fria_instrument_find(in, line->task),
					 line->row)
		: NULL;
	const char *value =
	    fria_json_text(json_object_get(answer, "basis"), "value");
	json_t *form = fria_answer_form(answer);
	fria_digest(digest, form);
	bool good = !value || !strcmp(value, digest);
	json_decref(form);
	json_decref(document);
	return good;
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
		const fria_instrument *in = b->snapshot->instrument;
		const json_t *answer = fria_assessment_answer(
		    b->snapshot->assessment, in,
		    fria_instrument_find(in, line->task), line->row);
		verify_told told =
		    tells(k, in, line, json_object_get(answer, "basis"),
			  &commit, s->claimed);
		f = verify_note(k, told ? FRIA_WARNING : FRIA_SEVERE,
				told == TOLD_SHOWN ? FRIA_W_verify_squash
				: told		   ? FRIA_W_verify_named
						   : FRIA_W_verify_basis_other,
				s->commit, pointer);
		fria_args_add(&f->args, "by", s->claimed);
	} else if (!s->claimed && !binds(k, b, line)) {
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

int verify_bases(checker *k, fria_error *err)
{
	fria_blamed blamed;
	int code = fria_blame(&blamed, (fria_workspace *)(uintptr_t)k->ws,
			      k->name, NULL, err);
	if (code)
		return code;
	for (size_t i = 0; i < blamed.n; i++)
		check_basis(k, &blamed, &blamed.items[i]);
	fria_blamed_dispose(&blamed);
	return 0;
}
