// How well a name answers what was typed: every word of it must be found, its letters in order.

function plain(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "")
    .toLowerCase();
}

/** Points for one word, or null when its letters do not stand in the name in order. */
function wordScore(word: string, name: string): number | null {
  const whole = name.indexOf(word);
  if (whole >= 0) {
    const starts = whole === 0 || /[^\p{L}\p{N}]/u.test(name[whole - 1] ?? "");
    return (starts ? 100 : 60) - Math.min(whole, 20);
  }
  let at = -1;
  let gaps = 0;
  for (const letter of word) {
    const next = name.indexOf(letter, at + 1);
    if (next < 0) return null;
    gaps += next - at - 1;
    at = next;
  }
  return Math.max(40 - gaps, 1);
}

/** Points of a name for what was typed; null when it is no answer. Nothing typed suits all. */
export function score(typed: string, name: string): number | null {
  const there = plain(name);
  let sum = 0;
  for (const word of plain(typed).split(/\s+/).filter(Boolean)) {
    const points = wordScore(word, there);
    if (points === null) return null;
    sum += points;
  }
  return sum;
}

/** Those that answer what was typed, the best first; equals stay in their order. */
export function best<Item>(typed: string, items: Item[], nameOf: (item: Item) => string): Item[] {
  return items
    .map((item) => ({ item, points: score(typed, nameOf(item)) }))
    .filter((each): each is { item: Item; points: number } => each.points !== null)
    .sort((a, b) => b.points - a.points)
    .map(({ item }) => item);
}
