/* SPDX-License-Identifier: EUPL-1.2 */
/* Whether others changed what a page shows; it is asked for now and then. */
#include "page.h"

#include <stdlib.h>
#include <string.h>

/* "app/iama" of "a/app/iama/v/1.1.1"; NULL: it is about no assessment. */
static const char *name_in(page *p, const char *path)
{
	const char *app = path && !strncmp(path, "a/", 2) ? path + 2 : "";
	size_t n = strcspn(app, "/");
	size_t own = app[n] ? strcspn(app + n + 1, "/") : 0;
	return n && own ? page_format(p, "%.*s", (int)(n + 1 + own), app)
			: NULL;
}

static json_t *answers_at(const page *p, const char *name, const char *commit)
{
	fria_snapshot *s = NULL;
	json_t *answers = NULL;
	if (!fria_snapshot_load(&s, p->place->ws, name, commit, NULL))
		answers =
		    json_deep_copy(json_object_get(s->assessment, "answers"));
	fria_snapshot_free(s);
	return answers ? answers : json_object();
}

/* Questions that say something else by now. */
static size_t count_changed(page *p, const char *name, const char *since,
			    const char *head)
{
	json_t *then = answers_at(p, name, since);
	json_t *now = answers_at(p, name, head), *one;
	const char *task;
	size_t n = 0;
	json_object_foreach(now, task, one)
		n += !json_equal(one, json_object_get(then, task));
	json_object_foreach(then, task, one)
		n += !json_object_get(now, task);
	json_decref(then);
	json_decref(now);
	return n;
}

int page_live(page *p, fria_error *err)
{
	const serve_pairs *query = &p->request->query;
	const char *name = name_in(p, serve_pairs_find(query, "bij"));
	const char *since = serve_pairs_find(query, "sinds");
	char head[FRIA_ID_SIZE] = "";
	(void)err;
	fria_store_head(head, p->place->ws->store);
	bool moved = name && since && strlen(since) == strlen(head) &&
		     strcmp(since, head) != 0;
	json_t *out = fria_json_pack(
	    "{s:s, s:I}", "head", head, "changed",
	    (json_int_t)(moved ? count_changed(p, name, since, head) : 0));
	serve_pairs_add(&p->response->headers, "Content-Type",
			"application/json");
	fria_json_write_line(&p->response->body, out);
	json_decref(out);
	return 0;
}
