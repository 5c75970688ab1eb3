// People in a real browser on the real program, by keyboard alone: somebody is invited to a store,
// joins in a browser of their own and sees that store only, sets up a second factor and signs in
// with it; the owner ends their session, makes and revokes a token; the record shows all of it.
// HOLDFAST_PROGRAM names the program; HOLDFAST_CONSOLE a built console to serve instead of its own.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { story } from "./acts.mjs";
import { standInFront } from "./front.mjs";
import { openBrowser, Person } from "./person.mjs";
import { root } from "./program.mjs";
import { startTwoStores } from "./two_stores.mjs";

const pictures = join(root, "build/test/browser");
const guestPassword = "a bench among the ferns";

const { holds, play } = story("people");

let world, front, browser, owner, guest, link, secret;
/** Every address that the guest's browser asked for, with what it said of where it came from. */
const asked = [];

const title = (page, name) => page.getByRole("heading", { level: 1, name, exact: true }).waitFor();
const button = (page, name) => page.getByRole("button", { name, exact: true });

/** Presses Tab until this has the focus. */
async function reach(person, target, most = 90) {
  await target.waitFor();
  for (let step = 0; step < most; step += 1) {
    if (await target.evaluate((each) => each === document.activeElement)) return;
    await person.press("Tab");
  }
  assert.fail(`the Tab key does not reach ${target}`);
}

async function activate(person, target, key = "Enter") {
  await reach(person, target);
  await person.press(key);
}

async function typeInto(person, target, text) {
  await reach(person, target);
  await person.page.keyboard.type(text);
}

/** Keys of the page are heard while nothing is typed. */
async function go(person, keys, name) {
  await person.page.evaluate(() => document.activeElement?.blur?.());
  await person.press("g", keys);
  await title(person.page, name);
}

/** The code an authenticator shows, some steps from now (RFC 6238). */
function codeOf(base32, later = 0) {
  const bits = [...base32]
    .map((each) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(each).toString(2).padStart(5, "0"))
    .join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((each) => parseInt(each, 2)));
  const step = Buffer.alloc(8);
  step.writeBigInt64BE(BigInt(Math.floor(Date.now() / 30_000) + later));
  const mac = createHmac("sha1", key).update(step).digest();
  const number = mac.readUInt32BE(mac.at(-1) & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}

holds("the owner invites somebody to one store, and the link is shown once", async () => {
  await owner.open("/");
  await owner.signIn("admin", world.password);
  await go(owner, "p", "People");
  const { page } = owner;
  await activate(owner, button(page, "Invite somebody"));
  const form = page.getByRole("form", { name: "Invite somebody" });
  await typeInto(owner, form.getByRole("textbox", { name: "Name" }), "bench");
  await activate(owner, form.getByRole("button", { name: "Invite somebody" }));
  await form.getByText("Choose at least one role.").waitFor();
  await form.getByRole("textbox", { name: "Name" }).focus();
  await activate(owner, form.getByRole("checkbox", { name: "Quality and packing" }), "Space");
  await activate(owner, form.getByRole("checkbox", { name: "All stores" }), "Space");
  await activate(owner, form.getByRole("checkbox", { name: "fern" }), "Space");
  await submit(owner, form);
  const shown = page.locator("[data-secret]");
  await shown.waitFor();
  link = new URL(await shown.innerText());
  assert.match(link.hash, /^#[\w-]{32}$/);
  await activate(owner, button(page, "Copy"));
  await page.getByText("Copied.").waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), link.href);
  await activate(owner, button(page, "I have it"));
  await shown.waitFor({ state: "detached" });
  await page.getByRole("table", { name: "Open invitations" }).getByText("bench").waitFor();
});

holds("they join in a browser of their own, and the token is in no request line", async () => {
  await guest.open(`/join${link.hash}`);
  const { page } = guest;
  await title(page, "You are invited");
  await page.getByText("admin invites you to Holdfast.").waitFor();
  await page.getByText("fern", { exact: true }).waitFor();
  assert.deepEqual(await guest.violationsInBothSchemes(), []);
  const password = page.locator("input[name=password]");
  const again = page.locator("input[name=again]");
  await typeInto(guest, password, "short");
  await typeInto(guest, again, "short");
  await guest.press("Enter");
  await page.getByRole("alert").getByText("Too short").waitFor();
  await reach(guest, password);
  await page.keyboard.type(guestPassword);
  await reach(guest, again);
  await page.keyboard.type(guestPassword);
  await guest.press("Enter");
  await title(page, "Exception queue");
  assert.equal(new URL(page.url()).hash, "");
  const token = link.hash.slice(1);
  assert.deepEqual(
    asked.filter((each) => each.includes(token)),
    [],
  );
});

holds("the link works once", async () => {
  const late = await guest.context.newPage();
  await late.goto(`/join${link.hash}`);
  await late.getByText("This invitation is over").waitFor();
  await late.close();
});

holds("they see their store and nothing of the other", async () => {
  const { page } = guest;
  await go(guest, "o", "Orders");
  await page.locator(`a[href="/orders/${world.orders.fern.id}"]`).waitFor();
  assert.equal(await page.locator(`a[href="/orders/${world.orders.moss.id}"]`).count(), 0);
  for (const [store, status] of [
    ["fern", 200],
    ["moss", 404],
  ]) {
    const answer = await page.request.get(`/api/v1/orders/${world.orders[store].id}`);
    assert.equal(answer.status(), status, store);
  }
  await guest.press("g", "p");
  await page.waitForTimeout(300);
  assert.match(page.url(), /\/orders/);
  assert.equal(await page.locator('a[href="/people"]').count(), 0);
});

holds("they set up a second factor", async () => {
  const { page } = guest;
  await guest.press("m");
  await activate(guest, page.getByRole("link", { name: "My account" }));
  await title(page, "My account");
  await activate(guest, button(page, "Set up"));
  await page.getByRole("img", { name: /QR code/ }).waitFor();
  secret = await page.locator("[data-secret]").innerText();
  assert.deepEqual(await guest.violationsInBothSchemes(), []);
  await guest.shoot("people-factor");
  await typeInto(guest, page.locator("input[name=code]"), codeOf(secret));
  await guest.press("Enter");
  await page.getByText("Signing in asks for the password and a code").waitFor();
});

holds("signing in asks for the code, and takes a pasted one", async () => {
  const { page } = guest;
  await guest.press("m");
  await activate(guest, button(page, "Sign out"));
  await page.locator("input[name=user]").waitFor();
  await typeInto(guest, page.locator("input[name=user]"), "bench");
  await typeInto(guest, page.locator("input[name=password]"), guestPassword);
  await guest.press("Enter");
  const code = page.locator("input[name=code]");
  await code.waitFor();
  assert.equal(await code.getAttribute("autocomplete"), "one-time-code");
  await page.keyboard.type("000000");
  await guest.press("Enter");
  await page.getByRole("alert").getByText("This code does not fit.").waitFor();
  assert.deepEqual(await guest.violationsInBothSchemes(), []);
  await reach(guest, code);
  await guest.press("Control+a");
  const fresh = codeOf(secret, 1);
  await page.keyboard.insertText(`${fresh.slice(0, 3)} ${fresh.slice(3)}`);
  await guest.press("Enter");
  await title(page, "Exception queue");
});

holds("the owner ends their session, and they are out at once", async () => {
  const { page } = owner;
  await page.reload();
  await title(page, "People");
  await activate(owner, page.getByRole("link", { name: "bench" }));
  await page.getByRole("heading", { level: 2, name: "bench" }).waitFor();
  await page.getByRole("table", { name: "Browsers signed in" }).waitFor();
  await owner.shoot("people-one", true);
  await activate(owner, button(page, "Change roles or stores"));
  const form = page.getByRole("form", { name: "Change roles or stores" });
  assert.ok(await form.getByRole("checkbox", { name: "Quality and packing" }).isChecked());
  assert.ok(await form.getByRole("checkbox", { name: "fern" }).isChecked());
  await owner.press("Escape");
  await form.waitFor({ state: "detached" });
  await page.getByRole("heading", { level: 2, name: "bench" }).waitFor();
  await activate(owner, page.getByRole("button", { name: /^Sign out Chrome on Linux/ }).first());
  await page.waitForTimeout(100);
  await owner.press("Enter");
  await page.getByText("No browser is signed in.").waitFor();
  await guest.press("g", "o");
  await guest.page.locator("input[name=user]").waitFor();
});

holds("a token is made, shown once, works, and is revoked", async () => {
  const { page } = owner;
  await go(owner, "t", "Tokens");
  await activate(owner, button(page, "Make a token"));
  const form = page.getByRole("form", { name: "Make a token" });
  await typeInto(owner, form.getByRole("textbox", { name: "Name" }), "till");
  await activate(
    owner,
    form.getByRole("checkbox", { name: "See orders, cases and evidence" }),
    "Space",
  );
  await submit(owner, form);
  const shown = page.locator("[data-secret]");
  await shown.waitFor();
  const headers = { Authorization: `Bearer ${await shown.innerText()}` };
  const status = async () => (await fetch(`${world.url}/api/v1/orders`, { headers })).status;
  assert.equal(await status(), 200);
  await activate(owner, button(page, "I have it"));
  await activate(owner, button(page, "Revoke the token till"));
  await page.waitForTimeout(100);
  await owner.press("Enter");
  await page.getByText("There are no tokens.").waitFor();
  assert.equal(await status(), 401);
});

holds("the record shows all of it, by person, and as a file", async () => {
  const { page } = owner;
  await go(owner, "r", "Record");
  const record = page.getByRole("table", { name: "Record" });
  for (const deed of ["Token revoked", "Token made", "Browser signed out", "Invited", "Joined"]) {
    await record.getByText(deed, { exact: true }).first().waitFor();
  }
  await typeInto(owner, page.getByLabel("Person"), "bench");
  await owner.press("Enter");
  await page.waitForURL(/person=bench/);
  await record.getByText("Token made", { exact: true }).waitFor({ state: "detached" });
  for (const deed of ["Second factor on", "Sign-in refused", "Signed in", "Joined"]) {
    await record.getByText(deed, { exact: true }).first().waitFor();
  }
  const saved = page.waitForEvent("download");
  await activate(owner, button(page, "Save as CSV"));
  const text = readFileSync(await (await saved).path(), "utf8");
  const lines = text.trimEnd().split("\r\n");
  assert.equal(lines[0], "at,actor,deed,about,detail,address");
  assert.ok(lines.slice(1).every((line) => line.includes("bench")), text);
  assert.ok(lines.some((line) => line.includes(",session_ended,")), text);
});

holds("each of these pages can be used by everybody, on a phone too", async () => {
  const { page } = owner;
  for (const path of ["/people", "/account", "/tokens", "/record"]) {
    for (const [width, colorScheme] of [
      [1440, "light"],
      [320, "dark"],
    ]) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      await owner.open(path);
      await page.locator("#main h1").waitFor();
      await page.waitForFunction(() => !document.querySelector("[data-state=loading]"));
      assert.deepEqual(await owner.violations(), [], `${path} ${width}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= width, `${path} is ${wide} wide on ${width}`);
      await owner.shoot(`people${path.replace("/", "-")}-${width}`, true);
    }
  }
  assert.deepEqual(owner.complaints, []);
});

/** From wherever the focus is, on to the form's own button. */
async function submit(person, form) {
  await activate(person, form.locator("button[type=submit]"));
}

async function open() {
  mkdirSync(pictures, { recursive: true });
  world = await startTwoStores(process.env.HOLDFAST_PROGRAM ?? "build/dev/holdfast");
  const folder = process.env.HOLDFAST_CONSOLE;
  front = folder && (await standInFront(resolve(root, folder), world.url));
  const url = front?.url ?? world.url;
  browser = await openBrowser();
  owner = await Person.at(browser, url, pictures);
  guest = await Person.at(browser, url, pictures);
  await owner.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  guest.context.on("request", (request) => {
    asked.push(`${request.url()} ${request.headers()["referer"] ?? ""}`);
  });
}

await play({
  open,
  failed: async () => {
    await owner.shoot("people-failed-owner");
    await guest.shoot("people-failed-guest");
  },
  close: async () => {
    await browser?.close();
    front?.stop();
    await world?.stop();
  },
});
