/* SPDX-License-Identifier: EUPL-1.2 */
/* fria diff and log: what changed, between two states or commit by commit. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

/* --- diff --- */

typedef enum { AS_TEXT, AS_STAT, AS_MARKDOWN, AS_HTML, AS_JSON } form;

static int read_form(form *out, const cli *c, fria_error *err)
{
	static const char *const names[] = {"text", "", "md", "html", "json"};
	const char *format = given(c, "format");
	*out = c->json ? AS_JSON : given(c, "stat") ? AS_STAT : AS_TEXT;
	for (int i = 0; format && i <= AS_JSON; i++)
		if (*names[i] && !strcmp(format, names[i])) {
			*out = i == AS_TEXT ? *out : (form)i;
			return 0;
		}
	if (!format)
		return 0;
	return fria_fail(err, FRIA_EINPUT, FRIA_W_cli_bad_format, "value",
			 format, "choices", "text, md, html, json", NULL);
}

static int put_page(cli *c, const fria_comparison *k, bool html,
		    fria_error *err)
{
	fria_buf out = FRIA_BUF_INIT;
	fria_document *doc = fria_report_changes(&k->diff, c->args[0], c->lang);
	if (html)
		fria_document_html(&out, doc);
	else
		fria_document_markdown(&out, doc);
	int code = put_document(c, given(c, "output"), &out, err);
	fria_document_free(doc);
	fria_buf_dispose(&out);
	return code;
}

static int put_comparison(cli *c, const fria_comparison *k, form how,
			  fria_error *err)
{
	switch (how) {
	case AS_JSON:
		put_json(c, fria_diff_json(&k->diff, c->args[0]));
		return 0;
	case AS_STAT:
		put_diff_stat(c, &k->diff);
		return 0;
	case AS_MARKDOWN:
	case AS_HTML:
		return put_page(c, k, how == AS_HTML, err);
	default:
		put_diff(c, c->args[0], &k->diff);
		return 0;
	}
}

int cmd_diff(cli *c, fria_error *err)
{
	fria_comparison *k = NULL;
	form how;
	if (read_form(&how, c, err) ||
	    fria_compare(&k, c->ws, c->args[0], c->n > 1 ? c->args[1] : NULL,
			 c->n > 2 ? c->args[2] : NULL, err))
		return 2;
	int status = put_comparison(c, k, how, err);
	if (!status)
		status = k->diff.n ? 1 : 0;
	fria_comparison_free(k);
	return status;
}

/* --- log --- */

typedef struct {
	cli *c;
	json_t *list; /* for --json */
	size_t n;
} log_state;

static bool put_event(void *data, const fria_event *event)
{
	log_state *l = data;
	cli *c = l->c;
	fria_buf day = FRIA_BUF_INIT, what = FRIA_BUF_INIT;
	fria_day_write(&day, event->commit.at);
	const fria_instrument none = {.name = (char *)(uintptr_t) ""};
	fria_changes_say(&what, &event->diff,
			 event->instrument ? event->instrument : &none,
			 c->lang);
	if (l->n++)
		put(c, PLAIN, "\n");
	putf(c, BOLD, "%s  %.10s  %s", day.text, event->commit.id,
	     event->commit.author);
	if (event->version)
		putf(c, GREEN, "  %s", event->version);
	put(c, PLAIN, "\n");
	if (what.n)
		put_wrapped(c, 4, what.text);
	else {
		put(c, PLAIN, "    ");
		put_word(c, DIM, FRIA_W_log_no_change, NULL);
		put(c, PLAIN, "\n");
	}
	if (l->list)
		json_array_append_new(
		    l->list,
		    json_pack("{s:s, s:s, s:s, s:s?, s:s}", "commit",
			      event->commit.id, "date", day.text, "author",
			      event->commit.author, "version", event->version,
			      "text", what.text));
	fria_buf_dispose(&day);
	fria_buf_dispose(&what);
	return true;
}

int cmd_log(cli *c, fria_error *err)
{
	log_state l = {c, c->json ? json_array() : NULL, 0};
	int code = fria_log(c->ws, c->args[0], put_event, &l, err);
	if (!code && !l.n && !c->json)
		say(c, FRIA_W_log_none, NULL);
	if (!code && c->json) {
		fria_buf_clear(&c->out);
		put_json(c, json_incref(l.list));
	}
	json_decref(l.list);
	return code ? 2 : 0;
}
