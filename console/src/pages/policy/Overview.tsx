// The policy in force as tables people can read.
import type { Schemas } from "../../api/client";
import type { Policy } from "../../api/policy";
import { Section, Tag } from "../../kit/bits";
import { DataTable } from "../../kit/DataTable";
import { count, span } from "../../kit/format";
import { hoursText } from "../../kit/roster";
import { useWords } from "../../words";
import { gateName } from "../order/names";
import classes from "./policy.module.css";
import { spanMs } from "./roles";

export function Overview({ policy }: { policy: Policy }) {
  const { t } = useWords();
  return (
    <>
      <Section id="procedures" title={t("policy.procedures")}>
        <p className={classes.lead}>{t("policy.proceduresNote")}</p>
        {policy.procedures.map((each) => (
          <Procedure key={each.procedure} procedure={each} />
        ))}
      </Section>
      <Section id="gates" title={t("policy.gates")}>
        <Gates gates={policy.gates} />
      </Section>
      <Section id="reasons" title={t("policy.reasons")}>
        <Reasons reasons={policy.reasons} />
      </Section>
      <Section id="ladder" title={t("policy.ladder")}>
        <p className={classes.lead}>{t("policy.ladderNote")}</p>
        <Ladder tiers={policy.tiers} />
      </Section>
      <Section id="routing" title={t("policy.routing")}>
        <Routing routing={policy.routing} />
      </Section>
      <Section id="roster" title={t("policy.roster")}>
        <Roster roster={policy.roster} />
      </Section>
    </>
  );
}

/** A span of the policy in the reader's words; nothing for "0s". */
export function Span({ text }: { text: string }) {
  const say = useWords();
  const ms = spanMs(text);
  if (ms === 0) return <>{say.t("form.none")}</>;
  return <>{ms === undefined ? text || say.t("form.none") : span(ms, say)}</>;
}

function Procedure({ procedure }: { procedure: Schemas["ProcedurePolicy"] }) {
  const { t, name, rule } = useWords();
  const risks = procedure.risks.map((risk) => name("riskClass", risk)).join(", ");
  const lists = (["receiving", "inspection", "packing"] as const).filter(
    (list) => procedure[list].length > 0,
  );
  return (
    <details className={classes.card}>
      <summary>
        <strong>{name("procedureName", procedure.procedure)}</strong>{" "}
        <span className={classes.dim}>
          {t("policy.procedureLine", {
            version: procedure.version,
            gates: procedure.gates.length,
            risks: risks || t("policy.everyOther"),
          })}
        </span>
      </summary>
      <dl className={classes.elements}>
        {(["input", "action", "release", "exception_path", "record"] as const).map((element) => (
          <div key={element}>
            <dt>{t(`policy.element.${element}`)}</dt>
            <dd>{rule(procedure[element])}</dd>
          </div>
        ))}
        <div>
          <dt>{t("policy.gates")}</dt>
          <dd>{procedure.gates.map(gateName).join(", ")}</dd>
        </div>
        {lists.map((list) => (
          <div key={list}>
            <dt>{name("check", list)}</dt>
            <dd>
              <ul>
                {procedure[list].map((item) => (
                  <li key={item.name}>
                    {rule(item.name)}
                    {item.needs !== "none" && ` (${t(`policy.needs.${item.needs}`)})`}
                  </li>
                ))}
              </ul>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function Gates({ gates }: { gates: Schemas["GatePolicy"][] }) {
  const { t, name, rule } = useWords();
  return (
    <DataTable
      label={t("policy.gates")}
      rows={gates}
      idOf={(gate) => gate.gate}
      columns={[
        {
          head: t("policy.gate"),
          names: true,
          cell: (gate) => (
            <>
              {gateName(gate.gate)} {gate.check && <Tag>{t("order.gate.check")}</Tag>}
            </>
          ),
        },
        { head: t("policy.before"), cell: (gate) => name("guards", gate.guards) },
        {
          head: t("policy.evidence"),
          cell: (gate) => (
            <>
              {rule(gate.verified)}{" "}
              <span className={classes.dim}>
                {t("order.gate.least", { least: name("strength", gate.least) })}
              </span>
            </>
          ),
        },
        { head: t("policy.fails"), cell: (gate) => name("reason", gate.reason) },
        { head: t("policy.part.decides"), cell: (gate) => name("role", gate.decider) },
        { head: t("policy.part.releases"), cell: (gate) => name("role", gate.releaser) },
      ]}
    />
  );
}

function Reasons({ reasons }: { reasons: Schemas["ReasonPolicy"][] }) {
  const { t, name, rule } = useWords();
  return (
    <DataTable
      label={t("policy.reasons")}
      rows={reasons}
      idOf={(each) => each.reason}
      columns={[
        { head: t("policy.reason"), names: true, cell: (each) => name("reason", each.reason) },
        { head: t("policy.owner"), cell: (each) => name("role", each.owner) },
        { head: t("policy.backup"), cell: (each) => name("role", each.backup) },
        { head: t("policy.within"), cell: (each) => <Span text={each.review_after} /> },
        { head: t("policy.next"), cell: (each) => rule(each.next_action) },
        {
          head: t("policy.ways"),
          cell: (each) => each.options.map((option) => name("verb", option.verb)).join(", "),
        },
      ]}
    />
  );
}

function Ladder({ tiers }: { tiers: Schemas["TierPolicy"][] }) {
  const { t, name, locale } = useWords();
  return (
    <DataTable
      label={t("policy.ladder")}
      rows={tiers}
      idOf={(tier) => tier.tier}
      columns={[
        { head: t("policy.tier"), names: true, cell: (tier) => name("tierName", tier.tier) },
        { head: t("policy.cutOff"), cell: (tier) => tier.cut_off || t("form.none") },
        { head: t("policy.remind"), cell: (tier) => <Span text={tier.remind_after} /> },
        { head: t("policy.contact"), cell: (tier) => <Span text={tier.contact_after} /> },
        { head: t("policy.reroute"), cell: (tier) => <Span text={tier.reroute_after} /> },
        { head: t("policy.tellBuyer"), cell: (tier) => <Span text={tier.tell_buyer_after} /> },
        { head: t("policy.cancel"), cell: (tier) => <Span text={tier.cancel_window} /> },
        { head: t("policy.handling"), cell: (tier) => count(tier.handling_days, locale) },
      ]}
    />
  );
}

const weights = [
  "stock",
  "region_fit",
  "speed",
  "quality",
  "tracking",
  "cancellation",
  "cost",
] as const;

function Routing({ routing }: { routing: Schemas["RoutingPolicy"] }) {
  const { t, locale } = useWords();
  const about = (each: Schemas["RoutingWeights"]) =>
    [each.channel, each.category, each.region].filter(Boolean).join(", ") || t("policy.everyOrder");
  return (
    <>
      <p className={classes.lead}>
        {t("policy.routingNote", { buffer: routing.buffer, score: routing.least_score })}{" "}
        {t("policy.feed")}: <Span text={routing.feed_max_age} />.{" "}
        {t(routing.split_allowed ? "policy.split" : "policy.noSplit")}
      </p>
      <DataTable
        label={t("policy.routing")}
        rows={routing.weights}
        idOf={(_, at) => at}
        columns={[
          { head: t("policy.for"), names: true, cell: about },
          ...weights.map((weight) => ({
            head: t(`policy.weight.${weight}`),
            cell: (each: Schemas["RoutingWeights"]) => count(each[weight], locale),
          })),
        ]}
      />
    </>
  );
}

function Roster({ roster }: { roster: Schemas["RosterEntry"][] }) {
  const say = useWords();
  const { t, name } = say;
  return (
    <DataTable
      label={t("policy.roster")}
      rows={roster}
      idOf={(_, at) => at}
      columns={[
        { head: t("policy.who"), names: true, cell: (entry) => entry.owner },
        { head: t("policy.role"), cell: (entry) => name("role", entry.role) },
        { head: t("policy.store"), cell: (entry) => entry.store || t("policy.all") },
        { head: t("policy.covers"), cell: (entry) => hoursText(entry, say) },
        { head: t("policy.backup"), cell: (entry) => entry.backup || t("form.none") },
      ]}
    />
  );
}
