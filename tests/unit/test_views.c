/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * One tree, three renderings: each view says the same on the terminal, in
 * Markdown and in HTML, in both languages. What is compared is its letters and
 * digits, without markup, symbols and wrapping. Every function of the engine
 * whose name ends in _view is in the list.
 */
#include "folder.h"

#include <glob.h>

#include "../../engine/fria.h"

#define NAME "straatafval/iama"
#define RISKS "straatafval/fria"
#define EXAMPLE "assessments/examples/straatafval/"

static fria_session session = {
    .now = 1773133200, .name = "R. Jansen", .email = "r@example.org"};

static fria_workspace *ws;
static fria_snapshot *snapshot;
static fria_standing standing;
static fria_lang lang;

static void well(int code, const fria_error *err)
{
	fria_buf text = FRIA_BUF_INIT;
	if (code) {
		fria_error_text(&text, err, FRIA_EN);
		fail_msg("%d: %s", code, text.text);
	}
}

/* --- what is looked at: the example, after a release --- */

static json_t *read_json(const char *path)
{
	fria_error err = FRIA_ERROR_INIT;
	fria_buf bytes = FRIA_BUF_INIT;
	json_t *json = NULL;
	well(fria_file_read(&bytes, path, &err), &err);
	well(fria_json_parse(&json, path, bytes.text, bytes.n, &err), &err);
	fria_buf_dispose(&bytes);
	return json;
}

static void give_in(const char *name, const char *task, const char *row,
		    const char *text)
{
	fria_error err = FRIA_ERROR_INIT;
	fria_edited done;
	const fria_edit_target target = {
	    .application_name = name, .task = task, .row = row};
	well(fria_answer(&done, ws, &target, text, &err), &err);
}

static void give(const char *task, const char *row, const char *text)
{
	give_in(NAME, task, row, text);
}

static void start(const char *instrument)
{
	fria_error err = FRIA_ERROR_INIT;
	fria_created made;
	const fria_new_request request = {.application = "straatafval",
					  .instrument = instrument};
	well(fria_assessment_create(&made, ws, &request, &err), &err);
	fria_created_dispose(&made);
}

static void release(const char *version, const char *answers)
{
	fria_error err = FRIA_ERROR_INIT;
	fria_release_result result;
	char *path = fria_format(EXAMPLE "release-%s.json", version);
	json_t *file = read_json(path);
	json_t *told = answers ? read_json(answers) : NULL;
	const fria_release_request request = {
	    .version = version,
	    .from = {.file = file, .name = path},
	    .answers = told,
	    .answers_name = answers};
	well(fria_release(&result, ws, "straatafval", &request, &err), &err);
	fria_release_dispose(&result);
	json_decref(file);
	json_decref(told);
	free(path);
}

static void save(void)
{
	fria_error err = FRIA_ERROR_INIT;
	char commit[FRIA_ID_SIZE];
	size_t n;
	well(fria_save(commit, &n, ws, NULL, NULL, &err), &err);
}

static void fill_in(void)
{
	fria_error err = FRIA_ERROR_INIT;
	const fria_edit_target about = {.application_name = NAME,
					.task = "1.1.1"};
	const fria_meeting meeting = {"2026-03-02", "E. Smit", "lawyer,dpo",
				      "1.1.1"};
	fria_edited waived;
	char id[16], reply[16];
	bool there;
	give("1.1.1", NULL,
	     "# Why\n\nWaste stays **too long** beside [the bins]"
	     "(https://example.org/bins); see https://example.org/x.\n\n"
	     "- one & two\n- `three` <b>\n\n1. first\n2. second\n\n"
	     "> as they said\n\n| Where | How long |\n|---|--:|\n"
	     "| Centre | 3 |\n\n    code\n\n~~not this~~ - [x] done");
	give("1.1.2", NULL, "A clean street.");
	give("2.1.1.1", NULL, "zelflerend");
	give("1.actiepunten.tekst", "new", "Measure it each month.");
	well(fria_waive(
		 &waived, ws,
		 &(fria_edit_target){.application_name = NAME, .task = "1.2.1"},
		 "settled", "Decided by the council.", NULL, &err),
	     &err);
	well(fria_comment(id, &there, ws, &about, "How long exactly?", NULL,
			  &err),
	     &err);
	well(fria_comment(reply, &there, ws, &about, "See the report.", id,
			  &err),
	     &err);
	well(fria_meeting_add(id, &there, ws, NAME, &meeting, &err), &err);
}

/* Two risks, of which one is weighed. */
static void weigh_risks(void)
{
	static const char *const weights[][2] = {{"5.2.zwaarte", "3"},
						 {"5.2.herstelbaarheid", "2"},
						 {"5.2.omvang", "2"},
						 {"5.2.kans", "3"}};
	give_in(RISKS, "5.2.schade", "new", "Who is seen is not asked.");
	give_in(RISKS, "5.2.schade", "new", "A bin is not emptied.");
	for (size_t i = 0; i < 4; i++)
		give_in(RISKS, weights[i][0], "1", weights[i][1]);
}

static int make_world(void **state)
{
	(void)state;
	fria_error err = FRIA_ERROR_INIT;
	json_t *entry = read_json(EXAMPLE "entry.json");
	const fria_facts_file from = {.file = entry, .name = "entry.json"};
	folder_make("R");
	well(fria_workspace_init(folder, "Zandmeer", FRIA_NL, &session, &err),
	     &err);
	well(fria_workspace_open(&ws, folder, &session, &err), &err);
	well(fria_application_add(ws, "straatafval", &from, &err), &err);
	release("1.0", NULL);
	start("iama-2.0");
	fill_in();
	start("fria-1.0");
	weigh_risks();
	save();
	ws->session.now = 1794819600; /* 16 November 2026 */
	release("1.1", EXAMPLE "release-check-1.1.json");
	well(fria_snapshot_load(&snapshot, ws, NAME, NULL, &err), &err);
	json_decref(entry);
	return 0;
}

static int remove_world(void **state)
{
	fria_snapshot_free(snapshot);
	fria_workspace_close(ws);
	return folder_remove(state);
}

/* --- the views --- */

static void ask(fria_node *at, const char *task, bool fresh, bool whole)
{
	const fria_instrument *in = snapshot->instrument;
	size_t place = fria_instrument_find(in, task);
	const fria_asked asked = {
	    .input = &standing.input,
	    .evaluation = &standing.result,
	    .task = place,
	    .fresh = fresh,
	    .judgement =
		fresh ? NULL
		      : fria_evaluation_find(&standing.result, place, NULL),
	    .left = &(const fria_counts){.open = 3},
	    .unfold = whole ? NULL : "a"};
	assert_true(fresh || asked.judgement);
	fria_question_view(at, &asked);
}

static void question(fria_node *at)
{
	ask(at, "1.1.1", false, true);
	ask(at, "1.2.1", false, false);
	ask(at, "2.1.1.1", false, false);
	ask(at, "4.1.1.1", false, true);
	ask(at, "1.actiepunten.tekst", true, true);
}

/* Each part that a page puts in a place of its own. */
static void asked(fria_node *at)
{
	const fria_instrument *in = snapshot->instrument;
	size_t place = fria_instrument_find(in, "2.1.1.1");
	fria_changes_told told = {.numbers = NULL};
	const fria_asked one = {
	    .input = &standing.input,
	    .evaluation = &standing.result,
	    .task = place,
	    .judgement = fria_evaluation_find(&standing.result, place, NULL),
	    .changes = &told};
	fria_causes_find(&standing.result, &standing.input);
	fria_changes_number(&told, &standing.result);
	fria_asked_view(at, &one, FRIA_ASKED_WHY);
	fria_asked_view(at, &one, FRIA_ASKED_GUIDANCE);
	fria_asked_view(at, &one, FRIA_ASKED_RESTS);
	fria_asked_view(at, &one, FRIA_ASKED_ANSWER);
	fria_asked_view(at, &one, FRIA_ASKED_OTHERS);
	fria_changes_dispose(&told);
}

static void application(fria_node *at)
{
	fria_application_view(at, "straatafval", snapshot->application, true);
}

/* All that was answered, of which one is left. */
static void confirming(fria_node *at)
{
	fria_positions all = {NULL, 0}, rest = {NULL, 0}, none = {NULL, 0};
	fria_causes_find(&standing.result, &standing.input);
	for (size_t i = 0; i < standing.result.n; i++)
		if (standing.result.items[i].state >= FRIA_ANSWERED)
			*FRIA_PUSH(&all) = i;
	assert_true(all.n > 1);
	*FRIA_PUSH(&rest) = all.items[--all.n];
	fria_confirm_view(at, &standing.result, &standing.input, &all, &rest,
			  &none, "--verbose");
	fria_positions_dispose(&all);
	fria_positions_dispose(&rest);
}

static void comments(fria_node *at)
{
	assert_int_equal(fria_comments_view(at, &standing.input, true), 2);
}

static void causes(fria_node *at)
{
	fria_causes_find(&standing.result, &standing.input);
	assert_true(
	    fria_causes_view(at, &standing.result, &standing.input, NULL));
}

static void texts(fria_node *at)
{
	fria_texts_view(at, "one", "two");
	fria_texts_view(at, "A first line.\n\nA second one, which stays.",
			"A first line.\n\nA third one, which stays.");
}

static void cause(fria_node *at)
{
	fria_causes_find(&standing.result, &standing.input);
	assert_true(standing.result.causes.n > 0);
	fria_cause_view(at, &standing.result, &standing.input, 0);
}

static void causes_after(fria_node *at)
{
	fria_strings told = FRIA_STRINGS_INIT;
	fria_strings_add(&told, "/use/data");
	fria_causes_find(&standing.result, &standing.input);
	assert_true(
	    fria_causes_view(at, &standing.result, &standing.input, &told));
	assert_true(told.n > 1);
	fria_strings_dispose(&told);
}

static void changed(fria_node *at)
{
	fria_strings all = FRIA_STRINGS_INIT, gone = FRIA_STRINGS_INIT;
	json_t *before = read_json(EXAMPLE "release-1.0.json");
	json_object_set_new(before, "release", fria_json_string("1.0"));
	fria_strings_add(&all, "/use/data");
	fria_strings_add(&all, "/use/model");
	fria_strings_add(&gone, "/use/model");
	fria_changed_view(at, before, snapshot->application, &all, &gone, true);
	json_decref(before);
	fria_strings_dispose(&all);
	fria_strings_dispose(&gone);
}

static void words(fria_node *at)
{
	fria_causes_find(&standing.result, &standing.input);
	fria_words_view(at, &standing.result, &standing.input);
}

/* The release, beside what was there before. */
static void compare_with(fria_node *at,
			 void (*view)(fria_node *, const fria_diff *))
{
	fria_error err = FRIA_ERROR_INIT;
	fria_comparison *compared = NULL;
	well(fria_compare(&compared, ws, NAME, "HEAD~1", NULL, &err), &err);
	assert_true(compared->diff.n > 10);
	view(at, &compared->diff);
	fria_comparison_free(compared);
}

static void difference(fria_node *at)
{
	compare_with(at, fria_difference_view);
}

static void counts(fria_node *at)
{
	compare_with(at, fria_stat_view);
}

static void evaluation(fria_node *at)
{
	fria_causes_find(&standing.result, &standing.input);
	fria_evaluation_view(at, NAME, &standing.result, &standing.input);
}

static void meetings(fria_node *at)
{
	fria_meetings_view(at, snapshot->assessment, standing.input.roles);
}

static void results(fria_node *at)
{
	fria_error err = FRIA_ERROR_INIT;
	fria_snapshot *risks = NULL;
	fria_standing weighed;
	well(fria_snapshot_load(&risks, ws, RISKS, NULL, &err), &err);
	well(fria_standing_make_in(&weighed, ws, risks, risks->day, lang, &err),
	     &err);
	assert_true(weighed.result.scores.n > 8);
	fria_results_view(at, &weighed.result, &weighed.input, true);
	fria_standing_dispose(&weighed);
	fria_snapshot_free(risks);
}

static bool put_event(void *data, const fria_event *event)
{
	fria_event_view(data, event);
	return true;
}

static void event(fria_node *at)
{
	fria_error err = FRIA_ERROR_INIT;
	well(fria_log(ws, NAME, 0, put_event, at, &err), &err);
}

static void blame(fria_node *at)
{
	fria_error err = FRIA_ERROR_INIT;
	fria_blamed blamed;
	well(fria_blame(&blamed, ws, NAME, NULL, &err), &err);
	assert_true(blamed.n >= 5);
	fria_blame_view(at, &blamed, lang);
	fria_blamed_dispose(&blamed);
}

static void findings(fria_node *at)
{
	fria_findings list = FRIA_FINDINGS_INIT;
	fria_findings_add(&list, FRIA_WARNING, FRIA_W_measure_late, "a.json",
			  "/answers/1.1.1", NULL);
	fria_findings_add(&list, FRIA_SEVERE, FRIA_W_measure_late, NULL, NULL,
			  NULL);
	fria_findings_view(at, &list, true, lang);
	fria_findings_dispose(&list);
}

static void conflicts(fria_node *at)
{
	fria_conflict items[] = {
	    {.pointer = (char *)"/use/area",
	     .ours = fria_json_string("Noord"),
	     .theirs = fria_json_string("Zuid"),
	     .wrote = {{(char *)"Aalders <a@example.org>", 1773133200}}},
	    {.pointer = (char *)"/answers/1.1.1",
	     .task = (char *)"1.1.1",
	     .theirs = fria_json_pack("{s:s}", "value", "Because.")}};
	fria_unsettled documents[] = {
	    {.name = (char *)NAME,
	     .path = (char *)"assessments/straatafval/iama.json",
	     .document = true,
	     .items = items,
	     .n = 2},
	    {.name = (char *)"notes", .path = (char *)"notes"}};
	const fria_unsettleds all = {documents, 2};
	fria_conflicts_view(at, &all, ws, true, lang);
	json_decref(items[0].ours);
	json_decref(items[0].theirs);
	json_decref(items[1].theirs);
}

static void listing(fria_node *at)
{
	fria_error err = FRIA_ERROR_INIT;
	fria_findings broken = FRIA_FINDINGS_INIT;
	fria_listing all;
	well(fria_listing_make(&all, &broken, ws, &err), &err);
	assert_int_equal(all.n, 1);
	assert_int_equal(all.items[0].assessments.n, 2);
	fria_listing_view(at, &all);
	fria_listing_dispose(&all);
	fria_findings_dispose(&broken);
}

static void portfolio(fria_node *at)
{
	fria_error err = FRIA_ERROR_INIT;
	fria_findings broken = FRIA_FINDINGS_INIT;
	fria_portfolio_table table;
	const fria_portfolio_wish wish = {.sort = "verdict"};
	fria_statuses all;
	well(fria_portfolio(&all, &broken, ws, NULL, snapshot->day, &err),
	     &err);
	well(fria_portfolio_select(&table, &all, &wish, lang, &err), &err);
	assert_int_equal(table.n, 2);
	fria_portfolio_view(at, &table, standing.input.roles, true, lang);
	fria_portfolio_dispose(&table);
	fria_findings_dispose(&broken);
	fria_statuses_dispose(&all);
}

static void gate(fria_node *at)
{
	fria_error err = FRIA_ERROR_INIT;
	fria_gate g;
	well(fria_gate_check(&g, ws, "straatafval", NULL, &err), &err);
	assert_true(g.n > 0);
	fria_gate_view(at, &g, "straatafval");
	fria_gate_dispose(&g);
}

/* Another question, and one that rests on less. */
static void replacement(fria_node *at)
{
	fria_error err = FRIA_ERROR_INIT;
	fria_replacement r;
	fria_instrument *is = NULL;
	json_t *document = json_deep_copy(snapshot->instrument->document);
	json_t *asked =
	    fria_pointer_get(document, "/tasks/1/tasks/0/tasks/0/tasks/0");
	assert_true(json_array_size(json_object_get(asked, "facts")) > 0);
	json_object_set_new(asked, "facts", json_array());
	json_object_set_new(asked, "task", json_string("Waarom eigenlijk?"));
	well(fria_instrument_parse(&is, "test", document, &err), &err);
	well(fria_replacement_make(&r, ws, is, &err), &err);
	assert_int_equal(r.changed.n, 1);
	assert_int_equal(r.edges.n, 1);
	assert_true(r.assessments.n > 0);
	fria_replacement_view(at, &r);
	fria_replacement_dispose(&r);
	fria_instrument_free(is);
	json_decref(document);
}

/* A date that moved, for who asks about the law. */
static void law_renewal(fria_node *at)
{
	fria_law_renewal r = {.was = fria_law_built_in(),
			      .is = fria_law_built_in()};
	json_t *line = fria_pointer_get(r.was, "/lines/annex-iii");
	json_t *own = json_deep_copy(line);
	json_object_set_new(own, "from", json_string("2026-08-02"));
	json_t *lines = json_copy(json_object_get(r.was, "lines"));
	json_object_set_new(lines, "annex-iii", own);
	json_object_set_new(r.was, "lines", lines);
	fria_strings_add(&r.changed, "annex-iii");
	fria_strings_add(&r.checked, "annex-i");
	fria_law_touched *one = FRIA_PUSH(&r.touched);
	*one = (fria_law_touched){.application = fria_strdup("straatafval")};
	*FRIA_PUSH(&one->consequences) = (fria_consequence){
	    .assessment = fria_strdup("straatafval/iama"), .stale = 2};
	fria_law_renewal_view(at, &r, lang);
	fria_law_renewal_dispose(&r);
}

static void law(fria_node *at)
{
	json_t *all = fria_law_built_in();
	fria_law_view(at, all, lang);
	json_decref(all);
}

static void law_line(fria_node *at)
{
	json_t *all = fria_law_built_in();
	fria_law_line_view(at, all, "annex-iii", lang);
	json_decref(all);
}

static void yield(fria_node *at)
{
	fria_error err = FRIA_ERROR_INIT;
	fria_yield y;
	well(fria_yield_find(&y, ws, "iama-2.0", &err), &err);
	assert_true(y.standings > 0);
	fria_yield_edge *edge = FRIA_PUSH(&y.edges);
	*edge = (fria_yield_edge){fria_strdup("2.1.1.1"),
				  fria_strdup("/use/model"), 3, 1};
	edge = FRIA_PUSH(&y.edges);
	*edge =
	    (fria_yield_edge){fria_strdup("1.1.2"), fria_strdup("9.9"), 2, 0};
	fria_yield_missed *missed = FRIA_PUSH(&y.missed);
	*missed = (fria_yield_missed){fria_strdup("straatafval/iama"),
				      fria_strdup("1.1.1"), fria_strdup("1.1"),
				      1775000000};
	fria_yield_view(at, &y, lang);
	fria_yield_dispose(&y);
}

static void entry(fria_node *at)
{
	fria_error err = FRIA_ERROR_INIT;
	fria_register_checked checked;
	well(fria_register_check(&checked, ws, "straatafval", NULL, NULL, &err),
	     &err);
	assert_false(checked.fields.same);
	fria_register_view(at, &checked, NULL, true, lang);
	fria_register_checked_dispose(&checked);
}

static void waiting(fria_node *at)
{
	fria_error err = FRIA_ERROR_INIT;
	fria_findings broken = FRIA_FINDINGS_INIT;
	fria_waiting all;
	well(fria_waiting_find(&all, &broken, ws, false, &err), &err);
	assert_true(all.n > 0);
	fria_waiting_view(at, &all, standing.input.roles, lang);
	fria_waiting_dispose(&all);
	fria_findings_dispose(&broken);
}

static const struct {
	const char *name; /* of the function */
	void (*make)(fria_node *at);
} views[] = {{"fria_application_view", application},
	     {"fria_asked_view", asked},
	     {"fria_texts_view", texts},
	     {"fria_blame_view", blame},
	     {"fria_cause_view", cause},
	     {"fria_causes_view", causes},
	     {"fria_causes_view", causes_after},
	     {"fria_changed_view", changed},
	     {"fria_comments_view", comments},
	     {"fria_confirm_view", confirming},
	     {"fria_conflicts_view", conflicts},
	     {"fria_difference_view", difference},
	     {"fria_evaluation_view", evaluation},
	     {"fria_event_view", event},
	     {"fria_findings_view", findings},
	     {"fria_gate_view", gate},
	     {"fria_law_line_view", law_line},
	     {"fria_law_renewal_view", law_renewal},
	     {"fria_law_view", law},
	     {"fria_listing_view", listing},
	     {"fria_meetings_view", meetings},
	     {"fria_portfolio_view", portfolio},
	     {"fria_question_view", question},
	     {"fria_register_view", entry},
	     {"fria_replacement_view", replacement},
	     {"fria_results_view", results},
	     {"fria_stat_view", counts},
	     {"fria_waiting_view", waiting},
	     {"fria_words_view", words},
	     {"fria_yield_view", yield}};

/* --- statements: the letters and digits, in order --- */

/* At the beginning of a line, what a list or a quote stands behind; of "Was"
 * and "Now" a terminal makes an arrow where they fit a line. */
static const char *after_marks(const char *line)
{
	static const char *const marks[] = {"│",     " ",    ">",    "- ",
					    "+ ",    "#",    "[x] ", "[ ] ",
					    "Was: ", "Nu: ", "Now: "};
	for (size_t i = 0; i < sizeof marks / sizeof *marks;) {
		size_t n = strlen(marks[i]);
		bool found = !strncmp(line, marks[i], n);
		line += found ? n : 0;
		i = found ? 0 : i + 1;
	}
	size_t digits = strspn(line, "0123456789");
	bool number =
	    digits && strchr(".)", line[digits]) && line[digits + 1] == ' ';
	return number ? after_marks(line + digits + 2) : line;
}

/* Past an address that stands behind a link's text: "(https://…)". */
static const char *after_address(const char *at)
{
	return !strncmp(at, "(http", 5) || !strncmp(at, "(mailto", 7)
		   ? at + strcspn(at, ")")
		   : at;
}

static void put_letters(fria_buf *out, const char *text)
{
	bool start = true;
	while (*text) {
		uint32_t c;
		if (start)
			text = after_marks(text);
		text = after_address(text);
		if (!*text)
			break;
		size_t n = fria_utf8_next(&c, text, strlen(text));
		start = c == '\n';
		bool digit = c >= '0' && c <= '9';
		bool letter = (c | 32) >= 'a' && (c | 32) <= 'z' && c < 128;
		if (digit || letter || (c >= 0xC0 && c < 0x2000))
			fria_buf_put(out, text, n);
		text += n;
	}
}

/* Takes away all from one text to the other. */
static void cut_out(char *html, const char *from, const char *to)
{
	for (char *at = html; (at = strstr(at, from));) {
		char *end = strstr(at, to);
		assert_non_null(end);
		end += strlen(to);
		memmove(at, end, strlen(end) + 1);
	}
}

static void replace_all(char *text, const char *what, char with)
{
	for (char *at = text; (at = strstr(at, what));) {
		*at++ = with;
		char *rest = at + strlen(what) - 1;
		memmove(at, rest, strlen(rest) + 1);
	}
}

static void decode(char *text)
{
	replace_all(text, "&lt;", '<');
	replace_all(text, "&gt;", '>');
	replace_all(text, "&quot;", '"');
	replace_all(text, "&#39;", '\'');
	replace_all(text, "&amp;", '&');
}

/* Only a heading and a name begin a line: what of it looks like a list's number
 * goes, as it does on a terminal. */
static void begin_headings(fria_buf *out, const char *html)
{
	for (; *html; html++) {
		if ((html[0] == '<' && html[1] == 'h' && html[2] >= '1' &&
		     html[2] <= '6') ||
		    !strncmp(html, "<dt>", 4))
			fria_buf_putc(out, '\n');
		fria_buf_putc(out, *html == '\n' ? ' ' : *html);
	}
}

static void say_html(fria_buf *out, char *html)
{
	static const char *const frame[][2] = {
	    {"<!doctype", "</head>"},
	    {"<svg", "</svg>"},
	    {"<nav", "</nav>"},
	    {"<a class=\"skip\"", "</a>"},
	    {"<span class=\"moment\"", "</span>"}};
	for (size_t i = 0; i < sizeof frame / sizeof *frame; i++)
		cut_out(html, frame[i][0], frame[i][1]);
	char *as_text =
	    fria_format("<summary>%s</summary>",
			fria_word_text(FRIA_W_report_as_text, lang));
	cut_out(html, as_text, "</summary>");
	fria_buf text = FRIA_BUF_INIT;
	begin_headings(&text, html);
	cut_out(text.text, "<", ">");
	decode(text.text);
	put_letters(out, text.text);
	fria_buf_dispose(&text);
	free(as_text);
}

static void say_markdown(fria_buf *out, char *markdown)
{
	fria_buf text = FRIA_BUF_INIT;
	cut_out(markdown, "<a id=", "</a>");
	/* The place where a link leads. */
	for (char *at = markdown; (at = strstr(at, "]("));) {
		char *end = at + strcspn(at, ")\n");
		memmove(at, end, strlen(end) + 1);
	}
	decode(markdown);
	for (const char *at = markdown; *at; at++)
		if (*at != '*' && *at != '\\' && *at != '_')
			fria_buf_putc(&text, *at);
	put_letters(out, text.text);
	fria_buf_dispose(&text);
}

/* --- the test --- */

static void assert_same(const char *what, const char *how, const fria_buf *html,
			const fria_buf *other)
{
	size_t i = 0;
	while (html->text[i] && html->text[i] == other->text[i])
		i++;
	if (!html->text[i] && !other->text[i])
		return;
	size_t from = i > 60 ? i - 60 : 0;
	fail_msg(
	    "%s, %s, %s: after \"%.*s\"\nin HTML \"%.80s\"\nthere \"%.80s\"",
	    what, fria_lang_code(lang), how, (int)(i - from), html->text + from,
	    html->text + i, other->text + i);
}

/* A document without its table of contents, which only leads elsewhere. */
static void compare_renderings(const char *what, fria_document *doc)
{
	const fria_terminal how = {
	    .width = 100000, .whole = true, .unbroken = true};
	fria_buf raw[3], said[3];
	for (size_t i = 0; i < 3; i++) {
		fria_buf_init(&raw[i]);
		fria_buf_init(&said[i]);
	}
	fria_document_contents(doc, 0);
	fria_document_html(&raw[0], doc);
	fria_document_markdown(&raw[1], doc);
	fria_document_terminal(&raw[2], doc, &how);
	say_html(&said[0], raw[0].text);
	say_markdown(&said[1], raw[1].text);
	put_letters(&said[2], raw[2].text);
	said[0].n = strlen(said[0].text);
	assert_true(said[0].n > 40);
	assert_same(what, "Markdown", &said[0], &said[1]);
	assert_same(what, "terminal", &said[0], &said[2]);
	for (size_t i = 0; i < 3; i++) {
		fria_buf_dispose(&raw[i]);
		fria_buf_dispose(&said[i]);
	}
	fria_document_free(doc);
}

/* On a page of the workplace nothing has to be typed. */
static void names_no_command(const char *what, fria_document *doc)
{
	static const char *const begins[] = {"fria ", "git ", " --"};
	const fria_terminal how = {
	    .width = 80, .whole = true, .unbroken = true};
	fria_buf text = FRIA_BUF_INIT;
	fria_document_terminal(&text, doc, &how);
	for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
		for (const char *at = text.text;
		     (at = strstr(at, begins[i]));) {
			at += strlen(begins[i]);
			if (*at >= 'a' && *at <= 'z')
				fail_msg("%s, %s: %s%.60s", what,
					 fria_lang_code(lang), begins[i], at);
		}
	fria_buf_dispose(&text);
	fria_document_free(doc);
}

static void in_each_language(void (*test)(void))
{
	fria_error err = FRIA_ERROR_INIT;
	for (lang = FRIA_NL; lang <= FRIA_EN; lang++) {
		ws->session.lang = lang;
		well(fria_standing_make_in(&standing, ws, snapshot,
					   snapshot->day, lang, &err),
		     &err);
		test();
		fria_standing_dispose(&standing);
	}
}

typedef void looking(const char *what, fria_document *doc);

static void at_each_view(looking *look)
{
	for (size_t i = 0; i < sizeof views / sizeof *views; i++) {
		fria_document *doc = fria_document_new(lang);
		if (ws->session.buttons)
			fria_document_buttons(doc);
		fria_document_title(doc, views[i].name, NULL);
		views[i].make(fria_document_body(doc));
		look(views[i].name, doc);
	}
}

static void compare_views(void)
{
	at_each_view(compare_renderings);
}

static void a_view_says_the_same_in_three_renderings(void **state)
{
	(void)state;
	in_each_language(compare_views);
}

static void at_each_report(looking *look)
{
	static const char *const templates[] = {
	    "report",	    "summary",	      "changes",
	    "notification", "council-letter", "decision-note",
	    "questions",    "closing",	      "supplier-questions",
	    "woo-list",	    "eu-registration"};
	for (size_t i = 0; i < sizeof templates / sizeof *templates; i++) {
		fria_error err = FRIA_ERROR_INIT;
		fria_presented shown;
		fria_document *doc = NULL;
		char *name = NULL, *text = NULL;
		well(fria_present(&shown, ws, snapshot, FRIA_INTERNAL, lang,
				  &err),
		     &err);
		well(fria_template_read(&name, &text, ws, templates[i], lang,
					&err),
		     &err);
		well(fria_report_make(&doc, &shown.report, name, text, &err),
		     &err);
		look(templates[i], doc);
		fria_presented_dispose(&shown);
		free(name);
		free(text);
	}
}

static void compare_reports(void)
{
	at_each_report(compare_renderings);
}

static void a_report_says_the_same_in_three_renderings(void **state)
{
	(void)state;
	in_each_language(compare_reports);
}

static void look_for_commands(void)
{
	at_each_view(names_no_command);
	at_each_report(names_no_command);
}

static void on_a_page_none_names_a_command(void **state)
{
	(void)state;
	ws->session.buttons = true;
	in_each_language(look_for_commands);
	ws->session.buttons = false;
}

/* Names of functions that a header declares and that end in _view. */
static void take_views(fria_strings *out, const char *header)
{
	fria_buf text = FRIA_BUF_INIT;
	assert_int_equal(fria_file_read(&text, header, NULL), 0);
	for (char *at = text.text; (at = strstr(at, "_view("));) {
		char *from = at, *name;
		while (from > text.text &&
		       strchr("abcdefghijklmnopqrstuvwxyz_", from[-1]))
			from--;
		at += strlen("_view");
		name = fria_strndup(from, (size_t)(at - from));
		fria_strings_add(out, name);
		free(name);
	}
	fria_buf_dispose(&text);
}

static void every_view_is_in_the_list(void **state)
{
	(void)state;
	fria_strings all = FRIA_STRINGS_INIT;
	glob_t headers;
	assert_int_equal(glob("engine/*/*.h", 0, NULL, &headers), 0);
	for (size_t i = 0; i < headers.gl_pathc; i++)
		take_views(&all, headers.gl_pathv[i]);
	globfree(&headers);
	assert_true(all.n > 0);
	for (size_t i = 0; i < all.n; i++) {
		bool listed = false;
		for (size_t k = 0; k < sizeof views / sizeof *views; k++)
			listed = listed || !strcmp(views[k].name, all.items[i]);
		if (!listed)
			fail_msg("%s is in no list of views", all.items[i]);
	}
	fria_strings_dispose(&all);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_view_says_the_same_in_three_renderings),
	    cmocka_unit_test(a_report_says_the_same_in_three_renderings),
	    cmocka_unit_test(on_a_page_none_names_a_command),
	    cmocka_unit_test(every_view_is_in_the_list),
	};
	fria_start(NULL);
	return cmocka_run_group_tests_name("views", tests, make_world,
					   remove_world);
}
