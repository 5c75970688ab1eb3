// The keys of one chosen exception and the panel they move.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { exceptionDetail, session, type Exception } from "../../api/queries";
import { activates, useKeys, type Handler, type Press } from "../../kit/keys";
import { useWords } from "../../words";
import {
  actionFor,
  idOf,
  isContactable,
  isSuppliersIncident,
  type Deciding,
  type Mode,
} from "./decide";
import type { Work } from "./chosen";
import { useHolder } from "./leases";

interface Hands {
  chosen: Exception | undefined;
  active?: boolean;
  move?: (by: 1 | -1) => void;
  open?: () => void;
  /** Where it is kept which form is open, if not here. */
  work?: [Work | null, (work: Work | null) => void];
}

export function useDecisions(hands: Hands): { mode: Mode; setMode: (mode: Mode) => void } {
  const { name } = useWords();
  const own = useState<Work | null>(null);
  const [work, setWork] = hands.work ?? own;
  const { chosen, active = true, move, open } = hands;
  const id = chosen ? idOf(chosen) : "";
  // A mode belongs to the exception it was chosen for and ends with it.
  const mode: Mode = work && idOf(work.exception) === id ? work.mode : { kind: "look" };
  const setMode = (next: Mode) =>
    setWork(next.kind === "look" || !chosen ? null : { exception: chosen, mode: next });
  const may = useMayDecide();
  const holder = useHolder(chosen);
  // Its own page says which ways out this reader may take, and whether it is still open.
  const whole = useQuery({
    ...exceptionDetail(chosen?.stream ?? "", chosen?.number ?? 0),
    enabled: false,
  }).data?.exception;
  const now = whole ?? chosen;
  const options = now && !now.resolved_at && may && !holder ? now.options : null;
  const contactable =
    chosen !== undefined && (isContactable(chosen) || isSuppliersIncident(chosen));

  function does(binding: Deciding): Handler {
    const run = ({ key, event }: Press): boolean => {
      const action = actionFor(binding, { mode, options, contactable }, key);
      if (!action) return false;
      switch (action.do) {
        case "move":
          move?.(action.by);
          return true;
        case "open":
          if (event && activates(event.target) && !isRow(event.target)) return false;
          open?.();
          return true;
        case "back":
          setMode({ kind: "look" });
          return true;
        case "mode":
          setMode(action.mode);
          return true;
      }
    };
    return { run, applies: actionFor(binding, { mode, options, contactable }) !== null };
  }

  const choices = (options ?? []).slice(0, 9).map((option, at) => ({
    key: String(at + 1),
    label: name("verb", option.verb),
  }));
  useKeys(
    active
      ? {
          ...(move ? { next: does("next"), previous: does("previous") } : {}),
          ...(open && chosen ? { open: does("open") } : {}),
          choose: { ...does("choose"), choices },
          resolve: does("resolve"),
          snooze: does("snooze"),
          assign: does("assign"),
          retry: does("retry"),
          contact: does("contact"),
          back: does("back"),
        }
      : {},
  );
  return { mode, setMode };
}

/** Whether the reader has the right to decide cases. */
export function useMayDecide(): boolean {
  return useQuery(session).data?.rights.includes("decide") ?? false;
}

function isRow(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.dataset["row"] !== undefined;
}
