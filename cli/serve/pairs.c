/* SPDX-License-Identifier: EUPL-1.2 */
/* Names with values, and files: as they come in a request, or go out. */
#include "serve.h"

#include <stdlib.h>
#include <strings.h>

void serve_pairs_add(serve_pairs *list, const char *name, const char *value)
{
	*FRIA_PUSH(list) =
	    (serve_pair){fria_strdup(name), fria_strdup(value ? value : "")};
}

const char *serve_pairs_find(const serve_pairs *list, const char *name)
{
	for (size_t i = 0; i < list->n; i++)
		if (!strcasecmp(list->items[i].name, name))
			return list->items[i].value;
	return NULL;
}

void serve_pairs_dispose(serve_pairs *list)
{
	for (size_t i = 0; i < list->n; i++) {
		free(list->items[i].name);
		free(list->items[i].value);
	}
	free(list->items);
	*list = (serve_pairs){NULL, 0};
}

void serve_files_dispose(serve_files *files)
{
	for (size_t i = 0; i < files->n; i++) {
		free(files->items[i].field);
		free(files->items[i].name);
		fria_buf_dispose(&files->items[i].bytes);
	}
	free(files->items);
	*files = (serve_files){NULL, 0};
}

void serve_response_dispose(serve_response *response)
{
	serve_pairs_dispose(&response->headers);
	fria_buf_dispose(&response->body);
}
