// The chain of gates: where each stands, the evidence for it, who may let the order pass.
import type { Schemas } from "../../api/client";
import type { Order } from "../../api/queries";
import { Tag, Told, When, type Tone } from "../../kit/bits";
import { CommandForm, type Leaves } from "../../kit/CommandForm";
import { Findings } from "../../kit/Findings";
import { useWords } from "../../words";
import { gateName } from "./names";
import classes from "./order.module.css";

const tones: Record<Schemas["GateResult"], Tone> = {
  pending: "plain",
  open: "good",
  failed: "bad",
  unclear: "warn",
  overridden: "info",
  not_applicable: "plain",
};

/** What may leave at once when a gate is passed by. */
function leavesAfter(guards: Schemas["Commitment"]): Leaves | undefined {
  if (guards === "buy") return "purchase";
  return guards === "hand_over" ? "goods" : undefined;
}

export function Gates({ order }: { order: Order }) {
  const { t } = useWords();
  if (order.gates.length === 0) return <p className={classes.dim}>{t("order.gatesNone")}</p>;
  return (
    <ol className={classes.gates}>
      {order.gates.map((gate) => (
        <GateCard key={gate.gate} gate={gate} order={order.id} />
      ))}
    </ol>
  );
}

function GateCard({ gate, order }: { gate: Schemas["Gate"]; order: string }) {
  const { t, name, rule } = useWords();
  return (
    <li className={classes.gate} data-result={gate.result}>
      <div className={classes.gateHead}>
        <strong>{gateName(gate.gate)}</strong>
        <Tag tone={tones[gate.result]}>{name("gate", gate.result)}</Tag>
        <span className={classes.dim}>
          {[
            gate.about,
            gate.check
              ? t("order.gate.check")
              : t("order.gate.guards", { step: name("guards", gate.guards) }),
          ]
            .filter(Boolean)
            .join(" · ")}
        </span>
      </div>
      <div className={classes.gateBody}>
        <p>
          <Told text={gate.detail} />
          <span className={classes.dim}>
            {" · "}
            {t("order.gate.least", { least: name("strength", gate.least) })}
            {gate.strength &&
              `, ${t("order.gate.has", { strength: name("strength", gate.strength) })}`}
          </span>
        </p>
        {gate.evidence.length > 0 && (
          <ul className={classes.evidence} aria-label={t("order.gate.evidence")}>
            {gate.evidence.map((each) => (
              <li key={each.event}>
                <Told text={each.summary} />{" "}
                <span className={classes.dim}>
                  {each.actor}, <When at={each.at} />,{" "}
                  <a href={`#event-${each.event}`}>{t("order.event", { event: each.event })}</a>
                </span>
                {each.items && <Findings items={each.items} />}
              </li>
            ))}
          </ul>
        )}
        <details className={classes.card}>
          <summary>
            {t("order.gate.who", {
              releaser: name("role", gate.releaser),
              decider: name("role", gate.decider),
            })}
          </summary>
          <dl>
            <dt>{t("order.gate.enters")}</dt>
            <dd>{rule(gate.enters)}</dd>
            <dt>{t("order.gate.verified")}</dt>
            <dd>{rule(gate.verified)}</dd>
            <dt>{t("order.gate.record")}</dt>
            <dd>{rule(gate.record)}</dd>
          </dl>
        </details>
        {gate.may_override && (
          <CommandForm
            order={order}
            title={t("order.gate.override")}
            danger
            leaves={leavesAfter(gate.guards)}
            fields={[{ name: "reason", label: t("form.reason"), kind: "reason" }]}
            build={(v) => ({ command: "OverrideGate", gate: gate.gate, reason: v["reason"] ?? "" })}
          />
        )}
      </div>
    </li>
  );
}
