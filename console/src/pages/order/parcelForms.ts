// What a person can put right about a parcel.
import type { Schemas } from "../../api/client";
import type { Form } from "../../kit/CommandForm";
import type { Words } from "../../words";
import { why } from "./poForms";

export function correction(parcel: Schemas["Parcel"], say: Pick<Words, "t">): Form {
  const { t } = say;
  return {
    title: t("parcel.correct"),
    about: t("order.parcel", { number: parcel.parcel }),
    note: t("parcel.correctNote"),
    fields: [
      { name: "tracking", label: t("order.po.tracking"), kind: "text", value: parcel.tracking },
      { name: "carrier", label: t("order.po.carrier"), kind: "text", value: parcel.carrier },
      why(say),
    ],
    build: (typed) => ({
      command: "CorrectTracking",
      parcel: parcel.parcel,
      tracking: typed["tracking"] ?? "",
      carrier: typed["carrier"] ?? "",
      reason: typed["reason"] ?? "",
    }),
  };
}
