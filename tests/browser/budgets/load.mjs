// The first load: what its scripts weigh, and when the largest thing on the page was painted.
import { gzipSync } from "node:zlib";
import { median } from "./median.mjs";

const times = 5;
const there = { queue: "[data-row]", order: "#gates li" };

async function addressOf(person, page) {
  if (page === "queue") return "/";
  const answer = await person.page.request.get("/api/v1/orders?limit=50");
  const { items } = await answer.json();
  return `/orders/${(items.find((each) => each.tracking.length > 0) ?? items[0]).id}`;
}

/** A context that nothing is kept in but who is signed in, as a first visit. */
async function fresh(browser, person) {
  return browser.newContext({
    baseURL: new URL(person.page.url()).origin,
    storageState: { cookies: await person.context.cookies(), origins: [] },
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    serviceWorkers: "block",
  });
}

/** All scripts that the queue needs before it stands, each packed by itself. */
export async function scriptWeight(person) {
  const context = await fresh(person.context.browser(), person);
  const page = await context.newPage();
  const scripts = [];
  page.on("response", (response) => {
    if (response.request().resourceType() === "script") scripts.push(response.body());
  });
  await page.goto("/");
  await page.locator(there.queue).first().waitFor();
  const sizes = (await Promise.all(scripts)).map((body) => gzipSync(body, { level: 9 }).length);
  await context.close();
  return { value: sizes.reduce((sum, each) => sum + each, 0), of: `${sizes.length} files` };
}

/** The largest contentful paint of first visits, `slower` times slower than this machine. */
export async function largestPaints(browser, person, name, slower) {
  const address = await addressOf(person, name);
  const found = [];
  for (let time = 0; time < times; time += 1) {
    const context = await fresh(browser, person);
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: slower });
    await page.goto(address);
    await page.locator(there[name]).first().waitFor();
    await page.locator('[data-live="live"]').waitFor();
    found.push(
      await page.evaluate(
        () =>
          new Promise((told) => {
            let last = 0;
            new PerformanceObserver((list) => {
              for (const entry of list.getEntries()) last = entry.startTime;
            }).observe({ type: "largest-contentful-paint", buffered: true });
            setTimeout(() => told(last), 300);
          }),
      ),
    );
    await context.close();
  }
  if (found.some((each) => each === 0)) throw new Error(`${name}: a load told no paint`);
  return median(found);
}
