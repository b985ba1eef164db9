/* SPDX-License-Identifier: EUPL-1.2 */
/* What the release check asks about, as fine as people can answer it. */
#include "living.h"

#include <string.h>

static const struct {
	const char *id;
	fria_word word;
	const char *former; /* the theme that it was a part of; or NULL */
} themes[] = {
    {"purpose", FRIA_W_theme_purpose, NULL},
    {"groups", FRIA_W_theme_groups, "context"},
    {"scale", FRIA_W_theme_scale, "context"},
    {"model", FRIA_W_theme_model, "technology"},
    {"data", FRIA_W_theme_data, "technology"},
    {"supplier", FRIA_W_theme_supplier, "technology"},
    {"oversight", FRIA_W_theme_oversight, NULL},
    {"signals", FRIA_W_theme_signals, NULL},
    {"law", FRIA_W_theme_law, NULL},
    {"documents", FRIA_W_theme_documents, NULL},
    {"context", FRIA_W_theme_context, NULL},
    {"technology", FRIA_W_theme_technology, NULL},
    {FRIA_PULSE, FRIA_W_theme_pulse, NULL},
};

const char *const fria_themes[] = {
    "purpose",	 "groups",  "scale", "model",	  "data", "supplier",
    "oversight", "signals", "law",   "documents", NULL};
const char *const fria_themes_former[] = {"context", "technology", NULL};

static size_t find(const char *theme)
{
	size_t n = sizeof themes / sizeof *themes;
	for (size_t i = 0; i < n; i++)
		if (!strcmp(themes[i].id, theme))
			return i;
	return n;
}

bool fria_theme_is(const char *name)
{
	return find(name) < find(FRIA_PULSE);
}

fria_word fria_theme_word(const char *theme)
{
	size_t n = sizeof themes / sizeof *themes, i = find(theme);
	return themes[i < n ? i : n - 1].word;
}

static bool was_part_of(const char *theme, const char *former)
{
	size_t i = find(theme);
	return i < sizeof themes / sizeof *themes && themes[i].former &&
	       !strcmp(themes[i].former, former);
}

bool fria_themes_meet(const char *a, const char *b)
{
	return !strcmp(a, b) || was_part_of(a, b) || was_part_of(b, a);
}
