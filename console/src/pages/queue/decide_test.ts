import { describe, expect, it } from "vitest";
import type { Schemas } from "../../api/client";
import {
  actionFor,
  after,
  firstReason,
  idOf,
  isContactable,
  isSuppliersIncident,
  likelyCause,
  needsLook,
  newOwners,
  shownHere,
  neighbour,
  poOf,
  snoozeUntil,
  type Deciding,
  type Mode,
} from "./decide";

const options: Schemas["Option"][] = [
  { verb: "approve", consequence: "It ships today.", cost: null },
  { verb: "reject", consequence: "", cost: "3.40 EUR" },
];
const look: Mode = { kind: "look" };
const at = (id: Deciding, mode: Mode = look, given: typeof options | null = options, digit = "1") =>
  actionFor(id, { mode, options: given }, digit);

describe("a key", () => {
  it("chooses the option whose digit it is, and nothing beyond them", () => {
    const resolve = (verb: string) => ({ do: "mode", mode: { kind: "resolve", verb } });
    expect(at("choose", look, options, "1")).toEqual(resolve("approve"));
    expect(at("choose", look, options, "2")).toEqual(resolve("reject"));
    expect(at("choose", look, options, "3")).toBeNull();
  });
  it("changes the option while the form is open", () => {
    expect(at("choose", { kind: "resolve", verb: "approve" }, options, "2")).toEqual({
      do: "mode",
      mode: { kind: "resolve", verb: "reject" },
    });
  });
  it("resolves, snoozes and assigns", () => {
    expect(at("resolve")).toEqual({ do: "mode", mode: { kind: "resolve", verb: "approve" } });
    expect(at("snooze")).toEqual({ do: "mode", mode: { kind: "snooze" } });
    expect(at("assign")).toEqual({ do: "mode", mode: { kind: "assign" } });
  });
  it("tries again only where the case offers that", () => {
    expect(at("retry")).toBeNull();
    const again = [...options, { verb: "retry", consequence: "", cost: null }];
    expect(at("retry", look, again)).toEqual({
      do: "mode",
      mode: { kind: "resolve", verb: "retry" },
    });
  });
  it("takes no way out that is kept for others", () => {
    const [first, second] = options as [Schemas["Option"], Schemas["Option"]];
    const kept = [{ ...first, may: false }, second, { ...first, verb: "retry", may: false }];
    expect(at("choose", look, kept, "1")).toBeNull();
    expect(at("choose", look, kept, "2")).not.toBeNull();
    expect(at("retry", look, kept)).toBeNull();
    expect(at("resolve", look, kept)).toEqual({
      do: "mode",
      mode: { kind: "resolve", verb: "reject" },
    });
    expect(at("resolve", look, [{ ...first, may: false }])).toBeNull();
  });
  it("writes to a supplier only where there is one", () => {
    expect(at("contact")).toBeNull();
    const place = { mode: look, options, contactable: true };
    expect(actionFor("contact", place)).toEqual({ do: "mode", mode: { kind: "contact" } });
    expect(actionFor("contact", { ...place, options: null })).toBeNull();
  });
  it("resolves without options as a recorded remark", () => {
    expect(at("resolve", look, [])).toEqual({
      do: "mode",
      mode: { kind: "resolve", verb: "confirm" },
    });
  });
  it("moves up and down", () => {
    expect(at("next")).toEqual({ do: "move", by: 1 });
    expect(at("previous")).toEqual({ do: "move", by: -1 });
  });
  it("opens only while nothing is being decided", () => {
    expect(at("open")).toEqual({ do: "open" });
    expect(at("open", { kind: "snooze" })).toBeNull();
  });
  it("opens the order of a case that cannot be decided here, too", () => {
    expect(at("open", look, null)).toEqual({ do: "open" });
  });
  it("goes back only from a decision", () => {
    expect(at("back")).toBeNull();
    expect(at("back", { kind: "resolve", verb: "approve" })).toEqual({ do: "back" });
  });
  it("decides nothing where nothing is chosen", () => {
    for (const id of ["choose", "resolve", "snooze", "assign", "back"] as const)
      expect(at(id, look, null)).toBeNull();
    expect(at("next", look, null)).toEqual({ do: "move", by: 1 });
  });
});

describe("the list", () => {
  const items = [1, 2, 3].map((number) => ({ stream: "ord_1", number }));
  it("has neighbours and ends", () => {
    expect(neighbour(items, "ord_1-2", 1)).toBe(items[2]);
    expect(neighbour(items, "ord_1-3", 1)).toBe(items[2]);
    expect(neighbour(items, "ord_1-1", -1)).toBe(items[0]);
    expect(neighbour(items, undefined, 1)).toBe(items[0]);
    expect(neighbour([], undefined, 1)).toBeUndefined();
  });
  it("goes on to the next when one has gone, and back at its end", () => {
    expect(after(items, "ord_1-1")).toBe(items[1]);
    expect(after(items, "ord_1-3")).toBe(items[1]);
    expect(after(items.slice(0, 1), "ord_1-1")).toBeUndefined();
    expect(idOf(items[0]!)).toBe("ord_1-1");
  });
});

describe("a decision", () => {
  it("starts with what follows from it", () => {
    expect(firstReason(options, "approve", "Approve")).toBe("It ships today.");
    expect(firstReason(options, "reject", "Reject")).toBe("Reject");
  });
  it("starts with the usual cause", () => {
    expect(likelyCause("handoff_gap")).toBe("pickup_delay");
    expect(likelyCause("approval")).toBe("unknown");
  });
});

describe("a case", () => {
  it("is asked about at the supplier of its purchase order or parcel", () => {
    expect(poOf("HF-2K7 line 2")).toBe("HF-2K7");
    expect(poOf("supplier_confirmation@HF-2K7")).toBe("HF-2K7");
    expect(poOf("payment")).toBe("");
    const about = (text: string, order: string | null = "ord_1") => ({ order, about: text });
    expect(isContactable(about("cancel HF-2K7"))).toBe(true);
    expect(isContactable(about("parcel 2"))).toBe(true);
    expect(isContactable(about("address"))).toBe(false);
    expect(isContactable(about("HF-2K7", null))).toBe(false);
    const incident = { ...about("incident supplier:hub", null), supplier: "hub" };
    expect(isSuppliersIncident(incident)).toBe(true);
    expect(isSuppliersIncident({ ...incident, supplier: "" })).toBe(false);
    expect(isSuppliersIncident({ ...incident, about: "supplier:hub" })).toBe(false);
  });
  it("asks for a second look where something leaves, and only there", () => {
    const ways = (leaves?: "nothing" | "purchase"): Schemas["Option"][] => [
      { verb: "approve", consequence: "", cost: null, ...(leaves ? { leaves } : {}) },
    ];
    expect(needsLook(ways("purchase"), "approve")).toBe(true);
    expect(needsLook(ways("nothing"), "approve")).toBe(false);
    expect(needsLook(ways(), "approve")).toBe(false);
    expect(needsLook([], "confirm")).toBe(false);
  });
});

describe("snoozing", () => {
  const wednesday = new Date(2026, 2, 4, 10, 30);
  it.each([
    ["hour", new Date(2026, 2, 4, 11, 30)],
    ["four", new Date(2026, 2, 4, 14, 30)],
    ["tomorrow", new Date(2026, 2, 5, 9, 0)],
    ["monday", new Date(2026, 2, 9, 9, 0)],
  ] as const)("%s", (choice, until) => expect(snoozeUntil(choice, wednesday)).toEqual(until));
  it("on a Monday means the next one, on a Sunday tomorrow", () => {
    expect(snoozeUntil("monday", new Date(2026, 2, 9, 8, 0))).toEqual(new Date(2026, 2, 16, 9, 0));
    expect(snoozeUntil("monday", new Date(2026, 2, 8, 8, 0))).toEqual(new Date(2026, 2, 9, 9, 0));
  });
});

describe("a new owner", () => {
  const covered = { owner: "desk", covering: true };
  it("is offered once: oneself, the roster, everybody else, never who has it", () => {
    expect(newOwners("boss", "me", [covered, covered], ["boss", "desk", "me", "other"])).toEqual({
      roster: [{ owner: "me", covering: false }, covered],
      others: [{ owner: "other", covering: false }],
    });
    expect(newOwners("me", "me", [covered], ["me"])).toEqual({ roster: [covered], others: [] });
  });
});

it("shows a moment in a field as the reader's clock does", () => {
  const at = new Date(2026, 2, 4, 17, 5);
  expect(shownHere(at)).toBe("2026-03-04T17:05");
});
