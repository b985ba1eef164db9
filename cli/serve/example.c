/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The example municipality, played anew: an assessment that was adopted, and a
 * release after it that is still to be judged.
 */
#include "listen.h"

#include <stdlib.h>
#include <string.h>

#define EXAMPLE "assessments/examples/straatafval/"
#define ANSWERS EXAMPLE "iama/answers/"
#define APPLICATION "straatafval"
#define NAME APPLICATION "/iama"

/* 10 March and 16 November 2026, nine o'clock in Greenwich. */
static const fria_time adopted = 1773133200, released = 1794819600;

/* --- its files --- */

static char *text_of(const char *name)
{
	size_t n = 0;
	const char *bytes = fria_embedded(name, &n);
	return fria_strndup(bytes ? bytes : "", n);
}

static int json_of(json_t **out, const char *name, fria_error *err)
{
	size_t n = 0;
	const char *bytes = fria_embedded(name, &n);
	return fria_json_parse(out, name, bytes ? bytes : "", n, err);
}

/* Cuts the next of these off a text; NULL: it is at its end. */
static char *cut(char **at, char end)
{
	char *one = *at, *behind = one ? strchr(one, end) : NULL;
	if (behind)
		*behind++ = '\0';
	*at = behind;
	return one;
}

static bool ends(const char *text, const char *with)
{
	size_t n = strlen(text), m = strlen(with);
	return n >= m && !strcmp(text + n - m, with);
}

/* --- what was answered --- */

static int put_answer(fria_workspace *ws, const char *task, const char *file,
		      fria_error *err)
{
	const fria_edit_target target = {.application_name = NAME,
					 .task = task};
	fria_edited done;
	char *text = text_of(file), *at = text;
	int code = 0;
	if (ends(file, ".waived.md")) {
		const char *kind = cut(&at, '\n');
		code = fria_waive(&done, ws, &target, kind, at, NULL, err);
	} else {
		code = fria_answer(&done, ws, &target, text, err);
	}
	free(text);
	return code;
}

/* A row of a group: {"tekst": "..."}; with a point in it, an id of its own. */
static int put_row(fria_workspace *ws, const char *group, const char *file,
		   fria_error *err)
{
	fria_edited done = {.row = "new"};
	json_t *row = NULL, *value;
	const char *key;
	int code = json_of(&row, file, err);
	json_object_foreach(row, key, value) {
		char *task = strchr(key, '.')
				 ? fria_format("%s", key)
				 : fria_format("%s.%s", group, key);
		char where[sizeof done.row];
		memcpy(where, done.row, sizeof where);
		const fria_edit_target target = {
		    .application_name = NAME, .task = task, .row = where};
		if (!code)
			code = fria_answer(&done, ws, &target,
					   json_string_value(value), err);
		free(task);
	}
	json_decref(row);
	return code;
}

/* The measures first: answers choose them. Other rows where they stand among
 * the questions: they choose what was answered before. */
static int put_answers(fria_workspace *ws, bool measures, fria_error *err)
{
	const char *file;
	int code = 0;
	for (size_t at = 0; !code && fria_embedded_next(&at, &file);) {
		if (strncmp(file, ANSWERS, sizeof ANSWERS - 1) != 0 ||
		    (strstr(file, ".actiepunten/") != NULL) != measures)
			continue;
		bool rows = ends(file, ".json");
		const char *own = file + sizeof ANSWERS - 1;
		const char *end =
		    rows ? strchr(own, '/') : strstr(own, ".waived");
		if (!end)
			end = own + strlen(own) - strlen(".md");
		char *task = fria_strndup(own, (size_t)(end - own));
		code = rows ? put_row(ws, task, file, err)
			    : put_answer(ws, task, file, err);
		free(task);
	}
	return code;
}

static int put_meetings(fria_workspace *ws, fria_error *err)
{
	char *text = text_of(EXAMPLE "iama/meetings.txt"), *at = text, *line;
	int code = 0;
	while (!code && (line = cut(&at, '\n')) && *line) {
		char id[16];
		bool there;
		fria_meeting one = {.date = cut(&line, '\t')};
		one.chair = cut(&line, '\t');
		one.roles = cut(&line, '\t');
		one.tasks = line && strcmp(line, "-") != 0 ? line : NULL;
		code = fria_meeting_add(id, &there, ws, NAME, &one, err);
	}
	free(text);
	return code;
}

static int fill_in(fria_workspace *ws, fria_error *err)
{
	char commit[FRIA_ID_SIZE];
	size_t n;
	const fria_new_request request = {.application = APPLICATION,
					  .instrument = "iama-2.0"};
	fria_created made;
	int code = fria_assessment_create(&made, ws, &request, err);
	if (code)
		return code;
	fria_created_dispose(&made);
	code = put_meetings(ws, err);
	if (!code)
		code = put_answers(ws, true, err);
	if (!code)
		code = put_answers(ws, false, err);
	if (!code)
		code = fria_save(commit, &n, ws, NAME, NULL, err);
	return code;
}

/* --- who said what of it --- */

static int approve(fria_workspace *ws, char *line, fria_error *err)
{
	json_t *said = NULL;
	bool there;
	fria_approval_request one = {.role = cut(&line, '\t')};
	one.value = cut(&line, '\t');
	const char *who = cut(&line, '\t'), *reference = cut(&line, '\t');
	one.note = cut(&line, '\t');
	if (strcmp(reference, "-") != 0) {
		one.on_behalf_of = who;
		one.reference = reference;
		one.decided_on = "2026-03-10";
		who = "R. Jansen";
	}
	ws->session.name = who;
	ws->session.email = "zandmeer@example.org";
	int code = fria_approve(&said, &there, ws, NAME, &one, err);
	json_decref(said);
	return code;
}

static int adopt(fria_workspace *ws, fria_error *err)
{
	char *text = text_of(EXAMPLE "iama/approvals.txt"), *at = text, *line;
	fria_adopted done = {.missing = NULL};
	int code = 0;
	while (!code && (line = cut(&at, '\n')) && *line)
		code = approve(ws, line, err);
	if (!code)
		code = fria_adopt(&done, ws, NAME, NULL, false, err);
	free(done.missing);
	free(text);
	return code;
}

/* --- the application --- */

static int add(fria_workspace *ws, fria_error *err)
{
	json_t *entry = NULL;
	int code = json_of(&entry, EXAMPLE "entry.json", err);
	const fria_facts_file from = {.file = entry, .name = "entry.json"};
	if (!code)
		code = fria_application_add(ws, APPLICATION, &from, err);
	json_decref(entry);
	return code;
}

static int release(fria_workspace *ws, const char *version, bool checked,
		   fria_error *err)
{
	char *file = fria_format(EXAMPLE "release-%s.json", version);
	json_t *facts = NULL, *answers = NULL;
	fria_release_result done = {.before = NULL};
	int code = json_of(&facts, file, err);
	if (!code && checked)
		code = json_of(&answers, EXAMPLE "release-check-1.1.json", err);
	const fria_release_request request = {
	    .version = version,
	    .from = {.file = facts, .name = file},
	    .answers = answers,
	    .answers_name = file};
	if (!code)
		code = fria_release(&done, ws, APPLICATION, &request, err);
	fria_release_dispose(&done);
	json_decref(answers);
	json_decref(facts);
	free(file);
	return code;
}

static int play(fria_workspace *ws, fria_error *err)
{
	const fria_session whose = ws->session;
	char commit[FRIA_ID_SIZE];
	int code = fria_rehearsal_begin(ws, err);
	if (!code &&
	    ((code = add(ws, err)) || (code = release(ws, "1.0", false, err)) ||
	     (code = fill_in(ws, err))))
		fria_rehearsal_drop(ws);
	else if (!code)
		code = fria_rehearsal_record(commit, ws, err);
	if (!code)
		code = adopt(ws, err);
	ws->session = whose;
	ws->session.now = released;
	return code ? code : release(ws, "1.1", true, err);
}

int serve_example(fria_workspace **out, const char *folder,
		  const serve_person *person, fria_error *err)
{
	bool known = person->name && person->email;
	const fria_session session = {
	    .lang = FRIA_NL,
	    .now = adopted,
	    .name = known ? person->name : "A. de Vries",
	    .email = known ? person->email : "a.devries@example.org"};
	*out = NULL;
	fria_folder_remove(folder);
	int code = fria_folder_make(folder, err);
	if (!code)
		code = fria_workspace_init(folder, "Gemeente Zandmeer", FRIA_NL,
					   &session, err);
	if (!code)
		code = fria_workspace_open(out, folder, &session, err);
	if (!code)
		code = play(*out, err);
	if (code && *out) {
		fria_workspace_close(*out);
		*out = NULL;
	}
	return code;
}
