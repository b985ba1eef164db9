/* SPDX-License-Identifier: EUPL-1.2 */
/* The published entry beside what would be published now, as a view. */
#include "publishing.h"

#include <stdlib.h>
#include <string.h>

const char *fria_register_title(const char *field, fria_lang lang)
{
	char *pointer = fria_format("/register/%s", field);
	const char *title = fria_fact_title(pointer, lang);
	const char *last = strrchr(pointer, '/') + 1;
	/* A field without a title is called as it is written. */
	if (!strcmp(title, last))
		title = field;
	free(pointer);
	return title;
}

static void put_value(fria_node *fields, fria_word word, const json_t *value)
{
	fria_node *field = fria_fields_word(fields, word);
	fria_buf *text = fria_node_here(field);
	fria_fact_say(text, value, fria_node_lang(field));
	if (!text->n)
		fria_node_say(field, FRIA_W_register_nothing, NULL);
}

/* True if it is the same. */
static bool put_field(fria_node *at, const fria_field_compared *one,
		      fria_lang lang)
{
	bool missing = one->state == FRIA_FIELD_MISSING;
	if (one->state == FRIA_FIELD_SAME)
		return true;
	const char *title = fria_kept_format(
	    at, "%s: %s", fria_register_title(one->field, lang),
	    fria_word_text(missing ? FRIA_W_register_lacks
				   : FRIA_W_register_differs,
			   lang));
	fria_node *fields =
	    fria_node_fields(fria_node_section(at, one->field, title));
	if (!missing)
		put_value(fields, FRIA_W_register_published, one->published);
	put_value(fields, FRIA_W_register_now, one->now);
	return false;
}

static fria_word against_word(const char *against)
{
	return !against			  ? FRIA_W_register_against_nothing
	       : !strcmp(against, "file") ? FRIA_W_register_against_file
	       : !strcmp(against, "sent") ? FRIA_W_register_against_sent
					  : FRIA_W_register_against_received;
}

void fria_register_view(fria_node *at, const fria_register_checked *checked,
			const char *file, bool pointers, fria_lang lang)
{
	size_t same = 0;
	fria_paragraph_say(at, against_word(checked->against), "file", file,
			   NULL);
	if (checked->against) {
		for (size_t i = 0; i < checked->fields.n; i++)
			same += put_field(at, &checked->fields.items[i], lang);
		fria_meta_say(at, FRIA_W_register_same, "count",
			      FRIA_DIGITS(same), NULL);
	}
	if (checked->published.findings.n)
		fria_findings_view(at, &checked->published.findings, pointers,
				   lang);
}
