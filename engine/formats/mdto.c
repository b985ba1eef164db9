/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Metadata of what goes to an archive: MDTO 1.0.1, the standard of the Dutch
 * National Archives (https://www.nationaalarchief.nl/mdto). It appraises
 * nothing: how long something is kept is for whoever keeps it to decide.
 */
#include "formats.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* --- XML --- */

static void open_root(fria_buf *out, const char *kind)
{
	fria_buf_printf(
	    out,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<MDTO xmlns=\"https://www.nationaalarchief.nl/mdto\"\n"
	    "      xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"\n"
	    "      xsi:schemaLocation=\"https://www.nationaalarchief.nl/mdto "
	    "https://www.nationaalarchief.nl/mdto/MDTO-XML1.0.1.xsd\">\n"
	    "<%s>\n",
	    kind);
}

static void close_root(fria_buf *out, const char *kind)
{
	fria_buf_printf(out, "</%s>\n</MDTO>\n", kind);
}

/* Required texts are never blank. */
static void put(fria_buf *out, const char *element, const char *text)
{
	fria_buf_printf(out, "<%s>", element);
	fria_put_xml(out, text && *text ? text : "-");
	fria_buf_printf(out, "</%s>\n", element);
}

static void put_time(fria_buf *out, const char *element, fria_time at)
{
	fria_buf text = FRIA_BUF_INIT;
	fria_time_write(&text, at);
	put(out, element, text.text);
	fria_buf_dispose(&text);
}

static void put_identity(fria_buf *out, const char *element, const char *id,
			 const char *source)
{
	fria_buf_printf(out, "<%s>\n", element);
	put(out, "identificatieKenmerk", id);
	put(out, "identificatieBron", source);
	fria_buf_printf(out, "</%s>\n", element);
}

/* A reference by name and, where id is not NULL, by what identifies it. */
static void put_reference(fria_buf *out, const char *element, const char *name,
			  const char *id, const char *source)
{
	fria_buf_printf(out, "<%s>\n", element);
	put(out, "verwijzingNaam", name);
	if (id)
		put_identity(out, "verwijzingIdentificatie", id, source);
	fria_buf_printf(out, "</%s>\n", element);
}

static void put_term(fria_buf *out, const char *element, const char *label,
		     const char *code, const char *list)
{
	fria_buf_printf(out, "<%s>\n", element);
	put(out, "begripLabel", label);
	if (code)
		put(out, "begripCode", code);
	put_reference(out, "begripBegrippenlijst", list, NULL, NULL);
	fria_buf_printf(out, "</%s>\n", element);
}

/* --- a file --- */

static const char *media_type(const char *name)
{
	static const char *const types[][2] = {
	    {"json", "application/json"}, {"html", "text/html"},
	    {"md", "text/markdown"},	  {"svg", "image/svg+xml"},
	    {"txt", "text/plain"},	  {"csv", "text/csv"},
	    {"xml", "application/xml"},	  {"pdf", "application/pdf"},
	    {"png", "image/png"},	  {"jpg", "image/jpeg"},
	    {"jpeg", "image/jpeg"},	  {"eml", "message/rfc822"},
	    {"zip", "application/zip"},	  {"rtf", "application/rtf"}};
	const char *dot = strrchr(name, '.');
	for (size_t i = 0; dot && i < sizeof types / sizeof *types; i++)
		if (!strcasecmp(dot + 1, types[i][0]))
			return types[i][1];
	return "application/octet-stream";
}

static char *file_id(const fria_mdto *object, const char *name)
{
	return fria_format("%s/%s", object->tag, name);
}

void fria_mdto_file(fria_buf *out, const fria_mdto *object,
		    const fria_mdto_bytes *file)
{
	char size[24];
	char *id = file_id(object, file->name);
	snprintf(size, sizeof size, "%zu", file->n);
	open_root(out, "bestand");
	put_identity(out, "identificatie", id, "git-tag");
	put(out, "naam", file->name);
	put(out, "omvang", size);
	put_term(out, "bestandsformaat", media_type(file->name), NULL,
		 "IANA Media Types");
	fria_buf_puts(out, "<checksum>\n");
	put_term(out, "checksumAlgoritme", "SHA-256", NULL,
		 "Begrippenlijst ChecksumAlgoritme MDTO");
	put(out, "checksumWaarde", file->sha256);
	put_time(out, "checksumDatum", object->now);
	fria_buf_puts(out, "</checksum>\n");
	put_reference(out, "isRepresentatieVan", object->name, object->tag,
		      "git-tag");
	close_root(out, "bestand");
	free(id);
}

/* --- a version --- */

/* When it was made a version, and by whom. */
static void put_adoption(fria_buf *out, const fria_mdto *object)
{
	fria_buf_puts(out, "<event>\n");
	put_term(out, "eventType",
		 fria_word_text(FRIA_W_archive_adopted, object->lang), NULL,
		 "fria");
	put_time(out, "eventTijd", object->at);
	if (object->by)
		put_reference(out, "eventVerantwoordelijkeActor", object->by,
			      NULL, NULL);
	fria_buf_puts(out, "</event>\n");
}

static void put_files(fria_buf *out, const fria_mdto *object,
		      const fria_strings *files)
{
	for (size_t i = 0; i < files->n; i++) {
		char *id = file_id(object, files->items[i]);
		put_reference(out, "heeftRepresentatie", files->items[i], id,
			      "git-tag");
		free(id);
	}
}

/* An archive is complete: what is in it is not all for everybody. */
static void put_restriction(fria_buf *out, const fria_mdto *object)
{
	fria_buf_puts(out, "<beperkingGebruik>\n");
	put_term(out, "beperkingGebruikType",
		 fria_word_text(FRIA_W_archive_restricted, object->lang), NULL,
		 "fria");
	put(out, "beperkingGebruikNadereBeschrijving",
	    fria_word_text(object->withheld ? FRIA_W_archive_withheld
					    : FRIA_W_archive_names,
			   object->lang));
	fria_buf_puts(out, "</beperkingGebruik>\n");
}

void fria_mdto_object(fria_buf *out, const fria_mdto *object,
		      const fria_strings *files)
{
	open_root(out, "informatieobject");
	put_identity(out, "identificatie", object->tag, "git-tag");
	put_identity(out, "identificatie", object->commit, "git-commit");
	put(out, "naam", object->name);
	put_term(out, "aggregatieniveau", "Archiefstuk", NULL,
		 "Begrippenlijst Aggregatieniveaus MDTO");
	put(out, "omschrijving", object->description);
	put(out, "taal", fria_lang_code(object->written));
	put_adoption(out, object);
	put_term(out, "waardering", "Nader te bepalen", "N",
		 "Begrippenlijst Waarderingen MDTO");
	if (object->selection)
		put_term(out, "informatiecategorie", object->selection, NULL,
			 fria_word_text(FRIA_W_archive_list, object->lang));
	if (object->file)
		put_reference(
		    out, "isOnderdeelVan",
		    fria_word_text(FRIA_W_archive_case, object->lang),
		    object->file,
		    fria_word_text(FRIA_W_archive_case, object->lang));
	put_files(out, object, files);
	put_reference(out, "archiefvormer", object->organisation, NULL, NULL);
	put_restriction(out, object);
	close_root(out, "informatieobject");
}
