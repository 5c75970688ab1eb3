// From a key to the next frame, as the browser's Event Timing tells it. What it does not tell took
// less than 16 ms, its smallest.
import { median } from "./median.mjs";

const times = 5;
const smallest = 16;

async function listen(page) {
  await page.evaluate((least) => {
    globalThis.slowest = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if (entry.interactionId) {
          globalThis.slowest = Math.max(globalThis.slowest, entry.duration);
        }
      }
    }).observe({ type: "event", durationThreshold: least });
  }, smallest);
}

/** Does it once and gives the slowest of its interactions. */
async function slowestOf(page, act) {
  await page.evaluate(() => (globalThis.slowest = 0));
  await act();
  // Event Timing tells of an interaction some frames later.
  await page.waitForTimeout(250);
  const found = await page.evaluate(() => globalThis.slowest);
  return Math.max(found, smallest);
}

/** What is measured: `act` counts; what `after` does to get back does not. */
function steps(page) {
  const press = (key) => page.keyboard.press(key);
  const form = page.locator("#main form textarea[name=note]").first();
  const palette = page.locator("[role=dialog] [role=combobox], dialog[open] [role=combobox]");
  const filter = page.locator("#main header select").first();
  const shown = (what) => what.waitFor();
  const gone = (what) => what.waitFor({ state: "detached" });
  return [
    { name: "next case", act: () => press("j") },
    { name: "previous case", act: () => press("k") },
    {
      name: "open the form of a way out",
      act: async () => {
        await press("1");
        await shown(form);
      },
      after: async () => {
        await press("Escape");
        await gone(form);
      },
    },
    {
      name: "palette",
      act: async () => {
        await press("Control+k");
        await shown(palette);
      },
      after: async () => {
        await press("Escape");
        await gone(palette);
      },
    },
    {
      name: "write in the palette",
      before: async () => {
        await press("Control+k");
        await shown(palette);
      },
      act: () => page.keyboard.type("ord"),
      after: async () => {
        await press("Escape");
        await gone(palette);
      },
    },
    {
      name: "filter the queue",
      before: () => filter.focus(),
      act: () => press("ArrowDown"),
      after: async () => {
        await press("ArrowUp");
        await page.evaluate(() => document.activeElement?.blur?.());
        await page.locator("[data-row]").first().waitFor();
      },
    },
    {
      name: "open the card's order",
      act: async () => {
        await press("Enter");
        await page.locator("#gates").waitFor();
      },
      after: async () => {
        await press("g");
        await press("q");
        await page.locator('[data-row][aria-current="true"]').waitFor();
      },
    },
  ];
}

export async function answers(person) {
  const { page } = person;
  await listen(page);
  await page.evaluate(() => document.activeElement?.blur?.());
  return steps(page).map(({ name, before, act, after }) => ({
    name,
    take: async () => {
      const found = [];
      for (let time = 0; time < times; time += 1) {
        await before?.();
        found.push(await slowestOf(page, act));
        await after?.();
      }
      return median(found);
    },
  }));
}
