/* SPDX-License-Identifier: EUPL-1.2 */
/* What the law says and from when, line by line, as a table. */
#include "workspace_internal.h"

#include <string.h>

static void say_day(fria_buf *out, const char *date, fria_lang lang)
{
	fria_time day;
	if (date && fria_time_parse(&day, date))
		fria_day_say(out, lang, day);
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
static void say_when(fria_buf *out, const json_t *line, fria_lang lang)
{
	const json_t *from = json_object_get(line, "from");
	const json_t *status = json_object_get(line, "status");
	fria_buf was = FRIA_BUF_INIT;
	json_t *only =
	    fria_json_pack("{s:O*, s:O*}", "status", status, "from", from);
	fria_law_words(out, only, lang);
	say_day(&was, fria_json_text(line, "was"), lang);
	if (was.n)
		fria_say(out, lang, FRIA_W_law_was, "day", was.text, NULL);
	json_decref(only);
	fria_buf_dispose(&was);
}

static void say_known(fria_buf *out, const json_t *line, fria_lang lang)
{
	const char *known = fria_json_text(line, "known");
	say_day(out, fria_json_text(line, "checked"), lang);
	if (known)
		fria_say(out, lang,
			 strcmp(known, "secondary") != 0
			     ? FRIA_W_law_short_unverified
			     : FRIA_W_law_short_secondary,
			 NULL);
}

static void put_line(fria_node *table, const json_t *law, const char *id,
		     const json_t *line, fria_lang lang)
{
	fria_node *row = fria_table_row(table);
	const char *title = fria_law_text(line, "title", lang);
	fria_buf where = FRIA_BUF_INIT, when = FRIA_BUF_INIT,
		 known = FRIA_BUF_INIT;
	say_where(&where, law, line, lang);
	say_when(&when, line, lang);
	say_known(&known, line, lang);
	fria_table_cell_text(row, title ? title : id);
	fria_table_cell_text(row, when.text);
	fria_table_cell_text(row, where.text);
	fria_table_cell_text(row, known.text);
	fria_table_cell_text(row, id);
	fria_buf_dispose(&where);
	fria_buf_dispose(&when);
	fria_buf_dispose(&known);
}

void fria_law_view(fria_node *at, const json_t *law, fria_lang lang)
{
	static const fria_word heads[] = {
	    FRIA_W_law_head_what, FRIA_W_law_head_when, FRIA_W_law_head_where,
	    FRIA_W_law_head_checked, FRIA_W_law_head_name};
	const fria_table_options options = {.words = heads, .n = 5};
	const char *id;
	json_t *line;
	fria_node *table = fria_node_table(at, &options);
	json_object_foreach(json_object_get(law, "lines"), id, line)
		put_line(table, law, id, line, lang);
}

static void put_field(fria_node *fields, fria_word name, const char *text,
		      fria_lang lang)
{
	if (text && *text)
		fria_node_text(
		    fria_fields_add(fields, fria_word_text(name, lang)), text);
}

void fria_law_line_view(fria_node *at, const json_t *law, const char *id,
			fria_lang lang)
{
	const json_t *line = json_object_get(json_object_get(law, "lines"), id);
	const json_t *source = json_object_get(line, "source");
	const char *text = fria_law_text(line, "text", lang);
	const char *url = fria_json_text(source, "url");
	fria_buf where = FRIA_BUF_INIT, when = FRIA_BUF_INIT,
		 known = FRIA_BUF_INIT;
	say_where(&where, law, line, lang);
	say_when(&when, line, lang);
	say_known(&known, line, lang);
	if (text)
		fria_node_paragraph_text(at, text);
	fria_node *fields = fria_node_fields(at);
	put_field(fields, FRIA_W_law_head_when, when.text, lang);
	put_field(fields, FRIA_W_law_head_where, where.text, lang);
	put_field(fields, FRIA_W_law_head_checked, known.text, lang);
	put_field(fields, FRIA_W_law_head_source,
		  fria_law_text(source, "name", lang), lang);
	put_field(fields, FRIA_W_law_head_url, url, lang);
	fria_buf_dispose(&where);
	fria_buf_dispose(&when);
	fria_buf_dispose(&known);
}
