/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A place in a document, and what stands there, in the words in which a change
 * of it is told. It compares nothing.
 */
#include "diff_internal.h"

#include <stdlib.h>
#include <string.h>

/* Segments of a pointer that are looked at; deeper ones name nothing. */
enum { DEEP = 4 };

typedef struct {
	fria_diff diff;
	fria_difference d;
	fria_approval approval;
	json_t *wrapped;
	char *segments[DEEP];
	size_t n;
} telling;

static void split(telling *t, const char *pointer)
{
	while (*pointer == '/' && t->n < DEEP) {
		size_t n = strcspn(pointer + 1, "/");
		char *own = fria_strndup(pointer + 1, n), *to = own;
		for (const char *at = own; *at; at++)
			if (*at == '~' && (at[1] == '0' || at[1] == '1'))
				*to++ = *++at == '1' ? '/' : '~';
			else
				*to++ = *at;
		*to = '\0';
		t->segments[t->n++] = own;
		pointer += n + 1;
	}
}

static bool starts(const telling *t, size_t i, const char *name)
{
	return t->n > i && !strcmp(t->segments[i], name);
}

/* An element by its number or its id; NULL: there is none. */
static json_t *element(const json_t *list, const char *key)
{
	bool number = *key && strspn(key, "0123456789") == strlen(key);
	json_t *one =
	    number ? json_array_get(list, strtoul(key, NULL, 10)) : NULL;
	size_t i;
	if (one)
		return one;
	json_array_foreach(list, i, one) {
		const char *id = fria_json_text(one, "id");
		if (id && !strcmp(id, key))
			return one;
	}
	return NULL;
}

static void about_other(telling *t, const char *member)
{
	fria_buf pointer = FRIA_BUF_INIT;
	fria_pointer_add(&pointer, member);
	t->d.kind = FRIA_CHANGE_OTHER;
	t->d.pointer = fria_buf_detach(&pointer);
}

/* /answers/TASK, /answers/GROUP/ROW/TASK, and what stands beside a value. */
static void about_answer(telling *t)
{
	const fria_side *side = &t->diff.to;
	const json_t *rows = json_object_get(
	    json_object_get(side->assessment, "answers"), t->segments[1]);
	const char *task = t->segments[1], *row = NULL, *beside = NULL;
	if (t->n > 2 && (json_is_array(rows) || t->n > 3)) {
		row = fria_json_text(element(rows, t->segments[2]), "id");
		row = row ? row : t->segments[2];
		if (t->n > 3 && side->instrument &&
		    fria_instrument_find(side->instrument, t->segments[3]) !=
			FRIA_NONE)
			task = t->segments[3];
	} else if (t->n > 2) {
		beside = t->segments[2];
	}
	t->d.kind =
	    row && t->n == 3 ? FRIA_CHANGE_ROW_ADDED : FRIA_CHANGE_CHANGED;
	if (beside && !strcmp(beside, "dissent"))
		t->d.kind = FRIA_CHANGE_DISSENT;
	else if (beside && strcmp(beside, "value") != 0 &&
		 strcmp(beside, "waived") != 0)
		about_other(t, beside);
	t->d.weight = FRIA_WEIGHT_ANSWER;
	t->d.task = fria_strdup(task);
	t->d.row = fria_strdup(row);
}

static void about_said(telling *t, fria_change_kind kind, const json_t *list)
{
	const json_t *one = element(list, t->n > 1 ? t->segments[1] : "");
	const char *role = fria_json_text(one, "role");
	if (!one) {
		about_other(t, t->segments[0]);
		return;
	}
	t->d.kind = kind;
	t->d.key = fria_strdup(fria_json_text(one, "theme"));
	t->d.task = fria_strdup(fria_json_text(one, "task"));
	t->d.row = fria_strdup(fria_json_text(one, "row"));
	if (kind == FRIA_CHANGE_APPROVAL && role) {
		t->approval = fria_approval_of(one);
		t->d.after.approval = &t->approval;
	}
	if (role) {
		t->d.weight = FRIA_WEIGHT_DECISION;
		t->d.key = fria_strdup(role);
	}
}

/* As deep as a characteristic has a name; an entry's by the register. */
static void about_fact(telling *t)
{
	bool entry = starts(t, 0, "written") || starts(t, 0, "received") ||
		     starts(t, 0, "sent");
	fria_buf pointer = FRIA_BUF_INIT;
	fria_pointer_add(&pointer, entry ? "register" : t->segments[0]);
	for (size_t i = 1; i < t->n; i++) {
		size_t n = pointer.n;
		fria_pointer_add(&pointer, t->segments[i]);
		bool own = strcmp(fria_fact_title(pointer.text, FRIA_NL),
				  t->segments[i]) != 0;
		if (i > 1 && !own) {
			pointer.n = n;
			pointer.text[n] = '\0';
			break;
		}
	}
	t->d.kind =
	    starts(t, 2, "series") ? FRIA_CHANGE_MEASUREMENT : FRIA_CHANGE_FACT;
	t->d.pointer = fria_buf_detach(&pointer);
}

static void find_what(telling *t)
{
	static const struct {
		const char *list;
		fria_change_kind kind;
	} said[] = {{"approvals", FRIA_CHANGE_APPROVAL},
		    {"requests", FRIA_CHANGE_REQUEST},
		    {"comments", FRIA_CHANGE_COMMENT},
		    {"meetings", FRIA_CHANGE_MEETING},
		    {"events", FRIA_CHANGE_EVENT}};
	const fria_side *side = &t->diff.to;
	fria_buf vocabulary = FRIA_BUF_INIT;
	for (size_t i = 0; i < t->n && i < 2; i++)
		fria_pointer_add(&vocabulary, t->segments[i]);
	bool fact = fria_fact_field(vocabulary.text);
	fria_buf_dispose(&vocabulary);
	t->d.kind = FRIA_CHANGE_OTHER;
	if (!t->n)
		return;
	for (size_t i = 0; i < sizeof said / sizeof *said; i++)
		if (starts(t, 0, said[i].list)) {
			about_said(
			    t, said[i].kind,
			    json_object_get(said[i].kind == FRIA_CHANGE_EVENT
						? side->application
						: side->assessment,
					    said[i].list));
			return;
		}
	if (starts(t, 0, "answers") && t->n > 1)
		about_answer(t);
	else if (fact || (t->n > 1 &&
			  (starts(t, 0, "written") ||
			   starts(t, 0, "received") || starts(t, 0, "sent"))))
		about_fact(t);
	else
		about_other(t, t->segments[0]);
}

static void begin(telling *t, const fria_side *side, const char *pointer)
{
	static const fria_instrument none = {.name = (char *)(uintptr_t) ""};
	*t = (telling){.diff = {.from = *side, .to = *side}};
	if (!side->instrument)
		t->diff.to.instrument = t->diff.from.instrument = &none;
	for (size_t i = 0; i < 4; i++)
		t->diff.choices[i / 2][i % 2] = fria_choices_new(
		    t->diff.to.instrument, side->assessment, side->siblings,
		    side->application, i % 2 ? FRIA_EN : FRIA_NL);
	split(t, pointer);
	find_what(t);
}

static void end(telling *t)
{
	for (size_t i = 0; i < 4; i++)
		fria_choices_free(t->diff.choices[i / 2][i % 2]);
	for (size_t i = 0; i < t->n; i++)
		free(t->segments[i]);
	free(t->d.task);
	free(t->d.row);
	free(t->d.pointer);
	free(t->d.key);
	json_decref(t->wrapped);
}

/* What the title of a change leaves to its word: "comment, 2.3.1 ...". */
static bool needs_word(const telling *t)
{
	return t->d.kind == FRIA_CHANGE_REQUEST ||
	       t->d.kind == FRIA_CHANGE_COMMENT ||
	       t->d.kind == FRIA_CHANGE_MEETING ||
	       t->d.kind == FRIA_CHANGE_EVENT ||
	       t->d.kind == FRIA_CHANGE_DISSENT;
}

void fria_place_say(fria_buf *out, const fria_side *side, const char *pointer,
		    fria_lang lang)
{
	telling t;
	fria_buf title = FRIA_BUF_INIT;
	begin(&t, side, pointer);
	if (t.n)
		fria_difference_title(&title, &t.diff, &t.d, lang);
	if (needs_word(&t))
		fria_say(out, lang, fria_difference_word(&t.d), NULL);
	if (needs_word(&t) && title.n)
		fria_buf_puts(out, ", ");
	fria_buf_puts(out, title.text);
	fria_buf_dispose(&title);
	end(&t);
}

void fria_place_value_say(fria_buf *out, const fria_side *side,
			  const char *pointer, const json_t *value,
			  fria_lang lang)
{
	telling t;
	begin(&t, side, pointer);
	bool part =
	    value && starts(&t, 0, "answers") &&
	    (starts(&t, t.n - 1, "value") || starts(&t, t.n - 1, "waived"));
	t.wrapped = part ? fria_json_pack("{s:O}", t.segments[t.n - 1], value)
			 : json_incref((json_t *)(uintptr_t)value);
	if (t.d.kind == FRIA_CHANGE_APPROVAL) {
		t.approval = fria_approval_of(value);
		t.d.after.approval = &t.approval;
	} else if (t.d.kind == FRIA_CHANGE_REQUEST) {
		t.d.kind = FRIA_CHANGE_OTHER;
	}
	t.d.after.document = t.wrapped;
	const char *kind = fria_waiver_id(fria_waiver_of(t.wrapped));
	if (kind)
		fria_buf_printf(out,
				"%s: ", fria_closed_say("waiver", kind, lang));
	fria_difference_value(out, &t.diff, &t.d, true, lang);
	end(&t);
}
