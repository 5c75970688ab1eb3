// What waits at the benches; one scan opens the right task. Works on the kept list when offline.
import { Button, TextInput } from "@mantine/core";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useState, type FormEvent } from "react";
import { Deadline, Tag } from "../../kit/bits";
import { Empty, Failed, Loading } from "../../kit/states";
import { offer, say, useBusy, useScan } from "../../station/bus";
import { named, steps, type ShownTask } from "../../station/day";
import { labelled, useDay, type Work } from "../../station/useDay";
import { useWords } from "../../words";
import { StationFrame } from "./StationFrame";
import classes from "./station.module.css";
import { useUndo } from "./useUndo";

export function StationPage() {
  const work = useDay();
  return (
    <StationFrame work={work}>
      <List work={work} />
    </StationFrame>
  );
}

/** The tasks that the address asks for. */
function useFiltered(work: Work, step: string | undefined, q: string | undefined) {
  const [found, setFound] = useState<{ q: string; tasks: Set<string> } | null>(null);
  const { day, tasks } = work;
  useEffect(() => {
    if (!q) return;
    let wanted = true;
    void labelled(q, day).then((labels) => {
      const keys = named(tasks, q, labels).map(keyOf);
      if (wanted) setFound({ q, tasks: new Set(keys) });
    });
    return () => {
      wanted = false;
    };
    // The list itself follows from the day and the entries.
  }, [q, day, work.post.entries]);
  const known = q && found?.q === q ? found.tasks : null;
  return tasks.filter(
    (each) =>
      (!step || each.task.step === step) && (!q || (known !== null && known.has(keyOf(each)))),
  );
}

const keyOf = ({ task }: ShownTask) => `${task.po} ${task.step} ${task.parcel?.parcel ?? ""}`;

function List({ work }: { work: Work }) {
  const { t, name } = useWords();
  const navigate = useNavigate({ from: "/station" });
  const search = useSearch({ from: "/signed-in/station" });
  const step = steps.find((each) => each === search.step);
  const shown = useFiltered(work, step, search.q);
  const undo = useUndo(work);
  const busy = useBusy();

  async function open({ task }: ShownTask): Promise<void> {
    await navigate({ to: "/station/$po/$step", params: { po: task.po, step: task.step } });
  }

  /** Opens what a code names, or shows the several tasks it may mean. */
  async function find(code: string): Promise<void> {
    const labels = await labelled(code, work.day);
    const found = named(work.tasks, code, labels);
    const orders = new Set(found.map(({ task }) => `${task.po} ${task.step}`));
    const [only] = found;
    if (only && orders.size === 1) return open(only);
    if (!only) say({ tone: "bad", key: "station.notFound", values: { code } });
    await navigate({ search: { step, q: code } });
  }

  useScan((scan) => {
    // Without the list nothing can be found in it.
    if (busy.now() || work.pending) return false;
    if (scan.kind === "code") return busy.run(() => find(scan.text));
    if (scan.kind === "command" && scan.command === "UNDO") return busy.run(undo);
    const [first] = shown;
    if (scan.kind === "command" && scan.command === "NEXT" && first) {
      return busy.run(() => open(first));
    }
    return say({ tone: "attention", key: "station.said.noOrder" });
  });
  useEffect(offer, [work.pending]);

  function typed(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const q = String(new FormData(event.currentTarget).get("q")).trim();
    if (q) busy.run(() => find(q));
    else void navigate({ search: { step } });
  }

  const count = (bench: string) => work.tasks.filter(({ task }) => task.step === bench).length;
  return (
    <>
      <h1>{t("station.title")}</h1>
      <search>
        <form onSubmit={typed} className={classes.scan}>
          <TextInput
            key={search.q ?? ""}
            name="q"
            size="lg"
            label={t("station.scan")}
            defaultValue={search.q ?? ""}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
          />
          <Button type="submit" size="lg">
            {t("station.find")}
          </Button>
        </form>
      </search>
      <nav aria-label={t("station.steps")} className={classes.benches}>
        <Link to="/station" search={{}} aria-current={step ? undefined : "true"}>
          {t("station.all")}
        </Link>
        {steps.map((bench) => (
          <Link
            key={bench}
            to="/station"
            search={{ step: bench }}
            aria-current={step === bench ? "true" : undefined}
          >
            {name("check", bench)} <strong>{work.day && count(bench)}</strong>
          </Link>
        ))}
      </nav>
      {work.pending ? (
        <Loading rows={4} />
      ) : !work.day ? (
        <Failed error={work.error} retry={work.retry} />
      ) : shown.length === 0 ? (
        <Empty
          action={
            search.q && (
              <Button
                size="lg"
                variant="default"
                onClick={() => void navigate({ search: { step } })}
              >
                {t("station.clear")}
              </Button>
            )
          }
        >
          {search.q ? t("station.notFound", { code: search.q }) : t("station.empty")}
        </Empty>
      ) : (
        <ul className={classes.tasks}>
          {shown.map((each) => (
            <TaskRow key={keyOf(each)} shown={each} />
          ))}
        </ul>
      )}
      {work.day?.more && <p className={classes.dim}>{t("station.more")}</p>}
    </>
  );
}

function TaskRow({ shown }: { shown: ShownTask }) {
  const { t, name } = useWords();
  const { task, ahead, failedHere } = shown;
  const pieces = task.lines.reduce((sum, line) => sum + line.quantity, 0);
  return (
    <li>
      <Link
        to="/station/$po/$step"
        params={{ po: task.po, step: task.step }}
        className={classes.task}
      >
        <span className={classes.taskTop}>
          <strong>{name("check", task.step)}</strong>
          <span>{task.po}</span>
          <span>{task.store_number}</span>
          {task.held && <Tag tone="bad">{t("orders.held")}</Tag>}
          {failedHere && <Tag tone="bad">{t("station.failedHere")}</Tag>}
          {ahead && <Tag tone="info">{t("station.ahead")}</Tag>}
          {task.due_at && <Deadline at={task.due_at} />}
        </span>
        <span>
          {task.lines.map((line) => `${line.quantity} × ${line.title} ${line.variant}`).join(", ")}
        </span>
        <span className={classes.dim}>
          {task.supplier} · {t("station.pieces", { count: pieces })}
        </span>
        {task.instructions.length > 0 && (
          <span className={classes.warn}>{task.instructions.join(" · ")}</span>
        )}
      </Link>
    </li>
  );
}
