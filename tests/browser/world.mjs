// The real program before shops (the counterpart), on loopback: what every test of it in a browser
// begins with. It is ended by its process id, whatever happens.
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { start as startCounterpart } from "../counterpart/shopify/counterpart.mjs";
import { freePort, root, startProgram } from "./program.mjs";

const schemas = join(root, "build/deps/shopify");
const secret = "client-secret";

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

/** Asks until the answer is there; fails with what was said last. */
export async function until(what, ask, ms = 60_000) {
  const end = Date.now() + ms;
  let last;
  while (Date.now() < end) {
    last = await ask();
    if (last) return last;
    await sleep(200);
  }
  return assert.fail(`${what}: ${JSON.stringify(last)}`);
}

/** The API with a session of its own, as a script speaks it. */
export async function signIn(url, password) {
  let cookie = "";
  let csrf = "";
  const ask = async (method, path, body) => {
    const headers = { "Content-Type": "application/json", Cookie: cookie, "X-CSRF-Token": csrf };
    if (method !== "GET") headers["Idempotency-Key"] = crypto.randomUUID();
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers,
      body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
    cookie ||= answer.headers
      .getSetCookie()
      .map((each) => each.split(";")[0])
      .join("; ");
    return JSON.parse(text);
  };
  ({ csrf } = await ask("POST", "/session", { user: "admin", password }));
  return ask;
}

const channel = (id, port) => `
[[channel]]
id = "${id}"
kind = "shopify"
tenant = "main"
shop = "${id}.myshopify.com"
api_url = "http://127.0.0.1:${port}"
client_secret = "${secret}"
access_token = "shpat_${id}"
live = false
`;

const startShop = (id, url) =>
  startCounterpart({
    schemas: readdirSync(schemas)
      .filter((file) => file.endsWith(".json.gz"))
      .map((file) => join(schemas, file)),
    client_secret: secret,
    token: `shpat_${id}`,
    domain: `${id}.myshopify.com`,
    webhook_target: `${url}/hooks/${id}`,
  });

/**
 * Starts a shop for each of the ids and the program before them. `more` is TOML that follows the
 * stores. Gives address, password, a session's `ask`, the shops, what was `said`, and `stop()`.
 */
export async function startWorld(program, { title, stores, more = "" }) {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-world-"));
  const listen = `127.0.0.1:${await freePort()}`;
  const url = `http://${listen}`;
  const shops = [];
  let running;
  const said = () => running?.said() ?? "";

  async function stop() {
    await running?.stop();
    for (const shop of shops) shop.close();
    rmSync(folder, { recursive: true, force: true });
  }

  try {
    for (const id of stores) shops.push(await startShop(id, url));
    const file = join(folder, "holdfast.toml");
    writeFileSync(
      file,
      `
[server]
listen = "${listen}"
public_url = "${url}"
data = "${folder}"
[secrets]
master_key = "0123456789abcdef0123456789abcdef"
[policy]
path = "${resolve(root, "policy")}"
[log]
file = "${folder}/holdfast.log"
[[tenant]]
id = "main"
number = 1
title = "${title}"
po_prefix = "HF"
${shops.map((shop, at) => channel(stores[at], shop.port)).join("")}${more}`,
    );
    running = startProgram(program, ["serve", "--config", file]);
    const ready = () =>
      fetch(`${url}/readyz`).then(
        (answer) => answer.ok,
        () => false,
      );
    await until("the program is ready", ready);
    const password = /sign in as admin with (\S+)/.exec(said())?.[1];
    assert.ok(password, said());
    return { url, password, ask: await signIn(url, password), shops, stop, said };
  } catch (error) {
    await stop();
    throw new Error(`${error.message}\n${said()}`, { cause: error });
  }
}
