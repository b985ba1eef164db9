/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * "Twee antwoorden": what an exchange left for people to decide. Each place
 * once: what stood there, what each side says and who wrote it, and which of
 * them holds from now on. What is decided last is saved with all the rest.
 */
#include "page.h"

#include <string.h>

typedef struct {
	page *p;
	const fria_unsettled *one;
	fria_placed placed;
} deciding;

/* What was sent, and what is wrong with it. */
typedef struct {
	const char *pointer, *name; /* NULL: nothing was */
	const char *error;
} sent;

/* --- what stands on each side --- */

static const fria_task *task_of(const deciding *d, const fria_conflict *c)
{
	const fria_instrument *in = d->placed.side.instrument;
	size_t task = in && c->task && fria_conflict_is_answer(c)
			  ? fria_instrument_find(in, c->task)
			  : FRIA_NONE;
	return task == FRIA_NONE ? NULL : &in->tasks[task];
}

/* Of an answer in running text: that text, as it was typed. */
static const char *typed(const deciding *d, const fria_conflict *c,
			 const json_t *value)
{
	const fria_task *t = task_of(d, c);
	return t && t->kind == FRIA_TEXT ? fria_json_text(value, "value")
					 : NULL;
}

static const char *text_of(const deciding *d, const fria_conflict *c,
			   const json_t *value)
{
	page *p = d->p;
	fria_buf out = FRIA_BUF_INIT;
	const char *text = typed(d, c, value);
	if (!value || json_is_null(value))
		return "";
	if (text)
		return text;
	fria_place_value_say(&out, &d->placed.side, c->pointer, value, p->lang);
	return page_keep(p, fria_buf_detach(&out));
}

/* The same to be compared: markup is not what differs. */
static const char *outline(const deciding *d, const fria_conflict *c,
			   const json_t *value)
{
	fria_buf out = FRIA_BUF_INIT;
	const char *text = text_of(d, c, value);
	if (!typed(d, c, value))
		return text;
	fria_markdown_outline(&out, text, strlen(text));
	return page_keep(d->p, fria_buf_detach(&out));
}

static const char *who(const deciding *d, const fria_conflict *c, size_t side)
{
	page *p = d->p;
	const char *by =
	    fria_store_shown(p->place->ws->store, c->wrote[side].by);
	if (!by)
		return page_say(
		    p, side ? FRIA_W_web_side_theirs : FRIA_W_web_side_ours,
		    NULL);
	return page_format(p, "%.*s", (int)fria_person_length(by), by);
}

/* "Kwam binnen bij het uitwisselen; geschreven op 16 november, 14.02 uur." */
static const char *whence(const deciding *d, const fria_conflict *c,
			  size_t side)
{
	page *p = d->p;
	fria_buf at = FRIA_BUF_INIT;
	if (c->wrote[side].by)
		fria_time_write(&at, c->wrote[side].at);
	const char *text =
	    page_say(p, side ? FRIA_W_web_came_in : FRIA_W_web_stood_here, "at",
		     at.n ? page_when(p, at.text) : "", NULL);
	fria_buf_dispose(&at);
	return text;
}

static void put_text(const deciding *d, const char *text, bool running)
{
	page *p = d->p;
	fria_node *at = page_fragment(p);
	if (!*text) {
		web_word(&p->w, "p", "soft", FRIA_W_conflict_absent);
	} else if (running) {
		fria_node_answer(at, text, NULL);
		web_fragment(&p->w, at);
	} else {
		web_put(&p->w, "p", NULL, text);
	}
}

/* True if something of a text is still there: else it is read whole, and not
 * as so many words that went. */
static bool keeps(const char *before, const char *after)
{
	fria_prose both;
	bool any = false;
	fria_prose_compare(&both, before, after);
	for (size_t i = 0; i < both.n; i++) {
		const fria_block *b = &both.items[i];
		any = any || (b->from && b->to && !b->anew);
	}
	fria_prose_dispose(&both);
	return any;
}

static void put_side(const deciding *d, const fria_conflict *c, size_t side)
{
	page *p = d->p;
	const json_t *value = side ? c->theirs : c->ours;
	const char *base = outline(d, c, c->base);
	const char *now = outline(d, c, value);
	web_open(&p->w, "section", "class", "sheet", NULL);
	web_put(&p->w, "h3", NULL,
		page_say(p, FRIA_W_web_of_who, "who", who(d, c, side), NULL));
	web_put(&p->w, "p", "hint", whence(d, c, side));
	if (!*c->pointer && value) {
		web_word(&p->w, "p", NULL, FRIA_W_web_whole_changed);
	} else if (*base && *now && keeps(base, now)) {
		fria_node *at = page_fragment(p);
		fria_texts_view(at, base, now);
		web_fragment(&p->w, at);
	} else {
		put_text(d, text_of(d, c, value), typed(d, c, value) != NULL);
	}
	web_close(&p->w, "section");
}

static void put_base(const deciding *d, const fria_conflict *c)
{
	page *p = d->p;
	const char *base = text_of(d, c, c->base);
	if (!*base || !*c->pointer)
		return;
	web_open(&p->w, "details", "class", "fold part", NULL);
	web_word(&p->w, "summary", NULL, FRIA_W_web_stood_before);
	put_text(d, base, typed(d, c, c->base) != NULL);
	web_close(&p->w, "details");
}

/* --- what is to hold --- */

/* Where a text of one's own may stand in the place of both. */
static bool may_write(const deciding *d, const fria_conflict *c)
{
	const fria_task *t = task_of(d, c);
	if (t)
		return t->kind == FRIA_TEXT || t->kind == FRIA_NUMBER ||
		       t->kind == FRIA_DATE;
	return fria_fact_is(c->pointer) &&
	       (json_is_string(c->ours) || json_is_string(c->theirs));
}

static void put_own(const deciding *d, const fria_conflict *c, const char *id,
		    bool again)
{
	page *p = d->p;
	const fria_task *t = task_of(d, c);
	const char *written = again ? page_field(p, "tekst") : NULL;
	const char *ours = text_of(d, c, c->ours);
	web_open(&p->w, "div", "class", "more", NULL);
	web_open(&p->w, "div", "class", "field", NULL);
	web_open(&p->w, "label", "for", id, NULL);
	web_say(&p->w, FRIA_W_web_own_text, NULL);
	web_close(&p->w, "label");
	if (!written)
		written = *ours ? ours : text_of(d, c, c->theirs);
	if (t && t->kind != FRIA_TEXT) {
		web_void(&p->w, "input", "type", "text", "id", id, "name",
			 "tekst", "value", written, NULL);
	} else {
		web_open(&p->w, "textarea", "id", id, "name", "tekst", "rows",
			 "8", NULL);
		web_text(&p->w, "\n");
		web_text(&p->w, written);
		web_close(&p->w, "textarea");
	}
	web_close(&p->w, "div");
	web_close(&p->w, "div");
}

static void put_choice(const deciding *d, const fria_conflict *c, size_t n,
		       const sent *in)
{
	page *p = d->p;
	bool again = in->pointer && !strcmp(in->pointer, c->pointer) &&
		     !strcmp(in->name, d->one->name);
	const char *chosen = again ? page_field(p, "gelden") : NULL;
	page_form(p, page_at(p, "conflicten#k%zu", n));
	web_void(&p->w, "input", "type", "hidden", "name", "wat", "value",
		 d->one->name, NULL);
	web_void(&p->w, "input", "type", "hidden", "name", "plaats", "value",
		 c->pointer, NULL);
	web_open(&p->w, "div", "class", "sheet part", NULL);
	web_open(&p->w, "fieldset", NULL);
	web_word(&p->w, "legend", NULL, FRIA_W_web_which_holds);
	page_choice(p, "gelden", "deze", chosen,
		    page_say(p, FRIA_W_web_what_who, "who", who(d, c, 0), NULL),
		    fria_word_text(FRIA_W_web_stood_here_small, p->lang));
	page_choice(p, "gelden", "andere", chosen,
		    page_say(p, FRIA_W_web_what_who, "who", who(d, c, 1), NULL),
		    fria_word_text(FRIA_W_web_came_in_small, p->lang));
	if (may_write(d, c)) {
		page_choice(p, "gelden", "samen", chosen,
			    fria_word_text(FRIA_W_web_together, p->lang),
			    fria_word_text(FRIA_W_web_together_small, p->lang));
		put_own(d, c, page_format(p, "tekst%zu", n), again);
	}
	web_close(&p->w, "fieldset");
	web_open(&p->w, "p", "class", "acts", NULL);
	page_button(p, "beslis", n == 1, FRIA_W_web_settle);
	web_close(&p->w, "p");
	web_close(&p->w, "div");
	web_close(&p->w, "form");
}

static void put_conflict(const deciding *d, const fria_conflict *c, size_t n,
			 const sent *in)
{
	page *p = d->p;
	fria_buf place = FRIA_BUF_INIT;
	fria_place_say(&place, &d->placed.side, c->pointer, p->lang);
	web_open(&p->w, "section", "class", "part", "id",
		 page_format(p, "k%zu", n), NULL);
	web_put(&p->w, "p", "tag", d->one->name);
	web_put(&p->w, "h2", NULL,
		place.n ? place.text
			: fria_word_text(FRIA_W_conflict_whole, p->lang));
	web_open(&p->w, "div", "class", "compare", NULL);
	put_side(d, c, 0);
	put_side(d, c, 1);
	web_close(&p->w, "div");
	put_base(d, c);
	put_choice(d, c, n, in);
	web_close(&p->w, "section");
	fria_buf_dispose(&place);
}

/* --- the page --- */

static size_t count(const fria_unsettleds *all)
{
	size_t n = 0;
	for (size_t i = 0; i < all->n; i++)
		n += all->items[i].n;
	return n;
}

static void put_document(page *p, const fria_unsettled *one, size_t *n,
			 const sent *in)
{
	deciding d = {.p = p, .one = one};
	if (!one->document) {
		web_open(&p->w, "p", "class", "alert warn", NULL);
		web_say(&p->w, FRIA_W_conflict_foreign, "path", one->path,
			NULL);
		web_close(&p->w, "p");
		return;
	}
	if (!one->n)
		return;
	fria_placed_open(&d.placed, p->place->ws, NULL,
			 fria_store_own_path(p->place->ws->store, one->path),
			 one->now);
	for (size_t i = 0; i < one->n; i++)
		put_conflict(&d, &one->items[i], ++*n, in);
	fria_placed_close(&d.placed);
}

/* All is decided, and what remains is to save it or to exchange again. */
static void put_rest(page *p, bool waits)
{
	if (waits) {
		page_form(p, page_at(p, "conflicten"));
		web_open(&p->w, "p", "class", "acts", NULL);
		page_button(p, "bewaar", true, FRIA_W_web_save_settled);
		web_close(&p->w, "p");
		web_close(&p->w, "form");
		return;
	}
	web_open(&p->w, "p", "class", "acts", NULL);
	web_open(&p->w, "a", "class", "button main", "href",
		 page_at(p, "_delen"), NULL);
	web_say(&p->w, FRIA_W_web_to_share, NULL);
	web_close(&p->w, "a");
	web_close(&p->w, "p");
}

static int show(page *p, const sent *in, fria_error *err)
{
	fria_unsettleds all;
	int code = fria_conflicts(&all, p->place->ws, NULL, err);
	if (code)
		return code;
	size_t left = count(&all), n = 0;
	char theirs[FRIA_ID_SIZE];
	bool waits = all.n || fria_store_merging(theirs, p->place->ws->store);
	const char *title = page_say(p, FRIA_W_web_unsettled, NULL);
	const page_crumb crumbs[] = {
	    {page_at(p, "_delen"), fria_word_text(FRIA_W_web_share, p->lang)},
	    {NULL, title}};
	fria_conflicts_wrote(&all, p->place->ws);
	page_open(p, &(page_frame){title, NAV_SHARE, crumbs, 2});
	web_open(&p->w, "div", "class", "head", NULL);
	web_put(&p->w, "h1", NULL, title);
	page_lead(p, page_say(p,
			      left    ? FRIA_W_web_unsettled_lead
			      : waits ? FRIA_W_web_unsettled_save
				      : FRIA_W_web_unsettled_none,
			      "count", FRIA_DIGITS(left), NULL));
	web_close(&p->w, "div");
	page_wrong(p, in->error);
	for (size_t i = 0; i < all.n; i++)
		put_document(p, &all.items[i], &n, in);
	if (!left)
		put_rest(p, waits);
	page_close(p);
	fria_unsettleds_dispose(&all);
	return 0;
}

int page_unsettled(page *p, fria_error *err)
{
	return show(p, &(sent){.error = NULL}, err);
}

bool page_put_unsettled(page *p)
{
	fria_unsettleds all;
	char theirs[FRIA_ID_SIZE];
	fria_error err = FRIA_ERROR_INIT;
	if (fria_conflicts(&all, p->place->ws, NULL, &err))
		return false;
	size_t n = count(&all);
	bool any = all.n || fria_store_merging(theirs, p->place->ws->store);
	if (any) {
		web_open(&p->w, "div", "class", "alert warn", NULL);
		web_word(&p->w, "h2", NULL, FRIA_W_web_share_differs);
		web_open(&p->w, "p", NULL);
		web_link(&p->w, page_at(p, "conflicten"),
			 page_say(p, FRIA_W_web_settle_these, "count",
				  n ? FRIA_DIGITS(n) : "", NULL));
		web_close(&p->w, "p");
		web_close(&p->w, "div");
	}
	fria_unsettleds_dispose(&all);
	return any;
}

/* --- it is decided --- */

/* Once nothing is left all that waited is one commit. */
static int save_settled(page *p, fria_error *err)
{
	fria_unsettleds all;
	int code = fria_conflicts(&all, p->place->ws, NULL, err);
	size_t left = code ? 0 : count(&all);
	if (!code)
		fria_unsettleds_dispose(&all);
	if (!code && !left)
		code = page_save(p, NULL, err);
	return code;
}

static int settle(page *p, const sent *in, fria_error *err)
{
	const char *holds = page_field(p, "gelden");
	const char *text = page_field(p, "tekst");
	fria_resolved done;
	fria_resolution r = {.name = in->name, .task = in->pointer};
	if (!in->name || !in->pointer || !holds)
		return fria_fail(err, FRIA_EINPUT, FRIA_W_web_no_side, NULL);
	r.theirs = !strcmp(holds, "andere");
	if (!strcmp(holds, "samen")) {
		if (!text || fria_text_blank(text))
			return fria_fail(err, FRIA_EINPUT, FRIA_W_web_no_own,
					 NULL);
		r.value = text;
	}
	return fria_resolve(&done, p->place->ws, &r, err);
}

int page_unsettled_post(page *p, fria_error *err)
{
	const char *does = page_field(p, "doe");
	fria_error why = FRIA_ERROR_INIT;
	sent in = {page_field(p, "plaats"), page_field(p, "wat"), NULL};
	int code = does && !strcmp(does, "bewaar") ? 0 : settle(p, &in, &why);
	if (!code)
		code = save_settled(p, &why);
	if (!code) {
		page_see(p, page_at(p, "conflicten"));
		return 0;
	}
	if (!in.name)
		in.pointer = NULL;
	in.error = page_trouble(p, &why);
	p->response->status = page_status(why.code);
	return show(p, &in, err);
}
