// One decision about all marked cases of a reason: tried first, then taken part by part, and at the
// end what was refused and why.
import { Button, Checkbox, NativeSelect, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useLayoutEffect, useRef, useState } from "react";
import { resolveMany } from "../../api/cases";
import { newKey, type Schemas } from "../../api/client";
import { makeIntent, type Intent } from "../../api/intent";
import type { Exception } from "../../api/queries";
import { useKeys } from "../../kit/keys";
import { Problem } from "../../kit/states";
import { useWords } from "../../words";
import { ActionForm } from "./ActionForm";
import classes from "./bulk.module.css";
import { groupsOf, inParts, type Group, type Part } from "./bulk";
import { Outcome, Plan, takenOf, Working } from "./BulkParts";
import { firstReason, idOf, likelyCause, rootCauses } from "./decide";
import type { Marks } from "./useMarks";

interface Props {
  marked: Marks;
  /** Told which marks have served: a case nothing was said about stays marked. */
  close: (served: string[]) => void;
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
  // One intent a part: what broke off goes on where it was, and nothing is decided twice.
  const [intents] = useState(() => new Map<number, Intent>());

  function intentAt(from: number): Intent {
    const intent = intents.get(from) ?? makeIntent();
    intents.set(from, intent);
    return intent;
  }

  function run(wish: Wish, cases: Exception[], dry: boolean, rows: Schemas["BulkRow"][] = []) {
    setPart({ rows, done: rows.length });
    const items = cases.map(({ stream, number }) => ({ stream, number }));
    const send = (some: typeof items, from: number) => {
      const body = { ...wish, items: some, dry_run: dry };
      if (dry) return resolveMany(body, newKey());
      return intentAt(from)((key) => resolveMany(body, key));
    };
    return inParts(items, send, setPart, rows);
  }
  const trial = useMutation({ mutationFn: (wish: Wish) => run(wish, group.cases, true) });
  const taken = takenOf(group, trial.data ?? []);
  const work = useMutation({
    mutationFn: ({ wish, rows }: { wish: Wish; rows: Schemas["BulkRow"][] }) =>
      run(wish, taken, false, rows),
    onSettled: () => {
      for (const queryKey of [["exceptions"], ["counts"], ["exception"], ["order"]])
        void cache.invalidateQueries({ queryKey });
    },
  });

  const asking = trial.isIdle;
  const rows = part?.rows ?? [];
  function end(): void {
    if (work.isSuccess) return close(group.cases.map(idOf));
    close(work.isError ? rows.map(idOf) : []);
  }
  useKeys({
    // What is under way stays in sight until it has come to an end.
    back: { run: end, applies: !trial.isPending && !work.isPending },
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
      <Outcome
        rows={rows}
        of={group.cases.length}
        left={taken.length - rows.length}
        error={work.error}
        goOn={() => work.mutate({ ...work.variables, rows })}
        close={end}
      />
    );
  if (work.isPending || trial.isPending)
    return (
      <Working done={part?.done ?? 0} of={work.isPending ? taken.length : group.cases.length} />
    );
  if (trial.isSuccess && trial.variables)
    return (
      <Plan
        group={group}
        rows={trial.data}
        verb={trial.variables.verb}
        take={() => work.mutate({ wish: trial.variables, rows: [] })}
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
          back={() => close([])}
          tryIt={(learned) => trial.mutate({ verb, ...learned })}
        />
      )}
    </>
  );
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
  tryIt: (learned: Omit<Wish, "verb">) => void;
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
      submit={(form) =>
        tryIt({
          note: String(form.get("note")).trim(),
          root_cause: String(form.get("cause")) as Schemas["RootCause"],
          rule_change: form.get("rule") === "yes",
        })
      }
    >
      <Textarea
        ref={area}
        name="note"
        label={t("form.reason")}
        required
        rows={3}
        defaultValue={starts}
      />
      <NativeSelect
        name="cause"
        label={t("exception.cause")}
        defaultValue={likelyCause(group.reason)}
        data={rootCauses.map((cause) => ({ value: cause, label: name("cause", cause) }))}
      />
      <Checkbox name="rule" value="yes" label={t("exception.ruleChange")} />
    </ActionForm>
  );
}
