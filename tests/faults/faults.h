/* SPDX-License-Identifier: EUPL-1.2 */
/* What the injector and the driver agree on. */
#ifndef FRIA_FAULTS_H
#define FRIA_FAULTS_H

#include <stdint.h>

enum fault_kind {
	FAULT_NONE,   /* only counted */
	FAULT_USUAL,  /* fails as such a call does: no space, no access, EIO */
	FAULT_IO,     /* EIO */
	FAULT_DENIED, /* EACCES */
	FAULT_SHORT,  /* a write that takes half; then there is no space */
	FAULT_FULL,   /* no space from here on */
	FAULT_KILL,   /* killed before the call */
	FAULT_TORN,   /* killed when half was written */
	FAULT_MEMORY, /* one allocation fails */
	FAULT_NO_MEMORY, /* all from here on */
	FAULT_KINDS
};

#define FAULT_CALLS 65536

/* Counted by all processes of one command. */
typedef struct {
	uint64_t calls, allocations, struck;
	int wants_sources;	 /* to be filled: it takes long */
	int64_t leader;		 /* the first process: the command itself */
	char kinds[FAULT_CALLS]; /* w o s r l m u t c */
	/* Whose allocation: p the program's, l a library's, s at its start. */
	char sources[FAULT_CALLS];
} fault_count;

#endif
