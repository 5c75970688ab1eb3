// A purchase order's document as fields to copy one by one, and as one text to paste. Pure.
import type { Schemas } from "../../api/client";
import { fullMoment, money } from "../../kit/format";
import type { Words } from "../../words";

type Document = Schemas["PurchaseDocument"];
type Say = Pick<Words, "t" | "locale">;

export interface DocumentField {
  name: string;
  value: string;
}

/** What a line says in one breath: the supplier's item first, as it is ordered there. */
function lineText(line: Document["lines"][number], { t, locale }: Say): string {
  const goods = [line.title, line.variant].filter(Boolean).join(", ");
  return [
    `${line.quantity} × ${line.supplier_sku}`,
    goods && `(${goods})`,
    line.cost && t("byHand.each", { cost: money(line.cost, locale) }),
    line.hs_code && t("byHand.hs", { code: line.hs_code }),
    line.origin && t("byHand.origin", { country: line.origin }),
    line.declared_value && t("byHand.declared", { value: money(line.declared_value, locale) }),
    line.instructions,
  ]
    .filter(Boolean)
    .join(" · ");
}

/** The fields in the order a supplier's form asks for them; none that is empty. */
export function documentFields(from: Document, say: Say): DocumentField[] {
  const { t, locale } = say;
  const to = from.ship_to;
  return [
    { name: t("byHand.placeAt"), value: from.place_at },
    { name: t("byHand.po"), value: from.po },
    ...from.lines.map((line) => ({
      name: t("order.po.line", { line: line.line }),
      value: lineText(line, say),
    })),
    { name: t("byHand.total"), value: from.total ? money(from.total, locale) : "" },
    { name: t("byHand.name"), value: to?.name ?? "" },
    { name: t("byHand.address"), value: to?.address.join("\n") ?? "" },
    { name: t("byHand.phone"), value: to?.phone ?? "" },
    { name: t("byHand.email"), value: to?.email ?? "" },
    { name: t("byHand.shipBy"), value: from.ship_by ? fullMoment(from.ship_by, locale) : "" },
    { name: t("byHand.service"), value: from.service },
    { name: t("byHand.instructions"), value: from.instructions },
    { name: t("byHand.packaging"), value: from.packaging },
    {
      name: t("byHand.terms"),
      value: [
        from.incoterm,
        from.duties_paid_by && t("byHand.duties", { who: from.duties_paid_by }),
      ]
        .filter(Boolean)
        .join(" · "),
    },
    { name: t("byHand.page"), value: from.page_url },
  ].filter(({ value }) => value !== "");
}

/** All of it as one text. */
export function documentText(from: Document, say: Say): string {
  return documentFields(from, say)
    .map(({ name, value }) => `${name}: ${value.replaceAll("\n", ", ")}`)
    .join("\n");
}
