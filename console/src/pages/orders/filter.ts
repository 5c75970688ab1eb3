// What stands in the address of the list, and what the server is asked for. Days in the address are
// the reader's own days.
import type { Schemas } from "../../api/client";
import type { OrderFilter } from "../../api/queries";

type Flag = "true" | "false" | undefined;

export interface OrdersSearch {
  q?: string | undefined;
  channel?: string | undefined;
  stage?: string | undefined;
  live?: Flag;
  with_exceptions?: Flag;
  held?: Flag;
  overdue?: Flag;
  supplier?: string | undefined;
  procedure?: string | undefined;
  country?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  at?: string | undefined;
}

export const stages: Schemas["Stage"][] = [
  "awaiting_payment",
  "held",
  "routing",
  "buying",
  "confirming",
  "preparing",
  "awaiting_carrier",
  "in_transit",
  "delivered",
  "cancelled",
];

/** The first moment of a day, or of the day after; nothing for what is no day. */
export function dayStart(day: string | undefined, after = 0): string | undefined {
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day ?? "");
  if (!parts) return undefined;
  const at = new Date(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]) + after);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}

const yes = (value: string | undefined) => (value === "true" ? true : undefined);

export function filterOf(search: OrdersSearch): OrderFilter {
  return {
    q: search.q,
    channel: search.channel,
    stage: stages.find((stage) => stage === search.stage),
    live: search.live === undefined ? undefined : search.live === "true",
    with_exceptions: yes(search.with_exceptions),
    held: yes(search.held),
    overdue: yes(search.overdue),
    supplier: search.supplier,
    procedure: search.procedure,
    country: search.country,
    placed_from: dayStart(search.from),
    placed_to: dayStart(search.to, 1),
  };
}

/** Whether anything narrows the list; the chosen row does not. */
export function isFiltered(search: OrdersSearch): boolean {
  return Object.entries(search).some(([name, value]) => name !== "at" && value !== undefined);
}

/** How many filters stand behind "More filters". */
export function countMore(search: OrdersSearch): number {
  const behind = [search.supplier, search.procedure, search.country, search.from, search.to];
  return behind.filter(Boolean).length;
}
