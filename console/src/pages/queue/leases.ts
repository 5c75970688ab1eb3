// Who works on which case: the lease of the case that is open here, and what the news say about
// those of others. The server decides; this only shows it.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { endLease, takeLease } from "../../api/cases";
import { heardLeases, watchLeases } from "../../api/leases";
import { asApiError } from "../../api/problem";
import { exceptionDetail, session, type Exception } from "../../api/queries";
import { idOf } from "./decide";
import { heldNow } from "./held";

/** A case that is only passed by is not taken. */
const restMs = 200;
/** A lease lasts a minute. */
const renewMs = 30_000;

/** Who else has a case of a list, by the news; "" for nobody. */
export function useListedHolder(exception: Exception): string {
  const me = useQuery(session).data?.user.name ?? "";
  const heard = useSyncExternalStore(watchLeases, heardLeases);
  const holder = heard.get(idOf(exception))?.holder ?? exception.leased_by ?? "";
  return holder === me ? "" : holder;
}

/**
 * Who else has the case that is looked at; "" for nobody. The list's row and the page of a case ask
 * the same: what the server last said of the case itself, or newer news.
 */
export function useHolder(exception: Exception | undefined): string {
  const me = useQuery(session).data?.user.name ?? "";
  const heard = useSyncExternalStore(watchLeases, heardLeases);
  const { stream = "", number = 0 } = exception ?? {};
  const detail = useQuery({ ...exceptionDetail(stream, number), enabled: false });
  if (!exception) return "";
  const word = heard.get(idOf(exception));
  const asked = detail.data && { by: detail.data.exception.leased_by, at: detail.dataUpdatedAt };
  const said = asked && (!word || asked.at > word.at) ? asked.by : word?.holder;
  const holder = said ?? (asked ? "" : exception.leased_by) ?? "";
  return holder === me ? "" : holder;
}

/** Whoever touches nothing for so long has left the desk: the case is not kept from others. */
const awayMs = 180_000;
let touched = Date.now();
for (const event of ["keydown", "pointerdown"])
  globalThis.addEventListener?.(event, () => (touched = Date.now()), { passive: true });

/**
 * Takes the case while it is open here, renews that, and gives it back when it is left. While
 * somebody else has it, it is only looked after whether they still do.
 */
export function useLease(exception: Exception, wanted: boolean, holder: string): void {
  const open = wanted && !exception.resolved_at ? exception : undefined;
  const id = open && idOf(open);
  const stream = open?.stream ?? "";
  const number = open?.number ?? 0;
  const cache = useQueryClient();
  useEffect(() => {
    if (!id) return;
    const at = { stream, number };
    const look = () => void cache.invalidateQueries({ queryKey: ["exception", stream, number] });
    if (holder) {
      const again = setInterval(look, renewMs);
      return () => clearInterval(again);
    }
    let taken = false;
    let left = false;
    const ask = () =>
      takeLease(at).then(
        () => {
          taken = true;
          // It was left before the answer came.
          if (left) giveBack();
        },
        (thrown: unknown) => {
          const { status } = asApiError(thrown);
          taken = taken && status === 0;
          // Somebody else has it: its page says who.
          if (status === 409) look();
        },
      );
    // A decision that waits to be sent keeps its case.
    const giveBack = () => !heldNow().some((held) => held.id === id) && endLease(at);
    const first = setTimeout(() => void ask(), restMs);
    const again = setInterval(() => Date.now() - touched < awayMs && void ask(), renewMs);
    return () => {
      left = true;
      clearTimeout(first);
      clearInterval(again);
      if (taken) giveBack();
    };
  }, [cache, id, stream, number, holder]);
}
