/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * git's memory comes from where ours does, so that out of memory ends the
 * program in one place: libgit2 reports it as an error like any other, and some
 * of those mean "absent" to whoever asked.
 */
#include "store_internal.h"

#include <git2/sys/alloc.h>
#include <stdlib.h>
#include <string.h>

static void *new_bytes(size_t n, const char *file, int line)
{
	(void)file;
	(void)line;
	return fria_malloc(n);
}

static void *new_zeroed(size_t n, size_t size, const char *file, int line)
{
	(void)file;
	(void)line;
	return fria_calloc(n, size);
}

static char *new_copy(const char *text, const char *file, int line)
{
	(void)file;
	(void)line;
	return fria_strdup(text);
}

/* At most n bytes, up to the text's end. */
static char *new_start(const char *text, size_t n, const char *file, int line)
{
	(void)file;
	(void)line;
	return fria_strndup(text, strnlen(text, n));
}

static char *new_part(const char *text, size_t n, const char *file, int line)
{
	(void)file;
	(void)line;
	return fria_strndup(text, n);
}

static void *resized(void *ptr, size_t n, const char *file, int line)
{
	(void)file;
	(void)line;
	return fria_realloc(ptr, n);
}

/* More than can be counted is more than there is. */
static void *resized_array(void *ptr, size_t n, size_t size, const char *file,
			   int line)
{
	(void)file;
	(void)line;
	return fria_realloc(ptr,
			    size && n > SIZE_MAX / size ? SIZE_MAX : n * size);
}

static void *new_array(size_t n, size_t size, const char *file, int line)
{
	return resized_array(NULL, n, size, file, line);
}

/* What git packs with takes memory by itself; where that fails git cleans up,
 * and calls what it could not read absent. */
static void give_back(void *ptr)
{
	fria_made(NULL);
	free(ptr);
}

void store_use_our_memory(void)
{
	git_allocator ours = {new_bytes,     new_zeroed, new_copy,
			      new_start,     new_part,	 resized,
			      resized_array, new_array,	 give_back};
	git_libgit2_opts(GIT_OPT_SET_ALLOCATOR, &ours);
}
