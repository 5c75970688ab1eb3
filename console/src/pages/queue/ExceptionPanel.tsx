// One exception with everything a decision needs, and the decision itself, in one place.
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import type { Schemas } from "../../api/client";
import { exceptionDetail, type Exception } from "../../api/queries";
import { Age, Deadline, Facts, Money, Tag, Told, When } from "../../kit/bits";
import { Findings } from "../../kit/Findings";
import { KeyCaps } from "../../kit/KeyCaps";
import type { BindingId } from "../../kit/keys";
import { useWatched } from "../../kit/others";
import { Failed } from "../../kit/states";
import { useWords } from "../../words";
import { Shut } from "./ActionForm";
import { CaseMessage } from "./CaseMessage";
import { Comparison } from "./Comparison";
import { DecisionForm } from "./DecisionForm";
import { idOf, isContactable, isSuppliersIncident, type Mode } from "./decide";
import { useHolder, useLease } from "./leases";
import { Members } from "./Members";
import { useMayDecide } from "./useDecisions";
import { WayOut } from "./WayOut";
import classes from "./queue.module.css";

/** Why a supplier's offer is compared with what was promised. */
const compared: ReadonlySet<string> = new Set(["substitution", "price_change", "approval"]);

interface Props {
  exception: Exception;
  mode: Mode;
  setMode: (mode: Mode) => void;
  done: (gone: boolean) => void;
  /** Keys act on this panel, so it shows them. */
  keys: boolean;
  /** On the order's own page the way to the order is left out. */
  onOrder?: boolean;
  /** Somebody opened it to work on it; else it is only shown until a decision is begun. */
  opened?: boolean;
}

/** What to do, with the way there where it is another page. */
function NextAction({ of: { next_action, reason } }: { of: Schemas["Exception"] }) {
  const { t } = useWords();
  if (reason !== "unmapped_sku") return <Told text={next_action} />;
  return (
    <>
      <Told text={next_action} />{" "}
      <Link to="/products" search={{ mapping: "unmapped" }}>
        {t("offer.mapIt")}
      </Link>
    </>
  );
}

export function ExceptionPanel({
  exception: listed,
  mode,
  setMode,
  done,
  keys,
  onOrder = false,
  opened = !onOrder,
}: Props) {
  const { t, name } = useWords();
  const detail = useQuery(exceptionDetail(listed.stream, listed.number));
  const exception = detail.data?.exception ?? listed;
  const decided = (exception.resolved_at ?? listed.resolved_at) !== null;
  const may = useMayDecide();
  const holder = useHolder(exception);
  useWatched([idOf(exception)]);
  const panel = useFocusBack(mode);
  useLease(exception, may && (opened || mode.kind !== "look"), holder);

  return (
    <article
      ref={panel}
      tabIndex={-1}
      className={classes.panel}
      data-case={idOf(exception)}
      data-reason={exception.reason}
      aria-label={name("reason", exception.reason)}
    >
      <header className={classes.panelHead}>
        <div className={classes.panelTitle}>
          <h2>{name("reason", exception.reason)}</h2>
          {!onOrder && exception.order && (
            <Link to="/orders/$order" params={{ order: exception.order }}>
              {t("exception.order", { number: exception.store_number })}
              {keys && <KeyCaps of="open" />}
            </Link>
          )}
        </div>
        <p className={classes.what}>
          <Told text={exception.detail} />
        </p>
      </header>
      <Facts
        facts={[
          { name: t("exception.next"), value: <NextAction of={exception} />, wide: true },
          {
            name: t("exception.review"),
            value: <Deadline at={exception.review_by} exact />,
            hidden: decided,
          },
          { name: t("exception.owner"), value: exception.owner },
          { name: t("exception.backup"), value: exception.backup, hidden: !exception.backup },
          { name: t("exception.age"), value: <Age since={exception.opened_at} /> },
          {
            name: t("exception.risk"),
            value: <Money amount={exception.money_at_risk} />,
            hidden: !exception.money_at_risk,
          },
          {
            name: t("exception.promise"),
            value: <When at={exception.promise_at} />,
            hidden: !exception.promise_at,
          },
          { name: t("exception.about"), value: <Told text={exception.about} /> },
        ]}
      />
      {detail.isError && <Failed error={detail.error} retry={() => void detail.refetch()} />}
      {detail.data && <Members of={detail.data} />}
      <CaseMessage of={exception} />
      {detail.data?.comparison && <Comparison sides={detail.data.comparison} />}
      {detail.isPending && compared.has(exception.reason) && (
        <div className={classes.comparisonRoom} />
      )}
      {decided ? (
        <p className={classes.decided} role="status">
          <Tag tone="good">
            <When at={exception.resolved_at} relative />
          </Tag>{" "}
          <Told text={exception.resolution} />
        </p>
      ) : (
        <>
          {holder && (
            <p className={classes.holder} role="status">
              {t("lease.other", { holder })}
            </p>
          )}
          <Ways
            exception={exception}
            mode={mode}
            setMode={setMode}
            keys={keys}
            shut={!may || holder !== ""}
          />
        </>
      )}
      {may && mode.kind !== "look" && (
        <Shut value={decided || holder !== ""}>
          <DecisionForm
            key={mode.kind}
            atOnce={onOrder}
            exception={exception}
            mode={mode}
            back={() => setMode({ kind: "look" })}
            done={(gone) => {
              setMode({ kind: "look" });
              done(gone);
            }}
          />
        </Shut>
      )}
      {detail.data && (
        <>
          <Trail
            title={t("exception.evidence")}
            events={detail.data.evidence}
            order={exception.order}
          />
          <Trail
            title={t("exception.history")}
            events={detail.data.history}
            order={exception.order}
          />
        </>
      )}
    </article>
  );
}

/** Once its form is closed, the hands are where they opened it, unless they are elsewhere. */
function useFocusBack(mode: Mode) {
  const panel = useRef<HTMLElement>(null);
  const before = useRef(mode);
  useEffect(() => {
    const was = before.current;
    before.current = mode;
    if (mode.kind !== "look" || was.kind === "look") return;
    if (document.activeElement !== document.body) return;
    const mark = was.kind === "resolve" ? `[data-verb="${was.verb}"]` : `[data-way="${was.kind}"]`;
    const opener = panel.current?.querySelector<HTMLButtonElement>(`${mark}:enabled`);
    (opener ?? panel.current)?.focus({ preventScroll: true });
  }, [mode]);
  return panel;
}

function Ways({
  exception,
  mode,
  setMode,
  keys,
  shut,
}: Pick<Props, "exception" | "mode" | "setMode" | "keys"> & { shut: boolean }) {
  const { t } = useWords();
  const options: Schemas["Option"][] =
    exception.options.length > 0
      ? exception.options
      : [{ verb: "confirm", consequence: "", cost: null }];
  const lesser: [Mode["kind"] & BindingId, string][] = [
    ["snooze", t("exception.snooze")],
    ["assign", t("exception.assign")],
  ];
  if (isContactable(exception) || isSuppliersIncident(exception))
    lesser.push(["contact", t("contact.button")]);
  return (
    <section aria-label={t("exception.options")} className={classes.ways}>
      <ol className={classes.options}>
        {options.map((way, at) => (
          <li key={way.verb}>
            <WayOut
              way={way}
              reason={exception.reason}
              at={at}
              keys={keys}
              disabled={shut}
              pressed={mode.kind === "resolve" && mode.verb === way.verb}
              choose={() => setMode({ kind: "resolve", verb: way.verb })}
            />
          </li>
        ))}
      </ol>
      {!shut && (
        <div className={classes.lesser}>
          {lesser.map(([kind, label]) => (
            <Button
              key={kind}
              size="compact-sm"
              variant="default"
              data-way={kind}
              onClick={() => setMode({ kind } as Mode)}
              rightSection={keys && <KeyCaps of={kind} />}
            >
              {label}
            </Button>
          ))}
        </div>
      )}
    </section>
  );
}

function Trail({
  title,
  events,
  order,
}: {
  title: string;
  events: Schemas["EvidenceRef"][];
  order: string | null;
}) {
  const { t } = useWords();
  if (events.length === 0) return null;
  return (
    <section className={classes.trail}>
      <h3>{title}</h3>
      <ul>
        {events.map((event) => (
          <li key={event.event}>
            <When at={event.at} />{" "}
            <span>
              <Told text={event.summary} />
            </span>{" "}
            <span className={classes.dim}>
              {event.actor} ·{" "}
              {order ? (
                <Link to="/orders/$order" params={{ order }} hash={`event-${event.event}`}>
                  {t("order.event", { event: event.event })}
                </Link>
              ) : (
                t("order.event", { event: event.event })
              )}
            </span>
            {event.items && <Findings items={event.items} />}
          </li>
        ))}
      </ul>
    </section>
  );
}
