// A check by scans alone, and the list of the day with what was recorded on top of it.
import { describe, expect, it } from "vitest";
import { Sightings } from "./camera";
import {
  act,
  fits,
  newDraft,
  phaseOf,
  recordOf,
  verdictOf,
  type Draft,
  type Outcome,
  type Task,
} from "./bench";
import { isAhead, listsOf, named, shownTasks, stepsAfter, type Day } from "./day";
import { parcelsOf } from "./load";
import type { Entry } from "./outbox";
import { readScan } from "./scan";

const items = (...names: string[]): Task["checklist"] =>
  names.map((name) => ({ name, needs: "none" }));

const task = (change: Partial<Task> = {}): Task => ({
  order: "ord_1",
  store_number: "#1040",
  channel: "loom",
  po: "HF-2F3",
  supplier: "hub",
  supplier_ref: "",
  step: "receiving",
  due_at: null,
  held: false,
  hold_reasons: [],
  instructions: [],
  procedure: "standard",
  risks: [],
  checklist: items("SKU as ordered", "Carton undamaged"),
  lines: [
    {
      line: 1,
      sku: "THROW-L",
      supplier_sku: "YH-THR",
      title: "Throw",
      variant: "",
      quantity: 2,
      instructions: "",
      photos: [],
    },
    {
      line: 2,
      sku: "CUSH",
      supplier_sku: "YH-CUS",
      title: "Cushion",
      variant: "",
      quantity: 1,
      instructions: "",
      photos: [],
    },
  ],
  parcel: null,
  parcels: [],
  done: [],
  ...change,
});

/** Scans one after the other; gives the last outcome. */
function scan(of: Task, codes: string[], from: Draft = newDraft(of)): Outcome {
  let last: Outcome = { draft: from };
  for (const code of codes) {
    const read = readScan(code);
    if (read) last = act(of, last.draft, { do: "scan", scan: read });
  }
  return last;
}

describe("a check by scanner", () => {
  it("counts each piece, passes each item and is recorded", () => {
    const done = scan(task(), ["THROW-L", "yh-thr", "CUSH", "HF:PASS", "HF:PASS", "HF:NEXT"]);
    expect(done.then).toEqual({ kind: "record" });
    expect(recordOf(task(), done.draft)).toEqual({
      command: "RecordCheck",
      check: "receiving",
      po: "HF-2F3",
      items: [
        { name: "SKU as ordered", verdict: "pass", note: "", photo: "" },
        { name: "Carton undamaged", verdict: "pass", note: "", photo: "" },
      ],
      lines: [
        { line: 1, quantity: 2 },
        { line: 2, quantity: 1 },
      ],
    });
  });

  it("passes nothing before the special instructions were acknowledged", () => {
    const gift = task({ instructions: ["No prices."] });
    for (const code of ["HF:PASS", "HF:3", "THROW-L", "HF:PACK"]) {
      const step = code === "HF:PACK" ? task({ ...gift, step: "packing" }) : gift;
      const tried = scan(step, [code]);
      expect(phaseOf(tried.draft)).toBe("instructions");
      expect(tried.said?.tone).toBe("attention");
    }
    expect(phaseOf(scan(gift, ["HF:NEXT"]).draft)).toBe("count");
  });

  it("takes a number digit by digit for the line scanned last", () => {
    const many = task({ lines: [{ ...task().lines[0]!, quantity: 120 }] });
    const counted = scan(many, ["THROW-L", "HF:1", "HF:2", "HF:0", "HF:NEXT"]);
    expect(counted.draft.counts).toEqual({ 1: 120 });
    expect(phaseOf(counted.draft)).toBe("check");
    expect(scan(task(), ["HF:1"]).said?.key).toBe("station.said.whichLine");
  });

  it("goes on with fewer pieces only when asked twice, and never as in order", () => {
    const once = scan(task(), ["THROW-L", "CUSH", "HF:NEXT"]);
    expect(once.said).toMatchObject({ tone: "attention", values: { count: 1 } });
    const twice = scan(task(), ["HF:NEXT", "HF:PASS", "HF:PASS", "HF:NEXT"], once.draft);
    expect(twice.then).toBeUndefined();
    expect(twice.said).toMatchObject({ tone: "bad", key: "station.said.shortCannotPass" });
    const honest = scan(task(), ["HF:UNDO", "HF:FAIL", "HF:NEXT"], twice.draft);
    expect(honest.then).toEqual({ kind: "record" });
    expect(verdictOf(honest.draft)).toBe("fail");
    expect(recordOf(task(), honest.draft).lines?.[0]).toEqual({ line: 1, quantity: 1 });
  });

  it("lets no piece too many into a parcel", () => {
    const over = scan(task({ step: "packing" }), ["THROW-L", "THROW-L", "THROW-L"]);
    expect(over.said).toMatchObject({ tone: "bad", key: "station.said.tooMany" });
    expect(over.draft.counts).toEqual({ 1: 2 });
  });

  it("tells goods of another order from its own", () => {
    expect(scan(task(), ["LAMP"]).then).toEqual({ kind: "foreign", code: "LAMP" });
    expect(scan(task(), ["1040"]).said?.tone).toBe("good");
  });

  it("takes back answer by answer, then the count, then the last record", () => {
    const answered = scan(task({ step: "inspection" }), ["HF:PASS", "HF:FAIL", "HF:UNDO"]);
    expect(answered.draft.answers.map((each) => each.verdict)).toEqual(["pass", null]);
    const counted = scan(task(), ["THROW-L", "HF:UNDO"]);
    expect(counted.draft.counts).toEqual({});
    expect(scan(task(), ["HF:UNDO"]).then).toEqual({ kind: "undo" });
  });

  it("closes packing by its own command, and only when all is answered", () => {
    const packing = task({ step: "packing", checklist: items("Protection") });
    const early = scan(packing, ["THROW-L", "THROW-L", "CUSH", "HF:PACK"]);
    expect(early.then).toBeUndefined();
    expect(scan(packing, ["HF:PASS", "HF:PACK"], early.draft).then).toEqual({ kind: "record" });
    expect(scan(task(), ["HF:LABEL"]).then).toEqual({ kind: "go", step: "label_match" });
  });

  it("passes an item only with the photo or the text that it needs", () => {
    const proven = task({
      step: "inspection",
      checklist: [
        { name: "Photo", needs: "photo" },
        { name: "Serial", needs: "text" },
      ],
    });
    const none = scan(proven, ["HF:PASS"]);
    expect(none.said).toMatchObject({ tone: "bad", key: "station.said.needs.photo" });
    expect(none.draft.answers[0]?.verdict).toBeNull();
    const shown = act(proven, none.draft, { do: "photo", item: 0, photo: "p" }).draft;
    const wordless = scan(proven, ["HF:PASS", "HF:PASS"], shown);
    expect(wordless.said).toMatchObject({ key: "station.said.needs.text" });
    // The number is scanned; goods and the order's own codes stay what they are.
    const noted = scan(proven, ["HF-2F3", "CUSH", "SN-77"], wordless.draft);
    expect(noted.draft.answers[1]).toMatchObject({ note: "SN-77", verdict: null });
    const done = scan(proven, ["HF:PASS"], noted.draft);
    expect(verdictOf(done.draft)).toBe("pass");
    const emptied = act(proven, done.draft, { do: "note", item: 1, note: " " });
    expect(emptied.draft.answers[1]?.verdict).toBeNull();
    // What is not in order needs no proof.
    expect(verdictOf(scan(proven, ["HF:FAIL", "HF:UNCLEAR"]).draft)).toBe("fail");
  });

  it("is begun anew when the procedure's list has changed", () => {
    expect(fits(task(), newDraft(task()))).toBe(true);
    expect(fits(task({ checklist: items("one") }), newDraft(task()))).toBe(false);
  });
});

const lists = listsOf([
  {
    procedure: "standard",
    steps: [
      { step: "receiving", checklist: items("a") },
      { step: "packing", checklist: items("c", "d") },
      { step: "label_match", checklist: [] },
    ],
  },
]);

const day = (tasks: Task[]): Day => ({
  at: 1_000,
  by: "packer",
  tasks,
  lists,
  parcels: [
    {
      order: "ord_1",
      store_number: "#1040",
      po: "HF-2F3",
      parcel: 3,
      carrier: "post",
      digest: "x",
      matched: false,
    },
  ],
  more: false,
});

function recorded(step: "receiving" | "packing", change: Partial<Entry> = {}): Entry {
  const body = { command: "RecordCheck" as const, check: step, po: "HF-2F3", items: [] };
  return {
    id: step,
    key: step,
    seq: 1,
    at: 1,
    by: "packer",
    order: "ord_1",
    store_number: "#1040",
    po: "HF-2F3",
    what: { kind: "check", verdict: "pass", body },
    draft: null,
    state: "waiting",
    notBefore: 0,
    tries: 0,
    firstTry: null,
    sentAt: null,
    trouble: null,
    ...change,
  };
}

describe("the day's list", () => {
  const steps = (entries: Entry[]) =>
    shownTasks(day([task()]), entries).map((each) => each.task.step);

  it("knows what a procedure asks for at a hub", () => {
    expect(Object.keys(lists["standard"] ?? {})).toEqual(["receiving", "packing", "label_match"]);
    expect(stepsAfter(day([]), task())).toEqual(["packing", "label_match"]);
  });

  it("goes on to the next step with what was recorded here, network or not", () => {
    expect(steps([])).toEqual(["receiving"]);
    const [next] = shownTasks(day([task()]), [recorded("receiving")]);
    expect(next).toMatchObject({ ahead: true, task: { step: "packing" } });
    expect(next?.task.checklist).toEqual(items("c", "d"));
    expect(next?.task.done).toMatchObject([{ check: "receiving", verdict: "pass" }]);
    const [label] = shownTasks(day([task()]), [recorded("receiving"), recorded("packing")]);
    expect(label?.task).toMatchObject({ step: "label_match", parcel: { parcel: 3 } });
  });

  it("is done with an order whose label was matched here", () => {
    const body = {
      command: "MatchLabel" as const,
      parcel: 3,
      order_scan: "HF-2F3",
      label_scan: "LX1",
    };
    const all = [recorded("receiving"), recorded("packing")];
    const match = recorded("packing", { what: { kind: "label", matches: true, body } });
    expect(steps([...all, match])).toEqual([]);
    const other = recorded("packing", { what: { kind: "label", matches: false, body } });
    expect(steps([...all, other])).toEqual(["label_match"]);
  });

  it("stays where a check was not in order or was refused", () => {
    const { what } = recorded("receiving");
    const failed = recorded("receiving", {
      what: { ...what, verdict: "fail" } as Entry["what"],
    });
    expect(shownTasks(day([task()]), [failed])[0]).toMatchObject({ failedHere: true });
    expect(steps([recorded("receiving", { state: "refused" })])).toEqual(["receiving"]);
  });

  it("trusts the server's list once it was asked for after it acknowledged", () => {
    expect(isAhead(recorded("receiving", { state: "sent", sentAt: 999 }), { at: 1_000 })).toBe(
      false,
    );
    expect(isAhead(recorded("receiving", { state: "sent", sentAt: 1_000 }), { at: 1_000 })).toBe(
      true,
    );
  });

  it("finds by order first, then by goods and labels", () => {
    const tasks = [task(), task({ po: "HF-9", store_number: "THROW-L", order: "ord_9" })].map(
      (each) => ({ task: each, ahead: false, failedHere: false }),
    );
    const found = (code: string) => named(tasks, code, []).map((each) => each.task.po);
    expect(found("1040")).toEqual(["HF-2F3"]);
    expect(found("throw-l")).toEqual(["HF-9"]);
    expect(found("CUSH")).toEqual(["HF-2F3", "HF-9"]);
    expect(named(tasks, "LX1", day([]).parcels).map((each) => each.task.po)).toEqual(["HF-2F3"]);
  });
});

it("knows each parcel of an order once, however many tasks it has", () => {
  const label = { parcel: 3, po: "HF-2F3", carrier: "post", digest: "d", matched: false };
  const twice = [task({ parcels: [label] }), task({ po: "HF-2F4", parcels: [label] })];
  expect(parcelsOf(twice)).toEqual([{ order: "ord_1", store_number: "#1040", ...label }]);
});

it("makes one scan of many looks at one code", () => {
  const seen = new Sightings();
  expect([0, 150, 300, 450].map((at) => seen.isNew("A", at))).toEqual([true, false, false, false]);
  expect(seen.isNew("B", 500)).toBe(true);
  expect(seen.isNew("A", 2_500)).toBe(true);
});
