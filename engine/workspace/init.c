/* SPDX-License-Identifier: EUPL-1.2 */
/* Makes a workspace. It never touches one that exists. */
#include "workspace.h"

#include <stdlib.h>
#include <string.h>

#define ATTRIBUTES                                                             \
	"# Merging by lines would tear JSON apart: fria merges by meaning.\n"  \
	"*.json -merge text eol=lf\n" FRIA_ASSESSMENTS "/*/" FRIA_EVIDENCE     \
	"/** -text -diff\n"

typedef struct {
	fria_change *items;
	size_t n;
} changes;

static void add(changes *list, const char *path, const char *bytes, size_t n)
{
	*FRIA_PUSH(list) = (fria_change){.path = fria_strdup(path),
					 .bytes = fria_strndup(bytes, n),
					 .n = n,
					 .base = ""};
}

/* Who advises and who decides in a municipality: to be made one's own. */
static json_t *default_roles(void)
{
	static const char name[] = "assessments/roles.json";
	json_t *roles = NULL;
	size_t n = 0;
	const char *bytes = fria_embedded(name, &n);
	fria_json_parse(&roles, name, bytes, n, NULL);
	return roles;
}

static void add_config(changes *list, const fria_store *store,
		       const char *organisation, fria_lang lang)
{
	const char *prefix = fria_store_prefix(store);
	char *tags =
	    *prefix ? fria_format("fria-%s", prefix) : fria_strdup("fria");
	fria_buf bytes = FRIA_BUF_INIT;
	for (char *c = tags; *c; c++)
		if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789-", *c))
			*c = '-';
	json_t *config = fria_json_pack(
	    "{s:s, s:s, s:s, s:s, s:s}", "$schema",
	    "schemas/workspace.schema.json", "organisation", organisation,
	    "language", fria_lang_code(lang), "review", "P12M", "tags", tags);
	json_object_set_new(config, "roles", default_roles());
	fria_json_write(&bytes, config);
	add(list, FRIA_CONFIG, bytes.text, bytes.n);
	json_decref(config);
	fria_buf_dispose(&bytes);
	free(tags);
}

/* From when the law says what, as far as this program knows. */
static void add_law(changes *list)
{
	fria_buf bytes = FRIA_BUF_INIT;
	json_t *law = fria_law_built_in();
	fria_json_write(&bytes, law);
	add(list, FRIA_LAW, bytes.text, bytes.n);
	json_decref(law);
	fria_buf_dispose(&bytes);
}

/* What the program writes for readers and editors; a file to read that stands
 * there already stays. */
static void add_writings(changes *list, fria_store *store,
			 const char *organisation, fria_lang lang)
{
	fria_writings all;
	fria_writings_make(&all, organisation, lang);
	for (size_t i = 0; i < all.n; i++) {
		const fria_written *one = &all.items[i];
		if (strchr(one->path, '/') || !fria_store_has(store, one->path))
			add(list, one->path, one->bytes.text, one->bytes.n);
	}
	fria_writings_dispose(&all);
}

/* Keeps what an existing .gitattributes says. */
static int add_attributes(changes *list, fria_store *store, fria_error *err)
{
	fria_buf bytes = FRIA_BUF_INIT;
	fria_error absent = FRIA_ERROR_INIT;
	int code =
	    fria_store_read(&bytes, store, NULL, ".gitattributes", &absent);
	if (code && code != FRIA_ENOTFOUND) {
		if (err)
			*err = absent;
		fria_buf_dispose(&bytes);
		return code;
	}
	if (bytes.n && bytes.text[bytes.n - 1] != '\n')
		fria_buf_putc(&bytes, '\n');
	bool had = bytes.n > 0;
	if (!strstr(bytes.text, "*.json -merge"))
		fria_buf_puts(&bytes, ATTRIBUTES);
	add(list, ".gitattributes", bytes.text, bytes.n);
	code = had ? fria_store_write(store, ".gitattributes", bytes.text,
				      bytes.n, err)
		   : 0;
	fria_buf_dispose(&bytes);
	return code;
}

static void set_bases(changes *list, fria_store *store, const char *head,
		      char (*ids)[FRIA_ID_SIZE])
{
	for (size_t i = 0; i < list->n; i++)
		if (head && fria_store_blob_id(ids[i], store, head,
					       list->items[i].path))
			list->items[i].base = ids[i];
}

static int commit(fria_store *store, changes *list, const char *organisation,
		  const fria_session *s, fria_error *err)
{
	char head[FRIA_ID_SIZE], id[FRIA_ID_SIZE];
	bool born = fria_store_head(head, store);
	char(*ids)[FRIA_ID_SIZE] = fria_calloc(list->n, sizeof *ids);
	fria_buf message = FRIA_BUF_INIT;
	set_bases(list, store, born ? head : NULL, ids);
	fria_say(&message, s->lang, FRIA_W_commit_init, "organisation",
		 organisation, NULL);
	const fria_commit_request request = {
	    .changes = list->items,
	    .n = list->n,
	    .message = message.text,
	    .author_name = s->name,
	    .author_email = s->email,
	    .committer_name = s->committer_name ? s->committer_name : s->name,
	    .committer_email =
		s->committer_email ? s->committer_email : s->email,
	    .at = s->now,
	    .offset = s->offset};
	int code = fria_store_commit(id, store, &request, err);
	fria_buf_dispose(&message);
	free(ids);
	return code;
}

static int open_or_create(fria_store **out, const char *folder, fria_error *err)
{
	fria_error inner = FRIA_ERROR_INIT;
	int code = fria_folder_make(folder, err);
	if (code)
		return code;
	code = fria_store_open(out, folder, &inner);
	if (code == FRIA_ENOTFOUND)
		return fria_store_create(out, folder, err);
	if (code && err)
		*err = inner;
	return code;
}

int fria_workspace_init(const char *folder, const char *organisation,
			fria_lang lang, const fria_session *session,
			fria_error *err)
{
	fria_store *store = NULL;
	fria_strings kept = FRIA_STRINGS_INIT;
	fria_session who = *session;
	changes list = {NULL, 0};
	char *config = fria_format("%s/" FRIA_CONFIG, folder);
	const fria_entering texts[] = {
	    {&organisation, FRIA_LINE | FRIA_NEEDED, "--org"},
	    {NULL, FRIA_LINE, NULL}};
	int code = fria_enter(&kept, texts, err);
	if (!code && fria_path_exists(config))
		code = fria_fail(err, FRIA_EEXISTS, FRIA_W_workspace_exists,
				 "path", folder, NULL);
	if (!code)
		code = fria_session_enter(&kept, &who, err);
	if (!code)
		code = open_or_create(&store, folder, err);
	if (!code && fria_store_is_bare(store))
		code =
		    fria_fail(err, FRIA_EREFUSED, FRIA_W_bare_repository, NULL);
	if (!code)
		code = fria_store_lock(store, err);
	if (!code) {
		add_config(&list, store, organisation, lang);
		add_law(&list);
		add_writings(&list, store, organisation, lang);
		code = add_attributes(&list, store, err);
	}
	if (!code)
		code = commit(store, &list, organisation, &who, err);
	for (size_t i = 0; i < list.n; i++) {
		free((char *)(uintptr_t)list.items[i].path);
		free((char *)(uintptr_t)list.items[i].bytes);
	}
	free(list.items);
	if (store)
		fria_store_close(store);
	fria_strings_dispose(&kept);
	free(config);
	return code;
}
