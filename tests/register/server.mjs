// SPDX-License-Identifier: EUPL-1.2
// A register on loopback: node server.mjs FOLDER [OPENAPI]
// It answers as the submission API does, holds every request to its OpenAPI
// description where that is given, and misbehaves as FOLDER/script.json says:
//   [{"method", "path" (a pattern), "times", "status", "headers", "body",
//     "lose": "before" | "after", "hang": true}]
// FOLDER/port is written when it listens, FOLDER/log holds what was asked, and
// FOLDER/state.json what the register has.
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";

const [folder, openapi] = process.argv.slice(2);
const base = "/aanleverapi/v1_0";
const file = (name) => join(folder, name);
const script = existsSync(file("script.json"))
  ? JSON.parse(readFileSync(file("script.json"), "utf8")) : [];
const state = existsSync(file("state.json"))
  ? JSON.parse(readFileSync(file("state.json"), "utf8")) : { algorithms: {} };
let tokens = 0;

// --- the description ---

// The description adds types of its own beside $ref and anyOf.
function plain(value) {
  if (Array.isArray(value)) return value.map(plain);
  if (!value || typeof value !== "object") return value;
  const out = Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
  if (out.$ref || out.anyOf || out.type === "enum") delete out.type;
  return out;
}

async function description() {
  if (!openapi) return () => null;
  const { default: Ajv } = await import("../web/node_modules/ajv/dist/2020.js");
  const api = JSON.parse(readFileSync(openapi, "utf8"));
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false });
  ajv.addSchema({ $id: "api", ...plain({ components: api.components }) });
  const paths = Object.entries(api.paths).map(([path, methods]) => ({
    pattern: new RegExp(`^${path.replace(/\{[^}]*\}/g, "[^/]+")}$`), methods,
  }));
  return (method, path, body) => {
    const at = paths.find((p) => p.pattern.test(path));
    const operation = at?.methods[method.toLowerCase()];
    if (!operation) return [`${method} ${path} is not described`];
    const wanted = operation.requestBody?.content["application/json"]?.schema;
    if (!wanted) return body ? ["no body is described"] : [];
    const validate = ajv.compile({ $ref: `api${wanted.$ref}` });
    return validate(body) ? [] : validate.errors.map(
      (e) => `${e.instancePath} ${e.message}`);
  };
}

const validate = await description();

// --- what it does ---

const save = () => writeFileSync(file("state.json"), JSON.stringify(state));
const log = (line) => appendFileSync(file("log"), `${line}\n`);
const detail = (status, text) => ({ status, body: { detail: text } });
const refusal = (field, msg) => ({ status: 422, body: {
  detail: [{ loc: ["body", field], msg, type: "value_error" }] } });

function summary([lars, one]) {
  return {
    name: one.entry.name, schema_version: "1.0", lars,
    last_update_dt: "2026-03-10T10:00:00Z", source_id: one.entry.source_id,
    published: false, current_version_released: one.released,
    current_version_published: false, last_update_by: "someone",
  };
}

function algorithm(method, lars, act, body) {
  const one = state.algorithms[lars];
  if (!one) return detail(404, "No such algorithm.");
  if (method === "PUT" && !act) {
    Object.assign(one, { entry: body, released: false });
    one.updates = (one.updates ?? 0) + 1;
    return { status: 200, body: { message: "saved" } };
  }
  if (method === "PUT" && act === "release") {
    if (one.released) return detail(409, "It was handed over already.");
    one.released = true;
    return { status: 200, body: { message: "released" } };
  }
  if (method === "GET" && act === "preview")
    return { status: 200, body: { url: `https://preview.example/${lars}` } };
  return detail(404, "Not Found");
}

function act(method, path, body) {
  const [, organisation, lars, what] =
    path.match(/^\/organizations\/([^/]+)\/algorithms(?:\/([^/]+)(?:\/([^/]+))?)?$/) ?? [];
  if (organisation !== "gm0001") return detail(404, "No such organisation.");
  if (method !== "GET" && body && /refuse me/.test(body.goal ?? ""))
    return refusal("goal", "The text is not clear.");
  if (lars) return algorithm(method, lars, what, body);
  if (method === "GET")
    return { status: 200, body: Object.entries(state.algorithms).map(summary) };
  const code = `lars${Object.keys(state.algorithms).length + 1}`;
  state.algorithms[code] = { entry: body, released: false };
  return { status: 200, body: { lars_code: code } };
}

function login(text) {
  const form = new URLSearchParams(text);
  const good = form.get("grant_type") === "password" && form.has("totp") &&
    form.get("client_id") === "authentication-client" &&
    form.get("username") === "aanleveraar" && form.get("password") === "ge&heim";
  return good
    ? { status: 200, body: { access_token: `token-${++tokens}` } }
    : { status: 401, body: { error_description: "Invalid user credentials" } };
}

function answer(request, path, text) {
  if (path === "/token") return login(text);
  if (request.headers.authorization !== `Bearer token-${tokens}`)
    return detail(401, "The token is not valid.");
  const inside = path.slice(base.length);
  const body = text ? JSON.parse(text) : null;
  const wrong = validate(request.method, inside, body) ?? [];
  if (wrong.length) {
    log(`INVALID ${wrong.join("; ")}`);
    return refusal("", wrong.join("; "));
  }
  return act(request.method, inside, body);
}

function misbehaviour(request, path) {
  const rule = script.find((r) => (r.times ?? 1) > 0 &&
    r.method === request.method && new RegExp(r.path).test(path));
  if (rule) rule.times = (rule.times ?? 1) - 1;
  return rule;
}

function respond(request, response, text) {
  const path = request.url;
  const rule = misbehaviour(request, path);
  if (rule?.hang) return log(`${request.method} ${path} hang`);
  if (rule?.lose === "before") {
    log(`${request.method} ${path} lost before`);
    return request.socket.destroy();
  }
  if (rule?.expire) tokens++;
  const made = rule?.status ? { status: rule.status, body: rule.body ?? {} }
    : answer(request, path, text);
  save();
  log(`${request.method} ${path} ${rule?.lose ? "lost after" : made.status}`);
  if (rule?.lose) return request.socket.destroy();
  response.writeHead(made.status,
    { "content-type": "application/json", ...rule?.headers });
  response.end(JSON.stringify(made.body));
}

const server = createServer((request, response) => {
  let text = "";
  request.on("data", (chunk) => { text += chunk; });
  request.on("end", () => respond(request, response, text));
});
server.listen(0, "127.0.0.1", () =>
  writeFileSync(file("port"), `${server.address().port}`));
