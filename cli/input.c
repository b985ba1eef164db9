/* SPDX-License-Identifier: EUPL-1.2 */
/* What people hand to a command: files, standard input, an editor. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

static bool is_yaml(const char *path)
{
	const char *dot = strrchr(path, '.');
	return dot && (!strcmp(dot, ".yaml") || !strcmp(dot, ".yml"));
}

/* The mark with which Notepad begins a file is no part of it. */
static const char *without_mark(const fria_buf *bytes, size_t *n)
{
	size_t mark =
	    bytes->n >= 3 && !memcmp(bytes->text, "\xEF\xBB\xBF", 3) ? 3 : 0;
	*n = bytes->n - mark;
	return bytes->text + mark;
}

int read_text(fria_buf *out, const char *path, fria_error *err)
{
	fria_buf bytes = FRIA_BUF_INIT;
	int code = fria_file_read(&bytes, path, err);
	if (!code)
		code = fria_text_enter(out, bytes.text, bytes.n, FRIA_PROSE,
				       path, err);
	fria_buf_dispose(&bytes);
	return code;
}

int read_document(json_t **out, const char *path, fria_error *err)
{
	fria_buf bytes = FRIA_BUF_INIT;
	size_t n = 0;
	int code = fria_file_read(&bytes, path, err);
	const char *text = without_mark(&bytes, &n);
	if (!code && is_yaml(path))
		code = fria_yaml_parse(out, path, text, n, fria_text_members(),
				       err);
	else if (!code)
		code = fria_json_parse(out, path, text, n, err);
	fria_buf_dispose(&bytes);
	return code;
}

/* Whether it begins as JSON does, whatever it is called. */
static bool is_json(const char *text)
{
	text += strspn(text, " \t\r\n");
	return *text == '{' || *text == '[';
}

/* The form of the application, as it comes out of the editor. */
static int edit_facts(given_facts *out, const cli *c, fria_error *err)
{
	fria_buf form = FRIA_BUF_INIT;
	int code = fria_application_form(&form, c->ws, c->args[0], err);
	if (!code)
		code = edit_text(&out->form, form.text, err);
	out->from.name = "fria.md";
	out->from.form = out->form.text;
	fria_buf_dispose(&form);
	return code;
}

int read_facts(given_facts *out, const cli *c, bool needed, fria_error *err)
{
	const char *path = given(c, "from");
	fria_buf bytes = FRIA_BUF_INIT;
	size_t n = 0;
	*out = (given_facts){.from = {.name = path,
				      .format = given(c, "format"),
				      .which = given(c, "entry")}};
	fria_buf_init(&out->form);
	if (!path && !given(c, "answers") && on_terminal(c))
		return edit_facts(out, c, err);
	if (!path)
		return needed ? fria_fail(err, FRIA_EINPUT,
					  FRIA_W_cli_needs_option, "option",
					  "--from", "command", c->command->name,
					  "args", usage(c), NULL)
			      : 0;
	bool form = ends_in(path, ".md") || ends_in(path, ".markdown") ||
		    ends_in(path, ".txt");
	if (!form && strcmp(path, "-") != 0) {
		int code = read_document(&out->file, path, err);
		out->from.file = out->file;
		return code;
	}
	int code = fria_file_read(&bytes, path, err);
	const char *text = without_mark(&bytes, &n);
	if (!code && !form && is_json(text))
		code = fria_json_parse(&out->file, path, text, n, err);
	else if (!code)
		code =
		    fria_text_enter(&out->form, text, n, FRIA_PROSE, path, err);
	out->from.file = out->file;
	out->from.form = out->file ? NULL : out->form.text;
	fria_buf_dispose(&bytes);
	return code;
}

/* A new name for a file of a person's; the caller frees. */
static char *aside(const char *end)
{
	const char *folder = getenv("TMPDIR");
	char random[9];
	fria_random_id(random, 8);
	return fria_format("%s/fria-%s.%s", folder && *folder ? folder : "/tmp",
			   random, end);
}

void keep_text(const cli *c, const fria_buf *text, const char *end,
	       fria_word where)
{
	char *path = aside(end);
	if (!fria_file_write(path, text->text, text->n, NULL))
		say(c, where, "path", path, NULL);
	free(path);
}

void keep_form(const cli *c, const given_facts *facts, int code)
{
	if (code && facts->from.form && !given(c, "from"))
		keep_text(c, &facts->form, "md", FRIA_W_cli_form_kept);
}

void given_facts_dispose(given_facts *facts)
{
	json_decref(facts->file);
	fria_buf_dispose(&facts->form);
}

bool on_terminal(const cli *c)
{
	return !c->json && isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
}

bool ends_in(const char *path, const char *end)
{
	size_t n = strlen(path), m = strlen(end);
	return n > m && !strcasecmp(path + n - m, end);
}

int read_entries(fria_register_rows *out, fria_findings *findings,
		 const char *path, const char *format, fria_error *err)
{
	bool csv = format ? !strcmp(format, "register-csv")
			  : ends_in(path, ".csv") || ends_in(path, ".tsv") ||
				ends_in(path, ".txt");
	json_t *file = NULL;
	fria_buf bytes = FRIA_BUF_INIT;
	int code = csv ? fria_file_read(&bytes, path, err)
		       : read_document(&file, path, err);
	if (!code && csv)
		code = fria_register_read_csv(out, findings, bytes.text,
					      bytes.n, path, err);
	else if (!code)
		code = fria_register_read(out, findings, file, path, err);
	json_decref(file);
	fria_buf_dispose(&bytes);
	return code;
}

int read_audience(fria_audience *out, const cli *c, const char *text,
		  fria_error *err)
{
	const char *id;
	int code = fria_closed_read(&id, "audience", text,
				    FRIA_W_unknown_audience, c->lang, err);
	if (!code)
		fria_audience_parse(out, id);
	return code;
}

int read_separator(char *out, const cli *c, fria_error *err)
{
	const char *text = given(c, "separator");
	*out = FRIA_CSV_SEPARATOR;
	if (!text)
		return 0;
	if (!strcmp(text, "tab") || !strcmp(text, "\t"))
		*out = '\t';
	else if (!strcmp(text, ",") || !strcmp(text, ";"))
		*out = *text;
	else
		return fria_fail(err, FRIA_EINPUT, FRIA_W_cli_bad_separator,
				 "value", text, NULL);
	return 0;
}

void locate_findings(fria_findings *findings, const char *path)
{
	fria_buf bytes = FRIA_BUF_INIT;
	size_t n = 0;
	if (fria_path_exists(path) && !fria_file_read(&bytes, path, NULL)) {
		const char *text = without_mark(&bytes, &n);
		fria_findings_locate(findings, path, text, n, is_yaml(path));
	}
	fria_buf_dispose(&bytes);
}

char *find_program(const char *name)
{
	const char *at = getenv("PATH");
	while (at && *at) {
		size_t n = strcspn(at, ":");
		char *path = fria_format("%.*s/%s", (int)n, at, name);
		if (!access(path, X_OK))
			return path;
		free(path);
		at += n + (at[n] == ':');
	}
	return NULL;
}

/* As the person has it, else the first there is here; NULL: none. */
static const char *editor_of(void)
{
	static const char *const usual[] = {"sensible-editor", "editor", "nano",
					    "vi"};
	static const char *const named[] = {"VISUAL", "EDITOR"};
	for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
		const char *editor = getenv(named[i]);
		if (editor && *editor)
			return editor;
	}
	for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) {
		char *path = find_program(usual[i]);
		free(path);
		if (path)
			return usual[i];
	}
	return NULL;
}

static int run_editor(const char *path, fria_error *err)
{
	const char *editor = editor_of();
	int status = 0;
	if (!editor)
		return fria_fail(err, FRIA_ENOTFOUND, FRIA_W_cli_no_editor,
				 NULL);
	/* The words of $EDITOR, as in "code --wait"; no shell sees them. */
	char *words = fria_strdup(editor), *save = NULL;
	const char *argv[10];
	size_t n = 0;
	for (char *w = strtok_r(words, " ", &save); w && n < 8;
	     w = strtok_r(NULL, " ", &save))
		argv[n++] = w;
	argv[n++] = path;
	argv[n] = NULL;
	int code = fria_run(&status, argv, err);
	if (!code && status)
		code = fria_fail(err, FRIA_EIO, FRIA_W_cli_editor_failed,
				 "editor", editor, "status",
				 FRIA_DIGITS((size_t)status), NULL);
	free(words);
	return code;
}

int edit_text(fria_buf *out, const char *before, fria_error *err)
{
	char *path = aside("md");
	int code = fria_file_write(path, before, strlen(before), err);
	if (!code)
		code = run_editor(path, err);
	if (!code)
		code = read_text(out, path, err);
	unlink(path);
	free(path);
	return code;
}

/* --- asked on a terminal --- */

bool read_line(const cli *c, fria_buf *out)
{
	fria_buf typed = FRIA_BUF_INIT;
	line_kind kind;
	for (;;) {
		fria_error wrong = FRIA_ERROR_INIT;
		fria_buf_clear(out);
		kind = lines_one(c->in, &typed);
		if (!fria_text_enter(out, typed.text, typed.n, FRIA_PROSE, "?",
				     &wrong) ||
		    kind == LINE_END || kind == LINE_STOPPED)
			break;
		say_error(c, &wrong);
	}
	fria_buf_dispose(&typed);
	return kind == LINE || kind == LINE_LONG;
}

bool is_yes(const char *text)
{
	return *text && strchr("jJyY", *text);
}

bool read_yes_no(const char **out, const char *text)
{
	static const struct {
		const char *typed, *means;
	} known[] = {{"j", "yes"},	 {"ja", "yes"},	    {"y", "yes"},
		     {"yes", "yes"},	 {"n", "no"},	    {"nee", "no"},
		     {"no", "no"},	 {"", NULL},	    {"?", NULL},
		     {"onbekend", NULL}, {"unknown", NULL}, {"weet", NULL}};
	size_t n = strcspn(text, " \t,.;:");
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		if (strlen(known[i].typed) != n ||
		    strncasecmp(known[i].typed, text, n) != 0)
			continue;
		*out = known[i].means;
		return true;
	}
	return false;
}

bool agrees(const cli *c, fria_word question)
{
	fria_buf text = FRIA_BUF_INIT;
	say(c, question, NULL);
	bool yes = read_line(c, &text) && is_yes(text.text);
	fria_buf_dispose(&text);
	return yes;
}
