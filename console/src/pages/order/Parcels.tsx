// Boxes with a number: label, acceptance, movement and what the store was told are four facts.
import type { Schemas } from "../../api/client";
import type { Order } from "../../api/queries";
import { Tag, When } from "../../kit/bits";
import { CommandForm } from "../../kit/CommandForm";
import { codeWords } from "../../kit/told";
import { useWords } from "../../words";
import classes from "./order.module.css";
import { correction } from "./parcelForms";

export function Parcels({ order }: { order: Order }) {
  const { t } = useWords();
  if (order.parcels.length === 0) return <p className={classes.dim}>{t("order.parcelsNone")}</p>;
  return (
    <div className={classes.cards}>
      {order.parcels.map((parcel) => (
        <ParcelCard key={parcel.parcel} parcel={parcel} order={order.id} lines={order.lines} />
      ))}
    </div>
  );
}

function ParcelCard({
  parcel,
  order,
  lines,
}: {
  parcel: Schemas["Parcel"];
  order: string;
  lines: Order["lines"];
}) {
  const say = useWords();
  const { t, name } = say;
  return (
    <article className={classes.po} aria-label={t("order.parcel", { number: parcel.parcel })}>
      <div className={classes.gateHead}>
        <strong>{t("order.parcel", { number: parcel.parcel })}</strong> {parcel.carrier}{" "}
        <code className={classes.code}>{parcel.tracking}</code>
        <span className={classes.dim}>
          {parcel.po} · {name("strength", parcel.strength)} · <When at={parcel.announced_at} />
        </span>
      </div>
      <ul className={classes.rows} aria-label={t("order.parcel.holds")}>
        {parcel.lines.map(({ line, quantity }) => (
          <li key={line}>
            {quantity} × {lines.find((each) => each.line === line)?.title ?? line}
          </li>
        ))}
      </ul>
      <p className={classes.tags}>
        {parcel.retired.map((tracking) => (
          <Tag key={tracking}>{t("order.parcel.retired", { tracking })}</Tag>
        ))}
        {parcel.label_matched && <Tag tone="good">{t("order.parcel.matched")}</Tag>}
        {parcel.label_mismatched && <Tag tone="bad">{t("order.parcel.mismatched")}</Tag>}
        {parcel.accepted_event > 0 ? (
          <Tag tone="good">{t("order.parcel.accepted", { event: parcel.accepted_event })}</Tag>
        ) : (
          <Tag tone="warn">{t("order.parcel.notAccepted")}</Tag>
        )}
        {parcel.store_refused ? (
          <Tag tone="bad">{t("order.parcel.storeRefused")}</Tag>
        ) : parcel.told_event > 0 ? (
          <Tag tone="good">{t("order.parcel.told", { event: parcel.told_event })}</Tag>
        ) : (
          <Tag>{t("order.parcel.notTold")}</Tag>
        )}
        {parcel.anomalies.map((anomaly) => (
          <Tag key={anomaly} tone="bad">
            {codeWords(anomaly).replaceAll("_", " ")}
          </Tag>
        ))}
        <span className={classes.dim}>
          {parcel.provider
            ? t("order.parcel.watched", { provider: parcel.provider })
            : t("order.parcel.unwatched")}
        </span>
      </p>
      <ol className={classes.track}>
        {parcel.events.map((event) => (
          <li key={event.event}>
            <span className={classes.trackWhen}>
              <When at={event.at} />
              {event.time_text && (
                <span className={classes.theirs}>
                  {t("time.theirs", { time: event.time_text })}
                </span>
              )}
            </span>
            <span>
              <strong>{name("tracking", event.status)}</strong>{" "}
              <Tag tone={event.proof === "physical" ? "good" : "plain"}>
                {name("proof", event.proof)}
              </Tag>{" "}
              {[event.place, event.country].filter(Boolean).join(", ")}{" "}
              <span className={classes.dim}>
                {event.raw} · {event.source}
                {event.uncertainty_minutes > 0 &&
                  ` · ${t("order.parcel.around", { minutes: event.uncertainty_minutes })}`}
              </span>
            </span>
          </li>
        ))}
      </ol>
      <div className={classes.actions}>
        <CommandForm order={order} {...correction(parcel, say)} />
      </div>
    </article>
  );
}
