/* SPDX-License-Identifier: EUPL-1.2 */
/* A list of what a check noticed. It decides nothing and formats no place. */
#include "base.h"

#include <string.h>

#include <stdarg.h>
#include <stdlib.h>

fria_finding *fria_findings_add(fria_findings *list, fria_severity severity,
				fria_word word, const char *file,
				const char *pointer, ...)
{
	fria_finding *f = FRIA_PUSH(list);
	*f = (fria_finding){.severity = severity,
			    .word = word,
			    .file = fria_text_repaired(file),
			    .pointer = fria_strdup(pointer)};
	va_list args;
	va_start(args, pointer);
	for (const char *name; (name = va_arg(args, const char *));)
		fria_args_add(&f->args, name, va_arg(args, const char *));
	va_end(args);
	return f;
}

void fria_findings_add_error(fria_findings *list, const fria_error *err)
{
	fria_finding *f = fria_findings_add(
	    list, FRIA_SEVERE, err->word, err->file[0] ? err->file : NULL,
	    err->pointer[0] ? err->pointer : NULL, NULL);
	for (size_t at = 0; at < err->args_n;) {
		const char *name = err->args + at;
		const char *value = name + strlen(name) + 1;
		fria_args_add(&f->args, name, value);
		at = (size_t)(value - err->args) + strlen(value) + 1;
	}
	f->line = err->line;
	f->column = err->column;
}

int fria_findings_add_broken(fria_findings *list, const char *file,
			     const fria_error *broken, fria_error *err)
{
	fria_error placed = *broken;
	if (broken->code != FRIA_EINPUT && broken->code != FRIA_ENOTFOUND &&
	    broken->code != FRIA_ELIMIT) {
		if (err && !err->code)
			*err = *broken;
		return broken->code;
	}
	fria_fail_at(&placed, file, NULL, 0, 0);
	for (size_t i = 0; i < list->n; i++)
		if (list->items[i].file &&
		    !strcmp(list->items[i].file, placed.file))
			return 0;
	fria_findings_add_error(list, &placed);
	return 0;
}

void fria_finding_text(fria_buf *out, const fria_finding *finding,
		       fria_lang lang)
{
	fria_finding_say(out, finding, lang, false);
}

void fria_finding_say(fria_buf *out, const fria_finding *finding,
		      fria_lang lang, bool buttons)
{
	fria_say_args(out, lang, finding->word, &finding->args, buttons);
}

const char *fria_severity_id(fria_severity severity)
{
	static const char *const ids[] = {"note", "warning", "error"};
	return ids[severity];
}

bool fria_findings_worst(const fria_findings *list, fria_severity at_least)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->items[i].severity >= at_least)
			return true;
	return false;
}

void fria_findings_dispose(fria_findings *list)
{
	for (size_t i = 0; i < list->n; i++) {
		fria_finding *f = &list->items[i];
		fria_args_dispose(&f->args);
		free(f->file);
		free(f->revision);
		free(f->pointer);
		free(f->place);
		free(f->schema);
	}
	free(list->items);
	*list = (fria_findings)FRIA_FINDINGS_INIT;
}
