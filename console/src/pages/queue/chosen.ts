// Which case of a list is chosen, and what is being done with it. Pure, so that it can be proven.
import type { Exception } from "../../api/queries";
import { idOf, type Mode } from "./decide";
import type { QueueSearch } from "./views";

/** A form that is open, and the case it was opened for. */
export interface Work {
  exception: Exception;
  mode: Mode;
}

/** Which rows an address asks for; two addresses with the same differ in the chosen case alone. */
export function listOf({ view, owner, reason, channel }: QueueSearch): string {
  return JSON.stringify([view, owner, reason, channel]);
}

export interface Choice {
  /** The chosen case of the address last seen, and the list it belongs to. */
  at: string | undefined;
  list: string;
  /** The chosen case here: sooner than the address. */
  id: string | undefined;
  /** What was written into the address from here and has not come back yet. */
  written: readonly (string | undefined)[];
  work: Work | null;
}

export function begin(at: string | undefined, list: string): Choice {
  return { at, list, id: at, written: [], work: null };
}

/** The choice after an address was seen: our own writing, a link or the way back, another list. */
export function seen(now: Choice, at: string | undefined, list: string): Choice {
  if (now.list !== list) return begin(at, list);
  if (now.at === at) return now;
  const own = now.written.indexOf(at);
  // Ours, and perhaps older than what is chosen by now.
  if (own >= 0) return { ...now, at, written: now.written.slice(own + 1) };
  if (at === undefined) return { ...now, at };
  const work = now.work && idOf(now.work.exception) === at ? now.work : null;
  return { ...now, at, id: at, written: [], work };
}

/** The choice once it is on its way into the address. */
export function wrote(now: Choice, at: string | undefined): Choice {
  return now.at === at ? now : { ...now, written: [...now.written, at].slice(-8) };
}

export interface Place {
  list: string;
  /** Of all rows, those before what is here included. */
  index: number;
  item: Exception | undefined;
}

interface Rows {
  list: string;
  items: Exception[];
  /** Rows before the first item, which are not here now. */
  before: number;
  more: boolean;
  /** The rows are still those of the list before. */
  old: boolean;
}

/**
 * Where the chosen case stands. One that has gone gives way to the one that took its place; one
 * whose page was let go while somebody scrolls stays as it was, and so does the last one while a
 * new list is fetched.
 */
export function placeOf(id: string | undefined, last: Place, rows: Rows): Place {
  const { list, items, before } = rows;
  const known = items.findIndex((item) => idOf(item) === id);
  if (known >= 0) return { list, index: before + known, item: items[known] };
  if (last.item && rows.old) return last;
  if (last.list !== list) return { list, index: before, item: items[0] };
  const letGo = last.index < before || (rows.more && last.index >= before + items.length);
  if (last.item && letGo) return last;
  const at = Math.min(Math.max(last.index - before, 0), items.length - 1);
  return { list, index: before + at, item: items[at] };
}
