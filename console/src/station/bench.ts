// One check at a bench, as a value: what was seen, counted and answered so far, and what each scan
// or touch makes of it. Pure, so that a check can be kept, reloaded and told without a screen.
import type { Schemas } from "../api/client";
import { words, type Key } from "../words";
import { isOrder } from "./labels";
import { sameCode, type Scan } from "./scan";
import { hasSlip } from "./slip";

export type Task = Schemas["StationTask"];
export type Step = Schemas["CheckKind"];
export type Verdict = Schemas["CheckVerdict"];
export type Need = Schemas["CheckNeed"];
type Line = Task["lines"][number];

export interface Answer {
  verdict: Verdict | null;
  note: string;
  /** Id of the photo in this browser's store, "" without one. */
  photo: string;
}

export interface Draft {
  po: string;
  step: Step;
  /** The special instructions were acknowledged. */
  seen: boolean;
  /** Pieces counted, by line. */
  counts: Record<number, number>;
  /** The line that digits are about. */
  line: number | null;
  digits: string;
  /** Counting is over, complete or not. */
  counted: boolean;
  /** Fewer pieces than ordered were told once; the next HF:NEXT accepts it. */
  warned: boolean;
  /** One for each item of the checklist, in its order. */
  answers: Answer[];
}

export type Tone = "good" | "bad" | "attention";
export type Phase = "instructions" | "count" | "check" | "ready";

export type Action =
  | { do: "scan"; scan: Scan }
  | { do: "see" }
  | { do: "count"; line: number; quantity: number }
  | { do: "choose"; line: number }
  | { do: "answer"; item: number; verdict: Verdict }
  | { do: "note"; item: number; note: string }
  | { do: "photo"; item: number; photo: string };

export interface Said {
  tone: Tone;
  key: Key;
  values?: Record<string, string | number>;
}

/** What the page has to do beyond showing the draft. */
export type Then =
  | { kind: "record" }
  | { kind: "undo" }
  | { kind: "go"; step: "packing" | "label_match" }
  | { kind: "slip" }
  /** A code that is none of this order's. */
  | { kind: "foreign"; code: string };

export interface Outcome {
  draft: Draft;
  said?: Said;
  then?: Then;
}

const mostPieces = 99_999;

export function newDraft(task: Task): Draft {
  return {
    po: task.po,
    step: task.step,
    seen: task.instructions.length === 0,
    counts: {},
    line: task.lines.length === 1 ? (task.lines[0]?.line ?? null) : null,
    digits: "",
    counted: !counts(task.step),
    warned: false,
    answers: task.checklist.map(() => ({ verdict: null, note: "", photo: "" })),
  };
}

/** Pieces are counted where goods come in and where they go into the parcel. */
export function counts(step: Step): boolean {
  return step === "receiving" || step === "packing";
}

export function phaseOf(draft: Draft): Phase {
  if (!draft.seen) return "instructions";
  if (!draft.counted) return "count";
  return currentItem(draft) < 0 ? "ready" : "check";
}

/** The first item without an answer, -1 when all have one. */
export function currentItem(draft: Draft): number {
  return draft.answers.findIndex((each) => each.verdict === null);
}

/** The name of an item of the checklist. */
export function itemName(task: Task, item: number): string {
  return task.checklist[item]?.name ?? "";
}

/** What an item of the checklist lacks before it may pass. */
export function lacks(task: Task, draft: Draft, item: number): Need {
  const needs = task.checklist[item]?.needs ?? "none";
  const answer = draft.answers[item];
  if (needs === "photo" && !answer?.photo) return "photo";
  if (needs === "text" && !answer?.note.trim()) return "text";
  return "none";
}

export function countOf(draft: Draft, line: number): number {
  return draft.counts[line] ?? 0;
}

/** Lines of which fewer pieces were counted than are asked for. */
export function shortLines(task: Task, draft: Draft): Line[] {
  if (!counts(draft.step)) return [];
  return task.lines.filter((each) => countOf(draft, each.line) < each.quantity);
}

export function verdictOf(draft: Draft): Verdict {
  const all = draft.answers.map((each) => each.verdict);
  if (all.includes("fail")) return "fail";
  return all.includes("unclear") || all.includes(null) ? "unclear" : "pass";
}

export function act(task: Task, draft: Draft, action: Action): Outcome {
  switch (action.do) {
    case "scan":
      return scanned(task, draft, action.scan);
    case "see":
      return saw(draft);
    case "choose":
      return { draft: { ...draft, line: action.line, digits: "" } };
    case "count":
      return counted(task, draft, action.line, action.quantity);
    case "answer":
      return answered(task, draft, action.item, action.verdict);
    case "note":
      return { draft: noted(task, draft, action.item, action.note) };
    case "photo":
      return { draft: changed(draft, action.item, { photo: action.photo }) };
  }
}

function scanned(task: Task, draft: Draft, scan: Scan): Outcome {
  if (scan.kind === "code") return code(task, draft, scan.text);
  if (scan.kind === "digit") return digit(draft, scan.digit);
  switch (scan.command) {
    case "NEXT":
      return next(task, draft);
    case "PASS":
      return verdict(task, draft, "pass");
    case "FAIL":
      return verdict(task, draft, "fail");
    case "UNCLEAR":
      return verdict(task, draft, "unclear");
    case "UNDO":
      return undo(draft);
    case "PACK":
      if (draft.step === "packing") return next(task, draft, true);
      return { draft, then: { kind: "go", step: "packing" } };
    case "LABEL":
      return { draft, then: { kind: "go", step: "label_match" } };
    case "SLIP":
      if (hasSlip(task)) return { draft, then: { kind: "slip" } };
      return { draft, said: { tone: "attention", key: "station.said.slipLater" } };
  }
}

function saw(draft: Draft): Outcome {
  return { draft: { ...draft, seen: true }, said: { tone: "good", key: "station.said.seen" } };
}

const mustSee = (draft: Draft): Outcome => ({
  draft,
  said: { tone: "attention", key: "station.said.readFirst" },
});

function next(task: Task, draft: Draft, onlyRecord = false): Outcome {
  switch (phaseOf(draft)) {
    case "instructions":
      return onlyRecord ? mustSee(draft) : saw(draft);
    case "count":
      return draft.digits !== "" ? takeDigits(task, draft) : endCount(task, draft);
    case "check": {
      const open = draft.answers.filter((each) => each.verdict === null).length;
      return {
        draft,
        said: { tone: "attention", key: "station.unanswered", values: { count: open } },
      };
    }
    case "ready":
      // What lacks pieces may be recorded, but never as in order.
      if (verdictOf(draft) === "pass" && shortLines(task, draft).length > 0) {
        return { draft, said: { tone: "bad", key: "station.said.shortCannotPass" } };
      }
      return { draft, then: { kind: "record" } };
  }
}

function verdict(task: Task, draft: Draft, given: Verdict): Outcome {
  const phase = phaseOf(draft);
  if (phase === "instructions") return mustSee(draft);
  if (phase === "count") {
    return { draft, said: { tone: "attention", key: "station.said.countFirst" } };
  }
  if (phase === "ready")
    return { draft, said: { tone: "attention", key: "station.said.allAnswered" } };
  return answered(task, draft, currentItem(draft), given);
}

function answered(task: Task, draft: Draft, item: number, given: Verdict): Outcome {
  if (!draft.seen) return mustSee(draft);
  const tone = given === "pass" ? "good" : given === "fail" ? "bad" : "attention";
  const values = { item: words.rule(itemName(task, item)) };
  const lacking = given === "pass" ? lacks(task, draft, item) : "none";
  if (lacking !== "none") {
    return { draft, said: { tone: "bad", key: `station.said.needs.${lacking}`, values } };
  }
  return {
    draft: changed(draft, item, { verdict: given }),
    said: { tone, key: `station.said.${given}`, values },
  };
}

function changed(draft: Draft, item: number, change: Partial<Answer>): Draft {
  const answers = draft.answers.map((each, at) => (at === item ? { ...each, ...change } : each));
  return { ...draft, answers };
}

/** An item's text; one that passed because of its text and loses it is open again. */
function noted(task: Task, draft: Draft, item: number, note: string): Draft {
  const next = changed(draft, item, { note });
  const isUnproven = next.answers[item]?.verdict === "pass" && lacks(task, next, item) !== "none";
  return isUnproven ? changed(next, item, { verdict: null }) : next;
}

/** Takes back the last thing done here; with nothing left, the last recorded check is meant. */
function undo(draft: Draft): Outcome {
  const said: Said = { tone: "attention", key: "station.said.tookBack" };
  const last = draft.answers.findLastIndex((each) => each.verdict !== null);
  if (last >= 0) return { draft: changed(draft, last, { verdict: null }), said };
  if (draft.digits !== "") return { draft: { ...draft, digits: "" }, said };
  if (counts(draft.step) && (draft.counted || Object.keys(draft.counts).length > 0)) {
    const fresh = { counts: {}, counted: false, warned: false, digits: "" };
    return { draft: { ...draft, ...fresh }, said };
  }
  return { draft, then: { kind: "undo" } };
}

function lineOf(task: Task, draft: Draft, text: string): Line | undefined {
  const mine = task.lines.filter(
    (each) => sameCode(each.sku, text) || sameCode(each.supplier_sku, text),
  );
  // Two lines may hold the same goods: the first that still lacks pieces is meant.
  return mine.find((each) => countOf(draft, each.line) < each.quantity) ?? mine[0];
}

function code(task: Task, draft: Draft, text: string): Outcome {
  const line = lineOf(task, draft, text);
  if (!line) {
    const item = currentItem(draft);
    // A serial number is scanned like everything else.
    if (phaseOf(draft) === "check" && !isOrder(task, text) && lacks(task, draft, item) === "text") {
      const said: Said = { tone: "good", key: "station.said.noted", values: { text } };
      return { draft: noted(task, draft, item, text), said };
    }
    if (isOrder(task, text)) return { draft, said: { tone: "good", key: "station.said.isOpen" } };
    return { draft, then: { kind: "foreign", code: text } };
  }
  if (!draft.seen) return mustSee(draft);
  if (phaseOf(draft) !== "count") {
    return {
      draft,
      said: { tone: "good", key: "station.said.rightItem", values: { title: line.title } },
    };
  }
  return counted(task, draft, line.line, countOf(draft, line.line) + 1);
}

function counted(task: Task, draft: Draft, number: number, wished: number): Outcome {
  if (!draft.seen) return mustSee(draft);
  const line = task.lines.find((each) => each.line === number);
  if (!line) return { draft };
  const quantity = Math.max(0, Math.min(mostPieces, Math.trunc(wished)));
  const values = { title: line.title, count: quantity, of: line.quantity };
  // A parcel must not hold more than the order; what came in is what came in.
  if (quantity > line.quantity && draft.step === "packing") {
    return { draft, said: { tone: "bad", key: "station.said.tooMany", values } };
  }
  const then: Draft = {
    ...draft,
    counts: { ...draft.counts, [number]: quantity },
    line: number,
    digits: "",
    warned: false,
  };
  then.counted = task.lines.every((each) => countOf(then, each.line) >= each.quantity);
  const tone = quantity > line.quantity ? "attention" : "good";
  const key = quantity > line.quantity ? "station.said.moreThanOrdered" : "station.said.counted";
  return { draft: then, said: { tone, key, values } };
}

function digit(draft: Draft, pressed: number): Outcome {
  const phase = phaseOf(draft);
  if (phase === "instructions") return mustSee(draft);
  if (phase !== "count")
    return { draft, said: { tone: "attention", key: "station.said.noNumber" } };
  if (draft.line === null) {
    return { draft, said: { tone: "attention", key: "station.said.whichLine" } };
  }
  const digits = (draft.digits + String(pressed)).slice(-5);
  return {
    draft: { ...draft, digits },
    said: { tone: "good", key: "station.said.digits", values: { digits } },
  };
}

function takeDigits(task: Task, draft: Draft): Outcome {
  if (draft.line === null) return { draft: { ...draft, digits: "" } };
  return counted(task, draft, draft.line, Number(draft.digits));
}

function endCount(task: Task, draft: Draft): Outcome {
  const lines = shortLines(task, draft).length;
  if (lines > 0 && !draft.warned) {
    const said: Said = { tone: "attention", key: "station.said.short", values: { count: lines } };
    return { draft: { ...draft, warned: true }, said };
  }
  return {
    draft: { ...draft, counted: true },
    said: { tone: "good", key: "station.said.countDone" },
  };
}

/** The record of a finished check; photos are named by this browser's ids until they are stored. */
export function recordOf(task: Task, draft: Draft): Schemas["RecordCheck"] {
  return {
    command: "RecordCheck",
    check: task.step,
    po: task.po,
    items: task.checklist.map(({ name }, at) => {
      const { verdict, note, photo } = draft.answers[at] ?? { verdict: null, note: "", photo: "" };
      return { name, verdict: verdict ?? "unclear", note: note.trim(), photo };
    }),
    lines: task.lines.map(({ line, quantity }) => ({
      line,
      quantity: counts(task.step) ? countOf(draft, line) : quantity,
    })),
  };
}

/** A kept draft may belong to an older list of the procedure: then it is begun anew. */
export function fits(task: Task, draft: Draft): boolean {
  return (
    draft.po === task.po &&
    draft.step === task.step &&
    draft.answers.length === task.checklist.length
  );
}
