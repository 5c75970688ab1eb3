// Where somebody can go: the pages in the bar, those behind "More", and the right each asks for.
// The frame, the palette and the keys are drawn from this one list.
import type { Schemas } from "../api/client";
import type { Key } from "../words";
import type { BindingId } from "./keys";

export interface Place {
  to:
    | "/"
    | "/day"
    | "/approvals"
    | "/orders"
    | "/station"
    | "/mentions"
    | "/import"
    | "/suppliers"
    | "/products"
    | "/people"
    | "/policy"
    | "/connections"
    | "/tokens"
    | "/record"
    | "/health"
    | "/setup";
  says: Key;
  by: BindingId;
  /** Without it the page has nothing for the reader, so it is not offered. */
  right: Schemas["Right"];
  /** In the bar for those who work there all day, else behind "More". */
  bar?: true;
}

export const places: readonly Place[] = [
  { to: "/", says: "nav.queue", by: "goQueue", right: "read", bar: true },
  { to: "/approvals", says: "nav.approvals", by: "goApprovals", right: "read", bar: true },
  { to: "/orders", says: "nav.orders", by: "goOrders", right: "read", bar: true },
  { to: "/station", says: "nav.station", by: "goStation", right: "station", bar: true },
  { to: "/day", says: "nav.day", by: "goDay", right: "decide" },
  { to: "/mentions", says: "nav.mentions", by: "goMentions", right: "read" },
  { to: "/import", says: "nav.import", by: "goImport", right: "decide" },
  { to: "/policy", says: "nav.policy", by: "goPolicy", right: "read" },
  { to: "/connections", says: "nav.connections", by: "goConnections", right: "read" },
  { to: "/suppliers", says: "nav.suppliers", by: "goSuppliers", right: "read" },
  { to: "/products", says: "nav.products", by: "goProducts", right: "read" },
  { to: "/health", says: "nav.health", by: "goHealth", right: "read" },
  { to: "/setup", says: "nav.setup", by: "goSetup", right: "connections" },
  { to: "/people", says: "nav.people", by: "goPeople", right: "people" },
  { to: "/tokens", says: "nav.tokens", by: "goTokens", right: "tokens" },
  { to: "/record", says: "nav.record", by: "goRecord", right: "audit" },
];

/** The places somebody has something to do at. */
export function placesOf(me: Schemas["Session"] | null | undefined): readonly Place[] {
  return places.filter(({ right }) => me?.rights.includes(right));
}

/** Where somebody begins: the first place they have something to do at. */
export function homeOf(me: Schemas["Session"] | null | undefined): Place["to"] {
  return placesOf(me)[0]?.to ?? "/";
}
