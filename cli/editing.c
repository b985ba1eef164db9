/* SPDX-License-Identifier: EUPL-1.2 */
/* Lets libedit edit a line. It decides nothing about what was typed. */
#include "editing.h"

#include <dlfcn.h>
#include <histedit.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

/* Lines that are kept for the arrow up. */
#define KEPT 200
/* Stands around what takes no place on the screen. */
#define HIDDEN '\1'

#define CALLS(X)                                                               \
	X(el_init)                                                             \
	X(el_set)                                                              \
	X(el_gets)                                                             \
	X(el_get)                                                              \
	X(el_resize)                                                           \
	X(history_init)                                                        \
	X(history)

static struct {
#define CALL(name) __typeof__(name) *(name);
	CALLS(CALL)
#undef CALL
} lib;

struct editing {
	EditLine *line;
	History *past;
	locale_t locale; /* libedit's letters are those of a locale */
	int (*next)(void *data);
	void *data;
	fria_buf prompt;
	bool garbled; /* something was no UTF-8 */
};

/* POSIX keeps functions and data in pointers of one form; C does not. */
static bool find(void *call, void *library, const char *name)
{
	void *address = dlsym(library, name);
	memcpy(call, &address, sizeof address);
	return address != NULL;
}

static bool load(void)
{
	void *library = dlopen("libedit.so.2", RTLD_NOW | RTLD_LOCAL);
#define CALL(name) &&find(&lib.name, library, #name)
	return library CALLS(CALL);
#undef CALL
}

/* --- what libedit asks --- */

static editing *whose(EditLine *line)
{
	void *e = NULL;
	lib.el_get(line, EL_CLIENTDATA, &e);
	return e;
}

static char *prompt_of(EditLine *line)
{
	return whose(line)->prompt.text;
}

/* The next letter; 1, or -1 at the end. */
static int next_letter(EditLine *line, wchar_t *letter)
{
	editing *e = whose(line);
	mbstate_t half = {0};
	size_t used = (size_t)-2;
	while (used == (size_t)-2) {
		int byte = e->next(e->data);
		if (byte < 0)
			return -1;
		used = mbrtowc(letter, &(char){(char)byte}, 1, &half);
	}
	if (used == (size_t)-1) {
		*letter = L'\xFFFD';
		e->garbled = true;
	}
	return 1;
}

/* --- a line --- */

static bool can_edit(void)
{
	const char *term = getenv("TERM");
	return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) && term && *term &&
	       strcmp(term, "dumb") != 0;
}

static void set_up(editing *e)
{
	HistEvent event;
	lib.history(e->past, &event, H_SETSIZE, KEPT);
	lib.history(e->past, &event, H_SETUNIQUE, 1);
	lib.el_set(e->line, EL_CLIENTDATA, e);
	lib.el_set(e->line, EL_EDITOR, "emacs");
	lib.el_set(e->line, EL_HIST, lib.history, e->past);
	lib.el_set(e->line, EL_GETCFN, next_letter);
	lib.el_set(e->line, EL_PROMPT_ESC, prompt_of, HIDDEN);
	/* So the end arrives that was typed before the line was asked. */
	lib.el_set(e->line, EL_BIND, "^@", "em-delete-or-list", NULL);
	/* A tab is text; the keys for a word and for deleting are as usual. */
	lib.el_set(e->line, EL_BIND, "^I", "ed-insert", NULL);
	lib.el_set(e->line, EL_BIND, "\033[3~", "ed-delete-next-char", NULL);
	lib.el_set(e->line, EL_BIND, "\033[1;5C", "em-next-word", NULL);
	lib.el_set(e->line, EL_BIND, "\033[1;5D", "ed-prev-word", NULL);
}

editing *editing_new(int (*next)(void *data), void *data)
{
	locale_t letters = (locale_t)0;
	if (!can_edit() || !load() ||
	    !(letters = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0)))
		return NULL;
	editing *e = fria_calloc(1, sizeof *e);
	e->locale = letters;
	e->next = next;
	e->data = data;
	fria_buf_init(&e->prompt);
	locale_t before = uselocale(letters);
	e->past = fria_made(lib.history_init());
	e->line = fria_made(lib.el_init("fria", stdin, stdout, stderr));
	set_up(e);
	uselocale(before);
	return e;
}

/* Colours take no place in the line. */
static void set_prompt(editing *e, const char *prompt)
{
	fria_buf_clear(&e->prompt);
	for (const char *c = prompt; *c; c++) {
		bool colour = *c == '\033' && c[1] == '[';
		size_t n = colour ? strcspn(c, "m") : 0;
		if (colour)
			fria_buf_printf(&e->prompt, "%c%.*sm%c", HIDDEN, (int)n,
					c, HIDDEN);
		else
			fria_buf_putc(&e->prompt, *c);
		c += c[n] ? n : n - 1;
	}
}

/* A letter that was typed for a choice is nothing to come back to. */
static void keep(editing *e, const char *typed)
{
	HistEvent event;
	if (strlen(typed) > 2)
		lib.history(e->past, &event, H_ENTER, typed);
}

bool editing_line(editing *e, const char *prompt, fria_buf *out)
{
	int n = 0;
	locale_t before = uselocale(e->locale);
	set_prompt(e, prompt);
	e->garbled = false;
	lib.el_resize(e->line);
	const char *typed = lib.el_gets(e->line, &n);
	bool whole = typed && n > 0;
	if (whole) {
		keep(e, typed);
		fria_buf_put(out, typed, strcspn(typed, "\r\n"));
	}
	if (e->garbled)
		fria_buf_putc(out, '\xFF');
	uselocale(before);
	return whole;
}

void editing_resume(editing *e)
{
	locale_t before = uselocale(e->locale);
	lib.el_set(e->line, EL_PREP_TERM, 0);
	lib.el_set(e->line, EL_PREP_TERM, 1);
	lib.el_set(e->line, EL_REFRESH);
	uselocale(before);
}
