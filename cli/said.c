/* SPDX-License-Identifier: EUPL-1.2 */
/* What people said about an assessment, as the terminal shows it. */
#include "cli.h"

#include <string.h>

static bool is(const json_t *one, const char *key, const char *value)
{
	const char *own = fria_json_text(one, key);
	return own && !strcmp(own, value);
}

/* An earlier word that a later one of the same role took the place of. */
static bool is_past(const json_t *approval)
{
	return is(json_array_get(json_object_get(approval, "because"), 0),
		  "kind", "replaced");
}

/* "10 March 2026, the executive (Z-2026-1)" */
static void put_who(cli *c, const json_t *one)
{
	const char *behalf = fria_json_text(one, "onBehalfOf");
	const char *by =
	    behalf ? behalf
		   : fria_store_shown(c->ws->store, fria_json_text(one, "by"));
	const char *case_ = fria_json_text(one, "reference");
	const char *day = fria_json_text(one, "decidedOn");
	fria_buf text = FRIA_BUF_INIT;
	fria_time at;
	if (fria_time_parse(&at, day ? day : fria_json_text(one, "at")))
		fria_day_say(&text, c->lang, at);
	if (by)
		fria_buf_printf(&text, ", %.*s", (int)strcspn(by, "<"), by);
	while (text.n && text.text[text.n - 1] == ' ')
		text.text[--text.n] = '\0';
	if (case_)
		fria_buf_printf(&text, " (%s)", case_);
	putf(c, DIM, "; %s", text.text);
	fria_buf_dispose(&text);
}

static void put_lapse(cli *c, const json_t *approval)
{
	const json_t *because = json_object_get(approval, "because");
	size_t i;
	json_t *why;
	put(c, PLAIN, "     ");
	put_word(c, YELLOW, fria_lapsed_word(because), NULL);
	json_array_foreach(because, i, why) {
		fria_buf text = FRIA_BUF_INIT;
		fria_lapse_say(&text, why, c->lang);
		putf(c, PLAIN, i ? "; %s" : ": %s", text.text);
		fria_buf_dispose(&text);
	}
	put(c, PLAIN, "\n");
}

static void put_note(cli *c, const json_t *approval, const char *key)
{
	const char *text = fria_json_text(approval, key);
	if (text)
		put_wrapped(c, 5, text);
}

static void put_approval(cli *c, const json_t *roles, const json_t *one)
{
	bool missing = is(one, "state", "missing");
	bool valid = is(one, "state", "valid");
	bool returned = is(one, "state", "returned");
	fria_word kind = FRIA_W_kind_view;
	fria_approval_kind_word(&kind, fria_json_text(one, "kind"));
	putf(c, valid ? GREEN : YELLOW, "  %s ",
	     valid	? "✓"
	     : missing	? "○"
	     : returned ? "?"
			: "↻");
	put_word(c, PLAIN, FRIA_W_approval_of, "kind",
		 fria_word_text(kind, c->lang), "role",
		 fria_role_title(roles, fria_json_text(one, "role"), c->lang),
		 NULL);
	put(c, PLAIN, ": ");
	if (missing)
		put_word(c, YELLOW, FRIA_W_approval_missing, NULL);
	else
		put(c, BOLD, fria_approval_value_say(one, c->lang));
	if (!missing)
		put_who(c, one);
	put(c, PLAIN, "\n");
	if (is(one, "state", "lapsed"))
		put_lapse(c, one);
	put_note(c, one, "note");
	if (returned) {
		put(c, PLAIN, "     ");
		put_sentence(c, YELLOW, FRIA_W_approval_asks, NULL);
	}
	put_note(c, one, "response");
	put_note(c, one, "evidence");
}

static void put_request(cli *c, const json_t *roles, const json_t *request)
{
	bool late = json_is_true(json_object_get(request, "overdue"));
	fria_buf text = FRIA_BUF_INIT;
	fria_request_say(&text, request, c->lang);
	putf(c, PLAIN, "  ○ %s: ",
	     fria_role_title(roles, fria_json_text(request, "role"), c->lang));
	put(c, late ? RED : PLAIN, text.text);
	put_who(c, request);
	put(c, PLAIN, "\n");
	fria_buf_dispose(&text);
}

/* Those that are open, overdue ones named; what became of others stands among
 * the approvals. */
static void put_requests(cli *c, const fria_standing *s)
{
	size_t i;
	json_t *one;
	bool first = true;
	json_array_foreach(s->result.requests, i, one) {
		if (!is(one, "state", "open"))
			continue;
		if (first) {
			put(c, PLAIN, "\n");
			put_sentence(c, BOLD, FRIA_W_eval_requests, NULL);
		}
		first = false;
		put_request(c, s->input.roles, one);
	}
}

bool put_approvals(cli *c, const fria_standing *s)
{
	size_t i;
	json_t *one;
	bool first = true, whole = true;
	json_array_foreach(s->result.approvals, i, one) {
		if (is_past(one))
			continue;
		if (first) {
			put(c, PLAIN, "\n");
			put_sentence(c, BOLD, FRIA_W_eval_approvals, NULL);
		}
		first = false;
		whole = whole && !is(one, "state", "missing");
		put_approval(c, s->input.roles, one);
	}
	put_requests(c, s);
	return whole;
}

/* How many on which ground, and what was confirmed in one go. */
void put_confirmed(cli *c, const fria_confirmations *held, const char *since)
{
	fria_buf text = FRIA_BUF_INIT;
	fria_findings rounds = FRIA_FINDINGS_INIT;
	if (held->all) {
		fria_confirmations_say(&text, held, since, c->lang);
		putf(c, PLAIN, "%s\n", text.text);
		fria_rounds_name(&rounds, held, NULL, c->lang);
		put_findings(c, &rounds);
	}
	fria_findings_dispose(&rounds);
	fria_buf_dispose(&text);
}

/* --- comments --- */

static void put_comment(cli *c, const json_t *one)
{
	const char *row = fria_json_text(one, "row");
	const char *reply = fria_json_text(one, "reply");
	putf(c, BOLD, "  %s", fria_json_text(one, "task"));
	putf(c, DIM, row ? " [%s]" : "%s", row ? row : "");
	putf(c, PLAIN, "  %s", fria_json_text(one, "id"));
	put_who(c, one);
	if (reply) {
		put(c, PLAIN, "; ");
		put_word(c, DIM, FRIA_W_comment_reply, "id", reply, NULL);
	}
	if (!is(one, "state", "open")) {
		put(c, PLAIN, "; ");
		put_word(c, YELLOW,
			 is(one, "state", "resolved") ? FRIA_W_comment_resolved
						      : FRIA_W_comment_outdated,
			 NULL);
	}
	put(c, PLAIN, "\n");
	put_note(c, one, "text");
}

void put_comments(cli *c, const json_t *comments, bool all)
{
	size_t i;
	json_t *one;
	json_array_foreach(comments, i, one) {
		if (all || !is(one, "state", "resolved"))
			put_comment(c, one);
	}
}
