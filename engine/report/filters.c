/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Which questions and approvals a loop of a template is over: KEY=VALUE,...
 * It takes them as they stand; that they can be is for template_check.c.
 */
#include "fill.h"

#include <stdlib.h>
#include <string.h>

/* A theme meets the themes that are its parts. */
static bool in_themes(const char *list, const char *theme)
{
	bool found = fria_is_among(list, theme);
	const char *const *all[] = {fria_themes, fria_themes_former};
	for (size_t k = 0; k < 2; k++)
		for (size_t i = 0; all[k][i]; i++)
			found = found || (fria_is_among(list, all[k][i]) &&
					  fria_themes_meet(all[k][i], theme));
	return found;
}

/* What the task or its nearest group says under this key is in the list. */
static bool says(const fria_instrument *in, size_t task, const char *key,
		 const char *list)
{
	fria_strings words = FRIA_STRINGS_INIT;
	bool found = false;
	fria_task_words(&words, in, task, key);
	for (size_t i = 0; i < words.n; i++)
		found = found || (strcmp(key, "theme") != 0
				      ? fria_is_among(list, words.items[i])
				      : in_themes(list, words.items[i]));
	fria_strings_dispose(&words);
	return found;
}

/* A part of the form, or a smaller group in it. */
static bool is_under(const fria_instrument *in, size_t task, const char *list)
{
	for (; task != FRIA_NONE; task = in->tasks[task].parent)
		if (fria_is_among(list, in->tasks[task].id))
			return true;
	return false;
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
		matches =
		    fria_is_among(value, fria_state_id(j->state)) ||
		    (fria_waiver_of(j->question.answer) ==
			 FRIA_WAIVER_UNKNOWN &&
		     fria_is_among(value, fria_waiver_id(FRIA_WAIVER_UNKNOWN)));
	else if (!strcmp(key, "part"))
		matches = is_under(in, task, value);
	else if (!strcmp(key, "task"))
		matches = fria_is_among(value, in->tasks[task].id);
	else /* roles=adviser: whoever is asked for advice */
		matches = says(in, task, key, value) ||
			  (!strcmp(key, "roles") && r->adviser &&
			   fria_is_among(value, "adviser") &&
			   says(in, task, "roles", r->adviser));
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
				  : !strcmp(key, "kind")
				      ? fria_role_kind_id(approval->kind)
				  : !strcmp(key, "role") ? approval->role
							 : approval->value;
		free(key);
		if (!own || !fria_is_among(value, own))
			return false;
	}
	return true;
}
