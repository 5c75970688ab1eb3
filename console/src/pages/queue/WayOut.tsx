// One way out of an exception with what it would do: cost, margin, promise, and what leaves.
import type { Schemas } from "../../api/client";
import { Key as Cap, Money, Tag, Told } from "../../kit/bits";
import { moment } from "../../kit/format";
import { useNow } from "../../kit/now";
import { useWords, type Key } from "../../words";
import { mayTake } from "./decide";
import { costWord, marginWord, quiet } from "./ways";
import classes from "./queue.module.css";

type Way = Schemas["Option"];

interface Of {
  way: Way;
  reason: Schemas["ReasonCode"];
}

/** What it costs; at another supplier, as of when that was compared. */
export function Cost({ way, reason }: Of) {
  const { t, locale } = useWords();
  const now = useNow();
  const { cost, elsewhere } = way;
  if (!cost) return <>{t(costWord(way, reason))}</>;
  if (!elsewhere) return <Money amount={cost} />;
  const { supplier, compared_at } = elsewhere;
  return (
    <>
      <Money amount={cost} />{" "}
      {t("way.compared", { supplier, at: moment(compared_at, now, locale) })}
    </>
  );
}

export function Margin({ way, reason }: Of) {
  const { t } = useWords();
  return way.margin ? <Money amount={way.margin} /> : <>{t(marginWord(way, reason))}</>;
}

/** What becomes of the promise to the buyer, with the days another supplier states. */
export function Promised({ way }: { way: Way }) {
  const { t } = useWords();
  const promise = t(`way.promise.${way.promise ?? "kept"}` as Key);
  if (!way.elsewhere) return <>{promise}</>;
  return (
    <>
      {promise} · {t("way.lead", { count: way.elsewhere.lead_days })}
    </>
  );
}

interface Props extends Of {
  at: number;
  pressed: boolean;
  disabled: boolean;
  keys: boolean;
  choose: () => void;
}

export function WayOut({ way, reason, at, pressed, disabled: shut, keys, choose }: Props) {
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
          {t("way.cost")}: <Cost way={way} reason={reason} />
        </span>
        <span>
          {t("way.margin")}: <Margin way={way} reason={reason} />
        </span>
        <span>
          {t("exception.promise")}: <Promised way={way} />
        </span>
        {kept && <Tag tone="info">{who ? t("way.who", { who }) : t("way.notYours")}</Tag>}
        {!quiet(way) && <Tag tone="warn">{t(`look.${way.leaves}` as Key)}</Tag>}
      </span>
    </button>
  );
}
