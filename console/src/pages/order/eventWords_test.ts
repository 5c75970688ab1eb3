// @vitest-environment node
// Every kind of event that the model can record is told in every language, and in its own words.
import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Schemas } from "../../api/client";
import { en, setLanguage, words } from "../../words";
import { eventWords, tellings } from "./eventWords";

const model = new URL("../../../../src/model/events/", import.meta.url);
const kinds = readdirSync(model)
  .filter((file) => file.endsWith(".h"))
  .flatMap((file) => [
    ...readFileSync(new URL(file, model), "utf8").matchAll(
      /static constexpr const char\* name = "(\w+)";/g,
    ),
  ])
  .map(([, name]) => name!);

const now = Date.parse("2026-11-10T12:00:00Z");
const event = (name: string, body: Record<string, unknown>) =>
  ({ name, body, summary: "said by the server" }) as Schemas["TimelineEvent"];

// Files are read, so there is no page; changing the language names it there.
beforeAll(() => void vi.stubGlobal("document", { documentElement: {} }));
afterAll(() => setLanguage("en"));

describe("events", () => {
  it("are all there", () => {
    expect(kinds.length).toBeGreaterThan(50);
    expect(Object.keys(tellings).sort()).toEqual([...kinds].sort());
  });

  it("are told by words of the catalogue, whatever their fields", async () => {
    for (const language of ["en", "de", "zh-Hans"] as const) {
      await setLanguage(language);
      for (const kind of kinds) {
        const said = eventWords(event(kind, {}), now, words);
        expect(said, `${language} ${kind}`).not.toContain("event.");
        expect(said, `${language} ${kind}`).not.toContain("said by the server");
      }
    }
  });

  it("say what was recorded, in the reader's language", async () => {
    const proof = event("TrackingRecorded", { parcel: 2, status: "delivered", proof: "physical" });
    await setLanguage("de");
    expect(eventWords(proof, now, words)).toBe("Sendung 2: Zugestellt (physisch)");
    await setLanguage("en");
    expect(eventWords(proof, now, words)).toBe("Parcel 2: Delivered (physical)");
  });

  it("leave what a person said as it was said", () => {
    const held = event("HoldPlaced", { hold: "by phone", reason: "ruft zurück" });
    expect(eventWords(held, now, words)).toBe("Hold placed: by phone: ruft zurück");
  });

  it("of a newer server are told in its words", () => {
    expect(eventWords(event("NeverHeardOf", {}), now, words)).toBe("said by the server");
    expect("event.NeverHeardOf" in en).toBe(false);
  });
});
