// Which loads are made: every page plainly, then few more in which every pair of page, theme,
// language and width comes about at least once; or all of them.

export const themes = ["light", "dark"];
export const languages = ["en", "de", "zh-Hans", "en-XA"];
export const widths = [1440, 768, 320];

function pairsOf(load) {
  const said = Object.entries(load).map(([name, value]) => `${name}=${value}`);
  return said.flatMap((one, at) => said.slice(at + 1).map((other) => `${one} ${other}`));
}

function product(pages) {
  return pages.flatMap((page) =>
    themes.flatMap((theme) =>
      languages.flatMap((language) => widths.map((width) => ({ page, theme, language, width }))),
    ),
  );
}

export function plan(pages, full) {
  const all = product(pages);
  if (full) return all;
  const chosen = pages.map((page) => ({ page, theme: "light", language: "en", width: 1440 }));
  const open = new Set(all.flatMap(pairsOf));
  const cover = (load) => pairsOf(load).forEach((pair) => open.delete(pair));
  chosen.forEach(cover);
  while (open.size > 0) {
    const gain = (load) => pairsOf(load).filter((pair) => open.has(pair)).length;
    const best = all.reduce((a, b) => (gain(b) > gain(a) ? b : a));
    chosen.push(best);
    cover(best);
  }
  return chosen;
}
