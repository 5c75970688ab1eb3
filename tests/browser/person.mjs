// A person at the console: a browser context of their own, hands on the keyboard, and everything
// the browser complained about. It must never reload a page to see news.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";

const axePath = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const axeSource = readFileSync(axePath, "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];

/** Debian's browser, without a sandbox (tests run as root) and without calls to anybody. */
export function openBrowser(more = []) {
  return chromium.launch({
    executablePath: process.env.HOLDFAST_CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-default-apps",
      "--disable-dev-shm-usage",
      "--disable-gpu",
      "--disable-sync",
      "--no-first-run",
      "--no-proxy-server",
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
      ...more,
    ],
  });
}

/** What axe finds on the page as it stands, one line each. */
export async function violationsOf(page) {
  await page.evaluate(axeSource);
  return page.evaluate(async (values) => {
    const report = await globalThis.axe.run(document, {
      runOnly: { type: "tag", values },
      resultTypes: ["violations"],
    });
    return report.violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id} (${help}): ${html} ${failureSummary}`),
    );
  }, rules);
}

export class Person {
  /** Opens a context whose first page is the sign-in. */
  static async at(browser, url, folder) {
    const context = await browser.newContext({
      baseURL: url,
      viewport: { width: 1360, height: 900 },
      locale: "en-GB",
      timezoneId: "UTC",
      colorScheme: "light",
      reducedMotion: "reduce",
    });
    context.setDefaultTimeout(15_000);
    return new Person(context, await context.newPage(), folder);
  }

  constructor(context, page, folder) {
    this.context = context;
    this.page = page;
    this.folder = folder;
    this.complaints = [];
    page.on("console", (message) => {
      if (message.type() !== "error") return;
      this.complaints.push(`${page.url()}: ${message.text()} (${message.location().url})`);
    });
    page.on("pageerror", (error) => this.complaints.push(`${page.url()}: ${error.stack}`));
  }

  async press(...keys) {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  async signIn(user, password) {
    await this.page.locator("input[name=user]").waitFor();
    await this.page.keyboard.type(user);
    await this.press("Tab");
    await this.page.keyboard.type(password);
    await this.press("Enter");
    await this.page.getByRole("heading", { level: 1, name: "Exception queue" }).waitFor();
    await this.page.locator('[data-live="live"]').waitFor();
  }

  /** Goes somewhere by a full load of the address. */
  async open(path) {
    await this.page.goto(path);
  }

  /** Marks the loaded document, so that a reload would be noticed. */
  async markDocument() {
    await this.page.evaluate(() => (globalThis.sameDocument = true));
  }

  isSameDocument() {
    return this.page.evaluate(() => globalThis.sameDocument === true);
  }

  async shoot(name, fullPage = false) {
    await this.page.screenshot({ path: `${this.folder}/${name}.png`, fullPage });
  }

  /** Violations of the page as it stands, one line each. */
  violations() {
    return violationsOf(this.page);
  }

  /** Violations in the light and in the dark. */
  async violationsInBothSchemes() {
    const found = [];
    for (const colorScheme of ["dark", "light"]) {
      await this.page.emulateMedia({ colorScheme });
      let seen = await this.violations();
      // A busy browser repaints single words late after the change: what stays is what counts.
      for (let look = 0; look < 3 && seen.length > 0; look += 1) {
        await this.page.waitForTimeout(400);
        seen = await this.violations();
      }
      found.push(...seen.map((each) => `${colorScheme}: ${each}`));
    }
    return found;
  }
}
