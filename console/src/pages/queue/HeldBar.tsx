// What was decided and can still be taken back, what is on its way, and what the server refused.
import { Button } from "@mantine/core";
import { useEffect, useState, useSyncExternalStore } from "react";
import type { Exception } from "../../api/queries";
import { announce } from "../../kit/announce";
import { KeyCaps } from "../../kit/KeyCaps";
import { useKeys } from "../../kit/keys";
import { useProblemText } from "../../kit/states";
import { useWords } from "../../words";
import { hostHeld, isHosted, letGo, sendAgain, takeBack, watchHeld, type Held } from "./held";
import { useHeld } from "./useHold";
import classes from "./held.module.css";

/** `back` is told which case is open again. */
export function HeldBar({ back }: { back: (exception: Exception) => void }) {
  const { t } = useWords();
  const held = useHeld();
  useEffect(hostHeld, []);
  const waiting = held.filter((each) => each.state === "waiting");
  const refused = held.filter((each) => each.state === "refused");
  const sending = useLate(held.filter((each) => each.state === "sending").length);

  function undo(): boolean {
    const taken = takeBack();
    if (!taken) return false;
    announce(t("held.takenBack", { what: taken.says }));
    back(taken.exception);
    return true;
  }
  useKeys({ undo: { run: undo, applies: waiting.length > 0 } });

  const newest = waiting.at(-1);
  if (!newest && refused.length === 0 && sending === 0) return null;
  return (
    <section className={classes.bar} aria-label={t("held.title")}>
      {refused.map((each) => (
        <Refused key={each.id} held={each} />
      ))}
      {sending > 0 && (
        <p className={classes.dim} role="status">
          {t("held.sending", { count: sending })}
        </p>
      )}
      {newest && (
        <div className={classes.line}>
          <p>
            <strong>{newest.says}</strong> <Left due={newest.due} />
            {waiting.length > 1 && (
              <span className={classes.dim}> {t("held.more", { count: waiting.length - 1 })}</span>
            )}
          </p>
          <Button size="compact-sm" variant="default" onClick={undo}>
            {t("held.undo")} <KeyCaps of="undo" />
          </Button>
        </div>
      )}
    </section>
  );
}

/** On pages without the bar: only what was not recorded, so that it is never out of sight. */
export function RefusedBar() {
  const { t } = useWords();
  const refused = useHeld().filter((each) => each.state === "refused");
  const hosted = useSyncExternalStore(watchHeld, isHosted);
  if (hosted || refused.length === 0) return null;
  return (
    <section className={classes.bar} aria-label={t("held.unsent")}>
      {refused.map((each) => (
        <Refused key={each.id} held={each} />
      ))}
    </section>
  );
}

/** A number once it has been more than zero for a moment: most answers come before. */
function useLate(count: number): number {
  const [late, setLate] = useState(false);
  const some = count > 0;
  useEffect(() => {
    if (!some) return;
    const timer = setTimeout(() => setLate(true), 800);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [some]);
  return late ? count : 0;
}

function Left({ due }: { due: number }) {
  const { t } = useWords();
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const tick = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(tick);
  }, []);
  const seconds = Math.max(1, Math.ceil((due - Math.max(now, due - 10_000)) / 1000));
  return <span className={classes.dim}>{t("held.left", { seconds })}</span>;
}

function Refused({ held }: { held: Held }) {
  const { t } = useWords();
  const text = useProblemText()(held.problem);
  return (
    <div className={classes.line} role="alert">
      <p>
        <strong>{t("held.refused", { what: held.says })}</strong> {text.title} {text.more}
      </p>
      <Button size="compact-sm" variant="default" onClick={() => sendAgain(held.id)}>
        {t("state.retry")}
      </Button>
      <Button size="compact-sm" variant="subtle" onClick={() => letGo(held.id)}>
        {t("held.letGo")}
      </Button>
    </div>
  );
}
