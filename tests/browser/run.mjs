// The console in a real browser on the real program: two people at the queue, one order from its
// gates to its routing, every page measured for access. HOLDFAST_PROGRAM names the program.
// Run it with: node --test-reporter=tap run.mjs. It ends within three minutes.
import assert from "node:assert/strict";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { openBrowser, Person } from "./person.mjs";
import { root, startDemo } from "./program.mjs";
import { decide, rowOf, seeItGo, walkTo } from "./queue.mjs";

const pictures = join(root, "build/test/browser");
const colleague = { name: "colleague", password: "a colleague at the bench" };

/** Three cases of the demo's planted faults; what a person answers to each. */
const cases = [
  {
    what: { reason: "Fraud risk", order: "#1009" },
    verb: "Override",
    note: "The buyer answered the phone and named the last order.",
    picture: "queue-fraud",
  },
  {
    what: { reason: "Address", order: "#1003" },
    verb: "Override",
    note: "The carrier's own lookup knows this address.",
    picture: "queue-address",
  },
  {
    what: { reason: "Substitution", order: "#1007" },
    verb: "Approve",
    note: "Same goods in another packing; the buyer agreed.",
    picture: "queue-substitution",
    sideBySide: true,
  },
];

let program, browser, first, second;
let signedIn = false;

/** A test of the inside: without a session it fails at once and waits for nothing. */
function inside(name, timeout, body) {
  test(name, { timeout }, async () => {
    assert.ok(signedIn, "nobody is signed in");
    await body();
  });
}

before(
  async () => {
    rmSync(pictures, { recursive: true, force: true });
    mkdirSync(pictures, { recursive: true });
    program = await startDemo(process.env.HOLDFAST_PROGRAM ?? "build/dev/holdfast", 40_000);
    browser = await openBrowser();
    first = await Person.at(browser, program.url, pictures);
    second = await Person.at(browser, program.url, pictures);
  },
  { timeout: 50_000 },
);

after(
  async () => {
    await browser?.close();
    await program?.stop();
  },
  { timeout: 15_000 },
);

/** Adds the second person through the same interface the console speaks. */
async function addColleague() {
  const cookies = await first.context.cookies();
  const csrf = cookies.find((each) => each.name === "holdfast_csrf")?.value ?? "";
  const answer = await first.page.request.post("/api/v1/users", {
    headers: { "X-CSRF-Token": csrf, "Idempotency-Key": crypto.randomUUID() },
    data: { ...colleague, roles: ["operations"] },
  });
  assert.equal(answer.status(), 201, await answer.text());
}

test("the sign-in page can be used by everybody", { timeout: 20_000 }, async () => {
  await first.open("/");
  await first.page.locator("input[name=user]").waitFor();
  await first.shoot("login");
  assert.deepEqual(await first.violationsInBothSchemes(), []);
});

test("two people sign in by keyboard", { timeout: 30_000 }, async () => {
  await first.open("/");
  await first.signIn("admin", program.password);
  await addColleague();
  await second.open("/");
  await second.signIn(colleague.name, colleague.password);
  await second.markDocument();
  signedIn = true;
});

for (const { what, verb, note, picture, sideBySide } of cases) {
  const name = `${what.reason} of ${what.order} is decided by keyboard, and the other sees it go`;
  inside(name, 45_000, async () => {
    for (const each of [first, second]) {
      await rowOf(each.page, what).waitFor({ timeout: 35_000 });
    }
    await walkTo(first, what);
    if (sideBySide) {
      await first.page.getByRole("columnheader", { name: "Listing promise" }).waitFor();
      await first.page.getByRole("columnheader", { name: "Supplier's offer" }).waitFor();
      assert.ok((await first.page.locator('td[data-differs="true"]').count()) > 0);
    }
    await first.shoot(picture);
    await decide(first, verb, note);
    const said = first.page.locator("[role=status]").getByText(`${what.order}: ${verb}`);
    await Promise.all([
      said.waitFor(),
      seeItGo(first, what),
      seeItGo(second, what),
    ]);
    assert.ok(await second.isSameDocument(), "the second person's page was loaded again");
    await second.shoot(`${picture}-seen-by-the-other`);
  });
}

inside("an order shows its gates, its timeline and why its route", 120_000, async () => {
  const { page } = first;
  await first.press("/");
  await page.keyboard.type("#1007");
  await first.press("Enter");
  const link = page.getByRole("link", { name: "#1007", exact: true });
  await link.focus();
  await first.press("Enter");
  await page.getByRole("heading", { level: 1, name: /#1007/ }).waitFor();

  await page.locator('#gates li[data-result="open"]').first().waitFor();
  await page.locator("#gates summary").first().focus();
  await first.press("Enter");
  await page.locator("#gates details[open] dd").first().waitFor();

  const events = page.locator("#timeline li[id^=event-]");
  await events.first().waitFor();
  assert.ok((await events.count()) >= 5, "the timeline is short");
  await page.getByText(cases[2].note).first().waitFor({ state: "attached" });

  await page.locator("#routing table tbody tr").first().waitFor();
  assert.match(await page.locator("#routing article p").first().innerText(), /\w{3,}/);
  await page.locator("#routing").getByText("chosen", { exact: true }).first().waitFor();

  await first.shoot("order");
  await first.shoot("order-whole", true);
  assert.deepEqual(await first.violationsInBothSchemes(), []);
});

inside("a person reports a problem on the order, and it gets an owner", 120_000, async () => {
  const { page } = first;
  await page.getByRole("button", { name: "Report a problem" }).focus();
  await first.press("Enter");
  const form = page.getByRole("form", { name: "Report a problem" });
  await form.locator("select[name=reason]").selectOption("parcel_damaged");
  await form.locator("textarea[name=detail]").fill("The corner of the box is crushed.");
  await form.getByRole("button", { name: "Report a problem" }).click();
  const report = page.locator("#exceptions article").filter({ hasText: "is crushed" });
  await report.getByRole("heading", { name: "Parcel damaged" }).waitFor();
  const facts = (await report.locator("dd").allInnerTexts()).join(" ");
  assert.match(facts, /desk|owner/i);
});

inside("a tracking file is tried, and every line is told what to do", 30_000, async () => {
  const { page } = first;
  await first.open("/import");
  await page.locator("#main textarea").fill("po,carrier,tracking\nHF-NONE,post,LX1\n,post,LX2\n");
  await page.getByRole("button", { name: "Try it" }).click();
  await page.getByText("no order has this purchase order").waitFor();
  await page.getByText("the line says nothing about the parcel").waitFor();
  assert.equal(await page.getByRole("button", { name: "Record these lines" }).count(), 0);
  await first.shoot("import-tried");
});

/** Pages of the frame, with what stands on them once they are there. */
const places = [
  { path: "/", name: "queue", there: "[data-row]" },
  { path: "/orders", name: "orders", there: "tbody tr[data-index]" },
  { path: "/approvals", name: "approvals", there: "h1" },
  { path: "/import", name: "import", there: "textarea" },
  { path: "/station", name: "station", there: "h1" },
  { path: "/health", name: "health", there: "h1" },
];
for (const { path, name, there } of places) {
  inside(`the ${name} page can be used by everybody`, 20_000, async () => {
    await first.open(path);
    await first.page.locator(`#main ${there}`).first().waitFor();
    await first.page.locator('[data-live="live"]').waitFor();
    await first.page.waitForFunction(() => !document.querySelector(".mantine-Skeleton-root"));
    await first.shoot(name);
    assert.deepEqual(await first.violationsInBothSchemes(), []);
  });
}

test("no browser complained", () => {
  assert.ok(first && second, "no browser was there");
  assert.deepEqual([...first.complaints, ...second.complaints], []);
});
