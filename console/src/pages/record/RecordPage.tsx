// Who signed in and who changed who may do what: by person, deed and day, and as a file.
import { Button, NativeSelect } from "@mantine/core";
import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { record, type AuditEntry, type RecordFilter } from "../../api/people";
import { announce } from "../../kit/announce";
import { When } from "../../kit/bits";
import { DataTable } from "../../kit/DataTable";
import { Listed, useItems } from "../../kit/lists";
import classes from "../../kit/people.module.css";
import { save as saveFile } from "../../kit/save";
import { SettledField } from "../../kit/SettledField";
import { Problem } from "../../kit/states";
import { useWords } from "../../words";
import { csvOf, gather } from "./csv";
import { deeds } from "./deeds";

export function RecordPage() {
  const { t } = useWords();
  const filter = useSearch({ from: "/signed-in/record" });
  const found = useInfiniteQuery(record(filter));
  const items = useItems(found);
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = found;

  // A page may be empty while what fits lies further back.
  const lookFurther =
    items.length === 0 && hasNextPage && !isFetchingNextPage && !isFetchNextPageError;
  useEffect(() => {
    if (lookFurther) void fetchNextPage();
  }, [lookFurther, fetchNextPage]);

  const searching = items.length === 0 && hasNextPage && !isFetchNextPageError;
  return (
    <div className={classes.page}>
      <h1>{t("record.title")}</h1>
      <p className={classes.lead}>{t("record.lead")}</p>
      <Filters filter={filter} />
      {searching ? (
        <p role="status">{t("record.searching")}</p>
      ) : (
        <Listed
          found={found}
          count={items.length}
          rows={8}
          empty={t("record.none")}
          what={t("record.title")}
        >
          <Entries rows={items} />
        </Listed>
      )}
      {isFetchNextPageError && <Problem error={found.error} />}
      {items.length > 0 && (
        <div className={classes.foot}>
          {hasNextPage && (
            <Button
              variant="default"
              size="sm"
              loading={isFetchingNextPage}
              onClick={() => void fetchNextPage()}
            >
              {t("record.older")}
            </Button>
          )}
          <span className={classes.dim}>{t("record.count", { count: items.length })}</span>
          <Export filter={filter} />
        </div>
      )}
    </div>
  );
}

function Filters({ filter }: { filter: RecordFilter }) {
  const { t, name } = useWords();
  const navigate = useNavigate();

  function choose(change: RecordFilter): void {
    void navigate({ to: "/record", search: { ...filter, ...change }, replace: true });
  }

  return (
    <search className={classes.filters}>
      <SettledField
        label={t("record.person")}
        title={t("record.personHelp")}
        maxLength={200}
        chosen={filter.person ?? ""}
        choose={(person) => choose({ person })}
      />
      <NativeSelect
        size="xs"
        label={t("record.deed")}
        value={filter.deed ?? ""}
        onChange={(event) => choose({ deed: event.currentTarget.value || undefined })}
        data={[
          { value: "", label: t("record.anyDeed") },
          ...deeds.map((deed) => ({ value: deed, label: name("deed", deed) })),
        ]}
      />
      <SettledField
        type="date"
        label={t("record.from")}
        chosen={filter.from ?? ""}
        choose={(from) => choose({ from })}
      />
      <SettledField
        type="date"
        label={t("record.until")}
        chosen={filter.until ?? ""}
        choose={(until) => choose({ until })}
      />
      {Object.values(filter).some(Boolean) && (
        <Button
          size="xs"
          variant="subtle"
          onClick={() => void navigate({ to: "/record", search: {}, replace: true })}
        >
          {t("record.clear")}
        </Button>
      )}
    </search>
  );
}

function Entries({ rows }: { rows: AuditEntry[] }) {
  const { t, name } = useWords();
  return (
    <DataTable
      label={t("record.title")}
      rows={rows}
      idOf={(_, at) => at}
      columns={[
        { head: t("record.when"), cell: (each) => <When at={each.at} /> },
        {
          head: t("record.who"),
          cell: (each) => each.actor || <span className={classes.dim}>{t("record.refused")}</span>,
        },
        { head: t("record.deed"), names: true, cell: (each) => name("deed", each.deed) },
        { head: t("record.about"), cell: (each) => each.about || t("form.none") },
        { head: t("record.detail"), cell: (each) => each.detail || t("form.none") },
        { head: t("record.address"), cell: (each) => each.address || t("form.none") },
      ]}
    />
  );
}

function Export({ filter }: { filter: RecordFilter }) {
  const { t } = useWords();
  const [note, setNote] = useState("");
  const save = useMutation({
    mutationFn: () => gather(filter),
    onSuccess: ({ entries, cut }) => {
      saveFile(new Blob([csvOf(entries)], { type: "text/csv" }), "holdfast-record.csv");
      const text = t(cut ? "record.cut" : "record.saved", { count: entries.length });
      setNote(cut ? text : "");
      announce(text);
    },
  });
  return (
    <>
      <Button variant="default" size="sm" loading={save.isPending} onClick={() => save.mutate()}>
        {t("record.export")}
      </Button>
      {note && <span>{note}</span>}
      {save.isError && <Problem error={save.error} />}
    </>
  );
}
