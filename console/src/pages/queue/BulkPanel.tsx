// One decision about all marked cases of a reason: tried first, then taken part by part, and at the
// end what was refused and why.
import { Button, NativeSelect, Progress, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useLayoutEffect, useRef, useState } from "react";
import { resolveMany } from "../../api/cases";
import { newKey, type Schemas } from "../../api/client";
import type { Exception } from "../../api/queries";
import { Tag, Told } from "../../kit/bits";
import { money } from "../../kit/format";
import { KeyCaps } from "../../kit/KeyCaps";
import { useKeys } from "../../kit/keys";
import { Problem } from "../../kit/states";
import { useWords } from "../../words";
import { ActionForm } from "./ActionForm";
import classes from "./bulk.module.css";
import { groupsOf, inParts, sumsOf, type Group, type Part } from "./bulk";
import { firstReason, likelyCause } from "./decide";
import type { Marks } from "./useMarks";

interface Props {
  marked: Marks;
  /** `done` when something was decided: the marks have served. */
  close: (done: boolean) => void;
}

export function BulkPanel({ marked, close }: Props) {
  const { t, name } = useWords();
  // What was marked when it was opened is what is decided, though the list goes on changing.
  const [groups] = useState(() => groupsOf(marked.values()));
  const [at, setAt] = useState(0);
  const group = groups[at] ?? groups[0];
  const title = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => title.current?.focus(), []);
  if (!group) return null;
  return (
    <section className={classes.panel} aria-label={t("bulk.title")}>
      <h2 ref={title} tabIndex={-1}>
        {t("bulk.title")}
      </h2>
      {groups.length > 1 && (
        <NativeSelect
          label={t("bulk.reason")}
          value={String(at)}
          onChange={(event) => setAt(Number(event.currentTarget.value))}
          data={groups.map((each, index) => ({
            value: String(index),
            label: t("queue.ownerOpen", {
              owner: name("reason", each.reason),
              open: each.cases.length,
            }),
          }))}
        />
      )}
      <OneGroup key={group.reason} group={group} close={close} />
    </section>
  );
}

type Wish = Omit<Schemas["BulkResolution"], "items" | "dry_run">;

function OneGroup({ group, close }: { group: Group; close: Props["close"] }) {
  const { t, name } = useWords();
  const cache = useQueryClient();
  const [verb, setVerb] = useState<string>();
  const [part, setPart] = useState<Part>();
  const [key] = useState(newKey);

  function run(wish: Wish, cases: Exception[], dry: boolean): Promise<Schemas["BulkRow"][]> {
    setPart({ rows: [], done: 0 });
    const items = cases.map(({ stream, number }) => ({ stream, number }));
    return inParts(
      items,
      (some, from) =>
        resolveMany({ ...wish, items: some, dry_run: dry }, dry ? newKey() : `${key}-${from}`),
      setPart,
    );
  }
  const trial = useMutation({ mutationFn: (wish: Wish) => run(wish, group.cases, true) });
  const work = useMutation({
    mutationFn: (wish: Wish) => run(wish, takenOf(group, trial.data ?? []), false),
    onSettled: () => {
      for (const queryKey of [["exceptions"], ["counts"], ["exception"], ["order"]])
        void cache.invalidateQueries({ queryKey });
    },
  });

  const asking = trial.isIdle;
  useKeys({
    choose: {
      run: ({ key: digit }) => {
        const chosen = group.verbs[Number(digit) - 1];
        if (!chosen) return false;
        setVerb(chosen);
        return true;
      },
      applies: asking,
      choices: group.verbs.map((each, index) => ({
        key: String(index + 1),
        label: name("verb", each),
      })),
    },
  });

  if (work.isSuccess || work.isError)
    return (
      <>
        {work.isError && <Problem error={work.error} />}
        <Outcome rows={part?.rows ?? []} close={() => close(true)} of={group.cases.length} />
      </>
    );
  if (work.isPending || trial.isPending)
    return (
      <Working
        done={part?.done ?? 0}
        of={work.isPending ? takenOf(group, trial.data ?? []).length : group.cases.length}
      />
    );
  if (trial.isSuccess && trial.variables)
    return (
      <Plan
        group={group}
        rows={trial.data}
        verb={trial.variables.verb}
        take={() => work.mutate(trial.variables)}
        back={() => trial.reset()}
      />
    );
  return (
    <>
      <p>{t("bulk.which", { count: group.cases.length, reason: name("reason", group.reason) })}</p>
      {group.verbs.length === 0 && <p>{t("bulk.nothingShared")}</p>}
      <ol className={classes.verbs}>
        {group.verbs.map((each) => (
          <li key={each}>
            <Button
              variant={verb === each ? "filled" : "default"}
              aria-pressed={verb === each}
              onClick={() => setVerb(each)}
            >
              {name("verb", each)}
            </Button>
          </li>
        ))}
      </ol>
      {trial.isError && <Problem error={trial.error} />}
      {verb && (
        <Reason
          key={verb}
          group={group}
          verb={verb}
          back={() => close(false)}
          tryIt={(note) =>
            trial.mutate({
              verb,
              note,
              root_cause: likelyCause(group.reason),
              rule_change: false,
            })
          }
        />
      )}
    </>
  );
}

/** The cases that the dry run found could be decided. */
function takenOf(group: Group, rows: Schemas["BulkRow"][]): Exception[] {
  const fine = new Set(rows.filter((row) => row.ok).map((row) => `${row.stream}-${row.number}`));
  return group.cases.filter((each) => fine.has(`${each.stream}-${each.number}`));
}

function Reason({
  group,
  verb,
  back,
  tryIt,
}: {
  group: Group;
  verb: string;
  back: () => void;
  tryIt: (note: string) => void;
}) {
  const { t, name } = useWords();
  const area = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    area.current?.focus();
    area.current?.select();
  }, []);
  const starts = firstReason(group.cases[0]?.options ?? [], verb, name("verb", verb));
  return (
    <ActionForm
      title={t("exception.decide", { verb: name("verb", verb) })}
      submitLabel={t("bulk.try")}
      back={back}
      pending={false}
      error={null}
      submit={(form) => tryIt(String(form.get("note")).trim())}
    >
      <Textarea
        ref={area}
        name="note"
        label={t("form.reason")}
        required
        rows={3}
        defaultValue={starts}
      />
    </ActionForm>
  );
}

function Working({ done, of }: { done: number; of: number }) {
  const { t } = useWords();
  return (
    <div role="status">
      <p>{t("bulk.progress", { done, of })}</p>
      <Progress value={(100 * done) / Math.max(of, 1)} aria-label={t("bulk.working")} />
    </div>
  );
}

function Plan({
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

function Outcome({
  rows,
  of,
  close,
}: {
  rows: Schemas["BulkRow"][];
  of: number;
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
      <RowTable rows={rows.toSorted((a, b) => Number(a.ok) - Number(b.ok))} />
      <div className={classes.buttons}>
        <Button ref={end} onClick={close}>
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
