/* SPDX-License-Identifier: EUPL-1.2 */
/* fria without a command, and status --mine: what waits, and what to do next;
 * also as a message that somebody else's program sends. */
#include "cli.h"

#include <string.h>

/* RFC 2047: words that are not ASCII, on lines of at most 76 characters and of
 * whole characters, in base64. */
static void put_header_text(fria_buf *out, const char *text)
{
	size_t n = strlen(text), i = 0;
	while (i < n && (unsigned char)text[i] >= 32 &&
	       (unsigned char)text[i] < 127)
		i++;
	if (i == n) {
		fria_buf_puts(out, text);
		return;
	}
	for (size_t at = 0; at < n;) {
		size_t from = at;
		uint32_t code;
		for (size_t one = fria_utf8_next(&code, text + at, n - at);
		     at < n && at - from + one <= 39;
		     one = at < n ? fria_utf8_next(&code, text + at, n - at)
				  : 0)
			at += one;
		fria_buf_puts(out, from ? "\n =?utf-8?B?" : "=?utf-8?B?");
		fria_put_base64(out, text + from, at - from);
		fria_buf_puts(out, "?=");
	}
}

static void put_head(cli *c, const fria_waiting *w)
{
	const char *who = fria_json_text(c->ws->config, "organisation");
	fria_buf subject = FRIA_BUF_INIT, safe = FRIA_BUF_INIT;
	fria_say(&subject, c->lang,
		 w->n ? FRIA_W_waits_subject : FRIA_W_waits_subject_none,
		 "count", FRIA_DIGITS(w->n), "organisation", who, NULL);
	fria_put_safe(&safe, subject.text);
	fria_buf_puts(&c->out, "Subject: ");
	put_header_text(&c->out, safe.text);
	fria_buf_puts(&c->out,
		      "\nMIME-Version: 1.0\nContent-Type: text/plain; "
		      "charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n");
	fria_buf_dispose(&safe);
	fria_buf_dispose(&subject);
}

int put_waiting(cli *c, bool mine, fria_error *err)
{
	const json_t *roles = json_object_get(c->ws->config, "roles");
	const char *format = given(c, "format");
	fria_findings broken = FRIA_FINDINGS_INIT;
	fria_waiting w;
	if (fria_waiting_find(&w, &broken, c->ws, mine, err)) {
		fria_findings_dispose(&broken);
		return 2;
	}
	fria_node *page =
	    new_page(c, fria_json_text(c->ws->config, "organisation"),
		     FRIA_W_waits_title);
	int status = w.n || broken.n ? 1 : 0, shown = 0;
	fria_waiting_view(page, &w, roles, c->lang);
	if (format && !strcmp(format, "mail")) {
		const fria_terminal plain = {.width = 72};
		put_head(c, &w);
		fria_fragment_terminal(&c->out, page, &plain);
		fria_document_free(fria_node_document(page));
	} else {
		shown = show_page(c, page, err);
	}
	say_findings(c, &broken);
	say_law(c);
	fria_waiting_dispose(&w);
	fria_findings_dispose(&broken);
	return shown ? shown : status;
}

static int run_waiting(cli *c, fria_error *err)
{
	fria_error inner = FRIA_ERROR_INIT;
	int code = fria_workspace_open(&c->ws, c->folder, &c->session, &inner);
	if (!code)
		return put_waiting(c, false, err);
	if (code != FRIA_ENOTFOUND) {
		*err = inner;
		return 2;
	}
	put_sentence(c, PLAIN, FRIA_W_cli_about, NULL);
	put_sentence(c, PLAIN, FRIA_W_waits_begin, NULL);
	return 0;
}

/* What "fria" alone is. */
const command cmd_waiting = {
    .name = "",
    .does = READS | BARE,
    .summary = FRIA_W_cli_about,
    .run = run_waiting,
};
