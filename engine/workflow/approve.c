/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A role speaks: its advice, agreement, view or decision, recorded as one
 * commit by who gives it. The rules are living/approve.c's.
 */
#include "workflow_internal.h"

#include <stdlib.h>
#include <string.h>

/* A decision to use cannot stand where the assessment stays stopped. */
static int refuse_stopped(const fria_workspace *ws, const fria_snapshot *s,
			  fria_error *err)
{
	fria_standing then;
	fria_buf why = FRIA_BUF_INIT;
	int code = fria_standing_make(&then, ws, s, s->day, err);
	if (code)
		return code;
	if (then.result.verdict == FRIA_BLOCKED && !then.result.against) {
		fria_stopped_say(&why, &then.result, &then.input,
				 ws->session.lang);
		code = fria_fail(err, FRIA_EREFUSED, FRIA_W_approve_stopped,
				 "what", why.text, NULL);
	}
	fria_buf_dispose(&why);
	fria_standing_dispose(&then);
	return code;
}

/* "straatafval/iama: advice of lawyer: positive" */
static char *say_commit(const fria_workspace *ws, const fria_snapshot *s,
			const fria_approval *approval)
{
	fria_buf out = FRIA_BUF_INIT;
	char *name = fria_format("%s/%s", s->application_id, s->name);
	bool view = approval->kind == FRIA_ROLE_VIEW;
	fria_say(&out, ws->lang, FRIA_W_commit_approve, "assessment", name,
		 "kind", fria_approval_kind_say(approval, ws->lang), "role",
		 fria_role_title(json_object_get(ws->config, "roles"),
				 approval->role, ws->lang),
		 "value",
		 view ? "" : fria_approval_value_say(approval, ws->lang), NULL);
	while (view && out.n && strchr(": ", out.text[out.n - 1]))
		out.text[--out.n] = '\0';
	if (approval->on_behalf_of)
		fria_say(&out, ws->lang, FRIA_W_commit_behalf, "name",
			 approval->on_behalf_of, "reference",
			 approval->reference, NULL);
	if (approval->note)
		fria_buf_printf(&out, "\n\n%s\n", approval->note);
	free(name);
	return fria_buf_detach(&out);
}

/* What was said last in that role. */
static json_t *last_of(const json_t *list, const char *role)
{
	for (size_t i = json_array_size(list); i-- > 0;) {
		json_t *one = json_array_get(list, i);
		const char *own = fria_json_text(one, "role");
		if (own && !strcmp(own, role))
			return one;
	}
	return NULL;
}

static int record(bool *there, fria_workspace *ws, fria_snapshot *s,
		  json_t *approval, fria_error *err)
{
	const fria_approval own = fria_approval_of(approval);
	char commit[FRIA_ID_SIZE];
	json_t *list = json_object_get(s->assessment, "approvals");
	json_t *said = last_of(list, own.role);
	int code = 0;
	json_t *last = said ? fria_json_pack("[O]", said) : NULL;
	*there = editing_said(last, approval) != NULL;
	json_decref(last);
	if (*there)
		return 0;
	if (!list) {
		list = json_array();
		json_object_set_new(s->assessment, "approvals", list);
	}
	json_array_append(list, approval);
	fria_assessment_order(s->assessment, s->instrument);
	if (own.kind == FRIA_ROLE_DECISION && own.said != FRIA_SAID_RETURNED &&
	    !fria_approval_forbids(&own))
		code = refuse_stopped(ws, s, err);
	if (!code) {
		char *message = say_commit(ws, s, &own);
		const fria_recorded one = {s->path, s->assessment, NULL};
		code = fria_record(commit, ws, &one, 1, message, err);
		free(message);
	}
	return code;
}

/* --- four eyes, by history: living/approve.c looks at the document --- */

/* The commit of the last adopted version; "" if there is none. */
static int last_version(char out[FRIA_ID_SIZE], const fria_workspace *ws,
			const fria_snapshot *s, fria_error *err)
{
	fria_tag tag = {0};
	size_t n = fria_snapshot_last(ws, s->application_id, s->name);
	out[0] = '\0';
	if (!n)
		return 0;
	int code =
	    fria_snapshot_version(&tag, ws, s->application_id, s->name, n, err);
	if (!code)
		memcpy(out, tag.target, FRIA_ID_SIZE);
	fria_tag_dispose(&tag);
	return code;
}

/* Who wrote an answer that another person confirmed has still written it. */
static int refuse_own_words(const fria_workspace *ws, const fria_snapshot *s,
			    const json_t *record, fria_error *err)
{
	const fria_approval approval = fria_approval_of(record);
	char head[FRIA_ID_SIZE], since[FRIA_ID_SIZE];
	fria_strings tasks = FRIA_STRINGS_INIT;
	if ((approval.kind != FRIA_ROLE_DECISION &&
	     approval.kind != FRIA_ROLE_AGREEMENT) ||
	    approval.editorial || approval.said == FRIA_SAID_RETURNED ||
	    fria_is_recorded(&approval) || !fria_store_head(head, ws->store))
		return 0;
	char *name = fria_format("%s/%s", s->application_id, s->name);
	int code = last_version(since, ws, s, err);
	if (!code)
		code = fria_wrote(&tasks, ws, name, head,
				  since[0] ? since : NULL, approval.by, err);
	if (!code && tasks.n)
		code = fria_fail(err, FRIA_EREFUSED, FRIA_W_approve_own_words,
				 "what", tasks.items[0], NULL);
	fria_strings_dispose(&tasks);
	free(name);
	return code;
}

static int make(json_t **approval, const fria_workspace *ws,
		const fria_snapshot *s, const fria_approval_request *request,
		fria_error *err)
{
	fria_standing standing;
	fria_approval_request own = *request;
	char *by = fria_format("%s <%s>", ws->session.name, ws->session.email);
	own.by = by;
	own.at = ws->session.now;
	own.offset = ws->session.offset;
	own.lang = ws->session.lang;
	int code = fria_standing_make(&standing, ws, s, s->day, err);
	if (!code) {
		code = fria_approval_make(approval, &standing.result,
					  &standing.input, &own, err);
		fria_standing_dispose(&standing);
	}
	free(by);
	return code;
}

/* The role's last word, or the last that stands of a day; by this person, if
 * there is one. */
static json_t *word_to_withdraw(const fria_workspace *ws,
				const fria_snapshot *s, const char *role,
				const char *day)
{
	char *by = fria_format("%s <%s>", ws->session.name, ws->session.email);
	json_t *found = NULL, *one;
	bool own = false;
	size_t i;
	json_array_foreach(json_object_get(s->assessment, "approvals"), i,
			   one) {
		const char *its = fria_json_text(one, "role");
		bool same = fria_same_person(fria_json_text(one, "by"), by);
		if (!its || strcmp(its, role) != 0 || (own && !same) ||
		    !withdraw_may(one, "at", day))
			continue;
		found = one;
		own = same;
	}
	free(by);
	return found;
}

int fria_approve_withdraw(json_t **out, fria_workspace *ws, const char *name,
			  const char *role, const char *day, const char *note,
			  fria_error *err)
{
	fria_snapshot *s;
	char commit[FRIA_ID_SIZE];
	const fria_entering texts[] = {
	    {&day, FRIA_DAY, "--date"},
	    {&note, FRIA_PROSE | FRIA_OPTIONAL, "--note"},
	    {NULL, FRIA_LINE, NULL}};
	int code = saved_begin(&s, ws, name, texts, err);
	if (code)
		return code;
	const json_t *roles = json_object_get(ws->config, "roles");
	/* A role that is gone from fria.json may still have said something. */
	fria_role_read(&role, roles, role, ws->session.lang, NULL);
	const char *title = fria_role_title(roles, role, ws->session.lang);
	json_t *word = word_to_withdraw(ws, s, role, day);
	if (!word || fria_is_withdrawn(word))
		code = withdraw_none(word, "at", title, err);
	if (!code)
		code = withdraw_refuse(ws, fria_json_text(word, "by"), err);
	if (!code)
		code = withdraw_mark(word, ws, note, err);
	if (!code) {
		fria_buf message = FRIA_BUF_INIT;
		const fria_recorded one = {s->path, s->assessment, NULL};
		fria_say(&message, ws->lang, FRIA_W_commit_withdraw_word,
			 "assessment", name, "role",
			 fria_role_title(roles, role, ws->lang), NULL);
		fria_buf_printf(&message, "\n\n%s\n", note);
		code = fria_record(commit, ws, &one, 1, message.text, err);
		fria_buf_dispose(&message);
	}
	if (!code)
		*out = json_incref(word);
	saved_end(s, ws);
	return code;
}

/* The name of a piece of evidence that is there, from that name or the link
 * that an answer has; an address stays one. */
static int find_paper(char **out, const fria_workspace *ws,
		      const fria_snapshot *s, const char *text, fria_error *err)
{
	const char *at = text ? strstr(text, FRIA_EVIDENCE "/") : NULL;
	if (!text || !strncmp(text, "https://", 8) ||
	    !strncmp(text, "http://", 7)) {
		*out = text ? fria_strdup(text) : NULL;
		return 0;
	}
	at = at ? at + strlen(FRIA_EVIDENCE "/") : text;
	char *name = fria_strndup(at, strcspn(at, ") \t"));
	char *path = fria_evidence_path(s->application_id, name);
	fria_path_state state = FRIA_PATH_ABSENT;
	int code = *name && !strchr(name, '/') && *name != '.'
		       ? fria_store_state(&state, ws->store, path, err)
		       : 0;
	free(path);
	if (code) {
		free(name);
		return code;
	}
	if (state != FRIA_PATH_ABSENT && state != FRIA_PATH_REMOVED) {
		*out = name;
		return 0;
	}
	free(name);
	return fria_fail(err, FRIA_ENOTFOUND, FRIA_W_approve_evidence, "what",
			 text, "application", s->application_id, NULL);
}

int fria_approve(json_t **out, bool *there, fria_workspace *ws,
		 const char *name, const fria_approval_request *request,
		 fria_error *err)
{
	fria_snapshot *s = NULL;
	json_t *approval = NULL, *conditions = NULL, *risks = NULL;
	char *paper = NULL;
	fria_approval_request own = *request;
	const fria_entering texts[] = {
	    {&own.note, FRIA_PROSE | FRIA_OPTIONAL, "--note"},
	    {&own.response, FRIA_PROSE | FRIA_OPTIONAL, "--response"},
	    {&own.phase, FRIA_LINE | FRIA_OPTIONAL, "--phase"},
	    {&own.area, FRIA_LINE | FRIA_OPTIONAL, "--area"},
	    {&own.valid_until, FRIA_DAY, "--valid-until"},
	    {&own.on_behalf_of, FRIA_LINE | FRIA_OPTIONAL, "--on-behalf-of"},
	    {&own.reference, FRIA_LINE | FRIA_OPTIONAL, "--reference"},
	    {&own.decided_on, FRIA_DAY, "--decided-on"},
	    {&own.evidence, FRIA_LINE | FRIA_OPTIONAL, "--evidence"},
	    {NULL, FRIA_LINE, NULL}};
	int code =
	    fria_json_enter(&conditions, own.conditions, "--conditions", err);
	if (!code)
		code = fria_json_enter(&risks, own.risks, "--risks", err);
	own.conditions = conditions;
	own.risks = risks;
	if (!code)
		code = saved_begin(&s, ws, name, texts, err);
	if (code)
		goto out;
	code = find_paper(&paper, ws, s, own.evidence, err);
	own.evidence = paper;
	if (!code)
		code = make(&approval, ws, s, &own, err);
	if (!code)
		code = refuse_own_words(ws, s, approval, err);
	if (!code)
		code = record(there, ws, s, approval, err);
	if (code)
		json_decref(approval);
	else
		*out = approval;
	saved_end(s, ws);
out:
	free(paper);
	json_decref(conditions);
	json_decref(risks);
	return code;
}
