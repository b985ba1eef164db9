/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A document as text, for tools that compare lines: questions in words, a
 * sentence a line. It judges nothing and leaves nothing out that a person
 * wrote.
 */
#include "compare.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
	fria_buf *out;
	const fria_instrument *in; /* NULL: unknown */
	fria_choices *choices;
	fria_lang lang;
} plain;

/* --- lines --- */

/* Length of the sentence that begins here, in its line. */
static size_t sentence(const char *text)
{
	for (size_t n = 0; text[n] && text[n] != '\n'; n++)
		if (n && strchr(".!?", text[n]) && text[n + 1] == ' ' &&
		    !isdigit((unsigned char)text[n - 1]))
			return n + 1;
	return strcspn(text, "\n");
}

static void put_text(const plain *p, int indent, const char *text)
{
	while (*text) {
		size_t n = sentence(text);
		if (n)
			fria_buf_printf(p->out, "%*s%.*s\n", indent, "", (int)n,
					text);
		text += n;
		if (*text == '\n')
			text++;
		else
			text += strspn(text, " ");
	}
}

static void put_value(const plain *p, int indent, const char *name,
		      const json_t *value)
{
	fria_buf text = FRIA_BUF_INIT;
	size_t i;
	json_t *one;
	if (!value || json_is_null(value))
		return;
	if (json_is_array(value)) {
		fria_buf_printf(p->out, "%*s%s:\n", indent, "", name);
		json_array_foreach(value, i, one) {
			fria_buf_clear(&text);
			fria_fact_say(&text, one, p->lang);
			put_text(p, indent + 2, text.text);
		}
	} else {
		fria_fact_say(&text, value, p->lang);
		fria_buf_printf(p->out, "%*s%s:\n", indent, "", name);
		put_text(p, indent + 2, text.text);
	}
	fria_buf_dispose(&text);
}

/* "name: text" in one line, where there is a text. */
static void put_named(const plain *p, int indent, const char *name,
		      const char *text)
{
	if (text)
		fria_buf_printf(p->out, "%*s%s: %s\n", indent, "", name, text);
}

static void put_heading(const plain *p, fria_word word)
{
	fria_buf_printf(p->out, "\n== %s ==\n", fria_word_text(word, p->lang));
}

/* --- answers --- */

static void put_answer(const plain *p, int indent, const char *id,
		       const json_t *answer)
{
	size_t at = p->in ? fria_instrument_find(p->in, id) : FRIA_NONE;
	const json_t *value = json_object_get(answer, "value");
	const json_t *waived = json_object_get(answer, "waived");
	const json_t *basis = json_object_get(answer, "basis");
	fria_buf text = FRIA_BUF_INIT;
	fria_buf_printf(
	    p->out, "\n%*s%s %s\n", indent, "", id,
	    at == FRIA_NONE ? "" : fria_task_title(&p->in->tasks[at], p->lang));
	if (value && at != FRIA_NONE)
		fria_choice_say(&text, p->choices, at, value);
	else if (value)
		fria_fact_say(&text, value, p->lang);
	put_text(p, indent + 4, text.text);
	put_named(p, indent + 4, fria_word_text(FRIA_W_state_waived, p->lang),
		  fria_json_text(waived, "reason"));
	put_named(p, indent + 4, fria_word_text(FRIA_W_change_dissent, p->lang),
		  fria_json_text(answer, "dissent"));
	put_named(p, indent + 4, "--", fria_json_text(basis, "by"));
	put_named(p, indent + 4, "--", fria_json_text(basis, "note"));
	fria_buf_dispose(&text);
}

static void put_rows(const plain *p, const char *id, const json_t *rows)
{
	size_t at = p->in ? fria_instrument_find(p->in, id) : FRIA_NONE, i;
	json_t *row, *cell;
	const char *key;
	fria_buf_printf(
	    p->out, "\n%s %s\n", id,
	    at == FRIA_NONE ? "" : fria_task_title(&p->in->tasks[at], p->lang));
	json_array_foreach(rows, i, row) {
		fria_buf_puts(p->out, "\n  *\n");
		json_object_foreach(row, key, cell) {
			if (strcmp(key, "id") != 0)
				put_answer(p, 2, key, cell);
		}
	}
}

/* --- what was said --- */

static void put_approvals(const plain *p, const json_t *list)
{
	size_t i;
	json_t *one;
	if (json_array_size(list))
		put_heading(p, FRIA_W_diff_decision);
	json_array_foreach(list, i, one) {
		const fria_approval a = fria_approval_of(one);
		fria_buf_printf(p->out, "\n%s: %s\n", a.role ? a.role : "",
				fria_approval_value_say(&a, p->lang));
		put_text(p, 4, a.note ? a.note : "");
		put_named(p, 4, "--", a.by);
	}
}

static void put_comments(const plain *p, const json_t *list)
{
	size_t i;
	json_t *one;
	if (json_array_size(list))
		put_heading(p, FRIA_W_diff_talk);
	json_array_foreach(list, i, one) {
		const char *task = fria_json_text(one, "task");
		const char *text = fria_json_text(one, "text");
		fria_buf_printf(p->out, "\n%s\n", task ? task : "");
		put_text(p, 4, text ? text : "");
		put_named(p, 4, "--", fria_json_text(one, "by"));
		if (json_object_get(one, "resolved"))
			fria_buf_printf(
			    p->out, "    %s\n",
			    fria_word_text(FRIA_W_change_resolved, p->lang));
	}
}

/* --- documents --- */

static void put_assessment(const plain *p, const json_t *a)
{
	const char *id;
	json_t *value;
	put_named(p, 0, fria_word_text(FRIA_W_change_instrument, p->lang),
		  fria_json_text(a, "instrument"));
	put_named(p, 0, fria_word_text(FRIA_W_change_superseded, p->lang),
		  fria_json_text(a, "superseded_by"));
	put_approvals(p, json_object_get(a, "approvals"));
	json_object_foreach(json_object_get(a, "answers"), id, value) {
		if (json_is_array(value))
			put_rows(p, id, value);
		else
			put_answer(p, 0, id, value);
	}
	put_comments(p, json_object_get(a, "comments"));
}

static void put_vocabulary(const plain *p, const char *name,
			   const json_t *facts)
{
	const char *key;
	json_t *value;
	json_object_foreach((json_t *)(uintptr_t)facts, key, value) {
		fria_buf pointer = FRIA_BUF_INIT;
		fria_buf_printf(&pointer, "/%s", name);
		fria_pointer_add(&pointer, key);
		if (fria_fact_is(pointer.text))
			put_value(p, 0, fria_fact_title(pointer.text, p->lang),
				  value);
		fria_buf_dispose(&pointer);
	}
}

static void put_application(const plain *p, const json_t *a)
{
	static const char *const vocabularies[] = {"register", "card", "use",
						   "monitoring"};
	put_named(p, 0, fria_word_text(FRIA_W_change_release, p->lang),
		  fria_json_text(a, "release"));
	for (size_t i = 0; i < 4; i++)
		put_vocabulary(p, vocabularies[i],
			       json_object_get(a, vocabularies[i]));
	if (json_array_size(json_object_get(a, "events")))
		put_value(p, 0, fria_word_text(FRIA_W_change_event, p->lang),
			  json_object_get(a, "events"));
}

static bool is_application(const json_t *d)
{
	return json_is_string(json_object_get(d, "id")) &&
	       (json_is_object(json_object_get(d, "register")) ||
		json_is_object(json_object_get(d, "card")) ||
		json_is_object(json_object_get(d, "use")));
}

void fria_plain(fria_buf *out, const json_t *document, const fria_side *side,
		fria_lang lang)
{
	const fria_instrument *in = side->instrument;
	const plain p = {out, in,
			 in ? fria_choices_new(in, document, side->siblings,
					       side->application, lang)
			    : NULL,
			 lang};
	if (fria_json_text(document, "instrument") &&
	    json_is_object(json_object_get(document, "answers")))
		put_assessment(&p, document);
	else if (is_application(document))
		put_application(&p, document);
	else
		fria_json_write(out, document);
	fria_choices_free(p.choices);
}
