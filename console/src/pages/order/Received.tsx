// What partners sent about the order and was read: one line each, opened on demand.
import { useInfiniteQuery } from "@tanstack/react-query";
import { receivedMessages } from "../../api/inbox";
import { When } from "../../kit/bits";
import { Listed, More, useItems } from "../../kit/lists";
import { PartnerMessage } from "../../kit/PartnerMessage";
import { useWords } from "../../words";
import classes from "./order.module.css";

export function Received({ order }: { order: string }) {
  const { t } = useWords();
  const found = useInfiniteQuery(receivedMessages(order));
  const messages = useItems(found);
  return (
    <>
      <h3>{t("received.title")}</h3>
      <Listed
        found={found}
        count={messages.length}
        rows={2}
        empty={t("received.none")}
        what={t("received.what")}
      >
        <ul className={classes.rows}>
          {messages.map((message) => (
            <li key={message.id}>
              <div className={classes.grow}>
                <strong>{message.account}</strong>{" "}
                <span className={classes.dim}>
                  {message.topic} <When at={message.received_at} />
                </span>
                <PartnerMessage id={message.id} />
              </div>
            </li>
          ))}
        </ul>
        <More found={found} />
      </Listed>
    </>
  );
}
