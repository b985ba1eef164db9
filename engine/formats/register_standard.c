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

const char *standard_value(const char *field, size_t *at)
{
	while (*at < sizeof values / sizeof *values) {
		size_t i = (*at)++;
		if (!strcmp(values[i].field, field))
			return values[i].text;
	}
	return NULL;
}

static const char *skip_space(const char *text)
{
	return text + strspn(text, " \t\r\n");
}

/* The same words, in whatever case. */
static bool same_words(const char *a, const char *b)
{
	for (;;) {
		a = skip_space(a);
		b = skip_space(b);
		size_t n = strcspn(a, " \t\r\n");
		if (strcspn(b, " \t\r\n") != n || strncasecmp(a, b, n) != 0)
			return false;
		if (!n)
			return true;
		a += n;
		b += n;
	}
}

const char *standard_choice(const char *field, const char *text)
{
	size_t at = 0;
	const char *value;
	while ((value = standard_value(field, &at)))
		if (same_words(value, text))
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
	title = fria_instrument_title(in, FRIA_NL);
	return title ? title : in->id;
}

bool standard_empty(const json_t *value)
{
	json_t *compared =
	    fria_fact_compared("/register/name", value, FRIA_RULES);
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
