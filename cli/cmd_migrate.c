/* SPDX-License-Identifier: EUPL-1.2 */
/* fria migrate: what became of each answer under the newer questions. */
#include "cli.h"

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

static void put_place(cli *c, const fria_migrated *m,
		      const fria_migration_place *place)
{
	size_t number = number_of(m, place->task, place->row);
	put(c, PLAIN, place->task);
	if (number)
		putf(c, PLAIN, " [%zu]", number);
}

static void put_mapped(cli *c, const fria_migrated *m, fria_migrated_kind kind,
		       fria_word heading)
{
	size_t n = 0;
	for (size_t i = 0; i < m->migration.mapped.n; i++)
		n += m->migration.mapped.items[i].kind == kind;
	if (!n)
		return;
	put(c, PLAIN, "\n");
	put_sentence(c, BOLD, heading, "count", FRIA_DIGITS(n), NULL);
	for (size_t i = 0; i < m->migration.mapped.n; i++) {
		const fria_mapped *one = &m->migration.mapped.items[i];
		if (one->kind != kind)
			continue;
		putf(c, BOLD, "  %s", one->to.task);
		put(c, PLAIN, " ← ");
		for (size_t k = 0; k < one->from.n; k++) {
			put(c, PLAIN, k ? ", " : "");
			put_place(c, m, &one->from.items[k]);
		}
		putf(c, DIM, "  %s\n", title_of(c, m->to, one->to.task));
	}
}

static void put_kept(cli *c, const fria_migrated *m)
{
	static const fria_word because[] = {
	    FRIA_W_migrate_unknown, FRIA_W_migrate_no_question,
	    FRIA_W_migrate_unfit, FRIA_W_migrate_part, FRIA_W_migrate_unstood};
	size_t n = m->migration.kept.n;
	if (!n)
		return;
	put(c, PLAIN, "\n");
	put_sentence(c, BOLD, FRIA_W_migrate_kept, "count", FRIA_DIGITS(n),
		     "assessment", m->from, NULL);
	for (size_t i = 0; i < n; i++) {
		const fria_left *one = &m->migration.kept.items[i];
		put(c, PLAIN, "  ");
		put_place(c, m, &one->at);
		putf(c, PLAIN, "  %s\n      ",
		     title_of(c, m->was, one->at.task));
		put_sentence(c, DIM, because[one->because], NULL);
	}
}

static int run_migrate(cli *c, fria_error *err)
{
	fria_migrated m;
	const char *to = given(c, "to");
	if (!to)
		return fria_fail(err, FRIA_EINPUT, FRIA_W_migrate_to, NULL);
	if (fria_migrate(&m, c->ws, c->args[0], to, given(c, "name"), err))
		return 2;
	if (c->json) {
		put_json(c, fria_migrated_json(&m));
	} else {
		fria_buf questions = FRIA_BUF_INIT;
		fria_instrument_say(&questions, m.to, c->lang);
		put_sentence(c, BOLD, FRIA_W_migrate_done, "from", m.from, "to",
			     m.name, "instrument", questions.text, NULL);
		fria_buf_dispose(&questions);
		put_mapped(c, &m, FRIA_MIGRATED_ONE, FRIA_W_migrate_one);
		put_mapped(c, &m, FRIA_MIGRATED_MERGED, FRIA_W_migrate_merged);
		put_mapped(c, &m, FRIA_MIGRATED_SPLIT, FRIA_W_migrate_split);
		put_kept(c, &m);
		put(c, PLAIN, "\n");
		put_sentence(c, PLAIN, FRIA_W_migrate_next, "to", m.name, NULL);
	}
	fria_migrated_dispose(&m);
	return 0;
}

const command cmd_migrate = {
    .name = "migrate",
    .args = "APP/NAME --to URN [--name NAME]",
    .takes = {1, 1},
    .does = RECORDS | GIVES_JSON,
    .summary = FRIA_W_sum_migrate,
    .options = (const option[]){{"to", 0, "URN", FRIA_W_opt_migrate_to},
				{"name", 0, "NAME", FRIA_W_opt_name},
				NO_OPTION},
    .run = run_migrate,
};
