// The work list of the day as this browser knows it: what the server told last, and over it what
// was recorded here since and has not been heard of yet. Pure.
import type { Schemas } from "../api/client";
import type { Step, Task } from "./bench";
import type { KnownParcel } from "./labels";
import type { Entry } from "./outbox";
import { sameCode } from "./scan";

export const steps: Step[] = ["receiving", "inspection", "packing", "label_match"];

/** What each procedure asks for at each bench; nothing where it asks for none. */
export type Lists = Record<string, Partial<Record<Step, Task["checklist"]>>>;

export interface Day {
  /** This browser's time when the list was asked for, in milliseconds. */
  at: number;
  by: string;
  tasks: Task[];
  lists: Lists;
  parcels: KnownParcel[];
  /** There is more work than is kept here. */
  more: boolean;
}

/** The benches that each procedure asks for, by its name. */
export function listsOf(procedures: Schemas["StationProcedure"][]): Lists {
  return Object.fromEntries(
    procedures.map(({ procedure, steps: asked }) => [
      procedure,
      Object.fromEntries(asked.map(({ step, checklist }) => [step, checklist])),
    ]),
  );
}

export interface ShownTask {
  task: Task;
  /** Made of what was recorded here; the server does not know of it yet. */
  ahead: boolean;
  /** This step was recorded here as not in order; what comes next is the server's to say. */
  failedHere: boolean;
}

/** Entries that the list does not contain yet: not sent, or sent after the list was asked for. */
export function isAhead(entry: Entry, day: Pick<Day, "at">): boolean {
  if (entry.state === "refused") return false;
  return entry.state === "waiting" || (entry.sentAt ?? 0) >= day.at;
}

/** The work as it stands for the person at the bench. */
export function shownTasks(day: Day, entries: Entry[]): ShownTask[] {
  const news = entries.filter((each) => isAhead(each, day));
  return day.tasks.flatMap((task) => follow(day, news, { task, ahead: false, failedHere: false }));
}

/** A task after the checks recorded here: itself, its successors, or nothing when all is done. */
function follow(day: Day, news: Entry[], shown: ShownTask): ShownTask[] {
  const { task } = shown;
  if (task.step === "label_match") {
    const done = news.some(
      ({ what, order }) =>
        what.kind === "label" &&
        what.matches === true &&
        order === task.order &&
        what.body.parcel === task.parcel?.parcel,
    );
    return done ? [] : [shown];
  }
  const recorded = news.findLast(
    ({ what }) =>
      what.kind === "check" && what.body.po === task.po && what.body.check === task.step,
  );
  if (recorded?.what.kind !== "check") return [shown];
  if (recorded.what.verdict !== "pass") return [{ ...shown, failedHere: true }];
  return successors(day, task).flatMap((next) =>
    follow(day, news, { task: next, ahead: true, failedHere: false }),
  );
}

/** What a procedure asks for after this step, as far as it is known here. */
export function successors(day: Pick<Day, "lists" | "parcels">, task: Task): Task[] {
  const lists = day.lists[task.procedure];
  const after = steps.slice(steps.indexOf(task.step) + 1);
  const step = after.find((each) => lists?.[each] !== undefined);
  if (!step || !lists) return [];
  const next: Task = {
    ...task,
    step,
    checklist: lists[step] ?? [],
    done: [...task.done, { check: task.step, verdict: "pass" }],
  };
  if (step !== "label_match") return [next];
  return day.parcels
    .filter((each) => each.po === task.po && each.order === task.order && !each.matched)
    .map(({ parcel, carrier }) => ({ ...next, parcel: { parcel, carrier } }));
}

/** The benches an order still has to pass after a step, for telling what comes next. */
export function stepsAfter(day: Pick<Day, "lists">, task: Task): Step[] {
  const lists = day.lists[task.procedure];
  return steps.filter(
    (each) => steps.indexOf(each) > steps.indexOf(task.step) && lists?.[each] !== undefined,
  );
}

/** Whether a scanned or typed code names this task; `labels` are the parcels the code is on. */
export function isNamed(task: Task, code: string, labels: KnownParcel[] = []): boolean {
  return (
    sameCode(task.po, code) ||
    sameCode(task.store_number, code) ||
    task.lines.some((each) => sameCode(each.sku, code) || sameCode(each.supplier_sku, code)) ||
    labels.some((each) => each.po === task.po && each.order === task.order)
  );
}

/** The tasks that a code names; an order's own number counts more than goods that many have. */
export function named(tasks: ShownTask[], code: string, labels: KnownParcel[]): ShownTask[] {
  const orders = tasks.filter(
    ({ task }) => sameCode(task.po, code) || sameCode(task.store_number, code),
  );
  return orders.length > 0 ? orders : tasks.filter(({ task }) => isNamed(task, code, labels));
}
