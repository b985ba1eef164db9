// SPDX-License-Identifier: EUPL-1.2
// Holds an exported entry to the register's own field configuration:
// node standard.mjs CONFIG EXPORT
import { readFileSync } from "node:fs";

const [config, exported] = process.argv.slice(2)
  .map((path) => JSON.parse(readFileSync(path, "utf8")));
const wrong = [];

const empty = (value) => value === null || value === undefined || value === "";
const plain = (text) => text.replace(/<[^>]*>/g, "");

function judge(where, rule, value) {
  if (empty(value)) {
    if (rule.required === true) wrong.push(`${where} is required`);
    return;
  }
  if (rule.type === "array") {
    if (!Array.isArray(value)) return wrong.push(`${where} is no list`);
    value.forEach((one, i) => rule.items
      ? Object.entries(rule.items).forEach(([key, inner]) =>
          judge(`${where}/${i}/${key}`, inner, one[key]))
      : permitted(`${where}/${i}`, rule, one));
    return;
  }
  if (typeof value !== "string") return wrong.push(`${where} is no text`);
  if (rule.max_length && plain(value).length > rule.max_length)
    wrong.push(`${where} is too long`);
  permitted(where, rule, value);
  const tags = rule.allowed_html_tags;
  for (const [, tag] of tags ? value.matchAll(/<\/?([a-z0-9]+)/gi) : [])
    if (!tags.includes(tag.toLowerCase())) wrong.push(`${where} has <${tag}>`);
}

function permitted(where, rule, value) {
  if (rule.permitted_values && !rule.permitted_values.includes(value))
    wrong.push(`${where}: ${value} is not permitted`);
}

for (const [field, rule] of Object.entries(config.properties))
  judge(field, rule, exported.entry[field]);
for (const line of wrong) console.log(line);
process.exit(wrong.length ? 1 : 0);
