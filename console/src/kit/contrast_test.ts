// Every text colour on every ground it may stand on, in both themes: WCAG 2.2, 1.4.3, at least
// 4.5 : 1. Pairs that a style sheet sets together are read from the style sheets themselves.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const src = join(import.meta.dirname, "..");
const tokens = readFileSync(join(src, "kit/tokens.css"), "utf8");

type Theme = Record<string, string>;

/** The custom properties of the theme whose block starts with `selector`. */
function themeOf(selector: string): Theme {
  const start = tokens.indexOf(`${selector} {`);
  expect(start).toBeGreaterThanOrEqual(0);
  const block = tokens.slice(start, tokens.indexOf("\n}", start));
  return Object.fromEntries(
    [...block.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map((m) => [m[1], m[2]]),
  );
}

function colourOf(theme: Theme, value: string): [number, number, number] {
  const name = /^var\((--[\w-]+)\)$/.exec(value)?.[1];
  if (name) return colourOf(theme, theme[name] ?? `${name} is not set`);
  const hex = /^#([0-9a-f]{6})$/i.exec(value)?.[1];
  if (!hex) throw new Error(`no colour: ${value}`);
  return [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16)) as [number, number, number];
}

/** Relative luminance as WCAG 2.2 defines it. */
function luminance(colour: [number, number, number]): number {
  const [r, g, b] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(theme: Theme, text: string, ground: string): number {
  const [a, b] = [text, ground].map((each) => luminance(colourOf(theme, each)));
  return (Math.max(a!, b!) + 0.05) / (Math.min(a!, b!) + 0.05);
}

const v = (name: string) => `var(--${name})`;
const grounds = ["ground", "panel", "hover", "chosen"];
const texts = ["ink", "ink-2", "accent", "good", "warn", "bad"];
const pairs = new Set<string>();
const pair = (text: string, ground: string) => pairs.add(`${text} on ${ground}`);
for (const text of texts) for (const ground of grounds) pair(v(text), v(ground));
for (const tone of ["good", "warn", "bad"]) {
  pair(v(tone), v(`${tone}-soft`));
  pair(v("ink"), v(`${tone}-soft`));
  pair(v("ink-2"), v(`${tone}-soft`));
}
pair(v("ink"), v("line"));
pair(v("panel"), v("ink"));
pair(v("mantine-color-placeholder"), v("panel"));
for (const colour of ["primary-color", "color-red"])
  for (const state of ["filled", "filled-hover"]) pair("#ffffff", v(`mantine-${colour}-${state}`));

/** Pairs set in one rule of a style sheet. */
function sheets(folder: string, without = ""): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.name === without) return [];
    if (entry.isDirectory()) return sheets(path, without);
    return entry.name.endsWith(".module.css") ? [readFileSync(path, "utf8")] : [];
  });
}
for (const sheet of sheets(src))
  for (const [, rule = ""] of sheet.matchAll(/\{([^{}]*)\}/g)) {
    const colour = String.raw`(var\(--[\w-]+\)|#[0-9a-f]{6})`;
    const text = new RegExp(String.raw`(?:^|[\s;])color:\s*${colour}`).exec(rule)?.[1];
    const ground = new RegExp(String.raw`(?:^|[\s;])background:\s*${colour}`).exec(rule)?.[1];
    if (text && ground) pair(text, ground);
  }

for (const [name, selector] of [
  ["light", ':root[data-mantine-color-scheme="light"]'],
  ["dark", ':root[data-mantine-color-scheme="dark"]'],
] as const) {
  describe(`the ${name} theme`, () => {
    const theme = themeOf(selector);
    it.each([...pairs])("%s", (each) => {
      const [text, ground] = each.split(" on ") as [string, string];
      expect(contrast(theme, text, ground)).toBeGreaterThanOrEqual(4.5);
    });
    it("shows where the focus is, and the edges of fields", () => {
      for (const ground of grounds)
        expect(contrast(theme, v("accent"), v(ground))).toBeGreaterThanOrEqual(3);
    });
  });
}

it("names every colour in the one file, but for the station's printed cards and alarms", () => {
  for (const sheet of sheets(src, "station"))
    expect(sheet.replace(/rgb\(0 0 0 \/ \d+%\)/g, "")).not.toMatch(/#[0-9a-f]{3,8}\b|rgba?\(|hsl/i);
});
