// Why these suppliers: every candidate, what removed it, the score of the rest.
import { useQuery } from "@tanstack/react-query";
import type { Schemas } from "../../api/client";
import { routing } from "../../api/queries";
import { Tag, Told, When } from "../../kit/bits";
import { DataTable } from "../../kit/DataTable";
import { count, span } from "../../kit/format";
import { Failed, Loading } from "../../kit/states";
import { codeWords } from "../../kit/told";
import { useWords } from "../../words";
import classes from "./order.module.css";

export function Routing({ order }: { order: string }) {
  const { t } = useWords();
  const found = useQuery(routing(order));
  if (found.isPending) return <Loading rows={2} />;
  if (!found.data)
    return (
      <Failed error={found.error} what={t("order.routing")} retry={() => void found.refetch()} />
    );
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
  const say = useWords();
  const { t } = say;
  return (
    <article className={classes.po}>
      <p>
        <Told text={decision.text || decision.failure} />
      </p>
      {decision.heuristic && <p className={classes.dim}>{t("order.routing.heuristic")}</p>}
      <DataTable
        label={t("order.routing")}
        rows={decision.candidates}
        idOf={(each) => `${each.line} ${each.supplier}`}
        columns={[
          { head: t("order.routing.line"), cell: (each) => each.line },
          { head: t("order.routing.supplier"), cell: (each) => each.supplier, names: true },
          {
            head: t("order.routing.score"),
            cell: (each) => (each.removed_by ? t("form.none") : count(each.score, say.locale)),
          },
          { head: t("order.routing.outcome"), cell: (each) => <Outcome of={each} /> },
          { head: t("order.routing.why"), cell: (each) => <Told text={each.detail} /> },
          {
            head: t("order.routing.age"),
            cell: (each) => span(each.feed_age_minutes * 60_000, say),
          },
        ]}
      />
      <p className={classes.small}>
        <a href={`#event-${decision.event}`}>{t("order.event", { event: decision.event })}</a>
        {" · "}
        <When at={decision.at} /> ·{" "}
        {t("order.routing.policy", { hash: decision.policy.slice(0, 12) })}
      </p>
    </article>
  );
}

function Outcome({ of }: { of: Schemas["RoutingDecision"]["candidates"][number] }) {
  const { t } = useWords();
  if (of.chosen) return <Tag tone="good">{t("order.routing.chosen")}</Tag>;
  if (!of.removed_by) return t("form.none");
  const filter = codeWords(of.removed_by).replaceAll("_", " ");
  return <Tag tone="warn">{t("order.routing.removed", { filter })}</Tag>;
}
