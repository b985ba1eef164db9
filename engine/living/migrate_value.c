/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Old answers made into one new answer: options by what they are called, texts
 * under the question they answered. It drops no word; what does not fit, it
 * leaves out of the list.
 */
#include "migrate_internal.h"

#include <stdlib.h>
#include <string.h>

/* Longer texts are no option, number or date. */
enum { MAX_CHOICE = 200 };

static const fria_task *task_of(const fria_landing *to)
{
	return &to->in->to->tasks[to->task];
}

static void say_piece(fria_buf *out, const fria_landing *to,
		      const fria_piece *p)
{
	const json_t *waived = json_object_get(p->answer, "waived");
	const json_t *reference = json_object_get(waived, "reference");
	if (!waived) {
		fria_choice_say(out, to->choices, p->task,
				json_object_get(p->answer, "value"));
		return;
	}
	const char *reason = fria_json_text(waived, "reason");
	fria_say(out, to->lang, FRIA_W_migrate_waived, "reason",
		 reason ? reason : "", NULL);
	if (reference) {
		fria_buf_puts(out, "\n\n");
		fria_fact_say(out, reference, to->lang);
	}
}

/* --- one piece --- */

/* What an old value is called now, by the option that says so; or NULL. */
static json_t *value_now(const fria_task *t, const json_t *old)
{
	for (size_t i = 0; i < t->options.n; i++) {
		size_t k;
		json_t *one;
		json_array_foreach(
		    (json_t *)(uintptr_t)t->options.items[i].were, k, one)
			if (json_equal(one, (json_t *)(uintptr_t)old))
				return (json_t *)(uintptr_t)t->options.items[i]
				    .value;
	}
	return NULL;
}

/* Those of the old options that the new question has, too. */
static json_t *options_that_fit(const fria_landing *to, fria_piece *p,
				const json_t *value)
{
	json_t *out = json_array(), *one, *single;
	size_t i;
	json_array_foreach(value, i, one) {
		fria_buf label = FRIA_BUF_INIT;
		json_t *now = value_now(task_of(to), one);
		json_t *found = NULL;
		single = fria_json_pack("[O]", now ? now : one);
		if (fria_value_fits(to->in->to, to->task, single))
			found = json_incref(single);
		json_decref(single);
		single = fria_json_pack("[O]", one);
		fria_choice_say(&label, to->choices, p->task, single);
		if (!found && label.n <= MAX_CHOICE)
			fria_value_parse(&found, to->in->to, to->task,
					 label.text, NULL, to->lang, NULL,
					 NULL);
		if (json_array_size(found))
			json_array_extend(out, found);
		else
			p->part = true;
		json_decref(found);
		json_decref(single);
		fria_buf_dispose(&label);
	}
	if (json_array_size(out))
		return out;
	json_decref(out);
	return NULL;
}

/* The value as the new question wants it, or NULL. */
static json_t *convert(const fria_landing *to, fria_piece *p)
{
	json_t *value = json_object_get(p->answer, "value"), *out = NULL;
	const fria_task *t = task_of(to);
	fria_buf text = FRIA_BUF_INIT;
	json_t *now = value_now(t, value);
	if (now)
		return t->kind == FRIA_OPTIONS ? fria_json_pack("[O]", now)
					       : json_incref(now);
	if (fria_value_fits(to->in->to, to->task, value))
		return json_incref(value);
	if (t->kind == FRIA_OPTIONS && json_is_array(value))
		return options_that_fit(to, p, value);
	say_piece(&text, to, p);
	if (t->kind == FRIA_TEXT)
		out = fria_json_string(text.text);
	else if (text.n <= MAX_CHOICE)
		fria_value_parse(&out, to->in->to, to->task, text.text, NULL,
				 to->lang, NULL, NULL);
	fria_buf_dispose(&text);
	return out;
}

static json_t *form_of(const fria_landing *to, fria_piece *p)
{
	p->part = false;
	if (json_object_get(p->answer, "waived"))
		return fria_json_pack("{s:O}", "waived",
				      json_object_get(p->answer, "waived"));
	json_t *value = convert(to, p);
	return value ? fria_json_pack("{s:o}", "value", value) : NULL;
}

/* --- several pieces --- */

/* Every text, under its question where there are several questions. */
static json_t *join_texts(const fria_landing *to, const fria_pieces *pieces)
{
	fria_buf text = FRIA_BUF_INIT;
	bool labels = false;
	for (size_t i = 1; i < pieces->n; i++)
		labels = labels || strcmp(pieces->items[i]->id,
					  pieces->items[0]->id) != 0;
	for (size_t i = 0; i < pieces->n; i++) {
		const fria_piece *p = pieces->items[i];
		bool first = !i || strcmp(p->id, pieces->items[i - 1]->id) != 0;
		if (text.n)
			fria_buf_puts(&text, "\n\n");
		if (labels && first)
			fria_buf_printf(
			    &text, "**%s**\n\n",
			    fria_task_title(&to->in->from->tasks[p->task],
					    to->lang));
		say_piece(&text, to, p);
	}
	json_t *form = fria_json_pack("{s:s}", "value", text.text);
	fria_buf_dispose(&text);
	return form;
}

static json_t *unite_options(json_t *const forms[], size_t n)
{
	json_t *all = json_array();
	for (size_t i = 0; i < n; i++) {
		size_t k, m;
		json_t *one, *known;
		json_array_foreach(json_object_get(forms[i], "value"), k, one) {
			bool found = false;
			json_array_foreach(all, m, known)
				found = found || json_equal(one, known);
			if (!found)
				json_array_append(all, one);
		}
	}
	return fria_json_pack("{s:o}", "value", all);
}

/* One answer from several that fit; NULL if they say different things. */
static json_t *unite(const fria_landing *to, const fria_pieces *pieces,
		     json_t *const forms[])
{
	bool equal = true, waived = false;
	for (size_t i = 0; i < pieces->n; i++) {
		equal = equal && json_equal(forms[i], forms[0]);
		waived = waived || json_object_get(forms[i], "waived");
	}
	if (equal && (waived || task_of(to)->kind != FRIA_TEXT))
		return json_incref(forms[0]);
	if (task_of(to)->kind == FRIA_TEXT)
		return join_texts(to, pieces);
	if (task_of(to)->kind == FRIA_OPTIONS && !waived)
		return unite_options(forms, pieces->n);
	return NULL;
}

json_t *fria_migrated_form(const fria_landing *to, fria_pieces *pieces)
{
	json_t **forms = fria_calloc(pieces->n, sizeof *forms), *form = NULL;
	size_t n = 0;
	for (size_t i = 0; i < pieces->n; i++) {
		json_t *own = form_of(to, pieces->items[i]);
		if (!own)
			continue;
		pieces->items[n] = pieces->items[i];
		forms[n++] = own;
	}
	pieces->n = n;
	if (n == 1)
		form = json_incref(forms[0]);
	else if (n)
		form = unite(to, pieces, forms);
	if (!form)
		pieces->n = 0;
	while (n > 0)
		json_decref(forms[--n]);
	free(forms);
	return form;
}

/* --- the basis --- */

static bool is_stood_for(const json_t *answer)
{
	char digest[FRIA_DIGEST_SIZE];
	const char *was =
	    fria_json_text(json_object_get(answer, "basis"), "value");
	json_t *form = fria_answer_form(answer);
	fria_digest(digest, form);
	json_decref(form);
	return was && !strcmp(was, digest);
}

static const json_t *basis_of(const fria_piece *p)
{
	return json_object_get(p->answer, "basis");
}

static bool is_older(const json_t *a, const json_t *b)
{
	const char *x = fria_json_text(a, "at"), *y = fria_json_text(b, "at");
	return x && y && strcmp(x, y) < 0;
}

/* What the cell is called now that an edge is narrowed by. New; NULL: the same.
 */
static char *key_now(const fria_landing *to, const char *key)
{
	fria_buf now = FRIA_BUF_INIT;
	json_t *edge = NULL;
	const char *cell = NULL;
	if (*key == '{' &&
	    !fria_json_parse(&edge, NULL, key, strlen(key), NULL))
		cell = fria_json_text(edge, "named_by");
	for (size_t i = 0; cell && !now.n && i < to->in->to->n; i++) {
		const fria_task *t = &to->in->to->tasks[i];
		if (!fria_strings_has(&t->migrates, cell))
			continue;
		json_object_set_new(edge, "named_by", fria_json_string(t->id));
		fria_canonical(&now, edge);
		break;
	}
	json_decref(edge);
	return now.n ? fria_buf_detach(&now) : NULL;
}

/* Keys of facts, as the new questions have them. */
static void rename_keys(json_t *facts, const fria_landing *to)
{
	json_t *old = json_copy(facts), *kept;
	const char *key;
	json_object_foreach(old, key, kept) {
		char *now = key_now(to, key);
		if (!now)
			continue;
		json_object_del(facts, key);
		json_object_set(facts, now, kept);
		free(now);
	}
	json_decref(old);
}

/* The facts of all pieces; where they differ, as the oldest saw it. Digests by
 * other rules say nothing beside its own. */
static void add_facts(json_t *basis, const fria_pieces *pieces)
{
	json_t *facts = json_object_get(basis, "facts");
	for (size_t i = 0; i < pieces->n; i++) {
		const json_t *one = basis_of(pieces->items[i]);
		if (json_equal(json_object_get(one, "rules"),
			       json_object_get(basis, "rules")) ||
		    (!json_object_get(one, "rules") &&
		     !json_object_get(basis, "rules")))
			json_object_update_missing(
			    facts, json_object_get(one, "facts"));
	}
}

/* What was asked, and never by chance what is asked now. */
static void set_question(json_t *basis, const fria_landing *to,
			 const fria_piece *p)
{
	char now[FRIA_DIGEST_SIZE], was[FRIA_DIGEST_SIZE];
	const char *asked = fria_json_text(basis, "question");
	fria_rules rules = FRIA_RULES;
	fria_basis_rules(&rules, basis);
	fria_question_digest(now, to->in->to, to->task, to->lang, rules);
	if (asked && strcmp(asked, now) != 0)
		return;
	json_t *old = fria_json_pack("[s, s]", to->in->from->name, p->id);
	fria_digest(was, old);
	json_decref(old);
	json_object_set_new(basis, "question", fria_json_string(was));
}

json_t *fria_migrated_basis(const fria_landing *to, const fria_pieces *pieces,
			    const json_t *form)
{
	const fria_piece *oldest = pieces->items[0];
	char digest[FRIA_DIGEST_SIZE];
	for (size_t i = 0; i < pieces->n; i++) {
		if (!is_stood_for(pieces->items[i]->answer))
			return NULL;
		if (is_older(basis_of(pieces->items[i]), basis_of(oldest)))
			oldest = pieces->items[i];
	}
	json_t *basis = json_deep_copy(basis_of(oldest));
	add_facts(basis, pieces);
	rename_keys(json_object_get(basis, "facts"), to);
	json_object_set_new(basis, "answers", json_object());
	set_question(basis, to, oldest);
	fria_digest(digest, form);
	json_object_set_new(basis, "value", fria_json_string(digest));
	json_object_del(basis, "meeting");
	json_object_del(basis, "editorial");
	if (pieces->n > 1)
		json_object_del(basis, "note");
	return basis;
}
