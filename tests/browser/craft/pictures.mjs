// Pictures of every page for docs/console.md: made with --pictures, and looked for in every run.
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../program.mjs";

const folder = join(root, "docs/pictures");
const mostBytes = 120_000;
const looks = {
  plain: { theme: "light", width: 1440 },
  dark: { theme: "dark", width: 1440 },
  phone: { theme: "dark", width: 320 },
};
const fileOf = (name, look) => `${name}${look === "plain" ? "" : `-${look}`}.webp`;
const looksOf = ({ also = [] }) => ["plain", ...also];

/** Draws what the window shows, as small as it stays readable. */
async function draw(site, file) {
  const session = await site.context.newCDPSession(site.page);
  for (const quality of [82, 60, 40]) {
    const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality });
    const bytes = Buffer.from(data, "base64");
    writeFileSync(join(folder, file), bytes);
    if (bytes.length <= mostBytes) break;
  }
  await session.detach();
}

export async function drawAll(site) {
  mkdirSync(folder, { recursive: true });
  for (const page of site.pages) {
    for (const look of looksOf(page)) {
      await site.load({ page: page.name, language: "en", ...looks[look] });
      await draw(site, fileOf(page.name, look));
    }
  }
}

/** Every page has its pictures, small enough, and docs/console.md shows each. */
export function missingPictures(pages) {
  const shown = readFileSync(join(root, "docs/console.md"), "utf8");
  return pages.flatMap((page) =>
    looksOf(page).flatMap((look) => {
      const file = fileOf(page.name, look);
      const path = join(folder, file);
      if (!existsSync(path))
        return [`docs/pictures/${file} is not there: node craft.mjs --pictures`];
      if (statSync(path).size > mostBytes) return [`docs/pictures/${file} is larger than 120 kB`];
      return shown.includes(`(pictures/${file})`) ? [] : [`docs/console.md does not show ${file}`];
    }),
  );
}

/** Routes of the console that have no line in the list of pages, and lines without a route. */
export function unlisted(pages) {
  const source = readFileSync(join(root, "console/src/router.tsx"), "utf8");
  const routes = [...source.matchAll(/^\s*path: "([^"]+)"/gm)].map(([, route]) => route);
  const listed = pages.map(({ route }) => route);
  return [
    ...routes.filter((each) => !listed.includes(each)).map((each) => `${each} is in no list`),
    ...listed
      .filter((each) => !routes.includes(each) && each !== "/nowhere")
      .map((each) => `${each} is no route`),
  ];
}
