/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of history/ share with each other and with nobody else. */
#ifndef FRIA_HISTORY_INTERNAL_H
#define FRIA_HISTORY_INTERNAL_H

#include "history.h"

/* --- excerpt.c: two states, without what is the same --- */

/*
 * Appends two states of an assessment, in file form, without the answers that
 * are the same in both. False, and nothing appended, where the form gives no
 * hold or something else differs, too.
 */
bool fria_excerpts(fria_buf *before_out, fria_buf *after_out,
		   const fria_buf *before, const fria_buf *after);

/* --- verify.c --- */

/* The assessment in a blob; NULL if it is none that can be read. New. */
json_t *history_document(const fria_workspace *ws, const char *blob);

/* --- verify_signatures.c --- */

/*
 * Commits that touched the paths while the workspace asked for signatures:
 * appends a finding for each that its author did not sign.
 */
int verify_signatures(fria_findings *out, const fria_workspace *ws,
		      const char *const paths[], fria_error *err);
/* The same of a version's tag. */
void verify_tag_signature(fria_findings *out, const fria_workspace *ws,
			  const fria_tag *tag);

#endif
