// SPDX-License-Identifier: EUPL-1.2
// Holds the reports in HTML to the HTML standard and to WCAG 2.2 AA, in a
// browser, wide, dark and narrow: node pages.mjs WORKSPACE FRIA
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import { HtmlValidate, StaticConfigLoader } from "html-validate";
import { chromium } from "playwright-core";

const [workspace, fria] = process.argv.slice(2);
if (!workspace || !fria) {
  console.error("usage: node pages.mjs WORKSPACE FRIA");
  process.exit(2);
}

const names = ["straatafval/iama@v1", "straatafval/iama"];
const languages = ["nl", "en"];
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa",
  "best-practice"];
const views = [
  { name: "wide", width: 1280, colorScheme: "light" },
  { name: "dark", width: 1280, colorScheme: "dark" },
  { name: "narrow", width: 320, colorScheme: "light" },
];

// What a program writes need not look like what a person writes, and an id may
// be anything without a space.
const html = new HtmlValidate(new StaticConfigLoader({
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    "doctype-style": ["error", { style: "lowercase" }],
    "long-title": "off",
    "no-trailing-whitespace": "off",
    "valid-id": ["error", { relaxed: true }],
  },
}));

let pages = 0;
let violations = 0;

// Found is a list of [rule, place]. Of each rule the first three places are
// shown: more of a kind say no more.
function note(what, found) {
  const places = new Map();
  violations += found.length;
  for (const [rule, place] of found)
    places.set(rule, [...places.get(rule) ?? [], place]);
  console.log(`${found.length ? "WRONG " : "ok    "} ${what}`);
  for (const [rule, list] of places) {
    console.log(`       ${rule}: ${list.length}`);
    for (const place of list.slice(0, 3)) console.log(`         ${place}`);
  }
}

function render(name, language, path) {
  const result = spawnSync(resolve(fria), ["-C", workspace, "--lang", language,
    "report", name, "--format", "html", "-o", path], { encoding: "utf8" });
  return result.status === 0 ? []
    : [["fria report", result.error?.message ?? result.stderr.trim()]];
}

async function checkHtml(path, what) {
  const report = await html.validateFile(path);
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
    .filter((e) => !e.parentElement.closest(".table, pre"))
    .map((e) => e.outerHTML.slice(0, 120));
  return (out.length ? out : ["the page"]).map((place) => ["too wide", place]);
}

async function checkView(browser, path, what, view) {
  const page = await browser.newPage({
    viewport: { width: view.width, height: 900 },
    colorScheme: view.colorScheme,
    reducedMotion: "reduce",
    bypassCSP: true, // for axe; the page itself runs no script
  });
  await page.goto(pathToFileURL(path).href);
  await page.evaluate(() => document.querySelectorAll("details")
    .forEach((details) => { details.open = true; }));
  await page.evaluate(axe.source);
  const result = await page.evaluate((values) =>
    globalThis.axe.run({ runOnly: { type: "tag", values } }), tags);
  note(`${what}: axe, ${view.name}, ${result.passes.length} rules`,
    result.violations.flatMap((rule) => rule.nodes.map((node) =>
      [`${rule.id} (${rule.impact}), ${rule.help}`,
        `${node.html.slice(0, 120)} ${node.any[0]?.message ?? ""}`])));
  if (view.width === 320)
    note(`${what}: nothing scrolls sideways at 320 px`,
      await page.evaluate(sideways));
  await page.close();
}

const folder = mkdtempSync(join(tmpdir(), "fria-pages-"));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run",
    "--disable-background-networking", "--disable-component-update",
    "--disable-sync"],
});
try {
  for (const name of names)
    for (const language of languages) {
      const what = `${name} ${language}`;
      const path = join(folder, `${++pages}.html`);
      const trouble = render(name, language, path);
      note(`${what}: rendered`, trouble);
      if (trouble.length) continue;
      await checkHtml(path, what);
      for (const view of views) await checkView(browser, path, what, view);
    }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}

console.log(`${pages} pages, ${violations} violations`);
process.exit(violations ? 1 : 0);
