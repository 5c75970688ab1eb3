// The sheet of keys: the only window there is, so none can lie over another.
import { useRef, useSyncExternalStore, useEffect } from "react";
import { Button } from "@mantine/core";
import { useWords, type Key } from "../words";
import classes from "./kit.module.css";

let open = false;
const watchers = new Set<() => void>();

function setOpen(next: boolean): void {
  open = next;
  for (const each of watchers) each();
}

export function openKeySheet(): void {
  setOpen(true);
}

const rows: [string[], Key][] = [
  [["J", "K"], "keys.move"],
  [["1", "…", "9"], "keys.choose"],
  [["E"], "keys.resolve"],
  [["S"], "keys.snooze"],
  [["A"], "keys.assign"],
  [["Enter"], "keys.open"],
  [["/"], "keys.search"],
  [["Enter"], "keys.confirm"],
  [["Shift", "Enter"], "keys.newline"],
  [["Esc"], "keys.back"],
  [["?"], "keys.help"],
];

export function KeySheet() {
  const { t } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const shown = useSyncExternalStore(
    (changed) => {
      watchers.add(changed);
      return () => watchers.delete(changed);
    },
    () => open,
  );
  useEffect(() => {
    if (shown) dialog.current?.showModal();
  }, [shown]);
  if (!shown) return null;
  return (
    <dialog
      ref={dialog}
      className={classes.sheet}
      aria-labelledby="keys-title"
      onClose={() => setOpen(false)}
    >
      <h2 id="keys-title">{t("keys.title")}</h2>
      <dl>
        {rows.map(([keys, meaning]) => (
          <div key={meaning}>
            <dt>
              {keys.map((key) => (
                <kbd key={key} className={classes.key}>
                  {key}
                </kbd>
              ))}
            </dt>
            <dd>{t(meaning)}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog">
        <Button type="submit" variant="default" size="sm">
          {t("keys.close")}
        </Button>
      </form>
    </dialog>
  );
}
