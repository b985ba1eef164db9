/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The floor: only reads and parses the documents of a workspace, all of them
 * or those of one application, through libgit2 and jansson: floor FOLDER [APP]
 */
#include <git2.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

static size_t count;

static int read_blob(git_repository *repository, const git_oid *id)
{
	git_blob *blob;
	json_error_t error;
	if (git_blob_lookup(&blob, repository, id))
		return 1;
	json_t *json = json_loadb(git_blob_rawcontent(blob),
				  (size_t)git_blob_rawsize(blob), 0, &error);
	count += json != NULL;
	json_decref(json);
	git_blob_free(blob);
	return 0;
}

static int read_tree(git_repository *repository, const git_tree *tree,
		     const char *only, int level)
{
	int code = 0;
	for (size_t i = 0; !code && i < git_tree_entrycount(tree); i++) {
		const git_tree_entry *e = git_tree_entry_byindex(tree, i);
		const char *name = git_tree_entry_name(e);
		git_tree *below;
		if (level == 0 && strcmp(name, "assessments") != 0)
			continue;
		if (level == 1 && only && strcmp(name, only) != 0)
			continue;
		if (git_tree_entry_type(e) == GIT_OBJECT_BLOB) {
			code = read_blob(repository, git_tree_entry_id(e));
			continue;
		}
		code =
		    git_tree_lookup(&below, repository, git_tree_entry_id(e));
		if (!code)
			code = read_tree(repository, below, only, level + 1);
		if (!code)
			git_tree_free(below);
	}
	return code;
}

int main(int argc, char **argv)
{
	git_repository *repository = NULL;
	git_object *tree = NULL;
	git_libgit2_init();
	int code = argc < 2 || git_repository_open(&repository, argv[1]) ||
		   git_revparse_single(&tree, repository, "HEAD^{tree}") ||
		   read_tree(repository, (git_tree *)tree,
			     argc > 2 ? argv[2] : NULL, 0);
	printf("%zu documents\n", count);
	git_object_free(tree);
	git_repository_free(repository);
	git_libgit2_shutdown();
	return code;
}
