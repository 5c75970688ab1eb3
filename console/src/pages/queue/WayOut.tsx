// One way out of an exception with what it would do: cost, margin, promise, and what leaves.
import type { Schemas } from "../../api/client";
import { Key as Cap, Money, Tag, Told } from "../../kit/bits";
import { useWords, type Key } from "../../words";
import { mayTake } from "./decide";
import classes from "./queue.module.css";

type Way = Schemas["Option"];

const quiet = (way: Way) => (way.leaves ?? "nothing") === "nothing";

export function Cost({ way }: { way: Way }) {
  const { t } = useWords();
  if (way.cost) return <Money amount={way.cost} />;
  return <>{t(quiet(way) ? "way.noCost" : "way.unknown")}</>;
}

export function Margin({ way }: { way: Way }) {
  const { t } = useWords();
  if (way.margin) return <Money amount={way.margin} />;
  if (way.promise === "ends") return <>{t("way.marginEnds")}</>;
  return <>{t(quiet(way) && way.promise !== "moves" ? "way.same" : "way.unknown")}</>;
}

interface Props {
  way: Way;
  at: number;
  pressed: boolean;
  disabled: boolean;
  keys: boolean;
  choose: () => void;
}

export function WayOut({ way, at, pressed, disabled: shut, keys, choose }: Props) {
  const { t, name } = useWords();
  const kept = !mayTake(way);
  const disabled = shut || kept;
  const who = (way.who ?? []).map((role) => name("role", role)).join(", ");
  return (
    <button
      type="button"
      className={classes.option}
      data-verb={way.verb}
      aria-pressed={pressed}
      aria-keyshortcuts={keys && !disabled ? String(at + 1) : undefined}
      disabled={disabled}
      onClick={choose}
    >
      {keys && <Cap>{at + 1}</Cap>}
      <span className={classes.verb}>{name("verb", way.verb)}</span>
      <span className={classes.consequence}>
        <Told text={way.consequence} />
      </span>
      <span className={classes.effects}>
        <span>
          {t("way.cost")}: <Cost way={way} />
        </span>
        <span>
          {t("way.margin")}: <Margin way={way} />
        </span>
        <span>
          {t("exception.promise")}: {t(`way.promise.${way.promise ?? "kept"}` as Key)}
        </span>
        {kept && <Tag tone="info">{who ? t("way.who", { who }) : t("way.notYours")}</Tag>}
        {!quiet(way) && <Tag tone="warn">{t(`look.${way.leaves}` as Key)}</Tag>}
      </span>
    </button>
  );
}
