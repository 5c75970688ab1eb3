// What the event stream said about leases: who works on which case. A word ends with its lease.
import * as v from "valibot";

const shape = v.object({ stream: v.string(), number: v.number(), holder: v.string() });

/** A little longer than a lease lasts without being renewed. */
const lastsMs = 65_000;

/** Who had a case, and when that was said. */
export interface Word {
  holder: string;
  at: number;
}

let holders: ReadonlyMap<string, Word> = new Map();
const ends = new Map<string, ReturnType<typeof setTimeout>>();
const watchers = new Set<() => void>();

function put(id: string, holder: string): void {
  const next = new Map(holders);
  next.set(id, { holder, at: Date.now() });
  // The oldest words go first: an unbounded day of news must not stay.
  for (const old of next.keys()) {
    if (next.size <= 500) break;
    next.delete(old);
  }
  holders = next;
  for (const changed of watchers) changed();
}

/** Takes one piece of news; what is no lease is left alone. */
export function heardLease(data: unknown): void {
  const read = v.safeParse(shape, data);
  if (!read.success) return;
  const { stream, number, holder } = read.output;
  const id = `${stream}-${number}`;
  clearTimeout(ends.get(id));
  ends.delete(id);
  put(id, holder);
  if (!holder) return;
  const end = () => {
    ends.delete(id);
    put(id, "");
  };
  ends.set(id, setTimeout(end, lastsMs));
}

/** The holder by case, as far as it was heard; "" says that a case was given back. */
export const heardLeases = (): ReadonlyMap<string, Word> => holders;

/** News were missed: what was heard before says nothing any more. */
export function forgetLeases(): void {
  for (const end of ends.values()) clearTimeout(end);
  ends.clear();
  holders = new Map();
  for (const changed of watchers) changed();
}

export function watchLeases(changed: () => void): () => void {
  watchers.add(changed);
  return () => watchers.delete(changed);
}
