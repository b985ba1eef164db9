/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The entry in the algoritmeregister, written from facts and adopted versions,
 * each field with where it came from. It cuts nothing and judges nothing: that
 * is register_check.c's.
 */
#include "register_standard.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
	const fria_register_input *in;
	json_t *entry;	       /* by field */
	fria_sources *sources; /* of the fields */
	fria_strings *veiled;  /* fields that something withheld would fill */
} draft;

/* --- where a field came from --- */

const fria_field_sources *fria_sources_find(const fria_sources *sources,
					    const char *field)
{
	for (size_t i = 0; sources && i < sources->n; i++)
		if (!strcmp(sources->items[i].field, field))
			return &sources->items[i];
	return NULL;
}

static void clear(fria_field_sources *list)
{
	for (size_t i = 0; i < list->n; i++) {
		free(list->items[i].pointer);
		free(list->items[i].assessment);
		free(list->items[i].version);
		free(list->items[i].task);
		free(list->items[i].row);
		json_decref(list->items[i].was);
	}
	free(list->items);
	list->items = NULL;
	list->n = 0;
}

/* Takes what the source holds. */
static void came_from(draft *d, const char *field, fria_source source)
{
	fria_field_sources *list =
	    (fria_field_sources *)(uintptr_t)fria_sources_find(d->sources,
							       field);
	if (!list) {
		list = FRIA_PUSH(d->sources);
		*list = (fria_field_sources){.field = fria_strdup(field)};
	}
	*FRIA_PUSH(list) = source;
}

/* The sources take the place of those that it had. */
static void set_sources(draft *d, fria_field_sources sources)
{
	fria_sources *all = d->sources;
	for (size_t i = 0; i < all->n; i++)
		if (!strcmp(all->items[i].field, sources.field)) {
			clear(&all->items[i]);
			free(all->items[i].field);
			all->items[i] = sources;
			return;
		}
	*FRIA_PUSH(all) = sources;
}

static void put(draft *d, const char *field, json_t *value, fria_source source)
{
	fria_sources *all = d->sources;
	size_t kept = 0;
	json_object_set(d->entry, field, value);
	for (size_t i = 0; i < all->n; i++) {
		if (strcmp(all->items[i].field, field) != 0) {
			all->items[kept++] = all->items[i];
			continue;
		}
		clear(&all->items[i]);
		free(all->items[i].field);
	}
	all->n = kept;
	came_from(d, field, source);
}

static fria_source of_fact(const char *field)
{
	return (fria_source){.from = FRIA_FROM_FACT,
			     .pointer = fria_format("/register/%s", field)};
}

static fria_source of_version(const fria_register_version *v,
			      fria_source_kind from)
{
	return (fria_source){.from = from,
			     .assessment = fria_strdup(v->name),
			     .version = fria_strdup(v->version)};
}

/* --- what is withheld --- */

static void veil_field(draft *d, const char *field, size_t n)
{
	char *name = fria_strndup(field, n);
	fria_strings_add_once(d->veiled, name);
	free(name);
}

static void veil_version(draft *d, const fria_register_version *v)
{
	const fria_instrument *in = v->input->instrument;
	for (size_t i = 0; i < v->withheld_n; i++) {
		const char *id = v->withheld[i].task;
		size_t task = id ? fria_instrument_find(in, id) : FRIA_NONE;
		const char *fills =
		    task == FRIA_NONE ? NULL : in->tasks[task].fills;
		if (fills)
			veil_field(d, fills, strlen(fills));
	}
	for (size_t i = 0; i < v->evaluation->conclusions.n; i++)
		if (v->evaluation->conclusions.items[i].withheld)
			veil_field(d, "impacttoetsen", strlen("impacttoetsen"));
}

static void find_veiled(draft *d)
{
	static const char start[] = "/register/";
	const char *pointer;
	json_t *one;
	json_object_foreach((json_t *)(uintptr_t)d->in->withheld, pointer, one)
		if (!strncmp(pointer, start, strlen(start)))
			veil_field(d, pointer + strlen(start),
				   strcspn(pointer + strlen(start), "/"));
	for (size_t i = 0; i < d->in->n; i++)
		veil_version(d, &d->in->versions[i]);
}

static fria_source of_answer(const fria_register_version *v,
			     const fria_question *q)
{
	fria_source source = of_version(v, FRIA_FROM_ANSWER);
	source.task = fria_strdup(v->input->instrument->tasks[q->task].id);
	source.row = fria_strdup(q->row);
	return source;
}

/* --- facts, and what was received --- */

static bool is_written(const char *field)
{
	char *pointer = fria_format("/register/%s", field);
	bool is = fria_fact_is_output(pointer);
	free(pointer);
	return is;
}

/* A fact that is gone is gone; output and bookkeeping stay as received. */
static bool is_kept(const char *field)
{
	char *pointer = fria_format("/register/%s", field);
	bool is = !fria_fact_is(pointer);
	free(pointer);
	return is;
}

/* What came in may be what was written before something was withheld. */
static bool is_veiled(const draft *d, const char *field)
{
	return fria_strings_has(d->veiled, field);
}

/* In the received entry's order where there is one; new fields follow. */
static void put_facts(draft *d)
{
	json_t *facts = json_object_get(d->in->application, "register");
	json_t *value;
	const char *key;
	json_object_foreach((json_t *)(uintptr_t)d->in->received, key, value) {
		json_t *fact = json_object_get(facts, key);
		if (fact)
			put(d, key, fact, of_fact(key));
		else if (is_kept(key) && !is_veiled(d, key))
			put(d, key, value,
			    (fria_source){.from = FRIA_FROM_RECEIVED});
	}
	json_object_foreach(facts, key, value) {
		if (!json_object_get(d->entry, key))
			put(d, key, value, of_fact(key));
	}
}

static void put_name(draft *d)
{
	json_t *name = json_object_get(d->in->application, "name");
	if (json_is_string(name) &&
	    standard_empty(json_object_get(d->entry, "name")))
		put(d, "name", name,
		    (fria_source){.from = FRIA_FROM_FACT,
				  .pointer = fria_strdup("/name")});
}

/* --- answers --- */

/* "Property: ": what an answer in a row is about, by its first cell. */
static void put_row_name(fria_buf *text, const fria_register_version *v,
			 fria_choices *choices, const fria_question *q)
{
	const fria_instrument *in = v->input->instrument;
	const size_t first =
	    q->row ? fria_task_column(in, in->tasks[q->task].rows) : q->task;
	for (size_t i = 0; first != q->task && i < v->evaluation->n; i++) {
		const fria_question *o = &v->evaluation->items[i].question;
		if (o->task != first || !o->row || strcmp(o->row, q->row) != 0)
			continue;
		fria_choice_say(text, choices, first, fria_question_value(o));
		fria_buf_puts(text, ": ");
	}
}

/* Appends an answer as the field's kind wants it; false if it says nothing. A
 * row is named where it is another than that of the answer before. */
static bool put_answer(fria_buf *out, const standard_field *field,
		       const fria_register_version *v, fria_choices *choices,
		       const fria_question *q, const char **row)
{
	const json_t *value = fria_question_value(q);
	fria_buf text = FRIA_BUF_INIT;
	if (!value)
		return false;
	if (q->row && (!*row || strcmp(*row, q->row) != 0))
		put_row_name(&text, v, choices, q);
	*row = q->row;
	fria_choice_say(&text, choices, q->task, value);
	size_t before = out->n;
	if (field->kind == STANDARD_HTML) {
		fria_markdown_few_tags(out, text.text, text.n);
	} else {
		fria_buf_puts(out, out->n ? "; " : "");
		fria_markdown_plain(out, text.text, text.n);
	}
	fria_buf_dispose(&text);
	return out->n > before;
}

static bool is_given(fria_state state)
{
	return state == FRIA_ANSWERED || state == FRIA_STALE ||
	       state == FRIA_SUSPECT;
}

/* Input or output, never both: a fact that says something stays. */
static bool may_write(const draft *d, const char *field)
{
	json_t *facts = json_object_get(d->in->application, "register");
	return is_written(field) ||
	       standard_empty(json_object_get(facts, field));
}

/* The answers of one version that fill a field; their sources are added. */
static void fill_field(fria_buf *out, fria_field_sources *sources,
		       const standard_field *field,
		       const fria_register_version *v)
{
	fria_choices *choices = fria_choices_new(
	    v->input->instrument, v->input->assessment, &v->input->siblings,
	    v->input->application, FRIA_NL);
	const char *row = NULL;
	fria_choices_plainly(choices);
	for (size_t i = 0; i < v->evaluation->n; i++) {
		const fria_judgement *j = &v->evaluation->items[i];
		const fria_task *t =
		    &v->input->instrument->tasks[j->question.task];
		if (!t->fills || strcmp(t->fills, field->name) != 0 ||
		    !is_given(j->state) ||
		    !put_answer(out, field, v, choices, &j->question, &row))
			continue;
		*FRIA_PUSH(sources) = of_answer(v, &j->question);
	}
	fria_choices_free(choices);
}

/* A text, with where it came from, if it says something. Takes both. */
static void put_text(draft *d, const char *field, fria_buf *text,
		     fria_field_sources *sources)
{
	if (text->n) {
		json_object_set_new(d->entry, field,
				    fria_json_string_n(text->text, text->n));
		sources->field = fria_strdup(field);
		set_sources(d, *sources);
	} else {
		clear(sources);
	}
	fria_buf_dispose(text);
}

/* By the version that was adopted last: two would say it twice. */
static void write_field(draft *d, const standard_field *field)
{
	fria_time last = 0;
	for (size_t i = 0; i < d->in->n; i++) {
		const fria_register_version *v = &d->in->versions[i];
		fria_buf out = FRIA_BUF_INIT;
		fria_field_sources sources = {NULL, NULL, 0};
		if (v->at >= last)
			fill_field(&out, &sources, field, v);
		last = out.n ? v->at : last;
		put_text(d, field->name, &out, &sources);
	}
}

static void put_answers(draft *d)
{
	for (const standard_field *f = standard_fields; f->name; f++)
		if ((f->kind == STANDARD_HTML || f->kind == STANDARD_TEXT) &&
		    may_write(d, f->name))
			write_field(d, f);
}

/* --- assessments --- */

/* One that an earlier export of ours put there, or one without an address. */
static bool is_ours(const fria_register_input *in, const json_t *element,
		    const char *title)
{
	const char *own = fria_json_text(element, "title");
	const char *link = fria_json_text(element, "link");
	if (!own || strcmp(own, title) != 0)
		return false;
	return !link || !*link ||
	       (in->reports &&
		!strncmp(link, in->reports, strlen(in->reports)));
}

/* Takes the place of one that was put there before; else at the end. */
static void put_test(json_t *list, const fria_register_input *in,
		     const fria_register_version *v)
{
	const char *title = standard_test(v->input->instrument);
	json_t *test =
	    fria_json_pack("{s:s, s:s*}", "title", title, "link", v->link);
	size_t i;
	json_t *element;
	json_array_foreach(list, i, element) {
		if (!is_ours(in, element, title))
			continue;
		if (v->link)
			json_array_set(list, i, test);
		json_decref(test);
		return;
	}
	json_array_append_new(list, test);
}

/* The first questions and the duties: what is to be done, and no assessment. */
static bool is_start(const fria_register_version *v)
{
	const char *id = v->input->instrument->id;
	return !strcmp(id, "start") || !strcmp(id, "plichten");
}

/* True if nothing was answered and something was left out with a reason: the
 * assessment was not done. */
static bool is_waived(const fria_register_version *v)
{
	bool any = false;
	for (size_t i = 0; i < v->evaluation->n; i++) {
		const fria_judgement *j = &v->evaluation->items[i];
		bool waived = json_object_get(j->question.answer, "waived");
		/* What is withheld was answered all the same. */
		if (is_given(j->state) && !waived)
			return false;
		any = any || waived;
	}
	return any;
}

/* Assessments that others made stay; ours are named by the standard. */
static void put_tests(draft *d)
{
	static const char field[] = "impacttoetsen_grouping";
	json_t *was = json_object_get(d->entry, field);
	json_t *list = json_is_array(was) ? json_deep_copy(was) : json_array();
	for (size_t i = 0; i < d->in->n; i++) {
		const fria_register_version *v = &d->in->versions[i];
		if (is_start(v) || is_waived(v))
			continue;
		put_test(list, d->in, v);
		came_from(d, field, of_version(v, FRIA_FROM_VERSION));
	}
	if (json_array_size(list))
		json_object_set(d->entry, field, list);
	json_decref(list);
}

/* --- why an assessment was not done --- */

/* True if an assessment of this name ("FRIA") was adopted, whether it was done
 * or left out with a reason, or is named. */
static bool is_done(const draft *d, const char *id)
{
	char *marked = fria_format("(%s)", id);
	json_t *element;
	bool done = false;
	size_t i;
	json_array_foreach(json_object_get(d->entry, "impacttoetsen_grouping"),
			   i, element) {
		const char *title = fria_json_text(element, "title");
		done = done || (title && strstr(title, marked));
	}
	for (i = 0; i < d->in->n && !done; i++) {
		const fria_register_version *v = &d->in->versions[i];
		done = is_waived(v) &&
		       strstr(standard_test(v->input->instrument), marked);
	}
	free(marked);
	return done;
}

/* What a conclusion says at a level, in Dutch as the entry is; or NULL. */
static const char *text_of(const fria_instrument *in, const char *id,
			   const char *level)
{
	for (size_t i = 0; level && i < in->rules.n; i++) {
		const fria_rule *rule = &in->rules.items[i];
		if (!strcmp(rule->id, id) && !strcmp(rule->level, level))
			return fria_rule_result(rule, FRIA_NL);
	}
	return NULL;
}

/* text: what the conclusion says of it; NULL: that it is not needed. */
static void put_reason(fria_buf *out, const char *id, const char *text)
{
	fria_buf reason = FRIA_BUF_INIT;
	if (text)
		fria_buf_puts(&reason, text);
	else
		fria_say(&reason, FRIA_NL, FRIA_W_register_not_needed, "test",
			 id, NULL);
	fria_markdown_few_tags(out, reason.text, reason.n);
	fria_buf_dispose(&reason);
}

/*
 * The first questions' conclusions on assessments that are not there: what it
 * says of one that is not required, and that one is not needed.
 */
static void explain(fria_buf *out, const draft *d,
		    const fria_register_version *v)
{
	static const char *const tests[] = {"FRIA", "IAMA", "DPIA", NULL};
	for (size_t i = 0; i < v->evaluation->conclusions.n; i++) {
		const fria_conclusion *one =
		    &v->evaluation->conclusions.items[i];
		const char *id = one->id, *level = one->level;
		size_t k = 0;
		while (tests[k] && strcmp(tests[k], id) != 0)
			k++;
		if (!tests[k] || is_done(d, id) || one->withheld ||
		    (level && strcmp(level, "recommended") != 0 &&
		     strcmp(level, "not-needed") != 0))
			continue;
		put_reason(out, id, text_of(v->input->instrument, id, level));
	}
}

/* Why an assessment was left out: each reason that was given, once. */
static void explain_waived(fria_buf *out, fria_field_sources *sources,
			   const fria_register_version *v)
{
	fria_strings said = FRIA_STRINGS_INIT;
	for (size_t i = 0; i < v->evaluation->n; i++) {
		const fria_question *q = &v->evaluation->items[i].question;
		const char *reason = fria_json_text(
		    json_object_get(q->answer, "waived"), "reason");
		if (!reason || fria_strings_has(&said, reason))
			continue;
		fria_buf text = FRIA_BUF_INIT;
		if (!said.n)
			fria_say(&text, FRIA_NL, FRIA_W_register_not_done,
				 "test", standard_test(v->input->instrument),
				 NULL);
		fria_buf_printf(&text, "%s%s", said.n ? "" : " ", reason);
		fria_markdown_few_tags(out, text.text, text.n);
		fria_buf_dispose(&text);
		fria_strings_add(&said, reason);
		*FRIA_PUSH(sources) = of_answer(v, q);
	}
	fria_strings_dispose(&said);
}

static void put_explanation(draft *d)
{
	fria_buf out = FRIA_BUF_INIT;
	fria_field_sources sources = {NULL, NULL, 0};
	for (size_t i = 0; i < d->in->n; i++) {
		const fria_register_version *v = &d->in->versions[i];
		size_t before = out.n;
		if (is_start(v)) {
			explain(&out, d, v);
			if (out.n > before)
				*FRIA_PUSH(&sources) =
				    of_version(v, FRIA_FROM_CONCLUSION);
		} else if (is_waived(v)) {
			explain_waived(&out, &sources, v);
		}
	}
	put_text(d, "impacttoetsen", &out, &sources);
}

/* --- as the standard writes it --- */

/* A date or moment becomes its month. New, or NULL if it is as it should. */
static json_t *month_of(const char *text)
{
	return fria_date_is(text) || fria_time_is(text)
		   ? fria_json_string_n(text, 7)
		   : NULL;
}

static json_t *by_the_standard(const standard_field *f, const json_t *value)
{
	const char *text = json_string_value(value);
	const char *choice = text && f->kind == STANDARD_CHOICE
				 ? standard_choice(f->name, text)
				 : NULL;
	if (choice && strcmp(choice, text) != 0)
		return fria_json_string(choice);
	return text && f->kind == STANDARD_MONTH ? month_of(text) : NULL;
}

static void put_standard(draft *d, const char *field, json_t *value)
{
	put(d, field, value,
	    (fria_source){.from = FRIA_FROM_STANDARD,
			  .was =
			      json_incref(json_object_get(d->entry, field))});
	json_decref(value);
}

/* Spelling, months, and what has one value only. */
static void normalise(draft *d)
{
	static const char *const single[] = {"lang", "standard_version", NULL};
	for (const standard_field *f = standard_fields; f->name; f++) {
		json_t *now =
		    by_the_standard(f, json_object_get(d->entry, f->name));
		if (now)
			put_standard(d, f->name, now);
	}
	for (size_t i = 0; single[i]; i++) {
		size_t at = 0;
		if (standard_empty(json_object_get(d->entry, single[i])))
			put_standard(
			    d, single[i],
			    fria_json_string(standard_value(single[i], &at)));
	}
}

void fria_register_draft_make(fria_register_draft *out,
			      const fria_register_input *in)
{
	*out = (fria_register_draft){.entry = json_object()};
	draft d = {in, out->entry, &out->sources, &out->veiled};
	find_veiled(&d);
	put_facts(&d);
	put_name(&d);
	put_answers(&d);
	put_tests(&d);
	put_explanation(&d);
	normalise(&d);
}

void fria_register_draft_dispose(fria_register_draft *out)
{
	for (size_t i = 0; i < out->sources.n; i++) {
		clear(&out->sources.items[i]);
		free(out->sources.items[i].field);
	}
	free(out->sources.items);
	fria_strings_dispose(&out->veiled);
	json_decref(out->entry);
	*out = (fria_register_draft){.entry = NULL};
}

json_t *fria_field_sources_json(const fria_field_sources *of)
{
	static const char *const kinds[] = {
	    "fact", "answer", "version", "conclusion", "received", "standard"};
	json_t *list = json_array();
	for (size_t i = 0; i < of->n; i++) {
		const fria_source *s = &of->items[i];
		json_array_append_new(
		    list,
		    fria_json_pack("{s:s, s:s*, s:s*, s:s*, s:s*, s:s*, s:O*}",
				   "from", kinds[s->from], "pointer",
				   s->pointer, "assessment", s->assessment,
				   "version", s->version, "task", s->task,
				   "row", s->row, "was", s->was));
	}
	return list;
}

json_t *fria_sources_json(const fria_sources *sources)
{
	json_t *out = json_object();
	for (size_t i = 0; i < sources->n; i++)
		json_object_set_new(
		    out, sources->items[i].field,
		    fria_field_sources_json(&sources->items[i]));
	return out;
}
