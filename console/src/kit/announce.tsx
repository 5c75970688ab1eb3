// Short sentences about what was done, seen and heard. They never ask for anything.
import { useSyncExternalStore } from "react";
import classes from "./kit.module.css";

let said: { text: string; id: number } | null = null;
let hide: ReturnType<typeof setTimeout> | undefined;
const watchers = new Set<() => void>();

function tell(): void {
  for (const each of watchers) each();
}

export function announce(text: string): void {
  said = { text, id: (said?.id ?? 0) + 1 };
  clearTimeout(hide);
  hide = setTimeout(() => {
    said = null;
    tell();
  }, 6000);
  tell();
}

export function Announcer() {
  const now = useSyncExternalStore(
    (changed) => {
      watchers.add(changed);
      return () => watchers.delete(changed);
    },
    () => said,
  );
  return (
    <div role="status" aria-live="polite" className={classes.announcer}>
      {now && (
        <p key={now.id} className={classes.announcement}>
          {now.text}
        </p>
      )}
    </div>
  );
}
