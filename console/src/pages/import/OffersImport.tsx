// Suppliers' offers from a CSV file: tried first, with a report of every line, then taken whole.
import { Button, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useRef, useState, type FormEvent } from "react";
import { newKey, type Schemas } from "../../api/client";
import { importOffers } from "../../api/offers";
import { announce } from "../../kit/announce";
import { Tag, Told } from "../../kit/bits";
import { DataTable } from "../../kit/DataTable";
import { Problem } from "../../kit/states";
import { useWords } from "../../words";
import classes from "./import.module.css";

export function OffersImport() {
  const { t } = useWords();
  const cache = useQueryClient();
  const [csv, setCsv] = useState("");
  const [tried, setTried] = useState("");
  const key = useRef("");
  const send = useMutation({
    mutationFn: (dryRun: boolean) => importOffers(csv, dryRun, key.current),
    onSuccess: (report) => {
      setTried(report.dry_run ? csv : "");
      announce(said(report));
      if (!report.dry_run) void cache.invalidateQueries();
    },
  });
  const report = send.data;
  const ready = report?.dry_run === true && report.taken > 0 && tried === csv;
  const said = ({ dry_run, taken, refused }: Schemas["OffersImport"]) =>
    t(dry_run ? "offersImport.tried" : "offersImport.taken", { taken, refused });

  function run(dryRun: boolean): void {
    key.current = newKey();
    send.mutate(dryRun);
  }

  return (
    <>
      <p className={classes.lead}>{t("offersImport.lead")}</p>
      <form
        className={classes.form}
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          run(true);
        }}
      >
        <label className={classes.file}>
          {t("import.file")}
          <input
            type="file"
            accept=".csv,text/csv,text/plain"
            onChange={(event) => {
              const file = event.currentTarget.files?.[0];
              if (file) void file.text().then(setCsv);
            }}
          />
        </label>
        <Textarea
          label={t("import.text")}
          value={csv}
          onChange={(event) => setCsv(event.currentTarget.value)}
          autosize={false}
          rows={8}
          required
          spellCheck={false}
          placeholder="sku,supplier,supplier_sku,cost,stock"
          translate="no"
          className={classes.lines}
        />
        <div className={classes.buttons}>
          <Button
            type="submit"
            size="sm"
            loading={send.isPending}
            {...(ready ? { variant: "default" } : {})}
          >
            {t("import.try")}
          </Button>
          {ready && (
            <Button size="sm" loading={send.isPending} onClick={() => run(false)}>
              {t("offersImport.take")}
            </Button>
          )}
        </div>
      </form>
      {send.isError && <Problem error={send.error} />}
      {report && (
        <>
          <p role="status">
            {said(report)}{" "}
            {report.dry_run && tried !== csv && <Tag tone="warn">{t("import.stale")}</Tag>}
          </p>
          <Rows rows={report.rows} />
        </>
      )}
    </>
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
            row.ok ? (
              t("offersImport.fits")
            ) : (
              <>
                <Tag tone="bad">
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
