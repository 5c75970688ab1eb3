// What of a typed form is sent. Pure, so that its rules have tests.
import type { Schemas } from "../../api/client";
import { en, type Key, type Words } from "../../words";

export type Field = Schemas["ConnectionField"];
export type Typed = Record<string, string>;

/** What a field is called: our word for it, else its key. */
export function labelOf(field: Field, say: Words): string {
  return say.name("setting", field.key);
}

/** What it means: our sentence, else the connector's own. */
export function helpOf(kind: string, field: Field, say: Words): string {
  const own = [`help.${kind}.${field.key}`, `help.common.${field.key}`].find((key) => key in en);
  return own ? say.t(own as Key) : field.meaning;
}

/** The name in the form of what takes a secret away. */
export const dropOf = (key: string) => `drop ${key}`;

/** Whether a field is asked for at once, or stands behind "More settings". */
export function asked(field: Field, kept: Record<string, string>): boolean {
  return field.required || field.key in kept || (field.secret && field.standard === "");
}

/** A flag that stands as it does without being said is not sent, like every empty field. */
function settingOf(field: Field, typed: Typed): string {
  if (field.type !== "flag") return (typed[field.key] ?? "").trim();
  const says = typed[field.key] === "true" ? "true" : "false";
  return says === (field.standard || "false") ? "" : says;
}

/** Settings and secrets as they are sent. Settings no field asks for are kept as they are. */
export function draftOf(
  fields: Field[],
  typed: Typed,
  kept: Record<string, string> = {},
): { settings: Record<string, string>; secrets: Record<string, string> } {
  const asks = new Set(fields.map((field) => field.key));
  const settings = Object.fromEntries(Object.entries(kept).filter(([key]) => !asks.has(key)));
  const secrets: Record<string, string> = {};
  for (const field of fields) {
    if (field.secret) {
      const given = typed[field.key] ?? "";
      if (given) secrets[field.key] = given;
      else if (typed[dropOf(field.key)] === "true") secrets[field.key] = "";
      continue;
    }
    const given = settingOf(field, typed);
    if (given) settings[field.key] = given;
  }
  return { settings, secrets };
}
