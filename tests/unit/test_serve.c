/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The workplace without a socket: every route for every right, what is sent
 * from elsewhere, what somebody else saved meanwhile, drafts, and that no text
 * of a document, a form or an address comes out as markup.
 */
#include "folder.h"

#include "../../cli/serve/page.h"
#include "../../engine/fria.h"

#define HOSTILE "\"><script>alert(1)</script>&'</textarea>"

static fria_session session = {
    .now = 1773133200, .name = "R. Jansen", .email = "r@example.org"};
static const serve_person everyone = {"zelf", "R. Jansen", "r@example.org",
				      SERVE_ALL};
static serve_place place;
static json_t *kept; /* drafts, by name */

/* --- a place to keep drafts, in memory --- */

static bool read_kept(void *data, const char *name, fria_buf *out)
{
	const char *text = fria_json_text(kept, name);
	(void)data;
	if (text)
		fria_buf_puts(out, text);
	return text != NULL;
}

static int write_kept(void *data, const char *name, const fria_buf *bytes)
{
	(void)data;
	json_object_set_new(kept, name, fria_json_string(bytes->text));
	return 0;
}

static int drop_kept(void *data, const char *name)
{
	(void)data;
	json_object_del(kept, name);
	return 0;
}

static void list_kept(void *data, const char *prefix, fria_strings *out)
{
	const char *name;
	json_t *one;
	(void)data;
	json_object_foreach(kept, name, one)
		if (!strncmp(name, prefix, strlen(prefix)))
			fria_strings_add(out, name);
}

/* --- a workspace with one assessment --- */

static void well(int code, const fria_error *err)
{
	fria_buf text = FRIA_BUF_INIT;
	if (code) {
		fria_error_text(&text, err, FRIA_EN);
		fail_msg("%d: %s", code, text.text);
	}
}

static int make_world(void **state)
{
	fria_error err = FRIA_ERROR_INIT;
	fria_workspace *ws;
	fria_created made;
	char commit[FRIA_ID_SIZE];
	size_t n;
	const fria_facts_file nothing = {.file = NULL};
	const fria_new_request request = {.application = "vuil",
					  .instrument = "iama-2.0"};
	(void)state;
	folder_make("R");
	kept = json_object();
	well(fria_workspace_init(folder, HOSTILE, FRIA_EN, &session, &err),
	     &err);
	well(fria_workspace_open(&ws, folder, &session, &err), &err);
	well(fria_application_add(ws, "vuil", &nothing, &err), &err);
	well(fria_assessment_create(&made, ws, &request, &err), &err);
	fria_created_dispose(&made);
	well(fria_save(commit, &n, ws, NULL, NULL, &err), &err);
	place = (serve_place){
	    .name = "z",
	    .ws = ws,
	    .state = {NULL, read_kept, write_kept, drop_kept, list_kept},
	    .secret = "secret",
	    .origin = "http://127.0.0.1:1"};
	return 0;
}

static int remove_world(void **state)
{
	fria_workspace_close(place.ws);
	json_decref(kept);
	return folder_remove(state);
}

/* --- requests --- */

/* Pairs of name and value for the form, closed by NULL; with a token where
 * `ours`. */
static serve_response send_as(const serve_person *who, bool ours,
			      const char *method, const char *path,
			      const char *const form[])
{
	serve_response response;
	char *whole = fria_format("/z/%s", path);
	serve_request request = {.method = method, .path = whole};
	char *token = page_token(&place, who, session.now);
	if (ours) {
		serve_pairs_add(&request.headers, "Sec-Fetch-Site",
				"same-origin");
		serve_pairs_add(&request.form, "_bewijs", token);
	}
	for (size_t i = 0; form && form[i]; i += 2)
		serve_pairs_add(&request.form, form[i], form[i + 1]);
	serve_handle(&response, &place, &request, who, session.now, 60);
	serve_pairs_dispose(&request.headers);
	serve_pairs_dispose(&request.form);
	free(token);
	free(whole);
	return response;
}

static int status_of(const serve_person *who, bool ours, const char *method,
		     const char *path, const char *const form[])
{
	serve_response r = send_as(who, ours, method, path, form);
	int status = r.status;
	serve_response_dispose(&r);
	return status;
}

/* Whether a page says a text. */
static bool says(const char *path, const char *text)
{
	serve_response r = send_as(&everyone, false, "GET", path, NULL);
	bool said = strstr(r.body.text, text) != NULL;
	serve_response_dispose(&r);
	return said;
}

/* What a page hands along in a field that is not shown. The caller frees. */
static char *hidden(const char *html, const char *name)
{
	char *field = fria_format("name=\"%s\" value=\"", name);
	const char *at = strstr(html, field);
	assert_non_null(at);
	at += strlen(field);
	char *value = fria_strndup(at, strcspn(at, "\""));
	free(field);
	return value;
}

static char read_at[FRIA_ID_SIZE]; /* the page of the last stand() */

/* What the answer to a question is, as its page hands it back. The caller
 * frees. */
static char *stand(const char *path)
{
	serve_response r = send_as(&everyone, false, "GET", path, NULL);
	char *value = hidden(r.body.text, "_stand");
	char *head = hidden(r.body.text, "_gezien");
	snprintf(read_at, sizeof read_at, "%s", head);
	free(head);
	serve_response_dispose(&r);
	return value;
}

static int answer(const char *path, const char *seen, const char *text)
{
	const char *const form[] = {"doe",	"bewaar",  "_stand",
				    seen,	"_gezien", read_at,
				    "antwoord", text,	   NULL};
	return status_of(&everyone, true, "POST", path, form);
}

/* A path that goes by the pattern of a route. The caller frees. */
static char *path_for(const char *pattern)
{
	static const char *const parts[] = {"vuil", "iama", "1.1.1", "nieuw"};
	fria_buf out = FRIA_BUF_INIT;
	size_t n = 0;
	bool role = strstr(pattern, "advies/") != NULL;
	for (const char *at = pattern; *at; at++)
		if (*at == '{') {
			fria_buf_puts(&out,
				      n == 2 && role ? "lawyer" : parts[n]);
			n++;
			at++;
		} else {
			fria_buf_putc(&out, *at);
		}
	return fria_buf_detach(&out);
}

/* --- tests --- */

static void routes_ask_rights(void **state)
{
	const serve_person reader = {"lezer", "L", "l@example.org", 0};
	size_t n = 0;
	(void)state;
	for (const route *r = routes; r->method; r++, n++) {
		char *path = path_for(r->pattern);
		int status = status_of(&reader, true, r->method, path, NULL);
		if (r->right)
			assert_int_equal(status, 403);
		else if (strstr(r->pattern, "/evidence/"))
			assert_int_equal(status, 404);
		else if (!strcmp(r->method, "GET"))
			assert_int_equal(status, 200);
		free(path);
	}
	assert_true(n > 20);
}

/* The status of a page; on it nothing has to be typed ("fria save", --note, git
 * fetch). */
static int names_no_command(const char *path)
{
	static const char *const before[] = {
	    " --", "&quot;fria ", "(fria ", ": fria ", " git ", "&quot;git "};
	serve_response r = send_as(&everyone, false, "GET", path, NULL);
	const char *page_body = strstr(r.body.text, "<body");
	const char *body = page_body ? page_body : r.body.text;
	int status = r.status;
	for (size_t i = 0; i < sizeof before / sizeof *before; i++)
		for (const char *at = body; (at = strstr(at, before[i]));) {
			at += strlen(before[i]);
			if (*at >= 'a' && *at <= 'z')
				fail_msg("%s: %s%.60s", path, before[i], at);
		}
	serve_response_dispose(&r);
	return status;
}

static void no_page_names_a_command(void **state)
{
	static const char *const wrong[] = {"a/nergens", "a/vuil/nergens",
					    "a/vuil/iama/v/9.9",
					    "a/vuil/iama/v/6.1/9", NULL};
	(void)state;
	for (const route *r = routes; r->method; r++) {
		char *path = path_for(r->pattern);
		if (!strcmp(r->method, "GET"))
			names_no_command(path);
		free(path);
	}
	for (size_t i = 0; wrong[i]; i++)
		assert_true(names_no_command(wrong[i]) >= 400);
}

static void what_changes_comes_from_our_pages(void **state)
{
	(void)state;
	for (const route *r = routes; r->method; r++) {
		char *path = path_for(r->pattern);
		if (strcmp(r->method, "GET") != 0)
			assert_int_equal(
			    status_of(&everyone, false, r->method, path, NULL),
			    403);
		free(path);
	}
	assert_int_equal(status_of(&everyone, true, "PUT", "", NULL), 405);
	assert_int_equal(status_of(&everyone, true, "GET", "a/niet", NULL),
			 404);
	assert_int_equal(status_of(&everyone, true, "GET", "a/../x", NULL),
			 404);
	assert_int_equal(
	    status_of(&everyone, true, "GET", "a/vuil/iama/v/9.9.9", NULL),
	    404);
}

/* A token is of one person, on one day and the next. */
static void tokens_are_of_a_person_and_a_day(void **state)
{
	const serve_person other = {"ander", "A", "a@example.org", SERVE_ALL};
	const fria_time day = 24 * 60 * 60;
	char *own = page_token(&place, &everyone, session.now);
	char *theirs = page_token(&place, &other, session.now);
	char *later = page_token(&place, &everyone, session.now + day);
	(void)state;
	assert_string_not_equal(own, theirs);
	assert_string_not_equal(own, later);
	free(own);
	free(theirs);
	free(later);
}

static void nothing_comes_out_as_markup(void **state)
{
	(void)state;
	char *seen = stand("a/vuil/iama/v/1.1.1");
	assert_int_equal(answer("a/vuil/iama/v/1.1.1", seen, HOSTILE), 303);
	free(seen);
	for (const route *r = routes; r->method; r++) {
		char *path = path_for(r->pattern);
		const char *const form[] = {
		    "naam",	 HOSTILE, "antwoord", HOSTILE, "doe", "bewaar",
		    "opmerking", HOSTILE, "release",  HOSTILE, NULL};
		serve_response sent =
		    send_as(&everyone, true, r->method, path, form);
		assert_null(strstr(sent.body.text, "<script>alert"));
		serve_response_dispose(&sent);
		free(path);
	}
	serve_response lost =
	    send_as(&everyone, true, "GET", "<script>alert(1)", NULL);
	assert_int_equal(lost.status, 404);
	assert_null(strstr(lost.body.text, "<script>alert"));
	serve_response_dispose(&lost);
}

static void an_answer_is_a_commit_of_who_sent_it(void **state)
{
	(void)state;
	char *seen = stand("a/vuil/iama/v/1.1.2");
	assert_int_equal(answer("a/vuil/iama/v/1.1.2", seen, "Clean streets."),
			 303);
	free(seen);
	assert_true(says("a/vuil/iama/v/1.1.2", "Clean streets."));
	assert_int_equal(sh_in("", "test -z \"$(git status --porcelain)\""), 0);
	assert_int_equal(
	    sh_in("", "git log -1 --format=%an:%s | grep 'R. Jansen:.*1.1.2'"),
	    0);
}

/* Both texts are on the page; nothing is lost, and nothing replaced. */
static void who_was_second_sees_both(void **state)
{
	(void)state;
	char *seen = stand("a/vuil/iama/v/1.2.1");
	assert_int_equal(answer("a/vuil/iama/v/1.2.1", seen, "Theirs."), 303);
	const char *const form[] = {"doe",	"bewaar",  "_stand",
				    seen,	"_gezien", read_at,
				    "antwoord", "Mine.",   NULL};
	serve_response r =
	    send_as(&everyone, true, "POST", "a/vuil/iama/v/1.2.1", form);
	assert_int_equal(r.status, 409);
	assert_non_null(strstr(r.body.text, "Mine."));
	assert_non_null(strstr(r.body.text, "Theirs."));
	serve_response_dispose(&r);
	assert_true(says("a/vuil/iama/v/1.2.1", "Mine."));
	free(seen);
}

/* Between two answers each choice leaves both texts somewhere. */
static void between_two_answers_nothing_is_lost(void **state)
{
	(void)state;
	const char path[] = "a/vuil/iama/v/1.4.3";
	static const char *const choices[][2] = {
	    {"later", "first"}, {"andere", "second"}, {"mijne", "third"}};
	for (size_t i = 0; i < 3; i++) {
		char *seen = stand(path);
		char *theirs = fria_format("Theirs, %s.", choices[i][1]);
		char *mine = fria_format("Mine, %s.", choices[i][1]);
		assert_int_equal(answer(path, seen, theirs), 303);
		const char *const late[] = {
		    "_stand", seen, "_gezien", read_at, "antwoord", mine, NULL};
		serve_response r = send_as(&everyone, true, "POST", path, late);
		assert_int_equal(r.status, 409);
		free(seen);
		seen = hidden(r.body.text, "_stand");
		char *head = hidden(r.body.text, "_gezien");
		serve_response_dispose(&r);
		const char *const form[] = {"doe",	   "kies",   "gelden",
					    choices[i][0], "_stand", seen,
					    "_gezien",	   read_at,  "antwoord",
					    mine,	   NULL};
		assert_int_equal(status_of(&everyone, true, "POST", path, form),
				 303);
		assert_true(says(path, mine));
		assert_int_equal(says(path, theirs), i < 2);
		const char *const drop[] = {"doe", "weg", NULL};
		assert_int_equal(status_of(&everyone, true, "POST", path, drop),
				 303);
		free(head);
		free(seen);
		free(mine);
		free(theirs);
	}
}

/* What somebody else decided already is not decided again. */
static void nothing_is_left_to_decide(void **state)
{
	const char *const form[] = {"doe",	 "beslis", "wat",
				    "vuil/iama", "plaats", "/answers/1.1.1",
				    "gelden",	 "andere", NULL};
	const char *const none[] = {"doe", "beslis", NULL};
	(void)state;
	assert_int_equal(status_of(&everyone, true, "POST", "conflicten", form),
			 404);
	assert_int_equal(status_of(&everyone, true, "POST", "conflicten", none),
			 422);
}

static void who_sat_together_is_recorded(void **state)
{
	const char path[] = "a/vuil/iama/sessie";
	const char *const none[] = {"datum", "2026-03-10", NULL};
	const char *const wrong[] = {"datum", "2026-03-10", "rol", "niemand",
				     NULL};
	const char *const form[] = {
	    "datum",	  "2026-03-10", "rol",	  "lawyer", "rol", "dpo",
	    "voorzitter", HOSTILE,	"vragen", "1.1.1",  NULL};
	(void)state;
	assert_int_equal(status_of(&everyone, true, "POST", path, none), 422);
	assert_int_equal(status_of(&everyone, true, "POST", path, wrong), 404);
	assert_int_equal(status_of(&everyone, true, "POST", path, form), 303);
	assert_true(says(path, "2026"));
	assert_false(says(path, HOSTILE));
	assert_true(says("a/vuil/iama/sessie/1.1.2", "sessie/1.1.1"));
	assert_int_equal(sh_in("", "git show HEAD:assessments/vuil/iama.json | "
				   "grep -A3 '\"roles\"' | grep dpo"),
			 0);
	assert_int_equal(sh_in("", "test -z \"$(git status --porcelain)\""), 0);
}

static int say(const char *path, const char *what, const char *name,
	       const char *value)
{
	const char *const form[] = {"doe", what, name, value, NULL};
	return status_of(&everyone, true, "POST", path, form);
}

static void more_is_said_beside_an_answer(void **state)
{
	(void)state;
	const char path[] = "a/vuil/iama/v/1.4.2";
	char *seen = stand(path);
	assert_int_equal(say(path, "tegengeluid", "tegengeluid", "No."), 409);
	assert_int_equal(answer(path, seen, "It says a secret here."), 303);
	assert_int_equal(say(path, "opmerking", "opmerking", "Why so?"), 303);
	assert_true(says(path, "Why so?"));
	assert_int_equal(say(path, "opmerking", "opmerking", " "), 422);
	assert_int_equal(say(path, "opgelost", "bij", "c00000"), 404);
	assert_int_equal(say(path, "tegengeluid", "tegengeluid", "I doubt it."),
			 303);
	assert_true(says(path, "I doubt it."));
	assert_int_equal(say(path, "niet-openbaar", "passage", "secret"), 422);
	const char *const hide[] = {"doe",     "niet-openbaar", "weigergrond",
				    "5.1.2.h", "passage",	"a secret",
				    NULL};
	assert_int_equal(status_of(&everyone, true, "POST", path, hide), 303);
	assert_true(says(path, "value=\"weer-openbaar\""));
	assert_int_equal(say(path, "weer-openbaar", "x", ""), 303);
	assert_false(says(path, "value=\"weer-openbaar\""));
	free(seen);
}

/* It is kept whole, what was typed gets a link to it, and it comes back as a
 * file and as nothing else. */
static void a_file_becomes_evidence(void **state)
{
	(void)state;
	const char path[] = "/z/a/vuil/iama/v/1.4.2";
	char *token = page_token(&place, &everyone, session.now);
	serve_request request = {.method = "POST", .path = path};
	serve_response r;
	serve_pairs_add(&request.headers, "Sec-Fetch-Site", "same-origin");
	serve_pairs_add(&request.form, "_bewijs", token);
	serve_pairs_add(&request.form, "doe", "bijlage");
	serve_pairs_add(&request.form, "antwoord", "See the report.");
	*FRIA_PUSH(&request.files) = (serve_file){
	    fria_strdup("bijlage"), fria_strdup("a.html"), FRIA_BUF_INIT};
	fria_buf_puts(&request.files.items[0].bytes, HOSTILE);
	serve_handle(&r, &place, &request, &everyone, session.now, 60);
	assert_int_equal(r.status, 303);
	serve_response_dispose(&r);
	serve_pairs_dispose(&request.headers);
	serve_pairs_dispose(&request.form);
	serve_files_dispose(&request.files);
	free(token);

	r = send_as(&everyone, false, "GET", path + 3, NULL);
	const char *at = strstr(r.body.text, "evidence/");
	assert_non_null(strstr(r.body.text, "See the report."));
	assert_non_null(at);
	char *name = fria_strndup(at, strcspn(at, ")\""));
	char *whole = fria_format("a/vuil/%s", name);
	serve_response_dispose(&r);
	r = send_as(&everyone, false, "GET", whole, NULL);
	assert_int_equal(r.status, 200);
	assert_string_equal(r.body.text, HOSTILE);
	assert_string_equal(serve_pairs_find(&r.headers, "Content-Type"),
			    "application/octet-stream");
	serve_response_dispose(&r);
	free(whole);
	free(name);
}

/* The state of a question now. */
static fria_state state_of(const char *id)
{
	fria_error err = FRIA_ERROR_INIT;
	fria_snapshot *s = NULL;
	fria_standing standing;
	well(fria_standing_load(&s, &standing, place.ws, "vuil/iama", NULL,
				NULL, &err),
	     &err);
	fria_state state =
	    fria_evaluation_find(&standing.result,
				 fria_instrument_find(s->instrument, id), NULL)
		->state;
	fria_standing_dispose(&standing);
	fria_snapshot_free(s);
	return state;
}

/* 3.4.4 rests on 1.1.2: who wrote it without having seen what that says now
 * is asked to judge it again, and who sees it is not. */
static void what_was_not_seen_is_not_stood_for(void **state)
{
	(void)state;
	const char path[] = "a/vuil/iama/v/3.4.4", up[] = "a/vuil/iama/v/1.1.2";
	char *seen = stand(path), *above = stand(up);
	char then[FRIA_ID_SIZE];
	memcpy(then, read_at, sizeof then);
	assert_int_equal(answer(up, above, "For another end."), 303);
	memcpy(read_at, then, sizeof then);
	assert_int_equal(answer(path, seen, "Written before."), 303);
	assert_int_equal(state_of("3.4.4"), FRIA_STALE);
	free(seen);
	seen = stand(path);
	assert_int_equal(answer(path, seen, "Written after."), 303);
	assert_int_equal(state_of("3.4.4"), FRIA_ANSWERED);
	free(seen);
	seen = stand(path);
	strcpy(read_at, "0000000000000000000000000000000000000000");
	assert_int_equal(answer(path, seen, "Of no page."), 409);
	free(seen);
	free(above);
}

/* What could not be saved is a draft, until it is. */
static void what_is_refused_is_kept(void **state)
{
	(void)state;
	const char path[] = "a/vuil/iama/v/2.1.1.1";
	char *seen = stand(path);
	assert_int_equal(answer(path, seen, "No such choice."), 422);
	assert_true(says("", "2.1.1.1"));
	free(seen);
	const char *const draft[] = {"antwoord", "Half a sentence", NULL};
	assert_int_equal(status_of(&everyone, true, "PUT",
				   "a/vuil/iama/v/1.2.2/_concept", draft),
			 204);
	assert_true(says("a/vuil/iama/v/1.2.2", "Half a sentence"));
	seen = stand("a/vuil/iama/v/1.2.2");
	assert_int_equal(answer("a/vuil/iama/v/1.2.2", seen, "A sentence."),
			 303);
	free(seen);
	assert_false(says("a/vuil/iama/v/1.2.2", "Half a sentence"));
}

/* A document with unsaved changes is shown with them, and takes nothing. */
static void unsaved_changes_are_nobodys(void **state)
{
	fria_error err = FRIA_ERROR_INIT;
	fria_edited done;
	const fria_edit_target target = {.application_name = "vuil/iama",
					 .task = "1.4.1.1"};
	(void)state;
	well(fria_answer(&done, place.ws, &target, "Typed elsewhere.", &err),
	     &err);
	assert_true(says("a/vuil/iama/v/1.4.1.1", "Typed elsewhere."));
	char *seen = stand("a/vuil/iama/v/1.4.1.2");
	assert_int_equal(answer("a/vuil/iama/v/1.4.1.2", seen, "No."), 409);
	free(seen);
	assert_int_equal(sh_in("", "git checkout -q -- ."), 0);
}

/* A GET with a header, and a query of two pairs or none. */
static serve_response ask(const char *path, const char *tag, const char *by,
			  const char *since)
{
	serve_response response;
	char *whole = fria_format("/z/%s", path);
	serve_request request = {.method = "GET", .path = whole};
	if (tag)
		serve_pairs_add(&request.headers, "If-None-Match", tag);
	if (by)
		serve_pairs_add(&request.query, "bij", by);
	if (since)
		serve_pairs_add(&request.query, "sinds", since);
	serve_handle(&response, &place, &request, &everyone, session.now, 60);
	serve_pairs_dispose(&request.headers);
	serve_pairs_dispose(&request.query);
	free(whole);
	return response;
}

static void what_a_browser_has_is_not_sent_again(void **state)
{
	(void)state;
	const char path[] = "a/vuil/iama/v/1.4.2";
	serve_response first = ask(path, NULL, NULL, NULL);
	const char *tag = serve_pairs_find(&first.headers, "ETag");
	assert_non_null(tag);
	serve_response again = ask(path, tag, NULL, NULL);
	assert_int_equal(again.status, 304);
	assert_int_equal(again.body.n, 0);
	serve_response_dispose(&again);
	char *seen = stand(path);
	assert_int_equal(answer(path, seen, "Something else."), 303);
	serve_response later = ask(path, tag, NULL, NULL);
	assert_int_equal(later.status, 200);
	serve_response_dispose(&later);
	serve_response_dispose(&first);
	free(seen);
}

/* How many answers others changed, of the assessment that a page is about. */
static void it_is_told_what_others_changed(void **state)
{
	(void)state;
	const char path[] = "a/vuil/iama/v/3.3.1";
	char *seen = stand(path), then[FRIA_ID_SIZE];
	memcpy(then, read_at, sizeof then);
	serve_response still = ask("_stand", NULL, path, then);
	assert_non_null(strstr(still.body.text, "\"changed\":0"));
	assert_int_equal(answer(path, seen, "By another."), 303);
	serve_response moved = ask("_stand", NULL, path, then);
	assert_non_null(strstr(moved.body.text, "\"changed\":1"));
	static const char *const odd[] = {
	    "",	       "a",	    "a/",    "a/vuil",	    "a//iama",
	    "a/vuil/", "a/../../x", "x/y/z", "a/vuil/iama", NULL};
	for (size_t i = 0; odd[i]; i++) {
		serve_response r = ask("_stand", NULL, odd[i], then);
		assert_int_equal(r.status, 200);
		serve_response_dispose(&r);
		r = ask("_stand", NULL, path, odd[i]);
		assert_int_equal(r.status, 200);
		serve_response_dispose(&r);
	}
	serve_response_dispose(&still);
	serve_response_dispose(&moved);
	free(seen);
}

static void a_page_says_what_a_browser_may_do(void **state)
{
	(void)state;
	serve_response r = send_as(&everyone, false, "GET", "", NULL);
	const char *policy =
	    serve_pairs_find(&r.headers, "content-security-policy");
	assert_non_null(strstr(policy, "default-src 'none'"));
	assert_null(strstr(policy, "unsafe"));
	assert_string_equal(
	    serve_pairs_find(&r.headers, "X-Content-Type-Options"), "nosniff");
	assert_null(strstr(r.body.text, " style=\""));
	serve_response_dispose(&r);
}

/* Who has a slow line waits for no more than this. */
static void style_and_script_stay_small(void **state)
{
	size_t style = 0, script = 0;
	(void)state;
	assert_non_null(fria_embedded("cli/serve/serve.css", &style));
	assert_non_null(fria_embedded("cli/serve/work.js", &script));
	assert_in_range(style, 1, 25000);
	assert_in_range(script, 1, 10000);
}

/* A page of the list, sorted or not. */
static serve_response list_page(const char *number, const char *sort)
{
	serve_response response;
	serve_request request = {.method = "GET", .path = "/z/toepassingen"};
	if (number)
		serve_pairs_add(&request.query, "blad", number);
	if (sort)
		serve_pairs_add(&request.query, "sorteer", sort);
	serve_handle(&response, &place, &request, &everyone, session.now, 60);
	serve_pairs_dispose(&request.query);
	return response;
}

/* How many lines are on it; and it says a text. */
static size_t rows_of(const char *number, const char *sort, const char *text)
{
	size_t n = 0;
	serve_response r = list_page(number, sort);
	assert_int_equal(r.status, 200);
	assert_non_null(strstr(r.body.text, text));
	for (const char *at = r.body.text; (at = strstr(at, "scope=\"row\""));
	     at++)
		n++;
	serve_response_dispose(&r);
	return n;
}

/* Fifty-three assessments are one page and three lines; how it is sorted goes
 * along, and a page that is not there is the first or the last. */
static void a_long_list_is_read_in_pages(void **state)
{
	fria_error err = FRIA_ERROR_INIT;
	const fria_facts_file nothing = {.file = NULL};
	char commit[FRIA_ID_SIZE];
	size_t n;
	(void)state;
	for (int i = 1; i < 53; i++) {
		char *id = fria_format("lijst-%02d", i);
		const fria_new_request request = {.application = id,
						  .instrument = "start-2.0"};
		fria_created made;
		well(fria_application_add(place.ws, id, &nothing, &err), &err);
		well(fria_assessment_create(&made, place.ws, &request, &err),
		     &err);
		fria_created_dispose(&made);
		free(id);
	}
	well(fria_save(commit, &n, place.ws, NULL, NULL, &err), &err);
	for (int i = 0; i < 7; i++)
		status_of(&everyone, false, "GET", "toepassingen", NULL);
	assert_int_equal(rows_of(NULL, NULL, "href=\"/z/toepassingen?blad=2\""),
			 50);
	assert_int_equal(
	    rows_of(NULL, "2", "toepassingen?sorteer=2&amp;blad=2"), 50);
	assert_int_equal(rows_of("2", "2", "toepassingen?sorteer=2\""), 3);
	assert_int_equal(rows_of("9", NULL, "rel=\"prev\""), 3);
	static const char *const odd[] = {"0", "-1", "x", "", "99999999"};
	for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
		assert_int_equal(rows_of(odd[i], NULL, "rel=\"next\""), 50);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(routes_ask_rights),
	    cmocka_unit_test(no_page_names_a_command),
	    cmocka_unit_test(what_changes_comes_from_our_pages),
	    cmocka_unit_test(tokens_are_of_a_person_and_a_day),
	    cmocka_unit_test(nothing_comes_out_as_markup),
	    cmocka_unit_test(an_answer_is_a_commit_of_who_sent_it),
	    cmocka_unit_test(who_was_second_sees_both),
	    cmocka_unit_test(between_two_answers_nothing_is_lost),
	    cmocka_unit_test(who_sat_together_is_recorded),
	    cmocka_unit_test(nothing_is_left_to_decide),
	    cmocka_unit_test(more_is_said_beside_an_answer),
	    cmocka_unit_test(a_file_becomes_evidence),
	    cmocka_unit_test(what_was_not_seen_is_not_stood_for),
	    cmocka_unit_test(what_is_refused_is_kept),
	    cmocka_unit_test(unsaved_changes_are_nobodys),
	    cmocka_unit_test(what_a_browser_has_is_not_sent_again),
	    cmocka_unit_test(it_is_told_what_others_changed),
	    cmocka_unit_test(a_page_says_what_a_browser_may_do),
	    cmocka_unit_test(style_and_script_stay_small),
	    cmocka_unit_test(a_long_list_is_read_in_pages)};
	return cmocka_run_group_tests(tests, make_world, remove_world);
}
