/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Addresses and forms that nobody's page made: whatever comes in is answered
 * with a page that says so, nothing of it comes out as markup, reading changes
 * nothing, and what is recorded is whole.
 */
#include "folder.h"
#include "seeds.h"

#include "../../cli/serve/listen.h"
#include "../../cli/serve/page.h"
#include "../../engine/fria.h"

#define SCRIPT "<script>alert(1)</script>"

static fria_session session = {
    .lang = FRIA_EN, .now = 1773133200, .name = "A", .email = "a@example.org"};
static const serve_person person = {"zelf", "A", "a@example.org", SERVE_ALL};
static serve_place place;
static char *drafts;
static unsigned seed;

static unsigned dice(unsigned sides)
{
	return (unsigned)rand_r(&seed) % sides;
}

static void well(int code, const fria_error *err)
{
	fria_buf text = FRIA_BUF_INIT;
	if (!code)
		return;
	fria_error_text(&text, err, FRIA_EN);
	fail_msg("%d: %s", code, text.text);
}

static int setup(void **state)
{
	fria_error err = FRIA_ERROR_INIT;
	fria_created made;
	char commit[FRIA_ID_SIZE];
	size_t n;
	const fria_facts_file nothing = {.file = NULL};
	const fria_new_request request = {.application = "app",
					  .instrument = "iama-2.0"};
	(void)state;
	folder_make("H");
	char *path = fria_format("%s/ws", folder);
	drafts = fria_format("%s/state", folder);
	place = (serve_place){
	    .name = "z", .secret = "secret", .origin = "http://127.0.0.1:1"};
	well(fria_workspace_init(path, "O", FRIA_EN, &session, &err), &err);
	well(fria_workspace_open(&place.ws, path, &session, &err), &err);
	well(fria_application_add(place.ws, "app", &nothing, &err), &err);
	well(fria_assessment_create(&made, place.ws, &request, &err), &err);
	fria_created_dispose(&made);
	well(fria_save(commit, &n, place.ws, NULL, NULL, &err), &err);
	serve_state_files(&place.state, drafts);
	free(path);
	return 0;
}

static int teardown(void **state)
{
	fria_workspace_close(place.ws);
	free(drafts);
	return folder_remove(state);
}

/* --- what comes in --- */

static const char *const parts[] = {"a",
				    "app",
				    "iama",
				    "v",
				    "1.1.1",
				    "2.1.1.1",
				    "nieuw",
				    "_concept",
				    "_samen",
				    "advies",
				    "lawyer",
				    "_vragen",
				    "vaststellen",
				    "verschil",
				    "geschiedenis",
				    "verslag",
				    "verslag.html",
				    "_nieuw",
				    "_release",
				    "_stand",
				    "toepassingen",
				    "zoek",
				    "_eerst",
				    "_begin",
				    "..",
				    ".",
				    "",
				    "%2e%2e",
				    "~",
				    "1.actiepunten.tekst",
				    "\xff\xfe",
				    SCRIPT,
				    ".git",
				    "app.json",
				    "_releasevragen"};
static const char *const names[] = {
    "doe",	   "_stand",	    "_gezien", "antwoord",
    "grond",	   "hoe",	    "soort",   "reden",
    "verwijzing",  "opmerking",	    "naam",    "vragenlijst",
    "release",	   "formulier",	    "vanaf",   "waarde",
    "toelichting", "inhoud",	    "rol",     "om",
    "sorteer",	   "stand",	    "fase",    "grond-1.1.1",
    "stand-1.1.1", "tekst-1.1.1~x", "app/1.1", "taal",
    "bij",	   "sinds",	    "v",       "naar",
    "voor",	   "zoek"};
static const char *const values[] = {"bewaar",
				     "houd",
				     "sla-over",
				     "concept",
				     "opmerking",
				     "vastleggen",
				     "untouched",
				     "checked",
				     "aanpassen",
				     "not-applicable",
				     "iama-2.0",
				     "1.1",
				     "lawyer",
				     "positive",
				     "nl",
				     "",
				     "-1",
				     "999999999999",
				     SCRIPT,
				     "../../x",
				     "\xc3(",
				     "a/app/iama",
				     "HEAD",
				     "{}",
				     "\"'><&",
				     "2026-02-30",
				     "Self-learning",
				     "%s%n%x"};

#define ANY(list) list[dice(sizeof list / sizeof *list)]

static char *random_text(void)
{
	fria_buf out = FRIA_BUF_INIT;
	unsigned n = dice(20) ? dice(12) : 70000;
	bool plain = dice(4) != 0;
	for (unsigned i = 0; i < n; i++)
		fria_buf_putc(&out,
			      (char)(plain ? dice(95) + 32 : dice(255) + 1));
	fria_buf_puts(&out, "");
	return out.text ? fria_buf_detach(&out) : fria_strdup("");
}

static char *random_path(void)
{
	fria_buf out = FRIA_BUF_INIT;
	fria_buf_puts(&out, dice(30) ? "/z/" : "/");
	for (unsigned n = dice(7) + 1; n; n--) {
		char *odd = dice(12) ? NULL : random_text();
		fria_buf_puts(&out, odd ? odd : ANY(parts));
		if (n > 1)
			fria_buf_putc(&out, '/');
		free(odd);
	}
	return fria_buf_detach(&out);
}

/* One that a route has, so that most get through the door. */
static char *known_path(void)
{
	static const char *const at[] = {"app", "iama", "1.1.1", "nieuw"};
	size_t n = 0, all = 0;
	while (routes[all].method)
		all++;
	fria_buf out = FRIA_BUF_INIT;
	fria_buf_puts(&out, "/z/");
	for (const char *in = routes[dice((unsigned)all)].pattern; *in; in++) {
		if (*in != '{') {
			fria_buf_putc(&out, *in);
			continue;
		}
		fria_buf_puts(&out, dice(6) ? at[n] : ANY(parts));
		n++;
		in++;
	}
	return fria_buf_detach(&out);
}

static void add_pairs(serve_pairs *list)
{
	for (unsigned n = dice(8); n; n--) {
		char *odd = dice(4) ? NULL : random_text();
		serve_pairs_add(list, ANY(names), odd ? odd : ANY(values));
		free(odd);
	}
}

/* --- what is looked at --- */

static void head(char out[FRIA_ID_SIZE])
{
	assert_true(fria_store_head(out, place.ws->store));
}

static void send(const char *method, const char *path)
{
	serve_response response;
	serve_request request = {.method = method, .path = path};
	char before[FRIA_ID_SIZE], after[FRIA_ID_SIZE];
	char *token = page_token(&place, &person, session.now);
	bool acts = !strcmp(method, "POST");
	serve_pairs_add(&request.headers, "Sec-Fetch-Site", "same-origin");
	if (dice(10))
		serve_pairs_add(&request.headers, "Cookie", ANY(values));
	serve_pairs_add(&request.form, "_bewijs", token);
	add_pairs(&request.form);
	add_pairs(&request.query);
	head(before);
	serve_handle(&response, &place, &request, &person, session.now, 60);
	head(after);
	if (!acts)
		assert_string_equal(before, after);
	if (response.status >= 500 && response.status != 503)
		fail_msg("%s %s: %d %.900s", method, path, response.status,
			 strstr(response.body.text, "<main"));
	if (response.body.text && strstr(response.body.text, "<script>alert"))
		fail_msg("%s %s: comes out as markup", method, path);
	serve_response_dispose(&response);
	serve_pairs_dispose(&request.headers);
	serve_pairs_dispose(&request.form);
	serve_pairs_dispose(&request.query);
	free(token);
}

static void whatever_comes_in_is_answered(void **state)
{
	static const char *const methods[] = {"GET", "HEAD", "POST", "PUT"};
	(void)state;
	for (unsigned i = 0; i < of_seeds(4000); i++) {
		seed = i + 1;
		char *path = dice(3) ? known_path() : random_path();
		session.now += 1;
		send(ANY(methods), path);
		free(path);
	}
}

static void what_was_recorded_is_whole(void **state)
{
	fria_error err = FRIA_ERROR_INIT;
	fria_findings found = FRIA_FINDINGS_INIT;
	size_t count;
	(void)state;
	well(fria_check(&found, &count, place.ws, NULL, &err), &err);
	for (size_t i = 0; i < found.n; i++)
		assert_int_not_equal(found.items[i].severity, FRIA_SEVERE);
	fria_findings_dispose(&found);
	assert_int_equal(sh_in("/ws", "test -z \"$(git status --porcelain)\""),
			 0);
	assert_int_equal(sh_in("/ws", "test -z \"$(git fsck --strict 2>&1 | "
				      "grep -v '^notice\\|dangling')\""),
			 0);
	/* Nothing was put beside them. */
	assert_int_equal(
	    sh_in("", "test -z \"$(ls | grep -v '^state$\\|^ws$')\""), 0);
}

/* Nothing but properties goes through, and none is read past its end. */
static void themes_are_read_to_their_end(void **state)
{
	static const char *const pieces[] = {
	    ":root", "{",  "}",	  "--fria-a", ":", ";",	   "red", "/*",
	    "*/",    "\"", "url", "(",	      ")", "\\72", "@",	  "<"};
	(void)state;
	for (unsigned i = 0; i < of_seeds(20000); i++) {
		fria_buf text = FRIA_BUF_INIT;
		seed = i + 1;
		for (unsigned n = dice(14) + 1; n; n--)
			fria_buf_puts(&text, ANY(pieces));
		/* A comment may say anything. */
		bool said = strstr(text.text, "/*") != NULL;
		if (!serve_theme_check(text.text, "theme.css", NULL) && !said) {
			assert_null(strstr(text.text, "url"));
			assert_null(strchr(text.text, '<'));
			assert_null(strchr(text.text, '\\'));
		}
		fria_buf_dispose(&text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(whatever_comes_in_is_answered),
	    cmocka_unit_test(what_was_recorded_is_whole),
	    cmocka_unit_test(themes_are_read_to_their_end)};
	return cmocka_run_group_tests(tests, setup, teardown);
}
