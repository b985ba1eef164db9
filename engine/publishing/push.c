/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The entry, sent to the register: to where the user's own configuration says,
 * with secrets from the environment or git's credential helper. Neither the
 * workspace nor an argument ever says where to or with which secret.
 */
#include "publishing_internal.h"

#include <stdlib.h>
#include <string.h>

#define SECONDS 30
/* People may have to type a password. */
#define HELPER_SECONDS 300

/* What the configuration says; owned. */
typedef struct {
	char *url, *organisation, *user, *token_url, *client;
	int seconds;
} configured;

/* --- configuration --- */

/* The user's and the system's, not the repository's. Owned, or NULL. */
static char *setting(const char *name)
{
	fria_buf value = FRIA_BUF_INIT;
	char *key = fria_format("fria.register.%s", name);
	bool there = fria_store_config_own(&value, NULL, key) && value.n;
	char *text = there ? fria_strdup(value.text) : NULL;
	while (text && *text && text[strlen(text) - 1] == '/')
		text[strlen(text) - 1] = '\0';
	fria_buf_dispose(&value);
	free(key);
	return text;
}

static void configure(configured *c)
{
	char *seconds = setting("timeout");
	*c = (configured){.url = setting("url"),
			  .organisation = setting("organisation"),
			  .user = setting("user"),
			  .token_url = setting("tokenurl"),
			  .client = setting("client")};
	c->seconds = seconds ? atoi(seconds) : 0;
	c->seconds = c->seconds > 0 ? c->seconds : SECONDS;
	if (!c->client)
		c->client = fria_strdup("authentication-client");
	free(seconds);
}

static void configured_dispose(configured *c)
{
	free(c->url);
	free(c->organisation);
	free(c->user);
	free(c->token_url);
	free(c->client);
}

/* EINPUT, naming the setting that is not there. */
static int need(const configured *c, const fria_push_request *q,
		fria_error *err)
{
	const char *missing = NULL;
	if (!c->url)
		missing = "url";
	else if (!c->organisation)
		missing = "organisation";
	else if (!q->token && !c->token_url)
		missing = "tokenurl";
	else if (!q->token && !c->user)
		missing = "user";
	return missing ? fria_fail(err, FRIA_EINPUT, FRIA_W_push_configure,
				   "name", missing, NULL)
		       : 0;
}

/* --- git's credential helper --- */

/* Runs it outside any repository, whose configuration could name programs. */
static int helper(fria_ran *ran, const char *what, const configured *c,
		  const char *password, fria_error *err)
{
	static const char *const env[] = {"GIT_DIR", "GIT_WORK_TREE",
					  "GIT_CONFIG_PARAMETERS",
					  "GIT_CONFIG_COUNT", NULL};
	const char *argv[] = {"git", "-C", "/", "credential", what, NULL};
	fria_buf input = FRIA_BUF_INIT;
	fria_buf_printf(&input, "url=%s\nusername=%s\n", c->token_url, c->user);
	if (password)
		fria_buf_printf(&input, "password=%s\n", password);
	fria_buf_putc(&input, '\n');
	const fria_program program = {.argv = argv,
				      .env = env,
				      .input = input.text,
				      .input_n = input.n,
				      .seconds = HELPER_SECONDS};
	int code = fria_run_caught(ran, &program, err);
	memset(input.text, 0, input.n);
	fria_buf_dispose(&input);
	return code;
}

static int ask_helper(char **password, const configured *c, fria_error *err)
{
	fria_ran ran;
	int code = helper(&ran, "fill", c, NULL, err);
	if (code)
		return code;
	const char *at = strstr(ran.out.text, "\npassword=");
	if (!ran.status && at)
		*password = fria_strndup(at + 10, strcspn(at + 10, "\n"));
	else
		code = fria_fail(err, FRIA_EREFUSED, FRIA_W_push_no_password,
				 "user", c->user, NULL);
	memset(ran.out.text, 0, ran.out.n);
	fria_ran_dispose(&ran);
	return code;
}

/* Tells the helper whether what it gave was right. */
static void tell_helper(const configured *c, const char *password, bool denied)
{
	fria_ran ran;
	if (!helper(&ran, denied ? "reject" : "approve", c, password, NULL))
		fria_ran_dispose(&ran);
}

/* --- what was sent is kept --- */

static json_t *with_sent(const fria_workspace *ws, const json_t *was,
			 const fria_pushed *out)
{
	json_t *now = json_copy((json_t *)(uintptr_t)was);
	json_t *sent = json_copy(out->entry);
	fria_buf at = FRIA_BUF_INIT;
	fria_time_write(&at, ws->session.now);
	json_object_set_new(sent, "lars", fria_json_string(out->pushed.lars));
	json_object_set_new(now, "sent", sent);
	json_object_set_new(now, "sent_at", fria_json_string(at.text));
	fria_buf_dispose(&at);
	return now;
}

static int keep_sent(fria_workspace *ws, const char *id, const fria_pushed *out,
		     fria_error *err)
{
	json_t *was = NULL;
	char *path = fria_workspace_path(id, "entry");
	int code = fria_act_begin(ws, NULL, err);
	if (!code) {
		code = publish_read_entry(&was, ws, path, err);
		if (!code) {
			json_t *now = with_sent(ws, was, out);
			code =
			    publish_keep(ws, id, now, FRIA_W_commit_sent, err);
			json_decref(now);
		}
		fria_act_end(ws);
	}
	json_decref(was);
	free(path);
	return code;
}

/* --- which entry is whose --- */

/* The code that an entry has in the register, as far as is known. */
static const char *code_of(const json_t *kept, const json_t *entry)
{
	const char *sent =
	    fria_json_text(json_object_get(kept, "sent"), "lars");
	return sent ? sent : fria_json_text(entry, "lars");
}

static bool is_same(const char *a, const char *b)
{
	return a && b && *a && !strcmp(a, b);
}

/* True if what another application sends would go to the same entry. */
static bool shares(const fria_workspace *ws, const char *other,
		   const fria_pushed *out)
{
	json_t *application = NULL, *kept = NULL;
	char *path = fria_workspace_path(other, "application");
	char *entry = fria_workspace_path(other, "entry");
	fria_workspace_json(&application, ws, NULL, path, NULL);
	fria_workspace_json(&kept, ws, NULL, entry, NULL);
	const json_t *received = json_object_get(kept, "received");
	const char *source = fria_json_text(
	    json_object_get(application, "register"), "source_id");
	if (!source)
		source = fria_json_text(received, "source_id");
	bool same =
	    is_same(source && *source ? source : other,
		    fria_json_text(out->entry, "source_id")) ||
	    is_same(code_of(kept, received),
		    code_of(out->published.kept, out->published.draft.entry));
	json_decref(application);
	json_decref(kept);
	free(path);
	free(entry);
	return same;
}

/* EREFUSED, naming the other, where two would overwrite each other's entry. */
static int refuse_shared(const fria_workspace *ws, const char *id,
			 const fria_pushed *out, fria_error *err)
{
	fria_strings ids = FRIA_STRINGS_INIT;
	int code = fria_workspace_applications(&ids, ws, NULL, err);
	for (size_t i = 0; i < ids.n && !code; i++)
		if (strcmp(ids.items[i], id) != 0 &&
		    shares(ws, ids.items[i], out))
			code = fria_fail(
			    err, FRIA_EREFUSED, FRIA_W_push_shared, "id", id,
			    "other", ids.items[i], "source",
			    fria_json_text(out->entry, "source_id"), NULL);
	fria_strings_dispose(&ids);
	return code;
}

/* --- the whole --- */

static int push(fria_pushed *out, fria_workspace *ws, const configured *c,
		const fria_push_request *q, fria_error *err)
{
	char *asked = NULL;
	fria_register_server server = {.url = c->url,
				       .organisation = c->organisation,
				       .token_url = c->token_url,
				       .client = c->client,
				       .user = c->user,
				       .password = q->password,
				       .token = q->token,
				       .seconds = c->seconds,
				       .lang = ws->session.lang,
				       .wait = q->wait,
				       .data = q->data};
	int code = fria_register_server_check(&server, err);
	if (!code && !q->token && !q->password) {
		code = ask_helper(&asked, c, err);
		server.password = asked;
	}
	if (!code)
		code = fria_register_push_entry(
		    &out->pushed, &server, out->entry,
		    code_of(out->published.kept, out->published.draft.entry),
		    err);
	if (asked && (out->pushed.denied || !code))
		tell_helper(c, asked, out->pushed.denied);
	if (asked)
		memset(asked, 0, strlen(asked));
	free(asked);
	return code;
}

/* The lock is not held while a network is waited for. */
static int draft(fria_pushed *out, fria_workspace *ws, const char *id,
		 fria_error *err)
{
	int code = fria_act_begin(ws, NULL, err);
	if (code)
		return code;
	code = publish_draft(&out->published, ws, id, err);
	fria_act_end(ws);
	if (!code &&
	    !fria_findings_worst(&out->published.findings, FRIA_SEVERE))
		out->entry =
		    fria_register_sendable(out->published.draft.entry, id);
	return code;
}

int fria_register_push(fria_pushed *out, fria_workspace *ws, const char *id,
		       const fria_push_request *q, fria_error *err)
{
	configured c;
	*out = (fria_pushed){.entry = NULL};
	configure(&c);
	int code = draft(out, ws, id, err);
	out->url = fria_strdup(c.url);
	if (!code && out->entry)
		code = refuse_shared(ws, id, out, err);
	if (!code && out->entry && !q->dry) {
		code = need(&c, q, err);
		if (!code)
			code = push(out, ws, &c, q, err);
		if (out->pushed.saved) {
			int kept = keep_sent(ws, id, out, code ? NULL : err);
			code = code ? code : kept;
		}
	}
	configured_dispose(&c);
	return code;
}

void fria_pushed_dispose(fria_pushed *out)
{
	fria_published_dispose(&out->published);
	fria_register_pushed_dispose(&out->pushed);
	json_decref(out->entry);
	free(out->url);
	*out = (fria_pushed){.entry = NULL};
}
