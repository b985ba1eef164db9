/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What is done on a page comes to the same in a work tree and in a bare
 * repository: the same answer to the browser, and the same commit to the bit,
 * with its documents, its author and its message. A work tree follows.
 */
#include "folder.h"

#include <sys/random.h>

#include "../../cli/serve/page.h"
#include "../../engine/fria.h"

static fria_session session = {
    .lang = FRIA_EN, .now = 1773133200, .name = "A", .email = "a@example.org"};
static const serve_person person = {"zelf", "A", "a@example.org", SERVE_ALL};
static serve_place places[2];
static const char *const folders[2] = {"ws", "bare.git"};
static unsigned chance;
static size_t acts;

/* In place of the system's: what is made anew is called the same twice. */
ssize_t getrandom(void *out, size_t n, unsigned flags)
{
	(void)flags;
	for (size_t i = 0; i < n; i++)
		((unsigned char *)out)[i] =
		    (unsigned char)(rand_r(&chance) >> 8);
	return (ssize_t)n;
}

static void well(int code, const fria_error *err)
{
	fria_buf text = FRIA_BUF_INIT;
	if (!code)
		return;
	fria_error_text(&text, err, FRIA_EN);
	fail_msg("%d: %s", code, text.text);
}

static void open_place(serve_place *place, const char *sub)
{
	fria_error err = FRIA_ERROR_INIT;
	char *path = fria_format("%s/%s", folder, sub);
	*place = (serve_place){
	    .name = "z", .secret = "secret", .origin = "http://127.0.0.1:1"};
	well(fria_workspace_open(&place->ws, path, &session, &err), &err);
	free(path);
}

static int setup(void **state)
{
	fria_error err = FRIA_ERROR_INIT;
	(void)state;
	folder_make("A");
	char *path = fria_format("%s/ws", folder);
	well(fria_workspace_init(path, "O", FRIA_EN, &session, &err), &err);
	free(path);
	assert_int_equal(sh_in("", "git clone -q --bare ws bare.git"), 0);
	for (int i = 0; i < 2; i++)
		open_place(&places[i], folders[i]);
	return 0;
}

static int teardown(void **state)
{
	for (int i = 0; i < 2; i++)
		fria_workspace_close(places[i].ws);
	return folder_remove(state);
}

/* --- a request at one place --- */

static serve_response get(serve_place *place, const char *path)
{
	serve_response response;
	serve_request request = {.method = "GET", .path = path};
	serve_handle(&response, place, &request, &person, session.now, 60);
	return response;
}

/* What a page hands along in a field that is not shown; "". The caller frees.
 */
static char *hidden(const char *html, const char *name)
{
	char *field = fria_format("name=\"%s\" value=\"", name);
	const char *at = strstr(html, field);
	char *value = at ? fria_strndup(at + strlen(field),
					strcspn(at + strlen(field), "\""))
			 : fria_strdup("");
	free(field);
	return value;
}

/* "_stand" and the like, as the page that is posted from has them. */
static void add_hidden(serve_request *request, const char *html)
{
	static const char *const names[] = {"_stand",	   "_gezien", "inhoud",
					    "stand-3.4.5", "release", NULL};
	for (size_t i = 0; names[i]; i++) {
		char *value = hidden(html, names[i]);
		if (*value && !serve_pairs_find(&request->form, names[i]))
			serve_pairs_add(&request->form, names[i], value);
		free(value);
	}
}

static serve_response post(serve_place *place, const char *from, const char *to,
			   const char *const form[])
{
	serve_response shown = get(place, from), response;
	char *token = page_token(place, &person, session.now);
	serve_request request = {.method = "POST", .path = to};
	serve_pairs_add(&request.headers, "Sec-Fetch-Site", "same-origin");
	serve_pairs_add(&request.form, "_bewijs", token);
	for (size_t i = 0; form[i]; i += 2)
		serve_pairs_add(&request.form, form[i], form[i + 1]);
	add_hidden(&request, shown.body.text);
	chance = (unsigned)acts;
	serve_handle(&response, place, &request, &person, session.now, 60);
	serve_pairs_dispose(&request.headers);
	serve_pairs_dispose(&request.form);
	serve_response_dispose(&shown);
	free(token);
	return response;
}

/* --- at both --- */

static void assert_same_refs(const char *path)
{
	if (sh_in("", "git -C ws for-each-ref >a; "
		      "git -C bare.git for-each-ref >b; cmp a b"))
		fail_msg("%s: another commit", path);
	assert_int_equal(sh_in("/ws", "test -z \"$(git status --porcelain)\""),
			 0);
}

static void do_from(int status, const char *from, const char *to,
		    const char *const form[])
{
	char *start = fria_format("/z/%s", from),
	     *at = fria_format("/z/%s", to);
	serve_response done[2];
	acts++;
	session.now += 60;
	for (int i = 0; i < 2; i++)
		done[i] = post(&places[i], start, at, form);
	if (done[0].status != status)
		fail_msg("%s: %d", to, done[0].status);
	assert_int_equal(done[1].status, status);
	const char *one = serve_pairs_find(&done[0].headers, "Location");
	const char *other = serve_pairs_find(&done[1].headers, "Location");
	if (one || other)
		assert_string_equal(one, other);
	assert_string_equal(done[0].body.text ? done[0].body.text : "",
			    done[1].body.text ? done[1].body.text : "");
	for (int i = 0; i < 2; i++)
		serve_response_dispose(&done[i]);
	assert_same_refs(to);
	free(start);
	free(at);
}

#define DO(status, path, ...)                                                  \
	do_from(status, path, path, (const char *const[]){__VA_ARGS__, NULL})

#define QUESTION "a/chatbot/iama/v/"

static void answer(const char *task, const char *text)
{
	char *path = fria_format(QUESTION "%s", task);
	DO(303, path, "doe", "bewaar", "antwoord", text);
	free(path);
}

static void every_act_comes_to_the_same(void **state)
{
	(void)state;
	DO(303, "_nieuw", "naam", "Chatbot");
	DO(422, "_nieuw", "naam", "");
	DO(303, "a/chatbot/_nieuw", "vragenlijst", "iama-2.0");
	DO(409, "a/chatbot/_nieuw", "vragenlijst", "iama-2.0");
	answer("1.1.2", "The end.");
	answer("3.4.4", "So.");
	answer("3.4.5", "And so.");
	answer("2.1.1.1", "Self-learning");
	answer("1.actiepunten.tekst/nieuw", "Look again.");
	answer("1.actiepunten.tekst/nieuw", "And again.");
	DO(303, QUESTION "1.2.1", "doe", "sla-over", "soort", "not-applicable",
	   "reden", "There is none.");
	DO(422, QUESTION "2.3.1", "doe", "sla-over", "reden", "No kind.");
	DO(422, QUESTION "2.1.1.1", "doe", "bewaar", "antwoord", "No option.");
	DO(303, QUESTION "1.1.2", "doe", "opmerking", "opmerking", "Sure?");
	DO(303, QUESTION "1.1.2", "doe", "concept", "antwoord", "Half.");
	do_from(
	    303, "a/chatbot/iama/advies", "a/chatbot/iama/_vragen",
	    (const char *const[]){"rol", "lawyer", "voor", "2026-12-01", NULL});
	DO(303, "a/chatbot/iama/advies/lawyer", "waarde", "positive",
	   "toelichting", "Fine.");
	do_from(409, "a/chatbot/iama/advies", "a/chatbot/iama/vaststellen",
		(const char *const[]){"toelichting", "Now.", NULL});
	answer("1.1.2", "Another end.");
	DO(303, QUESTION "3.4.4", "doe", "houd", "grond", "untouched");
	DO(303, QUESTION "3.4.5", "doe", "houd", "grond", "untouched");
	answer("1.1.2", "A third end.");
	DO(303, "a/chatbot/iama/_samen", "doe", "bewaar", "grond-3.4.5",
	   "checked", "hoe-3.4.5", "Read it again.");
	DO(303, "_eerst", "chatbot/1.1", "ai");
	char *form = fria_format("### %s\nClean streets.\n",
				 fria_fact_title("/use/purpose", FRIA_EN));
	DO(303, "a/chatbot/_release", "doe", "vastleggen", "release", "1.1",
	   "formulier", form);
	DO(200, "a/chatbot/_release", "doe", "verder", "release", "1.2",
	   "formulier", form);
	free(form);
}

/* A page is the same at both, too. */
static void every_page_is_the_same(void **state)
{
	static const char *const paths[] = {
	    "toepassingen",
	    "zoek",
	    "a/chatbot",
	    "a/chatbot/iama",
	    "a/chatbot/iama/_samen",
	    "a/chatbot/iama/advies",
	    "a/chatbot/iama/advies/lawyer",
	    "a/chatbot/iama/v/1.1.2",
	    "a/chatbot/iama/v/1.actiepunten.tekst/nieuw",
	    "a/chatbot/iama/verslag.html",
	    "a/chatbot/_release",
	    "_eerst",
	    NULL};
	(void)state;
	for (size_t i = 0; paths[i]; i++) {
		char *path = fria_format("/z/%s", paths[i]);
		serve_response one = get(&places[0], path);
		serve_response other = get(&places[1], path);
		if (one.status != 200 || other.status != 200 ||
		    strcmp(one.body.text, other.body.text) != 0)
			fail_msg("%s: %d %d", path, one.status, other.status);
		serve_response_dispose(&one);
		serve_response_dispose(&other);
		free(path);
	}
	for (int i = 0; i < 2; i++) {
		char *check =
		    fria_format("test -z \"$(git -C %s fsck --strict 2>&1 | "
				"grep -v '^notice\\|dangling')\"",
				folders[i]);
		assert_int_equal(sh_in("", check), 0);
		free(check);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_act_comes_to_the_same),
	    cmocka_unit_test(every_page_is_the_same)};
	return cmocka_run_group_tests(tests, setup, teardown);
}
