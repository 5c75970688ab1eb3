// Whether everything that should happen by itself does, and what could not be read.
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactNode } from "react";
import type { Schemas } from "../../api/client";
import { keptMessages } from "../../api/inbox";
import { figures, health, session } from "../../api/queries";
import { Age, Section, Tag, When, type Tone } from "../../kit/bits";
import { DataTable } from "../../kit/DataTable";
import { ago, count, moment, percent, span } from "../../kit/format";
import { More, useItems } from "../../kit/lists";
import { useNow } from "../../kit/now";
import { PartnerMessage } from "../../kit/PartnerMessage";
import { ReadAgainButton, useReadAgain } from "../../kit/ReadAgain";
import { Empty, Failed, Loading, Problem } from "../../kit/states";
import { useWords } from "../../words";
import classes from "./health.module.css";

const statusTone = { ok: "good", attention: "warn", failing: "bad" } as const;
const accountTone = { ok: "good", waiting: "warn", failing: "bad", stopped: "plain" } as const;

/** A daily backup with two hours of grace. */
const oldBackupMs = 26 * 3_600_000;

export function backupIsOld(at: string | null, now: number): boolean {
  return at === null || now - Date.parse(at) > oldBackupMs;
}

export function HealthPage() {
  const { t, name, locale } = useWords();
  const clock = useNow();
  const found = useQuery(health);
  const reads = useQuery(session).data?.rights.includes("messages") ?? false;
  if (found.isPending) return <Loading rows={6} title />;
  if (!found.data) {
    const retry = () => void found.refetch();
    return <Failed error={found.error} what={t("health.title")} retry={retry} />;
  }
  const now = found.data;
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h1>{t("health.title")}</h1>
        <Tag tone={statusTone[now.status]}>{name("status", now.status)}</Tag>
        <span className={classes.dim}>
          {t("health.since", { version: now.version, when: moment(now.started_at, clock, locale) })}
        </span>
      </header>
      {found.isError && <Problem error={found.error} />}
      <Figures now={now} />
      <Section id="accounts" title={t("health.accounts")}>
        <Accounts accounts={now.accounts} />
      </Section>
      {reads && (
        <Section id="messages" title={t("health.messages")}>
          <NotUnderstood />
        </Section>
      )}
    </div>
  );
}

function Figures({ now }: { now: Schemas["Health"] }) {
  const say = useWords();
  const { t, locale } = say;
  const more = useQuery(figures).data;
  const clock = useNow();
  const { gaps, inbox, outbox, timers, store } = now;
  const oldest = (at: string | null) =>
    at ? t("health.oldest", { span: span(clock - Date.parse(at), say) }) : "";
  return (
    <ul className={classes.figures}>
      <Figure name={t("health.gaps")} value={gaps.count} tone={gaps.count > 0 ? "warn" : "good"}>
        {gaps.checked_at
          ? t("health.gapsNote", {
              hours: gaps.window_hours,
              when: ago(gaps.checked_at, clock, locale),
            })
          : t("health.gapsNever")}
      </Figure>
      <Figure name={t("health.inbox")} value={inbox.waiting} tone="plain">
        {[t("health.inboxNote"), oldest(inbox.oldest_at)].filter(Boolean).join(", ")}
      </Figure>
      <Figure
        name={t("health.outbox")}
        value={outbox.unsent + outbox.sending + outbox.unknown}
        tone={outbox.unknown > 0 ? "warn" : "plain"}
      >
        {[
          t("health.outboxNote", { sending: outbox.sending, unknown: outbox.unknown }),
          oldest(outbox.oldest_at),
        ]
          .filter(Boolean)
          .join(", ")}
      </Figure>
      <Figure name={t("health.dead")} value={outbox.dead} tone={outbox.dead > 0 ? "bad" : "good"}>
        {t("health.deadNote")}
      </Figure>
      <Figure
        name={t("health.timers")}
        value={timers.overdue}
        tone={timers.overdue > 0 ? "bad" : "good"}
      >
        {t("health.timersNote", { set: timers.set })}
      </Figure>
      <Figure
        name={t("health.store")}
        value={t(store.writable ? "health.writable" : "health.notWritable")}
        tone={store.writable ? "good" : "bad"}
      >
        {t("health.storeNote", {
          kind: store.kind,
          orders: store.orders,
          events: store.events,
        })}
      </Figure>
      <Figure
        name={t("health.backups")}
        value={store.backup_at ? ago(store.backup_at, clock, locale) : t("health.noBackup")}
        tone={backupIsOld(store.backup_at, clock) ? "warn" : "good"}
      >
        {t("health.backupNote")}
      </Figure>
      {more && more.untouched_permille !== null && (
        <Figure
          name={t("health.untouched")}
          value={percent(more.untouched_permille, locale)}
          tone="plain"
        >
          {t("health.untouchedNote")}
        </Figure>
      )}
    </ul>
  );
}

function Figure({
  name,
  value,
  tone,
  children,
}: {
  name: string;
  value: number | string;
  tone: Tone;
  children: ReactNode;
}) {
  const { locale } = useWords();
  return (
    <li className={classes.figure} data-tone={tone}>
      <span className={classes.name}>{name}</span>
      <strong>{typeof value === "number" ? count(value, locale) : value}</strong>
      <span className={classes.dim}>{children}</span>
    </li>
  );
}

function Accounts({ accounts }: { accounts: Schemas["AccountHealth"][] }) {
  const { t, name, locale } = useWords();
  if (accounts.length === 0) return <Empty>{t("health.accountsNone")}</Empty>;
  return (
    <DataTable
      label={t("health.accounts")}
      rows={accounts}
      idOf={(each) => each.id}
      columns={[
        {
          head: t("health.account"),
          names: true,
          cell: (each) => (
            <>
              <Link to="/connections/$connection" params={{ connection: each.id }}>
                {each.id}
              </Link>{" "}
              <span className={classes.dim}>
                {name("room", each.room)}, {name("partner", each.kind)}
              </span>
            </>
          ),
        },
        {
          head: t("health.state"),
          cell: (each) => <Tag tone={accountTone[each.state]}>{name("account", each.state)}</Tag>,
        },
        { head: t("health.lastOk"), cell: (each) => <When at={each.last_ok_at} relative /> },
        { head: t("health.waiting"), cell: (each) => count(each.waiting, locale) },
        {
          head: t("health.lastError"),
          cell: (each) => (
            <>
              {each.last_error || t("form.none")}{" "}
              {each.error_at && (
                <span className={classes.dim}>
                  <When at={each.error_at} relative />
                </span>
              )}
            </>
          ),
        },
      ]}
    />
  );
}

function NotUnderstood() {
  const { t } = useWords();
  const found = useInfiniteQuery(keptMessages());
  const messages = useItems(found);
  if (found.isPending) return <Loading rows={2} />;
  if (!found.data) {
    const retry = () => void found.refetch();
    return <Failed error={found.error} what={t("health.messages")} retry={retry} />;
  }
  if (messages.length === 0) return <Empty>{t("health.messagesNone")}</Empty>;
  return (
    <>
      <ul className={classes.messages}>
        {messages.map((message) => (
          <Message key={message.id} message={message} />
        ))}
      </ul>
      <More found={found} />
    </>
  );
}

function Message({ message }: { message: Schemas["InboxMessage"] }) {
  const { t, name } = useWords();
  const again = useReadAgain(message.id, t("health.replayed"), [health.queryKey]);
  return (
    <li>
      <div>
        <strong>{message.topic}</strong>{" "}
        <span className={classes.dim}>
          {message.account} · {message.subject}
        </span>{" "}
        <Tag tone="warn">{name("inbox", message.state)}</Tag>
        <p>{message.problem}</p>
        <p className={classes.dim}>
          {t("health.received")}: <When at={message.received_at} /> (
          <Age since={message.received_at} />) · {t("health.attempts")}: {message.attempts}
        </p>
        <PartnerMessage id={message.id} />
        {again.isError && <Problem error={again.error} />}
      </div>
      <ReadAgainButton again={again} label={t("health.replay")} />
    </li>
  );
}
