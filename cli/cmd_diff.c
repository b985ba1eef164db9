/* SPDX-License-Identifier: EUPL-1.2 */
/* fria diff and log: what changed, between two states or commit by commit. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

/* --- one value beside another, word by word --- */

static void put_edits(cli *c, const char *before, const char *after)
{
	fria_edits edits = {NULL, 0};
	fria_buf text = FRIA_BUF_INIT;
	fria_prose_diff(&edits, before, after);
	for (size_t i = 0; i < edits.n; i++) {
		const fria_edit *e = &edits.items[i];
		static const char *const marks[][2] = {
		    {"", ""}, {"[-", "-]"}, {"{+", "+}"}};
		fria_buf_printf(&text, "%s%s%s", marks[e->kind][0], e->text,
				marks[e->kind][1]);
	}
	put_wrapped(c, 6, text.text);
	fria_buf_dispose(&text);
	fria_edits_dispose(&edits);
}

static void say_form(const cli *c, fria_buf *out, const fria_instrument *in,
		     const char *task, const json_t *form)
{
	const json_t *value = json_object_get(form, "value");
	const json_t *waived = json_object_get(form, "waived");
	size_t at = task ? fria_instrument_find(in, task) : FRIA_NONE;
	if (!form)
		return;
	if (waived)
		fria_buf_puts(out, fria_json_text(waived, "reason")
				       ? fria_json_text(waived, "reason")
				       : "");
	else if (value && at != FRIA_NONE)
		fria_value_say(out, in, at, value, c->lang);
	else
		fria_fact_say(out, value ? value : form, c->lang);
}

static void put_title(cli *c, const fria_instrument *in,
		      const fria_difference *d)
{
	size_t at = d->task ? fria_instrument_find(in, d->task) : FRIA_NONE;
	put(c, PLAIN, "  ");
	if (d->task)
		putf(c, BOLD, "%s", d->task);
	if (d->row) {
		put(c, PLAIN, " [");
		put_word(c, PLAIN, FRIA_W_diff_row, "row", d->row, NULL);
		put(c, PLAIN, "]");
	}
	if (at != FRIA_NONE)
		putf(c, PLAIN, " %s", fria_task_title(&in->tasks[at], c->lang));
	if (d->pointer)
		put(c, BOLD, fria_fact_title(d->pointer, c->lang));
	if (d->pointer && c->verbose)
		putf(c, DIM, " (%s)", d->pointer);
	if (d->task || d->pointer)
		put(c, PLAIN, ": ");
	put_word(c, YELLOW, fria_change_word(d->kind), NULL);
	put(c, PLAIN, "\n");
}

static void put_difference(cli *c, const fria_comparison *k,
			   const fria_difference *d)
{
	const fria_instrument *in = k->to->instrument;
	fria_buf before = FRIA_BUF_INIT, after = FRIA_BUF_INIT;
	put_title(c, in, d);
	say_form(c, &before, in, d->task, d->before);
	say_form(c, &after, in, d->task, d->after);
	if (d->kind != FRIA_CHANGE_CONFIRMED)
		put_edits(c, before.text, after.text);
	if (d->note) {
		put(c, PLAIN, "      ");
		put_word(c, DIM, FRIA_W_diff_note, "note", d->note, NULL);
		put(c, PLAIN, "\n");
	}
	fria_buf_dispose(&before);
	fria_buf_dispose(&after);
}

static const char *side_name(const cli *c, const fria_side *s)
{
	if (s->version)
		return s->version;
	return s->commit ? s->commit
			 : fria_word_text(FRIA_W_diff_work_tree, c->lang);
}

static void put_diff(cli *c, const fria_comparison *k)
{
	if (!k->diff.n) {
		put_word(c, PLAIN, FRIA_W_diff_none, NULL);
		put(c, PLAIN, "\n");
		return;
	}
	putf(c, BOLD, "%s: ", c->args[0]);
	put_word(c, BOLD, FRIA_W_diff_from_to, "from",
		 side_name(c, &k->from_side), "to", side_name(c, &k->to_side),
		 NULL);
	put(c, PLAIN, "\n");
	for (size_t i = 0; i < k->diff.n; i++)
		put_difference(c, k, &k->diff.items[i]);
}

int cmd_diff(cli *c, fria_error *err)
{
	fria_comparison *k = NULL;
	const char *format = given(c, "format");
	if (format && strcmp(format, "text") != 0 && strcmp(format, "md")) {
		fria_fail(err, FRIA_EINPUT, FRIA_W_cli_bad_format, "value",
			  format, "choices", "text, md", NULL);
		return 2;
	}
	if (fria_compare(&k, c->ws, c->args[0], c->n > 1 ? c->args[1] : NULL,
			 c->n > 2 ? c->args[2] : NULL, err))
		return 2;
	if (c->json) {
		put_json(c, fria_diff_json(&k->diff, c->args[0], &k->from_side,
					   &k->to_side));
	} else if (format && !strcmp(format, "md")) {
		fria_document *doc = fria_report_changes(
		    &k->diff, c->args[0], &k->from_side, &k->to_side, c->lang);
		fria_document_markdown(&c->out, doc);
		fria_document_free(doc);
	} else {
		put_diff(c, k);
	}
	int status = k->diff.n ? 1 : 0;
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
