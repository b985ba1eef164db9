/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The command line: what every command is given, and how it speaks. A command
 * is a file, cmd_NAME.c, with its function and its row, and a line in
 * commands.def; it puts its results in `out`, its messages go through say().
 */
#ifndef FRIA_CLI_H
#define FRIA_CLI_H

#include "../engine/fria.h"

#define MAX_OPTIONS 24

/* An option of a command; rows end with a NULL name. */
typedef struct {
	const char *name;  /* "from": written --from */
	char letter;	   /* 'o': also -o; 0 for none */
	const char *value; /* what follows ("FILE"), or NULL: a flag */
	fria_word help;
} option;

#define NO_OPTION                                                              \
	{                                                                      \
		NULL, 0, NULL, 0                                               \
	}
/* Of what can be shown as a page too. */
#define VIEW_OPTIONS                                                           \
	{"format", 0, "F", FRIA_W_opt_view_format},                            \
	{                                                                      \
		"output", 'o', "FILE", FRIA_W_opt_output                       \
	}

typedef struct cli cli;
typedef struct typed_lines typed_lines;

/* What a command that runs well leaves: nothing, what `save` records, or a
 * commit; and what it is like. */
enum {
	READS,
	EDITS,
	RECORDS,
	EFFECT = 3,	 /* one of these, and any of these: */
	BARE = 4,	 /* needs no workspace */
	GIVES_JSON = 8,	 /* has a result for --json */
	NAMES = 16,	 /* its arguments are names of files, given by git */
	KEEPS_TEXT = 32, /* what it is given stays in documents */
	PAGED = 64,	 /* its result may be long */
	MAY_LACK = 128	 /* works where there is no workspace yet, too */
};

/* A row without `run` is a heading: `summary` is what it says. */
typedef struct {
	const char *name; /* "app add" */
	const char *args; /* "ID --from FILE"; NULL: none */
	struct {
		size_t min, max; /* SIZE_MAX: any number */
	} takes;		 /* of positional arguments */
	unsigned does;
	fria_word summary;
	const option *options; /* NULL for none */
	/* 0 in order, 1 findings or differences; 2, or an error's code, for
	 * trouble (err is set). */
	int (*run)(cli *c, fria_error *err);
} command;

struct cli {
	const command *command;
	const command *about; /* what --help asks of; else NULL */
	const char *folder;   /* -C */
	fria_lang lang;
	bool json, verbose, colour;
	size_t width;  /* of the terminal, in columns */
	bool progress; /* standard error is a terminal */
	fria_session session;
	fria_workspace *ws;		/* NULL for a command that needs none */
	const char *given[MAX_OPTIONS]; /* as the options stand; "" a flag */
	fria_strings many[MAX_OPTIONS]; /* the same, each time it was given */
	char **args;
	size_t n;
	fria_buf out;	 /* results, for standard output */
	typed_lines *in; /* what a person types */
	bool quiet;	 /* out is bytes of a document: shown as they are */
	bool told;	 /* that what was changed is not saved yet */
};

/* --- commands.c --- */

extern const command *const commands[]; /* ends with NULL */

/* The command that the arguments start with; *used is its number of words. */
const command *command_find(int argc, char **argv, int *used);
/* Where options of a command stand before it, puts the command first; false
 * where these are no options of the command that follows. */
bool command_forward(int argc, char **argv);
/* Refuses arguments that start with none; with the nearest there is. */
int command_refuse(int argc, char **argv, fria_error *err);
/* True of "app add" for "app". */
bool command_in_group(const command *k, const char *group);

/* --- options.c --- */

/* What was given to an option; NULL if it was not; "" for a flag. */
const char *given(const cli *c, const char *name);
/* The same of an option that may recur: each time; NULL if it was not. */
const fria_strings *given_each(const cli *c, const char *name);
/* EINPUT: no such option, with the nearest there is; what: as it was typed. */
int options_refuse(const cli *c, fria_error *err, const char *what);
/* Fills given, args and n from what follows the command's name. */
int options_parse(cli *c, int argc, char **argv, fria_error *err);
/* Gives one later, as if it had been typed among them. */
int option_give(cli *c, const char *name, const char *text, fria_error *err);
/* Refuses a --format that is none of these, and an -o with another ending;
 * those of VIEW_OPTIONS are looked at already. */
int check_format(const cli *c, const char *choices, const char *endings,
		 fria_error *err);
/* How many arguments an option takes up, itself included; 0: it is none. */
int option_length(const command *k, const char *text);

/* --- usage.c --- */

/* Appends a usage as the tables have it, what is to be filled in named in the
 * language. */
void put_usage(fria_buf *out, const char *args, fria_lang lang);
/* The same of the command that runs; until it is asked again. */
const char *usage(const cli *c);

/* --- missing.c --- */

/* What the command's usage needs and was not given: asked on a terminal;
 * elsewhere EINPUT with what would do. The workspace is open if there is one.
 */
int ask_missing(cli *c, fria_error *err);

/* --- output.c, typed.c --- */

typedef enum { PLAIN, BOLD, DIM, RED, GREEN, YELLOW, BLUE } style;

/* Appends text to out, made safe, in a style where colour is on. */
void put(cli *c, style how, const char *text);
void putf(cli *c, style how, const char *format, ...) FRIA_PRINTF(3, 4);
/* Appends a sentence in the language; pairs closed by NULL. */
void put_word(cli *c, style how, fria_word word, ...) FRIA_SENTINEL;
/* The same, with the end of the line. */
void put_sentence(cli *c, style how, fria_word word, ...) FRIA_SENTINEL;
/* Appends text wrapped to 80 columns, each line after the indent. */
void put_wrapped(cli *c, size_t indent, const char *text);
/* The same beside what stands left of it, on a line of its own if too long. */
void put_beside(cli *c, size_t indent, const char *left, const char *text);
/* A structure, as --json prints it; takes the reference. */
void put_json(cli *c, json_t *json);
/* A message on standard error, ended by a newline. */
void say(const cli *c, fria_word word, ...) FRIA_SENTINEL;
/* Names what in a text points at one person (typed.c). */
void say_personal(const cli *c, const char *text);
/* The same of all that a command is given to keep. */
void say_typed(const cli *c);
/* "html" or "md", by the ending of a file's name; NULL for another. */
const char *format_by_name(const char *path);
/* Refuses a file name whose ending is none of these (".html, .htm"); NULL and
 * a name without an ending are well. */
int check_ending(const char *path, const char *endings, fria_error *err);
void say_error(const cli *c, fria_error *err);
/* How far it is; a line that is written over, on a terminal only. data is the
 * cli. */
void show_progress(void *data, size_t done, size_t all);
/* The findings, one a line, or as JSON; the exit status they mean. */
int put_findings(cli *c, fria_findings *findings);
/* The same on standard error, beside a result. */
int say_findings(const cli *c, fria_findings *findings);
/* On standard error, where the program knows a newer state of the law. */
void say_law(const cli *c);
/* Writes out to standard output; 0, or 2 when that fails. */
int flush_out(cli *c);

/* --- show.c, output.c: views --- */

/* The result goes to the file of -o, or to standard output. A file that is as
 * fria wrote it is replaced; another when a person agrees to it on a terminal,
 * else EEXISTS. */
int put_document(cli *c, const char *path, fria_buf *bytes, fria_error *err);
/* For what records before it writes: EEXISTS where a file stands that it would
 * not replace unasked and cannot ask about. */
int check_target(const cli *c, const char *path, fria_error *err);
/* Puts one for the terminal and frees its document; with --verbose nothing in
 * it is folded. */
void put_view(cli *c, fria_node *node);
/* What was put, shown before it is asked about. */
void show_now(cli *c);
/* Shows what would be recorded, unless JSON is asked for, and frees it; true if
 * it is to be: by --yes, or on a terminal when it is asked. */
bool show_and_agree(cli *c, fria_node *page);
/* The body of a page to fill; its title (NULL: none) and what it is about. */
fria_node *new_page(const cli *c, const char *title, fria_word subtitle);
/* On the terminal, or with its head as --format or the name of -o says;
 * frees it. 0 or 2. */
int show_page(cli *c, fria_node *page, fria_error *err);
/* Findings, one a line, or as a page about this; what they mean as a status. */
int show_findings(cli *c, fria_findings *findings, fria_word about,
		  fria_error *err);

/* --- pager.c --- */

/* Shows out through a pager where one is wanted; false: it is still to be
 * written. */
bool page(const cli *c);

/* --- input.c --- */

/* Reads what somebody wrote ("-": standard input), through the entrance. */
int read_text(fria_buf *out, const char *path, fria_error *err);
/* Reads a JSON or YAML file ("-": standard input), told apart by its name. */
int read_document(json_t **out, const char *path, fria_error *err);
/* What --from gives of an application: a document, or the form. */
typedef struct {
	fria_facts_file from; /* borrows the rest */
	json_t *file;
	fria_buf form;
} given_facts;

/* From --from; where nothing is given, on a terminal the form as it comes out
 * of the editor, and elsewhere an error if it is needed. */
int read_facts(given_facts *out, const cli *c, bool needed, fria_error *err);
/* After an error (code) what was typed in the editor is kept, and named. */
void keep_form(const cli *c, const given_facts *facts, int code);
/* Keeps what was typed in a new file, and says where. */
void keep_text(const cli *c, const fria_buf *text, const char *end,
	       fria_word where);
void given_facts_dispose(given_facts *facts);
/* True where somebody is there to answer. */
bool on_terminal(const cli *c);
/* The next line that is typed; what is no text is said, and asked for again.
 * False at the end. */
bool read_line(const cli *c, fria_buf *out);
bool is_yes(const char *text);
/* Yes or no as it is typed, with what may follow it: "yes", "no", or NULL for
 * an empty line, "?" or "onbekend"; false: it is none of these. */
bool read_yes_no(const char **out, const char *text);
/* Asks, and waits for yes or no. */
bool agrees(const cli *c, fria_word question);
/* Whether a path ends so; capitals are no matter. */
bool ends_in(const char *path, const char *end);
/* Entries of the register: its CSV, or JSON of any of its kinds, told apart by
 * the name where format is NULL ("register", "register-csv"). */
int read_entries(fria_register_rows *out, fria_findings *findings,
		 const char *path, const char *format, fria_error *err);
/* For whom, by its id or in words; refuses what is neither. */
int read_audience(fria_audience *out, const cli *c, const char *text,
		  fria_error *err);
/* What --separator says, else the one that a Dutch spreadsheet opens. */
int read_separator(char *out, const cli *c, fria_error *err);
/* Line and column of findings on a file outside the workspace. */
void locate_findings(fria_findings *findings, const char *path);
/* Where a program is, as a shell finds it; NULL: nowhere. New. */
char *find_program(const char *name);
/* Opens the user's editor on a text; out is what was saved. */
int edit_text(fria_buf *out, const char *before, fria_error *err);

/* --- lines.c: what a person types, on standard input --- */

typedef enum {
	LINE,
	LINE_LONG,    /* longer than the terminal hands over: it was cut */
	LINE_END,     /* there is nothing more */
	LINE_STOPPED, /* interrupted, or the terminal went away */
} line_kind;

/* One for the whole program: what was read and not taken yet is not lost. */
struct typed_lines {
	bool opened, terminal;
	struct editing *edit; /* NULL: lines come as they are */
	line_kind ended;      /* what a line that is edited ended in */
	size_t at, n;	      /* bytes that were read and not taken yet */
	char bytes[4096];
};

/*
 * Until lines_close an interrupt ends the program only where it waits for a
 * line: what is being written is written whole.
 */
void lines_open(typed_lines *in);
void lines_close(typed_lines *in);
/* The next line after the prompt, without its end. On a terminal it can be
 * edited (editing.h). */
line_kind lines_next(typed_lines *in, const char *prompt, fria_buf *out);
/* A line by itself, where an interrupt ends the program as it does anywhere. */
line_kind lines_one(typed_lines *in, fria_buf *out);
/* True if more was typed or pasted than was taken. */
bool lines_waiting(const typed_lines *in);
/* An interrupt that was meant for somebody else, such as the editor. */
void lines_forget_interrupt(void);

/* --- author.c: who works here --- */

/* What was asked, where nobody is configured. */
typedef struct {
	fria_buf name, email;
} asked_author;

/* Asks the person at the terminal for what the session lacks; what is asked
 * there lasts to forget_author(). */
void ask_author(asked_author *asked, cli *c);
/* Keeps it in the configuration of the workspace in the folder. */
int keep_author(const asked_author *asked, const cli *c, const char *folder,
		fria_error *err);
void forget_author(asked_author *asked);

/* --- what more than one command does --- */

/* Records what was not saved yet, and says so (cmd_save.c); 0 or 2. */
int save_now(cli *c, const char *name, const char *message, fria_error *err);
/*
 * What is done between these is one turn, and with --save it is recorded at
 * the end of it, unless its status is 2. Nobody is waited for meanwhile. Both
 * give the exit status; after trouble with the first there is no second.
 */
int saving_begin(cli *c, fria_error *err);
int saving_end(cli *c, int status, fria_error *err);

/* The question that is answered or waived, with what its options say, and what
 * came of it (cmd_answer.c). */
fria_edit_target target_of(const cli *c);
void say_edited(cli *c, const fria_edited *done, fria_word word);

/* What a shell is to call this program (cmd_setup_git.c). New. */
char *own_program(void);

/* What waits, and what to do next; mine: for who asks. 0 where nothing does,
 * 1 or 2 (cmd_waiting.c). */
int put_waiting(cli *c, bool mine, fria_error *err);

/* --- consequences.c: of a new state of an application --- */

/* What differs in it. */
void put_changed(cli *c, const fria_release_result *r);
/* Which questions that reopens, in each assessment, and what the release check
 * lacks; 0 or an error. */
int put_all_moved(cli *c, const fria_release_result *r, fria_error *err);
/* Both, as --json has it. */
void put_result_json(cli *c, const fria_release_result *r);
/* Both, as the command is asked for them; disposes of the result. 0 or 2. */
int put_consequences(cli *c, fria_release_result *r, fria_error *err);

/* --- the commands --- */

#define HEADING(word)
#define COMMAND(name) extern const command cmd_##name;
#include "commands.def"
#undef HEADING
#undef COMMAND

/* What "fria" alone is. */
extern const command cmd_waiting;

#endif
