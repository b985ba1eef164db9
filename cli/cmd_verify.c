/* SPDX-License-Identifier: EUPL-1.2 */
/* fria verify: is the past what the documents say it was? */
#include "cli.h"

#include <stdio.h>

static int run_verify(cli *c, fria_error *err)
{
	fria_findings findings = FRIA_FINDINGS_INIT;
	size_t count;
	int status = 2;
	if (!fria_verify(&findings, &count, c->ws, c->n ? c->args[0] : NULL,
			 err)) {
		status = show_findings(c, &findings, FRIA_W_page_verify, err);
		if (!fria_findings_worst(&findings, FRIA_WARNING))
			say(c, FRIA_W_verified_fine, "count",
			    FRIA_DIGITS(count), NULL);
	}
	fria_findings_dispose(&findings);
	return status;
}

const command cmd_verify = {
    .name = "verify",
    .args = "[APP/NAME] [--format F] [-o FILE]",
    .takes = {0, 1},
    .does = READS | GIVES_JSON,
    .summary = FRIA_W_sum_verify,
    .options = (const option[]){VIEW_OPTIONS, NO_OPTION},
    .run = run_verify,
};
