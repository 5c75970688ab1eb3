// What happens next, as people say it. Pure.
import type { Order } from "../../api/queries";
import type { Words } from "../../words";
import { gateName } from "./names";

export type Step = Order["next"][number];

export function nextWords(step: Step, { t, name }: Pick<Words, "t" | "name">): string {
  switch (step.kind) {
    case "timer":
      return name("timer", step.what);
    case "person":
      if (step.what === "place_at_supplier")
        return t("order.next.place", { owner: name("role", step.owner) });
      return t("order.next.person", { owner: step.owner, reason: name("reason", step.what) });
    case "supplier":
    case "carrier":
    case "channel":
      return t("order.next.gate", { gate: gateName(step.what) });
    case "buyer":
      return t("order.next.buyer");
  }
}

/** The zone of the supplier whose purchase order a step is about; "" for none. */
export function zoneOf(order: Pick<Order, "purchase_orders">, step: Step): string {
  return order.purchase_orders.find(({ po }) => step.about.split(" ").includes(po))?.zone ?? "";
}

/** What waits for a person comes before what happens by itself later; else the earliest. */
export function firstStep(order: Pick<Order, "next">): Step | undefined {
  const [first] = order.next;
  const person = order.next.find((step) => step.kind === "person");
  return person ?? first;
}
