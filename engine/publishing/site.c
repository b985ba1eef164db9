/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Writes a workspace as a static site: the portfolio, each application, each
 * adopted version with its summary and what changed. Every page is whole or
 * not there; pages of a version that was adopted before are made again the
 * same, with a note once there is a later one.
 */
#include "publishing_internal.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
	fria_workspace *ws;
	const fria_site_request *request;
	fria_site_made *made;
	fria_statuses portfolio;
	size_t next;	    /* to be asked for, among them */
	json_t *titles;	    /* of questionnaires, by their name */
	fria_strings texts; /* what the lines borrow */
	struct {
		fria_site_line *items;
		size_t n;
	} lines;
} site;

/* --- pages --- */

static int write_page(site *s, const char *path, fria_document *doc,
		      fria_error *err)
{
	fria_buf html = FRIA_BUF_INIT;
	char *full = fria_format("%s/%s", s->request->folder, path);
	char *folder = fria_strndup(full, (size_t)(strrchr(full, '/') - full));
	fria_document_html(&html, doc);
	int code = fria_folder_make(folder, err);
	if (!code)
		code = fria_file_renew(full, html.text, html.n, err);
	s->made->pages += !code;
	fria_buf_dispose(&html);
	free(folder);
	free(full);
	return code;
}

/* The way here: the overview, and from a page of an application itself, by
 * the paths to them from this page. */
static void put_way(fria_document *doc, fria_lang lang, const char *overview,
		    const char *application, const char *title)
{
	fria_node *way =
	    fria_document_way(doc, fria_word_text(FRIA_W_site_way, lang));
	fria_node_page(way, overview,
		       fria_word_text(FRIA_W_site_overview, lang));
	if (!application)
		return;
	fria_node_text(way, " › ");
	fria_node_page(way, application, title);
}

/* A version of which the pages are made. */
typedef struct {
	const fria_report *r;
	const char *title;  /* of the application */
	const char *latest; /* version */
} site_version;

static const struct {
	const char *kind, *ending;
	fria_word word;
} version_pages[] = {{"report", "", FRIA_W_site_report},
		     {"summary", "-summary", FRIA_W_site_summary},
		     {"changes", "-changes", FRIA_W_site_changes}};
enum { REPORT, SUMMARY, CHANGES, VERSION_PAGES };

/* The pages of this version; the own one is not a link. */
static void put_pages(fria_document *doc, const site_version *v, int own)
{
	fria_lang lang = v->r->lang;
	fria_node *line =
	    fria_document_links(doc, fria_word_text(FRIA_W_site_pages, lang));
	for (int i = 0; i < VERSION_PAGES; i++) {
		const char *title = fria_word_text(version_pages[i].word, lang);
		char *path = fria_format("%s%s.html", v->r->version,
					 version_pages[i].ending);
		bool exists = i != CHANGES || v->r->changes;
		fria_node_text(line, i && exists ? " · " : "");
		if (i == own)
			fria_node_strong(line, title);
		else if (exists)
			fria_node_page(line, path, title);
		free(path);
	}
}

/* Who comes here by an old link sees that there is a later version. */
static void put_latest(fria_document *doc, const site_version *v)
{
	fria_lang lang = v->r->lang;
	if (!strcmp(v->r->version, v->latest))
		return;
	fria_node *note =
	    fria_node_note(fria_document_head(doc), FRIA_TONE_AGAIN,
			   fria_word_text(FRIA_W_site_earlier, lang));
	char *path = fria_format("%s.html", v->latest);
	fria_node_page(fria_node_paragraph(note), path,
		       fria_word_text(FRIA_W_site_latest, lang));
	free(path);
}

static int finish_page(site *s, fria_document *doc, const site_version *v,
		       int own, fria_error *err)
{
	char *path = fria_format("%s/%s%s.html", v->r->name, v->r->version,
				 version_pages[own].ending);
	put_way(doc, v->r->lang, "../../index.html", "../index.html", v->title);
	put_pages(doc, v, own);
	put_latest(doc, v);
	int code = write_page(s, path, doc, err);
	free(path);
	fria_document_free(doc);
	return code;
}

static int templated_page(site *s, const site_version *v, int own,
			  fria_error *err)
{
	char *name = NULL, *text = NULL;
	fria_document *doc = NULL;
	int code =
	    fria_template_read(&name, &text, s->ws, version_pages[own].kind,
			       s->request->lang, err);
	if (!code)
		code = fria_report_make(&doc, v->r, name, text, err);
	if (!code)
		code = finish_page(s, doc, v, own, err);
	free(name);
	free(text);
	return code;
}

static int changes_page(site *s, const site_version *v, fria_error *err)
{
	const char *questionnaire =
	    fria_instrument_title(v->r->input->instrument, v->r->lang);
	char *name = questionnaire
			 ? fria_format("%s, %s", v->title, questionnaire)
			 : fria_strdup(v->title);
	int code =
	    finish_page(s, fria_report_changes(v->r->changes, name, v->r->lang),
			v, CHANGES, err);
	free(name);
	return code;
}

static int write_version(site *s, const site_version *v, fria_error *err)
{
	int code = templated_page(s, v, REPORT, err);
	if (!code)
		code = templated_page(s, v, SUMMARY, err);
	if (!code && v->r->changes)
		code = changes_page(s, v, err);
	return code;
}

/* --- an application --- */

/* One adopted version, as the audience may read it. */
typedef struct {
	fria_snapshot *snapshot;
	fria_presented shown;
} shown_version;

static void drop(shown_version *v)
{
	if (!v)
		return;
	if (v->shown.name)
		fria_presented_dispose(&v->shown);
	fria_snapshot_free(v->snapshot);
	free(v);
}

static int show(shown_version **out, site *s, const char *name,
		const char *version, fria_error *err)
{
	shown_version *v = fria_calloc(1, sizeof *v);
	int code = fria_snapshot_load(&v->snapshot, s->ws, name, version, err);
	if (!code)
		code =
		    fria_present(&v->shown, s->ws, v->snapshot,
				 s->request->audience, s->request->lang, err);
	if (code)
		drop(v);
	else
		*out = v;
	return code;
}

/* "v2" of its tag. */
static const char *version_name(const fria_tags *versions, size_t i)
{
	return strrchr(versions->items[i].name, '/') + 1;
}

/*
 * Every version's pages, from the last one on, which stays for the
 * application's page. What is no version, or cannot be read, is named and left
 * out.
 */
static int assessment_pages(shown_version **last, site *s, const char *id,
			    const char *own, const char *title, fria_error *err)
{
	char *name = fria_format("%s/%s", id, own);
	char *path = fria_workspace_path(id, own);
	fria_tags versions = {NULL, 0};
	int code = fria_snapshot_versions(&versions, s->ws, id, own, err);
	if (!code)
		code = publish_name_strays(s->request->findings, s->ws, id, own,
					   versions.n, err);
	for (size_t i = versions.n; i-- > 0 && !code;) {
		fria_error broken = FRIA_ERROR_INIT;
		shown_version *v = NULL;
		if (show(&v, s, name, version_name(&versions, i), &broken)) {
			code = fria_findings_add_broken(s->request->findings,
							path, &broken, err);
			continue;
		}
		const char *latest = (*last ? *last : v)->snapshot->version;
		code = write_version(
		    s, &(site_version){&v->shown.report, title, latest}, err);
		if (*last)
			drop(v);
		else
			*last = v;
	}
	fria_tags_dispose(&versions);
	free(path);
	free(name);
	return code;
}

/* The application as it is recorded now, without what is withheld. */
static int read_application(json_t **out, bool *veiled, const site *s,
			    const char *id, fria_error *err)
{
	char head[FRIA_ID_SIZE];
	char *path = fria_workspace_path(id, "application");
	json_t *whole = NULL, *today = NULL;
	int code = fria_workspace_json(
	    &whole, s->ws, fria_store_head(head, s->ws->store) ? head : NULL,
	    path, err);
	if (!code)
		code = publish_today(&today, s->ws, id, "application", err);
	if (!code)
		*out =
		    fria_redact_application(whole, s->request->audience, today);
	if (!code && s->request->audience == FRIA_PUBLIC)
		code = publish_refuse_personal(*out, NULL, whole, today, id,
					       s->request->lang, err);
	*veiled = json_object_get(whole, "withheld") ||
		  json_object_get(today, "withheld");
	json_decref(today);
	json_decref(whole);
	free(path);
	return code;
}

static int application_page(site *s, const char *id,
			    const fria_site_application *about,
			    shown_version *const last[],
			    const fria_strings *names, fria_error *err)
{
	const fria_report **reports =
	    fria_calloc(names->n + 1, sizeof *reports);
	const char **own = fria_calloc(names->n + 1, sizeof *own);
	char *path = fria_format("%s/index.html", id);
	size_t n = 0;
	for (size_t i = 0; i < names->n; i++) {
		if (!last[i])
			continue;
		reports[n] = &last[i]->shown.report;
		own[n++] = names->items[i];
	}
	fria_document *doc =
	    fria_page_application(about, reports, own, n, s->request->lang);
	put_way(doc, s->request->lang, "../index.html", NULL, NULL);
	int code = write_page(s, path, doc, err);
	fria_document_free(doc);
	free(reports);
	free((void *)own);
	free(path);
	return code;
}

static const char *title_of(const json_t *application, const char *id)
{
	const char *name = fria_json_text(application, "name");
	if (!name)
		name =
		    json_string_value(fria_fact(application, "/register/name"));
	return name ? name : id;
}

/* --- lines of the portfolio --- */

static const char *keep(site *s, const char *text)
{
	if (!text)
		return NULL;
	fria_strings_add(&s->texts, text);
	return s->texts.items[s->texts.n - 1];
}

/* How an assessment stands; NULL if that is unknown. They are asked for in the
 * order in which they are. */
static const fria_status *status_of(site *s, const char *id, const char *own)
{
	const fria_statuses *all = &s->portfolio;
	const fria_status *found = NULL;
	char *name = fria_format("%s/%s", id, own);
	for (size_t i = 0; !found && i < all->n; i++) {
		size_t at = (s->next + i) % all->n;
		if (strcmp(all->items[at].assessment, name) != 0)
			continue;
		found = &all->items[at];
		s->next = at + 1;
	}
	free(name);
	return found;
}

/* The questionnaire of a line, by its title; NULL if that is unknown. */
static const char *instrument_title(site *s, const fria_status *status)
{
	const char *name = status ? status->instrument : NULL;
	fria_instrument *in = NULL;
	if (!name || json_object_get(s->titles, name))
		return fria_json_text(s->titles, name);
	if (!fria_workspace_instrument(&in, s->ws, NULL, name, NULL)) {
		const char *title = fria_instrument_title(in, s->request->lang);
		json_object_set_new(s->titles, name,
				    title ? fria_json_string(title)
					  : json_null());
	}
	fria_instrument_free(in);
	return fria_json_text(s->titles, name);
}

static void add_line(site *s, const char *id, const char *own,
		     const json_t *application, const shown_version *last)
{
	const fria_status *status = own ? status_of(s, id, own) : NULL;
	const fria_report *r = last ? &last->shown.report : NULL;
	const char *title = instrument_title(s, status);
	*FRIA_PUSH(&s->lines) = (fria_site_line){
	    .application = keep(s, id),
	    .title = keep(s, title_of(application, id)),
	    .assessment = keep(s, own),
	    .instrument = title ? title : keep(s, own),
	    .version = r ? keep(s, r->version) : NULL,
	    .phase =
		fria_phase_at(application, fria_session_day(&s->ws->session)),
	    .adopted_at = last ? last->snapshot->day : 0,
	    .review_due = status && status->review.known
			      ? fria_day_start(status->review.due)
			      : 0,
	    .verdict = status ? status->verdict : FRIA_BLOCKED};
}

/* Is something of these withheld, or of the application? */
static bool is_veiled(const site *s, bool application,
		      shown_version *const last[], size_t n)
{
	bool veiled = application;
	for (size_t i = 0; i < n; i++)
		veiled =
		    veiled || (last[i] && last[i]->shown.redaction.withheld_n);
	return veiled && s->request->audience != FRIA_INTERNAL;
}

/* The entry as a file. */
static int write_entry_file(const site *s, const char *id, const json_t *entry,
			    fria_error *err)
{
	char *folder = fria_format("%s/%s", s->request->folder, id);
	char *path = fria_format("%s/" FRIA_ENTRY_FILE, folder);
	fria_buf bytes = FRIA_BUF_INIT;
	fria_json_write(&bytes, entry);
	int code = fria_folder_make(folder, err);
	if (!code)
		code = fria_file_renew(path, bytes.text, bytes.n, err);
	fria_buf_dispose(&bytes);
	free(folder);
	free(path);
	return code;
}

static int write_entry_page(site *s, const char *id, const json_t *entry,
			    const char *title, fria_error *err)
{
	fria_lang lang = s->request->lang;
	char *path = fria_format("%s/entry.html", id);
	fria_document *doc =
	    fria_page_entry(title, entry, FRIA_ENTRY_FILE, lang);
	put_way(doc, lang, "../index.html", "index.html", title);
	int code = write_page(s, path, doc, err);
	fria_document_free(doc);
	free(path);
	return code;
}

/* The entry as it was last written; *written tells if there is one. */
static int write_entry(bool *written, site *s, const char *id,
		       const char *title, bool veiled, fria_error *err)
{
	json_t *entry = NULL;
	int code = publish_written(&entry, s->ws, id, veiled, err);
	*written = entry != NULL;
	if (!code && entry)
		code = write_entry_file(s, id, entry, err);
	if (!code && entry)
		code = write_entry_page(s, id, entry, title, err);
	json_decref(entry);
	return code;
}

static int write_application(site *s, const char *id, fria_error *err)
{
	fria_strings names = FRIA_STRINGS_INIT;
	json_t *application = NULL;
	bool veiled = false, entry = false;
	size_t before = s->lines.n;
	int code = read_application(&application, &veiled, s, id, err);
	if (!code)
		code = fria_workspace_assessments(&names, s->ws, NULL, id, err);
	shown_version **last =
	    fria_calloc(names.n + 1, sizeof(shown_version *));
	const char *title = title_of(application, id);
	for (size_t i = 0; i < names.n && !code; i++) {
		fria_error broken = FRIA_ERROR_INIT;
		code = assessment_pages(&last[i], s, id, names.items[i], title,
					&broken);
		if (!code) {
			add_line(s, id, names.items[i], application, last[i]);
			continue;
		}
		drop(last[i]);
		last[i] = NULL;
		char *path = fria_workspace_path(id, names.items[i]);
		code = fria_findings_add_broken(s->request->findings, path,
						&broken, err);
		free(path);
	}
	if (!code && !names.n)
		add_line(s, id, NULL, application, NULL);
	if (!code)
		code = write_entry(&entry, s, id, title,
				   is_veiled(s, veiled, last, names.n), err);
	const fria_site_application about = {
	    .title = title,
	    .organisation = fria_json_text(s->ws->config, "organisation"),
	    .application = application,
	    .entry = entry ? "entry.html" : NULL,
	    .as_of = fria_session_day(&s->ws->session),
	    .lines = s->lines.items + before,
	    .n = names.n ? s->lines.n - before : 0};
	if (!code)
		code = application_page(s, id, &about, last, &names, err);
	for (size_t i = 0; i < names.n; i++)
		drop(last[i]);
	free(last);
	fria_strings_dispose(&names);
	json_decref(application);
	return code;
}

/* --- the whole --- */

/* A folder that holds something else is not written over. */
static int check_folder(const site *s, fria_error *err)
{
	char *marker = fria_format("%s/.fria-site", s->request->folder);
	int code = fria_folder_make(s->request->folder, err);
	bool own = fria_path_exists(marker);
	if (!code && !own && !fria_folder_empty(s->request->folder))
		code = fria_fail(err, FRIA_EREFUSED, FRIA_W_site_folder, "path",
				 s->request->folder, NULL);
	if (!code && !own)
		code = fria_file_write(marker, "fria\n", 5, err);
	free(marker);
	return code;
}

static int write_portfolio(site *s, fria_error *err)
{
	fria_document *doc = fria_page_portfolio(
	    fria_json_text(s->ws->config, "organisation"), s->lines.items,
	    s->lines.n, fria_session_day(&s->ws->session), s->request->lang);
	int code = write_page(s, "index.html", doc, err);
	fria_document_free(doc);
	return code;
}

static int read_portfolio(site *s, fria_error *err)
{
	s->titles = json_object();
	return fria_portfolio_anew(&s->portfolio, s->request->findings, s->ws,
				   fria_session_day(&s->ws->session), err);
}

int fria_site_write(fria_site_made *out, fria_workspace *ws,
		    const fria_site_request *request, fria_error *err)
{
	fria_strings ids = FRIA_STRINGS_INIT;
	site s = {.ws = ws, .request = request, .made = out};
	*out = (fria_site_made){0, 0};
	int code = check_folder(&s, err);
	if (!code)
		code = read_portfolio(&s, err);
	if (!code)
		code = fria_workspace_applications(&ids, ws, NULL, err);
	for (size_t i = 0; i < ids.n && !code; i++) {
		fria_error broken = FRIA_ERROR_INIT;
		char *path = fria_workspace_path(ids.items[i], "application");
		code = write_application(&s, ids.items[i], &broken);
		out->applications += !code;
		if (code)
			code = fria_findings_add_broken(request->findings, path,
							&broken, err);
		free(path);
		if (request->progress)
			request->progress(request->data, i + 1, ids.n);
	}
	if (!code)
		code = publish_name_lost(request->findings, ws, err);
	if (!code)
		code = write_portfolio(&s, err);
	fria_strings_dispose(&ids);
	fria_strings_dispose(&s.texts);
	free(s.lines.items);
	fria_statuses_dispose(&s.portfolio);
	json_decref(s.titles);
	return code;
}
