/* SPDX-License-Identifier: EUPL-1.2 */
/* The rows of a group whose rows belong to those of another. */
#include "model.h"

#include <string.h>

size_t fria_rows_belong(const fria_instrument *in, size_t group)
{
	for (size_t i = group + 1; i < in->tasks[group].end; i++)
		if (in->tasks[i].rows == group &&
		    fria_task_flag(&in->tasks[i], "belongs", false))
			return i;
	return FRIA_NONE;
}

static bool names(const json_t *value, const char *id)
{
	size_t i;
	json_t *one;
	json_array_foreach((json_t *)(uintptr_t)value, i, one)
		if (id && json_is_string(one) &&
		    !strcmp(json_string_value(one), id))
			return true;
	return false;
}

json_t *fria_rows_within(const json_t *assessment, const fria_instrument *in,
			 size_t group)
{
	size_t column = fria_rows_belong(in, group), i, k;
	size_t outer = in->tasks[in->tasks[column].source].rows;
	if (in->tasks[outer].mapped != FRIA_NONE)
		outer = in->tasks[outer].mapped;
	const json_t *rows = fria_assessment_rows(assessment, in, group);
	json_t *out = json_array(), *at, *row;
	json_t *seen = json_object();
	json_array_foreach(fria_assessment_rows(assessment, in, outer), i, at)
		json_array_foreach((json_t *)(uintptr_t)rows, k, row) {
			json_t *value = json_object_get(
			    json_object_get(row, in->tasks[column].id),
			    "value");
			if (!names(value, fria_json_text(at, "id")))
				continue;
			json_array_append(out, row);
			json_object_set_new(seen, fria_json_text(row, "id"),
					    json_true());
		}
	json_array_foreach((json_t *)(uintptr_t)rows, k, row)
		if (!json_object_get(seen, fria_json_text(row, "id")))
			json_array_append(out, row);
	json_decref(seen);
	return out;
}
