/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Facts: which pointers are facts, what they are called, and when two values
 * are the same in substance (DESIGN section 3). What is shown and stored is
 * the value as it came; the compared form only decides.
 */
#include "rules_1.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
	const char *pointer;
	const char *title[2];
} fields[] = {
#define FACT(pointer, binds, nl, en) {pointer, {nl, en}},
#include "facts.def"
};

static const struct {
	const char *key;
	const char *title[2];
} members[] = {
#define MEMBER(key, nl, en) {key, {nl, en}},
#include "facts.def"
};

static const char *const vocabularies[] = {"register", "card", "use",
					   "monitoring", NULL};

static bool in_list(const char *text, size_t n, const char *const *list)
{
	for (size_t i = 0; list[i]; i++)
		if (strlen(list[i]) == n && !memcmp(list[i], text, n))
			return true;
	return false;
}

const char *fria_fact_title(const char *pointer, fria_lang lang)
{
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		if (!strcmp(fields[i].pointer, pointer))
			return fields[i].title[lang];
	const char *last = strrchr(pointer, '/');
	return last ? last + 1 : pointer;
}

bool fria_fact_known(const char *pointer)
{
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		if (strcmp(fields[i].pointer, "/monitoring") != 0 &&
		    fria_pointer_covers(fields[i].pointer, pointer))
			return true;
	return fria_pointer_covers("/monitoring", pointer) &&
	       pointer[strlen("/monitoring")] == '/' &&
	       !strchr(pointer + strlen("/monitoring/"), '/');
}

/* The field at the top of a vocabulary: "goal" of "/register/goal/x". */
static const char *field_of(const char *pointer, const char *vocabulary,
			    size_t *n)
{
	size_t length = strlen(vocabulary);
	if (*pointer != '/' || strncmp(pointer + 1, vocabulary, length) ||
	    pointer[1 + length] != '/')
		return NULL;
	*n = strcspn(pointer + length + 2, "/");
	return pointer + length + 2;
}

/* True for one of these fields at the top of the register or the card. */
static bool is_one_of(const char *pointer, const char *const in_register[],
		      const char *const in_card[])
{
	size_t n;
	const char *field = field_of(pointer, "register", &n);
	if (field)
		return in_list(field, n, in_register);
	field = field_of(pointer, "card", &n);
	return field && in_list(field, n, in_card);
}

/* Bookkeeping, never looked at, at the top of a vocabulary only. */
static bool is_bookkeeping(const char *pointer)
{
	static const char *const in_register[] = {
	    "url",  "tags", "lars", "publication_dt",	"source_id",
	    "uuid", "id",   "lang", "standard_version", NULL};
	static const char *const in_card[] = {"provenance", "schema_version",
					      "labels", NULL};
	return is_one_of(pointer, in_register, in_card);
}

bool fria_fact_is_output(const char *pointer)
{
	static const char *const in_register[] = {
	    "proportionality", "risks", "impacttoetsen",
	    "impacttoetsen_grouping", NULL};
	static const char *const in_card[] = {
	    "considerations", "risk_management", "assessments",
	    "requirements",   "measures",	 NULL};
	return is_one_of(pointer, in_register, in_card);
}

bool fria_fact_field(const char *pointer)
{
	static const char metrics[] = "/monitoring/";
	return fria_fact_known(pointer) || is_bookkeeping(pointer) ||
	       fria_fact_is_output(pointer) ||
	       !strncmp(pointer, metrics, sizeof metrics - 1);
}

bool fria_fact_is(const char *pointer)
{
	if (!strcmp(pointer, "/monitoring"))
		return true;
	for (size_t i = 0; vocabularies[i]; i++) {
		size_t n;
		const char *field = field_of(pointer, vocabularies[i], &n);
		if (field)
			return n && !is_bookkeeping(pointer) &&
			       !fria_fact_is_output(pointer);
	}
	return false;
}

json_t *fria_fact(const json_t *application, const char *pointer)
{
	return fria_pointer_get(application, pointer);
}

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
		size_t length = fria_utf8_next(&c, nfc.text + i, nfc.n - i);
		const char *plain = plain_character(c);
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
static json_t *compared_volume(const json_t *value, fria_rules rules)
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

static json_t *without_series(const json_t *metrics, fria_rules rules)
{
	json_t *out = json_object(), *metric;
	const char *name;
	if (!json_is_object(metrics)) {
		json_decref(out);
		return compared(metrics, rules);
	}
	json_object_foreach((json_t *)(uintptr_t)metrics, name, metric) {
		json_t *copy = json_copy(metric);
		json_object_del(copy, "series");
		json_object_del(copy, "joined");
		json_object_set_new(out, name, copy);
	}
	json_t *result = compared(out, rules);
	json_decref(out);
	return result;
}

json_t *fria_fact_compared(const char *pointer, const json_t *value,
			   fria_rules rules)
{
	if (!strcmp(pointer, "/use/volume"))
		return compared_volume(value, rules);
	if (!strcmp(pointer, "/monitoring"))
		return without_series(value, rules);
	if (fria_pointer_covers("/monitoring", pointer) &&
	    json_is_object(value)) {
		json_t *copy = json_copy((json_t *)(uintptr_t)value);
		json_object_del(copy, "series");
		json_object_del(copy, "joined");
		json_t *result = compared(copy, rules);
		json_decref(copy);
		return result;
	}
	return compared(value, rules);
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
	if (!json_equal(a, b) && !fria_strings_has(out, pointer))
		fria_strings_add(out, pointer);
	json_decref(a);
	json_decref(b);
}

static void compare_members(fria_strings *out, const char *prefix,
			    const json_t *these, const json_t *before,
			    const json_t *after)
{
	const char *key;
	json_t *value;
	json_object_foreach((json_t *)(uintptr_t)these, key, value) {
		fria_buf pointer = FRIA_BUF_INIT;
		json_t *a = json_object_get(before, key);
		json_t *b = json_object_get(after, key);
		if (a && b && json_equal(a, b))
			continue;
		fria_buf_puts(&pointer, prefix);
		fria_pointer_add(&pointer, key);
		if (!strcmp(pointer.text, "/card/ai_act_profile")) {
			compare_members(out, pointer.text, a, a, b);
			compare_members(out, pointer.text, b, a, b);
		} else if (fria_fact_is(pointer.text)) {
			compare_field(out, pointer.text, a, b);
		}
		fria_buf_dispose(&pointer);
	}
}

void fria_facts_differ(fria_strings *out, const json_t *before,
		       const json_t *after)
{
	for (size_t i = 0; vocabularies[i]; i++) {
		char prefix[16];
		json_t *a = json_object_get(before, vocabularies[i]);
		json_t *b = json_object_get(after, vocabularies[i]);
		snprintf(prefix, sizeof prefix, "/%s", vocabularies[i]);
		compare_members(out, prefix, a, a, b);
		compare_members(out, prefix, b, a, b);
	}
	fria_strings_sort(out);
}

/* --- for people --- */

static void say_text(fria_buf *out, const char *text, size_t n)
{
	fria_buf plain = FRIA_BUF_INIT;
	fria_html_text(&plain, text, n);
	bool space = false, any = false;
	for (size_t i = 0; i < plain.n; i++) {
		char c = plain.text[i];
		if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
			space = true;
			continue;
		}
		if (space && any)
			fria_buf_putc(out, ' ');
		fria_buf_putc(out, c);
		space = false;
		any = true;
	}
	fria_buf_dispose(&plain);
}

const char *fria_fact_member(const char *key, fria_lang lang)
{
	for (size_t i = 0; i < sizeof members / sizeof *members; i++)
		if (!strcmp(members[i].key, key))
			return members[i].title[lang];
	return key;
}

const char *fria_fact_member_at(size_t at)
{
	return at < sizeof members / sizeof *members ? members[at].key : NULL;
}

/* What is told by its name needs no key before it. */
static bool needs_key(const char *key, const json_t *value)
{
	static const char *const names[] = {"name", "title", "link", NULL};
	return !in_list(key, strlen(key), names) &&
	       !fria_json_text(value, "name");
}

static void say_members(fria_buf *out, const json_t *object, fria_lang lang)
{
	const char *key;
	json_t *value;
	bool first = true;
	json_object_foreach((json_t *)(uintptr_t)object, key, value) {
		static const char *const unsaid[] = {"series", "joined", "id",
						     NULL};
		if (json_is_null(value) || in_list(key, strlen(key), unsaid))
			continue;
		if (!first)
			fria_buf_puts(out, json_is_object(value) ? "; " : ", ");
		first = false;
		if (needs_key(key, value))
			fria_buf_printf(out,
					"%s: ", fria_fact_member(key, lang));
		fria_fact_say(out, value, lang);
	}
}

void fria_fact_say(fria_buf *out, const json_t *value, fria_lang lang)
{
	if (json_is_string(value)) {
		say_text(out, json_string_value(value),
			 json_string_length(value));
	} else if (json_is_array(value)) {
		for (size_t i = 0; i < json_array_size(value); i++) {
			if (i)
				fria_buf_puts(out, "; ");
			fria_fact_say(out, json_array_get(value, i), lang);
		}
	} else if (json_is_object(value)) {
		say_members(out, value, lang);
	} else if (json_is_boolean(value)) {
		fria_say(out, lang,
			 json_is_true(value) ? FRIA_W_yes : FRIA_W_no, NULL);
	} else if (value && !json_is_null(value)) {
		fria_json_write_line(out, value);
	} else {
		fria_say(out, lang, FRIA_W_nothing, NULL);
	}
}
