/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What is concluded about an application, by whichever of its assessments
 * draws that conclusion: what a letter says, and whether it is due at all. It
 * computes nothing.
 */
#include "fill.h"

#include <stdlib.h>
#include <string.h>

const struct guard_finding guard_findings[] = {
    {"notification_not_required", FRIA_W_notification_not_required},
    {"notification_unknown", FRIA_W_notification_unknown},
    {"registration_not_required", FRIA_W_registration_not_required},
    {"registration_unknown", FRIA_W_registration_unknown},
    {NULL, 0}};

const char *guard_option(const fria_strings *words, const char *key)
{
	size_t n = strlen(key);
	for (size_t i = 2; i < words->n; i++)
		if (!strncmp(words->items[i], key, n) &&
		    words->items[i][n] == '=')
			return words->items[i] + n + 1;
	return NULL;
}

/* This assessment, by the end of its name or by its questionnaire. */
static bool is_own(const fria_report *r, const char *of)
{
	const char *slash = r->name ? strrchr(r->name, '/') : NULL;
	return (slash && !strcmp(slash + 1, of)) ||
	       !strcmp(r->input->instrument->id, of);
}

bool guard_find(const fria_report *r, const fria_strings *words,
		fria_concluded *out)
{
	const char *id = words->items[1], *of = guard_option(words, "of");
	*out = (fria_concluded){NULL, NULL};
	if (!of || is_own(r, of))
		*out =
		    (fria_concluded){r->input->instrument,
				     fria_conclusion_find(r->evaluation, id)};
	return out->conclusion ||
	       (r->conclude && r->conclude(r->data, of, id, out));
}

bool guard_holds(const fria_report *r, const fria_strings *words)
{
	const char *levels = guard_option(words, "level"), *level = "unknown";
	fria_concluded found;
	if (guard_find(r, words, &found) && found.conclusion->level &&
	    !found.conclusion->withheld)
		level = found.conclusion->level;
	return levels && fria_is_among(levels, level);
}

/* --- what there is to choose from --- */

/* Of each conclusion its id, or of the one by this id its levels. */
static void add_choices(fria_strings *out, const json_t *conclusions,
			const char *id)
{
	size_t i, k;
	json_t *one, *level;
	json_array_foreach((json_t *)(uintptr_t)conclusions, i, one) {
		if (!id)
			fria_strings_add_once(out, fria_json_text(one, "id"));
		else if (fria_json_says(one, "id", id))
			json_array_foreach(json_object_get(one, "levels"), k,
					   level)
				fria_strings_add_once(
				    out, fria_json_text(level, "level"));
	}
}

void guard_built_in(fria_strings *out, const char *of, const char *id)
{
	const char *file;
	char *meant = of ? fria_format(":%s:", of) : NULL;
	for (size_t at = 0; fria_embedded_next(&at, &file);) {
		if (strncmp(file, "assessments/instruments/", 24) != 0)
			continue;
		json_t *all = json_loads(fria_embedded(file, NULL), 0, NULL);
		char *urn = fria_format("%s:", fria_json_text(all, "urn"));
		if (!meant || strstr(urn, meant))
			add_choices(out, json_object_get(all, "assessments"),
				    id);
		free(urn);
		json_decref(all);
	}
	free(meant);
}

void guard_levels(fria_strings *out, const fria_report *r,
		  const fria_strings *words)
{
	fria_concluded found;
	if (!guard_find(r, words, &found))
		return;
	for (size_t i = 0; i < found.instrument->rules.n; i++) {
		const fria_rule *one = &found.instrument->rules.items[i];
		if (!strcmp(one->id, words->items[1]))
			fria_strings_add_once(out, one->level);
	}
}
