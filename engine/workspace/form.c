/* SPDX-License-Identifier: EUPL-1.2 */
/* Documents held against their schemas. */
#include "workspace_internal.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[FRIA_FORMS] = {
    "workspace", "application", "instrument", "assessment",
    "entry",	 "evidence",	"law"};

/* Schemas that refer to each other do so by file name. */
static const json_t *find_schema(void *data, const char *uri)
{
	fria_forms *forms = data;
	char *name = fria_format("schemas/%s", uri);
	size_t n = 0;
	const char *bytes = fria_embedded(name, &n);
	json_t *json = NULL;
	if (bytes)
		fria_json_parse(&json, name, bytes, n, NULL);
	if (json && !forms->loaded)
		forms->loaded = json_array();
	if (json)
		json_array_append_new(forms->loaded, json);
	free(name);
	return json;
}

static const fria_schema *schema_of(fria_forms *forms, fria_form form,
				    fria_findings *out)
{
	if (forms->schemas[form])
		return forms->schemas[form];
	char *file = fria_format("%s.schema.json", names[form]);
	const json_t *json = find_schema(forms, file);
	fria_error err = FRIA_ERROR_INIT;
	assert(json); /* embedded with the others */
	if (fria_schema_compile(&forms->schemas[form], file,
				(json_t *)(uintptr_t)json, true, find_schema,
				forms, &err))
		fria_findings_add_error(out, &err);
	free(file);
	return forms->schemas[form];
}

bool fria_form_check(fria_forms *forms, fria_form form, const json_t *json,
		     const char *path, fria_findings *out)
{
	const fria_schema *schema = schema_of(forms, form, out);
	return schema && fria_schema_check(schema, json, path, out);
}

void fria_forms_dispose(fria_forms *forms)
{
	for (size_t i = 0; i < FRIA_FORMS; i++)
		fria_schema_free(forms->schemas[i]);
	json_decref(forms->loaded);
	*forms = (fria_forms){.loaded = NULL};
}

static bool is_under(const char *pointer, const char *const parts[])
{
	for (size_t i = 0; parts[i]; i++) {
		size_t n = strlen(parts[i]);
		if (!strncmp(pointer, parts[i], n) &&
		    (!pointer[n] || pointer[n] == '/'))
			return true;
	}
	return false;
}

/* "/use/period" of "/use/period/from". */
static char *field_of(const char *pointer)
{
	const char *second = strchr(pointer + 1, '/');
	const char *third = second ? strchr(second + 1, '/') : NULL;
	return third ? fria_strndup(pointer, (size_t)(third - pointer))
		     : fria_strdup(pointer);
}

int fria_form_refuse(const json_t *application, const char *const parts[],
		     fria_lang lang, fria_error *err)
{
	fria_forms forms = {.loaded = NULL};
	fria_findings found = FRIA_FINDINGS_INIT;
	int code = 0;
	fria_form_check(&forms, FRIA_FORM_APPLICATION, application, NULL,
			&found);
	for (size_t i = 0; i < found.n && !code; i++) {
		const char *pointer = found.items[i].pointer;
		fria_buf text = FRIA_BUF_INIT;
		if (!pointer || !is_under(pointer, parts))
			continue;
		fria_finding_text(&text, &found.items[i], lang);
		char *field = field_of(pointer);
		code = fria_fail(err, FRIA_EINPUT, FRIA_W_fact_form, "fact",
				 fria_fact_title(field, lang), "text",
				 text.text, NULL);
		free(field);
		fria_buf_dispose(&text);
	}
	fria_findings_dispose(&found);
	fria_forms_dispose(&forms);
	return code;
}
