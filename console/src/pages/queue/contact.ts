// What is written to a supplier about a case: in English, with times by the supplier's clock. Pure.
import type { Schemas } from "../../api/client";
import type { Exception, Order } from "../../api/queries";
import { dayIn } from "../../kit/zone";
import { inEnglish } from "../../words/english";
import { poOf } from "./decide";

type Po = Order["purchase_orders"][number];

/** The reasons whose way out "contact" says that the supplier was written to, and nobody else. */
const bySupplier: readonly Schemas["ReasonCode"][] = [
  "supplier_silent",
  "handoff_gap",
  "cancellation_request",
];

/** Whether writing to the supplier decides the case; else it is only noted. */
export function writingDecides({ reason, options }: Pick<Exception, "reason" | "options">) {
  const way = options.find((option) => option.verb === "contact");
  return way !== undefined && way.may !== false && bySupplier.includes(reason);
}

/** The purchase order a case is about; for a parcel, the one it belongs to. */
export function purchaseOf(order: Order, about: string): Po | null {
  const parcel = Number(/\bparcel (\d+)/.exec(about)?.[1] ?? 0);
  const po = poOf(about) || order.parcels.find((each) => each.parcel === parcel)?.po;
  return order.purchase_orders.find((each) => each.po === po) ?? null;
}

const instant = /\b\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z/g;
const gate = /\b([a-z]+(?:_[a-z]+)*)@(parcel \d+|[A-Z][A-Z0-9]*-[A-Z0-9]+)/g;
const code = /\b[a-z]+(?:_[a-z]+)+\b/g;

/** A recorded sentence for somebody outside: no code words, times by their clock. */
function plain(text: string, zone: string): string {
  return text
    .replace(instant, (at) => dayIn(zone, at, inEnglish.locale))
    .replace(gate, (_, name: string, what: string) => `${name} (${what})`)
    .replace(code, (word) => word.replaceAll("_", " "));
}

/** The message about an incident: every open purchase order of its cases at this supplier. */
export function incidentMessage(exception: Exception, pos: string[], zone: string): string {
  return [
    inEnglish.t("contact.incident"),
    pos.map((po) => `- ${po}`).join("\n"),
    inEnglish.t("contact.ask", { by: dayIn(zone, exception.review_by, inEnglish.locale) }),
  ].join("\n\n");
}

export const incidentSubject = (count: number): string =>
  inEnglish.t("contact.incidentSubject", { count });

export const subjectOf = ({ po }: Po): string => inEnglish.t("contact.subject", { po });

/** The message: what it is about, every open line, what is asked and until when. */
export function messageOf(exception: Exception, po: Po): string {
  const lines = po.lines
    .filter((line) => line.live > 0)
    .map((line) => `- ${line.live} × ${line.supplier_sku}`);
  return [
    inEnglish.t("contact.about", {
      po: po.supplier_ref ? `${po.po} (${po.supplier_ref})` : po.po,
    }),
    plain(exception.detail, po.zone),
    lines.join("\n"),
    inEnglish.t("contact.ask", { by: dayIn(po.zone, exception.review_by, inEnglish.locale) }),
  ]
    .filter(Boolean)
    .join("\n\n");
}
