// What is shown while many cases are decided: what would happen, how far it is, what came of it.
import { Button, Progress } from "@mantine/core";
import { useLayoutEffect, useRef } from "react";
import type { Schemas } from "../../api/client";
import type { Exception } from "../../api/queries";
import { Tag, Told } from "../../kit/bits";
import { money } from "../../kit/format";
import { KeyCaps } from "../../kit/KeyCaps";
import { Problem } from "../../kit/states";
import { useWords } from "../../words";
import { sumsOf, type Group } from "./bulk";
import classes from "./bulk.module.css";

/** The cases that the dry run found could be decided. */
export function takenOf(group: Group, rows: Schemas["BulkRow"][]): Exception[] {
  const fine = new Set(rows.filter((row) => row.ok).map((row) => `${row.stream}-${row.number}`));
  return group.cases.filter((each) => fine.has(`${each.stream}-${each.number}`));
}

export function Working({ done, of }: { done: number; of: number }) {
  const { t } = useWords();
  return (
    <div role="status">
      <p>{t("bulk.progress", { done, of })}</p>
      <Progress value={(100 * done) / Math.max(of, 1)} aria-label={t("bulk.working")} />
    </div>
  );
}

export function Plan({
  group,
  rows,
  verb,
  take,
  back,
}: {
  group: Group;
  rows: Schemas["BulkRow"][];
  verb: string;
  take: () => void;
  back: () => void;
}) {
  const { t, name, locale } = useWords();
  const sure = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => sure.current?.focus(), []);
  const fine = takenOf(group, rows);
  const sums = (amounts: (string | null | undefined)[]) =>
    sumsOf(amounts)
      .map((sum) => money(sum, locale))
      .join(" + ");
  const risk = sums(fine.map((each) => each.money_at_risk));
  const cost = sums(
    fine.map((each) => each.options.find((option) => option.verb === verb)?.cost ?? null),
  );
  return (
    <section data-plan="" aria-label={t("bulk.plan")}>
      <h3>{t("bulk.plan")}</h3>
      <p role="status">
        {t("bulk.sum", { fine: fine.length, refused: rows.length - fine.length })}
        {cost && ` ${t("bulk.cost", { cost })}`}
        {risk && ` ${t("bulk.risk", { risk })}`}
      </p>
      <RowTable rows={rows} />
      <div className={classes.buttons}>
        <Button ref={sure} disabled={fine.length === 0} onClick={take}>
          {t("bulk.take", { verb: name("verb", verb), count: fine.length })}
        </Button>
        <KeyCaps of="confirm" />
        <Button variant="subtle" onClick={back}>
          {t("form.cancel")}
        </Button>
      </div>
    </section>
  );
}

export function Outcome({
  rows,
  of,
  left,
  error,
  goOn,
  close,
}: {
  rows: Schemas["BulkRow"][];
  of: number;
  /** How many nothing is known about, when it was broken off. */
  left: number;
  error: unknown;
  goOn: () => void;
  close: () => void;
}) {
  const { t } = useWords();
  const end = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => end.current?.focus(), []);
  const done = rows.filter((row) => row.ok).length;
  return (
    <section data-outcome="" aria-label={t("bulk.outcome")}>
      <h3>{t("bulk.outcome")}</h3>
      <p role="status">{t("bulk.done", { done, of })}</p>
      {Boolean(error) && <Problem error={error} />}
      <RowTable rows={rows.toSorted((a, b) => Number(a.ok) - Number(b.ok))} />
      <div className={classes.buttons}>
        {Boolean(error) && (
          <Button ref={end} onClick={goOn}>
            {t("bulk.goOn", { left })}
          </Button>
        )}
        <Button {...(error ? { variant: "subtle" } : { ref: end })} onClick={close}>
          {t("bulk.close")}
        </Button>
      </div>
    </section>
  );
}

function RowTable({ rows }: { rows: Schemas["BulkRow"][] }) {
  const { t } = useWords();
  return (
    <ul className={classes.rows}>
      {rows.map((row) => (
        <li key={`${row.stream}-${row.number}`}>
          <Tag tone={row.ok ? "good" : "bad"}>{t(row.ok ? "bulk.fine" : "bulk.refused")}</Tag>{" "}
          <strong>{row.store_number || row.stream}</strong>{" "}
          <Told text={row.ok ? row.consequence : `${row.what} ${row.todo}`.trim()} />
        </li>
      ))}
    </ul>
  );
}
