/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Documents and instruments that were read before, by their bytes or the id of
 * those: one that stands in many commits, or beside many assessments, is parsed
 * once. It holds no more than a few.
 */
#include "workspace_internal.h"

#include <stdlib.h>
#include <string.h>

enum { INSTRUMENTS = 16, DOCUMENTS = 8, PASTS = 4 };

struct fria_kept {
	struct {
		fria_buf bytes;
		char id[FRIA_ID_SIZE]; /* "": not asked yet */
		fria_instrument *instrument;
	} instruments[INSTRUMENTS];
	size_t instruments_n;
	struct {
		char id[FRIA_ID_SIZE];
		json_t *json;
	} documents[DOCUMENTS]; /* the oldest makes room */
	size_t next;
	struct {
		char *name; /* APP/NAME; NULL: empty */
		fria_instrument *in;
		kept_forms forms;
	} pasts[PASTS]; /* the oldest makes room */
	size_t next_past;
	struct {
		fria_buf bytes;
		json_t *of;
	} law;
	struct {
		char head[FRIA_ID_SIZE];
		json_t *of; /* id to former ids, as HEAD has them */
	} former;
	fria_strings doubts; /* "ID WAS": not so */
	struct {
		fria_buf note; /* as it was when it was read */
		json_t *of;
	} lines;
	json_t *remembered; /* name to [key, value] */
	/* By path: choices that the work tree has as texts, and that were read
	 * as ids; of those that were written since, how many. */
	json_t *unsettled;
	size_t settled;
};

fria_kept *kept_new(void)
{
	return fria_calloc(1, sizeof(fria_kept));
}

static void free_instrument(fria_kept *kept, size_t at)
{
	fria_buf_dispose(&kept->instruments[at].bytes);
	fria_instrument_free(kept->instruments[at].instrument);
}

static void free_past(fria_kept *kept, size_t at)
{
	free(kept->pasts[at].name);
	fria_instrument_free(kept->pasts[at].in);
	json_decref(kept->pasts[at].forms.of);
	json_decref(kept->pasts[at].forms.read);
}

void kept_free(fria_kept *kept)
{
	if (!kept)
		return;
	for (size_t i = 0; i < kept->instruments_n; i++)
		free_instrument(kept, i);
	for (size_t i = 0; i < DOCUMENTS; i++)
		json_decref(kept->documents[i].json);
	for (size_t i = 0; i < PASTS; i++)
		free_past(kept, i);
	fria_buf_dispose(&kept->law.bytes);
	json_decref(kept->law.of);
	json_decref(kept->former.of);
	fria_buf_dispose(&kept->lines.note);
	json_decref(kept->lines.of);
	json_decref(kept->remembered);
	fria_strings_dispose(&kept->doubts);
	json_decref(kept->unsettled);
	free(kept);
}

void keep_unsettled(fria_kept *kept, const char *path, size_t n)
{
	if (!kept->unsettled)
		kept->unsettled = json_object();
	if (n)
		json_object_set_new(kept->unsettled, path,
				    json_integer((json_int_t)n));
}

size_t kept_unsettled(const fria_kept *kept, const fria_recorded *documents,
		      size_t n)
{
	size_t count = 0;
	for (size_t i = 0; i < n && json_object_size(kept->unsettled); i++)
		count += (size_t)json_integer_value(
		    json_object_get(kept->unsettled, documents[i].path));
	return count;
}

void keep_settled(fria_kept *kept, const fria_recorded *documents, size_t n)
{
	kept->settled += kept_unsettled(kept, documents, n);
	for (size_t i = 0; i < n && json_object_size(kept->unsettled); i++)
		json_object_del(kept->unsettled, documents[i].path);
}

size_t fria_workspace_settled(const fria_workspace *ws)
{
	return ws->kept->settled;
}

static bool same_bytes(const fria_buf *a, const fria_buf *b)
{
	return a->n == b->n && (!b->n || !memcmp(a->text, b->text, b->n));
}

fria_instrument *kept_instrument(fria_kept *kept, const char *id)
{
	for (size_t i = 0; i < kept->instruments_n; i++) {
		char *own = kept->instruments[i].id;
		const fria_buf *bytes = &kept->instruments[i].bytes;
		if (!own[0])
			fria_digest_bytes(own, bytes->text, bytes->n);
		if (!strcmp(own, id))
			return fria_instrument_keep(
			    kept->instruments[i].instrument);
	}
	return NULL;
}

fria_instrument *kept_instrument_read(const fria_kept *kept,
				      const fria_buf *bytes)
{
	for (size_t i = 0; i < kept->instruments_n; i++)
		if (same_bytes(&kept->instruments[i].bytes, bytes))
			return fria_instrument_keep(
			    kept->instruments[i].instrument);
	return NULL;
}

void keep_instrument(fria_kept *kept, const char *id, fria_buf *bytes,
		     fria_instrument *in)
{
	size_t at = kept->instruments_n;
	if (at == INSTRUMENTS)
		return;
	memcpy(kept->instruments[at].id, id, strlen(id) + 1);
	kept->instruments[at].bytes = *bytes;
	*bytes = (fria_buf)FRIA_BUF_INIT;
	kept->instruments[at].instrument = fria_instrument_keep(in);
	kept->instruments_n++;
}

json_t *kept_law(const fria_kept *kept, const fria_buf *bytes)
{
	return kept->law.of && same_bytes(&kept->law.bytes, bytes)
		   ? json_incref(kept->law.of)
		   : NULL;
}

void keep_law(fria_kept *kept, fria_buf *bytes, json_t *law)
{
	fria_buf_dispose(&kept->law.bytes);
	json_decref(kept->law.of);
	kept->law.bytes = *bytes;
	*bytes = (fria_buf)FRIA_BUF_INIT;
	kept->law.of = json_incref(law);
}

json_t *kept_document(const fria_kept *kept, const char *id)
{
	for (size_t i = 0; i < DOCUMENTS; i++)
		if (kept->documents[i].json &&
		    !strcmp(kept->documents[i].id, id))
			return json_incref(kept->documents[i].json);
	return NULL;
}

void keep_document(fria_kept *kept, const char *id, json_t *json)
{
	size_t at = kept->next++ % DOCUMENTS;
	json_decref(kept->documents[at].json);
	memcpy(kept->documents[at].id, id, FRIA_ID_SIZE);
	kept->documents[at].json = json_incref(json);
}

static kept_forms share(const kept_forms *forms)
{
	return (kept_forms){json_incref(forms->of), json_incref(forms->read)};
}

kept_forms kept_forms_of(fria_kept *kept, const char *name, fria_instrument *in)
{
	for (size_t i = 0; i < PASTS; i++)
		if (kept->pasts[i].name && kept->pasts[i].in == in &&
		    !strcmp(kept->pasts[i].name, name))
			return share(&kept->pasts[i].forms);
	size_t at = kept->next_past++ % PASTS;
	free_past(kept, at);
	kept->pasts[at].name = fria_strdup(name);
	kept->pasts[at].in = fria_instrument_keep(in);
	kept->pasts[at].forms = (kept_forms){json_object(), json_object()};
	return share(&kept->pasts[at].forms);
}

json_t *kept_former(const fria_kept *kept, const char *head, const char *id)
{
	return strcmp(kept->former.head, head) != 0
		   ? NULL
		   : json_incref(json_object_get(kept->former.of, id));
}

void keep_former(fria_kept *kept, const char *head, const char *id,
		 json_t *former)
{
	if (!kept->former.of || strcmp(kept->former.head, head) != 0) {
		json_decref(kept->former.of);
		kept->former.of = json_object();
		memcpy(kept->former.head, head, FRIA_ID_SIZE);
	}
	json_object_set(kept->former.of, id, former);
}

bool kept_doubts(const fria_kept *kept, const char *id, const char *was)
{
	char *both = fria_format("%s %s", id, was);
	bool doubts = fria_strings_has(&kept->doubts, both);
	free(both);
	return doubts;
}

void keep_doubt(fria_kept *kept, const char *id, const char *was)
{
	char *both = fria_format("%s %s", id, was);
	fria_strings_add(&kept->doubts, both);
	free(both);
	kept->former.head[0] = '\0';
}

void kept_lines(json_t **own, json_t **others, const fria_workspace *ws,
		const char *name)
{
	const fria_kept *kept = ws->kept;
	fria_buf now = FRIA_BUF_INIT;
	fria_note_bytes(&now, ws, name);
	*own = kept->lines.of ? json_incref(kept->lines.of) : json_object();
	*others = same_bytes(&now, &kept->lines.note)
		      ? json_object()
		      : fria_note_read(ws, name);
	fria_buf_dispose(&now);
}

void keep_lines(const fria_workspace *ws, json_t *lines, const char *name)
{
	fria_kept *kept = ws->kept;
	if (name) {
		fria_buf_clear(&kept->lines.note);
		fria_note_bytes(&kept->lines.note, ws, name);
		json_decref(kept->lines.of);
		kept->lines.of = json_incref(lines);
	} else if (kept->lines.of) {
		json_object_update(kept->lines.of, lines);
	}
}

const json_t *fria_recalled(const fria_workspace *ws, const char *name,
			    const char *key)
{
	const json_t *one = json_object_get(ws->kept->remembered, name);
	const char *made_from = json_string_value(json_array_get(one, 0));
	return made_from && !strcmp(made_from, key) ? json_array_get(one, 1)
						    : NULL;
}

void fria_remember(const fria_workspace *ws, const char *name, const char *key,
		   json_t *value)
{
	if (!ws->kept->remembered)
		ws->kept->remembered = json_object();
	json_object_set_new(ws->kept->remembered, name,
			    fria_json_pack("[s, o]", key, value));
}
