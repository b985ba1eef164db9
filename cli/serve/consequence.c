/* SPDX-License-Identifier: EUPL-1.2 */
/* What an act on characteristics changes, and what it sets in motion. */
#include "page.h"

void page_put_consequences(page *p, const fria_release_result *r)
{
	web_open(&p->w, "section", "class", "sheet", NULL);
	web_word(&p->w, "h2", NULL, FRIA_W_web_consequence);
	web_open(&p->w, "ul", NULL);
	for (size_t i = 0; i < r->consequences.n; i++) {
		const fria_consequence *m = &r->consequences.items[i];
		web_open(&p->w, "li", NULL);
		web_say(&p->w,
			m->stale + m->suspect ? FRIA_W_release_sets
					      : FRIA_W_release_untouched,
			"assessment", m->assessment, "stale",
			FRIA_DIGITS(m->stale), "suspect",
			FRIA_DIGITS(m->suspect), NULL);
		web_close(&p->w, "li");
	}
	web_close(&p->w, "ul");
	web_close(&p->w, "section");
}

void page_put_changed(page *p, const fria_release_result *r)
{
	fria_node *at = page_fragment(p);
	fria_changed_view(at, r->before, r->after, &r->changed, &r->gone,
			  false);
	web_open(&p->w, "section", "class", "sheet", NULL);
	web_word(&p->w, "h2", NULL, FRIA_W_web_read_changes);
	if (!r->changed.n && !r->gone.n)
		web_word(&p->w, "p", NULL, FRIA_W_release_same);
	web_fragment(&p->w, at);
	web_close(&p->w, "section");
}
