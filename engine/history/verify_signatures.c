/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Signatures, where the workspace asks for them: fria.json names the file of
 * those who may sign. git itself checks them, with the program that it uses;
 * this only compares what it says with the author.
 */
#include "history_internal.h"

#include <stdlib.h>
#include <string.h>

/* The letter of %G?, then who signed; both owned by the text. */
typedef struct {
	char state;
	const char *signer;
} verdict;

static char *signers_option(const fria_workspace *ws)
{
	const char *signers = fria_json_text(ws->config, "signers");
	return signers ? fria_format("gpg.ssh.allowedSignersFile=%s/%s",
				     fria_store_folder(ws->store), signers)
		       : NULL;
}

static int run_git(fria_ran *ran, const fria_workspace *ws,
		   const char *const args[], fria_error *err)
{
	char *option = signers_option(ws);
	const char *argv[16] = {"git", "-C", fria_store_folder(ws->store), "-c",
				option};
	size_t n = 5;
	for (size_t i = 0; args[i]; i++)
		argv[n++] = args[i];
	const fria_program program = {.argv = argv, .seconds = 60};
	int code = fria_run_caught(ran, &program, err);
	free(option);
	return code;
}

/* The address between < and >, or the whole. */
static bool same_address(const char *author, const char *signer)
{
	const char *from = strrchr(author, '<');
	size_t n = from ? strcspn(from + 1, ">") : 0;
	if (!from || !n)
		return false;
	for (const char *at = signer; *at; at++)
		if (!strncasecmp(at, from + 1, n) &&
		    (at == signer || at[-1] == '<') &&
		    (at[n] == '\0' || at[n] == '>'))
			return true;
	return false;
}

static void judge(fria_findings *out, const char *path, const char *commit,
		  const verdict *v, const char *author, const char *committer)
{
	bool forge = committer && strcmp(author, committer) != 0;
	fria_word word = FRIA_W_verify_unsigned;
	fria_severity severity = FRIA_SEVERE;
	bool good = (v->state == 'G' || v->state == 'U') && v->signer[0];
	if (good && same_address(author, v->signer))
		return;
	if (good)
		word = FRIA_W_verify_signer_other;
	else if (v->state != 'N')
		word = FRIA_W_verify_signature_bad;
	if (forge && v->state != 'B' &&
	    (!good || same_address(committer, v->signer))) {
		word = FRIA_W_verify_forge;
		severity = FRIA_WARNING;
	}
	fria_finding *f =
	    fria_findings_add(out, severity, word, path, NULL, "who", author,
			      "committer", committer ? committer : "–",
			      "signer", v->signer[0] ? v->signer : "–", NULL);
	f->revision = fria_strdup(commit);
}

/* --- commits --- */

/* Did the workspace ask for it there, or just before? */
static bool asked(const fria_workspace *ws, const char *commit)
{
	json_t *config = NULL;
	bool is =
	    !fria_workspace_json(&config, ws, commit, "fria.json", NULL) &&
	    fria_json_text(config, "signers");
	json_decref(config);
	return is;
}

typedef struct {
	fria_findings *out;
	const fria_workspace *ws;
	const char *path;
	int code;
	fria_error *err;
} signatures;

static bool check_commit(void *data, const fria_commit *commit)
{
	signatures *s = data;
	const char *const args[] = {"log", "-1", "--format=%G? %GS", commit->id,
				    NULL};
	fria_ran ran;
	bool must =
	    asked(s->ws, commit->id) ||
	    (commit->parents.n && asked(s->ws, commit->parents.items[0]));
	if (!must)
		return true;
	s->code = run_git(&ran, s->ws, args, s->err);
	if (s->code)
		return false;
	ran.out.text[strcspn(ran.out.text, "\n")] = '\0';
	verdict v = {ran.out.n ? ran.out.text[0] : 'N',
		     ran.out.n > 2 ? ran.out.text + 2 : ""};
	judge(s->out, s->path, commit->id, &v, commit->author,
	      commit->committer);
	fria_ran_dispose(&ran);
	return true;
}

static bool asks(const fria_workspace *ws)
{
	return fria_json_text(ws->config, "signers") &&
	       !fria_store_is_bare(ws->store);
}

int verify_signatures(fria_findings *out, const fria_workspace *ws,
		      const char *const paths[], fria_error *err)
{
	char head[FRIA_ID_SIZE];
	signatures s = {out, ws, paths[0], 0, err};
	if (!asks(ws) || !fria_store_head(head, ws->store))
		return 0;
	int code =
	    fria_store_log(ws->store, head, paths, check_commit, &s, err);
	return code ? code : s.code;
}

/* --- tags --- */

/* "Good "git" signature for a@example.org with ...", and GnuPG's GOODSIG. */
static void read_verdict(verdict *out, const fria_ran *ran)
{
	static const char *const before[] = {"signature for ", "] GOODSIG "};
	*out = (verdict){strstr(ran->err.text, "no signature") ? 'N' : 'B', ""};
	for (size_t i = 0; i < 2 && !ran->status; i++) {
		char *at = strstr(ran->err.text, before[i]);
		if (!at)
			continue;
		at += strlen(before[i]);
		at[i ? strcspn(at, "\n") : strcspn(at, " ")] = '\0';
		*out = (verdict){'G', at};
		return;
	}
}

void verify_tag_signature(fria_findings *out, const fria_workspace *ws,
			  const fria_tag *tag)
{
	const char *const args[] = {"verify-tag", "--raw", tag->name, NULL};
	fria_ran ran;
	verdict v;
	if (!asks(ws) || !tag->tagger || !asked(ws, tag->target))
		return;
	if (run_git(&ran, ws, args, NULL))
		return;
	read_verdict(&v, &ran);
	judge(out, tag->name, tag->target, &v, tag->tagger, NULL);
	fria_ran_dispose(&ran);
}
