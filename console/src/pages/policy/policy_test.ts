// What can go wrong on the policy page: differences, drafts, who does what.
import { beforeEach, describe, expect, it } from "vitest";
import inForce from "../../../../contract/examples/PolicyInForce.json";
import type { Policy } from "../../api/policy";
import { diffFiles, diffLines, pieces } from "./diff";
import { drafted, edited, isFileName, keepDraft, readDraft, type Draft } from "./draft";
import { gateRows, processMap, reasonRows, rolesIn, spanMs, wrapped } from "./roles";

const policy = inForce.policy as unknown as Policy;
const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => `${from + at}\n`).join("");

describe("a difference", () => {
  const told = (before: string, after: string) =>
    diffLines(before, after).map(
      (line) => `${{ same: " ", added: "+", removed: "-" }[line.kind]}${line.text}`,
    );

  it("keeps what stays and tells what came and went", () => {
    expect(told("a\nb\nc\n", "a\nx\nc\nd\n")).toEqual([" a", "-b", "+x", " c", "+d"]);
    expect(told("", "a\n")).toEqual(["+a"]);
    expect(told("a\n", "")).toEqual(["-a"]);
    expect(told("a\nb", "a\nb\n")).toEqual([" a", " b"]);
  });

  it("is the shortest one, and puts both texts together again", () => {
    let seed = 7;
    const next = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
    for (let round = 0; round < 200; round += 1) {
      const text = () => Array.from({ length: next(12) }, () => `${next(4)}\n`).join("");
      const before = text();
      const after = text();
      const lines = diffLines(before, after);
      const side = (kind: string) =>
        lines
          .filter((line) => line.kind !== kind)
          .map((line) => `${line.text}\n`)
          .join("");
      expect(side("added")).toBe(before);
      expect(side("removed")).toBe(after);
      expect(lines.filter((line) => line.kind === "same").length).toBe(longest(before, after));
    }
  });

  /** The longest common subsequence, counted the slow way. */
  function longest(before: string, after: string): number {
    const a = before.split("\n").slice(0, -1);
    const b = after.split("\n").slice(0, -1);
    const row = new Array<number>(b.length + 1).fill(0);
    for (const x of a) {
      let corner = 0;
      b.forEach((y, at) => {
        const above = row[at + 1]!;
        row[at + 1] = x === y ? corner + 1 : Math.max(above, row[at]!);
        corner = above;
      });
    }
    return row[b.length]!;
  }

  it("ends for texts that have nothing in common", () => {
    const lines = diffLines(numbers(1, 4_000), numbers(10_001, 14_000));
    expect(lines.filter((line) => line.kind === "removed")).toHaveLength(4_000);
    expect(lines.filter((line) => line.kind === "added")).toHaveLength(4_000);
  });

  it("shows changes with the lines around them and leaves the rest out", () => {
    const before = numbers(1, 40);
    const after = before.replace("10\n", "ten\n").replace("30\n", "");
    const found = pieces(diffLines(before, after));
    expect(found.map((piece) => piece.length)).toEqual([8, 7]);
    expect(found[0]![3]).toEqual({ kind: "removed", text: "10", before: 10 });
    expect(found[1]!.at(-1)).toEqual({ kind: "same", text: "33", before: 33, after: 32 });
  });

  it("names files that came, went and changed", () => {
    const found = diffFiles({ a: "1\n", b: "2\n", c: "3\n" }, { b: "2\n", c: "4\n", d: "5\n" });
    expect(found.map(({ file, state, added, removed }) => [file, state, added, removed])).toEqual([
      ["a", "removed", 0, 1],
      ["c", "changed", 1, 1],
      ["d", "added", 1, 0],
    ]);
  });
});

describe("a draft", () => {
  const now = { version: "v1", files: { "gates.toml": "g\n", "tiers.toml": "t\n" } };
  beforeEach(() => localStorage.clear());

  it("holds only what was changed, and is none when everything is as it was", () => {
    const one = edited(null, now, "gates.toml", "other\n");
    expect(one).toEqual({ base: "v1", edits: { "gates.toml": "other\n" } });
    const two = edited(one, now, "tiers.toml", null);
    expect(drafted(now.files, two)).toEqual({ "gates.toml": "other\n" });
    const three = edited(two, now, "tiers.toml", "t\n");
    expect(edited(three, now, "gates.toml", "g\n")).toBeNull();
  });

  it("keeps the version it was begun on when another one is published meanwhile", () => {
    const one = edited(null, now, "gates.toml", "other\n");
    const later = { version: "v2", files: { ...now.files, "tiers.toml": "theirs\n" } };
    expect(edited(one, later, "gates.toml", "more\n")?.base).toBe("v1");
    expect(drafted(later.files, one)).toEqual({
      "gates.toml": "other\n",
      "tiers.toml": "theirs\n",
    });
  });

  it("is read back as it was kept, and nothing else is taken for one", () => {
    const draft: Draft = { base: "v1", edits: { "a.toml": "x", "b.toml": null } };
    keepDraft(draft);
    expect(readDraft(localStorage.getItem("holdfast-policy-draft"))).toEqual(draft);
    keepDraft(null);
    expect(localStorage.length).toBe(0);
    for (const text of [null, "", "{", '{"base":1}', '{"base":"v","edits":{}}', "[]"])
      expect(readDraft(text)).toBeNull();
  });

  it("takes only names the server takes", () => {
    for (const name of ["gates.toml", "night-shift_2.toml"]) expect(isFileName(name)).toBe(true);
    for (const name of ["", ".toml", "Gates.toml", "a/b.toml", "gates", "a b.toml"])
      expect(isFileName(name)).toBe(false);
  });
});

describe("who does what", () => {
  it("is read from gates and reasons in the procedure's order", () => {
    const rows = gateRows(policy, "standard");
    expect(rows[0]?.id).toBe("payment");
    expect([...rows[0]!.parts]).toEqual([
      ["finance", ["works", "decides"]],
      ["owner", ["releases"]],
      ["operations", ["told"]],
    ]);
    expect(rows.every((row) => [...row.parts.values()].flat().includes("works"))).toBe(true);
  });

  it("has somebody who decides for every reason that no gate opens", () => {
    const rows = reasonRows(policy);
    expect(rows.map((row) => row.reason)).toContain("supplier_silent");
    expect(rows.map((row) => row.reason)).not.toContain("payment_hold");
    for (const row of rows) expect([...row.parts.values()].flat()).toContain("decides");
  });

  it("names every role once", () => {
    const rows = gateRows(policy, undefined);
    const roles = rolesIn(policy, rows);
    expect(new Set(roles).size).toBe(roles.length);
    for (const row of rows) for (const role of row.parts.keys()) expect(roles).toContain(role);
  });
});

it("maps a procedure as steps behind their gates, each gate once", () => {
  const map = processMap(policy, "high_value");
  expect(map.map((step) => step.step)).toEqual(["buy", "pack", "hand_over", "tell_store"]);
  const gates = map.flatMap((step) => step.gates.map((each) => each.gate.gate));
  const own = policy.procedures.find((each) => each.procedure === "high_value")!.gates;
  expect([...gates].sort()).toEqual([...own].sort());
  for (const { gates: each } of map) for (const { reason } of each) expect(reason).toBeDefined();
});

it("reads spans as the policy writes them", () => {
  expect(spanMs("30m")).toBe(1_800_000);
  expect(spanMs("1d12h")).toBe(129_600_000);
  expect(spanMs("0s")).toBe(0);
  expect(spanMs("soon")).toBeUndefined();
});

it("wraps words into boxes and says when there is more", () => {
  expect(wrapped("one two three", 7, 3)).toEqual(["one two", "three"]);
  expect(wrapped("one two three four five", 7, 2)).toEqual(["one two", "three…"]);
  expect(wrapped("付款已经收到或者已经担保", 12, 3)).toEqual(["付款已经收到", "或者已经担保"]);
});
