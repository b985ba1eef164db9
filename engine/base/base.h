/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * base: what every other folder stands on: memory, text buffers, errors and
 * findings, sentences in two languages, dates, and running a program.
 *
 * Ownership, everywhere in the engine: a `T **out` that comes first is given
 * to the caller, who frees it; a returned `const T *` is borrowed and lives as
 * long as its subject. Out of memory ends the process in one place (memory.c);
 * no other function of the engine prints or exits.
 */
#ifndef FRIA_BASE_H
#define FRIA_BASE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fria_version.h" /* FRIA_VERSION, as text: "1.0.0" */

#if defined(__GNUC__)
#define FRIA_PRINTF(f, a) __attribute__((format(printf, f, a)))
#define FRIA_SENTINEL __attribute__((sentinel))
#else
#define FRIA_PRINTF(f, a)
#define FRIA_SENTINEL
#endif

/* --- memory.c: allocation that cannot fail ------------------------------- */

void *fria_malloc(size_t size);
void *fria_calloc(size_t n, size_t size);
void *fria_realloc(void *ptr, size_t size);
char *fria_strdup(const char *text); /* NULL gives NULL */
char *fria_strndup(const char *text, size_t n);
/* printf into a new string; the caller frees it with free(). */
char *fria_format(const char *format, ...) FRIA_PRINTF(1, 2);
/*
 * What the system or a library made with memory that it took by itself: ends
 * the process where it is NULL and errno says that there was no memory. Set
 * errno to 0 before what may fail without setting it; give NULL where what was
 * made does not tell.
 */
void *fria_made(void *made);

/*
 * Room for one more element in an array `{T *items; size_t n;}`. Capacity is
 * the next power of two above n, so nothing but n has to be kept.
 */
void *fria_grow(void *items, size_t n, size_t size);
#define FRIA_PUSH(array)                                                       \
	((array)->items =                                                      \
	     fria_grow((array)->items, (array)->n, sizeof *(array)->items),    \
	 &(array)->items[(array)->n++])

/* --- buffer.c: text that grows -------------------------------------------- */

/* Always NUL-terminated once written to; `text` is never NULL after init. */
typedef struct {
	char *text;
	size_t n;
	size_t room;
} fria_buf;

#define FRIA_BUF_INIT                                                          \
	{                                                                      \
		(char *)"", 0, 0                                               \
	}

void fria_buf_init(fria_buf *buf);
void fria_buf_dispose(fria_buf *buf); /* leaves it empty and usable */
void fria_buf_clear(fria_buf *buf);   /* empties it, keeps the room */
void fria_buf_put(fria_buf *buf, const char *bytes, size_t n);
void fria_buf_puts(fria_buf *buf, const char *text);
void fria_buf_putc(fria_buf *buf, char c);
void fria_buf_printf(fria_buf *buf, const char *format, ...) FRIA_PRINTF(2, 3);
/* The same with its values in a list, which the caller ends. */
void fria_buf_vprintf(fria_buf *buf, const char *format, va_list list);
/* Takes the text out; the caller frees it with free(). */
char *fria_buf_detach(fria_buf *buf);
void fria_put_base64(fria_buf *out, const char *bytes, size_t n);

/* A list of strings that it owns. */
typedef struct {
	char **items;
	size_t n;
} fria_strings;

#define FRIA_STRINGS_INIT                                                      \
	{                                                                      \
		NULL, 0                                                        \
	}

void fria_strings_add(fria_strings *list, const char *text);
/* The same, unless it is in it. */
void fria_strings_add_once(fria_strings *list, const char *text);
/* Appends all of them: "a, b" where ", " is between. */
void fria_strings_join(fria_buf *out, const fria_strings *list,
		       const char *between);
bool fria_strings_has(const fria_strings *list, const char *text);
/* Adds a copy of each of more that is not in it yet. */
void fria_strings_add_new(fria_strings *list, const fria_strings *more);
void fria_strings_sort(fria_strings *list); /* by bytes */
void fria_strings_unique(fria_strings *sorted);
void fria_strings_dispose(fria_strings *list);
/* Whether a word is one of a list with spaces or commas between: "a, b". */
bool fria_is_among(const char *list, const char *word);
/* Adds each of its words that is not there yet. */
void fria_strings_split(fria_strings *out, const char *list);

/* --- nearest.c: the name that somebody may have meant --- */

/* How many letters to put in, take away, change or swap with the next make one
 * text the other; capitals are no matter. SIZE_MAX where one is long. */
size_t fria_distance(const char *a, const char *b);
/* The name that is written almost so, the first of the nearest; NULL if none
 * is near. Borrowed from names. */
const char *fria_nearest(const fria_strings *names, const char *text);

/* Whether a person takes them for the same words: capitals, spaces, hyphens and
 * commas are no matter. */
bool fria_words_alike(const char *a, const char *b);

/* --- words.c: every sentence of the engine, in Dutch and English ---------- */

typedef enum { FRIA_NL, FRIA_EN } fria_lang;

/* "nl" or "en"; anything else gives false and leaves *out. */
bool fria_lang_parse(fria_lang *out, const char *text);
const char *fria_lang_code(fria_lang lang);

/* One id for each row of words.def: FRIA_W_unknown_task, ... words_ids.h is
 * made of it, and moves only when an id does. */
typedef enum {
#include "words_ids.h"
	FRIA_W_COUNT
} fria_word;

/* The sentence as it stands, with its {placeholders}. Borrowed, static. */
const char *fria_word_text(fria_word word, fria_lang lang);
/* The id as text ("unknown_task"): the `code` of findings. Static. */
const char *fria_word_id(fria_word word);
/*
 * Appends the sentence with its placeholders filled in. Arguments are pairs
 * of name and value, both `const char *`, closed by NULL:
 *   fria_say(&out, lang, FRIA_W_unknown_task, "task", id, NULL);
 * A value of NULL leaves the placeholder as it stands. {count|answer|answers}
 * is the first of the two where the value is 1, else the second; {by?, {by}} is
 * what stands behind the question mark, and nothing where by is NULL or "";
 * {by!, by nobody} is the reverse.
 *
 * "buttons" is given where the reader has the workplace's pages and no command
 * line: "{buttons!Save it with \"fria save\".}{buttons?Save it first.}". Who
 * knows where it is read says so by the parameter of that name (true: there).
 */
void fria_say(fria_buf *out, fria_lang lang, fria_word word, ...) FRIA_SENTINEL;
/* The same with the pairs, and the NULL, in a list, which the caller ends. */
void fria_say_list(fria_buf *out, fria_lang lang, fria_word word, bool buttons,
		   va_list pairs);

/*
 * Named parameters of a sentence, packed as name NUL value NUL ... Owned.
 * They keep a message free of any language until it is shown.
 */
typedef struct {
	char *packed;
	size_t n;
} fria_args;

/* The value is kept as it can be shown (fria_text_repaired). */
void fria_args_add(fria_args *args, const char *name, const char *value);
const char *fria_args_value(const fria_args *args, const char *name);
/* Iterates: *at starts at 0; false at the end. */
bool fria_args_next(const fria_args *args, size_t *at, const char **name,
		    const char **value);
void fria_args_dispose(fria_args *args);
void fria_say_args(fria_buf *out, fria_lang lang, fria_word word,
		   const fria_args *args, bool buttons);

/* --- error.c: trouble, and where it stands -------------------------------- */

enum {
	FRIA_OK = 0,
	FRIA_EINPUT = -1,    /* a document or argument is not as it should be */
	FRIA_ENOTFOUND = -2, /* what was named does not exist */
	FRIA_EEXISTS = -3,   /* what was to be made exists already */
	FRIA_EREFUSED = -4,  /* a rule of the design forbids it now */
	FRIA_ERACE = -5,     /* someone else changed it meanwhile: again */
	FRIA_ELOCKED = -6,   /* a lock file or another process holds it */
	FRIA_EIO = -7,	     /* the file system or the repository refused */
	FRIA_ELIMIT = -8     /* too deep, too large, too many */
};

/*
 * Lives on the caller's stack (`fria_error err = FRIA_ERROR_INIT;`), needs no
 * disposal, may be NULL wherever it is a parameter. The first error wins:
 * once code is set, later calls change nothing. Parameters that do not fit
 * are cut at a character's end and marked "…".
 */
typedef struct {
	int code;
	fria_word word;
	char args[2048]; /* packed as in fria_args, NUL NUL at the end */
	size_t args_n;
	char file[512]; /* "" where there is none; so for all of these */
	char revision[64];
	char pointer[512];   /* JSON Pointer inside the file */
	size_t line, column; /* 1-based; 0 unknown; column counts characters */
} fria_error;

#define FRIA_ERROR_INIT                                                        \
	{                                                                      \
		0, (fria_word)0, "", 0, "", "", "", 0, 0                       \
	}

/* Sets code and sentence (pairs closed by NULL, as fria_say); returns code.
 * "near" with what may have been meant (NULL: nothing) asks so behind it. */
int fria_fail(fria_error *err, int code, fria_word word, ...) FRIA_SENTINEL;
/* A sentence on {value}, which is none of the {choices}; the nearest of these
 * is asked for. */
int fria_fail_choices(fria_error *err, int code, fria_word word,
		      const fria_strings *choices, const char *value);
/* Does the system say so that a disk is full, in its own words or git's? */
bool fria_says_full(const char *why);
/*
 * The same for something that the system refused at {path}, in its own words
 * ({why}): a full disk is called a full disk, whichever the sentence.
 */
int fria_fail_io(fria_error *err, int code, fria_word word, const char *path,
		 const char *why);
/*
 * Adds the place to an error that is set and has none yet (file, pointer and
 * line are each filled only where still empty). NULL and 0 leave a part as
 * it is. Returns err->code, or FRIA_EINPUT when err is NULL.
 */
int fria_fail_at(fria_error *err, const char *file, const char *pointer,
		 size_t line, size_t column);
/* "REVISION:FILE:LINE:COLUMN: sentence (POINTER)" in the language, as far as
 * that is known; no newline. */
void fria_error_text(fria_buf *out, const fria_error *err, fria_lang lang);
/* The same where it is read (fria_say). */
void fria_error_say(fria_buf *out, const fria_error *err, fria_lang lang,
		    bool buttons);
void fria_error_clear(fria_error *err);

/* --- finding.c: something a check noticed; data, never an error --- */

typedef enum { FRIA_NOTE, FRIA_WARNING, FRIA_SEVERE } fria_severity;

typedef struct {
	fria_severity severity; /* FRIA_SEVERE is written as "error" */
	fria_word word;		/* its id is the code */
	fria_args args;
	char *file;	/* NULL where there is none; so for the three below */
	char *revision; /* the commit in which the file is meant */
	char *pointer;	/* JSON Pointer into the file's document */
	char *place;	/* the same in words, as a person is told */
	char *schema;	/* for schema findings: "file.schema.json#/pointer" */
	size_t line, column;
} fria_finding;

typedef struct {
	fria_finding *items;
	size_t n;
} fria_findings;

#define FRIA_FINDINGS_INIT                                                     \
	{                                                                      \
		NULL, 0                                                        \
	}

/* Appends one; pairs closed by NULL, as fria_say. Borrowed until the next. */
fria_finding *fria_findings_add(fria_findings *list, fria_severity severity,
				fria_word word, const char *file,
				const char *pointer, ...) FRIA_SENTINEL;
/* An error as a severe finding, with its place. */
void fria_findings_add_error(fria_findings *list, const fria_error *err);
/*
 * A document (file) that cannot be read, as a severe finding, so that what has
 * nothing to do with it goes on: 0. Named once. Any other error goes to err:
 * its code.
 */
int fria_findings_add_broken(fria_findings *list, const char *file,
			     const fria_error *broken, fria_error *err);
/* The sentence alone, without the place. */
void fria_finding_text(fria_buf *out, const fria_finding *finding,
		       fria_lang lang);
void fria_finding_say(fria_buf *out, const fria_finding *finding,
		      fria_lang lang, bool buttons);
const char *fria_severity_id(fria_severity severity);
bool fria_findings_worst(const fria_findings *list, fria_severity at_least);
void fria_findings_dispose(fria_findings *list);

/* --- text.c: UTF-8 --- */

/*
 * Text that is only read (an author in git's history, the name of a file) as
 * it can be shown: NFC, and a byte that is no UTF-8 is the character that
 * Latin-1 has there. New; NULL gives NULL.
 */
char *fria_text_repaired(const char *text);
/* The same for texts that differ in case alone, of the first n bytes. New. */
char *fria_text_folded(const char *text, size_t n);
/* Whether nothing can be seen of it: white space of any kind and characters
 * without width. True for NULL. */
bool fria_text_blank(const char *text);

/* Index of the first byte that is not valid UTF-8, or n. */
size_t fria_utf8_invalid(const char *bytes, size_t n);
/* Appends text in Unicode form NFC. The text must be valid UTF-8. */
void fria_nfc(fria_buf *out, const char *text, size_t n);
/* False only if the text may change under NFC (a quick look, no work). */
bool fria_is_plainly_nfc(const char *text, size_t n);
/* Appends text as an id has it: "Zoëken (2)" becomes "zoeken-2"; cut to 64
 * bytes at a word's end where it can be. Nothing if no letter is left. */
void fria_slug(fria_buf *out, const char *text);
/* Decodes one character; returns its length in bytes (at least 1). */
size_t fria_utf8_next(uint32_t *out, const char *text, size_t n);
size_t fria_utf8_count(const char *text, size_t n); /* characters */
size_t fria_utf8_width(const char *text, size_t n); /* columns of a terminal */
/*
 * Appends text for a terminal: control characters, bidirectional controls and
 * other invisible characters become spaces or vanish; newline and tab stay.
 */
void fria_put_safe(fria_buf *out, const char *text);
/* The same, escaped for XML: between tags, or in double quotes. */
void fria_put_xml(fria_buf *out, const char *text);

/* --- token.c: a text in the pieces that a reader sees --- */

typedef enum {
	FRIA_TOKEN_SPACE,
	FRIA_TOKEN_WORD,   /* "camera's", "e-mail", "gemeente.nl", "v2" */
	FRIA_TOKEN_NUMBER, /* "12", "1.0", "3.400,50" */
	FRIA_TOKEN_MARK	   /* one character that is none of these */
} fria_token_kind;

/* The length of the piece that begins here, and what it is; of a text in UTF-8
 * that is not "". All pieces one after the other are the text. */
size_t fria_token_next(fria_token_kind *kind, const char *text);

/* --- person.c: whose signature it is --- */

/* The length of the name in "A. de Vries <a@example.org>", or in a name. */
size_t fria_person_length(const char *by);
/* True if two moments of signing are one person's: one mailbox, by its address
 * without case and without what follows a plus sign. */
bool fria_same_person(const char *a, const char *b);
/* True if the eye takes them for one: the same full name, or addresses that
 * differ in a look-alike letter, in case, marks, points or hyphens. */
bool fria_alike_person(const char *a, const char *b);
/* True if what somebody typed, a name, an address or both, means this person.
 */
bool fria_is_person(const char *by, const char *typed);

/* --- enter.c: the one entrance for text (DESIGN section 2) --- */

/* What a text is, and whether there must be one. */
enum {
	FRIA_PROSE = 0,	   /* lines and tabs are part of it */
	FRIA_LINE = 1,	   /* neither is: a name, a title, a role, a day */
	FRIA_OPTIONAL = 2, /* blank (fria_text_blank) counts as none: NULL */
	FRIA_NEEDED = 4,   /* blank or none is refused */
	FRIA_FILE = 16,	   /* prose, as long as a file may be */
	FRIA_DAY = 11	   /* a line, optional, that fria_date_typed() reads */
};
/* The longest, in bytes. */
#define FRIA_LINE_MAX ((size_t)1000)
#define FRIA_PROSE_MAX ((size_t)1 << 20)

/*
 * Appends the text in NFC, with LF at the end of lines and without a byte
 * order mark before it. EINPUT for what is not UTF-8, NUL, other control
 * characters than tab and line end, these too in a line; ELIMIT for what is
 * too long. what names the text in the message ("--note", a file).
 */
int fria_text_enter(fria_buf *out, const char *bytes, size_t n, unsigned kind,
		    const char *what, fria_error *err);

/* A text on its way in; a list of these ends with a NULL text. */
typedef struct {
	const char **text; /* that may be NULL; so it is replaced, too */
	unsigned kind;
	const char *what;
} fria_entering;

/* Each through fria_text_enter(), a day as full-date; what had to change is
 * owned by `kept`. */
int fria_enter(fria_strings *kept, const fria_entering *texts, fria_error *err);

/* --- number.c: real numbers, whatever the locale --- */

/*
 * The decimal number that text begins with ("-12.5e3", with a point). *end
 * (may be NULL) is what follows it: text itself where there is none.
 */
double fria_number_read(const char *text, const char **end);
/* Appends the shortest of 15, 16 or 17 digits that reads back equal. */
void fria_number_put(fria_buf *out, double value);
/* The same as people type it: "0,84" in Dutch. */
void fria_number_type(fria_buf *out, fria_lang lang, double value);
/* And as they read it: "52.000" in Dutch, "52,000" in English; 1500 in both. */
void fria_number_say(fria_buf *out, fria_lang lang, double value);
/* A count in digits, as a text that lives as long as the block it stands in. */
#define FRIA_DIGITS(n) fria_digits((char[FRIA_DIGITS_SIZE]){""}, (n))
#define FRIA_DIGITS_SIZE 24
char *fria_digits(char text[FRIA_DIGITS_SIZE], size_t n);
#define FRIA_NUMBER_SIZE 40
/*
 * A number as people type it ("1500", "1,5", "-0.25", "84 %": 84), appended as
 * JSON has it. EINPUT, offering what would do, for what could be two numbers
 * ("1.500") and for groups of thousands ("1.234,56"); ENOTFOUND, without a
 * sentence, for what is no number.
 */
int fria_number_typed(fria_buf *out, const char *text, size_t n,
		      fria_error *err);
/* As printf has it with a point: how is 'e' or 'g'. */
void fria_number_format(char out[FRIA_NUMBER_SIZE], char how, int digits,
			double value);

/* --- date.c: moments, days and durations --- */

/* Seconds since 1970-01-01T00:00:00Z, proleptic Gregorian; years 0 to 9999. */
typedef int64_t fria_time;

/* RFC 3339 date-time ("2026-11-23T10:00:00Z", any offset), or full-date. */
bool fria_time_parse(fria_time *out, const char *text);
bool fria_date_is(const char *text); /* RFC 3339 full-date */
bool fria_time_is(const char *text); /* RFC 3339 date-time */
#define FRIA_DATE_SIZE 11
/*
 * A day as people type it, as full-date: "2027-03-01", "1-3-2027", "1 maart
 * 2027", "March 1, 2027"; the day comes before the month, and the year has
 * four digits. Where it is known which day it is (today; else NULL) also "1-3"
 * and "1 maart" of this year, and "morgen", "yesterday".
 */
bool fria_date_typed(char out[FRIA_DATE_SIZE], const char *text,
		     const fria_time *today);
/* A month as people type it, as "2026-03": "maart 2026", "3-2026". */
bool fria_month_typed(char out[FRIA_DATE_SIZE], const char *text);
/* Appends "2026-11-23T10:00:00Z", or the day alone; always UTC. */
void fria_time_write(fria_buf *out, fria_time at);
void fria_day_write(fria_buf *out, fria_time at);
/* The beginning of the day that a moment lies in. */
fria_time fria_day_start(fria_time at);
/* "23 november 2026", "23 November 2026". */
void fria_day_say(fria_buf *out, fria_lang lang, fria_time at);
/* The same of a day, a month or a moment as documents have it; a month is
 * "november 2026". False, and nothing, for NULL and what is none. */
bool fria_date_say(fria_buf *out, fria_lang lang, const char *text);

/* ISO 8601 duration of years, months, weeks and days, such as P12M or P1Y6M. */
typedef struct {
	int months;
	int days;
} fria_duration;

bool fria_duration_parse(fria_duration *out, const char *text);
/* Appends one of one unit as people say it: "3 maanden", "week"; false, and
 * nothing, for another. */
bool fria_duration_say(fria_buf *out, fria_lang lang, const char *text);
/* Appends as a duration what people type: "3 maanden", "every week",
 * "kwartaal", "P3M"; false, and nothing, for what is none. */
bool fria_duration_typed(fria_buf *out, const char *text);
/* Adds it to a day; 31 January plus P1M is the last day of February. */
fria_time fria_time_add(fria_time at, fria_duration d);

/* --- file.c: files outside the repository --- */

/* The most that is ever read at once: documents, answers, instruments. */
#define FRIA_MAX_BYTES ((size_t)32 << 20)

/* Reads a whole regular file ("-" is standard input). */
int fria_file_read(fria_buf *out, const char *path, fria_error *err);
/* Writes through a temporary file beside it and a rename; synced. A device,
 * a pipe and what standard output or error goes to are written to and stay what
 * they are, also through a link. */
int fria_file_write(const char *path, const char *bytes, size_t n,
		    fria_error *err);
/* The same for what can be made again: not synced, and left alone where it
 * holds these bytes already. */
int fria_file_renew(const char *path, const char *bytes, size_t n,
		    fria_error *err);
/* All bytes to a descriptor; -1 with errno set. */
int fria_write_all(int fd, const char *bytes, size_t n);
/* Makes a file that nobody else has or can read, under a name that begins so,
 * with these bytes; the caller frees the path, and removes the file. NULL on
 * trouble. */
int fria_file_new(char **path, const char *stem, const char *bytes, size_t n,
		  fria_error *err);
void fria_file_remove(const char *path);
bool fria_path_exists(const char *path);
/* Where it leads, without links, from the root; NULL: nowhere. New. */
char *fria_path_real(const char *path);
/* True if nothing is in the folder, or it is not there. Hidden files that a
 * killed command left half made (".NAME.tmp") are nothing. */
bool fria_folder_empty(const char *path);
/* The same, but for these names, closed by NULL. */
bool fria_folder_has_only(const char *path, const char *const *names);
/* Makes the folder and its parents. */
int fria_folder_make(const char *path, fria_error *err);
/* Removes a folder with all that is in it; links are not followed. */
void fria_folder_remove(const char *path);
/* True if the disk of this folder takes nothing any more: it is tried. */
bool fria_disk_is_full(const char *folder);
/* True for ids: [a-z0-9][a-z0-9-]{0,63}, not reserved (DESIGN section 11). */
bool fria_id_ok(const char *id);
/* n random characters of [a-z0-9] from the system, and a NUL. */
void fria_random_id(char *out, size_t n);

/*
 * Opens a file (made if it is not there) and takes its exclusive lock, after
 * whoever waited before us: the descriptor, which is closed to let go of it, or
 * which the system closes when the process ends, however that is. -1 with
 * errno; EINTR: a signal ended the waiting (fria_host).
 */
int fria_file_lock(const char *path);

/* --- host.c: the program that the engine is part of --- */

typedef struct {
	/* A variable of the environment, as git and its like heed it (HOME,
	 * TMPDIR, GIT_...); NULL: it is not set. */
	const char *(*variable)(const char *name);
	/*
	 * Told before another process is waited for, and after. The waiting
	 * has no end of its own: a signal that is handled here ends it, such
	 * as that of alarm(), and what waited gives ELOCKED.
	 */
	void (*waits)(bool begins);
} fria_host;

/* For fria_start(), which programs call. */
void fria_host_set(const fria_host *host);
/* NULL without a host, or without the variable. */
const char *fria_variable(const char *name);
void fria_waits(bool begins);

/* --- process.c: run a program, never a shell --- */

/*
 * Runs argv[0] (found in PATH) with the terminal it was given; waits. *status
 * is its exit status, or 128 + the signal.
 */
int fria_run(int *status, const char *const argv[], fria_error *err);
/*
 * The same, with these bytes as its standard input; it may read less of them.
 * As with system(3), an interrupt is the program's alone while it runs.
 */
int fria_run_fed(int *status, const char *const argv[], const char *bytes,
		 size_t n, fria_error *err);

typedef struct {
	const char *const *argv; /* closed by NULL */
	/* "NAME=value" sets, "NAME" unsets; closed by NULL; NULL: as ours. */
	const char *const *env;
	const char *input; /* its standard input; NULL: nothing to read */
	size_t input_n;
	int seconds;  /* then it is told to end; 0: never */
	size_t limit; /* bytes kept of each output; 0: 1 MiB */
} fria_program;

typedef struct {
	int status; /* exit status, or 128 + the signal */
	fria_buf out, err;
	bool cut;  /* it said more than was kept */
	bool late; /* it was ended for the time it took */
} fria_ran;

/*
 * The same with its words caught. It ends when this process ends, however that
 * ends. EIO if it cannot be started; out then needs no disposal.
 */
int fria_run_caught(fria_ran *out, const fria_program *program,
		    fria_error *err);
void fria_ran_dispose(fria_ran *ran);

/* --- url.c: whose computer an address names, and text in one --- */

/* "user@host:8080" of a URL, "" if there is none; the caller frees. */
char *fria_url_authority(const char *url);
/* True if the host of a URL is this computer itself. */
bool fria_url_is_loopback(const char *url);
/* Text as a part of an address (RFC 3986, 2.1 and 2.3), and keep as it is. */
void fria_url_escape(fria_buf *out, const char *text, const char *keep);

/* --- embedded.c: files built into the library (EMBED in the Makefile) --- */

/*
 * The bytes of a file by its path in the source tree; *n (may be NULL) is
 * their number, without the NUL that follows them. NULL if there is none.
 */
const char *fria_embedded(const char *name, size_t *n);
/* Their names, in the order of the Makefile: *at starts at 0; false at the
 * end. */
bool fria_embedded_next(size_t *at, const char **name);

#endif
