// Every language says the same things: the same keys, the same values filled in, nothing empty.
import { compileMessage, type CompiledMessage } from "@lingui/message-utils/compileMessage";
import { afterAll, describe, expect, it } from "vitest";
import { en, i18n, setLanguage, words, type Key } from ".";
import de from "./de";
import { formatsOf, languageFor, languages } from "./languages";
import { pseudo } from "./pseudo";
import zh from "./zh";

const others: Record<string, Record<string, string>> = { de, zh };

/** What is filled into a message, with its kind: "count plural", "open number". */
function placeholders(message: CompiledMessage): string[] {
  const found = new Set<string>();
  const visit = (parts: CompiledMessage): void => {
    for (const part of parts) {
      if (typeof part === "string") continue;
      const [name, kind = "", choices] = part;
      found.add(`${name} ${kind}`.trim());
      if (choices && typeof choices === "object")
        for (const branch of Object.values(choices)) if (Array.isArray(branch)) visit(branch);
    }
  };
  visit(message);
  return [...found].sort();
}

afterAll(() => setLanguage("en"));

for (const [language, catalogue] of Object.entries(others)) {
  describe(language, () => {
    it("has the keys of English and no others", () => {
      expect(Object.keys(catalogue).sort()).toEqual(Object.keys(en).sort());
    });
    it("fills in the same values", () => {
      for (const key of Object.keys(en) as Key[]) {
        const [ours, theirs] = [en[key], catalogue[key] ?? ""].map((each) => compileMessage(each));
        expect(placeholders(theirs!), key).toEqual(placeholders(ours!));
      }
    });
    it("says something everywhere, with every plural its language has", () => {
      const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
      for (const [key, message] of Object.entries(catalogue)) {
        expect(message.trim(), key).not.toBe("");
        if (!message.includes(", plural,")) continue;
        for (const form of forms) expect(message, key).toContain(`${form} {`);
      }
    });
  });
}

it("leaves no sentence as it is in English", () => {
  const sentence = /\p{L}{3,}.* .*\p{L}{3,}/u;
  const told = Object.entries(en).filter(([, said]) =>
    sentence.test(said.replace(/\{[^}]*\}/g, "")),
  );
  for (const [language, catalogue] of Object.entries(others))
    for (const [key, said] of told) expect(catalogue[key], `${language} ${key}`).not.toBe(said);
});

describe("the strange English", () => {
  it("marks, lengthens and accents its words, and leaves what is filled in", async () => {
    await setLanguage("en-XA");
    const said = words.t("order.title", { number: "#1007" });
    expect(said).toMatch(/^\[.*#1007.*\]$/);
    expect(said).not.toContain("Order");
    expect(said.length).toBeGreaterThanOrEqual(Math.floor("Order #1007".length * 1.3));
    expect(words.t("orders.exceptions", { count: 2 })).toMatch(/^\[2 .*\]$/);
    expect(pseudo("Back").join("").length).toBeGreaterThanOrEqual(Math.floor(4 * 1.4));
  });
});

it("changes with the language, plurals and numbers included", async () => {
  await setLanguage("de");
  expect(i18n.locale).toBe("de");
  expect(document.documentElement.lang).toBe("de");
  expect(words.t("orders.exceptions", { count: 1 })).toBe("1 Ausnahme");
  expect(words.t("orders.exceptions", { count: 1200 })).toBe("1.200 Ausnahmen");
  expect(words.name("reason", "fraud_hold")).toBe("Betrugsverdacht");
  expect(words.name("reason", "something_new")).toBe("something new");
  await setLanguage("zh-Hans");
  expect(words.t("orders.exceptions", { count: 3 })).toBe("3 项异常");
});

it("gives a reader the chosen language, else the browser's first that is spoken here", () => {
  expect(languageFor("de", ["en-GB"])).toBe("de");
  expect(languageFor("xx", ["fr-FR", "zh-CN", "en"])).toBe("zh-Hans");
  expect(languageFor(null, ["de-AT", "en"])).toBe("de");
  expect(languageFor(null, ["fr"])).toBe("en");
  expect(languages.map(({ id }) => languageFor(id, []))).toEqual(languages.map(({ id }) => id));
});

it("writes dates and numbers as in the reader's region when it speaks the language", () => {
  expect(formatsOf("en", ["de-DE", "en-GB"])).toBe("en-GB");
  expect(formatsOf("de", ["en-GB"])).toBe("de");
  expect(formatsOf("en-XA", ["de-DE"])).toBe("en");
});
