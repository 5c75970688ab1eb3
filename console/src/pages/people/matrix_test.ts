// The contract is read from its file, so it runs without a page.
// @vitest-environment node
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { matrixOf, rights } from "./matrix";

it("has a row for every right of the contract", () => {
  const contract = new URL("../../../../contract/openapi.yaml", import.meta.url);
  const { components } = parse(readFileSync(contract, "utf8"));
  expect([...rights].sort()).toEqual([...components.schemas.Right.enum].sort());
});

it("says yes only where the policy does, and shows a right it does not know", () => {
  const { roles, rows } = matrixOf({
    access: [
      { role: "owner", rights: ["read", "people", "fly"] },
      { role: "supplier", rights: [] },
    ],
    authority: [],
  });
  expect(roles).toEqual(["owner", "supplier"]);
  expect(rows.find(({ right }) => right === "people")?.may).toEqual([true, false]);
  expect(rows.find(({ right }) => right === "tokens")?.may).toEqual([false, false]);
  expect(rows.at(-1)).toEqual({ right: "fly", may: [true, false] });
});
