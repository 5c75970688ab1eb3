// Parcels and scans, or offers, from a CSV file: tried first, with a report of every line, then
// recorded.
import { Button, Textarea } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { useRef, useState, type ChangeEvent, type FormEvent } from "react";
import { newKey, type Schemas } from "../../api/client";
import { importTracking, session } from "../../api/queries";
import { announce } from "../../kit/announce";
import { Tag, Told } from "../../kit/bits";
import { DataTable } from "../../kit/DataTable";
import { Problem } from "../../kit/states";
import { en, useWords, type Key } from "../../words";
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
  const cache = useQueryClient();
  const [csv, setCsv] = useState("");
  const [tried, setTried] = useState("");
  const key = useRef("");
  const send = useMutation({
    mutationFn: (dryRun: boolean) => importTracking(csv, dryRun, key.current),
    onSuccess: (report) => {
      setTried(report.dry_run ? csv : "");
      announce(summary(report, t));
      if (!report.dry_run) void cache.invalidateQueries();
    },
  });
  const report = send.data;
  const ready = report?.dry_run === true && report.taken > 0 && tried === csv;

  function run(dryRun: boolean): void {
    key.current = newKey();
    send.mutate(dryRun);
  }

  async function read(event: ChangeEvent<HTMLInputElement>): Promise<void> {
    const file = event.currentTarget.files?.[0];
    if (file) setCsv(await file.text());
  }

  return (
    <>
      <p className={classes.lead}>{t("import.lead")}</p>
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
            onChange={(event) => void read(event)}
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
          placeholder="po,carrier,tracking"
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
              {t("import.take")}
            </Button>
          )}
        </div>
      </form>
      {send.isError && <Problem error={send.error} />}
      {report && (
        <>
          <p role="status">
            {summary(report, t)}{" "}
            {report.dry_run && tried !== csv && <Tag tone="warn">{t("import.stale")}</Tag>}
          </p>
          <Rows report={report} />
        </>
      )}
    </>
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
