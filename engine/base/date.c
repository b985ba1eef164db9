/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Moments (RFC 3339), days, and ISO 8601 durations of whole days and months.
 * It never asks the system what time it is.
 */
#include "base.h"

#include <string.h>

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

void fria_day_say(fria_buf *out, fria_lang lang, fria_time at)
{
	static const char *const months[12][2] = {{"januari", "January"},
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
	int y, m, d;
	date_of(day_of(at), &y, &m, &d);
	fria_buf_printf(out, "%d %s %d", d, months[m - 1][lang], y);
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
