// The order in one glance: what was promised to whom until when, what stops it, what comes next.
import type { Order } from "../../api/queries";
import { Deadline, Told, When } from "../../kit/bits";
import { TheirTime } from "../../kit/TheirTime";
import { useWords } from "../../words";
import { gateName } from "./names";
import { firstStep, nextWords, zoneOf } from "./next";
import classes from "./order.module.css";

export function Glance({ order }: { order: Order }) {
  const say = useWords();
  const { t, name } = say;
  const next = firstStep(order);
  const shut = order.gates.filter(({ result, check }) => result === "failed" && !check);
  const stops = [
    ...order.holds.map(({ hold, reason }) => (reason ? `${hold} (${reason})` : hold)),
    ...shut.map(({ gate }) => gateName(gate)),
  ];
  const who = order.buyer?.name || t("glance.buyer");
  return (
    <>
      <ul className={classes.promises} aria-label={t("glance.title")}>
        {order.promises.map((promise) => (
          <li key={promise.promise}>
            <span className={classes.dim}>{name("promise", promise.promise)}</span>
            <strong>
              <When at={promise.due_at} />
            </strong>
            {order.live && <Deadline at={promise.due_at} />}
            <span className={classes.small}>
              {t("glance.to", { who })} · {promise.source}
            </span>
          </li>
        ))}
        {order.promises.length === 0 && (
          <li>
            <span className={classes.dim}>{t("order.promise")}</span>
            {t("order.noPromise")}
          </li>
        )}
        <li data-step>
          <span className={classes.dim}>{t("glance.next")}</span>
          {next ? (
            <>
              <strong>{nextWords(next, say)}</strong>
              <span>
                {next.due_at ? <Deadline at={next.due_at} exact /> : t("glance.noDate")}{" "}
                <TheirTime at={next.due_at} zone={zoneOf(order, next)} />
              </span>
              <span className={classes.small}>
                <Told text={next.about} />
              </span>
            </>
          ) : (
            t("glance.nothing")
          )}
        </li>
      </ul>
      {stops.length > 0 && (
        <p className={classes.instructions}>{t("glance.stops", { what: stops.join(", ") })}</p>
      )}
    </>
  );
}
