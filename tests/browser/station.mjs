// The station in a real browser on the real program: an order from its arrival to its label by
// scanner alone, and the same while the network is gone for a minute, answers are lost and the page
// is loaded again; at the end the program's own record has each check exactly once.
// HOLDFAST_PROGRAM names the program; HOLDFAST_CONSOLE a built console to serve instead of its own.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { story } from "./acts.mjs";
import { startBench } from "./bench_world.mjs";
import { film } from "./camera_film.mjs";
import { startNetwork } from "./cut.mjs";
import { openBrowser, Person } from "./person.mjs";
import { root } from "./program.mjs";
import { Scanner } from "./scanner.mjs";
import { sleep, until } from "./world.mjs";
import { code128 } from "../../console/src/station/code128.ts";

const pictures = join(root, "build/test/browser");
const minute = 60_000;
const goods = [
  { sku: "THROW-L", supplier_sku: "YH-THR-L" },
  { sku: "CUSH", supplier_sku: "YH-CUS-40" },
];
const lines = [
  { sku: "THROW-L", title: "Linen throw", quantity: 2, price: "30.00" },
  { sku: "CUSH", title: "Cushion", quantity: 3, price: "20.00" },
];

const { holds, play } = story("station");

/** Set when the world stands. */
let bench, network, browser, person, page, scanner;
const orders = {};

const heading = (name) => page.getByRole("heading", { level: 1, name, exact: true }).waitFor();
const told = (text) => page.locator("[data-tone]").getByText(text).first().waitFor();
const tone = (kind) => page.locator(`[data-tone="${kind}"]`).waitFor();

async function use(tab) {
  page = tab;
  person.page = tab;
  scanner = await Scanner.on(tab);
}

/** The list is there, with nothing of an earlier step left on it. */
async function atList() {
  await heading("Station");
  await page
    .locator("a[href^='/station/HF']")
    .first()
    .waitFor({ state: "attached" })
    .catch(() => {});
}

/** Lists of the procedure for the steps of this order. */
async function checklists() {
  const { procedures } = await bench.ask("GET", "/station/tasks");
  const { procedure } = orders.first.task;
  const { steps } = procedures.find((each) => each.procedure === procedure);
  const named = ({ step, checklist }) => [step, checklist.map(({ name }) => name)];
  return Object.fromEntries(steps.map(named));
}

async function countGoods() {
  await scanner.scanAll("THROW-L", "yh-thr-l", "CUSH", "HF:3", "HF:NEXT");
}

async function passAll(items) {
  for (const item of items) {
    await scanner.scan("HF:PASS");
    await told(`${item}: pass`);
  }
}

/** Events of an order in the program's own record. */
async function record(order, name) {
  const { items } = await bench.ask("GET", `/orders/${order.id}/events?limit=100`);
  return items.filter((each) => each.name === name);
}

/** The record has each check of the order once, and so many label matches. */
async function onceEach(order, matches) {
  const checks = await record(order, "CheckRecorded");
  assert.equal(checks.length, 3, JSON.stringify(checks));
  assert.equal((await record(order, "LabelMatched")).length, matches);
  const { purchase_orders, parcels } = await bench.ask("GET", `/orders/${order.id}`);
  const done = purchase_orders[0].checks.map(({ check, verdict }) => `${check} ${verdict}`);
  assert.deepEqual(done.sort(), ["inspection pass", "packing pass", "receiving pass"]);
  assert.equal(parcels[0].label_matched, true);
  assert.equal(parcels[0].label_mismatched, false);
}

const settled = () =>
  page.locator("a[href='/station/outbox']").waitFor({ state: "detached", timeout: 90_000 });

holds("a person is led from the list to the bench by one scan", async () => {
  await person.open("/station");
  await atList();
  await scanner.scan(orders.first.po);
  await heading("Receiving");
  await page.locator('[aria-current="step"]').getByText("Now").waitFor();
  await page.getByText("Next: Inspection").waitFor();
});

holds("nothing passes before the special instructions were acknowledged", async () => {
  await scanner.scan("HF:PASS");
  await tone("attention");
  assert.equal(await page.locator('[data-current="true"]').count(), 0);
  await person.shoot("station-instructions");
  await scanner.scan("HF:NEXT");
  await told("Read.");
});

holds("pieces are counted by scans and digits, foreign goods are refused", async () => {
  await scanner.scan("LAMP-9");
  await tone("bad");
  await countGoods();
  await told("Cushion: 3 of 3");
  await person.shoot("station-receiving");
});

holds("a recorded check is taken back by a scan while nothing of it has left", async () => {
  const { receiving } = orders.lists;
  await passAll(receiving);
  await scanner.scan("HF:NEXT");
  await heading("Inspection");
  await scanner.scan("HF:UNDO");
  await heading("Receiving");
  await page.getByText("All answered").waitFor();
  assert.equal((await record(orders.first, "CheckRecorded")).length, 0);
  await scanner.scan("HF:NEXT");
  await heading("Inspection");
});

holds("a scan never stays in a text field, and typing is no scan", async () => {
  await scanner.scan("HF:NEXT");
  const note = page.getByPlaceholder("Note").first();
  await note.click();
  await page.keyboard.type("HF-1 scratched", { delay: 120 });
  await scanner.scan("HF:FAIL");
  await told("fail");
  assert.equal(await note.inputValue(), "HF-1 scratched");
  await scanner.scan("HF:UNDO", "Tab");
  await told("Taken back.");
  assert.equal(await note.inputValue(), "HF-1 scratched");
  await note.evaluate((field) => field.blur());
});

holds(
  "a photo is taken by one touch, small and without what the camera wrote into it",
  async () => {
    const bytes = await page.evaluate(async () => {
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [3_000, 1_500];
      canvas.getContext("2d").fillRect(0, 0, 500, 500);
      const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg"));
      return [...new Uint8Array(await made.arrayBuffer())];
    });
    const exif = Buffer.from("Exif\0\0 taken at 51.5N 0.1W");
    const size = Buffer.from([0xff, 0xe1, 0, exif.length + 2]);
    const buffer = Buffer.concat([
      Buffer.from(bytes.slice(0, 2)),
      size,
      exif,
      Buffer.from(bytes.slice(2)),
    ]);
    const input = page.locator("input[type=file]").first();
    await input.setInputFiles({ name: "photo.jpg", mimeType: "image/jpeg", buffer });
    await told("Photo taken.");
  },
);

holds("inspection and packing are recorded by scans alone", async () => {
  const { inspection, packing } = orders.lists;
  await passAll(inspection);
  await scanner.scan("HF:NEXT");
  await heading("Packing");
  await scanner.scan("HF:NEXT");
  await countGoods();
  await scanner.scan("THROW-L");
  await passAll(packing);
  await scanner.scan("HF:PACK");
  await heading("Label match");
});

holds("a label of another order stops everything until the parcel is set aside", async () => {
  await scanner.scanAll("HF:NEXT", orders.first.po, orders.second.tracking);
  const stop = page.getByRole("alertdialog");
  await stop.waitFor();
  await stop.getByText(`parcel 1 of ${orders.second.number} (${orders.second.po})`).waitFor();
  await person.shoot("station-stop");
  assert.deepEqual(await person.violationsInBothSchemes(), []);
  await scanner.scanAll("HF:NEXT", "HF:PASS", orders.first.po, orders.first.tracking);
  await page.keyboard.press("Escape");
  await page.reload();
  await stop.waitFor();
  await scanner.scan("HF:FAIL");
  await stop.waitFor({ state: "detached" });
});

holds("the order's own label matches, and the record has each check once", async () => {
  await page.getByText("Label and order").waitFor();
  await scanner.scan("HF:NEXT");
  await told("Read.");
  await scanner.scanAll(orders.first.tracking, orders.first.number);
  await page.locator('[data-result="match"]').waitFor();
  await person.shoot("station-match");
  await settled();
  await onceEach(orders.first, 2);
  await scanner.scan("HF:NEXT");
  await atList();
});

holds("the photo is in the record, without the camera's words", async () => {
  const photo = await page.evaluate(async () => {
    const base = await new Promise((done) => {
      const asked = indexedDB.open("holdfast-station");
      asked.onsuccess = () => done(asked.result);
    });
    const all = base.transaction("photos").objectStore("photos").getAll();
    const [kept] = await new Promise((done) => (all.onsuccess = () => done(all.result)));
    base.close();
    const answer = await fetch(`/api/v1/photos/${kept.sha256}`);
    const picture = await createImageBitmap(await answer.clone().blob());
    const bytes = new TextDecoder("latin1").decode(await answer.arrayBuffer());
    return { status: answer.status, exif: bytes.includes("Exif"), width: picture.width };
  });
  assert.deepEqual(photo, { status: 200, exif: false, width: 2_000 });
});

let cutAt = 0;
holds("the network goes in the middle of an order, and the work goes on", async () => {
  const { receiving, inspection } = orders.lists;
  await scanner.scan(orders.second.po);
  await heading("Receiving");
  await countGoods();
  await passAll(receiving);
  await scanner.scan("HF:NEXT");
  await heading("Inspection");
  network.goDown();
  await person.context.setOffline(true);
  cutAt = Date.now();
  await passAll(inspection);
  await scanner.scan("HF:NEXT");
  await heading("Packing");
  await countGoods();
  await scanner.scan("HF:PASS");
  await told(`${orders.lists.packing[0]}: pass`);
});

holds("a reload without a network brings the check back as it was", async () => {
  // Nobody reaches for the reload within the moment that a write to the disk takes.
  await sleep(1_000);
  await page.reload();
  await heading("Packing");
  await page.getByText("3 of 3").waitFor();
  const first = page.getByRole("button", { name: `${orders.lists.packing[0]}: Pass` });
  assert.equal(await first.getAttribute("aria-pressed"), "true");
  await passAll(orders.lists.packing.slice(1));
  await scanner.scan("HF:PACK");
  await heading("Label match");
});

holds("labels are compared without a network", async () => {
  await scanner.scanAll(orders.third.tracking, orders.second.po);
  const stop = page.getByRole("alertdialog");
  await stop.getByText(`parcel 1 of ${orders.third.number}`).waitFor();
  await scanner.scan("HF:FAIL");
  await stop.waitFor({ state: "detached" });
  await scanner.scanAll(orders.second.po, orders.second.tracking);
  await page.locator('[data-result="match"]').waitFor();
});

holds("what waits is told, can be looked at, and survives the tab", async () => {
  await page.getByText("No network: go on working").waitFor();
  await page.getByRole("link", { name: "5 records wait for the network" }).waitFor();
  const other = await person.context.newPage();
  await page.close();
  await use(other);
  await person.open("/station/outbox");
  await page.getByText("Waits to be sent").nth(4).waitFor();
  assert.equal(await page.getByText("Waits to be sent").count(), 5);
  await person.shoot("station-outbox");
  assert.equal((await record(orders.second, "CheckRecorded")).length, 0);
});

holds(
  "after a minute it is sent in order, once each, though answers are lost and two tabs look",
  async () => {
    const second = await person.context.newPage();
    await second.goto("/station");
    await sleep(Math.max(0, cutAt + minute - Date.now()));
    const before = network.posts.length;
    network.losing = 2;
    await person.context.setOffline(false);
    network.comeBack();
    await settled();
    await page.getByText("Everything recorded here has reached the server.").waitFor();
    await onceEach(orders.second, 2);
    const sent = network.posts.slice(before).map(({ key }) => key);
    // Five wishes; each lost answer made one repetition under the same key.
    assert.equal(new Set(sent).size, 5, JSON.stringify(sent));
    assert.ok(sent.length > 5, "no answer was lost");
    const { purchase_orders } = await bench.ask("GET", `/orders/${orders.second.id}`);
    const checks = purchase_orders[0].checks.sort((one, other) => one.event - other.event);
    const sequence = checks.map(({ check }) => check);
    assert.deepEqual(sequence, ["receiving", "inspection", "packing"]);
    await second.close();
  },
);

holds("a no of the server is shown on its check until a person decides", async () => {
  const { receiving } = orders.lists;
  network.instead = () => ({
    status: 409,
    body: { status: 409, code: "conflict", detail: "The order was cancelled meanwhile" },
  });
  await person.open("/station");
  await atList();
  await scanner.scan(orders.third.po);
  await heading("Receiving");
  await countGoods();
  await passAll(receiving);
  await scanner.scan("HF:NEXT");
  await page.getByRole("link", { name: /1 record needs a decision/ }).click();
  await page.getByText("The order was cancelled meanwhile").waitFor();
  await person.shoot("station-refused");
  assert.deepEqual(await person.violationsInBothSchemes(), []);
  network.instead = null;
  await page.getByRole("button", { name: "Send again" }).click();
  await settled();
  assert.equal((await record(orders.third, "CheckRecorded")).length, 1);
});

holds("the camera is a scanner, too", async () => {
  await person.open("/station");
  await atList();
  await page.getByRole("button", { name: "Scan by camera" }).click();
  await heading("Inspection");
  await page.getByText(`Last scan: ${orders.third.po}`).waitFor();
});

holds("a newer console is told, and the page goes on as it is until it is loaded", async () => {
  network.newerWorker = true;
  await page.reload();
  await page.getByText("A newer console is ready.").waitFor();
  await heading("Inspection");
  await page.getByRole("button", { name: "Load it" }).click();
  await page.getByText("A newer console is ready.").waitFor({ state: "detached" });
  await heading("Inspection");
});

const places = [
  ["the list", () => "/station"],
  ["a bench", () => `/station/${orders.third.po}/inspection`],
  ["a label match", () => `/station/${orders.fourth.po}/label_match`],
  ["the outbox", () => "/station/outbox"],
  ["the command card", () => "/station/card"],
];
for (const [name, path] of places) {
  holds(`${name} can be used by everybody, and by a thumb`, async () => {
    await person.open(path());
    await page.locator("#main h1").waitFor();
    await page.waitForFunction(() => !document.querySelector(".mantine-Skeleton-root"));
    assert.deepEqual(await person.violationsInBothSchemes(), []);
    const small = await page.evaluate(() =>
      [...document.querySelectorAll("#main button, #main a, #main label:has(input[type=file])")]
        .map((each) => ({ text: each.textContent, box: each.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0 && (box.height < 44 || box.width < 44))
        .map(({ text, box }) => `${text}: ${box.width} x ${box.height}`),
    );
    assert.deepEqual(small, []);
    await person.shoot(`station-${path().split("/").at(-1)}`);
  });
}

holds("no page broke its content policy or its script", async () => {
  const bad = person.complaints.filter((each) => !each.includes("Failed to load resource"));
  assert.deepEqual(bad, []);
});

async function open() {
  mkdirSync(pictures, { recursive: true });
  bench = await startBench(process.env.HOLDFAST_PROGRAM ?? "build/dev/holdfast", goods);
  const folder = process.env.HOLDFAST_CONSOLE;
  network = await startNetwork(bench.url, folder && resolve(root, folder));
  const place = (tracking, note = "") => bench.order({ lines, note, tracking });
  orders.first = await place("9400111899223197428490", "Gift: no prices in the parcel.");
  orders.lists = await checklists();
  orders.second = await place("9400111899223197428506");
  orders.third = await place("9400111899223197428513");
  orders.fourth = await place("9400111899223197428520");
  await matchReady(orders.fourth);
  const seen = join(pictures, "camera.y4m");
  film(seen, code128(orders.third.po));
  browser = await openBrowser([
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
    `--use-file-for-fake-video-capture=${seen}`,
  ]);
  person = await Person.at(browser, network.url, pictures);
  person.context.setDefaultTimeout(30_000);
  await use(person.page);
  await person.open("/");
  await person.signIn("admin", bench.password);
}

/** Brings an order to the label match by the API. */
async function matchReady(order) {
  for (const check of ["receiving", "inspection", "packing"]) {
    const items = orders.lists[check].map((name) => ({ name, verdict: "pass" }));
    const body = { command: "RecordCheck", check, po: order.po, items };
    await bench.ask("POST", `/orders/${order.id}/commands`, body);
  }
}

await play({
  open,
  failed: (index) => person.shoot(`station-failed-${index}`),
  close: async () => {
    await browser?.close();
    network?.close();
    await bench?.stop();
  },
});
