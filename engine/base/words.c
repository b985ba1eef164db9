/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The sentences of words.def, chosen by id and language and filled in. It
 * holds no sentence itself.
 */
#include "base.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static const struct {
	const char *id;
	const char *text[2];
} words[FRIA_W_COUNT] = {
#define WORD(id, nl, en) {#id, {nl, en}},
#include "words.def"
#undef WORD
};

bool fria_lang_parse(fria_lang *out, const char *text)
{
	if (text && !strcmp(text, "nl"))
		*out = FRIA_NL;
	else if (text && !strcmp(text, "en"))
		*out = FRIA_EN;
	else
		return false;
	return true;
}

const char *fria_lang_code(fria_lang lang)
{
	return lang == FRIA_NL ? "nl" : "en";
}

const char *fria_word_text(fria_word word, fria_lang lang)
{
	return words[word].text[lang];
}

const char *fria_word_id(fria_word word)
{
	return words[word].id;
}

void fria_args_add(fria_args *args, const char *name, const char *value)
{
	char *shown = fria_text_repaired(value ? value : "");
	size_t a = strlen(name) + 1, b = strlen(shown) + 1;
	args->packed = fria_realloc(args->packed, args->n + a + b);
	memcpy(args->packed + args->n, name, a);
	memcpy(args->packed + args->n + a, shown, b);
	args->n += a + b;
	free(shown);
}

bool fria_args_next(const fria_args *args, size_t *at, const char **name,
		    const char **value)
{
	if (*at >= args->n)
		return false;
	*name = args->packed + *at;
	*at += strlen(*name) + 1;
	*value = args->packed + *at;
	*at += strlen(*value) + 1;
	return true;
}

static const char *value_of(const fria_args *args, const char *name, size_t n)
{
	size_t at = 0;
	const char *key, *value;
	while (fria_args_next(args, &at, &key, &value))
		if (strlen(key) == n && !memcmp(key, name, n))
			return value;
	return NULL;
}

const char *fria_args_value(const fria_args *args, const char *name)
{
	return value_of(args, name, strlen(name));
}

void fria_args_dispose(fria_args *args)
{
	free(args->packed);
	*args = (fria_args){NULL, 0};
}

/* What the system says in English, in the language; NULL for what it never
 * says. It stands alone, or at the end of what a library says. */
static const char *system_says(const char *why, fria_lang lang)
{
	static const struct {
		int number;
		fria_word word;
	} known[] = {{ENOENT, FRIA_W_system_absent},
		     {EACCES, FRIA_W_system_access},
		     {EPERM, FRIA_W_system_permitted},
		     {EISDIR, FRIA_W_system_folder},
		     {ENOTDIR, FRIA_W_system_no_folder},
		     {EEXIST, FRIA_W_system_exists},
		     {ENOTEMPTY, FRIA_W_system_not_empty},
		     {EROFS, FRIA_W_system_read_only},
		     {EMFILE, FRIA_W_system_many},
		     {ENAMETOOLONG, FRIA_W_system_name},
		     {ELOOP, FRIA_W_system_loop},
		     {EIO, FRIA_W_system_trouble},
		     {EFBIG, FRIA_W_system_large},
		     {EPIPE, FRIA_W_system_pipe},
		     {EINTR, FRIA_W_system_interrupted},
		     {EBUSY, FRIA_W_system_busy}};
	size_t n = strlen(why);
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		const char *says = strerror(known[i].number);
		size_t end = strlen(says);
		if (n >= end && !strcmp(why + n - end, says))
			return fria_word_text(known[i].word, lang);
	}
	return NULL;
}

/* What git, ssh and what they speak through say, in the language; NULL for
 * anything else. What says most stands first. */
static const char *git_says(const char *said, fria_lang lang)
{
	static const struct {
		const char *text;
		fria_word word;
	} known[] = {
	    {"Could not resolve host", FRIA_W_git_no_host},
	    {"Name or service not known", FRIA_W_git_no_host},
	    {"unable to look up ", FRIA_W_git_no_host},
	    {"Host key verification failed", FRIA_W_git_host_key},
	    {"certificate problem", FRIA_W_git_certificate},
	    {"certificate verification failed", FRIA_W_git_certificate},
	    {"Network is unreachable", FRIA_W_git_no_network},
	    {"Connection refused", FRIA_W_git_no_answer},
	    {"Connection timed out", FRIA_W_git_no_answer},
	    {"No route to host", FRIA_W_git_no_answer},
	    {"Failed to connect to ", FRIA_W_git_no_answer},
	    {"unable to connect to ", FRIA_W_git_no_answer},
	    {"Authentication failed", FRIA_W_git_who},
	    {"could not read Username", FRIA_W_git_who},
	    {"could not read Password", FRIA_W_git_who},
	    {"Permission denied (", FRIA_W_git_who},
	    {"returned error: 401", FRIA_W_git_who},
	    {"returned error: 403", FRIA_W_git_may_not},
	    {"returned error: 404", FRIA_W_git_none},
	    {"epository not found", FRIA_W_git_none},
	    {"does not appear to be a git repository", FRIA_W_git_none},
	    {"ot a git repository", FRIA_W_git_none},
	    {"dubious ownership", FRIA_W_git_owner},
	    {"insufficient permission", FRIA_W_git_may_not},
	    {"Permission denied", FRIA_W_git_may_not},
	    {"branch is currently checked out", FRIA_W_git_in_use},
	    {"non-fast-forward", FRIA_W_git_later},
	    {"fetch first", FRIA_W_git_later},
	    {"object not found", FRIA_W_git_lacking},
	    {"Connection reset", FRIA_W_git_broken_off},
	    {"hung up unexpectedly", FRIA_W_git_broken_off},
	    {"early EOF", FRIA_W_git_broken_off}};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (strstr(said, known[i].text))
			return fria_word_text(known[i].word, lang);
	return NULL;
}

/*
 * What git says ({git}), as sentences: the reason in our words where it is a
 * known one, else git's own words, named as such. What the other computer says
 * itself ("remote:") is never left out.
 */
static void put_git(fria_buf *out, const char *said, fria_lang lang)
{
	const char *why = git_says(said, lang);
	if (!why)
		why = system_says(said, lang);
	if (why)
		fria_say(out, lang, FRIA_W_git_reason, "text", why, NULL);
	if (why && !strstr(said, "remote:"))
		return;
	if (why)
		fria_buf_putc(out, ' ');
	if (!strchr(said, '\n')) {
		fria_say(out, lang, FRIA_W_git_line, "text", said, NULL);
		return;
	}
	fria_buf_puts(out, fria_word_text(FRIA_W_git_lines, lang));
	for (size_t n; *said; said += n + (said[n] == '\n')) {
		n = strcspn(said, "\n");
		if (n)
			fria_buf_printf(out, "\n  %.*s", (int)n, said);
	}
}

static void say_text(fria_buf *out, const char *text, size_t n,
		     const fria_args *args, fria_lang lang);

/* What stands between braces: "count", "count|answer|answers", "by?, {by}" or
 * "by!nobody". */
static void put_part(fria_buf *out, const char *part, size_t n,
		     const fria_args *args, fria_lang lang)
{
	size_t name = strcspn(part, "|?!}");
	const char *value = value_of(args, part, name);
	if (part[name] == '?' || part[name] == '!') {
		if ((value && *value) == (part[name] == '?'))
			say_text(out, part + name + 1, n - name - 1, args,
				 lang);
	} else if (!value) {
		fria_buf_put(out, part - 1, n + 2);
	} else if (part[name] == '}') {
		bool why = name == 3 && !memcmp(part, "why", 3);
		const char *known = why ? system_says(value, lang) : NULL;
		if (name == 3 && !memcmp(part, "git", 3))
			put_git(out, value, lang);
		else
			fria_buf_puts(out, known ? known : value);
	} else {
		const char *one = part + name + 1;
		const char *other = one + strcspn(one, "|") + 1;
		if (!strcmp(value, "1"))
			fria_buf_put(out, one, (size_t)(other - 1 - one));
		else
			fria_buf_put(out, other, (size_t)(part + n - other));
	}
}

/* How much stands before the brace that closes it. */
static size_t part_length(const char *part, const char *end)
{
	const char *at = part;
	for (size_t open = 1; at < end; at++) {
		open += *at == '{';
		if (*at == '}' && !--open)
			break;
	}
	return (size_t)(at - part);
}

static void say_text(fria_buf *out, const char *text, size_t n,
		     const fria_args *args, fria_lang lang)
{
	const char *end = text + n;
	for (const char *open; (open = memchr(text, '{', n));
	     n = (size_t)(end - text)) {
		size_t inside = part_length(open + 1, end);
		if (open + 1 + inside == end)
			break;
		fria_buf_put(out, text, (size_t)(open - text));
		put_part(out, open + 1, inside, args, lang);
		text = open + inside + 2;
	}
	fria_buf_put(out, text, n);
}

void fria_say_args(fria_buf *out, fria_lang lang, fria_word word,
		   const fria_args *args, bool buttons)
{
	const char *text = fria_word_text(word, lang), *name, *value;
	fria_args all = {NULL, 0};
	for (size_t at = 0;
	     buttons && fria_args_next(args, &at, &name, &value);)
		fria_args_add(&all, name, value);
	if (buttons)
		fria_args_add(&all, "buttons", "1");
	say_text(out, text, strlen(text), buttons ? &all : args, lang);
	fria_args_dispose(&all);
}

void fria_say_list(fria_buf *out, fria_lang lang, fria_word word, bool buttons,
		   va_list list)
{
	fria_args args = {NULL, 0};
	for (const char *name; (name = va_arg(list, const char *));) {
		const char *value = va_arg(list, const char *);
		if (value)
			fria_args_add(&args, name, value);
	}
	fria_say_args(out, lang, word, &args, buttons);
	fria_args_dispose(&args);
}

void fria_say(fria_buf *out, fria_lang lang, fria_word word, ...)
{
	va_list list;
	va_start(list, word);
	fria_say_list(out, lang, word, false, list);
	va_end(list);
}
