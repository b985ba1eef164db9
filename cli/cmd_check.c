/* SPDX-License-Identifier: EUPL-1.2 */
/* fria check: whether the documents are what they should be. */
#include "cli.h"

static int run_check(cli *c, fria_error *err)
{
	fria_findings findings = FRIA_FINDINGS_INIT;
	size_t count;
	int status = 2;
	if (!fria_check(&findings, &count, c->ws, c->n ? c->args[0] : NULL,
			err)) {
		status = put_findings(c, &findings);
		if (!status) /* remarks are no faults */
			say(c, FRIA_W_checked_fine, "count", FRIA_DIGITS(count),
			    NULL);
	}
	fria_findings_dispose(&findings);
	return status;
}

const command cmd_check = {
    .name = "check",
    .args = "[APP[/NAME]]",
    .takes = {0, 1},
    .does = READS | GIVES_JSON,
    .summary = FRIA_W_sum_check,
    .run = run_check,
};
