// What a person can record or ask about one purchase order: the fields of each form and the command
// they become. Which form stands where is the page's business.
import type { Schemas } from "../../api/client";
import type { Order, OrderCommand } from "../../api/queries";
import type { Field, Form, Values } from "../../kit/CommandForm";
import { money } from "../../kit/format";
import { instantAt } from "../../kit/zone";
import type { Key, Words } from "../../words";

type Po = Schemas["PurchaseOrder"];

const ackKinds: Schemas["AckKind"][] = [
  "accepted",
  "quantity_changed",
  "price_changed",
  "date_changed",
  "item_changed",
  "backordered",
  "rejected",
];
const replies: Schemas["PoReply"][] = ["sent", "delivered", "read", "refused"];
const payables: Schemas["PayablesState"][] = ["paid", "due", "balance_too_low"];
const cancelReplies: Schemas["CancelReply"][] = ["accepted", "rejected"];
const attestable: Schemas["CheckKind"][] = ["inspection", "packing"];

type Say = Pick<Words, "t" | "name" | "locale">;

/** A choice among values whose names are words of a kind. */
export function choice(
  { name }: Pick<Words, "name">,
  field: string,
  label: string,
  kind: string,
  values: readonly string[],
): Field {
  return {
    name: field,
    label,
    kind: "choice",
    choices: values.map((value) => ({ value, label: name(kind, value) })),
  };
}

/** The field every decision ends with. */
export function why({ t }: Pick<Words, "t">, label: Key = "form.reason"): Field {
  return { name: "reason", label: t(label), kind: "reason" };
}

/** The forms of a purchase order, in the order they are shown. */
export function poForms(po: Po, say: Say): Form[] {
  if (!po.released_at) return [release(po, say)];
  const asked = po.lines.some((line) => line.cancelling > 0);
  return [
    ...(asked ? [cancelAnswer(po, say)] : []),
    answer(po, say),
    parcel(po, say),
    attestation(po, say),
    reached(po, say),
    payment(po, say),
    ...(po.may_remind ? [reminder(po, say)] : []),
    elsewhere(po, say),
  ];
}

function release(po: Po, { t, locale }: Say): Form {
  const { supplier, total } = po;
  return {
    title: t("order.po.release"),
    leaves: "purchase",
    note: total
      ? t("order.po.releaseTotal", { supplier, total: money(total, locale) })
      : t("order.po.releaseNote", { supplier }),
    fields: [],
    build: () => ({ command: "ReleasePurchaseOrder", po: po.po }),
  };
}

function answer(po: Po, { t, name }: Say): Form {
  const live = po.lines.filter((line) => line.live > 0);
  const theirs: Field = {
    name: "ref",
    label: t("order.po.theirRef"),
    kind: "text",
    value: po.supplier_ref,
    optional: true,
  };
  return {
    title: t("order.po.ack"),
    fields: [
      theirs,
      ...live.flatMap(({ line, live: pieces, supplier_sku, cost }): Field[] => [
        choice({ name }, `kind-${line}`, t("order.po.kind", { line }), "ack", ackKinds),
        {
          name: `quantity-${line}`,
          label: t("order.po.quantity", { line }),
          kind: "number",
          value: String(pieces),
        },
        {
          name: `sku-${line}`,
          label: t("order.po.sku", { line }),
          kind: "text",
          value: supplier_sku,
        },
        {
          name: `cost-${line}`,
          label: t("order.po.cost", { line }),
          kind: "text",
          value: cost ?? "",
          optional: true,
        },
        {
          name: `ready-${line}`,
          label: t("order.po.ready", { line, zone: po.zone || "UTC" }),
          kind: "moment",
          optional: true,
        },
        {
          name: `note-${line}`,
          label: t("order.po.note", { line }),
          kind: "text",
          optional: true,
        },
      ]),
    ],
    build: (typed) => acknowledgment(po, live, typed),
  };
}

function parcel(po: Po, { t }: Say): Form {
  return {
    title: t("order.po.announce"),
    fields: [
      { name: "carrier", label: t("order.po.carrier"), kind: "text" },
      { name: "tracking", label: t("order.po.tracking"), kind: "text" },
    ],
    build: (typed) => ({
      command: "AnnounceParcel",
      po: po.po,
      carrier: typed["carrier"] ?? "",
      tracking: typed["tracking"] ?? "",
    }),
  };
}

function cancelAnswer(po: Po, say: Say): Form {
  const { t } = say;
  const pieces = po.lines.reduce((sum, line) => sum + line.cancelling, 0);
  return {
    title: t("order.po.cancelAnswer"),
    note: t("order.po.cancelAnswerNote", { pieces }),
    fields: [
      choice(say, "reply", t("order.po.cancelReply"), "cancel", cancelReplies),
      why(say, "order.po.how"),
    ],
    build: (typed) => ({
      command: "AnswerSupplyCancel",
      po: po.po,
      reply: (typed["reply"] ?? "rejected") as Schemas["CancelReply"],
      lines: [],
      detail: typed["reason"] ?? "",
    }),
  };
}

function attestation(po: Po, say: Say): Form {
  const { t } = say;
  return {
    title: t("order.po.attest"),
    note: t("order.po.attestNote"),
    fields: [
      choice(say, "check", t("order.po.check"), "check", attestable),
      { name: "statement", label: t("order.po.statement"), kind: "reason" },
    ],
    build: (typed) => ({
      command: "AttestCheck",
      po: po.po,
      check: (typed["check"] ?? "inspection") as Schemas["CheckKind"],
      statement: typed["statement"] ?? "",
    }),
  };
}

function reached(po: Po, say: Say): Form {
  const { t } = say;
  return {
    title: t("order.po.reply"),
    fields: [choice(say, "reply", t("order.po.reply"), "reply", replies), why(say, "order.po.how")],
    build: (typed) => ({
      command: "RecordPurchaseOrderReply",
      po: po.po,
      reply: (typed["reply"] ?? "sent") as Schemas["PoReply"],
      detail: typed["reason"] ?? "",
    }),
  };
}

function payment(po: Po, say: Say): Form {
  const { t } = say;
  return {
    title: t("order.po.paid"),
    fields: [
      choice(say, "state", t("health.state"), "payables", payables),
      { name: "amount", label: t("order.po.amount"), kind: "text", value: po.total ?? "" },
    ],
    build: (typed) => ({
      command: "RecordSupplierPayment",
      po: po.po,
      state: (typed["state"] ?? "paid") as Schemas["PayablesState"],
      amount: typed["amount"] ?? "",
    }),
  };
}

function reminder(po: Po, say: Say): Form {
  return {
    title: say.t("order.po.remind"),
    note: say.t("order.po.remindNote"),
    fields: [why(say)],
    build: (typed) => ({ command: "SendReminder", po: po.po, reason: typed["reason"] ?? "" }),
  };
}

function elsewhere(po: Po, say: Say): Form {
  return {
    title: say.t("order.po.reroute"),
    danger: true,
    leaves: "purchase",
    fields: [why(say)],
    build: (typed) => ({ command: "Reroute", po: po.po, reason: typed["reason"] ?? "" }),
  };
}

/** The supplier's answer as it was typed, by its own clock; how strong it is, the server says. */
export function acknowledgment(
  { po, zone }: Pick<Po, "po" | "zone">,
  lines: Schemas["PoLine"][],
  typed: Values,
): OrderCommand {
  return {
    command: "AcknowledgePurchaseOrder",
    po,
    supplier_ref: typed["ref"] ?? "",
    answers: lines.map((line) => {
      const ready = typed[`ready-${line.line}`];
      return {
        line: line.line,
        kind: (typed[`kind-${line.line}`] || "accepted") as Schemas["AckKind"],
        quantity: Number(typed[`quantity-${line.line}`] ?? line.live),
        supplier_sku: typed[`sku-${line.line}`] || line.supplier_sku,
        cost: typed[`cost-${line.line}`] || line.cost,
        ready_at: ready ? instantAt(zone, ready) : null,
        note: typed[`note-${line.line}`] ?? "",
      };
    }),
  };
}

/** What the buyer told us about an open question. */
export function buyerAnswer(question: Schemas["BuyerQuestion"], say: Say): Form {
  const { t } = say;
  return {
    title: t("order.question.answer"),
    note: t("order.question.note"),
    fields: [choice(say, "answer", t("order.question.chose"), "answer", question.answers)],
    build: (typed) => ({
      command: "AnswerBuyerQuestion",
      question: question.question,
      answer: (typed["answer"] ?? "wait") as Schemas["BuyerAnswer"],
    }),
  };
}

/** Reasons a person meets with their own eyes; the others follow from recorded facts. */
const raisable: Schemas["ReasonCode"][] = [
  "specification_mismatch",
  "product_check_failed",
  "packing_issue",
  "supplier_stock",
  "supplier_silent",
  "label_mismatch",
  "handoff_gap",
  "tracking_delay",
  "delivery_failed",
  "parcel_damaged",
  "parcel_lost",
  "customs_hold",
  "address_hold",
  "fraud_hold",
  "customer_decision",
  "channel_trouble",
];

/** A trouble that no rule saw: it gets an owner and a deadline like every other. */
export function raise(order: Order, say: Say): Form {
  const { t } = say;
  return {
    title: t("order.raise"),
    right: "notes",
    note: t("order.raiseNote"),
    fields: [
      choice(say, "reason", t("queue.reason"), "reason", raisable),
      {
        name: "about",
        label: t("exception.about"),
        kind: "choice",
        choices: [
          { value: "", label: t("order.raise.whole") },
          ...order.purchase_orders.map(({ po }) => ({ value: po, label: po })),
          ...order.parcels.map(({ parcel }) => ({
            value: `parcel ${parcel}`,
            label: t("order.parcel", { number: parcel }),
          })),
        ],
      },
      { name: "detail", label: t("order.raise.what"), kind: "reason" },
    ],
    build: (typed) => ({
      command: "RaiseException",
      reason: (typed["reason"] ?? "packing_issue") as Schemas["ReasonCode"],
      about: typed["about"] ?? "",
      detail: typed["detail"] ?? "",
    }),
  };
}
