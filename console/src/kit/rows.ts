// Rows one walks through with keys: the focus moves from row to row, so that Enter opens what the
// reader is on and a screen reader says it.
import { useEffect, useRef } from "react";
import { activates, useKeys } from "./keys";

/** The row to go to from the one at `at` (-1 for none); the same where there is none further. */
export function step(at: number, by: 1 | -1, count: number): number {
  if (count === 0) return -1;
  if (at < 0) return by === 1 ? 0 : count - 1;
  return Math.min(count - 1, Math.max(0, at + by));
}

interface Rows {
  ids: string[];
  /** The chosen row's id; it may be none of these. */
  chosen: string | undefined;
  choose: (id: string) => void;
  open: (id: string) => void;
  /** Brings a row into sight before it gets the focus. */
  show?: (index: number) => void;
}

/** Keys for rows whose link or button carries `data-row={id}`. */
export function useRows({ ids, chosen, choose, open, show }: Rows): void {
  const wanted = useRef<string | null>(null);
  // Keys come faster than the address changes: each goes on from where the last one went.
  const current = useRef(chosen);
  useEffect(() => {
    current.current = chosen;
  }, [chosen]);
  // The row may be drawn only after it was scrolled to.
  useEffect(() => {
    if (wanted.current === null) return;
    const row = document.querySelector<HTMLElement>(`[data-row="${CSS.escape(wanted.current)}"]`);
    if (!row) return;
    wanted.current = null;
    row.focus({ preventScroll: true });
  });
  const move = (by: 1 | -1) => {
    const from = current.current === undefined ? -1 : ids.indexOf(current.current);
    const to = step(from, by, ids.length);
    const id = ids[to];
    if (id === undefined) return;
    wanted.current = id;
    current.current = id;
    show?.(to);
    choose(id);
  };
  const applies = ids.length > 0;
  useKeys({
    nextRow: { run: () => move(1), applies },
    previousRow: { run: () => move(-1), applies },
    openRow: {
      run: ({ event }) => {
        if (!chosen || (event && activates(event.target))) return false;
        open(chosen);
        return true;
      },
      applies: chosen !== undefined,
    },
  });
}
