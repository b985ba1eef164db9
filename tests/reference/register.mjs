// SPDX-License-Identifier: EUPL-1.2
// The register on two days, read in the words of the publication standard, and
// what changed between them by substance, found apart from the engine:
// register.mjs DAY1.json DAY2.json writes "ID FIELD" for each, sorted.
import { readFileSync } from "node:fs";

const [first, second] = process.argv.slice(2);
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
const changed = [];
for (const [id, one] of before) {
	if (!after.has(id))
		continue;
	const was = entry(one), is = entry(after.get(id));
	for (const field of Object.values(fields))
		if (plain(was[field]) !== plain(is[field]))
			changed.push(`${id} ${field}`);
}
console.log(changed.sort().join("\n"));
