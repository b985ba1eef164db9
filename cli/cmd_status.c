/* SPDX-License-Identifier: EUPL-1.2 */
/* The portfolio: every assessment on one line, as a table, CSV or JSON. */
#include "cli.h"

#include <stdio.h>
#include <string.h>

typedef struct {
	cli *c;
	fria_time as_of;
	fria_statuses all;
	fria_portfolio_table lines;
	fria_findings findings; /* what is broken, lost or there twice */
	char separator;		/* of CSV */
	bool csv;
} table;

static void put_csv(const table *t)
{
	cli *c = t->c;
	fria_buf_puts(&c->out, "\xef\xbb\xbf"); /* so they know UTF-8 */
	for (size_t i = 0; i <= t->lines.n; i++) {
		for (size_t k = 0; k < FRIA_PORTFOLIO_COLUMNS; k++) {
			if (k)
				fria_buf_putc(&c->out, t->separator);
			fria_csv_cell(&c->out,
				      i ? t->lines.items[i - 1].cells[k]
					: fria_portfolio_head(k, c->lang));
		}
		put(c, PLAIN, "\n");
	}
}

static int view(table *t, fria_error *err)
{
	cli *c = t->c;
	const json_t *roles = json_object_get(c->ws->config, "roles");
	fria_buf day = FRIA_BUF_INIT;
	int status = 0;
	fria_day_write(&day, t->as_of);
	if (c->json) {
		json_t *list = json_array();
		for (size_t i = 0; i < t->lines.n; i++)
			json_array_append_new(
			    list,
			    fria_status_json(t->lines.items[i].status, c->ws));
		put_json(c,
			 fria_json_pack(
			     "{s:O, s:s, s:o, s:o}", "organisation",
			     json_object_get(c->ws->config, "organisation"),
			     "asOf", day.text, "assessments", list, "findings",
			     fria_findings_json(&t->findings, c->lang)));
	} else if (t->csv) {
		put_csv(t);
	} else {
		fria_node *page =
		    new_page(c, fria_json_text(c->ws->config, "organisation"),
			     FRIA_W_page_status);
		fria_portfolio_view(page, &t->lines, roles, c->n, c->lang);
		status = show_page(c, page, err);
		if (!t->lines.n && !t->findings.n)
			say(c,
			    t->lines.all ? FRIA_W_status_none_such
					 : FRIA_W_status_none,
			    NULL);
	}
	if (!c->json) {
		say_findings(c, &t->findings);
		say_law(c);
	}
	for (size_t i = 0; !c->json && i < t->findings.n; i++) {
		const char *file = t->findings.items[i].file;
		char *name = file ? fria_path_name(file) : NULL;
		if (file)
			say(c, FRIA_W_waits_broken, "name", name ? name : file,
			    NULL);
		free(name);
	}
	fria_buf_dispose(&day);
	return status;
}

/* Of the whole workspace, today. */
static int cmd_mine(cli *c, fria_error *err)
{
	static const char *const others[] = {"as-of", "sort",	   "verdict",
					     "phase", "separator", NULL};
	const char *other = c->n ? c->args[0] : c->json ? "--json" : NULL;
	for (size_t i = 0; others[i] && !other; i++)
		other = given(c, others[i]) ? others[i] : NULL;
	int code = other ? fria_fail(err, FRIA_EINPUT, FRIA_W_status_mine,
				     "other", other, NULL)
			 : check_format(c, "text, md, html, mail",
					".md, .html, .htm, .txt", err);
	return code ? code : put_waiting(c, true, err);
}

static int run_status(cli *c, fria_error *err)
{
	table t = {.c = c, .as_of = fria_session_day(&c->session)};
	const fria_portfolio_wish wish = {given(c, "sort"), given(c, "verdict"),
					  given(c, "phase")};
	const char *application = c->n ? c->args[0] : NULL;
	const char *date = given(c, "as-of"), *format = given(c, "format");
	if (given(c, "mine"))
		return cmd_mine(c, err);
	bool current = true, broken = false;
	t.csv = format && !strcmp(format, "csv");
	if (date)
		fria_time_parse(&t.as_of, date);
	int code = read_separator(&t.separator, c, err);
	if (!code)
		code = check_format(c, "text, md, html, csv",
				    ".md, .html, .htm, .txt", err);
	if (!code)
		code = fria_portfolio_select(&t.lines, &t.all, &wish, c->lang,
					     err);
	if (!code)
		code = fria_portfolio(&t.all, &t.findings, c->ws, application,
				      t.as_of, err);
	broken = t.findings.n > 0;
	if (!code)
		code = fria_look_around(&t.findings, c->ws, application, err);
	if (!code)
		code = fria_portfolio_select(&t.lines, &t.all, &wish, c->lang,
					     err);
	for (size_t i = 0; i < t.lines.n; i++)
		current &= t.lines.items[i].status->verdict == FRIA_CURRENT;
	if (!code)
		code = view(&t, err);
	current &= !t.findings.n;
	fria_portfolio_dispose(&t.lines);
	fria_statuses_dispose(&t.all);
	fria_findings_dispose(&t.findings);
	return code || broken ? 2 : current ? 0 : 1;
}

const command cmd_status = {
    .name = "status",
    .args = "[APP] [--as-of DATE] [--format text|md|html|csv] [--sort COLUMN] "
	    "| --mine [--format F]",
    .takes = {0, 1},
    .does = READS | GIVES_JSON,
    .summary = FRIA_W_sum_status,
    .options = (const option[]){{"mine", 0, NULL, FRIA_W_opt_mine},
				{"as-of", 0, "DATE", FRIA_W_opt_as_of},
				{"format", 0, "F", FRIA_W_opt_status_format},
				{"output", 'o', "FILE", FRIA_W_opt_output},
				{"separator", 0, "C", FRIA_W_opt_separator},
				{"sort", 0, "COLUMN", FRIA_W_opt_sort},
				{"verdict", 0, "V", FRIA_W_opt_verdict},
				{"phase", 0, "P", FRIA_W_opt_phase},
				NO_OPTION},
    .run = run_status,
};
