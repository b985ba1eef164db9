/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * publishing: what leaves a workspace: an assessment as an audience may read
 * it, the site, the archive, files for other tools, and the entry in the
 * register. Nothing goes out that was not redacted for who will read it.
 */
#ifndef FRIA_PUBLISHING_H
#define FRIA_PUBLISHING_H

#include "../formats/formats.h"
#include "../report/report.h"
#include "../sharing/sharing.h"

/* --- present.c: an assessment as an audience reads it --- */

typedef struct {
	fria_report report; /* for fria_report_make */
	fria_standing standing;
	fria_redaction redaction;
	/* What stands there today: it may withhold more. */
	fria_today today;
	json_t *application_today, *assessments_today;
	fria_tags tags;
	fria_report_version *versions;
	bool developed; /* verdict and level of the versions were found */
	fria_workspace *ws;
	const fria_snapshot *snapshot;
	struct {
		fria_picture *items; /* that answers show, as they are asked */
		size_t n, bytes;
	} pictures;
	fria_strings kept; /* releases and digests of the versions */
	struct {
		struct publish_beside *items;
		size_t n;
		bool read;
	} beside; /* other assessments, once a conclusion of one is asked */
	/* The version before, redacted too, and what changed since. */
	fria_snapshot *before;
	fria_standing before_standing;
	fria_redaction before_redaction;
	fria_side from, to;
	char from_date[16], to_date[16];
	fria_diff changes;
	char *name; /* "APP/NAME" */
	char *address;
	char head[FRIA_ID_SIZE];
} fria_presented;

/*
 * Evaluates a snapshot as of its own day (the work tree: today) and redacts it
 * for the audience: of an earlier state also what has been withheld since. The
 * snapshot must outlive *out, which may not be moved. EINPUT for one that was
 * asked for by its version where that is a tag that binds nothing, or something
 * else than it points at, or one beyond a gap.
 */
int fria_present(fria_presented *out, fria_workspace *ws,
		 const fria_snapshot *snapshot, fria_audience audience,
		 fria_lang lang, fria_error *err);
/* For one role whose advice is asked: what changed is since it last spoke, if
 * it did. */
int fria_present_to(fria_presented *presented, const fria_snapshot *snapshot,
		    const char *role, fria_error *err);
void fria_presented_dispose(fria_presented *presented);
/* Who reads what a template of this name makes, unless it is said: residents,
 * the council and suppliers are the public, the authority is notified. */
fria_audience fria_template_audience(const char *name);
/*
 * A template by its id or title: the workspace's own, else the built-in one.
 * ENOTFOUND lists what there is. The caller frees both.
 */
int fria_template_read(char **path, char **text, const fria_workspace *ws,
		       const char *name, fria_lang lang, fria_error *err);

/* --- export.c: for other tools --- */

typedef enum {
	FRIA_EXPORT_CSV,     /* each question that is shown on a line */
	FRIA_EXPORT_NDJSON,  /* each question, by schemas/task.schema.json */
	FRIA_EXPORT_FORM,    /* an answer file of the official form */
	FRIA_EXPORT_CARD,    /* an assessment card (TAD) */
	FRIA_EXPORT_CALENDAR /* reviews, measures and measurements, each on its
				day (RFC 5545) */
} fria_export_format;

/* "csv", "ndjson", "official-form", "card", "ics" */
bool fria_export_parse(fria_export_format *out, const char *text);

typedef struct {
	fria_export_format format;
	bool yaml;	/* forms and cards: not JSON */
	char separator; /* CSV: between the cells */
	fria_lang lang; /* of titles; answers stay as they are */
	fria_audience audience;
	fria_findings *findings; /* what a form cannot hold */
	/* Given each assessment ("APP/NAME") as it is made; for a table or a
	 * calendar also what goes before and after all (name NULL). */
	int (*write)(void *data, const char *name, const char *bytes, size_t n,
		     fria_error *err);
	void *data;
} fria_export;

/* The assessments that are meant: "APP/NAME" or "APP/NAME@REV", "APP" for all
 * of an application, "-" for all there are. ENOTFOUND. */
int fria_export_each(fria_workspace *ws, const char *which,
		     const fria_export *how, fria_error *err);

/* --- archive.c: adopted versions, to be kept elsewhere --- */

/*
 * A folder for each version of "APP/NAME", "APP" or "-" (all):
 * FOLDER/APP/NAME/vN with the documents as recorded, the report, evidence,
 * metadata by MDTO (vN.mdto.xml, and FILE.bestand.mdto.xml beside each file)
 * and checksums.sha256. EREFUSED for a folder that is not empty, ENOTFOUND if
 * nothing was adopted. *count is how many; what is no version, or cannot be
 * read, is left out and named.
 */
int fria_archive(size_t *count, fria_findings *left_out, fria_workspace *ws,
		 const char *which, const char *folder, fria_lang lang,
		 fria_error *err);

/* --- site.c: the workspace as a static site --- */

typedef struct {
	const char *folder;
	fria_lang lang;
	fria_audience audience;
	fria_findings *findings; /* what cannot be read, and is left out */
	/* Told after each application; may be NULL. */
	void (*progress)(void *data, size_t done, size_t all);
	void *data;
} fria_site_request;

typedef struct {
	size_t applications, pages;
} fria_site_made;

/*
 * Writes index.html, APP/index.html, and for each adopted version
 * APP/NAME/vN.html, vN-summary.html and vN-changes.html. EREFUSED for a folder
 * that holds something else than such a site.
 */
int fria_site_write(fria_site_made *out, fria_workspace *ws,
		    const fria_site_request *request, fria_error *err);

/* --- publish.c: the entry in the register --- */

typedef struct {
	fria_register_draft draft;
	fria_findings findings; /* by the publication standard */
	json_t *kept;		/* entry.json as it was; {} if there is none */
} fria_published;

/*
 * The application's entry, with the last adopted version of each assessment,
 * as the public may see them; records in entry.json what was written.
 */
int fria_register_export(fria_published *out, fria_workspace *ws,
			 const char *id, fria_error *err);
void fria_published_dispose(fria_published *published);

typedef struct {
	fria_published published;
	const char *against; /* "file", "sent", "received"; NULL: nothing */
	fria_fields_compared fields;
} fria_register_checked;

/*
 * Compares what export would write now with the published entry: that among
 * the rows of a file (NULL: as it was last sent, else received). Records
 * nothing.
 */
int fria_register_check(fria_register_checked *out, fria_workspace *ws,
			const char *id, const fria_register_rows *rows,
			const char *file_name, fria_error *err);
void fria_register_checked_dispose(fria_register_checked *checked);

/* --- register_view.c, publish.c --- */

/* What the register calls a field. Borrowed. */
const char *fria_register_title(const char *field, fria_lang lang);
/* What differs, field by field, and the findings; file: the name of what was
 * compared with, or NULL. */
void fria_register_view(fria_node *at, const fria_register_checked *checked,
			const char *file, bool pointers, fria_lang lang);

/*
 * A field that is empty and comes in as answers fill it is no fact: takes it
 * out of the register vocabulary of what came in.
 */
int fria_publish_drop_echoes(json_t *from, fria_workspace *ws, const char *id,
			     const json_t *application, fria_error *err);

/* --- push.c: the entry, sent to the register --- */

typedef struct {
	bool dry;	      /* nothing is sent and nothing recorded */
	const char *password; /* from the environment; NULL: git's helper */
	const char *token;    /* likewise; given: nobody logs in */
	void (*wait)(void *data, unsigned seconds);
	void *data;
} fria_push_request;

typedef struct {
	fria_published published;
	json_t *entry; /* what is sent; NULL: the standard forbids it */
	char *url;     /* where to; NULL: not configured */
	fria_register_pushed pushed;
} fria_pushed;

/*
 * Sends the entry to where the user's own git configuration says
 * (fria.register.url, .organisation, .user, .tokenurl, .client, .timeout), and
 * records in entry.json what was sent. Nothing is sent that breaks the
 * standard: then `entry` is NULL and the findings say why. Trouble after the
 * register had saved it is trouble, but recorded.
 */
int fria_register_push(fria_pushed *out, fria_workspace *ws, const char *id,
		       const fria_push_request *request, fria_error *err);
void fria_pushed_dispose(fria_pushed *pushed);

#endif
