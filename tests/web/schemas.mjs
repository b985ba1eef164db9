// SPDX-License-Identifier: EUPL-1.2
// Holds the schemas, and documents against them, to a second implementation of
// JSON Schema: node schemas.mjs WORKSPACE FRIA [INSTRUMENT.json ...]
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync }
  from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const [workspace, fria, ...instruments] = process.argv.slice(2);
if (!workspace || !fria) {
  console.error("usage: node schemas.mjs WORKSPACE FRIA [INSTRUMENT.json ...]");
  process.exit(2);
}
const root = fileURLToPath(new URL("../..", import.meta.url));
const program = resolve(fria);

// Who does it, whatever this machine says of its user.
process.env.GIT_AUTHOR_NAME = process.env.GIT_COMMITTER_NAME = "R. Jansen";
process.env.GIT_AUTHOR_EMAIL = process.env.GIT_COMMITTER_EMAIL =
  "r.jansen@zandmeer.example";

const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);

let checked = 0;
let wrong = 0;

function note(ok, what, why = []) {
  checked++;
  if (!ok) wrong++;
  console.log(`${ok ? "ok" : "not ok"} ${what}`);
  for (const line of why.slice(0, 10)) console.log(`       ${line}`);
}

function errors(schema, document) {
  const validate = ajv.getSchema(`${schema}.schema.json`);
  if (validate(document)) return [];
  return validate.errors.map((e) => `${e.instancePath || "/"} ${e.message}`);
}

function accept(schema, document, what) {
  const found = errors(schema, document);
  note(found.length === 0, `${what} is of ${schema}`, found);
}

const read = (path) => JSON.parse(readFileSync(path, "utf8"));
const list = (folder) => readdirSync(folder).sort();
const jsons = (folder) => list(folder).filter((f) => f.endsWith(".json"));

// --- the schemas themselves ---

const schemas = join(root, "schemas");
const names = jsons(schemas);
for (const file of names) ajv.addSchema(read(join(schemas, file)));
for (const file of names) {
  const why = [];
  try {
    if (!ajv.getSchema(file)) why.push("its $id is not its file name");
  } catch (e) {
    why.push(e.message);
  }
  note(why.length === 0, `schemas/${file} compiles`, why);
}

// --- what we ship ---

const shipped = join(root, "assessments");
for (const file of jsons(join(shipped, "instruments")))
  accept("instrument", read(join(shipped, "instruments", file)), file);
accept("rights", read(join(shipped, "rights.json")), "rights.json");
accept("law", read(join(shipped, "law.json")), "law.json");
for (const file of instruments)
  accept("instrument", read(file), basename(file));

// --- a workspace ---

function kind(file) {
  const known = { "application.json": "application", "entry.json": "entry" };
  return known[file] ?? "assessment";
}

const applications = list(join(workspace, "assessments"));
const folder = (id) => join(workspace, "assessments", id);
const assessments = applications.flatMap((id) =>
  jsons(folder(id)).filter((f) => kind(f) === "assessment")
    .map((f) => `${id}/${basename(f, ".json")}`));

accept("workspace", read(join(workspace, "fria.json")), "fria.json");
for (const file of jsons(join(workspace, "instruments")))
  accept("instrument", read(join(workspace, "instruments", file)),
    `instruments/${file}`);
for (const id of applications)
  for (const file of jsons(folder(id)))
    accept(kind(file), read(join(folder(id), file)), `${id}/${file}`);

// --- what the program prints ---

function run(where, ...args) {
  const result = spawnSync(program, ["-C", where, "--json", ...args],
    { encoding: "utf8", maxBuffer: 1 << 28 });
  if (result.status === 0 || result.status === 1)
    return JSON.parse(result.stdout);
  note(false, `fria --json ${args.join(" ")}`,
    [result.error?.message ?? result.stderr.trim()]);
  return null;
}

function output(schema, where, ...args) {
  const document = run(where, ...args);
  if (document) accept(schema, document, `fria --json ${args.join(" ")}`);
  return document;
}

function outputs(where, name) {
  output("evaluation", where, "evaluate", name);
  output("evaluation", where, "evaluate", name, "--as-of", "2099-01-01");
  output("blame", where, "blame", name);
  const versions = (output("log", where, "log", name) ?? [])
    .map((event) => event.version).filter(Boolean);
  for (const version of versions)
    output("diff", where, "diff", name, version);
  if (versions.length > 1)
    output("diff", where, "diff", name, versions.at(-1), versions[0]);
}

output("finding", workspace, "check");
for (const name of assessments) outputs(workspace, name);
output("gate", workspace, "gate", "straatafval");
output("register-check", workspace, "register", "check", "straatafval");
output("register-push", workspace, "register", "push", "straatafval", "--dry-run");
output("register-export", workspace, "register", "export", "straatafval");
if (spawnSync(program, ["help", "status"]).status === 0)
  output("status", workspace, "status");

// What an exchange with an empty shared repository prints.
const shared = mkdtempSync(join(tmpdir(), "fria-shared-"));
try {
  cpSync(workspace, join(shared, "clone"), { recursive: true });
  spawnSync("git", ["init", "-q", "--bare", join(shared, "hub.git")]);
  output("sync", join(shared, "clone"), "sync", join(shared, "hub.git"));
} finally {
  rmSync(shared, { recursive: true });
}

output("law", workspace, "law", "show");
output("yield", workspace, "instrument", "yield", "iama-2.0");

// A workspace of 0.1 under the editions of today.
const older = mkdtempSync(join(tmpdir(), "fria-older-"));
try {
  const bundle = new URL("../cases/old/examples.bundle", import.meta.url).pathname;
  spawnSync("git", ["clone", "-q", bundle, join(older, "ws")]);
  output("law-update", join(older, "ws"), "law", "update");
  output("edition", join(older, "ws"), "instrument", "update", "iama-2.0");
} finally {
  rmSync(older, { recursive: true });
}

// Two who answered one question, and a merge that stopped there.
const merging = mkdtempSync(join(tmpdir(), "fria-merging-"));
try {
  cpSync(workspace, merging, { recursive: true });
  const git = (...args) => spawnSync("git", ["-C", merging, ...args]);
  const write = (text) => spawnSync(program, ["-C", merging, "answer",
    assessments.find((name) => name.endsWith("/iama")), "1.1.1", text, "--save"]);
  git("branch", "other");
  write("Ours.");
  git("checkout", "-q", "other");
  write("Theirs.");
  git("checkout", "-q", "-");
  git("merge", "-q", "other");
  const found = output("conflicts", merging, "conflicts");
  note(found?.[0]?.conflicts.length === 1, "conflicts has one to decide");
} finally {
  rmSync(merging, { recursive: true });
}

// What is said beside answers, advice, a release, and what lapses by it.
const saying = mkdtempSync(join(tmpdir(), "fria-saying-"));
try {
  cpSync(workspace, saying, { recursive: true });
  const name = assessments.find((one) => one.endsWith("/iama"));
  const [app] = name.split("/");
  const call = (...args) => spawnSync(program, ["-C", saying, ...args]);
  call("comment", name, "1.1.1", "Really?");
  const said = output("comments", saying, "comment", name);
  call("comment", name, "1.1.1", "Yes.", "--reply", said?.at(-1)?.id);
  call("comment", name, "--resolve", said?.at(-1)?.id);
  output("meetings", saying, "meeting", name, "--date", "2026-03-02",
    "--roles", "lawyer");
  const settled = output("comments", saying, "comment", name);
  note(settled?.length === said?.length + 1, "a reply is a comment");
  for (const args of [[saying + "/fria.json"], ["--reference", "Z-1", "--title",
    "Plan", "--url", "https://example.org/1"]])
    call("evidence", "add", app, ...args, ...(args[1] ? [] : ["--title", "X"]));
  const evidence = join(saying, "assessments", app, "evidence");
  note(jsons(evidence).length === 2, "a reference and a title are documents");
  for (const file of jsons(evidence))
    accept("evidence", read(join(evidence, file)), file);
  const kept = output("evidence-list", saying, "evidence", "list", app);
  note(kept?.evidence.length === 2, "evidence list has both");
  call("save");
  output("approval", saying, "approve", name, "--role", "lawyer", "positive");
  const patch = join(saying, "..", `${basename(saying)}.json`);
  writeFileSync(patch, JSON.stringify({ use: { area: ["Elsewhere"] } }));
  output("release", saying, "release", app, "9.0", "--from", patch,
    "--partial", "--patch");
  rmSync(patch);
  const portfolio = output("status", saying, "status");
  note(portfolio?.assessments.some((one) => one.approvals.some((approval) =>
    approval.state === "lapsed" && approval.because.length > 0)),
    "status says what lapsed an approval");
  output("finding", saying, "verify");
  output("finding", saying, "verify", name);
} finally {
  rmSync(saying, { recursive: true });
}

// The same in a copy with other facts and a broken document, so that reasons
// and findings are seen as well.
const copy = mkdtempSync(join(tmpdir(), "fria-schemas-"));
try {
  cpSync(workspace, copy, { recursive: true });
  for (const id of applications) {
    const path = join(copy, "assessments", id, "application.json");
    const application = read(path);
    for (const facts of [application.register, application.use])
      for (const fact of Object.keys(facts ?? {})) delete facts[fact];
    writeFileSync(path, JSON.stringify(application, null, 2) + "\n");
  }
  for (const name of assessments) {
    const result = output("evaluation", copy, "evaluate", name);
    note(result?.tasks.some((task) => task.reasons.length > 0),
      `${name} without facts gives reasons`);
    output("diff", copy, "diff", name, "HEAD");
    const path = join(copy, "assessments", `${name}.json`);
    const broken = read(path);
    broken.answers["no-such-question"] = { value: 1 };
    broken.answers["1.1"] = { waived: { kind: "settled" } };
    writeFileSync(path, JSON.stringify(broken, null, 2) + "\n");
  }
  for (const args of [["new", applications[0], "iama-1.0", "--name", "old"],
    ["answer", `${applications[0]}/old`, "1.5.1", "Us."],
    ["waive", `${applications[0]}/old`, "2A.4.3", "--kind", "settled",
      "--reason", "Law."], ["save", `${applications[0]}/old`]])
    spawnSync(program, ["-C", copy, ...args]);
  const moved = output("migration", copy, "migrate", `${applications[0]}/old`,
    "--to", "iama-2.0", "--name", "moved");
  note(moved?.mapped.length === 3 && moved?.kept.length === 1,
    "migrate names what moved and what stays");
  const findings = output("finding", copy, "check");
  note(findings?.length > 0, "check finds what is broken");
} finally {
  rmSync(copy, { recursive: true });
}

// --- a status, and documents that must not pass ---

const digest = "0123456789abcdef0123456789abcdef01234567";
const basis = { facts: {}, answers: {}, question: digest, value: digest,
  by: "A <a@b.example>", at: "2026-03-10T09:00:00Z" };
const assessment = { instrument: "urn:nl:iama:2.0", application: "app",
  answers: { "1.1": { value: "x", basis } } };
const counts = { visible: 1, answered: 1, open: 0, stale: 0, suspect: 0,
  waived: 0, hidden: 0, dormant: 0 };
const status = { organisation: "Zandmeer", asOf: "2026-03-10", assessments: [{
  application: "app", assessment: "app/iama", instrument: "urn:nl:iama:2.0",
  release: "1.0", version: "v1", phase: "in-gebruik", verdict: "current",
  counts, overdue: 0, review: { last: null, due: null, overdue: false },
  approvals: [{ role: "dpo", kind: "advice", value: "positive",
    state: "valid", by: "A", at: "2026-03-10T09:00:00Z", content: digest }] }] };
const approval = { role: "dpo", kind: "advice", value: "negative",
  content: digest, by: "A", at: "2026-03-10T09:00:00Z" };
const option = { id: "1", task: "?", type: ["radio_option"],
  options: [{ value: true, label: { nl: "Ja", en: "Yes" } }] };
const instrument = { urn: "urn:nl:x:1.0", name: "X", tasks: [option] };
const finding = { severity: "note", code: "x", text: "X" };

// A copy with the value at a pointer replaced, or removed.
function but(document, pointer, value) {
  const changed = structuredClone(document);
  const keys = pointer.split("/").slice(1);
  const last = keys.pop();
  const holder = keys.reduce((at, key) => at[key], changed);
  if (value === undefined) delete holder[last];
  else holder[last] = value;
  return changed;
}

function reject(schema, document, pointer, value) {
  note(errors(schema, but(document, pointer, value)).length > 0,
    `${schema} refuses ${value === undefined ? "no value"
      : JSON.stringify(value)} at ${pointer}`);
}

accept("assessment", { ...assessment, approvals: [approval], unknown: 1 },
  "an assessment with an unknown member");
accept("status", status, "a status");
accept("instrument", instrument, "an instrument");
accept("finding", finding, "one finding");

const answer = "/answers/1.1";
reject("assessment", assessment, "/instrument");
reject("assessment", assessment, "/application", "Not An Id");
reject("assessment", assessment, "/application", "entry");
reject("assessment", assessment, "/answers", []);
reject("assessment", assessment, answer, "x");
reject("assessment", assessment, answer, {});
reject("assessment", assessment, answer, { waived: { kind: "no", reason: "x" } });
reject("assessment", assessment, answer, { waived: { kind: "settled", reason: " " } });
reject("assessment", assessment, answer, { waived: { kind: "refers", reason: "x" } });
reject("assessment", assessment, answer, [{ id: "short" }]);
reject("assessment", assessment, answer, [{ id: "abcd1234", 1.1: { basis } }]);
reject("assessment", assessment, `${answer}/basis/question`, "abc");
reject("assessment", assessment, `${answer}/basis/value`);
reject("assessment", assessment, `${answer}/basis/at`, "yesterday");
reject("assessment", assessment, "/approvals", [{ ...approval, value: "use" }]);
reject("assessment", assessment, "/approvals", [{ ...approval, kind: "vote" }]);
reject("assessment", assessment, "/meetings", [{ id: "m", date: "2026-02-30" }]);
reject("application", { id: "app" }, "/id");
reject("application", { id: "app" }, "/in_use", { from: "2026-13-01" });
reject("application", { id: "app" }, "/use", { phase: "later" });
reject("application", { id: "app" }, "/monitoring", { m: { every: "3M" } });
reject("workspace", { organisation: "X" }, "/organisation");
reject("workspace", { organisation: "X" }, "/review", "P");
reject("workspace", { organisation: "X" }, "/language", "de");
reject("workspace", { organisation: "X" }, "/roles", { dpo: { kind: "veto" } });
reject("entry", {}, "/received", "text");
reject("evidence", { title: "X", reference: "Z" }, "/url", "javascript:x");
reject("evidence", { title: "X", reference: "Z" }, "/reference");
reject("evidence", { title: "X", reference: "Z" }, "/file", "0123456789ab-x");
reject("instrument", instrument, "/urn", "iama");
reject("instrument", instrument, "/tasks/0/id");
reject("instrument", instrument, "/tasks/0/task", {});
reject("instrument", instrument, "/tasks/0/type", ["essay"]);
reject("instrument", instrument, "/tasks/0/facts", ["/register/goal", "goal"]);
reject("instrument", instrument, "/tasks/0/options/0/value");
reject("instrument", instrument, "/tasks/0/tasks", [{ id: "1.1" }]);
reject("status", status, "/assessments/0/verdict", "fine");
reject("status", status, "/assessments/0/counts/stale", -1);
reject("status", status, "/assessments/0/version", "1");
reject("finding", finding, "/severity", "fatal");
reject("finding", finding, "/line", 3);

console.log(`${checked} checks, ${wrong} violations`);
process.exit(wrong ? 1 : 0);
