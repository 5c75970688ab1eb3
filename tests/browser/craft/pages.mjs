// One signed-in browser page and the addresses of the console, each found in the program's own
// data. Counts full loads; keeps what the browser complained about and what the server said.

const patience = 60_000;

/** What stands on a page once it is there. */
const there = {
  login: "input[name=user]",
  join: "main h1",
  missing: "[data-state=empty]",
};

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
  page.on("response", async (response) => {
    if (!response.url().includes("/api/v1/")) return;
    if (!(response.headers()["content-type"] ?? "").includes("json")) return;
    // An answer whose page has gone on cannot be read any more, and need not be.
    hear(await response.json().catch(() => null));
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

  const addresses = {
    login: () => "/login",
    join: () => "/join",
    queue: () => "/",
    approvals: () => "/approvals",
    exception: async () => {
      const { stream, number } = await first("exceptions?limit=20");
      return `/exceptions/${stream}/${number}`;
    },
    orders: () => "/orders",
    order: async () =>
      `/orders/${(await first("orders?limit=250", (o) => o.tracking.length > 0)).id}`,
    import: () => "/import",
    station: () => "/station",
    bench: async () => {
      const { po, step } = await first("station/tasks?limit=20");
      return `/station/${po}/${step}`;
    },
    health: () => "/health",
    people: () => "/people",
    account: () => "/account",
    tokens: () => "/tokens",
    record: () => "/record",
    missing: () => "/nowhere",
  };

  const site = {
    page,
    context,
    complaints,
    names: Object.keys(addresses),
    loads: 0,
    first,
    heard: () => [...words],
    /** Errors of the network are expected for a while: a failed answer is one for the browser. */
    expectErrors(expected) {
      quiet = expected;
    },
    address: (name) => addresses[name](),
    async settle(name) {
      await page
        .locator(there[name] ?? "#main h1")
        .first()
        .waitFor({ state: "attached" });
      if (!there[name]) {
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
  await site.address("order");
  // A world whose suppliers all send by themselves has nothing at the bench.
  if ((await get("station/tasks?limit=1")).items.length === 0) {
    site.names = site.names.filter((name) => name !== "bench");
  }
  return site;
}
