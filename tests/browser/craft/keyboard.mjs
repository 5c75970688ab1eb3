// Everything by keyboard alone: every control of every page is reached by Tab and left again, every
// key of the sheet does what it says, the palette and the person's menu need no mouse.
import { reachable } from "./measure.mjs";

/** The station tells a scanner by its speed; these keys are a person's. */
const betweenKeys = 120;

export async function keyboard(site, check, pictures) {
  const { page } = site;
  const press = async (...keys) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const expects = async (name, body) => {
    try {
      await body();
      check(name, []);
    } catch (error) {
      await page.screenshot({ path: `${pictures}/${name.replace(/\W+/g, " ")}.png` });
      check(name, [String(error.message).split("\n").slice(0, 3).join(" ")]);
      await press("Escape", "Escape");
    }
  };
  const must = (holds, what) => {
    if (!holds) throw new Error(what);
  };
  const heading = (name) => page.getByRole("heading", { level: 1, name, exact: true });
  const free = () => page.evaluate(() => document.activeElement?.blur?.());

  await page.setViewportSize({ width: 1440, height: 900 });
  await site.go("/");
  await site.settle("queue");

  const goes = async (key) => {
    await free();
    await press("g");
    await page.waitForTimeout(betweenKeys);
    await press(key);
  };
  for (const { name, key, title } of site.pages.filter((each) => each.key)) {
    await expects(`g ${key} goes to ${name}, and Tab reaches all of it`, async () => {
      await goes(key);
      await heading(title).waitFor();
      await site.settle(name);
      await walk(site, must);
    });
  }
  for (const { name, key, there } of site.pages) {
    if (key || there) continue;
    await expects(`every control of ${name} is reached by Tab`, async () => {
      await site.inside(name, await site.address(name));
      await walk(site, must);
    });
  }
  await expects("a link of a list opens by Enter", async () => {
    await goes("o");
    const link = page.locator("tbody a[href^='/orders/']").first();
    await link.waitFor();
    await link.focus();
    await press("Enter");
    await heading(/Order /).waitFor();
    await site.settle("order");
  });

  await expects("? shows the sheet, Escape gives the focus back", async () => {
    const button = page.locator("#main button").first();
    await button.focus();
    await press("?");
    const sheet = page.getByRole("dialog", { name: "Keys" });
    await sheet.waitFor();
    must((await sheet.locator("kbd").count()) > 15, "the sheet shows few keys");
    await press("Escape");
    await sheet.waitFor({ state: "detached" });
    must(await button.evaluate((each) => each === document.activeElement), "the focus is lost");
  });

  await expects("the palette offers what the order's page can do, and does it", async () => {
    await press("Control+k");
    const field = page.getByRole("combobox", { name: "Page, action, order or case" });
    await field.waitFor();
    await page.keyboard.type("report");
    const option = page.getByRole("option", { name: "Report a problem", selected: true });
    await option.waitFor();
    const active = await field.getAttribute("aria-activedescendant");
    must(active === (await option.getAttribute("id")), "the chosen entry is not the active one");
    await press("Enter");
    await page.getByRole("form", { name: "Report a problem" }).waitFor();
    await press("Escape");
    await page.getByRole("form", { name: "Report a problem" }).waitFor({ state: "detached" });
  });

  await expects("the palette finds an order and a case by their number", async () => {
    const field = page.getByRole("combobox", { name: "Page, action, order or case" });
    const { store_number } = await site.first("orders?limit=5");
    const open = await site.first("exceptions?limit=5", (each) => each.store_number !== "");
    await press("Control+k");
    await page.keyboard.type(store_number);
    const name = `Order ${store_number}`;
    await page.getByRole("option", { name, exact: true }).waitFor();
    const chosen = page.getByRole("option", { name, exact: true, selected: true });
    for (let step = 0; step < 20 && (await chosen.count()) === 0; step += 1) {
      await press("ArrowDown");
    }
    await press("Enter");
    await field.waitFor({ state: "detached" });
    await heading(name).waitFor();
    await press("Control+k");
    await page.keyboard.type(open.store_number);
    await page.getByRole("group", { name: "Cases" }).getByRole("option").first().waitFor();
    await press("Escape");
    await field.waitFor({ state: "detached" });
  });

  await expects(
    "the keys of the queue choose, decide, put off, give away and go back",
    async () => {
      await goes("q");
      await page.locator('[data-row][aria-current="true"]').waitFor();
      const here = () => page.locator('[data-row][aria-current="true"]').getAttribute("href");
      const start = await here();
      await press("j");
      await page.waitForTimeout(300);
      const next = await here();
      must((await page.locator("[data-row]").count()) < 2 || next !== start, "j does not move");
      await press("k");
      for (const [key, field] of [
        ["1", "textarea[name=note]"],
        ["e", "textarea[name=note]"],
        ["s", "select[name=until]"],
        ["a", "select[name=owner]"],
      ]) {
        await page.waitForTimeout(200);
        await press(key);
        await page.locator(field).waitFor();
        await press("Escape");
        await page.locator(field).waitFor({ state: "detached" });
        await free();
      }
      await press("Enter");
      await heading(/Order |Exception/).waitFor();
    },
  );

  await expects("x marks the chosen case, and takes the mark away", async () => {
    await goes("q");
    await page.locator('[data-row][aria-current="true"]').waitFor();
    await press("x");
    await page.locator('[data-marked="true"]').first().waitFor();
    await press("x");
    await page.locator('[data-marked="true"]').first().waitFor({ state: "detached" });
  });

  await expects("/ searches orders", async () => {
    await free();
    await press("/");
    await page.keyboard.type("no such order");
    await press("Enter");
    await page.locator("#main [data-state=empty]").waitFor();
  });

  await expects("m opens the menu: theme and language change by keys, and stay", async () => {
    await free();
    await press("m");
    await page.locator("#person select:focus").waitFor();
    await press("Tab");
    await press("ArrowRight");
    await press("ArrowRight");
    await page.locator("html[data-mantine-color-scheme=dark]").waitFor({ state: "attached" });
    await press("ArrowLeft", "ArrowLeft");
    await page.keyboard.press("Shift+Tab");
    await press("D");
    await page.locator("html[lang=de]").waitFor({ state: "attached" });
    await heading("Bestellungen").waitFor();
    await press("Escape");
    const kept = await page.evaluate(() => localStorage.getItem("holdfast.language"));
    must(kept === "de", "the language is not kept");
    await goes("h");
    await heading("Zustand").waitFor();
    await page.keyboard.press("m");
    await page.locator("#person select:focus").waitFor();
    await press("E");
    await page.locator("html[lang=en]").waitFor({ state: "attached" });
    await press("Escape");
    await page.locator("#person[data-open=false]").waitFor({ state: "attached" });
  });

  await expects("signing out and in again needs no mouse", async () => {
    await free();
    await press("Control+k");
    await page.getByRole("combobox", { name: "Page, action, order or case" }).waitFor();
    await page.keyboard.type("sign out");
    await page.getByRole("option", { name: "Sign out", selected: true }).waitFor();
    site.loads += 1;
    await press("Enter");
    await heading("Sign in").waitFor();
  });
}

/** Tab visits every control that was there, and comes out at the end again. */
async function walk(site, must) {
  const { page } = site;
  await page.evaluate(() => {
    for (const each of document.querySelectorAll("[data-walk]")) delete each.dataset.walk;
    document.activeElement?.blur?.();
  });
  const names = new Set(await page.evaluate(reachable));
  const most = names.size * 2 + 60;
  for (let step = 0; step < most && names.size > 0; step += 1) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => document.activeElement?.dataset?.walk ?? null);
    if (at) names.delete(at);
  }
  // What has gone meanwhile, because the list moves on, could not be reached.
  const left = await page.evaluate(
    (open) =>
      open.flatMap((name) => {
        const element = document.querySelector(`[data-walk="${name}"]`);
        return element ? [`${name} ${element.outerHTML.slice(0, 120)}`] : [];
      }),
    [...names],
  );
  must(left.length === 0, `Tab does not reach ${left.slice(0, 3).join(" | ")}`);
}
