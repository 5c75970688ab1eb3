// The queue's views, and those that somebody named, kept in this browser. Pure but for the two
// functions that read and write the latter.
import * as v from "valibot";
import type { QueueSearch, View } from "../../api/filter";

export { endOfDay, filterOf, instantOf, type QueueSearch, type View } from "../../api/filter";
/** In this order on the page: what is old and what nobody has stands before the whole. */
export const views: readonly View[] = ["overdue", "unowned", "today", "mine"];

export function isFiltered({ view, owner, reason, channel, supplier }: QueueSearch): boolean {
  return Boolean(view || owner || reason || channel || supplier);
}

const text = v.optional(v.string());
const namedShape = v.array(
  v.object({
    name: v.pipe(v.string(), v.minLength(1)),
    search: v.object({
      view: v.optional(v.picklist(["mine", "unowned", "overdue", "today"])),
      owner: text,
      reason: text,
      channel: text,
      supplier: text,
    }),
  }),
);
export type Named = v.InferOutput<typeof namedShape>[number];

const place = "holdfast-queue-views";
const mostNamed = 20;

export function readNamed(): Named[] {
  try {
    const read = v.safeParse(namedShape, JSON.parse(localStorage.getItem(place) ?? "[]"));
    return read.success ? read.output : [];
  } catch {
    return [];
  }
}

/** Keeps a view under its name, in the place of one with the same name; the oldest goes at last. */
export function addNamed(known: Named[], name: string, search: QueueSearch): Named[] {
  const { view, owner, reason, channel, supplier } = search;
  const rest = known.filter((each) => each.name !== name);
  return [...rest, { name, search: { view, owner, reason, channel, supplier } }].slice(-mostNamed);
}

export function keepNamed(views: Named[]): void {
  localStorage.setItem(place, JSON.stringify(views));
}
