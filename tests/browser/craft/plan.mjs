// Which loads are made: every page plainly; then every page once more in another theme, language
// and width, so that every pair of these three comes about at least once; or all of them.

export const themes = ["light", "dark"];
export const languages = ["en", "de", "zh-Hans", "en-XA"];
export const widths = [1440, 768, 320];

/** A run that everybody waits for makes no more of them. */
const mostLoads = 52;

/** All pairs of theme, language and width: four languages by three widths, themes by turns. */
const mixtures = Array.from({ length: languages.length * widths.length }, (_, at) => ({
  theme: themes[(1 + (at % languages.length) + (at % widths.length)) % themes.length],
  language: languages[at % languages.length],
  width: widths[(at + 1) % widths.length],
}));

function product(names) {
  return names.flatMap((page) =>
    themes.flatMap((theme) =>
      languages.flatMap((language) => widths.map((width) => ({ page, theme, language, width }))),
    ),
  );
}

export function plan(names, full) {
  if (full) return product(names);
  const plain = names.map((page) => ({ page, theme: "light", language: "en", width: 1440 }));
  const rest = Math.max(mixtures.length, Math.min(names.length, mostLoads - plain.length));
  const mixed = Array.from({ length: rest }, (_, at) => ({
    page: names[at % names.length],
    ...mixtures[at % mixtures.length],
  }));
  return [...plain, ...mixed];
}
