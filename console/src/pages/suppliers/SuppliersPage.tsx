// All suppliers: whether their connection works, what is open there, how old their offers are.
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { Schemas } from "../../api/client";
import { suppliers } from "../../api/goods";
import { session } from "../../api/queries";
import { Age, Tag } from "../../kit/bits";
import { DataTable, type Column } from "../../kit/DataTable";
import { count } from "../../kit/format";
import { Listed, More, useItems } from "../../kit/lists";
import { useWords } from "../../words";
import classes from "./goods.module.css";
import { Find, ReadAt, SupplierState } from "./parts";

type Row = Schemas["SupplierRow"];

export function SuppliersPage() {
  const { t } = useWords();
  const { q } = useSearch({ from: "/signed-in/suppliers" });
  const navigate = useNavigate({ from: "/suppliers" });
  const found = useInfiniteQuery(suppliers(q));
  const rows = useItems(found);
  const columns = useColumns();
  const connects = useQuery(session).data?.rights.includes("connections") ?? false;
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h1>{t("suppliers.title")}</h1>
        <Find
          q={q}
          label={t("suppliers.search")}
          set={(next) => void navigate({ search: { q: next }, replace: true })}
        />
      </header>
      <Listed
        found={found}
        count={rows.length}
        rows={6}
        what={t("suppliers.title")}
        empty={t(q ? "suppliers.emptyFound" : "suppliers.empty")}
        action={
          q ? (
            <Link to="/suppliers" search={{}}>
              {t("suppliers.clear")}
            </Link>
          ) : (
            connects && (
              <Link to="/connections/new" search={{ room: "supplier" }}>
                {t("suppliers.connect")}
              </Link>
            )
          )
        }
      >
        <DataTable
          label={t("suppliers.title")}
          rows={rows}
          columns={columns}
          idOf={(row) => row.id}
        />
        <More className={classes.more} found={found} />
        <ReadAt page={found.data?.pages[0]} />
      </Listed>
      {/* With the list, which it would jump beneath. */}
      {!found.isPending && <p className={classes.note}>{t("goods.where")}</p>}
    </div>
  );
}

function useColumns(): Column<Row>[] {
  const { t, name, locale } = useWords();
  const openAt = ({ title, open_purchase_orders: open }: Row) =>
    `${title}, ${t("supplier.open")}: ${count(open, locale)}`;
  return [
    {
      head: t("supplier.name"),
      names: true,
      cell: (row) => (
        <>
          <Link to="/suppliers/$supplier" params={{ supplier: row.id }}>
            {row.title}
          </Link>{" "}
          <span className={classes.dim}>
            {[name("partner", row.kind), row.ship_from].filter(Boolean).join(", ")}
          </span>
        </>
      ),
    },
    { head: t("supplier.state"), cell: (row) => <SupplierState of={row} /> },
    {
      head: t("supplier.tier"),
      cell: (row) => (row.tier ? name("tierName", row.tier) : t("form.none")),
    },
    { head: t("supplier.mode"), cell: (row) => name("mode", row.mode) },
    {
      head: t("supplier.open"),
      cell: (row) =>
        row.open_purchase_orders === 0 ? (
          count(0, locale)
        ) : (
          <Link
            to="/suppliers/$supplier"
            params={{ supplier: row.id }}
            search={{ tab: "purchases" }}
            aria-label={openAt(row)}
          >
            {count(row.open_purchase_orders, locale)}
          </Link>
        ),
    },
    {
      head: t("supplier.oldest"),
      cell: (row) => (row.oldest_open_at ? <Age since={row.oldest_open_at} /> : t("form.none")),
    },
    {
      head: t("supplier.offers"),
      cell: (row) => (
        <span className={classes.tags}>
          {count(row.offers, locale)}
          {row.stale_offers > 0 && (
            <Tag tone="warn">{t("supplier.offersStale", { count: row.stale_offers })}</Tag>
          )}
        </span>
      ),
    },
    {
      head: t("supplier.oldestOffer"),
      cell: (row) => (row.oldest_offer_at ? <Age since={row.oldest_offer_at} /> : t("form.none")),
    },
  ];
}
