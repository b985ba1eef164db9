/* SPDX-License-Identifier: EUPL-1.2 */
/* What an assessment was: the difference with a state of it, and its history.
 */
#include "page.h"

static const char *asked(const page *p, const char *name)
{
	const char *value = serve_pairs_find(&p->request->query, name);
	return value && *value ? value : NULL;
}

static void begin(const page_look *look, const char *path, fria_word tab)
{
	page *p = look->p;
	const char *here = fria_word_text(tab, p->lang);
	const char *title =
	    page_say(p, FRIA_W_web_of, "what", here, "application",
		     look_application(look), NULL);
	look_open(look, here, title);
	look_head(look, path, title);
}

int page_difference(page *p, fria_error *err)
{
	page_look look;
	fria_comparison *k = NULL;
	int code = look_at(&look, p, err);
	if (code)
		return code;
	bool ever =
	    fria_snapshot_last(p->place->ws, p->parts[0], p->parts[1]) > 0;
	if (ever || asked(p, "van"))
		code = fria_compare(&k, p->place->ws, look.name,
				    asked(p, "van"), asked(p, "tot"), err);
	if (!code) {
		begin(&look, "/verschil", FRIA_W_web_tab_difference);
		web_open(&p->w, "div", "class", "sheet", NULL);
		if (k) {
			fria_node *at = page_fragment(p);
			fria_difference_view(at, &k->diff);
			web_fragment(&p->w, at);
		} else {
			web_word(&p->w, "p", NULL, FRIA_W_web_no_version);
		}
		web_close(&p->w, "div");
		page_close(p);
	}
	fria_comparison_free(k);
	look_away(&look);
	return code;
}

static bool put_event(void *data, const fria_event *event)
{
	fria_event_view(data, event);
	return true;
}

int page_history(page *p, fria_error *err)
{
	page_look look;
	fria_node *at = page_fragment(p);
	int code = look_at(&look, p, err);
	if (code)
		return code;
	code = fria_log(p->place->ws, look.name, 50, put_event, at, err);
	if (!code) {
		begin(&look, "/geschiedenis", FRIA_W_web_tab_history);
		web_open(&p->w, "div", "class", "sheet", NULL);
		web_fragment(&p->w, at);
		web_close(&p->w, "div");
		page_close(p);
	}
	look_away(&look);
	return code;
}
