/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What somebody is typing: kept apart from the documents, for who types it
 * alone, until it is saved or thrown away.
 */
#include "page.h"

#include <stdlib.h>

static char *name_of(const page *p, const char *name, const char *task,
		     const char *row)
{
	return fria_format(row ? "drafts/%s/%s/%s~%s.json"
			       : "drafts/%s/%s/%s.json",
			   p->who->subject, name, task, row);
}

static char *copy(const json_t *draft, const char *member)
{
	const char *text = fria_json_text(draft, member);
	return text ? fria_strdup(text) : NULL;
}

bool page_draft_read(page_draft *out, const page *p, const char *name,
		     const char *task, const char *row)
{
	const serve_state *state = &p->place->state;
	char *file = name_of(p, name, task, row);
	fria_buf bytes = FRIA_BUF_INIT;
	json_t *json = NULL;
	*out = (page_draft){.text = NULL};
	if (state->read && state->read(state->data, file, &bytes) &&
	    !fria_json_parse(&json, file, bytes.text, bytes.n, NULL))
		*out = (page_draft){copy(json, "text"), copy(json, "from"),
				    copy(json, "page"), copy(json, "at")};
	json_decref(json);
	fria_buf_dispose(&bytes);
	free(file);
	if (out->text)
		return true;
	page_draft_dispose(out);
	return false;
}

int page_state_write(const page *p, const char *name, const json_t *json,
		     fria_error *err)
{
	const serve_state *state = &p->place->state;
	fria_buf bytes = FRIA_BUF_INIT;
	int code = fria_json_write_document(&bytes, name, json, err);
	int kept = code || !state->write
		       ? FRIA_EIO
		       : state->write(state->data, name, &bytes);
	if (!code && kept)
		code = kept == FRIA_EINPUT
			   ? fria_fail(err, FRIA_ENOTFOUND, FRIA_W_web_no_page,
				       "path", p->request->path, NULL)
			   : fria_fail(err, FRIA_EIO, FRIA_W_web_draft_failed,
				       NULL);
	fria_buf_dispose(&bytes);
	return code;
}

int page_draft_write(const page *p, const char *name, const char *task,
		     const char *row, const page_draft *draft, fria_error *err)
{
	char *file = name_of(p, name, task, row);
	fria_buf at = FRIA_BUF_INIT;
	fria_time_write(&at, p->now);
	json_t *json = fria_json_pack("{s:s, s:s*, s:s*, s:s}", "text",
				      draft->text, "from", draft->from, "page",
				      draft->page, "at", at.text);
	int code = page_state_write(p, file, json, err);
	json_decref(json);
	fria_buf_dispose(&at);
	free(file);
	return code;
}

void page_draft_drop(const page *p, const char *name, const char *task,
		     const char *row)
{
	const serve_state *state = &p->place->state;
	char *file = name_of(p, name, task, row);
	if (state->drop)
		state->drop(state->data, file);
	free(file);
}

void page_draft_dispose(page_draft *draft)
{
	free(draft->text);
	free(draft->from);
	free(draft->page);
	free(draft->at);
	*draft = (page_draft){.text = NULL};
}
