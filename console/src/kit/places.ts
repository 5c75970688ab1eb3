// Where somebody can go: the pages in the bar, those behind "More", and the right each asks for.
// The frame, the palette and the keys are drawn from this one list.
import type { Schemas } from "../api/client";
import type { Key } from "../words";
import type { BindingId } from "./keys";

export interface Place {
  to: "/" | "/approvals" | "/orders" | "/station" | "/import" | "/health" | "/mentions";
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
  { to: "/mentions", says: "nav.mentions", by: "goMentions", right: "read" },
  { to: "/import", says: "nav.import", by: "goImport", right: "decide" },
  { to: "/health", says: "nav.health", by: "goHealth", right: "read" },
];

/** The places somebody has something to do at. */
export function placesOf(me: Schemas["Session"] | null | undefined): readonly Place[] {
  return places.filter(({ right }) => me?.rights.includes(right));
}
