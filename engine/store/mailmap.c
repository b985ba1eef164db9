/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The name under which somebody is shown, by the repository's .mailmap
 * (gitmailmap(5)). It is for showing alone: nobody is compared by it.
 */
#include "store_internal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

typedef struct {
	char *who, *shown;
} shown_name;

struct store_names {
	git_mailmap *map; /* NULL: there is none */
	shown_name *items;
	size_t n;
};

/* As git, it follows no link there. */
static bool mailmap_is_link(const fria_store *store)
{
	struct stat about;
	char *path =
	    store->folder
		? fria_format("%s%s", git_repository_workdir(store->repo),
			      ".mailmap")
		: NULL;
	bool link = path && !lstat(path, &about) && S_ISLNK(about.st_mode);
	free(path);
	return link;
}

static store_names *names_of(fria_store *store)
{
	if (store->names)
		return store->names;
	store->names = fria_calloc(1, sizeof *store->names);
	if (!mailmap_is_link(store) &&
	    git_mailmap_from_repository(&store->names->map, store->repo))
		store->names->map = NULL;
	return store->names;
}

/* "New Name <new@example.org>"; NULL for what is no name and address. */
static char *look_up(const git_mailmap *map, const char *who)
{
	size_t n = fria_person_length(who), length = strlen(who);
	const char *open = strchr(who, '<'), *name, *address;
	if (!open || !n || who[length - 1] != '>')
		return NULL;
	char *own_name = fria_strndup(who, n);
	char *own_address =
	    fria_strndup(open + 1, length - (size_t)(open - who) - 2);
	char *out = NULL;
	if (!git_mailmap_resolve(&name, &address, map, own_name, own_address))
		out = fria_format("%s <%s>", name, address);
	free(own_name);
	free(own_address);
	return out;
}

const char *fria_store_shown(fria_store *store, const char *who)
{
	store_names *names = who ? names_of(store) : NULL;
	if (!names || !names->map)
		return who;
	for (size_t i = 0; i < names->n; i++)
		if (!strcmp(names->items[i].who, who))
			return names->items[i].shown;
	char *shown = look_up(names->map, who);
	if (!shown)
		return who;
	*FRIA_PUSH(names) = (shown_name){fria_strdup(who), shown};
	return shown;
}

void store_names_free(store_names *names)
{
	if (!names)
		return;
	for (size_t i = 0; i < names->n; i++) {
		free(names->items[i].who);
		free(names->items[i].shown);
	}
	free(names->items);
	git_mailmap_free(names->map);
	free(names);
}
