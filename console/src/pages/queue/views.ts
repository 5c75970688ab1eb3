// The queue's views: what the address says, as a question to the server; and the views somebody
// named, kept in this browser. Pure but for the two functions that read and write the latter.
import * as v from "valibot";
import type { CaseFilter } from "../../api/cases";

export type View = "mine" | "unowned" | "overdue" | "today";
/** In this order on the page: what is old and what nobody has stands before the whole. */
export const views: readonly View[] = ["overdue", "unowned", "today", "mine"];

export interface QueueSearch {
  view?: View | undefined;
  owner?: string | undefined;
  reason?: string | undefined;
  channel?: string | undefined;
  supplier?: string | undefined;
  at?: string | undefined;
}

/** An instant as the contract writes it: in whole seconds. */
export function instantOf(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, "Z");
}

/** The end of the reader's day. */
export function endOfDay(now: number): string {
  const end = new Date(now);
  end.setHours(24, 0, 0, 0);
  return instantOf(end.getTime());
}

const step = 5 * 60_000;

/** What the server is asked for. What is overdue moves on in steps, so that its rows are kept. */
export function filterOf(search: QueueSearch, now: number): CaseFilter {
  const { view, owner, reason, channel, supplier } = search;
  const filter: CaseFilter = { reason, channel, supplier };
  if (view === "mine") filter.of = "me";
  else if (view === "unowned") filter.of = "nobody";
  else filter.owner = owner;
  if (view === "overdue") filter.due_before = instantOf(Math.floor(now / step) * step);
  if (view === "today") filter.due_before = endOfDay(now);
  return filter;
}

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
