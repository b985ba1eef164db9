// SPDX-License-Identifier: EUPL-1.2
// Entries as the CSV download of the register writes them: no markup, lists on
// a line, `lars` under another name: download.mjs ENTRIES.json... [--semicolon]
import { readFileSync } from "node:fs";

const paths = process.argv.slice(2).filter((a) => !a.startsWith("--"));
const separator = process.argv.includes("--semicolon") ? ";" : ",";
const columns = ["name", "organization", "description_short", "category",
	"website", "status", "goal", "proportionality", "lawful_basis",
	"standard_version", "url", "contact_email", "lang", "publiccode",
	"source_data", "methods_and_models", "human_intervention", "risks",
	"provider", "tags", "source_id", "begin_date", "end_date",
	"impacttoetsen", "process_index_url", "publication_category",
	"lawful_basis_grouping", "impacttoetsen_grouping",
	"source_data_grouping", "lars"];

function line(value) {
	if (!value || (Array.isArray(value) && !value.length))
		return "";
	if (!Array.isArray(value))
		return String(value);
	return typeof value[0] === "object" ?
		value.map((one, i) => `${i + 1}: ` +
			Object.values(one).filter(Boolean).join(", ")).join(". ") :
		value.join(", ");
}

const cell = (text) => /["\r\n;,]/.test(text) ?
	`"${text.replaceAll('"', '""')}"` : text;

const rows = paths.flatMap((p) => JSON.parse(readFileSync(p, "utf8")));
const lines = [columns.map((c) => c === "lars" ? "algorithm_id" : c),
	...rows.map((row) => columns.map((c) =>
		line(row[c]).replace(/<[^<>]*>/g, "")))];
process.stdout.write("\ufeff" +
	lines.map((cells) => cells.map(cell).join(separator)).join("\n") + "\n");
