/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * An instrument as tasks in form order with their edges and conditions. It
 * accepts the official files as they are; what is wrong in one is said by
 * instrument_check.c.
 */
#include "rules_1.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

const char *fria_text(const json_t *text, fria_lang lang)
{
	if (json_is_string(text))
		return json_string_value(text);
	const char *own = fria_json_text(text, fria_lang_code(lang));
	if (own)
		return own;
	return fria_json_text(
	    text, fria_lang_code(lang == FRIA_NL ? FRIA_EN : FRIA_NL));
}

/* --- the name --- */

static bool is_version(const char *text)
{
	return *text >= '0' && *text <= '9' &&
	       strspn(text, "0123456789.") == strlen(text);
}

/* urn:nl:iama + 2.0, or urn:nl:iama:2.0: both give the same four names. */
static void name_it(fria_instrument *in, const char *urn, const char *version)
{
	size_t n = strlen(urn);
	const char *last = strrchr(urn, ':');
	last = last ? last + 1 : urn;
	if (is_version(last) && last > urn) {
		in->version = fria_strdup(last);
		n = (size_t)(last - urn) - 1;
	} else {
		in->version = fria_strdup(version ? version : "");
	}
	char *stem = fria_strndup(urn, n);
	const char *id = strrchr(stem, ':');
	in->id = fria_strdup(id ? id + 1 : stem);
	in->name = in->version[0] ? fria_format("%s:%s", stem, in->version)
				  : fria_strdup(stem);
	in->file = in->version[0] ? fria_format("%s-%s", in->id, in->version)
				  : fria_strdup(in->id);
	free(stem);
}

bool fria_instrument_is(const fria_instrument *in, const char *name)
{
	const char *official = fria_json_text(in->document, "official");
	if ((official && !strcmp(name, official)) || !strcmp(name, in->name) ||
	    !strcmp(name, in->file) || !strcmp(name, in->id))
		return true;
	size_t n = strlen(name);
	return !strncmp(in->name, name, n) && in->name[n] == ':' &&
	       is_version(in->name + n + 1);
}

/* --- reading tasks --- */

static bool has_type(const json_t *task, const char *type)
{
	const json_t *types = json_object_get(task, "type");
	size_t i;
	json_t *one;
	if (json_is_string(types))
		return !strcmp(json_string_value(types), type);
	json_array_foreach(types, i, one) {
		if (json_is_string(one) &&
		    !strcmp(json_string_value(one), type))
			return true;
	}
	return false;
}

static fria_kind kind_of(const json_t *json)
{
	const char *value = fria_json_text(json, "valueType");
	if (json_array_size(json_object_get(json, "tasks")))
		return FRIA_GROUP;
	if (has_type(json, "select_option") || has_type(json, "radio_option"))
		return FRIA_OPTION;
	if (has_type(json, "multiselect_scrollable") ||
	    has_type(json, "checkbox_option"))
		return FRIA_OPTIONS;
	if (has_type(json, "date"))
		return FRIA_DATE;
	if (has_type(json, "text_input") && value &&
	    (!strcmp(value, "number") || !strcmp(value, "integer")))
		return FRIA_NUMBER;
	if (has_type(json, "text_input") || has_type(json, "open_text") ||
	    has_type(json, "image"))
		return FRIA_TEXT;
	return FRIA_NOTICE;
}

bool fria_task_flag(const fria_task *task, const char *key, bool otherwise)
{
	const json_t *flag = json_object_get(task->raw, key);
	return json_is_boolean(flag) ? json_is_true(flag) : otherwise;
}

static int refuse(fria_error *err, const char *pointer, fria_word word,
		  const char *task)
{
	fria_fail(err, FRIA_EINPUT, word, "task", task, NULL);
	fria_fail_at(err, NULL, pointer, 0, 0);
	return FRIA_EINPUT;
}

static int read_tasks(fria_instrument *in, const json_t *list, size_t parent,
		      fria_buf *pointer, fria_error *err);

static int read_task(fria_instrument *in, const json_t *json, size_t parent,
		     fria_buf *pointer, fria_error *err)
{
	const char *id = fria_json_text(json, "id");
	if (!id || !*id || strlen(id) > 64)
		return refuse(err, pointer->text, FRIA_W_task_without_id, "");
	if (!fria_text(json_object_get(json, "task"), FRIA_NL))
		return refuse(err, pointer->text, FRIA_W_task_without_text, id);
	if (in->n >= FRIA_MAX_TASKS) {
		fria_fail(err, FRIA_ELIMIT, FRIA_W_tasks_too_many, "limit",
			  "10000", NULL);
		return fria_fail_at(err, NULL, pointer->text, 0, 0);
	}
	size_t at = in->n;
	in->tasks = fria_grow(in->tasks, in->n, sizeof *in->tasks);
	fria_task *t = &in->tasks[in->n++];
	*t = (fria_task){.id = id,
			 .raw = json,
			 .kind = kind_of(json),
			 .parent = parent,
			 .rows = FRIA_NONE,
			 .source = FRIA_NONE,
			 .mapped = FRIA_NONE};
	t->level = parent == FRIA_NONE ? 0 : in->tasks[parent].level + 1;
	t->answerable = t->kind > FRIA_NOTICE;
	t->required = fria_task_flag(t, "required", true);
	t->picture = has_type(t->raw, "image");
	t->stop = fria_task_flag(t, "stop", false);
	t->crossing = fria_task_flag(t, "crossing", true);
	if (!json_object_get(in->index, id))
		json_object_set_new(in->index, id,
				    json_integer((json_int_t)at));
	int code = 0;
	if (json_object_get(json, "tasks")) {
		size_t n = pointer->n;
		fria_buf_puts(pointer, "/tasks");
		code = read_tasks(in, json_object_get(json, "tasks"), at,
				  pointer, err);
		pointer->n = n;
		pointer->text[n] = '\0';
	}
	in->tasks[at].end = in->n;
	return code;
}

static int read_tasks(fria_instrument *in, const json_t *list, size_t parent,
		      fria_buf *pointer, fria_error *err)
{
	if (!json_is_array(list))
		return refuse(err, pointer->text, FRIA_W_tasks_no_list, "");
	size_t i, n = pointer->n;
	json_t *one;
	json_array_foreach(list, i, one) {
		fria_buf_printf(pointer, "/%zu", i);
		int code = read_task(in, one, parent, pointer, err);
		pointer->n = n;
		pointer->text[n] = '\0';
		if (code)
			return code;
	}
	return 0;
}

size_t fria_instrument_find(const fria_instrument *in, const char *id)
{
	const json_t *at = json_object_get(in->index, id);
	return at ? (size_t)json_integer_value(at) : FRIA_NONE;
}

/* Its place among its parent's tasks. */
static size_t place_in(const fria_instrument *in, size_t task)
{
	size_t parent = in->tasks[task].parent, place = 0;
	size_t at = parent == FRIA_NONE ? 0 : parent + 1;
	while (at < task) {
		at = in->tasks[at].end;
		place++;
	}
	return place;
}

void fria_task_place(fria_buf *out, const fria_instrument *in, size_t task)
{
	if (in->tasks[task].parent != FRIA_NONE)
		fria_task_place(out, in, in->tasks[task].parent);
	fria_buf_printf(out, "/tasks/%zu", place_in(in, task));
}

int fria_instrument_no_task(const fria_instrument *in, const char *id,
			    fria_error *err)
{
	fria_strings ids = FRIA_STRINGS_INIT;
	for (size_t i = 0; i < in->n; i++)
		fria_strings_add(&ids, in->tasks[i].id);
	int code = fria_fail(err, FRIA_ENOTFOUND, FRIA_W_unknown_task, "task",
			     id, "instrument", in->name, "near",
			     fria_nearest(&ids, id), NULL);
	fria_strings_dispose(&ids);
	return code;
}

/* --- rows, measures --- */

/*
 * The outermost repeating group holds the rows. A repeatable field in a group
 * that does not repeat makes that group repeat.
 */
static void find_rows(fria_instrument *in)
{
	for (size_t i = 0; i < in->n; i++) {
		fria_task *t = &in->tasks[i];
		if (t->parent != FRIA_NONE &&
		    in->tasks[t->parent].rows != FRIA_NONE)
			t->rows = in->tasks[t->parent].rows;
		else if (!t->answerable &&
			 fria_task_flag(t, "repeatable", false))
			t->rows = i;
		for (size_t k = i + 1; t->rows == FRIA_NONE && k < t->end; k++)
			if (in->tasks[k].parent == i &&
			    in->tasks[k].answerable &&
			    fria_task_flag(&in->tasks[k], "repeatable", false))
				t->rows = i;
	}
}

static void find_measures(fria_instrument *in)
{
	for (size_t i = 0; i < in->n; i++) {
		const char *key;
		json_t *child;
		json_t *measure = json_object_get(in->tasks[i].raw, "measure");
		json_object_foreach(measure, key, child) {
			const char *id = json_string_value(child);
			size_t at =
			    id ? fria_instrument_find(in, id) : FRIA_NONE;
			if (at != FRIA_NONE)
				in->tasks[at].measure = true;
		}
	}
}

/* --- dependencies --- */

static fria_operator operator_of(const char *name)
{
	if (name && !strcmp(name, "contains"))
		return FRIA_CONTAINS;
	if (name && !strcmp(name, "any"))
		return FRIA_ANY;
	if (name && !strcmp(name, "all"))
		return FRIA_ALL;
	return FRIA_EQUALS;
}

static void read_condition(fria_instrument *in, fria_task *t,
			   const json_t *dependency)
{
	const json_t *c = json_object_get(dependency, "condition");
	const char *id = fria_json_text(c, "id");
	const char *action = fria_json_text(dependency, "action");
	if (!id)
		return;
	*FRIA_PUSH(&t->conditions) =
	    (fria_condition){.task = fria_instrument_find(in, id),
			     .id = id,
			     .op = operator_of(fria_json_text(c, "operator")),
			     .value = json_object_get(c, "value"),
			     .show = !action || strcmp(action, "hide") != 0};
}

/* Shown at these levels of what another assessment concludes. */
static void read_conclusion(fria_instrument *in, fria_task *t,
			    const json_t *dependency)
{
	const char *of = fria_json_text(dependency, "of");
	const char *id = fria_json_text(dependency, "id");
	char *name = fria_format("%s#%s", of ? of : "", id ? id : "");
	fria_strings_add(&in->edges, name);
	free(name);
	*FRIA_PUSH(&t->conditions) = (fria_condition){
	    .task = FRIA_NONE,
	    .id = in->edges.items[in->edges.n - 1],
	    .op = FRIA_ANY,
	    .value = json_object_get(dependency, "level"),
	    .show = !fria_json_says(dependency, "action", "hide"),
	    .concluded = true};
}

/* What a dependency draws on: `source`, or as used, `condition`; or NULL. */
static const char *source_of(const json_t *dependency)
{
	const json_t *source = json_object_get(dependency, "source");
	const char *fact = fria_json_text(source, "fact");
	if (fact)
		return fact;
	return fria_json_text(
	    source ? source : json_object_get(dependency, "condition"), "id");
}

static void read_source(const fria_instrument *in, fria_task *t,
			const json_t *dependency)
{
	const char *name = source_of(dependency);
	t->source = name ? fria_instrument_find(in, name) : FRIA_NONE;
	if (name && (*name == '/' || strchr(name, '#')))
		t->drawn = name;
}

/* Where it is said row by row by what must be answered there, it is not asked
 * once for all: a row hides it. */
static void read_columns(const fria_instrument *in, fria_task *t)
{
	for (size_t i = 0; i < t->columns.n; i++) {
		size_t at = fria_instrument_find(in, t->columns.items[i]);
		if (at == FRIA_NONE || !in->tasks[at].required ||
		    in->tasks[at].rows == FRIA_NONE)
			continue;
		at = fria_task_column(in, in->tasks[at].rows);
		*FRIA_PUSH(&t->conditions) = (fria_condition){
		    .task = at, .id = in->tasks[at].id, .op = FRIA_ANY};
		return;
	}
}

static size_t mapped_to(const fria_instrument *in, const json_t *dependency)
{
	const char *name = source_of(dependency);
	size_t from = name ? fria_instrument_find(in, name) : FRIA_NONE;
	return from == FRIA_NONE ? FRIA_NONE : in->tasks[from].rows;
}

static void read_dependencies(fria_instrument *in)
{
	for (size_t i = 0; i < in->n; i++) {
		fria_task *t = &in->tasks[i];
		size_t k;
		json_t *d;
		json_array_foreach(json_object_get(t->raw, "dependencies"), k,
				   d) {
			if (fria_json_says(d, "type", "conditional"))
				read_condition(in, t, d);
			else if (fria_json_says(d, "type", "conclusion"))
				read_conclusion(in, t, d);
			else if (fria_json_says(d, "type", "source_options") ||
				 (!json_object_get(d, "type") &&
				  fria_json_says(d, "action", "options")))
				read_source(in, t, d);
			else if (fria_json_says(d, "type", "instance_mapping"))
				t->mapped = mapped_to(in, d);
		}
		read_columns(in, t);
	}
}

bool fria_task_names_rows(const fria_instrument *in, size_t task)
{
	size_t source = in->tasks[task].source;
	return source != FRIA_NONE && in->tasks[source].rows != FRIA_NONE;
}

bool fria_instrument_names_rows(const fria_instrument *in)
{
	for (size_t i = 0; i < in->n; i++)
		if (fria_task_names_rows(in, i))
			return true;
	return false;
}

bool fria_instrument_draws_outside(const fria_instrument *in)
{
	for (size_t i = 0; i < in->n; i++)
		if (in->tasks[i].drawn)
			return true;
	return false;
}

bool fria_task_draws(const fria_task *t)
{
	return t->source != FRIA_NONE || t->drawn;
}

size_t fria_task_column(const fria_instrument *in, size_t task)
{
	for (size_t i = task; i < in->tasks[task].end; i++)
		if (in->tasks[i].answerable)
			return i;
	return FRIA_NONE;
}

const char *fria_task_label(const fria_task *t, fria_lang lang)
{
	return fria_text(json_object_get(t->raw, "instance_label_template"),
			 lang);
}

/* Rows that follow rows that follow others follow those; never themselves. */
static void settle_mappings(fria_instrument *in)
{
	for (size_t i = 0; i < in->n; i++) {
		size_t from = in->tasks[i].mapped;
		for (size_t steps = 0;
		     from != FRIA_NONE && in->tasks[from].mapped != FRIA_NONE;
		     steps++)
			from =
			    steps < in->n ? in->tasks[from].mapped : FRIA_NONE;
		in->tasks[i].mapped = from == i ? FRIA_NONE : from;
	}
}

/* --- the whole --- */

int fria_instrument_parse(fria_instrument **out, const char *name,
			  json_t *document, fria_error *err)
{
	const char *urn = fria_json_text(document, "urn");
	fria_buf pointer = FRIA_BUF_INIT;
	if (!urn || !*urn) {
		fria_fail(err, FRIA_EINPUT, FRIA_W_instrument_without_urn,
			  NULL);
		fria_fail_at(err, name, "/urn", 0, 0);
		return FRIA_EINPUT;
	}
	const json_t *version = json_object_get(document, "version");
	if (version && !json_is_null(version) && !json_is_string(version)) {
		fria_fail(err, FRIA_EINPUT, FRIA_W_instrument_version, NULL);
		return fria_fail_at(err, name, "/version", 0, 0);
	}
	fria_instrument *in = fria_calloc(1, sizeof *in);
	in->document = json_incref(document);
	in->users = 1;
	in->index = json_object();
	name_it(in, urn, json_string_value(version));
	fria_buf_puts(&pointer, "/tasks");
	in->flat = fria_tasks_flat(json_object_get(document, "tasks"));
	int code = read_tasks(in, in->flat, FRIA_NONE, &pointer, err);
	fria_buf_dispose(&pointer);
	if (code) {
		fria_fail_at(err, name, NULL, 0, 0);
		fria_instrument_free(in);
		return code;
	}
	in->asked = fria_calloc(in->n, sizeof *in->asked);
	in->logic = fria_calloc(1, sizeof *in->logic);
	find_rows(in);
	fria_members_read(in);
	find_measures(in);
	code = fria_edges_read(in, err);
	if (code) {
		fria_instrument_free(in);
		return fria_fail_at(err, name, NULL, 0, 0);
	}
	read_dependencies(in);
	settle_mappings(in);
	fria_instrument_order(in);
	fria_calculations_read(in);
	*out = in;
	return 0;
}

fria_instrument *fria_instrument_keep(fria_instrument *in)
{
	in->users++;
	return in;
}

void fria_instrument_free(fria_instrument *in)
{
	if (!in || --in->users)
		return;
	for (size_t i = 0; i < in->n; i++)
		free(in->tasks[i].conditions.items);
	fria_edges_free(in);
	fria_calculations_free(in);
	fria_members_free(in);
	free(in->tasks);
	free(in->order);
	free(in->asked);
	free(in->logic);
	free(in->name);
	free(in->version);
	free(in->id);
	free(in->file);
	json_decref(in->index);
	json_decref(in->document);
	json_decref(in->flat);
	free(in);
}

const char *fria_task_title(const fria_task *task, fria_lang lang)
{
	return fria_text(json_object_get(task->raw, "task"), lang);
}

const char *fria_task_guidance(const fria_task *task, fria_lang lang)
{
	return fria_text(json_object_get(task->raw, "description"), lang);
}

bool fria_instrument_concludes(const fria_instrument *in, const char *id)
{
	for (size_t i = 0; i < in->rules.n; i++)
		if (!strcmp(in->rules.items[i].id, id))
			return true;
	return false;
}

const char *fria_task_alone(const fria_task *task, fria_lang lang)
{
	return fria_text(json_object_get(task->raw, "alone"), lang);
}

bool fria_task_on_fact(const fria_task *task, const char *pointer)
{
	for (size_t i = 0; i < task->facts.n; i++)
		if (!strcmp(task->facts.items[i].pointer, pointer))
			return true;
	return false;
}

const char *fria_task_row(const fria_task *group, fria_lang lang)
{
	return fria_text(json_object_get(group->raw, "item_name"), lang);
}

size_t fria_task_part(const fria_instrument *in, size_t task)
{
	while (in->tasks[task].parent != FRIA_NONE)
		task = in->tasks[task].parent;
	return task;
}

fria_word fria_kind_word(fria_kind kind)
{
	switch (kind) {
	case FRIA_NUMBER:
		return FRIA_W_kind_number;
	case FRIA_DATE:
		return FRIA_W_kind_date;
	case FRIA_OPTION:
		return FRIA_W_kind_option;
	case FRIA_OPTIONS:
		return FRIA_W_kind_options;
	case FRIA_GROUP:
		return FRIA_W_kind_group;
	case FRIA_NOTICE:
		return FRIA_W_kind_notice;
	default:
		return FRIA_W_kind_text;
	}
}

static json_t *options_asked(const fria_task *task, fria_lang lang)
{
	json_t *list = json_array(), *option;
	size_t i;
	json_array_foreach(json_object_get(task->raw, "options"), i, option) {
		const char *label =
		    fria_text(json_object_get(option, "label"), lang);
		json_t *value = json_object_get(option, "value");
		json_array_append_new(list,
				      fria_json_pack("{s:O?, s:s?}", "value",
						     value, "label", label));
	}
	return list;
}

static void digest_question(char out[FRIA_DIGEST_SIZE],
			    const fria_instrument *in, size_t task,
			    fria_lang lang, fria_rules rules)
{
	const fria_task *t = &in->tasks[task];
	json_t *asked = fria_json_pack(
	    "{s:s?, s:O?, s:o}", "text", fria_task_title(t, lang), "type",
	    json_object_get(t->raw, "type"), "options", options_asked(t, lang));
	if (rules == FRIA_RULES_1)
		rules_1_asked(asked, t);
	fria_digest(out, asked);
	json_decref(asked);
}

void fria_question_digest(char out[FRIA_DIGEST_SIZE], const fria_instrument *in,
			  size_t task, fria_lang lang, fria_rules rules)
{
	char *kept = in->asked[task][rules - 1][lang];
	if (!kept[0])
		digest_question(kept, in, task, lang, rules);
	memcpy(out, kept, FRIA_DIGEST_SIZE);
}
