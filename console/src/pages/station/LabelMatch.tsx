// Order and label, scanned one after the other in whichever sequence. What is loaded here is
// compared at once, network or not; the server compares again and has the last word.
import { Button, TextInput } from "@mantine/core";
import { useRef, useState, type FormEvent } from "react";
import { Empty } from "../../kit/states";
import type { Task } from "../../station/bench";
import { say, useBusy, useScan } from "../../station/bus";
import { compare, isOrder, orderAsKnown, type Match, type Scans } from "../../station/labels";
import { freshTasks, orderWithLabel, parcelsOf } from "../../station/load";
import { post } from "../../station/post";
import { readScan, sameCode, type Command } from "../../station/scan";
import { raiseStop, type Stop } from "../../station/stop";
import type { Work } from "../../station/useDay";
import { useWords } from "../../words";
import type { GoTo } from "./BenchPage";
import { Instructions, Todo } from "./CheckParts";
import classes from "./station.module.css";
import { useUndo } from "./useUndo";

interface Props {
  work: Work;
  task: Task;
  goTo: GoTo;
}

export function LabelMatch(props: Props) {
  const { t } = useWords();
  const { parcel } = props.task;
  if (!parcel) return <Empty>{t("station.gone")}</Empty>;
  return <TwoScans {...props} parcel={parcel.parcel} />;
}

type Result = { kind: "match"; parcel: number } | { kind: "open" };
const nothing: Scans = { order: "", label: "" };

function TwoScans({ work, task, goTo, parcel }: Props & { parcel: number }) {
  const { t } = useWords();
  const [seen, setSeen] = useState(task.instructions.length === 0);
  const [scans, setScans] = useState(nothing);
  const [result, setResult] = useState<Result | null>(null);
  const latest = useRef(nothing);
  const busy = useBusy();
  const undoLast = useUndo(work);

  function set(next: Scans): void {
    latest.current = next;
    setScans(next);
  }

  function see(): void {
    setSeen(true);
    say({ tone: "good", key: "station.said.seen" });
  }

  function isOtherOrder(code: string): boolean {
    return (work.day?.tasks ?? []).some(
      (each) => sameCode(each.po, code) || sameCode(each.store_number, code),
    );
  }

  async function code(text: string): Promise<void> {
    if (result) {
      if (!(await goTo.code(text))) await goTo.list("label_match");
      return;
    }
    const mine = isOrder(task, text);
    const foreign = !mine && isOtherOrder(text);
    // With nothing scanned yet, another order is a wish to work on that one.
    if (foreign && latest.current.label === "" && (await goTo.code(text))) return;
    if (!seen) return say({ tone: "attention", key: "station.said.readFirst" });
    set(mine || foreign ? { ...latest.current, order: text } : { ...latest.current, label: text });
    if (latest.current.order && latest.current.label) await judge(latest.current);
    else say({ tone: "good", key: mine ? "station.todo.label" : "station.todo.order" });
  }

  async function judge(both: Scans): Promise<void> {
    try {
      const match = await found(both);
      await record(both, match);
      await show(both, match);
    } catch {
      say({ tone: "bad", key: "station.said.notKept" });
      set(nothing);
    }
  }

  /** What does not fit is looked at once more as the server knows it now, while it answers. */
  async function found(both: Scans): Promise<Match> {
    const first = await compare(task, both, work.day?.parcels ?? []);
    if (first.kind === "match" || first.kind === "order of another" || work.kept) return first;
    try {
      const fresh = parcelsOf(await freshTasks(task.po)).filter(
        (each) => each.order === task.order,
      );
      const others = (work.day?.parcels ?? []).filter((each) => each.order !== task.order);
      return await compare(task, both, [...fresh, ...others]);
    } catch {
      return first;
    }
  }

  function record(both: Scans, match: Match): Promise<unknown> {
    const matches = match.kind === "match" ? true : match.kind === "not known here" ? null : false;
    const order_scan = isOrder(task, both.order) ? orderAsKnown(task, both.order) : both.order;
    const body = {
      command: "MatchLabel" as const,
      parcel: match.kind === "match" ? match.parcel.parcel : parcel,
      order_scan,
      label_scan: match.kind === "match" ? match.label : both.label.trim(),
    };
    return post(task, work.me, { kind: "label", matches, body });
  }

  async function show(both: Scans, match: Match): Promise<void> {
    set(nothing);
    if (match.kind === "match") {
      setResult({ kind: "match", parcel: match.parcel.parcel });
      say({ tone: "good", key: "station.match.good" });
    } else if (match.kind === "not known here") {
      setResult({ kind: "open" });
      say({ tone: "attention", key: "station.match.open" });
    } else {
      raiseStop(await reason(both, match));
      say({ tone: "bad", key: "station.match.stop" });
    }
  }

  async function reason(both: Scans, match: Match): Promise<Stop> {
    if (match.kind === "order of another") {
      const values = { code: both.order, order: task.store_number, po: task.po };
      return { reason: "otherOrder", values };
    }
    if (match.kind === "label of another" && match.parcel) {
      const { parcel: number, store_number, po } = match.parcel;
      return { reason: "another", values: { parcel: number, order: store_number, po } };
    }
    const order = work.kept ? "" : await orderWithLabel(both.label, work.reads).catch(() => "");
    return order
      ? { reason: "anotherOrder", values: { order } }
      : { reason: "unknown", values: {} };
  }

  function command(given: Command): void {
    if (given === "NEXT" && result) busy.run(() => goTo.list("label_match"));
    else if (given === "NEXT" && !seen) see();
    else if (given === "UNDO" && (latest.current.order || latest.current.label)) {
      set(nothing);
      say({ tone: "attention", key: "station.said.tookBack" });
    } else if (given === "UNDO") busy.run(undoLast);
    else if (given === "PACK") busy.run(() => goTo.step("packing"));
    else if (given === "SLIP") busy.run(goTo.slip);
    else say({ tone: "attention", key: seen ? todo : "station.said.readFirst" });
  }

  const todo = !scans.order ? "station.todo.order" : "station.todo.label";
  useScan((scan) => {
    if (busy.now()) return false;
    if (scan.kind === "code") return busy.run(() => code(scan.text));
    if (scan.kind === "command") return command(scan.command);
    return say({ tone: "attention", key: "station.said.noNumber" });
  });

  function typed(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const scan = readScan(String(new FormData(event.currentTarget).get("code")));
    event.currentTarget.reset();
    if (scan?.kind === "code" && !busy.now()) busy.run(() => code(scan.text));
  }

  if (result) {
    return (
      <div className={classes.result} data-result={result.kind}>
        <span aria-hidden className={classes.resultSign}>
          {result.kind === "match" ? "✓" : "!"}
        </span>
        <strong>{t(result.kind === "match" ? "station.match.good" : "station.match.open")}</strong>
        <p>
          {result.kind === "match"
            ? t("station.match.goodMore", { po: task.po, parcel: result.parcel })
            : t("station.match.openMore")}
        </p>
        <Button size="xl" onClick={() => void goTo.list("label_match")}>
          {t("station.match.next")}
        </Button>
      </div>
    );
  }
  return (
    <>
      <Instructions task={task} seen={seen} see={see} />
      <Todo>{t(seen ? todo : "station.todo.instructions")}</Todo>
      <section aria-labelledby="two-scans">
        <h2 id="two-scans">{t("station.match.title")}</h2>
        <dl className={classes.twoScans}>
          {(["order", "label"] as const).map((each) => (
            <div key={each} data-there={scans[each] !== ""}>
              <dt>
                <span aria-hidden>{scans[each] ? "✓" : "○"}</span> {t(`station.match.${each}`)}
              </dt>
              <dd>{scans[each] || t("station.match.missing")}</dd>
            </div>
          ))}
        </dl>
      </section>
      <form onSubmit={typed} className={classes.scan}>
        <TextInput
          name="code"
          size="lg"
          label={t("station.match.type")}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
        />
        <Button type="submit" size="lg" variant="default">
          {t("station.match.typeSend")}
        </Button>
      </form>
    </>
  );
}
