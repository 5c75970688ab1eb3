import { expect, it } from "vitest";
import type { AuditEntry } from "../../api/people";
import { csvOf, gather, mostRows } from "./csv";

const entry = (more: Partial<AuditEntry> = {}): AuditEntry => ({
  at: "2026-03-04T09:00:00Z",
  actor: "admin",
  deed: "signed_in",
  about: "admin",
  detail: "",
  address: "192.0.2.7",
  ...more,
});

it("quotes what would end a cell", () => {
  const [, line] = csvOf([entry({ about: 'a "b", c', detail: "x\ny" })]).split("\r\n");
  expect(line).toBe('2026-03-04T09:00:00Z,admin,signed_in,"a ""b"", c","x\ny",192.0.2.7');
});

it("keeps a name somebody typed from being a formula", () => {
  const file = csvOf([
    entry({ about: '=HYPERLINK("https://example.com")' }),
    entry({ about: "@x" }),
  ]);
  expect(file).toContain(`"'=HYPERLINK(""https://example.com"")"`);
  expect(file).toContain(",'@x,");
});

it("goes on where a page is empty, and ends where the record does", async () => {
  const pages = [
    { items: [entry()], next_cursor: "a" },
    { items: [], next_cursor: "b" },
    { items: [entry({ actor: "bench" })], next_cursor: null },
  ];
  const asked: (string | undefined)[] = [];
  const { entries, cut } = await gather({}, (_, cursor) => {
    asked.push(cursor);
    return Promise.resolve(pages[asked.length - 1]!);
  });
  expect(asked).toEqual([undefined, "a", "b"]);
  expect(entries.map((each) => each.actor)).toEqual(["admin", "bench"]);
  expect(cut).toBe(false);
});

it("takes so much and no more, and says that there is more", async () => {
  const page = { items: Array.from({ length: 250 }, () => entry()), next_cursor: "on" };
  const { entries, cut } = await gather({}, () => Promise.resolve(page));
  expect(entries.length).toBe(mostRows);
  expect(cut).toBe(true);
});
