// SPDX-License-Identifier: EUPL-1.2
// A long history as a stream for git fast-import, made from a workspace that
// is complete: history.mjs WORKSPACE COMMITS APPLICATIONS VERSIONS. Commits go
// round the applications: an answer in better words, now and then a release,
// each with what rests on it confirmed, so that no basis is out of date.
// Advice and decisions are left out: they are about content that is not here.
// The first application has the whole IAMA and a version at each of its
// commits; the other versions are spread over the others. The last commit is
// from the day before the bench's own date. The same arguments give the same
// bytes.
import { createHash } from "node:crypto";
import { writeSync, readFileSync } from "node:fs";
import { join } from "node:path";

const [from, ...numbers] = process.argv.slice(2);
const [commits, count, versions] = numbers.map(Number);
const read = (...path) => readFileSync(join(from, ...path), "utf8");
const folder = ["assessments", "straatafval"];
const application = JSON.parse(read(...folder, "application.json"));
const iama = JSON.parse(read(...folder, "iama.json"));

let waiting = [];
let size = 0;

// Writing goes through when the reader is slower than we are.
function flush() {
	let bytes = Buffer.from(waiting.join(""));
	waiting = [];
	size = 0;
	while (bytes.length) {
		try {
			bytes = bytes.subarray(writeSync(1, bytes));
		} catch (e) {
			if (e.code !== "EAGAIN") throw e;
		}
	}
}

function put(text) {
	waiting.push(text);
	size += text.length;
	if (size > 1 << 20) flush();
}

function data(text) {
	put(`data ${Buffer.byteLength(text)}\n${text}\n`);
}

const people = ["A. de Vries <a@example.org>", "B. Bakker <b@example.org>"];
const start = 1773133200 - 86400 - commits * 600;
const form = (document) => JSON.stringify(document, null, 2) + "\n";
const name = (i) => `app-${String(i).padStart(5, "0")}`;
const path = (i, file) => `assessments/${name(i)}/${file}.json`;

function file(where, text) {
	put(`M 100644 inline ${where}\n`);
	data(text);
}

function digest(text) {
	return createHash("sha1")
		.update(`blob ${Buffer.byteLength(text)}\0${text}`).digest("hex");
}

// Every answer of a document, those in rows too.
function cells(answers) {
	return Object.values(answers).flatMap((answer) =>
		Array.isArray(answer) ? answer.flatMap(cells) : answer)
		.filter((answer) => answer?.basis);
}

// Who rests on a fact or an answer stood for it again, as it is now.
function confirm(a, member, key, now, stand) {
	for (const answer of cells(a.iama.answers))
		if (answer.basis[member]?.[key] !== undefined)
			answer.basis = { ...answer.basis, ...stand,
				[member]: { ...answer.basis[member], [key]: now } };
}

const texts = Object.keys(iama.answers).filter((id) =>
	typeof iama.answers[id].value === "string" &&
	iama.answers[id].value.length > 20);
const all = Array.from({ length: count }, (_, i) => ({
	application: { ...application, id: name(i), name: `Toepassing ${i}` },
	iama: { ...iama, application: name(i), approvals: [],
		answers: Object.fromEntries(Object.entries(iama.answers)
			.slice(0, i ? 12 : undefined)
			.map(([id, answer]) => [id, structuredClone(answer)])) },
	texts: texts.filter((id) => i === 0 ||
		Object.keys(iama.answers).indexOf(id) < 12),
	tags: 0,
}));

put(`commit refs/heads/main\nmark :1\ncommitter ${people[0]} ${start} +0000\n`);
data("Workspace");
for (const where of ["fria.json", ".gitattributes", "instruments/iama-2.0.json"])
	file(where, read(where));
all.forEach((a, i) => {
	file(path(i, "application"), form(a.application));
	file(path(i, "iama"), form(a.iama));
});
put("\n");

const tags = [];
const each = Math.ceil((commits - commits / count) / (versions - commits / count));
for (let n = 1; n <= commits; n++) {
	const i = n % count;
	const round = Math.floor(n / count);
	const a = all[i];
	const who = people[n % 2];
	const at = start + n * 600;
	put(`commit refs/heads/main\nmark :${n + 1}\n` +
		`committer ${who} ${at} +0000\n`);
	const stand = { by: who,
		at: new Date(at * 1000).toISOString().slice(0, 19) + "Z" };
	if (round % 10 === 9) {
		data(`${name(i)}: release ${round}`);
		const frequency = `keer ${n}`;
		a.application.release = String(round);
		a.application.use = { ...a.application.use, frequency };
		const text = form(a.application);
		file(path(i, "application"), text);
		confirm(a, "facts", "/use/frequency",
			digest(JSON.stringify(frequency)),
			{ ...stand, release: String(round), source: digest(text) });
	} else {
		const task = a.texts[round % a.texts.length];
		const answer = a.iama.answers[task];
		data(`${name(i)}/iama: ${task}`);
		answer.value = `${iama.answers[task].value} Nader bekeken: ${round}.`;
		const value = digest(JSON.stringify({ value: answer.value }));
		answer.basis = { ...answer.basis, ...stand, value };
		confirm(a, "answers", task, value, stand);
	}
	file(path(i, "iama"), form(a.iama));
	put("\n");
	if (i === 0 || n % each === 0)
		tags.push([i, ++a.tags, n + 1, who, at]);
}
for (const [i, version, mark, who, at] of tags) {
	put(`tag fria/${name(i)}/iama/v${version}\nfrom :${mark}\n` +
		`tagger ${who} ${at} +0000\n`);
	data(`v${version}\n`);
}
put("done\n");
flush();
