/* SPDX-License-Identifier: EUPL-1.2 */
/* What people said about an assessment, as the terminal shows it. */
#include "cli.h"

#include <string.h>

static bool is(const json_t *one, const char *key, const char *value)
{
	const char *own = fria_json_text(one, key);
	return own && !strcmp(own, value);
}

/* "10 March 2026, the executive (Z-2026-1)" */
static void put_who(cli *c, const char *day, const char *by, const char *file)
{
	fria_buf text = FRIA_BUF_INIT;
	fria_time at;
	if (day && fria_time_parse(&at, day))
		fria_day_say(&text, c->lang, at);
	if (by)
		fria_buf_printf(&text, ", %.*s", (int)strcspn(by, "<"), by);
	while (text.n && text.text[text.n - 1] == ' ')
		text.text[--text.n] = '\0';
	if (file)
		fria_buf_printf(&text, " (%s)", file);
	putf(c, DIM, "; %s", text.text);
	fria_buf_dispose(&text);
}

static void put_author(cli *c, const char *at, const char *by)
{
	put_who(c, at, fria_store_shown(c->ws->store, by), NULL);
}

static void put_note(cli *c, const char *text)
{
	if (text)
		put_wrapped(c, 5, text);
}

static void put_request(cli *c, const json_t *roles,
			const fria_request *request)
{
	fria_buf text = FRIA_BUF_INIT;
	fria_request_say(&text, request, c->lang);
	putf(c, PLAIN,
	     "  ○ %s: ", fria_role_title(roles, request->role, c->lang));
	put(c, request->overdue ? RED : PLAIN, text.text);
	put_author(c, request->at, request->by);
	put(c, PLAIN, "\n");
	fria_buf_dispose(&text);
}

/* Those that are open, overdue ones named; what became of others stands among
 * the approvals. */
void put_open_requests(cli *c, const fria_standing *s)
{
	bool first = true;
	for (size_t i = 0; i < s->result.requests.n; i++) {
		const fria_request *one = &s->result.requests.items[i];
		if (one->state != FRIA_REQUEST_OPEN)
			continue;
		if (first) {
			put(c, PLAIN, "\n");
			put_sentence(c, BOLD, FRIA_W_eval_requests, NULL);
		}
		first = false;
		put_request(c, s->input.roles, one);
	}
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
	put_author(c, fria_json_text(one, "at"), fria_json_text(one, "by"));
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
	put_note(c, fria_json_text(one, "text"));
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
