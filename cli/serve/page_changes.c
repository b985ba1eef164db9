/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What changed, one change a page: what differs, then each answer that it puts
 * in question, with four choices of which none is made beforehand.
 */
#include "page.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* What was sent for one answer, and what is wrong with it. */
typedef struct {
	const char *key; /* "5.2.kans~k3f9x2ma" */
	const char *ground, *note, *text, *stand;
	const char *error;
	bool kept;
} card;

typedef struct {
	page *p;
	page_look look;
	size_t number; /* of what is told here, as others refer to it; 0: there
			  is nothing to tell */
	bool *decisive;
	struct {
		card *items;
		size_t n;
	} cards; /* that were sent; none when it is asked for */
	size_t kept;
} changes;

/* --- which change --- */

static const fria_cause *cause_at(const changes *c, size_t i)
{
	return &c->look.e->causes.items[i];
}

static size_t number_of(const changes *c, size_t i)
{
	return fria_change_number(&c->look.changes, cause_at(c, i));
}

/* One of those that are told under a number, and not with another. */
static bool is_told(const changes *c, size_t i, size_t number)
{
	return cause_at(c, i)->under == FRIA_NONE && number_of(c, i) == number;
}

/* What asks for a judgement under a number. */
static size_t count_under(const changes *c, size_t number)
{
	size_t n = 0;
	for (size_t i = 0; i < c->look.e->causes.n; i++)
		if (number_of(c, i) == number)
			n += cause_at(c, i)->tasks.n;
	return n;
}

/* The first from a number on under which something is asked; 0: none. */
static size_t next_number(const changes *c, size_t from)
{
	for (; from <= c->look.changes.n; from++)
		if (count_under(c, from))
			return from;
	return 0;
}

static size_t find_number(const changes *c, const char *asked)
{
	const fria_causes *all = &c->look.e->causes;
	size_t at = asked ? fria_cause_find(all, asked) : FRIA_NONE;
	return at == FRIA_NONE ? next_number(c, 1) : number_of(c, at);
}

/* The first cause under a number. */
static size_t first_of(const changes *c, size_t number)
{
	size_t i = 0;
	while (!is_told(c, i, number))
		i++;
	return i;
}

static const char *address_of(const changes *c, size_t number)
{
	return page_at(c->p, "a/%s/_samen?om=%s", c->look.name,
		       cause_at(c, first_of(c, number))->id);
}

static int begin(changes *c, page *p, fria_error *err)
{
	*c = (changes){.p = p};
	int code = look_at(&c->look, p, err);
	if (code)
		return code;
	const fria_snapshot *s = c->look.s;
	const fria_sibling own = {.name = s->name,
				  .instrument = c->look.in,
				  .assessment = s->assessment};
	const fria_siblings beside = {s->siblings, s->siblings_n};
	c->decisive = fria_calloc(c->look.in->n + 1, sizeof *c->decisive);
	fria_decisive(c->decisive, &own, &beside);
	c->number = find_number(c, serve_pairs_find(&p->request->query, "om"));
	return 0;
}

static void end(changes *c)
{
	free(c->decisive);
	free(c->cards.items);
	look_away(&c->look);
}

static const char *key_of(const changes *c, const fria_judgement *j)
{
	const char *id = c->look.in->tasks[j->question.task].id;
	return j->question.row ? page_format(c->p, "%s~%s", id, j->question.row)
			       : id;
}

/* --- the page --- */

static const card *find_card(const changes *c, const char *key)
{
	for (size_t i = 0; i < c->cards.n; i++)
		if (!strcmp(c->cards.items[i].key, key))
			return &c->cards.items[i];
	return NULL;
}

static const char *title_of(const changes *c, size_t i)
{
	fria_buf title = FRIA_BUF_INIT;
	fria_cause_title(&title, cause_at(c, i), &c->look.standing.input,
			 c->p->lang);
	return page_keep(c->p, fria_buf_detach(&title));
}

static void put_step(const changes *c, size_t number)
{
	page *p = c->p;
	size_t i = first_of(c, number), asked = count_under(c, number);
	web_open(&p->w, "li", NULL);
	web_open(&p->w, "a", "href", address_of(c, number), "aria-current",
		 number == c->number ? "step" : NULL, NULL);
	web_text(&p->w, title_of(c, i));
	web_close(&p->w, "a");
	web_open(&p->w, "small", NULL);
	web_say(&p->w,
		asked ? FRIA_W_web_answers : FRIA_W_web_answers_elsewhere,
		"count", FRIA_DIGITS(asked ? asked : cause_at(c, i)->touched.n),
		NULL);
	web_close(&p->w, "small");
	web_close(&p->w, "li");
}

static void put_list(const changes *c)
{
	page *p = c->p;
	web_open(&p->w, "aside", "aria-labelledby", "wijzigingen", NULL);
	web_open(&p->w, "h2", "class", "h3", "id", "wijzigingen", NULL);
	web_say(&p->w, FRIA_W_web_changes_list, NULL);
	web_close(&p->w, "h2");
	web_open(&p->w, "ol", "class", "steps", NULL);
	for (size_t n = 1; n <= c->look.changes.n; n++)
		put_step(c, n);
	web_close(&p->w, "ol");
	web_close(&p->w, "aside");
}

/* What differs, and when that came. */
static void put_change(const changes *c, size_t i)
{
	page *p = c->p;
	const fria_cause *cause = cause_at(c, i);
	fria_buf day = FRIA_BUF_INIT;
	fria_node *at = page_fragment(p);
	if (cause->at)
		fria_day_say(&day, p->lang, cause->at);
	fria_cause_view(at, c->look.e, &c->look.standing.input, i);
	web_open(&p->w, "section", "class", "sheet change", NULL);
	web_open(&p->w, "p", "class", "hint", NULL);
	web_say(&p->w, FRIA_W_web_change_of, "number",
		FRIA_DIGITS(number_of(c, i)), "count",
		FRIA_DIGITS(c->look.changes.n), "release",
		cause->release ? cause->release : "", "date", day.text, NULL);
	web_close(&p->w, "p");
	web_put(&p->w, "h2", NULL, title_of(c, i));
	web_fragment(&p->w, at);
	web_close(&p->w, "section");
	fria_buf_dispose(&day);
}

static const char *own_text(const fria_judgement *j)
{
	return fria_json_text(j->question.answer, "value");
}

/* Four choices; what belongs to one stands behind it. */
static void put_choices(const changes *c, const fria_judgement *j,
			const char *key, const card *sent)
{
	page *p = c->p;
	const char *name = page_format(p, "grond-%s", key);
	const char *ground = sent ? sent->ground : NULL;
	web_open(&p->w, "fieldset", NULL);
	web_open(&p->w, "legend", NULL);
	web_say(&p->w, FRIA_W_web_what_means, "task",
		look_number(&c->look, &j->question), NULL);
	web_close(&p->w, "legend");
	if (sent && sent->error)
		web_put(&p->w, "p", "field-error", sent->error);
	page_choice(p, name, "untouched", ground,
		    fria_word_text(FRIA_W_web_untouched, p->lang),
		    fria_word_text(FRIA_W_web_untouched_small, p->lang));
	page_choice(p, name, "covered", ground,
		    fria_word_text(FRIA_W_web_covered, p->lang),
		    fria_word_text(FRIA_W_web_covered_small, p->lang));
	page_choice(p, name, "checked", ground,
		    fria_word_text(FRIA_W_web_checked, p->lang),
		    fria_word_text(FRIA_W_web_checked_small, p->lang));
	web_open(&p->w, "div", "class", "more", NULL);
	page_put_input(p, &(page_input){page_format(p, "hoe-%s", key),
					FRIA_W_web_how_checked, NULL,
					sent ? sent->note : NULL, NULL, 3});
	web_close(&p->w, "div");
	if (c->look.in->tasks[j->question.task].kind == FRIA_TEXT) {
		page_choice(p, name, "aanpassen", ground,
			    fria_word_text(FRIA_W_web_adapt, p->lang),
			    fria_word_text(FRIA_W_web_adapt_small, p->lang));
		web_open(&p->w, "div", "class", "more", NULL);
		page_put_input(
		    p,
		    &(page_input){page_format(p, "tekst-%s", key),
				  FRIA_W_web_your_answer, NULL,
				  sent && sent->text ? sent->text : own_text(j),
				  NULL, 10});
		web_close(&p->w, "div");
	} else {
		web_open(&p->w, "p", "class", "hint", NULL);
		web_link(&p->w, look_address(&c->look, &j->question),
			 fria_word_text(FRIA_W_web_adapt_there, p->lang));
		web_close(&p->w, "p");
	}
	web_close(&p->w, "fieldset");
	web_void(&p->w, "input", "type", "hidden", "name",
		 page_format(p, "stand-%s", key), "value",
		 page_stand(c->p, j->question.answer), NULL);
}

static void put_summary(const changes *c, const fria_judgement *j)
{
	page *p = c->p;
	const fria_task *t = &c->look.in->tasks[j->question.task];
	const char *text = own_text(j);
	size_t words = text ? fria_words_count(text, strlen(text)) : 0;
	web_open(&p->w, "summary", NULL);
	web_open(&p->w, "h3", NULL);
	web_open(&p->w, "span", NULL);
	web_put(&p->w, "span", "id", look_number(&c->look, &j->question));
	web_text(&p->w, fria_task_title(t, p->lang));
	web_close(&p->w, "span");
	web_close(&p->w, "h3");
	web_open(&p->w, "span", "class", "line", NULL);
	if (j->mentions.n)
		web_badge(&p->w, FRIA_TONE_AGAIN, FRIA_W_web_names_gone);
	web_open(&p->w, "span", NULL);
	if (c->decisive[j->question.task])
		web_word(&p->w, "b", NULL, FRIA_W_web_decides_short);
	if (c->decisive[j->question.task] && words)
		web_text(&p->w, "; ");
	if (words)
		web_say(&p->w, FRIA_W_web_words, "count", FRIA_DIGITS(words),
			NULL);
	web_close(&p->w, "span");
	web_close(&p->w, "span");
	web_close(&p->w, "summary");
}

/* The answer that stands, what it rests on, and what to say of it. */
static void put_inside(changes *c, const fria_judgement *j, const char *key,
		       const card *sent)
{
	page *p = c->p;
	const fria_asked asked = {.input = &c->look.standing.input,
				  .evaluation = c->look.e,
				  .task = j->question.task,
				  .row = j->question.row,
				  .judgement = j,
				  .changes = &c->look.changes};
	fria_node *answer = page_fragment(p), *rests = page_fragment(p);
	fria_asked_view(answer, &asked, FRIA_ASKED_OTHERS | FRIA_ASKED_ANSWER);
	fria_asked_view(rests, &asked, FRIA_ASKED_RESTS);
	web_open(&p->w, "div", NULL);
	web_fragment(&p->w, answer);
	web_open(&p->w, "details", "class", "fold", NULL);
	web_word(&p->w, "summary", NULL, FRIA_W_web_rests);
	web_fragment(&p->w, rests);
	web_close(&p->w, "details");
	if (c->decisive[j->question.task]) {
		web_word(&p->w, "p", NULL, FRIA_W_web_decides);
		web_open(&p->w, "p", "class", "acts", NULL);
		web_open(&p->w, "a", "class", "button", "href",
			 look_address(&c->look, &j->question), NULL);
		web_say(&p->w, FRIA_W_web_own_page, "task",
			look_number(&c->look, &j->question), NULL);
		web_close(&p->w, "a");
		web_close(&p->w, "p");
	} else {
		put_choices(c, j, key, sent);
	}
	web_close(&p->w, "div");
}

static void put_card(changes *c, size_t at)
{
	page *p = c->p;
	const fria_judgement *j = &c->look.e->items[at];
	const char *key = key_of(c, j);
	const card *sent = find_card(c, key);
	bool names = j->mentions.n > 0;
	bool opens = names || (sent && (sent->error || sent->ground));
	web_open(&p->w, "details", "class", names ? "card names" : "card", "id",
		 page_format(p, "k-%s", key), "open", opens ? "" : NULL, NULL);
	put_summary(c, j);
	put_inside(c, j, key, sent);
	web_close(&p->w, "details");
}

/* What names what fell away stands first. */
static void put_cards(changes *c, size_t i)
{
	page *p = c->p;
	const fria_positions *tasks = &cause_at(c, i)->tasks;
	if (!tasks->n)
		return;
	web_open(&p->w, "h2", "class", "part", NULL);
	web_say(&p->w, FRIA_W_web_rest_on_it, "count", FRIA_DIGITS(tasks->n),
		NULL);
	web_close(&p->w, "h2");
	web_word(&p->w, "p", "hint", FRIA_W_web_choose_each);
	for (int first = 1; first >= 0; first--)
		for (size_t k = 0; k < tasks->n; k++)
			if ((c->look.e->items[tasks->items[k]].mentions.n >
			     0) == first)
				put_card(c, tasks->items[k]);
}

/* Answers that it touches and that are told with other changes. */
static void put_elsewhere(const changes *c)
{
	page *p = c->p;
	const fria_cause *cause = cause_at(c, first_of(c, c->number));
	web_open(&p->w, "section", "class", "part", NULL);
	web_word(&p->w, "h2", NULL, FRIA_W_web_told_elsewhere);
	web_open(&p->w, "ul", "class", "tasks", NULL);
	for (size_t k = 0; k < cause->touched.n; k++) {
		const fria_judgement *j =
		    &c->look.e->items[cause->touched.items[k]];
		size_t at =
		    fria_cause_of(&c->look.e->causes, cause->touched.items[k]);
		if (at == FRIA_NONE)
			continue;
		web_open(&p->w, "li", NULL);
		web_open(&p->w, "a", "href",
			 page_format(p, "%s#k-%s",
				     address_of(c, number_of(c, at)),
				     key_of(c, j)),
			 NULL);
		web_put(&p->w, "span", "id",
			look_number(&c->look, &j->question));
		web_text(&p->w,
			 fria_task_title(&c->look.in->tasks[j->question.task],
					 p->lang));
		web_close(&p->w, "a");
		web_put(&p->w, "span", "soft", title_of(c, at));
		web_close(&p->w, "li");
	}
	web_close(&p->w, "ul");
	web_close(&p->w, "section");
}

/* Each change that is told here, and what rests on it. */
static void put_told(changes *c)
{
	page *p = c->p;
	bool asks = count_under(c, c->number) > 0;
	if (asks) {
		page_form(p, address_of(c, c->number));
		look_put_head(&c->look, NULL);
	}
	for (size_t i = 0; i < c->look.e->causes.n; i++) {
		if (!is_told(c, i, c->number))
			continue;
		put_change(c, i);
		put_cards(c, i);
	}
	if (!asks) {
		put_elsewhere(c);
		return;
	}
	web_open(&p->w, "p", "class", "acts", NULL);
	page_button(p, "bewaar", true, FRIA_W_web_save_change);
	web_close(&p->w, "p");
	web_close(&p->w, "form");
}

static void put_wrong(const changes *c)
{
	page *p = c->p;
	size_t n = 0;
	for (size_t i = 0; i < c->cards.n; i++)
		n += c->cards.items[i].error != NULL;
	if (!n)
		return;
	web_open(&p->w, "div", "class", "alert error", "role", "alert", NULL);
	web_word(&p->w, "h2", NULL, FRIA_W_web_not_all_saved);
	web_open(&p->w, "ul", NULL);
	for (size_t i = 0; i < c->cards.n; i++) {
		const card *one = &c->cards.items[i];
		if (!one->error)
			continue;
		web_open(&p->w, "li", NULL);
		web_link(&p->w, page_format(p, "#k-%s", one->key), one->error);
		web_close(&p->w, "li");
	}
	web_close(&p->w, "ul");
	web_close(&p->w, "div");
}

/* The one release that brought what a release brought; or NULL. */
static const char *release_of(const changes *c)
{
	const char *found = NULL;
	for (size_t i = 0; i < c->look.e->causes.n; i++) {
		const char *one = cause_at(c, i)->release;
		if (found && one && strcmp(found, one) != 0)
			return NULL;
		found = one ? one : found;
	}
	return found;
}

/* Nothing is asked by a change any more; what is still to be done. */
static void put_no_more(const changes *c)
{
	page *p = c->p;
	web_word(&p->w, "p", "lead", FRIA_W_web_no_changes);
	look_next(&c->look);
}

static void show(changes *c)
{
	page *p = c->p;
	const fria_counts *n = &c->look.e->counts;
	const char *release = release_of(c);
	const char *title =
	    release
		? page_say(p, FRIA_W_web_release_changes, "release", release,
			   "application", look_application(&c->look), NULL)
		: page_say(p, FRIA_W_web_changes_title, "application",
			   look_application(&c->look), NULL);
	look_open(&c->look, fria_word_text(FRIA_W_web_tab_changes, p->lang),
		  title);
	look_head(&c->look, "/_samen", title);
	if (!c->number) {
		put_no_more(c);
		page_close(p);
		return;
	}
	page_lead(p, page_say(p, FRIA_W_web_changes_lead, "changes",
			      FRIA_DIGITS(c->look.changes.n), "count",
			      FRIA_DIGITS(n->stale), "suspect",
			      n->suspect ? FRIA_DIGITS(n->suspect) : "", NULL));
	web_open(&p->w, "div", "class", "two part", NULL);
	web_open(&p->w, "div", NULL);
	put_wrong(c);
	put_told(c);
	web_close(&p->w, "div");
	put_list(c);
	web_close(&p->w, "div");
	page_close(p);
}

int page_changes(page *p, fria_error *err)
{
	changes c;
	int code = begin(&c, p, err);
	if (code)
		return code;
	show(&c);
	end(&c);
	return 0;
}

/* --- what is sent --- */

static const char *field(const page *p, const char *kind, const char *key)
{
	char *name = fria_format("%s-%s", kind, key);
	const char *value = page_field(p, name);
	free(name);
	return value && value[strspn(value, " \t\r\n")] ? value : NULL;
}

/* Every answer of which something was chosen. */
static void read_cards(changes *c)
{
	const page *p = c->p;
	for (size_t i = 0; i < p->request->form.n; i++) {
		const char *name = p->request->form.items[i].name;
		if (strncmp(name, "grond-", 6) != 0)
			continue;
		const char *key = name + 6;
		*FRIA_PUSH(&c->cards) =
		    (card){.key = key,
			   .ground = p->request->form.items[i].value,
			   .note = field(p, "hoe", key),
			   .text = field(p, "tekst", key),
			   .stand = field(p, "stand", key)};
	}
}

/* "5.2.kans~k3f9x2ma" as a task, for the caller to free, and its row or NULL.
 */
static char *split_key(const char *key, const char **row)
{
	char *task = fria_strdup(key), *mark = strchr(task, '~');
	*row = mark ? mark + 1 : NULL;
	if (mark)
		*mark = '\0';
	return task;
}

/* What was written is there, whatever comes of it, until it is recorded. */
static void keep_drafts(const changes *c, bool done)
{
	for (size_t i = 0; i < c->cards.n; i++) {
		const card *one = &c->cards.items[i];
		const char *row;
		char *task = split_key(one->key, &row);
		page_draft draft = {
		    .text = (char *)(uintptr_t)one->text,
		    .from = (char *)(uintptr_t)one->stand,
		    .page = (char *)(uintptr_t)page_field(c->p, "_gezien")};
		if (!strcmp(one->ground, "aanpassen") && one->text && !done)
			page_draft_write(c->p, c->look.name, task, row, &draft,
					 NULL);
		else if (done && one->kept)
			page_draft_drop(c->p, c->look.name, task, row);
		free(task);
	}
}

/* The judgement that a card is about, as it stands now; NULL: none. */
static const fria_judgement *judged(const changes *c, const card *one)
{
	const char *row;
	char *task = split_key(one->key, &row);
	size_t at = fria_instrument_find(c->look.in, task);
	const fria_judgement *j =
	    at == FRIA_NONE ? NULL : fria_evaluation_find(c->look.e, at, row);
	free(task);
	return j;
}

static int keep_one(const changes *c, const card *one, const fria_judgement *j,
		    fria_error *err)
{
	fria_workspace *ws = c->p->place->ws;
	const char *id = c->look.in->tasks[j->question.task].id;
	const char *const tasks[] = {id};
	const fria_selection which = {.tasks = tasks,
				      .n = 1,
				      .row = j->question.row,
				      .page = page_seen(c->p, one->stand)};
	const fria_edit_target target = {.application_name = c->look.name,
					 .task = id,
					 .row = j->question.row,
					 .page = page_seen(c->p, one->stand)};
	fria_confirmed confirmed;
	fria_edited edited;
	if (!strcmp(one->ground, "checked") && !one->note)
		return fria_fail(err, FRIA_EINPUT, FRIA_W_web_no_how, "task",
				 id, NULL);
	if (!strcmp(one->ground, "aanpassen"))
		return fria_answer(&edited, ws, &target,
				   one->text ? one->text : "", err);
	return fria_confirm(&confirmed, ws, c->look.name, &which, one->ground,
			    one->note, err);
}

/* One that cannot be kept says why, and holds up no other. */
static bool keep_card(changes *c, card *one)
{
	fria_error why = FRIA_ERROR_INIT;
	const fria_judgement *j = judged(c, one);
	int code;
	one->error = NULL;
	if (!j)
		code = fria_fail(&why, FRIA_ERACE, FRIA_W_shown_race, "task",
				 one->key, NULL);
	else
		code = keep_one(c, one, j, &why);
	if (code)
		one->error = page_trouble(c->p, &why);
	one->kept = !code;
	return !code;
}

static int keep_all(page *p, void *data, fria_error *err)
{
	changes *c = data;
	size_t kept = 0;
	int code = page_refuse_unsaved(p, err);
	for (size_t i = 0; i < c->cards.n; i++)
		c->cards.items[i].kept = false;
	/* What rests on another comes after it: what did not go is tried again
	 * as long as something else did. */
	for (size_t before = SIZE_MAX; !code && before != kept;) {
		before = kept;
		for (size_t i = 0; i < c->cards.n; i++)
			if (!c->cards.items[i].kept)
				kept += keep_card(c, &c->cards.items[i]);
	}
	c->kept = kept;
	return code || !kept ? code : page_save(p, c->look.name, err);
}

int page_changes_post(page *p, fria_error *err)
{
	changes before, now;
	int code = begin(&before, p, err);
	if (code)
		return code;
	read_cards(&before);
	keep_drafts(&before, false);
	code = page_act(p, keep_all, &before, err);
	if (code) {
		end(&before);
		return code;
	}
	keep_drafts(&before, true);
	if (before.kept == before.cards.n) {
		size_t next = next_number(&before, before.number + 1);
		page_see(p, next ? address_of(&before, next)
				 : page_at(p, "a/%s/_samen", before.look.name));
	} else if (!(code = begin(&now, p, err))) {
		now.cards.items = before.cards.items;
		now.cards.n = before.cards.n;
		before.cards.items = NULL;
		p->response->status = 422;
		show(&now);
		end(&now);
	}
	end(&before);
	return code;
}
