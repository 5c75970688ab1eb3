// The console's words in the reader's language. Keys are typed; a language is one folder with the
// same keys, and all but English are fetched when they are first wanted.
import { i18n } from "@lingui/core";
import { compileMessage, type CompiledMessage } from "@lingui/message-utils/compileMessage";
import { useLingui } from "@lingui/react";
import { en } from "./en";
import { formatsOf, languageFor, languageKey, type Language } from "./languages";
import type { Same } from "./types";

export { en };
export type Key = keyof typeof en;
type Values = Record<string, string | number>;
type Catalogue = Same<typeof en> | Record<Key, CompiledMessage>;

const catalogues: Record<Language, () => Promise<Catalogue>> = {
  en: () => Promise.resolve(en),
  de: async () => (await import("./de")).default,
  "zh-Hans": async () => (await import("./zh")).default,
  "en-XA": async () => (await import("./pseudo")).pseudoCatalogue(en),
};

/** The shipped policy's texts in a language, by their English; none where they stay as they are. */
const policyTexts: Record<Language, () => Promise<Record<string, string>>> = {
  en: () => Promise.resolve({}),
  de: async () => (await import("./de/texts.json")).default,
  "zh-Hans": async () => (await import("./zh/texts.json")).default,
  "en-XA": async () => {
    const [{ pseudoTexts }, german] = await Promise.all([
      import("./pseudo"),
      import("./de/texts.json"),
    ]);
    return pseudoTexts(Object.keys(german.default));
  },
};

const compiled = new Map<string, CompiledMessage>();
i18n.setMessagesCompiler((message) => {
  const known = compiled.get(message) ?? compileMessage(message);
  compiled.set(message, known);
  return known;
});

let formats = "en";
let rules = new Map<string, string>();
i18n.loadAndActivate({ locale: "en", messages: { ...en } });

/** Shows the console in a language. Fails when its catalogue cannot be fetched. */
export async function setLanguage(language: Language): Promise<void> {
  const [catalogue, texts] = await Promise.all([catalogues[language](), policyTexts[language]()]);
  const messages = { ...catalogue };
  rules = new Map(Object.entries(texts));
  // Dates and numbers are written as in the reader's region.
  formats = formatsOf(language, navigator.languages);
  i18n.loadAndActivate({ locale: language, locales: [formats], messages });
  document.documentElement.lang = language;
}

/** The language of this reader. */
export function readersLanguage(): Language {
  return languageFor(localStorage.getItem(languageKey), navigator.languages);
}

export { i18n };

export interface Words {
  /** The words of a key, with its values filled in. */
  t: (key: Key, values?: Values) => string;
  /** The name of a value that the server sent; an unknown one is shown as it came. */
  name: (kind: string, value: string) => string;
  /** A text of the policy: in the reader's language where it is a shipped one, else as written. */
  rule: (text: string) => string;
  /** Whose way of writing numbers and dates. */
  readonly locale: string;
}

export const words: Words = {
  t: (key, values) => i18n._(key, values),
  name: (kind, value) =>
    `${kind}.${value}` in en ? i18n._(`${kind}.${value}`) : value.replaceAll("_", " "),
  rule: (text) => rules.get(text) ?? text,
  get locale() {
    return formats;
  },
};

/** The words in the reader's language; the component is drawn again when it changes. */
export function useWords(): Words & { language: Language } {
  const { i18n: active } = useLingui();
  return { ...words, language: active.locale as Language };
}
