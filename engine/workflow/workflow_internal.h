/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of workflow/ share with each other and with nobody else. */
#ifndef FRIA_WORKFLOW_INTERNAL_H
#define FRIA_WORKFLOW_INTERNAL_H

#include "workflow.h"

/*
 * The start of everything that changes documents: there is a work tree and an
 * author, and this process alone works here until fria_act_end().
 */
int fria_act_begin(fria_workspace *ws, fria_error *err);
void fria_act_end(fria_workspace *ws);
/* EREFUSED, saying to save first, if the document differs from HEAD. */
int fria_refuse_unsaved(const fria_workspace *ws, const char *path,
			const char *name, fria_error *err);
/* An application's document; ENOTFOUND, or EREFUSED with unsaved changes. */
int fria_application_saved(json_t **out, const fria_workspace *ws,
			   const char *id, fria_error *err);
/* --- form.c: documents held against their schemas --- */

typedef enum {
	FRIA_FORM_WORKSPACE,
	FRIA_FORM_APPLICATION,
	FRIA_FORM_INSTRUMENT,
	FRIA_FORM_ASSESSMENT,
	FRIA_FORM_ENTRY,
	FRIA_FORMS
} fria_form;

typedef struct {
	fria_schema *schemas[FRIA_FORMS]; /* compiled when first needed */
	json_t *loaded;			  /* others that they refer to */
} fria_forms;

void fria_forms_dispose(fria_forms *forms);
/* True if a document has the form its schema asks for; appends findings. */
bool fria_form_check(fria_forms *forms, fria_form form, const json_t *json,
		     const char *path, fria_findings *out);
/*
 * EINPUT, naming the place, if one of these parts of an application (pointers,
 * closed by NULL) has not the form that the schema asks for.
 */
int fria_form_refuse(const json_t *application, const char *const parts[],
		     fria_lang lang, fria_error *err);

/* "fria/APP/NAME/": what the tags of an assessment's versions start with. */
char *fria_tag_stem(const fria_workspace *ws, const char *application,
		    const char *name);

#endif
