/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What an assessment can take from another one, of the same questionnaire for
 * the same system elsewhere: proposals for what is about the system, and
 * examples for what is about its use. It makes no answer.
 */
#include "living.h"

#include <stdlib.h>
#include <string.h>

/* Two that are equal in these run the same system (PRACTICE section 7). */
static const struct {
	const char *pointer;
	bool core; /* model or data: without any of them nothing is known */
} shared[] = {{"/register/methods_and_models", true},
	      {"/register/source_data", true},
	      {"/register/source_data_grouping", true},
	      {"/register/provider", false},
	      {"/register/publiccode", false},
	      {"/card/technical_design", true},
	      {"/card/models", true},
	      {"/card/used_data", true},
	      {"/card/external_providers", false},
	      {"/card/version_requirements", false},
	      {"/use/model", true},
	      {"/use/data", true},
	      {"/use/provider_documents", false}};

typedef struct {
	const fria_reuse_input *in;
	fria_reuse *out;
	json_t *assessment; /* ours */
	json_t *examples;
	fria_choices *choices; /* what could be chosen there */
	fria_lang theirs;
} taking;

/* --- the same system? --- */

static void compare_systems(taking *r)
{
	r->out->known = false;
	for (size_t i = 0; i < sizeof shared / sizeof *shared; i++) {
		const char *pointer = shared[i].pointer;
		json_t *a =
		    fria_fact_digest(r->in->theirs, pointer, FRIA_RULES);
		json_t *b = fria_fact_digest(r->in->ours, pointer, FRIA_RULES);
		if (!json_equal(a, b))
			fria_strings_add(&r->out->differ, pointer);
		else if (shared[i].core && !json_is_null(a))
			r->out->known = true;
		json_decref(a);
		json_decref(b);
	}
}

/* --- one question --- */

static bool same_question(const taking *r, size_t theirs, size_t ours)
{
	char a[FRIA_DIGEST_SIZE], b[FRIA_DIGEST_SIZE];
	fria_question_digest(a, r->in->from, theirs, r->theirs, FRIA_RULES);
	fria_question_digest(b, r->in->to, ours, r->theirs, FRIA_RULES);
	return !strcmp(a, b);
}

static bool is_about_system(const fria_task *t)
{
	return t->about &&
	       (!strcmp(t->about, "system") || !strcmp(t->about, "both"));
}

/* Their answer, as it stands there, without what it rested on there. */
static void offer(taking *r, const fria_question *q, size_t task)
{
	const fria_instrument *in = r->in->to;
	char *from = fria_format("%s#%s", r->in->name, in->tasks[task].id);
	json_t *answer = json_copy(q->answer);
	json_object_del(answer, "origin");
	r->out->offered += fria_proposals_add(r->assessment, in, task, q->row,
					      answer, from, r->in->at);
	json_decref(answer);
	free(from);
}

/* What they wrote, as people read it; one text a row. */
static void show(taking *r, size_t task, const fria_question *q)
{
	const char *id = r->in->to->tasks[task].id;
	const json_t *value = json_object_get(q->answer, "value");
	json_t *texts = json_object_get(r->examples, id);
	fria_buf text = FRIA_BUF_INIT;
	if (value)
		fria_choice_say(&text, r->choices, q->task, value);
	else
		fria_say(&text, r->theirs, FRIA_W_migrate_waived, "reason",
			 fria_json_text(json_object_get(q->answer, "waived"),
					"reason"),
			 NULL);
	if (!texts) {
		texts = json_array();
		json_object_set_new(r->examples, id, texts);
		r->out->examples++;
	}
	json_array_append_new(texts, fria_json_string(text.text));
	fria_buf_dispose(&text);
}

static bool is_given(const fria_question *q)
{
	return q->visible && (json_object_get(q->answer, "value") ||
			      json_object_get(q->answer, "waived"));
}

static void place(taking *r, const fria_question *q)
{
	const fria_task *theirs = &r->in->from->tasks[q->task];
	const fria_instrument *in = r->in->to;
	size_t task = fria_instrument_find(in, theirs->id);
	if (!is_given(q) || theirs->measure || task == FRIA_NONE)
		return;
	const json_t *value = json_object_get(q->answer, "value");
	bool same = fria_reuse_is_same(r->out) &&
		    is_about_system(&in->tasks[task]) &&
		    same_question(r, q->task, task) && value &&
		    fria_value_fits(in, task, value);
	bool ours = fria_assessment_answer(r->assessment, in, task, q->row);
	if (same && !ours)
		offer(r, q, task);
	else if (!ours)
		show(r, task, q);
}

bool fria_reuse_is_same(const fria_reuse *reuse)
{
	return reuse->known && !reuse->differ.n;
}

void fria_reuse_make(fria_reuse *out, json_t *assessment,
		     const fria_reuse_input *input)
{
	taking r = {.in = input,
		    .out = out,
		    .assessment = assessment,
		    .examples = json_object(),
		    .theirs = fria_assessment_language(input->assessment)};
	fria_questions all;
	r.choices = fria_choices_new(input->from, input->assessment, NULL, NULL,
				     r.theirs);
	*out = (fria_reuse){.offered = 0};
	compare_systems(&r);
	fria_questions_list(&all, input->from, input->assessment);
	for (size_t i = 0; i < all.n; i++)
		place(&r, &all.items[i]);
	fria_questions_dispose(&all);
	if (out->examples)
		json_object_set(assessment, "examples", r.examples);
	json_decref(r.examples);
	fria_choices_free(r.choices);
	fria_assessment_order(assessment, input->to);
}

void fria_reuse_dispose(fria_reuse *reuse)
{
	fria_strings_dispose(&reuse->differ);
}

const json_t *fria_example(const json_t *assessment, const char *task)
{
	return json_object_get(json_object_get(assessment, "examples"), task);
}
