// The queue: order, keys, retries, refusals, two tabs, taking back.
import { beforeEach, describe, expect, it } from "vitest";
import { ApiError } from "../api/problem";
import { meaning, patienceFor } from "./deliver";
import {
  backoffMs,
  giveUp,
  keyLifeMs,
  lastUndoable,
  mostFailures,
  sendAll,
  takeBack,
  tally,
  tryAgain,
  undoMs,
  type Answer,
  type Entry,
  type OutboxStore,
  type SendingDeps,
} from "./outbox";

/** The store's promise, kept in memory. */
class MemoryStore implements OutboxStore {
  private entries: Entry[] = [];
  private seq = 0;

  all() {
    return Promise.resolve(structuredClone(this.entries));
  }
  add(entry: Omit<Entry, "seq">) {
    const kept = { ...entry, seq: ++this.seq };
    this.entries.push(kept);
    return Promise.resolve(kept);
  }
  change(id: string, change: (entry: Entry) => Entry | null | undefined) {
    const at = this.entries.findIndex((each) => each.id === id);
    const entry = this.entries[at];
    const made = entry && change(structuredClone(entry));
    if (made === undefined) return Promise.resolve(null);
    this.entries.splice(at, 1, ...(made ? [made] : []));
    return Promise.resolve(made);
  }
}

let store: MemoryStore;
let clock: number;
/** Keys that reached the server, in order. */
let sent: string[];
let answers: Record<string, Answer[]>;
let deps: SendingDeps;

beforeEach(() => {
  store = new MemoryStore();
  clock = 1_000_000;
  sent = [];
  answers = {};
  deps = {
    store,
    now: () => clock,
    who: async () => "packer",
    deliver: async ({ key }) => {
      sent.push(key);
      return answers[key]?.shift() ?? { kind: "done" };
    },
  };
});

function add(id: string, change: Partial<Entry> = {}) {
  const order = change.order ?? "ord_1";
  const body = { command: "RecordCheck" as const, check: "receiving" as const, po: "P", items: [] };
  return store.add({
    id,
    key: id,
    at: clock,
    by: "packer",
    order,
    store_number: "#1",
    po: "P",
    what: { kind: "check", verdict: "pass", body },
    draft: null,
    state: "waiting",
    notBefore: 0,
    tries: 0,
    firstTry: null,
    sentAt: null,
    trouble: null,
    ...change,
  });
}
const states = async () => (await store.all()).map(({ id, state }) => `${id} ${state}`);
const later: Answer = { kind: "later", counts: false };
const no: Answer = {
  kind: "no",
  trouble: { status: 409, code: "conflict", title: "no", detail: "" },
};

describe("sending", () => {
  it("keeps the order in which things were done", async () => {
    for (const id of ["a", "b", "c"]) await add(id);
    expect(await sendAll(deps)).toEqual({ kind: "idle" });
    expect(sent).toEqual(["a", "b", "c"]);
    expect(await states()).toEqual(["a sent", "b sent", "c sent"]);
  });

  it("stops where nobody answers and begins there again with the same key", async () => {
    for (const id of ["a", "b"]) await add(id);
    answers["a"] = [later, later];
    for (let time = 0; time < 2; time += 1) {
      expect(await sendAll(deps)).toEqual({ kind: "retry", cut: false });
    }
    expect(await sendAll(deps)).toEqual({ kind: "idle" });
    expect(sent).toEqual(["a", "a", "a", "b"]);
  });

  it("goes on with other orders when one thing cannot be sent and somebody answers", async () => {
    await add("a", { what: { kind: "photo", item: "Photo" } });
    await add("b");
    await add("c", { order: "ord_2" });
    answers["a"] = [later];
    expect(await sendAll(deps)).toEqual({ kind: "retry", cut: false });
    expect(await states()).toEqual(["a waiting", "b waiting", "c sent"]);
  });

  it("stops when nobody answers any more, or the server asks everybody to wait", async () => {
    await add("a");
    await add("b", { order: "ord_2" });
    answers["a"] = [later, { ...later, all: true, afterMs: 7_000 }];
    let asked = 0;
    deps.who = async () => {
      asked += 1;
      if (asked === 2) throw new Error("nobody answers");
      return "packer";
    };
    expect(await sendAll(deps)).toEqual({ kind: "retry", cut: true });
    expect(await sendAll(deps)).toEqual({ kind: "retry", cut: true, afterMs: 7_000 });
    expect(sent).toEqual(["a", "a"]);
  });

  it("is marked on disk before a byte leaves", async () => {
    await add("a");
    let seen: Entry | undefined;
    deps.deliver = async () => {
      [seen] = await store.all();
      throw new Error("the tab was closed");
    };
    await expect(sendAll(deps)).rejects.toThrow();
    expect(seen).toMatchObject({ tries: 1, firstTry: clock, state: "waiting" });
  });

  it("asks who is signed in before it sends, and sends nobody else's work", async () => {
    await add("a", { by: "bob" });
    await add("b", { order: "ord_2" });
    await sendAll(deps);
    expect(sent).toEqual(["b"]);
    deps.who = async () => null;
    expect(await sendAll(deps)).toEqual({ kind: "sign in" });
    deps.who = () => Promise.reject(new Error("nobody answers"));
    expect(await sendAll(deps)).toEqual({ kind: "retry", cut: true });
    expect(tally(await store.all(), "packer")).toEqual({ waiting: 0, refused: 0, others: 1 });
  });

  it("shows a no and lets it wait for a person, with all that follows on that order", async () => {
    await add("a");
    await add("b");
    await add("c", { order: "ord_2" });
    answers["a"] = [no];
    await sendAll(deps);
    expect(await states()).toEqual(["a refused", "b waiting", "c sent"]);
    expect((await store.all())[0]?.trouble?.status).toBe(409);
    await sendAll(deps);
    expect(sent).toEqual(["a", "c"]);
  });

  it("sends again under another key only what was certainly refused", async () => {
    await add("a");
    answers["a"] = [no];
    await sendAll(deps);
    await tryAgain(store, "a", "a2");
    await sendAll(deps);
    expect(sent).toEqual(["a", "a2"]);
    expect(await tryAgain(store, "a", "a3")).toBeNull();
  });

  it("gives up only what was refused, and then goes on", async () => {
    await add("a");
    await add("b");
    await giveUp(store, "b");
    answers["a"] = [no];
    await sendAll(deps);
    await giveUp(store, "a");
    await sendAll(deps);
    expect(await states()).toEqual(["b sent"]);
  });

  it("asks a person when the server's memory of the key is over", async () => {
    await add("a");
    answers["a"] = [later];
    await sendAll(deps);
    clock += keyLifeMs + 1;
    await sendAll(deps);
    expect(sent).toEqual(["a"]);
    expect((await store.all())[0]?.trouble?.code).toBe("too_old");
  });

  it("sends what was never tried however old it is", async () => {
    await add("a");
    clock += 3 * keyLifeMs;
    await sendAll(deps);
    expect(sent).toEqual(["a"]);
  });

  it("lets a failing server fail so often, then asks a person", async () => {
    await add("a");
    answers["a"] = Array.from({ length: mostFailures }, () => ({ kind: "later", counts: true }));
    for (let time = 1; time < mostFailures; time += 1) await sendAll(deps);
    expect(await states()).toEqual(["a waiting"]);
    await sendAll(deps);
    expect(await states()).toEqual(["a refused"]);
  });

  it("does not hold a bad network against what it cannot send", async () => {
    await add("a");
    answers["a"] = [...Array.from({ length: 20 }, () => later), { kind: "later", counts: true }];
    for (let time = 0; time < 21; time += 1) await sendAll(deps);
    expect(await states()).toEqual(["a waiting"]);
    await sendAll(deps);
    expect(await states()).toEqual(["a sent"]);
  });

  it("forgets long after what was acknowledged", async () => {
    await add("a");
    await sendAll(deps);
    clock += 13 * 3_600_000;
    await sendAll(deps);
    expect(await store.all()).toEqual([]);
  });
});

describe("two tabs", () => {
  it("send each thing under one key even where no lock makes them one", async () => {
    for (const id of ["a", "b"]) await add(id);
    // The server knows a key: a second request has no second effect.
    const effects = new Map<string, number>();
    deps.deliver = async ({ key }) => {
      await Promise.resolve();
      effects.set(key, effects.get(key) ?? effects.size + 1);
      return { kind: "done" };
    };
    await Promise.all([sendAll(deps), sendAll(deps)]);
    expect(await states()).toEqual(["a sent", "b sent"]);
    expect([...effects]).toEqual([
      ["a", 1],
      ["b", 2],
    ]);
  });

  it("cannot take back in one what left in the other", async () => {
    await add("a");
    let taken: Entry | null | undefined;
    deps.deliver = async () => {
      taken = await takeBack(store, "a");
      return { kind: "done" };
    };
    await sendAll(deps);
    expect(taken).toBeNull();
    expect(await states()).toEqual(["a sent"]);
  });
});

describe("taking back", () => {
  it("is possible until the first try, and then nothing is sent", async () => {
    await add("a", { notBefore: clock + undoMs });
    expect(await sendAll(deps)).toEqual({ kind: "wait", until: clock + undoMs });
    expect(lastUndoable(await store.all(), "packer")?.id).toBe("a");
    expect(await takeBack(store, "a")).toMatchObject({ id: "a" });
    clock += undoMs;
    expect(await sendAll(deps)).toEqual({ kind: "idle" });
    expect(sent).toEqual([]);
  });

  it("ends by itself when the clock was set back since", async () => {
    await add("a", { notBefore: clock + undoMs });
    clock -= 3_600_000;
    expect(await sendAll(deps)).toEqual({ kind: "idle" });
    expect(sent).toEqual(["a"]);
  });

  it("means the last thing only", async () => {
    await add("a");
    await add("b", { tries: 1, firstTry: clock });
    expect(lastUndoable(await store.all(), "packer")).toBeUndefined();
  });

  it("holds back what follows on the same order, too", async () => {
    await add("a", { notBefore: clock + undoMs });
    await add("b");
    await add("c", { order: "ord_2" });
    await sendAll(deps);
    expect(sent).toEqual(["c"]);
  });
});

describe("an answer", () => {
  const of = (status: number, code = "", field = "") =>
    meaning(new ApiError(status, code, "", "", "", field)).kind;

  it("is a no when the server understood, and later when it could not", () => {
    expect([400, 403, 404, 409, 413, 422].map((status) => of(status))).toEqual(
      Array.from({ length: 6 }, () => "no"),
    );
    expect([0, 408, 429, 500, 502, 503, 504].map((status) => of(status))).toEqual(
      Array.from({ length: 7 }, () => "later"),
    );
    expect(of(409, "conflict", "Idempotency-Key")).toBe("later");
    expect(of(401)).toBe("sign in");
    expect(of(403, "csrf")).toBe("later");
  });

  it("is waited for as long as its bytes may take", () => {
    expect(patienceFor(0)).toBe(20_000);
    expect(patienceFor(1_600_000)).toBe(120_000);
  });

  it("is waited for longer each time, within bounds, and not by all at once", () => {
    expect(backoffMs(0, () => 0)).toBe(500);
    expect(backoffMs(0, () => 1)).toBe(1_000);
    expect(backoffMs(3, () => 1)).toBe(8_000);
    expect(backoffMs(50, () => 1)).toBe(30_000);
  });
});
