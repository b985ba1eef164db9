/* SPDX-License-Identifier: EUPL-1.2 */
/* fria textconv: a document as text, as plain git shows it. */
#include "cli.h"

#include <stdlib.h>

/* With the workspace's own questionnaire, else the built-in one, and the rows
 * of the application's other assessments as they are called now. */
static void say_plain(fria_buf *out, cli *c, const json_t *document)
{
	const char *name = fria_json_text(document, "instrument");
	const char *id = fria_json_text(document, "application");
	fria_instrument *built_in = NULL;
	fria_placed placed = {.instrument = NULL};
	char *path =
	    name && id && fria_id_ok(id) ? fria_workspace_path(id, "0") : NULL;
	if (path && !fria_workspace_open(&c->ws, c->folder, &c->session, NULL))
		fria_placed_open(&placed, c->ws, NULL, path, document);
	fria_side side = placed.side;
	if (name && !side.instrument)
		side.instrument = built_in = fria_instrument_built_in(name);
	fria_plain(out, document, &side, c->lang);
	fria_instrument_free(built_in);
	fria_placed_close(&placed);
	free(path);
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
		say_plain(&text, c, document);
		fria_put_safe(&c->out, text.text);
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
