/* SPDX-License-Identifier: EUPL-1.2 */
/* fria confirm: what it stands for is shown, and on which ground is asked. */
#include "cli.h"

#include <string.h>

/* A confirmation at the keyboard. */
typedef struct {
	cli *c;
	bool asks;	/* somebody is there to answer */
	bool many;	/* not named one by one: whether it is meant is asked */
	fria_buf typed; /* the note */
} at_hand;

static void put_those(cli *c, const fria_confirming *about)
{
	fria_node *page = new_page(c, c->args[0], FRIA_W_confirm_those);
	fria_confirm_view(page, &about->standing->result,
			  &about->standing->input, &about->those, &about->alone,
			  &about->waiting, c->verbose ? NULL : "--verbose");
	put_view(c, page);
}

/* By its number or its word; anything else is how it was checked. */
static void ask_ground(at_hand *h, fria_confirming *about)
{
	say(h->c, FRIA_W_confirm_ask, NULL);
	read_line(h->c, &h->typed);
	const char *text = h->typed.text;
	if (!strcmp(text, "1") || !strcmp(text, "2"))
		about->ground =
		    *text == '1' ? FRIA_GROUND_UNTOUCHED : FRIA_GROUND_COVERED;
	else if (!fria_text_blank(text) &&
		 !(about->ground =
		       fria_ground_parse(fria_closed_id("ground", text))))
		about->note = text;
	if (about->ground == FRIA_GROUND_CHECKED) {
		say(h->c, FRIA_W_confirm_ask_how, NULL);
		read_line(h->c, &h->typed);
		about->note = fria_text_blank(text) ? NULL : h->typed.text;
	}
}

static bool show(void *data, fria_confirming *about)
{
	at_hand *h = data;
	cli *c = h->c;
	bool told = about->ground || about->note;
	put_those(c, about);
	if (!h->asks || !about->those.n || (told && !h->many))
		return true;
	show_now(c);
	if (!told)
		ask_ground(h, about);
	if (!about->ground && !about->note)
		return false;
	if (!h->many)
		return true;
	fria_buf line = FRIA_BUF_INIT;
	say(c, FRIA_W_confirm_ask_all, "count", FRIA_DIGITS(about->those.n),
	    NULL);
	read_line(c, &line);
	bool yes = is_yes(line.text);
	fria_buf_dispose(&line);
	return yes;
}

static int run_confirm(cli *c, fria_error *err)
{
	fria_confirmed done;
	const char *cause = given(c, "cause");
	const char *ground = given(c, "ground"), *note = given(c, "note");
	bool all = given(c, "all-stale") != NULL;
	bool taken = given(c, "taken-over") != NULL;
	bool yes = given(c, "yes") != NULL;
	at_hand h = {.c = c, .asks = on_terminal(c), .typed = FRIA_BUF_INIT};
	fria_selection which = {.tasks = (const char *const *)(c->args + 1),
				.n = c->n - 1,
				.row = given(c, "row"),
				.cause = cause,
				.taken_over = taken,
				.show = show,
				.data = &h,
				.asks = h.asks};
	h.many = (!which.n || taken) && !yes;
	if ((which.row && !which.n) ||
	    ((which.n > 0 && !taken) || cause) + all + taken != 1)
		return fria_fail(err, FRIA_EINPUT, FRIA_W_confirm_which, NULL);
	/* Where nobody can be asked, one word for all is meant only so. */
	if (h.many && !h.asks && ground && !note)
		return fria_fail(err, FRIA_EINPUT, FRIA_W_confirm_yes, NULL);
	if (saving_begin(c, err))
		return 2;
	int code =
	    fria_confirm(&done, c->ws, c->args[0], &which, ground, note, err);
	fria_buf_dispose(&h.typed);
	if (code)
		return saving_end(c, 2, err);
	say(c, FRIA_W_did_confirm, "count", FRIA_DIGITS(done.confirmed), NULL);
	return saving_end(c, done.left ? 1 : 0, err);
}

const command cmd_confirm = {
    .name = "confirm",
    .args = "APP/NAME TASK...|--all-stale|--taken-over|--cause ID [TASK...] "
	    "--ground G|--note TEXT",
    .takes = {1, SIZE_MAX},
    .does = EDITS | KEEPS_TEXT,
    .summary = FRIA_W_sum_confirm,
    .options = (const option[]){{"row", 0, "ROW", FRIA_W_opt_row},
				{"cause", 0, "ID", FRIA_W_opt_cause},
				{"all-stale", 0, NULL, FRIA_W_opt_all_stale},
				{"taken-over", 0, NULL, FRIA_W_opt_taken_over},
				{"ground", 0, "G", FRIA_W_opt_confirm_ground},
				{"note", 0, "TEXT", FRIA_W_opt_note},
				{"yes", 0, NULL, FRIA_W_opt_confirm_yes},
				{"save", 0, NULL, FRIA_W_opt_save},
				NO_OPTION},
    .run = run_confirm,
};
