/* SPDX-License-Identifier: EUPL-1.2 */
/* fria: finds the command, sets up who acts and when, and runs it. */
#include "cli.h"

#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* Of what can be shown as a page too. */
#define VIEW_OPTIONS                                                           \
	{"format", 0, "F", FRIA_W_opt_view_format},                            \
	{                                                                      \
		"output", 'o', "FILE", FRIA_W_opt_output                       \
	}

static const option init_options[] = {{"org", 0, "NAME", FRIA_W_opt_org},
				      {NULL, 0, NULL, 0}};
static const option add_options[] = {{"from", 0, "FILE", FRIA_W_opt_from},
				     {"entry", 0, "WHICH", FRIA_W_opt_entry},
				     {"format", 0, "F", FRIA_W_opt_format_from},
				     {NULL, 0, NULL, 0}};
static const option import_options[] = {{"yes", 0, NULL, FRIA_W_opt_yes},
					{NULL, 0, NULL, 0}};
static const option new_options[] = {
    {"name", 0, "NAME", FRIA_W_opt_name},
    {"from", 0, "APP/NAME", FRIA_W_opt_new_from},
    {"workspace", 0, "WHERE", FRIA_W_opt_workspace},
    {NULL, 0, NULL, 0}};
static const option migrate_options[] = {
    {"to", 0, "URN", FRIA_W_opt_migrate_to},
    {"name", 0, "NAME", FRIA_W_opt_name},
    {NULL, 0, NULL, 0}};
static const option answer_options[] = {
    {"file", 0, "FILE", FRIA_W_opt_file},
    {"row", 0, "ROW", FRIA_W_opt_row},
    {"note", 0, "TEXT", FRIA_W_opt_note},
    {"meeting", 0, "ID", FRIA_W_opt_meeting},
    {"dissent", 0, "TEXT", FRIA_W_opt_dissent},
    {"editorial", 0, NULL, FRIA_W_opt_editorial},
    {"save", 0, NULL, FRIA_W_opt_save},
    {NULL, 0, NULL, 0}};
static const option waive_options[] = {
    {"kind", 0, "K", FRIA_W_opt_kind},
    {"reason", 0, "TEXT", FRIA_W_opt_reason},
    {"reference", 0, "TEXT", FRIA_W_opt_reference},
    {"row", 0, "ROW", FRIA_W_opt_row},
    {"note", 0, "TEXT", FRIA_W_opt_note},
    {"save", 0, NULL, FRIA_W_opt_save},
    {NULL, 0, NULL, 0}};
static const option fill_options[] = {{"part", 0, "N", FRIA_W_opt_part},
				      {NULL, 0, NULL, 0}};
static const option confirm_options[] = {
    {"row", 0, "ROW", FRIA_W_opt_row},
    {"cause", 0, "ID", FRIA_W_opt_cause},
    {"all-stale", 0, NULL, FRIA_W_opt_all_stale},
    {"taken-over", 0, NULL, FRIA_W_opt_taken_over},
    {"ground", 0, "G", FRIA_W_opt_confirm_ground},
    {"note", 0, "TEXT", FRIA_W_opt_note},
    {"yes", 0, NULL, FRIA_W_opt_confirm_yes},
    {"save", 0, NULL, FRIA_W_opt_save},
    {NULL, 0, NULL, 0}};
static const option evidence_options[] = {
    {"title", 0, "TEXT", FRIA_W_opt_evidence_title},
    {"reference", 0, "CASE", FRIA_W_opt_evidence_reference},
    {"url", 0, "URL", FRIA_W_opt_evidence_url},
    {NULL, 0, NULL, 0}};
static const option withhold_options[] = {
    {"ground", 0, "G", FRIA_W_opt_ground},
    {"passage", 0, "TEXT", FRIA_W_opt_passage},
    {"row", 0, "ROW", FRIA_W_opt_row},
    {"note", 0, "TEXT", FRIA_W_opt_note},
    {"lift", 0, NULL, FRIA_W_opt_lift},
    {"disclose", 0, "TEXT", FRIA_W_opt_disclose},
    {NULL, 0, NULL, 0}};
static const option save_options[] = {
    {"message", 'm', "TEXT", FRIA_W_opt_message}, {NULL, 0, NULL, 0}};
static const option resolve_options[] = {
    {"ours", 0, NULL, FRIA_W_opt_ours},
    {"theirs", 0, NULL, FRIA_W_opt_theirs},
    {"value", 0, "TEXT", FRIA_W_opt_resolve_value},
    {"row", 0, "ROW", FRIA_W_opt_row},
    {"note", 0, "TEXT", FRIA_W_opt_note},
    {NULL, 0, NULL, 0}};
static const option status_options[] = {
    {"mine", 0, NULL, FRIA_W_opt_mine},
    {"as-of", 0, "DATE", FRIA_W_opt_as_of},
    {"format", 0, "F", FRIA_W_opt_status_format},
    {"output", 'o', "FILE", FRIA_W_opt_output},
    {"separator", 0, "C", FRIA_W_opt_separator},
    {"sort", 0, "COLUMN", FRIA_W_opt_sort},
    {"verdict", 0, "V", FRIA_W_opt_verdict},
    {"phase", 0, "P", FRIA_W_opt_phase},
    {NULL, 0, NULL, 0}};
static const option evaluate_options[] = {
    {"as-of", 0, "DATE", FRIA_W_opt_as_of},
    {"at", 0, "REV", FRIA_W_opt_at},
    VIEW_OPTIONS,
    {NULL, 0, NULL, 0}};
static const option pulse_options[] = {{"note", 0, "TEXT", FRIA_W_opt_note},
				       {NULL, 0, NULL, 0}};
static const option undo_options[] = {{"back", 0, NULL, FRIA_W_opt_undo_back},
				      {NULL, 0, NULL, 0}};
static const option form_options[] = {
    {"output", 'o', "FILE", FRIA_W_opt_output}, {NULL, 0, NULL, 0}};
static const option set_options[] = {
    {"from", 0, "FILE", FRIA_W_opt_from},
    {"entry", 0, "WHICH", FRIA_W_opt_entry},
    {"format", 0, "F", FRIA_W_opt_format_from},
    {"note", 0, "TEXT", FRIA_W_opt_note},
    {"wording", 0, "POINTER", FRIA_W_opt_wording},
    {NULL, 0, NULL, 0}};
static const option metric_options[] = {
    {"value", 0, "N", FRIA_W_opt_value},
    {"date", 0, "DATE", FRIA_W_opt_date},
    {"withdraw", 0, NULL, FRIA_W_opt_withdraw},
    {"note", 0, "TEXT", FRIA_W_opt_note},
    {NULL, 0, NULL, 0}};
static const option retire_options[] = {{"on", 0, "DATE", FRIA_W_opt_on},
					{"note", 0, "TEXT", FRIA_W_opt_note},
					{NULL, 0, NULL, 0}};
static const option gate_options[] = {
    {"release", 0, "R", FRIA_W_opt_gate_release},
    VIEW_OPTIONS,
    {NULL, 0, NULL, 0}};
static const option release_options[] = {
    {"wording", 0, "POINTER", FRIA_W_opt_wording},
    {"from", 0, "FILE", FRIA_W_opt_from},
    {"entry", 0, "WHICH", FRIA_W_opt_entry},
    {"format", 0, "F", FRIA_W_opt_format_from},
    {"partial", 0, NULL, FRIA_W_opt_partial},
    {"answers", 0, "FILE", FRIA_W_opt_answers},
    {"patch", 0, NULL, FRIA_W_opt_patch},
    {"correct", 0, NULL, FRIA_W_opt_correct},
    {"note", 0, "TEXT", FRIA_W_opt_note},
    {"dry-run", 0, NULL, FRIA_W_opt_release_dry},
    {"in-use-from", 0, "DATE", FRIA_W_opt_in_use_from},
    {NULL, 0, NULL, 0}};
static const option comment_options[] = {
    {"row", 0, "ROW", FRIA_W_opt_row},
    {"reply", 0, "ID", FRIA_W_opt_reply},
    {"resolve", 0, "ID", FRIA_W_opt_resolve},
    {"save", 0, NULL, FRIA_W_opt_save},
    VIEW_OPTIONS,
    {NULL, 0, NULL, 0}};
static const option meeting_options[] = {
    {"date", 0, "DATE", FRIA_W_opt_meeting_date},
    {"roles", 0, "A,B", FRIA_W_opt_meeting_roles},
    {"chair", 0, "NAME", FRIA_W_opt_chair},
    {"tasks", 0, "T,T", FRIA_W_opt_tasks},
    {"save", 0, NULL, FRIA_W_opt_save},
    VIEW_OPTIONS,
    {NULL, 0, NULL, 0}};
static const option ask_options[] = {{"role", 0, "ROLE", FRIA_W_opt_ask_role},
				     {"until", 0, "DATE", FRIA_W_opt_ask_until},
				     {"to", 0, "WHO", FRIA_W_opt_ask_to},
				     {NULL, 0, NULL, 0}};
static const option approve_options[] = {
    {"role", 0, "ROLE", FRIA_W_opt_role},
    {"note", 0, "TEXT", FRIA_W_opt_note},
    {"response", 0, "TEXT", FRIA_W_opt_response},
    {"phase", 0, "P", FRIA_W_opt_scope_phase},
    {"area", 0, "A;B", FRIA_W_opt_scope_area},
    {"valid-until", 0, "DATE", FRIA_W_opt_valid_until},
    {"condition", 0, "TEXT", FRIA_W_opt_condition},
    {"risk", 0, "TEXT", FRIA_W_opt_risk},
    {"conditions", 0, "FILE", FRIA_W_opt_conditions},
    {"risks", 0, "FILE", FRIA_W_opt_risks},
    {"on-behalf-of", 0, "NAME", FRIA_W_opt_behalf},
    {"reference", 0, "CASE", FRIA_W_opt_case},
    {"decided-on", 0, "DATE", FRIA_W_opt_decided_on},
    {"evidence", 0, "NAME", FRIA_W_opt_paper},
    {"editorial", 0, NULL, FRIA_W_opt_only_words},
    {"withdraw", 0, NULL, FRIA_W_opt_withdraw},
    {NULL, 0, NULL, 0}};
static const option adopt_options[] = {{"force", 0, NULL, FRIA_W_opt_force},
				       {"note", 0, "TEXT", FRIA_W_opt_note},
				       {NULL, 0, NULL, 0}};
static const option diff_options[] = {
    {"format", 0, "F", FRIA_W_opt_format_diff},
    {"stat", 0, NULL, FRIA_W_opt_stat},
    {"origin", 0, NULL, FRIA_W_opt_origin},
    {"workspace", 0, "WHERE", FRIA_W_opt_workspace},
    {"output", 'o', "FILE", FRIA_W_opt_output},
    {NULL, 0, NULL, 0}};
static const option log_options[] = {
    {"number", 'n', "N", FRIA_W_opt_number}, VIEW_OPTIONS, {NULL, 0, NULL, 0}};
static const option view_options[] = {VIEW_OPTIONS, {NULL, 0, NULL, 0}};
static const option report_options[] = {
    {"format", 0, "F", FRIA_W_opt_format_report},
    {"template", 0, "T", FRIA_W_opt_template},
    {"audience", 0, "A", FRIA_W_opt_audience},
    {"role", 0, "R", FRIA_W_opt_adviser},
    {"term", 0, "DATE", FRIA_W_opt_term},
    {"site", 0, "DIR", FRIA_W_opt_site},
    {"on", 0, "DATE", FRIA_W_opt_held},
    {"output", 'o', "FILE", FRIA_W_opt_output},
    {NULL, 0, NULL, 0}};
static const option out_options[] = {
    {"format", 0, "F", FRIA_W_opt_format_out},
    {"separator", 0, "C", FRIA_W_opt_separator},
    {"audience", 0, "A", FRIA_W_opt_audience},
    {"output", 'o', "FILE", FRIA_W_opt_output},
    {NULL, 0, NULL, 0}};
static const option in_options[] = {
    {"format", 0, "F", FRIA_W_opt_format_in},
    {"release", 0, "R", FRIA_W_opt_import_release},
    {"patch", 0, NULL, FRIA_W_opt_patch},
    {"older", 0, NULL, FRIA_W_opt_older},
    {"organisation", 0, "NAME", FRIA_W_opt_import_organisation},
    {NULL, 0, NULL, 0}};
static const option export_options[] = {
    {"output", 'o', "FILE", FRIA_W_opt_output}, {NULL, 0, NULL, 0}};

static const option register_push_options[] = {
    {"dry-run", 0, NULL, FRIA_W_opt_dry_run}, {NULL, 0, NULL, 0}};
static const option register_check_options[] = {
    {"entry", 0, "FILE", FRIA_W_opt_published},
    VIEW_OPTIONS,
    {NULL, 0, NULL, 0}};
static const option setup_git_options[] = {
    {"undo", 0, NULL, FRIA_W_opt_undo_setup}, {NULL, 0, NULL, 0}};
static const option sync_options[] = {
    {"renumber", 0, NULL, FRIA_W_opt_renumber}, {NULL, 0, NULL, 0}};

/* clang-format off */
/* What stands under it in "fria help", until the next. */
#define HEADING(word) {"", "", 0, 0, true, false, READS, word, NULL, NULL}
/* clang-format on */

const command commands[] = {
    HEADING(FRIA_W_help_begin),
    {"init", "[DIR] --org NAME", 0, 1, true, false, RECORDS, FRIA_W_sum_init,
     init_options, cmd_init},
    {"join", "ADDRESS [DIR]", 1, 2, true, false, RECORDS, FRIA_W_sum_join, NULL,
     cmd_join},
    {"app add", "ID [--from FILE]", 1, 1, false, false, RECORDS,
     FRIA_W_sum_app_add, add_options, cmd_app_add},
    {"import", "FILE [--release R] | APP/NAME FILE [--older]", 1, 2, false,
     true, EDITS, FRIA_W_sum_import, in_options, cmd_import},
    {"app form", "ID [-o FILE]", 1, 1, false, false, READS, FRIA_W_sum_app_form,
     form_options, cmd_app_form},
    {"app list", "[--format F] [-o FILE]", 0, 0, false, true, READS,
     FRIA_W_sum_app_list, view_options, cmd_app_list},
    {"app show", "ID [--format F] [-o FILE]", 1, 1, false, true, READS,
     FRIA_W_sum_app_show, view_options, cmd_app_show},
    {"app rename", "ID NEW", 2, 2, false, false, RECORDS, FRIA_W_sum_app_rename,
     NULL, cmd_app_rename},
    {"app remove", "ID", 1, 1, false, false, RECORDS, FRIA_W_sum_app_remove,
     NULL, cmd_app_remove},
    {"instrument list", "", 0, 0, false, true, READS,
     FRIA_W_sum_instrument_list, NULL, cmd_instrument_list},
    {"instrument show", "INSTRUMENT", 1, 1, false, true, READS,
     FRIA_W_sum_instrument_show, NULL, cmd_instrument_show},
    {"new",
     "APP|- INSTRUMENT [--name NAME] [--from APP/NAME[@vN] [--workspace "
     "WHERE]]",
     2, 2, false, false, EDITS, FRIA_W_sum_new, new_options, cmd_new},
    {"migrate", "APP/NAME --to URN [--name NAME]", 1, 1, false, true, RECORDS,
     FRIA_W_sum_migrate, migrate_options, cmd_migrate},
    HEADING(FRIA_W_help_fill),
    {"fill", "APP/NAME [--part N]", 1, 1, false, false, EDITS, FRIA_W_sum_fill,
     fill_options, cmd_fill},
    {"answer", "APP/NAME TASK [VALUE|-]", 2, 3, false, false, EDITS,
     FRIA_W_sum_answer, answer_options, cmd_answer},
    {"waive", "APP/NAME TASK --kind K --reason TEXT", 2, 2, false, false, EDITS,
     FRIA_W_sum_waive, waive_options, cmd_waive},
    {"comment",
     "APP/NAME [TASK TEXT] [--reply ID|--resolve ID] [--format F] [-o FILE]", 1,
     3, false, true, EDITS, FRIA_W_sum_comment, comment_options, cmd_comment},
    {"meeting", "APP/NAME [--date DATE --roles A,B] [--format F] [-o FILE]", 1,
     1, false, true, EDITS, FRIA_W_sum_meeting, meeting_options, cmd_meeting},
    {"evidence add",
     "APP FILE [--title TEXT] | APP --reference CASE --title TEXT [--url URL]",
     1, 2, false, false, EDITS, FRIA_W_sum_evidence_add, evidence_options,
     cmd_evidence_add},
    {"evidence list", "APP", 1, 1, false, true, READS, FRIA_W_sum_evidence_list,
     NULL, cmd_evidence_list},
    {"withhold",
     "APP/NAME TASK|APP POINTER --ground G|--lift, or APP[/NAME] --disclose "
     "TEXT",
     1, 2, false, false, EDITS, FRIA_W_sum_withhold, withhold_options,
     cmd_withhold},
    {"check", "[APP[/NAME]]", 0, 1, false, true, READS, FRIA_W_sum_check, NULL,
     cmd_check},
    {"undo", "APP/NAME [TASK] | APP | PATH | --back", 0, 2, false, false, EDITS,
     FRIA_W_sum_undo, undo_options, cmd_undo},
    {"remove", "APP/NAME | PATH", 1, 1, false, false, RECORDS,
     FRIA_W_sum_remove, NULL, cmd_remove},
    {"save", "[APP/NAME] [-m TEXT]", 0, 1, false, false, RECORDS,
     FRIA_W_sum_save, save_options, cmd_save},
    HEADING(FRIA_W_help_follow),
    {"release",
     "APP VERSION [--from FILE] [--answers FILE|--patch|--correct] [--dry-run]",
     2, 2, false, true, RECORDS, FRIA_W_sum_release, release_options,
     cmd_release},
    {"app set", "APP TITLE|POINTER VALUE | APP --from FILE", 1, 3, false, true,
     RECORDS, FRIA_W_sum_app_set, set_options, cmd_app_set},
    {"app metric", "APP METRIC --value N|--withdraw --note TEXT [--date DATE]",
     2, 2, false, true, RECORDS, FRIA_W_sum_app_metric, metric_options,
     cmd_app_metric},
    {"app pulse", "APP [--note TEXT]", 1, 1, false, true, RECORDS,
     FRIA_W_sum_app_pulse, pulse_options, cmd_app_pulse},
    {"evaluate", "APP/NAME [--as-of DATE] [--at REV] [--format F] [-o FILE]", 1,
     1, false, true, READS, FRIA_W_sum_evaluate, evaluate_options,
     cmd_evaluate},
    {"confirm",
     "APP/NAME TASK...|--cause ID [TASK...]|--all-stale|--taken-over "
     "--ground G|--note TEXT",
     1, SIZE_MAX, false, false, EDITS, FRIA_W_sum_confirm, confirm_options,
     cmd_confirm},
    {"status",
     "[APP] [--as-of DATE] [--format text|md|html|csv] [--sort COLUMN] | "
     "--mine "
     "[--format F]",
     0, 1, false, true, READS, FRIA_W_sum_status, status_options, cmd_status},
    {"gate", "APP [--release R] [--format F] [-o FILE]", 1, 1, false, true,
     READS, FRIA_W_sum_gate, gate_options, cmd_gate},
    {"retire", "APP --on DATE [--note TEXT]", 1, 1, false, false, RECORDS,
     FRIA_W_sum_retire, retire_options, cmd_retire},
    HEADING(FRIA_W_help_decide),
    {"diff", "APP/NAME [A [B] | --origin] [--stat] [--format F]", 1, 3, false,
     true, READS, FRIA_W_sum_diff, diff_options, cmd_diff},
    {"ask", "APP/NAME --role ROLE [--until DATE] [--to WHO]", 1, 1, false, true,
     RECORDS, FRIA_W_sum_ask, ask_options, cmd_ask},
    {"approve",
     "APP/NAME --role ROLE VALUE|--withdraw --note TEXT [--condition TEXT]... "
     "[--risk TEXT]...",
     1, 2, false, true, RECORDS, FRIA_W_sum_approve, approve_options,
     cmd_approve},
    {"adopt", "APP/NAME [--note TEXT] [--force]", 1, 1, false, false, RECORDS,
     FRIA_W_sum_adopt, adopt_options, cmd_adopt},
    HEADING(FRIA_W_help_show),
    {"report",
     "APP/NAME[@vN] [--on DATE] [--template T] [--format F] | --site DIR", 0, 1,
     false, false, READS, FRIA_W_sum_report, report_options, cmd_report},
    {"register export", "APP [-o FILE]", 1, 1, false, true, READS,
     FRIA_W_sum_register_export, export_options, cmd_register_export},
    {"register check", "APP [--entry FILE] [--format F] [-o FILE]", 1, 1, false,
     true, READS, FRIA_W_sum_register_check, register_check_options,
     cmd_register_check},
    {"register push", "APP [--dry-run]", 1, 1, false, true, RECORDS,
     FRIA_W_sum_register_push, register_push_options, cmd_register_push},
    {"export", "[APP/NAME[@vN]|APP|-] --format F [--audience A] [-o FILE|DIR]",
     0, 1, false, false, READS, FRIA_W_sum_export, out_options, cmd_export},
    HEADING(FRIA_W_help_past),
    {"log", "APP/NAME [-n N] [--format F] [-o FILE]", 1, 1, false, true, READS,
     FRIA_W_sum_log, log_options, cmd_log},
    {"blame", "APP/NAME [TASK] [--format F] [-o FILE]", 1, 2, false, true,
     READS, FRIA_W_sum_blame, view_options, cmd_blame},
    {"verify", "[APP/NAME] [--format F] [-o FILE]", 0, 1, false, true, READS,
     FRIA_W_sum_verify, view_options, cmd_verify},
    HEADING(FRIA_W_help_together),
    {"sync", "[REMOTE] [--renumber]", 0, 1, false, true, RECORDS,
     FRIA_W_sum_sync, sync_options, cmd_sync},
    {"conflicts", "[APP/NAME]", 0, 1, false, true, READS, FRIA_W_sum_conflicts,
     NULL, cmd_conflicts},
    {"resolve", "APP/NAME [TASK] --ours|--theirs|--value TEXT", 1, 2, false,
     false, EDITS, FRIA_W_sum_resolve, resolve_options, cmd_resolve},
    HEADING(FRIA_W_help_plumbing),
    {"instrument import", "FILE", 1, 1, false, false, EDITS,
     FRIA_W_sum_instrument_import, import_options, cmd_instrument_import},
    {"instrument update", "[INSTRUMENT] [--yes]", 0, 1, false, true, RECORDS,
     FRIA_W_sum_instrument_update, import_options, cmd_instrument_update},
    {"instrument check", "INSTRUMENT|FILE", 1, 1, false, true, READS,
     FRIA_W_sum_instrument_check, NULL, cmd_instrument_check},
    {"setup-git", "[--undo]", 0, 0, false, false, READS, FRIA_W_sum_setup_git,
     setup_git_options, cmd_setup_git},
    {"merge-file", "BASE OURS THEIRS [PATH]", 3, 4, true, false, READS,
     FRIA_W_sum_merge_file, NULL, cmd_merge_file},
    {"textconv", "FILE", 1, 1, true, false, READS, FRIA_W_sum_textconv, NULL,
     cmd_textconv},
    {"completion", "", 0, 0, true, false, READS, FRIA_W_sum_completion, NULL,
     cmd_completion},
    {"help", "[COMMAND]", 0, 2, true, false, READS, FRIA_W_sum_help, NULL,
     cmd_help},
    {"version", "", 0, 0, true, false, READS, FRIA_W_sum_version, NULL,
     cmd_version},
    {NULL, NULL, 0, 0, false, false, READS, 0, NULL, NULL}};

/* What "fria" alone is. */
static const command without = {
    "", "", 0, 0, true, false, READS, FRIA_W_cli_about, NULL, cmd_waiting};

/* --- who, when, in which language --- */

static void set_language(cli *c)
{
	const char *locale = getenv("LC_ALL");
	if (!locale || !*locale)
		locale = getenv("LC_MESSAGES");
	if (!locale || !*locale)
		locale = getenv("LANG");
	c->lang = locale && !strncmp(locale, "en", 2) ? FRIA_EN : FRIA_NL;
}

static void set_time(cli *c)
{
	const char *given = getenv("SOURCE_DATE_EPOCH");
	char *end = NULL;
	long long at = given ? strtoll(given, &end, 10) : 0;
	bool fixed = given && *given && !*end && at >= 0;
	time_t now = fixed ? (time_t)at : time(NULL);
	struct tm local;

	/* A fixed moment is on a day that no machine's settings decide. */
	if ((!fixed || getenv("TZ")) && localtime_r(&now, &local))
		c->session.offset = (int)(local.tm_gmtoff / 60);
	c->session.now = now;
}

static const char *from_git(fria_buf *out, const char *variable,
			    fria_store *store, const char *key)
{
	const char *value = getenv(variable);
	if (value && *value)
		fria_buf_puts(out, value);
	else
		fria_store_config(out, store, key);
	return out->n ? out->text : NULL;
}

/* As git: the environment first, then its configuration. */
static void set_people(cli *c, fria_session *s, fria_store *store)
{
	s->name = from_git(&c->author, "GIT_AUTHOR_NAME", store, "user.name");
	s->email = from_git(&c->email, "GIT_AUTHOR_EMAIL", store, "user.email");
	s->committer_name =
	    from_git(&c->committer, "GIT_COMMITTER_NAME", store, "user.name");
	s->committer_email = from_git(
	    &c->committer_email, "GIT_COMMITTER_EMAIL", store, "user.email");
}

/* --- the arguments before the command --- */

static int global(cli *c, int argc, char **argv, int *at, fria_error *err)
{
	for (; *at < argc && argv[*at][0] == '-'; ++*at) {
		const char *a = argv[*at];
		if (!strcmp(a, "--")) {
			++*at;
			return 0;
		}
		bool value = !strcmp(a, "-C") || !strcmp(a, "--lang");
		if (value && *at + 1 >= argc)
			return fria_fail(err, FRIA_EINPUT,
					 FRIA_W_cli_option_value, "option", a,
					 "command", "", NULL);
		if (!strcmp(a, "-C")) {
			c->folder = argv[++*at];
		} else if (!strcmp(a, "--lang")) {
			if (!fria_lang_parse(&c->lang, argv[++*at]))
				return fria_fail(err, FRIA_EINPUT,
						 FRIA_W_cli_bad_lang, "value",
						 argv[*at], NULL);
		} else if (!strcmp(a, "--json")) {
			c->json = true;
		} else if (!strcmp(a, "--verbose")) {
			c->verbose = true;
		} else if (!strcmp(a, "--help") || !strcmp(a, "-h")) {
			argv[*at] = (char *)(uintptr_t) "help";
			return 0;
		} else if (!strcmp(a, "--version")) {
			argv[*at] = (char *)(uintptr_t) "version";
			return 0;
		} else if (!command_forward(argc - *at, argv + *at)) {
			return fria_fail(err, FRIA_EINPUT,
					 FRIA_W_cli_unknown_option, "option", a,
					 "command", "", NULL);
		} else {
			return 0;
		}
	}
	return 0;
}

static int find(cli *c, int argc, char **argv, int *at, fria_error *err)
{
	static char name[] = "help", *help[] = {name};
	int used = 0, one;
	if (*at >= argc) {
		c->command = &without;
		return c->json ? fria_fail(err, FRIA_EINPUT, FRIA_W_cli_no_json,
					   "command", "", NULL)
			       : 0;
	}
	c->command = command_find(argc - *at, argv + *at, &used);
	/* "fria app --help" is "fria help app". */
	if (!c->command && argc - *at > 1 &&
	    (!strcmp(argv[*at + 1], "--help") ||
	     !strcmp(argv[*at + 1], "-h"))) {
		c->command = command_find(1, help, &one);
		argc = *at + 1;
	}
	if (!c->command)
		return command_refuse(argc - *at, argv + *at, err);
	*at += used;
	int code = options_parse(c, argc - *at, argv + *at, err);
	if (c->about)
		c->command = command_find(1, help, &one);
	if (!code && c->json && !c->command->json)
		code = fria_fail(err, FRIA_EINPUT, FRIA_W_cli_no_json,
				 "command", c->command->name, NULL);
	return code;
}

static int prepare(cli *c, fria_error *err)
{
	if (c->command->bare) {
		set_people(c, &c->session, NULL);
		return 0;
	}
	int code = fria_workspace_open(&c->ws, c->folder, &c->session, err);
	if (!code)
		set_people(c, &c->ws->session, c->ws->store);
	return code;
}

static bool wants_colour(void)
{
	const char *term = getenv("TERM"), *no = getenv("NO_COLOR");
	return isatty(STDOUT_FILENO) && !(no && *no) && term &&
	       strcmp(term, "dumb") != 0;
}

/* What is no terminal takes wide tables. */
static size_t width_of_output(void)
{
	struct winsize size;
	return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) || !size.ws_col
		   ? 132
		   : size.ws_col;
}

/* --- what the engine is lent --- */

/* How long a command waits for another one. */
enum { WAIT_SECONDS = 10 };

static void wake(int signal)
{
	(void)signal;
}

/* The signal does nothing but end what waits. */
static void waits(bool begins)
{
	const struct sigaction action = {.sa_handler = wake};
	if (begins)
		sigaction(SIGALRM, &action, NULL);
	alarm(begins ? WAIT_SECONDS : 0);
}

static const char *variable(const char *name)
{
	return getenv(name);
}

static const fria_host host = {.variable = variable, .waits = waits};

int main(int argc, char **argv)
{
	fria_error err = FRIA_ERROR_INIT;
	static typed_lines typed;
	cli c = {.folder = ".", .in = &typed};
	int at = 1, status = 2;
	setlocale(LC_CTYPE, "C");
	fria_start(&host);
	fria_buf_init(&c.author);
	fria_buf_init(&c.email);
	fria_buf_init(&c.committer);
	fria_buf_init(&c.committer_email);
	fria_buf_init(&c.out);
	set_language(&c);
	set_time(&c);
	c.progress = isatty(STDERR_FILENO);
	c.colour = wants_colour();
	c.width = width_of_output();
	int code = global(&c, argc, argv, &at, &err);
	c.session.lang = c.lang;
	if (!code)
		code = find(&c, argc, argv, &at, &err);
	if (!code)
		code = prepare(&c, &err);
	if (!code) {
		say_typed(&c);
		status = c.command->run(&c, &err);
	}
	if (!err.code && !c.told && !c.json && c.ws &&
	    fria_store_unsaved(c.ws->store))
		say(&c, FRIA_W_not_saved_yet, NULL);
	if (err.code) {
		status = 2;
		say_error(&c, &err);
	} else {
		int written = flush_out(&c);
		status = written ? written : status;
	}
	/* The system takes back at once what would be freed piece by piece. */
	exit(status);
}
