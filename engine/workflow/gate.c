/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The check before use: what stands in the way of a build or of use, by the
 * phase of the application (PRACTICE section 7).
 */
#include "workflow_internal.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

typedef struct {
	fria_gate *out;
	const fria_workspace *ws;
	const char *id;
	bool strict; /* what is wrong stops */
	fria_strings instruments;
} checking;

static void add(checking *g, const char *assessment, const char *code,
		bool fatal, fria_word word, const char *what, const char *more)
{
	fria_buf text = FRIA_BUF_INIT;
	fria_say(&text, g->ws->session.lang, word, "what", what, "more", more,
		 NULL);
	*FRIA_PUSH(g->out) =
	    (fria_gate_reason){fria_strdup(assessment), code,
			       fria_buf_detach(&text), fatal && g->strict};
}

static void check_counts(checking *g, const char *name,
			 const fria_evaluation *e)
{
	const struct {
		size_t n;
		const char *code;
		fria_word word;
	} all[] = {
	    {e->counts.open, "open", FRIA_W_gate_open},
	    {e->counts.stale, "stale", FRIA_W_gate_stale},
	    {e->counts.suspect, "suspect", FRIA_W_gate_suspect},
	    {e->unanswered.n, "release-check", FRIA_W_gate_check},
	    {e->review.overdue, "review", FRIA_W_gate_review},
	};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		char *n = fria_format("%zu", all[i].n);
		if (all[i].n)
			add(g, name, all[i].code, true, all[i].word, n, "");
		free(n);
	}
	for (size_t i = 0; i < e->metrics_n; i++) {
		if (e->metrics[i].over)
			add(g, name, "metric", true, FRIA_W_gate_metric,
			    e->metrics[i].title, "");
		if (e->metrics[i].overdue)
			add(g, name, "measurement", true,
			    FRIA_W_gate_measurement, e->metrics[i].title, "");
	}
	for (size_t i = 0; i < e->measures_n; i++)
		if (e->measures[i].overdue)
			add(g, name, "measure", true, FRIA_W_gate_measure,
			    e->measures[i].text ? e->measures[i].text : "?",
			    e->measures[i].due);
}

static void check_approvals(checking *g, const char *name,
			    const json_t *approvals)
{
	const json_t *roles = json_object_get(g->ws->config, "roles");
	size_t i;
	json_t *one;
	json_array_foreach(approvals, i, one) {
		const char *role = fria_json_text(one, "role");
		const char *state = fria_json_text(one, "state");
		const char *title = fria_text(
		    json_object_get(json_object_get(roles, role), "title"),
		    g->ws->session.lang);
		if (!strcmp(state, "missing"))
			add(g, name, "approval", true, FRIA_W_gate_approval,
			    title ? title : role, "");
	}
}

/* What the answers of one assessment ask for of others. */
static void check_demanded(checking *g, const char *name,
			   const json_t *conclusions)
{
	size_t i;
	json_t *one;
	json_array_foreach(conclusions, i, one) {
		const char *id = fria_json_text(one, "id");
		const char *level = fria_json_text(one, "level");
		bool found = false;
		if (!level || strcmp(level, "required") != 0 ||
		    (strcasecmp(id, "iama") && strcasecmp(id, "fria")))
			continue;
		for (size_t k = 0; k < g->instruments.n; k++)
			found =
			    found || !strcasecmp(g->instruments.items[k], id);
		if (!found)
			add(g, name, "demanded", true, FRIA_W_gate_demanded, id,
			    fria_json_text(one, "text"));
	}
}

static int check_one(checking *g, const fria_snapshot *s, fria_error *err)
{
	fria_standing standing;
	int code =
	    fria_standing_make(&standing, g->ws, s, g->ws->session.now, err);
	if (code)
		return code;
	const fria_evaluation *e = &standing.result;
	char *name = fria_format("%s/%s", g->id, s->name);
	if (e->stopped_by != FRIA_NONE)
		add(g, name, "blocked", true, FRIA_W_gate_blocked,
		    fria_task_title(&s->instrument->tasks[e->stopped_by],
				    g->ws->session.lang),
		    "");
	else if (e->stopped)
		add(g, name, "blocked", true, FRIA_W_gate_concluded, "", "");
	check_counts(g, name, e);
	check_approvals(g, name, e->approvals);
	check_demanded(g, name, e->conclusions);
	if (e->verdict == FRIA_INCOMPLETE && !e->counts.open)
		add(g, name, "unknown", true, FRIA_W_gate_unknown, "", "");
	fria_standing_dispose(&standing);
	free(name);
	return 0;
}

/* What there is must be known before what is demanded. */
static int check_all(checking *g, fria_error *err)
{
	fria_strings names = FRIA_STRINGS_INIT;
	int code = fria_workspace_assessments(&names, g->ws, NULL, g->id, err);
	fria_snapshot **all = fria_calloc(names.n, sizeof *all);
	if (!code && !names.n)
		add(g, NULL, "missing", true, FRIA_W_gate_none, g->id, "");
	for (size_t i = 0; !code && i < names.n; i++) {
		char *name = fria_format("%s/%s", g->id, names.items[i]);
		code = fria_snapshot_load(&all[i], g->ws, name, NULL, err);
		if (!code)
			fria_strings_add(&g->instruments,
					 all[i]->instrument->id);
		free(name);
	}
	for (size_t i = 0; !code && i < names.n; i++)
		if (!fria_json_text(all[i]->assessment, "superseded_by"))
			code = check_one(g, all[i], err);
	for (size_t i = 0; i < names.n; i++)
		fria_snapshot_free(all[i]);
	free(all);
	fria_strings_dispose(&names);
	return code;
}

static void check_release(checking *g, const char *release)
{
	if (release &&
	    (!g->out->release || strcmp(g->out->release, release) != 0))
		add(g, NULL, "release", true, FRIA_W_gate_release, release,
		    g->out->release ? g->out->release : "-");
}

int fria_gate_check(fria_gate *out, const fria_workspace *ws, const char *id,
		    const char *release, fria_error *err)
{
	json_t *application = NULL;
	checking g = {out, ws, id, true, FRIA_STRINGS_INIT};
	*out = (fria_gate){.passed = true};
	int code = fria_application_saved(&application, ws, id, err);
	if (code)
		return code;
	const char *phase =
	    json_string_value(fria_fact(application, "/use/phase"));
	out->release = fria_strdup(fria_json_text(application, "release"));
	out->phase = fria_strdup(phase);
	g.strict =
	    !phase || !strcmp(phase, "proef") || !strcmp(phase, "in-gebruik");
	json_decref(application);
	check_release(&g, release);
	code = check_all(&g, err);
	for (size_t i = 0; i < out->n; i++)
		out->passed = out->passed && !out->items[i].fatal;
	fria_strings_dispose(&g.instruments);
	if (code)
		fria_gate_dispose(out);
	return code;
}

void fria_gate_dispose(fria_gate *gate)
{
	for (size_t i = 0; i < gate->n; i++) {
		free(gate->items[i].assessment);
		free(gate->items[i].text);
	}
	free(gate->items);
	free(gate->release);
	free(gate->phase);
	*gate = (fria_gate){.release = NULL};
}
