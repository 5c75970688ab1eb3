// Spans as the policy writes them, and measures, in the reader's words.
import type { Schemas } from "../../api/client";
import { percent, span } from "../../kit/format";
import type { Words } from "../../words";

const unit: Record<string, number> = {
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1_000,
};

/** "1h30m" in milliseconds; nothing for what is no span. */
export function spanMs(text: string): number | undefined {
  if (!/^(\d+[dhms])+$/.test(text)) return undefined;
  return [...text.matchAll(/(\d+)([dhms])/g)].reduce(
    (sum, [, digits, letter]) => sum + Number(digits) * (unit[letter ?? ""] ?? 0),
    0,
  );
}

/** "3h" as people say it; nothing for a step that is left out; as it came when it is no span. */
export function spanText(text: string, say: Pick<Words, "t" | "locale">): string | undefined {
  const ms = spanMs(text);
  if (ms === undefined) return text || undefined;
  return ms === 0 ? undefined : span(ms, say);
}

/** A share in percent or a time as a span; nothing without a sample. */
export function measureText(of: Schemas["Measure"], say: Pick<Words, "t" | "locale">): string {
  if (of.value === null || of.sample === 0) return say.t("measures.none");
  if (of.unit === "permille") return percent(of.value, say.locale);
  return span(of.value * 60_000, say);
}
