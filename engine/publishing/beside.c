/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the application's other assessments conclude, as they stand where the
 * one that is shown does, for the same readers. It changes nothing.
 *
 * Calls up to present.c: a document as it stands today is found there.
 */
#include "publishing_internal.h"

#include <stdlib.h>
#include <string.h>

struct publish_beside {
	fria_snapshot *snapshot;
	fria_standing *standing; /* it may not be moved */
	fria_redaction redaction;
};

/* Without what has been withheld since. */
static int redact(fria_presented *p, struct publish_beside *own)
{
	const fria_snapshot *s = own->snapshot;
	json_t *today = NULL;
	int code = p->report.audience == FRIA_INTERNAL
		       ? 0
		       : publish_today(&today, p->ws, s->application_id,
				       s->name, NULL);
	if (today)
		json_object_set_new(p->assessments_today, s->name, today);
	if (!code)
		fria_redact(&own->redaction, &own->standing->result,
			    &own->standing->input, p->report.audience,
			    &p->today);
	return code;
}

static void dispose(struct publish_beside *own)
{
	fria_standing_dispose(own->standing);
	fria_redaction_dispose(&own->redaction);
	fria_snapshot_free(own->snapshot);
	free(own->standing);
}

static void add(fria_presented *p, const char *name)
{
	const fria_snapshot *s = p->snapshot;
	char *whole = fria_format("%s/%s", s->application_id, name);
	struct publish_beside own = {.standing =
					 fria_calloc(1, sizeof *own.standing)};
	bool fine = !fria_snapshot_load(&own.snapshot, p->ws, whole,
					s->commit[0] ? s->commit : NULL, NULL);
	fine = fine && !own.snapshot->superseded &&
	       own.snapshot->instrument->rules.n &&
	       !fria_standing_make_in(own.standing, p->ws, own.snapshot,
				      p->standing.input.as_of, p->report.lang,
				      NULL) &&
	       !redact(p, &own);
	if (fine)
		*FRIA_PUSH(&p->beside) = own;
	else
		dispose(&own);
	free(whole);
}

static void read_beside(fria_presented *p)
{
	const fria_snapshot *s = p->snapshot;
	fria_strings names = FRIA_STRINGS_INIT;
	if (p->beside.read)
		return;
	p->beside.read = true;
	fria_workspace_assessments(&names, p->ws,
				   s->commit[0] ? s->commit : NULL,
				   s->application_id, NULL);
	for (size_t i = 0; i < names.n; i++)
		if (strcmp(names.items[i], s->name) != 0)
			add(p, names.items[i]);
	fria_strings_dispose(&names);
}

bool publish_conclude(void *data, const char *of, const char *id,
		      fria_concluded *out)
{
	fria_presented *p = data;
	read_beside(p);
	for (size_t i = 0; i < p->beside.n; i++) {
		const struct publish_beside *own = &p->beside.items[i];
		const fria_instrument *in = own->snapshot->instrument;
		const fria_conclusion *one =
		    fria_conclusion_find(&own->standing->result, id);
		if (one && (!of || !strcmp(own->snapshot->name, of) ||
			    !strcmp(in->id, of))) {
			*out = (fria_concluded){in, one};
			return true;
		}
	}
	return false;
}

void publish_forget_beside(fria_presented *p)
{
	for (size_t i = 0; i < p->beside.n; i++)
		dispose(&p->beside.items[i]);
	free(p->beside.items);
}
