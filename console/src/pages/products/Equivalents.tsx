// Which suppliers' items look, work and come with the same as the listing, and who found it.
import { NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Schemas } from "../../api/client";
import { judgeEquivalent } from "../../api/listing";
import { ActionForm } from "../../kit/ActionForm";
import { announce } from "../../kit/announce";
import { Tag, When } from "../../kit/bits";
import { DataTable } from "../../kit/DataTable";
import { useWords } from "../../words";
import { notCompared } from "./compared";
import classes from "./listing.module.css";
import { useMayDecide } from "./may";

type Offer = Schemas["Offer"];

export function Equivalents({ of }: { of: Schemas["Product"] }) {
  const { t } = useWords();
  const may = useMayDecide();
  const open = notCompared(of.mappings, of.equivalents);
  return (
    <>
      {of.equivalents.length === 0 ? <p>{t("listing.equivalentsNone")}</p> : <Found of={of} />}
      {open.length > 0 && (
        <ul className={classes.open}>
          {open.map((each) => (
            <li key={`${each.supplier} ${each.supplier_sku}`}>
              <Supplier id={each.supplier} title={each.supplier_title} /> {each.supplier_sku}{" "}
              <Tag>{t("listing.notCompared")}</Tag>
            </li>
          ))}
        </ul>
      )}
      {may && (
        <div className={classes.deeds}>
          {of.mappings.map((each) => (
            <Compare
              key={`${each.supplier} ${each.supplier_sku}`}
              sku={of.product.sku}
              mapping={each}
            />
          ))}
        </div>
      )}
    </>
  );
}

function Supplier({ id, title }: { id: string; title: string | undefined }) {
  return (
    <Link to="/suppliers/$supplier" params={{ supplier: id }}>
      {title || id}
    </Link>
  );
}

function Found({ of: { equivalents, mappings } }: { of: Schemas["Product"] }) {
  const { t } = useWords();
  const titleOf = (id: string) => mappings.find(({ supplier }) => supplier === id)?.supplier_title;
  return (
    <DataTable
      label={t("listing.equivalents")}
      rows={equivalents}
      idOf={(row) => `${row.supplier} ${row.supplier_sku}`}
      columns={[
        {
          head: t("supplier.name"),
          names: true,
          cell: (row) => <Supplier id={row.supplier} title={titleOf(row.supplier)} />,
        },
        { head: t("offers.supplierSku"), cell: (row) => row.supplier_sku },
        {
          head: t("listing.verdict"),
          cell: ({ equivalent }) => (
            <Tag tone={equivalent ? "good" : "warn"}>
              {t(equivalent ? "listing.equivalent" : "listing.notEquivalent")}
            </Tag>
          ),
        },
        { head: t("listing.note"), cell: (row) => row.note },
        { head: t("listing.by"), cell: (row) => row.by },
        { head: t("listing.at"), cell: (row) => <When at={row.at} /> },
      ]}
    />
  );
}

function Compare({ sku, mapping }: { sku: string; mapping: Offer }) {
  const { t } = useWords();
  const cache = useQueryClient();
  const { supplier, supplier_sku, supplier_title } = mapping;
  return (
    <ActionForm
      title={t("listing.compare")}
      about={t("listing.compareOf", { supplier: supplier_title || supplier })}
      several
      note={t("listing.compareNote")}
      run={async (typed, key) => {
        const text = (name: string) => String(typed.get(name) ?? "").trim();
        const found = {
          supplier,
          supplier_sku: text("supplier_sku"),
          equivalent: text("equivalent") === "yes",
          note: text("note"),
        };
        await judgeEquivalent(sku, found, key);
        announce(t("listing.judged", { sku }));
        await cache.invalidateQueries({ queryKey: ["product", sku] });
      }}
    >
      {/* What it offers instead may have another number. */}
      <TextInput
        name="supplier_sku"
        label={t("offers.supplierSku")}
        required
        maxLength={200}
        defaultValue={supplier_sku}
      />
      <NativeSelect
        name="equivalent"
        label={t("listing.verdict")}
        required
        data={[
          // Neither is taken for granted.
          { value: "", label: t("form.none") },
          { value: "yes", label: t("listing.equivalent") },
          { value: "no", label: t("listing.notEquivalent") },
        ]}
      />
      <Textarea
        name="note"
        label={t("listing.found")}
        required
        maxLength={4000}
        autosize={false}
        rows={3}
      />
    </ActionForm>
  );
}
