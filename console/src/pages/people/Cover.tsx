// Who owns cases, in which hours, who stands in, and whom to reach when neither answers.
import { useQuery } from "@tanstack/react-query";
import type { Schemas } from "../../api/client";
import { owners } from "../../api/queries";
import { Tag } from "../../kit/bits";
import { DataTable } from "../../kit/DataTable";
import { StoreNames } from "../../kit/Names";
import classes from "../../kit/people.module.css";
import { hoursText } from "../../kit/roster";
import { Empty, Failed, Loading } from "../../kit/states";
import { useWords } from "../../words";

export function Cover() {
  const { t, name } = useWords();
  const found = useQuery(owners);
  if (found.isPending) return <Loading rows={3} />;
  if (!found.data) {
    const retry = () => void found.refetch();
    return <Failed error={found.error} what={t("people.cover")} retry={retry} />;
  }
  if (found.data.items.length === 0) return <Empty>{t("people.coverNone")}</Empty>;
  return (
    <>
      <p className={classes.lead}>{t("people.coverNote")}</p>
      <DataTable
        label={t("people.cover")}
        rows={found.data.items}
        idOf={(_, at) => at}
        columns={[
          { head: t("people.name"), names: true, cell: (each) => each.owner },
          { head: t("people.role"), cell: (each) => name("role", each.role) },
          {
            head: t("people.store"),
            cell: (each) => <StoreNames stores={each.store ? [each.store] : []} />,
          },
          { head: t("people.hours"), cell: (each) => <Hours of={each} /> },
          { head: t("people.backup"), cell: (each) => each.backup || t("form.none") },
          { head: t("people.escalation"), cell: (each) => each.escalation || t("form.none") },
        ]}
      />
    </>
  );
}

function Hours({ of }: { of: Schemas["Owner"] }) {
  const say = useWords();
  const { t } = say;
  return (
    <>
      {hoursText(of, say)}{" "}
      <Tag tone={of.covering ? "good" : "plain"}>
        {t(of.covering ? "people.covering" : "people.away")}
      </Tag>
    </>
  );
}
