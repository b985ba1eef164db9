/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A tree as YAML 1.2: blocks for lists and objects, and every text in double
 * quotes as JSON has it, so that none is taken for something else.
 */
#include "data.h"

static void put(fria_buf *out, const json_t *value, size_t indent);

static bool is_block(const json_t *value)
{
	return json_array_size(value) || json_object_size(value);
}

static void put_indent(fria_buf *out, size_t indent)
{
	for (size_t i = 0; i < indent; i++)
		fria_buf_puts(out, "  ");
}

static void put_object(fria_buf *out, const json_t *object, size_t indent)
{
	const char *key;
	json_t *value;
	bool first = true;
	json_object_foreach((json_t *)(uintptr_t)object, key, value) {
		json_t *text = fria_json_string(key);
		if (!first)
			put_indent(out, indent);
		first = false;
		fria_json_write_line(out, text);
		fria_buf_puts(out, is_block(value) ? ":\n" : ": ");
		if (is_block(value))
			put_indent(out, indent + 1);
		put(out, value, indent + 1);
		json_decref(text);
	}
}

static void put(fria_buf *out, const json_t *value, size_t indent)
{
	if (!is_block(value)) {
		fria_json_write_line(out, value);
		fria_buf_putc(out, '\n');
	} else if (json_is_object(value)) {
		put_object(out, value, indent);
	} else {
		for (size_t i = 0; i < json_array_size(value); i++) {
			if (i)
				put_indent(out, indent);
			fria_buf_puts(out, "- ");
			put(out, json_array_get(value, i), indent + 1);
		}
	}
}

void fria_yaml_write(fria_buf *out, const json_t *value)
{
	put(out, value, 0);
}
