// Parcels and scans, or offers, from a CSV file: tried first, with a report of every line, then
// recorded.
import { useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import type { Schemas } from "../../api/client";
import { importTracking, session } from "../../api/queries";
import { Tag, Told } from "../../kit/bits";
import { DataTable } from "../../kit/DataTable";
import { en, useWords, type Key } from "../../words";
import { CsvImport } from "./CsvImport";
import classes from "./import.module.css";
import { OffersImport } from "./OffersImport";

type Report = Schemas["TrackingImport"];

export function ImportPage() {
  const { t } = useWords();
  const { kind } = useSearch({ from: "/signed-in/import" });
  const everywhere = useQuery(session).data?.user.stores.length === 0;
  const offers = kind === "offers" && everywhere;
  return (
    <div className={classes.page}>
      <h1>{t(offers ? "offersImport.title" : "import.title")}</h1>
      {everywhere && (
        <nav aria-label={t("import.kinds")} className={classes.buttons}>
          <Link to="/import" search={{}} {...(offers ? {} : { "aria-current": "page" })}>
            {t("import.title")}
          </Link>
          <Link
            to="/import"
            search={{ kind: "offers" }}
            {...(offers ? { "aria-current": "page" } : {})}
          >
            {t("offersImport.title")}
          </Link>
        </nav>
      )}
      {offers ? <OffersImport /> : <TrackingImport />}
    </div>
  );
}

function TrackingImport() {
  const { t } = useWords();
  return (
    <CsvImport
      lead={t("import.lead")}
      columns="po,carrier,tracking"
      takeLabel={t("import.take")}
      send={importTracking}
      said={(report) => summary(report, t)}
      rows={(report) => <Rows report={report} />}
    />
  );
}

function summary(report: Report, t: ReturnType<typeof useWords>["t"]): string {
  return t(report.dry_run ? "import.tried" : "import.taken", {
    taken: report.taken,
    refused: report.refused,
  });
}

function Rows({ report }: { report: Report }) {
  const { t } = useWords();
  return (
    <DataTable
      label={t("import.result")}
      rows={report.rows}
      idOf={(_, at) => at}
      columns={[
        { head: t("import.line"), cell: (row) => row.line },
        { head: t("import.tracking"), cell: (row) => row.tracking || t("form.none") },
        {
          head: t("import.order"),
          cell: (row) =>
            row.order ? (
              <Link to="/orders/$order" params={{ order: row.order }}>
                {row.order}
              </Link>
            ) : (
              t("form.none")
            ),
        },
        { head: t("import.result"), cell: (row) => <Result row={row} /> },
      ]}
    />
  );
}

function Result({ row }: { row: Schemas["ImportRow"] }) {
  const { t } = useWords();
  if (!row.ok) {
    return (
      <>
        <Tag tone="bad">
          {row.column ? t("import.column", { column: row.column }) : t("import.line")}
        </Tag>{" "}
        <Told text={[row.what, row.todo].filter(Boolean).join(": ")} />
      </>
    );
  }
  const own = row.events.filter((event) => `import.${event}` in en);
  const more = row.events.length - own.length;
  const said = [
    ...own.map((event) => t(`import.${event}` as Key)),
    ...(more > 0 ? [t("import.follows", { count: more })] : []),
  ];
  return said.length > 0 ? said.join(", ") : t("import.known");
}
