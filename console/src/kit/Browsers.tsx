// The browsers somebody is signed in with, each with its way out.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { browsers, endBrowser, type BrowserSession } from "../api/people";
import { useWords } from "../words";
import { ActionForm } from "./ActionForm";
import { agentNames } from "./agent";
import { announce } from "./announce";
import { Tag, When } from "./bits";
import { DataTable } from "./DataTable";
import classes from "./people.module.css";
import { Empty, Failed, Loading } from "./states";

/** Of a user by id; without one, the reader's own. */
export function Browsers({ user }: { user?: string }) {
  const { t } = useWords();
  const cache = useQueryClient();
  const asked = browsers(user);
  const found = useQuery(asked);
  const changed = () => cache.invalidateQueries({ queryKey: asked.queryKey });
  if (found.isPending) return <Loading rows={2} />;
  if (!found.data) {
    const retry = () => void found.refetch();
    return <Failed error={found.error} what={t("account.browsers")} retry={retry} />;
  }
  const { items } = found.data;
  const others = items.filter((each) => !each.current);
  if (items.length === 0) return <Empty>{t("account.browsersNone")}</Empty>;
  return (
    <>
      <Table rows={items} changed={changed} />
      {items.length > others.length && others.length > 1 && (
        <div className={classes.deeds}>
          <ActionForm
            title={t("account.endOthers")}
            danger
            run={async () => {
              const tried = await Promise.allSettled(others.map((each) => endBrowser(each.id)));
              const left = tried.filter((each) => each.status === "rejected").length;
              announce(
                left === 0 ? t("account.endedOthers") : t("account.endedSome", { count: left }),
              );
              await changed();
            }}
          />
        </div>
      )}
    </>
  );
}

function useBrowserName(): (agent: string) => string {
  const { t } = useWords();
  return (agent) => {
    const { browser, system } = agentNames(agent);
    if (browser && system) return t("account.on", { browser, system });
    return browser ?? system ?? t("account.unknown");
  };
}

function Table({ rows, changed }: { rows: BrowserSession[]; changed: () => Promise<void> }) {
  const { t } = useWords();
  const nameOf = useBrowserName();
  return (
    <DataTable
      label={t("account.browsers")}
      rows={rows}
      idOf={(each) => each.id}
      columns={[
        {
          head: t("account.browser"),
          names: true,
          cell: (each) => (
            <span title={each.agent}>
              {nameOf(each.agent)} {each.current && <Tag tone="info">{t("account.thisOne")}</Tag>}
            </span>
          ),
        },
        { head: t("account.address"), cell: (each) => each.address || t("form.none") },
        { head: t("account.signedIn"), cell: (each) => <When at={each.created_at} /> },
        { head: t("account.seen"), cell: (each) => <When at={each.seen_at} relative /> },
        {
          head: t("account.end"),
          cell: (each) =>
            each.current ? (
              t("form.none")
            ) : (
              <ActionForm
                title={t("account.end")}
                about={t("account.endOf", { browser: nameOf(each.agent), address: each.address })}
                danger
                run={async () => {
                  await endBrowser(each.id);
                  announce(t("account.ended"));
                  await changed();
                }}
              />
            ),
        },
      ]}
    />
  );
}
