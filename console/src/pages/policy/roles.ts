// Who does what, read from the policy: for each gate and each reason, which role works the case,
// decides, may open the gate without its evidence, or is told when the deadline passes. And one
// procedure as a map of steps.
import type { Schemas } from "../../api/client";
import type { Policy } from "../../api/policy";

type Gate = Schemas["GatePolicy"];
type Reason = Schemas["ReasonPolicy"];

/** works: owns the case; decides; releases: may open it without evidence; told: at the deadline. */
export type Part = "works" | "decides" | "releases" | "told";

export interface RaciRow {
  id: string;
  /** The gate, where the row is about one. */
  gate?: Gate;
  reason: Reason["reason"];
  parts: Map<string, Part[]>;
}

function add(row: RaciRow, role: string | undefined, part: Part): void {
  if (role) row.parts.set(role, [...(row.parts.get(role) ?? []), part]);
}

export function procedureOf(policy: Policy, wanted: string | undefined) {
  const named = policy.procedures.find((each) => each.procedure === wanted);
  return named ?? policy.procedures.find((each) => each.risks.length === 0) ?? policy.procedures[0];
}

function gatesOf(policy: Policy, procedure: Schemas["ProcedurePolicy"] | undefined): Gate[] {
  return (procedure?.gates ?? []).flatMap((name) =>
    policy.gates.filter((gate) => gate.gate === name),
  );
}

/** The gates of a procedure in its order, each with the roles that have a part in it. */
export function gateRows(policy: Policy, wanted: string | undefined): RaciRow[] {
  return gatesOf(policy, procedureOf(policy, wanted)).map((gate) => {
    const row: RaciRow = { id: gate.gate, gate, reason: gate.reason, parts: new Map() };
    const reason = policy.reasons.find((each) => each.reason === gate.reason);
    add(row, reason?.owner, "works");
    add(row, gate.decider, "decides");
    add(row, gate.releaser, "releases");
    add(row, reason?.backup, "told");
    return row;
  });
}

/** The reasons that no gate opens: whoever works such a case decides it. */
export function reasonRows(policy: Policy): RaciRow[] {
  const ofGates = new Set(policy.gates.map((gate) => gate.reason));
  return policy.reasons
    .filter((each) => !ofGates.has(each.reason))
    .map((each) => {
      const row: RaciRow = { id: each.reason, reason: each.reason, parts: new Map() };
      add(row, each.owner, "works");
      add(row, each.owner, "decides");
      add(row, each.backup, "told");
      return row;
    });
}

/** The roles that have a part in any of the rows, in the roster's order, then as they come. */
export function rolesIn(policy: Policy, rows: RaciRow[]): string[] {
  const used = new Set(rows.flatMap((row) => [...row.parts.keys()]));
  const known = policy.roster.map((entry) => entry.role).filter((role) => used.has(role));
  return [...new Set([...known, ...used])];
}

export const steps = ["buy", "pack", "hand_over", "tell_store", "tell_buyer"] as const;

export interface MapStep {
  step: Schemas["Commitment"];
  gates: { gate: Gate; reason: Reason | undefined }[];
}

/** A procedure as the steps that wait, each behind its gates; steps without gates are left out. */
export function processMap(policy: Policy, wanted: string | undefined): MapStep[] {
  const gates = gatesOf(policy, procedureOf(policy, wanted));
  return steps.flatMap((step) => {
    const own = gates
      .filter((gate) => gate.guards === step)
      .map((gate) => ({
        gate,
        reason: policy.reasons.find((each) => each.reason === gate.reason),
      }));
    return own.length > 0 ? [{ step, gates: own }] : [];
  });
}

/** "1d12h" in milliseconds; undefined when it is no span. */
export function spanMs(text: string): number | undefined {
  const units = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000 };
  if (!/^(\d+[dhms])+$/.test(text)) return undefined;
  return [...text.matchAll(/(\d+)([dhms])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * units[unit as keyof typeof units],
    0,
  );
}

/** How much room a text takes, in Latin letters: a Chinese sign is as wide as two. */
function room(text: string): number {
  return text.length + (text.match(/[\u3000-\u9fff\uff00-\uffef]/gu)?.length ?? 0);
}

/** Words in lines of at most `width` letters, `most` lines; what does not fit ends with "…". */
export function wrapped(text: string, width: number, most: number): string[] {
  const lines: string[] = [""];
  // A line ends behind a space or a Chinese sign, and never before a Chinese comma or full stop.
  for (const word of text.split(
    /(?<=[\s\u3000-\u9fff\uff00-\uffef])(?![\u3001\u3002\uff0c\uff1b])/u,
  )) {
    const line = lines.at(-1)!;
    if (room(line + word.trimEnd()) <= width || line === "") lines[lines.length - 1] += word;
    else lines.push(word);
  }
  const shown = lines.slice(0, most).map((line) => line.trim());
  if (lines.length > most) {
    let last = shown[most - 1]!;
    while (room(last) > width - 1) last = last.slice(0, -1);
    shown[most - 1] = `${last}…`;
  }
  return shown;
}
