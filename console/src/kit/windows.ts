// The two windows of the console, of which at most one is open: the sheet of keys and the palette.
import { useSyncExternalStore } from "react";

type Open = "keys" | "palette" | null;

let open: Open = null;
const watchers = new Set<() => void>();

function setOpen(next: Open): void {
  if (next === open) return;
  open = next;
  for (const each of watchers) each();
}

export const openWindow = (which: Exclude<Open, null>) => setOpen(which);
export const closeWindow = () => setOpen(null);

export function useWindow(): Open {
  return useSyncExternalStore(
    (changed) => {
      watchers.add(changed);
      return () => watchers.delete(changed);
    },
    () => open,
  );
}
