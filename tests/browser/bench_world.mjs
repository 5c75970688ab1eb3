// Work for a bench: a shop (the counterpart), the real program with a supplier whose goods pass our
// hub, and orders brought as far as its doors. Everything on loopback, ended by its process id.
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

function settings(listen, shopUrl, folder, goods) {
  const offers = goods.map(
    ({ sku, supplier_sku }) => `
[[offer]]
sku = "${sku}"
supplier = "hub"
supplier_sku = "${supplier_sku}"
cost = "4.00 USD"
stock = 500
lead_days = 1
ship_from = "US"
mode = "auto"
`,
  );
  return `
[server]
listen = "${listen}"
public_url = "http://${listen}"
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
title = "Bench"
po_prefix = "HF"
[[channel]]
id = "shop"
kind = "shopify"
tenant = "main"
shop = "bench.myshopify.com"
api_url = "${shopUrl}"
client_secret = "${secret}"
access_token = "shpat_bench"
live = false
[[supplier]]
id = "hub"
kind = "manual"
title = "The hub's agent"
tier = "48_hour"
ship_model = "hub"
mode = "auto"
vetted = true
ship_from = "US"
${offers.join("")}`;
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

/** Starts shop and program; `goods` are the SKUs on sale. */
export async function startBench(program, goods) {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-bench-"));
  const listen = `127.0.0.1:${await freePort()}`;
  const url = `http://${listen}`;
  const shop = await startCounterpart({
    schemas: readdirSync(schemas)
      .filter((file) => file.endsWith(".json.gz"))
      .map((file) => join(schemas, file)),
    client_secret: secret,
    token: "shpat_bench",
    domain: "bench.myshopify.com",
    webhook_target: `${url}/hooks/shop`,
  });
  let running;
  const said = () => running?.said() ?? "";

  async function stop() {
    await running?.stop();
    shop.close();
    rmSync(folder, { recursive: true, force: true });
  }

  try {
    const file = join(folder, "holdfast.toml");
    writeFileSync(file, settings(listen, `http://127.0.0.1:${shop.port}`, folder, goods));
    running = startProgram(program, ["serve", "--config", file]);
    const ready = () =>
      fetch(`${url}/readyz`).then(
        (answer) => answer.ok,
        () => false,
      );
    await until("the program is ready", ready);
    const password = /sign in as admin with (\S+)/.exec(said())?.[1];
    assert.ok(password, said());
    const ask = await signIn(url, password);
    return { url, password, ask, stop, said, order: orders(ask, shop.control_port) };
  } catch (error) {
    await stop();
    throw new Error(`${error.message}\n${said()}`, { cause: error });
  }
}

/** Places an order and brings it to the bench: bought, confirmed, its parcel announced. */
function orders(ask, control) {
  return async ({ lines, note, tracking }) => {
    const placed = await fetch(`http://127.0.0.1:${control}/orders`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({
        lines,
        note,
        financial: "paid",
        risk: { recommendation: "ACCEPT", level: "LOW" },
      }),
    });
    assert.ok(placed.ok, await placed.clone().text());
    const { name } = await placed.json();
    const q = encodeURIComponent(name);
    const row = await until(`${name} arrives`, async () => {
      const { items } = await ask("GET", `/orders?q=${q}`);
      return items[0];
    });
    const bought = await until(`${name} is bought`, async () => {
      const found = await ask("GET", `/orders/${row.id}`);
      return found.purchase_orders.some((each) => each.released_at) && found;
    });
    const [po] = bought.purchase_orders;
    const command = (body) => ask("POST", `/orders/${row.id}/commands`, body);
    await command({
      command: "AcknowledgePurchaseOrder",
      po: po.po,
      answers: po.lines.map(({ line, supplier_sku, live }) => ({
        line,
        kind: "accepted",
        quantity: live,
        supplier_sku,
        cost: "4.00 USD",
        ready_at: new Date(Date.now() + 86_400_000).toISOString().replace(/\.\d+Z/, "Z"),
        note: "",
      })),
    });
    await command({ command: "AnnounceParcel", po: po.po, carrier: "USPS", tracking });
    const { items } = await ask("GET", `/station/tasks?q=${encodeURIComponent(po.po)}`);
    assert.equal(items[0]?.step, "receiving", JSON.stringify(items));
    return { id: row.id, number: name, po: po.po, tracking, task: items[0] };
  };
}
