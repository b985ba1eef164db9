/* SPDX-License-Identifier: EUPL-1.2 */
/* Every address of the workplace, with what it asks of who comes there. */
#include "page.h"

#include <stdlib.h>
#include <string.h>

const route routes[] = {
    {"GET", "", 0, page_work},
    {"GET", "toepassingen", 0, page_applications},
    {"GET", "zoek", 0, page_search},
    {"GET", "_nieuw", SERVE_WRITE, page_new},
    {"POST", "_nieuw", SERVE_WRITE, page_new_post},
    {"GET", "a/{}", 0, page_application},
    {"GET", "a/{}/_nieuw", SERVE_WRITE, page_start},
    {"POST", "a/{}/_nieuw", SERVE_WRITE, page_start_post},
    {"GET", "a/{}/_release", SERVE_WRITE, page_release},
    {"POST", "a/{}/_release", SERVE_WRITE, page_release_post},
    {"GET", "a/{}/{}", 0, page_assessment},
    {"GET", "a/{}/{}/_releasevragen", SERVE_WRITE, page_check},
    {"POST", "a/{}/{}/_releasevragen", SERVE_WRITE, page_check_post},
    {"GET", "a/{}/{}/_samen", 0, page_changes},
    {"POST", "a/{}/{}/_samen", SERVE_WRITE, page_changes_post},
    {"GET", "a/{}/{}/advies", 0, page_advice},
    {"GET", "a/{}/{}/advies/{}", SERVE_SPEAK, page_role},
    {"POST", "a/{}/{}/advies/{}", SERVE_SPEAK, page_role_post},
    {"POST", "a/{}/{}/_vragen", SERVE_WRITE, page_ask_post},
    {"POST", "a/{}/{}/vaststellen", SERVE_ADOPT, page_adopt_post},
    {"GET", "a/{}/{}/verschil", 0, page_difference},
    {"GET", "a/{}/{}/geschiedenis", 0, page_history},
    {"GET", "a/{}/{}/verslag", 0, page_report},
    {"GET", "a/{}/{}/verslag.html", 0, page_report_file},
    {"GET", "a/{}/{}/v/{}", 0, page_question},
    {"GET", "a/{}/{}/v/{}/{}", 0, page_question},
    {"POST", "a/{}/{}/v/{}", SERVE_WRITE, page_question_post},
    {"POST", "a/{}/{}/v/{}/{}", SERVE_WRITE, page_question_post},
    {"PUT", "a/{}/{}/v/{}/_concept", SERVE_WRITE, page_question_draft},
    {"PUT", "a/{}/{}/v/{}/{}/_concept", SERVE_WRITE, page_question_draft},
    {NULL, NULL, 0, NULL}};

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
