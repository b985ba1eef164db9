/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A line that is edited while it is typed: cursor keys, what was typed before.
 * libedit does it, found once somebody is asked something: linked, it would
 * cost every command a part of its start.
 */
#ifndef FRIA_CLI_EDITING_H
#define FRIA_CLI_EDITING_H

#include "../engine/fria.h"

typedef struct editing editing;

/*
 * Edits what next gives: a byte, or -1 where nobody types any more. NULL where
 * a line cannot be edited: standard input and output are no terminal, or one
 * that cannot move its cursor; libedit is not there. Lasts as long as the
 * program.
 */
editing *editing_new(int (*next)(void *data), void *data);
/* A line after the prompt, without its end; what is no UTF-8 in it becomes a
 * byte that is none. False where it was broken off. */
bool editing_line(editing *e, const char *prompt, fria_buf *out);
/* The program was stopped and goes on: the terminal is as it was. */
void editing_resume(editing *e);

#endif
