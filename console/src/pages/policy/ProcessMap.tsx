// One procedure as a map: what comes in, the gates before each step, and beside every gate what
// happens when it does not open. The list below says the same in words.
import { useSearch } from "@tanstack/react-router";
import type { Policy } from "../../api/policy";
import { Section } from "../../kit/bits";
import { useWords, type Words } from "../../words";
import { gateName } from "../order/names";
import { ProcedureSelect } from "./ProcedureSelect";
import classes from "./policy.module.css";
import { processMap, procedureOf, wrapped, type MapStep } from "./roles";

const width = 760;
const row = 68;
const box = { x: 8, width: 330, height: 50 };
const way = { x: 420, width: 332, height: 50 };

interface Node {
  kind: "end" | "gate" | "step";
  lines: string[];
  way?: string[];
}

type Procedure = Policy["procedures"][number];
type Who = Pick<Words, "t" | "name">;
type Say = Pick<Words, "t" | "name" | "rule">;

function whoDecides(gate: { decider: string }, owner: string, { t, name }: Who): string {
  const roles = { owner: name("role", owner), decider: name("role", gate.decider) };
  return t(owner === gate.decider ? "policy.mapBoth" : "policy.mapWay", roles);
}

function nodesOf(steps: MapStep[], of: Procedure, { t, name, rule }: Say): Node[] {
  return [
    { kind: "end", lines: wrapped(rule(of.input), 48, 2) },
    ...steps.flatMap(({ step, gates }): Node[] => [
      ...gates.map(({ gate, reason }): Node => ({
        kind: "gate",
        lines: [
          gateName(gate.gate),
          t("order.gate.least", { least: name("strength", gate.least) }),
        ],
        way: [
          name("reason", gate.reason),
          whoDecides(gate, reason?.owner ?? gate.decider, { t, name }),
        ].flatMap((text) => wrapped(text, 48, 1)),
      })),
      { kind: "step", lines: [name("guards", step)] },
    ]),
    { kind: "end", lines: wrapped(rule(of.record), 48, 2) },
  ];
}

export function ProcessMap({ policy }: { policy: Policy }) {
  const say = useWords();
  const { t, name, rule } = say;
  const { procedure: wanted } = useSearch({ from: "/signed-in/policy" });
  const procedure = procedureOf(policy, wanted);
  if (!procedure) return null;
  const steps = processMap(policy, procedure.procedure);
  const nodes = nodesOf(steps, procedure, say);
  const title = t("policy.mapOf", { procedure: name("procedureName", procedure.procedure) });
  return (
    <Section id="map" title={title} aside={<ProcedureSelect policy={policy} />}>
      <p className={classes.lead}>{rule(procedure.action)}</p>
      <Drawing nodes={nodes} title={title} />
      <h3>{t("policy.mapList")}</h3>
      <StepList steps={steps} of={procedure} />
      <p className={classes.lead}>
        {t("policy.element.exception_path")}: {rule(procedure.exception_path)}
      </p>
    </Section>
  );
}

function Drawing({ nodes, title }: { nodes: Node[]; title: string }) {
  const { t } = useWords();
  const height = nodes.length * row;
  return (
    <svg
      className={classes.map}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={t("policy.mapDrawn", { title })}
    >
      <defs>
        <marker
          id="arrow"
          viewBox="0 0 8 8"
          refX="7"
          refY="4"
          markerWidth="8"
          markerHeight="8"
          orient="auto-start-reverse"
        >
          <path d="M0 0 L8 4 L0 8 z" className={classes.arrow} />
        </marker>
      </defs>
      {nodes.map((node, at) => {
        const y = at * row + 4;
        const middle = y + box.height / 2;
        return (
          <g key={at}>
            {at + 1 < nodes.length && (
              <line
                className={classes.flow}
                x1={box.x + box.width / 2}
                x2={box.x + box.width / 2}
                y1={y + box.height}
                y2={y + row}
                markerEnd="url(#arrow)"
              />
            )}
            <Box kind={node.kind} x={box.x} y={y} width={box.width} lines={node.lines} />
            {node.way && (
              <>
                <line
                  className={classes.flow}
                  data-way="true"
                  x1={box.x + box.width}
                  x2={way.x}
                  y1={middle}
                  y2={middle}
                  markerEnd="url(#arrow)"
                />
                <Box kind="way" x={way.x} y={y} width={way.width} lines={node.way} />
              </>
            )}
          </g>
        );
      })}
    </svg>
  );
}

function Box({
  kind,
  x,
  y,
  width: wide,
  lines,
}: {
  kind: Node["kind"] | "way";
  x: number;
  y: number;
  width: number;
  lines: string[];
}) {
  const first = y + box.height / 2 + 5 - (lines.length - 1) * 9;
  const cut = 14;
  const half = y + box.height / 2;
  const low = y + box.height;
  const gate =
    `M${x + cut} ${y} H${x + wide - cut} L${x + wide} ${half} ` +
    `L${x + wide - cut} ${low} H${x + cut} L${x} ${half} Z`;
  return (
    <>
      {kind === "gate" ? (
        <path className={classes.node} data-kind={kind} d={gate} />
      ) : (
        <rect
          className={classes.node}
          data-kind={kind}
          x={x}
          y={y}
          width={wide}
          height={box.height}
          rx={kind === "end" ? box.height / 2 : 6}
        />
      )}
      {lines.map((line, at) => (
        <text
          key={at}
          className={classes.nodeText}
          data-minor={at > 0 && kind !== "end"}
          x={x + wide / 2}
          y={first + at * 18}
        >
          {line}
        </text>
      ))}
    </>
  );
}

function StepList({ steps, of }: { steps: MapStep[]; of: Procedure }) {
  const { t, name, rule } = useWords();
  return (
    <ol className={classes.steps}>
      <li>
        <strong>{t("policy.element.input")}</strong>: {rule(of.input)}
      </li>
      {steps.map(({ step, gates }) => (
        <li key={step}>
          <strong>{t("policy.stepBefore", { step: name("guards", step) })}</strong>
          <ol>
            {gates.map(({ gate, reason }) => (
              <li key={gate.gate}>
                {gateName(gate.gate)}: {rule(gate.verified)}.{" "}
                <span className={classes.dim}>
                  {t("policy.mapFails", {
                    reason: name("reason", gate.reason),
                    owner: name("role", reason?.owner ?? gate.decider),
                    decider: name("role", gate.decider),
                    releaser: name("role", gate.releaser),
                  })}
                </span>
              </li>
            ))}
          </ol>
        </li>
      ))}
      <li>
        <strong>{t("policy.element.record")}</strong>: {rule(of.record)}
      </li>
    </ol>
  );
}
