// All products: what each SKU is mapped to, its risk class and procedure, what is open.
import { NativeSelect } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { Schemas } from "../../api/client";
import { products } from "../../api/goods";
import { DataTable, type Column } from "../../kit/DataTable";
import { count } from "../../kit/format";
import { Listed, More, useItems } from "../../kit/lists";
import { useWords } from "../../words";
import classes from "../suppliers/goods.module.css";
import { Find, Mapping, ReadAt, Words } from "../suppliers/parts";

type Row = Schemas["ProductRow"];

const states: Schemas["MappingState"][] = ["unmapped", "unusable", "one_supplier", "several"];

export function ProductsPage() {
  const { t, name } = useWords();
  const search = useSearch({ from: "/signed-in/products" });
  const navigate = useNavigate({ from: "/products" });
  const mapping = states.find((each) => each === search.mapping);
  const found = useInfiniteQuery(products({ q: search.q, mapping }));
  const rows = useItems(found);
  const columns = useColumns();
  const filtered = search.q !== undefined || mapping !== undefined;
  const set = (change: typeof search) =>
    void navigate({ search: { ...search, ...change }, replace: true });
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h1>{t("products.title")}</h1>
        <Find q={search.q} label={t("products.search")} set={(q) => set({ q })} />
        <NativeSelect
          size="xs"
          aria-label={t("products.mapping")}
          value={mapping ?? ""}
          onChange={(event) => set({ mapping: event.currentTarget.value || undefined })}
          data={[
            { value: "", label: t("products.all") },
            ...states.map((each) => ({ value: each, label: name("mapping", each) })),
          ]}
        />
      </header>
      <Listed
        found={found}
        count={rows.length}
        rows={8}
        what={t("products.title")}
        empty={t(filtered ? "products.emptyFound" : "products.empty")}
        action={
          filtered && (
            <Link to="/products" search={{}}>
              {t("products.clear")}
            </Link>
          )
        }
      >
        <DataTable
          label={t("products.title")}
          rows={rows}
          columns={columns}
          idOf={(row) => row.sku}
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
  return [
    {
      head: t("products.sku"),
      names: true,
      cell: (row) => (
        <Link to="/products/$sku" params={{ sku: row.sku }}>
          {row.sku}
        </Link>
      ),
    },
    {
      head: t("products.name"),
      cell: (row) => (
        <>
          {row.title || t("form.none")} <span className={classes.dim}>{row.variant}</span>
        </>
      ),
    },
    { head: t("products.mapping"), cell: (row) => <Mapping state={row.mapping} /> },
    {
      head: t("products.suppliers"),
      cell: (row) => <Words of={row.suppliers} />,
    },
    { head: t("products.risks"), cell: (row) => <Words of={row.risks} kind="riskClass" /> },
    {
      head: t("products.procedure"),
      cell: (row) => (row.procedure ? name("procedureName", row.procedure) : t("form.none")),
    },
    {
      head: t("products.openOrders"),
      cell: (row) => count(row.open_orders, locale),
    },
    { head: t("supplier.stores"), cell: (row) => <Words of={row.stores} /> },
  ];
}
