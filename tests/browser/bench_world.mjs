// Work for a bench: a shop, the program with a supplier whose goods pass our hub, and orders
// brought as far as its doors.
import assert from "node:assert/strict";
import { startWorld, until } from "./world.mjs";

/** The supplier and what it offers. */
function hub(goods) {
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

/** Starts shop and program; `goods` are the SKUs on sale. */
export async function startBench(program, goods) {
  const world = await startWorld(program, { title: "Bench", stores: ["shop"], more: hub(goods) });
  return { ...world, order: orders(world.ask, world.shops[0].control_port) };
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
