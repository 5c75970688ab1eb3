// The console's craft in a real browser on the real program: every page in light, dark, all
// languages and three widths is measured for access, complaints, cut controls and words that no
// catalogue knows; then its states at their worst, and everything by keyboard alone.
//
//   node craft.mjs [--full]      pairs of everything, or the whole product
//   node craft.mjs --pictures    only draws docs/pictures/ anew
//
// HOLDFAST_PROGRAM names the program; HOLDFAST_CONSOLE a built console to put in front of it.
import { mkdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { keyboard } from "./craft/keyboard.mjs";
import { clipped, jumped, untold } from "./craft/measure.mjs";
import { openPages } from "./craft/pages.mjs";
import { drawAll, missingPictures, unlisted } from "./craft/pictures.mjs";
import { plan } from "./craft/plan.mjs";
import { states } from "./craft/states.mjs";
import { standInFront } from "./front.mjs";
import { openBrowser, violationsOf } from "./person.mjs";
import { root, startDemo } from "./program.mjs";

const full = process.argv.includes("--full");
const pictures = join(root, "build/test/craft");
/** A page may move this much while it loads; the web's own measure calls 0.1 good. */
const jumpMost = 0.1;
const touchLeast = 44;

let good = 0;
let all = 0;

/** One thing that must hold: nothing in the list of complaints. */
function check(name, complaints) {
  all += 1;
  if (complaints.length === 0) {
    good += 1;
    return;
  }
  console.log(`not ok: ${name}`);
  for (const each of complaints.slice(0, 8)) console.log(`    ${each.slice(0, 400)}`);
  if (complaints.length > 8) console.log(`    and ${complaints.length - 8} more`);
}

/** Complaints about the page as it stands; `heard` when it speaks the strange English. */
async function complaintsOf(site, strange) {
  const found = [
    ...(await violationsOf(site.page)),
    ...(await site.page.evaluate(clipped, { least: touchLeast })),
    ...site.complaints.splice(0),
  ];
  if (strange) found.push(...(await site.page.evaluate(untold, { heard: await site.heard() })));
  return found;
}

async function look(site, name, strange) {
  // At once: what news move while the page is measured is no loading.
  const moved = await site.page.evaluate(jumped);
  const complaints = await complaintsOf(site, strange);
  if (moved > jumpMost) complaints.push(`the page jumps while it loads: ${moved.toFixed(3)}`);
  if (complaints.length > 0) await site.page.screenshot({ path: `${pictures}/${name}.png` });
  check(name, complaints);
}

async function measureAll(site) {
  check("every page has its line in the list", unlisted(site.pages));
  check("every page has its pictures", missingPictures(site.pages));
  const names = site.pages.map(({ name }) => name);
  for (const load of plan(names, full)) {
    const { page, theme, language, width } = load;
    const plain = theme === "light" && language === "en" && width === 1440;
    await site.load(load);
    await look(site, `${page} ${theme} ${language} ${width}`, language === "en-XA");
    // Every page speaks the strange English once, without a further load.
    if (!plain || full || site.pages.find(({ name }) => name === page).there) continue;
    await site.speak("en-XA");
    await site.settle(page);
    check(`${page} in the strange English`, await complaintsOf(site, true));
  }
  await states(site, check, pictures);
  await keyboard(site, check, pictures);
  check("no browser complained", site.complaints.splice(0));
}

rmSync(pictures, { recursive: true, force: true });
mkdirSync(pictures, { recursive: true });
const lifetime = full ? 1800 : 900;
const program = await startDemo(
  process.env.HOLDFAST_PROGRAM ?? "build/dev/holdfast",
  60_000,
  lifetime,
);
const front = process.env.HOLDFAST_CONSOLE
  ? await standInFront(resolve(root, process.env.HOLDFAST_CONSOLE), program.url)
  : undefined;
const browser = await openBrowser();
try {
  const site = await openPages(browser, front?.url ?? program.url, program.password);
  if (process.argv.includes("--pictures")) await drawAll(site);
  else await measureAll(site);
  console.log(`${site.loads} loads`);
} catch (error) {
  check("the run", [error.stack ?? String(error)]);
} finally {
  await browser.close();
  front?.stop();
  await program.stop();
}
console.log(`craft ${good}/${all}`);
process.exit(good === all ? 0 : 1);
