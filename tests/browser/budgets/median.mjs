/** The middle of several measures, and all of them as they came. */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return { value: sorted[Math.floor(sorted.length / 2)], of: sorted.map(Math.round).join(" ") };
}
