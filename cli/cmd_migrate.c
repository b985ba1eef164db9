/* SPDX-License-Identifier: EUPL-1.2 */
/* fria migrate: what became of each answer under the newer questions. */
#include "cli.h"

#include <stdio.h>
#include <string.h>

static const char *title_of(const cli *c, const fria_instrument *in,
			    const char *id)
{
	size_t at = fria_instrument_find(in, id);
	return at == FRIA_NONE ? "" : fria_task_title(&in->tasks[at], c->lang);
}

/* The number of a row among the old one's, from 1; 0 outside rows. */
static size_t number_of(const fria_migrated *m, const char *task,
			const char *row)
{
	size_t at = fria_instrument_find(m->was, task), i;
	json_t *one;
	if (!row || at == FRIA_NONE || m->was->tasks[at].rows == FRIA_NONE)
		return 0;
	json_array_foreach(
	    fria_assessment_rows(m->old, m->was, m->was->tasks[at].rows), i,
	    one) {
		if (!strcmp(fria_json_text(one, "id"), row))
			return i + 1;
	}
	return 0;
}

static void put_place(cli *c, const fria_migrated *m, const json_t *place)
{
	const char *task = fria_json_text(place, "task");
	size_t number = number_of(m, task, fria_json_text(place, "row"));
	put(c, PLAIN, task);
	if (number)
		putf(c, PLAIN, " [%zu]", number);
}

static void put_mapped(cli *c, const fria_migrated *m, const char *kind,
		       fria_word heading)
{
	char count[24];
	size_t i, k, n = 0;
	json_t *one, *place;
	json_array_foreach(m->migration.mapped, i, one)
		n += !strcmp(fria_json_text(one, "kind"), kind);
	snprintf(count, sizeof count, "%zu", n);
	if (!n)
		return;
	put(c, PLAIN, "\n");
	put_sentence(c, BOLD, heading, "count", count, NULL);
	json_array_foreach(m->migration.mapped, i, one) {
		const char *task = fria_json_text(one, "task");
		if (strcmp(fria_json_text(one, "kind"), kind) != 0)
			continue;
		putf(c, BOLD, "  %s", task);
		put(c, PLAIN, " ← ");
		json_array_foreach(json_object_get(one, "from"), k, place) {
			put(c, PLAIN, k ? ", " : "");
			put_place(c, m, place);
		}
		putf(c, DIM, "  %s\n", title_of(c, m->to, task));
	}
}

static fria_word because(const json_t *one)
{
	const char *why = fria_json_text(one, "because");
	if (!strcmp(why, "does-not-fit"))
		return FRIA_W_migrate_unfit;
	if (!strcmp(why, "fits-in-part"))
		return FRIA_W_migrate_part;
	return !strcmp(why, "unknown") ? FRIA_W_migrate_unknown
				       : FRIA_W_migrate_no_question;
}

static void put_kept(cli *c, const fria_migrated *m)
{
	char count[24];
	size_t i, n = json_array_size(m->migration.kept);
	json_t *one;
	snprintf(count, sizeof count, "%zu", n);
	if (!n)
		return;
	put(c, PLAIN, "\n");
	put_sentence(c, BOLD, FRIA_W_migrate_kept, "count", count, "assessment",
		     m->from, NULL);
	json_array_foreach(m->migration.kept, i, one) {
		put(c, PLAIN, "  ");
		put_place(c, m, one);
		putf(c, PLAIN, "  %s\n      ",
		     title_of(c, m->was, fria_json_text(one, "task")));
		put_sentence(c, DIM, because(one), NULL);
	}
}

int cmd_migrate(cli *c, fria_error *err)
{
	fria_migrated m;
	const char *to = given(c, "to");
	if (!to) {
		fria_fail(err, FRIA_EINPUT, FRIA_W_migrate_to, NULL);
		return 2;
	}
	if (fria_migrate(&m, c->ws, c->args[0], to, given(c, "name"), err))
		return 2;
	if (c->json) {
		put_json(c, fria_migrated_json(&m));
	} else {
		put_sentence(c, BOLD, FRIA_W_migrate_done, "from", m.from, "to",
			     m.name, "instrument", m.to->name, NULL);
		put_mapped(c, &m, "one-to-one", FRIA_W_migrate_one);
		put_mapped(c, &m, "merged", FRIA_W_migrate_merged);
		put_mapped(c, &m, "split", FRIA_W_migrate_split);
		put_kept(c, &m);
		put(c, PLAIN, "\n");
		put_sentence(c, PLAIN, FRIA_W_migrate_next, "to", m.name, NULL);
	}
	fria_migrated_dispose(&m);
	return 0;
}
