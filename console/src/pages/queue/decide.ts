// What a key means in the queue, and what a decision starts with. Pure, so that it can be proven.
import type { Schemas } from "../../api/client";
import type { Press } from "../../kit/keys";

/** What the panel of the chosen exception shows. */
export type Mode =
  { kind: "look" } | { kind: "resolve"; verb: string } | { kind: "snooze" } | { kind: "assign" };

export type Action =
  { do: "move"; by: 1 | -1 } | { do: "mode"; mode: Mode } | { do: "open" } | { do: "back" };

interface Place {
  mode: Mode;
  /** Null when nothing is chosen or it was decided already. */
  options: Schemas["Option"][] | null;
}

/** The action a key asks for, or null when it means nothing here. */
export function actionFor(press: Press, { mode, options }: Place): Action | null {
  const { key, typing } = press;
  if (key === "Escape") return mode.kind === "look" ? null : { do: "back" };
  if (typing) return null;
  if (key === "j" || key === "ArrowDown") return { do: "move", by: 1 };
  if (key === "k" || key === "ArrowUp") return { do: "move", by: -1 };
  if (key === "Enter") return mode.kind === "look" && options ? { do: "open" } : null;
  if (!options) return null;
  if (key === "s") return { do: "mode", mode: { kind: "snooze" } };
  if (key === "a") return { do: "mode", mode: { kind: "assign" } };
  if (key === "e") return { do: "mode", mode: { kind: "resolve", verb: verbOf(options, 0) } };
  if (/^[1-9]$/.test(key)) {
    const at = Number(key) - 1;
    return at < options.length
      ? { do: "mode", mode: { kind: "resolve", verb: verbOf(options, at) } }
      : null;
  }
  return null;
}

/** Without options any decision is a recorded remark: "confirm". */
function verbOf(options: Schemas["Option"][], at: number): string {
  return options[at]?.verb ?? "confirm";
}

type Numbered = { stream: string; number: number };

/** The exception's name in the address. */
export function idOf(at: Numbered): string {
  return `${at.stream}-${at.number}`;
}

/** The neighbour to go to: `by` steps on, or the first when nothing known is chosen. */
export function neighbour<T extends Numbered>(
  items: T[],
  chosen: string | undefined,
  by: number,
): T | undefined {
  const at = items.findIndex((item) => idOf(item) === chosen);
  if (at < 0) return items[0];
  return items[Math.min(Math.max(at + by, 0), items.length - 1)];
}

/** What is looked at after this one has gone: the next, else the one before, else nothing. */
export function after<T extends Numbered>(items: T[], gone: string): T | undefined {
  const at = items.findIndex((item) => idOf(item) === gone);
  if (at < 0) return items[0];
  return items[at + 1] ?? items[at - 1];
}

/** The reason a decision starts with: what follows from it, ready to be edited. */
export function firstReason(options: Schemas["Option"][], verb: string, fallback: string): string {
  return options.find((option) => option.verb === verb)?.consequence || fallback;
}

const causes: Partial<Record<Schemas["ReasonCode"], Schemas["RootCause"]>> = {
  supplier_stock: "stock_confirmation",
  substitution: "stock_confirmation",
  no_route: "stock_confirmation",
  specification_mismatch: "supplier_error",
  product_check_failed: "supplier_error",
  packing_issue: "supplier_error",
  price_change: "supplier_error",
  supplier_silent: "supplier_error",
  label_mismatch: "label_generation",
  handoff_gap: "pickup_delay",
  ship_by_risk: "pickup_delay",
  tracking_delay: "carrier_handling",
  delivery_failed: "carrier_handling",
  parcel_damaged: "carrier_handling",
  parcel_lost: "carrier_handling",
  route_deviation: "carrier_handling",
  address_hold: "channel_data",
  channel_trouble: "channel_data",
  message_not_understood: "channel_data",
  fulfilled_elsewhere: "channel_data",
  cancellation_request: "buyer_request",
  customer_decision: "buyer_request",
  unmapped_sku: "own_error",
};

/** The usual root cause of a reason; the person decides. */
export function likelyCause(reason: Schemas["ReasonCode"]): Schemas["RootCause"] {
  return causes[reason] ?? "unknown";
}

export const rootCauses: Schemas["RootCause"][] = [
  "stock_confirmation",
  "label_generation",
  "pickup_delay",
  "carrier_handling",
  "supplier_error",
  "channel_data",
  "buyer_request",
  "own_error",
  "unknown",
];

export type Snooze = "hour" | "four" | "tomorrow" | "monday";
export const snoozes: Snooze[] = ["hour", "four", "tomorrow", "monday"];

/** When to look again, in the reader's own zone. */
export function snoozeUntil(choice: Snooze, now: Date): Date {
  const until = new Date(now);
  switch (choice) {
    case "hour":
      until.setHours(until.getHours() + 1);
      return until;
    case "four":
      until.setHours(until.getHours() + 4);
      return until;
    case "tomorrow":
      until.setDate(until.getDate() + 1);
      break;
    case "monday":
      until.setDate(until.getDate() + ((8 - until.getDay()) % 7 || 7));
      break;
  }
  until.setHours(9, 0, 0, 0);
  return until;
}
