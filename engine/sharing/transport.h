/* SPDX-License-Identifier: EUPL-1.2 */
/* Transport, as sync and elsewhere.c use it. */
#ifndef FRIA_SHARING_TRANSPORT_H
#define FRIA_SHARING_TRANSPORT_H

#include "sharing.h"

typedef struct {
	const char *remote;   /* a name or an address; borrowed */
	fria_store *store;    /* where git runs; borrowed */
	char *beside;	      /* the remote, where it is a folder here */
	fria_strings allowed; /* protocols */
	fria_strings sending; /* those of the addresses that are sent to */
	int seconds;	      /* the most that one step may take */
} fria_transport;

/*
 * Adds the protocol of an address to those allowed: https, ssh and file;
 * http and git only to this computer itself, or where the user's own git
 * configuration says protocol.NAME.allow=always. EREFUSED for any other, and
 * for a password in the address.
 */
int fria_transport_allow(fria_strings *allowed, const char *url,
			 fria_error *err);
/*
 * Prepares for a remote; `named` if it is one of the repository's. EREFUSED if
 * an address is not allowed, or if the repository's own configuration names
 * programs. Close it in any case.
 */
int fria_transport_open(fria_transport *t, fria_store *store,
			const char *remote, bool named, fria_error *err);
void fria_transport_close(fria_transport *t);

/* Runs git (arguments closed by NULL) with only these protocols and no hooks;
 * its status is the caller's to judge. */
int fria_transport_git(fria_ran *out, const fria_transport *t,
		       const char *const args[], const char *input,
		       fria_error *err);
/* The same for its output (NULL: not wanted); EIO with git's reason unless its
 * status is 0. */
int fria_transport_ask(fria_buf *out, const fria_transport *t,
		       const char *const args[], fria_error *err);
/* The sentence with {remote} and git's own {reason}. */
int fria_transport_fail(const fria_transport *t, const fria_ran *ran,
			fria_word word, fria_error *err);

/* References of the remote that match one of two patterns, sorted. */
int fria_transport_list(fria_refs *out, const fria_transport *t,
			const char *const patterns[2], fria_error *err);
/* The reference that the remote's HEAD names; nothing where that is unborn. */
int fria_transport_head(fria_buf *out, const fria_transport *t,
			fria_error *err);
/* All of the refspecs, or none. ELOCKED, with the sentence set, if a lock file
 * of git's was in the way: lock is its path. */
int fria_transport_fetch(fria_buf *lock, const fria_transport *t,
			 const fria_strings *specs, fria_error *err);
/* The same out. ERACE, with the sentence set, if the remote was reached and
 * did not take them. */
int fria_transport_push(fria_buf *lock, const fria_transport *t,
			const fria_strings *specs, fria_error *err);

/* True if git by itself would run this hook of the repository's, and sending
 * does not: only hooks in a folder of the user's own are run. */
bool fria_transport_skips(fria_store *store, const char *hook);

#endif
