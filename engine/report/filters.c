/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Which questions and approvals a loop of a template is over: KEY=VALUE,...
 * It takes them as they stand; that they can be is for template_check.c.
 */
#include "fill.h"

#include <stdlib.h>
#include <string.h>

/* Is a word in a comma-separated list? */
static bool in_list(const char *list, const char *word)
{
	size_t n = strlen(word);
	for (const char *at = list; *at; at += strcspn(at, ",")) {
		at += *at == ',';
		if (!strncmp(at, word, n) && (!at[n] || at[n] == ','))
			return true;
		if (!*at)
			break;
	}
	return false;
}

/* A member of the task or of the nearest group that has it. */
static const json_t *inherited(const fria_instrument *in, size_t task,
			       const char *key)
{
	for (; task != FRIA_NONE; task = in->tasks[task].parent) {
		const json_t *own = json_object_get(in->tasks[task].json, key);
		if (own)
			return own;
	}
	return NULL;
}

static bool has_word(const json_t *value, const char *list)
{
	size_t i;
	json_t *one;
	if (json_is_string(value))
		return in_list(list, json_string_value(value));
	if (json_is_boolean(value))
		return in_list(list, json_is_true(value) ? "true" : "false");
	json_array_foreach(value, i, one)
		if (json_is_string(one) &&
		    in_list(list, json_string_value(one)))
			return true;
	return false;
}

/* A part of the form, or a smaller group in it. */
static bool is_under(const fria_instrument *in, size_t task, const char *list)
{
	for (; task != FRIA_NONE; task = in->tasks[task].parent)
		if (in_list(list, in->tasks[task].id))
			return true;
	return false;
}

/* roles=adviser: whoever is asked for advice. */
static bool is_for_adviser(const fria_report *r, size_t task, const char *roles)
{
	return r->adviser && in_list(roles, "adviser") &&
	       has_word(inherited(r->input->instrument, task, "roles"),
			r->adviser);
}

static bool task_matches(const fria_report *r, const fria_judgement *j,
			 const char *filter)
{
	const fria_instrument *in = r->input->instrument;
	size_t task = j->question.task;
	const char *value = strchr(filter, '=') + 1;
	char *key = fria_strndup(filter, (size_t)(value - filter) - 1);
	bool matches;
	if (!strcmp(key, "state"))
		matches = in_list(value, fria_state_id(j->state)) ||
			  (fria_waiver_of(j->question.answer) ==
			       FRIA_WAIVER_UNKNOWN &&
			   in_list(value, fria_waiver_id(FRIA_WAIVER_UNKNOWN)));
	else if (!strcmp(key, "part"))
		matches = is_under(in, task, value);
	else if (!strcmp(key, "task"))
		matches = in_list(value, in->tasks[task].id);
	else
		matches =
		    has_word(inherited(in, task, key), value) ||
		    (!strcmp(key, "roles") && is_for_adviser(r, task, value));
	free(key);
	return matches;
}

bool filter_task(const fria_report *r, const fria_judgement *j,
		 const fria_strings *words)
{
	bool all = true;
	if (j->state == FRIA_HIDDEN || (j->state == FRIA_OPEN && j->optional))
		return false;
	for (size_t i = 1; i < words->n; i++)
		if (strcmp(words->items[i], "or") != 0)
			all = all && task_matches(r, j, words->items[i]);
		else if (all)
			return true;
		else
			all = true;
	return all;
}

bool filter_approval(const fria_approval *approval, const fria_strings *words)
{
	for (size_t i = 1; i < words->n; i++) {
		const char *value = strchr(words->items[i], '=') + 1;
		char *key = fria_strndup(words->items[i],
					 (size_t)(value - words->items[i]) - 1);
		const char *own = !strcmp(key, "state")
				      ? fria_approval_state_id(approval->state)
				      : fria_json_text(approval->record, key);
		free(key);
		if (!own || !in_list(value, own))
			return false;
	}
	return true;
}
