/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * CSV (RFC 4180) read a row at a time, as spreadsheets and registers write it:
 * with a byte order mark or without, "," or ";" or a tab between the cells. A
 * broken row is told, and reading goes on after its first line. It knows no
 * column.
 */
#include "exchange.h"

#include <string.h>

/* The separator that the first line uses most, outside quotes. */
static char find_separator(const char *text, size_t n)
{
	static const char candidates[] = ",;\t";
	size_t counts[3] = {0}, best = 0;
	bool quoted = false;
	for (size_t i = 0; i < n && (quoted || text[i] != '\n'); i++) {
		const char *known = strchr(candidates, text[i]);
		if (text[i] == '"')
			quoted = !quoted;
		else if (!quoted && text[i] && known)
			counts[known - candidates]++;
	}
	for (size_t i = 1; i < 3; i++)
		if (counts[i] > counts[best])
			best = i;
	return candidates[best];
}

void fria_csv_open(fria_csv *csv, const char *bytes, size_t n)
{
	*csv = (fria_csv){.bytes = bytes, .n = n, .line = 1};
	if (n >= 3 && !memcmp(bytes, "\xef\xbb\xbf", 3))
		csv->at = 3;
	csv->separator = find_separator(bytes + csv->at, n - csv->at);
}

static bool at_line_end(const fria_csv *csv)
{
	return csv->at == csv->n || csv->bytes[csv->at] == '\n' ||
	       csv->bytes[csv->at] == '\r';
}

static void skip_line_end(fria_csv *csv)
{
	if (csv->at < csv->n && csv->bytes[csv->at] == '\r')
		csv->at++;
	else if (csv->at == csv->n)
		return;
	if (csv->at < csv->n && csv->bytes[csv->at] == '\n')
		csv->at++;
	csv->line++;
}

static void plain_cell(fria_csv *csv, fria_buf *cell)
{
	size_t from = csv->at;
	while (!at_line_end(csv) && csv->bytes[csv->at] != csv->separator)
		csv->at++;
	fria_buf_put(cell, csv->bytes + from, csv->at - from);
}

/* Line ends inside come in as LF. */
static fria_word quoted_cell(fria_csv *csv, fria_buf *cell)
{
	for (csv->at++; csv->at < csv->n; csv->at++) {
		char c = csv->bytes[csv->at];
		bool next = csv->at + 1 < csv->n;
		if (c == '"' && next && csv->bytes[csv->at + 1] == '"') {
			csv->at++;
		} else if (c == '"') {
			csv->at++;
			return at_line_end(csv) ||
				       csv->bytes[csv->at] == csv->separator
				   ? FRIA_W_COUNT
				   : FRIA_W_csv_after_quote;
		} else if (c == '\r' && next &&
			   csv->bytes[csv->at + 1] == '\n') {
			continue;
		}
		csv->line += c == '\n';
		fria_buf_putc(cell, c);
	}
	return FRIA_W_csv_open_quote;
}

static fria_word add_cell(fria_strings *cells, const fria_buf *cell)
{
	fria_buf nfc = FRIA_BUF_INIT;
	if (memchr(cell->text, '\0', cell->n))
		return FRIA_W_csv_nul;
	if (fria_utf8_invalid(cell->text, cell->n) < cell->n)
		return FRIA_W_csv_utf8;
	fria_nfc(&nfc, cell->text, cell->n);
	fria_strings_add(cells, nfc.text);
	fria_buf_dispose(&nfc);
	return FRIA_W_COUNT;
}

static fria_word read_cell(fria_csv *csv, fria_strings *cells)
{
	fria_buf cell = FRIA_BUF_INIT;
	fria_word trouble = FRIA_W_COUNT;
	if (csv->at < csv->n && csv->bytes[csv->at] == '"')
		trouble = quoted_cell(csv, &cell);
	else
		plain_cell(csv, &cell);
	if (trouble == FRIA_W_COUNT)
		trouble = add_cell(cells, &cell);
	fria_buf_dispose(&cell);
	return trouble;
}

/* What a broken row swallowed may be whole rows: go on after its first line. */
static void go_back(fria_csv *csv, size_t start, size_t line)
{
	csv->at = start;
	csv->line = line;
	while (csv->at < csv->n && csv->bytes[csv->at] != '\n')
		csv->at++;
	if (csv->at < csv->n)
		csv->at++;
	csv->line++;
}

bool fria_csv_next(fria_csv *csv, fria_strings *cells, size_t *line,
		   fria_word *trouble)
{
	fria_strings_dispose(cells);
	while (csv->at < csv->n && at_line_end(csv))
		skip_line_end(csv);
	if (csv->at == csv->n)
		return false;
	size_t start = csv->at;
	*line = csv->line;
	*trouble = read_cell(csv, cells);
	while (*trouble == FRIA_W_COUNT && !at_line_end(csv)) {
		csv->at++;
		*trouble = read_cell(csv, cells);
	}
	if (*trouble == FRIA_W_COUNT)
		skip_line_end(csv);
	else
		go_back(csv, start, *line);
	return true;
}
