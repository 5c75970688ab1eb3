// A scripted operator resolves fifty exceptions in a row without the mouse, each as its rule says
// (fifty_rules.mjs): keystrokes per case, and the time from the key to the next card on the screen,
// as the page itself measures it. Then the longest queue: 100,000 rows are scrolled through.
// HOLDFAST_PROGRAM names the program. Run it with: node --test-reporter=tap fifty.mjs
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { rules } from "./fifty_rules.mjs";
import { longQueue } from "./long_queue.mjs";
import { openBrowser, Person } from "./person.mjs";
import { root, startDemo } from "./program.mjs";

const cases = 50;
const limits = { keys: 4, median: 60, p95: 150, frame: 100 };
const wantedOrders = 6;

let program, browser, person;
const said = [];

function say(line) {
  said.push(line);
  console.log(line);
}

/** Asks the server as the console would. */
async function ask(method, path, body) {
  const cookies = await person.context.cookies();
  const csrf = cookies.find((each) => each.name === "holdfast_csrf")?.value ?? "";
  const answer = await person.page.request.fetch(`/api/v1${path}`, {
    method,
    headers: { "X-CSRF-Token": csrf, "Idempotency-Key": crypto.randomUUID() },
    ...(body ? { data: body } : {}),
  });
  assert.ok(answer.ok(), `${method} ${path}: ${answer.status()} ${await answer.text()}`);
  return answer.status() === 204 ? null : answer.json();
}

/** Waits until orders have arrived, then reports problems on them until enough cases are open. */
async function fillQueue() {
  let orders = [];
  for (let look = 0; look < 120 && orders.length < wantedOrders; look += 1) {
    orders = (await ask("GET", "/orders?live=true&limit=50")).items;
    if (orders.length < wantedOrders) await person.page.waitForTimeout(1_000);
  }
  assert.ok(orders.length >= wantedOrders, `only ${orders.length} orders arrived`);
  const raised = Object.entries(rules).filter(([, rule]) => rule.raise);
  for (let at = 0; at < cases + 10; at += 1) {
    const [reason, rule] = raised[at % raised.length];
    const order = orders[at % orders.length];
    const about = `report ${at}`;
    const command = { command: "RaiseException", reason, about, detail: rule.raise };
    await ask("POST", `/orders/${order.id}/commands`, command);
  }
  const { open } = await ask("GET", "/exceptions/counts");
  assert.ok(open >= cases, `only ${open} exceptions are open`);
}

/** The page's own clock: from a key to the frame after the card has changed. */
function watchCards() {
  const shown = () => document.querySelector("[data-case]")?.getAttribute("data-case") ?? "";
  const watch = { key: 0, card: "", painted: [] };
  globalThis.watch = watch;
  addEventListener("keydown", (event) => (watch.key = event.timeStamp), true);
  new MutationObserver(() => {
    const card = shown();
    if (card === watch.card || !card) return;
    watch.card = card;
    const { key } = watch;
    requestAnimationFrame(() => {
      // The frame is on the screen when the task after it runs.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => watch.painted.push({ card, ms: performance.now() - key });
      port2.postMessage(null);
    });
  }).observe(document, { subtree: true, childList: true, attributeFilter: ["data-case"] });
}

function quantile(values, part) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)];
}

/** Reads the open card as a person does and gives the digit of the way out that is right. */
function readCard(page) {
  return page.evaluate(() => {
    const card = document.querySelector("[data-case]");
    return {
      id: card.getAttribute("data-case"),
      reason: card.getAttribute("data-reason"),
      ways: [...card.querySelectorAll("button[data-verb]")].map((each) => ({
        verb: each.getAttribute("data-verb"),
        digit: each.getAttribute("aria-keyshortcuts"),
      })),
    };
  });
}

before(
  async () => {
    const path = process.env.HOLDFAST_PROGRAM ?? "build/dev/holdfast";
    program = await startDemo(path, 40_000, 580, ["--speed", "2"]);
    browser = await openBrowser();
    person = await Person.at(browser, program.url, join(root, "build/test/browser"));
    await person.context.addInitScript(watchCards);
    await person.open("/");
    await person.signIn("admin", program.password);
  },
  { timeout: 60_000 },
);

after(
  async () => {
    await browser?.close();
    await program?.stop();
  },
  { timeout: 15_000 },
);

test("the rules know every reason, and are not the first way out for most", () => {
  const policy = readFileSync(join(root, "policy/reasons.toml"), "utf8");
  const entry = /^reason = "(\w+)"[^[]*?options = \[\s*\{ verb = "(\w+)"/gms;
  const reasons = [...policy.matchAll(entry)];
  assert.ok(reasons.length > 30);
  for (const [, reason] of reasons) assert.ok(rules[reason], `no rule for ${reason}`);
  const other = reasons.filter(([, reason, first]) => rules[reason].verb !== first);
  assert.ok(other.length > reasons.length / 2, `${other.length} of ${reasons.length}`);
});

test("fifty exceptions in a row without the mouse", { timeout: 300_000 }, async () => {
  await fillQueue();
  const { page } = person;
  await person.open("/");
  await page.locator("[data-case]").waitFor();
  await page.waitForTimeout(1_500);
  const rows = [];
  for (let at = 0; at < cases; at += 1) {
    const card = await readCard(page);
    const rule = rules[card.reason];
    assert.ok(rule, `no rule for ${card.reason}`);
    const way = card.ways.find((each) => each.verb === rule.verb);
    assert.ok(way?.digit, `${card.reason} does not offer ${rule.verb}`);
    const keys = [way.digit, "Enter"];
    await person.press(way.digit);
    await page.locator("textarea[name=note]").waitFor();
    const before = await page.evaluate(() => globalThis.watch.painted.length);
    await person.press("Enter");
    if (await page.locator("[data-look]").isVisible()) {
      keys.push("Enter");
      await person.press("Enter");
    }
    await page.waitForFunction((n) => globalThis.watch.painted.length > n, before);
    const painted = await page.evaluate((n) => globalThis.watch.painted[n], before);
    rows.push({ ...card, verb: rule.verb, digit: way.digit, keys: keys.length, ms: painted.ms });
  }
  // Leaving the page sends what was still held.
  await person.press("g", "o");
  await page.getByRole("heading", { level: 1, name: "Orders" }).waitFor();
  await page.waitForTimeout(3_000);
  for (const { id, verb, reason } of rows) {
    const [stream, number] = [id.slice(0, id.lastIndexOf("-")), id.slice(id.lastIndexOf("-") + 1)];
    const { exception } = await ask("GET", `/exceptions/${stream}/${number}`);
    assert.ok(exception.resolution.startsWith(verb), `${reason} ${id}: ${exception.resolution}`);
  }
  const keys = rows.map((row) => row.keys);
  const times = rows.map((row) => row.ms);
  const first = rows.filter((row) => row.digit === "1").length;
  say("fifty | measured | limit");
  say(`cases decided as their rule says | ${rows.length} | ${cases}`);
  say(`of these by another way out than the first | ${rows.length - first} | > ${cases / 2}`);
  say(`keystrokes a case, median | ${quantile(keys, 0.5)} | ${limits.keys}`);
  say(`key to next card, median ms | ${quantile(times, 0.5).toFixed(1)} | ${limits.median}`);
  say(`key to next card, p95 ms | ${quantile(times, 0.95).toFixed(1)} | ${limits.p95}`);
  assert.equal(new Set(rows.map((row) => row.id)).size, cases, "a case came twice");
  assert.ok(rows.length - first > cases / 2);
  assert.ok(quantile(keys, 0.5) <= limits.keys);
  assert.ok(quantile(times, 0.5) <= limits.median);
  assert.ok(quantile(times, 0.95) <= limits.p95);
});

test("what is taken back was never sent", { timeout: 60_000 }, async () => {
  const { page } = person;
  await person.open("/");
  await page.locator("[data-case]").waitFor();
  await page.waitForTimeout(500);
  const card = await readCard(page);
  const way = card.ways.find((each) => each.verb === rules[card.reason].verb);
  await person.press(way.digit);
  await page.locator("textarea[name=note]").waitFor();
  await person.press("Enter");
  if (await page.locator("[data-look]").isVisible()) await person.press("Enter");
  await page.waitForFunction((id) => globalThis.watch.card !== id, card.id);
  await person.press("u");
  await page.locator(`[data-case="${card.id}"]`).waitFor();
  await page.waitForTimeout(11_000);
  const at = card.id.lastIndexOf("-");
  const path = `/exceptions/${card.id.slice(0, at)}/${card.id.slice(at + 1)}`;
  assert.equal((await ask("GET", path)).exception.resolved_at, null);
});

test("marked cases are tried, then decided together", { timeout: 120_000 }, async () => {
  const { page } = person;
  await person.open("/?reason=tracking_delay");
  let orders = [];
  // The world brings its orders in its own time.
  while (orders.length < 4) {
    orders = (await ask("GET", "/orders?limit=4")).items;
    await page.waitForTimeout(500);
  }
  for (const [at, each] of orders.entries()) {
    const about = `bulk ${at}`;
    const detail = "no scan for a week";
    const wish = { command: "RaiseException", reason: "tracking_delay", about, detail };
    await ask("POST", `/orders/${each.id}/commands`, wish);
  }
  await page.waitForFunction(() => document.querySelectorAll("[data-row]").length >= 4);
  await page.waitForTimeout(500);
  await person.press("x", "j", "j", "j", "Shift+X");
  assert.equal(await page.locator('li[data-marked="true"]').count(), 4);
  await person.press("b");
  await page.getByRole("heading", { name: "Many at once" }).waitFor();
  await person.press("2");
  await page.locator("textarea[name=note]").waitFor();
  await person.press("Enter");
  await page.locator("[data-plan]").getByText("4 cases would be decided, 0 refused").waitFor();
  await person.press("Enter");
  await page.locator("[data-outcome]").getByText("4 of 4 decided.").waitFor();
  await person.press("Enter");
  await page.locator("[data-outcome]").waitFor({ state: "detached" });
});

/** Scrolls the list to its end, a few rows a frame, and says what the frames took. */
async function scrollThrough(page) {
  return page.evaluate(async () => {
    const list = document.querySelector("[data-row]").closest("div");
    const frames = [];
    let most = 0;
    let end = 0;
    const started = performance.now();
    let last = started;
    await new Promise((done) => {
      const step = (now) => {
        frames.push(now - last);
        last = now;
        most = Math.max(most, list.querySelectorAll("li").length);
        list.scrollTop += 8_000;
        const there = list.scrollTop + list.clientHeight >= list.scrollHeight - 2;
        end = there ? end + 1 : 0;
        // At the end nothing more comes for a while; a slow machine gets a bound.
        if (end > 240 || now - started > 100_000) done();
        else requestAnimationFrame(step);
      };
      requestAnimationFrame(step);
    });
    const rows = [...list.querySelectorAll("li")].map((each) => each.ariaPosInSet);
    return { worst: Math.max(...frames.slice(1)), most, reached: Math.max(...rows.map(Number)) };
  });
}

test("a queue of 100,000 scrolls without a long frame", { timeout: 400_000 }, async () => {
  const page = await person.context.newPage();
  await page.addInitScript(longQueue, 100_000);
  const rounds = [];
  // Another program's turn on the processor is no frame of ours: one calm round of three counts.
  while (rounds.length < 3 && !rounds.some(({ worst }) => worst <= limits.frame)) {
    await page.goto("/");
    await page.locator("[data-row]").first().waitFor();
    await page.waitForTimeout(1_000);
    rounds.push(await scrollThrough(page));
  }
  const best = rounds.toSorted((a, b) => a.worst - b.worst)[0];
  await page.locator("[data-row]").getByText("#99999", { exact: true }).waitFor();
  const kept = await page.evaluate(() => globalThis.longQueueAsked());
  // Back at the top at once, although its rows were let go long ago.
  await page.evaluate(() => (document.querySelector("[data-row]").closest("div").scrollTop = 0));
  await page.locator("[data-row]").getByText("#0", { exact: true }).waitFor();
  // To either end by one key, and the choice goes along.
  await page.locator("[data-row]").first().focus();
  const chosen = page.locator('[data-row][aria-current="true"]');
  await page.keyboard.press("End");
  await chosen.getByText("#99999", { exact: true }).waitFor();
  await page.keyboard.press("k");
  await chosen.getByText("#99998", { exact: true }).waitFor();
  await page.keyboard.press("Home");
  await chosen.getByText("#0", { exact: true }).waitFor();
  await page.close();
  say("long queue | measured | limit");
  say(`rows scrolled through | ${best.reached} | 100000`);
  say(`longest frame, ms | ${best.worst.toFixed(1)} | ${limits.frame}`);
  say(`rows drawn at once, at most | ${best.most} | 60`);
  say(`pages asked for | ${kept} | `);
  assert.equal(best.reached, 100_000);
  assert.ok(best.most <= 60);
  assert.ok(best.worst <= limits.frame);
});

/** The greatest distance from the end of a drawn row to the next one's beginning, in pixels. */
function worstSeam() {
  const rows = [...document.querySelectorAll("li[data-index]")];
  const boxes = rows.map((row) => row.getBoundingClientRect()).toSorted((a, b) => a.top - b.top);
  const seams = boxes.slice(1).map((box, at) => Math.abs(box.top - boxes[at].bottom));
  const heights = new Set(boxes.map((box) => Math.round(box.height)));
  return { seam: Math.max(...seams), heights: heights.size };
}

/** Scrolls on by small steps; how far, in pixels, a row in sight is from where a step puts it. */
async function worstJump() {
  const list = document.querySelector("[data-row]").closest("div");
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  let worst = 0;
  for (let step = 0; step < 30; step += 1) {
    const middle = list.getBoundingClientRect().top + list.clientHeight / 2;
    const row = [...list.querySelectorAll("li")].find(
      (each) => each.getBoundingClientRect().bottom > middle,
    );
    const [was, from] = [row.getBoundingClientRect().top, list.scrollTop];
    list.scrollTop += 50;
    await frame();
    await frame();
    const moved = was - row.getBoundingClientRect().top;
    worst = Math.max(worst, Math.abs(moved - (list.scrollTop - from)));
  }
  return worst;
}

test("rows of unlike height move up without a gap or a jump when one leaves", async () => {
  const page = await person.context.newPage();
  await page.addInitScript(longQueue, 1_000);
  for (const width of [320, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await page.goto("/");
    const rows = page.locator("[data-row]");
    await rows.getByText("#0", { exact: true }).waitFor();
    await page.waitForTimeout(500);
    const before = await page.evaluate(worstSeam);
    assert.ok(before.heights > 1, "the rows are of one height: nothing is tried");
    assert.ok(before.seam <= 1, `${width}: ${before.seam} px before`);
    // The list is as the server says; news of any other case has it asked for again.
    await page.evaluate(() => (globalThis.longQueueGone = 1));
    const [order] = (await ask("GET", "/orders?limit=1")).items;
    const news = { command: "RaiseException", reason: "tracking_delay", detail: "no scan" };
    await ask("POST", `/orders/${order.id}/commands`, { ...news, about: `at ${width}` });
    await rows.getByText("#0", { exact: true }).waitFor({ state: "detached" });
    await page.waitForTimeout(500);
    const { seam } = await page.evaluate(worstSeam);
    assert.ok(seam <= 1, `${width}: rows stand ${seam} px apart or one over the other`);
    const jump = await page.evaluate(worstJump);
    assert.ok(jump <= 4, `${width}: a row jumps ${jump} px while one scrolls on`);
  }
  await page.close();
});

test("a page that cannot be had is asked for again by its reader", async () => {
  const page = await person.context.newPage();
  await page.addInitScript(longQueue, 1_000);
  await page.addInitScript(() => (globalThis.longQueueFails = true));
  await page.goto("/");
  await page.locator("[data-row]").first().waitFor();
  const scroll = (to) =>
    page.evaluate((top) => {
      document.querySelector("[data-row]").closest("div").scrollTop = top;
    }, to);
  await scroll(8_000);
  const end = page.locator('[data-state="broken"]');
  await end.waitFor();
  const asked = () => page.evaluate(() => globalThis.longQueueAsked());
  const before = await asked();
  await page.waitForTimeout(2_000);
  assert.equal(await asked(), before, "nothing is asked for by itself");
  assert.ok(before < 10, `${before} pages were asked for`);
  await page.evaluate(() => (globalThis.longQueueFails = false));
  await end.getByRole("button").click();
  await end.waitFor({ state: "detached" });
  // Rows of the next page, wherever their heights put them.
  await scroll(12_000);
  await page.waitForFunction(() =>
    [...document.querySelectorAll("[data-row]")].some(
      (row) => Number(/#(\d+)/.exec(row.textContent)?.[1]) >= 105,
    ),
  );
  await page.close();
});

test("no browser complained", () => {
  assert.deepEqual(person.complaints, []);
});
