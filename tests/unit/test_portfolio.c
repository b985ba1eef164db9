/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Lines that are kept are the lines that would be made: whatever is done, in a
 * work tree and in a bare repository, all at once or a few at a time.
 */
#include "folder.h"
#include "seeds.h"

#include "../../engine/fria.h"

enum { APPLICATIONS = 4 };

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

static void open_at(const char *place)
{
	fria_error err = FRIA_ERROR_INIT;
	char *path = fria_format("%s/%s", folder, place);
	well(fria_workspace_open(&ws, path, &session, &err), &err);
	free(path);
}

static void save(void)
{
	fria_error err = FRIA_ERROR_INIT;
	char commit[FRIA_ID_SIZE];
	size_t n;
	well(fria_save(commit, &n, ws, NULL, NULL, &err), &err);
}

static void make(const char *id)
{
	fria_error err = FRIA_ERROR_INIT;
	const fria_facts_file nothing = {.file = NULL};
	const fria_new_request request = {.application = id,
					  .instrument = "iama-2.0"};
	fria_created made;
	well(fria_application_add(ws, id, &nothing, &err), &err);
	well(fria_assessment_create(&made, ws, &request, &err), &err);
	fria_created_dispose(&made);
}

static int setup(void **state)
{
	(void)state;
	fria_error err = FRIA_ERROR_INIT;
	folder_make("P");
	char *path = fria_format("%s/ws", folder);
	well(fria_workspace_init(path, "O", FRIA_EN, &session, &err), &err);
	free(path);
	open_at("ws");
	for (int i = 0; i < APPLICATIONS; i++) {
		char id[] = {(char)('a' + i), 'p', 'p', '\0'};
		make(id);
	}
	save();
	fria_workspace_close(ws);
	return sh_in("", "git clone -q --bare ws bare.git");
}

/* --- what is there --- */

static json_t *lines_of(const fria_statuses *all)
{
	json_t *out = json_array();
	for (size_t i = 0; i < all->n; i++)
		json_array_append_new(out,
				      fria_status_json(&all->items[i], ws));
	return out;
}

static json_t *anew(void)
{
	fria_error err = FRIA_ERROR_INIT;
	fria_findings broken = FRIA_FINDINGS_INIT;
	fria_statuses all;
	well(fria_portfolio_anew(&all, &broken, ws, session.now, &err), &err);
	json_t *out = lines_of(&all);
	fria_statuses_dispose(&all);
	fria_findings_dispose(&broken);
	return out;
}

/* With so many made at most; how many are left out. */
static json_t *known(size_t most, size_t *missing)
{
	fria_error err = FRIA_ERROR_INIT;
	fria_findings broken = FRIA_FINDINGS_INIT;
	fria_statuses all;
	well(fria_portfolio_known(&all, missing, &broken, ws, session.now, most,
				  &err),
	     &err);
	json_t *out = lines_of(&all);
	fria_statuses_dispose(&all);
	fria_findings_dispose(&broken);
	return out;
}

static void assert_same(json_t *a, json_t *b)
{
	if (!json_equal(a, b))
		fail_msg("%s\n%s", json_dumps(a, 0), json_dumps(b, 0));
	json_decref(a);
	json_decref(b);
}

/* --- what is done --- */

static void answer(const char *name)
{
	static const char *const tasks[] = {"1.1.1", "1.1.2", "2.3.1", "2.3.2"};
	char text[16];
	fria_error err = FRIA_ERROR_INIT;
	fria_edited edited;
	const fria_edit_target target = {.application_name = name,
					 .task = tasks[dice(4)]};
	snprintf(text, sizeof text, "T%u", dice(4));
	well(fria_answer(&edited, ws, &target, text, &err), &err);
}

static void fact(const char *id)
{
	fria_error err = FRIA_ERROR_INIT;
	fria_release_result result;
	json_t *value = json_sprintf("P%u", dice(4));
	well(fria_application_set(&result, ws, id, "/use/purpose", value, NULL,
				  NULL, &err),
	     &err);
	fria_release_dispose(&result);
	json_decref(value);
}

static void adopt(const char *id, unsigned number)
{
	char *tag = fria_format("fria/%s/iama/v%u", id, number);
	char head[FRIA_ID_SIZE];
	fria_error err = FRIA_ERROR_INIT;
	fria_store_head(head, ws->store);
	fria_store_tag_create(ws->store, tag, head, "A version.\n", "A",
			      "a@example.org", session.now, 0, &err);
	free(tag);
}

static void do_something(void)
{
	fria_error err = FRIA_ERROR_INIT;
	char id[] = {(char)('a' + (int)dice(APPLICATIONS)), 'p', 'p', '\0'};
	char name[] = {id[0], 'p', 'p', '/', 'i', 'a', 'm', 'a', '\0'};
	char commit[FRIA_ID_SIZE];
	if (!dice(4)) {
		adopt(id, dice(2) + 1);
		return;
	}
	well(fria_rehearsal_begin(ws, &err), &err);
	if (dice(3))
		answer(name);
	else
		fact(id);
	save();
	well(fria_rehearsal_record(commit, ws, &err), &err);
}

/* --- tests --- */

static void kept_is_as_made(void **state)
{
	size_t missing;
	unsigned cases = of_seeds(200);
	open_at(*state);
	for (unsigned i = 0; i < cases; i++) {
		seed = i + 1;
		if (!dice(4)) { /* somebody else's process */
			fria_workspace_close(ws);
			open_at(*state);
		}
		do_something();
		assert_same(known(SIZE_MAX, &missing), anew());
		assert_int_equal(missing, 0);
	}
	fria_workspace_close(ws);
}

/* A few at a time it comes to the same, in however many processes. */
static void it_counts_on(void **state)
{
	size_t missing = APPLICATIONS;
	json_t *some = NULL;
	session.now += 86400;
	for (size_t i = 1; i <= APPLICATIONS; i++) {
		open_at(*state);
		json_decref(some);
		some = known(1, &missing);
		assert_int_equal(json_array_size(some), i);
		assert_int_equal(missing, APPLICATIONS - i);
		fria_workspace_close(ws);
	}
	open_at(*state);
	assert_same(some, anew());
	fria_workspace_close(ws);
}

/* What waits, a few at a time. */
static void what_waits_is_remembered(void **state)
{
	fria_error err = FRIA_ERROR_INIT;
	fria_findings broken = FRIA_FINDINGS_INIT;
	fria_waiting all, some = {.items = NULL};
	session.now += 86400;
	open_at(*state);
	for (size_t left = APPLICATIONS; left--;) {
		fria_waiting_dispose(&some);
		well(fria_waiting_known(&some, &broken, ws, true, 1, &err),
		     &err);
		assert_int_equal(some.missing, left);
	}
	fria_workspace_close(ws);
	open_at(*state);
	well(fria_waiting_find(&all, &broken, ws, true, &err), &err);
	assert_int_equal(all.n, some.n);
	for (size_t i = 0; i < all.n; i++) {
		assert_int_equal(all.items[i].kind, some.items[i].kind);
		assert_string_equal(all.items[i].name, some.items[i].name);
		assert_int_equal(all.items[i].count, some.items[i].count);
	}
	assert_true(all.n > 0);
	fria_waiting_dispose(&all);
	fria_waiting_dispose(&some);
	fria_findings_dispose(&broken);
	fria_workspace_close(ws);
}

/* A line that somebody wrote over is made again; one that is gone, too. */
static void what_was_written_over_is_made_again(void **state)
{
	size_t missing;
	const char *lines =
	    !strcmp(*state, "ws")
		? "sed -i 's/incomplete/current/g' ws/.git/fria/status.json"
		: "sed -i 's/incomplete/current/g' bare.git/fria/status.json";
	assert_int_equal(sh_in("", lines), 0);
	open_at(*state);
	assert_same(known(SIZE_MAX, &missing), anew());
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
	    BOTH(kept_is_as_made), BOTH(it_counts_on),
	    BOTH(what_was_written_over_is_made_again),
	    BOTH(what_waits_is_remembered)};
	return cmocka_run_group_tests(tests, setup, folder_remove);
}
