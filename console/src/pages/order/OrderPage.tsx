// One order in one column: the promise on top, then what stops it, what proves it, what comes next.
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useRef, useState } from "react";
import type { Order } from "../../api/queries";
import { order as orderQuery } from "../../api/queries";
import { Deadline, Facts, Money, Section, Tag, Told, When } from "../../kit/bits";
import { CommandForm } from "../../kit/CommandForm";
import { money, moment } from "../../kit/format";
import { useNow } from "../../kit/now";
import { StageTag } from "../../kit/StageTag";
import { TheirTime } from "../../kit/TheirTime";
import { Failed, Loading, Problem } from "../../kit/states";
import { codeWords } from "../../kit/told";
import { useWords, type Key } from "../../words";
import type { Work } from "../queue/chosen";
import { ExceptionPanel } from "../queue/ExceptionPanel";
import { useDecisions } from "../queue/useDecisions";
import { Evidence } from "./Evidence";
import { Gates } from "./Gates";
import { Glance } from "./Glance";
import { Messages } from "./Messages";
import classes from "./order.module.css";
import { nextWords, zoneOf } from "./next";
import { Notes } from "./Notes";
import { Parcels } from "./Parcels";
import { cancellation } from "./cancellation";
import { raise } from "./poForms";
import { PurchaseOrders } from "./PurchaseOrders";
import { Requests } from "./Requests";
import { Routing } from "./Routing";
import { Timeline } from "./Timeline";

const sections: [string, Key][] = [
  ["exceptions", "order.exceptions"],
  ["next", "order.next"],
  ["gates", "order.gates"],
  ["lines", "order.lines"],
  ["pos", "order.pos"],
  ["parcels", "order.parcels"],
  ["messages", "told.title"],
  ["requests", "requests.title"],
  ["routing", "order.routing"],
  ["notes", "order.notes"],
  ["timeline", "order.timeline"],
];

export function OrderPage() {
  const { t } = useWords();
  const { order: id } = useParams({ from: "/signed-in/orders/$order" });
  const found = useQuery(orderQuery(id));
  if (found.isPending) return <Loading rows={8} title />;
  if (!found.data)
    return (
      <Failed
        error={found.error}
        what={t("exception.order", { number: id })}
        retry={() => void found.refetch()}
      />
    );
  const order = found.data;
  return (
    <div className={classes.page}>
      <Head order={order} />
      {found.isError && <Problem error={found.error} />}
      <nav aria-label={t("order.sections")} className={classes.jumps}>
        {sections.map(([to, key]) => (
          <a key={to} href={`#${to}`}>
            {t(key)}
          </a>
        ))}
      </nav>
      <Exceptions order={order} />
      <Next order={order} />
      <Section id="gates" title={t("order.gates")}>
        <Gates order={order} />
      </Section>
      <Holds order={order} />
      <Lines order={order} />
      <Section id="pos" title={t("order.pos")}>
        <PurchaseOrders order={order} />
      </Section>
      <Section id="parcels" title={t("order.parcels")}>
        <Parcels order={order} />
      </Section>
      <Messages order={order} />
      <Section id="requests" title={t("requests.title")}>
        <Requests order={order} />
      </Section>
      <Section id="routing" title={t("order.routing")}>
        <Routing order={order.id} />
      </Section>
      <Notes order={order} />
      <Section id="evidence" title={t("order.evidence")}>
        <Evidence order={order} />
      </Section>
      <Section id="timeline" title={t("order.timeline")}>
        <Timeline order={order.id} />
      </Section>
    </div>
  );
}

function Head({ order }: { order: Order }) {
  const { t, name } = useWords();
  return (
    <header className={classes.head}>
      <div className={classes.title}>
        <h1>{t("order.title", { number: order.store_number })}</h1>
        <StageTag stage={order.stage} />
        {order.held && order.stage !== "held" && <Tag tone="warn">{t("orders.held")}</Tag>}
        {order.test && <Tag tone="info">{t("order.test")}</Tag>}
        <span className={classes.dim}>
          {order.channel} · <When at={order.placed_at} /> · <Money amount={order.total} />
        </span>
      </div>
      {order.erased && <p>{t("order.erased")}</p>}
      <Glance order={order} />
      {order.instructions && (
        <p className={classes.instructions}>
          <strong>{t("order.instructions")}</strong> {order.instructions}
        </p>
      )}
      <Facts
        facts={[
          {
            name: t("order.buyer"),
            value: order.buyer && (
              <address className={classes.address}>
                {[order.buyer.name, ...order.buyer.address, order.buyer.email, order.buyer.phone]
                  .filter(Boolean)
                  .map((line) => (
                    <span key={line}>{line}</span>
                  ))}
              </address>
            ),
            hidden: !order.buyer,
            wide: true,
          },
          {
            name: t("order.destination"),
            value: [
              order.destination.country,
              order.destination.region,
              order.destination.postcode_prefix,
              ...order.destination.problems.map(codeWords),
            ]
              .filter(Boolean)
              .join(", "),
          },
          {
            name: t("order.payment"),
            value: (
              <>
                {name("payment", order.payment.state)} · <Money amount={order.payment.captured} />
                <Amounts payment={order.payment} />
              </>
            ),
          },
          { name: t("order.risk"), value: name("risk", order.risk.level) },
          { name: t("order.service"), value: order.service || t("form.none") },
          {
            name: t("order.procedure"),
            value: [
              order.procedure && name("procedureName", order.procedure),
              ...order.risks.map((risk) => name("riskClass", risk)),
            ]
              .filter(Boolean)
              .join(", "),
          },
        ]}
      />
    </header>
  );
}

/** What was authorised and when that lapses, and what went back, where either is known. */
function Amounts({ payment }: { payment: Order["payment"] }) {
  const { t, locale } = useWords();
  const now = useNow();
  const { authorized, authorization_expires_at: lapses, refunded } = payment;
  const said = [
    authorized && t("order.payment.authorized", { amount: money(authorized, locale) }),
    lapses && t("order.payment.lapses", { when: moment(lapses, now, locale) }),
    refunded &&
      !/^0(\.0+)? /.test(refunded) &&
      t("order.payment.refunded", { amount: money(refunded, locale) }),
  ].filter(Boolean);
  return <span className={classes.dim}>{said.map((each) => ` · ${each}`)}</span>;
}

/**
 * The cases: keys act on the one whose form is open, else on the first. What is being typed keeps
 * its case, decided elsewhere meanwhile or not.
 */
function Exceptions({ order }: { order: Order }) {
  const say = useWords();
  const { t, name } = say;
  const [work, setWork] = useState<Work | null>(null);
  const cards = useRef<HTMLDivElement>(null);
  const busy = work?.exception.number;
  const open = order.exceptions.filter((each) => !each.resolved_at || each.number === busy);
  const decided = order.exceptions.filter((each) => each.resolved_at && each.number !== busy);
  const first = open.find((each) => each.number === busy) ?? open[0];
  return (
    <Section id="exceptions" title={t("order.exceptions")}>
      {order.exceptions.length === 0 && <p className={classes.dim}>{t("order.exceptionsNone")}</p>}
      <div className={classes.cards} ref={cards} tabIndex={-1}>
        {open.map((each) => (
          <Case
            key={each.number}
            exception={each}
            work={[work, setWork]}
            keys={each.number === first?.number}
            done={() => cards.current?.focus({ preventScroll: true })}
          />
        ))}
        {decided.map((each) => (
          <p key={each.number} className={classes.decided}>
            <Tag tone="good">{t("order.decided")}</Tag> {name("reason", each.reason)}:{" "}
            <Told text={each.resolution} />{" "}
            <span className={classes.dim}>
              <When at={each.resolved_at} />
            </span>
          </p>
        ))}
      </div>
      <CommandForm order={order.id} {...raise(order, say)} />
    </Section>
  );
}

function Case({
  exception,
  work,
  keys,
  done,
}: {
  exception: Order["exceptions"][number];
  work: [Work | null, (work: Work | null) => void];
  keys: boolean;
  done: () => void;
}) {
  const { mode, setMode } = useDecisions({ chosen: exception, active: keys, work });
  return (
    <div className={classes.exception}>
      <ExceptionPanel
        exception={exception}
        mode={mode}
        setMode={setMode}
        done={done}
        keys={keys}
        onOrder
      />
    </div>
  );
}

function Next({ order }: { order: Order }) {
  const say = useWords();
  const { t } = say;
  return (
    <Section id="next" title={t("order.next")}>
      {order.next.length === 0 ? (
        <p className={classes.dim}>{t("order.nextNone")}</p>
      ) : (
        <ol className={classes.next}>
          {order.next.map((step, at) => (
            <li key={at}>
              <span className={classes.nextWhen}>
                {step.due_at && <Deadline at={step.due_at} exact />}
              </span>
              <span>
                {nextWords(step, say)}{" "}
                <span className={classes.dim}>
                  <Told text={step.about} />{" "}
                  <TheirTime at={step.due_at} zone={zoneOf(order, step)} />
                </span>
              </span>
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}

function Holds({ order }: { order: Order }) {
  const { t } = useWords();
  return (
    <Section id="holds" title={t("order.holds")}>
      {order.holds.length === 0 && <p className={classes.dim}>{t("order.holdsNone")}</p>}
      <ul className={classes.rows}>
        {order.holds.map((hold) => (
          <li key={`${hold.source} ${hold.hold}`}>
            <span>
              <Tag tone="warn">{hold.hold}</Tag> {hold.reason}
              {hold.source === "channel" && (
                <span className={classes.dim}> {t("order.hold.channel")}</span>
              )}
            </span>
            {hold.may_release && (
              <CommandForm
                order={order.id}
                title={t("order.hold.release")}
                fields={[{ name: "reason", label: t("form.reason"), kind: "reason" }]}
                build={(v) => ({
                  command: "ReleaseHold",
                  hold: hold.hold,
                  reason: v["reason"] ?? "",
                })}
              />
            )}
          </li>
        ))}
      </ul>
      <CommandForm
        order={order.id}
        title={t("order.hold.place")}
        fields={[
          { name: "hold", label: t("order.hold.name"), kind: "text" },
          { name: "reason", label: t("form.reason"), kind: "reason" },
        ]}
        build={(v) => ({ command: "PlaceHold", hold: v["hold"] ?? "", reason: v["reason"] ?? "" })}
      />
    </Section>
  );
}

function Lines({ order }: { order: Order }) {
  const say = useWords();
  const { t } = say;
  return (
    <Section id="lines" title={t("order.lines")}>
      <ul className={classes.rows}>
        {order.lines.map((line) => (
          <li key={line.line}>
            <span className={classes.grow}>
              <strong>
                {line.quantity} × {line.title}
              </strong>{" "}
              {line.variant}{" "}
              <span className={classes.dim}>
                {line.sku} · <Money amount={line.price} />
              </span>
              {line.instructions && <p className={classes.instructions}>{line.instructions}</p>}
            </span>
            <span className={classes.small}>
              {line.ships
                ? t("order.line.counts", {
                    wanted: line.wanted,
                    ordered: line.on_order,
                    packed: line.in_parcels,
                  })
                : t("order.line.noShip")}
              {line.reduced > 0 && ` · ${t("order.line.reduced", { count: line.reduced })}`}
              {line.elsewhere > 0 && ` · ${t("order.line.elsewhere", { count: line.elsewhere })}`}
            </span>
          </li>
        ))}
      </ul>
      {order.live && order.lines.some((line) => line.wanted > 0) && (
        <CommandForm order={order.id} {...cancellation(order, say)} />
      )}
    </Section>
  );
}
