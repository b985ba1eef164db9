/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The application document: the facts of the current release, and how a file
 * with new facts becomes the next one. It compares nothing (facts.c).
 */
#include "model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const vocabularies[] = {"register", "card", "use",
					   "monitoring", NULL};

static int refuse(fria_error *err, const char *file, const char *pointer,
		  fria_word word)
{
	fria_fail(err, FRIA_EINPUT, word, "field", *pointer ? pointer + 1 : "",
		  NULL);
	fria_fail_at(err, file, pointer, 0, 0);
	return FRIA_EINPUT;
}

static int check_vocabularies(const json_t *object, const char *file,
			      fria_error *err)
{
	for (size_t i = 0; vocabularies[i]; i++) {
		const json_t *v = json_object_get(object, vocabularies[i]);
		char pointer[16];
		snprintf(pointer, sizeof pointer, "/%s", vocabularies[i]);
		if (v && !json_is_object(v))
			return refuse(err, file, pointer,
				      FRIA_W_must_be_object);
	}
	const char *name;
	json_t *metric;
	json_object_foreach(json_object_get(object, "monitoring"), name,
			    metric) {
		if (!json_is_object(metric))
			return refuse(err, file, "/monitoring",
				      FRIA_W_must_be_object);
	}
	return 0;
}

int fria_application_check(const json_t *application, const char *file,
			   fria_error *err)
{
	const char *id = fria_json_text(application, "id");
	if (!json_is_object(application))
		return refuse(err, file, "", FRIA_W_must_be_object);
	if (!id || !fria_id_ok(id))
		return refuse(err, file, "/id", FRIA_W_application_without_id);
	const json_t *release = json_object_get(application, "release");
	if (release && !json_is_string(release) && !json_is_null(release))
		return refuse(err, file, "/release", FRIA_W_must_be_text);
	const json_t *events = json_object_get(application, "events");
	if (events && !json_is_array(events))
		return refuse(err, file, "/events", FRIA_W_must_be_list);
	return check_vocabularies(application, file, err);
}

void fria_application_order(json_t *application)
{
	static const char *const keys[] = {
	    "$schema",	  "id",	      "name",	   "release", "in_use",
	    "source",	  "archive",  "register",  "card",    "use",
	    "monitoring", "withheld", "disclosed", "events",  "joined",
	    "formerly",	  NULL};
	fria_json_order(application, keys);
}

/* --- what a file given to --from is --- */

static bool is_ours(const json_t *file)
{
	for (size_t i = 0; vocabularies[i]; i++)
		if (json_is_object(json_object_get(file, vocabularies[i])))
			return true;
	return false;
}

static bool is_entry(const json_t *file)
{
	static const char *const fields[] = {"description_short",
					     "publication_category",
					     "standard_version",
					     "lawful_basis",
					     "methods_and_models",
					     "goal",
					     NULL};
	size_t found = 0;
	for (size_t i = 0; fields[i]; i++)
		found += json_object_get(file, fields[i]) != NULL;
	return fria_json_text(file, "name") && found >= 2;
}

static bool is_card(const json_t *file)
{
	static const char *const fields[] = {
	    "ai_act_profile",  "provenance",  "owners",
	    "goal_and_impact", "legal_base",  "technical_design",
	    "used_data",       "instruments", "requirements",
	    "considerations",  NULL};
	size_t found = 0;
	for (size_t i = 0; fields[i]; i++)
		found += json_object_get(file, fields[i]) != NULL;
	return fria_json_text(file, "schema_version") ||
	       (fria_json_text(file, "version") && found >= 2);
}

/* 0.1a1 to 0.1a14 of the reporting standard. */
static bool card_version_known(const char *version)
{
	char *end;
	if (strncmp(version, "0.1a", 4) != 0)
		return false;
	unsigned long number = strtoul(version + 4, &end, 10);
	return !*end && number >= 1 && number <= 14;
}

/* The whole card: what is written from answers is no fact, but is kept. */
static int from_card(json_t **out, const json_t *card, const char *name,
		     bool forced, fria_error *err)
{
	const char *key = json_object_get(card, "schema_version")
			      ? "schema_version"
			      : "version";
	const char *version = fria_json_text(card, key);
	if (!forced && (!version || !card_version_known(version))) {
		char *pointer = fria_format("/%s", key);
		fria_fail(err, FRIA_EINPUT, FRIA_W_card_version, "version",
			  version ? version : "?", NULL);
		fria_fail_at(err, name, pointer, 0, 0);
		free(pointer);
		return FRIA_EINPUT;
	}
	*out = fria_json_pack("{s:s*, s:O}", "name",
			      fria_json_text(card, "name"), "card", card);
	return 0;
}

static bool entry_matches(const json_t *entry, const char *which)
{
	static const char *const keys[] = {"id",   "source_id", "lars",
					   "name", "title",	NULL};
	for (size_t i = 0; keys[i]; i++) {
		const char *text = fria_json_text(entry, keys[i]);
		if (text && !strcmp(text, which))
			return true;
	}
	return false;
}

static int pick(const json_t **out, const json_t *list, const char *name,
		const char *which, fria_error *err)
{
	size_t n = json_array_size(list);
	char count[24], *end;
	snprintf(count, sizeof count, "%zu", n);
	if (!which && n == 1) {
		*out = json_array_get(list, 0);
		return 0;
	}
	if (!which) {
		fria_fail(err, FRIA_EINPUT, FRIA_W_entry_many, "count", count,
			  NULL);
		return fria_fail_at(err, name, NULL, 0, 0);
	}
	for (size_t i = 0; i < n; i++)
		if (entry_matches(json_array_get(list, i), which)) {
			*out = json_array_get(list, i);
			return 0;
		}
	unsigned long number = strtoul(which, &end, 10);
	if (!*end && number >= 1 && number <= n) {
		*out = json_array_get(list, number - 1);
		return 0;
	}
	fria_fail(err, FRIA_ENOTFOUND, FRIA_W_entry_unknown, "entry", which,
		  "count", count, NULL);
	return fria_fail_at(err, name, NULL, 0, 0);
}

/* Members that ours may speak of; others are kept out of the application. */
static json_t *from_ours(const json_t *file)
{
	static const char *const keys[] = {
	    "name",	"release", "in_use", "source",	   "archive",
	    "register", "card",	   "use",    "monitoring", NULL};
	json_t *out = json_object();
	for (size_t i = 0; keys[i]; i++) {
		json_t *value = json_object_get(file, keys[i]);
		if (value)
			json_object_set(out, keys[i], value);
	}
	return out;
}

/* Bookkeeping and output fields stay in entry.json, they are no facts. */
static json_t *from_entry(const json_t *entry)
{
	json_t *fields = json_object(), *value;
	const char *key;
	json_object_foreach((json_t *)(uintptr_t)entry, key, value) {
		fria_buf pointer = FRIA_BUF_INIT;
		fria_buf_puts(&pointer, "/register");
		fria_pointer_add(&pointer, key);
		if (fria_fact_is(pointer.text))
			json_object_set(fields, key, value);
		fria_buf_dispose(&pointer);
	}
	return fria_json_pack("{s:s?, s:o}", "name",
			      fria_json_text(entry, "name"), "register",
			      fields);
}

int fria_application_read(json_t **out, const json_t **received,
			  const json_t *file, const char *name,
			  const char *format, const char *which,
			  fria_error *err)
{
	*received = NULL;
	bool entry = format && !strcmp(format, "entry");
	bool ours = format && !strcmp(format, "fria");
	bool card = format && !strcmp(format, "card");
	if (json_is_array(file)) {
		int code = pick(&file, file, name, which, err);
		if (code)
			return code;
	}
	if (!json_is_object(file))
		return refuse(err, name, "", FRIA_W_must_be_object);
	if (card || (!format && !is_ours(file) && is_card(file)))
		return from_card(out, file, name, card, err);
	if (ours || (!entry && is_ours(file))) {
		int code = check_vocabularies(file, name, err);
		if (!code)
			*out = from_ours(file);
		return code;
	}
	if (!entry && !is_entry(file)) {
		fria_fail(err, FRIA_EINPUT, FRIA_W_facts_unknown_form, NULL);
		return fria_fail_at(err, name, NULL, 1, 1);
	}
	*received = file;
	*out = from_entry(file);
	return 0;
}

/* --- the next release --- */

/* Measurements belong to the application, not to the file with the facts. */
static json_t *with_series(const json_t *metrics, const json_t *before)
{
	json_t *out = json_object(), *metric;
	const char *name;
	json_object_foreach((json_t *)(uintptr_t)metrics, name, metric) {
		json_t *copy = json_copy(metric);
		json_t *was = json_object_get(before, name);
		json_t *series = json_object_get(was, "series");
		json_t *joined = json_object_get(was, "joined");
		if (series && !json_object_get(copy, "series")) {
			json_object_set(copy, "series", series);
			if (joined)
				json_object_set(copy, "joined", joined);
		}
		json_object_set_new(out, name, copy);
	}
	return out;
}

/*
 * As a JSON Merge Patch (RFC 7396): objects are merged member by member, so a
 * metric keeps what the patch is silent about; null removes. New.
 */
static json_t *patched(const json_t *before, const json_t *after)
{
	const char *name;
	json_t *one;
	if (!json_is_object(after))
		return json_incref((json_t *)(uintptr_t)after);
	json_t *out = json_is_object(before)
			  ? json_copy((json_t *)(uintptr_t)before)
			  : json_object();
	json_object_foreach((json_t *)(uintptr_t)after, name, one) {
		if (json_is_null(one))
			json_object_del(out, name);
		else
			json_object_set_new(
			    out, name,
			    patched(json_object_get(out, name), one));
	}
	return out;
}

json_t *fria_application_release(const json_t *application, const char *release,
				 const json_t *from, bool patch)
{
	json_t *out = json_deep_copy(application);
	static const char *const plain[] = {"name", "in_use", "source",
					    "archive", NULL};
	for (size_t i = 0; plain[i]; i++) {
		json_t *value = json_object_get(from, plain[i]);
		if (value && patch)
			json_object_set_new(
			    out, plain[i],
			    patched(json_object_get(out, plain[i]), value));
		else if (value)
			json_object_set(out, plain[i], value);
	}
	for (size_t i = 0; vocabularies[i]; i++) {
		json_t *after = json_object_get(from, vocabularies[i]);
		json_t *before = json_object_get(application, vocabularies[i]);
		if (!after)
			continue;
		json_t *value =
		    patch ? patched(before, after) : json_incref(after);
		if (!strcmp(vocabularies[i], "monitoring")) {
			json_t *kept = with_series(value, before);
			json_decref(value);
			value = kept;
		}
		json_object_set_new(out, vocabularies[i], value);
	}
	if (release)
		json_object_set_new(out, "release", fria_json_string(release));
	fria_application_order(out);
	return out;
}

/* --- fria.json --- */

int fria_workspace_check(const json_t *workspace, const char *file,
			 fria_error *err)
{
	static const char *const texts[] = {
	    "organisation", "language", "review", "pulse",
	    "tags",	    "reports",	NULL};
	fria_duration d;
	fria_lang lang;
	if (!json_is_object(workspace))
		return refuse(err, file, "", FRIA_W_must_be_object);
	for (size_t i = 0; texts[i]; i++) {
		const json_t *value = json_object_get(workspace, texts[i]);
		char pointer[24];
		snprintf(pointer, sizeof pointer, "/%s", texts[i]);
		if (value && !json_is_string(value))
			return refuse(err, file, pointer, FRIA_W_must_be_text);
	}
	const char *review = fria_json_text(workspace, "review");
	const char *language = fria_json_text(workspace, "language");
	const char *tags = fria_json_text(workspace, "tags");
	if (review && !fria_duration_parse(&d, review))
		return refuse(err, file, "/review", FRIA_W_must_be_duration);
	const char *pulse = fria_json_text(workspace, "pulse");
	if (pulse && !fria_duration_parse(&d, pulse))
		return refuse(err, file, "/pulse", FRIA_W_must_be_duration);
	if (language && !fria_lang_parse(&lang, language))
		return refuse(err, file, "/language", FRIA_W_must_be_language);
	if (tags && !fria_id_ok(tags))
		return refuse(err, file, "/tags", FRIA_W_must_be_id);
	return 0;
}
