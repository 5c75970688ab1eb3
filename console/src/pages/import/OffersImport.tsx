// Suppliers' offers from a CSV file: tried first, with a report of every line, then taken whole.
import { Link } from "@tanstack/react-router";
import type { Schemas } from "../../api/client";
import { importOffers } from "../../api/offers";
import { Tag, Told } from "../../kit/bits";
import { DataTable } from "../../kit/DataTable";
import { useWords } from "../../words";
import { CsvImport } from "./CsvImport";

export function OffersImport() {
  const { t } = useWords();
  return (
    <CsvImport
      lead={t("offersImport.lead")}
      columns="sku,supplier,supplier_sku,cost,stock"
      takeLabel={t("offersImport.take")}
      send={importOffers}
      said={({ dry_run, taken, refused }) =>
        t(dry_run ? "offersImport.tried" : "offersImport.taken", { taken, refused })
      }
      rows={(report) => <Rows rows={report.rows} />}
    />
  );
}

function Rows({ rows }: { rows: Schemas["OfferRow"][] }) {
  const { t } = useWords();
  return (
    <DataTable
      label={t("import.result")}
      rows={rows}
      idOf={(_, at) => at}
      columns={[
        { head: t("import.line"), cell: (row) => row.line },
        {
          head: t("offers.sku"),
          cell: (row) =>
            row.sku ? (
              <Link to="/products/$sku" params={{ sku: row.sku }}>
                {row.sku}
              </Link>
            ) : (
              t("form.none")
            ),
        },
        { head: t("supplier.name"), cell: (row) => row.supplier || t("form.none") },
        {
          head: t("import.result"),
          cell: (row) =>
            row.ok && !row.what ? (
              t("offersImport.fits")
            ) : (
              <>
                <Tag tone={row.ok ? "warn" : "bad"}>
                  {row.column ? t("import.column", { column: row.column }) : t("import.line")}
                </Tag>{" "}
                <Told text={[row.what, row.todo].filter(Boolean).join(": ")} />
              </>
            ),
        },
      ]}
    />
  );
}
