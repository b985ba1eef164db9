/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Moments (RFC 3339), days, and ISO 8601 durations of whole days and months.
 * It never asks the system what time it is.
 */
#include "base.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#define DAY ((fria_time)86400)

/* Days since 1970-01-01 of a proleptic Gregorian date. */
static int64_t days_from(int64_t y, int m, int d)
{
	y -= m <= 2;
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t yoe = y - era * 400;
	int64_t doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	int64_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
	return era * 146097 + doe - 719468;
}

static void date_of(int64_t days, int *year, int *month, int *day)
{
	days += 719468;
	int64_t era = (days >= 0 ? days : days - 146096) / 146097;
	int64_t doe = days - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t mp = (5 * doy + 2) / 153;
	*day = (int)(doy - (153 * mp + 2) / 5 + 1);
	*month = (int)(mp < 10 ? mp + 3 : mp - 9);
	*year = (int)(yoe + era * 400 + (*month <= 2));
}

static int days_in(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30,
				   31, 31, 30, 31, 30, 31};
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	return days[month - 1] + (month == 2 && leap);
}

static bool digits(const char **text, int n, int *out)
{
	*out = 0;
	for (int i = 0; i < n; i++) {
		if ((*text)[i] < '0' || (*text)[i] > '9')
			return false;
		*out = *out * 10 + ((*text)[i] - '0');
	}
	*text += n;
	return true;
}

static bool literal(const char **text, char c)
{
	return **text == c ? (++*text, true) : false;
}

static bool parse_date(const char **text, fria_time *out)
{
	int y, m, d;
	if (!digits(text, 4, &y) || !literal(text, '-') ||
	    !digits(text, 2, &m) || !literal(text, '-') || !digits(text, 2, &d))
		return false;
	if (m < 1 || m > 12 || d < 1 || d > days_in(y, m))
		return false;
	*out = days_from(y, m, d) * DAY;
	return true;
}

static bool parse_offset(const char **text, int *out)
{
	int h, m;
	if (literal(text, 'Z') || literal(text, 'z')) {
		*out = 0;
		return true;
	}
	int sign = **text == '-' ? -1 : **text == '+' ? 1 : 0;
	++*text;
	if (!sign || !digits(text, 2, &h) || !literal(text, ':') ||
	    !digits(text, 2, &m) || h > 23 || m > 59)
		return false;
	*out = sign * (h * 3600 + m * 60);
	return true;
}

/* A leap second is allowed only where UTC can have one: 23:59:60Z. */
static bool clock_ok(int h, int m, int s, int offset)
{
	if (h > 23 || m > 59 || s > 60)
		return false;
	int utc = ((h * 3600 + m * 60 - offset) % 86400 + 86400) % 86400;
	return s < 60 || utc == 86340;
}

static bool parse_clock(const char **text, fria_time *out)
{
	int h, m, s, offset;
	if (!digits(text, 2, &h) || !literal(text, ':') ||
	    !digits(text, 2, &m) || !literal(text, ':') || !digits(text, 2, &s))
		return false;
	if (literal(text, '.')) {
		if (**text < '0' || **text > '9')
			return false;
		*text += strspn(*text, "0123456789");
	}
	if (!parse_offset(text, &offset) || !clock_ok(h, m, s, offset))
		return false;
	*out += h * 3600 + m * 60 + s - offset;
	return true;
}

bool fria_date_is(const char *text)
{
	fria_time at;
	return parse_date(&text, &at) && !*text;
}

static bool parse_time(const char *text, fria_time *at)
{
	if (!parse_date(&text, at) ||
	    !(literal(&text, 'T') || literal(&text, 't')))
		return false;
	return parse_clock(&text, at) && !*text;
}

bool fria_time_is(const char *text)
{
	fria_time at;
	return parse_time(text, &at);
}

bool fria_time_parse(fria_time *out, const char *text)
{
	fria_time at;
	const char *rest = text;
	if (!parse_time(text, &at) && !(parse_date(&rest, &at) && !*rest))
		return false;
	*out = at;
	return true;
}

static fria_time day_of(fria_time at)
{
	return at >= 0 ? at / DAY : -((-at + DAY - 1) / DAY);
}

fria_time fria_day_start(fria_time at)
{
	return day_of(at) * DAY;
}

void fria_day_write(fria_buf *out, fria_time at)
{
	int y, m, d;
	date_of(day_of(at), &y, &m, &d);
	fria_buf_printf(out, "%04d-%02d-%02d", y, m, d);
}

void fria_time_write(fria_buf *out, fria_time at)
{
	int seconds = (int)(at - day_of(at) * DAY);
	fria_day_write(out, at);
	fria_buf_printf(out, "T%02d:%02d:%02dZ", seconds / 3600,
			seconds / 60 % 60, seconds % 60);
}

/* --- as people write it --- */

static const char *const month_names[12][2] = {{"januari", "January"},
					       {"februari", "February"},
					       {"maart", "March"},
					       {"april", "April"},
					       {"mei", "May"},
					       {"juni", "June"},
					       {"juli", "July"},
					       {"augustus", "August"},
					       {"september", "September"},
					       {"oktober", "October"},
					       {"november", "November"},
					       {"december", "December"}};

void fria_day_say(fria_buf *out, fria_lang lang, fria_time at)
{
	int y, m, d;
	date_of(day_of(at), &y, &m, &d);
	fria_buf_printf(out, "%d %s %d", d, month_names[m - 1][lang], y);
}

bool fria_date_say(fria_buf *out, fria_lang lang, const char *text)
{
	fria_time at;
	int y, m;
	const char *rest = text;
	if (!text)
		return false;
	if (fria_time_parse(&at, text)) {
		fria_day_say(out, lang, at);
		return true;
	}
	if (!digits(&rest, 4, &y) || !literal(&rest, '-') ||
	    !digits(&rest, 2, &m) || *rest || m < 1 || m > 12)
		return false;
	fria_buf_printf(out, "%s %d", month_names[m - 1][lang], y);
	return true;
}

/* The month that a word names or abbreviates ("mrt", "Sept."); 0: none. */
static int month_of(const char *word, size_t n)
{
	for (int i = 0; i < 12 && n >= 3; i++)
		for (int lang = 0; lang < 2; lang++)
			if (n <= strlen(month_names[i][lang]) &&
			    !strncasecmp(word, month_names[i][lang], n))
				return i + 1;
	return n == 3 && !strncasecmp(word, "mrt", n) ? 3 : 0;
}

/* "1", "1st", "1e": the number, or 0 for what is none. */
static int number_of(const char *word, size_t n)
{
	static const char *const ordinals[] = {"e",  "de", "ste", "st",
					       "nd", "rd", "th"};
	int value = 0;
	size_t d = 0;
	while (d < n && d < 4 && word[d] >= '0' && word[d] <= '9')
		value = value * 10 + (word[d++] - '0');
	for (size_t i = 0; d && d < n && i < 7; i++)
		if (strlen(ordinals[i]) == n - d &&
		    !strncasecmp(word + d, ordinals[i], n - d))
			d = n;
	return d == n ? value : 0;
}

/* What stands between spaces, hyphens and the like. */
typedef struct {
	const char *at[3];
	size_t length[3], n; /* n: 4 for more than three */
} date_words;

static date_words words_of(const char *text)
{
	static const char between[] = " \t-/.,";
	date_words w = {.n = 0};
	while (*(text += strspn(text, between)) && w.n < 4) {
		size_t length = strcspn(text, between);
		if (w.n < 3) {
			w.at[w.n] = text;
			w.length[w.n] = length;
		}
		w.n++;
		text += length;
	}
	return w;
}

static int number_at(const date_words *w, size_t i)
{
	return number_of(w->at[i], w->length[i]);
}

static int month_at(const date_words *w, size_t i)
{
	return month_of(w->at[i], w->length[i]);
}

static bool put_day(char out[FRIA_DATE_SIZE], int year, int month, int day)
{
	if (year < 1 || month < 1 || month > 12 || day < 1 ||
	    day > days_in(year, month))
		return false;
	snprintf(out, FRIA_DATE_SIZE, "%04u-%02u-%02u", (unsigned)year % 10000,
		 (unsigned)month % 100, (unsigned)day % 100);
	return true;
}

/* "yesterday" and its like, from the day that it is. */
static bool relative_day(char out[FRIA_DATE_SIZE], const date_words *w,
			 fria_time today)
{
	static const struct {
		const char *word;
		int days;
	} known[] = {{"vandaag", 0},   {"today", 0},	 {"morgen", 1},
		     {"tomorrow", 1},  {"gisteren", -1}, {"yesterday", -1},
		     {"overmorgen", 2}};
	int y, m, d;
	for (size_t i = 0; w->n == 1 && i < sizeof known / sizeof *known; i++) {
		if (strlen(known[i].word) != w->length[0] ||
		    strncasecmp(known[i].word, w->at[0], w->length[0]) != 0)
			continue;
		date_of(day_of(today) + known[i].days, &y, &m, &d);
		return put_day(out, y, m, d);
	}
	return false;
}

/* "20-11", "20 november", "November 20": of this year. */
static bool day_of_year(char out[FRIA_DATE_SIZE], const date_words *w,
			fria_time today)
{
	int y, m, d;
	if (w->n != 2)
		return false;
	date_of(day_of(today), &y, &m, &d);
	bool first = month_at(w, 0) > 0;
	m = first ? month_at(w, 0) : month_at(w, 1);
	d = number_at(w, first);
	if (!m && w->length[1] <= 2)
		m = number_at(w, 1);
	return w->length[first] <= 5 && put_day(out, y, m, d);
}

bool fria_date_typed(char out[FRIA_DATE_SIZE], const char *text,
		     const fria_time *today)
{
	const date_words w = words_of(text);
	if (w.n < 3)
		return today && (relative_day(out, &w, *today) ||
				 day_of_year(out, &w, *today));
	if (w.n > 3)
		return false;
	int named = month_at(&w, 0) ? 0 : month_at(&w, 1) ? 1 : -1;
	bool first = named < 0 && w.length[0] == 4;
	size_t year = first ? 0 : 2;
	size_t day = named == 0 ? 1 : first ? 2 : 0;
	int month = named < 0 ? number_at(&w, 1) : month_at(&w, (size_t)named);
	return w.length[year] == 4 && w.length[day] <= 5 &&
	       put_day(out, number_at(&w, year), month, number_at(&w, day));
}

bool fria_month_typed(char out[FRIA_DATE_SIZE], const char *text)
{
	const date_words w = words_of(text);
	if (w.n != 2)
		return false;
	size_t year = w.length[0] == 4 && number_at(&w, 0) ? 0 : 1;
	int month = month_at(&w, 1 - year);
	if (!month && w.length[1 - year] <= 2)
		month = number_at(&w, 1 - year);
	if (w.length[year] != 4 || !put_day(out, number_at(&w, year), month, 1))
		return false;
	out[sizeof "2026-03" - 1] = '\0';
	return true;
}

bool fria_duration_parse(fria_duration *out, const char *text)
{
	static const char units[] = "YMWD";
	const char *unit = units;
	*out = (fria_duration){0, 0};
	if (*text++ != 'P' || !*text)
		return false;
	while (*text) {
		int n = 0, seen = 0;
		while (*text >= '0' && *text <= '9' && ++seen < 6)
			n = n * 10 + (*text++ - '0');
		const char *at = *text ? strchr(unit, *text) : NULL;
		if (!seen || !at)
			return false;
		switch (*text++) {
		case 'Y':
			out->months += n * 12;
			break;
		case 'M':
			out->months += n;
			break;
		case 'W':
			out->days += n * 7;
			break;
		default:
			out->days += n;
		}
		unit = at + 1;
	}
	return true;
}

fria_time fria_time_add(fria_time at, fria_duration d)
{
	int y, m, day;
	fria_time rest = at - day_of(at) * DAY;
	date_of(day_of(at), &y, &m, &day);
	int months = y * 12 + (m - 1) + d.months;
	y = months / 12;
	m = months % 12 + 1;
	if (day > days_in(y, m))
		day = days_in(y, m);
	return (days_from(y, m, day) + d.days) * DAY + rest;
}

/* --- durations as people say them --- */

static const struct {
	char unit;
	int times;
	const char *one[2], *many[2]; /* Dutch, English */
} units[] = {
    {'D', 1, {"dag", "day"}, {"dagen", "days"}},
    {'W', 1, {"week", "week"}, {"weken", "weeks"}},
    {'M', 1, {"maand", "month"}, {"maanden", "months"}},
    {'Y', 1, {"jaar", "year"}, {"jaar", "years"}},
    {'M', 3, {"kwartaal", "quarter"}, {"kwartalen", "quarters"}},
    {'M', 6, {"half jaar", "half year"}, {"halve jaren", "half years"}}};
#define UNITS (sizeof units / sizeof *units)

bool fria_duration_say(fria_buf *out, fria_lang lang, const char *text)
{
	fria_duration d;
	int n = 0, length = 0;
	char unit;
	if (!fria_duration_parse(&d, text) ||
	    sscanf(text, "P%5d%c%n", &n, &unit, &length) != 2 || text[length] ||
	    n < 1)
		return false;
	for (size_t i = 0; i < UNITS; i++) {
		if (units[i].unit != unit)
			continue;
		if (n == 1)
			fria_buf_puts(out, units[i].one[lang]);
		else
			fria_buf_printf(out, "%d %s", n, units[i].many[lang]);
		return true;
	}
	return false;
}

/* Behind "elke", "every" and the space that follows. */
static const char *after_every(const char *text)
{
	static const char *const words[] = {"elke ", "elk ", "every "};
	text += strspn(text, " ");
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (!strncasecmp(text, words[i], strlen(words[i])))
			return text + strlen(words[i]);
	return text;
}

bool fria_duration_typed(fria_buf *out, const char *text)
{
	fria_duration d;
	int n = 1, length = 0;
	if (fria_duration_parse(&d, text)) {
		fria_buf_puts(out, text);
		return true;
	}
	text = after_every(text);
	if (sscanf(text, "%5d %n", &n, &length) == 1)
		text += length;
	for (size_t i = 0; n > 0 && i < UNITS; i++)
		for (int lang = 0; lang < 2; lang++)
			if (fria_words_alike(units[i].one[lang], text) ||
			    fria_words_alike(units[i].many[lang], text)) {
				fria_buf_printf(out, "P%d%c",
						n * units[i].times,
						units[i].unit);
				return true;
			}
	return false;
}
