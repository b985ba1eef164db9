/* SPDX-License-Identifier: EUPL-1.2 */
/* What a new state of an application changes, and what that sets in motion. */
#include "cli.h"

/* Whether nothing that counts is new, and no answer is to be judged again. */
static bool is_same(const fria_release_result *r)
{
	size_t moved = r->changed.n;
	for (size_t i = 0; i < r->consequences.n; i++)
		moved += r->consequences.items[i].stale +
			 r->consequences.items[i].suspect;
	return !moved;
}

void put_changed(cli *c, const fria_release_result *r)
{
	fria_node *page = new_page(c, c->args[0], FRIA_W_release_changed);
	fria_changed_view(page, r->before, r->after, &r->changed, &r->gone,
			  c->verbose);
	if (is_same(r))
		put_sentence(c, PLAIN, FRIA_W_release_same, NULL);
	put_view(c, page);
}

/* What of it reopens which questions, and which words lapsed by it. */
static int put_reopened(cli *c, const char *name, fria_strings *told,
			fria_error *err)
{
	fria_snapshot *s;
	fria_standing standing;
	int code =
	    fria_standing_load(&s, &standing, c->ws, name, NULL, NULL, err);
	if (code)
		return code;
	fria_evaluation *e = &standing.result;
	fria_node *page = new_page(c, name, FRIA_W_release_changed);
	fria_causes_find(e, &standing.input);
	fria_causes_view(page, e, &standing.input, told);
	if (standing.input.adopted)
		fria_words_view(page, e, &standing.input);
	put_view(c, page);
	fria_standing_dispose(&standing);
	fria_snapshot_free(s);
	return 0;
}

static int put_moved(cli *c, const fria_consequence *m, fria_strings *told,
		     fria_error *err)
{
	bool moved = m->stale + m->suspect > 0;
	put(c, PLAIN, moved ? "\n" : "");
	put_sentence(
	    c, PLAIN, moved ? FRIA_W_release_sets : FRIA_W_release_untouched,
	    "assessment", m->assessment, "stale", FRIA_DIGITS(m->stale),
	    "suspect", FRIA_DIGITS(m->suspect), NULL);
	return moved ? put_reopened(c, m->assessment, told, err) : 0;
}

static json_t *moved_json(const fria_release_result *r)
{
	json_t *list = json_array();
	for (size_t i = 0; i < r->consequences.n; i++) {
		const fria_consequence *m = &r->consequences.items[i];
		json_array_append_new(
		    list,
		    fria_json_pack("{s:s, s:I, s:I}", "assessment",
				   m->assessment, "stale", (json_int_t)m->stale,
				   "suspect", (json_int_t)m->suspect));
	}
	return list;
}

/* What that sets in motion: what changed is told already. */
int put_all_moved(cli *c, const fria_release_result *r, fria_error *err)
{
	fria_findings findings = FRIA_FINDINGS_INIT;
	fria_strings told = FRIA_STRINGS_INIT;
	int code = 0;
	for (size_t i = 0; i < r->changed.n; i++)
		fria_strings_add(&told, r->changed.items[i]);
	for (size_t i = 0; i < r->consequences.n && !code; i++)
		code = put_moved(c, &r->consequences.items[i], &told, err);
	fria_release_check_findings(&findings, r->after);
	put_findings(c, &findings);
	fria_findings_dispose(&findings);
	fria_strings_dispose(&told);
	return code;
}

void put_result_json(cli *c, const fria_release_result *r)
{
	fria_findings findings = FRIA_FINDINGS_INIT;
	fria_release_check_findings(&findings, r->after);
	put_json(c,
		 fria_json_pack(
		     "{s:s, s:s?, s:s?, s:o, s:o, s:o, s:o}", "application",
		     c->args[0], "release", fria_json_text(r->after, "release"),
		     "commit",
		     *r->commit && !given(c, "dry-run") ? r->commit : NULL,
		     "changed", fria_json_strings(&r->changed), "gone",
		     fria_json_strings(&r->gone), "assessments", moved_json(r),
		     "findings", fria_findings_json(&findings, c->lang)));
	fria_findings_dispose(&findings);
}

/* What changed, and what that sets in motion; disposes of the result. */
int put_consequences(cli *c, fria_release_result *r, fria_error *err)
{
	int code = 0;
	if (c->json) {
		put_result_json(c, r);
	} else {
		put_changed(c, r);
		code = put_all_moved(c, r, err);
	}
	fria_release_dispose(r);
	return code ? 2 : 0;
}
