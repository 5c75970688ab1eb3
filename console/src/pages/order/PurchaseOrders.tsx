// What was asked of suppliers, how far it got, their answers per line, what a person can do.
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Schemas } from "../../api/client";
import { supplier } from "../../api/goods";
import type { Order } from "../../api/queries";
import { Deadline, Money, Tag, When } from "../../kit/bits";
import { CommandForm } from "../../kit/CommandForm";
import { Findings } from "../../kit/Findings";
import { TheirTime } from "../../kit/TheirTime";
import { useWords } from "../../words";
import classes from "./order.module.css";
import { PlaceByHand } from "./PlaceByHand";
import { poForms } from "./poForms";

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
        <strong>{po.po}</strong>{" "}
        <Link to="/suppliers/$supplier" params={{ supplier: po.supplier }}>
          {po.supplier}
        </Link>
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
      <Times po={po} />
      <ul className={classes.rows}>
        {po.lines.map((line) => (
          <PoLine key={line.line} line={line} zone={po.zone} />
        ))}
      </ul>
      {po.checks.length > 0 && (
        <ul className={classes.rows}>
          {po.checks.map((check) => (
            <li key={check.check}>
              <span>
                {name("check", check.check)}:{" "}
                <Tag tone={check.verdict === "pass" ? "good" : "bad"}>
                  {name("verdict", check.verdict)}
                </Tag>{" "}
                {name("strength", check.strength)}{" "}
                <span className={classes.dim}>
                  {check.actor} · {check.at && <When at={check.at} />}
                </span>
              </span>
              <Findings items={check.items} />
            </li>
          ))}
        </ul>
      )}
      {po.attested.length > 0 && (
        <ul className={classes.rows}>
          {po.attested.map((said) => (
            <Attested key={said.event} said={said} />
          ))}
        </ul>
      )}
      <PlaceByHand order={order} po={po} />
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

/** When it left and was answered, by both clocks; before it leaves, when the day closes there. */
function Times({ po }: { po: Po }) {
  const { t } = useWords();
  if (!po.released_at) return <CutOff supplier={po.supplier} />;
  return (
    <p className={classes.small}>
      {t("order.po.sentAt")} <When at={po.released_at} />{" "}
      <TheirTime at={po.released_at} zone={po.zone} />
      {po.replied_at && (
        <>
          {" · "}
          {t("order.po.answeredAt")} <When at={po.replied_at} />{" "}
          <TheirTime at={po.replied_at} zone={po.zone} />
        </>
      )}
    </p>
  );
}

function CutOff({ supplier: id }: { supplier: string }) {
  const { t } = useWords();
  const calendar = useQuery(supplier(id)).data?.calendar;
  if (!calendar?.next_cut_off) return null;
  return (
    <p className={classes.small}>
      {t("order.po.cutOff")} <Deadline at={calendar.next_cut_off} exact />{" "}
      <TheirTime at={calendar.next_cut_off} zone={calendar.zone} />
    </p>
  );
}

function PoLine({ line, zone }: { line: Schemas["PoLine"]; zone: string }) {
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
                <When at={answer.ready_at} /> <TheirTime at={answer.ready_at} zone={zone} />
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

/** What the supplier said of its own checks, with the picture it sent. */
function Attested({ said }: { said: Schemas["Attested"] }) {
  const { t, name } = useWords();
  return (
    <li>
      <span>
        <strong>{t("order.po.attested", { check: name("check", said.check) })}</strong>{" "}
        {said.statement}{" "}
        <span className={classes.dim}>
          {said.actor} · <When at={said.at} />
        </span>
      </span>
      {said.photo && (
        <a href={`/api/v1/photos/${said.photo}`}>
          <img
            src={`/api/v1/photos/${said.photo}`}
            alt={t("order.po.attestedPhoto")}
            loading="lazy"
            className={classes.photo}
          />
        </a>
      )}
    </li>
  );
}

function Actions({ po, order }: { po: Po; order: string }) {
  const say = useWords();
  return (
    <div className={classes.actions}>
      {poForms(po, say).map((form) => (
        <CommandForm key={form.title} order={order} about={po.po} {...form} />
      ))}
    </div>
  );
}
