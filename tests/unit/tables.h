/* SPDX-License-Identifier: EUPL-1.2 */
/* Tables of cases that were made by hand: a heading, then lines of cells
 * between tabs. */
#ifndef FRIA_TESTS_TABLES_H
#define FRIA_TESTS_TABLES_H

enum { TABLE_CELLS = 5 };

typedef struct {
	char *cells[TABLE_CELLS];
	/* What cells say, where a test reads them so; or NULL. */
	json_t *answers, *expected;
} line;

typedef struct {
	fria_buf text;
	line *items;
	size_t n;
} table;

static void add_line(table *t, char *text, size_t cells)
{
	line *one = FRIA_PUSH(t);
	*one = (line){.cells = {text}};
	for (size_t i = 1; i < cells; i++) {
		char *tab = strchr(one->cells[i - 1], '\t');
		if (!tab)
			fail_msg("%zu cells: %s", i, text);
		*tab = '\0';
		one->cells[i] = tab + 1;
	}
	assert_null(strchr(one->cells[cells - 1], '\t'));
}

/* Of so many cells; frees with drop_table(). */
static table read_lines(const char *path, size_t cells)
{
	table out = {FRIA_BUF_INIT, NULL, 0};
	assert_in_range(cells, 1, TABLE_CELLS);
	assert_int_equal(fria_file_read(&out.text, path, NULL), 0);
	char *at = strchr(out.text.text, '\n');
	while (at && *++at) {
		char *text = at;
		at = strchr(at, '\n');
		assert_non_null(at);
		*at = '\0';
		add_line(&out, text, cells);
	}
	assert_true(out.n > 0);
	return out;
}

static void drop_table(table *t)
{
	for (size_t i = 0; i < t->n; i++) {
		json_decref(t->items[i].answers);
		json_decref(t->items[i].expected);
	}
	free(t->items);
	fria_buf_dispose(&t->text);
}

#endif
