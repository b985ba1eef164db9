/* SPDX-License-Identifier: EUPL-1.2 */
/* Every address of the workplace, with what it asks of who comes there. */
#include "page.h"

#include <stdlib.h>
#include <string.h>

const route routes[] = {
    {"GET", "", 0, page_work, true},
    {"POST", "_begin", SERVE_WRITE, page_first_post, true},
    {"POST", "_rondkijken", SERVE_WRITE, page_example_post, true},
    {"GET", "_eerst", 0, page_order, false},
    {"POST", "_eerst", SERVE_WRITE, page_order_post, false},
    {"GET", "toepassingen", 0, page_applications, false},
    {"GET", "zoek", 0, page_search, false},
    {"GET", "_stand", 0, page_live, false},
    {"GET", "_delen", SERVE_WRITE, page_share, false},
    {"POST", "_delen", SERVE_WRITE, page_share_post, false},
    {"GET", "conflicten", 0, page_unsettled, false},
    {"POST", "conflicten", SERVE_WRITE, page_unsettled_post, false},
    {"GET", "_nieuw", SERVE_WRITE, page_new, false},
    {"POST", "_nieuw", SERVE_WRITE, page_new_post, false},
    {"GET", "a/{}", 0, page_application, false},
    {"POST", "a/{}", SERVE_WRITE, page_application_post, false},
    {"GET", "a/{}/_kenmerk", SERVE_WRITE, page_fact, false},
    {"POST", "a/{}/_kenmerk", SERVE_WRITE, page_fact_post, false},
    {"GET", "a/{}/_nieuw", SERVE_WRITE, page_start, false},
    {"POST", "a/{}/_nieuw", SERVE_WRITE, page_start_post, false},
    {"GET", "a/{}/_release", SERVE_WRITE, page_release, false},
    {"POST", "a/{}/_release", SERVE_WRITE, page_release_post, false},
    {"GET", "a/{}/{}", 0, page_assessment, false},
    {"GET", "a/{}/{}/_releasevragen", SERVE_WRITE, page_check, false},
    {"POST", "a/{}/{}/_releasevragen", SERVE_WRITE, page_check_post, false},
    {"GET", "a/{}/{}/_samen", 0, page_changes, false},
    {"POST", "a/{}/{}/_samen", SERVE_WRITE, page_changes_post, false},
    {"GET", "a/{}/{}/advies", 0, page_advice, false},
    {"GET", "a/{}/{}/advies/{}", SERVE_SPEAK, page_role, false},
    {"POST", "a/{}/{}/advies/{}", SERVE_SPEAK, page_role_post, false},
    {"POST", "a/{}/{}/_vragen", SERVE_WRITE, page_ask_post, false},
    {"POST", "a/{}/{}/vaststellen", SERVE_ADOPT, page_adopt_post, false},
    {"GET", "a/{}/{}/sessie", 0, page_meetings, false},
    {"POST", "a/{}/{}/sessie", SERVE_WRITE, page_meetings_post, false},
    {"GET", "a/{}/{}/sessie/{}", 0, page_screen, false},
    {"GET", "a/{}/{}/verschil", 0, page_difference, false},
    {"GET", "a/{}/{}/geschiedenis", 0, page_history, false},
    {"GET", "a/{}/{}/verslag", 0, page_report, false},
    {"GET", "a/{}/{}/verslag.html", 0, page_report_file, false},
    {"GET", "a/{}/{}/v/{}", 0, page_question, false},
    /* What an answer points at lies beside the page that shows it. */
    {"GET", "a/{}/evidence/{}", 0, page_evidence, false},
    {"GET", "a/{}/{}/evidence/{}", 0, page_evidence, false},
    {"GET", "a/{}/{}/advies/evidence/{}", 0, page_evidence, false},
    {"GET", "a/{}/{}/v/evidence/{}", 0, page_evidence, false},
    {"GET", "a/{}/{}/v/{}/evidence/{}", 0, page_evidence, false},
    {"GET", "a/{}/{}/v/{}/{}", 0, page_question, false},
    {"POST", "a/{}/{}/v/{}", SERVE_WRITE, page_question_post, false},
    {"POST", "a/{}/{}/v/{}/{}", SERVE_WRITE, page_question_post, false},
    {"PUT", "a/{}/{}/v/{}/_concept", SERVE_WRITE, page_question_draft, false},
    {"PUT", "a/{}/{}/v/{}/{}/_concept", SERVE_WRITE, page_question_draft,
     false},
    {NULL, NULL, 0, NULL, false}};

/* Cuts a text off at the next slash; *at: behind it, or NULL at the end. */
static char *next_part(const char **at)
{
	const char *text = *at, *slash = strchr(text, '/');
	*at = slash ? slash + 1 : NULL;
	return fria_strndup(text,
			    slash ? (size_t)(slash - text) : strlen(text));
}

/* Fills the parts with what stands at each {}; false: it is another path. */
static bool matches(const char *parts[PAGE_PARTS], fria_strings *kept,
		    const char *pattern, const char *path)
{
	const char *in = pattern, *at = path;
	bool same = true;
	for (size_t n = 0; same && in && at;) {
		char *want = next_part(&in), *have = next_part(&at);
		bool any = !strcmp(want, "{}");
		same = any ? *have && *have != '_' && *have != '.'
			   : !strcmp(want, have);
		if (same && any) {
			fria_strings_add(kept, have);
			parts[n++] = kept->items[kept->n - 1];
		}
		free(want);
		free(have);
	}
	return same && !in && !at;
}

const route *route_find(const char *parts[PAGE_PARTS], bool *there,
			fria_strings *kept, const char *method,
			const char *path)
{
	const char *asked = strcmp(method, "HEAD") != 0 ? method : "GET";
	*there = false;
	for (const route *r = routes; r->method; r++) {
		for (size_t i = 0; i < PAGE_PARTS; i++)
			parts[i] = NULL;
		if (!matches(parts, kept, r->pattern, path))
			continue;
		*there = true;
		if (!strcmp(r->method, asked))
			return r;
	}
	return NULL;
}
