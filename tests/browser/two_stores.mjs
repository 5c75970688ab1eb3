// A workspace of two stores, each a shop of its own with one paid order, and the program before
// both. Everything on loopback, ended by its process id.
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { start as startCounterpart } from "../counterpart/shopify/counterpart.mjs";
import { signIn, until } from "./bench_world.mjs";
import { freePort, root, startProgram } from "./program.mjs";

const schemas = join(root, "build/deps/shopify");
const secret = "client-secret";
export const stores = ["fern", "moss"];

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

function settings(listen, folder, shops) {
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
title = "Two stores"
po_prefix = "HF"
${shops.map((shop, at) => channel(stores[at], shop.port)).join("")}`;
}

async function place(shop) {
  const placed = await fetch(`http://127.0.0.1:${shop.control_port}/orders`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({
      lines: [{ sku: "CUSH", title: "Cushion", quantity: 1, price: "20.00" }],
      financial: "paid",
      risk: { recommendation: "ACCEPT", level: "LOW" },
    }),
  });
  assert.ok(placed.ok, await placed.clone().text());
}

/** Starts shops and program; `orders` holds the one order of each store, by its name. */
export async function startTwoStores(program) {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-stores-"));
  const listen = `127.0.0.1:${await freePort()}`;
  const url = `http://${listen}`;
  const shops = [];
  let running;

  async function stop() {
    await running?.stop();
    for (const shop of shops) shop.close();
    rmSync(folder, { recursive: true, force: true });
  }

  try {
    for (const id of stores) {
      shops.push(
        await startCounterpart({
          schemas: readdirSync(schemas)
            .filter((file) => file.endsWith(".json.gz"))
            .map((file) => join(schemas, file)),
          client_secret: secret,
          token: `shpat_${id}`,
          domain: `${id}.myshopify.com`,
          webhook_target: `${url}/hooks/${id}`,
        }),
      );
    }
    const file = join(folder, "holdfast.toml");
    writeFileSync(file, settings(listen, folder, shops));
    running = startProgram(program, ["serve", "--config", file]);
    const { said } = running;
    const ready = () =>
      fetch(`${url}/readyz`).then(
        (answer) => answer.ok,
        () => false,
      );
    await until("the program is ready", ready);
    const password = /sign in as admin with (\S+)/.exec(said())?.[1];
    assert.ok(password, said());
    const ask = await signIn(url, password);
    const orders = {};
    for (const [at, store] of stores.entries()) {
      await place(shops[at]);
      orders[store] = await until(`an order of ${store} arrives`, async () => {
        const { items } = await ask("GET", `/orders?channel=${store}`);
        return items[0];
      });
    }
    return { url, password, orders, stop, said };
  } catch (error) {
    await stop();
    throw new Error(`${error.message}\n${running?.said()}`, { cause: error });
  }
}
