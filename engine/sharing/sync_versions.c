/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Versions that have one number on two sides: what others have never changes;
 * own ones get the next numbers, with a message that says so.
 */
#include "sync_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool sync_is_version(const exchange *x, const char *name)
{
	return !strncmp(name, x->tags, strlen(x->tags));
}

char *sync_said(const exchange *x, const char *name)
{
	char *text = fria_strdup(name + strlen(x->tags));
	char *slash = strrchr(text, '/');
	if (slash)
		*slash = ' ';
	return text;
}

/* The number at the end of "…/v12"; 0 if there is none. */
static unsigned long number_of(const char *name)
{
	const char *slash = strrchr(name, '/');
	if (!slash || slash[1] != 'v')
		return 0;
	return strtoul(slash + 2, NULL, 10);
}

static bool same_assessment(const char *a, const char *b)
{
	const char *x = strrchr(a, '/'), *y = strrchr(b, '/');
	return x && y && x - a == y - b && !strncmp(a, b, (size_t)(x - a));
}

static const fria_ref *find_clash(const exchange *x)
{
	for (size_t i = 0; i < x->theirs.n; i++) {
		const fria_ref *t = &x->theirs.items[i];
		const fria_ref *o = sync_is_version(x, t->name)
					? fria_refs_find(&x->ours, t->name)
					: NULL;
		if (o && strcmp(o->id, t->id) != 0)
			return o;
	}
	return NULL;
}

/* The message of a version under its new number. */
static char *new_message(const char *message, unsigned long from,
			 unsigned long to)
{
	char *was = fria_format("v%lu", from);
	const char *line = message + strcspn(message, "\n");
	const char *at = strstr(message, was);
	fria_buf out = FRIA_BUF_INIT;
	if (at && at < line) {
		fria_buf_put(&out, message, (size_t)(at - message));
		fria_buf_printf(&out, "v%lu", to);
		message = at + strlen(was);
	}
	fria_buf_puts(&out, message);
	fria_buf_printf(&out, "%sRenumbered: %s\n",
			out.n && out.text[out.n - 1] == '\n' ? "" : "\n", was);
	free(was);
	return fria_buf_detach(&out);
}

/* Gives an own version another number: the new name first, then the old goes,
 * so that being cut off midway loses neither. */
static int renumber_one(exchange *x, const fria_ref *own, unsigned long to,
			fria_error *err)
{
	const fria_session *s = &x->ws->session;
	fria_tag tag;
	const char *name = own->name + strlen("refs/tags/");
	char *fresh = fria_format(
	    "%.*sv%lu", (int)(strrchr(name, '/') + 1 - name), name, to);
	int code = fria_store_tag_read(&tag, x->ws->store, name, err);
	if (!code) {
		char *message = new_message(tag.message, number_of(name), to);
		code = fria_store_tag_create(
		    x->ws->store, fresh, tag.target, message,
		    s->committer_name ? s->committer_name : s->name,
		    s->committer_email ? s->committer_email : s->email, s->now,
		    s->offset, err);
		free(message);
		fria_tag_dispose(&tag);
	}
	if (!code)
		code = fria_store_ref_delete(x->ws->store, own, err);
	if (!code) {
		char *was = sync_said(x, own->name);
		char *line = fria_format("%s v%lu", was, to);
		fria_strings_add(&x->out->renumbered, line);
		free(line);
		free(was);
	}
	free(fresh);
	return code;
}

/* Does a version say that it is this one, under a new number? */
static bool is_moved(const exchange *x, const fria_ref *to, const fria_ref *was)
{
	fria_tag a, b;
	bool is = false;
	if (fria_store_tag_read(&a, x->ws->store, was->name + 10, NULL))
		return false;
	if (!fria_store_tag_read(&b, x->ws->store, to->name + 10, NULL)) {
		char *line =
		    fria_format("\nRenumbered: v%lu\n", number_of(was->name));
		is = !strcmp(a.target, b.target) && strstr(b.message, line);
		free(line);
		fria_tag_dispose(&b);
	}
	fria_tag_dispose(&a);
	return is;
}

/* A renumbering that was cut off left a version under both numbers. */
static int drop_moved(exchange *x, const fria_ref *clash, fria_error *err)
{
	int code = 0;
	for (size_t i = 0; i < x->ours.n && !code; i++) {
		const fria_ref *was = &x->ours.items[i];
		bool moved = false;
		if (!same_assessment(was->name, clash->name) ||
		    number_of(was->name) < number_of(clash->name))
			continue;
		for (size_t k = 0; k < x->ours.n && !moved; k++)
			moved =
			    same_assessment(x->ours.items[k].name, was->name) &&
			    number_of(x->ours.items[k].name) >
				number_of(was->name) &&
			    is_moved(x, &x->ours.items[k], was);
		if (moved)
			code = fria_store_ref_delete(x->ws->store, was, err);
	}
	fria_refs_dispose(&x->ours);
	return code ? code
		    : fria_store_refs(&x->ours, x->ws->store, x->tags, err);
}

/*
 * Own versions of the assessment, from the clash on, follow on the others'
 * last; the highest first, since each takes a number above its own.
 */
static int renumber(exchange *x, const fria_ref *clash, fria_error *err)
{
	unsigned long last = 0, from = number_of(clash->name);
	size_t own = 0;
	int code = 0;
	for (size_t i = 0; i < x->theirs.n; i++) {
		const fria_ref *t = &x->theirs.items[i];
		if (same_assessment(t->name, clash->name) &&
		    number_of(t->name) > last)
			last = number_of(t->name);
	}
	for (size_t i = 0; i < x->ours.n; i++)
		own += same_assessment(x->ours.items[i].name, clash->name) &&
		       number_of(x->ours.items[i].name) >= from;
	for (unsigned long n = from + own; n-- > from && !code;) {
		char *name = fria_format(
		    "%.*sv%lu",
		    (int)(strrchr(clash->name, '/') + 1 - clash->name),
		    clash->name, n);
		const fria_ref *ref = fria_refs_find(&x->ours, name);
		if (ref)
			code = renumber_one(x, ref, last + 1 + n - from, err);
		free(name);
	}
	return code;
}

static int give_way(exchange *x, const char *name, fria_error *err)
{
	char *own = fria_strdup(name); /* the list is read anew */
	const fria_ref clash = {.name = own};
	int code = drop_moved(x, &clash, err);
	if (!code && fria_refs_find(&x->ours, own))
		code = renumber(x, &clash, err);
	free(own);
	return code;
}

int sync_settle_versions(exchange *x, fria_error *err)
{
	const fria_ref *clash;
	int code = 0;
	while (!code && (clash = find_clash(x))) {
		char *version = sync_said(x, clash->name);
		if (!x->request->renumber || !number_of(clash->name))
			code = fria_fail(
			    err, FRIA_EREFUSED, FRIA_W_sync_version_twice,
			    "version", version, "remote", x->out->remote, NULL);
		else
			code = give_way(x, clash->name, err);
		free(version);
		fria_refs_dispose(&x->ours);
		if (!code)
			code = fria_store_refs(&x->ours, x->ws->store, x->tags,
					       err);
	}
	return code;
}
