// What waits at the benches; one scan opens the right task.
import { Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, type FormEvent } from "react";
import type { Schemas } from "../../api/client";
import { stationTasks } from "../../api/queries";
import { Deadline, Tag } from "../../kit/bits";
import { Empty, Failed, Loading } from "../../kit/states";
import { useWords } from "../../words";
import classes from "./station.module.css";

export const benches: Schemas["CheckKind"][] = [
  "receiving",
  "inspection",
  "packing",
  "label_match",
];

export function StationPage() {
  const { t, name } = useWords();
  const navigate = useNavigate({ from: "/station" });
  const search = useSearch({ from: "/signed-in/station" });
  const step = benches.find((bench) => bench === search.step);
  const found = useQuery(stationTasks({ step, q: search.q }));
  const items = found.data?.items;

  // A scan that names one task opens it: no second touch.
  const only = search.q && items?.length === 1 ? items[0] : undefined;
  useEffect(() => {
    if (!only) return;
    void navigate({
      to: "/station/$po/$step",
      params: { po: only.po, step: only.step },
      replace: true,
    });
  }, [only, navigate]);

  function find(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const q = String(new FormData(event.currentTarget).get("q")).trim();
    void navigate({ search: { step, q: q || undefined } });
  }

  return (
    <div className={classes.page}>
      <h1>{t("station.title")}</h1>
      <search>
        <form onSubmit={find} className={classes.scan}>
          <TextInput
            key={search.q ?? ""}
            name="q"
            size="lg"
            label={t("station.scan")}
            defaultValue={search.q ?? ""}
            autoFocus
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
        {benches.map((bench) => (
          <Link
            key={bench}
            to="/station"
            search={{ step: bench }}
            aria-current={step === bench ? "true" : undefined}
          >
            {name("check", bench)} <strong>{found.data?.counts[bench]}</strong>
          </Link>
        ))}
      </nav>
      {found.isPending ? (
        <Loading rows={4} />
      ) : !items ? (
        <Failed error={found.error} retry={() => void found.refetch()} />
      ) : items.length === 0 ? (
        <Empty
          action={
            search.q && (
              <Button variant="default" onClick={() => void navigate({ search: { step } })}>
                {t("station.clear")}
              </Button>
            )
          }
        >
          {search.q ? t("station.notFound", { code: search.q }) : t("station.empty")}
        </Empty>
      ) : (
        <ul className={classes.tasks}>
          {items.map((task) => (
            <Task key={`${task.po} ${task.step}`} task={task} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Task({ task }: { task: Schemas["StationTask"] }) {
  const { t, name } = useWords();
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
