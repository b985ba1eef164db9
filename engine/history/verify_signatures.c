/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Signatures, where the workspace asks for them: fria.json names the file of
 * those who may sign. Whether a commit must be signed, and by whom, is what
 * its parents' documents say, so that no commit lifts the demand that it is
 * under. git checks signatures with the programs of the user's own; this only
 * compares what it says with the author.
 */
#include "history_internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* 'G' good, 'N' none, 'E' of a key that is not known, 'B' bad; who signed. */
typedef struct {
	char state;
	char *signer; /* owned; "" */
} verdict;

/* --- who may sign --- */

/* A list that git can read: of one blob at a time. */
typedef struct {
	char blob[FRIA_ID_SIZE];
	char *file; /* NULL: none yet */
} signers;

static void signers_dispose(signers *s)
{
	if (s->file)
		fria_file_remove(s->file);
	free(s->file);
	s->file = NULL;
}

/* A list that is not there, or cannot be read, has nobody on it. */
static int signers_take(signers *s, const fria_workspace *ws, const char *blob,
			fria_error *err)
{
	const char *folder = fria_variable("TMPDIR");
	fria_buf bytes = FRIA_BUF_INIT;
	if (s->file && !strcmp(s->blob, blob))
		return 0;
	signers_dispose(s);
	char *stem = fria_format("%s/fria-signers-",
				 folder && *folder ? folder : "/tmp");
	if (*blob && fria_store_read_blob(&bytes, ws->store, blob, NULL))
		fria_buf_clear(&bytes);
	int code = fria_file_new(&s->file, stem, bytes.text, bytes.n, err);
	free(stem);
	fria_buf_dispose(&bytes);
	memcpy(s->blob, blob, FRIA_ID_SIZE);
	return code;
}

/* The path of the list that a fria.json names, by its blob; or NULL. */
static char *list_of(const fria_workspace *ws, const char *blob)
{
	fria_buf bytes = FRIA_BUF_INIT;
	json_t *config = NULL;
	if (*blob && !fria_store_read_blob(&bytes, ws->store, blob, NULL))
		fria_json_parse(&config, blob, bytes.text, bytes.n, NULL);
	const char *list = config ? fria_json_text(config, "signers") : NULL;
	/* One that leads nowhere has nobody on it, as fria.json itself. */
	char *path =
	    !list ? NULL
		  : fria_strdup(fria_store_is_path(list) ? list : FRIA_CONFIG);
	json_decref(config);
	fria_buf_dispose(&bytes);
	return path;
}

/* --- what git says of one signature --- */

/* The rest of the line that begins so, or NULL; the caller frees. */
static char *rest_of(const char *text, const char *begin)
{
	size_t n = strlen(begin);
	while (*text) {
		if (!strncmp(text, begin, n))
			return fria_strndup(text + n, strcspn(text + n, "\n"));
		text += strcspn(text, "\n");
		text += *text == '\n';
	}
	return NULL;
}

static bool has_line(const char *text, const char *begin)
{
	char *rest = rest_of(text, begin);
	free(rest);
	return rest != NULL;
}

/* What ssh-keygen says to people, and gpg to programs. */
static void read_verdict(verdict *out, const fria_ran *ran)
{
	const char *said = ran->err.text;
	char *ssh = rest_of(said, "Good \"git\" signature for ");
	char *gpg = rest_of(said, "[GNUPG:] GOODSIG ");
	*out = (verdict){.state = 'B'};
	if (!ran->status && ssh)
		*out = (verdict){'G', fria_strndup(ssh, strcspn(ssh, " "))};
	else if (!ran->status && gpg)
		*out = (verdict){'G', fria_strdup(gpg)};
	else if (!*said || has_line(said, "error: no signature"))
		out->state = 'N';
	else if (has_line(said, "Good \"git\" signature with ") ||
		 has_line(said, "[GNUPG:] ERRSIG "))
		out->state = 'E';
	if (!out->signer)
		out->signer = fria_strdup("");
	free(ssh);
	free(gpg);
}

/* command: verify-commit or verify-tag; blob: the list, "" for nobody. */
static int ask_git(verdict *out, signers *s, const fria_workspace *ws,
		   const char *command, const char *id, const char *blob,
		   fria_error *err)
{
	int code = signers_take(s, ws, blob, err);
	char *list =
	    fria_format("gpg.ssh.allowedSignersFile=%s", code ? "" : s->file);
	const char *const args[] = {"-c", list, command, "--raw", id, NULL};
	const fria_git git = {.args = args, .seconds = 60};
	fria_ran ran;
	if (!code)
		code = fria_store_git(&ran, ws->store, &git, err);
	free(list);
	if (code)
		return code;
	read_verdict(out, &ran);
	fria_ran_dispose(&ran);
	return 0;
}

/* --- compared with the author --- */

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
	bool good = v->state == 'G' && v->signer[0];
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

/* What every fria.json that ever stood there named. */
typedef struct {
	struct {
		char blob[FRIA_ID_SIZE];
		char *list; /* NULL: it asks nothing */
	} * items;
	size_t n;
} demands;

typedef struct {
	fria_findings *out;
	const fria_workspace *ws;
	char *paths[2]; /* of the one assessment that is meant; or NULL */
	demands demands;
	fria_strings watched; /* fria.json, what must be signed, the lists */
	signers signers;
	int code;
	fria_error *err;
} signatures;

static const char *demanded(const signatures *s, const fria_stood *at)
{
	for (size_t i = s->demands.n; i-- > 0;)
		if (!strcmp(s->demands.items[i].blob, at->entries[0]))
			return s->demands.items[i].list;
	return NULL;
}

static bool note_demand(void *data, const fria_stood *at,
			const fria_stood *parents, size_t n)
{
	signatures *s = data;
	(void)parents;
	(void)n;
	for (size_t i = s->demands.n; i-- > 0;)
		if (!strcmp(s->demands.items[i].blob, at->entries[0]))
			return true;
	char *list = list_of(s->ws, at->entries[0]);
	size_t i = s->demands.n;
	(void)FRIA_PUSH(&s->demands);
	memcpy(s->demands.items[i].blob, at->entries[0], FRIA_ID_SIZE);
	s->demands.items[i].list = list;
	if (list && !fria_strings_has(&s->watched, list))
		fria_strings_add(&s->watched, list);
	return true;
}

static bool differs(const signatures *s, const fria_stood *a,
		    const fria_stood *b)
{
	for (size_t i = 0; i < s->watched.n; i++)
		if (strcmp(a->entries[i], b->entries[i]) != 0)
			return true;
	return false;
}

static bool is_meant(const signatures *s, const char *path)
{
	static const char documents[] = FRIA_ASSESSMENTS "/";
	return !s->paths[0] || !strcmp(path, s->paths[0]) ||
	       !strcmp(path, s->paths[1]) ||
	       strncmp(path, documents, sizeof documents - 1) != 0;
}

/* The first of what it changed that is meant; NULL: nothing. */
static char *place_of(const signatures *s, const fria_stood *at,
		      const fria_stood *before)
{
	fria_sides sides = {NULL, 0};
	char *place = NULL;
	if (!before)
		return fria_strdup(FRIA_CONFIG);
	if (fria_store_between(&sides, s->ws->store, before->commit, at->commit,
			       NULL))
		place = fria_strdup(FRIA_CONFIG);
	for (size_t i = 0; i < sides.n && !place; i++) {
		const char *own =
		    fria_store_own_path(s->ws->store, sides.items[i].path);
		if (own && is_meant(s, own))
			place = fria_strdup(own);
	}
	fria_sides_dispose(&sides);
	return place;
}

/* Under the list that stood at one place; true if that is in order. */
static bool holds_under(signatures *s, const fria_commit *commit,
			const fria_stood *at, const fria_stood *asker,
			const char *place, fria_findings *found)
{
	const char *list = demanded(s, asker);
	size_t i = 0, before = found->n;
	verdict v;
	while (strcmp(s->watched.items[i], list) != 0)
		i++;
	s->code = ask_git(&v, &s->signers, s->ws, "verify-commit", at->commit,
			  asker->entries[i], s->err);
	if (s->code)
		return true;
	judge(found, place, at->commit, &v, commit->author, commit->committer);
	free(v.signer);
	return found->n == before;
}

/*
 * Each parent that asks and that it differs from is enough; the one that first
 * asks is under its own list.
 */
static bool check_commit(void *data, const fria_stood *at,
			 const fria_stood *parents, size_t n)
{
	signatures *s = data;
	fria_findings found = FRIA_FINDINGS_INIT;
	fria_commit commit = {0};
	char *place = NULL;
	bool asked = false, good = false;
	for (size_t i = 0; i < n && !good && !s->code; i++) {
		bool asks = demanded(s, &parents[i]) != NULL;
		asked = asked || asks;
		if (!asks || !differs(s, at, &parents[i]))
			continue;
		if (!place)
			place = place_of(s, at, &parents[i]);
		if (!place)
			continue;
		if (!commit.author)
			s->code = fria_store_commit_read(&commit, s->ws->store,
							 at->commit, s->err);
		fria_findings_dispose(&found);
		good = s->code ||
		       holds_under(s, &commit, at, &parents[i], place, &found);
	}
	if (!asked && demanded(s, at) &&
	    (place = place_of(s, at, n ? parents : NULL)) &&
	    !(s->code = fria_store_commit_read(&commit, s->ws->store,
					       at->commit, s->err)))
		good = holds_under(s, &commit, at, at, place, &found);
	for (size_t i = 0; i < found.n && !good; i++)
		*FRIA_PUSH(s->out) = found.items[i];
	if (!good)
		found.n = 0;
	fria_findings_dispose(&found);
	fria_commit_dispose(&commit);
	free(place);
	return !s->code;
}

static int check_all(signatures *s, const char *head)
{
	static const char *const folders[] = {
	    FRIA_ASSESSMENTS, FRIA_INSTRUMENTS, FRIA_TEMPLATES, FRIA_SCHEMAS};
	fria_strings paths = FRIA_STRINGS_INIT;
	const char *const config[] = {FRIA_CONFIG, NULL};
	int code =
	    fria_store_each(s->ws->store, head, config, note_demand, s, s->err);
	bool asks = s->watched.n > 0;
	fria_strings_add(&paths, config[0]);
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
		fria_strings_add(&paths, folders[i]);
	for (size_t i = 0; i < s->watched.n; i++)
		fria_strings_add(&paths, s->watched.items[i]);
	fria_strings_dispose(&s->watched);
	s->watched = paths;
	const char **list = fria_calloc(paths.n + 1, sizeof *list);
	for (size_t i = 0; i < paths.n; i++)
		list[i] = paths.items[i];
	if (!code && asks)
		code = fria_store_each(s->ws->store, head, list, check_commit,
				       s, s->err);
	free(list);
	return code ? code : s->code;
}

int verify_signatures(fria_findings *out, const fria_workspace *ws,
		      const char *name, fria_error *err)
{
	char head[FRIA_ID_SIZE], *application = NULL, *own = NULL;
	signatures s = {.out = out, .ws = ws, .err = err};
	if (!fria_store_head(head, ws->store))
		return 0;
	int code =
	    name ? fria_workspace_name(&application, &own, name, err) : 0;
	if (!code && name) {
		s.paths[0] = fria_workspace_path(application, "application");
		s.paths[1] = fria_workspace_path(application, own);
	}
	if (!code)
		code = check_all(&s, head);
	for (size_t i = 0; i < s.demands.n; i++)
		free(s.demands.items[i].list);
	free(s.demands.items);
	fria_strings_dispose(&s.watched);
	signers_dispose(&s.signers);
	free(s.paths[0]);
	free(s.paths[1]);
	free(application);
	free(own);
	return code;
}

/* --- tags --- */

void verify_tag_signature(fria_findings *out, const fria_workspace *ws,
			  const fria_tag *tag)
{
	char config[FRIA_ID_SIZE] = "", blob[FRIA_ID_SIZE] = "";
	signers s = {.file = NULL};
	verdict v;
	fria_store_blob_id(config, ws->store, tag->target, FRIA_CONFIG);
	char *list = tag->tagger ? list_of(ws, config) : NULL;
	if (!list)
		return;
	if (!fria_store_blob_id(blob, ws->store, tag->target, list))
		blob[0] = '\0';
	if (!ask_git(&v, &s, ws, "verify-tag", tag->id, blob, NULL)) {
		judge(out, tag->name, tag->target, &v, tag->tagger, NULL);
		free(v.signer);
	}
	signers_dispose(&s);
	free(list);
}
