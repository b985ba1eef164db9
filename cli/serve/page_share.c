/* SPDX-License-Identifier: EUPL-1.2 */
/* "Delen": exchange with what colleagues recorded, and what that did. */
#include "page.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
	const fria_synced *done; /* NULL: nothing was exchanged yet */
	const char *error;
	bool twice; /* a number of ours is taken */
} exchanged;

static void put_lines(page *p, const fria_strings *lines)
{
	web_open(&p->w, "ul", NULL);
	for (size_t i = 0; i < lines->n; i++)
		web_put(&p->w, "li", NULL, lines->items[i]);
	web_close(&p->w, "ul");
}

static void put_done(page *p, const fria_synced *done)
{
	bool differs = done->documents.n > 0;
	fria_strings told = FRIA_STRINGS_INIT;
	fria_synced_say(&told, done, p->lang, true);
	web_open(&p->w, "div", "class", "alert", "role", "status", NULL);
	web_word(&p->w, "h2", NULL,
		 differs ? FRIA_W_web_share_half : FRIA_W_web_share_done);
	put_lines(p, &told);
	web_close(&p->w, "div");
	fria_strings_dispose(&told);
}

/* What is not recorded goes nowhere. */
static void put_unsaved(page *p)
{
	fria_strings names = FRIA_STRINGS_INIT;
	fria_unsaved(&names, p->place->ws);
	if (names.n) {
		web_open(&p->w, "div", "class", "alert warn", NULL);
		web_word(&p->w, "h2", NULL, FRIA_W_web_share_unsaved);
		put_lines(p, &names);
		web_close(&p->w, "div");
	}
	fria_strings_dispose(&names);
}

static void put_form(page *p, const char *remote, bool twice)
{
	page_form(p, page_at(p, "_delen"));
	if (!remote)
		page_put_input(
		    p, &(page_input){"adres", FRIA_W_web_share_address,
				     page_say(p, FRIA_W_web_share_where, NULL),
				     page_field(p, "adres"), NULL, 1});
	if (twice)
		web_word(&p->w, "p", NULL, FRIA_W_web_share_twice);
	web_open(&p->w, "p", "class", "acts", NULL);
	page_button(p, twice ? "nummer" : "delen", true,
		    twice ? FRIA_W_web_share_renumber : FRIA_W_web_share_now);
	web_close(&p->w, "p");
	web_close(&p->w, "form");
}

static void show(page *p, const exchanged *what)
{
	const char *title = page_say(p, FRIA_W_web_share, NULL);
	char *remote = fria_sync_remote(p->place->ws);
	page_open(p, &(page_frame){.title = title, .nav = NAV_SHARE});
	web_open(&p->w, "div", "class", "head", NULL);
	web_put(&p->w, "h1", NULL, title);
	page_lead(p, remote ? page_say(p, FRIA_W_web_share_with, "address",
				       remote, NULL)
			    : page_say(p, FRIA_W_web_share_alone, NULL));
	web_close(&p->w, "div");
	page_wrong(p, what->error);
	if (what->done)
		put_done(p, what->done);
	if (!page_put_unsettled(p)) {
		put_unsaved(p);
		put_form(p, remote, what->twice);
	}
	page_close(p);
	free(remote);
}

int page_share(page *p, fria_error *err)
{
	(void)err;
	show(p, &(exchanged){.done = NULL});
	return 0;
}

int page_share_post(page *p, fria_error *err)
{
	const char *address = page_field(p, "adres");
	const char *does = page_field(p, "doe");
	fria_error why = FRIA_ERROR_INIT;
	fria_synced done;
	const fria_sync_request request = {
	    .remote = address && *address ? address : NULL,
	    .renumber = does && !strcmp(does, "nummer")};
	(void)err;
	if (fria_sync(&done, p->place->ws, &request, &why)) {
		p->response->status = 409;
		show(p, &(exchanged){.error = page_trouble(p, &why),
				     .twice = why.word ==
					      FRIA_W_sync_version_twice});
	} else {
		show(p, &(exchanged){.done = &done});
		fria_synced_dispose(&done);
	}
	return 0;
}
