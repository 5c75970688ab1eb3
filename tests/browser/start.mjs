// docs/start.md word by word: this reads the page itself and does each numbered step as it stands,
// in a real browser on the real demo. A step that no pattern below understands fails, and so does a
// bold word that neither the page showed on the way nor the console's English words have.
// HOLDFAST_PROGRAM names the program; HOLDFAST_CONSOLE a built console to put in front of it.
import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { standInFront } from "./front.mjs";
import { openBrowser, Person } from "./person.mjs";
import { root, startDemo } from "./program.mjs";
import { rowOf } from "./queue.mjs";

const pictures = join(root, "build/test/browser");
/** Real time in which what the world does by itself has happened. */
const patience = 120_000;
const lifetime = 400;
const file = join(root, "docs/start.md");
const text = readFileSync(file, "utf8");

const bold = String.raw`\*\*([^*]+)\*\*`;
const code = "`([^`]+)`";
const rest = new RegExp(bold, "g");
const all = (step) => [...step.matchAll(rest)].map(([, words]) => words);

/** The numbered steps with their lines, and the commands: what is indented by four. */
function read() {
  const steps = [];
  const commands = [];
  for (const [at, line] of text.split("\n").entries()) {
    const numbered = /^\d+\. (.+)$/.exec(line);
    if (numbered) steps.push({ line: at + 1, text: numbered[1] });
    else if (/^ {4}\S/.test(line)) commands.push(line.trim());
    else if (/^ {3}\S/.test(line)) assert.fail(`start.md:${at + 1}: a step is one line`);
  }
  return { steps, commands };
}

/** Its own words, seen by whoever looks: not in what is folded away or drawn for nobody. */
function shown(page, words) {
  return page.getByText(words).filter({ visible: true }).first();
}

/** What a step says, and what is done then. */
const meanings = [
  {
    says: /^Open the address that the terminal shows\.$/,
    // Nobody types before there is a field.
    act: async ({ person, page, url }) => {
      await person.open(url);
      await page.locator("input:focus").waitFor();
    },
  },
  {
    says: /^Type the password that the terminal shows\.$/,
    act: ({ page, password }) => page.keyboard.type(password),
  },
  { says: new RegExp(`^Type ${code}\\.?$`), act: ({ page }, words) => page.keyboard.type(words) },
  {
    says: new RegExp(`^Press ${code}\\.$`),
    act: ({ page }, key) => page.keyboard.press(key),
  },
  {
    says: new RegExp(`^Press ${bold}\\.$`),
    act: async ({ page }, name) => {
      const button = page.getByRole("button", { name, exact: true });
      const link = page.getByRole("link", { name, exact: true });
      await button.or(link).filter({ visible: true }).first().click();
    },
  },
  {
    says: new RegExp(`^Press ${code} until ${bold} of ${bold} is chosen\\.$`),
    act: async ({ page }, key, reason, order) => {
      const row = rowOf(page, { reason, order });
      await row.waitFor();
      for (let step = 0; step < 60; step += 1) {
        if ((await row.getAttribute("aria-current")) === "true") return;
        await page.keyboard.press(key);
        await page.waitForTimeout(150);
      }
      assert.fail(`${key} does not come to ${reason} of ${order}`);
    },
  },
  {
    says: new RegExp(`^Press the digit of ${bold}\\.$`),
    act: async ({ page }, name) => {
      const way = page.locator("button[aria-keyshortcuts]").filter({ hasText: name }).first();
      await page.keyboard.press(await way.getAttribute("aria-keyshortcuts"));
    },
  },
  {
    says: new RegExp(`^Wait until you see ${bold}\\.$`),
    act: ({ page }, words) => shown(page, words).waitFor({ timeout: patience }),
  },
  {
    says: new RegExp(`^Wait until ${bold} of ${bold} is gone\\.$`),
    act: ({ page }, reason, order) => rowOf(page, { reason, order }).waitFor({ state: "detached" }),
  },
  {
    says: new RegExp(`^You see ${bold}(?:(?:,| and) ${bold})*\\.?$`),
    act: async ({ page }, _first, _last, step) => {
      for (const words of all(step)) await shown(page, words).waitFor();
    },
  },
];

async function follow(world, { line, text: step }) {
  for (const { says, act } of meanings) {
    const found = says.exec(step);
    if (!found) continue;
    await act(world, ...found.slice(1), step);
    return;
  }
  assert.fail(`start.md:${line}: no pattern of start.mjs understands "${step}"`);
}

/** Everything the console can say in English. */
function catalogue() {
  const folder = join(root, "console/src/words/en");
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .join("\n");
}

let good = 0;
let planned = 1;
const holds = (name, problem) => {
  if (problem) console.log(`not ok ${name}\n    ${String(problem.stack ?? problem)}`);
  else good += 1;
};

const { steps, commands } = read();
planned = steps.length + 3;
mkdirSync(pictures, { recursive: true });
holds("the command is ./x run", commands.join() === "./x run" ? "" : commands.join());

const program = await startDemo(
  process.env.HOLDFAST_PROGRAM ?? "build/dev/holdfast",
  60_000,
  lifetime,
  [],
);
const front = process.env.HOLDFAST_CONSOLE
  ? await standInFront(resolve(root, process.env.HOLDFAST_CONSOLE), program.url)
  : undefined;
const browser = await openBrowser();
const person = await Person.at(browser, front?.url ?? program.url, pictures);
const { page } = person;
const seen = [];
try {
  const world = { person, page, url: front?.url ?? program.url, password: program.password };
  for (const step of steps) {
    try {
      await follow(world, step);
      seen.push(await page.locator("body").innerText());
      holds(step.text);
    } catch (error) {
      await person.shoot("start-failed");
      holds(`start.md:${step.line} ${step.text}`, error);
      // What follows builds on it.
      break;
    }
  }
  const words = catalogue();
  const strange = all(text.replaceAll("\n", " ")).filter((each) => {
    const plain = each.replace(/\.$/, "");
    const known = words.includes(`"${each}"`) || words.includes(`"${plain}"`);
    const leading = /^(?:Bold words|A substitution|A label is not a shipment)$/.test(plain);
    return !leading && !known && !seen.some((page) => page.includes(plain));
  });
  holds("every bold word is the console's", strange.join(", "));
  holds("no browser complained", person.complaints.join("\n"));
} finally {
  await browser.close();
  front?.stop();
  await program.stop();
}
console.log(`start ${good}/${planned}`);
process.exitCode = good === planned ? 0 : 1;
