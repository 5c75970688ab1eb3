// One decision about many cases: which of them can be decided together, what a dry run says in sum,
// and the work itself in parts, so that its progress can be shown. Pure but for what `send` does.
import type { Schemas } from "../../api/client";
import type { Exception } from "../../api/queries";

export interface Group {
  reason: Schemas["ReasonCode"];
  cases: Exception[];
  /** The verbs that every one of them offers, in the first one's order. */
  verbs: string[];
}

/** The marked cases by reason, the biggest group first. */
export function groupsOf(marked: Iterable<Exception>): Group[] {
  const groups = new Map<Schemas["ReasonCode"], Exception[]>();
  for (const each of marked) groups.set(each.reason, [...(groups.get(each.reason) ?? []), each]);
  return [...groups]
    .map(([reason, cases]) => ({ reason, cases, verbs: verbsOf(cases) }))
    .toSorted((a, b) => b.cases.length - a.cases.length);
}

function verbsOf(cases: Exception[]): string[] {
  const [first, ...rest] = cases.map((each) =>
    each.options.length > 0 ? each.options.map((option) => option.verb) : null,
  );
  // Without options a case takes any verb.
  const named = [first, ...rest].filter((verbs) => verbs !== null && verbs !== undefined);
  if (named.length === 0) return ["confirm"];
  return named[0]!.filter((verb) => named.every((verbs) => verbs.includes(verb)));
}

/** "10.00 EUR" and the like by currency; what nobody knows is left out. */
export function sumsOf(amounts: (string | null | undefined)[]): string[] {
  const sums = new Map<string, { scaled: bigint; places: number }>();
  for (const amount of amounts) {
    const match = /^(-?)(\d+)(?:\.(\d+))? ([A-Z]{3})$/.exec(amount ?? "");
    if (!match) continue;
    const [, sign, whole, fraction = "", currency] = match;
    const known = sums.get(currency!) ?? { scaled: 0n, places: 0 };
    const places = Math.max(known.places, fraction.length);
    const value = BigInt(`${sign}${whole}${fraction.padEnd(places, "0")}`);
    const before = known.scaled * 10n ** BigInt(places - known.places);
    sums.set(currency!, { scaled: before + value, places });
  }
  return [...sums].map(([currency, { scaled, places }]) => {
    const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(places + 1, "0");
    const at = digits.length - places;
    const text = places > 0 ? `${digits.slice(0, at)}.${digits.slice(at)}` : digits;
    return `${scaled < 0n ? "-" : ""}${text} ${currency}`;
  });
}

const atOnce = 20;

export interface Part {
  rows: Schemas["BulkRow"][];
  /** How many have been looked at or decided so far. */
  done: number;
}

/** Cases in parts of twenty, from after `before` on; the parts before a failure stay done. */
export async function inParts<Case>(
  cases: Case[],
  send: (part: Case[], at: number) => Promise<Schemas["BulkOutcome"]>,
  told: (part: Part) => void,
  before: Schemas["BulkRow"][] = [],
): Promise<Schemas["BulkRow"][]> {
  const rows = [...before];
  for (let at = before.length; at < cases.length; at += atOnce) {
    const outcome = await send(cases.slice(at, at + atOnce), at);
    rows.push(...outcome.rows);
    told({ rows: [...rows], done: rows.length });
  }
  return rows;
}
