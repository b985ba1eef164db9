/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * When two values of a fact are the same in substance (DESIGN section 3). What
 * is shown and stored is the value as it came; the compared form only decides.
 */
#include "rules_1.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- text by substance --- */

/* Quotes and dashes as ASCII; every kind of white space as a space. */
static const char *plain_character(uint32_t c)
{
	if (c == 0x2018 || c == 0x2019 || c == 0x201A || c == 0x2032 ||
	    c == 0x00B4 || c == 0x0060)
		return "'";
	if (c == 0x201C || c == 0x201D || c == 0x201E || c == 0x00AB ||
	    c == 0x00BB || c == 0x2033)
		return "\"";
	if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212)
		return "-";
	if (c <= 0x20 || c == 0x00A0 || (c >= 0x2000 && c <= 0x200A) ||
	    c == 0x202F || c == 0x205F || c == 0x3000 || c == 0x2028 ||
	    c == 0x2029 || c == 0x0085)
		return " ";
	if (c == 0x200B || c == 0xFEFF || c == 0x00AD)
		return "";
	return NULL;
}

/* How many characters, from the first, stand for themselves and are no space.
 */
static size_t plain_run(const char *text, size_t n)
{
	size_t run = 0;
	while (run < n && text[run] > ' ' && text[run] < 0x7F &&
	       text[run] != '`')
		run++;
	return run;
}

static json_t *compared_text(const char *text, size_t n, fria_rules rules)
{
	fria_buf stripped = FRIA_BUF_INIT, nfc = FRIA_BUF_INIT,
		 out = FRIA_BUF_INIT;
	if (rules == FRIA_RULES_1)
		rules_1_text(&stripped, text, n);
	else
		fria_html_text(&stripped, text, n);
	fria_nfc(&nfc, stripped.text, stripped.n);
	bool space = false;
	for (size_t i = 0; i < nfc.n;) {
		uint32_t c;
		const char *plain = NULL;
		size_t length = plain_run(nfc.text + i, nfc.n - i);
		if (!length) {
			length = fria_utf8_next(&c, nfc.text + i, nfc.n - i);
			plain = plain_character(c);
		}
		if (plain && *plain == ' ') {
			space = true;
		} else if (!plain || *plain) {
			if (space && out.n)
				fria_buf_putc(&out, ' ');
			space = false;
			if (plain)
				fria_buf_puts(&out, plain);
			else
				fria_buf_put(&out, nfc.text + i, length);
		}
		i += length;
	}
	json_t *result =
	    out.n ? fria_json_string_n(out.text, out.n) : json_null();
	fria_buf_dispose(&stripped);
	fria_buf_dispose(&nfc);
	fria_buf_dispose(&out);
	return result;
}

/* --- lists and objects by substance --- */

typedef struct {
	char *key;
	json_t *value;
} keyed;

static int compare_keyed(const void *a, const void *b)
{
	return strcmp(((const keyed *)a)->key, ((const keyed *)b)->key);
}

static json_t *compared(const json_t *value, fria_rules rules);

/* A title and where it leads, and no more: a page that moved says the same. */
static bool is_linked_title(const json_t *element)
{
	return json_object_size(element) == 2 &&
	       json_object_get(element, "link") &&
	       (fria_json_text(element, "title") ||
		fria_json_text(element, "name"));
}

static json_t *compared_list(const json_t *list, fria_rules rules)
{
	size_t n = 0;
	keyed *items = fria_calloc(json_array_size(list), sizeof *items);
	for (size_t i = 0; i < json_array_size(list); i++) {
		json_t *one = compared(json_array_get(list, i), rules);
		if (rules != FRIA_RULES_1 && is_linked_title(one))
			json_object_del(one, "link");
		if (json_is_null(one))
			continue;
		fria_buf key = FRIA_BUF_INIT;
		fria_canonical(&key, one);
		items[n++] = (keyed){fria_buf_detach(&key), one};
	}
	qsort(items, n, sizeof *items, compare_keyed);
	json_t *out = n ? json_array() : json_null();
	for (size_t i = 0; i < n; i++) {
		json_array_append_new(out, items[i].value);
		free(items[i].key);
	}
	free(items);
	return out;
}

static json_t *compared_object(const json_t *object, fria_rules rules)
{
	json_t *out = json_object(), *value;
	const char *key;
	json_object_foreach((json_t *)(uintptr_t)object, key, value) {
		json_t *one = compared(value, rules);
		if (json_is_null(one))
			json_decref(one);
		else
			json_object_set_new(out, key, one);
	}
	if (json_object_size(out))
		return out;
	json_decref(out);
	return json_null();
}

static json_t *compared(const json_t *value, fria_rules rules)
{
	if (json_is_string(value))
		return compared_text(json_string_value(value),
				     json_string_length(value), rules);
	if (json_is_array(value))
		return compared_list(value, rules);
	if (json_is_object(value))
		return compared_object(value, rules);
	return value ? json_deep_copy(value) : json_null();
}

/* The order of magnitude: the number of digits before the point. */
static json_t *digits_of(const json_t *value, fria_rules rules)
{
	double number = json_number_value(value);
	json_int_t digits = 1;
	if (json_is_string(value)) {
		const char *end, *text = json_string_value(value);
		text += strspn(text, " \t\n\v\f\r");
		number = fria_number_read(text, &end);
		if (end == text || *end || !isfinite(number))
			return compared(value, rules);
	} else if (!json_is_number(value)) {
		return compared(value, rules);
	}
	number = fabs(number);
	while (number >= 10) {
		number /= 10;
		digits++;
	}
	return json_integer(digits);
}

/* --- what of a fact is compared --- */

typedef enum { WHOLE, MEMBERS, DIGITS, SHORTAGE, SERIES } extent;

static const struct {
	const char *pointer;
	extent how;
	const char *members;
} comparisons[] = {
#define COMPARED(pointer, how, members) {pointer, how, members},
#include "facts.def"
};

static extent extent_of(const char **members, const char *pointer)
{
	for (size_t i = 0; i < sizeof comparisons / sizeof *comparisons; i++) {
		if (strcmp(comparisons[i].pointer, pointer) != 0)
			continue;
		*members = comparisons[i].members;
		return comparisons[i].how;
	}
	*members = "act articles changed from status";
	return fria_pointer_covers("/monitoring", pointer) ? SERIES
	       : fria_law_is(pointer)			   ? MEMBERS
							   : WHOLE;
}

static json_t *by_digits(const json_t *value, const char *members,
			 fria_rules rules)
{
	const char *key;
	json_t *one;
	if (!*members || !json_is_object(value))
		return digits_of(value, rules);
	json_t *kept = fria_fact_members("", value, members, true);
	json_t *out = json_object();
	json_object_foreach(kept, key, one)
		json_object_set_new(out, key, digits_of(one, rules));
	json_decref(kept);
	return out;
}

/* Whether the first of two members is less than the second; all of it where
 * they are not both numbers. */
static json_t *by_shortage(const json_t *value, const char *members,
			   fria_rules rules)
{
	char *first = fria_strndup(members, strcspn(members, " "));
	const json_t *a = json_object_get(value, first);
	const json_t *b = json_object_get(value, strchr(members, ' ') + 1);
	free(first);
	if (!json_is_number(a) || !json_is_number(b))
		return compared(value, rules);
	return json_boolean(json_number_value(a) < json_number_value(b));
}

json_t *fria_fact_substance(const char *pointer, const json_t *value,
			    fria_rules rules)
{
	json_t *told =
	    fria_pointer_covers("/monitoring", pointer)
		? fria_fact_members(pointer, value, "series joined", false)
		: json_incref((json_t *)(uintptr_t)value);
	json_t *out = compared(told, rules);
	json_decref(told);
	return out;
}

json_t *fria_fact_compared(const char *pointer, const json_t *value,
			   fria_rules rules)
{
	const char *members;
	json_t *kept, *out;
	switch (extent_of(&members, pointer)) {
	case DIGITS:
		return by_digits(value, members, rules);
	case SHORTAGE:
		return by_shortage(value, members, rules);
	case MEMBERS:
		kept = fria_fact_members(pointer, value, members, true);
		out = compared(kept, rules);
		json_decref(kept);
		return out;
	default:
		return fria_fact_substance(pointer, value, rules);
	}
}

json_t *fria_fact_digest(const json_t *application, const char *pointer,
			 fria_rules rules)
{
	return fria_fact_value_digest(pointer, fria_fact(application, pointer),
				      rules);
}

json_t *fria_fact_value_digest(const char *pointer, const json_t *value,
			       fria_rules rules)
{
	json_t *form = fria_fact_compared(pointer, value, rules);
	char digest[FRIA_DIGEST_SIZE];
	if (json_is_null(form))
		return form;
	fria_digest(digest, form);
	json_decref(form);
	return fria_json_string(digest);
}

/* --- differences --- */

static void compare_field(fria_strings *out, const char *pointer,
			  const json_t *before, const json_t *after)
{
	json_t *a = fria_fact_compared(pointer, before, FRIA_RULES);
	json_t *b = fria_fact_compared(pointer, after, FRIA_RULES);
	if (!json_equal(a, b))
		fria_strings_add(out, pointer);
	json_decref(a);
	json_decref(b);
}

static void compare_members(fria_strings *out, const char *prefix,
			    const json_t *before, const json_t *after);

static void compare_member(fria_strings *out, const char *prefix,
			   const char *key, const json_t *a, const json_t *b)
{
	fria_buf pointer = FRIA_BUF_INIT;
	if (a && b && json_equal(a, b))
		return;
	fria_buf_puts(&pointer, prefix);
	fria_pointer_add(&pointer, key);
	if (!strcmp(pointer.text, "/card/ai_act_profile"))
		compare_members(out, pointer.text, a, b);
	else if (fria_fact_is(pointer.text))
		compare_field(out, pointer.text, a, b);
	fria_buf_dispose(&pointer);
}

/* What is on either side, each once. */
static void compare_members(fria_strings *out, const char *prefix,
			    const json_t *before, const json_t *after)
{
	const char *key;
	json_t *value;
	json_object_foreach((json_t *)(uintptr_t)before, key, value)
		compare_member(out, prefix, key, value,
			       json_object_get(after, key));
	json_object_foreach((json_t *)(uintptr_t)after, key, value)
		if (!json_object_get(before, key))
			compare_member(out, prefix, key, NULL, value);
}

void fria_facts_differ(fria_strings *out, const json_t *before,
		       const json_t *after)
{
	static const char *const vocabularies[] = {"/register", "/card", "/use",
						   "/monitoring", "/law"};
	for (size_t i = 0; i < sizeof vocabularies / sizeof *vocabularies;
	     i++) {
		const json_t *a = fria_fact(before, vocabularies[i]);
		const json_t *b = fria_fact(after, vocabularies[i]);
		compare_members(out, vocabularies[i], a, b);
	}
	fria_strings_sort(out);
}
