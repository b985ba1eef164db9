/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What an adviser reads: what changed since their last word, first in the
 * questions that are theirs, and three of the answers that were confirmed as
 * they stood. What was seen is theirs alone, and never in the document.
 */
#include "advise.h"

#include <stdlib.h>
#include <string.h>

enum {
	OPEN_WORDS = 550, /* so many stand open; the rest folded, by title */
	DRAWN = 3
};

typedef struct {
	const page_look *look;
	page *p;
	fria_presented shown;
	const fria_diff *diff; /* NULL: there is nothing to compare with */
	json_t *seen; /* {"seen": {digest: true}, "agreed": {digest: true}} */
	const char *content;
	size_t words; /* that stand open already */
} review;

/* --- what was marked --- */

static char *file_of(const page *p)
{
	return fria_format("seen/%s/%s/%s.json", p->who->subject, p->parts[0],
			   p->parts[1]);
}

static json_t *marks_read(const page *p)
{
	const serve_state *state = &p->place->state;
	char *file = file_of(p);
	fria_buf bytes = FRIA_BUF_INIT;
	json_t *json = NULL;
	if (state->read && state->read(state->data, file, &bytes))
		fria_json_parse(&json, file, bytes.text, bytes.n, NULL);
	fria_buf_dispose(&bytes);
	free(file);
	return json ? json : json_object();
}

/* What was chosen under a name, as members of an object. */
static json_t *chosen(const page *p, const char *name, const char *prefix)
{
	json_t *all = json_object();
	size_t n = strlen(name);
	for (size_t i = 0; i < p->request->form.n; i++) {
		const serve_pair *one = &p->request->form.items[i];
		if (!prefix && !strcmp(one->name, name))
			json_object_set_new(all, one->value, json_true());
		else if (prefix && !strncmp(one->name, name, n) &&
			 !strcmp(one->value, prefix))
			json_object_set_new(all, one->name + n, json_true());
	}
	return all;
}

int review_keep(page *p, fria_error *err)
{
	char *file = file_of(p);
	json_t *json =
	    fria_json_pack("{s:o, s:o}", "seen", chosen(p, "gezien", NULL),
			   "agreed", chosen(p, "oordeel-", "eens"));
	int code = page_state_write(p, file, json, err);
	json_decref(json);
	free(file);
	return code;
}

static bool is_marked(const review *r, const char *list, const char *digest)
{
	return json_object_get(json_object_get(r->seen, list), digest) != NULL;
}

/* A change by what it says: another one has another. */
static const char *digest_of(const review *r, const fria_difference *d)
{
	char out[FRIA_SHA256_SIZE];
	fria_buf text = FRIA_BUF_INIT;
	const char *const of[] = {fria_change_id(d->kind), d->task, d->row,
				  d->pointer, d->key};
	for (size_t i = 0; i < sizeof of / sizeof *of; i++)
		fria_buf_printf(&text, "%s\n", of[i] ? of[i] : "");
	for (int after = 0; after < 2; after++) {
		fria_difference_value(&text, r->diff, d, after, FRIA_NL);
		fria_buf_putc(&text, '\n');
	}
	fria_buf_puts(&text, d->note ? d->note : "");
	fria_sha256(out, text.text, text.n);
	fria_buf_dispose(&text);
	return page_format(r->p, "%.16s", out);
}

/* --- one change --- */

static const char *value_of(const review *r, const fria_difference *d,
			    bool after)
{
	fria_buf text = FRIA_BUF_INIT;
	fria_difference_value(&text, r->diff, d, after, r->p->lang);
	return page_keep(r->p, fria_buf_detach(&text));
}

static const char *title_of(const review *r, const fria_difference *d)
{
	fria_buf text = FRIA_BUF_INIT;
	fria_difference_title(&text, r->diff, d, r->p->lang);
	if (!text.n)
		fria_say(&text, r->p->lang, fria_difference_word(d), NULL);
	return page_keep(r->p, fria_buf_detach(&text));
}

/* "antwoord gewijzigd, door A. de Vries, 38 woorden". */
static const char *line_of(const review *r, const fria_difference *d)
{
	fria_buf text = FRIA_BUF_INIT;
	size_t n = 0;
	const char *after = value_of(r, d, true);
	fria_difference_say(&text, d, r->p->lang);
	if (d->by)
		fria_say(&text, r->p->lang, FRIA_W_web_line_by, "who",
			 page_format(r->p, "%.*s",
				     (int)fria_person_length(d->by), d->by),
			 NULL);
	n = fria_words_count(after, strlen(after));
	if (n)
		fria_say(&text, r->p->lang, FRIA_W_web_line_words, "count",
			 FRIA_DIGITS(n), NULL);
	return page_keep(r->p, fria_buf_detach(&text));
}

static bool is_own(const review *r, const fria_difference *d)
{
	const fria_instrument *in = r->look->in;
	size_t task = d->task ? fria_instrument_find(in, d->task) : FRIA_NONE;
	return task != FRIA_NONE &&
	       fria_strings_has(&in->tasks[task].roles, r->p->parts[2]);
}

static void put_seen(const review *r, const fria_difference *d,
		     const char *digest)
{
	page *p = r->p;
	web_open(&p->w, "label", "class", "choice", NULL);
	web_void(&p->w, "input", "type", "checkbox", "name", "gezien", "value",
		 digest, "checked", is_marked(r, "seen", digest) ? "" : NULL,
		 NULL);
	web_open(&p->w, "span", NULL);
	web_say(&p->w, FRIA_W_web_seen, NULL);
	web_put(&p->w, "span", "hide", page_format(p, ": %s", title_of(r, d)));
	web_close(&p->w, "span");
	web_close(&p->w, "label");
}

/* To its question, where a comment is made. */
static void put_way(const review *r, const fria_difference *d)
{
	page *p = r->p;
	if (!d->task || fria_instrument_find(r->look->in, d->task) == FRIA_NONE)
		return;
	web_open(&p->w, "p", NULL);
	web_link(&p->w,
		 page_at(p, d->row ? "a/%s/v/%s/%s" : "a/%s/v/%s",
			 r->look->name, d->task, d->row),
		 page_say(p, FRIA_W_web_comment_at, "task", d->task, NULL));
	web_close(&p->w, "p");
}

/* Words that a reader of it sees: what did not change is left out. */
static size_t count_shown(fria_node *at)
{
	fria_buf html = FRIA_BUF_INIT;
	size_t words = 0;
	bool tag = false, in = false;
	fria_fragment_html(&html, at);
	for (const char *c = html.n ? html.text : ""; *c; c++) {
		bool letter =
		    !tag && *c != '<' && *c != '>' && *c != ' ' && *c != '\n';
		words += letter && !in;
		in = letter;
		tag = *c == '<' || (tag && *c != '>');
	}
	fria_buf_dispose(&html);
	return words;
}

static void put_change(review *r, const fria_difference *d, bool may_open)
{
	page *p = r->p;
	const char *digest = digest_of(r, d);
	fria_node *at = page_fragment(p);
	fria_texts_view(at, value_of(r, d, false), value_of(r, d, true));
	bool seen = is_marked(r, "seen", digest);
	size_t words = count_shown(at);
	bool open = may_open && !seen && r->words + words <= OPEN_WORDS;
	r->words += open ? words : 0;
	web_open(&p->w, "details", "class", seen ? "card done" : "card", "open",
		 open ? "" : NULL, "id", page_format(p, "w-%s", digest), NULL);
	web_open(&p->w, "summary", NULL);
	web_open(&p->w, "h3", NULL);
	web_put(&p->w, "span", NULL, title_of(r, d));
	web_close(&p->w, "h3");
	web_open(&p->w, "span", "class", "line", NULL);
	if (seen)
		web_badge(&p->w, FRIA_TONE_GOOD, FRIA_W_web_seen);
	web_put(&p->w, "span", NULL, line_of(r, d));
	web_close(&p->w, "span");
	web_close(&p->w, "summary");
	web_open(&p->w, "div", NULL);
	web_fragment(&p->w, at);
	if (d->note)
		web_put(&p->w, "p", "meta", d->note);
	put_seen(r, d, digest);
	put_way(r, d);
	web_close(&p->w, "div");
	web_close(&p->w, "details");
}

/* --- groups of them --- */

typedef struct {
	fria_word title;
	unsigned weights; /* bits */
} group;

#define OF(weight) (1U << (weight))

static const group groups[] = {
    {FRIA_W_web_rewritten, OF(FRIA_WEIGHT_ANSWER) | OF(FRIA_WEIGHT_PROSE)},
    {FRIA_W_web_review_judge, OF(FRIA_WEIGHT_JUDGE)},
    {FRIA_W_web_review_measures, OF(FRIA_WEIGHT_MEASURE)},
    {FRIA_W_web_review_facts,
     OF(FRIA_WEIGHT_APPLICATION) | OF(FRIA_WEIGHT_FACT)},
    {FRIA_W_web_review_talk, OF(FRIA_WEIGHT_TALK)},
    {FRIA_W_web_review_editorial, OF(FRIA_WEIGHT_EDITORIAL)}};

enum { GROUPS = sizeof groups / sizeof *groups };

static bool belongs(const group *g, const fria_difference *d)
{
	return g->weights & OF(d->weight);
}

static size_t count(const review *r, const group *g, bool seen)
{
	size_t n = 0;
	for (size_t i = 0; i < r->diff->n; i++) {
		const fria_difference *d = &r->diff->items[i];
		if (belongs(g, d))
			n += !seen || is_marked(r, "seen", digest_of(r, d));
	}
	return n;
}

static void put_changes(review *r, const group *g)
{
	for (int own = 1; own >= 0; own--)
		for (size_t i = 0; i < r->diff->n; i++) {
			const fria_difference *d = &r->diff->items[i];
			if (belongs(g, d) && is_own(r, d) == (own == 1))
				put_change(r, d, own && g == groups);
		}
}

static const char *counted(const review *r, const group *g)
{
	size_t seen = count(r, g, true);
	return page_say(r->p, FRIA_W_web_of_which_seen, "all",
			FRIA_DIGITS(count(r, g, false)), "seen",
			seen ? FRIA_DIGITS(seen) : "", NULL);
}

static void put_answers(review *r)
{
	page *p = r->p;
	if (!count(r, groups, false))
		return;
	web_open(&p->w, "section", "class", "part", NULL);
	web_open(&p->w, "h2", NULL);
	web_say(&p->w, groups->title, NULL);
	web_put(&p->w, "span", "soft", counted(r, groups));
	web_close(&p->w, "h2");
	web_word(&p->w, "p", "hint", FRIA_W_web_own_first);
	put_changes(r, groups);
	web_close(&p->w, "section");
}

static void put_group(review *r, const group *g)
{
	page *p = r->p;
	if (!count(r, g, false))
		return;
	web_open(&p->w, "details", "class", "fold", NULL);
	web_open(&p->w, "summary", NULL);
	web_say(&p->w, g->title, NULL);
	web_text(&p->w, counted(r, g));
	web_close(&p->w, "summary");
	put_changes(r, g);
	web_close(&p->w, "details");
}

/* --- in short --- */

static void put_fact(page *p, const char *title, const char *text,
		     const char *more)
{
	web_open(&p->w, "div", NULL);
	web_put(&p->w, "dt", NULL, title);
	web_open(&p->w, "dd", NULL);
	web_text(&p->w, text);
	if (more && *more) {
		web_void(&p->w, "br", NULL);
		web_put(&p->w, "span", "soft", more);
	}
	web_close(&p->w, "dd");
	web_close(&p->w, "div");
}

/* What it comes to: was and is, a line each. */
static void put_outcome(const review *r, const fria_difference *d)
{
	page *p = r->p;
	const char *before = value_of(r, d, false);
	const char *after = value_of(r, d, true);
	fria_buf why = FRIA_BUF_INIT;
	web_open(&p->w, "div", NULL);
	web_put(&p->w, "dt", NULL, title_of(r, d));
	web_open(&p->w, "dd", NULL);
	if (d->weight == FRIA_WEIGHT_DECISION) {
		fria_difference_say(&why, d, p->lang);
		web_text(&p->w, why.text);
	} else {
		if (*before)
			web_put(&p->w, "del", NULL, before);
		web_text(&p->w, " ");
		if (*after)
			web_put(&p->w, "ins", NULL, after);
	}
	web_close(&p->w, "dd");
	web_close(&p->w, "div");
	fria_buf_dispose(&why);
}

static void put_request(const review *r)
{
	const fria_requests *all = &r->look->e->requests;
	page *p = r->p;
	for (size_t i = all->n; i-- > 0;) {
		const fria_request *one = &all->items[i];
		fria_buf until = FRIA_BUF_INIT;
		if (strcmp(one->role, p->parts[2]) != 0 ||
		    one->state != FRIA_REQUEST_OPEN)
			continue;
		fria_request_say(&until, one, p->lang);
		put_fact(p, page_say(p, FRIA_W_web_asked_of_you, NULL),
			 page_format(p, "%.*s",
				     (int)fria_person_length(one->by), one->by),
			 until.text);
		fria_buf_dispose(&until);
		return;
	}
}

static void put_short(const review *r, const json_t *last)
{
	page *p = r->p;
	web_open(&p->w, "section", "class", "sheet change", NULL);
	web_word(&p->w, "h2", NULL, FRIA_W_web_in_short);
	web_open(&p->w, "dl", "class", "facts side", NULL);
	put_request(r);
	if (last) {
		const char *note = fria_json_text(last, "note");
		put_fact(p, page_say(p, FRIA_W_web_your_last, NULL),
			 advise_value(p, last), note);
	}
	for (size_t i = 0; r->diff && i < r->diff->n; i++) {
		const fria_difference *d = &r->diff->items[i];
		if (d->weight == FRIA_WEIGHT_VERDICT ||
		    d->weight == FRIA_WEIGHT_RISK ||
		    d->weight == FRIA_WEIGHT_DECISION)
			put_outcome(r, d);
	}
	web_close(&p->w, "dl");
	web_close(&p->w, "section");
}

/* --- three that were confirmed --- */

typedef struct {
	const fria_difference *d;
	char lot[FRIA_SHA256_SIZE];
} lot;

static int by_lot(const void *a, const void *b)
{
	return strcmp(((const lot *)a)->lot, ((const lot *)b)->lot);
}

/* Drawn by the content itself: nobody chooses them, and on the same content
 * they are the same for everybody. */
static void draw(lot *out, const review *r, const fria_difference *d)
{
	char *text =
	    fria_format("%s %s %s", r->content, d->task, d->row ? d->row : "");
	fria_sha256(out->lot, text, strlen(text));
	out->d = d;
	free(text);
}

static void put_drawn(const review *r, const fria_difference *d)
{
	page *p = r->p;
	const char *key =
	    page_format(p, d->row ? "%s~%s" : "%s", d->task, d->row);
	const char *field = page_format(p, "oordeel-%s", key);
	const char *why = page_format(p, "waarom-%s", key);
	const char *sent = page_field(p, field);
	const char *answer = value_of(r, d, true);
	fria_node *at = page_fragment(p);
	if (!sent && is_marked(r, "agreed", key))
		sent = "eens";
	fria_node_answer(at, answer, NULL);
	web_open(&p->w, "div", "class", "sheet part", NULL);
	web_put(&p->w, "h3", NULL, title_of(r, d));
	web_put(&p->w, "p", "hint", line_of(r, d));
	if (d->note)
		web_put(&p->w, "p", "meta", d->note);
	web_open(&p->w, "details", "class", "fold", NULL);
	web_put(&p->w, "summary", NULL,
		page_say(p, FRIA_W_web_what_stayed, "count",
			 FRIA_DIGITS(fria_words_count(answer, strlen(answer))),
			 NULL));
	web_fragment(&p->w, at);
	web_close(&p->w, "details");
	web_open(&p->w, "fieldset", NULL);
	web_put(&p->w, "legend", NULL,
		page_say(p, FRIA_W_web_do_you_agree, "task", key, NULL));
	page_choice(p, field, "eens", sent,
		    fria_word_text(FRIA_W_web_agreed, p->lang), NULL);
	page_choice(p, field, "niet", sent,
		    fria_word_text(FRIA_W_web_disagreed, p->lang), NULL);
	web_open(&p->w, "div", "class", "more", NULL);
	page_put_input(p, &(page_input){why, FRIA_W_web_what_is_wrong, NULL,
					page_field(p, why), NULL, 3});
	web_close(&p->w, "div");
	web_close(&p->w, "fieldset");
	web_close(&p->w, "div");
}

static void put_confirmed(const review *r)
{
	page *p = r->p;
	lot *lots = fria_calloc(r->diff->n + 1, sizeof *lots);
	fria_buf told = FRIA_BUF_INIT;
	size_t n = 0;
	for (size_t i = 0; i < r->diff->n; i++) {
		const fria_difference *d = &r->diff->items[i];
		if (d->kind == FRIA_CHANGE_CONFIRMED && d->task)
			draw(&lots[n++], r, d);
	}
	qsort(lots, n, sizeof *lots, by_lot);
	if (n) {
		web_open(&p->w, "section", "class", "part", NULL);
		web_open(&p->w, "h2", NULL);
		web_say(&p->w, FRIA_W_web_confirmed_as_was, NULL);
		web_put(&p->w, "span", "soft", page_format(p, " (%zu)", n));
		web_close(&p->w, "h2");
		fria_confirmations_say(&told, &r->diff->confirmed, NULL,
				       p->lang);
		web_put(&p->w, "p", "hint", told.text);
		web_put(&p->w, "p", "hint",
			page_say(p, FRIA_W_web_drawn, "count",
				 FRIA_DIGITS(n < DRAWN ? n : DRAWN), NULL));
		for (size_t i = 0; i < n && i < DRAWN; i++)
			put_drawn(r, lots[i].d);
		web_close(&p->w, "section");
	}
	fria_buf_dispose(&told);
	free(lots);
}

/* --- the whole --- */

static void put_since(const review *r, const json_t *last)
{
	page *p = r->p;
	const char *since = r->shown.report.changes_since;
	fria_word word = !r->diff ? FRIA_W_web_review_first
			 : last && r->shown.report.advised
			     ? FRIA_W_web_review_since
			     : FRIA_W_web_review_version;
	web_open(&p->w, "div", "class", "head", NULL);
	page_lead(p,
		  page_say(p, word, "since", since ? since : "", "count",
			   FRIA_DIGITS(r->diff ? count(r, groups, false) : 0),
			   "confirmed",
			   FRIA_DIGITS(r->diff ? r->diff->confirmed.all : 0),
			   NULL));
	web_close(&p->w, "div");
}

void review_put(const page_look *look, const char *content)
{
	page *p = look->p;
	const json_t *last = advise_last(look, p->parts[2]);
	review r = {.look = look, .p = p, .content = content};
	if (fria_present(&r.shown, p->place->ws, look->s, FRIA_INTERNAL,
			 p->lang, NULL))
		return;
	if (!fria_present_to(&r.shown, look->s, p->parts[2], NULL))
		r.diff = r.shown.report.changes;
	r.seen = marks_read(p);
	put_since(&r, last);
	put_short(&r, last);
	if (r.diff) {
		put_answers(&r);
		put_confirmed(&r);
		web_open(&p->w, "section", "class", "part", NULL);
		web_word(&p->w, "h2", NULL, FRIA_W_web_review_more);
		for (size_t i = 1; i < GROUPS; i++)
			put_group(&r, &groups[i]);
		web_close(&p->w, "section");
	}
	json_decref(r.seen);
	fria_presented_dispose(&r.shown);
}

/* --- not agreed with --- */

static int comment_at(page *p, const char *key, fria_error *err)
{
	const char *why = page_field(p, page_format(p, "waarom-%s", key));
	char *task = fria_strdup(key), *row = strchr(task, '~');
	char id[16];
	bool there;
	int code = 0;
	if (row)
		*row++ = '\0';
	const fria_edit_target target = {
	    .application_name =
		page_format(p, "%s/%s", p->parts[0], p->parts[1]),
	    .task = task,
	    .row = row};
	if (!why || fria_text_blank(why))
		code = fria_fail(err, FRIA_EINPUT, FRIA_W_web_say_wrong, "task",
				 key, NULL);
	else
		code = fria_comment(id, &there, p->place->ws, &target, why,
				    NULL, err);
	free(task);
	return code;
}

int review_comment(page *p, size_t *n, fria_error *err)
{
	json_t *all = chosen(p, "oordeel-", "niet"), *one;
	const char *key;
	int code = 0;
	*n = json_object_size(all);
	json_object_foreach(all, key, one)
		code = code ? code : comment_at(p, key, err);
	json_decref(all);
	return code;
}
