/* SPDX-License-Identifier: EUPL-1.2 */
/* Looks things up in the publication standard's table; it judges no entry. */
#include "register_standard.h"

#include <string.h>
#include <strings.h>

const standard_field standard_fields[] = {
#define FIELD(name, kind, limit, required)                                     \
	{name, STANDARD_##kind, limit, 0, required},
#define LINKS(name, title, link, required)                                     \
	{name, STANDARD_LINKS, link, title, required},
#include "register_fields.def"
    {NULL, STANDARD_TEXT, 0, 0, false}};

static const struct {
	const char *field, *text;
} values[] = {
#define VALUE(field, text) {field, text},
#include "register_fields.def"
};

static const struct {
	const char *urn, *title;
} tests[] = {
#define TEST(urn, title) {urn, title},
#include "register_fields.def"
};

const standard_field *standard_find(const char *name)
{
	for (const standard_field *f = standard_fields; f->name; f++)
		if (!strcmp(f->name, name))
			return f;
	return NULL;
}

const char *standard_value(const char *field, size_t *at)
{
	while (*at < sizeof values / sizeof *values) {
		size_t i = (*at)++;
		if (!strcmp(values[i].field, field))
			return values[i].text;
	}
	return NULL;
}

const char *standard_choice(const char *field, const char *text)
{
	size_t at = 0, n;
	const char *value;
	text += strspn(text, " \t\n");
	n = strlen(text);
	while (n && strchr(" \t\n", text[n - 1]))
		n--;
	while ((value = standard_value(field, &at)))
		if (strlen(value) == n && !strncasecmp(value, text, n))
			return value;
	return NULL;
}

const char *standard_test(const fria_instrument *in)
{
	const char *title;
	for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
		size_t n = strlen(tests[i].urn);
		if (!strncmp(in->name, tests[i].urn, n) &&
		    (in->name[n] == ':' || !in->name[n]))
			return tests[i].title;
	}
	title = fria_text(json_object_get(in->json, "name"), FRIA_NL);
	return title ? title : in->id;
}

bool standard_empty(const json_t *value)
{
	json_t *compared = fria_fact_compared("/register/name", value);
	bool empty = json_is_null(compared);
	json_decref(compared);
	return empty;
}

bool standard_is_address(const char *text)
{
	return (!strncmp(text, "https://", 8) ||
		!strncmp(text, "http://", 7)) &&
	       fria_markdown_url_ok(text);
}
