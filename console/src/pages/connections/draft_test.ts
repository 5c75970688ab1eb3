import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ApiError } from "../../api/problem";
import { en, words } from "../../words";
import { asked, draftOf, dropOf, helpOf, labelOf, type Field } from "./draft";
import { fieldOf } from "./questions";

function field(key: string, more: Partial<Field> = {}): Field {
  return {
    key,
    type: "text",
    meaning: `what ${key} means`,
    required: false,
    secret: false,
    address: false,
    standard: "",
    choices: [],
    ...more,
  };
}

const shop = field("shop", { required: true, address: true });
const live = field("live", { type: "flag", standard: "true" });
const vetted = field("vetted", { type: "flag", standard: "false" });
const secret = field("client_secret", { secret: true, required: true });

it("sends what was typed, and nothing that is empty or stands so anyway", () => {
  const typed = { shop: " a.example ", live: "true", client_secret: " spaces count " };
  expect(draftOf([shop, live, vetted, secret], typed)).toEqual({
    settings: { shop: "a.example" },
    secrets: { client_secret: " spaces count " },
  });
});

it("says a flag that is switched, whichever way it stands by itself", () => {
  expect(draftOf([live, vetted], { vetted: "true" }).settings).toEqual({
    live: "false",
    vetted: "true",
  });
});

it("keeps a secret that nothing was typed for, and takes one away only when told", () => {
  expect(draftOf([secret], { client_secret: "" }).secrets).toEqual({});
  expect(
    draftOf([secret], { client_secret: "", [dropOf("client_secret")]: "true" }).secrets,
  ).toEqual({ client_secret: "" });
});

it("keeps settings that no field asks for, and drops one whose field was emptied", () => {
  const kept = { shop: "a.example", poll_minutes: "5", burst: "3" };
  expect(draftOf([shop, field("burst")], { shop: "a.example", burst: "" }, kept).settings).toEqual({
    poll_minutes: "5",
    shop: "a.example",
  });
});

it("shows what is needed or set, and hides the rest behind one button", () => {
  expect(asked(shop, {})).toBe(true);
  expect(asked(field("burst"), {})).toBe(false);
  expect(asked(field("burst"), { burst: "3" })).toBe(true);
});

it("has a connector's own words for what the catalogue does not know", () => {
  expect(labelOf(field("colour_code"), words)).toBe("colour code");
  expect(helpOf("unheard_of", field("colour_code"), words)).toBe("what colour_code means");
});

it("finds the field that a refusal is about", () => {
  expect(fieldOf(new ApiError(422, "invalid", "", "", "", "settings.calendar.zone"))).toBe(
    "calendar.zone",
  );
  expect(fieldOf(new ApiError(422, "invalid", "", "", "", "secrets.api_key"))).toBe("api_key");
  expect(fieldOf(new Error("no"))).toBe("");
});

/** What each account.toml says of its settings: kind, key, meaning. */
function stated(): [string, string, string][] {
  const connectors = join(import.meta.dirname, "../../../../connectors");
  const found: [string, string, string][] = [];
  for (const room of ["channels", "suppliers", "tracking", "notifiers"])
    for (const name of readdirSync(join(connectors, room))) {
      const folder = join(connectors, room, name);
      const kind = /\.kind = "(.*)"/.exec(readFileSync(join(folder, `${name}.cpp`), "utf8"))![1]!;
      const text = readFileSync(join(folder, "account.toml"), "utf8");
      for (const [, key, meaning] of text.matchAll(/^key = "(.*)"\nmeaning = "(.*)"$/gm))
        found.push([kind, key!, meaning!]);
    }
  return found;
}

it("says of every setting what its account.toml says", () => {
  const all = stated();
  expect(all.length).toBeGreaterThan(25);
  for (const [kind, key, meaning] of all) {
    const own = helpOf(kind, field(key, { meaning }), words);
    expect(own, `${kind} ${key}`).toBe(meaning);
    expect(`setting.${key}` in en, `a label for ${key}`).toBe(true);
  }
  const known = new Set([
    ...all.map(([kind, key]) => `help.${kind}.${key}`),
    ...Object.keys(en).filter((key) => key.startsWith("help.common.")),
  ]);
  expect(Object.keys(en).filter((key) => key.startsWith("help.") && !known.has(key))).toEqual([]);
});
