/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The regular expressions of JSON Schema (ECMA-262, read with Unicode on)
 * through PCRE2, bounded in time and memory.
 */
#include "schema_internal.h"

#include <errno.h>
#include <string.h>

/* Long names of general categories (ECMA-262), which PCRE2 does not know. */
static const char *const categories[][2] = {{"Letter", "L"},
					    {"Cased_Letter", "L&"},
					    {"Uppercase_Letter", "Lu"},
					    {"Lowercase_Letter", "Ll"},
					    {"Titlecase_Letter", "Lt"},
					    {"Modifier_Letter", "Lm"},
					    {"Other_Letter", "Lo"},
					    {"Mark", "M"},
					    {"Nonspacing_Mark", "Mn"},
					    {"Spacing_Mark", "Mc"},
					    {"Number", "N"},
					    {"Decimal_Number", "Nd"},
					    {"digit", "Nd"},
					    {"Letter_Number", "Nl"},
					    {"Other_Number", "No"},
					    {"Punctuation", "P"},
					    {"punct", "P"},
					    {"Dash_Punctuation", "Pd"},
					    {"Connector_Punctuation", "Pc"},
					    {"Other_Punctuation", "Po"},
					    {"Symbol", "S"},
					    {"Math_Symbol", "Sm"},
					    {"Currency_Symbol", "Sc"},
					    {"Separator", "Z"},
					    {"Space_Separator", "Zs"},
					    {"Other", "C"},
					    {"Control", "Cc"},
					    {"Unassigned", "Cn"},
					    {"LC", "L&"}};

/* At \p{ or \P{: appends the property as PCRE2 names it. */
static size_t put_property(fria_buf *out, const char *text)
{
	size_t skip = 3 + strspn(text + 3, "^"), n = strcspn(text + skip, "}=");
	if (text[skip + n] == '=' &&
	    (!strncmp(text + skip, "gc=", 3) ||
	     !strncmp(text + skip, "General_Category=", 17) ||
	     !strncmp(text + skip, "Script=", 7) ||
	     !strncmp(text + skip, "sc=", 3))) {
		skip += n + 1;
		n = strcspn(text + skip, "}");
	}
	fria_buf_put(out, text, 3);
	for (size_t i = 0; i < sizeof categories / sizeof *categories; i++)
		if (strlen(categories[i][0]) == n &&
		    !strncmp(categories[i][0], text + skip, n)) {
			fria_buf_puts(out, categories[i][1]);
			return skip + n;
		}
	fria_buf_put(out, text + skip, n);
	return skip + n;
}

static void translate(fria_buf *out, const char *pattern)
{
	while (*pattern) {
		if (pattern[0] != '\\' || !pattern[1]) {
			fria_buf_putc(out, *pattern++);
		} else if ((pattern[1] | 32) == 'p' && pattern[2] == '{') {
			pattern += put_property(out, pattern);
		} else {
			fria_buf_put(out, pattern, 2);
			pattern += 2;
		}
	}
}

enum { MATCH_LIMIT = 200000, DEPTH_LIMIT = 2000, HEAP_LIMIT_KIB = 4096 };

pcre2_code *schema_pattern(const char *pattern, size_t *at)
{
	int code = 0;
	PCRE2_SIZE offset = 0;
	pcre2_compile_context *context =
	    fria_made(pcre2_compile_context_create(NULL));
	pcre2_set_compile_extra_options(context, PCRE2_EXTRA_ALT_BSUX);
	pcre2_set_max_pattern_length(context, 4096);
	fria_buf text = FRIA_BUF_INIT;
	translate(&text, pattern);
	errno = 0;
	pcre2_code *compiled = pcre2_compile(
	    (PCRE2_SPTR)text.text, text.n,
	    PCRE2_UTF | PCRE2_DOLLAR_ENDONLY | PCRE2_ALLOW_EMPTY_CLASS |
		PCRE2_MATCH_UNSET_BACKREF | PCRE2_NEVER_BACKSLASH_C,
	    &code, &offset, context);
	fria_made(compiled);
	pcre2_compile_context_free(context);
	*at = fria_utf8_count(text.text, offset) + 1;
	fria_buf_dispose(&text);
	return compiled;
}

int schema_matches(const pcre2_code *code, const char *text, size_t n)
{
	pcre2_match_data *data =
	    fria_made(pcre2_match_data_create_from_pattern(code, NULL));
	pcre2_match_context *context =
	    fria_made(pcre2_match_context_create(NULL));
	pcre2_set_match_limit(context, MATCH_LIMIT);
	pcre2_set_depth_limit(context, DEPTH_LIMIT);
	pcre2_set_heap_limit(context, HEAP_LIMIT_KIB);
	int found = pcre2_match(code, (PCRE2_SPTR)text, n, 0,
				PCRE2_NO_UTF_CHECK, data, context);
	pcre2_match_context_free(context);
	pcre2_match_data_free(data);
	if (found == PCRE2_ERROR_NOMEMORY)
		fria_made(NULL);
	if (found >= 0)
		return 1;
	return found == PCRE2_ERROR_NOMATCH ? 0 : -1;
}
