// SPDX-License-Identifier: EUPL-1.2
// A workspace of N applications as a stream for git fast-import, made from one
// that is complete: workspace.mjs WORKSPACE N FULL. The first FULL have the
// whole IAMA, the others an application and a short assessment; every one has
// a version tag. The same arguments give the same bytes.
import { readFileSync } from "node:fs";
import { join } from "node:path";

const [from, count, full] = process.argv.slice(2);
const read = (...path) => readFileSync(join(from, ...path), "utf8");
const folder = ["assessments", "straatafval"];
const application = JSON.parse(read(...folder, "application.json"));
// Its approvals bind the original by its name: none would hold for a copy.
const { approvals, ...iama } = JSON.parse(read(...folder, "iama.json"));
const short = { ...iama, answers: Object.fromEntries(
	Object.entries(iama.answers).slice(0, 12)) };

function put(text) {
	process.stdout.write(text);
}

function data(text) {
	put(`data ${Buffer.byteLength(text)}\n${text}\n`);
}

const who = "Bench <bench@example.org> 1773133200 +0000";
const form = (document) => JSON.stringify(document, null, 2) + "\n";
const name = (i) => `app-${String(i).padStart(5, "0")}`;

put(`commit refs/heads/main\ncommitter ${who}\n`);
data("Workspace");
for (const path of ["fria.json", ".gitattributes", "instruments/iama-2.0.json"]) {
	put(`M 100644 inline ${path}\n`);
	data(read(path));
}
for (let i = 0; i < Number(count); i++) {
	const id = name(i);
	const own = { ...application, id, name: `Toepassing ${i}` };
	const document = { ...(i < Number(full) ? iama : short), application: id };
	put(`M 100644 inline assessments/${id}/application.json\n`);
	data(form(own));
	put(`M 100644 inline assessments/${id}/iama.json\n`);
	data(form(document));
}
put("\n");
for (let i = 0; i < Number(count); i++) {
	put(`tag fria/${name(i)}/iama/v1\nfrom refs/heads/main\ntagger ${who}\n`);
	data("v1\n");
}
put("done\n");
