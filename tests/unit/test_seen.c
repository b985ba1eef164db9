/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Who answers on a page stands for what the page showed. An answer that is
 * sent after others saved says and rests on the same as one that was sent
 * before them; what the page did not show is not written over.
 */
#include "folder.h"
#include "seeds.h"

#include "../../engine/fria.h"

#define NAME "a/iama"

static fria_session session = {
    .lang = FRIA_EN, .now = 1773133200, .name = "A", .email = "a@example.org"};
static fria_workspace *ws;
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

static fria_workspace *open_at(const char *place)
{
	fria_error err = FRIA_ERROR_INIT;
	char *path = fria_format("%s/%s", folder, place);
	well(fria_workspace_open(&ws, path, &session, &err), &err);
	free(path);
	return ws;
}

static int setup(void **state)
{
	(void)state;
	fria_error err = FRIA_ERROR_INIT;
	folder_make("S");
	char *path = fria_format("%s/ws", folder), commit[FRIA_ID_SIZE];
	size_t n;
	const fria_facts_file nothing = {.file = NULL};
	const fria_new_request request = {.application = "a",
					  .instrument = "iama-2.0"};
	fria_created made;
	well(fria_workspace_init(path, "O", FRIA_EN, &session, &err), &err);
	open_at("ws");
	well(fria_application_add(ws, "a", &nothing, &err), &err);
	well(fria_assessment_create(&made, ws, &request, &err), &err);
	fria_created_dispose(&made);
	well(fria_save(commit, &n, ws, NULL, NULL, &err), &err);
	fria_workspace_close(ws);
	free(path);
	assert_int_equal(sh_in("", "git clone -q --bare ws bare.git"), 0);
	return 0;
}

/* --- acts, each recorded as a page does --- */

typedef struct {
	const char *task, *text; /* text NULL: it is confirmed */
	fria_seen_page page;
} act;

static int edit(const act *a, fria_error *err)
{
	const fria_edit_target target = {
	    .application_name = NAME, .task = a->task, .page = a->page};
	const fria_selection which = {
	    .tasks = &a->task, .n = 1, .page = a->page};
	fria_edited edited;
	fria_confirmed confirmed;
	return a->text ? fria_answer(&edited, ws, &target, a->text, err)
		       : fria_confirm(&confirmed, ws, NAME, &which, "untouched",
				      NULL, err);
}

static int record(const act *acts, size_t n, fria_error *err)
{
	char commit[FRIA_ID_SIZE];
	size_t saved;
	well(fria_rehearsal_begin(ws, err), err);
	int code = 0;
	for (size_t i = 0; i < n && !code; i++)
		code = edit(&acts[i], err);
	if (!code)
		code = fria_save(commit, &saved, ws, NAME, NULL, err);
	if (!code)
		code = fria_rehearsal_record(commit, ws, err);
	else
		fria_rehearsal_drop(ws);
	return code;
}

static void must(const act *acts, size_t n)
{
	fria_error err = FRIA_ERROR_INIT;
	well(record(acts, n, &err), &err);
}

static void say(const char *task, const char *text)
{
	must(&(act){.task = task, .text = text}, 1);
}

static void purpose(const char *text)
{
	fria_error err = FRIA_ERROR_INIT;
	fria_release_result result;
	json_t *value = fria_json_string(text);
	well(fria_application_set(&result, ws, "a", "/use/purpose", value, NULL,
				  NULL, &err),
	     &err);
	fria_release_dispose(&result);
	json_decref(value);
}

/* --- what there is --- */

static void head(char out[FRIA_ID_SIZE])
{
	assert_true(fria_store_head(out, ws->store));
}

/* The whole answer. New. */
static json_t *stands(const char *task)
{
	fria_error err = FRIA_ERROR_INIT;
	fria_snapshot *s = NULL;
	well(fria_snapshot_load(&s, ws, NAME, NULL, &err), &err);
	json_t *answer = json_deep_copy(
	    json_object_get(json_object_get(s->assessment, "answers"), task));
	fria_snapshot_free(s);
	return answer;
}

static void shown(char out[FRIA_DIGEST_SIZE], const char *task)
{
	json_t *answer = stands(task);
	fria_answer_shown(out, answer);
	json_decref(answer);
}

static fria_state state_of(const char *task)
{
	fria_error err = FRIA_ERROR_INIT;
	fria_snapshot *s = NULL;
	fria_standing standing;
	well(fria_standing_load(&s, &standing, ws, NAME, NULL, NULL, &err),
	     &err);
	fria_state state = fria_evaluation_find(
			       &standing.result,
			       fria_instrument_find(s->instrument, task), NULL)
			       ->state;
	fria_standing_dispose(&standing);
	fria_snapshot_free(s);
	return state;
}

static void assert_says(const char *task, const char *text)
{
	json_t *answer = stands(task);
	assert_string_equal(fria_json_text(answer, "value"), text);
	json_decref(answer);
}

/* --- tests, each in a work tree and in a bare repository --- */

static void who_was_second_is_told(void **state)
{
	fria_error err = FRIA_ERROR_INIT;
	fria_conflict conflict = {.task = NULL};
	char was[FRIA_DIGEST_SIZE], seen[FRIA_ID_SIZE];
	open_at(*state);
	say("2.3.1", "First.");
	shown(was, "2.3.1");
	head(seen);
	say("2.3.1", "Theirs.");
	const act mine = {"2.3.1", "Mine.", {was, seen, &conflict}};
	assert_int_equal(record(&mine, 1, &err), FRIA_ERACE);
	assert_string_equal(conflict.task, "2.3.1");
	assert_string_equal(fria_json_text(conflict.base, "value"), "First.");
	assert_string_equal(fria_json_text(conflict.theirs, "value"),
			    "Theirs.");
	assert_string_equal(conflict.wrote[1].by, "A <a@example.org>");
	assert_int_equal(conflict.wrote[1].at, session.now);
	assert_null(conflict.ours);
	fria_conflict_dispose(&conflict);
	assert_says("2.3.1", "Theirs.");
	const act keeps = {"2.3.1", NULL, {was, seen, NULL}};
	assert_int_equal(record(&keeps, 1, &err), FRIA_ERACE);
	/* What is typed wrong is not looked at before. */
	shown(was, "2.1.1.1");
	say("2.1.1.1", "Self-learning");
	const act wrong = {"2.1.1.1", "No such choice.", {was, seen, NULL}};
	assert_int_equal(record(&wrong, 1, &err), FRIA_ERACE);
	fria_workspace_close(ws);
}

static void what_changed_upstream_makes_it_stale(void **state)
{
	char seen[FRIA_ID_SIZE];
	open_at(*state);
	say("1.1.2", "The end.");
	head(seen);
	say("1.1.2", "Another end.");
	must(&(act){"3.4.4", "Written before.", {NULL, seen, NULL}}, 1);
	assert_int_equal(state_of("3.4.4"), FRIA_STALE);
	head(seen);
	must(&(act){"3.4.4", NULL, {NULL, seen, NULL}}, 1);
	assert_int_equal(state_of("3.4.4"), FRIA_ANSWERED);
	purpose(*state);
	must(&(act){"1.1.2", "Written before.", {NULL, seen, NULL}}, 1);
	assert_int_equal(state_of("1.1.2"), FRIA_STALE);
	fria_workspace_close(ws);
}

/* What goes along in the same post is the writer's own. */
static void own_words_are_seen(void **state)
{
	char seen[FRIA_ID_SIZE];
	open_at(*state);
	say("1.1.2", "The end.");
	say("3.4.4", "So.");
	head(seen);
	say("2.3.1", "Somebody else's, elsewhere.");
	const act acts[] = {{"1.1.2", "A better end.", {NULL, seen, NULL}},
			    {"3.4.4", NULL, {NULL, seen, NULL}}};
	must(acts, 2);
	assert_int_equal(state_of("3.4.4"), FRIA_ANSWERED);
	fria_workspace_close(ws);
}

/* Two say that it is still right: who saw less takes nothing back. */
static void who_stood_for_it_since_stands(void **state)
{
	char seen[FRIA_ID_SIZE];
	open_at(*state);
	say("1.1.2", "The end.");
	say("3.4.4", "So.");
	head(seen);
	say("1.1.2", "Another end.");
	must(&(act){.task = "3.4.4"}, 1);
	json_t *before = stands("3.4.4");
	fria_error err = FRIA_ERROR_INIT;
	const act late = {"3.4.4", NULL, {NULL, seen, NULL}};
	record(&late, 1, &err);
	json_t *after = stands("3.4.4");
	assert_true(json_equal(before, after));
	json_decref(before);
	json_decref(after);
	fria_workspace_close(ws);
}

/* What no history of this place has was not seen. */
static void a_page_of_elsewhere_is_refused(void **state)
{
	static const char *const ids[] = {
	    "", "HEAD", "main", "0000000000000000000000000000000000000000",
	    NULL};
	fria_error err = FRIA_ERROR_INIT;
	open_at(*state);
	say("1.1.2", "The end.");
	for (size_t i = 0; ids[i]; i++) {
		const act mine = {"1.1.2", "Mine.", {NULL, ids[i], NULL}};
		assert_int_equal(record(&mine, 1, &err), FRIA_ERACE);
	}
	assert_says("1.1.2", "The end.");
	fria_workspace_close(ws);
}

/* Others save what they like; the answer is the one that would have been. */
static void late_is_as_early(void **state)
{
	static const char *const tasks[] = {"1.1.1", "1.1.2", "1.2.1", "1.2.2",
					    "3.4.4", "2.3.1", "2.3.2", "2.3.3",
					    "3.1.1", "3.5.1", "3.1.4", "3.4.5"};
	enum { N = sizeof tasks / sizeof *tasks };
	unsigned cases = of_seeds(120);
	open_at(*state);
	for (unsigned i = 0; i < cases; i++) {
		seed = i + 1;
		const char *mine = tasks[dice(N)];
		char text[32], seen[FRIA_ID_SIZE];
		snprintf(text, sizeof text, "Mine %u", i);
		head(seen);
		must(&(act){.task = mine, .text = text}, 1);
		json_t *early = stands(mine);
		/* Back to before it. */
		say(mine, "Other words.");
		for (unsigned k = dice(4) + 1; k; k--) {
			const char *theirs = tasks[dice(N)];
			snprintf(text, sizeof text, "Theirs %u", dice(5));
			if (strcmp(theirs, mine) != 0)
				say(theirs, text);
			else
				purpose(text);
		}
		snprintf(text, sizeof text, "Mine %u", i);
		must(&(act){mine, text, {NULL, seen, NULL}}, 1);
		json_t *late = stands(mine);
		if (!json_equal(early, late))
			fail_msg("%u: %s: %s\n%s", i, mine,
				 json_dumps(early, 0), json_dumps(late, 0));
		json_decref(early);
		json_decref(late);
	}
	fria_workspace_close(ws);
}

#define BOTH(test)                                                             \
	{#test " in a work tree", test, NULL, NULL, (void *)(uintptr_t) "ws"}, \
	{                                                                      \
#test " bare", test, NULL, NULL,                               \
		    (void *)(uintptr_t) "bare.git"                             \
	}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    BOTH(who_was_second_is_told),
	    BOTH(what_changed_upstream_makes_it_stale),
	    BOTH(own_words_are_seen),
	    BOTH(who_stood_for_it_since_stands),
	    BOTH(a_page_of_elsewhere_is_refused),
	    BOTH(late_is_as_early)};
	return cmocka_run_group_tests(tests, setup, folder_remove);
}
