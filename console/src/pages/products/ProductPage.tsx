// One SKU: which suppliers' items stand behind it, what the stores promise, its procedure.
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import type { Schemas } from "../../api/client";
import { product } from "../../api/goods";
import { Facts, Money, Section, When, type Fact } from "../../kit/bits";
import { DataTable } from "../../kit/DataTable";
import { count } from "../../kit/format";
import { Failed, Loading } from "../../kit/states";
import { useWords } from "../../words";
import classes from "../suppliers/goods.module.css";
import { Equivalents } from "./Equivalents";
import { ListingPhotos } from "./ListingPhotos";
import { MappingChanges } from "./MappingChanges";
import { useMayDecide } from "./may";
import { OfferForm } from "./OfferForm";
import { useStockColumns } from "../suppliers/OffersTab";
import { Mapping, OfferState, Words } from "../suppliers/parts";

type Product = Schemas["Product"];

export function ProductPage() {
  const { t, locale } = useWords();
  const { sku } = useParams({ from: "/signed-in/products/$sku" });
  const found = useQuery(product(sku));
  if (found.isPending) return <Loading rows={6} title />;
  if (!found.data) {
    return <Failed error={found.error} what={sku} retry={() => void found.refetch()} />;
  }
  const { product: row } = found.data;
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h1>{row.sku}</h1>
        <Mapping state={row.mapping} />
        <Link to="/products">{t("products.title")}</Link>
      </header>
      <div className={classes.between}>
        <Facts
          facts={[
            { name: t("products.name"), wide: true, value: row.title || t("form.none") },
            { name: t("product.variant"), value: row.variant || t("form.none") },
            {
              name: t("products.openOrders"),
              value: (
                <>
                  {count(row.open_orders, locale)}{" "}
                  <Link to="/orders" search={{ q: row.sku, live: "true" }}>
                    {t("product.orders")}
                  </Link>
                </>
              ),
            },
          ]}
        />
      </div>
      <Section id="mappings" title={t("product.mappings")}>
        <Mappings of={found.data} />
        <Change of={found.data} />
        <MappingChanges of={found.data.mapping_changes} />
      </Section>
      <Section id="equivalents" title={t("listing.equivalents")}>
        <Equivalents of={found.data} />
      </Section>
      <Section id="listings" title={t("product.listings")}>
        <Listings of={found.data} />
      </Section>
      <Section id="photos" title={t("listing.photos")}>
        <ListingPhotos of={found.data} />
      </Section>
      <Section id="procedure" title={t("products.procedure")}>
        <Procedure of={found.data} />
      </Section>
      <p className={classes.note}>{t("goods.where")}</p>
    </div>
  );
}

function Change({ of: { product: row, mappings } }: { of: Product }) {
  if (!useMayDecide()) return null;
  return (
    <div className={classes.tags}>
      <OfferForm sku={row.sku} />
      {mappings.map((known) => (
        <OfferForm key={`${known.supplier} ${known.stated_at}`} sku={row.sku} known={known} />
      ))}
    </div>
  );
}

function Mappings({ of }: { of: Product }) {
  const { t, name } = useWords();
  const stock = useStockColumns();
  if (of.mappings.length === 0) {
    const owner = name("role", of.mapping_owner);
    return <p>{t(owner ? "product.unmapped" : "product.unmappedNoOwner", { owner })}</p>;
  }
  return (
    <>
      <DataTable
        label={t("product.mappings")}
        rows={of.mappings}
        idOf={(row) => row.supplier}
        columns={[
          {
            head: t("supplier.name"),
            names: true,
            cell: (row) => (
              <Link to="/suppliers/$supplier" params={{ supplier: row.supplier }}>
                {row.supplier_title}
              </Link>
            ),
          },
          { head: t("offers.supplierSku"), cell: (row) => row.supplier_sku },
          ...stock,
          { head: t("supplier.mode"), cell: (row) => name("mode", row.mode) },
          { head: t("offers.state"), cell: (row) => <OfferState of={row} /> },
        ]}
      />
      {of.mappings.length > 1 && <p className={classes.note}>{t("product.mappingsNote")}</p>}
    </>
  );
}

function Listings({ of }: { of: Product }) {
  const { t } = useWords();
  const known: Fact[] = [
    { name: t("product.category"), value: of.category, hidden: !of.category },
    {
      name: t("product.leastPrice"),
      value: <Money amount={of.least_price} />,
      hidden: !of.least_price,
    },
    { name: t("product.hs"), value: of.hs_code, hidden: !of.hs_code },
    { name: t("product.origin"), value: of.origin, hidden: !of.origin },
  ];
  return (
    <>
      {of.listings.length === 0 ? (
        <p>{t("product.listingsNone")}</p>
      ) : (
        <DataTable
          label={t("product.listings")}
          rows={of.listings}
          idOf={(row) => row.channel}
          columns={[
            { head: t("product.store"), names: true, cell: (row) => row.channel },
            { head: t("products.name"), cell: (row) => row.title },
            { head: t("product.variant"), cell: (row) => row.variant || t("form.none") },
            { head: t("product.since"), cell: (row) => <When at={row.stated_at} /> },
            {
              head: t("product.order"),
              cell: (row) => (
                <Link to="/orders/$order" params={{ order: row.order }}>
                  {row.order}
                </Link>
              ),
            },
          ]}
        />
      )}
      <div className={classes.between}>
        <Facts facts={known} />
      </div>
    </>
  );
}

function Items({ of: list }: { of: string[] }) {
  const { t, rule } = useWords();
  if (list.length === 0) return <>{t("form.none")}</>;
  return (
    <ul className={classes.list}>
      {list.map((each) => (
        <li key={each}>{rule(each)}</li>
      ))}
    </ul>
  );
}

function Procedure({ of: { product: row, procedure } }: { of: Product }) {
  const { t, name, rule } = useWords();
  if (!procedure) return <p>{t("product.noProcedure")}</p>;
  return (
    <>
      <p>
        {t("product.procedureOf", {
          name: name("procedureName", procedure.procedure),
          version: procedure.version,
        })}
      </p>
      <Facts
        facts={[
          { name: t("products.risks"), value: <Words of={row.risks} kind="riskClass" /> },
          {
            name: t("product.gates"),
            wide: true,
            value: <Words of={procedure.gates} kind="gateName" />,
          },
          { name: t("product.input"), wide: true, value: rule(procedure.input) },
          { name: t("product.action"), wide: true, value: rule(procedure.action) },
          { name: t("product.release"), wide: true, value: rule(procedure.release) },
          { name: t("product.exceptionPath"), wide: true, value: rule(procedure.exception_path) },
          { name: t("product.record"), wide: true, value: rule(procedure.record) },
          { name: t("product.receiving"), wide: true, value: <Items of={procedure.receiving} /> },
          { name: t("product.inspection"), wide: true, value: <Items of={procedure.inspection} /> },
          { name: t("product.packing"), wide: true, value: <Items of={procedure.packing} /> },
        ]}
      />
    </>
  );
}
