/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Finds libcurl once something is to be sent: with all that it needs, loading
 * it would cost every command a third of its start. It sends nothing itself.
 */
#include "http_curl.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

/* Debian has two that do the same; git brings the second. */
static const char *const names[] = {"libcurl.so.4", "libcurl-gnutls.so.4"};

static void *open_library(char *why, size_t size)
{
	void *library = NULL;
	for (size_t i = 0; !library && i < sizeof names / sizeof *names; i++) {
		library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
		if (!library && !i)
			snprintf(why, size, "%s", dlerror());
	}
	return library;
}

/* POSIX keeps functions and data in pointers of one form; C does not. */
static bool find(void *call, void *library, const char *name, char *why,
		 size_t size)
{
	void *address = dlsym(library, name);
	if (!address)
		snprintf(why, size, "%s", dlerror());
	memcpy(call, &address, sizeof address);
	return address != NULL;
}

bool http_curl_load(http_curl *out, char *why, size_t size)
{
	void *library = open_library(why, size);
#define CALL(name) &&find(&out->name, library, "curl_" #name, why, size)
	return library HTTP_CURL_CALLS(CALL);
#undef CALL
}
