/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The pages of a site that are no report of one version: the portfolio and
 * an application with all its versions, and its entry. Where they stand is for
 * site.c of publishing/; the links between them are relative.
 */
#include "picture.h"

#include <stdlib.h>
#include <string.h>

/* --- the portfolio --- */

static void put_line(fria_node *table, const fria_site_line *line)
{
	fria_node *row = fria_table_row(table);
	const char *application = line->application;
	fria_node_page(fria_table_cell(row),
		       fria_kept_format(table, "%s/index.html", application),
		       line->title);
	fria_table_cell_text(row, line->instrument);
	fria_node *cell = fria_table_cell(row);
	if (line->version)
		fria_node_page(cell,
			       fria_kept_format(table, "%s/%s/%s.html",
						application, line->assessment,
						line->version),
			       line->version);
	cell = fria_table_cell(row);
	if (line->adopted_at)
		fria_node_text(cell, fria_kept_day(table, line->adopted_at));
	cell = fria_table_cell(row);
	if (line->assessment)
		part_verdict(cell, line->verdict);
	else
		fria_node_say(cell, FRIA_W_site_no_assessment, NULL);
	cell = fria_table_cell(row);
	if (line->review_due)
		fria_node_text(cell, fria_kept_day(table, line->review_due));
}

/* Those that are out of use, or the others; nothing where there are none. */
static void put_lines(fria_node *at, const char *anchor, fria_word title,
		      const fria_site_line *lines, size_t n, bool closed)
{
	fria_node *table = NULL;
	for (size_t i = 0; i < n; i++) {
		if ((lines[i].phase == FRIA_OUT_OF_USE) != closed)
			continue;
		if (!table)
			table = fria_table_words(
			    fria_section_word(at, anchor, title), "Llllll",
			    FRIA_W_site_application, FRIA_W_site_assessment,
			    FRIA_W_head_version, FRIA_W_report_adopted_on,
			    FRIA_W_site_today, FRIA_W_site_review);
		put_line(table, &lines[i]);
	}
}

/* As of which day a page tells how things stand. */
static void put_day(fria_document *doc, fria_time as_of)
{
	fria_node *key = fria_document_key(doc, FRIA_W_head_date);
	fria_node_text(key, fria_kept_day(key, as_of));
}

fria_document *fria_page_portfolio(const char *organisation,
				   const fria_site_line *lines, size_t n,
				   fria_time as_of, fria_lang lang)
{
	fria_document *doc = fria_document_new(lang);
	fria_node *body = fria_document_body(doc);
	fria_document_title(doc,
			    organisation
				? organisation
				: fria_word_text(FRIA_W_site_title, lang),
			    fria_word_text(FRIA_W_site_title, lang));
	put_day(doc, as_of);
	fria_paragraph_say(body, FRIA_W_site_about, NULL);
	put_lines(body, "gebruik", FRIA_W_site_applications, lines, n, false);
	put_lines(body, "afgesloten", FRIA_W_site_closed, lines, n, true);
	fria_paragraph_say(fria_document_foot(doc), FRIA_W_not_lawful, NULL);
	return doc;
}

/* --- one application --- */

static void put_version_row(fria_node *table, const fria_report *r,
			    const char *name, size_t i)
{
	const char *page =
	    fria_kept_format(table, "%s/%s", name, r->versions[i].name);
	fria_node *row = part_version_row(
	    r, table, i, fria_kept_format(table, "%s.html", page));
	fria_node_page(fria_table_cell(row),
		       fria_kept_format(table, "%s-summary.html", page),
		       fria_word_text(FRIA_W_site_summary, r->lang));
	fria_node *cell = fria_table_cell(row);
	if (i + 1 < r->versions_n)
		fria_node_page(cell,
			       fria_kept_format(table, "%s-changes.html", page),
			       fria_word_text(FRIA_W_site_changes, r->lang));
}

/* How it stands today, and when it is looked at again. */
static void put_today(fria_node *at, const fria_site_application *a,
		      const char *name)
{
	const fria_site_line *line = a->lines;
	while (line < a->lines + a->n && strcmp(line->assessment, name) != 0)
		line++;
	if (line == a->lines + a->n)
		return;
	fria_node *fields = fria_node_fields(at);
	part_verdict(fria_fields_word(fields, FRIA_W_site_today),
		     line->verdict);
	if (line->review_due)
		fria_node_text(fria_fields_word(fields, FRIA_W_site_review),
			       fria_kept_day(at, line->review_due));
}

static void put_assessment(fria_document *doc, const fria_site_application *a,
			   const fria_report *r, const char *name)
{
	static const fria_word more[] = {FRIA_W_site_summary,
					 FRIA_W_site_changes};
	fria_parts w = {.r = r,
			.in = r->input->instrument,
			.doc = doc,
			.choices = part_choices(r->input, r->lang)};
	const char *title = fria_instrument_title(w.in, r->lang);
	fria_node *at = fria_node_section(fria_document_body(doc), name,
					  title ? title : w.in->name);
	put_today(at, a, name);
	fria_node *table = part_version_table(at, more, 2);
	for (size_t i = 0; i < r->versions_n; i++)
		put_version_row(table, r, name, i);
	picture_development(&w, at);
	picture_matrix(&w, at);
	fria_choices_free(w.choices);
}

fria_document *fria_page_application(const fria_site_application *a,
				     const fria_report *const reports[],
				     const char *const names[], size_t n,
				     fria_lang lang)
{
	fria_document *doc = fria_document_new(lang);
	fria_node *body = fria_document_body(doc);
	const json_t *about = json_object_get(a->application, "register");
	const char *text = fria_json_text(about, "description_short");
	const fria_evaluation_input input = {.application = a->application};
	const fria_report facts = {.input = &input, .lang = lang};
	fria_parts w = {.r = &facts, .doc = doc};
	fria_document_title(doc, a->title, a->organisation);
	put_day(doc, a->as_of);
	if (text)
		fria_node_paragraph_text(body, text);
	if (!n)
		fria_paragraph_say(body, FRIA_W_site_none_adopted, NULL);
	for (size_t i = 0; i < n; i++)
		put_assessment(doc, a, reports[i], names[i]);
	if (a->entry)
		fria_node_page(fria_node_paragraph(fria_section_word(
				   body, "registratie", FRIA_W_site_entry)),
			       a->entry,
			       fria_word_text(FRIA_W_site_to_entry, lang));
	part_facts(&w, fria_section_word(body, "kenmerken", FRIA_W_site_facts));
	if (n)
		fria_paragraph_say(fria_document_foot(doc), FRIA_W_not_lawful,
				   NULL);
	return doc;
}

/* --- its entry in the register --- */

fria_document *fria_page_entry(const char *title, const json_t *entry,
			       const char *file, fria_lang lang)
{
	fria_document *doc = fria_document_new(lang);
	fria_node *body = fria_document_body(doc);
	fria_document_title(doc, title,
			    fria_word_text(FRIA_W_site_entry, lang));
	fria_paragraph_say(body, FRIA_W_site_about_entry, NULL);
	part_characteristics(fria_node_fields(body), "register", entry, false);
	fria_node_page(fria_node_paragraph(body), file,
		       fria_word_text(FRIA_W_site_file, lang));
	return doc;
}
