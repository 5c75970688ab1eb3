// Fetches what the screen shows of a long list, or is about to show. A page that failed is asked
// for again only by its reader, so that a server in trouble is not asked for ever.
import { useCallback, useEffect, useRef, useState } from "react";
import type { Exception } from "../../api/queries";
import type { Pages } from "../../kit/lists";

/** A list of pages of which only some are here. */
export interface Rows extends Pages<Exception> {
  hasPreviousPage: boolean;
  isFetchingPreviousPage: boolean;
  isFetchPreviousPageError: boolean;
  fetchPreviousPage: () => unknown;
}

interface Around {
  found: Rows;
  /** How many rows are here, and the first and the last one on the screen, counted from these. */
  count: number;
  first: number;
  last: number;
  /** Whether the screen stands still: nobody stops at the places that a drag passes. */
  resting: boolean;
  /** Brings the rows around a place, counted likewise, which is not here. */
  jump: (row: number) => Promise<unknown>;
}

/** How many rows from the end of what is here the next ones are fetched. */
const ahead = 60;
/** How long the screen shows nothing that is here before that is fetched, in ms. */
const settled = 150;

/** What went wrong, and how it is tried again. */
export function useAround({ found, count, first, last, resting, jump }: Around) {
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = found;
  const { hasPreviousPage, isFetchingPreviousPage, isFetchPreviousPageError } = found;
  const { fetchPreviousPage } = found;
  const [lost, setLost] = useState<unknown>();
  const latest = useRef(jump);
  useEffect(() => {
    latest.current = jump;
  });
  const jumping = useRef(false);
  const go = useCallback((row: number) => {
    if (jumping.current) return;
    jumping.current = true;
    setLost(undefined);
    void latest
      .current(row)
      .catch((thrown: unknown) => setLost(thrown ?? new Error("no answer")))
      .finally(() => (jumping.current = false));
  }, []);

  const middle = Math.floor((first + last) / 2);
  const away = count > 0 && (last < 0 || first >= count);
  useEffect(() => {
    if (!away || !resting || lost !== undefined) return;
    // Who goes to an end has its rows before the screen follows: it is given the time.
    const waiting = setTimeout(() => go(middle), settled);
    return () => clearTimeout(waiting);
  }, [away, resting, lost, middle, go]);

  const busy = isFetchingNextPage || isFetchingPreviousPage;
  const failed = isFetchNextPageError || isFetchPreviousPageError;
  const down = hasNextPage && last >= count - ahead && first < count + ahead;
  const up = hasPreviousPage && first < ahead && last >= -ahead;
  useEffect(() => {
    if (busy || failed || away || jumping.current) return;
    if (down) void fetchNextPage();
    else if (up) void fetchPreviousPage();
  }, [busy, failed, away, down, up, fetchNextPage, fetchPreviousPage]);

  const error = lost ?? (failed && !busy ? found.error : undefined);
  function again(): void {
    if (away) go(middle);
    else if (isFetchPreviousPageError) void fetchPreviousPage();
    else void fetchNextPage();
  }
  return { error: away || failed ? error : undefined, again };
}
