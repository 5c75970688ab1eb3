// What was asked of suppliers, how far it got, their answers per line, what a person can do.
import type { Schemas } from "../../api/client";
import type { Order, OrderCommand } from "../../api/queries";
import { Money, Tag, When } from "../../kit/bits";
import { CommandForm, type Field, type Values } from "../../kit/CommandForm";
import { useWords } from "../../words";
import classes from "./order.module.css";

type Po = Schemas["PurchaseOrder"];

export function PurchaseOrders({ order }: { order: Order }) {
  const { t } = useWords();
  if (order.purchase_orders.length === 0)
    return <p className={classes.dim}>{t("order.posNone")}</p>;
  return (
    <div className={classes.cards}>
      {order.purchase_orders.map((po) => (
        <PoCard key={po.po} po={po} order={order.id} />
      ))}
    </div>
  );
}

function PoCard({ po, order }: { po: Po; order: string }) {
  const { t, name } = useWords();
  return (
    <article className={classes.po} aria-label={po.po}>
      <div className={classes.gateHead}>
        <strong>{po.po}</strong> {po.supplier}
        <Standing po={po} />
        <Money amount={po.total} />
      </div>
      <p className={classes.small}>
        {[
          t(`order.po.model.${po.ship_model}`),
          po.supplier_ref && t("order.po.ref", { ref: po.supplier_ref }),
          po.payment && t("order.po.payment", { state: name("payables", po.payment) }),
          ...po.steps.map((step) => name("ladder", step)),
        ]
          .filter(Boolean)
          .join(" · ")}
      </p>
      <ul className={classes.rows}>
        {po.lines.map((line) => (
          <PoLine key={line.line} line={line} />
        ))}
      </ul>
      {po.checks.length > 0 && (
        <p className={classes.small}>
          {po.checks.map((check) => (
            <span key={check.check}>
              {name("check", check.check)}:{" "}
              <Tag tone={check.verdict === "pass" ? "good" : "bad"}>
                {name("verdict", check.verdict)}
              </Tag>{" "}
              {name("strength", check.strength)}{" "}
            </span>
          ))}
        </p>
      )}
      {!po.closed && <Actions po={po} order={order} />}
    </article>
  );
}

function Standing({ po }: { po: Po }) {
  const { t, name } = useWords();
  return (
    <>
      {!po.released_at && <Tag tone="warn">{t("order.po.proposed")}</Tag>}
      {po.reply && (
        <Tag tone={po.reply === "unknown" || po.reply === "refused" ? "bad" : "plain"}>
          {name("reply", po.reply)}
        </Tag>
      )}
      {po.released_at && !po.closed && !po.refused && (
        <Tag tone={po.confirmed ? "good" : "warn"}>
          {t(po.confirmed ? "order.po.confirmed" : "order.po.unconfirmed")}
        </Tag>
      )}
      {po.refused && <Tag tone="bad">{t("order.po.refused")}</Tag>}
      {po.closed && <Tag>{t("order.po.closed")}</Tag>}
      {po.cancel_lapsed && <Tag tone="bad">{t("order.po.cancelLapsed")}</Tag>}
      {po.double_buy && <Tag tone="warn">{t("order.po.doubleBuy")}</Tag>}
    </>
  );
}

function PoLine({ line }: { line: Schemas["PoLine"] }) {
  const { t, name } = useWords();
  const { answer } = line;
  return (
    <li>
      <span>
        {t("order.po.line", { line: line.line })}: {line.quantity} × {line.supplier_sku}{" "}
        <span className={classes.dim}>
          <Money amount={line.cost} />
        </span>
      </span>
      <span>
        {answer ? (
          <>
            <Tag tone={answer.kind === "accepted" ? "good" : "warn"}>
              {name("ack", answer.kind)}
            </Tag>{" "}
            {answer.quantity} × {answer.supplier_sku}{" "}
            {answer.ready_at && (
              <span className={classes.dim}>
                <When at={answer.ready_at} />
              </span>
            )}{" "}
            {answer.note} {line.change_open && <Tag tone="bad">{t("order.po.changeOpen")}</Tag>}
          </>
        ) : (
          <span className={classes.dim}>{t("order.po.noAnswer")}</span>
        )}
      </span>
    </li>
  );
}

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

function Actions({ po, order }: { po: Po; order: string }) {
  const { t, name } = useWords();
  const live = po.lines.filter((line) => line.live > 0);
  if (!po.released_at) {
    return (
      <div className={classes.actions}>
        <CommandForm
          order={order}
          title={t("order.po.release")}
          note={t("order.po.releaseNote", { supplier: po.supplier })}
          fields={[]}
          build={() => ({ command: "ReleasePurchaseOrder", po: po.po })}
        />
      </div>
    );
  }
  return (
    <div className={classes.actions}>
      <CommandForm
        order={order}
        title={t("order.po.ack")}
        fields={[
          {
            name: "ref",
            label: t("order.po.theirRef"),
            kind: "text",
            value: po.supplier_ref,
            optional: true,
          },
          ...live.flatMap((line): Field[] => [
            {
              name: `kind-${line.line}`,
              label: t("order.po.kind", { line: line.line }),
              kind: "choice",
              choices: ackKinds.map((kind) => ({ value: kind, label: name("ack", kind) })),
            },
            {
              name: `quantity-${line.line}`,
              label: t("order.po.quantity", { line: line.line }),
              kind: "number",
              value: String(line.live),
            },
            {
              name: `sku-${line.line}`,
              label: t("order.po.sku", { line: line.line }),
              kind: "text",
              value: line.supplier_sku,
            },
            {
              name: `ready-${line.line}`,
              label: t("order.po.ready", { line: line.line }),
              kind: "moment",
              optional: true,
            },
          ]),
        ]}
        build={(v) => acknowledgment(po.po, live, v)}
      />
      <CommandForm
        order={order}
        title={t("order.po.announce")}
        fields={[
          { name: "carrier", label: t("order.po.carrier"), kind: "text" },
          { name: "tracking", label: t("order.po.tracking"), kind: "text" },
        ]}
        build={(v) => ({
          command: "AnnounceParcel",
          po: po.po,
          carrier: v["carrier"] ?? "",
          tracking: v["tracking"] ?? "",
        })}
      />
      <CommandForm
        order={order}
        title={t("order.po.reply")}
        fields={[
          {
            name: "reply",
            label: t("order.po.reply"),
            kind: "choice",
            choices: replies.map((reply) => ({ value: reply, label: name("reply", reply) })),
          },
          { name: "detail", label: t("form.reason"), kind: "reason" },
        ]}
        build={(v) => ({
          command: "RecordPurchaseOrderReply",
          po: po.po,
          reply: (v["reply"] ?? "sent") as Schemas["PoReply"],
          detail: v["detail"] ?? "",
        })}
      />
      <CommandForm
        order={order}
        title={t("order.po.paid")}
        fields={[
          {
            name: "state",
            label: t("health.state"),
            kind: "choice",
            choices: payables.map((state) => ({ value: state, label: name("payables", state) })),
          },
          { name: "amount", label: t("order.po.amount"), kind: "text", value: po.total ?? "" },
        ]}
        build={(v) => ({
          command: "RecordSupplierPayment",
          po: po.po,
          state: (v["state"] ?? "paid") as Schemas["PayablesState"],
          amount: v["amount"] ?? "",
        })}
      />
      <CommandForm
        order={order}
        title={t("order.po.reroute")}
        danger
        fields={[{ name: "reason", label: t("form.reason"), kind: "reason" }]}
        build={(v) => ({ command: "Reroute", po: po.po, reason: v["reason"] ?? "" })}
      />
    </div>
  );
}

/** The supplier's answer as it was typed in; its strength is the server's to name. */
export function acknowledgment(
  po: string,
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
        cost: line.cost,
        ready_at: ready ? new Date(ready).toISOString().replace(/\.\d+Z$/, "Z") : null,
        note: "",
      };
    }),
  };
}
