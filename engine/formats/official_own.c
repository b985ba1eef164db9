/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * By what an answer in an official file is known again: its question, its
 * text, who gave it and when. The form has no place for where a file comes
 * from, and keeps these of what nobody touched. It places nothing.
 */
#include "formats.h"

#include <string.h>

bool fria_official_mark(char out[FRIA_DIGEST_SIZE], const char *task,
			const json_t *answer)
{
	const json_t *value = json_object_get(answer, "value");
	const char *at = fria_json_text(answer, "lastEditedAt");
	const char *by = fria_json_text(answer, "lastEditedBy");
	fria_time moment;
	/* Forms write the same moment in more than one way. */
	if (!value || !by || !at || !fria_time_parse(&moment, at))
		return false;
	json_t *whole =
	    fria_json_pack("{s:s, s:O, s:I, s:s}", "task", task, "value", value,
			   "at", (json_int_t)moment, "by", by);
	fria_digest(out, whole);
	json_decref(whole);
	return true;
}

static void add_mark(json_t *marks, const char *task, const json_t *answer)
{
	char mark[FRIA_DIGEST_SIZE];
	if (fria_official_mark(mark, task, answer))
		json_object_set_new(marks, mark, json_true());
}

void fria_official_marks(json_t *marks, const json_t *file)
{
	json_t *answer, *row, *cell;
	const char *key, *task;
	size_t i;
	json_object_foreach(json_object_get(file, "answers"), key, answer) {
		add_mark(marks, key, answer);
		json_array_foreach(answer, i, row)
			json_object_foreach(row, task, cell)
				add_mark(marks, task, cell);
	}
}

bool fria_official_shares(const json_t *marks, const json_t *others)
{
	const char *mark;
	json_t *one;
	json_object_foreach((json_t *)(uintptr_t)marks, mark, one)
		if (json_object_get(others, mark))
			return true;
	return false;
}
