// Everything Holdfast speaks to, and how each does.
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import type { Schemas } from "../../api/client";
import { session } from "../../api/queries";
import { Tag, When } from "../../kit/bits";
import { DataTable } from "../../kit/DataTable";
import { count } from "../../kit/format";
import { useKeys } from "../../kit/keys";
import { Empty, Failed, Loading } from "../../kit/states";
import { useWords } from "../../words";
import classes from "./connections.module.css";
import { connections } from "./questions";
import { stateTone } from "./tones";

export function ConnectionsPage() {
  const { t } = useWords();
  const found = useQuery(connections);
  const mayConnect = useQuery(session).data?.rights.includes("connections") ?? false;
  const navigate = useNavigate();
  const add = () => void navigate({ to: "/connections/new" });
  useKeys({}, mayConnect ? [{ label: t("connect.addTitle"), run: add }] : []);
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h1>{t("connect.title")}</h1>
        {mayConnect && (
          <Button size="sm" component={Link} to="/connections/new">
            {t("connect.add")}
          </Button>
        )}
      </header>
      <p className={classes.lead}>{t("connect.lead")}</p>
      <List found={found} />
    </div>
  );
}

function List({ found }: { found: ReturnType<typeof useQuery<Schemas["ConnectionList"]>> }) {
  const { t } = useWords();
  if (found.isPending) return <Loading rows={5} />;
  if (!found.data) {
    const retry = () => void found.refetch();
    return <Failed error={found.error} what={t("connect.title")} retry={retry} />;
  }
  if (found.data.items.length === 0) return <Empty>{t("connect.none")}</Empty>;
  return <Table items={found.data.items} />;
}

function Table({ items }: { items: Schemas["Connection"][] }) {
  const { t, name, locale } = useWords();
  return (
    <DataTable
      label={t("connect.title")}
      rows={items}
      idOf={(each) => each.id}
      columns={[
        {
          head: t("connect.title"),
          names: true,
          cell: (each) => (
            <>
              <Link to="/connections/$connection" params={{ connection: each.id }}>
                {each.title}
              </Link>{" "}
              <span className={classes.dim}>
                {name("room", each.room)}, {name("partner", each.kind)}
              </span>
            </>
          ),
        },
        {
          head: t("connect.state"),
          cell: (each) => (
            <>
              <Tag tone={stateTone[each.state]}>{name("connection", each.state)}</Tag>{" "}
              {each.stopped_by && <Tag tone="warn">{t("connect.stopped")}</Tag>}
            </>
          ),
        },
        {
          head: t("connect.mode"),
          cell: (each) => (each.mode ? name("mode", each.mode) : t("form.none")),
        },
        { head: t("connect.lastOk"), cell: (each) => <When at={each.last_ok_at} relative /> },
        { head: t("connect.waitingCount"), cell: (each) => count(each.waiting, locale) },
        { head: t("connect.lastError"), cell: (each) => each.last_error || t("form.none") },
      ]}
    />
  );
}
