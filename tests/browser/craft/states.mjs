// Empty, loading, failed and very long: each made by changing the program's answers on their way,
// walked through by the keys that go from page to page, without a further load.
import { violationsOf } from "../person.mjs";
import { empty, long } from "./data.mjs";
import { clipped } from "./measure.mjs";

const everyAnswer = "**/api/v1/**";
/** Left alone: who is signed in, the stream of news. */
const untouched = /\/api\/v1\/(?:session|events)(?:\?|$)/;
/** The station tells a scanner by its speed; these keys are a person's. */
const betweenKeys = 120;
const widths = [320, 768, 1440, 1920];

async function answers(site, change) {
  await site.page.route(everyAnswer, async (route) => {
    const request = route.request();
    if (request.method() !== "GET" || untouched.test(request.url())) return route.fallback();
    return change(route);
  });
}

async function answersFromReal(site, change) {
  await answers(site, async (route) => {
    const answer = await route.fetch().catch(() => null);
    if (!answer) return route.abort().catch(() => undefined);
    const json = (answer.headers()["content-type"] ?? "").includes("json");
    if (!json) return route.fulfill({ response: answer });
    return route.fulfill({ response: answer, json: change(await answer.json()) });
  });
}

const failedButton = "#main [data-state=failed] button";
/** Whether the failed page's button was pressed. */
const pressed = (site) =>
  site.page.evaluate(() => document.body?.dataset.pressed === "yes").catch(() => false);

const unroute = (site) => site.page.unrouteAll({ behavior: "ignoreErrors" });
const go = async (site, { route, key }) => {
  await site.page.evaluate(() => document.activeElement?.blur?.());
  await site.page.keyboard.press("g");
  await site.page.waitForTimeout(betweenKeys);
  await site.page.keyboard.press(key);
  await site.page.waitForFunction((path) => location.pathname === path, route);
  const here = `header nav a[href="${route}"][aria-current=page]`;
  await site.page.locator(here).first().waitFor({ state: "attached" });
};
const having = (site, state) => site.pages.filter(({ states }) => states?.includes(state));
const plainly = async (site) => {
  await site.page.setViewportSize({ width: 1440, height: 900 });
  await site.page.emulateMedia({ colorScheme: "light" });
  await site.page.evaluate(() => localStorage.setItem("holdfast.language", "en"));
};

async function measure(site, check, name) {
  const cut = await site.page.evaluate(clipped, { least: 0, choices: false });
  check(name, [...cut, ...(await violationsOf(site.page))]);
}

/** Waits for a state inside the page; a complaint when it does not come. */
async function comes(site, selector) {
  const found = site.page.locator(`#main ${selector}`).first();
  return found.waitFor({ timeout: 10_000 }).then(
    () => [],
    () => [`no ${selector} at ${site.page.url()}`],
  );
}

export async function states(site, check, pictures) {
  await plainly(site);
  await failed(site, check);
  await loading(site, check);
  await nothing(site, check);
  await veryLong(site, check, pictures);
  await unroute(site);
}

async function failed(site, check) {
  site.expectErrors(true);
  const problem = { status: 500, title: "The disk is full", code: "internal", detail: "No room." };
  await answers(site, async (route) =>
    (await pressed(site))
      ? route.fallback()
      : route.fulfill({ status: 500, json: problem, contentType: "application/problem+json" }),
  );
  await site.go("/");
  for (const each of having(site, "failed")) {
    const { name } = each;
    await go(site, each);
    const missing = await comes(site, "[data-state=failed] button");
    check(`${name} says that it failed and offers to try again`, missing);
    if (name === "orders") await measure(site, check, `${name} failed`);
  }
  // News make a page ask again at any time, and the button goes while it waits: it is pressed until
  // a press reached it, and nothing but that press mends the answers.
  await site.page.evaluate((button) => {
    const hear = ({ target }) => {
      if (target.closest(button)) document.body.dataset.pressed = "yes";
    };
    document.addEventListener("click", hear, { capture: true });
  }, failedButton);
  for (let press = 0; press < 5 && !(await pressed(site)); press += 1) {
    await site.page.locator(failedButton).first().press("Enter");
  }
  const left = site.page.locator("#main :is([data-state=failed], [data-state=loading])");
  const shown = await left.first().waitFor({ state: "detached" }).then(
    () => comes(site, "h1"),
    () => [`still not shown at ${site.page.url()}`],
  );
  check("trying again shows the page", shown);
  await unroute(site);
  site.expectErrors(false);
}

async function loading(site, check) {
  const held = [];
  let hold = true;
  await answers(site, (route) => {
    if (!hold) return route.fallback();
    return new Promise((done) => held.push(() => done(route.fallback())));
  });
  await site.go("/");
  for (const each of having(site, "loading")) {
    const { name } = each;
    await go(site, each);
    check(`${name} shows bars while it loads`, await comes(site, "[data-state=loading]"));
  }
  await go(
    site,
    site.pages.find(({ name }) => name === "orders"),
  );
  await comes(site, "[data-state=loading]");
  const place = async () => (await site.page.locator("#main h1").boundingBox())?.y;
  const before = await place();
  hold = false;
  for (const release of held.splice(0)) release();
  await site.settle("orders");
  const after = await place();
  check("the title stays where it was once the list is there", before === after ? [] : ["moved"]);
  await unroute(site);
}

async function nothing(site, check) {
  await answersFromReal(site, empty);
  await site.go("/");
  for (const each of having(site, "empty")) {
    const { name } = each;
    await go(site, each);
    check(`${name} says what to do when it is empty`, await comes(site, "[data-state=empty] p"));
    if (name === "queue") await measure(site, check, `${name} empty`);
  }
  await unroute(site);
}

async function veryLong(site, check, pictures) {
  const addresses = [];
  for (const { name } of having(site, "long")) addresses.push([name, await site.address(name)]);
  await answersFromReal(site, long);
  await site.go("/import");
  for (const [name, path] of addresses) {
    await site.inside(name, path);
    for (const width of widths) {
      await site.page.setViewportSize({ width, height: 900 });
      let cut = [];
      // Rows are measured once they are drawn, and a busy machine draws late: what stays counts.
      for (let look = 0; look < 4 && (look === 0 || cut.length > 0); look += 1) {
        await site.page.waitForTimeout(200 * (look + 1));
        cut = await site.page.evaluate(clipped, { least: 0, choices: false });
      }
      if (cut.length > 0) {
        await site.page.screenshot({ path: `${pictures}/long ${name} ${width}.png` });
      }
      check(`${name} with very long answers at ${width}`, cut);
    }
    await site.page.setViewportSize({ width: 1440, height: 900 });
  }
}
