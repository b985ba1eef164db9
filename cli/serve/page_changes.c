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
	size_t cause; /* FRIA_NONE: there is none */
	bool *decisive;
	struct {
		card *items;
		size_t n;
	} cards; /* that were sent; none when it is asked for */
	size_t kept;
} changes;

/* --- which change --- */

static bool is_told_here(const page_look *look, size_t i)
{
	const fria_cause *c = &look->e->causes.items[i];
	return c->tasks.n > 0;
}

static size_t find_cause(const page_look *look, const char *asked)
{
	const fria_causes *all = &look->e->causes;
	size_t at = asked ? fria_cause_find(all, asked) : FRIA_NONE;
	for (size_t i = 0; at == FRIA_NONE && i < all->n; i++)
		if (is_told_here(look, i))
			at = i;
	return at;
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
	c->cause =
	    find_cause(&c->look, serve_pairs_find(&p->request->query, "om"));
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

static const char *stand_of(const changes *c, const fria_judgement *j)
{
	char digest[FRIA_DIGEST_SIZE] = "";
	json_t *form = fria_answer_form(j->question.answer);
	fria_digest(digest, form);
	json_decref(form);
	return page_format(c->p, "%s", digest);
}

/* --- the page --- */

static const card *find_card(const changes *c, const char *key)
{
	for (size_t i = 0; i < c->cards.n; i++)
		if (!strcmp(c->cards.items[i].key, key))
			return &c->cards.items[i];
	return NULL;
}

static void put_list(const changes *c)
{
	page *p = c->p;
	const fria_causes *all = &c->look.e->causes;
	web_open(&p->w, "aside", "aria-labelledby", "wijzigingen", NULL);
	web_open(&p->w, "h2", "class", "h3", "id", "wijzigingen", NULL);
	web_say(&p->w, FRIA_W_web_changes_list, NULL);
	web_close(&p->w, "h2");
	web_open(&p->w, "ol", "class", "steps", NULL);
	for (size_t i = 0; i < all->n; i++) {
		if (!is_told_here(&c->look, i))
			continue;
		fria_buf title = FRIA_BUF_INIT;
		fria_cause_title(&title, &all->items[i],
				 &c->look.standing.input, p->lang);
		web_open(&p->w, "li", NULL);
		web_open(&p->w, "a", "href",
			 page_at(p, "a/%s/_samen?om=%s", c->look.name,
				 all->items[i].id),
			 "aria-current", i == c->cause ? "step" : NULL, NULL);
		web_text(&p->w, title.text);
		web_close(&p->w, "a");
		web_open(&p->w, "small", NULL);
		web_say(&p->w, FRIA_W_web_answers, "count",
			FRIA_DIGITS(all->items[i].tasks.n), NULL);
		web_close(&p->w, "small");
		web_close(&p->w, "li");
		fria_buf_dispose(&title);
	}
	web_close(&p->w, "ol");
	web_close(&p->w, "aside");
}

static void put_change(const changes *c)
{
	page *p = c->p;
	const fria_cause *cause = &c->look.e->causes.items[c->cause];
	fria_buf title = FRIA_BUF_INIT, day = FRIA_BUF_INIT;
	fria_node *at = page_fragment(p);
	fria_cause_title(&title, cause, &c->look.standing.input, p->lang);
	if (cause->at)
		fria_day_say(&day, p->lang, cause->at);
	fria_cause_view(at, c->look.e, &c->look.standing.input, c->cause);
	web_open(&p->w, "section", "class", "sheet change", NULL);
	web_open(&p->w, "p", "class", "hint", NULL);
	web_say(&p->w,
		cause->release ? FRIA_W_web_change_release
			       : FRIA_W_web_change_day,
		"release", cause->release, "date", day.text, NULL);
	web_close(&p->w, "p");
	web_put(&p->w, "h2", NULL, title.text);
	web_fragment(&p->w, at);
	web_close(&p->w, "section");
	fria_buf_dispose(&day);
	fria_buf_dispose(&title);
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
	}
	web_close(&p->w, "fieldset");
	web_void(&p->w, "input", "type", "hidden", "name",
		 page_format(p, "stand-%s", key), "value", stand_of(c, j),
		 NULL);
}

static size_t words_in(const char *text)
{
	size_t n = 0;
	for (const char *at = text; at && *at;) {
		at += strspn(at, " \t\r\n");
		n += *at != '\0';
		at += strcspn(at, " \t\r\n");
	}
	return n;
}

static void put_card(const changes *c, size_t at)
{
	page *p = c->p;
	const fria_judgement *j = &c->look.e->items[at];
	const fria_task *t = &c->look.in->tasks[j->question.task];
	const char *key = key_of(c, j);
	const card *sent = find_card(c, key);
	const fria_asked asked = {.input = &c->look.standing.input,
				  .evaluation = c->look.e,
				  .task = j->question.task,
				  .row = j->question.row,
				  .judgement = j};
	bool names = j->mentions.n > 0;
	bool opens = names || (sent && (sent->error || sent->ground));
	web_open(&p->w, "details", "class", names ? "card names" : "card", "id",
		 page_format(p, "k-%s", key), "open", opens ? "" : NULL, NULL);
	web_open(&p->w, "summary", NULL);
	web_open(&p->w, "h3", NULL);
	web_open(&p->w, "span", NULL);
	web_put(&p->w, "span", "id", look_number(&c->look, &j->question));
	web_text(&p->w, fria_task_title(t, p->lang));
	web_close(&p->w, "span");
	web_close(&p->w, "h3");
	web_open(&p->w, "p", "class", "line", NULL);
	if (names)
		web_badge(&p->w, FRIA_TONE_AGAIN, FRIA_W_web_names_gone);
	web_open(&p->w, "span", NULL);
	web_say(&p->w, FRIA_W_web_words, "count",
		FRIA_DIGITS(words_in(own_text(j))), NULL);
	web_close(&p->w, "span");
	web_close(&p->w, "p");
	web_close(&p->w, "summary");
	web_open(&p->w, "div", NULL);
	fria_node *answer = page_fragment(p), *rests = page_fragment(p);
	fria_asked_view(answer, &asked, FRIA_ASKED_ANSWER);
	fria_asked_view(rests, &asked, FRIA_ASKED_RESTS);
	web_fragment(&p->w, answer);
	web_open(&p->w, "details", "class", "fold", NULL);
	web_word(&p->w, "summary", NULL, FRIA_W_web_rests);
	web_fragment(&p->w, rests);
	web_close(&p->w, "details");
	if (c->decisive[j->question.task]) {
		web_word(&p->w, "p", NULL, FRIA_W_web_decides);
		web_link(&p->w, look_address(&c->look, &j->question),
			 fria_word_text(FRIA_W_web_own_page, p->lang));
	} else {
		put_choices(c, j, key, sent);
	}
	web_close(&p->w, "div");
	web_close(&p->w, "details");
}

/* What names what fell away stands first. */
static void put_cards(const changes *c)
{
	page *p = c->p;
	const fria_positions *tasks = &c->look.e->causes.items[c->cause].tasks;
	web_open(&p->w, "h2", "class", "part", NULL);
	web_say(&p->w, FRIA_W_web_rest_on_it, "count", FRIA_DIGITS(tasks->n),
		NULL);
	web_close(&p->w, "h2");
	web_word(&p->w, "p", "hint", FRIA_W_web_choose_each);
	page_form(p, page_at(p, "a/%s/_samen?om=%s", c->look.name,
			     c->look.e->causes.items[c->cause].id));
	for (int first = 1; first >= 0; first--)
		for (size_t i = 0; i < tasks->n; i++)
			if ((c->look.e->items[tasks->items[i]].mentions.n >
			     0) == first)
				put_card(c, tasks->items[i]);
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

static void show(const changes *c)
{
	page *p = c->p;
	const char *title = page_say(p, FRIA_W_web_changes_title, "application",
				     look_application(&c->look), NULL);
	look_open(&c->look, fria_word_text(FRIA_W_web_tab_changes, p->lang),
		  title);
	look_head(&c->look, "/_samen", title);
	if (c->cause == FRIA_NONE) {
		web_word(&p->w, "p", "lead", FRIA_W_web_no_changes);
		page_close(p);
		return;
	}
	web_open(&p->w, "div", "class", "two", NULL);
	web_open(&p->w, "div", NULL);
	put_wrong(c);
	put_change(c);
	put_cards(c);
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

/* The judgement that a card is about, as it stands now; NULL: none. */
static const fria_judgement *judged(const changes *c, const card *one)
{
	char *task = fria_strdup(one->key), *row = strchr(task, '~');
	if (row)
		*row++ = '\0';
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
	const fria_selection which = {
	    .tasks = tasks, .n = 1, .row = j->question.row};
	const fria_edit_target target = {.application_name = c->look.name,
					 .task = id,
					 .row = j->question.row};
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
	if (!j || !one->stand || strcmp(one->stand, stand_of(c, j)) != 0)
		code = fria_fail(&why, FRIA_ERACE, FRIA_W_web_race, NULL);
	else
		code = keep_one(c, one, j, &why);
	if (code) {
		fria_buf text = FRIA_BUF_INIT;
		fria_error_text(&text, &why, c->p->lang);
		one->error = page_keep(c->p, fria_buf_detach(&text));
	}
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
	code = page_act(p, keep_all, &before, err);
	if (code) {
		end(&before);
		return code;
	}
	if (before.kept == before.cards.n) {
		page_see(p, page_at(p, "a/%s/_samen", before.look.name));
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
