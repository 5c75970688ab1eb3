import { useWords } from "../words";
import classes from "./kit.module.css";
import { theirTime } from "./zone";

/** A supplier's time beside the reader's; nothing where both clocks show the same. */
export function TheirTime({ at, zone }: { at: string | null; zone: string }) {
  const { t, locale } = useWords();
  const time = at ? theirTime(zone, at, locale) : "";
  return time ? <span className={classes.dim}>({t("time.atTheirs", { time })})</span> : null;
}
