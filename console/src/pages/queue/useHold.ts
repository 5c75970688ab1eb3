// Deciding without waiting: the decision is kept for ten seconds, its case leaves the list at once,
// and others are kept away from it meanwhile.
import { useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useMemo, useSyncExternalStore } from "react";
import { endLease, sendChange, takeLease, type Change } from "../../api/cases";
import { leaveLists } from "../../api/live";
import { session, type Exception } from "../../api/queries";
import { refreshOf } from "../../api/stale";
import { announce } from "../../kit/announce";
import { heldNow, hold, watchHeld, type Held } from "./held";

/** Makes every cached answer stale that a change of this case concerns. */
export function caseChanged(cache: QueryClient, { stream, number }: Exception): void {
  const refresh = refreshOf(cache);
  refresh("exceptions");
  refresh("counts");
  for (const queryKey of [
    ["exception", stream, number],
    ["order", stream],
  ]) {
    void cache.invalidateQueries({ queryKey });
  }
}

export function useHold(): (exception: Exception, change: Change, says: string) => void {
  const cache = useQueryClient();
  return (exception, change, says) => {
    hold(exception, change, says, {
      send: sendChange,
      me: () => cache.getQueryData(session.queryKey)?.user.name ?? "",
      sent: (held: Held) => {
        if (change.kind !== "assign") leaveLists(cache, held.id);
        if (change.kind !== "resolve") endLease(held.exception);
        caseChanged(cache, held.exception);
      },
    });
    // Decided before its lease came, or long after: it is ours for the next minute.
    setTimeout(() => void takeLease(exception).catch(() => undefined));
    announce(says);
  };
}

/** What the reader decided here; nothing of somebody who was signed in before. */
export function useHeld(): readonly Held[] {
  const me = useQuery(session).data?.user.name ?? "";
  const held = useSyncExternalStore(watchHeld, heldNow);
  return useMemo(() => held.filter((each) => each.by === me), [held, me]);
}

/** The cases whose decision is under way: they have left the list. */
export function useLeaving(): ReadonlySet<string> {
  const held = useHeld();
  return useMemo(
    () => new Set(held.filter((each) => each.state !== "refused").map((each) => each.id)),
    [held],
  );
}
