// Which cases are marked for one decision about all of them. They stay marked while the list moves.
import { useRef, useState } from "react";
import type { Exception } from "../../api/queries";
import { useWatched } from "../../kit/others";
import { idOf } from "./decide";

export type Marks = ReadonlyMap<string, Exception>;

/** All from `from` to `to`, whichever stands first; only `to` when the other is not in the list. */
export function between(items: Exception[], from: string | undefined, to: Exception): Exception[] {
  const a = items.findIndex((item) => idOf(item) === from);
  const b = items.findIndex((item) => idOf(item) === idOf(to));
  if (a < 0 || b < 0) return [to];
  return items.slice(Math.min(a, b), Math.max(a, b) + 1);
}

export function useMarks() {
  const [marked, setMarked] = useState<Marks>(new Map());
  const last = useRef<string>(undefined);
  useWatched([...marked.keys()]);

  function mark(item: Exception): void {
    const id = idOf(item);
    last.current = id;
    setMarked((now) => {
      const next = new Map(now);
      if (!next.delete(id)) next.set(id, item);
      return next;
    });
  }

  /** Marks everything from the one marked last to this one. */
  function markRange(items: Exception[], to: Exception): void {
    const range = between(items, last.current, to);
    last.current = idOf(to);
    setMarked((now) => new Map([...now, ...range.map((item) => [idOf(item), item] as const)]));
  }

  function unmark(ids: string[]): void {
    setMarked((now) => new Map([...now].filter(([id]) => !ids.includes(id))));
  }

  return { marked, mark, markRange, unmark, clear: () => setMarked(new Map()) };
}
