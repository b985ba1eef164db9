/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of the driver share. Trouble of its own ends it. */
#ifndef FRIA_DRIVER_H
#define FRIA_DRIVER_H

#include "faults.h"

#include <stdbool.h>
#include <stddef.h>

enum { ARGS = 24 };

typedef struct {
	char *text;
	size_t n, room;
} text;

/* Where one command is tried, and what it does when nothing goes wrong. */
typedef struct {
	char name[64];
	char *args[ARGS];
	bool parts, output, reads, many; /* as rooms.sh says */
	text before, after, out;
	int status;
	fault_count count;
} room;

typedef struct {
	size_t room;
	enum fault_kind kind;
	uint64_t at;
	size_t rank; /* among those of its kind, in a sample */
} job;

/* Of one room; all workers add to it. */
typedef struct {
	uint64_t by_kind[FAULT_KINDS], before, after, between, wrong;
} totals;

/* A copy of a room, and what was said in it; of one process. */
typedef struct {
	char folder[400], out[400], err[400], count[400];
	fault_count *counted;
} place;

/* --- driver.c --- */

extern const char *fria, *injector, *rooms_folder;
extern room *rooms;
extern totals *sums;
extern bool verbose;
extern const char *const kind_names[FAULT_KINDS];

/* --- files.c --- */

/* Ends the program, with what the system says, if it is NULL. */
void *need(void *p);
void put(text *t, const char *bytes, size_t n);
__attribute__((format(printf, 2, 3))) void say(text *t, const char *form, ...);
/* False, and an empty text, if it cannot be read. */
bool read_file(text *out, const char *path);
void remove_all(const char *path);
/* Git's objects never change, so they get a second name. */
void copy_all(const char *from, const char *to);

/* --- programs.c --- */

/* Runs in a folder; what it and its children said; the wait status. */
int run(const char *folder, char *const argv[], const char *out,
	const char *err);
/* The command of a room (NULL: status), with a fault, so many seconds later. */
int run_fria(const place *p, const room *r, enum fault_kind kind, uint64_t at,
	     long later);

/* --- look.c --- */

/* Files, branches, versions, settings and git's status; after a kill without
 * what a next command clears away. */
void see(text *out, const place *p, bool killed);
/* False if git finds the repository damaged; why. */
bool is_sound(const place *p, text *why);

/* --- judge.c --- */

bool is(const text *a, const text *b);
/* The first lines of one that the other lacks. */
void show_lacking(const text *a, const text *b, char sign);
/* One fault in its room; adds to the room's totals, and says what is wrong. */
void try_one(const place *p, const job *j);

#endif
