// SPDX-License-Identifier: EUPL-1.2
// The workplace in a browser: every page held to the HTML standard and WCAG
// 2.2 AA, in both languages, wide, dark and narrow, empty and with errors; and
// an officer, a lawyer and a director who work in it by clicking, with script
// and without: node serve.mjs WORKSPACE FRIA
import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync,
  writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { chromium } from "playwright-core";
import { checkHtml, launching, lookAt, note, views, violations } from
  "./look.mjs";

const [source, fria] = process.argv.slice(2);
if (!fria) {
  console.error("usage: node serve.mjs WORKSPACE FRIA");
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), "fria-serve-"));
const workspace = join(folder, "zandmeer");
cpSync(source, workspace, { recursive: true });

// As who works in it; the day is that of the example, after its version 2.
function environment(who) {
  const mail = `${who.split(" ").at(-1).toLowerCase()}@zandmeer.example`;
  return { ...process.env, SOURCE_DATE_EPOCH: "1795514400",
    GIT_AUTHOR_NAME: who, GIT_AUTHOR_EMAIL: mail,
    GIT_COMMITTER_NAME: who, GIT_COMMITTER_EMAIL: mail,
    XDG_STATE_HOME: join(folder, "state") };
}

// The workplace of one person: its address, and how it ends.
function serve(who, where) {
  const child = spawn(resolve(fria), ["-C", where, "--lang", "nl", "serve",
    "--no-browser"], { env: environment(who) });
  return new Promise((ready, failed) => {
    let said = "";
    child.stderr.on("data", (text) => {
      said += text;
      const address = said.match(/http:\/\/\S+/);
      if (address) ready({ address: address[0], end: () => child.kill() });
    });
    child.on("exit", (code) => failed(new Error(`${code}: ${said}`)));
  });
}

const browser = await chromium.launch(launching);

// What stands on a page, also folded and within its frames: no command to type.
const typed = new RegExp(`\\b(fria|git) (${commands()})\\b|(^|[\\s("])--[a-z]`);

function commands() {
  const help = execFileSync(resolve(fria), ["--lang", "en", "help"],
    { encoding: "utf8" });
  const own = [...help.matchAll(/^ {2}([a-z-]+)/gm)].map((match) => match[1]);
  if (own.length < 20) throw new Error(`no commands in: ${help}`);
  return [...new Set([...own, "add", "config", "fetch", "fsck", "merge", "push",
    "restore", "switch"])].join("|");
}

async function commandsOn(response) {
  const kind = response.headers()["content-type"] ?? "";
  if (!kind.startsWith("text/html") || response.status() === 303) return [];
  // What the browser has left already cannot be read any more, or never ends.
  const left = new Promise((ready) => setTimeout(ready, 10000, ""));
  const text = (await Promise.race([response.text().catch(() => ""), left]))
    .replace(/<(script|style)[^>]*>.*?<\/\1>/gs, "")
    .replace(/<[^>]*>/g, " ").replaceAll("&quot;", '"');
  const found = text.match(typed);
  return found ? [["command", `${response.url()}: ${text.slice(found.index - 80,
    found.index + 80)}`]] : [];
}

// A page of somebody's workplace, and a function that goes to a path of it.
async function enter(who, options = {}) {
  const where = options.where ?? workspace;
  const served = await serve(who, where);
  const context = await browser.newContext({ reducedMotion: "reduce",
    locale: "nl-NL", bypassCSP: options.looks, ...options.context });
  const page = await context.newPage();
  const wrong = [];
  page.on("pageerror", (error) => wrong.push(["script", error.message]));
  page.on("console", (message) => {
    if (message.type() === "error" && !/status of 4/.test(message.text()))
      wrong.push(["console", message.text()]);
  });
  const reading = [];
  page.on("response", (response) => reading.push(commandsOn(response)));
  await page.goto(served.address);
  const base = `${new URL(served.address).origin}/${basename(where)}/`;
  return { page, wrong, go: (path) => page.goto(base + path),
    leave: async () => {
      note(`${who}: no page names a command`, (await Promise.all(reading)).flat());
      await context.close();
      served.end();
    } };
}

// --- every page -------------------------------------------------------------

const paths = ["", "toepassingen", "zoek", "zoek?q=wijk", "_delen", "conflicten", "_nieuw", "a/straatafval",
  "a/straatafval/_kenmerk?veld=gegevens",
  "a/straatafval/_nieuw", "a/straatafval/_release", "a/straatafval/iama",
  "a/straatafval/iama/_samen", "a/straatafval/iama/v/2.3.1",
  "a/straatafval/iama/v/2.1.1.1", "a/straatafval/iama/v/4.1.1.1",
  "a/straatafval/iama/advies", "a/straatafval/iama/sessie",
  "a/straatafval/iama/sessie/2.3.1", "a/straatafval/iama/advies/lawyer",
  "a/straatafval/iama/advies/accountable", "a/straatafval/iama/verschil",
  "a/straatafval/iama/verschil?van=v1", "a/straatafval/iama/geschiedenis",
  "a/straatafval/iama/verslag", "a/straatafval/iama/v/9.9", "a/niets"];
let pages = 0;

async function lookAll(called, all, shown, languages, where) {
  const one = await enter("A. de Vries", { looks: true, where });
  for (const language of languages) {
    for (const path of all) {
      const what = `${called} ${language} /${path}`;
      const address = `${path}${path.includes("?") ? "&" : "?"}taal=${language}`;
      pages++;
      for (const view of views.filter((v) => shown.includes(v.name))) {
        await one.page.setViewportSize({ width: view.width, height: 900 });
        await one.page.emulateMedia({ colorScheme: view.colorScheme });
        const response = await one.go(address);
        if (view.name === shown[0])
          await checkHtml(path, what, await response.text());
        await lookAt(one.page, what, view);
      }
    }
  }
  note(`${called}: no error in the browser`, one.wrong);
  await one.leave();
}

// --- people -----------------------------------------------------------------

const git = (...args) => execFileSync("git", ["-C", workspace, ...args],
  { encoding: "utf8" }).trim();

async function play(script) {
  const what = script ? "with script" : "without script";
  const context = { javaScriptEnabled: script };
  const trouble = [];
  const must = (holds, why) => { if (!holds) trouble.push([what, why]); };
  const version = script ? "1.2" : "1.3";

  // The officer records a release, and works through what changed.
  let one = await enter("A. de Vries", { context });
  await one.go("a/straatafval/_release");
  await one.page.fill("#release", version);
  const form = await one.page.inputValue("#formulier");
  await one.page.fill("#formulier", form.replace(/\n- Duinrand/,
    `\n- Duinrand\n- Wijk ${version}`));
  await one.page.click("button.main");
  must((await one.page.textContent("main")).includes(`Wijk ${version}`),
    "the consequence shows what changes");
  must(git("log", "-1", "--format=%s").indexOf(version) < 0,
    "nothing is recorded before it is said");
  await one.page.click("button.main");
  must(git("log", "-1", "--format=%s").includes(`release ${version}`),
    "the release is recorded");
  for (let i = 0; i < 40; i++) {
    await one.go("a/straatafval/iama/_samen");
    const names = await one.page.$$eval("input[value=untouched]",
      (all) => all.map((e) => e.name));
    if (!names.length) break;
    for (const name of names) {
      const folded = await one.page.$(
        `details.card:not([open]):has(input[name='${name}']) > summary`);
      if (folded) await folded.click();
      await one.page.check(`input[name='${name}'][value=untouched]`);
    }
    await one.page.click("form button.main");
  }
  for (let i = 0; i < 60; i++) {
    await one.go("a/straatafval/iama");
    const next = await one.page.$("main .tasks a:visible");
    if (!next) break;
    await next.click();
    await one.page.check("input[value=covered]");
    await one.page.click("button.main");
    if (await one.page.$(".alert.error")) {
      must(false, await one.page.textContent(".alert.error"));
      break;
    }
  }
  await one.go("a/straatafval/iama");
  await one.page.click("a:has-text('releasevragen')");
  for (const no of await one.page.$$("input[value=nee]")) await no.check();
  await one.page.click("button.main");
  must((await one.page.textContent("main .head")).includes("actueel"),
    `up to date after it: ${await one.page.textContent("main .head")}`);
  note(`officer ${what}: no error in the browser`, one.wrong);
  await one.leave();

  // Who advises, and who decides, each on a page of their own.
  for (const [who, role, value] of [["M. Bakker", "lawyer", "positive"],
    ["F. Yilmaz", "dpo", "positive"], ["R. Jansen", "accountable", "use"]]) {
    one = await enter(who, { context });
    await one.go(`a/straatafval/iama/advies/${role}`);
    await one.page.check(`input[name=waarde][value=${value}]`);
    await one.page.fill("#toelichting", `Gelezen, ${version}.`);
    await one.page.click("button.main");
    must(!await one.page.$(".alert.error"),
      `${role}: ${await one.page.textContent("main")}`.slice(0, 300));
    if (role === "accountable") {
      await one.page.click("button[value=vaststellen]");
      must(git("tag", "--list").split("\n").length > (script ? 2 : 3),
        `adopted: ${(await one.page.textContent("main")).slice(0, 400)}`);
    }
    await one.leave();
  }
  must(git("status", "--porcelain") === "", "the work tree has followed");
  note(`a release to a version ${what}`, trouble);
}

// --- the first ten minutes ---------------------------------------------------

// From an empty folder: what stands in the register, and what comes first.
async function begin(script) {
  const what = script ? "with script" : "without script";
  const where = join(folder, `leeg-${script ? 1 : 2}`);
  const trouble = [];
  const must = (holds, why) => { if (!holds) trouble.push([what, why]); };
  mkdirSync(where);
  const rows = ["algorithm_id,name,organization,goal,status"];
  for (let i = 1; i <= 45; i++)
    rows.push(`${i},Toepassing ${i} ${"met een lange naam ".repeat(i % 3)},` +
      "Gemeente Zandmeer,Doel,In gebruik");
  writeFileSync(join(folder, "register.csv"), rows.join("\n"));
  if (script) await lookAll("no workspace", ["", "zoek"], ["wide", "narrow"],
    ["nl", "en"], where);
  const one = await enter("A. de Vries",
    { context: { javaScriptEnabled: script }, where });
  await one.page.fill("#organisatie", "Gemeente Elders");
  await one.page.setInputFiles("#bestand", join(folder, "register.csv"));
  await one.page.click("button.main");
  must((await one.page.textContent(".alert")).includes("Gemeente Zandmeer"),
    "another's file is refused, and says whose it is");
  await one.page.fill("#organisatie", "Gemeente Zandmeer");
  await one.page.setInputFiles("#bestand", join(folder, "register.csv"));
  await one.page.click("button.main");
  must((await one.page.$$("tbody tr")).length === 40, "a page of rows");
  const first = one.page.locator("tbody tr").first();
  const name = await first.locator("th a").textContent();
  for (const [i, value] of ["ai", "geen", "iii-4", "indelen"].entries())
    await first.locator("select").nth(i).selectOption(value);
  await one.page.click("button.main");
  must((await one.page.textContent("h1")) === "Eerst dit", "what comes first");
  must((await one.page.textContent("a.button.main")).includes(name.trim()),
    "one begins with what comes first");
  if (script) await lookAll("begun", ["_eerst", "toepassingen"],
    ["wide", "narrow"], ["nl", "en"], where);
  await one.leave();

  // Somebody who first wants to see what it is, and leaves nothing behind.
  const looking = join(folder, `kijken-${script ? 1 : 2}`);
  mkdirSync(looking);
  const two = await enter("A. de Vries",
    { context: { javaScriptEnabled: script }, where: looking });
  await two.page.click("button[value=rondkijken]");
  await two.page.click("main a.button.main");
  must(/Technische werking/.test(await two.page.textContent("main")),
    "the example has a release to judge");
  await two.page.click(".alert a");
  must(await two.page.$("#organisatie"), "and one's own is a link away");
  await two.leave();
  must(!readdirSync(looking).length, "nothing is left of it");
  note(`the first ten minutes ${what}`, trouble);
}

// --- what is measured --------------------------------------------------------

// A figure over its limit stands on the page of the application, also narrow.
async function measure() {
  const where = join(folder, "meten");
  cpSync(workspace, where, { recursive: true });
  const one = await enter("A. de Vries", { where });
  await one.go("a/straatafval");
  const card = one.page.locator("#metingen .sheet").first();
  await card.locator("summary").last().click();
  await card.locator("input[name=waarde]").fill("3,4");
  await card.locator("button").click();
  note("a measurement over its limit", await card.locator(".badge").count()
    ? [] : [["measurement", "no badge"]]);
  await one.leave();
  await lookAll("measured", ["a/straatafval"], ["wide", "narrow"], ["nl", "en"],
    where);
}

try {
  if (!process.env.FRIA_PLAY || process.env.FRIA_PLAY === "begin") {
    await begin(true);
    await begin(false);
  }
  if (!process.env.FRIA_PLAY) await lookAll("full", paths, ["wide", "dark", "narrow"], ["nl"]);
  if (!process.env.FRIA_PLAY) await lookAll("full", paths, ["narrow"], ["en"]);
  if (!process.env.FRIA_PLAY || process.env.FRIA_PLAY === "measure")
    await measure();
  if (!["begin", "measure"].includes(process.env.FRIA_PLAY)) {
    await play(true);
    await play(false);
  }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}
console.log(`${pages} pages, ${violations()} violations`);
process.exit(violations() ? 1 : 0);
