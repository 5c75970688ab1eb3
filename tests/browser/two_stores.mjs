// A workspace of two stores, each a shop of its own with one paid order.
import assert from "node:assert/strict";
import { startWorld, until } from "./world.mjs";

export const stores = ["fern", "moss"];

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
  const world = await startWorld(program, { title: "Two stores", stores });
  try {
    const orders = {};
    for (const [at, store] of stores.entries()) {
      await place(world.shops[at]);
      orders[store] = await until(`an order of ${store} arrives`, async () => {
        const { items } = await world.ask("GET", `/orders?channel=${store}`);
        return items[0];
      });
    }
    return { ...world, orders };
  } catch (error) {
    await world.stop();
    throw new Error(`${error.message}\n${world.said()}`, { cause: error });
  }
}
