/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Where the documents of a workspace stand (DESIGN section 2): paths made from
 * names, and names read from paths. It looks at no folder.
 */
#include "model.h"

#include <stdlib.h>
#include <string.h>

char *fria_instrument_path(const char *file)
{
	return fria_format(FRIA_INSTRUMENTS "/%s.json", file);
}

char *fria_application_folder(const char *application)
{
	return fria_format(FRIA_ASSESSMENTS "/%s", application);
}

char *fria_workspace_path(const char *application, const char *name)
{
	return fria_format(FRIA_ASSESSMENTS "/%s/%s.json", application, name);
}

char *fria_assessment_path(const char *name)
{
	return fria_format(FRIA_ASSESSMENTS "/%s.json", name);
}

char *fria_evidence_path(const char *application, const char *name)
{
	return fria_format(*name ? FRIA_ASSESSMENTS "/%s/" FRIA_EVIDENCE "/%s"
				 : FRIA_ASSESSMENTS "/%s/" FRIA_EVIDENCE "%s",
			   application, name);
}

/* What follows this folder in a path; NULL: it does not lie there. */
static const char *below(const char *path, const char *folder)
{
	size_t n = strlen(folder);
	return !strncmp(path, folder, n) && path[n] == '/' ? path + n + 1
							   : NULL;
}

/* "iama" of "iama.json"; false for anything but a file of that kind and for
 * what is too long. */
static bool read_stem(char out[FRIA_NAME_SIZE], const char *file)
{
	size_t n = strlen(file);
	if (n <= 5 || n - 5 >= FRIA_NAME_SIZE || strchr(file, '/') ||
	    strcmp(file + n - 5, ".json") != 0)
		return false;
	memcpy(out, file, n - 5);
	out[n - 5] = '\0';
	return true;
}

char *fria_path_under(const char *application, const char *rest)
{
	return fria_format(FRIA_ASSESSMENTS "/%s/%s", application, rest);
}

const char *fria_path_rest(const char *path, const char *application)
{
	const char *own = below(path, FRIA_ASSESSMENTS);
	return own ? below(own, application) : NULL;
}

static fria_place_kind read_own(fria_path *out, const char *own)
{
	const char *name = below(own, FRIA_EVIDENCE);
	if (name && *name && !strchr(name, '/'))
		return FRIA_PLACE_EVIDENCE;
	if (!strcmp(own, FRIA_APPLICATION_FILE))
		return FRIA_PLACE_APPLICATION;
	if (!strcmp(own, FRIA_ENTRY_FILE))
		return FRIA_PLACE_ENTRY;
	return read_stem(out->name, own) && fria_id_ok(out->name)
		   ? FRIA_PLACE_ASSESSMENT
		   : FRIA_PLACE_OTHER;
}

fria_place_kind fria_path_read(fria_path *out, const char *path)
{
	const char *pinned = below(path, FRIA_INSTRUMENTS);
	const char *own = below(path, FRIA_ASSESSMENTS);
	const char *slash = own ? strchr(own, '/') : NULL;
	size_t n = slash ? (size_t)(slash - own) : 0;
	*out = (fria_path){.kind = FRIA_PLACE_OTHER};
	if (!strcmp(path, FRIA_CONFIG))
		out->kind = FRIA_PLACE_CONFIG;
	if (!strcmp(path, FRIA_LAW))
		out->kind = FRIA_PLACE_LAW;
	if (pinned && read_stem(out->name, pinned))
		out->kind = FRIA_PLACE_INSTRUMENT;
	if (!n || n >= FRIA_NAME_SIZE)
		return out->kind;
	memcpy(out->application, own, n);
	if (fria_id_ok(out->application))
		out->kind = read_own(out, slash + 1);
	else
		out->application[0] = '\0';
	return out->kind;
}

bool fria_path_is_document(const char *path)
{
	fria_path place;
	fria_place_kind kind = fria_path_read(&place, path);
	return kind != FRIA_PLACE_OTHER && kind != FRIA_PLACE_EVIDENCE;
}

char *fria_path_name(const char *path)
{
	fria_path place;
	switch (fria_path_read(&place, path)) {
	case FRIA_PLACE_APPLICATION:
		return fria_strdup(place.application);
	case FRIA_PLACE_ASSESSMENT:
		return fria_format("%s/%s", place.application, place.name);
	default:
		return NULL;
	}
}
