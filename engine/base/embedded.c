/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Files built into the library: style sheet, instruments, templates, schemas.
 * The table itself is written by tools/embed.sh; nothing is read from disk.
 */
#include "base.h"

#include <string.h>

struct fria_embedded_file {
	const char *name;
	const unsigned char *bytes;
	size_t n;
};

/* Closed by a row without a name. */
extern const struct fria_embedded_file fria_embedded_files[];

const char *fria_embedded(const char *name, size_t *n)
{
	const struct fria_embedded_file *file = fria_embedded_files;
	while (file->name && strcmp(file->name, name))
		file++;
	if (!file->name)
		return NULL;
	if (n)
		*n = file->n;
	return (const char *)file->bytes;
}

bool fria_embedded_next(size_t *at, const char **name)
{
	*name = fria_embedded_files[*at].name;
	return *name && ++*at;
}
