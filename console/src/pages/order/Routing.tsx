// Why these suppliers: every candidate, what removed it, the score of the rest.
import { useQuery } from "@tanstack/react-query";
import type { Schemas } from "../../api/client";
import { routing } from "../../api/queries";
import { Tag, Told, When } from "../../kit/bits";
import { span } from "../../kit/format";
import { Failed, Loading } from "../../kit/states";
import { useWords } from "../../words";
import classes from "./order.module.css";

export function Routing({ order }: { order: string }) {
  const { t } = useWords();
  const found = useQuery(routing(order));
  if (found.isPending) return <Loading rows={2} />;
  if (!found.data) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (found.data.items.length === 0) return <p className={classes.dim}>{t("order.routingNone")}</p>;
  return (
    <div className={classes.cards}>
      {found.data.items.map((decision) => (
        <Decision key={decision.event} decision={decision} />
      ))}
    </div>
  );
}

function Decision({ decision }: { decision: Schemas["RoutingDecision"] }) {
  const { t } = useWords();
  return (
    <article className={classes.po}>
      <p>
        <Told text={decision.text || decision.failure} />
      </p>
      {decision.heuristic && <p className={classes.dim}>{t("order.routing.heuristic")}</p>}
      <div className={classes.scroll} role="region" aria-label={t("order.routing")} tabIndex={0}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t("order.routing.line")}</th>
              <th scope="col">{t("order.routing.supplier")}</th>
              <th scope="col">{t("order.routing.score")}</th>
              <th scope="col">{t("order.routing.outcome")}</th>
              <th scope="col">{t("order.routing.why")}</th>
              <th scope="col">{t("order.routing.age")}</th>
            </tr>
          </thead>
          <tbody>
            {decision.candidates.map((each) => (
              <tr key={`${each.line} ${each.supplier}`}>
                <td>{each.line}</td>
                <td>{each.supplier}</td>
                <td>{each.removed_by ? t("form.none") : each.score}</td>
                <td>
                  {each.chosen && <Tag tone="good">{t("order.routing.chosen")}</Tag>}
                  {each.removed_by && (
                    <Tag tone="warn">
                      {t("order.routing.removed", { filter: each.removed_by.replaceAll("_", " ") })}
                    </Tag>
                  )}
                </td>
                <td>
                  <Told text={each.detail} />
                </td>
                <td>{span(each.feed_age_minutes * 60_000)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={classes.small}>
        <a href={`#event-${decision.event}`}>{t("order.event", { event: decision.event })}</a>
        {" · "}
        <When at={decision.at} /> ·{" "}
        {t("order.routing.policy", { hash: decision.policy.slice(0, 12) })}
      </p>
    </article>
  );
}
