/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The rules of a questionnaire: what decides which questions it asks, what of
 * them must be answered, what stops it, and what it computes and concludes.
 * No text for people is among them, nor what answers rest on.
 */
#include "model.h"

#include <string.h>

static void put_flag(json_t *rules, const char *key, bool value)
{
	if (value)
		json_object_set_new(rules, key, json_true());
}

static void put_task(json_t *rules, const char *key, const fria_instrument *in,
		     size_t task)
{
	if (task != FRIA_NONE)
		json_object_set_new(rules, key,
				    fria_json_string(in->tasks[task].id));
}

/* By its digest, so that their order, which decides nothing, is not seen. */
static void put_condition(json_t *conditions, const fria_condition *c)
{
	static const char *const operators[] = {"equals", "contains", "any",
						"all"};
	char digest[FRIA_DIGEST_SIZE];
	json_t *one = fria_json_pack("{s:s?, s:s, s:O?, s:b}", "task", c->id,
				     "operator", operators[c->op], "value",
				     c->value, "show", (int)c->show);
	fria_digest(digest, one);
	json_object_set_new(conditions, digest, one);
}

/* What decides about one task, under the name of each kind; {} for none. */
static json_t *rules_of_task(const fria_instrument *in, size_t task)
{
	const fria_task *t = &in->tasks[task];
	json_t *rules = json_object(), *rows = json_object();
	json_t *conditions = json_object();
	for (size_t i = 0; i < t->conditions.n; i++)
		put_condition(conditions, &t->conditions.items[i]);
	if (json_object_size(conditions))
		json_object_set(rules, "conditions", conditions);
	json_decref(conditions);

	put_flag(rules, "optional", !t->required);
	put_flag(rules, "measure", t->measure);
	put_flag(rules, "stop", t->stop && t->kind == FRIA_NOTICE);
	put_task(rows, "source", in, t->source);
	if (t->drawn)
		json_object_set_new(rows, "source", fria_json_string(t->drawn));
	put_task(rows, "mapped", in, t->mapped);
	if (json_object_size(rows))
		json_object_set(rules, "rows", rows);
	json_decref(rows);
	return rules;
}

static json_t *rules_of_score(const fria_instrument *in,
			      const fria_calculation *c)
{
	const json_t *list = json_object_get(c->raw, "riskScore");
	json_t *steps = json_array(), *step;
	size_t i;
	json_array_foreach((json_t *)(uintptr_t)list, i, step)
		json_array_append_new(
		    steps,
		    fria_json_pack("{s:O?, s:O?}", "when",
				   json_object_get(step, "when"), "value",
				   json_object_get(step, "value")));
	return fria_json_pack(
	    "{s:s, s:O?, s:o}", "task", in->tasks[c->task].id, "expression",
	    json_object_get(c->raw, "expression"), "steps", steps);
}

static json_t *rules_of_level(const fria_rule *r)
{
	static const char *const members[] = {"expression", "stop",
					      "acceptable", "review", NULL};
	json_t *level = fria_json_pack("{s:s}", "level", r->level);
	json_t *criteria = json_array();
	for (size_t i = 0; members[i]; i++) {
		json_t *value = json_object_get(r->raw, members[i]);
		if (value && !json_is_false(value))
			json_object_set(level, members[i], value);
	}
	for (size_t i = 0; i < r->n; i++)
		json_array_append_new(
		    criteria,
		    fria_json_pack(
			"{s:s, s:O?}", "id", r->criteria[i].id, "expression",
			json_object_get(r->criteria[i].raw, "expression")));
	json_object_set_new(level, "criteria", criteria);
	return level;
}

/*
 * All that decides what is asked, what must be answered, what stops, and what
 * is computed and concluded (DESIGN section 3), in a form that does not depend
 * on the order of keys and conditions, or on texts that people read. New.
 */
static json_t *fria_logic(const fria_instrument *in)
{
	json_t *tasks = json_object(), *scores = json_object(),
	       *conclusions = json_object(), *order = json_array();
	for (size_t i = 0; i < in->n; i++) {
		json_t *rules = rules_of_task(in, i);
		if (json_object_size(rules))
			json_object_set(tasks, in->tasks[i].id, rules);
		json_decref(rules);
	}
	/* One score may read those before it. */
	for (size_t i = 0; i < in->calculations.n; i++) {
		const fria_calculation *c = &in->calculations.items[i];
		json_object_set_new(scores, c->key, rules_of_score(in, c));
		json_array_append_new(order, fria_json_string(c->key));
	}
	for (size_t i = 0; i < in->rules.n; i++) {
		const fria_rule *r = &in->rules.items[i];
		json_t *levels = json_object_get(conclusions, r->id);
		if (!levels)
			json_object_set_new(conclusions, r->id,
					    levels = json_array());
		json_array_append_new(levels, rules_of_level(r));
	}
	return fria_json_pack("{s:o, s:o, s:o, s:o, s:O?}", "tasks", tasks,
			      "scores", scores, "order", order, "conclusions",
			      conclusions, "tables",
			      json_object_get(in->document, "tables"));
}

const char *fria_logic_digest(const fria_instrument *in)
{
	char *kept = *in->logic;
	if (!kept[0]) {
		json_t *logic = fria_logic(in);
		fria_digest(kept, logic);
		json_decref(logic);
	}
	return kept;
}

/* --- what differs --- */

static void add_line(fria_strings *out, fria_lang lang, fria_word word,
		     const char *what)
{
	fria_buf line = FRIA_BUF_INIT;
	fria_say(&line, lang, word, "what", what, NULL);
	fria_strings_add(out, line.text);
	fria_buf_dispose(&line);
}

static void compare_task(fria_strings *out, const char *id, const json_t *was,
			 const json_t *is, fria_lang lang)
{
	static const struct {
		const char *key;
		fria_word word;
	} kinds[] = {{"conditions", FRIA_W_logic_conditions},
		     {"optional", FRIA_W_logic_required},
		     {"measure", FRIA_W_logic_required},
		     {"stop", FRIA_W_logic_stop},
		     {"rows", FRIA_W_logic_rows}};
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		const json_t *a = json_object_get(was, kinds[i].key);
		const json_t *b = json_object_get(is, kinds[i].key);
		if (a != b && !json_equal(a, b))
			add_line(out, lang, kinds[i].word, id);
	}
}

/* Members of one part of the rules that are not the same on both sides. */
static void compare_part(fria_strings *out, const json_t *was, const json_t *is,
			 const char *part, fria_word word, fria_lang lang)
{
	const json_t *a = json_object_get(was, part);
	const json_t *b = json_object_get(is, part);
	bool tasks = !strcmp(part, "tasks");
	const char *key;
	json_t *value;
	json_object_foreach((json_t *)(uintptr_t)b, key, value) {
		const json_t *before = json_object_get(a, key);
		if (tasks)
			compare_task(out, key, before, value, lang);
		else if (!json_equal(before, value))
			add_line(out, lang, word, key);
	}
	json_object_foreach((json_t *)(uintptr_t)a, key, value) {
		if (json_object_get(b, key))
			continue;
		if (tasks)
			compare_task(out, key, value, NULL, lang);
		else
			add_line(out, lang, word, key);
	}
}

void fria_logic_differ(fria_strings *out, const fria_instrument *was,
		       const fria_instrument *is, fria_lang lang)
{
	json_t *a = fria_logic(was), *b = fria_logic(is);
	size_t first = out->n;
	compare_part(out, a, b, "tasks", FRIA_W_logic_conditions, lang);
	compare_part(out, a, b, "scores", FRIA_W_logic_score, lang);
	compare_part(out, a, b, "conclusions", FRIA_W_logic_conclusion, lang);
	compare_part(out, a, b, "tables", FRIA_W_logic_table, lang);
	if (out->n == first && !json_equal(json_object_get(a, "order"),
					   json_object_get(b, "order")))
		add_line(out, lang, FRIA_W_logic_order, NULL);
	json_decref(a);
	json_decref(b);
}
