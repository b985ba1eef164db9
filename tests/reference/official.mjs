// SPDX-License-Identifier: EUPL-1.2
// Answer files of the official form, made by two generators, taken in and given
// out again: one follows the published schema, one follows the instrument.
// Nothing may be lost: what is not given out again was named when it came in, or
// is kept as a proposal to a question that is not asked as things stand.
// official.mjs FRIA APP/NAME SCHEMA.json ROUNDS, in a workspace; "-" for the
// schema: by the instrument alone.
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";

const [program, name, schemaPath, rounds] = process.argv.slice(2);
const fria = program.trim().split(/\s+/);
const schema = schemaPath === "-" ? null :
	JSON.parse(readFileSync(schemaPath, "utf8"));
const document = `assessments/${name}.json`;
const empty = readFileSync(document);
const at = "2026-01-02T03:04:05Z";

function run(...args) {
	return spawnSync(fria[0], [...fria.slice(1), "--lang", "en", ...args],
		{ encoding: "utf8", maxBuffer: 1 << 26 });
}

function fail(...what) {
	console.error(...what);
	process.exit(1);
}

// --- chance, by seed ---

let state = 1;
const next = (n) => {
	state = (Math.imul(state, 1103515245) + 12345) >>> 0;
	return (state >>> 8) % n;
};
const pick = (list) => list[next(list.length)];
const words = ["Ja, mits", "nee; tenzij", "*nadruk*", "é € 😀", "= 1 + 1",
	"\"citaat\"", "regel\n\nen nog een", "<b>vet</b>", "a|b", "`code`"];
const text = () => Array.from({ length: 1 + next(5) }, () => pick(words))
	.join(" ");

// --- the instrument ---

const instrument = JSON.parse(run("--json", "instrument", "show",
	"iama-2.0").stdout);
const tasks = [];
function walk(list, rows) {
	for (const task of list) {
		const repeats = task.tasks?.some((t) => t.repeatable && !t.tasks) ||
			(task.repeatable && task.tasks);
		tasks.push({ ...task, rows });
		walk(task.tasks ?? [], repeats ? task.id : rows);
	}
}
walk(instrument.tasks, null);
const fields = tasks.filter((t) => !t.extension &&
	!t.type.includes("task_group") && !t.type.includes("informational"));
const published = (t) => t.options.filter((o) => !o.extension)
	.map((o) => o.official ?? o.value);

function fit(task) {
	if (!task.options)
		return text();
	if (task.type.some((t) => /multi|checkbox/.test(t)))
		return published(task).filter(() => next(4) === 0);
	return pick(published(task));
}

const answer = (value) => ({ value, lastEditedAt: at });

function byInstrument() {
	const answers = {};
	for (const task of fields) {
		if (next(5) === 0)
			continue;
		if (!task.rows) {
			answers[task.id] = answer(fit(task));
			continue;
		}
		answers[task.rows] ??= [];
		for (let i = next(4); i > 0; i--)
			answers[task.rows].push({ _index: answers[task.rows].length,
				[task.id]: answer(fit(task)) });
	}
	return answers;
}

// The older form: a row's number in the key, values alone.
function flat(answers) {
	const out = {};
	for (const [key, value] of Object.entries(answers))
		if (Array.isArray(value))
			value.forEach((row, i) => Object.entries(row)
				.filter(([k]) => k !== "_index")
				.forEach(([k, v]) => { out[`${k}[${i}]`] = v.value; }));
		else
			out[key] = value.value;
	return out;
}

function bySchema() {
	const ok = new RegExp(schema.$defs.answerKey.pattern);
	const keys = [...tasks.filter((t) => !t.extension).map((t) => t.id), "9.9", "1.1[0]", "12", "1.1.1[3]"]
		.filter((id) => ok.test(id));
	const value = () => pick([text, text, () => null, () => "",
		() => [text(), text()], () => [],
		() => ({ data: "data:image/png;base64,AA==", title: text() })])();
	const answers = {};
	for (const key of keys)
		if (next(3) === 0)
			answers[key] = next(6) ? answer(value()) :
				Array.from({ length: 1 + next(3) }, (_, i) => ({ _index: i,
					[pick(keys)]: answer(value()) }));
	return answers;
}

// --- in and out ---

const wrap = (answers) => ({
	$schema: schema?.$id ?? "", metadata: { urn: "urn:nl:iama:2.0", createdAt: at },
	answers });

// Each proposal becomes an answer: those of a part at once, what decides alone.
const list = () => JSON.parse(readFileSync(document, "utf8")).proposals ?? [];

function takeProposed() {
	const tasks = [...new Set(list().map((p) => p.task))];
	if (tasks.length)
		run("confirm", name, ...tasks, "--taken-over", "--note", "Read.", "--yes");
	for (const p of list())
		run("answer", name, p.task, p.id, "--proposal");
}

function take(file) {
	writeFileSync(document, empty);
	writeFileSync("../in.json", JSON.stringify(file));
	const result = run("--json", "import", name, "../in.json");
	if (result.status > 1)
		fail("import:", result.stderr);
	takeProposed();
	rmSync("../out.json", { force: true });
	const out = run("export", name, "--format", "official-form", "-o",
		"../out.json");
	if (out.status !== 0)
		fail("export:", out.stderr);
	return [JSON.parse(result.stdout),
		JSON.parse(readFileSync("../out.json", "utf8")).answers];
}

// The form keeps yes and no as "true" and "false"; JSON's own are read too.
const plain = (v) => Array.isArray(v) ? v.map(plain).sort() :
	typeof v === "boolean" ? String(v) : v;
const same = (a, b) => isDeepStrictEqual(plain(a), plain(b));
const nothing = (v) => v === null || v === undefined || v === "" ||
	(Array.isArray(v) && !v.length);

// Everything in the file as [key, row, value, pointer].
function* leaves(answers) {
	for (const [key, value] of Object.entries(answers)) {
		if (!Array.isArray(value)) {
			yield [key, null, value.value, `/answers/${key}`];
			continue;
		}
		for (const [i, row] of value.entries())
			for (const [k, v] of Object.entries(row))
				if (k !== "_index")
					yield [k, key, v.value, `/answers/${key}/${i}/${k}`];
	}
}

for (let seed = 1; seed <= Number(rounds); seed++) {
	state = seed;
	const filled = byInstrument();
	for (const file of [wrap(filled),
		{ urn: "urn:nl:iama:2.0", answers: flat(filled) }]) {
		const [findings, out] = take(file);
		if (findings.length)
			fail("instrument, seed", seed, JSON.stringify(findings[0]));
		const given = [...leaves(filled)].filter(([, , v]) => !nothing(v));
		const got = [...leaves(out)], kept = list();
		for (const [key, rows, value] of given)
			if (!got.some(([k, r, v]) => k === key && r === rows &&
				same(v, value)) && !kept.some((p) => p.task === key))
				fail("instrument, seed", seed, "lost", key, value);
		if (given.length !== got.length + kept.length)
			fail("instrument, seed", seed, given.length, got.length);
	}
	if (!schema)
		continue;
	const loose = bySchema();
	const [findings, out] = take(wrap(loose));
	const got = [...leaves(out)], kept = list();
	for (const [key, , value, pointer] of leaves(loose)) {
		const id = key.replace(/\[\d+\]$/, "");
		if (nothing(value) || findings.some((f) => f.pointer === pointer ||
			(f.code === "place_twice" && f.text.startsWith(`${id} `))))
			continue;
		if (!got.some(([k, , v]) => k === id && same(v, value)) &&
			!kept.some((p) => p.task === id))
			fail("schema, seed", seed, "lost in silence", key, value);
	}
}
writeFileSync(document, empty);
