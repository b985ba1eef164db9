/* SPDX-License-Identifier: EUPL-1.2 */
/* fria textconv: a document as text, as plain git shows it. */
#include "cli.h"

/* The workspace's own questionnaire, else the built-in one; NULL for none. */
static fria_instrument *instrument_of(cli *c, const json_t *document)
{
	const char *name = fria_json_text(document, "instrument");
	fria_instrument *in = NULL;
	if (!name)
		return NULL;
	if (fria_workspace_open(&c->ws, c->folder, &c->session, NULL) ||
	    fria_workspace_instrument(&in, c->ws, NULL, name, NULL))
		in = fria_instrument_built_in(name);
	return in;
}

/* What is no JSON is shown as it is: git must always get something. */
static int run_textconv(cli *c, fria_error *err)
{
	fria_buf bytes = FRIA_BUF_INIT, text = FRIA_BUF_INIT;
	json_t *document = NULL;
	if (fria_file_read(&bytes, c->args[0], err))
		return 2;
	if (fria_json_parse(&document, c->args[0], bytes.text, bytes.n, NULL)) {
		fria_put_safe(&c->out, bytes.text);
	} else {
		fria_instrument *in = instrument_of(c, document);
		fria_plain(&text, document, in, c->lang);
		fria_put_safe(&c->out, text.text);
		fria_instrument_free(in);
	}
	json_decref(document);
	fria_buf_dispose(&bytes);
	fria_buf_dispose(&text);
	return 0;
}

const command cmd_textconv = {
    .name = "textconv",
    .args = "FILE",
    .takes = {1, 1},
    .does = READS | BARE | NAMES,
    .summary = FRIA_W_sum_textconv,
    .run = run_textconv,
};
