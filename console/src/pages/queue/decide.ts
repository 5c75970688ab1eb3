// What a key means in the queue, and what a decision starts with. Pure, so that it can be proven.
import type { Schemas } from "../../api/client";
import { words } from "../../words";

/** What the panel of the chosen exception shows. */
export type Mode =
  | { kind: "look" }
  | { kind: "resolve"; verb: string }
  | { kind: "snooze" }
  | { kind: "assign" }
  | { kind: "contact" };

export type Action =
  { do: "move"; by: 1 | -1 } | { do: "mode"; mode: Mode } | { do: "open" } | { do: "back" };

interface Place {
  mode: Mode;
  /** Null when nothing is chosen, it was decided already, or the reader may not decide it. */
  options: Schemas["Option"][] | null;
  /** Whether a supplier can be written to about it. */
  contactable?: boolean;
}

/** The keys of `kit/keys.ts` that decide. */
export type Deciding =
  | "next"
  | "previous"
  | "open"
  | "choose"
  | "resolve"
  | "snooze"
  | "assign"
  | "retry"
  | "contact"
  | "back";

/** The action a key asks for, or null when it means nothing here. `digit` tells which way out. */
export function actionFor(
  id: Deciding,
  { mode, options, contactable = false }: Place,
  digit = "1",
): Action | null {
  switch (id) {
    case "back":
      return mode.kind === "look" ? null : { do: "back" };
    case "next":
      return { do: "move", by: 1 };
    case "previous":
      return { do: "move", by: -1 };
    case "open":
      return mode.kind === "look" ? { do: "open" } : null;
    case "snooze":
      return options && { do: "mode", mode: { kind: "snooze" } };
    case "assign":
      return options && { do: "mode", mode: { kind: "assign" } };
    case "retry":
      return options?.some((option) => option.verb === "retry" && mayTake(option))
        ? { do: "mode", mode: { kind: "resolve", verb: "retry" } }
        : null;
    case "contact":
      return options && contactable ? { do: "mode", mode: { kind: "contact" } } : null;
    case "resolve": {
      const first = options && firstWay(options);
      return first ? { do: "mode", mode: { kind: "resolve", verb: first } } : null;
    }
    case "choose": {
      const at = Number(digit) - 1;
      const way = options?.[at];
      return options && at < Math.max(options.length, 1) && (!way || mayTake(way))
        ? { do: "mode", mode: { kind: "resolve", verb: verbOf(options, at) } }
        : null;
    }
  }
}

/** Whether this reader may take a way out; lists do not say. */
export const mayTake = (option: Schemas["Option"]): boolean => option.may !== false;

/** The first way out this reader may take; null when there are some but none for them. */
function firstWay(options: Schemas["Option"][]): string | null {
  return options.length === 0 ? verbOf(options, 0) : (options.find(mayTake)?.verb ?? null);
}

/** Without options any decision is a recorded remark: "confirm". */
function verbOf(options: Schemas["Option"][], at: number): string {
  return options[at]?.verb ?? "confirm";
}

/** Whether a decision needs a second look because something leaves that cannot be called back. */
export function needsLook(options: Schemas["Option"][], verb: string): boolean {
  return (options.find((option) => option.verb === verb)?.leaves ?? "nothing") !== "nothing";
}

/** The purchase order a case is about; "" when it is about none or about a parcel. */
export function poOf(about: string): string {
  return /\b[A-Z][A-Z0-9]*-[A-Z0-9]+\b/.exec(about)?.[0] ?? "";
}

/** Whether a supplier can be asked about it. */
export function isContactable(about: { order: string | null; about: string }): boolean {
  return about.order !== null && (poOf(about.about) !== "" || /\bparcel \d/.test(about.about));
}

/** A case that stands for many orders of one supplier. */
export function isSuppliersIncident(of: {
  order: string | null;
  about: string;
  supplier?: string;
}): boolean {
  return of.order === null && of.about.startsWith("incident ") && (of.supplier ?? "") !== "";
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
  return words.rule(options.find((option) => option.verb === verb)?.consequence ?? "") || fallback;
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

/** A moment as a field for date and time shows it, by the reader's clock. */
export function shownHere(at: Date): string {
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

interface Owner {
  owner: string;
  covering: boolean;
}

/** Who else could have a case, each once: the reader and the roster, then all others by name. */
export function newOwners(
  owner: string,
  me: string,
  roster: readonly Owner[],
  names: readonly string[],
): { roster: Owner[]; others: Owner[] } {
  // Somebody with several shifts stands on it several times.
  const once = [...new Map(roster.map((each) => [each.owner, each])).values()];
  const listed = once.filter((each) => each.owner !== owner && each.owner !== me);
  const known = new Set([owner, me, ...roster.map((each) => each.owner)]);
  const mine = roster.find((each) => each.owner === me) ?? { owner: me, covering: false };
  return {
    roster: me && me !== owner ? [mine, ...listed] : listed,
    others: names
      .filter((each) => !known.has(each))
      .map((each) => ({ owner: each, covering: false })),
  };
}
