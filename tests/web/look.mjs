// SPDX-License-Identifier: EUPL-1.2
// How a page is looked at: its markup by the HTML standard, in a browser by WCAG
// 2.2 AA, and whether it fits the window. Counts what is wrong.
import axe from "axe-core";
import { HtmlValidate, StaticConfigLoader } from "html-validate";

export const views = [
  { name: "wide", width: 1280, colorScheme: "light" },
  { name: "dark", width: 1280, colorScheme: "dark" },
  { name: "tablet", width: 820, colorScheme: "light" },
  { name: "narrow", width: 320, colorScheme: "light" },
];

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa",
  "best-practice"];
// What a program writes need not look like what a person writes, and an id may
// be anything without a space.
const html = new HtmlValidate(new StaticConfigLoader({
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    "doctype-style": ["error", { style: "lowercase" }],
    "form-dup-name": "off", // the boxes of one question share a name
    "long-title": "off",
    "no-trailing-whitespace": "off",
    "valid-id": ["error", { relaxed: true }],
  },
}));

let wrong = 0;
export const violations = () => wrong;

// Found is a list of [rule, place]. Of each rule the first three places are
// shown: more of a kind say no more.
export function note(what, found) {
  const places = new Map();
  wrong += found.length;
  for (const [rule, place] of found)
    places.set(rule, [...places.get(rule) ?? [], place]);
  console.log(`${found.length ? "not ok" : "ok"} ${what}`);
  for (const [rule, list] of places) {
    console.log(`       ${rule}: ${list.length}`);
    for (const place of list.slice(0, 3)) console.log(`         ${place}`);
  }
}

// Of a file by its path, or of a text.
export async function checkHtml(path, what, text) {
  const report = text === undefined ? await html.validateFile(path)
    : await html.validateString(text);
  note(`${what}: html-validate`, report.results.flatMap((result) =>
    result.messages.map((m) => [m.ruleId,
      `${m.line}:${m.column} ${m.message} ${m.selector ?? ""}`])));
}

// Runs in the page: what sticks out to the right. What lies in a box that
// scrolls by itself does not.
function sideways() {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const out = [...document.body.querySelectorAll("*")]
    .filter((e) => e.getBoundingClientRect().right > width + 0.5)
    .filter((e) => !e.parentElement.closest(".table, .picture, pre"))
    .map((e) => e.outerHTML.slice(0, 120));
  return (out.length ? out : ["the page"]).map((place) => ["too wide", place]);
}

// The page that is open, with every fold open.
export async function lookAt(page, what, view) {
  await page.evaluate(() => document.querySelectorAll("details")
    .forEach((details) => { details.open = true; }));
  await page.evaluate(axe.source);
  const result = await page.evaluate((values) =>
    globalThis.axe.run({ runOnly: { type: "tag", values } }), tags);
  note(`${what}: axe, ${view.name}, ${result.passes.length} rules`,
    result.violations.flatMap((rule) => rule.nodes.map((node) =>
      [`${rule.id} (${rule.impact}), ${rule.help}`,
        `${node.html.slice(0, 120)} ${node.any[0]?.message ?? ""}`])));
  if (view.width < 1280)
    note(`${what}: nothing scrolls sideways at ${view.width} px`,
      await page.evaluate(sideways));
}

// The browser that the tests run in; CHROMIUM is another one.
export const launching = {
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run",
    "--disable-background-networking", "--disable-component-update",
    "--disable-sync"],
};
