// What was asked of partners and what came of it; messages about the order that could not be read
// can be read again from here.
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { Schemas } from "../../api/client";
import { requests } from "../../api/orders";
import { keptMessages } from "../../api/inbox";
import { session, type Order } from "../../api/queries";
import { Tag, Told, When, type Tone } from "../../kit/bits";
import { More, useItems } from "../../kit/lists";
import { PartnerMessage } from "../../kit/PartnerMessage";
import { ReadAgainButton, useReadAgain } from "../../kit/ReadAgain";
import { Failed, Loading, Problem } from "../../kit/states";
import { useWords } from "../../words";
import { Received } from "./Received";
import classes from "./order.module.css";

type Request = Schemas["OrderRequest"];

const tones: Record<Schemas["EffectState"], Tone> = {
  unsent: "plain",
  sending: "info",
  unknown: "warn",
  done: "good",
  refused: "bad",
  withdrawn: "plain",
  dead: "bad",
};

export function Requests({ order }: { order: Order }) {
  const { t } = useWords();
  const found = useQuery(requests(order.id));
  if (found.isPending) return <Loading rows={2} />;
  if (!found.data)
    return (
      <Failed error={found.error} what={t("requests.title")} retry={() => void found.refetch()} />
    );
  return (
    <>
      {found.data.items.length === 0 && <p className={classes.dim}>{t("requests.none")}</p>}
      <ul className={classes.rows}>
        {found.data.items.map((request, at) => (
          <RequestRow key={`${request.event} ${at}`} request={request} order={order} />
        ))}
      </ul>
      <FromPartners order={order} />
    </>
  );
}

function RequestRow({ request, order }: { request: Request; order: Order }) {
  const { t, name } = useWords();
  const fields = Object.values(request.fields).filter((value) => typeof value === "string");
  const waits = request.state === "unknown" || request.state === "dead";
  const decided = !order.exceptions.some((each) => !each.resolved_at);
  return (
    <li>
      <span className={classes.grow}>
        <strong>{name("ask", request.effect)}</strong>{" "}
        <span className={classes.dim}>
          {request.to} · {fields.map(String).join(" · ")} · <When at={request.at} /> ·{" "}
          {t("requests.attempts", { count: request.attempts })} ·{" "}
          <a href={`#event-${request.event}`}>{t("order.event", { event: request.event })}</a>
        </span>
        {request.detail && (
          <span className={classes.block}>
            <Told text={request.detail} />
          </span>
        )}
        {request.state === "unknown" && (
          <span className={classes.block}>{t("requests.unknown")}</span>
        )}
      </span>
      <span className={classes.tags}>
        <Tag tone={tones[request.state]}>{name("effect", request.state)}</Tag>
        {waits && !decided && <a href="#exceptions">{t("requests.decide")}</a>}
      </span>
    </li>
  );
}

/** What partners sent about this order; for those who may have messages read again. */
function FromPartners({ order }: { order: Order }) {
  const me = useQuery(session).data;
  if (!me?.rights.includes("messages") || me.user.stores.length > 0) return null;
  return (
    <>
      <Unread order={order} />
      <Received order={order.id} />
    </>
  );
}

/** Kept messages about this order, of its store, suppliers and trackers. */
function Unread({ order }: { order: Order }) {
  const { t } = useWords();
  const kept = useInfiniteQuery(keptMessages(order.id));
  const about = useItems(kept);
  if (about.length === 0) return null;
  return (
    <>
      <h3>{t("requests.unread")}</h3>
      <ul className={classes.rows}>
        {about.map((message) => (
          <UnreadRow key={message.id} message={message} />
        ))}
      </ul>
      <More found={kept} />
    </>
  );
}

function UnreadRow({ message }: { message: Schemas["InboxMessage"] }) {
  const { t } = useWords();
  const again = useReadAgain(message.id, t("requests.waiting"));
  return (
    <li>
      <span className={classes.grow}>
        <strong>{message.topic}</strong> <When at={message.received_at} />
        <span className={classes.block}>{message.problem}</span>
        <PartnerMessage id={message.id} />
        {again.isError && <Problem error={again.error} />}
      </span>
      <ReadAgainButton again={again} label={t("requests.again")} />
    </li>
  );
}
