// The keys of one chosen exception and the panel they move.
import { useEffect, useRef, useState } from "react";
import type { Exception } from "../../api/queries";
import { activates, onKeys } from "../../kit/keys";
import { actionFor, idOf, type Mode } from "./decide";

interface Hands {
  chosen: Exception | undefined;
  active?: boolean;
  move?: (by: 1 | -1) => void;
  open?: () => void;
}

export function useDecisions(hands: Hands): { mode: Mode; setMode: (mode: Mode) => void } {
  const [held, setHeld] = useState<{ id: string; mode: Mode }>({ id: "", mode: { kind: "look" } });
  const id = hands.chosen ? idOf(hands.chosen) : "";
  // A mode belongs to the exception it was chosen for and ends with it.
  const mode: Mode = held.id === id ? held.mode : { kind: "look" };
  const setMode = (next: Mode) => setHeld({ id, mode: next });
  const latest = useRef({ hands, mode, setMode });
  useEffect(() => {
    latest.current = { hands, mode, setMode };
  });
  const active = hands.active ?? true;
  useEffect(() => {
    if (!active) return undefined;
    return onKeys((press, event) => {
      const { hands: now, mode: at, setMode: go } = latest.current;
      const open = now.chosen && !now.chosen.resolved_at;
      const action = actionFor(press, {
        mode: at,
        options: open ? (now.chosen?.options ?? null) : null,
      });
      if (!action) return false;
      switch (action.do) {
        case "move":
          now.move?.(action.by);
          return now.move !== undefined;
        case "open":
          if (activates(event.target) && !isRow(event.target)) return false;
          now.open?.();
          return now.open !== undefined;
        case "back":
          go({ kind: "look" });
          return true;
        case "mode":
          go(action.mode);
          return true;
      }
    });
  }, [active]);
  return { mode, setMode };
}

function isRow(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.dataset["row"] !== undefined;
}
