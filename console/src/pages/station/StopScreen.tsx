// The full-screen stop of a label that does not belong: nothing else is there until the parcel was
// set aside. No key and no stray scan ends it.
import { Button } from "@mantine/core";
import { useEffect, useRef } from "react";
import { say, useScan } from "../../station/bus";
import { endStop, useStop, type Stop } from "../../station/stop";
import { useWords } from "../../words";
import classes from "./frame.module.css";

export function StopScreen() {
  const stop = useStop();
  return stop && <Screen stop={stop} />;
}

function Screen({ stop }: { stop: Stop }) {
  const { t } = useWords();
  const window = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const shown = window.current;
    if (shown && !shown.open) shown.showModal();
    return () => shown?.close();
  }, []);

  function setAside(): void {
    endStop();
    say({ tone: "attention", key: "station.match.undone" });
  }

  useScan((scan) => {
    if (scan.kind === "command" && scan.command === "FAIL") setAside();
    else say({ tone: "bad", key: "station.match.asideScan" });
  }, "window");

  return (
    <dialog
      ref={window}
      role="alertdialog"
      aria-labelledby="stop"
      aria-describedby="stop-why"
      className={classes.stop}
      onCancel={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        if (event.key === "Escape") event.preventDefault();
      }}
    >
      {/* The window takes the focus, not the button: a stray Enter must not press it. */}
      <div tabIndex={-1} autoFocus className={classes.stopBody}>
        <span aria-hidden className={classes.stopSign}>
          ✕
        </span>
        <h2 id="stop">{t("station.match.stop")}</h2>
        <p id="stop-why">{t(`station.match.${stop.reason}`, stop.values)}</p>
        <p className={classes.stopHow}>{t("station.match.asideScan")}</p>
        <Button size="xl" variant="default" onClick={setAside}>
          {t("station.match.aside")}
        </Button>
      </div>
    </dialog>
  );
}
