/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * CSV (RFC 4180) read a row at a time, as spreadsheets and registers write it:
 * in UTF-8 or UTF-16, with a byte order mark or without, "," or ";" or a tab
 * between the cells, or what a first line "sep=;" says. A broken row is told,
 * and reading goes on after its first line. It knows no column.
 */
#include "formats.h"

#include <string.h>
#include <strings.h>

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

/* --- UTF-16, as spreadsheets save "Unicode text" --- */

static unsigned unit(const unsigned char *at, bool big)
{
	return big ? (unsigned)(at[0] << 8 | at[1])
		   : (unsigned)(at[1] << 8 | at[0]);
}

static void put_utf8(fria_buf *out, unsigned long c)
{
	if (c >= 0x10000) {
		fria_buf_putc(out, (char)(0xF0 | c >> 18));
		fria_buf_putc(out, (char)(0x80 | (c >> 12 & 0x3F)));
		fria_buf_putc(out, (char)(0x80 | (c >> 6 & 0x3F)));
	} else if (c >= 0x800) {
		fria_buf_putc(out, (char)(0xE0 | c >> 12));
		fria_buf_putc(out, (char)(0x80 | (c >> 6 & 0x3F)));
	} else if (c >= 0x80) {
		fria_buf_putc(out, (char)(0xC0 | c >> 6));
	}
	fria_buf_putc(out, (char)(c < 0x80 ? c : 0x80 | (c & 0x3F)));
}

/* What is no UTF-16 (half a pair, half a unit) becomes a byte that is no
 * UTF-8, so that its row is told. */
static void from_utf16(fria_buf *out, const char *bytes, size_t n, bool big)
{
	const unsigned char *at = (const unsigned char *)bytes;
	for (size_t i = 0; i < n; i += 2) {
		unsigned long c = i + 1 < n ? unit(at + i, big) : 0xDC00;
		unsigned low =
		    c >> 10 == 0x36 && i + 3 < n ? unit(at + i + 2, big) : 0;
		if (low >> 10 == 0x37) {
			c = 0x10000 + ((c & 0x3FF) << 10) + (low & 0x3FF);
			i += 2;
		}
		if (c >= 0xD800 && c < 0xE000)
			fria_buf_putc(out, '\xff');
		else
			put_utf8(out, c);
	}
}

/* A mark at the start says it, or a first letter with a zero beside it. */
static bool is_utf16(const char *b, size_t n, bool *big, size_t *skip)
{
	if (n < 2)
		return false;
	bool le = b[0] == '\xff' && b[1] == '\xfe';
	bool be = b[0] == '\xfe' && b[1] == '\xff';
	*skip = le || be ? 2 : 0;
	*big = be || (!le && !b[0] && b[1]);
	return le || be || !b[0] != !b[1];
}

/* "sep=;", alone on the first line, as Excel reads it; its length with the
 * line's end, or 0. */
static size_t separator_line(const char *text, size_t n, char *separator)
{
	size_t quoted = n && text[0] == '"', at = quoted + 4;
	if (n <= at || strncasecmp(text + quoted, "sep=", 4) != 0 ||
	    strchr("\r\n\"", text[at]))
		return 0;
	*separator = text[at++];
	at += quoted && at < n && text[at] == '"';
	if (at < n && text[at] == '\r')
		at++;
	if (at < n && text[at] == '\n')
		at++;
	else if (at < n && text[at - 1] != '\r')
		return 0;
	return at;
}

void fria_csv_open(fria_csv *csv, const char *bytes, size_t n)
{
	size_t skip = 0;
	bool big = false;
	*csv = (fria_csv){.own = FRIA_BUF_INIT, .line = 1};
	fria_buf_init(&csv->own);
	if (is_utf16(bytes, n, &big, &skip)) {
		from_utf16(&csv->own, bytes + skip, n - skip, big);
		bytes = csv->own.text;
		n = csv->own.n;
	} else if (n >= 3 && !memcmp(bytes, "\xef\xbb\xbf", 3)) {
		csv->at = 3;
	}
	csv->bytes = bytes;
	csv->n = n;
	skip = separator_line(bytes + csv->at, n - csv->at, &csv->separator);
	csv->at += skip;
	csv->line += skip > 0;
	if (!skip)
		csv->separator = find_separator(bytes + csv->at, n - csv->at);
}

void fria_csv_close(fria_csv *csv)
{
	fria_buf_dispose(&csv->own);
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
