// One signed-in browser page and the addresses of the console, each found in the program's own
// data. Counts full loads; keeps what the browser complained about and what the server said.
import { pages } from "../pages.mjs";

const patience = 60_000;
const pageOf = (name) => pages.find((page) => page.name === name);

export async function openPages(browser, url, password) {
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width: 1440, height: 900 },
    locale: "en-US",
    timezoneId: "Europe/Berlin",
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const complaints = [];
  const words = new Set();
  let quiet = false;
  page.on("console", (message) => {
    if (message.type() !== "error" || quiet) return;
    complaints.push(`${page.url()}: ${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error.stack}`));

  const hear = (value) => {
    if (typeof value === "string") words.add(value);
    else if (Array.isArray(value)) value.forEach(hear);
    else if (value && typeof value === "object") {
      for (const [key, each] of Object.entries(value)) {
        words.add(key);
        hear(each);
      }
    }
  };
  const hearing = new Set();
  page.on("response", (response) => {
    if (!response.url().includes("/api/v1/")) return;
    if (!(response.headers()["content-type"] ?? "").includes("json")) return;
    // An answer whose page has gone on cannot be read any more, and need not be.
    const heard = response.json().then(hear, () => undefined);
    hearing.add(heard);
    void heard.then(() => hearing.delete(heard));
  });

  const get = async (path) => (await page.request.get(`/api/v1/${path}`)).json();
  /** The first of a list, as soon as there is one. */
  async function first(path, wanted = () => true) {
    const end = Date.now() + patience;
    for (;;) {
      const found = (await get(path)).items?.find(wanted);
      if (found) return found;
      if (Date.now() > end) throw new Error(`the demo shows nothing at ${path}`);
      await new Promise((done) => setTimeout(done, 500));
    }
  }

  const found = new Map();
  const site = {
    page,
    context,
    complaints,
    pages,
    loads: 0,
    first,
    /** Every text of the answers so far. */
    async heard() {
      await Promise.all(hearing);
      return [...words];
    },
    /** Errors of the network are expected for a while: a failed answer is one for the browser. */
    expectErrors(expected) {
      quiet = expected;
    },
    /** Looked for once: what was found stays a page, whatever the world does meanwhile. */
    async address(name) {
      const { route, find } = pageOf(name);
      if (find && !found.has(name)) found.set(name, await find(first));
      return found.get(name) ?? route;
    },
    async settle(name) {
      const { there } = pageOf(name);
      await page
        .locator(there ?? "#main h1")
        .first()
        .waitFor({ state: "attached" });
      if (!there) {
        await page.locator('[data-live="live"]').waitFor({ state: "attached" });
        await page.waitForFunction(() => !document.querySelector("[data-state=loading]"));
      }
      await page.evaluate(async () => {
        await document.fonts.ready;
        for (let frame = 0; frame < 3; frame += 1) {
          await new Promise((drawn) => requestAnimationFrame(drawn));
        }
      });
    },
    async go(path) {
      site.loads += 1;
      await page.goto(path);
      await page.locator("main, [data-state]").first().waitFor({ state: "attached" });
    },
    /** Inside the loaded console, as a link goes; settles there. */
    async inside(name, path) {
      await page.evaluate((to) => {
        history.pushState({}, "", to);
        dispatchEvent(new PopStateEvent("popstate"));
      }, path);
      await page.waitForFunction((to) => location.pathname === to, path.split("?")[0]);
      await site.settle(name);
    },
    /** Another language, as a person chooses it, without a load. */
    async speak(language) {
      await page.locator('button[popovertarget="person"]').press("Enter");
      await page.locator("#person select").selectOption(language);
      await page.locator(`html[lang=${language}]`).waitFor({ state: "attached" });
      await page.keyboard.press("Escape");
    },
    async load({ page: name, theme, language, width }) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme: theme });
      await page.evaluate((each) => localStorage.setItem("holdfast.language", each), language);
      await site.go(await site.address(name));
      await site.settle(name);
    },
  };

  await site.go("/");
  await page.locator("input[name=user]").fill("admin");
  await page.locator("input[name=password]").fill(password);
  await page.keyboard.press("Enter");
  await page.locator('[data-live="live"]').waitFor({ state: "attached" });
  await page.locator("[data-row]").first().waitFor({ timeout: patience });
  for (const each of ["order", "bench"]) await site.address(each);
  return site;
}
