/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Everything that people do, by every text that it takes, with what is no text:
 * refused, and not a byte of the workspace has changed. A function of the
 * headers that takes a workspace to change it and stands in no row fails, too.
 */
#include "folder.h"

#include <ftw.h>
#include <math.h>
#include <sys/stat.h>

#include "../../engine/fria.h"

#define APP "parkeren"
#define NAME "parkeren/iama"

static fria_workspace *ws;
static json_t *entry;

/* --- one way in: everything else is as it should be --- */

typedef int (*way)(const char *text, fria_error *err);

static fria_edit_target target_with(const char *note, const char *meeting)
{
	return (fria_edit_target){.application_name = NAME,
				  .task = "1.1.1",
				  .note = note,
				  .meeting = meeting};
}

static int answer(const char *text, fria_error *err)
{
	fria_edited out;
	fria_edit_target t = target_with(NULL, NULL);
	return fria_answer(&out, ws, &t, text, err);
}

static int take_proposal(const char *text, fria_error *err)
{
	fria_edited out;
	fria_edit_target t = target_with(NULL, NULL);
	return fria_proposal_take(&out, ws, &t, text, err);
}

static int answer_note(const char *text, fria_error *err)
{
	fria_edited out;
	fria_edit_target t = target_with(text, NULL);
	return fria_answer(&out, ws, &t, "Anders", err);
}

static int answer_meeting(const char *text, fria_error *err)
{
	fria_edited out;
	fria_edit_target t = target_with(NULL, text);
	return fria_answer(&out, ws, &t, "Anders", err);
}

static int answer_editorial(const char *text, fria_error *err)
{
	fria_edited out;
	fria_edit_target t = target_with(text, NULL);
	t.editorial = true;
	return fria_answer(&out, ws, &t, "Anders", err);
}

static int answer_task(const char *text, fria_error *err)
{
	fria_edited out;
	fria_edit_target t = target_with(NULL, NULL);
	t.task = text;
	return fria_answer(&out, ws, &t, "Anders", err);
}

static int answer_row(const char *text, fria_error *err)
{
	fria_edited out;
	fria_edit_target t = target_with(NULL, NULL);
	t.row = text;
	return fria_answer(&out, ws, &t, "Anders", err);
}

static int answer_name(const char *text, fria_error *err)
{
	fria_edited out;
	fria_edit_target t = target_with(NULL, NULL);
	t.application_name = text;
	return fria_answer(&out, ws, &t, "Anders", err);
}

static int remove_row(const char *text, fria_error *err)
{
	fria_edit_target t = target_with(NULL, NULL);
	t.row = text;
	return fria_answer_remove_row(ws, &t, err);
}

static int waive_reason(const char *text, fria_error *err)
{
	fria_edited out;
	fria_edit_target t = target_with(NULL, NULL);
	return fria_waive(&out, ws, &t, "unknown", text, NULL, err);
}

static int waive_kind(const char *text, fria_error *err)
{
	fria_edited out;
	fria_edit_target t = target_with(NULL, NULL);
	return fria_waive(&out, ws, &t, text, "Daarom", NULL, err);
}

static int waive_reference(const char *text, fria_error *err)
{
	fria_edited out;
	fria_edit_target t = target_with(NULL, NULL);
	return fria_waive(&out, ws, &t, "refers", "Daarom", text, err);
}

static int confirm_note(const char *text, fria_error *err)
{
	const char *tasks[] = {"1.1.1"};
	const fria_selection which = {.tasks = tasks, .n = 1};
	fria_confirmed done;
	return fria_confirm(&done, ws, NAME, &which, NULL, text, err);
}

static int confirm_ground(const char *text, fria_error *err)
{
	const char *tasks[] = {"1.1.1"};
	const fria_selection which = {.tasks = tasks, .n = 1};
	fria_confirmed done;
	return fria_confirm(&done, ws, NAME, &which, text, "Klopt", err);
}

static int confirm_task(const char *text, fria_error *err)
{
	const fria_selection which = {.tasks = &text, .n = 1};
	fria_confirmed done;
	return fria_confirm(&done, ws, NAME, &which, NULL, "Klopt", err);
}

static int withhold_passage(const char *text, fria_error *err)
{
	bool changed;
	fria_edit_target t = target_with(NULL, NULL);
	const fria_withholding what = {
	    .ground = "other", .passage = text, .note = "Daarom"};
	return fria_withhold(&changed, ws, &t, &what, err);
}

static int withhold_note(const char *text, fria_error *err)
{
	bool changed;
	fria_edit_target t = target_with(NULL, NULL);
	const fria_withholding what = {.ground = "other", .note = text};
	return fria_withhold(&changed, ws, &t, &what, err);
}

static int withhold_fact_note(const char *text, fria_error *err)
{
	bool changed;
	const fria_withholding what = {.ground = "other", .note = text};
	return fria_withhold_fact(&changed, ws, APP, "/use/process", &what,
				  err);
}

static int evidence(const char *title, const char *reference, const char *url,
		    fria_error *err)
{
	fria_evidence_added out;
	const fria_evidence_request r = {.application = APP,
					 .title = title,
					 .reference = reference,
					 .url = url};
	int code = fria_evidence_add(&out, ws, &r, err);
	fria_evidence_added_dispose(&out);
	return code;
}

static int evidence_title(const char *text, fria_error *err)
{
	return evidence(text, "Z-1", NULL, err);
}

static int evidence_reference(const char *text, fria_error *err)
{
	return evidence("Rapport", text, NULL, err);
}

static int evidence_url(const char *text, fria_error *err)
{
	char *url = fria_format("https://example.org/%s", text);
	int code = evidence("Rapport", "Z-1", url, err);
	free(url);
	return code;
}

static int undo_task(const char *text, fria_error *err)
{
	bool changed;
	return fria_undo(&changed, ws, NAME, text, err);
}

static int save_message(const char *text, fria_error *err)
{
	char commit[FRIA_ID_SIZE];
	size_t n;
	return fria_save(commit, &n, ws, NAME, text, err);
}

static int save_name(const char *text, fria_error *err)
{
	char commit[FRIA_ID_SIZE];
	size_t n;
	return fria_save(commit, &n, ws, text, NULL, err);
}

static int resolve_value(const char *text, fria_error *err)
{
	fria_resolved out;
	const fria_resolution r = {.name = NAME, .value = text};
	return fria_resolve(&out, ws, &r, err);
}

static int resolve_note(const char *text, fria_error *err)
{
	fria_resolved out;
	const fria_resolution r = {.name = NAME, .value = "x", .note = text};
	return fria_resolve(&out, ws, &r, err);
}

static int add_id(const char *text, fria_error *err)
{
	const fria_facts_file from = {.file = entry, .name = "entry.json"};
	return fria_application_add(ws, text, &from, err);
}

static int add_file_name(const char *text, fria_error *err)
{
	const fria_facts_file from = {.file = entry, .name = text};
	return fria_application_add(ws, "anders", &from, err);
}

static int release(const char *version, const char *from, const char *name,
		   fria_error *err)
{
	fria_release_result out;
	const fria_release_request q = {.version = version,
					.from = {.file = entry, .name = name},
					.in_use_from = from,
					.patch = true};
	int code = fria_release(&out, ws, APP, &q, err);
	if (!code)
		fria_release_dispose(&out);
	return code;
}

static int release_version(const char *text, fria_error *err)
{
	return release(text, NULL, "entry.json", err);
}

static int release_from(const char *text, fria_error *err)
{
	return release("2.0", text, "entry.json", err);
}

static int release_file_name(const char *text, fria_error *err)
{
	return release("2.0", NULL, text, err);
}

static int release_note(const char *text, fria_error *err)
{
	fria_release_result out;
	const fria_release_request q = {
	    .version = "2.0",
	    .from = {.file = entry, .name = "entry.json"},
	    .note = text,
	    .patch = true};
	int code = fria_release(&out, ws, APP, &q, err);
	if (!code)
		fria_release_dispose(&out);
	return code;
}

static int release_event(const char *text, fria_error *err)
{
	fria_release_result out;
	json_t *answers = json_object(), *one = json_object();
	/* As another program may make it: jansson looks no further. */
	json_object_set_new(one, "changed", json_true());
	json_object_set_new(one, "text", json_string_nocheck(text));
	json_object_set_new(answers, fria_themes[0], one);
	const fria_release_request q = {
	    .version = "2.0",
	    .from = {.file = entry, .name = "entry.json"},
	    .answers = answers,
	    .answers_name = "answers.json"};
	int code = fria_release(&out, ws, APP, &q, err);
	if (!code)
		fria_release_dispose(&out);
	json_decref(answers);
	return code;
}

static int import_questions(const char *text, fria_error *err)
{
	fria_strings changed = FRIA_STRINGS_INIT;
	fria_instrument *in = NULL;
	json_t *document =
	    json_pack("{s:s, s:s, s:s, s:[{s:s, s:s, s:[s]}]}", "name", "Klein",
		      "urn", "urn:nl:klein", "version", "1.0", "tasks", "id",
		      "1", "task", "Wat?", "type", "open_text");
	json_object_set_new(
	    json_array_get(json_object_get(document, "tasks"), 0), "task",
	    json_string_nocheck(text));
	int code = fria_instrument_import(&in, &changed, ws, "klein.json",
					  document, true, err);
	if (!code)
		fria_instrument_free(in);
	json_decref(document);
	return code;
}

static int import_replies(const char *text, fria_error *err)
{
	fria_answers_imported out;
	fria_findings findings = FRIA_FINDINGS_INIT;
	const fria_answers_request r = {
	    .name = "replies.md", .bytes = text, .n = strlen(text)};
	int code = fria_import_answers(&out, &findings, ws, NAME, &r, err);
	fria_findings_dispose(&findings);
	return code;
}

static int import_name(const char *text, fria_error *err)
{
	fria_answers_imported out;
	fria_findings findings = FRIA_FINDINGS_INIT;
	static const char bytes[] = "## 1.1\n\nReply: x\n";
	const fria_answers_request r = {
	    .name = text, .bytes = bytes, .n = sizeof bytes - 1};
	int code = fria_import_answers(&out, &findings, ws, NAME, &r, err);
	fria_findings_dispose(&findings);
	return code;
}

static int register_release(const char *text, fria_error *err)
{
	fria_register_imported out;
	fria_findings findings = FRIA_FINDINGS_INIT;
	fria_register_rows rows = {.n = 0};
	const fria_register_request r = {.name = "register.json",
					 .release = text};
	int code = fria_register_import(&out, &findings, ws, &rows, &r, err);
	fria_findings_dispose(&findings);
	return code;
}

static int set_value(const char *text, fria_error *err)
{
	fria_release_result out;
	json_t *value = json_string_nocheck(text);
	int code = fria_application_set(&out, ws, APP, "/use/process", value,
					NULL, NULL, err);
	if (!code)
		fria_release_dispose(&out);
	json_decref(value);
	return code;
}

static int set_note(const char *text, fria_error *err)
{
	fria_release_result out;
	json_t *value = json_string("Anders");
	int code = fria_application_set(&out, ws, APP, "/use/process", value,
					text, NULL, err);
	if (!code)
		fria_release_dispose(&out);
	json_decref(value);
	return code;
}

static int fill(const char *form, const char *note, fria_error *err)
{
	fria_release_result out;
	const fria_facts_file from = {.form = form, .name = "form.md"};
	int code = fria_application_fill(&out, ws, APP, &from, note, NULL, err);
	if (!code)
		fria_release_dispose(&out);
	return code;
}

static int fill_form(const char *text, fria_error *err)
{
	char *form = fria_format("### Werkproces\n%s", text);
	int code = fill(form, NULL, err);
	free(form);
	return code;
}

static int fill_note(const char *text, fria_error *err)
{
	return fill("### Werkproces\nAnders", text, err);
}

static int pulse_note(const char *text, fria_error *err)
{
	fria_release_result out;
	int code = fria_application_pulse(&out, ws, APP, text, err);
	if (!code)
		fria_release_dispose(&out);
	return code;
}

static int metric_name(const char *text, fria_error *err)
{
	fria_release_result out;
	return fria_application_metric(&out, ws, APP, text, "1", NULL, err);
}

static int metric_date(const char *text, fria_error *err)
{
	fria_release_result out;
	return fria_application_metric(&out, ws, APP, "fout", "1", text, err);
}

static int withdraw_note(const char *text, fria_error *err)
{
	fria_release_result out;
	return fria_application_withdraw(&out, ws, APP, "fout", NULL, text,
					 err);
}

static int withdraw_word_note(const char *text, fria_error *err)
{
	json_t *out = NULL;
	return fria_approve_withdraw(&out, ws, NAME, "lawyer", NULL, text, err);
}

static int remove_name(const char *text, fria_error *err)
{
	char commit[FRIA_ID_SIZE];
	return fria_remove(commit, ws, text, err);
}

static int remove_id(const char *text, fria_error *err)
{
	char commit[FRIA_ID_SIZE];
	return fria_application_remove(commit, ws, text, err);
}

static int rename_id(const char *text, fria_error *err)
{
	char commit[FRIA_ID_SIZE];
	return fria_application_rename(commit, ws, text, "other", err);
}

static int rename_to(const char *text, fria_error *err)
{
	char commit[FRIA_ID_SIZE];
	return fria_application_rename(commit, ws, APP, text, err);
}

static int disclose_note(const char *text, fria_error *err)
{
	bool changed;
	return fria_disclose(&changed, ws, NAME, "Vergunningen", text, err);
}

static int disclose_passage(const char *text, fria_error *err)
{
	bool changed;
	return fria_disclose(&changed, ws, NAME, text, "Daarom", err);
}

static int retire_on(const char *text, fria_error *err)
{
	fria_release_result out;
	return fria_application_retire(&out, ws, APP, text, NULL, err);
}

static int retire_note(const char *text, fria_error *err)
{
	fria_release_result out;
	return fria_application_retire(&out, ws, APP, "2026-11-01", text, err);
}

static int ask(fria_asking asking, fria_error *err)
{
	json_t *out = NULL;
	bool there;
	int code = fria_ask(&out, &there, ws, NAME, &asking, err);
	json_decref(out);
	return code;
}

static int ask_to(const char *text, fria_error *err)
{
	return ask((fria_asking){.role = "dpo", .to = text}, err);
}

static int ask_role(const char *text, fria_error *err)
{
	return ask((fria_asking){.role = text}, err);
}

static int ask_until(const char *text, fria_error *err)
{
	return ask((fria_asking){.role = "dpo", .until = text}, err);
}

static int comment(const char *text, fria_error *err)
{
	char id[16];
	bool there;
	fria_edit_target t = target_with(NULL, NULL);
	return fria_comment(id, &there, ws, &t, text, NULL, err);
}

static int comment_reply(const char *text, fria_error *err)
{
	char id[16];
	bool there;
	fria_edit_target t = target_with(NULL, NULL);
	return fria_comment(id, &there, ws, &t, "Tekst", text, err);
}

static int comment_resolve(const char *text, fria_error *err)
{
	return fria_comment_resolve(ws, NAME, text, err);
}

static int meeting(const char *date, const char *chair, const char *roles,
		   fria_error *err)
{
	char id[16];
	bool there;
	const fria_meeting m = {date, chair, roles, NULL};
	return fria_meeting_add(id, &there, ws, NAME, &m, err);
}

static int meeting_date(const char *text, fria_error *err)
{
	return meeting(text, NULL, "lawyer", err);
}

static int meeting_chair(const char *text, fria_error *err)
{
	return meeting("2026-11-01", text, "lawyer", err);
}

static int meeting_roles(const char *text, fria_error *err)
{
	return meeting("2026-11-01", NULL, text, err);
}

static int dissent(const char *text, fria_error *err)
{
	fria_edit_target t = target_with(NULL, NULL);
	return fria_dissent(ws, &t, text, err);
}

static int approve(const fria_approval_request *q, fria_error *err)
{
	json_t *out = NULL;
	bool there;
	int code = fria_approve(&out, &there, ws, NAME, q, err);
	json_decref(out);
	return code;
}

static int approve_note(const char *text, fria_error *err)
{
	const fria_approval_request q = {
	    .role = "lawyer", .value = "positive", .note = text};
	return approve(&q, err);
}

static int approve_role(const char *text, fria_error *err)
{
	const fria_approval_request q = {.role = text, .value = "positive"};
	return approve(&q, err);
}

static int approve_value(const char *text, fria_error *err)
{
	const fria_approval_request q = {.role = "lawyer", .value = text};
	return approve(&q, err);
}

static int approve_behalf(const char *text, fria_error *err)
{
	const fria_approval_request q = {.role = "lawyer",
					 .value = "positive",
					 .on_behalf_of = text,
					 .reference = "Z-1",
					 .decided_on = "2026-11-01"};
	return approve(&q, err);
}

static int approve_reference(const char *text, fria_error *err)
{
	const fria_approval_request q = {.role = "lawyer",
					 .value = "positive",
					 .on_behalf_of = "A. Bakker",
					 .reference = text,
					 .decided_on = "2026-11-01"};
	return approve(&q, err);
}

static int approve_decided(const char *text, fria_error *err)
{
	const fria_approval_request q = {.role = "lawyer",
					 .value = "positive",
					 .on_behalf_of = "A. Bakker",
					 .reference = "Z-1",
					 .decided_on = text};
	return approve(&q, err);
}

static int approve_response(const char *text, fria_error *err)
{
	const fria_approval_request q = {
	    .role = "lawyer", .value = "positive", .response = text};
	return approve(&q, err);
}

static int adopt_note(const char *text, fria_error *err)
{
	fria_adopted out;
	return fria_adopt(&out, ws, NAME, text, true, err);
}

static int create_as(const char *text, fria_error *err)
{
	fria_created out;
	const fria_new_request r = {
	    .application = APP, .instrument = "start-1.0", .as = text};
	int code = fria_assessment_create(&out, ws, &r, err);
	if (!code)
		fria_created_dispose(&out);
	return code;
}

static int create_from(const char *text, fria_error *err)
{
	fria_created out;
	const fria_new_request r = {.application = APP,
				    .instrument = "start-1.0",
				    .as = "anders",
				    .from = NAME,
				    .workspace = text};
	int code = fria_assessment_create(&out, ws, &r, err);
	if (!code)
		fria_created_dispose(&out);
	return code;
}

static int create_all_as(const char *text, fria_error *err)
{
	fria_created_all out;
	const fria_new_request r = {.instrument = "start-1.0", .as = text};
	return fria_assessment_create_all(&out, ws, &r, err);
}

static int migrate_as(const char *text, fria_error *err)
{
	fria_migrated out;
	int code = fria_migrate(&out, ws, NAME, "start-1.0", text, err);
	if (!code)
		fria_migrated_dispose(&out);
	return code;
}

static int update_named(const char *text, fria_error *err)
{
	fria_replacement out;
	int code = fria_instrument_update(&out, ws, text, false, err);
	if (!code)
		fria_replacement_dispose(&out);
	return code;
}

static int sync_remote(const char *text, fria_error *err)
{
	fria_synced out;
	const fria_sync_request r = {.remote = text};
	int code = fria_sync(&out, ws, &r, err);
	if (!code)
		fria_synced_dispose(&out);
	return code;
}

static int export_id(const char *text, fria_error *err)
{
	fria_published out;
	int code = fria_register_export(&out, ws, text, err);
	if (!code)
		fria_published_dispose(&out);
	return code;
}

static int init_organisation(const char *text, fria_error *err)
{
	char *at = fria_format("%s/ander", folder);
	int code = fria_workspace_init(at, text, FRIA_NL, &ws->session, err);
	free(at);
	return code;
}

static int author(const char **field, const char *text, fria_error *err)
{
	const char *was = *field;
	*field = text;
	int code = answer("Onder een andere naam", err);
	*field = was;
	return code;
}

static int author_name(const char *text, fria_error *err)
{
	return author(&ws->session.name, text, err);
}

static int author_email(const char *text, fria_error *err)
{
	return author(&ws->session.email, text, err);
}

static int committer_name(const char *text, fria_error *err)
{
	return author(&ws->session.committer_name, text, err);
}

/* What a text is: whether lines fit in it, and whether blank is refused. */
enum { LINES = 1, BLANK_OK = 2 };

static const struct {
	const char *of; /* the function, or what it is part of */
	way in;
	int is;
} ways[] = {
    {"fria_answer", answer, LINES},
    {"fria_proposal_take", take_proposal, 0},
    {"fria_answer", answer_note, LINES | BLANK_OK},
    {"fria_answer", answer_meeting, BLANK_OK},
    {"fria_answer", answer_editorial, LINES},
    {"fria_answer", answer_task, 0},
    {"fria_answer", answer_row, 0},
    {"fria_answer", answer_name, 0},
    {"fria_answer_remove_row", remove_row, 0},
    {"fria_waive", waive_reason, LINES},
    {"fria_waive", waive_kind, 0},
    {"fria_waive", waive_reference, 0},
    {"fria_confirm", confirm_note, LINES},
    {"fria_confirm", confirm_ground, BLANK_OK},
    {"fria_confirm", confirm_task, 0},
    {"fria_withhold", withhold_passage, 0},
    {"fria_withhold", withhold_note, LINES},
    {"fria_withhold_fact", withhold_fact_note, LINES},
    {"fria_evidence_add", evidence_title, 0},
    {"fria_evidence_add", evidence_reference, 0},
    {"fria_evidence_add", evidence_url, BLANK_OK},
    {"fria_undo", undo_task, 0},
    {"fria_save", save_message, LINES | BLANK_OK},
    {"fria_save", save_name, 0},
    {"fria_resolve", resolve_value, 0},
    {"fria_resolve", resolve_note, 0},
    {"fria_application_add", add_id, 0},
    {"fria_application_add", add_file_name, BLANK_OK},
    {"fria_release", release_version, 0},
    {"fria_release", release_note, LINES | BLANK_OK},
    {"fria_release", release_from, BLANK_OK},
    {"fria_release", release_file_name, BLANK_OK},
    {"fria_release", release_event, LINES},
    {"fria_instrument_import", import_questions, LINES | BLANK_OK},
    {"fria_import_answers", import_replies, 0},
    {"fria_import_answers", import_name, 0},
    {"fria_register_import", register_release, BLANK_OK},
    {"fria_application_set", set_value, LINES | BLANK_OK},
    {"fria_application_set", set_note, LINES | BLANK_OK},
    {"fria_application_fill", fill_form, LINES | BLANK_OK},
    {"fria_application_fill", fill_note, LINES | BLANK_OK},
    {"fria_application_pulse", pulse_note, LINES | BLANK_OK},
    {"fria_application_metric", metric_name, 0},
    {"fria_application_metric", metric_date, BLANK_OK},
    {"fria_application_withdraw", withdraw_note, LINES},
    {"fria_approve_withdraw", withdraw_word_note, LINES},
    {"fria_remove", remove_name, 0},
    {"fria_application_remove", remove_id, 0},
    {"fria_application_rename", rename_id, 0},
    {"fria_application_rename", rename_to, 0},
    {"fria_disclose", disclose_note, LINES | BLANK_OK},
    {"fria_disclose", disclose_passage, 0},
    {"fria_application_retire", retire_on, 0},
    {"fria_application_retire", retire_note, LINES | BLANK_OK},
    {"fria_ask", ask_to, BLANK_OK},
    {"fria_ask", ask_role, 0},
    {"fria_ask", ask_until, BLANK_OK},
    {"fria_comment", comment, LINES},
    {"fria_comment", comment_reply, 0},
    {"fria_comment_resolve", comment_resolve, 0},
    {"fria_meeting_add", meeting_date, 0},
    {"fria_meeting_add", meeting_chair, BLANK_OK},
    {"fria_meeting_add", meeting_roles, 0},
    {"fria_dissent", dissent, LINES | BLANK_OK},
    {"fria_approve", approve_note, LINES | BLANK_OK},
    {"fria_approve", approve_role, 0},
    {"fria_approve", approve_value, 0},
    {"fria_approve", approve_behalf, 0},
    {"fria_approve", approve_reference, 0},
    {"fria_approve", approve_decided, 0},
    {"fria_approve", approve_response, LINES | BLANK_OK},
    {"fria_adopt", adopt_note, LINES},
    {"fria_assessment_create", create_as, 0},
    {"fria_assessment_create", create_from, BLANK_OK},
    {"fria_assessment_create_all", create_all_as, 0},
    {"fria_migrate", migrate_as, 0},
    {"fria_instrument_update", update_named, 0},
    {"fria_sync", sync_remote, 0},
    {"fria_register_export", export_id, 0},
    {"fria_workspace_init", init_organisation, 0},
    {"the session", author_name, 0},
    {"the session", author_email, 0},
    {"the session", committer_name, BLANK_OK},
};

/* --- what the workspace is, as a number --- */

static uint64_t sum;

static void add_bytes(const void *bytes, size_t n)
{
	const unsigned char *at = bytes;
	for (size_t i = 0; i < n; i++)
		sum = (sum ^ at[i]) * UINT64_C(1099511628211);
}

/* A file that was written anew is another, also with the same bytes. */
static int add_file(const char *path, const struct stat *st, int kind,
		    struct FTW *at)
{
	(void)at;
	/* Derived and private: what a command may leave without harm. */
	if (strstr(path, "/.git/objects") || strstr(path, "/.git/fria"))
		return 0;
	add_bytes(path, strlen(path));
	if (kind != FTW_F)
		return 0;
	add_bytes(&st->st_size, sizeof st->st_size);
	add_bytes(&st->st_ino, sizeof st->st_ino);
	add_bytes(&st->st_mtim, sizeof st->st_mtim);
	return 0;
}

static uint64_t state_of_all(void)
{
	sum = UINT64_C(14695981039346656037);
	nftw(folder, add_file, 16, FTW_PHYS);
	return sum;
}

/* --- the tests --- */

static void refused(size_t row, const char *text, const char *what)
{
	fria_error err = FRIA_ERROR_INIT;
	fria_buf said = FRIA_BUF_INIT;
	uint64_t before = state_of_all();
	int code = ways[row].in(text, &err);
	if (!code || !err.code)
		fail_msg("%s, row %zu: took %s", ways[row].of, row, what);
	fria_error_text(&said, &err, FRIA_EN);
	assert_int_equal(fria_utf8_invalid(said.text, said.n), said.n);
	if (before != state_of_all())
		fail_msg("%s, row %zu: %s was refused but something changed",
			 ways[row].of, row, what);
	fria_buf_dispose(&said);
}

static void test_no_act_takes_what_is_no_text(void **state)
{
	static const struct {
		const char *text, *what;
		bool line; /* good where lines are */
	} bad[] = {{"caf\xE9", "Latin-1", false},
		   {"half \xE2\x82", "half a character", false},
		   {"\xED\xA0\x80", "a surrogate", false},
		   {"\xC0\xAF", "an overlong form", false},
		   {"a\x1B[31m", "an escape", false},
		   {"a\x07", "a bell", false},
		   {"a\x7F", "DEL", false},
		   {"a\xC2\x85z", "a C1 control", false},
		   {"a\x0Bz", "a vertical tab", false},
		   {"1.0\nContent: 0", "a line break", true},
		   {"1.0\r", "a carriage return", true},
		   {"1\t0", "a tab", true},
		   {"a\xE2\x80\xA8z", "a line separator", true}};
	(void)state;
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
		for (size_t k = 0; k < sizeof bad / sizeof *bad; k++)
			if (!bad[k].line || !(ways[i].is & LINES))
				refused(i, bad[k].text, bad[k].what);
}

static void test_no_act_takes_more_than_fits(void **state)
{
	char *line = fria_malloc(FRIA_PROSE_MAX + 2);
	(void)state;
	memset(line, 'a', FRIA_PROSE_MAX + 1);
	line[FRIA_PROSE_MAX + 1] = '\0';
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		refused(i, line, "more than a megabyte");
		line[FRIA_LINE_MAX + 1] = '\0';
		if (!(ways[i].is & LINES))
			refused(i, line, "a line of a thousand and one");
		line[FRIA_LINE_MAX + 1] = 'a';
	}
	free(line);
}

static void test_blank_is_nothing_where_something_is_asked(void **state)
{
	static const char *const blank[] = {"",
					    "  \t ",
					    "\xC2\xA0",
					    "\xE2\x80\x8B",
					    "\n\xE2\x80\x89",
					    "\xEF\xBB\xBF "};
	(void)state;
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
		for (size_t k = 0; k < sizeof blank / sizeof *blank; k++)
			if (!(ways[i].is & BLANK_OK))
				refused(i, blank[k], "blank");
}

static void test_what_comes_in_is_clean(void **state)
{
	static const struct {
		const char *text;
		unsigned kind;
		const char *clean;
	} rows[] = {{"\xEF\xBB\xBF"
		     "een\r\ntwee\rdrie",
		     FRIA_PROSE, "een\ntwee\ndrie"},
		    {"Rene\xCC\x81", FRIA_LINE, "René"},
		    {"a\tb\n", FRIA_PROSE, "a\tb\n"},
		    {"\xE2\x80\x8Fשלום", FRIA_LINE, "\xE2\x80\x8Fשלום"},
		    {"", FRIA_LINE, ""}};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		fria_buf out = FRIA_BUF_INIT;
		assert_int_equal(fria_text_enter(&out, rows[i].text,
						 strlen(rows[i].text),
						 rows[i].kind, "x", NULL),
				 0);
		assert_string_equal(out.text, rows[i].clean);
		fria_buf_dispose(&out);
	}
	fria_buf out = FRIA_BUF_INIT;
	fria_error err = FRIA_ERROR_INIT;
	assert_int_equal(
	    fria_text_enter(&out, "a\0b", 3, FRIA_PROSE, "x", &err),
	    FRIA_EINPUT);
	assert_int_equal(err.word, FRIA_W_text_nul);
	assert_string_equal(out.text, "");
}

static void test_a_measurement_is_finite(void **state)
{
	static const char *const values[] = {"nan", "1e999", "-inf"};
	(void)state;
	for (size_t i = 0; i < 3; i++) {
		fria_release_result out;
		fria_error err = FRIA_ERROR_INIT;
		uint64_t before = state_of_all();
		assert_int_equal(fria_application_metric(&out, ws, APP, "fout",
							 values[i], NULL, &err),
				 FRIA_EINPUT);
		assert_int_equal(err.word, FRIA_W_bad_measurement);
		assert_true(before == state_of_all());
	}
}

/* Names of the functions in a header that take a workspace to change it. */
static void test_every_act_stands_in_the_table(void **state)
{
	static const char *const headers[] = {"engine/workflow/workflow.h",
					      "engine/workspace/workspace.h"};
	/* They take nothing that a person types, or change no document. */
	static const char *const others[] = {"fria_compare",
					     "fria_record",
					     "fria_workspace_write",
					     "fria_record_conclusion",
					     "fria_undo_back",
					     "fria_waiting_find",
					     "fria_replacement_make",
					     "fria_answer_try",
					     "fria_renew",
					     "fria_law_update",
					     "fria_waiting_known"};
	(void)state;
	for (size_t h = 0; h < 2; h++) {
		fria_buf text = FRIA_BUF_INIT;
		assert_int_equal(fria_file_read(&text, headers[h], NULL), 0);
		for (char *at = text.text; (at = strstr(at, "\nint fria_"));) {
			char *end = strchr(at, ';'), *name = at + 5;
			*end = '\0';
			name[strcspn(name, "(")] = '\0';
			char *rest = name + strlen(name) + 1;
			char *own = strstr(rest, "fria_workspace *ws");
			bool acts = own && (own < rest + 6 ||
					    strncmp(own - 6, "const ", 6) != 0);
			bool known = !acts;
			for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
				known = known || !strcmp(ways[i].of, name);
			for (size_t i = 0; i < sizeof others / sizeof *others;
			     i++)
				known = known || !strcmp(others[i], name);
			if (!known)
				fail_msg("%s takes a workspace and stands in "
					 "no row of this test",
					 name);
			at = end + 1;
		}
		fria_buf_dispose(&text);
	}
}

/* --- a small workspace --- */

static int setup(void **state)
{
	static const char bytes[] =
	    "{\"name\": \"Parkeren\", \"use\": {\"process\": \"Parkeren\"},"
	    "\"monitoring\": {\"fout\": {\"name\": \"Fout\"}}}";
	const fria_session session = {.lang = FRIA_NL,
				      .now = 1796000000,
				      .name = "R. Jansen",
				      .email = "r@example.org",
				      .committer_name = "R. Jansen",
				      .committer_email = "r@example.org"};
	char commit[FRIA_ID_SIZE], *at;
	fria_edited edited;
	fria_created created;
	size_t n;
	const fria_new_request r = {.application = APP,
				    .instrument = "iama-2.0"};
	(void)state;
	folder_make("r");
	at = fria_format("%s/ws", folder);
	assert_int_equal(
	    fria_workspace_init(at, "Zandmeer", FRIA_NL, &session, NULL), 0);
	assert_int_equal(fria_workspace_open(&ws, at, &session, NULL), 0);
	assert_int_equal(
	    fria_json_parse(&entry, "x", bytes, sizeof bytes - 1, NULL), 0);
	const fria_facts_file from = {.file = entry, .name = "entry.json"};
	assert_int_equal(fria_application_add(ws, APP, &from, NULL), 0);
	assert_int_equal(fria_assessment_create(&created, ws, &r, NULL), 0);
	fria_created_dispose(&created);
	fria_edit_target t = target_with(NULL, NULL);
	assert_int_equal(fria_answer(&edited, ws, &t, "Vergunningen", NULL), 0);
	assert_int_equal(fria_save(commit, &n, ws, NULL, NULL, NULL), 0);
	free(at);
	return 0;
}

static int teardown(void **state)
{
	fria_workspace_close(ws);
	json_decref(entry);
	return folder_remove(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_what_comes_in_is_clean),
	    cmocka_unit_test(test_no_act_takes_what_is_no_text),
	    cmocka_unit_test(test_no_act_takes_more_than_fits),
	    cmocka_unit_test(test_blank_is_nothing_where_something_is_asked),
	    cmocka_unit_test(test_a_measurement_is_finite),
	    cmocka_unit_test(test_every_act_stands_in_the_table),
	};
	fria_start(NULL);
	return cmocka_run_group_tests(tests, setup, teardown);
}
