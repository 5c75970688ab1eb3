// Home and End: to the first and the last case there is, wherever they are.
import { useState } from "react";
import type { Exception } from "../../api/queries";
import { useKeys, type Press } from "../../kit/keys";

type End = "first" | "last";

interface Ends {
  items: Exception[];
  before: number;
  after: number;
  jump: (row: number) => Promise<Exception[]>;
  choose: (item: Exception | undefined) => void;
  active: boolean;
}

/** What went wrong on the way to an end, and how it is tried again. */
export function useEnds({ items, before, after, jump, choose, active }: Ends) {
  const [lost, setLost] = useState<{ end: End; error: unknown }>();

  function rowsAt(end: End): Promise<Exception[]> | Exception[] {
    if (end === "first") return before > 0 ? jump(0) : items;
    return after > 0 ? jump(before + items.length + after - 1) : items;
  }

  async function go(end: End): Promise<void> {
    setLost(undefined);
    try {
      const there = await rowsAt(end);
      const item = end === "first" ? there[0] : there.at(-1);
      if (item) choose(item);
    } catch (error) {
      setLost({ end, error });
    }
  }

  const applies = active && items.length > 0;
  const run =
    (end: End) =>
    ({ event }: Press): boolean => {
      // Elsewhere on the page these keys scroll what has the focus.
      const target = event?.target;
      const ours = !(target instanceof HTMLElement) || target === document.body || isRow(target);
      if (ours) void go(end);
      return ours;
    };
  useKeys({ first: { run: run("first"), applies }, last: { run: run("last"), applies } });

  return { error: lost?.error, again: () => lost && void go(lost.end) };
}

function isRow(target: HTMLElement): boolean {
  return target.dataset["row"] !== undefined;
}
