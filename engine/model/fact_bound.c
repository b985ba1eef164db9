/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What an approval binds of a fact, by facts.def. It says nothing of what
 * makes an answer stale: that is all that is compared.
 */
#include "model.h"

#include <string.h>

static const struct {
	const char *pointer;
	const char *free; /* members that are not bound; NULL: nothing is */
} bound[] = {
#define FACT(pointer, binds, nl, en) {pointer, binds},
#include "facts.def"
};

/* The members that are free in what a pointer points at; NULL where nothing of
 * that is bound. */
static const char *free_members(const char *pointer)
{
	static const char metrics[] = "/monitoring";
	const char *members = "", *rest = "";
	size_t longest = 0;
	for (size_t i = 0; i < sizeof bound / sizeof *bound; i++) {
		size_t n = strlen(bound[i].pointer);
		if (n <= longest ||
		    !fria_pointer_covers(bound[i].pointer, pointer))
			continue;
		longest = n;
		members = bound[i].free;
		rest = pointer + n;
	}
	if (!members)
		return NULL;
	/* The name of a metric is no member. */
	if (*rest && fria_pointer_covers(metrics, pointer))
		rest += 1 + strcspn(rest + 1, "/");
	while (*rest) {
		size_t n = strcspn(rest + 1, "/");
		if (fria_fact_member_in(members, rest + 1, n))
			return NULL;
		rest += 1 + n;
	}
	return members;
}

json_t *fria_fact_bound(const json_t *application, const char *pointer,
			fria_rules rules)
{
	const char *members = free_members(pointer);
	if (!members)
		return NULL;
	json_t *kept = fria_fact_members(
	    pointer, fria_fact(application, pointer), members, false);
	json_t *digest = fria_fact_value_digest(pointer, kept, rules);
	json_decref(kept);
	return digest;
}
