// What was recorded on this tablet: what waits, what the server refused and a person has to decide,
// what it acknowledged.
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Tag } from "../../kit/bits";
import { moment } from "../../kit/format";
import { useNow } from "../../kit/now";
import { useProblemText } from "../../kit/states";
import { ApiError } from "../../api/problem";
import { useScan } from "../../station/bus";
import { canUndo, type Entry, type Trouble } from "../../station/outbox";
import { again, drop, sendNow } from "../../station/post";
import { useDay } from "../../station/useDay";
import { useWords } from "../../words";
import { StationFrame } from "./StationFrame";
import classes from "./station.module.css";
import { useUndo } from "./useUndo";

export function OutboxPage() {
  const { t } = useWords();
  const work = useDay();
  const undo = useUndo(work);
  useScan((scan) => {
    if (scan.kind === "command" && scan.command === "UNDO") void undo();
  });
  const open = work.post.entries.filter((each) => each.state !== "sent");
  const sent = work.post.entries.filter((each) => each.state === "sent").reverse();
  return (
    <StationFrame work={work}>
      <nav>
        <Link to="/station" search={{}} className={classes.back}>
          ← {t("station.back")}
        </Link>
      </nav>
      <h1>{t("station.outbox")}</h1>
      {open.length === 0 ? (
        <p role="status">{t("station.outbox.none")}</p>
      ) : (
        <Button size="lg" onClick={sendNow}>
          {t("station.outbox.now")}
        </Button>
      )}
      <ol className={classes.tasks}>
        {[...open, ...sent].map((entry) => (
          <Row key={entry.id} entry={entry} reads={work.reads} undo={() => void undo(entry.id)} />
        ))}
      </ol>
    </StationFrame>
  );
}

interface RowProps {
  entry: Entry;
  reads: boolean;
  undo: () => void;
}

function Row({ entry, reads, undo }: RowProps) {
  const { t, name, locale } = useWords();
  const now = useNow();
  const { what, po } = entry;
  const title =
    what.kind === "photo"
      ? t("station.outbox.photo", { item: what.item, po })
      : t("station.outbox.what", {
          check: name("check", what.kind === "check" ? what.body.check : "label_match"),
          po,
        });
  const when = moment(new Date(entry.at).toISOString(), now, locale);
  return (
    <li className={classes.task} data-entry={entry.state}>
      <span className={classes.taskTop}>
        <strong>{title}</strong>
        <State entry={entry} />
        {reads ? (
          <Link to="/orders/$order" params={{ order: entry.order }} className={classes.back}>
            {t("station.outbox.order", { number: entry.store_number })}
          </Link>
        ) : (
          <span>{t("station.outbox.order", { number: entry.store_number })}</span>
        )}
      </span>
      <span className={classes.dim}>
        {t("station.outbox.at", { when, who: entry.by })}
        {entry.tries > 0 && entry.state !== "sent" && (
          <> · {t("station.outbox.tries", { count: entry.tries })}</>
        )}
      </span>
      <Contents entry={entry} />
      {entry.trouble && <Refused entry={entry} trouble={entry.trouble} />}
      {canUndo(entry) && (
        <Button size="lg" variant="default" onClick={undo}>
          {t("station.outbox.undo")}
        </Button>
      )}
    </li>
  );
}

function State({ entry }: { entry: Entry }) {
  const { t } = useWords();
  if (entry.state === "sent") return <Tag tone="good">✓ {t("station.outbox.sent")}</Tag>;
  if (entry.state === "refused") return <Tag tone="bad">✕ {t("station.outbox.refused")}</Tag>;
  return <Tag tone="warn">… {t("station.outbox.waiting")}</Tag>;
}

function Contents({ entry }: { entry: Entry }) {
  const { t, name, rule } = useWords();
  const { what } = entry;
  if (what.kind === "photo") return null;
  if (what.kind === "label") {
    const { order_scan: order, label_scan: label } = what.body;
    return <span>{t("station.outbox.matched", { order, label })}</span>;
  }
  return (
    <ul className={classes.contents}>
      {what.body.items.map((item) => (
        <li key={item.name} data-verdict={item.verdict}>
          {t("station.answerOf", { item: rule(item.name), verdict: name("verdict", item.verdict) })}
          {item.note && <span className={classes.dim}> {item.note}</span>}
        </li>
      ))}
      {what.body.lines?.map(({ line, quantity }) => (
        <li key={line}>{t("station.outbox.line", { line, quantity })}</li>
      ))}
    </ul>
  );
}

/** A person decides: again, or not at all, and not by one touch. */
function Refused({ entry, trouble }: { entry: Entry; trouble: Trouble }) {
  const { t } = useWords();
  const [sure, setSure] = useState(false);
  const text = useProblemText()(
    new ApiError(trouble.status, trouble.code, trouble.title, trouble.detail),
  );
  const own =
    trouble.code === "too_old"
      ? t("station.outbox.tooOld")
      : trouble.code === "label_mismatch"
        ? t("station.outbox.labelMismatch")
        : null;
  // The server has this one already; there is nothing to send again.
  const known = trouble.code === "label_mismatch";
  return (
    <div role="alert" className={classes.held}>
      {own ? <strong>{own}</strong> : <strong>{text.title}</strong>}
      {!own && text.more && <p>{text.more}</p>}
      <div className={classes.choices}>
        {known ? (
          <Button size="lg" color="red" onClick={() => void drop(entry.id)}>
            {t("station.outbox.seen")}
          </Button>
        ) : (
          <>
            <Button size="lg" onClick={() => void again(entry.id)}>
              {t("station.outbox.again")}
            </Button>
            <Button
              size="lg"
              variant="default"
              onClick={() => (sure ? void drop(entry.id) : setSure(true))}
            >
              {t(sure ? "station.outbox.dropSure" : "station.outbox.drop")}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}
