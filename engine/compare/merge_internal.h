/* SPDX-License-Identifier: EUPL-1.2 */
/* What the parts of a merge share; for no one else. */
#ifndef FRIA_COMPARE_MERGE_INTERNAL_H
#define FRIA_COMPARE_MERGE_INTERNAL_H

#include "compare.h"

/* Two people stood for the same answer: which basis counts, once all is known.
 */
typedef struct {
	json_t *answer; /* in the result; borrowed */
	const json_t *ours, *theirs;
	char *task, *row; /* row NULL outside rows */
} merge_doubt;

/* A merge under way. */
typedef struct {
	fria_merge *out;
	fria_buf pointer;
	const char *task, *row; /* the answer at hand, or NULL */
	struct {
		merge_doubt *items;
		size_t n;
	} doubts;
} merging;

/* What both sides share, or NULL, and the two sides; NULL: absent. */
typedef struct {
	const json_t *base, *ours, *theirs;
} sides;

/* Merges one value; gives a new reference, or NULL for absent. */
typedef json_t *(*merge_part)(merging *m, const char *key, sides s);

/* How the elements of a list are told apart and merged. */
typedef struct {
	/* Appends the key of an element; two with the same one are numbered. */
	void (*key)(fria_buf *out, const json_t *element);
	/* Appends what it is sorted by among additions; NULL: runs stay whole.
	 */
	void (*when)(fria_buf *out, const json_t *element);
	merge_part element;
} list_kind;

/* --- merge_json.c: values, members and lists --- */

/* True if two values are equal; NULL equals only NULL. */
bool merge_equal(const json_t *a, const json_t *b);
/*
 * True if there is nothing to decide: equal sides, or only one changed. Then
 * *out is the result, a new reference or NULL.
 */
bool merge_settled(json_t **out, sides s);
/* Notes a conflict here; gives the side that the result keeps. */
json_t *merge_conflict(merging *m, sides s);
/* The side that stands in for both: the same, whichever is ours. */
const json_t *merge_preferred(const json_t *ours, const json_t *theirs);
/* Anything: members one by one, lists by id, else a conflict. */
json_t *merge_value(merging *m, const char *key, sides s);
/* Objects, member by member; each by part. */
json_t *merge_object(merging *m, sides s, merge_part part);
/* Lists, element by element. */
json_t *merge_list(merging *m, sides s, const list_kind *kind);
/* True if every one of these that exists is a list. */
bool merge_are_lists(sides s);
bool merge_are_objects(sides s);
/* The key of an element with "id". */
void merge_key_id(fria_buf *out, const json_t *element);

/* --- merge_order.c --- */

/*
 * The order of two lists of different ids that came from one: what either side
 * moved in front of something stands in front of it, additions stay behind
 * what they were put behind. Merging a side again gives the same order.
 * when: id to what additions are sorted by; NULL: each side's stay together.
 */
void merge_order(fria_strings *out, const fria_strings *base,
		 const fria_strings *ours, const fria_strings *theirs,
		 const json_t *when);

/* --- merge_answers.c --- */

json_t *merge_answers(merging *m, const char *key, sides s);
/* Chooses between the bases that were left open. */
void merge_bases(merging *m, const fria_merge_input *input);

/* --- merge_lists.c: what is only added to --- */

json_t *merge_proposals(merging *m, const char *key, sides s);
json_t *merge_approvals(merging *m, const char *key, sides s);
json_t *merge_comments(merging *m, const char *key, sides s);
/* A member of an application; and, once all are merged, where events of both
 * sides were joined. */
json_t *merge_application(merging *m, const char *key, sides s);
void merge_application_end(json_t *application, sides s);
/* The element of a list that a conflict's pointer names by this key, or
 * FRIA_NONE. */
size_t merge_list_find(const json_t *list, const char *key);

#endif
