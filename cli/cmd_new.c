/* SPDX-License-Identifier: EUPL-1.2 */
/* fria new: an assessment begins, for one application or for each. */
#include "cli.h"

#include <string.h>

/* What came along from elsewhere, and what to do with it. */
static void say_reused(const cli *c, const fria_created *done)
{
	fria_buf differ = FRIA_BUF_INIT;
	const fria_strings *pointers = &done->reuse.differ;
	for (size_t i = 0; i < pointers->n; i++)
		fria_buf_printf(&differ, i ? ", %s" : "%s",
				fria_fact_title(pointers->items[i], c->lang));
	if (done->organisation)
		say(c, FRIA_W_did_new_from_other, "from", done->from,
		    "organisation", done->organisation, NULL);
	else
		say(c, FRIA_W_did_new_from, "from", done->from, NULL);
	if (fria_reuse_is_same(&done->reuse))
		say(c, FRIA_W_did_new_system, "count",
		    FRIA_DIGITS(done->reuse.offered), "assessment", done->name,
		    NULL);
	else
		say(c,
		    differ.n ? FRIA_W_did_new_differs : FRIA_W_did_new_unknown,
		    "facts", differ.text, NULL);
	if (done->reuse.examples)
		say(c, FRIA_W_did_new_examples, "count",
		    FRIA_DIGITS(done->reuse.examples), NULL);
	fria_buf_dispose(&differ);
}

static int new_for_all(cli *c, const fria_new_request *request, fria_error *err)
{
	fria_created_all done;
	int code = fria_assessment_create_all(&done, c->ws, request, err);
	bool broken = say_findings(c, &done.broken);
	fria_findings_dispose(&done.broken);
	if (code)
		return 2;
	say(c, FRIA_W_did_new_all, "made", FRIA_DIGITS(done.made), "there",
	    FRIA_DIGITS(done.there), NULL);
	if (done.offered)
		say(c, FRIA_W_did_new_all_taken, "count",
		    FRIA_DIGITS(done.offered), NULL);
	return broken ? 2 : 0;
}

static int run_new(cli *c, fria_error *err)
{
	fria_created done;
	const fria_new_request request = {.application = c->args[0],
					  .instrument = c->args[1],
					  .as = given(c, "name"),
					  .from = given(c, "from"),
					  .workspace = given(c, "workspace")};
	if (!strcmp(request.application, "-"))
		return new_for_all(c, &request, err);
	if (fria_assessment_create(&done, c->ws, &request, err))
		return 2;
	say(c, FRIA_W_did_new, "assessment", done.name, NULL);
	if (done.offered)
		say(c, FRIA_W_did_new_taken, "count", FRIA_DIGITS(done.offered),
		    "assessment", done.name, NULL);
	if (done.reused)
		say_reused(c, &done);
	fria_created_dispose(&done);
	return 0;
}

const command cmd_new = {
    .name = "new",
    .args = "APP|- INSTRUMENT [--name NAME] [--from APP/NAME[@vN] [--workspace "
	    "WHERE]]",
    .takes = {2, 2},
    .does = EDITS,
    .summary = FRIA_W_sum_new,
    .options = (const option[]){{"name", 0, "NAME", FRIA_W_opt_name},
				{"from", 0, "APP/NAME", FRIA_W_opt_new_from},
				{"workspace", 0, "WHERE", FRIA_W_opt_workspace},
				NO_OPTION},
    .run = run_new,
};
