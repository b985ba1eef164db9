/* SPDX-License-Identifier: EUPL-1.2 */
/* What the law says and from when, line by line, as a table. */
#include "workspace_internal.h"

/* A day as people read it; "" for anything else. */
static const char *day_of(fria_node *at, const char *date)
{
	fria_time day;
	return date && fria_time_parse(&day, date) ? fria_kept_day(at, day)
						   : "";
}

/* "AI-verordening, artikel 26, 27" */
static void say_where(fria_buf *out, const json_t *law, const json_t *line,
		      fria_lang lang)
{
	const char *act = fria_json_text(line, "act");
	const char *articles = fria_json_text(line, "articles");
	const json_t *acts = json_object_get(law, "acts");
	const char *name =
	    act ? fria_law_text(json_object_get(acts, act), "short", lang)
		: NULL;
	fria_buf_puts(out, name ? name : act ? act : "");
	if (articles) {
		fria_buf_puts(out, ", ");
		fria_say(out, lang, FRIA_W_law_articles, "what", articles,
			 NULL);
	}
}

/* "vanaf DAG (was DAG)" */
static void say_when(fria_buf *out, fria_node *at, const json_t *line,
		     fria_lang lang)
{
	const json_t *from = json_object_get(line, "from");
	const json_t *status = json_object_get(line, "status");
	const char *was = day_of(at, fria_json_text(line, "was"));
	json_t *only =
	    fria_json_pack("{s:O*, s:O*}", "status", status, "from", from);
	fria_law_words(out, only, lang);
	if (*was)
		fria_say(out, lang, FRIA_W_law_was, "day", was, NULL);
	json_decref(only);
}

static void say_known(fria_buf *out, fria_node *at, const json_t *line,
		      fria_lang lang)
{
	fria_buf_puts(out, day_of(at, fria_json_text(line, "checked")));
	if (fria_json_text(line, "known"))
		fria_say(out, lang,
			 fria_json_says(line, "known", "secondary")
			     ? FRIA_W_law_short_secondary
			     : FRIA_W_law_short_unverified,
			 NULL);
}

static void put_line(fria_node *table, const json_t *law, const char *id,
		     const json_t *line, fria_lang lang)
{
	const char *title = fria_law_text(line, "title", lang);
	fria_node *row = fria_table_texts(table, 1, title ? title : id);
	say_when(fria_node_here(fria_table_cell(row)), row, line, lang);
	say_where(fria_node_here(fria_table_cell(row)), law, line, lang);
	say_known(fria_node_here(fria_table_cell(row)), row, line, lang);
	fria_table_cell_text(row, id);
}

void fria_law_view(fria_node *at, const json_t *law, fria_lang lang)
{
	const char *id;
	json_t *line;
	fria_node *table =
	    fria_table_words(at, "lllll", FRIA_W_law_head_what,
			     FRIA_W_law_head_when, FRIA_W_law_head_where,
			     FRIA_W_law_head_checked, FRIA_W_law_head_name);
	json_object_foreach(json_object_get(law, "lines"), id, line)
		put_line(table, law, id, line, lang);
}

static void put_field(fria_node *fields, fria_word name, const char *text)
{
	if (text && *text)
		fria_node_text(fria_fields_word(fields, name), text);
}

void fria_law_line_view(fria_node *at, const json_t *law, const char *id,
			fria_lang lang)
{
	const json_t *line = json_object_get(json_object_get(law, "lines"), id);
	const json_t *source = json_object_get(line, "source");
	const char *text = fria_law_text(line, "text", lang);
	const char *url = fria_json_text(source, "url");
	fria_buf *where = fria_kept_text(at), *when = fria_kept_text(at);
	fria_buf *known = fria_kept_text(at);
	say_where(where, law, line, lang);
	say_when(when, at, line, lang);
	say_known(known, at, line, lang);
	if (text)
		fria_node_paragraph_text(at, text);
	fria_node *fields = fria_node_fields(at);
	put_field(fields, FRIA_W_law_head_when, when->text);
	put_field(fields, FRIA_W_law_head_where, where->text);
	put_field(fields, FRIA_W_law_head_checked, known->text);
	put_field(fields, FRIA_W_law_head_source,
		  fria_law_text(source, "name", lang));
	put_field(fields, FRIA_W_law_head_url, url);
}
