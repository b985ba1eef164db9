/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Pictures that answers show: evidence, as it stood with the assessment. It
 * gives none that is not a PNG or JPEG, nor more than a page can bear.
 */
#include "publishing_internal.h"

#include <stdlib.h>
#include <string.h>

/* Of all on a page. */
#define ALL_MAX ((size_t)12 << 20)
/* Addresses that are looked at. */
#define TRIED_MAX 1000

/* NAME of evidence/NAME and nothing further down, or NULL. */
static const char *name_in(const char *address)
{
	static const char place[] = FRIA_EVIDENCE "/";
	const char *own = strncmp(address, "./", 2) ? address : address + 2;
	const char *name = own + strlen(place);
	if (strncmp(own, place, strlen(place)) != 0 || !*name || *name == '.' ||
	    strchr(name, '/'))
		return NULL;
	return name;
}

static void read_picture(fria_picture *out, fria_presented *p, const char *name)
{
	const fria_snapshot *s = p->snapshot;
	char *path = fria_evidence_path(s->application_id, name);
	int code =
	    s->commit[0]
		? fria_store_read(&out->bytes, p->ws->store, s->commit, path,
				  NULL)
		: fria_store_read_bytes(&out->bytes, p->ws->store, path, NULL);
	free(path);
	out->type = code ? NULL : fria_picture_type(&out->bytes);
	if (out->bytes.n > FRIA_PICTURE_MAX ||
	    out->bytes.n + p->pictures.bytes > ALL_MAX)
		out->type = NULL;
	if (out->type)
		p->pictures.bytes += out->bytes.n;
	else
		fria_buf_dispose(&out->bytes);
}

const fria_picture *publish_picture(void *data, const char *address)
{
	fria_presented *p = data;
	const char *name = name_in(address);
	fria_picture one = {NULL, NULL, FRIA_BUF_INIT};
	if (!name)
		return NULL;
	for (size_t i = 0; i < p->pictures.n; i++)
		if (!strcmp(p->pictures.items[i].address, address))
			return p->pictures.items[i].type ? &p->pictures.items[i]
							 : NULL;
	if (p->pictures.n == TRIED_MAX)
		return NULL;
	read_picture(&one, p, name);
	one.address = fria_strdup(address);
	fria_picture *kept = FRIA_PUSH(&p->pictures);
	*kept = one;
	return kept->type ? kept : NULL;
}

void publish_forget_pictures(fria_presented *p)
{
	for (size_t i = 0; i < p->pictures.n; i++) {
		free(p->pictures.items[i].address);
		fria_buf_dispose(&p->pictures.items[i].bytes);
	}
	free(p->pictures.items);
	p->pictures.items = NULL;
	p->pictures.n = 0;
}
