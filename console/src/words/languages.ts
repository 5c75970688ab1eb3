// The languages the console speaks, and which of them a reader gets.

/** Written as the page says it in `<html lang>`. "en-XA" is English made strange by program. */
export type Language = "en" | "de" | "zh-Hans" | "en-XA";

/** Each language under the name its own readers give it. */
export const languages: { id: Language; name: string }[] = [
  { id: "en", name: "English" },
  { id: "de", name: "Deutsch" },
  { id: "zh-Hans", name: "简体中文" },
  { id: "en-XA", name: "[Ƥşḗŭḓǿ]" },
];

/** Where the reader's own choice is kept. */
export const languageKey = "holdfast.language";

function base(tag: string): string {
  return tag.toLowerCase().split("-")[0] ?? "";
}

/** The reader's own choice, else the first of the browser's languages we speak, else English. */
export function languageFor(chosen: string | null, browser: readonly string[]): Language {
  const own = languages.find(({ id }) => id === chosen);
  if (own) return own.id;
  for (const tag of browser) {
    const known = languages.find(({ id }) => id !== "en-XA" && base(id) === base(tag));
    if (known) return known.id;
  }
  return "en";
}

/** Whose numbers and dates to write: the reader's region where it speaks the language shown. */
export function formatsOf(language: Language, browser: readonly string[]): string {
  // The strange English is compared with English; Chinese keeps to one script.
  if (language === "en-XA") return "en";
  if (language === "zh-Hans") return language;
  return browser.find((tag) => base(tag) === language) ?? language;
}
