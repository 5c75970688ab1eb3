// The exception queue by keyboard: walk to a case, decide it with its digit, see it go.
import assert from "node:assert/strict";

/** The row of one case: its reason as the console words it, and its order. */
export function rowOf(page, { reason, order }) {
  return page
    .locator("[data-row]")
    .filter({ has: page.getByText(reason, { exact: true }) })
    .filter({ has: page.getByText(order, { exact: true }) });
}

/** Walks with J, then with K, until the case is the chosen one. */
export async function walkTo(person, what) {
  const { page } = person;
  const row = rowOf(page, what);
  const here = () => page.locator('[data-row][aria-current="true"]').getAttribute("href");
  for (const [key, most] of [
    ["k", 60],
    ["j", 120],
  ]) {
    let stuck = 0;
    for (let step = 0; step < most && stuck < 3; step += 1) {
      if ((await row.count()) > 0 && (await row.getAttribute("aria-current")) === "true") return;
      const before = await here();
      await person.press(key);
      await page.waitForTimeout(60);
      stuck = (await here()) === before ? stuck + 1 : 0;
    }
  }
  assert.fail(`the keys do not reach ${what.reason} of ${what.order}`);
}

/** Decides the chosen case: the digit of the way out `verb`, a reason, Enter, and the look. */
export async function decide(person, verb, note) {
  const { page } = person;
  const way = page.locator("button[aria-keyshortcuts]").filter({ hasText: verb });
  const digit = await way.first().getAttribute("aria-keyshortcuts");
  await person.press(digit);
  const reason = page.locator("textarea[name=note]");
  await reason.waitFor();
  // The suggested reason is selected: typing takes its place.
  await page.waitForFunction(() => {
    const area = document.activeElement;
    return area instanceof HTMLTextAreaElement && area.selectionEnd === area.value.length;
  });
  await page.keyboard.type(note);
  assert.equal(await reason.inputValue(), note);
  await person.press("Enter");
  // Where something leaves that cannot be called back, a second key says so.
  if (await page.locator("[data-look]").isVisible()) await person.press("Enter");
}

/** Waits until the case has left this person's list. */
export async function seeItGo(person, what) {
  await rowOf(person.page, what).waitFor({ state: "detached" });
}
