// A CSV file for the server: tried first, with a report of every line, then taken as it was tried.
import { Button, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState, type ChangeEvent, type FormEvent, type ReactNode } from "react";
import { newKey } from "../../api/client";
import { announce } from "../../kit/announce";
import { Tag } from "../../kit/bits";
import { Problem } from "../../kit/states";
import { useWords } from "../../words";
import classes from "./import.module.css";

interface Report {
  dry_run: boolean;
  taken: number;
  refused: number;
}

interface Props<R extends Report> {
  lead: string;
  /** The file's first line. */
  columns: string;
  takeLabel: string;
  send: (csv: string, dryRun: boolean, key: string) => Promise<R>;
  /** What came of it, in a sentence. */
  said: (report: R) => string;
  rows: (report: R) => ReactNode;
}

export function CsvImport<R extends Report>(props: Props<R>) {
  const { lead, columns, takeLabel, said, rows } = props;
  const { t } = useWords();
  const cache = useQueryClient();
  const [csv, setCsv] = useState("");
  const [tried, setTried] = useState("");
  const key = useRef("");
  const send = useMutation({
    mutationFn: (dryRun: boolean) => props.send(csv, dryRun, key.current),
    onSuccess: (report) => {
      setTried(report.dry_run ? csv : "");
      announce(said(report));
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
      <p className={classes.lead}>{lead}</p>
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
          placeholder={columns}
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
              {takeLabel}
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
          {rows(report)}
        </>
      )}
    </>
  );
}
