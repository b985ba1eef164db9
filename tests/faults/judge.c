/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * One fault: is what is there what was before or what comes after, does what
 * was said fit it, and does the same command again give the whole?
 */
#include "driver.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

bool is(const text *a, const text *b)
{
	return a->n == b->n && !memcmp(a->text, b->text, a->n);
}

/* Of several things each is done or not: no file holds something else. */
static bool has_parts(const text *now, const text *before, const text *after,
		      text *other)
{
	other->n = 0;
	put(other, "", 0);
	for (char *at = now->text; at && *at;) {
		char *end = strchr(at, '\n');
		size_t n = end ? (size_t)(end - at) + 1 : strlen(at);
		char line[5000];
		snprintf(line, sizeof line, "%.*s", (int)n, at);
		bool file = line[0] == '/' &&
			    memchr(line + 1, '/', strcspn(line + 1, " "));
		if (file && !strstr(before->text, line) &&
		    !strstr(after->text, line))
			put(other, line, strlen(line));
		at = end ? end + 1 : NULL;
	}
	return !other->n;
}

void show_lacking(const text *a, const text *b, char sign)
{
	int shown = 0;
	for (char *at = a->text; at && *at && shown < 4;) {
		char *end = strchr(at, '\n');
		char line[600];
		size_t n = end ? (size_t)(end - at) : strlen(at);
		snprintf(line, sizeof line, "%.*s\n", (int)(n < 590 ? n : 590),
			 at);
		if (!strstr(b->text, line)) {
			fprintf(stderr, "    %c %s", sign, line);
			shown++;
		}
		at = end ? end + 1 : NULL;
	}
}

typedef struct {
	const room *room;
	const job *job;
	char call;
	text said;
	int status;
} tried;

static void count_one(uint64_t *n)
{
	__atomic_add_fetch(n, 1, __ATOMIC_SEQ_CST);
}

static void wrong(const tried *t, const char *what, const text *is_now,
		  const text *should)
{
	count_one(&sums[t->job->room].wrong);
	char line[400];
	snprintf(line, sizeof line, "%s", t->said.n ? t->said.text : "");
	for (char *at = line; *at; at++)
		*at = *at == '\n' ? '|' : *at;
	fprintf(stderr, "%s: %s at %llu (%c), status %x: %s (%s)\n",
		t->room->name, kind_names[t->job->kind],
		(unsigned long long)t->job->at, t->call, (unsigned)t->status,
		what, line);
	if (is_now && should) {
		show_lacking(is_now, should, '+');
		show_lacking(should, is_now, '-');
	}
}

static bool ended_well(const room *r, int status)
{
	return WIFEXITED(status) && WEXITSTATUS(status) == r->status;
}

/* What it said must fit what is there. */
static void judge_words(const tried *t, bool before, bool after)
{
	const char *said = t->said.text;
	bool refused = WIFEXITED(t->status) && WEXITSTATUS(t->status) == 2;
	int signal = WIFSIGNALED(t->status) ? WTERMSIG(t->status) : SIGKILL;
	bool memory = t->job->kind >= FAULT_MEMORY;
	/* No memory ends the program; some libraries fall over it. */
	bool crashed = signal != SIGKILL && !(memory && signal == SIGABRT) &&
		       !(t->call == 'l' && signal == SIGSEGV);
	if (crashed || (WIFEXITED(t->status) && WEXITSTATUS(t->status) > 2))
		wrong(t, "it crashed", NULL, NULL);
	if (!refused)
		return;
	if (!t->said.n)
		wrong(t, "it failed without a word", NULL, NULL);
	if (strstr(said, ": ?") || strstr(said, "left a lock"))
		wrong(t, "it does not say what is the matter", NULL, NULL);
	if (t->job->kind == FAULT_FULL && !strstr(said, "is full"))
		wrong(t, "a full disk by another name", NULL, NULL);
	bool stands = strstr(said, "is recorded") || strstr(said, "stands");
	if (after && !before && !stands && !t->room->parts)
		wrong(t, "it happened and does not say so", NULL, NULL);
}

static void judge_again(const tried *t, const place *p, bool before, bool after)
{
	const room *r = t->room;
	text now = {NULL, 0, 0}, said = {NULL, 0, 0};
	int status =
	    run_fria(p, r, FAULT_NONE, 0,
		     after && !before && !r->parts && !r->output ? 60 : 0);
	read_file(&said, p->err);
	see(&now, p, true);
	if (r->parts ? !is(&now, &r->after) : before && !is(&now, &r->after))
		wrong(t, "again, it does not give the whole", &now, &r->after);
	else if (!r->parts && before && !ended_well(r, status))
		wrong(t, "again, it fails", &said, &r->out);
	else if (!is(&now, &r->after))
		wrong(t, "again, it does the same twice", &now, &r->after);
	free(now.text);
	free(said.text);
}

void try_one(const place *p, const job *j)
{
	const room *r = &rooms[j->room];
	tried t = {.room = r, .job = j};
	text now = {NULL, 0, 0}, out = {NULL, 0, 0}, why = {NULL, 0, 0},
	     other = {NULL, 0, 0};
	char from[500];
	t.call = (j->kind < FAULT_MEMORY ? r->count.kinds
					 : r->count.sources)[j->at - 1];
	remove_all(p->folder);
	snprintf(from, sizeof from, "%s/%s", rooms_folder, r->name);
	copy_all(from, p->folder);
	t.status = run_fria(p, r, j->kind, j->at, 0);
	bool struck = p->counted->struck != 0;
	bool killed = WIFSIGNALED(t.status) || j->kind == FAULT_FULL ||
		      j->kind == FAULT_KILL || j->kind == FAULT_TORN;
	read_file(&t.said, p->err);
	read_file(&out, p->out);
	if (killed) /* what comes next finishes it or clears it away */
		run_fria(p, NULL, FAULT_NONE, 0, 0);
	see(&now, p, killed);
	bool before = is(&now, &r->before), after = is(&now, &r->after);
	if (!before && !after && !r->parts)
		wrong(&t, "neither before nor after", &now, &r->before);
	if (r->parts && !has_parts(&now, &r->before, &r->after, &other))
		wrong(&t, "something that is neither", &other, &r->before);
	if (ended_well(r, t.status) && !after)
		wrong(&t, "it says that it is done", &now, &r->after);
	if (ended_well(r, t.status) && r->reads && !is(&out, &r->out))
		wrong(&t, "it prints something else", &out, &r->out);
	if (!is_sound(p, &why))
		wrong(&t, "the repository is damaged", &why, &r->before);
	judge_words(&t, before, after);
	if (!r->reads)
		judge_again(&t, p, before, after);
	if (!struck)
		wrong(&t, "nothing struck", NULL, NULL);
	totals *sum = &sums[j->room];
	count_one(&sum->by_kind[j->kind]);
	count_one(before ? &sum->before : after ? &sum->after : &sum->between);
	if (verbose)
		fprintf(stderr, "%s %s %llu: status %x %s\n", r->name,
			kind_names[j->kind], (unsigned long long)j->at,
			(unsigned)t.status,
			before	? "before"
			: after ? "after"
				: "between");
	free(now.text);
	free(out.text);
	free(why.text);
	free(other.text);
	free(t.said.text);
}
