// What people are told to grant is what the connector asks for, in every language.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { connections as german } from "../../words/de/connections";
import { connections as english } from "../../words/en/connections";
import { connections as chinese } from "../../words/zh/connections";

const connector = (file: string) =>
  readFileSync(join(import.meta.dirname, "../../../../connectors/channels/shopify", file), "utf8");
const scopes = (text: string) => [...new Set(text.match(/\b(?:read|write)_[a-z_]+/g) ?? [])].sort();

it("names Shopify's scopes as the test of the connection asks for them", () => {
  const table = /needed_scopes\{\{(.*?)\}\};/s.exec(connector("upkeep.cpp"))?.[1] ?? "";
  const needed = [...table.matchAll(/\{"([a-z_]+)"/g)].map((each) => each[1] ?? "").sort();
  expect(needed.length).toBeGreaterThan(1);
  for (const words of [english, german, chinese]) {
    expect(scopes(words["guide.shopify"])).toEqual(needed);
  }
  const granting = /Scopes: (.*?);/s.exec(connector("README.md"))?.[1] ?? "";
  expect(scopes(granting)).toEqual(needed);
});
