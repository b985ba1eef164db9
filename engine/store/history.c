/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The commits that touched some paths: a walk over parents that reads no more
 * of a commit than its header and the folders on the way, and that goes on
 * from what an earlier walk found (touched.c). No commit is interpreted.
 */
#include "store_internal.h"

#include <stdlib.h>
#include <string.h>

/* A walk this long is worth remembering. */
#define WORTH 64

/* --- a set of commits --- */

typedef struct {
	git_oid *slots; /* open addressing; all zero is empty */
	size_t *orders; /* of the slots: when each came */
	size_t n, room;
} oid_set;

static size_t slot_of(const git_oid *slots, size_t room, const git_oid *id)
{
	size_t at;
	memcpy(&at, id->id, sizeof at);
	at &= room - 1;
	while (!git_oid_is_zero(&slots[at]) && !git_oid_equal(&slots[at], id))
		at = (at + 1) & (room - 1);
	return at;
}

static void make_room(oid_set *set)
{
	oid_set wider = {.room = set->room ? set->room * 2 : 256, .n = set->n};
	wider.slots = fria_calloc(wider.room, sizeof *wider.slots);
	wider.orders = fria_calloc(wider.room, sizeof *wider.orders);
	for (size_t i = 0; i < set->room; i++) {
		if (git_oid_is_zero(&set->slots[i]))
			continue;
		size_t at = slot_of(wider.slots, wider.room, &set->slots[i]);
		wider.slots[at] = set->slots[i];
		wider.orders[at] = set->orders[i];
	}
	free(set->slots);
	free(set->orders);
	*set = wider;
}

/* When it came, if it is in the set already; else it is added: its number. */
static bool add(size_t *order, oid_set *set, const git_oid *id)
{
	if (set->n * 2 >= set->room)
		make_room(set);
	size_t at = slot_of(set->slots, set->room, id);
	bool fresh = git_oid_is_zero(&set->slots[at]);
	if (fresh) {
		set->slots[at] = *id;
		set->orders[at] = set->n++;
	}
	*order = set->orders[at];
	return fresh;
}

static bool has(const oid_set *set, const char *hex)
{
	git_oid id;
	return !git_oid_fromstr(&id, hex) &&
	       !git_oid_is_zero(
		   &set->slots[slot_of(set->slots, set->room, &id)]);
}

/* --- what a commit holds at the paths --- */

typedef struct {
	git_oid id;
	git_time_t time;
	size_t order; /* of two as old, the first that was seen goes first */
	size_t seen;  /* how many were, when its turn came */
	git_oid *parents;
	size_t parents_n;
	git_oid *entries; /* one for each path; zero: absent */
} node;

/* The names that a path had, and how much of it is what was renamed. */
typedef struct {
	fria_strings paths;
	size_t folder;
} former_path;

typedef struct {
	fria_store *store;
	char **paths; /* inside the repository */
	size_t paths_n;
	former_path *former; /* of each path */
	bool whole;	     /* every line of history is followed */
	oid_set seen;
	struct {
		node **items; /* a heap: the newest first */
		size_t n;
	} queue;
	touches found;
} walk;

static git_oid entry_at(walk *w, const git_oid *tree, const char *path,
			size_t length)
{
	return store_entry_at(w->store, tree, path, length).id;
}

static void find_entries(node *c, walk *w, const git_oid *tree)
{
	c->entries = fria_calloc(w->paths_n, sizeof *c->entries);
	for (size_t i = 0; i < w->paths_n; i++) {
		const former_path *former = &w->former[i];
		const char *path = w->paths[i];
		git_oid here = entry_at(w, tree, path, strlen(path)), folder;
		if (former->folder && git_oid_is_zero(&here)) {
			folder = entry_at(w, tree, path, former->folder);
			for (size_t k = 0;
			     k < former->paths.n && git_oid_is_zero(&folder) &&
			     git_oid_is_zero(&here);
			     k++) {
				path = former->paths.items[k];
				here = entry_at(w, tree, path, strlen(path));
			}
		}
		c->entries[i] = here;
	}
}

static void free_node(node *c)
{
	if (!c)
		return;
	free(c->parents);
	free(c->entries);
	free(c);
}

/* NULL for a commit that is not here (shallow clone) or cannot be read. */
static node *read_node(walk *w, const git_oid *id)
{
	store_header header;
	if (!store_header_read(&header, w->store, id))
		return NULL;
	node *c = fria_calloc(1, sizeof *c);
	*c = (node){.id = *id,
		    .time = header.time,
		    .parents = header.parents,
		    .parents_n = header.parents_n};
	find_entries(c, w, &header.tree);
	return c;
}

/* --- the queue: newest first --- */

static bool before(const node *a, const node *b)
{
	return a->time != b->time ? a->time > b->time : a->order < b->order;
}

/* Takes the node. */
static void push(walk *w, node *c)
{
	size_t at = w->queue.n;
	*FRIA_PUSH(&w->queue) = c;
	while (at && before(c, w->queue.items[(at - 1) / 2])) {
		w->queue.items[at] = w->queue.items[(at - 1) / 2];
		at = (at - 1) / 2;
	}
	w->queue.items[at] = c;
}

static node *pop(walk *w)
{
	node **heap = w->queue.items, *top = heap[0];
	node *last = heap[--w->queue.n];
	size_t at = 0, n = w->queue.n;
	for (size_t child; (child = 2 * at + 1) < n; at = child) {
		if (child + 1 < n && before(heap[child + 1], heap[child]))
			child++;
		if (!before(heap[child], last))
			break;
		heap[at] = heap[child];
	}
	heap[at] = last;
	return top;
}

/*
 * Follows a parent, unless another line of history brought us there. Then
 * what stood alone since has not the whole of its own history after it.
 */
static void follow(walk *w, node *parent)
{
	if (add(&parent->order, &w->seen, &parent->id)) {
		push(w, parent);
		return;
	}
	for (size_t i = w->found.n; i-- > 0;) {
		if (w->found.items[i].seen <= parent->order)
			break;
		w->found.items[i].cut = false;
	}
	free_node(parent);
}

/* --- did a commit touch the paths? --- */

static bool same(const walk *w, const node *a, const node *b)
{
	return !memcmp(a->entries, b->entries, w->paths_n * sizeof *a->entries);
}

static bool holds_any(const walk *w, const node *c)
{
	for (size_t i = 0; i < w->paths_n; i++)
		if (!git_oid_is_zero(&c->entries[i]))
			return true;
	return false;
}

static void put_entries(char out[][FRIA_ID_SIZE], const walk *w, const node *c)
{
	for (size_t i = 0; i < w->paths_n; i++)
		if (!git_oid_is_zero(&c->entries[i]))
			git_oid_tostr(out[i], FRIA_ID_SIZE, &c->entries[i]);
}

/*
 * As git simplifies history: a commit equal to one of its parents at these
 * paths is skipped, and only that parent's line is followed (unless all are).
 * A commit none of whose parents is here made all that it holds, for all we
 * know.
 */
static bool touched(walk *w, const node *c, fria_touch *t)
{
	node **parents = fria_calloc(c->parents_n + 1, sizeof(node *));
	size_t n = 0, equal = FRIA_STORE_NONE;
	for (size_t i = 0; i < c->parents_n; i++) {
		node *p = read_node(w, &c->parents[i]);
		if (!p)
			continue;
		if (equal == FRIA_STORE_NONE && same(w, c, p))
			equal = n;
		if (!i)
			put_entries(t->before, w, p);
		parents[n++] = p;
	}
	for (size_t i = 0; i < n; i++)
		if (w->whole || equal == FRIA_STORE_NONE || equal == i)
			follow(w, parents[i]);
		else
			free_node(parents[i]);
	free(parents);
	t->boundary = !n && c->parents_n;
	if (n)
		return equal == FRIA_STORE_NONE;
	return holds_any(w, c);
}

static void describe(touch *t, const walk *w, const node *c, bool alone)
{
	*t = (touch){.cut = alone, .seen = c->seen};
	git_oid_tostr(t->public.commit, FRIA_ID_SIZE, &c->id);
	put_entries(t->public.entries, w, c);
}

/* --- the walk --- */

typedef struct {
	touches *known; /* of an earlier walk */
	size_t from;	/* where this one joined it */
	size_t steps;
	bool ended;
	fria_touch_visit visit;
	void *data;
} progress;

/*
 * The rest of the walk is what an earlier one saw from here on, unless this
 * one was already where that leads (clocks that disagree).
 */
static bool join(progress *p, const walk *w, const char *commit)
{
	size_t at = touches_find(p->known, commit);
	if (at == FRIA_STORE_NONE)
		return false;
	for (size_t i = at; i < p->known->n; i++) {
		const char *id = p->known->items[i].public.commit;
		if (has(&w->seen, id) && strcmp(id, commit) != 0)
			return false;
	}
	p->from = at;
	p->ended = true;
	for (size_t i = at; i < p->known->n; i++)
		if (!p->visit(p->data, &p->known->items[i].public))
			break;
	return true;
}

static void run(walk *w, progress *p)
{
	bool more = true;
	while (w->queue.n && more) {
		node *c = pop(w);
		bool alone = !w->queue.n;
		char id[FRIA_ID_SIZE];
		git_oid_tostr(id, sizeof id, &c->id);
		if (alone && join(p, w, id)) {
			free_node(c);
			return;
		}
		p->steps++;
		c->seen = w->seen.n;
		size_t at = w->found.n;
		touch *t = FRIA_PUSH(&w->found);
		describe(t, w, c, alone);
		t->public.single = alone && c->parents_n == 1;
		if (touched(w, c, &t->public))
			more = p->visit(p->data, &t->public);
		else
			w->found.n = at;
		free_node(c);
	}
	p->ended = more;
	p->from = p->known->n;
}

static int start(walk *w, const char *commit, const char *const paths[],
		 fria_error *err)
{
	git_oid id;
	int code = 0;
	for (; paths[w->paths_n] && !code; w->paths_n++) {
		former_path *former;
		code = store_check_path(paths[w->paths_n], err);
		w->former = fria_grow(w->former, w->paths_n, sizeof *former);
		w->paths[w->paths_n] =
		    store_full_path(w->store, paths[w->paths_n]);
		former = &w->former[w->paths_n];
		*former = (former_path){.paths = FRIA_STRINGS_INIT};
		former->folder = store_former_paths(&former->paths, w->store,
						    w->paths[w->paths_n]);
	}
	if (code)
		return code;
	git_oid_fromstr(&id, commit);
	node *c = read_node(w, &id);
	if (!c)
		return store_fail(err, GIT_ENOTFOUND, commit);
	follow(w, c);
	return 0;
}

static void finish(walk *w)
{
	while (w->queue.n)
		free_node(w->queue.items[--w->queue.n]);
	free(w->queue.items);
	free(w->seen.slots);
	free(w->seen.orders);
	for (size_t i = 0; i < w->paths_n; i++) {
		free(w->paths[i]);
		fria_strings_dispose(&w->former[i].paths);
	}
	free(w->former);
}

static int look_for(walk *w, const char *revision, const char *const paths[],
		    fria_touch_visit visit, void *data, fria_error *err)
{
	char id[FRIA_ID_SIZE], *full[FRIA_TOUCH_PATHS + 1];
	touches known = {.items = NULL};
	progress p = {.known = &known, .visit = visit, .data = data};
	w->paths = full;
	int code = fria_store_resolve(id, w->store, revision, err);
	if (!code)
		code = start(w, id, paths, err);
	if (!code) {
		const touches_of of = {w->store, full, w->paths_n, w->whole};
		touches_load(&known, &of);
		run(w, &p);
		if (!w->store->doubted && p.ended && p.steps >= WORTH)
			touches_keep(&of, id, &w->found, &known, p.from);
	}
	touches_dispose(&known);
	touches_dispose(&w->found);
	finish(w);
	return code;
}

int fria_store_touched(fria_store *store, const char *revision,
		       const char *const paths[], fria_touch_visit visit,
		       void *data, fria_error *err)
{
	walk w = {.store = store};
	return look_for(&w, revision, paths, visit, data, err);
}

int fria_store_touched_ever(fria_store *store, const char *revision,
			    const char *const paths[], fria_touch_visit visit,
			    void *data, fria_error *err)
{
	walk w = {.store = store, .whole = true};
	return look_for(&w, revision, paths, visit, data, err);
}

/* --- with the commits themselves --- */

typedef struct {
	fria_store *store;
	fria_log_visit visit;
	void *data;
	int code;
	fria_error *err;
} reading;

static bool read_and_visit(void *data, const fria_touch *t)
{
	reading *r = data;
	fria_commit commit = {0};
	bool more = false;
	r->code = fria_store_commit_read(&commit, r->store, t->commit, r->err);
	if (!r->code)
		more = r->visit(r->data, &commit);
	fria_commit_dispose(&commit);
	return more;
}

int fria_store_log(fria_store *store, const char *revision,
		   const char *const paths[], fria_log_visit visit, void *data,
		   fria_error *err)
{
	reading r = {store, visit, data, 0, err};
	int code =
	    fria_store_touched(store, revision, paths, read_and_visit, &r, err);
	return code ? code : r.code;
}

/* --- every commit --- */

static fria_stood make_stood(const walk *w, const node *c)
{
	fria_stood held = {
	    .entries = fria_calloc(w->paths_n + 1, sizeof *held.entries)};
	git_oid_tostr(held.commit, FRIA_ID_SIZE, &c->id);
	put_entries(held.entries, w, c);
	return held;
}

static bool visit_node(walk *w, const node *c, fria_each_visit visit,
		       void *data)
{
	fria_stood *all = fria_calloc(c->parents_n + 1, sizeof *all);
	size_t n = 0;
	all[n++] = make_stood(w, c);
	for (size_t i = 0; i < c->parents_n; i++) {
		node *p = read_node(w, &c->parents[i]);
		if (!p)
			continue;
		all[n++] = make_stood(w, p);
		follow(w, p);
	}
	bool more = visit(data, all, all + 1, n - 1);
	while (n)
		free(all[--n].entries);
	free(all);
	return more;
}

int fria_store_each(fria_store *store, const char *revision,
		    const char *const paths[], fria_each_visit visit,
		    void *data, fria_error *err)
{
	char id[FRIA_ID_SIZE];
	size_t n = 0;
	while (paths[n])
		n++;
	walk w = {.store = store, .paths = fria_calloc(n + 1, sizeof(char *))};
	bool more = true;
	int code = fria_store_resolve(id, store, revision, err);
	if (!code)
		code = start(&w, id, paths, err);
	while (!code && w.queue.n && more) {
		node *c = pop(&w);
		more = visit_node(&w, c, visit, data);
		free_node(c);
	}
	finish(&w);
	free(w.paths);
	return code;
}
