// SPDX-License-Identifier: EUPL-1.2
// The register on two days, as entries in the words of the publication
// standard, and what changed between them by substance, found apart from the
// engine: register.mjs DAY1.json DAY2.json FOLDER writes FOLDER/1/ID.json,
// FOLDER/2/ID.json and FOLDER/changed ("ID POINTER", sorted).
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [first, second, folder] = process.argv.slice(2);
const statuses = { in_gebruik: "In gebruik", ontwikkeling: "In ontwikkeling",
	buiten_gebruik: "Buiten gebruik" };
const fields = { title: "name", organisatie: "organization", doel: "goal",
	juridische_basis: "lawful_basis", status: "status" };

function read(path) {
	const file = JSON.parse(readFileSync(path, "utf8"));
	return new Map(file.algoritmes.map((one) => [one.id, one]));
}

function entry(one) {
	const out = { lars: one.id };
	for (const [theirs, ours] of Object.entries(fields))
		out[ours] = theirs === "status" ?
			statuses[one.status] ?? one.status : one[theirs];
	return out;
}

// White space, quotes and dashes do not count.
const plain = (text) => String(text ?? "").normalize("NFC")
	.replace(/<[^>]*>/g, " ").replace(/&nbsp;/g, " ").replace(/&amp;/g, "&")
	.replace(/[\u2018\u2019\u201A\u201B\u2032]/g, "'")
	.replace(/[\u201C\u201D\u201E\u201F\u2033\u00AB\u00BB]/g, '"')
	.replace(/[\u2010-\u2015\u2212]/g, "-").replace(/\s+/g, " ").trim();

const before = read(first), after = read(second);
const changed = [], counts = {};
for (const day of ["1", "2"])
	mkdirSync(join(folder, day), { recursive: true });
for (const [id, one] of before) {
	const was = entry(one), is = after.has(id) ? entry(after.get(id)) : null;
	writeFileSync(join(folder, "1", `${id}.json`), JSON.stringify(was));
	if (!is)
		continue;
	writeFileSync(join(folder, "2", `${id}.json`), JSON.stringify(is));
	for (const field of Object.values(fields))
		if (plain(was[field]) !== plain(is[field])) {
			changed.push(`${id} /register/${field}`);
			counts[field] = (counts[field] ?? 0) + 1;
		}
}
writeFileSync(join(folder, "changed"), changed.sort().join("\n") + "\n");
const both = [...before.keys()].filter((id) => after.has(id)).length;
console.log(`${before.size} applications, ${both} on both days; changed:`,
	Object.entries(counts).map(([k, n]) => `${k} ${n}`).sort().join(", "));
