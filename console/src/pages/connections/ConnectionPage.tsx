// One connection: how it does, what to enter at the partner, its settings and its last errors.
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { newKey, type Schemas } from "../../api/client";
import { asApiError } from "../../api/problem";
import { session } from "../../api/queries";
import { announce } from "../../kit/announce";
import { Facts, Section, Tag, When } from "../../kit/bits";
import { DataTable } from "../../kit/DataTable";
import { count, moment } from "../../kit/format";
import { pressed, useKeys } from "../../kit/keys";
import { useNow } from "../../kit/now";
import { Failed, Loading, NotFound, Problem } from "../../kit/states";
import { useWords } from "../../words";
import { ConnectionForm } from "./ConnectionForm";
import classes from "./connections.module.css";
import { labelOf } from "./draft";
import { Guide } from "./NewConnectionPage";
import { connection, connectionKinds, removeConnection, testConnection } from "./questions";
import { TestResult } from "./TestResult";
import { stateTone } from "./tones";

type Detail = Schemas["ConnectionDetail"];

export function ConnectionPage() {
  const { t, name } = useWords();
  const { connection: id } = useParams({ from: "/signed-in/connections/$connection" });
  const found = useQuery(connection(id));
  const mayConnect = useQuery(session).data?.rights.includes("connections") ?? false;
  if (found.isPending) return <Loading rows={6} title />;
  if (!found.data) {
    if (asApiError(found.error).status === 404) return <NotFound />;
    return <Failed error={found.error} what={id} retry={() => void found.refetch()} />;
  }
  const detail = found.data;
  const known = detail.connection;
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h1>{known.title}</h1>
        <Tag tone={stateTone[known.state]}>{name("connection", known.state)}</Tag>
        {known.stopped_by && <Tag tone="warn">{t("connect.stopped")}</Tag>}
        <span className={classes.dim}>
          {name("room", known.room)}, {name("partner", known.kind)}
        </span>
      </header>
      {found.isError && <Problem error={found.error} />}
      <Doing detail={detail} />
      {mayConnect && <Trial detail={detail} />}
      <Partner known={known} />
      <Settings detail={detail} mayChange={mayConnect} />
      <Troubles detail={detail} />
      {mayConnect && known.origin === "console" && <Removal id={known.id} />}
    </div>
  );
}

function Doing({ detail }: { detail: Detail }) {
  const { t, name, locale } = useWords();
  const now = useNow();
  const known = detail.connection;
  const budget = known.budget;
  const told = budget?.told_left;
  return (
    <Section id="health" title={t("connect.health")}>
      <Facts
        facts={[
          { name: t("connect.lastOk"), value: <When at={known.last_ok_at} relative /> },
          {
            name: t("connect.lastError"),
            value: known.last_error || t("form.none"),
            wide: known.last_error.length > 40,
          },
          { name: t("connect.waitingCount"), value: count(known.waiting, locale) },
          {
            name: t("connect.stopped"),
            value: known.stopped_by,
            hidden: known.stopped_by === "",
            wide: true,
          },
          {
            name: t("connect.budget"),
            hidden: budget === null,
            wide: true,
            value: budget && (
              <>
                {t("connect.budgetSays", {
                  left: budget.left,
                  burst: budget.burst,
                  minute: budget.per_minute,
                })}
                {typeof told === "number" && `; ${t("connect.budgetTold", { left: told })}`}
                {budget.free_at &&
                  `; ${t("connect.budgetPause", { when: moment(budget.free_at, now, locale) })}`}
              </>
            ),
          },
          {
            name: t("connect.counts", { when: moment(detail.since, now, locale) }),
            value: t("connect.countsSay", { well: detail.went_well, wrong: detail.went_wrong }),
            wide: true,
          },
          {
            name: t("connect.mode"),
            value: known.mode && name("mode", known.mode),
            hidden: known.mode === null,
          },
          {
            name: t("connect.live"),
            value: t(known.live ? "connect.liveYes" : "connect.liveNo"),
            hidden: known.live === null,
          },
        ]}
      />
    </Section>
  );
}

/** The test of what is saved, and what the last one came to. */
function Trial({ detail }: { detail: Detail }) {
  const { t } = useWords();
  const cache = useQueryClient();
  const { id } = detail.connection;
  const test = useMutation({
    mutationFn: () => testConnection(id, newKey()),
    onSuccess: () => void cache.invalidateQueries({ queryKey: ["connections"] }),
  });
  useKeys({}, [{ label: `${t("connect.test")} · ${id}`, run: () => test.mutate() }]);
  const last = test.data ?? detail.tested;
  return (
    <Section
      id="test"
      title={t("connect.tested")}
      aside={
        <Button
          size="compact-sm"
          variant="default"
          loading={test.isPending}
          onClick={() => test.mutate()}
        >
          {t("connect.test")}
        </Button>
      }
    >
      <p role="status" className={classes.dim}>
        {test.isPending ? (
          t("connect.testing")
        ) : last ? (
          <When at={last.at} />
        ) : (
          t("connect.neverTested")
        )}
      </p>
      {test.isError && <Problem error={test.error} />}
      {last && !test.isPending && <TestResult test={last} />}
    </Section>
  );
}

function Partner({ known }: { known: Schemas["Connection"] }) {
  const { t, name } = useWords();
  async function copy(): Promise<void> {
    await globalThis.navigator.clipboard.writeText(known.webhook_url);
    announce(t("connect.copied"));
  }
  return (
    <Section id="partner" title={t("connect.partner")}>
      <Guide kind={known.kind} />
      <p>{name("webhooks", known.webhooks)}</p>
      {known.webhook_url && (
        <p className={classes.address}>
          <span className={classes.dim}>{t("connect.webhook")}</span>{" "}
          <code translate="no">{known.webhook_url}</code>{" "}
          {"clipboard" in globalThis.navigator && (
            <Button size="compact-sm" variant="default" onClick={() => void copy()}>
              {t("connect.copy")}
            </Button>
          )}
        </p>
      )}
    </Section>
  );
}

function Settings({ detail, mayChange }: { detail: Detail; mayChange: boolean }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const known = detail.connection;
  const own = known.origin === "console";
  const kinds = useQuery({ ...connectionKinds, enabled: mayChange && own });
  const kind = kinds.data?.items.find(
    (each) => each.kind === known.kind && each.room === known.room,
  );
  const close = () => {
    setOpen(false);
    requestAnimationFrame(() => opener.current?.focus());
  };
  const change = kind && mayChange && own;
  useKeys({}, change && !open ? [{ label: t("connect.change"), run: () => setOpen(true) }] : []);
  return (
    <Section
      id="settings"
      title={t("connect.settings")}
      aside={
        change &&
        !open && (
          <Button ref={opener} size="compact-sm" variant="default" onClick={() => setOpen(true)}>
            {t("connect.change")}
          </Button>
        )
      }
    >
      {kinds.isError && <Problem error={kinds.error} />}
      {open && kind ? (
        <ConnectionForm
          kind={kind}
          known={detail}
          saved={() => {
            announce(t("connect.saved"));
            close();
          }}
          cancel={
            <Button variant="subtle" onClick={close}>
              {t("form.cancel")}
            </Button>
          }
        />
      ) : (
        <Values detail={detail} />
      )}
    </Section>
  );
}

function Values({ detail }: { detail: Detail }) {
  const say = useWords();
  const { t, locale } = say;
  const now = useNow();
  const { origin } = detail.connection;
  const secret = (each: Detail["secrets"][number]) => {
    if (!each.set) return t("connect.secretNone");
    if (!each.set_at) return t("connect.secretFile");
    return t("connect.secretSet", { when: moment(each.set_at, now, locale) });
  };
  const label = (key: string) => labelOf({ key } as Schemas["ConnectionField"], say);
  return (
    <>
      <p className={classes.dim}>
        {origin === "file"
          ? t("connect.fromFile")
          : t("connect.changedBy", { who: detail.changed_by })}
        {detail.changed_at && (
          <>
            {", "}
            <When at={detail.changed_at} />
          </>
        )}
      </p>
      <Facts
        facts={[
          { name: t("connect.id"), value: detail.connection.id },
          ...Object.entries(detail.settings).map(([key, value]) => ({
            name: label(key),
            value,
            wide: value.length > 30,
          })),
          ...detail.secrets.map((each) => ({ name: label(each.key), value: secret(each) })),
        ]}
      />
    </>
  );
}

function Troubles({ detail }: { detail: Detail }) {
  const { t, name, locale } = useWords();
  const now = useNow();
  const { troubles } = detail;
  return (
    <Section id="troubles" title={t("connect.troubles")}>
      {troubles.length === 0 ? (
        <p>{t("connect.troublesNone", { when: moment(detail.since, now, locale) })}</p>
      ) : (
        <DataTable
          label={t("connect.troubles")}
          rows={troubles}
          idOf={(each, at) => `${each.at} ${at}`}
          columns={[
            { head: t("connect.when"), cell: (each) => <When at={each.at} /> },
            { head: t("connect.doing"), cell: (each) => name("doing", each.doing) },
            {
              head: t("connect.outcome"),
              cell: (each) => <Tag tone="warn">{name("trouble", each.outcome)}</Tag>,
            },
            { head: t("connect.detail"), cell: (each) => each.detail || t("form.none") },
          ]}
        />
      )}
    </Section>
  );
}

/** Two keys: what it means is said before it is done. */
function Removal({ id }: { id: string }) {
  const { t } = useWords();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const [sure, setSure] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const close = () => {
    setSure(false);
    requestAnimationFrame(() => opener.current?.focus());
  };
  const run = useMutation({
    mutationFn: () => removeConnection(id),
    onSuccess: async () => {
      announce(t("connect.removed"));
      await navigate({ to: "/connections" });
      await cache.invalidateQueries();
    },
  });
  if (!sure) {
    return (
      <Button ref={opener} size="compact-sm" variant="default" onClick={() => setSure(true)}>
        {t("connect.remove")}
      </Button>
    );
  }
  return (
    <div
      role="group"
      aria-label={t("connect.remove")}
      className={classes.removal}
      onKeyDown={(event) => {
        if (pressed(event.nativeEvent, "back")) close();
      }}
    >
      <p>{t("connect.removeSure", { id })}</p>
      {run.isError && <Problem error={run.error} />}
      <div className={classes.buttons}>
        <Button color="red" size="sm" loading={run.isPending} onClick={() => run.mutate()}>
          {t("connect.remove")}
        </Button>
        <Button size="sm" variant="subtle" autoFocus onClick={close}>
          {t("form.cancel")}
        </Button>
      </div>
    </div>
  );
}
