/* SPDX-License-Identifier: EUPL-1.2 */
/* Facts: which pointers are facts, and what they are called. */
#include "model.h"

#include <string.h>

static const struct {
	const char *pointer;
	const char *title[2];
} fields[] = {
#define FACT(pointer, binds, nl, en) {pointer, {nl, en}},
#include "facts.def"
#define LINE(id, nl, en) {"/law/" id, {nl, en}},
#include "law_lines.h"
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
		    !fria_law_is(fields[i].pointer) &&
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

bool fria_fact_is_month(const char *pointer)
{
	return !strcmp(pointer, "/register/begin_date") ||
	       !strcmp(pointer, "/register/end_date");
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
	if (!strcmp(pointer, "/monitoring") || fria_law_is(pointer))
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

bool fria_fact_member_is(const char *key, const char *typed)
{
	bool is = fria_words_alike(key, typed);
	for (size_t i = 0; i < sizeof members / sizeof *members && !is; i++)
		is = !strcmp(members[i].key, key) &&
		     (fria_words_alike(members[i].title[FRIA_NL], typed) ||
		      fria_words_alike(members[i].title[FRIA_EN], typed));
	return is;
}

bool fria_fact_member_hidden(const char *key)
{
	static const char *const hidden[] = {"series", "joined", NULL};
	return in_list(key, strlen(key), hidden);
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

/* A day, in the members that hold one, is said in words. */
static void say_member(fria_buf *out, const char *key, const json_t *value,
		       fria_lang lang)
{
	static const char *const days[] = {"date",  "from",  "to",
					   "until", "start", NULL};
	if (!in_list(key, strlen(key), days) ||
	    !fria_date_say(out, lang, json_string_value(value)))
		fria_fact_say(out, value, lang);
}

static void say_members(fria_buf *out, const json_t *object, fria_lang lang)
{
	const char *key;
	json_t *value;
	bool first = true;
	json_object_foreach((json_t *)(uintptr_t)object, key, value) {
		if (json_is_null(value) || !strcmp(key, "id") ||
		    fria_fact_member_hidden(key))
			continue;
		if (!first)
			fria_buf_puts(out, json_is_object(value) ? "; " : ", ");
		first = false;
		if (needs_key(key, value))
			fria_buf_printf(out,
					"%s: ", fria_fact_member(key, lang));
		say_member(out, key, value, lang);
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
	} else if (json_is_number(value)) {
		fria_number_say(out, lang, json_number_value(value));
	} else {
		fria_say(out, lang, FRIA_W_nothing, NULL);
	}
}
