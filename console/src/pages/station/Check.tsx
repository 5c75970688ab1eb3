// One check by scans or touches: read, count, answer each item, record. The draft is on disk after
// each of them, the record before anything is sent.
import { useEffect, useRef, useState } from "react";
import { smallPhoto } from "../../kit/photos";
import { Loading } from "../../kit/states";
import { say, useBusy, useScan } from "../../station/bus";
import {
  act,
  currentItem,
  fits,
  itemName,
  newDraft,
  phaseOf,
  recordOf,
  verdictOf,
  type Action,
  type Draft,
  type Task,
  type Then,
} from "../../station/bench";
import { successors } from "../../station/day";
import { findDraft, keepDraft } from "../../station/idb";
import { post } from "../../station/post";
import type { Work } from "../../station/useDay";
import { useWords } from "../../words";
import type { GoTo } from "./BenchPage";
import { Counting, Instructions, Items, RecordButton, Todo } from "./CheckParts";
import { useUndo } from "./useUndo";

interface Props {
  work: Work;
  task: Task;
  goTo: GoTo;
}

export function Check(props: Props) {
  const { task } = props;
  const [draft, setDraft] = useState<Draft | null>(null);
  useEffect(() => {
    let wanted = true;
    const begin = (kept?: Draft) => {
      if (wanted) setDraft(kept && fits(task, kept) ? kept : newDraft(task));
    };
    findDraft(task.po, task.step).then(begin, () => begin());
    return () => {
      wanted = false;
    };
    // A draft is found once; the task's own news do not begin it anew.
  }, [task.po, task.step]);
  return draft ? <Begun {...props} first={draft} /> : <Loading rows={3} />;
}

function Begun({ work, task, goTo, first }: Props & { first: Draft }) {
  const { t, name, rule } = useWords();
  const [draft, setDraft] = useState(first);
  // Scans come faster than the page is drawn: each goes on from the last, not from what is shown.
  const latest = useRef(first);
  const written = useRef<Promise<void>>(Promise.resolve());
  // What was recorded is no longer on the bench: nothing late may lay it there again.
  const recorded = useRef(false);
  const busy = useBusy();
  const undoLast = useUndo(work);

  function set(next: Draft): void {
    if (recorded.current || next === latest.current) return;
    latest.current = next;
    setDraft(next);
    // Only the newest is written, however many scans came meanwhile. A browser that keeps nothing
    // goes on for as long as the page lives.
    written.current = written.current
      .then(() => (latest.current === next ? keepDraft(next) : undefined))
      .catch(() => undefined);
  }

  function perform(action: Action): void {
    if (busy.now()) return;
    const { draft: next, said, then } = act(task, latest.current, action);
    set(next);
    if (said) say(said);
    if (then) busy.run(() => follow(then));
  }
  useScan((scan) => !busy.now() && perform({ do: "scan", scan }));

  function follow(then: Then): Promise<void> {
    switch (then.kind) {
      case "record":
        return record();
      case "undo":
        return undoLast();
      case "go":
        return goTo.step(then.step);
      case "slip":
        return goTo.slip();
      case "foreign":
        return foreign(then.code);
    }
  }

  async function foreign(code: string): Promise<void> {
    if (await goTo.code(code)) return;
    say({ tone: "bad", key: "station.said.notOfOrder", values: { code } });
  }

  async function record(): Promise<void> {
    const done = latest.current;
    const verdict = verdictOf(done);
    try {
      await written.current;
      recorded.current = true;
      const body = recordOf(task, done);
      await post(task, work.me, { kind: "check", verdict, body }, { draft: done });
    } catch {
      recorded.current = false;
      say({ tone: "bad", key: "station.said.notKept" });
      return;
    }
    const values = { check: name("check", task.step), po: task.po };
    const next = verdict === "pass" && work.day ? successors(work.day, task)[0] : undefined;
    if (verdict !== "pass") {
      say({ tone: "attention", key: "station.said.failed", values });
    } else if (next || task.step !== "packing") {
      say({ tone: "good", key: "station.said.recorded", values });
    } else {
      say({ tone: "attention", key: "station.said.lastStep", values });
    }
    await (next ? goTo.next(next) : goTo.list(task.step));
  }

  async function takePhoto(item: number, file: File): Promise<void> {
    try {
      const photo = await smallPhoto(file);
      const what = { kind: "photo" as const, item: itemName(task, item) };
      const entry = await post(task, work.me, what, { photo });
      set(act(task, latest.current, { do: "photo", item, photo: entry.id }).draft);
      say({ tone: "good", key: "station.said.photo" });
    } catch {
      say({ tone: "bad", key: "station.photoFailed" });
    }
  }

  const phase = phaseOf(draft);
  const item = currentItem(draft);
  return (
    <>
      <Instructions task={task} seen={draft.seen} see={() => perform({ do: "see" })} />
      <Todo>
        {phase === "check"
          ? t("station.todo.check", { item: rule(itemName(task, item)) })
          : t(`station.todo.${phase}`)}
      </Todo>
      <Counting task={task} draft={draft} perform={perform} />
      <Items
        task={task}
        draft={draft}
        perform={perform}
        takePhoto={(at, file) => !busy.now() && busy.run(() => takePhoto(at, file))}
      />
      <RecordButton task={task} draft={draft} perform={perform} />
    </>
  );
}
