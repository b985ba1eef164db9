/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * An answer's value: from what a person types, and back to what a person
 * reads. Stored are numbers, dates and option values; shown are labels.
 */
#include "model.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* --- options --- */

/* A space for a hyphen, small for a capital. */
static int folded(char c)
{
	return c == '-' ? ' ' : tolower((unsigned char)c);
}

/* Not as fria_words_alike: "1-2" is not "12". */
static bool same_text(const char *a, const char *text, size_t n)
{
	size_t i = 0;
	if (!a || strlen(a) != n)
		return false;
	while (i < n && folded(a[i]) == folded(text[i]))
		i++;
	return i == n;
}

/* What is neither text nor labelled: yes, no, and "does not apply". */
static bool names_plain(const json_t *value, const char *text, size_t n)
{
	fria_word word = json_is_true(value)	? FRIA_W_yes
			 : json_is_false(value) ? FRIA_W_no
						: FRIA_W_waiver_not_applicable;
	const char *id = json_is_true(value)	? "true"
			 : json_is_false(value) ? "false"
						: "null";
	if (!json_is_boolean(value) && !json_is_null(value))
		return false;
	char *typed = fria_strndup(text, n);
	const char *waived = fria_closed_id("waiver", typed);
	bool names = same_text(id, text, n) ||
		     same_text(fria_word_text(word, FRIA_NL), text, n) ||
		     same_text(fria_word_text(word, FRIA_EN), text, n) ||
		     (json_is_null(value) && waived &&
		      !strcmp(waived, "not-applicable"));
	free(typed);
	return names;
}

static bool names_option(const json_t *option, const char *text, size_t n)
{
	const json_t *value = json_object_get(option, "value");
	const json_t *label = json_object_get(option, "label");
	const json_t *official = json_object_get(option, "official");
	return same_text(json_string_value(value), text, n) ||
	       same_text(json_string_value(official), text, n) ||
	       same_text(json_string_value(label), text, n) ||
	       same_text(fria_json_text(label, "nl"), text, n) ||
	       same_text(fria_json_text(label, "en"), text, n) ||
	       names_plain(value, text, n) ||
	       (official && names_plain(official, text, n));
}

/* As it is stored. New, or NULL. */
static json_t *find_option(const fria_task *task, const json_t *choices,
			   const char *text, size_t n)
{
	size_t i;
	const char *stored;
	json_t *one;
	json_object_foreach((json_t *)(uintptr_t)choices, stored, one) {
		if (same_text(json_string_value(one), text, n))
			return fria_json_string(stored);
	}
	json_object_foreach((json_t *)(uintptr_t)choices, stored, one) {
		if (strlen(stored) == n && !memcmp(stored, text, n))
			return fria_json_string(stored);
	}
	json_array_foreach(json_object_get(task->raw, "options"), i, one) {
		if (names_option(one, text, n))
			return json_incref(json_object_get(one, "value"));
	}
	return NULL;
}

static const char *option_label(const json_t *option, fria_lang lang)
{
	const char *label = fria_text(json_object_get(option, "label"), lang);
	const json_t *value = json_object_get(option, "value");
	if (label || json_is_string(value))
		return label ? label : json_string_value(value);
	if (json_is_boolean(value))
		return fria_word_text(
		    json_is_true(value) ? FRIA_W_yes : FRIA_W_no, lang);
	return json_is_null(value)
		   ? fria_word_text(FRIA_W_waiver_not_applicable, lang)
		   : NULL;
}

static void list_options(fria_buf *out, const fria_task *task,
			 const json_t *choices, fria_lang lang)
{
	size_t i;
	const char *stored;
	json_t *one;
	json_object_foreach((json_t *)(uintptr_t)choices, stored, one)
		fria_buf_printf(out, "%s%s", out->n ? "; " : "",
				json_string_value(one));
	json_array_foreach(json_object_get(task->raw, "options"), i, one) {
		const char *label = option_label(one, lang);
		fria_buf_printf(out, "%s%s", out->n ? "; " : "",
				label ? label : "?");
	}
}

json_t *fria_task_labels(const fria_instrument *in, size_t at,
			 const json_t *choices, fria_lang lang)
{
	json_t *labels = json_array();
	size_t i;
	const char *stored;
	json_t *one;
	json_object_foreach((json_t *)(uintptr_t)choices, stored, one)
		json_array_append(labels, one);
	json_array_foreach(json_object_get(in->tasks[at].raw, "options"), i,
			   one) {
		const char *label = option_label(one, lang);
		json_array_append_new(labels,
				      fria_json_string(label ? label : "?"));
	}
	return labels;
}

static int unknown_option(const fria_task *task, const json_t *choices,
			  const char *text, size_t n, fria_lang lang,
			  fria_error *err)
{
	fria_buf list = FRIA_BUF_INIT;
	fria_strings labels = FRIA_STRINGS_INIT;
	char *given = fria_strndup(text, n);
	size_t i;
	const char *stored;
	json_t *one;
	json_object_foreach((json_t *)(uintptr_t)choices, stored, one)
		fria_strings_add(&labels, json_string_value(one));
	json_array_foreach(json_object_get(task->raw, "options"), i, one) {
		const char *label = option_label(one, lang);
		if (label)
			fria_strings_add(&labels, label);
	}
	list_options(&list, task, choices, lang);
	fria_fail(err, FRIA_EINPUT,
		  labels.n ? FRIA_W_unknown_option : FRIA_W_no_option, "task",
		  task->id, "value", given, "options", list.text, "near",
		  fria_nearest(&labels, given), NULL);
	free(given);
	fria_strings_dispose(&labels);
	fria_buf_dispose(&list);
	return FRIA_EINPUT;
}

const json_t *fria_value_alone(const fria_instrument *in, size_t at,
			       const json_t *value)
{
	const fria_task *task = &in->tasks[at];
	size_t i;
	json_t *one;
	if (json_array_size(value) < 2)
		return NULL;
	json_array_foreach(value, i, one) {
		for (size_t k = 0; k < task->options.n; k++)
			if (task->options.items[k].exclusive &&
			    json_equal(task->options.items[k].value, one))
				return one;
	}
	return NULL;
}

/* --- from text --- */

static void trim(const char **text, size_t *n)
{
	while (*n && isspace((unsigned char)**text)) {
		++*text;
		--*n;
	}
	while (*n && isspace((unsigned char)(*text)[*n - 1]))
		--*n;
}

static int parse_option(json_t **out, const fria_task *task,
			const json_t *choices, const char *text, size_t n,
			fria_lang lang, fria_error *err)
{
	*out = find_option(task, choices, text, n);
	return *out ? 0 : unknown_option(task, choices, text, n, lang, err);
}

static bool is_in(const json_t *list, const json_t *value)
{
	for (size_t i = 0; i < json_array_size(list); i++)
		if (json_equal(json_array_get(list, i), value))
			return true;
	return false;
}

/* Each once: in the order of the options, not of typing; then the others. */
static json_t *in_option_order(const fria_task *task, json_t *chosen)
{
	json_t *list = json_array(), *one;
	size_t i, k;
	json_array_foreach(json_object_get(task->raw, "options"), i, one) {
		json_t *value = json_object_get(one, "value"), *given;
		json_array_foreach(chosen, k, given) {
			if (json_equal(value, given)) {
				json_array_append(list, value);
				break;
			}
		}
	}
	json_array_foreach(chosen, i, one) {
		if (!is_in(list, one))
			json_array_append(list, one);
	}
	json_decref(chosen);
	return list;
}

static int parse_separated(json_t *chosen, const fria_task *task,
			   const json_t *choices, const char *text, size_t n,
			   const char *separators, fria_lang lang,
			   fria_error *err)
{
	for (size_t from = 0; from <= n;) {
		size_t length = 0;
		while (from + length < n &&
		       !strchr(separators, text[from + length]))
			length++;
		const char *part = text + from;
		size_t part_n = length;
		from += length + 1;
		trim(&part, &part_n);
		if (!part_n)
			continue;
		json_t *value = find_option(task, choices, part, part_n);
		if (!value)
			return unknown_option(task, choices, part, part_n, lang,
					      err);
		json_array_append_new(chosen, value);
	}
	return 0;
}

/* One a line; on one line separated by ";", else by ",", unless it is one. */
static int parse_options(json_t **out, const fria_task *task,
			 const json_t *choices, const char *text, size_t n,
			 fria_lang lang, fria_error *err)
{
	json_t *chosen = json_array();
	int code = 0;
	json_t *single = find_option(task, choices, text, n);
	if (single)
		json_array_append_new(chosen, single);
	else if (memchr(text, '\n', n))
		code = parse_separated(chosen, task, choices, text, n, "\n",
				       lang, err);
	else
		code = parse_separated(chosen, task, choices, text, n,
				       memchr(text, ';', n) ? ";" : ",", lang,
				       err);
	if (code)
		json_decref(chosen);
	else
		*out = in_option_order(task, chosen);
	return code;
}

static int parse_number(json_t **out, const fria_task *task, const char *text,
			size_t n, fria_error *err)
{
	char *given = fria_strndup(text, n);
	fria_buf plain = FRIA_BUF_INIT;
	int code = fria_number_typed(&plain, text, n, err);
	if (code != FRIA_EINPUT &&
	    (code || fria_json_parse(out, task->id, plain.text, plain.n, NULL)))
		code = fria_fail(err, FRIA_EINPUT, FRIA_W_not_a_number, "task",
				 task->id, "value", given, NULL);
	fria_buf_dispose(&plain);
	free(given);
	return code;
}

static int parse_date(json_t **out, const fria_task *task, const char *text,
		      size_t n, const fria_time *today, fria_error *err)
{
	char *given = fria_strndup(text, n);
	int code = 0;
	char day[FRIA_DATE_SIZE];
	if (fria_date_typed(day, given, today))
		*out = fria_json_string(day);
	else
		code = fria_fail(err, FRIA_EINPUT, FRIA_W_not_a_date, "task",
				 task->id, "value", given, NULL);
	free(given);
	return code;
}

/* Text in NFC, line ends as LF, without white space at its end. */
static int parse_text(json_t **out, const fria_task *task, const char *text,
		      size_t n, fria_error *err)
{
	fria_buf plain = FRIA_BUF_INIT, nfc = FRIA_BUF_INIT;
	int code = 0;
	for (size_t i = 0; i < n; i++)
		if (text[i] != '\r')
			fria_buf_putc(&plain, text[i]);
		else if (i + 1 == n || text[i + 1] != '\n')
			fria_buf_putc(&plain, '\n');
	fria_nfc(&nfc, plain.text, plain.n);
	if (memchr(nfc.text, '\0', nfc.n))
		code = fria_fail(err, FRIA_EINPUT, FRIA_W_json_nul, NULL);
	else if (fria_text_blank(nfc.text))
		code = fria_fail(err, FRIA_EINPUT, FRIA_W_empty_answer, "task",
				 task->id, NULL);
	else
		*out = fria_json_string_n(nfc.text, nfc.n);
	fria_buf_dispose(&plain);
	fria_buf_dispose(&nfc);
	return code;
}

int fria_value_parse(json_t **out, const fria_instrument *in, size_t at,
		     const char *text, const json_t *choices, fria_lang lang,
		     const fria_time *today, fria_error *err)
{
	const fria_task *task = &in->tasks[at];
	size_t n = strlen(text);
	if (fria_utf8_invalid(text, n) < n)
		return fria_fail(err, FRIA_EINPUT, FRIA_W_json_utf8, NULL);
	trim(&text, &n);
	if (task->kind != FRIA_TEXT && !n)
		return fria_fail(err, FRIA_EINPUT, FRIA_W_empty_answer, "task",
				 task->id, NULL);
	switch (task->kind) {
	case FRIA_OPTION:
		return parse_option(out, task, choices, text, n, lang, err);
	case FRIA_OPTIONS:
		return parse_options(out, task, choices, text, n, lang, err);
	case FRIA_NUMBER:
		return parse_number(out, task, text, n, err);
	case FRIA_DATE:
		return parse_date(out, task, text, n, today, err);
	default:
		return parse_text(out, task, text, n, err);
	}
}

/* --- from a document --- */

static bool is_option(const fria_task *task, const json_t *value)
{
	size_t i;
	json_t *one;
	if (fria_task_draws(task))
		return json_is_string(value);
	json_array_foreach(json_object_get(task->raw, "options"), i, one) {
		if (json_equal(json_object_get(one, "value"), value))
			return true;
	}
	return false;
}

bool fria_value_fits(const fria_instrument *in, size_t at, const json_t *value)
{
	const fria_task *task = &in->tasks[at];
	switch (task->kind) {
	case FRIA_TEXT:
		return json_is_string(value);
	case FRIA_NUMBER:
		return json_is_number(value);
	case FRIA_DATE:
		return json_is_string(value) &&
		       fria_date_is(json_string_value(value));
	case FRIA_OPTION:
		return is_option(task, value);
	case FRIA_OPTIONS:
		for (size_t i = 0; i < json_array_size(value); i++)
			if (!is_option(task, json_array_get(value, i)))
				return false;
		return json_is_array(value);
	default:
		return false;
	}
}

/* What it drew from has no such row any more. */
static bool is_gone(const fria_task *task, const json_t *choices,
		    const char *stored)
{
	const char *hash = strchr(stored, '#');
	return choices && fria_task_draws(task) &&
	       fria_row_id_is(hash ? hash + 1 : stored);
}

/* A row of another assessment of which no row is known here. */
static bool is_elsewhere(const fria_task *task, const json_t *choices,
			 const char *stored)
{
	const char *hash = strchr(stored, '#');
	return hash && !json_object_size(choices) && fria_task_draws(task) &&
	       fria_row_id_is(hash + 1);
}

static void say_elsewhere(fria_buf *out, const char *stored, fria_lang lang)
{
	char *name = fria_strndup(stored, strcspn(stored, "#"));
	fria_say(out, lang, FRIA_W_value_row_elsewhere, "name", name, NULL);
	free(name);
}

static void say_option(fria_buf *out, const fria_task *task,
		       const json_t *value, const json_t *choices,
		       fria_lang lang)
{
	const char *stored = json_string_value(value);
	json_t *one = stored ? json_object_get(choices, stored) : NULL;
	size_t i;
	if (one) {
		fria_buf_puts(out, json_string_value(one));
		return;
	}
	json_array_foreach(json_object_get(task->raw, "options"), i, one) {
		const char *label = option_label(one, lang);
		if (json_equal(json_object_get(one, "value"), value) && label) {
			fria_buf_puts(out, label);
			return;
		}
	}
	if (stored && is_elsewhere(task, choices, stored))
		say_elsewhere(out, stored, lang);
	else if (stored && is_gone(task, choices, stored))
		fria_say(out, lang, FRIA_W_value_row_gone, NULL);
	else if (stored)
		fria_buf_puts(out, stored);
	else
		fria_fact_say(out, value, lang);
}

void fria_value_say(fria_buf *out, const fria_instrument *in, size_t at,
		    const json_t *value, const json_t *choices, fria_lang lang)
{
	const fria_task *task = &in->tasks[at];
	if (task->kind == FRIA_OPTION) {
		say_option(out, task, value, choices, lang);
	} else if (task->kind == FRIA_OPTIONS && json_is_array(value)) {
		for (size_t i = 0; i < json_array_size(value); i++) {
			if (i)
				fria_buf_puts(out, "\n");
			say_option(out, task, json_array_get(value, i), choices,
				   lang);
		}
	} else if (json_is_string(value)) {
		fria_buf_puts(out, json_string_value(value));
	} else if (json_is_number(value)) {
		fria_json_write_line(out, value);
	} else if (value) {
		fria_fact_say(out, value, lang);
	}
}
