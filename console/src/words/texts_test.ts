// The shipped policy speaks the reader's language, too: every text of it that a page shows has its
// words in every language, and no language has a text that the policy no longer says.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { setLanguage, words } from ".";
import de from "./de/texts.json";
import zh from "./zh/texts.json";

const folder = join(import.meta.dirname, "../../../policy");
const shown = /^(?:next_action|input|action|release|exception_path|record|enters|verified)$/;

/** The texts of one file: values of the keys above, consequences, and the names of lists' items. */
function textsOf(file: string): string[] {
  const toml = readFileSync(join(folder, file), "utf8").replace(/^#.*$/gm, "");
  const values = [...toml.matchAll(/^(\w+) = "([^"]+)"/gm)];
  const consequences = [...toml.matchAll(/consequence = "([^"]+)"/g)];
  const lists = [...toml.matchAll(/^(?:receiving|inspection|packing) = \[([\s\S]*?)\]$/gm)];
  return [
    // A retention record is a code word, and not shown as it stands.
    ...values
      .filter(([, key, text]) => shown.test(key!) && text!.includes(" "))
      .map(([, , text]) => text!),
    ...consequences.map(([, text]) => text!),
    ...lists.flatMap(([, list]) =>
      [...list!.replace(/needs = "\w+"/g, "").matchAll(/"([^"]+)"/g)].map(([, item]) => item!),
    ),
  ];
}

const files = ["reasons.toml", "procedures.toml", "gates.toml", "light.toml"];
const shipped = new Set(files.flatMap(textsOf));

afterAll(() => setLanguage("en"));

for (const [language, texts] of Object.entries({ de, zh })) {
  it(`has every text of the policy in ${language}`, () => {
    expect(shipped.size).toBeGreaterThan(200);
    expect(Object.keys(texts).sort()).toEqual([...shipped].sort());
    for (const [english, text] of Object.entries(texts)) {
      expect(text.trim(), english).not.toBe("");
      expect(text, english).not.toBe(english);
    }
  });
}

it("says a text of one's own policy as it was written", async () => {
  const [english, german] = Object.entries(de)[0]!;
  await setLanguage("de");
  expect(words.rule(english)).toBe(german);
  expect(words.rule("Ring up the agent.")).toBe("Ring up the agent.");
  await setLanguage("en-XA");
  expect(words.rule(english)).toMatch(/^\[.*\]$/);
  await setLanguage("en");
  expect(words.rule(english)).toBe(english);
});
