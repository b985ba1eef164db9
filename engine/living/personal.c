/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What in a text points at one person: a citizen service number, an account,
 * a private address of mail, a telephone number. It looks at how they are
 * built (check digits, parts), so that a date, an amount or a case number is
 * none of them. It knows no names of people.
 */
#include "living.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* --- characters --- */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || (c & 0x80);
}

/* Does what stands before belong to it: an id, a path, a larger number? */
static bool goes_on_before(const char *text, size_t at)
{
	char c = at ? text[at - 1] : ' ';
	return is_word(c) || strchr("/#-+@", c) ||
	       (strchr(".,:", c) && at > 1 && is_digit(text[at - 2]));
}

static bool goes_on_after(const char *after)
{
	return is_word(*after) || *after == '@' || *after == '%' ||
	       (*after && strchr("/.,:-", *after) && is_digit(after[1]));
}

/* Digits with these separators, one between two of them; what was read goes to
 * digits, how they are grouped to groups ("3-3-3"). The length, or 0. */
static size_t read_digits(const char *text, const char *separators,
			  char digits[], size_t max, size_t groups[],
			  size_t *groups_n)
{
	size_t n = 0, length = 0;
	*groups_n = 0;
	for (size_t i = 0; text[i] && n <= max; i++) {
		if (is_digit(text[i])) {
			bool opens = !i || !is_digit(text[i - 1]);
			if (opens && *groups_n == max)
				return 0;
			if (opens)
				groups[(*groups_n)++] = 0;
			groups[*groups_n - 1]++;
			if (n < max)
				digits[n] = text[i];
			n++;
			length = i + 1;
		} else if (!strchr(separators, text[i]) || !i ||
			   !is_digit(text[i - 1])) {
			break;
		}
	}
	digits[n < max ? n : max] = '\0';
	return n && n <= max ? length : 0;
}

/* --- citizen service number --- */

/* The elevenfold test (Besluit burgerservicenummer). */
static bool passes_eleven(const char *d)
{
	int sum = -(d[8] - '0');
	for (int i = 0; i < 8; i++)
		sum += (9 - i) * (d[i] - '0');
	return sum % 11 == 0 && strspn(d, "0") < 9;
}

/* Is it said to be money, or the number of an organisation? */
static bool is_otherwise(const char *text, size_t at, const char *after)
{
	static const char *const before[] = {"rsin", "oin",	     "kvk",
					     "eur",  "\xE2\x82\xAC", "$"};
	static const char *const behind[] = {"euro", "eur", "\xE2\x82\xAC"};
	size_t from = at;
	while (from && strchr(" :.", text[from - 1]))
		from--;
	for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
		size_t n = strlen(before[i]);
		if (from >= n && !strncasecmp(text + from - n, before[i], n))
			return true;
	}
	after += strspn(after, " ");
	for (size_t i = 0; i < sizeof behind / sizeof *behind; i++)
		if (!strncasecmp(after, behind[i], strlen(behind[i])))
			return true;
	return false;
}

static size_t read_bsn(const char *text, size_t at)
{
	char digits[10] = "";
	size_t groups[9], n, length;
	if (!is_digit(text[at]) || goes_on_before(text, at))
		return 0;
	length = read_digits(text + at, "", digits, 9, groups, &n);
	if (!length || strlen(digits) != 9)
		length = read_digits(text + at, ".", digits, 9, groups, &n);
	if (!length || strlen(digits) != 9)
		length = read_digits(text + at, " ", digits, 9, groups, &n);
	bool shape = n == 1 || (n == 3 && groups[0] >= 3 && groups[1] >= 2 &&
				groups[2] == 3);
	return length && strlen(digits) == 9 && shape &&
		       passes_eleven(digits) &&
		       !goes_on_after(text + at + length) &&
		       !is_otherwise(text, at, text + at + length)
		   ? length
		   : 0;
}

/* --- account --- */

/* ISO 13616: letters count from 10, the first four go last, modulo 97. */
static bool passes_97(const char *iban, size_t n)
{
	unsigned rest = 0;
	for (size_t i = 0; i < n; i++) {
		char c = iban[(i + 4) % n];
		unsigned value =
		    is_digit(c)
			? (unsigned)(c - '0')
			: (unsigned)(toupper((unsigned char)c) - 'A' + 10);
		rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
	}
	return rest == 1;
}

static size_t read_iban(const char *text, size_t at)
{
	char iban[35];
	size_t n = 0, i = at, best = 0;
	if (!isalpha((unsigned char)text[at]) ||
	    !isalpha((unsigned char)text[at + 1]) || !is_digit(text[at + 2]) ||
	    (at && is_word(text[at - 1])))
		return 0;
	for (; n < 34; i++) {
		if (text[i] == ' ' && n && n % 4 == 0)
			continue;
		if (!isalnum((unsigned char)text[i]))
			break;
		iban[n++] = text[i];
		if (n >= 15 && !is_word(text[i + 1]) && passes_97(iban, n))
			best = i + 1 - at;
	}
	return is_digit(text[at + 3]) ? best : 0;
}

/* --- mail --- */

static bool in_list(const char *word, size_t n, const char *const list[])
{
	for (size_t i = 0; list[i]; i++)
		if (strlen(list[i]) == n && !strncasecmp(list[i], word, n))
			return true;
	return false;
}

/* Mailboxes that everybody can have for himself. */
static bool is_free_mail(const char *host, size_t n)
{
	static const char *const hosts[] = {"gmail.com",    "googlemail.com",
					    "hotmail.com",  "hotmail.nl",
					    "outlook.com",  "outlook.nl",
					    "live.nl",	    "live.com",
					    "msn.com",	    "icloud.com",
					    "me.com",	    "mac.com",
					    "yahoo.com",    "yahoo.nl",
					    "proton.me",    "protonmail.com",
					    "pm.me",	    "gmx.com",
					    "gmx.net",	    "gmx.nl",
					    "ziggo.nl",	    "kpnmail.nl",
					    "planet.nl",    "xs4all.nl",
					    "hetnet.nl",    "home.nl",
					    "casema.nl",    "upcmail.nl",
					    "chello.nl",    "telfort.nl",
					    "tele2.nl",	    "zonnet.nl",
					    "kpnplanet.nl", "quicknet.nl",
					    "online.nl",    "mail.com",
					    "aol.com",	    NULL};
	return in_list(host, n, hosts);
}

/* "j.devries", "jan.de.vries": parts, none of which is a function's. */
static bool is_name(const char *local, size_t n)
{
	static const char *const functions[] = {"info",
						"privacy",
						"contact",
						"data",
						"fg",
						"dpo",
						"ciso",
						"loket",
						"balie",
						"post",
						"postbus",
						"mail",
						"team",
						"no",
						"noreply",
						"reply",
						"klacht",
						"klachten",
						"bezwaar",
						"woo",
						"pers",
						"support",
						"service",
						"help",
						"helpdesk",
						"algoritme",
						"algoritmes",
						"register",
						"algoritmeregister",
						"gemeente",
						"burger",
						"burgerzaken",
						"servicedesk",
						"security",
						"secretariaat",
						"afdeling",
						"college",
						"raad",
						"griffie",
						"communicatie",
						"juridische",
						"zaken",
						"office",
						"officer",
						"project",
						"digitaal",
						"digitale",
						"ai",
						"ict",
						"it",
						"informatie",
						"informatiebeveiliging",
						"functionaris",
						"bestuur",
						"melding",
						"meldingen",
						"melden",
						"vragen",
						"wijk",
						"openbare",
						"ruimte",
						"afval",
						"hr",
						"finance",
						"legal",
						"compliance",
						"public",
						"affairs",
						"webmaster",
						"admin",
						"beheer",
						NULL};
	size_t parts = 0;
	for (size_t i = 0; i < n;) {
		size_t part = 0;
		while (i + part < n && !strchr("._-", local[i + part]))
			part++;
		for (size_t k = 0; k < part; k++)
			if (!isalpha((unsigned char)local[i + k]))
				return false;
		if (in_list(local + i, part, functions))
			return false;
		parts += part > 0;
		i += part + 1;
	}
	return parts >= 2;
}

static size_t read_mail(const char *text, size_t at)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
	/* Looked at where it begins alone, or a long word costs its square. */
	if (at && (is_word(text[at - 1]) || strchr("._-+%", text[at - 1])))
		return 0;
	size_t local = strspn(text + at, letters), host;
	if (!local || text[at + local] != '@')
		return 0;
	const char *begin = text + at + local + 1;
	host = strspn(begin, letters);
	while (host && !isalnum((unsigned char)begin[host - 1]))
		host--;
	if (!host || !memchr(begin, '.', host))
		return 0;
	return is_free_mail(begin, host) || is_name(text + at, local)
		   ? local + 1 + host
		   : 0;
}

/* --- telephone --- */

/* One style throughout: spaces, or points, or one hyphen and spaces. */
static bool is_one_style(const char *text, size_t n)
{
	size_t hyphens = 0, points = 0, others = 0;
	for (size_t i = 0; i < n; i++) {
		hyphens += text[i] == '-';
		points += text[i] == '.';
		others += text[i] == ' ';
	}
	return hyphens <= 1 && (!points || (!hyphens && !others));
}

/* Ten digits of a person or a place (06, 01 to 05, 07): not 0800, 0900, and
 * what organisations have (084 to 088). */
static size_t read_phone(const char *text, size_t at)
{
	char digits[16];
	size_t groups[15], n, length, prefix = 0;
	const char *from = text + at;
	if (goes_on_before(text, at) && text[at] != '+')
		return 0;
	if (!strncmp(from, "+31", 3) || !strncmp(from, "0031", 4)) {
		prefix = *from == '+' ? 3 : 4;
		prefix += strspn(from + prefix, " -");
		if (!strncmp(from + prefix, "(0)", 3))
			prefix += 3 + strspn(from + prefix + 3, " -");
		else if (from[prefix] == '0')
			prefix++;
	} else if (*from == '(' && from[1] == '0') {
		prefix = 1;
	} else if (*from != '0') {
		return 0;
	}
	const char *number = from + prefix;
	if (*from == '(') {
		char plain[40];
		size_t area = strspn(number, "0123456789"), rest;
		if (area < 3 || area > 4 || number[area] != ')')
			return 0;
		const char *close = number + area;
		rest = strspn(close + 1, "0123456789 -");
		if (rest > 20)
			return 0;
		memcpy(plain, number, area);
		size_t skip = strspn(close + 1, " -");
		memcpy(plain + area, close + 1 + skip, rest - skip);
		plain[area + rest - skip] = '\0';
		length = read_digits(plain, " -", digits, 15, groups, &n);
		length = length ? area + 2 + skip + (length - area) : 0;
	} else {
		length = read_digits(number, " .-", digits, 15, groups, &n);
		if (length && !is_one_style(number, length))
			return 0;
		length = length ? length + prefix : 0;
	}
	size_t want = *from == '(' || !prefix ? 10 : 9;
	const char *d = want == 10 ? digits + 1 : digits;
	if (!length || strlen(digits) != want || !strchr("1234567", d[0]) ||
	    (want == 10 && digits[0] != '0'))
		return 0;
	return goes_on_after(from + length) ? 0 : length;
}

/* --- all of them --- */

fria_word fria_personal_word(fria_personal_kind kind)
{
	static const fria_word words[] = {
	    FRIA_W_personal_number, FRIA_W_personal_account,
	    FRIA_W_personal_mail, FRIA_W_personal_phone};
	return words[kind];
}

bool fria_personal_next(fria_personal *out, const char *text, size_t from)
{
	static size_t (*const readers[])(const char *text, size_t at) = {
	    read_bsn, read_iban, read_mail, read_phone};
	for (size_t at = from, past; text[at]; at += past ? past : 1) {
		past = fria_picture_length(text + at);
		for (size_t k = 0; !past && k < 4; k++) {
			size_t n = readers[k](text, at);
			if (!n)
				continue;
			*out = (fria_personal){(fria_personal_kind)k, at, n};
			return true;
		}
	}
	return false;
}

static bool is_disclosed(const json_t *disclosed, const char *text,
			 const fria_personal *one)
{
	size_t i;
	json_t *each;
	json_array_foreach(disclosed, i, each) {
		const char *passage = fria_json_text(each, "passage");
		const char *at = passage ? strstr(text, passage) : NULL;
		for (; at && *passage; at = strstr(at + 1, passage)) {
			size_t begin = (size_t)(at - text);
			if (begin <= one->at &&
			    one->at + one->n <= begin + strlen(passage))
				return true;
		}
	}
	return false;
}

/* What is kept beside the text says who and when, and is not made public. */
static bool is_kept_beside(const char *key)
{
	static const char *const keys[] = {
	    "by", "at",	     "basis",	"origin", "withheld", "disclosed",
	    "id", "$schema", "content", "joined", NULL};
	return in_list(key, strlen(key), keys);
}

typedef struct {
	const json_t *disclosed;
	const json_t *withheld; /* of the answer at hand: passages */
	const json_t *facts;	/* withheld, by pointer */
	fria_personal_found found;
	void *data;
} looking;

/* Is all of this answer, or fact, withheld? */
static bool is_all_withheld(const looking *l, const json_t *value,
			    const char *pointer)
{
	const json_t *list = json_object_get(value, "withheld");
	json_t *one;
	size_t i;
	json_array_foreach(list, i, one)
		if (!json_object_get(one, "passage"))
			return true;
	return json_object_get(l->facts, pointer) != NULL;
}

static void look_at(const looking *around, const json_t *value,
		    const char *pointer)
{
	const char *key, *text = json_string_value(value);
	fria_personal one = {.at = 0, .n = 0};
	json_t *each;
	size_t i;
	looking own = *around, *l = &own;
	if (is_all_withheld(l, value, pointer))
		return;
	if (json_is_array(json_object_get(value, "withheld")))
		own.withheld = json_object_get(value, "withheld");
	while (text && fria_personal_next(&one, text, one.at + one.n))
		if (!is_disclosed(l->disclosed, text, &one) &&
		    !is_disclosed(l->withheld, text, &one)) {
			char *part = fria_strndup(text + one.at, one.n);
			l->found(l->data, pointer, one.kind, part);
			free(part);
		}
	json_object_foreach((json_t *)(uintptr_t)value, key, each) {
		fria_buf below = FRIA_BUF_INIT;
		if (is_kept_beside(key))
			continue;
		fria_buf_puts(&below, pointer);
		fria_pointer_add(&below, key);
		look_at(l, each, below.text);
		fria_buf_dispose(&below);
	}
	json_array_foreach(value, i, each) {
		char *below = fria_format("%s/%zu", pointer, i);
		look_at(l, each, below);
		free(below);
	}
}

void fria_personal_find(const json_t *document, const json_t *disclosed,
			fria_personal_found found, void *data)
{
	const looking l = {disclosed, NULL,
			   json_object_get(document, "withheld"), found, data};
	look_at(&l, document, "");
}
