// The examples in contract/ are what the contract says, and the console has words for every value.
// Files are read, so it runs without a page.
// @vitest-environment node
import { Ajv2020 } from "ajv/dist/2020";
import addFormats from "ajv-formats";
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { en } from "../words";

const contract = new URL("../../../contract/", import.meta.url);
const document = parse(readFileSync(new URL("openapi.yaml", contract), "utf8"));
const schemas: Record<string, { enum?: string[]; oneOf?: { $ref: string }[] }> =
  document.components.schemas;
const files = readdirSync(new URL("examples/", contract)).filter((file) => file.endsWith(".json"));

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema(document, "contract");

describe("an example", () => {
  it.each(files)("%s fits its schema", (file) => {
    const schema = file.split(".")[0];
    const validate = ajv.getSchema(`contract#/components/schemas/${schema}`);
    expect(validate, `a schema named ${schema}`).toBeDefined();
    const value = JSON.parse(readFileSync(new URL(`examples/${file}`, contract), "utf8"));
    expect(validate?.(value) ? [] : validate?.errors).toEqual([]);
  });

  it("stands for every body", () => {
    const bodies = new Set<string>();
    const collect = (node: unknown): void => {
      if (!node || typeof node !== "object") return;
      const content = (node as { content?: Record<string, { schema?: { $ref?: string } }> })
        .content;
      for (const each of Object.values(content ?? {})) {
        const name = each.schema?.$ref?.split("/").at(-1);
        if (name) bodies.add(name);
      }
      Object.values(node).forEach(collect);
    };
    collect(document.paths);
    collect(document.components.responses);
    const shown = new Set(files.map((file) => file.split(".")[0]));
    expect([...bodies].filter((body) => !shown.has(body))).toEqual([]);
  });

  it("stands for every command", () => {
    const commands =
      schemas["OrderCommand"]?.oneOf?.map((each) => each.$ref.split("/").at(-1)) ?? [];
    expect(commands.length).toBeGreaterThan(10);
    expect(commands.filter((name) => !files.includes(`OrderCommand.${name}.json`))).toEqual([]);
  });
});

describe("words", () => {
  const kinds: [string, string][] = [
    ["ReasonCode", "reason"],
    ["RootCause", "cause"],
    ["Stage", "stage"],
    ["GateResult", "gate"],
    ["Commitment", "guards"],
    ["Strength", "strength"],
    ["PaymentState", "payment"],
    ["RiskLevel", "risk"],
    ["PromiseKind", "promise"],
    ["AckKind", "ack"],
    ["PoReply", "reply"],
    ["CancelReply", "cancel"],
    ["BuyerAnswer", "answer"],
    ["CheckKind", "check"],
    ["CheckVerdict", "verdict"],
    ["Proof", "proof"],
    ["TrackingStatus", "tracking"],
    ["Moment", "moment"],
    ["Speaker", "speaker"],
    ["EffectState", "effect"],
    ["LadderStep", "ladder"],
    ["PayablesState", "payables"],
    ["TimerKind", "timer"],
    ["Room", "room"],
    ["Right", "right"],
    ["AuditDeed", "deed"],
  ];
  it.each(kinds)("exist for every %s", (schema, kind) => {
    const values = schemas[schema]?.enum ?? [];
    expect(values.length).toBeGreaterThan(0);
    expect(values.filter((value) => !(`${kind}.${value}` in en))).toEqual([]);
  });
});

it("asks for an idempotency key on every POST and for the CSRF token on every change", () => {
  type Operation = { parameters?: { $ref?: string }[]; "x-access": { right: string } };
  const missing = Object.entries<Record<string, Operation>>(document.paths).flatMap(
    ([path, methods]) =>
      ["post", "put", "delete"].flatMap((method) => {
        const operation = methods[method];
        if (!operation) return [];
        const refs = operation.parameters?.map((each) => each.$ref?.split("/").at(-1)) ?? [];
        const needed = [
          ...(method === "post" ? ["IdempotencyKey"] : []),
          ...(operation["x-access"].right === "anyone" ? [] : ["CsrfToken"]),
        ];
        return needed
          .filter((name) => !refs.includes(name))
          .map((name) => `${method} ${path}: ${name}`);
      }),
  );
  expect(missing).toEqual([]);
});
