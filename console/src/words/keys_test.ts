// The catalogue as the source uses it: no key stands in two files, and none is left over.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { en } from ".";

const root = join(import.meta.dirname, "..");

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((each) => {
    const path = join(folder, each.name);
    if (each.isDirectory()) return each.name === "words" ? [] : sources(path);
    return /\.tsx?$/.test(each.name) && !/_test\.|contract\.ts$/.test(each.name)
      ? [readFileSync(path, "utf8")]
      : [];
  });
}

/** Every word that a key may begin with where its end is only known at run time. */
function stems(text: string): Set<string> {
  const found = new Set<string>();
  // t(`view.${view}`), and `${field}.${kind}` helpers that are given the stem.
  for (const [, stem] of text.matchAll(/`([\w.]+)\.\$\{/g)) found.add(stem!);
  // name("reason", …), choice(say, …, "ack", …), kind="riskClass".
  for (const [, kind] of text.matchAll(/\bname\(\s*"([\w.]+)"/g)) found.add(kind!);
  for (const [, kind] of text.matchAll(/\bkind(?:=|: )"(\w+)"/g)) found.add(kind!);
  for (const [, kind] of text.matchAll(/\bkindOf\b[^=]*= \{([^}]*)\}/g))
    for (const [, each] of kind!.matchAll(/"(\w+)"/g)) found.add(each!);
  for (const [, kind] of text.matchAll(/\bchoice\([^;]*?"(\w+)",\s*[\w.]+(?:,\s*)?\)/g))
    found.add(kind!);
  return found;
}

it("has every key in one file only", () => {
  for (const language of ["en", "de", "zh"]) {
    const home = new Map<string, string>();
    const folder = join(import.meta.dirname, language);
    for (const file of readdirSync(folder)) {
      const text = readFileSync(join(folder, file), "utf8");
      for (const [, key] of text.matchAll(/^ {2}"([\w.]+)":/gm)) {
        expect(home.get(key!), `${language}: ${key} in ${file}`).toBeUndefined();
        home.set(key!, file);
      }
    }
    expect(home.size).toBeGreaterThan(1000);
  }
});

it("has no key that nothing says", () => {
  const text = sources(root).join("\n");
  const known = stems(text);
  const unused = Object.keys(en).filter((key) => {
    if (text.includes(`"${key}"`)) return false;
    return !known.has(key.slice(0, key.lastIndexOf("."))) && !known.has(key.split(".")[0]!);
  });
  expect(unused).toEqual([]);
});
