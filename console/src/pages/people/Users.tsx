// Everybody who may sign in; the one chosen in the address stands open below the list.
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { users, type User } from "../../api/people";
import { session } from "../../api/queries";
import { Tag, When } from "../../kit/bits";
import { DataTable } from "../../kit/DataTable";
import { RoleNames, StoreNames } from "../../kit/Names";
import classes from "../../kit/people.module.css";
import { Empty, Failed, Loading } from "../../kit/states";
import { useWords } from "../../words";
import { OneUser } from "./OneUser";

const atOnce = 100;

export function Users() {
  const { t } = useWords();
  const found = useQuery(users);
  const { user: chosen } = useSearch({ from: "/signed-in/people" });
  const [most, setMost] = useState(atOnce);
  if (found.isPending) return <Loading rows={4} />;
  if (!found.data) {
    const retry = () => void found.refetch();
    return <Failed error={found.error} what={t("people.users")} retry={retry} />;
  }
  const { items } = found.data;
  const one = items.find((each) => each.id === chosen);
  return (
    <>
      <UserTable rows={items.slice(0, most)} />
      {items.length > most && (
        <div className={classes.foot}>
          <Button variant="default" size="sm" onClick={() => setMost(most + atOnce)}>
            {t("people.more", { count: Math.min(atOnce, items.length - most) })}
          </Button>
        </div>
      )}
      {one && <OneUser key={one.id} user={one} />}
      {chosen && !one && <Empty>{t("people.chosenGone")}</Empty>}
    </>
  );
}

function UserTable({ rows }: { rows: User[] }) {
  const { t } = useWords();
  const self = useQuery(session).data?.user.id;
  return (
    <DataTable
      label={t("people.users")}
      rows={rows}
      idOf={(each) => each.id}
      columns={[
        {
          head: t("people.name"),
          names: true,
          cell: (each) => (
            <>
              <Link to="/people" search={{ user: each.id }} resetScroll={false}>
                {each.name}
              </Link>{" "}
              {each.id === self && <span className={classes.dim}>{t("people.you")}</span>}
            </>
          ),
        },
        { head: t("people.roles"), cell: (each) => <RoleNames roles={each.roles} /> },
        { head: t("people.stores"), cell: (each) => <StoreNames stores={each.stores} /> },
        {
          head: t("people.factor"),
          cell: (each) => (
            <Tag tone={each.second_factor ? "good" : "plain"}>
              {t(each.second_factor ? "people.factorOn" : "people.factorOff")}
            </Tag>
          ),
        },
        {
          head: t("people.lastSeen"),
          cell: (each) =>
            each.last_seen_at ? <When at={each.last_seen_at} relative /> : t("people.never"),
        },
      ]}
    />
  );
}
