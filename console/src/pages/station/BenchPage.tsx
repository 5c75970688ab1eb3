// One task at a bench: where it stands, special instructions that cannot be missed, the goods, and
// the check itself. What is loaded stays workable without a network.
import { Button } from "@mantine/core";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { Deadline, Tag } from "../../kit/bits";
import { Empty, Failed, Loading } from "../../kit/states";
import { say } from "../../station/bus";
import type { Step, Task } from "../../station/bench";
import { named, stepsAfter, type ShownTask } from "../../station/day";
import { hasSlip } from "../../station/slip";
import { labelled, useDay, type Work } from "../../station/useDay";
import { useWords } from "../../words";
import { Check } from "./Check";
import { LabelMatch } from "./LabelMatch";
import { AlwaysVisible, StationFrame } from "./StationFrame";
import classes from "./station.module.css";

export function BenchPage() {
  const { po, step } = useParams({ from: "/signed-in/station/$po/$step" });
  const work = useDay();
  const listed = work.tasks.find(({ task }) => task.po === po && task.step === step);
  return (
    <StationFrame work={work}>
      {work.pending ? (
        <Loading rows={4} />
      ) : !work.day ? (
        <Failed error={work.error} retry={work.retry} />
      ) : (
        <Bench key={`${po} ${step}`} work={work} listed={listed} />
      )}
    </StationFrame>
  );
}

function Bench({ work, listed }: { work: Work; listed: ShownTask | undefined }) {
  const { t } = useWords();
  // A task leaves the list when it is done; it stays on the page until the person goes on.
  const [first] = useState(listed);
  const shown = listed ?? first;
  return (
    <>
      <nav>
        <Link to="/station" search={{}} className={classes.back}>
          ← {t("station.back")}
        </Link>
      </nav>
      {shown ? <Open work={work} shown={shown} gone={!listed} /> : <Gone />}
    </>
  );
}

function Gone() {
  const { t } = useWords();
  return (
    <Empty
      action={
        <Link to="/station" search={{}} className={classes.back}>
          {t("station.back")}
        </Link>
      }
    >
      {t("station.gone")}
    </Empty>
  );
}

function Open({ work, shown, gone }: { work: Work; shown: ShownTask; gone: boolean }) {
  const { t, name } = useWords();
  const { task } = shown;
  const isMatch = task.step === "label_match";
  const goTo = useGoTo(work, task);
  return (
    <>
      <header className={classes.taskTop}>
        <h1>{name("check", task.step)}</h1>
        <span className={classes.code}>{task.po}</span>
        {work.reads ? (
          <Link to="/orders/$order" params={{ order: task.order }} className={classes.back}>
            {task.store_number}
          </Link>
        ) : (
          <span>{task.store_number}</span>
        )}
        <span className={classes.dim}>{task.supplier}</span>
        {task.risks.map((risk) => (
          <Tag key={risk} tone="warn">
            {name("riskClass", risk)}
          </Tag>
        ))}
        {shown.failedHere && <Tag tone="bad">{t("station.failedHere")}</Tag>}
        {task.due_at && <Deadline at={task.due_at} exact />}
        {hasSlip(task) && (
          <Button size="md" variant="default" onClick={() => void goTo.slip()}>
            {t("station.slip")}
          </Button>
        )}
      </header>
      <AlwaysVisible>
        <Trail work={work} task={task} />
      </AlwaysVisible>
      {gone && !isMatch && <p role="status">{t("station.gone")}</p>}
      {task.held && (
        <div role="alert" className={classes.held}>
          <strong>{t("station.held")}</strong>
          {task.hold_reasons.map((reason) => (
            <p key={reason}>{reason}</p>
          ))}
        </div>
      )}
      {isMatch ? (
        <LabelMatch work={work} task={task} goTo={goTo} />
      ) : (
        <Check work={work} task={task} goTo={goTo} />
      )}
    </>
  );
}

/** Where this order stands: what is done, what is on the bench, what comes then. */
function Trail({ work, task }: { work: Work; task: Task }) {
  const { t, name } = useWords();
  const passed = new Set(
    task.done.filter((each) => each.verdict === "pass").map((each) => each.check),
  );
  const then = (work.day ? stepsAfter(work.day, task) : []).find((each) => !passed.has(each));
  return (
    <ol className={classes.trail}>
      {task.done
        .filter((each) => each.check !== task.step)
        .map((each) => (
          <li key={each.check} data-state={each.verdict === "pass" ? "done" : "bad"}>
            {name("check", each.check)}: {name("verdict", each.verdict)}
          </li>
        ))}
      <li data-state="now" aria-current="step">
        {t("station.now")}: <strong>{name("check", task.step)}</strong>
      </li>
      <li data-state="next">
        {t("station.then")}: {then ? name("check", then) : t("station.then.list")}
      </li>
    </ol>
  );
}

export interface GoTo {
  /** Opens another step of the same order; says so when it is not ready. */
  step: (step: Step) => Promise<void>;
  /** Opens a step that the list may not show yet. */
  next: (task: Task) => Promise<void>;
  /** Opens what a foreign code names; false when it names nothing known. */
  code: (code: string) => Promise<boolean>;
  list: (step?: Step) => Promise<void>;
  /** The slip of this order, to print. */
  slip: () => Promise<void>;
}

function useGoTo(work: Work, task: Task): GoTo {
  const navigate = useNavigate();
  const open = (po: string, step: Step) =>
    navigate({ to: "/station/$po/$step", params: { po, step } });
  return {
    step: async (step) => {
      if (work.tasks.some((each) => each.task.po === task.po && each.task.step === step)) {
        await open(task.po, step);
      } else {
        say({ tone: "attention", key: "station.said.notYet", values: { po: task.po } });
      }
    },
    next: (next) => open(next.po, next.step),
    code: async (code) => {
      const labels = await labelled(code, work.day);
      // Goods that another order has too are no wish to leave this one.
      const orders = named(work.tasks, code, labels).filter(
        (each) =>
          each.task.po !== task.po &&
          !each.task.lines.some(({ sku, supplier_sku }) => [sku, supplier_sku].includes(code)),
      );
      const [only] = orders;
      if (!only || new Set(orders.map((each) => each.task.po)).size !== 1) return false;
      await open(only.task.po, only.task.step);
      return true;
    },
    list: (step) => navigate({ to: "/station", search: { step } }),
    slip: () => navigate({ to: "/station/$po/slip", params: { po: task.po } }),
  };
}
