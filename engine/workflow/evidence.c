/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Evidence: what an answer points at, kept beside the assessments and named by
 * its content. It records nothing, and no answer rests on it.
 */
#include "../data/markdown.h"
#include "workflow_internal.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Characters of a title. */
#define TITLE_MAX 200
/* Characters of a file's ending. */
#define ENDING_MAX 8

static bool ends(const char *text, const char *ending)
{
	size_t n = strlen(text), m = strlen(ending);
	return n >= m && !strcasecmp(text + n - m, ending);
}

/* --- names --- */

bool evidence_named(const char *name)
{
	return fria_evidence_mark(name) && !strchr(name, '/');
}

bool evidence_is_document(const char *name)
{
	return ends(name, ".json");
}

bool evidence_is_what_it_says(const char *name, const fria_buf *bytes)
{
	char digest[FRIA_SHA256_SIZE];
	fria_sha256(digest, bytes->text, bytes->n);
	return !strncmp(digest, name, fria_evidence_mark(name));
}

/* ".pdf" of "Report 2.PDF"; nothing where what follows a dot is no ending. A
 * document is one of ours, so another's becomes text. */
static void put_ending(fria_buf *out, const char *dot)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
	size_t n = dot ? strlen(dot + 1) : 0;
	if (!n || n > ENDING_MAX || strspn(dot + 1, letters) != n)
		return;
	for (; *dot; dot++)
		fria_buf_putc(out, *dot >= 'A' && *dot <= 'Z'
				       ? (char)(*dot - 'A' + 'a')
				       : *dot);
	if (evidence_is_document(out->text))
		fria_buf_puts(out, ".txt");
}

/* The whole digest, and "-report-2.pdf". New. */
static char *make_name(const fria_buf *content, const char *own)
{
	char digest[FRIA_SHA256_SIZE];
	fria_buf slug = FRIA_BUF_INIT, out = FRIA_BUF_INIT;
	const char *dot = strrchr(own, '.');
	char *stem = dot && dot != own ? fria_strndup(own, (size_t)(dot - own))
				       : fria_strdup(own);
	if (fria_utf8_invalid(stem, strlen(stem)) == strlen(stem))
		fria_slug(&slug, stem);
	fria_sha256(digest, content->text, content->n);
	fria_buf_printf(&out, "%s-%s", digest, slug.n ? slug.text : "file");
	put_ending(&out, dot && dot != own ? dot : NULL);
	fria_buf_dispose(&slug);
	free(stem);
	return fria_buf_detach(&out);
}

/* What an answer has to hold to point at it. New. */
static char *make_link(const char *name, const char *title)
{
	fria_buf out = FRIA_BUF_INIT;
	bool picture =
	    ends(name, ".png") || ends(name, ".jpg") || ends(name, ".jpeg");
	fria_buf_puts(&out, picture ? "![" : "[");
	fria_markdown_escape(&out, title);
	fria_buf_printf(&out, "](evidence/%s)", name);
	return fria_buf_detach(&out);
}

/* --- what may come in --- */

int evidence_check_application(const fria_workspace *ws, const char *id,
			       fria_error *err)
{
	fria_path_state state = FRIA_PATH_ABSENT;
	char *path = fria_workspace_path(id, "application");
	int code =
	    fria_id_ok(id) ? fria_store_state(&state, ws->store, path, err) : 0;
	if (!code && (state == FRIA_PATH_ABSENT || state == FRIA_PATH_REMOVED))
		code = fria_workspace_no_application(ws, id, err);
	free(path);
	return code;
}

static int check_title(const char *title, fria_error *err)
{
	size_t n = title ? strlen(title) : 0;
	bool utf8 = title && fria_utf8_invalid(title, n) == n;
	if (utf8 && !fria_text_blank(title) &&
	    fria_utf8_count(title, n) <= TITLE_MAX)
		return 0;
	return fria_fail(err, FRIA_EINPUT, FRIA_W_evidence_title, NULL);
}

static int check_request(const fria_evidence_request *r, fria_error *err)
{
	const char *url = r->url;
	if (!r->file == !r->reference || (r->file && url))
		return fria_fail(err, FRIA_EINPUT, FRIA_W_evidence_what, NULL);
	if (url && (!fria_markdown_url_ok(url) || strncmp(url, "http", 4) != 0))
		return fria_fail(err, FRIA_EINPUT, FRIA_W_evidence_url, "url",
				 url, NULL);
	if (r->reference && check_title(r->reference, NULL))
		return fria_fail(err, FRIA_EINPUT, FRIA_W_evidence_case, NULL);
	return r->reference || r->title ? check_title(r->title, err) : 0;
}

/* The file that is to be attached, whole. */
static int read_file(fria_buf *out, const fria_evidence_request *r,
		     fria_error *err)
{
	fria_error inner = FRIA_ERROR_INIT;
	const char *path = r->file;
	if (!strcmp(path, "-"))
		return fria_fail(err, FRIA_EINPUT, FRIA_W_evidence_what, NULL);
	int code = r->bytes ? 0 : fria_file_read(out, path, &inner);
	if (r->bytes)
		fria_buf_put(out, r->bytes->text, r->bytes->n);
	if (code == FRIA_ELIMIT || (!code && out->n > FRIA_EVIDENCE_MAX))
		return fria_fail(err, FRIA_ELIMIT, FRIA_W_evidence_large,
				 "path", path, "limit", "20", NULL);
	if (code && err)
		*err = inner;
	return !code && !out->n
		   ? fria_fail(err, FRIA_EINPUT, FRIA_W_evidence_empty, "path",
			       path, NULL)
		   : code;
}

/* --- one that is there already --- */

/* The name under which the content is there; NULL if it is not. */
static int find_twin(char **out, const fria_workspace *ws,
		     const char *application, const fria_buf *content,
		     const char *name, fria_error *err)
{
	fria_strings names = FRIA_STRINGS_INIT;
	fria_buf bytes = FRIA_BUF_INIT;
	char *folder = fria_evidence_path(application, "");
	int code = fria_store_list(&names, ws->store, NULL, folder, err);
	for (size_t i = 0; i < names.n && !code && !*out; i++) {
		const char *one = names.items[i];
		if (!evidence_named(one) ||
		    strncmp(one, name, fria_evidence_mark(one)) != 0 ||
		    evidence_is_document(one) != evidence_is_document(name))
			continue;
		char *path = fria_evidence_path(application, one);
		code = fria_store_read_bytes(&bytes, ws->store, path, err);
		if (!code && bytes.n == content->n &&
		    !memcmp(bytes.text, content->text, bytes.n))
			*out = fria_strdup(one);
		else if (!code && !strcmp(one, name))
			code = fria_fail(err, FRIA_EREFUSED,
					 FRIA_W_evidence_altered, "name", one,
					 NULL);
		free(path);
	}
	fria_buf_dispose(&bytes);
	fria_strings_dispose(&names);
	free(folder);
	return code;
}

/* --- add --- */

/* What is about to be kept, and what is said of it. */
typedef struct {
	fria_buf content;
	char *name, *title; /* of its own, where none was given */
} piece;

static int take_file(piece *p, const fria_evidence_request *r, fria_error *err)
{
	const char *slash = strrchr(r->file, '/');
	const char *own = slash ? slash + 1 : r->file;
	int code = read_file(&p->content, r, err);
	if (code)
		return code;
	p->name = make_name(&p->content, own);
	p->title = fria_strdup(
	    r->title						 ? r->title
	    : fria_utf8_invalid(own, strlen(own)) == strlen(own) ? own
								 : p->name);
	return 0;
}

static void take_reference(piece *p, const fria_evidence_request *r)
{
	json_t *document =
	    fria_json_pack("{s:s, s:s, s:s, s:s*}", "$schema",
			   "../../../schemas/evidence.schema.json", "title",
			   r->title, "reference", r->reference, "url", r->url);
	fria_json_write(&p->content, document);
	json_decref(document);
	char *own = fria_format("%s.", r->title);
	char *name = make_name(&p->content, own);
	p->name = fria_format("%s.json", name);
	p->title = fria_strdup(r->title);
	free(name);
	free(own);
}

/* The attachment, and its title in a document beside it. */
static int write_piece(const fria_workspace *ws, const fria_evidence_request *r,
		       const piece *p, const char *path, fria_error *err)
{
	char *own = fria_format("%s.json", path);
	json_t *document =
	    fria_json_pack("{s:s, s:s*, s:s}", "$schema",
			   "../../../schemas/evidence.schema.json", "title",
			   r->title, "file", p->name);
	const fria_recorded documents[] = {{path, NULL, &p->content},
					   {own, document, NULL}};
	int code = fria_workspace_write_all(ws, documents,
					    r->file && r->title ? 2 : 1, err);
	json_decref(document);
	free(own);
	return code;
}

static int keep(fria_evidence_added *out, const fria_workspace *ws,
		const fria_evidence_request *r, const piece *p, fria_error *err)
{
	char *twin = NULL, *path = fria_evidence_path(r->application, p->name);
	int code = evidence_check_application(ws, r->application, err);
	if (!code)
		code = find_twin(&twin, ws, r->application, &p->content,
				 p->name, err);
	if (!code && !twin)
		code = write_piece(ws, r, p, path, err);
	if (!code)
		*out = (fria_evidence_added){
		    .name = fria_strdup(twin ? twin : p->name),
		    .link = make_link(twin ? twin : p->name, p->title),
		    .there = twin != NULL};
	free(path);
	free(twin);
	return code;
}

int fria_evidence_add(fria_evidence_added *out, fria_workspace *ws,
		      const fria_evidence_request *asked, fria_error *err)
{
	piece p = {FRIA_BUF_INIT, NULL, NULL};
	fria_evidence_request request = *asked;
	const fria_entering texts[] = {
	    {&request.title, FRIA_LINE, "--title"},
	    {&request.reference, FRIA_LINE, "--reference"},
	    {&request.url, FRIA_LINE, "--url"},
	    {NULL, FRIA_LINE, NULL}};
	*out = (fria_evidence_added){NULL, NULL, false};
	int code = fria_act_begin(ws, texts, err);
	if (code)
		return code;
	code = check_request(&request, err);
	if (!code && request.file)
		code = take_file(&p, &request, err);
	else if (!code)
		take_reference(&p, &request);
	if (!code)
		code = keep(out, ws, &request, &p, err);
	fria_act_end(ws);
	fria_buf_dispose(&p.content);
	free(p.title);
	free(p.name);
	return code;
}

void fria_evidence_added_dispose(fria_evidence_added *added)
{
	free(added->name);
	free(added->link);
}

/* --- with answers --- */

int evidence_keep(char **name, void *keeper, const char *title,
		  const fria_buf *bytes, fria_error *err)
{
	evidence_keeper *k = keeper;
	const char *type = fria_picture_type(bytes);
	bool jpeg = type && !strcmp(type, "image/jpeg");
	char *own = fria_format("%s.%s", title, jpeg ? "jpg" : "png");
	char *twin = NULL, *made = make_name(bytes, own);
	int code = find_twin(&twin, k->ws, k->application, bytes, made, err);
	free(own);
	for (size_t i = 0; i < k->n && !code && !twin; i++)
		if (!strncmp(k->items[i].name, made, FRIA_SHA256_SIZE - 1))
			twin = fria_strdup(k->items[i].name);
	if (!code)
		*name = fria_strdup(twin ? twin : made);
	if (!code && !twin) {
		evidence_piece *one = FRIA_PUSH(k);
		*one = (evidence_piece){
		    fria_strdup(made), fria_evidence_path(k->application, made),
		    FRIA_BUF_INIT};
		fria_buf_put(&one->bytes, bytes->text, bytes->n);
	}
	free(made);
	free(twin);
	return code;
}

fria_recorded *evidence_documents(size_t *n, const evidence_keeper *keeper,
				  const json_t *assessment)
{
	fria_strings named = FRIA_STRINGS_INIT;
	fria_recorded *out = fria_calloc(keeper->n + 1, sizeof *out);
	*n = 0;
	fria_evidence_mentioned_all(&named,
				    json_object_get(assessment, "answers"));
	for (size_t i = 0; i < keeper->n; i++)
		if (fria_strings_has(&named, keeper->items[i].name))
			out[(*n)++] =
			    (fria_recorded){keeper->items[i].path, NULL,
					    &keeper->items[i].bytes};
	fria_strings_dispose(&named);
	return out;
}

void evidence_keeper_dispose(evidence_keeper *keeper)
{
	for (size_t i = 0; i < keeper->n; i++) {
		free(keeper->items[i].name);
		free(keeper->items[i].path);
		fria_buf_dispose(&keeper->items[i].bytes);
	}
	free(keeper->items);
}
