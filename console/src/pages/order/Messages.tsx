// What the store and the buyer were told, when, in which language, and what they answered.
import type { Schemas } from "../../api/client";
import type { Order } from "../../api/queries";
import { Deadline, Section, Tag, Told, When, type Tone } from "../../kit/bits";
import { CommandForm } from "../../kit/CommandForm";
import { useWords, type Key } from "../../words";
import { hasText, MessageText } from "./MessageText";
import { buyerAnswer } from "./poForms";
import classes from "./order.module.css";

const tones: Partial<Record<Schemas["EffectState"], Tone>> = { done: "good", withdrawn: "plain" };

const what: Record<Schemas["StoreMessage"]["what"], Key> = {
  fulfilled: "told.fulfilled",
  tracking: "told.tracking",
  hold: "told.hold",
  release: "told.release",
};

export function Messages({ order }: { order: Order }) {
  const say = useWords();
  const { t, name } = say;
  const nothing = [order.messages, order.store_messages, order.questions].every(
    (each) => each.length === 0,
  );
  return (
    <Section id="messages" title={t("told.title")}>
      {nothing && <p className={classes.dim}>{t("order.messagesNone")}</p>}
      <ul className={classes.rows}>
        {order.store_messages.map((message) => (
          <ToStore key={`store ${message.event}`} message={message} />
        ))}
        {order.messages.map((message) => (
          <ToBuyer key={`buyer ${message.event}`} message={message} order={order.id} />
        ))}
        {order.questions.map((question) => (
          <li key={question.question}>
            <span>
              {name("question", question.question)}{" "}
              {question.answer ? (
                <strong>{name("answer", question.answer)}</strong>
              ) : (
                <span className={classes.dim}>
                  <Deadline at={question.due_at} />{" "}
                  {t("order.question.default", { answer: name("answer", question.default_answer) })}
                </span>
              )}
            </span>
            {!question.answer && <CommandForm order={order.id} {...buyerAnswer(question, say)} />}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function ToStore({ message }: { message: Schemas["StoreMessage"] }) {
  const { t, name } = useWords();
  const about =
    message.what === "fulfilled"
      ? name("proof", message.about)
      : message.what === "tracking"
        ? name("tracking", message.about)
        : message.about;
  return (
    <li>
      <span>
        <When at={message.at} /> <Tag>{t("told.store")}</Tag>{" "}
        <strong>{t(what[message.what], { about })}</strong>{" "}
        {message.parcel > 0 && t("order.parcel", { number: message.parcel })}{" "}
        <span className={classes.dim}>
          <Told text={message.detail} />{" "}
          <a href={`#event-${message.event}`}>{t("order.event", { event: message.event })}</a>
        </span>
      </span>
      {message.answer === "done" && <Tag tone="good">{t("told.done")}</Tag>}
      {message.answer === "refused" && <Tag tone="bad">{t("told.refused")}</Tag>}
    </li>
  );
}

function ToBuyer({ message, order }: { message: Schemas["BuyerMessage"]; order: string }) {
  const { t, name, locale } = useWords();
  const language = message.language && languageName(message.language, locale);
  return (
    <li>
      <span>
        <When at={message.at} /> <Tag>{t("told.buyer")}</Tag>{" "}
        <strong>{name("moment", message.moment)}</strong>{" "}
        {t("order.message.by", { speaker: name("speaker", message.speaker) })}{" "}
        {message.parcel > 0 && t("order.parcel", { number: message.parcel })}{" "}
        {language && t("told.in", { language })}{" "}
        <span className={classes.dim}>
          <Told text={message.detail} />{" "}
          <a href={`#event-${message.event}`}>{t("order.event", { event: message.event })}</a>
        </span>
      </span>
      {message.state && (
        <Tag tone={tones[message.state] ?? "warn"}>{name("effect", message.state)}</Tag>
      )}
      {hasText(message) && <MessageText order={order} event={message.event} />}
    </li>
  );
}

function languageName(code: string, locale: string): string {
  return new Intl.DisplayNames([locale], { type: "language" }).of(code) ?? code;
}
