import { describe, expect, it, vi } from "vitest";
import type { Schemas } from "../../api/client";
import type { Exception } from "../../api/queries";
import { groupsOf, inParts, sumsOf } from "./bulk";
import { between } from "./useMarks";

const one = (number: number, reason: string, verbs: string[]) =>
  ({
    stream: "ord_1",
    number,
    reason,
    options: verbs.map((verb) => ({ verb, consequence: "", cost: null })),
  }) as unknown as Exception;

describe("marked cases", () => {
  it("are decided by reason, with the verbs that all of them offer", () => {
    const groups = groupsOf([
      one(1, "approval", ["approve", "reject"]),
      one(2, "packing_issue", ["repack", "override", "cancel"]),
      one(3, "packing_issue", ["cancel", "repack"]),
    ]);
    expect(groups.map((group) => group.reason)).toEqual(["packing_issue", "approval"]);
    expect(groups[0]?.verbs).toEqual(["repack", "cancel"]);
  });
  it("without options take a remark, and what another of them offers", () => {
    expect(groupsOf([one(1, "step_failed", [])])[0]?.verbs).toEqual(["confirm"]);
    expect(
      groupsOf([one(1, "step_failed", []), one(2, "step_failed", ["update"])])[0]?.verbs,
    ).toEqual(["update"]);
  });
  it("are marked from one to the other in both directions", () => {
    const items = [1, 2, 3, 4].map((number) => one(number, "approval", []));
    const numbers = (from: string | undefined, to: number) =>
      between(items, from, items[to - 1]!).map((each) => each.number);
    expect(numbers("ord_1-2", 4)).toEqual([2, 3, 4]);
    expect(numbers("ord_1-4", 2)).toEqual([2, 3, 4]);
    expect(numbers("gone", 3)).toEqual([3]);
    expect(numbers(undefined, 3)).toEqual([3]);
  });
});

describe("a sum", () => {
  it("is exact, by currency, and leaves out what nobody knows", () => {
    expect(sumsOf(["0.10 EUR", "0.20 EUR", null, undefined, "5 JPY", ""])).toEqual([
      "0.30 EUR",
      "5 JPY",
    ]);
    expect(sumsOf(["-1.50 EUR", "1.255 EUR"])).toEqual(["-0.245 EUR"]);
    expect(sumsOf([])).toEqual([]);
  });
});

describe("many cases", () => {
  const answer = (part: number[]) =>
    Promise.resolve({
      dry_run: false,
      taken: part.length,
      refused: 0,
      rows: part.map((number) => ({ number }) as Schemas["BulkRow"]),
    });
  it("are sent in parts, each told", async () => {
    const told = vi.fn();
    const cases = Array.from({ length: 45 }, (_, at) => at);
    const rows = await inParts(cases, answer, told);
    expect(rows.map((row) => row.number)).toEqual(cases);
    expect(told.mock.calls.map(([part]) => part.done)).toEqual([20, 40, 45]);
  });
  it("keep what was done before a failure", async () => {
    const told = vi.fn();
    const send = vi
      .fn<typeof answer>()
      .mockImplementationOnce(answer)
      .mockRejectedValueOnce(new Error("gone"));
    await expect(inParts([...Array(30).keys()], send, told)).rejects.toThrow("gone");
    expect(told).toHaveBeenCalledTimes(1);
    expect(told.mock.calls[0]?.[0].done).toBe(20);
  });
  it("go on after a failure with the part that failed", async () => {
    const told = vi.fn();
    const asked: number[] = [];
    const send = (part: number[], from: number) => {
      asked.push(from);
      return answer(part);
    };
    const cases = [...Array(30).keys()];
    const before = (await answer(cases.slice(0, 20))).rows;
    const rows = await inParts(cases, send, told, before);
    expect(asked).toEqual([20]);
    expect(rows.map((row) => row.number)).toEqual(cases);
  });
});
