// What is open at a supplier, the oldest first.
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { openPurchases } from "../../api/goods";
import { Age, Deadline, Tag, When } from "../../kit/bits";
import { DataTable } from "../../kit/DataTable";
import { TheirTime } from "../../kit/TheirTime";
import { Listed, More, useItems } from "../../kit/lists";
import { useWords } from "../../words";
import classes from "./goods.module.css";
import { ReadAt } from "./parts";

const stateTone = { unanswered: "warn", answered: "info", confirmed: "good" } as const;

export function PurchasesTab({ id, zone }: { id: string; zone: string }) {
  const { t, name } = useWords();
  const found = useInfiniteQuery(openPurchases(id));
  const rows = useItems(found);
  return (
    <Listed
      found={found}
      count={rows.length}
      rows={6}
      what={t("supplier.tab.purchases")}
      empty={t("purchases.empty")}
    >
      <DataTable
        label={t("supplier.tab.purchases")}
        rows={rows}
        idOf={(row) => row.po}
        columns={[
          { head: t("purchases.po"), names: true, cell: (row) => row.po },
          {
            head: t("purchases.order"),
            cell: (row) => (
              <>
                <Link to="/orders/$order" params={{ order: row.order }}>
                  {row.store_number}
                </Link>{" "}
                <span className={classes.dim}>{row.channel}</span>
              </>
            ),
          },
          { head: t("purchases.age"), cell: (row) => <Age since={row.released_at} /> },
          {
            head: t("purchases.released"),
            cell: (row) => (
              <>
                <When at={row.released_at} /> <TheirTime at={row.released_at} zone={zone} />
              </>
            ),
          },
          {
            head: t("purchases.state"),
            cell: (row) => (
              <Tag tone={stateTone[row.state]}>{name("purchaseState", row.state)}</Tag>
            ),
          },
          {
            head: t("purchases.due"),
            cell: (row) => (row.order_due_at ? <Deadline at={row.order_due_at} /> : t("form.none")),
          },
        ]}
      />
      <More className={classes.more} found={found} />
      <ReadAt page={found.data?.pages[0]} />
    </Listed>
  );
}
