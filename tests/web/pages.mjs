// SPDX-License-Identifier: EUPL-1.2
// Holds the reports in HTML, and the site of a portfolio, to the HTML standard
// and to WCAG 2.2 AA, in a browser, wide, dark and narrow; a summary has one or
// two pages on paper: node pages.mjs WORKSPACE PORTFOLIO FRIA
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from
  "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { checkHtml, launching, lookAt, note, views, violations } from
  "./look.mjs";

const [workspace, portfolio, fria] = process.argv.slice(2);
if (!fria) {
  console.error("usage: node pages.mjs WORKSPACE PORTFOLIO FRIA");
  process.exit(2);
}

// What is rendered: an assessment, a template, and the views to look at.
const sources = new URL("../../assessments/templates/", import.meta.url);
const templates = readdirSync(sources)
  .filter((file) => file.endsWith(".nl.md"))
  .map((file) => file.slice(0, -".nl.md".length))
  .filter((template) => template !== "report");
const reports = [
  ["straatafval/iama@v1", "report", ["wide", "dark", "narrow"]],
  ["straatafval/iama", "report", ["narrow"]],
  ...templates.map((template) => ["straatafval/iama", template,
    ["dark", "tablet", "narrow"]]),
];
// A letter about a duty is made all the same where no duty is known, with 1.
const guarded = (template) => readFileSync(new URL(`${template}.nl.md`,
  sources), "utf8").includes("{{finding ");
// Views that a command writes as a page.
const commands = [
  ["evaluate", "straatafval/iama"],
  ["diff", "straatafval/iama", "v1", "v2"],
  ["status"],
];
const languages = ["nl", "en"];
let pages = 0;
const finds = (args) => args[0] !== "report" ||
  args.some((arg, at) => args[at - 1] === "--template" && guarded(arg));
function run(folder, language, ...args) {
  const result = spawnSync(resolve(fria), ["-C", folder, "--lang", language,
    ...args], { encoding: "utf8" });
  return result.status === 0 || (result.status === 1 && finds(args))
    ? [] : [[`fria ${args[0]}`, result.error?.message ?? result.stderr.trim()]];
}

async function checkView(browser, path, what, view) {
  const page = await browser.newPage({
    viewport: { width: view.width, height: 900 },
    colorScheme: view.colorScheme,
    reducedMotion: "reduce",
    bypassCSP: true, // for axe; the page itself runs no script
  });
  await page.goto(pathToFileURL(path).href);
  await lookAt(page, what, view);
  await page.close();
}

// Every link of a site leads to a page, and every fragment to a place in it.
function brokenLinks(folder, files) {
  const broken = [];
  for (const file of files) {
    const text = readFileSync(file, "utf8");
    for (const [, href] of text.matchAll(/ href="([^"]*)"/g)) {
      if (/^(https?|mailto):/.test(href)) continue;
      const [path, fragment] = href.split("#");
      const target = path ? join(dirname(file), path) : file;
      if (!existsSync(target))
        broken.push(["no such page", `${relative(folder, file)}: ${href}`]);
      else if (fragment &&
        !readFileSync(target, "utf8").includes(` id="${fragment}"`))
        broken.push(["no such place", `${relative(folder, file)}: ${href}`]);
    }
  }
  return broken;
}

function htmlFiles(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? htmlFiles(path)
      : path.endsWith(".html") ? [path] : [];
  });
}

// The pages it takes on A4.
async function checkPaper(browser, path, what) {
  const page = await browser.newPage();
  await page.goto(pathToFileURL(path).href);
  const pdf = await page.pdf({ preferCSSPageSize: true });
  const sheets = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g).length;
  note(`${what}: ${sheets} on paper`,
    sheets > 2 ? [["too long", "a summary has one or two pages"]] : []);
  await page.close();
}

async function checkPage(browser, path, what, names) {
  pages++;
  await checkHtml(path, what);
  for (const view of views)
    if (names.includes(view.name)) await checkView(browser, path, what, view);
}

// Pages of versions are alike: the last one's are looked at, of the others only
// the markup and the links.
function siteViews(page) {
  if (/^[^/]*\/?[a-z]+\.html$/.test(page)) return ["wide", "dark", "narrow"];
  if (/v3-changes/.test(page)) return ["wide", "narrow"];
  return /v3/.test(page) ? ["narrow"] : [];
}

async function checkSite(browser, folder, language) {
  const trouble = run(portfolio, language, "report", "--site", folder);
  note(`site ${language}: rendered`, trouble);
  if (trouble.length) return;
  const files = htmlFiles(folder).sort();
  note(`site ${language}: links of ${files.length} pages`,
    brokenLinks(folder, files));
  for (const file of files) {
    const what = `site ${language} ${relative(folder, file)}`;
    await checkPage(browser, file, what, siteViews(relative(folder, file)));
    if (/summary/.test(file)) await checkPaper(browser, file, what);
  }
}

const folder = mkdtempSync(join(tmpdir(), "fria-pages-"));
const browser = await chromium.launch(launching);
try {
  for (const [name, template, shown] of reports)
    for (const language of languages) {
      const what = `${name} ${template} ${language}`;
      const path = join(folder, `${pages + 1}.html`);
      const trouble = run(workspace, language, "report", name, "--template", template,
        "--format", "html", "-o", path);
      note(`${what}: rendered`, trouble);
      if (!trouble.length) await checkPage(browser, path, what, shown);
    }
  for (const command of commands)
    for (const language of languages) {
      const what = `${command.join(" ")} ${language}`;
      const path = join(folder, `${pages + 1}.html`);
      const trouble = run(workspace, language, ...command, "--format", "html",
        "-o", path);
      note(`${what}: rendered`, trouble);
      if (!trouble.length)
        await checkPage(browser, path, what, ["dark", "tablet", "narrow"]);
    }
  for (const language of languages)
    await checkSite(browser, join(folder, `site-${language}`), language);
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}

console.log(`${pages} pages, ${violations()} violations`);
process.exit(violations() ? 1 : 0);
