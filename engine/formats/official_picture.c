/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Pictures of the official form: in its files they stand whole, here an answer
 * shows evidence, with its title, and what is said of it below.
 */
#include "formats.h"

#include <stdlib.h>
#include <string.h>

#define OPEN "!["
#define LEADS "](" FRIA_EVIDENCE "/"

/* An answer that is one, apart. */
typedef struct {
	fria_buf title, about;
	char *address;
} parts;

/* What the form has for one without a title. */
static bool is_unnamed(const char *title)
{
	return !*title ||
	       !strcmp(title, fria_word_text(FRIA_W_picture_name, FRIA_NL)) ||
	       !strcmp(title, fria_word_text(FRIA_W_picture_name, FRIA_EN));
}

/* False where it does not begin with evidence that is shown. */
static bool split(parts *out, const char *text)
{
	if (!text || strncmp(text, OPEN, strlen(OPEN)) != 0)
		return false;
	const char *from = text + strlen(OPEN), *end = from;
	while (*end && *end != ']')
		end += *end == '\\' && end[1] ? 2 : 1;
	if (strncmp(end, LEADS, strlen(LEADS)) != 0)
		return false;
	const char *address = end + strlen("](");
	size_t n = strcspn(address, ") \n#");
	if (address[n] != ')')
		return false;
	char *title = fria_strndup(from, (size_t)(end - from));
	*out = (parts){FRIA_BUF_INIT, FRIA_BUF_INIT, fria_strndup(address, n)};
	fria_markdown_plain(&out->title, title, strlen(title));
	if (is_unnamed(out->title.text))
		fria_buf_clear(&out->title);
	const char *rest = address + n + 1;
	fria_markdown_to_plain(&out->about, rest + strspn(rest, "\n"));
	free(title);
	return true;
}

static void dispose(parts *p)
{
	fria_buf_dispose(&p->title);
	fria_buf_dispose(&p->about);
	free(p->address);
}

/* --- in --- */

/* {"data": "data:image/png;base64,...", "title", "description"}, or the data
 * alone; NULL for what is no picture at all. */
static const char *data_of(const json_t *value)
{
	const char *own = json_string_value(value);
	if (own)
		return fria_picture_length(own) ? own : NULL;
	return fria_json_text(value, "data");
}

bool fria_official_shows(const json_t *value)
{
	return data_of(value) != NULL;
}

const char *fria_official_caption(const json_t *value)
{
	const char *title = fria_json_text(value, "title");
	return title ? title : "";
}

json_t *fria_official_shown(fria_placing *p, const json_t *value,
			    fria_error *err)
{
	fria_buf bytes = FRIA_BUF_INIT, out = FRIA_BUF_INIT;
	const char *title = fria_official_caption(value);
	const char *about = fria_json_text(value, "description");
	fria_lang lang = fria_assessment_language(p->assessment);
	char *name = NULL;
	json_t *shown = NULL;
	if (is_unnamed(title))
		title = fria_word_text(FRIA_W_picture_name, lang);
	if (!fria_picture_read(&bytes, data_of(value), err) &&
	    !p->keep(&name, p->keeper, title, &bytes, err)) {
		fria_buf_puts(&out, OPEN);
		fria_markdown_escape(&out, title);
		fria_buf_printf(&out, LEADS "%s)", name);
		if (about && *about) {
			fria_buf_puts(&out, "\n\n");
			fria_markdown_from_plain(&out, about);
		}
		shown = fria_json_string(out.text);
	}
	free(name);
	fria_buf_dispose(&bytes);
	fria_buf_dispose(&out);
	return shown;
}

bool fria_official_shows_same(const char *one, const char *other)
{
	parts a, b;
	if (!split(&a, one))
		return false;
	bool same = split(&b, other);
	if (same) {
		same = !strcmp(a.address, b.address) &&
		       !strcmp(a.title.text, b.title.text) &&
		       !strcmp(a.about.text, b.about.text);
		dispose(&b);
	}
	dispose(&a);
	return same;
}

/* --- out --- */

json_t *fria_official_picture(const char *text, fria_find_picture find,
			      void *data)
{
	parts p;
	if (!split(&p, text))
		return NULL;
	const fria_picture *picture = find ? find(data, p.address) : NULL;
	json_t *out = NULL;
	if (picture) {
		fria_buf written = FRIA_BUF_INIT;
		fria_picture_write(&written, picture->type, &picture->bytes);
		out = fria_json_pack("{s:s, s:s*, s:s*}", "data", written.text,
				     "title", p.title.n ? p.title.text : NULL,
				     "description",
				     p.about.n ? p.about.text : NULL);
		fria_buf_dispose(&written);
	}
	dispose(&p);
	return out;
}
