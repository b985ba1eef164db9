/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What who decides reads before it: the levels then and now, what others said
 * and who sees it otherwise, and what remains. It is one page that is read
 * whole; what is longer is a fold, or a link.
 */
#include "advise.h"

#include <string.h>

/* Words of a text that stand open; of one with a table, all of so many. */
enum { QUOTED = 40, TABLE = 120 };

typedef struct {
	const page_look *look;
	page *p;
	fria_presented shown;
	const fria_diff *diff; /* NULL: nothing to compare with */
} reading;

/* --- the levels --- */

static const char *value_of(const reading *r, const fria_difference *d,
			    bool after)
{
	fria_buf text = FRIA_BUF_INIT;
	fria_difference_value(&text, r->diff, d, after, r->p->lang);
	return page_keep(r->p, fria_buf_detach(&text));
}

static bool is_level(const fria_difference *d)
{
	return d->weight == FRIA_WEIGHT_VERDICT ||
	       d->weight == FRIA_WEIGHT_RISK;
}

static void put_cell(page *p, const char *heading, const char *text)
{
	web_open(&p->w, "td", "data-th", heading, NULL);
	web_text(&p->w, text);
	web_close(&p->w, "td");
}

static void put_level(const reading *r, const fria_difference *d,
		      const char *const columns[3])
{
	page *p = r->p;
	fria_buf title = FRIA_BUF_INIT;
	fria_difference_title(&title, r->diff, d, p->lang);
	if (!title.n)
		fria_say(&title, p->lang, fria_difference_word(d), NULL);
	const char *before = value_of(r, d, false);
	web_open(&p->w, "tr", NULL);
	web_open(&p->w, "th", "scope", "row", NULL);
	web_text(&p->w, title.text);
	web_close(&p->w, "th");
	put_cell(p, columns[1],
		 *before ? before : fria_word_text(FRIA_W_web_new, p->lang));
	put_cell(p, columns[2], value_of(r, d, true));
	web_close(&p->w, "tr");
	fria_buf_dispose(&title);
}

static void put_table(const reading *r)
{
	page *p = r->p;
	const char *const columns[] = {page_say(p, FRIA_W_web_level_what, NULL),
				       page_say(p, FRIA_W_web_level_then, NULL),
				       page_say(p, FRIA_W_web_level_now, NULL)};
	web_open(&p->w, "table", "class", "list", NULL);
	web_open(&p->w, "thead", NULL);
	web_open(&p->w, "tr", NULL);
	for (size_t i = 0; i < 3; i++) {
		web_open(&p->w, "th", "scope", "col", NULL);
		web_text(&p->w, columns[i]);
		web_close(&p->w, "th");
	}
	web_close(&p->w, "tr");
	web_close(&p->w, "thead");
	web_open(&p->w, "tbody", NULL);
	for (size_t i = 0; i < r->diff->n; i++)
		if (is_level(&r->diff->items[i]))
			put_level(r, &r->diff->items[i], columns);
	web_close(&p->w, "tbody");
	web_close(&p->w, "table");
}

static void put_levels(const reading *r)
{
	page *p = r->p;
	size_t n = 0;
	fria_buf out = FRIA_BUF_INIT;
	fria_node *all = page_fragment(p);
	for (size_t i = 0; r->diff && i < r->diff->n; i++)
		n += is_level(&r->diff->items[i]);
	web_open(&p->w, "section", "class", "sheet", NULL);
	web_word(&p->w, "h2", NULL, FRIA_W_web_levels);
	if (n)
		put_table(r);
	else
		web_word(&p->w, "p", NULL, FRIA_W_web_levels_same);
	fria_results_view(all, r->look->e, &r->look->standing.input, false);
	fria_fragment_html(&out, all);
	if (out.n) {
		web_open(&p->w, "details", "class", "fold", NULL);
		web_word(&p->w, "summary", NULL, FRIA_W_web_levels_all);
		web_fragment(&p->w, all);
		web_close(&p->w, "details");
	}
	web_close(&p->w, "section");
	fria_buf_dispose(&out);
}

/* --- what others said --- */

/* A text, or its beginning with the rest in a fold. */
static void put_text(page *p, const char *markdown)
{
	fria_buf plain = FRIA_BUF_INIT;
	fria_markdown_plain(&plain, markdown, strlen(markdown));
	const char *text = page_keep(p, fria_buf_detach(&plain));
	size_t at = 0, words = 0;
	for (; text[at] && words < QUOTED; words++) {
		at += strspn(text + at, " \n");
		at += strcspn(text + at, " \n");
	}
	if (!text[at + strspn(text + at, " \n")]) {
		web_put(&p->w, "p", NULL, text);
		return;
	}
	fria_node *whole = page_fragment(p);
	fria_node_answer(whole, markdown, NULL);
	web_put(&p->w, "p", NULL, page_format(p, "%.*s …", (int)at, text));
	web_open(&p->w, "details", "class", "fold", NULL);
	web_word(&p->w, "summary", NULL, FRIA_W_web_read_whole);
	web_fragment(&p->w, whole);
	web_close(&p->w, "details");
}

static const char *tone_of(const fria_approval *a)
{
	if (a->state == FRIA_APPROVAL_MISSING)
		return "badge t-open";
	if (a->state == FRIA_APPROVAL_LAPSED)
		return "badge t-again";
	return a->said == FRIA_SAID_NEGATIVE || a->said == FRIA_SAID_DISAGREE
		   ? "badge t-stop"
	       : a->state == FRIA_APPROVAL_RETURNED ? "badge t-doubt"
						    : "badge t-good";
}

/* "positive", "positive (lapsed by a change)", "not given yet". */
static const char *said_of(page *p, const fria_approval *a)
{
	const char *value = fria_approval_value_say(a, p->lang);
	if (a->state == FRIA_APPROVAL_MISSING)
		return page_say(p, FRIA_W_web_not_given, NULL);
	if (a->said == FRIA_SAID_TEXT)
		value = page_say(p, FRIA_W_web_a_view, NULL);
	return a->state == FRIA_APPROVAL_LAPSED
		   ? page_format(
			 p, "%s (%s)", value,
			 fria_word_text(fria_lapsed_word(&a->because), p->lang))
		   : value;
}

static void put_advice(const reading *r, const fria_approval *a)
{
	page *p = r->p;
	const char *role = fria_role_title(advise_roles(p), a->role, p->lang);
	web_open(&p->w, "div", "class", "advice", NULL);
	web_open(&p->w, "p", "class", "line", NULL);
	web_open(&p->w, "span", "class", tone_of(a), NULL);
	web_put(&p->w, "span", NULL, said_of(p, a));
	web_close(&p->w, "span");
	web_put(&p->w, "b", NULL,
		a->by ? page_format(p, "%.*s, %s",
				    (int)fria_person_length(a->by), a->by, role)
		      : role);
	web_close(&p->w, "p");
	if (a->said == FRIA_SAID_TEXT && a->value)
		put_text(p, a->value);
	if (a->note)
		put_text(p, a->note);
	web_close(&p->w, "div");
}

/* The last that its role said; what is missing, where it said nothing. */
static bool is_shown(const reading *r, const fria_approval *a)
{
	const fria_approvals *all = &r->look->e->approvals;
	bool after = false;
	if (!strcmp(a->role, r->p->parts[2]) || a->withdrawn)
		return false;
	for (size_t i = 0; i < all->n; i++) {
		const fria_approval *other = &all->items[i];
		bool said = other->state != FRIA_APPROVAL_MISSING &&
			    !other->withdrawn &&
			    !strcmp(other->role, a->role) && other != a;
		if (said && (after || a->state == FRIA_APPROVAL_MISSING))
			return false;
		after = after || other == a;
	}
	return true;
}

static void put_advices(const reading *r)
{
	page *p = r->p;
	const fria_approvals *all = &r->look->e->approvals;
	size_t n = 0;
	for (size_t i = 0; i < all->n; i++)
		n += is_shown(r, &all->items[i]);
	web_open(&p->w, "section", "class", "sheet", NULL);
	web_word(&p->w, "h2", NULL, FRIA_W_web_others_said);
	if (!n)
		web_word(&p->w, "p", NULL, FRIA_W_web_nobody_said);
	for (size_t i = 0; i < all->n; i++)
		if (is_shown(r, &all->items[i]))
			put_advice(r, &all->items[i]);
	web_close(&p->w, "section");
}

/* --- who sees it otherwise, beside an answer --- */

static void put_dissents(const reading *r)
{
	page *p = r->p;
	const fria_evaluation *e = r->look->e;
	size_t n = 0;
	for (size_t i = 0; i < e->n; i++) {
		const fria_question *q = &e->items[i].question;
		const char *text = fria_json_text(q->answer, "dissent");
		if (!text)
			continue;
		if (!n++) {
			web_open(&p->w, "section", "class", "sheet", NULL);
			web_word(&p->w, "h2", NULL, FRIA_W_web_otherwise);
		}
		web_open(&p->w, "div", "class", "advice", NULL);
		web_open(&p->w, "p", "class", "line", NULL);
		web_link(
		    &p->w, look_address(r->look, q),
		    page_format(p, "%s %s", look_number(r->look, q),
				fria_task_title(&r->look->in->tasks[q->task],
						p->lang)));
		web_close(&p->w, "p");
		put_text(p, text);
		web_close(&p->w, "div");
	}
	if (n)
		web_close(&p->w, "section");
}

/* --- what the assessment itself says to who decides --- */

static bool is_own(const reading *r, const fria_question *q)
{
	return q->answer && !q->row &&
	       r->look->in->tasks[q->task].kind == FRIA_TEXT &&
	       fria_strings_has(&r->look->in->tasks[q->task].roles,
				r->p->parts[2]);
}

static bool is_changed(const reading *r, const fria_question *q)
{
	const char *id = r->look->in->tasks[q->task].id;
	for (size_t i = 0; r->diff && i < r->diff->n; i++) {
		const fria_difference *d = &r->diff->items[i];
		if (d->task && !d->row && !strcmp(d->task, id) &&
		    (d->weight == FRIA_WEIGHT_PROSE ||
		     d->weight == FRIA_WEIGHT_ANSWER))
			return true;
	}
	return false;
}

/* One that is other than it was begins on the page; the rest is a fold. */
static void put_answer(const reading *r, const fria_question *q,
		       const char *text)
{
	page *p = r->p;
	const char *title =
	    page_format(p, "%s %s", look_number(r->look, q),
			fria_task_title(&r->look->in->tasks[q->task], p->lang));
	bool table = *text == '|' || strstr(text, "\n|");
	bool whole = table && fria_words_count(text, strlen(text)) <= TABLE;
	fria_node *at = page_fragment(p);
	fria_node_answer(at, text, NULL);
	if (is_changed(r, q) && (whole || !table)) {
		web_open(&p->w, "div", "class", "advice", NULL);
		web_put(&p->w, "h3", NULL, title);
		if (whole)
			web_fragment(&p->w, at);
		else
			put_text(p, text);
		web_close(&p->w, "div");
		return;
	}
	web_open(&p->w, "details", "class", "fold", NULL);
	web_put(&p->w, "summary", NULL, title);
	web_fragment(&p->w, at);
	web_close(&p->w, "details");
}

static void put_answers(const reading *r)
{
	page *p = r->p;
	const fria_evaluation *e = r->look->e;
	size_t n = 0;
	for (int changed = 1; changed >= 0; changed--)
		for (size_t i = 0; i < e->n; i++) {
			const fria_question *q = &e->items[i].question;
			const char *text = fria_json_text(q->answer, "value");
			if (!text || !is_own(r, q) ||
			    is_changed(r, q) != (changed == 1))
				continue;
			if (!n++) {
				web_open(&p->w, "section", "class", "sheet",
					 NULL);
				web_word(&p->w, "h2", NULL, FRIA_W_web_for_you);
			}
			put_answer(r, q, text);
		}
	if (n)
		web_close(&p->w, "section");
}

/* --- what is missing --- */

/* Where it is done. */
static const char *way_to(const page_look *look, const fria_gate_reason *one)
{
	static const struct {
		const char *code, *path;
	} ways[] = {{"stale", "/_samen"},
		    {"release-check", "/_releasevragen"},
		    {"scope", "/advies"},
		    {"decision", "/advies"},
		    {"pulse", "/_releasevragen"}};
	page *p = look->p;
	if (!strcmp(one->code, "metric") || !strcmp(one->code, "measurement"))
		return page_at(p, "a/%s", p->parts[0]);
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
		if (!strcmp(one->code, ways[i].code))
			return page_at(p, "a/%s%s", look->name, ways[i].path);
	return page_at(p, "a/%s", look->name);
}

static void put_way(page *p, const char *address, const char *text)
{
	web_open(&p->w, "li", NULL);
	web_open(&p->w, "div", NULL);
	web_link(&p->w, address, text);
	web_close(&p->w, "div");
	web_close(&p->w, "li");
}

static void put_missing_word(const page_look *look, const fria_approval *a)
{
	page *p = look->p;
	const char *role = fria_role_title(advise_roles(p), a->role, p->lang);
	put_way(p, page_at(p, "a/%s/advies/%s", look->name, a->role),
		page_say(p, FRIA_W_web_missing_word, "kind",
			 fria_approval_kind_say(a, p->lang), "role", role,
			 NULL));
}

size_t advise_put_missing(const page_look *look)
{
	page *p = look->p;
	const fria_approvals *all = &look->e->approvals;
	fria_gate gate;
	size_t n = 0;
	fria_adopt_missing(&gate, p->place->ws, look->name, &look->standing);
	if (gate.n)
		web_open(&p->w, "ul", "class", "tasks", NULL);
	for (size_t i = 0; i < gate.n; i++)
		if (strcmp(gate.items[i].code, "approval") != 0)
			put_way(p, way_to(look, &gate.items[i]),
				gate.items[i].text);
	for (size_t i = 0; gate.n && i < all->n; i++)
		if (all->items[i].state == FRIA_APPROVAL_MISSING)
			put_missing_word(look, &all->items[i]);
	if (gate.n)
		web_close(&p->w, "ul");
	n = gate.n;
	fria_gate_dispose(&gate);
	return n;
}

/* --- the whole --- */

static void put_lead(const reading *r)
{
	page *p = r->p;
	const char *since = r->shown.report.changes_since;
	size_t answers = 0;
	for (size_t i = 0; r->diff && i < r->diff->n; i++)
		answers += r->diff->items[i].weight == FRIA_WEIGHT_ANSWER ||
			   r->diff->items[i].weight == FRIA_WEIGHT_PROSE;
	const char *release =
	    fria_json_text(r->look->s->application, "release");
	web_open(&p->w, "div", "class", "head", NULL);
	page_lead(p, page_say(p,
			      r->diff ? FRIA_W_web_decide_since
				      : FRIA_W_web_decide_first,
			      "release", release ? release : "", "since",
			      since ? since : "", "count", FRIA_DIGITS(answers),
			      NULL));
	if (r->diff) {
		web_open(&p->w, "p", NULL);
		web_link(&p->w, page_at(p, "a/%s/verschil", r->look->name),
			 fria_word_text(FRIA_W_web_to_difference, p->lang));
		web_close(&p->w, "p");
	}
	web_close(&p->w, "div");
}

void director_put(const page_look *look)
{
	page *p = look->p;
	reading r = {.look = look, .p = p};
	if (fria_present(&r.shown, p->place->ws, look->s, FRIA_INTERNAL,
			 p->lang, NULL))
		return;
	if (!fria_present_to(&r.shown, look->s, p->parts[2], NULL))
		r.diff = r.shown.report.changes;
	put_lead(&r);
	put_levels(&r);
	put_advices(&r);
	put_dissents(&r);
	put_answers(&r);
	fria_presented_dispose(&r.shown);
}
