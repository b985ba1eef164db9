/* SPDX-License-Identifier: EUPL-1.2 */
/* What a newer law.json changes, and what that reopens, told. */
#include "workflow_internal.h"

static void put_changed(fria_node *at, const fria_law_renewal *r,
			fria_lang lang)
{
	fria_node *section =
	    fria_section_word(at, "changed", FRIA_W_law_changes);
	if (!r->changed.n) {
		fria_paragraph_say(section, FRIA_W_law_changes_none, NULL);
		return;
	}
	fria_node *list = fria_node_list(section, false);
	for (size_t i = 0; i < r->changed.n; i++)
		law_line_say(fria_node_here(fria_list_item(list)), r,
			     r->changed.items[i], lang);
}

static void put_checked(fria_node *at, const fria_law_renewal *r,
			fria_lang lang)
{
	const json_t *lines = json_object_get(r->is, "lines");
	if (!r->checked.n)
		return;
	fria_node *list = fria_node_list(
	    fria_section_word(at, "checked", FRIA_W_law_rechecked), false);
	for (size_t i = 0; i < r->checked.n; i++) {
		const char *id = r->checked.items[i];
		const char *title =
		    fria_law_text(json_object_get(lines, id), "title", lang);
		fria_node_text(fria_list_item(list), title ? title : id);
	}
}

static void put_touched(fria_node *at, const fria_law_touched *one)
{
	fria_node *section =
	    fria_node_section(at, one->application, one->application);
	fria_node *list = fria_node_list(section, false);
	for (size_t i = 0; i < one->consequences.n; i++) {
		const fria_consequence *c = &one->consequences.items[i];
		fria_node_say(fria_list_item(list), FRIA_W_law_reopens,
			      "assessment", c->assessment, "stale",
			      FRIA_DIGITS(c->stale), "suspect",
			      FRIA_DIGITS(c->suspect), NULL);
	}
}

void fria_law_renewal_view(fria_node *at, const fria_law_renewal *r,
			   fria_lang lang)
{
	put_changed(at, r, lang);
	put_checked(at, r, lang);
	for (size_t i = 0; i < r->touched.n; i++)
		put_touched(at, &r->touched.items[i]);
}

json_t *fria_law_renewal_json(const fria_law_renewal *r)
{
	json_t *list = json_array();
	for (size_t i = 0; i < r->touched.n; i++) {
		const fria_law_touched *one = &r->touched.items[i];
		json_t *reopens = json_array();
		for (size_t k = 0; k < one->consequences.n; k++) {
			const fria_consequence *c = &one->consequences.items[k];
			json_array_append_new(
			    reopens,
			    fria_json_pack("{s:s, s:I, s:I}", "assessment",
					   c->assessment, "stale",
					   (json_int_t)c->stale, "suspect",
					   (json_int_t)c->suspect));
		}
		json_array_append_new(
		    list, fria_json_pack("{s:s, s:o, s:o}", "application",
					 one->application, "lines",
					 fria_json_strings(&one->lines),
					 "assessments", reopens));
	}
	return fria_json_pack("{s:{s:s?, s:s?}, s:o, s:o, s:o, s:s?}",
			      "checked", "before",
			      fria_json_text(r->was, "checked"), "after",
			      fria_json_text(r->is, "checked"), "changed",
			      fria_json_strings(&r->changed), "rechecked",
			      fria_json_strings(&r->checked), "applications",
			      list, "commit", *r->commit ? r->commit : NULL);
}
