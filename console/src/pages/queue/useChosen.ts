// The chosen case of a list: at once here, and then in the address.
import { useRouter } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import type { Exception } from "../../api/queries";
import { begin, listOf, placeOf, seen, wrote, type Place, type Work } from "./chosen";
import { idOf } from "./decide";
import type { QueueSearch } from "./views";

interface Rows {
  items: Exception[];
  before: number;
  found: { hasNextPage: boolean; isPlaceholderData: boolean };
}

/**
 * While a form is open its case stays chosen although it leaves the list: what is being typed
 * belongs to it and to no other.
 */
export function useChosen(rows: Rows, to: "/" | "/approvals", search: QueueSearch, first: boolean) {
  const { items, before, found } = rows;
  const list = to + listOf(search);
  const [kept, setChoice] = useState(() => begin(search.at, list));
  const choice = seen(kept, search.at, list);
  if (choice !== kept) setChoice(choice);
  const last = useRef<Place>({ list, index: 0, item: undefined });
  const { work } = choice;
  const id = work ? idOf(work.exception) : choice.id;
  const here = items.find((item) => idOf(item) === id);
  const old = found.isPlaceholderData;
  const place = placeOf(id, last.current, { list, items, before, more: found.hasNextPage, old });
  useEffect(() => {
    // Where a case stood that has left the list while its form is open: another has its place.
    if (place.item && !old && (here || !work)) last.current = place;
  });

  const write = useAddress(to, list, (at) => setChoice((now) => wrote(now, at)));
  return {
    chosen: work ? (here ?? work.exception) : here || first ? place.item : undefined,
    /** What stands where the case being worked on stood, once that has left the list. */
    instead: work && !here ? place.item : undefined,
    /** Chosen by its reader, and not only the first there is. */
    opened: here !== undefined || work !== null,
    /** Keys may act on it: what is seen is what was asked for. */
    steady: work !== null || !old,
    choose: (item: Exception | undefined) => {
      const at = item && idOf(item);
      setChoice((now) => ({ ...now, id: at, work: null }));
      write(at);
    },
    work,
    setWork: (next: Work | null) =>
      setChoice((now) => ({ ...now, work: next, id: next ? idOf(next.exception) : now.id })),
  };
}

/** Writes the chosen case into the address once it is on the screen: the card comes first. */
function useAddress(
  to: "/" | "/approvals",
  list: string,
  writing: (at: string | undefined) => void,
) {
  const router = useRouter();
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(waiting.current), [list]);
  return (at: string | undefined) => {
    clearTimeout(waiting.current);
    waiting.current = setTimeout(() => {
      const { pathname, search } = router.latestLocation;
      // Somebody has gone elsewhere meanwhile.
      if (pathname !== to || to + listOf(search) !== list) return;
      writing(at);
      void router.navigate({
        to,
        search: (now: QueueSearch) => ({ ...now, at }),
        replace: true,
        resetScroll: false,
      });
    }, 60);
  };
}
