/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Characteristics in the reader's words: what has a fixed set of values, and
 * how often something is measured. It changes nothing of what is compared.
 */
#include "model.h"

#include <stdlib.h>
#include <string.h>

/* A fixed value, an interval or a month in words; NULL for another. New. */
static json_t *text_in_words(const char *field, const char *text,
			     fria_lang lang)
{
	const char *word = fria_closed_say(field, text, lang);
	fria_buf out = FRIA_BUF_INIT;
	bool every = !strcmp(field, "/monitoring/every");
	bool said =
	    word || (every && fria_duration_say(&out, lang, text)) ||
	    (fria_fact_is_month(field) && fria_date_say(&out, lang, text));
	json_t *json = said ? fria_json_string(word ? word : out.text) : NULL;
	fria_buf_dispose(&out);
	return json;
}

static json_t *words_of(const char *field, const json_t *value, fria_lang lang)
{
	const char *text = json_string_value(value), *key;
	json_t *out = text ? text_in_words(field, text, lang) : NULL, *one;
	size_t i;
	if (json_is_array(value)) {
		out = json_array();
		json_array_foreach(value, i, one)
			json_array_append_new(out, words_of(field, one, lang));
	} else if (json_is_object(value)) {
		bool metrics = !strcmp(field, "/monitoring");
		out = json_object();
		json_object_foreach((json_t *)(uintptr_t)value, key, one) {
			char *own = metrics && json_is_object(one)
					? fria_strdup(field)
					: fria_format("%s/%s", field, key);
			json_object_set_new(out, key, words_of(own, one, lang));
			free(own);
		}
	}
	return out ? out : json_incref((json_t *)(uintptr_t)value);
}

json_t *fria_fact_worded(const char *pointer, const json_t *value,
			 fria_lang lang)
{
	static const char metrics[] = "/monitoring/";
	const size_t n = sizeof metrics - 1;
	if (!value || !pointer)
		return json_incref((json_t *)(uintptr_t)value);
	if (fria_law_is(pointer) && json_is_object(value)) {
		fria_buf words = FRIA_BUF_INIT;
		fria_law_words(&words, value, lang);
		json_t *said = fria_json_string(words.text);
		fria_buf_dispose(&words);
		return said;
	}
	if (strncmp(pointer, metrics, n) != 0)
		return words_of(pointer, value, lang);
	/* A field is the same in every metric, whatever its name. */
	const char *rest = pointer + n + strcspn(pointer + n, "/");
	char *field = fria_format("/monitoring%s", rest);
	json_t *out = words_of(field, value, lang);
	free(field);
	return out;
}

void fria_fact_say_at(fria_buf *out, const char *pointer, const json_t *value,
		      fria_lang lang)
{
	json_t *worded = fria_fact_worded(pointer, value, lang);
	fria_fact_say(out, worded, lang);
	json_decref(worded);
}
