// What a supplier offers, by our SKU: as mappings (which item, may it be chosen) or as offers
// (price, stock, age).
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { Schemas } from "../../api/client";
import { offers } from "../../api/goods";
import { Age, Money, Tag } from "../../kit/bits";
import { DataTable, type Column } from "../../kit/DataTable";
import { count } from "../../kit/format";
import { Listed, More, useItems } from "../../kit/lists";
import { useWords } from "../../words";
import classes from "./goods.module.css";
import { Find, OfferState } from "./parts";
import { spanText } from "./spans";

type Offer = Schemas["Offer"];

export function OffersTab({
  id,
  tab,
  maxAge,
}: {
  id: string;
  tab: "mappings" | "offers";
  maxAge: string;
}) {
  const say = useWords();
  const { t } = say;
  const { q } = useSearch({ from: "/signed-in/suppliers/$supplier" });
  const navigate = useNavigate({ from: "/suppliers/$supplier" });
  const found = useInfiniteQuery(offers(id, q));
  const rows = useItems(found);
  const columns = useColumns(tab);
  const oldest = spanText(maxAge, say);
  return (
    <>
      <div className={classes.head}>
        <Find
          q={q}
          label={t("offers.search")}
          set={(next) => void navigate({ search: { tab, q: next }, replace: true })}
        />
      </div>
      <Listed
        found={found}
        count={rows.length}
        rows={6}
        what={t(`supplier.tab.${tab}`)}
        empty={t(q ? "offers.emptyFound" : "offers.empty")}
        action={
          q && (
            <Link to="/suppliers/$supplier" params={{ supplier: id }} search={{ tab }}>
              {t("offers.clear")}
            </Link>
          )
        }
      >
        <DataTable
          label={t(`supplier.tab.${tab}`)}
          rows={rows}
          columns={columns}
          idOf={(row) => row.sku}
        />
        <More className={classes.more} found={found} />
      </Listed>
      {/* With the list, which it would jump beneath. */}
      {!found.isPending && (
        <p className={classes.note}>
          {tab === "offers" && oldest && `${t("offers.maxAge", { span: oldest })} `}
          {t("goods.where")}
        </p>
      )}
    </>
  );
}

function useColumns(tab: "mappings" | "offers"): Column<Offer>[] {
  const { t, name } = useWords();
  const stock = useStockColumns();
  const sku: Column<Offer> = {
    head: t("offers.sku"),
    names: true,
    cell: (row) => (
      <>
        <Link to="/products/$sku" params={{ sku: row.sku }}>
          {row.sku}
        </Link>{" "}
        <span className={classes.dim}>{row.title}</span>
      </>
    ),
  };
  const state: Column<Offer> = {
    head: t("offers.state"),
    cell: (row) => <OfferState of={row} />,
  };
  if (tab === "offers") return [sku, ...stock, state];
  return [
    sku,
    { head: t("offers.supplierSku"), cell: (row) => row.supplier_sku },
    { head: t("supplier.mode"), cell: (row) => name("mode", row.mode) },
    state,
  ];
}

/** Price, stock, age and lead time of an offer. */
export function useStockColumns(): Column<Offer>[] {
  const { t, locale } = useWords();
  return [
    { head: t("offers.cost"), cell: (row) => <Money amount={row.cost} /> },
    { head: t("offers.stock"), cell: (row) => count(row.stock, locale) },
    {
      head: t("offers.stated"),
      cell: (row) => (
        <span className={classes.tags}>
          {row.stated_at ? <Age since={row.stated_at} /> : t("form.none")}
          {row.live && <Tag tone="info">{t("offers.live")}</Tag>}
        </span>
      ),
    },
    {
      head: t("offers.lead"),
      cell: (row) => t("supplier.handlingDays", { count: row.lead_days }),
    },
    { head: t("offers.from"), cell: (row) => row.ship_from || t("form.none") },
  ];
}
